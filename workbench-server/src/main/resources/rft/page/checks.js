/** Things the server finds out in a process of its own: starts one and follows it to its end. */
import { get, post, remove } from './api.js';

const PERIOD_MILLIS = 400;

/**
 * Runs a check to its end.
 * @param {object} request what POST /api/checks takes
 * @param {(view: object) => void} hear is told how far it is
 * @param {AbortSignal} [signal] ends it, on the server too
 * @returns {Promise<object>} the last view; `state` is `done` or `failed`
 */
export async function runCheck(request, hear = () => {}, signal = undefined) {
  const { id } = await post('/api/checks', request, { signal });
  const end = () => remove(`/api/checks/${id}`).catch(() => {});
  signal?.addEventListener('abort', end, { once: true });
  for (;;) {
    const view = await get(`/api/checks/${id}`, {}, { signal });
    hear(view);
    if (view.state !== 'running') {
      signal?.removeEventListener('abort', end);
      return view;
    }
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MILLIS));
  }
}

/** What a running check does, in a few words. */
export function doing(view) {
  if (!view) return 'starting';
  return view.says ? `${view.says} ${view.done}${view.total ? ` of ${view.total}` : ''}` : 'starting';
}
