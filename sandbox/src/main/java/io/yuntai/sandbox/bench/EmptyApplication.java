package io.yuntai.sandbox.bench;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * The baseline of {@code start}: a Spring Boot web application with nothing in it. Only
 * auto-configured and no component, so that no component scan ever finds it.
 */
@EnableAutoConfiguration
public class EmptyApplication {

    public static void main(String[] args) {
        var _ = SpringApplication.run(EmptyApplication.class, args);
    }
}
