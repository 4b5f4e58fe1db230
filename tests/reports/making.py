"""Files of formats with a layout, made from nothing: pages, PDF and DOCX files; and broken ones."""

import io
import random
import zipfile
import zlib
from collections.abc import Iterator, Sequence

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Rockets hit Charda | Karsin Herald</title>
<meta property="og:site_name" content="Karsin Herald">
<link rel="canonical" href="https://herald.example/charda">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Rockets hit Charda", "author": [{"@type": "Person", "name": "Ana Cruz"}],
 "publisher": {"@type": "Organization", "name": "Karsin Herald"},
 "datePublished": "2021-07-20T09:12:00+04:30", "dateModified": "2021-07-21T08:00:00+04:30"}</script>
<style>p {color: red}</style></head>
<body class="home has-sidebar"><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<div class="ad-slot">Buy a bicycle now</div>
<article><h1>Rockets hit Charda</h1><p class="byline">By <a rel="author">Ana Cruz</a></p>
<p>Seven rockets hit the town of Charda on Tuesday morning, killing three people and hurting nine others,
the governor said in a statement.</p>
<figure><img src="x.jpg"><figcaption>Smoke rises over Charda on Tuesday.</figcaption></figure>
<blockquote>We heard seven blasts and ran to the cellar with the children, said a teacher of the school.
</blockquote>
<div class="related-stories"><h3>More</h3><p>Ten die as a bomb hits the market in Kalun, police say.</p></div>
<p>The Taliban denied any part in the attack on the town, which lies on the road to the north.</p>
<script>var x = "three people were killed";</script><p hidden>Not seen by anybody.</p>
</article>
<section id="comments"><p>This is a lie, they were killed by the army, says everybody here in town.</p>
</section>
<footer>Copyright 2021 Karsin Herald</footer></body></html>"""

PARAGRAPHS = (
    "Rockets hit Charda",
    "Seven rockets hit the town of Charda on Tuesday, killing three people, the governor said.",
    "The Taliban denied any part in the attack on the town.",
)


def pdf(pages: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """A PDF file: pages of paragraphs of lines, in a font that every reader has."""
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for paragraphs in pages:
        shown, height = [], 780
        for lines in paragraphs:
            for line in lines:
                escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
                shown.append(f"1 0 0 1 50 {height} Tm ({escaped}) Tj")
                height -= 14
            height -= 14
        stream = f"BT /F1 11 Tf {' '.join(shown)} ET"
        kids.append(f"{len(bodies) + 2} 0 R")
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(bodies)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode("latin-1")


def docx(paragraphs: Sequence[str] = PARAGRAPHS, styles: Sequence[str | None] = ()) -> bytes:
    """A DOCX file with these paragraphs, the first ones in these styles."""
    import docx as python_docx

    document = python_docx.Document()
    for number, words in enumerate(paragraphs):
        document.add_paragraph(words, style=styles[number] if number < len(styles) else None)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bomb(megabytes: int) -> bytes:
    """A small DOCX file whose text unpacks to so many megabytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx())) as sound,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            words = sound.read(name)
            if name == "word/document.xml":
                words = words.replace(b"Rockets hit", b"x" * (megabytes * 1_000_000), 1)
            archive.writestr(name, words)
    return stream.getvalue()


def many_attributes(count: int = 200_000) -> bytes:
    """Two megabytes of one element's attributes: a parser that looks each up among the others takes hours."""
    return (
        b"<html><body><p "
        + b" ".join(b"a%d=1" % number for number in range(count))
        + b">Words</p></body></html>"
    )


def nested(tag: str, count: int) -> bytes:
    """A page of elements in elements without end."""
    return f"<html><body><p>Words before.</p>{f'<{tag}>' * count}deep".encode()


# ---- broken ones ------------------------------------------------------------------------------------

_ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "cp1252", "koi8-r", "shift_jis", "cp037")
_TAGS = ("div", "table", "b", "font", "ul", "blockquote", "svg", "a", "form", "option")


def _flipped(chance: random.Random, data: bytes) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice([1, 5, 50, 500])):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(1, len(data) + 1)]


def _spliced(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:] * chance.choice([1, 2, 20])


def _nested(chance: random.Random, data: bytes) -> bytes:
    tags = b"".join(
        f"<{chance.choice(_TAGS)}>".encode() for _ in range(chance.choice([10, 200, 2_000, 20_000]))
    )
    at = chance.randrange(len(data))
    return data[:at] + tags + data[at:]


def _lied(chance: random.Random, data: bytes) -> bytes:
    words = data.decode("utf-8", "replace").replace("utf-8", chance.choice(_ENCODINGS))
    return words.encode(chance.choice(_ENCODINGS), "replace")


def _swollen(chance: random.Random, data: bytes) -> bytes:
    """Members or streams that say another size than they have, and bombs of a few megabytes."""
    if data.startswith(b"PK"):
        return bomb(chance.choice([1, 5, 80]))
    return data + b"\nstream\n" + zlib.compress(b"x" * chance.choice([10, 1_000_000])) + b"\nendstream"


_MUTATIONS = (_flipped, _cut, _spliced, _nested, _lied, _swollen)


def mutated(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many broken inputs of all formats, each with a name; the same ones for the same seed."""
    text = "\n\n".join(PARAGRAPHS)
    line = '{"id": "1", "text": "' + PARAGRAPHS[1] + '"}\n'
    sound = (
        ("html", PAGE.encode()),
        ("pdf", pdf([[[words] for words in PARAGRAPHS]])),
        ("docx", docx()),
        ("txt", text.encode()),
        ("jsonl", (line * 3).encode()),
        ("csv", f'id,text\n1,"{PARAGRAPHS[1]}"\n2,"{PARAGRAPHS[2]}"\n'.encode()),
    )
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        suffix, data = sound[number % len(sound)]
        for _ in range(chance.choice([1, 1, 2])):
            data = chance.choice(_MUTATIONS)(chance, data) or b"x"
        yield f"{number:05}.{chance.choice([suffix, suffix, 'txt', 'html', ''])}".rstrip("."), data
