/** Serves the console. */
@NullMarked
@CheckReturnValue
package io.yuntai.console;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
