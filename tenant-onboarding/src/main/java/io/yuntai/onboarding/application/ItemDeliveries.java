package io.yuntai.onboarding.application;

import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Tenure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which items of an application have come, and which have not and why. */
@Service
public class ItemDeliveries {

    private static final int MOST_SAID = 1000;

    private final GivenUpStore store;
    private final ApplicationStore applications;
    private final Hosts hosts;
    private final Leases leases;

    ItemDeliveries(GivenUpStore store, ApplicationStore applications, Hosts hosts, Leases leases) {
        this.store = store;
        this.applications = applications;
        this.hosts = hosts;
        this.leases = leases;
    }

    /** Of each item that was granted; none before the approval. */
    @Transactional(readOnly = true)
    public List<ItemDelivery> of(Application application) {
        return switch (application.state()) {
            case AUTO_APPROVED, APPROVED, DELIVERING, PARTIAL -> standing(application);
            case DELIVERED, CLOSED -> ended(application);
            case DRAFT,
                    DEPT_REVIEW,
                    PRECHECK,
                    TECH_REVIEW,
                    EXPERT_REVIEW,
                    BUREAU_APPROVAL,
                    RETURNED,
                    REJECTED,
                    WITHDRAWN,
                    EXPIRED ->
                    List.of();
        };
    }

    /** All of it came, but for what was given up. */
    private List<ItemDelivery> ended(Application application) {
        var givenUp = store.of(application);
        var items = application.order().items();
        return IntStream.range(0, items.size())
                .mapToObj(i ->
                        delivery(
                                i,
                                items.get(i),
                                Optional.ofNullable(givenUp.get(i)),
                                ItemDelivery.State.FAILED))
                .toList();
    }

    private List<ItemDelivery> standing(Application application) {
        boolean isPartial = application.state() == Workflow.State.PARTIAL;
        var lacking = isPartial ? ItemDelivery.State.FAILED : ItemDelivery.State.PENDING;
        String said = isPartial ? said(application.id()) : "";
        var order = application.order();
        var made = hosts.ofApplication(application.id().value());
        var present = order.hosts().isEmpty() ? List.<Host>of() : hosts.of(order.system());
        var all = new ArrayList<ItemDelivery>();
        for (int i = 0; i < order.items().size(); i++) {
            var item = order.items().get(i);
            var missing =
                    switch (item) {
                        case Item.Hosts _, Item.Move _ ->
                                late(ofItem(application, i, made), host -> !host.hasCome());
                        case Item.Resize one ->
                                late(
                                        named(one, present),
                                        host -> host.plan().life() == HostLife.State.CHANGING);
                        case Item.Disk one ->
                                late(
                                        named(one, present),
                                        host -> host.plan().life() == HostLife.State.CHANGING);
                        case Item.Return one -> late(named(one, present), Host::leaves);
                        case Item.Namespace _ ->
                                hasRoom(application)
                                        ? Optional.<Missing>empty()
                                        : Optional.of(new Missing(1, ""));
                        case Item.NamespaceReturn(var cluster, _) ->
                                leases.find(order.system(), order.pool(), cluster.value())
                                        .filter(lease -> !isHandedBack(lease))
                                        .map(_ -> new Missing(1, ""));
                        // Done with the approval.
                        case Item.Renewal _, Item.ZoneChange _, Item.QuotaRaise _ ->
                                Optional.<Missing>empty();
                    };
            all.add(delivery(i, item, missing.map(one -> one.or(said)), lacking));
        }
        return all;
    }

    private static ItemDelivery delivery(
            int position, Item item, Optional<Missing> missing, ItemDelivery.State lacking) {
        return missing.map(
                        one -> new ItemDelivery(position, item, lacking, one.count(), one.reason()))
                .orElseGet(() -> new ItemDelivery(position, item, ItemDelivery.State.CAME, 0, ""));
    }

    /**
     * What of an item did not come.
     *
     * @param reason may be empty
     */
    record Missing(int count, String reason) {

        private Missing or(String other) {
            return reason.isEmpty() ? new Missing(count, other) : this;
        }
    }

    private static Optional<Missing> late(List<Host> all, Predicate<Host> isLate) {
        var late = all.stream().filter(isLate).toList();
        return late.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Missing(
                                late.size(),
                                late.stream()
                                        .map(Host::reason)
                                        .filter(reason -> !reason.isEmpty())
                                        .findFirst()
                                        .orElse("")));
    }

    private static List<Host> named(Item.OfHost item, List<Host> present) {
        return present.stream().filter(host -> host.id().equals(item.host())).toList();
    }

    /** Hosts are made item by item, and their ids are in that order. */
    private static List<Host> ofItem(Application application, int position, List<Host> made) {
        var items = application.order().items();
        int before = items.subList(0, position).stream().mapToInt(ItemDeliveries::makes).sum();
        return made.stream()
                .sorted(Comparator.comparing(host -> host.id().toString()))
                .skip(before)
                .limit(makes(items.get(position)))
                .toList();
    }

    private static int makes(Item item) {
        return switch (item) {
            case Item.Hosts all -> all.count();
            case Item.Move _ -> 1;
            case Item.Namespace _, Item.Resize _, Item.Disk _, Item.Renewal _, Item.Return _ -> 0;
            case Item.NamespaceReturn _, Item.ZoneChange _, Item.QuotaRaise _ -> 0;
        };
    }

    private static boolean isHandedBack(Lease lease) {
        return lease.settled() && lease.tenure() == Tenure.HELD;
    }

    /** Room that its cluster has enforced since it was granted has come. */
    boolean hasRoom(Application application) {
        var order = application.order();
        return application
                .cluster()
                .flatMap(cluster -> leases.find(order.system(), order.pool(), cluster.value()))
                .filter(lease ->
                        applications
                                .grantedEpoch(application.id())
                                .map(granted -> lease.observed().compareTo(granted) >= 0)
                                .orElse(lease.settled()))
                .isPresent();
    }

    /** Why it came in part only. */
    private String said(ApplicationId id) {
        return applications.steps(id).stream()
                .filter(step -> step.command() == Workflow.Command.FAIL)
                .map(Application.Step::note)
                .reduce("", (_, last) -> last);
    }

    /**
     * Keeps what of an application is given up, in the transaction that gives it up.
     *
     * @param never its hosts that never came up
     * @param others its items beside new hosts that did not come
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void givenUp(Application application, List<Host> never, List<Other> others, Instant at) {
        String said = said(application.id());
        var made = hosts.ofApplication(application.id().value());
        var items = application.order().items();
        for (int i = 0; i < items.size(); i++) {
            var ofItem = ofItem(application, i, made).stream().map(Host::id).toList();
            int position = i;
            late(never, host -> ofItem.contains(host.id()))
                    .or(() ->
                            others.stream()
                                    .filter(other -> other.position() == position)
                                    .findFirst()
                                    .map(other -> new Missing(1, other.reason())))
                    .map(one -> one.or(said))
                    .ifPresent(one -> store.insert(application, position, cropped(one), at));
        }
    }

    private static Missing cropped(Missing one) {
        var reason = one.reason();
        return new Missing(one.count(), reason.substring(0, Math.min(reason.length(), MOST_SAID)));
    }

    /** An item beside new hosts that is given up. */
    record Other(int position, String reason) {}
}
