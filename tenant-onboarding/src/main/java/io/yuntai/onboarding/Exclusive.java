package io.yuntai.onboarding;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What only one transaction may deal with at a time, where there is no row yet to lock. Whoever
 * comes second waits for the end of the first, and finds what it has left.
 */
public enum Exclusive {
    /** An application, while it is submitted under its id. */
    APPLICATION,
    /** The leases of a system, while one is placed. */
    LEASES_OF_SYSTEM,
    /** What is found on a cluster. */
    FINDINGS,
    /** A size or an image, while its next version is written. */
    CATALOGUE,
    /** A namespace, while it is taken over. */
    ADOPTION,
    /** A namespace, while a host of it is moved. */
    MIGRATION,
    /** The instant grants of a system, while one more is weighed against their sum. */
    INSTANT_GRANTS,
    /** An application in the sample, while an auditor judges it. */
    INSTANT_AUDIT,
    /** The versions of the rules for instant approval. */
    INSTANT_RULES,
    /** The hosts of a unit, while some of them are proposed for reclaim. */
    RECLAIM,
    /** The versions of the working-day calendar. */
    CALENDAR,
    /** The versions of the working rules. */
    WORK_RULES;

    /** Holds all of its kind until the transaction ends. */
    public void hold(JdbcClient jdbc) {
        hold(jdbc, "");
    }

    /**
     * Holds one of its kind until the transaction ends. Two that happen to hash alike wait for each
     * other for nothing, and that is all.
     *
     * @param which an id or a name of it
     */
    public void hold(JdbcClient jdbc, Object which) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(name() + "/" + which)
                .query(_ -> {});
    }
}
