import { html, nothing } from '../vendor/lit.js';

const GROUPS = {
  method: 'Method', loop: 'Steps and groups', sampling: 'Sampling', loss: 'Loss', optimizer: 'Optimizer', adapter: 'Adapter',
  validation: 'Validation', checkpoint: 'Checkpoints', reward: 'Reward failures', seed: 'Seed', inputs: 'Machine',
};

/** What is wrong with an option: what its range says at once, the rest from the server. */
export function complaint(page, field) {
  const value = page.form.options[field.option];
  if (value === undefined || value === '') return '';
  const { range } = field;
  if (field.kind === 'INTEGER' || field.kind === 'NUMBER') {
    const typed = Number(value);
    if (!Number.isFinite(typed)) return `${value} is no number.`;
    if (field.kind === 'INTEGER' && !Number.isInteger(typed)) return `${value} is no whole number.`;
    if (range && (range.lowIncluded ? typed < range.low : typed <= range.low)) return `Must be ${range.lowIncluded ? 'at least' : 'above'} ${range.low}: ${range.why}.`;
    if (range && range.high !== null && typed > range.high) return `Must be at most ${range.high}: ${range.why}.`;
  }
  return page.problems.find((problem) => problem.option === field.option)?.message ?? '';
}

/** Step 4: the same options, defaults and ranges as `rft train`. */
export function optionStep(page) {
  const fields = page.lists.options;
  const changed = fields.filter((field) => field.option in page.form.options);
  const general = page.problems.find((problem) => problem.option === '');
  return html`<p class="muted">Defaults are right for a first run. ${changed.length ? html`Changed: ${changed.map((field) => html`<code>${field.option}</code> `)}` : nothing}</p>
    ${general ? html`<div class="box bad" role="alert"><p>${general.message}</p></div>` : nothing}
    <div class="new-fields">${fields.filter((field) => !field.advanced).map((field) => input(page, field))}</div>
    <details class="panel" ?open=${page.form.advanced} @toggle=${(event) => page.set({ advanced: event.target.open }, { check: false })}>
      <summary>All other options</summary>
      ${Object.entries(GROUPS).map(([group, title]) => {
        const some = fields.filter((field) => field.advanced && field.group === group);
        return some.length ? html`<h3 class="new-group">${title}</h3><div class="new-fields">${some.map((field) => input(page, field))}</div>` : nothing;
      })}
    </details>`;
}

function input(page, field) {
  const id = `option-${field.option.slice(2)}`;
  const wrong = complaint(page, field);
  return html`<div class="new-field">
    <label for=${id}>${field.label} <code>${field.option}</code></label>
    ${control(page, field, id, wrong)}
    <small id="${id}-help" class="muted">${field.description}${rangeOf(field)}</small>
    <small id="${id}-wrong" class="bad" role=${wrong ? 'alert' : nothing}>${wrong}</small>
  </div>`;
}

function rangeOf(field) {
  if (!field.range) return '';
  const { low, lowIncluded, high } = field.range;
  const from = lowIncluded ? `at least ${low}` : `above ${low}`;
  return ` Range: ${high === null ? from : lowIncluded ? `${low} to ${high}` : `${from}, at most ${high}`}.`;
}

function set(page, field, value) {
  const options = { ...page.form.options };
  if (value === '' || value === (field.default ?? '')) delete options[field.option];
  else options[field.option] = value;
  page.set({ options, preflight: null });
}

function control(page, field, id, wrong) {
  const value = page.form.options[field.option] ?? field.default ?? '';
  const common = { invalid: wrong ? 'true' : nothing, about: `${id}-help ${id}-wrong` };
  const change = (event) => set(page, field, event.target.value);
  if (field.kind === 'SWITCH') {
    return html`<span><input id=${id} type="checkbox" aria-describedby=${common.about} .checked=${value === 'true'} @change=${(event) => set(page, field, String(event.target.checked))}></span>`;
  }
  if (field.kind === 'CHOICE' || field.kind === 'REWARD') {
    const choices = field.kind === 'CHOICE' ? field.choices : page.lists.rewards.map((reward) => reward.name);
    return html`<select id=${id} aria-describedby=${common.about} aria-invalid=${common.invalid} @change=${change}>
      ${field.default === null ? html`<option value="" ?selected=${value === ''}>by default</option>` : nothing}
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === value}>${choice}</option>`)}</select>`;
  }
  const numeric = field.kind === 'INTEGER' || field.kind === 'NUMBER';
  return html`<input id=${id} inputmode=${field.kind === 'INTEGER' ? 'numeric' : numeric ? 'decimal' : 'text'} autocomplete="off" spellcheck="false" .value=${value} placeholder=${field.default ?? 'by default'}
    aria-describedby=${common.about} aria-invalid=${common.invalid} list=${field.choices.length ? `${id}-list` : nothing} @input=${change}>
    ${field.choices.length ? html`<datalist id="${id}-list">${field.choices.map((choice) => html`<option value=${choice}></option>`)}</datalist>` : nothing}`;
}
