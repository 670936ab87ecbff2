"""Translators: models that turn rows of English into rows of another language.

May import nothing else of `translation`.
Start at `translator`, what each engine does; `translator_factory` names them all.
"""
