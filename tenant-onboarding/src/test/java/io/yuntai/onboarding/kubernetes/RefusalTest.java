package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final String MESSAGE =
            "Error creating: pods \"web-x2v\" is forbidden: exceeded quota: yuntai, requested:"
                    + " pods=1,requests.cpu=2500m,requests.memory=4Gi, used:"
                    + " pods=9,requests.cpu=9,requests.memory=16Gi, limited:"
                    + " pods=10,requests.cpu=10,requests.memory=64Gi";

    @Test
    void aRefusalTellsWhatWasAskedFor() {
        assertThat(Refusal.demand(ResourceNames.DEFAULT, MESSAGE))
                .isEqualTo(Amounts.of(Map.of(Resource.CPU, 2500L, Resource.MEMORY, 4L << 30)));
    }

    @Test
    void whatIsNotAboutOurLeaseOrCannotBeReadAsksForNothing() {
        assertThat(
                        Refusal.demand(
                                ResourceNames.DEFAULT,
                                "exceeded quota: other, requested: requests.cpu=2, used: x"))
                .isEqualTo(Amounts.NONE);
        assertThat(
                        Refusal.demand(
                                ResourceNames.DEFAULT,
                                "exceeded quota: yuntai, requested: requests.cpu=two, used: x"))
                .isEqualTo(Amounts.NONE);
        assertThat(
                        Refusal.demand(
                                ResourceNames.DEFAULT,
                                "exceeded quota: yuntai, requested: ,,=, used: "))
                .isEqualTo(Amounts.NONE);
        assertThat(Refusal.demand(ResourceNames.DEFAULT, "")).isEqualTo(Amounts.NONE);
    }

    @Test
    void onlyEventsOfFailedCreationsCount() {
        var event = new EventBuilder().withReason("FailedCreate").withMessage(MESSAGE).build();
        assertThat(Refusal.demand(ResourceNames.DEFAULT, event).get(Resource.CPU)).isEqualTo(2500);
        event.setReason("Scheduled");
        assertThat(Refusal.demand(ResourceNames.DEFAULT, event)).isEqualTo(Amounts.NONE);
    }
}
