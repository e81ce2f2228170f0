import { LitElement, html, nothing } from '../vendor/lit.js';
import { get, post, remove } from '../api.js';
import { Stage } from '../chart-stage.js';
import '../charts.js';
import { go } from '../router.js';
import { exportDialog } from './model-export.js';
import { age, change, confirmDialog, copyButton, counted, download, errorBox, number, statusBadge, toast, toastError } from '../ui.js';
import { interval } from './playground-parts.js';

/** What a run made: how good it is, where it comes from, and what to do with it. */
class ModelPage extends LitElement {
  static properties = { params: { attribute: false }, model: { state: true }, deployments: { state: true }, lines: { state: true }, problem: { state: true }, busy: { state: true }, exporting: { state: true } };

  constructor() {
    super();
    Object.assign(this, { params: {}, model: null, deployments: [], lines: [], problem: null, busy: false, exporting: null });
    this.stage = new Stage();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    this.problem = null;
    try {
      const [page, { deployments }] = await Promise.all([get(`/api/models/${this.params.id}`), get('/api/deployments')]);
      this.deployments = deployments.filter((one) => one.run === this.params.id);
      this.model = page;
      await this.#curves();
    } catch (error) {
      this.problem = error;
    }
  }

  async #curves() {
    const keys = ['reward/mean', 'validation/reward', 'validation/accuracy'];
    const { series } = await get(`/api/runs/${this.params.id}/series`, { keys: keys.join(','), points: 1000 });
    const labels = ['reward in training', 'reward in validation', 'right in validation'];
    this.lines = keys
      .map((key, i) => ({ label: labels[i], color: i + 1, kind: i ? 'dots' : 'line', ...(series[key] ?? { x: [], y: [] }) }))
      .filter((line) => line.x.length);
    this.stage.extent(0, Math.max(1, ...this.lines.flatMap((line) => line.x)));
  }

  async #deploy(step) {
    this.busy = true;
    try {
      const made = await post('/api/deployments', { run: this.params.id, step });
      sessionStorage.setItem('rft-fresh-token', JSON.stringify({ id: made.id, token: made.token }));
      toast(`${made.modelId} is deployed.`);
      go('/deployments');
    } catch (error) {
      toastError(error);
    }
    this.busy = false;
  }

  async #undeploy(one) {
    if (!(await confirmDialog(`Undeploy ${one.modelId}? Its token stops to work at once.`, { yes: 'Undeploy', danger: true }))) return;
    this.busy = true;
    try {
      await remove(`/api/deployments/${one.id}`);
      toast(`${one.modelId} is no longer deployed.`);
      await this.#load();
    } catch (error) {
      toastError(error);
    }
    this.busy = false;
  }

  async #export(step) {
    const wish = await exportDialog(step, this.model.forms);
    if (!wish) return;
    this.busy = true;
    this.exporting = step;
    try {
      const made = await post(`/api/models/${this.params.id}/export`, { step, ...wish });
      toast(`Written to ${made.folder}.${made.isBase ? ` It is a base model now: ${made.name}.` : ''}`, { seconds: 15 });
    } catch (error) {
      toastError(error);
    }
    this.exporting = null;
    this.busy = false;
  }

  render() {
    const { id } = this.params;
    if (this.problem) return html`<div class="page"><h1>Model</h1>${errorBox(this.problem, () => this.#load())}</div>`;
    if (!this.model) return html`<div class="page model"><h1>Model</h1><div class="model-wait" aria-busy="true"></div></div>`;
    const { model } = this.model;
    const none = !model.checkpoints.length;
    return html`<div class="page model">
      <div class="head"><h1>${model.name}</h1>${statusBadge(model.status)}<a class="mono" href="/runs/${id}">${id}</a><span class="grow"></span>
        <a class="button" href="/playground?run=${id}">Playground</a>
        ${this.#deployButton(null, 'Deploy', none, true)}</div>
      ${none ? html`<p class="box warn">The run has no checkpoint yet: there is nothing to ask, deploy or export.</p>` : nothing}
      ${this.deployments.length ? html`<p class="box good">Deployed as ${this.deployments.map((one) => html`<code>${one.modelId}</code> `)} <a href="/deployments">address, token, how to call it</a></p>` : nothing}
      ${this.#measures()}
      <rft-chart heading="Reward and validation" meaning="mean reward of each step in training; reward and right answers on validation prompts" unit="reward" .file=${`${id}-model`} .stage=${this.stage} .lines=${this.lines}></rft-chart>
      ${this.#tests()}
      ${this.#checkpoints(model)}
      ${this.#lineage()}
      <section class="panel stack" aria-label="Card"><details><summary>Model card, as it goes with the files</summary>
        <div class="row">${copyButton(this.model.card)}<button type="button" class="quiet" @click=${() => download(`${id}.md`, this.model.card, 'text/markdown')}>Save</button></div>
        <pre class="card" tabindex="0">${this.model.card}</pre></details></section>
    </div>`;
  }

  #deployButton(step, label, none = false, primary = false) {
    const deployed = this.deployments.find((one) => one.step === step);
    return deployed
      ? html`<button type="button" ?disabled=${this.busy} @click=${() => this.#undeploy(deployed)}>Undeploy</button>`
      : html`<button type="button" class=${primary ? 'primary' : ''} ?disabled=${this.busy || none} aria-label=${step === null ? nothing : `Deploy step ${step}`} @click=${() => this.#deploy(step)}>${label}</button>`;
  }

  #measures() {
    const { measures, model } = this.model;
    if (!measures.length) return html`<section class="panel"><p class="muted">The run was not measured on validation prompts.</p></section>`;
    return html`<section class="panel stack" aria-label="Before and after"><h2>Before and after, on validation prompts</h2>
      <p class="muted">They were not trained on, but chose the best checkpoint: the numbers of that flatter a little. A test set says what is left.</p>
      <div class="scroll" tabindex="0"><table class="plain-numbers"><thead><tr><th scope="col">Measure</th><th scope="col" class="number">Base</th><th scope="col" class="number">Best${model.best === null ? '' : `, step ${model.best}`}</th><th scope="col" class="number">Last${measures[0].lastStep === null ? '' : `, step ${measures[0].lastStep}`}</th><th scope="col">Change to best</th></tr></thead>
      <tbody>${measures.map((one) => html`<tr><th scope="row">${one.name}</th><td class="number">${number(one.before)}</td><td class="number">${number(one.best)}</td><td class="number">${number(one.last)}</td><td>${change(one.best, one.before)}</td></tr>`)}</tbody></table></div></section>`;
  }

  #tests() {
    const { tests } = this.model;
    const link = html`<a class="button" href="/playground?tab=test&run=${this.params.id}">Run a test set</a>`;
    if (!tests.length) return html`<section class="panel stack" aria-label="Test sets"><h2>Test sets</h2><p class="muted">Base and tuned have not been asked the same prompts yet.</p><div class="row">${link}</div></section>`;
    return html`<section class="panel stack" aria-label="Test sets"><div class="head"><h2>Test sets</h2><span class="grow"></span>${link}</div>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">When</th><th scope="col">Prompts</th><th scope="col">Compared</th><th scope="col" class="number">Base</th><th scope="col" class="number">Tuned</th><th scope="col">Difference in mean reward, 95 %</th><th scope="col" class="number">Gained, lost</th></tr></thead>
      <tbody>${tests.toReversed().map((one) => html`<tr><td title=${one.at}>${age(one.at)}</td><td>${one.prompts} × ${one.samples}, ${one.dataset}, ${one.rows}</td><td>${one.base}, ${one.tuned}</td><td class="number">${number(one.baseReward)}</td><td class="number">${number(one.tunedReward)}</td>
        <td>${one.rewardDifference ? `${interval(one.rewardDifference)}${one.rewardDifference.low <= 0 && one.rewardDifference.high >= 0 ? ': no difference shown' : ''}` : '–'}</td><td class="number">${one.gained}, ${one.lost}</td></tr>`)}</tbody></table></div></section>`;
  }

  #checkpoints(model) {
    if (!model.checkpoints.length) return nothing;
    const { id } = this.params;
    return html`<section class="panel stack" aria-label="Checkpoints"><h2>Checkpoints</h2>
      <div class="scroll" tabindex="0"><table><thead><tr><th scope="col" class="number">Step</th><th scope="col" class="number">Right in validation</th><th scope="col" class="number">Size</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${model.checkpoints.map((point) => html`<tr><th scope="row" class="number">${point.step} ${point.step === model.best ? html`<span class="badge" data-status="finished">best</span>` : nothing}</th><td class="number">${number(point.validation)}</td><td class="number">${number(point.bytes / 1e6)} MB</td>
        <td><div class="row"><a class="button" href="/playground?run=${id}&step=${point.step}">Playground</a>${this.#deployButton(point.step, 'Deploy')}
          <a class="button" download href="/api/models/${id}/files?step=${point.step}">${model.full ? 'Weights' : 'Adapter (PEFT)'}</a>
          <button type="button" ?disabled=${this.busy} aria-label="Export step ${point.step}" @click=${() => this.#export(point.step)}>${this.exporting === point.step ? 'Exporting…' : 'Export…'}</button></div></td></tr>`)}</tbody></table></div>
      <p class="muted">The adapter goes with its base, for PEFT. Export writes a whole model, in the layout of Hugging Face or as a GGUF file for llama.cpp, to <code>RFT_HOME/models</code>, where it is a base model from then on; or the adapter to <code>RFT_HOME/adapters</code>. Each has its card.</p>
      </section>`;
  }

  #lineage() {
    const { model, lineage } = this.model;
    const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    const hash = (value) => html`<code title=${value}>${value.slice(0, 12)}</code>`;
    const forked = lineage.forkedFrom?.split('@')[0];
    return html`<section class="panel stack" aria-label="Lineage"><h2>Where it comes from</h2><dl class="facts">
      ${fact('Base model', html`${model.base}, ${number(lineage.parameters / 1e6)} million weights ${hash(lineage.baseSha256)}`)}
      ${fact('Trained', lineage.adapter)}
      ${fact('Dataset', html`${model.dataset} ${hash(lineage.datasetSha256)}`)}
      ${fact('Tasks', Object.entries(lineage.tasks).map(([split, count]) => `${split} ${count}`).join(', '))}
      ${fact('Reward', html`${model.reward} ${hash(lineage.rewardSha256)}`)}
      ${fact('Run', html`<a href="/runs/${model.run}">${model.run}</a>`)}
      ${forked ? fact('Forked from', html`<a href="/models/${forked}">${lineage.forkedFrom}</a>`) : nothing}
      ${fact('Method', `${lineage.method}, ${lineage.lastStep} of ${counted(lineage.steps, 'step')}, seed ${lineage.seed}`)}
      ${fact('Created', html`<span title=${lineage.created}>${age(lineage.created)} with version ${lineage.version}</span>`)}
    </dl></section>`;
  }
}

customElements.define('rft-model-page', ModelPage);
