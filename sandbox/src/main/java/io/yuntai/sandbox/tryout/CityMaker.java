package io.yuntai.sandbox.tryout;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.api.spreadsheet.CalendarFiles;
import io.yuntai.api.spreadsheet.FileContent;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.verdict.Verdicts;
import io.yuntai.console.Preparation.Step;
import io.yuntai.onboarding.calendar.CalendarOutcome;
import io.yuntai.onboarding.calendar.CalendarSource;
import io.yuntai.onboarding.calendar.CalendarVersionId;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.onboarding.register.ImportId;
import io.yuntai.onboarding.register.ImportOutcome;
import io.yuntai.onboarding.register.Registers;
import io.yuntai.onboarding.rules.RulesVersion;
import io.yuntai.onboarding.rules.RulesVersions;
import io.yuntai.onboarding.rules.WorkRules;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.sandbox.city.CityPlan;
import io.yuntai.sandbox.city.CityPlan.Person;
import io.yuntai.sandbox.city.RegisterFile;
import io.yuntai.security.Account;
import io.yuntai.security.Accounts;
import io.yuntai.security.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.context.ApplicationContext;

/**
 * Makes the sample city by the services that a real one uses: the bureau imports its register,
 * units apply, the platform approves, the reconciler delivers, use is read and ranked. Only the
 * time at which they do so is chosen.
 */
public final class CityMaker {

    /** The register is older than anything that was applied for. */
    private static final Duration REGISTERED_BEFORE = Duration.ofDays(200).minusHours(10);

    private static final int CALENDAR_YEAR = 2026;
    private static final String CALENDAR_FILE = "calendar-2026.csv";
    private static final String CALENDAR_BASIS = "国务院办公厅关于2026年部分节假日安排的通知";

    private static final String RULES = "tryout-1";
    private static final String RULES_BASIS = "试用城市办理规则（样例）";

    private final ApplicationContext server;
    private final CityPlan city;
    private final Terminal terminal;
    private final YearMonth lastMonth;
    private final Instant now;

    public CityMaker(ApplicationContext server, CityPlan city, Terminal terminal) {
        this.server = server;
        this.city = city;
        this.terminal = terminal;
        this.now = server.getBean(Clock.class).instant();
        this.lastMonth = Period.monthOf(now).minusMonths(1);
    }

    /**
     * Makes all of it. The jobs stand still meanwhile: they live today, and would end what is only
     * just being told of months ago.
     *
     * @param file where to leave the register's file
     */
    public void make(Path file) throws IOException, InterruptedException {
        var jobs = server.getBean(Scheduler.class);
        try {
            jobs.standby();
            terminal.at(Step.IMPORT, 0, 0);
            register(file);
            new CityDelivery(server, city, terminal, Period.of(lastMonth).from(), now).deliver();
            rank();
            jobs.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the jobs cannot be held up", e);
        }
        terminal.at(Step.DONE, 1, 1);
    }

    /** Reads and ranks last month if nobody has: the try-out may not have run when it ended. */
    public void catchUp() {
        if (server.getBean(Rankings.class).months().stream()
                .noneMatch(ranked -> ranked.month().equals(lastMonth))) {
            rank();
        }
        terminal.at(Step.DONE, 1, 1);
    }

    private void register(Path file) throws IOException {
        var registered = Period.of(lastMonth).from().minus(REGISTERED_BEFORE);
        var bureau = person(city.bureau(), Role.BUREAU);
        var second = person(city.secondBureau(), Role.BUREAU);
        var _ = person(city.operator(), Role.PLATFORM_OPERATOR);
        var _ = person(city.secondOperator(), Role.PLATFORM_OPERATOR);
        var _ = person(city.expert(), Role.EXPERT);
        byte[] bytes =
                RegisterFiles.write(
                        Format.XLSX, RegisterFile.tables(city), Locale.SIMPLIFIED_CHINESE);
        Files.write(file, bytes);
        if (!(RegisterFiles.read(Format.XLSX, bytes) instanceof FileContent.Tables(var tables))) {
            throw new IllegalStateException("the register's file cannot be read back");
        }
        var outcome =
                PastClock.at(
                        registered,
                        () ->
                                server.getBean(Registers.class)
                                        .importRegister(
                                                bureau.actor(),
                                                new ImportId(
                                                        UuidCreator.getTimeOrderedEpoch(
                                                                registered)),
                                                city.code() + ".xlsx",
                                                digest(bytes),
                                                tables,
                                                false));
        if (!(outcome instanceof ImportOutcome.Imported)) {
            throw new IllegalStateException("the register was not imported: " + outcome);
        }
        var _ = PastClock.at(registered, () -> calendar(bureau, registered));
        var _ = PastClock.at(registered, () -> rules(second, bureau, registered));
    }

