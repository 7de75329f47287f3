/**
 * Three nodes, two servers and a mixed load while nodes fail: {@link
 * org.posthorn.store.cassandra.faults.FaultsSoakTest}. What happened is written down, and {@link
 * org.posthorn.store.cassandra.faults.HistoryChecker} judges it, then or later.
 */
package org.posthorn.store.cassandra.faults;
