/**
 * The differences between providers of Jakarta Messaging: connecting and abilities beyond the standard, {@link
 * io.stompline.jms.provider.JmsProvider}; names, sizes and selectors, {@link
 * io.stompline.jms.provider.ProviderDialect}.
 *
 * <p>Code for OpenMQ alone is in the classes that bear its name, and in {@code ManagedFactory}. Sends and consumes
 * nothing.
 */
package io.stompline.jms.provider;
