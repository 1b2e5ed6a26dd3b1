package io.stompline.e2e;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.DamagedStore;
import io.stompline.e2e.support.RawClient;
import io.stompline.server.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash, and a damaged octet in the files of the message broker. */
class DamagedStoreIT {
    private static final int MESSAGES = 60;

    @TempDir
    private Path data;

    @Tag("long")
    @Test
    void subscribe_damagedStore_isAnErrorThatSaysSo() throws Exception {
        fill();
        for (DamagedStore damage : DamagedStore.values()) {
            damage.damage(data, name(damage), "body number " + MESSAGES / 2);
        }
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            for (DamagedStore damage : DamagedStore.values()) {
                String queue = "/queue/" + name(damage);
                RawClient c = clients.connect();
                c.send("SEND\ndestination:" + queue + "\nreceipt:s\n\nthe end\0");
                String sent = c.next();
                System.out.println("DAMAGE " + damage + " SEND " + sent.replace('\n', '|'));
                c = clients.connect();
                c.send("SUBSCRIBE\nid:s\ndestination:" + queue + "\nreceipt:r\n\n\0");
                System.out.println("DAMAGE " + damage + " " + c.next().replace('\n', '|'));
                StringBuilder b = new StringBuilder();
                try {
                    String m = "";
                    while (!m.equals("end") && b.length() < 500) {
                        String f = c.next();
                        m = f.substring(f.lastIndexOf(' ') + 1);
                        b.append(m).append(' ');
                    }
                } catch (AssertionError | RuntimeException e) {
                    b.append(e);
                }
                System.out.println("DAMAGE " + damage + " " + b);
            }
            server.log().stream()
                    .filter(l -> l.contains("WARN") || l.contains("damaged") || l.contains("B2085"))
                    .forEach(l -> System.out.println("LOG " + l));
        }
    }

    private void fill() throws InterruptedException {
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            RawClient publisher = clients.connect();
            for (DamagedStore damage : DamagedStore.values()) {
                for (int i = 0; i < MESSAGES; i++) {
                    Clients.send(publisher, "/queue/" + name(damage), "body number " + i);
                }
            }
            server.kill();
        }
    }

    private static String name(DamagedStore damage) {
        return "damaged" + damage.name().replace("_", "");
    }
}
