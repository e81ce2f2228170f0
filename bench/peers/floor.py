"""The floor in torch: GFLOP/s of matrix products and GB/s of reading memory. Also writes floor.pt for RealStep.java."""

import os

import torch

from setting import OUT, QUICK, THREADS, seconds, write

NO_BF16 = "RFT_PEERS_NO_BF16" in os.environ
SHAPES = {"square": (512, 512, 512) if QUICK else (4096, 4096, 4096), "layer": (1024, 576, 1536)}


class Floor(torch.nn.Module):
    def forward(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return torch.matmul(a, b)

    @torch.jit.export
    def half(self, a: torch.Tensor) -> torch.Tensor:
        return a.to(torch.bfloat16)


def main():
    torch.set_num_threads(THREADS)
    OUT.mkdir(parents=True, exist_ok=True)
    torch.jit.script(Floor()).save(OUT / "floor.pt")
    figures = {}
    for name, (m, k, n) in SHAPES.items():
        for dtype in (torch.float32,) if NO_BF16 else (torch.float32, torch.bfloat16):
            a, b = torch.randn(m, k).to(dtype), torch.randn(k, n).to(dtype)
            loops = max(1, int(1e9 // (m * k * n)))
            time = seconds(lambda: [a @ b for _ in range(loops)])
            figures[f"{name}_{'f32' if dtype == torch.float32 else 'bf16'}_gflops"] = 2 * m * k * n * loops / time / 1e9
    block = torch.ones(2**24 if QUICK else 2**28)
    figures["read_gbs"] = block.numel() * 4 / seconds(lambda: block.sum()) / 1e9
    write("floor-torch", torch=torch.__version__, **figures)


if __name__ == "__main__":
    main()
