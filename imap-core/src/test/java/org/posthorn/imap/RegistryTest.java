package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.imap.command.Noop;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.store.memory.MemoryStore;

/** What an integrator hears about extensions that do not go together. */
class RegistryTest {
  private final MemoryStore store = MemoryStore.withAccounts();

  @AfterEach
  void close() {
    store.close();
  }

  private ImapService.Builder service() {
    return ImapService.builder().store(store).authenticator(new MemoryAuthenticator());
  }

  @Test
  void twoCommandsOfOneNameAreRefusedWhenTheServiceIsBuilt() {
    ImapService.Builder builder = service().extension(Extension.of("X-NOOP", new Noop()));
    Exception refusal = assertThrows(IllegalArgumentException.class, builder::build);
    assertEquals("two commands are called NOOP", refusal.getMessage());
  }

  @Test
  void theStandardExtensionsAgree() {
    assertEquals(
        service().build().registry().vocabulary().commands().names(),
        service().extension(Extension.of("X-NOTHING")).build().registry().commandNames());
  }
}
