"""The Alembic environment: `env.py` and one file per revision in `versions`, numbered from 0001."""

HEAD = "0004"
"""The newest revision. Written here so that a start with an up-to-date file never imports Alembic."""
