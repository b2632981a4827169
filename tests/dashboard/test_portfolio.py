"""The generated portfolio that the dashboard is measured on is a snapshot like any other, and the same each time."""

from bench import portfolio
from dashboard.app import create
from dashboard.store import Store
from tests.dashboard.test_fuzz import URL, good


def test_a_generated_portfolio_is_shown_whole(tmp_path, caplog):
    portfolio.publish(tmp_path, 300)
    client = create(tmp_path).server.test_client()
    for path in ("/", "/countries/CHN", "/partners/org-000001", "/agreements", "/agreements/AGR-0000001", "/outcomes", "/news", "/quality"):
        answer = client.post(URL, json=good(path))
        assert answer.status_code == 200
        assert "could not be drawn" not in answer.text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_it_is_generated_and_says_so(tmp_path):
    portfolio.publish(tmp_path, 50)
    snapshot = Store(tmp_path).snapshot()
    with snapshot.cursor() as cursor:
        titles = [title for (title,) in cursor.execute("select title from agreement").fetchall()]
    assert len(titles) == 50
    assert all(title.startswith("Generated") for title in titles)


def test_the_same_size_gives_the_same_rows(tmp_path):
    for name in ("a", "b"):
        portfolio.publish(tmp_path / name, 100)
    one, other = ((tmp_path / name / "snapshots" / portfolio.RUN) for name in ("a", "b"))
    for path in sorted(one.glob("*.parquet")):
        import pyarrow.parquet as pq

        assert pq.read_table(path).equals(pq.read_table(other / path.name)), path.name
