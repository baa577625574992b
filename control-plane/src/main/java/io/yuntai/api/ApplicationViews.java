package io.yuntai.api;

import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.CommandKeys;
import io.yuntai.onboarding.application.ItemDeliveries;
import io.yuntai.onboarding.application.ItemDelivery;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.application.Reviews;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Level;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Limit;
import io.yuntai.quota.Shortfall;
import io.yuntai.security.Account;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Puts together what is shown of an application. */
@Component
class ApplicationViews {

    private final Applications applications;
    private final Reviews reviews;
    private final Leases leases;
    private final Hosts hosts;
    private final ItemDeliveries deliveries;
    private final QuotaViews quota;
    private final QuotaLimits limits;
    private final CommandKeys keys;
    private final Trial trial;
    private final Clock clock;

    ApplicationViews(
            Applications applications,
            Reviews reviews,
            Leases leases,
            Hosts hosts,
            ItemDeliveries deliveries,
            QuotaViews quota,
            QuotaLimits limits,
            CommandKeys keys,
            Trial trial,
            Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.applications = applications;
        this.reviews = reviews;
        this.leases = leases;
        this.hosts = hosts;
        this.deliveries = deliveries;
        this.quota = quota;
        this.keys = keys;
        this.trial = trial;
    }

    /** As lists show them: without their deliveries and their timelines. */
    Page<ApplicationView> page(Applications.Listed listed) {
        return listed.page().map(one -> listed(listed.commands(), one));
    }

    /** As it is shown to whoever has just submitted it. */
    ApplicationView of(Account account, Application application) {
        return list(account, List.of(application)).getFirst();
    }

    /** As lists show them, without a page. */
    List<ApplicationView> list(Account account, List<Application> some) {
        var commands = applications.commands(account.taker(), some);
        return some.stream().map(one -> listed(commands, one)).toList();
    }

