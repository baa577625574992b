package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Prose;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.ranking.Exempt;
import io.yuntai.billing.ranking.HostShare;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.ranking.Reason;
import io.yuntai.billing.reconciliation.Balance;
import io.yuntai.billing.reconciliation.DeliveryBucket;
import io.yuntai.billing.reconciliation.Forecast;
import io.yuntai.billing.reconciliation.PoolStanding;
import io.yuntai.billing.reconciliation.Reconciliation;
import io.yuntai.billing.report.FrozenReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a report ends with: who is not ranked, which hosts are left out, and whether it adds up. */
final class AppendixSections {

    private static final String ALL = "all";

    /** What there is no figure or day for. */
    private static final Optional<String> NONE = Optional.empty();

    private final FrozenReport frozen;
    private final ReportWords words;

    AppendixSections(FrozenReport frozen, ReportWords words) {
        this.frozen = frozen;
        this.words = words;
    }

    List<Section> all() {
        var sections = new ArrayList<Section>();
        sections.add(notRanked());
        sections.add(notRankedInScopes());
        sections.add(excluded());
        frozen.reconciliation()
                .ifPresentOrElse(
                        facts -> {
                            sections.add(balances(facts));
                            sections.add(pools(facts));
                            sections.add(deliveries(facts));
                            sections.add(forecasts(facts));
                        },
                        () ->
                                sections.add(
                                        section(
                                                "balances",
                                                List.of(
                                                        new Prose(
                                                                List.of(
                                                                        words.text(
                                                                                "none.reconciliation")))))));
        return sections;
    }

    private Section section(String name, List<Block> blocks) {
        return new Section(words.text("sheet." + name), words.text("title." + name), blocks);
    }

