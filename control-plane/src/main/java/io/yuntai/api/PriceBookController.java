package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.price.PriceBook;
import io.yuntai.billing.price.PriceBooks;
import io.yuntai.metering.HostPrices;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What hosts cost. */
@RestController
@RequestMapping("/api/v1/price-books")
@Tag(name = "prices")
class PriceBookController {

    private static final Pattern YUAN = Pattern.compile("\\d{1,8}(\\.\\d{1,2})?");

    private final PriceBooks books;
    private final HostPrices commands;
    private final Trial trial;

    PriceBookController(PriceBooks books, HostPrices commands, Trial trial) {
        this.books = books;
        this.commands = commands;
        this.trial = trial;
    }

    /**
     * A size and its price.
     *
     * @param yuanPerMonth decimals as text, to the fen
     */
    @Schema(name = "PricePackage")
    record PackageView(int vcpu, int memoryGib, String yuanPerMonth) {

        static PackageView of(PriceBook.PackagePrice one) {
            return new PackageView(one.vcpu(), one.memoryGib(), one.perMonth().toPlainString());
        }
    }

    /**
     * A storage class and what a GiB of it costs.
     *
     * @param yuanPerGibMonth decimals as text, to the fen
     */
    @Schema(name = "PriceDisk")
    record DiskView(String storageClass, String yuanPerGibMonth) {

        static DiskView of(PriceBook.DiskPrice one) {
            return new DiskView(one.storageClass(), one.perGib().toPlainString());
        }
    }

    /**
     * A price book.
     *
     * @param basis the document that it rests on
     * @param effectiveFrom until the next approved one takes effect
     * @param inForce whether it is the one that counts today
     */
    @Schema(name = "PriceBook")
    record PriceBookView(
            String id,
            LocalDate effectiveFrom,
            String basis,
            PriceBook.State state,
            boolean inForce,
            ReportController.PersonView proposedBy,
            Instant proposedAt,
            Optional<ReportController.PersonView> decidedBy,
            Optional<Instant> decidedAt,
            List<PackageView> packages,
            List<DiskView> disks) {

        static PriceBookView of(PriceBook book, boolean inForce) {
            return new PriceBookView(
                    book.id(),
                    book.from(),
                    book.basis(),
                    book.state(),
                    inForce,
                    ReportController.PersonView.of(book.proposedBy()),
                    book.proposedAt(),
                    book.decision().map(one -> ReportController.PersonView.of(one.by())),
                    book.decision().map(PriceBook.Decision::at),
                    book.packages().stream().map(PackageView::of).toList(),
                    book.disks().stream().map(DiskView::of).toList());
        }
    }

    @Schema(name = "PriceBooks")
    record PriceBookList(List<PriceBookView> items) {}

    /** A size and its price as it is proposed; every member is required. */
    @Schema(name = "PricePackageBody")
    record PackageBody(
            Optional<Integer> vcpu, Optional<Integer> memoryGib, Optional<String> yuanPerMonth) {

        /** Empty: it is none, and the fault is noted. */
        Optional<PriceBook.PackagePrice> read(String pointer, List<Fault> faults) {
            return priced(
                    yuanPerMonth,
                    pointer,
                    "/yuanPerMonth",
                    faults,
                    price ->
                            new PriceBook.PackagePrice(vcpu.orElse(0), memoryGib.orElse(0), price));
        }
    }

    /** A storage class and its price as it is proposed; every member is required. */
    @Schema(name = "PriceDiskBody")
    record DiskBody(Optional<String> storageClass, Optional<String> yuanPerGibMonth) {

        /** Empty: it is none, and the fault is noted. */
        Optional<PriceBook.DiskPrice> read(String pointer, List<Fault> faults) {
            return priced(
                    yuanPerGibMonth,
                    pointer,
                    "/yuanPerGibMonth",
                    faults,
                    price -> new PriceBook.DiskPrice(storageClass.orElse(""), price));
        }
    }

