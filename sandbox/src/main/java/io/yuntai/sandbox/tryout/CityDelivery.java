package io.yuntai.sandbox.tryout;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.console.Preparation.Step;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Deliveries;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.application.Reviews;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.sandbox.city.CityPlan;
import io.yuntai.sandbox.city.CityPlan.Fate;
import io.yuntai.sandbox.city.CityPlan.Person;
import io.yuntai.sandbox.city.CityPlan.Planned;
import io.yuntai.security.Accounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/**
 * Takes the planned applications through their lives, each at its own time. Meanwhile the
 * reconciler's queue rests, for it would deliver today what is to have been delivered then.
 */
final class CityDelivery {

    private static final int AT_ONCE = 8;
    private static final int BATCH = 24;
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration AT_ONCE_AGAIN = Duration.ofMillis(2);

    /** A real cluster that delivers nothing for so long is left to the reconciler's queue. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Applications applications;
    private final Reviews reviews;
    private final Deliveries deliveries;
    private final SystemReconciler reconciler;
    private final ReconcileQueue queue;
    private final boolean waits;
    private final Accounts accounts;
    private final CityPlan city;
    private final Terminal terminal;
    private final Instant monthBegan;
    private final Instant now;
    private final Map<String, SystemId> systems;
    private final Map<Person, Actor> actors = new ConcurrentHashMap<>();
    private final AtomicLong delivered = new AtomicLong();
    private final long total;

    /** An application that was approved and is to be delivered at a moment. */
    private record Approved(Planned plan, ApplicationId id, SystemId system, Instant at) {}

    CityDelivery(
            ApplicationContext server,
            CityPlan city,
            Terminal terminal,
            Instant monthBegan,
            Instant now) {
        this.applications = server.getBean(Applications.class);
        this.reviews = server.getBean(Reviews.class);
        this.deliveries = server.getBean(Deliveries.class);
        this.reconciler = server.getBean(SystemReconciler.class);
        this.queue = server.getBean(ReconcileQueue.class);
        this.waits = server.getBean(Clusters.class).all().stream().anyMatch(c -> !c.simulated());
        this.accounts = server.getBean(Accounts.class);
        this.city = city;
        this.terminal = terminal;
        this.monthBegan = monthBegan;
        this.now = now;
        this.systems =
                server.getBean(Systems.class).all().stream()
                        .collect(
                                Collectors.toMap(
                                        system -> system.code().value(), system -> system.id()));
        this.total =
                city.orders().stream().filter(this::isDelivered).mapToInt(Planned::hosts).sum();
    }

    private boolean isDelivered(Planned plan) {
        return plan.fate() == Fate.CONFIRMED || plan.fate() == Fate.DELIVERED;
    }

