package io.yuntai.metering;

import io.yuntai.billing.report.ReportCommand;
import java.io.PrintStream;
import java.util.Optional;
import javax.sql.DataSource;

/** What {@code ./yuntai report verify} does, on a connection of the test's. */
public final class ReportChecks {

    private ReportChecks() {}

    /** Returns what the process would end with. */
    public static int check(byte[] report, DataSource database, PrintStream out) {
        return new ReportCommand(out, BooksOfQuota::over)
                .verify(report, Optional.empty(), Optional.of(database));
    }
}