    /**
     * The city's orders are dated back up to two months, and must not expire while it is made; use
     * is read of last month alone, and what is said of hosts by it must not lapse meanwhile.
     */
    private RulesVersion rules(Account author, Account approver, Instant registered) {
        var versions = server.getBean(RulesVersions.class);
        var first = versions.all().getLast().rules();
        var reclaims = first.reclaims();
        var proposed =
                versions.propose(
                        author.actor(),
                        RULES,
                        LocalDate.ofInstant(registered, Period.ZONE).plusDays(1),
                        RULES_BASIS,
                        new WorkRules(
                                first.deadlines(),
                                new WorkRules.ApplicationRules(
                                        90, first.applications().expertsFromVcpu()),
                                first.hosts(),
                                new WorkRules.ReclaimRules(
                                        reclaims.remindHours(),
                                        reclaims.answerWithin(),
                                        62,
                                        reclaims.longestDelay(),
                                        reclaims.p95AtMost(),
                                        reclaims.peakAtMost())));
        return versions.decide(approver.actor(), proposed.id(), true);
    }

    /** The working days of the one year that this was written in, as it was announced. */
    private CalendarOutcome calendar(Account bureau, Instant registered) {
        byte[] bytes = calendarFile();
        if (!(CalendarFiles.csv(bytes) instanceof FileContent.Tables(var tables))) {
            throw new IllegalStateException("the calendar cannot be read");
        }
        var outcome =
                server.getBean(WorkingCalendars.class)
                        .importYear(
                                bureau.actor(),
                                new CalendarVersionId(UuidCreator.getTimeOrderedEpoch(registered)),
                                CALENDAR_YEAR,
                                new CalendarSource(
                                        CALENDAR_FILE, digest(bytes), CALENDAR_BASIS, ""),
                                tables);
        if (!(outcome instanceof CalendarOutcome.Imported)) {
            throw new IllegalStateException("the calendar was not imported: " + outcome);
        }
        return outcome;
    }

    private static byte[] calendarFile() {
        try (var in = CityPlan.class.getResourceAsStream(CALENDAR_FILE)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Account person(Person person, Role role) {
        var accounts = server.getBean(Accounts.class);
        accounts.register(
                new PersonId(UuidCreator.getTimeOrderedEpoch()),
                person.login(),
                person.name(),
                role);
        return accounts.find(person.login()).orElseThrow();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    private void rank() {
        terminal.at(Step.METER, 0, 0);
        var counted = new Counted(server.getBean(UsageSource.class), terminal);
        var _ = server.getBean(Metering.class).read(counted, Period.of(lastMonth));
        var _ = server.getBean(Rankings.class).compute(lastMonth);
        var _ = server.getBean(Verdicts.class).judge(lastMonth.atEndOfMonth());
    }

    /** Tells how many hours have been read. */
    private record Counted(UsageSource source, Terminal terminal) implements UsageSource {

        private static final int EVERY = 50_000;

        @Override
        public void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
            long total =
                    hosts.stream()
                            .mapToLong(host ->
                                    Duration.between(host.during().from(), host.during().to())
                                            .toHours())
                            .sum();
            var read = new AtomicLong();
            source.read(
                    hosts,
                    hour -> {
                        into.accept(hour);
                        long done = read.incrementAndGet();
                        if (done % EVERY == 0) {
                            terminal.at(Step.METER, Math.min(done, total), total);
                        }
                    });
        }
    }
}
