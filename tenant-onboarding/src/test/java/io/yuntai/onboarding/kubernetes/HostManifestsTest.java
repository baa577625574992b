package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.region.PoolId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostManifestsTest {

    private static final NamespaceName NAMESPACE = new NamespaceName("s-jmga-01");
    private static final PoolId POOL = PoolId.of("extranet-domestic");
    private static final Desired.Host HOST =
            new Desired.Host(
                    NAMESPACE,
                    "web-1",
                    HostId.of("01990000-0000-7000-8000-000000000003"),
                    4,
                    8L << 30,
                    20L << 30,
                    "ssd",
                    POOL);

    @Test
    void aHostIsAMachineOnItsProcessorFamily() throws IOException {
        Golden.assertReads(HostManifests.virtualMachine(HOST), "virtualmachine.yaml");
    }

    @Test
    void aHostsDiskIsAClaimOfItsStorageClass() throws IOException {
        Golden.assertReads(HostManifests.disk(HOST), "disk.yaml");
    }
}
