"""`python -m regesta` is the command `regesta`."""

from regesta.cli.main import main

main()
