package io.yuntai.security;

/**
 * What a caller can be allowed to do. Which role allows what is data, in {@code role_permission}.
 */
public enum Permission {
    REGISTER_IMPORT,
    REGISTER_READ,
    REORGANIZE,
    APPLICATION_SUBMIT,
    APPLICATION_READ,
    /**
     * To take part in what is decided about applications at all; in which part, is said by the next
     * five.
     */
    APPLICATION_DECIDE,
    /** For the own unit. */
    APPLICATION_ENDORSE,
    /** For the platform. */
    APPLICATION_REVIEW,
    /** As an expert. */
    APPLICATION_ADVISE,
    /** For the bureau. */
    APPLICATION_APPROVE,
    /** Deliveries that did not come whole. */
    APPLICATION_EXECUTE,
    /** One's unit's templates of applications; those for everybody if one belongs to none. */
    TEMPLATE_EDIT,
    POOL_READ,
    QUOTA_READ,
    QUOTA_LIMIT,
    OUTLOOK_READ,
    HOST_READ,
    NAMESPACE_READ,
    NAMESPACE_GRANT,
    HOST_OPERATE,
    HOST_DESTROY,
    HOST_MIGRATE,
    CATALOGUE_EDIT,
    CLUSTER_READ,
    CLUSTER_FENCE,
    CLUSTER_WRITE_OFF,
    CLUSTER_READMIT,
    CLUSTER_REGISTER,
    CLUSTER_CORDON,
    ADOPT,
    CLUSTER_ACCEPT,
    RANKING_READ,
    RANKING_EXPORT,
    RANKING_COMPUTE,
    RANKING_FREEZE,
    RANKING_RESTATE,
    RANKING_RESTATE_APPROVE,
    POLICY_PROPOSE,
    POLICY_APPROVE,
    PRICE_READ,
    PRICE_PROPOSE,
    PRICE_APPROVE,
    /** Files that say what hosts used. */
    USAGE_IMPORT,
    EXEMPTION_READ,
    EXEMPTION_APPLY,
    EXEMPTION_APPROVE,
    AUDIT_READ,
    RECLAIM_READ,
    /** To draw up orders to reclaim, and to withdraw them. */
    RECLAIM_PROPOSE,
    /** For the own unit: to agree with them, or to appeal. */
    RECLAIM_CONSENT,
    /** For the bureau: to decide about appeals, and finally. */
    RECLAIM_APPROVE,
    /** To carry them out; by another than who has proposed them. */
    RECLAIM_EXECUTE,
    CALENDAR_EDIT,
    NOTICE_OPERATE,
    JOB_READ,
    JOB_RUN,
    INSTANT_RULE_PROPOSE,
    /**
     * Of somebody else; also to lift what a failed audit brought, if somebody else has failed it.
     */
    INSTANT_RULE_APPROVE,
    /** To look again at what has passed. */
    INSTANT_AUDIT
}
