"""The steps of the pipeline, joined: what the DAGs and the command line call.

Arguments and results are plain lists and dictionaries, so that they pass between processes.
"""
