"""The learned analysis: hashed features and small tables of weights. numpy only."""
