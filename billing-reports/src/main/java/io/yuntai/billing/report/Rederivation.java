package io.yuntai.billing.report;

import io.yuntai.billing.Person;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.reconciliation.PoolBooks;
import io.yuntai.billing.reconciliation.Reconciliations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a report once more out of the database as it was at the freeze: the input's digest, hosts,
 * percentiles and figures, what it was reconciled with and compared with. Of a version that was
 * restated since, the hours of then are digested, and no figures of use are made.
 */
final class Rederivation {

    /** The rules that reports were made by that do not name theirs. */
    private static final List<Rules> UNNAMED =
            List.of(Rules.MEMORY_IN_ENOUGH_HOURS, Rules.MEMORY_IN_ALL_HOURS);

    private final JdbcClient sql;
    private final PoolBooks books;
    private final TransactionTemplate transaction;

    private Rederivation(JdbcClient sql, PoolBooks books, TransactionTemplate transaction) {
        this.sql = sql;
        this.books = books;
        this.transaction = transaction;
        // All that is read is of one moment, whatever the server does meanwhile.
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    static Rederivation against(DataSource source, Function<JdbcClient, PoolBooks> books) {
        var sql = JdbcClient.create(source);
        return new Rederivation(
                sql, books.apply(sql), new TransactionTemplate(new JdbcTransactionManager(source)));
    }

    /** Every difference, by line. The file itself has been found sound before. */
    List<Verification.Broken> check(byte[] file) {
        return Objects.requireNonNull(
                transaction.execute(status -> {
                    status.setRollbackOnly();
                    return differences(file);
                }));
    }

    private List<Verification.Broken> differences(byte[] file) {
        var texts = Verification.lines(file);
        var stated =
                texts.subList(0, texts.size() - 2).stream()
                        .map(Chain::unmarked)
                        .map(Line::parse)
                        .toList();
        var head = ReportReader.one(stated, "report");
        var month = YearMonth.parse(head.get("month"));
        int version = head.number("version");
        var frozen = Instant.parse(head.get("frozen"));
        var input = new InputDigest(sql).of(month, version, frozen);
        var published = published(month, frozen);
        var rules = ReportReader.rules(stated);
        var annex =
                ReportReader.annex(stated)
                        .map(_ ->
                                new Annex(
                                        Reconciliations.derive(
                                                sql,
                                                books,
                                                month,
                                                ReportReader.rulesOf(stated),
                                                frozen),
                                        published));
        var correction =
                stated.stream()
                        .filter(line -> line.kind().equals("restatement"))
                        .findFirst()
                        .map(Rederivation::correction);
        return figures(stated, month, version, frozen, rules)
                .map(figures ->
                        differences(
                                stated,
                                ReportLines.of(
                                        new ReportContent(
                                                figures,
                                                rules,
                                                version,
                                                frozen,
                                                input,
                                                // The register is not billing's: names are what
                                                // they were.
                                                ReportReader.cities(stated),
                                                correction,
                                                annex))))
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    /**
     * What the hours of now give by the rules that the report names. One that names none was made
     * by some that were in use before they were named: it is one of these.
     */
    private Stream<MonthFigures> figures(
            List<Line> stated,
            YearMonth month,
            int version,
            Instant frozen,
            Optional<Rules> rules) {
        if (lastVersion(month) != version) {
            return Stream.of(ReportReader.figures(stated));
        }
        var policy = ReportReader.policy(ReportReader.one(stated, "policy"));
        return rules.map(Stream::of)
                .orElseGet(UNNAMED::stream)
                .map(by -> Rankings.derive(sql, month, policy, by, frozen));
    }

    /**
     * Lines are compared by what they are about, so that one more or less does not make all others
     * differ. The digest over all input differs whenever the hours of a host do: it comes last.
     */
    private static List<Verification.Broken> differences(List<Line> stated, List<Line> derived) {
        Map<String, Line> left = new LinkedHashMap<>();
        derived.forEach(line -> left.put(line.place(), line));
        var found = new ArrayList<Verification.Broken>();
        var ofInput = new ArrayList<Verification.Broken>();
        for (int i = 0; i < stated.size(); i++) {
            var line = stated.get(i);
            var same = left.remove(line.place());
            if (same == null) {
                found.add(new Verification.Broken(i + 1, "does not follow: " + line));
            } else {
                (line.kind().equals("input") ? ofInput : found)
                        .addAll(Verification.differences(i + 1, line, same));
            }
        }
        left.values().forEach(line -> found.add(new Verification.Broken(0, "is missing: " + line)));
        found.addAll(ofInput);
        if (found.isEmpty() && !texts(stated).equals(texts(derived))) {
            found.add(new Verification.Broken(0, "the lines stand in another order"));
        }
        return List.copyOf(found);
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    private static ReportContent.Correction correction(Line line) {
        return new ReportContent.Correction(
                line.get("reason"),
                new Person(UUID.fromString(line.get("author")), line.get("authorName")),
                new Person(UUID.fromString(line.get("approver")), line.get("approverName")));
    }

    private int lastVersion(YearMonth month) {
        return sql.sql("select coalesce(max(version), 0) from report where month = :month")
                .param("month", month.atDay(1))
                .query(Integer.class)
                .single();
    }

    /** What had been published then of the months that a report is compared with. */
    private List<Annex.Version> published(YearMonth month, Instant at) {
        return sql.sql(
                        """
                        select month, max(version) as version from report
                        where month in (:last, :lastYear) and frozen_at <= :at
                        group by month order by month desc
                        """)
                .param("last", month.minusMonths(1).atDay(1))
                .param("lastYear", month.minusYears(1).atDay(1))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, _) ->
                        new Annex.Version(
                                YearMonth.from(row.getObject("month", LocalDate.class)),
                                row.getInt("version")))
                .list();
    }
}
