package io.yuntai.onboarding.kubernetes;

import io.yuntai.quota.Resource;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What quota can be counted in here. Whatever takes a resource from outside asks it: a lease of
 * what a ResourceQuota has no name for could not be written.
 */
@Component
public class ResourceTable {

    private final ResourceNames names;

    ResourceTable(ClusterProperties properties) {
        this.names = ResourceNames.with(properties.resources());
    }

    /**
     * One line of it.
     *
     * @param code a resource, or the base unit of all its classes
     * @param classes whether there is one of it for each class
     */
    public record Line(String code, boolean classes) {}

    /** All lines, by code. */
    public List<Line> lines() {
        return names.kinds().stream()
                .map(kind ->
                        kind.code().endsWith("/" + ResourceKind.ANY)
                                ? new Line(kind.code().substring(0, kind.code().length() - 2), true)
                                : new Line(kind.code(), false))
                .toList();
    }

    /** Whether a lease of it can be written. */
    public boolean knows(Resource resource) {
        return names.knows(resource);
    }

    /** Whether pods, and so hosts, can have it as a device. */
    public boolean isDevice(Resource resource) {
        return names.isDevice(resource);
    }
}
