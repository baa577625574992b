package io.yuntai.sandbox.city;

import io.yuntai.onboarding.application.Item;
import io.yuntai.sandbox.city.CityPlan.Body;
import io.yuntai.sandbox.city.CityPlan.Fate;
import io.yuntai.sandbox.city.CityPlan.Planned;
import io.yuntai.sandbox.city.CityPlan.Sys;
import io.yuntai.sandbox.city.CityPlan.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws what a city has applied for: a few systems large, most small, and among the units some that
 * no ranking can rank.
 */
final class OrderPlanner {

    /** A size of host. */
    private record Size(int vcpu, int memoryGib, int diskGib, String storageClass) {}

    private static final List<Size> SIZES =
            List.of(
                    new Size(2, 4, 80, "ssd"),
                    new Size(4, 8, 100, "ssd"),
                    new Size(4, 8, 200, "ssd"),
                    new Size(4, 16, 200, "ssd"),
                    new Size(8, 16, 200, "ssd"),
                    new Size(8, 32, 500, "hdd"),
                    new Size(16, 64, 1000, "hdd"));

    /** What a unit is to the ranking. */
    private enum Part {
        RANKED,
        /** Nothing was applied for. */
        WITHOUT_HOSTS,
        /** Too few hosts. */
        FEW_HOSTS,
        /** Too few processors. */
        FEW_PROCESSORS,
        /** Delivered when the month was nearly over. */
        LATE
    }

    private final RandomGenerator random;
    private final List<Body> units;
    private final List<Sys> systems;
    private final int hosts;
    private final List<Planned> orders = new ArrayList<>();

    OrderPlanner(RandomGenerator random, List<Body> units, List<Sys> systems, int hosts) {
        this.random = random;
        this.units = units;
        this.systems = systems;
        this.hosts = hosts;
    }

    List<Planned> orders() {
        var parts = parts();
        var wanted = new ArrayList<Sys>();
        int left = hosts;
        Set<Body> served = new HashSet<>();
        for (var system : systems) {
            boolean first = served.add(system.unit());
            var part = parts.getOrDefault(system.unit(), Part.RANKED);
            if (part == Part.RANKED) {
                if (first || random.nextInt(16) > 0) {
                    wanted.add(system);
                }
            } else if (first) {
                left -= special(system, part);
            }
        }
        var counts = spread(wanted.size(), left);
        for (int i = 0; i < counts.length; i++) {
            ranked(wanted.get(i), counts[i]);
        }
        open(wanted);
        return orders;
    }

    /** The first two units are the sample users' own: always ranked. */
    private Map<Body, Part> parts() {
        Map<Body, Part> parts = new HashMap<>();
        var others = new ArrayList<>(units.subList(2, units.size()));
        for (var part : Part.values()) {
            int count =
                    switch (part) {
                        case RANKED -> 0;
                        case WITHOUT_HOSTS, LATE -> Math.max(2, units.size() / 35);
                        case FEW_HOSTS -> Math.max(3, units.size() / 25);
                        case FEW_PROCESSORS -> 2;
                    };
            for (int i = 0; i < count; i++) {
                parts.put(others.remove(random.nextInt(others.size())), part);
            }
        }
        return parts;
    }

    /** Returns how many hosts that took. */
    private int special(Sys system, Part part) {
        int count =
                switch (part) {
                    case RANKED, WITHOUT_HOSTS -> 0;
                    case FEW_HOSTS -> 1 + random.nextInt(2);
                    case FEW_PROCESSORS -> 3;
                    case LATE -> 4 + random.nextInt(5);
                };
        if (count > 0) {
            var size =
                    part == Part.FEW_PROCESSORS
                            ? SIZES.getFirst()
                            : SIZES.get(1 + random.nextInt(3));
            var when =
                    part == Part.LATE
                            ? daysAfterMonthBegan(17 + random.nextInt(3))
                            : daysAfterMonthBegan(-40 - random.nextInt(120));
            add(system, items(count, List.of(size)), "上线部署", when, 0, Fate.CONFIRMED);
        }
        return count;
    }

