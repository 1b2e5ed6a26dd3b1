/**
 * What differs between providers of Jakarta Messaging: how to connect, what is possible beyond the standard, what names may be.
 *
 * <p>Everything that only OpenMQ does is here. What is sent and consumed is not its business.
 */
package io.stompline.jms.provider;
