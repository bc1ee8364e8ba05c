"""How long things take: measured by `make bench`, never asserted, because a test that depends on the clock fails by chance."""
