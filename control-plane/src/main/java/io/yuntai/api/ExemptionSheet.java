package io.yuntai.api;

import static java.util.stream.Collectors.toMap;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.billing.exemption.Exemption;
import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.onboarding.unit.Units;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Exemptions as one flat table: a line each, with who applied, decided and ended it. */
@Component
class ExemptionSheet {

    /** One request reads no more. */
    private static final int MOST = 100_000;

    private static final List<String> COLUMNS =
            List.of(
                    "host",
                    "unit",
                    "kind",
                    "reason",
                    "from",
                    "until",
                    "state",
                    "inForce",
                    "applicant",
                    "appliedAt",
                    "decidedBy",
                    "decidedAt",
                    "decisionReason",
                    "endedOn",
                    "endedBy",
                    "endReason");

    private final Exemptions exemptions;
    private final Units units;

    ExemptionSheet(Exemptions exemptions, Units units) {
        this.exemptions = exemptions;
        this.units = units;
    }

    /**
     * The table.
     *
     * @param filter whose the caller may see
     * @param order of its lines
     * @throws Refused INVALID {@code TOO_MANY}: more than one file takes
     */
    PlainSheet of(
            Exemptions.Filter filter, Exemptions.Order order, LocalDate today, SheetWords words) {
        var found = exemptions.page(filter, order, 0, MOST + 1);
        SheetFiles.requireAtMost(found.size(), MOST, "/state");
        var names = units.all().stream().collect(toMap(Unit::id, Unit::name));
        return words.sheet(
                COLUMNS, found.stream().map(one -> row(one, today, names, words)).toList());
    }

    private static List<Cell> row(
            Exemption one, LocalDate today, Map<UnitId, String> names, SheetWords words) {
        var decision = one.decision();
        var end = one.end();
        return List.of(
                Cell.of(one.hostName()),
                Cell.of(names.getOrDefault(new UnitId(one.unit().value()), "")),
                words.word("kind", one.kind()),
                Cell.of(one.reason()),
                Cell.of(one.from().toString()),
                Cell.of(one.until().toString()),
                words.word("state", one.state()),
                words.yesOrNo(one.holdsOn(today)),
                Cell.of(one.applicant().name()),
                SheetWords.time(one.appliedAt()),
                Cell.of(decision, said -> Cell.of(said.by().name())),
                Cell.of(decision, said -> SheetWords.time(said.at())),
                Cell.of(decision, said -> Cell.of(said.reason())),
                Cell.of(end, early -> Cell.of(early.on().toString())),
                Cell.of(end, early -> Cell.of(early.by().name())),
                Cell.of(end, early -> Cell.of(early.reason())));
    }
}
