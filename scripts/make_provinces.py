"""Makes src/sayso/web/static/provinces.json, the areas that are shaded on the map for provinces.

    python scripts/make_provinces.py

An area is the convex hull of the towns that the places of sayso have in a first-level division: about where
its people live, and no border. Keys are "AFG|Parwan"; points are longitude and latitude, in tenths of a
degree.
A division with fewer than three towns, or one that reaches over the date line, has none.
"""

import gzip
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1] / "src" / "sayso"
OUTPUT = ROOT / "web" / "static" / "provinces.json"
PARTS = 10
Point = tuple[int, int]


def main() -> None:
    """Reads the table of places and writes the areas."""
    rows = gzip.decompress((ROOT / "places" / "data" / "places.tsv.gz").read_bytes()).decode().splitlines()
    towns: dict[str, set[Point]] = {}
    for row in rows[1:]:
        _, _, kind, admin1, country, lat, lon, _ = row.split("\t")
        if kind == "town" and admin1 and lat:
            point = (round(float(lon) * PARTS), round(float(lat) * PARTS))
            towns.setdefault(f"{country}|{admin1}", set()).add(point)
    areas = {
        name: [value for point in hull(points) for value in point]
        for name, points in sorted(towns.items())
        if len(points) > 2 and max(points)[0] - min(points)[0] < 180 * PARTS
    }
    areas = {name: area for name, area in areas.items() if len(area) > 4}
    text = json.dumps(areas, ensure_ascii=False, separators=(",", ":"))
    OUTPUT.write_text(f"{text}\n", "utf-8")
    sys.stdout.write(f"{len(areas)} areas, {OUTPUT.stat().st_size} bytes\n")


def hull(points: set[Point]) -> list[Point]:
    """The corners of the convex hull, once around (Andrew's monotone chain)."""
    ordered = sorted(points)

    def half(one_way: list[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in one_way:
            while len(kept) > 1 and not _turns_left(kept[-2], kept[-1], point):
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def _turns_left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


if __name__ == "__main__":
    main()
