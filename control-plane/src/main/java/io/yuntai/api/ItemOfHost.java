package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostImage;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads items about hosts that are there. */
record ItemOfHost(
        Optional<SystemId> system,
        Optional<PoolId> pool,
        HostCatalogue catalogue,
        Function<HostId, Optional<Host>> visible) {

    static final Set<String> KINDS = Set.of("RESIZE", "DISK", "RENEWAL", "RETURN", "MOVE");

    /** The item; empty where there is a fault, which is noted. */
    Optional<Item> read(ApplicationBody.ItemBody body, String at, List<Fault> faults) {
        var id = body.host();
        if (id.isEmpty()) {
            faults.add(Fault.at(at + "/host", "REQUIRED"));
            return Optional.empty();
        }
        var found = id.flatMap(visible).filter(this::isOfTheSystem);
        boolean moves = body.kind().filter("MOVE"::equals).isPresent();
        if (found.filter(host -> moves || isInThePool(host)).isEmpty()) {
            faults.add(Fault.at(at + "/host", "NO_SUCH_HOST"));
            return Optional.empty();
        }
        var host = found.get();
        if (!moves && isGivenBack(host)) {
            faults.add(Fault.at(at + "/host", "HOST_GIVEN_BACK"));
            return Optional.empty();
        }
        var subject =
                new Item.Subject(
                        host.id(),
                        host.name(),
                        host.storageClass(),
                        new Item.Size(
                                host.vcpu(),
                                Math.max(1, Math.toIntExact(host.memoryBytes() / Item.GIB))));
        return switch (body.kind().orElse("")) {
            case "RESIZE" -> resize(body, at, host, subject, faults);
            case "DISK" -> disk(body, at, host, subject, faults);
            case "RENEWAL" -> renewal(body, at, subject, faults);
            case "MOVE" -> move(body, at, host, subject, faults);
            default -> Optional.of(new Item.Return(subject));
        };
    }

    private boolean isOfTheSystem(Host host) {
        return system.filter(host.system()::equals).isPresent();
    }

    private boolean isInThePool(Host host) {
        return pool.filter(host.pool()::equals).isPresent();
    }

    private Optional<Item> move(
            ApplicationBody.ItemBody body,
            String at,
            Host host,
            Item.Subject subject,
            List<Fault> faults) {
        int before = faults.size();
        if (isInThePool(host)) {
            faults.add(Fault.at(at + "/host", "SAME_POOL"));
        }
        if (!isMovable(host)) {
            faults.add(Fault.at(at + "/host", "NOT_MOVABLE"));
        }
        int disk = Math.toIntExact(host.diskBytes() >> 30);
        var image = image(body, at, host, disk, faults);
        if (faults.size() > before) {
            return Optional.empty();
        }
        var setup = host.plan().setup();
        return Optional.of(
                new Item.Move(
                        subject,
                        host.pool(),
                        disk,
                        host.plan().disks(),
                        new HostSetup(
                                // A size may be for processors of one family only.
                                setup.size().filter(_ -> isOfTheFamily(host)),
                                image,
                                setup.gpus(),
                                setup.login())));
    }

    /**
     * What was delivered, is not given back, and is made by us: then we know how to make it anew.
     */
    private static boolean isMovable(Host host) {
        return host.plan().life() != HostLife.State.PROVISIONING
                && !isGivenBack(host)
                && host.plan().setup().kept().isEmpty();
    }

    private static boolean isGivenBack(Host host) {
        return HostLife.edge(host.plan().life(), HostLife.Command.RECYCLE).isEmpty();
    }

    private boolean isOfTheFamily(Host host) {
        return pool.filter(to -> to.processor() == host.pool().processor()).isPresent();
    }

    /**
     * Its own image, unless another is chosen. For other processors it has to be named: an image
     * that starts on one family need not start on another.
     */
    private Optional<CatalogueRef> image(
            ApplicationBody.ItemBody body, String at, Host host, int diskGib, List<Fault> faults) {
        var own = host.plan().setup().image();
        var chosen = body.image();
        if (chosen.isEmpty()) {
            if (own.isPresent() && !isOfTheFamily(host)) {
                faults.add(Fault.at(at + "/image", "REQUIRED"));
            }
            return own;
        }
        if (own.map(CatalogueRef::code).equals(chosen)) {
            return own;
        }
        try {
            return catalogue
                    .choose(Optional.empty(), chosen, diskGib, at)
                    .image()
                    .map(HostImage::ref);
        } catch (Refused refused) {
            faults.addAll(refused.faults());
            return own;
        }
    }

    private static Optional<Item> resize(
            ApplicationBody.ItemBody body,
            String at,
            Host host,
            Item.Subject subject,
            List<Fault> faults) {
        int before = faults.size();
        int vcpu = within(body.vcpu(), at + "/vcpu", Item.Hosts.MAX_VCPU, faults);
        int memory = within(body.memoryGib(), at + "/memoryGib", Item.Hosts.MAX_MEMORY_GIB, faults);
        if (faults.size() > before) {
            return Optional.empty();
        }
        var wanted = new Item.Size(vcpu, memory);
        if (wanted.equals(subject.size())) {
            faults.add(Fault.at(at + "/vcpu", "SAME_SIZE"));
            return Optional.empty();
        }
        if (host.memoryBytes() % Item.GIB != 0) {
            // Only what was taken over can be so, and applications count in whole GiB.
            faults.add(Fault.at(at + "/memoryGib", "NOT_WHOLE_GIB"));
            return Optional.empty();
        }
        boolean isWritten =
                host.plan()
                        .setup()
                        .kept()
                        .map(as -> as.sized(host, vcpu, memory * Item.GIB).isPresent())
                        .orElse(true);
        if (!isWritten) {
            faults.add(Fault.at(at + "/host", "HOST_SIZE_NOT_WRITTEN"));
            return Optional.empty();
        }
        return Optional.of(new Item.Resize(subject, wanted));
    }

    private static Optional<Item> disk(
            ApplicationBody.ItemBody body,
            String at,
            Host host,
            Item.Subject subject,
            List<Fault> faults) {
        int before = faults.size();
        int size = within(body.diskGib(), at + "/diskGib", Item.Hosts.MAX_DISK_GIB, faults);
        String of = body.storageClass().orElse("");
        if (!ApplicationBody.STORAGE_CLASS.matcher(of).matches()) {
            faults.add(Fault.at(at + "/storageClass", "REQUIRED"));
        }
        if (host.plan().setup().kept().isPresent()) {
            faults.add(Fault.at(at + "/host", "HOST_ADOPTED"));
        } else if (host.plan().disks().size() >= DataDisk.MOST) {
            faults.add(Fault.at(at + "/host", "TOO_MANY_DISKS"));
        }
        if (faults.size() > before) {
            return Optional.empty();
        }
        var kept = new Item.Subject(subject.host(), subject.name(), of, subject.size());
        return Optional.of(new Item.Disk(kept, size));
    }

    private static Optional<Item> renewal(
            ApplicationBody.ItemBody body, String at, Item.Subject subject, List<Fault> faults) {
        int before = faults.size();
        int months = within(body.months(), at + "/months", Order.MAX_TERM, faults);
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new Item.Renewal(subject, months));
    }

    private static int within(
            Optional<Integer> value, String pointer, int most, List<Fault> faults) {
        if (value.isEmpty()) {
            faults.add(Fault.at(pointer, "REQUIRED"));
        } else if (value.get() < 1 || value.get() > most) {
            faults.add(Fault.at(pointer, "OUT_OF_RANGE", 1, most));
        }
        return value.orElse(1);
    }
}
