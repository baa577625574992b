package io.yuntai.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.ControlPlane;
import io.yuntai.ServerTest;
import io.yuntai.billing.Progress;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.testkit.PostgresServer;
import io.yuntai.testkit.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.quartz.CronTrigger;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.JobListenerSupport;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schedule in Quartz's own tables on a real PostgreSQL, over starts of the server. */
class JobScheduleIT {

    private static final List<JobKey> BY_THE_CLOCK =
            List.of(
                    JobSchedule.METERING,
                    JobSchedule.RANKING,
                    JobSchedule.FREEZE,
                    JobSchedule.VERDICTS,
                    JobSchedule.DEADLINES,
                    JobSchedule.TERMS,
                    JobSchedule.AUDIT);

    private final TestPostgres.Database database = TestPostgres.empty();

    @Test
    void theScheduleIsStoredOnceOverStarts() throws Exception {
        try (var server = start()) {
            assertThat(keys(server))
                    .containsExactlyInAnyOrder(
                            "sweep",
                            "expiry",
                            "metering",
                            "ranking",
                            "freeze",
                            "verdicts",
                            "deadlines",
                            "reclaims",
                            "terms",
                            "audit");
        }
        try (var server = start()) {
            assertThat(keys(server))
                    .containsExactlyInAnyOrder(
                            "sweep",
                            "expiry",
                            "metering",
                            "ranking",
                            "freeze",
                            "verdicts",
                            "deadlines",
                            "reclaims",
                            "terms",
                            "audit");
            var scheduler = server.getBean(Scheduler.class);
            assertThat(scheduler.getMetaData().isJobStoreClustered()).isFalse();
            assertThat(scheduler.getMetaData().isJobStoreSupportsPersistence()).isTrue();
            assertThat(ranking(scheduler).getMisfireInstruction())
                    .isEqualTo(CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW);
            assertThat(ranking(scheduler).getTimeZone().getID()).isEqualTo("Asia/Shanghai");
        }
    }

    @Test
    void aChangedScheduleReplacesTheStoredOneAndAnUnchangedOneStays() throws Exception {
        try (var server = start()) {
            assertThat(server.isActive()).isTrue();
        }
        try (var server = start("--yuntai.jobs.ranking=0 0 4 * * ?")) {
            var scheduler = server.getBean(Scheduler.class);
            assertThat(ranking(scheduler).getCronExpression()).isEqualTo("0 0 4 * * ?");
            var sweep = (SimpleTrigger) scheduler.getTrigger(new TriggerKey("sweep", "yuntai"));
            assertThat(sweep.getRepeatInterval()).isEqualTo(30_000);
        }
    }

    @Test
    void whatAnOutageMissedRunsOnceAfterIt() throws Exception {
        // Of each some seventy runs are missed, and none is due while the test goes on.
        int minute = (LocalTime.now(ZoneOffset.UTC).getMinute() + 30) % 60;
        var hourly =
                BY_THE_CLOCK.stream()
                        .map(job -> "--yuntai.jobs." + job.getName() + "=0 " + minute + " * * * ?")
                        .toArray(String[]::new);
        try (var server = start(hourly)) {
            assertThat(server.isActive()).isTrue();
        }
        Runs.DONE.clear();
        var sql = JdbcClient.create(database.source());
        long threeDaysAgo = System.currentTimeMillis() - Duration.ofDays(3).toMillis();
        sql.sql(
                        "update qrtz_triggers set next_fire_time = ? where trigger_name not in ('sweep', 'expiry')")
                .param(threeDaysAgo)
                .update();
        try (var server = start(hourly)) {
            var scheduler = server.getBean(Scheduler.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> Runs.DONE.containsAll(BY_THE_CLOCK));
            var next = ranking(scheduler).getNextFireTime();
            assertThat(next.getTime()).isGreaterThan(System.currentTimeMillis());
            assertThat(
                            sql.sql(
                                            """
                                            select count(*) from qrtz_triggers
                                            where next_fire_time < ? and trigger_name not in ('sweep', 'expiry')
                                            """)
                                    .param(System.currentTimeMillis() - 1000)
                                    .query(Long.class)
                                    .single())
                    .isZero();
            for (var job : BY_THE_CLOCK) {
                assertThat(Runs.DONE).as(job.getName()).containsOnlyOnce(job);
            }
        }
    }

