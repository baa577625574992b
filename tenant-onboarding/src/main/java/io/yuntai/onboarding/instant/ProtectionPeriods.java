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
    public List<ProtectionPeriod> latest() {
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
        } else if (!store.find(period.id()).equals(List.of(period))) {
            throw Refused.conflict("ID_REUSED");
        }
        return period;
    }
}
