package io.yuntai.onboarding.host;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.region.ProcessorFamily;
import java.util.Optional;

/**
 * A size of the catalogue, in one of its versions.
 *
 * @param name as people read it, at most {@value #MAX_NAME} characters
 * @param processor the family that it is for; empty: either
 * @param retired nobody can apply for it any more; hosts that have it keep it
 */
public record HostSize(
        CatalogueRef ref,
        String name,
        int vcpu,
        int memoryGib,
        Optional<Gpus> gpus,
        Optional<ProcessorFamily> processor,
        boolean retired) {

    public static final int MAX_NAME = 100;
    public static final int MAX_VCPU = 128;
    public static final int MAX_MEMORY_GIB = 1024;

    public HostSize {
        PlainText.require(name, 1, MAX_NAME);
        if (vcpu < 1 || vcpu > MAX_VCPU || memoryGib < 1 || memoryGib > MAX_MEMORY_GIB) {
            throw new IllegalArgumentException(vcpu + " vCPU and " + memoryGib + " GiB");
        }
    }

    /** Whether two versions say the same. */
    boolean says(HostSize other) {
        return equals(
                new HostSize(
                        ref,
                        other.name,
                        other.vcpu,
                        other.memoryGib,
                        other.gpus,
                        other.processor,
                        other.retired));
    }
}
