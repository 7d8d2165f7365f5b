"""Which citations in our own prose lead somewhere in the book, and which do not."""

from __future__ import annotations

import pytest

from kb.base import Base
from kb.site.mentions import Mentions

RULING = "zz-hc-2031-doe-v-ministry"  # applies zz-constitution/12 and zz-telecom-act-1996/7(3)
ARGUMENT = "reasons-must-be-given"


@pytest.mark.parametrize(
    ("entry", "text", "links"),
    [
        (ARGUMENT, "See Article 12A of the Constitution of Zetland.", ["zz-constitution/12a.html"]),
        (ARGUMENT, "See Article 12A.", []),  # of which law is not said
        (RULING, "The limits of Article 12 apply.", ["zz-constitution/12.html"]),
        (RULING, "The limits of Article 12(2) apply.", ["zz-constitution/12.html#p2"]),
        (RULING, "Article 12A was not applied.", []),  # held, but not applied by this ruling
        (RULING, "Article 99 does not exist.", []),
        (RULING, "Article 7(3) was not spoken of.", []),  # it applies section 7(3) of a statute
        (RULING, "Paragraph 12 of that ruling says so.", []),  # no paragraph 12 of the law
        (RULING, "Article 12 of the Constitution of Ghana is another.", []),
        ("zz-constitution", "Article 12A was inserted.", ["zz-constitution/12a.html"]),
        ("zz-constitution", "Inserted by section 12 of the amending Act.", []),
        (RULING, "No citation at all.", []),
    ],
)
def test_a_citation_in_prose_links_to_what_is_certainly_meant(
    small: Base, entry: str, text: str, links: list[str]
) -> None:
    pieces = Mentions(small).pieces(text, entry)
    assert "".join(piece for piece, _ in pieces) == text
    assert [where for _, where in pieces if where] == links
