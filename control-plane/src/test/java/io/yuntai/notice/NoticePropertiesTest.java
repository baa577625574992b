package io.yuntai.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Notice;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NoticePropertiesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void everyDefaultIsAsStated() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new NoticeProperties(
                                Optional.empty(),
                                10,
                                Duration.ofSeconds(30),
                                Duration.ofHours(1),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(10),
                                new NoticeProperties.Mail(Optional.empty()),
                                List.of()));
    }

    @Test
    void aTargetIsNamedSignedAndReachedByTls() {
        var bound = bind(webhook(Map.of("kinds", "CALENDAR_DUE")));
        var target = bound.webhooks().getFirst();
        assertThat(target.kinds()).isEqualTo(Set.of(Notice.Kind.CALENDAR_DUE));
        assertThat(target.key()).hasSize(24);
        assertThat(target.allowHttp()).isFalse();
        assertThat(target.allowPrivate()).isFalse();
        refuses(webhook(Map.of("url", "http://hooks.example.cn/a")));
        refuses(webhook(Map.of("url", "https://user:word@hooks.example.cn/a")));
        refuses(webhook(Map.of("url", "ftp://hooks.example.cn/a")));
        refuses(webhook(Map.of("name", "Bad Name")));
        refuses(webhook(Map.of("secret", "c2hvcnQ=")));
        refuses(Map.of("yuntai.notices.mail.from", "云台 <a@example.cn>, b@example.cn"));
        refuses(Map.of("yuntai.notices.attempts", "0"));
        refuses(Map.of("yuntai.notices.patience", "0s"));
    }

    @Test
    void noSecretIsSaidByAnyOfThem() {
        var bound = bind(webhook(Map.of()));
        assertThat(bound.toString()).doesNotContain("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "/token");
        assertThatThrownBy(() -> bind(webhook(Map.of("secret", "no base64, but secret"))))
                .rootCause()
                .hasMessageNotContaining("but secret");
    }

    @Test
    void eachFailureWaitsTwiceAsLongUpToAnHour() {
        var properties = bind(Map.of());
        assertThat(properties.retryAfter(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.retryAfter(2)).isEqualTo(Duration.ofMinutes(1));
        assertThat(properties.retryAfter(7)).isEqualTo(Duration.ofMinutes(32));
        assertThat(properties.retryAfter(8)).isEqualTo(Duration.ofHours(1));
        assertThat(properties.retryAfter(100)).isEqualTo(Duration.ofHours(1));
        assertThat(properties.lease()).isGreaterThan(properties.patience());
    }

    private static Map<String, String> webhook(Map<String, String> changes) {
        var all = new HashMap<String, String>();
        var target =
                new HashMap<>(
                        Map.of(
                                "name", "gateway",
                                "url", "https://hooks.example.cn/token",
                                "secret", SECRET));
        target.putAll(changes);
        target.forEach((key, value) -> all.put("yuntai.notices.webhooks[0]." + key, value));
        return all;
    }

    private static void refuses(Map<String, String> properties) {
        assertThatThrownBy(() -> bind(properties)).isInstanceOf(BindException.class);
    }

    private static NoticeProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("yuntai.notices", NoticeProperties.class);
    }
}
