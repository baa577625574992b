package io.yuntai.api;

import io.yuntai.notice.NoticeId;
import io.yuntai.onboarding.adoption.AdoptionId;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.DelegationId;
import io.yuntai.onboarding.calendar.CalendarVersionId;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostMigrationId;
import io.yuntai.onboarding.instant.RuleId;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.register.ImportId;
import io.yuntai.onboarding.reorganization.ReorganizationId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.Login;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How the domain's values read in JSON: ids, codes and names as texts, epochs as numbers, amounts
 * as an object from resource code to base units. A text that its record refuses is refused with the
 * pointer to it.
 */
@Component
class DomainJson extends SimpleModule {

    DomainJson() {
        super("yuntai");
        text(ApplicationId.class, ApplicationId::of, ApplicationId::toString);
        text(CalendarVersionId.class, CalendarVersionId::of, CalendarVersionId::toString);
        text(
                DelegationId.class,
                text -> new DelegationId(UUID.fromString(text)),
                DelegationId::toString);
        text(NoticeId.class, NoticeId::of, NoticeId::toString);
        text(HostId.class, text -> new HostId(UUID.fromString(text)), HostId::toString);
        text(ImportId.class, ImportId::of, ImportId::toString);
        text(AdoptionId.class, AdoptionId::of, AdoptionId::toString);
        text(HostMigrationId.class, HostMigrationId::of, HostMigrationId::toString);
        text(ReorganizationId.class, ReorganizationId::of, ReorganizationId::toString);
        text(ReclaimId.class, ReclaimId::of, ReclaimId::toString);
        text(RuleId.class, RuleId::of, RuleId::toString);
        text(SystemId.class, SystemId::of, SystemId::toString);
        text(PersonId.class, PersonId::of, PersonId::toString);
        text(UnitId.class, UnitId::of, UnitId::toString);
        text(NodeId.class, text -> new NodeId(UUID.fromString(text)), NodeId::toString);
        text(PoolId.class, PoolId::of, PoolId::toString);
        text(Zone.class, Zone::new, Zone::toString);
        text(ProcessorFamily.class, DomainJson::family, ProcessorFamily::code);
        text(RegionCode.class, RegionCode::new, RegionCode::toString);
        text(SystemCode.class, SystemCode::new, SystemCode::toString);
        text(
                UnifiedSocialCreditCode.class,
                UnifiedSocialCreditCode::new,
                UnifiedSocialCreditCode::toString);
        text(Login.class, Login::new, Login::toString);
        text(ClusterName.class, ClusterName::new, ClusterName::toString);
        text(ClusterUid.class, ClusterUid::new, ClusterUid::toString);
        text(NamespaceName.class, NamespaceName::new, NamespaceName::toString);
        text(Resource.class, Resource::new, Resource::toString);
        var _ =
                addSerializer(
                        Epoch.class,
                        serializer(Epoch.class, (epoch, json) -> json.writeNumber(epoch.value())));
        var _ = addSerializer(Amounts.class, serializer(Amounts.class, DomainJson::write));
        var _ = addDeserializer(Amounts.class, new AmountsReader());
        var _ = addDeserializer(String.class, new KeepableText());
    }

    private static ProcessorFamily family(String code) {
        return ProcessorFamily.valueOf(code.toUpperCase(Locale.ROOT));
    }

    private <T> void text(Class<T> type, Function<String, T> read, Function<T, String> write) {
        var _ =
                addSerializer(
                        type,
                        serializer(type, (value, json) -> json.writeString(write.apply(value))));
        var _ = addDeserializer(type, new TextReader<>(type, read));
    }

    private interface Writer<T> {
        void write(T value, JsonGenerator json);
    }

    private static <T> ValueSerializer<T> serializer(Class<T> type, Writer<T> writer) {
        return new StdSerializer<>(type) {
            @Override
            public void serialize(T value, JsonGenerator json, SerializationContext context) {
                writer.write(value, json);
            }
        };
    }

    private static void write(Amounts amounts, JsonGenerator json) {
        var _ = json.writeStartObject();
        amounts.asMap()
                .forEach((resource, amount) -> {
                    var _ = json.writeName(resource.code());
                    var _ = json.writeNumber(amount);
                });
        var _ = json.writeEndObject();
    }

    private static final class TextReader<T> extends StdDeserializer<T> {

        private final transient Function<String, T> read;

        TextReader(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser json, DeserializationContext context) {
            String text = json.getValueAsString("");
            try {
                return read.apply(text);
            } catch (IllegalArgumentException e) {
                return (T)
                        context.handleWeirdStringValue(handledType(), text, "%s", e.getMessage());
            }
        }
    }

    /** No database keeps a NUL, nor half of a surrogate pair: they are refused where they stand. */
    private static final class KeepableText extends StringDeserializer {

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            String text = super.deserialize(json, context);
            if (!isKeepable(text)) {
                throw context.weirdStringException(text, String.class, "holds what cannot be kept");
            }
            return text;
        }
    }

    /** Whether a database can keep it. */
    static boolean isKeepable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
    }

    private static final class AmountsReader extends ValueDeserializer<Amounts> {

        @Override
        public Amounts deserialize(JsonParser json, DeserializationContext context) {
            var values = new TreeMap<Resource, Long>();
            context.readTree(json)
                    .properties()
                    .forEach(member -> {
                        long amount = context.readTreeAsValue(member.getValue(), Long.class);
                        var _ = values.put(new Resource(member.getKey()), amount);
                    });
            return Amounts.of(values);
        }
    }
}
