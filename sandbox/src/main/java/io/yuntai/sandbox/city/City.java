package io.yuntai.sandbox.city;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sample cities: their sizes are those of real reports, their units and people are made up. */
public enum City {
    /** 105 units, 302 systems. */
    JIANGMEN,
    /** 71 units, 599 systems, 8,350 hosts. */
    SHENZHEN,
    /** A province: 96 units, 594 systems, 18,138 hosts. */
    SHANXI;

    /** As the command line calls it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<City> of(String code) {
        return Arrays.stream(values()).filter(city -> city.code().equals(code)).findFirst();
    }

    /** All codes, for a message. */
    public static String codes() {
        return Arrays.stream(values()).map(City::code).collect(Collectors.joining(", "));
    }

    /** Everything about it; the same at every call. */
    public CityPlan plan() {
        return new CityPlanner(Territory.of(this)).plan();
    }
}
