package io.yuntai.api;

import static java.util.stream.Collectors.toSet;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.UsageImport;
import io.yuntai.billing.metering.UsageImports;
import io.yuntai.billing.ranking.DerivedHour;
import io.yuntai.billing.ranking.DerivedHours;
import io.yuntai.billing.ranking.DerivedUse;
import io.yuntai.billing.ranking.Exclusion;
import io.yuntai.billing.ranking.Exempt;
import io.yuntai.billing.ranking.HostShare;
import io.yuntai.billing.ranking.IdleFigures;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.ranking.UnitHour;
import io.yuntai.billing.ranking.Use;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a figure is made of: a unit's hosts, a host's hours, an hour's samples. The boards are
 * everybody's, the hosts are their own unit's.
 */
@RestController
@RequestMapping("/api/v1/rankings/{month}")
@Tag(name = "rankings")
class DerivationController {

    private static final Sort HIGHEST_FIRST = Sort.of("-percent");
    private static final Set<String> SORTS = Set.of("percent", "hour");

    private final Rankings rankings;
    private final DerivedHours hours;
    private final DerivedUse use;
    private final UsageImports imports;

    DerivationController(
            Rankings rankings, DerivedHours hours, DerivedUse use, UsageImports imports) {
        this.rankings = rankings;
        this.hours = hours;
        this.use = use;
        this.imports = imports;
    }

    /**
     * Sums over valid hours, as texts: processor time in ms of one vCPU, memory and disk in byte
     * seconds.
     *
     * @param of what there was, in the hours in which it was measured
     */
    @Schema(name = "UseOfHost")
    record UseView(String used, String of) {

        static UseView of(Use use) {
            return new UseView(use.used().toString(), use.allocated().toString());
        }
    }

    @Schema(name = "DerivedHost")
    record OfHost(HostId id, String name) {}

    @Schema(name = "DerivedSystem")
    record OfSystem(UUID id, String code, String name) {}

    /**
     * By what a host is idle or not, beside what it used of processors and memory. In percent, cut
     * off and not rounded: so each is under the policy's limit exactly when what was measured is.
     *
     * @param cpuP95 by nearest rank, of its five-minute samples; null: they were not kept
     * @param cpuPeak the highest sample
     * @param memoryHours the valid hours in which memory was measured: in too few it speaks for
     *     nothing, and nobody is idle without it
     */
    @Schema(name = "IdleFigures")
    record IdleView(Optional<String> cpuP95, String cpuPeak, int memoryHours) {

        static IdleView of(IdleFigures figures) {
            return new IdleView(
                    figures.cpuP95().map(BigDecimal::toPlainString),
                    figures.cpuPeak().toPlainString(),
                    figures.memoryHours());
        }
    }

    /**
     * A host while the unit had it.
     *
     * @param excluded why it is neither measured nor missed; null: it is not
     * @param measured whether enough of its hours are valid: only then it counts
     * @param vcpuHours of all its hours, {@code validVcpuHours} of the valid ones, as texts: of
     *     these are coverage and the idle share
     * @param idleBy null: none of its hours is valid, or it stands in a list over all units
     */
    @Schema(name = "HostShare")
    record HostView(
            OfHost host,
            RankingView.OfUnit unit,
            OfSystem system,
            String pool,
            int vcpu,
            Optional<Exclusion> excluded,
            boolean measured,
            boolean idle,
            int hours,
            int validHours,
            String coverage,
            String vcpuHours,
            String validVcpuHours,
            UseView cpu,
            UseView memory,
            UseView disk,
            Optional<IdleView> idleBy) {

        static HostView of(HostShare share) {
            return of(share, Optional.empty());
        }

        static HostView of(HostShare share, Optional<IdleFigures> idleBy) {
            return new HostView(
                    new OfHost(new HostId(share.host().value()), share.name()),
                    new RankingView.OfUnit(
                            share.unit().id().value(), share.unit().code(), share.unit().name()),
                    new OfSystem(
                            share.system().id().value(),
                            share.system().code(),
                            share.system().name()),
                    share.pool(),
                    share.vcpu(),
                    share.exclusion(),
                    share.measured(),
                    share.idle(),
                    share.hours(),
                    share.validHours(),
                    share.coverage().toPlainString(),
                    share.vcpuHours().toString(),
                    share.validVcpuHours().toString(),
                    UseView.of(share.cpu()),
                    UseView.of(share.memory()),
                    UseView.of(share.disk()),
                    idleBy.map(IdleView::of));
        }
    }

    @Schema(name = "HostShares")
    record HostList(RankingView.OfPolicy policy, List<HostView> items) {}

    /**
     * Why, until when and by whom a host is exempt.
     *
     * @param until its last day
     */
    @Schema(name = "ExemptionOfHost")
    record ExemptView(String reason, LocalDate until, String applicant, String approver) {

