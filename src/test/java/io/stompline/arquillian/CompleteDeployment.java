package io.stompline.arquillian;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Has Arquillian's adapter for Payara Micro see the application that it has deployed.
 *
 * <p>The adapter (seen in 3.1) reads the server's log as soon as the line with the ports is there. The lines with the
 * applications are printed behind it: where they come a little later, tests get an address without the context root.
 */
public final class CompleteDeployment implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.override(DeployableContainer.class, PayaraMicroDeployableContainer.class, Container.class);
    }

    /** Deploys again until the adapter has seen a servlet. */
    public static final class Container extends PayaraMicroDeployableContainer {
        private static final int ATTEMPTS = 3;

        @Override
        public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
            ProtocolMetaData deployed = super.deploy(archive);
            for (int attempt = 1; attempt < ATTEMPTS && !hasServlet(deployed); attempt++) {
                super.undeploy(archive);
                deployed = super.deploy(archive);
            }
            return deployed;
        }

        private static boolean hasServlet(ProtocolMetaData deployed) {
            return deployed.getContexts(HTTPContext.class).stream()
                    .anyMatch(context -> !context.getServlets().isEmpty());
        }
    }
}
