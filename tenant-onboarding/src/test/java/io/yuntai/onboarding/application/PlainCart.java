package io.yuntai.onboarding.application;

import io.yuntai.onboarding.application.PlainEstate.Machine;
import io.yuntai.onboarding.application.PlainEstate.Size;
import io.yuntai.onboarding.application.PlainEstate.Takes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a plain model knows of the cart of one revision: what is asked for, and what reviews have
 * left of each line.
 */
final class PlainCart {

    /** Of the system disk of each new host. */
    static final int DISK_GIB = 20;

    private static final int MOST_LINES = 3;
    private static final int MOST_VCPU = 4;
    private static final int MOST_MEMORY = 8;
    private static final String CLASS = "ssd";

    /** One line. */
    sealed interface Line {

        /** What it locks, and is granted. */
        default Takes takes() {
            return Takes.NOTHING;
        }

        /** As it is applied for. */
        Item item();

        /** As a review says that so much is left of the line at a position. */
        Cut left(int at);

        /** A part of it, or all. */
        Line part(Random random);

        /** Whether there is nothing in it. */
        default boolean isNothing() {
            return false;
        }

        /** Whether what it is about is still what it was when it was applied for. */
        default boolean isAsOrdered() {
            return true;
        }
    }

    /** Room for containers. */
    record Room(int vcpu) implements Line {

        @Override
        public Takes takes() {
            return new Takes(vcpu, 1, 0, 0);
        }

        @Override
        public Item item() {
            return new Item.Namespace(vcpu, 1, 0, CLASS);
        }

        @Override
        public Cut left(int at) {
            return new Cut(at, 1, vcpu, 1, 0);
        }

        @Override
        public Line part(Random random) {
            return new Room(1 + random.nextInt(vcpu));
        }
    }

    /** New hosts. */
    record Made(int count, Size size) implements Line {

        @Override
        public Takes takes() {
            return Takes.of(count, size);
        }

        @Override
        public Item item() {
            return new Item.Hosts(count, size.vcpu(), size.memoryGib(), DISK_GIB, CLASS);
        }

        @Override
        public Cut left(int at) {
            return new Cut(at, count, size.vcpu(), size.memoryGib(), DISK_GIB);
        }

        @Override
        public Line part(Random random) {
            return new Made(
                    1 + random.nextInt(count),
                    new Size(
                            1 + random.nextInt(size.vcpu()), 1 + random.nextInt(size.memoryGib())));
        }
    }

    /** Another size for a host. */
    record Resized(Machine host, Size before, Size wanted) implements Line {

        @Override
        public Takes takes() {
            return Takes.more(before, wanted);
        }

        @Override
        public Item item() {
            return new Item.Resize(
                    subject(host, before), new Item.Size(wanted.vcpu(), wanted.memoryGib()));
        }

        @Override
        public Cut left(int at) {
            return new Cut(at, 1, wanted.vcpu(), wanted.memoryGib(), 0);
        }

        /** Less of what it grows by; it shrinks as it was asked to. */
        @Override
        public Line part(Random random) {
            return new Resized(
                    host,
                    before,
                    new Size(
                            between(random, before.vcpu(), wanted.vcpu()),
                            between(random, before.memoryGib(), wanted.memoryGib())));
        }

        private static int between(Random random, int before, int wanted) {
            return wanted <= before ? wanted : before + random.nextInt(wanted - before + 1);
        }

        @Override
        public boolean isNothing() {
            return wanted.equals(before);
        }

        @Override
        public boolean isAsOrdered() {
            return host.isServing() && host.size.equals(before);
        }
    }

    /** A host is given back. */
    record GivenBack(Machine host, Size before) implements Line {

        @Override
        public Item item() {
            return new Item.Return(subject(host, before));
        }

        @Override
        public Cut left(int at) {
            return new Cut(at, 1, 0, 0, 0);
        }

        @Override
        public Line part(Random random) {
            return new GivenBack(host, before);
        }

        @Override
        public boolean isAsOrdered() {
            return host.isWanted();
        }
    }

    /** More quota for the unit. */
    record Raised(int vcpu) implements Line {

        Takes by() {
            return new Takes(vcpu, 1, 0, 0);
        }

        @Override
        public Item item() {
            return new Item.QuotaRaise(new Item.Room(vcpu, 1, 0, CLASS));
        }

