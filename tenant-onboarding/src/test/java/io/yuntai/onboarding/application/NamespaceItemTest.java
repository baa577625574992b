package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceItemTest {

    private static final Resource GPUS = new Resource("gpus/a10");
    private static final Item.Namespace ROOM =
            new Item.Namespace(
                    4, 8, 20, "ssd", Amounts.of(Map.of(Resource.PUBLIC_IPS, 3L, GPUS, 2L)));

    @Test
    void takesItsExtrasOfTheQuotaToo() {
        assertThat(ROOM.amounts())
                .isEqualTo(
                        Amounts.of(
                                Map.of(
                                        Resource.CPU,
                                        4000L,
                                        Resource.MEMORY,
                                        8 * Item.GIB,
                                        Resource.storage("ssd"),
                                        20 * Item.GIB,
                                        Resource.PUBLIC_IPS,
                                        3L,
                                        GPUS,
                                        2L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpuMillis", "memoryBytes", "hosts", "storageBytes/hdd"})
    void whatHasAMemberOfItsOwnIsNoExtra(String code) {
        var extras = Amounts.of(new Resource(code), 1);
        assertThatThrownBy(() -> new Item.Namespace(1, 1, 0, "ssd", extras))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksForSomething() {
        assertThat(new Item.Namespace(0, 0, 0, "ssd", Amounts.of(GPUS, 1)).amounts())
                .isEqualTo(Amounts.of(GPUS, 1));
        assertThatThrownBy(() -> new Item.Namespace(0, 0, 0, "ssd"))
                .isInstanceOf(IllegalArgumentException.class);
        for (long amount : new long[] {-1, Item.Namespace.MAX_EXTRA + 1}) {
            var extras = Amounts.of(GPUS, amount);
            assertThatThrownBy(() -> new Item.Namespace(1, 1, 0, "ssd", extras))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void fitsWithAsManyExtrasAsThereAre() {
        var most = ROOM.amounts().with(GPUS, 1).with(Resource.PUBLIC_IPS, -5);
        assertThat(ROOM.fitting(most))
                .contains(new Item.Namespace(4, 8, 20, "ssd", Amounts.of(GPUS, 1)));
        assertThat(ROOM.fitting(ROOM.amounts())).contains(ROOM);
        assertThat(ROOM.fitting(ROOM.amounts().with(Resource.CPU, 999))).isEmpty();
        var only = new Item.Namespace(0, 0, 0, "ssd", Amounts.of(GPUS, 2));
        assertThat(only.fitting(Amounts.of(GPUS, 1)))
                .contains(new Item.Namespace(0, 0, 0, "ssd", Amounts.of(GPUS, 1)));
        assertThat(only.fitting(Amounts.NONE)).isEmpty();
    }

    @Test
    void aReviewLeavesLessOfThemAllOfThemOrNone() {
        assertThat(ROOM.cut(new Cut(0, 1, 2, 8, 20)))
                .contains(new Item.Namespace(2, 8, 20, "ssd", ROOM.extras()));
        assertThat(ROOM.cut(cut(Amounts.of(GPUS, 1))))
                .contains(new Item.Namespace(4, 8, 20, "ssd", Amounts.of(GPUS, 1)));
        assertThat(ROOM.cut(cut(Amounts.NONE))).contains(new Item.Namespace(4, 8, 20, "ssd"));
        assertThatThrownBy(() -> ROOM.cut(cut(Amounts.of(GPUS, 3))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void laterReviewsStandOnEarlierOnes() {
        var first = cut(Amounts.of(GPUS, 1));
        assertThat(Cut.onTop(List.of(first), List.of(new Cut(0, 1, 2, 8, 20))))
                .containsExactly(new Cut(0, 1, 2, 8, 20, Optional.of(Amounts.of(GPUS, 1))));
        assertThat(Cut.onTop(List.of(first), List.of(cut(Amounts.NONE))))
                .containsExactly(cut(Amounts.NONE));
        var more = List.of(cut(Amounts.of(GPUS, 2)));
        assertThatThrownBy(() -> Cut.onTop(List.of(first), more)).isInstanceOf(Refused.class);
    }

    @Test
    void whatIsLeftOfThemIsKeptAndAllWhereNothingIsLeftOrNothingIsSaid() {
        assertThat(kept(new Cut(0, 1, 2, 8, 20)))
                .isEqualTo(new Cut(0, 1, 2, 8, 20, Optional.of(ROOM.extras())));
        assertThat(kept(cut(Amounts.of(GPUS, 1)))).isEqualTo(cut(Amounts.of(GPUS, 1)));
        assertThat(kept(cut(Amounts.NONE))).isEqualTo(cut(Amounts.NONE));
        assertThat(kept(new Cut(0, 0, 0, 0, 0)))
                .isEqualTo(new Cut(0, 0, 4, 8, 20, Optional.of(ROOM.extras())));
    }

    private static Cut kept(Cut cut) {
        return ItemRows.kept(List.of(ROOM), List.of(cut)).getFirst();
    }

    @Test
    void noExtrasAreLeftOfWhatHasNone() {
        var order =
                new Order(
                        new SystemId(UUID.randomUUID()),
                        PoolId.of("extranet-ordinary"),
                        "测试",
                        12,
                        List.of(new Item.Hosts(1, 4, 8, 20, "ssd")));
        assertThat(order.cut(List.of(cut(Amounts.NONE))).items()).hasSize(1);
        var some = List.of(cut(Amounts.of(GPUS, 1)));
        assertThatThrownBy(() -> order.cut(some)).isInstanceOf(Refused.class);
    }

    private static Cut cut(Amounts extras) {
        return new Cut(0, 1, 4, 8, 20, Optional.of(extras));
    }
}
