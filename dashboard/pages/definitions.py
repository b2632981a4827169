"""Every indicator that is shown: formula, counting rule, source, an example, and the same worked out for the data shown now."""

# ruff: noqa: E501 - a text stands on one line, as in the catalogue

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.figures.registry import FIGURES
from dashboard.locale import mark
from dashboard.pages import Context, Page
from dashboard.pages.examples import example
from dashboard.parts import Child, fact_list, link, page_title, section
from dashboard.traced import address

TITLE = mark("What every number means")
NOTE = mark("Each number on a page follows one of these definitions; the same rules are used in charts, tables and downloads")
FORMULA, RULE, EXAMPLE = mark("Formula"), mark("Counting rule"), mark("Example")
SOURCE, NOW, SHOWN_IN = mark("Where the rule comes from"), mark("In the present selection"), mark("Shown in")
RECORDS = mark("Show the records")
HOUSE = mark("Rule of this dashboard")
CONTENTS = mark("On this page")


@dataclass(frozen=True, slots=True)
class Definition:
    """What one indicator is, in marked texts."""

    id: str
    name: str
    formula: str
    rule: str
    example: str
    source: str = HOUSE


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "agreements", mark("Agreements"), mark("Records of the registers after merging duplicates, signed in the chosen years"),
        mark("Each agreement once. Without a date of signature it is outside every choice of years, but it is in the total."),
        mark("One agreement stands in two registers: it counts once, and its page shows both cells."),
    ),
    Definition(
        "full", mark("Full counting"), mark("An agreement counts 1 for each of its distinct partner countries, fields or partners"),
        mark("Answers “with how many agreements is this country involved?”. Values must not be added up; no pie, no stack."),
        mark("Four agreements: with China; with China and Germany; with China, Germany and France; with Germany. China 3, Germany 3, France 1; the sum 7 means nothing."),
        mark("Full counting of bibliometrics, as in the CWTS Leiden Ranking"),
    ),
    Definition(
        "fractional", mark("Fractional counting"), mark("An agreement counts 1/k for each of its k distinct partner countries, fields or partners"),
        mark("Adds up to the number of agreements. A filter does not change k: half an agreement stays half. “Not stated” is a category of its own."),
        mark("The same four agreements: China 11/6, Germany 11/6, France 1/3; the sum is 4."),
        mark("Fractional counting of bibliometrics, as in the CWTS Leiden Ranking"),
    ),
    Definition(
        "field-country", mark("Field by country"), mark("Full: 1 in each cell of a field and a country. Fractional: 1 divided by fields times countries"),
        mark("Under fractional counting the cells add up to the number of agreements. A blank cell means that no agreement falls into it."),
        mark("Two fields and two countries: four cells, each 1 in full and 1/4 in fractional counting."),
    ),
    Definition(
        "partners", mark("Partners"), mark("Distinct foreign organisations with an accepted link to an agreement of the selection"),
        mark("A set, not a sum: a partner with five agreements is one partner. Organisations of the home country are not partners."),
        mark("Three agreements with the same two universities: two partners."),
    ),
    Definition(
        "countries", mark("Partner countries"), mark("Distinct countries with an accepted link to an agreement of the selection, without the home country"),
        mark("A network without a country adds none; its agreements are in the category “not stated”."),
        mark("An agreement with a university in Germany and a network: one partner country."),
    ),
    Definition(
        "status", mark("Status of an agreement"),
        mark("Terminated, replaced, signed but not yet in force, in force without an end, end not stated, in force, ends soon, renewed by itself, expired, in this order"),
        mark("“End not stated” is never counted as in force nor as expired. If only the month or year is known, every possible day is tried; a question mark says that they differ."),
        mark("Ends “2026”, as of 22 November 2026: ends soon if it is the last day, expired if it is an earlier one; shown as “Ends soon ?”."),
    ),
    Definition(
        "attention", mark("Need attention"), mark("The last day for a decision lies within 180 days: the end, or the end minus the period of notice if it renews itself"),
        mark("Also agreements that are over although an outcome or a news item is later."),
        mark("Ends on 31 December 2026, renews itself, three months of notice: the decision is due by 30 September 2026."),
    ),
    Definition(
        "outcomes", mark("Outcomes"), mark("Records of results: joint publications, laboratories, centres, projects, grants, mobility, events and so on"),
        mark("Each record once, whatever number it states; planned, proposed and discussed ones are listed apart and never counted."),
        mark("“At least 40 papers” is one record of a joint publication with the number 40."),
    ),
    Definition(
        "links", mark("Links between records"), mark("News and outcomes are tied to agreements by number, by the same web address, or by what the text names"),
        mark("Only accepted links count; proposals are shown with their text and wait for a person."),
        mark("An outcome with the number of an agreement in its row is tied to that agreement by “same number”."),
    ),
    Definition(
        "filters", mark("Filters"),
        mark("Country, field and partner choose the records linked to any of them; years choose by signature, outcome or publication"),
        mark("The type and the status of agreements choose outcomes and news of such agreements; the type of outcome chooses agreements and news with such outcomes. A chart by country shows only the chosen countries. “Without China” leaves exactly the records that “only China” would not."),
        mark("Country China, years 2018 to 2025: agreements with China signed in these years, outcomes with China of these years, news on China of these years."),
    ),
    Definition(
        "diversity", mark("Diversity of countries"), mark("exp(−Σ p ln p), p is the fractional share of a country (Hill number of order 1)"),
        mark("Reads as a number of equally strong countries; agreements without a country are left out."),
        mark("Shares 11/24, 11/24, 2/24: 2.5 countries."),
        mark("Hill (1973), Jost (2006)"),
    ),
    Definition(
        "cumulated", mark("Signed up to a year (flow, added up)"), mark("Agreements with a known year of signature up to the end of the year, by country or field"),
        mark("Counted by the rule that is chosen; the lines of two countries are not added. Agreements without a year are in no line."),
        mark("Two agreements of 2019 and one of 2021: 2 in 2019 and 2020, 3 from 2021 on."),
    ),
    Definition(
        "stock", mark("In force at the end of a year (stock)"), mark("Agreements whose status on 31 December of the year is in force, ends soon, renewed by itself, or in force without an end"),
        mark("“End not stated” is a line of its own and never added. Of an unsharp date the last day counts; what is replaced is in force until its successor is."),
        mark("Signed in May 2019, until 30 June 2022: in force at the end of 2019, 2020 and 2021."),
    ),
    Definition(
        "trend", mark("More or fewer"), mark("The last three whole years against the three before"),
        mark("Both numbers are printed; the year that is not over is in neither. Below five records no trend is told."),
        mark("18 agreements in 2023–2025, 12 in 2020–2022: 6 more."),
    ),
    Definition(
        "ranks", mark("Rank in three years"), mark("1 + the number of countries with more agreements signed in the same three years"),
        mark("Equal numbers share a rank. Three years with fewer than five agreements are not ranked; a line needs five agreements in all."),
        mark("5, 3, 3 and 1 agreements: ranks 1, 2, 2 and 4."),
    ),
    Definition(
        "activity-index", mark("Activity index"), mark("(n of the pair ÷ n of the country) ÷ (n of the field ÷ n of all); expected = n of the field × n of the country ÷ n of all"),
        mark("1 is as expected. Only agreements with a field and a country; whatever country and field are chosen, compared with all others. Blank where fewer than 5 are expected."),
        mark("12 of 40 agreements with a country are in a field that has 60 of all 400: 0.30 ÷ 0.15 = 2."),
    ),
    Definition(
        "evenness", mark("Evenness"), mark("−Σ p ln p ÷ ln S, p is the fractional share of each of S countries or fields"),
        mark("1 when all have the same share; not defined for fewer than two."),
        mark("Shares 11/24, 11/24, 2/24: 0.84."),
    ),
    Definition(
        "rows", mark("Rows understood"), mark("Rows read = made a record + merged into a record + refused + not data"),
        mark("Every row has exactly one of these fates; titles, headers, totals and blank rows are “not data”."),
        mark("55 data rows and 7 others: 62 rows read."),
    ),
    Definition(
        "news", mark("News"), mark("Items of the news files after merging repetitions, published in the chosen years"),
        mark("Each item once, whatever it reports; two items on one event are two items. The event is the one that is written, else the one that the words of title and text tell."),
        mark("“Agreement signed with Graz” is one item with the event “signing”."),
    ),
    Definition(
        "missing", mark("Missing values"), mark("Records of the selection that do not state a value, divided by all records of their kind"),
        mark("A value that was refused is missing too; its text stands among the findings. An agreement that is said to have no end lacks none."),
        mark("30 of 40 agreements state no end: 75 %."),
    ),
    Definition(
        "findings", mark("Findings"), mark("Places of the sources where something was not understood, contradicts itself, or is odd but possible"),
        mark("Each place and code once: an error is lost or refused, a warning is to be checked, a note is possible. No filter applies."),
        mark("31.02.2020 in cell F901: one error, because there is no such day."),
    ),
    Definition(
        "runway", mark("What is due when"), mark("The last day of an agreement, its last day for notice, and the day on which it renews itself"),
        mark("Notice: the end of the present term minus the period of notice. An unsharp end counts at its last day and is hatched. An unstated end is due nowhere."),
        mark("Ends on 30 June 2025, renews itself by a year, one month of notice: notice by 30 May 2027, renewed after 30 June 2027, seen from November 2026."),
    ),
    Definition(
        "survival", mark("From signing to first outcome"), mark("Cumulative incidence by Aalen and Johansen, which is 1 − S(t) by Kaplan and Meier where no agreement ends first"),
        mark("Time runs from the day in force; the event is the first achieved outcome up to the end (publications: 24 months longer). Outcomes before are no events. Interval: 95 %, log-log, Greenwood."),
        mark("Waits of 1, 3 and 4 months with an outcome, 2 and 5 months still without: S is 0.8, 0.5333, 0.2667."),
    ),
    Definition(
        "stages", mark("Stages of a cohort"), mark("Signed, came into force, any activity, any outcome: each a part of the one before"),
        mark("One cohort: the agreements of the selection with a date of signature. Activity is a tied outcome, or tied news other than of the signing, not before signing."),
        mark("Of 67 signed agreements 43 show activity and 23 of these an outcome: 100 %, 64 %, 34 %."),
    ),
    Definition(
        "network", mark("Who works with whom"), mark("Common records n(ij) of two partners in agreements, achieved outcomes and news; strength = n(ij) N / (n(i) n(j))"),
        mark("N counts the records that name any partner. Clusters maximise modularity of the strengths (Louvain), the partners taken in the order of their ids, so the picture is always the same."),
        mark("Six common records of partners with 20 and 45 of 300: strength 2, twice what chance would give."),
    ),
)  # fmt: skip


