package io.yuntai.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.adoption.AdoptionId;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostMigrationId;
import io.yuntai.onboarding.instant.RuleId;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.TransferId;
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
import io.yuntai.security.Account;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Describes the API as it is on the wire, where {@link DomainJson} says how values read. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final Set<Class<?>> KEYED =
            Set.of(ReviewController.class, ApplicationDeliveryController.class);

    private static final String BEARER = "bearer";
    private static final String SESSION = "session";
    private static final String PROBLEM = "Problem";

    static {
        var on = SpringDocUtils.getConfig();
        for (Class<?> id :
                List.of(
                        ApplicationId.class,
                        HostCommandId.class,
                        HostId.class,
                        ImportId.class,
                        AdoptionId.class,
                        HostMigrationId.class,
                        ReorganizationId.class,
                        NodeId.class,
                        PersonId.class,
                        ReclaimId.class,
                        RuleId.class,
                        SystemId.class,
                        TransferId.class,
                        UnitId.class)) {
            var _ = on.replaceWithSchema(id, new StringSchema().format("uuid"));
        }
        for (Class<?> text :
                List.of(
                        ClusterName.class,
                        ClusterUid.class,
                        Login.class,
                        NamespaceName.class,
                        PoolId.class,
                        RegionCode.class,
                        Resource.class,
                        SseEmitter.class,
                        SystemCode.class,
                        UnifiedSocialCreditCode.class,
                        Zone.class)) {
            var _ = on.replaceWithSchema(text, new StringSchema());
        }
        var _ =
                on.replaceWithSchema(
                                ProcessorFamily.class,
                                new StringSchema()
                                        ._enum(
                                                Arrays.stream(ProcessorFamily.values())
                                                        .map(ProcessorFamily::code)
                                                        .toList()))
                        .replaceWithSchema(Epoch.class, new IntegerSchema().format("int64"))
                        .replaceWithSchema(OptionalLong.class, new IntegerSchema().format("int64"))
                        .replaceWithSchema(OptionalInt.class, new IntegerSchema().format("int32"))
                        .replaceWithSchema(
                                Amounts.class,
                                new MapSchema()
                                        .additionalProperties(new IntegerSchema().format("int64")))
                        .addRequestWrapperToIgnore(
                                Account.class, Actor.class, PageQuery.class, Version.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Yuntai")
                                .version("1")
                                .description("The control plane of a government cloud.")
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER))
                .addSecurityItem(new SecurityRequirement().addList(SESSION))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        BEARER,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .bearerFormat("JWT"))
                                .addSecuritySchemes(
                                        SESSION,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.COOKIE)
                                                .name("JSESSIONID"))
                                .addSchemas(PROBLEM, problem()));
    }

    private static Schema<?> problem() {
        var flaw =
                new ObjectSchema()
                        .addProperty("pointer", new StringSchema().description("a JSON pointer"))
                        .addProperty("code", new StringSchema())
                        .addProperty("detail", new StringSchema());
        return new ObjectSchema()
                .description("RFC 9457; the code is stable, the texts are in the caller's language")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema().format("int32"))
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty("code", new StringSchema())
                .addProperty("requestId", new StringSchema())
                .addProperty("errors", new ArraySchema().items(flaw));
    }

    /** What the arguments that every endpoint reads the same way look like from outside. */
    @Bean
    OperationCustomizer commonArguments() {
        return (operation, endpoint) -> {
            for (var argument : endpoint.getMethodParameters()) {
                if (argument.getParameterType() == PageQuery.class) {
                    page(operation);
                } else if (argument.getParameterType() == Version.class) {
                    var _ = operation.addParametersItem(ifMatch());
                }
            }
            if (KEYED.contains(endpoint.getBeanType())) {
                var _ = operation.addParametersItem(idempotencyKey());
            }
            operation.setOperationId(name(endpoint));
            permission(operation, endpoint);
            var _ =
                    operation
                            .getResponses()
                            .addApiResponse(
                                    "default",
                                    new ApiResponse()
                                            .description("A problem")
                                            .content(
                                                    new Content()
                                                            .addMediaType(
                                                                    "application/problem+json",
                                                                    problemContent())));
            return operation;
        };
    }

    private static MediaType problemContent() {
        return new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM));
    }

    /**
     * {@code application.submit} for the method {@code submit} of {@code ApplicationController}.
     */
    private static String name(HandlerMethod endpoint) {
        String controller = endpoint.getBeanType().getSimpleName().replace("Controller", "");
        return StringUtils.uncapitalize(controller) + "." + endpoint.getMethod().getName();
    }

    private static void permission(Operation operation, HandlerMethod endpoint) {
        var requires = endpoint.getMethodAnnotation(Requires.class);
        if (requires != null) {
            operation.addExtension("x-permission", requires.value().name());
        }
    }

    private static void page(Operation operation) {
        var limit = new IntegerSchema();
        limit.setMinimum(BigDecimal.ONE);
        limit.setMaximum(BigDecimal.valueOf(PageQuery.MAX_LIMIT));
        limit.setDefault(PageQuery.DEFAULT_LIMIT);
        var _ =
                operation
                        .addParametersItem(query("limit", limit, "at most so many items"))
                        .addParametersItem(
                                query("cursor", new StringSchema(), "next of the page before"))
                        .addParametersItem(
                                query("sort", new StringSchema(), "a member, or -member"))
                        .addParametersItem(query("q", new StringSchema(), "what to search for"));
    }

    private static Parameter query(String name, Schema<?> schema, String description) {
        return new Parameter().in("query").name(name).schema(schema).description(description);
    }

    private static Parameter idempotencyKey() {
        return new Parameter()
                .in("header")
                .name(RepeatedCommands.HEADER)
                .required(false)
                .schema(new StringSchema().format("uuid"))
                .description("names the command: sent again with it, it is taken once");
    }

    private static Parameter ifMatch() {
        return new Parameter()
                .in("header")
                .name("If-Match")
                .required(true)
                .schema(new StringSchema())
                .description("the ETag of what is changed");
    }
}
