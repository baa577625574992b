package io.yuntai.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Where the next page of a list begins: the sort keys of the last item that was shown, ending with
 * something unique. Opaque to callers; whatever they make up themselves is refused.
 *
 * @param keys at least one; texts without the unit separator (U+001F)
 */
public record Cursor(List<String> keys) {

    private static final String SEPARATOR = "\u001f";

    public Cursor {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.contains(SEPARATOR))) {
            throw new IllegalArgumentException("not the keys of a cursor: " + keys);
        }
    }

    public static Cursor after(String... keys) {
        return new Cursor(List.of(keys));
    }

    /** For lists that are counted through; items added meanwhile may shift what follows. */
    public static Cursor offset(long offset) {
        return after(Long.toString(offset));
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws Refused INVALID {@code BAD_CURSOR} for anything else
     */
    public static Cursor of(String text) {
        try {
            String keys = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            return new Cursor(List.of(keys.split(SEPARATOR, -1)));
        } catch (IllegalArgumentException e) {
            throw bad();
        }
    }

    /**
     * The keys, when there are as many as this list sorts by.
     *
     * @throws Refused INVALID {@code BAD_CURSOR}: the cursor is of another list
     */
    public List<String> keys(int count) {
        if (keys.size() != count) {
            throw bad();
        }
        return keys;
    }

    /**
     * What the keys mean, when there are as many as this list sorts by.
     *
     * @param read throws an exception for what cannot be
     * @throws Refused INVALID {@code BAD_CURSOR}: the cursor is of another list
     */
    public <T> T keys(int count, Function<List<String>, T> read) {
        try {
            return read.apply(keys(count));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw bad();
        }
    }

    /**
     * The offset that {@link #offset(long)} wrote.
     *
     * @throws Refused INVALID {@code BAD_CURSOR}: the cursor is of another list
     */
    public long asOffset() {
        try {
            long offset = Long.parseLong(keys(1).getFirst());
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw bad();
        }
        throw bad();
    }

    private static Refused bad() {
        return Refused.invalid("BAD_CURSOR", List.of(Fault.at("/cursor", "BAD_CURSOR")));
    }

    /** As it travels: URL-safe Base64. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(UTF_8));
    }
}
