package io.yuntai.api;

import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostRefusal;
import io.yuntai.onboarding.host.HostTerms;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.quota.NodeId;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows hosts to a caller. */
@Component
class HostViews {

    private final HostCommands commands;
    private final HostTerms terms;
    private final QuotaViews quota;
    private final Clock clock;

    HostViews(HostCommands commands, HostTerms terms, QuotaViews quota, Clock clock) {
        this.commands = commands;
        this.terms = terms;
        this.quota = quota;
        this.clock = clock;
    }

    HostView of(Account account, Host host) {
        return of(account, List.of(host)).getFirst();
    }

    List<HostView> of(Account account, List<Host> hosts) {
        var levels =
                quota.named(
                        hosts.stream()
                                .flatMap(host -> refusal(host).stream())
                                .map(HostRefusal::level)
                                .distinct()
                                .toList());
        return hosts.stream().map(host -> view(account, host, levels)).toList();
    }

    private static Optional<HostRefusal> refusal(Host host) {
        return host.plan().refusal();
    }

    private HostView view(Account account, Host host, Map<NodeId, NodeRef> levels) {
        var plan = host.plan();
        return new HostView(
                host.id(),
                plan.version(),
                host.name(),
                new HostView.OfSystem(host.system(), host.systemName()),
                new HostView.OfUnit(host.unit(), host.unitName()),
                host.pool(),
                host.vcpu(),
                host.memoryBytes(),
                host.diskBytes(),
                host.storageClass(),
                plan.disks(),
                plan.setup().size(),
                plan.setup().image(),
                plan.setup().gpus(),
                plan.setup().login().sshKeys(),
                terms.phase(host),
                plan.life(),
                host.state(),
                Texts.filled(host.reason()),
                host.notes().addresses(),
                host.notes().conditions(),
                host.cluster(),
                host.namespace(),
                host.deliveredAt(),
                terms.of(host),
                plan.life() == HostLife.State.RECYCLE_BIN
                        ? Optional.of(commands.restorableUntil(host))
                        : Optional.empty(),
                refusal(host).flatMap(refused -> view(refused, levels)),
                HostLife.commands(plan.life()).stream()
                        .filter(command -> account.may(permission(command)))
                        .filter(command -> isDue(account, host, command))
                        .toList());
    }

    private static Optional<HostView.RefusalView> view(
            HostRefusal refused, Map<NodeId, NodeRef> levels) {
        return Optional.ofNullable(levels.get(refused.level()))
                .map(level ->
                        new HostView.RefusalView(
                                level, refused.resource(), refused.asked(), refused.free()));
    }

    private boolean isDue(Account account, Host host, HostLife.Command command) {
        return switch (command) {
            case RESTORE -> !clock.instant().isAfter(commands.restorableUntil(host));
            case PROPOSE_DESTRUCTION -> isDestructible(host) && needsProposal(host);
            case DESTROY ->
                    isDestructible(host)
                            && !needsProposal(host)
                            && host.plan()
                                    .recycled()
                                    .filter(bin -> bin.isOf(account.actor().person()))
                                    .isEmpty();
            case START -> !commands.isEnded(host);
            case STOP, RESTART, RESIZE, REBUILD, RECYCLE -> true;
            case ADD_DISK -> commands.mayEnlarge(account.actor());
            case DELIVER,
                    CONFIRM,
                    SETTLE_IN_USE,
                    SETTLE_ON_TRIAL,
                    SETTLE_STOPPED,
                    GIVE_UP,
                    EXPIRE,
                    RETIRE,
                    VANISH ->
                    false;
        };
    }

    private boolean isDestructible(Host host) {
        return !clock.instant().isBefore(commands.restorableUntil(host));
    }

    private static boolean needsProposal(Host host) {
        return host.plan().recycled().filter(Host.Recycled::needsProposal).isPresent();
    }

    private static Permission permission(HostLife.Command command) {
        return command == HostLife.Command.DESTROY
                        || command == HostLife.Command.PROPOSE_DESTRUCTION
                ? Permission.HOST_DESTROY
                : Permission.HOST_OPERATE;
    }
}
