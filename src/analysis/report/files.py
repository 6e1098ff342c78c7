"""Writing files whole or not at all."""

import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_all(out: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files beside their places, then put all of them there; return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".writing-") as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        for name in files:
            (Path(folder) / name).replace(out / name)
    return [out / name for name in files]
