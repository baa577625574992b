package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Workflow.Command;
import io.yuntai.onboarding.application.Workflow.Duty;
import io.yuntai.onboarding.application.Workflow.State;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random commands by random people over 50 applications at a time, each compared with a plain model
 * that knows the table and nothing of SQL. Afterwards the ledger is what is locked and granted,
 * nobody has two duties, and each step was audited once. A command is what a person says, taken or
 * refused, or a step of the control plane's own that is due; submissions that keep 50 alive come on
 * top. {@code -Dyuntai.walk=100000 -Dyuntai.walk.seed=1} walks further, or again.
 */
class WorkflowWalkIT {

    private static final int COMMANDS = Integer.getInteger("yuntai.walk", 5_000);
    private static final long SEED = Long.getLong("yuntai.walk.seed", System.nanoTime());
    private static final int ALIVE = 50;
    private static final int PEOPLE = 12;
    private static final int VCPU = 100_000;
    private static final int CHECK_EVERY = 2_000;

    private final Random random = new Random(SEED);
    private final List<Actor> people = new ArrayList<>();
    private final List<Modelled> alive = new ArrayList<>();
    private final List<Modelled> ended = new ArrayList<>();
    private Onboarding onboarding;
    private long audited;
    private int said;
    private int taken;
    private int seen;

    /** What the model knows of one application. */
    private static final class Modelled {
        final ApplicationId id;
        State state = State.DEPT_REVIEW;
        int version = 1;
        int revision = 1;
        int steps = 1;
        int cpu;
        Optional<PersonId> assignee = Optional.empty();
        final Map<PersonId, Duty> duties = new HashMap<>();
        final Map<PersonId, Boolean> signers = new HashMap<>();
        final Map<PersonId, Boolean> experts = new HashMap<>();

        Modelled(ApplicationId id, PersonId by, int cpu) {
            this.id = id;
            this.cpu = cpu;
            duties.put(by, Duty.SUBMITTER);
        }

        boolean allows(PersonId person, Duty duty) {
            return duty == Duty.NONE || duties.getOrDefault(person, duty) == duty;
        }

        boolean locks() {
            return state.isReview();
        }

        void move(Workflow.Edge edge, PersonId by) {
            if (edge.duty() != Duty.NONE) {
                duties.putIfAbsent(by, edge.duty());
            }
            enter(edge.to());
        }

        void enter(State to) {
            version++;
            steps++;
            if (to != state) {
                assignee = Optional.empty();
                signers.clear();
            }
            state = to;
        }
    }

    @Test
    void whateverIsSaidTheSystemAndThePlainModelAgree() {
        onboarding = Onboarding.of("walk", List.of(), VCPU, UnreachableCluster.named("gone"));
        try {
            for (int i = 0; i < PEOPLE; i++) {
                people.add(onboarding.person("person-" + i));
            }
            while (said < COMMANDS) {
                step();
                if (said % CHECK_EVERY == 0) {
                    check(unseen());
                }
            }
            check(Stream.concat(alive.stream(), ended.stream()).toList());
            assertThat(taken).as("of %d commands", said).isGreaterThan(COMMANDS / 10);
            assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
        } catch (AssertionError e) {
            throw new AssertionError("with -Dyuntai.walk.seed=" + SEED + ": " + e.getMessage(), e);
        } finally {
            onboarding.close();
        }
    }

    private void step() {
        alive.stream().filter(one -> one.state.isFinal()).forEach(ended::add);
        alive.removeIf(one -> one.state.isFinal());
        while (alive.size() < ALIVE) {
            submit();
        }
        var one = alive.get(random.nextInt(alive.size()));
        var by = people.get(random.nextInt(people.size()));
        var command = COMMANDS_SAID.get(random.nextInt(COMMANDS_SAID.size()));
        if (command == Command.DELIVER) {
            var before = one.state;
            controlPlane(one);
            // Where nothing was due nothing was said.
            said += one.state == before ? 0 : 1;
            taken += one.state == before ? 0 : 1;
            return;
        }
        said++;
        int version = random.nextInt(20) == 0 ? one.version - 1 : one.version;
        var other = people.get(random.nextInt(people.size()));
        String got;
        try {
            var _ = say(command, by, one, version, other);
            got = "OK";
            taken++;
        } catch (Refused refused) {
            got = refused.code();
        }
        assertThat(got)
                .as("%s by %s of %s in %s", command, by.name(), one.id, one.state)
                .isEqualTo(expect(command, by.person(), one, version, other.person()));
    }

