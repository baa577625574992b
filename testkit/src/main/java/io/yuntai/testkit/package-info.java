/** Real servers on one machine. */
@NullMarked
@CheckReturnValue
package io.yuntai.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
