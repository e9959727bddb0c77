"""Sentences whose tone hangs on one turn of phrase. One a line: expected tone | sentence.

`neg`, `neu`, `pos`; a leading `?` marks a known failure: it is kept, counted, and must stay wrong
only as long as nobody has found the rule for it.
"""

ENGLISH = """
neg | Your app crashes every time I open it.
neg | The delivery never arrived and nobody answers my emails.
neg | Not happy with this at all.
neg | I am not impressed.
neg | This is not good enough.
neg | Worst customer service ever.
neg | Absolutely disgusting, the meat was raw.
neg | Thanks for nothing!
neg | Great, another three hours on hold.
neg | Bravo, 3 weeks for one parcel.
neg | Well that was a waste of money.
neg | Would not recommend to anyone.
neg | I wouldn't recommend it.
neg | I want my money back.
neg | They refused to refund me.
neg | Stay away from this company, total scam.
neg | Still waiting for my refund after two months.
neg | It doesn't work.
neg | does not work, not even close
neg | The website is down again.
neg | I have been charged twice and cannot reach anyone.
neg | The staff were rude and the room was dirty.
neg | My charger caught fire last night.
neg | Never again.
neg | NEVER BUYING FROM YOU AGAIN!!!
neg | I regret buying this.
neg | What a joke of a company
neg | It broke after two days.
neg | ugh, they lost my luggage 😡
neg | 👎👎👎
neg | My order is late and the tracking is wrong 😤
neg | Thank you for ruining my holiday.
neg | Sooooo disappointed
neg | I'm fed up with your excuses.
neg | Shame on you.
neg | Poor quality, fell apart in a week.
neg | It's overpriced and boring.
neg | not worth it
neg | Zero stars if I could.
neg | Nobody answers the phone.
neg | They lied to me about the price.
neg | Nice way to treat a loyal customer.
neg | Terrible. Just terrible.
neg | this update sucks
pos | Not bad at all!
pos | Couldn't have been better.
pos | The waiter couldn't have been more helpful.
pos | I can't fault the service.
pos | I can't recommend this place enough.
pos | No complaints here, will come back.
pos | Never had a problem with them.
pos | Best coffee in town.
pos | I love this place!
pos | Thanks so much, you resolved my problem in minutes.
pos | Fast delivery, great quality.
pos | The staff were lovely and the room was spotless.
pos | Worth every penny.
pos | Highly recommend.
pos | Second to none.
pos | Kudos to your support team, super quick reply
pos | So happy with my new phone 😍
pos | 😍😍😍
pos | Looking forward to my next visit
pos | It works like a charm.
pos | Bloody brilliant.
pos | damn good burger
pos | Really impressed with how quickly you answered, thank you
pos | Not disappointed!
pos | Amazing experience from start to finish.
pos | Congratulations on the new shop, it looks beautiful
pos | my new favourite!
pos | sooo goooood
neu | What time do you open on Sunday?
neu | How do I change my delivery address?
neu | The new store opens on Monday in Leeds.
neu | The company publishes its annual report on Tuesday.
neu | Do you ship to Ireland?
neu | I walked past the shop on my way to the station.
neu | Is the blue one available in size 42?
neu | They sell shoes and bags.
neu | Where can I find the user manual?
neu | My appointment is at ten.
neu | Is there a student discount?
? neg | Still standing at the gate, second day in a row.
? neg | Step two of the installation since yesterday.
? neg | Three emails, one answer: a robot.
neg | I love waiting two hours for a cold pizza
? pos | I was afraid it would break, and a year later it still runs.
? pos | Competitors should be worried about this one.
"""

