"""What operators set, see and keep: environment, databases, logs, limits, backups."""
