/** Tells billing what onboarding did: the one place where the two meet. */
@NullMarked
@CheckReturnValue
package io.yuntai.metering;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
