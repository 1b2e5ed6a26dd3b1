package io.stompline.grizzly;

import java.util.Locale;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;

/**
 * Has a request that asks for another upgrade than that to WebSocket read as any other: nobody here upgrades it.
 * Grizzly (seen in 4.0.2) takes no body of a request that asks for an upgrade, so that one with {@code Upgrade: h2c},
 * as Java's own client sends it, would lose it.
 */
final class OtherUpgrades extends BaseFilter {
    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
        if (HttpEvents.IncomingHttpUpgradeEvent.TYPE.equals(event.type())) {
            HttpHeader request = ((HttpEvents.IncomingHttpUpgradeEvent) event).getHttpHeader();
            if (!request.getUpgradeDC().toString().toLowerCase(Locale.ROOT).contains("websocket")) {
                request.setIgnoreContentModifiers(false);
            }
        }
        return context.getInvokeAction();
    }
}
