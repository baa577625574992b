package io.yuntai.onboarding.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs each call in a transaction, as Spring's proxy does where there is a container. */
final class InTransactions {

    private InTransactions() {}

    static LeaseBook of(LeaseBook book, TransactionTemplate transaction) {
        return (LeaseBook)
                Proxy.newProxyInstance(
                        LeaseBook.class.getClassLoader(),
                        new Class<?>[] {LeaseBook.class},
                        (_, method, arguments) ->
                                transaction.execute(_ -> {
                                    try {
                                        return method.invoke(book, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw new IllegalStateException(e.getCause());
                                    } catch (IllegalAccessException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }));
    }
}
