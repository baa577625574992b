package io.yuntai.sandbox.storm;

import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.quota.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * People who order, whose messages are lost on the way there or back and sent again, come late or
 * twice. An order is locked, then granted or given back, each once however often it is told.
 */
final class Orders {

    private static final class Order {
        private final LeaseId lease;
        private final Amounts amounts;
        private final Amounts forGood;
        private final boolean wanted;
        private TransferId id;
        private boolean answered;
        private boolean ended;
        private boolean granted;

        private Order(
                LeaseId lease, Amounts amounts, Amounts forGood, boolean wanted, TransferId id) {
            this.forGood = forGood;
            this.lease = lease;
            this.amounts = amounts;
            this.wanted = wanted;
            this.id = id;
        }
    }

    private final MemoryLeaseBook book;
    private final RandomGenerator random;
    private final boolean retriesKeepTheirId;
    private final Consumer<Mishap> felt;
    private final List<Order> orders = new ArrayList<>();
    private long ids;

    Orders(
            MemoryLeaseBook book,
            RandomGenerator random,
            boolean retriesKeepTheirId,
            Consumer<Mishap> felt) {
        this.felt = felt;
        this.book = book;
        this.random = random;
        this.retriesKeepTheirId = retriesKeepTheirId;
    }

    void begin(LeaseId lease, Amounts amounts) {
        var forGood = random.nextInt(3) == 0 ? amounts : Amounts.NONE;
        orders.add(new Order(lease, amounts, forGood, random.nextInt(4) != 0, nextId()));
    }

    /** Sends one message of one order, perhaps one that was sent before; it may be lost. */
    void message(boolean mayBeLost) {
        if (orders.isEmpty()) {
            return;
        }
        send(orders.get(random.nextInt(orders.size())), mayBeLost);
    }

    private void send(Order order, boolean mayBeLost) {
        if (mayBeLost && random.nextInt(5) == 0) {
            felt.accept(Mishap.ORDER_LOST);
            return;
        }
        boolean answerLost = mayBeLost && random.nextInt(4) == 0;
        if (answerLost) {
            felt.accept(Mishap.ORDER_ANSWER_LOST);
        }
        if (!order.answered) {
            order.granted = book.reserve(order.id, order.lease, order.amounts, order.forGood);
            order.answered = !answerLost;
            if (answerLost && !retriesKeepTheirId) {
                order.id = nextId();
            }
        } else if (order.granted && (!order.ended || random.nextBoolean())) {
            boolean isTaken = order.wanted && book.takesOrders(order.lease);
            if (order.wanted && !isTaken && mayBeLost) {
                return; // it is refused, and asked again until all is calm
            }
            var _ = isTaken ? book.post(order.id) : book.voidPending(order.id);
            order.ended = !answerLost || order.ended;
        }
    }

    /** The lock that is the oldest is given back, whoever waits for it; whether there was one. */
    boolean expire() {
        var locked = book.locked();
        return !locked.isEmpty() && book.voidPending(locked.getFirst());
    }

    /** The ledger forgot some of what it was told: everybody asks again, with the id he had. */
    void askAgain() {
        for (var order : orders) {
            order.answered = false;
            order.ended = false;
        }
    }

    /** Everybody hears the answer in the end. */
    void settle() {
        for (var order : orders) {
            while (!order.answered || (order.granted && !order.ended)) {
                send(order, false);
            }
        }
    }

    private TransferId nextId() {
        return new TransferId(new UUID(1, ++ids));
    }
}
