"""The pages of the site: what stands on them, in which order, and that nothing in them runs.

To renew the golden pages after a change that is meant: RENEW_GOLDEN=1 pytest tests/test_pages.py
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from posixpath import dirname, normpath

import pytest

from kb.base import Base, is_old, read_base
from kb.site.names import citation_line, target, unit_name
from kb.site.pages import Page, TwoPagesAtOneAddress, pages, write_pages
from kb.site.standing import ruling_banner

GOLDEN = Path(__file__).parent / "golden" / "site"
TODAY = date(2032, 1, 10)
SET_ASIDE = "zz-hc-2031-doe-v-ministry"


def printed(base: Base, today: date = TODAY) -> dict[str, Page]:
    return {page.path: page for page in pages(base, today)}


@pytest.fixture(scope="module")
def shelf(small: Base) -> dict[str, Page]:
    return printed(small)


def changed(book: Path, file: str, old: str, new: str) -> Base:
    path = book / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    base = read_base(book)
    assert not base.problems, base.problems
    return base


# --- golden pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        SET_ASIDE,
        "zz-constitution/12",
        "zz-constitution/13",
        "zz-constitution",
        "zz-covenant",
        "zz-2030-11-03-harbour-shutdown",
        "reasons-must-be-given",
        "rulings",
        "index",
    ],
)
def test_page_is_as_it_was(shelf: dict[str, Page], path: str) -> None:
    golden = GOLDEN / f"{path.replace('/', '--')}.md"
    if os.environ.get("RENEW_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(shelf[path].markdown, encoding="utf-8")
    assert shelf[path].markdown == golden.read_text(encoding="utf-8")


# --- a ruling -------------------------------------------------------------------------------------


def test_standing_stands_before_everything_else_of_a_ruling(shelf: dict[str, Page]) -> None:
    body = shelf[SET_ASIDE].body
    order = ["<h1>", "banner--gone", "Take care", "<dl", "{#points}", "{#words}", "{#background}",
             "{#reasoning}", "{#relief}", "{#history}", "{#treatment}", "{#law}", "{#incidents}",
             "{#arguments}", "{#authority}", "{#open}", "{#sources"]  # fmt: skip
    places = [body.index(sign) for sign in order]
    assert places == sorted(places)


def test_banner_says_what_by_whom_when_and_when_it_was_looked_up(shelf: dict[str, Page]) -> None:
    banner = re.search(r'<div class="banner.*?</div>', shelf[SET_ASIDE].body, re.S)
    assert banner
    assert "<strong>Set aside</strong>" in banner[0]
    assert "Set aside by the Supreme Court of Zetland on 2 December 2031." in banner[0]
    assert 'href="zz-sc-2031-ministry-v-doe.html"' in banner[0]
    assert "Looked up on 9 January 2032." in banner[0]
    assert 'role="note"' in banner[0] and "✕" in banner[0]


@pytest.mark.parametrize(
    ("today", "old"), [(date(2033, 1, 9), False), (date(2033, 1, 10), True), (TODAY, False)]
)
def test_standing_turns_old_after_a_year(small: Base, today: date, old: bool) -> None:
    assert ruling_banner(small, SET_ASIDE, today).is_old is old
    body = printed(small, today)[SET_ASIDE].body
    assert ("Last looked up more than a year ago." in body) is old


def test_day_of_looking_that_is_not_known_is_old() -> None:
    assert is_old(None, TODAY)
    assert is_old("2030", TODAY)
    assert not is_old("2031-02", TODAY)


def test_title_of_a_page_carries_what_was_taken_away(shelf: dict[str, Page]) -> None:
    assert shelf[SET_ASIDE].head["standing"] == "set aside"
    assert "standing" not in shelf["zz-sc-2019-roe-v-state"].head


def test_standing_goes_with_a_ruling_wherever_it_is_named(shelf: dict[str, Page]) -> None:
    link = f"{SET_ASIDE}.html"
    for page in shelf.values():
        for row in re.findall(r'<p class="(?:row-head|step-what)">.*?</p>', page.body):
            if re.search(rf'href="(\.\./)*{link}"', row):
                assert "Set aside" in row, page.path


def test_what_is_copied_carries_the_standing(small: Base, shelf: dict[str, Page]) -> None:
    line = citation_line(small, SET_ASIDE)
    assert line.endswith("[Set aside by the Supreme Court of Zetland on 2 December 2031.]")
    remark = 'data-note="[Set aside by the Supreme Court of Zetland on 2 December 2031]"'
    assert remark in shelf[SET_ASIDE].body
    assert "[" not in citation_line(small, "zz-sc-2019-roe-v-state")


@pytest.mark.parametrize(
    ("path", "remark"),
    [
        ("zz-constitution/12", "as of 1 January 2032"),
        ("zz-constitution/12", "translation by Zetland Law Society, not the law&#39;s own words"),
        ("zz-constitution/13", "superseded; the law until 13 November 2030"),
        ("zz-constitution/13", "[Omitted by Constitution (Fifth Amendment) Act, 2030"),
        ("zz-telecom-act-1996/7", "known only as others quote it"),
    ],
)
def test_what_is_copied_is_not_taken_for_more_than_it_is(
    shelf: dict[str, Page], path: str, remark: str
) -> None:
    assert any(remark in note for note in re.findall('data-note="([^"]+)"', shelf[path].body))


def test_words_without_a_copy_of_the_text_are_warned_of(shelf: dict[str, Page]) -> None:
    warning = "Known only as others quote it."
    assert warning in shelf["zz-telecom-act-1996/7"].body
    assert warning not in shelf["zz-constitution/12"].body


def test_pinpoint_that_was_not_seen_is_said(shelf: dict[str, Page]) -> None:
    assert "pinpoint not seen" in shelf["zz-hc-2032-moe-v-ministry"].body


def test_each_point_and_quotation_has_an_address(shelf: dict[str, Page]) -> None:
    body = shelf[SET_ASIDE].body
    assert 'id="point-reasons-and-end-date"' in body
    assert 'id="quote-1"' in body


# --- the law --------------------------------------------------------------------------------------


def test_each_paragraph_has_an_address_and_other_languages_a_prefix(shelf: dict[str, Page]) -> None:
    body = shelf["zz-constitution/12"].body
    assert re.findall(r'class="par depth\d" id="([^"]+)"', body) == [
        "p1", "p2", "p2-a", "p2-b", "ur-p",
    ]  # fmt: skip
    assert 'lang="ur" dir="rtl"' in body


def test_translation_says_whose_it_is(shelf: dict[str, Page]) -> None:
    assert "translation by Zetland Law Society; not the law" in shelf["zz-constitution/12"].body


def test_omitted_provision_is_as_loud_as_a_ruling_set_aside(shelf: dict[str, Page]) -> None:
    body = shelf["zz-constitution/13"].body
    assert "banner--gone" in body
    assert "Omitted by Constitution (Fifth Amendment) Act, 2030 on 13 November 2030." in body
    assert "No words that are the law today are held here." in body
    assert '<details class="superseded">' in body


def test_pointer_to_a_part_leads_to_its_paragraph(small: Base) -> None:
    assert target(small, "zz-constitution/12(2)").address == "zz-constitution/12.html#p2"
    assert target(small, "zz-constitution/12(2)(b)").address == "zz-constitution/12.html#p2-b"
    assert target(small, "zz-constitution/13(3)").address == "zz-constitution/13.html#p3"


def test_parts_read_in_the_same_way_are_set_as_one_text(book: Path) -> None:
    base = changed(
        book,
        "instruments/zz/zz-telecom-act-1996.yml",
        "        version: as quoted by a newspaper\n",
        "        version: as quoted by a newspaper\n"
        "      - part: (4)\n        language: en\n        authentic: yes\n"
        "        version: as quoted by a newspaper\n"
        "        words: |\n          No suspension lasts longer than a day.\n"
        "        compared_with:\n          - herald\n",
    )
    body = printed(base)["zz-telecom-act-1996/7"].body
    assert body.count('class="text-head"') == 1
    assert body.count("Compared with 1 source") == 1
    assert 'id="p4"' in body
    assert '<span class="part" lang="en" dir="ltr">(4)</span>' in body


def test_same_words_twice_never_share_an_anchor(book: Path) -> None:
    base = changed(
        book,
        "instruments/zz/zz-constitution.yml",
        '        differs: The parliament\'s copy has a comma after "write".\n',
        "      - language: en\n        authentic: yes\n        until: 2019-06-30\n"
        "        words: |\n          (1) Every person may speak.\n"
        "        compared_with:\n          - gazette\n",
    )
    body = printed(base)["zz-constitution/12"].body
    anchors = re.findall(r' id="([^"]+)"', body)
    assert len(anchors) == len(set(anchors))
    assert "p1" in anchors and "p1-until-2019-06-30" in anchors


def test_unit_is_named_as_its_kind_is_cited(small: Base) -> None:
    assert unit_name(small, small.units["zz-constitution/12a"]) == "Article 12A"
    assert unit_name(small, small.units["zz-telecom-act-1996/7"]) == "Section 7"


def test_unit_whose_word_is_not_certain_is_named_by_its_number(book: Path) -> None:
    path = book / "vocab" / "citations.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  zz: sec\n", "  yy: sec\n"), encoding="utf-8")
    base = read_base(book)
    assert unit_name(base, base.units["zz-telecom-act-1996/7"]) == "7"


def test_treaty_says_whom_it_binds(shelf: dict[str, Page]) -> None:
    for path in ("zz-covenant", "zz-covenant/3"):
        assert "It binds the States that are parties to it, and no other." in shelf[path].body
        assert "It is the law." not in shelf[path].body
        assert re.search(r"✕</span> not bound</span> Zetland on 10 January 2032", shelf[path].body)


def test_reservation_stands_with_the_article_that_it_concerns(shelf: dict[str, Page]) -> None:
    assert "Zetland applies article 3 as far as" in shelf["zz-covenant/3"].body


# --- the other pages ------------------------------------------------------------------------------


def test_argument_shows_the_standing_beside_each_authority(shelf: dict[str, Page]) -> None:
    body = shelf["reasons-must-be-given"].body
    assert body.index("{#for}") < body.index("Set aside") < body.index("{#against}")
    assert f"{SET_ASIDE}.html#point-reasons-and-end-date" in body


def test_home_counts_what_the_book_holds_and_is_no_legal_advice(shelf: dict[str, Page]) -> None:
    body = shelf["index"].body
    assert "4 rulings, 3 instruments" in body
    assert "This is not legal advice." in body


def test_every_record_is_reached_through_lists_alone(small: Base, shelf: dict[str, Page]) -> None:
    reached: set[str] = set()
    ahead = ["rulings", "law", "incidents", "arguments", "lists"]
    while ahead:
        path = ahead.pop()
        if path in reached:
            continue
        reached.add(path)
        for link in re.findall(r'href="([^"#]+)\.html', shelf[path].body):
            ahead.append(normpath(f"{dirname(path)}/{link}".lstrip("/")))
    assert reached >= set(small.entries) | set(small.units)


def test_topic_page_holds_what_people_type(shelf: dict[str, Page], small: Base) -> None:
    topic = small.vocabulary.topics["network-shutdown"]
    body = shelf["by/topic/network-shutdown"].body
    assert all(word in body for word in (*topic.also.ur, *topic.also.ru))


def test_moved_record_and_its_provisions_leave_a_page_behind(book: Path) -> None:
    (book / "moved.yml").write_text("zz-old-law: zz-constitution\n", encoding="utf-8")
    shelf = printed(read_base(book))
    assert shelf["zz-old-law"].head["moved"] == "zz-constitution.html"
    assert shelf["zz-old-law/12a"].head["moved"] == "../zz-constitution/12a.html"


def test_pages_written_by_hand_are_pages_of_the_site(book: Path, tmp_path: Path) -> None:
    (book / "docs").mkdir()
    (book / "docs" / "about.md").write_text("# About us\n\nWe read.\n", encoding="utf-8")
    (book / "docs" / "index.md").write_text("# Home\n\nWelcome, *reader*.\n", encoding="utf-8")
    shelf = printed(read_base(book))
    assert "We read." in shelf["about"].body
    assert "Welcome, *reader*." in shelf["index"].body
    assert '<a href="about.html">About us</a>' in shelf["index"].body


def test_two_things_never_share_an_address(book: Path, tmp_path: Path) -> None:
    (book / "docs").mkdir()
    (book / "docs" / f"{SET_ASIDE}.md").write_text("# Mine\n", encoding="utf-8")
    with pytest.raises(TwoPagesAtOneAddress, match=f"Two pages want the address {SET_ASIDE}.html"):
        write_pages(read_base(book), tmp_path / "pages", today=TODAY)


# --- reading them in every scheme -----------------------------------------------------------------


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})\b", block))


def palettes() -> dict[str, dict[str, str]]:
    css = (Path(__file__).parent.parent / "kb/site/theme/assets/writbase.css").read_text("utf-8")
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    dark, _, chosen = rest.partition(':root[data-scheme="dark"]')
    assert palette(dark) == palette(chosen.partition("}")[0])
    return {"light": palette(light), "dark": palette(light) | palette(dark)}


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "back"),
    [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("link", "paper"),
     ("link", "card"), ("link", "gone-back"), ("link", "doubt-back"), ("link", "good-back"),
     ("good", "good-back"), ("doubt", "doubt-back"), ("gone", "gone-back"), ("ink", "gone-back"),
     ("ink", "doubt-back"), ("ink", "good-back"), ("doubt", "paper"), ("gone", "paper"),
     ("doubt", "card"), ("gone", "card"), ("band-ink", "band"), ("band-soft", "band"),
     ("ink", "mark")],
)  # fmt: skip
def test_text_is_readable_on_its_ground(scheme: str, ink: str, back: str) -> None:
    colours = palettes()[scheme]
    assert contrast(colours[ink], colours[back]) >= 4.5
