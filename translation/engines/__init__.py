"""Translators: models that turn rows of English into rows of another language.

May import nothing else of `translation`.
Start at `translator`; `translator_factory` names the engines.
"""
