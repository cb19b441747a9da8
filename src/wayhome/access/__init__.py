"""Who may know: a viewer becomes a predicate, a row that passes becomes `Seen`. Pure."""
