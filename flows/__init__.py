"""The application: flows, their stages and settings, the command. Only it knows Prefect.

May import every other package.
Start at `episode`, whose flow is the pipeline.
"""
