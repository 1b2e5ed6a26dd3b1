/**
 * Shows a subscription what is kept for its user, from the table and as it comes, without a gap or a duplicate: {@link
 * io.stompline.session.kept.KeptStream}. Reading and deleting are the business of {@code inbox}.
 */
package io.stompline.session.kept;
