package io.yuntai.quota;

import java.util.List;

/**
 * Why a request does not fit: one node that is short of one resource, in base units.
 *
 * @param node the node whose ceiling stands in the way
 * @param resource what is short
 * @param asked how much the request would add at this node
 * @param free how much the node has left
 * @param holders who holds the rest, the largest first; not all of them, where there are many
 * @param others what further children hold together
 */
public record Shortfall(
        NodeId node, Resource resource, long asked, long free, List<Holder> holders, long others) {

    /** A child of the short node, and what it costs that node. */
    public record Holder(NodeId node, long amount) {}

    public Shortfall {
        if (asked <= free) {
            throw new IllegalArgumentException("nothing is short: " + asked + " of " + free);
        }
        if (others < 0) {
            throw new IllegalArgumentException("nobody holds less than nothing: " + others);
        }
        holders = List.copyOf(holders);
    }

    /** Before anybody has looked who holds the rest. */
    public Shortfall(NodeId node, Resource resource, long asked, long free) {
        this(node, resource, asked, free, List.of(), 0);
    }

    /** What is short, and where. */
    public Standing.Key key() {
        return new Standing.Key(node, resource);
    }

    /** By how much it is short. */
    public long missing() {
        return Math.subtractExact(asked, free);
    }

    /**
     * As much of what one leaf asked for as these levels have room for: of each resource what is
     * short on the shortest level is left out.
     *
     * @param asked what the shortfalls are the answer to
     */
    public static Amounts within(Amounts asked, List<Shortfall> shortfalls) {
        var fits = asked;
        for (var shortfall : shortfalls) {
            var resource = shortfall.resource();
            long most = Math.max(0, asked.get(resource) - shortfall.missing());
            fits = fits.with(resource, Math.min(fits.get(resource), most));
        }
        return fits;
    }
}
