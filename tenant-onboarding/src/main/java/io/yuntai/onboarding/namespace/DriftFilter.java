package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.system.SystemId;
import java.util.Optional;

/** Which drifts are asked for; what is empty confines nothing. */
public record DriftFilter(Optional<String> cluster, Optional<SystemId> system) {}
