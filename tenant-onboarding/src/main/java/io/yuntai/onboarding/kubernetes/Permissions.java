package io.yuntai.onboarding.kubernetes;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** What our user has to be allowed in a cluster, out of a table: {@code permissions.properties}. */
final class Permissions {

    /** All of it, by resource. */
    static final List<Permission> REQUIRED = read();

    /**
     * One thing to be allowed, in every namespace.
     *
     * @param group empty: the core's
     * @param name of the one object that it is about; empty: any
     */
    record Permission(String group, String resource, String name, String verb) {

        Permission(String group, String resource, String verb) {
            this(group, resource, "", verb);
        }

        /** To give people this role: whoever does not have all of it must be allowed to bind it. */
        static Permission toBind(String role) {
            return new Permission("rbac.authorization.k8s.io", "clusterroles", role, "bind");
        }

        /** The resource with its group, as kubectl names it, and the object where it is one. */
        String kind() {
            return resource
                    + (group.isEmpty() ? "" : "." + group)
                    + (name.isEmpty() ? "" : "/" + name);
        }

        @Override
        public String toString() {
            return verb + " " + kind();
        }
    }

    private Permissions() {}

    private static List<Permission> read() {
        var table = new Properties();
        try (var reader =
                new InputStreamReader(
                        Objects.requireNonNull(
                                Permissions.class.getResourceAsStream("permissions.properties")),
                        StandardCharsets.UTF_8)) {
            table.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var all = new ArrayList<Permission>();
        table.stringPropertyNames()
                .forEach(name -> {
                    int dot = name.indexOf('.');
                    String resource = dot < 0 ? name : name.substring(0, dot);
                    String group = dot < 0 ? "" : name.substring(dot + 1);
                    for (String verb : table.getProperty(name).split(",", -1)) {
                        all.add(new Permission(group, resource, verb.strip()));
                    }
                });
        all.sort(
                Comparator.comparing(Permission::group)
                        .thenComparing(Permission::resource)
                        .thenComparing(Permission::verb));
        return List.copyOf(all);
    }
}
