package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.unit.PersonId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes applications through their reviews, by somebody else in each. */
public final class Approvals {

    private final Reviews reviews;
    private final Applications applications;
    private final JdbcClient jdbc;

    public Approvals(ApplicationContext server) {
        this.reviews = server.getBean(Reviews.class);
        this.applications = server.getBean(Applications.class);
        this.jdbc = server.getBean(JdbcClient.class);
    }

    /** Approves it wherever it has to be. */
    public Application approve(ApplicationId id, Optional<ClusterName> cluster) {
        return finish(review(id, cluster));
    }

    /** The unit, if it has not yet, and the platform approve; the bureau is still to do so. */
    public Application review(ApplicationId id, Optional<ClusterName> cluster) {
        var owner = person("unit-owner");
        var application = applications.get(owner, id).application();
        var endorsed =
                application.state() == Workflow.State.DEPT_REVIEW
                        ? reviews.approve(owner, id, application.version(), Reviews.Approval.PLAIN)
                        : application;
        return reviews.approve(
                person("reviewer"),
                id,
                endorsed.version(),
                new Reviews.Approval("", List.of(), cluster));
    }

    /** The bureau approves. */
    public Application finish(Application reviewed) {
        return reviews.approve(
                person("bureau-approver"),
                reviewed.id(),
                reviewed.version(),
                Reviews.Approval.PLAIN);
    }

    /** Somebody of the platform with this login, made when he is needed. */
    public Actor person(String login) {
        var _ =
                jdbc.sql(
                                """
                                insert into person (id, login, name) values (?, ?, ?)
                                on conflict (login) do nothing
                                """)
                        .params(UUID.randomUUID(), login, login)
                        .update();
        var id =
                jdbc.sql("select id from person where login = ?")
                        .param(login)
                        .query(UUID.class)
                        .single();
        return new Actor(new PersonId(id), login, new Actor.Scope.All());
    }
}
