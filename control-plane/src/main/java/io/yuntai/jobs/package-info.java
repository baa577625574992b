/** Jobs on a schedule, what came of them, and runs that somebody asks for. */
@NullMarked
@CheckReturnValue
package io.yuntai.jobs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
