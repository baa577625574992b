package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.price.PriceBook;
import io.yuntai.billing.price.PriceBooks;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has price books proposed and decided, and the audit told of it in the same transaction. */
@Service
public class HostPrices {

    private final PriceBooks books;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HostPrices(PriceBooks books, ApplicationEventPublisher events, Clock clock) {
        this.books = books;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Proposes a book.
     *
     * @throws Refused CONFLICT {@code PRICE_BOOK_EXISTS}; INVALID {@code PRICE_BOOK_TOO_LATE}
     */
    @Transactional
    public PriceBook propose(Actor actor, PriceBooks.Wish wish) {
        var book = asRefusals(() -> books.propose(wish, person(actor)));
        audit(actor, "priceBook.propose", book);
        return book;
    }

    /**
     * Approves or rejects a book.
     *
     * @throws Refused NOT_FOUND {@code PRICE_BOOK_NOT_FOUND}; FORBIDDEN {@code SAME_PERSON};
     *     CONFLICT {@code PRICE_BOOK_DECIDED}, {@code PRICE_BOOK_DAY_TAKEN}; INVALID {@code
     *     PRICE_BOOK_TOO_LATE}
     */
    @Transactional
    public PriceBook decide(Actor actor, String id, boolean approved) {
        var book = asRefusals(() -> books.decide(id, approved, person(actor)));
        audit(actor, approved ? "priceBook.approve" : "priceBook.reject", book);
        return book;
    }

    private void audit(Actor actor, String action, PriceBook book) {
        events.publishEvent(
                new Audited(
                        clock.instant(),
                        Optional.of(actor),
                        action,
                        "price-book/" + book.id(),
                        Audited.Outcome.SUCCESS,
                        "from %s, %d sizes: %s"
                                .formatted(book.from(), book.packages().size(), book.basis())));
    }
}
