package io.yuntai.billing.report;

import static java.util.stream.Collectors.toMap;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.Progress;
import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.billing.metering.FrozenMonths;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.CityRow;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.reconciliation.Balances;
import io.yuntai.billing.reconciliation.Reconciliations;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is published of a month. Once frozen it stays as it is, whatever is measured later; what was
 * wrong is put right by another version beside it.
 */
@Service
public class Reports {

    private static final int LONGEST_REASON = 1000;

    /** What a publication is told in. */
    private static final int STEPS = 4;

    private final Rankings rankings;
    private final FrozenMonths months;
    private final Exemptions exemptions;
    private final InputDigest inputs;
    private final Balances balances;
    private final Reconciliations reconciliations;
    private final ReportStore store;
    private final SigningKeys keys;
    private final Clock clock;
    private final Optional<CityNames> cities;

    Reports(
            Rankings rankings,
            FrozenMonths months,
            Exemptions exemptions,
            InputDigest inputs,
            Balances balances,
            Reconciliations reconciliations,
            ReportStore store,
            SigningKeys keys,
            Clock clock,
            Optional<CityNames> cities) {
        this.rankings = rankings;
        this.months = months;
        this.exemptions = exemptions;
        this.inputs = inputs;
        this.balances = balances;
        this.reconciliations = reconciliations;
        this.store = store;
        this.keys = keys;
        this.clock = clock;
        this.cities = cities;
    }

    /**
     * Freezes a month: computes it once more and publishes that as version 1. Waits for whoever
     * takes hours in; killed half-way, nothing is frozen.
     *
     * @throws Declined {@code MONTH_NOT_ENDED}, {@code MONTH_FROZEN}, {@code REPORT_KEY_MISSING}
     */
    @Transactional
    public Report freeze(YearMonth month) {
        if (Period.of(month).to().isAfter(clock.instant())) {
            throw new Declined("MONTH_NOT_ENDED");
        }
        months.hold();
        if (months.isFrozen(month)) {
            throw new Declined("MONTH_FROZEN");
        }
        months.freeze(month);
        return publish(month, 1, Optional.empty(), Optional.empty());
    }

    /**
     * Asks for another version. Asking once more under the same id changes nothing.
     *
     * @throws Declined {@code MONTH_NOT_FROZEN}, {@code RESTATEMENT_OPEN}, {@code BAD_REASON}
     */
    @Transactional
    public Restatement request(UUID id, YearMonth month, String reason, Person author) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Declined("BAD_REASON");
        }
        if (!months.isFrozen(month)) {
            throw new Declined("MONTH_NOT_FROZEN");
        }
        var restatement =
                new Restatement(
                        id,
                        month,
                        reason.strip(),
                        author,
                        clock.instant(),
                        Restatement.State.REQUESTED,
                        Optional.empty());
        if (!store.add(restatement)) {
            return store.restatement(id)
                    .filter(before ->
                            before.month().equals(month) && before.author().equals(author))
                    .orElseThrow(() -> new Declined("RESTATEMENT_OPEN"));
        }
        return restatement;
    }

    /**
     * Publishes the next version: with the hours that were measured late, and the exemptions of
     * now.
     *
     * @throws Declined {@code RESTATEMENT_NOT_FOUND}, {@code RESTATEMENT_DECIDED}, {@code
     *     SAME_PERSON}, {@code REPORT_KEY_MISSING}
     */
    @Transactional
    public Report approve(UUID id, Person approver) {
        months.hold();
        var restatement = decide(id, Restatement.State.APPROVED, approver);
        int last = store.of(restatement.month()).getFirst().version();
        months.takeLate(restatement.month(), last);
        return publish(
                restatement.month(),
                last + 1,
                Optional.of(
                        new ReportContent.Correction(
                                restatement.reason(), restatement.author(), approver)),
                Optional.of(id));
    }

    /**
     * Leaves everything as it is.
     *
     * @throws Declined as {@link #approve} does
     */
    @Transactional
    public Restatement reject(UUID id, Person by) {
        var _ = decide(id, Restatement.State.REJECTED, by);
        return store.restatement(id).orElseThrow();
    }

    private Restatement decide(UUID id, Restatement.State state, Person by) {
        var restatement =
                store.restatement(id).orElseThrow(() -> new Declined("RESTATEMENT_NOT_FOUND"));
        restatement.author().requireAnother(by);
        if (!store.decide(id, state, by, clock.instant())) {
            throw new Declined("RESTATEMENT_DECIDED");
        }
        return restatement;
    }

    private Report publish(
            YearMonth month,
            int version,
            Optional<ReportContent.Correction> correction,
            Optional<UUID> restatement) {
        var key = keys.current().orElseThrow(() -> new Declined("REPORT_KEY_MISSING"));
        // No exemption is decided between the figures and the digest of what they are made of.
        exemptions.hold();
        Progress.at(Progress.Step.FREEZE_FIGURES, month, 0, STEPS);
        var computed = rankings.run(month);
        Progress.at(Progress.Step.FREEZE_RECONCILIATION, month, 1, STEPS);
        var annex = annex(month, computed.at());
        Progress.at(Progress.Step.FREEZE_INPUT, month, 2, STEPS);
        var content =
                new ReportContent(
                        computed.figures(),
                        Optional.of(Rules.LATEST),
                        version,
                        computed.at(),
                        inputs.of(month, version, computed.at()),
                        names(computed.figures()),
                        correction,
                        Optional.of(annex));
        Progress.at(Progress.Step.FREEZE_SIGNATURE, month, 3, STEPS);
        var document = ReportFile.document(ReportLines.of(content));
        store.add(
                content,
                computed.run(),
                document,
                key.publicKey(),
                key.sign(document.bytes()),
                restatement);
        balances.close(month, version, annex.reconciliation().balances());
        return store.of(month).getFirst();
    }

    private SortedMap<String, String> names(MonthFigures figures) {
        var names = cities.map(CityNames::byCode).orElse(Map.of());
        return figures.scopes().values().stream()
                .flatMap(scope -> scope.cities().stream())
                .map(CityRow::city)
                .filter(names::containsKey)
                .distinct()
                .collect(toMap(city -> city, names::get, (one, _) -> one, TreeMap::new));
    }

    /**
     * What it is compared with is named by its version: that one stays, whatever comes after it.
     */
    private Annex annex(YearMonth month, Instant asOf) {
        return new Annex(
                reconciliations.of(month, asOf),
                Stream.of(month.minusMonths(1), month.minusYears(1))
                        .flatMap(earlier -> store.of(earlier).stream().limit(1))
                        .map(report -> new Annex.Version(report.month(), report.version()))
                        .toList());
    }

    /** All that was published, the latest month first, and of a month the latest version. */
    @Transactional(readOnly = true)
    public List<Report> published() {
        return store.all();
    }

    /** The versions of a month, the latest first. */
    @Transactional(readOnly = true)
    public List<Report> of(YearMonth month) {
        return store.of(month);
    }

    /** A version as a file: the same bytes each time. */
    @Transactional(readOnly = true)
    public Optional<byte[]> file(YearMonth month, int version) {
        return store.file(month, version);
    }

    /** What was asked for of a month, the latest first. */
    @Transactional(readOnly = true)
    public List<Restatement> restatements(YearMonth month) {
        return store.restatements(month);
    }

    /** How many hours were measured too late to count. */
    @Transactional(readOnly = true)
    public long late(YearMonth month) {
        return months.late(month);
    }

    /** The public key that is signed with now, in PEM; empty: none is configured. */
    public Optional<String> publicKey() {
        return keys.current().map(key -> SigningKey.publicPem(key.publicKey()));
    }
}
