/** Runs protocol engines without I/O, threads or clocks. */
@org.jspecify.annotations.NullMarked
package org.posthorn.testkit.engine;
