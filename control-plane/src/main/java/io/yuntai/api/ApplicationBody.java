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
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * An order as it is handed in: everything may be missing or wrong, and all of it is told at once.
 */
record ApplicationBody(
        Optional<SystemId> system,
        Optional<PoolId> pool,
        Optional<String> purpose,
        Optional<Integer> termMonths,
        Optional<List<ItemBody>> items,
        Optional<String> expectedLoad) {

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
            Optional<List<DataDisk>> disks) {

        static ItemBody of(Item item) {
            return switch (item) {
                case Item.Hosts hosts ->
                        new ItemBody(
                                Optional.of("HOSTS"),
                                Optional.of(hosts.count()),
                                Optional.of(hosts.vcpu()),
                                Optional.empty(),
                                Optional.of(hosts.memoryGib()),
                                Optional.of(hosts.diskGib()),
                                Optional.empty(),
                                Optional.of(hosts.storageClass()),
                                hosts.setup().size().map(CatalogueRef::code),
                                hosts.setup().image().map(CatalogueRef::code),
                                Optional.empty(),
                                Optional.of(hosts.setup().login().sshKeys()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
                case Item.Namespace namespace ->
                        new ItemBody(
                                Optional.of("NAMESPACE"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(namespace.cpu()),
                                Optional.of(namespace.memoryGib()),
                                Optional.empty(),
                                Optional.of(namespace.storageGib()),
                                Optional.of(namespace.storageClass()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
                case Item.Resize resize ->
                        ofHost(
                                "RESIZE",
                                resize,
                                resize.wanted(),
                                Optional.empty(),
                                Optional.of(resize.subject().size()));
                case Item.Disk disk ->
                        new ItemBody(
                                Optional.of("DISK"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(disk.sizeGib()),
                                Optional.empty(),
                                Optional.of(disk.storageClass()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(disk.host()),
                                Optional.of(disk.subject().name()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
                case Item.Renewal renewal ->
                        ofHost(
                                "RENEWAL",
                                renewal,
                                renewal.subject().size(),
                                Optional.of(renewal.months()),
                                Optional.empty());
                case Item.Return back ->
                        ofHost(
                                "RETURN",
                                back,
                                back.subject().size(),
                                Optional.empty(),
                                Optional.empty());
                case Item.Move move ->
                        new ItemBody(
                                Optional.of("MOVE"),
                                Optional.empty(),
                                Optional.of(move.subject().size().vcpu()),
                                Optional.empty(),
                                Optional.of(move.subject().size().memoryGib()),
                                Optional.of(move.diskGib()),
                                Optional.empty(),
                                Optional.of(move.storageClass()),
                                Optional.empty(),
                                move.setup().image().map(CatalogueRef::code),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(move.host()),
                                Optional.of(move.subject().name()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(move.from()),
                                Optional.of(move.disks()));
            };
        }

        private static ItemBody ofHost(
                String kind,
                Item.OfHost item,
                Item.Size size,
                Optional<Integer> months,
                Optional<Item.Size> before) {
            return new ItemBody(
                    Optional.of(kind),
                    Optional.empty(),
                    Optional.of(size.vcpu()),
                    Optional.empty(),
                    Optional.of(size.memoryGib()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(item.storageClass()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(item.host()),
                    Optional.of(item.subject().name()),
                    months,
                    before,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * The order, when all of it is right.
     *
     * @param catalogue where sizes and images are looked up, in their latest versions
     * @param visible the caller's hosts
     * @throws Refused INVALID, with every fault
     */
    Order order(HostCatalogue catalogue, Function<HostId, Optional<Host>> visible) {
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
        int term = within(termMonths, "/termMonths", 1, Order.MAX_TERM, faults);
        var bodies = items.orElse(List.of());
        if (bodies.isEmpty()) {
            faults.add(Fault.at("/items", "REQUIRED"));
        } else if (bodies.size() > Order.MAX_ITEMS) {
            faults.add(Fault.at("/items", "TOO_MANY", Order.MAX_ITEMS));
        }
        var cart = new ArrayList<Item>();
        for (int i = 0; i < Math.min(bodies.size(), Order.MAX_ITEMS); i++) {
            item(bodies.get(i), "/items/" + i, catalogue, visible, faults).ifPresent(cart::add);
        }
        var named = new HashSet<HostId>();
        for (int i = 0; i < cart.size(); i++) {
            if (cart.get(i) instanceof Item.OfHost one && !named.add(one.host())) {
                faults.add(Fault.at("/items/" + i + "/host", "DUPLICATE"));
            }
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return new Order(system.orElseThrow(), pool.orElseThrow(), reason, term, cart, load);
    }

    private Optional<Item> item(
            ItemBody body,
            String at,
            HostCatalogue catalogue,
            Function<HostId, Optional<Host>> visible,
            List<Fault> faults) {
        int before = faults.size();
        if (ItemOfHost.KINDS.contains(body.kind().orElse(""))) {
            return new ItemOfHost(system, pool, catalogue, visible).read(body, at, faults);
        }
        String storageClass = body.storageClass().orElse("");
        if (!STORAGE_CLASS.matcher(storageClass).matches()) {
            faults.add(Fault.at(at + "/storageClass", "REQUIRED"));
        }
        Supplier<Item> item =
                switch (body.kind().orElse("")) {
                    case "HOSTS" -> hosts(body, at, storageClass, catalogue, faults);
                    case "NAMESPACE" -> namespace(body, at, storageClass, faults);
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
            ItemBody body, String at, String storageClass, List<Fault> faults) {
        int cpu = within(body.cpu(), at + "/cpu", 1, Item.Namespace.MAX_CPU, faults);
        int memory =
                within(
                        body.memoryGib(),
                        at + "/memoryGib",
                        1,
                        Item.Namespace.MAX_MEMORY_GIB,
                        faults);
        int storage =
                within(
                        body.storageGib(),
                        at + "/storageGib",
                        0,
                        Item.Namespace.MAX_STORAGE_GIB,
                        faults);
        return () -> new Item.Namespace(cpu, memory, storage, storageClass);
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
