package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.billing.verdict.VerdictFilter;
import io.yuntai.billing.verdict.VerdictOrder;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.system.SystemFilter;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is said of each host by what it used. */
@RestController
@RequestMapping("/api/v1/verdicts")
@Tag(name = "verdicts")
class VerdictController {

    private static final Map<String, VerdictOrder.By> SORTS =
            Map.of(
                    "name",
                    VerdictOrder.By.NAME,
                    "vcpu",
                    VerdictOrder.By.VCPU,
                    "cpu",
                    VerdictOrder.By.CPU,
                    "memory",
                    VerdictOrder.By.MEMORY,
                    "disk",
                    VerdictOrder.By.DISK,
                    "coverage",
                    VerdictOrder.By.COVERAGE);

    private final Verdicts verdicts;
    private final VerdictViews views;
    private final VerdictSheet sheet;
    private final SheetFiles files;
    private final Systems systems;

    VerdictController(
            Verdicts verdicts,
            VerdictViews views,
            VerdictSheet sheet,
            SheetFiles files,
            Systems systems) {
        this.verdicts = verdicts;
        this.views = views;
        this.sheet = sheet;
        this.files = files;
        this.systems = systems;
    }

    /**
     * Of the last day that was judged; a unit's people see their own hosts. Sorted by {@code name}
     * (own order), {@code vcpu}, {@code cpu}, {@code memory} and {@code disk} (their mean), {@code
     * coverage}; what was not measured last. {@code q} finds a part of a host's name, or of the
     * name or code of its system.
     */
    @GetMapping
    @Requires(Permission.HOST_READ)
    Page<VerdictView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<Verdict> verdict) {
        return asked(actor, query, unit, verdict)
                .map(asked -> page(actor, query, asked))
                .orElseGet(() -> new Page<>(List.of(), Optional.empty(), 0));
    }

    /** The same as one flat table, a host a line, in the caller's language. */
    @GetMapping("/export")
    @Requires(Permission.HOST_READ)
    ResponseEntity<byte[]> export(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<Verdict> verdict,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        return files.answer(
                "verdict",
                format,
                locale,
                words -> sheet.of(actor, asked(actor, query, unit, verdict), words));
    }

    /** Which hosts of which day, and in which order. */
    record Asked(LocalDate day, VerdictFilter filter, VerdictOrder order) {}

    /** Empty: none that the caller may see, or no day was judged. */
    private Optional<Asked> asked(
            Actor actor, PageQuery query, Optional<UnitId> unit, Optional<Verdict> verdict) {
        var sort = query.sortOr(Sort.of("name"), SORTS.keySet());
        if (unit.filter(asked -> !actor.sees(asked)).isPresent()) {
            return Optional.empty();
        }
        return verdicts.lastDay()
                .map(day ->
                        new Asked(
                                day,
                                new VerdictFilter(
                                        actor.confinedTo()
                                                .or(() -> unit)
                                                .map(one -> new PartyId(one.value())),
                                        verdict,
                                        named(actor, query.q())),
                                new VerdictOrder(
                                        Objects.requireNonNull(SORTS.get(sort.field())),
                                        sort.descending())));
    }

    private Page<VerdictView> page(Actor actor, PageQuery query, Asked asked) {
        var page =
                Page.ofOffset(
                        verdicts.page(
                                asked.day(),
                                asked.filter(),
                                asked.order(),
                                query.offset(),
                                query.limit() + 1),
                        query,
                        verdicts.count(asked.day(), asked.filter()));
        return new Page<>(views.of(actor, page.items()), page.next(), page.total());
    }

    /** The meter knows systems by their ids alone; what they are called is of the register. */
    private Optional<VerdictFilter.Named> named(Actor actor, String q) {
        if (q.isEmpty()) {
            return Optional.empty();
        }
        var like = new PageQuery(PageQuery.MAX_LIMIT, Optional.empty(), Optional.empty(), q);
        var any = new SystemFilter(Optional.empty(), Optional.empty());
        return Optional.of(
                new VerdictFilter.Named(
                        q,
                        systems.list(actor, like, any).items().stream()
                                .map(entry -> new MeteredSystemId(entry.system().id().value()))
                                .collect(Collectors.toSet())));
    }
}
