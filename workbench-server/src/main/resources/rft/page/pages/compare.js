import { LitElement, html, nothing, repeat } from '../vendor/lit.js';
import { get } from '../api.js';
import { CHART_KEYS, Stage } from '../chart-stage.js';
import '../charts.js';
import { watch } from '../live.js';
import { setQuery } from '../router.js';
import { RunSeries } from '../series.js';
import { errorBox, span } from '../ui.js';
import { optionTable, rewardDiffs, valueTable } from './compare-tables.js';
import { Metrics, look, plans, title } from './run-charts.js';
import { picker } from './compare-picker.js';

/** Values of the table, for which the points of all runs are loaded at once. */
const TOLD = ['reward/mean', 'validation/accuracy', 'policy/entropy', 'policy/kl', 'group/mixed', 'completion/length_mean', 'completion/truncated', 'train/grad_norm', 'reward/failed', 'time/tokens_per_second'];

/** Several runs, one over the other. */
class ComparePage extends LitElement {
  static properties = {
    params: { attribute: false }, query: { attribute: false }, session: { attribute: false },
    list: { state: true }, runs: { state: true }, missing: { state: true }, comparison: { state: true }, problem: { state: true }, together: { state: true },
  };

  keys = CHART_KEYS;
  stage = new Stage();
  /** Mean and band of the groups by metric, as far as they were asked for. */
  bands = new Map();
  #asked = new Set();
  #undo = [];
  #unwatch = null;
  #lines = new Map();

  constructor() {
    super();
    Object.assign(this, { together: true, runs: [], missing: [] });
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    const listen = (target, type, does) => {
      target.addEventListener(type, does);
      this.#undo.push(() => target.removeEventListener(type, does));
    };
    listen(document, 'keydown', (event) => {
      if (!event.defaultPrevented && !event.target.closest('input, textarea, select, dialog, [role=region], summary') && this.stage.key(event)) event.preventDefault();
    });
    listen(this.stage, 'step', () => (setQuery({ step: this.stage.step }), this.requestUpdate()));
    for (const type of ['range', 'style']) listen(this.stage, type, () => this.requestUpdate());
    listen(this, 'chart-seen', (event) => this.#want([event.target.dataset.key]));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#undo.splice(0).forEach((undo) => undo());
    this.#unwatch?.();
    this.runs.forEach((run) => run.series.close());
  }

  willUpdate(changed) {
    if (!changed.has('query')) return;
    const ids = (this.query.runs ?? '').split(',').filter(Boolean);
    if (this.ids?.join() === ids.join()) return;
    this.ids = ids;
    this.#load();
  }

  /** Chooses which runs; the address says it. */
  choose(ids) {
    this.ids = ids;
    setQuery({ runs: ids.join(',') });
    this.#load();
  }

  async #load() {
    const visit = (this.visit = {});
    this.problem = null;
    try {
      const [list, metrics] = await Promise.all([get('/api/runs'), this.metrics ?? get('/api/metrics').then((lines) => new Metrics(lines))]);
      const answers = await Promise.allSettled(this.ids.map((id) => get(`/api/runs/${id}`)));
      const pages = answers.flatMap(({ value }) => value ?? []);
      const missing = this.ids.flatMap((id, i) => (answers[i].reason ? { id, error: answers[i].reason } : []));
      let problem = null;
      const comparison = pages.length ? await get('/api/compare', { runs: pages.map((page) => page.id).join(',') }).catch((error) => ((problem = error), null)) : null;
      if (visit !== this.visit) return;
      Object.assign(this, { metrics, list: list.runs, missing, problem });
      this.#take(pages, comparison);
    } catch (error) {
      if (visit === this.visit) this.problem = error;
    }
  }

