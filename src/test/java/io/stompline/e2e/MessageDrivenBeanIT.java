package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.BrokerProcess;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A message-driven bean in a WAR beside Stompline, which knows nothing of STOMP, takes what browsers send and answers:
 * that of the guide, which says in a property what it is.
 */
class MessageDrivenBeanIT {
    @TempDir
    private static Path classes;

    @Tag("long")
    @Test
    void messageDrivenBean_embeddedBroker_talksToBrowsers() throws Exception {
        try (ServerProcess server = ServerProcess.demo().beside(orderDesk()).start()) {
            assertOrderIsTaken(server, "tea");
        }
    }

    @Test
    void messageDrivenBean_separateBrokerBack_talksToBrowsers() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start();
                ServerProcess server =
                        broker.usedBy(ServerProcess.demo()).beside(orderDesk()).start()) {
            assertOrderIsTaken(server, "tea");
            broker.kill();
            broker.restart();
            assertOrderIsTaken(server, "coffee");
        }
    }

    private static void assertOrderIsTaken(ServerProcess server, String order) throws InterruptedException {
        try (RawClient watcher = RawClient.connected(server.stompUri(), "1.2");
                RawClient customer = RawClient.connected(server.stompUri(), "1.1")) {
            watcher.send("SUBSCRIBE\nid:s\ndestination:/topic/orders/taken\nreceipt:r\n\n\0");
            assertThat(watcher.next()).startsWith("RECEIPT\n");
            customer.send("SEND\ndestination:/queue/orders\n\n" + order + "\0");
            ReceivedFrame frame = ReceivedFrame.next(watcher);
            assertThat(frame.body()).isEqualTo("taken: " + order);
            assertThat(frame.header("desk")).isEqualTo("1");
        }
    }

    private static Path orderDesk() throws IOException {
        String bean = Chapter.named("jakarta-messaging")
                .with("createProducer().send(taken", "createProducer().setProperty(\"desk\", \"1\").send(taken")
                .java("OrderDesk");
        Chapter.compile(classes, List.of(bean));
        return ApplicationWar.write(
                ApplicationWar.add(ShrinkWrap.create(WebArchive.class, "desk.war"), classes, "WEB-INF/classes"));
    }
}
