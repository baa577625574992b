package io.yuntai.billing.metering;

import java.time.Instant;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was granted to which namespace for its containers, and when. */
@Service
public class NamespaceAllotments {

    private final NamespaceAllotmentStore store;

    NamespaceAllotments(NamespaceAllotmentStore store) {
        this.store = store;
    }

    /**
     * Records what a namespace is granted from a moment on; what it was before ends there. Nothing
     * at all ends it. Repeating is harmless; a moment before what is recorded last is taken for the
     * moment of that.
     */
    @Transactional
    public void record(NamespaceAllotment allotment, Instant from) {
        store.record(allotment, from);
    }
}
