/** What is published of a month: frozen, digested, signed, and verified without the server. */
@NamedInterface("report")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
