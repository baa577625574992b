package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AdmissionsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long LIFETIME = 30;
    private static final long SKEW = 5;
    private static final long APART = 2;
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

    private final Admissions admissions = begun(0);

    @Test
    void nothingIsKnownBeforeARequestOfBeforeCannotLiveAnyMore() {
        assertThat(admissions.heard(29 * SECOND)).isEmpty();
        assertThat(underway(29)).isEmpty();
        assertThat(admissions.heard(30 * SECOND)).hasValue(0);
        assertThat(underway(30)).contains(Amounts.NONE);
    }

    @Test
    void whatWasChargedIsUnderwayUntilItAppears() {
        charged(40, 8);
        assertThat(underway(41)).contains(cpu(8));
        stored("a", 8, 40, 42);
        assertThat(underway(42)).contains(Amounts.NONE);
    }

    @Test
    void whatNeverAppearsIsUnderwayForAsLongAsARequestCanLive() {
        charged(40, 8);
        assertThat(underway(70)).contains(cpu(8));
        assertThat(underway(71)).contains(Amounts.NONE);
    }

    @Test
    void whatAppearsTakesTheOldestThatCanBeItsOwn() {
        charged(40, 8);
        charged(50, 8);
        charged(60, 8);
        stored("b", 8, 55, 61);
        assertThat(underway(70)).contains(cpu(16));
        // The one of 40 is too old to count, that of 50 was taken.
        assertThat(underway(71)).contains(cpu(8));
    }

    @Test
    void whatAServerHasWrittenBeforeIsNoneOfItsOwn() {
        chargedAt(40, 8);
        chargedAt(43, 8);
        stored("a", 8, 42, 44);
        assertThat(underway(70)).contains(cpu(8));
        stored("b", 8, 43, 71);
        // The one of 40 was taken first: the clocks of two servers may be so far apart.
        assertThat(underway(71)).contains(Amounts.NONE);

        chargedAt(100, 8);
        chargedAt(103, 8);
        stored("c", 8, 103, 104);
        assertThat(underway(130)).contains(cpu(8));
        // What the one of 100 stands for is on its way no more, and nothing has taken its place.
        assertThat(underway(131)).contains(Amounts.NONE);
    }

    @Test
    void whatAppearsTakesAsMuchAsItIsOfWhateverWasCharged() {
        charged(40, 3);
        charged(41, 6);
        stored("a", 5, 40, 42);
        assertThat(underway(42)).contains(cpu(4));
        assertThat(underway(70)).contains(cpu(4));
        assertThat(underway(71)).contains(cpu(4));
        assertThat(underway(72)).contains(Amounts.NONE);
    }

    @Test
    void eachResourceIsMatchedByItself() {
        admissions.charged(
                Amounts.of(Map.of(Resource.CPU, 4L, Resource.MEMORY, 9L)),
                Optional.empty(),
                40 * SECOND);
        admissions.charged(cpu(-4), Optional.empty(), 40 * SECOND);
        stored("a", 4, 40, 41);
        assertThat(underway(41)).contains(Amounts.of(Resource.MEMORY, 9));
    }

    @Test
    void whatIsToldTwiceCountsOnce() {
        charged(40, 8);
        charged(41, 8);
        stored("a", 8, 40, 42);
        stored("a", 8, 40, 43);
        assertThat(underway(43)).contains(cpu(8));
        // Also when it is told once more after it was forgotten that it was known.
        charged(101, 8);
        stored("a", 8, 40, 103);
        assertThat(underway(103)).contains(cpu(8));
    }

    @Test
    void whatMayHaveBeenChargedBeforeItBeganTakesNothing() {
        charged(6, 8);
        stored("a", 8, 4, 7);
        assertThat(underway(30)).contains(cpu(8));
        stored("b", 8, 5, 31);
        assertThat(underway(31)).contains(Amounts.NONE);
    }

    @Test
    void whatWasChargedTooLongAgoToBeKnownTakesNothing() {
        charged(100, 8);
        stored("a", 8, 46, 111);
        assertThat(underway(111)).contains(cpu(8));
        stored("b", 8, 56, 111);
        assertThat(underway(111)).contains(Amounts.NONE);
    }

    @Test
    void onlyWhatHadAppearedWhenItWasAskedForIsMatched() {
        charged(40, 8);
        long before = admissions.heard(40 * SECOND).orElseThrow();
        stored("a", 8, 40, 41);
        assertThat(admissions.underway(before, 41 * SECOND, at(41))).contains(cpu(8));
        assertThat(underway(41)).contains(Amounts.NONE);
        assertThat(admissions.underway(before, 41 * SECOND, at(41))).contains(Amounts.NONE);
    }

    @Test
    void whatAnotherWasAskedIsNoneOfThisOnes() {
        var later = begun(40);
        assertThat(later.underway(39 * SECOND, 80 * SECOND, at(80))).isEmpty();
        assertThat(later.underway(40 * SECOND + 1, 80 * SECOND, at(80))).isEmpty();
        assertThat(later.underway(40 * SECOND, 80 * SECOND, at(80))).contains(Amounts.NONE);
    }

    @Test
    void aClockThatIsAheadMakesNothingKnown() {
        charged(40, 8);
        stored("a", 8, 45, 40);
        assertThat(underway(41)).contains(Amounts.NONE);
        stored("b", 8, 46, 40);
        assertThat(underway(41)).isEmpty();
        assertThat(admissions.heard(41 * SECOND)).isEmpty();
    }

    @Test
    void whatNobodyAsksForIsForgotten() {
        charged(40, 8);
        stored("a", 8, 40, 41);
        stored("b", 1, 101, 102);
        assertThat(underway(102)).contains(Amounts.NONE);
    }

    /** Requests at random, of which the truth is known: slow, failed, told late, twice or never. */
    @Test
    void whateverHappensItIsNeverTooLittle() {
        LongStream.rangeClosed(1, 300)
                .forEach(seed -> {
                    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
                    assertThat(play(random)).as("seed %d", seed).isPositive();
                });
    }

    private record Request(String uid, long amount, long begun, long stored, long told) {}

    /** How often it was known and compared. */
    private static int play(RandomGenerator random) {
        var log = begun(0);
        var requests = new ArrayList<Request>();
        var told = new HashSet<String>();
        int compared = 0;
        for (long now = 0; now < 200; now++) {
            if (random.nextInt(3) > 0) {
                boolean fails = random.nextInt(6) == 0;
                long stored = now + random.nextLong(random.nextInt(4) == 0 ? LIFETIME : 2);
                long heard = stored + random.nextLong(random.nextInt(4) == 0 ? 60 : 2);
                requests.add(
                        new Request(
                                "r" + requests.size(),
                                1 + random.nextInt(8),
                                now,
                                fails ? Long.MAX_VALUE : stored,
                                fails || random.nextInt(9) == 0 ? Long.MAX_VALUE : heard));
                log.charged(
                        cpu(requests.getLast().amount()),
                        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(dated(now, random)),
                        now * SECOND);
            }
            if (random.nextInt(5) == 0) {
                // A recount taken for a charge.
                log.charged(cpu(random.nextInt(5)), Optional.of(dated(now, random)), now * SECOND);
            }
            for (var request : requests) {
                if (request.told() <= now && (told.add(request.uid()) || random.nextInt(20) == 0)) {
                    log.stored(
                            request.uid(),
                            cpu(request.amount()),
                            dated(request.begun(), random),
                            now * SECOND);
                }
            }
            var before = log.heard(now * SECOND);
            if (before.isPresent() && random.nextInt(3) == 0) {
                long truth = 0;
                for (var request : requests) {
                    boolean lives = request.stored() != Long.MAX_VALUE && request.stored() > now;
                    truth += lives ? request.amount() : 0;
                }
                var most = log.underway(before.getAsLong(), now * SECOND, at(now)).orElseThrow();
                assertThat(most.get(Resource.CPU)).isGreaterThanOrEqualTo(truth);
                compared++;
            }
        }
        return compared;
    }

    private void charged(long second, long amount) {
        admissions.charged(cpu(amount), Optional.empty(), second * SECOND);
    }

    private void chargedAt(long second, long amount) {
        admissions.charged(cpu(amount), Optional.of(at(second)), second * SECOND);
    }

    private void stored(String uid, long amount, long created, long second) {
        admissions.stored(uid, cpu(amount), at(created), second * SECOND);
    }

    private Optional<Amounts> underway(long second) {
        OptionalLong heard = admissions.heard(second * SECOND);
        return admissions.underway(heard.orElse(0), second * SECOND, at(second));
    }

    private static Admissions begun(long second) {
        return new Admissions(
                Duration.ofSeconds(LIFETIME),
                Duration.ofSeconds(SKEW),
                Duration.ofSeconds(APART),
                second * SECOND);
    }

    /** By the clock of one of several servers. */
    private static Instant dated(long second, RandomGenerator random) {
        return at(second + random.nextLong(APART + 1));
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static Amounts cpu(long amount) {
        return Amounts.of(Resource.CPU, amount);
    }
}
