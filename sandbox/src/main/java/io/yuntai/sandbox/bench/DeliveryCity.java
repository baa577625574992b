package io.yuntai.sandbox.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariDataSource;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.application.Reviews;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterProperties;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.register.ImportId;
import io.yuntai.onboarding.register.ImportOutcome;
import io.yuntai.onboarding.register.Registers;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Onboarding on a PostgreSQL that flushes to disk and on one real cluster, with one unit and many
 * systems: what stands between an approval and a delivered order, and no web server before it.
 */
final class DeliveryCity implements AutoCloseable {

    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int CONNECTIONS = 32;
    private static final long VCPU = 100_000;

    private final EmbeddedPostgres postgres;
    private final HikariDataSource data;
    private final AnnotationConfigApplicationContext spring;
    private final Applications applications;
    private final ConcurrentLinkedQueue<SystemId> systems = new ConcurrentLinkedQueue<>();
    private final Actor applicant;
    private final Actor reviewer;
    private final Reviews reviews;
    private final List<Actor> approvers;

    private DeliveryCity(
            EmbeddedPostgres postgres,
            HikariDataSource data,
            AnnotationConfigApplicationContext spring) {
        this.postgres = postgres;
        this.data = data;
        this.spring = spring;
        this.applications = spring.getBean(Applications.class);
        this.applicant = person("applicant");
        this.reviews = spring.getBean(Reviews.class);
        this.reviewer = person("reviewer");
        this.approvers = List.of(person("owner"), reviewer, person("bureau"));
    }

    /**
     * @param kubeconfig of the cluster, which the caller stops
     * @param orders how many orders can be delivered, each for a system of its own
     */
    static DeliveryCity start(Path kubeconfig, int orders) throws IOException {
        var postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
        var data = new HikariDataSource();
        data.setDataSource(postgres.getPostgresDatabase());
        data.setMaximumPoolSize(CONNECTIONS);
        var _ =
                Flyway.configure()
                        .dataSource(data)
                        .locations("classpath:db/migration/onboarding")
                        .load()
                        .migrate();
        var member =
                new ClusterProperties.Member(new ClusterName("bench"), kubeconfig, Set.of(POOL));
        var spring = OnboardingContext.start(data, List.of(member));
        var city = new DeliveryCity(postgres, data, spring);
        city.register(orders);
        return city;
    }

    private void register(int orders) {
        var outcome =
                spring.getBean(Registers.class)
                        .importRegister(
                                reviewer,
                                new ImportId(UuidCreator.getTimeOrderedEpoch()),
                                "bench.zip",
                                "0".repeat(64),
                                BenchRegister.tables(1, orders, VCPU),
                                false);
        if (!(outcome instanceof ImportOutcome.Imported)) {
            throw new IllegalStateException("the register was not imported: " + outcome);
        }
        spring.getBean(JdbcClient.class)
                .sql("select id from system order by code")
                .query(UUID.class)
                .list()
                .forEach(id -> systems.add(new SystemId(id)));
    }

    private Actor person(String login) {
        var id = new PersonId(UuidCreator.getTimeOrderedEpoch());
        var _ =
                spring.getBean(JdbcClient.class)
                        .sql("insert into person (id, login, name) values (?, ?, ?)")
                        .params(id.value(), login, login)
                        .update();
        return new Actor(id, login, new Actor.Scope.All());
    }

    /**
     * Orders room for containers for the next system, and waits until it is delivered.
     *
     * @return the namespace that was made for it
     */
    String openNamespace(Item.Namespace room) throws InterruptedException {
        var system = systems.element();
        var _ = deliver(room);
        return spring.getBean(Leases.class).of(system).getFirst().namespace();
    }

    /**
     * Submits an order of one host for the next system, approves it, and waits until it is
     * delivered.
     *
     * @return from before the approval until DELIVERED was read
     */
    Delivered deliverNext() throws InterruptedException {
        var delivered = deliver(new Item.Hosts(1, 2, 4, 40, "ssd"));
        var host = spring.getBean(Hosts.class).ofApplication(delivered.id().value()).getFirst();
        return new Delivered(delivered.took(), host.namespace(), host.name());
    }

    /** Orders hosts for the next system, and waits until they are delivered; returns how long. */
    Duration deliverHosts(Item.Hosts... hosts) throws InterruptedException {
        return deliver(hosts).took();
    }

    /** How many repairs of what hands have changed are on record. */
    long repairsRecorded() {
        return spring.getBean(JdbcClient.class)
                .sql("select count(*) from drift")
                .query(Long.class)
                .single();
    }

    /** Whoever looks through the cluster. */
    Looking looking() {
        return new Looking(
                spring.getBean(Sweep.class),
                spring.getBean(ReconcileQueue.class),
                spring.getBean(Clusters.class).connected().getFirst());
    }

    /** Sweeps by hand. */
    record Looking(Sweep sweeping, ReconcileQueue queue, Cluster cluster) {

        /** One that finds nothing; returns how long it took. */
        Duration sweep() {
            long begun = System.nanoTime();
            var found = sweeping.lookThrough(cluster);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            if (!found.isEmpty()) {
                throw new IllegalStateException("there was something to do: " + found);
            }
            return took;
        }

        /** Nobody looks. */
        void rest() {
            queue.stop();
        }

        void goOn() {
            queue.start();
        }

        void untilSettled() throws InterruptedException {
            long begun = System.nanoTime();
            while (!sweeping.lookThrough(cluster).isEmpty() || queue.backlog() > 0) {
                if (System.nanoTime() - begun > LIMIT.toNanos()) {
                    throw new IllegalStateException("never at rest within " + LIMIT);
                }
                queue.sweep();
                Thread.sleep(BETWEEN.multipliedBy(20));
            }
        }
    }

    private record Done(ApplicationId id, Duration took) {}

    private Done deliver(Item... items) throws InterruptedException {
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        var order = new Order(systems.remove(), POOL, "bench", 12, List.of(items));
        if (!(applications.submit(applicant, id, order) instanceof Submission.Accepted accepted)) {
            throw new IllegalStateException("the order does not fit");
        }
        var begun = System.nanoTime();
        int version = accepted.application().version();
        for (var approver : approvers) {
            version = reviews.approve(approver, id, version, Reviews.Approval.PLAIN).version();
        }
        while (applications.get(reviewer, id).application().state() != Workflow.State.DELIVERED) {
            if (System.nanoTime() - begun > LIMIT.toNanos()) {
                throw new IllegalStateException("not delivered within " + LIMIT);
            }
            Thread.sleep(BETWEEN);
        }
        return new Done(id, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** An order that was delivered: how long it took, and where its host is. */
    record Delivered(Duration took, String namespace, String host) {}

    @Override
    public void close() throws IOException {
        spring.close();
        data.close();
        postgres.close();
    }
}
