package io.yuntai.onboarding.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostLifeTest {

    /** As the table of the audit demands: it would refuse the step otherwise. */
    @ParameterizedTest
    @EnumSource
    void theAuditHasAWordForEachCommand(HostLife.Command command) {
        assertThat(command.action()).matches("[a-z][A-Za-z]*(\\.[a-z][A-Za-z]*)+");
    }
}
