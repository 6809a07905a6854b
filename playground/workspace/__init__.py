"""The state of a workspace, all in memory. Nothing here knows the Web API or the app."""

from playground.workspace.channels import Channel, File, Message
from playground.workspace.ledger import Notice, Ping, Place, Why
from playground.workspace.members import DoNotDisturb, Member, Usergroup
from playground.workspace.workspace import Workspace