    private Section notRanked() {
        var rows =
                Optional.ofNullable(frozen.figures().scopes().get(ALL))
                        .map(scope -> scope.rows())
                        .orElse(List.of());
        return section(
                "notRanked",
                List.of(
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("code", 22),
                                        words.words("unit", 36),
                                        words.words("reasons", 60),
                                        words.figure("hosts", 9),
                                        words.figure("measured", 9),
                                        words.figure("vcpu", 9),
                                        words.figure("coverage", 10)),
                                rows.stream()
                                        .filter(row -> row.standing().isEmpty())
                                        .map(this::notRanked)
                                        .toList(),
                                words.text("none.notRanked"))));
    }

    /** Whoever is ranked over everything may have too little in one zone, family or pool. */
    private Section notRankedInScopes() {
        var rows = new ArrayList<List<Object>>();
        for (var scope : BoardSections.parts(frozen.figures())) {
            Objects.requireNonNull(frozen.figures().scopes().get(scope)).rows().stream()
                    .filter(row -> row.standing().isEmpty())
                    .forEach(row -> {
                        var inScope = new ArrayList<Object>();
                        inScope.add(words.scope(scope));
                        inScope.addAll(notRanked(row));
                        rows.add(inScope);
                    });
        }
        return section(
                "scopes.notRanked",
                List.of(
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("scope", 28),
                                        words.words("code", 22),
                                        words.words("unit", 34),
                                        words.words("reasons", 54),
                                        words.figure("hosts", 9),
                                        words.figure("measured", 9),
                                        words.figure("vcpu", 9),
                                        words.figure("coverage", 10)),
                                rows,
                                words.text("none.notRanked"))));
    }

    private List<Object> notRanked(RankingRow row) {
        return List.of(
                row.code(),
                row.name(),
                words.list(row.reasons().stream().map(this::reason).toList()),
                row.hosts(),
                row.measuredHosts(),
                row.vcpu(),
                row.figures().coverage());
    }

    private String reason(Reason reason) {
        return words.ofRanking(
                "reason." + reason, frozen.figures().policy().evidence().limit(reason));
    }

    private Section excluded() {
        return section(
                "excluded",
                List.of(
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("host", 26),
                                        words.words("unit", 26),
                                        words.words("system", 26),
                                        words.words("pool", 23),
                                        words.words("exclusion", 20),
                                        words.words("exemptReason", 22),
                                        words.words("exemptUntil", 12),
                                        words.words("exemptApplicant", 9),
                                        words.words("exemptApprover", 9),
                                        words.figure("vcpu", 7)),
                                frozen.figures().hosts().stream()
                                        .filter(share -> share.exclusion().isPresent())
                                        .map(this::excluded)
                                        .toList(),
                                words.text("none.excluded"))));
    }

    private List<Object> excluded(HostShare share) {
        return List.of(
                share.name(),
                share.unit().name(),
                share.system().name(),
                words.scope(share.pool()),
                words.text(
                        "exclusion." + share.exclusion().orElseThrow(),
                        frozen.figures().policy().evidence().confirmedDays()),
                share.exempt().map(Exempt::reason).orElse(""),
                share.exempt().map(exempt -> exempt.until().toString()).orElse(""),
                share.exempt().map(Exempt::applicant).orElse(""),
                share.exempt().map(Exempt::approver).orElse(""),
                share.vcpu());
    }

    private Section balances(Reconciliation facts) {
        return section(
                "balances",
                List.of(
                        new Prose(
                                List.of(
                                        words.text("text.balances"),
                                        words.text("text.balances.hosts"))),
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("pool", 28),
                                        words.words("measure", 16),
                                        words.figure("before", 14),
                                        words.figure("opened", 14),
                                        words.figure("expanded", 14),
                                        words.figure("shrunk", 14),
                                        words.figure("reclaimed", 14),
                                        words.figure("after", 14),
                                        words.figure("difference", 20)),
                                facts.balances().stream()
                                        .sorted(
                                                Comparator.comparing(Balance::pool)
                                                        .thenComparing(Balance::measure))
                                        .map(this::balance)
                                        .toList(),
                                words.text("none.balances"))));
    }

    private List<Object> balance(Balance balance) {
        // Billing counts whole vCPU, the ledger thousandths of one.
        String resource =
                switch (balance.measure()) {
                    case VCPU -> "cpuMillis";
                    case MEMORY -> "memoryBytes";
                    case DISK -> "storageBytes";
                };
        long unit = balance.measure() == Balance.Measure.VCPU ? 1000 : 1;
        return List.of(
                words.scope(balance.pool()),
                words.resource(resource),
                words.amount(resource, balance.before() * unit),
                words.amount(resource, balance.opened() * unit),
                words.amount(resource, balance.expanded() * unit),
                words.amount(resource, balance.shrunk() * unit),
                words.amount(resource, balance.reclaimed() * unit),
                words.amount(resource, balance.after() * unit),
                words.difference(resource, balance.difference() * unit));
    }

    private Section pools(Reconciliation facts) {
        return section(
                "pools",
                List.of(
                        new Prose(List.of(words.text("text.pools"))),
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("pool", 26),
                                        words.words("measure", 16),
                                        words.figure("units.held", 12),
                                        words.figure("promised", 12),
                                        words.figure("platform", 12),
                                        words.figure("locked", 12),
                                        words.figure("unassigned", 12),
                                        words.figure("debt", 10),
                                        words.figure("capacity", 12),
                                        words.figure("difference", 19),
                                        words.figure("allocated", 11),
                                        words.figure("allocatedWithLocked", 15)),
                                facts.pools().stream().map(this::pool).toList(),
                                words.text("none.pools"))));
    }

    private List<Object> pool(PoolStanding pool) {
        String resource = pool.resource();
        return List.of(
                words.scope(pool.pool()),
                words.resource(resource),
                words.amount(resource, pool.units()),
                words.amount(resource, pool.promised()),
                words.amount(resource, pool.platform()),
                words.amount(resource, pool.locked()),
                words.amount(resource, pool.unassigned()),
                words.amount(resource, pool.debt()),
                words.amount(resource, pool.capacity()),
                words.difference(resource, pool.difference()),
                pool.allocated(),
                pool.allocatedWithLocked());
    }

    private Section deliveries(Reconciliation facts) {
        return section(
                "deliveries",
                List.of(
                        new Prose(
                                List.of(
                                        words.text(
                                                frozen.figures().rules().countWhatCame()
                                                        ? "text.deliveries.came"
                                                        : "text.deliveries"))),
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("workingDays", 30),
                                        words.figure("deliveries", 16)),
                                facts.deliveries().stream().map(this::delivered).toList(),
                                words.text("none.deliveries"))));
    }

    private List<Object> delivered(DeliveryBucket bucket) {
        return List.of(
                bucket.to().isPresent()
                        ? words.text("days.fromTo", bucket.from(), bucket.to().getAsInt())
                        : words.text("days.from", bucket.from()),
                bucket.count());
    }

    private Section forecasts(Reconciliation facts) {
        return section(
                "forecasts",
                List.of(
                        new Prose(
                                List.of(
                                        words.text(
                                                "text.forecasts",
                                                Forecast.MOST_WEEKS,
                                                Forecast.LEAST_WEEKS),
                                        words.text("text.forecasts.error"))),
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("pool", 26),
                                        words.words("measure", 16),
                                        words.figure("capacity.whole", 12),
                                        words.figure("taken", 12),
                                        words.figure("weeks", 8),
                                        words.figure("perWeek", 12),
                                        words.words("outcome", 24),
                                        words.words("earliest", 13),
                                        words.words("latest", 13),
                                        words.figure("mape", 10)),
                                facts.forecasts().stream().map(this::forecast).toList(),
                                words.text("none.pools"))));
    }

    private List<Object> forecast(Forecast forecast) {
        String resource = forecast.resource();
        var never = words.text("outcome.beyond");
        var told =
                switch (forecast.outcome()) {
                    case Forecast.NotEnoughHistory _ ->
                            List.<Object>of(
                                    NONE, words.text("outcome.NOT_ENOUGH_HISTORY"), NONE, NONE);
                    case Forecast.Exhausted _ ->
                            List.<Object>of(NONE, words.text("outcome.EXHAUSTED"), NONE, NONE);
                    case Forecast.NotForeseen it ->
                            List.of(
                                    words.amount(resource, it.growth().perWeek()),
                                    words.text("outcome.NOT_FORESEEN"),
                                    words.day(it.earliest()).orElse(never),
                                    never);
                    case Forecast.Foreseen it ->
                            List.of(
                                    words.amount(resource, it.growth().perWeek()),
                                    it.on().toString(),
                                    it.earliest().toString(),
                                    words.day(it.latest()).orElse(never));
                };
        return List.of(
                words.scope(forecast.pool()),
                words.resource(resource),
                words.amount(resource, forecast.capacity()),
                words.amount(resource, forecast.taken()),
                forecast.weeks(),
                told.get(0),
                told.get(1),
                told.get(2),
                told.get(3),
                forecast.error().<BigDecimal>map(Forecast.Backtest::percent));
    }
}
