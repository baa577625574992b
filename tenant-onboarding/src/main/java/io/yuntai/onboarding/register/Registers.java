package io.yuntai.onboarding.register;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Audited.Outcome;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.ledger.QuotaTree;
import io.yuntai.onboarding.region.Regions;
import io.yuntai.onboarding.register.Known.Additions;
import io.yuntai.onboarding.register.RegisterImport.Counts;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.Units;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** The bureau's register, filled by importing files. */
@Service
public class Registers {

    private final RegisterStore store;
    private final Regions regions;
    private final Units units;
    private final Systems systems;
    private final QuotaTree tree;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Registers(
            RegisterStore store,
            Regions regions,
            Units units,
            Systems systems,
            QuotaTree tree,
            Clock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.regions = regions;
        this.units = units;
        this.systems = systems;
        this.tree = tree;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Imports a file, all of it or nothing. What is not in the register yet is added; what is there
     * just so is left alone; what is there with other content is a fault.
     *
     * @param id made by the caller; the same id with the same file gives the first answer again
     * @param fileName for people, 1 to 200 characters
     * @param digest SHA-256 of the file, hexadecimal in small letters
     * @param validateOnly does everything and keeps nothing
     * @throws Refused FORBIDDEN {@code WHOLE_REGISTER_ONLY} for an actor confined to a unit;
     *     INVALID {@code FILE_NAME}; CONFLICT {@code ID_REUSED} for another file under the id of an
     *     earlier one
     */
    @Transactional
    public ImportOutcome importRegister(
            Actor actor,
            ImportId id,
            String fileName,
            String digest,
            List<Table> tables,
            boolean validateOnly) {
        if (actor.confinedTo().isPresent()) {
            throw Refused.forbidden("WHOLE_REGISTER_ONLY");
        }
        checkName(fileName);
        if (validateOnly) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        }
        store.lock();
        var first = store.find(id);
        if (first.isPresent()) {
            if (!first.get().digest().equals(digest)) {
                throw Refused.conflict("ID_REUSED");
            }
            return new ImportOutcome.Repeated(first.get());
        }
        return add(actor, id, fileName, digest, tables);
    }

    /** Has no file imported until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold() {
        store.lock();
    }

    private static void checkName(String fileName) {
        try {
            PlainText.require(fileName, 1, 200);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("FILE_NAME", List.of(Fault.at("/fileName", "FILE_NAME")));
        }
    }

    private ImportOutcome add(
            Actor actor, ImportId id, String fileName, String digest, List<Table> tables) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is read back
        var faults = new Faults();
        var known =
                new Known(
                        regions.all(),
                        regions.pools(),
                        units.all(),
                        units.allContacts(),
                        units.logins(),
                        systems.all(),
                        store.quotas());
        var added = new Reader(new Sheets(tables, faults), known, now).read();
        if (faults.count() > 0) {
            audit(now, actor, id, Outcome.FAILURE, fileName + ": " + faults.count());
            return new ImportOutcome.Faulty(faults.listed(), faults.count());
        }
        write(added);
        new QuotaPlan(known, added, tree).carryOut();
        var done =
                new RegisterImport(
                        id, fileName, digest, actor.person(), actor.name(), now, counts(added));
        store.insert(done, actor);
        audit(now, actor, id, Outcome.SUCCESS, fileName);
        return new ImportOutcome.Imported(done);
    }

    private void write(Additions added) {
        regions.add(added.regions);
        regions.addPools(added.pools);
        units.add(added.units);
        units.addContacts(added.contacts);
        systems.add(added.systems);
        store.insertQuotas(added.quotas);
    }

    private void audit(Instant at, Actor actor, ImportId id, Outcome outcome, String detail) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        "register.import",
                        "import/" + id,
                        outcome,
                        detail));
    }

    private static Counts counts(Additions added) {
        return new Counts(
                added.regions.size(),
                added.pools.size(),
                added.units.size(),
                added.contacts.size(),
                added.systems.size(),
                added.quotas.size());
    }

    /**
     * A page of imports, the latest first; {@code q} finds file names.
     *
     * @throws Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}
     */
    @Transactional(readOnly = true)
    public Page<RegisterImport> list(PageQuery query) {
        Sort latest = Sort.of("-importedAt");
        if (!query.sortOr(latest, Set.of("importedAt")).equals(latest)) {
            throw Refused.invalid("BAD_SORT", List.of(Fault.at("/sort", "BAD_SORT", "importedAt")));
        }
        return Page.of(
                store.page(query),
                query,
                store.count(query),
                done -> Cursor.after(done.importedAt().toString(), done.id().toString()));
    }
}
