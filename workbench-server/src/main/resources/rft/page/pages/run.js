import { LitElement, html, nothing, repeat } from '../vendor/lit.js';
import { get } from '../api.js';
import { CHART_KEYS, Stage } from '../chart-stage.js';
import '../charts.js';
import { watch } from '../live.js';
import { setQuery } from '../router.js';
import { RunSeries } from '../series.js';
import { errorBox } from '../ui.js';
import { Metrics, plans, withoutKl } from './run-charts.js';
import { facts } from './run-facts.js';
import { header } from './run-head.js';
import { healthPanel } from './run-health.js';
import { toolbar } from './run-toolbar.js';

const HEALTH_EVERY_MILLIS = 5000;
/** The charts come first: the health of a long run takes a while. */
const HEALTH_AFTER_MILLIS = 500;
/** Asked for as soon as the run is known to be there: the first chart need not wait for its page. */
const FIRST_SEEN = ['reward/mean', 'reward/p10', 'reward/p90', 'validation/accuracy'];
/** Events after which there is more to read than the news say: sources, the log, the report. */
const READ_AGAIN = new Set(['reward_changed', 'resumed', 'failed', 'diverged', 'finished', 'stopped', 'paused']);

/** One run: how it goes, whether it is well, and what it is. */
class RunPage extends LitElement {
  static properties = {
    params: { attribute: false }, query: { attribute: false }, session: { attribute: false },
    run: { state: true }, problem: { state: true }, health: { state: true }, now: { state: true },
  };

