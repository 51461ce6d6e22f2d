"""Great Expectations: the record of every check, the gate, the pages reviewers open.

Import `gate`, `suites` and the others by name; importing this package alone costs nothing.
"""

import logging

# It logs hundreds of lines while it is imported, so the level has to be there before.
logging.getLogger("great_expectations").setLevel(logging.WARNING)
