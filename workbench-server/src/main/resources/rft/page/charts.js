import { LitElement, html, nothing } from './vendor/lit.js';
import uPlot from './vendor/uplot.js';
import { columns, csv, format, rows, spoken, valueAt } from './chart-lines.js';
import { options } from './chart-plot.js';
import { picture } from './chart-picture.js';
import { Stage } from './chart-stage.js';
import { counted, download } from './ui.js';

const AT_MOST_EVERY_MILLIS = 200;
const MOST_ROWS = 400;

/** Which charts can be seen; the others draw nothing. */
const sight = new IntersectionObserver((entries) => entries.forEach((entry) => entry.target.seen(entry.isIntersecting)), { rootMargin: '150px' });

/**
 * Lines over steps. All charts of a page share a {@link Stage}: what is in view and which step is meant.
 * A chart out of sight costs nothing; it says `chart-seen` when it comes into sight.
 */
class Chart extends LitElement {
  static properties = {
    /** What the chart is called. */
    heading: {},
    /** What its lines mean, in one sentence. */
    meaning: {},
    /** Unit of all its values, as in Metric. */
    unit: {},
    /** Name of exported files without their ending. */
    file: {},
    /** @type {import('./chart-lines.js').Line[]} */
    lines: { attribute: false },
    /** Steps to mark: [{step, tone, small, seam}] */
    marks: { attribute: false },
    stage: { attribute: false },
    /** Why there is nothing yet. */
    empty: {},
    table: { state: true },
    wide: { state: true },
    log: { state: true },
    hidden: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { heading: '', meaning: '', unit: '', file: 'chart', lines: [], marks: [], stage: new Stage(), empty: 'No values yet.' });
    Object.assign(this, { table: false, wide: false, log: false, hidden: new Set() });
  }

  #plot = null;
  #signature = '';
  #inSight = false;
  #stale = true;
  #drawn = 0;
  #timer = 0;
  #frame = 0;
  #undo = [];
  #pin = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    sight.observe(this);
    const listen = (target, type, does) => {
      target.addEventListener(type, does);
      this.#undo.push(() => target.removeEventListener(type, does));
    };
    listen(this.stage, 'range', () => this.#soon(() => this.#range()));
    listen(this.stage, 'hover', () => this.#soon(() => this.#cursor()));
    listen(this.stage, 'step', () => this.#soon(() => this.#cursor()));
    listen(this.stage, 'style', () => this.#refresh());
    listen(globalThis, 'rft-inks', () => this.#plot?.redraw());
    this.sizes = new ResizeObserver(() => this.#resize());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    sight.unobserve(this);
    this.#undo.splice(0).forEach((undo) => undo());
    this.sizes.disconnect();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#plot?.destroy();
    this.#plot = null;
    this.#signature = '';
    this.#stale = true;
  }

  firstUpdated() {
    this.sizes.observe(this.querySelector('.chart-plot'));
  }

  /** Told when the chart comes into sight or leaves it. */
  seen(now) {
    this.#inSight = now;
    if (!now) return;
    this.dispatchEvent(new CustomEvent('chart-seen', { bubbles: true }));
    if (this.#stale) this.#draw();
    else this.#range();
    this.#cursor();
  }

  get inSight() {
    return this.#inSight;
  }

  updated(changed) {
    if (['lines', 'marks', 'hidden', 'log', 'table', 'wide', 'unit'].some((name) => changed.has(name))) this.#refresh();
    this.#readout();
  }

  #refresh() {
    this.#stale = true;
    if (!this.#inSight || this.#timer) return;
    const wait = this.#drawn + AT_MOST_EVERY_MILLIS - performance.now();
    if (wait <= 0) this.#draw();
    else this.#timer = setTimeout(() => ((this.#timer = 0), this.#draw()), wait);
  }

  #soon(does) {
    if (!this.#inSight) return;
    this.pending = does === undefined ? [] : [...(this.pending ?? []), does];
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        const all = this.pending;
        this.pending = [];
        all.forEach((each) => each());
      });
    }
  }

  #draw() {
    const place = this.querySelector('.chart-plot');
    if (!place || !this.isConnected) return;
    this.#drawn = performance.now();
    this.#stale = false;
    const laid = columns(this.lines, this.stage.smoothing, this.hidden);
    place.setAttribute('aria-label', spoken(this.heading, this.lines, this.unit, this.stage.from, this.stage.to));
    if (this.log) laid.data = laid.data.map((column, i) => (i === 0 ? column : column.map((value) => (value > 0 ? value : value === undefined ? undefined : null))));
    const signature = `${laid.signature}${this.log}${this.unit}`;
    const none = laid.data[0].length === 0;
    place.classList.toggle('none', none);
    if (none) {
      this.#plot?.destroy();
      this.#plot = null;
      this.#signature = '';
      return;
    }
    this.laid = laid;
    if (this.#plot && signature === this.#signature) {
      this.#plot.setData(laid.data, false);
      this.#range();
    } else {
      this.#create(place, laid, signature);
    }
    this.#cursor();
  }

  #create(place, laid, signature) {
    this.#plot?.destroy();
    this.#signature = signature;
    const chart = this;
    const view = {
      get lines() { return chart.lines; },
      get marks() { return chart.marks; },
      get laid() { return chart.laid; },
      get hidden() { return chart.hidden; },
      unit: this.unit,
      log: this.log,
      stacked: this.lines.some((line) => line.kind === 'layer'),
      stage: this.stage,
      width: Math.max(place.clientWidth, 80),
      height: place.clientHeight,
      hear: { cursor: (plot) => this.#pointed(plot), drawn: () => this.#pinned() },
    };
    this.#plot = new uPlot(options(view), laid.data, place);
    this.#plot.over.addEventListener('click', (event) => this.#click(event));
    this.#plot.over.addEventListener('mouseleave', () => this.stage.point(null));
    this.#pin = this.#plot.over.appendChild(document.createElement('div'));
    this.#pin.className = 'chart-pin';
  }

  /** Chooses a step; the second click of a double click, which shows all steps, takes that back. */
  #click(event) {
    const { hover, step } = this.stage;
    if (event.detail > 1) this.stage.choose(this.stepBefore ?? null);
    else if (hover !== null) this.stage.choose(hover);
    if (event.detail <= 1) this.stepBefore = step;
  }

  /** The pointer moved over this chart; moves that the stage asked for say nothing back. */
  #pointed(plot) {
    if (this.following || !plot.cursor.event || plot.cursor.left < 0) return;
    const step = Math.round(plot.posToVal(plot.cursor.left, 'x'));
    this.stage.point(Math.min(Math.max(step, this.stage.first), this.stage.last));
  }

  #range() {
    if (!this.#plot) return;
    this.#plot.setScale('x', { min: this.stage.from, max: this.stage.to });
    if (this.table) this.requestUpdate();
    this.#cursor();
  }

  #cursor() {
    const plot = this.#plot;
    if (plot) {
      const { hover } = this.stage;
      const at = hover ?? -1;
      this.following = true;
      plot.setCursor({ left: hover === null ? -10 : plot.valToPos(at, 'x'), top: hover === null ? -10 : 1 }, false);
      this.following = false;
      this.#pinned();
    }
    this.#readout();
  }

  /** Puts the mark of the chosen step where the last drawing has it. */
  #pinned() {
    const { step } = this.stage;
    if (!this.#plot || !this.#pin) return;
    this.#pin.hidden = step === null || step < this.stage.from || step > this.stage.to;
    if (!this.#pin.hidden) this.#pin.style.transform = `translateX(${this.#plot.valToPos(step, 'x').toFixed(1)}px)`;
  }

  /** Writes the values at the step that is meant beside the names. */
  #readout() {
    const { hover, step, to } = this.stage;
    const at = hover ?? step ?? to;
    const places = this.querySelectorAll('.chart-legend output');
    this.lines.forEach((line, i) => {
      const found = valueAt(line, at);
      const text = found ? format(found.value, this.unit) : '–';
      if (places[i] && places[i].textContent !== text) places[i].textContent = text;
    });
    const label = this.querySelector('.chart-at');
    if (label) label.textContent = hover ?? step ?? '' ? `step ${at}` : '';
  }

  #resize() {
    const place = this.querySelector('.chart-plot');
    if (this.#plot && place.clientWidth > 0) this.#plot.setSize({ width: place.clientWidth, height: place.clientHeight });
    if (this.#plot) this.#cursor();
  }

  #wheel(event) {
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    if (event.ctrlKey) {
      event.preventDefault();
      const box = this.#plot?.over.getBoundingClientRect();
      this.stage.scale(event.deltaY > 0 ? 1.25 : 0.8, box ? this.#plot.posToVal(event.clientX - box.left, 'x') : undefined);
    } else if (sideways && this.stage.zoomed) {
      event.preventDefault();
      this.stage.pan(sideways / 800);
    }
  }

  #key(event) {
    if (this.stage.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #toggle(line) {
    const hidden = new Set(this.hidden);
    if (!hidden.delete(line.label)) hidden.add(line.label);
    this.hidden = hidden;
  }

  render() {
    return html`<figure class="chart panel">
      <div class="chart-head"><h3>${this.heading}</h3><span class="chart-at muted"></span></div>
      ${this.#tools()}
      <p class="chart-meaning muted" title=${this.meaning}>${this.meaning}</p>
      <div class="chart-box">
        <div class="chart-plot" ?hidden=${this.table} role="img" tabindex="0" aria-label=${this.heading} data-empty=${this.empty}
          @keydown=${this.#key} @wheel=${{ handleEvent: (event) => this.#wheel(event), passive: false }}></div>
        ${this.table ? this.#rows() : nothing}
      </div>
      <div class="chart-legend" role="group" aria-label="Lines">${this.lines.map((line) => html`
        <button type="button" class="quiet" aria-pressed=${String(!this.hidden.has(line.label))} title=${line.title ?? `Show or hide ${line.label}`} @click=${() => this.#toggle(line)}>
          <svg class="swatch c${line.color}" viewBox="0 0 18 8" width="18" height="8" aria-hidden="true"><path d="M0 4H18" stroke-dasharray=${(line.kind === 'level' ? [2, 3] : line.dash ?? []).join(' ')}></path></svg>
          <span>${line.label}</span> <output></output></button>`)}</div>
    </figure>`;
  }

  #tools() {
    return html`<span class="chart-tools">
      <button type="button" class="quiet" aria-pressed=${String(this.table)} @click=${() => (this.table = !this.table)}>Table</button>
      <button type="button" class="quiet" aria-pressed=${String(this.log)} title="Logarithmic axis" @click=${() => (this.log = !this.log)}>Log</button>
      <button type="button" class="quiet" title="Numbers in view as CSV" @click=${() => download(`${this.file}.csv`, csv(rows(this.lines, this.stage.from, this.stage.to)), 'text/csv')}>CSV</button>
      <button type="button" class="quiet" title="Picture" @click=${async () => this.#plot && download(`${this.file}.png`, await picture(this.#plot, this), 'image/png')}>PNG</button>
      <button type="button" class="quiet" aria-pressed=${String(this.wide)} title="Over the whole width" aria-label="Over the whole width" @click=${() => { this.wide = !this.wide; this.classList.toggle('chart-wide', this.wide); }}>⤢</button>
    </span>`;
  }

  #rows() {
    const all = rows(this.lines, this.stage.from, this.stage.to);
    const shown = all.rows.slice(-MOST_ROWS).reverse();
    return html`<div class="chart-table scroll" tabindex="0" role="region" aria-label="Numbers of ${this.heading}"><table>
      <thead><tr>${all.names.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
      <tbody>${shown.map((row) => html`<tr><th scope="row" class="number">${row[0]}</th>${row.slice(1).map((value) => html`<td class="number">${format(value, this.unit)}</td>`)}</tr>`)}</tbody>
    </table>${all.rows.length > MOST_ROWS ? html`<p class="muted">The last ${MOST_ROWS} of ${counted(all.rows.length, 'row')}; CSV has all.</p>` : nothing}</div>`;
  }
}

customElements.define('rft-chart', Chart);
