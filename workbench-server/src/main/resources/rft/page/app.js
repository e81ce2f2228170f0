import { LitElement, html, nothing, keyed } from './vendor/lit.js';
import { codeInAddress, get, patiently, signIn } from './api.js';
import { connection } from './live.js';
import './router.js';
import { errorBox, helpDialog } from './ui.js';

/** Every page: its address, its title, the module that defines its element, the element. */
const PAGES = [
  [/^\/$/, 'Runs', () => import('./pages/runs.js'), 'rft-runs-page', '/'],
  [/^\/runs\/(?<id>[a-z0-9-]+)$/, 'Run', () => import('./pages/run.js'), 'rft-run-page', '/'],
  [/^\/runs\/(?<id>[a-z0-9-]+)\/rollouts$/, 'Rollouts', () => import('./pages/rollouts.js'), 'rft-rollouts-page', '/'],
  [/^\/compare$/, 'Compare', () => import('./pages/compare.js'), 'rft-compare-page', '/compare'],
  [/^\/playground$/, 'Playground', () => import('./pages/playground.js'), 'rft-playground-page', '/playground'],
  [/^\/new$/, 'New job', () => import('./pages/new.js'), 'rft-new-page', '/new'],
  [/^\/jobs$/, 'Jobs', () => import('./pages/jobs.js'), 'rft-jobs-page', '/jobs'],
  [/^\/models\/(?<id>[a-z0-9-]+)$/, 'Model', () => import('./pages/model.js'), 'rft-model-page', '/'],
  [/^\/datasets$/, 'Datasets', () => import('./pages/datasets.js'), 'rft-datasets-page', '/datasets'],
  [/^\/rewards$/, 'Rewards', () => import('./pages/rewards.js'), 'rft-rewards-page', '/rewards'],
  [/^\/deployments$/, 'Deployments', () => import('./pages/deployments.js'), 'rft-deployments-page', '/deployments'],
];

const NAVIGATION = [
  ['/', 'Runs'],
  ['/compare', 'Compare'],
  ['/playground', 'Playground'],
  ['/new', 'New job'],
  ['/jobs', 'Jobs'],
  ['/datasets', 'Datasets'],
  ['/rewards', 'Rewards'],
  ['/deployments', 'Deployments'],
];

/** The pages that a replay has. */
const DEMO = ['Runs', 'Run', 'Rollouts', 'Compare'];

class App extends LitElement {
  static properties = { page: { state: true }, session: { state: true }, problem: { state: true }, signedOut: { state: true }, link: { state: true } };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.link = connection.state;
    addEventListener('rft-route', () => this.#route());
    addEventListener('rft-signed-out', () => (this.signedOut = true));
    // A link that differs in its code only does not load the page anew.
    addEventListener('hashchange', () => codeInAddress() && this.#begin());
    connection.addEventListener('change', () => (this.link = connection.state));
    document.addEventListener('keydown', (event) => this.#key(event));
    this.#begin();
  }

  /** Signs in and opens what the address names; also again, where that did not work. */
  async #begin() {
    this.problem = null;
    this.signedOut = false;
    try {
      await signIn();
      this.session = await patiently(() => get('/api/session'));
      if (this.session.demo) await import('./pages/tour.js').catch(() => {});
      await this.#route();
    } catch (error) {
      this.problem = error;
    }
  }

  async #route() {
    // A page that asks before the browser is signed in would be refused.
    if (!this.session) return;
    const visit = (this.visit = {});
    // A page that is left may still write its own address while the next one loads.
    const { pathname, search } = location;
    for (const [pattern, title, load, tag, section] of PAGES) {
      const match = pattern.exec(pathname);
      if (!match) continue;
      if (this.session?.demo && !DEMO.includes(title)) {
        this.page = { title, section, absent: true };
        document.title = `${title} - RFT Workbench`;
        return;
      }
      try {
        await load();
      } catch (error) {
        if (this.visit === visit) this.page = { title, problem: error, section };
        return;
      }
      if (this.visit !== visit) return;
      const again = this.page?.tag === tag && this.page.path === pathname;
      this.page = { tag, title, section, path: pathname, params: { ...match.groups }, query: Object.fromEntries(new URLSearchParams(search)) };
      document.title = `${title} - RFT Workbench`;
      if (!again) {
        await this.updateComplete;
        scrollTo(0, 0);
        if (this.shown) this.querySelector('main').focus({ preventScroll: true });
        this.shown = true;
      }
      return;
    }
    this.page = { title: 'Not found', missing: pathname };
    document.title = 'Not found - RFT Workbench';
  }

