import { html } from 'lit';
import { View } from '../parts/view.js';
import { locale, t } from '../words/words.js';

/** A chart of a time series, in the page's colours and language. What it draws is up to those that extend it. */
export class Chart extends View {
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

  /** To be given: what the chart says, for who can't see it. */
  summary() {}

  /** To be given: { colours, yAxis, series } as ECharts takes them; colour(name) reads the page's. */
  drawing() {}

  render() {
    return html`<div class="chart" role="img" aria-label=${t('overview.chart', { words: this.summary() })}></div>`;
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
    const text = { color: colour('--ink-soft'), fontFamily: style.getPropertyValue('--font'), fontSize: parseFloat(style.fontSize) * 0.78 };
    const lines = { lineStyle: { color: colour('--line') } };
    const { colours, yAxis, series } = this.drawing();
    this.#chart?.setOption(
      {
        animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        animationDuration: 300,
        textStyle: text,
        color: colours.map(colour),
        legend: { bottom: 0, textStyle: text, itemWidth: 12, itemHeight: 12, icon: 'roundRect' },
        grid: { left: 8, right: 8, top: 32, bottom: 40, containLabel: true },
        tooltip: {
          trigger: 'axis',
          renderMode: 'richText', // On the canvas: the policy of this page lets no inline styles in.
          axisPointer: { type: 'shadow' },
          backgroundColor: colour('--paper'),
          borderColor: colour('--line'),
          textStyle: { ...text, color: colour('--ink') },
        },
        xAxis: { type: 'category', data: this.times(), axisLabel: text, axisTick: { show: false }, axisLine: lines },
        yAxis: { type: 'value', axisLabel: text, splitLine: lines, ...yAxis },
        series,
      },
      { notMerge: true },
    );
  }

  times() {
    const form = this.daily ? { weekday: 'short', hour: '2-digit', minute: '2-digit' } : { hour: '2-digit', minute: '2-digit' };
    const time = new Intl.DateTimeFormat(locale(), form);
    return this.series.map((bucket) => time.format(new Date(bucket.from)));
  }
}
