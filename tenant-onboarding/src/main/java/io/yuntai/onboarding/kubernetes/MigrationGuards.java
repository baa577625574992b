package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.kubernetes.Guard.Rule;
import java.util.List;

/**
 * Who orders live migrations: their second launcher takes room in the namespace that its unit shall
 * not pay for, nor find free for something else.
 */
final class MigrationGuards {

    /** KubeVirt's own controllers, which drain nodes. */
    private static final String KUBEVIRT =
            "request.userInfo.username.startsWith('system:serviceaccount:kubevirt:')";

    private MigrationGuards() {}

    /**
     * Nobody in the namespace orders, changes or ends one.
     *
     * @param onlyWe whether it is us or the cluster itself who asks
     */
    static Guard migrations(String onlyWe) {
        return Guard.of(
                "yuntai-migrations",
                NamespaceManifests.governed(),
                List.of(
                        Guard.match(
                                "kubevirt.io",
                                List.of("virtualmachineinstancemigrations"),
                                "CREATE",
                                "UPDATE",
                                "DELETE")),
                List.of(new Rule(onlyWe + " || " + KUBEVIRT, "only the platform moves hosts")));
    }
}