        @Override
        public Cut left(int at) {
            return new Cut(at, 1, vcpu, 1, 0);
        }

        @Override
        public Line part(Random random) {
            return new Raised(1 + random.nextInt(vcpu));
        }
    }

    private static Item.Subject subject(Machine host, Size size) {
        return new Item.Subject(
                host.id, host.name, CLASS, new Item.Size(size.vcpu(), size.memoryGib()));
    }

    /**
     * What a review says of one line.
     *
     * @param leaves of it; empty: nothing
     * @param more whether that is more than the review before has left
     */
    record Lowering(int at, Cut cut, Optional<Line> leaves, boolean more) {}

    private final List<Line> asked;
    private final List<Optional<Line>> left;

    private PlainCart(List<Line> asked, List<Optional<Line>> left) {
        this.asked = List.copyOf(asked);
        this.left = List.copyOf(left);
    }

    private static PlainCart of(List<Line> asked) {
        return new PlainCart(asked, asked.stream().map(Optional::of).toList());
    }

    /** Any lines at all, no two about one host. */
    static PlainCart some(Random random, List<Machine> hosts) {
        var lines = new ArrayList<Line>();
        var named = new HashSet<Machine>();
        for (int i = 1 + random.nextInt(MOST_LINES); i > 0; i--) {
            lines.add(line(random, hosts, named));
        }
        return of(lines);
    }

    private static Line line(Random random, List<Machine> hosts, Set<Machine> named) {
        int kind = random.nextInt(10);
        if (kind < 3) {
            return new Made(1 + random.nextInt(2), size(random));
        }
        if (kind < 7 && !hosts.isEmpty()) {
            var host = hosts.get(random.nextInt(hosts.size()));
            var wanted = size(random);
            if (named.add(host)) {
                return kind == 3 || wanted.equals(host.size)
                        ? new GivenBack(host, host.size)
                        : new Resized(host, host.size, wanted);
            }
        }
        return kind == 7 ? new Raised(1 + random.nextInt(2)) : new Room(1 + random.nextInt(4));
    }

    private static Size size(Random random) {
        return new Size(1 + random.nextInt(MOST_VCPU), 1 + random.nextInt(MOST_MEMORY));
    }

    /** The same asked for once more. */
    PlainCart anew() {
        return of(asked);
    }

    List<Item> items() {
        return asked.stream().map(Line::item).toList();
    }

    /** What is left. */
    List<Line> lines() {
        return left.stream().flatMap(Optional::stream).toList();
    }

    <T extends Line> Stream<T> lines(Class<T> kind) {
        return lines().stream().filter(kind::isInstance).map(kind::cast);
    }

    Takes takes() {
        return lines().stream().map(Line::takes).reduce(Takes.NOTHING, Takes::plus);
    }

    boolean isAsOrdered() {
        return lines().stream().allMatch(Line::isAsOrdered);
    }

    /** Anything that a review may say of one line, now and then what it must not. */
    Lowering lowering(Random random) {
        int at = random.nextInt(asked.size());
        var line = left.get(at);
        int how = random.nextInt(8);
        if (line.isEmpty() || how == 0) {
            var most = line.orElse(asked.get(at)).left(at);
            var more =
                    new Cut(at, most.count() + 1, most.vcpu(), most.memoryGib(), most.storageGib());
            return new Lowering(at, more, Optional.empty(), true);
        }
        if (how == 1) {
            return new Lowering(at, new Cut(at, 0, 0, 0, 0), Optional.empty(), false);
        }
        var part = line.get().part(random);
        var leaves = Optional.of(part).filter(one -> !one.isNothing());
        return new Lowering(at, part.left(at), leaves, false);
    }

    /** Whether something is left with it, and no more than before. */
    boolean allows(Lowering lowering) {
        boolean isAnythingElseLeft =
                IntStream.range(0, left.size())
                        .anyMatch(i -> i != lowering.at() && left.get(i).isPresent());
        return !lowering.more() && (lowering.leaves().isPresent() || isAnythingElseLeft);
    }

    PlainCart lowered(Lowering lowering) {
        var less = new ArrayList<>(left);
        less.set(lowering.at(), lowering.leaves());
        return new PlainCart(asked, less);
    }
}
