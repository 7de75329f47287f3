package org.posthorn.relay;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.client.ClientSettings;

/** The process to be killed: puts mail into the queue without end, and the queue sends it. */
public final class SendingProcess {
  private SendingProcess() {}

  /** Arguments: directory, port of the server that takes the mail, name of the generation. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    NearServer near = new NearServer(folder);
    near.open(NearServer.QUICK, router(Integer.parseInt(arguments[1])));
    try (FileChannel journal =
        FileChannel.open(journal(folder), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      System.out.println("ready");
      for (int i = 0; ; i++) {
        String tag = arguments[2] + "-" + i;
        String message = "Subject: " + tag + "\r\n\r\n" + "x".repeat(60).concat("\r\n").repeat(40);
        near.send(NearServer.ALICE, MailParameters.NONE, Map.of(), message, tag + "@far.example");
        // One write: the operating system keeps it when the process is killed.
        journal.write(ByteBuffer.wrap((tag + "\n").getBytes(StandardCharsets.US_ASCII)));
      }
    }
  }

  static Path journal(Path folder) {
    return folder.resolve("acknowledged");
  }

  static Router router(int port) {
    ClientSettings settings = ClientSettings.smtp("mx.own.example");
    return Router.smartHost(new Route.Hop("127.0.0.1", port, settings));
  }
}
