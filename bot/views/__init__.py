"""This package builds forms, cards and messages in Block Kit from plain values and reads submitted forms back. It holds
no business rules.
"""
