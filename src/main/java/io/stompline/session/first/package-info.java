/**
 * Chooses what a new subscriber gets before the live stream ({@link io.stompline.session.first.FirstMessages}), from
 * what the sources have ({@link io.stompline.session.first.FirstMessageSource}) or the answer of a bean. How it is
 * joined with the live stream is the business of {@code session.opening}.
 */
package io.stompline.session.first;
