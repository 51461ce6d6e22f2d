"""The one place where the library meets Airflow."""
