package io.yuntai.billing.report;

import io.yuntai.billing.Person;
import io.yuntai.billing.ranking.Rankings;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a report once more out of the database: the input's digest, hosts, percentiles and figures.
 * Of a version that was restated since, the hours of then are digested, and no figures are made.
 */
final class Rederivation {

    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    private Rederivation(JdbcClient sql, TransactionTemplate transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    static Rederivation against(DataSource source) {
        return new Rederivation(
                JdbcClient.create(source),
                new TransactionTemplate(new JdbcTransactionManager(source)));
    }

    /** The first difference, if there is one. The file itself has been found sound before. */
    Optional<Verification.Broken> check(byte[] file) {
        return Objects.requireNonNull(
                transaction.execute(status -> {
                    status.setRollbackOnly();
                    return difference(file);
                }));
    }

    private Optional<Verification.Broken> difference(byte[] file) {
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
        boolean isLast = lastVersion(month) == version;
        var figures =
                isLast
                        ? Rankings.derive(
                                sql,
                                month,
                                ReportReader.policy(ReportReader.one(stated, "policy")),
                                frozen)
                        : ReportReader.figures(stated);
        var derived =
                ReportLines.of(
                        new ReportContent(
                                figures,
                                version,
                                frozen,
                                input,
                                stated.stream()
                                        .filter(line -> line.kind().equals("restatement"))
                                        .findFirst()
                                        .map(Rederivation::correction),
                                ReportReader.annex(stated)));
        return firstDifference(stated, derived);
    }

    /**
     * The digest over all input differs whenever the hours of a host do: then the host is named,
     * and the digest only if nothing else differs.
     */
    private static Optional<Verification.Broken> firstDifference(
            List<Line> stated, List<Line> derived) {
        Optional<Verification.Broken> ofInput = Optional.empty();
        for (int i = 0; i < Math.max(stated.size(), derived.size()); i++) {
            if (i >= stated.size()) {
                return Optional.of(new Verification.Broken(i + 1, "is missing: " + derived.get(i)));
            }
            var line = stated.get(i);
            if (i >= derived.size()) {
                return Optional.of(new Verification.Broken(i + 1, "does not follow: " + line));
            }
            if (!line.text().equals(derived.get(i).text())) {
                var found = Verification.difference(i + 1, line, derived.get(i));
                if (!line.kind().equals("input")) {
                    return Optional.of(found);
                }
                ofInput = Optional.of(found);
            }
        }
        return ofInput;
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
}
