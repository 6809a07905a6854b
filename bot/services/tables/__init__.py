"""Reads spreadsheets, CSV or XLSX, into rows of text by column, and lists each mistake with its place.

Each import gives the readers of its own cells.
"""

from bot.services.tables.cells import Unreadable, email, quoted, text
from bot.services.tables.from_csv import csv_records
from bot.services.tables.from_xlsx import xlsx_records
from bot.services.tables.table import Problem, Reader, Table, in_order, read_table
