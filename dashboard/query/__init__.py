"""One function per question; the only place that speaks SQL. What a selection means is settled in :mod:`dashboard.query.chosen`."""
