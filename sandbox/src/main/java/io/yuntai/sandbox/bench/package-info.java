/**
 * Benchmarks: each states what it measures, takes turns with a baseline in the same run, and says
 * whether its target holds.
 */
@NullMarked
@CheckReturnValue
package io.yuntai.sandbox.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
