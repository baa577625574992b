package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.NodeCapacity;
import java.time.Instant;

/** What the nodes of a cluster offered when they were last read. */
public record ClusterCapacity(NodeCapacity nodes, Instant readAt) {}