    @Test
    void eachJobDoesItsWorkWithTheServersOwnServices() throws Exception {
        try (var server = start()) {
            var scheduler = server.getBean(Scheduler.class);
            for (var key :
                    List.of(
                            JobSchedule.SWEEP,
                            JobSchedule.EXPIRY,
                            JobSchedule.METERING,
                            JobSchedule.RANKING,
                            JobSchedule.FREEZE,
                            JobSchedule.VERDICTS,
                            JobSchedule.DEADLINES,
                            JobSchedule.TERMS,
                            JobSchedule.AUDIT)) {
                var before = Runs.DONE.size();
                scheduler.triggerJob(key);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> Runs.DONE.stream().skip(before).anyMatch(key::equals));
            }
            assertThat(Runs.FAILED).isEmpty();
        }
    }

    @Test
    void howFarARunHasComeIsToldByEveryServerAndOneWhoseProcessIsGoneIsShownAsDead()
            throws Exception {
        try (var server = start()) {
            var scheduler = server.getBean(Scheduler.class);
            var jobs = server.getBean(Jobs.class);
            var ended = new CountDownLatch(1);
            var another = new RunningJobs(scheduler, server.getBean(Clock.class));
            another.begin(JobSchedule.RANKING);
            var work =
                    Thread.ofVirtual()
                            .start(() -> another.hear(JobSchedule.RANKING, () -> ranked(ended)));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ranking(jobs).progress().isPresent());
            var told = ranking(jobs);
            assertThat(told.running()).isTrue();
            assertThat(told.progress().orElseThrow().died()).isFalse();
            assertThat(told.progress().orElseThrow().at())
                    .contains(new Progress.At(Progress.Step.RANK_MONTH, "2026-10", 1, 3));
            // Its process is gone: it says nothing any more.
            another.destroy();
            await().atMost(RunningJobs.STALE.multipliedBy(3))
                    .until(() -> ranking(jobs).progress().filter(run -> run.died()).isPresent());
            assertThat(ranking(jobs).running()).isFalse();
            scheduler.triggerJob(JobSchedule.RANKING);
            await().atMost(Duration.ofSeconds(30)).until(() -> ranking(jobs).progress().isEmpty());
            ended.countDown();
            work.join();
        }
    }

    private static int ranked(CountDownLatch ended) {
        Progress.at(Progress.Step.RANK_MONTH, "2026-10", 1, 3);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private static ScheduledJob ranking(Jobs jobs) {
        return jobs.all().stream()
                .filter(job -> job.name().equals("ranking"))
                .findAny()
                .orElseThrow();
    }

    private ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(ControlPlane.class, Runs.class)
                .web(WebApplicationType.SERVLET)
                .initializers(
                        new ServerTest.Installation(),
                        context ->
                                TestPropertyValues.of(
                                                "spring.datasource.url=" + database.url(),
                                                "spring.datasource.username=" + PostgresServer.USER,
                                                "server.port=0")
                                        .applyTo(context))
                .run(arguments);
    }

    private static List<String> keys(ConfigurableApplicationContext server)
            throws SchedulerException {
        var names = new ArrayList<String>();
        var scheduler = server.getBean(Scheduler.class);
        for (var group : scheduler.getTriggerGroupNames()) {
            scheduler
                    .getTriggerKeys(GroupMatcher.triggerGroupEquals(group))
                    .forEach(key -> names.add(key.getName()));
        }
        return names;
    }

    private static CronTrigger ranking(Scheduler scheduler) throws SchedulerException {
        return (CronTrigger) scheduler.getTrigger(new TriggerKey("ranking", "yuntai"));
    }

    /** Notes which job ran, and which failed. */
    static class Runs {

        static final List<JobKey> DONE = new CopyOnWriteArrayList<>();
        static final Map<JobKey, Throwable> FAILED = new ConcurrentHashMap<>();

        @Bean
        UsageSource nothingMeasured() {
            return (_, _) -> {};
        }

        @Bean
        SchedulerFactoryBeanCustomizer listening() {
            return factory ->
                    factory.setGlobalJobListeners(
                            new JobListenerSupport() {
                                @Override
                                public String getName() {
                                    return "runs";
                                }

                                @Override
                                public void jobWasExecuted(
                                        JobExecutionContext context,
                                        JobExecutionException failure) {
                                    if (failure != null) {
                                        FAILED.put(context.getJobDetail().getKey(), failure);
                                    }
                                    DONE.add(context.getJobDetail().getKey());
                                }
                            });
        }
    }
}
