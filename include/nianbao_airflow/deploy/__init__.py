"""Airflow on many machines: its secrets, its set-up and its health, as `docker-compose.yaml` uses them."""
