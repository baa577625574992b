package io.yuntai.api;

import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.reorganization.Answer;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Limit;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The quota does not suffice; with what would help. */
final class QuotaShort extends RuntimeException {

    /**
     * What would help.
     *
     * @param fits of each resource the largest amount that fits, in base units
     * @param items the order cut to what fits; empty when nothing of it does
     * @param limits the limits nearest to those asked for that would pass, by resource
     */
    record WayOut(
            Optional<Amounts> fits,
            List<ApplicationBody.ItemBody> items,
            Map<String, LimitBody> limits) {

        /** Of a command that is taken as it is or not at all: what the tightest level has left. */
        static WayOut of(List<Shortfall> shortfalls) {
            var fits = new HashMap<Resource, Long>();
            shortfalls.forEach(one -> fits.merge(one.resource(), one.free(), Math::min));
            return new WayOut(Optional.of(Amounts.of(fits)), List.of(), Map.of());
        }
    }

    private final transient List<Shortfall> shortfalls;
    private final transient WayOut wayOut;
    private final boolean asked;

    private QuotaShort(List<Shortfall> shortfalls, WayOut wayOut, boolean asked) {
        super("QUOTA_SHORT", null, false, false);
        this.asked = asked;
        this.shortfalls = shortfalls;
        this.wayOut = wayOut;
    }

    /**
     * @param validateOnly whether it was only tried, which asks nobody to give anything back
     */
    static QuotaShort of(Submission.TooLarge refused, boolean validateOnly) {
        var items =
                refused.smaller().map(Order::items).orElse(List.of()).stream()
                        .map(ApplicationBody.ItemBody::of)
                        .toList();
        return new QuotaShort(
                refused.shortfalls(),
                new WayOut(Optional.of(refused.fits()), items, Map.of()),
                !validateOnly);
    }

    static QuotaShort of(QuotaLimits.Outcome.Denied denied) {
        return new QuotaShort(
                denied.shortfalls(),
                new WayOut(Optional.empty(), List.of(), bodies(denied.nearest())),
                false);
    }

    static QuotaShort of(Answer.NoRoom refused) {
        return new QuotaShort(refused.shortfalls(), WayOut.of(refused.shortfalls()), false);
    }

    /** Of a command to a host, which is taken as it is or not at all. */
    static QuotaShort of(List<Shortfall> shortfalls, boolean validateOnly) {
        return new QuotaShort(shortfalls, WayOut.of(shortfalls), !validateOnly);
    }

    private static Map<String, LimitBody> bodies(Map<Resource, Limit> limits) {
        var bodies = new TreeMap<String, LimitBody>();
        limits.forEach((resource, limit) -> bodies.put(resource.code(), LimitBody.of(limit)));
        return bodies;
    }

    List<Shortfall> shortfalls() {
        return shortfalls;
    }

    WayOut wayOut() {
        return wayOut;
    }

    /** Whether those who hold idle room there are asked to give it back. */
    boolean asked() {
        return asked;
    }
}
