package io.yuntai.onboarding.kubernetes;

/** A cluster was connected, or connected anew, while this process runs. */
public record ClusterJoined(ClusterName cluster) {}
