package io.yuntai.billing.exemption;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who is exempt: applied for by one, allowed by another, for a time that ends by itself. */
@Service
public class Exemptions {

    /** What is applied for. */
    public record Wish(
            UUID id,
            MeteredHostId host,
            Exemption.Kind kind,
            String reason,
            LocalDate from,
            LocalDate until) {}

    private final ExemptionStore store;
    private final Clock clock;

    Exemptions(ExemptionStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Applies. Once more under the same id changes nothing.
     *
     * @param confinedTo the unit whose hosts the applicant may name; empty: all
     * @throws Declined {@code HOST_NOT_FOUND}, {@code EXEMPTION_EXISTS}: the id is another one's
     * @throws IllegalArgumentException the time or the reason is none
     */
    @Transactional
    public Exemption apply(Wish wish, Optional<PartyId> confinedTo, Person applicant) {
        var host =
                store.host(wish.host())
                        .filter(found ->
                                confinedTo.isEmpty() || confinedTo.get().equals(found.unit()))
                        .orElseThrow(() -> new Declined("HOST_NOT_FOUND"));
        var exemption =
                new Exemption(
                        wish.id(),
                        wish.host(),
                        host.name(),
                        host.unit(),
                        wish.kind(),
                        wish.reason().strip(),
                        wish.from(),
                        wish.until(),
                        applicant,
                        clock.instant(),
                        Exemption.State.APPLIED,
                        Optional.empty(),
                        Optional.empty());
        if (store.add(exemption)) {
            return exemption;
        }
        return store.find(wish.id())
                .filter(before ->
                        before.host().equals(wish.host())
                                && before.applicant().id().equals(applicant.id()))
                .orElseThrow(() -> new Declined("EXEMPTION_EXISTS"));
    }

    /**
     * Allows or refuses one.
     *
     * @param reason why it is refused; at most {@value Exemption#LONGEST_REASON} characters
     * @throws Declined {@code EXEMPTION_NOT_FOUND}, {@code SAME_PERSON}, {@code EXEMPTION_DECIDED}
     */
    @Transactional
    public Exemption decide(UUID id, boolean allowed, Person by, String reason) {
        var exemption = store.find(id).orElseThrow(() -> new Declined("EXEMPTION_NOT_FOUND"));
        exemption.applicant().requireAnother(by);
        var state = allowed ? Exemption.State.APPROVED : Exemption.State.REJECTED;
        if (!store.decide(id, state, by, clock.instant(), reason)) {
            throw new Declined("EXEMPTION_DECIDED");
        }
        return store.find(id).orElseThrow();
    }

    /** Allows one. */
    @Transactional
    public Exemption decide(UUID id, boolean allowed, Person by) {
        return decide(id, allowed, by, "");
    }

    /**
     * Ends one that was allowed: it still holds on the day that this is said, and on none after.
     * What was made of the days before stays as it is. Again changes nothing.
     *
     * @param reason 1 to {@value Exemption#LONGEST_REASON} characters
     * @throws Declined {@code EXEMPTION_NOT_FOUND}; {@code EXEMPTION_NOT_IN_FORCE}: it was never
     *     allowed, or ends today at the latest anyway
     */
    @Transactional
    public Exemption end(UUID id, Person by, String reason) {
        var exemption = store.find(id).orElseThrow(() -> new Declined("EXEMPTION_NOT_FOUND"));
        if (exemption.end().isPresent()) {
            return exemption;
        }
        var today = LocalDate.ofInstant(clock.instant(), Period.ZONE);
        if (exemption.state() != Exemption.State.APPROVED || !today.isBefore(exemption.until())) {
            throw new Declined("EXEMPTION_NOT_IN_FORCE");
        }
        store.end(id, new Exemption.End(today, by, clock.instant(), reason));
        return store.find(id).orElseThrow();
    }

    /**
     * Which exemptions are listed.
     *
     * @param unit of whose hosts; empty: all
     * @param state empty: any
     * @param inForceOn only those that hold on a day
     * @param host a part of the name of the host, in capitals or not; may be empty
     */
    public record Filter(
            Optional<PartyId> unit,
            Optional<Exemption.State> state,
            Optional<LocalDate> inForceOn,
            String host) {}

    /** In which order they are listed; of those that it does not tell apart the latest first. */
    public record Order(By by, boolean descending) {}

    /** What they can be ordered by. */
    public enum By {
        HOST("host_name"),
        KIND("kind"),
        FROM("from_day"),
        /** Of one that was ended early, that day. */
        UNTIL("coalesce(ended_on, until_day)"),
        APPLICANT("applicant_name"),
        STATE("state"),
        APPLIED_AT("applied_at");

        private final String expression;

        By(String expression) {
            this.expression = expression;
        }

        String expression() {
            return expression;
        }
    }

    @Transactional(readOnly = true)
    public List<Exemption> page(Filter filter, Order order, long offset, int most) {
        return store.page(filter, order, offset, most);
    }

    @Transactional(readOnly = true)
    public long count(Filter filter) {
        return store.count(filter);
    }

    /** Those in force on a day that end until another, the first to end first. */
    @Transactional(readOnly = true)
    public List<Exemption> ending(LocalDate day, LocalDate until) {
        return store.ending(day, until);
    }

    /** The hosts that are exempt on a day. */
    @Transactional(readOnly = true)
    public Set<MeteredHostId> exemptOn(LocalDate day) {
        return Set.copyOf(store.exemptOn(day));
    }

    /** Waits for whoever decides, and lets nobody until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold() {
        store.hold();
    }
}
