package io.yuntai.console;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.security.NoPermission;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What everybody must know before trusting a figure. */
@RestController
@Tag(name = "environment")
class EnvironmentController {

    /** Of a server that was not built by Maven. */
    private static final String UNKNOWN = "unknown";

    private final Clusters clusters;
    private final Optional<Preparation> preparation;
    private final String version;

    EnvironmentController(
            Clusters clusters,
            ObjectProvider<Preparation> preparation,
            ObjectProvider<BuildProperties> build) {
        this.clusters = clusters;
        this.preparation = preparation.stream().findFirst();
        this.version = build.stream().findFirst().map(BuildProperties::getVersion).orElse(UNKNOWN);
    }

    /** Whether anything here is real. */
    enum Mode {
        PRODUCTION,
        TRYOUT
    }

    /**
     * The server and its clusters.
     *
     * @param preparing empty when there is nothing to prepare
     */
    record EnvironmentView(
            Mode mode,
            String version,
            List<ClusterView> clusters,
            Optional<Preparation.Progress> preparing) {}

    /** A cluster: whether it is only played, and whether it answers. */
    record ClusterView(
            ClusterName name, boolean simulated, boolean reachable, List<PoolId> pools) {}

    @GetMapping("/api/v1/environment")
    @NoPermission("the sign-in page warns of simulated clusters, too")
    EnvironmentView environment() {
        return new EnvironmentView(
                preparation.isPresent() ? Mode.TRYOUT : Mode.PRODUCTION,
                version,
                clusters.all().stream()
                        .map(cluster ->
                                new ClusterView(
                                        cluster.name(),
                                        cluster.simulated(),
                                        cluster.reachable(),
                                        cluster.pools().stream()
                                                .sorted((a, b) ->
                                                        a.toString().compareTo(b.toString()))
                                                .toList()))
                        .toList(),
                preparation.flatMap(Preparation::progress));
    }
}
