/** Figures of the shop and of the server, drawn as they come. */
import { byId, element, showOutcome } from '../js/view.js';
import { Chart } from './chart.js';
import { Demo } from './demo.js';
import { Prices } from './prices.js';

const SHOWN_SAMPLES = 120;
const SAMPLE_MILLIS = 1000;
const STALE_MILLIS = 4 * SAMPLE_MILLIS;
const CHARTS = {
  shop: [{ title: 'Orders', unit: 'per minute', lines: { orders: 'ordersPerMinute' } }],
  server: [
    { title: 'Processor', unit: '%', lines: { 'this server': 'cpuPercent' } },
    { title: 'Heap', unit: 'MiB', lines: { used: 'heapMebibytes' } },
    { title: 'Messages', unit: 'per second', lines: { sent: 'messagesSent', 'frames received': 'framesReceived' } },
    { title: 'Clients', unit: '', lines: { connections: 'connections', subscriptions: 'subscriptions' } },
  ],
};
const NUMBERS = {
  shop: { ordersPerMinute: 'orders per minute', orders: 'orders since the start' },
  server: {
    connections: 'connections',
    subscriptions: 'subscriptions',
    messagesSent: 'messages sent/s',
    heapMebibytes: 'MiB of heap',
    cpuPercent: '% of the processors',
    threads: 'threads',
  },
};

const style = getComputedStyle(document.documentElement);
const LINE_COLOURS = ['--accent', '--heart'];
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;

let samples = [];
let arrivedAt;
const charts = Object.entries(CHARTS).flatMap(([side, all]) => all.map((chart) => makeChart(side, chart)));
paint();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
const demo = new Demo(() => {
  demo.follow('/topic/local/dashboard', showAll, (sample) => showAll([...samples, sample]));
  prices.subscribe();
});
const prices = new Prices(demo);
demo.onChange(showAge);
setInterval(showAge, SAMPLE_MILLIS);

byId('order-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  if (await demo.send('order-form', '/app/orders', { item: 'Tea', paymentFails: false })) {
    showOutcome(byId('order-form').querySelector('.outcome'), 'done', 'Ordered: the next figures have it.');
  }
});

function makeChart(side, { title, unit, lines }) {
  const canvas = element('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${title} over the last two minutes`);
  byId(`${side}-charts`).append(
    element(
      'section',
      { className: 'card' },
      element('h3', {}, title, ' ', element('span', { className: 'unit' }, unit)),
      element('div', { className: 'chart' }, canvas),
    ),
  );
  const datasets = Object.entries(lines).map(([label, property]) => ({
    label,
    property,
    data: [],
    borderWidth: 2,
    pointRadius: 0,
  }));
  return new Chart(canvas, {
    type: 'line',
    data: { labels: [], datasets },
    options: {
      scales: { y: { beginAtZero: true }, x: { ticks: { maxTicksLimit: 4, maxRotation: 0 } } },
      plugins: { legend: { display: datasets.length > 1 } },
    },
  });
}

/** Canvases know no style sheet. */
function paint() {
  const colour = (name) => style.getPropertyValue(name).trim();
  for (const one of charts) {
    one.data.datasets.forEach((dataset, i) => {
      dataset.borderColor = colour(LINE_COLOURS[i]);
    });
    for (const scale of Object.values(one.options.scales)) {
      scale.ticks.color = colour('--muted');
      scale.grid.color = colour('--line');
    }
    one.options.plugins.legend.labels.color = colour('--muted');
    one.update();
  }
}

function showAll(all) {
  samples = all.slice(-SHOWN_SAMPLES);
  const times = samples.map(({ at }) => new Date(at).toLocaleTimeString());
  for (const one of charts) {
    one.data.labels = times;
    for (const dataset of one.data.datasets) {
      dataset.data = samples.map((sample) => sample[dataset.property]);
    }
    one.update();
  }
  showNumbers(samples.at(-1));
  arrivedAt = Date.now();
  showAge();
}

/** Shows the age of the last figures when no new ones come. */
function showAge() {
  const isStale = arrivedAt !== undefined && (!demo.isConnected || Date.now() - arrivedAt > STALE_MILLIS);
  byId('stale').hidden = !isStale;
  byId('stage').classList.toggle('old', isStale);
  const text = isStale ? `Not up to date: these figures are of ${new Date(arrivedAt).toLocaleTimeString()}.` : '';
  // A screen reader repeats a text that is set again, even if it is the same.
  if (byId('stale').textContent !== text) {
    byId('stale').textContent = text;
  }
}

function showNumbers(sample) {
  if (sample) {
    for (const [side, numbers] of Object.entries(NUMBERS)) {
      byId(`${side}-numbers`).replaceChildren(
        ...Object.entries(numbers).map(([property, name]) =>
          element('p', { className: 'number' }, element('strong', {}, Math.round(sample[property])), name),
        ),
      );
    }
  }
}
