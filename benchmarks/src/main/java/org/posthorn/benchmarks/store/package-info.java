/** How the cost of stores grows. */
@NullMarked
package org.posthorn.benchmarks.store;

import org.jspecify.annotations.NullMarked;
