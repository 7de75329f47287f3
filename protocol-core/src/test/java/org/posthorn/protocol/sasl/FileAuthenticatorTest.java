package org.posthorn.protocol.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Secret;
import org.posthorn.store.StoreException;

class FileAuthenticatorTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("users");
  }

  private static boolean in(Authenticator users, String name, String password)
      throws StoreException {
    LoginAttempt attempt =
        new LoginAttempt(
            new ConnectionInfo("1", "t", HERE, HERE, false, false), "t", true, "PLAIN", name, name);
    return users.verify(attempt, Secret.of(password)) instanceof LoginDecision.Granted;
  }

  @Test
  void usersSurviveARestart() throws Exception {
    new FileAuthenticator(file()).put("alice", Secret.of("secret"));
    FileAuthenticator again = new FileAuthenticator(file());
    assertTrue(in(again, "alice", "secret"));
    assertFalse(in(again, "alice", "wrong"));
    assertFalse(in(again, "bob", "secret"));
    assertTrue(again.scram("alice", ScramHash.SHA_256).isPresent());
    assertEquals(List.of("alice"), again.names());
  }

  @Test
  void madeUpSaltsSurviveARestart() throws Exception {
    FileAuthenticator first = new FileAuthenticator(file());
    first.put("alice", Secret.of("secret"));
    FileAuthenticator again = new FileAuthenticator(file());
    assertTrue(again.scram("nobody", ScramHash.SHA_256).isEmpty());
    assertEquals(first.decoy().secret(), again.decoy().secret());
    assertEquals(
        again.scram("alice", ScramHash.SHA_256).orElseThrow().iterations(),
        again.decoy().keys("nobody", ScramHash.SHA_256).iterations());
  }

  @Test
  void theFileIsReadAgainWhenItChanges() throws Exception {
    FileAuthenticator users = new FileAuthenticator(file());
    assertFalse(in(users, "alice", "secret"));
    new FileAuthenticator(file()).put("alice", Secret.of("secret"));
    assertTrue(in(users, "alice", "secret"));
    assertTrue(new FileAuthenticator(file()).remove("alice"));
    assertFalse(in(users, "alice", "secret"));
    assertFalse(users.remove("alice"));
  }

  @Test
  void bothFormsOfAPasswordAreKept() throws Exception {
    FileAuthenticator users = new FileAuthenticator(file(), List.of(CredentialTest.REVERSED));
    users.put("alice", Secret.of("secret"));
    assertTrue(Files.readString(file()).contains("$reversed$terces"));
    assertTrue(in(users, "alice", "secret"));
    assertFalse(in(users, "bob", "secret"));
  }

  @Test
  void rewritingLeavesNothingElseInTheFolder() throws Exception {
    FileAuthenticator users = new FileAuthenticator(file());
    users.put("alice", Secret.of("a"));
    users.put("bob", Secret.of("b"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void aBrokenFileIsAFaultNotARefusal() throws Exception {
    Files.writeString(file(), "alice:" + "pencil" + "\n");
    FileAuthenticator users = new FileAuthenticator(file());
    StoreException e = assertThrows(StoreException.class, () -> in(users, "alice", "pencil"));
    assertEquals(StoreException.Code.UNAVAILABLE, e.code());
    assertInstanceOf(IOException.class, e.getCause());
    assertFalse(String.valueOf(e.getCause().getMessage()).contains("pencil"));
  }

  @Test
  void namesThatWouldBreakTheFileAreRefused() {
    FileAuthenticator users = new FileAuthenticator(file());
    for (String name : List.of("", "#a", "a:b", "a\nb")) {
      assertThrows(IllegalArgumentException.class, () -> users.put(name, Secret.of("x")));
    }
  }

  /** Every hash that is made or compared, in a process that has just begun and later. */
  private List<Integer> costs(String name) throws Exception {
    AtomicInteger hashed = new AtomicInteger();
    PasswordHash counted =
        new PasswordHash() {
          @Override
          public String hash(Secret password) {
            hashed.incrementAndGet();
            return CredentialTest.REVERSED.hash(password);
          }

          @Override
          public boolean recognises(String hash) {
            return CredentialTest.REVERSED.recognises(hash);
          }

          @Override
          public boolean matches(Secret password, String hash) {
            hashed.incrementAndGet();
            return CredentialTest.REVERSED.matches(password, hash);
          }
        };
    FileAuthenticator users = new FileAuthenticator(file(), List.of(counted));
    List<Integer> costs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      assertFalse(in(users, name, "wrong"));
      costs.add(hashed.getAndSet(0));
    }
    return costs;
  }

  @Test
  void anUnknownUserCostsWhatAWrongPasswordCosts() throws Exception {
    new FileAuthenticator(file(), List.of(CredentialTest.REVERSED))
        .put("alice", Secret.of("secret"));
    assertEquals(costs("alice"), costs("nobody"));
    assertEquals(1, costs("nobody").get(2));
  }
}
