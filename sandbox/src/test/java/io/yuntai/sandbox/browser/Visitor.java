package io.yuntai.sandbox.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Somebody at the console: what they click and read, and all that goes wrong meanwhile. */
public final class Visitor implements AutoCloseable {

    /** What takes longer than this would look broken to a person. */
    static final double PATIENCE = 15_000;

    /** Of the window, in pixels. */
    static final int HEIGHT = 860;

    private static final double LOOK = 50;
    private static final int QUIET_LOOKS = 10;
    private static final double LONGEST = 5000;

    /** So much of a page is enough to know it by. */
    private static final int WORDS = 300;

    private static final String CHINESE = ".zh";

    private final BrowserContext context;
    private final Page page;
    private final String server;
    private final Gallery gallery;
    private final List<String> wrong = new ArrayList<>();
    private final Set<Request> underWay = new HashSet<>();

    Visitor(BrowserContext context, String server, Gallery gallery) {
        this.context = context;
        this.server = server;
        this.gallery = gallery;
        context.setDefaultTimeout(PATIENCE);
        page = context.newPage();
        page.onPageError(error -> wrong.add("uncaught: " + error));
        page.onConsoleMessage(message -> {
            // Chromium also logs each answer that says no: those are judged in onResponse.
            if (message.type().equals("error")
                    && !message.text().startsWith("Failed to load resource")) {
                wrong.add("console: " + message.text());
            }
        });
        page.onResponse(this::judge);
        page.onRequest(request -> {
            // A stream of events is open as long as its page is.
            if (!request.resourceType().equals("eventsource")) {
                underWay.add(request);
            }
        });
        page.onRequestFinished(underWay::remove);
        page.onRequestFailed(underWay::remove);
    }

    /** A page may be told that nobody is signed in, or that an order or a file is not in order. */
    private void judge(Response response) {
        int status = response.status();
        boolean expected =
                status == 401 && response.url().endsWith("/api/v1/me")
                        || (status == 409 || status == 422)
                                && response.request().method().equals("PUT");
        if (status >= 400 && !expected) {
            wrong.add(status + " " + response.request().method() + " " + response.url());
        }
    }

    /** The page itself, for what is particular to one. */
    public Page page() {
        return page;
    }

    /** Goes where nobody may be without a session, and signs in on the page that comes. */
    public void signIn(String login, String password, String pictures) {
        page.navigate(server + "/");
        assertThat(page).hasURL(Pattern.compile(".*/sign-in.*"));
        if (!pictures.isEmpty()) {
            picture(pictures + CHINESE);
            page.locator("a.language").click();
            assertThat(page.locator("html")).hasAttribute("lang", "en");
            picture(pictures);
            page.locator("a.language").click();
        }
        page.locator("input[name=username]").fill(login);
        page.locator("input[name=password]").fill(password);
        page.locator("button[type=submit]").click();
        assertThat(page.locator(".shell-account")).isVisible();
        assertThat(page).hasURL(server + "/");
    }

    /** Through the account's menu; ends at the sign-in page. */
    public void signOut() {
        page.locator("button:has(.shell-account)").click();
        menuItem("退出登录").click();
        assertThat(page).hasURL(Pattern.compile(".*/sign-in.*"));
    }

    /** By the navigation on the left. */
    public void go(String destination) {
        page.locator("nav a").filter(exactly(destination)).click();
        settle();
    }

    public void open(String path) {
        page.navigate(server + path);
        settle();
    }

    /** By its text: its icon has a name, too. */
    public Locator button(String text) {
        return page.locator("button").filter(exactly(text));
    }

    public Locator text(String text) {
        return page.getByText(text, new Page.GetByTextOptions().setExact(true));
    }

    public void sees(String text) {
        assertThat(text(text).first()).isVisible();
    }

