"""Whether a place lies in any of many spans, against asking each of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from citelint.spans import Covering

PLACES = st.integers(0, 30)


@given(spans=st.lists(st.tuples(PLACES, PLACES)), offset=PLACES)
def test_a_place_lies_in_a_span(spans: list[tuple[int, int]], offset: int) -> None:
    assert (offset in Covering(spans)) == any(start <= offset < end for start, end in spans)
