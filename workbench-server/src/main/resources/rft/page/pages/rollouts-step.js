/** Moves through the steps: a slider below the mean reward, and a button that plays. */
import { LitElement, html, svg, nothing } from '../vendor/lit.js';
import { number } from '../ui.js';

const PLAY_MILLIS = 900;

class StepBar extends LitElement {
  static properties = { steps: { attribute: false }, step: {}, choose: { attribute: false }, follow: {}, following: { attribute: false }, playing: { state: true }, draft: { state: true } };

  createRenderRoot() {
    return this;
  }

  constructor() {
    super();
    this.draft = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  #stop() {
    this.playing = false;
    clearTimeout(this.timer);
  }

  #play() {
    if (this.playing) {
      this.#stop();
      return;
    }
    this.playing = true;
    const { steps } = this.steps;
    const next = async (step) => {
      await this.choose(step);
      if (!this.playing) return;
      const at = this.steps.steps.indexOf(step) + 1;
      if (at >= this.steps.steps.length) this.#stop();
      else this.timer = setTimeout(() => next(this.steps.steps[at]), PLAY_MILLIS);
    };
    const at = steps.indexOf(this.step) + 1;
    next(at >= steps.length ? steps[0] : steps[at]);
  }

  #move(by) {
    this.#stop();
    const next = this.steps.steps[this.steps.steps.indexOf(this.step) + by];
    if (next !== undefined) this.choose(next);
  }

  #slide(event) {
    this.#stop();
    this.draft = this.steps.steps[event.target.valueAsNumber];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.choose(this.draft);
      this.draft = null;
    }, event.type === 'change' ? 0 : 120);
  }

  render() {
    const { steps, means } = this.steps;
    const step = this.draft ?? this.step;
    const at = Math.max(0, steps.indexOf(step));
    return html`<section class="step-bar panel" aria-label="Step">
      <div class="row step-buttons"><button type="button" aria-label="Step before" ?disabled=${at === 0} @click=${() => this.#move(-1)}>◀</button>
        <button type="button" class="play" aria-label=${this.playing ? 'Pause' : 'Play the steps'} aria-pressed=${this.playing ? 'true' : 'false'} @click=${() => this.#play()}>${this.playing ? '❚❚' : '▶▶'}</button>
        <button type="button" aria-label="Step after" ?disabled=${at === steps.length - 1} @click=${() => this.#move(1)}>▶</button></div>
      <div class="step-slide">${curve(means, at)}<input type="range" aria-label="Step" min="0" max=${Math.max(0, steps.length - 1)} step="1" .value=${String(at)} aria-valuetext=${`step ${step}`} @input=${(event) => this.#slide(event)} @change=${(event) => this.#slide(event)}></div>
      <output class="step-name">step <b>${step}</b> <span class="muted">of ${steps.at(-1)}</span><small class="muted">mean reward ${number(means[at])}</small>
        ${this.steps.status === 'running' ? html`<label class="row follow"><input type="checkbox" .checked=${this.follow} @change=${(event) => this.following(event.target.checked)}> Follow the newest</label>` : nothing}</output>
    </section>`;
  }
}

function curve(means, at) {
  const known = means.map((y, x) => [x, y]).filter(([, y]) => Number.isFinite(y));
  if (known.length < 2) return nothing;
  const low = Math.min(...known.map(([, y]) => y));
  const high = Math.max(...known.map(([, y]) => y));
  const x = (place) => ((place / Math.max(1, means.length - 1)) * 100).toFixed(2);
  const points = known.map(([place, y]) => `${x(place)},${(26 - ((y - low) / (high - low || 1)) * 24).toFixed(1)}`).join(' ');
  return html`<svg class="step-curve" viewBox="0 0 100 28" preserveAspectRatio="none" role="img" aria-label=${`Mean reward from ${number(known[0][1])} to ${number(known.at(-1)[1])}`}>${svg`<polyline points=${points}></polyline><line x1=${x(at)} x2=${x(at)} y1="0" y2="28"></line>`}</svg>`;
}

customElements.define('rft-step-bar', StepBar);
