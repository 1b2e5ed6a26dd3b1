package io.stompline.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a process of Java holds in its heap after a full garbage collection. */
public final class LiveHeap {
    /** A rank, a number of objects, their bytes, their class. */
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private LiveHeap() {}

    /** Collects, then counts: bytes. */
    public static long bytes(long pid) throws IOException {
        return histogram(pid).stream()
                .filter(LiveHeap::isTotal)
                .mapToLong(columns -> Long.parseLong(columns.get(2)))
                .sum();
    }

    /** Collects, then counts: objects of that class. */
    public static long objects(long pid, String type) throws IOException {
        return histogram(pid).stream()
                .filter(columns -> columns.size() > 3 && columns.get(3).equals(type))
                .mapToLong(columns -> Long.parseLong(columns.get(1)))
                .sum();
    }

    private static boolean isTotal(List<String> columns) {
        return columns.get(0).equals("Total");
    }

    private static List<List<String>> histogram(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = jcmd.inputReader()) {
            return lines.lines().map(line -> List.of(SPACE.split(line.strip()))).toList();
        }
    }
}
