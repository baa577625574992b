package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.system.SystemId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What becomes of applications that were approved: by what the reconciler sees, and by what people
 * say of it. Commands of people refuse as {@link Steps#begin} does.
 */
@Service
@Transactional
public class Deliveries {

    /** Of the cluster's words. */
    private static final int MOST_SAID = 1000;

    private final ApplicationStore store;
    private final Steps steps;
    private final ApplicationProperties properties;
    private final Clock clock;

    Deliveries(ApplicationStore store, Steps steps, ApplicationProperties properties, Clock clock) {
        this.store = store;
        this.steps = steps;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The applications of a system that are approved and not wholly delivered, the oldest first.
     */
    @Transactional(readOnly = true)
    public List<Application> open(SystemId system) {
        return store.underDelivery(system);
    }

    /** The systems that have such an application. */
    @Transactional(readOnly = true)
    public List<SystemId> systems() {
        return store.systemsUnderDelivery();
    }

    /** The reconciler has begun with it. */
    public void begun(Application application) {
        var _ = steps.advance(application, Workflow.Command.DELIVER, "");
    }

    /** The cluster has observed everything. */
    public void observed(Application application) {
        var _ = steps.advance(application, Workflow.Command.OBSERVE, "");
    }

    /**
     * Some of it does not come up. For a while that is what beginnings look like; after that an
     * operator is to look ({@link ApplicationProperties#partialAfter}).
     *
     * @param why what its cluster says, or what is wrong with that; may be empty
     */
    public void stuck(Application application, String why) {
        var since = application.enteredAt().plus(properties.partialAfter());
        if (application.state() == Workflow.State.DELIVERING && !clock.instant().isBefore(since)) {
            var _ =
                    steps.advance(
                            application,
                            Workflow.Command.FAIL,
                            why.substring(0, Math.min(why.length(), MOST_SAID)));
        }
    }

    /**
     * The systems of which a delivery takes so long that it is stuck: to be looked at even where no
     * cluster asks for it.
     */
    @Transactional(readOnly = true)
    public List<SystemId> late() {
        return store.systemsDeliveringSince(clock.instant().minus(properties.partialAfter()));
    }

    /** Tries again what failed, and nothing else. */
    public Application retry(Actor actor, ApplicationId id, int version, String note) {
        return take(actor, id, version, Workflow.Command.RETRY, note);
    }

    /** Gives up what failed: it is deleted, and given back once it is gone. The rest stays. */
    public Application cancel(Actor actor, ApplicationId id, int version, String reason) {
        return take(actor, id, version, Workflow.Command.CANCEL, reason);
    }

    /**
     * The owner confirms the delivery; use is counted from here on. Of one that came only in part,
     * what did not come is given up.
     */
    public Application confirm(Actor actor, ApplicationId id, int version) {
        return take(actor, id, version, Workflow.Command.CONFIRM, "");
    }

    private Application take(
            Actor actor, ApplicationId id, int version, Workflow.Command command, String note) {
        return steps.finish(steps.begin(actor, id, version, command), Taking.Said.note(note));
    }

    /** What was delivered before a moment, and nobody has confirmed; the oldest first. */
    @Transactional(readOnly = true)
    public List<Application> unconfirmedSince(Instant moment) {
        return store.unconfirmed(moment);
    }

    /**
     * Its owner was silent for so long that it counts as confirmed; of one that came only in part,
     * what did not come is given up as by a cancellation. One that was confirmed meanwhile stays as
     * it is.
     *
     * @param note why, for the timeline
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}; CONFLICT {@code CLUSTER_FENCED},
     *     {@code QUOTA_SHORT} as a cancellation
     */
    public void deem(ApplicationId id, String note) {
        var _ = steps.advance(store.lock(id), Workflow.Command.DEEM, note);
    }
}
