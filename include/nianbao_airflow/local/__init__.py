"""Airflow on one machine, without containers: `make demo` and `make up`.

    demo, up ─▶ server ─▶ processes   start, record and kill process groups
                  │  └──▶ environment the settings of a checkout as environment variables
       follow ─▶ api                  Airflow's REST interface

Nothing here imports Airflow, which takes seconds: it runs in processes of its own.
"""
