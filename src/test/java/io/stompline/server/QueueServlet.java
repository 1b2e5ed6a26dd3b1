package io.stompline.server;

import jakarta.annotation.Resource;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Puts a persistent message into a queue (POST) and takes one out (GET), for tests of the server without Stompline. */
@WebServlet("/queue")
public class QueueServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String QUEUE = "kept";
    private static final long RECEIVE_MILLIS = 5_000;

    @Resource(lookup = "jms/stompline")
    private transient ConnectionFactory connections;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (JMSContext context = connections.createContext()) {
            String body = request.getReader().readLine();
            context.createProducer().send(context.createQueue(QUEUE), body);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (JMSContext context = connections.createContext()) {
            String body = context.createConsumer(context.createQueue(QUEUE)).receiveBody(String.class, RECEIVE_MILLIS);
            response.getWriter().print(body);
        }
    }
}
