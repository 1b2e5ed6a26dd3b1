/**
 * Maps STOMP messages and destinations to those of Jakarta Messaging, and back.
 *
 * <p>Sends and receives nothing.
 */
package io.stompline.jms.message;
