package io.yuntai.api;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** How strictly bodies are read, beyond what the properties can say. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    /** 7 is no text, as "7" is no number. */
    @Bean
    JsonMapperBuilderCustomizer textsAreTexts() {
        return json -> {
            var _ =
                    json.withCoercionConfig(
                            LogicalType.Textual,
                            texts -> {
                                for (var shape :
                                        new CoercionInputShape[] {
                                            CoercionInputShape.Integer,
                                            CoercionInputShape.Float,
                                            CoercionInputShape.Boolean
                                        }) {
                                    var _ = texts.setCoercion(shape, CoercionAction.Fail);
                                }
                            });
        };
    }
}
