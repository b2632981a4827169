"""``python -m dashboard brief``."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.report.brief import Guest
from dashboard.report.command import Write, parser_of, run, to_stderr, to_stdout
from dashboard.report.making import Visit
from dashboard.report.outline import BRIEF_FORMATS


def main(arguments: Sequence[str]) -> int:
    """Write the brief that the command line asks for."""
    return briefing(arguments, to_stdout, to_stderr)


def briefing(arguments: Sequence[str], out: Write, err: Write) -> int:
    """Write the brief for a visit; return the exit code."""
    parser = parser_of("brief", "Write two pages for the visit of a delegation.", BRIEF_FORMATS)
    guest = parser.add_mutually_exclusive_group(required=True)
    guest.add_argument("--partner", metavar="ID", help="id of the partner, as in the address of its page")
    guest.add_argument("--country", metavar="CODE", help="ISO code of the country: CHN")
    options = parser.parse_args(arguments)
    kind: Guest = "partner" if options.partner is not None else "country"
    code = options.partner if kind == "partner" else options.country.upper()
    return run(options, lambda _: Visit(kind, code, options.lang), BRIEF_FORMATS, out, err)
