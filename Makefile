# Everything a newcomer needs: `make run` and `make test`. The other targets are their parts.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-everywhere check format look bench mutants crash soak soak-reading soak-review images lock clean
VENV := .venv
PY := $(VENV)/bin/python
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

# Debian ships python3 without ensurepip: fetch it once where it is missing.
$(PY):
	python3 -c 'import ensurepip, venv' 2>/dev/null || { $(APT) update && $(APT) install -y python3-venv; }
	python3 -m venv $(VENV)

$(VENV)/.run: requirements/run.txt | $(PY)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(PY)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.run ## the .venv that runs the bot, from the lock

# The one without windows makes the tests faster; where it cannot be had at once they use the other.
$(VENV)/.browsers: | $(PY)
	@command -v chromium >/dev/null || { $(APT) update && $(APT) install -y --no-install-recommends chromium; }
	@command -v chromium-headless-shell >/dev/null || timeout 300 env $(APT) install -y --no-install-recommends --no-remove chromium-headless-shell 2>/dev/null || true
	@touch $@

setup-dev: setup $(VENV)/.dev $(VENV)/.browsers ## the same with what tests and checks need

run: setup ## the demo in the browser: http://127.0.0.1:8080
	$(PY) -m bot demo

# Two workers more than there are cores: the tests wait a lot for processes and browsers.
test: check ## checks, then every test
	$(PY) -m pytest -n $$(($$(nproc) + 2)) --dist loadfile --no-loadscope-reorder

test-everywhere: setup-dev ## every conversation on PostgreSQL, too
	$(PY) -m pytest -n $$(($$(nproc) + 2)) --dist loadfile --no-loadscope-reorder --everywhere

check: setup-dev ## format, lint, types, import contracts
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: setup-dev ## rewrite the code in the project's format
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

look: setup-dev ## letters, workbooks and cards of sample data as PDF and pictures, to be looked at: build/look
	@command -v soffice pdftoppm >/dev/null || { $(APT) update && $(APT) install -y --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-croscore; }
	$(PY) -m bench.look

mutants: setup-dev ## what tests do not notice: the code changed one thing at a time, for three quarters of an hour
	$(PY) -m bench.mutants

bench: setup-dev ## speed, as ratios within one run
	$(PY) -m bench.start
	$(PY) -m bench.turn
	$(PY) -m bench.due
	$(PY) -m bench.backlog
	$(PY) -m bench.summary
	$(PY) -m bench.telegram
	$(PY) -m bench.zalo_year
	$(PY) -m bench.reminder_year

crash: setup-dev ## the process killed at each step, and at random moments CRASH_KILLS times (600) a channel and weather
	CRASH_PEOPLE=50 CRASH_KILLS=$${CRASH_KILLS:-600} $(PY) -m pytest tests/integration/crash tests/integration/test_crash.py

soak-reading: setup-dev ## a hundred thousand texts for the readers, others at each run
	READING_TEXTS=100000 READING_SEED=$$(date +%s) $(PY) -m pytest -q tests/reading/test_grammar.py

soak-review: setup-dev ## people who review one another's reports, REVIEW_EXAMPLES times (300), others at each run
	REVIEW_EXAMPLES=$${REVIEW_EXAMPLES:-300} $(PY) -m pytest -q tests/integration/test_review_machine.py

soak-histories: setup-dev ## histories of reports and reminders, others at each run, EXAMPLES times (40) as many
	EXAMPLES=$${EXAMPLES:-40} $(PY) -m pytest -q -o timeout=0 --hypothesis-profile=default tests/integration/history tests/integration/scheduler/test_once.py

soak: setup-dev ## the process for SOAK_MINUTES (60) against a Telegram that misbehaves
	$(PY) -m bench.soak

images: setup ## the README's pictures anew, from the demo's sample
	$(PY) -m bot.demo.pictures docs/images

lock: ## choose the newest versions that fit and write both lock files (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/dev.txt
	uv pip compile pyproject.toml -c requirements/dev.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/run.txt

clean: ## remove what can be made again; var/ with its data stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
