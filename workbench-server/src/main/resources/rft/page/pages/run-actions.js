import { html, nothing, render } from '../vendor/lit.js';
import { get, post, remove } from '../api.js';
import { go } from '../router.js';
import { confirmDialog, errorBox, toast, toastError } from '../ui.js';

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
  if (action === 'stop' && !(await confirmDialog(`Stop ${page.run.name} at step ${page.run.step}? It saves a checkpoint and ends; Resume goes on with it.`, { yes: 'Stop it', danger: true }))) return;
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

async function tag(page, tags) {
  await post(`/api/runs/${page.run.id}/tags`, { tags });
  page.run = { ...page.run, tags };
}

export const dropTag = (page, name) => busily(page, () => tag(page, page.run.tags.filter((one) => one !== name)));

export function addTag(page) {
  ask(html`<label class="field">Tag<input name="tag" required maxlength="40" autofocus autocomplete="off"></label>`, 'Add a tag', 'Add', async (values) => {
    const name = values.get('tag').trim();
    if (name && !page.run.tags.includes(name)) await tag(page, [...page.run.tags, name].sort());
  });
}

/** Starts another run from a checkpoint of this one, with other options where given. */
export async function fork(page) {
  const { run } = page;
  const best = run.checkpoints.find((one) => one.best)?.step ?? run.checkpoints.at(-1).step;
  const { options: fields } = await get('/api/options').catch((error) => (toastError(error), { options: [] }));
  const enough = (step) => step + (run.steps || step);
  const field = (one) => (one.option === '--steps' ? stepsField(enough(best)) : forkField(one));
  // Another checkpoint leaves as many steps to train, unless somebody typed how many.
  const choose = ({ target }) => {
    const steps = target.form.elements['--steps'];
    if (steps && !steps.dataset.typed) steps.value = enough(Number(target.value));
  };
  ask(
    html`<label class="field">Checkpoint<select name="step" @change=${choose}>${[...run.checkpoints].reverse().map((one) => html`<option value=${one.step} ?selected=${one.step === best}>step ${one.step}${one.best ? ', best on validation' : ''}</option>`)}</select></label>
      <label class="field">Name<input name="name" .value=${`${run.name}-fork`} maxlength="60" required></label>
      <p class="muted">Options that are left empty stay as they are.</p>
      <div class="fork-options">${fields.filter((one) => !one.advanced).map(field)}</div>
      <details><summary>Other options</summary><div class="fork-options">${fields.filter((one) => one.advanced).map(field)}</div></details>`,
    `Fork ${run.name}`,
    'Start',
    async (values) => {
      const options = Object.fromEntries(fields.map(({ option }) => [option, values.get(option)?.trim()]).filter(([, value]) => value));
      const job = await post(`/api/runs/${run.id}/fork`, { step: Number(values.get('step')), name: values.get('name'), options });
      toast('The fork waits in the queue and starts as soon as its device is free.');
      go(job.run ? `/runs/${job.run}` : '/jobs');
    },
  );
}

function stepsField(steps) {
  return html`<label class="field">Steps in all<input name="--steps" .value=${String(steps)} required autocomplete="off" inputmode="numeric" @input=${({ target }) => (target.dataset.typed = 'yes')}>
    <small>Counts those up to the checkpoint: give more than its step.</small></label>`;
}

function forkField({ option, label, description, kind, choices }) {
  const closed = { switch: ['true', 'false'], choice: choices }[kind.toLowerCase()];
  return html`<label class="field" title=${description}>${label}${closed
    ? html`<select name=${option}><option value="">as it is</option>${closed.map((choice) => html`<option>${choice}</option>`)}</select>`
    : html`<input name=${option} placeholder="as it is" autocomplete="off" inputmode=${['integer', 'number'].includes(kind.toLowerCase()) ? 'decimal' : 'text'}>`}</label>`;
}

/**
 * Asks for values in a dialog, which stays open, with what was typed, until they are taken.
 * @param {(values: FormData) => Promise<void>} take throws what is wrong with them
 */
function ask(fields, title, yes, take) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', title);
  const send = async (event) => {
    event.preventDefault();
    draw({ busy: true });
    try {
      await take(new FormData(event.target));
      dialog.close();
    } catch (problem) {
      draw({ problem });
      dialog.querySelector('[role=alert]').scrollIntoView({ block: 'nearest' });
    }
  };
  const draw = ({ busy = false, problem = null } = {}) => render(
    html`<h2>${title}</h2><form class="stack" @submit=${send}>${fields}${problem ? errorBox(problem) : nothing}
      <div class="row end"><button type="button" @click=${() => dialog.close()}>Cancel</button><button class="primary" ?disabled=${busy}>${yes}</button></div></form>`,
    dialog,
  );
  draw();
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
