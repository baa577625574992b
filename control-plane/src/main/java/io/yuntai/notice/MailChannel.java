package io.yuntai.notice;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.yuntai.onboarding.Notice;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * By mail. A notice has the same Message-ID however often it is sent, so that a mailbox that is
 * sent one twice can show it once.
 */
final class MailChannel implements Channel {

    private final JavaMailSender sender;
    private final String from;
    private final NoticeTexts texts;

    MailChannel(JavaMailSender sender, String from, NoticeTexts texts) {
        this.sender = sender;
        this.from = from;
        this.texts = texts;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean byMail() {
        return true;
    }

    @Override
    public boolean takes(Notice.Kind kind) {
        return true;
    }

    @Override
    public void send(Outgoing notice) throws NotSentException {
        String to =
                notice.email()
                        .orElseThrow(() ->
                                NotSentException.forGood("the recipient takes no mail any more"));
        if (!NoticeSettings.isAddress(to)) {
            throw NotSentException.forGood("the recipient's address is none");
        }
        var locale = notice.language().locale();
        try {
            var message = sender.createMimeMessage();
            var mail = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            mail.setFrom(new InternetAddress(from, true));
            mail.setTo(
                    new InternetAddress(
                            to, true)); // the address alone: no name, no header of its own
            mail.setSubject(oneLine(texts.title(notice.kind(), notice.parameters(), locale)));
            var text =
                    new StringBuilder(texts.text(notice.kind(), notice.parameters(), locale))
                            .append("\n\n");
            texts.address(notice.link()).ifPresent(url -> text.append(url).append("\n\n"));
            mail.setText(text.append("-- \n").append(texts.footer(locale)).append('\n').toString());
            message.setHeader("Date", RFC_1123_DATE_TIME.format(notice.at().atOffset(UTC)));
            message.setHeader("Message-ID", messageId(notice.id()));
            message.setHeader("Auto-Submitted", "auto-generated");
            sender.send(message);
        } catch (MailException | MessagingException e) {
            throw NotSentException.because(reason(e));
        }
    }

    /** The same for the same notice, at our own domain. */
    String messageId(NoticeId id) {
        return "<" + id + ".notice@" + from.substring(from.indexOf('@') + 1) + ">";
    }

    /** What would end a header, or turn it round, is a space. */
    static String oneLine(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    int type = Character.getType(c);
                    boolean plain =
                            type != Character.CONTROL
                                    && type != Character.FORMAT
                                    && type != Character.LINE_SEPARATOR
                                    && type != Character.PARAGRAPH_SEPARATOR;
                    line.appendCodePoint(plain ? c : ' ');
                });
        return line.toString().strip();
    }

    /** The innermost says what the mail server answered. */
    private static String reason(Exception e) {
        Exception cause = e;
        if (e instanceof MailSendException failed && failed.getMessageExceptions().length > 0) {
            cause = failed.getMessageExceptions()[0];
        }
        var innermost = NestedExceptionUtils.getMostSpecificCause(cause);
        return innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
    }
}
