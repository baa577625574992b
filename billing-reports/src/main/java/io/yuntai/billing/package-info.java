/** Metering and reports. */
@NullMarked
@CheckReturnValue
package io.yuntai.billing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
