import { LitElement, html, nothing } from '../vendor/lit.js';
import { get } from '../api.js';
import { setQuery } from '../router.js';
import { counted, duration, errorBox } from '../ui.js';
import { choiceOf, drawFields, labelOf, legend, modelSelect, rewardOf, rewardSelect, runOf, stream, tokensView, verdictView } from './playground-parts.js';

const MOST_COLUMNS = 6;
/** For a model that no run tells a task of. */
const EXAMPLE = 'Say hello in one sentence.';

/** One prompt, asked of several models at the same time. */
class PlaygroundAsk extends LitElement {
  static properties = { shared: { attribute: false }, columns: { state: true }, running: { state: true }, problem: { state: true }, form: { state: true }, coloured: { state: true } };

  constructor() {
    super();
    this.columns = [];
    this.running = null;
    this.problem = null;
    this.coloured = true;
    this.form = { prompt: '', system: '', reference: '', reward: '', draw: { n: 1, seed: 0, temperature: 1, topP: 1, maxTokens: 64 } };
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.running?.abort();
  }

  willUpdate(changed) {
    if (changed.has('shared') && !this.columns.length) this.#begin();
  }

  /** Base beside tuned, of the run in the address or else of the newest. */
  #begin() {
    const { models, query } = this.shared;
    const known = (key) => (key.startsWith('base:') ? models.bases.some((base) => base.name === key.slice(5)) : models.tuned.some((tuned) => tuned.run === runOf(key)));
    let keys = (query.columns ?? '').split(',').filter((key) => key && known(key));
    const tuned = models.tuned.find((one) => one.run === query.run) ?? models.tuned[0];
    if (!keys.length && tuned) keys = [`base:${tuned.base}`, query.step && tuned.run === query.run ? `${tuned.run}@${Number(query.step)}` : tuned.run];
    if (!keys.length && models.bases.length) keys = [`base:${models.bases[0].name}`];
    this.columns = keys.slice(0, MOST_COLUMNS).map((key) => ({ key, answers: [], state: '' }));
    const draw = { ...this.form.draw, maxTokens: tuned?.maxNewTokens ?? 64 };
    for (const key of Object.keys(draw)) if (query[key] && Number.isFinite(Number(query[key]))) draw[key] = Number(query[key]);
    this.form = { prompt: query.prompt ?? (tuned ? '' : EXAMPLE), system: query.system ?? '', reference: query.reference ?? '', reward: query.reward ?? (tuned ? `run:${tuned.run}` : ''), draw };
    if (tuned && query.prompt === undefined) this.#example(tuned.run);
  }

  /** Begins with a row that the run was not trained on, unless somebody types first. */
  async #example(run) {
    const row = await get(`/api/models/${run}/example`).catch(() => null);
    if (this.form.prompt) return;
    this.example = row ?? { prompt: EXAMPLE };
    this.#set(this.example);
  }

  /** The answer to the example is no reference for another prompt. */
  #setPrompt(prompt) {
    const stale = this.example && prompt !== this.example.prompt && this.form.reference === this.example.reference;
    this.#set(stale ? { prompt, reference: '' } : { prompt });
  }

  #remember() {
    const { prompt, system, reference, reward, draw } = this.form;
    setQuery({ columns: this.columns.map((column) => column.key).join(','), run: null, step: null, prompt, system, reference, reward, seed: draw.seed, temperature: draw.temperature, topP: draw.topP, maxTokens: draw.maxTokens, n: draw.n });
  }

  #set(changes) {
    this.form = { ...this.form, ...changes };
  }

  #setColumn(index, key) {
    this.columns = this.columns.map((column, i) => (i === index ? { key, answers: [], state: '' } : column));
    this.#remember();
  }

  #add() {
    const { models } = this.shared;
    const used = new Set(this.columns.map((column) => column.key));
    const all = [...models.bases.map((base) => `base:${base.name}`), ...models.tuned.flatMap((tuned) => [tuned.run, ...tuned.checkpoints.map((point) => `${tuned.run}@${point.step}`).reverse()])];
    const key = all.find((one) => !used.has(one)) ?? all[0];
    this.columns = [...this.columns, { key, answers: [], state: '' }];
    this.#remember();
  }

  #remove(index) {
    this.columns = this.columns.filter((_, i) => i !== index);
    this.#remember();
  }

  async ask() {
    if (this.running || !this.form.prompt.trim() || !this.columns.length) return;
    this.#remember();
    const { prompt, system, reference, reward, draw } = this.form;
    const run = (this.running = new AbortController());
    this.problem = null;
    const start = performance.now();
    this.columns = this.columns.map((column) => ({ key: column.key, state: 'waiting', start, answers: Array.from({ length: draw.n }, () => ({ tokens: [] })) }));
    try {
      await stream(
        '/api/playground/chat',
        { columns: this.columns.map((column) => choiceOf(column.key)), system: system || null, prompt, reference: reference || null, reward: rewardOf(reward), ...draw },
        (event) => this.#hear(event),
        run.signal,
      );
    } catch (error) {
      if (error.name !== 'AbortError') this.problem = error;
    }
    for (const column of this.columns) {
      if (column.state === 'waiting' || column.state === 'answering' || column.state === 'judging') column.state = run.signal.aborted ? 'stopped' : '';
      column.starting = null;
    }
    this.running = null;
  }

  #hear(event) {
    const column = this.columns[event.column];
    if (!column) {
      if (event.problem) this.problem = new Error(event.problem);
      return;
    }
    const answer = column.answers[event.answer];
    if (event.startingMillis !== undefined) Object.assign(column, { starting: event.startingMillis / 1000, start: performance.now() });
    else if (event.problem) Object.assign(column, { state: 'failed', problem: event.problem, starting: null });
    else if (event.verdict) Object.assign(answer, { verdict: event.verdict });
    else if (event.finish) {
      answer.finish = event.finish;
      column.seconds = (performance.now() - column.start) / 1000;
      if (column.answers.every((one) => one.finish)) column.state = this.form.reward ? 'judging' : 'done';
    } else {
      Object.assign(column, { state: 'answering', starting: null });
      answer.tokens.push({ text: event.text, token: event.token, logProb: event.logProb ?? null });
    }
    if (column.state === 'judging' && column.answers.every((one) => one.verdict)) column.state = 'done';
    this.#paint();
  }

  // Tokens come faster than anybody reads: the page is drawn once a frame.
  #paint() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.requestUpdate();
    });
  }

  #key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.ask();
    } else if (event.key === 'Escape' && this.running) this.running.abort();
  }

  render() {
    const { models, options } = this.shared;
    if (!models.bases.length) return html`<p class="empty">There is no model yet. A run makes one, and <code>RFT_HOME/models</code> holds your own.</p>`;
    return html`<div class="stack" @keydown=${this.#key}>
      <form class="panel stack" @submit=${(event) => { event.preventDefault(); this.ask(); }}>
        <label class="field">Prompt<textarea name="prompt" rows="3" .value=${this.form.prompt} @input=${(event) => this.#setPrompt(event.target.value)} spellcheck="false"></textarea></label>
        <div class="playground-fields">${drawFields(this.form.draw, (change) => this.#set({ draw: { ...this.form.draw, ...change } }))}
          <label class="field">Judged by ${rewardSelect(models, options, this.form.reward, (reward) => this.#set({ reward }))}</label>
          <label class="field">Reference answer<input name="reference" .value=${this.form.reference} @input=${(event) => this.#set({ reference: event.target.value })} placeholder="for the reward"></label>
        </div>
        <details ?open=${Boolean(this.form.system)}><summary>System message</summary>
          <textarea name="system" rows="2" aria-label="System message" .value=${this.form.system} @input=${(event) => this.#set({ system: event.target.value })}></textarea></details>
        <div class="row">
          ${this.running
            ? html`<button type="button" class="danger" @click=${() => this.running.abort()}>Stop</button>`
            : html`<button class="primary" ?disabled=${!this.form.prompt.trim() || !this.columns.length}>Ask <kbd>Ctrl Enter</kbd></button>`}
          <button type="button" @click=${this.#add} ?disabled=${this.running || this.columns.length >= MOST_COLUMNS}>Add a column</button>
          <label class="row"><input type="checkbox" .checked=${this.coloured} @change=${(event) => (this.coloured = event.target.checked)}> colour tokens</label>
          ${this.coloured ? legend() : nothing}
        </div>
      </form>
      ${this.problem ? errorBox(this.problem, () => this.ask()) : nothing}
      <div class="playground-columns">${this.columns.map((column, i) => this.#column(column, i))}</div>
    </div>`;
  }

  #column(column, index) {
    const { models } = this.shared;
    const label = labelOf(column.key, models);
    return html`<section class="panel playground-column" aria-label=${label}>
      <div class="row">${this.running ? html`<h2 class="grow">${label}</h2>` : modelSelect(models, column.key, (key) => this.#setColumn(index, key), `Model of column ${index + 1}`)}
        ${this.columns.length > 1 && !this.running ? html`<button type="button" class="quiet" aria-label="Remove ${label}" @click=${() => this.#remove(index)}>×</button>` : nothing}</div>
      <p class="column-state muted" role="status">${this.#state(column)}</p>
      ${column.problem ? html`<div class="box bad"><p>${column.problem}</p></div>` : nothing}
      ${column.answers.map((answer) => (answer.tokens.length || answer.finish ? html`<article>${tokensView(answer, this.coloured, () => this.requestUpdate())}${verdictView(answer.verdict)}</article>` : nothing))}
    </section>`;
  }

  #state(column) {
    if (column.starting !== null && column.starting !== undefined) return `starting the model, ${Math.max(1, Math.round(column.starting))} s`;
    const tokens = column.answers.reduce((sum, answer) => sum + answer.tokens.length, 0);
    const rate = column.seconds > 0 ? `${counted(tokens, 'token')} in ${column.seconds < 10 ? `${column.seconds.toFixed(1)} s` : duration(column.seconds)}` : '';
    return { waiting: 'waiting', answering: 'answering', judging: 'judging', done: rate, stopped: 'stopped', failed: 'failed' }[column.state] ?? '';
  }
}

customElements.define('rft-playground-ask', PlaygroundAsk);
