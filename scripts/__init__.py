"""What `make` runs: set-up, front-end build, pins and checks, with the standard library only."""
