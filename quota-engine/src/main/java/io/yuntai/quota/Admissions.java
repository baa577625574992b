package io.yuntai.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What admission has charged in one namespace and what has appeared there since: so the most that
 * may still be on its way. Admission charges a quota first and the object is stored after that, or
 * never; and the charge says nothing of whose it is, and is forgotten by the quota controller when
 * it counts before the object is there. So charges are kept here for as long as a request can live,
 * and what appears takes the place of the oldest of them that can have been its own.
 *
 * <p>Why that is never too little: think of each charge that is really on its way as having one
 * here that is at least as young. What appears takes the oldest that can be its own. If that was
 * the one of another, the other now has the one that this had, which is not older than what was
 * taken. Whatever is older than a request can live is on its way no more, and neither is that for
 * which it stood. What counts twice or never appears only stays here for longer; where much comes
 * and goes it is handed on from one to the next, which is why what cannot be whose is told by the
 * cluster's own clocks, that differ less from one another than from ours.
 *
 * <p>It must be told of every charge; of what appears it may be told late, twice or never. Times
 * are nanoseconds of one clock that runs evenly. Not safe for threads.
 */
public final class Admissions {

    /**
     * @param written when, by the clock of the server that wrote it; empty: it does not say
     */
    private record Charge(long at, Optional<Instant> written, long amount) {

        Charge minus(long taken) {
            return new Charge(at, written, amount - taken);
        }
    }

    private record Stored(Amounts requests, Instant created, long at) {}

    private final long lifetime;
    private final Duration skew;
    private final Duration apart;
    private final long begun;
    private final Map<Resource, Deque<Charge>> charges = new HashMap<>();
    private final Deque<Stored> unmatched = new ArrayDeque<>();
    private final Map<String, Long> known = new LinkedHashMap<>();

    /** Counted from when it began, so that what another was asked is none of this one's. */
    private long heard;

    private boolean clockIsAhead;

    /**
     * @param lifetime so long after it was charged something is stored, or never
     * @param skew by how much the clocks that date objects may differ from ours
     * @param apart by how much they may differ from one another, in whole seconds
     * @param begun since when every charge is told
     */
    public Admissions(Duration lifetime, Duration skew, Duration apart, long begun) {
        this.lifetime = lifetime.toNanos();
        this.skew = skew;
        this.apart = apart;
        this.begun = begun;
        this.heard = begun;
    }

    /**
     * Admission has charged more.
     *
     * @param written when it did, as the charged object says; cut to the second
     * @param at when that was heard: not before it did
     */
    public void charged(Amounts more, Optional<Instant> written, long at) {
        for (var resource : more.resources()) {
            if (more.get(resource) > 0) {
                charges.computeIfAbsent(resource, _ -> new ArrayDeque<>())
                        .addLast(new Charge(at, written, more.get(resource)));
            }
        }
        forget(at);
    }

    /**
     * An object has appeared.
     *
     * @param uid its own for all time
     * @param requests what it was charged, or less
     * @param created as it says itself, cut to the second: before it was charged, by the clock of
     *     its server
     */
    public void stored(String uid, Amounts requests, Instant created, long at) {
        forget(at);
        if (known.putIfAbsent(uid, at) == null) {
            heard++;
            unmatched.addLast(new Stored(requests, created, at));
        }
    }

    /**
     * How much has appeared by now, to be asked before anything is looked at; empty: it is not told
     * of charges for long enough to know anything.
     */
    public OptionalLong heard(long at) {
        return isKnown(at) ? OptionalLong.of(heard) : OptionalLong.empty();
    }

    private boolean isKnown(long at) {
        return !clockIsAhead && at - begun >= lifetime;
    }

    /**
     * The most that was charged and may yet appear; empty: not known, for it is not told of charges
     * for long enough, or the clock of the cluster is ahead.
     *
     * @param before what had been {@link #heard} when its charge was certainly told of
     * @param now the same moment as {@code at}, by the clock that objects are compared with
     */
    public Optional<Amounts> underway(long before, long at, Instant now) {
        forget(at);
        if (!isKnown(at) || before < begun || before > heard) {
            return Optional.empty();
        }
        while (heard - unmatched.size() < before) {
            match(unmatched.removeFirst(), at, now);
        }
        if (!isKnown(at)) {
            return Optional.empty();
        }
        var underway = new HashMap<Resource, Long>();
        charges.forEach((resource, waiting) -> {
            long sum = 0;
            for (var charge : waiting) {
                if (at - charge.at() <= lifetime) {
                    sum = Math.addExact(sum, charge.amount());
                }
            }
            underway.put(resource, sum);
        });
        return Optional.of(Amounts.of(underway));
    }

    /**
     * Of what may have been charged before all was told, or is told very late, nothing is known.
     */
    private void match(Stored stored, long at, Instant now) {
        long created = at - Duration.between(stored.created(), now).toNanos();
        clockIsAhead |= created - stored.at() > skew.toNanos();
        long earliest = created - skew.toNanos();
        if (earliest < begun || earliest < at - 2 * lifetime) {
            return;
        }
        for (var resource : stored.requests().resources()) {
            var waiting = charges.get(resource);
            if (waiting != null) {
                take(waiting, stored, resource, earliest);
            }
        }
    }

    private void take(Deque<Charge> waiting, Stored stored, Resource resource, long earliest) {
        long left = stored.requests().get(resource);
        var first = stored.created().minus(apart);
        var kept = new ArrayDeque<Charge>(waiting.size());
        for (var charge : waiting) {
            boolean isTooOld =
                    charge.at() < earliest
                            || charge.written().filter(at -> at.isBefore(first)).isPresent();
            long taken = isTooOld ? 0 : Math.min(left, charge.amount());
            left -= taken;
            if (taken < charge.amount()) {
                kept.addLast(charge.minus(taken));
            }
        }
        waiting.clear();
        waiting.addAll(kept);
    }

    /** Charges are kept for twice as long as they count, for those who are told late. */
    private void forget(long at) {
        long oldest = at - 2 * lifetime;
        charges.values()
                .forEach(waiting -> {
                    while (!waiting.isEmpty() && waiting.peekFirst().at() < oldest) {
                        waiting.removeFirst();
                    }
                });
        while (!unmatched.isEmpty() && unmatched.peekFirst().at() < oldest) {
            unmatched.removeFirst();
        }
        var told = known.values().iterator();
        while (told.hasNext() && told.next() < oldest) {
            told.remove();
        }
    }
}
