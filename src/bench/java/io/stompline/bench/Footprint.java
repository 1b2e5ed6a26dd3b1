package io.stompline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process on this machine holds; 0 is what Linux and the JDK's jcmd do not tell.
 *
 * @param residentKib memory that it has from the machine
 * @param heapKib what its heap holds
 */
record Footprint(long residentKib, long heapKib, long threads) {
    /** Of a process that is not known. */
    static final Footprint NONE = new Footprint(0, 0, 0);

    private static final Pattern HEAP_BYTES = Pattern.compile("Total +\\d+ +(\\d+)");

    /** Takes it after full collections, the first of which may leave room for garbage to the second: neither counts. */
    static Footprint of(Optional<ProcessHandle> process) throws IOException {
        return process.isPresent() ? of(process.get()) : NONE;
    }

    private static Footprint of(ProcessHandle process) throws IOException {
        jcmd(process, "GC.run");
        String heap = jcmd(process, "GC.class_histogram");
        String status = status(process.pid());
        return new Footprint(
                number(Pattern.compile("VmRSS:\\s+(\\d+)"), status),
                number(HEAP_BYTES, heap) / 1024,
                number(Pattern.compile("Threads:\\s+(\\d+)"), status));
    }

    private static String status(long pid) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        return Files.isReadable(file) ? Files.readString(file) : "";
    }

    private static String jcmd(ProcessHandle target, String command) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        // Its signal may end a process that is no JVM.
        if (!Files.isExecutable(program) || !isJava(target)) {
            return "";
        }
        Process process = new ProcessBuilder(program.toString(), Long.toString(target.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().filter(file -> file.endsWith("/java")).isPresent();
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
