package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What others say of hosts by what they used. Whoever says it does nothing about it. Of each host
 * the last that was said; exempt is who is exempt now, also if he was not yet when it was said.
 */
public interface VerdictRecords {

    /** Of these hosts; none of those that were never judged. */
    List<Judgement> of(Collection<HostId> hosts, Instant now);

    /** Of the hosts of a unit that are exempt, or that something could be had from, by name. */
    List<Judgement> wasteful(UnitId unit, Instant now);
}
