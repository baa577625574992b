package io.yuntai.onboarding.kubernetes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Work that is done beside other work, by threads that are there for no longer than this: while one
 * list waits for its next page another is taken apart. Closing it waits for all that was begun.
 */
public final class Beside implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Begins something; whoever wants its outcome waits for it, and is thrown what it has thrown.
     */
    public <T> Supplier<T> begin(Supplier<T> work) {
        var begun = CompletableFuture.supplyAsync(work, threads);
        return () -> {
            try {
                return begun.join();
            } catch (CompletionException e) {
                switch (e.getCause()) {
                    case RuntimeException thrown -> throw thrown;
                    case Error thrown -> throw thrown;
                    case null, default -> throw e;
                }
            }
        };
    }

    @Override
    public void close() {
        threads.close();
    }
}
