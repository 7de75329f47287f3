/** The client's side of SASL mechanisms, for tests. */
@org.jspecify.annotations.NullMarked
package org.posthorn.testkit.sasl;
