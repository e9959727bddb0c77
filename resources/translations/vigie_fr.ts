<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>AccountChoice</name>
        <message>
            <source>Another account…</source>
            <translation>Un autre compte…</translation>
        </message>
    </context>
    <context>
        <name>AccountList</name>
        <message>
            <source>Add an account</source>
            <translation>Ajouter un compte</translation>
        </message>
        <message>
            <source>Logged in as {account}.</source>
            <translation>Connecté en tant que {account}.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Retirer</translation>
        </message>
        <message>
            <source>Remove {account}? Its permission is taken back at the network, and sources that read with it stop. Mentions and sent replies stay.</source>
            <translation>Retirer {account} ? Son autorisation est retirée auprès du réseau, et les sources qui lisent avec lui s’arrêtent. Les mentions et les réponses envoyées restent.</translation>
        </message>
        <message>
            <source>{account} was removed.</source>
            <translation>{account} a été retiré.</translation>
        </message>
    </context>
    <context>
        <name>AccountLogin</name>
        <message>
            <source>Address to open in the browser</source>
            <translation>Adresse à ouvrir dans le navigateur</translation>
        </message>
        <message>
            <source>Agree in your browser; it comes back by itself. If it did not open, copy this address into it.</source>
            <translation>Donnez votre accord dans le navigateur ; il revient de lui-même. S’il ne s’est pas ouvert, copiez-y cette adresse.</translation>
        </message>
        <message>
            <source>Asking {network}…</source>
            <translation>{network} est interrogé…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Copy the address</source>
            <translation>Copier l’adresse</translation>
        </message>
        <message>
            <source>Go on in the browser</source>
            <translation>Continuer dans le navigateur</translation>
        </message>
        <message>
            <source>Log in</source>
            <translation>Se connecter</translation>
        </message>
        <message>
            <source>Log in: {network}</source>
            <translation>Connexion : {network}</translation>
        </message>
        <message>
            <source>Where do I find this? At {host}</source>
            <translation>Où le trouver ? Sur {host}</translation>
        </message>
    </context>
    <context>
        <name>AccountRow</name>
        <message numerus="yes">
            <source>%n replies a day</source>
            <translation>
                <numerusform>%n réponse par jour</numerusform>
                <numerusform>%n réponses par jour</numerusform>
            </translation>
        </message>
        <message>
            <source>Listen with it</source>
            <translation>Écouter avec lui</translation>
        </message>
        <message>
            <source>Listen with {account}</source>
            <translation>Écouter avec {account}</translation>
        </message>
        <message>
            <source>Log in again</source>
            <translation>Se reconnecter</translation>
        </message>
        <message>
            <source>Log in again: {account}</source>
            <translation>Se reconnecter : {account}</translation>
        </message>
        <message>
            <source>Most replies a day from {account}</source>
            <translation>Réponses par jour au plus depuis {account}</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Retirer</translation>
        </message>
        <message>
            <source>Remove {account}</source>
            <translation>Retirer {account}</translation>
        </message>
        <message>
            <source>at most {dollars} US dollars a month</source>
            <translation>au plus {dollars} dollars US par mois</translation>
        </message>
        <message>
            <source>its login ends on {day}</source>
            <translation>sa connexion prend fin le {day}</translation>
        </message>
        <message>
            <source>its login ends soon</source>
            <translation>sa connexion prend bientôt fin</translation>
        </message>
        <message>
            <source>needs you to log in</source>
            <translation>à reconnecter</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>prêt</translation>
        </message>
    </context>
    <context>
        <name>AddSource</name>
        <message>
            <source>Paste any address: a feed, a site, a profile, a hashtag, a search…</source>
            <translation>Collez une adresse : un flux, un site, un profil, un hashtag, une recherche…</translation>
        </message>
        <message>
            <source>{network}: read through the notices it sends to your mailbox.</source>
            <translation>{network} : se lit par les notifications envoyées à votre boîte e-mail.</translation>
        </message>
        <message>
            <source>{network}: read with an account of yours.</source>
            <translation>{network} : se lit avec un de vos comptes.</translation>
        </message>
    </context>
    <context>
        <name>AddressField</name>
        <message>
            <source>Address of a feed or of a site</source>
            <translation>Adresse d’un flux ou d’un site</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Chercher</translation>
        </message>
        <message>
            <source>Looking at {place}…</source>
            <translation>Recherche sur {place}…</translation>
        </message>
        <message>
            <source>No feed was found there. Paste the address of a feed or of another page.</source>
            <translation>Aucun flux n’y a été trouvé. Collez l’adresse d’un flux ou d’une autre page.</translation>
        </message>
    </context>
    <context>
        <name>AlertNotices</name>
        <message numerus="yes">
            <source>%n negative mention(s)</source>
            <translation>
                <numerusform>%n mention négative</numerusform>
                <numerusform>%n mentions négatives</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n negative mention(s) of {brand}</source>
            <translation>
                <numerusform>%n mention négative de {brand}</numerusform>
                <numerusform>%n mentions négatives de {brand}</numerusform>
            </translation>
        </message>
        <message>
            <source>A negative mention will look like this one.</source>
            <translation>Une mention négative se présentera ainsi.</translation>
        </message>
        <message>
            <source>Negative mention of {brand}</source>
            <translation>Mention négative de {brand}</translation>
        </message>
        <message>
            <source>This is how Vigie tells you</source>
            <translation>Voici comment Vigie vous prévient</translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>Its icon in the tray opens it again; Quit is in the icon’s menu.</source>
            <translation>Son icône dans la barre système le rouvre ; « Quitter » est dans le menu de l’icône.</translation>
        </message>
        <message>
            <source>This is a demonstration on sample posts, in a folder that is thrown away when you quit. To listen for your own brand, quit and start Vigie with: {command}</source>
            <translation>Ceci est une démonstration sur des messages d’exemple, dans un dossier jeté quand vous quittez. Pour écouter votre propre marque, quittez puis lancez Vigie par : {command}</translation>
        </message>
        <message>
            <source>Vigie keeps listening</source>
            <translation>Vigie reste à l’écoute</translation>
        </message>
    </context>
    <context>
        <name>BrandEditor</name>
        <message numerus="yes">
            <source>%n stored post(s) are about it, described like this.</source>
            <translation>
                <numerusform>%n message enregistré en parle, ainsi décrite.</numerusform>
                <numerusform>%n messages enregistrés en parlent, ainsi décrite.</numerusform>
            </translation>
        </message>
        <message>
            <source>A rival: watched, never alerted</source>
            <translation>Un concurrent : suivi, sans jamais d’alerte</translation>
        </message>
        <message>
            <source>Accents and capitals exactly as written</source>
            <translation>Accents et majuscules exactement comme ici</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Go on without it</source>
            <translation>Continuer sans elle</translation>
        </message>
        <message>
            <source>Lumen Coffee, #teamlumen</source>
            <translation>Cafés Lumen, #teamlumen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Name of the brand</source>
            <translation>Nom de la marque</translation>
        </message>
        <message>
            <source>Never by</source>
            <translation>Jamais de</translation>
        </message>
        <message>
            <source>Never in</source>
            <translation>Jamais en</translation>
        </message>
        <message>
            <source>Never on</source>
            <translation>Jamais sur</translation>
        </message>
        <message>
            <source>None of these near</source>
            <translation>Aucun de ces mots près</translation>
        </message>
        <message>
            <source>One of these near</source>
            <translation>L’un de ces mots près</translation>
        </message>
        <message>
            <source>Other names</source>
            <translation>Autres noms</translation>
        </message>
        <message>
            <source>Remove this brand</source>
            <translation>Retirer cette marque</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Enregistrer</translation>
        </message>
        <message>
            <source>Several words are separated by commas. “Near” is within 12 words.</source>
            <translation>Séparez les mots par des virgules. « Près » : à 12 mots au plus.</translation>
        </message>
        <message>
            <source>coffee, shop, delivery</source>
            <translation>café, boutique, livraison</translation>
        </message>
        <message>
            <source>festival, lamp</source>
            <translation>festival, lampe</translation>
        </message>
        <message>
            <source>language codes: de, es</source>
            <translation>codes de langue : de, es</translation>
        </message>
        <message>
            <source>our own accounts</source>
            <translation>nos propres comptes</translation>
        </message>
    </context>
    <context>
        <name>BrandList</name>
        <message>
            <source>Add a brand</source>
            <translation>Ajouter une marque</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rétablir</translation>
        </message>
        <message>
            <source>{brand} is no longer watched.</source>
            <translation>{brand} n’est plus suivie.</translation>
        </message>
    </context>
    <context>
        <name>BrandRow</name>
        <message>
            <source>Change</source>
            <translation>Modifier</translation>
        </message>
        <message>
            <source>Change {brand}</source>
            <translation>Modifier {brand}</translation>
        </message>
        <message>
            <source>rival</source>
            <translation>concurrent</translation>
        </message>
    </context>
    <context>
        <name>BrandSources</name>
        <message>
            <source>Where do people speak of it?</source>
            <translation>Où en parle-t-on ?</translation>
        </message>
    </context>
    <context>
        <name>Checks</name>
        <message>
            <source>a card or account number is in it</source>
            <translation>il contient un numéro de carte ou de compte</translation>
        </message>
        <message>
            <source>a mail address is in it</source>
            <translation>il contient une adresse mail</translation>
        </message>
        <message>
            <source>a phone number is in it</source>
            <translation>il contient un numéro de téléphone</translation>
        </message>
        <message>
            <source>no personal data</source>
            <translation>pas de données personnelles</translation>
        </message>
        <message>
            <source>still to fill: {blanks}</source>
            <translation>reste à remplir : {blanks}</translation>
        </message>
        <message>
            <source>they wrote in {language}</source>
            <translation>la personne a écrit en {language}</translation>
        </message>
        <message>
            <source>too long for the network</source>
            <translation>trop longue pour le réseau</translation>
        </message>
        <message>
            <source>too short for the network</source>
            <translation>trop courte pour le réseau</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Alerts</source>
            <translation>Alertes</translation>
        </message>
        <message>
            <source>All keys</source>
            <translation>Tous les raccourcis</translation>
        </message>
        <message>
            <source>All mentions</source>
            <translation>Toutes les mentions</translation>
        </message>
        <message>
            <source>Back to the list</source>
            <translation>Retour à la liste</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Relever maintenant</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminées</translation>
        </message>
        <message>
            <source>Done, without an answer</source>
            <translation>Terminer sans répondre</translation>
        </message>
        <message>
            <source>Drafts</source>
            <translation>Brouillons</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>Fold the side bar</source>
            <translation>Replier la barre latérale</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Aide</translation>
        </message>
        <message>
            <source>It is negative</source>
            <translation>C’est négatif</translation>
        </message>
        <message>
            <source>It is neutral</source>
            <translation>C’est neutre</translation>
        </message>
        <message>
            <source>It is not about us</source>
            <translation>Ce n’est pas nous</translation>
        </message>
        <message>
            <source>It is positive</source>
            <translation>C’est positif</translation>
        </message>
        <message>
            <source>Mention</source>
            <translation>Mention</translation>
        </message>
        <message>
            <source>Next mention</source>
            <translation>Mention suivante</translation>
        </message>
        <message>
            <source>Open in the browser</source>
            <translation>Ouvrir dans le navigateur</translation>
        </message>
        <message>
            <source>Open the menu</source>
            <translation>Ouvrir le menu</translation>
        </message>
        <message>
            <source>Pause listening</source>
            <translation>Suspendre l’écoute</translation>
        </message>
        <message>
            <source>Previous mention</source>
            <translation>Mention précédente</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Read the mention</source>
            <translation>Lire la mention</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>Répondre</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Rechercher</translation>
        </message>
        <message>
            <source>Send the reply, or copy it and open the page</source>
            <translation>Envoyer la réponse, ou la copier et ouvrir la page</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Show it again later</source>
            <translation>Remontrer plus tard</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Sources</translation>
        </message>
        <message>
            <source>Take the last step back</source>
            <translation>Annuler la dernière action</translation>
        </message>
        <message>
            <source>To answer</source>
            <translation>À traiter</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Affichage</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>En attente</translation>
        </message>
        <message>
            <source>What was sent</source>
            <translation>Ce qui a été envoyé</translation>
        </message>
        <message>
            <source>Why: all reasons</source>
            <translation>Pourquoi : toutes les raisons</translation>
        </message>
    </context>
    <context>
        <name>Countries</name>
        <message>
            <source>Australia</source>
            <translation>Australie</translation>
        </message>
        <message>
            <source>Austria</source>
            <translation>Autriche</translation>
        </message>
        <message>
            <source>Belgium</source>
            <translation>Belgique</translation>
        </message>
        <message>
            <source>Brazil</source>
            <translation>Brésil</translation>
        </message>
        <message>
            <source>Canada</source>
            <translation>Canada</translation>
        </message>
        <message>
            <source>France</source>
            <translation>France</translation>
        </message>
        <message>
            <source>Germany</source>
            <translation>Allemagne</translation>
        </message>
        <message>
            <source>India</source>
            <translation>Inde</translation>
        </message>
        <message>
            <source>Ireland</source>
            <translation>Irlande</translation>
        </message>
        <message>
            <source>Italy</source>
            <translation>Italie</translation>
        </message>
        <message>
            <source>Mexico</source>
            <translation>Mexique</translation>
        </message>
        <message>
            <source>New Zealand</source>
            <translation>Nouvelle-Zélande</translation>
        </message>
        <message>
            <source>Portugal</source>
            <translation>Portugal</translation>
        </message>
        <message>
            <source>South Africa</source>
            <translation>Afrique du Sud</translation>
        </message>
        <message>
            <source>Spain</source>
            <translation>Espagne</translation>
        </message>
        <message>
            <source>Switzerland</source>
            <translation>Suisse</translation>
        </message>
        <message>
            <source>United Kingdom</source>
            <translation>Royaume-Uni</translation>
        </message>
        <message>
            <source>United States</source>
            <translation>États-Unis</translation>
        </message>
    </context>
    <context>
        <name>Cover</name>
        <message>
            <source>Show it</source>
            <translation>L’afficher</translation>
        </message>
        <message>
            <source>This post insults or threatens someone.</source>
            <translation>Ce message insulte ou menace quelqu’un.</translation>
        </message>
    </context>
    <context>
        <name>DetailHead</name>
        <message numerus="yes">
            <source>%n follower(s)</source>
            <translation>
                <numerusform>%n abonné</numerusform>
                <numerusform>%n abonnés</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n other mention(s)</source>
            <translation>
                <numerusform>%n autre mention</numerusform>
                <numerusform>%n autres mentions</numerusform>
            </translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminer</translation>
        </message>
        <message>
            <source>Done, without an answer</source>
            <translation>Terminer sans répondre</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Ouvrir</translation>
        </message>
        <message>
            <source>Open in the browser</source>
            <translation>Ouvrir dans le navigateur</translation>
        </message>
        <message>
            <source>Show it again later</source>
            <translation>Remontrer plus tard</translation>
        </message>
        <message>
            <source>Snooze</source>
            <translation>Plus tard</translation>
        </message>
    </context>
    <context>
        <name>DetailView</name>
        <message>
            <source>Correct: {word}</source>
            <translation>Corriger : {word}</translation>
        </message>
        <message>
            <source>See the reply</source>
            <translation>Voir la réponse</translation>
        </message>
        <message>
            <source>The mention’s text</source>
            <translation>Texte de la mention</translation>
        </message>
    </context>
    <context>
        <name>Empty</name>
        <message>
            <source>A new negative mention raises one, here and on your desktop.</source>
            <translation>Une nouvelle mention négative en déclenche une, ici et sur votre bureau.</translation>
        </message>
        <message>
            <source>Clear the filters</source>
            <translation>Effacer les filtres</translation>
        </message>
        <message>
            <source>Complaints, questions and requests that name you come here by themselves.</source>
            <translation>Les plaintes, questions et demandes qui vous nomment arrivent ici d’elles-mêmes.</translation>
        </message>
        <message>
            <source>Mentions you answered or filed with E are kept here.</source>
            <translation>Les mentions traitées, ou classées avec E, sont gardées ici.</translation>
        </message>
        <message>
            <source>No alerts.</source>
            <translation>Aucune alerte.</translation>
        </message>
        <message>
            <source>No drafts.</source>
            <translation>Aucun brouillon.</translation>
        </message>
        <message>
            <source>No mention here passes the search and the filters.</source>
            <translation>Aucune mention ne passe la recherche et les filtres.</translation>
        </message>
        <message>
            <source>No mention yet.</source>
            <translation>Aucune mention pour l’instant.</translation>
        </message>
        <message>
            <source>Nothing can arrive at the moment.</source>
            <translation>Rien ne peut arriver en ce moment.</translation>
        </message>
        <message>
            <source>Nothing done yet.</source>
            <translation>Rien de terminé pour l’instant.</translation>
        </message>
        <message>
            <source>Nothing is waiting.</source>
            <translation>Rien n’est en attente.</translation>
        </message>
        <message>
            <source>Nothing matches.</source>
            <translation>Rien ne correspond.</translation>
        </message>
        <message>
            <source>Nothing to answer.</source>
            <translation>Rien à traiter.</translation>
        </message>
        <message>
            <source>Press R on a mention and write; every word is kept as you type.</source>
            <translation>Appuyez sur R sur une mention et écrivez ; chaque mot est gardé au fil de la frappe.</translation>
        </message>
        <message>
            <source>Press S on a mention and it comes back when you say.</source>
            <translation>Appuyez sur S sur une mention : elle revient quand vous voulez.</translation>
        </message>
        <message>
            <source>See all mentions</source>
            <translation>Voir toutes les mentions</translation>
        </message>
        <message>
            <source>See the sources</source>
            <translation>Voir les sources</translation>
        </message>
        <message>
            <source>What your sources bring about your brands appears here.</source>
            <translation>Ce que vos sources disent de vos marques apparaît ici.</translation>
        </message>
    </context>
    <context>
        <name>FeedRow</name>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n article</numerusform>
                <numerusform>%n articles</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{items}, %n about {brand}</source>
            <translation>
                <numerusform>{items}, %n sur {brand}</numerusform>
                <numerusform>{items}, %n sur {brand}</numerusform>
            </translation>
        </message>
        <message>
            <source>{items}, none yet</source>
            <translation>{items}, aucun pour l’instant</translation>
        </message>
        <message>
            <source>“{sample}” · {place}</source>
            <translation>« {sample} » · {place}</translation>
        </message>
    </context>
    <context>
        <name>FirstStartView</name>
        <message numerus="yes">
            <source>%n mention(s) found</source>
            <translation>
                <numerusform>%n mention trouvée</numerusform>
                <numerusform>%n mentions trouvées</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Go on without it</source>
            <translation>Continuer sans elle</translation>
        </message>
        <message>
            <source>Import feeds</source>
            <translation>Importer des flux</translation>
        </message>
        <message>
            <source>No account, no key. Everything stays on this computer; networks are only asked for the name.</source>
            <translation>Ni compte, ni clé. Tout reste sur cet ordinateur ; on ne demande aux réseaux que le nom.</translation>
        </message>
        <message>
            <source>OPML files (*.opml *.xml);;All files (*)</source>
            <translation>Fichiers OPML (*.opml *.xml);;Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>Start listening</source>
            <translation>Commencer l’écoute</translation>
        </message>
        <message>
            <source>Start listening · {found}</source>
            <translation>Commencer l’écoute · {found}</translation>
        </message>
        <message>
            <source>What is your brand called?</source>
            <translation>Comment s’appelle votre marque ?</translation>
        </message>
        <message>
            <source>You can</source>
            <translation>Vous pouvez</translation>
        </message>
        <message>
            <source>Your brand, shop or product</source>
            <translation>Votre marque, boutique ou produit</translation>
        </message>
        <message>
            <source>first, or</source>
            <translation>d’abord, ou</translation>
        </message>
        <message>
            <source>import feeds (OPML)</source>
            <translation>importer des flux (OPML)</translation>
        </message>
        <message>
            <source>try with a sample</source>
            <translation>essayer avec un exemple</translation>
        </message>
    </context>
    <context>
        <name>FormFieldRow</name>
        <message>
            <source>{question} (optional)</source>
            <translation>{question} (facultatif)</translation>
        </message>
    </context>
    <context>
        <name>FoundCard</name>
        <message numerus="yes">
            <source>%n feed(s) found</source>
            <translation>
                <numerusform>%n flux trouvé</numerusform>
                <numerusform>%n flux trouvés</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add %n source(s)</source>
            <translation>
                <numerusform>Ajouter %n source</numerusform>
                <numerusform>Ajouter %n sources</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
    </context>
    <context>
        <name>Inbox</name>
        <message>
            <source>Show it</source>
            <translation>La montrer</translation>
        </message>
        <message>
            <source>Take back (Z)</source>
            <translation>Annuler (Z)</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Resume listening</source>
            <translation>Reprendre l’écoute</translation>
        </message>
        <message>
            <source>This desktop shows no notifications. Every alert is still in the Alerts view.</source>
            <translation>Ce bureau n’affiche pas de notifications. Toutes les alertes restent dans la vue Alertes.</translation>
        </message>
    </context>
    <context>
        <name>MentionListModel</name>
        <message>
            <source>Loading</source>
            <translation>Chargement</translation>
        </message>
    </context>
    <context>
        <name>MentionListView</name>
        <message>
            <source>Filter: {name}</source>
            <translation>Filtre : {name}</translation>
        </message>
        <message>
            <source>French</source>
            <translation>Français</translation>
        </message>
        <message>
            <source>Last 24 h</source>
            <translation>24 h</translation>
        </message>
        <message>
            <source>Mentions</source>
            <translation>Mentions</translation>
        </message>
        <message>
            <source>Negative</source>
            <translation>Négatives</translation>
        </message>
        <message>
            <source>Questions</source>
            <translation>Questions</translation>
        </message>
        <message>
            <source>Search or filter</source>
            <translation>Rechercher ou filtrer</translation>
        </message>
        <message>
            <source>Search the mentions</source>
            <translation>Rechercher dans les mentions</translation>
        </message>
        <message>
            <source>To answer</source>
            <translation>À traiter</translation>
        </message>
    </context>
    <context>
        <name>MentionTable</name>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n nouvelle</numerusform>
                <numerusform>%n nouvelles</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NamesCard</name>
        <message>
            <source>Also recognised</source>
            <translation>Aussi reconnu</translation>
        </message>
        <message>
            <source>Other names</source>
            <translation>Autres noms</translation>
        </message>
        <message>
            <source>Other names of the brand, separated by commas</source>
            <translation>Autres noms de la marque, séparés par des virgules</translation>
        </message>
        <message>
            <source>separated by commas</source>
            <translation>séparés par des virgules</translation>
        </message>
    </context>
    <context>
        <name>Navigation</name>
        <message numerus="yes">
            <source>%n need(s) you</source>
            <translation>
                <numerusform>%n à régler</numerusform>
                <numerusform>%n à régler</numerusform>
            </translation>
        </message>
        <message>
            <source>BRANDS</source>
            <translation>MARQUES</translation>
        </message>
        <message>
            <source>Fold or unfold the side bar</source>
            <translation>Replier ou déplier la barre latérale</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menu</translation>
        </message>
        <message>
            <source>Rival: {name}</source>
            <translation>Concurrent : {name}</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Sources</translation>
        </message>
    </context>
    <context>
        <name>NetworkForm</name>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
        <message>
            <source>Add a source: {network}</source>
            <translation>Ajouter une source : {network}</translation>
        </message>
        <message>
            <source>Asking {network}…</source>
            <translation>{network} est interrogé…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Everything there counts as a mention of “{brand}”, named or not.</source>
            <translation>Tout ce qui s’y dit compte comme une mention de « {brand} », nommée ou non.</translation>
        </message>
        <message>
            <source>Everything there is about</source>
            <translation>Tout ce qui s’y dit concerne</translation>
        </message>
        <message>
            <source>Look for feeds there instead</source>
            <translation>Y chercher plutôt des flux</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Essayer</translation>
        </message>
        <message>
            <source>What it never shows: {what}</source>
            <translation>Ce qui n’y est jamais montré : {what}</translation>
        </message>
    </context>
    <context>
        <name>NetworkMenu</name>
        <message>
            <source>Or choose a network…</source>
            <translation>Ou choisissez un réseau…</translation>
        </message>
        <message>
            <source>With your account</source>
            <translation>Avec votre compte</translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>Close this message</source>
            <translation>Fermer ce message</translation>
        </message>
    </context>
    <context>
        <name>Notifications</name>
        <message>
            <source>Open</source>
            <translation>Ouvrir</translation>
        </message>
    </context>
    <context>
        <name>PlacesCard</name>
        <message>
            <source>A blog, a forum, a newspaper, a shop’s reviews: Vigie finds the feeds of the page and shows what they say. You can add others at any time.</source>
            <translation>Un blog, un forum, un journal, des avis de clients : Vigie trouve les flux de la page et montre ce qu’ils disent. Vous pourrez en ajouter d’autres à tout moment.</translation>
        </message>
        <message>
            <source>Paste any address: a feed, a blog, a site…</source>
            <translation>Collez une adresse : un flux, un blog, un site…</translation>
        </message>
        <message>
            <source>Where do people speak of it?</source>
            <translation>Où en parle-t-on ?</translation>
        </message>
    </context>
    <context>
        <name>Post</name>
        <message numerus="yes">
            <source>%n like(s)</source>
            <translation>
                <numerusform>%n j’aime</numerusform>
                <numerusform>%n j’aime</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of 5 stars</source>
            <translation>
                <numerusform>%n étoile sur 5</numerusform>
                <numerusform>%n étoiles sur 5</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n reply(ies)</source>
            <translation>
                <numerusform>%n réponse</numerusform>
                <numerusform>%n réponses</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n share(s)</source>
            <translation>
                <numerusform>%n partage</numerusform>
                <numerusform>%n partages</numerusform>
            </translation>
        </message>
        <message>
            <source>Answered {when} from {who} on {place}, not through Vigie.</source>
            <translation>Répondu {when} depuis {who} sur {place}, sans passer par Vigie.</translation>
        </message>
        <message>
            <source>Answered {when} from {who}, not through Vigie.</source>
            <translation>Répondu {when} depuis {who}, sans passer par Vigie.</translation>
        </message>
        <message>
            <source>Deleted by its author or the network; what it said is no longer kept.</source>
            <translation>Supprimée par son auteur ou par le réseau ; son texte n’est plus conservé.</translation>
        </message>
    </context>
    <context>
        <name>ProposalRow</name>
        <message>
            <source>It will be watched if you tick it.</source>
            <translation>Elle sera écoutée si vous la cochez.</translation>
        </message>
        <message>
            <source>What it never shows: {what}</source>
            <translation>Ce qu’elle ne montre jamais : {what}</translation>
        </message>
        <message>
            <source>asking…</source>
            <translation>en cours…</translation>
        </message>
        <message>
            <source>listened to already</source>
            <translation>déjà écoutée</translation>
        </message>
    </context>
    <context>
        <name>Proposals</name>
        <message numerus="yes">
            <source>%n in the last 7 days</source>
            <translation>
                <numerusform>%n ces 7 derniers jours</numerusform>
                <numerusform>%n ces 7 derniers jours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n older</source>
            <translation>
                <numerusform>%n plus ancien</numerusform>
                <numerusform>%n plus anciens</numerusform>
            </translation>
        </message>
        <message>
            <source>By {author}</source>
            <translation>Par {author}</translation>
        </message>
        <message>
            <source>In {language}</source>
            <translation>En {language}</translation>
        </message>
        <message>
            <source>On {site}</source>
            <translation>Sur {site}</translation>
        </message>
        <message>
            <source>With “{word}”</source>
            <translation>Avec « {word} »</translation>
        </message>
        <message numerus="yes">
            <source>at least %n in the last 7 days</source>
            <translation>
                <numerusform>au moins %n ces 7 derniers jours</numerusform>
                <numerusform>au moins %n ces 7 derniers jours</numerusform>
            </translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>pas de réponse</translation>
        </message>
        <message>
            <source>not asked</source>
            <translation>non interrogée</translation>
        </message>
        <message>
            <source>nothing yet</source>
            <translation>rien pour l’instant</translation>
        </message>
        <message>
            <source>{found} of {shown} are about it</source>
            <translation>{found} sur {shown} en parlent</translation>
        </message>
        <message>
            <source>“{words}”</source>
            <translation>« {words} »</translation>
        </message>
    </context>
    <context>
        <name>ProposedExclusions</name>
        <message numerus="yes">
            <source>%n post(s)</source>
            <translation>
                <numerusform>%n publication</numerusform>
                <numerusform>%n publications</numerusform>
            </translation>
        </message>
        <message>
            <source>Probably not about you</source>
            <translation>Sans doute pas vous</translation>
        </message>
        <message>
            <source>Seen in what came back. Leave them out?</source>
            <translation>Vu dans les réponses. Les laisser de côté ?</translation>
        </message>
        <message>
            <source>“{words}”</source>
            <translation>« {words} »</translation>
        </message>
    </context>
    <context>
        <name>ProposedSources</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n autre</numerusform>
                <numerusform>%n autres</numerusform>
            </translation>
        </message>
        <message>
            <source>{done} of {total} tried</source>
            <translation>{done} sur {total} interrogées</translation>
        </message>
    </context>
    <context>
        <name>Related</name>
        <message numerus="yes">
            <source>By the same author · %n other(s)</source>
            <translation>
                <numerusform>Du même auteur · %n autre</numerusform>
                <numerusform>Du même auteur · %n autres</numerusform>
            </translation>
        </message>
        <message>
            <source>The same story · {outlets}</source>
            <translation>La même histoire · {outlets}</translation>
        </message>
    </context>
    <context>
        <name>ReplyNews</name>
        <message>
            <source>Nobody knows whether the reply to {author} was published.</source>
            <translation>Personne ne sait si la réponse à {author} a été publiée.</translation>
        </message>
        <message>
            <source>The reply to {author} is published.</source>
            <translation>La réponse à {author} est publiée.</translation>
        </message>
        <message>
            <source>The reply to {author} was not sent. {reason}</source>
            <translation>La réponse à {author} n’a pas été envoyée. {reason}</translation>
        </message>
    </context>
    <context>
        <name>ReplyPanel</name>
        <message numerus="yes">
            <source>%n character(s)</source>
            <translation>
                <numerusform>%n caractère</numerusform>
                <numerusform>%n caractères</numerusform>
            </translation>
        </message>
        <message>
            <source>Draft saved</source>
            <translation>Brouillon enregistré</translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>Non enregistré</translation>
        </message>
        <message>
            <source>Nothing is written yet: write a reply, or use the proposed draft</source>
            <translation>Rien n’est encore écrit : écrivez une réponse, ou utilisez le brouillon proposé</translation>
        </message>
        <message>
            <source>Nothing was copied: the reply is empty. Write it, then press “Copy and open” again.</source>
            <translation>Rien n’a été copié : la réponse est vide. Écrivez-la, puis appuyez de nouveau sur « Copier et ouvrir ».</translation>
        </message>
        <message>
            <source>Nothing was copied: the reply was empty. A template was put in; make it yours, then press “Copy and open” again.</source>
            <translation>Rien n’a été copié : la réponse était vide. Un modèle y a été placé ; adaptez-le, puis appuyez de nouveau sur « Copier et ouvrir ».</translation>
        </message>
        <message>
            <source>Nothing was sent: fill in {blanks} first.</source>
            <translation>Rien n’a été envoyé : complétez d’abord {blanks}.</translation>
        </message>
        <message>
            <source>Send all the same</source>
            <translation>Envoyer quand même</translation>
        </message>
        <message>
            <source>The mention was deleted: there is nothing to answer any more.</source>
            <translation>La mention a été supprimée : il n’y a plus rien à quoi répondre.</translation>
        </message>
        <message>
            <source>The reply is too long for the network</source>
            <translation>La réponse est trop longue pour le réseau</translation>
        </message>
        <message>
            <source>The reply is too short for the network</source>
            <translation>La réponse est trop courte pour le réseau</translation>
        </message>
        <message>
            <source>Write a reply</source>
            <translation>Écrire une réponse</translation>
        </message>
    </context>
    <context>
        <name>ReplySending</name>
        <message>
            <source>Cancel sending (Z)</source>
            <translation>Annuler l’envoi (Z)</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Vérifier</translation>
        </message>
        <message>
            <source>Nobody knows whether the reply was published; it is not sent again by itself.</source>
            <translation>On ne sait pas si la réponse a été publiée ; elle n’est pas renvoyée d’elle-même.</translation>
        </message>
        <message>
            <source>Not sent.</source>
            <translation>Non envoyée.</translation>
        </message>
        <message>
            <source>Open it</source>
            <translation>L’ouvrir</translation>
        </message>
        <message>
            <source>Published as @{handle} at {time}; the mention is answered.</source>
            <translation>Publiée en tant que @{handle} à {time} ; la mention a sa réponse.</translation>
        </message>
        <message>
            <source>Published at {time}; the mention is answered.</source>
            <translation>Publiée à {time} ; la mention a sa réponse.</translation>
        </message>
        <message>
            <source>Publishes the reply as @{handle}; you can take it back at first</source>
            <translation>Publie la réponse en tant que @{handle} ; vous pouvez d’abord l’annuler</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Envoyer</translation>
        </message>
        <message>
            <source>Send as @{name}</source>
            <translation>Envoyer comme @{name}</translation>
        </message>
        <message>
            <source>Taken back: nothing was sent.</source>
            <translation>Annulé : rien n’a été envoyé.</translation>
        </message>
        <message>
            <source>The account that answers</source>
            <translation>Le compte qui répond</translation>
        </message>
        <message>
            <source>The network is asked whether the reply is there…</source>
            <translation>On demande au réseau si la réponse y est…</translation>
        </message>
        <message>
            <source>The reply is being sent…</source>
            <translation>La réponse est en cours d’envoi…</translation>
        </message>
        <message>
            <source>The reply is on its way: cancel to change it</source>
            <translation>La réponse est en route : annulez l’envoi pour la modifier</translation>
        </message>
        <message>
            <source>The reply is published</source>
            <translation>La réponse est publiée</translation>
        </message>
        <message numerus="yes">
            <source>The reply is sent in %n second(s). Cancel to change it.</source>
            <translation>
                <numerusform>La réponse part dans %n seconde. Annulez l’envoi pour la modifier.</numerusform>
                <numerusform>La réponse part dans %n secondes. Annulez l’envoi pour la modifier.</numerusform>
            </translation>
        </message>
        <message>
            <source>Too late: the reply was on its way already.</source>
            <translation>Trop tard : la réponse était déjà partie.</translation>
        </message>
        <message>
            <source>What was sent</source>
            <translation>Ce qui a été envoyé</translation>
        </message>
    </context>
    <context>
        <name>ReplySheet</name>
        <message>
            <source>Copies the reply and opens the mention in the browser, where you publish it</source>
            <translation>Copie la réponse et ouvre la mention dans le navigateur, où vous la publiez</translation>
        </message>
        <message>
            <source>Copy and open</source>
            <translation>Copier et ouvrir</translation>
        </message>
        <message>
            <source>Language of the reply</source>
            <translation>Langue de la réponse</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>Pas encore</translation>
        </message>
        <message>
            <source>Puts the proposed reply in the field, to be made yours</source>
            <translation>Place la réponse proposée dans le champ, pour que vous l’adaptiez</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>Réponse</translation>
        </message>
        <message>
            <source>Template of the reply</source>
            <translation>Modèle de réponse</translation>
        </message>
        <message>
            <source>The reply is on the clipboard. Did you publish it?</source>
            <translation>La réponse est dans le presse-papiers. L’avez-vous publiée ?</translation>
        </message>
        <message>
            <source>Use this draft</source>
            <translation>Utiliser ce brouillon</translation>
        </message>
        <message>
            <source>Write another reply</source>
            <translation>Écrire une autre réponse</translation>
        </message>
        <message>
            <source>Yes, answered</source>
            <translation>Oui, répondu</translation>
        </message>
    </context>
    <context>
        <name>SentList</name>
        <message>
            <source>By</source>
            <translation>Par</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Nothing was sent yet</source>
            <translation>Rien n’a encore été envoyé</translation>
        </message>
        <message>
            <source>Open in the browser</source>
            <translation>Ouvrir dans le navigateur</translation>
        </message>
        <message>
            <source>Replies sent from Vigie are listed here, with the account and who clicked.</source>
            <translation>Les réponses envoyées depuis Vigie sont listées ici, avec le compte et la personne qui a cliqué.</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>Réponse</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>To</source>
            <translation>À</translation>
        </message>
        <message>
            <source>What was sent</source>
            <translation>Ce qui a été envoyé</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quand</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>en cours d’envoi</translation>
        </message>
        <message>
            <source>nobody knows</source>
            <translation>on ne sait pas</translation>
        </message>
        <message>
            <source>not sent</source>
            <translation>non envoyée</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>envoyée</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>annulée</translation>
        </message>
        <message>
            <source>waits</source>
            <translation>en attente</translation>
        </message>
    </context>
    <context>
        <name>SettingsView</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n seconde</numerusform>
                <numerusform>%n secondes</numerusform>
            </translation>
        </message>
        <message>
            <source>About</source>
            <translation>À propos</translation>
        </message>
        <message>
            <source>Accounts</source>
            <translation>Comptes</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Apparence</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Comme le système</translation>
        </message>
        <message>
            <source>Brands</source>
            <translation>Marques</translation>
        </message>
        <message>
            <source>Check the sources</source>
            <translation>Relever les sources</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>Everything stays on this computer. A copy of this folder is a complete backup, but for the passwords: they stay in this computer’s keyring.</source>
            <translation>Tout reste sur cet ordinateur. Une copie de ce dossier est une sauvegarde complète, sauf les mots de passe : ils restent dans le trousseau de cet ordinateur.</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Dossier</translation>
        </message>
        <message>
            <source>How long a reply waits after the click on Send, before it is published</source>
            <translation>Combien de temps une réponse attend après le clic sur Envoyer, avant d’être publiée</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Listening</source>
            <translation>Écoute</translation>
        </message>
        <message>
            <source>Notifications</source>
            <translation>Notifications</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>Ouvrir le dossier</translation>
        </message>
        <message>
            <source>Replies</source>
            <translation>Réponses</translation>
        </message>
        <message>
            <source>Send a test notification</source>
            <translation>Envoyer une notification d’essai</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Signature</source>
            <translation>Signature</translation>
        </message>
        <message>
            <source>Tell me on the desktop when a negative mention arrives</source>
            <translation>Me prévenir sur le bureau des mentions négatives</translation>
        </message>
        <message>
            <source>Time to take it back</source>
            <translation>Délai d’annulation</translation>
        </message>
        <message>
            <source>Vigie {version}, free software (MIT). Python {python}, Qt {qt}.</source>
            <translation>Vigie {version}, logiciel libre (MIT). Python {python}, Qt {qt}.</translation>
        </message>
        <message>
            <source>What was sent…</source>
            <translation>Ce qui a été envoyé…</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenêtre</translation>
        </message>
        <message>
            <source>Your data</source>
            <translation>Vos données</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>Votre nom</translation>
        </message>
        <message>
            <source>as it stands under a reply</source>
            <translation>tel qu’il figure sous une réponse</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsView</name>
        <message>
            <source>All keys</source>
            <translation>Tous les raccourcis</translation>
        </message>
        <message>
            <source>Single letters act while no text field has the focus.</source>
            <translation>Les lettres seules agissent quand aucun champ de texte n’a le focus.</translation>
        </message>
    </context>
    <context>
        <name>SnoozeMenu</name>
        <message>
            <source>&amp;1  In 3 hours</source>
            <translation>&amp;1  Dans 3 heures</translation>
        </message>
        <message>
            <source>&amp;2  Tomorrow, {time}</source>
            <translation>&amp;2  Demain, {time}</translation>
        </message>
        <message>
            <source>&amp;3  Monday, {time}</source>
            <translation>&amp;3  Lundi, {time}</translation>
        </message>
        <message>
            <source>Choose</source>
            <translation>Choisir</translation>
        </message>
        <message>
            <source>Come back at</source>
            <translation>Remontrer le</translation>
        </message>
        <message>
            <source>Snooze until</source>
            <translation>Remontrer</translation>
        </message>
    </context>
    <context>
        <name>SourceHeader</name>
        <message>
            <source>Add a source</source>
            <translation>Ajouter une source</translation>
        </message>
        <message>
            <source>Check every source now (F5)</source>
            <translation>Relever toutes les sources maintenant (F5)</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Relever maintenant</translation>
        </message>
        <message>
            <source>Export OPML</source>
            <translation>Exporter (OPML)</translation>
        </message>
        <message>
            <source>Import OPML</source>
            <translation>Importer (OPML)</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Sources</translation>
        </message>
    </context>
    <context>
        <name>SourcePanel</name>
        <message numerus="yes">
            <source>%n item(s) read so far</source>
            <translation>
                <numerusform>%n article lu jusqu’ici</numerusform>
                <numerusform>%n articles lus jusqu’ici</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n mention(s)</source>
            <translation>
                <numerusform>%n mention</numerusform>
                <numerusform>%n mentions</numerusform>
            </translation>
        </message>
        <message>
            <source>Checked</source>
            <translation>Relève</translation>
        </message>
        <message>
            <source>How often it is checked</source>
            <translation>Fréquence de relève</translation>
        </message>
        <message>
            <source>It is read for the first time in a moment.</source>
            <translation>Elle va être lue pour la première fois.</translation>
        </message>
        <message>
            <source>Mentions</source>
            <translation>Mentions</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Name of the source</source>
            <translation>Nom de la source</translation>
        </message>
        <message>
            <source>Open in browser</source>
            <translation>Ouvrir dans le navigateur</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Suspendre</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Retirer</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>The server says it is gone for good. Its mentions are kept.</source>
            <translation>Le serveur dit qu’elle a disparu pour de bon. Ses mentions sont gardées.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
        <message>
            <source>What counts as a mention there</source>
            <translation>Ce qui y compte comme une mention</translation>
        </message>
        <message>
            <source>What it never shows: {what}</source>
            <translation>Ce qu’elle ne montre jamais : {what}</translation>
        </message>
        <message>
            <source>You paused it. What is published meanwhile is read when you resume it, as far back as the feed reaches.</source>
            <translation>Vous l’avez suspendue. Ce qui paraît entre-temps sera lu à la reprise, aussi loin que remonte le flux.</translation>
        </message>
        <message>
            <source>as in Settings</source>
            <translation>comme dans Réglages</translation>
        </message>
        <message>
            <source>everything: {brand}</source>
            <translation>tout : {brand}</translation>
        </message>
        <message>
            <source>what names a brand</source>
            <translation>ce qui nomme une marque</translation>
        </message>
        <message>
            <source>{source}: {state}</source>
            <translation>{source} : {state}</translation>
        </message>
    </context>
    <context>
        <name>SourceTable</name>
        <message>
            <source>Sources</source>
            <translation>Sources</translation>
        </message>
    </context>
    <context>
        <name>SourceTableModel</name>
        <message>
            <source>Items a day</source>
            <translation>Articles/jour</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>7 jours</translation>
        </message>
        <message>
            <source>Last success</source>
            <translation>Dernier succès</translation>
        </message>
        <message>
            <source>Next check</source>
            <translation>Prochaine relève</translation>
        </message>
        <message>
            <source>Not seen</source>
            <translation>Non vu</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Source</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>waits for its turn</source>
            <translation>attend son tour</translation>
        </message>
        <message>
            <source>{posts} items, {mentions} mentions in all</source>
            <translation>{posts} articles, {mentions} mentions en tout</translation>
        </message>
    </context>
    <context>
        <name>Sources</name>
        <message numerus="yes">
            <source>%n brand(s)</source>
            <translation>
                <numerusform>%n marque</numerusform>
                <numerusform>%n marques</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n cannot be read at the moment.</source>
            <translation>
                <numerusform>%n ne peut pas être lue en ce moment.</numerusform>
                <numerusform>%n ne peuvent pas être lues en ce moment.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n is/are gone for good.</source>
            <translation>
                <numerusform>%n a disparu pour de bon.</numerusform>
                <numerusform>%n ont disparu pour de bon.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n known already.</source>
            <translation>
                <numerusform>%n déjà connue.</numerusform>
                <numerusform>%n déjà connues.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n line(s) could not be used: {lines}</source>
            <translation>
                <numerusform>%n ligne inutilisable : {lines}</numerusform>
                <numerusform>%n lignes inutilisables : {lines}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n may have missed posts.</source>
            <translation>
                <numerusform>%n a pu manquer des messages.</numerusform>
                <numerusform>%n ont pu manquer des messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n need(s) you.</source>
            <translation>
                <numerusform>%n à régler.</numerusform>
                <numerusform>%n à régler.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n rival(s)</source>
            <translation>
                <numerusform>%n concurrent</numerusform>
                <numerusform>%n concurrents</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n source(s) added.</source>
            <translation>
                <numerusform>%n source ajoutée.</numerusform>
                <numerusform>%n sources ajoutées.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n source(s) listening</source>
            <translation>
                <numerusform>%n source à l’écoute</numerusform>
                <numerusform>%n sources à l’écoute</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n unreadable item(s)</source>
            <translation>
                <numerusform>%n article illisible</numerusform>
                <numerusform>%n articles illisibles</numerusform>
            </translation>
        </message>
        <message>
            <source>Gone for good</source>
            <translation>Disparue</translation>
        </message>
        <message numerus="yes">
            <source>It waits for its turn at {host}, which allows one request every %n second(s): {moment}.</source>
            <translation>
                <numerusform>Elle attend son tour sur {host}, qui autorise une requête par seconde : {moment}.</numerusform>
                <numerusform>Elle attend son tour sur {host}, qui autorise une requête toutes les %n secondes : {moment}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Listening</source>
            <translation>À l’écoute</translation>
        </message>
        <message>
            <source>Needs you</source>
            <translation>À régler</translation>
        </message>
        <message>
            <source>Next try: {moment}.</source>
            <translation>Prochain essai : {moment}.</translation>
        </message>
        <message numerus="yes">
            <source>None of the %n source(s) can be read at the moment.</source>
            <translation>
                <numerusform>La source ne peut pas être lue en ce moment.</numerusform>
                <numerusform>Aucune des %n sources ne peut être lue en ce moment.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not checked yet</source>
            <translation>Pas encore relevée</translation>
        </message>
        <message>
            <source>Nothing could be read yet.</source>
            <translation>Rien n’a encore pu être lu.</translation>
        </message>
        <message>
            <source>Nothing else was missed.</source>
            <translation>Rien d’autre n’a été manqué.</translation>
        </message>
        <message>
            <source>Nothing was missed.</source>
            <translation>Rien n’a été manqué.</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Suspendue</translation>
        </message>
        <message>
            <source>The source cannot be read at the moment.</source>
            <translation>La source ne peut pas être lue en ce moment.</translation>
        </message>
        <message>
            <source>Tries again</source>
            <translation>Nouvel essai prévu</translation>
        </message>
        <message numerus="yes">
            <source>You seem to be offline: none of the %n source(s) could be reached.</source>
            <translation>
                <numerusform>Vous semblez hors ligne : la source n’a pas pu être jointe.</numerusform>
                <numerusform>Vous semblez hors ligne : aucune des %n sources n’a pu être jointe.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n day(s)</source>
            <translation>
                <numerusform>chaque jour</numerusform>
                <numerusform>tous les %n jours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n hour(s)</source>
            <translation>
                <numerusform>chaque heure</numerusform>
                <numerusform>toutes les %n heures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n minute(s)</source>
            <translation>
                <numerusform>chaque minute</numerusform>
                <numerusform>toutes les %n minutes</numerusform>
            </translation>
        </message>
        <message>
            <source>last success {moment}</source>
            <translation>dernier succès {moment}</translation>
        </message>
        <message>
            <source>never</source>
            <translation>jamais</translation>
        </message>
        <message>
            <source>next check {moment}</source>
            <translation>prochaine relève {moment}</translation>
        </message>
        <message>
            <source>none</source>
            <translation>rien</translation>
        </message>
        <message>
            <source>not seen: {what}</source>
            <translation>non vu : {what}</translation>
        </message>
        <message>
            <source>since {moment}</source>
            <translation>depuis {moment}</translation>
        </message>
        <message>
            <source>soon</source>
            <translation>bientôt</translation>
        </message>
        <message>
            <source>waits for you</source>
            <translation>vous attend</translation>
        </message>
        <message>
            <source>when resumed</source>
            <translation>à la reprise</translation>
        </message>
        <message>
            <source>{count} items a day</source>
            <translation>{count} articles par jour</translation>
        </message>
        <message>
            <source>{listening} for {brands} and {rivals}.</source>
            <translation>{listening} pour {brands} et {rivals}.</translation>
        </message>
        <message>
            <source>{listening} for {brands}.</source>
            <translation>{listening} pour {brands}.</translation>
        </message>
    </context>
    <context>
        <name>SourcesView</name>
        <message numerus="yes">
            <source>%n source(s) written to {file}.</source>
            <translation>
                <numerusform>%n source écrite dans {file}.</numerusform>
                <numerusform>%n sources écrites dans {file}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Export feeds</source>
            <translation>Exporter les flux</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filtrer</translation>
        </message>
        <message>
            <source>Filter the sources</source>
            <translation>Filtrer les sources</translation>
        </message>
        <message>
            <source>Import feeds</source>
            <translation>Importer des flux</translation>
        </message>
        <message>
            <source>Nothing is listened to yet. Paste the address of a feed, a blog or a site above, or import the feeds of another reader (OPML).</source>
            <translation>Rien n’est encore écouté. Collez ci-dessus l’adresse d’un flux, d’un blog ou d’un site, ou importez les flux d’un autre lecteur (OPML).</translation>
        </message>
        <message>
            <source>OPML files (*.opml *.xml);;All files (*)</source>
            <translation>Fichiers OPML (*.opml *.xml);;Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>OPML files (*.opml)</source>
            <translation>Fichiers OPML (*.opml)</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rétablir</translation>
        </message>
        <message>
            <source>{source} is listened to from now on.</source>
            <translation>{source} est écoutée à partir de maintenant.</translation>
        </message>
        <message>
            <source>{source} is no longer listened to. Its mentions are kept.</source>
            <translation>{source} n’est plus écoutée. Ses mentions sont gardées.</translation>
        </message>
    </context>
    <context>
        <name>Spinner</name>
        <message>
            <source>Working</source>
            <translation>En cours</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Answered</source>
            <translation>Répondu</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message numerus="yes">
            <source>%n cannot be read</source>
            <translation>
                <numerusform>%n ne peut être lue</numerusform>
                <numerusform>%n ne peuvent être lues</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n need(s) you</source>
            <translation>
                <numerusform>%n à régler</numerusform>
                <numerusform>%n à régler</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n source(s) listening</source>
            <translation>
                <numerusform>%n source à l’écoute</numerusform>
                <numerusform>%n sources à l’écoute</numerusform>
            </translation>
        </message>
        <message>
            <source>Opening your data…</source>
            <translation>Ouverture de vos données…</translation>
        </message>
        <message>
            <source>You seem to be offline</source>
            <translation>Vous semblez hors ligne</translation>
        </message>
        <message>
            <source>checking {done} of {total}</source>
            <translation>relève {done} sur {total}</translation>
        </message>
        <message>
            <source>last check {ago}</source>
            <translation>dernière relève {ago}</translation>
        </message>
        <message>
            <source>last read {ago}</source>
            <translation>dernière lecture {ago}</translation>
        </message>
        <message>
            <source>next {when}</source>
            <translation>prochaine {when}</translation>
        </message>
        <message>
            <source>nothing could be read yet</source>
            <translation>rien n’a encore pu être lu</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>en pause</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Check now</source>
            <translation>Relever maintenant</translation>
        </message>
        <message>
            <source>Open Vigie</source>
            <translation>Ouvrir Vigie</translation>
        </message>
        <message>
            <source>Pause listening</source>
            <translation>Suspendre l’écoute</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Resume listening</source>
            <translation>Reprendre l’écoute</translation>
        </message>
        <message numerus="yes">
            <source>Vigie: %n to answer</source>
            <translation>
                <numerusform>Vigie : %n à traiter</numerusform>
                <numerusform>Vigie : %n à traiter</numerusform>
            </translation>
        </message>
        <message>
            <source>{counts} (paused)</source>
            <translation>{counts} (en pause)</translation>
        </message>
    </context>
    <context>
        <name>Triage</name>
        <message>
            <source>Answered: {author}</source>
            <translation>Répondu : {author}</translation>
        </message>
        <message>
            <source>Done: {author}</source>
            <translation>Terminé : {author}</translation>
        </message>
        <message>
            <source>Nothing to take back</source>
            <translation>Rien à annuler</translation>
        </message>
        <message>
            <source>Taken back: {what}</source>
            <translation>Annulé : {what}</translation>
        </message>
        <message>
            <source>Too late: the reply was on its way already.</source>
            <translation>Trop tard : la réponse était déjà en route.</translation>
        </message>
        <message>
            <source>Your correction was taken back</source>
            <translation>Votre correction a été retirée</translation>
        </message>
        <message>
            <source>the reply to {author}</source>
            <translation>la réponse à {author}</translation>
        </message>
        <message>
            <source>{author} comes back {when}</source>
            <translation>{author} revient {when}</translation>
        </message>
        <message>
            <source>{author}: {correction}</source>
            <translation>{author} : {correction}</translation>
        </message>
    </context>
    <context>
        <name>TrialResult</name>
        <message numerus="yes">
            <source>%n about your brands</source>
            <translation>
                <numerusform>%n sur vos marques</numerusform>
                <numerusform>%n sur vos marques</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n post(s) now</source>
            <translation>
                <numerusform>%n publication pour l’instant</numerusform>
                <numerusform>%n publications pour l’instant</numerusform>
            </translation>
        </message>
        <message>
            <source>Latest: “{words}”</source>
            <translation>Dernier en date : « {words} »</translation>
        </message>
        <message>
            <source>{posts}, none about your brands yet</source>
            <translation>{posts}, aucune sur vos marques jusqu’ici</translation>
        </message>
    </context>
    <context>
        <name>When</name>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>il y a %n jour</numerusform>
                <numerusform>il y a %n jours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n h ago</source>
            <translation>
                <numerusform>il y a %n h</numerusform>
                <numerusform>il y a %n h</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n min ago</source>
            <translation>
                <numerusform>il y a %n min</numerusform>
                <numerusform>il y a %n min</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>in %n h</source>
            <translation>
                <numerusform>dans %n h</numerusform>
                <numerusform>dans %n h</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>in %n min</source>
            <translation>
                <numerusform>dans %n min</numerusform>
                <numerusform>dans %n min</numerusform>
            </translation>
        </message>
        <message>
            <source>in a moment</source>
            <translation>dans un instant</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>à l’instant</translation>
        </message>
        <message>
            <source>now</source>
            <translation>maintenant</translation>
        </message>
        <message>
            <source>yesterday {time}</source>
            <translation>hier {time}</translation>
        </message>
    </context>
    <context>
        <name>Why</name>
        <message>
            <source>Its signs contradict each other: please check.</source>
            <translation>Ses signes se contredisent : à vérifier.</translation>
        </message>
        <message>
            <source>Vigie did not recognise the language. Please decide.</source>
            <translation>Vigie n’a pas reconnu la langue. À vous de décider.</translation>
        </message>
        <message>
            <source>Vigie does not judge texts in {language}. Please decide.</source>
            <translation>Vigie ne juge pas les textes en {language}. À vous de décider.</translation>
        </message>
        <message>
            <source>Vigie had read: {thought}.</source>
            <translation>Vigie avait lu : {thought}.</translation>
        </message>
        <message>
            <source>Words of risk: {words}</source>
            <translation>Mots à risque : {words}</translation>
        </message>
        <message>
            <source>You said: &lt;b&gt;{said}&lt;/b&gt;.</source>
            <translation>Vous avez dit : &lt;b&gt;{said}&lt;/b&gt;.</translation>
        </message>
        <message>
            <source>because of {words}</source>
            <translation>à cause de {words}</translation>
        </message>
        <message>
            <source>emoji</source>
            <translation>emoji</translation>
        </message>
        <message>
            <source>emphasis</source>
            <translation>insistance</translation>
        </message>
        <message>
            <source>negation</source>
            <translation>négation</translation>
        </message>
        <message>
            <source>no word weighs clearly either way</source>
            <translation>aucun mot ne pèse nettement</translation>
        </message>
        <message>
            <source>phrase</source>
            <translation>expression</translation>
        </message>
        <message>
            <source>risk</source>
            <translation>risque</translation>
        </message>
        <message>
            <source>rule</source>
            <translation>règle</translation>
        </message>
        <message>
            <source>weak or mixed signs: {words}</source>
            <translation>signes faibles ou contradictoires : {words}</translation>
        </message>
        <message>
            <source>word</source>
            <translation>mot</translation>
        </message>
        <message>
            <source>{percent} sure.</source>
            <translation>Sûr à {percent}.</translation>
        </message>
        <message>
            <source>{sentence}; urgent</source>
            <translation>{sentence} ; urgent</translation>
        </message>
        <message>
            <source>{some} and {last}</source>
            <translation>{some} et {last}</translation>
        </message>
    </context>
    <context>
        <name>WhyBar</name>
        <message>
            <source>All reasons</source>
            <translation>Toutes les raisons</translation>
        </message>
        <message>
            <source>Fewer</source>
            <translation>Moins</translation>
        </message>
        <message>
            <source>everything else in the text</source>
            <translation>tout le reste du texte</translation>
        </message>
        <message>
            <source>“{words}”</source>
            <translation>« {words} »</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message numerus="yes">
            <source>%n outlet(s)</source>
            <translation>
                <numerusform>%n endroit</numerusform>
                <numerusform>%n endroits</numerusform>
            </translation>
        </message>
        <message>
            <source>Abusive</source>
            <translation>Injurieux</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alertes</translation>
        </message>
        <message>
            <source>All mentions</source>
            <translation>Toutes les mentions</translation>
        </message>
        <message>
            <source>Complaint</source>
            <translation>Plainte</translation>
        </message>
        <message>
            <source>Deleted</source>
            <translation>Supprimée</translation>
        </message>
        <message>
            <source>Deleted by its author or the network</source>
            <translation>Supprimée par son auteur ou par le réseau</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminées</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Brouillon</translation>
        </message>
        <message>
            <source>Drafts</source>
            <translation>Brouillons</translation>
        </message>
        <message>
            <source>Edited</source>
            <translation>Modifié</translation>
        </message>
        <message>
            <source>English</source>
            <translation>anglais</translation>
        </message>
        <message>
            <source>French</source>
            <translation>français</translation>
        </message>
        <message>
            <source>Negative</source>
            <translation>Négatif</translation>
        </message>
        <message>
            <source>Neutral</source>
            <translation>Neutre</translation>
        </message>
        <message>
            <source>News</source>
            <translation>Actualité</translation>
        </message>
        <message>
            <source>Not about us</source>
            <translation>Pas nous</translation>
        </message>
        <message>
            <source>Positive</source>
            <translation>Positif</translation>
        </message>
        <message>
            <source>Praise</source>
            <translation>Éloge</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Question</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Demande</translation>
        </message>
        <message>
            <source>Spam</source>
            <translation>Indésirable</translation>
        </message>
        <message>
            <source>Suggestion</source>
            <translation>Suggestion</translation>
        </message>
        <message>
            <source>To answer</source>
            <translation>À traiter</translation>
        </message>
        <message>
            <source>Tone not known</source>
            <translation>Ton inconnu</translation>
        </message>
        <message>
            <source>Urgent</source>
            <translation>Urgent</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>En attente</translation>
        </message>
        <message>
            <source>Wants to buy</source>
            <translation>Veut acheter</translation>
        </message>
        <message>
            <source>not read yet</source>
            <translation>pas encore lu</translation>
        </message>
        <message>
            <source>now</source>
            <translation>maintenant</translation>
        </message>
        <message>
            <source>today {time}</source>
            <translation>aujourd’hui {time}</translation>
        </message>
        <message>
            <source>tomorrow {time}</source>
            <translation>demain {time}</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>hier</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} h</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <source>{n}%</source>
            <translation>{n} %</translation>
        </message>
        <message>
            <source>{tone}, to check</source>
            <translation>{tone}, à vérifier</translation>
        </message>
    </context>
</TS>
