package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostDestroyed;
import io.yuntai.onboarding.host.OrderedChanges;
import io.yuntai.onboarding.host.Protection;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.reclaim.ReclaimItem.Outcome;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Command;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.State;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries orders out, host by host, each in a transaction of its own: the step of the host and the
 * note that it was taken stand or fall together. Whoever dies between two hosts leaves the rest to
 * the next run, and two at once take each step once. It is done with a host when its cluster shows
 * what was ordered, not before. Within a protection period no host is begun with.
 */
@Service
public class Executions {

    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

    private final ReclaimStore store;
    private final ProgressStore progress;
    private final Proposals proposals;
    private final ReclaimSteps steps;
    private final OrderedChanges changes;
    private final Ledger ledger;
    private final Protection protection;
    private final ReclaimProperties properties;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Executions(
            ReclaimStore store,
            ProgressStore progress,
            Proposals proposals,
            ReclaimSteps steps,
            OrderedChanges changes,
            Ledger ledger,
            Protection protection,
            ReclaimProperties properties,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.progress = progress;
        this.proposals = proposals;
        this.steps = steps;
        this.changes = changes;
        this.ledger = ledger;
        this.protection = protection;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Brings every order on that is being carried out. One that cannot be dealt with holds up no
     * other.
     *
     * @return how many orders there were
     */
    public int run() {
        var orders = store.executing();
        for (var id : orders) {
            try {
                run(id);
            } catch (RuntimeException e) {
                LOG.warn("the order to reclaim {} is gone on with later", id, e);
            }
        }
        return orders.size();
    }

    /** Brings one order on, as far as it comes now; one that is not being carried out stays. */
    public void run(ReclaimId id) {
        for (var item : store.items(id)) {
            if (item.isOpen()) {
                begin(id, item.position());
                transaction.executeWithoutResult(_ -> look(id, item.position()));
            }
        }
        transaction.executeWithoutResult(_ -> conclude(id));
    }

    /** What is refused is undone whole, so that it is noted in a transaction of its own. */
    private void begin(ReclaimId id, int position) {
        try {
            transaction.executeWithoutResult(_ -> start(id, position));
        } catch (Refused refused) {
            fail(id, position, refused.code());
        } catch (RuntimeException e) {
            LOG.warn("{} of the order to reclaim {} has failed", position, id, e);
            fail(id, position, Reason.FAILED.name());
        }
    }

    private void fail(ReclaimId id, int position, String code) {
        transaction.executeWithoutResult(_ -> {
            if (held(id)) {
                progress.end(id, position, Outcome.FAILED, code, clock.instant());
            }
        });
    }

    /** Holds the order, and the shape of the tree before it; false: it is not carried out now. */
    private boolean held(ReclaimId id) {
        ledger.holdShape();
        return store.lock(id).state() == State.EXECUTING;
    }

    private ReclaimItem item(ReclaimId id, int position) {
        return store.items(id).stream()
                .filter(one -> one.position() == position)
                .findAny()
                .orElseThrow();
    }

    private void start(ReclaimId id, int position) {
        if (!held(id)) {
            return;
        }
        var item = item(id, position);
        if (item.progress().outcome() != Outcome.PLANNED) {
            return; // somebody else was faster
        }
        Instant now = clock.instant();
        var host = proposals.host(item.judgement().host()).orElseThrow();
        if (item.progress().startedAt().isPresent() && isOrdered(item, host)) {
            // It was ordered by the attempt before; what is left is to wait for its cluster.
            progress.start(id, position, now);
            return;
        }
        if (protection.isOn(now)) {
            return; // the first run after the period goes on with it
        }
        var reclaim = store.find(id).orElseThrow();
        var against = proposals.against(reclaim, item, host);
        if (against.isPresent()) {
            progress.end(id, position, Outcome.SKIPPED, against.get().name(), now);
            return;
        }
        var by = progress.executor(id).map(PersonId::new).orElseThrow();
        var ordered =
                new OrderedChanges.Ordered(
                        host.id(),
                        by,
                        new OrderedChanges.Cause.Reclaim(id.value(), reclaim.number()));
        switch (item.action()) {
            case RECYCLE -> changes.giveBack(ordered);
            case SHRINK -> {
                var current =
                        changes.current(ordered, item.before().vcpu(), item.before().memoryBytes());
                changes.resize(
                        ordered, current, item.planned().vcpu(), item.planned().memoryBytes());
            }
        }
        progress.start(id, position, now);
    }

    /** Whether a host is meant to be what an order makes of it. */
    private static boolean isOrdered(ReclaimItem item, Host host) {
        boolean given =
                switch (host.plan().life()) {
                    case RECYCLE_BIN, DESTROYING, DESTROYED -> true;
                    case PROVISIONING, TRIAL, IN_USE, CHANGING, STOPPED -> false;
                };
        return switch (item.action()) {
            case RECYCLE -> given;
            case SHRINK ->
                    !given
                            && host.vcpu() == item.planned().vcpu()
                            && host.memoryBytes() == item.planned().memoryBytes();
        };
    }

    /** Whether its cluster shows so by now. */
    private static boolean isShown(ReclaimItem item, Host host) {
        return switch (item.action()) {
            case RECYCLE -> host.state() == Host.State.STOPPED || host.state() == Host.State.GONE;
            case SHRINK ->
                    switch (host.plan().life()) {
                        case TRIAL, IN_USE, STOPPED -> true;
                        case PROVISIONING, CHANGING, RECYCLE_BIN, DESTROYING, DESTROYED -> false;
                    };
        };
    }

    private void look(ReclaimId id, int position) {
        if (!held(id)) {
            return;
        }
        var item = item(id, position);
        if (item.progress().outcome() != Outcome.STARTED) {
            return;
        }
        Instant now = clock.instant();
        var host = proposals.host(item.judgement().host()).orElseThrow();
        if (!isOrdered(item, host)) {
            // A hand has made something else of it meanwhile.
            progress.end(id, position, Outcome.FAILED, Reason.HOST_CHANGED.name(), now);
        } else if (isShown(item, host)) {
            progress.done(id, position, charged(host), now);
        } else if (isLate(item, now)) {
            progress.end(id, position, Outcome.FAILED, Reason.NOT_SETTLED.name(), now);
        }
    }

    private boolean isLate(ReclaimItem item, Instant now) {
        return item.progress()
                .startedAt()
                .filter(at -> !now.isBefore(at.plus(properties.settleWithin())))
                .isPresent();
    }

    /** What a host is charged for; in the recycle bin that may still be all of it. */
    private static Reclaim.Size charged(Host host) {
        boolean charged = host.plan().holdsCompute() && host.state() != Host.State.GONE;
        return charged ? new Reclaim.Size(host.vcpu(), host.memoryBytes()) : new Reclaim.Size(0, 0);
    }

    private void conclude(ReclaimId id) {
        if (!held(id)) {
            return;
        }
        var items = store.items(id);
        if (items.stream().noneMatch(ReclaimItem::isOpen)) {
            boolean failed =
                    items.stream().anyMatch(one -> one.progress().outcome() == Outcome.FAILED);
            var reclaim = store.find(id).orElseThrow();
            var _ = steps.advance(reclaim, failed ? Command.FALL_SHORT : Command.FINISH);
        }
    }

    /** What is destroyed is charged for nothing any more; so it is freed from this moment on. */
    @EventListener
    void destroyed(HostDestroyed event) {
        progress.destroyed(event.host());
    }
}
