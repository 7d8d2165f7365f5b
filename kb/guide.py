"""The guide to every field and every word, made from the models and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import FOLDERS, Form, Label, Pointer, Word, fields_of, forms, key_of
from kb.template import is_list
from kb.vocab import TABLES, Vocabulary


def guide(vocabulary: Vocabulary) -> str:
    """The guide as Markdown: each form with its keys, then each vocabulary with its words."""
    return "\n".join(_guide(vocabulary)) + "\n"


def _guide(vocabulary: Vocabulary) -> Iterator[str]:
    yield "# Every field and every word"
    yield ""
    yield "A record is a text file. A key may stand in it once; an unknown key stops the build."
    yield "Keys marked **must** may not be missing. What is not known is left out, not guessed."
    yield ""
    folder_of = {form: folder for folder, form in FOLDERS.items()}
    for form in forms():
        title = folder_of.get(form)
        yield f"## {title.capitalize() if title else form.__name__}"
        yield ""
        yield f"{(form.__doc__ or '').strip().splitlines()[0]}"
        yield ""
        yield "| Key | Holds | For example |"
        yield "| --- | --- | --- |"
        for name, field in form.model_fields.items():
            key = key_of(name, field)
            must = " **must**" if field.is_required() else ""
            many = " A list." if is_list(field) else ""
            example = f"`{field.examples[0]}`" if field.examples else ""
            what = f"{field.description}{many}{_where(form, key)}"
            yield f"| `{key}`{must} | {what} | {example} |"
        yield ""
    for table in TABLES:
        yield f"## vocab/{table}.yml"
        yield ""
        yield "| Word | Shown as | Meaning |"
        yield "| --- | --- | --- |"
        for word, entry in vocabulary.tables[table].items():
            yield f"| `{word}` | {cell(entry.label)} | {cell(entry.meaning)} |"
        yield ""


def _where(form: type[Form], key: str) -> str:
    marks, inner = fields_of(form)[key]
    says = ""
    for mark in marks:
        if isinstance(mark, Word):
            says += f" A word of `vocab/{mark.vocabulary}.yml`."
        elif isinstance(mark, Label):
            says += " A label of `sources`."
        elif isinstance(mark, Pointer):
            says += f" The ID of a {' or '.join(mark.to)}."
    if inner is not None:
        says += f" See {inner.__name__}."
    return says


_MARKS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "|<>[]()*_`!~\\#"})


def cell(text: str) -> str:
    """Text for a cell of a Markdown table, in which no sign means anything but itself."""
    return text.replace("&", "&amp;").translate(_MARKS).replace("\n", " ")
