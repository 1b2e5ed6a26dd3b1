/**
 * Behind the demo of the shared text: what browsers change is kept for all nodes and told to everybody. It knows
 * nothing of how texts are joined; that is the business of the pages.
 */
package io.stompline.demo.text;