    void deliver() throws InterruptedException {
        terminal.at(Step.DELIVER, 0, total);
        queue.stop();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int round = 0; round <= 2; round++) {
                for (var some : batches(round)) {
                    var approved = new ArrayList<Approved>();
                    each(threads, some, this::submit).forEach(one -> one.ifPresent(approved::add));
                    var _ = each(threads, reconcile(threads, approved), this::confirm);
                }
            }
        } finally {
            queue.start();
        }
    }

    /**
     * By time, so that numbers and audit follow it: nearly, where the work is shared out, and
     * exactly for those of these days, which are looked at first. A real cluster is given all at
     * once, for it takes its time.
     */
    private List<List<Planned>> batches(int round) {
        var all =
                city.orders().stream()
                        .filter(plan -> plan.round() == round)
                        .sorted(Comparator.comparing(plan -> plan.when().at(monthBegan, now)))
                        .toList();
        int size = round == 2 ? 1 : waits ? Math.max(1, all.size()) : BATCH;
        var batches = new ArrayList<List<Planned>>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }

    /** Submits, and decides as planned. */
    private Optional<Approved> submit(Planned plan) {
        Instant submitted = plan.when().at(monthBegan, now);
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch(submitted));
        var system = systems.get(plan.system().code());
        if (system == null) {
            throw new IllegalStateException("not registered: " + plan.system().code());
        }
        var order =
                new Order(
                        system,
                        plan.system().pool(),
                        plan.purpose(),
                        plan.termMonths(),
                        plan.items());
        var staff = actor(plan.system().unit().staff());
        var outcome = PastClock.at(submitted, () -> applications.submit(staff, id, order));
        if (!(outcome instanceof Submission.Accepted(var application, _))) {
            throw new IllegalStateException("does not fit: " + plan);
        }
        boolean open = plan.round() == 2;
        Instant decided = submitted.plus(open ? Duration.ofMinutes(40) : Duration.ofHours(24));
        int version = application.version();
        var owner = actor(plan.system().unit().owner());
        return switch (plan.fate()) {
            case WAITING -> {
                // Some wait for the platform already, the others for their own unit.
                if (plan.hosts() % 2 == 0) {
                    var _ = approve(owner, id, version, submitted.plus(Duration.ofMinutes(5)));
                }
                yield Optional.empty();
            }
            case WITHDRAWN -> {
                var _ = PastClock.at(decided, () -> reviews.withdraw(staff, id, version));
                yield Optional.empty();
            }
            case REJECTED -> {
                int endorsed = approve(owner, id, version, submitted.plus(Duration.ofMinutes(10)));
                var _ =
                        PastClock.at(
                                decided,
                                () ->
                                        reviews.reject(
                                                actor(city.operator()),
                                                id,
                                                endorsed,
                                                "现有云主机利用率偏低，请先调整规格"));
                yield Optional.empty();
            }
            case CONFIRMED, DELIVERED -> {
                int endorsed = approve(owner, id, version, submitted.plus(Duration.ofMinutes(10)));
                int reviewed =
                        approve(
                                actor(city.operator()),
                                id,
                                endorsed,
                                decided.minus(Duration.ofMinutes(10)));
                var _ = approve(actor(city.bureau()), id, reviewed, decided);
                yield Optional.of(
                        new Approved(plan, id, system, decided.plus(Duration.ofMinutes(20))));
            }
        };
    }

    /** Approves at a moment; returns the version that follows. */
    private int approve(Actor by, ApplicationId id, int version, Instant at) {
        return PastClock.at(at, () -> reviews.approve(by, id, version, Reviews.Approval.PLAIN))
                .version();
    }

    /** Has each system looked at until everything runs; returns what was delivered. */
    private List<Approved> reconcile(ExecutorService threads, List<Approved> approved)
            throws InterruptedException {
        var done = new ArrayList<Approved>();
        var left = new ArrayList<>(approved);
        long lastDone = System.nanoTime();
        while (!left.isEmpty() && System.nanoTime() - lastDone < PATIENCE.toNanos()) {
            var seen =
                    each(
                            threads,
                            left,
                            one -> settled(one) ? Optional.of(one) : Optional.<Approved>empty());
            var settled = seen.stream().flatMap(Optional::stream).toList();
            if (settled.isEmpty()) {
                Thread.sleep(waits ? BETWEEN : AT_ONCE_AGAIN);
            } else {
                lastDone = System.nanoTime();
                done.addAll(settled);
                left.removeAll(settled);
            }
        }
        return done;
    }

    private boolean settled(Approved one) {
        boolean settled = PastClock.at(one.at(), () -> reconciler.reconcile(one.system()));
        if (settled) {
            long hosts = delivered.addAndGet(one.plan().hosts());
            terminal.at(Step.DELIVER, Math.min(hosts, total), total);
        }
        return settled;
    }

    private boolean confirm(Approved one) {
        Application application = applications.get(actor(city.operator()), one.id()).application();
        boolean confirms =
                one.plan().fate() == Fate.CONFIRMED
                        && application.state() == Workflow.State.DELIVERED;
        if (confirms) {
            var owner = actor(one.plan().system().unit().owner());
            var _ =
                    PastClock.at(
                            one.at().plus(Duration.ofHours(23)),
                            () -> deliveries.confirm(owner, one.id(), application.version()));
        }
        return confirms;
    }

    private Actor actor(Person person) {
        return actors.computeIfAbsent(
                person, one -> accounts.find(one.login()).orElseThrow().actor());
    }

    private static <T, R> List<R> each(
            ExecutorService threads, Collection<T> all, Function<T, R> work)
            throws InterruptedException {
        var results = new ArrayList<R>();
        List<Callable<R>> tasks =
                all.stream().map(one -> (Callable<R>) () -> work.apply(one)).toList();
        for (var result : threads.invokeAll(tasks)) {
            try {
                results.add(result.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("the sample city cannot be made", e.getCause());
            }
        }
        return results;
    }
}
