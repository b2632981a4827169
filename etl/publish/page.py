"""Pieces of an HTML page that opens from disk: no script, nothing from outside, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5a6470; --line: #d8dde3; --paper: #ffffff; --wash: #f5f7f9; --blue: #0b5cad;
  --error: #b3261e; --error-wash: #fdecea; --warning: #7a4d00; --warning-wash: #fff3d6; --note: #24527a; --note-wash: #e8f1fa }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #a2acb7; --line: #373e46; --paper: #15181c; --wash: #1d2126;
  --blue: #7db8f5; --error: #ff9a90; --error-wash: #3a1d1b; --warning: #f3c269; --warning-wash: #37290d; --note: #9cc9f0;
  --note-wash: #16293b } }
* { box-sizing: border-box }
html { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper) }
body { max-width: 1180px; margin: 0 auto; padding: 32px 24px 80px }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px } h2 { font-size: 22px; margin: 48px 0 4px; scroll-margin-top: 12px }
h3 { font-size: 18px; margin: 28px 0 4px; overflow-wrap: anywhere } h4 { font-size: 15px; margin: 20px 0 6px; color: var(--soft) }
p { margin: 4px 0 12px; max-width: 75ch } .soft { color: var(--soft) } a { color: var(--blue) }
.top { display: flex; justify-content: space-between; gap: 24px; flex-wrap: wrap; align-items: baseline }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0; margin: 16px 0; list-style: none }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; margin: 20px 0; padding: 0;
  list-style: none }
.numbers li { background: var(--wash); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; color: var(--soft) }
.numbers b { display: block; font-size: 26px; line-height: 1.2; color: var(--ink); font-variant-numeric: tabular-nums }
.answer { font-size: 18px; margin: 16px 0 }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: 14px }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word }
th { color: var(--soft); font-weight: 600; white-space: nowrap } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
td.n, td.place { white-space: nowrap } td.place { font-variant-numeric: tabular-nums; width: 1% } tr.all td { font-weight: 600 }
td { white-space: pre-line } td.raw { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 13px;
  white-space: pre-wrap; overflow-wrap: anywhere }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; margin: 10px 0;
  background: var(--paper) }
.finding > summary { display: flex; gap: 12px; align-items: baseline; cursor: pointer;
  padding: 8px 14px } .finding > summary b { flex: 1 }
.finding > div { padding: 0 14px 12px } .todo::before { content: "→ " } .todo { margin: 0 0 8px }
.badge { font-size: 12px; font-weight: 600; color: var(--tone); background: var(--wash-tone); border-radius: 4px; padding: 1px 8px;
  white-space: nowrap }
.error { --tone: var(--error); --wash-tone: var(--error-wash) } .warning { --tone: var(--warning); --wash-tone: var(--warning-wash) }
.note { --tone: var(--note); --wash-tone: var(--note-wash) } ol { margin: 0; padding-left: 1.4em }
@media print { html { font-size: 11px; --paper: #fff; --ink: #000 } body { max-width: none; padding: 0 } nav { display: none }
  h2, h3, h4, summary { break-after: avoid } tr, .numbers li { break-inside: avoid } table { font-size: 10px }
  details::details-content { content-visibility: visible; block-size: auto } a { color: inherit; text-decoration: none } }
"""
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def said(text: object) -> str:
    """Return ``text`` for a page: escaped, and a sign that cannot be shown or turns the direction of reading as one that can.

    >>> said("<b>" + chr(0x202E))
    '&lt;b&gt;�'
    """
    return escape(_NOT_TEXT.sub("\ufffd", str(text)))


def link(path: str, text: str) -> str:
    """Return a link to a file beside the page."""
    return f'<a href="{quote(path.encode("utf-8", "surrogatepass"))}">{said(text)}</a>'


def badge(tone: str, text: str) -> str:
    """Return a word in a colour that its tone gives."""
    return f'<span class="badge {tone}">{said(text)}</span>'


def table(heads: Sequence[tuple[str, str]], lines: Iterable[Sequence[str]], last: str = "") -> str:
    """Return a table; ``heads`` are text and class of each column, cells are HTML, ``last`` is the class of the last line."""
    rows = [list(line) for line in lines]
    top = "".join(f'<th scope="col" class="{kind}">{said(text)}</th>' for text, kind in heads)
    body = "".join(
        f'<tr class="{last if at == len(rows) - 1 else ""}">'
        + "".join(f'<td class="{kind}">{cell}</td>' for (_, kind), cell in zip(heads, row, strict=True))
        + "</tr>"
        for at, row in enumerate(rows)
    )
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'.replace(' class=""', "")


def section(name: str, title: str, note: str, *parts: str) -> str:
    """Return a part of the page with its heading; ``parts`` are HTML."""
    under = f'<p class="soft">{said(note)}</p>' if note else ""
    return f'<section><h2 id="{name}">{said(title)}</h2>{under}{"".join(parts)}</section>'


def page(language: str, title: str, body: str) -> str:
    """Return the whole page; its policy allows nothing but its own style."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{said(title)}</title><style>{STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>{body}</body></html>\n'
