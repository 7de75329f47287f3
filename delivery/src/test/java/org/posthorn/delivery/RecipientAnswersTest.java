package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.MailStore;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;

/** What is said at RCPT. */
class RecipientAnswersTest {
  @TempDir Path folder;
  private final MailStore store = fullBeyond(1_000, MemoryStore.withAccounts("alice", "mallory"));

  /** A store whose accounts have so many octets left. */
  private static MailStore fullBeyond(long octets, MailStore store) {
    Quotas quotas =
        proxy(
            Quotas.class,
            (method, arguments) -> {
              if (method.getName().equals("check")
                  && ((org.posthorn.store.QuotaUse) arguments[1]).storage() > octets) {
                throw new StoreException(StoreException.Code.OVER_QUOTA, "storage");
              }
              return null;
            });
    return proxy(
        MailStore.class,
        (method, arguments) ->
            method.getName().equals("facet") && arguments[0] == Quotas.class
                ? Optional.of(quotas)
                : method.invoke(store, arguments));
  }

  private interface Answer {
    Object to(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return answer.to(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private DeliveryBuilder builder() {
    return LocalDelivery.into(store, "mx.example.org")
        .domains(Set.of("example.org"))
        .accountPolicy(
            (peer, sender, account) ->
                account.equals("mallory")
                    ? Optional.of(new Verdict(550, "5.2.1", "Account disabled"))
                    : Optional.empty())
        .spool(folder, 1 << 10);
  }

  private static String rcpt(LocalDelivery delivery, String recipient, long size) throws Exception {
    try (Transaction transaction = delivery.begin(Deliveries.peer(SmtpRole.MX))) {
      transaction.from(
          Deliveries.from(Deliveries.SENDER),
          new MailParameters(size < 0 ? Map.of() : Map.of("SIZE", Long.toString(size))));
      return Deliveries.shown(
          transaction.recipients(List.of(Recipient.of(Deliveries.address(recipient)))).get(0));
    }
  }

  @Test
  void whoIsUnknownDisabledOrFull() throws Exception {
    LocalDelivery delivery = builder().build();
    assertEquals("550 5.1.1", rcpt(delivery, "nobody@example.org", -1));
    assertEquals("550 5.2.1", rcpt(delivery, "mallory@example.org", -1));
    assertEquals("250 2.1.5", rcpt(delivery, "alice@example.org", -1));
    assertEquals("250 2.1.5", rcpt(delivery, "alice@example.org", 1_000));
    assertEquals("452 4.2.2", rcpt(delivery, "alice@example.org", 1_001));
  }

  @Test
  void aFullMailboxMayBeRefusedForGood() throws Exception {
    LocalDelivery delivery = builder().overQuota(new Verdict(552, "5.2.2", "Mailbox full")).build();
    assertEquals("552 5.2.2", rcpt(delivery, "alice@example.org", 1_001));
  }
}
