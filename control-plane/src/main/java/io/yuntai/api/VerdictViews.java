package io.yuntai.api;

import io.yuntai.billing.price.PriceBook;
import io.yuntai.billing.price.PriceBooks;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.metering.VerdictsOfBilling;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.reclaim.RightSize;
import io.yuntai.onboarding.region.PoolId;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows verdicts to a caller: whose the hosts are now, what they could be, and what that saves. */
@Component
class VerdictViews {

    private final VerdictsOfBilling judgements;
    private final Reclaims reclaims;
    private final PriceBooks prices;

    VerdictViews(VerdictsOfBilling judgements, Reclaims reclaims, PriceBooks prices) {
        this.judgements = judgements;
        this.reclaims = reclaims;
        this.prices = prices;
    }

    /** In their order; all of one day. */
    List<VerdictView> of(Actor actor, List<HostVerdict> verdicts) {
        var said = new HashMap<HostId, Judgement>();
        judgements.judgements(verdicts).forEach(one -> said.put(one.host(), one));
        var standing = reclaims.standing(actor, said.keySet());
        var book = prices.today();
        var right =
                reclaims.rightSizes(
                        verdicts.stream().map(verdict -> judged(verdict, said)).toList());
        return verdicts.stream()
                .map(verdict -> {
                    var host = new HostId(verdict.host().value());
                    var stands = Optional.ofNullable(standing.get(host));
                    return VerdictView.of(
                            verdict,
                            Objects.requireNonNull(said.get(host)).days(),
                            stands,
                            Optional.ofNullable(right.get(host))
                                    .map(size -> rightSize(size, has(verdict), stands, book)));
                })
                .toList();
    }

    private static VerdictView.RightSizeView rightSize(
            RightSize size,
            Reclaim.Size has,
            Optional<Reclaims.Standing> standing,
            Optional<PriceBook> book) {
        var disks = Disks.freed(size, standing);
        return VerdictView.RightSizeView.of(
                size,
                book.flatMap(b -> saved(b, has, size)),
                disks.sum(),
                book.flatMap(disks::saved));
    }

    /**
     * The disks that go with a host that is given back.
     *
     * @param bytes by storage class
     */
    record Disks(Map<String, Long> bytes) {

        Disks {
            bytes = Map.copyOf(bytes);
        }

        /** Of one that is to be smaller none: it keeps its disks. */
        static Disks freed(RightSize size, Optional<Reclaims.Standing> standing) {
            return new Disks(
                    standing.filter(_ -> size.isRecycled())
                            .map(Reclaims.Standing::disks)
                            .orElse(Map.of()));
        }

        long sum() {
            return bytes.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Empty: there are none, or not all are priced. */
        Optional<BigDecimal> saved(PriceBook book) {
            return bytes.isEmpty() ? Optional.empty() : book.disksPerMonth(bytes);
        }
    }

    static Reclaims.Judged judged(HostVerdict verdict, Map<HostId, Judgement> said) {
        return new Reclaims.Judged(
                Objects.requireNonNull(said.get(new HostId(verdict.host().value()))),
                has(verdict),
                PoolId.of(verdict.pool()).processor());
    }

    static Reclaim.Size has(HostVerdict verdict) {
        return new Reclaim.Size(verdict.vcpu(), verdict.memoryBytes());
    }

    /** What is given back costs nothing any more. */
    static Optional<BigDecimal> saved(PriceBook book, Reclaim.Size has, RightSize size) {
        var then =
                size.isRecycled()
                        ? Optional.of(BigDecimal.ZERO)
                        : book.perMonth(size.vcpu(), size.memoryBytes());
        return book.perMonth(has.vcpu(), has.memoryBytes()).flatMap(now -> then.map(now::subtract));
    }
}
