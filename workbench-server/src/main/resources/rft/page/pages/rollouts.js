import { LitElement, html, nothing } from '../vendor/lit.js';
import { get } from '../api.js';
import { watch } from '../live.js';
import { setQuery } from '../router.js';
import { errorBox, statusBadge, toastError } from '../ui.js';
import { diff } from './rollouts-diff.js';
import { weightPanel } from './rollouts-group.js';
import { askedPanel, baseNote, detailPanel, rolloutsPanel, tasksPanel } from './rollouts-panels.js';
import { FRESH, addressOf, inspectCommand, newestOnly, rows, sortedGroups, stateOf, weightsText } from './rollouts-state.js';
import { line } from './rollouts-text.js';
import { OVERLAYS, overlayOf } from './rollouts-tokens.js';
import './rollouts-search.js';
import './rollouts-step.js';
import './rollouts-task.js';

const REREAD_MILLIS = 300;

class RolloutsPage extends LitElement {
  static properties = {
    params: {}, query: {}, session: {}, state: { state: true }, steps: { state: true }, list: { state: true }, group: { state: true }, standings: { state: true },
    tokens: { state: true }, problem: { state: true }, busy: { state: true }, filter: { state: true }, history: { state: true }, whole: { state: true }, follow: { state: true },
  };

  keys = [
    ['← →', 'step before, step after'], ['n p', 'next task, task before'], ['j k', 'next rollout, rollout before'], ['o', 'next colour of tokens'],
    ['d', 'compare two rollouts, or stop'], ['w', 'show spaces'], ['Tab, then ← →', 'from token to token'],
  ];

  #key = (event) => this.#press(event);
  #weigh = newestOnly(() => this.#standings());

  constructor() {
    super();
    this.state = FRESH;
    this.filter = '';
    this.loaded = new Map();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#key);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#key);
    this.unwatch?.();
    clearTimeout(this.reread);
  }

  willUpdate(changed) {
    if (changed.has('params') && this.params?.id !== this.run) this.#open();
    else if (changed.has('query') && this.steps) this.#restore();
  }

