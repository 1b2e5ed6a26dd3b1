package io.stompline.gateway;

/** Port: how clients reach this node, for those who are told of its servers. A CDI bean of each transport. */
public interface Transport {
    /** Its name among the servers of {@code /asyncapi.json}. */
    String name();

    /** Where clients find it, below the context root; begins with a slash. */
    String path();

    /** The scheme of its addresses, such as {@code wss}. */
    String protocol(boolean secure);

    /** Whether the settings want it. */
    boolean isOffered();
}
