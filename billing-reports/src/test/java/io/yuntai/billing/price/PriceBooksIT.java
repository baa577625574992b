package io.yuntai.billing.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Price books, on a real PostgreSQL. */
class PriceBooksIT {

    private static final Person OPERATOR = new Person(new UUID(9, 1), "王平台");
    private static final Person BUREAU = new Person(new UUID(9, 2), "数据局");
    private static final LocalDate TOMORROW = LocalDate.of(2026, 11, 3);

    private final BillingDatabase database = new BillingDatabase();
    private final PriceBooks books = database.service(PriceBooks.class);

    @AfterEach
    void close() {
        database.close();
    }

    private static PriceBooks.Wish wish(
            String id, LocalDate from, PriceBook.PackagePrice... packages) {
        return wish(id, from, List.of(), packages);
    }

    private static PriceBooks.Wish wish(
            String id,
            LocalDate from,
            List<PriceBook.DiskPrice> disks,
            PriceBook.PackagePrice... packages) {
        return new PriceBooks.Wish(id, from, "粤数〔2026〕3号", List.of(packages), disks);
    }

    private static PriceBook.PackagePrice price(int vcpu, int gib, String yuan) {
        return new PriceBook.PackagePrice(vcpu, gib, new BigDecimal(yuan));
    }

    private void approved(String id, LocalDate from, String yuan) {
        var _ = books.propose(wish(id, from, price(8, 16, yuan)), OPERATOR);
        var _ = books.decide(id, true, BUREAU);
    }

    private PriceBooks at(String moment) {
        return new PriceBooks(
                database.service(PriceBookStore.class),
                Clock.fixed(Instant.parse(moment), ZoneOffset.UTC));
    }

    private static void assertDeclined(ThrowingCallable command, String code) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(Declined.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aBookCountsFromItsFirstDayInShanghaiUntilTheNextOne() {
        approved("2026-11", TOMORROW, "534.5");
        approved("2027-1", LocalDate.of(2027, 1, 1), "500");
        assertThat(books.today()).isEmpty();
        assertThat(at("2026-11-02T15:59:59Z").today()).isEmpty();
        assertThat(at("2026-11-02T16:00:00Z").today().orElseThrow().id()).isEqualTo("2026-11");
        assertThat(at("2026-12-31T15:59:59Z").today().orElseThrow().id()).isEqualTo("2026-11");
        assertThat(at("2026-12-31T16:00:00Z").today().orElseThrow().id()).isEqualTo("2027-1");
    }

    @Test
    void aSizeThatIsNotInTheBookIsUnpricedAndNotFree() {
        approved("b", TOMORROW, "534.5");
        var book = books.all().getFirst();
        assertThat(book.perMonth(8, 16L << 30)).contains(new BigDecimal("534.50"));
        assertThat(book.perMonth(8, 15L << 30)).isEmpty();
        assertThat(book.perMonth(4, 16L << 30)).isEmpty();
    }

    @Test
    void disksArePricedByTheirClassExactlyAndRoundedOnce() {
        var disks =
                List.of(
                        new PriceBook.DiskPrice("ssd", new BigDecimal("1.1")),
                        new PriceBook.DiskPrice("hdd", new BigDecimal("0.39")));
        var book = books.propose(wish("b", TOMORROW, disks, price(1, 1, "1")), OPERATOR);
        assertThat(book.disks())
                .extracting(PriceBook.DiskPrice::storageClass)
                .containsExactly("hdd", "ssd");
        assertThat(book.disksPerMonth(Map.of("ssd", 40L << 30, "hdd", 100L << 30)))
                .contains(new BigDecimal("83.00"));
        // A quarter of a GiB each: 0.275 and 0.0975 are 0.3725.
        assertThat(book.disksPerMonth(Map.of("ssd", 1L << 28, "hdd", 1L << 28)))
                .contains(new BigDecimal("0.37"));
        assertThat(book.disksPerMonth(Map.of("ssd", 1L << 30, "nvme", 1L << 30))).isEmpty();
        assertThat(book.disksPerMonth(Map.of())).contains(new BigDecimal("0.00"));
    }

    @Test
    void nobodyApprovesHisOwnAndADecisionStands() {
        var _ = books.propose(wish("b", TOMORROW, price(1, 8, "259.6")), OPERATOR);
        assertDeclined(() -> books.decide("b", true, OPERATOR), "SAME_PERSON");
        assertThat(books.decide("b", false, BUREAU).state()).isEqualTo(PriceBook.State.REJECTED);
        assertDeclined(() -> books.decide("b", true, BUREAU), "PRICE_BOOK_DECIDED");
        assertDeclined(() -> books.decide("c", true, BUREAU), "PRICE_BOOK_NOT_FOUND");
    }

    @Test
    void aBookTakesEffectOnADayThatIsStillToComeAndThatNoOtherHas() {
        assertDeclined(
                () -> books.propose(wish("b", LocalDate.of(2026, 11, 2), price(1, 1, "1")), BUREAU),
                "PRICE_BOOK_TOO_LATE");
        approved("b", TOMORROW, "1");
        var _ = books.propose(wish("c", TOMORROW, price(1, 1, "1")), OPERATOR);
        assertDeclined(() -> books.decide("c", true, BUREAU), "PRICE_BOOK_DAY_TAKEN");
        assertDeclined(
                () -> books.propose(wish("c", TOMORROW, price(1, 1, "2")), OPERATOR),
                "PRICE_BOOK_EXISTS");
    }

    @Test
    void theDatabaseItselfKeepsABookAsItWas() {
        approved("b", TOMORROW, "1");
        for (String change :
                List.of(
                        "update price_book set effective_from = '2026-12-01'",
                        "update price_book set state = 'REJECTED'",
                        "delete from price_book",
                        "update price_package set yuan_per_month = 2",
                        "delete from price_package",
                        "insert into price_package values ('b', 2, 2, 1)",
                        "insert into price_disk values ('b', 'ssd', 1)")) {
            assertThatThrownBy(() -> database.sql().sql(change).update())
                    .as(change)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void aPriceIsAnAmountInFenOfARealSizeAndEachSizeHasOne() {
        assertThatThrownBy(() -> price(0, 1, "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> price(1, 1, "-1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> price(1, 1, "1.001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        books.propose(
                                wish("b", TOMORROW, price(1, 1, "1"), price(1, 1, "2")), BUREAU))
                .isInstanceOf(IllegalArgumentException.class);
        var ssd = new PriceBook.DiskPrice("ssd", BigDecimal.ONE);
        assertThatThrownBy(() ->
                        books.propose(
                                wish("b", TOMORROW, List.of(ssd, ssd), price(1, 1, "1")), BUREAU))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PriceBook.DiskPrice("SSD", BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
