package io.yuntai.onboarding.reorganization;

import static io.yuntai.onboarding.reorganization.City.NOW;
import static io.yuntai.onboarding.reorganization.City.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.ledger.LedgerAudits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Applications that change hosts and make new ones beside them, against commands to the same hosts,
 * all of one namespace, on a real PostgreSQL.
 */
class HostRacesIT {

    private static final String SYSTEM = "cases";
    private static final int HOSTS = 6;

    private final City city = new City();
    private final Actor applicant = city.person("applicant");

    @AfterEach
    void everySumIsRight() {
        var findings = city.get(LedgerAudits.class).findings();
        city.close();
        assertThat(findings).isEmpty();
    }

    /** A deadlock would be an exception of the database's. */
    @Test
    void noApprovalWaitsForACommandThatWaitsForIt() throws Exception {
        city.delivered(applicant, SYSTEM, HOSTS, NOW);
        city.jdbc().sql("update host set life = 'IN_USE', confirmed_at = delivered_at").update();
        var work = new ArrayList<Callable<String>>();
        for (var host : city.get(Hosts.class).of(city.system(SYSTEM))) {
            var reviewed = city.approvals().review(larger(host).id(), Optional.empty());
            work.add(() -> city.approvals().finish(reviewed).state().name());
            work.add(() -> smaller(host));
        }

        assertThat(together(work)).hasSize(2 * HOSTS);
    }

    private Application larger(Host host) {
        var size = new Item.Size(host.vcpu(), (int) (host.memoryBytes() >> 30));
        var order =
                new Order(
                        city.system(SYSTEM),
                        POOL,
                        "测试",
                        12,
                        List.of(
                                new Item.Hosts(1, 1, 2, 20, "ssd"),
                                new Item.Resize(
                                        new Item.Subject(host.id(), host.name(), "ssd", size),
                                        new Item.Size(2, 4))));
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        return switch (city.get(Applications.class).submit(applicant, id, order)) {
            case Submission.Accepted(var application, _) -> application;
            case Submission.TooLarge large ->
                    throw new IllegalStateException("too large: " + large);
        };
    }

    private String smaller(Host host) {
        var said =
                city.get(HostCommands.class)
                        .say(
                                applicant,
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                host.plan().version(),
                                new HostCommand.Resize(1, 1L << 30));
        return switch (said) {
            case HostCommands.Said.Taken(var taken) -> taken.plan().life().name();
            case HostCommands.Said.NoRoom(var shortfalls) ->
                    throw new IllegalStateException("smaller, and no room: " + shortfalls);
        };
    }

    /** Refusals are answers like any other: of two who change one host the second is one. */
    private static List<String> together(List<Callable<String>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<String>>();
            for (var one : work) {
                running.add(
                        threads.submit(() -> {
                            try {
                                return one.call();
                            } catch (Refused refused) {
                                return refused.code();
                            }
                        }));
            }
            var outcomes = new ArrayList<String>();
            for (var each : running) {
                outcomes.add(each.get(2, TimeUnit.MINUTES));
            }
            return outcomes;
        }
    }
}
