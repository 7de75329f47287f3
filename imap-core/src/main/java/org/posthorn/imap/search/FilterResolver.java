package org.posthorn.imap.search;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Refused;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;

/**
 * Reads stored searches and those that they name, however deep. What is not there, is no search, or
 * names itself is undefined (RFC 5466 section 3.1). With all put in, a search has no more keys than
 * the limit allows.
 */
final class FilterResolver {
  private final Session session;
  private final Map<String, Octets> stored;
  private final Map<String, SearchKey> bound = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean numbered;

  FilterResolver(Session session, Map<String, Octets> stored) {
    this.session = session;
    this.stored = stored;
  }

  SearchProgram bind(SearchProgram program) throws Refused {
    for (String name : program.filters()) {
      resolve(name);
    }
    check(size(program.root()));
    return program.bind(bound, numbered);
  }

  private void resolve(String name) throws Refused {
    if (bound.containsKey(name)) {
      return;
    }
    Octets value = stored.get(name);
    if (value == null || !underWay.add(name)) {
      throw undefined(name);
    }
    SearchProgram program = parse(name, value);
    for (String inner : program.filters()) {
      resolve(inner);
    }
    long size = size(program.root());
    check(size);
    sizes.put(name, size);
    numbered |= program.isNumbered();
    bound.put(name, program.bind(bound, numbered).root());
    underWay.remove(name);
  }

  private SearchProgram parse(String name, Octets value) throws Refused {
    try {
      byte[] octets = value.toByteArray();
      return SearchParser.parseStored(new CommandReader(octets, 0, octets.length), session);
    } catch (SyntaxException e) {
      throw undefined(name);
    } catch (SearchRefused e) {
      throw e.refused();
    }
  }

  private long size(SearchKey key) {
    if (key instanceof FilterKey filter) {
      return sizes.getOrDefault(filter.name(), 1L);
    }
    long size = 1;
    for (SearchKey operand : key.operands()) {
      size += size(operand);
    }
    return size;
  }

  private void check(long size) throws Refused {
    if (size > session.service().searchLimits().keys()) {
      throw new Refused(ResponseCode.LIMIT, "Too many search keys");
    }
  }

  private static Refused undefined(String name) {
    return new Refused(
        out -> out.words("UNDEFINED-FILTER ").atom(name), "No such filter, or it is no search");
  }
}
