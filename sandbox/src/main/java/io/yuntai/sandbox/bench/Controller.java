package io.yuntai.sandbox.bench;

import io.yuntai.sandbox.bench.BareClient.Admission;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Keeps as many pods or hosts as its part of the demand says. When it is refused it notes an event
 * and tries again, first after 5 ms and then after twice as long each time, or as soon as one of
 * its own has ended: as the controllers of ReplicaSets and of KubeVirt do. Of a host it makes the
 * virtual machine and, for there is nobody else here who would, its launcher.
 */
final class Controller implements Callable<Void> {

    /** The retries of a controller: what is refused for so long counts as refused. */
    static final Duration RETRIES = Duration.ofMillis(1275);

    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration NO_ANSWER = Duration.ofMillis(200);
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
    private static final int MIB_PER_CPU = 512;

    /** Kubernetes' own limit for events of one controller: so many, and then one in 5 minutes. */
    private static final int EVENTS = 25;

    /** What all controllers of one run share. */
    record Scene(
            Demand demand,
            Denials denials,
            Taken taken,
            long begunNanos,
            Duration time,
            long seed) {

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - begunNanos);
        }

        boolean isOver() {
            return elapsed().compareTo(time) >= 0;
        }
    }

    private record Live(String name, long endsNanos) {}

    private final Demand.Creator creator;
    private final BareClient client;
    private final Site site;
    private final Scene scene;
    private final RandomGenerator random;
    private final PriorityQueue<Live> live =
            new PriorityQueue<>(Comparator.comparingLong(Live::endsNanos));
    private int made;
    private int events = EVENTS;

    Controller(Demand.Creator creator, BareClient client, Site site, Scene scene) {
        this.creator = creator;
        this.client = client;
        this.site = site;
        this.scene = scene;
        this.random =
                RandomGeneratorFactory.of("L64X128MixRandom")
                        .create(scene.seed() * 1000 + creator.number());
    }

    /** Works until the time is over. */
    @Override
    public Void call() throws InterruptedException {
        Thread.sleep(random.nextLong(STARTS_WITHIN.toMillis()));
        while (!scene.isOver()) {
            retire();
            if (live.size() < wanted()) {
                makeOne();
            } else {
                sleepUntilNext(GLANCE);
            }
        }
        return null;
    }

    private int wanted() {
        return scene.demand().wanted(creator, scene.elapsed());
    }

    private void makeOne() throws InterruptedException {
        var name = "c%d-%d".formatted(creator.number(), ++made);
        scene.denials().attempted();
        long first = System.nanoTime();
        boolean counted = false;
        boolean machineIsThere = creator.kind() == Demand.Kind.POD;
        for (int tries = 0; !scene.isOver(); tries++) {
            long asked = System.nanoTime();
            Admission said;
            try {
                said =
                        machineIsThere
                                ? askForPod(name)
                                : client.admit(site.machines(), Manifest.machine(name));
            } catch (IOException noAnswer) {
                Thread.sleep(NO_ANSWER);
                continue;
            }
            switch (said) {
                case Admission.Admitted() -> {
                    if (machineIsThere) {
                        long now = System.nanoTime();
                        scene.taken().add(now, creator.cpuMillis());
                        live.add(new Live(name, now + life()));
                        return;
                    }
                    machineIsThere = true;
                }
                case Admission.Refused(var message) -> {
                    long now = System.nanoTime();
                    if (tries == 0) {
                        scene.denials().refusedAtFirst(asked, now, creator.cpuMillis());
                    }
                    if (!counted && now - first >= RETRIES.toNanos()) {
                        counted = true;
                        scene.denials().refused(first, now, creator.cpuMillis());
                    }
                    note(message);
                    sleepUntilNext(pause(tries));
                    retire();
                    if (live.size() >= wanted()) {
                        giveUp(name, machineIsThere);
                        return;
                    }
                }
            }
        }
    }

    private Admission askForPod(String name) throws IOException, InterruptedException {
        var pod =
                Manifest.pod(
                        podOf(name), creator.cpuMillis(), creator.cpuMillis() * MIB_PER_CPU / 1000);
        return client.admit(site.path("pods"), pod);
    }

    private String podOf(String name) {
        return creator.kind() == Demand.Kind.HOST ? "virt-launcher-" + name : name;
    }

    private static Duration pause(int tries) {
        var pause = FIRST_RETRY.multipliedBy(1L << Math.min(tries, 20));
        return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
    }

    private void note(String message) throws InterruptedException {
        if (events-- > 0) {
            try {
                client.create(
                        site.path("events"),
                        Manifest.refusal(site.namespace(), "c" + creator.number(), message));
            } catch (IOException lost) {
                // An event is a hint; a controller does not send it again.
            }
        }
    }

    /** It is wanted no longer before it could be made. */
    private void giveUp(String name, boolean machineIsThere) throws InterruptedException {
        if (creator.kind() == Demand.Kind.HOST && machineIsThere) {
            delete(site.machines() + "/" + name);
        }
    }

    private void sleepUntilNext(Duration longest) throws InterruptedException {
        var next = live.peek();
        long left = longest.toNanos();
        if (next != null) {
            left = Math.min(left, next.endsNanos() - System.nanoTime());
        }
        Thread.sleep(Duration.ofNanos(Math.max(left, 1_000_000)));
    }

    /** Ends those whose time has come, and those that are not wanted any more. */
    private void retire() throws InterruptedException {
        long now = System.nanoTime();
        for (var next = live.peek();
                next != null && (next.endsNanos() <= now || live.size() > wanted());
                next = live.peek()) {
            if (creator.kind() == Demand.Kind.HOST) {
                delete(site.machines() + "/" + next.name());
            }
            delete(site.path("pods") + "/" + podOf(next.name()) + "?gracePeriodSeconds=0");
            live.remove(next);
            scene.taken().add(System.nanoTime(), -creator.cpuMillis());
            events = Math.max(events, 1);
        }
    }

    private void delete(String path) throws InterruptedException {
        while (!scene.isOver()) {
            try {
                client.delete(path);
                return;
            } catch (IOException noAnswer) {
                if (String.valueOf(noAnswer.getMessage()).startsWith("404")) {
                    return;
                }
                Thread.sleep(NO_ANSWER);
            }
        }
    }

    private long life() {
        return (long) (-Math.log(1 - random.nextDouble()) * creator.life().toNanos());
    }
}
