package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads lists in pages, so that no answer is without bounds. */
final class Lists {

    private static final long PAGE = 500;

    private Lists() {}

    /** Without a resourceVersion: read from the quorum, never from a cache. */
    static <T extends HasMetadata, L extends KubernetesResourceList<T>> void eachOf(
            Listable<L> list, Consumer<? super T> each) {
        @Nullable String next = null;
        do {
            var options = new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
            var page = list.list(options);
            page.getItems().forEach(each);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }
}
