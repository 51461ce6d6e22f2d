"""Who may do what: our roles for Airflow's FAB auth manager, declared in `roles.yaml`."""
