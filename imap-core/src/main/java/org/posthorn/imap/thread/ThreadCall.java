package org.posthorn.imap.thread;

import java.util.List;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** Makes threads of the messages of a table, which nobody uses meanwhile. */
record ThreadCall(ThreadAlgorithm algorithm, ThreadTable table, long steps)
    implements StoreCall<List<ThreadNode>> {

  @Override
  public Lane lane() {
    return Lane.CPU;
  }

  @Override
  public List<ThreadNode> invoke(CallContext context) throws StoreException {
    return algorithm.thread(table, new Work(context, steps));
  }
}
