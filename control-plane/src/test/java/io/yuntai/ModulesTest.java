package io.yuntai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void noModuleReachesIntoAnotherAndNoneInACircle() {
        var modules = ApplicationModules.of(ControlPlane.class);
        assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
                .contains("quota", "onboarding", "billing", "api", "security", "audit");
        modules.verify();
    }
}
