/** What an integrator implements to keep mail, and the values it speaks in. */
@NullMarked
package org.posthorn.store;

import org.jspecify.annotations.NullMarked;
