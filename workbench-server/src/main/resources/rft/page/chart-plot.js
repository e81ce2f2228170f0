/** Options of uPlot for one chart: scales, axes, lines, and what is drawn on top. */
import uPlot from './vendor/uplot.js';
import { labels } from './chart-lines.js';
import { NOISE } from './ui.js';

const INKS = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6', 'muted', 'line', 'text', 'bad', 'accent', 'panel'];
const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const STEPS = [1, 2, 5].flatMap((n) => Array.from({ length: 10 }, (_, power) => n * 10 ** power)).sort((a, b) => a - b);

let inks = null;
for (const source of [matchMedia('(prefers-color-scheme: dark)'), globalThis]) {
  source.addEventListener(source === globalThis ? 'rft-theme' : 'change', () => {
    inks = null;
    dispatchEvent(new Event('rft-inks'));
  });
}

/** The colour of a custom property as canvas needs it, in the theme that is on. */
export function ink(name, opacity = 1) {
  if (!inks) {
    const probe = document.body.appendChild(document.createElement('i'));
    inks = Object.fromEntries(
      INKS.map((each) => {
        probe.style.color = `var(--${each})`;
        return [each, getComputedStyle(probe).color];
      }),
    );
    probe.remove();
  }
  return opacity === 1 ? inks[name] : inks[name].replace(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+).*$/, `rgb($1 $2 $3 / ${opacity})`);
}

/** Parts of a line that get a dot at the step that is meant. */
const MARKED = new Set(['line', 'dots']);

const colorOf = (line) => `series-${line?.color ?? 1}`;

/** One uPlot series for a column of data. */
function series(column, line) {
  const color = colorOf(line);
  const plain = { label: line.label, spanGaps: false, points: { show: false } };
  switch (column.part) {
    case 'edge':
      return plain;
    case 'layer':
      return { ...plain, stroke: () => ink(color), width: 1 };
    case 'level':
      return { ...plain, stroke: () => ink(color), width: 1, dash: line.dash ?? [2, 4] };
    case 'raw':
      return { ...plain, stroke: () => ink(color, 0.28), width: 1 };
    case 'dots':
      return { ...plain, stroke: () => ink(color), width: 1.5, dash: line.dash, points: { show: true, size: 5, width: 1.5, stroke: () => ink(color), fill: () => ink('panel') } };
    default:
      return { ...plain, stroke: () => ink(color), width: 1.75, dash: line.dash, points: { show: sparse, size: 4, width: 1, filter: alone, stroke: () => ink(color), fill: () => ink(color) } };
  }
}

const sparse = (plot, index, from, to) => to - from < plot.bbox.width / uPlot.pxRatio / 24;

/** Points that no line reaches, because both neighbours are gaps. */
function alone(plot, index, show, gaps) {
  const y = plot.data[index];
  const [from, to] = plot.series[0].idxs;
  if (from === null) return null;
  if (show) return null;
  const found = [];
  let before = null;
  for (let i = from; i <= to; i++) {
    if (y[i] === undefined) continue;
    if (y[i] !== null && (before === null || y[before] === null)) {
      let next = i + 1;
      while (next <= to && y[next] === undefined) next++;
      if (next > to || y[next] === null) found.push(i);
    }
    before = i;
  }
  return gaps?.length || before === from || found.length ? found : null;
}

/** Bounds of the values in view: air above and below, from 0 where that is near, a share within 0 to 1. */
export function bounds(low, high, unit) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (Math.max(Math.abs(low), Math.abs(high)) < NOISE) [low, high] = [0, 0];
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
    if (low === 0) return [0, unit === 'share' ? 0.05 : 1];
    return low > 0 ? [0, high * 1.25] : [low * 1.25, 0];
  }
  const room = (high - low) * 0.06;
  const bottom = low >= 0 && low < high * 0.55 ? 0 : low - room;
  const top = high <= 0 && high > low * 0.55 ? 0 : high + room;
  return unit === 'share' && low >= 0 && high <= 1 ? [Math.max(0, bottom), Math.min(1.02, top)] : [bottom, top];
}

/**
 * @param {{lines: any[], laid: ReturnType<import('./chart-lines.js').columns>, unit: string, stacked: boolean, log: boolean,
 *     stage: import('./chart-stage.js').Stage, marks: any[], width: number, height: number, hear: any}} chart
 */
export function options(chart) {
  const { lines, laid, stage } = chart;
  const axis = { stroke: () => ink('muted'), font: FONT, ticks: { stroke: () => ink('line'), width: 1, size: 4 } };
  return {
    width: chart.width,
    height: chart.height,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 5 },
      points: { stroke: (plot, i) => ink(colorOf(lines[laid.columns[i - 1].line])), fill: () => ink('panel'), show: (plot, i) => MARKED.has(laid.columns[i - 1].part) && document.createElement('div') },
      dataIdx: (plot, index, at) => (index === 0 ? at : before(plot.data[index], at)),
      bind: { mousedown: (plot, target, handler) => (event) => (event.shiftKey ? drag(plot, stage, event) : handler(event)), dblclick: () => () => stage.reset() },
    },
    scales: {
      x: { time: false, auto: false, range: () => [stage.from, stage.to] },
      y: chart.log ? { distr: 3 } : { range: (plot, low, high) => (chart.stacked ? [0, Math.max(1, high)] : bounds(low, high, chart.unit)) },
    },
    axes: [
      { ...axis, size: 24, gap: 3, space: 56, incrs: STEPS, grid: { show: false }, values: (plot, splits) => labels(splits, 'steps') },
      { ...axis, size: 50, gap: 4, space: 30, grid: { stroke: () => ink('line', 0.7), width: 1 }, values: (plot, splits) => labels(splits, chart.unit) },
    ],
    series: [{}, ...laid.columns.map((column) => series(column, lines[column.line]))],
    bands: laid.bands.filter((band) => !band.bottom).map((band) => ({ series: band.series, fill: () => ink(colorOf(lines[band.line]), band.layer ? 0.55 : 0.16) })),
    hooks: {
      setCursor: [(plot) => chart.hear.cursor(plot)],
      setSelect: [(plot) => select(plot, stage)],
      drawClear: [(plot) => behind(plot, chart)],
      draw: [(plot) => above(plot, chart), () => chart.hear.drawn()],
    },
  };
}

