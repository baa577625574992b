package io.yuntai.onboarding.kubernetes;

import java.util.regex.Pattern;

/** Which cluster one is, whatever it is called and however reached. */
public record ClusterUid(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public ClusterUid {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a uid: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
