package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What applications change of hosts that run, on a real API server. */
class OrderedChangesIT {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Fabric8Cluster cluster;
    private Onboarding onboarding;
    private Actor staff;

    @BeforeEach
    void twoConfirmedHosts() throws IOException {
        cluster =
                Fabric8Cluster.connect(
                        new ClusterName("real"),
                        Files.readString(TestCluster.shared().kubeconfig()));
        onboarding = Onboarding.of("o" + UUID.randomUUID().toString().substring(0, 12), cluster);
        staff = onboarding.person("staff");
        var application = onboarding.approved(onboarding.submitted(staff, 2));
        delivered(application);
        var _ =
                onboarding
                        .get(Deliveries.class)
                        .confirm(staff, application.id(), now(application).version());
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        cluster.deleteNamespace(new NamespaceName(first().namespace()));
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void aHostGrowsByWhatItsApplicationHasLockedAndIsDeliveredWhenItHasGrown() {
        var submitted = submitted(resize(first(), 4, 8));
        assertThat(onboarding.lockedCpu()).isEqualTo(2000);
        assertThat(onboarding.committedCpu()).isEqualTo(4000);

        var approved = onboarding.approved(submitted);

        assertThat(onboarding.lockedCpu()).isZero();
        assertThat(onboarding.committedCpu()).isEqualTo(6000);
        assertThat(first().plan().life()).isEqualTo(HostLife.State.CHANGING);
        delivered(approved);
        assertThat(first().vcpu()).isEqualTo(4);
        assertThat(first().plan().life()).isEqualTo(HostLife.State.IN_USE);
    }

    @Test
    void aHostThatIsMadeSmallerGivesBackWhatItHadMore() {
        var approved = onboarding.approved(submitted(resize(first(), 1, 2)));
        delivered(approved);
        await().atMost(PATIENCE)
                .until(() -> {
                    onboarding.later(Duration.ofMinutes(1));
                    var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return onboarding.committedCpu() == 3000;
                });
    }

    @Test
    void aHostGetsTheDiskThatItsApplicationHasLockedAndNobodyAloneGrantsIt() {
        assertThatThrownBy(() -> say(new HostCommand.AddDisk(1L << 30, "ssd")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("APPLICATION_REQUIRED"));
        var approved =
                onboarding.approved(submitted(new Item.Disk(Onboarding.subject(first()), 30)));
        delivered(approved);
        assertThat(first().plan().disks()).containsExactly(new DataDisk(1, 30L << 30, "ssd"));
        assertThat(first().plan().life()).isEqualTo(HostLife.State.IN_USE);
        long held =
                onboarding.get(Leases.class).of(onboarding.system()).stream()
                        .mapToLong(lease -> lease.granted().get(Resource.storage("ssd")))
                        .sum();
        assertThat(held).isEqualTo(110L << 30);
    }

    @Test
    void aHostThatIsGivenBackGoesToTheRecycleBinAndNothingIsLocked() {
        var submitted = submitted(new Item.Return(Onboarding.subject(first())));
        assertThat(onboarding.lockedCpu()).isZero();
        var approved = onboarding.approved(submitted);
        assertThat(first().plan().life()).isEqualTo(HostLife.State.RECYCLE_BIN);
        delivered(approved);
        assertThat(first().state()).isEqualTo(Host.State.STOPPED);
    }

    @Test
    void whoeverHasADutyInAReturnDoesNotDestroyTheHostThatItGaveBack() {
        delivered(onboarding.approved(submitted(new Item.Return(Onboarding.subject(first())))));
        onboarding.later(Duration.ofDays(15).plusSeconds(1));
        var destroy = new HostCommand.Destroy("到期");
        for (String login : List.of("staff", "unit-owner", "reviewer", "bureau-approver")) {
            var person = onboarding.approvals().person(login);
            assertThatThrownBy(() -> say(person, destroy))
                    .as(login)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.code()).isEqualTo("SEPARATION_OF_DUTIES"));
            assertThatThrownBy(() -> destroyBySql(first(), person))
                    .as(login)
                    .hasMessageContaining("destroyed_by_another");
        }
        say(onboarding.person("operator"), destroy);
        assertThat(first().plan().life()).isEqualTo(HostLife.State.DESTROYING);
    }

    private void destroyBySql(Host host, Actor person) {
        var _ =
                onboarding
                        .jdbc()
                        .sql("update host set life = 'DESTROYING', destroyed_by = ? where id = ?")
                        .params(person.person().value(), host.id().value())
                        .update();
    }

    @Test
    void aTermIsLongerByTheMonthsThatWereApplied() {
        var ends = first().plan().ends().orElseThrow().atZone(SHANGHAI);
        var item = new Item.Renewal(Onboarding.subject(first()), 6);
        delivered(onboarding.approved(submitted(item)));
        assertThat(first().plan().ends())
                .hasValueSatisfying(later ->
                        assertThat(later.atZone(SHANGHAI).toLocalDate())
                                .isEqualTo(ends.plusMonths(6).toLocalDate()));
    }

    @Test
    void whatIsNoLongerWhatItWasIsNotApproved() {
        var submitted = submitted(resize(first(), 4, 8));
        var reviewed = onboarding.approvals().review(submitted.id(), Optional.empty());
        say(new HostCommand.Resize(1, 2L << 30));
        assertThatThrownBy(() -> onboarding.approvals().finish(reviewed))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("HOST_CHANGED"));
        // Refused means nothing has changed.
        assertThat(onboarding.lockedCpu()).isEqualTo(2000);
        assertThat(now(submitted).state()).isEqualTo(Workflow.State.BUREAU_APPROVAL);
    }

    private void say(HostCommand what) {
        say(staff, what);
    }

    private void say(Actor actor, HostCommand what) {
        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                actor,
                                first().id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                first().plan().version(),
                                what);
    }

    private static Item resize(Host host, int vcpu, int memoryGib) {
        return new Item.Resize(Onboarding.subject(host), new Item.Size(vcpu, memoryGib));
    }

    private Application submitted(Item item) {
        return onboarding.submitted(
                staff, new Order(onboarding.system(), Onboarding.POOL, "变更", 12, List.of(item)));
    }

    private Host first() {
        return onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
    }

    private Application now(Application application) {
        return onboarding.get(Applications.class).get(staff, application.id()).application();
    }

    private void delivered(Application application) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    assertThat(now(application).state())
                            .as("%s", onboarding.get(Hosts.class).of(onboarding.system()))
                            .isEqualTo(Workflow.State.DELIVERED);
                });
    }
}
