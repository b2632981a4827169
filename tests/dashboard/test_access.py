import copy
import functools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import frame
from dashboard.app import create

OUTPUTS = [{"id": frame.DRAWN, "property": "data"}, {"id": frame.SHOWN, "property": "data"}]
GOOD = {
    "output": f"..{frame.DRAWN}.data...{frame.SHOWN}.data..",
    "outputs": OUTPUTS,
    "inputs": [{"id": frame.ASKED, "property": "data", "value": {"path": "/", "query": "", "language": "en", "dark": False}}],
    "state": [{"id": frame.SHOWN, "property": "data", "value": None}],
    "changedPropIds": [f"{frame.ASKED}.data"],
}
URL = "/_dash-update-component"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    client = create(tmp_path_factory.mktemp("empty"), pages=(), figures=()).server.test_client()
    client.get = functools.partial(client.get, buffered=True)  # closes the files that are sent
    return client


def forged(**changes):
    return copy.deepcopy(GOOD) | changes


def asked(value):
    body = copy.deepcopy(GOOD)
    body["inputs"][0]["value"] = value
    return body


FORGED = [
    (None, "no body"),
    ([], "a list"),
    ({}, "nothing in it"),
    (forged(output="content.children"), "an output that is not ours"),
    (forged(output=None), "no output"),
    (forged(outputs=[]), "outputs missing"),
    (forged(outputs={"id": "a", "property": "b"}), "one output"),
    (forged(outputs=[{"id": "main", "property": "data"}, OUTPUTS[1]]), "another output"),
    (forged(inputs=[]), "no inputs"),
    (forged(inputs={}), "inputs of another shape"),
    (forged(inputs=GOOD["inputs"] * 2), "too many inputs"),
    (forged(inputs=[{"id": "x", "property": "data", "value": 1}]), "another input"),
    (forged(inputs=[None]), "nothing as input"),
    (forged(state=[]), "no state"),
    (forged(state="x"), "a text as state"),
    (forged(changedPropIds=["x.y"]), "a change that is none of ours"),
    (forged(changedPropIds=None), "no changes"),
    (forged(background=True), "a part that we do not send"),
    (asked(None), "no question"),
    (asked({"path": "/"}), "half a question"),
    (asked({"path": 1, "query": "", "language": "en", "dark": False}), "a number as path"),
    (asked({"path": "/" * 2000, "query": "", "language": "en", "dark": False}), "a long path"),
    (asked({"path": "/", "query": "x" * 9000, "language": "en", "dark": False}), "a long query"),
    (asked({"path": "/", "query": "", "language": "xx", "dark": False}), "an unknown language"),
    (asked({"path": "/", "query": "", "language": ["en"], "dark": False}), "a list as language"),
    (asked({"path": "/", "query": "", "language": "en", "dark": "yes"}), "a text as theme"),
    (asked({"path": "/", "query": "", "language": "en", "dark": False, "more": 1}), "more than the question"),
]


@pytest.mark.parametrize("body", [case[0] for case in FORGED], ids=[case[1] for case in FORGED])
def test_a_forged_callback_is_answered_400(browser, body, caplog):
    answer = browser.post(URL, json=body)
    assert answer.status_code == 400
    assert not caplog.records


def test_the_honest_callback_is_answered(browser):
    assert browser.post(f"{URL}?endId=x~y", json=GOOD).status_code == 200


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8)  # fmt: skip # noqa: E501


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from([*GOOD, "value", "state value"]), value=JSON)
def test_no_forged_value_gives_an_error_of_the_server(browser, part, value):
    body = copy.deepcopy(GOOD)
    if part == "value":
        body["inputs"][0]["value"] = value
    elif part == "state value":
        body["state"][0]["value"] = value
    else:
        body[part] = value
    assert browser.post(URL, json=body).status_code in (200, 400)


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"{}", "text/plain", 400),
        (b" " * 300_000, "application/json", 413),
        (b"x" * 5_000_000, "application/json", 413),
    ],
)
def test_a_body_that_is_no_request_is_refused(browser, data, kind, code):
    assert browser.post(URL, data=data, content_type=kind).status_code == code


def test_other_arguments_and_methods_are_refused(browser):
    assert browser.post(f"{URL}?cancelJob=1", json=GOOD).status_code == 400
    assert browser.get(URL).status_code in (404, 405, 200)  # a page address like any other, or refused; never an error
    for method in ("put", "delete", "patch"):
        assert getattr(browser, method)(URL).status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8050", "", "localhost@evil.example", "0.0.0.0"])
def test_a_foreign_host_is_refused(browser, host):
    assert browser.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost", "[::1]:8050"])
def test_our_own_hosts_are_served(browser, host):
    assert browser.get("/healthz", headers={"Host": host}).status_code == 503


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}])
def test_pages_of_other_sites_cannot_write(browser, headers):
    assert browser.post(URL, json=GOOD, headers=headers).status_code == 403


ADDRESSES = [
    "/",
    "/countries/CHN",
    "/healthz",
    "/_dash-layout",
    "/_dash-dependencies",
    "/assets/frame.js",
    "/assets/nothing.js",
    "/export/x.csv",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(browser, address):
    headers = browser.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("no-cache" if address == "/assets/frame.js" else "no-store")


def test_files_with_a_version_in_their_address_are_kept_for_a_year(browser):
    assert "immutable" in browser.get("/assets/frame.js?m=1").headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%2fapp.py",
        "/_dash-component-suites/dash/../../etc/passwd",
        "/_dash-component-suites/os/nothing.js",
        "/_dash-component-suites/dash/nothing.js",
    ],
)
def test_nobody_climbs_out_of_the_folders(browser, address, caplog):
    answer = browser.get(address)
    assert answer.status_code in (400, 404) or b"react-entry-point" in answer.data
    assert b"import" not in answer.data
    assert not caplog.records


def test_static_files_are_compressed_once_and_still_the_same(browser):
    import brotli

    plain = browser.get("/assets/frame.js").data
    for _ in range(2):
        packed = browser.get("/assets/frame.js", headers={"Accept-Encoding": "br, gzip"})
        assert packed.headers["Content-Encoding"] == "br"
        assert brotli.decompress(packed.data) == plain


def test_the_page_asks_no_other_host_for_anything(browser):
    page = browser.get("/").text
    assert "http://" not in page
    assert "https://" not in page


def test_an_error_tells_nothing(published, caplog):
    from dashboard.figures import Figure

    def fail(*_):
        raise RuntimeError("secret")

    figure = Figure("broken", "?", fail, fail, fail, fail, fail)
    answer = create(published, pages=(), figures=(figure,)).server.test_client().get("/export/broken.csv")
    assert answer.status_code == 500
    assert b"secret" not in answer.data
    assert b"Traceback" not in answer.data
    assert "secret" in caplog.text


def test_the_answer_is_json_that_orjson_and_the_browser_read(browser):
    assert json.loads(browser.post(URL, json=GOOD).data)["multi"]
