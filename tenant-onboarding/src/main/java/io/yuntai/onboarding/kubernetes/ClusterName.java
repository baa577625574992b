package io.yuntai.onboarding.kubernetes;

import java.util.regex.Pattern;

/** A member cluster's name: a DNS label. */
public record ClusterName(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public ClusterName {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException("not a cluster name: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
