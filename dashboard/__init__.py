"""The published snapshot -> pages, figures and their evidence.

store -> query -> figures -> pages -> app; of the ETL only the contract ``etl.tables`` is known here.
"""
