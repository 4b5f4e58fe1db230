"""Small codebook folders for the tests."""

from pathlib import Path

ABOUT = "name: small\nversion: '1'\nlanguage: en\n"
OVER_DEFAULT = ABOUT + "extends: default\n"
EVENT_TYPES = """\
- sub_event_type: Raid
  event_type: Battles
  definition: One side comes and goes.
  yes: [They came at night.]
  no: [They stayed.]
  two_sided: true
- {sub_event_type: Theft, event_type: Strategic developments, definition: Something is taken.}
- {sub_event_type: Rest, event_type: Strategic developments, definition: For people., program: false}
"""
CUES = """\
- name: raid
  verbs: [raid]
  sub_event_type: Raid
- name: fall
  verbs: [fall]
  sub_event_type: null
  needs: {subject: [weapon]}
  strength: weak
"""
ACTORS = """\
actor_id,name,aliases,kind,actor_class,country,part_of,since,until,source
riders,Riders,The Riders|RDR,organisation,rebels,,,,2009-12-31,invented
riders,Riders,The Riders|RDR,state,state forces,,league,2010-01-01,,invented
riders-east,Riders East,,organisation,rebels,,riders,,,invented
league,League,,organisation,external,,,,,invented
"""


def write(folder: Path, files: dict[str, str | bytes]) -> str:
    """Write files into a folder (with a codebook.yaml if they have none) and return its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {"codebook.yaml": ABOUT, **files}.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(folder)
