package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaNode;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The quota tree as one table, a row for each resource of each node, in a language. */
final class QuotaSheet {

    private static final List<String> COLUMNS =
            List.of(
                    "pool",
                    "kind",
                    "above",
                    "name",
                    "resource",
                    "unit",
                    "guaranteed",
                    "ceiling",
                    "committed",
                    "granted",
                    "locked",
                    "used",
                    "free");

    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private final SheetWords words;

    QuotaSheet(SheetWords words) {
        this.words = words;
    }

    PlainSheet of(List<QuotaNode> nodes) {
        var names = new HashMap<NodeId, String>();
        nodes.forEach(node -> names.put(node.ref().id(), name(node)));
        return words.sheet(
                COLUMNS,
                nodes.stream()
                        .flatMap(node -> node.rows().stream().map(row -> row(node, row, names)))
                        .toList());
    }

    private List<Cell> row(QuotaNode node, QuotaNode.Row row, Map<NodeId, String> names) {
        var resource = row.resource();
        return List.of(
                Cell.of(words.pool(node.pool())),
                Cell.of(words.own("kind." + node.ref().kind())),
                Cell.of(node.parent().map(above -> names.getOrDefault(above, "")).orElse("")),
                Cell.of(name(node)),
                Cell.of(name(resource)),
                Cell.of(unit(resource)),
                figure(resource, row.guaranteed()),
                bounded(resource, row.ceiling()),
                figure(resource, row.committed()),
                figure(resource, row.granted()),
                figure(resource, row.locked()),
                figure(resource, row.used()),
                bounded(resource, row.free()));
    }

    private String name(QuotaNode node) {
        var ref = node.ref();
        return ref.kind() == NodeRef.Kind.POOL
                ? words.pool(node.pool())
                : ref.name().isEmpty() ? words.own("kind." + ref.kind()) : ref.name();
    }

    private String name(Resource resource) {
        String base = words.known("quota.resource." + resource.base(), resource.base());
        String variant = resource.variant().toUpperCase(Locale.ROOT);
        return variant.isEmpty() ? base : base + " " + variant;
    }

    private String unit(Resource resource) {
        return switch (resource.base()) {
            case "cpuMillis" -> "vCPU";
            case "memoryBytes", "storageBytes" -> "GiB";
            default -> words.own("count");
        };
    }

    private Cell bounded(Resource resource, OptionalLong amount) {
        return amount.isPresent()
                ? figure(resource, amount.getAsLong())
                : Cell.of(words.own("noCeiling"));
    }

    /** Exact: thousandths and parts of a GiB end in a few binary digits. */
    private static Cell figure(Resource resource, long amount) {
        var value = BigDecimal.valueOf(amount);
        return new Cell.Figure(
                switch (resource.base()) {
                    case "cpuMillis" -> plain(value.divide(MILLI));
                    case "memoryBytes", "storageBytes" -> plain(value.divide(GIB));
                    default -> value;
                });
    }

    private static BigDecimal plain(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