        static ExemptView of(Exempt exempt) {
            return new ExemptView(
                    exempt.reason(), exempt.until(), exempt.applicant(), exempt.approver());
        }
    }

    /**
     * A host that is excluded.
     *
     * @param exemption as it stood when the month was worked out; null: it is excluded because it
     *     was not confirmed long enough ago, or from before that was kept
     */
    @Schema(name = "ExcludedHost")
    record ExcludedView(HostView share, Optional<ExemptView> exemption) {}

    @Schema(name = "ExcludedHosts")
    record ExcludedList(RankingView.OfPolicy policy, List<ExcludedView> items) {}

    /**
     * An hour of a host.
     *
     * @param capacity what the host had in it
     * @param valid whether it counts: enough of it was measured
     * @param lastIn the last published version that rests on this reading; null: it counts now
     * @param samples how many of the twelve count
     * @param quarantined how many were set apart for being over 105 % of the capacity
     * @param cpu in their order, hundredths of a percent of the capacity of that hour; null:
     *     missing or set apart
     * @param file which of the files it was imported from; null: it was measured, or the file was
     *     taken in before that was kept
     */
    @Schema(name = "HourOfHost")
    record HourView(
            Instant hour,
            Capacity capacity,
            boolean valid,
            Optional<Integer> lastIn,
            int samples,
            int quarantined,
            long cpuTimeMillis,
            OptionalLong memoryByteSeconds,
            OptionalLong diskByteSeconds,
            List<OptionalInt> cpu,
            List<OptionalInt> memory,
            Optional<UUID> file) {

        static HourView of(DerivedHour derived, Optional<UsageImport> file) {
            var hour = derived.hour();
            return new HourView(
                    hour.hour(),
                    derived.capacity(),
                    derived.valid(),
                    derived.lastIn(),
                    hour.samples(),
                    hour.quarantined(),
                    hour.cpuTimeMillis(),
                    hour.memoryByteSeconds(),
                    hour.diskByteSeconds(),
                    hour.cpu().all(),
                    hour.memory().all(),
                    file.map(UsageImport::id));
        }
    }

    /**
     * A file that hours were imported from.
     *
     * @param digest SHA-256, hexadecimal
     */
    @Schema(name = "FileOfHours")
    record FileView(
            UUID id, String fileName, String digest, ReportController.PersonView by, Instant at) {

        static FileView of(UsageImport file) {
            return new FileView(
                    file.id(),
                    file.fileName(),
                    file.digest(),
                    ReportController.PersonView.of(file.by()),
                    file.at());
        }
    }

    /** Hours, what they count in, and the files that some of them come from. */
    @Schema(name = "HoursOfHost")
    record HourList(List<HostView> shares, List<HourView> items, List<FileView> files) {}

    /** A unit's hosts in a month, or those of one of its systems, each with what counts of it. */
    @GetMapping("/units/{unit}/hosts")
    @Requires(Permission.RANKING_READ)
    HostList hosts(
            Actor actor,
            @PathVariable YearMonth month,
            @PathVariable UnitId unit,
            @RequestParam Optional<UUID> system,
            @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        if (!actor.sees(unit)) {
            throw Refused.notFound("RANKING_NOT_FOUND");
        }
        var shares =
                shares(month, Optional.of(new PartyId(unit.value())), version).stream()
                        .filter(share -> isOr(system, share.system().id().value()))
                        .toList();
        var policy = policy(month, version);
        return new HostList(RankingView.OfPolicy.of(policy), views(shares, policy, month, version));
    }

    /**
     * An hour of a unit: all its measured hosts together.
     *
     * @param hosts whose hour is valid
     * @param percent of what there was in the hour
     * @param p95 whether it is the unit's 95th percentile, by nearest rank: 95 % of the hours are
     *     no higher
     * @param peak whether it is the highest
     */
    @Schema(name = "HourOfUnit")
    record UnitHourView(
            Instant hour, int hosts, UseView cpu, String percent, boolean p95, boolean peak) {

        static UnitHourView of(UnitHour hour) {
            return new UnitHourView(
                    hour.hour(),
                    hour.hosts(),
                    UseView.of(hour.cpu()),
                    hour.percent().toPlainString(),
                    hour.isP95(),
                    hour.isPeak());
        }
    }

    /**
     * A unit's hours in a month and scope, as they count now or in a version: what its percentile
     * and its peak are taken of. Sorted by {@code percent} or {@code hour}, the highest first.
     */
    @GetMapping("/units/{unit}/hours")
    @Requires(Permission.RANKING_READ)
    Page<UnitHourView> hoursOfUnit(
            Actor actor,
            @PathVariable YearMonth month,
            @PathVariable UnitId unit,
            PageQuery query,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        var sort = query.sortOr(HIGHEST_FIRST, SORTS);
        if (!actor.sees(unit)) {
            throw Refused.notFound("RANKING_NOT_FOUND");
        }
        var shares =
                shares(month, Optional.of(new PartyId(unit.value())), version).stream()
                        .filter(share -> share.isIn(pool))
                        .toList();
        var all = use.hours(shares, policy(month, version), month, version);
        var fetched =
                all.stream()
                        .sorted(sort.descending() ? by(sort).reversed() : by(sort))
                        .skip(query.offset())
                        .limit(query.limit() + 1L)
                        .map(UnitHourView::of)
                        .toList();
        return Page.ofOffset(fetched, query, all.size());
    }

