package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimFilter;
import io.yuntai.onboarding.reclaim.ReclaimItem;
import io.yuntai.onboarding.reclaim.Reclaims;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Orders to reclaim as one flat table: a line a host, planned beside actual. */
@Component
class ReclaimSheet {

    /** One request reads no more. */
    private static final int MOST_ORDERS = 1000;

    private static final List<String> COLUMNS =
            List.of(
                    "number",
                    "state",
                    "unit",
                    "system",
                    "host",
                    "action",
                    "verdicts",
                    "day",
                    "policy",
                    "coverage",
                    "cpuMean",
                    "cpuP95",
                    "cpuPeak",
                    "memoryMean",
                    "memoryP95",
                    "memoryPeak",
                    "diskMean",
                    "vcpu",
                    "memory",
                    "plannedVcpu",
                    "plannedMemory",
                    "actualVcpu",
                    "actualMemory",
                    "answer",
                    "outcome",
                    "reason");

    private final Reclaims reclaims;

    ReclaimSheet(Reclaims reclaims) {
        this.reclaims = reclaims;
    }

    /**
     * The table.
     *
     * @throws Refused INVALID {@code TOO_MANY}: more orders than one file takes
     */
    PlainSheet of(Actor actor, PageQuery query, ReclaimFilter filter, SheetWords words) {
        var orders =
                SheetFiles.all(
                        query, MOST_ORDERS, "/state", page -> reclaims.list(actor, page, filter));
        var rows = new ArrayList<List<Cell>>();
        for (var reclaim : orders) {
            reclaims.get(actor, reclaim.id())
                    .items()
                    .forEach(item -> rows.add(row(reclaim, item, words)));
        }
        return words.sheet(COLUMNS, rows);
    }

    private static List<Cell> row(Reclaim reclaim, ReclaimItem item, SheetWords words) {
        var said = item.judgement();
        var actual = item.progress().actual();
        return List.of(
                Cell.of(reclaim.number()),
                words.word("state", reclaim.state()),
                Cell.of(reclaim.unitName()),
                Cell.of(item.systemName()),
                Cell.of(item.hostName()),
                words.action(item.action()),
                words.verdicts(said.verdicts()),
                Cell.of(said.day().toString()),
                Cell.of(said.policy()),
                Cell.of(said.coverage()),
                Cell.figure(said.cpu(), Judgement.Measure::mean),
                Cell.figure(said.cpu(), Judgement.Measure::p95),
                Cell.figure(said.cpu(), Judgement.Measure::peak),
                Cell.figure(said.memory(), Judgement.Measure::mean),
                Cell.figure(said.memory(), Judgement.Measure::p95),
                Cell.figure(said.memory(), Judgement.Measure::peak),
                Cell.of(said.disk(), disk -> Cell.of(disk)),
                Cell.of(item.before().vcpu()),
                Cell.gib(item.before().memoryBytes()),
                Cell.of(item.planned().vcpu()),
                Cell.gib(item.planned().memoryBytes()),
                Cell.of(actual, size -> Cell.of(size.vcpu())),
                Cell.of(actual, size -> Cell.gib(size.memoryBytes())),
                Cell.of(item.answer().says(), one -> words.word("answer", one)),
                words.word("outcome", item.progress().outcome()),
                Cell.of(item.progress().reason(), Cell::of));
    }
}
