"""What `make` and `.ci/run` call; nothing that is installed."""
