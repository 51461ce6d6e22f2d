"""Workbooks to `Document`: `.xlsx` and `.xls`."""
