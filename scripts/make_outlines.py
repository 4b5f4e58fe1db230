"""Makes src/sayso/exports/outlines.txt.gz, the lines of coasts and borders on maps.

    python scripts/make_outlines.py countries-50m.json

The file is one of world-atlas (https://github.com/topojson/world-atlas), version 2.0.2, made from Natural
Earth, which is in the public domain. Each line of the result is one line on the map: longitude and latitude
of each point in twentieths of a degree, points that change nothing at that scale left out.
"""

import gzip
import itertools
import json
import sys
from pathlib import Path

PARTS = 20
"""Of a degree: half of one is less than three kilometres."""

OUTPUT = Path(__file__).parents[1] / "src" / "sayso" / "exports" / "outlines.txt.gz"
Point = tuple[int, int]


def main() -> None:
    """Reads the arcs of the topology, each of which is a coast or a border once, and writes them."""
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = round((x * scale_x + move_x) * PARTS), round((y * scale_y + move_y) * PARTS)
            if not points or points[-1] != point:
                points.append(point)
        lines += [
            " ".join(f"{lon},{lat}" for lon, lat in straightened(part)) for part in parted(points) if part[1:]
        ]
    packed = gzip.compress("".join(f"{line}\n" for line in sorted(lines)).encode(), mtime=0)
    OUTPUT.write_bytes(packed)
    sys.stdout.write(f"{len(lines)} lines, {len(packed)} bytes\n")


def parted(points: list[Point]) -> list[list[Point]]:
    """The points in parts, a new one where the line leaves the map on one side and comes in on the other."""
    parts: list[list[Point]] = [[]]
    for point in points:
        if parts[-1] and abs(point[0] - parts[-1][-1][0]) > 180 * PARTS:
            parts.append([])
        parts[-1].append(point)
    return parts


def straightened(points: list[Point]) -> list[Point]:
    """The points without those that lie on the way from the one before to the one after."""
    kept = points[:1]
    for point, after in itertools.pairwise(points[1:]):
        before = kept[-1]
        turn = (point[0] - before[0]) * (after[1] - before[1]) - (point[1] - before[1]) * (
            after[0] - before[0]
        )
        if turn:
            kept.append(point)
    return [*kept, points[-1]]


if __name__ == "__main__":
    main()
