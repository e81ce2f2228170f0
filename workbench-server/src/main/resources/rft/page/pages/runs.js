import { LitElement, html, nothing, repeat, render } from '../vendor/lit.js';
import { get, post, remove } from '../api.js';
import { watch } from '../live.js';
import { go, setQuery } from '../router.js';
import { age, change, errorBox, number, spark, statusBadge, toast, toastError } from '../ui.js';

const AGE_MILLIS = 30_000;

/** Columns: key, heading, what is sorted by, whether the greatest comes first. */
const COLUMNS = [
  ['name', 'Run', (run) => run.name.toLowerCase(), false],
  ['status', 'Status', (run) => run.status, false],
  ['task', 'Task, reward', (run) => `${run.task ?? ''} ${run.reward ?? ''}`, false],
  ['step', 'Step', (run) => run.step, true],
  ['mean', 'Reward', (run) => run.rewardMean ?? -Infinity, true],
  ['validation', 'Validation', (run) => run.validation ?? -Infinity, true],
  ['course', 'Course', null, false],
  ['created', 'Age', (run) => run.created, true],
];
const COLUMN = Object.fromEntries(COLUMNS.map((column) => [column[0], column]));

class RunsPage extends LitElement {
  static properties = { query: {}, session: {}, runs: { state: true }, trash: { state: true }, problem: { state: true }, chosen: { state: true }, text: { state: true }, status: { state: true }, tag: { state: true }, sort: { state: true }, now: { state: true } };

  keys = [['j k', 'next, previous run'], ['Enter', 'open the run'], ['x', 'choose the run'], ['c', 'compare the chosen runs'], ['t', 'change its tags'], ['Delete', 'delete it']];

