/** What a server costs as a whole: memory for idle connections, time to start. */
@NullMarked
package org.posthorn.benchmarks.server;

import org.jspecify.annotations.NullMarked;
