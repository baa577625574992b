package io.yuntai.onboarding.instant;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What rules may ask about. Each comes from our own data and none is typed by whoever applies;
 * memory and storage are counted in GiB.
 */
public enum Fact {
    ORDER_KINDS("order.kinds", Type.TEXTS),
    ORDER_ITEMS("order.items", Type.WHOLE),
    ORDER_HOSTS("order.hosts", Type.WHOLE),
    ORDER_VCPU("order.vcpu", Type.WHOLE),
    ORDER_MEMORY("order.memory_gib", Type.WHOLE),
    ORDER_STORAGE("order.storage_gib", Type.WHOLE),
    ORDER_GPUS("order.gpus", Type.WHOLE),
    /** Of the largest single host, or of the namespace, that is asked for. */
    ORDER_LARGEST_VCPU("order.largest_vcpu", Type.WHOLE),
    ORDER_LARGEST_MEMORY("order.largest_memory_gib", Type.WHOLE),
    ORDER_LARGEST_STORAGE("order.largest_storage_gib", Type.WHOLE),
    /** Missing where no host is to be made: nothing else has a term. */
    ORDER_TERM("order.term_months", Type.WHOLE),
    ORDER_PUBLIC_ADDRESS("order.public_address", Type.FLAG),
    /** What a namespace is asked for beside processors, memory and storage, by code. */
    ORDER_EXTRAS("order.extras", Type.TEXTS),
    /** Why it could not be delivered now, as a code; empty: nothing is in its way. */
    ORDER_OBSTACLE("order.obstacle", Type.TEXT),
    POOL_ZONE("pool.zone", Type.TEXT),
    POOL_PROCESSOR("pool.processor", Type.TEXT),
    SYSTEM_REGISTERED("system.registered", Type.FLAG),
    SYSTEM_MLPS_LEVEL("system.mlps_level", Type.WHOLE),
    /** Whether the register has the number of its filing for multi-level protection. */
    SYSTEM_FILED("system.filed", Type.FLAG),
    /** Granted to the system without a human within 30 days, this order included. */
    SYSTEM_VCPU_30D("system.vcpu_30d", Type.WHOLE),
    SYSTEM_MEMORY_30D("system.memory_gib_30d", Type.WHOLE),
    SYSTEM_STORAGE_30D("system.storage_gib_30d", Type.WHOLE),
    /** Left at the unit after everything that is granted or locked, this order included. */
    UNIT_LEFT_VCPU("unit.left_vcpu", Type.WHOLE),
    UNIT_LEFT_MEMORY("unit.left_memory_gib", Type.WHOLE),
    /** Of the storage class of which the least is left, among those that are asked for. */
    UNIT_LEFT_STORAGE("unit.left_storage_gib", Type.WHOLE),
    POOL_LEFT_VCPU("pool.left_vcpu", Type.WHOLE),
    POOL_LEFT_MEMORY("pool.left_memory_gib", Type.WHOLE),
    POOL_LEFT_STORAGE("pool.left_storage_gib", Type.WHOLE),
    /** Whether the last ranking has a place for the unit. */
    UNIT_RANKED("unit.ranked", Type.FLAG),
    /** A to D; missing when the unit is not ranked. */
    UNIT_GRADE("unit.grade", Type.TEXT),
    /** 0 to 100; missing when the unit is not ranked. */
    UNIT_SCORE("unit.score", Type.REAL),
    UNIT_RECLAIM_OVERDUE("unit.reclaim_overdue", Type.FLAG),
    /** Whether an audit of an earlier pass has failed and the bureau has not lifted it yet. */
    UNIT_SUSPENDED("unit.suspended", Type.FLAG),
    PROTECTION_PERIOD("protection.active", Type.FLAG);

    /** What a fact is. */
    public enum Type {
        FLAG,
        WHOLE,
        REAL,
        TEXT,
        TEXTS
    }

    private final String code;
    private final Type type;

    Fact(String code, Type type) {
        this.code = code;
        this.type = type;
    }

    /** As expressions name it. */
    public String code() {
        return code;
    }

    public Type type() {
        return type;
    }

    static Optional<Fact> of(String code) {
        return Stream.of(values()).filter(fact -> fact.code.equals(code)).findAny();
    }
}
