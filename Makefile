# make run | test | lint | format | lock | bench. Needs Debian 12 (or alike), Python 3.11 and make; the rest it fetches.
SHELL := /bin/bash
export PYTHONUTF8 := 1
export PYTHONUNBUFFERED := 1
export HOST ?= 127.0.0.1
export PORT ?= 8000
export LONG CI PYTHON
python := .venv/bin/python

.PHONY: run test lint format lock bench

run:  ## the web server and the background worker, with demo data in an empty database
	@bash config/run/setup.sh base
	@umask 077 && exec $(python) manage.py serve --prepare --demo

test:  ## lint, then the suite on SQLite and on PostgreSQL; LONG=1 for the long tests too
	@bash config/run/setup.sh dev
	@bash config/run/test.sh

lint:
	@bash config/run/setup.sh dev
	@bash config/run/lint.sh

format:
	@bash config/run/setup.sh dev
	@.venv/bin/ruff check -q --fix . ; .venv/bin/ruff format -q . ; find templates -name '*.html' | xargs -r .venv/bin/djade --target-version 5.2

lock:  ## writes requirements/*.txt anew: names, versions, hashes, no addresses
	@bash config/run/setup.sh dev
	@for name in uv base dev; do \
	  UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip compile -q --upgrade --python-version 3.11 --universal --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate requirements/$$name.in -o requirements/$$name.txt || exit 1; done

bench:  ## the measurements of tests/bench on a private PostgreSQL; SCALE=commune|city|province|imports|deadline|screening
	@bash config/run/setup.sh dev
	@bash config/run/with-postgres.sh $(python) -m pytest -q -s -p no:randomly -o python_files='bench_*.py' -o python_functions='bench_*' tests/bench -m ""
