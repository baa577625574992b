package io.yuntai.onboarding.host;

import io.yuntai.onboarding.PlainText;
import java.util.Optional;

/** What somebody asks of one host. Equal content has equal text, which makes it idempotent. */
public sealed interface HostCommand {

    int MIN_REASON = 1;
    int MAX_REASON = 500;
    int MAX_VCPU = 128;
    long MAX_MEMORY_BYTES = 1024L << 30;
    long MIN_DISK_BYTES = 1L << 30;
    long MAX_DISK_BYTES = 32_768L << 30;

    /** The edge that it takes. */
    HostLife.Command kind();

    record Start() implements HostCommand {
        @Override
        public HostLife.Command kind() {
            return HostLife.Command.START;
        }
    }

    record Stop() implements HostCommand {
        @Override
        public HostLife.Command kind() {
            return HostLife.Command.STOP;
        }
    }

    record Restart() implements HostCommand {
        @Override
        public HostLife.Command kind() {
            return HostLife.Command.RESTART;
        }
    }

    /**
     * Another size; one that runs is restarted for it.
     *
     * @param vcpu 1 to {@value #MAX_VCPU}
     * @param memoryBytes whole GiB, at most 1,024 of them
     * @param size of the catalogue, which has just these; empty: it is of none from then on
     */
    record Resize(int vcpu, long memoryBytes, Optional<CatalogueRef> size) implements HostCommand {

        /** To a size of one's own. */
        public Resize(int vcpu, long memoryBytes) {
            this(vcpu, memoryBytes, Optional.empty());
        }

        /** As it read before there were sizes in it, since what was said is compared. */
        @Override
        public String toString() {
            return "Resize[vcpu=%d, memoryBytes=%d%s]"
                    .formatted(vcpu, memoryBytes, size.map(of -> ", size=" + of).orElse(""));
        }

        public Resize {
            if (vcpu < 1 || vcpu > MAX_VCPU) {
                throw new IllegalArgumentException("a host of " + vcpu + " vCPU");
            }
            if (memoryBytes < 1L << 30
                    || memoryBytes > MAX_MEMORY_BYTES
                    || memoryBytes % (1L << 30) != 0) {
                throw new IllegalArgumentException("a host of " + memoryBytes + " bytes");
            }
        }

        @Override
        public HostLife.Command kind() {
            return HostLife.Command.RESIZE;
        }
    }

    /** One more data disk; a host that runs is restarted for it. */
    record AddDisk(long bytes, String storageClass) implements HostCommand {
        public AddDisk {
            if (bytes < MIN_DISK_BYTES || bytes > MAX_DISK_BYTES) {
                throw new IllegalArgumentException("a disk of " + bytes + " bytes");
            }
        }

        @Override
        public HostLife.Command kind() {
            return HostLife.Command.ADD_DISK;
        }
    }

    /** A new system disk in the place of the old one, whose content is lost. */
    record Rebuild() implements HostCommand {
        @Override
        public HostLife.Command kind() {
            return HostLife.Command.REBUILD;
        }
    }

    record Recycle(String reason) implements HostCommand {
        public Recycle {
            PlainText.require(reason, MIN_REASON, MAX_REASON);
        }

        @Override
        public HostLife.Command kind() {
            return HostLife.Command.RECYCLE;
        }
    }

    record Restore() implements HostCommand {
        @Override
        public HostLife.Command kind() {
            return HostLife.Command.RESTORE;
        }
    }

    /** To be destroyed by somebody else, where its term alone has moved it to the recycle bin. */
    record ProposeDestruction(String reason) implements HostCommand {
        public ProposeDestruction {
            PlainText.require(reason, MIN_REASON, MAX_REASON);
        }

        @Override
        public HostLife.Command kind() {
            return HostLife.Command.PROPOSE_DESTRUCTION;
        }
    }

    record Destroy(String reason) implements HostCommand {
        public Destroy {
            PlainText.require(reason, MIN_REASON, MAX_REASON);
        }

        @Override
        public HostLife.Command kind() {
            return HostLife.Command.DESTROY;
        }
    }

    /** What the person has given as a reason; may be empty. */
    default String reason() {
        return switch (this) {
            case Recycle(var reason) -> reason;
            case ProposeDestruction(var reason) -> reason;
            case Destroy(var reason) -> reason;
            case Start _, Stop _, Restart _, Resize _, AddDisk _, Rebuild _, Restore _ -> "";
        };
    }
}
