package io.stompline.demo.text;

/** The journal of a text is as large as it may be. */
public class TextFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
