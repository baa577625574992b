package io.yuntai.sandbox.signin;

import java.util.List;
import java.util.Map;

/**
 * Who may sign in.
 *
 * @param port the try-out's own
 * @param hashes by login, BCrypt
 * @param shown what the page tells of them
 */
public record SampleLogins(int port, Map<String, String> hashes, List<Shown> shown) {

    /**
     * A sample user as the page shows him.
     *
     * @param role a role's code
     * @param unit may be empty
     */
    public record Shown(String login, String role, String unit) {}

    public SampleLogins {
        hashes = Map.copyOf(hashes);
        shown = List.copyOf(shown);
    }

    String issuer() {
        return "http://127.0.0.1:" + port;
    }
}
