package io.yuntai.billing.metering;

/** What a system's namespace is granted for its containers. */
public record NamespaceAllotment(Place place, MeteredSystemId system, Allotment allotment) {}
