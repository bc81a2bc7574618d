"""The `locust` command with bench's agent in its process."""

from bench_agent.main import main

main()
