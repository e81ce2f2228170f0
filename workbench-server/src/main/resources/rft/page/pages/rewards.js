import { LitElement, html, nothing } from '../vendor/lit.js';
import { get, remove } from '../api.js';
import { query, setQuery } from '../router.js';
import { confirmDialog, copyButton, errorBox, shell, toast, toastError } from '../ui.js';
import { tools } from './rewards-tools.js';

const KINDS = { rule: 'Rules', judge: 'A model judges', loose: 'Deliberately loose', own: 'Your own' };

/** Ready rewards and one's own: what each pays and misses, its source, and what can be found out. */
class RewardsPage extends LitElement {
  static properties = { params: {}, query: {}, session: {}, problem: { state: true }, rewards: { state: true }, shown: { state: true }, filter: { state: true } };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.filter = '';
    this.lists = { datasets: [], runs: [], models: [] };
    this.#load();
  }

  disconnectedCallback() {
    this.abort?.abort();
    super.disconnectedCallback();
  }

  async #load() {
    try {
      const [{ rewards }, { datasets }, { runs }, { models }] = await Promise.all([get('/api/rewards'), get('/api/datasets'), get('/api/runs'), get('/api/models')]);
      this.rewards = rewards;
      this.lists = { datasets, runs, models };
      this.problem = null;
      const wanted = query().get('reward');
      await this.#show(rewards.some((each) => each.name === wanted) ? wanted : rewards[0]?.name);
    } catch (problem) {
      this.problem = problem;
    }
  }

  async #show(name) {
    if (!name) return;
    this.abort?.abort();
    this.check = null;
    this.seen = {};
    delete this.choice?.data;
    setQuery({ reward: name });
    this.shown = { name };
    try {
      const reward = await get(`/api/rewards/${name}`);
      if (this.shown.name === name) this.shown = reward;
    } catch (problem) {
      this.shown = { name, problem };
    }
  }

  async #delete(reward) {
    if (!(await confirmDialog(`Delete ${reward.name}? Runs keep the copy that they were trained with.`, { yes: 'Delete', danger: true }))) return;
    try {
      await remove(`/api/rewards/${reward.name}`);
      toast(`${reward.name} is deleted.`);
      setQuery({ reward: null });
      await this.#load();
    } catch (error) {
      toastError(error);
    }
  }

  render() {
    return html`<div class="page">
      <div class="head"><h1>Rewards</h1><span class="grow"></span><a class="button" href="/new">Write one in a new job</a></div>
      ${this.problem ? errorBox(this.problem, () => this.#load()) : this.rewards ? this.#both() : html`<p class="muted" aria-busy="true">Loading…</p>`}
    </div>`;
  }

  #both() {
    const words = this.filter.toLowerCase();
    const found = this.rewards.filter((each) => `${each.name} ${each.summary}`.toLowerCase().includes(words));
    return html`<div class="rewards">
      <section class="panel rewards-list" aria-label="Rewards">
        <input type="search" placeholder="Filter rewards" aria-label="Filter rewards" .value=${this.filter} @input=${(event) => (this.filter = event.target.value)}>
        ${Object.entries(KINDS).map(([kind, title]) => this.#group(title, found.filter((each) => each.kind === kind)))}
        ${found.length ? nothing : html`<p class="muted">No reward fits.</p>`}
      </section>
      ${this.shown ? this.#detail(this.shown) : nothing}
    </div>`;
  }

  #group(title, rewards) {
    return rewards.length
      ? html`<h2>${title}</h2><ul>${rewards.map((each) => html`<li><button type="button" class="rewards-choice" aria-current=${each.name === this.shown?.name ? 'true' : nothing} @click=${() => this.#show(each.name)}>
          <span class="mono">${each.name}</span><small class="muted">${each.summary}</small></button></li>`)}</ul>`
      : nothing;
  }

  #detail(reward) {
    if (reward.problem) return html`<div>${errorBox(reward.problem, () => this.#show(reward.name))}</div>`;
    if (!reward.kind) return html`<p class="muted" aria-busy="true">Loading…</p>`;
    return html`<div class="stack rewards-detail">
      <section class="panel stack" aria-label="What it is">
        <div class="head"><h2 class="mono">${reward.name}</h2><span class="tag">${reward.language}</span>${reward.needs.map((need) => html`<span class="tag">needs ${need}</span>`)}
          <span class="grow"></span>${copyButton(shell(['rft', 'reward', 'show', reward.argument]), 'Copy rft reward show')}
          ${reward.kind === 'own' ? html`<button type="button" class="danger" @click=${() => this.#delete(reward)}>Delete</button>` : nothing}</div>
        <p>${reward.summary}</p>
        ${reward.about.map((paragraph) => html`<p>${paragraph}</p>`)}
        ${reward.options.length ? html`<div class="scroll" tabindex="0"><table><caption class="visually-hidden">Options</caption><thead><tr><th scope="col">Option</th><th scope="col">Default</th><th scope="col">Meaning</th></tr></thead>
          <tbody>${reward.options.map((option) => html`<tr><th scope="row" class="mono">${option.name}</th><td class="mono">${option.value}</td><td>${option.meaning}</td></tr>`)}</tbody></table></div>` : nothing}
        <details><summary>Source</summary><pre class="rewards-source">${reward.source}</pre></details>
      </section>
      ${tools(this, reward)}
    </div>`;
  }
}

customElements.define('rft-rewards-page', RewardsPage);
