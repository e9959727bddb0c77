"""Everything that is kept: one SQLite file per profile. The only layer that knows SQL.

`prepare.prepare` makes the file ready, `connection.open_writer` and `open_reader` open it,
`writer.Writer` and `reader.Reader` are all that the engine uses.
"""
