package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.ledger.ClusterCommand;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.ledger.ClusterCover;
import io.yuntai.quota.Amounts;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Clusters in whose place another one answers: their etcd was lost, or they were set up anew at the
 * same address. Nothing is read from it and nothing written to it until a person states that the
 * one before is gone. Then each lease there is read and given an epoch ahead of all there were, as
 * of a cluster that is readmitted; what it was charged stays so until the new one is seen to hold
 * less; and namespaces and hosts are made again.
 */
@Service
@Transactional
public class ClusterIdentities {

    private final RegistrationStore store;
    private final ClusterCommands commands;
    private final Hosts hosts;

    ClusterIdentities(RegistrationStore store, ClusterCommands commands, Hosts hosts) {
        this.store = store;
        this.commands = commands;
        this.hosts = hosts;
    }

    /**
     * Another cluster answers.
     *
     * @param known the one that should
     * @param found the one that does
     */
    public record Changed(ClusterUid known, ClusterUid found, Instant since) {}

    /**
     * What is made again there.
     *
     * @param namespaces with their leases
     * @param hosts with empty disks: what was on the old ones is gone
     * @param running how many of them shall run
     * @param committed what the leases are charged, now as before
     */
    public record Remade(int namespaces, int hosts, int running, Amounts committed) {}

    /** Of every cluster in whose place another one answers. */
    @Transactional(readOnly = true)
    public Map<ClusterName, Changed> changed() {
        return store.strangers();
    }

    /**
     * States that the cluster that was there is gone for good, and takes the one that answers in
     * its place. The same id with the same content changes nothing more.
     *
     * @param found the one that answers, as whoever accepts it has seen it
     * @throws Refused NOT_FOUND {@code CLUSTER_NOT_FOUND}; CONFLICT {@code IDENTITY_UNCHANGED}
     *     where no other one answers, {@code IDENTITY_CHANGED_AGAIN} where yet another one does,
     *     {@code CLUSTER_KNOWN} where it is connected under another name, {@code
     *     ILLEGAL_TRANSITION} where the cluster is written off, {@code ID_REUSED}
     */
    public Remade accept(
            Actor actor, UUID id, ClusterName cluster, ClusterUid found, String reason) {
        String name = cluster.value();
        var kind = ClusterCommand.Kind.ACCEPT_IDENTITY;
        if (commands.isSaid(id)) {
            var _ = commands.say(actor, id, name, kind, reason);
            return remade(name);
        }
        if (store.simulated(cluster).isEmpty()) {
            throw Refused.notFound("CLUSTER_NOT_FOUND");
        }
        var changed = store.strangers().get(cluster);
        if (changed == null) {
            throw Refused.conflict("IDENTITY_UNCHANGED");
        }
        if (!changed.found().equals(found)) {
            throw Refused.conflict("IDENTITY_CHANGED_AGAIN");
        }
        var _ =
                commands.say(
                        actor, id, name, kind, reason, changed.known() + " → " + changed.found());
        try {
            store.accept(cluster);
        } catch (DuplicateKeyException e) {
            throw Refused.conflict("CLUSTER_KNOWN");
        }
        hosts.lostWith(name);
        return remade(name);
    }

    private Remade remade(String cluster) {
        var there = hosts.on(cluster);
        var cover = commands.cover(cluster);
        return new Remade(
                cover.map(ClusterCover::leases).orElse(0),
                there.size(),
                (int) there.stream().map(Host::plan).filter(Host.Plan::running).count(),
                cover.map(ClusterCover::committed).orElse(Amounts.NONE));
    }
}
