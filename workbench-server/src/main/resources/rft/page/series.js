/** The metrics of one run as a page holds them: all steps coarsely, those in view finely, and news at the end. */
import { get } from './api.js';
import { lastUpTo } from './chart-lines.js';

const POINTS = 600;
const KEYS_AT_A_TIME = 5;
const FIRST_STEPS = 20;
const MOST_RECENT = 4000;

/** @typedef {{x: number[], y: (number|null)[], min: (number|null)[]|null, max: (number|null)[]|null, marks: number[]}} Points */

/** @type {Points} */
const NONE = { x: [], y: [], min: null, max: null, marks: [] };

/** Says `change` when points came, `failed` when they could not be had. */
export class RunSeries extends EventTarget {
  /** @type {Map<string, Points>} */
  #all = new Map();
  /** @type {Map<string, Points>} */
  #fine = new Map();
  /** @type {Map<string, number>} */
  #baselines = new Map();
  #fineRange = null;
  #asked = new Set();
  #queue = new Set();
  #recent = [];
  #timer = 0;
  #fineTimer = 0;
  /** Counts the times that everything was dropped. */
  #age = 0;
  /** Counts what changes all charts at once. */
  #look = 0;
  #versions = new Map();

  /**
   * @param {string} id of the run
   * @param {import('./chart-stage.js').Stage} stage whose view decides what is fetched finely
   * @param {() => string[]} inSight keys of the charts that can be seen
   */
  constructor(id, stage, inSight) {
    super();
    this.id = id;
    this.stage = stage;
    this.inSight = inSight;
    this.ranged = () => this.#ranged();
    stage.addEventListener('range', this.ranged);
  }

