package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sizes and images that hosts can be applied for. An edit makes a new version, and retiring is one;
 * nothing is deleted, so a host always says what it was made with.
 */
@Service
@Transactional
public class HostCatalogue {

    private final CatalogueStore store;
    private final HostProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<CatalogueRef, HostImage> images = new ConcurrentHashMap<>();

    HostCatalogue(
            CatalogueStore store,
            HostProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** Every size in its latest version, by code. */
    @Transactional(readOnly = true)
    public List<HostSize> sizes() {
        return store.sizes();
    }

    /** Every image in its latest version, by code. */
    @Transactional(readOnly = true)
    public List<HostImage> images() {
        return store.images();
    }

    /** The image in that version; versions never change. */
    @Transactional(readOnly = true)
    public HostImage image(CatalogueRef ref) {
        return images.computeIfAbsent(ref, store::image);
    }

    /**
     * Enters a size, or its next version. What says the same as the latest changes nothing.
     *
     * @param size its version is the one that it shall get: 1 for a new one
     * @throws Refused STALE {@code STALE_VERSION} when somebody else was faster
     */
    public HostSize save(Actor actor, HostSize size) {
        store.claim("size", size.ref().code());
        var latest = store.latestSize(size.ref().code());
        if (latest.isPresent() && latest.get().says(size)) {
            return latest.get();
        }
        requireNext(latest.map(HostSize::ref), size.ref());
        var now = clock.instant();
        store.insert(size, actor.person(), now);
        audit(actor, "catalogue.size", "size/" + size.ref().code(), now);
        return size;
    }

    /**
     * Enters an image, or its next version. What says the same as the latest changes nothing.
     *
     * @param image its version is the one that it shall get: 1 for a new one
     * @throws Refused STALE {@code STALE_VERSION} when somebody else was faster; INVALID {@code
     *     REGISTRY_NOT_ALLOWED}
     */
    public HostImage save(Actor actor, HostImage image) {
        if (!isAllowed(image)) {
            throw Refused.invalid(
                    "INVALID", List.of(Fault.at("/location", "REGISTRY_NOT_ALLOWED")));
        }
        store.claim("image", image.ref().code());
        var latest = store.latestImage(image.ref().code());
        if (latest.isPresent() && latest.get().says(image)) {
            return latest.get();
        }
        requireNext(latest.map(HostImage::ref), image.ref());
        var now = clock.instant();
        store.insert(image, actor.person(), now);
        audit(actor, "catalogue.image", "image/" + image.ref().code(), now);
        return image;
    }

    private boolean isAllowed(HostImage image) {
        return properties.imageSources().isEmpty()
                || properties.imageSources().stream().anyMatch(image.location()::startsWith);
    }

    private static void requireNext(Optional<CatalogueRef> latest, CatalogueRef wanted) {
        if (latest.map(CatalogueRef::version).orElse(0) + 1 != wanted.version()) {
            throw Refused.stale("STALE_VERSION");
        }
    }

    private void audit(Actor actor, String action, String target, Instant at) {
        events.publishEvent(
                new Audited(at, Optional.of(actor), action, target, Audited.Outcome.SUCCESS, ""));
    }

    /**
     * What hosts of a size and an image of the catalogue are made with.
     *
     * @param size its code; empty: none of the catalogue
     * @param image its code; empty: an empty disk
     * @param diskGib of the system disk
     * @param pointer where it stands in what was handed in
     * @throws Refused INVALID with every fault: {@code UNKNOWN_SIZE}, {@code UNKNOWN_IMAGE}, {@code
     *     RETIRED}, {@code OUT_OF_RANGE}
     */
    @Transactional(readOnly = true)
    public Choice choose(
            Optional<String> size, Optional<String> image, int diskGib, String pointer) {
        var faults = new ArrayList<Fault>();
        var foundSize = size.flatMap(store::latestSize);
        if (size.isPresent() && foundSize.isEmpty()) {
            faults.add(Fault.at(pointer + "/size", "UNKNOWN_SIZE"));
        }
        foundSize
                .filter(HostSize::retired)
                .ifPresent(_ -> faults.add(Fault.at(pointer + "/size", "RETIRED")));
        var foundImage = image.flatMap(store::latestImage);
        if (image.isPresent() && foundImage.isEmpty()) {
            faults.add(Fault.at(pointer + "/image", "UNKNOWN_IMAGE"));
        }
        foundImage
                .filter(HostImage::retired)
                .ifPresent(_ -> faults.add(Fault.at(pointer + "/image", "RETIRED")));
        foundImage
                .filter(found -> diskGib < found.minimumDiskGib())
                .ifPresent(found ->
                        faults.add(
                                Fault.at(
                                        pointer + "/diskGib",
                                        "OUT_OF_RANGE",
                                        found.minimumDiskGib(),
                                        HostImage.MAX_DISK_GIB)));
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return new Choice(foundSize, foundImage);
    }

    /**
     * The size of the catalogue that a host is to get: its latest version.
     *
     * @throws Refused INVALID {@code UNKNOWN_SIZE}, {@code RETIRED}, or {@code SIZE_UNFIT} for one
     *     of another processor family or with other graphics processors, at {@code /size}
     */
    @Transactional(readOnly = true)
    public HostSize sizeFor(Host host, String code) {
        var size = choose(Optional.of(code), Optional.empty(), 0, "").size().orElseThrow();
        boolean fits =
                size.gpus().equals(host.plan().setup().gpus())
                        && size.processor()
                                .filter(family -> family != host.pool().processor())
                                .isEmpty();
        if (!fits) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/size", "SIZE_UNFIT")));
        }
        return size;
    }

    /** What was chosen, in its latest version. */
    public record Choice(Optional<HostSize> size, Optional<HostImage> image) {}
}
