package io.yuntai.jobs;

import java.time.Duration;
import java.util.List;
import org.quartz.CronExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When jobs run. Cron expressions are Quartz's and in the reports' zone.
 *
 * @param sweepEvery how often every system is looked at, and so what a lost wake-up costs
 * @param expiryEvery how often locks are looked for whose time has come
 * @param reclaimEvery how often orders to reclaim that are carried out are gone on with
 * @param metering when the closed hours are read
 * @param meteringSettle how long after its end an hour is closed, when late samples are in
 * @param meteringLookBack how far back an outage is caught up: what the sources keep, at the most
 * @param meteringAgain so much of what was read is read once more each day, for samples that came
 *     late; 0: none
 * @param ranking when months that have ended and have no ranking are ranked, and the last one once
 *     more until it is frozen; daily, for a month whose last hours are late waits for the next time
 * @param freeze when months are frozen whose day has come, the third working day of the next
 * @param verdicts when every host is judged by the days up to yesterday
 * @param deadlines when people are reminded of applications; at hours at which they work
 * @param terms when hosts are looked for whose term ends
 * @param audit when the whole ledger is added up again
 */
@ConfigurationProperties("yuntai.jobs")
record JobsProperties(
        @DefaultValue("30s") Duration sweepEvery,
        @DefaultValue("1m") Duration expiryEvery,
        @DefaultValue("1m") Duration reclaimEvery,
        @DefaultValue("0 12 * * * ?") String metering,
        @DefaultValue("10m") Duration meteringSettle,
        @DefaultValue("35d") Duration meteringLookBack,
        @DefaultValue("48h") Duration meteringAgain,
        @DefaultValue("0 30 3 * * ?") String ranking,
        @DefaultValue("0 0 20 * * ?") String freeze,
        @DefaultValue("0 45 3 * * ?") String verdicts,
        @DefaultValue("0 5 8-18 * * ?") String deadlines,
        @DefaultValue("0 40 * * * ?") String terms,
        @DefaultValue("0 15 2 * * ?") String audit) {

    JobsProperties {
        for (var every : List.of(sweepEvery, expiryEvery, reclaimEvery)) {
            if (every.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("once every " + every + " is no pause");
            }
        }
        if (meteringSettle.isNegative() || meteringLookBack.compareTo(meteringSettle) <= 0) {
            throw new IllegalArgumentException(
                    "no hour is both closed after %s and within %s"
                            .formatted(meteringSettle, meteringLookBack));
        }
        if (meteringAgain.isNegative() || meteringAgain.compareTo(meteringLookBack) > 0) {
            throw new IllegalArgumentException(
                    "what was read is not read again %s back, within %s"
                            .formatted(meteringAgain, meteringLookBack));
        }
        check(metering);
        check(ranking);
        check(freeze);
        check(verdicts);
        check(deadlines);
        check(terms);
        check(audit);
    }

    private static void check(String cron) {
        if (!CronExpression.isValidExpression(cron)) {
            throw new IllegalArgumentException("not a cron expression of Quartz: " + cron);
        }
    }
}
