/**
 * Adaptations to Tyrus and Grizzly, the WebSocket and HTTP implementations of Payara, for which neither has a setting.
 * They reach into the server by reflection, class by class as seen in one version; {@link
 * io.stompline.websocket.tyrus.ServerAdaptations} installs all and reports those that do not find what they need.
 * Without any of them connections work, more slowly or with less protection.
 *
 * <p>To check after an upgrade of Payara, as seen in 6.2025.10 (Tyrus 2.1.5.payara-p2, Grizzly 4.0.2). The names are
 * probed at start; the behaviour is not:
 *
 * <table> <caption>Members of the server</caption> <tr><th>adaptation</th><th>class and member</th><th>behaviour
 * that it relies on</th></tr> <tr><td>IdleTimerBypass</td> <td>Tyrus {@code
 * core.BaseContainer.managedScheduledExecutorService}; {@code core.TyrusSession$IdleTimeoutCommand}</td> <td>{@code
 * TyrusSession.restartIdleTimeoutExecutor} schedules one with each message, with delay 0 if there is no
 * timeout</td></tr> <tr><td>TyrusWriter</td> <td>Tyrus {@code core.TyrusRemoteEndpoint.webSocket}, {@code
 * core.TyrusWebSocket.protocolHandler}, {@code core.ProtocolHandler.writer}, {@code spi.Writer.write}</td> <td>frames
 * are written in order, unfragmented frames may come between those of Tyrus; {@code write} calls its handler
 * once</td></tr> <tr><td>AdaptedRequest, AdaptedUpgrade</td> <td>{@code
 * org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler} and its constructor without parameters</td> <td>Tyrus calls
 * {@code HttpServletRequest.upgrade} with it, then {@code preInit}; the container calls {@code init}, {@code destroy}
 * of the class that it upgraded to</td></tr> <tr><td>PongFloodGuard</td><td>none</td> <td>Tyrus answers pings while it
 * reads; {@code servlet.TyrusServletWriter} queues without a limit; an IOException of {@code read} closes the
 * connection</td></tr> <tr><td>HandshakeRelease</td><td>Tyrus {@code servlet.TyrusHttpUpgradeHandler.preInit}</td>
 * <td>after {@code init} only {@code authenticated} is used of what {@code preInit} was given</td></tr>
 * <tr><td>ReadBuffers</td> <td>Tyrus {@code servlet.TyrusHttpUpgradeHandler.connection} and {@code .buf}, {@code
 * core.TyrusWebSocketEngine$TyrusReadHandler.buffer}, {@code spi.Connection.getReadHandler}</td> <td>each buffer may be
 * null between two reads; {@code isReady} is called before each read, by the thread that reads</td></tr>
 * <tr><td>GrizzlySocket</td> <td>Payara {@code org.apache.catalina.connector.RequestFacade.getUnwrappedCoyoteRequest},
 * {@code Request.getCoyoteRequest}; Grizzly {@code http.server.Request.getContext} and {@code .getResponse}, {@code
 * FilterChainContext.getConnection}, {@code http.server.Response.getOutputBuffer}</td><td>none</td></tr>
 * <tr><td>WriteQueueLimit</td><td>Grizzly {@code Connection.setMaxAsyncWriteQueueSize}, {@code .getTransport}, {@code
 * Transport.getWriter}, of Grizzly 5 {@code AbstractNIOAsyncQueueWriter.setPendingBytesHardLimitMultiplier}</td>
 * <td>{@code ServletOutputStream.isReady} is false above it</td></tr> <tr><td>CopyLimit</td><td>Grizzly {@code
 * http.io.OutputBuffer.setBufferSize}</td> <td>what is larger than the buffer is written without a copy</td></tr>
 * <tr><td>SocketAbort</td><td>Grizzly {@code Connection.terminateSilently}</td> <td>it closes the socket although
 * writes are queued; {@code WebConnection.close} waits for them</td></tr> <tr><td>EndNotice</td><td>Grizzly {@code
 * Connection.enableIOEvent}, {@code .addCloseListener}, {@code IOEvent.READ}</td> <td>what else comes on the socket of
 * a suspended response is not carried out before its end</td></tr> <tr><td>RetiredStreams</td>
 * <td>Grizzly {@code http.server.Response.suspendState} with {@code SUSPENDED} and {@code CANCELLED}, {@code
 * .getSuspendContext}; Payara {@code connector.Request.getWebConnection}</td> <td>a {@code WebConnection} closes once
 * and calls {@code destroy} before {@code Response.resume}; {@code HttpServerFilter.afterService} recycles no response
 * that is cancelled</td></tr> <tr><td>HeaderDeadline</td> <td>Grizzly {@code Connection.getProcessor}, {@code
 * .getAttributes}, {@code AttributeHolder.getAttribute}, {@code .setAttribute}, {@code http.HttpCodecFilter} and
 * {@code http.KeepAlive.getMonitoringConfig}, {@code http.HttpServerFilter.keepAlive}, {@code
 * monitoring.MonitoringConfig.addProbes}, {@code .removeProbes}; events of {@code http.HttpProbe} and {@code
 * http.KeepAliveProbe}</td> <td>{@code onHitEvent} comes before the first octets of a further request, {@code
 * onDataReceivedEvent} at each read, {@code onHeaderParseEvent} when a header is whole</td></tr> </table>
 *
 * <p>Other places that know the inside of the server, and cannot be here because the server loads them itself:
 *
 * <ul>
 *   <li>{@code io.stompline.grizzly}: filters and TLS of the HTTP listeners, and their answer while the server starts
 *   <li>{@code websocket.deflate.DeflateExtension}: an extension by Tyrus' own interface for them
 *   <li>{@code server.RequestFaults}: loggers, keys and stack traces of Payara, Grizzly and Tyrus in the log
 *   <li>{@code openmq.OrderedServiceFactory} and {@code tls.BrokerHostCheck}: the embedded OpenMQ, TLS to another
 *   <li>{@code beans.handler.CallerIdentity}: the security context of Payara, by reflection, beside the invoker
 *   <li>{@code jms.provider.ManagedFactory}: the connection factory of a resource adapter, by reflection
 * </ul>
 *
 * <p>Differences between Payara 6 and Payara 7: the profile {@code payara-7} of {@code pom.xml} (versions); {@code
 * CallerIdentity.principalType} (the class of a caller); {@code RequestFaults.TYRUS} (a logger since Tyrus 2.2); {@code
 * server-config/logging.properties}; and the versions that {@code TyrusWriter} names.
 */
package io.stompline.websocket.tyrus;
