package io.yuntai.onboarding.kubernetes;

import io.yuntai.quota.Resource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the table of resources.
 *
 * @param code our code, such as {@code gpus/a10}; with {@value #ANY} for its class, any of them
 * @param quotaName what a ResourceQuota calls it, with {@value #ANY} where the class stands
 * @param measure how it is added up
 * @param always whether it is written as zero where nothing was granted
 */
record ResourceKind(String code, String quotaName, Measure measure, boolean always) {

    static final String ANY = "*";

    private static final Pattern LINE =
            Pattern.compile(
                    "(?<name>[^,\\s]+)\\s*,\\s*(?<measure>[^,]+?)(?<always>\\s*,\\s*always)?");

    /** How a namespace is measured. */
    sealed interface Measure {
        /** What pods request of an extended or a native resource. */
        record PodRequests(String request) implements Measure {}

        /** What claims of a class request. */
        record ClaimedStorage() implements Measure {}

        /** How many there are, by plural. */
        record Count(String kind) implements Measure {}

        /** Services that have an address outside. */
        record Addresses() implements Measure {}
    }

    ResourceKind {
        if (code.endsWith("/" + ANY) != quotaName.contains(ANY) || (always && code.endsWith(ANY))) {
            throw new IllegalArgumentException("a class in one and not in the other: " + code);
        }
        if (!isOfAClass(code)) {
            var _ = new Resource(code);
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none
     */
    static ResourceKind parse(String code, String line) {
        var matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a resource: " + code + " = " + line);
        }
        return new ResourceKind(
                code,
                matcher.group("name"),
                measure(matcher.group("measure")),
                matcher.group("always") != null);
    }

    private static Measure measure(String text) {
        var words = text.strip().split("\\s+", -1);
        if (words.length == 1 && words[0].equals("addresses")) {
            return new Measure.Addresses();
        }
        if (words.length == 2) {
            switch (words[0]) {
                case "pods" -> {
                    return new Measure.PodRequests(words[1]);
                }
                case "claims" -> {
                    return new Measure.ClaimedStorage();
                }
                case "count" -> {
                    return new Measure.Count(words[1]);
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException("not a measure: " + text);
    }

    private static boolean isOfAClass(String code) {
        return code.endsWith("/" + ANY);
    }

    /** What a quota calls a resource of this kind; empty: it is of another. */
    Optional<String> nameOf(Resource resource) {
        if (!isOfAClass(code)) {
            return resource.code().equals(code) ? Optional.of(quotaName) : Optional.empty();
        }
        return resource.base().equals(code.substring(0, code.length() - 2))
                        && !resource.variant().isEmpty()
                ? Optional.of(quotaName.replace(ANY, resource.variant()))
                : Optional.empty();
    }

    /** What a quota's name means; empty: nothing of this kind. */
    Optional<Resource> resourceOf(String name) {
        if (!isOfAClass(code)) {
            return name.equals(quotaName) ? Optional.of(new Resource(code)) : Optional.empty();
        }
        int star = quotaName.indexOf(ANY);
        String before = quotaName.substring(0, star);
        String after = quotaName.substring(star + 1);
        return name.length() > before.length() + after.length()
                        && name.startsWith(before)
                        && name.endsWith(after)
                ? ofClass(name.substring(before.length(), name.length() - after.length()))
                : Optional.empty();
    }

    /** The resource of a class; none for one that we cannot have leased. */
    Optional<Resource> ofClass(String variant) {
        try {
            return Optional.of(new Resource(code.replace(ANY, variant)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
