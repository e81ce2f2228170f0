/** What the page asks its server. Every failure is an ApiError with one sentence for the user. */

const LOGIN = '/api/login';
/** Where this tab keeps a code that is not traded yet. */
const CODE = 'rft-code';
const PAUSES_MILLIS = [300, 1000, 2500];

export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 when the server was not reached
   * @param {string} code
   */
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Addresses a path with its query; values that are null or undefined are left out. */
export function url(path, query = {}) {
  const parameters = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return parameters.length ? `${path}?${new URLSearchParams(parameters)}` : path;
}

/** @returns {Promise<any>} the JSON of an address */
export const get = (path, query, options = {}) => request('GET', url(path, query), undefined, options);

/** Changes something. @returns {Promise<any>} what the server says of it */
export const post = (path, body = {}, options = {}) => request('POST', path, body, options);

/** Removes something. */
export const remove = (path, options = {}) => request('DELETE', path, {}, options);

async function request(method, path, body, { signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json', 'X-RFT': '1' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok) return response.status === 204 ? null : await response.json();
  } catch (cause) {
    if (cause.name === 'AbortError') throw cause;
    throw new ApiError('The workbench does not answer. Is it still running?', 0, 'unreachable');
  }
  throw await failure(response);
}

/** Reads a refused response; also for pages that use fetch themselves, to upload or to stream. */
export async function failure(response) {
  let error = {};
  try {
    error = (await response.json()).error ?? {};
  } catch {
    // No JSON: a proxy answered, or nothing.
  }
  // A code that is of no use says nothing about the session that the browser may have.
  if (response.status === 401 && new URL(response.url).pathname !== LOGIN) dispatchEvent(new Event('rft-signed-out'));
  return new ApiError(error.message ?? `The workbench answered with status ${response.status}.`, response.status, error.code ?? '');
}

/** Asks again, a few times within seconds, while the server is busy or not reached. */
export async function patiently(ask) {
  for (const pause of PAUSES_MILLIS) {
    try {
      return await ask();
    } catch (error) {
      if (error.status !== 0 && !(error.status >= 500)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return ask();
}

/** The one-time code in the address; null for none. */
export const codeInAddress = () => new URLSearchParams(location.hash.slice(1)).get('code');

/**
 * Trades the one-time code in the address, which never leaves the browser otherwise, for a cookie. The code leaves the address at once;
 * the tab keeps it until the server has answered, so that one can try again or load the page anew.
 * @returns {Promise<void>}
 */
export async function signIn() {
  const given = codeInAddress();
  if (given) {
    sessionStorage.setItem(CODE, given);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  const code = sessionStorage.getItem(CODE);
  if (!code) return;
  await patiently(() => post(LOGIN, { code })).catch((error) => {
    if (error.status !== 401 && error.status !== 403) throw error;
  });
  sessionStorage.removeItem(CODE);
}
