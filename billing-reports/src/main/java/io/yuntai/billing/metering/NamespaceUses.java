package io.yuntai.billing.metering;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the containers in namespaces used of what they were granted. */
@Service
@Transactional(readOnly = true)
public class NamespaceUses {

    private static final Duration MONTH = Duration.ofDays(30);

    private final NamespaceAllotmentStore allotments;
    private final NamespaceHourStore hours;
    private final Clock clock;

    NamespaceUses(NamespaceAllotmentStore allotments, NamespaceHourStore hours, Clock clock) {
        this.allotments = allotments;
        this.hours = hours;
        this.clock = clock;
    }

    /** The last 30 days, to the last full hour. */
    public Period lastMonth() {
        var now = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return new Period(now.minus(MONTH), now);
    }

    /** Each namespace of a system that was granted anything in a period, by cluster and name. */
    public List<NamespaceUse> of(MeteredSystemId system, Period period) {
        var measured = hours(system, period).stream().collect(groupingBy(NamespaceHour::place));
        return allotments.grantedHours(system, period).entrySet().stream()
                .sorted(
                        Map.Entry.comparingByKey(
                                comparing(Place::cluster).thenComparing(Place::namespace)))
                .map(granted ->
                        NamespaceUse.of(
                                granted.getKey(),
                                granted.getValue(),
                                measured.getOrDefault(granted.getKey(), List.of())))
                .toList();
    }

    /** The hours that were measured, by cluster, namespace and time. */
    public List<NamespaceHour> hours(MeteredSystemId system, Period period) {
        return hours.of(system, period);
    }
}
