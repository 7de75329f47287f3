/** The store on Apache Cassandra: many servers on one cluster. */
@org.jspecify.annotations.NullMarked
package org.posthorn.store.cassandra;
