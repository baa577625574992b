package io.yuntai.billing.price;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.Period;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Price books over time. */
@Service
public class PriceBooks {

    /**
     * A book that is asked for.
     *
     * @param packages as in {@link PriceBook}, likewise {@code disks}
     */
    public record Wish(
            String id,
            LocalDate from,
            String basis,
            List<PriceBook.PackagePrice> packages,
            List<PriceBook.DiskPrice> disks) {
        public Wish {
            packages = List.copyOf(packages);
            disks = List.copyOf(disks);
        }
    }

    private final PriceBookStore store;
    private final Clock clock;

    PriceBooks(PriceBookStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The one that takes effect last first. */
    @Transactional(readOnly = true)
    public List<PriceBook> all() {
        return store.all();
    }

    /** The one that counts today; empty: there is none yet. */
    @Transactional(readOnly = true)
    public Optional<PriceBook> today() {
        return store.inForce(day());
    }

    /**
     * Proposes a book.
     *
     * @throws Declined {@code PRICE_BOOK_EXISTS}: another has the id; {@code PRICE_BOOK_TOO_LATE}:
     *     it would take effect on a day that has begun
     */
    @Transactional
    public PriceBook propose(Wish wish, Person by) {
        requireAhead(wish.from());
        var book =
                new PriceBook(
                        wish.id(),
                        wish.from(),
                        wish.basis(),
                        wish.packages(),
                        wish.disks(),
                        PriceBook.State.PROPOSED,
                        by,
                        clock.instant(),
                        Optional.empty());
        if (!store.add(book)) {
            throw new Declined("PRICE_BOOK_EXISTS");
        }
        return store.find(wish.id()).orElseThrow();
    }

    /**
     * Approves or rejects a book.
     *
     * @throws Declined {@code PRICE_BOOK_NOT_FOUND}, {@code SAME_PERSON}, {@code
     *     PRICE_BOOK_DECIDED}, {@code PRICE_BOOK_TOO_LATE}, {@code PRICE_BOOK_DAY_TAKEN}: another
     *     takes effect on that day
     */
    @Transactional
    public PriceBook decide(String id, boolean approved, Person by) {
        store.hold();
        var book = store.find(id).orElseThrow(() -> new Declined("PRICE_BOOK_NOT_FOUND"));
        book.proposedBy().requireAnother(by);
        if (book.state() != PriceBook.State.PROPOSED) {
            throw new Declined("PRICE_BOOK_DECIDED");
        }
        if (approved) {
            requireAhead(book.from());
            if (store.isTaken(book.from())) {
                throw new Declined("PRICE_BOOK_DAY_TAKEN");
            }
        }
        store.decide(
                id,
                approved ? PriceBook.State.APPROVED : PriceBook.State.REJECTED,
                new PriceBook.Decision(by, clock.instant()));
        return store.find(id).orElseThrow();
    }

    private void requireAhead(LocalDate from) {
        if (!from.isAfter(day())) {
            throw new Declined("PRICE_BOOK_TOO_LATE");
        }
    }

    private LocalDate day() {
        return LocalDate.ofInstant(clock.instant(), Period.ZONE);
    }
}
