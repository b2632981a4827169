"""One function per question; the only place that speaks SQL. What a selection means is settled in :mod:`dashboard.query.chosen`."""

import pandas as pd

# Frames here have some hundred rows: their texts are read one by one, for which Arrow's columns are slow.
pd.options.mode.string_storage = "python"
