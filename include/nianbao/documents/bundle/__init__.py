"""Archives of reports: `.zip` and `.rar`, and the parts of files that are zip archives themselves."""
