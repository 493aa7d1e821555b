"""One branch from several trainings: ``python -m training.average A.pt 0.35 B.pt 0.65 --out types.pt``.

The mean of the weights of branches that were trained from the same start lies in the same valley and is often
better than each of them (Wortsman et al. 2022, "Model soups", ICML). It costs nothing at run time.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "parts", nargs="+", metavar="FILE SHARE", help="checkpoints and their shares"
    )
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    files, shares = args.parts[::2], [float(share) for share in args.parts[1::2]]
    if len(files) != len(shares) or abs(sum(shares) - 1) > 1e-6:
        raise SystemExit("Name each checkpoint with its share; the shares sum to 1.")
    held = [torch.load(file) for file in files]
    made = {
        name: sum(share * one["model"][name] for share, one in zip(shares, held, strict=True))
        for name in held[0]["model"]
    }
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({**held[0], "model": made}, args.out)


if __name__ == "__main__":
    main()
