/** What hosts cost: price books, proposed by one, approved by another, and never changed after. */
@NamedInterface("price")
@NullMarked
@CheckReturnValue
package io.yuntai.billing.price;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
