package io.yuntai.onboarding.application;

import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Gpus;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How items are kept: one row each, with the columns of both kinds. */
final class ItemRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ItemRows() {}

    /**
     * Rows of {@code application_item}; the first two columns, the application and its revision,
     * are left to the caller.
     */
    static List<@Nullable Object[]> of(List<Item> items) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var item : items) {
            rows.add(
                    switch (item) {
                        case Item.Hosts hosts -> hosts(rows.size(), hosts);
                        case Item.Namespace namespace -> namespace(rows.size(), namespace);
                        case Item.Resize resize -> {
                            var row = ofHost(rows.size(), "RESIZE", resize.wanted(), resize);
                            row[FROM_VCPU] = resize.subject().size().vcpu();
                            row[FROM_VCPU + 1] = resize.subject().size().memoryGib();
                            yield row;
                        }
                        case Item.Disk disk -> {
                            var row = ofHost(rows.size(), "DISK", disk.subject().size(), disk);
                            row[STORAGE] = disk.sizeGib();
                            yield row;
                        }
                        case Item.Renewal renewal -> {
                            var row =
                                    ofHost(
                                            rows.size(),
                                            "RENEWAL",
                                            renewal.subject().size(),
                                            renewal);
                            row[MONTHS] = renewal.months();
                            yield row;
                        }
                        case Item.Return back ->
                                ofHost(rows.size(), "RETURN", back.subject().size(), back);
                        case Item.Move move -> move(rows.size(), move);
                        case Item.NamespaceReturn(var cluster, var part) -> {
                            var row =
                                    part.map(room -> row(rows.size(), "NAMESPACE_RETURN", room))
                                            .orElseGet(() ->
                                                    row(
                                                            rows.size(),
                                                            "NAMESPACE_RETURN",
                                                            1,
                                                            0,
                                                            0,
                                                            0,
                                                            NO_CLASS));
                            row[CLUSTER] = cluster.value();
                            yield row;
                        }
                        case Item.QuotaRaise(var more) -> row(rows.size(), "QUOTA", more);
                        case Item.ZoneChange(var from) -> {
                            var row = row(rows.size(), "ZONE", 1, 0, 0, 0, NO_CLASS);
                            row[FROM_ZONE] = from.code();
                            yield row;
                        }
                    });
        }
        return rows;
    }

    /** Where no storage is spoken of. */
    private static final String NO_CLASS = "none";

    private static final int COLUMNS = 26;

    /**
     * Cuts as they are kept: what a kind has no use for, and all where nothing is left, stands as
     * it was asked for.
     *
     * @param cuts sound ones of these items
     */
    static List<Cut> kept(List<Item> items, List<Cut> cuts) {
        return cuts.stream()
                .map(cut -> {
                    var item = items.get(cut.position());
                    var left = cut.of(item);
                    var row = of(List.of(left.orElse(item))).getFirst();
                    return new Cut(
                            cut.position(),
                            left.isEmpty() ? 0 : number(row, COUNT),
                            number(row, COUNT + 1),
                            number(row, COUNT + 2),
                            number(row, STORAGE),
                            Optional.of(amounts((String) Objects.requireNonNull(row[EXTRAS]))));
                })
                .toList();
    }

    private static int number(@Nullable Object[] row, int column) {
        return (Integer) Objects.requireNonNull(row[column]);
    }

    private static final int COUNT = 4;
    private static final int STORAGE = 7;
    private static final int SETUP = 9;
    private static final int HOST = 17;
    private static final int MONTHS = 18;
    private static final int FROM_VCPU = 19;
    private static final int FROM_POOL = 21;
    private static final int DISKS = 22;
    private static final int CLUSTER = 23;
    private static final int FROM_ZONE = 24;
    private static final int EXTRAS = 25;

    private static @Nullable Object[] row(int position, String kind, Item.Room room) {
        return row(
                position,
                kind,
                1,
                room.cpu(),
                room.memoryGib(),
                room.storageGib(),
                room.storageClass());
    }

    private static @Nullable Object[] row(
            int position,
            String kind,
            int count,
            int vcpu,
            int memoryGib,
            int storageGib,
            String storageClass) {
        var row = new @Nullable Object[COLUMNS];
        row[0] = "";
        row[1] = 1;
        row[2] = position;
        row[3] = kind;
        row[COUNT] = count;
        row[COUNT + 1] = vcpu;
        row[COUNT + 2] = memoryGib;
        row[STORAGE] = storageGib;
        row[8] = storageClass;
        row[SETUP + 5] = 0;
        row[SETUP + 6] = "";
        row[SETUP + 7] = new String[0];
        row[EXTRAS] = json(Amounts.NONE);
        return row;
    }

    private static @Nullable Object[] namespace(int position, Item.Namespace namespace) {
        var row =
                row(
                        position,
                        "NAMESPACE",
                        1,
                        namespace.cpu(),
                        namespace.memoryGib(),
                        namespace.storageGib(),
                        namespace.storageClass());
        row[EXTRAS] = json(namespace.extras());
        return row;
    }

    /** An object from resource code to base units. */
    static String json(Amounts amounts) {
        var members = new TreeMap<String, Long>();
        amounts.asMap().forEach((resource, amount) -> members.put(resource.code(), amount));
        return JSON.writeValueAsString(members);
    }

    /** As {@link #json(Amounts)} wrote them. */
    static Amounts amounts(JsonNode members) {
        var amounts = new TreeMap<Resource, Long>();
        members.properties()
                .forEach(member ->
                        amounts.put(new Resource(member.getKey()), member.getValue().asLong()));
        return Amounts.of(amounts);
    }

    static Amounts amounts(String json) {
        return amounts(JSON.readTree(json));
    }

    private static @Nullable Object[] hosts(int position, Item.Hosts hosts) {
        var row =
                row(
                        position,
                        "HOSTS",
                        hosts.count(),
                        hosts.vcpu(),
                        hosts.memoryGib(),
                        hosts.diskGib(),
                        hosts.storageClass());
        setup(row, hosts.setup());
        return row;
    }

    private static void setup(@Nullable Object[] row, HostSetup setup) {
        row[SETUP] = setup.size().map(CatalogueRef::code).orElse(null);
        row[SETUP + 1] = setup.size().map(CatalogueRef::version).orElse(null);
        row[SETUP + 2] = setup.image().map(CatalogueRef::code).orElse(null);
        row[SETUP + 3] = setup.image().map(CatalogueRef::version).orElse(null);
        row[SETUP + 4] = setup.gpus().map(Gpus::model).orElse(null);
        row[SETUP + 5] = setup.gpus().map(Gpus::count).orElse(0);
        row[SETUP + 6] = setup.login().userData();
        row[SETUP + 7] = setup.login().sshKeys().toArray(String[]::new);
    }

    private static @Nullable Object[] move(int position, Item.Move move) {
        var row = ofHost(position, "MOVE", move.subject().size(), move);
        row[STORAGE] = move.diskGib();
        setup(row, move.setup());
        row[FROM_POOL] = move.from().toString();
        row[DISKS] =
                JSON.writeValueAsString(
                        move.disks().stream()
                                .map(disk ->
                                        List.of(disk.position(), disk.bytes(), disk.storageClass()))
                                .toList());
        return row;
    }

    private static @Nullable Object[] ofHost(
            int position, String kind, Item.Size size, Item.OfHost item) {
        var row = row(position, kind, 1, size.vcpu(), size.memoryGib(), 0, item.storageClass());
        row[HOST] = item.host().value();
        return row;
    }

    /**
     * Reads a JSON array of {@code [kind, count, vcpu, memory_gib, storage_gib, storage_class,
     * size, size_version, image, image_version, gpu_model, gpus, user_data, ssh_keys,
     * approved_count, approved_vcpu, approved_memory_gib, approved_storage_gib, host, months,
     * from_vcpu, from_memory_gib, name of the host, from_pool, disks, cluster, from_zone, extras,
     * approved_extras]}: what was asked for.
     */
    static List<Item> requested(JsonNode rows) {
        var items = new ArrayList<Item>();
        for (var row : rows) {
            items.add(item(row, REQUESTED));
        }
        return items;
    }

    /** What of that is left, where a review has lowered it. */
    static List<Item> left(JsonNode rows) {
        var items = new ArrayList<Item>();
        for (var row : rows) {
            if (row.get(14).isNull()) {
                items.add(item(row, REQUESTED));
            } else if (row.get(14).asInt() > 0) {
                items.add(item(row, APPROVED));
            }
        }
        return items;
    }

    /** Where the figures of an item stand in its row. */
    private record Figures(int count, int vcpu, int memory, int storage, int extras) {}

    private static final Figures REQUESTED = new Figures(1, 2, 3, 4, 27);
    private static final Figures APPROVED = new Figures(14, 15, 16, 17, 28);

    private static Item item(JsonNode row, Figures at) {
        int vcpu = row.get(at.vcpu()).asInt();
        int memory = row.get(at.memory()).asInt();
        int storage = row.get(at.storage()).asInt();
        String storageClass = row.get(5).asString();
        return switch (row.get(0).asString()) {
            case "HOSTS" ->
                    new Item.Hosts(
                            row.get(at.count()).asInt(),
                            vcpu,
                            memory,
                            storage,
                            storageClass,
                            setup(row));
            case "NAMESPACE" ->
                    new Item.Namespace(
                            vcpu, memory, storage, storageClass, amounts(row.get(at.extras())));
            case "RESIZE" ->
                    new Item.Resize(
                            subject(row, new Item.Size(row.get(20).asInt(), row.get(21).asInt())),
                            new Item.Size(vcpu, memory));
            case "DISK" -> new Item.Disk(subject(row, size(row)), storage);
            case "RENEWAL" -> new Item.Renewal(subject(row, size(row)), row.get(19).asInt());
            case "RETURN" -> new Item.Return(subject(row, size(row)));
            case "MOVE" ->
                    new Item.Move(
                            subject(row, size(row)),
                            PoolId.of(row.get(23).asString()),
                            row.get(4).asInt(),
                            disks(row.get(24)),
                            setup(row));
            case "NAMESPACE_RETURN" ->
                    new Item.NamespaceReturn(
                            new ClusterName(row.get(25).asString()),
                            storageClass.equals(NO_CLASS)
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Item.Room(vcpu, memory, storage, storageClass)));
            case "QUOTA" -> new Item.QuotaRaise(new Item.Room(vcpu, memory, storage, storageClass));
            case "ZONE" -> new Item.ZoneChange(new Zone(row.get(26).asString()));
            default -> throw new IllegalStateException("an item of no kind: " + row);
        };
    }

    private static Item.Subject subject(JsonNode row, Item.Size size) {
        return new Item.Subject(
                new HostId(UUID.fromString(row.get(18).asString())),
                row.get(22).asString(),
                row.get(5).asString(),
                size);
    }

    private static Item.Size size(JsonNode row) {
        return new Item.Size(row.get(2).asInt(), row.get(3).asInt());
    }

    private static List<DataDisk> disks(JsonNode rows) {
        var disks = new ArrayList<DataDisk>();
        rows.forEach(disk ->
                disks.add(
                        new DataDisk(
                                disk.get(0).asInt(),
                                disk.get(1).asLong(),
                                disk.get(2).asString())));
        return disks;
    }

    private static HostSetup setup(JsonNode row) {
        int gpus = row.get(11).asInt();
        var keys = new ArrayList<String>();
        row.get(13).forEach(key -> keys.add(key.asString()));
        return new HostSetup(
                ref(row.get(6), row.get(7)),
                ref(row.get(8), row.get(9)),
                gpus == 0 ? Optional.empty() : Optional.of(new Gpus(row.get(10).asString(), gpus)),
                new HostSetup.FirstLogin(row.get(12).asString(), keys));
    }

    private static Optional<CatalogueRef> ref(JsonNode code, JsonNode version) {
        return code.isNull()
                ? Optional.empty()
                : Optional.of(new CatalogueRef(code.asString(), version.asInt()));
    }
}
