package org.posthorn.imap.append;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.command.Copies;
import org.posthorn.imap.limit.Allowance;
import org.posthorn.imap.url.MessageUrls;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.Appended;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.StoreException;

/** An APPEND of URLs alone: no literal comes, so that it is done in one call. */
record Catenation(AppendTarget target, List<AppendStep> steps) implements Request {
  @Override
  public void execute(Session session) {
    long messages = steps.stream().filter(AppendStep.Begin.class::isInstance).count();
    ResponseCode refusal = Allowance.refusalToSave(session, messages);
    if (refusal != null) {
      session.no(refusal, "Too many messages in one command");
      return;
    }
    MessageUrls.Base base = MessageUrls.Base.of(session);
    long limit = session.service().limits().message();
    session.call(
        new Call(
            session.account(),
            target,
            base,
            limit,
            AppendCalls.refusesEightBitHeaders(session),
            steps),
        result -> {
          Appended appended = result.appended();
          if (appended == null) {
            AppendTarget.badUrl(session, result.badUrl());
          } else {
            target.done(session, appended, result.octets());
          }
        },
        why -> Copies.failed(session, why));
  }

  private record Result(@Nullable Appended appended, String badUrl, long octets) {}

  private record Call(
      Account account,
      AppendTarget target,
      MessageUrls.Base base,
      long limit,
      boolean ascii,
      List<AppendStep> steps)
      implements StoreCall<Result> {
    @Override
    public Result invoke(CallContext context) throws StoreException {
      try (AppendGroup group = account.beginAppend(target.name(), target.replaces())) {
        IndexingAppend message = null;
        long octets = 0;
        for (AppendStep step : steps) {
          if (step instanceof AppendStep.Begin begin) {
            message = new IndexingAppend(group.next(begin.envelope().spec(limit)));
          } else if (message != null && step instanceof AppendStep.Url url) {
            if (!AppendCalls.copy(account, base, url.url(), message, limit, context)) {
              return new Result(null, url.url(), 0);
            }
          } else if (message != null && step instanceof AppendStep.Complete) {
            AppendCalls.complete(message, ascii);
            octets += message.octets();
          }
        }
        return new Result(group.commit(), "", octets);
      }
    }
  }
}
