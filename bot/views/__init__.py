"""Forms, cards and messages, one file per capability: values in, Block Kit out, and back. Nothing here decides."""
