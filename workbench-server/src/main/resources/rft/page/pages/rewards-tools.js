/** What can be found out about a reward before a training: each in a process of its own. */
import { html, nothing } from '../vendor/lit.js';
import { doing, runCheck } from '../checks.js';
import { query, setQuery } from '../router.js';
import { age, copyButton, distinct, errorBox, number, shell, toastError } from '../ui.js';
import { breakView, cardView, diffView, probeView, testView } from './rewards-found.js';

const TOOLS = {
  test: { title: 'Examples', says: 'Replays its good and bad examples.', needs: [], show: testView, command: 'test' },
  card: { title: 'Card', says: 'Lets the model answer some tasks, and says whether the reward can teach: gold answers, groups with a signal, noise, speed.', needs: ['data', 'model'], show: cardView, command: 'card' },
  probe: { title: 'Probe', says: 'Attacks it with wrong answers of some thirty kinds, and names what it pays for.', needs: ['data'], show: probeView, command: 'probe' },
  break: { title: 'Break', says: 'Lets a model try for a minute to earn the reward without being right.', needs: ['data', 'model'], show: breakView, command: 'break' },
  diff: { title: 'Diff', says: 'Says what changes on the stored answers of a run if another reward took its place.', needs: ['other', 'run'], show: diffView, command: 'diff' },
};

/** The panel of tools; what was chosen and found stays on the page. */
export function tools(page, reward) {
  const key = query().get('tool') in TOOLS ? query().get('tool') : 'test';
  const tool = TOOLS[key];
  const seen = page.seen[key];
  const chosen = (page.choice ??= {});
  return html`<section class="panel stack" aria-label="Try it">
    <div class="tabs" role="tablist" aria-label="Tools">${Object.entries(TOOLS).map(([name, each]) => html`<button type="button" role="tab" aria-selected=${String(name === key)} @click=${() => pick(page, name)}>${each.title}</button>`)}</div>
    <p class="muted">${tool.says}</p>
    <div class="row rewards-inputs">
      ${tool.needs.includes('data') ? select(page, 'data', 'Dataset', titled(page.lists.datasets), fitting(page.lists, reward)) : nothing}
      ${tool.needs.includes('model') ? select(page, 'model', 'Model', page.lists.models.map((each) => [each.name, each.name])) : nothing}
      ${tool.needs.includes('other') ? select(page, 'other', 'Other reward', page.rewards.filter((each) => each.name !== reward.name).map((each) => [each.name, each.name])) : nothing}
      ${tool.needs.includes('run') ? select(page, 'run', 'Answers of run', named(page.lists.runs)) : nothing}
      <button type="button" class="primary" ?disabled=${Boolean(page.check) || tool.needs.some((need) => !chosen[need])} @click=${() => start(page, reward, key)}>${seen ? 'Run again' : 'Run'}</button>
      ${page.check ? html`<span role="status">${doing(page.check.view)}, ${number(page.check.view?.seconds ?? 0, 2)} s</span><button type="button" class="quiet" @click=${() => page.abort?.abort()}>Cancel</button>` : nothing}
      <span class="grow"></span>${copyButton(() => command(page, reward, tool, chosen), 'Copy the command')}
    </div>
    ${seen ? (seen.state === 'done' && seen.result ? tool.show(seen.result) : errorBox(seen.error ?? { message: 'It ended without a result.' })) : nothing}
  </section>`;
}

/** Datasets with what tells those of one title apart. */
const titled = (datasets) => datasets.map((each) => [each.name, distinct(each.title, each.name, datasets.map((other) => other.title))]);

/** Runs with what tells those of one name apart. */
const named = (runs) => runs.map((each) => [each.id, `${distinct(each.name, each.id, runs.map((other) => other.name))}, ${age(each.created)}`]);

/** The dataset that a reward is for, or that a run was trained on with it. */
const fitting = ({ datasets, runs }, reward) => datasets.find((each) => each.reward === reward.name)?.name ?? runs.find((run) => run.reward === reward.name)?.task;

function command(page, reward, tool, chosen) {
  const argument = (list, name) => list.find((one) => one.name === name)?.argument ?? name;
  const words = ['rft', 'reward', tool.command, reward.argument];
  if (tool.needs.includes('other')) words.push(argument(page.rewards, chosen.other) ?? 'OTHER');
  for (const need of ['data', 'model', 'run']) {
    if (tool.needs.includes(need)) words.push(`--${need}`, (need === 'data' ? argument(page.lists.datasets, chosen.data) : chosen[need]) ?? need.toUpperCase());
  }
  return shell(words);
}

function pick(page, name) {
  page.abort?.abort();
  setQuery({ tool: name });
  page.requestUpdate();
}

function select(page, need, label, options, first) {
  const chosen = page.choice;
  const has = (wanted) => options.some(([value]) => value === wanted);
  if (!has(chosen[need])) chosen[need] = has(first) ? first : options[0]?.[0];
  return html`<label class="row">${label}<select @change=${(event) => {
    chosen[need] = event.target.value;
    page.requestUpdate();
  }}>${options.map(([value, title]) => html`<option value=${value} ?selected=${value === chosen[need]}>${title}</option>`)}</select></label>`;
}

async function start(page, reward, key) {
  const abort = (page.abort = new AbortController());
  const wanted = Object.fromEntries(TOOLS[key].needs.map((need) => [need, page.choice[need]]));
  const check = (page.check = { view: null });
  page.requestUpdate();
  try {
    const view = await runCheck({ kind: key, reward: reward.name, ...wanted }, (now) => {
      check.view = now;
      page.requestUpdate();
    }, abort.signal);
    if (page.check === check) page.seen[key] = view;
  } catch (error) {
    if (error.name !== 'AbortError') toastError(error);
  } finally {
    if (page.check === check) page.check = null;
    page.requestUpdate();
  }
}
