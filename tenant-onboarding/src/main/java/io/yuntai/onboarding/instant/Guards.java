package io.yuntai.onboarding.instant;

import java.util.List;

/**
 * What holds in every version, whatever it says beside: no document of a bureau can leave it out.
 */
public final class Guards {

    public static final List<Predicate> ALL =
            List.of(
                    new Predicate("not_suspended", "!unit.suspended"),
                    new Predicate("deliverable", "order.obstacle == ''"),
                    new Predicate("not_protected", "!protection.active"),
                    new Predicate("no_public_address", "!order.public_address"),
                    new Predicate("no_gpus", "order.gpus == 0"),
                    new Predicate("zone_stays", "!('ZONE' in order.kinds)"),
                    new Predicate("unit_quota_stays", "!('QUOTA' in order.kinds)"),
                    new Predicate("no_extras", "size(order.extras) == 0"),
                    new Predicate("vcpu_not_split", "system.vcpu_30d <= limit.vcpu"),
                    new Predicate("memory_not_split", "system.memory_gib_30d <= limit.memory_gib"),
                    new Predicate(
                            "storage_not_split", "system.storage_gib_30d <= limit.storage_gib"));

    private Guards() {}

    static boolean isOne(String name) {
        return ALL.stream().anyMatch(guard -> guard.name().equals(name));
    }
}
