package org.posthorn.delivery;

import java.util.List;
import org.posthorn.smtp.Recipient;

/**
 * An accepted recipient and all the places where its mail goes.
 *
 * @param places Local, Remote and Forward only
 */
record Target(Recipient recipient, List<Resolution> places) {
  Target {
    places = List.copyOf(places);
  }
}
