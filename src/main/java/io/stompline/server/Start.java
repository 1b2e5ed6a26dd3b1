package io.stompline.server;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts the server: {@code java @jvm.options -jar stompline-server.jar [options of Payara Micro]}.
 *
 * <p>Lays out the data directory of the broker, adds the options that this server always has, starts Payara Micro and
 * says on standard output when the application is there. Without {@code --deploy} it deploys {@code stompline.war} at
 * {@code /}. Ends with status 1 if the application could not be deployed.
 *
 * <p>System properties read: {@code stompline.data} (directory, default {@code data}), {@code stompline.http.address}
 * (default 127.0.0.1). System properties set for the application: {@code stompline.jms.user},
 * {@code stompline.jms.password-file}. The command files use {@code stompline.server.dir} and
 * {@code stompline.jms.password} as well.
 */
public final class Start {

    /** The line that tells that the application is deployed and answers. */
    public static final String READY = "Stompline is ready";

    private Start() {}

    public static void main(String[] args) throws Exception {
        Path server = serverDirectory();
        Path data = Path.of(System.getProperty("stompline.data", "data")).toAbsolutePath();
        BrokerAccess access = BrokerAccess.create(data, server.resolve("accesscontrol.properties"));
        publish(server, data, access);

        List<String> arguments = withDefaults(args, server);
        PayaraMicro.main(arguments.toArray(String[]::new));

        PayaraMicroRuntime runtime = PayaraMicro.getInstance().getRuntime();
        if (!isDeployed(runtime)) {
            System.err.println("The application could not be deployed, see the log above.");
            System.exit(1);
        }
        announce(runtime);
    }

    private static Path serverDirectory() throws URISyntaxException {
        Path jar = Path.of(
                Start.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return jar.toAbsolutePath().getParent();
    }

    private static void publish(Path server, Path data, BrokerAccess access) throws IOException {
        System.setProperty("stompline.server.dir", server.toString());
        System.setProperty("stompline.data", data.toString());
        if (System.getProperty("stompline.http.address") == null) {
            System.setProperty("stompline.http.address", "127.0.0.1");
        }
        System.setProperty("stompline.jms.user", access.user());
        System.setProperty("stompline.jms.password", access.password());
        System.setProperty("stompline.jms.password-file", access.passwordFile().toString());
    }

    private static List<String> withDefaults(String[] args, Path server) {
        List<String> given = Arrays.asList(args);
        List<String> arguments = new ArrayList<>(List.of(
                "--nohazelcast",
                "--disablephonehome",
                "--logproperties",
                server.resolve("logging.properties").toString(),
                "--prebootcommandfile",
                server.resolve("before-boot.asadmin").toString(),
                "--postbootcommandfile",
                server.resolve("after-boot.asadmin").toString()));
        if (!given.contains("--deploy")) {
            arguments.addAll(List.of("--deploy", server.resolve("stompline.war").toString(), "--contextroot", "/"));
        }
        arguments.addAll(given);
        return arguments;
    }

    /** The adapter is deployed by a boot command; what else there is, is the application. */
    private static boolean isDeployed(PayaraMicroRuntime runtime) {
        return runtime.getDeployedApplicationNames().stream().anyMatch(name -> !name.equals("imqjmsra"));
    }

    private static void announce(PayaraMicroRuntime runtime) {
        int port = runtime.getLocalDescriptor().getHttpPorts().get(0);
        System.out.printf("%s%n  http://localhost:%d/%n  ws://localhost:%d/stomp%n", READY, port, port);
    }
}
