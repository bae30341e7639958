# The site's commands; `make help` lists them. All that they install goes into .venv.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-quick lint format messages shots pictures weight heights bench desk texts drill soak requirements free-port needs

PORT ?= 8000
PYTHON ?= python3

VENV ?= .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

# Everything here happens in a workshop; the check of the public settings brings its own.
export DEBUG := 1

# What is installed is remembered by the content of its list: a warm start installs nothing.
stamp = $(VENV)/installed-$(1)-$(shell cksum < $(1).txt | tr ' ' '-')
FOR_RUN := $(call stamp,requirements)
FOR_DEV := $(call stamp,requirements-dev)

OURS := catalogues config desk meetings operating panels programme serving tests tools manage.py
TEMPLATES = $(shell find templates -name '*.html')


help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: free-port $(FOR_RUN) ## Serve the site on 127.0.0.1:8000 with the 2024 programme (PORT= for another port)
	@exec $(MANAGE) workshop --port $(PORT)

test: $(FOR_DEV) needs ## Prove everything: lint, all tests on PostgreSQL, the data layer on SQLite
	@$(MAKE) --no-print-directory lint
	$(call stage,Tests on PostgreSQL,$(PYTEST))
	$(call stage,What databases do differently on SQLite,$(PYTEST) --sqlite -m django_db -k 'not cost' $(DATA_LAYER))

test-quick: $(FOR_DEV) needs ## Prove what needs neither a browser nor rows: lint, and the other tests
	@$(MAKE) --no-print-directory lint
	$(call stage,Tests without a browser and without rows,$(PYTEST) -m 'not django_db' --ignore=tests/browser)

lint: $(FOR_DEV) ## Check style, types, imports, templates, migrations, settings, known faults and catalogues
	$(call stage,Style,$(BIN)/ruff check --quiet $(OURS))
	$(call stage,Format (make format mends it),$(BIN)/ruff format --quiet --check $(OURS))
	$(call stage,Types,$(BIN)/mypy)
	$(call stage,Imports between the rooms of the house,$(BIN)/lint-imports --no-logo)
	$(call stage,Format of the templates (make format mends it),$(BIN)/djade --check $(TEMPLATES))
	$(call stage,Templates,$(BIN)/djlint --quiet --lint templates)
	$(call stage,Migrations,DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run)
	$(call stage,Settings for the public,$(PUBLIC) $(MANAGE) check --deploy --fail-level WARNING)
	$(call stage,Known faults of what is installed,$(BIN)/python -m tools.audit)
	$(call stage,Catalogues,$(MANAGE) messages --check)

format: $(FOR_DEV) ## Write Python and templates in the one form that lint asks for
	@$(BIN)/ruff check --quiet --fix $(OURS)
	@$(BIN)/ruff format $(OURS)
	@$(BIN)/djade $(TEMPLATES)

messages: $(FOR_DEV) ## Bring the translators' files (locale/) in line with the sources
	@$(MANAGE) messages

shots: $(FOR_DEV) needs ## Take pictures of the pages in four languages
	@$(MANAGE) compile_messages
	@$(BIN)/python -m tools.browser.shots

pictures: $(FOR_DEV) needs ## Take the pictures of README and guides anew
	@$(BIN)/python -m tools.browser.pictures

weight: $(FOR_DEV) needs ## Weigh a first visit of the programme page in each language
	@$(BIN)/python -m tools.browser.weight

heights: $(FOR_DEV) needs ## Measure how far down the answers stand on a phone, and on how many sheets of paper
	@$(BIN)/python -m tools.browser.heights

bench: $(FOR_DEV) needs ## Measure how fast the site answers, beside a bare view and a static file (needs nginx and wrk)
	@$(BIN)/python -m tools.bench.speed

desk: $(FOR_DEV) needs ## Measure how long staff wait: start page, draft, release desk, publishing
	@$(BIN)/python -m tools.bench.desk

texts: $(FOR_DEV) ## Measure how long the longest and most repetitive texts keep the site busy
	@$(BIN)/python -m tools.bench.texts

drill: $(FOR_DEV) needs ## Take the database away under load and bring it back (needs nginx)
	@$(BIN)/python -m tools.bench.drill

soak: $(FOR_DEV) needs ## Publish every five seconds under full load, for ten minutes (needs nginx and wrk)
	@$(BIN)/python -m tools.bench.soak

requirements: $(FOR_DEV) ## Choose versions anew within requirements*.in and write the hashed lists
	@for list in requirements-uv requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
			$$list.in -o $$list.txt || exit 1; \
	done


# As many at once as there are processors; more than six would take each other's connections.
PYTEST = $(BIN)/python -m pytest --numprocesses auto --maxprocesses 6 --dist worksteal

# What reads and writes rows, locks them, orders them or takes them along.
DATA_LAYER = tests/meetings tests/panels tests/programme/publishing tests/programme/rows \
	$(addprefix tests/desk/rows/test_,adding.py lost_updates.py once.py) \
	tests/operating/test_backups.py tests/serving/staff/test_logins.py

# Announce a step, and say which one stopped us.
define stage
	@echo "== $(1)"
	@$(2) || { echo "== Stopped at: $(1)"; exit 1; }
endef

# What an operator would set, for the length of one check.
PUBLIC = DEBUG=0 DATABASE_URL=sqlite://:memory: ALLOWED_HOSTS=programme.example.org \
	SITE_URL=https://programme.example.org \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')

# First of all, so that nobody waits for an installation to read that the port is taken.
free-port:
	@$(PYTHON) config/port.py '$(PORT)'

needs:
	@sh tools/needs.sh

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: name one with PYTHON=python3.11."; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python's venv is needed: apt-get install python3-venv."; exit 1; }

$(FOR_RUN): | $(BIN)/python
	$(call install,requirements)

# The list for development holds that for running, so that both are then installed.
$(FOR_DEV): | $(BIN)/python
	$(call install,requirements-dev)
	@touch $(FOR_RUN)

# uv is quick; where it cannot be had or does not know the machine's index, pip knows it.
define install
	@echo "Installing $(1).txt …"
	@{ test -x $(BIN)/uv || $(PIP) -r requirements-uv.txt; \
		$(UV) -r $(1).txt || $(PIP) -r $(1).txt; } >$(VENV)/install.log 2>&1 \
		|| { cat $(VENV)/install.log; echo "$(1).txt cannot be installed."; exit 1; }
	@touch $@
endef
VERIFIED = --require-hashes --only-binary :all:
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check $(VERIFIED)
UV = UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1 $(BIN)/uv pip install --quiet \
	--python $(BIN)/python $(VERIFIED)
