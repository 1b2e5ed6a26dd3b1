package io.stompline.server;

import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.data.ApplicationDescriptor;
import fish.payara.micro.data.InstanceDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The server after its start: what is deployed, and what answers at its port.
 *
 * @param address that it listens on
 * @param stompPath of an endpoint, below the context root of its application
 */
record RunningServer(PayaraMicroRuntime runtime, ServerTls tls, InetAddress address, String stompPath) {
    /** The answer of an endpoint to a handshake of another version. */
    private static final String STATUS = "HTTP/1.1 426 ";

    /** Begins the names of system properties, before a context root; set by HandshakeFilter. */
    private static final String ENDPOINT = "io.stompline.endpoint:";

    /**
     * Whether all deployed units run, and one of them is an application: the adapter is deployed by a boot command. The
     * runtime also names what was deployed and failed to start, the descriptor does not.
     */
    boolean isDeployed() {
        List<String> started = runtime.getLocalDescriptor().getDeployedApplications().stream()
                .map(ApplicationDescriptor::getName)
                .toList();
        return started.size() > 1 && started.containsAll(runtime.getDeployedApplicationNames());
    }

    /** Whether the port speaks TLS where it should. */
    boolean speaksTls() {
        return tls.isSpokenAt(reachable(), port());
    }

    /** Context roots of the applications with an endpoint, without a slash at the end. */
    List<String> roots() {
        return runtime.getLocalDescriptor().getDeployedApplications().stream()
                .flatMap(application -> application.getModuleDescriptors().stream())
                .map(module -> module.getContextRoot())
                .filter(root -> root != null)
                .map(root -> root.replaceFirst("/$", ""))
                .filter(root -> isEndpoint(root + stompPath) || isNoted(root))
                .toList();
    }

    /** What the operator is told of it. */
    Announcement announcement(List<String> roots) {
        return new Announcement(
                address,
                port(),
                tls.isOn(),
                roots.stream().map(root -> root + stompPath).toList(),
                roots.stream().map(root -> root + "/").toList(),
                runtime.getDeployedApplicationNames().contains("stompline-demo"));
    }

    /** There is one port, with TLS or without. */
    private int port() {
        InstanceDescriptor server = runtime.getLocalDescriptor();
        return Stream.concat(server.getHttpPorts().stream(), server.getHttpsPorts().stream())
                .findFirst()
                .orElseThrow();
    }

    /** At which this process reaches its own port. */
    private InetAddress reachable() {
        return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    }

    /** Where the application lets nobody in who is not logged in, the filter of its endpoint has said so. */
    private static boolean isNoted(String root) {
        return System.getProperty(ENDPOINT + root) != null;
    }

    /** Whether STOMP is spoken there: asks for a version of WebSocket that does not exist. */
    private boolean isEndpoint(String path) {
        try (Socket socket = tls.connect(reachable(), port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(STATUS.length()), StandardCharsets.US_ASCII)
                    .equals(STATUS);
        } catch (IOException e) {
            return false;
        }
    }
}
