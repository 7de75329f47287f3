/** How long mail and unused accounts are kept. */
@NullMarked
package org.posthorn.retention;

import org.jspecify.annotations.NullMarked;
