package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.LedgerAudits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which items of an application came, while it is delivered and when the rest was given up. */
class ItemDeliveriesIT {

    private Onboarding onboarding;
    private Deliveries deliveries;
    private Actor staff;

    @BeforeEach
    void twoConfirmedHosts() {
        onboarding = Onboarding.of("items", UnreachableCluster.named("gone"));
        deliveries = onboarding.get(Deliveries.class);
        staff = onboarding.person("staff");
        var application = onboarding.approved(onboarding.submitted(staff, 2));
        run(hosts());
        deliveries.begun(application);
        deliveries.observed(application);
        var _ = deliveries.confirm(staff, application.id(), now(application).version());
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void whatCameIsKeptAndTheRestGivenUpWhenNobodySaysAnything() {
        var application =
                approved(
                        new Item.Renewal(Onboarding.subject(hosts().getLast()), 6),
                        new Item.Resize(
                                Onboarding.subject(hosts().getFirst()), new Item.Size(4, 8)),
                        new Item.Hosts(2, 2, 4, 40, "ssd"),
                        new Item.Hosts(1, 2, 4, 40, "ssd"),
                        new Item.Namespace(1, 2, 0, "ssd"));
        assertThat(onboarding.committedCpu()).isEqualTo(4000 + 2000 + 6000 + 1000);
        assertItems(application, "CAME 0", "PENDING 1", "PENDING 2", "PENDING 1", "PENDING 1");

        run(List.of(hosts().get(2), hosts().get(4)));
        see(hosts().get(3).seen(Host.State.FAILED, "不允许", Host.Notes.NONE));
        partial(application);
        assertItems(application, "CAME 0", "FAILED 1", "FAILED 1", "CAME 0", "FAILED 1");
        assertThat(items(application))
                .extracting(ItemDelivery::reason)
                .containsExactly("", "Pending", "不允许", "", "Pending");

        deliveries.deem(application.id(), "10 working days");

        var closed = now(application);
        assertThat(closed.state()).isEqualTo(Workflow.State.CLOSED);
        assertThat(closed.deliveredAt()).contains(closed.enteredAt());
        assertItems(application, "CAME 0", "FAILED 1", "FAILED 1", "CAME 0", "FAILED 1");
        assertThat(items(application).get(2).reason()).isEqualTo("不允许");
        assertThat(hosts())
                .extracting(Host::vcpu, host -> host.plan().life())
                .containsExactly(
                        tuple(2, HostLife.State.CHANGING),
                        tuple(2, HostLife.State.IN_USE),
                        tuple(2, HostLife.State.IN_USE),
                        tuple(2, HostLife.State.DESTROYING),
                        tuple(2, HostLife.State.IN_USE));
    }

    @Test
    void aReturnAloneGoesToNoClusterAndHasComeWhenItsHostStandsStill() {
        var host = hosts().getFirst();
        var application = approved(new Item.Return(Onboarding.subject(host)));
        assertThat(application.cluster()).isEmpty();
        assertItems(application, "PENDING 1");
        partial(application);
        assertItems(application, "FAILED 1");
        see(hosts().getFirst().seen(Host.State.STOPPED, "", Host.Notes.NONE));
        assertItems(application, "CAME 0");
    }

    @Test
    void positionsAreThoseOfWhatWasGranted() {
        var submitted =
                onboarding.submitted(
                        staff,
                        onboarding.order(
                                new Item.Hosts(1, 2, 4, 40, "ssd"),
                                new Item.Renewal(Onboarding.subject(hosts().getFirst()), 6),
                                new Item.Hosts(2, 2, 4, 40, "ssd")));
        var reviews = onboarding.get(Reviews.class);
        var endorsed =
                reviews.approve(
                        onboarding.person("his-unit-owner"),
                        submitted.id(),
                        submitted.version(),
                        Reviews.Approval.PLAIN);
        var cut = new Reviews.Approval("", List.of(new Cut(0, 0, 2, 4, 40)), Optional.empty());
        var reviewed =
                reviews.approve(
                        onboarding.person("his-reviewer"), submitted.id(), endorsed.version(), cut);
        var application = onboarding.approvals().finish(reviewed);
        assertItems(application, "CAME 0", "PENDING 2");
        deliveries.begun(application);
        partial(application);
        var _ =
                deliveries.cancel(
                        onboarding.person("his-operator"),
                        application.id(),
                        now(application).version(),
                        "不再需要");
        assertItems(application, "CAME 0", "FAILED 2");
        assertThat(items(application).getLast().reason()).isEqualTo("Pending");
        int kept =
                onboarding
                        .jdbc()
                        .sql("select position from application_given_up where application = ?")
                        .param(application.id().value())
                        .query(Integer.class)
                        .single();
        assertThat(kept).isEqualTo(2);
    }

    private void partial(Application application) {
        deliveries.begun(now(application));
        onboarding.later(Duration.ofHours(1));
        deliveries.stuck(now(application), "Pending");
        assertThat(now(application).state()).isEqualTo(Workflow.State.PARTIAL);
    }

    private void assertItems(Application application, String... expected) {
        assertThat(items(application))
                .extracting(one -> one.state() + " " + one.missing())
                .containsExactly(expected);
    }

    private List<ItemDelivery> items(Application application) {
        return onboarding.get(ItemDeliveries.class).of(now(application));
    }

    private Application approved(Item... items) {
        return onboarding.approved(onboarding.submitted(staff, onboarding.order(items)));
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }

    private void run(List<Host> some) {
        some.forEach(host -> see(host.seen(Host.State.RUNNING, "", Host.Notes.NONE)));
    }

    private void see(Host host) {
        onboarding.get(Hosts.class).observed(List.of(host));
    }

    private Application now(Application application) {
        return onboarding.get(Applications.class).get(staff, application.id()).application();
    }
}
