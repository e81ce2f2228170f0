/** The tokens of a rollout, coloured by what is known of each. */
import { html, nothing } from '../vendor/lit.js';
import { NOISE, number } from '../ui.js';
import { appendText, line, onceSeen } from './rollouts-text.js';

const CHUNK = 2500;
const BINS = 10;

/**
 * What colours can say. `signed`: blue above 0, orange below; else the fuller, the more. The scale
 * is fixed, so that rollouts and steps compare; what lies beyond `limit` has the last colour.
 */
export const OVERLAYS = [
  { key: 'none', title: 'None', says: '' },
  { key: 'push', title: 'Push', signed: true, limit: 2, unit: '', says: 'Advantage × (1 − p): blue tokens become likelier, orange ones less likely.', value: (t, i) => known(t.logProbs[i], (l) => t.advantage * (1 - Math.exp(l))) },
  { key: 'advantage', title: 'Advantage', signed: true, limit: 2.5, unit: '', says: 'Of the whole rollout: blue is better than its group, orange worse.', value: (t) => t.advantage },
  { key: 'log-prob', title: 'Log-prob', signed: false, limit: -5, unit: 'nats', says: 'The fuller, the less likely the policy held the token.', value: (t, i) => t.logProbs[i] },
  { key: 'entropy', title: 'Entropy', signed: false, limit: 3, unit: 'nats', says: 'The fuller, the more undecided the policy was.', value: (t, i) => t.entropies[i] },
  { key: 'kl', title: 'KL', signed: true, limit: 2.5, unit: 'nats', says: 'To the base, log-prob minus log-prob: blue tokens became likelier, orange ones less likely.', value: (t, i) => known(t.logProbs[i], (l) => known(t.base[i], (b) => l - b)) },
];

const known = (value, then) => (value === null || value === undefined ? null : then(value));

export const overlayOf = (key) => OVERLAYS.find((each) => each.key === key) ?? OVERLAYS[0];

/** The class of a value's colour, one of eleven. */
export function binClass(overlay, value) {
  if (!overlay.value || value === null || value === undefined || !Number.isFinite(value)) return '';
  const share = value / overlay.limit;
  const bin = overlay.signed ? Math.round(share * (BINS / 2)) + BINS / 2 : Math.round(share * BINS);
  return `${overlay.signed ? 'd' : 'q'}${Math.min(BINS, Math.max(0, bin))}`;
}

/** The colours with their numbers. */
export function legend(overlay) {
  if (!overlay.value) return nothing;
  const from = overlay.signed ? -overlay.limit : 0;
  const at = (bin) => from + ((overlay.limit - from) * bin) / BINS;
  const label = (bin) => (bin === 0 && overlay.signed ? '≤ ' : bin === BINS ? (overlay.limit < 0 ? '≤ ' : '≥ ') : '') + minus(number(at(bin), 2));
  return html`<figure class="colours">
    <div class="colour-bins" role="img" aria-label=${`Colours from ${label(0)} to ${label(BINS)} ${overlay.unit}`}>
      ${Array.from({ length: BINS + 1 }, (_, bin) => html`<span><i class=${binClass(overlay, at(bin))}></i><small>${bin % 5 ? '' : label(bin)}</small></span>`)}
    </div>
    <figcaption class="muted"><small>${overlay.says}${overlay.unit ? ` In ${overlay.unit}.` : ''}</small></figcaption>
  </figure>`;
}

/** What is known of one token, in words. */
export function tokenWords(tokens, i) {
  const logProb = tokens.logProbs[i];
  const parts = [`token ${i + 1} of ${tokens.texts.length}`];
  if (logProb !== null) parts.push(`log-prob ${minus(number(logProb))}`, `p ${number(Math.exp(logProb) * 100)} %`);
  if (tokens.entropies[i] !== null) parts.push(`entropy ${number(tokens.entropies[i])}`);
  const kl = overlayOf('kl').value(tokens, i);
  if (kl !== null) parts.push(`to base ${signed(kl)}`);
  parts.push(`advantage ${signed(tokens.advantage)}`);
  if (logProb !== null) parts.push(`push ${signed(overlayOf('push').value(tokens, i))}`);
  return parts;
}

