/**
 * Metrics, health and a page for people.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.http.HttpVerticle} answers requests
 * <li>{@link dev.torc.verticles.http.ConsolePage} the ring as a page
 * </ul>
 */
package dev.torc.verticles.http;
