/** JUnit 5 extension, store contract kit and transcript runner. */
@NullMarked
package org.posthorn.testkit;

import org.jspecify.annotations.NullMarked;
