package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.net.HttpURLConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads lists in pages, so that no answer is without bounds. */
final class Lists {

    private static final long PAGE = 500;

    private Lists() {}

    /**
     * As the other, of a kind that not every cluster serves.
     *
     * @return whether it is served; of one that is not, nobody can say that there is none
     */
    static <T extends HasMetadata, L extends KubernetesResourceList<T>> boolean eachServed(
            Listable<L> list, Consumer<? super T> each) {
        try {
            eachOf(list, each);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }

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