    private static final List<Command> COMMANDS_SAID =
            List.of(
                    Command.SUBMIT,
                    Command.APPROVE,
                    Command.APPROVE,
                    Command.APPROVE,
                    Command.REFER,
                    Command.OPINE,
                    Command.OPINE,
                    Command.RETURN,
                    Command.REJECT,
                    Command.TRANSFER,
                    Command.CO_SIGN,
                    Command.SIGN,
                    Command.SIGN,
                    Command.WITHDRAW,
                    Command.RETRY,
                    Command.CANCEL,
                    Command.CONFIRM,
                    // One of its own steps, whichever is next.
                    Command.DELIVER,
                    Command.DELIVER);

    private Order order(int cpu) {
        return new Order(
                onboarding.system(),
                Onboarding.POOL,
                "走查",
                12,
                List.of(new Item.Namespace(cpu, 1, 0, "ssd")));
    }

    private void submit() {
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        var by = people.get(random.nextInt(people.size()));
        int cpu = 1 + random.nextInt(4);
        var _ = onboarding.get(Applications.class).submit(by, id, order(cpu));
        alive.add(new Modelled(id, by.person(), cpu));
    }

    private Object say(Command command, Actor by, Modelled one, int version, Actor other) {
        var reviews = onboarding.get(Reviews.class);
        var deliveries = onboarding.get(Deliveries.class);
        return switch (command) {
            case SUBMIT ->
                    onboarding
                            .get(Applications.class)
                            .resubmit(by, one.id, version, order(one.cpu));
            case APPROVE -> reviews.approve(by, one.id, version, Reviews.Approval.PLAIN);
            case REFER -> reviews.refer(by, one.id, version, List.of(other.person()), 1, "");
            case OPINE -> reviews.opine(by, one.id, version, Application.Opinion.FAVOURABLE, "可");
            case RETURN -> reviews.giveBack(by, one.id, version, "改");
            case REJECT -> reviews.reject(by, one.id, version, "否");
            case TRANSFER -> reviews.transfer(by, one.id, version, other.person(), "");
            case CO_SIGN -> reviews.askToSign(by, one.id, version, other.person(), "");
            case SIGN -> reviews.sign(by, one.id, version, "");
            case WITHDRAW -> reviews.withdraw(by, one.id, version);
            case RETRY -> deliveries.retry(by, one.id, version, "");
            case CANCEL -> deliveries.cancel(by, one.id, version, "弃");
            case CONFIRM -> deliveries.confirm(by, one.id, version);
            case PASS, TO_HUMAN, CONCLUDE, EXPIRE, DELIVER, OBSERVE, FAIL, DEEM ->
                    throw new IllegalArgumentException("no person's: " + command);
        };
    }

    /** What the model says, and does. Everybody may act in every part: duties keep people apart. */
    private String expect(Command command, PersonId by, Modelled one, int version, PersonId other) {
        if (version != one.version) {
            return "STALE_VERSION";
        }
        var edge =
                Workflow.EDGES.stream()
                        .filter(each -> each.from() == one.state && each.command() == command)
                        .filter(each -> each.part() != Workflow.Part.CONTROL_PLANE)
                        .findAny();
        if (edge.isEmpty()) {
            return "ILLEGAL_TRANSITION";
        }
        if (!one.allows(by, edge.get().duty())) {
            return "SEPARATION_OF_DUTIES";
        }
        boolean forOne =
                Set.of(
                                Command.APPROVE,
                                Command.REFER,
                                Command.RETURN,
                                Command.REJECT,
                                Command.CO_SIGN)
                        .contains(command);
        if (forOne && one.assignee.filter(only -> !only.equals(by)).isPresent()) {
            return "ASSIGNED_TO_ANOTHER";
        }
        return follow(edge.get(), by, one, other);
    }

