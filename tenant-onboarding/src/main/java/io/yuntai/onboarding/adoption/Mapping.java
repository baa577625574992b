package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import java.util.Optional;

/**
 * What a line of the file says of one namespace.
 *
 * @param row as the spreadsheet counts
 * @param system whose it shall be
 * @param unit whose that system is taken to be; empty: it does not say
 * @param pool empty: the only one of the cluster
 */
record Mapping(
        int row,
        ClusterName cluster,
        NamespaceName namespace,
        SystemCode system,
        Optional<UnifiedSocialCreditCode> unit,
        Optional<PoolId> pool) {

    LeaseId lease() {
        return new LeaseId(cluster.value(), namespace.value());
    }
}
