package org.posthorn.store.cassandra.driver;

import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.internal.core.loadbalancing.DefaultLoadBalancingPolicy;
import com.datastax.oss.driver.internal.core.loadbalancing.helper.InferringLocalDcHelper;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Replicas in the own data centre first, slow ones after the others; where no data centre is named
 * it is that of the hosts in the address.
 */
public final class NearReplicas extends DefaultLoadBalancingPolicy {
  /** As the driver makes it for a profile. */
  public NearReplicas(DriverContext context, String profile) {
    super(context, profile);
  }

  @Override
  protected Optional<String> discoverLocalDc(Map<UUID, Node> nodes) {
    return new InferringLocalDcHelper(context, profile, logPrefix).discoverLocalDc(nodes);
  }
}
