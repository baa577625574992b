package io.yuntai.onboarding.kubernetes;

/**
 * A live migration as its cluster shows it.
 *
 * @param uid by which its target is known
 * @param ended whether it is over, well or not
 * @param succeeded whether the host runs elsewhere now
 * @param phase the cluster's own word
 */
public record ObservedMigration(String uid, boolean ended, boolean succeeded, String phase) {}
