package io.stompline.beans.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stompline.api.Header;
import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.SendTo;
import io.stompline.api.Variable;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One of each kind of handler. */
class Shop {
    enum Size3 {
        SMALL,
        LARGE
    }

    record Item(
            @NotNull @Size(max = 40) String name, @Max(99) int count, Size3 size, Optional<String> note) {}

    record Order(
            @NotNull List<Item> items,
            LocalDate due,
            @Pattern(regexp = "[a-z*/]+") String code,
            @JsonProperty("for") String forWhom) {}

    static final class Placed {
        public long number;
        public Map<String, Integer> left = Map.of();
        public byte[] seal = {};
    }

    @OnSend("/app/shops/{shop}/orders")
    @SendTo("/topic/shops/{shop}/orders")
    @RolesAllowed({"customer", "admin"})
    public Placed order(@Variable("shop") long shop, Order order, Principal by) {
        throw new AssertionError();
    }

    @OnSend("/app/ask")
    public CompletionStage<Optional<Item>> ask(String question, @Header("language") Optional<String> language) {
        throw new AssertionError();
    }

    @OnSend("/app/picture")
    public void picture(byte[] picture, @Header("width") int width) {
        throw new AssertionError();
    }

    @OnSend("/app/shops/o'clock/orders")
    @DenyAll
    public void late(String order) {
        throw new AssertionError();
    }

    @OnSubscribe("/topic/seen")
    public void seen() {
        throw new AssertionError();
    }

    @OnSubscribe("/topic/prices")
    public List<Item> prices() {
        throw new AssertionError();
    }
}
