/** Pieces of the playground: streams, names of models, answers with their verdicts. */
import { html, nothing } from '../vendor/lit.js';
import { failure, ApiError } from '../api.js';
import { counted, distinct, number } from '../ui.js';

/**
 * Asks for a stream of events and hears each; ends when the stream does.
 * @param {string} path
 * @param {object} body
 * @param {(event: any) => void} hear
 * @param {AbortSignal} signal breaks it off
 */
export async function stream(path, body, hear, signal) {
  let response;
  try {
    response = await fetch(path, { method: 'POST', signal, headers: { 'Content-Type': 'application/json', 'X-RFT': '1' }, body: JSON.stringify(body) });
  } catch (cause) {
    if (cause.name === 'AbortError') throw cause;
    throw new ApiError('The workbench does not answer. Is it still running?', 0, 'unreachable');
  }
  if (!response.ok) throw await failure(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    let piece;
    try {
      piece = await reader.read();
    } catch (cause) {
      if (cause.name === 'AbortError') throw cause;
      throw new ApiError('The workbench broke off its answer. Is it still running?', 0, 'broken');
    }
    if (piece.done) return;
    rest += piece.value;
    const lines = rest.split('\n');
    rest = lines.pop();
    for (const line of lines) if (line.startsWith('data: ')) hear(JSON.parse(line.slice(6)));
  }
}

/** Text of a model as it is, with what would hide or turn it made visible. */
export const visible = (text) =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

/** A model as the address of the page and the fields of the form name it: `base:NAME`, `RUN` or `RUN@STEP`. */
export function choiceOf(key) {
  if (key.startsWith('base:')) return { base: key.slice(5) };
  const [run, step] = key.split('@');
  return step === undefined ? { run } : { run, step: Number(step) };
}

/** The run of a model's key; null for a base model. */
export const runOf = (key) => (key.startsWith('base:') ? null : key.split('@')[0]);

/** What a run is called among those that made a model. */
const nameOf = (tuned, models) => distinct(tuned.name, tuned.run, models.tuned.map((one) => one.name));

/** A model in words. */
export function labelOf(key, models) {
  const { base, run, step } = choiceOf(key);
  if (base) return `${base} (base)`;
  const tuned = models?.tuned.find((one) => one.run === run);
  const which = step === undefined ? (tuned?.best != null ? `best, step ${tuned.best}` : 'last') : `step ${step}`;
  return `${tuned ? nameOf(tuned, models) : run} (${which})`;
}

/** Chooses among every base model, run and checkpoint. */
export function modelSelect(models, key, change, label) {
  const option = (value, text) => html`<option value=${value} ?selected=${value === key}>${text}</option>`;
  return html`<select class="model-select" aria-label=${label} .value=${key} @change=${(event) => change(event.target.value)}>
    <optgroup label="Base models">${models.bases.map((base) => option(`base:${base.name}`, base.name))}</optgroup>
    ${models.tuned.map((tuned) => html`<optgroup label=${tuned.run}>
      ${option(tuned.run, tuned.best != null ? `${nameOf(tuned, models)}: best by validation (step ${tuned.best})` : `${nameOf(tuned, models)}: last checkpoint`)}
      ${tuned.checkpoints.map((point) => option(`${tuned.run}@${point.step}`, `${nameOf(tuned, models)}: step ${point.step}${point.validation != null ? ` · ${number(point.validation)} right` : ''}`))}
    </optgroup>`)}
  </select>`;
}

/** Chooses what judges: `` for nothing, `run:ID`, or the name of a ready reward. */
export function rewardSelect(models, options, key, change, { none = true } = {}) {
  const option = (value, text) => html`<option value=${value} ?selected=${value === key}>${text}</option>`;
  return html`<select .value=${key} @change=${(event) => change(event.target.value)}>
    ${none ? option('', 'none') : nothing}
    <optgroup label="Of a run">${models.tuned.map((tuned) => option(`run:${tuned.run}`, `${tuned.reward} of ${tuned.name} (${tuned.run})`))}</optgroup>
    <optgroup label="Ready">${options.rewards.map((reward) => option(reward.name, reward.name))}</optgroup>
  </select>`;
}

export const rewardOf = (key) => (key ? (key.startsWith('run:') ? { run: key.slice(4) } : { name: key }) : null);

