package io.stompline.beans.unheard;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.beans.handler.HandlerExtension;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.WebListener;
import java.util.Set;

/** Warns, when the application is deployed, of handler methods that nobody calls. */
@Dependent
@WebListener
public class UnheardWarning implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(UnheardWarning.class.getName());

    @Inject
    private HandlerExtension handlers;

    /**
     * Learns which classes have handler methods from the container, which looks through all archives of the application
     * anyway. CDI would not tell of those without a bean-defining annotation (CDI 4.0, "Type discovery").
     */
    @HandlesTypes({OnSend.class, OnSubscribe.class})
    public static class Classes implements ServletContainerInitializer {
        private static final String ATTRIBUTE = Classes.class.getName();

        @Override
        public void onStartup(Set<Class<?>> found, ServletContext context) {
            if (found != null) {
                context.setAttribute(ATTRIBUTE, Set.copyOf(found));
            }
        }

        @SuppressWarnings("unchecked") // set above
        private static Set<Class<?>> of(ServletContext context) {
            Object found = context.getAttribute(ATTRIBUTE);
            return found == null ? Set.of() : (Set<Class<?>>) found;
        }
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        new UnheardHandlers(handlers.beans(), handlers.heard())
                .sentences(Classes.of(event.getServletContext()))
                .forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence));
    }
}
