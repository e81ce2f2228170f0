"""Batched decoding of llama.cpp: prompts shared within a group, all sequences advance together.

    python bench/peers/llamacpp.py MODEL.gguf NAME

Draws with llama.cpp's own sampler. The tokens come from the setting's prompts.
"""

import sys
import time

import llama_cpp as llama
from transformers import AutoTokenizer

from setting import GROUP, MODEL, NEW_TOKENS, STEPS, THREADS, peak_gib, prompt_ids, write


def fill(batch, entries):
    """Entries are (token, position, sequence, wants logits)."""
    batch.n_tokens = len(entries)
    for i, (token, position, sequence, wanted) in enumerate(entries):
        batch.token[i] = token
        batch.pos[i] = position
        batch.n_seq_id[i] = 1
        batch.seq_id[i][0] = sequence
        batch.logits[i] = wanted


def decode(context, batch):
    if llama.llama_decode(context, batch) != 0:
        raise SystemExit("llama_decode failed")


def run(context, sampler, batch, prompts):
    """Returns the seconds of the prompts and of the rest."""
    memory = llama.llama_get_memory(context)
    llama.llama_memory_clear(memory, True)
    start = time.perf_counter()
    length = len(prompts[0])
    fill(batch, [(t, i, p * GROUP, i + 1 == length) for p, prompt in enumerate(prompts) for i, t in enumerate(prompt)])
    decode(context, batch)
    tokens = []
    for p in range(len(prompts)):
        for g in range(GROUP):
            if g:
                llama.llama_memory_seq_cp(memory, p * GROUP, p * GROUP + g, 0, length)
            tokens.append(llama.llama_sampler_sample(sampler, context, (p + 1) * length - 1))
    middle = time.perf_counter()
    for step in range(NEW_TOKENS - 1):
        fill(batch, [(token, length + step, sequence, True) for sequence, token in enumerate(tokens)])
        decode(context, batch)
        tokens = [llama.llama_sampler_sample(sampler, context, i) for i in range(len(tokens))]
    return middle - start, time.perf_counter() - middle


def main(gguf, name):
    prompts = prompt_ids(AutoTokenizer.from_pretrained(MODEL))
    rows = len(prompts) * GROUP
    llama.llama_backend_init()
    settings = llama.llama_model_default_params()
    model = llama.llama_model_load_from_file(gguf.encode(), settings)
    settings = llama.llama_context_default_params()
    settings.n_ctx = rows * 128
    settings.n_batch = settings.n_ubatch = max(rows, sum(map(len, prompts)))
    settings.n_seq_max = rows
    settings.kv_unified = True
    settings.n_threads = settings.n_threads_batch = THREADS
    context = llama.llama_init_from_model(model, settings)
    sampler = llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params())
    llama.llama_sampler_chain_add(sampler, llama.llama_sampler_init_temp(1.0))
    llama.llama_sampler_chain_add(sampler, llama.llama_sampler_init_dist(1))
    batch = llama.llama_batch_init(settings.n_batch, 0, 1)
    times = [run(context, sampler, batch, prompts) for _ in range(1 + STEPS)][1:]
    prefill, rest = min(times, key=sum)
    system = llama.llama_print_system_info().decode().strip(" |")
    write(f"generate-llamacpp-{name}", llama_cpp_python=llama.__version__, system=system, seconds=prefill + rest, prefill=prefill,
          tokens_per_second=rows * NEW_TOKENS / (prefill + rest), decode_tokens_per_second=rows * (NEW_TOKENS - 1) / rest,
          peak_gib=peak_gib())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
