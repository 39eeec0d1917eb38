"""How much time, memory and text the reading of one document may take."""

SECONDS = 10
"""Of computing; the child process is ended by the kernel when they are used up."""
PATIENCE = 30.0
"""Seconds on the clock, for a machine that is busy with other things."""
MEMORY = 512 * 1024 * 1024
"""Bytes of address space."""
MOST_CHARACTERS = 8_000_000
"""Of text that leaves the child; an article may have far fewer."""
AT_ONCE = 2
"""Children at a time: a desk of ten people must not need ten times the memory."""
MOST_ANSWER = 64_000_000
"""Bytes of answer that are taken from the child, which has no reason to answer more."""
