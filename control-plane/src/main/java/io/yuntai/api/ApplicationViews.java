package io.yuntai.api;

import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Level;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts together what is shown of an application. */
@Component
class ApplicationViews {

    private final Leases leases;
    private final Hosts hosts;
    private final QuotaViews quota;

    ApplicationViews(Leases leases, Hosts hosts, QuotaViews quota) {
        this.leases = leases;
        this.hosts = hosts;
        this.quota = quota;
    }

    /** As lists show it: without its delivery and its timeline. */
    ApplicationView of(Account account, Application application) {
        return view(account, application, Optional.empty(), List.of());
    }

    ApplicationView of(Account account, Application application, List<Application.Step> steps) {
        return view(account, application, delivery(application), steps);
    }

    private static ApplicationView view(
            Account account,
            Application application,
            Optional<ApplicationView.Delivery> delivery,
            List<Application.Step> steps) {
        var order = application.order();
        return new ApplicationView(
                application.id(),
                application.version(),
                application.number(),
                application.state(),
                new ApplicationView.OfSystem(
                        order.system(), application.systemCode(), application.systemName()),
                new ApplicationView.OfUnit(application.unit(), application.unitName()),
                order.pool(),
                order.purpose(),
                order.termMonths(),
                order.items().stream().map(ApplicationBody.ItemBody::of).toList(),
                order.amounts(),
                application.submittedBy(),
                application.submittedAt(),
                application.decidedBy(),
                application.decidedAt(),
                application.deliveredAt(),
                commands(account, application),
                delivery,
                steps.stream()
                        .map(step ->
                                new ApplicationView.TimelineEntry(
                                        step.at(),
                                        step.by(),
                                        step.command(),
                                        step.from(),
                                        step.to(),
                                        Texts.filled(step.note())))
                        .toList());
    }

    private static List<Workflow.Command> commands(Account account, Application application) {
        return Workflow.from(application.state()).stream()
                .filter(edge -> permission(edge.command()).filter(account::may).isPresent())
                .filter(edge -> application.allows(account.person(), edge.duty()))
                .map(Workflow.Edge::command)
                .toList();
    }

    private static Optional<Permission> permission(Workflow.Command command) {
        return switch (command) {
            case SUBMIT -> Optional.of(Permission.APPLICATION_SUBMIT);
            case APPROVE, REJECT -> Optional.of(Permission.APPLICATION_APPROVE);
            case WITHDRAW -> Optional.of(Permission.APPLICATION_WITHDRAW);
            case CONFIRM -> Optional.of(Permission.APPLICATION_CONFIRM);
            case EXPIRE, DELIVER, OBSERVE -> Optional.empty();
        };
    }

    private Optional<ApplicationView.Delivery> delivery(Application application) {
        boolean granted =
                switch (application.state()) {
                    case TECH_REVIEW, REJECTED, WITHDRAWN, EXPIRED -> false;
                    case APPROVED, DELIVERING, DELIVERED, CLOSED -> true;
                };
        if (!granted) {
            return Optional.empty();
        }
        var order = application.order();
        return application
                .cluster()
                .flatMap(cluster -> leases.find(order.system(), order.pool(), cluster.value()))
                .map(lease ->
                        new ApplicationView.Delivery(
                                lease.cluster(),
                                lease.namespace(),
                                new ApplicationView.OfLease(
                                        lease.epoch(),
                                        Optional.of(lease.observed())
                                                .filter(e -> !e.equals(Epoch.ZERO)),
                                        lease.granted()),
                                hosts.ofApplication(application.id().value()).stream()
                                        .map(host ->
                                                new ApplicationView.OfHost(
                                                        host.id(),
                                                        host.name(),
                                                        host.state(),
                                                        Texts.filled(host.reason())))
                                        .toList()));
    }

    OutlookView outlook(Application application) {
        var order = application.order();
        var amounts = order.amounts();
        boolean undecided = application.state() == Workflow.State.TECH_REVIEW;
        var path = quota.path(order.pool(), order.system());
        var pool =
                path.getFirst().rows().stream()
                        .filter(row -> row.ceiling().isPresent())
                        .map(row -> row(row, amounts, undecided))
                        .toList();
        return new OutlookView(
                new OutlookView.OfPool(order.pool()),
                pool,
                path.stream().map(level -> level(level, amounts)).toList());
    }

    /** What an undecided order has locked is free until it is approved. */
    private static OutlookView.PoolRow row(Level.Row row, Amounts amounts, boolean undecided) {
        long thisOrder = undecided ? amounts.get(row.resource()) : 0;
        long capacity = row.ceiling().orElseThrow();
        return new OutlookView.PoolRow(
                row.resource(),
                capacity,
                row.committed(),
                row.locked(),
                thisOrder,
                capacity - row.committed(),
                capacity - row.committed() - thisOrder,
                capacity - row.committed() - row.locked());
    }

    private static OutlookView.PathLevel level(Level level, Amounts amounts) {
        return new OutlookView.PathLevel(
                level.node(),
                level.rows().stream()
                        .map(row ->
                                new OutlookView.PathRow(
                                        row.resource(),
                                        row.guaranteed(),
                                        row.ceiling(),
                                        row.committed(),
                                        row.locked(),
                                        row.free(),
                                        amounts.get(row.resource())))
                        .toList());
    }
}
