"""A new record to fill in: every key of a form, in order, with what it holds and an example."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from kb.model import FOLDERS, KINDS, LABEL, Form, Word, fields_of, key_of, marks_of

FOLDER_OF = {kind: folder for folder, kind in KINDS.items()}


class CannotCreate(Exception):
    """Why a new record was not written, in a sentence."""


def new_record(folder: Path, kind: str, record_id: str) -> Path:
    """Write the template of a new record and give its path.

    Raises `CannotCreate` with a sentence if the ID is no ID, its file exists or cannot be written.
    """
    if not LABEL.fullmatch(record_id):
        raise CannotCreate(
            f"'{record_id}' cannot be an ID. Use small letters, digits and hyphens: "
            f"{_example_id(kind)}."
        )
    place = "" if kind == "argument" else record_id.split("-")[0]
    known = sorted(_places(folder))
    if place and known and place not in known:
        raise CannotCreate(
            f"'{place}' is not in vocab/places.yml, and an ID begins with its place: "
            f"{_example_id(kind)}."
        )
    path = folder / FOLDER_OF[kind] / place / f"{record_id}.yml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template(FOLDERS[FOLDER_OF[kind]], record_id))
    except FileExistsError:
        raise CannotCreate(f"{path} exists already. It was not touched.") from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            path.unlink(missing_ok=True)
        raise CannotCreate(f"{path} cannot be written: {os.strerror(error.errno or 0)}.") from None
    return path


def _places(folder: Path) -> Iterator[str]:
    from kb.load import Unreadable, read

    try:
        yield from read(folder / "vocab" / "places.yml").value
    except Unreadable:
        return


def _example_id(kind: str) -> str:
    return {
        "ruling": "zz-hc-2031-doe-v-ministry",
        "instrument": "zz-constitution",
        "incident": "zz-2030-11-03-harbour-shutdown",
        "argument": "reasons-must-be-given",
    }[kind]


def template(form: type[Form], record_id: str) -> str:
    """The text of a new file: required keys empty, all others behind #, meanings behind ##."""
    head = [
        f"## {record_id}",
        "## Fill in what a source shows. Take the # away from a key that you use; delete the lines",
        "## that stay empty. What you did not see belongs under 'open'. Then run: kb check",
    ]
    return "\n".join([*head, *_lines(form, "", set())]) + "\n"


def _lines(form: type[Form], indent: str, inside: set[type[Form]]) -> Iterator[str]:
    for name, field in form.model_fields.items():
        key = key_of(name, field)
        inner = fields_of(form)[key][1]
        sign = "" if field.is_required() else "# "
        yield f"{indent}## {field.description}{_allowed(form, key)}{_for_example(field)}"
        # An example never stands where a fact belongs: what is left unfilled is empty.
        yield f"{indent}{sign}{key}:"
        if inner is not None and inner not in inside:
            deeper = list(_lines(inner, indent + "    ", inside | {form}))
            if is_list(field):
                deeper = _with_hyphen(deeper, indent)
            yield from (line if sign == "" else _commented(line, indent) for line in deeper)
        elif is_list(field):
            yield f"{indent}{sign}  -"


def _for_example(field: FieldInfo) -> str:
    return f" For example: {field.examples[0]}" if field.examples else ""


def _with_hyphen(lines: list[str], indent: str) -> list[str]:
    """The lines of one item of a list: the first key stands after the hyphen."""
    for number, line in enumerate(lines):
        if not line.strip().startswith("#"):
            lines[number] = f"{indent}  - {line.strip()}"
            break
    return lines


def _commented(line: str, indent: str) -> str:
    rest = line[len(indent) :]
    return line if rest.lstrip().startswith("#") else f"{indent}# {rest}"


def _allowed(form: type[Form], key: str) -> str:
    tables = [mark.vocabulary for mark in marks_of(form, key) if isinstance(mark, Word)]
    return f" (a word of vocab/{tables[0]}.yml)" if tables else ""


def is_list(field: FieldInfo) -> bool:
    """Whether a field holds a list of items."""
    return _has_tuple(field.annotation)


def _has_tuple(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_has_tuple(arg) for arg in get_args(annotation))
