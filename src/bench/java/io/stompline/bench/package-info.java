/**
 * Measures Stompline: {@code *Benchmark} with JMH, {@link io.stompline.bench.LoadRun} a started server under load.
 *
 * <p>Compiled and run by {@code mvn -Pbench verify} only. Nothing here asserts how fast something is.
 */
package io.stompline.bench;
