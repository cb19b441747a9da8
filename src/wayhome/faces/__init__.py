"""What both faces share: typed lines as intents, and sheets for paper."""
