"""What is kept beside the index is what matching finds: it is kept only to be quick."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.base import Base
from kb.find.about import Phrase, Topic
from kb.find.index import Index, build
from kb.find.match import match
from kb.find.parse import Wanted
from kb.find.phrases import Phrases, by_rarest, first, telling
from kb.find.words import cited


@pytest.fixture(scope="module")
def index(small: Base, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened = Index(build(small, tmp_path_factory.mktemp("index")))
    yield opened
    opened.close()


def test_passages_with_a_phrase_are_those_that_matching_finds(index: Index) -> None:
    found = 0
    for topic, row in index.about.topics.items():
        longest: dict[int, int] = {}
        for phrase in row.phrases:
            tokens = tuple(phrase.words.split())
            for passage in match(index, Wanted("phrase", phrase.words, tokens)).passages:
                longest[passage] = max(longest.get(passage, 0), len(tokens))
        assert index.phrases.spoken(topic) == longest
        found += len(longest)
    assert found


def test_of_many_passages_with_a_phrase_the_best_are_kept(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = {number: 1 + number % 3 for number in range(len(index.about.passages))}
    monkeypatch.setattr(Phrases, "spoken", lambda *_: longest)
    few = Index(index.folder, best=4)
    best = few.spoken("network-shutdown")
    assert list(best) == sorted(best)
    assert set(best.values()) == {3}
    rows = few.about.passages
    left_out = [rows[one].weight for one in longest if longest[one] == 3 and one not in best]
    assert max(left_out) <= min(rows[one].weight for one in best)
    assert index.spoken("network-shutdown") == longest
    few.close()


def test_every_phrase_stands_once_at_one_of_its_stems_and_every_form_at_its_first(
    index: Index,
) -> None:
    for topic, entry in index.about.topics.items():
        for phrase in entry.phrases:
            at = [one for one in set(telling(phrase))
                  if (phrase, topic, ()) in index.phrases.at(one)]  # fmt: skip
            assert len(at) == 1
    for row in index.phrases.rows:
        for form in row:
            assert (form, "", row) in index.phrases.at(first(form))


def test_phrase_stands_where_the_fewest_others_do() -> None:
    phrases = [("internet cut", "internet cut"), ("internet ban", "internet ban"),
               ("ban", "ban")]  # fmt: skip
    topics = {"cut": Topic("Cut", False, [Phrase(*one) for one in phrases])}
    assert by_rarest(topics) == {"cut": [("cut", 0)], "ban": [("cut", 1), ("cut", 2)]}


def test_citations_of_a_passage_are_those_that_the_grammar_finds(index: Index) -> None:
    found = 0
    for number in range(len(index.about.passages)):
        text, citations = index.text_cited(number)
        assert citations == cited(text, index.grammar)
        found += len(citations)
    assert found
