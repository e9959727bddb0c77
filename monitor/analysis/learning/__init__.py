"""What a brand's people teach by correcting verdicts: a small model per brand. Pure."""
