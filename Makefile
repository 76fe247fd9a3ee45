# Zwei Befehle genügen: make run · make test
PORT ?= 8000
PYTHON ?= python3
BIN = .venv/bin
# Einzeln ausgeteilt: Die langsamen Tests kommen zuletzt und blieben sonst alle bei einem der beiden.
WORKERS = -n 2 --maxschedchunk 1

# Übersetzte Module bleiben liegen, auch wo die Umgebung das verbietet: Jeder weitere Prozess startet schneller.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL = run
.PHONY: run test test-long bench lint setup setup-test

run: export DEBUG = 1
run: export SITE_URL = http://127.0.0.1:$(PORT)
run: setup
	@mkdir -p var
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py rebuild_search --if-needed
	@$(BIN)/python manage.py demo
	@echo "Das Portal läuft auf $(SITE_URL) – Strg+C beendet es."
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# Was die Tests an SQLite senden, merkt sich der erste Lauf; der zweite sendet jede Anweisung auch an PostgreSQL, mit
# so wenigen Tests wie nötig.
test: lint
	$(BIN)/python -m pytest $(WORKERS) --statements=build/statements.json
	$(BIN)/python -m tests.postgresql $(WORKERS) --statements=build/statements.json

# Was Minuten braucht oder mit viel mehr erzeugten Fällen geht; auf PostgreSQL dazu alles andere.
test-long: setup-test
	$(BIN)/python -m pytest $(WORKERS) -m "long or hypothesis or deep" --hypothesis-profile=deep
	$(BIN)/python -m tests.postgresql $(WORKERS) -m "" --hypothesis-profile=deep

bench: setup-test
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.pdf

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

setup:
	@$(PYTHON) deploy/setup.py run

setup-test:
	@$(PYTHON) deploy/setup.py test
