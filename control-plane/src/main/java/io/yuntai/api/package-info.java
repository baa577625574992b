/** The HTTP API. */
@NullMarked
@CheckReturnValue
package io.yuntai.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
