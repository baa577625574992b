package io.yuntai.onboarding.kubernetes;

/** A cluster was deregistered; this process has no connection to it any more. */
public record ClusterLeft(ClusterName cluster) {}
