import { number } from '../parts/times.js';
import { t } from '../words/words.js';
import { Chart } from './chart.js';

const GROUPS = { delivered: 'overview.delivered', unfinished: 'overview.waiting', failed: 'overview.failed', skipped: 'overview.skipped' };

/** Stacked bars of what became of the events that were accepted in each stretch of time. */
class TimeChart extends Chart {
  summary() {
    const sum = (name) => this.series.reduce((total, bucket) => total + bucket[name], 0);
    return Object.entries(GROUPS)
      .map(([name, key]) => `${t(key)} ${number(sum(name))}`)
      .join(', ');
  }

  drawing() {
    return {
      colours: ['--good', '--warn', '--bad', '--ink-faint'],
      yAxis: { minInterval: 1 },
      series: Object.entries(GROUPS).map(([name, key]) => ({
        name: t(key),
        type: 'bar',
        stack: 'all',
        barMaxWidth: 26,
        data: this.series.map((bucket) => bucket[name]),
      })),
    };
  }
}

customElements.define('time-chart', TimeChart);
