package io.yuntai.onboarding.reorganization;

import static io.yuntai.onboarding.reorganization.City.BUREAU;
import static io.yuntai.onboarding.reorganization.City.CENTRE;
import static io.yuntai.onboarding.reorganization.City.NOW;
import static io.yuntai.onboarding.reorganization.City.POLICE;
import static io.yuntai.onboarding.reorganization.City.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Reviews;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.ledger.Expirations;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Everything at once, through the services that do it, on a real PostgreSQL. */
class ReorganizationRacesIT {

    private static final List<String> SYSTEMS = List.of("health", "beds", "cases");
    private static final List<String> UNITS = List.of(BUREAU, CENTRE, POLICE);

    private final City city = new City();
    private Reorganizations reorganizations;
    private Leases leases;
    private Actor bureau;
    private Actor applicant;
    private Actor approver;

    @BeforeEach
    void people() {
        reorganizations = city.get(Reorganizations.class);
        leases = city.get(Leases.class);
        bureau = city.person("reformer");
        applicant = city.person("applicant");
        approver = city.person("approver");
    }

    @AfterEach
    void everySumIsRight() {
        var audits = city.get(LedgerAudits.class);
        var findings = new ArrayList<>(audits.findings());
        findings.addAll(audits.leases());
        city.close();
        assertThat(findings).isEmpty();
    }

    @RepeatedTest(3)
    void aMoveAgainstAGrowOfALeaseOversellsNobody() throws Exception {
        city.delivered(applicant, "cases", 10, NOW);
        var lease = leases.of(city.system("cases")).getFirst();
        var grow = taking(lease, 8000);
        var outcomes =
                together(
                        List.of(
                                () -> move("cases", CENTRE),
                                () -> leases.change(lease, grow, NOW)));

        // The centre has 15: with ten moved, five of eight more fit, and eighteen do not at all.
        boolean moved = outcomes.getFirst() instanceof Answer.Done;
        boolean grown = outcomes.getLast() instanceof LeaseBook.Outcome.Changed;
        assertThat(moved).as("%s", outcomes).isEqualTo(!grown);
        assertThat(city.cpu(city.node(POOL, city.unit(CENTRE))).getLast())
                .isEqualTo(moved ? 15 : 0);
        assertThat(leases.find(lease.id()).orElseThrow().unit())
                .isEqualTo(city.unit(moved ? CENTRE : POLICE));
    }

    /** A deadlock would be an exception of the database's; a hang would run out of time. */
    @Test
    void aRandomMixOfAllNeitherHangsNorBreaksASum() throws Exception {
        var work = new ArrayList<Callable<?>>();
        for (int caller = 0; caller < 6; caller++) {
            var random = new Random(caller);
            work.add(() -> {
                for (int i = 0; i < 25; i++) {
                    try {
                        act(random);
                    } catch (Refused refused) {
                        // An answer like any other: stale, already there, does not fit.
                        assertThat(refused.code()).isNotEmpty();
                    }
                }
                return true;
            });
        }

        assertThat(together(work)).containsOnly(true);

        for (String unit : UNITS) {
            var account = city.cpu(city.node(POOL, city.unit(unit)));
            assertThat(account.getLast()).as(unit).isLessThanOrEqualTo(account.getFirst());
        }
        // Whose an open application is, and who owns its system, is one thing.
        assertThat(
                        city.jdbc()
                                .sql(
                                        """
                                        select count(*) from application a
                                        join system_owner o on o.system = a.system and upper_inf(o.during)
                                        where a.state in ('TECH_REVIEW', 'APPROVED', 'DELIVERING', 'DELIVERED')
                                          and a.unit <> o.unit
                                        """)
                                .query(Long.class)
                                .single())
                .isZero();
        // A system's place in the tree is below its owner's.
        assertThat(
                        city.jdbc()
                                .sql(
                                        """
                                        select count(*) from quota_node n
                                        join quota_node p on p.id = n.parent
                                        join system_owner o on o.system = n.system and upper_inf(o.during)
                                        where p.unit <> o.unit or n.depth <> p.depth + 1
                                        """)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    /** A lease that takes more than it is charged: as much of it as fits is charged. */
    private static LeaseChange taking(Lease lease, long more) {
        var charged = lease.account().charged();
        return new LeaseChange.Cover(charged.plus(Amounts.of(Resource.CPU, more)));
    }

    private void act(Random random) {
        String system = SYSTEMS.get(random.nextInt(SYSTEMS.size()));
        String unit = UNITS.get(random.nextInt(UNITS.size()));
        switch (random.nextInt(7)) {
            case 0 -> {
                var _ = move(system, unit);
            }
            case 1 -> {
                var region = new RegionCode(random.nextBoolean() ? "440800" : "440703");
                var whole =
                        random.nextBoolean()
                                ? Optional.of(city.unit(UNITS.get(random.nextInt(3))))
                                : Optional.<UnitId>empty();
                var _ = carryOut(new Reorganization.UnitMove(city.unit(unit), whole, region));
            }
            case 2, 3 -> decide(random, system);
            case 4 -> {
                for (var lease : leases.of(city.system(system))) {
                    var _ = leases.change(lease, taking(lease, 1000), NOW);
                }
            }
            case 5 -> {
                city.at(NOW.plus(Duration.ofHours(random.nextInt(1000))));
                var _ = city.get(Expirations.class).sweep();
            }
            default -> {
                var _ = city.submit(applicant, system, 1 + random.nextInt(3), POOL);
            }
        }
    }

    private void decide(Random random, String system) {
        if (city.submit(applicant, system, 1, POOL)
                instanceof Submission.Accepted(var application, _)) {
            var _ =
                    random.nextBoolean()
                            ? city.approvals().approve(application.id(), Optional.empty())
                            : city.get(Reviews.class).reject(approver, application.id(), 1, "否");
        }
    }

    private Answer move(String system, String unit) {
        return carryOut(new Reorganization.SystemMove(city.system(system), city.unit(unit)));
    }

    private Answer carryOut(Reorganization what) {
        return reorganizations.carryOut(
                bureau,
                new ReorganizationId(UuidCreator.getTimeOrderedEpoch()),
                what,
                OptionalInt.empty(),
                "机构改革");
    }

    private static List<Object> together(List<Callable<?>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var one : work) {
                running.add(threads.submit(one));
            }
            var outcomes = new ArrayList<Object>();
            for (var each : running) {
                outcomes.add(each.get(5, TimeUnit.MINUTES));
            }
            return outcomes;
        }
    }
}
