package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.billing.ranking.PolicyTrial;
import io.yuntai.billing.ranking.RankingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What would come out for units by another policy as one flat table: a line a unit. */
final class PolicyTrialSheet {

    private static final List<String> COLUMNS =
            List.of(
                    "code",
                    "unit",
                    "rankThen",
                    "scoreThen",
                    "gradeThen",
                    "reasonsThen",
                    "rank",
                    "score",
                    "grade",
                    "reasons",
                    "changes");

    private PolicyTrialSheet() {}

    static PlainSheet of(PolicyTrial trial, SheetWords words) {
        return words.sheet(
                COLUMNS, trial.rows().stream().map(row -> row(trial, row, words)).toList());
    }

    private static List<Cell> row(PolicyTrial trial, PolicyTrial.Row row, SheetWords words) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.of(row.code()));
        cells.add(Cell.of(row.name()));
        cells.addAll(outcome(row.then(), trial.policyThen(), words));
        cells.addAll(outcome(row.now(), trial.policy(), words));
        cells.add(words.yesOrNo(row.changes()));
        return cells;
    }

    /** Each by the numbers of its own policy. */
    private static List<Cell> outcome(
            PolicyTrial.Outcome outcome, RankingPolicy policy, SheetWords words) {
        return List.of(
                Cell.of(outcome.rank(), Cell::of),
                Cell.of(outcome.score(), Cell::of),
                Cell.of(outcome.grade(), grade -> Cell.of(grade.name())),
                Cell.of(
                        outcome.reasons().stream()
                                .map(reason ->
                                        words.text(
                                                "ranking.reason." + reason,
                                                policy.evidence().limit(reason)))
                                .collect(
                                        Collectors.joining(
                                                words.text("ranking.reason.separator")))));
    }
}