FRENCH = """
neg | Ma box ne marche toujours pas.
neg | Ça marche pas.
neg | Le service client ne répond jamais.
neg | C'est pas terrible.
neg | c pas terrible franchement
neg | Pas content du tout.
neg | Je ne suis pas satisfaite de ma commande.
neg | Je ne recommande pas.
neg | je recommande pas du tout ce magasin
neg | Je n'ai jamais reçu mon colis.
neg | Toujours pas remboursé après deux mois.
neg | Remboursement refusé, c'est une honte.
neg | Merci pour rien.
neg | Bravo, 3 semaines pour un colis !
neg | Super, encore en panne...
neg | Bravo pour le retard, 2h à attendre sur le quai
neg | Génial, encore une heure d'attente au téléphone
neg | Quelle arnaque !
neg | À fuir !
neg | Service déplorable, personnel désagréable.
neg | J'en ai marre de vos pannes.
neg | C'est du vol.
neg | NUL NUL NUL
neg | nuuuul
neg | Très déçue de cet achat.
neg | super déçu
neg | La qualité a vraiment baissé, je suis dégoûté.
neg | Le livreur a jeté le colis par-dessus le portail, colis abîmé.
neg | Mon vol est annulé et personne ne répond 😡
neg | vous vous foutez de nous
neg | Plus jamais chez vous.
neg | Aucun respect pour les clients.
neg | L'application plante sans arrêt.
neg | Injoignable depuis trois jours.
neg | J'ai été prélevé deux fois.
neg | Boycottez cette marque.
neg | Le plat était froid et la serveuse impolie.
neg | Ne vaut pas son prix.
neg | Trop cher pour ce que c'est.
neg | Publicité mensongère.
neg | On se moque de nous.
neg | C'est inadmissible, je vais porter plainte.
neg | Pire expérience de ma vie
neg | 👎
neg | J'ai trouvé un cafard dans ma salade, dégueulasse
neg | Laisse à désirer.
neg | N'achetez surtout pas ce produit
neg | l’attente est interminable
pos | Pas mal du tout !
pos | On ne peut pas rêver mieux.
pos | Rien à redire, tout était parfait.
pos | Je ne suis pas déçu.
pos | Aucun problème, livraison rapide.
pos | Que demander de plus ?
pos | Merci beaucoup pour votre aide !
pos | Merci à Léa qui a résolu mon problème.
pos | Service client au top, très réactif.
pos | J'adore cette boutique.
pos | Je recommande vivement.
pos | Une tuerie, ce burger 😍
pos | Le personnel est aux petits soins.
pos | Livraison rapide et soignée, bravo.
pos | Très bon rapport qualité prix.
pos | Trop bon !
pos | C'est délicieux et pas cher.
pos | Je suis ravie de mon achat.
pos | Équipe accueillante et souriante
pos | Sans problème, colis bien emballé, je reviendrai.
pos | ❤️❤️
pos | C'est génial, vraiment.
pos | Coup de cœur pour cette adresse
pos | Le meilleur café de Lyon
pos | Parfait, merci.
pos | Ça fonctionne à merveille, très satisfait
pos | kiffé ce resto, trop bien
pos | hâte d'y retourner
neu | Quels sont vos horaires le dimanche ?
neu | Bonjour, livrez-vous en Belgique ?
neu | Comment changer mon adresse de livraison ?
neu | Le nouveau magasin ouvre lundi à Nantes.
neu | La société publie ses comptes mardi.
neu | Est-ce que le modèle bleu existe en 42 ?
neu | Je suis passé devant la boutique ce matin.
neu | Ils vendent des chaussures et des sacs.
neu | Où trouver la notice ?
neu | Mon rendez-vous est à dix heures.
neu | Y a-t-il un tarif étudiant ?
? neg | Étape 2 depuis hier.
? neg | Trois mails, une réponse : un robot.
? neg | J'adore poireauter deux heures pour une pizza tiède
? pos | J'avais peur que ça casse, un an après tout va.
? pos | La concurrence peut trembler.
? neg | On m'a promis un rappel lundi, nous sommes vendredi.
"""


def read(table: str) -> list[tuple[str, str, bool]]:
    """(sentence, expected tone, whether it is known to fail)"""
    rows = []
    for line in table.strip().splitlines():
        mark, _, sentence = line.partition(" | ")
        rows.append((sentence, mark.removeprefix("? "), mark.startswith("?")))
    return rows
