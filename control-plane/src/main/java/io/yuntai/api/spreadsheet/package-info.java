/** The register's files: XLSX and CSV, in the words of people, to and from neutral tables. */
@NamedInterface("spreadsheet")
@NullMarked
@CheckReturnValue
package io.yuntai.api.spreadsheet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
