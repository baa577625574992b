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

    /** On the disks of a host that others have made: the host's name. */
    static final String DISK_OF = "yuntai.io/disk-of";

    /** On namespaces: {@link #ENFORCED} once the lease is, and it cannot be deleted any more. */
    static final String LEASE = "yuntai.io/lease";

    static final String ENFORCED = "enforced";

    /** On namespaces: {@link #GUARDED} where a pod could leave its pool, or images are limited. */
    static final String PODS = "yuntai.io/pods";

    static final String GUARDED = "guarded";

    /**
     * On namespaces: the uid of the migration whose targets alone are let in, or {@code closed}.
     */
    static final String GATE = "yuntai.io/gate";

    /** On a migration's target, by KubeVirt: the uid of the migration. */
    static final String MIGRATION = "kubevirt.io/migrationJobUID";

    /** Before the code of a {@link Grant}, on namespaces. */
    static final String GRANT = "yuntai.io/grant-";

    /**
     * An annotation of a namespace: a digest of all that it holds, once all of it is written; until
     * then {@link #UNFINISHED}.
     */
    static final String CONTENT = "yuntai.io/content";

    static final String UNFINISHED = "unfinished";

    /** On namespaces and nodes: the network zone. */
    static final String ZONE = "yuntai.io/zone";

    /** On namespaces and nodes: the family of their processors. */
    static final String PROCESSOR = "yuntai.io/processor";

    /** An annotation of the lease. */
    static final String EPOCH = "yuntai.io/epoch";

    /** An annotation of a host: the digest of what it was last made of. */
    static final String DIGEST = "yuntai.io/digest";

    /** An annotation of a host: what people should know of it. */
    static final String NOTICE = "yuntai.io/notice";

    /** The guard that refuses what has no lease over it. */
    static final String LEASE_GUARD = "yuntai-lease";

    /** Before {@code enforce} and what else Pod Security reads on a namespace. */
    static final String POD_SECURITY = "pod-security.kubernetes.io/";

    /** Set by the API server on each namespace. */
    static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private Labels() {}
}
