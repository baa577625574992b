package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.application.DeliveryCycle;
import java.util.List;

/** How long deliveries took as one flat table: a line an application. */
final class DeliveryCycleSheet {

    private static final List<String> COLUMNS =
            List.of(
                    "number",
                    "purpose",
                    "unit",
                    "state",
                    "submittedAt",
                    "deliveredAt",
                    "days",
                    "overdue",
                    "stay",
                    "stayDays");

    private DeliveryCycleSheet() {}

    static PlainSheet of(List<DeliveryCycle> cycles, SheetWords words) {
        return words.sheet(COLUMNS, cycles.stream().map(cycle -> row(cycle, words)).toList());
    }

    private static List<Cell> row(DeliveryCycle cycle, SheetWords words) {
        return List.of(
                Cell.of(cycle.application().number()),
                Cell.of(cycle.purpose()),
                Cell.of(cycle.unitName()),
                words.word("state", cycle.state()),
                SheetWords.time(cycle.submittedAt()),
                Cell.of(cycle.deliveredAt(), SheetWords::time),
                Cell.of(cycle.days()),
                words.yesOrNo(cycle.overdue()),
                Cell.of(cycle.longest(), stay -> words.word("state", stay.state())),
                Cell.of(cycle.longest(), stay -> Cell.of(stay.days())));
    }
}
