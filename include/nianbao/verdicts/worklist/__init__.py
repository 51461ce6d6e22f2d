"""The Excel work-list: written for reviewers, and read back."""
