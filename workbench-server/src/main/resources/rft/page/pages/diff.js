/** Sources and what changed between two of them, line by line. */
import { html } from '../vendor/lit.js';

const CONTEXT = 3;
const MOST_CELLS = 4_000_000;

/** A source with numbers of lines. */
export const sourceView = (source) => view(source.replace(/\n$/, '').split('\n').map((text, i) => ({ kind: ' ', text, now: i + 1 })));

/** What turns one source into another; equal lines far from any change are left out. */
export function diffLines(before, after) {
  const lines = compare(before.replace(/\n$/, '').split('\n'), after.replace(/\n$/, '').split('\n'));
  if (lines.every((line) => line.kind === ' ')) return html`<p class="muted">The sources are equal.</p>`;
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some((line) => line.kind !== ' '));
  const shown = [];
  lines.forEach((line, i) => {
    if (near[i]) shown.push(line);
    else if (near[i - 1] || i === 0) shown.push({ kind: '@', text: '⋯' });
  });
  return view(shown);
}

/** A unified diff as the server writes it; `label` says of what. */
export const unifiedDiff = (unified, label) => view(unified.replace(/\n$/, '').split('\n').filter((line) => !/^(---|\+\+\+) /.test(line)).map((line) => (line.startsWith('@@') ? { kind: '@', text: line } : { kind: line[0] ?? ' ', text: line.slice(1) })), label);

const NAMES = { '+': 'added', '-': 'removed' };

function view(lines, label = 'Source') {
  return html`<div class="source scroll" tabindex="0" role="region" aria-label=${label}><table><tbody>${lines.map((line) => html`<tr class=${line.kind === '+' ? 'plus' : line.kind === '-' ? 'minus' : line.kind === '@' ? 'skip-lines' : ''}>
    <td class="number muted">${line.now ?? ''}</td><td class="sign">${NAMES[line.kind] ? html`<span aria-label=${NAMES[line.kind]}>${line.kind}</span>` : ''}</td><td><code>${line.text}</code></td></tr>`)}</tbody></table></div>`;
}

/** The longest common lines stay; sources too long for that are told as one block each. */
function compare(a, b) {
  if (a.length * b.length > MOST_CELLS) return [...a.map((text) => ({ kind: '-', text })), ...b.map((text, i) => ({ kind: '+', text, now: i + 1 }))];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) lines.push({ kind: ' ', text: a[i++], now: ++j });
    else if (j >= b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) lines.push({ kind: '-', text: a[i++] });
    else lines.push({ kind: '+', text: b[j], now: ++j });
  }
  return lines;
}
