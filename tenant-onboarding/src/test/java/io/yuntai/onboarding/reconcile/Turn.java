package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.system.SystemId;

/** One turn of the reconciler, for tests that take them by hand. */
public final class Turn {

    private Turn() {}

    /** Whether the clusters now hold what the database says. */
    public static boolean take(SystemReconciler reconciler, SystemId system) {
        return reconciler.reconcile(system);
    }
}
