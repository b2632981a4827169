"""One job in a process of its own: its seconds and the most memory it held."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

#: The jobs that a yardstick or the ETL is, as programs; each gets its arguments after the program.
PANDAS = """
import sys, warnings
warnings.simplefilter('ignore')
import pandas
pandas.read_excel(sys.argv[1], dtype=object, engine='openpyxl')
"""
SCAN = """
import sys, zipfile
from xml.parsers import expat
with zipfile.ZipFile(sys.argv[1]) as book:
    for name in book.namelist():
        if name.endswith('.xml'):
            expat.ParserCreate().ParseFile(book.open(name))
"""
ETL = """
import sys
from pathlib import Path
from etl.pipeline.run import run
run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of processor time with all children, and the most MiB that one process of the job held."""

    seconds: float
    processor: float
    mib: int


def cost(program: str, *arguments: str | Path) -> Cost:
    """Run ``program`` and return what it cost.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    child = [sys.executable, "-c", _WRAPPED.format(program=program), *map(str, arguments)]
    told = subprocess.run(child, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own program
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(round(seconds, 2), round(processor, 2), int(told.split()[-1]) >> 10)


_WRAPPED = """
{program}
import resource
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def told(costs: dict[str, Cost]) -> dict[str, dict[str, float]]:
    """Return ``costs`` as plain values for a file."""
    return {name: asdict(cost) for name, cost in costs.items()}
