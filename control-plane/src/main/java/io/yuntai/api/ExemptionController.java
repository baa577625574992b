package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.exemption.Exemption;
import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.metering.HostExemptions;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hosts that are not held against their units for a while. */
@RestController
@RequestMapping("/api/v1/exemptions")
@Tag(name = "exemptions")
class ExemptionController {

    private static final Map<String, Exemptions.By> SORTS =
            Map.of(
                    "host",
                    Exemptions.By.HOST,
                    "kind",
                    Exemptions.By.KIND,
                    "from",
                    Exemptions.By.FROM,
                    "until",
                    Exemptions.By.UNTIL,
                    "applicant",
                    Exemptions.By.APPLICANT,
                    "state",
                    Exemptions.By.STATE,
                    "appliedAt",
                    Exemptions.By.APPLIED_AT);

    private final Exemptions exemptions;
    private final HostExemptions commands;
    private final ExemptionSheet sheet;
    private final SheetFiles files;
    private final Trial trial;
    private final Clock clock;

    ExemptionController(
            Exemptions exemptions,
            HostExemptions commands,
            ExemptionSheet sheet,
            SheetFiles files,
            Trial trial,
            Clock clock) {
        this.exemptions = exemptions;
        this.commands = commands;
        this.sheet = sheet;
        this.files = files;
        this.trial = trial;
        this.clock = clock;
    }

    @Schema(name = "ExemptedHost")
    record OfHost(HostId id, String name) {}

    /**
     * An exemption.
     *
     * @param until the last day; it ends by itself
     * @param inForce today
     */
    @Schema(name = "Exemption")
    record ExemptionView(
            UUID id,
            OfHost host,
            UnitId unit,
            Exemption.Kind kind,
            String reason,
            LocalDate from,
            LocalDate until,
            ReportController.PersonView applicant,
            Instant appliedAt,
            Exemption.State state,
            boolean inForce,
            Optional<ReportController.PersonView> decidedBy,
            Optional<Instant> decidedAt,
            Optional<String> decisionReason,
            Optional<EndView> ended) {}

    /**
     * That it was ended early.
     *
     * @param on the last day that it still holds
     */
    @Schema(name = "ExemptionEnd")
    record EndView(LocalDate on, ReportController.PersonView by, Instant at, String reason) {}

    /** What is applied for; 366 days at the most. */
    @Schema(name = "ExemptionBody")
    record Body(
            Optional<HostId> host,
            Optional<Exemption.Kind> kind,
            Optional<String> reason,
            Optional<LocalDate> from,
            Optional<LocalDate> until) {

        Exemptions.Wish wish(UUID id) {
            var faults = new ArrayList<Fault>();
            require(host, "/host", faults);
            require(kind, "/kind", faults);
            require(reason.map(String::strip).filter(text -> !text.isEmpty()), "/reason", faults);
            require(from, "/from", faults);
            require(until, "/until", faults);
            if (reason.filter(text -> text.strip().length() > Exemption.LONGEST_REASON)
                    .isPresent()) {
                faults.add(Fault.at("/reason", "TOO_LONG", Exemption.LONGEST_REASON));
            }
            if (from.isPresent() && until.isPresent()) {
                long days = ChronoUnit.DAYS.between(from.get(), until.get());
                if (days < 0 || days > Exemption.LONGEST_DAYS) {
                    faults.add(Fault.at("/until", "OUT_OF_RANGE", 0, Exemption.LONGEST_DAYS));
                }
            }
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return new Exemptions.Wish(
                    id,
                    new MeteredHostId(host.orElseThrow().value()),
                    kind.orElseThrow(),
                    reason.orElseThrow().strip(),
                    from.orElseThrow(),
                    until.orElseThrow());
        }

        private static void require(Optional<?> member, String pointer, List<Fault> faults) {
            if (member.isEmpty()) {
                faults.add(Fault.at(pointer, "REQUIRED"));
            }
        }
    }

