package io.yuntai.quota;

import java.time.Instant;
import java.util.Optional;

/** What is to be done next for one lease. */
public sealed interface LeaseStep {

    /** There is no lease in the namespace: make one, of nothing, at epoch zero. */
    record Create() implements LeaseStep {}

    /** Write what is granted, if the cluster still has the epoch and incarnation that was read. */
    record Write() implements LeaseStep {}

    /** It is written; {@code status.hard} has not followed yet. */
    record AwaitStatus() implements LeaseStep {}

    /** The cluster is ahead of what we know of it. */
    record Overtaken(Epoch found) implements LeaseStep {}

    /** The account changes. */
    record Change(LeaseChange change) implements LeaseStep {}

    /** More is needed: at least so much, to have its head-room again. */
    record Grow(Amounts need) implements LeaseStep {}

    /** What was admitted before the limit fell may still be on its way. */
    record Settle(Instant until) implements LeaseStep {}

    /** All is quiet: add up what the namespace holds, and credit what it does not. */
    record Measure() implements LeaseStep {}

    /** Nothing to do; worth another look then. */
    record Rest(Optional<Instant> until) implements LeaseStep {}
}
