package io.yuntai.onboarding.kubernetes;

/** The names that our objects carry in a cluster; what lacks {@link #MANAGED} is not ours. */
final class Labels {

    static final String FIELD_MANAGER = "yuntai";

    /** The one LimitRange and the one ResourceQuota of a namespace. */
    static final String LEASE_NAME = "yuntai";

    static final String MANAGED = "yuntai.io/managed";
    static final String UNIT = "yuntai.io/unit";
    static final String SYSTEM = "yuntai.io/system";
    static final String POOL = "yuntai.io/pool";
    static final String HOST = "yuntai.io/host";

    /** On nodes: the family of their processors. */
    static final String PROCESSOR = "yuntai.io/processor";

    /** An annotation of the lease. */
    static final String EPOCH = "yuntai.io/epoch";

    /** The guard that refuses what has no lease over it. */
    static final String LEASE_GUARD = "yuntai-lease";

    static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    private Labels() {}
}
