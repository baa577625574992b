package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares an object as it should be with the one that a cluster holds. Labels and annotations that
 * we do not set are anybody's; all else of an object of ours is exactly as we wrote it, for an
 * addition to a policy is a change of it.
 */
final class Comparison {

    /** The server's own, and what says which object it is. */
    private static final Set<String> NOT_COMPARED =
            Set.of("apiVersion", "kind", "metadata", "status");

    /** One field that differs. */
    record Field(String pointer, String found, String wanted) {}

    private Comparison() {}

    /** Where the found one differs from the desired; empty: it is as it should be. */
    static List<Field> of(HasMetadata desired, HasMetadata found) {
        var wanted = tree(desired);
        var there = tree(found);
        var fields = new ArrayList<Field>();
        for (var group : List.of("labels", "annotations")) {
            subset(
                    "/metadata/" + group,
                    map(map(wanted.get("metadata")).get(group)),
                    map(map(there.get("metadata")).get(group)),
                    fields);
        }
        // A namespace's spec is the API server's.
        if (!desired.getKind().equals("Namespace")) {
            exact("", without(wanted), without(there), fields);
        }
        return List.copyOf(fields);
    }

    private static void subset(
            String at, Map<String, Object> wanted, Map<String, Object> there, List<Field> fields) {
        wanted.forEach((key, value) -> {
            if (!value.equals(there.get(key))) {
                fields.add(new Field(at + "/" + escaped(key), text(there.get(key)), text(value)));
            }
        });
    }

    private static void exact(
            String at, @Nullable Object wanted, @Nullable Object there, List<Field> fields) {
        if (isEmpty(wanted) && isEmpty(there)) {
            return;
        }
        if (wanted instanceof Map<?, ?> && there instanceof Map<?, ?>) {
            var ours = map(wanted);
            var theirs = map(there);
            var keys = new TreeSet<>(ours.keySet());
            keys.addAll(theirs.keySet());
            keys.forEach(
                    key -> exact(at + "/" + escaped(key), ours.get(key), theirs.get(key), fields));
        } else if (wanted instanceof List<?> ours
                && there instanceof List<?> theirs
                && ours.size() == theirs.size()) {
            for (int i = 0; i < ours.size(); i++) {
                exact(at + "/" + i, ours.get(i), theirs.get(i), fields);
            }
        } else if (!Objects.equals(wanted, there) && !isSameQuantity(wanted, there)) {
            fields.add(new Field(at, text(there), text(wanted)));
        }
    }

    /** An empty selector selects everything: it is not the same as none. */
    private static boolean isEmpty(@Nullable Object value) {
        return value == null || (value instanceof Collection<?> list && list.isEmpty());
    }

    /** The server writes some quantities in its own way. */
    static boolean isSameQuantity(@Nullable Object one, @Nullable Object other) {
        if (!(one instanceof String a) || !(other instanceof String b)) {
            return false;
        }
        try {
            return Quantities.millis(a) == Quantities.millis(b);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static Map<String, Object> without(Map<String, Object> object) {
        var rest = new HashMap<>(object);
        rest.keySet().removeAll(NOT_COMPARED);
        return rest;
    }

    static Map<String, Object> tree(HasMetadata object) {
        return map(Serialization.unmarshal(Serialization.asJson(object), Map.class));
    }

    static Map<String, Object> map(@Nullable Object value) {
        var copy = new HashMap<String, Object>();
        if (value instanceof Map<?, ?> found) {
            found.forEach((key, one) -> {
                if (one != null) {
                    copy.put(String.valueOf(key), one);
                }
            });
        }
        return copy;
    }

    static String text(@Nullable Object value) {
        return isEmpty(value)
                ? Difference.NOTHING
                : value instanceof String text ? text : Serialization.asJson(value);
    }

    /** As JSON pointers are written (RFC 6901). */
    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
