package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices leave the server. Where the mail server is, and its password, stand in {@code
 * spring.mail}.
 *
 * @param consoleUrl where the console is reached, for links; empty: messages bear none
 * @param attempts how often one is tried before it is given up
 * @param firstRetry how long after the first failure it is tried again; doubled each time
 * @param longestRetry and no longer than this
 * @param patience how long one try may take, all in all
 * @param look how often it is looked what is due; what is told by this server goes out at once
 */
@ConfigurationProperties("yuntai.notices")
public record NoticeProperties(
        Optional<URI> consoleUrl,
        @DefaultValue("10") int attempts,
        @DefaultValue("30s") Duration firstRetry,
        @DefaultValue("1h") Duration longestRetry,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("10s") Duration look,
        @DefaultValue Mail mail,
        @DefaultValue List<Webhook> webhooks) {

    /**
     * By mail.
     *
     * @param from the sender's address; empty: no mail is sent
     */
    public record Mail(Optional<String> from) {
        public Mail {
            from = from.filter(text -> !text.isBlank());
            if (from.filter(text -> !NoticeSettings.isAddress(text)).isPresent()) {
                throw new IllegalArgumentException("no address of mail: " + from.get());
            }
        }
    }

    /**
     * A target of webhooks, signed as Standard Webhooks says (standardwebhooks.com).
     *
     * @param name small letters, digits and dashes; kept beside what was sent there
     * @param secret base64 of 24 to 64 bytes, with or without {@code whsec_} before it
     * @param kinds which notices; none named: all
     * @param allowHttp without TLS; only for tests
     * @param allowPrivate to addresses that are not public
     */
    public record Webhook(
            String name,
            URI url,
            String secret,
            @DefaultValue Set<Notice.Kind> kinds,
            @DefaultValue("false") boolean allowHttp,
            @DefaultValue("false") boolean allowPrivate) {

        private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,28}[a-z0-9])?");
        private static final String PREFIX = "whsec_";

        public Webhook {
            kinds = Set.copyOf(kinds);
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("no name of a webhook: " + name);
            }
            boolean https = "https".equalsIgnoreCase(url.getScheme());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) && allowHttp;
            if (!https && !http) {
                throw new IllegalArgumentException("the webhook " + name + " must use https");
            }
            if (url.getHost() == null || url.getUserInfo() != null) {
                throw new IllegalArgumentException("the address of the webhook " + name);
            }
            int length = key(name, secret).length;
            if (length < 24 || length > 64) {
                throw new IllegalArgumentException(
                        "the secret of the webhook " + name + " is not of 24 to 64 bytes");
            }
        }

        byte[] key() {
            return key(name, secret);
        }

        private static byte[] key(String name, String secret) {
            String text = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                // Without the cause, which quotes it.
                throw new IllegalArgumentException(
                        "the secret of the webhook " + name + " is no base64");
            }
        }

        /** Without the secret, and without the path, which is one with some receivers. */
        @Override
        public String toString() {
            return "Webhook[" + name + ", " + url.getHost() + "]";
        }
    }

    public NoticeProperties {
        webhooks = List.copyOf(webhooks);
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("tried " + attempts + " times");
        }
        for (var pause : List.of(firstRetry, longestRetry, patience, look)) {
            if (pause.isNegative() || pause.isZero() || pause.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("no pause within a day: " + pause);
            }
        }
        var names = new HashSet<String>();
        for (var webhook : webhooks) {
            if (!names.add(webhook.name())) {
                throw new IllegalArgumentException("two webhooks named " + webhook.name());
            }
        }
    }

    /**
     * How long to wait after a failed try.
     *
     * @param attempt which it was, from 1
     */
    Duration retryAfter(int attempt) {
        var pause = firstRetry;
        for (int i = 1; i < attempt && pause.compareTo(longestRetry) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
    }

    /** Nobody else sends it while it is being sent here: longer than that takes. */
    Duration lease() {
        return patience.multipliedBy(2).plusSeconds(30);
    }
}
