package io.yuntai.sandbox.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.yuntai.testkit.Requirement;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser that this machine has; none is ever downloaded. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final List<Path> ON_MACOS =
            List.of(
                    Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
                    Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    /** Without what a browser asks the network for by itself. */
    private static final List<String> FLAGS =
            List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts it.
     *
     * @throws org.opentest4j.TestAbortedException when there is none
     * @throws AssertionError when there is none, with {@code CI=true}
     */
    public static Chromium start() {
        var executable =
                installed()
                        .orElseThrow(() ->
                                Requirement.missing(
                                        "no Chromium: apt-get install chromium, or set"
                                                + " YUNTAI_TEST_BROWSER"));
        PlaywrightAssertions.setDefaultAssertionTimeout(Visitor.PATIENCE);
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(
                                    new LaunchOptions()
                                            .setExecutablePath(executable)
                                            .setArgs(FLAGS)));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** Somebody who has not signed in yet, with cookies and storage of their own. */
    public Visitor visitor(String server, Gallery gallery) {
        var context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(Gallery.WIDTH, Visitor.HEIGHT)
                                .setLocale("zh-CN")
                                .setTimezoneId("Asia/Shanghai"));
        return new Visitor(context, server, gallery);
    }

    private static Optional<Path> installed() {
        var named =
                Optional.ofNullable(System.getenv("YUNTAI_TEST_BROWSER"))
                        .filter(name -> !name.isBlank())
                        .map(Path::of);
        var folders =
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1);
        var onPath =
                NAMES.stream()
                        .flatMap(name ->
                                Arrays.stream(folders).map(folder -> Path.of(folder, name)));
        return Stream.of(named.stream(), onPath, ON_MACOS.stream())
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
