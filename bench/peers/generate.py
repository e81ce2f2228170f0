"""transformers.generate alone.  python bench/peers/generate.py f32|bf16"""

import sys

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

from setting import GROUP, MODEL, NEW_TOKENS, STEPS, THREADS, peak_gib, prompt_ids, seconds, write


def main(precision):
    torch.set_num_threads(THREADS)
    dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[precision]
    model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=dtype).eval()
    prompts = prompt_ids(AutoTokenizer.from_pretrained(MODEL))
    ids = torch.tensor([prompt for prompt in prompts for _ in range(GROUP)])

    @torch.no_grad()
    def generate():
        out = model.generate(
            ids, attention_mask=torch.ones_like(ids), do_sample=True, temperature=1.0, top_k=0, top_p=1.0,
            min_new_tokens=NEW_TOKENS, max_new_tokens=NEW_TOKENS)
        assert out.shape == (len(ids), ids.shape[1] + NEW_TOKENS)

    time = seconds(generate, repeats=min(2, STEPS))
    write(f"generate-transformers-{precision}", transformers=transformers.__version__, torch=torch.__version__,
          seconds=time, tokens_per_second=len(ids) * NEW_TOKENS / time, peak_gib=peak_gib())


if __name__ == "__main__":
    main(sys.argv[1])
