"""What reviewers decide on findings: states, their store, the Excel work-list and its way back.

An item is a finding: report, rule and subject. Its decisions are events that are only ever added; the
last one is its state. People decide by work-list or command; a build adds what the next version of a
report settles by itself (`lifecycle.follow`).
"""
