import { html, render } from '../vendor/lit.js';

const WORDS = { HF: 'Hugging Face folder, for transformers', GGUF: 'GGUF file, for llama.cpp', ADAPTER: 'Adapter alone, for PEFT' };

/** Asks how to write a checkpoint; resolves to {format, type}, or to null if it was not wanted. */
export function exportDialog(step, forms) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', `Export step ${step}`);
    const draw = (form) =>
      render(
        html`<h2>Export step ${step}</h2>
          <form method="dialog" class="stack">
            <label>Format <select name="format" @change=${(event) => draw(forms[event.target.selectedIndex])}>${forms.map((one) => html`<option value=${one.format}>${WORDS[one.format] ?? one.format}</option>`)}</select></label>
            <label>Weights <select name="type">${form.types.map((type) => html`<option value=${type}>${type}</option>`)}</select></label>
            <div class="row end"><button value="no" formnovalidate>Cancel</button><button value="yes" class="primary">Export</button></div>
          </form>`,
        dialog,
      );
    draw(forms[0]);
    dialog.addEventListener('close', () => {
      const chosen = dialog.querySelector('form');
      resolve(dialog.returnValue === 'yes' ? { format: chosen.elements.format.value, type: chosen.elements.type.value } : null);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
