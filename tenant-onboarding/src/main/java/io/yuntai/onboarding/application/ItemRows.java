package io.yuntai.onboarding.application;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How items are kept: one row each, with the columns of both kinds. */
final class ItemRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ItemRows() {}

    /**
     * Rows of {@code application_item}; the first column, the application, is left to the caller.
     */
    static List<Object[]> of(List<Item> items) {
        var rows = new ArrayList<Object[]>();
        for (var item : items) {
            rows.add(
                    switch (item) {
                        case Item.Hosts(
                                        int count,
                                        int vcpu,
                                        int memoryGib,
                                        int diskGib,
                                        String storageClass) ->
                                new Object[] {
                                    "",
                                    rows.size(),
                                    "HOSTS",
                                    count,
                                    vcpu,
                                    memoryGib,
                                    diskGib,
                                    storageClass
                                };
                        case Item.Namespace(
                                        int cpu,
                                        int memoryGib,
                                        int storageGib,
                                        String storageClass) ->
                                new Object[] {
                                    "",
                                    rows.size(),
                                    "NAMESPACE",
                                    1,
                                    cpu,
                                    memoryGib,
                                    storageGib,
                                    storageClass
                                };
                    });
        }
        return rows;
    }

    /**
     * Reads a JSON array of {@code [kind, count, vcpu, memory_gib, storage_gib, storage_class]}.
     */
    static List<Item> read(String json) {
        var items = new ArrayList<Item>();
        for (JsonNode row : JSON.readTree(json)) {
            int vcpu = row.get(2).asInt();
            int memoryGib = row.get(3).asInt();
            int storageGib = row.get(4).asInt();
            String storageClass = row.get(5).asString();
            items.add(
                    row.get(0).asString().equals("HOSTS")
                            ? new Item.Hosts(
                                    row.get(1).asInt(), vcpu, memoryGib, storageGib, storageClass)
                            : new Item.Namespace(vcpu, memoryGib, storageGib, storageClass));
        }
        return items;
    }
}
