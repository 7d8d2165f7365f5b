"""The guide and `kb new` are made from the models: no field and no word is missing from them."""

from __future__ import annotations

import pytest

from kb.base import Base
from kb.guide import guide
from kb.load import parse
from kb.model import FOLDERS, Form, forms, key_of
from kb.template import template


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.__name__)
def test_every_key_of_a_form_is_explained(small: Base, form: type[Form]) -> None:
    text = guide(small.vocabulary)
    for name, field in form.model_fields.items():
        assert field.description and field.description.endswith((".", "..."))
        assert f"`{key_of(name, field)}`" in text


def test_every_word_of_the_vocabulary_is_explained(small: Base) -> None:
    text = guide(small.vocabulary)
    for table in small.vocabulary.tables.values():
        for word in table:
            assert f"| `{word}` |" in text


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_a_new_record_can_be_read_and_is_wholly_empty(folder: str) -> None:
    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for inside in value.values() for text in texts(inside)]
        if isinstance(value, list):
            return [text for inside in value for text in texts(inside)]
        return [str(value)]

    value = parse(template(FOLDERS[folder], "zz-x"), "x").value
    assert set(texts(value)) == {""}


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_a_new_record_names_every_key(folder: str) -> None:
    text = template(FOLDERS[folder], "zz-x")
    for name, field in FOLDERS[folder].model_fields.items():
        assert f"{key_of(name, field)}:" in text
