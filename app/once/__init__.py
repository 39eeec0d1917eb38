"""Every write happens once: the key a request carries, and the first answer that it gets again."""
