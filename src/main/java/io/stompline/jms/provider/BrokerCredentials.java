package io.stompline.jms.provider;

import io.stompline.config.JmsSettings;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The user and password that we connect to the message broker with. The text form shows no password. */
final class BrokerCredentials {
    /** Where a password comes from. */
    @FunctionalInterface
    private interface Password {
        String read() throws JMSException;
    }

    private final Optional<String> user;
    private final Password password;

    private BrokerCredentials(Optional<String> user, Password password) {
        this.user = user;
        this.password = password;
    }

    /** The user of the connection factory. */
    static BrokerCredentials none() {
        return new BrokerCredentials(Optional.empty(), () -> "");
    }

    /** The configured user; the password is read at every connection, so it may be changed while we run. */
    static BrokerCredentials from(JmsSettings settings) {
        return new BrokerCredentials(settings.user(), () -> firstLine(settings.passwordFile()));
    }

    static BrokerCredentials of(String user, String password) {
        return new BrokerCredentials(Optional.of(user), () -> password);
    }

    /** These if they name a user, else the others. */
    BrokerCredentials orElse(BrokerCredentials others) {
        return user.isPresent() ? this : others;
    }

    /** A connection of that user. */
    Connection connect(ConnectionFactory factory) throws JMSException {
        return user.isPresent() ? factory.createConnection(user.get(), password.read()) : factory.createConnection();
    }

    private static String firstLine(Optional<Path> passwordFile) throws JMSException {
        if (passwordFile.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(passwordFile.get()).lines().findFirst().orElse("");
        } catch (IOException e) {
            JMSException failure = new JMSException("the password file cannot be read: " + passwordFile.get());
            failure.initCause(e);
            throw failure;
        }
    }

    @Override
    public String toString() {
        return "user " + user.orElse("of the connection factory");
    }
}
