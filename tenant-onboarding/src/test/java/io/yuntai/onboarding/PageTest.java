package io.yuntai.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void aCursorComesBackAsItWentOut() {
        var cursor = Cursor.after("江门市公安局 𠮷", "0199");
        assertThat(Cursor.of(cursor.toString())).isEqualTo(cursor);
        assertThat(Cursor.of(Cursor.after("", "x").toString()).keys()).containsExactly("", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "****", "LTE"})
    void aCursorOfOnesOwnMakingIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.of(text).asOffset())
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.code()).isEqualTo("BAD_CURSOR"));
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        assertThatThrownBy(() -> Cursor.offset(3).keys(2)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Cursor.after("a", "b").asOffset()).isInstanceOf(Refused.class);
    }

    @Test
    void theItemTooManyOnlyTellsThatThereIsMore() {
        var two = new PageQuery(2, Optional.empty(), Optional.empty(), "");
        assertThat(Page.ofOffset(List.of(1, 2), two, 2).next()).isEmpty();
        var page = Page.ofOffset(List.of(1, 2, 3), two, 9);
        assertThat(page.items()).containsExactly(1, 2);
        assertThat(Cursor.of(page.next().orElseThrow()).asOffset()).isEqualTo(2);
    }

    @Test
    void aSearchIsTakenLiterally() {
        assertThat(new PageQuery(1, Optional.empty(), Optional.empty(), " 50%_\\ ").pattern())
                .isEqualTo("%50\\%\\_\\\\%");
    }

    @Test
    void onlyWhatTheListKnowsIsSortedBy() {
        var asked = new PageQuery(1, Optional.empty(), Optional.of(Sort.of("-secret")), "");
        assertThatThrownBy(() -> asked.sortOr(Sort.of("name"), Set.of("name")))
                .isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201, -1})
    void aLimitOutsideItsRangeIsNoQuery(int limit) {
        assertThatThrownBy(() -> new PageQuery(limit, Optional.empty(), Optional.empty(), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