    private static <T> Optional<T> priced(
            Optional<String> yuan,
            String pointer,
            String member,
            List<Fault> faults,
            Function<BigDecimal, T> make) {
        var price = yuan.filter(text -> YUAN.matcher(text).matches());
        if (price.isEmpty()) {
            faults.add(Fault.at(pointer + member, "NOT_READABLE"));
            return Optional.empty();
        }
        try {
            return Optional.of(make.apply(new BigDecimal(price.get())));
        } catch (IllegalArgumentException e) {
            faults.add(Fault.at(pointer, "NOT_READABLE"));
            return Optional.empty();
        }
    }

    /** A book as it is proposed; every member is required, except for the disks. */
    @Schema(name = "PriceBookBody")
    record Body(
            Optional<LocalDate> effectiveFrom,
            Optional<String> basis,
            Optional<List<PackageBody>> packages,
            Optional<List<DiskBody>> disks) {

        PriceBooks.Wish wish(String id) {
            var faults = new ArrayList<Fault>();
            var proposed = Proposed.read(id, effectiveFrom, basis, faults);
            if (packages.orElse(List.of()).isEmpty()) {
                faults.add(Fault.at("/packages", "SIZE", 1, PriceBook.MOST));
            }
            var sizes =
                    read(
                            packages,
                            "/packages",
                            faults,
                            (one, pointer) -> one.read(pointer, faults),
                            PriceBook.PackagePrice::size);
            var classes =
                    read(
                            disks,
                            "/disks",
                            faults,
                            (one, pointer) -> one.read(pointer, faults),
                            PriceBook.DiskPrice::storageClass);
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return new PriceBooks.Wish(
                    proposed.id(),
                    proposed.effectiveFrom().orElseThrow(),
                    proposed.basis(),
                    sizes,
                    classes);
        }

        /** Each once, by what tells them apart. */
        private static <B, T> List<T> read(
                Optional<List<B>> given,
                String at,
                List<Fault> faults,
                BiFunction<B, String, Optional<T>> reader,
                Function<T, String> key) {
            var all = given.orElse(List.of());
            if (all.size() > PriceBook.MOST) {
                faults.add(Fault.at(at, "SIZE", 0, PriceBook.MOST));
                return List.of();
            }
            var read = new ArrayList<T>();
            var keys = new HashSet<String>();
            for (int i = 0; i < all.size(); i++) {
                String pointer = at + "/" + i;
                reader.apply(all.get(i), pointer)
                        .ifPresent(one -> {
                            if (!keys.add(key.apply(one))) {
                                faults.add(Fault.at(pointer, "DUPLICATE"));
                            }
                            read.add(one);
                        });
            }
            return read;
        }
    }

    /** All of them, the one that takes effect last first. */
    @GetMapping
    @Requires(Permission.PRICE_READ)
    PriceBookList list() {
        var today = books.today().map(PriceBook::id);
        return new PriceBookList(
                books.all().stream()
                        .map(book ->
                                PriceBookView.of(book, today.filter(book.id()::equals).isPresent()))
                        .toList());
    }

    /** Proposes a book; it counts once somebody else has approved it. */
    @PutMapping("/{id}")
    @Requires(Permission.PRICE_PROPOSE)
    @AuditAction(value = "priceBook.propose", target = "price-book")
    PriceBookView propose(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Body body) {
        var wish = body.wish(id);
        return PriceBookView.of(
                trial.run(validateOnly, () -> commands.propose(actor, wish)), false);
    }

    @PostMapping("/{id}/approval")
    @Requires(Permission.PRICE_APPROVE)
    @AuditAction(value = "priceBook.approve", target = "price-book")
    PriceBookView approve(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return PriceBookView.of(
                trial.run(validateOnly, () -> commands.decide(actor, id, true)), false);
    }

    @PostMapping("/{id}/rejection")
    @Requires(Permission.PRICE_APPROVE)
    @AuditAction(value = "priceBook.reject", target = "price-book")
    PriceBookView reject(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return PriceBookView.of(
                trial.run(validateOnly, () -> commands.decide(actor, id, false)), false);
    }
}
