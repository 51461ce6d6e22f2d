"""Our numbers through Airflow's own metrics: declared in `metrics.yaml`, sent after each step."""
