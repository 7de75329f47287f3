package org.posthorn.benchmarks.peers;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** GreenMail with the users that scenarios ask for. */
public final class GreenMailPeer {
  private static final int USERS = 20;

  private GreenMailPeer() {}

  /**
   * Prints the ports and serves until the process ends.
   *
   * @param args ports of IMAP, POP3 and SMTP or 0
   */
  public static void main(String[] args) throws InterruptedException {
    GreenMail server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(Integer.parseInt(args[0]), "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
              new ServerSetup(Integer.parseInt(args[1]), "127.0.0.1", ServerSetup.PROTOCOL_POP3),
              new ServerSetup(Integer.parseInt(args[2]), "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
            });
    for (int i = 0; i < USERS; i++) {
      server.setUser("bench" + i + "@example.com", "bench" + i, "secret");
      server.setUser("idle" + i + "@example.com", "idle" + i, "secret");
    }
    server.start();
    System.out.println(
        "ready "
            + server.getImap().getPort()
            + " "
            + server.getPop3().getPort()
            + " "
            + server.getSmtp().getPort());
    Thread.currentThread().join();
  }
}
