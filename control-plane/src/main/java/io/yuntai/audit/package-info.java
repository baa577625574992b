/** The audit log. */
@NullMarked
@CheckReturnValue
package io.yuntai.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
