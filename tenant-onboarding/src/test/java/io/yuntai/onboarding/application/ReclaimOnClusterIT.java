package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.KnownVerdicts;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.reclaim.Executions;
import io.yuntai.onboarding.reclaim.Judgement.Verdict;
import io.yuntai.onboarding.reclaim.Proposal;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.ReclaimItem.Outcome;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.State;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the verdict to the end, for two hosts of 2 vCPU and 4 GiB on a real API server. */
class ReclaimOnClusterIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long GIB = 1L << 30;

    private Fabric8Cluster cluster;
    private Onboarding onboarding;
    private Application application;

    @BeforeEach
    void twoConfirmedHosts() throws IOException {
        cluster =
                Fabric8Cluster.connect(
                        new ClusterName("real"),
                        Files.readString(TestCluster.shared().kubeconfig()));
        onboarding = Onboarding.of("r" + UUID.randomUUID().toString().substring(0, 12), cluster);
        var staff = onboarding.person("staff");
        application = onboarding.approved(onboarding.submitted(staff, 2));
        var applications = onboarding.get(Applications.class);
        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    return applications.get(staff, application.id()).application().state()
                            == Workflow.State.DELIVERED;
                });
        int version = applications.get(staff, application.id()).application().version();
        var _ = onboarding.get(Deliveries.class).confirm(staff, application.id(), version);
        var _ =
                onboarding
                        .get(HostCatalogue.class)
                        .save(
                                staff,
                                new HostSize(
                                        new CatalogueRef("c1", 1),
                                        "1 核 2 G",
                                        1,
                                        2,
                                        Optional.empty(),
                                        Optional.empty(),
                                        false));
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        cluster.deleteNamespace(new NamespaceName(hosts().getFirst().namespace()));
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void theIdleHostGoesToTheRecycleBinAndTheLargeOneShrinksAndItsQuotaIsFree() {
        var reclaims = onboarding.get(Reclaims.class);
        var executions = onboarding.get(Executions.class);
        var verdicts = onboarding.get(KnownVerdicts.class);
        verdicts.say(hosts().getFirst().id(), onboarding.now(), Verdict.IDLE);
        verdicts.say(
                hosts().getLast().id(),
                onboarding.now(),
                Verdict.SHRINK_CPU,
                Verdict.SHRINK_MEMORY);
        var proposer = onboarding.person("proposer");
        var owner =
                new Actor(
                        onboarding.person("owner").person(),
                        "owner",
                        new Actor.Scope.OneUnit(application.unit()));
        var executor = onboarding.person("executor");
        var id = new ReclaimId(UuidCreator.getTimeOrderedEpoch());
        var _ =
                reclaims.propose(
                        proposer, id, new Proposal(application.unit(), List.of(), "低效资源清理"));
        var _ = reclaims.notice(proposer, id, 1, "");
        var _ = reclaims.consent(owner, id, 2, Set.of(), "");
        var _ = reclaims.approve(onboarding.person("approver"), id, 3, "");
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
        var _ = reclaims.execute(executor, id, 4);
        executions.run(id);
        // Ordered, and not yet shown by the cluster.
        assertThat(reclaims.get(owner, id).items())
                .extracting(item -> item.progress().outcome())
                .containsExactly(Outcome.STARTED, Outcome.STARTED);

        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    var _ = executions.run();
                    return reclaims.get(owner, id).reclaim().state() == State.DONE;
                });
        assertThat(hosts().getFirst().plan().life()).isEqualTo(HostLife.State.RECYCLE_BIN);
        assertThat(hosts().getLast().plan().life()).isEqualTo(HostLife.State.IN_USE);
        assertThat(hosts().getLast().vcpu()).isEqualTo(1);
        var done = reclaims.get(owner, id);
        assertThat(done.items().getLast().progress().actual())
                .contains(new Reclaim.Size(1, 2 * GIB));
        await().atMost(PATIENCE)
                .until(() -> {
                    onboarding.later(Duration.ofMinutes(1));
                    turn();
                    return onboarding.committedCpu() == 3000;
                });
    }

    private void turn() {
        var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }
}
