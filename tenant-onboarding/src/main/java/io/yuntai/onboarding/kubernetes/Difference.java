package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * Something of ours in a namespace that is not as it should be.
 *
 * @param kind of the object, such as {@code NetworkPolicy}
 * @param name of the object
 * @param field a JSON pointer into it; empty: the whole object is there too much, or not at all
 * @param before what was found, bounded; {@value #NOTHING} where nothing was
 * @param after what should be there, bounded; {@value #NOTHING}: nothing
 * @param byUs whether it is only that we want something else than when it was last written
 * @param seen what of the object was seen: its uid and version as it was found, or of one that was
 *     missing the uid of the one that was made; the same for whoever has seen the same. Empty:
 *     nobody can tell
 */
public record Difference(
        NamespaceName namespace,
        String kind,
        String name,
        String field,
        String before,
        String after,
        boolean byUs,
        String seen) {

    public static final String NOTHING = "-";

    private static final int LONGEST = 2000;

    /** Of something that cannot be told from the next of its kind. */
    public Difference(
            NamespaceName namespace,
            String kind,
            String name,
            String field,
            String before,
            String after,
            boolean byUs) {
        this(namespace, kind, name, field, before, after, byUs, "");
    }

    /** The same, of an object as it was found. */
    Difference of(ObjectMeta found) {
        return seen(found.getUid() + "@" + found.getResourceVersion());
    }

    /** The same, of an object that was missing, and was made since. */
    Difference made(ObjectMeta made) {
        return seen(String.valueOf(made.getUid()));
    }

    private Difference seen(String newSeen) {
        return new Difference(namespace, kind, name, field, before, after, byUs, newSeen);
    }

    public Difference {
        before = bounded(before);
        after = bounded(after);
    }

    /** Whether the object is not there at all. */
    public boolean missing() {
        return field.isEmpty() && before.equals(NOTHING);
    }

    private static String bounded(String text) {
        if (text.isEmpty()) {
            return "\"\"";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
