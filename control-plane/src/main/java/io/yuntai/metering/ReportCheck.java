package io.yuntai.metering;

import io.yuntai.billing.report.ReportCommand;
import java.util.List;

/** {@code ./yuntai report}: what was published, against itself and against a database. */
public final class ReportCheck {

    private ReportCheck() {}

    public static void main(String[] arguments) {
        System.exit(new ReportCommand(System.out, BooksOfQuota::over).run(List.of(arguments)));
    }
}
