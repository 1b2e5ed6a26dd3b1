/**
 * What stands behind the API in {@code publish}: the publisher, the calls of handler methods, the events and the view of sessions,
 * on the side of CDI and enterprise beans.
 *
 * <p>Implements ports of {@code session}; knows nothing of sockets or JMS.
 */
package io.stompline.beans;
