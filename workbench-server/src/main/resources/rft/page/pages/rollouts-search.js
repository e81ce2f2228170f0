/** A search over all rollouts and prompts of a run. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import { get } from '../api.js';
import { counted, errorBox, number } from '../ui.js';
import { flat, line } from './rollouts-text.js';

const WAIT_MILLIS = 250;
const PAGE = 60;

class RolloutSearch extends LitElement {
  static properties = { run: {}, choose: { attribute: false }, open: { state: true }, hits: { state: true }, problem: { state: true }, busy: { state: true }, cursor: { state: true }, looked: { state: true }, left: { state: true }, damaged: { state: true } };

  createRenderRoot() {
    return this;
  }

  constructor() {
    super();
    this.ask = { q: '', place: 'any', outcome: 'any', min: '', max: '' };
    this.#clear();
    addEventListener('keydown', this.#escape);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#escape);
    this.stopped = true;
    clearTimeout(this.timer);
  }

  connectedCallback() {
    super.connectedCallback();
    this.stopped = false;
  }

  #escape = (event) => {
    if (event.key !== 'Escape' || !this.open) return;
    this.open = false;
    this.querySelector('[type=search]').blur();
  };

  #clear() {
    this.hits = [];
    this.cursor = null;
    this.looked = 0;
    this.left = 0;
    this.damaged = [];
    this.problem = null;
  }

  #change(field, value) {
    this.ask = { ...this.ask, [field]: value };
    this.open = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#search(), WAIT_MILLIS);
    this.requestUpdate();
  }

  get #asks() {
    const { q, outcome, min, max } = this.ask;
    return Boolean(q || outcome !== 'any' || min || max);
  }

  async #search(go = false) {
    const search = (this.search = {});
    if (!go) this.#clear();
    if (!this.#asks) return;
    this.busy = true;
    const goal = this.hits.length + PAGE;
    try {
      do {
        const found = await get(`/api/runs/${this.run}/search`, { ...this.ask, cursor: this.cursor });
        if (this.search !== search || this.stopped) return;
        this.hits = [...this.hits, ...found.hits];
        this.cursor = found.cursor;
        this.looked += found.steps;
        this.left = found.left;
        this.damaged = [...this.damaged, ...found.damaged];
      } while (this.cursor !== null && this.hits.length < goal);
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
  }

  render() {
    const { q, place, outcome, min, max } = this.ask;
    return html`<div class="search-box"><input type="search" placeholder="Search answers and prompts" aria-label="Search answers and prompts of this run" .value=${q}
        @focus=${() => (this.open = true)} @input=${(event) => this.#change('q', event.target.value)} @keydown=${this.#down}>
      ${this.open ? html`<div class="search-panel panel" id="search-results" role="dialog" aria-label="Search results">
        <div class="row filters">
          <label>in <select .value=${place} @change=${(event) => this.#change('place', event.target.value)}><option value="any">answers and prompts</option><option value="answer">answers</option><option value="prompt">prompts</option></select></label>
          <label>that <select .value=${outcome} @change=${(event) => this.#change('outcome', event.target.value)}><option value="any">exist</option><option value="score">have a score</option><option value="failed">failed or abstained</option><option value="cut">were cut off</option></select></label>
          <label>reward <input type="number" step="any" aria-label="Least reward" placeholder="least" .value=${min} @input=${(event) => this.#change('min', event.target.value)}></label>
          <label>to <input type="number" step="any" aria-label="Most reward" placeholder="most" .value=${max} @input=${(event) => this.#change('max', event.target.value)}></label>
          <span class="grow"></span><button type="button" class="quiet" @click=${() => (this.open = false)} aria-label="Close the search">×</button></div>
        ${this.problem ? errorBox(this.problem, () => this.#search()) : nothing}
        <p class="muted" role="status">${!this.#asks ? 'Type what to look for, or choose a filter.' : this.#state()}</p>
        <ul class="hits">${this.hits.map((hit) => html`<li><button type="button" class="hit" @click=${() => this.#go(hit)} @keydown=${this.#move}>
          <span class="muted"><small>step ${hit.step} · ${line(hit.task, 40)} · #${hit.index} · ${hit.place} · reward ${number(hit.reward)}</small></span>
          <span class="hit-text">${flat(hit.before)}<mark>${flat(hit.match)}</mark>${flat(hit.after)}</span></button></li>`)}</ul>
        ${this.cursor !== null && !this.busy ? html`<button type="button" @click=${() => this.#search(true)}>Go on</button>` : nothing}
      </div>` : nothing}</div>`;
  }

  #state() {
    const damaged = this.damaged.length ? ` Damaged: step ${this.damaged.join(', ')}.` : '';
    const found = `${this.hits.length} found in ${counted(this.looked, 'step')}`;
    return (this.busy ? `${found}, looking on..` : this.cursor !== null ? `${found}, ${counted(this.left, 'step')} to go.` : `${found}.`) + damaged;
  }

  #go(hit) {
    this.open = false;
    this.choose(hit.step, hit.position, hit.index);
  }

  #down = (event) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.querySelector('.hit')?.focus();
    } else if (event.key === 'Enter' && this.hits.length) {
      this.#go(this.hits[0]);
      event.target.blur();
    }
  };

  #move = (event) => {
    const by = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    if (!by) return;
    event.preventDefault();
    (event.target.closest('li')[by]?.querySelector('.hit') ?? this.querySelector('[type=search]')).focus();
  };
}

customElements.define('rft-rollout-search', RolloutSearch);
