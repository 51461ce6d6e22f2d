"""The static site: what a published warehouse holds, to be looked at rather than queried.

Every figure is the result of one file of `sql/`, run as it stands over the views that analysts rely
on, and linked to from the figure. A chart is drawn in the reader's browser from the table below it,
so the two can't differ. Two trees of pages, `zh/` and `en/`, hold the same figures.
"""
