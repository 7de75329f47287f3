package org.posthorn.imap.quota;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Identity;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;

/** RFC 9208 section 4.1.3: resources that are not named have no limit from then on. */
final class SetQuota implements Command {
  @Override
  public String name() {
    return "SETQUOTA";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** SP quota-root-name SP "(" [resource-name SP number64 *(SP ...)] ")". */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    in.expectSpace();
    String root = in.expectAstring().asUtf8();
    in.expectSpace();
    in.expect('(');
    QuotaLimits limits = QuotaLimits.UNLIMITED;
    boolean known = true;
    if (!in.accept(')')) {
      do {
        QuotaResource resource = resource(in.expectAtom().asAscii());
        in.expectSpace();
        long limit = in.expectNumber64();
        if (resource == null) {
          known = false;
        } else {
          limits = limits.with(resource, octets(resource, limit));
        }
      } while (in.acceptSpace());
      in.expect(')');
    }
    if (!known) {
      throw new Refused(ResponseCode.CANNOT, "No such resource");
    }
    return new Limits(root, limits);
  }

  private static @Nullable QuotaResource resource(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (QuotaResource resource : QuotaResource.values()) {
      if (resource.name().equals(upper)) {
        return resource;
      }
    }
    return null;
  }

  private static long octets(QuotaResource resource, long limit) {
    if (resource != QuotaResource.STORAGE) {
      return limit;
    }
    return Math.min(limit, Long.MAX_VALUE / QuotaResponse.UNIT) * QuotaResponse.UNIT;
  }

  private record Limits(String root, QuotaLimits limits) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new LimitsCall(Quota.of(session), session.account().identity(), root, limits),
          changed -> {
            QuotaResponse.write(session.out(), changed);
            session.ok("SETQUOTA completed");
          });
    }
  }

  private record LimitsCall(Quotas quotas, Identity who, String root, QuotaLimits limits)
      implements StoreCall<QuotaRoot> {
    @Override
    public QuotaRoot invoke(CallContext context) throws StoreException {
      return quotas.setLimits(who, root, limits);
    }
  }
}
