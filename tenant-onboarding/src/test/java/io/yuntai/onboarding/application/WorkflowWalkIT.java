package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Workflow.Command;
import io.yuntai.onboarding.application.Workflow.Duty;
import io.yuntai.onboarding.application.Workflow.Part;
import io.yuntai.onboarding.application.Workflow.State;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostProgress;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.Expirations;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.ledger.Level;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random commands by random people over 50 applications at a time, each compared with a plain model
 * that knows the table and nothing of SQL. They ask for room and new hosts, for other sizes and the
 * return of those that are there, and for more quota. Afterwards the ledger is what is locked and
 * granted and not yet let go of, hosts and the unit's quota are as the model has them, nobody has
 * two duties, and each step was audited once. A command is what a person says, taken or refused, or
 * a step of the control plane's own that is due, such as the end of what nobody has decided in
 * time; submissions that keep 50 alive come on top. {@code -Dyuntai.walk=100000
 * -Dyuntai.walk.seed=1} walks further, or again.
 */
class WorkflowWalkIT {

    private static final int COMMANDS = Integer.getInteger("yuntai.walk", 20_000);
    private static final long SEED = Long.getLong("yuntai.walk.seed", System.nanoTime());
    private static final int LONG = 100_000;
    private static final int ALIVE = 50;
    private static final int PEOPLE = 12;
    private static final int VCPU = 100_000;
    private static final int CHECK_EVERY = 2_000;
    private static final int PASS_EVERY = 250;
    private static final int MOST_DAYS = 8;
    private static final Duration EXPIRES_AFTER = Duration.ofDays(30);

    /** What a long walk meets beside what every one does. */
    private static final String[] RARELY = {
        "CONCLUDED_BY_TWO",
        "EXPIRED",
        "GIVEN_BACK",
        "GROWN",
        "HOST_CHANGED",
        "HOST_GIVEN_UP",
        "NOT_GROWN",
        "RAISED",
        "ROOM_GIVEN_UP",
        "SIZE_GIVEN_UP"
    };

    private final Random random = new Random(SEED);
    private final List<Actor> people = new ArrayList<>();
    private final List<Delegated> delegations = new ArrayList<>();
    private final Map<PersonId, Map<Part, List<PersonId>>> delegated = new HashMap<>();
    private final List<Modelled> alive = new ArrayList<>();
    private final List<Modelled> ended = new ArrayList<>();
    private Onboarding onboarding;
    private Instant delegatedUntil = Instant.MIN;
    private final PlainEstate estate = new PlainEstate();

    /** How often each application was audited. */
    private final Map<String, Integer> audited = new HashMap<>();

    /** How often what of the rarer things has happened. */
    private final Map<String, Integer> rarely = new TreeMap<>();

    private SystemId system;
    private UnitId unit;
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

        /** What is asked for, and left of that by reviews. */
        PlainCart cart;

        /** What the next revision asks for. */
        PlainCart next;

        /** What the next approval says of one line. */
        Optional<PlainCart.Lowering> lowering = Optional.empty();

        /** Its hosts. */
        final List<PlainEstate.Machine> made = new ArrayList<>();

        /** Whether its room is there. */
        boolean hasRoom;

        Optional<PersonId> assignee = Optional.empty();
        final Map<PersonId, Duty> duties = new HashMap<>();
        final Map<PersonId, Boolean> signers = new HashMap<>();

        /** Who has signed, by his own hand or for somebody. */
        final Set<PersonId> haveSigned = new HashSet<>();

        /** Who has written in the draft of the next revision, and how often anybody has. */
        final Set<PersonId> editors = new HashSet<>();

        int saved;
        final Map<PersonId, Boolean> experts = new HashMap<>();

        /** Who has given an opinion on this revision, by his own hand or for somebody. */
        final Set<PersonId> haveAdvised = new HashSet<>();

        int opinions;
        int quorum;

        /** Whom the next referral asks, and for how many opinions in all. */
        List<PersonId> referred = List.of();

