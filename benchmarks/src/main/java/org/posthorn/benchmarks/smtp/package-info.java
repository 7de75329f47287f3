/** Dots in SMTP and POP3. */
@NullMarked
package org.posthorn.benchmarks.smtp;

import org.jspecify.annotations.NullMarked;
