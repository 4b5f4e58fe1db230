"""Copies what others wrote for browsers into src/sayso/web/static/vendor.

npm install maplibre-gl@6.17.0 htmx.org@4.0.1 topojson-client@3.1.0 world-atlas@2.0.2 axe-core@4.14.1
python scripts/vendor.py node_modules
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "src" / "sayso" / "web" / "static" / "vendor"
TESTS = ROOT / "tests" / "web" / "vendor"
PACKAGES = (
    ("maplibre-gl", "6.17.0", VENDOR / "maplibre-gl", (
        "dist/maplibre-gl.mjs", "dist/maplibre-gl-worker.mjs", "dist/maplibre-gl.css", "LICENSE.txt")),
    ("htmx.org", "4.0.1", VENDOR / "htmx", ("dist/htmx.min.js", "LICENSE")),
    ("topojson-client", "3.1.0", VENDOR / "topojson-client", ("dist/topojson-client.min.js", "LICENSE")),
    ("world-atlas", "2.0.2", VENDOR / "world-atlas", ("countries-50m.json", "LICENSE")),
    ("axe-core", "4.14.1", TESTS, ("axe.min.js", "LICENSE")),
)  # fmt: skip


def main() -> None:
    """Copies the files of the versions named, and no others."""
    modules = Path(sys.argv[1])
    for name, version, folder, files in PACKAGES:
        there = json.loads((modules / name / "package.json").read_text("utf-8"))["version"]
        if there != version:
            sys.exit(f"{name} is {there}, not {version}")
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            lines = (modules / name / file).read_text("utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not line.startswith("//# sourceMappingURL=")]
            (folder / Path(file).name).write_text("".join(kept), "utf-8")


if __name__ == "__main__":
    main()
