package io.yuntai.onboarding.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Another size for a machine of others: of 8 vCPU and 4 GiB in each of these. */
class HostKeptTest {

    private static final long GIB = 1L << 30;
    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void socketsAndThreadsStayWhereTheNumberOfProcessorsLetsThem() {
        var kept = kept(2, 2, 2, "4Gi");
        assertThat(sized(kept, 12, 4)).contains("2 3 2 4Gi");
        assertThat(sized(kept, 4, 4)).contains("2 1 2 4Gi");
        assertThat(sized(kept, 6, 4)).contains("1 6 1 4Gi");
    }

    @Test
    void onlyWhatIsWrittenIsWritten() {
        assertThat(sized(kept(0, 8, 0, "4Gi"), 3, 4)).contains("- 3 - 4Gi");
        assertThat(sized(kept(8, 0, 0, "4Gi"), 3, 4)).contains("3 - - 4Gi");
        assertThat(sized(kept(4, 0, 2, "4Gi"), 6, 4)).contains("3 - 2 4Gi");
        assertThat(sized(kept(4, 0, 2, "4Gi"), 5, 4)).contains("5 - 1 4Gi");
        assertThat(sized(kept(0, 0, 8, "4Gi"), 4, 4)).contains("- - 4 4Gi");
    }

    @Test
    void memoryIsWrittenInMiBAndStaysAsItReadsWhereItIsTheSame() {
        assertThat(sized(kept(0, 8, 0, "4Gi"), 8, 6)).contains("- 8 - 6144Mi");
    }

    @Test
    void whatAnInstancetypeOrRequestsMakeCannotBeWritten() {
        assertThat(sized(kept(0, 0, 0, ""), 16, 4)).isEmpty();
        assertThat(sized(kept(0, 0, 0, "4Gi"), 16, 4)).isEmpty();
        assertThat(sized(kept(0, 8, 0, ""), 8, 6)).isEmpty();
        assertThat(sized(kept(0, 0, 0, "4Gi"), 8, 6)).contains("- - - 6144Mi");
        assertThat(sized(kept(0, 8, 0, ""), 16, 4)).contains("- 16 - ");
    }

    @Test
    void whatWasNotResizedReadsAsItAlwaysDid() {
        var kept = kept(0, 8, 0, "4Gi");
        assertThat(kept.toString()).doesNotContain("resized");
        assertThat(kept.sized(host(kept), 4, 4 * GIB).orElseThrow().toString())
                .contains("resized=true");
    }

    private static Optional<String> sized(HostKept kept, int vcpu, int memoryGib) {
        return kept.sized(host(kept), vcpu, memoryGib * GIB)
                .map(as ->
                        text(as.sockets())
                                + " "
                                + text(as.cores())
                                + " "
                                + text(as.threads())
                                + " "
                                + as.memory());
    }

    private static String text(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "-";
    }

    /** Zero is not written. */
    private static HostKept kept(int sockets, int cores, int threads, String memory) {
        return new HostKept(
                HostKept.RunBy.STRATEGY,
                sockets == 0 ? NONE : OptionalInt.of(sockets),
                cores == 0 ? NONE : OptionalInt.of(cores),
                threads == 0 ? NONE : OptionalInt.of(threads),
                memory,
                List.of());
    }

    private static Host host(HostKept kept) {
        var plan =
                new Host.Plan(
                        HostLife.State.STOPPED,
                        1,
                        false,
                        true,
                        true,
                        Host.Times.NEVER,
                        Host.Times.NEVER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        new HostSetup(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                HostSetup.FirstLogin.NONE,
                                Optional.of(kept)),
                        Optional.empty());
        return new Host(
                new HostId(new UUID(0, 1)),
                "legacy-1",
                new SystemId(new UUID(0, 2)),
                "egov",
                "政务系统",
                new UnitId(new UUID(0, 3)),
                "91350100M000100Y43",
                "信息中心",
                "440700",
                PoolId.of("extranet-ordinary"),
                8,
                4 * GIB,
                40 * GIB,
                "ssd",
                Host.State.STOPPED,
                "Stopped",
                "real",
                "old",
                Optional.empty(),
                plan,
                Host.Notes.NONE);
    }
}
