package io.stompline.session;

import io.stompline.routing.Destination;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.Application;
import io.stompline.session.port.ApplicationRefusal;
import io.stompline.session.port.ClientRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What beans would do: handles {@code /app/…} but {@code /app/nobody}, and answers subscriptions that a test names. */
final class FakeApplication implements Application {
    private final List<String> handled = new ArrayList<>();
    private final Map<Destination, Function<ClientRequest, Optional<FirstMessage>>> answers = new HashMap<>();

    /** Answers subscriptions to a destination. */
    void answer(String destination, Function<ClientRequest, Optional<FirstMessage>> answer) {
        answers.put(Destination.parse(destination).orElseThrow(), answer);
    }

    /** Destination, caller and body of what was sent here. */
    List<String> handled() {
        return handled;
    }

    @Override
    public void send(ClientRequest request) {
        if (request.destination().name().equals("nobody")) {
            throw new ApplicationRefusal("nothing here handles this destination");
        }
        handled.add(request.destination() + " " + request.session().caller().name() + " "
                + request.body().text().orElseThrow());
    }

    @Override
    public boolean answersSubscribe(Destination destination) {
        return answers.containsKey(destination);
    }

    @Override
    public Optional<FirstMessage> subscribe(ClientRequest request) {
        return answers.get(request.destination()).apply(request);
    }
}
