/** Small pieces that every page uses. Values of the server and of models go into text only. */
import { html, nothing, svg, render } from './vendor/lit.js';

/** What is smaller is what rounding left of a zero. */
export const NOISE = 1e-10;

/** A number in at most `digits` significant digits; a dash for none. */
export function number(value, digits = 3) {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < NOISE) return '0';
  if (size >= 1e6 || size < 1e-3) return value.toExponential(Math.max(0, digits - 1)).replace('e+', 'e');
  return String(Number(value.toPrecision(size >= 1000 ? Math.ceil(Math.log10(size)) : digits)));
}

/** How many there are of something, in the singular for one. */
export const counted = (count, noun) => `${number(count, 6)} ${noun}${count === 1 ? '' : 's'}`;

/** A range of numbers, both ends included, as one number where it holds one. */
export const span = (noun, first, last) => (first === last ? `${noun} ${first}` : `${noun}s ${first} to ${last}`);

/** How a value stands against an earlier one, with a sign and not by colour alone. */
export function change(now, before, better = 'higher') {
  if (![now, before].every(Number.isFinite)) return nothing;
  const by = Math.abs(now - before) < NOISE ? 0 : now - before;
  const tone = by === 0 || !better ? '' : (by > 0) === (better === 'higher') ? 'good' : 'bad';
  return html`<span class="change ${tone}">${by > 0 ? '▲' : by < 0 ? '▼' : '='} ${number(Math.abs(by))}</span>`;
}

/** A name, with the end of its id where others are called the same. */
export const distinct = (name, id, names) => (names.filter((other) => other === name).length > 1 ? `${name} ${id.split('-').at(-1)}` : name);

/** How long ago an instant was, in one unit. */
export function age(instant, now = Date.now()) {
  const seconds = Math.max(0, (now - new Date(instant).getTime()) / 1000);
  if (!Number.isFinite(seconds)) return '';
  return `${duration(seconds)} ago`;
}

/** Seconds in one unit. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

const STATUS = {
  running: 'Running', paused: 'Paused', stopped: 'Stopped', finished: 'Finished', failed: 'Failed', diverged: 'Diverged',
  crashed: 'Crashed', damaged: 'Damaged', queued: 'Queued', validating: 'Validating', creating: 'Creating', succeeded: 'Succeeded', cancelled: 'Cancelled',
};

/** The state of a run or job as a badge with a word. */
export function statusBadge(status) {
  const key = String(status ?? '').toLowerCase();
  return html`<span class="badge" data-status=${key}>${STATUS[key] ?? status}</span>`;
}

/** A line of at most 40 values, without axes; `label` says in words what it shows. */
export function spark(values, label = '') {
  const known = (values ?? []).map((y, x) => [x, y]).filter(([, y]) => Number.isFinite(y));
  if (known.length < 2) return html`<span class="spark-none muted">–</span>`;
  const low = Math.min(...known.map(([, y]) => y));
  const high = Math.max(...known.map(([, y]) => y));
  const last = values.length - 1 || 1;
  const points = known.map(([x, y]) => `${((x / last) * 98 + 1).toFixed(1)},${(22 - ((y - low) / (high - low || 1)) * 20).toFixed(1)}`).join(' ');
  return svgPicture('0 0 100 24', svg`<polyline points=${points}></polyline>`, 'spark', label);
}

function svgPicture(box, content, style, label) {
  return html`<svg class=${style} viewBox=${box} preserveAspectRatio="none" role=${label ? 'img' : 'presentation'} aria-label=${label || nothing}>${content}</svg>`;
}

/** What went wrong, where it matters. */
export function errorBox(error, retry = null) {
  return html`<div class="box bad" role="alert"><p>${error?.message ?? String(error)}</p>
    ${retry ? html`<button type="button" @click=${retry}>Try again</button>` : nothing}</div>`;
}

/** Says something for a few seconds; `action` is `{label, run}`, for example to undo. */
export function toast(text, { action = null, tone = '', seconds = action ? 10 : 5 } = {}) {
  const place = document.getElementById('toasts');
  const note = document.createElement('div');
  note.className = `toast ${tone}`;
  const close = () => note.remove();
  render(
    html`<span>${text}</span>${action
      ? html`<button type="button" @click=${() => { close(); action.run(); }}>${action.label}</button>`
      : nothing}<button type="button" class="quiet" aria-label="Close" @click=${close}>×</button>`,
    note,
  );
  place?.append(note);
  setTimeout(close, seconds * 1000);
}

/** Says that a request failed. */
export const toastError = (error) => toast(error?.message ?? String(error), { tone: 'bad', seconds: 10 });

/** A button that copies a text and says so. */
export function copyButton(text, label = 'Copy') {
  return html`<button type="button" class="quiet" @click=${async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
      toast('Copied.');
    } catch {
      toast('The browser did not allow copying; select the text and copy it by hand.', { tone: 'bad' });
    }
  }}>${label}</button>`;
}

/** Asks in a dialog of the browser's own kind. @returns {Promise<boolean>} */
export function confirmDialog(question, { yes = 'Yes', no = 'Cancel', danger = false } = {}) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', question);
    render(
      html`<p>${question}</p><form method="dialog" class="row end"><button value="no">${no}</button><button value="yes" class=${danger ? 'danger' : 'primary'}>${yes}</button></form>`,
      dialog,
    );
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes');
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Keys of the page in view; a page sets `keys = [['j', 'next rollout'], ..]` on its element. */
export function helpDialog() {
  const own = document.querySelector('main > *')?.keys ?? [];
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', 'Keys');
  const rows = [...own, ['/', 'search'], ['?', 'this list']];
  render(
    html`<h2>Keys</h2><table class="plain"><tbody>${rows.map(([key, does]) => html`<tr><th scope="row"><kbd>${key}</kbd></th><td>${does}</td></tr>`)}</tbody></table>
      <form method="dialog" class="row end"><button class="primary" autofocus>Close</button></form>`,
    dialog,
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** A command with its words quoted where a shell needs it. */
export const shell = (words) => words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

/** Saves a text or blob as a file. */
export function download(name, content, type = 'text/plain') {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
