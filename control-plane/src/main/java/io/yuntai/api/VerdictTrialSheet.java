package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.billing.verdict.Evidence;
import io.yuntai.billing.verdict.VerdictTrial;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.region.PoolId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What would be said of hosts by another policy as one flat table: a line a host. */
@Component
class VerdictTrialSheet {

    private static final List<String> COLUMNS =
            List.of(
                    "host",
                    "unit",
                    "system",
                    "pool",
                    "vcpu",
                    "memory",
                    "then",
                    "now",
                    "changes",
                    "coverage",
                    "cpuMean",
                    "cpuP95",
                    "cpuPeak",
                    "memoryMean",
                    "memoryP95",
                    "memoryPeak",
                    "disk");

    private final Reclaims reclaims;

    VerdictTrialSheet(Reclaims reclaims) {
        this.reclaims = reclaims;
    }

    PlainSheet of(Actor actor, VerdictTrial trial, SheetWords words) {
        var standing =
                reclaims.standing(
                        actor, trial.hosts().stream().map(VerdictTrialSheet::id).toList());
        return words.sheet(
                COLUMNS,
                trial.hosts().stream()
                        .map(host -> row(host, Optional.ofNullable(standing.get(id(host))), words))
                        .toList());
    }

    private static HostId id(VerdictTrial.Host host) {
        return new HostId(host.now().host().value());
    }

    private static List<Cell> row(
            VerdictTrial.Host host, Optional<Reclaims.Standing> standing, SheetWords words) {
        var now = host.now();
        var evidence = now.evidence();
        return List.of(
                Cell.of(now.hostName()),
                Cell.of(standing, one -> Cell.of(one.unitName())),
                Cell.of(standing, one -> Cell.of(one.systemName())),
                Cell.of(words.pool(PoolId.of(now.pool()))),
                Cell.of(now.vcpu()),
                Cell.gib(now.memoryBytes()),
                words.verdicts(host.then()),
                words.verdicts(now.verdicts()),
                words.yesOrNo(host.changes()),
                Cell.of(evidence.coverage()),
                Cell.figure(evidence.cpu(), Evidence.Measure::mean),
                Cell.figure(evidence.cpu(), Evidence.Measure::p95),
                Cell.figure(evidence.cpu(), Evidence.Measure::peak),
                Cell.figure(evidence.memory(), Evidence.Measure::mean),
                Cell.figure(evidence.memory(), Evidence.Measure::p95),
                Cell.figure(evidence.memory(), Evidence.Measure::peak),
                Cell.of(evidence.disk(), Cell::of));
    }
}
