package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ResourceTable;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * An order as it is handed in: everything may be missing or wrong, and all of it is told at once.
 *
 * @param termMonths of the hosts that HOSTS and MOVE make; refused where there is no such item
 */
record ApplicationBody(
        Optional<SystemId> system,
        Optional<PoolId> pool,
        Optional<String> purpose,
        Optional<Integer> termMonths,
        Optional<List<ItemBody>> items,
        Optional<String> expectedLoad) {

    private static final Set<String> TERMED = Set.of("HOSTS", "MOVE");
    static final Pattern STORAGE_CLASS = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    /**
     * One item; which members it needs, its kind says.
     *
     * @param size of the catalogue, in place of {@code vcpu} and {@code memoryGib}
     * @param image of the catalogue; empty: an empty disk
     * @param userData of cloud-init, a {@code #cloud-config} of at most 16 KiB. It may hold
     *     secrets: no answer repeats it
     * @param sshKeys lines of {@code authorized_keys}, at most 20
     * @param host that RESIZE, DISK, RENEWAL, RETURN and MOVE are about; one of the system, in the
     *     pool, for MOVE in another than that
     * @param months by which a term is longer
     * @param hostName only told, never read; as {@code before}, what it had when it was applied
     *     for, {@code fromPool}, where it is, and {@code disks}, its data disks
     * @param cluster where the namespace is that NAMESPACE_RETURN is about
     * @param whole whether all of it is handed back, and the namespace goes; else so much as {@code
     *     cpu}, {@code memoryGib} and {@code storageGib} say, of which one may be missing, as of
     *     QUOTA
     * @param fromZone for ZONE, the system's zone before it changes to the pool's
     * @param extras of NAMESPACE, whatever else is counted, by resource code, in base units; which
     *     there are, {@code GET /api/v1/quota/resources} says
     */
    record ItemBody(
            Optional<String> kind,
            Optional<Integer> count,
            Optional<Integer> vcpu,
            Optional<Integer> cpu,
            Optional<Integer> memoryGib,
            Optional<Integer> diskGib,
            Optional<Integer> storageGib,
            Optional<String> storageClass,
            Optional<String> size,
            Optional<String> image,
            Optional<String> userData,
            Optional<List<String>> sshKeys,
            Optional<HostId> host,
            Optional<String> hostName,
            Optional<Integer> months,
            Optional<Item.Size> before,
            Optional<PoolId> fromPool,
            Optional<List<DataDisk>> disks,
            Optional<ClusterName> cluster,
            Optional<Boolean> whole,
            Optional<Zone> fromZone,
            Optional<Map<String, Long>> extras) {

        /** Whether it makes a host; as {@link Item#beginsTerm} of what it is read to. */
        private boolean beginsTerm() {
            return kind.filter(TERMED::contains).isPresent();
        }

        static ItemBody of(Item item) {
            return switch (item) {
                case Item.Hosts hosts -> {
                    var told = new Told("HOSTS", hosts.storageClass());
                    told.count = Optional.of(hosts.count());
                    told.vcpu = Optional.of(hosts.vcpu());
                    told.memoryGib = Optional.of(hosts.memoryGib());
                    told.diskGib = Optional.of(hosts.diskGib());
                    told.size = hosts.setup().size().map(CatalogueRef::code);
                    told.image = hosts.setup().image().map(CatalogueRef::code);
                    told.sshKeys = Optional.of(hosts.setup().login().sshKeys());
                    yield told.body();
                }
                case Item.Namespace namespace -> {
                    var told = new Told("NAMESPACE", namespace.storageClass());
                    told.cpu = Optional.of(namespace.cpu());
                    told.memoryGib = Optional.of(namespace.memoryGib());
                    told.storageGib = Optional.of(namespace.storageGib());
                    told.extras =
                            Optional.of(codes(namespace.extras())).filter(some -> !some.isEmpty());
                    yield told.body();
                }
                case Item.Resize resize -> {
                    var told = new Told("RESIZE", resize).sized(resize.wanted());
                    told.before = Optional.of(resize.subject().size());
                    yield told.body();
                }
                case Item.Disk disk -> {
                    var told = new Told("DISK", disk);
                    told.diskGib = Optional.of(disk.sizeGib());
                    yield told.body();
                }
                case Item.Renewal renewal -> {
                    var told = new Told("RENEWAL", renewal).sized(renewal.subject().size());
                    told.months = Optional.of(renewal.months());
                    yield told.body();
                }
                case Item.Return back ->
                        new Told("RETURN", back).sized(back.subject().size()).body();
                case Item.Move move -> {
                    var told = new Told("MOVE", move).sized(move.subject().size());
                    told.diskGib = Optional.of(move.diskGib());
                    told.image = move.setup().image().map(CatalogueRef::code);
                    told.fromPool = Optional.of(move.from());
                    told.disks = Optional.of(move.disks());
                    yield told.body();
                }
                case Item.NamespaceReturn(var cluster, var part) -> {
                    var told =
                            part.map(room -> new Told("NAMESPACE_RETURN", room))
                                    .orElseGet(() -> new Told("NAMESPACE_RETURN"));
                    told.cluster = Optional.of(cluster);
                    told.whole = Optional.of(part.isEmpty());
                    yield told.body();
                }
                case Item.QuotaRaise(var more) -> new Told("QUOTA", more).body();
                case Item.ZoneChange(var from) -> {
                    var told = new Told("ZONE");
                    told.fromZone = Optional.of(from);
                    yield told.body();
                }
            };
        }

        private static Map<String, Long> codes(Amounts amounts) {
            var codes = new TreeMap<String, Long>();
            amounts.asMap().forEach((resource, amount) -> codes.put(resource.code(), amount));
            return codes;
        }

        /** An item as it is put together, member by member. */
        private static final class Told {
            private final String kind;
            private Optional<Integer> count = Optional.empty();
            private Optional<Integer> vcpu = Optional.empty();
            private Optional<Integer> cpu = Optional.empty();
            private Optional<Integer> memoryGib = Optional.empty();
            private Optional<Integer> diskGib = Optional.empty();
            private Optional<Integer> storageGib = Optional.empty();
            private Optional<String> storageClass = Optional.empty();
            private Optional<String> size = Optional.empty();
            private Optional<String> image = Optional.empty();
            private Optional<List<String>> sshKeys = Optional.empty();
            private Optional<HostId> host = Optional.empty();
            private Optional<String> hostName = Optional.empty();
            private Optional<Integer> months = Optional.empty();
            private Optional<Item.Size> before = Optional.empty();
            private Optional<PoolId> fromPool = Optional.empty();
            private Optional<List<DataDisk>> disks = Optional.empty();
            private Optional<ClusterName> cluster = Optional.empty();
            private Optional<Boolean> whole = Optional.empty();
            private Optional<Zone> fromZone = Optional.empty();
            private Optional<Map<String, Long>> extras = Optional.empty();

            Told(String kind) {
                this.kind = kind;
            }

            Told(String kind, String storageClass) {
                this.kind = kind;
                this.storageClass = Optional.of(storageClass);
            }

            Told(String kind, Item.OfHost item) {
                this(kind, item.storageClass());
                host = Optional.of(item.host());
                hostName = Optional.of(item.subject().name());
            }

            Told(String kind, Item.Room room) {
                this(kind, room.storageClass());
                cpu = Optional.of(room.cpu());
                memoryGib = Optional.of(room.memoryGib());
                storageGib = Optional.of(room.storageGib());
            }

            Told sized(Item.Size of) {
                vcpu = Optional.of(of.vcpu());
                memoryGib = Optional.of(of.memoryGib());
                return this;
            }

            ItemBody body() {
                return new ItemBody(
                        Optional.of(kind),
                        count,
                        vcpu,
                        cpu,
                        memoryGib,
                        diskGib,
                        storageGib,
                        storageClass,
                        size,
                        image,
                        Optional.empty(),
                        sshKeys,
                        host,
                        hostName,
                        months,
                        before,
                        fromPool,
                        disks,
                        cluster,
                        whole,
                        fromZone,
                        extras);
            }
        }
    }

    /**
     * The order, when all of it is right.
     *
     * @param catalogue where sizes and images are looked up, in their latest versions
     * @param table what quota can be counted in
     * @param visible the caller's hosts
     * @throws Refused INVALID, with every fault
     */
    Order order(
            HostCatalogue catalogue,
            ResourceTable table,
            Function<HostId, Optional<Host>> visible) {
        var faults = new ArrayList<Fault>();
        require(system, "/system", faults);
        require(pool, "/pool", faults);
        String reason = purpose.orElse("").strip();
        if (reason.isEmpty()) {
            faults.add(Fault.at("/purpose", "REQUIRED"));
        } else if (reason.length() > Order.MAX_PURPOSE) {
            faults.add(Fault.at("/purpose", "TOO_LONG", Order.MAX_PURPOSE));
        }
        String load = expectedLoad.orElse("").strip();
        if (load.length() > Order.MAX_LOAD) {
            faults.add(Fault.at("/expectedLoad", "TOO_LONG", Order.MAX_LOAD));
        }
        var bodies = items.orElse(List.of());
        if (bodies.stream().anyMatch(ItemBody::beginsTerm)) {
            var _ = within(termMonths, "/termMonths", 1, Order.MAX_TERM, faults);
        } else if (termMonths.isPresent()) {
            faults.add(Fault.at("/termMonths", "NOTHING_HAS_A_TERM"));
        }
        if (bodies.isEmpty()) {
            faults.add(Fault.at("/items", "REQUIRED"));
        } else if (bodies.size() > Order.MAX_ITEMS) {
            faults.add(Fault.at("/items", "TOO_MANY", Order.MAX_ITEMS));
        }
        var cart = new ArrayList<Item>();
        for (int i = 0; i < Math.min(bodies.size(), Order.MAX_ITEMS); i++) {
            item(bodies.get(i), "/items/" + i, catalogue, table, visible, faults)
                    .ifPresent(cart::add);
        }
        var named = new HashSet<Object>();
        for (int i = 0; i < cart.size(); i++) {
            String at = "/items/" + i;
            switch (cart.get(i)) {
                case Item.OfHost one when !named.add(one.host()) ->
                        faults.add(Fault.at(at + "/host", "DUPLICATE"));
                case Item.NamespaceReturn one when !named.add(one.cluster()) ->
                        faults.add(Fault.at(at + "/cluster", "DUPLICATE"));
                case Item.ZoneChange _ when !named.add(Item.ZoneChange.class) ->
                        faults.add(Fault.at(at + "/kind", "DUPLICATE"));
                case Item _ -> {}
            }
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return new Order(system.orElseThrow(), pool.orElseThrow(), reason, termMonths, cart, load);
    }

    private Optional<Item> item(
            ItemBody body,
            String at,
            HostCatalogue catalogue,
            ResourceTable table,
            Function<HostId, Optional<Host>> visible,
            List<Fault> faults) {
        int before = faults.size();
        if (body.kind().filter("NAMESPACE"::equals).isEmpty()
                && body.extras().filter(some -> !some.isEmpty()).isPresent()) {
            faults.add(Fault.at(at + "/extras", "ONLY_OF_NAMESPACES"));
        }
        if (ItemOfHost.KINDS.contains(body.kind().orElse(""))) {
            return new ItemOfHost(system, pool, catalogue, visible).read(body, at, faults);
        }
        switch (body.kind().orElse("")) {
            case "NAMESPACE_RETURN" -> {
                return handedBack(body, at, faults);
            }
            case "ZONE" -> {
                return zoneChange(body, at, faults);
            }
            case "QUOTA" -> {
                return room(body, at, faults).map(Item.QuotaRaise::new);
            }
            default -> {}
        }
        String storageClass = storageClass(body, at, faults);
        Supplier<Item> item =
                switch (body.kind().orElse("")) {
                    case "HOSTS" -> hosts(body, at, storageClass, catalogue, faults);
                    case "NAMESPACE" -> namespace(body, at, storageClass, table, faults);
                    default -> {
                        faults.add(Fault.at(at + "/kind", "NOT_READABLE"));
                        yield () -> {
                            throw new IllegalStateException("of no kind");
                        };
                    }
                };
        return faults.size() > before ? Optional.empty() : Optional.of(item.get());
    }

    /** Notes the faults; the item itself is made only when there are none. */
    private Supplier<Item> hosts(
            ItemBody body,
            String at,
            String storageClass,
            HostCatalogue catalogue,
            List<Fault> faults) {
        int count = within(body.count(), at + "/count", 1, Item.Hosts.MAX_COUNT, faults);
        int disk =
                within(
                        body.diskGib(),
                        at + "/diskGib",
                        Item.Hosts.MIN_DISK_GIB,
                        Item.Hosts.MAX_DISK_GIB,
                        faults);
        var choice = HostChoice.of(catalogue, body, disk, pool, at, faults);
        int vcpu =
                choice.vcpu()
                        .orElseGet(() ->
                                within(body.vcpu(), at + "/vcpu", 1, Item.Hosts.MAX_VCPU, faults));
        int memory =
                choice.memoryGib()
                        .orElseGet(() ->
                                within(
                                        body.memoryGib(),
                                        at + "/memoryGib",
                                        1,
                                        Item.Hosts.MAX_MEMORY_GIB,
                                        faults));
        return () -> new Item.Hosts(count, vcpu, memory, disk, storageClass, choice.setup());
    }

    private static Supplier<Item> namespace(
            ItemBody body,
            String at,
            String storageClass,
            ResourceTable table,
            List<Fault> faults) {
        int cpu = within(body.cpu(), at + "/cpu", 0, Item.Namespace.MAX_CPU, faults);
        int memory =
                within(
                        body.memoryGib(),
                        at + "/memoryGib",
                        0,
                        Item.Namespace.MAX_MEMORY_GIB,
                        faults);
        int storage =
                within(
                        body.storageGib(),
                        at + "/storageGib",
                        0,
                        Item.Namespace.MAX_STORAGE_GIB,
                        faults);
        var bodies = body.extras().orElse(Map.of());
        var extras = Extras.read(bodies, at + "/extras", table, faults);
        if (cpu == 0 && memory == 0 && storage == 0 && bodies.isEmpty()) {
            faults.add(Fault.at(at + "/cpu", "REQUIRED"));
        }
        return () -> new Item.Namespace(cpu, memory, storage, storageClass, extras);
    }

    private Optional<Item> zoneChange(ItemBody body, String at, List<Fault> faults) {
        require(body.fromZone(), at + "/fromZone", faults);
        if (body.fromZone().isPresent() && body.fromZone().equals(pool.map(PoolId::zone))) {
            faults.add(Fault.at(at + "/fromZone", "SAME_ZONE"));
            return Optional.empty();
        }
        return body.fromZone().map(Item.ZoneChange::new);
    }

    private static Optional<Item> handedBack(ItemBody body, String at, List<Fault> faults) {
        int before = faults.size();
        require(body.cluster(), at + "/cluster", faults);
        boolean whole = body.whole().orElse(false);
        var part = whole ? Optional.<Item.Room>empty() : room(body, at, faults);
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new Item.NamespaceReturn(body.cluster().orElseThrow(), part));
    }

    /** What is missing is none of it; empty where there is a fault, which is noted. */
    private static Optional<Item.Room> room(ItemBody body, String at, List<Fault> faults) {
        int before = faults.size();
        int cpu = upTo(body.cpu(), at + "/cpu", Item.Namespace.MAX_CPU, faults);
        int memory =
                upTo(body.memoryGib(), at + "/memoryGib", Item.Namespace.MAX_MEMORY_GIB, faults);
        int storage =
                upTo(body.storageGib(), at + "/storageGib", Item.Namespace.MAX_STORAGE_GIB, faults);
        String storageClass = storageClass(body, at, faults);
        if (faults.size() == before && cpu + memory + storage == 0) {
            faults.add(Fault.at(at + "/cpu", "REQUIRED"));
        }
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new Item.Room(cpu, memory, storage, storageClass));
    }

    private static int upTo(Optional<Integer> value, String pointer, int most, List<Fault> faults) {
        return within(Optional.of(value.orElse(0)), pointer, 0, most, faults);
    }

    private static String storageClass(ItemBody body, String at, List<Fault> faults) {
        String storageClass = body.storageClass().orElse("");
        if (!STORAGE_CLASS.matcher(storageClass).matches()) {
            faults.add(Fault.at(at + "/storageClass", "REQUIRED"));
        }
        return storageClass;
    }

    private static void require(Optional<?> value, String pointer, List<Fault> faults) {
        if (value.isEmpty()) {
            faults.add(Fault.at(pointer, "REQUIRED"));
        }
    }

    private static int within(
            Optional<Integer> value, String pointer, int least, int most, List<Fault> faults) {
        require(value, pointer, faults);
        if (value.isPresent() && (value.get() < least || value.get() > most)) {
            faults.add(Fault.at(pointer, "OUT_OF_RANGE", least, most));
        }
        return value.orElse(least);
    }

    static Refused required(String pointer) {
        return Refused.invalid("INVALID", List.of(Fault.at(pointer, "REQUIRED")));
    }

    static Refused tooLong(String pointer, int most) {
        return Refused.invalid("INVALID", List.of(Fault.at(pointer, "TOO_LONG", most)));
    }
}
