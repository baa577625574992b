package io.yuntai.sandbox.city;

import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.unit.UnitRole;
import io.yuntai.sandbox.city.CityPlan.Body;
import io.yuntai.sandbox.city.CityPlan.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A city as the tables of a register's file. */
public final class RegisterFile {

    /** What a unit, or a pool, is given. */
    private record Room(long cpu, long memory, long ssd, long hdd, long hosts) {

        static final Room NONE = new Room(0, 0, 0, 0, 0);

        static Room of(Item item) {
            return switch (item) {
                case Item.Hosts h ->
                        new Room(
                                h.count() * (long) h.vcpu(),
                                h.count() * (long) h.memoryGib(),
                                h.storageClass().equals("ssd") ? h.count() * (long) h.diskGib() : 0,
                                h.storageClass().equals("hdd") ? h.count() * (long) h.diskGib() : 0,
                                h.count());
                case Item.Namespace n -> new Room(n.cpu(), n.memoryGib(), n.storageGib(), 0, 0);
                case Item.OfHost _, Item.Free _ -> NONE;
            };
        }

        Room plus(Room other) {
            return new Room(
                    cpu + other.cpu,
                    memory + other.memory,
                    ssd + other.ssd,
                    hdd + other.hdd,
                    hosts + other.hosts);
        }

        /** Half as much again and a little, in round figures. */
        Room quota() {
            return new Room(
                    round(cpu + cpu / 2 + 16, 16),
                    round(memory + memory / 2 + 64, 64),
                    round(ssd + ssd / 2 + 1000, 500),
                    round(hdd + hdd / 2 + 1000, 500),
                    round(hosts + hosts / 2 + 4, 4));
        }

        /** What units are promised, a sixth for nobody yet, and the launchers' overhead. */
        Room capacity() {
            return new Room(
                    round(cpu + cpu / 6, 64),
                    round(memory + memory / 6, 256),
                    round(ssd + ssd / 6, 1000),
                    round(hdd + hdd / 6, 1000),
                    round(hosts + hosts / 6, 10));
        }

        private static long round(long amount, long to) {
            return Math.ceilDiv(amount, to) * to;
        }

        List<String> cells() {
            return List.of(
                    Long.toString(cpu),
                    Long.toString(memory),
                    Long.toString(ssd),
                    Long.toString(hdd),
                    Long.toString(hosts));
        }
    }

    private RegisterFile() {}

    /** The tables, named by codes, as whoever reads a file hands them on. */
    public static List<Table> tables(CityPlan city) {
        var quotas = quotas(city);
        return List.of(
                table(
                        RegisterTable.REGIONS,
                        city.regions().stream()
                                .map(r -> List.of(r.code(), r.name(), r.parent()))
                                .toList()),
                table(RegisterTable.POOLS, pools(quotas)),
                table(
                        RegisterTable.UNITS,
                        city.units().stream()
                                .map(u ->
                                        List.of(
                                                u.uscc().value(),
                                                u.name(),
                                                u.region(),
                                                u.funding(),
                                                ""))
                                .toList()),
                table(RegisterTable.CONTACTS, contacts(city)),
                table(
                        RegisterTable.SYSTEMS,
                        city.systems().stream()
                                .map(s ->
                                        List.of(
                                                s.code(),
                                                s.name(),
                                                s.unit().uscc().value(),
                                                s.zone().code(),
                                                s.xinchuang() ? "yes" : "no",
                                                Integer.toString(s.mlpsLevel()),
                                                s.filing(),
                                                s.builder()))
                                .toList()),
                table(RegisterTable.QUOTAS, rows(quotas)));
    }

    private static List<List<String>> contacts(CityPlan city) {
        var rows = new ArrayList<List<String>>();
        for (var unit : city.units()) {
            rows.add(contact(unit, unit.staff(), UnitRole.UNIT_STAFF));
            rows.add(contact(unit, unit.owner(), UnitRole.UNIT_OWNER));
        }
        return rows;
    }

    private static List<String> contact(Body unit, Person person, UnitRole role) {
        return List.of(
                unit.uscc().value(),
                person.name(),
                person.phone(),
                person.email(),
                person.login().value(),
                role.name());
    }

    /** What each unit is promised in each pool that one of its systems runs in. */
    private static Map<Body, Map<PoolId, Room>> quotas(CityPlan city) {
        var used = new LinkedHashMap<Body, Map<PoolId, Room>>();
        for (var system : city.systems()) {
            used.computeIfAbsent(system.unit(), _ -> byName())
                    .merge(system.pool(), Room.NONE, Room::plus);
        }
        for (var order : city.orders()) {
            for (var item : order.items()) {
                used.computeIfAbsent(order.system().unit(), _ -> byName())
                        .merge(order.system().pool(), Room.of(item), Room::plus);
            }
        }
        used.values().forEach(pools -> pools.replaceAll((_, room) -> room.quota()));
        return used;
    }

    private static Map<PoolId, Room> byName() {
        return new TreeMap<>(java.util.Comparator.comparing(PoolId::toString));
    }

    private static List<List<String>> pools(Map<Body, Map<PoolId, Room>> quotas) {
        var promised = byName();
        quotas.values()
                .forEach(pools ->
                        pools.forEach((pool, room) -> promised.merge(pool, room, Room::plus)));
        var rows = new ArrayList<List<String>>();
        promised.forEach((pool, room) ->
                rows.add(
                        cells(
                                List.of(pool.zone().code(), pool.processor().code()),
                                room.capacity())));
        return rows;
    }

    private static List<List<String>> rows(Map<Body, Map<PoolId, Room>> quotas) {
        var rows = new ArrayList<List<String>>();
        quotas.forEach((unit, pools) ->
                pools.forEach((pool, room) ->
                        rows.add(cells(List.of(unit.uscc().value(), pool.toString()), room))));
        return rows;
    }

    private static List<String> cells(List<String> first, Room room) {
        var cells = new ArrayList<>(first);
        cells.addAll(room.cells());
        return cells;
    }

    private static Table table(RegisterTable table, List<List<String>> rows) {
        return new Table(
                table.code(),
                table.columns().stream().map(RegisterTable.Column::code).toList(),
                IntStream.range(0, rows.size())
                        .mapToObj(at -> new Table.Row(at + 2, rows.get(at)))
                        .toList());
    }
}
