/**
 * Text that a model wrote, made harmless to look at: what would be invisible, turn the line around
 * or pile up becomes a symbol. Always text nodes, never HTML.
 */

const NAMES = {
  0x7f: 'DEL', 0xad: 'SHY', 0x61c: 'ALM', 0x200b: 'ZWSP', 0x200c: 'ZWNJ', 0x200d: 'ZWJ', 0x200e: 'LRM', 0x200f: 'RLM', 0x2028: 'LS', 0x2029: 'PS',
  0x202a: 'LRE', 0x202b: 'RLE', 0x202c: 'PDF', 0x202d: 'LRO', 0x202e: 'RLO', 0x2060: 'WJ', 0x2066: 'LRI', 0x2067: 'RLI', 0x2068: 'FSI',
  0x2069: 'PDI', 0xfeff: 'BOM',
};
const CONTROLS = 'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ');
const MOST_MARKS = 4;
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}|\p{M}{5,}/gu;
const HIDDEN_OR_SPACE = /[\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}|\p{M}{5,}/gu;

/** A symbol for what matched: `[kept text, symbol, text that follows]`. */
function symbol(match) {
  const code = match.codePointAt(0);
  if (code === 0x20) return ['', '·', ''];
  if (code === 0x0a) return ['', '↵', '\n'];
  if (code === 0x09) return ['', '→', '\t'];
  if (code === 0xa0) return ['', '⍽', ''];
  if (code < 0x20) return ['', `⟨${CONTROLS[code]}⟩`, ''];
  const points = [...match];
  if (points.length > MOST_MARKS) return [points.slice(0, MOST_MARKS).join(''), `⟨+${points.length - MOST_MARKS} marks⟩`, ''];
  return ['', `⟨${NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}⟩`, ''];
}

/**
 * Puts a text into an element.
 * @param {Node} place
 * @param {string} text
 * @param {boolean} spaces whether spaces and ends of lines are shown, too
 */
export function appendText(place, text, spaces = false) {
  let from = 0;
  for (const found of text.matchAll(spaces ? HIDDEN_OR_SPACE : HIDDEN)) {
    const [kept, sign, after] = symbol(found[0]);
    const before = text.slice(from, found.index) + kept;
    if (before) place.append(before);
    const span = document.createElement('span');
    span.className = 'sym';
    span.textContent = sign;
    place.append(span);
    if (after) place.append(after);
    from = found.index + found[0].length;
  }
  if (from < text.length) place.append(from ? text.slice(from) : text);
}

/** A text in one line, with symbols for what is not to be seen. */
export const flat = (text) => text.replace(HIDDEN, (match) => symbol(match).join('')).replace(/\s+/g, ' ');

/** The beginning of a text in one line. */
export const line = (text, most = 200) => (text.length > most ? `${flat(text.slice(0, most)).trim()}…` : flat(text).trim());

/** An element that shows a text of any length, the rest of it as one scrolls: `text`, `spaces`. */
class SafeText extends HTMLElement {
  #text = '';
  #spaces = false;
  #left = '';
  #watch = null;

  set text(value) {
    if (value === this.#text) return;
    this.#text = value ?? '';
    this.#draw();
  }

  set spaces(value) {
    if (value === this.#spaces) return;
    this.#spaces = value;
    this.#draw();
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
  }

  #draw() {
    this.#watch?.disconnect();
    this.replaceChildren();
    this.#left = this.#text;
    this.#more();
  }

  #more() {
    const most = 20_000;
    const cut = this.#left.length > most && /[\ud800-\udbff]/.test(this.#left[most - 1]) ? most + 1 : most;
    appendText(this, this.#left.slice(0, cut), this.#spaces);
    this.#left = this.#left.slice(cut);
    if (this.#left) this.#watch = onceSeen(this, () => this.#more());
  }
}

/** Calls back when the end of an element comes into view. @returns {IntersectionObserver} */
export function onceSeen(place, then) {
  const end = document.createElement('span');
  end.className = 'more';
  end.textContent = '…';
  place.append(end);
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    end.remove();
    then();
  }, { rootMargin: '300px' });
  watch.observe(end);
  return watch;
}

customElements.define('rft-safe-text', SafeText);
