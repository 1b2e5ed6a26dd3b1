package io.stompline.websocket.deflate;

import io.stompline.deflate.Inflaters;
import io.stompline.deflate.InflationException;
import io.stompline.websocket.stream.FrameFault;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.glassfish.tyrus.core.extension.ExtendedExtension;
import org.glassfish.tyrus.core.frame.Frame;

/**
 * {@code permessage-deflate} of one connection, as Tyrus calls it: inflates what the client sends. One thread at a time
 * reads.
 *
 * <p>Tyrus (seen in 2.1.5) swallows what an extension throws and goes on with the frame as it came, but ends the
 * connection with 1002 if RSV1 is left set. It also decides where frames may stand among fragments.
 */
public final class DeflateExtension implements ExtendedExtension {
    private static final byte CONTINUATION = 0;
    private static final byte PONG = 10;
    private static final byte[] NOTHING = new byte[0];

    private final List<Parameter> agreed;
    private final CompressedMessage message;
    private IntSupplier maxBytes = () -> 0;
    private Consumer<FrameFault> listener = fault -> {};
    private boolean faulty;

    private DeflateExtension(List<Parameter> agreed, Inflaters inflaters) {
        this.agreed = agreed;
        this.message = new CompressedMessage(inflaters);
    }

    /** What the client's offers lead to: one extension, or none. */
    public static List<Extension> answer(List<Extension> offers, Inflaters inflaters) {
        return DeflateOffer.answer(offers).map(agreed -> new DeflateExtension(agreed, inflaters)).stream()
                .map(Extension.class::cast)
                .toList();
    }

    /** That of an open session; empty if none was agreed. */
    public static Optional<DeflateExtension> of(Session session) {
        return session.getNegotiatedExtensions().stream()
                .filter(DeflateExtension::isOurs)
                .map(DeflateExtension.class::cast)
                .findFirst();
    }

    /** Whether an extension is this one. */
    public static boolean isOurs(Extension extension) {
        return extension instanceof DeflateExtension;
    }

    /**
     * Says what holds for the connection, before its first frame is read.
     *
     * @param maxMessageBytes how large a message may be now, inflated or not
     * @param onFault told once, on the reading thread, of a message that cannot be inflated; what follows is dropped
     */
    public void open(IntSupplier maxMessageBytes, Consumer<FrameFault> onFault) {
        maxBytes = maxMessageBytes;
        listener = onFault;
    }

    @Override
    public Frame processIncoming(ExtensionContext context, Frame frame) {
        if (frame.isControlFrame()) {
            return frame;
        }
        if (faulty) {
            return dropped();
        }
        boolean continuation = frame.getOpcode() == CONTINUATION;
        boolean begins = frame.isRsv1() && !continuation && !message.isUnderWay();
        boolean goesOn = !frame.isRsv1() && continuation && message.isUnderWay();
        // RSV1 anywhere else is left for Tyrus to refuse.
        return begins || goesOn ? inflated(frame) : frame;
    }

    private Frame inflated(Frame frame) {
        try {
            byte[] octets = message.take(frame.getPayloadData(), frame.isFin(), maxBytes.getAsInt());
            return Frame.builder(frame).rsv1(false).payloadData(octets).build();
        } catch (InflationException e) {
            faulty = true;
            listener.accept(FrameFault.compressed(e.isTooLarge(), e.getMessage()));
            return dropped();
        }
    }

    /** A pong that nobody asked for means nothing (RFC 6455, 5.5.3), while Tyrus has to be given some frame. */
    private static Frame dropped() {
        return Frame.builder().fin(true).opcode(PONG).payloadData(NOTHING).build();
    }

    /** Messages of the server come compressed or not, and do not pass here; Tyrus' own frames go out as they are. */
    @Override
    public Frame processOutgoing(ExtensionContext context, Frame frame) {
        return frame;
    }

    /** Tyrus does not say what was asked for. */
    @Override
    public List<Parameter> onExtensionNegotiation(ExtensionContext context, List<Parameter> unknown) {
        return agreed;
    }

    @Override
    public void onHandshakeResponse(ExtensionContext context, List<Parameter> ofServer) {
        // Of clients only.
    }

    @Override
    public void destroy(ExtensionContext context) {
        // Holds nothing but memory.
    }

    @Override
    public String getName() {
        return DeflateOffer.NAME;
    }

    @Override
    public List<Parameter> getParameters() {
        return agreed;
    }
}
