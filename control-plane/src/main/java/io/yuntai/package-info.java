/** The control plane: one process, put together here. */
@NullMarked
@CheckReturnValue
package io.yuntai;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
