import { LitElement, html } from '../vendor/lit.js';
import { get } from '../api.js';
import { setQuery } from '../router.js';
import { errorBox } from '../ui.js';
import './playground-ask.js';
import './playground-test.js';

/** Models beside each other: one prompt, or a test set. */
class PlaygroundPage extends LitElement {
  static properties = { query: { attribute: false }, models: { state: true }, options: { state: true }, problem: { state: true }, tab: { state: true } };

  constructor() {
    super();
    this.query = {};
    this.models = null;
    this.options = null;
    this.problem = null;
    this.tab = '';
    this.keys = [['Ctrl Enter', 'ask'], ['Esc', 'stop the answer'], ['← →', 'in an answer: the probability of each token']];
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
      [this.models, this.options] = await Promise.all([get('/api/playground/models'), get('/api/playground/options')]);
    } catch (error) {
      this.problem = error;
    }
  }

  willUpdate(changed) {
    if (changed.has('query')) this.tab = this.query.tab === 'test' ? 'test' : 'ask';
  }

  #show(tab) {
    this.tab = tab;
    setQuery({ tab: tab === 'ask' ? null : tab });
  }

  #tabKey(event) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    this.#show(this.tab === 'ask' ? 'test' : 'ask');
    this.updateComplete.then(() => this.querySelector('[role=tab][aria-selected=true]').focus());
  }

  render() {
    const tab = (key, text) => html`<button type="button" role="tab" id="tab-${key}" aria-controls="panel" aria-selected=${this.tab === key} tabindex=${this.tab === key ? 0 : -1} @click=${() => this.#show(key)}>${text}</button>`;
    return html`<div class="page playground">
      <div class="head"><h1>Playground</h1></div>
      <div class="tabs" role="tablist" aria-label="What to ask" @keydown=${this.#tabKey}>${tab('ask', 'One prompt')}${tab('test', 'Test set')}</div>
      <div id="panel" role="tabpanel" aria-labelledby="tab-${this.tab}">${this.#content()}</div>
    </div>`;
  }

  #content() {
    if (this.problem) return errorBox(this.problem, () => this.#load());
    if (!this.models || !this.options) return html`<div class="playground-wait" aria-busy="true"></div>`;
    const shared = { models: this.models, options: this.options, query: this.query };
    return html`<rft-playground-ask .shared=${shared} ?hidden=${this.tab !== 'ask'}></rft-playground-ask>
      <rft-playground-test .shared=${shared} ?hidden=${this.tab !== 'test'}></rft-playground-test>`;
  }
}

customElements.define('rft-playground-page', PlaygroundPage);
