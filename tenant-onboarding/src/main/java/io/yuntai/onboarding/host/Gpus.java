package io.yuntai.onboarding.host;

import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;

/**
 * Graphics processors that a host has to itself.
 *
 * @param model as quota counts it: {@code a30} is of the resource {@code gpus/a30}
 * @param count 1 to {@value #MOST}
 */
public record Gpus(String model, int count) {

    public static final int MOST = 16;

    public Gpus {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(count + " of " + model);
        }
        var _ = resource(model);
    }

    /**
     * What a model is counted as.
     *
     * @throws IllegalArgumentException for what cannot be the name of one
     */
    public static Resource resource(String model) {
        return new Resource("gpus/" + model);
    }

    public Amounts amounts() {
        return Amounts.of(resource(model), count);
    }
}
