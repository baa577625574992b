package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was made of the objects of a list when it was last read, so that it is made again only of
 * those that have changed: each write gives an object another version, and no two objects share a
 * uid. It holds no more than what the last list had, and losing it costs one reading. Now and then
 * it is made anew all the same, for an etcd that was put back may give a version twice.
 *
 * @param <V> what is made of an object; small, and unchanging
 */
final class Remembered<V> {

    private static final Duration ANEW = Duration.ofMinutes(10);

    private record Entry<V>(String version, V value) {}

    private volatile Map<String, Entry<V>> last = Map.of();
    private volatile long begun = System.nanoTime();

    /** Reads a list once more. */
    Reading read() {
        if (System.nanoTime() - begun > ANEW.toNanos()) {
            last = Map.of();
            begun = System.nanoTime();
        }
        return new Reading();
    }

    /** Which state of which object this is. */
    static String version(HasMetadata object) {
        var meta = object.getMetadata();
        return meta.getUid() + Observed.VERSION + meta.getResourceVersion();
    }

    /** One reading of the list, by one thread; kept when it was read to its end. */
    final class Reading {

        private final Map<String, Entry<V>> before = last;
        private final Map<String, Entry<V>> now = HashMap.newHashMap(before.size());

        private Reading() {}

        <T extends HasMetadata> V of(String place, T object, Function<T, V> made) {
            String version = version(object);
            var known = before.get(place);
            var entry =
                    known != null && known.version().equals(version)
                            ? known
                            : new Entry<>(version, made.apply(object));
            now.put(place, entry);
            return entry.value();
        }

        void end() {
            last = now;
        }
    }
}
