package io.yuntai.onboarding.instant;

import static io.yuntai.onboarding.application.Item.GIB;

import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.application.Order;
import io.yuntai.onboarding.host.HostGrowth;
import io.yuntai.onboarding.ledger.Level;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Gathers the facts about an application. What cannot be found out is missing, and no fault. */
@Component
class Gathering {

    /** Within how long what a system was granted by rule is added up. */
    static final Duration WINDOW = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

    private final Systems systems;
    private final QuotaViews quota;
    private final HostGrowth growth;
    private final CheckStore checks;
    private final SampleStore audits;
    private final ProtectionStore protections;
    private final UnitRecords units;
    private final TransactionTemplate nested;

    Gathering(
            Systems systems,
            QuotaViews quota,
            HostGrowth growth,
            CheckStore checks,
            SampleStore audits,
            ProtectionStore protections,
            UnitRecords units,
            PlatformTransactionManager transactions) {
        this.systems = systems;
        this.quota = quota;
        this.growth = growth;
        this.checks = checks;
        this.audits = audits;
        this.protections = protections;
        this.units = units;
        this.nested = new TransactionTemplate(transactions);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** All that is known now. */
    Facts now(Application application, Optional<String> obstacle, Instant now) {
        var facts = new Sheet(now);
        var order = application.order();
        facts.order(order);
        facts.put(Fact.ORDER_OBSTACLE, new FactValue.Text(obstacle.orElse("")));
        facts.system(systems.find(order.system()));
        facts.granted(grantedBefore(order.system(), now).plus(size(order.amounts())));
        facts.flag(Fact.UNIT_SUSPENDED, audits.isSuspended(application.unit()));
        facts.flag(Fact.PROTECTION_PERIOD, protections.isOn(now));
        // Of other modules: what fails there must not end the transaction of this approval.
        attempt(() -> left(facts, order));
        attempt(() -> {
            units.use(application.unit(), now).ifPresent(facts::use);
            facts.flag(Fact.UNIT_RECLAIM_OVERDUE, units.isReclaimOverdue(application.unit(), now));
        });
        return facts.facts();
    }

    /**
     * What can still be told about an application whose facts nobody has kept, as of its
     * submission: what it asks for, and its system as the register has it today. What was left of
     * quota and how the unit stood then is missing.
     */
    Facts recomputed(Application application) {
        var facts = new Sheet(application.submittedAt());
        facts.order(application.requested());
        if (application.state().isGranted()) {
            facts.put(Fact.ORDER_OBSTACLE, new FactValue.Text(""));
        }
        facts.system(systems.find(application.order().system()));
        facts.flag(Fact.UNIT_SUSPENDED, false);
        facts.flag(Fact.PROTECTION_PERIOD, protections.isOn(application.submittedAt()));
        return facts.facts();
    }

    private void attempt(Runnable look) {
        try {
            nested.executeWithoutResult(_ -> look.run());
        } catch (RuntimeException e) {
            LOG.warn("a fact could not be found out, and people decide", e);
        }
    }

    private Check.Size grantedBefore(SystemId system, Instant now) {
        Instant from = now.minus(WINDOW);
        return checks.grantedAfter(system, from).plus(size(growth.after(system, from)));
    }

    /** In whole units, rounded up: a part counts as one. */
    static Check.Size size(Amounts amounts) {
        long storage =
                amounts.resources().stream()
                        .filter(Gathering::isStorage)
                        .mapToLong(amounts::get)
                        .sum();
        return new Check.Size(
                Math.ceilDiv(amounts.get(Resource.CPU), 1000L),
                Math.ceilDiv(amounts.get(Resource.MEMORY), GIB),
                Math.ceilDiv(storage, GIB));
    }

    private static boolean isStorage(Resource resource) {
        return resource.base().equals("storageBytes");
    }

    private void left(Sheet facts, Order order) {
        var path = quota.path(order.pool(), order.system());
        var asked = order.amounts().resources();
        facts.left(path, NodeRef.Kind.UNIT, asked);
        facts.left(path, NodeRef.Kind.POOL, asked);
    }

    /** What an order takes in the words of the rules, for a sum of grants as well. */
    static Map<Fact, Facts.Known> granted(Check.Size size, Instant at) {
        return Map.of(
                Fact.SYSTEM_VCPU_30D, new Facts.Known(new FactValue.Whole(size.vcpu()), at),
                Fact.SYSTEM_MEMORY_30D, new Facts.Known(new FactValue.Whole(size.memoryGib()), at),
                Fact.SYSTEM_STORAGE_30D,
                        new Facts.Known(new FactValue.Whole(size.storageGib()), at));
    }

    /** Facts as they are written down, all but those of others as of one moment. */
    private static final class Sheet {

        private final Map<Fact, Facts.Known> values = new EnumMap<>(Fact.class);
        private final Instant at;

        Sheet(Instant at) {
            this.at = at;
        }

        Facts facts() {
            return new Facts(values);
        }

        void put(Fact fact, FactValue value) {
            values.put(fact, new Facts.Known(value, at));
        }

        void flag(Fact fact, boolean value) {
            put(fact, new FactValue.Flag(value));
        }

        void whole(Fact fact, long value) {
            put(fact, new FactValue.Whole(value));
        }

        void order(Order order) {
            var size = size(order.amounts());
            put(
                    Fact.ORDER_KINDS,
                    new FactValue.Texts(
                            order.items().stream().map(Sheet::kind).distinct().toList()));
            whole(Fact.ORDER_ITEMS, order.items().size());
            whole(Fact.ORDER_HOSTS, order.amounts().get(Resource.HOSTS));
            whole(Fact.ORDER_VCPU, size.vcpu());
            whole(Fact.ORDER_MEMORY, size.memoryGib());
            whole(Fact.ORDER_STORAGE, size.storageGib());
            whole(
                    Fact.ORDER_GPUS,
                    order.amounts().resources().stream()
                            .filter(resource -> resource.base().equals("gpus"))
                            .mapToLong(order.amounts()::get)
                            .sum());
            largest(order.items());
            order.termMonths().ifPresent(months -> whole(Fact.ORDER_TERM, months));
            flag(Fact.ORDER_PUBLIC_ADDRESS, order.amounts().get(Resource.PUBLIC_IPS) > 0);
            put(
                    Fact.ORDER_EXTRAS,
                    new FactValue.Texts(
                            order.items().stream()
                                    .filter(Item.Namespace.class::isInstance)
                                    .map(Item.Namespace.class::cast)
                                    .flatMap(item -> item.extras().resources().stream())
                                    .map(Resource::code)
                                    .distinct()
                                    .toList()));
            put(Fact.POOL_ZONE, new FactValue.Text(order.pool().zone().code()));
            put(Fact.POOL_PROCESSOR, new FactValue.Text(order.pool().processor().code()));
        }

        private static String kind(Item item) {
            return switch (item) {
                case Item.Hosts _ -> "HOSTS";
                case Item.Namespace _ -> "NAMESPACE";
                case Item.Resize _ -> "RESIZE";
                case Item.Disk _ -> "DISK";
                case Item.Renewal _ -> "RENEWAL";
                case Item.Return _ -> "RETURN";
                case Item.Move _ -> "MOVE";
                case Item.NamespaceReturn _ -> "NAMESPACE_RETURN";
                case Item.ZoneChange _ -> "ZONE";
                case Item.QuotaRaise _ -> "QUOTA";
            };
        }

        private void largest(List<Item> items) {
            long vcpu = 0;
            long memory = 0;
            long storage = 0;
            for (var item : items) {
                switch (item) {
                    case Item.Hosts hosts -> {
                        vcpu = Math.max(vcpu, hosts.vcpu());
                        memory = Math.max(memory, hosts.memoryGib());
                        storage = Math.max(storage, hosts.diskGib());
                    }
                    case Item.Namespace namespace -> {
                        vcpu = Math.max(vcpu, namespace.cpu());
                        memory = Math.max(memory, namespace.memoryGib());
                        storage = Math.max(storage, namespace.storageGib());
                    }
                    case Item.Resize resize -> {
                        vcpu = Math.max(vcpu, resize.wanted().vcpu());
                        memory = Math.max(memory, resize.wanted().memoryGib());
                    }
                    case Item.Disk disk -> storage = Math.max(storage, disk.sizeGib());
                    case Item.Move move -> {
                        vcpu = Math.max(vcpu, move.subject().size().vcpu());
                        memory = Math.max(memory, move.subject().size().memoryGib());
                        storage = Math.max(storage, size(move.amounts()).storageGib());
                    }
                    case Item.Renewal _, Item.Return _ -> {}
                    case Item.NamespaceReturn _, Item.ZoneChange _, Item.QuotaRaise _ -> {}
                }
            }
            whole(Fact.ORDER_LARGEST_VCPU, vcpu);
            whole(Fact.ORDER_LARGEST_MEMORY, memory);
            whole(Fact.ORDER_LARGEST_STORAGE, storage);
        }

        void system(Optional<BusinessSystem> system) {
            flag(Fact.SYSTEM_REGISTERED, system.isPresent());
            system.ifPresent(found -> {
                whole(Fact.SYSTEM_MLPS_LEVEL, found.mlpsLevel());
                flag(Fact.SYSTEM_FILED, !found.mlpsFiling().isBlank());
            });
        }

        void granted(Check.Size size) {
            values.putAll(Gathering.granted(size, at));
        }

        void use(UnitRecords.Use use) {
            values.put(
                    Fact.UNIT_RANKED,
                    new Facts.Known(new FactValue.Flag(use.standing().isPresent()), use.at()));
            use.standing()
                    .ifPresent(standing -> {
                        values.put(
                                Fact.UNIT_GRADE,
                                new Facts.Known(new FactValue.Text(standing.grade()), use.at()));
                        values.put(
                                Fact.UNIT_SCORE,
                                new Facts.Known(new FactValue.Real(standing.score()), use.at()));
                    });
        }

        /** The least that is left at the levels of a kind; what has no bound there says nothing. */
        void left(List<Level> path, NodeRef.Kind kind, Collection<Resource> asked) {
            boolean ofUnit = kind == NodeRef.Kind.UNIT;
            least(path, kind, Resource.CPU::equals)
                    .ifPresent(free ->
                            whole(ofUnit ? Fact.UNIT_LEFT_VCPU : Fact.POOL_LEFT_VCPU, free / 1000));
            least(path, kind, Resource.MEMORY::equals)
                    .ifPresent(free ->
                            whole(
                                    ofUnit ? Fact.UNIT_LEFT_MEMORY : Fact.POOL_LEFT_MEMORY,
                                    free / GIB));
            least(path, kind, resource -> isStorage(resource) && asked.contains(resource))
                    .ifPresent(free ->
                            whole(
                                    ofUnit ? Fact.UNIT_LEFT_STORAGE : Fact.POOL_LEFT_STORAGE,
                                    free / GIB));
        }

        private static OptionalLong least(
                List<Level> path, NodeRef.Kind kind, Predicate<Resource> of) {
            return path.stream()
                    .filter(level -> level.node().kind() == kind)
                    .flatMap(level -> level.rows().stream())
                    .filter(row -> of.test(row.resource()))
                    .map(Level.Row::free)
                    .filter(OptionalLong::isPresent)
                    .mapToLong(OptionalLong::getAsLong)
                    .min();
        }
    }
}
