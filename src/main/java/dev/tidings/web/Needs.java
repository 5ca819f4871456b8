package dev.tidings.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that a route needs. Every method of a resource has this, or {@code @PermitAll} where nobody is asked
 * who he is; a token does not open a route that has neither ({@link TokenFilter}), and a test finds such a route.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {

    /** The permission. */
    Permission value();

    /** Where the request names its organization. */
    Source organization() default Source.HEADER;

    /** Where a request names its organization. */
    enum Source {
        /** In {@link TenantContext#ORGANIZATION}: the filter looks whether the token covers it. */
        HEADER,
        /** In the body: the resource has to look, with {@link TenantContext#covers}. */
        BODY
    }
}
