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
    APPLICATION_APPROVE,
    APPLICATION_WITHDRAW,
    APPLICATION_CONFIRM,
    POOL_READ,
    QUOTA_READ,
    QUOTA_LIMIT,
    OUTLOOK_READ,
    HOST_READ,
    NAMESPACE_READ,
    NAMESPACE_GRANT,
    HOST_OPERATE,
    HOST_DESTROY,
    CATALOGUE_EDIT,
    CLUSTER_READ,
    CLUSTER_FENCE,
    CLUSTER_WRITE_OFF,
    CLUSTER_READMIT,
    RANKING_READ,
    RANKING_EXPORT,
    RANKING_COMPUTE,
    AUDIT_READ
}
