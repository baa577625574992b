package io.yuntai.notice;

import io.yuntai.onboarding.PlainText;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a person wants to be told.
 *
 * @param mail whether by mail as well
 * @param email where to; empty: as the register has it
 * @param language of mails
 */
public record NoticeSettings(boolean mail, String email, Language language) {

    /** As the console. */
    public enum Language {
        ZH(Locale.SIMPLIFIED_CHINESE),
        EN(Locale.ENGLISH);

        private final Locale locale;

        Language(Locale locale) {
            this.locale = locale;
        }

        public Locale locale() {
            return locale;
        }
    }

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    /** Of somebody who has said nothing. */
    public static final NoticeSettings DEFAULT = new NoticeSettings(true, "", Language.ZH);

    public NoticeSettings {
        PlainText.require(email, 0, 254);
        if (!email.isEmpty() && !isAddress(email)) {
            throw new IllegalArgumentException("no address of mail: " + email);
        }
    }

    /** Whether mail can be sent there: one plain address, nothing beside it. */
    public static boolean isAddress(String text) {
        return text.length() <= 254 && ADDRESS.matcher(text).matches();
    }
}
