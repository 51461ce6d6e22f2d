# One line per target: `make help`.

PYTHON ?= python3
UV ?= $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
STAMP := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo up roles test test-distributed secrets bench-parse bench-crawl bench-warehouse bench-quality bench-names bench-site \
  bench-texts bench-scale bench-checks bench-similarity golden accuracy campaign-reading campaign-fuzz campaign-crawl campaign-rules campaign-rules-text \
  campaign-publish lint lock clean bundle test-offline campaign-carry upgrade

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP)  ## Make the environment in .venv, again only when the lock changed (OFFLINE=<bundle>: without a network)

# The lock is whole, so nothing is resolved: pip would look for the newest of what an extra asks for.
# Quiet about success; a Python that cannot run the project is told in one line.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	  || { echo "Nianbao needs Python 3.11, 3.12 or 3.13, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true): make install PYTHON=/path/to/python3.12" >&2; exit 2; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@if [ -n '$(OFFLINE)' ]; then \
	  wanted=$$(PYTHONPATH=include $(BIN)/python -m nianbao_airflow.bundle.check '$(OFFLINE)') || exit 2; \
	  $(PIP) install --isolated --no-deps --require-hashes -r "$$wanted"; \
	elif '$(UV)' --version >/dev/null 2>&1; then \
	  '$(UV)' pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock; \
	else \
	  $(PIP) install --no-deps --require-hashes -r requirements.lock; \
	fi
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: install  ## Harvest, read, check and publish the sample portals in a real Airflow
	@$(BIN)/python -m nianbao_airflow.local.demo

up: install  ## Run Airflow for the real portals, with a login, until Ctrl-C
	@$(BIN)/python -m nianbao_airflow.local.up

roles: install  ## Bring our roles into Airflow's database (in the environment of that Airflow)
	@$(BIN)/python -m nianbao_airflow.access.sync

test: install  ## Run the tests in two processes (ARGS='-k crawl' for some)
	$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

test-distributed: install  ## Start the many-machines topology for real and break it (needs postgresql and redis-server)
	$(BIN)/pytest -m distributed tests/distributed -s $(ARGS)

secrets:  ## Make the secrets that docker-compose.yaml mounts, once, in deploy/secrets
	@$(PYTHON) include/nianbao_airflow/deploy/secret_files.py deploy/secrets

bench-parse: install  ## Measure reading, side by side with others
	@cd tests && ../$(BIN)/python -m bench.parse

bench-crawl: install  ## Measure harvesting, side by side with Scrapy (ARGS='2000 3': reports, rounds)
	@cd tests && ../$(BIN)/python -m bench.crawl $(ARGS)

bench-warehouse: install  ## Measure building the warehouse at scale, side by side with DuckDB and pandas (ARGS='100000')
	@cd tests && ../$(BIN)/python -m bench.warehouse $(ARGS)

bench-quality: install  ## Run all rules over 100,000 and 1,000,000 synthetic reports (ARGS='years zeros': themes)
	@cd tests && ../$(BIN)/python -m bench.quality $(ARGS)

golden: install  ## Write the golden documents anew (needs LibreOffice and chromium)
	@cd tests && ../$(BIN)/python -m support.golden

accuracy: install  ## Score reading over the golden documents and write docs/accuracy.md
	@$(BIN)/nianbao accuracy tests/golden --write docs/accuracy.md

campaign-reading: install  ## Read random reports back by the ten thousand (ARGS='--only html --html 500')
	@cd tests && ../$(BIN)/python -m campaign.reading $(ARGS)

campaign-fuzz: install  ## Read damaged files under a watchdog (N=100000)
	@cd tests && ../$(BIN)/python -m campaign.fuzz $(or $(N),100000) $(ARGS)

campaign-crawl: install  ## Every fault on every sample site, and 50 kills; writes docs/faults.md (ARGS='vsb trs')
	@cd tests && ../$(BIN)/python -m campaign.crawl $(ARGS)

bench-names: install  ## Match names of agencies, and count what is found and what is taken for another
	@cd tests && ../$(BIN)/python -m bench.names

bench-site: install  ## Measure making the static site (ARGS='10000': agencies)
	@cd tests && ../$(BIN)/python -m bench.site $(ARGS)

bench-scale: install  ## Harvest and read 20,000 reports with 1, 2 and 4 workers, by Airflow and without it (ARGS='500 2')
	@cd tests && ../$(BIN)/python -m bench.scale $(ARGS)

bench-checks: install  ## Measure the expectation reports (ARGS='10000': agencies)
	@cd tests && ../$(BIN)/python -m bench.checks $(ARGS)

bench-texts: install  ## Run all rules over 100,000 and 1,000,000 whole reports, texts and numbers
	@cd tests && ../$(BIN)/python -m bench.texts $(ARGS)

bench-similarity: install  ## Find copied sections among a million synthetic ones
	@cd tests && ../$(BIN)/python -m bench.similarity $(ARGS)

campaign-rules-text: install  ## Seed every fault of text, and check clean reports (ARGS='--each 24 --clean 800')
	@cd tests && ../$(BIN)/python -m campaign.text_rules $(ARGS)

campaign-publish: install  ## Kill a hundred publications at random moments (ARGS='20 50 7')
	@cd tests && ../$(BIN)/python -m campaign.publish $(ARGS)

campaign-rules: install  ## Seed every fault in 200 reports, and check 10,000 clean ones (ARGS='20 1000')
	@cd tests && ../$(BIN)/python -m campaign.rules $(ARGS)
	@cd tests && ../$(BIN)/python -m campaign.registry_rules $(firstword $(ARGS))

lint: install  ## Check style, types, YAML and that derived files are current
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/yamllint --strict include deploy $(wildcard *.yaml .*.yaml)
	$(BIN)/nianbao generate --check
	$(BIN)/python -m nianbao_airflow.docs --check

LOCKING := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --custom-compile-command 'make lock' --all-extras --group build pyproject.toml

lock:  ## Resolve the locks anew, for all supported Pythons, with hashes: with the tests' tools, and without
	$(LOCKING) --group dev -o requirements.lock
	$(LOCKING) --constraint requirements.lock -o requirements-run.lock

bundle: install  ## Collect all that an installation without the internet needs (ARGS='--python 3.12 --debian --tar', --help)
	@$(BIN)/python -m nianbao_airflow.bundle.make $(ARGS)

test-offline: install  ## Install a bundle with the network cut, and read a report (OFFLINE=<bundle>, else one is made)
	@cd tests && ../$(BIN)/python -m campaign.offline $(abspath $(OFFLINE)) $(ARGS)

campaign-carry: install  ## Kill packing and unpacking at random moments (ARGS='50 1': trials, seed)
	@cd tests && ../$(BIN)/python -m campaign.carry $(ARGS)

upgrade: install  ## Try newer versions in a scratch environment, and say go or no-go (APPLY=1 writes the lock)
	@$(BIN)/python -m nianbao_airflow.upgrade $(if $(filter 1,$(APPLY)),--apply) $(ARGS)
	@$(if $(filter 1,$(APPLY)),$(MAKE) lock)

clean:  ## Remove what was built and cached; the environment and the data in .state stay
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find dags include plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +
