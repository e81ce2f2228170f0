import { html, nothing } from '../vendor/lit.js';
import { failure, get } from '../api.js';
import { counted, distinct, errorBox, number, toast } from '../ui.js';

/** Step 1: what it is called and what is trained. */
export function modelStep(page) {
  const { form, lists } = page;
  return html`<label class="field new-narrow">Name<input name="name" maxlength="40" autocomplete="off" .value=${form.name} placeholder="for example addition"
      @input=${(event) => page.set({ name: event.target.value, named: true })}><small>Begins the id of the run.</small></label>
    <fieldset class="stack"><legend><h3>Base model</h3></legend>
      ${lists.models.map((model) => html`<label class="new-choice"><input type="radio" name="model" value=${model.name} .checked=${form.model === model.name} @change=${() => page.set({ model: model.name })}>
        <span><b>${model.name}</b> <small class="muted">${model.bundled ? 'comes with RFT Workbench' : 'in the models folder'}</small></span></label>`)}
      <small class="muted">More come with <code>rft model pull</code>, or as a folder (config.json, tokenizer.json, *.safetensors) in ${page.session?.home ?? 'RFT_HOME'}/models.</small>
    </fieldset>`;
}

/** Step 2: what is asked of it. */
export function dataStep(page) {
  const { form, lists } = page;
  return html`<div class="new-two">
      <fieldset class="stack"><legend><h3>Training data</h3></legend>
        <div class="new-list">${lists.datasets.map((dataset) => html`<label class="new-choice"><input type="radio" name="data" value=${dataset.name} .checked=${form.data === dataset.name} @change=${() => choose(page, dataset)}>
          <span><b>${distinct(dataset.title, dataset.name, lists.datasets.map((other) => other.title))}</b> <small class="muted">${counted(dataset.glance.goodRows, 'row')}${dataset.kind === 'upload' ? ', uploaded' : ''}</small></span></label>`)}</div>
      </fieldset>
      <fieldset class="stack new-drop" @dragover=${(event) => event.preventDefault()} @drop=${(event) => drop(page, event)}><legend><h3>Your own</h3></legend>
        <p>JSONL: one object per line with <code>messages</code> and <code>reference_answer</code>; up to 512 MB.</p>
        <label class="button new-file">Choose a file<input type="file" accept=".jsonl,.json,application/x-ndjson" @change=${(event) => upload(page, event.target.files[0], event.target)}></label>
        <small class="muted">or drop it here</small>
        ${page.upload ? html`<div class="row" role="status"><progress max="1" .value=${page.upload.share} aria-label="Uploaded"></progress><span>${page.upload.share < 1 ? `${Math.round(page.upload.share * 100)} %` : 'checking the rows'}</span>
          <button type="button" class="quiet" @click=${() => page.upload.request.abort()}>Cancel</button></div>` : nothing}
        ${page.uploadProblem ? errorBox(page.uploadProblem) : nothing}
      </fieldset>
    </div>
    ${form.data ? preview(page) : nothing}`;
}

const LENGTH = '--max-new-tokens';

/**
 * Takes a dataset, and what goes without saying for a bundled one. What the one before brought
 * along goes with it; what a person chose or typed stays.
 */
function choose(page, dataset) {
  const { form } = page;
  const { brought = {} } = form;
  const options = { ...form.options };
  if (options[LENGTH] === brought.length) delete options[LENGTH];
  const bring = { length: LENGTH in options ? undefined : dataset.maxNewTokens?.toString() };
  if (bring.length) options[LENGTH] = bring.length;
  let reward = form.reward === brought.reward ? '' : form.reward;
  if (!reward && dataset.reward && form.rewardKind === 'ready') reward = bring.reward = dataset.reward;
  const changes = { data: dataset.name, options, reward, brought: bring, preflight: null, tried: '' };
  if (!form.named) changes.name = dataset.name;
  page.shown = null;
  page.set(changes);
}

async function show(page, name) {
  page.shown = { name, asked: true };
  try {
    page.shown = { name, dataset: await get(`/api/datasets/${name}`) };
  } catch (problem) {
    page.shown = { name, problem };
  }
  page.requestUpdate();
}

function preview(page) {
  if (page.shown?.name !== page.form.data) show(page, page.form.data);
  if (page.shown.problem) return errorBox(page.shown.problem, () => show(page, page.form.data));
  if (!page.shown.dataset) return html`<div class="panel new-preview" aria-busy="true"></div>`;
  const { title, glance } = page.shown.dataset;
  return html`<section class="panel stack new-preview" aria-label="Preview">
    <h3>${title}</h3>
    <p>${number(glance.goodRows, 7)} usable rows: ${Object.entries(glance.splits).map(([split, rows]) => `${rows} ${split}`).join(', ')}.
      <span class="muted">The split is by content, so no task is in two.</span></p>
    ${glance.advice.map((sentence) => html`<p class="warn">${sentence}</p>`)}
    ${glance.badRows ? html`<div class="box warn"><p>${counted(glance.badRows, 'row')} ${glance.badRows === 1 ? 'is' : 'are'} left out:</p>
      <ul class="new-problems">${glance.problems.slice(0, 10).map((one) => html`<li>line ${one.line}, column ${one.column}: ${one.reason}; ${one.fix}</li>`)}</ul>
      ${glance.badRows > 10 ? html`<p class="muted">and ${glance.badRows - 10} more</p>` : nothing}</div>` : nothing}
    <div class="scroll" tabindex="0"><table><caption class="visually-hidden">First rows</caption>
      <thead><tr><th scope="col">Row</th><th scope="col">Prompt</th><th scope="col">Reference answer</th><th scope="col">Split</th></tr></thead>
      <tbody>${glance.sample.map((row) => html`<tr><td class="nowrap">${row.id}</td>
        <td>${row.messages.map((turn) => html`<pre class="new-turn">${turn.role === 'user' ? nothing : html`<span class="muted">${turn.role}: </span>`}${turn.content}</pre>`)}</td>
        <td><pre>${row.reference || '–'}</pre></td><td>${row.split}</td></tr>`)}</tbody></table></div>
  </section>`;
}

function drop(page, event) {
  event.preventDefault();
  upload(page, event.dataTransfer.files[0]);
}

/** Sends a file; XMLHttpRequest says how much of it is through. */
function upload(page, file, input = null) {
  if (!file || page.upload) return;
  const request = new XMLHttpRequest();
  page.upload = { request, share: 0 };
  page.uploadProblem = null;
  request.open('POST', `/api/uploads?${new URLSearchParams({ name: file.name })}`);
  request.setRequestHeader('Content-Type', 'application/x-ndjson');
  request.setRequestHeader('X-RFT', '1');
  request.upload.onprogress = (event) => {
    page.upload.share = event.total ? event.loaded / event.total : 0;
    page.requestUpdate();
  };
  request.onloadend = async () => {
    page.upload = null;
    if (input) input.value = '';
    if (request.status === 201 || request.status === 200) {
      const dataset = JSON.parse(request.responseText);
      page.lists.datasets = (await get('/api/datasets')).datasets;
      choose(page, dataset);
      page.shown = { name: dataset.name, dataset };
      toast(request.status === 201 ? `${dataset.title} is uploaded.` : `These rows are here already: ${dataset.title}.`);
    } else if (request.status) {
      page.uploadProblem = await failure(new Response(request.responseText, { status: request.status }));
    } else {
      toast('The upload was cancelled.');
    }
    page.requestUpdate();
  };
  request.send(file);
  page.requestUpdate();
}
