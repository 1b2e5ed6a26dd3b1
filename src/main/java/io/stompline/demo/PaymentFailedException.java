package io.stompline.demo;

import jakarta.ejb.ApplicationException;

/** The payment of an order failed; rolls the transaction of the order back. */
@ApplicationException(rollback = true)
public class PaymentFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    PaymentFailedException(String item) {
        super("The payment for “" + item + "” failed: the order was rolled back.");
    }
}
