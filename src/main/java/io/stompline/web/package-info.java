/**
 * The common parts of all HTTP requests and answers of the application, pages above all, and what pages know of the
 * settings. The check of who may open a connection is the business of {@code gateway}.
 */
package io.stompline.web;
