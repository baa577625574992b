package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Grant;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.namespace.Namespaces;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Limit;
import io.yuntai.quota.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is granted because of the public addresses that were ordered goes when they go. */
class AddressGrantsIT {

    private Onboarding onboarding;
    private Deliveries deliveries;
    private Actor staff;

    @BeforeEach
    void aPoolWithAddresses() {
        onboarding = Onboarding.of("addresses", UnreachableCluster.named("gone"));
        deliveries = onboarding.get(Deliveries.class);
        staff = onboarding.person("staff");
        var pool =
                onboarding
                        .get(QuotaViews.class)
                        .path(Onboarding.POOL, onboarding.system())
                        .getFirst()
                        .node()
                        .id();
        assertThat(
                        onboarding
                                .get(QuotaLimits.class)
                                .set(
                                        staff,
                                        new TransferId(UuidCreator.getTimeOrderedEpoch()),
                                        pool,
                                        onboarding
                                                .get(QuotaNodes.class)
                                                .get(staff, pool)
                                                .limitsVersion(),
                                        Map.of(Resource.PUBLIC_IPS, Limit.fixed(5))))
                .isInstanceOf(QuotaLimits.Outcome.Changed.class);
    }

    @AfterEach
    void stop() {
        var findings = onboarding.get(LedgerAudits.class).findings();
        onboarding.close();
        assertThat(findings).isEmpty();
    }

    @Test
    void aDeliveryThatIsGivenUpTakesTheGrantWithIt() {
        var application = approved(addresses(2));
        assertThat(grants()).containsExactly(Grant.LOAD_BALANCERS);
        assertThat(audited("namespace.grant")).containsExactly(said(application));

        cancel(application, "operator");

        assertThat(grants()).isEmpty();
        assertThat(audited("namespace.revoke")).containsExactly(said(application));

        // Ordered once more, granted once more.
        var _ = approved(addresses(1));
        assertThat(grants()).containsExactly(Grant.LOAD_BALANCERS);
    }

    @Test
    void anotherOrdersAddressesKeepIt() {
        var first = approved(addresses(1));
        var second = approved(addresses(1));

        cancel(first, "operator");
        assertThat(grants()).containsExactly(Grant.LOAD_BALANCERS);
        assertThat(audited("namespace.revoke")).isEmpty();

        cancel(second, "another-operator");
        assertThat(grants()).isEmpty();
    }

    @Test
    void anOrderOfOtherThingsThatIsGivenUpTakesNothing() {
        var _ = approved(addresses(1));
        cancel(approved(new Item.Namespace(1, 2, 0, "ssd")), "operator");
        assertThat(grants()).containsExactly(Grant.LOAD_BALANCERS);
    }

    @Test
    void aNamespaceThatIsHandedBackTakesItWithIt() {
        var application = approved(addresses(1));
        var part = new Item.Room(1, 0, 0, "ssd");
        var cluster = new ClusterName("gone");
        var _ = approved(new Item.NamespaceReturn(cluster, Optional.of(part)));
        assertThat(grants()).containsExactly(Grant.LOAD_BALANCERS);

        var _ = approved(new Item.NamespaceReturn(cluster, Optional.empty()));

        assertThat(grants()).isEmpty();
        assertThat(audited("namespace.revoke")).containsExactly(said(application));
    }

    @Test
    void whatAPersonHasGrantedIsNotTakenBackByAnOrder() {
        cancel(approved(new Item.Namespace(1, 2, 0, "ssd")), "operator");
        onboarding
                .get(Namespaces.class)
                .grant(
                        staff,
                        onboarding.system(),
                        Onboarding.POOL,
                        Set.of(Grant.LOAD_BALANCERS, Grant.NODE_PORTS),
                        "对外门户");

        cancel(approved(addresses(1)), "another-operator");

        assertThat(grants()).containsExactlyInAnyOrder(Grant.LOAD_BALANCERS, Grant.NODE_PORTS);
        assertThat(audited("namespace.revoke")).isEmpty();
    }

    private static Item addresses(long count) {
        return new Item.Namespace(2, 4, 0, "ssd", Amounts.of(Map.of(Resource.PUBLIC_IPS, count)));
    }

    private Application approved(Item item) {
        return onboarding.approved(
                onboarding.submitted(
                        staff,
                        new Order(onboarding.system(), Onboarding.POOL, "门户", 12, List.of(item))));
    }

    private void cancel(Application approved, String operator) {
        deliveries.begun(approved);
        onboarding.later(Duration.ofHours(1));
        deliveries.stuck(now(approved), "Pending");
        var _ =
                deliveries.cancel(
                        onboarding.person(operator),
                        approved.id(),
                        now(approved).version(),
                        "不再需要");
    }

    /** Of the system's namespaces, also where they are handed back. */
    private List<Grant> grants() {
        return onboarding
                .jdbc()
                .sql("select code from namespace_grant where system = ?")
                .param(onboarding.system().value())
                .query((row, _) -> Grant.valueOf(row.getString("code")))
                .list();
    }

    private List<String> audited(String action) {
        return onboarding.audited().stream()
                .filter(one -> one.action().equals(action) && one.actor().isEmpty())
                .map(Audited::detail)
                .toList();
    }

    private static String said(Application application) {
        return Onboarding.POOL + " load-balancers: " + application.number();
    }

    private Application now(Application application) {
        return onboarding.get(Applications.class).get(staff, application.id()).application();
    }
}
