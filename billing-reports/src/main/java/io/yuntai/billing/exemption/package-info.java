/** Hosts that are not measured against others: why, until when, and who allowed it. */
@NamedInterface("exemption")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.exemption;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
