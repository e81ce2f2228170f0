import { html, nothing } from '../vendor/lit.js';
import { lastUpTo } from '../chart-lines.js';
import { span } from '../ui.js';

/** The bar above the charts: the chosen step, what is in view, how smooth the lines are. */
export function toolbar(page, run) {
  const { stage } = page;
  const at = stage.step ?? run.step;
  const index = lastUpTo(run.rolloutSteps, at);
  const rollouts = run.rolloutSteps[index];
  return html`<div class="run-bar" role="toolbar" aria-label="Charts">
    <span class="run-step">
      <label for="run-step">Step</label>
      <button type="button" class="quiet" aria-label="One step back" ?disabled=${at <= stage.first} @click=${() => stage.choose(at - 1)}>‹</button>
      <input id="run-step" type="number" min=${stage.first} max=${stage.last} placeholder=${run.step} .value=${stage.step === null ? '' : String(stage.step)}
        @change=${(event) => stage.choose(event.target.value === '' ? null : Number(event.target.value))}>
      <button type="button" class="quiet" aria-label="One step on" ?disabled=${at >= stage.last} @click=${() => stage.choose(at + 1)}>›</button>
      <button type="button" class="quiet" ?disabled=${stage.step === null} @click=${() => stage.choose(null)}>Latest</button>
    </span>
    ${rollouts === undefined
      ? html`<span class="muted">no rollouts kept${run.rolloutSteps.length ? ' so early' : ''}</span>`
      : html`<a class="button run-rollouts" href=${`/runs/${run.id}/rollouts?step=${rollouts}`}>Rollouts of step ${rollouts}</a>`}
    <span class="grow"></span>
    <span class="run-view muted">${span('step', Math.ceil(stage.from), Math.floor(stage.to))}</span>
    <button type="button" ?disabled=${!stage.zoomed} @click=${() => stage.reset()}>Show all</button>
    <label class="run-smooth">Smoothing
      <input type="range" min="0" max="0.98" step="0.02" .value=${String(stage.smoothing)} @input=${(event) => stage.smooth(Number(event.target.value))}>
      <output>${stage.smoothing.toFixed(2)}</output></label>
    ${nothing}
  </div>`;
}
