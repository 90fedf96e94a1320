"""Elements with everything escaped: the only way in which MathML and SVG are made here.

Pages themselves are Jinja templates with autoescape: a library that torch brings along anyway, that everybody can read,
and that escapes by default. Trees and plots are recursive and are written by Python, through the same `Markup` type.
"""

from __future__ import annotations

from markupsafe import Markup, escape

Child = str | Markup


def element(name: str, *children: Child, **attributes: str | float) -> Markup:
    """An element; texts that are not `Markup` are escaped, `_` in a name of an attribute stands for `-`.

    >>> element("mi", "<x>", class_="a", stroke_width=2)
    Markup('<mi class="a" stroke-width="2">&lt;x&gt;</mi>')
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_shown(value))}"' for key, value in attributes.items()
    )
    inside = "".join(escape(child) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704 - every piece was escaped in the lines above


def together(*children: Child) -> Markup:
    """Several pieces, one behind the other."""
    return Markup("").join(children)


def _shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
