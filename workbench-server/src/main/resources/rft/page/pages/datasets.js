import { LitElement, html, nothing } from '../vendor/lit.js';
import { failure, get, remove } from '../api.js';
import { query, setQuery } from '../router.js';
import { confirmDialog, copyButton, counted, distinct, errorBox, number, shell, toast, toastError } from '../ui.js';

/** Datasets that come with the product and those that were uploaded: rows, splits, problems. */
class DatasetsPage extends LitElement {
  static properties = { params: {}, query: {}, session: {}, datasets: { state: true }, shown: { state: true }, problem: { state: true }, sending: { state: true } };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  disconnectedCallback() {
    this.sending?.request.abort();
    super.disconnectedCallback();
  }

  async #load() {
    try {
      this.datasets = (await get('/api/datasets')).datasets;
      this.problem = null;
      const wanted = query().get('dataset');
      await this.#show(this.datasets.some((each) => each.name === wanted) ? wanted : this.datasets[0]?.name);
    } catch (problem) {
      this.problem = problem;
    }
  }

  async #show(name) {
    if (!name) {
      this.shown = null;
      return;
    }
    setQuery({ dataset: name });
    this.shown = { name };
    try {
      const dataset = await get(`/api/datasets/${name}`);
      if (this.shown?.name === name) this.shown = dataset;
    } catch (problem) {
      this.shown = { name, problem };
    }
  }

  #upload(file, input = null) {
    if (!file || this.sending) return;
    const request = new XMLHttpRequest();
    this.sending = { request, share: 0 };
    this.refused = null;
    request.open('POST', `/api/uploads?${new URLSearchParams({ name: file.name })}`);
    request.setRequestHeader('Content-Type', 'application/x-ndjson');
    request.setRequestHeader('X-RFT', '1');
    request.upload.onprogress = (event) => (this.sending = { request, share: event.total ? event.loaded / event.total : 0 });
    request.onloadend = () => this.#sent(request, input);
    request.send(file);
  }

  async #sent(request, input) {
    this.sending = null;
    if (input) input.value = '';
    if (request.status === 201 || request.status === 200) {
      const dataset = JSON.parse(request.responseText);
      toast(request.status === 201 ? `${dataset.title} is uploaded.` : `These rows are here already: ${dataset.title}.`);
      setQuery({ dataset: dataset.name });
      await this.#load();
    } else if (request.status) {
      this.refused = await failure(new Response(request.responseText, { status: request.status }));
    }
    this.requestUpdate();
  }

  async #delete(dataset) {
    if (!(await confirmDialog(`Delete ${dataset.title}? Runs that were trained on it keep their rollouts, but not its reference answers.`, { yes: 'Delete', danger: true }))) return;
    try {
      await remove(`/api/uploads/${dataset.name}`);
      toast(`${dataset.title} is deleted.`);
      setQuery({ dataset: null });
      await this.#load();
    } catch (error) {
      toastError(error);
    }
  }

  render() {
    return html`<div class="page">
      <div class="head"><h1>Datasets</h1><span class="grow"></span>
        <label class="button primary">Upload a file<input class="visually-hidden" type="file" accept=".jsonl,.json,application/x-ndjson" @change=${(event) => this.#upload(event.target.files[0], event.target)}></label></div>
      ${this.sending ? html`<div class="row" role="status"><progress max="1" .value=${this.sending.share} aria-label="Uploaded"></progress><span>${this.sending.share < 1 ? `${Math.round(this.sending.share * 100)} %` : 'checking the rows'}</span>
        <button type="button" class="quiet" @click=${() => this.sending.request.abort()}>Cancel</button></div>` : nothing}
      ${this.refused ? errorBox(this.refused) : nothing}
      ${this.problem ? errorBox(this.problem, () => this.#load()) : this.datasets ? this.#content() : html`<p class="muted" aria-busy="true">Loading…</p>`}
    </div>`;
  }

  #content() {
    return html`<section class="panel"><div class="scroll" tabindex="0"><table><caption class="visually-hidden">Datasets</caption>
        <thead><tr><th scope="col">Dataset</th><th scope="col">Origin</th><th scope="col" class="number">Rows</th><th scope="col" class="number">Bad</th><th scope="col">Train, validation, test</th><th scope="col">Reward</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>${this.datasets.map((each) => html`<tr class=${each.name === this.shown?.name ? 'datasets-chosen' : ''}>
          <th scope="row"><button type="button" class="datasets-name" aria-pressed=${String(each.name === this.shown?.name)} @click=${() => this.#show(each.name)}>${distinct(each.title, each.name, this.datasets.map((other) => other.title))}</button></th>
          <td>${each.kind === 'upload' ? 'uploaded' : 'bundled'}</td><td class="number">${number(each.glance.goodRows, 7)}</td>
          <td class="number ${each.glance.badRows ? 'warn' : ''}">${each.glance.badRows}</td><td>${Object.values(each.glance.splits).join(' · ')}</td>
          <td>${each.reward ? html`<a href=${`/rewards?reward=${each.reward}`}>${each.reward}</a>` : ''}</td><td class="mono">${each.glance.sha256.slice(0, 12)}</td></tr>`)}</tbody></table></div></section>
      ${this.shown ? this.#detail(this.shown) : nothing}`;
  }

  #detail(dataset) {
    if (dataset.problem) return errorBox(dataset.problem, () => this.#show(dataset.name));
    if (!dataset.glance) return html`<p class="muted" aria-busy="true">Loading…</p>`;
    const { glance, title } = dataset;
    return html`<section class="panel stack" aria-label=${title}>
      <div class="head"><h2>${title}</h2><span class="grow"></span>${copyButton(shell(['rft', 'data', 'show', dataset.argument]), 'Copy rft data show')}
        <a class="button" href="/new">Train on it</a>
        ${dataset.kind === 'upload' ? html`<button type="button" class="danger" @click=${() => this.#delete(dataset)}>Delete</button>` : nothing}</div>
      <p class="muted">The split is by the content of a row, so that no task is in two. Checkpoints and alarms look at validation only; test is read once for a number that is reported.</p>
      ${glance.advice.map((sentence) => html`<p class="warn">${sentence}</p>`)}
      ${glance.badRows ? html`<div class="box warn"><p>${counted(glance.badRows, 'row')} ${glance.badRows === 1 ? 'is' : 'are'} left out:</p>
        <ul>${glance.problems.map((one) => html`<li>line ${one.line}, column ${one.column}: ${one.reason}; ${one.fix}</li>`)}</ul></div>` : nothing}
      <div class="scroll" tabindex="0"><table><caption>First rows</caption><thead><tr><th scope="col">Row</th><th scope="col">Prompt</th><th scope="col">Reference answer</th><th scope="col">Split</th></tr></thead>
        <tbody>${glance.sample.map((row) => html`<tr><th scope="row" class="mono">${row.id}</th><td>${row.messages.map((turn) => html`<pre>${turn.role === 'user' ? nothing : html`<span class="muted">${turn.role}: </span>`}${turn.content}</pre>`)}</td>
          <td><pre>${row.reference || '–'}</pre></td><td>${row.split}</td></tr>`)}</tbody></table></div>
    </section>`;
  }
}

customElements.define('rft-datasets-page', DatasetsPage);
