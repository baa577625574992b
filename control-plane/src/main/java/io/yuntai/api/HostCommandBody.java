package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What is asked of a host, as it is handed in; which members it needs, its kind says.
 *
 * @param size of {@code RESIZE}: a code of the catalogue, in the place of processors and memory
 */
record HostCommandBody(
        Optional<String> kind,
        Optional<String> size,
        Optional<Integer> vcpu,
        Optional<Integer> memoryGib,
        Optional<Integer> diskGib,
        Optional<String> storageClass,
        Optional<String> reason) {

    private static final Pattern STORAGE_CLASS = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");
    private static final int MAX_MEMORY_GIB = 1024;
    private static final int MAX_DISK_GIB = 32_768;

    /**
     * The command, when all of it is right.
     *
     * @param sizes the size of a code of the catalogue, for the host that is asked
     * @throws Refused INVALID, with every fault
     */
    HostCommand command(Function<String, HostSize> sizes) {
        if (kind.filter("RESIZE"::equals).isPresent() && size.isPresent()) {
            var of = sizes.apply(size.get());
            return new HostCommand.Resize(
                    of.vcpu(), (long) of.memoryGib() << 30, Optional.of(of.ref()));
        }
        var faults = new ArrayList<Fault>();
        Supplier<HostCommand> command =
                switch (kind.orElse("")) {
                    case "START" -> HostCommand.Start::new;
                    case "STOP" -> HostCommand.Stop::new;
                    case "RESTART" -> HostCommand.Restart::new;
                    case "RESIZE" -> {
                        int processors = within(vcpu, "/vcpu", HostCommand.MAX_VCPU, faults);
                        int memory = within(memoryGib, "/memoryGib", MAX_MEMORY_GIB, faults);
                        yield () -> new HostCommand.Resize(processors, (long) memory << 30);
                    }
                    case "ADD_DISK" -> {
                        int disk = within(diskGib, "/diskGib", MAX_DISK_GIB, faults);
                        String of = storageClass.orElse("");
                        if (!STORAGE_CLASS.matcher(of).matches()) {
                            faults.add(Fault.at("/storageClass", "REQUIRED"));
                        }
                        yield () -> new HostCommand.AddDisk((long) disk << 30, of);
                    }
                    case "REBUILD" -> HostCommand.Rebuild::new;
                    case "RECYCLE" -> {
                        String why = why(reason, faults);
                        yield () -> new HostCommand.Recycle(why);
                    }
                    case "RESTORE" -> HostCommand.Restore::new;
                    default -> {
                        faults.add(Fault.at("/kind", "NOT_READABLE"));
                        yield HostCommand.Start::new;
                    }
                };
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return command.get();
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

    /** A reason that may be kept: 1 to 500 characters that people type. */
    static String why(Optional<String> reason, List<Fault> faults) {
        return Typed.line(reason, "/reason", HostCommand.MAX_REASON, faults);
    }
}
