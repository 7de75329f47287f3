package org.posthorn.testkit.store;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;
import org.posthorn.store.QuotaPolicy;

/**
 * What every store owes, as tests: extend this class, say how a store is opened, and run it.
 *
 * <pre>{@code
 * class MyStoreTest extends StoreContract {
 *   @Override
 *   protected MailStore openStore() {
 *     return MyStore.at(directory);
 *   }
 * }
 * }</pre>
 *
 * <p>A fresh store is opened for each test. Tests of what survives a restart run where {@link
 * #reopenStore} is given, those of a facet or a {@link org.posthorn.store.Promise} where the store
 * declares it; else they are reported as skipped. At the end the run prints what the store promises
 * and how many checks of each part it keeps.
 */
@ExtendWith(PromiseReport.class)
public abstract class StoreContract
    implements AccountCrashContract,
        AclContract,
        AppendContract,
        BodyContract,
        ChangesContract,
        ConcurrencyContract,
        CrashContract,
        DirectoryContract,
        DurabilityContract,
        ExpungeContract,
        FlagsContract,
        HeldBodyContract,
        HintsContract,
        HistoryContract,
        IdentitiesContract,
        LeaseContract,
        MailboxContract,
        MetadataContract,
        NamesContract,
        QuotaContract,
        RenameContract,
        RestorationContract,
        RestoredMailContract,
        SearchIndexContract,
        SharedBodyContract,
        StatusContract,
        TransferContract {
  private Optional<TestedStore> tested = Optional.empty();

  /**
   * The policy that a store with {@link org.posthorn.store.Quotas} is to be opened with, so that
   * shared roots are tested.
   */
  protected final QuotaPolicy quotaPolicy() {
    return QuotaContract.POLICY;
  }

  /** Opens an empty store. */
  protected abstract MailStore openStore() throws Exception;

  /**
   * Opens the store that {@link #openStore} gave in the same test, after it was closed. A store
   * that keeps nothing leaves this as it is; one that promises {@link Promise#DURABLE} fails
   * without.
   */
  protected Optional<MailStore> reopenStore() throws Exception {
    return Optional.empty();
  }

  /**
   * Opens one more store over the data of the one that {@link #openStore} gave in the same test, as
   * another process would; it is made to die in the middle of its work. That one is closed
   * meanwhile where it promises {@link Promise#HINTS_ALL}, and opened by {@link #reopenStore}
   * afterwards. A store that promises nothing about crashes may leave this as it is; one that is
   * DURABLE and promises ATOMIC_MOVE or ATOMIC_ACROSS_ACCOUNTS fails without.
   */
  protected Optional<CrashingStore> openCrashingStore() throws Exception {
    return Optional.empty();
  }

  /** Creates an account; needed from a store without {@link AccountDirectory}. */
  protected void createAccount(MailStore store, String account) throws Exception {
    store.facet(AccountDirectory.class).orElseThrow().create(account);
  }

  /** Messages in the tests of large mailboxes. */
  @Override
  public int largeMailbox() {
    return 100_000;
  }

  /** How many random histories are tried. */
  @Override
  public int histories() {
    return Boolean.getBoolean("posthorn.soak") ? 500 : 20;
  }

  @Override
  public final TestedStore tested() {
    return tested.orElseThrow();
  }

  @BeforeEach
  final void openTestedStore() throws Exception {
    tested =
        Optional.of(
            new TestedStore(
                openStore(), this::reopenStore, this::openCrashingStore, this::createAccount));
  }

  /** What the store of the running test promises. */
  final Optional<Set<Promise>> declared() {
    return tested.map(TestedStore::promises);
  }

  @AfterEach
  final void closeTestedStore() throws Exception {
    if (tested.isPresent()) {
      tested.get().close();
    }
  }
}
