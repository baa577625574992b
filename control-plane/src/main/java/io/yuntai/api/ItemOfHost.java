package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostId;
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
        Function<HostId, Optional<Host>> visible) {

    static final Set<String> KINDS = Set.of("RESIZE", "RENEWAL", "RETURN");

    /** The item; empty where there is a fault, which is noted. */
    Optional<Item> read(ApplicationBody.ItemBody body, String at, List<Fault> faults) {
        var id = body.host();
        if (id.isEmpty()) {
            faults.add(Fault.at(at + "/host", "REQUIRED"));
            return Optional.empty();
        }
        var found = id.flatMap(visible);
        if (found.filter(this::isOfTheOrder).isEmpty()) {
            faults.add(Fault.at(at + "/host", "NO_SUCH_HOST"));
            return Optional.empty();
        }
        var host = found.get();
        var subject =
                new Item.Subject(
                        host.id(),
                        host.name(),
                        host.storageClass(),
                        new Item.Size(host.vcpu(), Math.toIntExact(host.memoryBytes() >> 30)));
        return switch (body.kind().orElse("")) {
            case "RESIZE" -> resize(body, at, subject, faults);
            case "RENEWAL" -> renewal(body, at, subject, faults);
            default -> Optional.of(new Item.Return(subject));
        };
    }

    private boolean isOfTheOrder(Host host) {
        return system.filter(host.system()::equals).isPresent()
                && pool.filter(host.pool()::equals).isPresent();
    }

    private static Optional<Item> resize(
            ApplicationBody.ItemBody body, String at, Item.Subject subject, List<Fault> faults) {
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
        return Optional.of(new Item.Resize(subject, wanted));
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
