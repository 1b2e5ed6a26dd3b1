/**
 * Which topics have a history or last values, and how much of them is kept, as the settings say.
 *
 * <p>Keeps nothing itself.
 */
package io.stompline.history.rules;
