package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.MeteredHostId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A day as it was judged, beside what would be said of it by another policy.
 *
 * @param policyThen by which it was judged: of that day there is at least one verdict
 * @param rows every verdict that is said in either, of how many hosts; a host may have several
 * @param changed of how many hosts something else would be said
 */
public record VerdictTrial(
        LocalDate day, String policyThen, String policy, List<Row> rows, int changed) {

    public record Row(Verdict verdict, int then, int now) {}

    public VerdictTrial {
        rows = List.copyOf(rows);
    }

    static VerdictTrial of(
            LocalDate day, VerdictPolicy policy, List<HostVerdict> then, List<HostVerdict> now) {
        var before = byHost(then);
        var after = byHost(now);
        var thenOf = counts(then);
        var nowOf = counts(now);
        var rows = new ArrayList<Row>();
        for (var verdict : Verdict.values()) {
            int was = thenOf.getOrDefault(verdict, 0);
            int is = nowOf.getOrDefault(verdict, 0);
            if (was + is > 0) {
                rows.add(new Row(verdict, was, is));
            }
        }
        int changed =
                (int)
                        after.entrySet().stream()
                                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                                .count();
        return new VerdictTrial(day, then.getFirst().policy(), policy.id(), rows, changed);
    }

    private static Map<MeteredHostId, List<Verdict>> byHost(List<HostVerdict> all) {
        return all.stream().collect(Collectors.toMap(HostVerdict::host, HostVerdict::verdicts));
    }

    private static Map<Verdict, Integer> counts(List<HostVerdict> all) {
        return all.stream()
                .flatMap(one -> one.verdicts().stream())
                .collect(
                        Collectors.groupingBy(
                                Function.identity(),
                                () -> new EnumMap<>(Verdict.class),
                                Collectors.summingInt(_ -> 1)));
    }
}
