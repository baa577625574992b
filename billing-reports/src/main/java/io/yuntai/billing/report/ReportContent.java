package io.yuntai.billing.report;

import static java.util.Collections.unmodifiableSortedMap;

import io.yuntai.billing.Person;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.report.InputDigest.Input;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a version of a report says.
 *
 * @param rules by which the figures were made of the hours; empty in what was published before that
 *     was said
 * @param version 1 when the month was frozen, n + 1 for each restatement
 * @param frozenAt also the moment as of which exemptions count
 * @param cities what they are called, by code
 * @param correction empty exactly for version 1
 * @param annex empty in what was published before there was one
 */
record ReportContent(
        MonthFigures figures,
        Optional<Rules> rules,
        int version,
        Instant frozenAt,
        Input input,
        SortedMap<String, String> cities,
        Optional<Correction> correction,
        Optional<Annex> annex) {

    /** Why there is another version. */
    record Correction(String reason, Person author, Person approver) {

        Correction {
            if (author.id().equals(approver.id())) {
                throw new IllegalArgumentException("nobody approves what he has asked for");
            }
        }
    }

    ReportContent {
        cities = unmodifiableSortedMap(new TreeMap<>(cities));
        if ((version == 1) != correction.isEmpty()) {
            throw new IllegalArgumentException("each version but the first corrects something");
        }
    }
}
