package io.yuntai.onboarding.instant;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How facts are kept: {@code [{"name": "order.vcpu", "value": 4, "at": "2026-…"}]}. */
final class FactsJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FactsJson() {}

    static String write(Facts facts) {
        var array = JSON.createArrayNode();
        for (var fact : Fact.values()) {
            var known = facts.values().get(fact);
            if (known != null) {
                var one = array.addObject();
                var _ = one.put("name", fact.code());
                var _ = one.set("value", JSON.valueToTree(known.value().raw()));
                var _ = one.put("at", known.at().toString());
            }
        }
        return array.toString();
    }

    /** What was kept under a name that is known no more is left out. */
    static Facts read(String json) {
        var values = new EnumMap<Fact, Facts.Known>(Fact.class);
        for (var one : JSON.readTree(json)) {
            Fact.of(one.get("name").asString())
                    .ifPresent(fact ->
                            values.put(
                                    fact,
                                    new Facts.Known(
                                            value(fact.type(), one.get("value")),
                                            Instant.parse(one.get("at").asString()))));
        }
        // Kept when nothing of that kind could be asked for.
        Optional.ofNullable(values.get(Fact.ORDER_KINDS))
                .map(order -> new Facts.Known(new FactValue.Texts(List.of()), order.at()))
                .ifPresent(nothing -> values.putIfAbsent(Fact.ORDER_EXTRAS, nothing));
        return new Facts(values);
    }

    private static FactValue value(Fact.Type type, JsonNode json) {
        return switch (type) {
            case FLAG -> new FactValue.Flag(json.asBoolean());
            case WHOLE -> new FactValue.Whole(json.asLong());
            case REAL -> new FactValue.Real(json.asDouble());
            case TEXT -> new FactValue.Text(json.asString());
            case TEXTS -> new FactValue.Texts(texts(json));
        };
    }

    private static List<String> texts(JsonNode json) {
        return json.valueStream().map(JsonNode::asString).toList();
    }
}
