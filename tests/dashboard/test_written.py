import json
import threading

import numpy as np
import orjson
import pandas as pd
from dash import html

from dashboard.written import Kept, written


def test_components_numbers_of_numpy_and_what_is_absent_are_written_as_plotly_writes_them():
    from plotly.io.json import to_json_plotly

    value = [html.P("ä", className=None), {"x": np.array([1.5, np.nan]), "y": [np.int64(3), None, float("inf")]}, (1, "2")]
    assert orjson.loads(written(value)) == json.loads(to_json_plotly(value))


def test_a_series_and_a_missing_value_are_written():
    assert written([pd.Series([1, 2]), pd.NaT]) == b"[[1,2],null]"


def test_an_answer_is_made_once_and_forgotten_with_its_snapshot():
    kept, made = Kept(10_000), []

    def make():
        made.append(1)
        return (b"x",)

    for snapshot in ("a", "a", "b", "a"):
        assert kept.get(snapshot, "key", make) == (b"x",)
    assert len(made) == 3


def test_no_more_is_kept_than_allowed_and_the_least_lately_asked_for_leaves_first():
    kept, made = Kept(5_000), []
    make = lambda key: lambda: made.append(key) or (b"y" * 1000,)  # noqa: E731
    for key in ("one", "two", "one", "three", "one", "two"):
        kept.get("a", key, make(key))
    assert made == ["one", "two", "three", "two"]


def test_many_threads_get_what_they_ask_for():
    kept, wrong = Kept(3_000), []

    def ask(number):
        for i in range(200):
            key = (number * 7 + i) % 13
            if kept.get("ab"[i % 2], key, lambda key=key: (str(key).encode(),)) != (str(key).encode(),):
                wrong.append(key)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
