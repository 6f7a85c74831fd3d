<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Asset Bridge</source>
        <translation>À propos d’Asset Bridge</translation>
    </message>
    <message>
        <source>Asset Bridge {version}</source>
        <translation>Asset Bridge {version}</translation>
    </message>
    <message>
        <source>The window between your masters and Cloudinary. Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python.</source>
        <translation>La fenêtre entre vos masters et Cloudinary. Logiciel libre sous licence publique générale GNU, version 3 ou ultérieure&#xa0;; fourni sans aucune garantie. Icônes de Lucide (ISC), police Inter (OFL), réalisé avec Qt for Python.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>AccessDialog</name>
    <message>
        <source>With a &amp;token, at any time</source>
        <translation>Avec un &amp;jeton, à tout moment</translation>
    </message>
    <message>
        <source>For everybody &amp;from</source>
        <translation>Pour tous, &amp;à partir du</translation>
    </message>
    <message>
        <source>For everybody &amp;until</source>
        <translation>Pour tous, j&amp;usqu’au</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Définir</translation>
    </message>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>Limiter l’accès à %Ln ressource</numerusform>
            <numerusform>Limiter l’accès à %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>Who may have the files from Cloudinary. With nothing ticked: everybody.</source>
        <translation>Qui peut obtenir les fichiers depuis Cloudinary. Si rien n’est coché&#xa0;: tout le monde.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>À partir du</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Jusqu’au</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>AccountChip</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>Mode hors ligne</translation>
    </message>
    <message>
        <source>Pushes go out at once.</source>
        <translation>Les envois partent immédiatement.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait, and go out by themselves afterwards.</source>
        <translation>Vous pouvez continuer à travailler. Les envois attendent et partiront ensuite d’eux-mêmes.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait until you go online again.</source>
        <translation>Vous pouvez continuer à travailler. Les envois attendent que vous repassiez en ligne.</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>Aucun compte</translation>
    </message>
    <message>
        <source>Browsing only</source>
        <translation>Consultation seule</translation>
    </message>
    <message>
        <source>Add an account to push approved assets.</source>
        <translation>Ajoutez un compte pour envoyer les ressources approuvées.</translation>
    </message>
    <message>
        <source>Switch to another account with {keys}.</source>
        <translation>Changer de compte avec {keys}.</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Comptes Cloudinary</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>{account} répond et est désormais utilisé.</translation>
    </message>
    <message>
        <source>Log out of {account}?</source>
        <translation>Se déconnecter de {account}&#xa0;?</translation>
    </message>
    <message>
        <source>Its secret and its login are deleted here. What has been delivered stays in Cloudinary, your decisions and its history stay here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>Son secret et sa connexion sont supprimés ici. Ce qui a été diffusé reste dans Cloudinary, vos décisions et leur historique restent ici, et les envois encore en file pour ce compte attendent que vous l’ajoutiez de nouveau.</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester connecté</translation>
    </message>
    <message>
        <source>The login is deleted here, but Cloudinary could not be told. End it there too, under your connected applications.</source>
        <translation>La connexion est supprimée ici, mais Cloudinary n’a pas pu en être informé. Mettez-y fin là-bas aussi, dans vos applications connectées.</translation>
    </message>
</context>
<context>
    <name>AccountEnvironments</name>
    <message>
        <source>Choose from your account</source>
        <translation>Choisir dans votre compte</translation>
    </message>
    <message>
        <source>The account’s own keys list all its product environments. Cloudinary shows them under Settings, Account API Keys.</source>
        <translation>Les clés du compte lui-même permettent de lister tous ses environnements de produit. Cloudinary les affiche sous Settings, Account API Keys.</translation>
    </message>
    <message>
        <source>&amp;Keep these keys in the keyring</source>
        <translation>Conse&amp;rver ces clés dans le trousseau</translation>
    </message>
    <message>
        <source>List environments</source>
        <translation>Lister les environnements</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>Ajouter celui-ci</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>Dans le trousseau</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Interrogation…</translation>
    </message>
    <message>
        <source>This account has no product environments yet.</source>
        <translation>Ce compte n’a pas encore d’environnement de produit.</translation>
    </message>
    <message>
        <source>Product environments</source>
        <translation>Environnements de produit</translation>
    </message>
    <message>
        <source>Account &amp;ID</source>
        <translation>I&amp;D du compte</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Adresse de l’AP&amp;I</translation>
    </message>
    <message>
        <source>Account &amp;key</source>
        <translation>&amp;Clé du compte</translation>
    </message>
    <message>
        <source>Account &amp;secret</source>
        <translation>&amp;Secret du compte</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Ajouté</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Clé {key}</translation>
    </message>
    <message>
        <source>Its key has to be entered</source>
        <translation>Sa clé doit être saisie</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Désactivé</translation>
    </message>
</context>
<context>
    <name>AccountErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Il n’y a pas encore de compte. Ajoutez-en un d’abord.</translation>
    </message>
</context>
<context>
    <name>AccountForm</name>
    <message>
        <source>cloudinary://…</source>
        <translation>cloudinary://…</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Avancé</translation>
    </message>
    <message>
        <source>Log in with the browser…</source>
        <translation>Se connecter avec le navigateur…</translation>
    </message>
    <message>
        <source>Choose from your account…</source>
        <translation>Choisir dans votre compte…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>Vérifier et enregistrer</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Vérification…</translation>
    </message>
    <message>
        <source>Add a Cloudinary account</source>
        <translation>Ajouter un compte Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary shows all of this under Settings, API Keys. The secret is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary affiche tout cela sous Settings, API Keys. Le secret est conservé dans le trousseau de cet ordinateur, jamais en clair.</translation>
    </message>
    <message>
        <source>&amp;Paste a CLOUDINARY_URL</source>
        <translation>C&amp;oller une CLOUDINARY_URL</translation>
    </message>
    <message>
        <source>It is taken apart and removed from here at once.</source>
        <translation>Elle est aussitôt décomposée et retirée d’ici.</translation>
    </message>
    <message>
        <source>&amp;Cloud name</source>
        <translation>&amp;Nom du cloud</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>&amp;Clé d’API</translation>
    </message>
    <message>
        <source>API &amp;secret</source>
        <translation>&amp;Secret d’API</translation>
    </message>
    <message>
        <source>S&amp;tage</source>
        <translation>Ni&amp;veau</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Adresse de l’AP&amp;I</translation>
    </message>
    <message>
        <source>&amp;Delivery host</source>
        <translation>Hôte de &amp;diffusion</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Use this one</source>
        <translation>Utiliser celui-ci</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>Se déconnecter…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>Ouvrir le trousseau…</translation>
    </message>
    <message>
        <source>Pushes wait until the key store is opened.</source>
        <translation>Les envois attendent que le trousseau soit ouvert.</translation>
    </message>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Comptes Cloudinary</translation>
    </message>
    <message>
        <source>Pushes go to the account in use.</source>
        <translation>Les envois vont au compte utilisé.</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Ajouter un compte…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Logged in with the browser</source>
        <translation>Connecté avec le navigateur</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Clé {key}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisé</translation>
    </message>
</context>
<context>
    <name>AccountLogin</name>
    <message>
        <source>Log in with the browser</source>
        <translation>Se connecter avec le navigateur</translation>
    </message>
    <message>
        <source>Cloudinary asks you in your browser which product environment Asset Bridge may use. What it gives is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary vous demande dans votre navigateur quel environnement de produit Asset Bridge peut utiliser. Ce qu’il fournit est conservé dans le trousseau de cet ordinateur, jamais en clair.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Rouvrir la page</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Ouvrir le navigateur</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Continuez dans votre navigateur. Cette fenêtre vous attend pendant cinq minutes.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Back”, and use an API key.</source>
        <translation>Aucun navigateur n’a pu être ouvert ici. Choisissez «&#xa0;Retour&#xa0;» et utilisez une clé d’API.</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Adresse de l’AP&amp;I</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>I&amp;D client</translation>
    </message>
    <message>
        <source>Only where your company says so; otherwise leave both empty.</source>
        <translation>Uniquement si votre entreprise le demande&#xa0;; sinon, laissez les deux champs vides.</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>Utiliser le co&amp;mpte</translation>
    </message>
    <message>
        <source>{name} – {stage}</source>
        <translation>{name} – {stage}</translation>
    </message>
</context>
<context>
    <name>AccountNaming</name>
    <message>
        <source>Colour and label are shown wherever something is sent, so that nobody pushes to the wrong environment. Before the first push to production you are asked once.</source>
        <translation>La couleur et le libellé s’affichent partout où quelque chose est envoyé, afin que personne n’envoie vers le mauvais environnement. Avant le premier envoi en production, une confirmation vous est demandée une fois.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>What do you call {name}?</source>
        <translation>Comment appelez-vous {name}&#xa0;?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Agency or team</source>
        <translation>&amp;Agence ou équipe</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Couleur</translation>
    </message>
    <message>
        <source>&amp;Stage</source>
        <translation>Ni&amp;veau</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>Everything is decided.</source>
        <translation>Tout est décidé.</translation>
    </message>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>Approuver l’image restante (%Ln)&#xa0;?</numerusform>
            <numerusform>Approuver les %Ln images restantes&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>All that nobody has approved, rejected or sent back in this review is approved in your name, also what you have not looked at. It can be taken back.</source>
        <translation>Tout ce que personne n’a approuvé, rejeté ou renvoyé dans cette révision est approuvé en votre nom, y compris ce que vous n’avez pas regardé. Cela peut être annulé.</translation>
    </message>
    <message>
        <source>Approve them</source>
        <translation>Les approuver</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>Continuer à regarder</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}&#xa0;: %Ln image.</numerusform>
            <numerusform>{state}&#xa0;: %Ln images.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>Annulé&#xa0;: %Ln décision.</numerusform>
            <numerusform>Annulé&#xa0;: %Ln décisions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>%Ln image sélectionnée</numerusform>
            <numerusform>%Ln images sélectionnées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>C&amp;onflicts…</source>
        <translation>C&amp;onflits…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>C&amp;onflits (%Ln)…</numerusform>
            <numerusform>C&amp;onflits (%Ln)…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>&amp;Ajouter un dossier…</translation>
    </message>
    <message>
        <source>Connect P&amp;hotoShelter…</source>
        <translation>Connecter P&amp;hotoShelter…</translation>
    </message>
    <message>
        <source>Connect Ano&amp;ther Service…</source>
        <translation>Connecter un au&amp;tre service…</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>&amp;Relire</translation>
    </message>
    <message>
        <source>&amp;Skipped Files…</source>
        <translation>Fichiers &amp;ignorés…</translation>
    </message>
    <message>
        <source>Re&amp;move Library…</source>
        <translation>Retirer la &amp;bibliothèque…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>&amp;Annuler&#x202f;: {step}</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Rétablir&#x202f;: {step}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>&amp;Nouvelle fenêtre</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>Rec&amp;hercher</translation>
    </message>
    <message>
        <source>C&amp;lear Filters</source>
        <translation>&amp;Effacer les filtres</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>&amp;Tout sélectionner</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>Tout &amp;désélectionner</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>&amp;Copier le chemin</translation>
    </message>
    <message>
        <source>&amp;Open Original</source>
        <translation>&amp;Ouvrir l’original</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>Afficher dans le &amp;gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;Grille</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Liste</translation>
    </message>
    <message>
        <source>&amp;Larger Thumbnails</source>
        <translation>&amp;Agrandir les vignettes</translation>
    </message>
    <message>
        <source>S&amp;maller Thumbnails</source>
        <translation>&amp;Réduire les vignettes</translation>
    </message>
    <message>
        <source>&amp;Quick Look</source>
        <translation>Aperçu rapi&amp;de</translation>
    </message>
    <message>
        <source>Open in the S&amp;tudio</source>
        <translation>Ouvrir dans le &amp;studio</translation>
    </message>
    <message>
        <source>Contact S&amp;heet</source>
        <translation>Planc&amp;he contact</translation>
    </message>
    <message>
        <source>Make Rend&amp;itions…</source>
        <translation>Créer des dé&amp;clinaisons…</translation>
    </message>
    <message>
        <source>Channel &amp;Kits…</source>
        <translation>&amp;Kits de canal…</translation>
    </message>
    <message>
        <source>&amp;Presets and Sets…</source>
        <translation>&amp;Préréglages et jeux…</translation>
    </message>
    <message>
        <source>I&amp;nsights…</source>
        <translation>A&amp;nalyses…</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>&amp;Barre latérale</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>&amp;Inspecteur</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>&amp;Transferts</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>Pl&amp;ein écran</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Précédent</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Suivant</translation>
    </message>
    <message>
        <source>Enclosing F&amp;older</source>
        <translation>&amp;Dossier parent</translation>
    </message>
    <message>
        <source>Fa&amp;vourite Place</source>
        <translation>Emplacement &amp;favori</translation>
    </message>
    <message>
        <source>Save as &amp;Smart Folder…</source>
        <translation>Enregistrer comme dossier &amp;intelligent…</translation>
    </message>
    <message>
        <source>&amp;Grid Editor</source>
        <translation>Éditeur en &amp;tableau</translation>
    </message>
    <message>
        <source>&amp;Copy Metadata</source>
        <translation>&amp;Copier les métadonnées</translation>
    </message>
    <message>
        <source>&amp;Paste Metadata…</source>
        <translation>Co&amp;ller les métadonnées…</translation>
    </message>
    <message>
        <source>&amp;Templates…</source>
        <translation>&amp;Modèles…</translation>
    </message>
    <message>
        <source>&amp;Vocabularies…</source>
        <translation>&amp;Vocabulaires…</translation>
    </message>
    <message>
        <source>&amp;Export Table…</source>
        <translation>&amp;Exporter le tableau…</translation>
    </message>
    <message>
        <source>&amp;Import Table…</source>
        <translation>&amp;Importer un tableau…</translation>
    </message>
    <message>
        <source>&amp;Keep a Copy of Files before Writing Metadata</source>
        <translation>Conserver une copie des &amp;fichiers avant d’écrire les métadonnées</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>Ré&amp;vision</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Approuver</translation>
    </message>
    <message>
        <source>Approve with Co&amp;mment…</source>
        <translation>Approuver avec un co&amp;mmentaire…</translation>
    </message>
    <message>
        <source>Request &amp;Changes…</source>
        <translation>&amp;Demander des modifications…</translation>
    </message>
    <message>
        <source>&amp;Reject…</source>
        <translation>&amp;Rejeter…</translation>
    </message>
    <message>
        <source>Put &amp;in Review</source>
        <translation>Mettre &amp;en révision</translation>
    </message>
    <message>
        <source>Ask &amp;for Review…</source>
        <translation>Demander u&amp;ne révision…</translation>
    </message>
    <message>
        <source>Review &amp;Queue…</source>
        <translation>&amp;File de révision…</translation>
    </message>
    <message>
        <source>&amp;Keep Approvals in Files, Too</source>
        <translation>&amp;Conserver aussi les approbations dans les fichiers</translation>
    </message>
    <message>
        <source>Write Review &amp;Pack…</source>
        <translation>Écrire un d&amp;ossier de révision…</translation>
    </message>
    <message>
        <source>Import &amp;Verdicts…</source>
        <translation>&amp;Importer des verdicts…</translation>
    </message>
    <message>
        <source>Ri&amp;ghts…</source>
        <translation>Droi&amp;ts…</translation>
    </message>
    <message>
        <source>Rights Ca&amp;lendar…</source>
        <translation>Ca&amp;lendrier des droits…</translation>
    </message>
    <message>
        <source>Let Pa&amp;ss…</source>
        <translation>Laisser pa&amp;sser…</translation>
    </message>
    <message>
        <source>P&amp;olicies…</source>
        <translation>Politi&amp;ques…</translation>
    </message>
    <message>
        <source>Audit &amp;Trail…</source>
        <translation>Piste d’a&amp;udit…</translation>
    </message>
    <message>
        <source>Upload fro&amp;m an Address…</source>
        <translation>Téléverser &amp;depuis une adresse…</translation>
    </message>
    <message>
        <source>Upload P&amp;resets…</source>
        <translation>Préré&amp;glages de chargement…</translation>
    </message>
    <message>
        <source>Metadata Fie&amp;lds…</source>
        <translation>Champs de &amp;métadonnées…</translation>
    </message>
    <message>
        <source>&amp;Steps and Keys</source>
        <translation>Éta&amp;pes et touches</translation>
    </message>
    <message>
        <source>Command &amp;Palette…</source>
        <translation>Palette de &amp;commandes…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>&amp;Raccourcis clavier…</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>&amp;Envoyer</translation>
    </message>
    <message>
        <source>Pu&amp;blish Renditions…</source>
        <translation>Pu&amp;blier les déclinaisons…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Télécharger…</translation>
    </message>
    <message>
        <source>&amp;Search All of Cloudinary…</source>
        <translation>&amp;Rechercher dans tout Cloudinary…</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>&amp;Comptes…</translation>
    </message>
    <message>
        <source>&amp;Usage and Limits…</source>
        <translation>&amp;Utilisation et limites…</translation>
    </message>
    <message>
        <source>Work &amp;Offline</source>
        <translation>Travailler &amp;hors ligne</translation>
    </message>
    <message>
        <source>Cloudinary &amp;Sandbox Reachable</source>
        <translation>Bac à s&amp;able Cloudinary joignable</translation>
    </message>
    <message>
        <source>&amp;PhotoShelter</source>
        <translation>&amp;PhotoShelter</translation>
    </message>
    <message>
        <source>Chosen &amp;at Cloudinary</source>
        <translation>Sélection chez C&amp;loudinary</translation>
    </message>
    <message>
        <source>&amp;Hear of Changes at Once</source>
        <translation>Être &amp;informé aussitôt des changements</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>&amp;Notifications…</translation>
    </message>
    <message>
        <source>Tell Other S&amp;ystems…</source>
        <translation>Informer d’autres s&amp;ystèmes…</translation>
    </message>
    <message>
        <source>Product &amp;Feeds…</source>
        <translation>Flu&amp;x de produits…</translation>
    </message>
    <message>
        <source>&amp;Contentstack…</source>
        <translation>C&amp;ontentstack…</translation>
    </message>
    <message>
        <source>&amp;About Asset Bridge</source>
        <translation>À pr&amp;opos d’Asset Bridge</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>Comme le &amp;système</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Clair</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>S&amp;ombre</translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message>
        <source>Stop; what was done stays</source>
        <translation>Arrêter&#x202f;; ce qui est fait est conservé</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Arrêter&#x202f;: {what}</translation>
    </message>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>Hors ligne – %Ln en attente</numerusform>
            <numerusform>Hors ligne – %Ln en attente</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline – nothing waits</source>
        <translation>Hors ligne – rien en attente</translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>%Ln activité</numerusform>
            <numerusform>%Ln activités</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>Activité – %Ln avec un problème</numerusform>
            <numerusform>Activité – %Ln avec des problèmes</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
</context>
<context>
    <name>ActivityPopover</name>
    <message>
        <source>Nothing goes on. What takes longer is listed here, with what came of it.</source>
        <translation>Aucune activité en cours. Les tâches plus longues sont listées ici, avec leur résultat.</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Effacer la liste</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>encore {time} environ</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Arrêter&#x202f;: {what}</translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation>Afficher&#x202f;: {what}</translation>
    </message>
</context>
<context>
    <name>AddEntry</name>
    <message>
        <source>Add another</source>
        <translation>Ajouter un autre</translation>
    </message>
</context>
<context>
    <name>AdjustPage</name>
    <message>
        <source>Light and colour</source>
        <translation>Lumière et couleur</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Lumière</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Couleur</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Détail</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>En un clic</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Chart: {sentence}</source>
        <translation>Graphique&#xa0;: {sentence}</translation>
    </message>
    <message>
        <source>The table below has the same figures.</source>
        <translation>Le tableau ci-dessous contient les mêmes chiffres.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>%Ln autre dans le tableau</numerusform>
            <numerusform>%Ln autres dans le tableau</numerusform>
        </translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Importer un journal d’accès…</translation>
    </message>
    <message>
        <source>Ask Now</source>
        <translation>Interroger maintenant</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>Comptes…</translation>
    </message>
    <message>
        <source>Access Logs</source>
        <translation>Journaux d’accès</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>What the chart is about</source>
        <translation>Sujet du graphique</translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message>
        <source>Comment for the history (optional)</source>
        <translation>Commentaire pour l’historique (facultatif)</translation>
    </message>
    <message>
        <source>Comment for the history</source>
        <translation>Commentaire pour l’historique</translation>
    </message>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>Approuver et inclure %Ln</numerusform>
            <numerusform>Approuver et inclure %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Archive “{name}”</source>
        <translation>Archiver «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Ce qui va se passer</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiver</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Looking what that takes…</source>
        <translation>Évaluation de ce qu’il faut faire…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln étape.</numerusform>
            <numerusform>%Ln étapes, l’une après l’autre.</numerusform>
        </translation>
    </message>
    <message>
        <source>About {size} are fetched and kept.</source>
        <translation>Environ {size} seront récupérés et conservés.</translation>
    </message>
    <message>
        <source>Masters are never deleted, and all of it can be taken back.</source>
        <translation>Les masters ne sont jamais supprimés, et tout peut être annulé.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Laissé de côté</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>%Ln copie diffusée sera supprimée. Vérifiez d’abord son nom.</numerusform>
            <numerusform>%Ln copies diffusées seront supprimées. Vérifiez d’abord leurs noms.</numerusform>
        </translation>
    </message>
    <message>
        <source>Their addresses stop working everywhere. They can be brought back while Cloudinary keeps a backup of them.</source>
        <translation>Leurs adresses cessent de fonctionner partout. Elles peuvent être restaurées tant que Cloudinary en garde une sauvegarde.</translation>
    </message>
    <message>
        <source>Archive and delete</source>
        <translation>Archiver et supprimer</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Vérifier de nouveau</translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>Archivage de {name} en %Ln étape.</numerusform>
            <numerusform>Archivage de {name} en %Ln étapes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveOptions</name>
    <message>
        <source>Keep the &amp;originals in the folder too</source>
        <translation>Conserver aussi les &amp;originaux dans le dossier</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>Restent telles quelles</translation>
    </message>
    <message>
        <source>Open with a token only</source>
        <translation>Accessibles avec un jeton seulement</translation>
    </message>
    <message>
        <source>Are deleted</source>
        <translation>Sont supprimées</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>&amp;Année</translation>
    </message>
    <message>
        <source>Copies at &amp;Cloudinary</source>
        <translation>Copies chez &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Folder that is made</source>
        <translation>&amp;Dossier créé</translation>
    </message>
    <message>
        <source>Keep the archive in</source>
        <translation>Conserver l’archive dans</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>Archived campaigns</source>
        <translation>Campagnes archivées</translation>
    </message>
    <message>
        <source>Until something is purged at a service, all of it can be taken back.</source>
        <translation>Tant que rien n’est purgé auprès d’un service, tout peut être annulé.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>Annuler l’archivage…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>No campaign has been archived yet.</source>
        <translation>Aucune campagne n’a encore été archivée.</translation>
    </message>
    <message>
        <source>Take the archive of “{name}” back?</source>
        <translation>Annuler l’archivage de «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Its collection, its visibility, the states of its masters and the delivered copies become what they were. The folder that was made stays.</source>
        <translation>Sa collection, sa visibilité, les états de ses masters et les copies diffusées redeviennent ce qu’ils étaient. Le dossier créé reste.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Annuler l’archivage</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser tel quel</translation>
    </message>
</context>
<context>
    <name>AssetList</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Dimensions</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Approbation</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>Lecture en cours…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>{about}. Entries here: {count}. Made {at} by {who}.</source>
        <translation>{about}. Entrées ici&#xa0;: {count}. Établi le {at} par {who}.</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Quand (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>Rapport d’audit</translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>Tête de la piste&#xa0;: {head}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Décision</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Dérogation</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Refus</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>Retraction</source>
        <translation>Retrait</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>Remise en diffusion</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Policy change</source>
        <translation>Changement de politique</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Commentaire</translation>
    </message>
    <message>
        <source>Review request</source>
        <translation>Demande de révision</translation>
    </message>
    <message>
        <source>Review pack</source>
        <translation>Dossier de révision</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>Fichier sorti</translation>
    </message>
    <message>
        <source>Note of damage</source>
        <translation>Constat d’altération</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>automatiquement</translation>
    </message>
    <message>
        <source>The audit trail was tampered with, or a part of it is lost.</source>
        <translation>La piste d’audit a été altérée, ou une partie en est perdue.</translation>
    </message>
    <message>
        <source>Entries: {count}. There is damage that was taken note of; nothing new.</source>
        <translation>Entrées&#xa0;: {count}. Des altérations ont été constatées et notées&#xa0;; rien de nouveau.</translation>
    </message>
    <message>
        <source>Entries: {count}. Nothing was altered, dropped or cut off.</source>
        <translation>Entrées&#xa0;: {count}. Rien n’a été modifié, omis ou tronqué.</translation>
    </message>
    <message>
        <source>A clock was set back: the numbers say what came first.</source>
        <translation>Une horloge a été retardée&#xa0;: les numéros indiquent l’ordre réel.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock stands before what was recorded ({moment}): rights that end until then have ended.</source>
        <translation>L’horloge de cet ordinateur est en retard sur ce qui a été consigné ({moment})&#xa0;: les droits qui prennent fin d’ici là ont pris fin.</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit trail</source>
        <translation>Piste d’audit</translation>
    </message>
    <message>
        <source>Looking through the record…</source>
        <translation>Examen de la piste…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Afficher plus</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Vérifier de nouveau</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Take note</source>
        <translation>Prendre acte</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>Entrées, les plus récentes d’abord</translation>
    </message>
    <message>
        <source>Why it goes on, for instance: restored a backup</source>
        <translation>Pourquoi poursuivre, par exemple&#xa0;: sauvegarde restaurée</translation>
    </message>
    <message>
        <source>Why it goes on in spite of the damage</source>
        <translation>Pourquoi poursuivre malgré l’altération</translation>
    </message>
    <message>
        <source>The damage stays listed; the record goes on from here, with your reason.</source>
        <translation>L’altération reste consignée&#xa0;; la piste reprend à partir d’ici, avec votre motif.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tableau (CSV)…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Pages (PDF)…</source>
        <translation>Pages (PDF)…</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entries</source>
        <translation>
            <numerusform>{shown} sur %Ln entrée</numerusform>
            <numerusform>{shown} sur %Ln entrées</numerusform>
        </translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>Tête de la piste&#xa0;: {head}</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>Et %Ln autre.</numerusform>
            <numerusform>Et %Ln autres.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>Exporter la piste d’audit</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} est écrit.</translation>
    </message>
</context>
<context>
    <name>AuditErrands</name>
    <message>
        <source>Look…</source>
        <translation>Voir…</translation>
    </message>
</context>
<context>
    <name>AuditFilters</name>
    <message>
        <source>Search in names and details</source>
        <translation>Rechercher dans les noms et les détails</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Ressources</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Everything that happened</source>
        <translation>Tout ce qui s’est passé</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tout le monde</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Période</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Toutes les ressources</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>La %Ln ressource sélectionnée</numerusform>
            <numerusform>Les %Ln ressources sélectionnées</numerusform>
        </translation>
    </message>
    <message>
        <source>What the window lists</source>
        <translation>Ce que liste la fenêtre</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>L’année écoulée</translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>Le dernier jour (%Ln)</numerusform>
            <numerusform>Les %Ln derniers jours</numerusform>
        </translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>À tout moment</translation>
    </message>
</context>
<context>
    <name>BesideDialog</name>
    <message>
        <source>Go on in the &amp;background</source>
        <translation>Continuer en &amp;arrière-plan</translation>
    </message>
</context>
<context>
    <name>BrandKitDialog</name>
    <message>
        <source>&amp;Fonts</source>
        <translation>&amp;Polices</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Couleurs</translation>
    </message>
    <message>
        <source>Brand kit</source>
        <translation>Kit de marque</translation>
    </message>
    <message>
        <source>The first ones are offered first. What is made already stays as it is.</source>
        <translation>Les premières sont proposées en premier. Ce qui est déjà fait reste tel quel.</translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Steps between</source>
        <translation>Étapes intermédiaires</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>Emplacement actuel</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Aller à {place}</translation>
    </message>
    <message>
        <source>Places in {place}</source>
        <translation>Emplacements dans {place}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>%Ln autre dans la barre latérale</numerusform>
            <numerusform>%Ln autres dans la barre latérale</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>Se connecter avec le navigateur</translation>
    </message>
    <message>
        <source>Password and code stay between you and the service. An application has to be registered there, with this address to come back to:</source>
        <translation>Le mot de passe et le code restent entre vous et le service. Une application doit y être enregistrée, avec cette adresse de retour&#xa0;:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Ouvrir le navigateur</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Continuez dans votre navigateur. Cette fenêtre vous attend pendant cinq minutes.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Cancel”, and use a password.</source>
        <translation>Aucun navigateur n’a pu être ouvert ici. Choisissez «&#xa0;Annuler&#xa0;» et utilisez un mot de passe.</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>&amp;Clé d’API</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>I&amp;D client</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>&amp;Secret client</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Clear filters</source>
        <translation>Effacer les filtres</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Aucun résultat</translation>
    </message>
    <message>
        <source>Try fewer letters, or take the filters away.</source>
        <translation>Essayez avec moins de lettres ou retirez les filtres.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Rien ici pour l’instant</translation>
    </message>
    <message>
        <source>What this environment holds appears here by itself.</source>
        <translation>Le contenu de cet environnement apparaît ici de lui-même.</translation>
    </message>
    <message>
        <source>Files that are put into this folder appear by themselves.</source>
        <translation>Les fichiers placés dans ce dossier apparaissent d’eux-mêmes.</translation>
    </message>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Préparation de la campagne d’exemple</translation>
    </message>
    <message>
        <source>Pictures of a brand that does not exist, with rights and reviews, to try everything on. It takes a moment, only this once.</source>
        <translation>Des images d’une marque qui n’existe pas, avec des droits et des révisions, pour tout essayer. Cela prend un moment, cette fois seulement.</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>Lecture de la bibliothèque</translation>
    </message>
    <message>
        <source>Assets appear as they are found. You can stop it at any time.</source>
        <translation>Les ressources apparaissent à mesure qu’elles sont trouvées. Vous pouvez arrêter à tout moment.</translation>
    </message>
    <message>
        <source>That is too much to drag at once. Choose fewer assets.</source>
        <translation>C’est trop pour un seul glissement. Choisissez moins de ressources.</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Diagnostic bundle</source>
        <translation>Rapport de diagnostic</translation>
    </message>
    <message>
        <source>This is all of it. Names, paths, addresses and accounts are replaced by words that only this profile can tell apart; keys are never in it. It is written where you say, and sent nowhere.</source>
        <translation>Voici l’intégralité du rapport. Les noms, chemins, adresses et comptes sont remplacés par des mots que seul ce profil peut distinguer&#x202f;; les clés n’y figurent jamais. Il est écrit à l’endroit de votre choix et n’est envoyé nulle part.</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Enregistrer…</translation>
    </message>
    <message>
        <source>Written to {name}. Hand it on yourself, if you want to.</source>
        <translation>Écrit dans {name}. Transmettez-le vous-même si vous le souhaitez.</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Collecte en cours…</translation>
    </message>
    <message>
        <source>What the bundle holds</source>
        <translation>Contenu du rapport</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Save the diagnostic bundle</source>
        <translation>Enregistrer le rapport de diagnostic</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>Mois précédent</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Mois suivant</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Recadrage</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>Déclinaison</translation>
    </message>
</context>
<context>
    <name>CellTable</name>
    <message>
        <source>F6 leaves the table</source>
        <translation>F6 quitte le tableau</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channels of shops</source>
        <translation>Canaux des boutiques</translation>
    </message>
    <message>
        <source>Copied code and kits for a channel follow the settings of its plug-in.</source>
        <translation>Le code copié et les kits d’un canal suivent les réglages de son module d’extension.</translation>
    </message>
    <message>
        <source>Fetch pictures when they are scrolled to</source>
        <translation>Charger les images lors du défilement</translation>
    </message>
    <message>
        <source>End addresses in the words of the title</source>
        <translation>Terminer les adresses par les mots du titre</translation>
    </message>
    <message>
        <source>Offer these widths:</source>
        <translation>Proposer ces largeurs&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Oublier</translation>
    </message>
    <message>
        <source>Set What Plug-ins &amp;Recommend</source>
        <translation>Appliquer les &amp;recommandations des modules</translation>
    </message>
    <message>
        <source>As the rendition says</source>
        <translation>Comme l’indique la déclinaison</translation>
    </message>
    <message>
        <source>By its own name</source>
        <translation>Sous son propre nom</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Narrowest width</source>
        <translation>Largeur minimale</translation>
    </message>
    <message>
        <source>Widest width</source>
        <translation>Largeur maximale</translation>
    </message>
    <message>
        <source>How many widths</source>
        <translation>Nombre de largeurs</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>Plug-in of</source>
        <translation>Module de</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Nom dans les droits</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>Les images sont</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Densité</translation>
    </message>
    <message>
        <source>Seen until it is there</source>
        <translation>Affiché en attendant</translation>
    </message>
    <message>
        <source>Folders of the plug-in</source>
        <translation>Dossiers du module</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>The settings of {channel} are kept.</source>
        <translation>Les réglages de {channel} sont conservés.</translation>
    </message>
    <message>
        <source>The settings of {channel} are forgotten.</source>
        <translation>Les réglages de {channel} sont oubliés.</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Give “{tag}” to all</source>
        <translation>Attribuer «&#xa0;{tag}&#xa0;» à toutes</translation>
    </message>
    <message>
        <source>Take “{tag}” away</source>
        <translation>Retirer «&#xa0;{tag}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Nothing chosen</source>
        <translation>Aucune sélection</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>Plusieurs valeurs</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>That is too much to copy at once. Choose fewer assets.</source>
        <translation>C’est trop pour être copié en une fois. Sélectionnez moins de ressources.</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Préparation de %Ln fichier…</numerusform>
            <numerusform>Préparation de %Ln fichiers…</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no files and no picture on the clipboard.</source>
        <translation>Le presse-papiers ne contient ni fichier ni image.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln fichier copié.</numerusform>
            <numerusform>%Ln fichiers copiés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>Collé</translation>
    </message>
</context>
<context>
    <name>CloudActions</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Renommer…</translation>
    </message>
    <message>
        <source>&amp;Move to Folder…</source>
        <translation>&amp;Déplacer vers un dossier…</translation>
    </message>
    <message>
        <source>Change &amp;Public ID…</source>
        <translation>Modifier l’ID &amp;public…</translation>
    </message>
    <message>
        <source>Rename or Move Fol&amp;der…</source>
        <translation>Renommer ou déplacer le d&amp;ossier…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Folder, Good for a Day</source>
        <translation>Copier le &amp;lien du dossier, valable un jour</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>&amp;Versions…</translation>
    </message>
    <message>
        <source>Refresh &amp;Deliveries…</source>
        <translation>Actualiser les d&amp;iffusions…</translation>
    </message>
    <message>
        <source>&amp;Copy Delivery Address</source>
        <translation>&amp;Copier l’adresse de diffusion</translation>
    </message>
    <message>
        <source>Delivery Addre&amp;ss…</source>
        <translation>Adr&amp;esse de diffusion…</translation>
    </message>
    <message>
        <source>Limit &amp;Access…</source>
        <translation>Limiter l’&amp;accès…</translation>
    </message>
    <message>
        <source>Appr&amp;ove There…</source>
        <translation>Appro&amp;uver là-bas…</translation>
    </message>
    <message>
        <source>Reject &amp;There…</source>
        <translation>Reje&amp;ter là-bas…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message>
        <source>Rename at Cloudinary</source>
        <translation>Renommer chez Cloudinary</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Change the public ID</source>
        <translation>Modifier l’ID public</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>&amp;Public ID</source>
        <translation>ID &amp;public</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>Déplacer %Ln ressource chez Cloudinary</numerusform>
            <numerusform>Déplacer %Ln ressources chez Cloudinary</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>&amp;Folder, empty for the topmost one</source>
        <translation>&amp;Dossier, vide pour le niveau supérieur</translation>
    </message>
    <message>
        <source>Rename or move a folder at Cloudinary</source>
        <translation>Renommer ou déplacer un dossier chez Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Path, with the folders above it</source>
        <translation>&amp;Chemin, avec les dossiers parents</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Supprimer %Ln ressource chez Cloudinary&#xa0;?</numerusform>
            <numerusform>Supprimer %Ln ressources chez Cloudinary&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>Actualiser les diffusions de %Ln ressource&#xa0;?</numerusform>
            <numerusform>Actualiser les diffusions de %Ln ressources&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Actualiser</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Approuver %Ln ressource chez Cloudinary&#xa0;?</numerusform>
            <numerusform>Approuver %Ln ressources chez Cloudinary&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Rejeter %Ln ressource chez Cloudinary&#xa0;?</numerusform>
            <numerusform>Rejeter %Ln ressources chez Cloudinary&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Dossiers</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>Ce qui serait fait</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>Dans {place}&#xa0;: le dossier avec sa %Ln ressource.</numerusform>
            <numerusform>Dans {place}&#xa0;: le dossier avec ses %Ln ressources.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>Dans {place}&#xa0;: {doing} sur %Ln ressource.</numerusform>
            <numerusform>Dans {place}&#xa0;: {doing} sur %Ln ressources.</numerusform>
        </translation>
    </message>
    <message>
        <source>In this environment a folder without assets has no other name.</source>
        <translation>Dans cet environnement, un dossier sans ressources n’a pas d’autre nom.</translation>
    </message>
    <message>
        <source>Pages that use what is deleted will show nothing in its place. Where this environment keeps backups, it can be undone.</source>
        <translation>Les pages qui utilisent ce qui est supprimé n’afficheront rien à sa place. Si cet environnement conserve des sauvegardes, c’est annulable.</translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>Adresses diffusées qui changent : %Ln. Les pages qui utilisent les anciennes n’afficheront rien.</numerusform>
            <numerusform>Adresses diffusées qui changent : %Ln. Les pages qui utilisent les anciennes n’afficheront rien.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>Je sais combien d’adresses diffusées changent : %Ln</numerusform>
            <numerusform>Je sais combien d’adresses diffusées changent : %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>What is rejected is not delivered any more, until it is approved.</source>
        <translation>Ce qui est rejeté n’est plus diffusé tant qu’il n’est pas approuvé.</translation>
    </message>
    <message>
        <source>This overrules what automatic moderation found.</source>
        <translation>Cela prévaut sur le résultat de la modération automatique.</translation>
    </message>
    <message>
        <source>Copies on the delivery network are dropped and fetched anew.</source>
        <translation>Les copies du réseau de diffusion sont supprimées et récupérées à nouveau.</translation>
    </message>
    <message>
        <source>No delivered address changes.</source>
        <translation>Aucune adresse diffusée ne change.</translation>
    </message>
    <message>
        <source>I have looked at the names: all of these shall go</source>
        <translation>J’ai vérifié les noms&#xa0;: tous ces éléments doivent disparaître</translation>
    </message>
    <message>
        <source>I mean the production environment {place}</source>
        <translation>Il s’agit bien de l’environnement de production {place}</translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message>
        <source>This is done as soon as Cloudinary can be reached.</source>
        <translation>Ce sera fait dès que Cloudinary sera joignable.</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>L’adresse a été copiée.</translation>
    </message>
    <message>
        <source>The link was copied. For a day, whoever has it sees what is in here.</source>
        <translation>Le lien a été copié. Pendant un jour, quiconque le possède voit ce qui se trouve ici.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler l’action</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ressource supprimée chez Cloudinary.</numerusform>
            <numerusform>%Ln ressources supprimées chez Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>%Ln ressource restaurée.</numerusform>
            <numerusform>%Ln ressources restaurées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>Les diffusions de %Ln ressource sont à jour.</numerusform>
            <numerusform>Les diffusions de %Ln ressources sont à jour.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>L’accès à %Ln ressource est tel que défini.</numerusform>
            <numerusform>L’accès à %Ln ressources est tel que défini.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ressource modérée chez Cloudinary.</numerusform>
            <numerusform>%Ln ressources modérées chez Cloudinary.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has its new place at Cloudinary.</source>
        <translation>Le dossier a son nouvel emplacement chez Cloudinary.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ressource déplacée chez Cloudinary.</numerusform>
            <numerusform>%Ln ressources déplacées chez Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ressource renommée chez Cloudinary.</numerusform>
            <numerusform>%Ln ressources renommées chez Cloudinary.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being taken back…</source>
        <translation>Annulation en cours…</translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message>
        <source>Search all of Cloudinary</source>
        <translation>Rechercher dans tout Cloudinary</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Afficher dans la fenêtre</translation>
    </message>
    <message>
        <source>Cloudinary looks through {account}, mirrored here or not.</source>
        <translation>Cloudinary parcourt {account}, que ce soit reflété ici ou non.</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>Expression de recherche</translation>
    </message>
    <message>
        <source>Found in Cloudinary</source>
        <translation>Trouvé dans Cloudinary</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln ressource trouvée.</numerusform>
            <numerusform>%Ln ressources trouvées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>La plus récente (%Ln) est affichée.</numerusform>
            <numerusform>Les %Ln plus récentes sont affichées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Enter the code</source>
        <translation>Saisir le code</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Two-step verification is on for {email}. Enter the six digits it shows.</source>
        <translation>La validation en deux étapes est activée pour {email}. Saisissez les six chiffres affichés.</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>&amp;Code</translation>
    </message>
</context>
<context>
    <name>CodesField</name>
    <message>
        <source>Choose: {name}</source>
        <translation>Choisir&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>Choisir dans une liste</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>The code offers {widths} pixels.</source>
        <translation>Le code propose {widths} pixels.</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Show These</source>
        <translation>Afficher celles-ci</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Names and pictures always stand first. Move columns by their heads.</source>
        <translation>Les noms et les images viennent toujours en premier. Déplacez les colonnes par leur en-tête.</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>Rechercher un champ</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>The Usual Ones</source>
        <translation>Les colonnes habituelles</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <translation>Champs personnalisés</translation>
    </message>
</context>
<context>
    <name>CommentBlock</name>
    <message>
        <source>Show all of it</source>
        <translation>Afficher en entier</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>Commentaires</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Comment</source>
        <translation>Commentaire</translation>
    </message>
    <message>
        <source>Click a point or drag a region. Arrow keys and Enter do, too.</source>
        <translation>Cliquez sur un point ou tracez une zone. Les touches fléchées et Entrée fonctionnent aussi.</translation>
    </message>
    <message>
        <source>Draw on the picture. Escape puts the pen away.</source>
        <translation>Dessinez sur l’image. Échap range le crayon.</translation>
    </message>
    <message>
        <source>Write a comment; @ mentions a role</source>
        <translation>Écrire un commentaire&#xa0;; @ mentionne un rôle</translation>
    </message>
    <message>
        <source>Pin to a point or a region (Shift+M)</source>
        <translation>Épingler à un point ou à une zone (Shift+M)</translation>
    </message>
    <message>
        <source>Draw on the picture (D)</source>
        <translation>Dessiner sur l’image (D)</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>Couleur du crayon</translation>
    </message>
    <message>
        <source>Take the last line back</source>
        <translation>Annuler le dernier trait</translation>
    </message>
    <message>
        <source>Pin to a moment</source>
        <translation>Épingler à un instant</translation>
    </message>
    <message>
        <source>Comment (Ctrl+Enter)</source>
        <translation>Commenter (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Jaune</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Reply to {number}</source>
        <translation>Répondre à {number}</translation>
    </message>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>Dessin, %Ln trait</numerusform>
            <numerusform>Dessin, %Ln traits</numerusform>
        </translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Point</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>À {time}</translation>
    </message>
    <message>
        <source>{part}: take it away</source>
        <translation>{part}&#xa0;: retirer</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>&amp;Yours</source>
        <translation>La &amp;vôtre</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>L’&amp;autre, qui s’y trouve actuellement</translation>
    </message>
    <message>
        <source>A &amp;third value</source>
        <translation>Une &amp;troisième valeur</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Avant&#xa0;: {value}</translation>
    </message>
    <message>
        <source>A third value</source>
        <translation>Une troisième valeur</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(rien)</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Two values for “{field}”</source>
        <translation>Deux valeurs pour «&#xa0;{field}&#xa0;»</translation>
    </message>
    <message>
        <source>Somebody else changed {asset} while your change was on its way. Nothing is lost: choose which value stays, or write a third one.</source>
        <translation>Quelqu’un d’autre a modifié {asset} pendant que votre modification était en route. Rien n’est perdu&#xa0;: choisissez la valeur à garder ou écrivez-en une troisième.</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>Garder celle-ci</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Décider plus tard</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>Conflits</translation>
    </message>
    <message>
        <source>Show the &amp;asset</source>
        <translation>Afficher la &amp;ressource</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>Garder la &amp;mienne</translation>
    </message>
    <message>
        <source>Keep what is &amp;there</source>
        <translation>Garder &amp;celle en place</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>&amp;Garder celle-ci</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflit</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(rien)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} de {asset}</translation>
    </message>
    <message>
        <source>“{ours}” or “{theirs}”</source>
        <translation>«&#xa0;{ours}&#xa0;» ou «&#xa0;{theirs}&#xa0;»</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>%Ln conflit vous attend</numerusform>
            <numerusform>%Ln conflits vous attendent</numerusform>
        </translation>
    </message>
    <message>
        <source>Two people said different things, and both are kept. What you choose is written; nothing is changed before.</source>
        <translation>Deux personnes ont indiqué des choses différentes, et les deux sont conservées. Ce que vous choisissez est écrit&#xa0;; rien ne change avant.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>Aucun conflit</translation>
    </message>
    <message>
        <source>Nothing that was said here contradicts anybody else.</source>
        <translation>Rien de ce qui a été indiqué ici ne contredit quelqu’un d’autre.</translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>Garder la &amp;mienne (%Ln)</numerusform>
            <numerusform>Garder les &amp;miennes (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>Garder &amp;celle en place (%Ln)</numerusform>
            <numerusform>Garder &amp;celles en place (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Found there {moment}</source>
        <translation>Trouvé là-bas {moment}</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Keys act on everything that is chosen</source>
        <translation>Les touches agissent sur toute la sélection</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Planche contact</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>Jeu de déclinaisons</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Préréglages</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exporter vers</translation>
    </message>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>Écriture dans {folder} : {count} sur %Ln déclinaison.</numerusform>
            <numerusform>Écriture dans {folder} : {count} sur %Ln déclinaisons.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>Publish Renditions…</source>
        <translation>Publier les déclinaisons…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Comparer…</translation>
    </message>
    <message>
        <source>Publish Again</source>
        <translation>Publier de nouveau</translation>
    </message>
    <message>
        <source>Take Back…</source>
        <translation>Dépublier…</translation>
    </message>
    <message>
        <source>Contentstack</source>
        <translation>Contentstack</translation>
    </message>
    <message>
        <source>Approved renditions in the entries of stacks. They follow what is delivered, and leave when their rights end.</source>
        <translation>Des déclinaisons approuvées dans les entrées des stacks. Elles suivent ce qui est diffusé et disparaissent à la fin de leurs droits.</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>Stacks</translation>
    </message>
    <message>
        <source>In entries</source>
        <translation>Dans les entrées</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>No stack so far</source>
        <translation>Aucun stack pour l’instant</translation>
    </message>
    <message>
        <source>Make a management token in the stack&apos;s settings, then add the stack here. Nothing is written there before you publish something.</source>
        <translation>Créez un jeton de gestion dans les réglages du stack, puis ajoutez le stack ici. Rien n’y est écrit avant que vous ne publiiez quelque chose.</translation>
    </message>
    <message>
        <source>Choose assets in the window, then open this again: their approved renditions are offered.</source>
        <translation>Choisissez des ressources dans la fenêtre, puis rouvrez ceci&#xa0;: leurs déclinaisons approuvées sont proposées.</translation>
    </message>
    <message>
        <source>Nothing was published here yet.</source>
        <translation>Rien n’a encore été publié ici.</translation>
    </message>
    <message>
        <source>No assets are chosen in the window</source>
        <translation>Aucune ressource n’est sélectionnée dans la fenêtre</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Retirer «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Its token goes, and what is published there is not looked after any more. Nothing changes there: take back first what must not stay.</source>
        <translation>Son jeton disparaît, et ce qui y est publié n’est plus suivi. Rien n’y change : reprenez d’abord ce qui ne doit pas rester.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>Dépublier %Ln image&#xa0;?</numerusform>
            <numerusform>Dépublier %Ln images&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of the entries is what their stack says: they are taken off, or published without the picture. They can be published again.</source>
        <translation>Le sort des entrées dépend de leur stack&#xa0;: elles sont retirées, ou publiées sans l’image. Elles peuvent être publiées de nouveau.</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>Dépublier</translation>
    </message>
</context>
<context>
    <name>CoordinateEditor</name>
    <message>
        <source>Open in a map</source>
        <translation>Ouvrir dans une carte</translation>
    </message>
    <message>
        <source>Degrees, or a map’s link</source>
        <translation>Degrés, ou lien d’une carte</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Transformation</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>For Channel</source>
        <translation>Pour un canal</translation>
    </message>
    <message>
        <source>Responsive widths…</source>
        <translation>Largeurs responsives…</translation>
    </message>
    <message>
        <source>As the Rendition Says</source>
        <translation>Comme l’indique la déclinaison</translation>
    </message>
    <message>
        <source>There is code once the asset is pushed.</source>
        <translation>Le code est disponible dès que la ressource est envoyée.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
</context>
<context>
    <name>CropPage</name>
    <message>
        <source>Crop and turn</source>
        <translation>Recadrer et pivoter</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libre</translation>
    </message>
    <message>
        <source>Without a crop</source>
        <translation>Sans recadrage</translation>
    </message>
    <message>
        <source>↺ Left</source>
        <translation>↺ Gauche</translation>
    </message>
    <message>
        <source>↻ Right</source>
        <translation>↻ Droite</translation>
    </message>
    <message>
        <source>Straighten (degrees)</source>
        <translation>Redresser (degrés)</translation>
    </message>
    <message>
        <source>Shape of the crop</source>
        <translation>Forme du recadrage</translation>
    </message>
    <message>
        <source>Drag the frame on the picture. A double click puts its middle there; arrow keys move it, with Alt they resize it.</source>
        <translation>Faites glisser le cadre sur l’image. Un double clic y place son centre&#xa0;; les touches fléchées le déplacent et, avec Alt, le redimensionnent.</translation>
    </message>
    <message>
        <source>Nothing of the kind was found.</source>
        <translation>Rien de tel n’a été trouvé.</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Pivoter</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Retourner</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Redresser</translation>
    </message>
</context>
<context>
    <name>CropPlacing</name>
    <message>
        <source>Crop</source>
        <translation>Recadrage</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>Choisir un jour</translation>
    </message>
    <message>
        <source>Year-month-day</source>
        <translation>Année-mois-jour</translation>
    </message>
</context>
<context>
    <name>DateSpanForm</name>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Jusqu’au</translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>The comment stays in the history.</source>
        <translation>Le commentaire reste dans l’historique.</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Commentaire</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms</source>
        <translation>Ctrl+Enter confirme</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Approuver %Ln ressource</numerusform>
            <numerusform>Approuver %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Optional: what this is approved for</source>
        <translation>Facultatif&#xa0;: pour quel usage</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>Rejeter %Ln ressource</numerusform>
            <numerusform>Rejeter %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message>
        <source>Why? A few words save the next person from asking</source>
        <translation>Pourquoi&#xa0;? Quelques mots éviteront à d’autres de poser la question</translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>Demander des modifications sur %Ln ressource</numerusform>
            <numerusform>Demander des modifications sur %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Demander des modifications</translation>
    </message>
    <message>
        <source>What should be different?</source>
        <translation>Qu’est-ce qui devrait changer&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>Marquer %Ln ressource&#xa0;: {state}</numerusform>
            <numerusform>Marquer %Ln ressources&#xa0;: {state}</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marquer</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Facultatif</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Decision taken back</source>
        <translation>Décision annulée</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Approve the rest</source>
        <translation>Approuver le reste</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>Rejeter %Ln image&#xa0;: pourquoi&#xa0;?</numerusform>
            <numerusform>Rejeter %Ln images&#xa0;: pourquoi&#xa0;?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>Modifications sur %Ln image&#xa0;: lesquelles&#xa0;?</numerusform>
            <numerusform>Modifications sur %Ln images&#xa0;: lesquelles&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>A few words; Enter confirms, Esc leaves it as it is</source>
        <translation>Quelques mots&#xa0;; Enter confirme, Esc laisse tout en l’état</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Demander des modifications</translation>
    </message>
    <message>
        <source>Approve the rest ({count})</source>
        <translation>Approuver le reste ({count})</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>DeliveryAddressDialog</name>
    <message>
        <source>Delivery address of “{name}”</source>
        <translation>Adresse de diffusion de «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>What is private or authenticated is signed in any case.</source>
        <translation>Ce qui est privé ou authentifié est signé dans tous les cas.</translation>
    </message>
    <message>
        <source>Without image/upload</source>
        <translation>Sans image/upload</translation>
    </message>
    <message>
        <source>With a to&amp;ken until</source>
        <translation>Avec un &amp;jeton jusqu’au</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Tel quel</translation>
    </message>
    <message>
        <source>Only where it has to be</source>
        <translation>Seulement si nécessaire</translation>
    </message>
    <message>
        <source>SHA-256, long</source>
        <translation>SHA-256, longue</translation>
    </message>
    <message>
        <source>&amp;Transformation</source>
        <translation>&amp;Transformation</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Words at its end</source>
        <translation>&amp;Mots à la fin</translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation>&amp;Signature</translation>
    </message>
    <message>
        <source>&amp;Analytics (_a)</source>
        <translation>Données d’&amp;analyse (_a)</translation>
    </message>
    <message>
        <source>K&amp;ey of tokens, hexadecimal</source>
        <translation>C&amp;lé des jetons, hexadécimale</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Jusqu’au</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Format and quality</source>
        <translation>Format et qualité</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>As the address ends</source>
        <translation>Selon la fin de l’adresse</translation>
    </message>
    <message>
        <source>Best for the browser (auto)</source>
        <translation>Le meilleur pour le navigateur (auto)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Comme d’habitude</translation>
    </message>
    <message>
        <source>Automatic, best</source>
        <translation>Automatique, optimale</translation>
    </message>
    <message>
        <source>Automatic, good</source>
        <translation>Automatique, bonne</translation>
    </message>
    <message>
        <source>Automatic, eco</source>
        <translation>Automatique, économique</translation>
    </message>
    <message>
        <source>Automatic, low</source>
        <translation>Automatique, basse</translation>
    </message>
    <message>
        <source>Fixed quality</source>
        <translation>Qualité fixe</translation>
    </message>
    <message>
        <source>Progressive</source>
        <translation>Progressif</translation>
    </message>
    <message>
        <source>Keep all metadata</source>
        <translation>Conserver toutes les métadonnées</translation>
    </message>
    <message>
        <source>Keep credit</source>
        <translation>Conserver le crédit</translation>
    </message>
    <message>
        <source>Without a colour profile</source>
        <translation>Sans profil de couleurs</translation>
    </message>
    <message>
        <source>Rounded corners</source>
        <translation>Coins arrondis</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Bordure</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>Couleur de la bordure</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Blanc</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Noir</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>What the rendition keeps</source>
        <translation>Ce que conserve la déclinaison</translation>
    </message>
    <message>
        <source>Corners and border</source>
        <translation>Coins et bordure</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>Échec de %Ln transfert</numerusform>
            <numerusform>Échec de %Ln transferts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>%Ln transfert a abouti. La liste indique la cause de chaque échec.</numerusform>
            <numerusform>%Ln transferts ont abouti. La liste indique la cause de chaque échec.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>%Ln transfert terminé</numerusform>
            <numerusform>%Ln transferts terminés</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything came through.</source>
        <translation>Tout a abouti.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>%Ln révision vous attend</numerusform>
            <numerusform>%Ln révisions vous attendent</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody asked for your decision.</source>
        <translation>Une décision vous est demandée.</translation>
    </message>
    <message>
        <source>Open the Queue</source>
        <translation>Ouvrir la file</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>Les droits de %Ln ressource ont expiré</numerusform>
            <numerusform>Les droits de %Ln ressources ont expiré</numerusform>
        </translation>
    </message>
    <message>
        <source>What was delivered of them is taken back.</source>
        <translation>Ce qui en a été diffusé est retiré.</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>Les afficher</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Go on in production, {name}?</source>
        <translation>Continuer en production, {name}&#xa0;?</translation>
    </message>
    <message>
        <source>What changes there can be seen on live sites at once. You are asked only once until Asset Bridge is closed.</source>
        <translation>Ce qui y change est aussitôt visible sur les sites en ligne. La question n’est posée qu’une fois, jusqu’à la fermeture d’Asset Bridge.</translation>
    </message>
    <message>
        <source>Go on in production</source>
        <translation>Continuer en production</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>Niveaux de gris</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Auteur</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Crédit</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Conditions d’utilisation</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Prise de vue</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>ID public</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Diffusion</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copier le chemin</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Afficher dans le gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Ouvrir l’original</translation>
    </message>
    <message>
        <source>No limits of time are stated.</source>
        <translation>Aucune limite de durée n’est indiquée.</translation>
    </message>
    <message>
        <source>The dates of the rights cannot be read: “{dates}”. It is held back until somebody mends them in the file.</source>
        <translation>Les dates des droits sont illisibles&#xa0;: «&#xa0;{dates}&#xa0;». La ressource est retenue jusqu’à ce que quelqu’un les corrige dans le fichier.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>il y a %Ln jour</numerusform>
            <numerusform>il y a %Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>The rights ended on {ends}, {ago}.</source>
        <translation>Les droits ont pris fin le {ends}, {ago}.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>dans %Ln jour</numerusform>
            <numerusform>dans %Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>The rights begin on {starts}, {left}.</source>
        <translation>Les droits commencent le {starts}, {left}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>encore %Ln jour</numerusform>
            <numerusform>encore %Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>May be used until {ends}, {left}.</source>
        <translation>Utilisable jusqu’au {ends}, {left}.</translation>
    </message>
    <message>
        <source>May be used since {starts}, without an end.</source>
        <translation>Utilisable depuis le {starts}, sans date de fin.</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the file into another program, or press to copy it</source>
        <translation>Faire glisser le fichier dans un autre programme, ou appuyer pour le copier</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop it here</source>
        <translation>Déposez ici</translation>
    </message>
    <message>
        <source>Nothing here can be taken</source>
        <translation>Rien ici ne peut être repris</translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>Envoyer %Ln ressource</numerusform>
            <numerusform>Envoyer %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>You will see the plan before anything leaves.</source>
        <translation>Vous verrez le plan avant tout envoi.</translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>Importer %Ln fichier</numerusform>
            <numerusform>Importer %Ln fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked where to copy them. The originals stay where they are.</source>
        <translation>Il vous sera demandé où les copier. Les originaux restent où ils sont.</translation>
    </message>
    <message>
        <source>Its files are read where they are. Nothing is copied or changed.</source>
        <translation>Ses fichiers sont lus là où ils se trouvent. Rien n’est copié ni modifié.</translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>Ajouter %Ln dossier comme bibliothèque</numerusform>
            <numerusform>Ajouter %Ln dossiers comme bibliothèques</numerusform>
        </translation>
    </message>
    <message>
        <source>Add “{name}” as a library</source>
        <translation>Ajouter «&#xa0;{name}&#xa0;» comme bibliothèque</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop target</source>
        <translation>Zone de dépôt</translation>
    </message>
    <message>
        <source>Files and pictures that are dropped here go where the large window takes them</source>
        <translation>Les fichiers et images déposés ici vont là où la grande fenêtre les accueille</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>Déposez ici</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
    <message>
        <source>Version before</source>
        <translation>Version précédente</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparaison…</translation>
    </message>
    <message>
        <source>No version before this one was approved, or its picture is gone</source>
        <translation>Aucune version antérieure n’a été approuvée, ou son image n’existe plus</translation>
    </message>
    <message>
        <source>Approved by {who}, {day}</source>
        <translation>Approuvé par {who}, {day}</translation>
    </message>
</context>
<context>
    <name>EditUndo</name>
    <message>
        <source>Decision taken back</source>
        <translation>Décision annulée</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>Masters</source>
        <translation>Masters</translation>
    </message>
    <message>
        <source>No channel</source>
        <translation>Aucun canal</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>Tous les marchés</translation>
    </message>
</context>
<context>
    <name>EntryHead</name>
    <message>
        <source>{group} · {number}</source>
        <translation>{group} · {number}</translation>
    </message>
    <message>
        <source>Remove “{entry}”</source>
        <translation>Retirer «&#xa0;{entry}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>Aucune décision possible sur %Ln fichier&#xa0;: il est illisible.</numerusform>
            <numerusform>Aucune décision possible sur %Ln fichiers&#xa0;: ils sont illisibles.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>This shows the account in use. Log out of it, or switch to another.</source>
        <translation>Ceci présente le compte utilisé. Déconnectez-vous-en ou passez à un autre.</translation>
    </message>
    <message>
        <source>Remove “{name}” from Asset Bridge?</source>
        <translation>Retirer «&#xa0;{name}&#xa0;» d’Asset Bridge&#xa0;?</translation>
    </message>
    <message>
        <source>Its files stay where they are, and so do all decisions about them. What was pushed stays at Cloudinary.</source>
        <translation>Ses fichiers restent où ils sont, de même que toutes les décisions les concernant. Ce qui a été envoyé reste chez Cloudinary.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Forget them…</source>
        <translation>Les oublier…</translation>
    </message>
    <message>
        <source>Forget the missing files of “{name}”?</source>
        <translation>Oublier les fichiers manquants de «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>They vanish from the window. Decisions about them stay in the record, and they come back if the files do.</source>
        <translation>Ils disparaissent de la fenêtre. Les décisions les concernant restent consignées, et ils reviennent si les fichiers reviennent.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Les oublier</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Les garder</translation>
    </message>
    <message>
        <source>Add a folder first; dropped files are copied into one.</source>
        <translation>Ajoutez d’abord un dossier&#xa0;; les fichiers déposés y sont copiés.</translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>Le système n’a pas de programme pour ouvrir {path}.</translation>
    </message>
</context>
<context>
    <name>ExchangeActions</name>
    <message>
        <source>C&amp;opy</source>
        <translation>Co&amp;pier</translation>
    </message>
    <message>
        <source>&amp;Paste into Library</source>
        <translation>Co&amp;ller dans la bibliothèque</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Asset</source>
        <translation>Copier le l&amp;ien vers la ressource</translation>
    </message>
    <message>
        <source>Open &amp;With</source>
        <translation>Ouvrir a&amp;vec</translation>
    </message>
    <message>
        <source>New &amp;Version from a File…</source>
        <translation>Nouvelle &amp;version depuis un fichier…</translation>
    </message>
    <message>
        <source>Hot &amp;Folders…</source>
        <translation>Dossiers s&amp;urveillés…</translation>
    </message>
    <message>
        <source>&amp;Drop Target</source>
        <translation>&amp;Zone de dépôt</translation>
    </message>
    <message>
        <source>Keep Running in the &amp;Tray</source>
        <translation>&amp;Rester actif dans la zone de notification</translation>
    </message>
    <message>
        <source>Desktop &amp;Notifications</source>
        <translation>&amp;Notifications du bureau</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Show from Cloudinary</source>
        <translation>Afficher depuis Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes it now, which may count and cost</source>
        <translation>Création immédiate par Cloudinary, qui peut être décomptée et facturée</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>environ {bytes}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>The film is being made. Stop.</source>
        <translation>La vidéo est en cours de création. Arrêter.</translation>
    </message>
    <message>
        <source>Make the film here, and tell how large its file is</source>
        <translation>Créer la vidéo ici et indiquer la taille de son fichier</translation>
    </message>
    <message>
        <source>The film is being made, which may take a minute…</source>
        <translation>Création de la vidéo, cela peut prendre une minute…</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent}&#xa0;% de moins</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Character {place}: “{found}”, expected {expected}</source>
        <translation>Caractère {place}&#xa0;: «&#xa0;{found}&#xa0;» au lieu de {expected}</translation>
    </message>
</context>
<context>
    <name>FeedForm</name>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Autoriser une adresse de cet ordinateur ou de ce réseau</translation>
    </message>
    <message>
        <source>Push approved images</source>
        <translation>Envoyer les images approuvées</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Change a feed</source>
        <translation>Modifier un flux</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>Nouveau flux</translation>
    </message>
    <message>
        <source>Push approved images to {environment}</source>
        <translation>Envoyer les images approuvées vers {environment}</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>PIM, ERP, shop, …</source>
        <translation>PIM, ERP, boutique…</translation>
    </message>
    <message>
        <source>A folder, a file, or https://…</source>
        <translation>Un dossier, un fichier ou https://…</translation>
    </message>
    <message>
        <source>Artikelnummer=sku, Bezeichnung=product_name</source>
        <translation>Référence=sku, Désignation=product_name</translation>
    </message>
    <message>
        <source>{campaign} stands for the product&apos;s campaign</source>
        <translation>{campaign} représente la campagne du produit</translation>
    </message>
    <message>
        <source>If the address asks for one</source>
        <translation>Si l’adresse en exige un</translation>
    </message>
    <message>
        <source>By names of files</source>
        <translation>Par noms de fichiers</translation>
    </message>
    <message>
        <source>By keywords (sku:… or the SKU)</source>
        <translation>Par mots-clés (sku:… ou le SKU)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Products from</source>
        <translation>&amp;Produits depuis</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Jeton</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Colonnes</translation>
    </message>
    <message>
        <source>Find &amp;images</source>
        <translation>Rechercher les &amp;images</translation>
    </message>
    <message>
        <source>Name pa&amp;ttern</source>
        <translation>&amp;Modèle de nom</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Lire</translation>
    </message>
    <message>
        <source>Into &amp;folder</source>
        <translation>Dans le &amp;dossier</translation>
    </message>
    <message>
        <source>For c&amp;hannel</source>
        <translation>Pour le c&amp;anal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Folder with feeds</source>
        <translation>Dossier contenant des flux</translation>
    </message>
</context>
<context>
    <name>FeedPostsDialog</name>
    <message>
        <source>&amp;Receive posts while this window is open</source>
        <translation>&amp;Recevoir les envois tant que cette fenêtre est ouverte</translation>
    </message>
    <message>
        <source>New &amp;Secret</source>
        <translation>Nouveau &amp;secret</translation>
    </message>
    <message>
        <source>Posts of other systems</source>
        <translation>Envois d’autres systèmes</translation>
    </message>
    <message>
        <source>Posts for “{name}”</source>
        <translation>Envois pour « {name} »</translation>
    </message>
    <message>
        <source>Another system hands its products over itself, signed with a secret, and is answered with the line report.</source>
        <translation>Un autre système remet lui-même ses produits, signés avec un secret, et reçoit en réponse le rapport par ligne.</translation>
    </message>
    <message>
        <source>Address to post to</source>
        <translation>Adresse où envoyer</translation>
    </message>
    <message>
        <source>Secret to sign with</source>
        <translation>Secret pour signer</translation>
    </message>
    <message>
        <source>It is shown once; a new one ends the one before.</source>
        <translation>Il n’est affiché qu’une fois ; un nouveau met fin au précédent.</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Secret</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Read Now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Envoyer…</translation>
    </message>
    <message>
        <source>Posts…</source>
        <translation>Envois…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Désactiver</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>Product feeds</source>
        <translation>Flux de produits</translation>
    </message>
    <message>
        <source>Products from other systems: their images are found here, and what is approved of them goes to Cloudinary with what is said of the product.</source>
        <translation>Produits d’autres systèmes&#xa0;: leurs images sont trouvées ici, et celles qui sont approuvées vont à Cloudinary avec les informations du produit.</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>Flux</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>Images trouvées</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>Without an image</source>
        <translation>Sans image</translation>
    </message>
    <message>
        <source>Without a product</source>
        <translation>Sans produit</translation>
    </message>
    <message>
        <source>Line report</source>
        <translation>Rapport par ligne</translation>
    </message>
    <message>
        <source>It was not read yet.</source>
        <translation>Il n’a pas encore été lu.</translation>
    </message>
    <message>
        <source>Shows no product</source>
        <translation>Ne montre aucun produit</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>No feed yet</source>
        <translation>Aucun flux pour l’instant</translation>
    </message>
    <message>
        <source>A feed is a file, a folder or an address with products in CSV, JSON or JSON Lines. You see which images match before anything is sent.</source>
        <translation>Un flux est un fichier, un dossier ou une adresse contenant des produits en CSV, JSON ou JSON Lines. Vous voyez quelles images correspondent avant tout envoi.</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source>Reading “{name}”…</source>
        <translation>Lecture de «&#xa0;{name}&#xa0;»…</translation>
    </message>
    <message>
        <source>There is nothing to read there.</source>
        <translation>Il n’y a rien à y lire.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>%Ln ligne n’a pas été reprise&#xa0;; le rapport par ligne indique pourquoi.</numerusform>
            <numerusform>%Ln lignes n’ont pas été reprises&#xa0;; le rapport par ligne indique pourquoi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>Lu. %Ln produit est nouveau ou modifié.</numerusform>
            <numerusform>Lu. %Ln produits sont nouveaux ou modifiés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what would go…</source>
        <translation>Recherche de ce qui partirait…</translation>
    </message>
    <message>
        <source>Nothing is due: what is approved is there, as it is said now.</source>
        <translation>Rien à faire&#xa0;: ce qui est approuvé y est, avec les informations actuelles.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered image(s) are told what is new</source>
        <translation>
            <numerusform>%Ln image diffusée reçoit les nouvelles informations</numerusform>
            <numerusform>%Ln images diffusées reçoivent les nouvelles informations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>%Ln image ne montre plus un produit</numerusform>
            <numerusform>%Ln images ne montrent plus un produit</numerusform>
        </translation>
    </message>
    <message>
        <source>Held back: {reasons}</source>
        <translation>Retenu&#xa0;: {reasons}</translation>
    </message>
    <message>
        <source>Push to “{environment}”?</source>
        <translation>Envoyer vers «&#xa0;{environment}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln image en route.</numerusform>
            <numerusform>%Ln images en route.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Retirer «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Its products are forgotten here. Images stay where they went.</source>
        <translation>Ses produits sont oubliés ici. Les images restent là où elles sont allées.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>Récupération de %Ln original</numerusform>
            <numerusform>Récupération de %Ln originaux</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>{size} au total</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more could not be fetched.</source>
        <translation>
            <numerusform>%Ln autre n’a pas pu être récupéré.</numerusform>
            <numerusform>%Ln autres n’ont pas pu être récupérés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>FidelityBadge</name>
    <message>
        <source>Fidelity: {word}</source>
        <translation>Fidélité&#xa0;: {word}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Empty the field</source>
        <translation>Vider le champ</translation>
    </message>
</context>
<context>
    <name>FieldActs</name>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonner</translation>
    </message>
</context>
<context>
    <name>FieldHistoryDialog</name>
    <message>
        <source>History of “{field}”</source>
        <translation>Historique de «&#xa0;{field}&#xa0;»</translation>
    </message>
    <message>
        <source>&amp;Restore this</source>
        <translation>&amp;Rétablir cette valeur</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>What restoring it would change</source>
        <translation>Ce que le rétablissement changerait</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nobody has changed it here yet.</source>
        <translation>Personne ne l’a encore modifié ici.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(rien)</translation>
    </message>
    <message>
        <source>Before all changes</source>
        <translation>Avant toute modification</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>That is what it says now.</source>
        <translation>C’est la valeur actuelle.</translation>
    </message>
    <message>
        <source>What restoring it would change:</source>
        <translation>Ce que le rétablissement changerait&#xa0;:</translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>As Delivered</source>
        <translation>Configuration fournie</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Define Missing Fields</source>
        <translation>Créer les champs manquants</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>Essai à blanc</translation>
    </message>
    <message>
        <source>S&amp;ync…</source>
        <translation>S&amp;ynchroniser…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Field mapping</source>
        <translation>Correspondance des champs</translation>
    </message>
    <message>
        <source>What a master says at Cloudinary</source>
        <translation>Ce qu’indique un master chez Cloudinary</translation>
    </message>
    <message>
        <source>Each row carries a part of a master’s record to its copies. What cannot come back as it was is named at the end.</source>
        <translation>Chaque ligne transmet une partie de la fiche d’un master à ses copies. Ce qui ne peut revenir à l’identique est indiqué à la fin.</translation>
    </message>
    <message>
        <source>New Row…</source>
        <translation>Nouvelle ligne…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Bring the chosen masters and their copies together, after a look at it</source>
        <translation>Rapprocher les masters sélectionnés et leurs copies, après vérification</translation>
    </message>
    <message>
        <source>“{name}” cannot have so many fields.</source>
        <translation>«&#xa0;{name}&#xa0;» ne peut pas avoir autant de champs.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>Il manque à «&#xa0;{name}&#xa0;» %Ln champ, ou des valeurs de sa liste.</numerusform>
            <numerusform>Il manque à «&#xa0;{name}&#xa0;» %Ln champs, ou des valeurs de leurs listes.</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it fits “{name}”.</source>
        <translation>Tout convient à «&#xa0;{name}&#xa0;».</translation>
    </message>
    <message>
        <source>Some rows cannot be used as they are.</source>
        <translation>Certaines lignes sont inutilisables telles quelles.</translation>
    </message>
    <message>
        <source>None of the chosen assets is a master at a service.</source>
        <translation>Aucune des ressources sélectionnées n’est un master d’un service.</translation>
    </message>
    <message>
        <source>What was different is being delivered.</source>
        <translation>Ce qui différait est en cours de transmission.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRow</name>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>New row</source>
        <translation>Nouvelle ligne</translation>
    </message>
    <message>
        <source>Leads in “{name}”</source>
        <translation>Prioritaire dans «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>Comme partout</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>&amp;Master</source>
        <translation>&amp;Master</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>&amp;Sens</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Leads</source>
        <translation>&amp;Prioritaire</translation>
    </message>
    <message>
        <source>Places are tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum or set), access.start and access.end, with spaces in between. A master also has keyword:NAMESPACE and custom:FIELD. Whoever leads has the last word where both sides were changed since they last agreed.</source>
        <translation>Les emplacements sont tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum ou set), access.start et access.end, séparés par des espaces. Un master a aussi keyword:NAMESPACE et custom:FIELD. Le côté prioritaire l’emporte lorsque les deux ont été modifiés depuis leur dernier accord.</translation>
    </message>
    <message>
        <source>It cannot be so: {reason}.</source>
        <translation>Impossible ainsi&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>It can be so, but: {reason}.</source>
        <translation>Possible ainsi, mais&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>Not all of it can come back: {loss}.</source>
        <translation>Tout ne peut pas en revenir&#xa0;: {loss}.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message>
        <source>What would be sent</source>
        <translation>Ce qui serait envoyé</translation>
    </message>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>Ce qui serait envoyé de %Ln master</numerusform>
            <numerusform>Ce qui serait envoyé de %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>There is no such field</source>
        <translation>Ce champ n’existe pas</translation>
    </message>
    <message>
        <source>The copy says</source>
        <translation>La copie indique</translation>
    </message>
    <message>
        <source>Stays behind</source>
        <translation>Reste en arrière</translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message>
        <source>What a sync would change</source>
        <translation>Ce qu’une synchronisation changerait</translation>
    </message>
    <message>
        <source>&amp;Sync Now</source>
        <translation>&amp;Synchroniser maintenant</translation>
    </message>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>Une synchronisation changerait %Ln valeur</numerusform>
            <numerusform>Une synchronisation changerait %Ln valeurs</numerusform>
        </translation>
    </message>
    <message>
        <source>Masters and copies say the same wherever the mapping carries something.</source>
        <translation>Masters et copies concordent partout où la correspondance transmet quelque chose.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>%Ln d’entre elles devient un conflit, à vous de décider.</numerusform>
            <numerusform>%Ln d’entre elles deviennent des conflits, à vous de décider.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every line is one edit; Undo takes all of them back together.</source>
        <translation>Chaque ligne est une modification&#xa0;; Annuler les annule toutes ensemble.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(rien)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} de {asset}</translation>
    </message>
    <message>
        <source>“{after}” instead of “{before}”: {why}</source>
        <translation>«&#xa0;{after}&#xa0;» au lieu de «&#xa0;{before}&#xa0;»&#xa0;: {why}</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Waits to be sent</source>
        <translation>En attente d’envoi</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>Non accepté</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>Modifié ailleurs</translation>
    </message>
    <message>
        <source>{field}, mandatory</source>
        <translation>{field}, obligatoire</translation>
    </message>
    <message>
        <source>{field}</source>
        <translation>{field}</translation>
    </message>
</context>
<context>
    <name>FilmBar</name>
    <message>
        <source>Film</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Moment of the film</source>
        <translation>Instant de la vidéo</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>Film fixe</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Approbation</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Envoyé</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln ressource</numerusform>
            <numerusform>%Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln sélectionnée</numerusform>
            <numerusform>%Ln sélectionnées</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and better</source>
        <translation>{stars} et plus</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>7 derniers jours</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>30 derniers jours</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Cette année</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>Non envoyé</translation>
    </message>
    <message>
        <source>Show readable files again</source>
        <translation>Afficher de nouveau les fichiers lisibles</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Effacer les filtres</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this page</source>
        <translation>Rechercher dans cette page</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>Précédent (Shift+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>Suivant (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>Introuvable dans cette page</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Capital letters matter</source>
        <translation>Respecter la casse</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>Mots entiers uniquement</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>Tout remplacer</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>Toutes les colonnes</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Remplacer par</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>Où rechercher</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Résultats trouvés</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>%Ln cellule trouvée.</numerusform>
            <numerusform>%Ln cellules trouvées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>%Ln cellule trouvée&#xa0;; la première est affichée.</numerusform>
            <numerusform>%Ln cellules trouvées&#xa0;; les premières sont affichées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Waiting for review</source>
        <translation>En attente de révision</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approuvé</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Droits expirés</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Illisible</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Toutes les ressources</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoris</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliothèques</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Collections</translation>
    </message>
    <message>
        <source>Smart folders</source>
        <translation>Dossiers intelligents</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}, %Ln ressource</numerusform>
            <numerusform>{place}, %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>not synced yet</source>
        <translation>pas encore synchronisé</translation>
    </message>
    <message>
        <source>kept offline</source>
        <translation>conservé hors ligne</translation>
    </message>
    <message>
        <source>is being synced</source>
        <translation>synchronisation en cours</translation>
    </message>
    <message>
        <source>the last sync failed</source>
        <translation>la dernière synchronisation a échoué</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Places</source>
        <translation>Emplacements</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Used last</source>
        <translation>Utilisés récemment</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Toutes les commandes</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>activé</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave Full Screen</source>
        <translation>Quitter le plein écran</translation>
    </message>
</context>
<context>
    <name>GridActs</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler l’action</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Couper</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message>
        <source>Fill Down</source>
        <translation>Recopier vers le bas</translation>
    </message>
    <message>
        <source>Empty Cells</source>
        <translation>Vider les cellules</translation>
    </message>
    <message>
        <source>Find and Replace</source>
        <translation>Rechercher et remplacer</translation>
    </message>
    <message>
        <source>Apply Template…</source>
        <translation>Appliquer un modèle…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Colonnes…</translation>
    </message>
    <message>
        <source>Sort A to Z</source>
        <translation>Trier de A à Z</translation>
    </message>
    <message>
        <source>Sort Z to A</source>
        <translation>Trier de Z à A</translation>
    </message>
    <message>
        <source>Hide Column</source>
        <translation>Masquer la colonne</translation>
    </message>
    <message>
        <source>Next Cell That Cannot Be Kept</source>
        <translation>Cellule invalide suivante</translation>
    </message>
    <message>
        <source>Give Up What Was Typed</source>
        <translation>Abandonner la saisie</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Plein écran</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>%Ln des ressources sélectionnées est une copie chez Cloudinary&#xa0;; à modifier dans l’inspecteur.</numerusform>
            <numerusform>%Ln des ressources sélectionnées sont des copies chez Cloudinary&#xa0;; à modifier dans l’inspecteur.</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata grid</source>
        <translation>Tableau des métadonnées</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s)</source>
        <translation>
            <numerusform>%Ln master</numerusform>
            <numerusform>%Ln masters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells chosen</source>
        <translation>
            <numerusform>%Ln cellule sélectionnée</numerusform>
            <numerusform>%Ln cellules sélectionnées</numerusform>
        </translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>enregistrement…</translation>
    </message>
    <message>
        <source>needed, but not shown: {fields}</source>
        <translation>requis, mais non affichés&#xa0;: {fields}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>%Ln cellule ne peut être conservée telle quelle&#xa0;; elle indique pourquoi.</numerusform>
            <numerusform>%Ln cellules ne peuvent être conservées telles quelles&#xa0;; elles indiquent pourquoi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>%Ln cellule sans place ici&#xa0;: le tableau s’arrête là, ou l’écriture y est impossible.</numerusform>
            <numerusform>%Ln cellules sans place ici&#xa0;: le tableau s’arrête là, ou l’écriture y est impossible.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message>
        <source>The grid is for masters; choose some in a library.</source>
        <translation>Le tableau est réservé aux masters&#xa0;; choisissez-en dans une bibliothèque.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>%Ln texte du tableau n’a pas pu être conservé.</numerusform>
            <numerusform>%Ln textes du tableau n’ont pas pu être conservés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
</context>
<context>
    <name>GridFoot</name>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept</source>
        <translation>
            <numerusform>%Ln cellule non conservable</numerusform>
            <numerusform>%Ln cellules non conservables</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next of them (F8)</source>
        <translation>Afficher la suivante (F8)</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>Assets</source>
        <translation>Ressources</translation>
    </message>
    <message>
        <source>Assets as a list</source>
        <translation>Ressources sous forme de liste</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>Metadata of the chosen masters</source>
        <translation>Métadonnées des masters sélectionnés</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>How it works</source>
        <translation>Fonctionnement</translation>
    </message>
    <message>
        <source>Masters stay where they are; Cloudinary delivers what was approved.</source>
        <translation>Les masters restent où ils sont&#xa0;; Cloudinary diffuse ce qui a été approuvé.</translation>
    </message>
    <message>
        <source>Steps and keys</source>
        <translation>Étapes et touches</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>1. Add a folder, or drop one on the window. Its files are read, not copied.</source>
        <translation>1. Ajoutez un dossier, ou déposez-en un sur la fenêtre. Ses fichiers sont lus, pas copiés.</translation>
    </message>
    <message>
        <source>2. Find assets: type into the search field, narrow with the filters.</source>
        <translation>2. Trouvez des ressources&#xa0;: saisissez du texte dans le champ de recherche, affinez avec les filtres.</translation>
    </message>
    <message>
        <source>3. Decide: approve, request changes or reject. The history keeps who and why.</source>
        <translation>3. Décidez&#xa0;: approuvez, demandez des modifications ou rejetez. L’historique conserve qui et pourquoi.</translation>
    </message>
    <message>
        <source>4. Push what is approved and within its rights. The plan is shown first.</source>
        <translation>4. Envoyez ce qui est approuvé et couvert par ses droits. Le plan est d’abord affiché.</translation>
    </message>
    <message>
        <source>5. Take the addresses of its renditions from the inspector.</source>
        <translation>5. Récupérez les adresses de ses déclinaisons dans l’inspecteur.</translation>
    </message>
    <message>
        <source>Show it large</source>
        <translation>Afficher en grand</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
</context>
<context>
    <name>HeadBar</name>
    <message>
        <source>Ask Again</source>
        <translation>Interroger de nouveau</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>Afficher dans la bibliothèque</translation>
    </message>
    <message>
        <source>Save and Schedule…</source>
        <translation>Enregistrer et planifier…</translation>
    </message>
    <message>
        <source>Copy the Table</source>
        <translation>Copier le tableau</translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Importer un journal d’accès…</translation>
    </message>
    <message>
        <source>Forget This Saved Report…</source>
        <translation>Oublier ce rapport enregistré…</translation>
    </message>
    <message>
        <source>Count This Log No Longer…</source>
        <translation>Ne plus compter ce journal…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Write the whole report to a file</source>
        <translation>Écrire le rapport complet dans un fichier</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>Enregistrer comme préréglage…</translation>
    </message>
    <message>
        <source>100 %: each pixel as it is (1)</source>
        <translation>100&#xa0;%&#xa0;: chaque pixel tel quel (1)</translation>
    </message>
    <message>
        <source>Presets and sets (Ctrl+Shift+P)</source>
        <translation>Préréglages et jeux (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler l’action</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Over each other, with a line to drag</source>
        <translation>Superposés, avec une ligne à faire glisser</translation>
    </message>
    <message>
        <source>Beside each other</source>
        <translation>Côte à côte</translation>
    </message>
    <message>
        <source>The rendition</source>
        <translation>La déclinaison</translation>
    </message>
    <message>
        <source>The master</source>
        <translation>Le master</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>Zoom arrière (-)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Zoom avant (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>Tout afficher (0)</translation>
    </message>
</context>
<context>
    <name>HearingSwitch</name>
    <message>
        <source>{trouble} Changes made elsewhere are still seen, a few minutes later.</source>
        <translation>{trouble} Les changements faits ailleurs restent visibles, quelques minutes plus tard.</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Guide</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>&amp;Bienvenue</translation>
    </message>
    <message>
        <source>Sample &amp;Campaign</source>
        <translation>&amp;Campagne d’exemple</translation>
    </message>
    <message>
        <source>Acti&amp;vity…</source>
        <translation>Acti&amp;vité…</translation>
    </message>
    <message>
        <source>All that goes on ({keys})</source>
        <translation>Tout ce qui est en cours ({keys})</translation>
    </message>
    <message>
        <source>Take the &amp;Tour</source>
        <translation>Visi&amp;te guidée</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>Réafficher les a&amp;stuces</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>&amp;Journal…</translation>
    </message>
    <message>
        <source>Diagnostic &amp;Bundle…</source>
        <translation>Rapport de &amp;diagnostic…</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>Rechercher les &amp;mises à jour…</translation>
    </message>
</context>
<context>
    <name>HelpContents</name>
    <message>
        <source>Contents</source>
        <translation>Sommaire</translation>
    </message>
</context>
<context>
    <name>HelpErrands</name>
    <message>
        <source>Close the welcome</source>
        <translation>Fermer l’accueil</translation>
    </message>
    <message>
        <source>The demo could not be started. “asset-bridge demo” opens it.</source>
        <translation>La démo n’a pas pu être démarrée. «&#xa0;asset-bridge demo&#xa0;» l’ouvre.</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>Nouveautés…</translation>
    </message>
    <message>
        <source>Version {version} of Asset Bridge is there.</source>
        <translation>La version {version} d’Asset Bridge est disponible.</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Suivre la visite guidée</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ajouter un dossier…</translation>
    </message>
    <message>
        <source>Connect PhotoShelter…</source>
        <translation>Connecter PhotoShelter…</translation>
    </message>
    <message>
        <source>Connect Cloudinary…</source>
        <translation>Connecter Cloudinary…</translation>
    </message>
</context>
<context>
    <name>HelpFindings</name>
    <message>
        <source>What was found</source>
        <translation>Résultats trouvés</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Keys of the review</source>
        <translation>Touches de la révision</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>Rechercher dans l’aide</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Précédent</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>In all pages (Ctrl+Shift+F); Ctrl+F finds in this page</source>
        <translation>Dans toutes les pages (Ctrl+Shift+F)&#x202f;; Ctrl+F recherche dans cette page</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – Aide</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln résultat</numerusform>
            <numerusform>%Ln résultats</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Aucun résultat.</translation>
    </message>
    <message>
        <source>The help is written in English.</source>
        <translation>L’aide est rédigée en anglais.</translation>
    </message>
    <message>
        <source>{name} is part of the source code.</source>
        <translation>{name} fait partie du code source.</translation>
    </message>
</context>
<context>
    <name>HintStrip</name>
    <message>
        <source>Got it</source>
        <translation>Compris</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>Concerne une version antérieure du fichier.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(rien)</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Avant&#xa0;: {value}</translation>
    </message>
    <message>
        <source>Not delivered yet.</source>
        <translation>Pas encore transmis.</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>Transmission en cours.</translation>
    </message>
    <message>
        <source>It could not be delivered.</source>
        <translation>Transmission impossible.</translation>
    </message>
    <message>
        <source>Somebody else said something different.</source>
        <translation>Quelqu’un d’autre a indiqué autre chose.</translation>
    </message>
    <message>
        <source>Taken back before it was delivered.</source>
        <translation>Annulé avant transmission.</translation>
    </message>
    <message>
        <source>Settled by a later choice.</source>
        <translation>Réglé par un choix ultérieur.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Nobody has decided anything about it yet.</source>
        <translation>Personne n’a encore rien décidé à ce sujet.</translation>
    </message>
</context>
<context>
    <name>HotFoldersDialog</name>
    <message>
        <source>Hot folders</source>
        <translation>Dossiers surveillés</translation>
    </message>
    <message>
        <source>Files that are put into these folders are copied into a library by themselves, and stay where they are. Nothing is pushed: that waits for approval as ever.</source>
        <translation>Les fichiers placés dans ces dossiers sont copiés automatiquement dans une bibliothèque et restent où ils sont. Rien n’est envoyé&#x202f;: cela attend l’approbation, comme toujours.</translation>
    </message>
    <message>
        <source>Add a Hot Folder…</source>
        <translation>Ajouter un dossier surveillé…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>New ones go &amp;into</source>
        <translation>&amp;Nouveaux fichiers vers</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>a library that was removed</source>
        <translation>une bibliothèque retirée</translation>
    </message>
    <message>
        <source>{folder}, into {library}</source>
        <translation>{folder}, vers {library}</translation>
    </message>
    <message>
        <source>Choose a hot folder</source>
        <translation>Choisir un dossier surveillé</translation>
    </message>
</context>
<context>
    <name>InsightErrands</name>
    <message>
        <source>Insights…</source>
        <translation>Analyses…</translation>
    </message>
    <message>
        <source>The report {name} could not be written: {why}</source>
        <translation>Le rapport {name} n’a pas pu être écrit&#xa0;: {why}</translation>
    </message>
</context>
<context>
    <name>InsightsActs</name>
    <message>
        <source>Import an access log</source>
        <translation>Importer un journal d’accès</translation>
    </message>
    <message>
        <source>Access logs (*.csv *.tsv *.txt *.log)</source>
        <translation>Journaux d’accès (*.csv *.tsv *.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Exporter le rapport</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>Oublier «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>It is not written any more. Files that it wrote stay.</source>
        <translation>Il n’est plus écrit. Les fichiers qu’il a écrits restent.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Count this access log no longer?</source>
        <translation>Ne plus compter ce journal d’accès&#xa0;?</translation>
    </message>
    <message>
        <source>What it added is taken away from all reports. The file stays.</source>
        <translation>Ce qu’il a ajouté est retiré de tous les rapports. Le fichier reste.</translation>
    </message>
    <message>
        <source>Count no longer</source>
        <translation>Ne plus compter</translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message>
        <source>Insights</source>
        <translation>Analyses</translation>
    </message>
    <message>
        <source>It could not be written the last time: {why}</source>
        <translation>L’écriture a échoué la dernière fois&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Calcul…</translation>
    </message>
    <message>
        <source>It takes a moment.</source>
        <translation>Cela prend un moment.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Aucune réponse</translation>
    </message>
    <message>
        <source>written {moment}</source>
        <translation>écrit {moment}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>demandé {moment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>%Ln ligne écrite dans {name}</numerusform>
            <numerusform>%Ln lignes écrites dans {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Show it large (space)</source>
        <translation>Afficher en grand (espace)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Déclinaisons</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>About the asset</source>
        <translation>À propos de la ressource</translation>
    </message>
    <message>
        <source>Choose an asset to see it large, with its facts, its review and its rights.</source>
        <translation>Choisissez une ressource pour la voir en grand, avec ses informations, sa révision et ses droits.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Modifications</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message>
        <source>Keep “{name}” offline?</source>
        <translation>Conserver «&#xa0;{name}&#xa0;» hors ligne&#xa0;?</translation>
    </message>
    <message>
        <source>Its pictures are fetched ahead, now and whenever something is new there, and stay here until you let go of them.</source>
        <translation>Ses images sont récupérées à l’avance, maintenant et à chaque nouveauté, et restent ici jusqu’à ce que vous y renonciez.</translation>
    </message>
    <message>
        <source>The &amp;originals too</source>
        <translation>Les &amp;originaux aussi</translation>
    </message>
    <message>
        <source>Keep offline</source>
        <translation>Conserver hors ligne</translation>
    </message>
    <message>
        <source>Looking how much it is…</source>
        <translation>Évaluation du volume…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The &amp;originals too ({size})</source>
        <translation>Les &amp;originaux aussi ({size})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>%Ln ressource s’y trouve.</numerusform>
            <numerusform>%Ln ressources s’y trouvent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>%Ln d’entre elles est déjà ici.</numerusform>
            <numerusform>%Ln d’entre elles sont déjà ici.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>%Ln aperçu est récupéré, environ {size}.</numerusform>
            <numerusform>%Ln aperçus sont récupérés, environ {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>With the originals it is {size}.</source>
        <translation>Avec les originaux, {size}.</translation>
    </message>
</context>
<context>
    <name>KeptErrands</name>
    <message>
        <source>Save as smart folder</source>
        <translation>Enregistrer comme dossier intelligent</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Un nom pour cette recherche&#x202f;; une recherche du même nom est remplacée.</translation>
    </message>
    <message>
        <source>“{name}” stands at the left, and holds what the search finds.</source>
        <translation>«&#xa0;{name}&#xa0;» se trouve à gauche et contient ce que trouve la recherche.</translation>
    </message>
    <message>
        <source>Rename smart folder</source>
        <translation>Renommer le dossier intelligent</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Autre nom</translation>
    </message>
    <message>
        <source>There is a smart folder “{name}” already. Nothing was renamed.</source>
        <translation>Il existe déjà un dossier intelligent «&#xa0;{name}&#xa0;». Rien n’a été renommé.</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Sélectionnez d’abord des ressources.</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>Retirer des favoris</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Replace by What Is Shown</source>
        <translation>Remplacer par ce qui est affiché</translation>
    </message>
    <message>
        <source>Add to Favourites</source>
        <translation>Ajouter aux favoris</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Descendre</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>New key</source>
        <translation>Nouvelle clé</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>Valeur de la nouvelle clé</translation>
    </message>
</context>
<context>
    <name>Keymap</name>
    <message>
        <source>{action} ({letter})</source>
        <translation>{action} ({letter})</translation>
    </message>
</context>
<context>
    <name>KitEditor</name>
    <message>
        <source>Spring mailing</source>
        <translation>E-mailing de printemps</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>New kit</source>
        <translation>Nouveau kit</translation>
    </message>
    <message>
        <source>Change kit</source>
        <translation>Modifier le kit</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Aucune limite</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Presets of the kit</source>
        <translation>Préréglages du kit</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Nom dans les droits</translation>
    </message>
    <message>
        <source>&amp;Formats shown there</source>
        <translation>&amp;Formats qui y sont affichés</translation>
    </message>
    <message>
        <source>Files are named</source>
        <translation>Nom des fichiers</translation>
    </message>
    <message>
        <source>At &amp;most, each</source>
        <translation>Au &amp;plus, chacune</translation>
    </message>
    <message>
        <source>As each preset says</source>
        <translation>Selon chaque préréglage</translation>
    </message>
    <message>
        <source>At most, “{preset}”</source>
        <translation>Au plus, «&#xa0;{preset}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>KitList</name>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Descendre</translation>
    </message>
</context>
<context>
    <name>KitsDialog</name>
    <message>
        <source>Channel kits</source>
        <translation>Kits de canal</translation>
    </message>
    <message>
        <source>What a channel takes together, how heavy it may be, and what it weighs.</source>
        <translation>Ce qu’un canal reprend ensemble, le poids autorisé et le poids réel.</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xporter</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nouveau…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Modifier…</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>Channels of &amp;Shops…</source>
        <translation>Canaux des &amp;boutiques…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Kits</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>No shop</source>
        <translation>Aucune boutique</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>C&amp;hoisir…</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>So&amp;us forme de</translation>
    </message>
    <message>
        <source>For &amp;channel</source>
        <translation>Pour le &amp;canal</translation>
    </message>
    <message>
        <source>&amp;Into folder</source>
        <translation>&amp;Dans le dossier</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <source>Delete “{kit}”?</source>
        <translation>Supprimer «&#xa0;{kit}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Its presets stay, and so does what was exported with it.</source>
        <translation>Ses préréglages restent, ainsi que ce qui a été exporté avec lui.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln déclinaison retenue</numerusform>
            <numerusform>%Ln déclinaisons retenues</numerusform>
        </translation>
    </message>
    <message>
        <source>{why}. The others can be exported without them.</source>
        <translation>{why}. Les autres peuvent être exportées sans elles.</translation>
    </message>
    <message>
        <source>Export the Others</source>
        <translation>Exporter les autres</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>LayerPlacing</name>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
</context>
<context>
    <name>LetPassDialog</name>
    <message>
        <source>It &amp;ends</source>
        <translation>Avec une &amp;fin</translation>
    </message>
    <message>
        <source>&amp;Let Pass</source>
        <translation>&amp;Laisser passer</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>&amp;Annuler la dérogation</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>Laisser passer %Ln ressource</numerusform>
            <numerusform>Laisser passer %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>A policy says which roles may do so. It is recorded with your name, and lifts a review that is not finished: never a rejection, and never rights.</source>
        <translation>Une politique indique quels rôles y sont autorisés. C’est consigné sous votre nom et cela lève une révision inachevée&#xa0;: jamais un rejet, et jamais des droits.</translation>
    </message>
    <message>
        <source>What holds them back</source>
        <translation>Ce qui les retient</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>&amp;Pourquoi</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>Who asked for it, and who knows of it?</source>
        <translation>Qui l’a demandé, et qui est au courant&#xa0;?</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>Date de fin</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>End what lets these pass; whoever may ask for more care</source>
        <translation>Mettre fin à ce qui les laisse passer&#xa0;; tout le monde peut demander plus de prudence</translation>
    </message>
    <message>
        <source>Somebody lets it pass, although {reasons}.</source>
        <translation>Quelqu’un la laisse passer, bien que&#xa0;: {reasons}.</translation>
    </message>
    <message>
        <source>Nothing holds it back.</source>
        <translation>Rien ne la retient.</translation>
    </message>
</context>
<context>
    <name>LinkOpening</name>
    <message>
        <source>The linked asset is not in any library of this catalog.</source>
        <translation>La ressource liée n’est dans aucune bibliothèque de ce catalogue.</translation>
    </message>
    <message>
        <source>There is no library “{name}” here, or several of that name.</source>
        <translation>Il n’y a pas de bibliothèque «&#xa0;{name}&#xa0;» ici, ou il y en a plusieurs de ce nom.</translation>
    </message>
    <message>
        <source>The file that was to be opened is not there any more.</source>
        <translation>Le fichier à ouvrir n’existe plus.</translation>
    </message>
    <message>
        <source>Add as a Library</source>
        <translation>Ajouter comme bibliothèque</translation>
    </message>
    <message>
        <source>“{name}” is in no library yet.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est encore dans aucune bibliothèque.</translation>
    </message>
</context>
<context>
    <name>ListOrWords</name>
    <message>
        <source>What you save is listed here.</source>
        <translation>Ce que vous enregistrez est listé ici.</translation>
    </message>
</context>
<context>
    <name>LocaleRows</name>
    <message>
        <source>Locales</source>
        <translation>Langues</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Laisser tel quel</translation>
    </message>
</context>
<context>
    <name>LogImportDialog</name>
    <message>
        <source>Import “{name}”</source>
        <translation>Importer «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Some of the lines that are not counted</source>
        <translation>Quelques-unes des lignes non comptées</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>%Ln ligne lue…</numerusform>
            <numerusform>%Ln lignes lues…</numerusform>
        </translation>
    </message>
    <message>
        <source>counted</source>
        <translation>comptées</translation>
    </message>
    <message>
        <source>added to what their assets delivered</source>
        <translation>ajoutées à ce que leurs ressources ont diffusé</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>ignorées</translation>
    </message>
    <message>
        <source>errors and redirections</source>
        <translation>erreurs et redirections</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnues</translation>
    </message>
    <message>
        <source>belong to no asset known here</source>
        <translation>n’appartiennent à aucune ressource connue ici</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>illisibles</translation>
    </message>
    <message>
        <source>are no lines of such a log</source>
        <translation>ne sont pas des lignes d’un tel journal</translation>
    </message>
    <message>
        <source>Earlier imports are about the same days: {names}. What both hold is counted twice.</source>
        <translation>Des importations antérieures portent sur les mêmes jours&#xa0;: {names}. Ce que les deux contiennent est compté deux fois.</translation>
    </message>
    <message>
        <source>No line belongs to an asset that is known here. Is the environment it is about the one in use?</source>
        <translation>Aucune ligne n’appartient à une ressource connue ici. L’environnement concerné est-il bien celui qui est utilisé&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>%Ln ligne lue</numerusform>
            <numerusform>%Ln lignes lues</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines}, {first} – {last}</source>
        <translation>{lines}, {first} – {last}</translation>
    </message>
    <message>
        <source>Nothing of it is counted.</source>
        <translation>Rien n’en est compté.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>LogOutDialog</name>
    <message>
        <source>Forget what is catalogued of it here too</source>
        <translation>Oublier aussi ce qui en est catalogué ici</translation>
    </message>
    <message>
        <source>It is read from Cloudinary again when you come back.</source>
        <translation>Tout est relu depuis Cloudinary à votre retour.</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Warnings and faults of this program. Keys and passwords are never in it.</source>
        <translation>Avertissements et erreurs de ce programme. Les clés et mots de passe n’y figurent jamais.</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Rechercher dans le journal</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Suivre</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>Avertissements et plus graves</translation>
    </message>
    <message>
        <source>Errors and worse</source>
        <translation>Erreurs et plus graves</translation>
    </message>
    <message>
        <source>How grave</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln entrée</numerusform>
            <numerusform>%Ln entrées</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was logged: that is a good sign.</source>
        <translation>Rien n’a été consigné&#x202f;: c’est bon signe.</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Plusieurs valeurs</translation>
    </message>
</context>
<context>
    <name>LookActions</name>
    <message>
        <source>&amp;High Contrast, Light</source>
        <translation>Con&amp;traste élevé, clair</translation>
    </message>
    <message>
        <source>High &amp;Contrast, Dark</source>
        <translation>Contraste élevé, som&amp;bre</translation>
    </message>
    <message>
        <source>C&amp;ompact</source>
        <translation>Com&amp;pact</translation>
    </message>
    <message>
        <source>Arrange Pane&amp;ls</source>
        <translation>Disposer les pan&amp;neaux</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>Inter&amp;vertir les côtés</translation>
    </message>
    <message>
        <source>&amp;Usual Places</source>
        <translation>Disposition &amp;habituelle</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>Réduire les ani&amp;mations</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Asset Bridge</source>
        <translation>Asset Bridge</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Push %Ln asset(s)</source>
        <translation>
            <numerusform>&amp;Envoyer %Ln ressource</numerusform>
            <numerusform>&amp;Envoyer %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>&amp;Envoyer…</translation>
    </message>
    <message>
        <source>Choose a library at the left first.</source>
        <translation>Choisissez d’abord une bibliothèque à gauche.</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>Créer des déclinaisons de %Ln ressource</numerusform>
            <numerusform>Créer des déclinaisons de %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Ce qui va se passer</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>&amp;Déclinaisons</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Marchés et langues</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>Créer %Ln déclinaison</numerusform>
            <numerusform>Créer %Ln déclinaisons</numerusform>
        </translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Créer</translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>La déclinaison (%Ln) sera créée.</numerusform>
            <numerusform>Les %Ln déclinaisons seront toutes créées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>{count} sur %Ln déclinaison sera créée</numerusform>
            <numerusform>{count} sur %Ln déclinaisons seront créées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln retenue</numerusform>
            <numerusform>%Ln retenues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln fichier</numerusform>
            <numerusform>%Ln fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>%Ln d’entre elles en remplace une</numerusform>
            <numerusform>%Ln d’entre elles en remplacent une</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>%Ln des ressources ne peut pas être diffusée actuellement</numerusform>
            <numerusform>%Ln des ressources ne peuvent pas être diffusées actuellement</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be made…</source>
        <translation>Préparation de ce qui sera créé…</translation>
    </message>
    <message>
        <source>Choose a set, or presets</source>
        <translation>Choisissez un jeu ou des préréglages</translation>
    </message>
    <message>
        <source>Choose the folder for the files</source>
        <translation>Choisissez le dossier des fichiers</translation>
    </message>
    <message>
        <source>Looking what that makes…</source>
        <translation>Évaluation du résultat…</translation>
    </message>
    <message>
        <source>No preset is for a market and language of the table</source>
        <translation>Aucun préréglage ne correspond à un marché et une langue du tableau</translation>
    </message>
    <message>
        <source>Each of them is held back</source>
        <translation>Elles sont toutes retenues</translation>
    </message>
    <message>
        <source>You are offline: these are made when the connection is back.</source>
        <translation>Vous êtes hors ligne&#xa0;: elles seront créées au retour de la connexion.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>Remplacer %Ln fichier&#xa0;?</numerusform>
            <numerusform>Remplacer %Ln fichiers&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>What they hold now is gone then; files that are the same stay.</source>
        <translation>Leur contenu actuel sera perdu&#xa0;; les fichiers identiques restent.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>MakeTarget</name>
    <message>
        <source>Replace files that are there</source>
        <translation>Remplacer les fichiers existants</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>For example {file}</source>
        <translation>Par exemple {file}</translation>
    </message>
    <message>
        <source>Into a folder here</source>
        <translation>Dans un dossier ici</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Chez Cloudinary</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Put a field into the template</source>
        <translation>Insérer un champ dans le modèle</translation>
    </message>
    <message>
        <source>The folder for the files</source>
        <translation>Le dossier des fichiers</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Dossier</translation>
    </message>
    <message>
        <source>&amp;Names of the files</source>
        <translation>&amp;Noms des fichiers</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>Écrire les fichiers dans</translation>
    </message>
</context>
<context>
    <name>MappingRows</name>
    <message>
        <source>Master</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Prioritaire</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>À savoir</translation>
    </message>
    <message>
        <source>Whose word holds where both sides were changed</source>
        <translation>Quel côté l’emporte quand les deux ont été modifiés</translation>
    </message>
</context>
<context>
    <name>MarketEditor</name>
    <message>
        <source>Use this table</source>
        <translation>Utiliser ce tableau</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>Ajouter une colonne</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>Retirer des lignes</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Enregistrer en CSV…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>A line for each market and language. A preset is made for the lines it serves; texts and pictures fill its variables.</source>
        <translation>Une ligne par marché et langue. Un préréglage est créé pour les lignes qu’il dessert&#xa0;; textes et images remplissent ses variables.</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>Marchés</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Écrit dans {file}.</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Marchés et langues</translation>
    </message>
    <message>
        <source>headline, or layer:logo</source>
        <translation>headline, ou layer:logo</translation>
    </message>
    <message>
        <source>Name of the new column</source>
        <translation>Nom de la nouvelle colonne</translation>
    </message>
    <message>
        <source>Line {line}: {detail}</source>
        <translation>Ligne {line}&#xa0;: {detail}</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Enregistrer le tableau</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tableaux (*.csv)</translation>
    </message>
</context>
<context>
    <name>MarketRows</name>
    <message>
        <source>Picture: {name}</source>
        <translation>Image&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Text: {name}</source>
        <translation>Texte&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Public IDs of pictures that are laid on</source>
        <translation>ID publics des images superposées</translation>
    </message>
    <message>
        <source>What stands in the place of $({name})</source>
        <translation>Ce qui remplace $({name})</translation>
    </message>
</context>
<context>
    <name>MarketTable</name>
    <message>
        <source>Edit…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Edit markets and languages</source>
        <translation>Modifier les marchés et les langues</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Fichier…</translation>
    </message>
    <message>
        <source>Choose a table of markets</source>
        <translation>Choisir un tableau des marchés</translation>
    </message>
    <message>
        <source>Without a table</source>
        <translation>Sans tableau</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>Made once, for everybody</source>
        <translation>Créé une fois, pour tous</translation>
    </message>
    <message>
        <source>Table of markets</source>
        <translation>Tableau des marchés</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tableaux (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message>
        <source>{name} says nothing that could be pasted.</source>
        <translation>{name} n’indique rien qui puisse être collé.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) of {name} copied.</source>
        <translation>
            <numerusform>%Ln champ de {name} copié.</numerusform>
            <numerusform>%Ln champs de {name} copiés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the metadata of a master first.</source>
        <translation>Copiez d’abord les métadonnées d’un master.</translation>
    </message>
    <message>
        <source>Import metadata</source>
        <translation>Importer des métadonnées</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tableaux (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>From the next decision on, the files of masters say it too (keyword “approval:…”). What other programs write there waits in the review queue.</source>
        <translation>À partir de la prochaine décision, les fichiers des masters l’indiquent aussi (mot-clé «&#xa0;approval:…&#xa0;»). Ce que d’autres programmes y écrivent attend dans la file de révision.</translation>
    </message>
    <message>
        <source>Pasted. It can be undone.</source>
        <translation>Collé. L’opération peut être annulée.</translation>
    </message>
    <message>
        <source>They said all of this already.</source>
        <translation>Tout cela y était déjà indiqué.</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>Le modèle modifie %Ln master.</numerusform>
            <numerusform>Le modèle modifie %Ln masters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln ne peut l’accepter et reste tel quel.</numerusform>
            <numerusform>%Ln ne peuvent l’accepter et restent tels quels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln champ indique ce que dit le tableau.</numerusform>
            <numerusform>%Ln champs indiquent ce que dit le tableau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>%Ln master dans {name}.</numerusform>
            <numerusform>%Ln masters dans {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionField</name>
    <message>
        <source>Roles</source>
        <translation>Rôles</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message>
        <source>What would be different</source>
        <translation>Ce qui serait différent</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Ce qui est laissé de côté</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln modification</numerusform>
            <numerusform>%Ln modifications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln laissée de côté</numerusform>
            <numerusform>%Ln laissées de côté</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvExportDialog</name>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message numerus="yes">
        <source>Export the metadata of %Ln master(s)</source>
        <translation>
            <numerusform>Exporter les métadonnées de %Ln master</numerusform>
            <numerusform>Exporter les métadonnées de %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>A table that spreadsheets open. Changed there, it can be imported again.</source>
        <translation>Un tableau lisible par les tableurs. Une fois modifié, il peut être réimporté.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Virgule</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Point-virgule</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulation</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation>&amp;Séparateur</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Export metadata</source>
        <translation>Exporter les métadonnées</translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message>
        <source>Import metadata</source>
        <translation>Importer des métadonnées</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>Lecture de {name}…</translation>
    </message>
    <message>
        <source>An empty cell empties its field</source>
        <translation>Une cellule vide vide son champ</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) would say something else.</source>
        <translation>
            <numerusform>%Ln master serait modifié.</numerusform>
            <numerusform>%Ln masters seraient modifiés.</numerusform>
        </translation>
    </message>
    <message>
        <source>The table says nothing that is not said already.</source>
        <translation>Le tableau n’indique rien qui ne le soit déjà.</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Ligne {line}</translation>
    </message>
</context>
<context>
    <name>MetadataErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Il n’y a pas encore de compte. Ajoutez-en un d’abord.</translation>
    </message>
</context>
<context>
    <name>MetadataFieldForm</name>
    <message>
        <source>&amp;Mandatory: it must not be empty</source>
        <translation>&amp;Obligatoire&#xa0;: il ne doit pas être vide</translation>
    </message>
    <message>
        <source>&amp;Off until a rule switches it on</source>
        <translation>Désa&amp;ctivé jusqu’à ce qu’une règle l’active</translation>
    </message>
    <message>
        <source>Only &amp;programs set it; people read it</source>
        <translation>Seuls les prog&amp;rammes le définissent&#xa0;; les personnes le lisent</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Change a field</source>
        <translation>Modifier un champ</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>Nouveau champ</translation>
    </message>
    <message>
        <source>Made by Cloudinary if left empty</source>
        <translation>Attribué par Cloudinary si laissé vide</translation>
    </message>
    <message>
        <source>One value in each line</source>
        <translation>Une valeur par ligne</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Libellé</translation>
    </message>
    <message>
        <source>&amp;External ID</source>
        <translation>ID &amp;externe</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>&amp;Type</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>&amp;Valeurs</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>Par &amp;défaut</translation>
    </message>
    <message>
        <source>At &amp;least</source>
        <translation>Au &amp;moins</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>Au &amp;plus</translation>
    </message>
    <message>
        <source>Patte&amp;rn</source>
        <translation>Moti&amp;f</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>So many characters</source>
        <translation>Nombre de caractères</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Aucune limite</translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message>
        <source>New field…</source>
        <translation>Nouveau champ…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Metadata fields</source>
        <translation>Champs de métadonnées</translation>
    </message>
    <message>
        <source>Metadata fields of “{name}”</source>
        <translation>Champs de métadonnées de «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>All assets of the environment have these fields, for everybody.</source>
        <translation>Toutes les ressources de l’environnement ont ces champs, pour tout le monde.</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Règles…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>There is no field yet.</source>
        <translation>Il n’y a pas encore de champ.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln valeur</numerusform>
            <numerusform>%Ln valeurs</numerusform>
        </translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>Obligatoire</translation>
    </message>
    <message>
        <source>Delete the field “{name}”?</source>
        <translation>Supprimer le champ «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Its values vanish from all assets of the environment, for everybody, and cannot be brought back.</source>
        <translation>Ses valeurs disparaissent de toutes les ressources de l’environnement, pour tout le monde, et ne peuvent pas être restaurées.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>MetadataForm</name>
    <message>
        <source>Here the name is part of the public ID; renaming changes the address.</source>
        <translation>Ici, le nom fait partie de l’ID public&#xa0;; renommer change l’adresse.</translation>
    </message>
    <message>
        <source>Each asset has a name of its own.</source>
        <translation>Chaque ressource a son propre nom.</translation>
    </message>
    <message>
        <source>Structured metadata</source>
        <translation>Métadonnées structurées</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contexte</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Ajouter une étiquette</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Ajouter une valeur</translation>
    </message>
    <message>
        <source>Set by programs; people only read it.</source>
        <translation>Défini par des programmes&#xa0;; les personnes ne font que le lire.</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Désactivé par une règle en raison de la valeur d’autres champs.</translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message>
        <source>At Cloudinary</source>
        <translation>Chez Cloudinary</translation>
    </message>
    <message>
        <source>Metadata fields…</source>
        <translation>Champs de métadonnées…</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>%Ln ressource au plus peut être modifiée à la fois.</numerusform>
            <numerusform>%Ln ressources au plus peuvent être modifiées ensemble.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>%Ln des ressources sélectionnées n’est pas dans cet environnement et reste telle quelle.</numerusform>
            <numerusform>%Ln des ressources sélectionnées ne sont pas dans cet environnement et restent telles quelles.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you type is kept for the next asset.</source>
        <translation>Ce que vous saisissez est gardé pour la ressource suivante.</translation>
    </message>
    <message>
        <source>“{text}” was typed for another asset, and is kept until that is shown.</source>
        <translation>«&#xa0;{text}&#xa0;» a été saisi pour une autre ressource et est gardé jusqu’à son affichage.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: it cannot be typed there.</source>
        <translation>«&#xa0;{text}&#xa0;» n’a pas été conservé&#xa0;: cela ne peut pas être saisi à cet endroit.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>%Ln modification déjà transmise est en cours d’annulation.</numerusform>
            <numerusform>%Ln modifications déjà transmises sont en cours d’annulation.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message>
        <source>Paste</source>
        <translation>Coller</translation>
    </message>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>Coller les métadonnées dans %Ln master</numerusform>
            <numerusform>Coller les métadonnées dans %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>From {name}. What they say there now is replaced; it can be undone.</source>
        <translation>Depuis {name}. Ce qui y est indiqué actuellement est remplacé&#xa0;; l’opération peut être annulée.</translation>
    </message>
    <message>
        <source>Copied fields</source>
        <translation>Champs copiés</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>MetadataRuleForm</name>
    <message>
        <source>The rule is in &amp;use</source>
        <translation>La règle est &amp;utilisée</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Change a rule</source>
        <translation>Modifier une règle</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>Le champ</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>Reste tel quel</translation>
    </message>
    <message>
        <source>Is switched on</source>
        <translation>Est activé</translation>
    </message>
    <message>
        <source>Is switched off</source>
        <translation>Est désactivé</translation>
    </message>
    <message>
        <source>It must not be empty</source>
        <translation>Il ne doit pas être vide</translation>
    </message>
    <message>
        <source>As the field says</source>
        <translation>Selon le champ</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>Il doit être rempli</translation>
    </message>
    <message>
        <source>It may be empty</source>
        <translation>Il peut être vide</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>Valeurs au choix</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Telles quelles</translation>
    </message>
    <message>
        <source>All of the list</source>
        <translation>Toute la liste</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Seulement celles-ci</translation>
    </message>
    <message>
        <source>These, too</source>
        <translation>Celles-ci aussi</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>Sa valeur</translation>
    </message>
    <message>
        <source>If it is empty</source>
        <translation>S’il est vide</translation>
    </message>
    <message>
        <source>Added to what it has</source>
        <translation>Ajoutée à l’existant</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Plusieurs, séparées par des virgules</translation>
    </message>
    <message>
        <source>&amp;Then, of</source>
        <translation>&amp;Alors, pour</translation>
    </message>
    <message>
        <source>The &amp;field</source>
        <translation>Le &amp;champ</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>&amp;Vide</translation>
    </message>
    <message>
        <source>&amp;Choices</source>
        <translation>Ch&amp;oix</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>Va&amp;leur</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>La règle</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>MetadataRulesDialog</name>
    <message>
        <source>New rule…</source>
        <translation>Nouvelle règle…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Metadata rules</source>
        <translation>Règles de métadonnées</translation>
    </message>
    <message>
        <source>Metadata rules of “{name}”</source>
        <translation>Règles de métadonnées de «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>What one field says switches others on, limits them or fills them in.</source>
        <translation>La valeur d’un champ en active d’autres, les limite ou les remplit.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Apply later (Alt+Down)</source>
        <translation>Appliquer plus tard (Alt+Down)</translation>
    </message>
    <message>
        <source>Apply earlier (Alt+Up)</source>
        <translation>Appliquer plus tôt (Alt+Up)</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>Il n’y a pas encore de règle.</translation>
    </message>
    <message>
        <source>{result}, when {condition}</source>
        <translation>{result}, quand {condition}</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Non utilisée</translation>
    </message>
    <message>
        <source>A rule asks about one field and changes another: it needs two.</source>
        <translation>Une règle interroge un champ et en modifie un autre&#xa0;: il en faut deux.</translation>
    </message>
    <message>
        <source>Delete the rule “{name}”?</source>
        <translation>Supprimer la règle «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>It ends for everybody. A field that only this rule switches on loses its values.</source>
        <translation>Elle prend fin pour tout le monde. Un champ que seule cette règle active perd ses valeurs.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>Appliquer à %Ln master</numerusform>
            <numerusform>Appliquer à %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata templates</source>
        <translation>Modèles de métadonnées</translation>
    </message>
    <message>
        <source>A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master fills them by itself.</source>
        <translation>Un texte peut contenir des variables telles que {filename}, {date:%Y} ou {counter:3}&#xa0;; chaque master les remplit de lui-même.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nom du modèle</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>MirrorErrands</name>
    <message>
        <source>These files are in a folder here already. Nothing to download.</source>
        <translation>Ces fichiers sont déjà dans un dossier ici. Rien à télécharger.</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>Télécharger vers</translation>
    </message>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Il n’y a pas encore de compte. Ajoutez-en un d’abord.</translation>
    </message>
    <message>
        <source>{public_id} is at Cloudinary now, unpublished.</source>
        <translation>{public_id} est maintenant chez Cloudinary, non publié.</translation>
    </message>
</context>
<context>
    <name>MomentField</name>
    <message>
        <source>Moment</source>
        <translation>Instant</translation>
    </message>
    <message>
        <source>The moment that the comment is about</source>
        <translation>L’instant auquel se rapporte le commentaire</translation>
    </message>
</context>
<context>
    <name>NameColumn</name>
    <message>
        <source>Names</source>
        <translation>Noms</translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message>
        <source>There is no Cloudinary account in use.</source>
        <translation>Aucun compte Cloudinary n’est utilisé.</translation>
    </message>
    <message>
        <source>Asks for the definitions there…</source>
        <translation>Demande des définitions distantes…</translation>
    </message>
    <message>
        <source>Presets and named transformations</source>
        <translation>Préréglages et transformations nommées</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Ici</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Chez Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Adopt as preset</source>
        <translation>&amp;Adopter comme préréglage</translation>
    </message>
    <message>
        <source>&amp;Publish to Cloudinary</source>
        <translation>&amp;Publier chez Cloudinary</translation>
    </message>
    <message>
        <source>De&amp;lete there…</source>
        <translation>Supprimer &amp;là-bas…</translation>
    </message>
    <message>
        <source>Co&amp;mpare again</source>
        <translation>Co&amp;mparer de nouveau</translation>
    </message>
    <message>
        <source>in use there</source>
        <translation>utilisé là-bas</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>Modifier %Ln préréglage ici&#xa0;?</numerusform>
            <numerusform>Modifier %Ln préréglages ici&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} then stand for what is defined there. You can undo it.</source>
        <translation>{names} désigneront alors ce qui est défini là-bas. Vous pouvez l’annuler.</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>Les modifier</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>“{name}” was adopted.</source>
        <translation>«&#xa0;{name}&#xa0;» a été adopté.</translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>Redéfinir %Ln transformation nommée&#xa0;?</numerusform>
            <numerusform>Redéfinir %Ln transformations nommées&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} stand for something else there. What was derived before stays as it is; whatever is asked for from now on is made by the new definition.</source>
        <translation>{names} désigneront autre chose là-bas. Ce qui a déjà été dérivé reste tel quel&#xa0;; tout ce qui sera demandé désormais suivra la nouvelle définition.</translation>
    </message>
    <message>
        <source>Define anew</source>
        <translation>Redéfinir</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>Supprimer %Ln transformation nommée chez Cloudinary&#xa0;?</numerusform>
            <numerusform>Supprimer %Ln transformations nommées chez Cloudinary&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: everything that was derived with them is deleted too, and addresses that name them stop working. Presets here stay.</source>
        <translation>{names}&#xa0;: tout ce qui en a été dérivé est également supprimé, et les adresses qui les nomment cessent de fonctionner. Les préréglages restent ici.</translation>
    </message>
    <message>
        <source>Delete there</source>
        <translation>Supprimer là-bas</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Looking for programs…</source>
        <translation>Recherche de programmes…</translation>
    </message>
    <message>
        <source>No program is known for such files</source>
        <translation>Aucun programme connu pour ces fichiers</translation>
    </message>
    <message>
        <source>Take In…</source>
        <translation>Reprendre…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. Its master is in Cloudinary and stays as it is; the changed file can be taken into a library as a new master.</source>
        <translation>« {name} » a été modifié dans un autre programme. Son master est dans Cloudinary et reste tel quel ; le fichier modifié peut être repris dans une bibliothèque comme nouveau master.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>%Ln copie de master dans Cloudinary a été modifiée dans d’autres programmes. Elle peut être reprise dans une bibliothèque comme nouveau master.</numerusform>
            <numerusform>%Ln copies de masters dans Cloudinary ont été modifiées dans d’autres programmes. Elles peuvent être reprises dans une bibliothèque comme nouveaux masters.</numerusform>
        </translation>
    </message>
    <message>
        <source>New Version…</source>
        <translation>Nouvelle version…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It can become the new version at {service}, or be taken into a library as a new master.</source>
        <translation>« {name} » a été modifié dans un autre programme. Il peut devenir la nouvelle version chez {service}, ou être repris dans une bibliothèque comme nouveau master.</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file in Cloudinary ({environment}), at the same address: everybody who uses it sees the new one. You approve the changed file with this. The file before comes back only where the environment keeps backups.</source>
        <translation>« {name} » reçoit le fichier modifié dans Cloudinary ({environment}), à la même adresse : tous ceux qui l’utilisent voient le nouveau. Vous approuvez ainsi le fichier modifié. Le fichier précédent ne revient que si l’environnement conserve des sauvegardes.</translation>
    </message>
    <message>
        <source>Approve and Send</source>
        <translation>Approuver et envoyer</translation>
    </message>
    <message>
        <source>Make it the new version?</source>
        <translation>En faire la nouvelle version ?</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file at {service}. The file before stays there among its versions; its approval does not count for the new one.</source>
        <translation>« {name} » reçoit le fichier modifié chez {service}. Le fichier précédent y reste parmi ses versions ; son approbation ne vaut pas pour le nouveau.</translation>
    </message>
    <message>
        <source>Make New Version</source>
        <translation>Créer la nouvelle version</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Take In as a New Master…</source>
        <translation>Reprendre comme nouveau master…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version: its approval does not count for it.</source>
        <translation>«&#xa0;{name}&#xa0;» a été modifié dans un autre programme. C’est une nouvelle version&#x202f;: son approbation ne vaut pas pour elle.</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version.</source>
        <translation>«&#xa0;{name}&#xa0;» a été modifié dans un autre programme. C’est une nouvelle version.</translation>
    </message>
</context>
<context>
    <name>OrganizationPage</name>
    <message>
        <source>Which organisation?</source>
        <translation>Quelle organisation&#xa0;?</translation>
    </message>
    <message>
        <source>A library shows one organisation. Connect again to add another one beside it.</source>
        <translation>Une bibliothèque présente une organisation. Connectez-vous de nouveau pour en ajouter une autre à côté.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>Organisations</translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>%Ln fichier téléchargé dans {folder}.</numerusform>
            <numerusform>%Ln fichiers téléchargés dans {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln y était déjà.</numerusform>
            <numerusform>%Ln y étaient déjà.</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>Le système n’a pas de programme pour ouvrir {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>%Ln original est maintenant ici. Faites-le glisser de nouveau.</numerusform>
            <numerusform>%Ln originaux sont maintenant ici. Faites-les glisser de nouveau.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherServiceDialog</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Connecter un autre service</translation>
    </message>
</context>
<context>
    <name>OtherServiceForm</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Connecter un autre service</translation>
    </message>
    <message>
        <source>A package that you installed beside Asset Bridge brings it. Secrets are kept in this computer’s keyring, never in plain text.</source>
        <translation>Il est fourni par un paquet que vous avez installé à côté d’Asset Bridge. Les secrets sont conservés dans le trousseau de cet ordinateur, jamais en clair.</translation>
    </message>
    <message>
        <source>The name that the service tells</source>
        <translation>Le nom indiqué par le service</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>No package that brings another kind of library is installed. The documentation of libraries says what such a package provides.</source>
        <translation>Aucun paquet fournissant un autre type de bibliothèque n’est installé. La documentation des bibliothèques décrit ce que fournit un tel paquet.</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Se reconnecter à {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>&amp;Service</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Nom dans Asset Bridge</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>Text and pictures</source>
        <translation>Texte et images</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>Votre texte</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Gras</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>Taille des caractères</translation>
    </message>
    <message>
        <source>Brand kit…</source>
        <translation>Kit de marque…</translation>
    </message>
    <message>
        <source>Add a text</source>
        <translation>Ajouter un texte</translation>
    </message>
    <message>
        <source>Public ID, such as brand/logo</source>
        <translation>ID public, par exemple brand/logo</translation>
    </message>
    <message>
        <source>Public ID of the picture</source>
        <translation>ID public de l’image</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>Opacité (%)</translation>
    </message>
    <message>
        <source>Add the picture</source>
        <translation>Ajouter l’image</translation>
    </message>
    <message>
        <source>Drag it to its place on the picture, or move it with the arrow keys.</source>
        <translation>Faites-la glisser à sa place sur l’image, ou déplacez-la avec les touches fléchées.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>Ajouter une image</translation>
    </message>
    <message>
        <source>Add a colour to the brand kit</source>
        <translation>Ajouter une couleur au kit de marque</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>Palette de commandes</translation>
    </message>
    <message>
        <source>Type a command, a place, a preset or a search…</source>
        <translation>Saisir une commande, un emplacement, un préréglage ou une recherche…</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Trouver une commande</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>↑ ↓ to choose  ·  Enter to run  ·  Esc to close</source>
        <translation>↑ ↓ pour choisir  ·  Entrée pour exécuter  ·  Échap pour fermer</translation>
    </message>
    <message>
        <source>Nothing is called that. Enter searches the assets for it.</source>
        <translation>Rien ne porte ce nom. Entrée le recherche dans les ressources.</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Phrase secrète</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>La même, à &amp;nouveau</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Choisir une phrase secrète</translation>
    </message>
    <message>
        <source>There is no keyring service here, so secrets are kept in an encrypted file. The passphrase is asked for after each start. Nobody can restore it for you; if it is lost, you add your accounts again and nothing else is.</source>
        <translation>Aucun service de trousseau n’est disponible ici&#xa0;; les secrets sont donc conservés dans un fichier chiffré. La phrase secrète est demandée à chaque démarrage. Personne ne peut la retrouver pour vous&#xa0;; si elle est perdue, vous ajoutez de nouveau vos comptes et rien d’autre n’est perdu.</translation>
    </message>
    <message>
        <source>Create the key store</source>
        <translation>Créer le trousseau</translation>
    </message>
    <message>
        <source>Open the key store</source>
        <translation>Ouvrir le trousseau</translation>
    </message>
    <message>
        <source>There is no keyring service here; secrets are in an encrypted file.</source>
        <translation>Aucun service de trousseau ici&#xa0;; les secrets sont dans un fichier chiffré.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>Saisissez la phrase secrète</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>Au moins %Ln caractère&#xa0;; quelques mots sont préférables</numerusform>
            <numerusform>Au moins %Ln caractères&#xa0;; quelques mots sont préférables</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the same twice, so that a slip of the finger cannot lock you out</source>
        <translation>Saisissez-la deux fois, pour qu’une faute de frappe ne vous bloque pas l’accès</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview of {name}</source>
        <translation>Aperçu de {name}</translation>
    </message>
</context>
<context>
    <name>PictureControls</name>
    <message>
        <source>Turn (degrees)</source>
        <translation>Rotation (degrés)</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Superposition (Écran)</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Superposition</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>Mode de fusion</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Repeat all over</source>
        <translation>Répéter partout</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Where it went</source>
        <translation>Destinations</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Afficher dans le gestionnaire de fichiers</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>%Ln obsolète</numerusform>
            <numerusform>%Ln obsolètes</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>Le système n’a pas de programme pour ouvrir {path}.</translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message>
        <source>Getting files ready</source>
        <translation>Préparation des fichiers</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Préparation de %Ln fichier…</numerusform>
            <numerusform>Préparation de %Ln fichiers…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>Dépôt dès que %Ln fichier est prêt. Appuyez sur Échap pour annuler.</numerusform>
            <numerusform>Dépôt dès que %Ln fichiers sont prêts. Appuyez sur Échap pour annuler.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
</context>
<context>
    <name>PoliciesDialog</name>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Modifier…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Politiques</translation>
    </message>
    <message>
        <source>What {account} demands</source>
        <translation>Ce qu’exige {account}</translation>
    </message>
    <message>
        <source>Every policy that holds for a master counts: stages add up, and the stricter wins. They are asked for before anything leaves, whoever sends it.</source>
        <translation>Toute politique applicable à un master compte&#xa0;: les étapes s’additionnent et la plus stricte l’emporte. Elles sont vérifiées avant tout envoi, quel qu’en soit l’auteur.</translation>
    </message>
    <message>
        <source>&amp;New Policy…</source>
        <translation>&amp;Nouvelle politique…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xporter…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>No policy holds: an approval of the master is enough.</source>
        <translation>Aucune politique ne s’applique&#xa0;: une approbation du master suffit.</translation>
    </message>
    <message>
        <source>each rendition</source>
        <translation>chaque déclinaison</translation>
    </message>
    <message>
        <source>files, too</source>
        <translation>fichiers aussi</translation>
    </message>
    <message>
        <source>filled in: {fields}</source>
        <translation>rempli&#xa0;: {fields}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>tout</translation>
    </message>
    <message>
        <source>an approval</source>
        <translation>une approbation</translation>
    </message>
    <message>
        <source>Import policies</source>
        <translation>Importer des politiques</translation>
    </message>
    <message>
        <source>Export policies</source>
        <translation>Exporter les politiques</translation>
    </message>
    <message>
        <source>{file}: written</source>
        <translation>{file}&#xa0;: écrit</translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message>
        <source>Policies are those of a Cloudinary account. Add one first.</source>
        <translation>Les politiques sont celles d’un compte Cloudinary. Ajoutez-en un d’abord.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>%Ln ressource de nouveau retenue&#xa0;; c’est consigné.</numerusform>
            <numerusform>%Ln ressources de nouveau retenues&#xa0;; c’est consigné.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>Dérogation accordée à %Ln ressource&#xa0;; c’est consigné.</numerusform>
            <numerusform>Dérogation accordée à %Ln ressources&#xa0;; c’est consigné.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Each &amp;rendition needs an approval of its own</source>
        <translation>Chaque déclinaison requiert &amp;sa propre approbation</translation>
    </message>
    <message>
        <source>The &amp;gate is asked of files that are taken out, too</source>
        <translation>Le contrôle vaut aussi pour les &amp;fichiers sortis</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>Nouvelle politique</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>An empty line limits nothing. Channels and markets are those of renditions: a push of a master has neither yet. Several words have commas in between, and who decides in several stages semicolons.</source>
        <translation>Une ligne vide ne limite rien. Les canaux et marchés sont ceux des déclinaisons&#xa0;: l’envoi d’un master n’a encore ni l’un ni l’autre. Séparez plusieurs mots par des virgules, et les responsables de plusieurs étapes par des points-virgules.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Types</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>&amp;Dossiers</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>É&amp;tiquettes</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Canaux</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>&amp;Marchés</translation>
    </message>
    <message>
        <source>&amp;Stages that approve</source>
        <translation>Éta&amp;pes d’approbation</translation>
    </message>
    <message>
        <source>&amp;Who decides in a stage</source>
        <translation>&amp;Qui décide à une étape</translation>
    </message>
    <message>
        <source>Roles that may &amp;override</source>
        <translation>Rôles pouvant dé&amp;roger</translation>
    </message>
    <message>
        <source>Required fields</source>
        <translation>Champs obligatoires</translation>
    </message>
    <message>
        <source>Required in &amp;languages</source>
        <translation>Obligatoires dans les &amp;langues</translation>
    </message>
    <message>
        <source>An approval is &amp;kept below a difference of</source>
        <translation>Une approbation est conser&amp;vée sous une différence de</translation>
    </message>
    <message>
        <source>Nothing leaves in which this is empty</source>
        <translation>Rien ne part si ceci est vide</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vidéos</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
</context>
<context>
    <name>Preloading</name>
    <message>
        <source>There is no picture of this file</source>
        <translation>Il n’y a pas d’image de ce fichier</translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message>
        <source>Of {assets}. Their addresses go on showing what they show now; what is made from now on is different.</source>
        <translation>De {assets}. Leurs adresses continuent d’afficher ce qu’elles affichent&#xa0;; ce qui est créé désormais est différent.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>Enregistrer quand même</translation>
    </message>
    <message>
        <source>“{preset}” was saved.</source>
        <translation>«&#xa0;{preset}&#xa0;» a été enregistré.</translation>
    </message>
    <message>
        <source>{preset} (copy)</source>
        <translation>{preset} (copie)</translation>
    </message>
    <message>
        <source>“{preset}” was duplicated.</source>
        <translation>«&#xa0;{preset}&#xa0;» a été dupliqué.</translation>
    </message>
    <message>
        <source>“{preset}” was deleted.</source>
        <translation>«&#xa0;{preset}&#xa0;» a été supprimé.</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>Supprimer quand même</translation>
    </message>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>%Ln déclinaison publiée reste en arrière</numerusform>
            <numerusform>%Ln déclinaisons publiées restent en arrière</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Rendition set</source>
        <translation>Jeu de déclinaisons</translation>
    </message>
    <message>
        <source>Presets of your choice</source>
        <translation>Préréglages au choix</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Préréglages</translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>%Ln déclinaison en cours de création.</numerusform>
            <numerusform>%Ln déclinaisons en cours de création.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is being written.</source>
        <translation>Écriture de {file}.</translation>
    </message>
</context>
<context>
    <name>PresetFields</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Bannière d’été 1200 × 630</translation>
    </message>
    <message>
        <source>Everywhere; or DE, US-CA, EMEA</source>
        <translation>Partout&#xa0;; ou FR, US-CA, EMEA</translation>
    </message>
    <message>
        <source>All; or de, pt-BR</source>
        <translation>Toutes&#xa0;; ou fr, pt-BR</translation>
    </message>
    <message>
        <source>E&amp;xactly, not at most</source>
        <translation>&amp;Exactement, pas au plus</translation>
    </message>
    <message>
        <source>Any; or jpg, png</source>
        <translation>Tous&#xa0;; ou jpg, png</translation>
    </message>
    <message>
        <source>As the master</source>
        <translation>Comme le master</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Largeur en pixels</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Hauteur en pixels</translation>
    </message>
    <message>
        <source>any</source>
        <translation>quelconque</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>toute taille</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>&amp;Marchés</translation>
    </message>
    <message>
        <source>&amp;Languages</source>
        <translation>&amp;Langues</translation>
    </message>
    <message>
        <source>Pi&amp;xels the channel asks for</source>
        <translation>Pi&amp;xels exigés par le canal</translation>
    </message>
    <message>
        <source>Lar&amp;gest file</source>
        <translation>Plus &amp;grand fichier</translation>
    </message>
    <message>
        <source>Formats it ta&amp;kes</source>
        <translation>Formats acce&amp;ptés</translation>
    </message>
</context>
<context>
    <name>PresetForm</name>
    <message>
        <source>New preset</source>
        <translation>Nouveau préréglage</translation>
    </message>
    <message>
        <source>Change preset</source>
        <translation>Modifier le préréglage</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>T&amp;ransformation</source>
        <translation>T&amp;ransformation</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Aucun aperçu</translation>
    </message>
</context>
<context>
    <name>PresetKeeping</name>
    <message>
        <source>Taken back: {act}</source>
        <translation>Annulé&#xa0;: {act}</translation>
    </message>
</context>
<context>
    <name>PresetPreviews</name>
    <message>
        <source>Its texts come from a market table: {names}</source>
        <translation>Ses textes proviennent d’un tableau des marchés&#xa0;: {names}</translation>
    </message>
</context>
<context>
    <name>PresetSaving</name>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>There is a preset of this name. Sets that use it make what you see here from now on; its format, markets and languages, and what its channel asks for, stay.</source>
        <translation>Un préréglage porte déjà ce nom. Les jeux qui l’utilisent créeront désormais ce que vous voyez ici&#xa0;; son format, ses marchés et langues, ainsi que les exigences de son canal restent.</translation>
    </message>
    <message>
        <source>Replace the steps of “{preset}”?</source>
        <translation>Remplacer les étapes de «&#xa0;{preset}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets and sets</source>
        <translation>Préréglages et jeux</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler l’action</translation>
    </message>
    <message>
        <source>A preset is a transformation with a purpose; a set is what one needs.</source>
        <translation>Un préréglage est une transformation dotée d’un but&#xa0;; un jeu réunit ce dont on a besoin.</translation>
    </message>
    <message>
        <source>Shown on {name}.</source>
        <translation>Présenté sur {name}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xporter…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Préréglages</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Jeux</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Chez Cloudinary</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>Annuler&#xa0;: {act}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Écrit dans {file}.</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>{file} a été importé.</translation>
    </message>
    <message>
        <source>Replace what is here?</source>
        <translation>Remplacer ce qui est ici&#xa0;?</translation>
    </message>
    <message>
        <source>{names} exist already and say something else. They take over what the file says; you can undo it.</source>
        <translation>{names} existent déjà et indiquent autre chose. Ils reprendront le contenu du fichier&#xa0;; vous pouvez l’annuler.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Importer des préréglages</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Préréglages (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Exporter les préréglages</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Search presets</source>
        <translation>Rechercher des préréglages</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Préréglages</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nouveau…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Modifier…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Dupliquer</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>Open in the &amp;studio</source>
        <translation>Ouvrir dans le st&amp;udio</translation>
    </message>
    <message>
        <source>In {sets}</source>
        <translation>Dans {sets}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>%Ln déclinaison publiée avec ce préréglage</numerusform>
            <numerusform>%Ln déclinaisons publiées avec ce préréglage</numerusform>
        </translation>
    </message>
    <message>
        <source>The presets are in another order.</source>
        <translation>L’ordre des préréglages a changé.</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Choose one asset in the window to see what presets make of it.</source>
        <translation>Choisissez une ressource dans la fenêtre pour voir ce que les préréglages en font.</translation>
    </message>
    <message>
        <source>Is being made…</source>
        <translation>Création en cours…</translation>
    </message>
    <message>
        <source>Of {name}</source>
        <translation>De {name}</translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message>
        <source>Publish to “{name}”</source>
        <translation>Publier vers «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>No content type of this stack has a field that takes pictures.</source>
        <translation>Aucun type de contenu de ce stack n’a de champ acceptant des images.</translation>
    </message>
    <message>
        <source>No renditions were made of the chosen assets yet. Have them made in the cloud first, with “Publish Renditions”.</source>
        <translation>Aucune déclinaison des ressources sélectionnées n’a encore été créée. Faites-les d’abord créer dans le cloud, avec «&#xa0;Publier les déclinaisons&#xa0;».</translation>
    </message>
    <message>
        <source>None of the renditions may be published now. Below it says why.</source>
        <translation>Aucune des déclinaisons ne peut être publiée actuellement. La raison figure ci-dessous.</translation>
    </message>
    <message>
        <source>A part of its title</source>
        <translation>Une partie de son titre</translation>
    </message>
    <message>
        <source>Only where several Cloudinary ones are in use</source>
        <translation>Seulement si plusieurs Cloudinary sont utilisés</translation>
    </message>
    <message>
        <source>Content &amp;type</source>
        <translation>&amp;Type de contenu</translation>
    </message>
    <message>
        <source>&amp;Find an entry</source>
        <translation>&amp;Rechercher une entrée</translation>
    </message>
    <message>
        <source>&amp;Entry</source>
        <translation>&amp;Entrée</translation>
    </message>
    <message>
        <source>F&amp;ield</source>
        <translation>C&amp;hamp</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>&amp;Configuration</translation>
    </message>
    <message>
        <source>Locales</source>
        <translation>Langues</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Choose an entry</source>
        <translation>Choisissez une entrée</translation>
    </message>
    <message>
        <source>No entry has that in its title</source>
        <translation>Aucune entrée ne contient cela dans son titre</translation>
    </message>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>Publier dans %Ln langue</numerusform>
            <numerusform>Publier dans %Ln langues</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publier</translation>
    </message>
    <message>
        <source>{name} is asked what there is…</source>
        <translation>{name} est interrogé sur ce qu’il y a…</translation>
    </message>
    <message>
        <source>The gate and the entry are asked…</source>
        <translation>Interrogation du contrôle et de l’entrée…</translation>
    </message>
</context>
<context>
    <name>PushForm</name>
    <message>
        <source>The top of the media library</source>
        <translation>Le niveau supérieur de la médiathèque</translation>
    </message>
    <message>
        <source>spring, lookbook</source>
        <translation>printemps, lookbook</translation>
    </message>
    <message>
        <source>Separate tags with commas</source>
        <translation>Séparez les étiquettes par des virgules</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>The name of a signed upload preset of this product environment</source>
        <translation>Le nom d’un préréglage de chargement signé de cet environnement de produit</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Plus d’options</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>Dossier ci&amp;ble</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>É&amp;tiquettes</translation>
    </message>
    <message>
        <source>Upload &amp;preset</source>
        <translation>&amp;Préréglage de chargement</translation>
    </message>
</context>
<context>
    <name>PushMetadata</name>
    <message>
        <source>Structured &amp;metadata</source>
        <translation>&amp;Métadonnées structurées</translation>
    </message>
    <message>
        <source>Everything that is sent gets these values</source>
        <translation>Tout ce qui est envoyé reçoit ces valeurs</translation>
    </message>
    <message>
        <source>Choose a field…</source>
        <translation>Choisir un champ…</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Ajouter une valeur</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Désactivé par une règle en raison de la valeur d’autres champs.</translation>
    </message>
</context>
<context>
    <name>PushOptions</name>
    <message>
        <source>If &amp;delivered before</source>
        <translation>Si &amp;déjà diffusé</translation>
    </message>
    <message>
        <source>Replace the earlier one</source>
        <translation>Remplacer le précédent</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Garder les deux</translation>
    </message>
    <message>
        <source>Leave the earlier one</source>
        <translation>Laisser le précédent</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>&amp;ID public</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nom du fichier</translation>
    </message>
    <message>
        <source>File name, always unique</source>
        <translation>Nom du fichier, toujours unique</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Aléatoire</translation>
    </message>
    <message>
        <source>Display &amp;name</source>
        <translation>&amp;Nom affiché</translation>
    </message>
    <message>
        <source>As in the public ID</source>
        <translation>Comme dans l’ID public</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>&amp;Accès</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tout le monde</translation>
    </message>
    <message>
        <source>Everybody, while the rights hold</source>
        <translation>Tout le monde, tant que les droits sont valables</translation>
    </message>
    <message>
        <source>With a token only</source>
        <translation>Avec un jeton seulement</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>T&amp;ype de diffusion</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>Original privé</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Authentifié</translation>
    </message>
    <message>
        <source>M&amp;oderation</source>
        <translation>M&amp;odération</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucune</translation>
    </message>
    <message>
        <source>By a person, in Cloudinary</source>
        <translation>Par une personne, dans Cloudinary</translation>
    </message>
    <message>
        <source>campaign=spring, season=2027</source>
        <translation>campagne=printemps, saison=2027</translation>
    </message>
    <message>
        <source>Pairs of name and value, separated by commas</source>
        <translation>Paires nom-valeur, séparées par des virgules</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>&amp;Contexte</translation>
    </message>
    <message>
        <source>Presets or sets, separated by commas; Cloudinary makes them at once</source>
        <translation>Préréglages ou jeux, séparés par des virgules&#xa0;; Cloudinary les crée aussitôt</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>Déclinai&amp;sons</translation>
    </message>
    <message>
        <source>Markets and &amp;languages</source>
        <translation>Marchés et &amp;langues</translation>
    </message>
    <message>
        <source>This product environment has fixed folders: it shows the public ID</source>
        <translation>Cet environnement de produit a des dossiers fixes&#xa0;: il affiche l’ID public</translation>
    </message>
</context>
<context>
    <name>PushSheet</name>
    <message>
        <source>Push</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Ce qui va se passer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Ajouter un compte…</translation>
    </message>
    <message>
        <source>Which Cloudinary?</source>
        <translation>Quel Cloudinary&#xa0;?</translation>
    </message>
    <message>
        <source>There is no Cloudinary account here yet. Add one, and this push goes on where it is now. Nothing is sent before you have seen the plan.</source>
        <translation>Il n’y a pas encore de compte Cloudinary ici. Ajoutez-en un, et cet envoi reprend là où il en est. Rien n’est envoyé avant que vous ayez vu le plan.</translation>
    </message>
    <message>
        <source>Push to {environment}</source>
        <translation>Envoyer vers {environment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>%Ln ressource examinée</numerusform>
            <numerusform>%Ln ressources examinées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>Envoyer %Ln ressource ({size})</numerusform>
            <numerusform>Envoyer %Ln ressources ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln fichier</numerusform>
            <numerusform>%Ln fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>%Ln appel d’API</numerusform>
            <numerusform>%Ln appels d’API</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>%Ln ressource dérivée</numerusform>
            <numerusform>%Ln ressources dérivées</numerusform>
        </translation>
    </message>
    <message>
        <source>It will be sent.</source>
        <translation>Elle sera envoyée.</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>La ressource (%Ln) sera envoyée.</numerusform>
            <numerusform>Les %Ln ressources seront toutes envoyées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>{sending} sur %Ln ressource sera envoyée</numerusform>
            <numerusform>{sending} sur %Ln ressources seront envoyées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln retenue</numerusform>
            <numerusform>%Ln retenues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>%Ln déjà sur place ou en route</numerusform>
            <numerusform>%Ln déjà sur place ou en route</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be pushed…</source>
        <translation>Préparation de ce qui est à envoyer…</translation>
    </message>
    <message>
        <source>Nothing can be sent before what is marked is right</source>
        <translation>Rien ne peut être envoyé tant que ce qui est signalé n’est pas corrigé</translation>
    </message>
    <message>
        <source>Comparing with what is there…</source>
        <translation>Comparaison avec l’existant…</translation>
    </message>
    <message>
        <source>Nothing can be sent: each of them is held back</source>
        <translation>Rien ne peut être envoyé&#xa0;: tout est retenu</translation>
    </message>
    <message>
        <source>Nothing to send: what is allowed is there already, or on its way</source>
        <translation>Rien à envoyer&#xa0;: ce qui est autorisé est déjà sur place ou en route</translation>
    </message>
    <message>
        <source>Nothing to send: all of it is there already, or on its way</source>
        <translation>Rien à envoyer&#xa0;: tout est déjà sur place ou en route</translation>
    </message>
    <message>
        <source>You are offline: these go out when the connection is back.</source>
        <translation>Vous êtes hors ligne&#xa0;: ces envois partiront au retour de la connexion.</translation>
    </message>
    <message>
        <source>You work offline: these go out when you go online again.</source>
        <translation>Vous travaillez hors ligne&#xa0;: ces envois partiront quand vous repasserez en ligne.</translation>
    </message>
    <message>
        <source>Pushing is paused: these wait in the queue until you go on.</source>
        <translation>Les envois sont en pause&#xa0;: ceux-ci attendent dans la file que vous repreniez.</translation>
    </message>
    <message>
        <source>Their new versions take their places: the same addresses then show them, everywhere. To keep the earlier ones as well, choose Keep both.</source>
        <translation>Leurs nouvelles versions prennent leur place&#xa0;: les mêmes adresses les affichent alors, partout. Pour conserver aussi les précédentes, choisissez «&#xa0;Garder les deux&#xa0;».</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>Remplacer %Ln ressource diffusée&#xa0;?</numerusform>
            <numerusform>Remplacer %Ln ressources diffusées&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
</context>
<context>
    <name>QuestionRows</name>
    <message>
        <source>Saved reports</source>
        <translation>Rapports enregistrés</translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>%Ln à réviser</numerusform>
            <numerusform>%Ln à réviser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln en retard</numerusform>
            <numerusform>%Ln en retard</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message>
        <source>Pushes</source>
        <translation>Envois</translation>
    </message>
    <message>
        <source>Copying into libraries</source>
        <translation>Copie dans les bibliothèques</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Déclinaisons</translation>
    </message>
    <message>
        <source>Channel kits</source>
        <translation>Kits de canal</translation>
    </message>
    <message>
        <source>Archives of campaigns</source>
        <translation>Archives de campagnes</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message>
        <source>Decisions that others are told</source>
        <translation>Communication des décisions</translation>
    </message>
    <message>
        <source>Changes at Cloudinary</source>
        <translation>Modifications chez Cloudinary</translation>
    </message>
    <message>
        <source>Telling other systems</source>
        <translation>Information d’autres systèmes</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} sur {total}</translation>
    </message>
    <message>
        <source>Waits for the connection, and goes on by itself</source>
        <translation>Attend la connexion et reprend automatiquement</translation>
    </message>
    <message>
        <source>Waits for the account: log in again, or mend its key</source>
        <translation>Attend le compte&#x202f;: se reconnecter ou corriger sa clé</translation>
    </message>
    <message>
        <source>Waits until files have been read</source>
        <translation>Attend que les fichiers soient lus</translation>
    </message>
    <message>
        <source>Waits, and goes on by itself</source>
        <translation>Attend et reprend automatiquement</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln terminé</numerusform>
            <numerusform>%Ln terminés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>%Ln échec&#x202f;: les transferts en indiquent la cause</numerusform>
            <numerusform>%Ln échecs&#x202f;: les transferts en indiquent la cause</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>%Ln annulé</numerusform>
            <numerusform>%Ln annulés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Previous</source>
        <translation>Précédent</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>RawText</name>
    <message>
        <source>Transformation</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>c_fill,h_630,w_1200/q_auto</source>
        <translation>c_fill,h_630,w_1200/q_auto</translation>
    </message>
</context>
<context>
    <name>RecentField</name>
    <message>
        <source>Used lately</source>
        <translation>Utilisés récemment</translation>
    </message>
</context>
<context>
    <name>RelateDialog</name>
    <message>
        <source>Relate assets to “{name}”</source>
        <translation>Associer des ressources à «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>Related assets know each other, whichever of them one looks at.</source>
        <translation>Les ressources associées se connaissent mutuellement, quelle que soit celle que l’on regarde.</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>Associer</translation>
    </message>
    <message>
        <source>Search this environment</source>
        <translation>Rechercher dans cet environnement</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Ressources</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>RelatedCard</name>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Relate…</source>
        <translation>Associer…</translation>
    </message>
    <message>
        <source>Related assets</source>
        <translation>Ressources associées</translation>
    </message>
    <message>
        <source>Show related assets</source>
        <translation>Afficher les ressources associées</translation>
    </message>
    <message>
        <source>Relate other assets to this one</source>
        <translation>Associer d’autres ressources à celle-ci</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>Aucune pour l’instant.</translation>
    </message>
    <message>
        <source>No longer related</source>
        <translation>Ne plus associer</translation>
    </message>
    <message>
        <source>End the relation to {name}</source>
        <translation>Mettre fin à l’association avec {name}</translation>
    </message>
</context>
<context>
    <name>RenditionCard</name>
    <message>
        <source>Comes from delivery…</source>
        <translation>Provient de la diffusion…</translation>
    </message>
    <message>
        <source>Copy the {what} of {preset}</source>
        <translation>Copier&#xa0;: {what} de {preset}</translation>
    </message>
    <message>
        <source>What came cannot be shown.</source>
        <translation>Le contenu reçu ne peut pas être affiché.</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent}&#xa0;% de moins</translation>
    </message>
    <message>
        <source>The picture comes when the connection is back. The address is good.</source>
        <translation>L’image arrivera au retour de la connexion. L’adresse est valable.</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>URL copiée</translation>
    </message>
    <message>
        <source>HTML copied</source>
        <translation>HTML copié</translation>
    </message>
    <message>
        <source>Markdown copied</source>
        <translation>Markdown copié</translation>
    </message>
    <message>
        <source>Drag it into another program</source>
        <translation>Faire glisser dans un autre programme</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Ouvrir dans le navigateur</translation>
    </message>
    <message>
        <source>Open {preset} in the browser</source>
        <translation>Ouvrir {preset} dans le navigateur</translation>
    </message>
</context>
<context>
    <name>RenditionsPanel</name>
    <message>
        <source>Push…</source>
        <translation>Envoyer…</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>Jeu de déclinaisons</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Déclinaisons</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>Tous les préréglages</translation>
    </message>
    <message>
        <source>May not be delivered</source>
        <translation>Ne peut pas être diffusé</translation>
    </message>
    <message>
        <source>No renditions</source>
        <translation>Aucune déclinaison</translation>
    </message>
    <message>
        <source>Select one asset to see how it is delivered.</source>
        <translation>Sélectionnez une ressource pour voir comment elle est diffusée.</translation>
    </message>
    <message>
        <source>Not pushed yet</source>
        <translation>Pas encore envoyé</translation>
    </message>
    <message>
        <source>Renditions are made from the copy in Cloudinary. Push this asset, and they appear here.</source>
        <translation>Les déclinaisons sont créées à partir de la copie dans Cloudinary. Envoyez cette ressource, et elles apparaissent ici.</translation>
    </message>
    <message>
        <source>Changed since it was pushed</source>
        <translation>Modifié depuis l’envoi</translation>
    </message>
    <message>
        <source>Delivered as it is</source>
        <translation>Diffusé tel quel</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>Cloudinary crée des déclinaisons d’images et de vidéos. Ce fichier est diffusé sans modification.</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>What was replaced</source>
        <translation>Ce qui a été remplacé</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Emplacements</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Replacements</name>
    <message>
        <source>Show…</source>
        <translation>Afficher…</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>The table behind the chart</source>
        <translation>Le tableau derrière le graphique</translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Il n’y a pas encore de compte. Ajoutez-en un d’abord.</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>Voir…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>%Ln copie diffusée ne doit plus être visible. Elle sera retirée lorsque vous l’aurez vérifiée.</numerusform>
            <numerusform>%Ln copies diffusées ne doivent plus être visibles. Elles seront retirées lorsque vous les aurez vérifiées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>La visibilité de %Ln copie diffusée est en cours de modification.</numerusform>
            <numerusform>La visibilité de %Ln copies diffusées est en cours de modification.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message>
        <source>Retractions in {account}</source>
        <translation>Retraits dans {account}</translation>
    </message>
    <message>
        <source>Looking at what is delivered…</source>
        <translation>Examen de ce qui est diffusé…</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>À faire</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>À faire (%Ln)</numerusform>
            <numerusform>À faire (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>Terminé (%Ln)</numerusform>
            <numerusform>Terminé (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>%Ln copie diffusée ne doit plus être visible.</numerusform>
            <numerusform>%Ln copies diffusées ne doivent plus être visibles.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>%Ln déclinaison ne doit plus être visible.</numerusform>
            <numerusform>%Ln déclinaisons ne doivent plus être visibles.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>%Ln de nouveau autorisée.</numerusform>
            <numerusform>%Ln de nouveau autorisées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that is delivered may be seen.</source>
        <translation>Tout ce qui est diffusé peut être vu.</translation>
    </message>
    <message>
        <source>That is much at once. Nothing is taken away before you have looked at the names.</source>
        <translation>Cela fait beaucoup d’un coup. Rien n’est retiré avant que vous ayez vérifié les noms.</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln away</source>
        <translation>
            <numerusform>Retirer %Ln</numerusform>
            <numerusform>Retirer %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %Ln back</source>
        <translation>
            <numerusform>Remettre en diffusion %Ln</numerusform>
            <numerusform>Remettre en diffusion %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>it is allowed again</source>
        <translation>c’est de nouveau autorisé</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Retirer de la diffusion</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Remettre en diffusion</translation>
    </message>
    <message>
        <source>{name}, rendition {preset}</source>
        <translation>{name}, déclinaison {preset}</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>Pas encore prouvé</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Remis en diffusion</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>Laissé tel quel</translation>
    </message>
    <message>
        <source>Was gone</source>
        <translation>Avait disparu</translation>
    </message>
</context>
<context>
    <name>ReviewErrands</name>
    <message>
        <source>There is nothing to review here.</source>
        <translation>Il n’y a rien à réviser ici.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Révision</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>{row} of {count}  ·  {decided} decided</source>
        <translation>{row} sur {count}  ·  {decided} décidées</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>Une image</translation>
    </message>
    <message>
        <source>Compare below a line (V)</source>
        <translation>Comparer avec une ligne de séparation (V)</translation>
    </message>
    <message>
        <source>Onion skin (V)</source>
        <translation>Pelure d’oignon (V)</translation>
    </message>
    <message>
        <source>Difference (V)</source>
        <translation>Différence (V)</translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>Dossier de révision de %Ln ressource</numerusform>
            <numerusform>Dossier de révision de %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Révision</translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Les &amp;masters</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Ces &amp;déclinaisons</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Write Pack</source>
        <translation>Écrire le dossier</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Pictures and a page that opens in any browser. What comes back of it is a file with verdicts and comments, for “Import Verdicts”.</source>
        <translation>Des images et une page qui s’ouvre dans tout navigateur. En retour, vous obtenez un fichier de verdicts et de commentaires, pour «&#xa0;Importer des verdicts&#xa0;».</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>Que faut-il examiner&#xa0;?</translation>
    </message>
    <message>
        <source>The whole review</source>
        <translation>Toute la révision</translation>
    </message>
    <message>
        <source>What the verdicts that come back decide</source>
        <translation>Ce que décident les verdicts reçus en retour</translation>
    </message>
    <message>
        <source>A name that ends in .zip makes a ZIP, any other a folder</source>
        <translation>Un nom se terminant par .zip crée un ZIP, tout autre un dossier</translation>
    </message>
    <message>
        <source>Choose where the pack is written to</source>
        <translation>Choisir où écrire le dossier de révision</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Note</translation>
    </message>
    <message>
        <source>&amp;Where to</source>
        <translation>De&amp;stination</translation>
    </message>
    <message>
        <source>They decide the &amp;stage</source>
        <translation>Ils décident de l’étap&amp;e</translation>
    </message>
    <message>
        <source>Write the review pack to</source>
        <translation>Écrire le dossier de révision dans</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>Fichiers ZIP (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {whole} pictures</source>
        <translation>{done} sur {whole} images</translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message>
        <source>Import verdicts</source>
        <translation>Importer des verdicts</translation>
    </message>
    <message>
        <source>Verdicts (*.json)</source>
        <translation>Verdicts (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>{name} contient %Ln image.</numerusform>
            <numerusform>{name} contient %Ln images.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Afficher dans le gestionnaire de fichiers</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln image n’est pas dans le dossier de révision. {name}&#xa0;: {why}</numerusform>
            <numerusform>%Ln images ne sont pas dans le dossier de révision. {name}&#xa0;: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>%Ln vidéo figure dans le dossier de révision sous forme d’une seule image. {name}&#xa0;: {why}</numerusform>
            <numerusform>%Ln vidéos figurent dans le dossier de révision sous forme d’une seule image chacune. {name}&#xa0;: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln verdict</numerusform>
            <numerusform>%Ln verdicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln commentaire</numerusform>
            <numerusform>%Ln commentaires</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded of {name}: {what}.</source>
        <translation>Consigné de {name}&#xa0;: {what}.</translation>
    </message>
</context>
<context>
    <name>ReviewPackImportDialog</name>
    <message>
        <source>Import verdicts</source>
        <translation>Importer des verdicts</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Consigner</translation>
    </message>
    <message>
        <source>What will be recorded</source>
        <translation>Ce qui sera consigné</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Verdicts of {name} on “{pack}”</source>
        <translation>Verdicts de {name} sur «&#xa0;{pack}&#xa0;»</translation>
    </message>
    <message>
        <source>Recorded as decisions and comments of {who}.</source>
        <translation>Consignés comme décisions et commentaires de {who}.</translation>
    </message>
    <message>
        <source>This file was imported on {moment}: there is nothing new in it.</source>
        <translation>Ce fichier a été importé le {moment}&#xa0;: il ne contient rien de nouveau.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>%Ln d’entre eux ne peut être consigné&#xa0;; la raison est indiquée.</numerusform>
            <numerusform>%Ln d’entre eux ne peuvent être consignés&#xa0;; la raison est indiquée pour chacun.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>Ce fichier ne contient rien de nouveau.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln commentaire&#xa0;: {text}</numerusform>
            <numerusform>%Ln commentaires&#xa0;: {text}</numerusform>
        </translation>
    </message>
    <message>
        <source>On record already</source>
        <translation>Déjà consigné</translation>
    </message>
    <message>
        <source>Comments only</source>
        <translation>Commentaires seulement</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retenu</translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message>
        <source>Review queue</source>
        <translation>File de révision</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln à décider</numerusform>
            <numerusform>%Ln à décider</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln en retard</numerusform>
            <numerusform>%Ln en retard</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}&#xa0;: %Ln image attend {reviewers}.</numerusform>
            <numerusform>{title}&#xa0;: %Ln images attendent {reviewers}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message>
        <source>Close Request…</source>
        <translation>Fermer la demande…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Réviser</translation>
    </message>
    <message>
        <source>Review Pack…</source>
        <translation>Dossier de révision…</translation>
    </message>
    <message>
        <source>Look at Moderation Now</source>
        <translation>Consulter la modération maintenant</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>Whose queue is shown</source>
        <translation>La file affichée</translation>
    </message>
    <message>
        <source>Review requests</source>
        <translation>Demandes de révision</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>Hand these pictures to somebody who has no account</source>
        <translation>Remettre ces images à quelqu’un qui n’a pas de compte</translation>
    </message>
    <message>
        <source>Ask Cloudinary what waits for a moderator</source>
        <translation>Demander à Cloudinary ce qui attend un modérateur</translation>
    </message>
    <message>
        <source>You ({name})</source>
        <translation>Vous ({name})</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln à décider</numerusform>
            <numerusform>%Ln à décider</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln en retard</numerusform>
            <numerusform>%Ln en retard</numerusform>
        </translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>Sans échéance</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>encore %Ln</numerusform>
            <numerusform>encore %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Nothing here waits for this person.</source>
        <translation>Rien ici n’attend cette personne.</translation>
    </message>
    <message>
        <source>{who} asks {reviewers}</source>
        <translation>{who} demande à {reviewers}</translation>
    </message>
    <message>
        <source>Close “{title}”?</source>
        <translation>Fermer «&#xa0;{title}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Nobody is asked to look at it any more. What was decided stays.</source>
        <translation>Plus personne n’est invité à l’examiner. Ce qui a été décidé reste.</translation>
    </message>
    <message>
        <source>Close Request</source>
        <translation>Fermer la demande</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>Garder ouverte</translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>Demander une révision de %Ln ressource</numerusform>
            <numerusform>Demander une révision de %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Les &amp;masters</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Ces &amp;déclinaisons</translation>
    </message>
    <message>
        <source>&amp;Due</source>
        <translation>É&amp;chéance</translation>
    </message>
    <message>
        <source>Ask for Review</source>
        <translation>Demander la révision</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>De quoi s’agit-il&#xa0;?</translation>
    </message>
    <message>
        <source>Due date and time</source>
        <translation>Date et heure d’échéance</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>Que faut-il examiner&#xa0;?</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Re&amp;viewers</source>
        <translation>Ré&amp;viseurs</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Jusqu’au</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Note</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} et %Ln autre</numerusform>
            <numerusform>{name} et %Ln autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>%Ln image à examiner</numerusform>
            <numerusform>%Ln images à examiner</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>{title}: review</source>
        <translation>{title}&#xa0;: révision</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Commentaires</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
</context>
<context>
    <name>RightsCalendar</name>
    <message>
        <source>Rights calendar</source>
        <translation>Calendrier des droits</translation>
    </message>
    <message>
        <source>What begins and ends next, by the files and by what is claimed.</source>
        <translation>Ce qui commence et prend fin prochainement, selon les fichiers et selon ce qui est déclaré.</translation>
    </message>
    <message>
        <source>What &amp;begins, too</source>
        <translation>Aussi ce qui &amp;commence</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>Afficher dans la bibliothèque</translation>
    </message>
    <message>
        <source>Rights…</source>
        <translation>Droits…</translation>
    </message>
    <message>
        <source>What begins and ends</source>
        <translation>Ce qui commence et prend fin</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nothing begins or ends in these three months.</source>
        <translation>Rien ne commence ni ne prend fin pendant ces trois mois.</translation>
    </message>
</context>
<context>
    <name>RightsDocumentsList</name>
    <message>
        <source>Attach</source>
        <translation>Joindre</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>{kind}…</source>
        <translation>{kind}…</translation>
    </message>
    <message>
        <source>Attach a document</source>
        <translation>Joindre un document</translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>Droits sur %Ln ressource</numerusform>
            <numerusform>Droits sur %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>A claim never widens what a file says: of both, the stricter holds.</source>
        <translation>Une déclaration n’élargit jamais ce qu’indique un fichier&#xa0;: des deux, le plus strict prévaut.</translation>
    </message>
    <message>
        <source>Save as Template…</source>
        <translation>Enregistrer comme modèle…</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Déclarer</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Fill the form with what a template says</source>
        <translation>Remplir le formulaire avec le contenu d’un modèle</translation>
    </message>
    <message>
        <source>What was claimed</source>
        <translation>Ce qui a été déclaré</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>These assets are not there any more.</source>
        <translation>Ces ressources n’existent plus.</translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>Historique (%Ln)</numerusform>
            <numerusform>Historique (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that you do not touch stay as they are in each.</source>
        <translation>Les champs que vous ne touchez pas restent tels quels pour chacune.</translation>
    </message>
    <message>
        <source>Rights in “{name}”</source>
        <translation>Droits sur «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>What holds now: {rights}</source>
        <translation>En vigueur actuellement&#xa0;: {rights}</translation>
    </message>
    <message>
        <source>Template…</source>
        <translation>Modèle…</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>Enregistrer comme modèle</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nom du modèle</translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message>
        <source>Calendar…</source>
        <translation>Calendrier…</translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>Les droits sur %Ln ressource prennent fin d’ici un jour&#xa0;: {names}</numerusform>
            <numerusform>Les droits sur %Ln ressources prennent fin d’ici un jour&#xa0;: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>Les droits sur %Ln ressource prennent fin dans les {days} jours&#xa0;: {names}</numerusform>
            <numerusform>Les droits sur %Ln ressources prennent fin dans les {days} jours&#xa0;: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>Les droits sur %Ln ressource ont pris fin&#xa0;: {names}</numerusform>
            <numerusform>Les droits sur %Ln ressources ont pris fin&#xa0;: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>Les droits sur %Ln ressource sont consignés.</numerusform>
            <numerusform>Les droits sur %Ln ressources sont consignés.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsForm</name>
    <message>
        <source>Territories</source>
        <translation>Territoires</translation>
    </message>
    <message>
        <source>Not in</source>
        <translation>Sauf dans</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canaux</translation>
    </message>
    <message>
        <source>Not for</source>
        <translation>Sauf pour</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>Valeurs différentes</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>Rien n’est exclu</translation>
    </message>
    <message>
        <source>For everything</source>
        <translation>Pour tout</translation>
    </message>
    <message>
        <source>A contract, an e-mail, a person</source>
        <translation>Un contrat, un e-mail, une personne</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Conditions d’utilisation</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Du</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>&amp;Jusqu’au</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>Fuseau &amp;horaire</translation>
    </message>
    <message>
        <source>Where and for what</source>
        <translation>Où et pour quoi</translation>
    </message>
    <message>
        <source>&amp;Territories</source>
        <translation>&amp;Territoires</translation>
    </message>
    <message>
        <source>&amp;Not in</source>
        <translation>&amp;Sauf dans</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Canaux</translation>
    </message>
    <message>
        <source>Not f&amp;or</source>
        <translation>Sauf &amp;pour</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>&amp;Licence</translation>
    </message>
    <message>
        <source>Usa&amp;ge terms</source>
        <translation>Conditions d’&amp;utilisation</translation>
    </message>
    <message>
        <source>Cre&amp;dit line</source>
        <translation>Créd&amp;it</translation>
    </message>
    <message>
        <source>Sou&amp;rce</source>
        <translation>Sou&amp;rce</translation>
    </message>
    <message>
        <source>Releases and documents</source>
        <translation>Autorisations et documents</translation>
    </message>
    <message>
        <source>&amp;Model release</source>
        <translation>Autorisation de &amp;modèle</translation>
    </message>
    <message>
        <source>&amp;Property release</source>
        <translation>Autorisation de pr&amp;opriété</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
</context>
<context>
    <name>RoleField</name>
    <message>
        <source>brand, legal; left empty: everybody</source>
        <translation>brand, legal&#xa0;; laissé vide&#xa0;: tout le monde</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>Réviseurs</translation>
    </message>
    <message>
        <source>Ask {role}</source>
        <translation>Demander à {role}</translation>
    </message>
</context>
<context>
    <name>RowTool</name>
    <message>
        <source>More about “{field}”</source>
        <translation>Plus sur «&#xa0;{field}&#xa0;»</translation>
    </message>
    <message>
        <source>{name} (Ctrl+.)</source>
        <translation>{name} (Ctrl+.)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Historique…</translation>
    </message>
    <message>
        <source>&amp;Copy the Value</source>
        <translation>&amp;Copier la valeur</translation>
    </message>
    <message>
        <source>&amp;Empty It</source>
        <translation>&amp;Vider</translation>
    </message>
    <message>
        <source>In Another &amp;Language</source>
        <translation>Dans une autre &amp;langue</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>&amp;Autre…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Its tag, such as sv or pt-BR:</source>
        <translation>Son code, par exemple sv ou pt-BR&#xa0;:</translation>
    </message>
</context>
<context>
    <name>RuleConditions</name>
    <message>
        <source>and</source>
        <translation>et</translation>
    </message>
    <message>
        <source>or</source>
        <translation>ou</translation>
    </message>
    <message>
        <source>is</source>
        <translation>est</translation>
    </message>
    <message>
        <source>has</source>
        <translation>contient</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>est rempli</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>est vide</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Plusieurs, séparées par des virgules</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>Reliées par</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>“And” joins more closely than “or”.</source>
        <translation>«&#xa0;Et&#xa0;» lie plus étroitement que «&#xa0;ou&#xa0;».</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>Ajouter une condition</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Retirer cette condition</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Seulement à ma demande</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Chaque jour</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Chaque semaine</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>Chaque mois</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Write it</source>
        <translation>É&amp;crire</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>&amp;Dans le dossier</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>It will always be about the same days, {first} – {last}.</source>
        <translation>Il portera toujours sur les mêmes jours, {first} – {last}.</translation>
    </message>
    <message>
        <source>It is written while Asset Bridge runs; what was missed, at the start.</source>
        <translation>Il est écrit pendant l’exécution d’Asset Bridge&#xa0;; ce qui a été manqué l’est au démarrage.</translation>
    </message>
    <message>
        <source>Write the report into</source>
        <translation>Écrire le rapport dans</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Bannière d’été 1200 × 630</translation>
    </message>
    <message>
        <source>web, social, mail…</source>
        <translation>web, réseaux sociaux, e-mail…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>Save as a rendition preset</source>
        <translation>Enregistrer comme préréglage de déclinaison</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>Enregistrer comme préréglage</translation>
    </message>
</context>
<context>
    <name>SavedSearchesButton</name>
    <message>
        <source>Saved</source>
        <translation>Enregistrées</translation>
    </message>
    <message>
        <source>Searches that have a name</source>
        <translation>Recherches nommées</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Recherches enregistrées</translation>
    </message>
    <message>
        <source>No search has a name yet</source>
        <translation>Aucune recherche n’a encore de nom</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>Enregistrer cette recherche…</translation>
    </message>
    <message>
        <source>Copy a link, good for a day</source>
        <translation>Copier un lien, valable un jour</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>Écrire dans un fichier…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Reprendre d’un fichier…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Enregistrer la recherche</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Un nom pour cette recherche&#xa0;; une recherche du même nom est remplacée.</translation>
    </message>
    <message>
        <source>Saved: {names}.</source>
        <translation>Enregistré&#xa0;: {names}.</translation>
    </message>
    <message>
        <source>Removed: {names}.</source>
        <translation>Retiré&#xa0;: {names}.</translation>
    </message>
    <message>
        <source>The link is in the clipboard. Whoever has it sees what is found, for a day.</source>
        <translation>Le lien est dans le presse-papiers. Quiconque le possède voit les résultats, pendant un jour.</translation>
    </message>
    <message>
        <source>Write searches</source>
        <translation>Écrire les recherches</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>Written: {names}.</source>
        <translation>Écrit&#xa0;: {names}.</translation>
    </message>
    <message>
        <source>Take searches</source>
        <translation>Reprendre des recherches</translation>
    </message>
    <message>
        <source>Taken from {names}.</source>
        <translation>Repris de {names}.</translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Préparation de la campagne d’exemple</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>Lecture de {name}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln fichier trouvé</numerusform>
            <numerusform>%Ln fichiers trouvés</numerusform>
        </translation>
    </message>
    <message>
        <source>{read} of {total}</source>
        <translation>{read} sur {total}</translation>
    </message>
    <message>
        <source>Stopped; what was read stays.</source>
        <translation>Arrêté&#x202f;; ce qui a été lu est conservé.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>%Ln fichier lu</numerusform>
            <numerusform>%Ln fichiers lus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>All days</source>
        <translation>Tous les jours</translation>
    </message>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>Dernier jour (%Ln)</numerusform>
            <numerusform>%Ln derniers jours</numerusform>
        </translation>
    </message>
    <message>
        <source>Within 30 days</source>
        <translation>Dans les 30 jours</translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>Sous %Ln jour</numerusform>
            <numerusform>Sous %Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>Lourd</translation>
    </message>
    <message>
        <source>{size} and more</source>
        <translation>{size} et plus</translation>
    </message>
    <message>
        <source>All libraries</source>
        <translation>Toutes les bibliothèques</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search names, titles, keywords, people …</source>
        <translation>Rechercher noms, titres, mots-clés, personnes…</translation>
    </message>
    <message>
        <source>Search in {place} …</source>
        <translation>Rechercher dans {place}…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Effacer la recherche</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Taille des vignettes</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Date de prise de vue</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Date de modification</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Croissant</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Décroissant</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>Trié par&#xa0;: {order}</translation>
    </message>
</context>
<context>
    <name>SearchTokens</name>
    <message>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide the secret</source>
        <translation>Masquer le secret</translation>
    </message>
    <message>
        <source>Show the secret</source>
        <translation>Afficher le secret</translation>
    </message>
</context>
<context>
    <name>SetForm</name>
    <message>
        <source>Summer campaign</source>
        <translation>Campagne d’été</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Change set</source>
        <translation>Modifier le jeu</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>Nouveau jeu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
</context>
<context>
    <name>SetsPage</name>
    <message>
        <source>Sets</source>
        <translation>Jeux</translation>
    </message>
    <message>
        <source>Presets of the set</source>
        <translation>Préréglages du jeu</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nouveau…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Renommer…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Dupliquer</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln préréglage</numerusform>
            <numerusform>%Ln préréglages</numerusform>
        </translation>
    </message>
    <message>
        <source>Presets of “{set}”: tick them, and drag them into their order</source>
        <translation>Préréglages de «&#xa0;{set}&#xa0;»&#xa0;: cochez-les et faites-les glisser dans l’ordre voulu</translation>
    </message>
    <message>
        <source>“{set}” was changed.</source>
        <translation>«&#xa0;{set}&#xa0;» a été modifié.</translation>
    </message>
    <message>
        <source>“{set}” was saved.</source>
        <translation>«&#xa0;{set}&#xa0;» a été enregistré.</translation>
    </message>
    <message>
        <source>{set} (copy)</source>
        <translation>{set} (copie)</translation>
    </message>
    <message>
        <source>“{set}” was duplicated.</source>
        <translation>«&#xa0;{set}&#xa0;» a été dupliqué.</translation>
    </message>
    <message>
        <source>“{set}” was deleted. Its presets stay.</source>
        <translation>«&#xa0;{set}&#xa0;» a été supprimé. Ses préréglages restent.</translation>
    </message>
    <message>
        <source>The sets are in another order.</source>
        <translation>L’ordre des jeux a changé.</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Not made: {reason}</source>
        <translation>Non créé&#xa0;: {reason}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Contact sheet</source>
        <translation>Planche contact</translation>
    </message>
</context>
<context>
    <name>ShelterActions</name>
    <message>
        <source>&amp;Search All of PhotoShelter…</source>
        <translation>&amp;Rechercher dans tout PhotoShelter…</translation>
    </message>
    <message>
        <source>Keep &amp;Offline…</source>
        <translation>Conserver h&amp;ors ligne…</translation>
    </message>
    <message>
        <source>Keep &amp;No Longer</source>
        <translation>&amp;Ne plus conserver</translation>
    </message>
    <message>
        <source>New Items Go to &amp;Review</source>
        <translation>Mettre les nouveautés en ré&amp;vision</translation>
    </message>
    <message>
        <source>&amp;Archive Campaign…</source>
        <translation>&amp;Archiver la campagne…</translation>
    </message>
    <message>
        <source>Archi&amp;ves…</source>
        <translation>Arc&amp;hives…</translation>
    </message>
    <message>
        <source>Field &amp;Mapping…</source>
        <translation>&amp;Correspondance des champs…</translation>
    </message>
    <message>
        <source>Re&amp;tractions…</source>
        <translation>Re&amp;traits…</translation>
    </message>
    <message>
        <source>Sign &amp;In Again…</source>
        <translation>Se reconn&amp;ecter…</translation>
    </message>
    <message>
        <source>Sign O&amp;ut…</source>
        <translation>Se &amp;déconnecter…</translation>
    </message>
    <message>
        <source>&amp;Record What Is Published</source>
        <translation>Consi&amp;gner ce qui est publié</translation>
    </message>
    <message>
        <source>&amp;Search All of {service}…</source>
        <translation>&amp;Rechercher dans tout {service}…</translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message>
        <source>At {service}</source>
        <translation>Chez {service}</translation>
    </message>
    <message>
        <source>Note: {what}.</source>
        <translation>Remarque&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>What was pushed of it is held back: nobody sees it any more.</source>
        <translation>Ce qui en a été envoyé est retenu&#xa0;: plus personne ne le voit.</translation>
    </message>
    <message>
        <source>It has a newer version than was pushed. Push it again to put it in the old one’s place.</source>
        <translation>Il existe une version plus récente que celle envoyée. Envoyez-la de nouveau pour remplacer l’ancienne.</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Visible</translation>
    </message>
    <message>
        <source>Its approval there</source>
        <translation>Son approbation là-bas</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Autorisations</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Publié</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>Modifié là-bas</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>Galeries</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Aller à {place}</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>et %Ln autre</numerusform>
            <numerusform>et %Ln autres</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>version {number}</translation>
    </message>
</context>
<context>
    <name>ShelterErrands</name>
    <message>
        <source>Choose the library of a service at the left first.</source>
        <translation>Choisissez d’abord la bibliothèque d’un service à gauche.</translation>
    </message>
    <message>
        <source>{name} is connected. Its collections appear as they are read.</source>
        <translation>{name} est connectée. Ses collections apparaissent à mesure de leur lecture.</translation>
    </message>
    <message>
        <source>Sign out of {name}?</source>
        <translation>Se déconnecter de {name}&#xa0;?</translation>
    </message>
    <message>
        <source>Its key and password are deleted here. The library stays as it was last seen, with all decisions, and what is queued for it waits until you sign in again.</source>
        <translation>Sa clé et son mot de passe sont supprimés ici. La bibliothèque reste telle qu’elle a été vue en dernier, avec toutes les décisions, et ce qui est en file pour elle attend que vous vous reconnectiez.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester connecté</translation>
    </message>
    <message>
        <source>You are signed out of {name}.</source>
        <translation>Vous êtes déconnecté de {name}.</translation>
    </message>
    <message>
        <source>{name} is kept offline. Its pictures are fetched in the background.</source>
        <translation>{name} est conservé hors ligne. Ses images sont récupérées en arrière-plan.</translation>
    </message>
    <message>
        <source>Keep “{name}” offline no longer?</source>
        <translation>Ne plus conserver «&#xa0;{name}&#xa0;» hors ligne&#xa0;?</translation>
    </message>
    <message>
        <source>Its originals here are deleted, its pictures when room is needed. Everything stays at {service}.</source>
        <translation>Ses originaux présents ici sont supprimés, ses images lorsque la place manque. Tout reste chez {service}.</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Ne plus conserver</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>{name} is not kept offline any more.</source>
        <translation>{name} n’est plus conservé hors ligne.</translation>
    </message>
    <message>
        <source>New items in {name} go to the review queue from now on.</source>
        <translation>Les nouveautés de {name} vont désormais dans la file de révision.</translation>
    </message>
    <message>
        <source>New items in {name} do not go to the review queue any more.</source>
        <translation>Les nouveautés de {name} ne vont plus dans la file de révision.</translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message>
        <source>Search all of {service}</source>
        <translation>Rechercher dans tout {service}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Afficher dans la fenêtre</translation>
    </message>
    <message>
        <source>{service} looks through {library}, synced here or not.</source>
        <translation>{service} parcourt {library}, que ce soit synchronisé ici ou non.</translation>
    </message>
    <message>
        <source>Words in names, captions and keywords</source>
        <translation>Mots des noms, légendes et mots-clés</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>Mots recherchés</translation>
    </message>
    <message>
        <source>Found at {service}</source>
        <translation>Trouvé chez {service}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln ressource trouvée.</numerusform>
            <numerusform>%Ln ressources trouvées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Pas encore synchronisé</translation>
    </message>
</context>
<context>
    <name>ShelterSignInDialog</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Connecter PhotoShelter</translation>
    </message>
</context>
<context>
    <name>ShelterSignInForm</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Connecter PhotoShelter</translation>
    </message>
    <message>
        <source>Its collections appear at the left, and originals stay there until you want one. Key and password are kept in this computer’s keyring, never in plain text.</source>
        <translation>Ses collections apparaissent à gauche, et les originaux restent là-bas jusqu’à ce que vous en vouliez un. La clé et le mot de passe sont conservés dans le trousseau de cet ordinateur, jamais en clair.</translation>
    </message>
    <message>
        <source>&amp;Stay signed in</source>
        <translation>&amp;Rester connecté</translation>
    </message>
    <message>
        <source>Sign in with the browser…</source>
        <translation>Se connecter avec le navigateur…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Se reconnecter à {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>The organisation’s name</source>
        <translation>Le nom de l’organisation</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>&amp;Clé d’API</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>&amp;E-mail</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Mot de passe</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Nom dans Asset Bridge</translation>
    </message>
    <message>
        <source>The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the password is not kept, and you are asked for it when the session ends.</source>
        <translation>La clé d’API vaut pour la version 4 de l’API de PhotoShelter. Sans «&#xa0;Rester connecté&#xa0;», le mot de passe n’est pas conservé et vous est demandé à la fin de la session.</translation>
    </message>
</context>
<context>
    <name>ShortcutRows</name>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>usually {keys}</source>
        <translation>d’ordinaire {keys}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Single letters act while the assets have the keyboard, everything else in the whole window.</source>
        <translation>Les lettres seules agissent quand le clavier est dans les ressources, tout le reste dans toute la fenêtre.</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>Utiliser à la place</translation>
    </message>
    <message>
        <source>Use as well</source>
        <translation>Utiliser aussi</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Réinitialiser</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Tout réinitialiser</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Trouver une action</translation>
    </message>
    <message>
        <source>Find by pressing keys</source>
        <translation>Trouver en appuyant sur des touches</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Actions et leurs touches</translation>
    </message>
    <message>
        <source>New keys: press them</source>
        <translation>Nouvelles touches&#x202f;: appuyez dessus</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>Appuyez sur les nouvelles touches</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>Appuyez sur des touches pour voir ce qu’elles font</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>Trouver une action…</translation>
    </message>
    <message>
        <source>Choose an action</source>
        <translation>Choisir une action</translation>
    </message>
    <message>
        <source>Move them here</source>
        <translation>Les déplacer ici</translation>
    </message>
    <message>
        <source>{keys} has a meaning that stays: in lists and fields, or to the system.</source>
        <translation>{keys} a une signification fixe&#x202f;: dans les listes et les champs, ou pour le système.</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}”, which would have it no longer.</source>
        <translation>{keys} appartient à «&#xa0;{action}&#xa0;», qui ne l’aurait plus.</translation>
    </message>
    <message>
        <source>{keys} will act while the assets have the keyboard.</source>
        <translation>{keys} agira quand le clavier est dans les ressources.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Asset Bridge</source>
        <translation>Asset Bridge</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>Créer «&#xa0;{preset}&#xa0;» à partir de %Ln ressource</numerusform>
            <numerusform>Créer «&#xa0;{preset}&#xa0;» à partir de %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>Ajouter le mot-clé {keyword} à %Ln ressource</numerusform>
            <numerusform>Ajouter le mot-clé {keyword} à %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Approuver %Ln ressource</numerusform>
            <numerusform>Approuver %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>Mettre %Ln ressource en révision</numerusform>
            <numerusform>Mettre %Ln ressources en révision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>Envoyer %Ln ressource…</numerusform>
            <numerusform>Envoyer %Ln ressources…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>Copier %Ln fichier ici…</numerusform>
            <numerusform>Copier %Ln fichiers ici…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>Déplacer %Ln ressource vers ce dossier…</numerusform>
            <numerusform>Déplacer %Ln ressources vers ce dossier…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizePage</name>
    <message>
        <source>Size and fit</source>
        <translation>Taille et ajustement</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>automatique</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajustement</translation>
    </message>
    <message>
        <source>Keep in sight</source>
        <translation>Garder visible</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Arrière-plan</translation>
    </message>
    <message>
        <source>Pixel density</source>
        <translation>Densité de pixels</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>Souvent utilisé</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>Taille en pixels</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Stretch to the size</source>
        <translation>Étirer à la taille</translation>
    </message>
    <message>
        <source>At most, never enlarged</source>
        <translation>Au plus, jamais agrandi</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>Ajuster à l’intérieur</translation>
    </message>
    <message>
        <source>Fill, cut the rest off</source>
        <translation>Remplir, couper le reste</translation>
    </message>
    <message>
        <source>Fill, never enlarged</source>
        <translation>Remplir, jamais agrandi</translation>
    </message>
    <message>
        <source>Fit inside, pad the rest</source>
        <translation>Ajuster à l’intérieur, compléter le reste</translation>
    </message>
    <message>
        <source>Pad, never enlarged</source>
        <translation>Compléter, jamais agrandi</translation>
    </message>
    <message>
        <source>Close to what is kept in sight</source>
        <translation>Près de ce qui reste visible</translation>
    </message>
    <message>
        <source>Chosen by the content</source>
        <translation>Choisi selon le contenu</translation>
    </message>
    <message>
        <source>Stretch (written out)</source>
        <translation>Étirer (écrit en toutes lettres)</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>Le centre</translation>
    </message>
    <message>
        <source>What matters (auto)</source>
        <translation>L’essentiel (auto)</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>Le plus grand visage</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Tous les visages</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>En haut à droite</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Droite</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>En bas à droite</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Bas</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>En bas à gauche</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gauche</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>En haut à gauche</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Comme d’habitude</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Blanc</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Noir</translation>
    </message>
    <message>
        <source>Colour of the edge</source>
        <translation>Couleur du bord</translation>
    </message>
    <message>
        <source>Predominant colour</source>
        <translation>Couleur prédominante</translation>
    </message>
    <message>
        <source>Blurred (video)</source>
        <translation>Flou (vidéo)</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>Transparent</translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message>
        <source>Skipped files</source>
        <translation>Fichiers ignorés</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>Filtrer par nom ou raison</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Vérifier de nouveau</translation>
    </message>
    <message>
        <source>Scan the library again, for instance after mending permissions</source>
        <translation>Analyser de nouveau la bibliothèque, par exemple après avoir corrigé les autorisations</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Copier la liste</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>%Ln fichier de {library} laissé de côté, sans y toucher.</numerusform>
            <numerusform>%Ln fichiers de {library} laissés de côté, sans y toucher.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file of {library} could be taken in.</source>
        <translation>Tous les fichiers de {library} ont pu être pris en compte.</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Recherche de suggestions…</translation>
    </message>
    <message>
        <source>&amp;Add to the Dictionary</source>
        <translation>&amp;Ajouter au dictionnaire</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Aucune suggestion</translation>
    </message>
</context>
<context>
    <name>StackConflictDialog</name>
    <message>
        <source>Two pictures for “{field}”</source>
        <translation>Deux images pour «&#xa0;{field}&#xa0;»</translation>
    </message>
    <message>
        <source>Somebody changed {entry} ({locale}) at Contentstack since it was published. Nothing was overwritten: choose which picture stays.</source>
        <translation>Quelqu’un a modifié {entry} ({locale}) chez Contentstack depuis la publication. Rien n’a été écrasé&#xa0;: choisissez l’image à garder.</translation>
    </message>
    <message>
        <source>&amp;Ours, the approved rendition</source>
        <translation>La &amp;nôtre, la déclinaison approuvée</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>L’&amp;autre, qui s’y trouve actuellement</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>Garder celle-ci</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>Décider plus tard</translation>
    </message>
    <message>
        <source>(no picture)</source>
        <translation>(aucune image)</translation>
    </message>
</context>
<context>
    <name>StackForm</name>
    <message>
        <source>Test and Save</source>
        <translation>Tester et enregistrer</translation>
    </message>
    <message>
        <source>Change a stack</source>
        <translation>Modifier un stack</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>Nouveau stack</translation>
    </message>
    <message>
        <source>Leave empty to keep the one in the keyring</source>
        <translation>Laisser vide pour garder celui du trousseau</translation>
    </message>
    <message>
        <source>Of the stack&apos;s settings; it goes to the keyring</source>
        <translation>Des paramètres du stack&#xa0;; il va dans le trousseau</translation>
    </message>
    <message>
        <source>it has to look like de=de-de</source>
        <translation>doit ressembler à fr=fr-fr</translation>
    </message>
    <message>
        <source>Site, shop, app, …</source>
        <translation>Site, boutique, application…</translation>
    </message>
    <message>
        <source>blt…, as the stack&apos;s settings show it</source>
        <translation>blt…, tel qu’affiché dans les paramètres du stack</translation>
    </message>
    <message>
        <source>&amp;Service or region</source>
        <translation>&amp;Service ou région</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Jeton</translation>
    </message>
    <message>
        <source>production</source>
        <translation>production</translation>
    </message>
    <message>
        <source>de=de-de, AT=de-at</source>
        <translation>fr=fr-fr, CH=fr-ch</translation>
    </message>
    <message>
        <source>None: beside the other assets</source>
        <translation>Aucun&#xa0;: à côté des autres fichiers</translation>
    </message>
    <message>
        <source>Where renditions are kept that were copied for fields that hold files.</source>
        <translation>Où sont conservées les déclinaisons copiées pour les champs de type fichier.</translation>
    </message>
    <message>
        <source>Which locale of the stack is meant by a language, a market, or both. Where nothing is said, a locale of that name is taken, and else the master&apos;s.</source>
        <translation>La langue du stack correspondant à une langue, à un marché ou aux deux. Sans indication, la langue du stack portant ce nom est utilisée, sinon celle du master.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Région</translation>
    </message>
    <message>
        <source>{name} is asked whether it answers to this…</source>
        <translation>{name} est interrogé pour savoir si cela est valable…</translation>
    </message>
    <message>
        <source>&amp;API key</source>
        <translation>&amp;Clé d’API</translation>
    </message>
    <message>
        <source>&amp;Management token</source>
        <translation>&amp;Jeton de gestion</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>&amp;Branche</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>&amp;Environnement</translation>
    </message>
    <message>
        <source>&amp;Locales</source>
        <translation>&amp;Langues</translation>
    </message>
    <message>
        <source>&amp;Folder of copies</source>
        <translation>&amp;Dossier des copies</translation>
    </message>
    <message>
        <source>When rights en&amp;d</source>
        <translation>À la &amp;fin des droits</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>The shapes differ</source>
        <translation>Les formats diffèrent</translation>
    </message>
</context>
<context>
    <name>StandardFacts</name>
    <message>
        <source>Several values</source>
        <translation>Plusieurs valeurs</translation>
    </message>
</context>
<context>
    <name>StandardForm</name>
    <message>
        <source>Custom fields</source>
        <translation>Champs personnalisés</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more group(s)</source>
        <translation>
            <numerusform>%Ln autre groupe</numerusform>
            <numerusform>%Ln autres groupes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>%Ln autre champ</numerusform>
            <numerusform>%Ln autres champs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>%Ln requis</numerusform>
            <numerusform>%Ln requis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>%Ln rempli</numerusform>
            <numerusform>%Ln remplis</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardPage</name>
    <message>
        <source>Written into the file</source>
        <translation>Écrit dans le fichier</translation>
    </message>
    <message>
        <source>Written into the files</source>
        <translation>Écrit dans les fichiers</translation>
    </message>
    <message>
        <source>Written into an XMP file beside it</source>
        <translation>Écrit dans un fichier XMP à côté</translation>
    </message>
    <message>
        <source>Written into XMP files beside them</source>
        <translation>Écrit dans des fichiers XMP à côté</translation>
    </message>
    <message>
        <source>Kept at {service}</source>
        <translation>Conservé chez {service}</translation>
    </message>
    <message>
        <source>Cannot be written where it lies</source>
        <translation>Ne peut pas être écrit à cet emplacement</translation>
    </message>
</context>
<context>
    <name>StandardRow</name>
    <message>
        <source>There is no place for it at {service}.</source>
        <translation>{service} n’a pas de place pour cela.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: {why}</source>
        <translation>«&#xa0;{text}&#xa0;» n’a pas été conservé&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Requis avant tout envoi.</translation>
    </message>
    <message>
        <source>The parts of the file disagree about it; this is what most programs show.</source>
        <translation>Les parties du fichier divergent à ce sujet&#xa0;; voici ce qu’affichent la plupart des programmes.</translation>
    </message>
</context>
<context>
    <name>StarsEditor</name>
    <message>
        <source>Several values</source>
        <translation>Plusieurs valeurs</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeté</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>Aucune note</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>There is a verified backup of {day}. It can take the ledger&apos;s place; the damaged file is kept aside.</source>
        <translation>Il existe une sauvegarde vérifiée du {day}. Elle peut remplacer le registre&#xa0;; le fichier endommagé est mis de côté.</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>Restaurer la sauvegarde</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Duplicate a step</source>
        <translation>Dupliquer une étape</translation>
    </message>
    <message>
        <source>Remove a step</source>
        <translation>Retirer une étape</translation>
    </message>
    <message>
        <source>Move a step</source>
        <translation>Déplacer une étape</translation>
    </message>
    <message>
        <source>Switch a step</source>
        <translation>Activer ou désactiver une étape</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Étapes</translation>
    </message>
    <message>
        <source>No steps yet: the rendition is the master as it is.</source>
        <translation>Aucune étape&#xa0;: la déclinaison est le master tel quel.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>StudioWindow</name>
    <message>
        <source>The master is being read…</source>
        <translation>Lecture du master…</translation>
    </message>
    <message>
        <source>rendition</source>
        <translation>déclinaison</translation>
    </message>
    <message>
        <source>{name}: studio</source>
        <translation>{name}&#xa0;: studio</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Recadrage</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>Ajuster</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Superposition</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Montage</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Enregistré sous «&#xa0;{name}&#xa0;».</translation>
    </message>
    <message>
        <source>Begun with “{name}”.</source>
        <translation>Commencé avec «&#xa0;{name}&#xa0;».</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Aucun aperçu</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>%Ln ressource sélectionnée</numerusform>
            <numerusform>%Ln ressources sélectionnées</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} together</source>
        <translation>{size} au total</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Envoyé</translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Afficher %Ln de plus</numerusform>
            <numerusform>Afficher %Ln de plus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>Copier %Ln élément déposé dans une bibliothèque</numerusform>
            <numerusform>Copier %Ln éléments déposés dans une bibliothèque</numerusform>
        </translation>
    </message>
    <message>
        <source>The originals stay where they are. What the library already holds is not copied twice, and nothing in it is overwritten.</source>
        <translation>Les originaux restent où ils sont. Ce que la bibliothèque contient déjà n’est pas copié deux fois, et rien n’y est écrasé.</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>Copier %Ln élément</numerusform>
            <numerusform>Copier %Ln éléments</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped items</source>
        <translation>Éléments déposés</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>Le niveau supérieur de la bibliothèque</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothèque</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Dossier</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>A folder needs a name at each level, and no “..”.</source>
        <translation>Un dossier a besoin d’un nom à chaque niveau, sans «&#xa0;..&#xa0;».</translation>
    </message>
</context>
<context>
    <name>TemplateRowForm</name>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>What becomes of what is there</source>
        <translation>Ce qu’il advient de l’existant</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>If empty</source>
        <translation>Si vide</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>Insérer une variable</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>Retirer cette ligne</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Par défaut</translation>
    </message>
</context>
<context>
    <name>TemplateRows</name>
    <message>
        <source>Add Field</source>
        <translation>Ajouter un champ</translation>
    </message>
    <message>
        <source>Fields of the template</source>
        <translation>Champs du modèle</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Plusieurs valeurs</translation>
    </message>
</context>
<context>
    <name>ThreadCard</name>
    <message>
        <source>Resolved by {who}, {when}</source>
        <translation>Résolu par {who}, {when}</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Rouvrir</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Résoudre</translation>
    </message>
    <message>
        <source>Open this thread again</source>
        <translation>Rouvrir ce fil</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>C’est réglé</translation>
    </message>
    <message>
        <source>The moment that it is about</source>
        <translation>L’instant concerné</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Answer in this thread</source>
        <translation>Répondre dans ce fil</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>Sur un point</translation>
    </message>
    <message>
        <source>In a region</source>
        <translation>Dans une zone</translation>
    </message>
    <message>
        <source>At a moment</source>
        <translation>À un instant</translation>
    </message>
    <message>
        <source>About all of it</source>
        <translation>Sur l’ensemble</translation>
    </message>
    <message>
        <source>{place}, with a drawing</source>
        <translation>{place}, avec un dessin</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>résolu</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>Comment {number}, {state}, {who}: {text}</source>
        <translation>Commentaire {number}, {state}, {who}&#xa0;: {text}</translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message>
        <source>Earlier versions</source>
        <translation>Versions antérieures</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Résolus</translation>
    </message>
    <message>
        <source>Show resolved threads, too</source>
        <translation>Afficher aussi les fils résolus</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Compare with earlier versions</source>
        <translation>Comparer avec les versions antérieures</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Afficher %Ln de plus</numerusform>
            <numerusform>Afficher %Ln de plus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln ouvert</numerusform>
            <numerusform>%Ln ouverts</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was said is settled.</source>
        <translation>Tout ce qui a été dit est réglé.</translation>
    </message>
    <message>
        <source>Nobody has said anything about this picture yet.</source>
        <translation>Personne n’a encore rien dit sur cette image.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Précédent</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>P&amp;lus tard</translation>
    </message>
    <message>
        <source>&amp;Do not show again</source>
        <translation>&amp;Ne plus afficher</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} sur {total}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Terminé</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Suivant</translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message>
        <source>All pushes together</source>
        <translation>Tous les envois ensemble</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>Compte…</translation>
    </message>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>En pause – %Ln chargement attend votre reprise</numerusform>
            <numerusform>En pause – %Ln chargements attendent votre reprise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>%Ln ressource n’a pas pu être envoyée</numerusform>
            <numerusform>%Ln ressources n’ont pas pu être envoyées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>%Ln diffusée</numerusform>
            <numerusform>%Ln diffusées</numerusform>
        </translation>
    </message>
    <message>
        <source>{delivered}, {failed}</source>
        <translation>{delivered}, {failed}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>%Ln chargement annulé</numerusform>
            <numerusform>%Ln chargements annulés</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push</source>
        <translation>Rien à envoyer</translation>
    </message>
    <message>
        <source>Uploading {number} of {total} – {name}</source>
        <translation>Chargement {number} sur {total} – {name}</translation>
    </message>
    <message>
        <source>Uploading {number} of {total}</source>
        <translation>Chargement {number} sur {total}</translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>Hors ligne – %Ln chargement en attente jusqu’au retour en ligne</numerusform>
            <numerusform>Hors ligne – %Ln chargements en attente jusqu’au retour en ligne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln chargement en attente de connexion, envoyé automatiquement à son retour</numerusform>
            <numerusform>%Ln chargements en attente de connexion, envoyés automatiquement à son retour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln chargement en attente du compte</numerusform>
            <numerusform>%Ln chargements en attente du compte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln chargement en attente de la lecture des fichiers</numerusform>
            <numerusform>%Ln chargements en attente de la lecture des fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln chargement sur le point de commencer</numerusform>
            <numerusform>%Ln chargements sur le point de commencer</numerusform>
        </translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on in {time}</source>
        <translation>Cloudinary demande de ralentir – reprise dans {time}</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on by itself</source>
        <translation>Cloudinary demande de ralentir – reprise automatique</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on in {time}</source>
        <translation>Appels d’API de cette heure épuisés – reprise dans {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on by itself</source>
        <translation>Appels d’API de cette heure épuisés – reprise automatique</translation>
    </message>
    <message>
        <source>Did not get through – next try in {time}</source>
        <translation>Échec de transmission – prochain essai dans {time}</translation>
    </message>
    <message>
        <source>Did not get through – tries again by itself</source>
        <translation>Échec de transmission – nouvel essai automatique</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>Afficher %Ln échec</numerusform>
            <numerusform>Afficher %Ln échecs</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with the pushes</source>
        <translation>Reprendre les envois</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Suspendre</translation>
    </message>
    <message>
        <source>Cancel all pushes</source>
        <translation>Annuler tous les envois</translation>
    </message>
    <message>
        <source>Hide transfers</source>
        <translation>Masquer les transferts</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>Afficher les transferts</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Retry failed</source>
        <translation>Réessayer les échecs</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Tout annuler</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Effacer les terminés</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Tous {count}</translation>
    </message>
    <message>
        <source>Failed {count}</source>
        <translation>Échecs {count}</translation>
    </message>
    <message>
        <source>The first {listed} of {total} are listed</source>
        <translation>Les {listed} premiers sur {total} sont listés</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Transfers</source>
        <translation>Transferts</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>Envois</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>Copier l’URL</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Copier le message</translation>
    </message>
    <message>
        <source>Show asset</source>
        <translation>Afficher la ressource</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>Annuler %Ln chargement&#xa0;?</numerusform>
            <numerusform>Annuler %Ln chargements&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>What has been delivered stays delivered, and your files stay where they are. You can push the rest again at any time.</source>
        <translation>Ce qui a été diffusé le reste, et vos fichiers restent où ils sont. Vous pouvez envoyer le reste à tout moment.</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>Annuler les chargements</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>Poursuivre</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Pause Transfers</source>
        <translation>&amp;Suspendre les transferts</translation>
    </message>
    <message>
        <source>&amp;Open Asset Bridge</source>
        <translation>&amp;Ouvrir Asset Bridge</translation>
    </message>
    <message>
        <source>Transfers are paused</source>
        <translation>Transferts suspendus</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>%Ln transfert restant</numerusform>
            <numerusform>%Ln transferts restants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>Échec de %Ln transfert</numerusform>
            <numerusform>Échec de %Ln transferts</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being transferred</source>
        <translation>Aucun transfert en cours</translation>
    </message>
</context>
<context>
    <name>TriggersDialog</name>
    <message>
        <source>Notifications</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>Who Cloudinary tells of changes in {environment}.</source>
        <translation>Qui Cloudinary informe des changements dans {environment}.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Retirer «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Nothing is told there any more.</source>
        <translation>Plus rien n’y est signalé.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>Qui est informé</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>https://… or poll://channel</source>
        <translation>https://… ou poll://canal</translation>
    </message>
    <message>
        <source>Address to tell</source>
        <translation>Adresse à informer</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>Type de changement</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>Personne n’est encore informé.</translation>
    </message>
    <message>
        <source>Every change</source>
        <translation>Tout changement</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Cette fenêtre</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>TrimPage</name>
    <message>
        <source>Cut of the video</source>
        <translation>Découpe de la vidéo</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Drag the handles, or use the arrow keys: they move the start, with Alt the end, with Shift by a second. The cut is made at delivery.</source>
        <translation>Faites glisser les poignées, ou utilisez les flèches : elles déplacent le début, avec Alt la fin, avec Maj d’une seconde. La coupe est faite à la diffusion.</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>De et à</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Montage</translation>
    </message>
</context>
<context>
    <name>TypedChips</name>
    <message>
        <source>Take this filter away</source>
        <translation>Retirer ce filtre</translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message>
        <source>Undo</source>
        <translation>Annuler l’action</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}&#x202f;: %Ln ressource.</numerusform>
            <numerusform>{state}&#x202f;: %Ln ressources.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdatesDialog</name>
    <message>
        <source>Updates</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>&amp;Look once a day, while the window is open</source>
        <translation>&amp;Vérifier une fois par jour, tant que la fenêtre est ouverte</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>Vérifier &amp;maintenant</translation>
    </message>
    <message>
        <source>&amp;Open the download page</source>
        <translation>&amp;Ouvrir la page de téléchargement</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Vérification…</translation>
    </message>
    <message>
        <source>This version does not know where news of releases come from: there is no public place yet. Nothing is asked.</source>
        <translation>Cette version ne sait pas d’où viennent les annonces de nouvelles versions&#x202f;: il n’existe pas encore de lieu public. Aucune demande n’est envoyée.</translation>
    </message>
    <message>
        <source>You have version {version}. One file is read from {place}; nothing about you or your work is sent, and nothing is installed.</source>
        <translation>Vous utilisez la version {version}. Un fichier est lu depuis {place}&#x202f;; rien sur vous ou votre travail n’est envoyé, et rien n’est installé.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Nouveautés</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>Vous utilisez la version la plus récente.</translation>
    </message>
    <message>
        <source>Version {version} of {day} is there, signed by a key that is known here.</source>
        <translation>La version {version} du {day} est disponible, signée par une clé connue ici.</translation>
    </message>
</context>
<context>
    <name>UploadAddressDialog</name>
    <message>
        <source>Upload from an address</source>
        <translation>Téléverser depuis une adresse</translation>
    </message>
    <message>
        <source>Cloudinary fetches the file by itself. Nobody has approved it, so it arrives unpublished.</source>
        <translation>Cloudinary récupère le fichier lui-même. Personne ne l’a approuvé ; il arrive donc non publié.</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Charger</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>Original privé</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Authentifié</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>&amp;ID public</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>Dossier ci&amp;ble</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>É&amp;tiquettes</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>T&amp;ype de diffusion</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>There is something at {public_id} already; nothing was changed.</source>
        <translation>Il y a déjà quelque chose sous {public_id} ; rien n’a été modifié.</translation>
    </message>
</context>
<context>
    <name>UploadPresetForm</name>
    <message>
        <source>Uploads need no signature</source>
        <translation>Chargements sans signature</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Formats allowed</source>
        <translation>Formats autorisés</translation>
    </message>
    <message>
        <source>Incoming transformation</source>
        <translation>Transformation à l’entrée</translation>
    </message>
    <message>
        <source>Renditions made at once</source>
        <translation>Déclinaisons créées aussitôt</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>Modération</translation>
    </message>
    <message>
        <source>The file&apos;s name is the public ID</source>
        <translation>Le nom du fichier est l’ID public</translation>
    </message>
    <message>
        <source>Random letters make names unique</source>
        <translation>Des lettres aléatoires rendent les noms uniques</translation>
    </message>
    <message>
        <source>A file of the same public ID is replaced</source>
        <translation>Un fichier du même ID public est remplacé</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>Upload preset</source>
        <translation>Préréglage de chargement</translation>
    </message>
    <message>
        <source>New upload preset</source>
        <translation>Nouveau préréglage de chargement</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
</context>
<context>
    <name>UploadPresetsDialog</name>
    <message>
        <source>Upload presets</source>
        <translation>Préréglages de chargement</translation>
    </message>
    <message>
        <source>What uploads to {environment} can be told to have.</source>
        <translation>Ce qui peut être attribué aux chargements vers {environment}.</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Nouveau…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Retirer «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>Uploads that name it are refused then, those of other programs too.</source>
        <translation>Les chargements qui le mentionnent seront alors refusés, ceux d’autres programmes aussi.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>There is no preset yet. New… makes one.</source>
        <translation>Il n’y a pas encore de préréglage. «&#xa0;Nouveau…&#xa0;» en crée un.</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>Aucun réglage</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>Non signé</translation>
    </message>
</context>
<context>
    <name>UsageDialog</name>
    <message>
        <source>Usage and limits</source>
        <translation>Utilisation et limites</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>UsagePanel</name>
    <message>
        <source>Refresh</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>Réessayer ceux-ci</translation>
    </message>
    <message>
        <source>Forgets what was refused, and asks Cloudinary anew. It changes nothing there.</source>
        <translation>Oublie ce qui a été refusé et interroge Cloudinary à nouveau. Cela n’y change rien.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Interrogation…</translation>
    </message>
    <message>
        <source>Usage and limits</source>
        <translation>Utilisation et limites</translation>
    </message>
    <message>
        <source>This key may not see the usage of the environment.</source>
        <translation>Cette clé ne peut pas voir l’utilisation de l’environnement.</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilisé</translation>
    </message>
    <message>
        <source>This hour</source>
        <translation>Cette heure</translation>
    </message>
    <message>
        <source>Limits of the plan</source>
        <translation>Limites de l’offre</translation>
    </message>
    <message>
        <source>What this key may do</source>
        <translation>Ce que cette clé permet</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Against the approved one: {pixels} of the pixels, {seen} as it looks</source>
        <translation>Par rapport à la version approuvée&#xa0;: {pixels} des pixels, {seen} à l’œil</translation>
    </message>
    <message>
        <source>May leave: somebody lets it pass, although {reasons}.</source>
        <translation>Peut partir&#xa0;: quelqu’un la laisse passer, bien que&#xa0;: {reasons}.</translation>
    </message>
    <message>
        <source>May be delivered now.</source>
        <translation>Peut être diffusé maintenant.</translation>
    </message>
    <message>
        <source>Held back: {reasons}.</source>
        <translation>Retenu&#xa0;: {reasons}.</translation>
    </message>
    <message>
        <source>Waits for {roles}</source>
        <translation>En attente de {roles}</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}, {when}</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>Enregistrer dans un fichier…</translation>
    </message>
    <message>
        <source>The version is being fetched…</source>
        <translation>Récupération de la version…</translation>
    </message>
    <message>
        <source>{name} was saved: {size}.</source>
        <translation>{name} a été enregistré&#xa0;: {size}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Cloudinary is asked for the versions…</source>
        <translation>Cloudinary est interrogé sur les versions…</translation>
    </message>
    <message>
        <source>Cloudinary keeps no earlier versions of this. Backups are switched on in the settings of the environment.</source>
        <translation>Cloudinary n’en conserve aucune version antérieure. Les sauvegardes s’activent dans les paramètres de l’environnement.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Save the version</source>
        <translation>Enregistrer la version</translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message>
        <source>&amp;Refuse other words</source>
        <translation>&amp;Refuser les autres mots</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Written into {name}.</source>
        <translation>Écrit dans {name}.</translation>
    </message>
    <message>
        <source>Vocabularies</source>
        <translation>Vocabulaires</translation>
    </message>
    <message>
        <source>Each line is a word, below the one it belongs to and one tab further in; {synonym} stands below its word, [group] is never written into files.</source>
        <translation>Chaque ligne est un mot, placé sous celui dont il dépend avec une tabulation de plus&#xa0;; {synonym} se place sous son mot, [group] n’est jamais écrit dans les fichiers.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Mots</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Champ</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermé</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>%Ln mot enregistré.</numerusform>
            <numerusform>%Ln mots enregistrés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a vocabulary</source>
        <translation>Importer un vocabulaire</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>Textes (*.txt)</translation>
    </message>
    <message>
        <source>Export the vocabulary</source>
        <translation>Exporter le vocabulaire</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>A approves what is chosen, C asks for changes, X rejects. Space shows it large.</source>
        <translation>A approuve la sélection, C demande des modifications, X rejette. Espace l’affiche en grand.</translation>
    </message>
    <message>
        <source>Ctrl or Shift with a click chooses several; then one letter decides on all of them.</source>
        <translation>Ctrl+clic ou Maj+clic en sélectionne plusieurs&#x202f;; une seule lettre décide alors pour toutes.</translation>
    </message>
    <message>
        <source>It is delivered. Under Renditions are its sizes: copy an address, or drag a picture into another program.</source>
        <translation>C’est diffusé. Ses tailles figurent sous Déclinaisons&#x202f;: copiez une adresse, ou faites glisser une image dans un autre programme.</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by its name.</source>
        <translation>Ctrl+K trouve chaque commande par son nom.</translation>
    </message>
    <message>
        <source>Where masters live</source>
        <translation>Où se trouvent les masters</translation>
    </message>
    <message>
        <source>Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where they are; a click shows what is there.</source>
        <translation>Dossiers, PhotoShelter et Cloudinary côte à côte. Les masters restent où ils sont&#x202f;; un clic en montre le contenu.</translation>
    </message>
    <message>
        <source>Find them</source>
        <translation>Les trouver</translation>
    </message>
    <message>
        <source>Type names, titles, keywords or people. The filters below narrow it down, and what you find can be kept.</source>
        <translation>Saisissez des noms, titres, mots-clés ou personnes. Les filtres en dessous affinent la recherche, et ce que vous trouvez peut être conservé.</translation>
    </message>
    <message>
        <source>Choose and decide</source>
        <translation>Sélectionner et décider</translation>
    </message>
    <message>
        <source>Choose a picture and press {approve} to approve it, {change} to ask for changes, {reject} to reject. Space shows it large. {undo} takes it back.</source>
        <translation>Sélectionnez une image et appuyez sur {approve} pour l’approuver, {change} pour demander des modifications, {reject} pour la rejeter. Espace l’affiche en grand. {undo} annule.</translation>
    </message>
    <message>
        <source>{push} shows the plan first. What is not approved, or whose rights have ended, stays here, with the reason.</source>
        <translation>{push} montre d’abord le plan. Ce qui n’est pas approuvé, ou dont les droits ont expiré, reste ici, avec la raison.</translation>
    </message>
    <message>
        <source>The account and the connection, and all that takes longer ({activity}). Help brings this tour back, and {help} explains what you are at.</source>
        <translation>Le compte et la connexion, et tout ce qui prend plus de temps ({activity}). Le menu Aide rouvre cette visite, et {help} explique ce qui est à l’écran.</translation>
    </message>
    <message>
        <source>All about one asset</source>
        <translation>Tout sur une ressource</translation>
    </message>
    <message>
        <source>Its state, its rights and its metadata. Under Renditions are the sizes that Cloudinary delivers; drag one into another program.</source>
        <translation>Son état, ses droits et ses métadonnées. Les tailles diffusées par Cloudinary figurent sous Déclinaisons&#x202f;; faites-en glisser une dans un autre programme.</translation>
    </message>
    <message>
        <source>Push what is approved</source>
        <translation>Envoyer ce qui est approuvé</translation>
    </message>
    <message>
        <source>See what goes on</source>
        <translation>Suivre ce qui se passe</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Autoriser une adresse de cet ordinateur ou de ce réseau</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Change an endpoint</source>
        <translation>Modifier un point de terminaison</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>Nouveau point de terminaison</translation>
    </message>
    <message>
        <source>The list of events</source>
        <translation>La liste des événements</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>choisissez-en au moins un</translation>
    </message>
    <message>
        <source>Shop, partner portal, …</source>
        <translation>Boutique, portail partenaire…</translation>
    </message>
    <message>
        <source>https://example.com/hooks</source>
        <translation>https://example.com/hooks</translation>
    </message>
    <message>
        <source>Leave empty to have one made</source>
        <translation>Laisser vide pour en faire créer un</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>Ce qui lui est signalé</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Tell</source>
        <translation>&amp;Signaler</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>S&amp;ecret</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Désactiver</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>Envoyer un test</translation>
    </message>
    <message>
        <source>New Secret…</source>
        <translation>Nouveau secret…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>Autres systèmes</translation>
    </message>
    <message>
        <source>Endpoints that are told by signed messages what is approved, delivered, changed and taken back.</source>
        <translation>Points de terminaison informés, par des messages signés, de ce qui est approuvé, diffusé, modifié et retiré.</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Points de terminaison</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>No message so far. “Send Test” shows whether an endpoint answers.</source>
        <translation>Aucun message pour l’instant. «&#xa0;Envoyer un test&#xa0;» montre si un point de terminaison répond.</translation>
    </message>
    <message>
        <source>Nobody is told so far</source>
        <translation>Personne n’est informé pour l’instant</translation>
    </message>
    <message>
        <source>An endpoint is an address of another system: a shop, an automation, a partner. It gets a secret of its own and can be tested first.</source>
        <translation>Un point de terminaison est une adresse d’un autre système&#xa0;: une boutique, une automatisation, un partenaire. Il reçoit son propre secret et peut d’abord être testé.</translation>
    </message>
    <message>
        <source>Give this secret to the receiver. It is shown once; the keyring keeps it, and a new one can be made any time.</source>
        <translation>Transmettez ce secret au destinataire. Il n’est affiché qu’une fois&#xa0;; le trousseau le conserve, et un nouveau peut être créé à tout moment.</translation>
    </message>
    <message>
        <source>Secret of the endpoint</source>
        <translation>Secret du point de terminaison</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source>Make a new secret for “{name}”?</source>
        <translation>Créer un nouveau secret pour «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>The receiver has a day to take it over: both sign until then.</source>
        <translation>Le destinataire a un jour pour l’adopter&#xa0;: les deux signent jusque-là.</translation>
    </message>
    <message>
        <source>Make One</source>
        <translation>En créer un</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Retirer «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>It is told nothing more. Its secret and what waits for it go.</source>
        <translation>Plus rien ne lui est signalé. Son secret et ce qui l’attend disparaissent.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Weights</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Choose assets to see what they weigh</source>
        <translation>Choisissez des ressources pour voir leur poids</translation>
    </message>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>Le poids de %Ln ressource</numerusform>
            <numerusform>Le poids de %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>le premier est pesé (%Ln)</numerusform>
            <numerusform>les %Ln premiers sont pesés</numerusform>
        </translation>
    </message>
    <message>
        <source>weighing…</source>
        <translation>calcul du poids…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>%Ln trop lourde</numerusform>
            <numerusform>%Ln trop lourdes</numerusform>
        </translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>tout convient</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Bienvenue dans Asset Bridge</translation>
    </message>
    <message>
        <source>Masters stay where they are. Here you look, decide, and deliver.</source>
        <translation>Les masters restent où ils sont. Ici, vous regardez, décidez et diffusez.</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>Show the pictures, videos and documents of a folder. Nothing is copied or changed.</source>
        <translation>Affichez les images, vidéos et documents d’un dossier. Rien n’est copié ni modifié.</translation>
    </message>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Connecter PhotoShelter</translation>
    </message>
    <message>
        <source>Show its collections here. Masters stay there until you want one.</source>
        <translation>Affichez ses collections ici. Les masters y restent jusqu’à ce que vous en vouliez un.</translation>
    </message>
    <message>
        <source>Connect Cloudinary</source>
        <translation>Connecter Cloudinary</translation>
    </message>
    <message>
        <source>So that approved assets can be pushed and delivered.</source>
        <translation>Pour envoyer et diffuser les ressources approuvées.</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>Découvrir d’abord</translation>
    </message>
    <message>
        <source>Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no account is needed.</source>
        <translation>Ouvre une campagne d’exemple, avec des simulateurs de Cloudinary et de PhotoShelter&#x202f;; aucun compte n’est nécessaire.</translation>
    </message>
</context>
<context>
    <name>WelcomeStrip</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Bienvenue dans Asset Bridge</translation>
    </message>
    <message>
        <source>This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside this program: try everything, nothing leaves this computer.</source>
        <translation>Ceci est une campagne d’exemple, et Cloudinary et PhotoShelter sont simulés dans ce programme&#x202f;: essayez tout, rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Close the welcome</source>
        <translation>Fermer l’accueil</translation>
    </message>
    <message>
        <source>Close; it comes back from the Help menu</source>
        <translation>Fermer&#x202f;; revient par le menu Aide</translation>
    </message>
</context>
<context>
    <name>WidthsDialog</name>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Measure here</source>
        <translation>&amp;Mesurer ici</translation>
    </message>
    <message>
        <source>Have &amp;Cloudinary measure</source>
        <translation>Faire mesurer par &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Use in the code</source>
        <translation>&amp;Utiliser dans le code</translation>
    </message>
    <message>
        <source>Responsive widths</source>
        <translation>Largeurs responsives</translation>
    </message>
    <message>
        <source>A page offers browsers one rendition in several widths. Each of these is smaller than the one before by a step that is worth it.</source>
        <translation>Une page propose aux navigateurs une déclinaison en plusieurs largeurs. Chacune est plus petite que la précédente d’un écart qui en vaut la peine.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>&amp;Narrowest</source>
        <translation>La plus é&amp;troite</translation>
    </message>
    <message>
        <source>&amp;Widest</source>
        <translation>La plus &amp;large</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>Éca&amp;rt</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>&amp;Au plus</translation>
    </message>
    <message>
        <source>Measuring the files…</source>
        <translation>Mesure des fichiers…</translation>
    </message>
    <message>
        <source>Cloudinary measures what is pushed.</source>
        <translation>Cloudinary mesure ce qui est envoyé.</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px de large</translation>
    </message>
    <message>
        <source>{bytes} less than the one before</source>
        <translation>{bytes} de moins que la précédente</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Go to</source>
        <translation>Aller à</translation>
    </message>
    <message>
        <source>Smart folder</source>
        <translation>Dossier intelligent</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favori</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Sélectionnez d’abord des ressources.</translation>
    </message>
    <message>
        <source>Make renditions</source>
        <translation>Créer des déclinaisons</translation>
    </message>
    <message>
        <source>Favourite {preset}</source>
        <translation>Mettre {preset} en favori</translation>
    </message>
    <message>
        <source>To the sidebar</source>
        <translation>Dans la barre latérale</translation>
    </message>
</context>
<context>
    <name>WindowLooks</name>
    <message>
        <source>This screen is small: closer together, more has room on it.</source>
        <translation>Cet écran est petit&#x202f;: un affichage plus serré y fait tenir davantage.</translation>
    </message>
    <message>
        <source>The desktop asks for a text size of {size}.</source>
        <translation>Le bureau demande une taille de texte de {size}.</translation>
    </message>
</context>
<context>
    <name>WordsEditor</name>
    <message>
        <source>Add a word</source>
        <translation>Ajouter un mot</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Account: {name}, {state}</source>
        <translation>Compte&#xa0;: {name}, {state}</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>En révision</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approuvé</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Modifications demandées</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeté</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>mark as archived</source>
        <translation>marquer comme archivé</translation>
    </message>
    <message>
        <source>keep the rendition</source>
        <translation>conserver la déclinaison</translation>
    </message>
    <message>
        <source>keep the original</source>
        <translation>conserver l’original</translation>
    </message>
    <message>
        <source>write metadata and history</source>
        <translation>écrire les métadonnées et l’historique</translation>
    </message>
    <message>
        <source>hash and check everything kept</source>
        <translation>calculer les empreintes et vérifier tout ce qui est conservé</translation>
    </message>
    <message>
        <source>close the copy at Cloudinary</source>
        <translation>fermer la copie chez Cloudinary</translation>
    </message>
    <message>
        <source>delete the copy at Cloudinary</source>
        <translation>supprimer la copie chez Cloudinary</translation>
    </message>
    <message>
        <source>move the collection to the archive</source>
        <translation>déplacer la collection vers l’archive</translation>
    </message>
    <message>
        <source>make the collection private</source>
        <translation>rendre la collection privée</translation>
    </message>
    <message>
        <source>it is also used outside this campaign</source>
        <translation>également utilisé hors de cette campagne</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>c’est déjà le cas</translation>
    </message>
    <message>
        <source>it is not delivered any more</source>
        <translation>n’est plus diffusé</translation>
    </message>
    <message>
        <source>there is nothing in it</source>
        <translation>il n’y a rien dedans</translation>
    </message>
    <message>
        <source>some of its galleries have not been synced yet</source>
        <translation>certaines de ses galeries n’ont pas encore été synchronisées</translation>
    </message>
    <message>
        <source>some of it is being pushed or rendered at the moment</source>
        <translation>une partie est en cours d’envoi ou de rendu</translation>
    </message>
    <message>
        <source>it lies in the archive already</source>
        <translation>se trouve déjà dans l’archive</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivé</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>Annulation en cours</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>This cannot begin: {reasons}.</source>
        <translation>Impossible de commencer&#xa0;: {reasons}.</translation>
    </message>
</context>
<context>
    <name>asset</name>
    <message>
        <source>{rating} of 5 stars</source>
        <translation>{rating} étoiles sur 5</translation>
    </message>
    <message>
        <source>Changed since approval</source>
        <translation>Modifié depuis l’approbation</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Illisible</translation>
    </message>
</context>
<context>
    <name>capability</name>
    <message>
        <source>See assets</source>
        <translation>Voir les ressources</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Charger</translation>
    </message>
    <message>
        <source>Change assets</source>
        <translation>Modifier les ressources</translation>
    </message>
    <message>
        <source>Delete assets</source>
        <translation>Supprimer des ressources</translation>
    </message>
    <message>
        <source>Change upload presets</source>
        <translation>Modifier les préréglages de chargement</translation>
    </message>
    <message>
        <source>Change metadata fields</source>
        <translation>Modifier les champs de métadonnées</translation>
    </message>
    <message>
        <source>Change named transformations</source>
        <translation>Modifier les transformations nommées</translation>
    </message>
    <message>
        <source>Change notifications</source>
        <translation>Modifier les notifications</translation>
    </message>
    <message>
        <source>See settings</source>
        <translation>Voir les paramètres</translation>
    </message>
    <message>
        <source>See usage and limits</source>
        <translation>Voir l’utilisation et les limites</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>Approved</source>
        <translation>Approuvé</translation>
    </message>
    <message>
        <source>Delivered for the first time</source>
        <translation>Diffusé pour la première fois</translation>
    </message>
    <message>
        <source>Replaced by a new version</source>
        <translation>Remplacé par une nouvelle version</translation>
    </message>
    <message>
        <source>Rendition published</source>
        <translation>Déclinaison publiée</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>Taken back because rights ended</source>
        <translation>Retiré car les droits ont pris fin</translation>
    </message>
    <message>
        <source>Delivered again</source>
        <translation>De nouveau diffusé</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>Droits modifiés</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>Droits bientôt expirés</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>Métadonnées modifiées</translation>
    </message>
    <message>
        <source>Image of a product delivered</source>
        <translation>Image d’un produit diffusée</translation>
    </message>
    <message>
        <source>Image taken off a product</source>
        <translation>Image retirée d’un produit</translation>
    </message>
    <message>
        <source>Product feed read</source>
        <translation>Flux de produits lu</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivé</translation>
    </message>
    <message>
        <source>Campaign archived</source>
        <translation>Campagne archivée</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Abandonné</translation>
    </message>
    <message>
        <source>The receiver took it</source>
        <translation>Accepté par le destinataire</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>WordPress</source>
        <translation>WordPress</translation>
    </message>
    <message>
        <source>Adobe Commerce</source>
        <translation>Adobe Commerce</translation>
    </message>
    <message>
        <source>SAP Commerce</source>
        <translation>SAP Commerce</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>Un autre</translation>
    </message>
    <message>
        <source>At Cloudinary alone</source>
        <translation>Chez Cloudinary seulement</translation>
    </message>
    <message>
        <source>At Cloudinary and in the shop</source>
        <translation>Chez Cloudinary et dans la boutique</translation>
    </message>
    <message>
        <source>Small stand-ins in the shop</source>
        <translation>Petites images de substitution dans la boutique</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Flou</translation>
    </message>
    <message>
        <source>Large pixels</source>
        <translation>Gros pixels</translation>
    </message>
    <message>
        <source>Drawn outlines</source>
        <translation>Contours dessinés</translation>
    </message>
    <message>
        <source>Its main colour</source>
        <translation>Sa couleur principale</translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>Nothing waits for a review</source>
        <translation>Rien n’attend de révision</translation>
    </message>
    <message>
        <source>Choose assets and press I to put them in review, or ask somebody for one in the menu Review.</source>
        <translation>Sélectionnez des ressources et appuyez sur I pour les mettre en révision, ou demandez une révision à quelqu’un dans le menu Révision.</translation>
    </message>
    <message>
        <source>Nothing is approved yet</source>
        <translation>Rien n’est encore approuvé</translation>
    </message>
    <message>
        <source>Choose assets and press A. What is approved can be pushed.</source>
        <translation>Sélectionnez des ressources et appuyez sur A. Ce qui est approuvé peut être envoyé.</translation>
    </message>
    <message>
        <source>Nothing is pushed yet</source>
        <translation>Rien n’est encore envoyé</translation>
    </message>
    <message>
        <source>Choose approved assets and press Ctrl+U: the plan is shown first, and then they are delivered.</source>
        <translation>Sélectionnez des ressources approuvées et appuyez sur Ctrl+U&#x202f;: le plan s’affiche d’abord, puis elles sont diffusées.</translation>
    </message>
    <message>
        <source>No rights have ended</source>
        <translation>Aucuns droits n’ont expiré</translation>
    </message>
    <message>
        <source>What may not be used any more stands here. The calendar in the menu Review shows what ends soon.</source>
        <translation>Ce qui ne peut plus être utilisé figure ici. Le calendrier du menu Révision montre ce qui expire bientôt.</translation>
    </message>
    <message>
        <source>Everything can be read</source>
        <translation>Tout est lisible</translation>
    </message>
    <message>
        <source>Files that are damaged, or of a kind that nobody here can read, stand here with the reason.</source>
        <translation>Les fichiers endommagés, ou d’un type que rien ici ne peut lire, figurent ici avec la raison.</translation>
    </message>
</context>
<context>
    <name>contract</name>
    <message>
        <source>width {found} instead of {asked}</source>
        <translation>largeur {found} au lieu de {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of {asked}</source>
        <translation>hauteur {found} au lieu de {asked}</translation>
    </message>
    <message>
        <source>width {found} instead of ≤ {asked}</source>
        <translation>largeur {found} au lieu de ≤ {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of ≤ {asked}</source>
        <translation>hauteur {found} au lieu de ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of ≤ {asked}</source>
        <translation>{found} au lieu de ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of {asked}</source>
        <translation>{found} au lieu de {asked}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>up to {count} with a file for each browser&apos;s format</source>
        <translation>jusqu’à {count} avec un fichier pour le format de chaque navigateur</translation>
    </message>
    <message>
        <source>{name} × {count}, billed apart</source>
        <translation>{name} × {count}, facturé à part</translation>
    </message>
    <message>
        <source>{name} × {count}, an add-on</source>
        <translation>{name} × {count}, module complémentaire</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>au moins %Ln transformation</numerusform>
            <numerusform>au moins %Ln transformations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>%Ln nouvelle ressource dérivée</numerusform>
            <numerusform>%Ln nouvelles ressources dérivées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln déjà présente</numerusform>
            <numerusform>%Ln déjà présentes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>disagreement</name>
    <message>
        <source>{names} decided differently: {state} holds until somebody decides again.</source>
        <translation>{names} ont décidé différemment&#xa0;: {state} vaut jusqu’à une nouvelle décision.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>Asset Bridge est déjà ouvert avec ce profil ({path}). Utilisez cette fenêtre&#xa0;; ce que vous mettez en file ailleurs est exécuté par elle.</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its permissions, or choose another one with ASSET_BRIDGE_HOME.</source>
        <translation>Impossible d’écrire dans le profil {path} : {detail}. Rien n’a été modifié. Corrigez ses droits d’accès, ou choisissez-en un autre avec ASSET_BRIDGE_HOME.</translation>
    </message>
    <message>
        <source>{service} did not take this: {detail}.</source>
        <translation>{service} n’a pas accepté ceci&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>{host} is an address of this computer or of a private network ({address}). Nothing was sent. Allow private addresses for it if that is meant.</source>
        <translation>{host} est une adresse de cet ordinateur ou d’un réseau privé ({address}). Rien n’a été envoyé. Autorisez les adresses privées si c’est voulu.</translation>
    </message>
    <message>
        <source>{url} cannot be called: {detail}.</source>
        <translation>{url} ne peut pas être appelé&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>{host} did not take it ({detail}). It is tried again.</source>
        <translation>{host} ne l’a pas accepté ({detail}). Un nouvel essai aura lieu.</translation>
    </message>
    <message>
        <source>{host} could not be read ({detail}). What was known before stays as it is.</source>
        <translation>{host} n’a pas pu être lu ({detail}). Ce qui était connu reste tel quel.</translation>
    </message>
    <message>
        <source>{host} did not give what was asked for: {detail}. Nothing was changed.</source>
        <translation>{host} n’a pas fourni ce qui était demandé&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The answer is larger than {most} MB. Nothing was changed.</source>
        <translation>La réponse dépasse {most} MB. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>A PDF needs libraries that are not here ({detail}). CSV and JSON need none.</source>
        <translation>Un PDF nécessite des bibliothèques logicielles absentes ici ({detail}). CSV et JSON n’en nécessitent aucune.</translation>
    </message>
    <message>
        <source>{what} could be any of {count} assets. Give its id or its whole path.</source>
        <translation>{what} peut désigner n’importe laquelle de {count} ressources. Indiquez son ID ou son chemin complet.</translation>
    </message>
    <message>
        <source>{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is asked again by itself until it says no.</source>
        <translation>{name} est retiré chez {service}, mais des copies en transit le diffusent encore. Son adresse est interrogée automatiquement jusqu’à ce qu’elle refuse.</translation>
    </message>
    <message>
        <source>{service} refuses what is signed here because the clock of this computer is wrong ({detail}). Set the clock, then try again; what is queued stays queued.</source>
        <translation>{service} refuse ce qui est signé ici, car l’horloge de cet ordinateur est fausse ({detail}). Réglez l’horloge, puis réessayez&#xa0;; ce qui est en file y reste.</translation>
    </message>
    <message>
        <source>This file is larger than the plan at {service} allows ({detail}). Nothing was changed there; send a smaller version, or ask for a larger plan.</source>
        <translation>Ce fichier dépasse ce que permet l’offre chez {service} ({detail}). Rien n’y a été modifié&#xa0;; envoyez une version plus petite ou demandez une offre supérieure.</translation>
    </message>
    <message>
        <source>{service} cannot read this file, or does not take its format ({detail}). Nothing was changed there; look whether the file opens here.</source>
        <translation>{service} ne peut pas lire ce fichier ou n’accepte pas son format ({detail}). Rien n’y a été modifié&#xa0;; vérifiez si le fichier s’ouvre ici.</translation>
    </message>
    <message>
        <source>{service} knows no upload preset of that name ({detail}). Nothing was changed there; choose another one, or none.</source>
        <translation>{service} ne connaît aucun préréglage de chargement de ce nom ({detail}). Rien n’y a été modifié&#xa0;; choisissez-en un autre, ou aucun.</translation>
    </message>
    <message>
        <source>An add-on that this asks for is not booked at {service} ({detail}). Nothing was changed there.</source>
        <translation>Un module complémentaire requis n’est pas souscrit chez {service} ({detail}). Rien n’y a été modifié.</translation>
    </message>
    <message>
        <source>The key of this account may not do this at {service} ({detail}). Nothing was changed there; use a key with that permission, or ask who gives them.</source>
        <translation>La clé de ce compte n’autorise pas cela chez {service} ({detail}). Rien n’y a été modifié&#xa0;; utilisez une clé ayant cette autorisation, ou demandez à qui les attribue.</translation>
    </message>
    <message>
        <source>{service} was asked, and the answer points to another address ({detail}). Nothing was sent there. If this network wants you to log in first, do that; else check the API&apos;s address in the account. It is tried again by itself.</source>
        <translation>{service} a été interrogé, et la réponse renvoie vers une autre adresse ({detail}). Rien n’y a été envoyé. Si ce réseau exige une connexion préalable, connectez-vous&#xa0;; sinon, vérifiez l’adresse de l’API dans le compte. Un nouvel essai aura lieu automatiquement.</translation>
    </message>
    <message>
        <source>What came back from {service} cannot be understood ({detail}). Something on the way may have answered in its place. It is tried again by itself.</source>
        <translation>La réponse de {service} est incompréhensible ({detail}). Un intermédiaire a peut-être répondu à sa place. Un nouvel essai aura lieu automatiquement.</translation>
    </message>
    <message>
        <source>{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. It is sent again.</source>
        <translation>{name} est arrivé endommagé chez {service}&#xa0;: sa somme de contrôle est {etag} au lieu de {md5}. Il est renvoyé.</translation>
    </message>
    <message>
        <source>The upload preset {preset} changes files as they arrive at {service}, so that what is there is not what was approved. Choose another preset.</source>
        <translation>Le préréglage de chargement {preset} modifie les fichiers à leur arrivée chez {service}&#xa0;: ce qui s’y trouve n’est pas ce qui a été approuvé. Choisissez un autre préréglage.</translation>
    </message>
    <message>
        <source>The hourly number of calls to {service}&apos;s Admin API is used up. What needs one goes on by itself when the next hour begins; uploads go on meanwhile.</source>
        <translation>Le nombre horaire d’appels à l’Admin API de {service} est épuisé. Ce qui en nécessite un reprend automatiquement à l’heure suivante&#xa0;; les chargements continuent entre-temps.</translation>
    </message>
    <message>
        <source>This needs an address signed with the API secret, which a login does not have. Add the account with its key and secret.</source>
        <translation>Cela nécessite une adresse signée avec le secret d’API, dont une connexion ne dispose pas. Ajoutez le compte avec sa clé et son secret.</translation>
    </message>
    <message>
        <source>The named transformation {name} at {service} is not what you saw: it now is {now}. It was left as it is.</source>
        <translation>La transformation nommée {name} chez {service} n’est pas celle que vous avez vue&#xa0;: elle est maintenant {now}. Elle a été laissée telle quelle.</translation>
    </message>
    <message>
        <source>A notification was not believed: {detail}. Nothing was done about it.</source>
        <translation>Une notification n’a pas été jugée fiable&#xa0;: {detail}. Aucune suite n’y a été donnée.</translation>
    </message>
    <message>
        <source>{service} did not log you in: {detail}. Nothing was changed here.</source>
        <translation>{service} ne vous a pas connecté&#xa0;: {detail}. Rien n’a été modifié ici.</translation>
    </message>
    <message>
        <source>Nobody logged in within the time there was. Nothing was changed; try again.</source>
        <translation>Personne ne s’est connecté dans le temps imparti. Rien n’a été modifié&#xa0;; réessayez.</translation>
    </message>
    <message>
        <source>The login was cancelled. Nothing was changed.</source>
        <translation>La connexion a été annulée. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{service} keeps no backup of {name}: it cannot be brought back from there. Push the master again.</source>
        <translation>{service} ne conserve aucune sauvegarde de {name}&#xa0;: impossible de le restaurer de là. Envoyez de nouveau le master.</translation>
    </message>
    <message>
        <source>{name} was not delivered: its library sends other bytes than it says ({detail}). It is fetched again by itself.</source>
        <translation>{name} n’a pas été diffusé&#xa0;: sa bibliothèque envoie d’autres octets que ceux annoncés ({detail}). Il est récupéré de nouveau automatiquement.</translation>
    </message>
    <message>
        <source>There is an upload preset called {name} already. Change that one, or choose another name.</source>
        <translation>Il existe déjà un préréglage de chargement nommé {name}. Modifiez-le ou choisissez un autre nom.</translation>
    </message>
    <message>
        <source>Entry {first} was altered: it does not say what was recorded.</source>
        <translation>L’entrée {first} a été altérée&#xa0;: elle n’indique pas ce qui a été consigné.</translation>
    </message>
    <message>
        <source>Just before entry {first} something was put in, taken out or moved.</source>
        <translation>Juste avant l’entrée {first}, quelque chose a été inséré, retiré ou déplacé.</translation>
    </message>
    <message>
        <source>Entries are missing: number {first} to number {last}.</source>
        <translation>Des entrées manquent&#xa0;: du numéro {first} au numéro {last}.</translation>
    </message>
    <message>
        <source>The end was cut off: number {first} to number {last} were there once.</source>
        <translation>La fin a été coupée&#xa0;: les numéros {first} à {last} ont existé.</translation>
    </message>
    <message>
        <source>The ledger does not know any more how far the trail goes.</source>
        <translation>Le registre ne sait plus jusqu’où va la piste.</translation>
    </message>
    <message>
        <source>The trail does not end as the ledger kept it, at entry {first}.</source>
        <translation>La piste ne se termine pas comme le registre l’a noté, à l’entrée {first}.</translation>
    </message>
    <message>
        <source>The file beside the ledger that keeps the trail&apos;s end is gone or unreadable.</source>
        <translation>Le fichier qui conserve la fin de la piste, à côté du registre, a disparu ou est illisible.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that the file beside the ledger has kept.</source>
        <translation>L’entrée {first} n’est pas celle conservée par le fichier à côté du registre.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that was kept elsewhere.</source>
        <translation>L’entrée {first} n’est pas celle qui a été conservée ailleurs.</translation>
    </message>
    <message>
        <source>The decision that entry {first} tells of is not on record any more.</source>
        <translation>La décision mentionnée par l’entrée {first} n’est plus consignée.</translation>
    </message>
    <message>
        <source>A decision is on record that the trail does not tell of ({what}).</source>
        <translation>Une décision est consignée dont la piste ne parle pas ({what}).</translation>
    </message>
    <message>
        <source>{what} of the channel cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} du canal est inutilisable&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it into another folder.</source>
        <translation>{name} n’a pas été envoyé&#xa0;: le dossier {folder} appartient au module de {channel}. Envoyez-le dans un autre dossier.</translation>
    </message>
    <message>
        <source>The comment was not saved: {detail}. What you wrote is still where you wrote it.</source>
        <translation>Le commentaire n’a pas été enregistré&#xa0;: {detail}. Ce que vous avez écrit se trouve toujours là où vous l’avez écrit.</translation>
    </message>
    <message>
        <source>Somebody has changed {field} of the entry {entry} there meanwhile. Their version was left as it is; look at it there, then publish again.</source>
        <translation>Quelqu’un a entre-temps modifié {field} de l’entrée {entry}. Sa version a été laissée telle quelle ; regardez-la là-bas, puis publiez à nouveau.</translation>
    </message>
    <message>
        <source>{preset} of {name} may not be published: {reasons}. Nothing was written.</source>
        <translation>{preset} de {name} ne peut pas être publié&#xa0;: {reasons}. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>There is no rendition {preset} of {name} as it is now. Approve the newest version, push it and have the rendition made in the cloud.</source>
        <translation>Il n’existe pas de déclinaison {preset} de {name} dans son état actuel. Approuvez la version la plus récente, envoyez-la et faites créer la déclinaison dans le cloud.</translation>
    </message>
    <message>
        <source>There is no environment {environment} there. There is: {known}.</source>
        <translation>Il n’y a pas d’environnement {environment} là-bas. Il y a : {known}.</translation>
    </message>
    <message>
        <source>Something is published in {name}: until that was taken back, it stays the same place. Nothing was changed; add another one beside it.</source>
        <translation>Quelque chose est publié dans {name} : tant que cela n’a pas été repris, c’est le même endroit. Rien n’a été modifié ; ajoutez-en un autre à côté.</translation>
    </message>
    <message>
        <source>{field} of the entry takes {most} pictures and has them. Nothing was changed.</source>
        <translation>{field} de l’entrée accepte {most} images et les contient déjà. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{field} of the entry holds something else than pictures. Nothing was changed.</source>
        <translation>{field} de l’entrée contient autre chose que des images. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a reference to entries with one of these is.</source>
        <translation>{field} n’est pas un champ pour images&#xa0;: il faut un champ Cloudinary ou JSON, un fichier, un texte, un lien ou une référence à des entrées ayant l’un d’eux.</translation>
    </message>
    <message>
        <source>{what}: {detail}</source>
        <translation>{what}&#xa0;: {detail}</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}.</source>
        <translation>{what} est inutilisable&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was lost.</source>
        <translation>Une erreur s’est produite. Rien n’a été perdu.</translation>
    </message>
    <message>
        <source>{service} cannot be reached. Nothing was lost: what is queued goes out by itself when the connection is back.</source>
        <translation>{service} est injoignable. Rien n’a été perdu&#xa0;: ce qui est en file partira automatiquement au retour de la connexion.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down. The work continues by itself.</source>
        <translation>{service} demande de ralentir. Le travail se poursuit automatiquement.</translation>
    </message>
    <message>
        <source>{service} has a problem of its own ({detail}). It is tried again by itself.</source>
        <translation>{service} rencontre un problème interne ({detail}). Un nouvel essai aura lieu automatiquement.</translation>
    </message>
    <message>
        <source>{service} refused this: {detail}. Nothing was changed there.</source>
        <translation>{service} a refusé ceci&#xa0;: {detail}. Rien n’y a été modifié.</translation>
    </message>
    <message>
        <source>{service} does not accept the key of this account ({detail}). Check the account&apos;s key and secret; what is queued stays queued.</source>
        <translation>{service} n’accepte pas la clé de ce compte ({detail}). Vérifiez la clé et le secret du compte&#xa0;; ce qui est en file y reste.</translation>
    </message>
    <message>
        <source>{name} was not pushed: {reasons}. Nothing was sent.</source>
        <translation>{name} n’a pas été envoyé&#xa0;: {reasons}. Rien n’est parti.</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name} : {reasons}. Aucune adresse n’est donnée tant que c’est le cas.</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. It was left as it is.</source>
        <translation>{path} n’a pas pu être lu&#xa0;: {detail}. Le fichier a été laissé tel quel.</translation>
    </message>
    <message>
        <source>{name} has changed since the push was queued. Nothing was sent: look at the new version and approve it again.</source>
        <translation>{name} a changé depuis la mise en file de l’envoi. Rien n’a été envoyé&#xa0;: examinez la nouvelle version et approuvez-la de nouveau.</translation>
    </message>
    <message>
        <source>No preview could be made: {detail}.</source>
        <translation>Aucun aperçu n’a pu être créé&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>No preview could be made within the limits: {detail}. The file was left alone.</source>
        <translation>Aucun aperçu n’a pu être créé dans les limites fixées&#xa0;: {detail}. Le fichier n’a pas été touché.</translation>
    </message>
    <message>
        <source>The disk with {path} is full. What you said before is safe, and your originals are untouched. Free some space, then try again.</source>
        <translation>Le disque contenant {path} est plein. Ce que vous avez indiqué est en sécurité et vos originaux sont intacts. Libérez de l’espace, puis réessayez.</translation>
    </message>
    <message>
        <source>The database {path} cannot be used: {detail}.</source>
        <translation>La base de données {path} est inutilisable&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Asset Bridge. Please update the program; nothing was changed.</source>
        <translation>La base de données {path} a été écrite par une version plus récente d’Asset Bridge. Veuillez mettre à jour le programme&#xa0;; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>There is no keyring service here to keep the secret in. Choose a passphrase (or set ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.</source>
        <translation>Aucun service de trousseau n’est disponible ici pour conserver le secret. Choisissez une phrase secrète (ou définissez ASSET_BRIDGE_PASSPHRASE), et il sera conservé dans un fichier chiffré.</translation>
    </message>
    <message>
        <source>This passphrase does not open the key store. Nothing was changed.</source>
        <translation>Cette phrase secrète n’ouvre pas le trousseau. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{what} was not found.</source>
        <translation>{what} est introuvable.</translation>
    </message>
    <message>
        <source>{what} is no field mapping: {detail}.</source>
        <translation>{what} n’est pas une correspondance de champs&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {detail}. Nothing was written.</source>
        <translation>Le kit {kit} n’a pas été exporté&#xa0;: {detail}. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>The kit {what} was not saved: another one has that name, or it was deleted meanwhile. Nothing was changed.</source>
        <translation>Le kit {what} n’a pas été enregistré : un autre porte ce nom, ou il a été supprimé entre-temps. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The table of variants cannot be used: line {line}: {detail}. Nothing was changed.</source>
        <translation>Le tableau des variantes est inutilisable&#xa0;: ligne {line}&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{what} cannot stand in a rights block: {detail}. Nothing was changed.</source>
        <translation>{what} ne peut pas figurer dans un bloc de droits&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The rating {rating} was not kept: it takes 0 to 5.</source>
        <translation>La note {rating} n’a pas été conservée&#xa0;: elle va de 0 à 5.</translation>
    </message>
    <message>
        <source>{what} cannot be defined so: {detail}.</source>
        <translation>{what} ne peut pas être défini ainsi&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>{what} cannot be used at character {at}: {detail}.</source>
        <translation>{what} est inutilisable au caractère {at}&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>The templates were not imported: {what}: {detail}. Nothing was changed.</source>
        <translation>Les modèles n’ont pas été importés&#xa0;: {what}&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>“{field}” is switched off by a rule for what the other fields say.</source>
        <translation>«&#xa0;{field}&#xa0;» est désactivé par une règle en raison de la valeur d’autres champs.</translation>
    </message>
    <message>
        <source>“{field}” must not be empty.</source>
        <translation>«&#xa0;{field}&#xa0;» ne doit pas être vide.</translation>
    </message>
    <message>
        <source>“{field}” needs a whole number.</source>
        <translation>«&#xa0;{field}&#xa0;» requiert un nombre entier.</translation>
    </message>
    <message>
        <source>“{field}” needs a date such as 2026-05-31.</source>
        <translation>«&#xa0;{field}&#xa0;» requiert une date telle que 2026-05-31.</translation>
    </message>
    <message>
        <source>“{value}” is not in the list of “{field}”.</source>
        <translation>«&#xa0;{value}&#xa0;» ne figure pas dans la liste de «&#xa0;{field}&#xa0;».</translation>
    </message>
    <message>
        <source>“{value}” cannot be chosen for “{field}” with what the other fields say.</source>
        <translation>«&#xa0;{value}&#xa0;» ne peut pas être choisi pour «&#xa0;{field}&#xa0;» compte tenu des autres champs.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} values.</source>
        <translation>«&#xa0;{field}&#xa0;» accepte au plus {most} valeurs.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} characters.</source>
        <translation>«&#xa0;{field}&#xa0;» accepte au plus {most} caractères.</translation>
    </message>
    <message>
        <source>“{field}” needs at least {least} characters.</source>
        <translation>«&#xa0;{field}&#xa0;» requiert au moins {least} caractères.</translation>
    </message>
    <message>
        <source>“{field}” has to match the pattern {pattern}.</source>
        <translation>«&#xa0;{field}&#xa0;» doit correspondre au motif {pattern}.</translation>
    </message>
    <message>
        <source>“{field}” has to be greater than {bound}.</source>
        <translation>«&#xa0;{field}&#xa0;» doit être supérieur à {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or more.</source>
        <translation>«&#xa0;{field}&#xa0;» doit être supérieur ou égal à {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be less than {bound}.</source>
        <translation>«&#xa0;{field}&#xa0;» doit être inférieur à {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or less.</source>
        <translation>«&#xa0;{field}&#xa0;» doit être inférieur ou égal à {bound}.</translation>
    </message>
    <message>
        <source>The naming template {what} cannot be used: {detail}. Nothing was written.</source>
        <translation>Le modèle de nommage {what} est inutilisable&#xa0;: {detail}. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>{name} was not let through: {detail}. Nothing was changed.</source>
        <translation>Aucune dérogation pour {name}&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} est inutilisable&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The policies were not taken over: {place}: {detail}. Nothing was changed.</source>
        <translation>Les politiques n’ont pas été reprises&#xa0;: {place}&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The presets were not imported: {place}: {detail}. Nothing was changed.</source>
        <translation>Les préréglages n’ont pas été importés&#xa0;: {place}&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The feed needs a name of its own, of at most {most} letters.</source>
        <translation>Le flux a besoin d’un nom propre, de {most} lettres au plus.</translation>
    </message>
    <message>
        <source>The feed cannot be kept: {detail}. Nothing was changed.</source>
        <translation>Le flux ne peut pas être conservé&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{name} was not taken: {detail}. What was known before stays as it is.</source>
        <translation>{name} n’a pas été accepté&#xa0;: {detail}. Ce qui était connu reste tel quel.</translation>
    </message>
    <message>
        <source>{name}: {bad} of {received} rows were not taken.</source>
        <translation>{name} : {bad} lignes sur {received} n’ont pas été reprises.</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, {{position}}, {{any}} and [brackets] around what may be missing.</source>
        <translation>Le motif «&#xa0;{pattern}&#xa0;» est inutilisable&#xa0;: il requiert {{sku}} une fois et accepte {{slot}}, {{position}}, {{any}} et des [crochets] autour de ce qui peut manquer.</translation>
    </message>
    <message>
        <source>This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.</source>
        <translation>Cet ordinateur doit utiliser le proxy {proxy}, qui n’est pas un proxy HTTP. Rien n’a été envoyé. Définissez HTTPS_PROXY sur un proxy HTTP ou retirez ALL_PROXY, puis redémarrez.</translation>
    </message>
    <message>
        <source>{variable} is not the address of a proxy. Nothing was sent. Write it as http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start again.</source>
        <translation>{variable} n’est pas l’adresse d’un proxy. Rien n’a été envoyé. Écrivez-la sous la forme http://name:password@proxy:3128, avec %2F pour / et %40 pour @ dans le mot de passe, puis redémarrez.</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check HTTPS_PROXY, with the name and password in it, and start again.</source>
        <translation>Le proxy {proxy} ne laisse rien passer vers {service} ({detail}). Rien n’a été envoyé. Vérifiez HTTPS_PROXY, avec le nom et le mot de passe qu’il contient, puis redémarrez.</translation>
    </message>
    <message>
        <source>No review pack was made: {detail}.</source>
        <translation>Aucun dossier de révision n’a été créé&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>The verdicts were not imported: {place}: {detail}. Nothing was recorded.</source>
        <translation>Les verdicts n’ont pas été importés&#xa0;: {place}&#xa0;: {detail}. Rien n’a été consigné.</translation>
    </message>
    <message>
        <source>The review was not requested: {detail}.</source>
        <translation>La révision n’a pas été demandée&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>The rights end ({ends}) before they begin ({starts}).</source>
        <translation>Les droits prennent fin ({ends}) avant de commencer ({starts}).</translation>
    </message>
    <message>
        <source>The rights block cannot be read: {detail}.</source>
        <translation>Le bloc de droits est illisible&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>{what} is no territory: give a country&apos;s code (NO, SE), a region ({regions}) or WORLD. Nothing was changed.</source>
        <translation>{what} n’est pas un territoire&#xa0;: indiquez un code pays (NO, SE), une région ({regions}) ou WORLD. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{what} is no channel: they are {channels}. Nothing was changed.</source>
        <translation>{what} n’est pas un canal&#xa0;: les canaux sont {channels}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>These rights exclude every one of the {what} that they grant. Nothing was changed.</source>
        <translation>Ces droits excluent tout ce qu’ils accordent ({what}). Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{what} of the rights is too long: {most} at most. Nothing was changed.</source>
        <translation>{what} des droits est trop long&#xa0;: {most} au plus. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The rights cannot be claimed: {detail}. Nothing was changed.</source>
        <translation>Les droits ne peuvent pas être déclarés&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The rights cannot be read: {place} is not as it should be. Nothing was changed.</source>
        <translation>Les droits sont illisibles&#xa0;: {place} n’est pas conforme. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed.</source>
        <translation>{what} n’est pas une date&#xa0;: écrivez 2027-03-31 ou 2027-03-31T18:00. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{name}: what was claimed here and what {service} says have no {what} in common, which cannot be written there. Here nothing of it is delivered.</source>
        <translation>{name}&#xa0;: ce qui a été déclaré ici et ce qu’indique {service} n’ont rien en commun ({what}), ce qui ne peut pas y être écrit. Ici, rien n’en est diffusé.</translation>
    </message>
    <message>
        <source>{what} cannot be used: line {line}: {detail}.</source>
        <translation>{what} est inutilisable&#xa0;: ligne {line}&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>{what}: {detail}. The vocabulary is closed: choose one of its words.</source>
        <translation>{what}&#xa0;: {detail}. Le vocabulaire est fermé&#xa0;: choisissez l’un de ses mots.</translation>
    </message>
    <message>
        <source>{endpoint} said that it is gone (410). It was switched off; what was not delivered is kept and can be sent again.</source>
        <translation>{endpoint} a indiqué qu’il n’existe plus (410). Il a été désactivé&#xa0;; ce qui n’a pas été remis est conservé et peut être renvoyé.</translation>
    </message>
    <message>
        <source>{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept and can be sent again.</source>
        <translation>{endpoint} n’a pas accepté le message en {tries} essais sur plusieurs jours ({detail}). Il est conservé et peut être renvoyé.</translation>
    </message>
    <message>
        <source>The endpoint needs a name of at most {most} letters.</source>
        <translation>Le point de terminaison a besoin d’un nom de {most} lettres au plus.</translation>
    </message>
    <message>
        <source>There is an endpoint called {name} already.</source>
        <translation>Il existe déjà un point de terminaison nommé {name}.</translation>
    </message>
    <message>
        <source>“{url}” is no address to tell: it has to begin with https://.</source>
        <translation>«&#xa0;{url}&#xa0;» n’est pas une adresse à informer&#xa0;: elle doit commencer par https://.</translation>
    </message>
    <message>
        <source>{url} is not encrypted. Only an address of this computer or network, where that is allowed, may begin with http://.</source>
        <translation>{url} n’est pas chiffré. Seule une adresse de cet ordinateur ou de ce réseau, si c’est autorisé, peut commencer par http://.</translation>
    </message>
    <message>
        <source>The secret has to be {prefix} and {least} to {most} bytes in base64.</source>
        <translation>Le secret doit se composer de {prefix} et de {least} à {most} octets en base64.</translation>
    </message>
    <message>
        <source>The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; it goes on by itself when the folder is back.</source>
        <translation>La bibliothèque {path} est injoignable&#xa0;: {detail}. Rien de son contenu n’est considéré comme supprimé&#xa0;; la lecture reprendra automatiquement au retour du dossier.</translation>
    </message>
    <message>
        <source>{path} is still being written. It is read again when it is at rest.</source>
        <translation>{path} est encore en cours d’écriture. Il sera relu lorsqu’il sera stable.</translation>
    </message>
    <message>
        <source>{path} was not copied: {detail}. The original is where it was.</source>
        <translation>{path} n’a pas été copié&#xa0;: {detail}. L’original est resté à sa place.</translation>
    </message>
    <message>
        <source>The system cannot watch every folder of {path} ({detail}). The library is looked through at intervals instead: changes may take longer to appear.</source>
        <translation>Le système ne peut pas surveiller tous les dossiers de {path} ({detail}). La bibliothèque est parcourue à intervalles&#xa0;: les changements peuvent mettre plus de temps à apparaître.</translation>
    </message>
    <message>
        <source>{service} did not sign you in: {detail}. Nothing was changed here.</source>
        <translation>{service} ne vous a pas connecté&#xa0;: {detail}. Rien n’a été modifié ici.</translation>
    </message>
    <message>
        <source>{service} does not accept the API key ({detail}). A key for version 4 of its API is needed. Nothing was changed here.</source>
        <translation>{service} n’accepte pas la clé d’API ({detail}). Une clé pour la version 4 de son API est nécessaire. Rien n’a été modifié ici.</translation>
    </message>
    <message>
        <source>The session at {service} has ended ({detail}). Sign in again; what is queued stays queued.</source>
        <translation>La session chez {service} a pris fin ({detail}). Reconnectez-vous&#xa0;; ce qui est en file y reste.</translation>
    </message>
    <message>
        <source>{service} asks for a code but does not take it here ({detail}). Sign in with the browser where that is offered, or as somebody who needs no code.</source>
        <translation>{service} demande un code mais ne l’accepte pas ici ({detail}). Connectez-vous avec le navigateur si c’est proposé, ou avec un compte ne nécessitant pas de code.</translation>
    </message>
    <message>
        <source>Your role at {service} does not allow this ({detail}). Nothing was changed there.</source>
        <translation>Votre rôle chez {service} ne le permet pas ({detail}). Rien n’y a été modifié.</translation>
    </message>
    <message>
        <source>{service} does not have this any more ({detail}).</source>
        <translation>{service} ne l’a plus ({detail}).</translation>
    </message>
    <message>
        <source>Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: look at both and decide.</source>
        <translation>Quelqu’un l’a entre-temps modifié chez {service} ({detail}). Rien n’a été écrasé&#xa0;: examinez les deux et décidez.</translation>
    </message>
    <message>
        <source>{service} does not offer this for that kind of file ({detail}).</source>
        <translation>{service} ne le propose pas pour ce type de fichier ({detail}).</translation>
    </message>
    <message>
        <source>{service} already has another file of this name there ({detail}). It was left as it is.</source>
        <translation>{service} y a déjà un autre fichier de ce nom ({detail}). Il a été laissé tel quel.</translation>
    </message>
    <message>
        <source>{service} does not offer this: {detail}.</source>
        <translation>{service} ne le propose pas&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>A listing of {service} does not come to an end ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Une liste de {service} n’en finit pas ({detail}). Ce qui a été lu jusqu’ici est conservé&#xa0;; rien n’est considéré comme supprimé.</translation>
    </message>
    <message>
        <source>A listing of {service} ended too early ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Une liste de {service} s’est terminée trop tôt ({detail}). Ce qui a été lu jusqu’ici est conservé&#xa0;; rien n’est considéré comme supprimé.</translation>
    </message>
    <message>
        <source>This address cannot be used: {detail}.</source>
        <translation>Cette adresse est inutilisable&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>{service} links to an address that is not safe ({detail}). Nothing was sent there.</source>
        <translation>{service} renvoie vers une adresse non sécurisée ({detail}). Rien n’y a été envoyé.</translation>
    </message>
    <message>
        <source>An answer of {service} is too long to be right ({detail}). It was not read.</source>
        <translation>Une réponse de {service} est trop longue pour être correcte ({detail}). Elle n’a pas été lue.</translation>
    </message>
    <message>
        <source>A record of {service} cannot be taken over: {detail}. The others were.</source>
        <translation>Une fiche de {service} ne peut pas être reprise&#xa0;: {detail}. Les autres l’ont été.</translation>
    </message>
    <message>
        <source>{service} has no picture of this ({detail}).</source>
        <translation>{service} n’en a pas d’image ({detail}).</translation>
    </message>
    <message>
        <source>{service} has no more of this file ({detail}).</source>
        <translation>{service} n’a rien de plus de ce fichier ({detail}).</translation>
    </message>
    <message>
        <source>{name} is being fetched already.</source>
        <translation>{name} est déjà en cours de récupération.</translation>
    </message>
    <message>
        <source>What {service} sent of {name} is not the file it describes ({detail}). It was thrown away; nothing was changed.</source>
        <translation>Ce que {service} a envoyé pour {name} n’est pas le fichier décrit ({detail}). Cela a été supprimé&#xa0;; rien n’a été modifié.</translation>
    </message>
    <message>
        <source>This was stopped. What had arrived is kept, and the next try goes on from there.</source>
        <translation>L’opération a été arrêtée. Ce qui était arrivé est conservé, et le prochain essai reprendra de là.</translation>
    </message>
    <message>
        <source>Libraries of the kind {kind} need a package that {detail}. What is catalogued of them stays.</source>
        <translation>Les bibliothèques de type {kind} nécessitent un paquet qui {detail}. Ce qui en est catalogué reste.</translation>
    </message>
    <message>
        <source>The metadata could not be written: {detail}. What is there was left as it is.</source>
        <translation>Les métadonnées n’ont pas pu être écrites&#xa0;: {detail}. L’existant a été laissé tel quel.</translation>
    </message>
    <message>
        <source>The metadata was not written: {detail}. The file was left as it is.</source>
        <translation>Les métadonnées n’ont pas été écrites&#xa0;: {detail}. Le fichier a été laissé tel quel.</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile. It is read again.</source>
        <translation>{path} a été modifié entre-temps par un autre programme. Il est relu.</translation>
    </message>
    <message>
        <source>{path} is locked by another program. What you said is kept and tried again.</source>
        <translation>{path} est verrouillé par un autre programme. Ce que vous avez indiqué est conservé et un nouvel essai aura lieu.</translation>
    </message>
    <message>
        <source>{path} cannot be written to: {detail}. It was left as it is.</source>
        <translation>Impossible d’écrire dans {path}&#xa0;: {detail}. Il a été laissé tel quel.</translation>
    </message>
    <message>
        <source>{path} is not there any more. What you said about it is kept.</source>
        <translation>{path} n’existe plus. Ce que vous avez indiqué à son sujet est conservé.</translation>
    </message>
    <message>
        <source>The sample library was not finished. Nothing of it was left in {folder}.</source>
        <translation>La bibliothèque d’exemple n’a pas été terminée. Rien n’en est resté dans {folder}.</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>La recherche a été arrêtée.</translation>
    </message>
    <message>
        <source>The database {path} is damaged ({detail}). It was left as it is.</source>
        <translation>La base de données {path} est endommagée ({detail}). Elle a été laissée telle quelle.</translation>
    </message>
    <message>
        <source>{name} was changed again since. It was left as it is now: look at it, then decide anew.</source>
        <translation>{name} a de nouveau été modifié depuis. Il a été laissé dans son état actuel&#xa0;: examinez-le, puis décidez de nouveau.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again; the secret was kept nowhere else.</source>
        <translation>Le trousseau est verrouillé. Déverrouillez-le et réessayez&#xa0;; le secret n’a été conservé nulle part ailleurs.</translation>
    </message>
    <message>
        <source>The key store is closed. Open it with its passphrase, under the accounts of Cloudinary (or set ASSET_BRIDGE_PASSPHRASE).</source>
        <translation>Le trousseau est fermé. Ouvrez-le avec sa phrase secrète, sous les comptes de Cloudinary (ou définissez ASSET_BRIDGE_PASSPHRASE).</translation>
    </message>
    <message>
        <source>The transformation cannot be used: at character {place} stands “{found}”, where {expected} was expected. Nothing was changed.</source>
        <translation>La transformation est inutilisable&#xa0;: au caractère {place} se trouve «&#xa0;{found}&#xa0;» au lieu de {expected}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The import was stopped. Nothing of that log is counted.</source>
        <translation>L’importation a été arrêtée. Rien de ce journal n’est compté.</translation>
    </message>
    <message>
        <source>{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was recorded. A no for the whole counts from anybody.</source>
        <translation>{who} ne peut pas décider à l’étape «&#xa0;{stage}&#xa0;»&#xa0;: selon une politique, seuls {roles} le peuvent. Rien n’a été consigné. Un refus de l’ensemble compte, d’où qu’il vienne.</translation>
    </message>
    <message>
        <source>Some assets stay as they are: since then they have changed, or somebody decided on them, or they are reviewed in stages. Look at them, and decide anew.</source>
        <translation>Certaines ressources restent telles quelles&#xa0;: elles ont changé depuis, quelqu’un a décidé à leur sujet ou elles sont vérifiées par étapes. Regardez-les, puis décidez à nouveau.</translation>
    </message>
    <message>
        <source>The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive into another folder, or mend this one and try again.</source>
        <translation>L’archive dans {path} n’est pas complète&#xa0;: {detail}. Rien n’a été retiré nulle part. Archivez dans un autre dossier, ou réparez celui-ci et réessayez.</translation>
    </message>
    <message>
        <source>{name} was to be moved, and the service shows it where it was. Nothing else was changed: try again, or move it there by hand.</source>
        <translation>{name} devait être déplacé, et le service le montre à son ancien emplacement. Rien d’autre n’a été modifié&#xa0;: réessayez, ou déplacez-le manuellement.</translation>
    </message>
    <message>
        <source>Not all assets of this environment are known here yet, so nobody can say what changing the folder {name} would do. Wait until the sync is through, then try again.</source>
        <translation>Toutes les ressources de cet environnement ne sont pas encore connues ici&#xa0;; personne ne peut donc dire ce que changerait la modification du dossier {name}. Attendez la fin de la synchronisation, puis réessayez.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has in Cloudinary. It was left as it is, and nothing was downloaded.</source>
        <translation>{path} existe déjà, avec un autre contenu que {name} dans Cloudinary. Il a été laissé tel quel, et rien n’a été téléchargé.</translation>
    </message>
    <message>
        <source>{name} is in Cloudinary, not in a folder here. Download it to have the file.</source>
        <translation>{name} se trouve dans Cloudinary, pas dans un dossier ici. Téléchargez-le pour obtenir le fichier.</translation>
    </message>
    <message>
        <source>{name} has no display name of its own: in this environment the name is part of the public ID, and renaming it would change its address. Nothing was changed.</source>
        <translation>{name} n’a pas de nom affiché propre&#xa0;: dans cet environnement, le nom fait partie de l’ID public, et le renommer changerait son adresse. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot hold at once, or make the rule anew: a new one is applied last.</source>
        <translation>Cloudinary garde la règle «&#xa0;{name}&#xa0;» à sa place. Donnez aux deux règles des conditions incompatibles entre elles, ou recréez la règle&#xa0;: une nouvelle règle s’applique en dernier.</translation>
    </message>
    <message>
        <source>Reading the feed was stopped. Nothing was changed.</source>
        <translation>La lecture du flux a été arrêtée. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{name} has changed at {service} since it was pushed, so nothing of its copy was carried back. Push it again, or change it at {service}.</source>
        <translation>{name} a changé chez {service} depuis son envoi&#xa0;; rien de sa copie n’a donc été reporté. Envoyez-le de nouveau ou modifiez-le chez {service}.</translation>
    </message>
    <message>
        <source>The mapping of {what} cannot be used: {detail}.</source>
        <translation>La correspondance de {what} est inutilisable&#xa0;: {detail}.</translation>
    </message>
    <message>
        <source>The archive of {name} was taken back, so nothing more of it is done. Archive it anew if that is wanted.</source>
        <translation>L’archivage de {name} a été annulé&#xa0;; il n’est donc pas poursuivi. Archivez-le de nouveau si vous le souhaitez.</translation>
    </message>
    <message>
        <source>{name} is delivered with {there} bytes, and {told} were published. It was not archived: look at it, then try again.</source>
        <translation>{name} est diffusé avec {there} octets, alors que {told} ont été publiés. Il n’a pas été archivé&#xa0;: examinez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>{name} was put into the archive&apos;s gallery, and the service does not have it. Nothing was taken away anywhere; try again.</source>
        <translation>{name} a été placé dans la galerie de l’archive, mais le service ne l’a pas. Rien n’a été retiré nulle part&#xa0;; réessayez.</translation>
    </message>
    <message>
        <source>{name} was to be marked as archived, and the service does not show it. Try again; nothing was taken away anywhere.</source>
        <translation>{name} devait être marqué comme archivé, mais le service ne l’indique pas. Réessayez&#xa0;; rien n’a été retiré nulle part.</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else since you looked at it. It was left alone: look at it again, then decide anew.</source>
        <translation>{name} a été modifié par quelqu’un d’autre depuis que vous l’avez examiné. Il n’a pas été touché&#xa0;: examinez-le de nouveau, puis décidez.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. Nothing was changed there.</source>
        <translation>{name} n’est plus chez {service}. Rien n’y a été modifié.</translation>
    </message>
    <message>
        <source>The folder {name} is not at {service} any more. Nothing was changed there.</source>
        <translation>Le dossier {name} n’est plus chez {service}. Rien n’y a été modifié.</translation>
    </message>
    <message>
        <source>There is a folder {name} at {service} already. Nothing was changed there: choose another name.</source>
        <translation>Il existe déjà un dossier {name} chez {service}. Rien n’y a été modifié&#xa0;: choisissez un autre nom.</translation>
    </message>
    <message>
        <source>{name} is not at its library any more. Nothing was sent or changed.</source>
        <translation>{name} n’est plus dans sa bibliothèque. Rien n’a été envoyé ni modifié.</translation>
    </message>
    <message>
        <source>The library of this master cannot be reached. Nothing was lost: it is tried again by itself every minute.</source>
        <translation>La bibliothèque de ce master est injoignable. Rien n’a été perdu&#xa0;: un nouvel essai a lieu automatiquement chaque minute.</translation>
    </message>
    <message>
        <source>The kit {name} was not exported: {reasons}. Nothing was written.</source>
        <translation>Le kit {name} n’a pas été exporté&#xa0;: {reasons}. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {count} of its renditions could not be made; the first is {preset} of {name}: {detail} What is made is kept for the next try.</source>
        <translation>Le kit {kit} n’a pas été exporté&#xa0;: {count} de ses déclinaisons n’ont pas pu être créées&#xa0;; la première est {preset} de {name}&#xa0;: {detail} Ce qui est créé est conservé pour le prochain essai.</translation>
    </message>
    <message>
        <source>Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in the inspector.</source>
        <translation>Quelqu’un d’autre a entre-temps modifié {field} de {name}. Les deux valeurs sont conservées&#xa0;: choisissez-en une dans l’inspecteur.</translation>
    </message>
    <message>
        <source>{service} did not take {field} of {name}: {detail} What you wrote is kept and can be corrected.</source>
        <translation>{service} n’a pas accepté {field} de {name}&#xa0;: {detail} Ce que vous avez écrit est conservé et peut être corrigé.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. What you wrote about it is kept.</source>
        <translation>{name} n’est plus chez {service}. Ce que vous avez écrit à son sujet est conservé.</translation>
    </message>
    <message>
        <source>{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.</source>
        <translation>{service} a accepté {field} de {name}, mais indique maintenant «&#xa0;{there}&#xa0;». Ce que vous avez écrit est conservé.</translation>
    </message>
    <message>
        <source>{service} was told that {name} is {wanted}, and still says that it is {found}.</source>
        <translation>{service} a été informé que {name} est {wanted}, mais indique encore {found}.</translation>
    </message>
    <message>
        <source>{name} was not sent: the content at {public_id} was changed by somebody else. Look at it first; nothing was replaced.</source>
        <translation>{name} n’a pas été envoyé&#xa0;: le contenu de {public_id} a été modifié par quelqu’un d’autre. Examinez-le d’abord&#xa0;; rien n’a été remplacé.</translation>
    </message>
    <message>
        <source>{name} has a new version at its library. It was not sent: have that version approved, then push it.</source>
        <translation>{name} a une nouvelle version dans sa bibliothèque. Elle n’a pas été envoyée&#xa0;: faites-la approuver, puis envoyez-la.</translation>
    </message>
    <message>
        <source>Cloudinary has not made the renditions of {name} within hours. Their transformation may be more than it can do: change it, or try again.</source>
        <translation>Cloudinary n’a pas créé les déclinaisons de {name} en plusieurs heures. Leur transformation dépasse peut-être ses capacités&#xa0;: modifiez-la ou réessayez.</translation>
    </message>
    <message>
        <source>{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} The others are there.</source>
        <translation>{count} déclinaisons de {name} sur {total} n’ont pas été créées&#xa0;; la première est {preset}&#xa0;: {detail} Les autres sont prêtes.</translation>
    </message>
    <message>
        <source>{name} may not be delivered any more: {reasons}. Somebody has put other content at {public_id} meanwhile, which was left alone: look at it.</source>
        <translation>{name} ne peut plus être diffusé&#xa0;: {reasons}. Quelqu’un a entre-temps placé un autre contenu à {public_id}, qui n’a pas été touché&#xa0;: examinez-le.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} was deleted at {service}, but its address makes it again for anybody: {environment} does not have strict transformations. Switch them on there and try again, or take the whole master back.</source>
        <translation>La déclinaison {preset} de {name} a été supprimée chez {service}, mais son adresse la recrée pour quiconque&#xa0;: {environment} n’utilise pas les transformations strictes. Activez-les là-bas et réessayez, ou retirez tout le master.</translation>
    </message>
    <message>
        <source>The address of {name} is not told any more: {reasons}. Nothing was sent.</source>
        <translation>L’adresse de {name} n’est plus communiquée&#xa0;: {reasons}. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>{endpoint} is switched off. The message is kept: switch it on and send it again.</source>
        <translation>{endpoint} est désactivé. Le message est conservé&#xa0;: activez le point de terminaison et renvoyez-le.</translation>
    </message>
    <message>
        <source>At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide again if that is not right.</source>
        <translation>Chez {service}, {name} est «&#xa0;{state}&#xa0;» selon {source}, ce qui est plus strict et prévaut. Décidez de nouveau si ce n’est pas correct.</translation>
    </message>
    <message>
        <source>{name} is archived at {service}, so it was not told of the decision. The decision is kept here.</source>
        <translation>{name} est archivé chez {service}, qui n’a donc pas été informé de la décision. La décision est conservée ici.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: it lies in no gallery there.</source>
        <translation>Ce qui est publié de {name} n’a pas été consigné auprès du service&#xa0;: il ne s’y trouve dans aucune galerie.</translation>
    </message>
    <message>
        <source>It broke off.</source>
        <translation>Cela s’est interrompu.</translation>
    </message>
    <message>
        <source>A saved report needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Un rapport enregistré requiert un nom de 1 à {most} lettres. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{count} assets are not in {environment} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} ressources ne sont plus dans {environment}, dont {first}. Elles restent dans le catalogue jusqu’à ce que vous indiquiez qu’elles peuvent être oubliées.</translation>
    </message>
    <message>
        <source>The sync was stopped. What was fetched stays.</source>
        <translation>La synchronisation a été arrêtée. Ce qui a été récupéré reste.</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Nothing is left of it.</source>
        <translation>Le téléchargement de {name} a été arrêté. Il n’en reste rien.</translation>
    </message>
    <message>
        <source>Nothing was imported: {names} exist already and say something else. Say that they may be replaced, or rename them.</source>
        <translation>Rien n’a été importé&#xa0;: {names} existent déjà et indiquent autre chose. Autorisez leur remplacement ou renommez-les.</translation>
    </message>
    <message>
        <source>There is something else with the name {name}. Nothing was changed.</source>
        <translation>Autre chose porte déjà le nom {name}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. The file that is there was left as it is.</source>
        <translation>{path} n’a pas été écrit&#xa0;: {detail}. Le fichier existant a été laissé tel quel.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. Nothing is left of it.</source>
        <translation>{path} n’a pas été écrit&#xa0;: {detail}. Il n’en reste rien.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: other files have the names that its record could have. They were left as they are.</source>
        <translation>Ce qui est publié de {name} n’a pas été consigné auprès du service&#xa0;: d’autres fichiers portent les noms que sa fiche pourrait avoir. Ils ont été laissés tels quels.</translation>
    </message>
    <message>
        <source>All that {name} of {reviewer} says is on record already. Nothing was recorded.</source>
        <translation>Tout ce qu’indique {name} de {reviewer} est déjà consigné. Rien n’a été consigné.</translation>
    </message>
    <message>
        <source>The review pack was not finished. Nothing is left of it.</source>
        <translation>Le dossier de révision n’a pas été terminé. Il n’en reste rien.</translation>
    </message>
    <message>
        <source>{what} is no time zone: give one like Europe/Oslo. Nothing was changed.</source>
        <translation>{what} n’est pas un fuseau horaire&#xa0;: indiquez par exemple Europe/Oslo. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>A template needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Un modèle requiert un nom de 1 à {most} lettres. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{name} was not attached: it has more than {most} MB. Nothing was changed.</source>
        <translation>{name} n’a pas été joint&#xa0;: il dépasse {most} MB. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{name} was not attached: {detail}. Nothing was changed.</source>
        <translation>{name} n’a pas été joint&#xa0;: {detail}. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>{name} in {folder} is not the document that was attached: it was changed. The claim names the right one by its SHA-256 ({digest}).</source>
        <translation>{name} dans {folder} n’est pas le document qui a été joint&#xa0;: il a été modifié. La déclaration identifie le bon par son SHA-256 ({digest}).</translation>
    </message>
    <message>
        <source>{count} files of {library} are not there any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} fichiers de {library} n’existent plus, dont {first}. Ils restent dans le catalogue jusqu’à ce que vous indiquiez qu’ils peuvent être oubliés.</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer ({detail}). Close it, then try again.</source>
        <translation>Un autre programme utilise le port {port} de cet ordinateur ({detail}). Fermez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>{name} is at its service, not in a folder here. Save its original to have the file.</source>
        <translation>{name} se trouve auprès de son service, pas dans un dossier ici. Enregistrez son original pour obtenir le fichier.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has at {service}. It was left as it is.</source>
        <translation>{path} existe déjà, avec un autre contenu que {name} chez {service}. Il a été laissé tel quel.</translation>
    </message>
    <message>
        <source>{count} masters are not at {service} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} masters ne sont plus chez {service}, dont {first}. Ils restent dans le catalogue jusqu’à ce que vous indiquiez qu’ils peuvent être oubliés.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. Nothing was sent: write its address into a text, link or Cloudinary field instead.</source>
        <translation>La déclinaison {preset} de {name} pèse {mb} MB&#xa0;; Contentstack accepte des fichiers jusqu’à 100 MB. Rien n’a été envoyé&#xa0;: écrivez plutôt son adresse dans un champ de texte, de lien ou Cloudinary.</translation>
    </message>
    <message>
        <source>Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out first, or say that it may be given up.</source>
        <translation>Tout ce qui a été dit ici n’est pas arrivé&#x202f;: {work}. Rien n’a été retiré. Laissez-le partir d’abord, ou indiquez que cela peut être abandonné.</translation>
    </message>
    <message>
        <source>This link cannot be followed ({detail}). Nothing was opened or changed.</source>
        <translation>Ce lien ne peut pas être suivi ({detail}). Rien n’a été ouvert ni modifié.</translation>
    </message>
    <message>
        <source>The news of a release could not be trusted: {detail}. Nothing was fetched or installed.</source>
        <translation>L’annonce d’une nouvelle version n’a pas pu être jugée fiable&#x202f;: {detail}. Rien n’a été récupéré ni installé.</translation>
    </message>
    <message>
        <source>{name} cannot be handed over as a file: its master is not on this machine, or it is a film. Export it, or publish it and take it from its renditions.</source>
        <translation>{name} ne peut pas être remis comme fichier&#x202f;: son master n’est pas sur cet ordinateur, ou c’est une vidéo. Exportez-le, ou publiez-le et prenez-le dans ses déclinaisons.</translation>
    </message>
    <message>
        <source>Nothing was handed over. What was begun is gone again.</source>
        <translation>Rien n’a été remis. Ce qui avait été commencé a été supprimé.</translation>
    </message>
    <message>
        <source>The desktop shows no notifications ({detail}).</source>
        <translation>Le bureau n’affiche pas de notifications ({detail}).</translation>
    </message>
    <message>
        <source>{program} could not be started ({detail}). The file was left as it is.</source>
        <translation>{program} n’a pas pu être démarré ({detail}). Le fichier a été laissé tel quel.</translation>
    </message>
    <message>
        <source>There is no place yet that news of releases come from. Nothing was asked. `updates_url` in the settings can name one.</source>
        <translation>Il n’existe pas encore de lieu d’où viennent les annonces de nouvelles versions. Aucune demande n’a été envoyée. `updates_url` dans les réglages peut en indiquer un.</translation>
    </message>
    <message>
        <source>Channels of the kind {kind} need a package that {detail}. What is published there stays as it is.</source>
        <translation>Les canaux de type {kind} nécessitent un paquet qui {detail}. Ce qui y est publié reste tel quel.</translation>
    </message>
    <message>
        <source>Cloudinary is still making the renditions of {name}.</source>
        <translation>Cloudinary crée encore les déclinaisons de {name}.</translation>
    </message>
    <message>
        <source>The service took the publication of {entry} and does not show it yet; it was looked for {times} times.</source>
        <translation>Le service a accepté la publication de {entry} mais ne la montre pas encore&#xa0;; nombre de vérifications&#xa0;: {times}.</translation>
    </message>
    <message>
        <source>{service} gave no answer that can be used ({detail}). Nothing was kept: check the API&apos;s address, and whether this network wants you to log in first; then try again.</source>
        <translation>{service} n’a pas donné de réponse utilisable ({detail}). Rien n’a été conservé&#xa0;: vérifiez l’adresse de l’API et si ce réseau exige une connexion préalable, puis réessayez.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down, and could not be asked about this account. Nothing was kept: try again in a while.</source>
        <translation>{service} demande de ralentir et n’a pas pu être interrogé sur ce compte. Rien n’a été conservé : réessayez plus tard.</translation>
    </message>
    <message>
        <source>It was stopped. Nothing of it was kept.</source>
        <translation>L’opération a été arrêtée. Rien n’en a été conservé.</translation>
    </message>
    <message>
        <source>A policy keeps the file of {name} here: {reasons}. Nothing was handed over.</source>
        <translation>Une politique garde ici le fichier de {name} : {reasons}. Rien n’a été remis.</translation>
    </message>
    <message>
        <source>The copy of {name} holds something else by now. It did not become the new version.</source>
        <translation>La copie de {name} contient autre chose à présent. Elle n’est pas devenue la nouvelle version.</translation>
    </message>
    <message>
        <source>{name} takes nothing from others: {detail}.</source>
        <translation>{name} ne reçoit rien des autres : {detail}.</translation>
    </message>
    <message>
        <source>Posts cannot be received on port {port}: {detail}. Choose another one.</source>
        <translation>Impossible de recevoir des envois sur le port {port} : {detail}. Choisissez-en un autre.</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>%Ln fichier ne peut pas être publié : {reasons}.</numerusform>
            <numerusform>%Ln fichiers ne peuvent pas être publiés : {reasons}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>the program ends</source>
        <translation>le programme se ferme</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>ce n’est pas du JSON</translation>
    </message>
    <message>
        <source>it is no encoding of files</source>
        <translation>ce n’est pas un encodage de fichier</translation>
    </message>
    <message>
        <source>it redirects again and again</source>
        <translation>redirections sans fin</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>délai dépassé</translation>
    </message>
    <message>
        <source>it has to be https://…</source>
        <translation>il faut une adresse https://…</translation>
    </message>
    <message>
        <source>a password has no place in an address</source>
        <translation>un mot de passe n’a pas sa place dans une adresse</translation>
    </message>
    <message>
        <source>it redirects to nowhere safe</source>
        <translation>redirection vers un endroit non sûr</translation>
    </message>
    <message>
        <source>it is empty or not one word</source>
        <translation>la valeur est vide ou n’est pas un seul mot</translation>
    </message>
    <message>
        <source>The Cloudinary URL</source>
        <translation>L’URL Cloudinary</translation>
    </message>
    <message>
        <source>it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME</source>
        <translation>la forme attendue est cloudinary://API_KEY:API_SECRET@CLOUD_NAME</translation>
    </message>
    <message>
        <source>its answer names no asset</source>
        <translation>sa réponse ne désigne aucune ressource</translation>
    </message>
    <message>
        <source>the login had to be renewed</source>
        <translation>la connexion a dû être renouvelée</translation>
    </message>
    <message>
        <source>it does not say when it was sent</source>
        <translation>sa date d’envoi n’est pas indiquée</translation>
    </message>
    <message>
        <source>it is too old, or the clock here is wrong</source>
        <translation>elle est trop ancienne, ou l’horloge de cet ordinateur est fausse</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>elle n’est pas signée</translation>
    </message>
    <message>
        <source>its signature is not that of this account</source>
        <translation>sa signature n’est pas celle de ce compte</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>elle est illisible</translation>
    </message>
    <message>
        <source>it does not say what happened</source>
        <translation>elle n’indique pas ce qui s’est passé</translation>
    </message>
    <message>
        <source>the login kept is damaged</source>
        <translation>la connexion conservée est endommagée</translation>
    </message>
    <message>
        <source>The API address</source>
        <translation>L’adresse de l’API</translation>
    </message>
    <message>
        <source>it has to begin with https://</source>
        <translation>l’adresse doit commencer par https://</translation>
    </message>
    <message>
        <source>its answer holds no token</source>
        <translation>sa réponse ne contient aucun jeton</translation>
    </message>
    <message>
        <source>The account URL</source>
        <translation>L’URL du compte</translation>
    </message>
    <message>
        <source>it has to look like account://KEY:SECRET@ACCOUNT_ID</source>
        <translation>la forme attendue est account://KEY:SECRET@ACCOUNT_ID</translation>
    </message>
    <message>
        <source>its answer lists no environments</source>
        <translation>sa réponse n’énumère aucun environnement</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>son certificat n’est pas accepté</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>son certificat a expiré, ou l’horloge de cet ordinateur est fausse</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>son certificat n’est pas encore valable, ou l’horloge de cet ordinateur est fausse</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>la connexion a été interrompue</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>le fichier est trop volumineux</translation>
    </message>
    <message>
        <source>its answer lists no presets</source>
        <translation>sa réponse n’énumère aucun préréglage</translation>
    </message>
    <message>
        <source>The breakpoints</source>
        <translation>La liste des points de rupture</translation>
    </message>
    <message>
        <source>The plug-in&apos;s folder</source>
        <translation>Le dossier du module</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>Le nom</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>le contenu est vide</translation>
    </message>
    <message>
        <source>This choice</source>
        <translation>Cette sélection</translation>
    </message>
    <message>
        <source>it has to be assets of one product environment</source>
        <translation>il faut des ressources d’un seul environnement de produit</translation>
    </message>
    <message>
        <source>The moderation status</source>
        <translation>Le statut de modération</translation>
    </message>
    <message>
        <source>say approved or rejected</source>
        <translation>indiquez approved ou rejected</translation>
    </message>
    <message>
        <source>The relation</source>
        <translation>L’association</translation>
    </message>
    <message>
        <source>it names no other asset</source>
        <translation>aucune autre ressource n’est désignée</translation>
    </message>
    <message>
        <source>The access rules</source>
        <translation>L’ensemble des règles d’accès</translation>
    </message>
    <message>
        <source>at most one of them can be a time window</source>
        <translation>une seule règle au plus peut définir une période</translation>
    </message>
    <message>
        <source>The access rule</source>
        <translation>La règle d’accès</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>la fin précède le début</translation>
    </message>
    <message>
        <source>it is pinned to a point outside the picture</source>
        <translation>le point épinglé est hors de l’image</translation>
    </message>
    <message>
        <source>it is pinned to a region that is not inside the picture</source>
        <translation>la zone épinglée n’est pas à l’intérieur de l’image</translation>
    </message>
    <message>
        <source>it is pinned to a time that cannot be</source>
        <translation>le moment épinglé est impossible</translation>
    </message>
    <message>
        <source>a line of its drawing has no points, or no width</source>
        <translation>un trait du dessin n’a pas de points, ou pas d’épaisseur</translation>
    </message>
    <message>
        <source>a line of its drawing has a colour that is none of ours</source>
        <translation>un trait du dessin a une couleur qui n’est pas des nôtres</translation>
    </message>
    <message>
        <source>it has characters that are broken</source>
        <translation>certains caractères sont endommagés</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>il n’y a aucun contenu</translation>
    </message>
    <message>
        <source>it is empty or has odd characters</source>
        <translation>la valeur est vide ou contient des caractères inhabituels</translation>
    </message>
    <message>
        <source>there is none of that name</source>
        <translation>il n’en existe pas de ce nom</translation>
    </message>
    <message>
        <source>it must not end with a backslash</source>
        <translation>cela ne doit pas finir par une barre oblique inverse</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>un nom n’a pas de barre oblique, et de 1 à 255 caractères</translation>
    </message>
    <message>
        <source>an asset has at most 1,000 tags</source>
        <translation>une ressource a au plus 1 000 étiquettes</translation>
    </message>
    <message>
        <source>a tag is a word without spaces around it</source>
        <translation>une étiquette est un mot sans espaces autour</translation>
    </message>
    <message>
        <source>a tag holds no comma</source>
        <translation>une étiquette ne contient pas de virgule</translation>
    </message>
    <message>
        <source>a tag has at most 255 characters</source>
        <translation>une étiquette a au plus 255 caractères</translation>
    </message>
    <message>
        <source>a tag has no control characters</source>
        <translation>une étiquette n’a pas de caractères de contrôle</translation>
    </message>
    <message>
        <source>a key needs a name without =, | and backslashes</source>
        <translation>une clé demande un nom sans =, | ni barre oblique inverse</translation>
    </message>
    <message>
        <source>this key says what was sent, and is not edited</source>
        <translation>cette clé dit ce qui a été envoyé, et ne se modifie pas</translation>
    </message>
    <message>
        <source>a value has at most 1,024 characters</source>
        <translation>une valeur a au plus 1 024 caractères</translation>
    </message>
    <message>
        <source>a value has no control characters but line breaks</source>
        <translation>une valeur n’a d’autres caractères de contrôle que les sauts de ligne</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>cet emplacement n’existe pas</translation>
    </message>
    <message>
        <source>it does not name a place</source>
        <translation>cela ne désigne aucun emplacement</translation>
    </message>
    <message>
        <source>an environment has no name</source>
        <translation>un environnement n’a pas de nom</translation>
    </message>
    <message>
        <source>what leads in environments is no short table</source>
        <translation>ce qui est prioritaire dans les environnements n’est pas un tableau court</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>Le dossier</translation>
    </message>
    <message>
        <source>it cannot be moved into itself</source>
        <translation>un dossier ne peut pas être déplacé dans lui-même</translation>
    </message>
    <message>
        <source>it is larger than 64 MB</source>
        <translation>la taille dépasse 64 MB</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>ce n’est pas du texte</translation>
    </message>
    <message>
        <source>The limit of weight</source>
        <translation>La limite de poids</translation>
    </message>
    <message>
        <source>it allows no bytes at all</source>
        <translation>elle n’autorise aucun octet</translation>
    </message>
    <message>
        <source>it is no extension</source>
        <translation>ce n’est pas une extension</translation>
    </message>
    <message>
        <source>it names a preset twice</source>
        <translation>un préréglage est indiqué deux fois</translation>
    </message>
    <message>
        <source>there is no column market or language</source>
        <translation>il n’y a pas de colonne market ou language</translation>
    </message>
    <message>
        <source>one of its options is chosen by name</source>
        <translation>une de ses options doit être choisie par son nom</translation>
    </message>
    <message>
        <source>it is not written at this master</source>
        <translation>ce champ ne peut pas être écrit pour ce master</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>Le tableau</translation>
    </message>
    <message>
        <source>its first line names no columns</source>
        <translation>sa première ligne ne nomme pas de colonnes</translation>
    </message>
    <message>
        <source>it has no column File or Asset</source>
        <translation>il n’y a pas de colonne File ou Asset</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>Un modèle</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>un nom est nécessaire</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>son nom est trop long</translation>
    </message>
    <message>
        <source>it is no field that is edited</source>
        <translation>ce champ n’est pas modifiable</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>ce champ y figure deux fois</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>Le texte</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>c’est trop long</translation>
    </message>
    <message>
        <source>a brace stands alone</source>
        <translation>une accolade est isolée</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>le document</translation>
    </message>
    <message>
        <source>the name is there twice</source>
        <translation>ce nom y figure deux fois</translation>
    </message>
    <message>
        <source>it needs a name and fields, nothing else</source>
        <translation>il faut un nom et des champs, rien d’autre</translation>
    </message>
    <message>
        <source>a name is a text, fields are a list</source>
        <translation>un nom est un texte, les champs sont une liste</translation>
    </message>
    <message>
        <source>it needs field and text, and may have way</source>
        <translation>il faut field et text, et way est facultatif</translation>
    </message>
    <message>
        <source>text is a text, way is set, add or fill</source>
        <translation>text est un texte, way vaut set, add ou fill</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>le chemin sort du dossier</translation>
    </message>
    <message>
        <source>it holds a mark that no name can have</source>
        <translation>un signe interdit dans les noms y figure</translation>
    </message>
    <message>
        <source>it names a stage twice</source>
        <translation>une étape y figure deux fois</translation>
    </message>
    <message>
        <source>a difference is between 0 and 1</source>
        <translation>une différence est comprise entre 0 et 1</translation>
    </message>
    <message>
        <source>two policies have this name</source>
        <translation>deux politiques portent ce nom</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>La liste</translation>
    </message>
    <message>
        <source>it is empty, or has spaces at an end</source>
        <translation>le contenu est vide, ou commence ou finit par une espace</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>c’est trop volumineux</translation>
    </message>
    <message>
        <source>it has to be a list</source>
        <translation>il faut une liste</translation>
    </message>
    <message>
        <source>it has to be true or false</source>
        <translation>il faut true ou false</translation>
    </message>
    <message>
        <source>it has to be a text</source>
        <translation>il faut un texte</translation>
    </message>
    <message>
        <source>it has to be an object</source>
        <translation>il faut un objet</translation>
    </message>
    <message>
        <source>it has to be a list of texts</source>
        <translation>il faut une liste de textes</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>Un texte</translation>
    </message>
    <message>
        <source>it is too long, or broken</source>
        <translation>le contenu est trop long ou endommagé</translation>
    </message>
    <message>
        <source>The largest file</source>
        <translation>La taille du plus grand fichier</translation>
    </message>
    <message>
        <source>it has less than no bytes</source>
        <translation>un nombre d’octets ne peut pas être négatif</translation>
    </message>
    <message>
        <source>say DE, US-CA or EMEA</source>
        <translation>indiquez par exemple FR, US-CA ou EMEA</translation>
    </message>
    <message>
        <source>say de or pt-BR</source>
        <translation>indiquez par exemple fr ou pt-BR</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>la valeur manque</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>ce n’est pas du texte</translation>
    </message>
    <message>
        <source>it has to be a whole number</source>
        <translation>il faut un nombre entier</translation>
    </message>
    <message>
        <source>it has neither a folder nor an address</source>
        <translation>il n’y a ni dossier ni adresse</translation>
    </message>
    <message>
        <source>to push, it needs a Cloudinary environment</source>
        <translation>pour l’envoi, il faut un environnement Cloudinary</translation>
    </message>
    <message>
        <source>an address begins with https://</source>
        <translation>une adresse commence par https://</translation>
    </message>
    <message>
        <source>a password has no place in an address; give it as a token</source>
        <translation>un mot de passe n’a pas sa place dans une adresse&#x202f;; indiquez-le comme jeton</translation>
    </message>
    <message>
        <source>context needs a name and a short value</source>
        <translation>le contexte nécessite un nom et une valeur courte</translation>
    </message>
    <message>
        <source>a folder needs a name at each level</source>
        <translation>un dossier nécessite un nom à chaque niveau</translation>
    </message>
    <message>
        <source>a folder name cannot hold ? &amp; # \ % &lt; &gt; +</source>
        <translation>un nom de dossier ne peut pas contenir ? &amp; # \ % &lt; &gt; +</translation>
    </message>
    <message>
        <source>it is no verdict file of a review pack</source>
        <translation>ce n’est pas un fichier de verdicts d’un dossier de révision</translation>
    </message>
    <message>
        <source>it is no verdict</source>
        <translation>ce n’est pas un verdict</translation>
    </message>
    <message>
        <source>it is no time</source>
        <translation>ce n’est pas une indication temporelle</translation>
    </message>
    <message>
        <source>its place is not on the picture</source>
        <translation>l’emplacement n’est pas sur l’image</translation>
    </message>
    <message>
        <source>it is missing, or no such name</source>
        <translation>la valeur manque ou n’est pas un nom connu</translation>
    </message>
    <message>
        <source>it is not between 0 and 1</source>
        <translation>la valeur n’est pas comprise entre 0 et 1</translation>
    </message>
    <message>
        <source>something is named twice in it</source>
        <translation>quelque chose y figure deux fois</translation>
    </message>
    <message>
        <source>its due date says no time zone</source>
        <translation>l’échéance n’indique pas de fuseau horaire</translation>
    </message>
    <message>
        <source>its title or its note has characters that are broken</source>
        <translation>le titre ou la note contient des caractères endommagés</translation>
    </message>
    <message>
        <source>it does not end with ]]</source>
        <translation>]] manque à la fin</translation>
    </message>
    <message>
        <source>The list of documents</source>
        <translation>La liste des documents</translation>
    </message>
    <message>
        <source>no key that this version knows has signed it</source>
        <translation>aucune clé connue de cette version ne l’a signée</translation>
    </message>
    <message>
        <source>it is about something else</source>
        <translation>elle porte sur autre chose</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>le contenu est endommagé</translation>
    </message>
    <message>
        <source>it is of a format that this version cannot read</source>
        <translation>son format n’est pas lisible par cette version</translation>
    </message>
    <message>
        <source>it does not say what a release says</source>
        <translation>elle n’indique pas ce qu’une annonce de version doit indiquer</translation>
    </message>
    <message>
        <source>it is no language tag</source>
        <translation>ce n’est pas une balise de langue</translation>
    </message>
    <message>
        <source>it has no alternatives by language</source>
        <translation>il n’y a pas de variantes par langue</translation>
    </message>
    <message>
        <source>it is indented too far</source>
        <translation>le retrait est trop grand</translation>
    </message>
    <message>
        <source>a synonym stands below its word</source>
        <translation>un synonyme se trouve sous son mot</translation>
    </message>
    <message>
        <source>a word has no control characters</source>
        <translation>un mot n’a pas de caractères de contrôle</translation>
    </message>
    <message>
        <source>hidden and system files are left out</source>
        <translation>les fichiers masqués et système sont ignorés</translation>
    </message>
    <message>
        <source>a folder cannot be copied into itself</source>
        <translation>un dossier ne peut pas être copié dans lui-même</translation>
    </message>
    <message>
        <source>it leads out of the library</source>
        <translation>le chemin sort de la bibliothèque</translation>
    </message>
    <message>
        <source>another folder took its place</source>
        <translation>un autre dossier a pris sa place</translation>
    </message>
    <message>
        <source>its disk seems to be unmounted</source>
        <translation>son disque semble être démonté</translation>
    </message>
    <message>
        <source>it is not the address of a service</source>
        <translation>ce n’est pas l’adresse d’un service</translation>
    </message>
    <message>
        <source>it is not an address</source>
        <translation>ce n’est pas une adresse</translation>
    </message>
    <message>
        <source>it is the id of no container</source>
        <translation>cet ID ne correspond à aucun conteneur</translation>
    </message>
    <message>
        <source>it is no id</source>
        <translation>ce n’est pas un ID</translation>
    </message>
    <message>
        <source>what was kept of it is damaged</source>
        <translation>ce qui en a été conservé est endommagé</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>La fenêtre</translation>
    </message>
    <message>
        <source>it has too many galleries</source>
        <translation>il y a trop de galeries</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>La fiche</translation>
    </message>
    <message>
        <source>it is not defined there</source>
        <translation>ce champ n’y est pas défini</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>Le code</translation>
    </message>
    <message>
        <source>it has to be digits</source>
        <translation>il faut des chiffres</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>L’organisation</translation>
    </message>
    <message>
        <source>it is none of yours</source>
        <translation>ce n’est pas l’une des vôtres</translation>
    </message>
    <message>
        <source>The sign-in</source>
        <translation>La connexion</translation>
    </message>
    <message>
        <source>it is not finished</source>
        <translation>elle n’est pas terminée</translation>
    </message>
    <message>
        <source>e-mail or password is missing</source>
        <translation>l’adresse e-mail ou le mot de passe manque</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>La clé d’API</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>la réponse prend trop de temps</translation>
    </message>
    <message>
        <source>The file name</source>
        <translation>Le nom du fichier</translation>
    </message>
    <message>
        <source>no file can be called so</source>
        <translation>aucun fichier ne peut porter ce nom</translation>
    </message>
    <message>
        <source>it is only read</source>
        <translation>accès en lecture seule</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>n’est pas installé</translation>
    </message>
    <message>
        <source>its package names no account</source>
        <translation>son paquet ne désigne aucun compte</translation>
    </message>
    <message>
        <source>no preview is open</source>
        <translation>aucun aperçu n’est ouvert</translation>
    </message>
    <message>
        <source>the decoders are closed</source>
        <translation>les décodeurs sont fermés</translation>
    </message>
    <message>
        <source>the decoder gave no answer</source>
        <translation>le décodeur n’a pas répondu</translation>
    </message>
    <message>
        <source>the decoder answered nonsense</source>
        <translation>la réponse du décodeur n’a pas de sens</translation>
    </message>
    <message>
        <source>it needs too much memory</source>
        <translation>trop de mémoire serait nécessaire</translation>
    </message>
    <message>
        <source>the document has no pages</source>
        <translation>le document n’a pas de pages</translation>
    </message>
    <message>
        <source>the page has no size</source>
        <translation>la page n’a pas de dimensions</translation>
    </message>
    <message>
        <source>it is PostScript without a preview</source>
        <translation>c’est du PostScript sans aperçu</translation>
    </message>
    <message>
        <source>its preview is not a picture</source>
        <translation>son aperçu n’est pas une image</translation>
    </message>
    <message>
        <source>it needs a password</source>
        <translation>un mot de passe est nécessaire</translation>
    </message>
    <message>
        <source>ExifTool cannot write this file</source>
        <translation>ExifTool ne peut pas écrire dans ce fichier</translation>
    </message>
    <message>
        <source>ExifTool cannot be asked</source>
        <translation>ExifTool ne peut pas être interrogé</translation>
    </message>
    <message>
        <source>ExifTool gave no answer</source>
        <translation>ExifTool n’a pas répondu</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>le fichier ne peut pas être ouvert</translation>
    </message>
    <message>
        <source>more than metadata would have changed</source>
        <translation>autre chose que les métadonnées aurait changé</translation>
    </message>
    <message>
        <source>ExifTool is not installed</source>
        <translation>ExifTool n’est pas installé</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>ce fichier n’existe plus</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>ce n’est pas un fichier</translation>
    </message>
    <message>
        <source>it is marked as read-only</source>
        <translation>le fichier est marqué en lecture seule</translation>
    </message>
    <message>
        <source>its folder is read-only</source>
        <translation>son dossier est en lecture seule</translation>
    </message>
    <message>
        <source>where it was taken would still stand in it</source>
        <translation>le lieu de prise de vue y figurerait encore</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>son en-tête n’a pas de sens</translation>
    </message>
    <message>
        <source>its picture is compressed in a way that is not known</source>
        <translation>son image est compressée d’une façon inconnue</translation>
    </message>
    <message>
        <source>its header: there is no codestream</source>
        <translation>son en-tête&#x202f;: il n’y a pas de codestream</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>ses couleurs ne peuvent pas être converties</translation>
    </message>
    <message>
        <source>it has no size</source>
        <translation>les dimensions manquent</translation>
    </message>
    <message>
        <source>no decoder knows it</source>
        <translation>aucun décodeur ne connaît ce format</translation>
    </message>
    <message>
        <source>there is sound only</source>
        <translation>il n’y a que du son</translation>
    </message>
    <message>
        <source>no frame could be read</source>
        <translation>aucune image de la vidéo n’a pu être lue</translation>
    </message>
    <message>
        <source>no picture could be read</source>
        <translation>aucune image n’a pu être lue</translation>
    </message>
    <message>
        <source>This thread of comments</source>
        <translation>Ce fil de commentaires</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>elle est fermée</translation>
    </message>
    <message>
        <source>This review request</source>
        <translation>Cette demande de révision</translation>
    </message>
    <message>
        <source>it holds no name and expression</source>
        <translation>le nom et l’expression manquent</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>Le jeton</translation>
    </message>
    <message>
        <source>it opens neither a path nor a pattern</source>
        <translation>il n’ouvre ni chemin ni motif</translation>
    </message>
    <message>
        <source>The token&apos;s key</source>
        <translation>La clé du jeton</translation>
    </message>
    <message>
        <source>it is not hexadecimal</source>
        <translation>la valeur n’est pas hexadécimale</translation>
    </message>
    <message>
        <source>The rule for breakpoints</source>
        <translation>La règle des points de rupture</translation>
    </message>
    <message>
        <source>The gallery</source>
        <translation>La galerie</translation>
    </message>
    <message>
        <source>nothing is chosen for it</source>
        <translation>aucun choix n’a été fait pour elle</translation>
    </message>
    <message>
        <source>The delivery address</source>
        <translation>L’adresse de diffusion</translation>
    </message>
    <message>
        <source>it names no asset</source>
        <translation>aucune ressource n’est désignée</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>la page est endommagée</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>Le calque</translation>
    </message>
    <message>
        <source>The options</source>
        <translation>L’ensemble des options</translation>
    </message>
    <message>
        <source>the film is too long to be played backwards or again: ask for a shorter part (so_, du_) or a smaller size</source>
        <translation>la vidéo est trop longue pour être lue à l’envers ou en boucle&#x202f;: demandez une partie plus courte (so_, du_) ou une taille plus petite</translation>
    </message>
    <message>
        <source>it is neither film nor sound</source>
        <translation>ce n’est ni une vidéo ni du son</translation>
    </message>
    <message>
        <source>the film is damaged</source>
        <translation>la vidéo est endommagée</translation>
    </message>
    <message>
        <source>there are no moving pictures in it</source>
        <translation>il n’y a pas d’images animées</translation>
    </message>
    <message>
        <source>a picture is asked for, not a film</source>
        <translation>une image est demandée, pas une vidéo</translation>
    </message>
    <message>
        <source>nothing is left of it, neither pictures nor sound</source>
        <translation>il n’en reste rien, ni images ni son</translation>
    </message>
    <message>
        <source>no frame of the wanted part could be read</source>
        <translation>aucune image de la partie demandée n’a pu être lue</translation>
    </message>
    <message>
        <source>its length is not known, so no percentage of it can be taken</source>
        <translation>sa durée est inconnue, on ne peut donc pas en prendre un pourcentage</translation>
    </message>
    <message>
        <source>no frame of the film could be read</source>
        <translation>aucune image de la vidéo n’a pu être lue</translation>
    </message>
    <message>
        <source>a length is a number of characters</source>
        <translation>une longueur est un nombre de caractères</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>La règle</translation>
    </message>
    <message>
        <source>it changes no field that there is</source>
        <translation>elle ne modifie aucun champ existant</translation>
    </message>
    <message>
        <source>context is written as name=value</source>
        <translation>le contexte s’écrit nom=valeur</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>ce champ n’existe pas</translation>
    </message>
    <message>
        <source>it is too large for a table of markets</source>
        <translation>c’est trop volumineux pour un tableau des marchés</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>ce n’est pas du texte en UTF-8</translation>
    </message>
    <message>
        <source>The asset</source>
        <translation>La ressource</translation>
    </message>
    <message>
        <source>A Cloudinary account</source>
        <translation>Un compte Cloudinary</translation>
    </message>
    <message>
        <source>The reason</source>
        <translation>La raison</translation>
    </message>
    <message>
        <source>The override</source>
        <translation>La dérogation</translation>
    </message>
    <message>
        <source>The collection</source>
        <translation>La collection</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>L’archive</translation>
    </message>
    <message>
        <source>it is no year of an archive</source>
        <translation>ce n’est pas une année d’archive</translation>
    </message>
    <message>
        <source>the folder&apos;s whole path is needed</source>
        <translation>le chemin complet du dossier est nécessaire</translation>
    </message>
    <message>
        <source>there is something in it already</source>
        <translation>ce dossier contient déjà quelque chose</translation>
    </message>
    <message>
        <source>A Cloudinary asset in this choice</source>
        <translation>Une ressource Cloudinary dans cette sélection</translation>
    </message>
    <message>
        <source>some of it are files here, not assets at Cloudinary</source>
        <translation>une partie se compose de fichiers d’ici, non de ressources chez Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes no picture of such a file</source>
        <translation>Cloudinary ne crée pas d’image d’un tel fichier</translation>
    </message>
    <message>
        <source>The asset in Cloudinary</source>
        <translation>La ressource dans Cloudinary</translation>
    </message>
    <message>
        <source>there is a destination of that name</source>
        <translation>il existe déjà une destination de ce nom</translation>
    </message>
    <message>
        <source>only assets of a Cloudinary environment have these fields</source>
        <translation>seules les ressources d’un environnement Cloudinary ont ces champs</translation>
    </message>
    <message>
        <source>A rule to change places with</source>
        <translation>Une règle avec laquelle permuter</translation>
    </message>
    <message>
        <source>its secret is not in the key store</source>
        <translation>son secret n’est pas dans le trousseau</translation>
    </message>
    <message>
        <source>the login names no product environment</source>
        <translation>la connexion ne désigne aucun environnement de produit</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>le contenu a été modifié pendant la lecture</translation>
    </message>
    <message>
        <source>A copy of this master</source>
        <translation>Une copie de ce master</translation>
    </message>
    <message>
        <source>The endpoint of this message</source>
        <translation>Le point de terminaison de ce message</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>La bibliothèque</translation>
    </message>
    <message>
        <source>no secret is known here that it could be signed with</source>
        <translation>aucun secret n’est connu ici pour signer</translation>
    </message>
    <message>
        <source>it is no absolute path</source>
        <translation>ce n’est pas un chemin absolu</translation>
    </message>
    <message>
        <source>another report writes its days there</source>
        <translation>un autre rapport y écrit ses fichiers quotidiens</translation>
    </message>
    <message>
        <source>a keyword is short and has no comma</source>
        <translation>un mot-clé est court et ne contient pas de virgule</translation>
    </message>
    <message>
        <source>This library</source>
        <translation>Cette bibliothèque</translation>
    </message>
    <message>
        <source>only one of a PhotoShelter-style service takes work in</source>
        <translation>seule une bibliothèque d’un service de type PhotoShelter accepte des travaux</translation>
    </message>
    <message>
        <source>two renditions would have this name</source>
        <translation>deux déclinaisons porteraient ce nom</translation>
    </message>
    <message>
        <source>the kit has no such preset to limit</source>
        <translation>le kit n’a pas ce préréglage à limiter</translation>
    </message>
    <message>
        <source>the whole path is needed</source>
        <translation>le chemin complet est nécessaire</translation>
    </message>
    <message>
        <source>the name of a ZIP ends in .zip</source>
        <translation>le nom d’un ZIP finit par .zip</translation>
    </message>
    <message>
        <source>the name of a folder does not end so</source>
        <translation>le nom d’un dossier ne finit pas ainsi</translation>
    </message>
    <message>
        <source>there is something of this name</source>
        <translation>il existe déjà un élément de ce nom</translation>
    </message>
    <message>
        <source>there is no master among it</source>
        <translation>il n’y a aucun master parmi les éléments</translation>
    </message>
    <message>
        <source>another feed is received on that port</source>
        <translation>un autre flux est reçu sur ce port</translation>
    </message>
    <message>
        <source>it has no secret yet</source>
        <translation>il n’a pas encore de secret</translation>
    </message>
    <message>
        <source>it is not switched on</source>
        <translation>il n’est pas activé</translation>
    </message>
    <message>
        <source>it is not set to push</source>
        <translation>il n’est pas configuré pour l’envoi</translation>
    </message>
    <message>
        <source>another file has this name</source>
        <translation>un autre fichier porte ce nom</translation>
    </message>
    <message>
        <source>how large the picture is, is not known</source>
        <translation>les dimensions de l’image ne sont pas connues</translation>
    </message>
    <message>
        <source>The review pack of these verdicts</source>
        <translation>Le dossier de révision de ces verdicts</translation>
    </message>
    <message>
        <source>its content was not read yet</source>
        <translation>son contenu n’a pas encore été lu</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>ce n’est pas un fichier</translation>
    </message>
    <message>
        <source>no browser shows what it was made into</source>
        <translation>aucun navigateur n’affiche le format créé</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>La recherche</translation>
    </message>
    <message>
        <source>it needs to be one line</source>
        <translation>il faut une seule ligne</translation>
    </message>
    <message>
        <source>you signed out</source>
        <translation>vous vous êtes déconnecté</translation>
    </message>
    <message>
        <source>the studio is closed</source>
        <translation>le studio est fermé</translation>
    </message>
    <message>
        <source>its place has moved to another one</source>
        <translation>son emplacement renvoie vers un autre</translation>
    </message>
    <message>
        <source>the server has none</source>
        <translation>le serveur n’en propose aucune</translation>
    </message>
    <message>
        <source>there is another template of that name</source>
        <translation>il existe un autre modèle de ce nom</translation>
    </message>
    <message>
        <source>A vocabulary</source>
        <translation>Un vocabulaire</translation>
    </message>
    <message>
        <source>it needs a short name</source>
        <translation>un nom court est nécessaire</translation>
    </message>
    <message>
        <source>it takes no words</source>
        <translation>ce champ n’accepte pas de mots</translation>
    </message>
    <message>
        <source>only words of a set are refused</source>
        <translation>seuls les mots d’un ensemble peuvent être refusés</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>Le vocabulaire</translation>
    </message>
    <message>
        <source>it has no words</source>
        <translation>il ne contient aucun mot</translation>
    </message>
    <message>
        <source>it is there already; --replace writes over it</source>
        <translation>il existe déjà&#x202f;; --replace l’écrase</translation>
    </message>
    <message>
        <source>The address to fetch</source>
        <translation>L’adresse à récupérer</translation>
    </message>
    <message>
        <source>The asset at its service</source>
        <translation>La ressource auprès de son service</translation>
    </message>
    <message>
        <source>no preset or set has this name</source>
        <translation>aucun préréglage ni jeu ne porte ce nom</translation>
    </message>
    <message>
        <source>it is filled from a table of variants</source>
        <translation>ses variables se remplissent depuis un tableau des variantes</translation>
    </message>
    <message>
        <source>the table names other pictures for it</source>
        <translation>la table indique d’autres images pour lui</translation>
    </message>
    <message>
        <source>a parameter such as w_300</source>
        <translation>l’un des paramètres, tel w_300</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression</source>
        <translation>l’une de ces valeurs&#xa0;: nombre entier de pixels, fraction telle que 0.5, iw, ih ou expression</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0</source>
        <translation>l’une de ces valeurs, supérieure à 0&#xa0;: nombre entier de pixels, fraction telle que 0.5, iw, ih ou expression</translation>
    </message>
    <message>
        <source>a ratio such as 16:9 or 1.5</source>
        <translation>proportions telles que 16:9 ou 1.5</translation>
    </message>
    <message>
        <source>a factor such as 2.0, or auto</source>
        <translation>la valeur d’un facteur, telle que 2.0, ou auto</translation>
    </message>
    <message>
        <source>a factor such as 0.7</source>
        <translation>la valeur d’un facteur, telle que 0.7</translation>
    </message>
    <message>
        <source>1 to 100, or auto with its level</source>
        <translation>1 à 100, ou auto avec son niveau</translation>
    </message>
    <message>
        <source>text in UTF-8</source>
        <translation>texte en UTF-8</translation>
    </message>
    <message>
        <source>a text layer</source>
        <translation>la description d’un calque de texte</translation>
    </message>
    <message>
        <source>the public ID of a layer</source>
        <translation>l’ID public d’un calque</translation>
    </message>
    <message>
        <source>at most {count} layers within layers</source>
        <translation>{count} calques imbriqués au plus</translation>
    </message>
    <message>
        <source>a layer that needs at most {limit} megapixels</source>
        <translation>calques nécessitant {limit} mégapixels au plus</translation>
    </message>
    <message>
        <source>an address in URL-safe Base64</source>
        <translation>l’écriture d’une adresse en Base64 compatible URL</translation>
    </message>
    <message>
        <source>one of the {count} pages</source>
        <translation>l’une des {count} pages</translation>
    </message>
    <message>
        <source>the only page, 1</source>
        <translation>la seule page, 1</translation>
    </message>
    <message>
        <source>a size of at most {limit} megapixels</source>
        <translation>dimensions de {limit} mégapixels au plus</translation>
    </message>
    <message>
        <source>a crop that lies inside the picture (fl_no_overflow)</source>
        <translation>limites de recadrage situées dans l’image (fl_no_overflow)</translation>
    </message>
    <message>
        <source>a named transformation that does not contain itself</source>
        <translation>l’appel d’une transformation nommée qui ne se contient pas elle-même</translation>
    </message>
    <message>
        <source>named transformations of at most {count} components in all</source>
        <translation>transformations nommées de {count} composants au plus en tout</translation>
    </message>
    <message>
        <source>the name of a transformation without mistakes; in this one {expected} was expected instead of “{found}”</source>
        <translation>l’appel d’une transformation sans erreur&#xa0;; dans celle qui est nommée, «&#xa0;{found}&#xa0;» se trouve au lieu de {expected}</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film, which ends after {end} seconds</source>
        <translation>décalages qui laissent une partie de la vidéo, laquelle finit après {end} secondes</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film</source>
        <translation>décalages qui laissent une partie de la vidéo</translation>
    </message>
    <message>
        <source>a codec that the format holds ({held})</source>
        <translation>l’un des codecs que le format accepte ({held})</translation>
    </message>
    <message>
        <source>a text that fits into {width} × {height} pixels</source>
        <translation>texte tenant dans {width} × {height} pixels</translation>
    </message>
    <message>
        <source>a text of at most {count} characters</source>
        <translation>texte de {count} caractères au plus</translation>
    </message>
    <message>
        <source>a text of at most {side} pixels a side and {limit} megapixels</source>
        <translation>texte d’au plus {side} pixels de côté et {limit} mégapixels</translation>
    </message>
    <message>
        <source>a font size above 0</source>
        <translation>l’indication d’une taille de police supérieure à 0</translation>
    </message>
    <message>
        <source>a result that is not beyond all sizes</source>
        <translation>l’obtention d’un résultat qui ne dépasse pas toute limite</translation>
    </message>
    <message>
        <source>a division by something other than 0</source>
        <translation>la division par autre chose que 0</translation>
    </message>
    <message>
        <source>a power with an exponent up to {count}</source>
        <translation>l’élévation à la puissance {count} au plus</translation>
    </message>
    <message>
        <source>a root of something that is not below 0</source>
        <translation>la racine d’une valeur supérieure ou égale à 0</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} ou {other}</translation>
    </message>
    <message>
        <source>the film is not on this machine</source>
        <translation>la vidéo n’est pas sur cet ordinateur</translation>
    </message>
    <message>
        <source>browsers play no films of this format</source>
        <translation>les navigateurs ne lisent pas les vidéos de ce format</translation>
    </message>
    <message>
        <source>its file is another one now</source>
        <translation>son fichier est un autre à présent</translation>
    </message>
    <message>
        <source>new versions of files</source>
        <translation>nouvelles versions de fichiers</translation>
    </message>
    <message>
        <source>its master is a file in a folder here</source>
        <translation>son master est un fichier d’un dossier d’ici</translation>
    </message>
    <message>
        <source>another field has this external ID</source>
        <translation>un autre champ a cet ID externe</translation>
    </message>
    <message>
        <source>A field without a name</source>
        <translation>Un champ sans nom</translation>
    </message>
    <message>
        <source>it needs a label</source>
        <translation>il lui faut un libellé</translation>
    </message>
    <message>
        <source>another field has this label</source>
        <translation>un autre champ a ce libellé</translation>
    </message>
    <message>
        <source>a list needs at least one value to choose</source>
        <translation>une liste demande au moins une valeur à choisir</translation>
    </message>
    <message>
        <source>a mandatory field needs a default value</source>
        <translation>un champ obligatoire demande une valeur par défaut</translation>
    </message>
    <message>
        <source>its longest length is shorter than its shortest</source>
        <translation>sa longueur maximale est inférieure à la minimale</translation>
    </message>
    <message>
        <source>A rule without a name</source>
        <translation>Une règle sans nom</translation>
    </message>
    <message>
        <source>it needs at least one condition</source>
        <translation>il lui faut au moins une condition</translation>
    </message>
    <message>
        <source>a condition cannot ask about the field that the rule changes</source>
        <translation>une condition ne peut pas porter sur le champ que la règle modifie</translation>
    </message>
    <message>
        <source>it changes nothing</source>
        <translation>elle ne change rien</translation>
    </message>
    <message>
        <source>a scene code has six digits</source>
        <translation>un code de scène a six chiffres</translation>
    </message>
    <message>
        <source>a subject code has eight digits</source>
        <translation>un code de sujet a huit chiffres</translation>
    </message>
    <message>
        <source>an age is a number of years</source>
        <translation>un âge est un nombre d’années</translation>
    </message>
    <message>
        <source>a language is written such as de or en-GB</source>
        <translation>une langue s’écrit comme de ou en-GB</translation>
    </message>
    <message>
        <source>a country code has two or three letters</source>
        <translation>un code de pays a deux ou trois lettres</translation>
    </message>
    <message>
        <source>a measure is a number such as 0.25</source>
        <translation>une mesure est un nombre comme 0.25</translation>
    </message>
    <message>
        <source>it takes a set of words</source>
        <translation>il prend un ensemble de mots</translation>
    </message>
    <message>
        <source>it takes one value</source>
        <translation>il prend une seule valeur</translation>
    </message>
    <message>
        <source>it takes a text</source>
        <translation>il prend un texte</translation>
    </message>
    <message>
        <source>it is one line</source>
        <translation>c’est une seule ligne</translation>
    </message>
    <message>
        <source>a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00</source>
        <translation>une date s’écrit comme 2026, 2026-12-01 ou 2026-12-01T09:00:00+01:00</translation>
    </message>
    <message>
        <source>there is no such day or time</source>
        <translation>ce jour ou cette heure n’existe pas</translation>
    </message>
    <message>
        <source>it is none of the choices</source>
        <translation>ce n’est aucun des choix</translation>
    </message>
    <message>
        <source>an address has no blanks</source>
        <translation>une adresse n’a pas d’espaces</translation>
    </message>
    <message>
        <source>a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E</source>
        <translation>une coordonnée s’écrit comme 48.85837, 2.29448 ou 48°51′30″N 2°17′40″E</translation>
    </message>
    <message>
        <source>a latitude is at most 90 degrees, a longitude at most 180</source>
        <translation>une latitude a au plus 90 degrés, une longitude 180</translation>
    </message>
    <message>
        <source>it is a whole number</source>
        <translation>c’est un nombre entier</translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message>
        <source>There is nothing in it, and it is needed.</source>
        <translation>Il est vide, alors qu’il est requis.</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>Le tableau n’a pas cette colonne.</translation>
    </message>
    <message>
        <source>“{value}” is too long.</source>
        <translation>«&#xa0;{value}&#xa0;» est trop long.</translation>
    </message>
    <message>
        <source>It holds signs that no text has.</source>
        <translation>Il contient des signes qu’aucun texte ne comporte.</translation>
    </message>
    <message>
        <source>“{value}” is neither upsert nor delete.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est ni upsert ni delete.</translation>
    </message>
    <message>
        <source>“{value}” has not 8, 12, 13 or 14 digits.</source>
        <translation>«&#xa0;{value}&#xa0;» n’a pas 8, 12, 13 ou 14 chiffres.</translation>
    </message>
    <message>
        <source>“{value}” is not of small letters, digits, - and _.</source>
        <translation>«&#xa0;{value}&#xa0;» ne se compose pas uniquement de minuscules, de chiffres, de - et de _.</translation>
    </message>
    <message>
        <source>“{value}” is no country&apos;s code, EU or WW.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est ni un code pays, ni EU, ni WW.</translation>
    </message>
    <message>
        <source>“{value}” is no language tag.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas un code de langue.</translation>
    </message>
    <message>
        <source>“{value}” is no use that is known.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas un usage connu.</translation>
    </message>
    <message>
        <source>“{value}” is no date.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas une date.</translation>
    </message>
    <message>
        <source>“{value}” does not say in which time zone.</source>
        <translation>«&#xa0;{value}&#xa0;» n’indique pas le fuseau horaire.</translation>
    </message>
    <message>
        <source>The rights end before they begin.</source>
        <translation>Les droits prennent fin avant de commencer.</translation>
    </message>
    <message>
        <source>“{value}” is no slot.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas un slot.</translation>
    </message>
    <message>
        <source>“{value}” is no position.</source>
        <translation>«&#xa0;{value}&#xa0;» n’est pas une position.</translation>
    </message>
    <message>
        <source>“{value}” does not begin with ps:, cld:, file: or kw:.</source>
        <translation>«&#xa0;{value}&#xa0;» ne commence pas par ps:, cld:, file: ou kw:.</translation>
    </message>
    <message>
        <source>The line is not in the encoding of the file.</source>
        <translation>La ligne n’est pas dans l’encodage du fichier.</translation>
    </message>
    <message>
        <source>The line has {value} cells.</source>
        <translation>La ligne comporte {value} cellules.</translation>
    </message>
    <message>
        <source>The line is separated by {value}, unlike the first one.</source>
        <translation>La ligne est séparée par {value}, contrairement à la première.</translation>
    </message>
    <message>
        <source>A quotation mark is never closed.</source>
        <translation>Un guillemet n’est jamais fermé.</translation>
    </message>
    <message>
        <source>The line is too long to be read.</source>
        <translation>La ligne est trop longue pour être lue.</translation>
    </message>
    <message>
        <source>It is no JSON: {value}.</source>
        <translation>Ce n’est pas du JSON&#xa0;: {value}.</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>Ce n’est pas un objet JSON.</translation>
    </message>
    <message>
        <source>The check digit of {value} is wrong.</source>
        <translation>La clé de contrôle de {value} est fausse.</translation>
    </message>
    <message>
        <source>Rows of the product say different things; “{value}” was taken.</source>
        <translation>Les lignes du produit se contredisent&#xa0;; «&#xa0;{value}&#xa0;» a été retenu.</translation>
    </message>
    <message>
        <source>The product is there twice with “{value}”; the later one was taken.</source>
        <translation>Le produit figure deux fois avec «&#xa0;{value}&#xa0;»&#xa0;; le dernier a été retenu.</translation>
    </message>
    <message>
        <source>The column “{value}” is not known.</source>
        <translation>La colonne «&#xa0;{value}&#xa0;» est inconnue.</translation>
    </message>
    <message>
        <source>The feed is empty.</source>
        <translation>Le flux est vide.</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>Visuel principal</translation>
    </message>
    <message>
        <source>Other view</source>
        <translation>Autre vue</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Détail</translation>
    </message>
    <message>
        <source>Swatch</source>
        <translation>Échantillon</translation>
    </message>
    <message>
        <source>Lifestyle</source>
        <translation>Ambiance</translation>
    </message>
    <message>
        <source>Spin</source>
        <translation>Vue à 360°</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Manuel</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Seulement à ma demande</translation>
    </message>
    <message>
        <source>Every quarter of an hour</source>
        <translation>Tous les quarts d’heure</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>Toutes les heures</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Chaque jour</translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>Toutes les %Ln minute</numerusform>
            <numerusform>Toutes les %Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>%Ln image différente</numerusform>
            <numerusform>%Ln images différentes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) taken</source>
        <translation>
            <numerusform>%Ln produit repris</numerusform>
            <numerusform>%Ln produits repris</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>%Ln produit inchangé</numerusform>
            <numerusform>%Ln produits inchangés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>%Ln produit périmé</numerusform>
            <numerusform>%Ln produits périmés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>%Ln produit supprimé</numerusform>
            <numerusform>%Ln produits supprimés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>%Ln ligne non reprise</numerusform>
            <numerusform>%Ln lignes non reprises</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Ligne {line}</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>Non accepté</translation>
    </message>
    <message>
        <source>No image of it was found</source>
        <translation>Aucune image n’en a été trouvée</translation>
    </message>
</context>
<context>
    <name>fidelity</name>
    <message>
        <source>{it} follows the visitor&apos;s browser; here the picture keeps its size.</source>
        <translation>{it} dépend du navigateur du visiteur&#x202f;; ici, l’image garde sa taille.</translation>
    </message>
    <message>
        <source>{it} stands alone: Cloudinary&apos;s pages leave open how the other side follows; here the picture keeps its shape.</source>
        <translation>{it} est indiqué seul&#x202f;: la documentation de Cloudinary ne précise pas comment l’autre côté s’adapte&#x202f;; ici, l’image garde ses proportions.</translation>
    </message>
    <message>
        <source>{it} lets Cloudinary choose the part by its content; here it is chosen by our own measure. The size is exact.</source>
        <translation>{it} laisse Cloudinary choisir la partie selon son contenu&#x202f;; ici, elle est choisie par notre propre mesure. La taille est exacte.</translation>
    </message>
    <message>
        <source>{it} decides the size too, and its coordinates are not here.</source>
        <translation>{it} détermine aussi la taille, et ses coordonnées ne sont pas connues ici.</translation>
    </message>
    <message>
        <source>{it} decides the size too; Cloudinary finds the part with its own detector, here another one does.</source>
        <translation>{it} détermine aussi la taille&#x202f;; Cloudinary trouve la partie avec son propre détecteur, ici c’est un autre.</translation>
    </message>
    <message>
        <source>{it}: how much stays around what is found is not published; here it is near.</source>
        <translation>{it}&#x202f;: la marge conservée autour de ce qui est détecté n’est pas publiée&#x202f;; ici, elle est approchée.</translation>
    </message>
    <message>
        <source>dpr_auto follows the visitor&apos;s screen; here it counts as 1.0.</source>
        <translation>dpr_auto dépend de l’écran du visiteur&#x202f;; ici, la valeur est 1.0.</translation>
    </message>
    <message>
        <source>{it} stands by itself; here it enlarges the last size that is asked for.</source>
        <translation>{it} est indiqué seul&#x202f;; ici, il agrandit la dernière taille demandée.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds the quality for each picture; here it is found by another measure of what the eye sees.</source>
        <translation>{it}&#x202f;: Cloudinary détermine la qualité pour chaque image&#x202f;; ici, elle l’est par une autre mesure de ce que voit l’œil.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary chooses the format by browser and content; here by the browser alone.</source>
        <translation>{it}&#x202f;: Cloudinary choisit le format selon le navigateur et le contenu&#x202f;; ici, selon le navigateur seul.</translation>
    </message>
    <message>
        <source>{it}: when Cloudinary turns the picture is not published in full; here when the size asked for lies the other way.</source>
        <translation>{it}&#x202f;: les cas où Cloudinary tourne l’image ne sont pas entièrement publiés&#x202f;; ici, c’est quand la taille demandée a l’autre orientation.</translation>
    </message>
    <message>
        <source>{it} shares a component with a size; here the picture is turned afterwards.</source>
        <translation>{it} partage un composant avec une taille&#x202f;; ici, l’image est tournée ensuite.</translation>
    </message>
    <message>
        <source>How many faces there are decides here; Cloudinary counts them with its own detector.</source>
        <translation>Le nombre de visages est déterminant ici&#x202f;; Cloudinary les compte avec son propre détecteur.</translation>
    </message>
    <message>
        <source>The layer {it} is not known here; it is left out.</source>
        <translation>Le calque {it} n’est pas connu ici&#x202f;; il est omis.</translation>
    </message>
    <message>
        <source>Where the tiles of {it} begin is not published; here at the top left.</source>
        <translation>Le point de départ des carreaux de {it} n’est pas publié&#x202f;; ici, c’est en haut à gauche.</translation>
    </message>
    <message>
        <source>The text template {it} is known to Cloudinary only; it is left out.</source>
        <translation>Le modèle de texte {it} n’est connu que de Cloudinary&#x202f;; il est omis.</translation>
    </message>
    <message>
        <source>How far a stroke covers its letters is not published; here it lies around them.</source>
        <translation>L’étendue du contour sur les lettres n’est pas publiée&#x202f;; ici, il les entoure.</translation>
    </message>
    <message>
        <source>The font {it} is not here; a similar one stands in.</source>
        <translation>La police {it} n’est pas disponible ici&#x202f;; une police semblable la remplace.</translation>
    </message>
    <message>
        <source>The uploaded font {it} is not known here; {family} stands in.</source>
        <translation>La police chargée {it} n’est pas connue ici&#x202f;; {family} la remplace.</translation>
    </message>
    <message>
        <source>The uploaded font {it} cannot be read here; {family} stands in.</source>
        <translation>La police chargée {it} est illisible ici&#x202f;; {family} la remplace.</translation>
    </message>
    <message>
        <source>The picture is animated; here its first frame is shown.</source>
        <translation>L’image est animée&#x202f;; ici, seule sa première image s’affiche.</translation>
    </message>
    <message>
        <source>Metadata is not written into {format} files here.</source>
        <translation>Ici, les métadonnées ne sont pas écrites dans les fichiers {format}.</translation>
    </message>
    <message>
        <source>Without f_ or an extension Cloudinary delivers the master&apos;s own format; here it is written as {format}.</source>
        <translation>Sans f_ ni extension, Cloudinary diffuse le format du master&#x202f;; ici, le fichier est écrit en {format}.</translation>
    </message>
    <message>
        <source>What fills the padding of a transparent picture is not documented; here it stays transparent.</source>
        <translation>Le remplissage des bords ajoutés à une image transparente n’est pas documenté&#x202f;; ici, ils restent transparents.</translation>
    </message>
    <message>
        <source>Layers by name and embedded pictures are opened by Cloudinary only.</source>
        <translation>Les calques par nom et les images incorporées ne sont ouverts que par Cloudinary.</translation>
    </message>
    <message>
        <source>Of several pages the first that is named is shown here.</source>
        <translation>S’il y a plusieurs pages, la première indiquée s’affiche ici.</translation>
    </message>
    <message>
        <source>Single layers or pages of such a file are opened by Cloudinary only.</source>
        <translation>Seul Cloudinary ouvre les calques ou pages séparés d’un tel fichier.</translation>
    </message>
    <message>
        <source>A RAW file is shown by the camera&apos;s own preview here, or developed plainly.</source>
        <translation>Un fichier RAW est montré ici par l’aperçu de l’appareil, ou développé simplement.</translation>
    </message>
    <message>
        <source>Of an AVIF sequence the first picture is shown here.</source>
        <translation>D’une séquence AVIF, la première image est montrée ici.</translation>
    </message>
    <message>
        <source>Of an EPS the preview it carries is shown here.</source>
        <translation>D’un EPS, l’aperçu qu’il contient est montré ici.</translation>
    </message>
    <message>
        <source>A TIFF of this rare kind is read by another decoder here.</source>
        <translation>Un TIFF de ce type rare est lu ici par un autre décodeur.</translation>
    </message>
    <message>
        <source>t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of that name.</source>
        <translation>t_{it} est rendu ici comme l’indique le préréglage {it}&#x202f;; Cloudinary suit sa propre définition de ce nom.</translation>
    </message>
    <message>
        <source>The film is encoded by another encoder here: its size, length and order are true, its bytes and fine detail are not.</source>
        <translation>La vidéo est encodée ici par un autre encodeur&#x202f;: sa taille, sa durée et son ordre sont exacts, ses octets et ses détails fins ne le sont pas.</translation>
    </message>
    <message>
        <source>The codec vc_{it} is written by Cloudinary only.</source>
        <translation>Le codec vc_{it} n’est produit que par Cloudinary.</translation>
    </message>
    <message>
        <source>A film&apos;s sides are even numbers here: {width} × {height} instead of {asked_width} × {asked_height}.</source>
        <translation>Les côtés d’une vidéo sont des nombres pairs ici&#x202f;: {width} × {height} au lieu de {asked_width} × {asked_height}.</translation>
    </message>
    <message>
        <source>What fills a film&apos;s padding is not documented; here it is black.</source>
        <translation>Le remplissage des bords ajoutés à une vidéo n’est pas documenté&#x202f;; ici, il est noir.</translation>
    </message>
    <message>
        <source>so_{it} is chosen by Cloudinary; here the frame is from the middle.</source>
        <translation>so_{it} est choisi par Cloudinary&#x202f;; ici, l’image est prise au milieu.</translation>
    </message>
    <message>
        <source>Without so_ Cloudinary chooses the frame; here it is the film&apos;s middle one.</source>
        <translation>Sans so_, Cloudinary choisit l’image&#x202f;; ici, c’est celle du milieu de la vidéo.</translation>
    </message>
    <message>
        <source>How fast Cloudinary plays the frames is not documented; here as the film does.</source>
        <translation>La vitesse à laquelle Cloudinary lit les images n’est pas documentée&#x202f;; ici, c’est celle de la vidéo.</translation>
    </message>
    <message>
        <source>{it} is chosen by Cloudinary; here the film starts at its beginning.</source>
        <translation>{it} est choisi par Cloudinary&#x202f;; ici, la vidéo commence à son début.</translation>
    </message>
    <message>
        <source>{it}: how Cloudinary evens out loudness is not published; here it is near.</source>
        <translation>{it}&#x202f;: la façon dont Cloudinary égalise le volume n’est pas publiée&#x202f;; ici, le résultat est approché.</translation>
    </message>
    <message>
        <source>The format f_{it} is written by Cloudinary only; here the film is a {format}.</source>
        <translation>Le format f_{it} n’est produit que par Cloudinary&#x202f;; ici, la vidéo est au format {format}.</translation>
    </message>
    <message>
        <source>{it}: what Cloudinary&apos;s strength means in pixels is not published; here it is near.</source>
        <translation>{it}&#x202f;: la correspondance entre l’intensité chez Cloudinary et les pixels n’est pas publiée&#x202f;; ici, elle est approchée.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s formula is not published; here a usual one is used.</source>
        <translation>{it}&#x202f;: la formule de Cloudinary n’est pas publiée&#x202f;; ici, une formule courante est utilisée.</translation>
    </message>
    <message>
        <source>{it}: where Cloudinary&apos;s squares begin is not published; here at the top left.</source>
        <translation>{it}&#x202f;: le point de départ des carrés de Cloudinary n’est pas publié&#x202f;; ici, c’est en haut à gauche.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds it with its own detector, here another one does.</source>
        <translation>{it}&#x202f;: Cloudinary le trouve avec son propre détecteur, ici c’est un autre.</translation>
    </message>
    <message>
        <source>Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own measure of what draws the eye. The size is exact.</source>
        <translation>Cloudinary choisit la partie à conserver selon son contenu ({it})&#x202f;; ici, elle est choisie par notre propre mesure de ce qui attire l’œil. La taille est exacte.</translation>
    </message>
    <message>
        <source>{it}: how colours between grey and full count is not published; here evenly.</source>
        <translation>{it}&#x202f;: le traitement des couleurs entre le gris et la pleine couleur n’est pas publié&#x202f;; ici, il est uniforme.</translation>
    </message>
    <message>
        <source>{it}: whether sound fades along is not documented; here it does.</source>
        <translation>{it}&#x202f;: Cloudinary ne précise pas si le son suit le fondu&#x202f;; ici, il le suit.</translation>
    </message>
    <message>
        <source>{it}: how the greys of a mask count is not published; here by their brightness.</source>
        <translation>{it}&#x202f;: la prise en compte des gris d’un masque n’est pas publiée&#x202f;; ici, c’est selon leur luminosité.</translation>
    </message>
    <message>
        <source>{it}: how near a colour must be to be trimmed is not published; here it is near.</source>
        <translation>{it}&#x202f;: l’écart de couleur admis pour le rognage n’est pas publié&#x202f;; ici, il est approché.</translation>
    </message>
    <message>
        <source>fl_any_format: when Cloudinary takes a palette is not published; here when hardly a pixel differs.</source>
        <translation>fl_any_format&#x202f;: les cas où Cloudinary prend une palette ne sont pas publiés&#x202f;; ici, c’est quand presque aucun pixel ne diffère.</translation>
    </message>
    <message>
        <source>fl_keep_attribution: which fields count is not published; here those of credit, copyright and rights.</source>
        <translation>fl_keep_attribution&#x202f;: les champs pris en compte ne sont pas publiés&#x202f;; ici, ceux du crédit, du copyright et des droits.</translation>
    </message>
    <message>
        <source>fl_lossy: how much Cloudinary lets frames differ is not published; here a little.</source>
        <translation>fl_lossy&#x202f;: l’écart que Cloudinary permet entre les images n’est pas publié&#x202f;; ici, il est faible.</translation>
    </message>
    <message>
        <source>fl_region_relative: the region is found by another detector here.</source>
        <translation>fl_region_relative&#x202f;: ici, la région est trouvée par un autre détecteur.</translation>
    </message>
    <message>
        <source>fl_text_no_trim: how much room Cloudinary leaves around a text is not published; here that of a line.</source>
        <translation>fl_text_no_trim&#x202f;: l’espace que Cloudinary laisse autour d’un texte n’est pas publié&#x202f;; ici, c’est celui d’une ligne.</translation>
    </message>
    <message>
        <source>Cloudinary looks for faces ({it}) with its own detector, here another one does. The size is exact.</source>
        <translation>Cloudinary recherche les visages ({it}) avec son propre détecteur, ici c’est un autre. La taille est exacte.</translation>
    </message>
    <message>
        <source>{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle stands in.</source>
        <translation>{it}&#x202f;: les coordonnées sont conservées chez Cloudinary&#x202f;; si elles ne sont pas connues ici, le milieu les remplace.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s way of choosing the colour is not published; here it is near.</source>
        <translation>{it}&#x202f;: la façon dont Cloudinary choisit la couleur n’est pas publiée&#x202f;; ici, elle est approchée.</translation>
    </message>
    <message>
        <source>Letters are set by another text engine here and may differ by pixels.</source>
        <translation>Les lettres sont composées ici par un autre moteur de texte et peuvent différer de quelques pixels.</translation>
    </message>
    <message>
        <source>{it}: whether a border lies around the picture or inside it is not published; here around it.</source>
        <translation>{it}&#x202f;: Cloudinary ne précise pas si la bordure se place autour de l’image ou à l’intérieur&#x202f;; ici, elle est autour.</translation>
    </message>
    <message>
        <source>The variable {it} can be worked out by Cloudinary only.</source>
        <translation>La variable {it} ne peut être calculée que par Cloudinary.</translation>
    </message>
    <message>
        <source>The rotation {it} is done by Cloudinary only.</source>
        <translation>La rotation {it} n’est effectuée que par Cloudinary.</translation>
    </message>
    <message>
        <source>The ratio {it} is worked out by Cloudinary only.</source>
        <translation>Le rapport {it} n’est calculé que par Cloudinary.</translation>
    </message>
    <message>
        <source>The background {it} is made by Cloudinary only.</source>
        <translation>L’arrière-plan {it} n’est créé que par Cloudinary.</translation>
    </message>
    <message>
        <source>The border {it} is drawn by Cloudinary only.</source>
        <translation>La bordure {it} n’est dessinée que par Cloudinary.</translation>
    </message>
    <message>
        <source>The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.</source>
        <translation>Le mode de recadrage {it} n’est connu que de Cloudinary&#x202f;; ici, l’image est découpée à la taille.</translation>
    </message>
    <message>
        <source>The pixel density {it} is worked out by Cloudinary only.</source>
        <translation>La densité de pixels {it} n’est calculée que par Cloudinary.</translation>
    </message>
    <message>
        <source>The effect {it} is applied by Cloudinary only.</source>
        <translation>L’effet {it} n’est appliqué que par Cloudinary.</translation>
    </message>
    <message>
        <source>The format {it} is written by Cloudinary only.</source>
        <translation>Le format {it} n’est produit que par Cloudinary.</translation>
    </message>
    <message>
        <source>The flag {it} is followed by Cloudinary only.</source>
        <translation>L’indicateur {it} n’est suivi que par Cloudinary.</translation>
    </message>
    <message>
        <source>Cloudinary looks for {it} in the picture; here the crop stays in the middle.</source>
        <translation>Cloudinary recherche {it} dans l’image&#x202f;; ici, le recadrage reste au milieu.</translation>
    </message>
    <message>
        <source>The height {it} is worked out by Cloudinary only.</source>
        <translation>La hauteur {it} n’est calculée que par Cloudinary.</translation>
    </message>
    <message>
        <source>Conditions that need what Cloudinary alone knows are left out: {it}.</source>
        <translation>Les conditions qui nécessitent ce que seul Cloudinary connaît sont omises&#x202f;: {it}.</translation>
    </message>
    <message>
        <source>The layer {it} is laid on by Cloudinary only.</source>
        <translation>Le calque {it} n’est superposé que par Cloudinary.</translation>
    </message>
    <message>
        <source>The opacity {it} is applied by Cloudinary only.</source>
        <translation>L’opacité {it} n’est appliquée que par Cloudinary.</translation>
    </message>
    <message>
        <source>The quality {it} is chosen by Cloudinary only.</source>
        <translation>La qualité {it} n’est choisie que par Cloudinary.</translation>
    </message>
    <message>
        <source>Rounded corners ({it}) are cut by Cloudinary only.</source>
        <translation>Les coins arrondis ({it}) ne sont découpés que par Cloudinary.</translation>
    </message>
    <message>
        <source>What the named transformation {it} does is not known here; it is left out.</source>
        <translation>L’effet de la transformation nommée {it} n’est pas connu ici&#x202f;; elle est omise.</translation>
    </message>
    <message>
        <source>The layer {it} is laid under by Cloudinary only.</source>
        <translation>Le calque {it} n’est placé en dessous que par Cloudinary.</translation>
    </message>
    <message>
        <source>The width {it} is worked out by Cloudinary only.</source>
        <translation>La largeur {it} n’est calculée que par Cloudinary.</translation>
    </message>
    <message>
        <source>The offset {it} is worked out by Cloudinary only.</source>
        <translation>Le décalage {it} n’est calculé que par Cloudinary.</translation>
    </message>
    <message>
        <source>{it} is done by Cloudinary only.</source>
        <translation>{it} n’est effectué que par Cloudinary.</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Any</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>{filter}: {choice}</source>
        <translation>{filter}&#xa0;: {choice}</translation>
    </message>
    <message>
        <source>Keyword: {words}</source>
        <translation>Mot-clé&#x202f;: {words}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>Dans {folder}</translation>
    </message>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>Droits expirant sous %Ln jour</numerusform>
            <numerusform>Droits expirant sous %Ln jours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>nobody has approved it yet</source>
        <translation>pas encore d’approbation</translation>
    </message>
    <message>
        <source>its review is not finished</source>
        <translation>révision inachevée</translation>
    </message>
    <message>
        <source>changes were requested</source>
        <translation>modifications demandées</translation>
    </message>
    <message>
        <source>it was rejected</source>
        <translation>rejeté</translation>
    </message>
    <message>
        <source>it has changed since it was approved</source>
        <translation>modifié depuis l’approbation</translation>
    </message>
    <message>
        <source>a stage of its review is missing</source>
        <translation>une étape de sa révision manque</translation>
    </message>
    <message>
        <source>nobody has approved this rendition yet</source>
        <translation>personne n’a encore approuvé cette déclinaison</translation>
    </message>
    <message>
        <source>the review of this rendition is not finished</source>
        <translation>la révision de cette déclinaison n’est pas terminée</translation>
    </message>
    <message>
        <source>changes were requested of this rendition</source>
        <translation>des modifications de cette déclinaison ont été demandées</translation>
    </message>
    <message>
        <source>this rendition was rejected</source>
        <translation>cette déclinaison a été rejetée</translation>
    </message>
    <message>
        <source>this rendition has changed since it was approved</source>
        <translation>cette déclinaison a changé depuis son approbation</translation>
    </message>
    <message>
        <source>a stage of the review of this rendition is missing</source>
        <translation>une étape de la révision de cette déclinaison manque</translation>
    </message>
    <message>
        <source>its rights have ended</source>
        <translation>ses droits ont pris fin</translation>
    </message>
    <message>
        <source>its rights have not begun</source>
        <translation>ses droits n’ont pas commencé</translation>
    </message>
    <message>
        <source>its rights dates cannot be read</source>
        <translation>les dates de ses droits sont illisibles</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>le fichier est illisible</translation>
    </message>
    <message>
        <source>its rights do not cover this market</source>
        <translation>ses droits ne couvrent pas ce marché</translation>
    </message>
    <message>
        <source>its rights do not cover this channel</source>
        <translation>ses droits ne couvrent pas ce canal</translation>
    </message>
    <message>
        <source>a model release is missing</source>
        <translation>une autorisation de modèle manque</translation>
    </message>
    <message>
        <source>a property release is missing</source>
        <translation>une autorisation de propriété manque</translation>
    </message>
    <message>
        <source>it is archived</source>
        <translation>archivé</translation>
    </message>
    <message>
        <source>required fields are empty</source>
        <translation>des champs obligatoires sont vides</translation>
    </message>
    <message>
        <source>its products do not allow it now</source>
        <translation>ses produits ne le permettent pas maintenant</translation>
    </message>
    <message>
        <source>what is laid on it may not be shown</source>
        <translation>ce qui y est superposé ne peut pas être montré</translation>
    </message>
</context>
<context>
    <name>gate lifts</name>
    <message>
        <source>Somebody approves it.</source>
        <translation>Quelqu’un l’approuve.</translation>
    </message>
    <message>
        <source>Its review ends with an approval.</source>
        <translation>Sa révision aboutit à une approbation.</translation>
    </message>
    <message>
        <source>A changed version is approved, or whoever asked for changes approves it.</source>
        <translation>Une version modifiée est approuvée, ou la personne qui a demandé les modifications l’approuve.</translation>
    </message>
    <message>
        <source>It is approved after all; nothing else overrides a rejection.</source>
        <translation>Une approbation intervient malgré tout&#xa0;; rien d’autre ne lève un rejet.</translation>
    </message>
    <message>
        <source>The new version is approved.</source>
        <translation>La nouvelle version est approuvée.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves it.</source>
        <translation>Chaque étape exigée par la politique l’approuve.</translation>
    </message>
    <message>
        <source>Somebody approves this rendition itself.</source>
        <translation>Quelqu’un approuve cette déclinaison elle-même.</translation>
    </message>
    <message>
        <source>The review of this rendition ends with an approval.</source>
        <translation>La révision de cette déclinaison aboutit à une approbation.</translation>
    </message>
    <message>
        <source>The preset or the master is changed and approved, or this is approved.</source>
        <translation>Le préréglage ou le master est modifié et approuvé, ou ceci est approuvé.</translation>
    </message>
    <message>
        <source>This rendition is approved after all; nothing else overrides a rejection.</source>
        <translation>Cette déclinaison est finalement approuvée&#xa0;; rien d’autre ne lève un rejet.</translation>
    </message>
    <message>
        <source>The rendition as it is now is approved.</source>
        <translation>La déclinaison dans son état actuel est approuvée.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves this rendition.</source>
        <translation>Chaque étape exigée par la politique approuve cette déclinaison.</translation>
    </message>
    <message>
        <source>The licence is renewed and recorded.</source>
        <translation>La licence est renouvelée et consignée.</translation>
    </message>
    <message>
        <source>The day on which its rights begin.</source>
        <translation>Le jour où ses droits commencent.</translation>
    </message>
    <message>
        <source>The dates of its rights are recorded so that they can be read.</source>
        <translation>Les dates de ses droits sont consignées de façon lisible.</translation>
    </message>
    <message>
        <source>The file can be read again, or a sound one takes its place.</source>
        <translation>Le fichier redevient lisible, ou un fichier sain le remplace.</translation>
    </message>
    <message>
        <source>Rights for this market are recorded.</source>
        <translation>Des droits pour ce marché sont consignés.</translation>
    </message>
    <message>
        <source>Rights for this channel are recorded.</source>
        <translation>Des droits pour ce canal sont consignés.</translation>
    </message>
    <message>
        <source>The model release is recorded.</source>
        <translation>L’autorisation de modèle est consignée.</translation>
    </message>
    <message>
        <source>The property release is recorded.</source>
        <translation>L’autorisation de propriété est consignée.</translation>
    </message>
    <message>
        <source>It is taken out of the archive.</source>
        <translation>Une sortie de l’archive.</translation>
    </message>
    <message>
        <source>The fields that the policy asks for are filled in.</source>
        <translation>Les champs exigés par la politique sont remplis.</translation>
    </message>
    <message>
        <source>A product that it shows allows it, or somebody pushes it.</source>
        <translation>Un produit qu’il montre le permet, ou quelqu’un l’envoie.</translation>
    </message>
    <message>
        <source>What is laid on it is allowed, or left out of the transformation.</source>
        <translation>Ce qui y est superposé est autorisé ou retiré de la transformation.</translation>
    </message>
</context>
<context>
    <name>grid</name>
    <message>
        <source>Being kept…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>This cannot be written here.</source>
        <translation>Cela ne peut pas être écrit ici.</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Requis avant tout envoi.</translation>
    </message>
    <message>
        <source>The places where the file keeps this do not agree.</source>
        <translation>Les emplacements où le fichier conserve ceci ne concordent pas.</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>By role</source>
        <translation>Par rôle</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>Au quotidien</translation>
    </message>
    <message>
        <source>To look things up</source>
        <translation>À consulter</translation>
    </message>
    <message>
        <source>Run it and get help</source>
        <translation>Exploitation et assistance</translation>
    </message>
    <message>
        <source>Build with it</source>
        <translation>Développement et intégration</translation>
    </message>
</context>
<context>
    <name>holdings</name>
    <message>
        <source>Credit</source>
        <translation>Crédit</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Title and keywords</source>
        <translation>Titre et mots-clés</translation>
    </message>
    <message>
        <source>Date and camera</source>
        <translation>Date et appareil</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>Profil de couleurs</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>Content Credentials</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>Transparence</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>{what} stays. {reason}</source>
        <translation>{what}&#xa0;: conservé. {reason}</translation>
    </message>
    <message>
        <source>{what} is lost. {reason}</source>
        <translation>{what}&#xa0;: perdu. {reason}</translation>
    </message>
</context>
<context>
    <name>hue</name>
    <message>
        <source>No colour</source>
        <translation>Sans couleur</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Bleu-vert</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rose</translation>
    </message>
</context>
<context>
    <name>insights</name>
    <message>
        <source>No account is connected</source>
        <translation>Aucun compte n’est connecté</translation>
    </message>
    <message>
        <source>Connect a Cloudinary account; what it uses is counted here then.</source>
        <translation>Connectez un compte Cloudinary&#xa0;; son utilisation sera alors comptée ici.</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Pas encore demandé</translation>
    </message>
    <message>
        <source>Ask the environment what it uses. Each answer is kept: several days make a trend.</source>
        <translation>Demandez à l’environnement ce qu’il utilise. Chaque réponse est conservée&#xa0;: plusieurs jours forment une tendance.</translation>
    </message>
    <message>
        <source>No numbers of delivery yet</source>
        <translation>Pas encore de chiffres de diffusion</translation>
    </message>
    <message>
        <source>Import an access log of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importez un journal d’accès de votre site ou réseau&#xa0;: il indique ce qui a été diffusé, combien de fois et à qui. Il est lu ici et n’est envoyé nulle part.</translation>
    </message>
    <message>
        <source>Nothing is in use yet</source>
        <translation>Rien n’est encore utilisé</translation>
    </message>
    <message>
        <source>What was pushed, published or placed is counted here; an access log tells how often it was delivered.</source>
        <translation>Ce qui a été envoyé, publié ou placé est compté ici&#xa0;; un journal d’accès indique la fréquence de diffusion.</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>Rien à économiser</translation>
    </message>
    <message>
        <source>No rendition is known that is not optimised already.</source>
        <translation>Aucune déclinaison connue qui ne soit déjà optimisée.</translation>
    </message>
    <message>
        <source>Every approved asset is in use</source>
        <translation>Toutes les ressources approuvées sont utilisées</translation>
    </message>
    <message>
        <source>None of them lies idle.</source>
        <translation>Aucune d’elles n’est inutilisée.</translation>
    </message>
    <message>
        <source>No rights end soon</source>
        <translation>Aucun droit n’expire bientôt</translation>
    </message>
    <message>
        <source>Nothing that is in use has to go within these days.</source>
        <translation>Rien de ce qui est utilisé ne doit disparaître dans ces jours.</translation>
    </message>
    <message>
        <source>No heavy originals</source>
        <translation>Aucun original lourd</translation>
    </message>
    <message>
        <source>Every original is smaller than the size that is asked for.</source>
        <translation>Tous les originaux sont en dessous de la taille demandée.</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>Aucun doublon</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>Il n’y a pas deux fichiers au contenu identique.</translation>
    </message>
    <message>
        <source>No two pictures look alike</source>
        <translation>Aucune image ressemblante</translation>
    </message>
    <message>
        <source>At least none of those that could be compared.</source>
        <translation>Du moins parmi celles qui ont pu être comparées.</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>Rien ne manque</translation>
    </message>
    <message>
        <source>Every asset has the fields that are asked for.</source>
        <translation>Chaque ressource a les champs demandés.</translation>
    </message>
    <message>
        <source>No access log was imported</source>
        <translation>Aucun journal d’accès n’a été importé</translation>
    </message>
    <message>
        <source>Import one of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importez-en un de votre site ou réseau&#xa0;: il indique ce qui a été diffusé, combien de fois et à qui. Il est lu ici et n’est envoyé nulle part.</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>Rien à signaler</translation>
    </message>
    <message>
        <source>There is nothing of that kind in this library and these days.</source>
        <translation>Il n’y a rien de ce genre dans cette bibliothèque et ces jours.</translation>
    </message>
    <message>
        <source>No limit is near. The nearest: {name}, {amount}</source>
        <translation>Aucune limite n’est proche. La plus proche&#xa0;: {name}, {amount}</translation>
    </message>
    <message>
        <source>This plan tells no limits</source>
        <translation>Cette offre n’indique aucune limite</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}. A second day makes a trend.</source>
        <translation>{name}&#xa0;: {amount} le {day}. Un deuxième jour forme une tendance.</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}, after {before} on {earlier}</source>
        <translation>{name}&#xa0;: {amount} le {day}, après {before} le {earlier}</translation>
    </message>
    <message>
        <source>{name} is used least ({measure}: {amount})</source>
        <translation>{name} est le moins utilisé ({measure}&#xa0;: {amount})</translation>
    </message>
    <message>
        <source>{name} is used most ({measure}: {amount})</source>
        <translation>{name} est le plus utilisé ({measure}&#xa0;: {amount})</translation>
    </message>
    <message>
        <source>{name} takes most ({measure}: {amount}, {share} of all)</source>
        <translation>{name} prend le plus ({measure}&#xa0;: {amount}, {share} du total)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved asset(s) were never used</source>
        <translation>
            <numerusform>%Ln ressource approuvée n’a jamais été utilisée</numerusform>
            <numerusform>%Ln ressources approuvées n’ont jamais été utilisées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>Les droits sur %Ln ressource utilisée prennent fin dans les {days} jours ou ont pris fin</numerusform>
            <numerusform>Les droits sur %Ln ressources utilisées prennent fin dans les {days} jours ou ont pris fin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>%Ln original fait {size} ou plus</numerusform>
            <numerusform>%Ln originaux font {size} ou plus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>%Ln contenu est présent plusieurs fois</numerusform>
            <numerusform>%Ln contenus sont présents plusieurs fois</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>%Ln groupe d’images presque identiques</numerusform>
            <numerusform>%Ln groupes d’images presque identiques</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>%Ln limite est presque atteinte : {names}</numerusform>
            <numerusform>%Ln limites sont presque atteintes : {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln ressource</numerusform>
            <numerusform>%Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>il y a %Ln jour</numerusform>
            <numerusform>il y a %Ln jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln jour</numerusform>
            <numerusform>%Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>{sentence}; {size} could be freed</source>
        <translation>{sentence}&#xa0;; {size} pourraient être libérés</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>Il manque des métadonnées à %Ln ressource</numerusform>
            <numerusform>Il manque des métadonnées à %Ln ressources</numerusform>
        </translation>
    </message>
    <message>
        <source>Optimisation would save {size}</source>
        <translation>L’optimisation économiserait {size}</translation>
    </message>
    <message>
        <source>{name}: {amount} from {first} to {last}</source>
        <translation>{name}&#xa0;: {amount} du {first} au {last}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>%Ln journal d’accès est compté</numerusform>
            <numerusform>%Ln journaux d’accès sont comptés</numerusform>
        </translation>
    </message>
    <message>
        <source>not said</source>
        <translation>non indiqué</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>Images ressemblantes</translation>
    </message>
    <message>
        <source>Assets without it</source>
        <translation>Ressources sans ce champ</translation>
    </message>
    <message>
        <source>{used} of {limit}, {share}</source>
        <translation>{used} sur {limit}, {share}</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)</source>
        <translation>Tableau pour tableurs (CSV)</translation>
    </message>
    <message>
        <source>Plain table (CSV)</source>
        <translation>Tableau simple (CSV)</translation>
    </message>
    <message>
        <source>Lines of JSON</source>
        <translation>Lignes JSON</translation>
    </message>
    <message>
        <source>Parquet, for analysis</source>
        <translation>Parquet, pour l’analyse</translation>
    </message>
    <message>
        <source>Cost and limits</source>
        <translation>Coûts et limites</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Utilisation</translation>
    </message>
    <message>
        <source>Who and what</source>
        <translation>Qui et quoi</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>Rangement</translation>
    </message>
    <message>
        <source>Access logs</source>
        <translation>Journaux d’accès</translation>
    </message>
    <message>
        <source>How near are the plan’s limits?</source>
        <translation>Les limites de l’offre sont-elles proches&#xa0;?</translation>
    </message>
    <message>
        <source>How does usage grow?</source>
        <translation>Comment évolue l’utilisation&#xa0;?</translation>
    </message>
    <message>
        <source>What would optimisation save?</source>
        <translation>Que ferait économiser l’optimisation&#xa0;?</translation>
    </message>
    <message>
        <source>What is used most?</source>
        <translation>Qu’est-ce qui est le plus utilisé&#xa0;?</translation>
    </message>
    <message>
        <source>What is hardly used?</source>
        <translation>Qu’est-ce qui est à peine utilisé&#xa0;?</translation>
    </message>
    <message>
        <source>Which approved assets did nobody use?</source>
        <translation>Quelles ressources approuvées n’ont pas été utilisées&#xa0;?</translation>
    </message>
    <message>
        <source>What is in use as rights end?</source>
        <translation>Qu’est-ce qui est utilisé alors que les droits expirent&#xa0;?</translation>
    </message>
    <message>
        <source>Which campaigns take most?</source>
        <translation>Quelles campagnes prennent le plus&#xa0;?</translation>
    </message>
    <message>
        <source>Whose assets take most?</source>
        <translation>À qui sont les ressources qui prennent le plus&#xa0;?</translation>
    </message>
    <message>
        <source>Which libraries take most?</source>
        <translation>Quelles bibliothèques prennent le plus&#xa0;?</translation>
    </message>
    <message>
        <source>Which formats take most?</source>
        <translation>Quels formats prennent le plus&#xa0;?</translation>
    </message>
    <message>
        <source>Which presets are used?</source>
        <translation>Quels préréglages sont utilisés&#xa0;?</translation>
    </message>
    <message>
        <source>Which originals are heavy?</source>
        <translation>Quels originaux sont lourds&#xa0;?</translation>
    </message>
    <message>
        <source>What is there twice?</source>
        <translation>Quels sont les doublons&#xa0;?</translation>
    </message>
    <message>
        <source>What looks almost the same?</source>
        <translation>Qu’est-ce qui se ressemble presque&#xa0;?</translation>
    </message>
    <message>
        <source>What has metadata missing?</source>
        <translation>Où manque-t-il des métadonnées&#xa0;?</translation>
    </message>
    <message>
        <source>What was delivered, day by day?</source>
        <translation>Qu’est-ce qui a été diffusé, jour par jour&#xa0;?</translation>
    </message>
    <message>
        <source>Which access logs are counted?</source>
        <translation>Quels journaux d’accès sont comptés&#xa0;?</translation>
    </message>
    <message>
        <source>Assets there</source>
        <translation>Ressources présentes</translation>
    </message>
    <message>
        <source>Derived renditions</source>
        <translation>Déclinaisons dérivées</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Requêtes</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texte alternatif</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Auteur</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>an optimised rendition</source>
        <translation>une déclinaison optimisée</translation>
    </message>
    <message>
        <source>what such formats need</source>
        <translation>ce que requièrent ces formats</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>aucune limite</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>non mesuré</translation>
    </message>
</context>
<context>
    <name>job</name>
    <message>
        <source>Queued</source>
        <translation>En file</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
</context>
<context>
    <name>kind</name>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message>
        <source>with {what}</source>
        <translation>avec {what}</translation>
    </message>
    <message>
        <source>as {what}</source>
        <translation>en {what}</translation>
    </message>
    <message>
        <source>at {what} of its width</source>
        <translation>à {what} de sa largeur</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>Fichier ZIP</translation>
    </message>
    <message>
        <source>Feed of addresses</source>
        <translation>Flux d’adresses</translation>
    </message>
    <message>
        <source>Not weighed</source>
        <translation>Non pesé</translation>
    </message>
    <message>
        <source>{weight} too heavy</source>
        <translation>{weight} de trop</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retenu</translation>
    </message>
    <message>
        <source>Not as asked</source>
        <translation>Non conforme</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Convient</translation>
    </message>
    <message>
        <source>{weight} of ≤ {most}</source>
        <translation>{weight} sur ≤ {most}</translation>
    </message>
    <message>
        <source>It fits {how}</source>
        <translation>Convient {how}</translation>
    </message>
    <message>
        <source>The lightest tried {how}</source>
        <translation>Le plus léger essayé {how}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln déclinaison</numerusform>
            <numerusform>%Ln déclinaisons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>libraries</name>
    <message>
        <source>you have no permission to read it</source>
        <translation>vous n’avez pas l’autorisation de le lire</translation>
    </message>
    <message>
        <source>it is a link to nothing</source>
        <translation>c’est un lien qui ne mène nulle part</translation>
    </message>
    <message>
        <source>it is a link back to a folder that it lies in</source>
        <translation>c’est un lien vers un dossier qui le contient</translation>
    </message>
    <message>
        <source>it lies behind too many links inside one another</source>
        <translation>se trouve derrière trop de liens imbriqués</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>ce n’est pas un fichier ordinaire</translation>
    </message>
    <message>
        <source>its path is too long</source>
        <translation>son chemin est trop long</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>n’existe plus</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>le disque signale une erreur</translation>
    </message>
    <message>
        <source>its field {field} is longer than {most} characters</source>
        <translation>son champ {field} dépasse {most} caractères</translation>
    </message>
    <message>
        <source>its field {field} cannot be read</source>
        <translation>son champ {field} est illisible</translation>
    </message>
    <message>
        <source>it has no identity</source>
        <translation>sans identité</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>its rights cover some markets only</source>
        <translation>ses droits ne couvrent que certains marchés</translation>
    </message>
    <message>
        <source>its rights do not cover the web</source>
        <translation>ses droits ne couvrent pas le web</translation>
    </message>
    <message>
        <source>its rights bound the size in which it may be seen</source>
        <translation>ses droits limitent la taille à laquelle la ressource peut être vue</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Without a transformation the master itself is delivered.</source>
        <translation>Sans transformation, c’est le master lui-même qui est diffusé.</translation>
    </message>
    <message>
        <source>{value} keeps it.</source>
        <translation>{value} le conserve.</translation>
    </message>
    <message>
        <source>Cloudinary takes all metadata off what it transforms.</source>
        <translation>Cloudinary retire toutes les métadonnées de ce qu’il transforme.</translation>
    </message>
    <message>
        <source>{value} takes it off.</source>
        <translation>{value} le retire.</translation>
    </message>
    <message>
        <source>fl_keep_iptc has no effect together with {value}: choose a fixed quality.</source>
        <translation>fl_keep_iptc est sans effet avec {value}&#xa0;: choisissez une qualité fixe.</translation>
    </message>
    <message>
        <source>No metadata is written into {value} files.</source>
        <translation>Aucune métadonnée n’est écrite dans les fichiers {value}.</translation>
    </message>
    <message>
        <source>Cloudinary delivers it with the picture.</source>
        <translation>Cloudinary le diffuse avec l’image.</translation>
    </message>
    <message>
        <source>{value} converts the colours to sRGB, and the master&apos;s own profile goes.</source>
        <translation>{value} convertit les couleurs en sRGB, et le profil propre au master disparaît.</translation>
    </message>
    <message>
        <source>{value} files can hold it.</source>
        <translation>Les fichiers {value} peuvent le contenir.</translation>
    </message>
    <message>
        <source>{value} files cannot hold it.</source>
        <translation>Les fichiers {value} ne peuvent pas le contenir.</translation>
    </message>
    <message>
        <source>Without {value} only the first frame is delivered.</source>
        <translation>Sans {value}, seule la première image est diffusée.</translation>
    </message>
</context>
<context>
    <name>mapping</name>
    <message>
        <source>the master</source>
        <translation>le master</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>whoever said it last</source>
        <translation>la dernière indication</translation>
    </message>
    <message>
        <source>stays at the master</source>
        <translation>reste dans le master</translation>
    </message>
    <message>
        <source>what is beyond 1,024 characters is cut</source>
        <translation>au-delà de 1 024 caractères, le texte est coupé</translation>
    </message>
    <message>
        <source>the day is kept, the time of day is not</source>
        <translation>le jour est conservé, pas l’heure</translation>
    </message>
    <message>
        <source>a comma becomes a space, and what is beyond 255 characters is cut</source>
        <translation>une virgule devient un espace, et au-delà de 255 caractères le texte est coupé</translation>
    </message>
    <message>
        <source>only the first of several is kept</source>
        <translation>seul le premier de plusieurs est conservé</translation>
    </message>
    <message>
        <source>a slash becomes an underscore</source>
        <translation>une barre oblique devient un trait de soulignement</translation>
    </message>
    <message>
        <source>what is not in the list of the field is left out</source>
        <translation>ce qui ne figure pas dans la liste du champ est omis</translation>
    </message>
    <message>
        <source>a master&apos;s record has no “{source}”</source>
        <translation>la fiche d’un master n’a pas de «&#xa0;{source}&#xa0;»</translation>
    </message>
    <message>
        <source>“{source}” has two rows</source>
        <translation>«&#xa0;{source}&#xa0;» a deux lignes</translation>
    </message>
    <message>
        <source>it has a direction, but goes nowhere</source>
        <translation>la ligne a un sens, mais ne mène nulle part</translation>
    </message>
    <message>
        <source>{target} is filled by “{other}” already</source>
        <translation>{target} est déjà rempli par «&#xa0;{other}&#xa0;»</translation>
    </message>
    <message>
        <source>{target} cannot have this name</source>
        <translation>{target} ne peut pas porter ce nom</translation>
    </message>
    <message>
        <source>{target} belongs to Asset Bridge</source>
        <translation>{target} appartient à Asset Bridge</translation>
    </message>
    <message>
        <source>{target} cannot hold “{source}”</source>
        <translation>{target} ne peut pas contenir «&#xa0;{source}&#xa0;»</translation>
    </message>
    <message>
        <source>{target} is of another type at Cloudinary: {other}</source>
        <translation>{target} est d’un autre type chez Cloudinary&#xa0;: {other}</translation>
    </message>
    <message>
        <source>without access control, copies stay open outside of their rights until they are retracted</source>
        <translation>sans contrôle d’accès, les copies restent ouvertes hors de leurs droits jusqu’à leur retrait</translation>
    </message>
    <message>
        <source>“{other}” says which side leads for “{source}”, which has no row</source>
        <translation>«&#xa0;{other}&#xa0;» indique quel côté est prioritaire pour «&#xa0;{source}&#xa0;», qui n’a pas de ligne</translation>
    </message>
    <message>
        <source>Identity at the service</source>
        <translation>Identité auprès du service</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nom du fichier</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Intitulé</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texte alternatif</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Rédacteur de la légende</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Auteur</translation>
    </message>
    <message>
        <source>Creator’s position</source>
        <translation>Fonction de l’auteur</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Crédit</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Conditions d’utilisation</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Page des droits</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instructions</translation>
    </message>
    <message>
        <source>Rights block</source>
        <translation>Bloc de droits</translation>
    </message>
    <message>
        <source>Rights begin</source>
        <translation>Début des droits</translation>
    </message>
    <message>
        <source>Rights end</source>
        <translation>Fin des droits</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>Territoires</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canaux</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorisation de modèle</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorisation de propriété</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Approbation</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Identifiant de mission</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ville</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>État ou province</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Code pays</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Date de prise de vue</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Urgence</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scène</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>Code de sujet</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Catégorie</translation>
    </message>
    <message>
        <source>Rights contact</source>
        <translation>Contact pour les droits</translation>
    </message>
    <message>
        <source>Digest of the record</source>
        <translation>Empreinte de la fiche</translation>
    </message>
    <message>
        <source>Keywords “{words}”</source>
        <translation>Mots-clés «&#xa0;{words}&#xa0;»</translation>
    </message>
    <message>
        <source>Custom field “{name}”</source>
        <translation>Champ personnalisé «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Nom affiché</translation>
    </message>
    <message>
        <source>Context “{key}”</source>
        <translation>Contexte «&#xa0;{key}&#xa0;»</translation>
    </message>
    <message>
        <source>Access begins</source>
        <translation>Début de l’accès</translation>
    </message>
    <message>
        <source>Access ends</source>
        <translation>Fin de l’accès</translation>
    </message>
    <message>
        <source>Field “{key}”</source>
        <translation>Champ «&#xa0;{key}&#xa0;»</translation>
    </message>
    <message>
        <source>To Cloudinary</source>
        <translation>Vers Cloudinary</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>Dans les deux sens</translation>
    </message>
    <message>
        <source>Not carried</source>
        <translation>Non transmis</translation>
    </message>
    <message>
        <source>To the master</source>
        <translation>Vers le master</translation>
    </message>
    <message>
        <source>You decide</source>
        <translation>Vous décidez</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>É&amp;dition</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>A&amp;ller</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>&amp;Métadonnées</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Révision</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Demo</source>
        <translation>Dém&amp;o</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Thè&amp;me</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>Te&amp;xt Size</source>
        <translation>Taille du te&amp;xte</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Nom affiché</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Nombre entier</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>One of a list</source>
        <translation>Une valeur d’une liste</translation>
    </message>
    <message>
        <source>Several of a list</source>
        <translation>Plusieurs valeurs d’une liste</translation>
    </message>
</context>
<context>
    <name>metadata_rules</name>
    <message>
        <source> and </source>
        <translation> et </translation>
    </message>
    <message>
        <source> or </source>
        <translation> ou </translation>
    </message>
    <message>
        <source>{field} is filled in</source>
        <translation>{field} est rempli</translation>
    </message>
    <message>
        <source>{field} is empty</source>
        <translation>{field} est vide</translation>
    </message>
    <message>
        <source>{field} has {value}</source>
        <translation>{field} contient {value}</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} est {value}</translation>
    </message>
    <message>
        <source>{field} is switched on</source>
        <translation>{field} est activé</translation>
    </message>
    <message>
        <source>{field} is switched off</source>
        <translation>{field} est désactivé</translation>
    </message>
    <message>
        <source>{field} must be filled in</source>
        <translation>{field} doit être rempli</translation>
    </message>
    <message>
        <source>{field} may be empty</source>
        <translation>{field} peut être vide</translation>
    </message>
    <message>
        <source>{field} also gets {value}</source>
        <translation>{field} reçoit aussi {value}</translation>
    </message>
    <message>
        <source>{field} becomes {value} if it is empty</source>
        <translation>{field} devient {value} s’il est vide</translation>
    </message>
    <message>
        <source>{field} offers all its values</source>
        <translation>{field} propose toutes ses valeurs</translation>
    </message>
    <message>
        <source>{field} offers {value}, too</source>
        <translation>{field} propose aussi {value}</translation>
    </message>
    <message>
        <source>{field} offers only {value}</source>
        <translation>{field} ne propose que {value}</translation>
    </message>
</context>
<context>
    <name>named</name>
    <message>
        <source>Same</source>
        <translation>Identique</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Différent</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>Seulement ici</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>Seulement là-bas</translation>
    </message>
</context>
<context>
    <name>objection</name>
    <message>
        <source>it is so already</source>
        <translation>c’est déjà le cas</translation>
    </message>
    <message>
        <source>another asset has that public ID</source>
        <translation>une autre ressource a cet ID public</translation>
    </message>
    <message>
        <source>another folder has that place</source>
        <translation>un autre dossier occupe cet emplacement</translation>
    </message>
    <message>
        <source>this cannot be a public ID</source>
        <translation>cela ne peut pas être un ID public</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>un nom n’a pas de barre oblique, et de 1 à 255 caractères</translation>
    </message>
    <message>
        <source>one asset at a time</source>
        <translation>une ressource à la fois</translation>
    </message>
    <message>
        <source>it was deleted; restore it first</source>
        <translation>elle a été supprimée&#xa0;; restaurez-la d’abord</translation>
    </message>
    <message>
        <source>it is there</source>
        <translation>elle est là</translation>
    </message>
</context>
<context>
    <name>orientation</name>
    <message>
        <source>Landscape</source>
        <translation>Paysage</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Portrait</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Carré</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>The key of this account may not do this: {reason}</source>
        <translation>La clé de ce compte ne le permet pas&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Autorisé</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Non autorisé</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Pas encore connu</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Delivered master</source>
        <translation>Master diffusé</translation>
    </message>
    <message>
        <source>Rendition {what}</source>
        <translation>Déclinaison {what}</translation>
    </message>
    <message>
        <source>Record at its service</source>
        <translation>Fiche auprès de son service</translation>
    </message>
    <message>
        <source>File of {what}</source>
        <translation>Fichier de {what}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Téléchargement</translation>
    </message>
    <message>
        <source>Dragged out</source>
        <translation>Glissé hors de la fenêtre</translation>
    </message>
    <message>
        <source>Copied file</source>
        <translation>Fichier copié</translation>
    </message>
    <message>
        <source>Review pack {what}</source>
        <translation>Dossier de révision {what}</translation>
    </message>
    <message>
        <source>Kit {what}</source>
        <translation>Kit {what}</translation>
    </message>
    <message>
        <source>Feed {what}</source>
        <translation>Flux {what}</translation>
    </message>
    <message>
        <source>Copied code {what}</source>
        <translation>Code copié {what}</translation>
    </message>
    <message>
        <source>Entry with {what}</source>
        <translation>Entrée avec {what}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Reste</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>Obsolète</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>Channels that change: {channels}.</source>
        <translation>Canaux qui changent&#xa0;: {channels}.</translation>
    </message>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>Modifie %Ln déclinaison publiée.</numerusform>
            <numerusform>Modifie %Ln déclinaisons publiées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>%Ln emplacement de versions antérieures, comme un fichier exporté, reste tel quel.</numerusform>
            <numerusform>%Ln emplacements de versions antérieures, comme des fichiers exportés, restent tels quels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>%Ln emplacement montre la nouvelle version.</numerusform>
            <numerusform>%Ln emplacements montrent la nouvelle version.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>%Ln emplacement garde la précédente.</numerusform>
            <numerusform>%Ln emplacements gardent la précédente.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>%Ln emplacement n’a pas pu être modifié.</numerusform>
            <numerusform>%Ln emplacements n’ont pas pu être modifiés.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>Nouvelle version</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Non autorisé</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Trop volumineux</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>Laissé tel quel</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>Contenu identique</translation>
    </message>
    <message>
        <source>Already queued</source>
        <translation>Déjà en file</translation>
    </message>
    <message>
        <source>added to Cloudinary</source>
        <translation>ajouté à Cloudinary</translation>
    </message>
    <message>
        <source>replaces what is delivered now</source>
        <translation>remplace ce qui est diffusé actuellement</translation>
    </message>
    <message>
        <source>held back; nothing of it is sent</source>
        <translation>retenu&#xa0;; rien n’en est envoyé</translation>
    </message>
    <message>
        <source>larger than your plan&apos;s limit; not sent</source>
        <translation>dépasse la limite de votre offre&#xa0;; non envoyé</translation>
    </message>
    <message>
        <source>an earlier version is delivered and stays</source>
        <translation>une version antérieure est diffusée et reste</translation>
    </message>
    <message>
        <source>there already; not sent again</source>
        <translation>déjà sur place&#xa0;; non renvoyé</translation>
    </message>
    <message>
        <source>on its way; not sent twice</source>
        <translation>en route&#xa0;; pas envoyé deux fois</translation>
    </message>
    <message>
        <source>{title}, {count}: {hint}</source>
        <translation>{title}, {count}&#xa0;: {hint}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}, {size}&#xa0;: {note}</translation>
    </message>
    <message>
        <source>This file is larger than your plan&apos;s limit of {size}</source>
        <translation>Ce fichier dépasse la limite de votre offre, soit {size}</translation>
    </message>
    <message>
        <source>same as {other}</source>
        <translation>identique à {other}</translation>
    </message>
    <message>
        <source>{public_id} · seen with a token only: {reasons}</source>
        <translation>{public_id} · visible avec un jeton seulement&#xa0;: {reasons}</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Web hero, desktop</source>
        <translation>Visuel principal web, ordinateur</translation>
    </message>
    <message>
        <source>Web hero, tablet</source>
        <translation>Visuel principal web, tablette</translation>
    </message>
    <message>
        <source>Web hero, mobile</source>
        <translation>Visuel principal web, mobile</translation>
    </message>
    <message>
        <source>Web card</source>
        <translation>Carte web</translation>
    </message>
    <message>
        <source>Link preview (og:image)</source>
        <translation>Aperçu de lien (og:image)</translation>
    </message>
    <message>
        <source>Product on white</source>
        <translation>Produit sur fond blanc</translation>
    </message>
    <message>
        <source>Product thumbnail</source>
        <translation>Vignette de produit</translation>
    </message>
    <message>
        <source>Instagram portrait</source>
        <translation>Instagram portrait</translation>
    </message>
    <message>
        <source>Instagram square</source>
        <translation>Instagram carré</translation>
    </message>
    <message>
        <source>Instagram landscape</source>
        <translation>Instagram paysage</translation>
    </message>
    <message>
        <source>Instagram story</source>
        <translation>Story Instagram</translation>
    </message>
    <message>
        <source>TikTok photo</source>
        <translation>Photo TikTok</translation>
    </message>
    <message>
        <source>Facebook post</source>
        <translation>Publication Facebook</translation>
    </message>
    <message>
        <source>Facebook cover</source>
        <translation>Couverture Facebook</translation>
    </message>
    <message>
        <source>YouTube thumbnail</source>
        <translation>Miniature YouTube</translation>
    </message>
    <message>
        <source>YouTube banner</source>
        <translation>Bannière YouTube</translation>
    </message>
    <message>
        <source>X post</source>
        <translation>Post X</translation>
    </message>
    <message>
        <source>X header</source>
        <translation>Bannière X</translation>
    </message>
    <message>
        <source>LinkedIn post</source>
        <translation>Publication LinkedIn</translation>
    </message>
    <message>
        <source>LinkedIn page cover</source>
        <translation>Couverture de page LinkedIn</translation>
    </message>
    <message>
        <source>Pinterest pin</source>
        <translation>Épingle Pinterest</translation>
    </message>
    <message>
        <source>E-mail header</source>
        <translation>En-tête d’e-mail</translation>
    </message>
    <message>
        <source>E-mail teaser</source>
        <translation>Teaser d’e-mail</translation>
    </message>
    <message>
        <source>Ad, medium rectangle</source>
        <translation>Publicité, pavé (medium rectangle)</translation>
    </message>
    <message>
        <source>Ad, large rectangle</source>
        <translation>Publicité, grand pavé (large rectangle)</translation>
    </message>
    <message>
        <source>Ad, leaderboard</source>
        <translation>Publicité, leaderboard</translation>
    </message>
    <message>
        <source>Ad, billboard</source>
        <translation>Publicité, billboard</translation>
    </message>
    <message>
        <source>Ad, half page</source>
        <translation>Publicité, demi-page</translation>
    </message>
    <message>
        <source>Ad, wide skyscraper</source>
        <translation>Publicité, skyscraper large</translation>
    </message>
    <message>
        <source>Ad, mobile banner</source>
        <translation>Publicité, bannière mobile</translation>
    </message>
    <message>
        <source>Ad, large mobile banner</source>
        <translation>Publicité, grande bannière mobile</translation>
    </message>
    <message>
        <source>Press, at most 4000</source>
        <translation>Presse, 4000 au plus</translation>
    </message>
    <message>
        <source>Ready presets</source>
        <translation>Préréglages fournis</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Site web</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Boutique</translation>
    </message>
    <message>
        <source>Social networks</source>
        <translation>Réseaux sociaux</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Display advertising</source>
        <translation>Publicité display</translation>
    </message>
    <message>
        <source>Whole campaign</source>
        <translation>Campagne complète</translation>
    </message>
    <message>
        <source>Hero 1600 × 900</source>
        <translation>Visuel principal 1600 × 900</translation>
    </message>
    <message>
        <source>Social square 1080</source>
        <translation>Carré réseaux sociaux 1080</translation>
    </message>
    <message>
        <source>Story 1080 × 1920</source>
        <translation>Story 1080 × 1920</translation>
    </message>
    <message>
        <source>Web, at most 1200</source>
        <translation>Web, 1200 au plus</translation>
    </message>
    <message>
        <source>Thumbnail 320</source>
        <translation>Vignette 320</translation>
    </message>
    <message>
        <source>CMS page</source>
        <translation>Page CMS</translation>
    </message>
    <message>
        <source>Landing page</source>
        <translation>Page de destination</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Marché</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Only this preset</source>
        <translation>Ce préréglage seulement</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>Une autre image</translation>
    </message>
    <message>
        <source>A country or region: DE, US-CA, EMEA</source>
        <translation>Un pays ou une région&#xa0;: FR, US-CA, EMEA</translation>
    </message>
    <message>
        <source>A language: de, pt-BR</source>
        <translation>Une langue&#xa0;: fr, pt-BR</translation>
    </message>
    <message>
        <source>The name of a preset; empty for all of them</source>
        <translation>Le nom d’un préréglage&#xa0;; vide pour tous</translation>
    </message>
    <message>
        <source>An ID, a path, or a file name that is there once; empty for the asset itself</source>
        <translation>Un ID, un chemin ou un nom de fichier unique&#xa0;; vide pour la ressource elle-même</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>{size} au plus</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px de large</translation>
    </message>
    <message>
        <source>{pixels} px high</source>
        <translation>{pixels} px de haut</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Choose assets first.</source>
        <translation>Sélectionnez d’abord des ressources.</translation>
    </message>
    <message>
        <source>Choose assets of a library first.</source>
        <translation>Choisissez d’abord des ressources d’une bibliothèque.</translation>
    </message>
    <message>
        <source>Choose exactly one asset first.</source>
        <translation>Sélectionnez d’abord exactement une ressource.</translation>
    </message>
    <message>
        <source>Nothing was said that could be taken back.</source>
        <translation>Rien de ce qui a été dit ne peut être annulé.</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>Rien n’a été annulé.</translation>
    </message>
    <message>
        <source>Go to a library of PhotoShelter&apos;s kind first.</source>
        <translation>Allez d’abord dans une bibliothèque de type PhotoShelter.</translation>
    </message>
    <message>
        <source>Choose assets at Cloudinary, or a folder there, first.</source>
        <translation>Sélectionnez d’abord des ressources chez Cloudinary, ou un dossier là-bas.</translation>
    </message>
    <message>
        <source>Set up an account first.</source>
        <translation>Configurez d’abord un compte.</translation>
    </message>
    <message>
        <source>It cannot be used here.</source>
        <translation>Ne peut pas être utilisé ici.</translation>
    </message>
</context>
<context>
    <name>renditions</name>
    <message>
        <source>the file cannot be read</source>
        <translation>le fichier est illisible</translation>
    </message>
    <message>
        <source>no picture can be made of it</source>
        <translation>aucune image ne peut en être créée</translation>
    </message>
    <message>
        <source>it has no file here; download it first</source>
        <translation>elle n’a pas de fichier ici&#xa0;; téléchargez-la d’abord</translation>
    </message>
    <message>
        <source>the table names an unknown image</source>
        <translation>le tableau nomme une image inconnue</translation>
    </message>
    <message>
        <source>the transformation is wrong</source>
        <translation>la transformation est incorrecte</translation>
    </message>
    <message>
        <source>a text is missing for this market</source>
        <translation>un texte manque pour ce marché</translation>
    </message>
    <message>
        <source>another one would have the same name</source>
        <translation>une autre porterait le même nom</translation>
    </message>
    <message>
        <source>there is such a file already</source>
        <translation>ce fichier existe déjà</translation>
    </message>
    <message>
        <source>this content is not pushed</source>
        <translation>ce contenu n’est pas envoyé</translation>
    </message>
    <message>
        <source>the gate is shut</source>
        <translation>le contrôle ne laisse pas passer</translation>
    </message>
    <message>
        <source>Will be made</source>
        <translation>Seront créées</translation>
    </message>
    <message>
        <source>Take the place of a file that is there</source>
        <translation>Remplacent un fichier existant</translation>
    </message>
    <message>
        <source>Held back: {reason}</source>
        <translation>Retenu&#xa0;: {reason}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Usage and limits</source>
        <translation>Utilisation et limites</translation>
    </message>
    <message>
        <source>Usage by day</source>
        <translation>Utilisation par jour</translation>
    </message>
    <message>
        <source>Most used assets</source>
        <translation>Ressources les plus utilisées</translation>
    </message>
    <message>
        <source>Least used assets</source>
        <translation>Ressources les moins utilisées</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>Par campagne</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>Par propriétaire</translation>
    </message>
    <message>
        <source>By library</source>
        <translation>Par bibliothèque</translation>
    </message>
    <message>
        <source>By format</source>
        <translation>Par format</translation>
    </message>
    <message>
        <source>By preset</source>
        <translation>Par préréglage</translation>
    </message>
    <message>
        <source>Approved, never used</source>
        <translation>Approuvé, jamais utilisé</translation>
    </message>
    <message>
        <source>In use, rights ending</source>
        <translation>Utilisé, droits bientôt expirés</translation>
    </message>
    <message>
        <source>Heavy originals</source>
        <translation>Originaux lourds</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Doublons</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Quasi-doublons</translation>
    </message>
    <message>
        <source>Missing metadata</source>
        <translation>Métadonnées manquantes</translation>
    </message>
    <message>
        <source>What optimisation would save</source>
        <translation>Économies possibles par optimisation</translation>
    </message>
    <message>
        <source>Delivery by day</source>
        <translation>Diffusion par jour</translation>
    </message>
    <message>
        <source>Imported access logs</source>
        <translation>Journaux d’accès importés</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Environnement</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Compteur</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilisé</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Part</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Crédits</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Demandé</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>Ressource</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Chemin</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campagne</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propriétaire</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Préréglage</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Ressources</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approuvé</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisé</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Emplacements</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Requêtes</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Diffusé</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisation</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Approbation</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Rights from</source>
        <translation>Droits à partir du</translation>
    </message>
    <message>
        <source>Rights until</source>
        <translation>Droits jusqu’au</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>Jours restants</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Hauteur</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Groupe</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>Could be freed</source>
        <translation>Libérable</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Manquant</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Déclinaisons</translation>
    </message>
    <message>
        <source>Bytes now</source>
        <translation>Octets actuels</translation>
    </message>
    <message>
        <source>Bytes optimised</source>
        <translation>Octets optimisés</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Économisé</translation>
    </message>
    <message>
        <source>Reckoned from</source>
        <translation>Calculé à partir de</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importé</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Premier jour</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Compté</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>Ignoré</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Illisible</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>ID public</translation>
    </message>
    <message>
        <source>Asset ID</source>
        <translation>ID de ressource</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Media ID</source>
        <translation>ID de média</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>Déclinaison</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Referring host</source>
        <translation>Hôte référent</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Marché</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <source>Outside its rights</source>
        <translation>Hors de ses droits</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>Mesuré par</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Offre</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Octets</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Jours</translation>
    </message>
    <message>
        <source>Would be saved</source>
        <translation>Serait économisé</translation>
    </message>
    <message>
        <source>Outside their rights</source>
        <translation>Hors de leurs droits</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Unknown lines</source>
        <translation>Lignes inconnues</translation>
    </message>
    <message>
        <source>Limits nearly reached</source>
        <translation>Limites presque atteintes</translation>
    </message>
    <message>
        <source>No Cloudinary account is connected: what it would tell is missing.</source>
        <translation>Aucun compte Cloudinary n’est connecté&#xa0;: ce qu’il indiquerait manque.</translation>
    </message>
    <message>
        <source>The environment was not asked for its usage yet.</source>
        <translation>L’utilisation n’a pas encore été demandée à l’environnement.</translation>
    </message>
    <message>
        <source>The environment could not be asked now; this is what it told last.</source>
        <translation>L’environnement n’a pas pu être interrogé&#xa0;; voici sa dernière réponse.</translation>
    </message>
    <message>
        <source>Requests were not measured: no access log was imported for these days.</source>
        <translation>Les requêtes n’ont pas été mesurées&#xa0;: aucun journal d’accès n’a été importé pour ces jours.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>%Ln ligne des journaux d’accès ne désignait aucune ressource connue ici.</numerusform>
            <numerusform>%Ln lignes des journaux d’accès ne désignaient aucune ressource connue ici.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>%Ln ressource sans vignette n’a pas pu être comparée.</numerusform>
            <numerusform>%Ln ressources sans vignette n’ont pas pu être comparées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>%Ln image ayant trop de semblables n’a pas pu être comparée à toutes.</numerusform>
            <numerusform>%Ln images ayant trop de semblables n’ont pas pu être comparées à toutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>Pas encore lu : %Ln ressource.</numerusform>
            <numerusform>Pas encore lu : %Ln ressources.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>Non mesuré : %Ln valeur.</numerusform>
            <numerusform>Non mesuré : %Ln valeurs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>Dans l’export seulement : %Ln ligne de plus.</numerusform>
            <numerusform>Dans l’export seulement : %Ln lignes de plus.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>required fields</name>
    <message>
        <source>title</source>
        <translation>titre</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>légende</translation>
    </message>
    <message>
        <source>alternative text</source>
        <translation>texte alternatif</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>mots-clés</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>auteur</translation>
    </message>
    <message>
        <source>credit line</source>
        <translation>crédit</translation>
    </message>
    <message>
        <source>copyright notice</source>
        <translation>mention de copyright</translation>
    </message>
    <message>
        <source>usage terms</source>
        <translation>conditions d’utilisation</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>Master</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>Stage {stage}</source>
        <translation>Étape {stage}</translation>
    </message>
    <message>
        <source>Its file says: {state}</source>
        <translation>Son fichier indique&#xa0;: {state}</translation>
    </message>
    <message>
        <source>Waits for {stage}</source>
        <translation>En attente de {stage}</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Demandé</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Modération chez Cloudinary</translation>
    </message>
    <message>
        <source>In review at their library</source>
        <translation>En révision dans leur bibliothèque</translation>
    </message>
    <message>
        <source>Said in their files</source>
        <translation>Indiqué dans leurs fichiers</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>En retard depuis le {date}</translation>
    </message>
    <message>
        <source>Due today, {time}</source>
        <translation>Échéance aujourd’hui, {time}</translation>
    </message>
    <message>
        <source>Due tomorrow, {time}</source>
        <translation>Échéance demain, {time}</translation>
    </message>
    <message>
        <source>Due {date}</source>
        <translation>Échéance {date}</translation>
    </message>
    <message>
        <source>{done} of {total} decided</source>
        <translation>{done} sur {total} décidées</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>%Ln avec modifications demandées</numerusform>
            <numerusform>%Ln avec modifications demandées</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>tout le monde</translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>%Ln approuvé</numerusform>
            <numerusform>%Ln approuvés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>%Ln rejeté</numerusform>
            <numerusform>%Ln rejetés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>%Ln n’est plus ici</numerusform>
            <numerusform>%Ln ne sont plus ici</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>review groups</name>
    <message>
        <source>By channel</source>
        <translation>Par canal</translation>
    </message>
    <message>
        <source>By market</source>
        <translation>Par marché</translation>
    </message>
    <message>
        <source>By asset</source>
        <translation>Par ressource</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Toutes ensemble</translation>
    </message>
</context>
<context>
    <name>review guides</name>
    <message>
        <source>No guides</source>
        <translation>Aucun repère</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Zone de sécurité</translation>
    </message>
    <message>
        <source>Thirds and centre</source>
        <translation>Tiers et centre</translation>
    </message>
    <message>
        <source>Crops of other formats</source>
        <translation>Recadrages d’autres formats</translation>
    </message>
</context>
<context>
    <name>review keys</name>
    <message>
        <source>Decide</source>
        <translation>Décider</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Naviguer</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Regarder</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marquer</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Demander des modifications</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Commenter</translation>
    </message>
    <message>
        <source>Pin a comment to a place</source>
        <translation>Épingler un commentaire à un endroit</translation>
    </message>
    <message>
        <source>Draw on the picture</source>
        <translation>Dessiner sur l’image</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>Annuler la dernière décision</translation>
    </message>
    <message>
        <source>Approve the rest</source>
        <translation>Approuver le reste</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Image suivante</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Image précédente</translation>
    </message>
    <message>
        <source>Next asset</source>
        <translation>Ressource suivante</translation>
    </message>
    <message>
        <source>Previous asset</source>
        <translation>Ressource précédente</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Prochaine image à décider</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Première</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Dernière</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Compare: line, onion skin, difference</source>
        <translation>Comparer&#xa0;: ligne, pelure d’oignon, différence</translation>
    </message>
    <message>
        <source>Against the version before, or the master</source>
        <translation>Par rapport à la version précédente ou au master</translation>
    </message>
    <message>
        <source>Master and renditions side by side</source>
        <translation>Master et déclinaisons côte à côte</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Planche contact</translation>
    </message>
    <message>
        <source>Guides: safe area, thirds, crops</source>
        <translation>Repères&#xa0;: zone de sécurité, tiers, recadrages</translation>
    </message>
    <message>
        <source>Play a film, or stop it</source>
        <translation>Lire une vidéo ou l’arrêter</translation>
    </message>
    <message>
        <source>A film one step back</source>
        <translation>Reculer la vidéo d’un pas</translation>
    </message>
    <message>
        <source>A film one step on</source>
        <translation>Avancer la vidéo d’un pas</translation>
    </message>
    <message>
        <source>100 %, and back</source>
        <translation>100&#xa0;%, et retour</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Zoom avant</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Zoom arrière</translation>
    </message>
    <message>
        <source>More of the version before</source>
        <translation>Davantage de la version précédente</translation>
    </message>
    <message>
        <source>More of the version now</source>
        <translation>Davantage de la version actuelle</translation>
    </message>
    <message>
        <source>Facts and comments</source>
        <translation>Informations et commentaires</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>Film fixe</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Rate with 0 to 5 stars</source>
        <translation>Noter de 0 à 5 étoiles</translation>
    </message>
    <message>
        <source>Label red, yellow, green or blue</source>
        <translation>Étiqueter en rouge, jaune, vert ou bleu</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Ces touches</translation>
    </message>
</context>
<context>
    <name>review looks</name>
    <message>
        <source>Version before</source>
        <translation>Version précédente</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Master</translation>
    </message>
</context>
<context>
    <name>review_pack</name>
    <message>
        <source>the pack holds no such picture</source>
        <translation>le dossier de révision ne contient pas cette image</translation>
    </message>
    <message>
        <source>it is about other bytes than the pack held</source>
        <translation>cela porte sur d’autres octets que ceux du dossier de révision</translation>
    </message>
    <message>
        <source>it is about another transformation than the pack held</source>
        <translation>cela porte sur une autre transformation que celle du dossier de révision</translation>
    </message>
    <message>
        <source>its master is not in the catalog any more</source>
        <translation>son master n’est plus dans le catalogue</translation>
    </message>
    <message>
        <source>its master has changed since the pack was made</source>
        <translation>son master a changé depuis la création du dossier de révision</translation>
    </message>
    <message>
        <source>its preset has changed since the pack was made</source>
        <translation>son préréglage a changé depuis la création du dossier de révision</translation>
    </message>
    <message>
        <source>a later verdict of the same reviewer is on record</source>
        <translation>un verdict ultérieur du même réviseur est consigné</translation>
    </message>
</context>
<context>
    <name>review_page</name>
    <message>
        <source>Approved</source>
        <translation>Approuvé</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Modifications demandées</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeté</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approuver</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Demander des modifications</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Non décidé</translation>
    </message>
    <message>
        <source>The verdict was taken back</source>
        <translation>Le verdict a été annulé</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>Why? (goes with the verdict)</source>
        <translation>Pourquoi&#xa0;? (accompagne le verdict)</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Commentaires</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Commentaire</translation>
    </message>
    <message>
        <source>About the whole picture</source>
        <translation>Sur toute l’image</translation>
    </message>
    <message>
        <source>About the marked place</source>
        <translation>Sur l’endroit marqué</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>Ajouter un commentaire</translation>
    </message>
    <message>
        <source>Delete comment</source>
        <translation>Supprimer le commentaire</translation>
    </message>
    <message>
        <source>Mark a place</source>
        <translation>Marquer un endroit</translation>
    </message>
    <message>
        <source>Click a point of the picture, or drag a frame around a part of it.</source>
        <translation>Cliquez sur un point de l’image, ou tracez un cadre autour d’une partie.</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>Pas encore de commentaires.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Votre nom</translation>
    </message>
    <message>
        <source>Please say your name: your verdicts are recorded with it.</source>
        <translation>Veuillez indiquer votre nom&#xa0;: vos verdicts sont consignés avec lui.</translation>
    </message>
    <message>
        <source>Save verdicts</source>
        <translation>Enregistrer les verdicts</translation>
    </message>
    <message>
        <source>Saves a file. Send it to {who}, who reads it in.</source>
        <translation>Enregistre un fichier. Envoyez-le à {who}, qui l’importera.</translation>
    </message>
    <message>
        <source>Saved as {file}. Please send it to {who}.</source>
        <translation>Enregistré sous {file}. Veuillez l’envoyer à {who}.</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>Il n’y a encore rien à enregistrer.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Pas encore enregistré</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>{done} sur {all} décidées</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>Jusqu’au {date}</translation>
    </message>
    <message>
        <source>From {who}, {date}</source>
        <translation>De {who}, {date}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajuster</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100&#xa0;%</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Précédent</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Prochaine image à décider</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Picture {n} of {all}: {name}</source>
        <translation>Image {n} sur {all}&#xa0;: {name}</translation>
    </message>
    <message>
        <source>One picture of a film</source>
        <translation>Une image d’une vidéo</translation>
    </message>
    <message>
        <source>this browser does not play it</source>
        <translation>ce navigateur ne le lit pas</translation>
    </message>
    <message>
        <source>Comment on this moment</source>
        <translation>Commenter cet instant</translation>
    </message>
    <message>
        <source>About {time} of the film</source>
        <translation>Sur {time} de la vidéo</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>Lecture, pause</translation>
    </message>
    <message>
        <source>Approximate: what is delivered may look a little different</source>
        <translation>Approximatif&#xa0;: le rendu diffusé peut être légèrement différent</translation>
    </message>
    <message>
        <source>Some steps are made on delivery only, and are not shown here</source>
        <translation>Certaines étapes ne sont réalisées qu’à la diffusion et ne sont pas montrées ici</translation>
    </message>
    <message>
        <source>This picture cannot be shown. If you opened the page inside a ZIP file, unpack the whole file first, then open index.html from the unpacked folder.</source>
        <translation>Cette image ne peut pas être affichée. Si vous avez ouvert la page à l’intérieur d’un fichier ZIP, décompressez d’abord tout le fichier, puis ouvrez index.html dans le dossier décompressé.</translation>
    </message>
    <message>
        <source>This browser keeps nothing for this page: save your verdicts before you close it.</source>
        <translation>Ce navigateur ne conserve rien pour cette page&#xa0;: enregistrez vos verdicts avant de la fermer.</translation>
    </message>
    <message>
        <source>This page is damaged. Please ask for the review pack again.</source>
        <translation>Cette page est endommagée. Veuillez redemander le dossier de révision.</translation>
    </message>
    <message>
        <source>Comment {n}</source>
        <translation>Commentaire {n}</translation>
    </message>
    <message>
        <source>This page needs JavaScript. It loads nothing from the network.</source>
        <translation>Cette page nécessite JavaScript. Elle ne charge rien depuis le réseau.</translation>
    </message>
    <message>
        <source>Go to the verdict</source>
        <translation>Aller au verdict</translation>
    </message>
</context>
<context>
    <name>rights</name>
    <message>
        <source>Rights open</source>
        <translation>Droits ouverts</translation>
    </message>
    <message>
        <source>Rights not begun</source>
        <translation>Droits non commencés</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Droits expirés</translation>
    </message>
    <message>
        <source>Rights unclear</source>
        <translation>Droits incertains</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorisation de modèle</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorisation de propriété</translation>
    </message>
    <message>
        <source>Nobody said that one is needed</source>
        <translation>Personne n’a indiqué qu’elle est nécessaire</translation>
    </message>
    <message>
        <source>There is one</source>
        <translation>Elle existe</translation>
    </message>
    <message>
        <source>It is missing</source>
        <translation>Elle manque</translation>
    </message>
    <message>
        <source>The whole world</source>
        <translation>Le monde entier</translation>
    </message>
    <message>
        <source>Europe, the Middle East and Africa</source>
        <translation>Europe, Moyen-Orient et Afrique</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>Amérique du Nord</translation>
    </message>
    <message>
        <source>Latin America</source>
        <translation>Amérique latine</translation>
    </message>
    <message>
        <source>Asia and the Pacific</source>
        <translation>Asie et Pacifique</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Social media</source>
        <translation>Réseaux sociaux</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Presse et imprimés</translation>
    </message>
    <message>
        <source>Posters</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>Radio et télévision</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Boutique</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Interne</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>The dates cannot be read</source>
        <translation>Les dates sont illisibles</translation>
    </message>
    <message>
        <source>From {start} until {end}</source>
        <translation>Du {start} au {end}</translation>
    </message>
    <message>
        <source>From {start}</source>
        <translation>À partir du {start}</translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation>Jusqu’au {end}</translation>
    </message>
    <message>
        <source>Nothing is claimed</source>
        <translation>Rien n’est déclaré</translation>
    </message>
    <message>
        <source>not {list}</source>
        <translation>sauf {list}</translation>
    </message>
    <message>
        <source>Texts and documents only</source>
        <translation>Textes et documents seulement</translation>
    </message>
    <message>
        <source>Nothing is left that file and claim both allow</source>
        <translation>Il ne reste rien que le fichier et la déclaration autorisent tous deux</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Seulement dans {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Seulement pour {channels}</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Ailleurs</translation>
    </message>
    <message>
        <source>{some} and others</source>
        <translation>{some} et d’autres</translation>
    </message>
</context>
<context>
    <name>self.clipboard</name>
    <message>
        <source>Link copied. It opens this asset where it is known.</source>
        <translation>Lien copié. Il ouvre cette ressource là où elle est connue.</translation>
    </message>
</context>
<context>
    <name>shelter</name>
    <message>
        <source>the sources of its approval disagree</source>
        <translation>les sources de son approbation se contredisent</translation>
    </message>
    <message>
        <source>its approval is written in a way that means nothing here</source>
        <translation>son approbation est formulée d’une façon qui n’a pas de sens ici</translation>
    </message>
    <message>
        <source>a very long text was cut</source>
        <translation>un texte très long a été coupé</translation>
    </message>
    <message>
        <source>its rights limit the size in which it may be shown</source>
        <translation>ses droits limitent la taille à laquelle elle peut être montrée</translation>
    </message>
    <message>
        <source>its credit has to be shown</source>
        <translation>son crédit doit être affiché</translation>
    </message>
    <message>
        <source>it may not be used with generative tools</source>
        <translation>utilisation interdite avec des outils génératifs</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Pas encore synchronisé</translation>
    </message>
    <message>
        <source>What lies here has not been read yet; it comes by itself. A search of all of {service} finds it already.</source>
        <translation>Ce qui se trouve ici n’a pas encore été lu&#xa0;; cela viendra automatiquement. Une recherche dans tout {service} le trouve déjà.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Rien ici pour l’instant</translation>
    </message>
    <message>
        <source>What is put into this place at {service} appears with the next sync.</source>
        <translation>Ce qui est placé ici chez {service} apparaît à la prochaine synchronisation.</translation>
    </message>
    <message>
        <source>Signed out: shown as it was last seen</source>
        <translation>Déconnecté&#xa0;: affiché tel que vu en dernier</translation>
    </message>
    <message>
        <source>{done} of {total} galleries synced</source>
        <translation>{done} galeries synchronisées sur {total}</translation>
    </message>
    <message>
        <source>Synced {moment}</source>
        <translation>Synchronisé {moment}</translation>
    </message>
    <message>
        <source>Only for you and your staff</source>
        <translation>Seulement pour vous et votre équipe</translation>
    </message>
    <message>
        <source>For those with permission</source>
        <translation>Pour les personnes autorisées</translation>
    </message>
    <message>
        <source>For everyone</source>
        <translation>Pour tout le monde</translation>
    </message>
    <message>
        <source>Custom field: {state}</source>
        <translation>Champ personnalisé&#xa0;: {state}</translation>
    </message>
    <message>
        <source>Workspace review: {state}</source>
        <translation>Révision de l’espace de travail&#xa0;: {state}</translation>
    </message>
    <message>
        <source>Keyword: {state}</source>
        <translation>Mot-clé&#xa0;: {state}</translation>
    </message>
    <message>
        <source>Gallery: {state}</source>
        <translation>Galerie&#xa0;: {state}</translation>
    </message>
    <message>
        <source>In a &amp;Document beside the Gallery</source>
        <translation>Dans un &amp;document à côté de la galerie</translation>
    </message>
    <message>
        <source>With the Rendered &amp;Files</source>
        <translation>Avec les &amp;fichiers générés</translation>
    </message>
    <message>
        <source>As &amp;Links of the Master</source>
        <translation>Comme &amp;liens du master</translation>
    </message>
    <message>
        <source>&amp;Not at All</source>
        <translation>&amp;Pas du tout</translation>
    </message>
    <message>
        <source>Model release: there is one</source>
        <translation>Autorisation de modèle&#xa0;: présente</translation>
    </message>
    <message>
        <source>Model release: missing</source>
        <translation>Autorisation de modèle&#xa0;: manquante</translation>
    </message>
    <message>
        <source>Property release: there is one</source>
        <translation>Autorisation de propriété&#xa0;: présente</translation>
    </message>
    <message>
        <source>Property release: missing</source>
        <translation>Autorisation de propriété&#xa0;: manquante</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>non compris</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivé</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Seulement dans {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Seulement pour {channels}</translation>
    </message>
    <message>
        <source>Not all of it is recorded there yet</source>
        <translation>Tout n’y est pas encore consigné</translation>
    </message>
    <message>
        <source>Recorded there {moment}</source>
        <translation>Consigné là-bas {moment}</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>North America (AWS)</source>
        <translation>Amérique du Nord (AWS)</translation>
    </message>
    <message>
        <source>Europe (AWS)</source>
        <translation>Europe (AWS)</translation>
    </message>
    <message>
        <source>Australia (AWS)</source>
        <translation>Australie (AWS)</translation>
    </message>
    <message>
        <source>North America (Azure)</source>
        <translation>Amérique du Nord (Azure)</translation>
    </message>
    <message>
        <source>Europe (Azure)</source>
        <translation>Europe (Azure)</translation>
    </message>
    <message>
        <source>North America (Google Cloud)</source>
        <translation>Amérique du Nord (Google Cloud)</translation>
    </message>
    <message>
        <source>Europe (Google Cloud)</source>
        <translation>Europe (Google Cloud)</translation>
    </message>
    <message>
        <source>Take the whole entry off, in that locale</source>
        <translation>Retirer toute l’entrée, dans cette langue</translation>
    </message>
    <message>
        <source>Remove the picture, and publish without it</source>
        <translation>Retirer l’image et publier sans elle</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Publié</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Dépublié</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflit</translation>
    </message>
    <message>
        <source>The editor&apos;s</source>
        <translation>Celle de l’éditeur</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>{rendition} (cannot be chosen)</source>
        <translation>{rendition} (ne peut pas être choisie)</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>No label</source>
        <translation>Sans libellé</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Production</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Préproduction</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Développement</translation>
    </message>
</context>
<context>
    <name>stale</name>
    <message>
        <source>the master has a new version</source>
        <translation>le master a une nouvelle version</translation>
    </message>
    <message>
        <source>its preset was changed</source>
        <translation>son préréglage a été modifié</translation>
    </message>
    <message>
        <source>the master has a new version, and its preset was changed</source>
        <translation>le master a une nouvelle version, et son préréglage a été modifié</translation>
    </message>
</context>
<context>
    <name>standard</name>
    <message>
        <source>All models released</source>
        <translation>Toutes les autorisations de modèle obtenues</translation>
    </message>
    <message>
        <source>Limited or incomplete model releases</source>
        <translation>Autorisations de modèle limitées ou incomplètes</translation>
    </message>
    <message>
        <source>No model release</source>
        <translation>Aucune autorisation de modèle</translation>
    </message>
    <message>
        <source>Model release not applicable</source>
        <translation>Autorisation de modèle sans objet</translation>
    </message>
    <message>
        <source>All properties released</source>
        <translation>Toutes les autorisations de propriété obtenues</translation>
    </message>
    <message>
        <source>Limited or incomplete property releases</source>
        <translation>Autorisations de propriété limitées ou incomplètes</translation>
    </message>
    <message>
        <source>No property release</source>
        <translation>Aucune autorisation de propriété</translation>
    </message>
    <message>
        <source>Property release not applicable</source>
        <translation>Autorisation de propriété sans objet</translation>
    </message>
    <message>
        <source>Age unknown</source>
        <translation>Âge inconnu</translation>
    </message>
    <message>
        <source>25 or older</source>
        <translation>25 ans ou plus</translation>
    </message>
    <message>
        <source>14 or younger</source>
        <translation>14 ans ou moins</translation>
    </message>
    <message>
        <source>Protected by copyright</source>
        <translation>Protégé par copyright</translation>
    </message>
    <message>
        <source>Public domain</source>
        <translation>Domaine public</translation>
    </message>
    <message>
        <source>1 – most urgent</source>
        <translation>1 – la plus urgente</translation>
    </message>
    <message>
        <source>5 – normal</source>
        <translation>5 – normale</translation>
    </message>
    <message>
        <source>8 – least urgent</source>
        <translation>8 – la moins urgente</translation>
    </message>
    <message>
        <source>Taken by a digital camera</source>
        <translation>Prise avec un appareil photo numérique</translation>
    </message>
    <message>
        <source>Computed from several frames of a camera</source>
        <translation>Calculée à partir de plusieurs prises de vue</translation>
    </message>
    <message>
        <source>Scanned from negative film</source>
        <translation>Numérisée à partir d’un film négatif</translation>
    </message>
    <message>
        <source>Scanned from positive film</source>
        <translation>Numérisée à partir d’un film positif</translation>
    </message>
    <message>
        <source>Scanned from a print</source>
        <translation>Numérisée à partir d’un tirage</translation>
    </message>
    <message>
        <source>Edited by people</source>
        <translation>Retouchée par des personnes</translation>
    </message>
    <message>
        <source>Drawn by people</source>
        <translation>Dessinée par des personnes</translation>
    </message>
    <message>
        <source>Composed of captures</source>
        <translation>Composée de prises de vue</translation>
    </message>
    <message>
        <source>Composed of elements</source>
        <translation>Composée d’éléments</translation>
    </message>
    <message>
        <source>Composed, with synthetic elements</source>
        <translation>Composée, avec des éléments synthétiques</translation>
    </message>
    <message>
        <source>Edited by a trained algorithm</source>
        <translation>Retouchée par un algorithme entraîné</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>Créée par un algorithme entraîné</translation>
    </message>
    <message>
        <source>Made by an algorithm without training</source>
        <translation>Créée par un algorithme sans entraînement</translation>
    </message>
    <message>
        <source>Enhanced by an algorithm</source>
        <translation>Améliorée par un algorithme</translation>
    </message>
    <message>
        <source>Drawn from data</source>
        <translation>Dessinée à partir de données</translation>
    </message>
    <message>
        <source>Captured from a screen</source>
        <translation>Capturée à partir d’un écran</translation>
    </message>
    <message>
        <source>Recorded in a virtual world</source>
        <translation>Enregistrée dans un monde virtuel</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Non précisé</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Autorisée</translation>
    </message>
    <message>
        <source>Not for training of AI</source>
        <translation>Pas pour l’entraînement d’IA</translation>
    </message>
    <message>
        <source>Not for training of generative AI</source>
        <translation>Pas pour l’entraînement d’IA générative</translation>
    </message>
    <message>
        <source>Only for search engines</source>
        <translation>Seulement pour les moteurs de recherche</translation>
    </message>
    <message>
        <source>Prohibited</source>
        <translation>Interdite</translation>
    </message>
    <message>
        <source>Prohibited, as other constraints say</source>
        <translation>Interdite, selon les autres restrictions</translation>
    </message>
    <message>
        <source>Prohibited, as the rights expression says</source>
        <translation>Interdite, selon l’expression de droits</translation>
    </message>
    <message>
        <source>Prohibited, as the linked rights expression says</source>
        <translation>Interdite, selon l’expression de droits liée</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>Non requis</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>Sur l’image</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>À côté de l’image</translation>
    </message>
    <message>
        <source>Among the credits</source>
        <translation>Parmi les crédits</translation>
    </message>
    <message>
        <source>No warning required</source>
        <translation>Aucun avertissement requis</translation>
    </message>
    <message>
        <source>Warning required</source>
        <translation>Avertissement requis</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Bureau</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobile</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>Fax</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>Domicile</translation>
    </message>
    <message>
        <source>Pager</source>
        <translation>Bipeur</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rectangle</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>Cercle</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>Fractions de l’image</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Intitulé</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Légende</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texte alternatif</translation>
    </message>
    <message>
        <source>Extended description</source>
        <translation>Description détaillée</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Mots-clés</translation>
    </message>
    <message>
        <source>Keyword hierarchies</source>
        <translation>Hiérarchies de mots-clés</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Rédacteur de la légende</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Langues</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Scene codes</source>
        <translation>Codes de scène</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>Codes de sujet</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Catégorie</translation>
    </message>
    <message>
        <source>Supplemental categories</source>
        <translation>Catégories supplémentaires</translation>
    </message>
    <message>
        <source>Digital source type</source>
        <translation>Type de source numérique</translation>
    </message>
    <message>
        <source>People shown</source>
        <translation>Personnes représentées</translation>
    </message>
    <message>
        <source>About the models</source>
        <translation>À propos des modèles</translation>
    </message>
    <message>
        <source>Ages of the models</source>
        <translation>Âges des modèles</translation>
    </message>
    <message>
        <source>Organisations shown</source>
        <translation>Organisations représentées</translation>
    </message>
    <message>
        <source>Organisation codes</source>
        <translation>Codes des organisations</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>Event identifiers</source>
        <translation>Identifiants d’événement</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Auteur</translation>
    </message>
    <message>
        <source>Creator’s job title</source>
        <translation>Fonction de l’auteur</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Contact’s city</source>
        <translation>Ville du contact</translation>
    </message>
    <message>
        <source>Contact’s state or province</source>
        <translation>État ou province du contact</translation>
    </message>
    <message>
        <source>Contact’s postal code</source>
        <translation>Code postal du contact</translation>
    </message>
    <message>
        <source>Contact’s country</source>
        <translation>Pays du contact</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Site web</translation>
    </message>
    <message>
        <source>Contributors</source>
        <translation>Contributeurs</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>Éditeurs</translation>
    </message>
    <message>
        <source>Copyright notice</source>
        <translation>Mention de copyright</translation>
    </message>
    <message>
        <source>Copyright status</source>
        <translation>Statut du copyright</translation>
    </message>
    <message>
        <source>Copyright owner</source>
        <translation>Titulaire du copyright</translation>
    </message>
    <message>
        <source>Credit line</source>
        <translation>Crédit</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Conditions d’utilisation</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Page des droits</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instructions</translation>
    </message>
    <message>
        <source>Media constraints</source>
        <translation>Restrictions de médias</translation>
    </message>
    <message>
        <source>Region constraints</source>
        <translation>Restrictions de régions</translation>
    </message>
    <message>
        <source>Other constraints</source>
        <translation>Autres restrictions</translation>
    </message>
    <message>
        <source>Image supplier</source>
        <translation>Fournisseur de l’image</translation>
    </message>
    <message>
        <source>Supplier’s image ID</source>
        <translation>ID de l’image chez le fournisseur</translation>
    </message>
    <message>
        <source>Licence begins</source>
        <translation>Début de la licence</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>Fin de la licence</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorisation de modèle</translation>
    </message>
    <message>
        <source>Model release IDs</source>
        <translation>ID des autorisations de modèle</translation>
    </message>
    <message>
        <source>Youngest model</source>
        <translation>Modèle le plus jeune</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorisation de propriété</translation>
    </message>
    <message>
        <source>Property release IDs</source>
        <translation>ID des autorisations de propriété</translation>
    </message>
    <message>
        <source>Copyright owner’s ID</source>
        <translation>ID du titulaire du copyright</translation>
    </message>
    <message>
        <source>Licensor</source>
        <translation>Concédant de licence</translation>
    </message>
    <message>
        <source>Licensor’s ID</source>
        <translation>ID du concédant</translation>
    </message>
    <message>
        <source>Licensor’s e-mail</source>
        <translation>E-mail du concédant</translation>
    </message>
    <message>
        <source>Licensor’s phone</source>
        <translation>Téléphone du concédant</translation>
    </message>
    <message>
        <source>Licensor’s website</source>
        <translation>Site web du concédant</translation>
    </message>
    <message>
        <source>Licensor’s street</source>
        <translation>Rue du concédant</translation>
    </message>
    <message>
        <source>Licensor’s city</source>
        <translation>Ville du concédant</translation>
    </message>
    <message>
        <source>Licensor’s state or province</source>
        <translation>État ou province du concédant</translation>
    </message>
    <message>
        <source>Licensor’s postal code</source>
        <translation>Code postal du concédant</translation>
    </message>
    <message>
        <source>Licensor’s country</source>
        <translation>Pays du concédant</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ville</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>État ou province</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Code pays</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>Coordonnées</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>Altitude</translation>
    </message>
    <message>
        <source>World region</source>
        <translation>Région du monde</translation>
    </message>
    <message>
        <source>Artwork’s title</source>
        <translation>Titre de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s creator</source>
        <translation>Créateur de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s copyright notice</source>
        <translation>Mention de copyright de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner</source>
        <translation>Titulaire du copyright de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s date</source>
        <translation>Date de l’œuvre</translation>
    </message>
    <message>
        <source>What the artwork shows</source>
        <translation>Ce que montre l’œuvre</translation>
    </message>
    <message>
        <source>Who keeps the artwork</source>
        <translation>Détenteur de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s inventory number</source>
        <translation>Numéro d’inventaire de l’œuvre</translation>
    </message>
    <message>
        <source>Product’s name</source>
        <translation>Nom du produit</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Product’s ID</source>
        <translation>ID du produit</translation>
    </message>
    <message>
        <source>Product’s description</source>
        <translation>Description du produit</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Date de prise de vue</translation>
    </message>
    <message>
        <source>Date digitised</source>
        <translation>Date de numérisation</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Date de modification</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Libellé</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Urgence</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Identifiant de mission</translation>
    </message>
    <message>
        <source>Camera maker</source>
        <translation>Fabricant de l’appareil</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Appareil photo</translation>
    </message>
    <message>
        <source>Camera’s serial number</source>
        <translation>Numéro de série de l’appareil</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objectif</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>Temps de pose</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>Ouverture</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Distance focale</translation>
    </message>
    <message>
        <source>Focal length (35 mm)</source>
        <translation>Distance focale (35 mm)</translation>
    </message>
    <message>
        <source>Exposure compensation</source>
        <translation>Correction d’exposition</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>Flash</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Logiciel</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Couverture</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Relations</translation>
    </message>
    <message>
        <source>Content types</source>
        <translation>Types de contenu</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Derived from</source>
        <translation>Dérivée de</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>Type de média</translation>
    </message>
    <message>
        <source>Image GUID</source>
        <translation>GUID de l’image</translation>
    </message>
    <message>
        <source>Greatest width</source>
        <translation>Largeur maximale</translation>
    </message>
    <message>
        <source>Greatest height</source>
        <translation>Hauteur maximale</translation>
    </message>
    <message>
        <source>AI prompt</source>
        <translation>Prompt d’IA</translation>
    </message>
    <message>
        <source>AI prompt’s writer</source>
        <translation>Auteur du prompt d’IA</translation>
    </message>
    <message>
        <source>AI system</source>
        <translation>Système d’IA</translation>
    </message>
    <message>
        <source>AI system’s version</source>
        <translation>Version du système d’IA</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Terme</translation>
    </message>
    <message>
        <source>Term’s ID</source>
        <translation>ID du terme</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vocabulaire</translation>
    </message>
    <message>
        <source>Term refined</source>
        <translation>Précision du terme</translation>
    </message>
    <message>
        <source>Genre term</source>
        <translation>Terme du genre</translation>
    </message>
    <message>
        <source>Genre’s ID</source>
        <translation>ID du genre</translation>
    </message>
    <message>
        <source>Genre’s vocabulary</source>
        <translation>Vocabulaire du genre</translation>
    </message>
    <message>
        <source>Genre refined</source>
        <translation>Précision du genre</translation>
    </message>
    <message>
        <source>Person’s name</source>
        <translation>Nom de la personne</translation>
    </message>
    <message>
        <source>Person’s IDs</source>
        <translation>ID de la personne</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>À propos de la personne</translation>
    </message>
    <message>
        <source>Contributor’s name</source>
        <translation>Nom du contributeur</translation>
    </message>
    <message>
        <source>Contributor’s IDs</source>
        <translation>ID du contributeur</translation>
    </message>
    <message>
        <source>Contributor’s roles</source>
        <translation>Rôles du contributeur</translation>
    </message>
    <message>
        <source>Image creator</source>
        <translation>Créateur de l’image</translation>
    </message>
    <message>
        <source>Image creator’s ID</source>
        <translation>ID du créateur de l’image</translation>
    </message>
    <message>
        <source>Image supplier’s ID</source>
        <translation>ID du fournisseur de l’image</translation>
    </message>
    <message>
        <source>Rights owners</source>
        <translation>Titulaires des droits</translation>
    </message>
    <message>
        <source>Rights certificate</source>
        <translation>Certificat des droits</translation>
    </message>
    <message>
        <source>Data mining</source>
        <translation>Exploration de données</translation>
    </message>
    <message>
        <source>Credit required</source>
        <translation>Crédit requis</translation>
    </message>
    <message>
        <source>Adult content</source>
        <translation>Contenu pour adultes</translation>
    </message>
    <message>
        <source>Licence’s ID</source>
        <translation>ID de la licence</translation>
    </message>
    <message>
        <source>Licence’s terms</source>
        <translation>Conditions de la licence</translation>
    </message>
    <message>
        <source>Licence’s terms page</source>
        <translation>Page des conditions de la licence</translation>
    </message>
    <message>
        <source>Other conditions</source>
        <translation>Autres conditions</translation>
    </message>
    <message>
        <source>Product constraints</source>
        <translation>Contraintes de produit</translation>
    </message>
    <message>
        <source>Licence’s requirements</source>
        <translation>Exigences de la licence</translation>
    </message>
    <message>
        <source>Media summary code</source>
        <translation>Code récapitulatif (Media Summary Code)</translation>
    </message>
    <message>
        <source>Licence granted</source>
        <translation>Licence accordée le</translation>
    </message>
    <message>
        <source>Licensee</source>
        <translation>Licencié</translation>
    </message>
    <message>
        <source>Licensee’s ID</source>
        <translation>ID du licencié</translation>
    </message>
    <message>
        <source>Licensor’s image ID</source>
        <translation>ID d’image du concédant</translation>
    </message>
    <message>
        <source>Copyright owner’s image ID</source>
        <translation>ID d’image du titulaire du copyright</translation>
    </message>
    <message>
        <source>Other dates</source>
        <translation>Autres dates</translation>
    </message>
    <message>
        <source>Copyright registration</source>
        <translation>Enregistrement du copyright</translation>
    </message>
    <message>
        <source>First published</source>
        <translation>Première publication</translation>
    </message>
    <message>
        <source>Licensor’s address, more</source>
        <translation>Complément d’adresse du concédant</translation>
    </message>
    <message>
        <source>Licensor’s phone is</source>
        <translation>Type de téléphone du concédant</translation>
    </message>
    <message>
        <source>Licensor’s other phone</source>
        <translation>Autre téléphone du concédant</translation>
    </message>
    <message>
        <source>Licensor’s other phone is</source>
        <translation>Type de l’autre téléphone du concédant</translation>
    </message>
    <message>
        <source>Item’s ID</source>
        <translation>ID de l’élément</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Role in the registry</source>
        <translation>Rôle dans le registre</translation>
    </message>
    <message>
        <source>Rights expression</source>
        <translation>Expression de droits</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Encodage</translation>
    </message>
    <message>
        <source>Rights language</source>
        <translation>Langage de droits</translation>
    </message>
    <message>
        <source>Rights expression’s address</source>
        <translation>Adresse de l’expression de droits</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>Nom du lieu</translation>
    </message>
    <message>
        <source>Place’s IDs</source>
        <translation>ID du lieu</translation>
    </message>
    <message>
        <source>Artwork’s creator’s ID</source>
        <translation>ID du créateur de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner’s ID</source>
        <translation>ID du titulaire du copyright de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s licensor</source>
        <translation>Concédant de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s licensor’s ID</source>
        <translation>ID du concédant de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s date, about</source>
        <translation>Date approximative de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s inventory page</source>
        <translation>Page d’inventaire de l’œuvre</translation>
    </message>
    <message>
        <source>Contributions to the artwork</source>
        <translation>Contributions à l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s material</source>
        <translation>Matériaux de l’œuvre</translation>
    </message>
    <message>
        <source>Artwork’s style</source>
        <translation>Style de l’œuvre</translation>
    </message>
    <message>
        <source>Region’s name</source>
        <translation>Nom de la région</translation>
    </message>
    <message>
        <source>Region’s ID</source>
        <translation>ID de la région</translation>
    </message>
    <message>
        <source>Region’s content</source>
        <translation>Contenu de la région</translation>
    </message>
    <message>
        <source>Region’s role</source>
        <translation>Rôle de la région</translation>
    </message>
    <message>
        <source>Region’s shape</source>
        <translation>Forme de la région</translation>
    </message>
    <message>
        <source>Region’s unit</source>
        <translation>Unité de la région</translation>
    </message>
    <message>
        <source>Region’s left</source>
        <translation>Gauche de la région</translation>
    </message>
    <message>
        <source>Region’s top</source>
        <translation>Haut de la région</translation>
    </message>
    <message>
        <source>Region’s width</source>
        <translation>Largeur de la région</translation>
    </message>
    <message>
        <source>Region’s height</source>
        <translation>Hauteur de la région</translation>
    </message>
    <message>
        <source>Region’s radius</source>
        <translation>Rayon de la région</translation>
    </message>
    <message>
        <source>A short name of the picture, often an identifier.</source>
        <translation>Un nom court de l’image, souvent un identifiant.</translation>
    </message>
    <message>
        <source>A short synopsis that can be published.</source>
        <translation>Un bref résumé pouvant être publié.</translation>
    </message>
    <message>
        <source>What the picture shows: who, what, where, when and why.</source>
        <translation>Ce que montre l’image&#xa0;: qui, quoi, où, quand et pourquoi.</translation>
    </message>
    <message>
        <source>What it shows for those who cannot see it, in one or two sentences.</source>
        <translation>Ce qu’elle montre, pour les personnes qui ne peuvent pas la voir, en une ou deux phrases.</translation>
    </message>
    <message>
        <source>A longer description for those who cannot see it.</source>
        <translation>Une description plus longue pour les personnes qui ne peuvent pas la voir.</translation>
    </message>
    <message>
        <source>Words by which it is found.</source>
        <translation>Mots permettant de la trouver.</translation>
    </message>
    <message>
        <source>Keywords with those above them, as in “Place|France|Paris”.</source>
        <translation>Mots-clés avec ceux qui les précèdent, comme «&#xa0;Lieu|France|Paris&#xa0;».</translation>
    </message>
    <message>
        <source>Who wrote or edited the caption.</source>
        <translation>Qui a rédigé ou modifié la légende.</translation>
    </message>
    <message>
        <source>The languages of the content.</source>
        <translation>Les langues du contenu.</translation>
    </message>
    <message>
        <source>What sort of journalistic or artistic work it is.</source>
        <translation>De quel type d’œuvre journalistique ou artistique il s’agit.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the scene, six digits each.</source>
        <translation>Les codes IPTC de la scène, à six chiffres chacun.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the subject, eight digits each.</source>
        <translation>Les codes IPTC du sujet, à huit chiffres chacun.</translation>
    </message>
    <message>
        <source>A code of one to three letters; superseded by the subject codes.</source>
        <translation>Un code d’une à trois lettres&#xa0;; remplacé par les codes de sujet.</translation>
    </message>
    <message>
        <source>Further categories; superseded by the subject codes.</source>
        <translation>Autres catégories&#xa0;; remplacées par les codes de sujet.</translation>
    </message>
    <message>
        <source>How the picture came into being.</source>
        <translation>Comment l’image a été créée.</translation>
    </message>
    <message>
        <source>The names of the people in the picture.</source>
        <translation>Les noms des personnes présentes sur l’image.</translation>
    </message>
    <message>
        <source>Ethnicity and other facts about the models in a released picture.</source>
        <translation>Origine ethnique et autres informations sur les modèles d’une image avec autorisation.</translation>
    </message>
    <message>
        <source>The age of each model when it was taken.</source>
        <translation>L’âge de chaque modèle lors de la prise de vue.</translation>
    </message>
    <message>
        <source>The names of organisations that the picture features.</source>
        <translation>Les noms des organisations que l’image met en scène.</translation>
    </message>
    <message>
        <source>Codes of these organisations.</source>
        <translation>Codes de ces organisations.</translation>
    </message>
    <message>
        <source>The event at which it was taken.</source>
        <translation>L’événement lors duquel elle a été prise.</translation>
    </message>
    <message>
        <source>Identifiers of the event.</source>
        <translation>Identifiants de l’événement.</translation>
    </message>
    <message>
        <source>Who took or made it; several are separated by a semicolon.</source>
        <translation>Qui l’a prise ou créée&#xa0;; séparez plusieurs noms par un point-virgule.</translation>
    </message>
    <message>
        <source>The job of the creator, such as staff photographer.</source>
        <translation>La fonction de l’auteur, par exemple photographe salarié.</translation>
    </message>
    <message>
        <source>Where the creator can be reached: street and house.</source>
        <translation>Où joindre l’auteur&#xa0;: rue et numéro.</translation>
    </message>
    <message>
        <source>The city of the creator’s address.</source>
        <translation>La ville de l’adresse de l’auteur.</translation>
    </message>
    <message>
        <source>The state or province of the creator’s address.</source>
        <translation>L’État ou la province de l’adresse de l’auteur.</translation>
    </message>
    <message>
        <source>The postal code of the creator’s address.</source>
        <translation>Le code postal de l’adresse de l’auteur.</translation>
    </message>
    <message>
        <source>The country of the creator’s address.</source>
        <translation>Le pays de l’adresse de l’auteur.</translation>
    </message>
    <message>
        <source>Telephone numbers of the creator.</source>
        <translation>Numéros de téléphone de l’auteur.</translation>
    </message>
    <message>
        <source>E-mail addresses of the creator.</source>
        <translation>Adresses e-mail de l’auteur.</translation>
    </message>
    <message>
        <source>The creator’s website.</source>
        <translation>Le site web de l’auteur.</translation>
    </message>
    <message>
        <source>Others who had a part in it.</source>
        <translation>Autres personnes y ayant participé.</translation>
    </message>
    <message>
        <source>Who makes it available.</source>
        <translation>Qui la met à disposition.</translation>
    </message>
    <message>
        <source>Who holds the copyright, as it is to be printed.</source>
        <translation>Qui détient le copyright, tel que cela doit être imprimé.</translation>
    </message>
    <message>
        <source>Is it protected by copyright?</source>
        <translation>Est-elle protégée par copyright&#xa0;?</translation>
    </message>
    <message>
        <source>Who owns the copyright.</source>
        <translation>Qui possède le copyright.</translation>
    </message>
    <message>
        <source>Who is to be credited when it is published.</source>
        <translation>Qui doit être crédité lors de la publication.</translation>
    </message>
    <message>
        <source>Who it was obtained from.</source>
        <translation>De qui elle a été obtenue.</translation>
    </message>
    <message>
        <source>How it may be used.</source>
        <translation>Comment elle peut être utilisée.</translation>
    </message>
    <message>
        <source>The address of a page about the rights.</source>
        <translation>L’adresse d’une page sur les droits.</translation>
    </message>
    <message>
        <source>What those who use it have to know.</source>
        <translation>Ce que doivent savoir les personnes qui l’utilisent.</translation>
    </message>
    <message>
        <source>In which media it may not be used, or only.</source>
        <translation>Dans quels médias elle ne peut pas être utilisée, ou seulement.</translation>
    </message>
    <message>
        <source>In which regions it may not be used, or only.</source>
        <translation>Dans quelles régions elle ne peut pas être utilisée, ou seulement.</translation>
    </message>
    <message>
        <source>Other limits of use.</source>
        <translation>Autres limites d’utilisation.</translation>
    </message>
    <message>
        <source>Who supplied the picture.</source>
        <translation>Qui a fourni l’image.</translation>
    </message>
    <message>
        <source>The supplier’s identifier of it.</source>
        <translation>L’identifiant de l’image chez le fournisseur.</translation>
    </message>
    <message>
        <source>When the licence begins; changed with the rights, not here.</source>
        <translation>Quand commence la licence&#xa0;; se modifie avec les droits, pas ici.</translation>
    </message>
    <message>
        <source>When the licence ends; changed with the rights, not here.</source>
        <translation>Quand prend fin la licence&#xa0;; se modifie avec les droits, pas ici.</translation>
    </message>
    <message>
        <source>Have the people shown agreed?</source>
        <translation>Les personnes représentées ont-elles donné leur accord&#xa0;?</translation>
    </message>
    <message>
        <source>Identifiers of the agreements.</source>
        <translation>Identifiants des accords.</translation>
    </message>
    <message>
        <source>The age of the youngest person when it was taken.</source>
        <translation>L’âge de la plus jeune personne lors de la prise de vue.</translation>
    </message>
    <message>
        <source>Have the owners of what is shown agreed?</source>
        <translation>Les propriétaires de ce qui est représenté ont-ils donné leur accord&#xa0;?</translation>
    </message>
    <message>
        <source>Identifiers of these agreements.</source>
        <translation>Identifiants de ces accords.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows who owns the copyright.</source>
        <translation>Le numéro par lequel PLUS identifie le titulaire du copyright.</translation>
    </message>
    <message>
        <source>Who grants licences.</source>
        <translation>Qui concède les licences.</translation>
    </message>
    <message>
        <source>The licensor’s identifier in the PLUS registry.</source>
        <translation>L’identifiant du concédant dans le registre PLUS.</translation>
    </message>
    <message>
        <source>Where to ask for a licence.</source>
        <translation>Où demander une licence.</translation>
    </message>
    <message>
        <source>The licensor’s telephone.</source>
        <translation>Le téléphone du concédant.</translation>
    </message>
    <message>
        <source>The licensor’s website.</source>
        <translation>Le site web du concédant.</translation>
    </message>
    <message>
        <source>The street of the licensor’s address.</source>
        <translation>La rue de l’adresse du concédant.</translation>
    </message>
    <message>
        <source>The city of the licensor’s address.</source>
        <translation>La ville de l’adresse du concédant.</translation>
    </message>
    <message>
        <source>The state or province of the licensor’s address.</source>
        <translation>L’État ou la province de l’adresse du concédant.</translation>
    </message>
    <message>
        <source>The postal code of the licensor’s address.</source>
        <translation>Le code postal de l’adresse du concédant.</translation>
    </message>
    <message>
        <source>The country of the licensor’s address.</source>
        <translation>Le pays de l’adresse du concédant.</translation>
    </message>
    <message>
        <source>The place within the city.</source>
        <translation>Le lieu dans la ville.</translation>
    </message>
    <message>
        <source>The city.</source>
        <translation>La ville.</translation>
    </message>
    <message>
        <source>The state or province.</source>
        <translation>L’État ou la province.</translation>
    </message>
    <message>
        <source>The country’s name.</source>
        <translation>Le nom du pays.</translation>
    </message>
    <message>
        <source>The country’s code of two or three letters (ISO 3166).</source>
        <translation>Le code du pays à deux ou trois lettres (ISO 3166).</translation>
    </message>
    <message>
        <source>Where the camera stood, in decimal degrees.</source>
        <translation>L’emplacement de l’appareil, en degrés décimaux.</translation>
    </message>
    <message>
        <source>How high the camera was, in metres.</source>
        <translation>L’altitude de l’appareil, en mètres.</translation>
    </message>
    <message>
        <source>The place within the city where it was taken.</source>
        <translation>Le lieu dans la ville où elle a été prise.</translation>
    </message>
    <message>
        <source>The city where it was taken.</source>
        <translation>La ville où elle a été prise.</translation>
    </message>
    <message>
        <source>The state or province where it was taken.</source>
        <translation>L’État ou la province où elle a été prise.</translation>
    </message>
    <message>
        <source>The country where it was taken.</source>
        <translation>Le pays où elle a été prise.</translation>
    </message>
    <message>
        <source>The code of the country where it was taken.</source>
        <translation>Le code du pays où elle a été prise.</translation>
    </message>
    <message>
        <source>The part of the world where it was taken.</source>
        <translation>La région du monde où elle a été prise.</translation>
    </message>
    <message>
        <source>The place within the city that it shows.</source>
        <translation>Le lieu dans la ville qu’elle montre.</translation>
    </message>
    <message>
        <source>The city that it shows.</source>
        <translation>La ville qu’elle montre.</translation>
    </message>
    <message>
        <source>The state or province that it shows.</source>
        <translation>L’État ou la province qu’elle montre.</translation>
    </message>
    <message>
        <source>The country that it shows.</source>
        <translation>Le pays qu’elle montre.</translation>
    </message>
    <message>
        <source>The code of the country that it shows.</source>
        <translation>Le code du pays qu’elle montre.</translation>
    </message>
    <message>
        <source>The part of the world that it shows.</source>
        <translation>La région du monde qu’elle montre.</translation>
    </message>
    <message>
        <source>What the artwork is called.</source>
        <translation>Le titre de l’œuvre.</translation>
    </message>
    <message>
        <source>Who made the artwork; several in their order.</source>
        <translation>Qui a créé l’œuvre&#xa0;; plusieurs, dans leur ordre.</translation>
    </message>
    <message>
        <source>The artwork’s own copyright notice.</source>
        <translation>La mention de copyright propre à l’œuvre.</translation>
    </message>
    <message>
        <source>Who owns the copyright of the artwork now.</source>
        <translation>Qui possède actuellement le copyright de l’œuvre.</translation>
    </message>
    <message>
        <source>When the artwork was made.</source>
        <translation>Quand l’œuvre a été créée.</translation>
    </message>
    <message>
        <source>What is seen in the artwork.</source>
        <translation>Ce que l’on voit dans l’œuvre.</translation>
    </message>
    <message>
        <source>The museum, archive or person that has the artwork.</source>
        <translation>Le musée, l’archive ou la personne qui détient l’œuvre.</translation>
    </message>
    <message>
        <source>The number that who keeps it has given the artwork.</source>
        <translation>Le numéro attribué à l’œuvre par son détenteur.</translation>
    </message>
    <message>
        <source>What the product is called.</source>
        <translation>Le nom du produit.</translation>
    </message>
    <message>
        <source>The product’s number in trade, as its bar code has it.</source>
        <translation>Le numéro commercial du produit, tel que dans son code-barres.</translation>
    </message>
    <message>
        <source>The number that its maker has given the product.</source>
        <translation>Le numéro attribué au produit par son fabricant.</translation>
    </message>
    <message>
        <source>What the product is.</source>
        <translation>Ce qu’est le produit.</translation>
    </message>
    <message>
        <source>When the picture was taken, or the work was made.</source>
        <translation>Quand l’image a été prise ou l’œuvre créée.</translation>
    </message>
    <message>
        <source>When the digital file was made, such as by a scanner.</source>
        <translation>Quand le fichier numérique a été créé, par exemple par un scanner.</translation>
    </message>
    <message>
        <source>When the file was changed last, as the program that did says.</source>
        <translation>Quand le fichier a été modifié en dernier, selon le programme qui l’a fait.</translation>
    </message>
    <message>
        <source>One to five stars; -1 is rejected.</source>
        <translation>Une à cinq étoiles&#xa0;; -1 signifie rejeté.</translation>
    </message>
    <message>
        <source>A word or colour of one’s own workflow.</source>
        <translation>Un mot ou une couleur de votre propre flux de travail.</translation>
    </message>
    <message>
        <source>How urgent it is, from 1 to 8.</source>
        <translation>Son degré d’urgence, de 1 à 8.</translation>
    </message>
    <message>
        <source>A number or name of the job it belongs to.</source>
        <translation>Un numéro ou un nom de la mission dont elle fait partie.</translation>
    </message>
    <message>
        <source>The maker of the camera.</source>
        <translation>Le fabricant de l’appareil.</translation>
    </message>
    <message>
        <source>The model of the camera.</source>
        <translation>Le modèle de l’appareil.</translation>
    </message>
    <message>
        <source>The serial number of the camera.</source>
        <translation>Le numéro de série de l’appareil.</translation>
    </message>
    <message>
        <source>The model of the lens.</source>
        <translation>Le modèle de l’objectif.</translation>
    </message>
    <message>
        <source>How long it was exposed, in seconds.</source>
        <translation>La durée d’exposition, en secondes.</translation>
    </message>
    <message>
        <source>The f-number.</source>
        <translation>L’ouverture (nombre f).</translation>
    </message>
    <message>
        <source>The sensitivity.</source>
        <translation>La sensibilité.</translation>
    </message>
    <message>
        <source>The focal length in millimetres.</source>
        <translation>La distance focale en millimètres.</translation>
    </message>
    <message>
        <source>The focal length that is the same on 35 mm film.</source>
        <translation>La distance focale équivalente sur film 35 mm.</translation>
    </message>
    <message>
        <source>By how many stops the exposure was changed.</source>
        <translation>De combien d’IL l’exposition a été corrigée.</translation>
    </message>
    <message>
        <source>Did the flash fire?</source>
        <translation>Le flash s’est-il déclenché&#xa0;?</translation>
    </message>
    <message>
        <source>The program that wrote the file.</source>
        <translation>Le programme qui a écrit le fichier.</translation>
    </message>
    <message>
        <source>Which place and time the content is about.</source>
        <translation>Le lieu et l’époque dont traite le contenu.</translation>
    </message>
    <message>
        <source>What it is related to.</source>
        <translation>Ce à quoi elle est liée.</translation>
    </message>
    <message>
        <source>The nature or genre of the content.</source>
        <translation>La nature ou le genre du contenu.</translation>
    </message>
    <message>
        <source>What identifies it within its context.</source>
        <translation>Ce qui l’identifie dans son contexte.</translation>
    </message>
    <message>
        <source>What it was made from.</source>
        <translation>Ce à partir de quoi elle a été créée.</translation>
    </message>
    <message>
        <source>The kind of file, as the file says.</source>
        <translation>Le type de fichier, tel que le fichier l’indique.</translation>
    </message>
    <message>
        <source>A number that no other picture has.</source>
        <translation>Un numéro que n’a aucune autre image.</translation>
    </message>
    <message>
        <source>The width of the largest version that can be had, in pixels.</source>
        <translation>La largeur de la plus grande version disponible, en pixels.</translation>
    </message>
    <message>
        <source>The height of the largest version that can be had, in pixels.</source>
        <translation>La hauteur de la plus grande version disponible, en pixels.</translation>
    </message>
    <message>
        <source>What a generating system was asked for.</source>
        <translation>Ce qui a été demandé à un système génératif.</translation>
    </message>
    <message>
        <source>Who wrote what it was asked for.</source>
        <translation>Qui a rédigé cette demande.</translation>
    </message>
    <message>
        <source>The system that generated it.</source>
        <translation>Le système qui l’a générée.</translation>
    </message>
    <message>
        <source>The version of that system.</source>
        <translation>La version de ce système.</translation>
    </message>
    <message>
        <source>What the picture is about, as a vocabulary calls it.</source>
        <translation>Le sujet de l’image, tel que le nomme un vocabulaire.</translation>
    </message>
    <message>
        <source>The identifier of this term.</source>
        <translation>L’identifiant de ce terme.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this term.</source>
        <translation>L’adresse du vocabulaire de ce terme.</translation>
    </message>
    <message>
        <source>The identifier of what refines this term.</source>
        <translation>L’identifiant de ce qui précise ce terme.</translation>
    </message>
    <message>
        <source>The genre, as a vocabulary calls it.</source>
        <translation>Le genre, tel que le nomme un vocabulaire.</translation>
    </message>
    <message>
        <source>The identifier of this genre.</source>
        <translation>L’identifiant de ce genre.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this genre.</source>
        <translation>L’adresse du vocabulaire de ce genre.</translation>
    </message>
    <message>
        <source>The identifier of what refines this genre.</source>
        <translation>L’identifiant de ce qui précise ce genre.</translation>
    </message>
    <message>
        <source>The name of a person in the picture.</source>
        <translation>Le nom d’une personne présente sur l’image.</translation>
    </message>
    <message>
        <source>Identifiers of this person.</source>
        <translation>Identifiants de cette personne.</translation>
    </message>
    <message>
        <source>What is worth knowing of this person.</source>
        <translation>Ce qu’il est utile de savoir sur cette personne.</translation>
    </message>
    <message>
        <source>Who had a part in it.</source>
        <translation>Qui y a participé.</translation>
    </message>
    <message>
        <source>Identifiers of this contributor.</source>
        <translation>Identifiants de ce contributeur.</translation>
    </message>
    <message>
        <source>Which part this contributor had.</source>
        <translation>Le rôle joué par ce contributeur.</translation>
    </message>
    <message>
        <source>Who created the image, as PLUS has it.</source>
        <translation>Qui a créé l’image, au sens de PLUS.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the creator.</source>
        <translation>Le numéro par lequel PLUS identifie le créateur.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the supplier.</source>
        <translation>Le numéro par lequel PLUS identifie le fournisseur.</translation>
    </message>
    <message>
        <source>Who owns rights in it.</source>
        <translation>Qui possède des droits sur elle.</translation>
    </message>
    <message>
        <source>The address of a certificate of the rights.</source>
        <translation>L’adresse d’un certificat des droits.</translation>
    </message>
    <message>
        <source>May programs be trained with it?</source>
        <translation>Peut-elle servir à entraîner des programmes&#xa0;?</translation>
    </message>
    <message>
        <source>Has the credit line to be printed, and where?</source>
        <translation>Le crédit doit-il être imprimé, et où&#xa0;?</translation>
    </message>
    <message>
        <source>Does it need a warning?</source>
        <translation>Nécessite-t-elle un avertissement&#xa0;?</translation>
    </message>
    <message>
        <source>The identifier of the licence.</source>
        <translation>L’identifiant de la licence.</translation>
    </message>
    <message>
        <source>The terms and conditions of the licence.</source>
        <translation>Les conditions générales de la licence.</translation>
    </message>
    <message>
        <source>The address of the terms and conditions.</source>
        <translation>L’adresse des conditions générales.</translation>
    </message>
    <message>
        <source>Further conditions of the licence.</source>
        <translation>Autres conditions de la licence.</translation>
    </message>
    <message>
        <source>For which products and services it may be used.</source>
        <translation>Pour quels produits et services elle peut être utilisée.</translation>
    </message>
    <message>
        <source>What the licence asks for besides.</source>
        <translation>Ce que la licence demande en outre.</translation>
    </message>
    <message>
        <source>PLUS’s code of all uses that are licensed.</source>
        <translation>Code PLUS de toutes les utilisations sous licence.</translation>
    </message>
    <message>
        <source>The day of the licence.</source>
        <translation>Le jour de la licence.</translation>
    </message>
    <message>
        <source>Who holds the licence.</source>
        <translation>Qui détient la licence.</translation>
    </message>
    <message>
        <source>PLUS’s ID of the licensee.</source>
        <translation>ID du licencié chez PLUS.</translation>
    </message>
    <message>
        <source>The licensor’s identifier of it.</source>
        <translation>L’identifiant que lui donne le concédant.</translation>
    </message>
    <message>
        <source>The copyright owner’s identifier of it.</source>
        <translation>L’identifiant que lui donne le titulaire du copyright.</translation>
    </message>
    <message>
        <source>Further days and times in its life, as Dublin Core has them.</source>
        <translation>Autres jours et heures de son histoire, tels que Dublin Core les connaît.</translation>
    </message>
    <message>
        <source>The number under which the copyright is registered.</source>
        <translation>Le numéro sous lequel le copyright est enregistré.</translation>
    </message>
    <message>
        <source>When it was published for the first time.</source>
        <translation>Quand elle a été publiée pour la première fois.</translation>
    </message>
    <message>
        <source>Further lines of the licensor’s address.</source>
        <translation>Lignes supplémentaires de l’adresse du concédant.</translation>
    </message>
    <message>
        <source>Which telephone this is.</source>
        <translation>De quel téléphone il s’agit.</translation>
    </message>
    <message>
        <source>Another telephone of the licensor.</source>
        <translation>Un autre téléphone du concédant.</translation>
    </message>
    <message>
        <source>The number that a registry has given the picture.</source>
        <translation>Le numéro attribué à l’image par un registre.</translation>
    </message>
    <message>
        <source>The identifier of the registry.</source>
        <translation>L’identifiant du registre.</translation>
    </message>
    <message>
        <source>Why the picture is registered there.</source>
        <translation>Pourquoi l’image y est enregistrée.</translation>
    </message>
    <message>
        <source>Rights in a language for machines.</source>
        <translation>Les droits dans un langage destiné aux machines.</translation>
    </message>
    <message>
        <source>How the rights expression is encoded.</source>
        <translation>Comment l’expression de droits est encodée.</translation>
    </message>
    <message>
        <source>The language of the rights expression.</source>
        <translation>Le langage de l’expression de droits.</translation>
    </message>
    <message>
        <source>Where rights in a language for machines are found.</source>
        <translation>Où trouver les droits dans un langage destiné aux machines.</translation>
    </message>
    <message>
        <source>How the linked expression is encoded.</source>
        <translation>Comment l’expression liée est encodée.</translation>
    </message>
    <message>
        <source>The language of the linked expression.</source>
        <translation>Le langage de l’expression liée.</translation>
    </message>
    <message>
        <source>What the place is called where it was taken.</source>
        <translation>Le nom du lieu où elle a été prise.</translation>
    </message>
    <message>
        <source>Identifiers of the place where it was taken.</source>
        <translation>Identifiants du lieu où elle a été prise.</translation>
    </message>
    <message>
        <source>Where the place lies, in decimal degrees.</source>
        <translation>L’emplacement du lieu, en degrés décimaux.</translation>
    </message>
    <message>
        <source>What the place is called that it shows.</source>
        <translation>Le nom du lieu qu’elle montre.</translation>
    </message>
    <message>
        <source>Identifiers of the place that it shows.</source>
        <translation>Identifiants du lieu qu’elle montre.</translation>
    </message>
    <message>
        <source>Where the place that it shows lies, in decimal degrees.</source>
        <translation>L’emplacement du lieu qu’elle montre, en degrés décimaux.</translation>
    </message>
    <message>
        <source>Identifiers of who made the artwork, in their order.</source>
        <translation>Identifiants des personnes qui ont créé l’œuvre, dans leur ordre.</translation>
    </message>
    <message>
        <source>The identifier of who owns its copyright now.</source>
        <translation>L’identifiant de qui en possède actuellement le copyright.</translation>
    </message>
    <message>
        <source>Who licenses the artwork now.</source>
        <translation>Qui concède actuellement les licences de l’œuvre.</translation>
    </message>
    <message>
        <source>The identifier of who licenses it now.</source>
        <translation>L’identifiant de qui en concède actuellement les licences.</translation>
    </message>
    <message>
        <source>About when the artwork was made.</source>
        <translation>Quand l’œuvre a été créée, approximativement.</translation>
    </message>
    <message>
        <source>The address of the artwork in its keeper’s inventory.</source>
        <translation>L’adresse de l’œuvre dans l’inventaire de son détenteur.</translation>
    </message>
    <message>
        <source>Who did what to the artwork.</source>
        <translation>Qui a fait quoi sur l’œuvre.</translation>
    </message>
    <message>
        <source>What the artwork is made of, and its state.</source>
        <translation>De quoi l’œuvre est faite, et son état.</translation>
    </message>
    <message>
        <source>The styles or periods of the artwork.</source>
        <translation>Les styles ou périodes de l’œuvre.</translation>
    </message>
    <message>
        <source>What is seen in this part of the picture.</source>
        <translation>Ce que l’on voit dans cette partie de l’image.</translation>
    </message>
    <message>
        <source>The identifier of this part.</source>
        <translation>L’identifiant de cette partie.</translation>
    </message>
    <message>
        <source>What sort of thing is seen there.</source>
        <translation>Quel genre de chose on y voit.</translation>
    </message>
    <message>
        <source>What this part is for.</source>
        <translation>À quoi sert cette partie.</translation>
    </message>
    <message>
        <source>The form of this part.</source>
        <translation>La forme de cette partie.</translation>
    </message>
    <message>
        <source>What its numbers count.</source>
        <translation>Ce que comptent ses nombres.</translation>
    </message>
    <message>
        <source>Its left edge, or its middle where it is a circle.</source>
        <translation>Son bord gauche, ou son centre si c’est un cercle.</translation>
    </message>
    <message>
        <source>Its upper edge, or its middle where it is a circle.</source>
        <translation>Son bord supérieur, ou son centre si c’est un cercle.</translation>
    </message>
    <message>
        <source>How wide a rectangle is.</source>
        <translation>La largeur d’un rectangle.</translation>
    </message>
    <message>
        <source>How high a rectangle is.</source>
        <translation>La hauteur d’un rectangle.</translation>
    </message>
    <message>
        <source>How far a circle reaches.</source>
        <translation>Jusqu’où s’étend un cercle.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Term of a vocabulary</source>
        <translation>Terme d’un vocabulaire</translation>
    </message>
    <message>
        <source>Genre of a vocabulary</source>
        <translation>Genre d’un vocabulaire</translation>
    </message>
    <message>
        <source>People and events</source>
        <translation>Personnes et événements</translation>
    </message>
    <message>
        <source>Person in detail</source>
        <translation>Personne en détail</translation>
    </message>
    <message>
        <source>Contributor</source>
        <translation>Contributeur</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Autorisations</translation>
    </message>
    <message>
        <source>Registry entry</source>
        <translation>Entrée de registre</translation>
    </message>
    <message>
        <source>Linked rights expression</source>
        <translation>Expression de droits liée</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>Where it was taken</source>
        <translation>Lieu de prise de vue</translation>
    </message>
    <message>
        <source>What place it shows</source>
        <translation>Lieu représenté</translation>
    </message>
    <message>
        <source>Artwork it shows</source>
        <translation>Œuvre représentée</translation>
    </message>
    <message>
        <source>Product it shows</source>
        <translation>Produit représenté</translation>
    </message>
    <message>
        <source>Image region</source>
        <translation>Région d’image</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>Rating and workflow</source>
        <translation>Note et flux de travail</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Brightness</source>
        <translation>Luminosité</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Contraste</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>Vignettage</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Saturation</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>Vibrance</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Teinte</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>Sépia</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>Netteté</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Flou</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>Pixellisation</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>Négatif</translation>
    </message>
    <message>
        <source>Auto contrast</source>
        <translation>Contraste automatique</translation>
    </message>
    <message>
        <source>Auto colour</source>
        <translation>Couleur automatique</translation>
    </message>
    <message>
        <source>Auto brightness</source>
        <translation>Luminosité automatique</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>Améliorer</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exact</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>Approximatif</translation>
    </message>
    <message>
        <source>Cloud only</source>
        <translation>Cloud seulement</translation>
    </message>
    <message>
        <source>Delivery makes the same pixels, but for how they are scaled and encoded.</source>
        <translation>La diffusion produit les mêmes pixels, à la mise à l’échelle et à l’encodage près.</translation>
    </message>
    <message>
        <source>Delivery may look a little different:</source>
        <translation>Le rendu diffusé peut être légèrement différent&#xa0;:</translation>
    </message>
    <message>
        <source>A part of it is made at delivery only, and is not shown here:</source>
        <translation>Une partie n’est réalisée qu’à la diffusion et n’est pas montrée ici&#xa0;:</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>HTML: &lt;img&gt; with srcset</source>
        <translation>HTML&#xa0;: &lt;img&gt; avec srcset</translation>
    </message>
    <message>
        <source>HTML: &lt;picture&gt;</source>
        <translation>HTML&#xa0;: &lt;picture&gt;</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>CSS background</source>
        <translation>Arrière-plan CSS</translation>
    </message>
    <message>
        <source>Video player</source>
        <translation>Lecteur vidéo</translation>
    </message>
    <message>
        <source>Product gallery</source>
        <translation>Galerie de produits</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>JavaScript</source>
        <translation>JavaScript</translation>
    </message>
    <message>
        <source>Node.js</source>
        <translation>Node.js</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Retourner</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>À l’envers</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>Modifier le texte</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Pivoter</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Recadrer</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Montage</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Effet</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forme</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>A film is not fetched only to be looked at.</source>
        <translation>Une vidéo n’est pas récupérée seulement pour être regardée.</translation>
    </message>
    <message>
        <source>Push the master, and Cloudinary can show what it alone can do.</source>
        <translation>Envoyez le master, et Cloudinary pourra montrer ce qu’il est seul à savoir faire.</translation>
    </message>
    <message>
        <source>Crop of {size}, {x} from the left, {y} from the top</source>
        <translation>Recadrage de {size}, à {x} de la gauche et {y} du haut</translation>
    </message>
    <message>
        <source>Layer, {x} to the right of the middle, {y} below it</source>
        <translation>Calque, {x} à droite du centre, {y} en dessous</translation>
    </message>
</context>
<context>
    <name>studio keys</name>
    <message>
        <source>Save as a preset</source>
        <translation>Enregistrer comme préréglage</translation>
    </message>
    <message>
        <source>Presets and sets</source>
        <translation>Préréglages et jeux</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler l’action</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>only one side says anything</source>
        <translation>un seul côté indique quelque chose</translation>
    </message>
    <message>
        <source>it was changed on one side</source>
        <translation>modifié d’un seul côté</translation>
    </message>
    <message>
        <source>this side leads for the field</source>
        <translation>ce côté est prioritaire pour le champ</translation>
    </message>
    <message>
        <source>it was said last</source>
        <translation>indiqué en dernier</translation>
    </message>
    <message>
        <source>both were changed: choose one</source>
        <translation>les deux ont été modifiés&#xa0;: choisissez-en un</translation>
    </message>
    <message>
        <source>what both sides added is joined</source>
        <translation>les ajouts des deux côtés sont réunis</translation>
    </message>
</context>
<context>
    <name>time</name>
    <message>
        <source>d MMM yyyy</source>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date}, {time}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{amount}/s</source>
        <translation>{amount}/s</translation>
    </message>
</context>
<context>
    <name>token</name>
    <message>
        <source>what sort of file it is</source>
        <translation>le type de fichier</translation>
    </message>
    <message>
        <source>what was decided</source>
        <translation>la décision prise</translation>
    </message>
    <message>
        <source>whether its rights hold now</source>
        <translation>la validité actuelle des droits</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>le nombre d’étoiles</translation>
    </message>
    <message>
        <source>landscape, portrait or square</source>
        <translation>paysage, portrait ou carré</translation>
    </message>
    <message>
        <source>a year, a month, a day, or from..until</source>
        <translation>une année, un mois, un jour ou début..fin</translation>
    </message>
    <message>
        <source>whether Cloudinary has it</source>
        <translation>la présence dans Cloudinary</translation>
    </message>
    <message>
        <source>whether the file can be read</source>
        <translation>la lisibilité du fichier</translation>
    </message>
    <message>
        <source>a whole keyword; one of several words in quotes</source>
        <translation>un mot-clé entier&#x202f;; entre guillemets s’il a plusieurs mots</translation>
    </message>
    <message>
        <source>a folder that it lies in, however deep</source>
        <translation>un dossier contenant la ressource, à n’importe quel niveau</translation>
    </message>
    <message>
        <source>whose rights end within so many days</source>
        <translation>le nombre de jours avant la fin des droits</translation>
    </message>
    <message>
        <source>{key}: needs {what}.</source>
        <translation>{key}&#x202f;: indiquer {what}.</translation>
    </message>
    <message>
        <source>{key}:{value} means nothing. Try {offered}.</source>
        <translation>{key}:{value} n’a pas de sens. Essayez {offered}.</translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message>
        <source>Queued</source>
        <translation>En file</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Diffusé</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Copie</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>Rendu</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Créé</translation>
    </message>
    <message>
        <source>Changing what may be seen</source>
        <translation>Changement de visibilité</translation>
    </message>
    <message>
        <source>Changed what may be seen</source>
        <translation>Visibilité changée</translation>
    </message>
    <message>
        <source>Recording at its master</source>
        <translation>Inscription auprès de son master</translation>
    </message>
    <message>
        <source>Recorded at its master</source>
        <translation>Inscrit auprès de son master</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>Archivage</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivé</translation>
    </message>
    <message>
        <source>Telling the service</source>
        <translation>Information du service</translation>
    </message>
    <message>
        <source>Told the service</source>
        <translation>Service informé</translation>
    </message>
    <message>
        <source>Looking whether it arrived after all</source>
        <translation>Vérification de l’arrivée effective</translation>
    </message>
    <message>
        <source>Looked whether it arrived after all</source>
        <translation>Arrivée effective vérifiée</translation>
    </message>
    <message>
        <source>A push that ended unheard</source>
        <translation>Un envoi terminé sans réponse</translation>
    </message>
    <message>
        <source>Decision for the service</source>
        <translation>Décision pour le service</translation>
    </message>
    <message>
        <source>Rights for the service</source>
        <translation>Droits pour le service</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Modération chez Cloudinary</translation>
    </message>
    <message>
        <source>Access at Cloudinary</source>
        <translation>Accès chez Cloudinary</translation>
    </message>
    <message>
        <source>A rendition that has to go</source>
        <translation>Une déclinaison à retirer</translation>
    </message>
    <message>
        <source>Record at the master</source>
        <translation>Inscription auprès du master</translation>
    </message>
    <message>
        <source>New version at the service</source>
        <translation>Nouvelle version chez le service</translation>
    </message>
    <message>
        <source>Decision for the file</source>
        <translation>Décision pour le fichier</translation>
    </message>
    <message>
        <source>Waits for the connection, then goes out by itself</source>
        <translation>Attend la connexion, puis part automatiquement</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>Cloudinary demande de ralentir&#xa0;; reprise automatique</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on by itself</source>
        <translation>Appels d’API de cette heure épuisés&#xa0;; reprise automatique</translation>
    </message>
    <message>
        <source>Did not get through; tries again by itself</source>
        <translation>Échec de transmission&#xa0;; nouvel essai automatique</translation>
    </message>
    <message>
        <source>Waits until the file has been read</source>
        <translation>Attend la lecture du fichier</translation>
    </message>
    <message>
        <source>Waits for the account {environment} and its key</source>
        <translation>Attend le compte {environment} et sa clé</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more by itself</source>
        <translation>Pas encore arrivé&#xa0;; nouvelle vérification automatique</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again by itself</source>
        <translation>Non accepté par le destinataire&#xa0;; renvoi automatique</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>Cloudinary demande de ralentir&#xa0;; reprise dans {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on in {time}</source>
        <translation>Appels d’API de cette heure épuisés&#xa0;; reprise dans {time}</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>Échec de transmission&#xa0;; prochain essai dans {time}</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more in {time}</source>
        <translation>Pas encore arrivé&#xa0;; nouvelle vérification dans {time}</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again in {time}</source>
        <translation>Non accepté par le destinataire&#xa0;; renvoi dans {time}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}, {size}&#xa0;: {note}</translation>
    </message>
    <message>
        <source>{copied} copied, {there} there already</source>
        <translation>{copied} copiés, {there} déjà présents</translation>
    </message>
    <message>
        <source>Into a library</source>
        <translation>Dans une bibliothèque</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln étape</numerusform>
            <numerusform>%Ln étapes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln déclinaison</numerusform>
            <numerusform>%Ln déclinaisons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Edit of {field}</source>
        <translation>Modification de {field}</translation>
    </message>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>Modification de %Ln champ</numerusform>
            <numerusform>Modification de %Ln champs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>Approuver %Ln ressource</numerusform>
            <numerusform>Approuver %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>Rejeter %Ln ressource</numerusform>
            <numerusform>Rejeter %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>Demander des modifications sur %Ln ressource</numerusform>
            <numerusform>Demander des modifications sur %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>Mettre %Ln ressource en révision</numerusform>
            <numerusform>Mettre %Ln ressources en révision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>Retirer la décision sur %Ln ressource</numerusform>
            <numerusform>Retirer la décision sur %Ln ressources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>{edit} sur %Ln ressource</numerusform>
            <numerusform>{edit} sur %Ln ressources</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} mégapixels</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Crédits</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Bande passante</translation>
    </message>
    <message>
        <source>Transformations</source>
        <translation>Transformations</translation>
    </message>
    <message>
        <source>Stored files</source>
        <translation>Fichiers stockés</translation>
    </message>
    <message>
        <source>Impressions</source>
        <translation>Impressions</translation>
    </message>
    <message>
        <source>Seconds delivered</source>
        <translation>Secondes diffusées</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>encore {left} sur {limit}</translation>
    </message>
    <message>
        <source>{amount}, anew at {time}</source>
        <translation>{amount}, renouvelés à {time}</translation>
    </message>
    <message>
        <source>API calls this hour</source>
        <translation>Appels d’API cette heure</translation>
    </message>
    <message>
        <source>Largest image</source>
        <translation>Image la plus volumineuse</translation>
    </message>
    <message>
        <source>Largest video</source>
        <translation>Vidéo la plus volumineuse</translation>
    </message>
    <message>
        <source>Largest other file</source>
        <translation>Autre fichier le plus volumineux</translation>
    </message>
    <message>
        <source>Most pixels of an image</source>
        <translation>Pixels maximum d’une image</translation>
    </message>
    <message>
        <source>Most pixels of all pages or frames</source>
        <translation>Pixels maximum de toutes les pages ou images</translation>
    </message>
    <message>
        <source>Fixed folders</source>
        <translation>Dossiers fixes</translation>
    </message>
    <message>
        <source>Dynamic folders</source>
        <translation>Dossiers dynamiques</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>Offre {name}</translation>
    </message>
    <message>
        <source>counted on {day}</source>
        <translation>compté le {day}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>demandé {moment}</translation>
    </message>
    <message>
        <source>{used} of {limit}</source>
        <translation>{used} sur {limit}</translation>
    </message>
    <message>
        <source>{amount} ({credits} credits)</source>
        <translation>{amount} ({credits} crédits)</translation>
    </message>
</context>
<context>
    <name>visit</name>
    <message>
        <source>“{text}”</source>
        <translation>«&#xa0;{text}&#xa0;»</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>Non envoyé</translation>
    </message>
</context>
</TS>
