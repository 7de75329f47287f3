/** The POP3 engine. */
@NullMarked
package org.posthorn.pop3;

import org.jspecify.annotations.NullMarked;
