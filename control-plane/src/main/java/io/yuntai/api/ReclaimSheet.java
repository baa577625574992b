package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimFilter;
import io.yuntai.onboarding.reclaim.ReclaimItem;
import io.yuntai.onboarding.reclaim.Reclaims;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Orders to reclaim as one flat table: a line a host, planned beside actual. */
@Component
class ReclaimSheet {

    /** One request reads no more. */
    private static final int MOST_ORDERS = 1000;

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
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
    private final MessageSource messages;
    private final Clock clock;

    ReclaimSheet(Reclaims reclaims, MessageSource messages, Clock clock) {
        this.reclaims = reclaims;
        this.messages = messages;
        this.clock = clock;
    }

    String fileName(String format, Locale locale) {
        String today = LocalDate.ofInstant(clock.instant(), ZONE).toString();
        return messages.getMessage("reclaim.fileName", new Object[] {today, format}, locale);
    }

    /**
     * The table.
     *
     * @throws Refused INVALID {@code TOO_MANY}: more orders than one file takes
     */
    PlainSheet of(Actor actor, ReclaimFilter filter, Locale locale) {
        var rows = new ArrayList<List<Cell>>();
        var cursor = Optional.<Cursor>empty();
        do {
            var page =
                    reclaims.list(
                            actor,
                            new PageQuery(PageQuery.MAX_LIMIT, cursor, Optional.empty(), ""),
                            filter);
            if (page.total() > MOST_ORDERS) {
                throw Refused.invalid(
                        "INVALID", List.of(Fault.at("/state", "TOO_MANY", MOST_ORDERS)));
            }
            for (var reclaim : page.items()) {
                reclaims.get(actor, reclaim.id())
                        .items()
                        .forEach(item -> rows.add(row(reclaim, item, locale)));
            }
            cursor = page.next().map(Cursor::of);
        } while (cursor.isPresent());
        return new PlainSheet(
                messages.getMessage("reclaim.sheet", null, locale),
                COLUMNS.stream()
                        .map(column ->
                                messages.getMessage("reclaim.column." + column, null, locale))
                        .toList(),
                rows);
    }

    private List<Cell> row(Reclaim reclaim, ReclaimItem item, Locale locale) {
        var said = item.judgement();
        var actual = item.progress().actual();
        return Stream.<Cell>of(
                        text(reclaim.number()),
                        word("state", reclaim.state(), locale),
                        text(reclaim.unitName()),
                        text(item.systemName()),
                        text(item.hostName()),
                        word("action", item.action(), locale),
                        text(
                                said.verdicts().stream()
                                        .map(one ->
                                                messages.getMessage(
                                                        "reclaim.verdict." + one, null, locale))
                                        .collect(Collectors.joining(" "))),
                        text(said.day().toString()),
                        text(said.policy()),
                        new Cell.Figure(said.coverage()),
                        figure(said.cpu(), Judgement.Measure::mean),
                        figure(said.cpu(), Judgement.Measure::p95),
                        figure(said.cpu(), Judgement.Measure::peak),
                        figure(said.memory(), Judgement.Measure::mean),
                        figure(said.memory(), Judgement.Measure::p95),
                        figure(said.memory(), Judgement.Measure::peak),
                        said.disk().<Cell>map(Cell.Figure::new).orElseGet(() -> text("")),
                        vcpu(item.before()),
                        memory(item.before()),
                        vcpu(item.planned()),
                        memory(item.planned()),
                        actual.map(ReclaimSheet::vcpu).orElseGet(() -> text("")),
                        actual.map(ReclaimSheet::memory).orElseGet(() -> text("")),
                        item.answer()
                                .says()
                                .map(one -> word("answer", one, locale))
                                .orElseGet(() -> text("")),
                        word("outcome", item.progress().outcome(), locale),
                        text(item.progress().reason().orElse("")))
                .toList();
    }

    private Cell word(String kind, Enum<?> value, Locale locale) {
        return text(messages.getMessage("reclaim." + kind + "." + value, null, locale));
    }

    private static Cell text(String text) {
        return new Cell.Text(text);
    }

    private static Cell figure(
            Optional<Judgement.Measure> measure, Function<Judgement.Measure, BigDecimal> figure) {
        return measure.<Cell>map(one -> new Cell.Figure(figure.apply(one)))
                .orElseGet(() -> text(""));
    }

    private static Cell vcpu(Reclaim.Size size) {
        return new Cell.Figure(BigDecimal.valueOf(size.vcpu()));
    }

    private static Cell memory(Reclaim.Size size) {
        return new Cell.Figure(BigDecimal.valueOf(size.memoryBytes()).divide(GIB));
    }
}
