package io.yuntai.sandbox;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who signs in by the page, as a browser does: by redirects, cookies and a form. */
final class SignedIn implements AutoCloseable {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String server;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    private SignedIn(String server) {
        this.server = server;
    }

    static SignedIn as(String server, String login, String password) throws Exception {
        var browser = new SignedIn(server);
        var page = browser.send(browser.request("/oauth2/authorization/yuntai").GET());
        var csrf = CSRF.matcher(page.body());
        if (!csrf.find()) {
            throw new IllegalStateException("no form on " + page.uri() + ":\n" + page.body());
        }
        var form =
                "username=%s&password=%s&_csrf=%s&lang=zh"
                        .formatted(encode(login), encode(password), encode(csrf.group(1)));
        browser.landed =
                browser.send(
                        browser.request("/sign-in")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form)));
        return browser;
    }

    private HttpResponse<String> landed;

    /** Where signing in has led to. */
    URI landed() {
        return landed.uri();
    }

    String page() {
        return landed.body();
    }

    JsonNode get(String path) throws Exception {
        var answer = send(request(path).header("Accept", "application/json").GET());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    answer.statusCode() + " from " + path + ": " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
