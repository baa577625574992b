package io.yuntai.onboarding.kubernetes;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.HOSTS;
import static io.yuntai.quota.Resource.MEMORY;

import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Our resources and the names that a ResourceQuota has for them, both ways. Only {@code requests.*}
 * and counts: with {@code limits.*} in a quota KubeVirt caps every machine.
 */
final class ResourceNames {

    static final String STORAGE = "storageBytes";

    private static final String REQUESTS_CPU = "requests.cpu";
    private static final String REQUESTS_MEMORY = "requests.memory";
    private static final String REQUESTS_STORAGE = "requests.storage";
    private static final String COUNT_HOSTS = "count/virtualmachines.kubevirt.io";
    private static final String CLASS_SUFFIX = ".storageclass.storage.k8s.io/requests.storage";

    private ResourceNames() {}

    /**
     * What a ResourceQuota says for these amounts. Kubernetes limits only what is named, while an
     * amount that is not named is zero: so the processors, memory and hosts are always written, and
     * the sum of all storage as well, which a class that is not named cannot pass either.
     *
     * @throws IllegalArgumentException for a resource that no quota can express
     */
    static Map<String, Quantity> hard(Amounts amounts) {
        var hard = new TreeMap<String, Quantity>();
        long storage = 0;
        for (var resource : new Resource[] {CPU, MEMORY, HOSTS}) {
            put(hard, resource, amounts.get(resource));
        }
        for (var entry : amounts.asMap().entrySet()) {
            put(hard, entry.getKey(), entry.getValue());
            if (entry.getKey().base().equals(STORAGE)) {
                storage = Math.addExact(storage, entry.getValue());
            }
        }
        hard.put(REQUESTS_STORAGE, new Quantity(Quantities.ofUnits(storage)));
        return hard;
    }

    /** The amounts that a quota's map names; what is not ours is left out. */
    static Amounts amounts(@Nullable Map<String, Quantity> quantities) {
        var amounts = new HashMap<Resource, Long>();
        if (quantities != null) {
            quantities.forEach((name, quantity) ->
                    resource(name)
                            .ifPresent(resource ->
                                    amounts.put(resource, inBaseUnits(resource, quantity))));
        }
        return Amounts.of(amounts);
    }

    /** A quantity in the base unit of a resource. */
    static long inBaseUnits(Resource resource, Quantity quantity) {
        return resource.equals(CPU)
                ? Quantities.millis(quantity.toString())
                : Quantities.units(quantity.toString());
    }

    private static void put(Map<String, Quantity> hard, Resource resource, long amount) {
        String quantity =
                resource.equals(CPU) ? Quantities.ofMillis(amount) : Quantities.ofUnits(amount);
        hard.put(name(resource), new Quantity(quantity));
    }

    static String name(Resource resource) {
        return switch (resource.base()) {
            case "cpuMillis" -> REQUESTS_CPU;
            case "memoryBytes" -> REQUESTS_MEMORY;
            case "hosts" -> COUNT_HOSTS;
            case STORAGE -> resource.variant() + CLASS_SUFFIX;
            default ->
                    throw new IllegalArgumentException(
                            "a ResourceQuota has no name for " + resource);
        };
    }

    static Optional<Resource> resource(String name) {
        return switch (name) {
            case REQUESTS_CPU -> Optional.of(CPU);
            case REQUESTS_MEMORY -> Optional.of(MEMORY);
            case COUNT_HOSTS -> Optional.of(HOSTS);
            default ->
                    name.endsWith(CLASS_SUFFIX)
                            ? storage(name.substring(0, name.length() - CLASS_SUFFIX.length()))
                            : Optional.empty();
        };
    }

    /** The resource of a storage class; none for a class that we cannot have leased. */
    static Optional<Resource> storage(String storageClass) {
        try {
            return Optional.of(Resource.storage(storageClass));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
