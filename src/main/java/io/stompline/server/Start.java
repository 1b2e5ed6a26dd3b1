package io.stompline.server;

import fish.payara.micro.PayaraMicro;
import io.stompline.tls.TlsFault;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Starts the server: {@code java @jvm.options -jar stompline-server.jar [options of Payara Micro]}.
 *
 * <p>Prepares the data directory of the message broker, adds the options that this server always has, starts Payara
 * Micro and announces on standard output that the application is ready; requests that come before are answered with
 * 503. Without {@code --deploy} it deploys {@code stompline.war} at {@code /}. Ends with status 1 if the application
 * could not be deployed. An argument that is an {@link OfflineCommand} has that carried out instead.
 *
 * <p>Settings read, as system properties or environment variables: {@code stompline.data} (directory, default {@code
 * data}), {@code stompline.http.address} (default 127.0.0.1), {@code stompline.metrics.role} (without it there are no
 * metrics), {@code stompline.http2} (whether HTTP/2 is spoken without TLS, default false), {@code stompline.tls.…} (see
 * {@link ServerTls}), {@code stompline.path} (to announce it) and {@code stompline.jms.address}. If the latter names a
 * message broker elsewhere, it is used with {@code stompline.jms.user} and {@code stompline.jms.password-file}, and
 * there is none in this JVM; otherwise these two are set for the application. The command files use {@code
 * stompline.server.dir}, {@code stompline.jms.password} and {@code stompline.metrics.enabled} as well.
 */
public final class Start {

    /** The line that tells that the application is deployed and answers. */
    public static final String READY = "Stompline is ready";

    /** End of an address of OpenMQ that means the message broker in the same JVM. */
    private static final String IN_THIS_JVM = "/direct";

    /**
     * The system property that is there while the server starts. Its value becomes {@link #ANSWERED} when a listener
     * answers 503 meanwhile, see {@code io.stompline.grizzly.ListenerAddOn}.
     */
    private static final String STARTING = "stompline.starting";

    private static final String STOPPING = "stopping";

    private static final String ANSWERED = "answered";

    private static final String NOT_ANSWERED =
            "requests that came while the server started were answered with 404 or 500"
                    + " by Payara, not with 503 ({0}): let no client in before this server says that it is ready";

    private static final String METRICS_ROLE = "stompline.metrics.role";

    private static final String METRICS_OPEN = METRICS_ROLE
            + " needs an application with Stompline at the root (--contextroot /): without one there, nobody"
            + " would keep strangers from /metrics";

    private static final String AFTER_BOOT = "--postbootcommandfile";

    private static final String WEBSOCKET_KEY = "stompline.websocket.max-bytes";
    private static final int WEBSOCKET_BYTES = 1_179_648;
    private static final int FRAME_ROOM_BYTES = 128 * 1024;

    private Start() {}

    public static void main(String[] args) throws Exception {
        Path server = serverDirectory();
        if (OfflineCommand.isOne(args)) {
            System.exit(OfflineCommand.run(server, args));
        }
        endWithoutHostName();
        Path data = data();
        shareSettings(server, data);
        SecondSignal.listen();
        HttpPort.fault(Arrays.asList(args), address()).ifPresent(Start::end);
        ServerTls tls = tls(data);
        tls.prepare();
        System.setProperty(
                "stompline.http2",
                tls.isOn() ? "false" : setting("stompline.http2").orElse("false"));
        Broker broker = broker(server, data);
        broker.prepare();
        TransactionLog.prepare(data);

        fitWebSocketFrames();
        List<String> arguments = withDefaults(args, server, broker, RuntimeDirectory.create(data));
        System.setProperty(STARTING, "no listener has asked for its add-on");
        LostPort lost = LostPort.watch();
        PayaraMicro.main(arguments.toArray(String[]::new));
        InetAddress address = address();
        lost.cause().map(cause -> HttpPort.sentence(arguments, address, cause)).ifPresent(Start::end);

        RunningServer running = new RunningServer(
                PayaraMicro.getInstance().getRuntime(),
                tls,
                address,
                setting("stompline.path").orElse("/stomp"));
        endIfFaulty(running);
        tls.watch();
        letRequestsIn();
        List<String> roots = running.roots();
        if (setting(METRICS_ROLE).isPresent() && !roots.contains("")) {
            end(METRICS_OPEN);
        }
        System.out.println(READY);
        running.announcement(roots).lines().forEach(line -> System.out.println("  " + line));
    }

    /** Payara and OpenMQ end with long stack traces when the machine's own name has no address. */
    private static void endWithoutHostName() {
        try {
            InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            end("this machine's own name has no address (" + e.getMessage()
                    + "): Payara needs one, such as a line \"127.0.0.1 NAME\" in /etc/hosts");
        }
    }

