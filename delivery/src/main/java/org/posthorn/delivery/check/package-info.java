/** Checks of mail between a client and the handler: viruses, spam, whatever a milter knows. */
@NullMarked
package org.posthorn.delivery.check;

import org.jspecify.annotations.NullMarked;