    private static ApplicationView listed(
            Map<ApplicationId, List<Workflow.Command>> commands, Application application) {
        return view(
                commands.getOrDefault(application.id(), List.of()),
                application,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** With all that there is, and its version. */
    ResponseEntity<ApplicationView> answer(Account account, Application application) {
        var history = applications.get(account.actor(), application.id());
        var current = history.application();
        var commands = applications.commands(account.taker(), List.of(current));
        return ResponseEntity.ok()
                .eTag(new Version(current.version()).etag())
                .body(
                        view(
                                commands.getOrDefault(current.id(), List.of()),
                                current,
                                Optional.of(reviews.asked(current)),
                                reviews.duties(current),
                                delivery(current),
                                history.steps()));
    }

    /**
     * As {@link #answer(Account, Application)}, after a command; with validateOnly nothing stays.
     */
    ResponseEntity<ApplicationView> answer(
            Account account, boolean validateOnly, Supplier<Application> command) {
        // Read inside the trial, which is rolled back: outside it nothing has happened.
        return trial.run(validateOnly, () -> answer(account, once(account, validateOnly, command)));
    }

    private Application once(Account account, boolean validateOnly, Supplier<Application> command) {
        return RepeatedCommands.current()
                .filter(_ -> !validateOnly)
                .map(sent -> keys.once(account.actor(), sent.key(), sent.content(), command))
                .orElseGet(command);
    }

    private static ApplicationView view(
            List<Workflow.Command> commands,
            Application application,
            Optional<Reviews.Asked> asked,
            List<Reviews.Held> duties,
            Optional<ApplicationView.Delivery> delivery,
            List<Application.Step> steps) {
        var order = application.order();
        return new ApplicationView(
                application.id(),
                application.version(),
                application.revision(),
                application.number(),
                application.state(),
                application.enteredAt(),
                new ApplicationView.OfSystem(
                        order.system(), application.systemCode(), application.systemName()),
                new ApplicationView.OfUnit(application.unit(), application.unitName()),
                order.pool(),
                order.purpose(),
                order.termMonths(),
                Texts.filled(order.expectedLoad()),
                items(order),
                order.amounts(),
                Optional.of(application.requested())
                        .filter(requested -> !requested.equals(order))
                        .map(requested ->
                                new ApplicationView.Requested(
                                        items(requested), requested.amounts())),
                application.submittedBy(),
                application.submittedAt(),
                application.assignee(),
                application.decidedBy(),
                application.decidedAt(),
                application.deliveredAt(),
                commands,
                asked,
                duties,
                delivery,
                steps.stream().map(ApplicationViews::entry).toList());
    }

    private static List<ApplicationBody.ItemBody> items(Order order) {
        return order.items().stream().map(ApplicationBody.ItemBody::of).toList();
    }

    private static ApplicationView.TimelineEntry entry(Application.Step step) {
        return new ApplicationView.TimelineEntry(
                step.at(),
                step.revision(),
                step.by(),
                step.onBehalfOf(),
                step.other(),
                step.command(),
                step.from(),
                step.to(),
                step.opinion(),
                Texts.filled(step.note()),
                step.terms().cuts(),
                step.terms().cluster());
    }

    private Optional<ApplicationView.Delivery> delivery(Application application) {
        if (!application.state().isGranted()) {
            return Optional.empty();
        }
        var order = application.order();
        var lease =
                application
                        .cluster()
                        .flatMap(cluster ->
                                leases.find(order.system(), order.pool(), cluster.value()));
        return Optional.of(
                new ApplicationView.Delivery(
                        lease.map(Lease::cluster),
                        lease.map(Lease::namespace),
                        lease.map(one ->
                                new ApplicationView.OfLease(
                                        one.epoch(),
                                        Optional.of(one.observed())
                                                .filter(e -> !e.equals(Epoch.ZERO)),
                                        one.granted())),
                        hosts.ofApplication(application.id().value()).stream()
                                .map(host ->
                                        new ApplicationView.OfHost(
                                                host.id(),
                                                host.name(),
                                                host.state(),
                                                Texts.filled(host.reason())))
                                .toList(),
                        deliveries.of(application).stream().map(ApplicationViews::item).toList()));
    }

    private static ApplicationView.OfItem item(ItemDelivery one) {
        var body = ApplicationBody.ItemBody.of(one.item());
        return new ApplicationView.OfItem(
                one.position(),
                body.kind().orElseThrow(),
                body.host()
                        .map(host ->
                                new ApplicationView.ItemHost(host, body.hostName().orElse(""))),
                one.state(),
                one.missing(),
                Texts.filled(one.reason()));
    }

    /** How things would stand with this much of an application in its place. */
    OutlookView outlook(Application application, Order order) {
        var amounts = order.amounts();
        var locked = application.order().amounts();
        boolean undecided = application.state().isReview();
        var path = quota.path(order.pool(), order.system());
        var pool =
                path.getFirst().rows().stream()
                        .filter(row -> row.ceiling().isPresent())
                        .map(row -> row(row, amounts, locked, undecided))
                        .toList();
        return new OutlookView(
                new OutlookView.OfPool(order.pool()),
                pool,
                path.stream().map(level -> level(level, amounts, locked, undecided)).toList(),
                undecided ? raise(application, order, path) : List.of());
    }

    private List<OutlookView.RaiseRow> raise(
            Application application, Order order, List<Level> path) {
        var more = order.raise();
        if (more.isZero()) {
            return List.of();
        }
        var shortfalls = limits.shortOf(order.pool(), application.unit(), more, clock.instant());
        var before =
                path.stream()
                        .filter(level -> level.node().kind() == NodeRef.Kind.UNIT)
                        .reduce((_, own) -> own)
                        .stream()
                        .flatMap(level -> level.rows().stream())
                        .collect(
                                Collectors.toMap(
                                        Level.Row::resource,
                                        row -> new Limit(row.guaranteed(), row.ceiling())));
        return more.asMap().entrySet().stream()
                .map(one -> {
                    var limit = before.getOrDefault(one.getKey(), Limit.fixed(0));
                    var after = limit.plus(one.getValue());
                    return new OutlookView.RaiseRow(
                            one.getKey(),
                            limit.guaranteed(),
                            limit.ceiling(),
                            after.guaranteed(),
                            after.ceiling(),
                            shortfalls.stream()
                                    .filter(each -> each.resource().equals(one.getKey()))
                                    .mapToLong(Shortfall::missing)
                                    .max()
                                    .orElse(0));
                })
                .toList();
    }

    /** What an undecided order has locked is free until it is approved. */
    private static OutlookView.PoolRow row(
            Level.Row row, Amounts amounts, Amounts locked, boolean undecided) {
        long thisOrder = undecided ? amounts.get(row.resource()) : 0;
        long left = undecided ? locked.get(row.resource()) - thisOrder : 0;
        long capacity = row.ceiling().orElseThrow();
        return new OutlookView.PoolRow(
                row.resource(),
                capacity,
                row.committed(),
                row.locked() - left,
                thisOrder,
                capacity - row.committed(),
                capacity - row.committed() - thisOrder,
                capacity - row.committed() - row.locked() + left);
    }

    private static OutlookView.PathLevel level(
            Level level, Amounts amounts, Amounts locked, boolean undecided) {
        return new OutlookView.PathLevel(
                level.node(),
                level.rows().stream()
                        .map(row -> {
                            long thisOrder = amounts.get(row.resource());
                            long left = undecided ? locked.get(row.resource()) - thisOrder : 0;
                            return new OutlookView.PathRow(
                                    row.resource(),
                                    row.guaranteed(),
                                    row.ceiling(),
                                    row.committed(),
                                    row.locked() - left,
                                    row.free().isPresent()
                                            ? OptionalLong.of(row.free().getAsLong() + left)
                                            : OptionalLong.empty(),
                                    thisOrder);
                        })
                        .toList());
    }
}
