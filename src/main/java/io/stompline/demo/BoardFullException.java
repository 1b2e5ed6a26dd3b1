package io.stompline.demo;

/** There are so many cards on the board that no more fit. */
public class BoardFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
