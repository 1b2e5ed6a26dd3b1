package io.stompline.frame;

/** Receives the completed frames of a {@link FrameDecoder}. */
public interface FrameSink {
    /** A whole frame. The decoder's version and limits may be changed before this returns. */
    void frame(Frame frame);

    /** An end of line between frames: a heart-beat or padding. */
    void heartBeat();
}
