package io.yuntai.onboarding.kubernetes;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.Resource;

/** Server-side apply, in our name and over whoever else has written the same fields. */
final class Applying {

    private Applying() {}

    /**
     * Has a cluster hold an object as it is given; what others have added stays.
     *
     * <p>The server is not asked to warn of what it does not know, which would have it read each
     * object twice: nobody hears such warnings, and what it drops shows when it is compared.
     */
    @CanIgnoreReturnValue
    static <T> T apply(Resource<T> resource) {
        return resource.fieldValidation(Validation.IGNORE)
                .fieldManager(Labels.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }
}
