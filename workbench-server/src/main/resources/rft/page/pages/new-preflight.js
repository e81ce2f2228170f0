import { html, nothing, ref } from '../vendor/lit.js';
import { doing } from '../checks.js';
import { counted, duration, errorBox, number } from '../ui.js';
import { check } from './new-reward.js';

const key = (form) => JSON.stringify([form.model, form.data, form.reward, form.version ?? 0, form.options]);

/** Step 5: is there a signal, does it fit, how long will it take? */
export function preflightStep(page) {
  const { form } = page;
  const found = form.preflight?.key === key(form) ? form.preflight : null;
  const at = page.running.card ?? page.running.measure;
  return html`<p>Before anything is trained: the model answers some tasks, the reward judges them, and two steps of the real size are timed.
      <span class="muted">You may skip this.</span></p>
    <div class="row"><button type="button" class=${found ? '' : 'primary'} ?disabled=${Boolean(at)} @click=${() => run(page)}>Run the pre-flight</button>
      ${at ? html`<span role="status">${page.running.card ? 'Card' : 'Measurement'}: ${doing(at.view)}</span>
        <button type="button" class="quiet" @click=${() => at.abort.abort()}>Cancel</button>` : nothing}</div>
    ${found ? html`<div class="new-two">${card(found.card)}${measure(page, found.measure)}</div>` : nothing}`;
}

async function run(page) {
  const { form } = page;
  const base = { model: form.model, data: form.data, reward: form.reward, options: form.options };
  const found = { key: key(form), card: null, measure: null };
  const seen = await check(page, 'card', { ...base, kind: 'card' });
  if (!seen) return;
  found.card = { error: seen.error, result: summary(seen.result) };
  page.set({ preflight: { ...found } }, { check: false });
  // One after the other: beside a card the measurement would be of both.
  const measured = await check(page, 'measure', { ...base, kind: 'measure' });
  if (!measured) return;
  found.measure = { error: measured.error, said: measured.said, measured: measured.measured };
  page.set({ preflight: { ...found } }, { check: false });
}

/** What of a card is shown. */
const summary = (result) => result && { reading: result.reading, forecast: result.card.signal.forecast, gold: { judged: result.card.gold.judged, full: result.card.gold.full },
  failed: result.card.trouble.failed, latency: result.card.latency, mean: result.card.rewards.mean };

const TONES = { ready: 'good', broken: 'bad', too_hard: 'warn', too_easy: 'warn', not_sure: 'warn' };
const percent = (share) => `${Math.round(share * 100)} %`;

function card(seen) {
  if (!seen) return nothing;
  if (seen.error) return html`<section class="panel stack"><h3>Reward card</h3>${errorBox(seen.error)}</section>`;
  const { reading, forecast, gold, failed, latency, mean } = seen.result;
  const parts = [['all bad', forecast.all_bad], ['mixed', forecast.mixed], ['all good', forecast.all_good]];
  return html`<section class="panel stack"><h3>Reward card</h3>
    <div class="box ${TONES[reading.outcome] ?? ''}"><p><b>${reading.outcome.replaceAll('_', ' ')}</b>: ${reading.reason}.</p><p>Next: ${reading.next}.</p></div>
    <div><div class="new-mix" role="img" aria-label=${parts.map(([name, share]) => `${name} ${percent(share.mean)}`).join(', ')}>${parts.map(([name, share]) => html`<span data-part=${name} ${ref((element) => element && (element.style.flexGrow = share.mean))}></span>`)}</div>
      <dl class="new-facts">${parts.map(([name, share]) => html`<dt>Groups ${name}</dt><dd>${percent(share.mean)} <small class="muted">(${percent(share.low)} to ${percent(share.high)})</small></dd>`)}
      <dt>Groups without a signal</dt><dd>${percent(1 - forecast.mixed.mean)} of groups of ${forecast.group_size}</dd>
      <dt>Mean reward now</dt><dd>${number(mean)}</dd>
      <dt>Reference answers with full marks</dt><dd>${gold.full} of ${gold.judged}</dd>
      <dt>Calls that failed</dt><dd>${failed.count} of ${failed.of}</dd>
      <dt>A call takes</dt><dd>${number(latency.p50_seconds * 1000)} ms (p95 ${number(latency.p95_seconds * 1000)} ms)</dd></dl></div>
  </section>`;
}

function measure(page, seen) {
  if (!seen) return nothing;
  if (seen.error || !seen.measured) return html`<section class="panel stack"><h3>Time and memory</h3>${errorBox(seen.error ?? { message: 'Nothing was measured.' })}</section>`;
  const { stepSeconds, startSeconds, tokensPerSecond, peakBytes, mixed } = seen.measured;
  const steps = Number(page.form.options['--steps'] ?? page.lists.options.find((field) => field.option === '--steps').default);
  // Rows are left out for other reasons, too; the step with the data shows those.
  const tooLong = seen.said.filter((sentence) => /training tasks? .*not fit/.test(sentence));
  return html`<section class="panel stack"><h3>Time and memory</h3>
    <dl class="new-facts"><dt>One step</dt><dd>${number(stepSeconds)} s, measured</dd>
      <dt>All ${counted(steps, 'step')}</dt><dd>about ${duration(startSeconds + steps * stepSeconds)} <small class="muted">and the time of validations</small></dd>
      <dt>Start</dt><dd>${number(startSeconds)} s</dd>
      <dt>Speed</dt><dd>${number(tokensPerSecond)} tokens/s</dd>
      <dt>Memory</dt><dd>${peakBytes ? `${number(peakBytes / 2 ** 30)} GiB at most` : 'not known on this system'}</dd>
      <dt>Groups with a signal in these steps</dt><dd>${mixed === null ? '–' : percent(mixed)}</dd>
      <dt>Prompts too long</dt><dd>${tooLong.length ? tooLong.join(' ') : 'none'}</dd></dl>
    <small class="muted">Two steps of the full size beside whatever else this machine did.</small></section>`;
}
