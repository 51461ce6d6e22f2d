"""The published DuckDB file: tables declared once, built from the sources, switched atomically."""
