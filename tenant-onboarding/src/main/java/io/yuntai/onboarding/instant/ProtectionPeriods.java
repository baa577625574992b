package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Protection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Times in which everything goes to people, and hosts stay as they are. */
@Service
@Transactional
public class ProtectionPeriods implements Protection {

    private static final int MOST = 200;

    private final ProtectionStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ProtectionPeriods(ProtectionStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isOn(Instant moment) {
        return store.isOn(moment);
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<DeclaredPeriod> latest() {
        return store.latest(MOST);
    }

    /**
     * Declares one; the same id with the same content declares it once.
     *
     * @throws Refused CONFLICT {@code ID_REUSED}
     */
    public ProtectionPeriod declare(Actor actor, ProtectionPeriod asked) {
        Instant now = clock.instant();
        var period =
                new ProtectionPeriod(
                        asked.id(),
                        asked.name(),
                        asked.from().truncatedTo(ChronoUnit.SECONDS),
                        asked.until().truncatedTo(ChronoUnit.SECONDS),
                        asked.basis());
        if (store.insert(period, actor, now)) {
            events.publishEvent(
                    new Audited(
                            now,
                            Optional.of(actor),
                            "protectionPeriod.declare",
                            "protectionPeriod/" + period.id(),
                            Audited.Outcome.SUCCESS,
                            period.name() + ", " + period.basis()));
        } else if (!get(period.id()).period().equals(period)) {
            throw Refused.conflict("ID_REUSED");
        }
        return period;
    }

    /**
     * Ends one before its time, or before it has begun, from this moment on: hosts and applications
     * go on as if it were over. Somebody else than who declared it says so.
     *
     * @throws Refused NOT_FOUND {@code PROTECTION_PERIOD_NOT_FOUND}; FORBIDDEN {@code
     *     SEPARATION_OF_DUTIES}; CONFLICT {@code PROTECTION_PERIOD_ENDED}, also when its time is
     *     over
     */
    public DeclaredPeriod end(Actor actor, UUID id, String reason) {
        var declared = get(id);
        if (declared.declaredBy().id().equals(actor.person())) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is read back
        boolean isOver = declared.at(now) == DeclaredPeriod.Standing.OVER;
        if (isOver || !store.end(declared, actor, reason, now)) {
            throw Refused.conflict("PROTECTION_PERIOD_ENDED");
        }
        events.publishEvent(
                new Audited(
                        now,
                        Optional.of(actor),
                        "protectionPeriod.end",
                        "protectionPeriod/" + id,
                        Audited.Outcome.SUCCESS,
                        declared.period().name() + ", " + reason));
        return get(id);
    }

    private DeclaredPeriod get(UUID id) {
        return store.find(id).orElseThrow(() -> Refused.notFound("PROTECTION_PERIOD_NOT_FOUND"));
    }
}
