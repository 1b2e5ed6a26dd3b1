/** A worker that ticks: the timers of a hidden page come once a minute, those of its workers in time. */
self.onmessage = ({ data: millis }: MessageEvent<number>) => {
  setInterval(() => self.postMessage(null), millis);
};

export {};
