package io.yuntai.billing.report;

import io.yuntai.billing.Declined;
import io.yuntai.billing.metering.PartyId;
import java.time.YearMonth;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives a unit what was published of it, to be verified as a report is. A whole report names the
 * hosts of all units, and its signature is over all of it: an excerpt has one of its own.
 */
@Service
public class Excerpts {

    private final FrozenReports reports;
    private final SigningKeys keys;

    Excerpts(FrozenReports reports, SigningKeys keys) {
        this.reports = reports;
        this.keys = keys;
    }

    /**
     * What a version says of a unit, signed now by the key of now: its lines are the same each
     * time, its signature is not.
     *
     * @return empty: there is no such version, or it says nothing of this unit
     * @throws Declined {@code REPORT_KEY_MISSING}
     */
    @Transactional(readOnly = true)
    public Optional<byte[]> of(YearMonth month, int version, PartyId unit) {
        var lines =
                reports.report(month, version)
                        .flatMap(
                                report -> Excerpt.of(reports.lines(report), report.digest(), unit));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var key = keys.current().orElseThrow(() -> new Declined("REPORT_KEY_MISSING"));
        byte[] document = ReportFile.document(lines.get()).bytes();
        return Optional.of(ReportFile.signed(document, key.publicKey(), key.sign(document)));
    }
}
