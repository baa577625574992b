package io.yuntai.onboarding;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Judgement;
import io.yuntai.onboarding.reclaim.Judgement.Measure;
import io.yuntai.onboarding.reclaim.Judgement.Verdict;
import io.yuntai.onboarding.reclaim.VerdictRecords;
import io.yuntai.onboarding.unit.UnitId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What billing would say of every host: nothing, until a test says so. */
public final class KnownVerdicts implements VerdictRecords {

    private final Map<HostId, Judgement> said = Collections.synchronizedMap(new LinkedHashMap<>());

    /**
     * Yesterday this was said of a host, which uses 4 % of its processors and 10 % of its memory.
     */
    public void say(HostId host, Instant now, Verdict... verdicts) {
        say(host, LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1), verdicts);
    }

    public void say(HostId host, LocalDate day, Verdict... verdicts) {
        said.put(
                host,
                new Judgement(
                        host,
                        day,
                        30,
                        List.of(verdicts),
                        "default-1",
                        720,
                        700,
                        new BigDecimal("97.22"),
                        measured("4.0000", "8.00", "20.00"),
                        measured("10.0000", "15.00", "16.00"),
                        Optional.of(new BigDecimal("12.0000")),
                        false));
    }

    private static Optional<Measure> measured(String mean, String p95, String peak) {
        return Optional.of(
                new Measure(new BigDecimal(mean), new BigDecimal(p95), new BigDecimal(peak)));
    }

    @Override
    public List<Judgement> of(Collection<HostId> hosts, Instant now) {
        return hosts.stream().filter(said::containsKey).map(host -> said.get(host)).toList();
    }

    @Override
    public List<Judgement> wasteful(UnitId unit, Instant now) {
        return said.values().stream().filter(one -> one.isWasteful() || one.isExempt()).toList();
    }
}
