package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Gpus;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostPhase;
import io.yuntai.onboarding.host.HostTerm;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A host as it is shown.
 *
 * @param phase where it is in its life, with how near its end is
 * @param life what people mean it to be
 * @param state what its cluster makes of it
 * @param reason the cluster's word for that
 * @param commands what this caller may ask of it now
 * @param term until when it can be used: from its confirmation on as long as it was applied for,
 *     before that its trial
 * @param restorableUntil when it is in the recycle bin
 * @param refusal why it was not started when that was asked for last
 */
record HostView(
        HostId id,
        int version,
        String name,
        OfSystem system,
        OfUnit unit,
        PoolId pool,
        int vcpu,
        long memoryBytes,
        long diskBytes,
        String storageClass,
        List<DataDisk> disks,
        Optional<CatalogueRef> size,
        Optional<CatalogueRef> image,
        Optional<Gpus> gpus,
        List<String> sshKeys,
        HostPhase phase,
        HostLife.State life,
        Host.State state,
        Optional<String> reason,
        List<String> addresses,
        List<String> conditions,
        String cluster,
        String namespace,
        Optional<Instant> deliveredAt,
        Optional<HostTerm> term,
        Optional<Instant> restorableUntil,
        Optional<RefusalView> refusal,
        List<HostLife.Command> commands) {

    @Schema(name = "HostSystem")
    record OfSystem(SystemId id, String name) {}

    @Schema(name = "HostUnit")
    record OfUnit(UnitId id, String name) {}

    /** What a start was short of, in base units. */
    @Schema(name = "HostRefusal")
    record RefusalView(NodeRef level, Resource resource, long asked, long free) {}
}
