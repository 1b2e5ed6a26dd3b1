package io.stompline.session;

import java.util.List;

/** Port: who is connected to this node. Thread-safe. */
public interface SessionDirectory {
    /** Every session that has logged in and not ended. */
    List<SessionView> connected();
}
