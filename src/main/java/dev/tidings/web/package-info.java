/**
 * HTTP manners that resources share: problem+json, tenant, paging, entity tags.
 */
@NullMarked
package dev.tidings.web;

import org.jspecify.annotations.NullMarked;
