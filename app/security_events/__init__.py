"""What happened to doors and keys: named in a closed list, counted, entered, and read."""
