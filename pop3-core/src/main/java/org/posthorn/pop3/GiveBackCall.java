package org.posthorn.pop3;

import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/**
 * Gives the maildrop back before QUIT is answered, so that who comes again at once does not find it
 * locked.
 */
record GiveBackCall(Maildrop maildrop) implements StoreCall<Boolean> {
  @Override
  public Boolean invoke(CallContext context) throws StoreException {
    maildrop.close();
    return true;
  }

  @Override
  public Lane lane() {
    return Lane.STORE;
  }
}
