package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Granted;
import io.yuntai.onboarding.cluster.ClusterRegistrations.ClusterRegistered;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.ClusterCommand;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The end of a registration: the kubeconfig is deleted, and every server closes its connection
 * within seconds. Only of a cluster on which nothing is charged any more; nothing is deleted there.
 * Whoever is granted something there at the same moment waits for this, and is refused then.
 */
@Service
@Transactional
public class ClusterDeregistrations {

    private final RegistrationStore store;
    private final ClusterCommands commands;
    private final OccupantStore occupants;
    private final Leases leases;
    private final ApplicationEventPublisher events;

    ClusterDeregistrations(
            RegistrationStore store,
            ClusterCommands commands,
            OccupantStore occupants,
            Leases leases,
            ApplicationEventPublisher events) {
        this.store = store;
        this.commands = commands;
        this.occupants = occupants;
        this.leases = leases;
        this.events = events;
    }

    /**
     * What is there of ours.
     *
     * @param hosts that are not destroyed
     * @param leases that are charged something
     * @param namespaces that have, or had, a lease: empty ones stay on the cluster as they are
     */
    public record Remaining(int hosts, int leases, int namespaces) {
        /** Whether it keeps the cluster from being deregistered. */
        public boolean inTheWay() {
            return hosts > 0 || leases > 0;
        }
    }

    /** Something is there still. */
    public static final class Occupied extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient Remaining remaining;

        Occupied(Remaining remaining) {
            super("CLUSTER_OCCUPIED " + remaining, null, false, false);
            this.remaining = remaining;
        }

        public Remaining remaining() {
            return remaining;
        }
    }

    /**
     * Gives up what was approved for namespaces of a cluster that is being drained and that are
     * empty: else their leases would keep the room in which the next pod may start. It is charged
     * until the cluster is seen to enforce that nothing may. Where somebody was faster and uses
     * something, that stays charged. The same id with the same content changes nothing more.
     *
     * @return of how many
     * @throws Refused NOT_FOUND {@code CLUSTER_NOT_FOUND}; CONFLICT {@code ILLEGAL_TRANSITION} when
     *     it is not being drained, {@code ID_REUSED}
     */
    public int release(Actor actor, UUID id, ClusterName cluster, String reason) {
        boolean isRepeated = commands.isSaid(id);
        var _ = commands.say(actor, id, cluster.value(), ClusterCommand.Kind.RELEASE, reason);
        if (isRepeated) {
            return 0;
        }
        var released =
                occupants.empty(cluster).stream().filter(one -> release(cluster, one)).toList();
        return released.size();
    }

    private boolean release(ClusterName cluster, NamespaceName namespace) {
        var lease = leases.find(new LeaseId(cluster.value(), namespace.value())).orElseThrow();
        var account = lease.account();
        if (account.entitled().isZero() && account.granted().isZero()) {
            return false;
        }
        var all = account.entitled().max(account.granted());
        var _ =
                leases.release(
                        lease.system(),
                        lease.pool(),
                        cluster.value(),
                        new LeaseChange.Release(all, account.floor()),
                        Amounts.NONE);
        events.publishEvent(new Granted(lease.system()));
        return true;
    }

    /**
     * Takes a registered cluster out of the register. The same id with the same content changes
     * nothing more. Its name may be registered again, with the same cluster or another.
     *
     * @return what stays behind on it
     * @throws Occupied when something is charged or placed there
     * @throws Refused NOT_FOUND {@code CLUSTER_NOT_FOUND}; CONFLICT {@code CLUSTER_NOT_REGISTERED}
     *     when the configuration has it, {@code ILLEGAL_TRANSITION} when it is fenced or being
     *     readmitted, {@code ID_REUSED}
     */
    public Remaining deregister(Actor actor, UUID id, ClusterName cluster, String reason) {
        String name = cluster.value();
        var kind = ClusterCommand.Kind.DEREGISTER;
        if (commands.isSaid(id)) {
            var _ = commands.say(actor, id, name, kind, reason);
            return store.remaining(cluster);
        }
        // Locked: from here on nothing is granted there.
        if (store.simulated(cluster).isEmpty()) {
            throw Refused.notFound("CLUSTER_NOT_FOUND");
        }
        if (store.find(cluster).isEmpty()) {
            throw Refused.conflict("CLUSTER_NOT_REGISTERED");
        }
        var remaining = store.remaining(cluster);
        if (remaining.inTheWay()) {
            throw new Occupied(remaining);
        }
        var _ = commands.say(actor, id, name, kind, reason);
        store.delete(cluster);
        events.publishEvent(new ClusterRegistered(cluster));
        return remaining;
    }
}
