"""Whatever the text, coding ends, says only what stands there, and says it again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import load
from sayso.coding import code
from sayso.pipeline import reconciled_alone
from sayso.records import to_record
from sayso.reports import make_report
from tests.soundness import faults

SAID = """attack killed bomb rockets hit said that the a 23 two people soldiers in on Monday it claimed denied
blamed responsibility for by and at least no not government police Taliban ISIS Kabul Mosul Interior Ministry
spokesman Navid Sharzai yesterday March 2019 captured district province , . ; : “ ” " ( )"""
WORDS = st.sampled_from([*SAID.split(), "\n", "\n\n"])
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=120).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_coded_soundly(text: str) -> None:
    codebook = load()
    report = make_report(text, codebook, published="2022-03-14")
    coded = code(report, codebook)
    assert coded == code(report, codebook)
    assert {one.mention_id for one in coded.statements} <= {one.mention_id for one in coded.mentions}
    for incident in reconciled_alone(coded, codebook):
        assert faults(to_record(incident), {report.report_id: text}) == []