/** A number's text with a real minus. */
export const minus = (text) => text.replaceAll('-', '−');

export const signed = (value) => (value >= NOISE ? '+' : '') + minus(number(value));

/** An element with one span for each token; arrow keys move between them. */
class Tokens extends HTMLElement {
  #tokens = null;
  #overlay = OVERLAYS[0];
  #spaces = false;
  #spans = [];
  #watch = null;
  #at = 0;

  connectedCallback() {
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', 'Tokens; arrow keys move from one to the next');
    this.addEventListener('keydown', this.#key);
    this.addEventListener('focusin', this.#look);
    this.addEventListener('focusout', this.#leave);
    this.addEventListener('pointerover', this.#look);
    this.addEventListener('pointerleave', this.#leave);
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    this.#leave();
  }

  /** @param value the columns of the server, with `advantage` */
  set tokens(value) {
    if (value === this.#tokens) return;
    const same = value?.texts === this.#tokens?.texts;
    this.#tokens = value;
    if (same) this.#colour();
    else this.#draw();
  }

  set overlay(value) {
    if (value === this.#overlay) return;
    this.#overlay = value;
    this.#colour();
  }

  set spaces(value) {
    if (value === this.#spaces) return;
    this.#spaces = value;
    this.#draw();
  }

  #draw() {
    this.#watch?.disconnect();
    this.#leave();
    this.replaceChildren();
    this.#spans = [];
    this.#at = 0;
    if (this.#tokens) this.#more();
  }

  #more() {
    const { texts, marks } = this.#tokens;
    const from = this.#spans.length;
    const to = Math.min(texts.length, from + CHUNK);
    const piece = document.createDocumentFragment();
    for (let i = from; i < to; i++) {
      const span = document.createElement('span');
      span.dataset.i = i;
      if (texts[i]) appendText(span, texts[i], this.#spaces);
      else appendText(span, marks[i] || '∅', true);
      this.#spans.push(span);
      piece.append(span);
    }
    this.append(piece);
    this.#colour(from);
    if (to < texts.length) this.#watch = onceSeen(this, () => this.#more());
  }

  #colour(from = 0) {
    for (let i = from; i < this.#spans.length; i++) {
      const value = this.#overlay.value?.(this.#tokens, i);
      this.#spans[i].className = `${this.#tokens.texts[i] ? 't' : 't mark'} ${binClass(this.#overlay, value)}`;
    }
    if (this.#spans[this.#at]) this.#spans[this.#at].tabIndex = 0;
  }

  #key = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -this.#at, End: this.#spans.length - 1 - this.#at }[event.key];
    if (by === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    const next = this.#spans[this.#at + by];
    event.preventDefault();
    event.stopPropagation();
    if (!next) return;
    next.tabIndex = 0;
    next.focus();
  };

  #look = (event) => {
    const span = event.target.closest('.t');
    if (!span) return;
    const i = Number(span.dataset.i);
    if (event.type === 'focusin') {
      if (this.#at !== i) this.#spans[this.#at]?.removeAttribute('tabindex');
      this.#at = i;
    }
    this.#show(span, i);
  };

  #show(span, i) {
    const tip = tipElement();
    const head = document.createElement('code');
    head.textContent = line(this.#tokens.texts[i] || this.#tokens.marks[i], 40).replace(/^$/, '␣');
    const words = tokenWords(this.#tokens, i).map((each) => {
      const part = document.createElement('span');
      part.textContent = each;
      return part;
    });
    tip.replaceChildren(head, ...words);
    tip.hidden = false;
    const box = span.getClientRects()[0] ?? span.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8));
    const above = box.top - tip.offsetHeight - 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : box.bottom + 6}px`;
  }

  #leave = () => {
    const tip = document.getElementById('token-tip');
    if (tip) tip.hidden = true;
  };
}

function tipElement() {
  let tip = document.getElementById('token-tip');
  if (!tip) {
    tip = document.createElement('div');
    tip.id = 'token-tip';
    tip.setAttribute('role', 'status');
    document.body.append(tip);
  }
  return tip;
}

customElements.define('rft-tokens', Tokens);
