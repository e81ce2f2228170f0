import { html } from '../vendor/lit.js';

/** A place to type code in, with line numbers; lines with a problem are marked. */
export function codeEditor({ value, problems, change, label }) {
  const lines = value.split('\n').length;
  const bad = new Set(problems.map((problem) => problem.line));
  const scroll = (event) => {
    event.target.previousElementSibling.scrollTop = event.target.scrollTop;
  };
  return html`<div class="new-code">
    <div class="new-gutter" aria-hidden="true">${Array.from({ length: lines }, (_, index) => html`<span class=${bad.has(index + 1) ? 'bad' : ''}>${bad.has(index + 1) ? '▶' : ''}${index + 1}</span>`)}</div>
    <textarea class="code" aria-label=${label} aria-invalid=${problems.length ? 'true' : 'false'} spellcheck="false" autocomplete="off" wrap="off" rows=${Math.min(28, Math.max(12, lines + 1))}
      .value=${value} @input=${(event) => change(event.target.value)} @scroll=${scroll} @keydown=${indent}></textarea>
  </div>`;
}

/** Ctrl or Alt with an arrow indents, so that Tab still leaves the field. */
function indent(event) {
  if (event.key !== 'ArrowRight' || !event.altKey) return;
  event.preventDefault();
  const area = event.target;
  area.setRangeText('  ', area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
