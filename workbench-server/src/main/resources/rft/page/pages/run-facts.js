import { html, nothing } from '../vendor/lit.js';
import { age, copyButton, counted, number } from '../ui.js';
import { diffLines, sourceView } from './diff.js';

/** What happened in a run, and what it was started with. */
export function facts(page, run) {
  return html`<section class="run-facts" aria-label="Facts">
    ${events(page, run)}
    ${checkpoints(page, run)}
    ${run.setup ? html`${options(run)}${identity(run)}` : nothing}
    ${rewards(page, run)}
  </section>`;
}

const TONES = { alarm: 'bad', failed: 'bad', diverged: 'bad', step_skipped: 'bad', warning: 'warn', finished: 'good' };

function events(page, run) {
  const shown = run.events.filter((event) => event.kind !== 'checkpoint').reverse();
  return html`<section class="panel"><h2>Events</h2>
    ${shown.length ? html`<div class="scroll run-list" tabindex="0" role="region" aria-label="Events"><table class="wide-plain"><tbody>${shown.map((event) => html`<tr>
      <td class="number"><button type="button" class="link" @click=${() => page.stage.choose(event.step)}>${event.step}</button></td>
      <td class="nowrap ${TONES[event.kind] ?? ''}">${event.kind.replaceAll('_', ' ')}</td><td>${event.detail}</td><td class="muted nowrap" title=${event.at}>${age(event.at)}</td></tr>`)}</tbody></table></div>` : html`<p class="muted">Nothing yet.</p>`}</section>`;
}

function checkpoints(page, run) {
  return html`<section class="panel"><h2>Checkpoints</h2>
    ${run.checkpoints.length ? html`<div class="scroll run-list" tabindex="0" role="region" aria-label="Checkpoints"><table class="wide-plain"><tbody>${[...run.checkpoints].reverse().map((one) => html`<tr>
      <td class="number"><button type="button" class="link" @click=${() => page.stage.choose(one.step)}>${one.step}</button></td>
      <td>${one.best ? html`<span class="good">best on validation</span>` : nothing}</td><td class="number">${bytes(one.bytes)}</td>
      <td><a href=${`/playground?run=${run.id}&step=${one.step}`}>try it</a></td><td class="muted nowrap" title=${one.at}>${age(one.at)}</td></tr>`)}</tbody></table></div>` : html`<p class="muted">None yet.</p>`}</section>`;
}

const bytes = (size) => (size >= 1e6 ? `${number(size / 1e6)} MB` : `${number(size / 1e3)} kB`);

const text = (value) => (value === null || value === undefined ? '–' : Array.isArray(value) ? value.join(', ') : String(value));

const IDENTITY = /^inputs\./;

function options(run) {
  const { options: all, standard = {} } = run.setup;
  const rows = Object.entries(all).filter(([name]) => !IDENTITY.test(name));
  const differs = ([name, value]) => name in standard && JSON.stringify(standard[name]) !== JSON.stringify(value);
  const changed = rows.filter(differs);
  const rest = rows.filter((row) => !differs(row));
  const row = ([name, value]) => html`<tr><th scope="row">${name}</th><td class="mono">${text(value)}</td>${differs([name, value]) ? html`<td class="muted">instead of <span class="mono">${text(standard[name])}</span></td>` : html`<td></td>`}</tr>`;
  const known = Object.keys(standard).length > 0;
  return html`<section class="panel"><h2>Options ${copyButton(() => JSON.stringify(all, null, 2), 'Copy JSON')}</h2>
    ${known ? changed.length ? html`<table class="plain options"><tbody>${changed.map(row)}</tbody></table>` : html`<p class="muted">All as they are by default.</p>` : nothing}
    <details ?open=${!known}><summary>${known ? `${rest.length} as by default` : counted(rest.length, 'option')}</summary><table class="plain options"><tbody>${rest.map(row)}</tbody></table></details></section>`;
}

/** A path that breaks behind its slashes. */
const path = (text) => text.split('/').map((part, i) => (i ? html`/<wbr>${part}` : part));

const hash = (sha) => (sha ? html`<code title=${sha}>${sha.slice(0, 12)}</code>${copyButton(sha)}` : '–');

function identity(run) {
  const { setup } = run;
  const rows = [
    ['seed', html`<span class="mono">${setup.options.seed}</span>`],
    ['dataset', html`${path(setup.dataset)} ${hash(setup.datasetSha256)}<br><small class="muted">${Object.entries(setup.tasks).map(([split, n]) => `${n} ${split}`).join(', ')}</small>`],
    ['reward', html`${setup.reward} ${hash(setup.rewardSha256)}`],
    ...(setup.check ? [['check', html`${setup.check} ${hash(setup.checkSha256)}`]] : []),
    ['base model', html`${path(setup.model)} ${hash(setup.modelSha256)}<br><small class="muted">${number(setup.modelParameters / 1e6)} million weights</small>`],
    ['device', `${setup.device}, ${counted(setup.threads, 'thread')}`],
    ['engine', setup.engine.replace('()', '')],
    ['machine', `${setup.os}, ${setup.cpus} CPUs, Java ${setup.java}`],
    ['product', setup.version],
    ['began', html`<span title=${run.created}>${new Date(run.created).toLocaleString()}, ${age(run.created)}</span>`],
  ];
  return html`<section class="panel"><h2>What it is</h2><table class="plain identity"><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></section>`;
}

function rewards(page, run) {
  const versions = run.rewards;
  if (!versions.length) return nothing;
  const chosen = Math.min(page.rewardVersion ?? versions.length - 1, versions.length - 1);
  const reward = versions[chosen];
  const before = versions[chosen - 1];
  const pick = (index) => () => ((page.rewardVersion = index), page.requestUpdate());
  const asDiff = before && page.rewardDiff !== false;
  return html`<section class="panel run-reward"><h2>Reward <span class="muted">${reward.name}</span> ${hash(reward.sha256)}</h2>
    ${versions.length > 1 ? html`<div class="row">${versions.map((one, index) => html`<button type="button" aria-pressed=${String(index === chosen)} @click=${pick(index)}>version ${one.version}${one.step ? `, from step ${one.step}` : ''}</button>`)}
      ${before ? html`<label><input type="checkbox" .checked=${asDiff} @change=${(event) => ((page.rewardDiff = event.target.checked), page.requestUpdate())}> what changed since version ${before.version}</label>` : nothing}</div>` : nothing}
    ${reward.problem ? html`<p class="warn">${reward.problem}</p>` : asDiff ? diffLines(before.source ?? '', reward.source ?? '') : sourceView(reward.source ?? '')}
    ${run.check?.source ? html`<details><summary>Check of validation: ${run.check.name}</summary>${sourceView(run.check.source)}</details>` : nothing}</section>`;
}
