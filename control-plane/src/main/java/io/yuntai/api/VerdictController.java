package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.billing.verdict.VerdictFilter;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.system.SystemFilter;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
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
     * Of the last day that was judged, by name; a unit's people see their own hosts. {@code q}
     * finds a part of a host's name, or of the name or code of its system.
     */
    @GetMapping
    @Requires(Permission.HOST_READ)
    Page<VerdictView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<Verdict> verdict) {
        var after = query.cursor().map(cursor -> cursor.keys(2, VerdictController::after));
        return asked(actor, query, unit, verdict)
                .map(asked -> page(actor, query, asked, after))
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

    /** Which hosts of which day. */
    record Asked(LocalDate day, VerdictFilter filter) {}

    /** Empty: none that the caller may see, or no day was judged. */
    private Optional<Asked> asked(
            Actor actor, PageQuery query, Optional<UnitId> unit, Optional<Verdict> verdict) {
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
                                        named(actor, query.q()))));
    }

    private Page<VerdictView> page(
            Actor actor, PageQuery query, Asked asked, Optional<VerdictFilter.After> after) {
        var page =
                Page.of(
                        verdicts.of(asked.day(), asked.filter(), after, query.limit() + 1),
                        query,
                        verdicts.count(asked.day(), asked.filter()),
                        last -> Cursor.after(last.hostName(), last.host().value().toString()));
        return new Page<>(views.of(actor, page.items()), page.next(), page.total());
    }

    private static VerdictFilter.After after(List<String> keys) {
        return new VerdictFilter.After(
                keys.getFirst(), new MeteredHostId(UUID.fromString(keys.getLast())));
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
