package io.stompline.jms.message;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** Reads the untyped enumerations of JMS. */
public final class JmsEnumerations {
    private JmsEnumerations() {}

    /** The names in their order. */
    public static List<String> of(Enumeration<?> enumeration) {
        List<String> names = new ArrayList<>();
        while (enumeration.hasMoreElements()) {
            names.add(enumeration.nextElement().toString());
        }
        return names;
    }
}
