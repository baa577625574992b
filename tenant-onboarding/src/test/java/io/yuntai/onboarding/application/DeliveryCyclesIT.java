package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.application.DeliveryCycles.Counting;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which orders count as delivered, by the reconciler's own calls; no cluster has a part in it. */
class DeliveryCyclesIT {

    private Onboarding onboarding;
    private Deliveries deliveries;
    private Actor staff;

    /** One order that counts. */
    @BeforeEach
    void twoConfirmedHosts() {
        onboarding = Onboarding.of("cycles", UnreachableCluster.named("gone"));
        deliveries = onboarding.get(Deliveries.class);
        staff = onboarding.person("staff");
        var application = delivered(new Item.Hosts(2, 2, 4, 40, "ssd"));
        hosts().forEach(this::run);
        var _ = deliveries.confirm(staff, application.id(), now(application).version());
        assertCounted(1, 1);
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    @Test
    void whatIsHandedBackGoesOnOrIsWrittenDownAloneIsNotDelivered() {
        var _ = delivered(new Item.Renewal(Onboarding.subject(hosts().getFirst()), 6));
        var _ = delivered(new Item.QuotaRaise(new Item.Room(2, 4, 0, "ssd")));
        var back = delivered(new Item.Return(Onboarding.subject(hosts().getFirst())));
        assertCounted(1, 4);
        assertThat(listed()).doesNotContain(back.id());
    }

    @Test
    void aReturnWithAnExpansionIs() {
        var both =
                delivered(
                        new Item.Return(Onboarding.subject(hosts().getFirst())),
                        new Item.Resize(
                                Onboarding.subject(hosts().getLast()), new Item.Size(4, 8)));
        assertCounted(2, 2);
        assertThat(listed()).contains(both.id());
    }

    @Test
    void disksAndRoomAre() {
        var _ = delivered(new Item.Disk(Onboarding.subject(hosts().getFirst()), 20));
        var _ = delivered(new Item.Namespace(1, 2, 0, "ssd"));
        assertCounted(3, 3);
    }

    @Test
    void whatCameInPartIsDeliveredAndWhatWasCancelledAsAWholeIsNot() {
        var part = partial(new Item.Hosts(2, 2, 4, 40, "ssd"));
        run(onboarding.get(Hosts.class).ofApplication(part.id().value()).getFirst());
        cancel(part, "his-first-operator");
        assertCounted(2, 2);

        var whole = partial(new Item.Hosts(2, 2, 4, 40, "ssd"), new Item.Namespace(1, 2, 0, "ssd"));
        assertThat(listed()).contains(whole.id());
        cancel(whole, "his-second-operator");
        assertCounted(2, 3);
        assertThat(listed()).contains(part.id()).doesNotContain(whole.id());
    }

    @Test
    void whatWasCutToNothingWasNotDelivered() {
        var submitted =
                onboarding.submitted(
                        staff,
                        onboarding.order(
                                new Item.Hosts(1, 2, 4, 40, "ssd"),
                                new Item.Renewal(Onboarding.subject(hosts().getFirst()), 6)));
        var reviews = onboarding.get(Reviews.class);
        var endorsed =
                reviews.approve(
                        onboarding.person("his-unit-owner"),
                        submitted.id(),
                        submitted.version(),
                        Reviews.Approval.PLAIN);
        var reviewed =
                reviews.approve(
                        onboarding.person("his-reviewer"),
                        submitted.id(),
                        endorsed.version(),
                        new Reviews.Approval(
                                "", List.of(new Cut(0, 0, 2, 4, 40)), Optional.empty()));
        var _ = come(onboarding.approvals().finish(reviewed));
        assertCounted(1, 2);
    }

    private void assertCounted(int byWhatCame, int all) {
        var now = onboarding.now();
        var from = now.minus(Duration.ofDays(1));
        var to = now.plus(Duration.ofDays(1));
        var cycles = onboarding.get(DeliveryCycles.class);
        assertThat(sum(cycles.delivered(from, to, Counting.WHAT_CAME, now).values()))
                .isEqualTo(byWhatCame);
        assertThat(sum(cycles.delivered(from, to, Counting.EVERY_ORDER, now).values()))
                .isEqualTo(all);
        assertThat(sum(cycles.report(staff, around()).delivered().values())).isEqualTo(byWhatCame);
        assertThat(
                        sum(
                                DeliveryCycles.delivered(
                                                onboarding.jdbc(),
                                                from,
                                                to,
                                                Counting.WHAT_CAME,
                                                now)
                                        .values()))
                .isEqualTo(byWhatCame);
    }

    private static int sum(Collection<Integer> counts) {
        return counts.stream().mapToInt(count -> count).sum();
    }

    private List<ApplicationId> listed() {
        return onboarding
                .get(DeliveryCycles.class)
                .list(staff, PageQuery.FIRST, around())
                .items()
                .stream()
                .map(one -> one.application().id())
                .toList();
    }

    private DeliveryCycleFilter around() {
        var today = LocalDate.ofInstant(onboarding.now(), WorkingCalendar.ZONE);
        return DeliveryCycleFilter.of(today.minusDays(1), today, Optional.empty());
    }

    private Application approved(Item... items) {
        return onboarding.approved(onboarding.submitted(staff, onboarding.order(items)));
    }

    private Application delivered(Item... items) {
        return come(approved(items));
    }

    private Application come(Application approved) {
        deliveries.begun(approved);
        deliveries.observed(now(approved));
        return now(approved);
    }

    private Application partial(Item... items) {
        var application = approved(items);
        deliveries.begun(application);
        onboarding.later(Duration.ofHours(1));
        deliveries.stuck(now(application), "Pending");
        return now(application);
    }

    private void cancel(Application application, String operator) {
        var _ =
                deliveries.cancel(
                        onboarding.person(operator),
                        application.id(),
                        now(application).version(),
                        "不再需要");
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }

    private void run(Host host) {
        onboarding
                .get(Hosts.class)
                .observed(List.of(host.seen(Host.State.RUNNING, "", Host.Notes.NONE)));
    }

    private Application now(Application application) {
        return onboarding.get(Applications.class).get(staff, application.id()).application();
    }
}
