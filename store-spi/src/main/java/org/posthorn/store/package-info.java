/** What an integrator implements to keep mail, and the values that cross that border. */
@org.jspecify.annotations.NullMarked
package org.posthorn.store;
