package io.yuntai.metering;

import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.verdict.Evidence;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.billing.verdict.VerdictFilter;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.VerdictRecords;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What billing says of hosts, for orders to reclaim them. */
@Component
public class VerdictsOfBilling implements VerdictRecords {

    /** More hosts than a unit has. */
    private static final int MOST = 100_000;

    private final Verdicts verdicts;
    private final Exemptions exemptions;

    VerdictsOfBilling(Verdicts verdicts, Exemptions exemptions) {
        this.verdicts = verdicts;
        this.exemptions = exemptions;
    }

    @Override
    public List<Judgement> of(Collection<HostId> hosts, Instant now) {
        return verdicts.lastDay()
                .map(day ->
                        judgements(
                                verdicts.of(
                                        day,
                                        hosts.stream()
                                                .map(host -> new MeteredHostId(host.value()))
                                                .toList()),
                                now))
                .orElse(List.of());
    }

    @Override
    public List<Judgement> wasteful(UnitId unit, Instant now) {
        var filter = new VerdictFilter(Optional.of(new PartyId(unit.value())), Optional.empty());
        return verdicts.lastDay()
                .map(day ->
                        judgements(verdicts.of(day, filter, MOST), now).stream()
                                .filter(one -> one.isWasteful() || one.isExempt())
                                .toList())
                .orElse(List.of());
    }

    private List<Judgement> judgements(List<HostVerdict> said, Instant now) {
        var exempt = exemptions.exemptOn(LocalDate.ofInstant(now, Period.ZONE));
        return judgements(said, exempt);
    }

    /** As onboarding knows what was said on one day. */
    public List<Judgement> judgements(List<HostVerdict> said) {
        return judgements(said, Set.of());
    }

    private List<Judgement> judgements(List<HostVerdict> said, Set<MeteredHostId> exempt) {
        if (said.isEmpty()) {
            return List.of();
        }
        int days = verdicts.inForce(said.getFirst().day()).window().days();
        return said.stream().map(one -> judgement(one, days, exempt)).toList();
    }

    private static Judgement judgement(HostVerdict said, int days, Set<MeteredHostId> exempt) {
        var evidence = said.evidence();
        return new Judgement(
                new HostId(said.host().value()),
                said.day(),
                days,
                exempt.contains(said.host())
                        ? List.of(Judgement.Verdict.EXEMPT)
                        : said.verdicts().stream().map(VerdictsOfBilling::verdict).toList(),
                said.policy(),
                evidence.hours(),
                evidence.validHours(),
                evidence.coverage(),
                evidence.cpu().map(VerdictsOfBilling::measure),
                evidence.memory().map(VerdictsOfBilling::measure),
                evidence.disk(),
                evidence.stopped());
    }

    private static Judgement.Measure measure(Evidence.Measure measure) {
        return new Judgement.Measure(measure.mean(), measure.p95(), measure.peak());
    }

    private static Judgement.Verdict verdict(Verdict verdict) {
        return switch (verdict) {
            case INSUFFICIENT_DATA -> Judgement.Verdict.INSUFFICIENT_DATA;
            case IDLE_STOPPED -> Judgement.Verdict.IDLE_STOPPED;
            case IDLE -> Judgement.Verdict.IDLE;
            case SHRINK_CPU -> Judgement.Verdict.SHRINK_CPU;
            case SHRINK_MEMORY -> Judgement.Verdict.SHRINK_MEMORY;
            case GROW -> Judgement.Verdict.GROW;
            case FIT -> Judgement.Verdict.FIT;
            case EXEMPT -> Judgement.Verdict.EXEMPT;
        };
    }
}
