package io.yuntai.onboarding.host;

import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Why a host was not started: the first level that was short of something.
 *
 * @param asked in the resource's base unit
 * @param free what the level had left then
 */
public record HostRefusal(NodeId level, Resource resource, long asked, long free) {

    private static final Pattern BLANK = Pattern.compile(" ");

    static HostRefusal of(Shortfall shortfall) {
        return new HostRefusal(
                shortfall.node(), shortfall.resource(), shortfall.asked(), shortfall.free());
    }

    /** As it is kept. */
    String text() {
        return level.value() + " " + resource + " " + asked + " " + free;
    }

    /** Reads what is kept; empty for an empty text. */
    static Optional<HostRefusal> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var parts = BLANK.split(text, -1);
        return Optional.of(
                new HostRefusal(
                        new NodeId(UUID.fromString(parts[0])),
                        new Resource(parts[1]),
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3])));
    }
}
