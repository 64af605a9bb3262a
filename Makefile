# Every target is a small script in bin/ that can be read and run by itself.
PORT ?= 8000
export PORT

.PHONY: help setup run test check lint types contracts messages catalogues bench lock vendor

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## prepare .venv: locked packages, compiled catalogues
	@bin/setup

run: ## start Shopfloor with a demo company on http://localhost:$(PORT)
	@bin/run

test: ## the whole suite: SQLite, PostgreSQL, Redis, Chromium
	@bin/test

check: ## lint, types, contracts and the fast tests, before every commit
	@bin/check

lint: setup ## style and common mistakes
	@bin/lint

types: setup ## static types
	@bin/types

contracts: setup ## who may import whom
	@bin/contracts

messages: setup ## collect new messages into the catalogues
	@bin/messages

catalogues: setup ## every message translated, placeholders equal
	@bin/catalogues

bench: setup ## measure pages and actions on 1x data
	@bin/bench

lock: setup ## resolve requirements/*.in anew
	@bin/lock

vendor: setup ## fetch the browser libraries anew into static/vendor
	@bin/vendor
