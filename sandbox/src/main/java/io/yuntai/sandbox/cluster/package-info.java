/** A member cluster that is only played. */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox.cluster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
