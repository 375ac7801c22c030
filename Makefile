# swift-zeromq's tasks. `make` lists them.

SWIFT ?= swift
# A test that passes its deadline ends the run at once; making a backtrace first can take minutes.
export SWIFT_BACKTRACE ?= enable=no
# What is built here is free of warnings; `make SWIFT_ZEROMQ_WARNINGS=` builds with them. Package.swift says why this is a variable.
export SWIFT_ZEROMQ_WARNINGS ?= errors
.DEFAULT_GOAL := help
.PHONY: help ecosystem aspell run test build examples lint lint-workflows format compile-fail consumer docs musl api-breakage interop soak storm asan \
  tsan signals libzmq clean bench bench-quick bench-instructions bench-memory bench-plot bench-peers

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: libzmq ## a request-reply service: ten requests of one client, through a broker, to two workers
	@$(SWIFT) build --package-path Examples --product rrbroker
	@$(SWIFT) build --package-path Examples --product rrclient
	@$(SWIFT) build --package-path Examples --product rrworker
	@Examples/run-broker "$$($(SWIFT) build --package-path Examples --show-bin-path)"

test: libzmq ## the tests of the library and of the examples
	$(SWIFT) test --disable-swift-testing
	$(SWIFT) test --disable-swift-testing --package-path Examples

build: libzmq ## the library and the documentation's snippets
	$(SWIFT) build --build-tests

examples: libzmq ## all of the Guide's programs
	$(SWIFT) build --package-path Examples

lint: aspell ## format and documentation, as .swift-format has them, spelling, and names in the architecture document
	Scripts/check-spelling
	Scripts/check-architecture
	Sources/ZeroMQ/ZeroMQ.docc/Resources/draw-diagrams.py --check
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Snippets Examples/Package.swift Examples/Sources Examples/Tests \
	  Benchmarks/Package.swift Benchmarks/Sources

lint-workflows: ## the workflows and the forms for issues, with linters in a virtual environment
	@test -e .build/lint/complete || { rm -rf .build/lint && python3 -m venv .build/lint && \
	  .build/lint/bin/pip install --quiet --disable-pip-version-check yamllint check-jsonschema && touch .build/lint/complete; }
	.build/lint/bin/yamllint --strict .github .spi.yml
	.build/lint/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	.build/lint/bin/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/bug.yml .github/ISSUE_TEMPLATE/proposal.yml

format: ## put the sources into that format
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests Snippets Examples/Package.swift Examples/Sources Examples/Tests \
	  Benchmarks/Package.swift Benchmarks/Sources

compile-fail: libzmq ## what must not compile does not
	Tests/CompileFail/run

consumer: libzmq ## an outside package that depends on the library by a version, with both build systems, in Swift 6 and Swift 5
	Tests/Consumer/run

docs: libzmq ## the documentation, by DocC: no warning, and every symbol on the landing page
	Scripts/docs

musl: ## whether the library's code compiles with musl's headers as well as with glibc's
	Scripts/musl

# For example: make api-breakage BASE=0.1.0
BASE ?= $(shell git describe --tags --abbrev=0 2> /dev/null)
api-breakage: libzmq ## whether what users call is as it was at a tag, BASE, by default the last one
	@if [ -z "$(BASE)" ]; then echo "there is no tag yet, so there is nothing to compare with"; \
	else $(SWIFT) package diagnose-api-breaking-changes "$(BASE)" --products ZeroMQ --products ZeroMQFoundationCompat; fi

# A first build takes some minutes, most of them for swift-crypto's C.
ecosystem: libzmq ## the library together with swift-crypto, swift-nio, swift-protobuf, and JSON between processes
	$(SWIFT) test --disable-swift-testing --package-path Tests/Ecosystem

interop: libzmq ## sockets, keys and certificates together with pyzmq, in a virtual environment
	@$(MAKE) --no-print-directory -C Tests/Interop

# `SOAK="--signals 300 --forks 100"` sends signals to every thread and forks children meanwhile. With `SOAK="--seed 1"` the random
# choices of a run that failed are made again; `SOAK=--help` lists what else there is.
soak: libzmq ## the asynchronous calls for some minutes: a million messages, a hundred thousand sockets, nothing lost and no leak
	$(SWIFT) run -c release Soak $(SOAK)

storm: libzmq ## contexts end in the middle of every call that waits, ten thousand times
	$(SWIFT) run -c release Soak storm --storms 10000 $(SOAK)

# XCTest leaks by itself, so leaks are not looked for here; a peer that announces a huge frame makes libzmq ask for too much memory.
asan: libzmq ## the library's tests under the address sanitizer
	ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:suppressions=$(CURDIR)/Tests/asan-suppressions \
	  $(SWIFT) test --disable-swift-testing --sanitize=address --scratch-path .build/asan

# Two tests of children are left to the other runs: a child of the sanitizer gets no signals; and under it, Swift's runtime locks at every
# access to a static variable, which a fork on another thread leaves locked.
tsan: libzmq ## the library's tests under the thread sanitizer
	TSAN_OPTIONS=halt_on_error=1:die_after_fork=0:allocator_may_return_null=1:suppressions=$(CURDIR)/Tests/tsan-suppressions $(SWIFT) test --disable-swift-testing --sanitize=thread --scratch-path .build/tsan \
	  --skip testASignalOfAChildDoesNotShutItsParentDown --skip testAThreadThatOpensSocketsDoesNotHinderAFork

# The handler does nothing; each call of libzmq and of the system may be interrupted.
signals: libzmq ## the library's tests while each of their threads gets a signal every few hundred microseconds (Linux)
	ZEROMQ_TEST_SIGNALS=300 $(SWIFT) test --disable-swift-testing

bench bench-quick bench-instructions bench-memory bench-plot bench-peers: libzmq
	@$(MAKE) --no-print-directory -C Benchmarks $@

bench: ## the library's speed against C's: all workloads, about ten minutes
bench-quick: ## the same in about two minutes
bench-instructions: ## exact instructions and allocations for one message
bench-memory: ## the heap of messages and waiting tasks, and memory while ten million messages are received
bench-plot: ## draw what `make bench` measured
bench-peers: ## cppzmq, pyzmq, and its asyncio beside it

libzmq: ## see to libzmq: install its headers and library where they are missing
	@CC='$(CC)' Scripts/install-libzmq

aspell: # the spelling checker, with its English words
	@if aspell dicts 2> /dev/null | grep -q '^en_US'; then exit 0; fi; \
	echo "aspell is missing: installing it"; \
	if [ "$$(id -u)" = 0 ] || ! command -v sudo > /dev/null; then as_root=; else as_root=sudo; fi; \
	if command -v apt-get > /dev/null; then \
	  $$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq aspell aspell-en; \
	elif command -v dnf > /dev/null; then $$as_root dnf install -y -q aspell aspell-en; \
	elif command -v brew > /dev/null; then brew install aspell; \
	else echo "install aspell with its English dictionary" >&2; exit 1; fi

clean: ## remove everything that was built
	rm -rf .build Examples/.build Benchmarks/.build Benchmarks/.venv
