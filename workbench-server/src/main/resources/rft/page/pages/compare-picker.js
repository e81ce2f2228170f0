import { html, nothing } from '../vendor/lit.js';
import { format } from '../chart-lines.js';
import { age, counted, statusBadge } from '../ui.js';

const MOST = 12;

/** Which runs are compared, and the list to take them from. */
export function picker(page) {
  const { list, runs, ids } = page;
  const words = (page.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = list.filter((run) => words.every((word) => [run.id, run.name, run.task, run.reward, run.status, ...run.tags].join(' ').toLowerCase().includes(word)));
  const toggle = (id, on) => page.choose(on ? [...ids, id] : ids.filter((one) => one !== id));
  return html`<section class="compare-chosen" aria-label="Runs">
    ${runs.map((run) => html`<span class="compare-run"><svg class="swatch c${run.color}" viewBox="0 0 18 8" width="18" height="8" aria-hidden="true"><path d="M0 4H18" stroke-dasharray=${(run.dash ?? []).join(' ')}></path></svg>
      <a href=${`/runs/${run.page.id}`} title=${run.page.id}>${page.labelOf(run)}</a> ${statusBadge(run.page.status)}
      <button type="button" class="quiet" aria-label="Leave out ${page.labelOf(run)}" @click=${() => toggle(run.page.id, false)}>×</button></span>`)}
    ${page.missing.map(({ id }) => html`<span class="compare-run"><span class="mono muted">${id}</span>
      <button type="button" class="quiet" aria-label="Leave out ${id}" @click=${() => toggle(id, false)}>×</button></span>`)}
    <details class="compare-add" ?open=${!ids.length}><summary class="button">${ids.length ? 'Add or remove runs' : 'Pick runs'}</summary>
      <div class="panel stack">
        <input type="search" placeholder="Name, task, reward, tag" aria-label="Search runs" .value=${page.search ?? ''} @input=${(event) => ((page.search = event.target.value), page.requestUpdate())}>
        <div class="scroll compare-list" tabindex="0" role="region" aria-label="Runs to pick"><table><tbody>${found.map((run) => html`<tr>
          <td><input type="checkbox" id=${`pick-${run.id}`} .checked=${ids.includes(run.id)} ?disabled=${Boolean(run.problem) || (!ids.includes(run.id) && ids.length >= MOST)} @change=${(event) => toggle(run.id, event.target.checked)}></td>
          <td><label for=${`pick-${run.id}`}>${run.name}</label><small class="mono muted">${run.id}</small></td><td>${statusBadge(run.status)}</td><td>${run.task ?? ''}</td>
          <td class="number">${run.seed === null || run.seed === undefined ? '' : `seed ${run.seed}`}</td><td class="number">${counted(run.step, 'step')}</td><td class="number">${format(run.rewardMean, 'reward')}</td><td class="muted nowrap">${age(run.created)}</td></tr>`)}</tbody></table>
          ${found.length ? nothing : html`<p class="empty">${list.length ? 'No run is like that.' : 'There is no run yet.'}</p>`}</div>
        ${ids.length >= MOST ? html`<p class="muted">${MOST} runs are as many as can be told apart.</p>` : nothing}
      </div></details>
  </section>`;
}
