package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The words of notices, from the message files. */
@Component
public class NoticeTexts {

    private final MessageSource messages;
    private final Optional<URI> console;

    NoticeTexts(MessageSource messages, NoticeProperties properties) {
        this.messages = messages;
        this.console = properties.consoleUrl();
    }

    /** What it is called, in one line. */
    public String title(Notice.Kind kind, List<String> parameters, Locale locale) {
        return messages.getMessage("notice." + kind + ".title", parameters.toArray(), locale);
    }

    /** What it says. */
    public String text(Notice.Kind kind, List<String> parameters, Locale locale) {
        return messages.getMessage("notice." + kind + ".text", parameters.toArray(), locale);
    }

    /** Who sends it, and how to stop it. */
    String footer(Locale locale) {
        return messages.getMessage("notice.footer", null, locale);
    }

    /** The address of a page of the console, if it is known. */
    Optional<String> address(String link) {
        return console.map(url -> url.toString().replaceAll("/+$", "") + link);
    }
}