    private void ranked(Sys system, int count) {
        var sizes = new ArrayList<Size>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            sizes.add(SIZES.get(random.nextInt(SIZES.size())));
        }
        int later = count >= 8 && random.nextInt(7) == 0 ? count / 4 : 0;
        var before = daysAfterMonthBegan(-40 - random.nextInt(120));
        add(system, items(count - later, sizes), "上线部署", before, 0, Fate.CONFIRMED);
        if (later > 0) {
            var within = daysAfterMonthBegan(2 + random.nextInt(7));
            add(system, items(later, sizes), "业务量增长，申请扩容", within, 1, Fate.CONFIRMED);
        }
    }

    /** Applications of these days, the sample users' first. */
    private void open(List<Sys> wanted) {
        var fates =
                List.of(
                        Fate.WAITING,
                        Fate.DELIVERED,
                        Fate.REJECTED,
                        Fate.WAITING,
                        Fate.DELIVERED,
                        Fate.WITHDRAWN,
                        Fate.WAITING,
                        Fate.REJECTED,
                        Fate.WAITING);
        Set<Sys> taken = new HashSet<>();
        for (int i = 0; i < fates.size(); i++) {
            var unit = i < 4 ? units.get(i % 2) : wanted.get(random.nextInt(wanted.size())).unit();
            var system =
                    wanted.stream()
                            .filter(s -> s.unit().equals(unit) && !taken.contains(s))
                            .findFirst();
            if (system.isPresent()) {
                taken.add(system.get());
                var size = SIZES.get(1 + random.nextInt(3));
                var when = new When.Ago(Duration.ofMinutes(95 + 400L * i));
                var items = items(1 + random.nextInt(4), List.of(size));
                String purpose = i % 2 == 0 ? "新功能上线，申请增加应用服务器" : "等保整改，增加日志审计服务器";
                add(system.get(), items, purpose, when, 2, fates.get(i));
            }
        }
    }

    private When daysAfterMonthBegan(int days) {
        // Between nine and six, as people work.
        return new When.AfterMonthBegan(
                Duration.ofDays(days).plusMinutes(9 * 60 + random.nextInt(9 * 60)));
    }

    private void add(
            Sys system, List<Item> items, String purpose, When when, int round, Fate fate) {
        orders.add(
                new Planned(
                        system,
                        items,
                        system.name() + "：" + purpose,
                        random.nextInt(3) == 0 ? 36 : 12,
                        when,
                        round,
                        fate));
    }

    /** So many hosts in about equal parts of these sizes. */
    private static List<Item> items(int count, List<Size> sizes) {
        var items = new ArrayList<Item>();
        for (int i = 0; i < sizes.size(); i++) {
            var size = sizes.get(i);
            int part = (count + i) / sizes.size();
            while (part > 0) {
                int some = Math.min(part, Item.Hosts.MAX_COUNT);
                items.add(
                        new Item.Hosts(
                                some,
                                size.vcpu(),
                                size.memoryGib(),
                                size.diskGib(),
                                size.storageClass()));
                part -= some;
            }
        }
        return items;
    }

    /** Parts of a whole, each at least 1, of log-normal sizes. */
    private int[] spread(int parts, int whole) {
        var weights = new double[parts];
        double sum = 0;
        for (int i = 0; i < parts; i++) {
            weights[i] = StrictMath.exp(random.nextGaussian());
            sum += weights[i];
        }
        var counts = new int[parts];
        int left = whole - parts;
        for (int i = 0; i < parts; i++) {
            counts[i] = 1 + (int) (weights[i] / sum * (whole - parts));
            left -= counts[i] - 1;
        }
        for (int i = 0; left > 0; i = (i + 1) % parts, left--) {
            counts[i]++;
        }
        return counts;
    }
}