def draw(context: Context, _id: str = "") -> Component:
    """Return the page; each definition has an id to link to."""
    say = context.say
    contents = html.Nav(
        [html.A(say(each.name), href=f"#{each.id}", className="event-chip") for each in DEFINITIONS],
        className="event-chips contents", **{"aria-label": say(CONTENTS)},
    )  # fmt: skip
    return html.Div([page_title(say(TITLE), say(NOTE)), contents, *(_section(context, each) for each in DEFINITIONS)])


def _section(context: Context, each: Definition) -> Component:
    say = context.say
    told: list[tuple[str, Child | list[Child]]] = [
        (say(FORMULA), say(each.formula)), (say(RULE), say(each.rule)), (say(EXAMPLE), say(each.example)),
        (say(NOW), _now(context, each)), (say(SHOWN_IN), _shown_in(context, each)), (say(SOURCE), say(each.source)),
    ]  # fmt: skip
    return section(say(each.name), fact_list(told), id=each.id)


def _now(context: Context, each: Definition) -> list[Child]:
    found = example(context, each.id)
    return [f"{found[0]}. ", link(context.say(RECORDS), found[1])] if found else []


def _shown_in(context: Context, each: Definition) -> list[Child]:
    found: list[Child] = []
    for figure in FIGURES:
        if figure.definition == each.id:
            found += [", "] if found else []
            found.append(link(context.say(figure.question), address(context.selection, figure.id)))
    return found


PAGE = Page("/definitions", mark("Definitions"), draw)
