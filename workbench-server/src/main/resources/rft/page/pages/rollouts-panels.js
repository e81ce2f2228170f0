/** The panels of the page of rollouts: from what is shown, and what its controls do, to HTML. */
import { html, nothing } from '../vendor/lit.js';
import { copyButton, counted, number } from '../ui.js';
import { inlineDiff, sideDiff } from './rollouts-diff.js';
import { MIX_WORD, overlayBar, partsTable, rolloutRow, taskRow } from './rollouts-group.js';
import { MIXES, SORTS } from './rollouts-state.js';
import { line } from './rollouts-text.js';
import { minus, overlayOf, signed } from './rollouts-tokens.js';

const options = (titles, chosen) => Object.entries(titles).map(([key, title]) => html`<option value=${key} ?selected=${key === chosen}>${Array.isArray(title) ? title[0] : title}</option>`);

/** The tasks of the step. */
export function tasksPanel({ list, groups, state, filter }, act) {
  const all = list.groups.flatMap((group) => group.rewards);
  const range = [Math.min(...all), Math.max(...all)];
  const { length } = list.groups;
  return html`<section class="tasks panel" aria-label="Tasks of the step">
    <div class="row"><h2 class="grow">Tasks <small class="muted">${groups.length === length ? length : `${groups.length} of ${length}`}</small></h2>
      <select aria-label="Order of tasks" .value=${state.sort} @change=${(event) => act.set({ sort: event.target.value })}>${options(SORTS, state.sort)}</select></div>
    <div class="row filters"><select aria-label="Which groups" .value=${state.mix} @change=${(event) => act.set({ mix: event.target.value })}>${options(MIXES, state.mix)}</select>
      <input type="text" class="grow" placeholder="Filter tasks" aria-label="Filter tasks by id or text" .value=${filter} @input=${(event) => act.filter(event.target.value)}></div>
    <ul class="list">${groups.map((group) => taskRow(group, group.position === state.position, range, act.choose))}</ul>
    ${groups.length ? nothing : html`<p class="muted">No group fits.</p>`}</section>`;
}

/** What was asked, and what the answer should be. */
export function askedPanel({ group, now, spaces, whole, history }, act) {
  const long = group.prompt.length > 400 || group.prompt.split('\n').length > 6;
  return html`<section class="panel asked" aria-label="Task">
    <div class="row"><h2 class="mono grow">${line(group.task, 80)}</h2><span class="mix">${MIX_WORD[now.mix]}</span><small class="muted">mean ${minus(number(now.mean))}, spread ${number(now.spread)}</small>
      <button type="button" class="quiet over" aria-expanded=${history ? 'true' : 'false'} @click=${act.history}>Over the run</button>${copyButton(act.command, 'Copy rft inspect')}</div>
    <div class="prompt ${whole ? '' : 'short'}" tabindex=${whole ? 0 : nothing} role="group" aria-label="Prompt"><rft-safe-text .text=${group.prompt} .spaces=${spaces}></rft-safe-text></div>
    ${long ? html`<button type="button" class="quiet" aria-expanded=${whole ? 'true' : 'false'} @click=${act.whole}>${whole ? 'Show less' : 'Show all of the prompt'}</button>` : nothing}
    ${group.reference === null ? nothing : html`<div class="reference"><small class="muted">Reference</small><div class="answer" tabindex="0" role="group" aria-label="Reference answer"><rft-safe-text .text=${group.reference} .spaces=${spaces}></rft-safe-text></div></div>`}
    ${group.notes.map((note) => html`<p class="muted"><small>${note}</small></p>`)}
  </section>`;
}

/** The rollouts, best first. */
export function rolloutsPanel(group, shown, row, other, choose) {
  const most = Math.max(...shown.map((each) => Math.abs(each.reward ?? 0)), 1e-9);
  const distinct = shown.length < group.rollouts.length ? `, ${shown.length} distinct` : '';
  return html`<section class="panel rollouts-list" aria-label="Rollouts, best first">
    <div class="row"><h2 class="grow">Rollouts <small class="muted">${group.rollouts.length}${distinct}</small></h2><small class="muted">reward, advantage</small></div>
    <ul class="list">${shown.map((each) => rolloutRow(each, each === row, each.copies.includes(other), most, choose))}</ul></section>`;
}

