"""The state of a workspace, all in memory. Nothing here knows the Web API or the app."""

from playground.workspace.channels import Channel, File, Kind, Message
from playground.workspace.ledger import Ledger, Notice, Ping, Place, Why
from playground.workspace.members import DoNotDisturb, Member, Usergroup
from playground.workspace.workspace import Workspace

__all__ = [
    "Channel",
    "DoNotDisturb",
    "File",
    "Kind",
    "Ledger",
    "Member",
    "Message",
    "Notice",
    "Ping",
    "Place",
    "Usergroup",
    "Why",
    "Workspace",
]
