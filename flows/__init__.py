"""Running it: the flow, its tasks, its settings, the command. Only this package knows Prefect."""
