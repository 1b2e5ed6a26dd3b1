package org.glassfish.tyrus.servlet;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.Writer;

/** Stands in for the class of this name, which only servers have: the members that we use. */
public class TyrusHttpUpgradeHandler implements HttpUpgradeHandler {
    private final List<String> calls = new ArrayList<>();
    private WebConnection opened;

    @SuppressWarnings("unused") // read by reflection
    private Connection connection;

    private ByteBuffer buf;

    /** What was called so far. */
    public List<String> calls() {
        return calls;
    }

    /** What init was given. */
    public WebConnection opened() {
        return opened;
    }

    /** Has read a message of that many bytes to the end by way of this connection. */
    public void readTo(Connection reader, int bytes) {
        connection = reader;
        buf = ByteBuffer.allocate(bytes).limit(0);
    }

    /** What it reads from the socket into; null for none. */
    public ByteBuffer buffer() {
        return buf;
    }

    /** As in Tyrus. */
    public void preInit(UpgradeInfo upgradeInfo, Writer writer, boolean authenticated) {
        calls.add("preInit " + upgradeInfo + " " + writer + " " + authenticated);
    }

    @Override
    public void init(WebConnection webConnection) {
        calls.add("init");
        opened = webConnection;
        try {
            webConnection.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        calls.add("destroy");
    }
}
