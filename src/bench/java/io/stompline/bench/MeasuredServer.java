package io.stompline.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The server that is measured. */
interface MeasuredServer extends AutoCloseable {
    /** Its name in reports. */
    String name();

    Endpoint endpoint();

    /** The process whose CPU time counts, with those that it started; empty if nobody said. */
    Optional<ProcessHandle> process();

    /** CPU time that it has used since it was started; 0 if its process is not known. */
    default Duration cpu() {
        return process().stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    void close();
}
