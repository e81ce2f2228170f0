import { html, nothing } from '../vendor/lit.js';
import { get, post } from '../api.js';
import { doing, runCheck } from '../checks.js';
import { errorBox, number, toastError } from '../ui.js';
import { codeEditor } from './new-code.js';

const KINDS = [
  ['ready', 'Ready reward'],
  ['judge', 'A model as judge'],
  ['write', 'Write one'],
  ['own', 'Your rewards'],
];

/** Whether the reward is chosen and was tried as it stands now. */
export const rewardReady = (form) => form.reward !== '' && form.tried === tryKey(form);

const tryKey = (form) => JSON.stringify([form.reward, form.data, form.version ?? 0]);

/** Step 3: what is an answer worth? */
export function rewardStep(page) {
  const { form } = page;
  return html`<div class="tabs" role="group" aria-label="Kind of reward">${KINDS.map(([kind, title]) => html`<button type="button" aria-pressed=${form.rewardKind === kind} aria-current=${form.rewardKind === kind ? 'page' : nothing} @click=${() => page.set({ rewardKind: kind })}>${title}</button>`)}</div>
    ${{ ready: ready, judge: ready, write: write, own: own }[form.rewardKind](page)}
    ${form.reward ? trial(page) : nothing}`;
}

const choose = (page, name) => {
  page.source = null;
  page.set({ reward: name, preflight: null });
};

function ready(page) {
  const { form, lists } = page;
  const judge = form.rewardKind === 'judge';
  const some = lists.rewards.filter((reward) => (judge ? reward.kind === 'judge' : reward.kind === 'rule' || reward.kind === 'loose'));
  const chosen = some.find((reward) => reward.name === form.reward);
  return html`${judge && lists.judgeProblem ? html`<div class="box warn"><p>${lists.judgeProblem.replace(/^./, (letter) => letter.toUpperCase())}. The workbench reads this when it starts: stop it, set them, and start it again.</p></div>` : nothing}
    <div class="new-two">
    <fieldset><legend><h3>${judge ? 'Judges' : 'Ready rewards'}</h3></legend><div class="new-list">${some.map((reward) => html`<label class="new-choice"><input type="radio" name="reward" value=${reward.name} .checked=${reward.name === form.reward} @change=${() => choose(page, reward.name)}>
      <span><b>${reward.name}</b>${reward.kind === 'loose' ? html` <span class="tag">loose on purpose</span>` : nothing}<br><small class="muted">${reward.summary}</small></span></label>`)}</div></fieldset>
    ${chosen ? html`<section class="panel stack" aria-label="About this reward"><h3>${chosen.name}</h3>
      ${chosen.about.map((paragraph) => html`<p>${paragraph}</p>`)}
      ${chosen.needs.length ? html`<p class="muted">Needs: ${chosen.needs.join(', ')}.</p>` : nothing}
      ${chosen.options.length ? templateOptions(page, chosen) : nothing}
      <div class="row"><button type="button" @click=${() => edit(page, chosen)}>Edit a copy of its source</button></div></section>` : nothing}
  </div>`;
}

/** The constants of a ready reward; with others, a copy of it is saved. */
function templateOptions(page, chosen) {
  const { draft } = page.form;
  const options = draft.template === chosen.name ? draft.options : {};
  const change = (option, value) => {
    const changed = { ...options, [option.name]: value };
    if (value === option.value) delete changed[option.name];
    page.set({ draft: { ...draft, template: chosen.name, options: changed } }, { check: false });
  };
  return html`<details ?open=${Object.keys(options).length > 0}><summary>Options (${chosen.options.length})</summary><div class="stack new-template">
    ${chosen.options.map((option) => html`<label class="field"><code>${option.name}</code><textarea class="code" rows=${option.value.length > 60 ? 5 : 1} spellcheck="false" .value=${options[option.name] ?? option.value} @input=${(event) => change(option, event.target.value)}></textarea><small>${option.meaning}</small></label>`)}
    <div class="row"><label class="field">Save as<input .value=${draft.name || copyName(chosen.name)} @input=${(event) => page.set({ draft: { ...draft, name: event.target.value } }, { check: false })}></label>
      <button type="button" ?disabled=${!Object.keys(options).length} @click=${() => save(page, { name: draft.name || copyName(chosen.name), language: 'java', template: chosen.name, options, replace: true })}>Save the copy</button></div>
  </div></details>`;
}

