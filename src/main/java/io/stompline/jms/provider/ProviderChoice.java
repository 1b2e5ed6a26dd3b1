package io.stompline.jms.provider;

import io.stompline.config.JmsSettings;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the provider that the settings name. */
final class ProviderChoice {
    private final JmsSettings settings;

    ProviderChoice(JmsSettings settings) {
        this.settings = settings;
    }

    JmsProvider choose() {
        checkPasswordFile();
        return settings.connectionFactory().map(this::named).orElseGet(() -> new OpenMqProvider(settings));
    }

    private JmsProvider named(String jndiName) {
        ConnectionFactory factory = lookUp(jndiName);
        if (ManagedFactory.is(factory)) {
            return ManagedFactory.provider(factory, settings);
        }
        return new PortableProvider(factory, BrokerCredentials.from(settings));
    }

    @SuppressWarnings("BanJNDI") // The name is the administrator's, and stays inside this server.
    private static ConnectionFactory lookUp(String jndiName) {
        if (jndiName.contains(":") && !jndiName.startsWith("java:")) {
            throw new IllegalStateException("not a name inside this server: " + jndiName);
        }
        try {
            if (InitialContext.doLookup(jndiName) instanceof ConnectionFactory factory) {
                return factory;
            }
            throw new IllegalStateException(jndiName + " is not a JMS connection factory");
        } catch (NamingException e) {
            throw new IllegalStateException("no JMS connection factory is known as " + jndiName, e);
        }
    }

    private void checkPasswordFile() {
        for (Path file : settings.passwordFile().stream().toList()) {
            if (!Files.isReadable(file)) {
                throw new IllegalStateException("the password file for JMS cannot be read: " + file);
            }
        }
    }
}
