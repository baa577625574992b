package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.Reason;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.ReclaimItem;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An order to reclaim or shrink, as it is shown.
 *
 * @param extendedUntil the last day of the delay that an appeal has brought
 * @param commands what this caller may say of it now
 * @param items none in lists, as {@code leftOut} and {@code steps}
 */
@Schema(name = "Reclaim")
record ReclaimView(
        ReclaimId id,
        int version,
        String number,
        ReclaimWorkflow.State state,
        OfUnit unit,
        String basis,
        By proposedBy,
        Instant proposedAt,
        Instant enteredAt,
        Optional<Instant> noticedAt,
        Optional<LocalDate> extendedUntil,
        Sums sums,
        List<ReclaimWorkflow.Command> commands,
        List<ItemView> items,
        List<LeftOutView> leftOut,
        List<StepView> steps) {

    @Schema(name = "ReclaimUnit")
    record OfUnit(UnitId id, String name) {}

    @Schema(name = "ReclaimPerson")
    record By(PersonId id, String name) {

        static By of(Reclaim.Participant person) {
            return new By(person.id(), person.name());
        }
    }

    /** Processors and memory. */
    @Schema(name = "ReclaimSize")
    record SizeView(int vcpu, long memoryBytes) {

        static SizeView of(Reclaim.Size size) {
            return new SizeView(size.vcpu(), size.memoryBytes());
        }
    }

    /**
     * What it comes to.
     *
     * @param planned what it would free
     * @param actual what was freed
     */
    @Schema(name = "ReclaimSums")
    record Sums(int hosts, int done, int failed, int skipped, SizeView planned, SizeView actual) {

        static Sums of(Reclaim.Sums sums) {
            return new Sums(
                    sums.hosts(),
                    sums.done(),
                    sums.failed(),
                    sums.skipped(),
                    SizeView.of(sums.planned()),
                    SizeView.of(sums.actual()));
        }
    }

    /** Percentages of the capacity. */
    @Schema(name = "ReclaimMeasure")
    record MeasureView(BigDecimal mean, BigDecimal p95, BigDecimal peak) {

        static MeasureView of(Judgement.Measure measure) {
            return new MeasureView(measure.mean(), measure.p95(), measure.peak());
        }
    }

    /**
     * What was said of a host when it was proposed, and on what evidence.
     *
     * @param day the last of {@code days}
     * @param coverage percent of its hours of which enough was measured
     */
    @Schema(name = "ReclaimEvidence")
    record EvidenceView(
            LocalDate day,
            int days,
            List<Judgement.Verdict> verdicts,
            String policy,
            int hours,
            int validHours,
            BigDecimal coverage,
            Optional<MeasureView> cpu,
            Optional<MeasureView> memory,
            Optional<BigDecimal> disk,
            boolean stopped) {

        static EvidenceView of(Judgement said) {
            return new EvidenceView(
                    said.day(),
                    said.days(),
                    said.verdicts(),
                    said.policy(),
                    said.hours(),
                    said.validHours(),
                    said.coverage(),
                    said.cpu().map(MeasureView::of),
                    said.memory().map(MeasureView::of),
                    said.disk(),
                    said.stopped());
        }
    }

    /**
     * One host of it.
     *
     * @param planned what shall be left; nothing of what is given back
     * @param actual what it is charged for since it was done
     * @param reason why it has failed or was left as it is
     */
    @Schema(name = "ReclaimItem")
    record ItemView(
            int position,
            HostId host,
            String name,
            SystemId system,
            String systemName,
            ReclaimItem.Action action,
            EvidenceView evidence,
            SizeView before,
            SizeView planned,
            Optional<CatalogueRef> size,
            Optional<ReclaimItem.Says> answer,
            Optional<String> answerNote,
            ReclaimItem.Outcome outcome,
            Optional<String> reason,
            int attempts,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<SizeView> actual) {

        static ItemView of(ReclaimItem item) {
            var progress = item.progress();
            return new ItemView(
                    item.position(),
                    item.judgement().host(),
                    item.hostName(),
                    item.system(),
                    item.systemName(),
                    item.action(),
                    EvidenceView.of(item.judgement()),
                    SizeView.of(item.before()),
                    SizeView.of(item.planned()),
                    item.size(),
                    item.answer().says(),
                    Texts.filled(item.answer().note()),
                    progress.outcome(),
                    progress.reason(),
                    progress.attempts(),
                    progress.startedAt(),
                    progress.endedAt(),
                    progress.actual().map(SizeView::of));
        }
    }

    /** A host that was asked for and is not in it. */
    @Schema(name = "ReclaimLeftOut")
    record LeftOutView(HostId host, String name, Reason reason) {}

    /** One step that was taken; by nobody: by the control plane itself. */
    @Schema(name = "ReclaimStep")
    record StepView(
            Instant at,
            Optional<By> by,
            ReclaimWorkflow.Command command,
            Optional<ReclaimWorkflow.State> from,
            ReclaimWorkflow.State to,
            Optional<String> note) {

        static StepView of(Reclaim.Step step) {
            return new StepView(
                    step.at(),
                    step.by().map(By::of),
                    step.command(),
                    step.from(),
                    step.to(),
                    Texts.filled(step.note()));
        }
    }

    /**
     * As a caller sees it.
     *
     * @param commands what he may say of it
     */
    static ReclaimView of(
            Reclaim reclaim,
            List<ReclaimWorkflow.Command> commands,
            List<ReclaimItem> items,
            List<Reclaim.LeftOut> leftOut,
            List<Reclaim.Step> steps) {
        return new ReclaimView(
                reclaim.id(),
                reclaim.version(),
                reclaim.number(),
                reclaim.state(),
                new OfUnit(reclaim.unit(), reclaim.unitName()),
                reclaim.basis(),
                By.of(reclaim.proposedBy()),
                reclaim.proposedAt(),
                reclaim.enteredAt(),
                reclaim.noticedAt(),
                reclaim.extendedUntil(),
                Sums.of(reclaim.sums()),
                commands,
                items.stream().map(ItemView::of).toList(),
                leftOut.stream()
                        .map(one -> new LeftOutView(one.host(), one.name(), one.reason()))
                        .toList(),
                steps.stream().map(StepView::of).toList());
    }
}