  #take(pages, comparison) {
    const known = new Map(this.runs.map((run) => [run.page.id, run]));
    this.runs = pages.map((page, index) => {
      const old = known.get(page.id);
      if (old) return { ...old, page, ...look(index) };
      const series = new RunSeries(page.id, this.stage, () => this.#inSight());
      series.addEventListener('change', () => this.requestUpdate());
      series.addEventListener('failed', (event) => (this.problem = event.detail));
      return { page, series, ...look(index) };
    });
    known.forEach((run, id) => pages.some((page) => page.id === id) || run.series.close());
    this.comparison = comparison;
    this.bands.clear();
    this.#asked.clear();
    this.#lines.clear();
    this.stage.extent(0, Math.max(1, ...pages.map((page) => page.step)));
    if (this.query.step) this.stage.choose(Number(this.query.step));
    this.runs.forEach((run) => run.series.want(TOLD.filter((key) => run.page.series.includes(key))));
    this.#want(this.#inSight());
    this.#unwatch?.();
    const live = pages.filter((page) => page.status === 'running');
    const ends = live.map((page) => watch([`run:${page.id}`], (news) => this.#hear(page.id, news), page.sequence));
    this.#unwatch = () => ends.forEach((end) => end());
  }

  #hear(id, { type, data }) {
    const run = this.runs.find((one) => one.page.id === id);
    if (!run) return;
    if (type === 'resync') run.series.reload();
    if (type === 'run') run.page.status = data.run.status;
    if (type !== 'metrics') return;
    for (const { step, values } of data.steps) {
      run.series.append(step, values);
      Object.assign(run.page.last, values);
      run.page.step = Math.max(run.page.step, step);
    }
    this.stage.extent(0, Math.max(...this.runs.map((one) => one.page.step)));
  }

  #inSight() {
    return [...this.querySelectorAll('rft-chart')].filter((chart) => chart.inSight).map((chart) => chart.dataset.key);
  }

  #want(keys) {
    this.runs.forEach((run) => run.series.want(keys.filter((key) => run.page.series.includes(key))));
    if (this.#grouped()) this.#wantBands(keys);
  }

