/**
 * What all HTTP requests and answers of the application have in common, pages above all, and what pages know of the
 * settings. Who may open a connection is the business of {@code gateway}.
 */
package io.stompline.web;
