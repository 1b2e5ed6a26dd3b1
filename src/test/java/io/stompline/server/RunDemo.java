package io.stompline.server;

import java.nio.file.Path;

/**
 * Runs the demo for {@code mvn -Prun} until somebody stops it (Ctrl-C, or SIGTERM to Maven).
 *
 * <p>All {@code -Dstompline.*} go to the server, and the environment too.
 */
public final class RunDemo {

    // What a JVM ends with after a signal: 128 and the signal's number.
    private static final int SIGINT = 130;
    private static final int SIGTERM = 143;

    private RunDemo() {}

    public static void main(String[] args) throws InterruptedException {
        ServerProcess.Builder builder =
                ServerProcess.demo().port(Integer.getInteger("port", 8080)).onLogLine(System.out::println);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("stompline."))
                .forEach(name -> builder.with(name, System.getProperty(name)));
        ServerProcess server = builder.data(Path.of(System.getProperty("stompline.data", "target/stompline-data")))
                .launch();
        // The shutdown hook waits for the server, so that Maven ends after it.
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop server"));
        int status = server.waitFor();
        if (status != 0 && status != SIGTERM && status != SIGINT) {
            throw new IllegalStateException("the server ended with status " + status);
        }
    }
}
