/** What is said of a host by what it used: idle, too large, too small; and on what evidence. */
@NamedInterface("verdict")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.verdict;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
