/** A worker that ticks, also while its page is in a hidden tab. */
const TICK_MILLIS = 500;
setInterval(() => postMessage(null), TICK_MILLIS);