  constructor() {
    super();
    Object.assign(this, { runs: null, trash: [], problem: null, chosen: new Set(), text: '', status: '', tag: '', sort: '', now: Date.now() });
    this.press = (event) => this.#key(event);
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    const { q = '', status = '', tag = '', sort = '' } = this.query ?? {};
    Object.assign(this, { text: q, status, tag, sort });
    document.addEventListener('keydown', this.press);
    this.clock = setInterval(() => (this.now = Date.now()), AGE_MILLIS);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.press);
    clearInterval(this.clock);
    this.unwatch?.();
    this.unwatch = null;
  }

  async #load() {
    try {
      const { runs, sequence } = await get('/api/runs');
      this.runs = new Map(runs.map((run) => [run.id, run]));
      this.problem = null;
      this.#readTrash();
      this.unwatch?.();
      if (this.isConnected) this.unwatch = watch(['runs'], (news) => this.#hear(news), sequence);
    } catch (error) {
      this.problem = error;
    }
  }

  #hear({ type, data }) {
    if (type === 'resync') this.#load();
    if (type !== 'runs') return;
    const runs = new Map(this.runs);
    for (const run of data.changed) runs.set(run.id, run);
    for (const id of data.removed) runs.delete(id);
    this.runs = runs;
    if (data.removed.length || this.trash.some(({ id }) => runs.has(id))) this.#readTrash();
  }

  /** Reads which deleted runs can be taken back. */
  async #readTrash() {
    try {
      this.trash = (await get('/api/trash')).runs;
    } catch (error) {
      toastError(error);
    }
  }

  /** The runs that are shown, in their order. */
  #shown() {
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const [key, down] = this.sort ? [this.sort.replace('-', ''), this.sort.startsWith('-')] : ['created', true];
    const value = COLUMN[key]?.[2] ?? COLUMN.created[2];
    const fits = (run) => {
      const text = [run.id, run.name, run.task, run.reward, run.model, run.method, run.status, run.owner?.kind, ...run.tags].join(' ').toLowerCase();
      return words.every((word) => text.includes(word)) && (!this.status || run.status === this.status) && (!this.tag || run.tags.includes(this.tag));
    };
    const order = (a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * (down ? -1 : 1) || (a.created < b.created ? 1 : -1);
    return [...this.runs.values()].filter(fits).sort(order);
  }

  #set(changes) {
    Object.assign(this, changes);
    setQuery({ q: this.text, status: this.status, tag: this.tag, sort: this.sort });
  }

  #sortBy(key, greatestFirst) {
    const first = greatestFirst ? `-${key}` : key;
    this.#set({ sort: (this.sort || '-created') === first ? (greatestFirst ? key : `-${key}`) : first });
  }

  #choose(id, on = !this.chosen.has(id)) {
    const chosen = new Set(this.chosen);
    if (on) chosen.add(id);
    else chosen.delete(id);
    this.chosen = chosen;
  }

  get #compared() {
    return [...this.chosen].filter((id) => this.runs?.has(id));
  }

  #compare() {
    if (this.#compared.length > 1) go(`/compare?runs=${this.#compared.join(',')}`);
    else toast('Choose two runs or more to compare them.');
  }

  async #delete(run) {
    if (run.owner) return toast(`${run.name} is being trained: stop it first, then delete it.`, { tone: 'bad' });
    const rows = [...this.querySelectorAll('.runs-table tbody tr')];
    const next = rows[rows.findIndex((row) => row.dataset.run === run.id) + 1]?.dataset.run;
    try {
      await remove(`/api/runs/${run.id}`);
      this.#hear({ type: 'runs', data: { changed: [], removed: [run.id] } });
      await this.updateComplete;
      (this.#link(next) ?? this.querySelector('.runs-table tbody a'))?.focus();
      toast(`${run.name} is in the trash for 30 days.`, { action: { label: 'Undo', run: () => this.#restore(run) } });
    } catch (error) {
      toastError(error);
    }
  }

  async #restore(run) {
    try {
      await post(`/api/runs/${run.id}/restore`);
      await this.#load();
      await this.updateComplete;
      this.#link(run.id)?.focus();
    } catch (error) {
      toastError(error);
    }
  }

  /** Asks for the tags of a run, with commas between. */
  #tags(run) {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', `Tags of ${run.name}`);
    const known = [...new Set([...this.runs.values()].flatMap((one) => one.tags))].sort();
    render(
      html`<h2>Tags of ${run.name}</h2>
        <form method="dialog" class="stack">
          <label class="field">Tags, with commas between<input name="tags" .value=${run.tags.join(', ')} maxlength="400" autocomplete="off" autofocus><small>${known.length ? `Used before: ${known.join(', ')}` : 'For example: baseline, keep'}</small></label>
          <div class="row end"><button value="no" type="submit" formnovalidate>Cancel</button><button value="yes" class="primary">Save</button></div>
        </form>`,
      dialog,
    );
    // Enter in the field saves; the first button of a form would cancel.
    dialog.querySelector('input').addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      dialog.close('yes');
    });
    dialog.addEventListener('close', async () => {
      const tags = dialog.querySelector('input').value.split(',').map((tag) => tag.trim()).filter(Boolean);
      dialog.remove();
      if (dialog.returnValue !== 'yes') return;
      try {
        const saved = await post(`/api/runs/${run.id}/tags`, { tags });
        this.#hear({ type: 'runs', data: { changed: [{ ...this.runs.get(run.id), tags: saved.tags }], removed: [] } });
      } catch (error) {
        toastError(error);
      }
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  #link(id) {
    return id ? this.querySelector(`tr[data-run="${id}"] a`) : null;
  }

  #key(event) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.target.closest('input:not([type=checkbox]), textarea, select, dialog')) return;
    const rows = [...this.querySelectorAll('.runs-table tbody tr')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const run = this.runs?.get(rows[at]?.dataset.run);
    const does = {
      j: () => rows[Math.min(at + 1, rows.length - 1)]?.querySelector('a').focus(),
      k: () => rows[Math.max(at - 1, 0)]?.querySelector('a').focus(),
      x: () => run && this.#choose(run.id),
      c: () => this.#compare(),
      t: () => run && this.#tags(run),
      Delete: () => run && this.#delete(run),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  render() {
    if (!this.runs) return html`<div class="page" aria-busy=${!this.problem}><h1>Runs</h1>${this.problem ? errorBox(this.problem, () => this.#load()) : nothing}</div>`;
    const shown = this.#shown();
    const all = [...this.runs.values()];
    return html`<div class="page runs-page">
      <div class="head">
        <h1>Runs</h1><span class="muted" role="status">${shown.length === all.length ? all.length : `${shown.length} of ${all.length}`}</span>
        <span class="grow"></span>
        <button type="button" ?disabled=${this.#compared.length < 2} @click=${() => this.#compare()}>Compare${this.#compared.length > 1 ? ` ${this.#compared.length}` : ''}</button>
        ${this.session?.demo ? nothing : html`<a class="button primary" href="/new">New job</a>`}
      </div>
      ${this.problem ? errorBox(this.problem, () => this.#load()) : nothing}
      ${all.length ? this.#filters(all) : nothing}
      ${shown.length ? this.#table(shown) : html`<p class="empty panel">${all.length
        ? 'No run fits.'
        : html`There is no run yet. Start one as a <a href="/new">new job</a>, with <code>rft quickstart</code>, or in a notebook; it appears here by itself.`}</p>`}
      ${this.trash.length ? this.#bin() : nothing}
    </div>`;
  }

  #filters(all) {
    const count = (values) => [...values.reduce((sums, value) => sums.set(value, (sums.get(value) ?? 0) + 1), new Map())].sort(([a], [b]) => (a < b ? -1 : 1));
    const select = (name, label, values, any) => html`<select aria-label=${label} @change=${(event) => this.#set({ [name]: event.target.value })}>
      <option value="" .selected=${!this[name]}>${any}</option>
      ${values.map(([value, n]) => html`<option value=${value} .selected=${this[name] === value}>${value} (${n})</option>`)}</select>`;
    const tags = count(all.flatMap((run) => run.tags));
    return html`<div class="row" role="search">
      <input type="search" aria-label="Search runs" placeholder="Search" .value=${this.text} @input=${(event) => this.#set({ text: event.target.value })}>
      ${select('status', 'Status', count(all.map((run) => run.status)), 'Any status')}
      ${tags.length || this.tag ? select('tag', 'Tag', tags, 'Any tag') : nothing}
    </div>`;
  }

  #table(shown) {
    const [key, down] = this.sort ? [this.sort.replace('-', ''), this.sort.startsWith('-')] : ['created', true];
    return html`<div class="panel scroll"><table class="runs-table">
      <caption class="visually-hidden">Runs, ${shown.length}</caption>
      <thead><tr><th scope="col"><span class="visually-hidden">Choose</span></th>
        ${COLUMNS.map(([name, heading, value, greatestFirst]) => html`<th scope="col" class=${`runs-${name}`} aria-sort=${name === key ? (down ? 'descending' : 'ascending') : nothing}>${value
          ? html`<button type="button" @click=${() => this.#sortBy(name, greatestFirst)}>${heading}<span class="runs-arrow" aria-hidden="true">${name === key ? (down ? '↓' : '↑') : ''}</span></button>`
          : heading}</th>`)}
        <th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${repeat(shown, (run) => run.id, (run) => this.#row(run))}</tbody>
    </table></div>`;
  }

  #bin() {
    return html`<details class="panel runs-trash"><summary>Trash <small class="muted">${this.trash.length}</small></summary><table>
      <caption class="visually-hidden">Deleted runs</caption><thead><tr><th scope="col">Run</th><th scope="col">Gone for good</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
      <tbody>${this.trash.map((run) => html`<tr><td>${run.name} <small class="muted mono">${run.id}</small></td><td>${new Date(run.until).toLocaleDateString()}</td>
        <td><button type="button" aria-label=${`Restore ${run.name}`} @click=${() => this.#restore(run)}>Restore</button></td></tr>`)}</tbody></table></details>`;
  }

  #row(run) {
    const ofSteps = run.steps ? ` / ${run.steps}` : '';
    return html`<tr data-run=${run.id} aria-selected=${this.chosen.has(run.id)}>
      <td class="runs-pick"><input type="checkbox" aria-label=${`Choose ${run.name}`} .checked=${this.chosen.has(run.id)} @change=${(event) => this.#choose(run.id, event.target.checked)}></td>
      <td class="runs-name"><a href=${`/runs/${run.id}`}>${run.name}</a>
        <small class="muted mono runs-id" title=${run.id}>${run.id}</small>
        ${run.tags.length ? html`<span class="runs-tags">${run.tags.map((tag) => html`<button type="button" class="tag" title=${`Only runs with ${tag}`} @click=${() => this.#set({ tag: this.tag === tag ? '' : tag })}>${tag}</button>`)}</span>` : nothing}
        ${run.problem ? html`<small class="bad">${run.problem}</small>` : nothing}</td>
      <td class="runs-status">${statusBadge(run.status)}</td>
      <td class="runs-task">${run.task ?? '–'}<small class="muted">${run.reward ?? ''}</small></td>
      <td class="runs-step number">${run.step}<span class="muted">${ofSteps}</span></td>
      <td class="runs-mean number">${number(run.rewardMean)}<small>${change(run.rewardMean, run.rewardFirst)}</small></td>
      <td class="runs-validation number">${number(run.validation)}<small>${change(run.validation, run.validationFirst)}</small></td>
      <td class="runs-course">${spark(run.spark, `Mean reward over the steps, from ${number(run.rewardFirst)} to ${number(run.rewardMean)}`)}</td>
      <td class="runs-created" title=${new Date(run.created).toLocaleString()}>${age(run.created, this.now)}${run.owner ? html`<small class="muted">${run.owner.kind} ${run.owner.pid}</small>` : nothing}</td>
      <td class="runs-do"><button type="button" class="quiet" aria-label=${`Tags of ${run.name}`} title="Tags (t)" @click=${() => this.#tags(run)}>#</button><button type="button" class="quiet" aria-label=${`Delete ${run.name}`}
        title=${run.owner ? 'Stop it first' : 'Delete (Delete key)'} ?disabled=${Boolean(run.owner)} @click=${() => this.#delete(run)}>×</button></td>
    </tr>`;
  }
}

customElements.define('rft-runs-page', RunsPage);
