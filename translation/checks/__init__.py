"""What a native editor would not let pass in a row. Pure.

May import `translation.glossary.show_glossary` and `translation.numbers.row_numbers`.
Start at `row_checks`.
"""
