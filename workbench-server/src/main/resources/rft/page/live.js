/**
 * News from the server: one stream for the whole page, shared by all who watch. The browser goes on
 * from the last event it saw; what cannot be resumed comes as `resync`, and one loads anew.
 */

import { get } from './api.js';

/** @typedef {{type: string, data: any, id: string}} News */

const TYPES = ['run', 'runs', 'metrics', 'event', 'rollouts', 'checkpoint', 'resync', 'gone', 'here'];
const HIDDEN_MILLIS = 60_000;

/** @type {Map<object, {topics: string[], hear: (news: News) => void, at: Map<string, string>}>} */
const watchers = new Map();
/** Where the stream is in each topic. @type {Map<string, string>} */
let reached = new Map();
let source = null;
let open = '';
let lastId = '';
let pending = 0;
let hiddenTimer = 0;

export const connection = new EventTarget();
connection.state = 'idle';

/**
 * Hears the news of some topics, for example `runs` or `run:ID`, each once.
 * @param {string[]} topics
 * @param {(news: News) => void} hear
 * @param {string|Record<string, string>|null} since `sequence` of the state that was loaded before:
 *   of the first topic, or by topic
 * @returns {() => void} ends it
 */
export function watch(topics, hear, since = null) {
  const key = {};
  const at = new Map(since === null || since === undefined ? [] : typeof since === 'object' ? Object.entries(since) : [[topics[0], String(since)]]);
  watchers.set(key, { topics, hear, at });
  for (const [topic, position] of at) {
    // What the others have heard already must come again for this one.
    if (reached.has(topic) && isBeyond(reached.get(topic), position)) open = '';
  }
  schedule();
  return () => {
    watchers.delete(key);
    schedule();
  };
}

function schedule() {
  clearTimeout(pending);
  pending = setTimeout(connect, 0);
}

function connect() {
  const topics = [...new Set([...watchers.values()].flatMap((watcher) => watcher.topics))].sort().join(',');
  if (topics === open && source && source.readyState !== EventSource.CLOSED) return;
  source?.close();
  source = null;
  open = topics;
  lastId = '';
  reached = new Map();
  if (!topics) {
    say('idle');
    return;
  }
  const from = earliest();
  const query = new URLSearchParams({ topics });
  if (from.size) query.set('since', [...from].map(([topic, position]) => `${topic}@${position}`).join(','));
  source = new EventSource(`/api/stream?${query}`);
  source.onopen = () => say('live');
  source.onerror = () => {
    say('lost');
    // A refused stream is not retried by the browser.
    if (source?.readyState === EventSource.CLOSED) {
      open = '';
      // Why, it does not say: where the session has ended, this opens the page that says so.
      get('/api/session').catch(() => {});
      pending = setTimeout(connect, 3000);
    }
  };
  for (const type of TYPES) source.addEventListener(type, deliver);
}

/** Where the one who is furthest behind is, by topic. */
function earliest() {
  const from = new Map();
  for (const { topics, at } of watchers.values()) {
    for (const topic of topics.filter((name) => at.has(name))) {
      const position = at.get(topic);
      if (!from.has(topic) || isBeyond(from.get(topic), position)) from.set(topic, position);
    }
  }
  return from;
}

/** A position is numbers with dots between; the first says which counting the others belong to, if there are others. */
function isBeyond(position, other) {
  const [one, two] = [position, other].map((text) => text.split('.').map(Number));
  if (one[0] !== two[0]) return one[0] > two[0];
  return one.some((number, i) => number > two[i]);
}

function deliver(message) {
  // Only news that move on bring an id; the others tell how something is now.
  const moves = message.lastEventId !== lastId;
  lastId = message.lastEventId;
  for (const part of moves ? lastId.split(',') : []) {
    const end = part.lastIndexOf('@');
    reached.set(part.slice(0, end), part.slice(end + 1));
  }
  const news = { type: message.type, data: message.data ? JSON.parse(message.data) : null, id: lastId };
  for (const { topics, hear, at } of [...watchers.values()]) {
    const about = news.data?.topic ? topics.filter((topic) => topic === news.data.topic) : topics;
    const fresh = about.filter((topic) => !moves || !reached.has(topic) || !at.has(topic) || isBeyond(reached.get(topic), at.get(topic)));
    if (moves) fresh.filter((topic) => reached.has(topic)).forEach((topic) => at.set(topic, reached.get(topic)));
    const lost = news.type === 'resync' && about.length;
    if ((fresh.length || lost) && news.type !== 'here') hear(news);
  }
}

function say(state) {
  if (connection.state === state) return;
  connection.state = state;
  connection.dispatchEvent(new Event('change'));
}

// Browsers allow six streams to one server: a page that nobody sees gives its stream back.
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(() => {
      source?.close();
      source = null;
      open = '';
    }, HIDDEN_MILLIS);
  } else if (!source) {
    schedule();
  }
});
