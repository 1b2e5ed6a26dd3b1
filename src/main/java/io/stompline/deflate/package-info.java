/**
 * Compresses messages to clients, and expands what clients have compressed, with DEFLATE (RFC 1951): which messages,
 * how far, and with what memory.
 *
 * <p>{@link io.stompline.deflate.Compression} is what a node has of it. How the two sides agree, and how messages are
 * marked, is the business of the transport.
 */
package io.stompline.deflate;
