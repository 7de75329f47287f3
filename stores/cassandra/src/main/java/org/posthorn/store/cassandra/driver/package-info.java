/** What the driver makes for itself, by the names in its configuration. */
@org.jspecify.annotations.NullMarked
package org.posthorn.store.cassandra.driver;
