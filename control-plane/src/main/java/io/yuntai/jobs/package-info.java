/** Jobs on a schedule. */
@NullMarked
@CheckReturnValue
package io.yuntai.jobs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
