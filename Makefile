# The two commands of the README. They set up everything themselves: a virtual environment with tox.
TOX := .venv/bin/tox

.PHONY: audit test run
audit: $(TOX)
	$(TOX) run -q -e audit

# Side by side, because some of it mostly waits; what an environment says is shown when it has ended.
test: $(TOX)
	$(TOX) run-parallel --parallel 4 --parallel-no-spinner -e e2e,tests,checks,backend,frontend

# The reference system on this machine, until Ctrl-C: it prints the address.
run:
	python3 system_under_test/run.py

$(TOX): requirements/tox.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements/tox.txt
	@touch $(TOX)
