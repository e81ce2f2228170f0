import { html, nothing } from '../vendor/lit.js';
import { counted, errorBox, span } from '../ui.js';

const WORDS = { stop: 'Stop', warn: 'Look' };
const SHOWN_ROLLOUTS = 8;

/** What the rules say of a run: what is wrong, on which evidence, and what to try. */
export function healthPanel(run, health, stage) {
  return html`<section class="panel run-health" aria-label="Health" tabindex="0">
    <div class="chart-head"><h3>Health</h3>${health?.alarms ? verdict(health) : nothing}</div>
    ${content(run, health, stage)}
  </section>`;
}

function verdict({ alarms, step }) {
  const lasting = alarms.filter((alarm) => alarm.until === null || alarm.until === undefined);
  const worst = lasting.some((alarm) => alarm.severity === 'stop') ? 'bad' : lasting.length ? 'warn' : 'good';
  const text = lasting.length ? counted(lasting.length, 'alarm') : 'no alarm';
  return html`<span class="run-verdict ${worst}" role="status">${text}</span><span class="muted">at step ${step}</span>`;
}

function content(run, health, stage) {
  if (!health) return html`<p class="muted">Looking…</p>`;
  if (health.problem) return health.problem.status === 404 ? html`<p class="muted">Nothing to look at yet.</p>` : errorBox(health.problem);
  return html`
    ${health.alarms.map((alarm) => one(run, alarm, stage))}
    ${health.alarms.length ? nothing : html`<p>None of the rules finds trouble. They compare the run with its own first steps.</p>`}
    ${checks(health.checks ?? [])}`;
}

function one(run, alarm, stage) {
  const over = alarm.until !== null && alarm.until !== undefined;
  return html`<article class="alarm ${over ? 'over' : alarm.severity}">
    <h4><span class="alarm-word">${over ? 'Over' : WORDS[alarm.severity] ?? alarm.severity}</span> ${alarm.rule.replaceAll('-', ' ')}
      <button type="button" class="link" @click=${() => stage.choose(alarm.since)}>${over ? span('step', alarm.since, alarm.until) : `since step ${alarm.since}`}</button></h4>
    <p>${sentence(alarm.sentence)}</p>
    ${alarm.rollouts.length ? html`<p class="muted">See ${alarm.rollouts.slice(0, SHOWN_ROLLOUTS).map((place, n) => html`${n ? ', ' : ''}<a href=${`/runs/${run.id}/rollouts?step=${place.step}&task=${place.position}&rollout=${place.index}`}>step ${place.step}, task ${place.position}, answer ${place.index}</a>`)}</p>` : nothing}
    ${!alarm.rollouts.length && alarm.steps.length ? html`<p class="muted">See ${alarm.steps.slice(0, SHOWN_ROLLOUTS).map((step, n) => html`${n ? ', ' : ''}<button type="button" class="link" @click=${() => stage.choose(step)}>step ${step}</button>`)}</p>` : nothing}
    <p class="alarm-try"><b>Try</b> ${alarm.tryNext.length === 1 ? alarm.tryNext[0] : html`<ul>${alarm.tryNext.map((cure) => html`<li>${cure}</li>`)}</ul>`}</p>
  </article>`;
}

function checks(all) {
  const passed = all.filter((check) => check.outcome === 'passed');
  const rest = all.filter((check) => check.outcome !== 'passed');
  if (!all.length) return nothing;
  return html`<details><summary>${counted(passed.length, 'rule')} ${passed.length === 1 ? 'finds' : 'find'} nothing${rest.length ? html`, ${rest.length} cannot look yet` : nothing}</summary>
    <dl class="checks">${[...passed, ...rest].map((check) => html`<dt>${check.outcome === 'passed' ? html`<span class="good">✓</span>` : html`<span class="muted">–</span>`} ${check.rule.replaceAll('-', ' ')}</dt><dd class="muted">${sentence(check.sentence)}</dd>`)}</dl></details>`;
}

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
