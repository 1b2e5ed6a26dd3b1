package io.stompline.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Has OpenMQ's client check that the certificate of a message broker is for the host that it was asked for.
 *
 * <p>The client (seen in 6.5.1) checks whether it trusts the certificate, whatever host that is for, and has no setting
 * for more: anybody with a trusted certificate could stand in the way. It opens its sockets with the factory of Java's
 * TLS. This provider lies over Java's and sets the check (RFC 2818, 3.1) for sockets that OpenMQ opens; for all others
 * it changes nothing.
 */
public final class BrokerHostCheck extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String JAVA = "SunJSSE";
    private static final String OPENMQ = "com.sun.messaging.";
    private static final String HOST_CHECK = "HTTPS";
    private static final int HANDSHAKE_MILLIS = 10_000;

    BrokerHostCheck() {
        super("StomplineBrokerHostCheck", "1", "TLS of Java, with a check of the host for OpenMQ");
        putService(new Service(this, "SSLContext", "TLS", Tls.class.getName(), null, null));
        putService(new Service(this, "SSLContext", "Default", Default.class.getName(), null, null));
    }

    /** Checks from now on, in the whole JVM; called before anything asks for TLS. */
    public static void install() {
        Security.insertProviderAt(new BrokerHostCheck(), 1);
    }

    /** The class behind {@code SSLContext.getInstance("TLS")}; public for Java. */
    public static final class Tls extends Context {
        /** Made by Java. */
        public Tls() throws NoSuchAlgorithmException, NoSuchProviderException {
            super("TLS");
        }
    }

    /** The class behind {@code SSLContext.getDefault()}, unless somebody sets another; public for Java. */
    public static final class Default extends Context {
        /** Made by Java. */
        public Default() throws NoSuchAlgorithmException, NoSuchProviderException {
            super("Default");
        }
    }

    abstract static class Context extends SSLContextSpi {
        private final SSLContext java;

        Context(String name) throws NoSuchAlgorithmException, NoSuchProviderException {
            java = SSLContext.getInstance(name, JAVA);
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            java.init(keys, trust, random);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Checking(java.getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return java.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return java.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return java.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return java.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return java.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return java.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return java.getSupportedSSLParameters();
        }
    }

    /** The sockets of a factory, with the check if OpenMQ calls. */
    private static final class Checking extends SSLSocketFactory {
        private static final StackWalker CALLERS = StackWalker.getInstance();
        private final SSLSocketFactory java;

        Checking(SSLSocketFactory java) {
            this.java = java;
        }

        @Override
        public Socket createSocket() throws IOException {
            return checked(java.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return checked(java.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress own, int ownPort) throws IOException {
            return checked(java.createSocket(host, port, own, ownPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return checked(java.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress own, int ownPort) throws IOException {
            return checked(java.createSocket(host, port, own, ownPort));
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean closes) throws IOException {
            return checked(java.createSocket(plain, host, port, closes));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return java.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return java.getSupportedCipherSuites();
        }

        private static Socket checked(Socket socket) throws IOException {
            if (isOpenedByOpenMq()) {
                SSLSocket tls = (SSLSocket) socket;
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm(HOST_CHECK);
                tls.setSSLParameters(parameters);
                if (tls.isConnected()) {
                    handshake(tls);
                }
            }
            return socket;
        }

        /** At once: what fails later OpenMQ tells as a socket that cannot be closed. */
        private static void handshake(SSLSocket socket) throws IOException {
            try {
                int usual = socket.getSoTimeout();
                socket.setSoTimeout(HANDSHAKE_MILLIS);
                socket.startHandshake();
                socket.setSoTimeout(usual);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        /** The first caller outside of this class. */
        private static boolean isOpenedByOpenMq() {
            return CALLERS.walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                            .dropWhile(name -> name.startsWith(BrokerHostCheck.class.getName()))
                            .findFirst())
                    .filter(name -> name.startsWith(OPENMQ))
                    .isPresent();
        }
    }
}
