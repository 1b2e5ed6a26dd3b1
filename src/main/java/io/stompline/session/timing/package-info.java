/**
 * When things happen in one connection: which frames wait ({@link io.stompline.session.timing.Deferral}), when it has
 * to show a sign of life ({@link io.stompline.session.timing.Pulse}) and when it is checked next. Carries out no frame.
 */
package io.stompline.session.timing;
