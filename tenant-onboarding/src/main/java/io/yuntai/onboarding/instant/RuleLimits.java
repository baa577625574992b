package io.yuntai.onboarding.instant;

/**
 * How much may be granted without a human: to one application, and to a system within 30 days.
 *
 * @param vcpu 0 to {@value #MOST}
 * @param memoryGib 0 to {@value #MOST}
 * @param storageGib 0 to {@value #MOST}
 */
public record RuleLimits(int vcpu, int memoryGib, int storageGib) {

    public static final int MOST = 1_000_000;

    public RuleLimits {
        for (int limit : new int[] {vcpu, memoryGib, storageGib}) {
            if (limit < 0 || limit > MOST) {
                throw new IllegalArgumentException("not a limit: " + limit);
            }
        }
    }
}
