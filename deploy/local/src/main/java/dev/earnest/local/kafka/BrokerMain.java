package dev.earnest.local.kafka;

import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.Kafka;
import kafka.tools.StorageTool;

/// The broker's process: formats its storage where that was not done yet, then is Kafka. One JVM instead of two.
final class BrokerMain {
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");
  private static final Logger BROKER = Logger.getLogger("kafka");

  private BrokerMain() {}

  /// @param arguments the properties file and the cluster's id
  static void main(String[] arguments) {
    KAFKA.setLevel(Level.WARNING);
    BROKER.setLevel(Level.WARNING);
    var properties = arguments[0];
    var format =
        new String[] {
          "format",
          "--standalone",
          "--ignore-formatted",
          "--config",
          properties,
          "--cluster-id",
          arguments[1]
        };
    var result = StorageTool.execute(format, System.out);
    if (result != 0) {
      System.exit(result);
    }
    Kafka.main(new String[] {properties});
  }
}
