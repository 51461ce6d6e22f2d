"""A workbook for one place or agency: its reports as the forms print them, series, checks, sources."""
