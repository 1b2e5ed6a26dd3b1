/** The composition root: makes the parts from the settings, starts and stops them. Nothing imports it. */
package io.stompline.app;
