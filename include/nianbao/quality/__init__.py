"""The rules of the official forms, their run in SQL, and what Great Expectations makes of them."""
