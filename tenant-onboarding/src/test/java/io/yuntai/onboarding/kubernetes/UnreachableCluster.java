package io.yuntai.onboarding.kubernetes;

/** A cluster that is known and never gives an answer: nobody is there. */
public final class UnreachableCluster {

    private static final String NOBODY_THERE =
            """
            apiVersion: v1
            kind: Config
            current-context: gone
            clusters: [{name: gone, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: somebody, user: {token: any}}]
            contexts: [{name: gone, context: {cluster: gone, user: somebody}}]
            """;

    private UnreachableCluster() {}

    public static Fabric8Cluster named(String name) {
        return Fabric8Cluster.connect(new ClusterName(name), NOBODY_THERE);
    }
}
