"""The decision pages. Views ask permissions and querysets, and call actions; nothing else."""
