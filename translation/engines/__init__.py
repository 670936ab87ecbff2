"""Translators: models that turn rows of English into rows of another language.

May import `translation.prompting` and below.
Start at `translator`; `translator_factory` names the engines.
"""