  #key(event) {
    if (event.target.closest('input, textarea, select, [contenteditable], dialog') || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === '?') {
      event.preventDefault();
      helpDialog();
    } else if (event.key === '/') {
      const search = this.querySelector('main [type=search]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  }

  #theme() {
    const dark = getComputedStyle(document.documentElement).colorScheme === 'dark' || (document.documentElement.dataset.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    const next = document.documentElement.dataset.theme ? (document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark') : dark ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    localStorage.setItem('rft-theme', next);
    dispatchEvent(new Event('rft-theme'));
  }

  render() {
    if (this.signedOut) return this.#signedOut();
    return html`
      <header class="side">
        <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="24" height="24"> RFT Workbench</a>
        <nav aria-label="Main">
          <ul>
            ${NAVIGATION.filter(([, title]) => !this.session?.demo || DEMO.includes(title)).map(([path, title]) => html`<li><a href=${path} aria-current=${this.page?.section === path ? 'page' : nothing}>${title}</a></li>`)}
          </ul>
        </nav>
        <div class="side-foot">
          <span class="link-state" data-state=${this.link} role="status">${{ live: 'live', lost: 'reconnecting', idle: '' }[this.link]}</span>
          <button type="button" class="quiet" @click=${this.#theme} title="Dark or light" aria-label="Switch between dark and light">&#9680;</button>
          <button type="button" class="quiet" @click=${helpDialog} title="Keys (?)" aria-label="Keys">?</button>
          ${this.session ? html`<small class="muted">${this.session.version}</small>` : nothing}
        </div>
      </header>
      <main id="main" tabindex="-1">${this.#content()}</main>
      <div id="toasts" role="status" aria-live="polite"></div>`;
  }

  #content() {
    if (this.problem) return html`<div class="page"><h1>The workbench did not open</h1>${errorBox(this.problem, () => this.#begin())}</div>`;
    const page = this.page;
    if (!page) return html`<div class="page" aria-busy="true"></div>`;
    if (page.problem) return html`<div class="page">${errorBox(page.problem, () => location.reload())}</div>`;
    if (page.absent) return html`<div class="page"><h1>${page.title}</h1><p>The demo shows recorded runs and has no such page; <code>rft workbench</code> has it. <a href="/">All runs</a></p></div>`;
    if (page.missing) return html`<div class="page"><h1>Not found</h1><p>There is no page ${page.missing}. <a href="/">All runs</a></p></div>`;
    // One element for each address: a page need not undo what it did for another run.
    return keyed(`${page.tag} ${page.path}`, this.#element(page));
  }

  #element(page) {
    if (this.element?.localName !== page.tag || this.element.path !== page.path) {
      this.element = document.createElement(page.tag);
      this.element.path = page.path;
    }
    Object.assign(this.element, { params: page.params, query: page.query, session: this.session });
    return this.element;
  }

  #signedOut() {
    return html`<main id="main" class="signed-out"><h1>Open the workbench from its own link</h1>
      <p>This browser is not signed in. The command <code>rft workbench</code> prints a link that signs in once; in a notebook, <code>%workbench</code> does.</p></main>`;
  }
}

customElements.define('rft-app', App);
