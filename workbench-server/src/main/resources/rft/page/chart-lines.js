/** From lines to what uPlot draws: data in columns, and how numbers are written. */
import uPlot from './vendor/uplot.js';
import { number, span } from './ui.js';

/**
 * A line of a chart.
 * @typedef {object} Line
 * @property {string} label
 * @property {number} color 1 to 6, as in the custom properties --series-N
 * @property {number[]} [dash] lengths of dash and gap; solid if missing
 * @property {'line'|'dots'|'level'|'layer'} [kind] a curve; points that are joined; one value for all
 *     steps; one of several shares that lie on each other. A curve if missing.
 * @property {number} [value] of a level
 * @property {number[]} x steps, ascending
 * @property {(number|null)[]} y null where there is no finite value
 * @property {(number|null)[]|null} [min] smallest of the values that share a point
 * @property {(number|null)[]|null} [max]
 * @property {number[]} [marks] steps whose value is NaN or infinite
 * @property {{x: number[], low: (number|null)[], high: (number|null)[], label: string}} [band]
 */

/** A value for reading: with its unit where that is a share or a time. */
export function format(value, unit) {
  if (value === null || value === undefined || !Number.isFinite(value)) return number(value);
  if (unit === 'share') return `${number(value * 100)} %`;
  if (unit === 'seconds') return Math.abs(value) < 0.1 && value !== 0 ? `${number(value * 1000)} ms` : `${number(value)} s`;
  if (Math.abs(value) >= 1e4 && Math.abs(value) < 1e12) return compact(value, 3);
  return number(value);
}

/** A number in thousands, millions or billions. */
function compact(value, digits) {
  const power = Math.min(3, Math.floor(Math.log10(Math.abs(value)) / 3));
  return Number((value / 1000 ** power).toPrecision(digits)) + ['', 'k', 'M', 'G'][power];
}

/** Labels of an axis; all with the same decimals, so that they stand below each other. */
export function labels(splits, unit) {
  const all = splits.filter((value) => value !== null);
  const short = unit === 'seconds' && Math.max(...all.map(Math.abs), 0) < 0.1;
  const [scale, suffix] = unit === 'share' ? [100, ' %'] : short ? [1000, ' ms'] : [1, ''];
  const known = all.map((value) => value * scale);
  const step = known.length > 1 ? Math.abs(known[1] - known[0]) : Math.abs(known[0] ?? 1);
  const most = Math.max(...known.map(Math.abs), 0);
  let decimals = 0;
  while (decimals < 8 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6 * step * 10 ** decimals) decimals++;
  return splits.map((value) => {
    if (value === null) return '';
    const shown = value * scale;
    if (shown === 0) return '0';
    if (decimals > 4) return shown.toExponential(Math.max(0, Math.floor(Math.log10(Math.abs(shown))) - Math.floor(Math.log10(step) + 1e-9)));
    return (most >= 1e4 ? compact(shown, 3) : shown.toFixed(decimals)) + suffix;
  });
}

/** A mean in which each value counts less by `weight` with every later one; gaps stay. */
export function smoothed(y, weight) {
  let sum = 0;
  let share = 0;
  return y.map((value) => {
    if (value === null || value === undefined) return value;
    sum = sum * weight + value * (1 - weight);
    share = share * weight + (1 - weight);
    return sum / share;
  });
}

/**
 * Lays lines side by side: one column of steps and as many columns of values as they need.
 * @param {Line[]} lines
 * @returns {{data: any[], columns: {line: number, part: string}[], bands: any[], signature: string}}
 */
