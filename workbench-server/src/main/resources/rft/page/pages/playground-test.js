import { LitElement, html, nothing, svg } from '../vendor/lit.js';
import { setQuery } from '../router.js';
import { counted, errorBox, number } from '../ui.js';
import { choiceOf, drawFields, interval, labelOf, modelSelect, rewardOf, rewardSelect, stream, verdictView, visible } from './playground-parts.js';

const FILTERS = [['', 'All'], ['gained', 'Gained'], ['lost', 'Lost'], ['same', 'Same']];
const MOST_SHOWN = 200;

/** A test set, asked of two models with the same seeds. */
class PlaygroundTest extends LitElement {
  static properties = { shared: { attribute: false }, form: { state: true }, running: { state: true }, problem: { state: true }, plan: { state: true }, rows: { state: true }, summary: { state: true }, filter: { state: true }, state: { state: true } };

  constructor() {
    super();
    Object.assign(this, { form: null, running: null, problem: null, plan: null, rows: [], skipped: 0, summary: null, filter: '', state: '' });
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.running?.abort();
  }

  willUpdate(changed) {
    if (changed.has('shared') && !this.form) this.#begin();
  }

  #begin() {
    const { models, options, query } = this.shared;
    const tuned = models.tuned.find((one) => one.run === query.run) ?? models.tuned[0];
    const draw = { n: 1, seed: 0, temperature: 1, topP: 1, maxTokens: tuned?.maxNewTokens ?? 64 };
    this.form = {
      base: query.base ?? (tuned ? `base:${tuned.base}` : ''),
      tuned: query.tuned ?? (tuned ? (query.step && tuned.run === query.run ? `${tuned.run}@${Number(query.step)}` : tuned.run) : ''),
      data: query.data ?? (tuned ? `run:${tuned.run}` : options.datasets[0]),
      rows: query.rows ?? 'validation',
      count: Number(query.count) || 50,
      reward: query.judge ?? (tuned ? `run:${tuned.run}` : options.rewards[0]?.name ?? ''),
      draw,
    };
  }

  #set(changes) {
    this.form = { ...this.form, ...changes };
  }

  async start() {
    if (this.running) return;
    const { base, tuned, data, rows, count, reward, draw } = this.form;
    setQuery({ base, tuned, data, rows, count, judge: reward });
    this.asked = { base, tuned };
    const run = (this.running = new AbortController());
    Object.assign(this, { problem: null, plan: null, rows: [], skipped: 0, summary: null, state: 'waiting' });
    const dataset = data.startsWith('run:') ? { run: data.slice(4) } : { name: data };
    try {
      await stream('/api/playground/testset', { data: { ...dataset, rows, count }, base: choiceOf(base), tuned: choiceOf(tuned), reward: rewardOf(reward), ...draw }, (event) => this.#hear(event), run.signal);
      this.state = '';
    } catch (error) {
      this.state = run.signal.aborted ? 'stopped: there is no number, because not every prompt was asked' : '';
      if (error.name !== 'AbortError') this.problem = error;
    }
    this.running = null;
  }

  #hear(event) {
    if (event.total !== undefined) this.plan = event;
    else if (event.startingMillis !== undefined) this.state = `starting the model, ${Math.max(1, Math.round(event.startingMillis / 1000))} s`;
    else if (event.row) {
      this.state = '';
      this.rows.push(event.row);
      this.requestUpdate();
    } else if (event.why) {
      this.skipped += 1;
      this.requestUpdate();
    } else if (event.summary) this.summary = event.summary;
    else if (event.problem) this.problem = new Error(event.problem);
  }

  render() {
    const { models, options } = this.shared;
    if (!models.tuned.length) return html`<p class="empty">There is no tuned model yet. A run makes one with its first checkpoint. <a href="/new">New job</a></p>`;
    const form = this.form;
    const option = (value, text, chosen) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`;
    return html`<div class="stack">
      <form class="panel stack" @submit=${(event) => { event.preventDefault(); this.start(); }}>
        <div class="playground-fields">
          <label class="field">Base ${modelSelect(models, form.base, (base) => this.#set({ base }), 'Base')}</label>
          <label class="field">Tuned ${modelSelect(models, form.tuned, (tuned) => this.#set({ tuned }), 'Tuned')}</label>
          <label class="field">Dataset <select name="data" @change=${(event) => this.#set({ data: event.target.value })}>
            <optgroup label="Of a run">${models.tuned.map((tuned) => option(`run:${tuned.run}`, `${tuned.dataset} of ${tuned.run}`, form.data))}</optgroup>
            <optgroup label="Samples">${options.datasets.map((name) => option(name, name, form.data))}</optgroup></select></label>
          <label class="field">Rows <select name="rows" @change=${(event) => this.#set({ rows: event.target.value })}>
            ${[['validation', 'validation split'], ['test', 'test split'], ['train', 'training split'], ['first', 'first rows']].map(([value, text]) => option(value, text, form.rows))}</select></label>
          <label class="field">Most prompts <input name="count" type="number" min="1" max="1000" required .value=${String(form.count)} @change=${(event) => event.target.validity.valid && this.#set({ count: event.target.valueAsNumber })}></label>
          <label class="field">Judged by ${rewardSelect(models, options, form.reward, (reward) => this.#set({ reward }), { none: false })}</label>
          ${drawFields(form.draw, (change) => this.#set({ draw: { ...form.draw, ...change } }))}
        </div>
        ${form.rows === 'test' ? html`<p class="muted">The test split is read once for each number one reports: choose settings and checkpoints by validation first.</p>` : nothing}
        <div class="row">${this.running
          ? html`<button type="button" class="danger" @click=${() => this.running.abort()}>Stop</button>`
          : html`<button class="primary" ?disabled=${!form.tuned || !form.base}>Ask both</button>`}
          <span class="muted" role="status">${this.state}</span></div>
      </form>
      ${this.problem ? errorBox(this.problem, () => this.start()) : nothing}
      ${this.plan ? this.#progress() : nothing}
      ${this.summary ? this.#summary() : nothing}
      ${this.rows.length ? this.#table() : nothing}
    </div>`;
  }

  #progress() {
    const done = this.rows.length + this.skipped;
    return html`<div class="stack"><label class="row"><progress max=${this.plan.total} value=${done}></progress> ${done} of ${counted(this.plan.total, 'prompt')} of ${this.plan.dataset}${this.skipped ? `, ${this.skipped} did not fit the context` : ''}</label>
      ${this.plan.note ? html`<p class="box warn">${this.plan.note}</p>` : nothing}</div>`;
  }

  #summary() {
    const s = this.summary;
    const difference = s.rewardDifference;
    const shown = difference && (difference.low > 0 || difference.high < 0);
    return html`<section class="panel stack" aria-label="Result">
      <h2>${!difference ? 'No prompt has a reward from both' : shown ? `Tuned ${difference.mean > 0 ? 'earns more' : 'earns less'}: ${interval(difference)}` : `No difference shown: ${interval(difference)}`}</h2>
      <p class="muted">Mean reward, tuned minus base, paired over ${counted(s.prompts, 'prompt')} with ${counted(s.samples, 'answer')} each and the same seeds; 95 % interval over prompts${shown || !difference ? '' : '. It covers 0'}.</p>
      ${difference ? intervalPicture(difference) : nothing}
      <div class="scroll" tabindex="0"><table class="plain-numbers"><thead><tr><th scope="col">Measure</th><th scope="col" class="number">Base</th><th scope="col" class="number">Tuned</th><th scope="col" class="number">Difference</th></tr></thead><tbody>
        <tr><th scope="row">Mean reward</th><td class="number">${number(s.baseReward)}</td><td class="number">${number(s.tunedReward)}</td><td class="number">${difference ? interval(difference) : '–'}</td></tr>
        <tr><th scope="row">Full marks</th><td class="number">${interval(s.baseAccuracy)}</td><td class="number">${interval(s.tunedAccuracy)}</td><td class="number">${interval(s.accuracyDifference)}</td></tr>
      </tbody></table></div></section>`;
  }

  #table() {
    const count = (outcome) => (outcome ? this.rows.filter((row) => row.outcome === outcome).length : this.rows.length);
    const chosen = this.rows.filter((row) => !this.filter || row.outcome === this.filter).sort((a, b) => a.row - b.row);
    const labels = [this.asked.base, this.asked.tuned].map((key) => labelOf(key, this.shared.models));
    return html`<section class="stack" aria-label="Prompts">
      <div class="row" role="group" aria-label="Filter">${FILTERS.map(([key, text]) => html`<button type="button" aria-pressed=${this.filter === key} @click=${() => (this.filter = key)}>${text} ${count(key)}</button>`)}</div>
      <div class="scroll panel"><table class="pairs"><thead><tr><th scope="col">Prompt</th>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
        <tbody>${chosen.slice(0, MOST_SHOWN).map((row) => html`<tr data-outcome=${row.outcome}>
          <th scope="row"><span class="badge" data-outcome=${row.outcome}>${row.outcome}</span><pre>${visible(row.prompt)}</pre>${row.reference ? html`<small class="muted">reference: ${visible(row.reference)}</small>` : nothing}</th>
          <td data-label=${labels[0]}>${answersView(row.base)}</td><td data-label=${labels[1]}>${answersView(row.tuned)}</td></tr>`)}</tbody></table>
        ${chosen.length ? nothing : html`<p class="empty">No prompt ${this.filter === 'same' ? 'stayed the same' : `was ${this.filter}`}.</p>`}
        ${chosen.length > MOST_SHOWN ? html`<p class="muted">The first ${MOST_SHOWN} of ${chosen.length}.</p>` : nothing}</div></section>`;
  }
}

const answersView = (answers) => answers.map((answer) => html`<div class="pair-answer"><pre>${visible(answer.text)}${answer.cut ? html`<span class="muted"> (cut)</span>` : nothing}</pre>${verdictView(answer.verdict)}</div>`);

/** The interval on a line with 0. */
function intervalPicture({ mean, low, high }) {
  const edge = Math.max(Math.abs(low), Math.abs(high), 0.01) * 1.15;
  const x = (value) => 300 + (value / edge) * 280;
  return html`<svg class="interval-picture" viewBox="0 0 600 56" role="img" aria-label="Difference ${interval({ mean, low, high })}; 0 is ${low <= 0 && high >= 0 ? 'inside' : 'outside'}">
    ${svg`<line class="axis" x1="10" x2="590" y1="24" y2="24"></line><line class="zero" x1="300" x2="300" y1="4" y2="40"></line>
      <line class="range" x1=${x(low)} x2=${x(high)} y1="24" y2="24"></line><circle class="mean" cx=${x(mean)} cy="24" r="6"></circle>
      <text x="300" y="54" text-anchor="middle">0: base</text><text x="12" y="54">base earns more</text><text x="588" y="54" text-anchor="end">tuned earns more</text>`}</svg>`;
}

customElements.define('rft-playground-test', PlaygroundTest);
