package io.yuntai.billing.verdict;

import io.yuntai.billing.Progress;
import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.Period;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says of every host, day by day, whether it is idle, too large or too small. */
@Service
public class Verdicts {

    /** What a judgement is told in. */
    private static final int STEPS = 3;

    private final VerdictStore store;
    private final VerdictPolicyStore policies;
    private final HostUses uses;
    private final Exemptions exemptions;

    Verdicts(
            VerdictStore store, VerdictPolicyStore policies, HostUses uses, Exemptions exemptions) {
        this.store = store;
        this.policies = policies;
        this.uses = uses;
        this.exemptions = exemptions;
    }

    /**
     * Judges every host that is allocated at the end of a day, by what it used in the days up to
     * then. Judging again replaces what was said of that day, all of it.
     *
     * @return how many hosts
     */
    @Transactional
    public int judge(LocalDate day) {
        var policy = policies.inForce(day);
        Progress.at(Progress.Step.READ_USE, day, 0, STEPS);
        var used = uses.of(window(day, policy), policy);
        Progress.at(Progress.Step.JUDGE, day, 1, STEPS);
        var verdicts = judged(used, day, policy);
        Progress.at(Progress.Step.KEEP_VERDICTS, day, 2, STEPS);
        store.replace(day, verdicts);
        return verdicts.size();
    }

    /** A day that was judged, beside what would be said of it by a policy. Keeps nothing. */
    VerdictTrial trial(LocalDate day, VerdictPolicy policy) {
        var any = new VerdictFilter(Optional.empty(), Optional.empty());
        return VerdictTrial.of(
                day,
                policy,
                store.page(day, any, VerdictOrder.BY_NAME, 0, Integer.MAX_VALUE),
                judged(uses.of(window(day, policy), policy), day, policy));
    }

    private static Period window(LocalDate day, VerdictPolicy policy) {
        return new Period(
                policy.window().firstDay(day).atStartOfDay(Period.ZONE).toInstant(),
                day.plusDays(1).atStartOfDay(Period.ZONE).toInstant());
    }

    private List<HostVerdict> judged(
            List<HostUses.Used> used, LocalDate day, VerdictPolicy policy) {
        var exempt = exemptions.exemptOn(day);
        return used.stream()
                .map(use -> use.judged(day, policy, exempt.contains(use.host())))
                .toList();
    }

    /** The last day that was judged; empty: none was. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> lastDay() {
        return store.lastDay();
    }

    /**
     * What was said of the hosts on a day, by host name.
     *
     * @param most at most so many
     */
    @Transactional(readOnly = true)
    public List<HostVerdict> of(LocalDate day, VerdictFilter filter, int most) {
        return page(day, filter, VerdictOrder.BY_NAME, 0, most);
    }

    /**
     * The same in another order.
     *
     * @param offset how many come before
     */
    @Transactional(readOnly = true)
    public List<HostVerdict> page(
            LocalDate day, VerdictFilter filter, VerdictOrder order, long offset, int most) {
        return store.page(day, filter, order, offset, most);
    }

    /** What was said of these hosts on a day. */
    @Transactional(readOnly = true)
    public List<HostVerdict> of(LocalDate day, Collection<MeteredHostId> hosts) {
        return store.of(day, hosts);
    }

    /** The policy that days are judged by; a day keeps that of its verdicts. */
    @Transactional(readOnly = true)
    public VerdictPolicy inForce(LocalDate day) {
        return policies.inForce(day);
    }

    /** How many there are. */
    @Transactional(readOnly = true)
    public long count(LocalDate day, VerdictFilter filter) {
        return store.count(day, filter);
    }
}
