/** The bar of `rft demo`: the replay's speed, and a tour of ten stops through three recorded runs. */
import { LitElement, html, nothing } from '../vendor/lit.js';
import { get, post } from '../api.js';
import { go } from '../router.js';
import { toastError } from '../ui.js';

const SPEEDS = [1, 2, 5, 10, 20, 50];
const POLL_MILLIS = 1000;
const STOP_KEY = 'rft-tour-stop';

/** Where a stop leads, how far a run must be for it, what it points at, and what there is to see. */
const STOPS = [
  {
    path: '/',
    at: 'rft-runs-page table',
    title: 'Three trainings, recorded',
    text: 'They really happened on a laptop, and are written again now, as if they were training: one learns, one cheats, one collapses. Nothing is computed here.',
  },
  {
    path: '/runs/demo-learns',
    at: '#chart-reward',
    reach: { run: 'demo-learns', step: 20 },
    title: 'A run that learns',
    text: 'The mean reward of each step, and the band that eight of ten answers lie in. The dots are validation: questions it is never trained on. Both rise together, as they should.',
  },
  {
    path: '/runs/demo-learns',
    at: '#chart-groups',
    reach: { run: 'demo-learns', step: 20 },
    title: 'Where the signal is',
    text: 'Each question is answered many times. Only groups with better and worse answers teach: all right or all wrong means an advantage of zero. Watch the mixed ones turn good.',
  },
  {
    path: '/runs/demo-learns/rollouts?step=10',
    at: '.rollouts-list',
    reach: { run: 'demo-learns', step: 10 },
    title: 'Every answer is there to read',
    text: 'The answers to one question, best first, with reward and advantage: how much better than its group an answer is. That number is all the training knows. Keys: j and k for answers, left and right for steps.',
  },
  {
    path: '/runs/demo-learns/rollouts?step=10&overlay=entropy',
    at: '.detail',
    reach: { run: 'demo-learns', step: 10 },
    title: 'Token by token',
    text: 'Colour shows where the model hesitated. Hover or focus a token for its numbers; the switch above changes what the colour means.',
  },
  {
    path: '/runs/demo-hacks',
    at: '#chart-reward',
    reach: { run: 'demo-hacks', step: 40 },
    title: 'A run that cheats',
    text: 'The reward pays for any JSON object, and climbs to its limit within ten steps. The dots are what one really wants, checked on validation, which the training never sees: they do not come along.',
  },
  {
    path: '/runs/demo-hacks',
    at: '.run-health',
    reach: { run: 'demo-hacks', step: 40 },
    title: 'The alarm',
    text: 'The health panel compares a run with its own first steps. It says what parted from what, since when, which answers show it, and what to try.',
  },
  {
    path: '/runs/demo-hacks/rollouts?step=20',
    at: '.rollouts-list',
    reach: { run: 'demo-hacks', step: 20 },
    title: 'What it was paid for',
    text: 'Read the answers with full reward: well-formed JSON with the wrong content. A reward can be attacked before a training does it: rft reward probe.',
  },
  {
    path: '/runs/demo-collapses',
    at: '#chart-groups',
    reach: { run: 'demo-collapses', step: 50 },
    title: 'A run that collapses',
    text: 'The learning rate is six times too high. It learns for ten steps, then loses what it had: groups turn all bad, no answer is better than another, and nothing is left to learn from.',
  },
  {
    path: '/compare?runs=demo-learns,demo-hacks,demo-collapses',
    at: '[aria-label="Last and best values"]',
    reach: { run: 'demo-collapses', step: 50 },
    title: 'Side by side',
    text: 'The same curves over each other, and what differs in options and reward. Now yours: ./rft quickstart trains a real model here in half a minute.',
  },
];

class Tour extends LitElement {
  static properties = { demo: { state: true }, stop: { state: true } };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.stop = Number(sessionStorage.getItem(STOP_KEY) ?? -1);
    this.#poll();
    this.timer = setInterval(() => document.hidden || this.#poll(), POLL_MILLIS);
    addEventListener('rft-route', () => this.#point());
    this.#point();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async #poll() {
    try {
      this.demo = await get('/api/demo');
    } catch {
      // The server is gone: the page says so already.
    }
  }

  async #steer(wish) {
    try {
      this.demo = await post('/api/demo', wish);
    } catch (error) {
      toastError(error);
    }
  }

  async #visit(index) {
    this.stop = index;
    sessionStorage.setItem(STOP_KEY, String(index));
    this.#unpoint();
    if (index < 0) return;
    const { path, reach } = STOPS[index];
    if (reach) await this.#steer({ reach });
    if (this.stop !== index) return;
    if (location.pathname + location.search !== path) go(path);
    this.#point();
  }

  /** Marks what the stop is about, as soon as the page shows it. */
  #point() {
    this.#unpoint();
    const stop = STOPS[this.stop];
    if (!stop) return;
    const until = Date.now() + 8000;
    const look = () => {
      const found = STOPS[this.stop] === stop && document.querySelector(`main ${stop.at}`);
      if (found) {
        this.marked = found;
        found.classList.add('toured');
        found.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
      } else if (Date.now() < until && STOPS[this.stop] === stop) {
        this.looking = setTimeout(look, 150);
      }
    };
    look();
  }

  #unpoint() {
    clearTimeout(this.looking);
    this.marked?.classList.remove('toured');
    this.marked = null;
  }

  render() {
    const stop = STOPS[this.stop];
    return html`
      ${stop
        ? html`<section class="tour-card" aria-live="polite" aria-label="Tour">
            <h2>${stop.title}</h2>
            <p>${stop.text}</p>
            <div class="row">
              <button type="button" ?disabled=${this.stop === 0} @click=${() => this.#visit(this.stop - 1)}>Back</button>
              ${this.stop < STOPS.length - 1
                ? html`<button type="button" class="primary" @click=${() => this.#visit(this.stop + 1)}>Next</button>`
                : html`<button type="button" class="primary" @click=${() => this.#visit(-1)}>Done</button>`}
              <span class="muted grow">${this.stop + 1} of ${STOPS.length}</span>
              <button type="button" class="quiet" @click=${() => this.#visit(-1)}>End the tour</button>
            </div>
          </section>`
        : nothing}
      <section class="tour-bar" aria-label="Replay">
        <strong>Demo</strong>
        ${stop ? nothing : html`<button type="button" class="primary" @click=${() => this.#visit(0)}>Take the tour</button>`}
        ${this.demo ? this.#controls(this.demo) : nothing}
      </section>`;
  }

  #controls(demo) {
    const ended = demo.seconds >= demo.total;
    return html`
      <button type="button" ?disabled=${ended} @click=${() => this.#steer({ playing: !demo.playing })}>${demo.playing ? 'Pause' : 'Play'}</button>
      <label class="row">Speed
        <select @change=${(event) => this.#steer({ speed: Number(event.target.value) })}>
          ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === demo.speed}>${speed}x</option>`)}
        </select>
      </label>
      <progress max=${demo.total} value=${demo.seconds} aria-label="Replayed"></progress>
      <span class="muted tour-time">${Math.round(demo.seconds)} of ${Math.round(demo.total)} s</span>
      <button type="button" @click=${() => this.#steer({ restart: true })}>From the start</button>
      ${demo.problem ? html`<span class="bad">${demo.problem}</span>` : nothing}`;
  }
}

customElements.define('rft-tour', Tour);
document.body.append(document.createElement('rft-tour'));
document.documentElement.dataset.demo = '';
