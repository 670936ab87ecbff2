"""Running it: the flow, its tasks, its settings and the command. Only this package knows Prefect."""
