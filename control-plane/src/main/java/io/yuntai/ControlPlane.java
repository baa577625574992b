package io.yuntai;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The control plane of a government cloud. */
@SpringBootApplication
public class ControlPlane {

    public static void main(String[] args) {
        var _ = SpringApplication.run(ControlPlane.class, args);
    }

    /** The one source of time: every service is handed this, none asks the system. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
