import { html, nothing } from '../vendor/lit.js';
import { format } from '../chart-lines.js';
import { age, change, copyButton, duration, statusBadge } from '../ui.js';
import { addTag, dropTag, erase, fork, order } from './run-actions.js';

/** Numbers at the top: key, name. */
const TILES = [
  ['reward/mean', 'Reward'],
  ['validation/accuracy', 'Validation'],
  ['policy/entropy', 'Entropy'],
  ['policy/kl', 'KL'],
  ['group/mixed', 'Mixed'],
  ['completion/length_mean', 'Length'],
  ['completion/truncated', 'Cut off'],
  ['time/tokens_per_second', 'Tokens/s'],
];

/** Which actions make sense for a status. */
const ACTIONS = { running: ['pause', 'stop'], paused: ['resume'], stopped: ['resume'], crashed: ['resume'], failed: ['resume'], diverged: ['resume'] };

const WORDS = { pause: ['Pause', 'Saves a checkpoint and rests; can be resumed'], stop: ['Stop', 'Saves a checkpoint and ends; can be resumed or forked'], resume: ['Resume', 'Goes on from the latest checkpoint'] };

/** Name, state and progress of a run, and what one can do with it. */
export function header(page, run) {
  return html`<header class="run-head">
    <div class="head">
      <h1>${run.name}</h1> ${statusBadge(run.status)}
      ${run.tags.map((tag) => html`<span class="tag">${tag}<button type="button" class="tag-drop" aria-label="Remove the tag ${tag}" @click=${() => dropTag(page, tag)}>×</button></span>`)}
      <button type="button" class="quiet tag-add" @click=${() => addTag(page)}>+ tag</button>
      <span class="grow"></span>
      ${actions(page, run)}
    </div>
    <p class="run-line muted"><code>${run.id}</code>${copyButton(run.id)}
      <span>${[run.method, run.task, run.reward, run.model].filter(Boolean).join(' · ')}</span>
      <span title=${run.created}>began ${age(run.created)}</span>
      ${run.owner ? html`<span>process ${run.owner.pid} (${run.owner.kind})</span>` : nothing}
      ${run.setup?.forkedFrom ? html`<span>forked from <a href=${`/runs/${run.setup.forkedFrom.split('@')[0]}?step=${run.setup.forkedFrom.split('@')[1]}`}>${run.setup.forkedFrom}</a></span>` : nothing}</p>
    ${progress(run)}
    ${run.problem ? html`<div class="box bad" role="alert">${run.problem}</div>` : nothing}
    ${['crashed', 'failed', 'diverged'].includes(run.status) ? ended(run) : nothing}
    <dl class="tiles">${TILES.filter(([key]) => key in run.last).map(([key, name]) => tile(page, run, key, name))}</dl>
  </header>`;
}

function progress(run) {
  const share = run.steps ? Math.min(1, run.step / run.steps) : 0;
  const left = run.status === 'running' ? secondsLeft(run) : null;
  return html`<div class="run-progress"><progress max="1" .value=${share} aria-label="Progress"></progress>
    <span>step <b>${run.step}</b> of ${run.steps || '?'}</span><span class="muted">${left === null ? '' : left > 0 ? `about ${duration(left)} left` : 'almost done'}</span></div>`;
}

function secondsLeft(run) {
  const seconds = run.last['time/step_seconds'];
  return Number.isFinite(seconds) && run.steps ? seconds * (run.steps - run.step) : null;
}

function ended(run) {
  const why = run.events.filter((event) => ['failed', 'diverged'].includes(event.kind)).at(-1)?.detail;
  const text = { crashed: 'Its process vanished without a word. What it wrote up to its last step is whole.', failed: 'It ended because of an error.', diverged: 'It ended because loss or gradients stayed non-finite.' }[run.status];
  return html`<div class="box bad" role="alert"><p>${text}${why ? html` ${why}` : nothing}</p>${run.log.length ? html`<details open><summary>Last lines of its log</summary><pre class="run-log">${run.log.join('\n')}</pre></details>` : nothing}</div>`;
}

function tile(page, run, key, name) {
  const { unit, better, meaning } = page.metrics.of(key);
  const [now, before] = [run.last[key], run.first[key]];
  return html`<div class="tile" title=${meaning}><dt>${name}</dt><dd><b>${format(now, unit)}</b> ${unit === 'share' ? change(100 * now, 100 * before, better === 'neither' ? '' : better) : change(now, before, better === 'neither' ? '' : better)}</dd></div>`;
}

function actions(page, run) {
  const busy = page.busy;
  return html`<span class="row run-actions">
    ${(page.session?.demo ? [] : ACTIONS[run.status] ?? []).map((action) => html`<button type="button" title=${WORDS[action][1]} ?disabled=${busy} class=${action === 'resume' ? 'primary' : ''} @click=${() => order(page, action)}>${WORDS[action][0]}</button>`)}
    ${run.checkpoints.length ? html`<button type="button" title="A new run from a checkpoint of this one" ?disabled=${busy} @click=${() => fork(page)}>Fork</button>` : nothing}
    ${page.session?.demo ? nothing : html`<a class="button" href=${`/playground?run=${run.id}`}>Try it</a>
    <a class="button" href=${`/models/${run.id}`}>Model</a>`}
    <details class="menu"><summary class="button">Export</summary><div class="menu-list panel">
      <a href=${`/api/runs/${run.id}/metrics.csv`} download>Metrics as CSV</a>
      <a href=${`/api/runs/${run.id}/rollouts.jsonl`} download>Rollouts as JSONL</a>
      <a href=${`/api/runs/${run.id}/report`} download>Report as HTML</a></div></details>
    <a class="button" href=${`/compare?runs=${run.id}`}>Compare</a>
    <button type="button" class="quiet" ?disabled=${busy || run.owner !== null} title=${run.owner ? 'It is being trained; stop it first' : 'Can be undone'} @click=${() => erase(page)}>Delete</button>
  </span>`;
}
