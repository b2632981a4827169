"""Two snapshots -> what changed between them, record by record, and why each indicator moved. Reads published tables only."""
