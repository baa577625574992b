package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Things that several make at the same time, and what was thrown at each. */
final class Attempts {

    private final AtomicReferenceArray<@Nullable RuntimeException> thrown;
    private final AtomicInteger next = new AtomicInteger();
    private volatile @Nullable RuntimeException silence;

    Attempts(int count) {
        this.thrown = new AtomicReferenceArray<>(count);
    }

    /**
     * Makes what nobody else has begun with, one after the other, until there is nothing more.
     *
     * @return how many of them this caller has tried
     */
    <T> int make(List<T> all, Consumer<T> made) {
        int tried = 0;
        for (int at = next.getAndIncrement(); at < all.size(); at = next.getAndIncrement()) {
            if (silence == null) {
                make(at, all.get(at), made);
                tried++;
            } else {
                thrown.set(at, silence);
            }
        }
        return tried;
    }

    private <T> void make(int at, T one, Consumer<T> made) {
        try {
            made.accept(one);
        } catch (RuntimeException e) {
            thrown.set(at, e);
            if (isOfTheCluster(e)) {
                silence = e;
            }
        }
    }

    /** Whether nothing else would be answered now, either. */
    private static boolean isOfTheCluster(RuntimeException thrown) {
        return switch (thrown) {
            case KnownKinds.NotServed _ -> true;
            case IllegalArgumentException _ -> false;
            case KubernetesClientException e ->
                    !Answers.answered(e)
                            || Answers.isOfAProxy(e)
                            || e.getCode() == Answers.TOO_MANY_REQUESTS
                            || e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED;
            default -> true;
        };
    }

    /** What says most of the cluster; empty: it has answered as a cluster answers. */
    Optional<RuntimeException> worst() {
        return Optional.ofNullable(silence)
                .or(() -> all().filter(KubernetesClientException.class::isInstance).findFirst())
                // Where nothing could be made, nothing was asked.
                .or(() -> all().findFirst().filter(_ -> all().count() == thrown.length()));
    }

    private Stream<RuntimeException> all() {
        return IntStream.range(0, thrown.length())
                .mapToObj(at -> Optional.ofNullable(thrown.get(at)))
                .flatMap(Optional::stream);
    }

    /** What came of each, in their order. */
    List<ApplyOutcome> outcomes(Function<RuntimeException, ApplyOutcome> of) {
        return IntStream.range(0, thrown.length())
                .mapToObj(at ->
                        Optional.ofNullable(thrown.get(at))
                                .map(of)
                                .orElseGet(ApplyOutcome.Applied::new))
                .toList();
    }
}
