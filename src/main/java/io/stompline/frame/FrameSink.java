package io.stompline.frame;

/** Takes what a {@link FrameDecoder} has completed. */
public interface FrameSink {
    /** A whole frame. The decoder's version and limits may be changed before this returns. */
    void frame(Frame frame);

    /** An end of line between frames: a heart-beat or padding. */
    void heartBeat();
}
