# What a person types. Each job is a small script in packaging/ or tests/bench/; this file only names them.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
MODEL_BIN := .venv-model/Scripts
else
BIN := .venv/bin
MODEL_BIN := .venv-model/bin
endif

.PHONY: help setup run test lint bench evaluate model package

help:
	@echo "make run       Install what is locked into .venv and open Vigie on the demonstration brand"
	@echo "make test      Lint, types, layers and all tests"
	@echo "make setup     Install what a contributor needs into .venv"
	@echo "make lint      Lint, types and layers only"
	@echo "make bench     Measure, beside the peers that are installed [ONLY=group]"
	@echo "make evaluate  Measure tone, target, intent and language on labelled texts [DATA=folder] [TEST=--test]"
	@echo "make model     Train the tables of resources/model anew, in about seven minutes [DATA=folder]"
	@echo "make package   Build the wheel and the source archive into dist/"

setup:
	@$(PYTHON) packaging/set_up.py dev

run:
	@$(PYTHON) packaging/set_up.py run
	@$(BIN)/python -m ui --demo

test: lint
	@$(BIN)/python packaging/run_tests.py

lint: setup
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m ruff format --check --quiet .
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports --no-logo --no-cache

bench: setup
	@$(BIN)/python -m tests.bench $(ONLY)

evaluate:
	@$(PYTHON) packaging/model_env.py
	@$(MODEL_BIN)/python packaging/evaluate.py $(DATA) $(TEST)

model:
	@$(PYTHON) packaging/model_env.py
	@$(MODEL_BIN)/python packaging/train_model.py $(DATA)

package: setup
	@$(BIN)/python -m hatchling build
