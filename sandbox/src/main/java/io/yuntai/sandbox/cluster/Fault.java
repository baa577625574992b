package io.yuntai.sandbox.cluster;

import java.time.Duration;

/** What may go wrong with one call to a cluster. */
public sealed interface Fault {

    /** Nothing. */
    record None() implements Fault {}

    /** The caller gives up waiting; a write still takes effect, after this long. */
    record Late(Duration by) implements Fault {}

    /** The request never arrives. */
    record LostRequest() implements Fault {}

    /** A write takes effect, but its answer never arrives. */
    record LostAnswer() implements Fault {}

    /** The cluster says 409, as it does on bursts. */
    record Conflict() implements Fault {}

    /** A lease is read as it was before its last change. */
    record StaleRead() implements Fault {}
}
