package io.stompline.bench;

import java.util.Locale;
import java.util.Random;

/** Makes bodies that look like the JSON of a market, always the same. */
final class JsonText {
    private static final String[] SYMBOLS = {"ACME", "BOLT", "CORE", "DUNE", "ECHO", "FLUX", "GALE", "HALO"};

    private JsonText() {}

    /** The first so many octets of it. */
    static String of(int octets) {
        Random random = new Random(19);
        StringBuilder text = new StringBuilder("[");
        while (text.length() < octets) {
            double bid = 10 + 90 * random.nextDouble();
            text.append(String.format(
                    Locale.ROOT,
                    "{\"id\":%d,\"symbol\":\"%s\",\"bid\":%.2f,\"ask\":%.2f,\"volume\":%d,\"open\":%b},",
                    random.nextInt(1_000_000),
                    SYMBOLS[random.nextInt(SYMBOLS.length)],
                    bid,
                    bid + random.nextDouble(),
                    random.nextInt(10_000),
                    random.nextBoolean()));
        }
        return text.substring(0, octets);
    }
}
