package io.stompline.beans.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stompline.beans.handler.Operations;
import io.stompline.gateway.Transport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private final ObjectNode document = AsyncApi.of(
            Operations.of(Shop.class),
            new AsyncApi.Server(
                    "Shop", "shop.example:443", "/shop", true, List.of(new Way("stomp", "w"), new Way("events", "e"))));

    private record Way(String name, String scheme) implements Transport {
        @Override
        public String path() {
            return "/" + name;
        }

        @Override
        public String protocol(boolean secure) {
            return secure ? scheme + "ss" : scheme + "s";
        }

        @Override
        public boolean isOffered() {
            return true;
        }
    }

    @Test
    void asyncapi_document_isValid() throws IOException {
        assertThat(AsyncApiSchema.faults(document)).isEmpty();
        assertThat(references(document))
                .isNotEmpty()
                .allSatisfy(pointer -> assertThat(document.at(pointer).isMissingNode())
                        .as(pointer)
                        .isFalse());
    }

    /** Whether the validator would notice. */
    @Test
    void asyncapi_documentWithoutInfo_isNotValid() throws IOException {
        ObjectNode without = document.deepCopy();
        without.remove("info");
        assertThat(AsyncApiSchema.faults(without)).isNotEmpty();
    }

    @Test
    void asyncapi_servers_areWhereTheTransportsAre() {
        assertThat(document.at("/servers/stomp").toString())
                .contains("\"host\":\"shop.example:443\",\"pathname\":\"/shop/stomp\",\"protocol\":\"wss\"");
        assertThat(document.at("/servers/events").toString())
                .contains("\"host\":\"shop.example:443\",\"pathname\":\"/shop/events\",\"protocol\":\"ess\"");
    }

    @Test
    void asyncapi_send_hasItsDestinationPayloadRolesAndResult() {
        JsonNode channel = document.at("/channels/app.shops._shop_.orders");
        assertThat(channel.at("/address").asText()).isEqualTo("/app/shops/{shop}/orders");
        assertThat(channel.at("/parameters").has("shop")).isTrue();
        assertThat(channel.at("/messages/Shop.order/payload/$ref").asText()).isEqualTo("#/components/schemas/Order");
        JsonNode operation = document.at("/operations/Shop.order");
        assertThat(operation.at("/action").asText()).isEqualTo("receive");
        assertThat(operation.at("/x-roles").toString()).isEqualTo("[\"admin\",\"customer\"]");
        assertThat(document.at("/operations/Shop.order.result/channel/$ref").asText())
                .isEqualTo("#/channels/topic.shops._shop_.orders");
    }

    @Test
    void asyncapi_resultForTheSender_isAReply() {
        JsonNode operation = document.at("/operations/Shop.ask");
        assertThat(operation.at("/reply/channel/$ref").asText()).isEqualTo("#/channels/user.queue.replies");
        assertThat(document.at("/channels/user.queue.replies/messages/Shop.ask.result/payload/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Item");
        assertThat(document.at("/channels/app.ask/messages/Shop.ask/contentType")
                        .asText())
                .isEqualTo("text/plain");
    }

    @Test
    void asyncapi_headers_areNeededUnlessOptional() {
        JsonNode message = document.at("/channels/app.picture/messages/Shop.picture");
        assertThat(message.at("/headers/required").toString()).isEqualTo("[\"width\"]");
        assertThat(message.at("/contentType").asText()).isEqualTo("application/octet-stream");
        assertThat(document.at("/channels/app.ask/messages/Shop.ask/headers").toString())
                .contains("language")
                .doesNotContain("required");
    }

    @Test
    void asyncapi_subscription_hasItsFirstMessage() {
        assertThat(document.at("/operations/Shop.prices/action").asText()).isEqualTo("send");
        assertThat(document.at("/channels/topic.prices/messages/Shop.prices/payload/items/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Item");
    }

    @Test
    void asyncapi_methodForNobody_hasNoRole() {
        assertThat(document.at("/operations/Shop.late/x-roles").toString()).isEqualTo("[]");
        assertThat(document.at("/channels/app.shops.o_x27_clock.orders/address").asText())
                .isEqualTo("/app/shops/o'clock/orders");
    }

    @Test
    void asyncapi_methodThatOnlyObserves_isNoOperation() {
        assertThat(document.at("/operations").has("Shop.seen")).isFalse();
    }

    @Test
    void asyncapi_octetsInAnObject_areBase64() {
        assertThat(document.at("/components/schemas/Placed/properties/seal").toString())
                .contains("\"contentEncoding\":\"base64\"");
    }

    @Test
    void asyncapi_constraints_areInTheSchema() {
        JsonNode item = document.at("/components/schemas/Item");
        assertThat(item.at("/required").toString()).isEqualTo("[\"name\"]");
        assertThat(item.at("/properties/name/maxLength").asInt()).isEqualTo(40);
        assertThat(item.at("/properties/count/maximum").asInt()).isEqualTo(99);
        assertThat(document.at("/components/schemas/Order/properties").has("for"))
                .isTrue();
    }

    private static List<String> references(JsonNode node) {
        return node.findValuesAsText("$ref").stream()
                .map(reference -> reference.substring(1))
                .toList();
    }
}
