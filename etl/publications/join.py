"""Works in the spool -> one group per publication, what became of each row, and the links to partners, countries and fields.

Which of several records of one work speaks for it: a register's own row, then the one with a DOI, with addresses, then by the database
(Scopus, Web of Science, OpenAlex, RIS, BibTeX), then by file and row. What it lacks is taken from the next that has it. Partners and
countries come from one record only, the first with addresses; so a database that errs does not add to one that does not.
"""

# ruff: noqa: S608 - names come from this package, values are parameters

from __future__ import annotations

from etl.publications.same import Candidate, merged
from etl.publications.spool import ADDRESS, BROAD, CATEGORY, KEYWORD, VENUE, Spool

_NODES = """
CREATE TABLE node AS
WITH known AS (SELECT identifier, min(doi) AS doi FROM work WHERE doi <> '' AND identifier <> '' GROUP BY identifier)
SELECT w.rid, CASE WHEN w.doi <> '' THEN 'd' || w.doi WHEN k.doi IS NOT NULL THEN 'd' || k.doi
                   WHEN w.identifier <> '' THEN 'i' || w.identifier ELSE 'r' || w.rid END AS node
FROM work w LEFT JOIN known k USING (identifier)
"""
_CANDIDATES = """
WITH shared AS (SELECT key FROM work JOIN node USING (rid) GROUP BY key
                HAVING count(DISTINCT node) > 1 AND bool_or(node[1] <> 'd'))
SELECT node, key, year, surnames, venue_key, page, kind FROM work JOIN node USING (rid) SEMI JOIN shared USING (key)
ORDER BY key, node[1] <> 'd', register = '', rid
"""
_MEMBERS = """
CREATE TABLE member AS
WITH named AS (SELECT w.rid, coalesce(a.root, n.node) AS node, w.register = '' AS is_export, w.doi = '' AS lacks_doi,
                      NOT w.has_address AS lacks_address, x.rank
               FROM work w JOIN node n USING (rid) LEFT JOIN alias a USING (node) LEFT JOIN export x USING (file))
SELECT rid, min(rid) OVER (PARTITION BY node) AS grp,
       row_number() OVER (PARTITION BY node ORDER BY is_export, lacks_doi, lacks_address, rank, rid) AS place
FROM named
"""
_ADDRESSED = f"""
CREATE TABLE addressed AS
SELECT s.rid, bool_or(p.is_home) AS is_home, bool_or(p.is_abroad) AS is_abroad, bool_or(s.text <> '') AS is_named
FROM said s JOIN placed p USING (text, country, ror) WHERE s.level = {ADDRESS} GROUP BY s.rid
"""
#: Which member of a group gives what: whole numbers only, because the engine cannot put texts that it is aggregating to disk.
#: A file in which no work has an address is a list that somebody made; its works are taken at its word.
_PICKS = """
CREATE TABLE pick AS
WITH lists AS (SELECT file FROM work WHERE file >= 0 GROUP BY file HAVING NOT bool_or(has_address))
SELECT m.grp, count(*) AS members, min(m.place) FILTER (w.doi <> '') AS doi_at, min(m.place) FILTER (w.year > 0) AS year_at,
       min(m.place) FILTER (w.venue <> '') AS venue_at, min(m.place) FILTER (w.link <> '') AS link_at,
       min(m.place) FILTER (w.kind <> '') AS kind_at, min(m.place) FILTER (w.has_address) AS speaker_at,
       bool_or(l.file IS NOT NULL) AS is_listed, coalesce(bool_or(a.is_home), false) AS is_home,
       coalesce(bool_or(a.is_named), false) AS is_named
FROM member m JOIN work w USING (rid) LEFT JOIN addressed a USING (rid) LEFT JOIN lists l USING (file) GROUP BY m.grp
"""
_TOLD = """
CREATE TABLE told AS
SELECT p.grp, w.rid AS leader, w.register, w.doi, w.identifier, w.title, w.key, w.year, w.happened, w.venue, w.link, w.kind, w.surnames,
       w.page, a.rid AS speaker, p.is_listed, p.is_home, p.is_named
FROM pick p JOIN member m ON m.grp = p.grp AND m.place = 1 JOIN work w USING (rid)
LEFT JOIN member a ON a.grp = p.grp AND a.place = p.speaker_at
"""
#: What the leader of a group lacks, from the first member that has it; few groups lack anything, so one part after the other is cheap.
_COMPLETED = """
UPDATE told SET {part} = w.{part} FROM pick p JOIN member m ON m.grp = p.grp AND m.place = p.{part}_at JOIN work w USING (rid)
WHERE told.grp = p.grp AND p.{part}_at > 1
"""
_PARTS = ("doi", "year", "venue", "link", "kind")
#: The most precise date of the year that counts.
_DATED = """
UPDATE told SET happened = w.happened
FROM (SELECT m.grp, min((10 - len(w.happened)) * 1000000 + m.place) % 1000000 AS day_at
      FROM pick p JOIN member m USING (grp) JOIN work w USING (rid) JOIN told t USING (grp)
      WHERE p.members > 1 AND w.year = t.year AND w.happened <> '' GROUP BY m.grp) d
JOIN member m ON m.grp = d.grp AND m.place = d.day_at JOIN work w USING (rid)
WHERE told.grp = d.grp AND told.happened <> w.happened
"""
_GROUPS = """
CREATE TABLE grp AS
WITH judged AS (
    SELECT t.*, CASE WHEN register <> '' THEN 'record' WHEN kind = 'none' THEN 'no_work'
                     WHEN speaker IS NULL THEN CASE WHEN is_listed THEN 'record' ELSE 'no_address' END
                     WHEN t.is_named AND NOT t.is_home THEN 'not_ours'
                     WHEN a.is_abroad THEN 'record' ELSE 'not_joint' END AS role,
           'pub-' || substr(sha256(CASE WHEN doi <> '' THEN doi WHEN identifier <> '' THEN identifier
                            ELSE concat_ws('|', key, year, surnames::VARCHAR, venue, page) END), 1, 16) AS hash
    FROM told t LEFT JOIN addressed a ON a.rid = t.speaker),
numbered AS (SELECT leader, row_number() OVER (PARTITION BY hash ORDER BY leader) AS twin FROM judged)
SELECT j.*, CASE WHEN register <> '' THEN register WHEN twin > 1 THEN hash || '-' || twin ELSE hash END AS outcome
FROM judged j JOIN numbered n USING (leader)
"""
_TIES = f"""
CREATE TABLE tie AS
SELECT g.outcome, g.register, s.place, s.text, s.country AS written, p.* EXCLUDE (text, country, ror)
FROM grp g JOIN said s ON s.rid = g.speaker JOIN placed p USING (text, country, ror)
WHERE g.role = 'record' AND s.level = {ADDRESS} AND NOT p.is_home
"""
_FIELDS = f"""
CREATE TABLE about AS
WITH spoken AS (
    SELECT m.grp, m.rid, s.level, s.level * 1000000 + m.place AS top, s.place, x.field, x.confidence
    FROM grp g JOIN member m USING (grp) JOIN said s USING (rid) JOIN meant x ON x.level = s.level AND x.text = s.text
    WHERE g.role = 'record' AND x.field <> ''),
voices AS (SELECT grp, top, count(*) AS voices FROM spoken GROUP BY ALL),
votes AS (SELECT grp, rid, level, top, field, count(*) AS votes, min(place) AS place, max(confidence) AS confidence
          FROM spoken GROUP BY ALL),
likely AS (SELECT * FROM votes JOIN voices USING (grp, top) WHERE level <> {KEYWORD} OR (votes > 1 AND votes * 2 > voices)),
best AS (SELECT grp, min(top) AS top FROM likely GROUP BY grp)
SELECT g.outcome, g.register, l.field, s.text, l.level, l.confidence
FROM likely l JOIN best b USING (grp, top) JOIN grp g USING (grp)
JOIN said s ON s.rid = l.rid AND s.level = l.level AND s.place = l.place
"""
#: Texts about fields that are worth asking: a less telling one only where no better one was understood.
WANTED = """
SELECT DISTINCT s.text FROM grp g JOIN member m USING (grp) JOIN said s USING (rid)
WHERE g.role = 'record' AND s.level = {level} AND g.grp NOT IN (
    SELECT m.grp FROM member m JOIN said s USING (rid) JOIN meant x ON x.level = s.level AND x.text = s.text WHERE x.field <> '')
"""
LEVELS = (CATEGORY, BROAD, VENUE, KEYWORD)


def group(spool: Spool) -> None:
    """Find the records of one work: by DOI, by the id of a database, then by title."""
    spool.flush()
    spool.db.execute(_NODES)
    candidates = (Candidate(row[0], row[1], row[2], tuple(row[3] or ()), *row[4:]) for row in spool.rows(_CANDIDATES))
    for node, root in merged(candidates):
        spool.add("alias", node, root)
    spool.flush()
    spool.db.execute(_MEMBERS)


def judge(spool: Spool) -> None:
    """Tell of each group whether it is a joint publication of ours; ``placed`` must be filled."""
    spool.flush()
    completed = [_COMPLETED.format(part=part) for part in _PARTS]
    for step in (_ADDRESSED, _PICKS, _TOLD, *completed, _DATED, _GROUPS, _TIES):
        spool.db.execute(step)


def tie_fields(spool: Spool) -> None:
    """Tie the publications to their fields; ``meant`` must be filled."""
    spool.flush()
    spool.db.execute(_FIELDS)
