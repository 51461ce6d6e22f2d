"""The expectation reports: what the checks found, by place, agency, rule and severity, for reviewers.

A site of the same style and parts as the public one, above the Data Docs of Great Expectations.
"""