    private static void endIfFaulty(RunningServer running) {
        if (!running.isDeployed()) {
            end("The application could not be deployed"
                    + FailedDeployment.reason().map(reason -> ": " + reason).orElse(", see the log above."));
        }
        if (!running.speaksTls()) {
            end("The port does not speak TLS with the certificate of this server.");
        }
    }

    private static Path data() {
        return Path.of(setting("stompline.data").orElse("data")).toAbsolutePath();
    }

    /** For the command files, and for classes that are loaded elsewhere. */
    private static void shareSettings(Path server, Path data) {
        System.setProperty("stompline.server.dir", server.toString());
        System.setProperty("stompline.data", data.toString());
        System.setProperty(
                "stompline.http.address", setting("stompline.http.address").orElse("127.0.0.1"));
        System.setProperty(
                "stompline.metrics.enabled",
                Boolean.toString(setting(METRICS_ROLE).isPresent()));
    }

    /** Ends the process with one line that says why. */
    private static void end(String why) {
        System.err.println(why);
        System.exit(1);
    }

    private static Path serverDirectory() throws URISyntaxException {
        Path jar = Path.of(
                Start.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return jar.toAbsolutePath().getParent();
    }

    /** Ends the process with one line that says which setting and file are wrong. */
    private static ServerTls tls(Path data) throws IOException {
        try {
            return ServerTls.from(Start::setting, data);
        } catch (TlsFault | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            throw new IllegalStateException(e);
        }
    }

    private static Broker broker(Path server, Path data) {
        return setting("stompline.jms.address")
                .filter(address -> !address.endsWith(IN_THIS_JVM))
                .<Broker>map(address -> new SeparateBroker(
                        address,
                        needed("stompline.jms.user", address),
                        Path.of(needed("stompline.jms.password-file", address)).toAbsolutePath()))
                .orElseGet(() -> new EmbeddedBroker(
                        data, server.resolve("accesscontrol.properties"), number("stompline.jms.max-body-bytes")));
    }

    /** A WebSocket frame must hold the largest STOMP frame; the default is in the application's web.xml. */
    private static void fitWebSocketFrames() {
        int frameBytes = number("stompline.frame.max-bytes").orElse(0);
        if (frameBytes + FRAME_ROOM_BYTES > WEBSOCKET_BYTES
                && setting(WEBSOCKET_KEY).isEmpty()) {
            System.setProperty(WEBSOCKET_KEY, Integer.toString(frameBytes + FRAME_ROOM_BYTES));
        }
    }

    private static String needed(String key, String address) {
        return setting(key).orElseThrow(() -> new IllegalArgumentException(key + " is needed for " + address));
    }

    /** Empty for a value that is no number: the application refuses it with its own message. */
    private static OptionalInt number(String key) {
        return setting(key)
                .filter(value -> value.matches("\\d{1,8}"))
                .map(Integer::parseInt)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** As MicroProfile Config reads it for the application. */
    private static Optional<String> setting(String key) {
        String variable = key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getProperty(key))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    private static List<String> withDefaults(String[] args, Path server, Broker broker, Path runtime)
            throws IOException {
        List<String> given = new ArrayList<>(Arrays.asList(args));
        List<Path> afterBoot = new ArrayList<>(List.of(server.resolve(broker.commandFile())));
        take(AFTER_BOOT, given).map(Path::of).ifPresent(afterBoot::add);
        afterBoot.add(server.resolve("transactions.asadmin"));
        List<String> arguments = new ArrayList<>(List.of(
                "--nohazelcast",
                "--disablephonehome",
                "--rootdir",
                runtime.toString(),
                "--logproperties",
                server.resolve("logging.properties").toString(),
                "--prebootcommandfile",
                server.resolve("before-boot.asadmin").toString(),
                AFTER_BOOT,
                Commands.join(afterBoot, runtime.resolve("after-boot.asadmin")).toString()));
        if (!given.contains("--deploy")) {
            arguments.addAll(List.of("--deploy", server.resolve("stompline.war").toString(), "--contextroot", "/"));
        }
        arguments.addAll(given);
        return arguments;
    }

    /** Removes an option, if it is there, and gives its value. */
    private static Optional<String> take(String option, List<String> arguments) {
        int at = arguments.indexOf(option);
        if (at < 0 || at + 1 == arguments.size()) {
            return Optional.empty();
        }
        arguments.remove(at);
        return Optional.of(arguments.remove(at));
    }

    /** From now on requests reach the application. */
    private static void letRequestsIn() {
        String state = System.clearProperty(STARTING);
        if (!ANSWERED.equals(state)) {
            System.getLogger(Start.class.getName()).log(Level.WARNING, NOT_ANSWERED, state);
        }
        // No more when the process has to end: the application is being taken away then.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.setProperty(STARTING, STOPPING)));
    }

    private static InetAddress address() throws IOException {
        return InetAddress.getByName(System.getProperty("stompline.http.address"));
    }
}
