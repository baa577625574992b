package io.yuntai.onboarding.kubernetes;

/**
 * A live migration that a cluster has begun by itself, of a host on a node that takes nothing new:
 * somebody empties that.
 *
 * @param host the name of its machine
 * @param name what the cluster calls it
 */
public record Evacuation(NamespaceName namespace, String host, String name) {}
