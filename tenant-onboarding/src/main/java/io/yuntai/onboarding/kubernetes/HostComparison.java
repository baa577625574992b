package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.onboarding.host.HostMade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a host should be with what a cluster holds of it. All that we write must be there;
 * what others add beside it is theirs, for KubeVirt itself, its webhooks and tenants write to the
 * same machine. Only what would change the meaning of ours is no addition: more sockets for the
 * same cores, or an element of a list under a name that we give.
 */
final class HostComparison {

    /** Of elements of lists: what bears such a name is ours. */
    private static final Pattern OUR_NAMES =
            Pattern.compile("system|data[0-9]{0,2}|cloudinit|default|gpu[0-9]{1,2}");

    private static final String CPU = "/spec/template/spec/domain/cpu";

    /** What multiplies the cores that we write. */
    private static final Set<String> FACTORS = Set.of("sockets", "threads");

    private static final String USER_DATA = "userData";

    /** User data is repeated by nothing, so not by a record of what became of it either. */
    private static final String WITHHELD = "***";

    private static final String PREFIX = "yuntai.io/";

    private HostComparison() {}

    /** Where a machine differs from the desired one; empty: it is as it should be. */
    static List<Comparison.Field> of(
            GenericKubernetesResource desired, GenericKubernetesResource found) {
        var wanted = Comparison.tree(desired);
        var there = Comparison.tree(found);
        var fields = new ArrayList<Comparison.Field>();
        metadata(wanted, there, fields);
        subset("/spec", wanted.get("spec"), there.get("spec"), fields);
        if (at(wanted, "spec", "template", "spec", "domain", "cpu").containsKey("cores")) {
            factors(wanted, there)
                    .forEach((factor, value) ->
                            fields.add(
                                    new Comparison.Field(
                                            CPU + "/" + factor,
                                            String.valueOf(value),
                                            Difference.NOTHING)));
        }
        return List.copyOf(fields);
    }

    /** A larger claim is its tenant's matter: the lease holds it, and no claim ever shrinks. */
    static List<Comparison.Field> of(PersistentVolumeClaim desired, PersistentVolumeClaim found) {
        var wanted = Comparison.tree(desired);
        var there = Comparison.tree(found);
        var fields = new ArrayList<Comparison.Field>();
        metadata(wanted, there, fields);
        subset(
                "/spec/storageClassName",
                at(wanted, "spec").get("storageClassName"),
                at(there, "spec").get("storageClassName"),
                fields);
        if (storage(found) < storage(desired)) {
            fields.add(
                    new Comparison.Field(
                            "/spec/resources/requests/storage",
                            Long.toString(storage(found)),
                            Long.toString(storage(desired))));
        }
        return List.copyOf(fields);
    }

    private static void metadata(
            Map<String, Object> wanted, Map<String, Object> there, List<Comparison.Field> fields) {
        for (var group : List.of("labels", "annotations")) {
            at(wanted, "metadata", group)
                    .forEach((key, value) -> {
                        Object is = at(there, "metadata", group).get(key);
                        if (!value.equals(is)) {
                            fields.add(
                                    new Comparison.Field(
                                            "/metadata/" + group + "/" + Comparison.escaped(key),
                                            Comparison.text(is),
                                            Comparison.text(value)));
                        }
                    });
        }
    }

    /** How the desired machine is to be written so that what others have added stays. */
    static GenericKubernetesResource keeping(
            GenericKubernetesResource desired, GenericKubernetesResource found) {
        var both = new LinkedHashMap<>(Comparison.tree(desired));
        both.put("spec", kept(both.get("spec"), Comparison.tree(found).get("spec")));
        return Serialization.unmarshal(Serialization.asJson(both), GenericKubernetesResource.class);
    }