  #grouped() {
    return this.together && this.comparison?.groups.some((group) => group.runs.length > 1);
  }

  async #wantBands(keys) {
    const missing = keys.filter((key) => !this.#asked.has(key));
    if (!missing.length) return;
    missing.forEach((key) => this.#asked.add(key));
    try {
      const { groups } = await get('/api/compare', { runs: this.runs.map((run) => run.page.id).join(','), keys: missing.join(','), points: 1000 });
      missing.forEach((key) => this.bands.set(key, groups.map((group) => group.series[key])));
      this.#lines.clear();
      this.requestUpdate();
    } catch (error) {
      missing.forEach((key) => this.#asked.delete(key));
      this.problem = error;
    }
  }

  /** Metrics that at least two of the runs have, in the order of the page of a run. */
  #shared() {
    const least = Math.min(2, this.runs.length);
    const count = new Map();
    this.runs.forEach((run) => run.page.series.forEach((key) => count.set(key, (count.get(key) ?? 0) + 1)));
    const shared = [...count].filter(([, n]) => n >= least).map(([key]) => key).sort();
    return plans(shared, this.metrics).flatMap((plan) => plan.keys);
  }

  #linesOf(key) {
    const version = `${this.#grouped()} ${this.runs.map((run) => run.series.version([key])).join(';')}`;
    const known = this.#lines.get(key);
    if (known?.version === version) return known.lines;
    const kind = key.startsWith('validation/') ? 'dots' : 'line';
    const bands = this.#grouped() ? this.bands.get(key) : null;
    const single = (run) => ({ label: this.labelOf(run), color: run.color, dash: run.dash, kind, ...run.series.get(key) });
    const lines = bands
      ? this.comparison.groups.map((group, n) => this.#group(group, bands[n], n, key, kind))
      : this.runs.filter((run) => run.page.series.includes(key)).map(single);
    this.#lines.set(key, { version, lines });
    return lines;
  }

  /** Keeps the edge of a band of shares within 0 and 1. */
  #possible(key, edge) {
    return this.metrics.of(key).unit === 'share' ? edge.map((value) => (value === null ? null : Math.min(1, Math.max(0, value)))) : edge;
  }

  #group(group, { x, mean, low, high }, n, key, kind) {
    const run = this.runs.find((one) => one.page.id === group.runs[0]);
    const many = group.runs.length > 1;
    return {
      label: many ? `${run.page.name} × ${group.runs.length} seeds` : this.labelOf(run),
      title: many ? `Mean of ${group.runs.join(', ')}; the band is one standard deviation` : run.page.id,
      ...look(n), kind, x, y: mean, marks: [],
      band: many ? { x, low: this.#possible(key, low), high: this.#possible(key, high), label: 'sd' } : undefined,
    };
  }

  /** A name that tells a run from the others chosen. */
  labelOf(run) {
    const alike = this.runs.filter((one) => one.page.name === run.page.name);
    if (alike.length === 1) return run.page.name;
    const seeds = new Set(alike.map((one) => one.page.seed));
    return seeds.size === alike.length ? `${run.page.name} seed ${run.page.seed}` : `${run.page.name} ${run.page.id.slice(-4)}`;
  }

  render() {
    const { runs, comparison, stage } = this;
    return html`<div class="page run-page compare-page">
      <div class="head"><h1>Compare</h1></div>
      ${this.problem ? errorBox(this.problem, () => this.#load()) : nothing}
      ${this.missing.length ? html`<div class="box warn" role="status">${this.missing.map(({ id, error }) => html`<p><span class="mono">${id}</span> cannot be shown: ${error.message}</p>`)}</div>` : nothing}
      ${this.list ? picker(this) : this.problem ? nothing : html`<p class="muted" aria-busy="true">Loading…</p>`}
      ${runs.length ? html`
        ${valueTable(this, TOLD)}
        ${this.#toolbar()}
        <h2 class="visually-hidden">Charts</h2>
        <section class="chart-grid" aria-label="Charts">${repeat(this.#shared(), (key) => key, (key) => html`
          <rft-chart data-key=${key} id=${`chart-${key.replaceAll(/[^a-z0-9]+/g, '-')}`} .stage=${stage} .heading=${title(key)} .meaning=${this.metrics.of(key).meaning} .unit=${this.metrics.of(key).unit}
            .file=${`compare-${key.replaceAll('/', '-')}`} .lines=${this.#linesOf(key)}></rft-chart>`)}</section>
        ${comparison && runs.length > 1 ? html`${optionTable(this, comparison)}${rewardDiffs(this, comparison)}` : nothing}` : nothing}
    </div>`;
  }

  #toolbar() {
    const { stage } = this;
    const several = this.comparison?.groups.some((group) => group.runs.length > 1);
    return html`<div class="run-bar" role="toolbar" aria-label="Charts">
      ${several ? html`<label class="row"><input type="checkbox" .checked=${this.together} @change=${(event) => this.#gather(event.target.checked)}> Seeds of the same options as mean and band</label>` : nothing}
      <span class="grow"></span>
      <span class="run-view muted">${stage.step === null ? '' : `step ${stage.step}, `}${span('step', Math.ceil(stage.from), Math.floor(stage.to))}</span>
      <button type="button" ?disabled=${!stage.zoomed} @click=${() => stage.reset()}>Show all</button>
      <label class="run-smooth">Smoothing <input type="range" min="0" max="0.98" step="0.02" .value=${String(stage.smoothing)} @input=${(event) => stage.smooth(Number(event.target.value))}> <output>${stage.smoothing.toFixed(2)}</output></label>
    </div>`;
  }

  #gather(together) {
    this.together = together;
    if (together) this.#wantBands(this.#inSight());
  }
}

customElements.define('rft-compare-page', ComparePage);
