package io.yuntai.sandbox.city;

import io.yuntai.onboarding.unit.Login;
import io.yuntai.sandbox.city.CityPlan.Person;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes up people: each with a login of its own, written as the name sounds. */
final class People {

    private record Part(String written, String spoken) {

        static List<Part> list(String kind) {
            return SampleFile.rows("people.csv").stream()
                    .filter(row -> row.getFirst().equals(kind))
                    .flatMap(row -> Arrays.stream(row.get(1).split(" ", -1)))
                    .map(text -> text.split(":", -1))
                    .map(pair -> new Part(pair[0], pair[1]))
                    .toList();
        }
    }

    private final List<Part> surnames = Part.list("surnames");
    private final List<Part> given = Part.list("given");
    private final Map<String, Integer> namesakes = new HashMap<>();
    private final RandomGenerator random;
    private final Territory territory;
    private int phone;

    People(Territory territory, RandomGenerator random) {
        this.territory = territory;
        this.random = random;
    }

    Person next() {
        var surname = surnames.get(random.nextInt(surnames.size()));
        var name = given.get(random.nextInt(given.size()));
        String spoken = surname.spoken() + name.spoken();
        int number = namesakes.merge(spoken, 1, Integer::sum);
        String login = number == 1 ? spoken : spoken + number;
        return new Person(
                new Login(login),
                surname.written() + name.written(),
                // No number of a telephone in use begins with 0.
                "%s-0%06d".formatted(territory.phonePrefix(), ++phone),
                login + "@" + territory.mailDomain());
    }
}
