"""What goes out unasked: how fast the ledger gives it away, how near delivery comes to what Slack permits, and
what that costs the person who presses Submit meanwhile. `python -m benchmarks.delivery`
"""