function before(column, at) {
  if (at === null || at === undefined) return at;
  for (let i = at; i >= 0 && i > at - 400; i--) {
    if (column[i] !== undefined) return i;
  }
  return at;
}

function select(plot, stage) {
  const { left, width } = plot.select;
  if (width < 5) return;
  const from = plot.posToVal(left, 'x');
  const to = plot.posToVal(left + width, 'x');
  plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  stage.zoom(from, to);
}

/** Moves the view with the pointer. */
function drag(plot, stage, event) {
  event.preventDefault();
  let last = event.clientX;
  const move = (next) => {
    stage.pan((last - next.clientX) / plot.over.clientWidth);
    last = next.clientX;
  };
  document.addEventListener('mousemove', move);
  document.addEventListener('mouseup', () => document.removeEventListener('mousemove', move), { once: true });
}

function visible(stage, step) {
  return step >= stage.from && step <= stage.to;
}

function vertical(plot, step) {
  const x = Math.round(plot.valToPos(step, 'x', true)) + 0.5;
  plot.ctx.moveTo(x, plot.bbox.top);
  plot.ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
}

/** The lowest layer of a stack, which has no other below it, and where another reward began. */
function behind(plot, { stage, marks, laid, lines }) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = uPlot.pxRatio;
  ctx.strokeStyle = ink('muted');
  ctx.setLineDash([4 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  ctx.beginPath();
  for (const mark of marks) if (mark.seam && visible(stage, mark.step)) vertical(plot, mark.step);
  ctx.stroke();
  ctx.fillStyle = ink('muted');
  ctx.textAlign = 'left';
  ctx.font = `${10 * uPlot.pxRatio}px system-ui, sans-serif`;
  for (const mark of marks) if (mark.seam && visible(stage, mark.step)) ctx.fillText(mark.seam, plot.valToPos(mark.step, 'x', true) + 3 * uPlot.pxRatio, bbox.top + 9 * uPlot.pxRatio);
  const lowest = laid.bands.find((band) => band.bottom);
  if (lowest) {
    ctx.fillStyle = ink(colorOf(lines[lowest.line]), 0.55);
    fill(plot, plot.data[lowest.series[0]]);
  }
  ctx.restore();

  function fill({ data: [x] }, y) {
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.beginPath();
    const floor = plot.valToPos(0, 'y', true);
    let open = null;
    const close = (to) => {
      ctx.lineTo(plot.valToPos(x[to], 'x', true), floor);
      ctx.closePath();
    };
    for (let i = 0; i < x.length; i++) {
      if (y[i] === undefined) continue;
      if (y[i] === null) {
        if (open !== null) close(open);
        open = null;
        continue;
      }
      if (open === null) ctx.moveTo(plot.valToPos(x[i], 'x', true), floor);
      ctx.lineTo(plot.valToPos(x[i], 'x', true), plot.valToPos(y[i], 'y', true));
      open = i;
    }
    if (open !== null) close(open);
    ctx.fill();
  }
}

/** Values that are not finite as crosses at the foot, events as ticks below the axis. */
function above(plot, { stage, marks, lines, hidden }) {
  const { ctx, bbox } = plot;
  const unit = uPlot.pxRatio;
  const foot = bbox.top + bbox.height;
  ctx.save();
  ctx.lineWidth = 1.75 * unit;
  ctx.strokeStyle = ink('bad');
  ctx.beginPath();
  const crosses = new Set(lines.filter((line) => !hidden.has(line.label)).flatMap((line) => line.marks ?? []));
  for (const step of crosses) {
    if (!visible(stage, step)) continue;
    const x = plot.valToPos(step, 'x', true);
    const y = foot - 6 * unit;
    for (const side of [-1, 1]) {
      ctx.moveTo(x - 3 * unit, y - side * 3 * unit);
      ctx.lineTo(x + 3 * unit, y + side * 3 * unit);
    }
  }
  ctx.stroke();
  for (const mark of marks) {
    if (!visible(stage, mark.step)) continue;
    const x = plot.valToPos(mark.step, 'x', true);
    ctx.fillStyle = ink(mark.tone ?? 'muted');
    ctx.beginPath();
    const size = (mark.small ? 2.5 : 4) * unit;
    ctx.moveTo(x, foot);
    ctx.lineTo(x - size, foot + size * 1.5);
    ctx.lineTo(x + size, foot + size * 1.5);
    ctx.fill();
  }
  ctx.restore();
}
