"""Which deployment this run is of."""


def deployment_id() -> str | None:
    """Return the id of the deployment that this run was ordered from; None for none.

    The run knows it. Prefect's `runtime.deployment` would ask its server, by a connection of its
    own.
    """
    from prefect.context import FlowRunContext

    context = FlowRunContext.get()
    flow_run = context.flow_run if context else None
    return str(flow_run.deployment_id) if flow_run and flow_run.deployment_id else None