/** How an answer was judged. */
export function verdictView(verdict) {
  if (!verdict) return nothing;
  if (verdict.kind === 'failure') return html`<p class="verdict bad"><b>no reward</b> <span>${visible(verdict.detail ?? '')}</span></p>`;
  if (verdict.kind === 'abstain') return html`<p class="verdict"><b>does not apply</b> <span>${visible(verdict.reason ?? '')}</span></p>`;
  const parts = Object.entries(verdict.parts ?? {});
  const tone = verdict.value >= 1 ? 'good' : verdict.value <= 0 ? 'bad' : 'warn';
  return html`<div class="verdict"><b class=${tone}>reward ${number(verdict.value)}</b>
    ${verdict.reason ? html`<span>${visible(verdict.reason)}</span>` : nothing}
    ${parts.length ? html`<ul class="parts" aria-label="Parts of the reward">${parts.map(([name, value]) => html`<li><span>${visible(name)}</span> ${number(Number(value))}</li>`)}</ul>` : nothing}
  </div>`;
}

const SHADES = [-0.05, -0.25, -0.7, -1.6, -3];

/** From 0, nearly certain, to 5, very surprising. */
const shade = (logProb) => (logProb === null ? 'none' : SHADES.filter((bound) => logProb < bound).length);

/** What the shades of tokens mean. */
export const legend = () => html`<p class="legend muted" aria-hidden="true">probability
  ${['above 95 %', '78 %', '50 %', '20 %', '5 %', 'below'].map((text, i) => html`<span class="token" data-shade=${i}>${text}</span>`)}</p>`;

const percent = (logProb) => `${number(Math.exp(logProb) * 100, 3)} %`;

/** The tokens of an answer; arrow keys and the pointer say the probability of each. */
export function tokensView(answer, coloured, update) {
  const at = (index) => {
    answer.active = index;
    update();
  };
  const move = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    at(Math.max(0, Math.min(answer.tokens.length - 1, (answer.active ?? -by) + by)));
  };
  const active = answer.tokens[answer.active];
  return html`<pre class="spoken" tabindex="0" role="group" aria-label="Answer. Arrow keys: probability of each token." data-coloured=${coloured}
      @keydown=${move} @pointerover=${(event) => event.target.dataset.at && at(Number(event.target.dataset.at))} @pointerleave=${() => at(undefined)} @blur=${() => at(undefined)}
    >${answer.tokens.map((token, i) => html`<span class="token" data-at=${i} data-shade=${shade(token.logProb)} ?data-active=${i === answer.active}>${visible(token.text)}</span>`)}</pre>
    <p class="token-fact muted" aria-live="polite">${active
      ? html`<code>${visible(active.text || active.token)}</code> ${active.logProb === null ? '' : `${percent(active.logProb)}, log-prob ${number(active.logProb)}`}`
      : facts(answer)}</p>`;
}

function facts(answer) {
  const known = answer.tokens.filter((token) => token.logProb !== null);
  const mean = known.reduce((sum, token) => sum + token.logProb, 0) / (known.length || 1);
  const end = { stop: 'ended by itself', length: 'cut at the limit' }[answer.finish] ?? answer.finish ?? '';
  return [counted(answer.tokens.length, 'token'), known.length ? `mean log-prob ${number(mean)}` : '', end].filter(Boolean).join(' · ');
}

/** The parameters of the draws, as fields. */
export function drawFields(draw, change) {
  const field = (key, label, attributes) => html`<label class="field">${label}
    <input type="number" .value=${String(draw[key])} min=${attributes.min} max=${attributes.max} step=${attributes.step ?? 1} required
      @change=${(event) => event.target.validity.valid && change({ [key]: event.target.valueAsNumber })}></label>`;
  return html`${field('temperature', 'Temperature', { min: 0, max: 2, step: 0.05 })}
    ${field('topP', 'Top-p', { min: 0.05, max: 1, step: 0.05 })}
    ${field('maxTokens', 'Most tokens', { min: 1, max: 8192 })}
    ${field('n', 'Answers', { min: 1, max: 8 })}
    ${field('seed', 'Seed', { min: 0, max: 2147483647 })}`;
}

/** An estimate with its interval in words. */
export const interval = (estimate) => `${number(estimate.mean)} (${number(estimate.low)} to ${number(estimate.high)})`;
