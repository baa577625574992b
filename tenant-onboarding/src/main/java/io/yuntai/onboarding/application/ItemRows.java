package io.yuntai.onboarding.application;

import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Gpus;
import io.yuntai.onboarding.host.HostSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                        case Item.Hosts(
                                        int count,
                                        int vcpu,
                                        int memoryGib,
                                        int diskGib,
                                        String storageClass,
                                        HostSetup setup) ->
                                new @Nullable Object[] {
                                    "",
                                    1,
                                    rows.size(),
                                    "HOSTS",
                                    count,
                                    vcpu,
                                    memoryGib,
                                    diskGib,
                                    storageClass,
                                    setup.size().map(CatalogueRef::code).orElse(null),
                                    setup.size().map(CatalogueRef::version).orElse(null),
                                    setup.image().map(CatalogueRef::code).orElse(null),
                                    setup.image().map(CatalogueRef::version).orElse(null),
                                    setup.gpus().map(Gpus::model).orElse(null),
                                    setup.gpus().map(Gpus::count).orElse(0),
                                    setup.login().userData(),
                                    setup.login().sshKeys().toArray(String[]::new)
                                };
                        case Item.Namespace(
                                        int cpu,
                                        int memoryGib,
                                        int storageGib,
                                        String storageClass) ->
                                new @Nullable Object[] {
                                    "",
                                    1,
                                    rows.size(),
                                    "NAMESPACE",
                                    1,
                                    cpu,
                                    memoryGib,
                                    storageGib,
                                    storageClass,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    0,
                                    "",
                                    new String[0]
                                };
                    });
        }
        return rows;
    }

    /**
     * Reads a JSON array of {@code [kind, count, vcpu, memory_gib, storage_gib, storage_class,
     * size, size_version, image, image_version, gpu_model, gpus, user_data, ssh_keys,
     * approved_count, approved_vcpu, approved_memory_gib, approved_storage_gib]}: what was asked
     * for.
     */
    static List<Item> requested(String json) {
        var items = new ArrayList<Item>();
        for (JsonNode row : JSON.readTree(json)) {
            items.add(item(row, 1, 2, 3, 4));
        }
        return items;
    }

    /** What of that is left, where a review has lowered it. */
    static List<Item> left(String json) {
        var items = new ArrayList<Item>();
        for (JsonNode row : JSON.readTree(json)) {
            if (row.get(14).isNull()) {
                items.add(item(row, 1, 2, 3, 4));
            } else if (row.get(14).asInt() > 0) {
                items.add(item(row, 14, 15, 16, 17));
            }
        }
        return items;
    }

    private static Item item(JsonNode row, int count, int vcpu, int memory, int storage) {
        String storageClass = row.get(5).asString();
        return row.get(0).asString().equals("HOSTS")
                ? new Item.Hosts(
                        row.get(count).asInt(),
                        row.get(vcpu).asInt(),
                        row.get(memory).asInt(),
                        row.get(storage).asInt(),
                        storageClass,
                        setup(row))
                : new Item.Namespace(
                        row.get(vcpu).asInt(),
                        row.get(memory).asInt(),
                        row.get(storage).asInt(),
                        storageClass);
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
