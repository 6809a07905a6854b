"""Block Kit as Slack checks it: every limit of blocks, elements and views, refused in Slack's words.

The Web API of the local Slack comes here with each message and view it is given.
"""

from playground.blockkit.blocks import blocks_on
from playground.blockkit.defaults import with_defaults
from playground.blockkit.problem import Problem
from playground.blockkit.view import VIEW
from playground.blockkit.whole import elements_of

_MESSAGE = blocks_on("message")


def check_blocks(blocks: object, at: str = "/blocks") -> list[Problem]:
    """The blocks of a message."""
    return list(_MESSAGE(blocks, at))


def check_view(view: object, at: str = "/view") -> list[Problem]:
    """A modal or a Home tab."""
    return list(VIEW(view, at))
