/** Servers for the load generator: Posthorn, the floor, and peers that are Java libraries. */
@NullMarked
package org.posthorn.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
