/** The chart, linted and rendered. */
@NullMarked
package io.yuntai.helm;

import org.jspecify.annotations.NullMarked;