    /**
     * Sorted by {@code appliedAt} (own order, the latest first), {@code host}, {@code kind}, {@code
     * from}, {@code until} (when it really ends), {@code applicant}, {@code state}; a unit's people
     * see those of their own hosts. {@code q} finds a part of a host's name.
     *
     * @param inForce only those that hold today
     */
    @GetMapping
    @Requires(Permission.EXEMPTION_READ)
    Page<ExemptionView> list(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<Exemption.State> state,
            @RequestParam(defaultValue = "false") boolean inForce) {
        var filter = filter(actor, query, state, inForce);
        var found = exemptions.page(filter, order(query), query.offset(), query.limit() + 1);
        return Page.ofOffset(found, query, exemptions.count(filter)).map(this::view);
    }

    /** The same as one flat table, in the caller's language. */
    @GetMapping("/export")
    @Requires(Permission.EXEMPTION_READ)
    ResponseEntity<byte[]> export(
            Actor actor,
            PageQuery query,
            @RequestParam Optional<Exemption.State> state,
            @RequestParam(defaultValue = "false") boolean inForce,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        var filter = filter(actor, query, state, inForce);
        var order = order(query);
        return files.answer(
                "exemption", format, locale, words -> sheet.of(filter, order, today(), words));
    }

    private static Exemptions.Order order(PageQuery query) {
        var sort = query.sortOr(Sort.of("-appliedAt"), SORTS.keySet());
        return new Exemptions.Order(
                Objects.requireNonNull(SORTS.get(sort.field())), sort.descending());
    }

    private Exemptions.Filter filter(
            Actor actor, PageQuery query, Optional<Exemption.State> state, boolean inForce) {
        return new Exemptions.Filter(
                actor.confinedTo().map(one -> new PartyId(one.value())),
                state,
                inForce ? Optional.of(today()) : Optional.empty(),
                query.q());
    }

    /** Applies for a host; the same id applies once. */
    @PutMapping("/{id}")
    @Requires(Permission.EXEMPTION_APPLY)
    @AuditAction(value = "exemption.apply", target = "exemption")
    ExemptionView apply(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Body body) {
        var wish = body.wish(id);
        return view(trial.run(validateOnly, () -> commands.apply(actor, wish)));
    }

    /** Allows it; by somebody other than the applicant. */
    @PostMapping("/{id}/approval")
    @Requires(Permission.EXEMPTION_APPROVE)
    @AuditAction(value = "exemption.approve", target = "exemption")
    ExemptionView approve(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return view(trial.run(validateOnly, () -> commands.decide(actor, id, true, "")));
    }

    /** Refuses it, with a reason. */
    @PostMapping("/{id}/rejection")
    @Requires(Permission.EXEMPTION_APPROVE)
    @AuditAction(value = "exemption.reject", target = "exemption")
    ExemptionView reject(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        String reason = reason(note);
        return view(trial.run(validateOnly, () -> commands.decide(actor, id, false, reason)));
    }

    /** Ends it before its last day: today is the last that it holds. */
    @PostMapping("/{id}/end")
    @Requires(Permission.EXEMPTION_APPROVE)
    @AuditAction(value = "exemption.end", target = "exemption")
    ExemptionView end(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        String reason = reason(note);
        return view(trial.run(validateOnly, () -> commands.end(actor, id, reason)));
    }

    private static String reason(Note note) {
        String reason = note.required();
        if (reason.length() > Exemption.LONGEST_REASON) {
            throw ApplicationBody.tooLong("/reason", Exemption.LONGEST_REASON);
        }
        return reason;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Period.ZONE);
    }

    private ExemptionView view(Exemption exemption) {
        return new ExemptionView(
                exemption.id(),
                new OfHost(new HostId(exemption.host().value()), exemption.hostName()),
                new UnitId(exemption.unit().value()),
                exemption.kind(),
                exemption.reason(),
                exemption.from(),
                exemption.until(),
                ReportController.PersonView.of(exemption.applicant()),
                exemption.appliedAt(),
                exemption.state(),
                exemption.holdsOn(today()),
                exemption.decision().map(one -> ReportController.PersonView.of(one.by())),
                exemption.decision().map(Exemption.Decision::at),
                exemption.decision().map(Exemption.Decision::reason).filter(one -> !one.isEmpty()),
                exemption
                        .end()
                        .map(end ->
                                new EndView(
                                        end.on(),
                                        ReportController.PersonView.of(end.by()),
                                        end.at(),
                                        end.reason())));
    }
}
