package io.yuntai.onboarding.kubernetes;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes and compares what namespaces hold beside leases and hosts. */
record NamespaceContent(
        KubernetesClient client, NamespaceManifests manifests, NamespaceMemory memory) {

    /** Up to so many namespaces are read one by one; more, by listing the whole cluster. */
    private static final int ONE_BY_ONE = 4;

    private record Key(String kind, String namespace, String name) {
        static Key of(HasMetadata object) {
            var meta = object.getMetadata();
            return object instanceof Namespace
                    ? new Key(object.getKind(), meta.getName(), meta.getName())
                    : new Key(object.getKind(), meta.getNamespace(), meta.getName());
        }
    }

    /** The namespace and what closes it. */
    void apply(Desired.SystemNamespace desired) {
        manifests.closed(desired).forEach(this::set);
    }

    /** Writes what differs; whatever else bears our label there, such as a former binding, goes. */
    Remedy remedy(Desired.Tenancy desired) {
        Map<Key, HasMetadata> there = new LinkedHashMap<>();
        here(desired.namespace()).forEach(object -> there.put(Key.of(object), object));
        var found = differences(desired, List.copyOf(there.values()));
        return new Remedy(found, told -> mend(desired, there, found, told));
    }

    private void mend(
            Desired.Tenancy desired,
            Map<Key, HasMetadata> there,
            List<Difference> found,
            Consumer<Difference> told) {
        var differing = new LinkedHashMap<Key, List<Difference>>();
        for (var one : found) {
            differing
                    .computeIfAbsent(
                            new Key(one.kind(), desired.namespace().value(), one.name()),
                            _ -> new ArrayList<>())
                    .add(one);
        }
        var content = new ArrayList<>(manifests.content(desired));
        var finished = content.getFirst();
        // Labels before anybody is let in, and the digest after all else: who dies in between has
        // left work of ours, and no deed of a hand.
        boolean inSteps =
                found.stream().anyMatch(one -> one.byUs() && !one.kind().equals("Namespace"));
        if (inSteps) {
            content.set(0, NamespaceManifests.unfinished(finished));
        }
        for (var object : content) {
            there.remove(Key.of(object));
            var of = Optional.ofNullable(differing.remove(Key.of(object))).orElse(List.of());
            if (!of.isEmpty()) {
                var made = set(object).getMetadata();
                of.forEach(one -> told.accept(one.missing() ? one.made(made) : one));
            }
        }
        there.values()
                .forEach(object -> {
                    var _ = client.resource(object).delete();
                });
        differing.values().forEach(of -> of.forEach(told));
        if (inSteps) {
            set(finished);
        }
    }

    /**
     * An apply leaves what others have added to an object; that may be the hole in a policy. And
     * the role of a binding never changes: another is another binding.
     */
    @CanIgnoreReturnValue
    private <T extends HasMetadata> T set(T desired) {
        var applied = applied(desired);
        if (!Comparison.of(desired, applied).isEmpty()) {
            desired.getMetadata().setResourceVersion(applied.getMetadata().getResourceVersion());
            var _ = client.resource(desired).update();
        }
        return applied;
    }

    private <T extends HasMetadata> T applied(T desired) {
        try {
            return Applying.apply(client.resource(desired));
        } catch (KubernetesClientException e) {
            if (!(desired instanceof RoleBinding) || e.getCode() != Answers.UNPROCESSABLE) {
                throw e;
            }
            var _ = client.resource(desired).delete();
            return Applying.apply(client.resource(desired));
        }
    }

    /** Where something of ours differs, is missing, or is there too much. */
    List<Difference> differences(Collection<Desired.Tenancy> wanted) {
        boolean everywhere = wanted.size() > ONE_BY_ONE;
        var all =
                everywhere
                        ? everywhere()
                        : wanted.stream().flatMap(one -> here(one.namespace()).stream()).toList();
        var byNamespace = new HashMap<String, List<HasMetadata>>();
        all.forEach(object ->
                byNamespace
                        .computeIfAbsent(Key.of(object).namespace(), _ -> new ArrayList<>())
                        .add(object));
        var different = new ArrayList<Difference>();
        for (var one : wanted) {
            var found = byNamespace.getOrDefault(one.namespace().value(), List.of());
            if (!memory.isRight(one, found)) {
                var differences = differences(one, found);
                if (differences.isEmpty()) {
                    memory.right(one, found);
                }
                different.addAll(differences);
            }
        }
        if (everywhere) {
            memory.keep(wanted);
        }
        return List.copyOf(different);
    }

    private List<Difference> differences(Desired.Tenancy tenancy, List<HasMetadata> found) {
        var content = manifests.content(tenancy);
        Map<Key, HasMetadata> left = new LinkedHashMap<>();
        found.forEach(object -> left.put(Key.of(object), object));
        boolean byUs =
                !Objects.equals(
                        written(content.getFirst()), written(left.get(Key.of(content.getFirst()))));
        var differences = new ArrayList<Difference>();
        for (var object : content) {
            var there = Optional.ofNullable(left.remove(Key.of(object)));
            if (there.isEmpty()) {
                String name = object.getMetadata().getName();
                differences.add(difference(tenancy, object, "", Difference.NOTHING, name, byUs));
                continue;
            }
            for (var field : Comparison.of(object, there.get())) {
                differences.add(
                        difference(
                                        tenancy,
                                        object,
                                        field.pointer(),
                                        field.found(),
                                        field.wanted(),
                                        byUs)
                                .of(there.get().getMetadata()));
            }
        }
        for (var object : left.values()) {
            String name = object.getMetadata().getName();
            differences.add(
                    difference(tenancy, object, "", name, Difference.NOTHING, byUs)
                            .of(object.getMetadata()));
        }
        return List.copyOf(differences);
    }

    private static Difference difference(
            Desired.Tenancy tenancy,
            HasMetadata object,
            String field,
            String before,
            String after,
            boolean byUs) {
        return new Difference(
                tenancy.namespace(),
                object.getKind(),
                object.getMetadata().getName(),
                field,
                before,
                after,
                byUs);
    }

    private static Optional<String> written(@Nullable HasMetadata namespace) {
        return Optional.ofNullable(namespace)
                .map(object -> object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.CONTENT));
    }

    private List<HasMetadata> here(NamespaceName namespace) {
        var found = new ArrayList<HasMetadata>();
        Optional.ofNullable(client.namespaces().withName(namespace.value()).get())
                .ifPresent(found::add);
        found.addAll(ours(namespace));
        return found;
    }

    private List<HasMetadata> ours(NamespaceName namespace) {
        String in = namespace.value();
        var found = new ArrayList<HasMetadata>();
        Lists.eachOf(
                client.limitRanges().inNamespace(in).withLabel(Labels.MANAGED, "true"), found::add);
        Lists.eachOf(
                client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(in)
                        .withLabel(Labels.MANAGED, "true"),
                found::add);
        Lists.eachOf(
                client.rbac().roleBindings().inNamespace(in).withLabel(Labels.MANAGED, "true"),
                found::add);
        return found;
    }

    private List<HasMetadata> everywhere() {
        try (var lists = new Beside()) {
            // Of whichever label: one that lost ours is the first to be looked after.
            var namespaces = lists.begin(() -> all(client.namespaces()));
            var inside =
                    lists.begin(() -> {
                        var found =
                                all(
                                        client.limitRanges()
                                                .inAnyNamespace()
                                                .withLabel(Labels.MANAGED, "true"));
                        found.addAll(
                                all(
                                        client.network()
                                                .v1()
                                                .networkPolicies()
                                                .inAnyNamespace()
                                                .withLabel(Labels.MANAGED, "true")));
                        return found;
                    });
            var bindings =
                    lists.begin(() ->
                            all(
                                    client.rbac()
                                            .roleBindings()
                                            .inAnyNamespace()
                                            .withLabel(Labels.MANAGED, "true")));
            return Stream.of(namespaces, inside, bindings)
                    .flatMap(list -> list.get().stream())
                    .toList();
        }
    }

    private static <T extends HasMetadata, L extends KubernetesResourceList<T>>
            List<HasMetadata> all(Listable<L> list) {
        var found = new ArrayList<HasMetadata>();
        Lists.eachOf(list, found::add);
        return found;
    }
}
