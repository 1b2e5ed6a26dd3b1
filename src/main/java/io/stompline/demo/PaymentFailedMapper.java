package io.stompline.demo;

import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The answer to the customer. */
@ApplicationScoped
public class PaymentFailedMapper implements StompExceptionMapper<PaymentFailedException> {
    @Override
    public StompProblem toReply(PaymentFailedException exception) {
        return new StompProblem("payment failed", List.of(exception.getMessage()));
    }
}