    /** The same claim, as large as it is by now, and shared as it was made: that never changes. */
    static PersistentVolumeClaim keeping(
            PersistentVolumeClaim desired, PersistentVolumeClaim found) {
        desired.getSpec().setAccessModes(found.getSpec().getAccessModes());
        desired.getSpec().setVolumeMode(found.getSpec().getVolumeMode());
        if (storage(found) > storage(desired)) {
            desired.getSpec()
                    .getResources()
                    .setRequests(
                            Map.of("storage", new Quantity(Quantities.ofUnits(storage(found)))));
        }
        return desired;
    }

    /** A merge patch that takes off what multiplies our cores; empty: nothing does. */
    static Optional<String> withoutFactors(
            GenericKubernetesResource desired, GenericKubernetesResource found) {
        var off = new TreeMap<String, @Nullable Object>();
        factors(Comparison.tree(desired), Comparison.tree(found))
                .keySet()
                .forEach(factor -> off.put(factor, null));
        return off.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":%s}}}}}"
                                .formatted(nulls(off.keySet())));
    }

    private static String nulls(Set<String> keys) {
        return keys.stream()
                .map(key -> "\"" + key + "\":null")
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    /**
     * How a machine should have been made, as it is kept beside the host: by what the machine shows
     * nobody is told what it should be. Only where it has no instancetype (more) its size is
     * written out, for KubeVirt does not take both, and either says all of it.
     */
    static HostManifests.Features features(Desired.Host host, GenericKubernetesResource found) {
        var made = host.build().made().orElseGet(() -> made(host, found));
        boolean isToChange = !host.digest().equals(Observed.host(found).view().digest());
        return new HostManifests.Features(
                made.imported(),
                made.instancetype()
                        && at(Comparison.tree(found), "spec").containsKey("instancetype"),
                made.asLeased() || isToChange);
    }

    /**
     * How a machine was made of which that was not kept. Its image was copied to its disk unless
     * the image itself is mounted, for that it is known by: to mount one over a disk that is full
     * would lose what is on it.
     */
    static HostMade made(Desired.Host host, GenericKubernetesResource found) {
        var spec = at(Comparison.tree(found), "spec");
        var instance = at(spec, "template", "spec");
        boolean mounted =
                instance.get("volumes") instanceof List<?> volumes
                        && volumes.stream()
                                .anyMatch(one ->
                                        name(one).equals(HostManifests.SYSTEM_DISK)
                                                && map(one).containsKey("containerDisk"));
        return new HostMade(
                host.build().image().isPresent() && !mounted,
                host.build().size().isPresent() && spec.containsKey("instancetype"),
                at(instance, "domain", "resources", "requests").containsKey("memory")
                        || at(instance, "domain", "devices").containsKey("logSerialConsole"));
    }

    /**
     * What a host's machine says by itself: a digest of all that is ours to look after in it, and
     * the claims that it names.
     */
    static HostMemory.Machine machine(GenericKubernetesResource machine) {
        var tree = Comparison.tree(machine);
        var annotations = new TreeMap<>(at(tree, "metadata", "annotations"));
        annotations.keySet().removeIf(key -> !key.startsWith(PREFIX));
        var own =
                List.of(
                        new TreeMap<>(at(tree, "metadata", "labels")),
                        annotations,
                        at(tree, "spec"));
        var claims = new ArrayList<String>();
        var secrets = new ArrayList<String>();
        if (at(tree, "spec", "template", "spec").get("volumes") instanceof List<?> volumes) {
            for (Object volume : volumes) {
                if (at(map(volume), "persistentVolumeClaim").get("claimName")
                        instanceof String claim) {
                    claims.add(claim);
                }
                if (at(map(volume), "cloudInitNoCloud", "secretRef").get("name")
                        instanceof String secret) {
                    secrets.add(secret);
                }
            }
        }
        return new HostMemory.Machine(
                Observed.host(machine),
                HostBuild.digest(Serialization.asJson(own)),
                claims,
                secrets);
    }

    /**
     * A digest of all that is ours to look after in a host: another one, and something of it has
     * changed.
     *
     * @param claims what {@link #content(PersistentVolumeClaim)} says of a claim of ours by name;
     *     null where there is none
     * @param secrets likewise of a Secret
     */
    static String content(
            HostMemory.Machine machine,
            Function<String, @Nullable String> claims,
            Function<String, String> secrets) {
        var content = new StringBuilder(machine.own());
        machine.claims().forEach(claim -> content.append('/').append(claims.apply(claim)));
        machine.secrets().forEach(secret -> content.append('/').append(secrets.apply(secret)));
        return content.toString();
    }

    /** What is ours to look after in a claim. */
    static String content(PersistentVolumeClaim claim) {
        var labels = claim.getMetadata().getLabels();
        return HostBuild.digest(
                (labels == null ? Map.of() : new TreeMap<>(labels))
                        + " "
                        + claim.getSpec().getStorageClassName()
                        + " "
                        + storage(claim));
    }

    /** What is ours to look after in a Secret: all of it. It does not tell what it holds. */
    static String content(UserDataSecrets.Seen secret) {
        return switch (secret) {
            case UserDataSecrets.Seen.Found(var found) -> {
                var labels = found.getMetadata().getLabels();
                yield HostBuild.digest(
                        (labels == null ? Map.of() : new TreeMap<>(labels))
                                + " "
                                + found.getType()
                                + found.getImmutable()
                                + new TreeMap<>(UserDataSecrets.data(found)));
            }
            case UserDataSecrets.Seen.Missing() -> Difference.NOTHING;
            case UserDataSecrets.Seen.Unknown() -> "unknown";
        };
    }

    /** Which keys differ, and never by what. */
    static List<Comparison.Field> of(Secret desired, Secret found) {
        var fields = new ArrayList<Comparison.Field>();
        metadata(Comparison.tree(desired), Comparison.tree(found), fields);
        var wanted = UserDataSecrets.data(desired);
        var there = UserDataSecrets.data(found);
        var keys = new TreeSet<>(wanted.keySet());
        keys.addAll(there.keySet());
        for (var key : keys) {
            if (!Objects.equals(wanted.get(key), there.get(key))) {
                fields.add(
                        new Comparison.Field(
                                "/data/" + Comparison.escaped(key),
                                there.containsKey(key) ? WITHHELD : Difference.NOTHING,
                                wanted.containsKey(key) ? WITHHELD : Difference.NOTHING));
            }
        }
        if (Boolean.TRUE.equals(found.getImmutable())) {
            fields.add(new Comparison.Field("/immutable", "true", Difference.NOTHING));
        }
        if (!Objects.equals(desired.getType(), found.getType())) {
            fields.add(
                    new Comparison.Field(
                            "/type",
                            Comparison.text(found.getType()),
                            Comparison.text(desired.getType())));
        }
        return List.copyOf(fields);
    }

    private static void subset(
            String at,
            @Nullable Object wanted,
            @Nullable Object there,
            List<Comparison.Field> fields) {
        if (wanted instanceof Map<?, ?> && there instanceof Map<?, ?>) {
            var theirs = map(there);
            new TreeMap<>(map(wanted))
                    .forEach((key, value) ->
                            subset(
                                    at + "/" + Comparison.escaped(key),
                                    value,
                                    theirs.get(key),
                                    fields));
        } else if (wanted instanceof List<?> ours
                && there instanceof List<?> theirs
                && isNamed(ours)
                && isNamed(theirs)) {
            elements(at, ours, theirs, fields);
        } else if (wanted instanceof List<?> ours
                && there instanceof List<?> theirs
                && ours.size() == theirs.size()) {
            for (int i = 0; i < ours.size(); i++) {
                subset(at + "/" + i, ours.get(i), theirs.get(i), fields);
            }
        } else if (!isSame(wanted, there)) {
            boolean secret = at.endsWith("/" + USER_DATA);
            fields.add(
                    new Comparison.Field(
                            at,
                            secret && there != null ? WITHHELD : text(there),
                            secret ? WITHHELD : text(wanted)));
        }
    }

    /** Element by element, whatever the order. */
    private static void elements(
            String at, List<?> ours, List<?> theirs, List<Comparison.Field> fields) {
        var left = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < theirs.size(); i++) {
            left.put(name(theirs.get(i)), i);
        }
        for (int i = 0; i < ours.size(); i++) {
            var where = left.remove(name(ours.get(i)));
            if (where == null) {
                fields.add(
                        new Comparison.Field(at + "/" + i, Difference.NOTHING, text(ours.get(i))));
            } else {
                subset(at + "/" + where, ours.get(i), theirs.get(where), fields);
            }
        }
        left.forEach((name, where) -> {
            if (OUR_NAMES.matcher(name).matches()) {
                fields.add(
                        new Comparison.Field(
                                at + "/" + where, text(theirs.get(where)), Difference.NOTHING));
            }
        });
    }

    private static @Nullable Object kept(@Nullable Object wanted, @Nullable Object there) {
        if (wanted instanceof Map<?, ?> && there instanceof Map<?, ?>) {
            var theirs = map(there);
            var both = new LinkedHashMap<String, @Nullable Object>();
            map(wanted).forEach((key, value) -> both.put(key, kept(value, theirs.get(key))));
            return both;
        }
        if (wanted instanceof List<?> ours
                && there instanceof List<?> theirs
                && isNamed(ours)
                && isNamed(theirs)) {
            var both = new ArrayList<Object>(ours);
            theirs.stream()
                    .filter(one -> !OUR_NAMES.matcher(name(one)).matches())
                    .filter(one -> ours.stream().noneMatch(our -> name(our).equals(name(one))))
                    .forEach(both::add);
            return both;
        }
        return wanted;
    }

    private static boolean isNamed(List<?> list) {
        return list.stream().noneMatch(one -> name(one).isEmpty());
    }

    private static String name(Object element) {
        var its = map(element);
        Object name = its.containsKey("name") ? its.get("name") : at(its, "metadata").get("name");
        return name instanceof String text ? text : "";
    }

    private static boolean isSame(@Nullable Object wanted, @Nullable Object there) {
        if (wanted instanceof Number one && there instanceof Number other) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return Objects.equals(wanted, there)
                || (wanted instanceof String
                        && there != null
                        && Comparison.isSameQuantity(wanted, there.toString()));
    }

    private static Map<String, Object> factors(
            Map<String, Object> desired, Map<String, Object> machine) {
        var factors = new TreeMap<>(at(machine, "spec", "template", "spec", "domain", "cpu"));
        factors.keySet().retainAll(FACTORS);
        factors.keySet()
                .removeAll(at(desired, "spec", "template", "spec", "domain", "cpu").keySet());
        factors.values().removeIf(value -> isSame(value, 1));
        return factors;
    }

    private static long storage(PersistentVolumeClaim claim) {
        var resources = claim.getSpec().getResources();
        var request =
                resources == null || resources.getRequests() == null
                        ? null
                        : resources.getRequests().get("storage");
        return request == null ? 0 : Quantities.units(request.toString());
    }

    private static String text(@Nullable Object value) {
        return Comparison.text(withheld(value));
    }

    private static @Nullable Object withheld(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            var safe = new LinkedHashMap<String, @Nullable Object>();
            map(value)
                    .forEach((key, one) ->
                            safe.put(
                                    key,
                                    key.startsWith(USER_DATA) && one instanceof String
                                            ? WITHHELD
                                            : withheld(one)));
            return safe;
        }
        return value instanceof List<?> list
                ? list.stream().map(HostComparison::withheld).toList()
                : value;
    }

    private static Map<String, Object> at(Map<String, Object> tree, String... path) {
        var here = tree;
        for (var key : path) {
            here = map(here.get(key));
        }
        return here;
    }

    private static Map<String, Object> map(@Nullable Object value) {
        return Comparison.map(value);
    }
}
