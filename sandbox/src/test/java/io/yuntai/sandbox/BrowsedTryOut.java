package io.yuntai.sandbox;

import io.yuntai.sandbox.browser.Chromium;
import io.yuntai.sandbox.browser.Gallery;
import io.yuntai.sandbox.browser.Visitor;
import io.yuntai.sandbox.tryout.DataFolder;
import io.yuntai.sandbox.tryout.SampleUser;
import java.nio.file.Path;

/** A try-out, and browsers for people who look at it. */
final class BrowsedTryOut implements AutoCloseable {

    private final Path data;
    private final Chromium chromium;
    private final TryOutProcess server;
    private final Gallery gallery = new Gallery(Path.of("target", "screenshots"));

    private BrowsedTryOut(Path data, Chromium chromium, TryOutProcess server) {
        this.data = data;
        this.chromium = chromium;
        this.server = server;
    }

    /**
     * With new data.
     *
     * @param settings of its configuration, {@code name=value} each
     */
    static BrowsedTryOut start(Path folder, String... settings) throws Exception {
        var data = folder.resolve("data");
        var chromium = Chromium.start();
        try {
            return new BrowsedTryOut(
                    data, chromium, TryOutProcess.configured(data, settings).ready());
        } catch (Exception e) {
            chromium.close();
            throw e;
        }
    }

    String url() {
        return server.url();
    }

    /** Somebody who has not signed in yet. */
    Visitor visitor() {
        return chromium.visitor(url(), gallery);
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

    @Override
    public void close() throws Exception {
        chromium.close();
        server.close();
    }
}
