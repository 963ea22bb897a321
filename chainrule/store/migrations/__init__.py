"""How a store's tables came to be: each file of `versions` leads from one version to the next.

To change the tables: change `chainrule/store/tables.py`, add `versions/v0002_what.py` with the same change as Alembic
operations (`down_revision` is the version before), and set `NEWEST` in `chainrule/store/versions.py`. A version that
was given out is never edited. A test compares what the versions make with the tables.
"""
