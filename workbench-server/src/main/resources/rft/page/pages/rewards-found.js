/** What the tools of the reward lab found, as tables. Answers of models are text and nothing else. */
import { html, nothing } from '../vendor/lit.js';
import { change, counted, number } from '../ui.js';

const percent = (share) => `${Math.round(share * 100)} %`;
const words = (name) => String(name).replaceAll('_', ' ');
const MOST_ROWS = 100;

const worth = (verdict) => (verdict.kind === 'score' ? number(verdict.value) : words(verdict.kind));

const table = (caption, heads, rows) => html`<div class="scroll" tabindex="0"><table><caption class="visually-hidden">${caption}</caption>
  <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

/** Examples and whether each came true. */
export function testView({ rows }) {
  const failed = rows.filter((row) => !row.passes).length;
  return html`<p class=${failed ? 'bad' : 'good'}>${failed ? `${failed} of ${rows.length} examples do not come true.` : `All ${rows.length} examples come true.`}</p>
    ${table('Examples', ['Outcome', 'Answer', 'Expected', 'Reward', 'Why'], rows.map((row) => html`<tr><td class=${row.passes ? 'good' : 'bad'}>${row.passes ? 'passes' : 'fails'}</td>
      <td><pre>${row.completion}</pre></td><td>${row.expected}</td><td>${worth(row.verdict)}</td><td>${row.why ?? row.verdict.reason ?? ''}</td></tr>`))}`;
}

/** What a card says of a reward. */
export function cardView({ reading, card }) {
  const { forecast } = card.signal;
  const rows = [
    ['Groups all bad', forecast.all_bad],
    ['Groups mixed, which teach', forecast.mixed],
    ['Groups all good', forecast.all_good],
  ];
  const tone = { ready: 'good', broken: 'bad' }[reading.outcome] ?? 'warn';
  return html`<div class="box ${tone}"><p><b>${words(reading.outcome)}</b>: ${reading.reason}.</p><p>Next: ${reading.next}.</p></div>
    <table class="plain"><tbody>
      ${rows.map(([name, share]) => html`<tr><th scope="row">${name}</th><td>${percent(share.mean)} <small class="muted">(${percent(share.low)} to ${percent(share.high)})</small></td></tr>`)}
      <tr><th scope="row">Reference answers with full marks</th><td>${card.gold.full} of ${card.gold.judged}</td></tr>
      <tr><th scope="row">Mean reward now</th><td>${number(card.rewards.mean)}</td></tr>
      <tr><th scope="row">Calls that failed</th><td>${card.trouble.failed.count} of ${card.trouble.failed.of}</td></tr>
      <tr><th scope="row">A call takes</th><td>${number(card.latency.p50_seconds * 1000)} ms <small class="muted">(p95 ${number(card.latency.p95_seconds * 1000)} ms)</small></td></tr>
    </tbody></table>`;
}

/** Which wrong answers were paid. */
export function probeView({ probe, faults }) {
  const bad = probe.rows.filter((row) => !row.holds);
  return html`<p class=${bad.length ? 'bad' : 'good'}>${bad.length ? `It pays for ${faults.map((fault) => words(fault.kind)).join(', ')}: ${bad.length} of ${probe.rows.length} attacks succeed.` : `None of ${probe.rows.length} attacks succeeds on ${counted(probe.tasks, 'task')}.`}</p>
    ${table('Attacks', ['Outcome', 'Attack', 'Kind', 'Paid', 'An answer', 'Reward'], [...bad, ...probe.rows.filter((row) => row.holds)].map((row) => html`<tr>
      <td class=${row.holds ? 'good' : 'bad'}>${row.holds ? 'holds' : 'pays'}</td><th scope="row">${row.attack}</th><td>${words(row.kind)}</td>
      <td>${row.paid.count} of ${row.paid.of}</td><td>${row.example ? html`<pre>${row.example.text}</pre>` : nothing}</td><td>${row.example ? number(row.example.reward) : ''}</td></tr>`))}`;
}

/** Holes that a model found. */
export function breakView({ found }) {
  const { holes } = found;
  return html`<p class=${holes.length ? 'bad' : 'good'}>${holes.length ? counted(holes.length, 'hole') : 'No hole'} in ${counted(found.attempts, 'answer')} to ${counted(found.tasks, 'task')}.</p>
    ${holes.length ? table('Holes', ['Fault', 'Answer', 'Right would be', 'It earns', 'Right earns', 'True score', 'From'], holes.slice(0, MOST_ROWS).map((hole) => html`<tr><th scope="row">${words(hole.kind)}</th>
      <td><pre>${hole.text}</pre></td><td><pre>${hole.reference}</pre></td><td>${number(hole.reward)}</td><td>${number(hole.gold_reward)}</td><td>${number(hole.true_score)}</td><td>${hole.origin}</td></tr>`)) : nothing}`;
}

/** What another reward would change. */
export function diffView({ first, second, diff }) {
  const { flips, scores, signal, order } = diff;
  const cases = diff.cases.filter((each) => each.change !== 'other advantage');
  return html`<table class="plain"><tbody>
      <tr><th scope="row">Answers</th><td>${diff.answers} in ${counted(diff.groups, 'group')}</td></tr>
      <tr><th scope="row">Mean reward</th><td>${number(scores.first_mean)} → ${number(scores.second_mean)} ${change(scores.second_mean, scores.first_mean, '')}</td></tr>
      <tr><th scope="row">Pass with both</th><td>${flips.by_both}</td></tr>
      <tr><th scope="row">Pass with ${second} only</th><td>${flips.gained}</td></tr>
      <tr><th scope="row">Pass with ${first} only</th><td>${flips.lost}</td></tr>
      <tr><th scope="row">Groups that begin to teach</th><td>${signal.gained.length}; end to teach: ${signal.lost.length}</td></tr>
      <tr><th scope="row">Pairs in the other order</th><td>${order.inverted} of ${order.pairs}</td></tr>
    </tbody></table>
    ${cases.length ? table('Answers that change most', ['What', 'Answer', 'Reference', first, second], cases.slice(0, MOST_ROWS).map((each) => html`<tr><td>${each.change}${each.times > 1 ? ` (${counted(each.times, 'time')})` : ''}</td>
      <td><pre>${each.text}</pre></td><td><pre>${each.reference ?? ''}</pre></td><td>${worth(each.first)}</td><td>${worth(each.second)}</td></tr>`)) : html`<p>No answer is judged otherwise.</p>`}`;
}
