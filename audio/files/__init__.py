"""Files of this machine before they are used: there, readable, of which kind, with which content.

May import `podcast`.
Start at `source`.
"""
