package io.stompline.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Scanner;

/** What a process of Java holds in its heap after a full garbage collection. */
public final class LiveHeap {
    private LiveHeap() {}

    /** Collects, then counts: bytes. */
    public static long bytes(long pid) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = jcmd.inputReader();
                Scanner total = new Scanner(lines)) {
            // Total  objects  bytes
            total.findWithinHorizon("Total\\s+\\d+", 0);
            return total.nextLong();
        } catch (NoSuchElementException e) {
            throw new IOException("no histogram of process " + pid, e);
        }
    }
}
