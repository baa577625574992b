package io.yuntai.sandbox.storm;

import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.kubernetes.Census;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.kubernetes.Evacuation;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.GuardDifference;
import io.yuntai.onboarding.kubernetes.Inspection;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.NodeCapacity;
import io.yuntai.onboarding.kubernetes.ObservedMigration;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.onboarding.kubernetes.StrayQuota;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.ObservedLease;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A cluster that hands every call on; what is done otherwise is said where it is extended. */
public class ThroughCluster implements Cluster {

    protected final Cluster inner;

    protected ThroughCluster(Cluster inner) {
        this.inner = inner;
    }

    @Override
    public ClusterName name() {
        return inner.name();
    }

    @Override
    public boolean simulated() {
        return inner.simulated();
    }

    @Override
    public boolean reachable() {
        return inner.reachable();
    }

    @Override
    public List<Symptom> symptoms(Clock clock) {
        return inner.symptoms(clock);
    }

    @Override
    public Reading<ClusterUid> uid() {
        return inner.uid();
    }

    @Override
    public void expect(Optional<ClusterUid> uid) {
        inner.expect(uid);
    }

    @Override
    public Reading<NodeCapacity> capacity() {
        return inner.capacity();
    }

    @Override
    public Inspection inspect(Clock clock) {
        return inner.inspect(clock);
    }

    @Override
    public ApplyOutcome apply(Desired object) {
        return inner.apply(object);
    }

    @Override
    public Reading<List<Difference>> differences(Collection<Desired.Tenancy> wanted) {
        return inner.differences(wanted);
    }

    @Override
    public Reading<List<FoundNamespace>> namespaces() {
        return inner.namespaces();
    }

    @Override
    public Reading<Optional<Occupied>> occupied(NamespaceName namespace) {
        return inner.occupied(namespace);
    }

    @Override
    public ApplyOutcome takeOver(Desired.SystemNamespace namespace, String uid) {
        return inner.takeOver(namespace, uid);
    }

    @Override
    public ApplyOutcome migrate(NamespaceName namespace, String host, String migration) {
        return inner.migrate(namespace, host, migration);
    }

    @Override
    public Reading<Optional<ObservedMigration>> migration(
            NamespaceName namespace, String migration) {
        return inner.migration(namespace, migration);
    }

    @Override
    public Reading<List<Evacuation>> evacuations() {
        return inner.evacuations();
    }

    @Override
    public ApplyOutcome endMigration(NamespaceName namespace, String migration) {
        return inner.endMigration(namespace, migration);
    }

    @Override
    public Reading<HostMade> making(Desired.Host host) {
        return inner.making(host);
    }

    @Override
    public Reading<HostMade> made(Desired.Host host) {
        return inner.made(host);
    }

    @Override
    public Mending mend(Desired.Host host, Consumer<List<Difference>> before) {
        return inner.mend(host, before);
    }

    @Override
    public Mending mend(Desired.Tenancy tenancy, Consumer<List<Difference>> before) {
        return inner.mend(tenancy, before);
    }

    @Override
    public LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease found) {
        return inner.growOrShrink(lease, found);
    }

    @Override
    public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
        return inner.lease(namespace);
    }

    @Override
    public ApplyOutcome guard(Consumer<List<GuardDifference>> before) {
        return inner.guard(before);
    }

    @Override
    public Reading<List<StrayQuota>> strayQuotas() {
        return inner.strayQuotas();
    }

    @Override
    public ApplyOutcome deleteStrayQuota(StrayQuota stray) {
        return inner.deleteStrayQuota(stray);
    }

    @Override
    public Reading<Census> census() {
        return inner.census();
    }

    @Override
    public Reading<List<ObservedHost>> hosts(
            NamespaceName namespace, Collection<Desired.Host> wanted) {
        return inner.hosts(namespace, wanted);
    }

    @Override
    public Reading<Amounts> measure(NamespaceName namespace) {
        return inner.measure(namespace);
    }

    @Override
    public OptionalLong heard(NamespaceName namespace) {
        return inner.heard(namespace);
    }

    @Override
    public Optional<Amounts> underway(NamespaceName namespace, long heard, Clock clock) {
        return inner.underway(namespace, heard, clock);
    }

    @Override
    public Reading<ObservedNamespace> look(NamespaceName namespace) {
        return inner.look(namespace);
    }

    @Override
    public Watching watchNamespaces(Consumer<NamespaceName> changed) {
        return inner.watchNamespaces(changed);
    }

    @Override
    public ApplyOutcome deleteNamespace(NamespaceName namespace, BooleanSupplier still) {
        return inner.deleteNamespace(namespace, still);
    }

    @Override
    public ApplyOutcome deleteHost(NamespaceName namespace, String name) {
        return inner.deleteHost(namespace, name);
    }

    @Override
    public ApplyOutcome restartHost(NamespaceName namespace, String name, String instance) {
        return inner.restartHost(namespace, name, instance);
    }

    @Override
    public Reading<List<String>> remains(Desired.Host host) {
        return inner.remains(host);
    }

    @Override
    public Reading<Optional<String>> systemDisk(NamespaceName namespace, String name) {
        return inner.systemDisk(namespace, name);
    }

    @Override
    public ApplyOutcome deleteSystemDisk(NamespaceName namespace, String name, String uid) {
        return inner.deleteSystemDisk(namespace, name, uid);
    }

    @Override
    public ApplyOutcome deleteDataDisk(NamespaceName namespace, String name, int position) {
        return inner.deleteDataDisk(namespace, name, position);
    }

    @Override
    public Watching watch(Consumer<Change> changed) {
        return inner.watch(changed);
    }

    @Override
    public void close() {
        inner.close();
    }
}
