"""Reports changed by the metamorphic kinds, for tests."""

from sayso.evaluate.changes import Changed, Source
from sayso.evaluate.invented import Invented
from sayso.evaluate.metamorphic import change
from sayso.evaluate.originals import read_original

SEED = 1


def changed_text(
    text: str, kind: str, invented: Invented, *, published: str | None = "2022-03-15"
) -> Changed:
    """The text changed in this way; the test fails where it is not."""
    changed = change(read_original(Source("it", text, published), invented), kind, SEED)
    assert isinstance(changed, Changed), changed
    return changed
