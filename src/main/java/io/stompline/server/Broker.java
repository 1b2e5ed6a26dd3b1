package io.stompline.server;

import java.io.IOException;

/** The message broker that the server works with. */
interface Broker {
    /** Name of the command file that makes the message broker known to the server. */
    String commandFile();

    /**
     * Does what must be done before the server starts, and sets the system properties that the command file and the
     * application read.
     */
    void prepare() throws IOException;
}
