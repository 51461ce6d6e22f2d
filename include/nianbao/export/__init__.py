"""A published version handed on: Parquet, CSV, one wide panel, a workbook, and what describes them."""
