package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Amounts;
import java.time.Instant;
import java.util.Optional;

/**
 * What a cluster's leases come to.
 *
 * @param cluster its name
 * @param simulated whether it is only played
 * @param since since when it is in that state
 * @param scheduling whether anything new may be placed there
 * @param schedulingSince empty: from the beginning
 * @param leases how many it has
 * @param committed what they are charged
 * @param used what it was last seen to use
 * @param debt what it was last seen to use beyond what is granted
 * @param last what a person has said of it last
 */
public record ClusterCover(
        String cluster,
        boolean simulated,
        ClusterState state,
        Instant since,
        Scheduling scheduling,
        Optional<Instant> schedulingSince,
        int leases,
        Amounts committed,
        Amounts used,
        Amounts debt,
        Optional<ClusterCommand> last) {}
