/** What two texts share, word by word. */
import { html } from '../vendor/lit.js';
import './rollouts-text.js';

const WORD = /\s+|[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;
const MOST_EDITS = 1500;

/**
 * The shortest way from one text to another in words, spaces and signs (Myers 1986). Texts that
 * differ in more than 1,500 places are called different from their first to their last difference.
 * @returns {{op: '=' | '-' | '+', text: string}[]}
 */
export function diff(left, right) {
  const a = left.match(WORD) ?? [];
  const b = right.match(WORD) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const edits = [];
  const add = (op, words) => {
    const text = words.join('');
    if (!text) return;
    if (edits.at(-1)?.op === op) edits.at(-1).text += text;
    else edits.push({ op, text });
  };
  add('=', a.slice(0, start));
  for (const [op, words] of middle(a.slice(start, a.length - end), b.slice(start, b.length - end))) add(op, words);
  add('=', a.slice(a.length - end));
  return edits;
}

function middle(a, b) {
  if (!a.length || !b.length) return [['-', a], ['+', b]];
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const reach = new Int32Array(2 * most + 2);
  const trail = [];
  for (let edits = 0; edits <= most; edits++) {
    trail.push(reach.slice(most - edits, most + edits + 1));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && reach[most + k - 1] < reach[most + k + 1]);
      let x = down ? reach[most + k + 1] : reach[most + k - 1] + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[most + k] = x;
      if (x >= a.length && x - k >= b.length) return back(a, b, trail, edits);
    }
  }
  return [['-', a], ['+', b]];
}

function back(a, b, trail, last) {
  const edits = [];
  let x = a.length;
  let y = b.length;
  for (let d = last; d > 0; d--) {
    const reach = (k) => trail[d][k + d] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && reach(k - 1) < reach(k + 1));
    const fromX = down ? reach(k + 1) : reach(k - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      edits.push(['=', [a[--x]]]);
      y--;
    }
    if (down) edits.push(['+', [b[--y]]]);
    else edits.push(['-', [a[--x]]]);
  }
  while (x > 0) {
    edits.push(['=', [a[--x]]]);
    y--;
  }
  return edits.reverse();
}

const piece = ({ op, text }, spaces) =>
  op === '='
    ? html`<rft-safe-text .text=${text} .spaces=${spaces}></rft-safe-text>`
    : op === '-'
      ? html`<del><rft-safe-text .text=${text} .spaces=${spaces}></rft-safe-text></del>`
      : html`<ins><rft-safe-text .text=${text} .spaces=${spaces}></rft-safe-text></ins>`;

/** Both texts in one. */
export const inlineDiff = (edits, spaces) => html`<div class="answer diff" tabindex="0" role="group" aria-label="Difference">${edits.map((edit) => piece(edit, spaces))}</div>`;

/** Each text with what only it has. */
export const sideDiff = (edits, spaces, left, right) => html`<div class="sides">
  <div><h3>${left}</h3><div class="answer diff" tabindex="0" role="group" aria-label="Difference">${edits.filter((edit) => edit.op !== '+').map((edit) => piece(edit, spaces))}</div></div>
  <div><h3>${right}</h3><div class="answer diff" tabindex="0" role="group" aria-label="Difference">${edits.filter((edit) => edit.op !== '-').map((edit) => piece(edit, spaces))}</div></div>
</div>`;
