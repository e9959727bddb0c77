"""The words that turn what follows, per language, folded as codes are. Data."""

from __future__ import annotations

NEGATORS = {
    "en": "not no never don't doesn't didn't won't can't cannot isn't wasn't aren't weren't couldn't "
    "wouldn't shouldn't haven't hasn't hadn't ain't nothing nobody without dont doesnt didnt wont "
    "cant isnt wasnt couldnt wouldnt nor none hardly",
    "fr": "pas plus jamais aucun aucune sans rien ni guere non",
    "de": "nicht kein keine keinen keiner keinem nie niemals nichts ohne weder",
    "es": "no nunca jamas sin nada ningun ninguna ni tampoco nadie",
    "it": "non mai senza niente nulla nessun nessuna ne",
    "pt": "nao nunca jamais sem nada nenhum nenhuma nem ninguem",
}
REACH = 4  # words after a negator, within the clause
