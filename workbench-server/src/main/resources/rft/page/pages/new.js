import { LitElement, html, nothing } from '../vendor/lit.js';
import { get, post } from '../api.js';
import { errorBox } from '../ui.js';
import { modelStep, dataStep } from './new-data.js';
import { rewardStep, rewardReady } from './new-reward.js';
import { optionStep } from './new-options.js';
import { preflightStep } from './new-preflight.js';
import { reviewStep } from './new-review.js';

const KEPT = 'rft-new-job';

/** The steps, when each is done, and what is missing before. */
const STEPS = [
  ['Model', modelStep, (form) => form.name.trim() !== '' && form.model !== '', 'Needs a name and a model.'],
  ['Data', dataStep, (form) => form.data !== '', 'Needs training data.'],
  ['Reward', rewardStep, (form, page) => rewardReady(form, page), 'Needs a reward that was tried.'],
  ['Hyperparameters', optionStep, (form, page) => page.problems.length === 0, 'Some values do not fit.'],
  ['Pre-flight', preflightStep, () => true],
  ['Review', reviewStep, () => true],
];

const EMPTY = {
  step: 0, furthest: 0, name: '', named: false, model: '', data: '', reward: '', rewardKind: 'ready', draft: { name: '', language: 'java', source: '', template: '', options: {} },
  options: {}, brought: {}, tried: '', preflight: null,
};

/** A new job, step by step. What is typed survives a reload of the page. */
class NewPage extends LitElement {
  static properties = { session: {}, query: {}, lists: { state: true }, problem: { state: true } };

  createRenderRoot() {
    return this;
  }

  constructor() {
    super();
    this.form = { ...structuredClone(EMPTY), ...JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') };
    /** What is wrong with options, and the command they make. */
    this.problems = [];
    this.command = null;
    this.magic = null;
    /** Running checks by name, and what they said. */
    this.running = {};
    this.seen = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    Object.values(this.running).forEach((check) => check.abort.abort());
  }

  async load() {
    try {
      const [models, datasets, rewards, options] = await Promise.all([get('/api/models'), get('/api/datasets'), get('/api/rewards'), get('/api/options')]);
      this.lists = { models: models.models, datasets: datasets.datasets, rewards: rewards.rewards, starters: rewards.starters, judgeProblem: rewards.judgeProblem, options: options.options };
      this.problem = null;
      this.#prefill();
      await this.check();
    } catch (error) {
      this.problem = error;
    }
  }

  #prefill() {
    const { form, lists } = this;
    const known = (list, name) => list.some((one) => one.name === name);
    if (this.query?.data && known(lists.datasets, this.query.data)) form.data = this.query.data;
    if (this.query?.model && known(lists.models, this.query.model)) form.model = this.query.model;
    if (this.query?.reward && known(lists.rewards, this.query.reward)) form.reward = this.query.reward;
    if (!known(lists.models, form.model)) form.model = lists.models[0]?.name ?? '';
    if (!known(lists.datasets, form.data)) form.data = '';
    if (!known(lists.rewards, form.reward)) form.reward = '';
    this.keep();
  }

  /** Changes the form; what rests on it is asked for again. */
  set(changes, { check = true } = {}) {
    Object.assign(this.form, changes);
    this.keep();
    this.requestUpdate();
    if (check) {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.check(), 250);
    }
  }

  keep(changes = {}) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ ...this.form, ...changes }));
    } catch {
      // A form that is too large to be kept is only lost on reload.
    }
  }

  /** The training that the form describes, as POST /api/jobs takes it. */
  request() {
    const { name, model, data, reward, options } = this.form;
    return { name: name.trim() || null, model: model || null, data: data || null, reward: reward || null, options };
  }

  async check() {
    const asked = (this.asked = {});
    try {
      const checked = await post('/api/options/check', this.request());
      if (this.asked !== asked) return;
      this.problems = checked.problems;
      this.command = checked.command;
      this.magic = checked.magic;
    } catch (error) {
      if (this.asked !== asked) return;
      this.problems = [{ option: '', message: error.message }];
    }
    this.requestUpdate();
  }

  forget() {
    sessionStorage.removeItem(KEPT);
    this.form = structuredClone(EMPTY);
    this.form.model = this.lists.models[0]?.name ?? '';
    this.seen = {};
    this.requestUpdate();
    this.check();
  }

  /** The first step that is not done. */
  reach() {
    const open = STEPS.findIndex(([, , done]) => !done(this.form, this));
    return open < 0 ? STEPS.length - 1 : open;
  }

  async go(step) {
    this.set({ step, furthest: Math.max(step, this.form.furthest) }, { check: false });
    await this.updateComplete;
    this.querySelector('.new-step h2')?.focus();
    scrollTo(0, 0);
  }

  render() {
    if (this.problem) return html`<div class="page">${errorBox(this.problem, () => this.load())}</div>`;
    if (!this.lists) return html`<div class="page" aria-busy="true"><h1>New job</h1></div>`;
    const reach = this.reach();
    const at = Math.min(this.form.step, reach);
    const [title, body, done, missing] = STEPS[at];
    const ready = done(this.form, this);
    return html`<div class="page new-page">
      <div class="head"><h1>New job</h1><span class="grow"></span>
        <button type="button" class="quiet" @click=${() => this.forget()}>Start over</button></div>
      <nav aria-label="Steps"><ol class="new-steps">
        ${STEPS.map(([name], index) => html`<li><button type="button" aria-current=${index === at ? 'step' : nothing} ?disabled=${index > reach} @click=${() => this.go(index)}>
          <span class="new-number" aria-hidden="true">${index !== at && index < Math.min(reach, this.form.furthest) ? '✓' : index + 1}</span>${name}</button></li>`)}
      </ol></nav>
      <section class="new-step stack" aria-labelledby="new-title">
        <h2 id="new-title" tabindex="-1">${at + 1}. ${title}</h2>
        ${body(this)}
      </section>
      <div class="row new-foot">
        ${at > 0 ? html`<button type="button" @click=${() => this.go(at - 1)}>Back</button>` : nothing}
        <span class="grow"></span>
        ${ready ? nothing : html`<span class="muted" id="new-missing">${missing}</span>`}
        ${at < STEPS.length - 1 ? html`<button type="button" class="primary" aria-describedby=${ready ? nothing : 'new-missing'} ?disabled=${!ready} @click=${() => this.go(at + 1)}>Next: ${STEPS[at + 1][0]}</button>` : nothing}
      </div>
    </div>`;
  }
}

customElements.define('rft-new-page', NewPage);
