package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.price.PriceBook;
import io.yuntai.billing.price.PriceBooks;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has price books proposed and decided, and the audit told of it in the same transaction. */
@Service
public class HostPrices {

    private final PriceBooks books;
    private final BillingAudit audit;

    HostPrices(PriceBooks books, BillingAudit audit) {
        this.books = books;
        this.audit = audit;
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
        audit.done(
                actor,
                action,
                "price-book/" + book.id(),
                "from %s, %d sizes: %s"
                        .formatted(book.from(), book.packages().size(), book.basis()));
    }
}
