/** JMH benchmarks and the load generator. */
@NullMarked
package org.posthorn.benchmarks;

import org.jspecify.annotations.NullMarked;
