import { LitElement, html, nothing } from '../vendor/lit.js';
import { get, post, remove } from '../api.js';
import { age, confirmDialog, copyButton, duration, errorBox, number, toast, toastError } from '../ui.js';

const POLL_MILLIS = 2000;

/** What is deployed, how to call it, and the processes that answer. */
class DeploymentsPage extends LitElement {
  static properties = { state: { state: true }, problem: { state: true }, fresh: { state: true }, busy: { state: true } };

  constructor() {
    super();
    Object.assign(this, { state: null, problem: null, fresh: new Map(), busy: '' });
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    const given = sessionStorage.getItem('rft-fresh-token');
    if (given) {
      sessionStorage.removeItem('rft-fresh-token');
      const { id, token } = JSON.parse(given);
      this.fresh = new Map([[id, token]]);
    }
    this.#load();
    this.timer = setInterval(() => document.hidden || this.#load(), POLL_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  async #load() {
    try {
      this.state = await get('/api/deployments');
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
  }

  async #undeploy(one) {
    if (!(await confirmDialog(`Undeploy ${one.modelId}? Its token stops to work at once.`, { yes: 'Undeploy', danger: true }))) return;
    await this.#change(one.id, () => remove(`/api/deployments/${one.id}`), `${one.modelId} is no longer deployed.`);
  }

  async #renew(one) {
    if (!(await confirmDialog(`Give ${one.modelId} a new token? The old one stops to work at once.`, { yes: 'New token', danger: true }))) return;
    await this.#change(one.id, async () => {
      const made = await post('/api/deployments', { run: one.run, step: one.step });
      this.fresh = new Map([...this.fresh, [one.id, made.token]]);
    }, 'The new token is shown once.');
  }

  async #change(id, work, said) {
    this.busy = id;
    try {
      await work();
      toast(said);
      await this.#load();
    } catch (error) {
      toastError(error);
    }
    this.busy = '';
  }

  render() {
    const { state } = this;
    return html`<div class="page">
      <div class="head"><h1>Deployments</h1></div>
      ${this.problem ? errorBox(this.problem, () => this.#load()) : nothing}
      ${state ? this.#list(state) : this.problem ? nothing : html`<div class="deployments-wait" aria-busy="true"></div>`}
    </div>`;
  }

  #list({ deployments, servers }) {
    return html`
      ${deployments.length ? deployments.map((one) => this.#one(one)) : html`<p class="empty">Nothing is deployed. A model's page deploys it in one click, and so does <code>rft deploy RUN</code>. <a href="/">Runs</a></p>`}
      ${servers.length ? html`<section class="panel stack" aria-label="Processes"><h2>Processes that serve models</h2>
        <p class="muted">One for each base model. It starts with the first request, and ends after ten minutes without one unless something is deployed.</p>
        <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Base model</th><th scope="col">State</th><th scope="col" class="number">Process</th><th scope="col" class="number">Since</th><th scope="col" class="number">Requests now</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
        <tbody>${servers.map((server) => html`<tr><th scope="row">${server.model}</th><td>${serverState(server)}</td><td class="number">${server.pid ?? '–'}</td><td class="number">${server.seconds === null ? '–' : duration(server.seconds)}</td><td class="number">${server.inUse}</td>
          <td>${server.pid ? html`<button type="button" ?disabled=${this.busy === server.model} @click=${() => this.#change(server.model, () => post('/api/deployments/end', { model: server.model }), `The process of ${server.model} has ended; the next request starts it again.`)}>End</button>` : nothing}</td></tr>`)}</tbody></table></div></section>` : nothing}`;
  }

  #one(one) {
    const address = `${location.origin}${one.path}`;
    const token = this.fresh.get(one.id);
    return html`<section class="panel stack deployment" aria-label=${one.modelId}>
      <div class="head"><h2 class="mono">${one.modelId}</h2>${serverState(one.server)}<span class="grow"></span>
        <a class="button" href="/playground?run=${one.run}${one.step === null ? '' : `&step=${one.step}`}">Playground</a>
        <button type="button" ?disabled=${this.busy === one.id} @click=${() => this.#renew(one)}>New token</button>
        <button type="button" class="danger" ?disabled=${this.busy === one.id} @click=${() => this.#undeploy(one)}>Undeploy</button></div>
      ${token ? html`<div class="box good"><p>The token, shown this once:</p><div class="row"><code class="token-text">${token}</code>${copyButton(token, 'Copy token')}</div></div>` : nothing}
      <dl class="facts">
        <div><dt>Address</dt><dd><code>${address}</code> ${copyButton(address)}</dd></div>
        <div><dt>Run</dt><dd><a href="/models/${one.run}">${one.run}</a>${one.step === null ? ', best checkpoint' : `, step ${one.step}`}</dd></div>
        <div><dt>Deployed</dt><dd>${age(one.created)}</dd></div>
        <div><dt>Requests</dt><dd>${one.traffic.requests}${one.traffic.failures ? `, ${one.traffic.failures} failed` : ''}</dd></div>
        <div><dt>Tokens</dt><dd>${one.traffic.tokens}${one.traffic.tokensPerSecond === null ? '' : `, ${number(one.traffic.tokensPerSecond)} tokens/s a request`}</dd></div>
      </dl>
      <details><summary>Call it</summary>${snippet('curl', curl(address, one.modelId))}${snippet('Python', python(address, one.modelId))}</details>
    </section>`;
  }
}

/** The state of a process with a word. */
export function serverState(server) {
  const status = { ready: 'finished', starting: 'running', ended: 'crashed' }[server.state] ?? 'queued';
  const text = { ready: 'answers', starting: `starting, ${Math.max(1, Math.round(server.seconds ?? 0))} s`, ended: 'ended; starts with the next request', cold: 'starts with the first request' }[server.state];
  return html`<span class="badge" data-status=${status} title=${server.problem ?? nothing}>${text}</span>`;
}

const snippet = (name, text) => html`<div class="snippet"><div class="row"><h3 class="grow">${name}</h3>${copyButton(text)}</div><pre tabindex="0">${text}</pre></div>`;

const curl = (address, model) => `curl -N ${address}/chat/completions \\
  -H "Authorization: Bearer $RFT_TOKEN" -H 'Content-Type: application/json' \\
  -d '{"model": "${model}", "stream": true, "messages": [{"role": "user", "content": "Hello"}]}'`;

const python = (address, model) => `import os
from openai import OpenAI

client = OpenAI(base_url="${address}", api_key=os.environ["RFT_TOKEN"])
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`;

customElements.define('rft-deployments-page', DeploymentsPage);
