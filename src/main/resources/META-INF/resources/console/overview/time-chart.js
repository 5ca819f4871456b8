import { html } from 'lit';
import { View } from '../parts/view.js';
import { locale, t } from '../words/words.js';

const GROUPS = ['delivered', 'waiting', 'failed', 'skipped'];
const COLOURS = { delivered: '--good', waiting: '--warn', failed: '--bad', skipped: '--ink-faint' };

/** Stacked bars of deliveries over time. The same numbers are in a table for who can't see the bars. */
class TimeChart extends View {
  static properties = { series: { attribute: false }, daily: { type: Boolean } };

  #chart;
  #sized = new ResizeObserver(() => this.#chart?.resize());
  #painted = () => this.draw();

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('theme-changed', this.#painted);
  }

  disconnectedCallback() {
    window.removeEventListener('theme-changed', this.#painted);
    this.#sized.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
    super.disconnectedCallback();
  }

  render() {
    const words = GROUPS.map((name) => `${t(`overview.${name}`)} ${this.series[name].reduce((sum, n) => sum + n, 0)}`).join(', ');
    return html`<div class="chart" role="img" aria-label=${t('overview.chart', { words })}></div>`;
  }

  async updated() {
    if (!this.#chart) {
      // Large, and needed on this screen only.
      const echarts = await import('echarts/dist/echarts.esm.min.js');
      const place = this.querySelector('.chart');
      if (!this.isConnected || this.#chart) {
        return;
      }
      this.#chart = echarts.init(place, null, { renderer: 'canvas' });
      this.#sized.observe(place);
    }
    this.draw();
  }

  draw() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const form = this.daily ? { weekday: 'short', hour: '2-digit', minute: '2-digit' } : { hour: '2-digit', minute: '2-digit' };
    const time = new Intl.DateTimeFormat(locale(), form);
    const text = { color: colour('--ink-soft'), fontFamily: style.getPropertyValue('--font') };
    this.#chart?.setOption(
      {
        animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        animationDuration: 300,
        textStyle: text,
        color: GROUPS.map((name) => colour(COLOURS[name])),
        legend: { bottom: 0, textStyle: text, itemWidth: 12, itemHeight: 12, icon: 'roundRect' },
        grid: { left: 8, right: 8, top: 16, bottom: 40, containLabel: true },
        // As text on the canvas: the policy of this page lets no inline styles in.
        tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, backgroundColor: colour('--paper'), borderColor: colour('--line'), textStyle: { ...text, color: colour('--ink') } },
        xAxis: { type: 'category', data: this.series.times.map((at) => time.format(at)), axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('--line') } } },
        yAxis: { type: 'value', minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour('--line') } } },
        series: GROUPS.map((name) => ({ name: t(`overview.${name}`), type: 'bar', stack: 'all', barMaxWidth: 26, data: this.series[name] })),
      },
      { notMerge: true },
    );
  }
}

customElements.define('time-chart', TimeChart);
