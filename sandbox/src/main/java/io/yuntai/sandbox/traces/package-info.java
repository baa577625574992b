/** Measured use for the try-out: real traces spread over the hosts. */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox.traces;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
