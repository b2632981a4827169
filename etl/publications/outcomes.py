"""The joined works as rows of the published tables, in SQL over the spool."""

# ruff: noqa: S608 - names come from the contract and from this package

from __future__ import annotations

from etl.publications.spool import ADDRESS, BROAD, CATEGORY, KEYWORD, VENUE
from etl.tables import Country, Field, Link, Outcome, Partner, RecordSource, SourceRow

_PRECISION = "CASE len(happened) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' END"
_NOTHING = "NULL::BIGINT AS {start}, NULL::BIGINT AS {end}, NULL::VARCHAR AS {column}"
_NO_SPAN = _NOTHING.format(start=Link.span_start, end=Link.span_end, column=Link.span_column)
_METHODS = {CATEGORY: "category", BROAD: "category", VENUE: "venue", KEYWORD: "keyword"}
_METHOD = " ".join(f"WHEN {level} THEN '{name}'" for level, name in _METHODS.items())

#: Table -> the rows that the exports add to it. A register's own outcome keeps its columns, and its links where it has any.
ADDED = {
    "outcome": f"""
        SELECT outcome AS {Outcome.id}, 'joint_publication' AS {Outcome.type}, title AS {Outcome.title},
               nullif(happened, '') AS {Outcome.date}, {_PRECISION} AS {Outcome.date_precision},
               CASE WHEN year > 0 THEN year END AS {Outcome.year}, 1 AS {Outcome.count}, NULL::VARCHAR AS {Outcome.unit},
               'exact' AS {Outcome.qualifier}, false AS {Outcome.planned}, NULL::VARCHAR AS {Outcome.status_note},
               CASE WHEN link <> '' THEN link WHEN doi <> '' THEN 'https://doi.org/' || doi END AS {Outcome.link},
               nullif(doi, '') AS {Outcome.doi}, nullif(venue, '') AS {Outcome.venue}
        FROM grp WHERE role = 'record' AND register = ''""",
    "outcome_partner": f"""
        SELECT outcome AS {Outcome.id}, partner AS {Partner.id}, first(text ORDER BY confidence DESC, place) AS {Link.raw},
               first(method ORDER BY confidence DESC, place) AS {Link.method}, max(confidence) AS {Link.confidence},
               true AS {Link.accepted}, {_NO_SPAN}
        FROM tie WHERE partner <> '' AND outcome NOT IN (SELECT {Outcome.id} FROM base_outcome_partner) GROUP BY outcome, partner""",
    "outcome_country": f"""
        SELECT outcome AS {Outcome.id}, code AS {Country.code},
               first(CASE WHEN text <> '' THEN text ELSE written END ORDER BY place) AS {Link.raw},
               'address' AS {Link.method}, 1.0 AS {Link.confidence}, true AS {Link.accepted}, {_NO_SPAN}
        FROM tie WHERE code <> '' AND is_abroad AND outcome NOT IN (SELECT {Outcome.id} FROM base_outcome_country)
        GROUP BY outcome, code""",
    "outcome_field": f"""
        SELECT outcome AS {Outcome.id}, field AS {Field.code}, text AS {Link.raw}, CASE level {_METHOD} END AS {Link.method},
               confidence AS {Link.confidence}, true AS {Link.accepted}, {_NO_SPAN}
        FROM about WHERE outcome NOT IN (SELECT {Outcome.id} FROM base_outcome_field)""",
    "record_source": f"""
        SELECT 'outcome' AS {RecordSource.kind}, g.outcome AS {RecordSource.record},
               x.name || '##' || l.n AS {RecordSource.row}, m.place = 1 AS {RecordSource.primary}
        FROM grp g JOIN member m USING (grp) JOIN line l USING (rid) JOIN export x USING (file) WHERE g.role = 'record'""",
    "source_row": f"""
        SELECT x.name || '##' || l.n AS {SourceRow.id}, x.name AS {SourceRow.file}, '' AS {SourceRow.sheet}, l.n AS {SourceRow.row},
               l.cells AS {SourceRow.cells}, false AS {SourceRow.hidden},
               CASE WHEN l.role = 'fault' THEN 'quarantined' WHEN g.role = 'record' AND m.place = 1 THEN 'loaded'
                    WHEN g.role = 'record' THEN 'merged' ELSE 'not_data' END AS {SourceRow.fate},
               CASE WHEN l.role = 'fault' THEN 'record' ELSE coalesce(g.role, l.role) END AS {SourceRow.role},
               CASE WHEN l.role = 'fault' OR g.role = 'record' THEN 'outcome' END AS {SourceRow.kind},
               CASE WHEN g.role = 'record' THEN g.outcome END AS {SourceRow.record}
        FROM line l JOIN export x USING (file) LEFT JOIN member m USING (rid) LEFT JOIN grp g USING (grp)""",
}

#: Rows of each export by fate: file, read, loaded, merged, quarantined, not data.
LEDGER = f"""
SELECT {SourceRow.file}, count(*), count(*) FILTER ({SourceRow.fate} = 'loaded'), count(*) FILTER ({SourceRow.fate} = 'merged'),
       count(*) FILTER ({SourceRow.fate} = 'quarantined'), count(*) FILTER ({SourceRow.fate} = 'not_data')
FROM ({ADDED["source_row"]}) GROUP BY 1 ORDER BY 1
"""
#: Works of each export by what they are: file, role, works.
ROLES = """
SELECT x.name, g.role, count(*) FROM line l JOIN export x USING (file) JOIN member m USING (rid) JOIN grp g USING (grp)
GROUP BY 1, 2 ORDER BY 1, 2
"""
#: Partners met: id, number of publications, and how they are written, the most frequent forms first.
PARTNERS = """
WITH forms AS (SELECT partner, piece, count(*) AS n FROM tie WHERE partner <> '' GROUP BY 1, 2)
SELECT partner, list(piece ORDER BY n DESC, piece)[:50] FROM forms GROUP BY partner ORDER BY partner
"""
COUNTRIES = "SELECT DISTINCT code FROM tie WHERE code <> '' AND is_abroad ORDER BY 1"
#: Foreign addresses without a known partner: how many texts, in how many publications.
UNKNOWN = "SELECT count(DISTINCT text), count(DISTINCT outcome) FROM tie WHERE partner = '' AND text <> '' AND is_abroad"
#: Addresses of joint or domestic works that lead nowhere: how many texts, in how many works.
NOWHERE = f"""
SELECT count(DISTINCT s.text), count(DISTINCT g.grp)
FROM grp g JOIN said s ON s.rid = g.speaker JOIN placed p USING (text, country, ror)
WHERE s.level = {ADDRESS} AND g.role = 'not_joint' AND NOT p.is_home AND p.code = '' AND p.partner = ''
"""
#: What the exports know of a register's own outcome: id, DOI, venue, link, date.
COMPLETED = "SELECT outcome, doi, venue, link, happened, year FROM grp WHERE register <> '' ORDER BY outcome"
#: Publications by partner and year, to be laid beside the totals that registers state.
BY_PARTNER = """
SELECT t.partner, g.year, count(DISTINCT g.outcome) FROM tie t JOIN grp g USING (outcome) WHERE t.partner <> '' GROUP BY 1, 2 ORDER BY 1, 2
"""
