/** Chart.js, as a WebJar has it: it sets `Chart` for all. The build puts in the version. */
import '../webjars/chart.js/${chartjs.version}/dist/chart.umd.min.js';

export const { Chart } = globalThis;
