import { html, nothing } from '../vendor/lit.js';
import { format } from '../chart-lines.js';
import { change, counted } from '../ui.js';
import { unifiedDiff } from './diff.js';

/** Last and best values of each run, and how they differ from the first run's. */
export function valueTable(page, keys) {
  const { runs, metrics } = page;
  const shown = keys.filter((key) => runs.some((run) => run.page.series.includes(key)));
  if (!shown.length) return html`<p class="empty panel">None of these runs has a value yet.</p>`;
  return html`<section class="panel scroll" tabindex="0" role="region" aria-label="Last and best values"><table class="compare-values">
    <thead><tr><th scope="col">Run</th>${shown.map((key) => html`<th scope="col" class="number" title=${metrics.of(key).meaning}>${name(key)}</th>`)}</tr></thead>
    <tbody>${runs.map((run, index) => html`<tr><th scope="row"><svg class="swatch c${run.color}" viewBox="0 0 18 8" width="18" height="8" aria-hidden="true"><path d="M0 4H18" stroke-dasharray=${(run.dash ?? []).join(' ')}></path></svg> ${page.labelOf(run)}<small class="muted">${counted(run.page.step, 'step')}</small></th>
      ${shown.map((key) => cell(run, index === 0 ? null : runs[0], key, metrics.of(key)))}</tr>`)}</tbody></table></section>`;
}

function name(key) {
  const words = { 'reward/mean': 'reward', 'validation/accuracy': 'validation', 'validation/reward': 'validation reward', 'policy/kl': 'KL', 'policy/entropy': 'entropy', 'group/mixed': 'mixed groups', 'completion/length_mean': 'length', 'completion/truncated': 'cut off', 'train/grad_norm': 'gradient', 'reward/failed': 'failed', 'time/tokens_per_second': 'tokens/s' };
  return words[key] ?? key;
}

function cell(run, first, key, { unit, better }) {
  const value = run.page.last[key];
  const base = first?.page.last[key];
  const best = better === 'neither' ? null : extreme(run.series.get(key), better);
  const scale = unit === 'share' ? 100 : 1;
  return html`<td class="number"><b>${format(value, unit)}</b> ${first ? change(value * scale, base * scale, better === 'neither' ? '' : better) : nothing}
    ${best ? html`<small class="muted">best ${format(best.value, unit)} at ${best.step}</small>` : html`<small></small>`}</td>`;
}

/** The best value of a metric and its step; of a thinned one the end of the steps that share the point. */
function extreme({ x, y, min, max }, better) {
  const values = (better === 'higher' ? max : min) ?? y;
  let best = null;
  values.forEach((value, i) => {
    if (value !== null && (best === null || (better === 'higher' ? value > best.value : value < best.value))) best = { value, step: x[i] };
  });
  return best;
}

const text = (value) => (value === null || value === undefined ? '–' : Array.isArray(value) ? value.join(', ') : String(value));

/** Options that are not the same in all runs. */
export function optionTable(page, { options }) {
  return html`<section class="panel stack"><h2>Options that differ</h2>
    ${options.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Options that differ"><table class="compare-options"><thead><tr><th scope="col">Option</th>${page.runs.map((run) => html`<th scope="col">${page.labelOf(run)}</th>`)}</tr></thead>
      <tbody>${options.map((row) => html`<tr><th scope="row">${row.name}</th>${row.values.map((value, i) => html`<td class="mono ${i && JSON.stringify(value) !== JSON.stringify(row.values[0]) ? 'differs' : ''}">${text(value).length > 40 ? html`<span title=${text(value)}>${text(value).slice(0, 12)}…</span>` : text(value)}</td>`)}</tr>`)}</tbody></table></div>` : html`<p class="muted">They were started with the same options.</p>`}</section>`;
}

/** How the rewards of the other runs differ from the first one's. */
export function rewardDiffs(page, { rewardDiffs: diffs }) {
  const label = (id) => page.labelOf(page.runs.find((run) => run.page.id === id) ?? { page: { name: id } });
  const changed = diffs.filter((diff) => diff.unified);
  const equal = diffs.filter((diff) => !diff.unified);
  return html`<section class="panel stack"><h2>Reward</h2>
    ${equal.length ? html`<p class="muted">${changed.length ? `The same source as ${label(diffs[0].from)}: ${equal.map((diff) => label(diff.to)).join(', ')}.` : 'All runs have the same source of the reward.'}</p>` : nothing}
    ${changed.map((diff) => html`<h3>${label(diff.from)} → ${label(diff.to)}</h3>${unifiedDiff(diff.unified, `Source, ${label(diff.from)} → ${label(diff.to)}`)}`)}</section>`;
}
