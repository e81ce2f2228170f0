/** What the page of rollouts computes without the server. */
import { shell } from '../ui.js';
import { overlayOf } from './rollouts-tokens.js';

/** What is shown before anything was chosen; `position` of the task, `index` of the rollout, `other` that it is compared with. */
export const FRESH = { step: null, position: null, index: null, overlay: 'none', weights: null, other: null, spaces: false, sort: 'spread', mix: '', sides: true };

/** Weights as in an address: `right:1,length:0.2`. @returns {Record<string, number> | null} */
function parseWeights(text) {
  if (!text) return null;
  const weights = {};
  for (const each of text.split(',')) {
    const colon = each.lastIndexOf(':');
    const value = Number(each.slice(colon + 1));
    if (colon < 1 || !Number.isFinite(value)) return null;
    try {
      weights[decodeURIComponent(each.slice(0, colon))] = value;
    } catch {
      return null;
    }
  }
  return weights;
}

export const weightsText = (weights) =>
  weights ? Object.entries(weights).map(([name, value]) => `${encodeURIComponent(name)}:${value}`).join(',') : null;

const last = Number.POSITIVE_INFINITY;
const MIX = { bad: 0, none: 1, mixed: 2, good: 3 };

/** Orders of the tasks of a step: title, and what is ascending. */
export const SORTS = {
  spread: ['Largest spread', (g) => -(g.spread ?? -1)],
  worst: ['Lowest mean', (g) => g.mean ?? last],
  best: ['Highest mean', (g) => (g.mean === null ? last : -g.mean)],
  mix: ['All bad first', (g) => MIX[g.mix]],
  long: ['Longest', (g) => -g.longest],
  cut: ['Most cut off', (g) => -g.truncated],
  failed: ['Most failures', (g) => -g.failures],
  sampled: ['As sampled', (g) => g.position],
};

export const MIXES = { '': 'All groups', mixed: 'Mixed', bad: 'All bad', good: 'All good', failed: 'With failures', cut: 'With cut off' };

/** The groups that a filter leaves, in order. */
export function sortedGroups(groups, sort, mix, text) {
  const key = (SORTS[sort] ?? SORTS.spread)[1];
  const wanted = text.trim().toLowerCase();
  return groups
    .filter((g) => !mix || (mix === 'failed' ? g.failures > 0 : mix === 'cut' ? g.truncated > 0 : g.mix === mix))
    .filter((g) => !wanted || [g.task, g.prompt, g.reference ?? ''].some((each) => each.toLowerCase().includes(wanted)))
    .sort((a, b) => key(a) - key(b) || a.position - b.position);
}

/**
 * The rollouts of a group as they stand, equal ones in one row: with `standings` these of other
 * weights.
 */
export function rows(group, standings) {
  const now = new Map((standings?.rollouts ?? []).map((each) => [each.index, each]));
  const weights = standings?.weights ?? group.weights;
  const copies = new Map(group.clusters.flatMap((indexes) => indexes.map((index) => [index, indexes])));
  const seen = new Set();
  const all = group.rollouts.map((rollout) => {
    const other = now.get(rollout.index);
    const parts = rollout.parts.map((part) => ({ ...part, weight: weights[part.name] ?? null, contribution: part.name in weights ? weights[part.name] * part.value : null }));
    return { ...rollout, ...other, parts, before: other ? rollout : null, copies: copies.get(rollout.index) ?? [rollout.index] };
  });
  if (standings) all.sort((a, b) => a.rank - b.rank);
  return all.filter((rollout) => {
    if (seen.has(rollout.index)) return false;
    rollout.copies.forEach((index) => seen.add(index));
    return true;
  });
}

/** What an address asks for; `task` is a position, or an id. */
export function stateOf(search) {
  const q = Object.fromEntries(new URLSearchParams(search));
  const whole = (text) => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : null);
  const state = {
    ...FRESH, step: whole(q.step), position: whole(q.task), index: whole(q.rollout), overlay: overlayOf(q.overlay).key, weights: parseWeights(q.weights),
    other: whole(q.diff), spaces: q.spaces === '1', sort: Object.hasOwn(SORTS, q.sort ?? '') ? q.sort : 'spread', mix: Object.hasOwn(MIXES, q.mix ?? '') ? (q.mix ?? '') : '', sides: q.view !== 'inline',
  };
  if (q.task && state.position === null) state.task = q.task;
  return state;
}

/** The parameters of the address that asks for a state. */
export const addressOf = (s) => ({
  step: s.step, task: s.position, rollout: s.index, overlay: s.overlay === 'none' ? null : s.overlay, weights: weightsText(s.weights), diff: s.other,
  spaces: s.spaces ? '1' : null, sort: s.sort === 'spread' ? null : s.sort, mix: s.mix, view: s.sides ? null : 'inline',
});

/** The command that shows the same in a terminal, quoted where a shell needs it. */
export function inspectCommand(run, task, { step, weights, overlay }) {
  const words = ['rft', 'inspect', run, '--step', String(step), '--task', task];
  if (weights) words.push('--weights', Object.entries(weights).map(([name, value]) => `${name}=${value}`).join(','));
  if (overlay !== 'none') words.push('--colour', overlay);
  return shell(words);
}

/** Runs the newest of many calls: one at a time, and those in between never. */
export function newestOnly(run) {
  let busy = false;
  let waiting = null;
  return async function call(...args) {
    if (busy) {
      waiting = args;
      return;
    }
    busy = true;
    try {
      await run(...args);
    } finally {
      busy = false;
      if (waiting) {
        const next = waiting;
        waiting = null;
        call(...next);
      }
    }
  };
}
