package io.yuntai.sandbox.city;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A kind of body that a city has, and which systems such a body runs.
 *
 * @param name what it is called below a city's or a district's name
 * @param provinceName what it is called below a province's
 * @param districtRank how likely a district has one too: 1 first; empty: never
 */
record Bureau(
        String name,
        String provinceName,
        String slug,
        OptionalInt districtRank,
        List<SystemKind> systems) {

    /**
     * A kind of system.
     *
     * @param facesPublic whether people outside use it, so that it runs in the internet zone
     */
    record SystemKind(String name, String slug, boolean facesPublic) {

        private static SystemKind of(String text) {
            var parts = text.split(":", -1);
            boolean open = parts[1].endsWith("!");
            return new SystemKind(
                    parts[0], open ? parts[1].substring(0, parts[1].length() - 1) : parts[1], open);
        }
    }

    Bureau {
        systems = List.copyOf(systems);
    }

    /** All kinds, those that every city has first. */
    static List<Bureau> all() {
        return SampleFile.rows("bureaus.csv").stream()
                .filter(row -> !row.getFirst().equals("*"))
                .map(Bureau::of)
                .toList();
    }

    /** The systems that any body may run. */
    static List<SystemKind> common() {
        return SampleFile.rows("bureaus.csv").stream()
                .filter(row -> row.getFirst().equals("*"))
                .flatMap(row -> systems(row).stream())
                .toList();
    }

    private static Bureau of(List<String> row) {
        return new Bureau(
                row.get(0),
                row.get(1),
                row.get(2),
                row.get(3).isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(row.get(3))),
                systems(row));
    }

    private static List<SystemKind> systems(List<String> row) {
        return Arrays.stream(row.get(4).split(";", -1)).map(SystemKind::of).toList();
    }
}
