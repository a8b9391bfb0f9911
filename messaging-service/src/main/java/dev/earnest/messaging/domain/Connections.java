package dev.earnest.messaging.domain;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/// Ends connections of those who do not keep their side.
public final class Connections {
  private Connections() {}

  /// Resets a connection at once. Closing it in the usual way would first wait for what was written
  /// to leave, which is just what somebody who does not read prevents.
  public static void abort(HttpConnection connection) {
    if (connection instanceof ConnectionBase known) {
      ChannelHandlerContext channel = known.channelHandlerContext();
      channel
          .executor()
          .execute(() -> {
            if (channel.channel().isOpen()) {
              channel.channel().config().setOption(ChannelOption.SO_LINGER, 0);
              var _ = channel.close();
            }
          });
    } else {
      connection.close();
    }
  }
}
