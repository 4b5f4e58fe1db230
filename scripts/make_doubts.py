"""Builds src/sayso/places/data/doubts.tsv: names of places that are also names of persons or ordinary words.

    python scripts/make_doubts.py

It needs the Python packages names (first and family names by frequency, from the census of the United States
of 1990, in the public domain), english-words (Webster's second edition, in the public domain) and
pyspellchecker
(which words are frequent), which sayso itself does not.
It reads the gazetteer that scripts/make_places.py made.
Each row: the name by its key, and letters: f for a first name, l for a family name, o for an ordinary word.
"""

import csv
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from english_words import get_english_words_set
from spellchecker import SpellChecker

from sayso.places import gazetteer

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/sayso/places/data/doubts.tsv"
BY_HAND = ROOT / "scripts/first_names_by_hand.txt"
# The first names of four in five people, and family names down to one in 25,000 people.
FIRST, LAST = 0.80, 0.004
# Words that are printed at least this often in the frequency list of 150 million words.
FREQUENT = 400


def census(file: str, *, share: float = 1.0, least: float = 0.0) -> set[str]:
    """The names of a census file whose share, summed from the first, stays under ``share``."""
    found = set()
    for line in files("names").joinpath(file).read_text("ascii").splitlines():
        name, percent, summed, _ = line.split()
        if float(summed) <= 100 * share and float(percent) >= least:
            found.add(name.lower())
    return found


def main() -> None:
    """Writes the table."""
    marks: defaultdict[str, str] = defaultdict(str)
    named = gazetteer().named
    first = census("dist.male.first", share=FIRST) | census("dist.female.first", share=FIRST)
    for name in sorted(first | set(BY_HAND.read_text("utf-8").split())):
        marks[name] += "f"
    for name in sorted(census("dist.all.last", least=LAST)):
        if name in named:
            marks[name] += "l"
    frequency = SpellChecker(language="en").word_frequency
    words = {
        word for word in get_english_words_set(["web2"]) if word.islower() and frequency[word] >= FREQUENT
    }
    for key in named:
        if key.count(" ") < 2 and all(word in words for word in key.split(" ")):
            marks[key] += "o"
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerows(sorted(marks.items()))


if __name__ == "__main__":
    main()
