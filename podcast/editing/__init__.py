"""What a human has put right in an episode, and how it is laid over what the models made. Pure.

May import `podcast`.
Start at `corrections`.
"""
