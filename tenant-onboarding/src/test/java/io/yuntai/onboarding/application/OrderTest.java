package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final Item HOSTS = new Item.Hosts(2, 4, 8, 40, "ssd");
    private static final Item ROOM = new Item.Namespace(4, 8, 20, "ssd");

    private static Order of(Optional<Integer> term, Item... items) {
        return new Order(
                new SystemId(UUID.randomUUID()),
                PoolId.of("extranet-ordinary"),
                "测试",
                term,
                List.of(items),
                "");
    }

    @Test
    void hasATermWhereItMakesHostsAndNoneWhereItMakesNone() {
        assertThat(of(Optional.of(12), HOSTS, ROOM).termMonths()).hasValue(12);
        assertThat(of(Optional.of(12), ROOM).termMonths()).isEmpty();
        for (var none : List.of(Optional.<Integer>empty(), Optional.of(0), Optional.of(61))) {
            assertThatThrownBy(() -> of(none, HOSTS)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void hasNoneAnyMoreOnceItsHostsAreCut() {
        var order = of(Optional.of(12), HOSTS, ROOM);
        var left = order.cut(List.of(new Cut(0, 0, 0, 0, 0)));
        assertThat(left.items()).containsExactly(ROOM);
        assertThat(left.termMonths()).isEmpty();
        assertThat(order.within(ROOM.amounts()).orElseThrow().termMonths()).isEmpty();
        assertThat(order.cut(List.of(new Cut(0, 1, 4, 8, 40))).termMonths()).hasValue(12);
    }
}
