# Everything that reading and running need: LibreOffice for .doc and .wps, a program for .rar, models and
# libraries for scans, Chinese fonts, Airflow with Celery.
#   docker build -t nianbao:local .
#   docker run --rm -v "$PWD:/data" -w /data nianbao:local nianbao parse report.doc
# docker-compose.yaml runs all parts of a distributed installation from this image.

FROM python:3.11.14-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv

# What is locked comes first: a change of the code does not install everything anew.
WORKDIR /src
COPY requirements-run.lock ./
RUN pip install --no-deps --require-hashes --requirement requirements-run.lock

COPY pyproject.toml README.md LICENSE ./
COPY include/nianbao ./include/nianbao
COPY include/nianbao_airflow ./include/nianbao_airflow
RUN pip install --no-deps --no-build-isolation . && pip check


FROM python:3.11.14-slim-bookworm

# Debian's mirrors keep the newest version of a package alone: a pinned one could not be built again
# after its first security fix.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      fonts-noto-cjk libarchive-tools \
      libreoffice-calc-nogui libreoffice-writer-nogui \
 && rm -rf /var/lib/apt/lists/*

# Nothing here needs to be root, and what publishers wrote is read here. The two folders are where
# volumes go; an empty volume takes their owner.
RUN groupadd --gid 50000 nianbao \
 && useradd --uid 50000 --gid nianbao --no-create-home --home-dir /tmp --shell /usr/sbin/nologin nianbao \
 && install --directory --owner=nianbao --group=nianbao /data /logs

COPY --from=build /opt/venv /opt/venv
WORKDIR /opt/nianbao
COPY dags ./dags
COPY plugins ./plugins
COPY great_expectations ./great_expectations
COPY include/portals ./include/portals

# The root file system may be read-only: what is written goes to /data, /logs and /tmp.
ENV PATH=/opt/venv/bin:$PATH HOME=/tmp AIRFLOW_HOME=/tmp/airflow \
    PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 50000:50000
CMD ["nianbao", "--help"]
