package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.util.List;

/** Who keeps the quota of a run: ours, or one that it is compared with. */
interface Governor extends AutoCloseable {

    String name();

    /** Makes the namespaces, ready to take pods; of number n at place n. */
    List<Site> open() throws Exception;

    /** Ends at once, as by a power failure. */
    void die() throws Exception;

    /** Is started again. */
    void revive() throws Exception;

    /** When which namespace was given more. */
    List<Grant> grants();

    @Override
    void close() throws IOException;
}
