import { html, render } from '../vendor/lit.js';
import { get, post, remove } from '../api.js';
import { go } from '../router.js';
import { confirmDialog, toast, toastError } from '../ui.js';

/** Does something with a run while its buttons rest; what goes wrong is said. */
async function busily(page, does) {
  page.busy = true;
  page.requestUpdate();
  try {
    await does();
  } catch (error) {
    toastError(error);
  } finally {
    page.busy = false;
    page.requestUpdate();
  }
}

const SAID = { pause: 'Asked to pause: it saves a checkpoint after this step.', stop: 'Asked to stop: it saves a checkpoint after this step.', resume: 'It goes on.' };

/** Pauses, resumes or stops a run. */
export async function order(page, action) {
  if (action === 'stop' && !(await confirmDialog(`Stop ${page.run.name} at step ${page.run.step}? A stopped run is over; pause it to go on later.`, { yes: 'Stop it', danger: true }))) return;
  await busily(page, async () => {
    await post(`/api/runs/${page.run.id}/${action}`);
    toast(SAID[action]);
  });
}

/** Deletes a run; the note that says so can take it back. */
export async function erase(page) {
  const { id, name } = page.run;
  await busily(page, async () => {
    await remove(`/api/runs/${id}`);
    go('/');
    toast(`${name} is deleted.`, {
      seconds: 15,
      action: { label: 'Undo', run: () => post(`/api/runs/${id}/restore`).then(() => go(`/runs/${id}`), toastError) },
    });
  });
}

const tag = (page, tags) => busily(page, async () => {
  await post(`/api/runs/${page.run.id}/tags`, { tags });
  page.run = { ...page.run, tags };
});

export const dropTag = (page, name) => tag(page, page.run.tags.filter((one) => one !== name));

export async function addTag(page) {
  const name = (await ask(html`<label class="field">Tag<input name="tag" required maxlength="40" autofocus autocomplete="off"></label>`, 'Add a tag', 'Add'))?.get('tag').trim();
  if (name && !page.run.tags.includes(name)) await tag(page, [...page.run.tags, name].sort());
}

/** Starts another run from a checkpoint of this one, with other options where given. */
export async function fork(page) {
  const { run } = page;
  const best = run.checkpoints.find((one) => one.best)?.step;
  const { options: fields } = await get('/api/options').catch((error) => (toastError(error), { options: [] }));
  const values = await ask(
    html`<label class="field">Checkpoint<select name="step">${[...run.checkpoints].reverse().map((one) => html`<option value=${one.step} ?selected=${one.step === best}>step ${one.step}${one.best ? ', best on validation' : ''}</option>`)}</select></label>
      <label class="field">Name<input name="name" .value=${`${run.name}-fork`} maxlength="60" required></label>
      <p class="muted">Options that are left empty stay as they are.</p>
      <div class="fork-options">${fields.filter((field) => !field.advanced).map(forkField)}</div>
      <details><summary>Other options</summary><div class="fork-options">${fields.filter((field) => field.advanced).map(forkField)}</div></details>`,
    `Fork ${run.name}`,
    'Start',
  );
  if (!values) return;
  const options = Object.fromEntries(fields.map(({ option }) => [option, values.get(option)?.trim()]).filter(([, value]) => value));
  await busily(page, async () => {
    const job = await post(`/api/runs/${run.id}/fork`, { step: Number(values.get('step')), name: values.get('name'), options });
    toast('The fork waits in the queue and starts as soon as its device is free.');
    go(job.run ? `/runs/${job.run}` : '/jobs');
  });
}

function forkField({ option, label, description, kind, choices }) {
  const closed = { switch: ['true', 'false'], choice: choices }[kind.toLowerCase()];
  return html`<label class="field" title=${description}>${label}${closed
    ? html`<select name=${option}><option value="">as it is</option>${closed.map((choice) => html`<option>${choice}</option>`)}</select>`
    : html`<input name=${option} placeholder="as it is" autocomplete="off" inputmode=${['integer', 'number'].includes(kind.toLowerCase()) ? 'decimal' : 'text'}>`}</label>`;
}

/** Asks for values in a dialog. @returns {Promise<FormData|null>} null if it was cancelled */
function ask(fields, title, yes) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', title);
    const send = (event) => {
      event.preventDefault();
      resolve(new FormData(event.target));
      dialog.close();
    };
    render(html`<h2>${title}</h2><form class="stack" @submit=${send}>${fields}<div class="row end"><button type="button" @click=${() => dialog.close()}>Cancel</button><button class="primary">${yes}</button></div></form>`, dialog);
    dialog.addEventListener('close', () => {
      resolve(null);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
