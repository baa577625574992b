package io.yuntai.sandbox.city;

import java.util.Arrays;
import java.util.List;

/**
 * Where a city is, and how large.
 *
 * @param top the region that is all of it
 * @param province whether its own bodies are named as those of a province
 * @param mailDomain of its people's addresses, under a name that never resolves
 * @param phonePrefix the area code
 */
record Territory(
        String code,
        int units,
        int systems,
        int hosts,
        Area top,
        boolean province,
        String mailDomain,
        String phonePrefix,
        List<Area> districts) {

    /**
     * A region.
     *
     * @param code GB/T 2260
     * @param slug its name in Latin letters
     */
    record Area(String code, String name, String slug) {}

    Territory {
        districts = List.copyOf(districts);
    }

    static Territory of(City city) {
        return SampleFile.rows("cities.csv").stream()
                .filter(row -> row.get(0).equals(city.code()))
                .map(Territory::of)
                .findFirst()
                .orElseThrow();
    }

    private static Territory of(List<String> row) {
        return new Territory(
                row.get(0),
                Integer.parseInt(row.get(1)),
                Integer.parseInt(row.get(2)),
                Integer.parseInt(row.get(3)),
                new Area(row.get(4), row.get(5), row.get(0)),
                row.get(6).equals("province"),
                row.get(7),
                row.get(8),
                Arrays.stream(row.get(9).split(" ", -1)).map(Territory::area).toList());
    }

    private static Area area(String text) {
        var parts = text.split(":", -1);
        return new Area(parts[0], parts[1], parts[2]);
    }
}