const copyName = (name) => `my-${name}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

async function edit(page, chosen) {
  try {
    const { source } = await get(`/api/rewards/${chosen.name}`);
    page.set({ rewardKind: 'write', draft: { ...page.form.draft, name: copyName(chosen.name), language: 'java', source } }, { check: false });
  } catch (error) {
    toastError(error);
  }
}

function own(page) {
  const some = page.lists.rewards.filter((reward) => reward.kind === 'own');
  if (!some.length) return html`<p class="empty">None yet. Write one, or save a copy of a ready one with other options.</p>`;
  return html`<fieldset><legend><h3>Your rewards</h3></legend>${some.map((reward) => html`<div class="row"><label class="new-choice grow"><input type="radio" name="reward" value=${reward.name} .checked=${reward.name === page.form.reward} @change=${() => choose(page, reward.name)}><span><b>${reward.name}</b> <small class="muted">${reward.language}</small></span></label>
    <button type="button" class="quiet" @click=${() => editOwn(page, reward)}>Edit</button></div>`)}</fieldset>`;
}

async function editOwn(page, reward) {
  try {
    const { source } = await get(`/api/rewards/${reward.name}`);
    page.set({ rewardKind: 'write', draft: { ...page.form.draft, name: reward.name.replace(/\.\w+$/, ''), language: reward.language, source } }, { check: false });
  } catch (error) {
    toastError(error);
  }
}

function write(page) {
  const { draft } = page.form;
  const source = draft.source || page.lists.starters[draft.language] || '';
  const change = (changes) => page.set({ draft: { ...draft, ...changes } }, { check: false });
  const problems = page.codeProblems ?? [];
  return html`<div class="row"><label class="field">Name<input .value=${draft.name} placeholder="myReward" maxlength="64" autocomplete="off" spellcheck="false" @input=${(event) => change({ name: event.target.value })}></label>
      <label class="field">Language<select @change=${(event) => change({ language: event.target.value, source: '' })}>${['java', 'python'].map((language) => html`<option ?selected=${language === draft.language}>${language}</option>`)}</select></label></div>
    ${codeEditor({ value: source, problems, change: (text) => change({ source: text }), label: 'Source of the reward' })}
    ${problems.length ? html`<ul class="bad new-problems" role="alert">${problems.map((one) => html`<li>line ${one.line}, column ${one.column}: ${one.message}</li>`)}</ul>` : nothing}
    <div class="row"><button type="button" class="primary" ?disabled=${!draft.name || page.running.show} @click=${() => compile(page, source)}>Save and compile</button>
      ${page.running.show ? html`<span role="status">compiling</span>` : page.compiled ? html`<span class="good" role="status">${page.compiled}</span>` : nothing}
      <small class="muted">${draft.name ? '' : 'Needs a name. '}It compiles and runs in a process of its own, never in the workbench.</small></div>`;
}

async function save(page, draft) {
  try {
    const saved = await post('/api/rewards', draft);
    page.lists.rewards = (await get('/api/rewards')).rewards;
    page.set({ reward: saved.name, rewardKind: 'own', version: Date.now(), preflight: null });
    return saved.name;
  } catch (error) {
    toastError(error);
    return null;
  }
}

async function compile(page, source) {
  page.codeProblems = [];
  page.compiled = '';
  const { draft } = page.form;
  const name = await save(page, { name: draft.name, language: draft.language, source, replace: true });
  if (!name) return;
  page.set({ rewardKind: 'write', draft: { ...draft, source } }, { check: false });
  const view = await check(page, 'show', { kind: 'show', reward: name });
  if (!view) return;
  if (view.state === 'done') {
    page.compiled = `${name} is saved and compiles.`;
  } else {
    page.codeProblems = view.error?.problems ?? [{ line: 1, column: 1, message: view.error?.message ?? 'it does not compile' }];
    page.set({ reward: '' });
  }
  page.requestUpdate();
}

/** Runs one check under a name; only one of each runs. */
export async function check(page, name, request) {
  const abort = new AbortController();
  page.running[name] = { abort, view: null };
  page.requestUpdate();
  try {
    return await runCheck(request, (view) => {
      page.running[name] = { abort, view };
      page.requestUpdate();
    }, abort.signal);
  } catch (error) {
    if (error.name !== 'AbortError') toastError(error);
    return null;
  } finally {
    delete page.running[name];
    page.requestUpdate();
  }
}

/** Tries the reward on three rows: their references, then answers of the model. */
async function attempt(page) {
  const { form } = page;
  const key = tryKey(form);
  const base = { reward: form.reward, data: form.data };
  page.seen.trial = { key };
  const references = await check(page, 'try', { ...base, kind: 'try', size: 3 });
  page.seen.trial = { key, references };
  page.requestUpdate();
  if (references?.state !== 'done' || unjudged(references)) return;
  page.set({ tried: key }, { check: false });
  const answers = await check(page, 'sample', { ...base, kind: 'sample', model: form.model, size: 3, options: form.options });
  page.seen.trial = { key, references, answers };
  page.requestUpdate();
}

/** Why no reference answer got a reward; empty if one did, or it is not known yet. */
function unjudged(references) {
  const verdicts = references?.result?.rows.map((row) => row.verdict) ?? [];
  if (!references?.result || verdicts.some((verdict) => verdict.kind === 'score')) return '';
  return verdicts[0]?.detail ?? verdicts[0]?.reason ?? 'there was none to judge';
}

function trial(page) {
  const { form } = page;
  const seen = page.seen.trial?.key === tryKey(form) ? page.seen.trial : {};
  const at = page.running.try ?? page.running.sample;
  return html`<section class="panel stack" aria-label="Try it on three rows">
    <div class="row"><h3>Try ${form.reward} on three rows of ${form.data}</h3><span class="grow"></span>
      <button type="button" class=${rewardReady(form) ? '' : 'primary'} ?disabled=${Boolean(at)} @click=${() => attempt(page)}>Try it</button></div>
    ${at ? html`<p role="status" class="muted">${page.running.try ? 'References' : 'Answers of the model'}: ${doing(at.view)}</p>` : nothing}
    ${!at && !rewardReady(form) ? html`<p class="muted">The next step opens once it gave a reward.</p>` : nothing}
    ${rewardReady(form) && !seen.references && !at ? html`<p class="good">It was tried.</p>` : nothing}
    ${unjudged(seen.references) ? html`<div class="box bad" role="alert"><p>No reference answer got a reward: ${unjudged(seen.references)}. A training would have nothing to learn from.</p>
      ${rewardReady(form) ? nothing : html`<button type="button" @click=${() => page.set({ tried: tryKey(form) }, { check: false })}>Go on all the same</button>`}</div>` : nothing}
    ${seen.references?.state === 'failed' ? errorBox(seen.references.error) : nothing}
    ${seen.references?.result ? verdictTable('Reference answers, which should get full marks', seen.references.result.rows.map((row) => ({ ...row, text: row.completion }))) : nothing}
    ${seen.answers?.state === 'failed' ? errorBox(seen.answers.error) : nothing}
    ${seen.answers?.result ? verdictTable(`Answers of ${form.model}`, seen.answers.result.groups.flatMap((group) => group.completions.map((one) => ({ ...group, text: one.text, verdict: one.verdict })))) : nothing}
  </section>`;
}

function verdictTable(caption, rows) {
  return html`<div class="scroll" tabindex="0"><table><caption>${caption}</caption><thead><tr><th scope="col">Prompt</th><th scope="col">Reference</th><th scope="col">Answer</th><th scope="col" class="number">Reward</th><th scope="col">Why</th></tr></thead>
    <tbody>${rows.map(({ prompt, reference, text, verdict }) => html`<tr><td><pre>${prompt}</pre></td><td><pre>${reference}</pre></td><td><pre>${text}</pre></td>
      <td class="number">${verdict.kind === 'score' ? number(verdict.value) : html`<span class="warn">${verdict.kind}</span>`}</td>
      <td>${verdict.reason ?? verdict.detail ?? ''}${Object.entries(verdict.parts ?? {}).map(([part, value]) => html` <span class="tag">${part} ${number(value)}</span>`)}</td></tr>`)}</tbody></table></div>`;
}
