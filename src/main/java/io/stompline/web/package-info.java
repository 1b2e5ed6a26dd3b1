/**
 * What all HTTP requests and answers of the application have in common, pages above all. Who may open a connection is
 * the business of {@code gateway}.
 */
package io.stompline.web;
