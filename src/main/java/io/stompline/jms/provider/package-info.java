/**
 * What differs between providers of Jakarta Messaging: how to connect and what is possible beyond the standard, {@link
 * io.stompline.jms.provider.JmsProvider}; names, sizes and selectors, {@link
 * io.stompline.jms.provider.ProviderDialect}.
 *
 * <p>What only OpenMQ does is in the classes that bear its name, and in {@code ManagedFactory}. Sends and consumes
 * nothing.
 */
package io.stompline.jms.provider;
