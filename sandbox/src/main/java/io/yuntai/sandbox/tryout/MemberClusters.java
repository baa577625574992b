package io.yuntai.sandbox.tryout;

import io.yuntai.onboarding.kubernetes.ClusterConnection;
import io.yuntai.onboarding.kubernetes.ClusterConnections;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.sandbox.cluster.FaultPlan;
import io.yuntai.sandbox.cluster.Lags;
import io.yuntai.sandbox.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Connects the clusters of the sample city: between them they serve every pool. */
final class MemberClusters {

    private static final List<Zone> ZONES = List.of(Zone.EXTRANET, Zone.INTERNET);

    private MemberClusters() {}

    /**
     * One for each zone. On a clock that can be set back, what is done in the past has happened by
     * now: the preparation waits for nothing.
     */
    static ClusterConnections simulated(Clock clock) {
        return new ClusterConnections(
                ZONES.stream()
                        .map(zone ->
                                new ClusterConnection(
                                        SimulatedCluster.running(
                                                new ClusterName("sim-" + zone.code()),
                                                clock,
                                                Lags.TRY_OUT,
                                                FaultPlan.NONE),
                                        pools(zone).collect(Collectors.toSet())))
                        .toList());
    }

    /**
     * One for everything.
     *
     * @throws CannotStart when the file cannot be read, is no kubeconfig, or runs a program
     */
    static ClusterConnections real(String name, Path kubeconfig) throws CannotStart {
        try {
            var cluster =
                    Fabric8Cluster.connect(new ClusterName(name), Files.readString(kubeconfig));
            Set<PoolId> pools =
                    ZONES.stream().flatMap(MemberClusters::pools).collect(Collectors.toSet());
            return new ClusterConnections(List.of(new ClusterConnection(cluster, pools)));
        } catch (IOException e) {
            throw CannotStart.because("cannot read the kubeconfig " + kubeconfig);
        } catch (IllegalArgumentException e) {
            throw CannotStart.because(kubeconfig + ": " + e.getMessage());
        }
    }

    private static Stream<PoolId> pools(Zone zone) {
        return Arrays.stream(ProcessorFamily.values()).map(family -> new PoolId(zone, family));
    }
}
