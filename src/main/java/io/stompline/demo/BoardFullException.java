package io.stompline.demo;

/** The board has as many cards as it may have. */
public class BoardFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
