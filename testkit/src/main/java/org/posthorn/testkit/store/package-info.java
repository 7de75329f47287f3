/** The store contract kit: extend {@link org.posthorn.testkit.store.StoreContract}. */
@org.jspecify.annotations.NullMarked
package org.posthorn.testkit.store;
