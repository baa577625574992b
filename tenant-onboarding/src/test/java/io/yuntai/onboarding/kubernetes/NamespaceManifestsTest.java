package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NamespaceManifestsTest {

    private static final NamespaceName NAMESPACE = new NamespaceName("s-jmga-01");
    private static final PoolId POOL = PoolId.of("extranet-domestic");
    private static final Desired.SystemNamespace SYSTEM =
            new Desired.SystemNamespace(
                    NAMESPACE,
                    UnitId.of("01990000-0000-7000-8000-000000000001"),
                    SystemId.of("01990000-0000-7000-8000-000000000002"),
                    POOL);

    @Test
    void aNamespaceSaysWhoseItIsAndHowSafe() throws IOException {
        Golden.assertReads(NamespaceManifests.namespace(SYSTEM), "namespace.yaml");
    }

    @Test
    void aLimitRangeHasDefaultRequestsAndNoLimits() throws IOException {
        Golden.assertReads(NamespaceManifests.limitRange(SYSTEM), "limitrange.yaml");
    }
}
