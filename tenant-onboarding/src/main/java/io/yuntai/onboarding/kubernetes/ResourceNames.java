package io.yuntai.onboarding.kubernetes;

import static io.yuntai.quota.Resource.CPU;

import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Our resources and the names that a ResourceQuota has for them, both ways, out of a table: {@code
 * resources.properties}. Only {@code requests.*} and counts belong there: with {@code limits.*} in
 * a quota KubeVirt caps every machine.
 */
final class ResourceNames {

    /** The table that is part of the program. */
    static final ResourceNames DEFAULT = with(Map.of());

    /** What Kubernetes has a quota call the storage of a class by, after the class. */
    static final String OF_CLASS = ".storageclass.storage.k8s.io/requests.storage";

    private static final String STORAGE = "storageBytes";
    private static final String REQUESTS_STORAGE = "requests.storage";

    private final List<ResourceKind> kinds;

    private ResourceNames(List<ResourceKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * The table with more lines; of two for one resource the given one counts.
     *
     * @throws IllegalArgumentException for a line that is none, or two that mean one name
     */
    static ResourceNames with(Map<String, String> more) {
        var lines = new TreeMap<String, String>();
        var own = new Properties();
        try (var reader =
                new InputStreamReader(
                        Objects.requireNonNull(
                                ResourceNames.class.getResourceAsStream("resources.properties")),
                        StandardCharsets.UTF_8)) {
            own.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        own.stringPropertyNames().forEach(code -> lines.put(code, own.getProperty(code)));
        lines.putAll(more);
        var kinds = new ArrayList<ResourceKind>();
        lines.forEach((code, line) -> kinds.add(ResourceKind.parse(code, line)));
        if (kinds.stream().map(ResourceKind::quotaName).distinct().count() != kinds.size()) {
            throw new IllegalArgumentException("two resources of one name: " + lines);
        }
        return new ResourceNames(kinds);
    }

    /** Whether a ResourceQuota has a name for it. */
    boolean knows(Resource resource) {
        return kinds.stream().anyMatch(kind -> kind.nameOf(resource).isPresent());
    }

    /** Whether it is one of the devices that pods request by a name of their own. */
    boolean isDevice(Resource resource) {
        return kinds.stream()
                .filter(kind -> kind.code().equals(resource.code()))
                .anyMatch(kind -> kind.measure() instanceof ResourceKind.Measure.PodRequests);
    }

    List<ResourceKind> kinds() {
        return kinds;
    }

    /** What a ResourceQuota says for these amounts, and for nothing of what else is limited. */
    Map<String, Quantity> hard(Amounts amounts, Set<Resource> limited) {
        var hard = new TreeMap<>(hard(amounts));
        limited.stream()
                .filter(resource -> amounts.get(resource) == 0 && knows(resource))
                .forEach(resource -> put(hard, resource, 0));
        return hard;
    }

    /**
     * What a ResourceQuota says for these amounts. Kubernetes limits only what is named, while an
     * amount that is not named is zero: so what the table says is always written, and the sum of
     * all storage as well. Classes of storage come and go: those that are not named {@link Guards}
     * refuse.
     *
     * @throws IllegalArgumentException for a resource that the table does not have
     */
    Map<String, Quantity> hard(Amounts amounts) {
        var hard = new TreeMap<String, Quantity>();
        long storage = 0;
        for (var kind : kinds) {
            if (kind.always()) {
                put(hard, new Resource(kind.code()), amounts.get(new Resource(kind.code())));
            }
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
    Amounts amounts(@Nullable Map<String, Quantity> quantities) {
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

    private void put(Map<String, Quantity> hard, Resource resource, long amount) {
        String quantity =
                resource.equals(CPU) ? Quantities.ofMillis(amount) : Quantities.ofUnits(amount);
        hard.put(name(resource), new Quantity(quantity));
    }

    private String name(Resource resource) {
        return kinds.stream()
                .flatMap(kind -> kind.nameOf(resource).stream())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "a ResourceQuota has no name for " + resource));
    }

    /**
     * What pods request of a resource by: the name that its device plugin gives it.
     *
     * @throws IllegalArgumentException for a resource that the table does not have, or that pods do
     *     not request
     */
    String device(String code) {
        return kinds.stream()
                .filter(kind -> kind.code().equals(code))
                .map(ResourceKind::measure)
                .filter(ResourceKind.Measure.PodRequests.class::isInstance)
                .map(measure -> ((ResourceKind.Measure.PodRequests) measure).request())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no device is called " + code));
    }

    /** What a node or a pod calls by this name. */
    Optional<Resource> requested(String name) {
        return kinds.stream()
                .filter(kind ->
                        switch (kind.measure()) {
                            case ResourceKind.Measure.PodRequests(var request) ->
                                    request.equals(name);
                            case ResourceKind.Measure.Count(var plural) ->
                                    plural.equals("pods") && plural.equals(name);
                            case ResourceKind.Measure.ClaimedStorage _,
                                    ResourceKind.Measure.Addresses _ ->
                                    false;
                        })
                .map(kind -> new Resource(kind.code()))
                .findFirst();
    }

    Optional<Resource> resource(String name) {
        return kinds.stream().flatMap(kind -> kind.resourceOf(name).stream()).findFirst();
    }
}