  /** Ends it: it loads nothing from now on. */
  close() {
    this.stage.removeEventListener('range', this.ranged);
    clearTimeout(this.#timer);
    clearTimeout(this.#fineTimer);
  }

  /** Points of a metric, as finely as they are known for what is in view. @returns {Points} */
  get(key) {
    const range = this.#fineRange;
    const fine = this.stage.zoomed && range && range[0] <= this.stage.from && range[1] >= Math.min(this.stage.to, this.stage.last);
    return (fine && this.#fine.get(key)) || this.#all.get(key) || NONE;
  }

  /** Changes whenever the points of one of these metrics do. */
  version(keys) {
    return `${this.#age}.${this.#look}:${keys.map((key) => this.#versions.get(key) ?? 0).join(',')}`;
  }

  /** Whether the points of a metric have been loaded. */
  has(key) {
    return this.#all.has(key);
  }

  /** Median of the first steps of a metric, or undefined where fewer than five have a value. */
  baseline(key) {
    return this.#baselines.get(key);
  }

  /** Loads what is not here yet. */
  want(keys) {
    const missing = keys.filter((key) => !this.#asked.has(key));
    if (missing.length) {
      missing.forEach((key) => (this.#asked.add(key), this.#queue.add(key)));
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#loadQueue(), 10);
    }
    if (this.stage.zoomed && keys.some((key) => !this.#fine.has(key))) this.#ranged();
  }

  /** Drops everything and loads anew what charts in sight need. */
  reload() {
    this.#age++;
    this.#asked.clear();
    this.#fine.clear();
    this.#fineRange = null;
    this.#recent = [];
    this.want(this.inSight());
  }

  /**
   * Adds the values of a step that came as news.
   * @param {number} step
   * @param {Record<string, number|null>} values null for one that is not finite
   */
  append(step, values) {
    this.#recent.push([step, values]);
    if (this.#recent.length > MOST_RECENT) this.#recent.shift();
    for (const [key, value] of Object.entries(values)) {
      const points = this.#all.get(key);
      if (points && this.#add(points, step, value)) this.#changed(key, points);
    }
    const longest = Math.max(0, ...[...this.#all.values()].map((points) => points.x.length));
    if (longest > 2 * POINTS + 500) this.reload();
    this.dispatchEvent(new Event('change'));
  }

  #add(points, step, value) {
    if (points.x.length && step <= points.x.at(-1)) return false;
    points.x.push(step);
    points.y.push(value);
    points.min?.push(value);
    points.max?.push(value);
    if (value === null) points.marks.push(step);
    return true;
  }

  /** Hands a key out as a new object, so that whoever compares sees that it changed. */
  #changed(key, points) {
    this.#all.set(key, { ...points });
    this.#versions.set(key, (this.#versions.get(key) ?? 0) + 1);
    if (points.x.length <= FIRST_STEPS + 1) this.#measure(key, points);
  }

  /** A few keys at a time, so that the first charts need not wait for the last ones. */
  #loadQueue() {
    const keys = [...this.#queue];
    this.#queue.clear();
    while (keys.length) this.#load(keys.splice(0, KEYS_AT_A_TIME));
  }

  async #load(keys) {
    const age = this.#age;
    try {
      const answer = await get(`/api/runs/${this.id}/series`, { keys: keys.join(','), points: POINTS });
      if (age !== this.#age) return;
      for (const key of keys) {
        const points = { ...NONE, x: [], y: [], marks: [], ...answer.series[key] };
        for (const [step, values] of this.#recent) if (key in values) this.#add(points, step, values[key]);
        this.#changed(key, points);
        this.#measure(key, points);
      }
      this.dispatchEvent(new Event('change'));
      await this.#first(keys.filter((key) => this.#all.get(key).min));
    } catch (error) {
      keys.forEach((key) => this.#asked.delete(key));
      this.dispatchEvent(new CustomEvent('failed', { detail: error }));
    }
  }

  /** The first steps of a long run are no longer told apart in its coarse points. */
  async #first(keys) {
    if (!keys.length) return;
    const { series } = await get(`/api/runs/${this.id}/series`, { keys: keys.join(','), to: FIRST_STEPS, points: FIRST_STEPS + 1 });
    for (const key of keys) if (series[key]) this.#measure(key, series[key]);
    this.#look++;
    this.dispatchEvent(new Event('change'));
  }

  #measure(key, { x, y, min }) {
    if (min) return;
    const first = y.slice(0, lastUpTo(x, FIRST_STEPS) + 1).filter((value) => value !== null).sort((a, b) => a - b);
    if (first.length < 5) return;
    const middle = first.length >> 1;
    this.#baselines.set(key, first.length % 2 ? first[middle] : (first[middle - 1] + first[middle]) / 2);
  }

  #ranged() {
    clearTimeout(this.#fineTimer);
    const coarse = [...this.#all.values()].some((points) => points.min);
    if (!this.stage.zoomed || !coarse) {
      if (!this.stage.zoomed && this.#fineRange) this.#forget();
      return;
    }
    this.#fineTimer = setTimeout(() => this.#finer(), 120);
  }

  #forget() {
    this.#fineRange = null;
    this.#fine.clear();
    this.#look++;
    this.dispatchEvent(new Event('change'));
  }

  /** Loads what is in view, and half as much on both sides, so that it can be moved at once. */
  async #finer() {
    const { from, to } = this.stage;
    const keys = this.inSight();
    const covered = this.#fineRange && this.#fineRange[0] <= from && this.#fineRange[1] >= to && this.#fineRange[1] - this.#fineRange[0] <= 4 * (to - from);
    const missing = covered ? keys.filter((key) => !this.#fine.has(key)) : keys;
    if (!missing.length) return;
    const width = to - from;
    const range = covered ? this.#fineRange : [Math.max(0, Math.floor(from - width / 2)), Math.ceil(to + width / 2)];
    const asked = (this.finest = {});
    try {
      const { series } = await get(`/api/runs/${this.id}/series`, { keys: missing.join(','), from: range[0], to: range[1], points: 2 * POINTS });
      if (asked !== this.finest || !this.stage.zoomed) return;
      if (!covered) this.#fine.clear();
      for (const key of missing) this.#fine.set(key, series[key]);
      this.#fineRange = range;
      this.#look++;
      this.dispatchEvent(new Event('change'));
    } catch (error) {
      this.dispatchEvent(new CustomEvent('failed', { detail: error }));
    }
  }
}