  keys = [...CHART_KEYS, ['r', 'rollouts of the chosen step']];
  stage = new Stage();
  #plans = [];
  #lines = new Map();
  #undo = [];
  #unwatch = null;
  #healthTimer = 0;
  #healthAt = Date.now() - HEALTH_EVERY_MILLIS + HEALTH_AFTER_MILLIS;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    const listen = (target, type, does) => {
      target.addEventListener(type, does);
      this.#undo.push(() => target.removeEventListener(type, does));
    };
    listen(document, 'keydown', (event) => this.#key(event));
    listen(this.stage, 'step', () => (setQuery({ step: this.stage.step }), this.requestUpdate()));
    listen(this.stage, 'range', () => this.#ranged());
    listen(this.stage, 'style', () => this.requestUpdate());
    listen(this, 'chart-seen', (event) => this.series?.want(this.#keysOf(event.target)));
    const clock = setInterval(() => (this.now = Date.now()), 5000);
    this.#undo.push(() => clearInterval(clock));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#undo.splice(0).forEach((undo) => undo());
    this.#unwatch?.();
    clearTimeout(this.#healthTimer);
    this.series?.close();
  }

  willUpdate(changed) {
    if (!changed.has('params') && !changed.has('query')) return;
    if (this.params.id !== this.id_) {
      this.id_ = this.params.id;
      this.series = new RunSeries(this.params.id, this.stage, () => [...this.querySelectorAll('rft-chart')].filter((chart) => chart.inSight).flatMap((chart) => this.#keysOf(chart)));
      this.series.addEventListener('change', () => this.requestUpdate());
      this.series.addEventListener('failed', (event) => (this.problem = event.detail));
      this.#load(true);
    }
  }

  /** Reads what the run is; the first time, where the address says one is, too. */
  async #load(first = false) {
    try {
      const [run, metrics] = await Promise.all([get(`/api/runs/${this.params.id}`).then((found) => (this.series.want(FIRST_SEEN), found)), this.metrics ?? get('/api/metrics').then((lines) => new Metrics(lines))]);
      this.metrics = metrics;
      this.problem = null;
      document.title = `${run.name} - RFT Workbench`;
      this.#take(run);
      if (first) {
        const { step, from, to } = this.query;
        if (from && to) this.stage.zoom(Number(from), Number(to));
        if (step) this.stage.choose(Number(step));
        this.#unwatch = watch([`run:${run.id}`], (news) => this.#hear(news), run.sequence);
      }
      this.#examine();
    } catch (error) {
      this.problem = error;
    }
  }

  #take(run) {
    this.run = run;
    this.#plans = plans(run.series, this.metrics);
    this.stage.extent(0, Math.max(run.step, 1));
  }

  #hear({ type, data }) {
    if (!this.run) return;
    const { run } = this;
    if (type === 'metrics') this.#metrics(data.steps);
    else if (type === 'event') this.#event(data.event);
    else if (type === 'run') this.run = { ...run, ...data.run };
    else if (type === 'checkpoint') this.run = { ...run, checkpoints: data.checkpoints };
    else if (type === 'rollouts') this.run = { ...run, rolloutSteps: [...new Set([...run.rolloutSteps, ...data.steps.map((one) => one.step)])] };
    else if (type === 'gone') this.run = { ...run, problem: 'This run was deleted.' };
    else if (type === 'resync') this.#load().then(() => this.series.reload());
  }

  #metrics(steps) {
    const last = { ...this.run.last };
    let keys = this.run.series;
    for (const { step, values } of steps) {
      this.series.append(step, values);
      Object.assign(last, values);
      const fresh = Object.keys(values).filter((key) => !keys.includes(key));
      if (fresh.length) keys = [...keys, ...fresh].sort();
      this.run = { ...this.run, step: Math.max(this.run.step, step) };
    }
    this.#take({ ...this.run, last, series: keys, first: { ...last, ...this.run.first } });
    this.#examine();
  }

  #event(event) {
    if (this.run.events.some((known) => known.sequence === event.sequence)) return;
    this.run = { ...this.run, events: [...this.run.events, event] };
    if (READ_AGAIN.has(event.kind)) this.#load();
  }

  /** Asks for the health, at most every few seconds. */
  #examine() {
    if (this.#healthTimer) return;
    const wait = Math.max(0, this.#healthAt + HEALTH_EVERY_MILLIS - Date.now());
    this.#healthTimer = setTimeout(async () => {
      this.#healthTimer = 0;
      this.#healthAt = Date.now();
      this.health = await get(`/api/runs/${this.params.id}/health`).catch((error) => ({ problem: error }));
    }, wait);
  }

  #ranged() {
    const { zoomed, from, to } = this.stage;
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.isConnected && setQuery({ from: zoomed ? Math.floor(from) : null, to: zoomed ? Math.ceil(to) : null }), 300);
    this.requestUpdate();
  }

  #key(event) {
    if (event.defaultPrevented || event.target.closest('input, textarea, select, dialog, [role=region], summary')) return;
    if (event.key === 'r' && !event.metaKey && !event.ctrlKey) this.querySelector('.run-rollouts')?.click();
    else if (this.stage.key(event)) event.preventDefault();
  }

  #keysOf(chart) {
    return this.#plans.find((plan) => plan.id === chart.id.slice(6))?.keys ?? [];
  }

  /** Lines of a chart; the same object as before while no point came. */
  #linesOf(plan) {
    const version = this.series.version(plan.keys);
    const known = this.#lines.get(plan.id);
    if (known?.version === version) return known.lines;
    const lines = plan.lines(this.series);
    this.#lines.set(plan.id, { version, lines });
    return lines;
  }

  /** What happened, as marks below the axes and seams. */
  #marks() {
    const { events, checkpoints, rewards } = this.run;
    const shape = JSON.stringify([events.length, checkpoints.map((one) => one.step), rewards.length]);
    if (this.marksOf === shape) return this.marks;
    const tones = { alarm: 'bad', failed: 'bad', diverged: 'bad', step_skipped: 'bad', warning: 'series-2', resumed: 'accent', forked: 'accent' };
    this.marksOf = shape;
    this.marks = [
      ...checkpoints.map((one) => ({ step: one.step, small: true })),
      ...events.filter((event) => tones[event.kind]).map((event) => ({ step: event.step, tone: tones[event.kind] })),
      ...rewards.filter((reward) => reward.version > 1).map((reward) => ({ step: reward.step, tone: 'accent', seam: `reward ${reward.version}` })),
    ];
    return this.marks;
  }

  render() {
    if (!this.run) return html`<div class="page" aria-busy="true">${this.problem ? errorBox(this.problem, () => this.#load(true)) : html`<h1>${this.params.id}</h1><p class="muted">Loading…</p>`}</div>`;
    const run = this.run;
    return html`<div class="page run-page">
      ${header(this, run)}
      ${this.problem ? errorBox(this.problem, () => this.#load().then(() => this.series.reload())) : nothing}
      ${toolbar(this, run)}
      <h2 class="visually-hidden">Charts and health</h2>
      <section class="chart-grid" aria-label="Charts">
        ${repeat(this.#plans, (plan) => plan.id, (plan, index) => html`
          <rft-chart id=${`chart-${plan.id}`} class=${plan.big ? 'chart-big' : ''} .stage=${this.stage} .heading=${plan.heading} .meaning=${plan.meaning} .unit=${plan.unit}
            .file=${`${run.id}-${plan.id}`} .lines=${this.#linesOf(plan)} .marks=${this.#marks()}></rft-chart>
          ${index === 0 ? healthPanel(run, this.health, this.stage) : nothing}`)}
        ${this.#plans.length ? nothing : healthPanel(run, this.health, this.stage)}
      </section>
      ${withoutKl(run) ? html`<p class="muted">${withoutKl(run)}</p>` : nothing}
      ${this.#plans.length ? nothing : html`<p class="empty panel">No step is written yet. The charts come with the first one.</p>`}
      ${facts(this, run)}
    </div>`;
  }
}

customElements.define('rft-run-page', RunPage);
