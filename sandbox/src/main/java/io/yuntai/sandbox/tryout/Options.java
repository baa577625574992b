package io.yuntai.sandbox.tryout;

import io.yuntai.sandbox.city.City;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param city empty: the one that the data are of, else {@link City#JIANGMEN}
 * @param kubernetes empty: as before, else simulated
 * @param fresh whether to forget what was kept
 * @param users whether only to print the sample users
 * @param prepare whether only to make the city, and end
 * @param data where everything is kept
 */
public record Options(
        Optional<City> city,
        Optional<Kubernetes> kubernetes,
        int port,
        boolean fresh,
        boolean users,
        boolean prepare,
        Path data) {

    private static final int PORT = 8080;

    /** In the folder that it is started from: that of the checkout. */
    private static final Path DATA = Path.of(".yuntai");

    /**
     * Reads {@code --name value} and {@code --name=value}.
     *
     * @throws CannotStart when it cannot be read
     */
    public static Options read(List<String> words) throws CannotStart {
        var left = new ArrayDeque<String>();
        for (String word : words) {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            if (equals < 0) {
                left.add(word);
            } else {
                left.add(word.substring(0, equals));
                left.add(word.substring(equals + 1));
            }
        }
        Optional<City> city = Optional.empty();
        Optional<Kubernetes> kubernetes = Optional.empty();
        int port = PORT;
        boolean fresh = false;
        boolean users = false;
        boolean prepare = false;
        Path data = DATA;
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--city" -> city = Optional.of(city(value(option, left)));
                case "--kubernetes" -> kubernetes = Optional.of(kubernetes(value(option, left)));
                case "--port" -> port = port(value(option, left));
                case "--data" -> data = path(option, value(option, left));
                case "--fresh" -> fresh = true;
                case "--users" -> users = true;
                case "--prepare" -> prepare = true;
                default ->
                        throw CannotStart.usage(
                                "there is no option '%s'; there are --city, --kubernetes, --port,"
                                                .formatted(option)
                                        + " --fresh, --users, --data");
            }
        }
        return new Options(
                city, kubernetes, port, fresh, users, prepare, data.toAbsolutePath().normalize());
    }

    private static String value(String option, ArrayDeque<String> left) throws CannotStart {
        String value = left.poll();
        if (value == null || value.isEmpty() || value.startsWith("--")) {
            throw CannotStart.usage(option + " needs a value");
        }
        return value;
    }

    private static City city(String text) throws CannotStart {
        return City.of(text)
                .orElseThrow(() ->
                        CannotStart.usage(
                                "there is no city '%s'; there are %s"
                                        .formatted(text, City.codes())));
    }

    private static Kubernetes kubernetes(String text) throws CannotStart {
        return Kubernetes.of(path("--kubernetes", text).toString());
    }

    private static int port(String text) throws CannotStart {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        }
        throw CannotStart.usage("--port takes a number from 1 to 65535, not '%s'".formatted(text));
    }

    private static Path path(String option, String text) throws CannotStart {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw CannotStart.usage("%s takes a path, not '%s'".formatted(option, text));
        }
    }
}
