/**
 * The implementation of {@code api}, on the side of CDI and enterprise beans.
 *
 * <p>Implements ports of {@code session}; knows nothing of sockets or JMS.
 */
package io.stompline.beans;