export function columns(lines, smoothing, hidden) {
  const tables = [];
  const parts = [];
  const bands = [];
  const add = (line, part, x, y) => {
    tables.push([x, y]);
    parts.push({ line, part });
    return parts.length;
  };
  const shown = lines.map((line, index) => ({ ...line, index })).filter((line) => !hidden.has(line.label));
  for (const line of stack(shown.filter((one) => one.kind === 'layer'))) {
    const top = add(line.index, 'layer', line.x, line.y);
    bands.push({ series: [top, top - 1], line: line.index, layer: true, bottom: top === 1 });
  }
  for (const line of shown.filter((one) => one.kind !== 'layer' && one.kind !== 'level')) {
    if (line.band) {
      const high = add(line.index, 'edge', line.band.x, line.band.high);
      const low = add(line.index, 'edge', line.band.x, line.band.low);
      bands.push({ series: [high, low], line: line.index });
    } else if (line.min && line.max) {
      const high = add(line.index, 'edge', line.x, line.max);
      const low = add(line.index, 'edge', line.x, line.min);
      bands.push({ series: [high, low], line: line.index });
    }
  }
  for (const line of shown.filter((one) => one.kind !== 'layer')) {
    if (line.kind === 'level') {
      add(line.index, 'level', line.x, line.x.map(() => line.value));
    } else if (smoothing > 0 && line.kind !== 'dots') {
      add(line.index, 'raw', line.x, line.y);
      add(line.index, 'line', line.x, smoothed(line.y, smoothing));
    } else {
      add(line.index, line.kind ?? 'line', line.x, line.y);
    }
  }
  const data = tables.some(([x]) => x.length) ? uPlot.join(tables) : [[], ...tables.map(() => [])];
  return { data, columns: parts, bands, signature: JSON.stringify([parts, bands]) };
}

/** Puts layers on each other, the first one at the bottom. */
function stack(layers) {
  let below = new Map();
  return layers.map((layer) => {
    const y = layer.y.map((value, i) => (value === null ? null : value + (below.get(layer.x[i]) ?? 0)));
    below = new Map(layer.x.map((x, i) => [x, y[i] ?? 0]));
    return { ...layer, y };
  });
}

/** The value of a line at a step: its last one up to there; undefined before its first. */
export function valueAt(line, step) {
  if (line.kind === 'level') return { value: line.value, step };
  const index = lastUpTo(line.x, step);
  if (index < 0) return undefined;
  const odd = line.marks?.includes(line.x[index]);
  return { value: odd && line.y[index] === null ? Number.NaN : line.y[index], step: line.x[index], index };
}

/** Index of the last step that is not beyond one, or -1. */
export function lastUpTo(x, step) {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What the lines show from one step to another, in words. */
export function spoken(title, lines, unit, from, to) {
  const told = lines
    .filter((line) => line.kind !== 'level')
    .map((line) => {
      const seen = line.x.map((x, i) => [x, line.y[i]]).filter(([x, y]) => x >= from && x <= to && y !== null && y !== undefined);
      if (!seen.length) return `${line.label}: no values`;
      const low = seen.reduce((a, b) => (b[1] < a[1] ? b : a));
      const high = seen.reduce((a, b) => (b[1] > a[1] ? b : a));
      const gaps = (line.marks ?? []).filter((x) => x >= from && x <= to).length;
      return `${line.label}: from ${format(seen[0][1], unit)} to ${format(seen.at(-1)[1], unit)}, lowest ${format(low[1], unit)} at step ${low[0]}, highest ${format(high[1], unit)} at step ${high[0]}${gaps ? `, ${gaps} without a finite value` : ''}`;
    });
  return `Chart of ${title}, ${span('step', Math.round(from), Math.round(to))}. ${told.join('. ')}.`;
}

/** The numbers of the lines as rows: step, then one cell for each line. */
export function rows(lines, from = -Infinity, to = Infinity) {
  const shown = lines.filter((line) => line.kind !== 'level');
  const names = ['step'];
  const cells = [];
  for (const line of shown) {
    names.push(line.label);
    cells.push(new Map(line.x.map((x, i) => [x, line.marks?.includes(x) && line.y[i] === null ? Number.NaN : line.y[i]])));
    if (line.band) {
      names.push(`${line.band.label} low`, `${line.band.label} high`);
      cells.push(new Map(line.band.x.map((x, i) => [x, line.band.low[i]])), new Map(line.band.x.map((x, i) => [x, line.band.high[i]])));
    } else if (line.min && line.max) {
      names.push(`${line.label} min`, `${line.label} max`);
      cells.push(new Map(line.x.map((x, i) => [x, line.min[i]])), new Map(line.x.map((x, i) => [x, line.max[i]])));
    }
  }
  const steps = [...new Set(cells.flatMap((cell) => [...cell.keys()]))].filter((x) => x >= from && x <= to).sort((a, b) => a - b);
  return { names, rows: steps.map((step) => [step, ...cells.map((cell) => cell.get(step))]) };
}

/** Rows as CSV; a value that is missing is empty. */
export function csv({ names, rows: all }) {
  const cell = (value) => (value === null || value === undefined ? '' : /[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return `${[names, ...all].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}
