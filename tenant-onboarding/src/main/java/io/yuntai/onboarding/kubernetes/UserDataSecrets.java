package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Secrets with user data that are too long for a machine itself. Our user may read no secret of
 * a cluster, and need not: a patch of nothing, which is not even carried out, is answered with what
 * is there, and the right to write one by its name suffices for it. What a Secret holds is compared
 * and forgotten at once.
 */
record UserDataSecrets(KubernetesClient client) {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    /** What was seen of one. */
    sealed interface Seen {
        /** It is there. */
        record Found(Secret secret) implements Seen {}

        /** There is none of that name. */
        record Missing() implements Seen {}

        /** We may not ask. */
        record Unknown() implements Seen {}
    }

    /** Looks at one of a host's. */
    Seen look(String namespace, String name) {
        try {
            return new Seen.Found(
                    client.resource(skeleton(namespace, name))
                            .patch(
                                    new PatchContext.Builder()
                                            .withPatchType(PatchType.JSON_MERGE)
                                            .withDryRun(List.of("All"))
                                            .build(),
                                    "{}"));
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> new Seen.Missing();
                case HttpURLConnection.HTTP_FORBIDDEN -> new Seen.Unknown();
                default -> throw e;
            };
        }
    }

    /** Enough of one to address it. */
    private static Secret skeleton(String namespace, String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
    }

    /** Has one be exactly as it should: what others have put into it may mean something, too. */
    void set(Secret desired) {
        var applied = apply(desired);
        if (Boolean.TRUE.equals(applied.getImmutable())) {
            applied = anew(desired);
        }
        var more = new TreeSet<>(applied.getData().keySet());
        more.removeAll(desired.getData().keySet());
        if (!more.isEmpty()) {
            var _ =
                    client.resource(desired)
                            .patch(
                                    MERGE,
                                    more.stream()
                                            .map(key -> "\"" + key + "\":null")
                                            .collect(Collectors.joining(",", "{\"data\":{", "}}")));
        }
    }

    /** One that cannot be changed any more, or is of another type, is made anew. */
    private Secret apply(Secret desired) {
        try {
            return Applying.apply(client.resource(desired));
        } catch (KubernetesClientException e) {
            if (e.getCode() != Answers.UNPROCESSABLE) {
                throw e;
            }
            return anew(desired);
        }
    }

    private Secret anew(Secret desired) {
        var _ = client.resource(desired).delete();
        return Applying.apply(client.resource(desired));
    }

    static Map<String, String> data(Secret secret) {
        return secret.getData() == null ? Map.of() : secret.getData();
    }
}
