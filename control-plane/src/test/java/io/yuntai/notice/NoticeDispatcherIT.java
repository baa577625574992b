package io.yuntai.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Accounts;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The outbox on a real PostgreSQL, a real SMTP server and real receivers of webhooks. */
@ServerTest
class NoticeDispatcherIT {

    private static final AtomicInteger TARGETS = new AtomicInteger();
    private static final String SECRET =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));

    @Autowired private MockMvc server;
    @Autowired private Accounts accounts;
    @Autowired private NoticeStore store;
    @Autowired private DispatchStore outbox;
    @Autowired private Dispatches dispatches;
    @Autowired private NoticeTexts texts;
    @Autowired private JsonMapper json;
    @Autowired private ApplicationEventPublisher events;
    @Autowired private TransactionTemplate transaction;

    private final Clock clock = Clock.systemUTC();
    private final String target = "t" + TARGETS.incrementAndGet();
    private final GreenMail smtp =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<NoticeDispatcher> running = new ArrayList<>();
    private Receiver receiver;
    private Town town;

    @BeforeEach
    void start() throws Exception {
        smtp.start();
        receiver = new Receiver();
        town = Town.registered(server, accounts);
    }

    @AfterEach
    void stop() {
        running.forEach(NoticeDispatcher::stop);
        smtp.stop();
        receiver.close();
    }

    private PersonId person(String login) {
        return accounts.find(new Login(login)).orElseThrow().person();
    }

    private static NoticeProperties patient(int attempts, Duration patience) {
        return new NoticeProperties(
                Optional.of(URI.create("https://yuntai.example.cn")),
                attempts,
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                patience,
                Duration.ofMillis(50),
                new NoticeProperties.Mail(Optional.empty()),
                List.of());
    }

    private Channel mail() {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(smtp.getSmtp().getPort());
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        return new MailChannel(sender, "yuntai@gov.example.cn", texts);
    }

    private Channel webhook(URI url, boolean allowPrivate) {
        return new WebhookChannel(
                new NoticeProperties.Webhook(target, url, SECRET, Set.of(), true, allowPrivate),
                texts,
                json,
                clock);
    }

    private Channel webhook() {
        return webhook(receiver.url(), true);
    }

    /** One more server. */
    private void serve(NoticeProperties properties, Channel... channels) {
        var dispatcher =
                new NoticeDispatcher(new Channels(List.of(channels)), outbox, properties, clock);
        dispatcher.start();
        running.add(dispatcher);
    }

    private void tell(String login, String key, String subject, Channel... channels) {
        var notices =
                new Notices(
                        store, outbox, new Channels(List.of(channels)), accounts, clock, events);
        transaction.executeWithoutResult(_ ->
                notices.tell(
                        new Notice(
                                clock.instant(),
                                new Notice.To.Person(person(login)),
                                Notice.Kind.APPLICATION_WAITING,
                                List.of(subject, "审计局"),
                                "/applications/1",
                                key)));
    }

    private List<Dispatch> of(Dispatch.State state) {
        return dispatches
                .list(
                        new PageQuery(200, Optional.empty(), Optional.empty(), "webhook:" + target),
                        Optional.of(state))
                .items()
                .stream()
                .filter(one -> one.channel().equals("webhook:" + target))
                .toList();
    }

    @Test
    void aMailIsWrittenInTheLanguageOfItsRecipientAndNamesInjectNothing() throws Exception {
        var mail = mail();
        store.put(
                person(town.owner("a")),
                new NoticeSettings(true, "owner@example.cn", NoticeSettings.Language.EN));
        tell(town.staff("a"), "k", "门户\r\nBcc: victim@example.cn\r\n\r\nbody", mail);
        tell(town.owner("a"), "k", "Portal", mail);
        serve(patient(3, Duration.ofSeconds(10)), mail);
        assertThat(smtp.waitForIncomingEmail(20_000, 2)).isTrue();
        MimeMessage chinese = to("zhang@example.cn");
        assertThat(chinese.getAllRecipients()).hasSize(1);
        assertThat(chinese.getHeader("Bcc")).isNull();
        assertThat(chinese.getSubject()).startsWith("待办：门户").contains("Bcc").doesNotContain("\n");
        assertThat(chinese.getContent().toString()).contains("等待您处理");
        MimeMessage english = to("owner@example.cn");
        assertThat(english.getSubject()).isEqualTo("Waits for you: Portal");
        assertThat(english.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    private MimeMessage to(String address) throws Exception {
        for (var message : smtp.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().equals(address)) {
                return message;
            }
        }
        throw new AssertionError("no mail to " + address);
    }

    @Test
    void whoWantsNoMailGetsNone() throws Exception {
        var mail = mail();
        store.put(
                person(town.staff("a")), new NoticeSettings(false, "", NoticeSettings.Language.ZH));
        tell(town.staff("a"), "none", "门户", mail);
        tell(town.owner("a"), "one", "门户", mail);
        serve(patient(3, Duration.ofSeconds(10)), mail);
        assertThat(smtp.waitForIncomingEmail(20_000, 1)).isTrue();
        assertThat(smtp.getReceivedMessages()).hasSize(1);
    }

    @Test
    void whoDiesBetweenSendingAndNotingHasItSentAgainWithTheSameIds() throws Exception {
        var channels = new Channel[] {mail(), webhook()};
        tell(town.staff("a"), "killed", "门户", channels);
        for (var channel : channels) {
            // As far as a server gets that is killed after sending.
            var now = clock.instant();
            var claimed =
                    outbox.claim(channel.name(), UUID.randomUUID(), now, now.plusMillis(700), 5, 8);
            assertThat(claimed).hasSize(1);
            channel.send(claimed.getFirst());
        }
        serve(patient(5, Duration.ofSeconds(10)), channels);
        assertThat(smtp.waitForIncomingEmail(20_000, 2)).isTrue();
        await().atMost(Duration.ofSeconds(20)).until(() -> of(Dispatch.State.SENT).size() == 1);
        var mails = smtp.getReceivedMessages();
        assertThat(mails[0].getMessageID())
                .isEqualTo(mails[1].getMessageID())
                .endsWith(".notice@gov.example.cn>");
        assertThat(receiver.requests()).hasSize(2);
        assertThat(receiver.requests().get(0).id()).isEqualTo(receiver.requests().get(1).id());
    }

    @Test
    void ofSeveralServersEachNoticeIsSentByOne() {
        var channel = webhook();
        for (int i = 0; i < 60; i++) {
            tell(town.staff("a"), "many-" + i, "门户", channel);
        }
        for (int i = 0; i < 3; i++) {
            serve(patient(5, Duration.ofSeconds(20)), webhook());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> of(Dispatch.State.SENT).size() == 60);
        assertThat(receiver.requests().stream().map(Receiver.Request::id))
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    /** As the text of Standard Webhooks says, with the example that it gives. */
    @Test
    void theTestsOwnReadingOfStandardWebhooksGivesTheSignatureOfItsExample() throws Exception {
        assertThat(
                        standardWebhook(
                                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                "1614265330",
                                "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    private static String standardWebhook(String secret, String id, String timestamp, byte[] body)
            throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        var content = id + "." + timestamp + "." + new String(body, UTF_8);
        return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    }

    @Test
    void aWebhookIsSignedOverItsIdTimeAndBody() throws Exception {
        tell(town.staff("a"), "signed", "门户", webhook());
        serve(patient(3, Duration.ofSeconds(10)), webhook());
        await().atMost(Duration.ofSeconds(20)).until(() -> !receiver.requests().isEmpty());
        var request = receiver.requests().getFirst();
        assertThat(request.signature())
                .isEqualTo(
                        "v1,"
                                + standardWebhook(
                                        SECRET, request.id(), request.timestamp(), request.body()));
        assertThat(Instant.ofEpochSecond(Long.parseLong(request.timestamp())))
                .isBetween(clock.instant().minusSeconds(60), clock.instant().plusSeconds(1));
        String body = new String(request.body(), UTF_8);
        assertThat(JsonPath.<String>read(body, "$.type")).isEqualTo("notice.application_waiting");
        assertThat(JsonPath.<String>read(body, "$.data.recipient.login"))
                .isEqualTo(town.staff("a"));
        assertThat(JsonPath.<String>read(body, "$.data.link")).isEqualTo("/applications/1");
    }

    @Test
    void whatIsRefusedIsTriedAgainThenGivenUpWithItsReasonAndCanBeTriedAnew() {
        receiver.answerWith(500, 0, "");
        tell(town.staff("a"), "refused", "门户", webhook());
        serve(patient(3, Duration.ofSeconds(10)), webhook());
        await().atMost(Duration.ofSeconds(20)).until(() -> of(Dispatch.State.GIVEN_UP).size() == 1);
        var given = of(Dispatch.State.GIVEN_UP).getFirst();
        assertThat(given.attempts()).isEqualTo(3);
        assertThat(given.failure()).isEqualTo("HTTP 500");
        assertThat(receiver.requests()).hasSize(3);
        receiver.answerWith(200, 10, "");
        var operator = new Actor(person(Town.OPERATOR), "王平台", new Actor.Scope.All());
        dispatches.retry(operator, given.notice(), given.channel());
        await().atMost(Duration.ofSeconds(20)).until(() -> of(Dispatch.State.SENT).size() == 1);
        assertThat(receiver.requests().stream().map(Receiver.Request::id).distinct()).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowedAndALongAnswerNotRead() throws Exception {
        try (var other = new Receiver()) {
            receiver.answerWith(302, 0, other.url().toString());
            tell(town.staff("a"), "redirected", "门户", webhook());
            serve(patient(1, Duration.ofSeconds(10)), webhook());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> of(Dispatch.State.GIVEN_UP).size() == 1);
            assertThat(of(Dispatch.State.GIVEN_UP).getFirst().failure()).isEqualTo("HTTP 302");
            assertThat(other.requests()).isEmpty();
        }
        receiver.answerWith(200, 5 << 20, "");
        tell(town.staff("a"), "long", "门户", webhook());
        await().atMost(Duration.ofSeconds(20)).until(() -> of(Dispatch.State.GIVEN_UP).size() == 2);
        assertThat(of(Dispatch.State.GIVEN_UP))
                .anyMatch(one -> one.failure().contains("more than 16384 bytes"));
    }

    @Test
    void anAddressInsideIsNotCalledUnlessItIsAllowed() {
        for (String host : List.of("127.0.0.1", "localhost")) {
            var url = URI.create(receiver.url().toString().replace("127.0.0.1", host));
            tell(town.staff("a"), "inside " + host, "门户", webhook(url, false));
            serve(patient(1, Duration.ofSeconds(10)), webhook(url, false));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> of(Dispatch.State.GIVEN_UP).size() == 2);
        assertThat(of(Dispatch.State.GIVEN_UP))
                .allMatch(one -> one.failure().contains("not public"));
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aReceiverThatHangsHoldsUpNoOtherChannel() throws Exception {
        try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var stuck =
                    webhook(URI.create("http://127.0.0.1:" + hanging.getLocalPort() + "/"), true);
            var mail = mail();
            tell(town.staff("a"), "hangs", "门户", stuck, mail);
            serve(patient(1, Duration.ofSeconds(2)), stuck, mail);
            assertThat(smtp.waitForIncomingEmail(20_000, 1)).isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> of(Dispatch.State.GIVEN_UP).size() == 1);
            assertThat(of(Dispatch.State.GIVEN_UP).getFirst().failure())
                    .isEqualTo("no answer in time");
        }
    }

    @Test
    void whatEveryServerDiedOfIsGivenUp() {
        tell(town.staff("a"), "deadly", "门户", webhook());
        var now = clock.instant();
        assertThat(outbox.claim("webhook:" + target, UUID.randomUUID(), now, now, 1, 8)).hasSize(1);
        serve(patient(1, Duration.ofSeconds(10)), webhook());
        await().atMost(Duration.ofSeconds(20)).until(() -> of(Dispatch.State.GIVEN_UP).size() == 1);
        assertThat(of(Dispatch.State.GIVEN_UP).getFirst().failure()).contains("server ended");
        assertThat(receiver.requests()).isEmpty();
    }
}
