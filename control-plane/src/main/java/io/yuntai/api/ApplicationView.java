package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.Cut;
import io.yuntai.onboarding.application.ItemDelivery;
import io.yuntai.onboarding.application.Reviews;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application as it is shown.
 *
 * @param termMonths of the hosts that are to be made; empty where none are
 * @param enteredAt since when it has been in its state
 * @param items what is to be granted, or was; a review may have lowered it
 * @param amounts what that takes of the quota, in guest units
 * @param requested what was asked for; empty: just that
 * @param assignee whoever alone decides in this state
 * @param commands what this caller may do with it now
 * @param asked whom its state waits for beside whoever decides; empty in lists
 * @param duties who has which in it, for good, and so no other; empty in lists
 * @param delivery empty before the approval and in lists
 * @param timeline empty in lists
 */
record ApplicationView(
        io.yuntai.onboarding.application.ApplicationId id,
        int version,
        int revision,
        String number,
        Workflow.State state,
        Instant enteredAt,
        OfSystem system,
        OfUnit unit,
        PoolId pool,
        String purpose,
        Optional<Integer> termMonths,
        Optional<String> expectedLoad,
        List<ApplicationBody.ItemBody> items,
        Amounts amounts,
        Optional<Requested> requested,
        Application.Participant submittedBy,
        Instant submittedAt,
        Optional<Application.Participant> assignee,
        Optional<Application.Participant> decidedBy,
        Optional<Instant> decidedAt,
        Optional<Instant> deliveredAt,
        List<Workflow.Command> commands,
        Optional<Reviews.Asked> asked,
        List<Reviews.Held> duties,
        Optional<Delivery> delivery,
        List<TimelineEntry> timeline) {

    /** What was asked for, where a review has lowered it. */
    record Requested(List<ApplicationBody.ItemBody> items, Amounts amounts) {}

    @Schema(name = "ApplicationSystem")
    record OfSystem(SystemId id, SystemCode code, String name) {}

    record OfUnit(UnitId id, String name) {}

    /**
     * What the cluster makes of it.
     *
     * @param cluster empty with the namespace and the lease where nothing was to be made there, or
     *     larger
     * @param items one of each of {@code items}
     */
    record Delivery(
            Optional<String> cluster,
            Optional<String> namespace,
            Optional<OfLease> lease,
            List<OfHost> hosts,
            List<OfItem> items) {}

    /** {@code observedEpoch} is empty until the cluster enforces anything. */
    record OfLease(Epoch epoch, Optional<Epoch> observedEpoch, Amounts hard) {}

    /**
     * What became of an item.
     *
     * @param position in {@code items}
     * @param host that it is about, if it is about one that was there
     * @param missing how many have not come: of new hosts so many, of anything else it
     */
    @Schema(name = "DeliveryItem")
    record OfItem(
            int position,
            String kind,
            Optional<ItemHost> host,
            ItemDelivery.State state,
            int missing,
            Optional<String> reason) {}

    @Schema(name = "DeliveryItemHost")
    record ItemHost(HostId id, String name) {}

    record OfHost(HostId id, String name, Host.State state, Optional<String> reason) {}

    /**
     * One step.
     *
     * @param cuts what it has left of items, by their position in what was asked for
     * @param cluster where it would have it go
     */
    record TimelineEntry(
            Instant at,
            int revision,
            Optional<Application.Participant> actor,
            Optional<Application.Participant> onBehalfOf,
            Optional<Application.Participant> other,
            Workflow.Command command,
            Optional<Workflow.State> from,
            Workflow.State to,
            Optional<Application.Opinion> opinion,
            Optional<String> note,
            List<Cut> cuts,
            Optional<ClusterName> cluster) {}
}
