import { t } from '../words/words.js';
import { Chart } from './chart.js';

const SHARES = ['p50', 'p95', 'p99'];

/** How long it took from an event's receipt to the answer that took it: the middle, and the slow ones. */
class LatencyChart extends Chart {
  summary() {
    const peak = (share) => Math.max(0, ...this.series.map((bucket) => bucket.latencyMillis?.[share] ?? 0));
    return `${t('overview.latencyOverTime')}: ${SHARES.map((share) => `${share} ≤ ${peak(share)} ms`).join(', ')}`;
  }

  drawing() {
    return {
      colours: ['--accent', '--warn', '--bad'],
      yAxis: { name: 'ms' },
      series: SHARES.map((share) => ({
        name: share,
        type: 'line',
        showSymbol: true,
        symbolSize: 5,
        connectNulls: false,
        data: this.series.map((bucket) => bucket.latencyMillis?.[share] ?? null),
      })),
    };
  }
}

customElements.define('latency-chart', LatencyChart);
