package io.yuntai.onboarding.kubernetes;

import io.yuntai.quota.Incarnation;

/**
 * A ResourceQuota that is no lease of ours.
 *
 * @param incarnation which of those that bore the name one after the other
 * @param hard what it says, for people; bounded
 */
public record StrayQuota(
        NamespaceName namespace, String name, Incarnation incarnation, String hard) {}
