/** How a group, its rollouts and one of them are drawn. */
import { html, svg, nothing } from '../vendor/lit.js';
import { counted, number } from '../ui.js';
import { line } from './rollouts-text.js';
import { OVERLAYS, legend, minus, overlayOf, signed } from './rollouts-tokens.js';

export const MIX_WORD = { mixed: 'mixed', bad: 'all bad', good: 'all good', none: 'no rewards' };
const tone = { mixed: '', bad: 'bad', good: 'good', none: 'muted' };

/** Rewards as dots between the lowest and the highest of the step. */
export function dots(rewards, [low, high]) {
  const at = (reward) => (high > low ? 3 + (94 * (reward - low)) / (high - low) : 50).toFixed(1);
  return html`<svg class="dots" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=${`rewards ${rewards.map((r) => number(r)).join(', ') || 'none'}`}>
    <line x1="0" x2="100" y1="4" y2="4"></line>${rewards.map((reward) => svg`<line class="dot" x1=${at(reward)} x2=${at(reward)} y1="0.5" y2="7.5"></line>`)}</svg>`;
}

/** A bar from zero, to the right where it adds, to the left where it takes away. */
export function bar(value, most) {
  const width = most > 0 ? Math.min(50, (Math.abs(value) / most) * 50) : 0;
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class=${value < 0 ? 'minus' : 'plus'} x=${value < 0 ? 50 - width : 50} y="1.5" width=${width} height="7"></rect><line x1="50" x2="50" y1="0" y2="10"></line></svg>`;
}

export function taskRow(group, chosen, range, choose) {
  return html`<li><button type="button" class="task" aria-current=${chosen ? 'true' : nothing} @click=${() => choose(group.position)}>
    <span class="task-top"><span class="mono ellipsis">${line(group.task, 60)}</span><span class="mix ${tone[group.mix]}">${MIX_WORD[group.mix]}</span></span>
    <span class="task-prompt ellipsis muted">${line(group.prompt, 120) || ' '}</span>
    ${dots(group.rewards, range)}
    <span class="task-numbers muted"><small title="mean and standard deviation of the rewards">${minus(number(group.mean, 2))} ± ${number(group.spread, 2)}</small><small>${group.shortest === group.longest ? counted(group.longest, 'token') : `${group.shortest}–${group.longest} tokens`}</small>${group.truncated ? html`<small class="warn">${group.truncated} cut</small>` : nothing}${group.failures ? html`<small class="bad">${group.failures} failed</small>` : nothing}</span>
  </button></li>`;
}

const outcome = (rollout) =>
  rollout.outcome === 'score' ? minus(number(rollout.reward)) : rollout.outcome === 'abstain' ? 'abstain' : 'failed';

export function rolloutRow(row, chosen, other, most, choose) {
  const moved = row.before ? row.before.rank - row.rank : 0;
  return html`<li><button type="button" class="rollout" data-index=${row.index} aria-current=${chosen ? 'true' : nothing} @click=${(event) => choose(row.index, event.shiftKey)}>
    <span class="rollout-numbers">
      <span class="rank">${row.rank}.</span>
      <b class="reward ${row.outcome === 'score' ? '' : 'bad'}">${outcome(row)}</b>
      ${bar(row.reward ?? 0, most)}
      <span class="advantage ${row.advantage > 0 ? 'plus' : row.advantage < 0 ? 'minus' : 'muted'}">${signed(row.advantage)}</span>
    </span>
    <span class="rollout-text">${line(row.text, 160) || html`<i class="muted">empty</i>`}</span>
    <span class="rollout-marks muted"><small>#${row.copies.join(', #')}</small><small>${counted(row.length, 'token')}</small>
      ${row.copies.length > 1 ? html`<small class="copies">×${row.copies.length}</small>` : nothing}
      ${row.finish === 'length' ? html`<small class="warn">cut</small>` : nothing}
      ${moved ? html`<small class=${moved > 0 ? 'good' : 'bad'}>${moved > 0 ? '▲' : '▼'} ${Math.abs(moved)}</small>` : nothing}
      ${other ? html`<small class="tag">compared</small>` : nothing}</span>
  </button></li>`;
}

/** The parts of a verdict: what each adds to the reward. */
export function partsTable(row, before) {
  if (!row.parts.length) return nothing;
  const most = Math.max(...row.parts.map((part) => Math.abs(part.contribution ?? part.value)), 1e-9);
  const sum = row.parts.every((part) => part.contribution !== null);
  return html`<table class="verdict-parts"><caption class="visually-hidden">Parts of the reward</caption>
    <thead><tr><th scope="col">Part</th><th scope="col" class="number">Value</th><th scope="col" class="number">× weight</th><th scope="col" class="number">adds</th><th><span class="visually-hidden">bar</span></th></tr></thead>
    <tbody>${row.parts.map((part) => html`<tr><th scope="row" class="mono">${line(part.name, 40)}</th><td class="number">${minus(number(part.value))}</td>
      <td class="number">${part.weight === null ? '?' : minus(number(part.weight))}</td><td class="number">${part.contribution === null ? '–' : signed(part.contribution)}</td>
      <td class="bar-cell">${bar(part.contribution ?? 0, most)}</td></tr>`)}</tbody>
    ${sum ? html`<tfoot><tr><th scope="row">Reward</th><td></td><td class="number muted">${before && before.reward !== row.reward ? `was ${minus(number(before.reward))}` : ''}</td><td class="number"><b>${minus(number(row.reward))}</b></td><td></td></tr></tfoot>` : nothing}
  </table>`;
}

/** The sliders: one for each part of the reward. */
export function weightPanel(list, weights, { input, done, reset }) {
  if (!list.parts.length) return nothing;
  const unknown = !Object.keys(list.trained).length;
  const shown = weights ?? (unknown ? Object.fromEntries(list.parts.map((part) => [part, 1])) : list.trained);
  const reach = (part) => Math.max(2, Math.ceil(2 * Math.abs(list.trained[part] ?? 1)));
  return html`<fieldset class="weights panel" ?disabled=${!list.reweighable}>
    <legend class="visually-hidden">Weights of the reward's parts</legend>
    <div class="row"><h3>Weights</h3><small class="muted grow">${!list.reweighable
      ? 'Advantages can be computed anew for runs of GRPO only.'
      : weights
        ? 'Rewards, order and advantages as these weights would have made them.'
        : unknown
          ? 'This reward is no plain weighted sum of its parts. Move a slider to see one.'
          : 'As in training. Move a slider: rewards, order and advantages follow.'}</small>
      <button type="button" class="quiet reset" ?disabled=${!weights} @click=${reset}>Reset</button></div>
    <div class="sliders">${list.parts.map((part) => html`<label class="slider"><span class="mono ellipsis" title=${line(part, 200)}>${line(part, 40)}</span>
      <input type="range" data-part=${part} min=${-reach(part)} max=${reach(part)} step="0.05" .value=${String(shown[part] ?? 0)} @input=${(event) => input(part, event.target.valueAsNumber)} @change=${done}>
      <input type="number" aria-label=${`Weight of ${part}`} step="0.05" .value=${String(shown[part] ?? 0)} @change=${(event) => Number.isFinite(event.target.valueAsNumber) && (input(part, event.target.valueAsNumber), done())}></label>`)}</div>
  </fieldset>`;
}

/** The switch of colours, with what they mean. */
export function overlayBar(chosen, choose, spaces, toggleSpaces, noBase) {
  return html`<div class="overlay-bar">
    <div class="segments" role="group" aria-label="Colour of tokens">${OVERLAYS.map((each) => html`<button type="button" data-overlay=${each.key} aria-pressed=${each.key === chosen} @click=${() => choose(each.key)}>${each.title}</button>`)}</div>
    <button type="button" class="quiet spaces" aria-pressed=${spaces} aria-label="Show spaces" title="Show spaces and ends of lines (w)" @click=${toggleSpaces}>·↵</button></div>
    ${chosen === 'kl' && noBase ? html`<p class="box warn">${noBase}</p>` : legend(overlayOf(chosen))}`;
}
