/** The quota ledger: transfers and balances in PostgreSQL. */
@NamedInterface("ledger")
@NullMarked
@CheckReturnValue
package io.yuntai.onboarding.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
