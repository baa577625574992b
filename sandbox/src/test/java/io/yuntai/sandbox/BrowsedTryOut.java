package io.yuntai.sandbox;

import io.yuntai.sandbox.browser.Chromium;
import io.yuntai.sandbox.browser.Gallery;
import io.yuntai.sandbox.browser.Visitor;
import io.yuntai.sandbox.tryout.DataFolder;
import io.yuntai.sandbox.tryout.SampleUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.springframework.util.FileSystemUtils;

/**
 * A try-out with new data for the tests of a class, and browsers for people who look at it. A test
 * that fails says what each of them has before them. The data of a class with a failure are kept.
 */
final class BrowsedTryOut
        implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {

    private final String[] settings;
    private final Gallery gallery = new Gallery(Path.of("target", "screenshots"));
    private final List<Visitor> visitors = new ArrayList<>();
    private boolean failed;
    private Path data;
    private Chromium chromium;
    private TryOutProcess server;

    /**
     * @param settings of its configuration, {@code name=value} each
     */
    BrowsedTryOut(String... settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        chromium = Chromium.start();
        data = Files.createTempDirectory("yuntai-try");
        server = TryOutProcess.configured(data, settings);
        server.ready();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        failed = true;
        if (!(failure instanceof AssertionError || failure instanceof RuntimeException)) {
            throw failure;
        }
        var words = new StringBuilder(String.valueOf(failure.getMessage()));
        visitors.forEach(visitor -> words.append('\n').append(visitor.account()));
        var told = new AssertionError(words.toString(), failure);
        told.setStackTrace(failure.getStackTrace());
        throw told;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
            if (!failed) {
                FileSystemUtils.deleteRecursively(data);
            }
        }
    }

    String url() {
        return server.url();
    }

    /** Somebody who has not signed in yet. */
    Visitor visitor() {
        var visitor = chromium.visitor(url(), gallery);
        visitors.add(visitor);
        return visitor;
    }

    /** A sample user. */
    Visitor signedIn(String role) throws Exception {
        return signedIn(user(role, 0));
    }

    /** The other one of a role that nobody holds alone. */
    Visitor signedInAsSecond(String role) throws Exception {
        return signedIn(user(role, 1));
    }

    private Visitor signedIn(SampleUser user) {
        var visitor = visitor();
        visitor.signIn(user.login(), user.password(), "");
        return visitor;
    }

    /** The first sample user of a role. */
    SampleUser user(String role) throws Exception {
        return user(role, 0);
    }

    private SampleUser user(String role, int which) throws Exception {
        return DataFolder.sampleUsers(data).stream()
                .filter(one -> one.role().code().equals(role))
                .skip(which)
                .findFirst()
                .orElseThrow();
    }
}
