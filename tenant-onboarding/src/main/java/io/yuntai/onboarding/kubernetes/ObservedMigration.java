package io.yuntai.onboarding.kubernetes;

/**
 * A live migration as its cluster shows it.
 *
 * @param uid by which its target is known
 * @param ended whether it is over, well or not
 * @param succeeded whether the host runs elsewhere now
 * @param phase the cluster's own word
 * @param from the node that it leaves; empty while the cluster does not say
 * @param to the node that it comes to; empty while the cluster does not say
 */
public record ObservedMigration(
        String uid, boolean ended, boolean succeeded, String phase, String from, String to) {}
