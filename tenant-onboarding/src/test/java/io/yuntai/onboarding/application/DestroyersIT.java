package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Whoever has destroyed a host that an application gave back takes no duty in it: here in one that
 * came in part only, and waits for somebody to go on with it.
 */
class DestroyersIT {

    private Onboarding onboarding;
    private Deliveries deliveries;
    private Actor staff;
    private Actor operator;
    private ApplicationId application;

    @BeforeEach
    void aHostGivenBackByWhatCameInPart() {
        onboarding = Onboarding.of("destroyers", UnreachableCluster.named("gone"));
        deliveries = onboarding.get(Deliveries.class);
        staff = onboarding.person("staff");
        operator = onboarding.person("an-operator");
        var made = onboarding.approved(onboarding.submitted(staff, 1));
        see(host().seen(Host.State.RUNNING, "", Host.Notes.NONE));
        deliveries.begun(made);
        deliveries.observed(made);
        var _ = deliveries.confirm(staff, made.id(), now(made.id()).version());
        application =
                onboarding
                        .approved(
                                onboarding.submitted(
                                        staff,
                                        new Order(
                                                onboarding.system(),
                                                Onboarding.POOL,
                                                "换新",
                                                12,
                                                List.of(
                                                        new Item.Return(Onboarding.subject(host())),
                                                        new Item.Hosts(1, 2, 4, 40, "ssd")))))
                        .id();
        see(host().seen(Host.State.STOPPED, "", Host.Notes.NONE));
        onboarding.later(Duration.ofDays(15).plusSeconds(1));
        deliveries.begun(now(application));
        onboarding.later(Duration.ofHours(1));
        deliveries.stuck(now(application), "Pending");
        assertThat(now(application).state()).isEqualTo(Workflow.State.PARTIAL);
    }

    @AfterEach
    void stop() {
        onboarding.close();
    }

    @Test
    void whoeverDestroyedItNeitherRetriesNorCancelsNorTakesADutyBySql() {
        destroy(operator);
        for (var command : List.of(Workflow.Command.RETRY, Workflow.Command.CANCEL)) {
            assertThatThrownBy(() -> take(operator, command))
                    .as("%s", command)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.code()).isEqualTo("SEPARATION_OF_DUTIES"));
        }
        for (var duty : Workflow.Duty.values()) {
            if (duty != Workflow.Duty.NONE) {
                assertThatThrownBy(() -> takeBySql(operator, duty))
                        .as("%s", duty)
                        .isInstanceOf(DataIntegrityViolationException.class)
                        .hasMessageContaining("destroyed_by_another");
            }
        }
        assertThat(take(onboarding.person("another-operator"), Workflow.Command.CANCEL).state())
                .isEqualTo(Workflow.State.DELIVERED);
    }

    @Test
    void whoeverHasADutyThereDoesNotDestroyIt() {
        var _ = take(operator, Workflow.Command.RETRY);
        assertThatThrownBy(() -> destroy(operator))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("SEPARATION_OF_DUTIES"));
        assertThat(host().plan().life()).isEqualTo(HostLife.State.RECYCLE_BIN);
    }

    @Test
    void ofBothAtOnceOneIsRefused() throws Exception {
        var answers =
                Onboarding.atOnce(
                        List.of(
                                () -> {
                                    destroy(operator);
                                    return "destroyed";
                                },
                                () -> {
                                    var _ = take(operator, Workflow.Command.RETRY);
                                    return "retried";
                                }));
        assertThat(answers)
                .filteredOn(answer -> answer instanceof String)
                .as("%s", answers)
                .hasSize(1);
        boolean destroyed = host().plan().life() == HostLife.State.DESTROYING;
        assertThat(now(application).allows(operator.person(), Workflow.Duty.EXECUTOR))
                .isNotEqualTo(destroyed);
    }

    private Application take(Actor actor, Workflow.Command command) {
        int version = now(application).version();
        return command == Workflow.Command.RETRY
                ? deliveries.retry(actor, application, version, "")
                : deliveries.cancel(actor, application, version, "不再需要");
    }

    private void takeBySql(Actor actor, Workflow.Duty duty) {
        var _ =
                onboarding
                        .jdbc()
                        .sql("insert into application_duty values (?, ?, ?)")
                        .params(application.value(), actor.person().value(), duty.name())
                        .update();
    }

    private void destroy(Actor actor) {
        var host = host();
        var _ =
                onboarding
                        .get(HostCommands.class)
                        .say(
                                actor,
                                host.id(),
                                new HostCommandId(UuidCreator.getTimeOrderedEpoch()),
                                host.plan().version(),
                                new HostCommand.Destroy("到期"));
    }

    /** The one that is given back. */
    private Host host() {
        return onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
    }

    private void see(Host host) {
        onboarding.get(Hosts.class).observed(List.of(host));
    }

    private Application now(ApplicationId id) {
        return onboarding.get(Applications.class).get(staff, id).application();
    }
}
