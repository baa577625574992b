package io.yuntai.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.Notice;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeWordsTest {

    @ParameterizedTest
    @EnumSource(Notice.Kind.class)
    void everyKindHasItsWordsInBothLanguages(Notice.Kind kind) {
        for (var locale : new Locale[] {Locale.ROOT, Locale.ENGLISH}) {
            var words = ResourceBundle.getBundle("messages.notice", locale);
            assertThat(words.getString("notice." + kind + ".title")).isNotBlank();
            assertThat(words.getString("notice." + kind + ".text")).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: victim@example.cn",
                "a\nb",
                "a\u0000b",
                "a\u2028b",
                "a\u202eb",
                "\u0085a"
            })
    void aSubjectIsOneLineWhateverANameHolds(String text) {
        assertThat(MailChannel.oneLine(text))
                .doesNotContainPattern("[\\p{Cntrl}\u0085\u2028\u202e]");
    }
}
