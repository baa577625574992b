package io.yuntai.onboarding.kubernetes;

import java.util.regex.Pattern;

/** A namespace's name: a DNS label (RFC 1123), as Kubernetes demands. */
public record NamespaceName(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public NamespaceName {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException("not a namespace name: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
