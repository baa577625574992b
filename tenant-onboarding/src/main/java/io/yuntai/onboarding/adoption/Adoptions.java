package io.yuntai.onboarding.adoption;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Granted;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes over what runs already. The clusters are read first; then one transaction enters all that
 * the file names, charges it whether there is room for it or not, and says so in the audit. The
 * reconciler does the rest, and may die at any point of it.
 */
@Service
public class Adoptions {

    /** So many namespaces one file takes over. */
    public static final int MOST_NAMESPACES = 100;

    private final AdoptionStore store;
    private final MappingRules rules;
    private final AdoptionEntries entries;
    private final Leases leases;
    private final Ledger ledger;
    private final QuotaTree tree;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Adoptions(
            AdoptionStore store,
            MappingRules rules,
            AdoptionEntries entries,
            Leases leases,
            Ledger ledger,
            QuotaTree tree,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.rules = rules;
        this.entries = entries;
        this.leases = leases;
        this.ledger = ledger;
        this.tree = tree;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes over the namespaces that a file names, with all in them, or none of them. Waits for
     * their clusters, some seconds at most.
     *
     * @param id made by the caller; the same id with the same file gives the first answer again
     * @param fileName for people, 1 to 200 characters
     * @param digest SHA-256 of the file, hexadecimal in small letters
     * @param table its columns named by {@link MappingTable}'s codes, or as the file has them
     * @param validateOnly does everything and keeps nothing
     * @throws Refused FORBIDDEN {@code WHOLE_REGISTER_ONLY} for an actor confined to a unit;
     *     INVALID {@code FILE_NAME}; CONFLICT {@code ID_REUSED} for another file under the id of an
     *     earlier one, {@code LEDGER_LEARNING}
     */
    public AdoptionOutcome adopt(
            Actor actor,
            AdoptionId id,
            String fileName,
            String digest,
            Table table,
            boolean validateOnly) {
        if (actor.confinedTo().isPresent()) {
            throw Refused.forbidden("WHOLE_REGISTER_ONLY");
        }
        checkName(fileName);
        var before = within(() -> repeated(id, digest));
        if (before.isPresent()) {
            return before.get();
        }
        if (leases.learning().isPresent()) {
            throw Refused.conflict("LEDGER_LEARNING");
        }
        var faults = new MappingFaults();
        var content = MappingReader.read(table, faults);
        var claims = faults.isEmpty() ? rules.claims(content, faults) : List.<Claim>of();
        var outcome =
                faults.isEmpty()
                        ? entered(actor, id, fileName, digest, claims, validateOnly)
                        : new AdoptionOutcome.Faulty(faults.listed(), faults.count());
        if (outcome instanceof AdoptionOutcome.Faulty(_, int count) && !validateOnly) {
            // What failed has left nothing behind that this could stand beside.
            transactions.executeWithoutResult(_ ->
                    audit(
                            clock.instant(),
                            Optional.of(actor),
                            "adoption.adopt",
                            id,
                            Audited.Outcome.FAILURE,
                            fileName + ": " + count));
        }
        return outcome;
    }

    private static void checkName(String fileName) {
        try {
            PlainText.require(fileName, 1, 200);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("FILE_NAME", List.of(Fault.at("/fileName", "FILE_NAME")));
        }
    }

    private <T> T within(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }

    private Optional<AdoptionOutcome> repeated(AdoptionId id, String digest) {
        return store.find(id)
                .map(done -> {
                    if (!done.digest().equals(digest)) {
                        throw Refused.conflict("ID_REUSED");
                    }
                    return new AdoptionOutcome.Repeated(done);
                });
    }

    private AdoptionOutcome entered(
            Actor actor,
            AdoptionId id,
            String fileName,
            String digest,
            List<Claim> claims,
            boolean validateOnly) {
        return Objects.requireNonNull(
                transactions.execute(status -> {
                    ledger.holdShape();
                    store.claim(claims.stream().map(claim -> claim.mapping().lease()).toList());
                    var before = repeated(id, digest);
                    if (before.isPresent()) {
                        return before.get();
                    }
                    var faults = new MappingFaults();
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                    var taken = entries.enter(id, claims, faults, now);
                    if (!faults.isEmpty()) {
                        status.setRollbackOnly();
                        return new AdoptionOutcome.Faulty(faults.listed(), faults.count());
                    }
                    var done =
                            new Adoption(
                                    id,
                                    fileName,
                                    digest,
                                    actor.person(),
                                    actor.name(),
                                    now,
                                    taken.namespaces(),
                                    taken.debts());
                    store.insert(done);
                    audit(
                            now,
                            Optional.of(actor),
                            "adoption.adopt",
                            id,
                            Audited.Outcome.SUCCESS,
                            fileName + ": " + done.namespaces().size());
                    done.namespaces().stream()
                            .map(Adoption.Taken::system)
                            .distinct()
                            .forEach(system -> events.publishEvent(new Granted(system)));
                    if (validateOnly) {
                        status.setRollbackOnly();
                    }
                    return new AdoptionOutcome.Adopted(done);
                }));
    }

    /**
     * An adoption as it stands.
     *
     * @throws Refused NOT_FOUND {@code ADOPTION_NOT_FOUND}
     */
    public Adoption get(AdoptionId id) {
        return within(() -> store.find(id))
                .orElseThrow(() -> Refused.notFound("ADOPTION_NOT_FOUND"));
    }

    /** A page of adoptions, the latest first; {@code q} finds file names. */
    public Page<Adoption> list(PageQuery query) {
        return within(() -> Page.ofOffset(store.page(query), query, store.count(query)));
    }

    /** What is still to be taken over of a system: the uid of each namespace. */
    public Map<LeaseId, String> underWay(SystemId system) {
        return within(() -> store.underWay(system));
    }

    /** The systems of which something is still to be taken over. */
    public Set<SystemId> underWay() {
        return within(() -> store.underWay());
    }

    /**
     * Charges what has come to run since the file was handed in, before the lease is closed over
     * it. Whoever comes second finds it charged.
     */
    public void grown(LeaseId id, Occupied found) {
        transactions.executeWithoutResult(_ -> {
            ledger.holdShape();
            leases.hold(id);
            var lease = leases.find(id).orElseThrow();
            var more =
                    Takeover.of(found, LauncherOverhead.KUBEVIRT)
                            .lease()
                            .minus(lease.granted())
                            .max(Amounts.NONE);
            if (more.isZero()) {
                return;
            }
            var leaf = leaf(lease.system(), lease.unit(), lease);
            var _ =
                    leases.grant(
                            id,
                            lease.system(),
                            lease.pool(),
                            new LeaseChange.Grant(more, Amounts.NONE));
            var _ =
                    ledger.incur(
                            new TransferId(UuidCreator.getTimeOrderedEpoch()),
                            List.of(new Leg(leaf, more)),
                            clock.instant());
        });
    }

    private NodeId leaf(SystemId system, UnitId unit, io.yuntai.onboarding.ledger.Lease lease) {
        return tree.ensureSystem(lease.pool(), system, unit).orElseThrow();
    }

    /** The cluster was seen to hold all of it. */
    public void done(LeaseId id) {
        transactions.executeWithoutResult(_ -> {
            var now = clock.instant();
            if (store.done(id, now)) {
                events.publishEvent(
                        new Audited(
                                now,
                                Optional.empty(),
                                "adoption.done",
                                "lease/" + id,
                                Audited.Outcome.SUCCESS,
                                ""));
            }
        });
    }

    private void audit(
            Instant at,
            Optional<Actor> actor,
            String action,
            AdoptionId id,
            Audited.Outcome outcome,
            String detail) {
        events.publishEvent(new Audited(at, actor, action, "adoption/" + id, outcome, detail));
    }
}