        int referredQuorum;

        /** When what this revision has locked is given back. */
        Instant expires;

        Modelled(ApplicationId id, PersonId by, PlainCart cart, Instant now) {
            this.id = id;
            this.cart = cart;
            this.next = cart;
            this.expires = expiry(now);
            duties.put(by, Duty.SUBMITTER);
        }

        boolean allows(PersonId person, Duty duty) {
            return duty == Duty.NONE || duties.getOrDefault(person, duty) == duty;
        }

        PlainEstate.Takes locks() {
            return state.isReview() ? cart.takes() : PlainEstate.Takes.NOTHING;
        }

        boolean locksAnything() {
            return !locks().equals(PlainEstate.Takes.NOTHING);
        }

        /** The hosts that it makes or changes. */
        List<PlainEstate.Machine> hosts() {
            return Stream.of(
                            made.stream(),
                            cart.lines(PlainCart.Resized.class).map(PlainCart.Resized::host),
                            cart.lines(PlainCart.GivenBack.class).map(PlainCart.GivenBack::host))
                    .flatMap(hosts -> hosts)
                    .toList();
        }

        static Instant expiry(Instant now) {
            return now.plus(EXPIRES_AFTER);
        }

        void move(Workflow.Edge edge, PersonId by, PersonId whose) {
            if (edge.duty() != Duty.NONE) {
                duties.putIfAbsent(by, edge.duty());
                duties.putIfAbsent(whose, edge.duty());
            }
            enter(edge.to());
        }

        void enter(State to) {
            version++;
            steps++;
            if (to != state) {
                assignee = Optional.empty();
                signers.clear();
                haveSigned.clear();
            }
            state = to;
        }

