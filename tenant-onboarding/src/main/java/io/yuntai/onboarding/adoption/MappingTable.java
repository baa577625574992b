package io.yuntai.onboarding.adoption;

import java.util.List;

/** The findings' file: what is exported, and what is filled in. */
public final class MappingTable {

    /** In the place of a table's code, in faults. */
    public static final String CODE = "findings";

    /** What whoever adopts fills in: the system's code; its unit and the pool where he likes. */
    public static final List<String> FILLED_IN = List.of("system", "unit", "pool");

    /** The columns, in the order in which they are exported. */
    public static final List<String> COLUMNS =
            List.of(
                    "kind",
                    "cluster",
                    "namespace",
                    "host",
                    "hosts",
                    "vcpu",
                    "memory",
                    "since",
                    "system",
                    "unit",
                    "pool");

    static final List<String> REQUIRED = List.of("cluster", "namespace", "system");

    private MappingTable() {}
}
