/** Parsing and decoding messages, beside mime4j, Angus Mail, commons-codec and the JDK. */
@NullMarked
package org.posthorn.benchmarks.mime;

import org.jspecify.annotations.NullMarked;
