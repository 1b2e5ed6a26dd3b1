package io.stompline.jms.provider;

import io.stompline.routing.BrokerStore;
import io.stompline.routing.Destination;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * The store of an OpenMQ in this JVM, read from the MBeans that it registers whether or not JMX is open to others (seen
 * in 6.5.1). Until it has, nothing is known. Thread-safe.
 */
final class OpenMqStore implements BrokerStore {
    private static final Logger LOG = System.getLogger(OpenMqStore.class.getName());
    private static final String DOMAIN = "com.sun.messaging.jms.server:type=";
    private static final ObjectName DESTINATIONS = name("DestinationManager,subtype=Monitor");
    private static final ObjectName LIMITS = name("Broker,subtype=Config");
    private static final ObjectName CONSUMERS = name("ConsumerManager,subtype=Monitor");
    private static final String BYTES = "TotalMsgBytes";
    private static final Pattern SIZE = Pattern.compile("(\\d+)([kKmM]?)[bB]?");

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final Function<Destination, String> jmsName;

    /** @param jmsName the name of a destination at the message broker */
    OpenMqStore(Function<Destination, String> jmsName) {
        this.jmsName = jmsName;
    }

    @Override
    public Optional<Fill> fill() {
        try {
            return Optional.of(new Fill(
                    number(DESTINATIONS, BYTES),
                    limit("imq.system.max_size"),
                    number(DESTINATIONS, "NumMsgs"),
                    limit("imq.system.max_count")));
        } catch (JMException e) {
            note(e);
            return Optional.empty();
        }
    }

    @Override
    public OptionalLong bytesIn(Destination destination) {
        if (!beans.isRegistered(DESTINATIONS)) {
            return OptionalLong.empty();
        }
        try {
            String type = destination.isTopic() ? "t" : "q";
            ObjectName bean = name("Destination,subtype=Monitor,desttype=" + type + ",name="
                    + ObjectName.quote(jmsName.apply(destination)));
            return OptionalLong.of(number(bean, BYTES));
        } catch (InstanceNotFoundException none) {
            return OptionalLong.of(0);
        } catch (JMException e) {
            note(e);
            return OptionalLong.empty();
        }
    }

    /** One consumer after the other: one that ends meanwhile would spoil the list of all. */
    @Override
    public Optional<Set<String>> durableNames() {
        Set<String> names = new HashSet<>();
        try {
            String[] ids = (String[]) beans.invoke(CONSUMERS, "getConsumerIDs", new Object[0], new String[0]);
            for (String id : ids == null ? new String[0] : ids) {
                durableName(id).ifPresent(names::add);
            }
            return Optional.of(names);
        } catch (JMException e) {
            note(e);
            return Optional.empty();
        }
    }

    private Optional<String> durableName(String consumer) {
        try {
            CompositeData info = (CompositeData) beans.invoke(
                    CONSUMERS, "getConsumerInfoByID", new Object[] {consumer}, new String[] {String.class.getName()});
            return Optional.ofNullable((String) info.get("DurableName"));
        } catch (JMException ended) {
            note(ended);
            return Optional.empty();
        }
    }

    private long number(ObjectName bean, String attribute) throws JMException {
        return ((Number) beans.getAttribute(bean, attribute)).longValue();
    }

    /** As it is written: the attributes for it fail where a size has a unit. Without one, or -1, there is no limit. */
    private long limit(String property) throws JMException {
        Object[] name = {property};
        Object value = beans.invoke(LIMITS, "getProperty", name, new String[] {String.class.getName()});
        return octets(value == null ? "" : value.toString().strip());
    }

    /** A size of OpenMQ, such as {@code 256m}; 0 for none. */
    static long octets(String size) {
        Matcher written = SIZE.matcher(size);
        if (!written.matches()) {
            return 0;
        }
        long unit = switch (written.group(2)) {
            case "k", "K" -> 1L << 10;
            case "m", "M" -> 1L << 20;
            default -> 1;
        };
        return Long.parseLong(written.group(1)) * unit;
    }

    private static ObjectName name(String type) {
        try {
            return new ObjectName(DOMAIN + type);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void note(JMException failure) {
        LOG.log(Level.DEBUG, "the message broker does not tell what it keeps: {0}", failure.toString());
    }
}