const name = (row) => `#${row.index}, reward ${minus(number(row.reward))}`;

function copies({ state, row }, act) {
  if (row.copies.length < 2) return nothing;
  return html`<small class="muted">Same answer:</small>${row.copies.map((index) => html`<button type="button" class="quiet copy" aria-pressed=${index === state.index} @click=${() => act.choose(index)}>#${index}</button>`)}`;
}

function compared({ state, row, other, edits }) {
  return state.sides ? sideDiff(edits, state.spaces, name(other), name(row)) : inlineDiff(edits, state.spaces);
}

function coloured({ state, row, tokens, noBase }, act) {
  return html`${overlayBar(state.overlay, (overlay) => act.set({ overlay }), state.spaces, () => act.set({ spaces: !state.spaces }), noBase)}
    ${tokens?.note ? html`<p class="muted"><small>${tokens.note}</small></p>` : nothing}
    ${tokens?.texts.length
      ? html`<div class="answer"><rft-tokens .tokens=${tokens} .overlay=${overlayOf(state.overlay)} .spaces=${state.spaces}></rft-tokens></div>`
      : html`<div class="answer" tabindex="0" role="group" aria-label="Answer"><rft-safe-text .text=${row.text} .spaces=${state.spaces}></rft-safe-text></div>`}`;
}

/** Why there is no KL to the base, and the nearest step where there is. */
export function baseNote({ baseEvery, steps }, step, go) {
  const near = baseEvery ? steps.filter((each) => each % baseEvery === 0).sort((a, b) => Math.abs(a - step) - Math.abs(b - step))[0] : undefined;
  if (near === undefined || near === step) return 'This step has no log-probs of the base. Train with --kl-every 5 to store them every 5 steps.';
  return html`The log-probs of the base are stored every ${counted(baseEvery, 'step')}. <button type="button" @click=${() => go(near)}>Go to step ${near}</button>`;
}

/** One rollout: its tokens, or what it and another share; its verdict. */
export function detailPanel(view, act) {
  const { state, row, shown, other } = view;
  return html`<section class="panel detail" aria-label="Rollout">
    <div class="row"><h2>#${state.index}</h2><span>rank ${row.rank}</span><span>reward <b>${minus(number(row.reward))}</b></span><span>advantage <b class="advantage">${signed(row.advantage)}</b></span>
      ${row.before ? html`<small class="muted was">was rank ${row.before.rank}, ${minus(number(row.before.reward))}, ${signed(row.before.advantage)}</small>` : nothing}
      <small class="muted">${counted(row.length, 'token')}, ${row.finish === 'length' ? 'cut off at the limit' : 'ended by itself'}</small></div>
    <div class="row">${copies(view, act)}
      <label class="row compare"><small class="muted">Compare with</small> <select class="other" @change=${(event) => act.set({ other: event.target.value === '' ? null : Number(event.target.value) })}>
        <option value="" ?selected=${!other}>nothing</option>${shown.filter((each) => each !== row).map((each) => html`<option value=${each.index} ?selected=${each === other}>${name(each)}</option>`)}</select></label>
      ${other ? html`<button type="button" class="quiet" aria-pressed=${state.sides} @click=${() => act.set({ sides: !state.sides })}>Side by side</button>` : nothing}</div>
    ${other ? compared(view) : coloured(view, act)}
    ${row.reason ? html`<p class="reason ${row.outcome === 'score' ? '' : 'bad'}"><rft-safe-text .text=${row.reason}></rft-safe-text></p>` : nothing}
    <div class="scroll" tabindex="0">${partsTable(row, row.before)}</div></section>`;
}
