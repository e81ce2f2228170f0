#!/usr/bin/env bash
# The comparison with the peers, one part after the other on the same cores; parts that have a result are skipped, so that it can
# be stopped and taken up again. From the repository's root, after ./rft build:
#
#     bench/peers/run.sh GGUF            everything, then the table (GGUF: SmolLM2-135M-Instruct)
#     bench/peers/run.sh GGUF step-rft   only parts whose names begin so; '*-bf16': that end so
#
# RFT_PEERS_VENV      virtual environment with requirements.txt; made when it is not there     (target/peers/venv)
# RFT_PEERS_OUT       results, one JSON file a part: delete one to measure it anew             (target/peers)
# RFT_REAL_MODEL      Hugging Face folder of the model, made from the GGUF when not there      (target/peers/model)
# RFT_PEERS_THREADS   threads of everyone                                                      (2)
# RFT_PEERS_CLASSPATH our classes                                                              (target/lib)
# RFT_PEERS_ROUNDS    how often everything is measured, in turns: neighbours of a virtual machine slow one part or the other;
#                     the fastest of each counts, and the table has the median beside it       (1)
# RFT_PEERS_QUICK=1   tiny sizes, to see that everything runs
# model-f16.gguf and model-bf16.gguf among the results are measured with llama.cpp, too (./rft model export writes such files)
set -euo pipefail
cd "$(dirname "$0")/../.."
gguf=${1:?give the GGUF file of SmolLM2-135M-Instruct}
wanted=${2:-}
export RFT_PEERS_OUT=${RFT_PEERS_OUT:-target/peers} RFT_PEERS_THREADS=${RFT_PEERS_THREADS:-2}
export RFT_REAL_MODEL=${RFT_REAL_MODEL:-$RFT_PEERS_OUT/model}
export OMP_NUM_THREADS=$RFT_PEERS_THREADS HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false TORCH_CPP_LOG_LEVEL=ERROR
venv=${RFT_PEERS_VENV:-$RFT_PEERS_OUT/venv}
classes=${RFT_PEERS_CLASSPATH:-target/lib/rft-tasks/*:target/lib/rft-runs/*:target/lib/rft-training/*}
results=$RFT_PEERS_OUT
mkdir -p "$results"

if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  # llama.cpp is compiled here, for this processor, which takes some minutes
  CMAKE_ARGS="-DGGML_NATIVE=ON -DLLAVA_BUILD=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF" \
    "$venv/bin/pip" install -q -r bench/peers/requirements.txt
fi
if [ ! -e "$RFT_REAL_MODEL/config.json" ]; then
  "$venv/bin/python" bench/peers/real_model.py "$gguf" "$RFT_REAL_MODEL"
fi

part() { # NAME COMMAND...
  local name=$1
  shift
  # shellcheck disable=SC2254 # a pattern is what is wanted
  case $name in $wanted*) ;; *) return 0 ;; esac
  if [ -e "$RFT_PEERS_OUT/$name.json" ]; then
    echo "$name: measured before" >&2
    return 0
  fi
  echo "$name ..." >&2
  "$@" > "$RFT_PEERS_OUT/$name.log" 2>&1 || echo "$name failed: see $RFT_PEERS_OUT/$name.log" >&2
}
# Without AVX-512 or AMX the engine multiplies bfloat16 one number at a time: a step of TRL would take the better part of an hour.
peers_in="f32 bf16"
if [ -r /proc/cpuinfo ] && grep -q avx2 /proc/cpuinfo && ! grep -qE 'avx512f|amx_bf16' /proc/cpuinfo; then
  echo "bf16 of the peers is left out: this processor does not multiply it" >&2
  export RFT_PEERS_NO_BF16=1
  peers_in="f32"
fi
peer() { "$venv/bin/python" -W ignore "$@"; }
ours() { java -Xmx2g -cp "$classes" bench/RealStep.java "$@"; }

part floor-torch peer bench/peers/floor.py
part floor-rft ours floor f32
for round in $(seq "${RFT_PEERS_ROUNDS:-1}"); do
  export RFT_PEERS_OUT=$results
  if [ "$round" -gt 1 ]; then
    export RFT_PEERS_OUT=$results/round-$round
    mkdir -p "$RFT_PEERS_OUT"
  fi
  for precision in f32 bf16; do
    part generate-rft-$precision ours generate $precision
    case $peers_in in *$precision*) part generate-transformers-$precision peer bench/peers/generate.py $precision ;; esac
  done
  part generate-llamacpp-q4_1 peer bench/peers/llamacpp.py "$gguf" q4_1
  for wide in f16 bf16; do
    if [ -e "$results/model-$wide.gguf" ]; then
      part generate-llamacpp-$wide peer bench/peers/llamacpp.py "$results/model-$wide.gguf" $wide
    fi
  done
  for precision in f32 bf16; do
    part step-rft-$precision ours step $precision
    case $peers_in in *$precision*) part step-trl-$precision peer bench/peers/grpo.py $precision ;; esac
  done
done
export RFT_PEERS_OUT=$results
"$venv/bin/python" bench/peers/table.py
