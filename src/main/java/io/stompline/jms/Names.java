package io.stompline.jms;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** Reads the untyped enumerations of JMS. */
final class Names {
    private Names() {}

    /** The names in their order. */
    static List<String> of(Enumeration<?> enumeration) {
        List<String> names = new ArrayList<>();
        while (enumeration.hasMoreElements()) {
            names.add(enumeration.nextElement().toString());
        }
        return names;
    }
}
