/** The monthly ranking of units. */
@NamedInterface("ranking")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.ranking;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
