/** That what was allocated adds up from month to month. */
@NamedInterface("reconciliation")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.reconciliation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
