package io.yuntai.audit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a command is called in the audit. The service that carries it out writes the row; the border
 * writes one when it does not come to that.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AuditAction {

    /** A verb of the audit's vocabulary, such as {@code application.approve}. */
    String value();

    /** What kind of thing it is done to, such as {@code application}; its path has the id. */
    String target();
}
