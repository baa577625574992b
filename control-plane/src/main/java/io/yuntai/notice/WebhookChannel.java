package io.yuntai.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yuntai.onboarding.Notice;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * By an HTTP request, as Standard Webhooks describes it: {@code webhook-id} is the same however
 * often a notice is sent, {@code webhook-signature} is over id, time and body. An answer of 2xx is
 * a yes; redirects are not followed, and of the answer no more is read than its limit.
 */
final class WebhookChannel implements Channel {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final Timeout CONNECT = Timeout.of(5, TimeUnit.SECONDS);
    private static final Timeout ANSWER = Timeout.of(10, TimeUnit.SECONDS);
    private static final int MOST_OF_AN_ANSWER = 16 << 10;

    private final NoticeProperties.Webhook target;
    private final NoticeTexts texts;
    private final JsonMapper json;
    private final Clock clock;
    private final CloseableHttpClient http;

    WebhookChannel(
            NoticeProperties.Webhook target, NoticeTexts texts, JsonMapper json, Clock clock) {
        this.target = target;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(CONNECT)
                                        .setSocketTimeout(ANSWER)
                                        .build());
        if (!target.allowPrivate()) {
            var _ = connections.setDnsResolver(new PublicAddresses());
        }
        this.http =
                HttpClients.custom()
                        .setConnectionManager(connections.build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setResponseTimeout(ANSWER)
                                        .setConnectionRequestTimeout(ANSWER)
                                        .build())
                        .setUserAgent("Yuntai")
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression()
                        .build();
    }

    @Override
    public String name() {
        return "webhook:" + target.name();
    }

    @Override
    public boolean byMail() {
        return false;
    }

    @Override
    public boolean takes(Notice.Kind kind) {
        return target.kinds().isEmpty() || target.kinds().contains(kind);
    }

    @Override
    public void send(Outgoing notice) throws NotSentException {
        byte[] body = body(notice);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        var request = new HttpPost(target.url());
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        request.setHeader(ID, notice.id().toString());
        request.setHeader(TIMESTAMP, timestamp);
        request.setHeader(SIGNATURE, "v1," + signature(target.key(), notice.id(), timestamp, body));
        try {
            int status = http.execute(request, WebhookChannel::status);
            if (status < 200 || status > 299) {
                throw NotSentException.because("HTTP " + status);
            }
        } catch (IOException e) {
            throw NotSentException.because(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static int status(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity != null) {
            try (var in = entity.getContent()) {
                if (in.readNBytes(MOST_OF_AN_ANSWER + 1).length > MOST_OF_AN_ANSWER) {
                    // Closing it would read the rest.
                    throw new IOException("an answer of more than " + MOST_OF_AN_ANSWER + " bytes");
                }
            }
        }
        return response.getCode();
    }

    private byte[] body(Outgoing notice) {
        var locale = notice.language().locale();
        var recipient = new LinkedHashMap<String, Object>();
        recipient.put("login", notice.login());
        recipient.put("name", notice.name());
        var data = new LinkedHashMap<String, Object>();
        data.put("recipient", recipient);
        data.put("title", texts.title(notice.kind(), notice.parameters(), locale));
        data.put("text", texts.text(notice.kind(), notice.parameters(), locale));
        data.put("link", texts.address(notice.link()).orElse(notice.link()));
        var event = new LinkedHashMap<String, Object>();
        event.put("type", "notice." + notice.kind().name().toLowerCase(Locale.ROOT));
        event.put("timestamp", notice.at().toString());
        event.put("data", data);
        return json.writeValueAsBytes(event);
    }

    /** HMAC-SHA256 over id, time and body with dots between them; base64. */
    static String signature(byte[] key, NoticeId id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
