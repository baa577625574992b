/** Amounts, the quota tree, decisions and leases: pure, told the time, asking nobody. */
@NullMarked
@CheckReturnValue
package io.yuntai.quota;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
