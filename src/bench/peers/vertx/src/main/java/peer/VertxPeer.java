package peer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.stomp.StompServer;
import io.vertx.ext.stomp.StompServerHandler;
import io.vertx.ext.stomp.StompServerOptions;

/** The STOMP server of Vert.x behind its bridge for WebSockets, as it comes. */
public final class VertxPeer {
    private VertxPeer() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        StompServerOptions options =
                new StompServerOptions().setPort(-1).setWebsocketBridge(true).setWebsocketPath("/ws");
        StompServer stomp = StompServer.create(vertx, options).handler(StompServerHandler.create(vertx));
        HttpServerOptions http = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(args[0]))
                .addWebSocketSubProtocol("v12.stomp");
        vertx.createHttpServer(http)
                .webSocketHandshakeHandler(stomp.webSocketHandshakeHandler())
                .webSocketHandler(stomp.webSocketHandler())
                .listen()
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }
}
