package io.yuntai.onboarding.namespace;

import java.util.Optional;

/** Which findings are asked for; what is empty confines nothing. */
public record FindingFilter(Optional<String> cluster, Optional<Finding.Kind> kind) {}
