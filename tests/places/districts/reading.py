"""Reads the 300 district-level places, the near misses and the dump that holds them."""

import csv
import gzip
from pathlib import Path

HERE = Path(__file__).parent
DUMP = HERE / "dump"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `gold.csv` or `near_misses.csv`; README.md tells the columns."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def text_of(path: Path) -> str:
    """One file of the dump, packed or not, as text."""
    return (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()


def unpack(folder: Path) -> Path:
    """Writes the dump into a folder under the names that GeoNames publishes; gives the folder back."""
    for path in sorted(DUMP.iterdir()):
        name = path.name.removesuffix(".gz")
        (folder / name).write_text(text_of(path), encoding="utf-8", newline="\n")
    return folder
