import { html, nothing } from '../vendor/lit.js';
import { get, post } from '../api.js';
import { go } from '../router.js';
import { copyButton, errorBox } from '../ui.js';

const PERIOD_MILLIS = 300;

/** Step 6: all of it once more, and go. */
export function reviewStep(page) {
  const { form } = page;
  const options = Object.entries(form.options);
  return html`<dl class="new-facts panel">
      <dt>Name</dt><dd>${form.name}</dd><dt>Model</dt><dd>${form.model}</dd><dt>Data</dt><dd>${form.data}</dd><dt>Reward</dt><dd>${form.reward}</dd>
      <dt>Changed options</dt><dd>${options.length ? options.map(([name, value]) => html`<code>${name} ${value}</code><br>`) : 'none: all defaults'}</dd>
      ${form.preflight?.card?.result ? html`<dt>Pre-flight</dt><dd>${form.preflight.card.result.reading.outcome.replaceAll('_', ' ')}: ${form.preflight.card.result.reading.reason}</dd>` : nothing}
    </dl>
    ${page.problems.length ? errorBox(page.problems[0]) : nothing}
    ${page.command ? html`<section class="stack"><h3>The same elsewhere</h3>
      ${line('In a shell', page.command)}${line('In a notebook', page.magic)}</section>` : nothing}
    ${page.startProblem ? errorBox(page.startProblem) : nothing}
    <div class="row"><button type="button" class="primary" ?disabled=${page.starting || !page.command} @click=${() => start(page)}>Start the training</button>
      ${page.starting ? html`<span role="status">${page.starting}</span>` : nothing}</div>`;
}

const line = (title, text) => html`<div class="row new-line"><span>${title}</span><code class="grow">${text}</code>${copyButton(text)}</div>`;

/** Starts the job and goes to its run, or to the queue if it has to wait. */
async function start(page) {
  page.startProblem = null;
  say(page, 'starting');
  try {
    let job = await post('/api/jobs', page.request());
    // Who comes back begins at the first step, so that nothing is started twice.
    page.keep({ step: 0 });
    // A job that waits behind another is followed on the page of jobs.
    for (let looks = 0; page.isConnected; looks++) {
      if (job.run) return go(`/runs/${job.run}`);
      if ((job.state === 'queued' && looks > 4) || !['queued', 'validating', 'running'].includes(job.state)) return go(`/jobs?job=${job.id}`);
      say(page, job.state === 'queued' ? 'waiting for its turn' : 'reading the model, the data and the reward');
      await new Promise((resolve) => setTimeout(resolve, PERIOD_MILLIS));
      job = await get(`/api/jobs/${job.id}`);
    }
  } catch (error) {
    page.startProblem = error;
  } finally {
    say(page, '');
  }
}

function say(page, text) {
  page.starting = text;
  page.requestUpdate();
}
