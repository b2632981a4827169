"""What the command line does; each command is one module."""
