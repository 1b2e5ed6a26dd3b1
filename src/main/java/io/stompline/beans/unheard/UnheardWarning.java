package io.stompline.beans.unheard;

import io.stompline.api.OnSend;
import io.stompline.api.OnSubscribe;
import io.stompline.api.SendTo;
import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompExceptionMapper;
import io.stompline.api.StompRenewalCheck;
import io.stompline.beans.handler.HandlerExtension;
import io.stompline.security.AccessControl;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.WebListener;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Warns, when the application is deployed, of what it has for Stompline and nobody calls. */
@Dependent
@WebListener
public class UnheardWarning implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(UnheardWarning.class.getName());

    @Inject
    private HandlerExtension handlers;

    @Inject
    private FoundBeans beans;

    /**
     * Learns which classes have something for Stompline from the container, which looks through all archives of the
     * application anyway. CDI would not tell of those without a bean-defining annotation (CDI 4.0, "Type discovery").
     */
    @HandlesTypes({
        OnSend.class,
        OnSubscribe.class,
        SendTo.class,
        StompExceptionMapper.class,
        StompAccessCheck.class,
        StompRenewalCheck.class,
        AccessControl.class
    })
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
        Set<Class<?>> found = Classes.of(event.getServletContext());
        Stream.of(
                        new UnheardHandlers(beans.classes(), handlers.heard()).sentences(found),
                        LoneSendTo.sentences(found),
                        new UnaskedClasses(beans.classes(), beans.produced()).sentences(found))
                .flatMap(List::stream)
                .forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence));
    }
}
