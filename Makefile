# The only task file: each target is one script. What they take, and where things lie: docs/running.md.
.DEFAULT_GOAL := help
.PHONY: help run test prove bench lint build viewer clean

PORT ?= 8080
HOST ?= 127.0.0.1
DATA ?= var
TLS ?= 0
DEMO ?= 1
export PORT HOST DATA TLS DEMO TLS_CERT TLS_KEY GRIDMAP_DATABASE GRIDMAP_DATABASE_OWNER

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: ## build and serve: PORT=8080 HOST=127.0.0.1 DATA=var TLS=0 DEMO=1
	@scripts/run.sh

test: ## build, check the format and run every test; ends with "N passed, N failed"
	@scripts/test.sh

prove: ## the same properties at full size
	@GRIDMAP_PROVE=1 scripts/test.sh

bench: ## the side-by-side benchmarks: the locator, the tiles, and the map's frames in Chromium
	@dotnet run -c Release --project bench/GridMap.Bench
	@scripts/packages.sh test
	@scripts/npm-install.sh tests/viewer-e2e
	@npm --prefix tests/viewer-e2e run bench --silent

lint: ## check format, types and scripts, and change nothing
	@scripts/lint.sh

build: ## the viewer and the program, into artifacts/gridmap/current
	@scripts/build.sh

viewer: ## the viewer alone
	@scripts/build.sh viewer

clean: ## remove what was built; never DATA
	@rm -rf artifacts src/GridMap.Api/wwwroot
	@find src tests bench tools -type d \( -name bin -o -name obj -o -name node_modules \) -prune -exec rm -rf {} +