    private static String follow(Workflow.Edge edge, PersonId by, Modelled one, PersonId other) {
        switch (edge.command()) {
            case APPROVE, REFER -> {
                if (one.signers.containsValue(false)) {
                    return "CO_SIGNATURE_MISSING";
                }
                if (one.signers.containsKey(by)) {
                    return "ALREADY_SIGNED";
                }
                if (edge.command() == Command.REFER) {
                    if (!one.allows(other, Duty.EXPERT)) {
                        return "INVALID";
                    }
                    one.experts.clear();
                    one.experts.put(other, false);
                }
                one.move(edge, by);
                if (one.state == State.PRECHECK) {
                    one.enter(State.TECH_REVIEW);
                }
            }
            case TRANSFER, CO_SIGN -> {
                var duty = Workflow.edge(one.state, Command.APPROVE).orElseThrow().duty();
                if (!one.allows(other, duty)) {
                    return "INVALID";
                }
                if (edge.command() == Command.TRANSFER) {
                    one.move(edge, by);
                    one.assignee = Optional.of(other);
                } else if (one.signers.containsKey(other)) {
                    return "ALREADY_ASKED";
                } else {
                    one.signers.put(other, false);
                    one.move(edge, by);
                }
            }
            case SIGN -> {
                if (one.signers.getOrDefault(by, true)) {
                    return "NOT_ASKED";
                }
                one.signers.put(by, true);
                one.move(edge, by);
            }
            case OPINE -> {
                if (!one.experts.containsKey(by)) {
                    return "NOT_ASKED";
                }
                if (one.experts.get(by)) {
                    return "OPINION_GIVEN";
                }
                one.experts.put(by, true);
                one.move(edge, by);
                one.enter(State.BUREAU_APPROVAL);
            }
            case SUBMIT -> {
                one.revision++;
                one.experts.clear();
                one.move(edge, by);
            }
            case RETURN, REJECT, WITHDRAW, RETRY, CANCEL, CONFIRM -> one.move(edge, by);
            case PASS, TO_HUMAN, CONCLUDE, EXPIRE, DELIVER, OBSERVE, FAIL, DEEM ->
                    throw new IllegalArgumentException("no person's: " + edge);
        }
        return "OK";
    }

    /** What the control plane does of itself, if anything is due. */
    private void controlPlane(Modelled one) {
        var deliveries = onboarding.get(Deliveries.class);
        var application =
                onboarding.get(Applications.class).get(people.getFirst(), one.id).application();
        switch (one.state) {
            case APPROVED -> {
                deliveries.begun(application);
                one.enter(State.DELIVERING);
            }
            case DELIVERING -> {
                if (random.nextBoolean()) {
                    deliveries.observed(application);
                    one.enter(State.DELIVERED);
                } else {
                    onboarding.later(Duration.ofHours(1));
                    deliveries.stuck(application);
                    one.enter(State.PARTIAL);
                }
            }
            case PARTIAL -> {
                deliveries.observed(application);
                one.enter(State.DELIVERED);
            }
            case DELIVERED -> {
                deliveries.deem(one.id, "");
                one.enter(State.CLOSED);
            }
            case DRAFT,
                    DEPT_REVIEW,
                    PRECHECK,
                    TECH_REVIEW,
                    EXPERT_REVIEW,
                    BUREAU_APPROVAL,
                    AUTO_APPROVED,
                    CLOSED,
                    RETURNED,
                    REJECTED,
                    WITHDRAWN,
                    EXPIRED -> {}
        }
    }

    /** Those that may have changed since they were looked at last: no end has an exit. */
    private List<Modelled> unseen() {
        var unseen = new ArrayList<>(alive);
        unseen.addAll(ended.subList(seen, ended.size()));
        seen = ended.size();
        return unseen;
    }

    private void check(List<Modelled> looked) {
        var all = new ArrayList<>(alive);
        all.addAll(ended);
        long locked = all.stream().filter(Modelled::locks).mapToLong(one -> one.cpu).sum();
        long granted =
                all.stream().filter(one -> one.state.isGranted()).mapToLong(one -> one.cpu).sum();
        assertThat(onboarding.lockedCpu()).isEqualTo(locked * 1000);
        assertThat(onboarding.committedCpu()).isEqualTo(granted * 1000);
        var applications = onboarding.get(Applications.class);
        for (var one : looked) {
            var history = applications.get(people.getFirst(), one.id);
            var application = history.application();
            assertThat(application.state()).as("%s", one.id).isEqualTo(one.state);
            assertThat(application.version()).isEqualTo(one.version);
            assertThat(application.revision()).isEqualTo(one.revision);
            assertThat(history.steps()).hasSize(one.steps);
            var duties = new HashMap<PersonId, Duty>();
            application.duties().forEach(each -> duties.put(each.person(), each.duty()));
            assertThat(duties).isEqualTo(one.duties);
            assertThat(application.duties()).hasSize(new HashSet<>(duties.keySet()).size());
        }
        audited +=
                onboarding.audited().stream()
                        .filter(event -> event.outcome() == Audited.Outcome.SUCCESS)
                        .filter(event -> event.action().startsWith("application."))
                        .count();
        onboarding.audited().clear();
        assertThat(audited).isEqualTo(all.stream().mapToLong(one -> one.steps).sum());
    }
}
