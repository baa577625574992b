package io.yuntai.testkit;

import java.util.Map;
import org.opentest4j.TestAbortedException;

/** What a test needs of the machine it runs on. */
public final class Requirement {

    private Requirement() {}

    /**
     * Says that a test cannot run here. On a developer's machine the test counts as skipped, with
     * the reason; where the environment has {@code CI=true} it fails, so that nobody takes a test
     * that never ran for one that passed.
     *
     * @param reason one line: what is missing and what to install
     * @return the exception to throw
     * @throws AssertionError with {@code CI=true}
     */
    public static TestAbortedException missing(String reason) {
        return missing(reason, System.getenv());
    }

    static TestAbortedException missing(String reason, Map<String, String> environment) {
        if ("true".equals(environment.get("CI"))) {
            throw new AssertionError(reason);
        }
        return new TestAbortedException(reason);
    }
}
