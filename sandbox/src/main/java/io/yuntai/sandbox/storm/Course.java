package io.yuntai.sandbox.storm;

/** How a storm goes; the same seed is another storm on another course. */
public enum Course {
    /** The ledger remembers all that it was told. */
    PLAIN,
    /** The ledger is restored from a backup on the way. */
    RESTORED,
    /** Clusters are lost: fenced, written off, and back again, rightly or not. */
    LOST
}
