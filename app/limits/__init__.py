"""How much one person, one address or everybody may do in a while, counted for all processes.

What guards the ways in (``gates``) is counted to the single try, over any stretch of time. What
guards everybody's work from one account (``quotas``) is counted in blocks, so that it costs a
statement now and then and no page waits for it.
"""