    /** Chooses in one of the console's own select boxes. */
    public void choose(String label, String search, String option) {
        var box = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label));
        box.click();
        if (!search.isEmpty()) {
            box.fill(search);
        }
        var wanted =
                page.locator(".ant-select-item-option")
                        .filter(new Locator.FilterOptions().setHasText(option))
                        .first();
        assertThat(wanted).isVisible();
        still(); // a list that is still opening can lose a click
        wanted.click();
        assertThat(page.locator(".ant-select-item-option-selected").first()).isAttached();
    }

    /** Fills one of the console's fields for numbers. */
    public void number(String label, int value) {
        page.getByRole(
                        AriaRole.SPINBUTTON,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .fill(Integer.toString(value));
    }

    /** What the dialog asks. */
    public void confirms() {
        page.locator(
                        ".ant-modal:visible .ant-modal-footer .ant-btn-primary,"
                                + " .ant-modal:visible .ant-modal-confirm-btns .ant-btn-primary")
                .click();
    }

    /** Hands in the application that is on the page; returns its page. */
    public String submits() {
        button("提交申请").click();
        assertThat(page).hasURL(Pattern.compile(".*/applications/[0-9a-f-]{36}"));
        return URI.create(page.url()).getPath();
    }

    /** Approves an application on its page. */
    public void approves(String application, String note) {
        open(application);
        button("批准").click();
        page.locator(".ant-modal textarea").fill(note);
        confirms();
        assertThat(button("批准")).hasCount(0);
    }

    /** The state of what the page is about, if it is this one. */
    public Locator state(String state) {
        return page.locator("main .page-note .ant-tag").filter(having(state));
    }

    public void seesState(String state) {
        assertThat(state(state)).isVisible();
    }

    public static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    /** A click that asks for a file. */
    public void upload(Runnable click, String name, byte[] content) {
        FileChooser chooser = page.waitForFileChooser(click);
        chooser.setFiles(
                new com.microsoft.playwright.options.FilePayload(
                        name,
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        content));
    }

    /** A click that hands out a file. */
    public Download download(Runnable click) {
        return page.waitForDownload(click);
    }

    /** What the server answers to a request of this session: its status. */
    public int status(String method, String path, String body) {
        return (int)
                page.evaluate(
                        """
                        async ([method, path, body]) => {
                          const token = document.cookie.match(/XSRF-TOKEN=([^;]+)/)?.[1] ?? '';
                          const before = await fetch(path.replace(/\\/approvals$/, ''));
                          const answer = await fetch(path, {
                            method,
                            body,
                            headers: {
                              'Content-Type': 'application/json',
                              'X-XSRF-TOKEN': decodeURIComponent(token),
                              'If-Match': before.headers.get('ETag') ?? '',
                            },
                          });
                          return answer.status;
                        }
                        """,
                        List.of(method, path, body));
    }

    /** Takes back what the page has been told of a refusal that was asked for. */
    public void forgive(String refusal) {
        assertThat(wrong).anyMatch(line -> line.contains(refusal));
        wrong.removeIf(line -> line.contains(refusal));
    }

    /** The same page in both languages, checked and pictured. */
    public void pictures(String name) {
        pictures(name, () -> {});
    }

    /**
     * The same page in both languages, checked and pictured.
     *
     * @param again brings back what a switch of the language leaves as it was
     */
    public void pictures(String name, Runnable again) {
        picture(name + CHINESE);
        speak("English");
        again.run();
        picture(name);
        speak("中文");
        again.run();
    }

    /** Where they are, what is open before them, and what went wrong: for a test that failed. */
    public String account() {
        var open = page.locator(".ant-modal:visible, .ant-drawer-open, main");
        String words = open.count() == 0 ? "" : open.last().innerText().replaceAll("\\s+", " ");
        return page.url() + " " + wrong + " " + words.substring(0, Math.min(words.length(), WORDS));
    }

    /** By the switch in the head of the page. */
    public void speak(String language) {
        page.locator("button:has(.anticon-global)").click();
        assertThat(menuItem(language)).isVisible();
        still(); // a menu that is still opening can lose a click
        menuItem(language).click();
        assertThat(page.locator("html"))
                .hasAttribute("lang", language.equals("English") ? "en" : "zh-CN");
        assertThat(page.locator(".ant-dropdown:visible")).hasCount(0);
        settle();
    }

    private void picture(String name) {
        page.evaluate("() => window.scrollTo(0, 0)");
        settle();
        new PageCheck(page).assertSound(name);
        assertThat(wrong).as(name).isEmpty();
        // As tall as the page: what sticks to the window's edge would stand in its middle.
        page.setViewportSize(Gallery.WIDTH, PageCheck.height(page, Gallery.MOST_HEIGHT));
        still();
        gallery.keep(name, page.screenshot());
        page.setViewportSize(Gallery.WIDTH, HEIGHT);
    }

    /** Waits until nothing is being fetched, drawn or moved. */
    public void settle() {
        page.waitForLoadState(LoadState.LOAD);
        // Of a page that was left nobody tells how its requests ended.
        int quiet = 0;
        for (double waited = 0; quiet < QUIET_LOOKS && waited < LONGEST; waited += LOOK) {
            page.waitForTimeout(LOOK);
            quiet = underWay.isEmpty() ? quiet + 1 : 0;
        }
        underWay.clear();
        assertThat(page.locator(".ant-spin-spinning:visible, .ant-skeleton-active:visible"))
                .hasCount(0);
        assertThat(page.locator(".ant-message-notice, .ant-notification-notice"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
        page.mouse().move(640, 5);
        still();
    }

    private void still() {
        page.waitForFunction(
                "() => document.getAnimations().every(a => a.playState !== 'running'"
                        + " || a.effect.getTiming().iterations === Infinity)");
        if (page.locator("canvas").count() > 0) {
            page.waitForTimeout(450); // a chart draws itself in 300 ms and tells nobody
        }
    }

    private Locator menuItem(String name) {
        return page.getByRole(AriaRole.MENUITEM).filter(exactly(name));
    }

    /** The browser reads the expression: it has other quotes than Java. */
    private static Locator.FilterOptions exactly(String text) {
        String quoted = text.replaceAll("[.()]", "\\\\$0");
        return new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + quoted + "\\s*$"));
    }

    @Override
    public void close() {
        context.close();
    }
}
