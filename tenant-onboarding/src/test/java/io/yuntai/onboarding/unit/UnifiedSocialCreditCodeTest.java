package io.yuntai.onboarding.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnifiedSocialCreditCodeTest {

    /** Codes of companies as they are printed on public invoices and registers. */
    @ParameterizedTest
    @ValueSource(strings = {"91350100M000100Y43", "91110000600037341L", "914403001922038216"})
    void publicCodesAreCodes(String text) {
        assertThat(new UnifiedSocialCreditCode(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "91350100M000100Y44", // check digit
                "91350100M000100Y4", // 17
                "91350100M000100Y433", // 19
                "91350100m000100y43", // small letters
                "9135010OM000100Y43", // O is not used
                "91350100M0001００Y43", // full-width digits
                "",
            })
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> new UnifiedSocialCreditCode(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everySingleWrongCharacterIsFound() {
        String code = "91350100M000100Y43";
        for (int i = 0; i < 17; i++) {
            char[] wrong = code.toCharArray();
            wrong[i] = wrong[i] == '7' ? '8' : '7';
            assertThatThrownBy(() -> new UnifiedSocialCreditCode(new String(wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
