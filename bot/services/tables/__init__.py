"""Tables people make in spreadsheets, CSV or XLSX: rows of text by column, and each mistake with where it is.

What the columns mean is the business of whoever imports; each gives the readers of its cells.
"""

from bot.services.tables.cells import Unreadable, email, quoted, text
from bot.services.tables.from_csv import csv_records
from bot.services.tables.from_xlsx import xlsx_records
from bot.services.tables.table import Problem, Reader, Table, in_order, read_table
