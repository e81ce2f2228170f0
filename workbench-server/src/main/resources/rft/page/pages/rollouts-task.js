/** One task over the steps in which it was asked. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import { get } from '../api.js';
import { errorBox, number } from '../ui.js';
import { line } from './rollouts-text.js';
import { dots } from './rollouts-group.js';

class TaskHistory extends LitElement {
  static properties = { run: {}, task: {}, step: {}, choose: { attribute: false }, pick: { state: true }, asked: { state: true }, problem: { state: true }, busy: { state: true } };

  createRenderRoot() {
    return this;
  }

  constructor() {
    super();
    this.pick = 'best';
    this.asked = [];
  }

  willUpdate(changed) {
    if (changed.has('run') || changed.has('task') || changed.has('pick')) this.#load();
  }

  async #load() {
    const load = (this.load = {});
    this.busy = true;
    this.problem = null;
    let asked = [];
    let cursor = null;
    try {
      do {
        const found = await get(`/api/runs/${this.run}/task`, { task: this.task, pick: this.pick, cursor });
        if (this.load !== load) return;
        asked = [...asked, ...found.steps];
        this.asked = asked;
        cursor = found.cursor;
      } while (cursor !== null && this.isConnected);
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
  }

  render() {
    const all = this.asked.flatMap((each) => each.group.rewards);
    const range = [Math.min(...all), Math.max(...all)];
    return html`<div class="row"><label class="row">Show the <select .value=${this.pick} @change=${(event) => (this.pick = event.target.value)}><option value="best">best</option><option value="worst">worst</option><option value="first">first</option></select> rollout of each step</label></div>
      ${this.problem ? errorBox(this.problem, () => this.#load()) : nothing}
      <div class="scroll history" aria-busy=${this.busy ? 'true' : 'false'}><table><thead><tr><th scope="col">Step</th><th scope="col" class="number">Mean</th><th scope="col">Rewards</th><th scope="col" class="number">Reward</th><th scope="col">Answer</th></tr></thead>
      <tbody>${this.asked.map((each) => html`<tr aria-current=${each.step === this.step ? 'true' : nothing}>
        <th scope="row"><button type="button" class="link" @click=${() => this.choose(each.step, each.group.position, each.index)}>${each.step}</button></th>
        <td class="number">${number(each.group.mean)}</td><td>${dots(each.group.rewards, range)}</td><td class="number">${number(each.reward)}</td>
        <td class="history-text">${each.text === null ? html`<span class="bad">damaged</span>` : line(each.text, 160)}</td></tr>`)}</tbody></table></div>`;
  }
}

customElements.define('rft-task-history', TaskHistory);
