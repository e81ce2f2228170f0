/** What the charts of one page share. */

/**
 * The steps there are, those in view, the step under the pointer and the step that was chosen. Whoever
 * changes one of them tells all charts: `range`, `hover`, `step` and `style` are the events.
 */
export class Stage extends EventTarget {
  #first = 0;
  #last = 1;
  #range = null;

  /** Step under the pointer of any chart, or null. */
  hover = null;
  /** Chosen step, or null. */
  step = null;
  /** Weight of the past in a smoothed line: 0 for none, below 1. */
  smoothing = 0;

  /** First step in view. */
  get from() {
    return this.#range?.[0] ?? this.#first;
  }

  /** Last step in view. */
  get to() {
    return this.#range?.[1] ?? Math.max(this.#last, this.#first + 1);
  }

  get first() {
    return this.#first;
  }

  get last() {
    return this.#last;
  }

  get zoomed() {
    return this.#range !== null;
  }

  /** Says which steps there are. */
  extent(first, last) {
    if (first === this.#first && last === this.#last) return;
    this.#first = first;
    this.#last = last;
    if (!this.zoomed) this.#say('range');
  }

  /** Shows some steps only; what reaches beyond the ends shows as much at the end. */
  zoom(from, to) {
    const all = Math.max(this.#last - this.#first, 1);
    const width = Math.max(to - from, Math.min(2, all));
    if (width >= all) return this.reset();
    const start = Math.min(Math.max(from, this.#first), this.#last - width);
    const range = [start, start + width];
    if (this.#range && range[0] === this.#range[0] && range[1] === this.#range[1]) return undefined;
    this.#range = range;
    return this.#say('range');
  }

  /** Moves the view by a share of its width. */
  pan(share) {
    if (!this.zoomed) return;
    const by = (this.to - this.from) * share;
    this.zoom(this.from + by, this.to + by);
  }

  /** Shows more or fewer steps around one. */
  scale(factor, around = (this.from + this.to) / 2) {
    this.zoom(around - (around - this.from) * factor, around + (this.to - around) * factor);
  }

  /** Shows all steps. */
  reset() {
    if (!this.#range) return;
    this.#range = null;
    this.#say('range');
  }

  point(step) {
    if (step === this.hover) return;
    this.hover = step;
    this.#say('hover');
  }

  /** Chooses a step; null chooses none. */
  choose(step) {
    const next = step === null ? null : Math.min(Math.max(Math.round(step), this.#first), this.#last);
    if (next === this.step) return;
    this.step = next;
    this.hover = null;
    this.#say('step');
  }

  smooth(weight) {
    this.smoothing = weight;
    this.#say('style');
  }

  /** Does what a key means to charts. @returns {boolean} whether it means anything */
  key(event) {
    if (event.metaKey || event.ctrlKey || event.altKey) return false;
    const far = event.shiftKey ? Math.max(1, Math.round((this.to - this.from) / 20)) : 1;
    const at = this.step ?? this.#last;
    const keys = {
      ArrowLeft: () => this.choose(this.step === null ? at : at - far),
      ArrowRight: () => this.choose(this.step === null ? at : at + far),
      Home: () => this.choose(this.#first),
      End: () => this.choose(this.#last),
      Escape: () => this.choose(null),
      '+': () => this.scale(0.5, this.step ?? undefined),
      '=': () => this.scale(0.5, this.step ?? undefined),
      '-': () => this.scale(2, this.step ?? undefined),
      '0': () => this.reset(),
      '[': () => this.pan(-0.25),
      ']': () => this.pan(0.25),
    };
    if (!keys[event.key]) return false;
    keys[event.key]();
    return true;
  }

  #say(type) {
    this.dispatchEvent(new Event(type));
  }
}

/** Keys of the charts, for the list of keys of a page. */
export const CHART_KEYS = [
  ['← →', 'one step back or on; with Shift a twentieth of the view'],
  ['Home End', 'first or last step'],
  ['Esc', 'no step'],
  ['+ - 0', 'zoom in, out, all steps'],
  ['[ ]', 'move the view'],
  ['drag', 'zoom in all charts; double click shows all, Shift-drag moves'],
];
