/** JUnit 5 extension: a whole mail server in a test. */
@NullMarked
package org.posthorn.testkit.junit;

import org.jspecify.annotations.NullMarked;
