/** The reference store, in memory. */
@NullMarked
package org.posthorn.store.memory;

import org.jspecify.annotations.NullMarked;
