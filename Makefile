# Short names for long commands. The two commands in the README do without make.
PY := .venv/bin/python

.PHONY: run test check torture bench athletes keys manual pictures

.venv/bin/pytest: pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[dev]'
	@touch $@

run: .venv/bin/pytest  ## open the full screen
	.venv/bin/stridelift

test: .venv/bin/pytest  ## the tests
	.venv/bin/pytest -q -n 2

check:  ## everything CI checks, from the README's commands to the built wheel
	bash .ci/run

torture: .venv/bin/pytest  ## 500 kills at random moments, then 3000 random examples for each rule
	$(PY) bench/torture.py
	.venv/bin/pytest -q -n 2 --hypothesis-profile=torture

bench: .venv/bin/pytest  ## start-up, latency, bytes, storage, clock: ratios (bench/README.md)
	set -e; for name in startup saving bytes reading memory advising reviewing finding backing_up syncing importing entered; do $(PY) bench/$$name.py; done
	$(PY) bench/drift.py --seconds 60

athletes: .venv/bin/pytest  ## a simulated year with the calculator and with other rules
	$(PY) bench/athletes.py

keys: .venv/bin/pytest  ## docs/keys.md from the registry of commands
	$(PY) -m tui.ui.commands > docs/keys.md

manual: .venv/bin/pytest  ## docs/stridelift.1 from the parsers of the commands
	$(PY) -m tui.cli.manual > docs/stridelift.1

pictures: .venv/bin/pytest  ## the pictures of README.md, from the screen
	.venv/bin/pytest -q tests/ui/test_pictures.py --snapshot-update
