"""A document as one HTML file: no outside request, no script; it prints as the PDF does.

A policy inside the file lets a browser load nothing but what stands in the file. Charts are drawings (SVG) where there is a browser that
draws them, their numbers are tables that unfold.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path

from dashboard.locale import Say, speaker
from dashboard.report import labels
from dashboard.report.document import Block, Chapter, Document, FigureBlock, Heading, Paragraph, TableBlock, Tiles
from dashboard.report.house import House

STYLE = Path(__file__).with_name("report.css")
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
MOST_ROWS = 200
"""Rows of a table that unfolds below a chart; the workbook has all."""
Draw = Callable[[FigureBlock], bytes | None]
"""The drawing of a figure as SVG, or nothing where there is none."""


def written(document: Document, house: House, draw: Draw, pages: Mapping[str, int] | None = None) -> bytes:
    """Return the file; ``pages`` says on which page of paper each anchor stands, where that is known."""
    say = speaker(document.language)
    parts = [
        _cover(document, house),
        _contents(document, say, pages or {}) if document.contents else "",
        *(_chapter(chapter, say, draw) for chapter in document.chapters),
        f'<footer class="foot">{escape(document.foot)}</footer>',
    ]
    body = "\n".join(part for part in parts if part)
    return (
        f'<!DOCTYPE html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="as-of" content="{document.as_of}">\n<meta name="snapshot" content="{escape(document.snapshot_id)}">\n'
        f"<title>{escape(f'{document.title} – {document.subtitle}')}</title>\n<style>\n{_variables(document, house)}\n{_sheet()}</style>\n"
        f'</head>\n<body class="{document.kind}">\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    ).encode()


def entries(document: Document) -> list[tuple[int, str, str]]:
    """Return depth, anchor and text of the headings, in their order."""
    return [
        entry
        for chapter in document.chapters
        for entry in ((0, chapter.id, chapter.heading), *((1, f"figure-{each.number}", each.question) for each in _figures(chapter)))
    ]


def _figures(chapter: Chapter) -> list[FigureBlock]:
    return [block for block in chapter.blocks if isinstance(block, FigureBlock)]


def _sheet() -> str:
    return STYLE.read_text("utf-8")


def _variables(document: Document, house: House) -> str:
    fonts = [house.latin, "Noto Sans", house.cjk, "Noto Sans CJK SC"]
    stack = ", ".join(dict.fromkeys(f"'{name}'" for name in fonts)) + ", system-ui, sans-serif"
    foot = document.foot.replace("\\", "").replace('"', "'").replace("<", "‹")
    colours = f"--accent: {house.accent}; --ink: {house.ink}; --muted: {house.muted}; --line: {house.line};"
    return f":root {{ {colours} --font: {stack}; --heading: '{house.heading}', {stack}; --foot: \"{foot}\"; }}"


def _cover(document: Document, house: House) -> str:
    logo = ""
    if house.logo:
        kind = "png" if house.logo.startswith(b"\x89PNG") else "jpeg"
        logo = f'<img src="data:image/{kind};base64,{b64encode(house.logo).decode()}" alt="{escape(document.institution)}">'
    lines = "".join(f"<p>{escape(line)}</p>" for line in document.cover)
    named = f'<p class="house">{escape(document.institution)}</p>' if document.institution or document.kind == "report" else ""
    return (
        f'<header class="cover">{logo}{named}<h1>{escape(document.title)}</h1>'
        f'<p class="sub">{escape(document.subtitle)}</p><div class="lines">{lines}</div></header>'
    )


def _contents(document: Document, say: Say, pages: Mapping[str, int]) -> str:
    def entry(anchor: str, text: str) -> str:
        return f'<a href="#{anchor}"><span>{escape(text)}</span><span class="page">{pages.get(anchor, "")}</span></a>'

    items = []
    for chapter in document.chapters:
        inner = "".join(f"<li>{entry(f'figure-{each.number}', each.question)}</li>" for each in _figures(chapter))
        items.append(f'<li class="chapter">{entry(chapter.id, chapter.heading)}{f"<ol>{inner}</ol>" if inner else ""}</li>')
    return f'<nav class="contents"><h2>{escape(say(labels.CONTENTS))}</h2><ol>{"".join(items)}</ol></nav>'


def _chapter(chapter: Chapter, say: Say, draw: Draw) -> str:
    heading = f'<h2 id="{chapter.id}">{escape(chapter.heading)}</h2>' if chapter.heading else ""
    return f'<section aria-labelledby="{chapter.id}">{heading}\n{"".join(_blocks(chapter.blocks, say, draw))}</section>'


def _blocks(blocks: Iterable[Block], say: Say, draw: Draw) -> Iterable[str]:
    """Yield each block; bullets that follow each other make one list."""
    open_list = False
    for block in blocks:
        bullet = isinstance(block, Paragraph) and block.style == "bullet"
        if bullet != open_list:
            yield "<ul>\n" if bullet else "</ul>\n"
            open_list = bullet
        yield _block(block, say, draw)
    if open_list:
        yield "</ul>\n"


def _block(block: Block, say: Say, draw: Draw) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Heading):
        return f"<h3>{escape(block.text)}</h3>\n"
    if isinstance(block, Tiles):
        return f'<dl class="tiles">{"".join(_tile(each.label, each.number.shown, each.note) for each in block.tiles)}</dl>\n'
    if isinstance(block, FigureBlock):
        return _figure(block, say, draw)
    return f'<div class="table">{_table(block, say)}</div>\n'


def _paragraph(block: Paragraph) -> str:
    origins = escape(" ".join(f"{each.shown.replace(' ', '')}={each.origin}" for each in block.numbers))
    told = f' data-origin="{origins}"' if origins else ""
    if block.style == "bullet":
        return f"<li{told}>{escape(block.text)}</li>\n"
    return f'<p class="{block.style}"{told}>{escape(block.text)}</p>\n'


def _tile(label: str, number: str, note: str) -> str:
    return f'<div class="tile"><dt>{escape(label)}</dt><dd>{escape(number)}<small>{escape(note)}</small></dd></div>'


def _figure(block: FigureBlock, say: Say, draw: Draw) -> str:
    drawing = draw(block) if block.plot else None
    caption = _caption(say, labels.FIGURE, block.number, block.caption)
    picture = unfold = ""
    if drawing:
        picture = f'<div class="drawing" role="img" aria-label="{escape(block.alt)}">{drawing.decode("utf-8")}</div>'
        unfold = f"<details><summary>{escape(block.twin.caption)}</summary>{_table(block.twin, say, MOST_ROWS, named=False)}</details>"
    elif block.plot:
        picture = f'<p class="note">{escape(say(labels.NO_PICTURE))}</p>{_table(block.twin, say, 15, named=False)}'
    return (
        f'<figure id="figure-{block.number}" data-origin="{escape(str(block.origin))}"><h3>{escape(block.question)}</h3>'
        f'<p class="finding">{escape(block.finding)}</p>{picture}<figcaption>{caption}</figcaption>{unfold}</figure>\n'
    )


def _caption(say: Say, kind: str, number: str, text: str) -> str:
    """Return the caption with its number in bold."""
    label = say(kind, n=number)
    return escape(labels.caption(say, kind, number, text)).replace(escape(label), f"<b>{escape(label)}</b>", 1)


def _table(table: TableBlock, say: Say, most: int = MOST_ROWS, named: bool = True) -> str:
    if named:
        told = _caption(say, labels.TABLE, table.number, table.caption) if table.number else escape(table.caption)
        caption = f"<caption>{told}</caption>" if table.number else f'<caption class="unseen">{told}</caption>'
    else:
        caption = ""
    sides = ['class="n"' if each else "" for each in table.numeric]
    columns = "".join(f'<col style="width:{width:.0%}">' for width in table.widths)
    heads = "".join(f'<th scope="col" {side}>{escape(head)}</th>' for head, side in zip(table.heads, sides, strict=True))
    rows = "".join(
        f"<tr>{''.join(f'<td {side}>{escape(labels.shown(cell, say))}</td>' for cell, side in zip(row, sides, strict=True))}</tr>"
        for row in table.rows[:most]
    )
    cut = say.count(labels.FIRST_ROWS, len(table.rows), shown=say.number(most)) if len(table.rows) > most else table.note
    note = f'<p class="note">{escape(cut)}</p>' if cut else ""
    return f"<table>{caption}<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{note}"
