"""Scripts and style sheets as they are sent: without what only their authors read, names shortened.

The only module that knows tdewolff's minify.
"""

from __future__ import annotations

import minify

# Nothing newer than what the page of the search asks of a browser.
minify.config({"js-version": 2022})

# Where a reader who looks at what was sent finds the code as it was written, and its licence.
_WRITTEN = "MIT: github.com/writbase/writbase"


def minified_script(text: str) -> str:
    """A script, smaller, that does the same; its first line says where it is to be read."""
    return f"// {_WRITTEN}\n{minify.string('text/javascript', text)}"


def minified_styles(text: str) -> str:
    """A style sheet, smaller, that looks the same; its first line is like that of a script."""
    return f"/* {_WRITTEN} */\n{minify.string('text/css', text)}\n"
