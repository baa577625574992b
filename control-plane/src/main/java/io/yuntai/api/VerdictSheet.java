package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is said of hosts as one flat table: a line a host, with the evidence and what would do. */
@Component
class VerdictSheet {

    /** More hosts than a province has; one request reads no more. */
    private static final int MOST = 100_000;

    /** Looked up at once; of the others only their lines are kept. */
    private static final int AT_ONCE = 2000;

    private static final List<String> COLUMNS =
            List.of(
                    "host",
                    "unit",
                    "system",
                    "pool",
                    "vcpu",
                    "memory",
                    "verdicts",
                    "day",
                    "policy",
                    "days",
                    "coverage",
                    "cpuMean",
                    "cpuP95",
                    "cpuPeak",
                    "memoryMean",
                    "memoryP95",
                    "memoryPeak",
                    "disk",
                    "action",
                    "rightVcpu",
                    "rightMemory",
                    "rightSize",
                    "saving",
                    "freedDisk",
                    "diskSaving");

    private final Verdicts verdicts;
    private final VerdictViews views;

    VerdictSheet(Verdicts verdicts, VerdictViews views) {
        this.verdicts = verdicts;
        this.views = views;
    }

    /**
     * The table.
     *
     * @param asked empty: nothing is in it
     * @throws Refused INVALID {@code TOO_MANY}: more hosts than one file takes
     */
    PlainSheet of(Actor actor, Optional<VerdictController.Asked> asked, SheetWords words) {
        var rows = new ArrayList<List<Cell>>();
        asked.ifPresent(which -> read(actor, which, words, rows));
        return words.sheet(COLUMNS, rows);
    }

    private void read(
            Actor actor, VerdictController.Asked asked, SheetWords words, List<List<Cell>> rows) {
        SheetFiles.requireAtMost(verdicts.count(asked.day(), asked.filter()), MOST, "/unit");
        List<HostVerdict> some;
        do {
            some = verdicts.page(asked.day(), asked.filter(), asked.order(), rows.size(), AT_ONCE);
            views.of(actor, some).forEach(one -> rows.add(row(one, words)));
        } while (some.size() == AT_ONCE);
    }

    private static List<Cell> row(VerdictView one, SheetWords words) {
        var right = one.rightSize();
        return List.of(
                Cell.of(one.name()),
                Cell.of(one.unitName(), Cell::of),
                Cell.of(one.systemName(), Cell::of),
                Cell.of(words.pool(one.pool())),
                Cell.of(one.vcpu()),
                Cell.gib(one.memoryBytes()),
                words.verdicts(one.verdicts()),
                Cell.of(one.day().toString()),
                Cell.of(one.policy()),
                Cell.of(one.days()),
                Cell.of(one.coverage()),
                Cell.figure(one.cpu(), VerdictView.MeasureView::mean),
                Cell.figure(one.cpu(), VerdictView.MeasureView::p95),
                Cell.figure(one.cpu(), VerdictView.MeasureView::peak),
                Cell.figure(one.memory(), VerdictView.MeasureView::mean),
                Cell.figure(one.memory(), VerdictView.MeasureView::p95),
                Cell.figure(one.memory(), VerdictView.MeasureView::peak),
                Cell.of(one.disk(), Cell::of),
                Cell.of(right, size -> words.action(size.action())),
                Cell.of(right, size -> Cell.of(size.vcpu())),
                Cell.of(right, size -> Cell.gib(size.memoryBytes())),
                Cell.of(
                        right.flatMap(VerdictView.RightSizeView::size),
                        size -> Cell.of(size.code())),
                Cell.of(
                        right.flatMap(VerdictView.RightSizeView::savedYuanPerMonth),
                        yuan -> Cell.of(new BigDecimal(yuan))),
                Cell.of(right, size -> Cell.gib(size.diskBytes())),
                Cell.of(
                        right.flatMap(VerdictView.RightSizeView::savedDiskYuanPerMonth),
                        yuan -> Cell.of(new BigDecimal(yuan))));
    }
}
