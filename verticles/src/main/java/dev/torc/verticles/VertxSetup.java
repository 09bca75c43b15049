package dev.torc.verticles;

import dev.torc.verticles.config.NodeConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Vert.x instance of a node. */
final class VertxSetup {
  private static final Logger LOG = LoggerFactory.getLogger(VertxSetup.class);
  private static final int WORKERS = 4;

  private VertxSetup() {}

  static Vertx of(NodeConfig config, MeterRegistry registry) {
    var options = new VertxOptions().setEventLoopPoolSize(config.loops().eventLoops()).setWorkerPoolSize(WORKERS)
        .setInternalBlockingPoolSize(WORKERS)
        .setMetricsOptions(metrics());
    return Vertx.builder().with(options).withTransport(transport(config))
        .withMetrics(new MicrometerMetricsFactory(registry)).build();
  }

  /** Vert.x's own figures of sockets cost as much as a command; the node counts its commands itself. */
  private static MicrometerMetricsOptions metrics() {
    return new MicrometerMetricsOptions().setEnabled(true).setJvmMetricsEnabled(true)
        .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
        .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT);
  }

  private static Transport transport(NodeConfig config) {
    var wanted = switch (config.loops().transport()) {
      case AUTO -> Transport.EPOLL != null && Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO;
      case EPOLL -> Transport.EPOLL;
      case IO_URING -> Transport.IO_URING;
      case NIO -> Transport.NIO;
    };
    if (wanted == null || !wanted.available()) {
      var why = wanted == null ? "not on the class path" : String.valueOf(wanted.unavailabilityCause());
      throw new StartException(
          "torc.transport: " + config.loops().transport() + " is not available here: " + why);
    }
    LOG.debug("transport {}", wanted.name());
    return wanted;
  }
}
