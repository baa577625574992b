package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaNode;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;

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

    private final MessageSource messages;
    private final Locale locale;

    QuotaSheet(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    PlainSheet of(List<QuotaNode> nodes) {
        var names = new HashMap<NodeId, String>();
        nodes.forEach(node -> names.put(node.ref().id(), name(node)));
        return new PlainSheet(
                text("quota.sheet"),
                COLUMNS.stream().map(column -> text("quota.column." + column)).toList(),
                nodes.stream()
                        .flatMap(node -> node.rows().stream().map(row -> row(node, row, names)))
                        .toList());
    }

    private List<Cell> row(QuotaNode node, QuotaNode.Row row, Map<NodeId, String> names) {
        var resource = row.resource();
        return Stream.<Cell>of(
                        new Cell.Text(pool(node.pool())),
                        new Cell.Text(text("quota.kind." + node.ref().kind())),
                        new Cell.Text(
                                node.parent()
                                        .map(above -> names.getOrDefault(above, ""))
                                        .orElse("")),
                        new Cell.Text(name(node)),
                        new Cell.Text(name(resource)),
                        new Cell.Text(unit(resource)),
                        figure(resource, row.guaranteed()),
                        bounded(resource, row.ceiling()),
                        figure(resource, row.committed()),
                        figure(resource, row.granted()),
                        figure(resource, row.locked()),
                        figure(resource, row.used()),
                        bounded(resource, row.free()))
                .toList();
    }

    private String name(QuotaNode node) {
        var ref = node.ref();
        return ref.kind() == NodeRef.Kind.POOL
                ? pool(node.pool())
                : ref.name().isEmpty() ? text("quota.kind." + ref.kind()) : ref.name();
    }

    private String pool(PoolId pool) {
        return known("quota.zone." + pool.zone(), pool.zone().toString())
                + " · "
                + text("quota.processor." + pool.processor().code());
    }

    private String name(Resource resource) {
        String base = known("quota.resource." + resource.base(), resource.base());
        String variant = resource.variant().toUpperCase(Locale.ROOT);
        return variant.isEmpty() ? base : base + " " + variant;
    }

    private String unit(Resource resource) {
        return switch (resource.base()) {
            case "cpuMillis" -> "vCPU";
            case "memoryBytes", "storageBytes" -> "GiB";
            default -> text("quota.count");
        };
    }

    private Cell bounded(Resource resource, OptionalLong amount) {
        return amount.isPresent()
                ? figure(resource, amount.getAsLong())
                : new Cell.Text(text("quota.noCeiling"));
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

    private String text(String key) {
        return messages.getMessage(key, null, locale);
    }

    /** Zones and resources are data: one without words is called by its code. */
    private String known(String key, String code) {
        return Optional.ofNullable(messages.getMessage(key, null, null, locale)).orElse(code);
    }
}
