"""Work in a forked process beside this one, which ends with it and tells its result or its error.

The child has all that its parent had in memory, so nothing is sent to it. It neither locks nor publishes anything: it makes files in a
folder that its parent owns, and dies with the parent.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, NoReturn, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")
Other = TypeVar("Other")
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Do ``work`` in a child and yield what waits for it and returns what it returned, or raises what it raised.

    The child is ended with the block, whether it is done or not. Where no process can be forked the work is done here and at once, so
    that it finds in memory what a child would have found.

    Raises:
        ChildProcessError: somebody ended the child; by the waiting function.
    """
    child = _Child.start(work)
    if child is None:
        done = work()
        yield lambda: done
        return
    try:
        yield cast(Callable[[], Result], child.result)
    finally:
        child.end()


def both(one: Callable[[], Result], two: Callable[[], Other]) -> tuple[Result, Other]:
    """Return what both works give: where there is a second processor, a child does the first while this process does the second.

    What the first changes in a child is lost, so it may change nothing that later work depends on.
    """
    if not has_two():
        return one(), two()
    with beside(one) as wait:
        other = two()
        try:
            return wait(), other
        except ChildProcessError:  # somebody ended it: nothing is lost but time
            return one(), other


def by_two(work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], least: int) -> list[Result]:
    """Return what ``work`` gives for all ``items``, one result for each; from ``least`` items on half of it as :func:`both` does it."""
    if len(items) < max(least, 2):
        return work(items)
    middle = len(items) // 2
    second, first = both(partial(work, items[middle:]), partial(work, items[:middle]))
    return first + second


def has_two() -> bool:
    """Tell whether there is a second processor to work on."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class _Child:
    """The parent's side of a child."""

    def __init__(self, pid: int, answer: IO[bytes]) -> None:
        self._pid: int | None = pid
        self._answer = answer

    @classmethod
    def start(cls, work: Callable[[], object]) -> _Child | None:
        """Return the child that does ``work``, or None where there can be none."""
        if sys.platform != "linux":  # elsewhere a forked process is not sure to run, or does not end with its parent
            return None
        parent = os.getpid()
        into, out = os.pipe()
        try:
            pid = _fork()
        except OSError:  # no memory or no number for another process: it is done without
            os.close(into)
            os.close(out)
            return None
        if not pid:
            _serve(work, parent, out)
        os.close(out)
        return cls(pid, os.fdopen(into, "rb"))

    def result(self) -> object:
        """Return what the child returned."""
        told = self._answer.read()
        status = self._waited()
        if told and not status:
            done, value = pickle.loads(told)  # noqa: S301 - our own process wrote it
            if done:
                return value
            raise value
        how = f"by signal {-status}" if status < 0 else f"with code {status}"
        raise ChildProcessError(f"the process that worked beside this one was ended {how}")

    def end(self) -> None:
        """End the child if it is not done."""
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._waited()
        self._answer.close()

    def _waited(self) -> int:
        assert self._pid is not None
        pid, self._pid = self._pid, None
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _fork() -> int:
    with warnings.catch_warnings():  # of other threads, which Python 3.12 warns of: the child takes none of their locks
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _serve(work: Callable[[], object], parent: int, out: int) -> NoReturn:
    """Do ``work``, write its answer to ``out`` and end; what the parent would do at its end is not done here."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted and ends us
        gc.disable()  # a look at each object would copy all memory that is shared
        _die_with(parent)
        answer = _answer(work)
        with os.fdopen(out, "wb") as file:
            file.write(answer)
        code = 0
    finally:
        os._exit(code)


def _die_with(parent: int) -> None:
    """Ask the system to end this process with its parent, however that ends: a next run shall meet nobody in its folder."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _answer(work: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps((True, work()))
    except BaseException as error:  # whatever it is, the parent raises it
        error.add_note("".join(traceback.format_exception(error)))
        try:
            told = pickle.dumps((False, error))
            pickle.loads(told)  # noqa: S301 - not every error can be made again from what it tells
        except Exception:
            told = pickle.dumps((False, RuntimeError(error.__notes__[-1])))
        return told
