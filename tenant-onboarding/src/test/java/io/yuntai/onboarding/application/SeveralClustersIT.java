package io.yuntai.onboarding.application;

import static io.yuntai.onboarding.application.Onboarding.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A pool on two clusters: where orders go, and that nothing of theirs is there twice. */
class SeveralClustersIT {

    private static final ClusterName EAST = new ClusterName("east");
    private static final ClusterName WEST = new ClusterName("west");

    private Onboarding onboarding;
    private Actor applicant;

    @BeforeEach
    void start() {
        onboarding =
                Onboarding.of(
                        "egov",
                        UnreachableCluster.named(WEST.value()),
                        UnreachableCluster.named(EAST.value()));
        applicant = onboarding.person("applicant");
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    @Test
    void theFirstOrderGoesToTheFirstByNameAndTheNextSystemToTheEmptierOne() {
        assertThat(approved(first(), 1, Optional.empty()).cluster()).contains(EAST);
        assertThat(approved(second(), 1, Optional.empty()).cluster()).contains(WEST);
    }

    @Test
    void aSystemStaysWhereItIsHoweverFullThatIs() {
        approved(first(), 2, Optional.empty());
        assertThat(approved(first(), 2, Optional.empty()).cluster()).contains(EAST);
        assertThat(leases(first())).hasSize(1);
    }

    @Test
    void whoeverApprovesMaySayWhereAndTheSystemThenHasALeaseOnEach() {
        approved(first(), 1, Optional.of(WEST));
        approved(first(), 2, Optional.of(EAST));
        assertThat(leases(first())).extracting(Lease::cluster).containsExactly("east", "west");
        assertThat(leases(first()))
                .extracting(lease -> lease.granted().get(Resource.HOSTS))
                .containsExactly(2L, 1L);
        // All that it has is charged at its one leaf.
        assertThat(onboarding.committedCpu()).isEqualTo(6000);
        assertThat(hosts())
                .extracting(host -> host.cluster() + " " + host.name())
                .containsExactly("west egov-0001", "east egov-0002", "east egov-0003");
    }

    @Test
    void ofSeveralThatItIsOnTheEmptierOneGetsTheNext() {
        approved(first(), 1, Optional.of(WEST));
        approved(first(), 3, Optional.of(EAST));
        assertThat(approved(first(), 1, Optional.empty()).cluster()).contains(WEST);
    }

    @Test
    void aClusterThatDoesNotServeThePoolIsRefusedAndNothingHasChanged() {
        var application = onboarding.submitted(applicant, 1);
        assertThatThrownBy(() -> approve(application, Optional.of(new ClusterName("north"))))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("CLUSTER_NOT_OF_POOL"));
        assertThat(leases(first())).isEmpty();
        assertThat(onboarding.committedCpu()).isZero();
        assertThat(approve(application, Optional.empty()).cluster()).contains(EAST);
    }

    @RepeatedTest(5)
    void twoFirstOrdersAtOnceMeetOnOneCluster() throws Exception {
        var one = onboarding.submitted(applicant, onboarding.order(first(), 1));
        var other = onboarding.submitted(applicant, onboarding.order(first(), 2));
        assertThat(
                        atOnce(
                                List.of(
                                        () -> approve(one, Optional.empty()),
                                        () -> approve(other, Optional.empty()))))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Application.class));
        assertThat(leases(first())).hasSize(1);
        assertThat(hosts()).extracting(Host::name).doesNotHaveDuplicates().hasSize(3);
        assertThat(onboarding.committedCpu()).isEqualTo(6000);
    }

    private Application approved(SystemId system, int count, Optional<ClusterName> wanted) {
        return approve(onboarding.submitted(applicant, onboarding.order(system, count)), wanted);
    }

    private Application approve(Application application, Optional<ClusterName> wanted) {
        return onboarding.approvals().approve(application.id(), wanted);
    }

    private SystemId first() {
        return onboarding.system();
    }

    private SystemId second() {
        return onboarding.systems().getLast();
    }

    private List<Lease> leases(SystemId system) {
        return onboarding.get(Leases.class).of(system);
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(first());
    }
}
