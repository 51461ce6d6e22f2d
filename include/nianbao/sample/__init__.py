"""Sample data: invented reports with known figures, portals that serve them, and what must be found.

Everything is drawn from fixed seeds. Five founding reports appear with their true figures; every other
agency and place is invented, so that no invented number stands under a real agency's name.
"""
