/** Which charts the page of a run has, in which order, and what their lines are. */

const PARTS = 'reward/part/';
const FAILURES = 'reward/failed/';
const RUN = [1, 2, 3, 4, 5, 6];
const DASHES = [undefined, [7, 3], [2, 3], [9, 3, 2, 3]];

/** Colour and dash of the n-th line of a chart; they repeat together only after 24. */
export const look = (n) => ({ color: RUN[n % RUN.length], dash: DASHES[Math.floor(n / RUN.length) % DASHES.length] });

/**
 * A chart.
 * @typedef {{id: string, heading: string, unit: string, meaning: string, keys: string[], big?: boolean,
 *     lines: (series: import('../series.js').RunSeries) => import('../chart-lines.js').Line[]}} ChartPlan
 */

/** What a metric means; a key of the reward's own is told by what it begins with. */
export class Metrics {
  #lines;

  /** @param {{key: string, unit: string, better: string, meaning: string}[]} lines answer of /api/metrics */
  constructor(lines) {
    this.#lines = new Map(lines.map((line) => [line.key, line]));
  }

  of(key) {
    const alike = [...this.#lines.values()].find((line) => line.key.endsWith('*') && key.startsWith(line.key.slice(0, -1)));
    return this.#lines.get(key) ?? alike ?? { key, unit: '', better: 'neither', meaning: 'a metric of its own' };
  }
}

const line = (key, label, style = {}) => (series) => ({ label, color: 1, ...style, ...series.get(key) });

/** The run's own first steps, as a level to compare with. */
const own = (key, color = 6) => (series) => {
  const value = series.baseline(key);
  return value === undefined ? null : { label: 'own start', title: 'Median of steps 0 to 20', kind: 'level', color, value, x: series.get(key).x };
};

const RECIPES = [
  ['reward', 'Reward and validation', ['reward/mean', 'reward/p10', 'reward/p90', 'validation/accuracy'], [rewardLine, line('validation/accuracy', 'validation accuracy', { color: 2, kind: 'dots' })], 'mean reward, its 10th to 90th percentile as a band, and answers to validation tasks that are right'],
  ['parts', 'Parts of the reward', [PARTS], null],
  ['groups', 'Groups', ['group/all_bad', 'group/mixed', 'group/all_good'], [
    line('group/all_bad', 'all bad', { color: 2, kind: 'layer' }), line('group/mixed', 'mixed', { color: 1, kind: 'layer' }), line('group/all_good', 'all good', { color: 3, kind: 'layer' })],
    'groups whose answers earn the same teach nothing; only mixed ones do'],
  ['loss', 'Loss', ['train/loss'], [line('train/loss', 'loss')]],
  ['kl', 'KL to the base', ['policy/kl'], [line('policy/kl', 'KL', { color: 4 }), own('policy/kl')]],
  ['entropy', 'Entropy', ['policy/entropy'], [line('policy/entropy', 'entropy', { color: 3 }), own('policy/entropy')]],
  ['clip', 'Clipped tokens', ['policy/clip_low', 'policy/clip_high'], [line('policy/clip_low', 'from below'), line('policy/clip_high', 'from above', { color: 2, dash: [7, 3] })],
    'share of tokens whose ratio hit a bound; 0 with one update for each batch'],
  ['length', 'Length of completions', ['completion/length_mean', 'completion/length_max'], [line('completion/length_mean', 'mean'), line('completion/length_max', 'longest', { color: 6, dash: [2, 3] })]],
  ['truncated', 'Cut off and repeated', ['completion/truncated', 'completion/duplicates'], [line('completion/truncated', 'cut off', { color: 2 }), line('completion/duplicates', 'duplicates', { color: 4, dash: [7, 3] })],
    'completions that hit the token limit, and those equal to another of their group'],
  ['gradient', 'Gradient norm', ['train/grad_norm'], [line('train/grad_norm', 'norm', { color: 4 }), own('train/grad_norm')]],
  ['rate', 'Learning rate', ['train/learning_rate'], [line('train/learning_rate', 'rate', { color: 6 })]],
  ['speed', 'Speed', ['time/tokens_per_second'], [line('time/tokens_per_second', 'tokens/s', { color: 3 })]],
  ['latency', 'Latency of the reward', ['time/reward_latency_p50', 'time/reward_latency_p95'], [line('time/reward_latency_p50', 'p50'), line('time/reward_latency_p95', 'p95', { color: 2, dash: [7, 3] })],
    'slowest call in a group: median and 95th percentile over the groups of a step'],
  ['failures', 'Rewards that failed', ['reward/failed', 'reward/abstained'], [line('reward/failed', 'failed', { color: 2 }), line('reward/abstained', 'abstained', { color: 6, dash: [2, 3] })],
    'share of rollouts whose reward failed, or does not apply to them'],
  ['time', 'Where the time goes', ['time/rollout_seconds', 'time/reward_seconds', 'time/train_seconds'], [
    line('time/rollout_seconds', 'sample'), line('time/reward_seconds', 'judge', { color: 2, dash: [7, 3] }), line('time/train_seconds', 'train', { color: 3, dash: [2, 3] })],
    'wall time of the stages of a step'],
  ['kinds', 'Failures by kind', [FAILURES], null],
];

function rewardLine(series) {
  const low = series.get('reward/p10');
  const high = series.get('reward/p90');
  const band = low.x.length && low.x.length === high.x.length ? { x: low.x, low: low.min ?? low.y, high: high.max ?? high.y, label: 'p10-p90' } : undefined;
  return { label: 'reward mean', color: 1, title: 'Reward mean; the band reaches from the 10th to the 90th percentile', ...series.get('reward/mean'), band };
}

/**
 * The charts of a run.
 * @param {string[]} keys all metrics it has
 * @param {Metrics} metrics
 * @returns {ChartPlan[]}
 */
export function plans(keys, metrics) {
  const used = new Set(['reward/version']);
  const charts = [];
  for (const [id, heading, wanted, lines, meaning] of RECIPES) {
    const found = lines ? wanted.filter((key) => keys.includes(key)) : keys.filter((key) => key.startsWith(wanted[0]));
    if (!found.length) continue;
    found.forEach((key) => used.add(key));
    const { unit, meaning: standard } = metrics.of(found[0]);
    charts.push({ id, heading, unit, keys: found, big: id === 'reward', meaning: meaning ?? standard, lines: lines ? known(lines) : each(found) });
  }
  for (const key of keys.filter((one) => !used.has(one))) {
    const { unit, meaning } = metrics.of(key);
    charts.push({ id: key.replaceAll(/[^a-z0-9]+/g, '-'), heading: title(key), unit, keys: [key], meaning, lines: known([line(key, key.split('/').pop().replaceAll('_', ' '))]) });
  }
  return charts;
}

/** Why a run of GRPO has no KL to the base; empty where it has, or may get one. */
export const withoutKl = (run) => (run.setup?.options['loop.klEvery'] === 0 && run.method === 'grpo' && run.step > 0 && !run.series.includes('policy/kl') ? 'No KL to the base: this run stores no log-probs of the base. Train with --kl-every 5 to store them every 5 steps.' : '');

/** Lines of what a run has; one that it lacks has no name in the legend either. */
const known = (lines) => (series) => lines.map((make) => make(series)).filter((made) => made && (made.kind === 'level' || made.x.length));

/** One line for each of several metrics of a kind. */
const each = (keys) => (series) => keys.map((key, n) => ({ label: key.split('/').slice(2).join('/').replaceAll('_', ' '), ...look(n), ...series.get(key) }));

const AREAS = { reward: 'Reward', group: 'Groups', policy: '', completion: 'Completion', train: '', tokens: 'Tokens', validation: 'Validation', time: 'Time of', sampler: 'Sampler' };
const NAMES = { 'time/tokens_per_second': 'Tokens per second', 'policy/kl': 'KL', 'time/reward_latency_p50': 'Latency of the reward, p50', 'time/reward_latency_p95': 'Latency of the reward, p95', 'time/step_seconds': 'Time of a step' };

/** What a chart of one metric is called. */
export function title(key) {
  const [area, ...rest] = key.split('/');
  const words = `${AREAS[area] ?? area} ${rest.join(' ').replaceAll('_', ' ').replace(/ seconds$/, '')}`.trim();
  return NAMES[key] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