  async #open() {
    this.run = this.params.id;
    Object.assign(this, { steps: null, list: null, group: null, standings: null, tokens: null, problem: null });
    this.unwatch?.();
    this.unwatch = watch([`run:${this.run}`], (news) => this.#hear(news));
    await this.#trying(async () => {
      this.steps = await this.#get('steps');
      await this.#restore();
    });
  }

  #get = (what, query) => get(`/api/runs/${this.run}/${what}`, query);

  #hear({ type }) {
    if (!['rollouts', 'status', 'event', 'resync'].includes(type)) return;
    clearTimeout(this.reread);
    this.reread = setTimeout(() => this.#trying(async () => {
      this.steps = await this.#get('steps');
      const newest = this.steps.steps.at(-1);
      // What is shown was thrown away; while nothing is shown, what the address asks for is on its way.
      const gone = this.state.step !== null && !this.steps.steps.includes(this.state.step);
      if (newest !== undefined && newest !== this.state.step && (this.follow || gone)) await this.#show({ step: newest }, this.#place(), false, this.follow);
    }), REREAD_MILLIS);
  }

  async #trying(work) {
    const mine = (this.work = {});
    this.busy = true;
    try {
      await work();
      if (this.work === mine) this.problem = null;
    } catch (error) {
      if (this.work === mine) this.problem = error;
    }
    if (this.work === mine) this.busy = false;
  }

  /** What the address asks for. */
  async #restore() {
    const state = stateOf(this.query);
    await this.#show(state, null, true, state.step === null);
  }

  /** The place of the shown group in the list. */
  #place() {
    return { task: this.group?.task, at: Math.max(0, this.sorted.findIndex((g) => g.position === this.state.position)) };
  }

  get sorted() {
    return sortedGroups(this.list?.groups ?? [], this.state.sort, this.state.mix, this.filter);
  }

  /**
   * Goes somewhere: what is not named stays. In another step the same task is shown, or else the
   * one at the same place of the list.
   */
  async #show(changes, place = null, fresh = false, follow = false) {
    const visit = (this.visit = {});
    this.follow = follow;
    const current = () => this.visit === visit;
    const want = { ...this.state, ...changes };
    const { steps } = this.steps;
    if (!steps.length) {
      Object.assign(this, { state: want, list: null, group: null, tokens: null });
      return;
    }
    if (want.step === null) want.step = steps.at(-1);
    const sameStep = !fresh && this.list?.step === want.step;
    const weights = weightsText(want.weights);
    await this.#trying(async () => {
      const list = sameStep && this.listed === weights ? this.list : await this.#groups(want, weights);
      if (!current()) return;
      if (!list.reweighable) want.weights = null;
      if (want.weights) want.weights = Object.fromEntries(list.parts.map((part) => [part, want.weights[part] ?? list.trained[part] ?? 0]));
      if (want.task) want.position = list.groups.find((g) => g.task === want.task)?.position ?? null;
      else if (place) want.position = list.groups.find((g) => g.task === place.task)?.position ?? sortedGroups(list.groups, want.sort, want.mix, this.filter)[place.at]?.position ?? null;
      delete want.task;
      if (!list.groups.some((g) => g.position === want.position)) want.position = (sortedGroups(list.groups, want.sort, want.mix, this.filter)[0] ?? list.groups[0]).position;
      const at = { step: want.step, position: want.position };
      const sameGroup = sameStep && this.group?.position === at.position;
      const [group, standings] = list.damaged
        ? [null, null]
        : await Promise.all([sameGroup ? this.group : this.#get('group', at), want.weights ? this.#get('standings', { ...at, weights: weightsText(want.weights) }) : null]);
      if (!current()) return;
      if (group) {
        const shown = rows(group, standings);
        const has = (index) => group.rollouts.some((rollout) => rollout.index === index);
        if (!has(want.index) || (!sameGroup && !('index' in changes))) want.index = shown[0].index;
        if (!has(want.other) || want.other === want.index || (!sameGroup && !('other' in changes))) want.other = null;
      }
      Object.assign(this, { list, group, standings, state: want, listed: weightsText(want.weights) });
      this.#address();
      if (group) await this.#tokens(current);
    });
    this.#reveal();
  }

  /** Weights of parts that the reward does not have are left out, and one is told. */
  async #groups(want, weights) {
    try {
      return await this.#get('groups', { step: want.step, weights });
    } catch (error) {
      if (!weights || error.status !== 400) throw error;
      toastError(error);
      want.weights = null;
      return this.#get('groups', { step: want.step });
    }
  }

  async #tokens(current = () => true) {
    const { step, position, index } = this.state;
    const key = `${step}.${position}.${index}`;
    if (!this.loaded.has(key)) {
      const tokens = await this.#get('tokens', { step, position, rollout: index });
      if (this.loaded.size > 40) this.loaded.clear();
      this.loaded.set(key, tokens);
    }
    if (current()) this.tokens = this.loaded.get(key);
  }

  #address() {
    setQuery(addressOf(this.state));
  }

  /** Brings what was chosen by key into its list's view, without moving the page. */
  async #reveal() {
    await this.updateComplete;
    for (const chosen of this.querySelectorAll('.tasks [aria-current], .rollouts-list [aria-current]')) {
      const list = chosen.closest('ul');
      const box = chosen.getBoundingClientRect();
      const frame = list.getBoundingClientRect();
      if (box.top < frame.top) list.scrollTop -= frame.top - box.top;
      else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom;
    }
  }

  #set(changes) {
    this.state = { ...this.state, ...changes };
    this.#address();
  }

  /** Tries a weight: the numbers follow at once, the list of tasks when the slider is let go. */
  #weight(part, value) {
    const base = this.state.weights ?? (Object.keys(this.list.trained).length ? this.list.trained : Object.fromEntries(this.list.parts.map((each) => [each, 1])));
    this.state = { ...this.state, weights: { ...base, [part]: value } };
    this.#weigh();
  }

  async #standings() {
    const { step, position, weights } = this.state;
    try {
      const standings = await this.#get('standings', { step, position, weights: weightsText(weights) });
      if (this.state.step === step && this.state.position === position && this.state.weights) this.standings = standings;
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
  }

  #step(by) {
    const next = this.steps.steps[this.steps.steps.indexOf(this.state.step) + by];
    if (next !== undefined) this.#show({ step: next }, this.#place());
  }

  #task(by) {
    const next = this.sorted[this.#place().at + by];
    if (next) this.#show({ position: next.position });
  }

  #rollout(by) {
    const shown = rows(this.group, this.standings);
    const next = shown[shown.findIndex((row) => row.copies.includes(this.state.index)) + by];
    if (next) this.#choose(next.index);
  }

  #choose(index, compared = false) {
    if (compared && index !== this.state.index) this.#set({ other: index });
    else this.#show({ index, other: this.state.other === index ? null : this.state.other });
  }

  /** Compares with the best, or the best with the worst. */
  #compare() {
    const shown = rows(this.group, this.standings).map((row) => row.index);
    const other = shown[0] === this.state.index ? shown.at(-1) : shown[0];
    this.#set({ other: this.state.other === null && other !== this.state.index ? other : null });
  }

  #press(event) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.target.closest?.('input, textarea, select, dialog')) return;
    const overlays = OVERLAYS.map((each) => each.key);
    const act = {
      ArrowLeft: () => this.#step(-1), ArrowRight: () => this.#step(1), n: () => this.#task(1), p: () => this.#task(-1),
      j: () => this.group && this.#rollout(1), k: () => this.group && this.#rollout(-1), d: () => this.group && this.#compare(),
      o: () => this.#set({ overlay: overlays[(overlays.indexOf(this.state.overlay) + 1) % overlays.length] }), w: () => this.#set({ spaces: !this.state.spaces }),
    }[event.key];
    if (!act || !this.list) return;
    event.preventDefault();
    act();
  }

  render() {
    return html`<div class="page rollouts">
      <div class="head"><h1><a href=${`/runs/${this.run}`}>${line(this.steps?.name ?? this.run ?? '', 60)}</a> · rollouts</h1>${this.steps ? statusBadge(this.steps.status) : nothing}<span class="grow"></span>
        <rft-rollout-search .run=${this.run} .choose=${(step, position, index) => this.#show({ step, position, index })}></rft-rollout-search></div>
      ${this.steps?.steps.length ? html`<rft-step-bar .steps=${this.steps} .step=${this.state.step} .choose=${(step) => this.#show({ step }, this.#place())} .follow=${this.follow} .following=${(on) => (on ? this.#show({ step: this.steps.steps.at(-1) }, this.#place(), false, true) : (this.follow = false))}></rft-step-bar>` : nothing}
      ${this.problem ? errorBox(this.problem, () => (this.steps ? this.#show({}, null, true) : this.#open())) : nothing}
      ${this.steps && !this.steps.steps.length ? html`<p class="empty panel">No rollouts yet: they appear here as soon as the first step is written.</p>` : nothing}
      ${!this.problem && (!this.steps || (!this.list && this.steps.steps.length)) ? html`<p class="empty panel" role="status">Reading rollouts..</p>` : nothing}
      ${this.list ? html`<div class="ro-grid" aria-busy=${this.busy ? 'true' : 'false'}>${tasksPanel({ list: this.list, groups: this.sorted, state: this.state, filter: this.filter }, {
        set: (changes) => this.#set(changes), filter: (text) => (this.filter = text), choose: (position) => this.#show({ position }),
      })}<div class="stack">${this.list.damaged ? html`<div class="box bad" role="alert"><p>The rollouts of this step are damaged; the other steps can be read.</p><small>${this.list.damaged}</small></div>` : this.group ? this.#group() : nothing}</div></div>` : nothing}
    </div>`;
  }

  #group() {
    const { group, standings, state, list } = this;
    const shown = rows(group, standings);
    const row = shown.find((each) => each.copies.includes(state.index)) ?? shown[0];
    const other = state.other === null ? null : (shown.find((each) => each.copies.includes(state.other)) ?? null);
    const mine = this.tokens?.step === state.step && this.tokens.position === state.position && this.tokens.rollout === state.index;
    return html`${askedPanel({ group, now: standings ?? group, spaces: state.spaces, whole: this.whole, history: this.history }, {
        whole: () => (this.whole = !this.whole), history: () => (this.history = !this.history), command: () => inspectCommand(this.run, group.task, state),
      })}
      ${this.history ? html`<section class="panel"><rft-task-history .run=${this.run} .task=${group.task} .step=${state.step} .choose=${(step, position, index) => this.#show({ step, position, index })}></rft-task-history></section>` : nothing}
      ${weightPanel(list, state.weights, { input: (part, value) => this.#weight(part, value), done: () => this.#show({}), reset: () => this.#show({ weights: null }) })}
      <div class="ro-pair">${rolloutsPanel(group, shown, row, state.other, (index, compared) => this.#choose(index, compared))}
      ${detailPanel({
        state, row, shown, other, tokens: mine ? this.#withAdvantage(row) : null, edits: other ? this.#edits(other, row) : null, noBase: row.base ? '' : baseNote(this.steps, state.step, (step) => this.#show({ step }, this.#place())),
      }, { set: (changes) => this.#set(changes), choose: (index) => this.#choose(index) })}</div>`;
  }

  /** The columns of tokens, the same object as long as nothing changes. */
  #withAdvantage(row) {
    if (this.columns?.from !== this.tokens || this.columns.advantage !== row.advantage) this.columns = { ...this.tokens, from: this.tokens, advantage: row.advantage };
    return this.columns;
  }

  #edits(left, right) {
    if (this.compared?.left !== left.text || this.compared.right !== right.text) this.compared = { left: left.text, right: right.text, edits: diff(left.text, right.text) };
    return this.compared.edits;
  }
}

customElements.define('rft-rollouts-page', RolloutsPage);
