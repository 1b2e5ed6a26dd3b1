package io.stompline.server;

import io.stompline.tls.BrokerHostCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * OpenMQ in a process of its own.
 *
 * @param address such as {@code mqtcp://host:port/jms}
 * @param user name of our account there
 * @param passwordFile file whose first line is the password
 */
record SeparateBroker(String address, String user, Path passwordFile) implements Broker {
    /** A scheme or a service with TLS: {@code mqssl://…}, {@code mq://…/ssljms}. */
    private static final Pattern MAY_BE_TLS = Pattern.compile("ssl|tls", Pattern.CASE_INSENSITIVE);

    @Override
    public String commandFile() {
        return "separate-broker.asadmin";
    }

    @Override
    public void prepare() throws IOException {
        if (MAY_BE_TLS.matcher(address).find()) {
            BrokerHostCheck.install();
        }
        String password = Files.readString(passwordFile).lines().findFirst().orElse("");
        System.setProperty("stompline.jms.address", address);
        System.setProperty("stompline.jms.user", user);
        System.setProperty("stompline.jms.password-file", passwordFile.toString());
        System.setProperty("stompline.adapter.address", property("stompline.jms.address", address));
        System.setProperty("stompline.adapter.user", property("stompline.jms.user", user));
        System.setProperty("stompline.adapter.password", property("the password for JMS", password));
    }

    /** A value as a list of properties in a command file has to write it. */
    private static String property(String what, String value) {
        if (value.matches(".*[\\s\"'$].*")) {
            throw new IllegalArgumentException(what + " must have no space, quote or $ in it");
        }
        return value.replaceAll("[\\\\:=]", "\\\\$0");
    }
}
