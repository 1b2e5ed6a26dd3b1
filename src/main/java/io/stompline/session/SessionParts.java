package io.stompline.session;

import io.stompline.security.Admission;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.port.Handshake;
import io.stompline.session.port.SessionView;
import io.stompline.session.rights.DueRecheck;
import io.stompline.session.timing.AwaitedSubscribes;
import io.stompline.session.timing.NextCheck;
import io.stompline.session.timing.Pulse;
import java.util.concurrent.Executor;

/**
 * The parts of one connection, for those of its classes that use several of them.
 *
 * @param services services that all connections of the node share
 * @param session the connection as listeners and beans see it
 * @param handshake facts of the handshake
 * @param state the caller, and the version of the protocol
 * @param lane runs what may wait, one after the other
 * @param outbox frames that wait to be sent
 * @param pulse heart-beats either way
 * @param exit ends the connection
 * @param nextCheck when the connection is checked next
 * @param recheck checks again what the caller may do
 * @param pass counts the connection until its end
 * @param traffic counts frames and messages
 * @param awaited SUBSCRIBEs that wait for the message broker
 */
record SessionParts(
        SessionServices services,
        SessionView session,
        Handshake handshake,
        LoginState state,
        Executor lane,
        Outbox outbox,
        Pulse pulse,
        Exit exit,
        NextCheck nextCheck,
        DueRecheck recheck,
        Admission.Pass pass,
        Traffic traffic,
        AwaitedSubscribes awaited) {}
