"""Steps of TRL's GRPOTrainer with transformers and peft.  python bench/peers/grpo.py f32|bf16"""

import sys
import tempfile
import time

import torch
import transformers
import trl
from datasets import Dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

from setting import (
    ALPHA, GROUP, LEARNING_RATE, MODEL, NEW_TOKENS, RANK, STEPS, TARGETS, THREADS, conversations, peak_gib, prompt_ids, reward, write)


class Times(TrainerCallback):
    """When each step ended."""

    def __init__(self):
        self.ends = []

    def on_train_begin(self, *arguments, **more):
        self.ends.append(time.perf_counter())

    def on_step_end(self, *arguments, **more):
        self.ends.append(time.perf_counter())


lengths = set()


def share_of_e(completion_ids, completions, **columns):
    lengths.update(len(ids) for ids in completion_ids)
    return [reward(completion[0]["content"]) for completion in completions]


def main(precision):
    torch.set_num_threads(THREADS)
    half = precision == "bf16"
    tokenizer = AutoTokenizer.from_pretrained(MODEL, padding_side="left")
    prompts = conversations()
    prompt_ids(tokenizer)
    model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.bfloat16 if half else torch.float32)
    config = GRPOConfig(
        output_dir=tempfile.mkdtemp(), use_cpu=True, bf16=half, fp16=False, max_steps=1 + STEPS, save_strategy="no", report_to="none",
        logging_steps=1, disable_tqdm=True, learning_rate=LEARNING_RATE, per_device_train_batch_size=len(prompts) * GROUP,
        gradient_accumulation_steps=1, gradient_checkpointing=False, num_generations=GROUP, max_completion_length=NEW_TOKENS,
        generation_kwargs={"min_new_tokens": NEW_TOKENS}, temperature=1.0, top_k=0, top_p=1.0, beta=0.0, loss_type="grpo",
        shuffle_dataset=False, dataloader_pin_memory=False)
    times = Times()
    trainer = GRPOTrainer(
        model=model, reward_funcs=share_of_e, args=config, processing_class=tokenizer, callbacks=[times],
        train_dataset=Dataset.from_list([{"prompt": prompt} for prompt in prompts]),
        peft_config=LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGETS, task_type="CAUSAL_LM"))
    trainer.train()
    steps = [after - before for before, after in zip(times.ends[1:], times.ends[2:])]
    assert lengths == {NEW_TOKENS}, lengths
    write(f"step-trl-{precision}", trl=trl.__version__, transformers=transformers.__version__, torch=torch.__version__,
          steps=steps, seconds=min(steps), peak_gib=peak_gib())


if __name__ == "__main__":
    main(sys.argv[1])