        /** Whether opinions and signatures lead on, by a step of the control plane's own. */
        void conclude() {
            if (state == State.EXPERT_REVIEW
                    && opinions >= quorum
                    && !signers.containsValue(false)) {
                enter(State.BUREAU_APPROVAL);
            }
        }
    }

    @Test
    void whateverIsSaidTheSystemAndThePlainModelAgree() {
        onboarding = Onboarding.of("walk", List.of(), VCPU, UnreachableCluster.named("gone"));
        try {
            system = onboarding.system();
            for (int i = 0; i < PEOPLE; i++) {
                people.add(onboarding.person("person-" + i));
            }
            delegations.addAll(someDelegations());
            delegate();
            for (int next = CHECK_EVERY; said < COMMANDS; ) {
                step();
                if (said >= next) {
                    check(unseen());
                    next += CHECK_EVERY;
                }
            }
            check(Stream.concat(alive.stream(), ended.stream()).toList());
            assertThat(taken).as("of %d commands", said).isGreaterThan(COMMANDS / 10);
            if (COMMANDS >= LONG) { // a short one may not meet all
                assertThat(rarely).containsOnlyKeys(RARELY);
            }
            assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
        } catch (AssertionError | RuntimeException e) {
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
        if (random.nextInt(12) == 0) {
            edit(one, by);
            return;
        }
        if (random.nextInt(PASS_EVERY) == 0) {
            timeGoesOn();
            return;
        }
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
        one.lowering =
                one.state != State.DEPT_REVIEW && random.nextInt(4) == 0
                        ? Optional.of(one.cart.lowering(random))
                        : Optional.empty();
        one.next =
                version == one.version && random.nextBoolean()
                        ? PlainCart.some(random, estate.withinSight())
                        : one.cart.anew();
        refer(one, other.person());
        String got;
        try {
            say(command, by, one, version, other);
            got = "OK";
            taken++;
        } catch (Refused refused) {
            got = refused.code();
        }
        assertThat(got)
                .as("%s by %s of %s in %s", command, by.name(), one.id, one.state)
                .isEqualTo(expect(command, by.person(), one, version, other.person()));
        if (got.equals("OK") && one.state == State.APPROVED) {
            learn(one);
        }
    }

    /** Which hosts an approval has made: as many of each line, in the order of the cart. */
    private void learn(Modelled one) {
        var made =
                onboarding.get(Hosts.class).ofApplication(one.id.value()).stream()
                        .sorted(Comparator.comparing(host -> host.id().toString()))
                        .iterator();
        one.cart
                .lines(PlainCart.Made.class)
                .flatMap(line -> Collections.nCopies(line.count(), line.size()).stream())
                .forEach(size -> {
                    var host = made.next();
                    one.made.add(estate.made(host.id(), host.name(), size));
                });
        assertThat(made).as("more hosts of %s", one.id).isExhausted();
    }

    /** One expert or two, of whom one is enough or both are needed. */
    private void refer(Modelled one, PersonId other) {
        var second = people.get(random.nextInt(PEOPLE)).person();
        one.referred =
                second.equals(other) || random.nextBoolean()
                        ? List.of(other)
                        : List.of(other, second);
        one.referredQuorum = 1 + random.nextInt(2);
    }

    /** Whatever nobody has decided about for so long is at its end. */
    private void timeGoesOn() {
        var next = onboarding.now().plus(Duration.ofDays(1 + random.nextInt(MOST_DAYS)));
        boolean over = !next.isBefore(delegatedUntil);
        onboarding.later(Duration.between(onboarding.now(), over ? delegatedUntil : next));
        if (over) {
            delegate();
        }
        var due =
                alive.stream()
                        .filter(one ->
                                one.locksAnything() && !onboarding.now().isBefore(one.expires))
                        .toList();
        assertThat(onboarding.get(Expirations.class).sweep()).hasSameSizeAs(due);
        due.forEach(one -> one.enter(State.EXPIRED));
        said += due.size();
        taken += due.size();
        due.forEach(_ -> rarely("EXPIRED"));
    }

    /** That somebody acts for another in a part. */
    private record Delegated(Actor from, Actor to, Part part) {}

    /** Each acts for another in some part; what is over is delegated again. */
    private void delegate() {
        var begin = onboarding.now();
        delegatedUntil = begin.plus(Duration.ofDays(Delegation.MAX_DAYS));
        for (var one : delegations) {
            onboarding
                    .get(Delegations.class)
                    .delegate(
                            one.from(),
                            new DelegationId(UuidCreator.getTimeOrderedEpoch()),
                            new Delegations.Wish(
                                    one.to().person(), one.part(), begin, delegatedUntil, "出差"));
            onboarding.later(Duration.ofMillis(1));
        }
    }

    private List<Delegated> someDelegations() {
        var parts = List.of(Part.UNIT_OWNER, Part.REVIEWER, Part.EXPERT, Part.BUREAU);
        var some = new ArrayList<Delegated>();
        for (int i = 0; i < 2 * PEOPLE; i++) {
            var from = people.get(random.nextInt(PEOPLE));
            var to = people.get(random.nextInt(PEOPLE));
            var part = parts.get(random.nextInt(parts.size()));
            if (!from.equals(to)) {
                some.add(new Delegated(from, to, part));
                delegated
                        .computeIfAbsent(to.person(), _ -> new EnumMap<>(Part.class))
                        .computeIfAbsent(part, _ -> new ArrayList<>())
                        .add(from.person());
            }
        }
        return some;
    }

    /** Somebody of the unit goes on with the draft of the next revision. */
    private void edit(Modelled one, Actor by) {
        said++;
        var ofTheUnit = new Actor(by.person(), by.name(), new Actor.Scope.OneUnit(unit));
        String got;
        try {
            var _ = onboarding.get(Drafts.class).save(ofTheUnit, one.id, one.saved, "{}");
            got = "OK";
            taken++;
        } catch (Refused refused) {
            got = refused.code();
        }
        String expected = "OK";
        if (one.state != State.RETURNED) {
            expected = "ALREADY_SUBMITTED";
        } else if (!one.allows(by.person(), Duty.SUBMITTER)) {
            expected = "SEPARATION_OF_DUTIES";
        } else {
            one.saved++;
            one.editors.add(by.person());
        }
        assertThat(got).as("draft of %s in %s", one.id, one.state).isEqualTo(expected);
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
                    Command.RELEASE,
                    Command.SIGN,
                    Command.SIGN,
                    Command.WITHDRAW,
                    Command.RETRY,
                    Command.CANCEL,
                    Command.CONFIRM,
                    // One of its own steps, whichever is next.
                    Command.DELIVER,
                    Command.DELIVER);

    private Order order(PlainCart cart) {
        return new Order(system, Onboarding.POOL, "走查", 12, cart.items());
    }

    private void submit() {
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        var by = people.get(random.nextInt(people.size()));
        var cart = PlainCart.some(random, estate.withinSight());
        unit = accepted(onboarding.get(Applications.class).submit(by, id, order(cart))).unit();
        alive.add(new Modelled(id, by.person(), cart, onboarding.now()));
    }

    private static Application accepted(Submission submission) {
        if (submission instanceof Submission.Accepted(var application, _)) {
            return application;
        }
        throw new AssertionError("there is room for everything: " + submission);
    }

    /** What a review leaves of it, now and then. */
    private static List<Cut> cut(Modelled one) {
        return one.lowering.map(PlainCart.Lowering::cut).stream().toList();
    }

    private void say(Command command, Actor by, Modelled one, int version, Actor other) {
        var reviews = onboarding.get(Reviews.class);
        var deliveries = onboarding.get(Deliveries.class);
        var _ =
                switch (command) {
                    case SUBMIT ->
                            accepted(
                                    onboarding
                                            .get(Applications.class)
                                            .resubmit(by, one.id, version, order(one.next)));
                    case APPROVE ->
                            reviews.approve(
                                    by,
                                    one.id,
                                    version,
                                    new Reviews.Approval("", cut(one), Optional.empty()));
                    case REFER ->
                            reviews.refer(
                                    by,
                                    one.id,
                                    version,
                                    new Reviews.Referral(
                                            one.referred,
                                            Optional.of(one.referredQuorum),
                                            cut(one),
                                            Optional.empty(),
                                            ""));
                    case OPINE ->
                            reviews.opine(by, one.id, version, Application.Opinion.FAVOURABLE, "可");
                    case RETURN -> reviews.giveBack(by, one.id, version, "改");
                    case REJECT -> reviews.reject(by, one.id, version, "否");
                    case TRANSFER -> reviews.transfer(by, one.id, version, other.person(), "");
                    case CO_SIGN -> reviews.askToSign(by, one.id, version, other.person(), "");
                    case RELEASE -> reviews.release(by, one.id, version, other.person(), "");
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
            // This revision stands, whoever sends it again.
            boolean isHandedIn =
                    command == Command.SUBMIT && one.state == State.DEPT_REVIEW && one.revision > 1;
            return isHandedIn ? "OK" : "STALE_VERSION";
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
        var whose = new ArrayList<PersonId>();
        whose.add(by);
        whose.addAll(
                delegated.getOrDefault(by, Map.of()).getOrDefault(edge.get().part(), List.of()));
        whose.removeIf(each -> !one.allows(each, edge.get().duty()));
        boolean forOne =
                Set.of(
                                Command.APPROVE,
                                Command.REFER,
                                Command.RETURN,
                                Command.REJECT,
                                Command.CO_SIGN,
                                Command.RELEASE)
                        .contains(command);
        if (forOne && one.assignee.filter(only -> !only.equals(by)).isPresent()) {
            whose.retainAll(List.of(one.assignee.get()));
            if (whose.isEmpty()) {
                return "ASSIGNED_TO_ANOTHER";
            }
        }
        return follow(edge.get(), by, whose, one, other);
    }

    /**
     * @param whose whom he can act for
     */
    private String follow(
            Workflow.Edge edge, PersonId by, List<PersonId> whose, Modelled one, PersonId other) {
        switch (edge.command()) {
            case APPROVE, REFER -> {
                if (edge.from() != edge.to() && one.signers.containsValue(false)) {
                    return "CO_SIGNATURE_MISSING";
                }
                whose.removeAll(one.haveSigned);
                if (whose.isEmpty() || one.haveSigned.contains(by)) {
                    return "ALREADY_SIGNED";
                }
                if (one.lowering.filter(cut -> !one.cart.allows(cut)).isPresent()) {
                    return "INVALID";
                }
                if (edge.command() == Command.REFER && !ask(one)) {
                    return "INVALID";
                }
                var cart = one.lowering.map(one.cart::lowered).orElse(one.cart);
                if (edge.to() == State.APPROVED && !cart.isAsOrdered()) {
                    rarely("HOST_CHANGED");
                    return "HOST_CHANGED";
                }
                if (one.lowering.isPresent()) {
                    one.cart = cart;
                    one.expires = Modelled.expiry(onboarding.now());
                }
                one.move(edge, by, whose.getFirst());
                if (one.state == State.APPROVED) {
                    grant(one);
                }
                if (one.state == State.PRECHECK) {
                    one.enter(State.TECH_REVIEW);
                }
                one.conclude();
            }
            case TRANSFER, CO_SIGN -> {
                if (!one.allows(other, edge.duty())) {
                    return "INVALID";
                }
                if (edge.command() == Command.TRANSFER) {
                    one.move(edge, by, whose.getFirst());
                    one.assignee = Optional.of(other);
                } else if (one.signers.containsKey(other)) {
                    return "ALREADY_ASKED";
                } else {
                    one.signers.put(other, false);
                    one.move(edge, by, whose.getFirst());
                }
            }
            case RELEASE -> {
                if (one.signers.getOrDefault(other, true)) {
                    return "INVALID";
                }
                one.signers.remove(other);
                one.move(edge, by, whose.getFirst());
                one.conclude();
            }
            case SIGN -> {
                if (one.haveSigned.contains(by) || one.haveSigned.containsAll(whose)) {
                    return "SIGNATURE_GIVEN";
                }
                whose.removeIf(each -> one.signers.getOrDefault(each, true));
                if (whose.isEmpty()) {
                    return "NOT_ASKED";
                }
                one.signers.put(whose.getFirst(), true);
                one.haveSigned.addAll(List.of(by, whose.getFirst()));
                one.move(edge, by, whose.getFirst());
                one.conclude();
            }
            case OPINE -> {
                if (one.haveAdvised.contains(by) || one.haveAdvised.containsAll(whose)) {
                    return "OPINION_GIVEN";
                }
                whose.removeIf(each -> one.experts.getOrDefault(each, true));
                if (whose.isEmpty()) {
                    return "NOT_ASKED";
                }
                one.experts.put(whose.getFirst(), true);
                one.haveAdvised.addAll(List.of(by, whose.getFirst()));
                one.opinions++;
                one.move(edge, by, whose.getFirst());
                one.conclude();
                if (one.state == State.BUREAU_APPROVAL && one.quorum == 2) {
                    rarely("CONCLUDED_BY_TWO");
                }
            }
            case SUBMIT -> {
                one.revision++;
                one.cart = one.next;
                one.experts.clear();
                one.haveAdvised.clear();
                one.opinions = 0;
                one.expires = Modelled.expiry(onboarding.now());
                one.editors.forEach(editor -> one.duties.putIfAbsent(editor, Duty.SUBMITTER));
                one.editors.clear();
                one.saved = 0;
                one.move(edge, by, by);
            }
            case RETURN, REJECT, WITHDRAW, RETRY -> one.move(edge, by, whose.getFirst());
            case CANCEL -> {
                giveUp(one);
                one.move(edge, by, whose.getFirst());
            }
            case CONFIRM -> {
                confirm(one);
                one.move(edge, by, whose.getFirst());
            }
            case PASS, TO_HUMAN, CONCLUDE, EXPIRE, DELIVER, OBSERVE, FAIL, DEEM ->
                    throw new IllegalArgumentException("no person's: " + edge);
        }
        return "OK";
    }

    /** What was locked is granted, and hosts change. */
    private void grant(Modelled one) {
        estate.granted(one.cart.takes());
        for (var line : one.cart.lines()) {
            switch (line) {
                case PlainCart.Resized(var host, var before, var wanted) -> {
                    estate.resized(host, wanted);
                    host.changesFor = Optional.of(one.id);
                    rarely(wanted.vcpu() > before.vcpu() ? "GROWN" : "NOT_GROWN");
                }
                case PlainCart.GivenBack(var host, _) -> {
                    host.recycle();
                    rarely("GIVEN_BACK");
                }
                case PlainCart.Raised more -> {
                    estate.raised(more.by());
                    rarely("RAISED");
                }
                case PlainCart.Made _, PlainCart.Room _ -> {}
            }
        }
    }

    /** What has not come is wanted no more; what has stays, and what was given back stays so. */
    private void giveUp(Modelled one) {
        one.made.stream()
                .filter(host -> host.life == PlainEstate.Life.PROVISIONING)
                .forEach(host -> {
                    host.life = PlainEstate.Life.DESTROYING;
                    rarely("HOST_GIVEN_UP");
                });
        one.cart
                .lines(PlainCart.Resized.class)
                .filter(line -> line.host().changesFor.equals(Optional.of(one.id)))
                .forEach(line -> {
                    var back = PlainEstate.Takes.more(line.host().size, line.before());
                    estate.granted(back);
                    estate.resized(line.host(), line.before());
                    line.host().changesFor = Optional.empty();
                    rarely("SIZE_GIVEN_UP");
                });
        if (!one.hasRoom) {
            one.cart
                    .lines(PlainCart.Room.class)
                    .forEach(room -> {
                        estate.wantedNoMore(room.takes());
                        rarely("ROOM_GIVEN_UP");
                    });
        }
    }

    /** The owner has what came, or was silent for so long. */
    private void confirm(Modelled one) {
        if (one.state == State.PARTIAL) {
            giveUp(one);
        }
        one.made.forEach(PlainEstate.Machine::confirm);
    }

    private void rarely(String what) {
        rarely.merge(what, 1, Integer::sum);
    }

    /**
     * Those who are named are asked beside those who have answered, and nobody else any more.
     *
     * @return whether they can be
     */
    private static boolean ask(Modelled one) {
        var all = new HashSet<PersonId>();
        one.experts.forEach((expert, answered) -> {
            if (answered) {
                all.add(expert);
            }
        });
        all.addAll(one.referred);
        if (one.referredQuorum > all.size()
                || !one.referred.stream().allMatch(each -> one.allows(each, Duty.EXPERT))) {
            return false;
        }
        one.experts.keySet().retainAll(all);
        all.forEach(expert -> one.experts.putIfAbsent(expert, false));
        one.quorum = one.referredQuorum;
        return true;
    }

    /** What the control plane does of itself, if anything is due. */
    private void controlPlane(Modelled one) {
        var deliveries = onboarding.get(Deliveries.class);
        switch (one.state) {
            case APPROVED -> {
                deliveries.begun(now(one));
                one.enter(State.DELIVERING);
            }
            case DELIVERING -> {
                if (random.nextBoolean()) {
                    come(one);
                } else {
                    one.hosts().stream().filter(_ -> random.nextBoolean()).forEach(this::show);
                    if (random.nextInt(4) == 0) {
                        letGo();
                    }
                    onboarding.later(Duration.ofHours(1));
                    deliveries.stuck(now(one), "Pending");
                    one.enter(State.PARTIAL);
                }
            }
            case PARTIAL -> {
                if (random.nextBoolean()) {
                    come(one);
                } else {
                    deem(one);
                }
            }
            case DELIVERED -> deem(one);
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

    /** The cluster shows all of it. */
    private void come(Modelled one) {
        one.hosts().forEach(this::show);
        letGo();
        onboarding.get(Deliveries.class).observed(now(one));
        one.enter(State.DELIVERED);
    }

    private void deem(Modelled one) {
        onboarding.get(Deliveries.class).deem(one.id, "");
        confirm(one);
        one.enter(State.CLOSED);
    }

    private Application now(Modelled one) {
        return onboarding.get(Applications.class).get(people.getFirst(), one.id).application();
    }

    /** The cluster shows what was asked of a host. */
    private void show(PlainEstate.Machine machine) {
        switch (machine.life) {
            case PROVISIONING -> see(machine, Host.State.RUNNING);
            case CHANGING -> onboarding.get(HostProgress.class).settled(host(machine));
            case RECYCLE_BIN -> see(machine, Host.State.STOPPED);
            case TRIAL, IN_USE, DESTROYING -> {}
        }
        machine.shown();
    }

    private void see(PlainEstate.Machine machine, Host.State state) {
        var seen = host(machine).seen(state, "", Host.Notes.NONE);
        onboarding.get(Hosts.class).observed(List.of(seen));
    }

    private Host host(PlainEstate.Machine machine) {
        return onboarding.get(Hosts.class).get(people.getFirst(), machine.id);
    }

    /** The cluster holds what it is to hold by now, and was seen to hold nothing else. */
    private void letGo() {
        estate.destroying()
                .forEach(machine -> onboarding.get(HostProgress.class).vanished(host(machine)));
        change(_ -> new LeaseChange.Enforce(onboarding.now()));
        change(lease -> new LeaseChange.Credit(lease.granted()));
        estate.letGo();
        alive.stream().filter(one -> one.state.isGranted()).forEach(one -> one.hasRoom = true);
    }

    private void change(Function<Lease, LeaseChange> change) {
        var leases = onboarding.get(Leases.class);
        for (var lease : leases.of(system)) {
            assertThat(leases.change(lease, change.apply(lease), onboarding.now()))
                    .isInstanceOf(LeaseBook.Outcome.Changed.class);
        }
    }

    /** Those that may have changed since they were looked at last: no end has an exit. */
    private List<Modelled> unseen() {
        var unseen = new ArrayList<>(alive);
        unseen.addAll(ended.subList(seen, ended.size()));
        seen = ended.size();
        return unseen;
    }

    /** Somebody with some parts, who may act for some others in some. */
    private Hands hands() {
        var person = people.get(random.nextInt(people.size()));
        var own = EnumSet.noneOf(Part.class);
        var delegated = new ArrayList<Delegation>();
        for (var part : Part.values()) {
            if (part == Part.CONTROL_PLANE) {
                continue;
            }
            if (random.nextBoolean()) {
                own.add(part);
            }
            if (part != Part.APPLICANT && random.nextInt(3) == 0) {
                for (int i = 0; i <= random.nextInt(2); i++) {
                    var from = people.get(random.nextInt(people.size()));
                    delegated.add(
                            new Delegation(
                                    new DelegationId(UuidCreator.getTimeOrderedEpoch()),
                                    Steps.participant(from),
                                    Steps.participant(person),
                                    part,
                                    onboarding.now(),
                                    onboarding.now().plusSeconds(60),
                                    "出差",
                                    Optional.empty()));
                }
            }
        }
        return new Hands(person.person(), own, delegated);
    }

    /** An inbox shows what the rule lets somebody bring on, and nothing else. */
    private void assertInbox(
            Hands hands, List<Application> open, Map<ApplicationId, Awaited> asked) {
        var applications = onboarding.get(Applications.class);
        var expected = new HashSet<ApplicationId>();
        for (var application : open) {
            var awaited = asked.getOrDefault(application.id(), Awaited.NOBODY);
            // Who decides can release those whose signatures are missing: it waits for him all the
            // same.
            var released =
                    new Awaited(
                            Set.of(),
                            awaited.haveSigned(),
                            awaited.toAdvise(),
                            awaited.haveAdvised());
            boolean waits =
                    hands.awaiting().stream()
                            .filter(edge -> edge.from() == application.state())
                            .map(edge ->
                                    hands.choose(
                                            application,
                                            edge,
                                            edge.command() == Command.APPROVE ? released : awaited))
                            .anyMatch(Hands.Choice.May.class::isInstance);
            if (waits) {
                expected.add(application.id());
            }
        }
        var found = new ArrayList<ApplicationId>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            var page =
                    applications
                            .list(
                                    onboarding.taker(people.getFirst()),
                                    new PageQuery(20, cursor, Optional.empty(), ""),
                                    ApplicationFilter.waitingFor(hands))
                            .page();
            page.items().forEach(one -> found.add(one.id()));
            assertThat(page.total()).isEqualTo(expected.size());
            cursor = page.next().map(Cursor::of);
        } while (cursor.isPresent());
        assertThat(found).as("%s", hands).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void check(List<Modelled> looked) {
        var levels = onboarding.get(QuotaViews.class).path(Onboarding.POOL, system);
        var locked =
                alive.stream()
                        .map(Modelled::locks)
                        .reduce(PlainEstate.Takes.NOTHING, PlainEstate.Takes::plus);
        assertThat(figures(levels.getLast(), Level.Row::locked)).isEqualTo(locked.counted());
        assertThat(figures(levels.getLast(), Level.Row::committed))
                .isEqualTo(estate.charged().counted());
        var promised = figures(levels.get(levels.size() - 2), Level.Row::guaranteed);
        assertThat(promised.get(Resource.CPU)).isEqualTo((VCPU + estate.raised().vcpu()) * 1000);
        assertThat(
                        onboarding.get(Hosts.class).of(system).stream()
                                .map(host ->
                                        List.<Object>of(
                                                host.id(),
                                                host.plan().life().name(),
                                                host.vcpu(),
                                                host.memoryBytes() >> 30)))
                .containsExactlyInAnyOrderElementsOf(
                        estate.machines().stream()
                                .map(machine ->
                                        List.<Object>of(
                                                machine.id,
                                                machine.life.name(),
                                                machine.size.vcpu(),
                                                (long) machine.size.memoryGib()))
                                .toList());
        onboarding.audited().stream()
                .filter(event -> event.outcome() == Audited.Outcome.SUCCESS)
                .filter(event -> event.action().startsWith("application."))
                .forEach(event -> audited.merge(event.target(), 1, Integer::sum));
        onboarding.audited().clear();
        onboarding.noticed().clear(); // many, and each of them costs as much as all before it
        var applications = onboarding.get(Applications.class);
        var open = new ArrayList<Application>();
        for (var one : looked) {
            var history = applications.get(people.getFirst(), one.id);
            var application = history.application();
            assertThat(application.state()).as("%s", one.id).isEqualTo(one.state);
            assertThat(application.version()).isEqualTo(one.version);
            assertThat(application.revision()).isEqualTo(one.revision);
            assertThat(history.steps()).hasSize(one.steps);
            assertThat(audited).containsEntry("application/" + one.id, one.steps);
            var duties = new HashMap<PersonId, Duty>();
            application.duties().forEach(each -> duties.put(each.person(), each.duty()));
            assertThat(duties).isEqualTo(one.duties);
            assertThat(application.duties()).hasSize(new HashSet<>(duties.keySet()).size());
            if (alive.contains(one)) {
                open.add(application);
            }
        }
        var awaited = onboarding.get(ReviewStore.class).awaited(open);
        for (int i = 0; i < PEOPLE; i++) {
            assertInbox(hands(), open, awaited);
        }
    }

    /** Of what applications take here. */
    private static Map<Resource, Long> figures(Level level, ToLongFunction<Level.Row> figure) {
        var figures = new HashMap<>(PlainEstate.Takes.NOTHING.counted());
        level.rows().stream()
                .filter(row -> figures.containsKey(row.resource()))
                .forEach(row -> figures.put(row.resource(), figure.applyAsLong(row)));
        return figures;
    }
}
