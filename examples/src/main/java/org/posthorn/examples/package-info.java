/** Runnable compositions; the first one is the mail server of the README. */
@NullMarked
package org.posthorn.examples;

import org.jspecify.annotations.NullMarked;
