/**
 * What stores have in common and need not write again: sharing, quotas, metadata. For their
 * authors.
 */
@org.jspecify.annotations.NullMarked
package org.posthorn.store.support;