    private static Comparator<UnitHour> by(Sort sort) {
        return sort.field().equals("hour")
                ? Comparator.comparing(UnitHour::hour)
                : Comparator.comparing(UnitHour::percent).thenComparing(UnitHour::hour);
    }

    /** The hosts that are excluded, each with its reason. */
    @GetMapping("/excluded-hosts")
    @Requires(Permission.RANKING_READ)
    ExcludedList excluded(
            Actor actor, @PathVariable YearMonth month, @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        var own = actor.confinedTo().map(unit -> new PartyId(unit.value()));
        return new ExcludedList(
                RankingView.OfPolicy.of(policy(month, version)),
                shares(month, own, version).stream()
                        .filter(share -> share.exclusion().isPresent())
                        .map(share ->
                                new ExcludedView(
                                        HostView.of(share), share.exempt().map(ExemptView::of)))
                        .toList());
    }

    /** The hosts that count for nothing because too few of their hours are valid. */
    @GetMapping("/unmeasured-hosts")
    @Requires(Permission.RANKING_READ)
    HostList unmeasured(
            Actor actor, @PathVariable YearMonth month, @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        var own = actor.confinedTo().map(unit -> new PartyId(unit.value()));
        return new HostList(
                RankingView.OfPolicy.of(policy(month, version)),
                shares(month, own, version).stream()
                        .filter(share -> !share.measured() && share.exclusion().isEmpty())
                        .map(HostView::of)
                        .toList());
    }

    /**
     * A host's hours in a month with their samples, as they count now or in a version: those in
     * which this unit's system had it in this pool, or all that the caller may see. A unit's people
     * see no hour in which the host was another's.
     */
    @GetMapping("/hosts/{host}/hours")
    @Requires(Permission.RANKING_READ)
    HourList hours(
            Actor actor,
            @PathVariable YearMonth month,
            @PathVariable HostId host,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<UUID> system,
            @RequestParam Optional<String> pool,
            @RequestParam Optional<Integer> version) {
        RankingController.check(month);
        var id = new MeteredHostId(host.value());
        var own = actor.confinedTo().or(() -> unit).map(one -> new PartyId(one.value()));
        var shares =
                shares(month, own, version).stream()
                        .filter(share -> share.host().equals(id))
                        .filter(share -> isOr(unit.map(UnitId::value), share.unit().id().value()))
                        .filter(share -> isOr(system, share.system().id().value()))
                        .filter(share -> isOr(pool, share.pool()))
                        .toList();
        if (shares.isEmpty()) {
            throw Refused.notFound("HOST_NOT_FOUND");
        }
        var policy = policy(month, version);
        var files = imports.of(id, month);
        var items =
                hours.of(shares, policy.evidence().validSamples(), month, version).stream()
                        .map(hour -> HourView.of(hour, file(hour, files)))
                        .toList();
        var named = items.stream().flatMap(item -> item.file().stream()).collect(toSet());
        return new HourList(
                views(shares, policy, month, version),
                items,
                files.values().stream()
                        .distinct()
                        .filter(file -> named.contains(file.id()))
                        .map(FileView::of)
                        .toList());
    }

    /** Each with what decides whether it is idle. */
    private List<HostView> views(
            List<HostShare> shares,
            RankingPolicy policy,
            YearMonth month,
            Optional<Integer> version) {
        var idle = use.idle(shares, policy, month, version);
        return shares.stream()
                .map(share -> HostView.of(share, Optional.ofNullable(idle.get(share))))
                .toList();
    }

    /** Files are known of the reading that counts now. */
    private static Optional<UsageImport> file(DerivedHour hour, Map<Instant, UsageImport> files) {
        return hour.lastIn().isPresent()
                ? Optional.empty()
                : Optional.ofNullable(files.get(hour.hour().hour()));
    }

    /** Whether it is the one that was asked for, or none was. */
    private static <T> boolean isOr(Optional<T> asked, T it) {
        return asked.map(it::equals).orElse(true);
    }

    private RankingPolicy policy(YearMonth month, Optional<Integer> version) {
        return RankingBoardController.found(rankings.policy(month, version));
    }

    private List<HostShare> shares(
            YearMonth month, Optional<PartyId> unit, Optional<Integer> version) {
        return RankingBoardController.found(rankings.hosts(month, unit, version));
    }
}
