import { LitElement, html, nothing, repeat } from '../vendor/lit.js';
import { get, post, remove } from '../api.js';
import { age, confirmDialog, copyButton, duration, errorBox, number, statusBadge, toast, toastError } from '../ui.js';

const PERIOD_MILLIS = 1000;
const TITLES = { pause: 'Pause', resume: 'Resume', cancel: 'Stop', kill: 'Kill', remove: 'Remove from the list' };
/** What a run is by the time its process ends, by what was asked of it. */
const ENDED = { PAUSE: 'paused', CANCEL: 'stopped' };
const SAID = { pause: 'It saves a checkpoint after this step and pauses.', cancel: 'It saves a checkpoint after this step and ends.', kill: 'Its process was killed.', resume: 'It is in the queue.' };

/** A run that was ended is called stopped, as on its own page; a job that never began was cancelled. */
const stateOf = (job) => (job.state === 'cancelled' && job.run ? 'stopped' : job.state);

/** Trainings that the workbench was asked for: the queue, what runs, what ended and how. */
class JobsPage extends LitElement {
  static properties = { query: {}, jobs: { state: true }, problem: { state: true } };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  async #look() {
    clearTimeout(this.timer);
    try {
      if (!document.hidden || !this.jobs) this.jobs = (await get('/api/jobs')).jobs;
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
    if (this.isConnected) this.timer = setTimeout(() => this.#look(), PERIOD_MILLIS);
  }

  async #ask(job, action) {
    if (action === 'cancel' && job.state !== 'queued' && !(await confirmDialog(`Stop ${job.name}? It saves a checkpoint and ends; Resume goes on with it.`, { yes: 'Stop it', danger: true }))) return;
    if (action === 'kill' && !(await confirmDialog(`Kill the process of ${job.name}? What came after its last checkpoint is lost.`, { yes: 'Kill it', danger: true }))) return;
    try {
      if (action === 'remove') await remove(`/api/jobs/${job.id}`);
      else await post(`/api/jobs/${job.id}/${action}`);
      toast(action === 'remove' ? 'It is off the list; its run stays.' : action === 'cancel' && job.state === 'queued' ? 'It is off the queue.' : SAID[action]);
    } catch (error) {
      toastError(error);
    }
    this.#look();
  }

  async #move(queue, index, by) {
    const order = queue.filter((_, other) => other !== index);
    const before = order[index + by]?.id ?? null;
    try {
      this.jobs = (await post(`/api/jobs/${queue[index].id}/move`, { before })).jobs;
    } catch (error) {
      toastError(error);
    }
  }

  render() {
    if (this.problem && !this.jobs) return html`<div class="page">${errorBox(this.problem, () => this.#look())}</div>`;
    if (!this.jobs) return html`<div class="page" aria-busy="true"><h1>Jobs</h1></div>`;
    const queue = this.jobs.filter((job) => job.state === 'queued');
    const active = this.jobs.filter((job) => job.state === 'running' || job.state === 'validating');
    const ended = this.jobs.filter((job) => !queue.includes(job) && !active.includes(job));
    return html`<div class="page jobs-page">
      <div class="head"><h1>Jobs</h1><span class="grow"></span><a class="button primary" href="/new">New job</a></div>
      ${this.problem ? errorBox(this.problem) : nothing}
      ${this.jobs.length ? nothing : html`<p class="empty">No job yet. <a href="/new">Start one</a>; trainings that were started in a shell or a notebook are under <a href="/">Runs</a>.</p>`}
      ${this.#section('Running', active)}
      ${this.#section('Queue', queue, true)}
      ${this.#section('Ended', ended)}
    </div>`;
  }

  #section(title, jobs, ordered = false) {
    if (!jobs.length) return nothing;
    return html`<section class="stack" aria-label=${title}><h2>${title} <small class="muted">${jobs.length}</small></h2>
      ${repeat(jobs, (job) => job.id, (job, index) => this.#job(job, ordered ? { queue: jobs, index } : null))}</section>`;
  }

  #job(job, place) {
    const shown = job.id === this.query?.job || ['failed', 'crashed'].includes(job.state);
    const left = job.readings.left;
    return html`<article class="panel job" id=${job.id} aria-label=${job.name} data-chosen=${job.id === this.query?.job ? 'yes' : nothing}>
      <div class="row">${statusBadge(job.ending ? ENDED[job.asked] ?? 'finished' : stateOf(job))}
        <h3>${job.run ? html`<a href=${`/runs/${job.run}`}>${job.name}</a>` : job.name}</h3>
        ${job.place ? html`<span class="muted">place ${job.place} on ${job.device}</span>` : nothing}
        ${job.ending ? html`<span class="muted">its process is ending</span>` : job.asked ? html`<span class="warn">${job.asked === 'PAUSE' ? 'pausing' : 'stopping'} after this step</span>` : nothing}
        <span class="grow"></span>
        <span class="row job-actions">
          ${place ? html`<button type="button" class="quiet" aria-label="Earlier" ?disabled=${place.index === 0} @click=${() => this.#move(place.queue, place.index, -1)}>↑</button>
            <button type="button" class="quiet" aria-label="Later" ?disabled=${place.index === place.queue.length - 1} @click=${() => this.#move(place.queue, place.index, 1)}>↓</button>` : nothing}
          ${job.actions.filter((action) => action in TITLES).map((action) => html`<button type="button" class=${action === 'kill' ? 'danger' : action === 'resume' ? 'primary' : ''} @click=${() => this.#ask(job, action)}>${action === 'cancel' && job.state === 'queued' ? 'Take off the queue' : TITLES[action]}</button>`)}
        </span></div>
      ${job.steps ? html`<div class="run-progress"><progress max=${job.steps} .value=${job.step} aria-label="Steps"></progress><span>step ${job.step} of ${job.steps}</span>
        ${Number.isFinite(job.readings.reward) ? html`<span>reward ${number(job.readings.reward)}</span>` : nothing}
        ${Number.isFinite(left) && job.state === 'running' && !job.ending ? html`<span class="muted">${duration(left)} left</span>` : nothing}</div>` : nothing}
      ${job.state === 'validating' ? html`<p class="muted" role="status">Reading the model, the data and the reward.</p>` : nothing}
      ${job.problem ? html`<div class="box bad"><p>${job.problem}</p></div>` : nothing}
      <p class="muted job-line"><span>${job.model}</span><span>${job.data}</span><span>${job.reward}</span><span title=${job.created}>added ${age(job.created)}</span>${job.pid ? html`<span>process ${job.pid}</span>` : nothing}${job.attempts > 1 ? html`<span>attempt ${job.attempts}</span>` : nothing}</p>
      <details ?open=${shown}><summary>Last lines and command</summary><div class="stack">
        <pre class="job-log">${job.lines.length ? job.lines.join('\n') : 'It has said nothing yet.'}</pre>
        <div class="row new-line"><code class="grow">${job.command}</code>${copyButton(job.command)}</div></div></details>
    </article>`;
  }
}

customElements.define('rft-jobs-page', JobsPage);
