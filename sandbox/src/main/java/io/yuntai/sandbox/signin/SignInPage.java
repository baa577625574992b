package io.yuntai.sandbox.signin;

import io.yuntai.sandbox.signin.SampleLogins.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.util.HtmlUtils;

/** The sign-in page: one file, no script, in Chinese unless somebody wants English. */
final class SignInPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-zA-Z.]+)}}");
    private static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

    private final MessageSource messages;
    private final SampleLogins logins;
    private final String template = template();

    SignInPage(MessageSource messages, SampleLogins logins) {
        this.messages = messages;
        this.logins = logins;
    }

    private static String template() {
        try (var file =
                Objects.requireNonNull(SignInPage.class.getResourceAsStream("sign-in.html"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the sign-in page cannot be read", e);
        }
    }

    /** Where a wrong password leads: back, in the same language. */
    static String failed(HttpServletRequest request) {
        return SignIn.PAGE
                + "?failed&lang="
                + ("en".equals(request.getParameter("lang")) ? "en" : "zh");
    }

    String html(ServerRequest request) {
        var locale = locale(request);
        boolean chinese = locale.equals(CHINESE);
        Map<String, String> values = new HashMap<>();
        values.put("lang", chinese ? "zh" : "en");
        values.put("other", chinese ? "en" : "zh");
        values.put("failure", request.param("failed").isPresent() ? failure(locale) : "");
        values.put("users", users(locale));
        if (request.servletRequest().getAttribute(CsrfToken.class.getName())
                instanceof CsrfToken token) {
            values.put("csrf", HtmlUtils.htmlEscape(token.getToken()));
            values.put("csrfName", HtmlUtils.htmlEscape(token.getParameterName()));
        }
        return PLACE.matcher(template)
                .replaceAll(place ->
                        java.util.regex.Matcher.quoteReplacement(value(place, values, locale)));
    }

    private String value(MatchResult place, Map<String, String> values, Locale locale) {
        String name = place.group(1);
        String value = values.get(name);
        return value != null ? value : text("signin." + name, locale);
    }

    private static Locale locale(ServerRequest request) {
        return switch (request.param("lang").orElse("")) {
            case "en" -> Locale.ENGLISH;
            case "zh" -> CHINESE;
            default -> {
                var accepted = request.servletRequest().getLocale();
                boolean english =
                        request.headers().firstHeader("Accept-Language") != null
                                && accepted.getLanguage().equals("en");
                yield english ? Locale.ENGLISH : CHINESE;
            }
        };
    }

    private String failure(Locale locale) {
        return "<p class=\"failure\" role=\"alert\">" + text("signin.failed", locale) + "</p>";
    }

    private String users(Locale locale) {
        return logins.shown().stream()
                .map(user -> row(user, locale))
                .collect(Collectors.joining("\n"));
    }

    private String row(Shown user, Locale locale) {
        String unit =
                user.unit().isEmpty()
                        ? text("signin.wholeCity", locale)
                        : HtmlUtils.htmlEscape(user.unit());
        return "<tr><td><code>%s</code></td><td>%s</td><td>%s</td></tr>"
                .formatted(
                        HtmlUtils.htmlEscape(user.login()),
                        text("signin.role." + user.role(), locale),
                        unit);
    }

    private String text(String key, Locale locale) {
        return HtmlUtils.htmlEscape(messages.getMessage(key, null, locale));
    }
}
