package io.yuntai.sandbox.tryout;

import io.yuntai.sandbox.city.CityPlan;
import io.yuntai.sandbox.city.CityPlan.Person;
import io.yuntai.security.Role;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who can sign in to the try-out.
 *
 * @param unit empty for the platform, the bureau and experts
 */
public record SampleUser(Role role, String login, String name, String unit, String password) {

    /** Without those that look like another. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Some of each role, with new passwords: staff and owners of two units, so that one can
     * compare, two operators and two of the bureau, for nobody carries out or approves what he has
     * proposed, and an expert.
     */
    static List<SampleUser> of(CityPlan city) {
        var users = new ArrayList<SampleUser>();
        for (var unit : city.units().subList(0, 2)) {
            users.add(user(Role.UNIT_STAFF, unit.staff(), unit.name()));
            users.add(user(Role.UNIT_OWNER, unit.owner(), unit.name()));
        }
        users.add(user(Role.PLATFORM_OPERATOR, city.operator(), ""));
        users.add(user(Role.PLATFORM_OPERATOR, city.secondOperator(), ""));
        users.add(user(Role.BUREAU, city.bureau(), ""));
        users.add(user(Role.BUREAU, city.secondBureau(), ""));
        users.add(user(Role.EXPERT, city.expert(), ""));
        return users;
    }

    private static SampleUser user(Role role, Person person, String unit) {
        return new SampleUser(role, person.login().value(), person.name(), unit, newPassword());
    }

    /** Twelve letters of 31 in three groups: 59 bits. */
    private static String newPassword() {
        var password = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            if (i > 0 && i % 4 == 0) {
                password.append('-');
            }
            password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    /** One line of a file. */
    String line() {
        return String.join("\t", role.code(), login, password, name, unit);
    }

    static SampleUser ofLine(String line) {
        var fields = line.split("\t", -1);
        return new SampleUser(new Role(fields[0]), fields[1], fields[3], fields[4], fields[2]);
    }

    /** One line of a table for people. */
    public String shown() {
        String kind =
                switch (role.code()) {
                    case "UNIT_STAFF" -> "unit staff";
                    case "UNIT_OWNER" -> "unit owner";
                    case "PLATFORM_OPERATOR" -> "platform operator";
                    case "EXPERT" -> "expert";
                    default -> "bureau";
                };
        String who = unit.isEmpty() ? name : name + ", " + unit;
        return "  %-18s %-16s %-16s %s".formatted(kind, login, password, who);
    }
}
