<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Asset Bridge</source>
        <translation>Über Asset Bridge</translation>
    </message>
    <message>
        <source>Asset Bridge {version}</source>
        <translation>Asset Bridge {version}</translation>
    </message>
    <message>
        <source>The window between your masters and Cloudinary. Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python.</source>
        <translation>Das Fenster zwischen Ihren Masterdateien und Cloudinary. Freie Software unter der GNU General Public License, Version 3 oder später; ohne jede Gewährleistung. Symbole von Lucide (ISC), Schrift Inter (OFL), gebaut mit Qt for Python.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>AccessDialog</name>
    <message>
        <source>With a &amp;token, at any time</source>
        <translation>Mit &amp;Token, jederzeit</translation>
    </message>
    <message>
        <source>For everybody &amp;from</source>
        <translation>Für alle &amp;ab</translation>
    </message>
    <message>
        <source>For everybody &amp;until</source>
        <translation>Für alle &amp;bis</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Festlegen</translation>
    </message>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>Zugriff auf %Ln Asset beschränken</numerusform>
            <numerusform>Zugriff auf %Ln Assets beschränken</numerusform>
        </translation>
    </message>
    <message>
        <source>Who may have the files from Cloudinary. With nothing ticked: everybody.</source>
        <translation>Wer die Dateien von Cloudinary bekommen darf. Ist nichts angekreuzt: alle.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Ab</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>AccountChip</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>Offline-Modus</translation>
    </message>
    <message>
        <source>Pushes go out at once.</source>
        <translation>Übertragungen gehen sofort hinaus.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait, and go out by themselves afterwards.</source>
        <translation>Sie können weiterarbeiten. Übertragungen warten und gehen danach von selbst hinaus.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait until you go online again.</source>
        <translation>Sie können weiterarbeiten. Übertragungen warten, bis Sie wieder online gehen.</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>Kein Konto</translation>
    </message>
    <message>
        <source>Browsing only</source>
        <translation>Nur Ansicht</translation>
    </message>
    <message>
        <source>Add an account to push approved assets.</source>
        <translation>Fügen Sie ein Konto hinzu, um freigegebene Assets zu übertragen.</translation>
    </message>
    <message>
        <source>Switch to another account with {keys}.</source>
        <translation>Mit {keys} zu einem anderen Konto wechseln.</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cloudinary-Konten</translation>
    </message>
    <message>
        <source>Log out of {account}?</source>
        <translation>Von {account} abmelden?</translation>
    </message>
    <message>
        <source>Its secret and its login are deleted here. What has been delivered stays in Cloudinary, your decisions and its history stay here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>Geheimnis und Anmeldung werden hier gelöscht. Was ausgeliefert wurde, bleibt in Cloudinary, Ihre Entscheidungen und der Verlauf bleiben hier, und noch eingereihte Übertragungen warten, bis Sie das Konto wieder hinzufügen.</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>The login is deleted here, but Cloudinary could not be told. End it there too, under your connected applications.</source>
        <translation>Die Anmeldung ist hier gelöscht, doch Cloudinary ließ sich nicht verständigen. Beenden Sie sie auch dort, unter den verbundenen Anwendungen.</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>{account} antwortet und wird jetzt verwendet.</translation>
    </message>
</context>
<context>
    <name>AccountEnvironments</name>
    <message>
        <source>Choose from your account</source>
        <translation>Aus dem Konto wählen</translation>
    </message>
    <message>
        <source>The account’s own keys list all its product environments. Cloudinary shows them under Settings, Account API Keys.</source>
        <translation>Die eigenen Schlüssel des Kontos listen alle seine Produktumgebungen auf. Cloudinary zeigt sie unter „Settings“, „Account API Keys“.</translation>
    </message>
    <message>
        <source>&amp;Keep these keys in the keyring</source>
        <translation>Diese Schlüssel im Schlüssel&amp;bund behalten</translation>
    </message>
    <message>
        <source>List environments</source>
        <translation>Umgebungen auflisten</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>Diese hinzufügen</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>Im Schlüsselbund</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird abgefragt…</translation>
    </message>
    <message>
        <source>This account has no product environments yet.</source>
        <translation>Dieses Konto hat noch keine Produktumgebungen.</translation>
    </message>
    <message>
        <source>Product environments</source>
        <translation>Produktumgebungen</translation>
    </message>
    <message>
        <source>Account &amp;ID</source>
        <translation>Konto-I&amp;D</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>AP&amp;I-Adresse</translation>
    </message>
    <message>
        <source>Account &amp;key</source>
        <translation>Konto-&amp;Schlüssel</translation>
    </message>
    <message>
        <source>Account &amp;secret</source>
        <translation>Konto-&amp;Geheimnis</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Schlüssel {key}</translation>
    </message>
    <message>
        <source>Its key has to be entered</source>
        <translation>Der Schlüssel muss eingegeben werden</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Abgeschaltet</translation>
    </message>
</context>
<context>
    <name>AccountErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Es gibt noch kein Konto. Fügen Sie zuerst eines hinzu.</translation>
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
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Log in with the browser…</source>
        <translation>Mit dem Browser anmelden…</translation>
    </message>
    <message>
        <source>Choose from your account…</source>
        <translation>Aus dem Konto wählen…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>Prüfen und speichern</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Add a Cloudinary account</source>
        <translation>Cloudinary-Konto hinzufügen</translation>
    </message>
    <message>
        <source>Cloudinary shows all of this under Settings, API Keys. The secret is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary zeigt all das unter „Settings“, „API Keys“. Das Geheimnis wird im Schlüsselbund dieses Computers aufbewahrt, nie im Klartext.</translation>
    </message>
    <message>
        <source>&amp;Paste a CLOUDINARY_URL</source>
        <translation>CLOUDINARY_URL &amp;einfügen</translation>
    </message>
    <message>
        <source>It is taken apart and removed from here at once.</source>
        <translation>Sie wird hier sofort zerlegt und entfernt.</translation>
    </message>
    <message>
        <source>&amp;Cloud name</source>
        <translation>&amp;Cloud-Name</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API-&amp;Schlüssel</translation>
    </message>
    <message>
        <source>API &amp;secret</source>
        <translation>API-&amp;Geheimnis</translation>
    </message>
    <message>
        <source>S&amp;tage</source>
        <translation>S&amp;tufe</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>AP&amp;I-Adresse</translation>
    </message>
    <message>
        <source>&amp;Delivery host</source>
        <translation>A&amp;uslieferungs-Host</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Use this one</source>
        <translation>Dieses verwenden</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>Abmelden…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>Schlüsselspeicher öffnen…</translation>
    </message>
    <message>
        <source>Pushes wait until the key store is opened.</source>
        <translation>Übertragungen warten, bis der Schlüsselspeicher geöffnet ist.</translation>
    </message>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cloudinary-Konten</translation>
    </message>
    <message>
        <source>Pushes go to the account in use.</source>
        <translation>Übertragungen gehen an das verwendete Konto.</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Konto hinzufügen…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Logged in with the browser</source>
        <translation>Mit dem Browser angemeldet</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Schlüssel {key}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
</context>
<context>
    <name>AccountLogin</name>
    <message>
        <source>Log in with the browser</source>
        <translation>Mit dem Browser anmelden</translation>
    </message>
    <message>
        <source>Cloudinary asks you in your browser which product environment Asset Bridge may use. What it gives is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary fragt im Browser, welche Produktumgebung Asset Bridge verwenden darf. Was es dafür ausgibt, wird im Schlüsselbund dieses Computers aufbewahrt, nie im Klartext.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Seite erneut öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Browser öffnen</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Weiter geht es im Browser. Dieses Fenster wartet fünf Minuten auf Sie.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Back”, and use an API key.</source>
        <translation>Hier ließ sich kein Browser öffnen. Wählen Sie „Zurück“ und verwenden Sie einen API-Schlüssel.</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>AP&amp;I-Adresse</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>Client-I&amp;D</translation>
    </message>
    <message>
        <source>Only where your company says so; otherwise leave both empty.</source>
        <translation>Nur, wo Ihr Unternehmen es vorgibt; sonst beide leer lassen.</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>Konto &amp;verwenden</translation>
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
        <translation>Farbe und Bezeichnung erscheinen überall, wo etwas gesendet wird, damit niemand in die falsche Umgebung überträgt. Vor der ersten Übertragung in die Produktion wird einmal nachgefragt.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>What do you call {name}?</source>
        <translation>Wie soll {name} heißen?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Agency or team</source>
        <translation>&amp;Agentur oder Team</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>&amp;Stage</source>
        <translation>&amp;Stufe</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>Everything is decided.</source>
        <translation>Alles ist entschieden.</translation>
    </message>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>Das übrige Bild freigeben (%Ln)?</numerusform>
            <numerusform>Die übrigen %Ln Bilder freigeben?</numerusform>
        </translation>
    </message>
    <message>
        <source>All that nobody has approved, rejected or sent back in this review is approved in your name, also what you have not looked at. It can be taken back.</source>
        <translation>Alles, was in dieser Prüfung noch niemand freigegeben, abgelehnt oder mit Änderungswunsch zurückgegeben hat, wird in Ihrem Namen freigegeben, auch was Sie nicht angesehen haben. Es lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>Approve them</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>Weiter ansehen</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}: %Ln Bild.</numerusform>
            <numerusform>{state}: %Ln Bilder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>Zurückgenommen: %Ln Entscheidung.</numerusform>
            <numerusform>Zurückgenommen: %Ln Entscheidungen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>%Ln Bild gewählt</numerusform>
            <numerusform>%Ln Bilder gewählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>C&amp;onflicts…</source>
        <translation>Ko&amp;nflikte…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>Ko&amp;nflikte (%Ln)…</numerusform>
            <numerusform>Ko&amp;nflikte (%Ln)…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>Ordner &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>Connect P&amp;hotoShelter…</source>
        <translation>&amp;PhotoShelter verbinden…</translation>
    </message>
    <message>
        <source>Connect Ano&amp;ther Service…</source>
        <translation>Weiteren &amp;Dienst verbinden…</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>Neu &amp;einlesen</translation>
    </message>
    <message>
        <source>&amp;Skipped Files…</source>
        <translation>Über&amp;sprungene Dateien…</translation>
    </message>
    <message>
        <source>Re&amp;move Library…</source>
        <translation>Bibliothek en&amp;tfernen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>&amp;Rückgängig: {step}</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Wiederholen: {step}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>Neues &amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>C&amp;lear Filters</source>
        <translation>&amp;Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>Auswahl auf&amp;heben</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>Pfad &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Open Original</source>
        <translation>&amp;Original öffnen</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>Im &amp;Dateimanager zeigen</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;Raster</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Liste</translation>
    </message>
    <message>
        <source>&amp;Larger Thumbnails</source>
        <translation>&amp;Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>S&amp;maller Thumbnails</source>
        <translation>&amp;Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>&amp;Quick Look</source>
        <translation>&amp;Schnellansicht</translation>
    </message>
    <message>
        <source>Open in the S&amp;tudio</source>
        <translation>I&amp;m Studio öffnen</translation>
    </message>
    <message>
        <source>Contact S&amp;heet</source>
        <translation>Kontaktb&amp;ogen</translation>
    </message>
    <message>
        <source>Make Rend&amp;itions…</source>
        <translation>&amp;Varianten erzeugen…</translation>
    </message>
    <message>
        <source>Channel &amp;Kits…</source>
        <translation>Ka&amp;nal-Kits…</translation>
    </message>
    <message>
        <source>&amp;Presets and Sets…</source>
        <translation>&amp;Presets und Sätze…</translation>
    </message>
    <message>
        <source>I&amp;nsights…</source>
        <translation>&amp;Auswertungen…</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>Sei&amp;tenleiste</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>&amp;Inspektor</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>&amp;Übertragungen</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
    <message>
        <source>Enclosing F&amp;older</source>
        <translation>Ü&amp;bergeordneter Ordner</translation>
    </message>
    <message>
        <source>Fa&amp;vourite Place</source>
        <translation>Ort als &amp;Favorit</translation>
    </message>
    <message>
        <source>Save as &amp;Smart Folder…</source>
        <translation>Als &amp;intelligenten Ordner speichern…</translation>
    </message>
    <message>
        <source>&amp;Grid Editor</source>
        <translation>&amp;Tabelleneditor</translation>
    </message>
    <message>
        <source>&amp;Copy Metadata</source>
        <translation>Metadaten &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste Metadata…</source>
        <translation>Metadaten &amp;einfügen…</translation>
    </message>
    <message>
        <source>&amp;Templates…</source>
        <translation>&amp;Vorlagen…</translation>
    </message>
    <message>
        <source>&amp;Vocabularies…</source>
        <translation>V&amp;okabulare…</translation>
    </message>
    <message>
        <source>&amp;Export Table…</source>
        <translation>Tabelle e&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Import Table…</source>
        <translation>Tabelle &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Keep a Copy of Files before Writing Metadata</source>
        <translation>Vor dem Schreiben von Metadaten eine Kopie der &amp;Datei behalten</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>P&amp;rüfen</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>Approve with Co&amp;mment…</source>
        <translation>Freigeben mit &amp;Kommentar…</translation>
    </message>
    <message>
        <source>Request &amp;Changes…</source>
        <translation>Ä&amp;nderungen anfordern…</translation>
    </message>
    <message>
        <source>&amp;Reject…</source>
        <translation>&amp;Ablehnen…</translation>
    </message>
    <message>
        <source>Put &amp;in Review</source>
        <translation>In &amp;Prüfung geben</translation>
    </message>
    <message>
        <source>Ask &amp;for Review…</source>
        <translation>Prüfung anfor&amp;dern…</translation>
    </message>
    <message>
        <source>Review &amp;Queue…</source>
        <translation>Prüf&amp;warteschlange…</translation>
    </message>
    <message>
        <source>&amp;Keep Approvals in Files, Too</source>
        <translation>Freigaben auch in Dateien fest&amp;halten</translation>
    </message>
    <message>
        <source>Write Review &amp;Pack…</source>
        <translation>Prüfpaket &amp;schreiben…</translation>
    </message>
    <message>
        <source>Import &amp;Verdicts…</source>
        <translation>&amp;Urteile importieren…</translation>
    </message>
    <message>
        <source>Ri&amp;ghts…</source>
        <translation>Re&amp;chte…</translation>
    </message>
    <message>
        <source>Rights Ca&amp;lendar…</source>
        <translation>Rech&amp;tekalender…</translation>
    </message>
    <message>
        <source>Let Pa&amp;ss…</source>
        <translation>Durch&amp;lassen…</translation>
    </message>
    <message>
        <source>P&amp;olicies…</source>
        <translation>Richtlin&amp;ien…</translation>
    </message>
    <message>
        <source>Audit &amp;Trail…</source>
        <translation>Audit-Pr&amp;otokoll…</translation>
    </message>
    <message>
        <source>Upload fro&amp;m an Address…</source>
        <translation>&amp;Von einer Adresse hochladen…</translation>
    </message>
    <message>
        <source>Upload P&amp;resets…</source>
        <translation>Upload-&amp;Presets…</translation>
    </message>
    <message>
        <source>Metadata Fie&amp;lds…</source>
        <translation>&amp;Metadatenfelder…</translation>
    </message>
    <message>
        <source>&amp;Steps and Keys</source>
        <translation>S&amp;chritte und Tasten</translation>
    </message>
    <message>
        <source>Command &amp;Palette…</source>
        <translation>Befehls&amp;palette…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>&amp;Tastenkürzel…</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>Ü&amp;bertragen</translation>
    </message>
    <message>
        <source>Pu&amp;blish Renditions…</source>
        <translation>&amp;Varianten veröffentlichen…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Herunterladen…</translation>
    </message>
    <message>
        <source>&amp;Search All of Cloudinary…</source>
        <translation>Ganz Cloudinary &amp;durchsuchen…</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>&amp;Konten…</translation>
    </message>
    <message>
        <source>&amp;Usage and Limits…</source>
        <translation>&amp;Nutzung und Grenzen…</translation>
    </message>
    <message>
        <source>Work &amp;Offline</source>
        <translation>&amp;Offline-Modus</translation>
    </message>
    <message>
        <source>Cloudinary &amp;Sandbox Reachable</source>
        <translation>Cloudinary-&amp;Sandbox erreichbar</translation>
    </message>
    <message>
        <source>&amp;PhotoShelter</source>
        <translation>Photo&amp;Shelter</translation>
    </message>
    <message>
        <source>Chosen &amp;at Cloudinary</source>
        <translation>Auswahl bei &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Hear of Changes at Once</source>
        <translation>Von Änderungen &amp;sofort erfahren</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>Benach&amp;richtigungen…</translation>
    </message>
    <message>
        <source>Tell Other S&amp;ystems…</source>
        <translation>&amp;Andere Systeme benachrichtigen…</translation>
    </message>
    <message>
        <source>Product &amp;Feeds…</source>
        <translation>Produkt-&amp;Feeds…</translation>
    </message>
    <message>
        <source>&amp;Contentstack…</source>
        <translation>Con&amp;tentstack…</translation>
    </message>
    <message>
        <source>&amp;About Asset Bridge</source>
        <translation>Ü&amp;ber Asset Bridge</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message>
        <source>Stop; what was done stays</source>
        <translation>Anhalten; was getan ist, bleibt</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Anhalten: {what}</translation>
    </message>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>Offline – %Ln wartet</numerusform>
            <numerusform>Offline – %Ln warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline – nothing waits</source>
        <translation>Offline – nichts wartet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>%Ln Aktivität</numerusform>
            <numerusform>%Ln Aktivitäten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>Aktivität – %Ln mit Problem</numerusform>
            <numerusform>Aktivität – %Ln mit Problemen</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
</context>
<context>
    <name>ActivityPopover</name>
    <message>
        <source>Nothing goes on. What takes longer is listed here, with what came of it.</source>
        <translation>Derzeit läuft nichts. Was länger dauert, wird hier mit seinem Ergebnis aufgelistet.</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>noch etwa {time}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Anhalten: {what}</translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation>Zeigen: {what}</translation>
    </message>
</context>
<context>
    <name>AddEntry</name>
    <message>
        <source>Add another</source>
        <translation>Weiteres hinzufügen</translation>
    </message>
</context>
<context>
    <name>AdjustPage</name>
    <message>
        <source>Light and colour</source>
        <translation>Licht und Farbe</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Mit einem Klick</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Chart: {sentence}</source>
        <translation>Diagramm: {sentence}</translation>
    </message>
    <message>
        <source>The table below has the same figures.</source>
        <translation>Die Tabelle darunter enthält dieselben Zahlen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>%Ln weiteres in der Tabelle</numerusform>
            <numerusform>%Ln weitere in der Tabelle</numerusform>
        </translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Zugriffsprotokoll importieren…</translation>
    </message>
    <message>
        <source>Ask Now</source>
        <translation>Jetzt abfragen</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>Konten…</translation>
    </message>
    <message>
        <source>Access Logs</source>
        <translation>Zugriffsprotokolle</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>What the chart is about</source>
        <translation>Was das Diagramm zeigt</translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message>
        <source>Comment for the history (optional)</source>
        <translation>Kommentar für den Verlauf (optional)</translation>
    </message>
    <message>
        <source>Comment for the history</source>
        <translation>Kommentar für den Verlauf</translation>
    </message>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>Freigeben und %Ln aufnehmen</numerusform>
            <numerusform>Freigeben und %Ln aufnehmen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Archive “{name}”</source>
        <translation>„{name}“ archivieren</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Was geschehen wird</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking what that takes…</source>
        <translation>Es wird nachgesehen, was dafür nötig ist…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln Schritt.</numerusform>
            <numerusform>%Ln Schritte, einer nach dem anderen.</numerusform>
        </translation>
    </message>
    <message>
        <source>About {size} are fetched and kept.</source>
        <translation>Etwa {size} werden geholt und aufbewahrt.</translation>
    </message>
    <message>
        <source>Masters are never deleted, and all of it can be taken back.</source>
        <translation>Masterdateien werden nie gelöscht, und alles lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>%Ln ausgelieferte Kopie wird gelöscht. Sehen Sie zuerst ihren Namen an.</numerusform>
            <numerusform>%Ln ausgelieferte Kopien werden gelöscht. Sehen Sie zuerst ihre Namen an.</numerusform>
        </translation>
    </message>
    <message>
        <source>Their addresses stop working everywhere. They can be brought back while Cloudinary keeps a backup of them.</source>
        <translation>Ihre Adressen gelten dann nirgends mehr. Die Kopien lassen sich zurückholen, solange Cloudinary eine Sicherung davon aufbewahrt.</translation>
    </message>
    <message>
        <source>Archive and delete</source>
        <translation>Archivieren und löschen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>{name} wird in %Ln Schritt archiviert.</numerusform>
            <numerusform>{name} wird in %Ln Schritten archiviert.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveOptions</name>
    <message>
        <source>Keep the &amp;originals in the folder too</source>
        <translation>Auch die O&amp;riginale im Ordner behalten</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>Bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>Open with a token only</source>
        <translation>Nur mit Token zugänglich</translation>
    </message>
    <message>
        <source>Are deleted</source>
        <translation>Werden gelöscht</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>&amp;Jahr</translation>
    </message>
    <message>
        <source>Copies at &amp;Cloudinary</source>
        <translation>Kopien bei &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Folder that is made</source>
        <translation>&amp;Ordner, der angelegt wird</translation>
    </message>
    <message>
        <source>Keep the archive in</source>
        <translation>Archiv aufbewahren in</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>Archived campaigns</source>
        <translation>Archivierte Kampagnen</translation>
    </message>
    <message>
        <source>Until something is purged at a service, all of it can be taken back.</source>
        <translation>Bis etwas bei einem Dienst endgültig gelöscht ist, lässt sich alles rückgängig machen.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortfahren</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>Rückgängig machen…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No campaign has been archived yet.</source>
        <translation>Noch wurde keine Kampagne archiviert.</translation>
    </message>
    <message>
        <source>Take the archive of “{name}” back?</source>
        <translation>Die Archivierung von „{name}“ rückgängig machen?</translation>
    </message>
    <message>
        <source>Its collection, its visibility, the states of its masters and the delivered copies become what they were. The folder that was made stays.</source>
        <translation>Die Sammlung, ihre Sichtbarkeit, die Zustände der Masterdateien und die ausgelieferten Kopien werden wieder, was sie waren. Der angelegte Ordner bleibt.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Rückgängig machen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Belassen</translation>
    </message>
</context>
<context>
    <name>AssetList</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Abmessungen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>Wird eingelesen…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>{about}. Entries here: {count}. Made {at} by {who}.</source>
        <translation>{about}. Einträge hier: {count}. Erstellt {at} von {who}.</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Wann (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Wovon</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>Audit-Bericht</translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>Stand des Protokolls: {head}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Verweigerung</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Übertragung</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>Veröffentlichung</translation>
    </message>
    <message>
        <source>Retraction</source>
        <translation>Zurückziehung</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>Wiederauslieferung</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Policy change</source>
        <translation>Richtlinienänderung</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Review request</source>
        <translation>Prüfanfrage</translation>
    </message>
    <message>
        <source>Review pack</source>
        <translation>Prüfpaket</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>Datei herausgegeben</translation>
    </message>
    <message>
        <source>Note of damage</source>
        <translation>Schadensvermerk</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>The audit trail was tampered with, or a part of it is lost.</source>
        <translation>Das Audit-Protokoll wurde manipuliert, oder ein Teil davon ist verloren.</translation>
    </message>
    <message>
        <source>Entries: {count}. There is damage that was taken note of; nothing new.</source>
        <translation>Einträge: {count}. Es gibt Schäden, die zur Kenntnis genommen wurden; nichts Neues.</translation>
    </message>
    <message>
        <source>Entries: {count}. Nothing was altered, dropped or cut off.</source>
        <translation>Einträge: {count}. Nichts wurde verändert, weggelassen oder abgeschnitten.</translation>
    </message>
    <message>
        <source>A clock was set back: the numbers say what came first.</source>
        <translation>Eine Uhr wurde zurückgestellt: Die Nummern sagen, was zuerst kam.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock stands before what was recorded ({moment}): rights that end until then have ended.</source>
        <translation>Die Uhr dieses Computers steht vor dem, was aufgezeichnet wurde ({moment}): Rechte, die bis dahin enden, sind abgelaufen.</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit trail</source>
        <translation>Audit-Protokoll</translation>
    </message>
    <message>
        <source>Looking through the record…</source>
        <translation>Das Protokoll wird durchgesehen…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Take note</source>
        <translation>Zur Kenntnis nehmen</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>Einträge, die neuesten zuerst</translation>
    </message>
    <message>
        <source>Why it goes on, for instance: restored a backup</source>
        <translation>Warum es weitergeht, zum Beispiel: Sicherung wiederhergestellt</translation>
    </message>
    <message>
        <source>Why it goes on in spite of the damage</source>
        <translation>Warum es trotz des Schadens weitergeht</translation>
    </message>
    <message>
        <source>The damage stays listed; the record goes on from here, with your reason.</source>
        <translation>Der Schaden bleibt aufgeführt; das Protokoll geht von hier an weiter, mit Ihrer Begründung.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tabelle (CSV)…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Pages (PDF)…</source>
        <translation>Seiten (PDF)…</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entries</source>
        <translation>
            <numerusform>{shown} von %Ln Eintrag</numerusform>
            <numerusform>{shown} von %Ln Einträgen</numerusform>
        </translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>Stand des Protokolls: {head}</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>Und %Ln weiterer.</numerusform>
            <numerusform>Und %Ln weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>Audit-Protokoll exportieren</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} ist geschrieben.</translation>
    </message>
</context>
<context>
    <name>AuditErrands</name>
    <message>
        <source>Look…</source>
        <translation>Ansehen…</translation>
    </message>
</context>
<context>
    <name>AuditFilters</name>
    <message>
        <source>Search in names and details</source>
        <translation>In Namen und Details suchen</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Assets</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Everything that happened</source>
        <translation>Alles, was geschah</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Alle Assets</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>Das gewählte Asset (%Ln)</numerusform>
            <numerusform>Die %Ln gewählten Assets</numerusform>
        </translation>
    </message>
    <message>
        <source>What the window lists</source>
        <translation>Was das Fenster auflistet</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>Das letzte Jahr</translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>Der letzte Tag (%Ln)</numerusform>
            <numerusform>Die letzten %Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>Jederzeit</translation>
    </message>
</context>
<context>
    <name>BesideDialog</name>
    <message>
        <source>Go on in the &amp;background</source>
        <translation>Im &amp;Hintergrund fortfahren</translation>
    </message>
</context>
<context>
    <name>BrandKitDialog</name>
    <message>
        <source>&amp;Fonts</source>
        <translation>Schri&amp;ften</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>Far&amp;ben</translation>
    </message>
    <message>
        <source>Brand kit</source>
        <translation>Marken-Kit</translation>
    </message>
    <message>
        <source>The first ones are offered first. What is made already stays as it is.</source>
        <translation>Die ersten werden zuerst angeboten. Was schon gemacht ist, bleibt, wie es ist.</translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Steps between</source>
        <translation>Ebenen dazwischen</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>Aktueller Ort</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Gehe zu {place}</translation>
    </message>
    <message>
        <source>Places in {place}</source>
        <translation>Orte in {place}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>%Ln weiterer in der Seitenleiste</numerusform>
            <numerusform>%Ln weitere in der Seitenleiste</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>Mit dem Browser anmelden</translation>
    </message>
    <message>
        <source>Password and code stay between you and the service. An application has to be registered there, with this address to come back to:</source>
        <translation>Passwort und Code bleiben zwischen Ihnen und dem Dienst. Dort muss eine Anwendung registriert sein, mit dieser Adresse für die Rückkehr:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Browser öffnen</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Weiter geht es im Browser. Dieses Fenster wartet fünf Minuten auf Sie.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Cancel”, and use a password.</source>
        <translation>Hier ließ sich kein Browser öffnen. Wählen Sie „Abbrechen“ und verwenden Sie ein Passwort.</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API-&amp;Schlüssel</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>Client-I&amp;D</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>Client-&amp;Geheimnis</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Clear filters</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Try fewer letters, or take the filters away.</source>
        <translation>Versuchen Sie es mit weniger Buchstaben, oder setzen Sie die Filter zurück.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Hier ist noch nichts</translation>
    </message>
    <message>
        <source>What this environment holds appears here by itself.</source>
        <translation>Was diese Umgebung enthält, erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>Files that are put into this folder appear by themselves.</source>
        <translation>Dateien, die in diesen Ordner gelegt werden, erscheinen von selbst.</translation>
    </message>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Die Beispielkampagne wird vorbereitet</translation>
    </message>
    <message>
        <source>Pictures of a brand that does not exist, with rights and reviews, to try everything on. It takes a moment, only this once.</source>
        <translation>Bilder einer Marke, die es nicht gibt, mit Rechten und Prüfungen, um alles daran auszuprobieren. Das dauert einen Moment, nur dieses eine Mal.</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>Die Bibliothek wird gelesen</translation>
    </message>
    <message>
        <source>Assets appear as they are found. You can stop it at any time.</source>
        <translation>Assets erscheinen, sobald sie gefunden werden. Sie können jederzeit anhalten.</translation>
    </message>
    <message>
        <source>That is too much to drag at once. Choose fewer assets.</source>
        <translation>Das ist zu viel, um es auf einmal zu ziehen. Wählen Sie weniger Assets.</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Diagnostic bundle</source>
        <translation>Diagnosepaket</translation>
    </message>
    <message>
        <source>This is all of it. Names, paths, addresses and accounts are replaced by words that only this profile can tell apart; keys are never in it. It is written where you say, and sent nowhere.</source>
        <translation>Das ist alles. Namen, Pfade, Adressen und Konten sind durch Wörter ersetzt, die nur dieses Profil unterscheiden kann; Schlüssel sind nie enthalten. Es wird am gewählten Ort gespeichert und nirgendwohin gesendet.</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
    <message>
        <source>Written to {name}. Hand it on yourself, if you want to.</source>
        <translation>In {name} gespeichert. Ob und an wen es weitergegeben wird, entscheiden Sie.</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Wird zusammengestellt…</translation>
    </message>
    <message>
        <source>What the bundle holds</source>
        <translation>Was das Paket enthält</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save the diagnostic bundle</source>
        <translation>Diagnosepaket speichern</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>Voriger Monat</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Nächster Monat</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Masterdatei</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>Variante</translation>
    </message>
</context>
<context>
    <name>CellTable</name>
    <message>
        <source>F6 leaves the table</source>
        <translation>F6 verlässt die Tabelle</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channels of shops</source>
        <translation>Kanäle von Shops</translation>
    </message>
    <message>
        <source>Copied code and kits for a channel follow the settings of its plug-in.</source>
        <translation>Kopierter Code und Kits für einen Kanal richten sich nach den Einstellungen seines Plug-ins.</translation>
    </message>
    <message>
        <source>Fetch pictures when they are scrolled to</source>
        <translation>Bilder erst beim Scrollen laden</translation>
    </message>
    <message>
        <source>End addresses in the words of the title</source>
        <translation>Adressen mit den Wörtern des Titels enden lassen</translation>
    </message>
    <message>
        <source>Offer these widths:</source>
        <translation>Diese Breiten anbieten:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Vergessen</translation>
    </message>
    <message>
        <source>Set What Plug-ins &amp;Recommend</source>
        <translation>E&amp;mpfehlungen der Plug-ins übernehmen</translation>
    </message>
    <message>
        <source>As the rendition says</source>
        <translation>Wie in der Variante</translation>
    </message>
    <message>
        <source>By its own name</source>
        <translation>Wie der Kanal</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Narrowest width</source>
        <translation>Kleinste Breite</translation>
    </message>
    <message>
        <source>Widest width</source>
        <translation>Größte Breite</translation>
    </message>
    <message>
        <source>How many widths</source>
        <translation>Anzahl der Breiten</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Kanal</translation>
    </message>
    <message>
        <source>Plug-in of</source>
        <translation>Plug-in von</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Name in den Rechten</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>Bilder liegen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Pixeldichte</translation>
    </message>
    <message>
        <source>Seen until it is there</source>
        <translation>Anzeige beim Laden</translation>
    </message>
    <message>
        <source>Folders of the plug-in</source>
        <translation>Ordner des Plug-ins</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The settings of {channel} are kept.</source>
        <translation>Die Einstellungen von {channel} sind gespeichert.</translation>
    </message>
    <message>
        <source>The settings of {channel} are forgotten.</source>
        <translation>Die Einstellungen von {channel} sind vergessen.</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Give “{tag}” to all</source>
        <translation>„{tag}“ allen geben</translation>
    </message>
    <message>
        <source>Take “{tag}” away</source>
        <translation>„{tag}“ wegnehmen</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>Mehrere Werte</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>That is too much to copy at once. Choose fewer assets.</source>
        <translation>Das ist zu viel, um es auf einmal zu kopieren. Wählen Sie weniger Assets.</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>%Ln Datei wird vorbereitet…</numerusform>
            <numerusform>%Ln Dateien werden vorbereitet…</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no files and no picture on the clipboard.</source>
        <translation>In der Zwischenablage sind weder Dateien noch ein Bild.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln Datei kopiert.</numerusform>
            <numerusform>%Ln Dateien kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>Eingefügt</translation>
    </message>
</context>
<context>
    <name>CloudActions</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Move to Folder…</source>
        <translation>In Ordner &amp;verschieben…</translation>
    </message>
    <message>
        <source>Change &amp;Public ID…</source>
        <translation>&amp;Public ID ändern…</translation>
    </message>
    <message>
        <source>Rename or Move Fol&amp;der…</source>
        <translation>Ord&amp;ner umbenennen oder verschieben…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Folder, Good for a Day</source>
        <translation>&amp;Ordnerlink kopieren, einen Tag gültig</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>Ver&amp;sionen…</translation>
    </message>
    <message>
        <source>Refresh &amp;Deliveries…</source>
        <translation>Auslieferun&amp;gen erneuern…</translation>
    </message>
    <message>
        <source>&amp;Copy Delivery Address</source>
        <translation>Auslieferungsadresse &amp;kopieren</translation>
    </message>
    <message>
        <source>Delivery Addre&amp;ss…</source>
        <translation>Auslieferungsad&amp;resse…</translation>
    </message>
    <message>
        <source>Limit &amp;Access…</source>
        <translation>&amp;Zugriff beschränken…</translation>
    </message>
    <message>
        <source>Appr&amp;ove There…</source>
        <translation>Dort &amp;freigeben…</translation>
    </message>
    <message>
        <source>Reject &amp;There…</source>
        <translation>Dort &amp;ablehnen…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message>
        <source>Rename at Cloudinary</source>
        <translation>Bei Cloudinary umbenennen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Change the public ID</source>
        <translation>Public ID ändern</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>&amp;Public ID</source>
        <translation>&amp;Public ID</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary verschieben</numerusform>
            <numerusform>%Ln Assets bei Cloudinary verschieben</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>&amp;Folder, empty for the topmost one</source>
        <translation>&amp;Ordner, leer für die oberste Ebene</translation>
    </message>
    <message>
        <source>Rename or move a folder at Cloudinary</source>
        <translation>Einen Ordner bei Cloudinary umbenennen oder verschieben</translation>
    </message>
    <message>
        <source>&amp;Path, with the folders above it</source>
        <translation>&amp;Pfad, mit den Ordnern darüber</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary löschen?</numerusform>
            <numerusform>%Ln Assets bei Cloudinary löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>Auslieferungen von %Ln Asset erneuern?</numerusform>
            <numerusform>Auslieferungen von %Ln Assets erneuern?</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Erneuern</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary freigeben?</numerusform>
            <numerusform>%Ln Assets bei Cloudinary freigeben?</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary ablehnen?</numerusform>
            <numerusform>%Ln Assets bei Cloudinary ablehnen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>Was geschehen würde</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>In {place}: der Ordner mit seinem Asset.</numerusform>
            <numerusform>In {place}: der Ordner mit seinen %Ln Assets.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>In {place}: {doing} von %Ln Asset.</numerusform>
            <numerusform>In {place}: {doing} von %Ln Assets.</numerusform>
        </translation>
    </message>
    <message>
        <source>In this environment a folder without assets has no other name.</source>
        <translation>In dieser Umgebung hat ein Ordner ohne Assets keinen anderen Namen.</translation>
    </message>
    <message>
        <source>Pages that use what is deleted will show nothing in its place. Where this environment keeps backups, it can be undone.</source>
        <translation>Seiten, die Gelöschtes verwenden, zeigen an dessen Stelle nichts mehr. Wo diese Umgebung Sicherungen behält, lässt es sich rückgängig machen.</translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>Ausgelieferte Adressen, die sich ändern: %Ln. Seiten, die die alten verwenden, zeigen nichts mehr.</numerusform>
            <numerusform>Ausgelieferte Adressen, die sich ändern: %Ln. Seiten, die die alten verwenden, zeigen nichts mehr.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>Ich weiß, wie viele ausgelieferte Adressen sich ändern: %Ln</numerusform>
            <numerusform>Ich weiß, wie viele ausgelieferte Adressen sich ändern: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>What is rejected is not delivered any more, until it is approved.</source>
        <translation>Was abgelehnt ist, wird nicht mehr ausgeliefert, bis es freigegeben wird.</translation>
    </message>
    <message>
        <source>This overrules what automatic moderation found.</source>
        <translation>Dies setzt sich über das Ergebnis der automatischen Moderation hinweg.</translation>
    </message>
    <message>
        <source>Copies on the delivery network are dropped and fetched anew.</source>
        <translation>Kopien im Auslieferungsnetz werden verworfen und neu geholt.</translation>
    </message>
    <message>
        <source>No delivered address changes.</source>
        <translation>Keine ausgelieferte Adresse ändert sich.</translation>
    </message>
    <message>
        <source>I have looked at the names: all of these shall go</source>
        <translation>Ich habe die Namen angesehen: All diese sollen weg</translation>
    </message>
    <message>
        <source>I mean the production environment {place}</source>
        <translation>Ich meine die Produktivumgebung {place}</translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message>
        <source>This is done as soon as Cloudinary can be reached.</source>
        <translation>Dies geschieht, sobald Cloudinary erreichbar ist.</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>Die Adresse wurde kopiert.</translation>
    </message>
    <message>
        <source>The link was copied. For a day, whoever has it sees what is in here.</source>
        <translation>Der Link wurde kopiert. Wer ihn hat, sieht einen Tag lang, was hier liegt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary gelöscht.</numerusform>
            <numerusform>%Ln Assets bei Cloudinary gelöscht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>%Ln Asset zurückgeholt.</numerusform>
            <numerusform>%Ln Assets zurückgeholt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>Die Auslieferungen von %Ln Asset sind erneuert.</numerusform>
            <numerusform>Die Auslieferungen von %Ln Assets sind erneuert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>Der Zugriff auf %Ln Asset ist nun wie festgelegt.</numerusform>
            <numerusform>Der Zugriff auf %Ln Assets ist nun wie festgelegt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary moderiert.</numerusform>
            <numerusform>%Ln Assets bei Cloudinary moderiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has its new place at Cloudinary.</source>
        <translation>Der Ordner hat bei Cloudinary seinen neuen Platz.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary verschoben.</numerusform>
            <numerusform>%Ln Assets bei Cloudinary verschoben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>%Ln Asset bei Cloudinary umbenannt.</numerusform>
            <numerusform>%Ln Assets bei Cloudinary umbenannt.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being taken back…</source>
        <translation>Wird rückgängig gemacht…</translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message>
        <source>Search all of Cloudinary</source>
        <translation>Ganz Cloudinary durchsuchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Im Fenster zeigen</translation>
    </message>
    <message>
        <source>Cloudinary looks through {account}, mirrored here or not.</source>
        <translation>Cloudinary durchsucht {account}, ob hier gespiegelt oder nicht.</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>Suchausdruck</translation>
    </message>
    <message>
        <source>Found in Cloudinary</source>
        <translation>In Cloudinary gefunden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln Asset gefunden.</numerusform>
            <numerusform>%Ln Assets gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>Das neueste wird gezeigt.</numerusform>
            <numerusform>Die neuesten %Ln werden gezeigt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Enter the code</source>
        <translation>Code eingeben</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Two-step verification is on for {email}. Enter the six digits it shows.</source>
        <translation>Für {email} ist die Bestätigung in zwei Schritten eingeschaltet. Geben Sie die sechs angezeigten Ziffern ein.</translation>
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
        <translation>Wählen: {name}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>Aus einer Liste wählen</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>The code offers {widths} pixels.</source>
        <translation>Der Code bietet {widths} Pixel an.</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Show These</source>
        <translation>Diese zeigen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Names and pictures always stand first. Move columns by their heads.</source>
        <translation>Namen und Bilder stehen immer zuerst. Spalten lassen sich an ihren Köpfen verschieben.</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>Feld suchen</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>The Usual Ones</source>
        <translation>Die üblichen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <translation>Eigene Felder</translation>
    </message>
</context>
<context>
    <name>CommentBlock</name>
    <message>
        <source>Show all of it</source>
        <translation>Ganz zeigen</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Click a point or drag a region. Arrow keys and Enter do, too.</source>
        <translation>Auf einen Punkt klicken oder einen Bereich aufziehen. Es geht auch mit Pfeiltasten und Eingabe.</translation>
    </message>
    <message>
        <source>Draw on the picture. Escape puts the pen away.</source>
        <translation>Auf dem Bild zeichnen. Escape legt den Stift weg.</translation>
    </message>
    <message>
        <source>Write a comment; @ mentions a role</source>
        <translation>Kommentar schreiben; @ erwähnt eine Rolle</translation>
    </message>
    <message>
        <source>Pin to a point or a region (Shift+M)</source>
        <translation>An einen Punkt oder Bereich heften (Umschalt+M)</translation>
    </message>
    <message>
        <source>Draw on the picture (D)</source>
        <translation>Auf dem Bild zeichnen (D)</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>Farbe des Stifts</translation>
    </message>
    <message>
        <source>Take the last line back</source>
        <translation>Letzte Linie zurücknehmen</translation>
    </message>
    <message>
        <source>Pin to a moment</source>
        <translation>An einen Zeitpunkt heften</translation>
    </message>
    <message>
        <source>Comment (Ctrl+Enter)</source>
        <translation>Kommentieren (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Reply to {number}</source>
        <translation>Antwort auf {number}</translation>
    </message>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>Zeichnung, %Ln Linie</numerusform>
            <numerusform>Zeichnung, %Ln Linien</numerusform>
        </translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>Bei {time}</translation>
    </message>
    <message>
        <source>{part}: take it away</source>
        <translation>{part}: wegnehmen</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>&amp;Yours</source>
        <translation>&amp;Ihrer</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>Der &amp;andere, der jetzt dort steht</translation>
    </message>
    <message>
        <source>A &amp;third value</source>
        <translation>Ein &amp;dritter Wert</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Vorher: {value}</translation>
    </message>
    <message>
        <source>A third value</source>
        <translation>Ein dritter Wert</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Two values for “{field}”</source>
        <translation>Zwei Werte für „{field}“</translation>
    </message>
    <message>
        <source>Somebody else changed {asset} while your change was on its way. Nothing is lost: choose which value stays, or write a third one.</source>
        <translation>Jemand anders hat {asset} geändert, während Ihre Änderung unterwegs war. Nichts ist verloren: Wählen Sie, welcher Wert bleibt, oder schreiben Sie einen dritten.</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>Diesen behalten</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>Konflikte</translation>
    </message>
    <message>
        <source>Show the &amp;asset</source>
        <translation>Asset &amp;zeigen</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>&amp;Meinen behalten</translation>
    </message>
    <message>
        <source>Keep what is &amp;there</source>
        <translation>&amp;Vorhandenen behalten</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>Diesen &amp;behalten</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} von {asset}</translation>
    </message>
    <message>
        <source>“{ours}” or “{theirs}”</source>
        <translation>„{ours}“ oder „{theirs}“</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>%Ln Konflikt wartet auf Sie</numerusform>
            <numerusform>%Ln Konflikte warten auf Sie</numerusform>
        </translation>
    </message>
    <message>
        <source>Two people said different things, and both are kept. What you choose is written; nothing is changed before.</source>
        <translation>Zwei Personen haben Verschiedenes angegeben, und beides ist aufbewahrt. Was Sie wählen, wird geschrieben; vorher wird nichts geändert.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>Keine Konflikte</translation>
    </message>
    <message>
        <source>Nothing that was said here contradicts anybody else.</source>
        <translation>Nichts, was hier angegeben wurde, widerspricht anderen Angaben.</translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>&amp;Meinen behalten (%Ln)</numerusform>
            <numerusform>&amp;Meine behalten (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>&amp;Vorhandenen behalten (%Ln)</numerusform>
            <numerusform>&amp;Vorhandene behalten (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Found there {moment}</source>
        <translation>Dort vorgefunden: {moment}</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Keys act on everything that is chosen</source>
        <translation>Tasten wirken auf alles, was gewählt ist</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>Variantensatz</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>Wird in {folder} geschrieben: {count} von %Ln Variante.</numerusform>
            <numerusform>Wird in {folder} geschrieben: {count} von %Ln Varianten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Publish Renditions…</source>
        <translation>Varianten veröffentlichen…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Publish Again</source>
        <translation>Erneut veröffentlichen</translation>
    </message>
    <message>
        <source>Take Back…</source>
        <translation>Zurückziehen…</translation>
    </message>
    <message>
        <source>Contentstack</source>
        <translation>Contentstack</translation>
    </message>
    <message>
        <source>Approved renditions in the entries of stacks. They follow what is delivered, and leave when their rights end.</source>
        <translation>Freigegebene Varianten in den Einträgen von Stacks. Sie folgen dem, was ausgeliefert ist, und verschwinden, wenn ihre Rechte enden.</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>Stacks</translation>
    </message>
    <message>
        <source>In entries</source>
        <translation>In Einträgen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No stack so far</source>
        <translation>Noch kein Stack</translation>
    </message>
    <message>
        <source>Make a management token in the stack&apos;s settings, then add the stack here. Nothing is written there before you publish something.</source>
        <translation>Erstellen Sie in den Einstellungen des Stacks ein Management-Token und fügen Sie den Stack dann hier hinzu. Dort wird nichts geschrieben, bevor Sie etwas veröffentlichen.</translation>
    </message>
    <message>
        <source>Choose assets in the window, then open this again: their approved renditions are offered.</source>
        <translation>Wählen Sie im Fenster Assets und öffnen Sie dies erneut: Ihre freigegebenen Varianten werden angeboten.</translation>
    </message>
    <message>
        <source>Nothing was published here yet.</source>
        <translation>Hier wurde noch nichts veröffentlicht.</translation>
    </message>
    <message>
        <source>No assets are chosen in the window</source>
        <translation>Im Fenster sind keine Assets ausgewählt</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>„{name}“ entfernen?</translation>
    </message>
    <message>
        <source>Its token goes, and what is published there is not looked after any more. Nothing changes there: take back first what must not stay.</source>
        <translation>Das Token wird entfernt, und was dort veröffentlicht ist, wird nicht mehr betreut. Dort ändert sich nichts: Nehmen Sie vorher zurück, was nicht bleiben darf.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>%Ln Bild zurückziehen?</numerusform>
            <numerusform>%Ln Bilder zurückziehen?</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of the entries is what their stack says: they are taken off, or published without the picture. They can be published again.</source>
        <translation>Was aus den Einträgen wird, bestimmt ihr Stack: Sie werden zurückgezogen oder ohne das Bild veröffentlicht. Die Bilder lassen sich erneut veröffentlichen.</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>Zurückziehen</translation>
    </message>
</context>
<context>
    <name>CoordinateEditor</name>
    <message>
        <source>Open in a map</source>
        <translation>In einer Karte öffnen</translation>
    </message>
    <message>
        <source>Degrees, or a map’s link</source>
        <translation>Grad oder Kartenlink</translation>
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
        <translation>Für Kanal</translation>
    </message>
    <message>
        <source>Responsive widths…</source>
        <translation>Responsive Breiten…</translation>
    </message>
    <message>
        <source>As the Rendition Says</source>
        <translation>Wie in der Variante</translation>
    </message>
    <message>
        <source>There is code once the asset is pushed.</source>
        <translation>Code gibt es, sobald das Asset übertragen ist.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>CropPage</name>
    <message>
        <source>Crop and turn</source>
        <translation>Zuschneiden und drehen</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Without a crop</source>
        <translation>Ohne Zuschnitt</translation>
    </message>
    <message>
        <source>↺ Left</source>
        <translation>↺ Links</translation>
    </message>
    <message>
        <source>↻ Right</source>
        <translation>↻ Rechts</translation>
    </message>
    <message>
        <source>Straighten (degrees)</source>
        <translation>Gerade richten (Grad)</translation>
    </message>
    <message>
        <source>Shape of the crop</source>
        <translation>Form des Zuschnitts</translation>
    </message>
    <message>
        <source>Drag the frame on the picture. A double click puts its middle there; arrow keys move it, with Alt they resize it.</source>
        <translation>Der Rahmen lässt sich auf dem Bild ziehen. Ein Doppelklick setzt seine Mitte dorthin; Pfeiltasten verschieben ihn, mit Alt ändern sie seine Größe.</translation>
    </message>
    <message>
        <source>Nothing of the kind was found.</source>
        <translation>Nichts dergleichen wurde gefunden.</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehen</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Gerade richten</translation>
    </message>
</context>
<context>
    <name>CropPlacing</name>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>Tag wählen</translation>
    </message>
    <message>
        <source>Year-month-day</source>
        <translation>Jahr-Monat-Tag</translation>
    </message>
</context>
<context>
    <name>DateSpanForm</name>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>The comment stays in the history.</source>
        <translation>Der Kommentar bleibt im Verlauf.</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Kommentar</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms</source>
        <translation>Strg+Eingabe bestätigt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln Asset freigeben</numerusform>
            <numerusform>%Ln Assets freigeben</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Optional: what this is approved for</source>
        <translation>Optional: wofür dies freigegeben wird</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln Asset ablehnen</numerusform>
            <numerusform>%Ln Assets ablehnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Why? A few words save the next person from asking</source>
        <translation>Warum? Ein paar Worte ersparen anderen die Nachfrage</translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>Änderungen an %Ln Asset anfordern</numerusform>
            <numerusform>Änderungen an %Ln Assets anfordern</numerusform>
        </translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Änderungen anfordern</translation>
    </message>
    <message>
        <source>What should be different?</source>
        <translation>Was soll anders werden?</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>%Ln Asset kennzeichnen: {state}</numerusform>
            <numerusform>%Ln Assets kennzeichnen: {state}</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Kennzeichnen</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Optional</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Decision taken back</source>
        <translation>Entscheidung zurückgenommen</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Approve the rest</source>
        <translation>Übrige freigeben</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>%Ln Bild ablehnen: warum?</numerusform>
            <numerusform>%Ln Bilder ablehnen: warum?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>Änderungen an %Ln Bild: welche?</numerusform>
            <numerusform>Änderungen an %Ln Bildern: welche?</numerusform>
        </translation>
    </message>
    <message>
        <source>A few words; Enter confirms, Esc leaves it as it is</source>
        <translation>Ein paar Worte; Eingabe bestätigt, Esc lässt alles, wie es ist</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Änderungen anfordern</translation>
    </message>
    <message>
        <source>Approve the rest ({count})</source>
        <translation>Übrige freigeben ({count})</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>DeliveryAddressDialog</name>
    <message>
        <source>Delivery address of “{name}”</source>
        <translation>Auslieferungsadresse von „{name}“</translation>
    </message>
    <message>
        <source>What is private or authenticated is signed in any case.</source>
        <translation>Was privat oder authentifiziert ist, wird in jedem Fall signiert.</translation>
    </message>
    <message>
        <source>Without image/upload</source>
        <translation>Ohne image/upload</translation>
    </message>
    <message>
        <source>With a to&amp;ken until</source>
        <translation>Mit Tok&amp;en bis</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Unverändert</translation>
    </message>
    <message>
        <source>Only where it has to be</source>
        <translation>Nur wo nötig</translation>
    </message>
    <message>
        <source>SHA-256, long</source>
        <translation>SHA-256, lang</translation>
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
        <translation>&amp;Wörter am Ende</translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation>&amp;Signiert</translation>
    </message>
    <message>
        <source>&amp;Analytics (_a)</source>
        <translation>&amp;Analytics (_a)</translation>
    </message>
    <message>
        <source>K&amp;ey of tokens, hexadecimal</source>
        <translation>Token-Sch&amp;lüssel, hexadezimal</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Format and quality</source>
        <translation>Format und Qualität</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>As the address ends</source>
        <translation>Wie die Endung der Adresse</translation>
    </message>
    <message>
        <source>Best for the browser (auto)</source>
        <translation>Am besten für den Browser (auto)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>Automatic, best</source>
        <translation>Automatisch, beste</translation>
    </message>
    <message>
        <source>Automatic, good</source>
        <translation>Automatisch, gut</translation>
    </message>
    <message>
        <source>Automatic, eco</source>
        <translation>Automatisch, sparsam</translation>
    </message>
    <message>
        <source>Automatic, low</source>
        <translation>Automatisch, niedrig</translation>
    </message>
    <message>
        <source>Fixed quality</source>
        <translation>Feste Qualität</translation>
    </message>
    <message>
        <source>Progressive</source>
        <translation>Progressiv</translation>
    </message>
    <message>
        <source>Keep all metadata</source>
        <translation>Alle Metadaten behalten</translation>
    </message>
    <message>
        <source>Keep credit</source>
        <translation>Bildnachweis behalten</translation>
    </message>
    <message>
        <source>Without a colour profile</source>
        <translation>Ohne Farbprofil</translation>
    </message>
    <message>
        <source>Rounded corners</source>
        <translation>Runde Ecken</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>Randfarbe</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>What the rendition keeps</source>
        <translation>Was die Variante behält</translation>
    </message>
    <message>
        <source>Corners and border</source>
        <translation>Ecken und Rand</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln Übertragung fehlgeschlagen</numerusform>
            <numerusform>%Ln Übertragungen fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>%Ln ist angekommen. Warum der Rest fehlschlug, steht in der Liste.</numerusform>
            <numerusform>%Ln sind angekommen. Warum der Rest fehlschlug, steht in der Liste.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>%Ln Übertragung abgeschlossen</numerusform>
            <numerusform>%Ln Übertragungen abgeschlossen</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything came through.</source>
        <translation>Alles ist angekommen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>%Ln Prüfung wartet auf Sie</numerusform>
            <numerusform>%Ln Prüfungen warten auf Sie</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody asked for your decision.</source>
        <translation>Jemand bittet um Ihre Entscheidung.</translation>
    </message>
    <message>
        <source>Open the Queue</source>
        <translation>Warteschlange öffnen</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>Die Rechte von %Ln Asset sind abgelaufen</numerusform>
            <numerusform>Die Rechte von %Ln Assets sind abgelaufen</numerusform>
        </translation>
    </message>
    <message>
        <source>What was delivered of them is taken back.</source>
        <translation>Was davon ausgeliefert wurde, wird zurückgezogen.</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>Diese zeigen</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Go on in production, {name}?</source>
        <translation>In der Produktion fortfahren: {name}?</translation>
    </message>
    <message>
        <source>What changes there can be seen on live sites at once. You are asked only once until Asset Bridge is closed.</source>
        <translation>Was sich dort ändert, ist auf öffentlichen Websites sofort zu sehen. Bis Asset Bridge geschlossen wird, wird nur dieses eine Mal gefragt.</translation>
    </message>
    <message>
        <source>Go on in production</source>
        <translation>In Produktion fortfahren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln Seite</numerusform>
            <numerusform>%Ln Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>Graustufen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Bildnachweis</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Nutzungsbedingungen</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>Public ID</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Auslieferung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Original öffnen</translation>
    </message>
    <message>
        <source>No limits of time are stated.</source>
        <translation>Es sind keine zeitlichen Grenzen angegeben.</translation>
    </message>
    <message>
        <source>The dates of the rights cannot be read: “{dates}”. It is held back until somebody mends them in the file.</source>
        <translation>Die Rechtedaten sind nicht lesbar: „{dates}“. Das Asset wird zurückgehalten, bis sie in der Datei berichtigt sind.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>vor %Ln Tag</numerusform>
            <numerusform>vor %Ln Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>The rights ended on {ends}, {ago}.</source>
        <translation>Die Rechte endeten am {ends}, {ago}.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>in %Ln Tag</numerusform>
            <numerusform>in %Ln Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>The rights begin on {starts}, {left}.</source>
        <translation>Die Rechte beginnen am {starts}, {left}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>noch %Ln Tag</numerusform>
            <numerusform>noch %Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>May be used until {ends}, {left}.</source>
        <translation>Darf bis {ends} verwendet werden, {left}.</translation>
    </message>
    <message>
        <source>May be used since {starts}, without an end.</source>
        <translation>Darf seit {starts} verwendet werden, ohne Enddatum.</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the file into another program, or press to copy it</source>
        <translation>Die Datei in ein anderes Programm ziehen, oder drücken, um sie zu kopieren</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop it here</source>
        <translation>Hier ablegen</translation>
    </message>
    <message>
        <source>Nothing here can be taken</source>
        <translation>Hiervon kann nichts übernommen werden</translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln Asset übertragen</numerusform>
            <numerusform>%Ln Assets übertragen</numerusform>
        </translation>
    </message>
    <message>
        <source>You will see the plan before anything leaves.</source>
        <translation>Sie sehen den Plan, bevor etwas hinausgeht.</translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei übernehmen</numerusform>
            <numerusform>%Ln Dateien übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked where to copy them. The originals stay where they are.</source>
        <translation>Sie werden gefragt, wohin kopiert werden soll. Die Originale bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Its files are read where they are. Nothing is copied or changed.</source>
        <translation>Die Dateien werden dort gelesen, wo sie liegen. Nichts wird kopiert oder geändert.</translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>%Ln Ordner als Bibliothek hinzufügen</numerusform>
            <numerusform>%Ln Ordner als Bibliotheken hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add “{name}” as a library</source>
        <translation>„{name}“ als Bibliothek hinzufügen</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop target</source>
        <translation>Ablagefläche</translation>
    </message>
    <message>
        <source>Files and pictures that are dropped here go where the large window takes them</source>
        <translation>Hier abgelegte Dateien und Bilder kommen dorthin, wo auch das große Fenster sie aufnimmt</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>Hier ablegen</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
    <message>
        <source>Version before</source>
        <translation>Vorige Version</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen…</translation>
    </message>
    <message>
        <source>No version before this one was approved, or its picture is gone</source>
        <translation>Keine frühere Version wurde freigegeben, oder ihr Bild ist nicht mehr da</translation>
    </message>
    <message>
        <source>Approved by {who}, {day}</source>
        <translation>Freigegeben von {who}, {day}</translation>
    </message>
</context>
<context>
    <name>EditUndo</name>
    <message>
        <source>Decision taken back</source>
        <translation>Entscheidung zurückgenommen</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>Masters</source>
        <translation>Masterdateien</translation>
    </message>
    <message>
        <source>No channel</source>
        <translation>Kein Kanal</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>Alle Märkte</translation>
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
        <translation>„{entry}“ entfernen</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>Über %Ln Datei konnte nicht entschieden werden: Sie ist nicht lesbar.</numerusform>
            <numerusform>Über %Ln Dateien konnte nicht entschieden werden: Sie sind nicht lesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>This shows the account in use. Log out of it, or switch to another.</source>
        <translation>Dies zeigt das verwendete Konto. Melden Sie sich dort ab, oder wechseln Sie zu einem anderen.</translation>
    </message>
    <message>
        <source>Remove “{name}” from Asset Bridge?</source>
        <translation>„{name}“ aus Asset Bridge entfernen?</translation>
    </message>
    <message>
        <source>Its files stay where they are, and so do all decisions about them. What was pushed stays at Cloudinary.</source>
        <translation>Die Dateien bleiben, wo sie sind, ebenso alle Entscheidungen darüber. Was übertragen wurde, bleibt bei Cloudinary.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Forget them…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>Forget the missing files of “{name}”?</source>
        <translation>Die fehlenden Dateien von „{name}“ vergessen?</translation>
    </message>
    <message>
        <source>They vanish from the window. Decisions about them stay in the record, and they come back if the files do.</source>
        <translation>Sie verschwinden aus dem Fenster. Entscheidungen darüber bleiben aufgezeichnet, und sie kehren zurück, wenn die Dateien es tun.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Add a folder first; dropped files are copied into one.</source>
        <translation>Fügen Sie zuerst einen Ordner hinzu; abgelegte Dateien werden in einen kopiert.</translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>Das System hat kein Programm, um {path} zu öffnen.</translation>
    </message>
</context>
<context>
    <name>ExchangeActions</name>
    <message>
        <source>C&amp;opy</source>
        <translation>K&amp;opieren</translation>
    </message>
    <message>
        <source>&amp;Paste into Library</source>
        <translation>In Bibliothek &amp;einfügen</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Asset</source>
        <translation>&amp;Link zum Asset kopieren</translation>
    </message>
    <message>
        <source>Open &amp;With</source>
        <translation>Öffnen &amp;mit</translation>
    </message>
    <message>
        <source>New &amp;Version from a File…</source>
        <translation>Neue &amp;Version aus einer Datei…</translation>
    </message>
    <message>
        <source>Hot &amp;Folders…</source>
        <translation>Über&amp;wachte Ordner…</translation>
    </message>
    <message>
        <source>&amp;Drop Target</source>
        <translation>&amp;Ablagefläche</translation>
    </message>
    <message>
        <source>Keep Running in the &amp;Tray</source>
        <translation>Im Infobe&amp;reich weiterlaufen</translation>
    </message>
    <message>
        <source>Desktop &amp;Notifications</source>
        <translation>Desktop-Be&amp;nachrichtigungen</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Show from Cloudinary</source>
        <translation>Von Cloudinary zeigen</translation>
    </message>
    <message>
        <source>Cloudinary makes it now, which may count and cost</source>
        <translation>Cloudinary erzeugt es jetzt; das kann zählen und kosten</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>etwa {bytes}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>The film is being made. Stop.</source>
        <translation>Der Film wird erzeugt. Anhalten.</translation>
    </message>
    <message>
        <source>Make the film here, and tell how large its file is</source>
        <translation>Den Film hier erzeugen und seine Dateigröße nennen</translation>
    </message>
    <message>
        <source>The film is being made, which may take a minute…</source>
        <translation>Der Film wird erzeugt, das kann eine Minute dauern…</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % kleiner</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Character {place}: “{found}”, expected {expected}</source>
        <translation>Zeichen {place}: „{found}“, erwartet {expected}</translation>
    </message>
</context>
<context>
    <name>FeedForm</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Adresse dieses Computers oder Netzwerks zulassen</translation>
    </message>
    <message>
        <source>Push approved images</source>
        <translation>Freigegebene Bilder übertragen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Change a feed</source>
        <translation>Feed ändern</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>Neuer Feed</translation>
    </message>
    <message>
        <source>Push approved images to {environment}</source>
        <translation>Freigegebene Bilder an {environment} übertragen</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>PIM, ERP, shop, …</source>
        <translation>PIM, ERP, Shop, …</translation>
    </message>
    <message>
        <source>A folder, a file, or https://…</source>
        <translation>Ein Ordner, eine Datei oder https://…</translation>
    </message>
    <message>
        <source>Artikelnummer=sku, Bezeichnung=product_name</source>
        <translation>Artikelnummer=sku, Bezeichnung=product_name</translation>
    </message>
    <message>
        <source>{campaign} stands for the product&apos;s campaign</source>
        <translation>{campaign} steht für die Kampagne des Produkts</translation>
    </message>
    <message>
        <source>If the address asks for one</source>
        <translation>Falls die Adresse danach fragt</translation>
    </message>
    <message>
        <source>By names of files</source>
        <translation>Nach Dateinamen</translation>
    </message>
    <message>
        <source>By keywords (sku:… or the SKU)</source>
        <translation>Nach Stichwörtern (sku:… oder die SKU)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Products from</source>
        <translation>&amp;Produkte aus</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>Find &amp;images</source>
        <translation>&amp;Bilder finden</translation>
    </message>
    <message>
        <source>Name pa&amp;ttern</source>
        <translation>Namens&amp;muster</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Einlesen</translation>
    </message>
    <message>
        <source>Into &amp;folder</source>
        <translation>In &amp;Ordner</translation>
    </message>
    <message>
        <source>For c&amp;hannel</source>
        <translation>Für &amp;Kanal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Folder with feeds</source>
        <translation>Ordner mit Feeds</translation>
    </message>
</context>
<context>
    <name>FeedPostsDialog</name>
    <message>
        <source>&amp;Receive posts while this window is open</source>
        <translation>Sendungen &amp;empfangen, solange dieses Fenster offen ist</translation>
    </message>
    <message>
        <source>New &amp;Secret</source>
        <translation>Neues &amp;Geheimnis</translation>
    </message>
    <message>
        <source>Posts of other systems</source>
        <translation>Sendungen anderer Systeme</translation>
    </message>
    <message>
        <source>Posts for “{name}”</source>
        <translation>Sendungen für „{name}“</translation>
    </message>
    <message>
        <source>Another system hands its products over itself, signed with a secret, and is answered with the line report.</source>
        <translation>Ein anderes System übergibt seine Produkte selbst, mit einem Geheimnis signiert, und erhält den Zeilenbericht als Antwort.</translation>
    </message>
    <message>
        <source>Address to post to</source>
        <translation>Adresse für Sendungen</translation>
    </message>
    <message>
        <source>Secret to sign with</source>
        <translation>Geheimnis zum Signieren</translation>
    </message>
    <message>
        <source>It is shown once; a new one ends the one before.</source>
        <translation>Es wird einmal gezeigt; ein neues beendet das vorige.</translation>
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
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Read Now</source>
        <translation>Jetzt einlesen</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Übertragen…</translation>
    </message>
    <message>
        <source>Posts…</source>
        <translation>Sendungen…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Product feeds</source>
        <translation>Produkt-Feeds</translation>
    </message>
    <message>
        <source>Products from other systems: their images are found here, and what is approved of them goes to Cloudinary with what is said of the product.</source>
        <translation>Produkte aus anderen Systemen: Ihre Bilder werden hier gefunden, und was davon freigegeben ist, geht mit den Angaben zum Produkt an Cloudinary.</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>Feeds</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>Bilder gefunden</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>Unklar</translation>
    </message>
    <message>
        <source>Without an image</source>
        <translation>Ohne Bild</translation>
    </message>
    <message>
        <source>Without a product</source>
        <translation>Ohne Produkt</translation>
    </message>
    <message>
        <source>Line report</source>
        <translation>Zeilenbericht</translation>
    </message>
    <message>
        <source>It was not read yet.</source>
        <translation>Noch nicht eingelesen.</translation>
    </message>
    <message>
        <source>Shows no product</source>
        <translation>Zeigt kein Produkt</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>No feed yet</source>
        <translation>Noch kein Feed</translation>
    </message>
    <message>
        <source>A feed is a file, a folder or an address with products in CSV, JSON or JSON Lines. You see which images match before anything is sent.</source>
        <translation>Ein Feed ist eine Datei, ein Ordner oder eine Adresse mit Produkten in CSV, JSON oder JSON Lines. Sie sehen, welche Bilder passen, bevor etwas gesendet wird.</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Reading “{name}”…</source>
        <translation>„{name}“ wird eingelesen…</translation>
    </message>
    <message>
        <source>There is nothing to read there.</source>
        <translation>Dort gibt es nichts einzulesen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>%Ln Zeile wurde nicht übernommen; der Zeilenbericht nennt den Grund.</numerusform>
            <numerusform>%Ln Zeilen wurden nicht übernommen; der Zeilenbericht nennt die Gründe.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>Eingelesen. %Ln Produkt ist neu oder hat sich geändert.</numerusform>
            <numerusform>Eingelesen. %Ln Produkte sind neu oder haben sich geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what would go…</source>
        <translation>Wird geprüft, was zu übertragen ist…</translation>
    </message>
    <message>
        <source>Nothing is due: what is approved is there, as it is said now.</source>
        <translation>Nichts steht an: Das Freigegebene ist dort, mit den aktuellen Angaben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered image(s) are told what is new</source>
        <translation>
            <numerusform>%Ln ausgeliefertes Bild erhält die neuen Angaben</numerusform>
            <numerusform>%Ln ausgelieferte Bilder erhalten die neuen Angaben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>%Ln Bild zeigt ein Produkt nicht mehr</numerusform>
            <numerusform>%Ln Bilder zeigen ein Produkt nicht mehr</numerusform>
        </translation>
    </message>
    <message>
        <source>Held back: {reasons}</source>
        <translation>Zurückgehalten: {reasons}</translation>
    </message>
    <message>
        <source>Push to “{environment}”?</source>
        <translation>An „{environment}“ übertragen?</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln Bild ist unterwegs.</numerusform>
            <numerusform>%Ln Bilder sind unterwegs.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>„{name}“ entfernen?</translation>
    </message>
    <message>
        <source>Its products are forgotten here. Images stay where they went.</source>
        <translation>Die Produkte daraus werden hier vergessen. Bilder bleiben, wohin sie übertragen wurden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>%Ln Original wird geholt</numerusform>
            <numerusform>%Ln Originale werden geholt</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>{size} insgesamt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more could not be fetched.</source>
        <translation>
            <numerusform>Eine weitere konnte nicht geholt werden.</numerusform>
            <numerusform>%Ln weitere konnten nicht geholt werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>FidelityBadge</name>
    <message>
        <source>Fidelity: {word}</source>
        <translation>Wiedergabetreue: {word}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Empty the field</source>
        <translation>Feld leeren</translation>
    </message>
</context>
<context>
    <name>FieldActs</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>FieldHistoryDialog</name>
    <message>
        <source>History of “{field}”</source>
        <translation>Verlauf von „{field}“</translation>
    </message>
    <message>
        <source>&amp;Restore this</source>
        <translation>Diesen &amp;Wert wiederherstellen</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>What restoring it would change</source>
        <translation>Was das Wiederherstellen ändern würde</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nobody has changed it here yet.</source>
        <translation>Hier hat es noch niemand geändert.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>Before all changes</source>
        <translation>Vor allen Änderungen</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>That is what it says now.</source>
        <translation>Das ist der jetzige Wert.</translation>
    </message>
    <message>
        <source>What restoring it would change:</source>
        <translation>Was das Wiederherstellen ändern würde:</translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>As Delivered</source>
        <translation>Wie mitgeliefert</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Define Missing Fields</source>
        <translation>Fehlende Felder anlegen</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>S&amp;ync…</source>
        <translation>Ab&amp;gleichen…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Field mapping</source>
        <translation>Feldzuordnung</translation>
    </message>
    <message>
        <source>What a master says at Cloudinary</source>
        <translation>Was eine Masterdatei bei Cloudinary angibt</translation>
    </message>
    <message>
        <source>Each row carries a part of a master’s record to its copies. What cannot come back as it was is named at the end.</source>
        <translation>Jede Zeile überträgt einen Teil vom Datensatz einer Masterdatei auf ihre Kopien. Was nicht so zurückkommen kann, wie es war, steht am Ende.</translation>
    </message>
    <message>
        <source>New Row…</source>
        <translation>Neue Zeile…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Bring the chosen masters and their copies together, after a look at it</source>
        <translation>Die gewählten Masterdateien und ihre Kopien angleichen, nach einem Blick auf die Änderungen</translation>
    </message>
    <message>
        <source>“{name}” cannot have so many fields.</source>
        <translation>„{name}“ kann nicht so viele Felder haben.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>In „{name}“ fehlt %Ln Feld, oder es fehlen Werte seiner Liste.</numerusform>
            <numerusform>In „{name}“ fehlen %Ln Felder oder Werte ihrer Listen.</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it fits “{name}”.</source>
        <translation>Alles passt zu „{name}“.</translation>
    </message>
    <message>
        <source>Some rows cannot be used as they are.</source>
        <translation>Einige Zeilen sind so nicht verwendbar.</translation>
    </message>
    <message>
        <source>None of the chosen assets is a master at a service.</source>
        <translation>Keines der gewählten Assets ist eine Masterdatei bei einem Dienst.</translation>
    </message>
    <message>
        <source>What was different is being delivered.</source>
        <translation>Was sich unterschied, wird gerade gesendet.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRow</name>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>New row</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Leads in “{name}”</source>
        <translation>Maßgeblich in „{name}“</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>Wie überall</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>&amp;Master</source>
        <translation>&amp;Masterdatei</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>&amp;Richtung</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Leads</source>
        <translation>Maß&amp;geblich</translation>
    </message>
    <message>
        <source>Places are tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum or set), access.start and access.end, with spaces in between. A master also has keyword:NAMESPACE and custom:FIELD. Whoever leads has the last word where both sides were changed since they last agreed.</source>
        <translation>Orte sind tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum oder set), access.start und access.end, mit Leerzeichen dazwischen. Eine Masterdatei hat außerdem keyword:NAMESPACE und custom:FIELD. Wer maßgeblich ist, hat das letzte Wort, wo beide Seiten geändert wurden, seit sie zuletzt übereinstimmten.</translation>
    </message>
    <message>
        <source>It cannot be so: {reason}.</source>
        <translation>So geht es nicht: {reason}.</translation>
    </message>
    <message>
        <source>It can be so, but: {reason}.</source>
        <translation>So geht es, aber: {reason}.</translation>
    </message>
    <message>
        <source>Not all of it can come back: {loss}.</source>
        <translation>Nicht alles davon kann zurückkommen: {loss}.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message>
        <source>What would be sent</source>
        <translation>Was gesendet würde</translation>
    </message>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>Was von %Ln Masterdatei gesendet würde</numerusform>
            <numerusform>Was von %Ln Masterdateien gesendet würde</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>There is no such field</source>
        <translation>Ein solches Feld gibt es nicht</translation>
    </message>
    <message>
        <source>The copy says</source>
        <translation>Die Kopie sagt</translation>
    </message>
    <message>
        <source>Stays behind</source>
        <translation>Bleibt zurück</translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message>
        <source>What a sync would change</source>
        <translation>Was ein Abgleich ändern würde</translation>
    </message>
    <message>
        <source>&amp;Sync Now</source>
        <translation>Jetzt &amp;abgleichen</translation>
    </message>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>Ein Abgleich würde %Ln Wert ändern</numerusform>
            <numerusform>Ein Abgleich würde %Ln Werte ändern</numerusform>
        </translation>
    </message>
    <message>
        <source>Masters and copies say the same wherever the mapping carries something.</source>
        <translation>Masterdateien und Kopien sagen überall dasselbe, wo die Zuordnung etwas überträgt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>%Ln davon wird zu einem Konflikt, den Sie entscheiden.</numerusform>
            <numerusform>%Ln davon werden zu Konflikten, die Sie entscheiden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every line is one edit; Undo takes all of them back together.</source>
        <translation>Jede Zeile ist eine Änderung; Rückgängig nimmt alle zusammen zurück.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} von {asset}</translation>
    </message>
    <message>
        <source>“{after}” instead of “{before}”: {why}</source>
        <translation>„{after}“ statt „{before}“: {why}</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>{field}, mandatory</source>
        <translation>{field}, Pflichtfeld</translation>
    </message>
    <message>
        <source>{field}</source>
        <translation>{field}</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>Wartet auf das Senden</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>Nicht angenommen</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>Anderswo geändert</translation>
    </message>
</context>
<context>
    <name>FilmBar</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Moment of the film</source>
        <translation>Zeitpunkt im Film</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>Filmstreifen</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Übertragen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln Asset</numerusform>
            <numerusform>%Ln Assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln ausgewählt</numerusform>
            <numerusform>%Ln ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and better</source>
        <translation>{stars} und besser</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Dieses Jahr</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>Nicht übertragen</translation>
    </message>
    <message>
        <source>Show readable files again</source>
        <translation>Lesbare Dateien wieder zeigen</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter zurücksetzen</translation>
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
        <translation>Auf dieser Seite suchen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>Vorige Fundstelle (Shift+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>Nächste Fundstelle (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>Nicht auf dieser Seite</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Capital letters matter</source>
        <translation>Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>Nur ganze Wörter</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>Alle Spalten</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>Wo gesucht wird</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>%Ln Zelle gefunden.</numerusform>
            <numerusform>%Ln Zellen gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>%Ln Zelle gefunden; die ersten werden gezeigt.</numerusform>
            <numerusform>%Ln Zellen gefunden; die ersten werden gezeigt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Waiting for review</source>
        <translation>Warten auf Prüfung</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Rechte abgelaufen</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Alle Assets</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Smart folders</source>
        <translation>Intelligente Ordner</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}, %Ln Asset</numerusform>
            <numerusform>{place}, %Ln Assets</numerusform>
        </translation>
    </message>
    <message>
        <source>not synced yet</source>
        <translation>noch nicht abgeglichen</translation>
    </message>
    <message>
        <source>kept offline</source>
        <translation>wird offline behalten</translation>
    </message>
    <message>
        <source>is being synced</source>
        <translation>wird abgeglichen</translation>
    </message>
    <message>
        <source>the last sync failed</source>
        <translation>der letzte Abgleich ist fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Used last</source>
        <translation>Zuletzt verwendet</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Alle Befehle</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>eingeschaltet</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave Full Screen</source>
        <translation>Vollbild beenden</translation>
    </message>
</context>
<context>
    <name>GridActs</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Fill Down</source>
        <translation>Nach unten ausfüllen</translation>
    </message>
    <message>
        <source>Empty Cells</source>
        <translation>Zellen leeren</translation>
    </message>
    <message>
        <source>Find and Replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Apply Template…</source>
        <translation>Vorlage anwenden…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Spalten…</translation>
    </message>
    <message>
        <source>Sort A to Z</source>
        <translation>Von A bis Z sortieren</translation>
    </message>
    <message>
        <source>Sort Z to A</source>
        <translation>Von Z bis A sortieren</translation>
    </message>
    <message>
        <source>Hide Column</source>
        <translation>Spalte ausblenden</translation>
    </message>
    <message>
        <source>Next Cell That Cannot Be Kept</source>
        <translation>Nächste nicht übernehmbare Zelle</translation>
    </message>
    <message>
        <source>Give Up What Was Typed</source>
        <translation>Eingaben verwerfen</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>%Ln der gewählten Assets ist eine Kopie bei Cloudinary; sie wird im Inspektor bearbeitet.</numerusform>
            <numerusform>%Ln der gewählten Assets sind Kopien bei Cloudinary; sie werden im Inspektor bearbeitet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata grid</source>
        <translation>Metadatentabelle</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s)</source>
        <translation>
            <numerusform>%Ln Masterdatei</numerusform>
            <numerusform>%Ln Masterdateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells chosen</source>
        <translation>
            <numerusform>%Ln Zelle gewählt</numerusform>
            <numerusform>%Ln Zellen gewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>wird übernommen…</translation>
    </message>
    <message>
        <source>needed, but not shown: {fields}</source>
        <translation>nötig, aber nicht gezeigt: {fields}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>%Ln Zelle kann so nicht übernommen werden; sie sagt, warum.</numerusform>
            <numerusform>%Ln Zellen können so nicht übernommen werden; sie sagen, warum.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>Für %Ln Zelle war hier kein Platz: Die Tabelle endet, oder sie ist nicht beschreibbar.</numerusform>
            <numerusform>Für %Ln Zellen war hier kein Platz: Die Tabelle endet, oder sie sind nicht beschreibbar.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message>
        <source>The grid is for masters; choose some in a library.</source>
        <translation>Der Tabelleneditor ist für Masterdateien; wählen Sie welche in einer Bibliothek.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>%Ln Text der Tabelle konnte nicht gesichert werden.</numerusform>
            <numerusform>%Ln Texte der Tabelle konnten nicht gesichert werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>GridFoot</name>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept</source>
        <translation>
            <numerusform>%Ln Zelle nicht übernehmbar</numerusform>
            <numerusform>%Ln Zellen nicht übernehmbar</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next of them (F8)</source>
        <translation>Die nächste davon zeigen (F8)</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>Assets</source>
        <translation>Assets</translation>
    </message>
    <message>
        <source>Assets as a list</source>
        <translation>Assets als Liste</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>Metadata of the chosen masters</source>
        <translation>Metadaten der gewählten Masterdateien</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>How it works</source>
        <translation>So funktioniert es</translation>
    </message>
    <message>
        <source>Masters stay where they are; Cloudinary delivers what was approved.</source>
        <translation>Masterdateien bleiben, wo sie sind; Cloudinary liefert aus, was freigegeben wurde.</translation>
    </message>
    <message>
        <source>Steps and keys</source>
        <translation>Schritte und Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>1. Add a folder, or drop one on the window. Its files are read, not copied.</source>
        <translation>1. Fügen Sie einen Ordner hinzu, oder legen Sie einen auf dem Fenster ab. Seine Dateien werden gelesen, nicht kopiert.</translation>
    </message>
    <message>
        <source>2. Find assets: type into the search field, narrow with the filters.</source>
        <translation>2. Finden Sie Assets: Tippen Sie in das Suchfeld, grenzen Sie mit den Filtern ein.</translation>
    </message>
    <message>
        <source>3. Decide: approve, request changes or reject. The history keeps who and why.</source>
        <translation>3. Entscheiden Sie: freigeben, Änderungen anfordern oder ablehnen. Der Verlauf hält fest, wer und warum.</translation>
    </message>
    <message>
        <source>4. Push what is approved and within its rights. The plan is shown first.</source>
        <translation>4. Übertragen Sie, was freigegeben ist und dessen Rechte gelten. Zuerst wird der Plan gezeigt.</translation>
    </message>
    <message>
        <source>5. Take the addresses of its renditions from the inspector.</source>
        <translation>5. Nehmen Sie die Adressen der Varianten aus dem Inspektor.</translation>
    </message>
    <message>
        <source>Show it large</source>
        <translation>Groß zeigen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
</context>
<context>
    <name>HeadBar</name>
    <message>
        <source>Save as a preset…</source>
        <translation>Als Preset speichern…</translation>
    </message>
    <message>
        <source>100 %: each pixel as it is (1)</source>
        <translation>100 %: jedes Pixel, wie es ist (1)</translation>
    </message>
    <message>
        <source>Presets and sets (Ctrl+Shift+P)</source>
        <translation>Presets und Sätze (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Over each other, with a line to drag</source>
        <translation>Übereinander, mit einer Linie zum Ziehen</translation>
    </message>
    <message>
        <source>Beside each other</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>The rendition</source>
        <translation>Die Variante</translation>
    </message>
    <message>
        <source>The master</source>
        <translation>Die Masterdatei</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>Weiter weg (-)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Näher heran (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>Alles zeigen (0)</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>Erneut abfragen</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>In der Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Save and Schedule…</source>
        <translation>Speichern und planen…</translation>
    </message>
    <message>
        <source>Copy the Table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Zugriffsprotokoll importieren…</translation>
    </message>
    <message>
        <source>Forget This Saved Report…</source>
        <translation>Diesen gespeicherten Bericht vergessen…</translation>
    </message>
    <message>
        <source>Count This Log No Longer…</source>
        <translation>Dieses Protokoll nicht mehr zählen…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Write the whole report to a file</source>
        <translation>Den ganzen Bericht in eine Datei schreiben</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>HearingSwitch</name>
    <message>
        <source>{trouble} Changes made elsewhere are still seen, a few minutes later.</source>
        <translation>{trouble} Was anderswo geändert wird, erscheint trotzdem, ein paar Minuten später.</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Anleitung</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>Be&amp;grüßung</translation>
    </message>
    <message>
        <source>Sample &amp;Campaign</source>
        <translation>Beispiel&amp;kampagne</translation>
    </message>
    <message>
        <source>Acti&amp;vity…</source>
        <translation>Akti&amp;vität…</translation>
    </message>
    <message>
        <source>All that goes on ({keys})</source>
        <translation>Alles, was gerade läuft ({keys})</translation>
    </message>
    <message>
        <source>Take the &amp;Tour</source>
        <translation>Rundgang &amp;starten</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>&amp;Hinweise wieder zeigen</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>&amp;Protokoll…</translation>
    </message>
    <message>
        <source>Diagnostic &amp;Bundle…</source>
        <translation>&amp;Diagnosepaket…</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>Nach &amp;Updates suchen…</translation>
    </message>
</context>
<context>
    <name>HelpContents</name>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>HelpErrands</name>
    <message>
        <source>Close the welcome</source>
        <translation>Begrüßung schließen</translation>
    </message>
    <message>
        <source>The demo could not be started. “asset-bridge demo” opens it.</source>
        <translation>Die Demo konnte nicht gestartet werden. „asset-bridge demo“ öffnet sie.</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>Was ist neu…</translation>
    </message>
    <message>
        <source>Version {version} of Asset Bridge is there.</source>
        <translation>Version {version} von Asset Bridge ist verfügbar.</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Rundgang starten</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Connect PhotoShelter…</source>
        <translation>PhotoShelter verbinden…</translation>
    </message>
    <message>
        <source>Connect Cloudinary…</source>
        <translation>Cloudinary verbinden…</translation>
    </message>
</context>
<context>
    <name>HelpFindings</name>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Keys of the review</source>
        <translation>Tasten der Prüfung</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>Hilfe durchsuchen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>In all pages (Ctrl+Shift+F); Ctrl+F finds in this page</source>
        <translation>Auf allen Seiten (Ctrl+Shift+F); Ctrl+F sucht auf dieser Seite</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – Hilfe</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln Fundstelle</numerusform>
            <numerusform>%Ln Fundstellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>The help is written in English.</source>
        <translation>Die Hilfe ist auf Englisch verfasst.</translation>
    </message>
    <message>
        <source>{name} is part of the source code.</source>
        <translation>{name} ist Teil des Quellcodes.</translation>
    </message>
</context>
<context>
    <name>HintStrip</name>
    <message>
        <source>Got it</source>
        <translation>Verstanden</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>Zu einer früheren Version der Datei.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nichts)</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Vorher: {value}</translation>
    </message>
    <message>
        <source>Not delivered yet.</source>
        <translation>Noch nicht gesendet.</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>Wird gerade gesendet.</translation>
    </message>
    <message>
        <source>It could not be delivered.</source>
        <translation>Konnte nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Somebody else said something different.</source>
        <translation>Jemand anders hat etwas anderes angegeben.</translation>
    </message>
    <message>
        <source>Taken back before it was delivered.</source>
        <translation>Vor dem Senden zurückgenommen.</translation>
    </message>
    <message>
        <source>Settled by a later choice.</source>
        <translation>Durch eine spätere Wahl erledigt.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Nobody has decided anything about it yet.</source>
        <translation>Noch hat niemand darüber entschieden.</translation>
    </message>
</context>
<context>
    <name>HotFoldersDialog</name>
    <message>
        <source>Hot folders</source>
        <translation>Überwachte Ordner</translation>
    </message>
    <message>
        <source>Files that are put into these folders are copied into a library by themselves, and stay where they are. Nothing is pushed: that waits for approval as ever.</source>
        <translation>Dateien, die in diese Ordner gelegt werden, werden von selbst in eine Bibliothek kopiert und bleiben, wo sie sind. Nichts wird übertragen: Das wartet wie immer auf die Freigabe.</translation>
    </message>
    <message>
        <source>Add a Hot Folder…</source>
        <translation>Überwachten Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>New ones go &amp;into</source>
        <translation>Neues kommt &amp;in</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>a library that was removed</source>
        <translation>eine entfernte Bibliothek</translation>
    </message>
    <message>
        <source>{folder}, into {library}</source>
        <translation>{folder}, in {library}</translation>
    </message>
    <message>
        <source>Choose a hot folder</source>
        <translation>Überwachten Ordner wählen</translation>
    </message>
</context>
<context>
    <name>InsightErrands</name>
    <message>
        <source>Insights…</source>
        <translation>Auswertungen…</translation>
    </message>
    <message>
        <source>The report {name} could not be written: {why}</source>
        <translation>Der Bericht {name} konnte nicht geschrieben werden: {why}</translation>
    </message>
</context>
<context>
    <name>InsightsActs</name>
    <message>
        <source>Import an access log</source>
        <translation>Zugriffsprotokoll importieren</translation>
    </message>
    <message>
        <source>Access logs (*.csv *.tsv *.txt *.log)</source>
        <translation>Zugriffsprotokolle (*.csv *.tsv *.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>„{name}“ vergessen?</translation>
    </message>
    <message>
        <source>It is not written any more. Files that it wrote stay.</source>
        <translation>Er wird nicht mehr geschrieben. Bereits geschriebene Dateien bleiben.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Count this access log no longer?</source>
        <translation>Dieses Zugriffsprotokoll nicht mehr zählen?</translation>
    </message>
    <message>
        <source>What it added is taken away from all reports. The file stays.</source>
        <translation>Was es beigetragen hat, wird aus allen Berichten herausgenommen. Die Datei bleibt.</translation>
    </message>
    <message>
        <source>Count no longer</source>
        <translation>Nicht mehr zählen</translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message>
        <source>Insights</source>
        <translation>Auswertungen</translation>
    </message>
    <message>
        <source>It could not be written the last time: {why}</source>
        <translation>Beim letzten Mal konnte er nicht geschrieben werden: {why}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>It takes a moment.</source>
        <translation>Es dauert einen Augenblick.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>written {moment}</source>
        <translation>geschrieben {moment}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>abgefragt {moment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>%Ln Zeile steht in {name}</numerusform>
            <numerusform>%Ln Zeilen stehen in {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Show it large (space)</source>
        <translation>Groß zeigen (Leertaste)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>About the asset</source>
        <translation>Über das Asset</translation>
    </message>
    <message>
        <source>Choose an asset to see it large, with its facts, its review and its rights.</source>
        <translation>Wählen Sie ein Asset, um es groß zu sehen, mit seinen Angaben, seiner Prüfung und seinen Rechten.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message>
        <source>Keep “{name}” offline?</source>
        <translation>„{name}“ offline behalten?</translation>
    </message>
    <message>
        <source>Its pictures are fetched ahead, now and whenever something is new there, and stay here until you let go of them.</source>
        <translation>Die Bilder werden im Voraus geholt, jetzt und immer, wenn dort etwas Neues ist, und bleiben hier, bis Sie sie nicht mehr behalten.</translation>
    </message>
    <message>
        <source>The &amp;originals too</source>
        <translation>Auch die &amp;Originale</translation>
    </message>
    <message>
        <source>Keep offline</source>
        <translation>Offline behalten</translation>
    </message>
    <message>
        <source>Looking how much it is…</source>
        <translation>Es wird nachgesehen, wie viel das ist…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The &amp;originals too ({size})</source>
        <translation>Auch die &amp;Originale ({size})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>%Ln Asset liegt dort.</numerusform>
            <numerusform>%Ln Assets liegen dort.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>%Ln davon ist schon hier.</numerusform>
            <numerusform>%Ln davon sind schon hier.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>%Ln Vorschau wird geholt, etwa {size}.</numerusform>
            <numerusform>%Ln Vorschauen werden geholt, etwa {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>With the originals it is {size}.</source>
        <translation>Mit den Originalen sind es {size}.</translation>
    </message>
</context>
<context>
    <name>KeptErrands</name>
    <message>
        <source>Save as smart folder</source>
        <translation>Als intelligenten Ordner speichern</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Ein Name für diese Suche; eine gleichnamige wird ersetzt.</translation>
    </message>
    <message>
        <source>“{name}” stands at the left, and holds what the search finds.</source>
        <translation>„{name}“ steht links und enthält, was die Suche findet.</translation>
    </message>
    <message>
        <source>Rename smart folder</source>
        <translation>Intelligenten Ordner umbenennen</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>There is a smart folder “{name}” already. Nothing was renamed.</source>
        <translation>Einen intelligenten Ordner „{name}“ gibt es schon. Nichts wurde umbenannt.</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Wählen Sie zuerst Assets.</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>Aus Favoriten entfernen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Replace by What Is Shown</source>
        <translation>Durch aktuelle Ansicht ersetzen</translation>
    </message>
    <message>
        <source>Add to Favourites</source>
        <translation>Zu Favoriten hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Nach unten</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>Wert des neuen Schlüssels</translation>
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
        <translation>Frühjahrsmailing</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>New kit</source>
        <translation>Neues Kit</translation>
    </message>
    <message>
        <source>Change kit</source>
        <translation>Kit ändern</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Presets of the kit</source>
        <translation>Presets des Kits</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Name in den Rechten</translation>
    </message>
    <message>
        <source>&amp;Formats shown there</source>
        <translation>Dort gezeigte &amp;Formate</translation>
    </message>
    <message>
        <source>Files are named</source>
        <translation>Dateinamen</translation>
    </message>
    <message>
        <source>At &amp;most, each</source>
        <translation>&amp;Höchstens, je Datei</translation>
    </message>
    <message>
        <source>As each preset says</source>
        <translation>Wie im jeweiligen Preset</translation>
    </message>
    <message>
        <source>At most, “{preset}”</source>
        <translation>Höchstens, „{preset}“</translation>
    </message>
</context>
<context>
    <name>KitList</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
</context>
<context>
    <name>KitsDialog</name>
    <message>
        <source>Channel kits</source>
        <translation>Kanal-Kits</translation>
    </message>
    <message>
        <source>What a channel takes together, how heavy it may be, and what it weighs.</source>
        <translation>Was ein Kanal zusammen erhält, wie groß es sein darf und wie groß es ist.</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Neu…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>Än&amp;dern…</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Channels of &amp;Shops…</source>
        <translation>Kanäle von &amp;Shops…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Kits</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No shop</source>
        <translation>Kein Shop</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>&amp;Als</translation>
    </message>
    <message>
        <source>For &amp;channel</source>
        <translation>Für &amp;Kanal</translation>
    </message>
    <message>
        <source>&amp;Into folder</source>
        <translation>&amp;In Ordner</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Delete “{kit}”?</source>
        <translation>„{kit}“ löschen?</translation>
    </message>
    <message>
        <source>Its presets stay, and so does what was exported with it.</source>
        <translation>Die Presets bleiben, ebenso was damit exportiert wurde.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln Variante wird zurückgehalten</numerusform>
            <numerusform>%Ln Varianten werden zurückgehalten</numerusform>
        </translation>
    </message>
    <message>
        <source>{why}. The others can be exported without them.</source>
        <translation>{why}. Die übrigen lassen sich ohne diese exportieren.</translation>
    </message>
    <message>
        <source>Export the Others</source>
        <translation>Übrige exportieren</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>LayerPlacing</name>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
</context>
<context>
    <name>LetPassDialog</name>
    <message>
        <source>It &amp;ends</source>
        <translation>Mit &amp;Ende</translation>
    </message>
    <message>
        <source>&amp;Let Pass</source>
        <translation>&amp;Durchlassen</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>&amp;Zurücknehmen</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>%Ln Asset durchlassen</numerusform>
            <numerusform>%Ln Assets durchlassen</numerusform>
        </translation>
    </message>
    <message>
        <source>A policy says which roles may do so. It is recorded with your name, and lifts a review that is not finished: never a rejection, and never rights.</source>
        <translation>Welche Rollen das dürfen, sagt eine Richtlinie. Es wird mit Ihrem Namen aufgezeichnet und hebt eine Prüfung auf, die nicht abgeschlossen ist: nie eine Ablehnung und nie Rechte.</translation>
    </message>
    <message>
        <source>What holds them back</source>
        <translation>Was sie zurückhält</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>&amp;Warum</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Who asked for it, and who knows of it?</source>
        <translation>Wer hat darum gebeten, und wer weiß davon?</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>Wann es endet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End what lets these pass; whoever may ask for more care</source>
        <translation>Beenden, was diese durchlässt; mehr Sorgfalt verlangen dürfen alle</translation>
    </message>
    <message>
        <source>Somebody lets it pass, although {reasons}.</source>
        <translation>Es wird durchgelassen, obwohl gilt: {reasons}.</translation>
    </message>
    <message>
        <source>Nothing holds it back.</source>
        <translation>Nichts hält es zurück.</translation>
    </message>
</context>
<context>
    <name>LinkOpening</name>
    <message>
        <source>The linked asset is not in any library of this catalog.</source>
        <translation>Das verlinkte Asset ist in keiner Bibliothek dieses Katalogs.</translation>
    </message>
    <message>
        <source>There is no library “{name}” here, or several of that name.</source>
        <translation>Eine Bibliothek „{name}“ gibt es hier nicht, oder mehrere heißen so.</translation>
    </message>
    <message>
        <source>The file that was to be opened is not there any more.</source>
        <translation>Die Datei, die geöffnet werden sollte, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Add as a Library</source>
        <translation>Als Bibliothek hinzufügen</translation>
    </message>
    <message>
        <source>“{name}” is in no library yet.</source>
        <translation>„{name}“ ist noch in keiner Bibliothek.</translation>
    </message>
</context>
<context>
    <name>ListOrWords</name>
    <message>
        <source>What you save is listed here.</source>
        <translation>Was Sie speichern, steht hier.</translation>
    </message>
</context>
<context>
    <name>LocaleRows</name>
    <message>
        <source>Locales</source>
        <translation>Sprachversionen</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Belassen, wie es ist</translation>
    </message>
</context>
<context>
    <name>LogImportDialog</name>
    <message>
        <source>Import “{name}”</source>
        <translation>„{name}“ importieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Some of the lines that are not counted</source>
        <translation>Einige der Zeilen, die nicht gezählt werden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>%Ln Zeile gelesen…</numerusform>
            <numerusform>%Ln Zeilen gelesen…</numerusform>
        </translation>
    </message>
    <message>
        <source>counted</source>
        <translation>gezählt</translation>
    </message>
    <message>
        <source>added to what their assets delivered</source>
        <translation>den Auslieferungen ihrer Assets zugerechnet</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>errors and redirections</source>
        <translation>Fehler und Weiterleitungen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>belong to no asset known here</source>
        <translation>gehören zu keinem hier bekannten Asset</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>are no lines of such a log</source>
        <translation>sind keine Zeilen eines solchen Protokolls</translation>
    </message>
    <message>
        <source>Earlier imports are about the same days: {names}. What both hold is counted twice.</source>
        <translation>Frühere Importe betreffen dieselben Tage: {names}. Was in beiden steht, wird doppelt gezählt.</translation>
    </message>
    <message>
        <source>No line belongs to an asset that is known here. Is the environment it is about the one in use?</source>
        <translation>Keine Zeile gehört zu einem hier bekannten Asset. Betrifft das Protokoll die Umgebung, die gerade verwendet wird?</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>%Ln Zeile gelesen</numerusform>
            <numerusform>%Ln Zeilen gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines}, {first} – {last}</source>
        <translation>{lines}, {first} – {last}</translation>
    </message>
    <message>
        <source>Nothing of it is counted.</source>
        <translation>Nichts davon wird gezählt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>LogOutDialog</name>
    <message>
        <source>Forget what is catalogued of it here too</source>
        <translation>Auch vergessen, was hier davon katalogisiert ist</translation>
    </message>
    <message>
        <source>It is read from Cloudinary again when you come back.</source>
        <translation>Es wird erneut aus Cloudinary gelesen, wenn Sie wiederkommen.</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Warnings and faults of this program. Keys and passwords are never in it.</source>
        <translation>Warnungen und Fehler dieses Programms. Schlüssel und Passwörter stehen nie darin.</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Mitlaufen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>Ab Warnungen</translation>
    </message>
    <message>
        <source>Errors and worse</source>
        <translation>Ab Fehlern</translation>
    </message>
    <message>
        <source>How grave</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln Eintrag</numerusform>
            <numerusform>%Ln Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was logged: that is a good sign.</source>
        <translation>Nichts wurde protokolliert: Das ist ein gutes Zeichen.</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Mehrere Werte</translation>
    </message>
</context>
<context>
    <name>LookActions</name>
    <message>
        <source>&amp;High Contrast, Light</source>
        <translation>Hoher &amp;Kontrast, hell</translation>
    </message>
    <message>
        <source>High &amp;Contrast, Dark</source>
        <translation>Hoher K&amp;ontrast, dunkel</translation>
    </message>
    <message>
        <source>C&amp;ompact</source>
        <translation>Ko&amp;mpakt</translation>
    </message>
    <message>
        <source>Arrange Pane&amp;ls</source>
        <translation>Bereiche a&amp;nordnen</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>S&amp;eiten tauschen</translation>
    </message>
    <message>
        <source>&amp;Usual Places</source>
        <translation>Ü&amp;bliche Anordnung</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>Be&amp;wegung reduzieren</translation>
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
            <numerusform>%Ln Asset ü&amp;bertragen</numerusform>
            <numerusform>%Ln Assets ü&amp;bertragen</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>Ü&amp;bertragen…</translation>
    </message>
    <message>
        <source>Choose a library at the left first.</source>
        <translation>Wählen Sie zuerst links eine Bibliothek.</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>Varianten von einem Asset erzeugen</numerusform>
            <numerusform>Varianten von %Ln Assets erzeugen</numerusform>
        </translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Was geschehen wird</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>&amp;Varianten</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Märkte und Sprachen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>Eine Variante erzeugen</numerusform>
            <numerusform>%Ln Varianten erzeugen</numerusform>
        </translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Erzeugen</translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>Die eine Variante wird erzeugt.</numerusform>
            <numerusform>Alle %Ln Varianten werden erzeugt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>{count} von %Ln Variante wird erzeugt</numerusform>
            <numerusform>{count} von %Ln Varianten werden erzeugt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln zurückgehalten</numerusform>
            <numerusform>%Ln zurückgehalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>%Ln davon ersetzt eine</numerusform>
            <numerusform>%Ln davon ersetzen eine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>%Ln der Assets darf jetzt nicht ausgeliefert werden</numerusform>
            <numerusform>%Ln der Assets dürfen jetzt nicht ausgeliefert werden</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be made…</source>
        <translation>Schreibt auf, was erzeugt werden soll…</translation>
    </message>
    <message>
        <source>Choose a set, or presets</source>
        <translation>Einen Satz oder Presets wählen</translation>
    </message>
    <message>
        <source>Choose the folder for the files</source>
        <translation>Den Ordner für die Dateien wählen</translation>
    </message>
    <message>
        <source>Looking what that makes…</source>
        <translation>Sieht nach, was das ergibt…</translation>
    </message>
    <message>
        <source>No preset is for a market and language of the table</source>
        <translation>Kein Preset ist für einen Markt und eine Sprache der Tabelle</translation>
    </message>
    <message>
        <source>Each of them is held back</source>
        <translation>Jede davon wird zurückgehalten</translation>
    </message>
    <message>
        <source>You are offline: these are made when the connection is back.</source>
        <translation>Ohne Verbindung: Sie werden erzeugt, sobald die Verbindung wieder da ist.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>Eine Datei ersetzen?</numerusform>
            <numerusform>%Ln Dateien ersetzen?</numerusform>
        </translation>
    </message>
    <message>
        <source>What they hold now is gone then; files that are the same stay.</source>
        <translation>Was jetzt darin steht, ist dann weg; Dateien, die gleich sind, bleiben.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>MakeTarget</name>
    <message>
        <source>Replace files that are there</source>
        <translation>Vorhandene Dateien ersetzen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>For example {file}</source>
        <translation>Zum Beispiel {file}</translation>
    </message>
    <message>
        <source>Into a folder here</source>
        <translation>In einen Ordner hier</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Bei Cloudinary</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Put a field into the template</source>
        <translation>Ein Feld in das Muster setzen</translation>
    </message>
    <message>
        <source>The folder for the files</source>
        <translation>Der Ordner für die Dateien</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Names of the files</source>
        <translation>&amp;Namen der Dateien</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>Dateien schreiben nach</translation>
    </message>
</context>
<context>
    <name>MappingRows</name>
    <message>
        <source>Master</source>
        <translation>Masterdatei</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Maßgeblich</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>Was zu beachten ist</translation>
    </message>
    <message>
        <source>Whose word holds where both sides were changed</source>
        <translation>Wessen Angabe gilt, wo beide Seiten geändert wurden</translation>
    </message>
</context>
<context>
    <name>MarketEditor</name>
    <message>
        <source>Use this table</source>
        <translation>Diese Tabelle verwenden</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>Zeilen entfernen</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A line for each market and language. A preset is made for the lines it serves; texts and pictures fill its variables.</source>
        <translation>Eine Zeile für jeden Markt und jede Sprache. Ein Preset wird für die Zeilen erzeugt, die es bedient; Texte und Bilder füllen seine Variablen.</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>Märkte</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Nach {file} geschrieben.</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Märkte und Sprachen</translation>
    </message>
    <message>
        <source>headline, or layer:logo</source>
        <translation>headline oder layer:logo</translation>
    </message>
    <message>
        <source>Name of the new column</source>
        <translation>Name der neuen Spalte</translation>
    </message>
    <message>
        <source>Line {line}: {detail}</source>
        <translation>Zeile {line}: {detail}</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
</context>
<context>
    <name>MarketRows</name>
    <message>
        <source>Picture: {name}</source>
        <translation>Bild: {name}</translation>
    </message>
    <message>
        <source>Text: {name}</source>
        <translation>Text: {name}</translation>
    </message>
    <message>
        <source>Public IDs of pictures that are laid on</source>
        <translation>Public IDs von Bildern, die darübergelegt werden</translation>
    </message>
    <message>
        <source>What stands in the place of $({name})</source>
        <translation>Was anstelle von $({name}) steht</translation>
    </message>
</context>
<context>
    <name>MarketTable</name>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Edit markets and languages</source>
        <translation>Märkte und Sprachen bearbeiten</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Choose a table of markets</source>
        <translation>Eine Tabelle der Märkte wählen</translation>
    </message>
    <message>
        <source>Without a table</source>
        <translation>Ohne Tabelle</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Made once, for everybody</source>
        <translation>Einmal erzeugt, für alle</translation>
    </message>
    <message>
        <source>Table of markets</source>
        <translation>Tabelle der Märkte</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tabellen (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message>
        <source>{name} says nothing that could be pasted.</source>
        <translation>{name} enthält nichts, was sich einfügen ließe.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) of {name} copied.</source>
        <translation>
            <numerusform>%Ln Feld von {name} kopiert.</numerusform>
            <numerusform>%Ln Felder von {name} kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the metadata of a master first.</source>
        <translation>Kopieren Sie zuerst die Metadaten einer Masterdatei.</translation>
    </message>
    <message>
        <source>Import metadata</source>
        <translation>Metadaten importieren</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tabellen (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>From the next decision on, the files of masters say it too (keyword “approval:…”). What other programs write there waits in the review queue.</source>
        <translation>Ab der nächsten Entscheidung steht sie auch in den Masterdateien (Stichwort „approval:…“). Was andere Programme dort eintragen, wartet in der Prüfwarteschlange.</translation>
    </message>
    <message>
        <source>Pasted. It can be undone.</source>
        <translation>Eingefügt. Es lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>They said all of this already.</source>
        <translation>All das war dort schon angegeben.</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>Die Vorlage ändert %Ln Masterdatei.</numerusform>
            <numerusform>Die Vorlage ändert %Ln Masterdateien.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln kann sie nicht annehmen und bleibt, wie sie ist.</numerusform>
            <numerusform>%Ln können sie nicht annehmen und bleiben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln Feld sagt nun, was die Tabelle sagt.</numerusform>
            <numerusform>%Ln Felder sagen nun, was die Tabelle sagt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>%Ln Masterdatei steht in {name}.</numerusform>
            <numerusform>%Ln Masterdateien stehen in {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionField</name>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message>
        <source>What would be different</source>
        <translation>Was anders würde</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Was ausgelassen wird</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln Änderung</numerusform>
            <numerusform>%Ln Änderungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln ausgelassen</numerusform>
            <numerusform>%Ln ausgelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvExportDialog</name>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message numerus="yes">
        <source>Export the metadata of %Ln master(s)</source>
        <translation>
            <numerusform>Metadaten von %Ln Masterdatei exportieren</numerusform>
            <numerusform>Metadaten von %Ln Masterdateien exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>A table that spreadsheets open. Changed there, it can be imported again.</source>
        <translation>Eine Tabelle, die Tabellenprogramme öffnen. Dort geändert, lässt sie sich wieder importieren.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation>&amp;Trennzeichen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export metadata</source>
        <translation>Metadaten exportieren</translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message>
        <source>Import metadata</source>
        <translation>Metadaten importieren</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>{name} wird gelesen…</translation>
    </message>
    <message>
        <source>An empty cell empties its field</source>
        <translation>Eine leere Zelle leert ihr Feld</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) would say something else.</source>
        <translation>
            <numerusform>%Ln Masterdatei würde etwas anderes sagen.</numerusform>
            <numerusform>%Ln Masterdateien würden etwas anderes sagen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The table says nothing that is not said already.</source>
        <translation>Die Tabelle sagt nichts, was nicht schon angegeben ist.</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Zeile {line}</translation>
    </message>
</context>
<context>
    <name>MetadataErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Es gibt noch kein Konto. Fügen Sie zuerst eines hinzu.</translation>
    </message>
</context>
<context>
    <name>MetadataFieldForm</name>
    <message>
        <source>&amp;Mandatory: it must not be empty</source>
        <translation>&amp;Pflichtfeld: Es darf nicht leer sein</translation>
    </message>
    <message>
        <source>&amp;Off until a rule switches it on</source>
        <translation>&amp;Aus, bis eine Regel es einschaltet</translation>
    </message>
    <message>
        <source>Only &amp;programs set it; people read it</source>
        <translation>Nur Prog&amp;ramme setzen es; Menschen lesen es</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Change a field</source>
        <translation>Feld ändern</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>Neues Feld</translation>
    </message>
    <message>
        <source>Made by Cloudinary if left empty</source>
        <translation>Leer: wird von Cloudinary vergeben</translation>
    </message>
    <message>
        <source>One value in each line</source>
        <translation>Ein Wert je Zeile</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Bezeichnung</translation>
    </message>
    <message>
        <source>&amp;External ID</source>
        <translation>&amp;Externe ID</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>&amp;Typ</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>&amp;Vorgabe</translation>
    </message>
    <message>
        <source>At &amp;least</source>
        <translation>&amp;Mindestens</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>&amp;Höchstens</translation>
    </message>
    <message>
        <source>Patte&amp;rn</source>
        <translation>Mu&amp;ster</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>So many characters</source>
        <translation>So viele Zeichen</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message>
        <source>New field…</source>
        <translation>Neues Feld…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Metadata fields</source>
        <translation>Metadatenfelder</translation>
    </message>
    <message>
        <source>Metadata fields of “{name}”</source>
        <translation>Metadatenfelder von „{name}“</translation>
    </message>
    <message>
        <source>All assets of the environment have these fields, for everybody.</source>
        <translation>Alle Assets der Umgebung haben diese Felder, für alle.</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Regeln…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>There is no field yet.</source>
        <translation>Es gibt noch kein Feld.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln Wert</numerusform>
            <numerusform>%Ln Werte</numerusform>
        </translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>Pflichtfeld</translation>
    </message>
    <message>
        <source>Delete the field “{name}”?</source>
        <translation>Das Feld „{name}“ löschen?</translation>
    </message>
    <message>
        <source>Its values vanish from all assets of the environment, for everybody, and cannot be brought back.</source>
        <translation>Seine Werte verschwinden aus allen Assets der Umgebung, für alle, und lassen sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>MetadataForm</name>
    <message>
        <source>Here the name is part of the public ID; renaming changes the address.</source>
        <translation>Hier ist der Name Teil der Public ID; Umbenennen ändert die Adresse.</translation>
    </message>
    <message>
        <source>Each asset has a name of its own.</source>
        <translation>Jedes Asset hat seinen eigenen Namen.</translation>
    </message>
    <message>
        <source>Structured metadata</source>
        <translation>Strukturierte Metadaten</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Tag hinzufügen</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Wert hinzufügen</translation>
    </message>
    <message>
        <source>Set by programs; people only read it.</source>
        <translation>Wird von Programmen gesetzt; Menschen lesen es nur.</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Von einer Regel abgeschaltet, wegen der Werte anderer Felder.</translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message>
        <source>At Cloudinary</source>
        <translation>Bei Cloudinary</translation>
    </message>
    <message>
        <source>Metadata fields…</source>
        <translation>Metadatenfelder…</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>Höchstens %Ln Asset lässt sich auf einmal bearbeiten.</numerusform>
            <numerusform>Höchstens %Ln Assets lassen sich zusammen bearbeiten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>%Ln der gewählten Assets ist nicht in dieser Umgebung und bleibt, wie es ist.</numerusform>
            <numerusform>%Ln der gewählten Assets sind nicht in dieser Umgebung und bleiben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you type is kept for the next asset.</source>
        <translation>Was Sie tippen, wird für das nächste Asset aufgehoben.</translation>
    </message>
    <message>
        <source>“{text}” was typed for another asset, and is kept until that is shown.</source>
        <translation>„{text}“ wurde für ein anderes Asset getippt und wird aufgehoben, bis dieses gezeigt wird.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: it cannot be typed there.</source>
        <translation>„{text}“ wurde nicht aufgehoben: Dort lässt es sich nicht eingeben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>%Ln Änderung war schon ausgeliefert und wird zurückgenommen.</numerusform>
            <numerusform>%Ln Änderungen waren schon ausgeliefert und werden zurückgenommen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>Metadaten in %Ln Masterdatei einfügen</numerusform>
            <numerusform>Metadaten in %Ln Masterdateien einfügen</numerusform>
        </translation>
    </message>
    <message>
        <source>From {name}. What they say there now is replaced; it can be undone.</source>
        <translation>Von {name}. Was jetzt dort steht, wird ersetzt; es lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Copied fields</source>
        <translation>Kopierte Felder</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>MetadataRuleForm</name>
    <message>
        <source>The rule is in &amp;use</source>
        <translation>Die Regel &amp;gilt</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Change a rule</source>
        <translation>Eine Regel ändern</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>Das Feld</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>Bleibt, wie es ist</translation>
    </message>
    <message>
        <source>Is switched on</source>
        <translation>Wird eingeschaltet</translation>
    </message>
    <message>
        <source>Is switched off</source>
        <translation>Wird ausgeschaltet</translation>
    </message>
    <message>
        <source>It must not be empty</source>
        <translation>Es darf nicht leer sein</translation>
    </message>
    <message>
        <source>As the field says</source>
        <translation>Wie das Feld es sagt</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>Es muss ausgefüllt sein</translation>
    </message>
    <message>
        <source>It may be empty</source>
        <translation>Es darf leer sein</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>Werte zur Auswahl</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Wie sie sind</translation>
    </message>
    <message>
        <source>All of the list</source>
        <translation>Alle der Liste</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Nur diese</translation>
    </message>
    <message>
        <source>These, too</source>
        <translation>Auch diese</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>Sein Wert</translation>
    </message>
    <message>
        <source>If it is empty</source>
        <translation>Wenn es leer ist</translation>
    </message>
    <message>
        <source>Added to what it has</source>
        <translation>Zu dem hinzu, was es hat</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Mehrere mit Kommas</translation>
    </message>
    <message>
        <source>&amp;Then, of</source>
        <translation>&amp;Dann, von</translation>
    </message>
    <message>
        <source>The &amp;field</source>
        <translation>Das &amp;Feld</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>&amp;Leer</translation>
    </message>
    <message>
        <source>&amp;Choices</source>
        <translation>&amp;Auswahl</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>&amp;Wert</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wenn</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>Die Regel</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>MetadataRulesDialog</name>
    <message>
        <source>New rule…</source>
        <translation>Neue Regel…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Metadata rules</source>
        <translation>Metadaten-Regeln</translation>
    </message>
    <message>
        <source>Metadata rules of “{name}”</source>
        <translation>Metadaten-Regeln von „{name}“</translation>
    </message>
    <message>
        <source>What one field says switches others on, limits them or fills them in.</source>
        <translation>Was ein Feld sagt, schaltet andere ein, schränkt sie ein oder füllt sie aus.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Apply later (Alt+Down)</source>
        <translation>Später anwenden (Alt+Down)</translation>
    </message>
    <message>
        <source>Apply earlier (Alt+Up)</source>
        <translation>Früher anwenden (Alt+Up)</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>Es gibt noch keine Regel.</translation>
    </message>
    <message>
        <source>{result}, when {condition}</source>
        <translation>{result}, wenn {condition}</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Gilt nicht</translation>
    </message>
    <message>
        <source>A rule asks about one field and changes another: it needs two.</source>
        <translation>Eine Regel fragt nach einem Feld und ändert ein anderes: Sie braucht zwei.</translation>
    </message>
    <message>
        <source>Delete the rule “{name}”?</source>
        <translation>Die Regel „{name}“ löschen?</translation>
    </message>
    <message>
        <source>It ends for everybody. A field that only this rule switches on loses its values.</source>
        <translation>Sie endet für alle. Ein Feld, das nur diese Regel einschaltet, verliert seine Werte.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>Auf %Ln Masterdatei anwenden</numerusform>
            <numerusform>Auf %Ln Masterdateien anwenden</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata templates</source>
        <translation>Metadatenvorlagen</translation>
    </message>
    <message>
        <source>A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master fills them by itself.</source>
        <translation>Ein Text kann Variablen wie {filename}, {date:%Y} oder {counter:3} enthalten; jede Masterdatei füllt sie selbst.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Name der Vorlage</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>MirrorErrands</name>
    <message>
        <source>These files are in a folder here already. Nothing to download.</source>
        <translation>Diese Dateien sind hier schon in einem Ordner. Nichts herunterzuladen.</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>Herunterladen nach</translation>
    </message>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Es gibt noch kein Konto. Fügen Sie zuerst eines hinzu.</translation>
    </message>
    <message>
        <source>{public_id} is at Cloudinary now, unpublished.</source>
        <translation>{public_id} ist jetzt bei Cloudinary, unveröffentlicht.</translation>
    </message>
</context>
<context>
    <name>MomentField</name>
    <message>
        <source>Moment</source>
        <translation>Zeitpunkt</translation>
    </message>
    <message>
        <source>The moment that the comment is about</source>
        <translation>Der Zeitpunkt, um den es im Kommentar geht</translation>
    </message>
</context>
<context>
    <name>NameColumn</name>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message>
        <source>There is no Cloudinary account in use.</source>
        <translation>Es ist kein Cloudinary-Konto in Gebrauch.</translation>
    </message>
    <message>
        <source>Asks for the definitions there…</source>
        <translation>Fragt nach den Definitionen dort…</translation>
    </message>
    <message>
        <source>Presets and named transformations</source>
        <translation>Presets und benannte Transformationen</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Bei Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Adopt as preset</source>
        <translation>Als Preset &amp;übernehmen</translation>
    </message>
    <message>
        <source>&amp;Publish to Cloudinary</source>
        <translation>Bei Cloudinary &amp;veröffentlichen</translation>
    </message>
    <message>
        <source>De&amp;lete there…</source>
        <translation>Dort &amp;löschen…</translation>
    </message>
    <message>
        <source>Co&amp;mpare again</source>
        <translation>Noch einmal ver&amp;gleichen</translation>
    </message>
    <message>
        <source>in use there</source>
        <translation>dort in Gebrauch</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>Ein Preset hier ändern?</numerusform>
            <numerusform>%Ln Presets hier ändern?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} then stand for what is defined there. You can undo it.</source>
        <translation>{names} stehen dann für das, was dort definiert ist. Das lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>“{name}” was adopted.</source>
        <translation>„{name}“ wurde übernommen.</translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>Eine benannte Transformation neu definieren?</numerusform>
            <numerusform>%Ln benannte Transformationen neu definieren?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} stand for something else there. What was derived before stays as it is; whatever is asked for from now on is made by the new definition.</source>
        <translation>{names} stehen dort dann für etwas anderes. Was vorher abgeleitet wurde, bleibt, wie es ist; was von jetzt an verlangt wird, entsteht nach der neuen Definition.</translation>
    </message>
    <message>
        <source>Define anew</source>
        <translation>Neu definieren</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>Eine benannte Transformation bei Cloudinary löschen?</numerusform>
            <numerusform>%Ln benannte Transformationen bei Cloudinary löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: everything that was derived with them is deleted too, and addresses that name them stop working. Presets here stay.</source>
        <translation>{names}: Alles, was damit abgeleitet wurde, wird auch gelöscht, und Adressen, die sie nennen, gehen nicht mehr. Presets hier bleiben.</translation>
    </message>
    <message>
        <source>Delete there</source>
        <translation>Dort löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Looking for programs…</source>
        <translation>Programme werden gesucht…</translation>
    </message>
    <message>
        <source>No program is known for such files</source>
        <translation>Für solche Dateien ist kein Programm bekannt</translation>
    </message>
    <message>
        <source>Take In…</source>
        <translation>Aufnehmen…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. Its master is in Cloudinary and stays as it is; the changed file can be taken into a library as a new master.</source>
        <translation>„{name}“ wurde in einem anderen Programm geändert. Die Masterdatei liegt in Cloudinary und bleibt, wie sie ist; die geänderte Datei kann als neue Masterdatei in eine Bibliothek aufgenommen werden.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>%Ln Kopie einer Masterdatei in Cloudinary wurde in anderen Programmen geändert. Sie kann als neue Masterdatei in eine Bibliothek aufgenommen werden.</numerusform>
            <numerusform>%Ln Kopien von Masterdateien in Cloudinary wurden in anderen Programmen geändert. Sie können als neue Masterdateien in eine Bibliothek aufgenommen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>New Version…</source>
        <translation>Neue Version…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It can become the new version at {service}, or be taken into a library as a new master.</source>
        <translation>„{name}“ wurde in einem anderen Programm geändert. Die Datei kann die neue Version bei {service} werden oder als neue Masterdatei in eine Bibliothek aufgenommen werden.</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file in Cloudinary ({environment}), at the same address: everybody who uses it sees the new one. You approve the changed file with this. The file before comes back only where the environment keeps backups.</source>
        <translation>„{name}“ erhält die geänderte Datei in Cloudinary ({environment}) unter derselben Adresse: Alle, die sie verwenden, sehen die neue. Damit geben Sie die geänderte Datei frei. Die vorige Datei kommt nur zurück, wo die Umgebung Sicherungen behält.</translation>
    </message>
    <message>
        <source>Approve and Send</source>
        <translation>Freigeben und senden</translation>
    </message>
    <message>
        <source>Make it the new version?</source>
        <translation>Zur neuen Version machen?</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file at {service}. The file before stays there among its versions; its approval does not count for the new one.</source>
        <translation>„{name}“ erhält bei {service} die geänderte Datei. Die bisherige Datei bleibt dort unter den Versionen; ihre Freigabe gilt nicht für die neue.</translation>
    </message>
    <message>
        <source>Make New Version</source>
        <translation>Neue Version anlegen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Take In as a New Master…</source>
        <translation>Als neue Masterdatei aufnehmen…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version: its approval does not count for it.</source>
        <translation>„{name}“ wurde in einem anderen Programm geändert. Es ist eine neue Version: Die bisherige Freigabe gilt nicht für sie.</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version.</source>
        <translation>„{name}“ wurde in einem anderen Programm geändert. Es ist eine neue Version.</translation>
    </message>
</context>
<context>
    <name>OrganizationPage</name>
    <message>
        <source>Which organisation?</source>
        <translation>Welche Organisation?</translation>
    </message>
    <message>
        <source>A library shows one organisation. Connect again to add another one beside it.</source>
        <translation>Eine Bibliothek zeigt eine Organisation. Verbinden Sie erneut, um eine weitere daneben hinzuzufügen.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>Organisationen</translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>%Ln Datei nach {folder} heruntergeladen.</numerusform>
            <numerusform>%Ln Dateien nach {folder} heruntergeladen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>Eine war schon da.</numerusform>
            <numerusform>%Ln waren schon da.</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>Das System hat kein Programm, um {path} zu öffnen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>%Ln Original ist jetzt hier. Ziehen Sie es noch einmal.</numerusform>
            <numerusform>%Ln Originale sind jetzt hier. Ziehen Sie sie noch einmal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherServiceDialog</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Weiteren Dienst verbinden</translation>
    </message>
</context>
<context>
    <name>OtherServiceForm</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Weiteren Dienst verbinden</translation>
    </message>
    <message>
        <source>A package that you installed beside Asset Bridge brings it. Secrets are kept in this computer’s keyring, never in plain text.</source>
        <translation>Ein Paket, das Sie neben Asset Bridge installiert haben, bringt ihn mit. Geheimnisse werden im Schlüsselbund dieses Computers aufbewahrt, nie im Klartext.</translation>
    </message>
    <message>
        <source>The name that the service tells</source>
        <translation>Der Name, den der Dienst nennt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>No package that brings another kind of library is installed. The documentation of libraries says what such a package provides.</source>
        <translation>Es ist kein Paket installiert, das eine weitere Art von Bibliothek mitbringt. Die Dokumentation der Bibliotheken sagt, was ein solches Paket bereitstellt.</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Erneut bei {library} anmelden</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Wird angemeldet…</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>&amp;Dienst</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Name in Asset Bridge</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>Text and pictures</source>
        <translation>Text und Bilder</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>Eigener Text</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Fett</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Brand kit…</source>
        <translation>Marken-Kit…</translation>
    </message>
    <message>
        <source>Add a text</source>
        <translation>Text hinzufügen</translation>
    </message>
    <message>
        <source>Public ID, such as brand/logo</source>
        <translation>Public ID, etwa brand/logo</translation>
    </message>
    <message>
        <source>Public ID of the picture</source>
        <translation>Public ID des Bildes</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>Deckkraft (%)</translation>
    </message>
    <message>
        <source>Add the picture</source>
        <translation>Bild hinzufügen</translation>
    </message>
    <message>
        <source>Drag it to its place on the picture, or move it with the arrow keys.</source>
        <translation>Auf dem Bild an die gewünschte Stelle ziehen oder mit den Pfeiltasten verschieben.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>Bild hinzufügen</translation>
    </message>
    <message>
        <source>Add a colour to the brand kit</source>
        <translation>Farbe zum Marken-Kit hinzufügen</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Type a command, a place, a preset or a search…</source>
        <translation>Befehl, Ort, Preset oder Suche eingeben…</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl finden</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>↑ ↓ to choose  ·  Enter to run  ·  Esc to close</source>
        <translation>↑ ↓ zum Wählen  ·  Eingabe zum Ausführen  ·  Esc zum Schließen</translation>
    </message>
    <message>
        <source>Nothing is called that. Enter searches the assets for it.</source>
        <translation>Nichts heißt so. Die Eingabetaste sucht in den Assets danach.</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>Noch &amp;einmal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Passphrase wählen</translation>
    </message>
    <message>
        <source>There is no keyring service here, so secrets are kept in an encrypted file. The passphrase is asked for after each start. Nobody can restore it for you; if it is lost, you add your accounts again and nothing else is.</source>
        <translation>Hier gibt es keinen Schlüsselbund-Dienst, daher werden Geheimnisse in einer verschlüsselten Datei aufbewahrt. Nach jedem Start wird nach der Passphrase gefragt. Niemand kann sie für Sie wiederherstellen; geht sie verloren, fügen Sie Ihre Konten erneut hinzu, und sonst nichts.</translation>
    </message>
    <message>
        <source>Create the key store</source>
        <translation>Schlüsselspeicher anlegen</translation>
    </message>
    <message>
        <source>Open the key store</source>
        <translation>Schlüsselspeicher öffnen</translation>
    </message>
    <message>
        <source>There is no keyring service here; secrets are in an encrypted file.</source>
        <translation>Hier gibt es keinen Schlüsselbund-Dienst; Geheimnisse liegen in einer verschlüsselten Datei.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>Passphrase eingeben</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>Mindestens %Ln Zeichen; am besten ein paar Wörter</numerusform>
            <numerusform>Mindestens %Ln Zeichen; am besten ein paar Wörter</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the same twice, so that a slip of the finger cannot lock you out</source>
        <translation>Geben Sie zweimal dasselbe ein, damit ein Vertippen Sie nicht aussperrt</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview of {name}</source>
        <translation>Vorschau von {name}</translation>
    </message>
</context>
<context>
    <name>PictureControls</name>
    <message>
        <source>Turn (degrees)</source>
        <translation>Drehung (Grad)</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>Multiplizieren</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Negativ multiplizieren</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Überlagerung</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>Mischmodus</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Repeat all over</source>
        <translation>Überall wiederholen</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Where it went</source>
        <translation>Wohin es ging</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>%Ln veraltet</numerusform>
            <numerusform>%Ln veraltet</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>Das System hat kein Programm, um {path} zu öffnen.</translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message>
        <source>Getting files ready</source>
        <translation>Dateien werden vorbereitet</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>%Ln Datei wird vorbereitet…</numerusform>
            <numerusform>%Ln Dateien werden vorbereitet…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>Wird abgelegt, sobald %Ln Datei bereit ist. Esc bricht ab.</numerusform>
            <numerusform>Wird abgelegt, sobald %Ln Dateien bereit sind. Esc bricht ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
</context>
<context>
    <name>PoliciesDialog</name>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Ändern…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Sichern</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>What {account} demands</source>
        <translation>Was {account} verlangt</translation>
    </message>
    <message>
        <source>Every policy that holds for a master counts: stages add up, and the stricter wins. They are asked for before anything leaves, whoever sends it.</source>
        <translation>Jede Richtlinie, die für eine Masterdatei gilt, zählt: Stufen kommen zusammen, und das Strengere gilt. Sie werden geprüft, bevor etwas hinausgeht, wer auch immer es sendet.</translation>
    </message>
    <message>
        <source>&amp;New Policy…</source>
        <translation>&amp;Neue Richtlinie…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>No policy holds: an approval of the master is enough.</source>
        <translation>Es gilt keine Richtlinie: Eine Freigabe der Masterdatei genügt.</translation>
    </message>
    <message>
        <source>each rendition</source>
        <translation>jede Variante</translation>
    </message>
    <message>
        <source>files, too</source>
        <translation>auch Dateien</translation>
    </message>
    <message>
        <source>filled in: {fields}</source>
        <translation>ausgefüllt: {fields}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>an approval</source>
        <translation>eine Freigabe</translation>
    </message>
    <message>
        <source>Import policies</source>
        <translation>Richtlinien importieren</translation>
    </message>
    <message>
        <source>Export policies</source>
        <translation>Richtlinien exportieren</translation>
    </message>
    <message>
        <source>{file}: written</source>
        <translation>{file}: geschrieben</translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message>
        <source>Policies are those of a Cloudinary account. Add one first.</source>
        <translation>Richtlinien gehören zu einem Cloudinary-Konto. Fügen Sie zuerst eines hinzu.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>%Ln Asset wird wieder zurückgehalten; es ist aufgezeichnet.</numerusform>
            <numerusform>%Ln Assets werden wieder zurückgehalten; es ist aufgezeichnet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>%Ln Asset wurde durchgelassen; es ist aufgezeichnet.</numerusform>
            <numerusform>%Ln Assets wurden durchgelassen; es ist aufgezeichnet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Each &amp;rendition needs an approval of its own</source>
        <translation>Jede &amp;Variante braucht eine eigene Freigabe</translation>
    </message>
    <message>
        <source>The &amp;gate is asked of files that are taken out, too</source>
        <translation>Die &amp;Freigabeprüfung gilt auch für Dateien, die herausgegeben werden</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>Neue Richtlinie</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>An empty line limits nothing. Channels and markets are those of renditions: a push of a master has neither yet. Several words have commas in between, and who decides in several stages semicolons.</source>
        <translation>Eine leere Zeile schränkt nichts ein. Kanäle und Märkte sind die von Varianten: Die Übertragung einer Masterdatei hat noch keines von beiden. Zwischen mehreren Wörtern stehen Kommas, und zwischen denen, die in mehreren Stufen entscheiden, Semikolons.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>&amp;Tags</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Kanäle</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>&amp;Märkte</translation>
    </message>
    <message>
        <source>&amp;Stages that approve</source>
        <translation>&amp;Stufen, die freigeben</translation>
    </message>
    <message>
        <source>&amp;Who decides in a stage</source>
        <translation>&amp;Wer in einer Stufe entscheidet</translation>
    </message>
    <message>
        <source>Roles that may &amp;override</source>
        <translation>Rollen, die durchlassen &amp;dürfen</translation>
    </message>
    <message>
        <source>Required fields</source>
        <translation>Pflichtfelder</translation>
    </message>
    <message>
        <source>Required in &amp;languages</source>
        <translation>Pflicht in S&amp;prachen</translation>
    </message>
    <message>
        <source>An approval is &amp;kept below a difference of</source>
        <translation>Freigabe &amp;bleibt bei einem Unterschied unter</translation>
    </message>
    <message>
        <source>Nothing leaves in which this is empty</source>
        <translation>Nichts geht hinaus, worin dies leer ist</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
</context>
<context>
    <name>Preloading</name>
    <message>
        <source>There is no picture of this file</source>
        <translation>Von dieser Datei gibt es kein Bild</translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message>
        <source>Save all the same</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>“{preset}” was saved.</source>
        <translation>„{preset}“ wurde gespeichert.</translation>
    </message>
    <message>
        <source>{preset} (copy)</source>
        <translation>{preset} (Kopie)</translation>
    </message>
    <message>
        <source>“{preset}” was duplicated.</source>
        <translation>„{preset}“ wurde dupliziert.</translation>
    </message>
    <message>
        <source>“{preset}” was deleted.</source>
        <translation>„{preset}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>Trotzdem löschen</translation>
    </message>
    <message>
        <source>Of {assets}. Their addresses go on showing what they show now; what is made from now on is different.</source>
        <translation>Von {assets}. Ihre Adressen zeigen weiter, was sie jetzt zeigen; was von jetzt an entsteht, ist anders.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>%Ln veröffentlichte Variante bleibt zurück</numerusform>
            <numerusform>%Ln veröffentlichte Varianten bleiben zurück</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Rendition set</source>
        <translation>Variantensatz</translation>
    </message>
    <message>
        <source>Presets of your choice</source>
        <translation>Presets nach Wahl</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>Eine Variante wird erzeugt.</numerusform>
            <numerusform>%Ln Varianten werden erzeugt.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is being written.</source>
        <translation>{file} wird geschrieben.</translation>
    </message>
</context>
<context>
    <name>PresetFields</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Sommerbanner 1200 × 630</translation>
    </message>
    <message>
        <source>Everywhere; or DE, US-CA, EMEA</source>
        <translation>Überall; oder DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>All; or de, pt-BR</source>
        <translation>Alle; oder de, pt-BR</translation>
    </message>
    <message>
        <source>E&amp;xactly, not at most</source>
        <translation>G&amp;enau, nicht höchstens</translation>
    </message>
    <message>
        <source>Any; or jpg, png</source>
        <translation>Alle; oder jpg, png</translation>
    </message>
    <message>
        <source>As the master</source>
        <translation>Wie die Masterdatei</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>beliebige Größe</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Kanal</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>&amp;Märkte</translation>
    </message>
    <message>
        <source>&amp;Languages</source>
        <translation>&amp;Sprachen</translation>
    </message>
    <message>
        <source>Pi&amp;xels the channel asks for</source>
        <translation>Pi&amp;xel, die der Kanal verlangt</translation>
    </message>
    <message>
        <source>Lar&amp;gest file</source>
        <translation>&amp;Größte Datei</translation>
    </message>
    <message>
        <source>Formats it ta&amp;kes</source>
        <translation>Angenommene F&amp;ormate</translation>
    </message>
</context>
<context>
    <name>PresetForm</name>
    <message>
        <source>New preset</source>
        <translation>Neues Preset</translation>
    </message>
    <message>
        <source>Change preset</source>
        <translation>Preset ändern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>T&amp;ransformation</source>
        <translation>T&amp;ransformation</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Keine Vorschau</translation>
    </message>
</context>
<context>
    <name>PresetKeeping</name>
    <message>
        <source>Taken back: {act}</source>
        <translation>Rückgängig gemacht: {act}</translation>
    </message>
</context>
<context>
    <name>PresetPreviews</name>
    <message>
        <source>Its texts come from a market table: {names}</source>
        <translation>Die Texte kommen aus einer Markttabelle: {names}</translation>
    </message>
</context>
<context>
    <name>PresetSaving</name>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>There is a preset of this name. Sets that use it make what you see here from now on; its format, markets and languages, and what its channel asks for, stay.</source>
        <translation>Es gibt schon ein Preset dieses Namens. Sätze, die es verwenden, erzeugen von nun an, was Sie hier sehen; Format, Märkte und Sprachen und was der Kanal verlangt, bleiben.</translation>
    </message>
    <message>
        <source>Replace the steps of “{preset}”?</source>
        <translation>Die Schritte von „{preset}“ ersetzen?</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets and sets</source>
        <translation>Presets und Sätze</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>A preset is a transformation with a purpose; a set is what one needs.</source>
        <translation>Ein Preset ist eine Transformation mit einem Zweck; ein Satz ist, was man davon zusammen braucht.</translation>
    </message>
    <message>
        <source>Shown on {name}.</source>
        <translation>Gezeigt an {name}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Bei Cloudinary</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>Rückgängig machen: {act}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Nach {file} geschrieben.</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>{file} wurde importiert.</translation>
    </message>
    <message>
        <source>Replace what is here?</source>
        <translation>Ersetzen, was hier ist?</translation>
    </message>
    <message>
        <source>{names} exist already and say something else. They take over what the file says; you can undo it.</source>
        <translation>{names} gibt es schon, und sie sagen etwas anderes. Sie übernehmen, was die Datei sagt; das lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Presets importieren</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Presets (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Presets exportieren</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Search presets</source>
        <translation>Presets suchen</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Presets</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Neu…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Ändern…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>Open in the &amp;studio</source>
        <translation>Im &amp;Studio öffnen</translation>
    </message>
    <message>
        <source>In {sets}</source>
        <translation>In {sets}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>Eine Variante damit veröffentlicht</numerusform>
            <numerusform>%Ln Varianten damit veröffentlicht</numerusform>
        </translation>
    </message>
    <message>
        <source>The presets are in another order.</source>
        <translation>Die Presets stehen in anderer Reihenfolge.</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Choose one asset in the window to see what presets make of it.</source>
        <translation>Wählen Sie im Fenster ein Asset, um zu sehen, was Presets daraus machen.</translation>
    </message>
    <message>
        <source>Is being made…</source>
        <translation>Wird erzeugt…</translation>
    </message>
    <message>
        <source>Of {name}</source>
        <translation>Von {name}</translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message>
        <source>Publish to “{name}”</source>
        <translation>In „{name}“ veröffentlichen</translation>
    </message>
    <message>
        <source>No content type of this stack has a field that takes pictures.</source>
        <translation>Kein Inhaltstyp dieses Stacks hat ein Feld, das Bilder aufnimmt.</translation>
    </message>
    <message>
        <source>No renditions were made of the chosen assets yet. Have them made in the cloud first, with “Publish Renditions”.</source>
        <translation>Von den ausgewählten Assets wurden noch keine Varianten erzeugt. Lassen Sie sie zuerst mit „Varianten veröffentlichen“ in der Cloud erzeugen.</translation>
    </message>
    <message>
        <source>None of the renditions may be published now. Below it says why.</source>
        <translation>Keine der Varianten darf jetzt veröffentlicht werden. Darunter steht, warum.</translation>
    </message>
    <message>
        <source>A part of its title</source>
        <translation>Ein Teil seines Titels</translation>
    </message>
    <message>
        <source>Only where several Cloudinary ones are in use</source>
        <translation>Nur, wo mehrere von Cloudinary in Gebrauch sind</translation>
    </message>
    <message>
        <source>Content &amp;type</source>
        <translation>Inhalts&amp;typ</translation>
    </message>
    <message>
        <source>&amp;Find an entry</source>
        <translation>Eintrag &amp;suchen</translation>
    </message>
    <message>
        <source>&amp;Entry</source>
        <translation>&amp;Eintrag</translation>
    </message>
    <message>
        <source>F&amp;ield</source>
        <translation>&amp;Feld</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>&amp;Konfiguration</translation>
    </message>
    <message>
        <source>Locales</source>
        <translation>Sprachversionen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Choose an entry</source>
        <translation>Eintrag wählen</translation>
    </message>
    <message>
        <source>No entry has that in its title</source>
        <translation>Kein Eintrag hat das im Titel</translation>
    </message>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>In %Ln Sprachversion veröffentlichen</numerusform>
            <numerusform>In %Ln Sprachversionen veröffentlichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>{name} is asked what there is…</source>
        <translation>{name} wird gefragt, was es gibt…</translation>
    </message>
    <message>
        <source>The gate and the entry are asked…</source>
        <translation>Freigabeprüfung und Eintrag werden abgefragt…</translation>
    </message>
</context>
<context>
    <name>PushForm</name>
    <message>
        <source>The top of the media library</source>
        <translation>Die oberste Ebene der Mediathek</translation>
    </message>
    <message>
        <source>spring, lookbook</source>
        <translation>Frühling, Lookbook</translation>
    </message>
    <message>
        <source>Separate tags with commas</source>
        <translation>Tags mit Kommas trennen</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Weitere Optionen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>The name of a signed upload preset of this product environment</source>
        <translation>Der Name eines signierten Upload-Presets dieser Produktumgebung</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>&amp;Zielordner</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>&amp;Tags</translation>
    </message>
    <message>
        <source>Upload &amp;preset</source>
        <translation>Upload-&amp;Preset</translation>
    </message>
</context>
<context>
    <name>PushMetadata</name>
    <message>
        <source>Structured &amp;metadata</source>
        <translation>Str&amp;ukturierte Metadaten</translation>
    </message>
    <message>
        <source>Everything that is sent gets these values</source>
        <translation>Alles, was gesendet wird, erhält diese Werte</translation>
    </message>
    <message>
        <source>Choose a field…</source>
        <translation>Feld wählen…</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Wert hinzufügen</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Von einer Regel abgeschaltet, wegen der Werte anderer Felder.</translation>
    </message>
</context>
<context>
    <name>PushOptions</name>
    <message>
        <source>If &amp;delivered before</source>
        <translation>&amp;Falls schon ausgeliefert</translation>
    </message>
    <message>
        <source>Replace the earlier one</source>
        <translation>Frühere ersetzen</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Beide behalten</translation>
    </message>
    <message>
        <source>Leave the earlier one</source>
        <translation>Frühere belassen</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public &amp;ID</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>File name, always unique</source>
        <translation>Dateiname, stets eindeutig</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Display &amp;name</source>
        <translation>Anzeige&amp;name</translation>
    </message>
    <message>
        <source>As in the public ID</source>
        <translation>Wie in der Public ID</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>Zug&amp;riff</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Everybody, while the rights hold</source>
        <translation>Alle, solange die Rechte gelten</translation>
    </message>
    <message>
        <source>With a token only</source>
        <translation>Nur mit Token</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>Auslieferungst&amp;yp</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Öffentlich</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>Privates Original</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Authentifiziert</translation>
    </message>
    <message>
        <source>M&amp;oderation</source>
        <translation>&amp;Moderation</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>By a person, in Cloudinary</source>
        <translation>Durch eine Person, in Cloudinary</translation>
    </message>
    <message>
        <source>campaign=spring, season=2027</source>
        <translation>kampagne=frühling, saison=2027</translation>
    </message>
    <message>
        <source>Pairs of name and value, separated by commas</source>
        <translation>Paare aus Name und Wert, mit Kommas getrennt</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>&amp;Kontext</translation>
    </message>
    <message>
        <source>Presets or sets, separated by commas; Cloudinary makes them at once</source>
        <translation>Presets oder Sätze, mit Kommas getrennt; Cloudinary erzeugt sie sofort</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>&amp;Varianten</translation>
    </message>
    <message>
        <source>Markets and &amp;languages</source>
        <translation>Märkte und &amp;Sprachen</translation>
    </message>
    <message>
        <source>This product environment has fixed folders: it shows the public ID</source>
        <translation>Diese Produktumgebung hat feste Ordner: Sie zeigt die Public ID</translation>
    </message>
</context>
<context>
    <name>PushSheet</name>
    <message>
        <source>Push</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Was geschehen wird</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Konto hinzufügen…</translation>
    </message>
    <message>
        <source>Which Cloudinary?</source>
        <translation>Welches Cloudinary?</translation>
    </message>
    <message>
        <source>There is no Cloudinary account here yet. Add one, and this push goes on where it is now. Nothing is sent before you have seen the plan.</source>
        <translation>Hier gibt es noch kein Cloudinary-Konto. Fügen Sie eines hinzu, und diese Übertragung geht dort weiter, wo sie jetzt steht. Nichts wird gesendet, bevor Sie den Plan gesehen haben.</translation>
    </message>
    <message>
        <source>Push to {environment}</source>
        <translation>Übertragen an {environment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>%Ln Asset betrachtet</numerusform>
            <numerusform>%Ln Assets betrachtet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>%Ln Asset übertragen ({size})</numerusform>
            <numerusform>%Ln Assets übertragen ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>%Ln API-Aufruf</numerusform>
            <numerusform>%Ln API-Aufrufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>%Ln abgeleitetes Asset</numerusform>
            <numerusform>%Ln abgeleitete Assets</numerusform>
        </translation>
    </message>
    <message>
        <source>It will be sent.</source>
        <translation>Es wird gesendet.</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>%Ln Asset wird gesendet.</numerusform>
            <numerusform>Alle %Ln Assets werden gesendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>{sending} von %Ln Asset werden gesendet</numerusform>
            <numerusform>{sending} von %Ln Assets werden gesendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln zurückgehalten</numerusform>
            <numerusform>%Ln zurückgehalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>%Ln schon dort oder unterwegs</numerusform>
            <numerusform>%Ln schon dort oder unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be pushed…</source>
        <translation>Wird notiert, was zu übertragen ist…</translation>
    </message>
    <message>
        <source>Comparing with what is there…</source>
        <translation>Wird mit dem Vorhandenen verglichen…</translation>
    </message>
    <message>
        <source>Nothing can be sent: each of them is held back</source>
        <translation>Es kann nichts gesendet werden: Alles wird zurückgehalten</translation>
    </message>
    <message>
        <source>Nothing to send: what is allowed is there already, or on its way</source>
        <translation>Nichts zu senden: Was erlaubt ist, ist schon dort oder unterwegs</translation>
    </message>
    <message>
        <source>Nothing to send: all of it is there already, or on its way</source>
        <translation>Nichts zu senden: Alles ist schon dort oder unterwegs</translation>
    </message>
    <message>
        <source>You are offline: these go out when the connection is back.</source>
        <translation>Sie sind offline: Diese gehen hinaus, sobald die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>You work offline: these go out when you go online again.</source>
        <translation>Sie arbeiten offline: Diese gehen hinaus, wenn Sie wieder online gehen.</translation>
    </message>
    <message>
        <source>Pushing is paused: these wait in the queue until you go on.</source>
        <translation>Das Übertragen ist angehalten: Diese warten, bis Sie fortfahren.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>%Ln ausgeliefertes Asset ersetzen?</numerusform>
            <numerusform>%Ln ausgelieferte Assets ersetzen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Their new versions take their places: the same addresses then show them, everywhere. To keep the earlier ones as well, choose Keep both.</source>
        <translation>Neue Versionen treten an ihre Stelle: Dieselben Adressen zeigen dann überall diese. Um auch die früheren zu behalten, wählen Sie „Beide behalten“.</translation>
    </message>
    <message>
        <source>Nothing can be sent before what is marked is right</source>
        <translation>Erst wenn das Markierte stimmt, kann gesendet werden</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
</context>
<context>
    <name>QuestionRows</name>
    <message>
        <source>Saved reports</source>
        <translation>Gespeicherte Berichte</translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>%Ln zu prüfen</numerusform>
            <numerusform>%Ln zu prüfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln überfällig</numerusform>
            <numerusform>%Ln überfällig</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message>
        <source>Pushes</source>
        <translation>Übertragungen</translation>
    </message>
    <message>
        <source>Copying into libraries</source>
        <translation>Kopieren in Bibliotheken</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>Channel kits</source>
        <translation>Kanal-Kits</translation>
    </message>
    <message>
        <source>Archives of campaigns</source>
        <translation>Archive von Kampagnen</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Decisions that others are told</source>
        <translation>Weiterzugebende Entscheidungen</translation>
    </message>
    <message>
        <source>Changes at Cloudinary</source>
        <translation>Änderungen bei Cloudinary</translation>
    </message>
    <message>
        <source>Telling other systems</source>
        <translation>Benachrichtigen anderer Systeme</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} von {total}</translation>
    </message>
    <message>
        <source>Waits for the connection, and goes on by itself</source>
        <translation>Wartet auf die Verbindung und geht von selbst weiter</translation>
    </message>
    <message>
        <source>Waits for the account: log in again, or mend its key</source>
        <translation>Wartet auf das Konto: neu anmelden oder den Schlüssel korrigieren</translation>
    </message>
    <message>
        <source>Waits until files have been read</source>
        <translation>Wartet, bis Dateien eingelesen sind</translation>
    </message>
    <message>
        <source>Waits, and goes on by itself</source>
        <translation>Wartet und geht von selbst weiter</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln erledigt</numerusform>
            <numerusform>%Ln erledigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>%Ln fehlgeschlagen: Den Grund nennen die Übertragungen</numerusform>
            <numerusform>%Ln fehlgeschlagen: Die Gründe nennen die Übertragungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>%Ln abgebrochen</numerusform>
            <numerusform>%Ln abgebrochen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
        <translation>Zuletzt verwendet</translation>
    </message>
</context>
<context>
    <name>RelateDialog</name>
    <message>
        <source>Relate assets to “{name}”</source>
        <translation>Assets mit „{name}“ verbinden</translation>
    </message>
    <message>
        <source>Related assets know each other, whichever of them one looks at.</source>
        <translation>Verbundene Assets kennen einander, von welchem man auch schaut.</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Search this environment</source>
        <translation>Diese Umgebung durchsuchen</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Assets</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>RelatedCard</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Relate…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>Related assets</source>
        <translation>Verbundene Assets</translation>
    </message>
    <message>
        <source>Show related assets</source>
        <translation>Verbundene Assets zeigen</translation>
    </message>
    <message>
        <source>Relate other assets to this one</source>
        <translation>Andere Assets mit diesem verbinden</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>Bisher keine.</translation>
    </message>
    <message>
        <source>No longer related</source>
        <translation>Nicht mehr verbunden</translation>
    </message>
    <message>
        <source>End the relation to {name}</source>
        <translation>Die Verbindung mit {name} lösen</translation>
    </message>
</context>
<context>
    <name>RenditionCard</name>
    <message>
        <source>Comes from delivery…</source>
        <translation>Kommt aus der Auslieferung…</translation>
    </message>
    <message>
        <source>Copy the {what} of {preset}</source>
        <translation>{what} von {preset} kopieren</translation>
    </message>
    <message>
        <source>What came cannot be shown.</source>
        <translation>Was ankam, lässt sich nicht anzeigen.</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % kleiner</translation>
    </message>
    <message>
        <source>The picture comes when the connection is back. The address is good.</source>
        <translation>Das Bild kommt, sobald die Verbindung wieder da ist. Die Adresse stimmt.</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>URL kopiert</translation>
    </message>
    <message>
        <source>HTML copied</source>
        <translation>HTML kopiert</translation>
    </message>
    <message>
        <source>Markdown copied</source>
        <translation>Markdown kopiert</translation>
    </message>
    <message>
        <source>Drag it into another program</source>
        <translation>In ein anderes Programm ziehen</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Open {preset} in the browser</source>
        <translation>{preset} im Browser öffnen</translation>
    </message>
</context>
<context>
    <name>RenditionsPanel</name>
    <message>
        <source>Push…</source>
        <translation>Übertragen…</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>Variantensatz</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>Alle Presets</translation>
    </message>
    <message>
        <source>May not be delivered</source>
        <translation>Darf nicht ausgeliefert werden</translation>
    </message>
    <message>
        <source>No renditions</source>
        <translation>Keine Varianten</translation>
    </message>
    <message>
        <source>Select one asset to see how it is delivered.</source>
        <translation>Wählen Sie ein Asset, um zu sehen, wie es ausgeliefert wird.</translation>
    </message>
    <message>
        <source>Not pushed yet</source>
        <translation>Noch nicht übertragen</translation>
    </message>
    <message>
        <source>Renditions are made from the copy in Cloudinary. Push this asset, and they appear here.</source>
        <translation>Varianten entstehen aus der Kopie in Cloudinary. Übertragen Sie dieses Asset, dann erscheinen sie hier.</translation>
    </message>
    <message>
        <source>Changed since it was pushed</source>
        <translation>Seit der Übertragung geändert</translation>
    </message>
    <message>
        <source>Delivered as it is</source>
        <translation>Wird unverändert ausgeliefert</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>Cloudinary erzeugt Varianten von Bildern und Videos. Diese Datei wird unverändert ausgeliefert.</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>What was replaced</source>
        <translation>Was ersetzt wurde</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Replacements</name>
    <message>
        <source>Show…</source>
        <translation>Anzeigen…</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>The table behind the chart</source>
        <translation>Die Tabelle hinter dem Diagramm</translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Es gibt noch kein Konto. Fügen Sie zuerst eines hinzu.</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>Ansehen…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>%Ln ausgelieferte Kopie darf nicht mehr zu sehen sein. Sie wird erst zurückgezogen, wenn Sie sie angesehen haben.</numerusform>
            <numerusform>%Ln ausgelieferte Kopien dürfen nicht mehr zu sehen sein. Sie werden erst zurückgezogen, wenn Sie sie angesehen haben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>Was von %Ln ausgelieferter Kopie zu sehen sein darf, wird gerade geändert.</numerusform>
            <numerusform>Was von %Ln ausgelieferten Kopien zu sehen sein darf, wird gerade geändert.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message>
        <source>Retractions in {account}</source>
        <translation>Auslieferungen in {account} zurückziehen</translation>
    </message>
    <message>
        <source>Looking at what is delivered…</source>
        <translation>Es wird nachgesehen, was ausgeliefert ist…</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Zu tun</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>Zu tun (%Ln)</numerusform>
            <numerusform>Zu tun (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>Erledigt (%Ln)</numerusform>
            <numerusform>Erledigt (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>%Ln ausgelieferte Kopie darf nicht mehr zu sehen sein.</numerusform>
            <numerusform>%Ln ausgelieferte Kopien dürfen nicht mehr zu sehen sein.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>%Ln Variante darf nicht mehr zu sehen sein.</numerusform>
            <numerusform>%Ln Varianten dürfen nicht mehr zu sehen sein.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>%Ln ist wieder erlaubt.</numerusform>
            <numerusform>%Ln sind wieder erlaubt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that is delivered may be seen.</source>
        <translation>Alles, was ausgeliefert ist, darf zu sehen sein.</translation>
    </message>
    <message>
        <source>That is much at once. Nothing is taken away before you have looked at the names.</source>
        <translation>Das ist viel auf einmal. Nichts wird zurückgezogen, bevor Sie die Namen angesehen haben.</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln away</source>
        <translation>
            <numerusform>%Ln zurückziehen</numerusform>
            <numerusform>%Ln zurückziehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %Ln back</source>
        <translation>
            <numerusform>%Ln wieder ausliefern</numerusform>
            <numerusform>%Ln wieder ausliefern</numerusform>
        </translation>
    </message>
    <message>
        <source>it is allowed again</source>
        <translation>es ist wieder erlaubt</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Wieder ausliefern</translation>
    </message>
    <message>
        <source>{name}, rendition {preset}</source>
        <translation>{name}, Variante {preset}</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>Noch nicht nachgewiesen</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>Zurückgezogen</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Wieder ausgeliefert</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>Nicht angerührt</translation>
    </message>
    <message>
        <source>Was gone</source>
        <translation>War schon weg</translation>
    </message>
</context>
<context>
    <name>ReviewErrands</name>
    <message>
        <source>There is nothing to review here.</source>
        <translation>Hier gibt es nichts zu prüfen.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>{row} of {count}  ·  {decided} decided</source>
        <translation>{row} von {count}  ·  {decided} entschieden</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <source>Compare below a line (V)</source>
        <translation>An einer Trennlinie vergleichen (V)</translation>
    </message>
    <message>
        <source>Onion skin (V)</source>
        <translation>Überblendung (V)</translation>
    </message>
    <message>
        <source>Difference (V)</source>
        <translation>Unterschied (V)</translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>Prüfpaket von %Ln Asset</numerusform>
            <numerusform>Prüfpaket von %Ln Assets</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Die &amp;Masterdateien</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Diese &amp;Varianten</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Write Pack</source>
        <translation>Paket schreiben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Pictures and a page that opens in any browser. What comes back of it is a file with verdicts and comments, for “Import Verdicts”.</source>
        <translation>Bilder und eine Seite, die sich in jedem Browser öffnet. Zurück kommt eine Datei mit Urteilen und Kommentaren, für „Urteile importieren“.</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>Worauf soll geachtet werden?</translation>
    </message>
    <message>
        <source>The whole review</source>
        <translation>Die ganze Prüfung</translation>
    </message>
    <message>
        <source>What the verdicts that come back decide</source>
        <translation>Was die Urteile entscheiden, die zurückkommen</translation>
    </message>
    <message>
        <source>A name that ends in .zip makes a ZIP, any other a folder</source>
        <translation>Ein Name, der auf .zip endet, ergibt ein ZIP, jeder andere einen Ordner</translation>
    </message>
    <message>
        <source>Choose where the pack is written to</source>
        <translation>Wählen, wohin das Paket geschrieben wird</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>&amp;Where to</source>
        <translation>&amp;Wohin</translation>
    </message>
    <message>
        <source>They decide the &amp;stage</source>
        <translation>Sie entscheiden die &amp;Stufe</translation>
    </message>
    <message>
        <source>Write the review pack to</source>
        <translation>Prüfpaket schreiben nach</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>ZIP-Dateien (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {whole} pictures</source>
        <translation>{done} von {whole} Bildern</translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message>
        <source>Import verdicts</source>
        <translation>Urteile importieren</translation>
    </message>
    <message>
        <source>Verdicts (*.json)</source>
        <translation>Urteile (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>{name} enthält %Ln Bild.</numerusform>
            <numerusform>{name} enthält %Ln Bilder.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln Bild ist nicht im Paket. {name}: {why}</numerusform>
            <numerusform>%Ln Bilder sind nicht im Paket. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>%Ln Film ist als einzelnes Bild im Paket. {name}: {why}</numerusform>
            <numerusform>%Ln Filme sind als je ein einzelnes Bild im Paket. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln Urteil</numerusform>
            <numerusform>%Ln Urteile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln Kommentar</numerusform>
            <numerusform>%Ln Kommentare</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded of {name}: {what}.</source>
        <translation>Aufgezeichnet von {name}: {what}.</translation>
    </message>
</context>
<context>
    <name>ReviewPackImportDialog</name>
    <message>
        <source>Import verdicts</source>
        <translation>Urteile importieren</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>What will be recorded</source>
        <translation>Was aufgezeichnet wird</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Verdicts of {name} on “{pack}”</source>
        <translation>Urteile von {name} zu „{pack}“</translation>
    </message>
    <message>
        <source>Recorded as decisions and comments of {who}.</source>
        <translation>Aufgezeichnet als Entscheidungen und Kommentare von {who}.</translation>
    </message>
    <message>
        <source>This file was imported on {moment}: there is nothing new in it.</source>
        <translation>Diese Datei wurde schon importiert ({moment}): Sie enthält nichts Neues.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>%Ln davon kann nicht aufgezeichnet werden; der Grund steht dabei.</numerusform>
            <numerusform>%Ln davon können nicht aufgezeichnet werden; der Grund steht jeweils dabei.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>Diese Datei enthält nichts Neues.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln Kommentar: {text}</numerusform>
            <numerusform>%Ln Kommentare: {text}</numerusform>
        </translation>
    </message>
    <message>
        <source>On record already</source>
        <translation>Schon aufgezeichnet</translation>
    </message>
    <message>
        <source>Comments only</source>
        <translation>Nur Kommentare</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Zurückgehalten</translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message>
        <source>Review queue</source>
        <translation>Prüfwarteschlange</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln zu entscheiden</numerusform>
            <numerusform>%Ln zu entscheiden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln überfällig</numerusform>
            <numerusform>%Ln überfällig</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}: %Ln Bild wartet auf {reviewers}.</numerusform>
            <numerusform>{title}: %Ln Bilder warten auf {reviewers}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message>
        <source>Close Request…</source>
        <translation>Anfrage schließen…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Review Pack…</source>
        <translation>Prüfpaket…</translation>
    </message>
    <message>
        <source>Look at Moderation Now</source>
        <translation>Moderation jetzt abfragen</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Für wen</translation>
    </message>
    <message>
        <source>Whose queue is shown</source>
        <translation>Wessen Warteschlange gezeigt wird</translation>
    </message>
    <message>
        <source>Review requests</source>
        <translation>Prüfanfragen</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>Zu entscheiden</translation>
    </message>
    <message>
        <source>Hand these pictures to somebody who has no account</source>
        <translation>Diese Bilder jemandem ohne Konto geben</translation>
    </message>
    <message>
        <source>Ask Cloudinary what waits for a moderator</source>
        <translation>Cloudinary fragen, was auf Moderation wartet</translation>
    </message>
    <message>
        <source>You ({name})</source>
        <translation>Sie ({name})</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln zu entscheiden</numerusform>
            <numerusform>%Ln zu entscheiden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln überfällig</numerusform>
            <numerusform>%Ln überfällig</numerusform>
        </translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>Ohne Frist</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>noch %Ln</numerusform>
            <numerusform>noch %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Nothing here waits for this person.</source>
        <translation>Hier wartet nichts auf diese Person.</translation>
    </message>
    <message>
        <source>{who} asks {reviewers}</source>
        <translation>{who} fragt {reviewers}</translation>
    </message>
    <message>
        <source>Close “{title}”?</source>
        <translation>„{title}“ schließen?</translation>
    </message>
    <message>
        <source>Nobody is asked to look at it any more. What was decided stays.</source>
        <translation>Niemand wird mehr gebeten, es anzusehen. Was entschieden wurde, bleibt.</translation>
    </message>
    <message>
        <source>Close Request</source>
        <translation>Anfrage schließen</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>Offen lassen</translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>Prüfung von %Ln Asset anfordern</numerusform>
            <numerusform>Prüfung von %Ln Assets anfordern</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Die &amp;Masterdateien</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Diese &amp;Varianten</translation>
    </message>
    <message>
        <source>&amp;Due</source>
        <translation>&amp;Fällig</translation>
    </message>
    <message>
        <source>Ask for Review</source>
        <translation>Prüfung anfordern</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>Worum geht es?</translation>
    </message>
    <message>
        <source>Due date and time</source>
        <translation>Frist mit Datum und Uhrzeit</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>Worauf soll geachtet werden?</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Re&amp;viewers</source>
        <translation>&amp;Prüfende</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} und %Ln weiteres</numerusform>
            <numerusform>{name} und %Ln weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>%Ln Bild anzusehen</numerusform>
            <numerusform>%Ln Bilder anzusehen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>{title}: review</source>
        <translation>{title}: Prüfung</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>RightsCalendar</name>
    <message>
        <source>Rights calendar</source>
        <translation>Rechtekalender</translation>
    </message>
    <message>
        <source>What begins and ends next, by the files and by what is claimed.</source>
        <translation>Was als Nächstes beginnt und endet, nach den Dateien und nach dem, was festgelegt ist.</translation>
    </message>
    <message>
        <source>What &amp;begins, too</source>
        <translation>Auch, was &amp;beginnt</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>In der Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Rights…</source>
        <translation>Rechte…</translation>
    </message>
    <message>
        <source>What begins and ends</source>
        <translation>Was beginnt und endet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nothing begins or ends in these three months.</source>
        <translation>In diesen drei Monaten beginnt oder endet nichts.</translation>
    </message>
</context>
<context>
    <name>RightsDocumentsList</name>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>{kind}…</source>
        <translation>{kind}…</translation>
    </message>
    <message>
        <source>Attach a document</source>
        <translation>Dokument anhängen</translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>Rechte an %Ln Asset</numerusform>
            <numerusform>Rechte an %Ln Assets</numerusform>
        </translation>
    </message>
    <message>
        <source>A claim never widens what a file says: of both, the stricter holds.</source>
        <translation>Eine Festlegung erweitert nie, was eine Datei angibt: Von beidem gilt das Strengere.</translation>
    </message>
    <message>
        <source>Save as Template…</source>
        <translation>Als Vorlage sichern…</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Festlegen</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Fill the form with what a template says</source>
        <translation>Das Formular mit dem Inhalt einer Vorlage füllen</translation>
    </message>
    <message>
        <source>What was claimed</source>
        <translation>Was festgelegt wurde</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>These assets are not there any more.</source>
        <translation>Diese Assets sind nicht mehr da.</translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>Verlauf (%Ln)</numerusform>
            <numerusform>Verlauf (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that you do not touch stay as they are in each.</source>
        <translation>Felder, die nicht angerührt werden, bleiben bei jedem Asset, wie sie sind.</translation>
    </message>
    <message>
        <source>Rights in “{name}”</source>
        <translation>Rechte an „{name}“</translation>
    </message>
    <message>
        <source>What holds now: {rights}</source>
        <translation>Was jetzt gilt: {rights}</translation>
    </message>
    <message>
        <source>Template…</source>
        <translation>Vorlage…</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>Als Vorlage sichern</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Name der Vorlage</translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message>
        <source>Calendar…</source>
        <translation>Kalender…</translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>Die Rechte an %Ln Asset enden innerhalb eines Tages: {names}</numerusform>
            <numerusform>Die Rechte an %Ln Assets enden innerhalb eines Tages: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>Die Rechte an %Ln Asset enden innerhalb von {days} Tagen: {names}</numerusform>
            <numerusform>Die Rechte an %Ln Assets enden innerhalb von {days} Tagen: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>Die Rechte an %Ln Asset sind abgelaufen: {names}</numerusform>
            <numerusform>Die Rechte an %Ln Assets sind abgelaufen: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>Die Rechte an %Ln Asset sind vermerkt.</numerusform>
            <numerusform>Die Rechte an %Ln Assets sind vermerkt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsForm</name>
    <message>
        <source>Territories</source>
        <translation>Gebiete</translation>
    </message>
    <message>
        <source>Not in</source>
        <translation>Nicht in</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Not for</source>
        <translation>Nicht für</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>Verschiedene Werte</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>Nichts ist ausgenommen</translation>
    </message>
    <message>
        <source>For everything</source>
        <translation>Für alles</translation>
    </message>
    <message>
        <source>A contract, an e-mail, a person</source>
        <translation>Ein Vertrag, eine E-Mail, eine Person</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Nutzungsbedingungen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>&amp;Bis</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>&amp;Zeitzone</translation>
    </message>
    <message>
        <source>Where and for what</source>
        <translation>Wo und wofür</translation>
    </message>
    <message>
        <source>&amp;Territories</source>
        <translation>&amp;Gebiete</translation>
    </message>
    <message>
        <source>&amp;Not in</source>
        <translation>&amp;Nicht in</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Kanäle</translation>
    </message>
    <message>
        <source>Not f&amp;or</source>
        <translation>Nich&amp;t für</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>&amp;Lizenz</translation>
    </message>
    <message>
        <source>Usa&amp;ge terms</source>
        <translation>Nutz&amp;ungsbedingungen</translation>
    </message>
    <message>
        <source>Cre&amp;dit line</source>
        <translation>Bildna&amp;chweis</translation>
    </message>
    <message>
        <source>Sou&amp;rce</source>
        <translation>&amp;Quelle</translation>
    </message>
    <message>
        <source>Releases and documents</source>
        <translation>Releases und Dokumente</translation>
    </message>
    <message>
        <source>&amp;Model release</source>
        <translation>&amp;Model-Release</translation>
    </message>
    <message>
        <source>&amp;Property release</source>
        <translation>&amp;Property-Release</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
</context>
<context>
    <name>RoleField</name>
    <message>
        <source>brand, legal; left empty: everybody</source>
        <translation>brand, legal; leer: alle</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>Prüfende</translation>
    </message>
    <message>
        <source>Ask {role}</source>
        <translation>{role} fragen</translation>
    </message>
</context>
<context>
    <name>RowTool</name>
    <message>
        <source>More about “{field}”</source>
        <translation>Mehr zu „{field}“</translation>
    </message>
    <message>
        <source>{name} (Ctrl+.)</source>
        <translation>{name} (Strg+.)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Verlauf…</translation>
    </message>
    <message>
        <source>&amp;Copy the Value</source>
        <translation>Wert &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Empty It</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>In Another &amp;Language</source>
        <translation>In anderer &amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>&amp;Andere…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Its tag, such as sv or pt-BR:</source>
        <translation>Ihr Kürzel, etwa sv oder pt-BR:</translation>
    </message>
</context>
<context>
    <name>RuleConditions</name>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>has</source>
        <translation>hat</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>ist ausgefüllt</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Mehrere mit Kommas</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>Verknüpft durch</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>“And” joins more closely than “or”.</source>
        <translation>„Und“ bindet stärker als „oder“.</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>Eine Bedingung hinzufügen</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Diese Bedingung entfernen</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Nur auf Verlangen</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Täglich</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Wöchentlich</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>Monatlich</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Write it</source>
        <translation>&amp;Schreiben</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>&amp;In den Ordner</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>&amp;Als</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It will always be about the same days, {first} – {last}.</source>
        <translation>Er betrifft immer dieselben Tage, {first} – {last}.</translation>
    </message>
    <message>
        <source>It is written while Asset Bridge runs; what was missed, at the start.</source>
        <translation>Er wird geschrieben, während Asset Bridge läuft; Versäumtes beim Start.</translation>
    </message>
    <message>
        <source>Write the report into</source>
        <translation>Bericht schreiben in</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Sommerbanner 1200 × 630</translation>
    </message>
    <message>
        <source>web, social, mail…</source>
        <translation>web, social, mail…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Kanal</translation>
    </message>
    <message>
        <source>Save as a rendition preset</source>
        <translation>Als Varianten-Preset speichern</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>Als Preset speichern</translation>
    </message>
</context>
<context>
    <name>SavedSearchesButton</name>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Searches that have a name</source>
        <translation>Suchen, die einen Namen haben</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>No search has a name yet</source>
        <translation>Noch hat keine Suche einen Namen</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>Diese Suche speichern…</translation>
    </message>
    <message>
        <source>Copy a link, good for a day</source>
        <translation>Link kopieren, einen Tag gültig</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>In eine Datei schreiben…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Aus einer Datei übernehmen…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Suche speichern</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Ein Name für diese Suche; eine gleichen Namens wird ersetzt.</translation>
    </message>
    <message>
        <source>Saved: {names}.</source>
        <translation>Gespeichert: {names}.</translation>
    </message>
    <message>
        <source>Removed: {names}.</source>
        <translation>Entfernt: {names}.</translation>
    </message>
    <message>
        <source>The link is in the clipboard. Whoever has it sees what is found, for a day.</source>
        <translation>Der Link ist in der Zwischenablage. Wer ihn hat, sieht einen Tag lang, was gefunden wird.</translation>
    </message>
    <message>
        <source>Write searches</source>
        <translation>Suchen schreiben</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>Written: {names}.</source>
        <translation>Geschrieben: {names}.</translation>
    </message>
    <message>
        <source>Take searches</source>
        <translation>Suchen übernehmen</translation>
    </message>
    <message>
        <source>Taken from {names}.</source>
        <translation>Aus {names} übernommen.</translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Die Beispielkampagne wird vorbereitet</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} wird gelesen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln Datei gefunden</numerusform>
            <numerusform>%Ln Dateien gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>{read} of {total}</source>
        <translation>{read} von {total}</translation>
    </message>
    <message>
        <source>Stopped; what was read stays.</source>
        <translation>Angehalten; was gelesen ist, bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>%Ln Datei gelesen</numerusform>
            <numerusform>%Ln Dateien gelesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>All days</source>
        <translation>Alle Tage</translation>
    </message>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>Letzter Tag</numerusform>
            <numerusform>Letzte %Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Within 30 days</source>
        <translation>Innerhalb von 30 Tagen</translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>Innerhalb von %Ln Tag</numerusform>
            <numerusform>Innerhalb von %Ln Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>{size} and more</source>
        <translation>{size} und mehr</translation>
    </message>
    <message>
        <source>All libraries</source>
        <translation>Alle Bibliotheken</translation>
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
        <translation>Namen, Titel, Stichwörter, Personen suchen…</translation>
    </message>
    <message>
        <source>Search in {place} …</source>
        <translation>In {place} suchen…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Änderungsdatum</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Aufsteigend</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Absteigend</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>Sortiert nach: {order}</translation>
    </message>
</context>
<context>
    <name>SearchTokens</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide the secret</source>
        <translation>Geheimnis verbergen</translation>
    </message>
    <message>
        <source>Show the secret</source>
        <translation>Geheimnis zeigen</translation>
    </message>
</context>
<context>
    <name>SetForm</name>
    <message>
        <source>Summer campaign</source>
        <translation>Sommerkampagne</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Change set</source>
        <translation>Satz ändern</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>Neuer Satz</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
</context>
<context>
    <name>SetsPage</name>
    <message>
        <source>Sets</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Presets of the set</source>
        <translation>Presets des Satzes</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Neu…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln Preset</numerusform>
            <numerusform>%Ln Presets</numerusform>
        </translation>
    </message>
    <message>
        <source>Presets of “{set}”: tick them, and drag them into their order</source>
        <translation>Presets von „{set}“: ankreuzen und in ihre Reihenfolge ziehen</translation>
    </message>
    <message>
        <source>“{set}” was changed.</source>
        <translation>„{set}“ wurde geändert.</translation>
    </message>
    <message>
        <source>“{set}” was saved.</source>
        <translation>„{set}“ wurde gespeichert.</translation>
    </message>
    <message>
        <source>{set} (copy)</source>
        <translation>{set} (Kopie)</translation>
    </message>
    <message>
        <source>“{set}” was duplicated.</source>
        <translation>„{set}“ wurde dupliziert.</translation>
    </message>
    <message>
        <source>“{set}” was deleted. Its presets stay.</source>
        <translation>„{set}“ wurde gelöscht. Seine Presets bleiben.</translation>
    </message>
    <message>
        <source>The sets are in another order.</source>
        <translation>Die Sätze stehen in anderer Reihenfolge.</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Not made: {reason}</source>
        <translation>Nicht erzeugt: {reason}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
</context>
<context>
    <name>ShelterActions</name>
    <message>
        <source>&amp;Search All of PhotoShelter…</source>
        <translation>Ganz PhotoShelter &amp;durchsuchen…</translation>
    </message>
    <message>
        <source>Keep &amp;Offline…</source>
        <translation>&amp;Offline behalten…</translation>
    </message>
    <message>
        <source>Keep &amp;No Longer</source>
        <translation>&amp;Nicht mehr behalten</translation>
    </message>
    <message>
        <source>New Items Go to &amp;Review</source>
        <translation>Neues geht in die Prü&amp;fung</translation>
    </message>
    <message>
        <source>&amp;Archive Campaign…</source>
        <translation>Kampagne &amp;archivieren…</translation>
    </message>
    <message>
        <source>Archi&amp;ves…</source>
        <translation>Archi&amp;ve…</translation>
    </message>
    <message>
        <source>Field &amp;Mapping…</source>
        <translation>Feld&amp;zuordnung…</translation>
    </message>
    <message>
        <source>Re&amp;tractions…</source>
        <translation>Auslieferungen zu&amp;rückziehen…</translation>
    </message>
    <message>
        <source>Sign &amp;In Again…</source>
        <translation>Erneut an&amp;melden…</translation>
    </message>
    <message>
        <source>Sign O&amp;ut…</source>
        <translation>A&amp;bmelden…</translation>
    </message>
    <message>
        <source>&amp;Record What Is Published</source>
        <translation>Veröffentlichtes vermer&amp;ken</translation>
    </message>
    <message>
        <source>&amp;Search All of {service}…</source>
        <translation>Ganz {service} &amp;durchsuchen…</translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message>
        <source>Note: {what}.</source>
        <translation>Hinweis: {what}.</translation>
    </message>
    <message>
        <source>What was pushed of it is held back: nobody sees it any more.</source>
        <translation>Was davon übertragen wurde, wird zurückgehalten: Niemand sieht es mehr.</translation>
    </message>
    <message>
        <source>It has a newer version than was pushed. Push it again to put it in the old one’s place.</source>
        <translation>Es gibt eine neuere Version als die übertragene. Übertragen Sie erneut, damit sie an die Stelle der alten tritt.</translation>
    </message>
    <message>
        <source>At {service}</source>
        <translation>Bei {service}</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Sichtbar</translation>
    </message>
    <message>
        <source>Its approval there</source>
        <translation>Freigabe dort</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Releases</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Veröffentlicht</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>Dort geändert</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>Galerien</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Zu {place} gehen</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>Version {number}</translation>
    </message>
</context>
<context>
    <name>ShelterErrands</name>
    <message>
        <source>Choose the library of a service at the left first.</source>
        <translation>Wählen Sie zuerst links die Bibliothek eines Dienstes.</translation>
    </message>
    <message>
        <source>{name} is connected. Its collections appear as they are read.</source>
        <translation>{name} ist verbunden. Die Sammlungen erscheinen, sobald sie gelesen sind.</translation>
    </message>
    <message>
        <source>Sign out of {name}?</source>
        <translation>Von {name} abmelden?</translation>
    </message>
    <message>
        <source>Its key and password are deleted here. The library stays as it was last seen, with all decisions, and what is queued for it waits until you sign in again.</source>
        <translation>Schlüssel und Passwort werden hier gelöscht. Die Bibliothek bleibt, wie sie zuletzt zu sehen war, mit allen Entscheidungen, und was dafür eingereiht ist, wartet, bis Sie sich wieder anmelden.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>You are signed out of {name}.</source>
        <translation>Sie sind von {name} abgemeldet.</translation>
    </message>
    <message>
        <source>{name} is kept offline. Its pictures are fetched in the background.</source>
        <translation>{name} wird offline behalten. Die Bilder werden im Hintergrund geholt.</translation>
    </message>
    <message>
        <source>Keep “{name}” offline no longer?</source>
        <translation>„{name}“ nicht mehr offline behalten?</translation>
    </message>
    <message>
        <source>Its originals here are deleted, its pictures when room is needed. Everything stays at {service}.</source>
        <translation>Die Originale hier werden gelöscht, die Bilder, sobald Platz gebraucht wird. Bei {service} bleibt alles.</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Nicht mehr behalten</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>{name} is not kept offline any more.</source>
        <translation>{name} wird nicht mehr offline behalten.</translation>
    </message>
    <message>
        <source>New items in {name} go to the review queue from now on.</source>
        <translation>Neues in {name} wartet von nun an auf Prüfung.</translation>
    </message>
    <message>
        <source>New items in {name} do not go to the review queue any more.</source>
        <translation>Neues in {name} wartet nicht mehr auf Prüfung.</translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Im Fenster zeigen</translation>
    </message>
    <message>
        <source>Words in names, captions and keywords</source>
        <translation>Wörter in Namen, Bildunterschriften und Stichwörtern</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>Suchwörter</translation>
    </message>
    <message>
        <source>Search all of {service}</source>
        <translation>Ganz {service} durchsuchen</translation>
    </message>
    <message>
        <source>{service} looks through {library}, synced here or not.</source>
        <translation>{service} durchsucht {library}, ob hier abgeglichen oder nicht.</translation>
    </message>
    <message>
        <source>Found at {service}</source>
        <translation>Bei {service} gefunden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln Asset gefunden.</numerusform>
            <numerusform>%Ln Assets gefunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Noch nicht abgeglichen</translation>
    </message>
</context>
<context>
    <name>ShelterSignInDialog</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>PhotoShelter verbinden</translation>
    </message>
</context>
<context>
    <name>ShelterSignInForm</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>PhotoShelter verbinden</translation>
    </message>
    <message>
        <source>Its collections appear at the left, and originals stay there until you want one. Key and password are kept in this computer’s keyring, never in plain text.</source>
        <translation>Die Sammlungen erscheinen links, und Originale bleiben dort, bis Sie eines haben wollen. Schlüssel und Passwort werden im Schlüsselbund dieses Computers aufbewahrt, nie im Klartext.</translation>
    </message>
    <message>
        <source>&amp;Stay signed in</source>
        <translation>Angemeldet &amp;bleiben</translation>
    </message>
    <message>
        <source>Sign in with the browser…</source>
        <translation>Mit dem Browser anmelden…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Erneut bei {library} anmelden</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Wird angemeldet…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>The organisation’s name</source>
        <translation>Der Name der Organisation</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API-&amp;Schlüssel</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>&amp;E-Mail</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Name in Asset Bridge</translation>
    </message>
    <message>
        <source>The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the password is not kept, and you are asked for it when the session ends.</source>
        <translation>Der API-Schlüssel ist für Version 4 der API von PhotoShelter. Ohne „Angemeldet bleiben“ wird das Passwort nicht aufbewahrt, und Sie werden danach gefragt, wenn die Sitzung endet.</translation>
    </message>
</context>
<context>
    <name>ShortcutRows</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>usually {keys}</source>
        <translation>sonst {keys}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Single letters act while the assets have the keyboard, everything else in the whole window.</source>
        <translation>Einzelne Buchstaben wirken, solange die Assets den Tastaturfokus haben, alles andere im ganzen Fenster.</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>Stattdessen verwenden</translation>
    </message>
    <message>
        <source>Use as well</source>
        <translation>Zusätzlich verwenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Aktion finden</translation>
    </message>
    <message>
        <source>Find by pressing keys</source>
        <translation>Durch Drücken von Tasten finden</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>New keys: press them</source>
        <translation>Neue Tasten: einfach drücken</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>Neue Tasten drücken</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>Tasten drücken, um ihre Aktion zu sehen</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>Aktion finden…</translation>
    </message>
    <message>
        <source>Choose an action</source>
        <translation>Aktion wählen</translation>
    </message>
    <message>
        <source>Move them here</source>
        <translation>Hierher übernehmen</translation>
    </message>
    <message>
        <source>{keys} has a meaning that stays: in lists and fields, or to the system.</source>
        <translation>{keys} ist fest belegt: in Listen und Feldern oder vom System.</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}”, which would have it no longer.</source>
        <translation>{keys} gehört zu „{action}“ und würde dort entfallen.</translation>
    </message>
    <message>
        <source>{keys} will act while the assets have the keyboard.</source>
        <translation>{keys} wirkt, solange die Assets den Tastaturfokus haben.</translation>
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
        <translation>Ordner hinzufügen</translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>„{preset}“ von %Ln Asset erzeugen</numerusform>
            <numerusform>„{preset}“ von %Ln Assets erzeugen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>Stichwort {keyword} zu %Ln Asset hinzufügen</numerusform>
            <numerusform>Stichwort {keyword} zu %Ln Assets hinzufügen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln Asset freigeben</numerusform>
            <numerusform>%Ln Assets freigeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>%Ln Asset in Prüfung geben</numerusform>
            <numerusform>%Ln Assets in Prüfung geben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>%Ln Asset übertragen…</numerusform>
            <numerusform>%Ln Assets übertragen…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>%Ln Datei hierher kopieren…</numerusform>
            <numerusform>%Ln Dateien hierher kopieren…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>%Ln Asset in diesen Ordner verschieben…</numerusform>
            <numerusform>%Ln Assets in diesen Ordner verschieben…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizePage</name>
    <message>
        <source>Size and fit</source>
        <translation>Größe und Einpassung</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>ergibt sich</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassung</translation>
    </message>
    <message>
        <source>Keep in sight</source>
        <translation>Im Bild behalten</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Pixel density</source>
        <translation>Pixeldichte</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>Oft verwendet</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>Größe in Pixeln</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Stretch to the size</source>
        <translation>Auf die Größe strecken</translation>
    </message>
    <message>
        <source>At most, never enlarged</source>
        <translation>Höchstens, nie vergrößert</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fill, cut the rest off</source>
        <translation>Füllen, Rest abschneiden</translation>
    </message>
    <message>
        <source>Fill, never enlarged</source>
        <translation>Füllen, nie vergrößert</translation>
    </message>
    <message>
        <source>Fit inside, pad the rest</source>
        <translation>Einpassen, Rest auffüllen</translation>
    </message>
    <message>
        <source>Pad, never enlarged</source>
        <translation>Auffüllen, nie vergrößert</translation>
    </message>
    <message>
        <source>Close to what is kept in sight</source>
        <translation>Nah an dem, was im Bild bleibt</translation>
    </message>
    <message>
        <source>Chosen by the content</source>
        <translation>Nach dem Inhalt gewählt</translation>
    </message>
    <message>
        <source>Stretch (written out)</source>
        <translation>Strecken (ausgeschrieben)</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>Die Mitte</translation>
    </message>
    <message>
        <source>What matters (auto)</source>
        <translation>Das Wesentliche (auto)</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>Das größte Gesicht</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Alle Gesichter</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>Oben rechts</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>Unten rechts</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>Unten links</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>Oben links</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Colour of the edge</source>
        <translation>Farbe der Bildkante</translation>
    </message>
    <message>
        <source>Predominant colour</source>
        <translation>Vorherrschende Farbe</translation>
    </message>
    <message>
        <source>Blurred (video)</source>
        <translation>Unscharf (Video)</translation>
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
        <translation>Übersprungene Dateien</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>Nach Name oder Grund filtern</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
    <message>
        <source>Scan the library again, for instance after mending permissions</source>
        <translation>Die Bibliothek erneut einlesen, etwa nachdem Zugriffsrechte berichtigt wurden</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>%Ln Datei aus {library} ausgelassen und nicht angerührt.</numerusform>
            <numerusform>%Ln Dateien aus {library} ausgelassen und nicht angerührt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file of {library} could be taken in.</source>
        <translation>Alle Dateien aus {library} konnten aufgenommen werden.</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Vorschläge werden gesucht…</translation>
    </message>
    <message>
        <source>&amp;Add to the Dictionary</source>
        <translation>Ins Wörter&amp;buch aufnehmen</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Keine Vorschläge</translation>
    </message>
</context>
<context>
    <name>StackConflictDialog</name>
    <message>
        <source>Two pictures for “{field}”</source>
        <translation>Zwei Bilder für „{field}“</translation>
    </message>
    <message>
        <source>Somebody changed {entry} ({locale}) at Contentstack since it was published. Nothing was overwritten: choose which picture stays.</source>
        <translation>Jemand hat {entry} ({locale}) bei Contentstack seit der Veröffentlichung geändert. Nichts wurde überschrieben: Wählen Sie, welches Bild bleibt.</translation>
    </message>
    <message>
        <source>&amp;Ours, the approved rendition</source>
        <translation>&amp;Unser Bild, die freigegebene Variante</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>&amp;Das andere Bild, das jetzt dort ist</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>Dieses behalten</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>(no picture)</source>
        <translation>(kein Bild)</translation>
    </message>
</context>
<context>
    <name>StackForm</name>
    <message>
        <source>Test and Save</source>
        <translation>Testen und speichern</translation>
    </message>
    <message>
        <source>Change a stack</source>
        <translation>Stack ändern</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>Neuer Stack</translation>
    </message>
    <message>
        <source>Leave empty to keep the one in the keyring</source>
        <translation>Leer lassen, um den Eintrag im Schlüsselbund zu behalten</translation>
    </message>
    <message>
        <source>Of the stack&apos;s settings; it goes to the keyring</source>
        <translation>Aus den Einstellungen des Stacks; kommt in den Schlüsselbund</translation>
    </message>
    <message>
        <source>it has to look like de=de-de</source>
        <translation>es muss aussehen wie de=de-de</translation>
    </message>
    <message>
        <source>Site, shop, app, …</source>
        <translation>Website, Shop, App, …</translation>
    </message>
    <message>
        <source>blt…, as the stack&apos;s settings show it</source>
        <translation>blt…, wie in den Einstellungen des Stacks angezeigt</translation>
    </message>
    <message>
        <source>&amp;Service or region</source>
        <translation>&amp;Dienst oder Region</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>production</source>
        <translation>production</translation>
    </message>
    <message>
        <source>de=de-de, AT=de-at</source>
        <translation>de=de-de, AT=de-at</translation>
    </message>
    <message>
        <source>None: beside the other assets</source>
        <translation>Keiner: neben den anderen Assets</translation>
    </message>
    <message>
        <source>Where renditions are kept that were copied for fields that hold files.</source>
        <translation>Wo Varianten liegen, die für Dateifelder kopiert wurden.</translation>
    </message>
    <message>
        <source>Which locale of the stack is meant by a language, a market, or both. Where nothing is said, a locale of that name is taken, and else the master&apos;s.</source>
        <translation>Welche Sprachversion des Stacks mit einer Sprache, einem Markt oder beidem gemeint ist. Ohne Angabe gilt die Sprachversion dieses Namens, sonst die Hauptsprachversion.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Region</translation>
    </message>
    <message>
        <source>{name} is asked whether it answers to this…</source>
        <translation>{name} wird gefragt, ob dies dort gilt…</translation>
    </message>
    <message>
        <source>&amp;API key</source>
        <translation>&amp;API-Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Management token</source>
        <translation>&amp;Management-Token</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>&amp;Branch</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>&amp;Umgebung</translation>
    </message>
    <message>
        <source>&amp;Locales</source>
        <translation>&amp;Sprachversionen</translation>
    </message>
    <message>
        <source>&amp;Folder of copies</source>
        <translation>&amp;Ordner für Kopien</translation>
    </message>
    <message>
        <source>When rights en&amp;d</source>
        <translation>Wenn Rechte en&amp;den</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>The shapes differ</source>
        <translation>Die Seitenverhältnisse unterscheiden sich</translation>
    </message>
</context>
<context>
    <name>StandardFacts</name>
    <message>
        <source>Several values</source>
        <translation>Mehrere Werte</translation>
    </message>
</context>
<context>
    <name>StandardForm</name>
    <message>
        <source>Custom fields</source>
        <translation>Eigene Felder</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more group(s)</source>
        <translation>
            <numerusform>%Ln weitere Gruppe</numerusform>
            <numerusform>%Ln weitere Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>%Ln weiteres Feld</numerusform>
            <numerusform>%Ln weitere Felder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>%Ln nötig</numerusform>
            <numerusform>%Ln nötig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>%Ln ausgefüllt</numerusform>
            <numerusform>%Ln ausgefüllt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardPage</name>
    <message>
        <source>Written into the file</source>
        <translation>Wird in die Datei geschrieben</translation>
    </message>
    <message>
        <source>Written into the files</source>
        <translation>Wird in die Dateien geschrieben</translation>
    </message>
    <message>
        <source>Written into an XMP file beside it</source>
        <translation>Wird in eine XMP-Datei daneben geschrieben</translation>
    </message>
    <message>
        <source>Written into XMP files beside them</source>
        <translation>Wird in XMP-Dateien daneben geschrieben</translation>
    </message>
    <message>
        <source>Kept at {service}</source>
        <translation>Wird bei {service} aufbewahrt</translation>
    </message>
    <message>
        <source>Cannot be written where it lies</source>
        <translation>Kann dort, wo es liegt, nicht geschrieben werden</translation>
    </message>
</context>
<context>
    <name>StandardRow</name>
    <message>
        <source>There is no place for it at {service}.</source>
        <translation>Bei {service} gibt es keinen Platz dafür.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: {why}</source>
        <translation>„{text}“ wurde nicht übernommen: {why}</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Nötig, bevor übertragen werden kann.</translation>
    </message>
    <message>
        <source>The parts of the file disagree about it; this is what most programs show.</source>
        <translation>Die Teile der Datei sind sich darüber nicht einig; dies zeigen die meisten Programme.</translation>
    </message>
</context>
<context>
    <name>StarsEditor</name>
    <message>
        <source>Several values</source>
        <translation>Mehrere Werte</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>Keine Bewertung</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>There is a verified backup of {day}. It can take the ledger&apos;s place; the damaged file is kept aside.</source>
        <translation>Es gibt eine geprüfte Sicherung vom {day}. Sie kann an die Stelle des Journals treten; die beschädigte Datei wird beiseitegelegt.</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Duplicate a step</source>
        <translation>Schritt duplizieren</translation>
    </message>
    <message>
        <source>Remove a step</source>
        <translation>Schritt entfernen</translation>
    </message>
    <message>
        <source>Move a step</source>
        <translation>Schritt verschieben</translation>
    </message>
    <message>
        <source>Switch a step</source>
        <translation>Schritt ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>No steps yet: the rendition is the master as it is.</source>
        <translation>Noch keine Schritte: Die Variante ist die Masterdatei, wie sie ist.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>StudioWindow</name>
    <message>
        <source>The master is being read…</source>
        <translation>Die Masterdatei wird gelesen…</translation>
    </message>
    <message>
        <source>rendition</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>{name}: studio</source>
        <translation>{name}: Studio</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschnitt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>Anpassen</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Überlagerung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Als „{name}“ gesichert.</translation>
    </message>
    <message>
        <source>Begun with “{name}”.</source>
        <translation>Begonnen mit „{name}“.</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Keine Vorschau</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>%Ln Asset ausgewählt</numerusform>
            <numerusform>%Ln Assets ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} together</source>
        <translation>zusammen {size}</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Übertragen</translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>%Ln weiteres zeigen</numerusform>
            <numerusform>%Ln weitere zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>%Ln abgelegtes Objekt in eine Bibliothek kopieren</numerusform>
            <numerusform>%Ln abgelegte Objekte in eine Bibliothek kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>The originals stay where they are. What the library already holds is not copied twice, and nothing in it is overwritten.</source>
        <translation>Die Originale bleiben, wo sie sind. Was die Bibliothek schon enthält, wird nicht doppelt kopiert, und nichts darin wird überschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>%Ln Objekt kopieren</numerusform>
            <numerusform>%Ln Objekte kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped items</source>
        <translation>Abgelegte Objekte</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>Die oberste Ebene der Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A folder needs a name at each level, and no “..”.</source>
        <translation>Ein Ordner braucht auf jeder Ebene einen Namen, und kein „..“.</translation>
    </message>
</context>
<context>
    <name>TemplateRowForm</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>What becomes of what is there</source>
        <translation>Was mit dem geschieht, was schon dort steht</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>Welches davon</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>If empty</source>
        <translation>Wenn leer</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>Variable einfügen</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>Diese Zeile entfernen</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
</context>
<context>
    <name>TemplateRows</name>
    <message>
        <source>Add Field</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>Fields of the template</source>
        <translation>Felder der Vorlage</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Mehrere Werte</translation>
    </message>
</context>
<context>
    <name>ThreadCard</name>
    <message>
        <source>Resolved by {who}, {when}</source>
        <translation>Erledigt von {who}, {when}</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Erledigen</translation>
    </message>
    <message>
        <source>Open this thread again</source>
        <translation>Diese Diskussion wieder öffnen</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>Das ist erledigt</translation>
    </message>
    <message>
        <source>The moment that it is about</source>
        <translation>Der Zeitpunkt, um den es geht</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Answer in this thread</source>
        <translation>In dieser Diskussion antworten</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>An einem Punkt</translation>
    </message>
    <message>
        <source>In a region</source>
        <translation>In einem Bereich</translation>
    </message>
    <message>
        <source>At a moment</source>
        <translation>An einem Zeitpunkt</translation>
    </message>
    <message>
        <source>About all of it</source>
        <translation>Zum Ganzen</translation>
    </message>
    <message>
        <source>{place}, with a drawing</source>
        <translation>{place}, mit einer Zeichnung</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Comment {number}, {state}, {who}: {text}</source>
        <translation>Kommentar {number}, {state}, {who}: {text}</translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message>
        <source>Earlier versions</source>
        <translation>Frühere Versionen</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Show resolved threads, too</source>
        <translation>Auch erledigte Diskussionen zeigen</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Compare with earlier versions</source>
        <translation>Mit früheren Versionen vergleichen</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>%Ln weitere zeigen</numerusform>
            <numerusform>%Ln weitere zeigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln offen</numerusform>
            <numerusform>%Ln offen</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was said is settled.</source>
        <translation>Alles, was gesagt wurde, ist erledigt.</translation>
    </message>
    <message>
        <source>Nobody has said anything about this picture yet.</source>
        <translation>Noch hat niemand etwas zu diesem Bild gesagt.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Später</translation>
    </message>
    <message>
        <source>&amp;Do not show again</source>
        <translation>&amp;Nicht mehr zeigen</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} von {total}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message>
        <source>All pushes together</source>
        <translation>Alle Übertragungen zusammen</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>Konto…</translation>
    </message>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>Angehalten – %Ln Upload wartet, bis Sie fortfahren</numerusform>
            <numerusform>Angehalten – %Ln Uploads warten, bis Sie fortfahren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>%Ln Asset konnte nicht übertragen werden</numerusform>
            <numerusform>%Ln Assets konnten nicht übertragen werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>%Ln ausgeliefert</numerusform>
            <numerusform>%Ln ausgeliefert</numerusform>
        </translation>
    </message>
    <message>
        <source>{delivered}, {failed}</source>
        <translation>{delivered}, {failed}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>%Ln Upload abgebrochen</numerusform>
            <numerusform>%Ln Uploads abgebrochen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push</source>
        <translation>Nichts zu übertragen</translation>
    </message>
    <message>
        <source>Uploading {number} of {total} – {name}</source>
        <translation>{number} von {total} wird hochgeladen – {name}</translation>
    </message>
    <message>
        <source>Uploading {number} of {total}</source>
        <translation>{number} von {total} wird hochgeladen</translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>Offline-Modus – %Ln Upload wartet, bis Sie online gehen</numerusform>
            <numerusform>Offline-Modus – %Ln Uploads warten, bis Sie online gehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln Upload wartet auf die Verbindung und wird gesendet, sobald sie wieder da ist</numerusform>
            <numerusform>%Ln Uploads warten auf die Verbindung und werden gesendet, sobald sie wieder da ist</numerusform>
        </translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on in {time}</source>
        <translation>Cloudinary bittet um Geduld – weiter in {time}</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on by itself</source>
        <translation>Cloudinary bittet um Geduld – es geht von selbst weiter</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on in {time}</source>
        <translation>API-Aufrufe dieser Stunde verbraucht – weiter in {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on by itself</source>
        <translation>API-Aufrufe dieser Stunde verbraucht – es geht von selbst weiter</translation>
    </message>
    <message>
        <source>Did not get through – next try in {time}</source>
        <translation>Nicht durchgekommen – nächster Versuch in {time}</translation>
    </message>
    <message>
        <source>Did not get through – tries again by itself</source>
        <translation>Nicht durchgekommen – wird von selbst erneut versucht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln Upload wartet auf das Konto</numerusform>
            <numerusform>%Ln Uploads warten auf das Konto</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln Upload wartet, bis Dateien gelesen sind</numerusform>
            <numerusform>%Ln Uploads warten, bis Dateien gelesen sind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln Upload beginnt gleich</numerusform>
            <numerusform>%Ln Uploads beginnen gleich</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>%Ln fehlgeschlagene zeigen</numerusform>
            <numerusform>%Ln fehlgeschlagene zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with the pushes</source>
        <translation>Mit den Übertragungen fortfahren</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel all pushes</source>
        <translation>Alle Übertragungen abbrechen</translation>
    </message>
    <message>
        <source>Hide transfers</source>
        <translation>Übertragungen ausblenden</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>Übertragungen zeigen</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Retry failed</source>
        <translation>Fehlgeschlagene wiederholen</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Alle abbrechen</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige ausblenden</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Alle {count}</translation>
    </message>
    <message>
        <source>Failed {count}</source>
        <translation>Fehlgeschlagen {count}</translation>
    </message>
    <message>
        <source>The first {listed} of {total} are listed</source>
        <translation>Die ersten {listed} von {total} sind aufgeführt</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Transfers</source>
        <translation>Übertragungen</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>Übertragungen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>URL kopieren</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Meldung kopieren</translation>
    </message>
    <message>
        <source>Show asset</source>
        <translation>Asset zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>%Ln Upload abbrechen?</numerusform>
            <numerusform>%Ln Uploads abbrechen?</numerusform>
        </translation>
    </message>
    <message>
        <source>What has been delivered stays delivered, and your files stay where they are. You can push the rest again at any time.</source>
        <translation>Was ausgeliefert wurde, bleibt ausgeliefert, und Ihre Dateien bleiben, wo sie sind. Sie können den Rest jederzeit erneut übertragen.</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>Uploads abbrechen</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>Weitermachen</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Pause Transfers</source>
        <translation>Übertragungen &amp;anhalten</translation>
    </message>
    <message>
        <source>&amp;Open Asset Bridge</source>
        <translation>Asset Bridge &amp;öffnen</translation>
    </message>
    <message>
        <source>Transfers are paused</source>
        <translation>Übertragungen sind angehalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>Noch %Ln Übertragung</numerusform>
            <numerusform>Noch %Ln Übertragungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln Übertragung fehlgeschlagen</numerusform>
            <numerusform>%Ln Übertragungen fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being transferred</source>
        <translation>Nichts wird übertragen</translation>
    </message>
</context>
<context>
    <name>TriggersDialog</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Who Cloudinary tells of changes in {environment}.</source>
        <translation>Wem Cloudinary Änderungen in {environment} meldet.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>„{name}“ entfernen?</translation>
    </message>
    <message>
        <source>Nothing is told there any more.</source>
        <translation>Dorthin wird nichts mehr gemeldet.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>Wer benachrichtigt wird</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>https://… or poll://channel</source>
        <translation>https://… oder poll://kanal</translation>
    </message>
    <message>
        <source>Address to tell</source>
        <translation>Zu benachrichtigende Adresse</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>Art der Änderung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>Noch wird niemand benachrichtigt.</translation>
    </message>
    <message>
        <source>Every change</source>
        <translation>Jede Änderung</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>TrimPage</name>
    <message>
        <source>Cut of the video</source>
        <translation>Schnitt des Videos</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Drag the handles, or use the arrow keys: they move the start, with Alt the end, with Shift by a second. The cut is made at delivery.</source>
        <translation>Ziehen Sie die Griffe, oder nehmen Sie die Pfeiltasten: Sie verschieben den Anfang, mit Alt das Ende, mit Umschalt um eine Sekunde. Geschnitten wird bei der Auslieferung.</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>Von und bis</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Schnitt</translation>
    </message>
</context>
<context>
    <name>TypedChips</name>
    <message>
        <source>Take this filter away</source>
        <translation>Diesen Filter entfernen</translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}: %Ln Asset.</numerusform>
            <numerusform>{state}: %Ln Assets.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdatesDialog</name>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>&amp;Look once a day, while the window is open</source>
        <translation>&amp;Einmal täglich nachsehen, solange das Fenster offen ist</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>&amp;Jetzt suchen</translation>
    </message>
    <message>
        <source>&amp;Open the download page</source>
        <translation>&amp;Download-Seite öffnen</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird abgefragt…</translation>
    </message>
    <message>
        <source>This version does not know where news of releases come from: there is no public place yet. Nothing is asked.</source>
        <translation>Diese Version weiß nicht, woher Nachrichten über neue Versionen kommen: Es gibt noch keine öffentliche Adresse. Nichts wird abgefragt.</translation>
    </message>
    <message>
        <source>You have version {version}. One file is read from {place}; nothing about you or your work is sent, and nothing is installed.</source>
        <translation>Installiert ist Version {version}. Eine einzige Datei wird von {place} gelesen; nichts über Sie oder Ihre Arbeit wird gesendet, und nichts wird installiert.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Was ist neu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>Die neueste Version ist installiert.</translation>
    </message>
    <message>
        <source>Version {version} of {day} is there, signed by a key that is known here.</source>
        <translation>Version {version} vom {day} ist verfügbar, signiert mit einem hier bekannten Schlüssel.</translation>
    </message>
</context>
<context>
    <name>UploadAddressDialog</name>
    <message>
        <source>Upload from an address</source>
        <translation>Von einer Adresse hochladen</translation>
    </message>
    <message>
        <source>Cloudinary fetches the file by itself. Nobody has approved it, so it arrives unpublished.</source>
        <translation>Cloudinary holt die Datei selbst. Niemand hat sie freigegeben, darum kommt sie unveröffentlicht an.</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>Privates Original</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Authentifiziert</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public &amp;ID</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>&amp;Zielordner</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>&amp;Tags</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>Auslieferungst&amp;yp</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>There is something at {public_id} already; nothing was changed.</source>
        <translation>Unter {public_id} gibt es schon etwas; nichts wurde geändert.</translation>
    </message>
</context>
<context>
    <name>UploadPresetForm</name>
    <message>
        <source>Uploads need no signature</source>
        <translation>Uploads brauchen keine Signatur</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Formats allowed</source>
        <translation>Erlaubte Formate</translation>
    </message>
    <message>
        <source>Incoming transformation</source>
        <translation>Eingangstransformation</translation>
    </message>
    <message>
        <source>Renditions made at once</source>
        <translation>Sofort erzeugte Varianten</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>Moderation</translation>
    </message>
    <message>
        <source>The file&apos;s name is the public ID</source>
        <translation>Der Dateiname ist die Public ID</translation>
    </message>
    <message>
        <source>Random letters make names unique</source>
        <translation>Zufällige Buchstaben machen Namen eindeutig</translation>
    </message>
    <message>
        <source>A file of the same public ID is replaced</source>
        <translation>Eine Datei mit derselben Public ID wird ersetzt</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Upload preset</source>
        <translation>Upload-Preset</translation>
    </message>
    <message>
        <source>New upload preset</source>
        <translation>Neues Upload-Preset</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>UploadPresetsDialog</name>
    <message>
        <source>Upload presets</source>
        <translation>Upload-Presets</translation>
    </message>
    <message>
        <source>What uploads to {environment} can be told to have.</source>
        <translation>Was Uploads nach {environment} mitgegeben werden kann.</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>„{name}“ entfernen?</translation>
    </message>
    <message>
        <source>Uploads that name it are refused then, those of other programs too.</source>
        <translation>Uploads, die es nennen, werden dann abgelehnt, auch die anderer Programme.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>There is no preset yet. New… makes one.</source>
        <translation>Es gibt noch kein Preset. „Neu…“ legt eines an.</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>Keine Einstellungen</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>Ohne Signatur</translation>
    </message>
</context>
<context>
    <name>UsageDialog</name>
    <message>
        <source>Usage and limits</source>
        <translation>Nutzung und Grenzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>UsagePanel</name>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>Diese erneut versuchen</translation>
    </message>
    <message>
        <source>Forgets what was refused, and asks Cloudinary anew. It changes nothing there.</source>
        <translation>Vergisst, was abgelehnt wurde, und fragt Cloudinary neu. Dort ändert sich dadurch nichts.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird abgefragt…</translation>
    </message>
    <message>
        <source>Usage and limits</source>
        <translation>Nutzung und Grenzen</translation>
    </message>
    <message>
        <source>This key may not see the usage of the environment.</source>
        <translation>Dieser Schlüssel darf die Nutzung der Umgebung nicht sehen.</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verbraucht</translation>
    </message>
    <message>
        <source>This hour</source>
        <translation>Diese Stunde</translation>
    </message>
    <message>
        <source>Limits of the plan</source>
        <translation>Grenzen des Tarifs</translation>
    </message>
    <message>
        <source>What this key may do</source>
        <translation>Was dieser Schlüssel darf</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Against the approved one: {pixels} of the pixels, {seen} as it looks</source>
        <translation>Gegenüber der freigegebenen Version: {pixels} der Pixel, {seen} dem Augenschein nach</translation>
    </message>
    <message>
        <source>May leave: somebody lets it pass, although {reasons}.</source>
        <translation>Darf hinaus: Es wird durchgelassen, obwohl gilt: {reasons}.</translation>
    </message>
    <message>
        <source>May be delivered now.</source>
        <translation>Darf jetzt ausgeliefert werden.</translation>
    </message>
    <message>
        <source>Held back: {reasons}.</source>
        <translation>Zurückgehalten: {reasons}.</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Waits for {roles}</source>
        <translation>Wartet auf {roles}</translation>
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
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>Als Datei speichern…</translation>
    </message>
    <message>
        <source>The version is being fetched…</source>
        <translation>Die Version wird geholt…</translation>
    </message>
    <message>
        <source>{name} was saved: {size}.</source>
        <translation>{name} wurde gespeichert: {size}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cloudinary is asked for the versions…</source>
        <translation>Die Versionen werden bei Cloudinary abgefragt…</translation>
    </message>
    <message>
        <source>Cloudinary keeps no earlier versions of this. Backups are switched on in the settings of the environment.</source>
        <translation>Cloudinary bewahrt hiervon keine früheren Versionen auf. Sicherungen werden in den Einstellungen der Umgebung eingeschaltet.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Save the version</source>
        <translation>Version speichern</translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message>
        <source>&amp;Refuse other words</source>
        <translation>Andere &amp;Begriffe ablehnen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Written into {name}.</source>
        <translation>In {name} geschrieben.</translation>
    </message>
    <message>
        <source>Vocabularies</source>
        <translation>Vokabulare</translation>
    </message>
    <message>
        <source>Each line is a word, below the one it belongs to and one tab further in; {synonym} stands below its word, [group] is never written into files.</source>
        <translation>Jede Zeile ist ein Begriff, unter dem, zu dem er gehört, und um einen Tabulator eingerückt; {synonym} steht unter seinem Begriff, [group] wird nie in Dateien geschrieben.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Begriffe</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Feld</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>%Ln Begriff gespeichert.</numerusform>
            <numerusform>%Ln Begriffe gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a vocabulary</source>
        <translation>Vokabular importieren</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>Export the vocabulary</source>
        <translation>Vokabular exportieren</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>A approves what is chosen, C asks for changes, X rejects. Space shows it large.</source>
        <translation>A gibt das Gewählte frei, C fordert Änderungen an, X lehnt ab. Die Leertaste zeigt es groß.</translation>
    </message>
    <message>
        <source>Ctrl or Shift with a click chooses several; then one letter decides on all of them.</source>
        <translation>Ein Klick mit Ctrl oder Umschalt wählt mehrere; dann entscheidet ein Buchstabe über alle.</translation>
    </message>
    <message>
        <source>It is delivered. Under Renditions are its sizes: copy an address, or drag a picture into another program.</source>
        <translation>Es ist ausgeliefert. Unter Varianten stehen die Größen: eine Adresse kopieren oder ein Bild in ein anderes Programm ziehen.</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by its name.</source>
        <translation>Ctrl+K findet jeden Befehl über seinen Namen.</translation>
    </message>
    <message>
        <source>Where masters live</source>
        <translation>Wo Masterdateien liegen</translation>
    </message>
    <message>
        <source>Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where they are; a click shows what is there.</source>
        <translation>Ordner, PhotoShelter und Cloudinary stehen nebeneinander. Masterdateien bleiben, wo sie sind; ein Klick zeigt, was dort liegt.</translation>
    </message>
    <message>
        <source>Find them</source>
        <translation>Finden</translation>
    </message>
    <message>
        <source>Type names, titles, keywords or people. The filters below narrow it down, and what you find can be kept.</source>
        <translation>Namen, Titel, Stichwörter oder Personen eingeben. Die Filter darunter grenzen ein, und was gefunden wird, lässt sich behalten.</translation>
    </message>
    <message>
        <source>Choose and decide</source>
        <translation>Wählen und entscheiden</translation>
    </message>
    <message>
        <source>Choose a picture and press {approve} to approve it, {change} to ask for changes, {reject} to reject. Space shows it large. {undo} takes it back.</source>
        <translation>Ein Bild wählen und {approve} drücken, um es freizugeben, {change}, um Änderungen anzufordern, {reject}, um es abzulehnen. Die Leertaste zeigt es groß. {undo} nimmt es zurück.</translation>
    </message>
    <message>
        <source>{push} shows the plan first. What is not approved, or whose rights have ended, stays here, with the reason.</source>
        <translation>{push} zeigt zuerst den Plan. Was nicht freigegeben ist oder dessen Rechte abgelaufen sind, bleibt hier, mit Begründung.</translation>
    </message>
    <message>
        <source>The account and the connection, and all that takes longer ({activity}). Help brings this tour back, and {help} explains what you are at.</source>
        <translation>Das Konto und die Verbindung und alles, was länger dauert ({activity}). Das Menü Hilfe bringt diesen Rundgang zurück, und {help} erklärt, woran man gerade ist.</translation>
    </message>
    <message>
        <source>All about one asset</source>
        <translation>Alles über ein Asset</translation>
    </message>
    <message>
        <source>Its state, its rights and its metadata. Under Renditions are the sizes that Cloudinary delivers; drag one into another program.</source>
        <translation>Zustand, Rechte und Metadaten. Unter Varianten stehen die Größen, die Cloudinary ausliefert; sie lassen sich in ein anderes Programm ziehen.</translation>
    </message>
    <message>
        <source>Push what is approved</source>
        <translation>Freigegebenes übertragen</translation>
    </message>
    <message>
        <source>See what goes on</source>
        <translation>Sehen, was läuft</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Adresse dieses Computers oder Netzes erlauben</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Change an endpoint</source>
        <translation>Endpunkt ändern</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>Neuer Endpunkt</translation>
    </message>
    <message>
        <source>The list of events</source>
        <translation>Die Liste der Ereignisse</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>mindestens eines wählen</translation>
    </message>
    <message>
        <source>Shop, partner portal, …</source>
        <translation>Shop, Partnerportal, …</translation>
    </message>
    <message>
        <source>https://example.com/hooks</source>
        <translation>https://example.com/hooks</translation>
    </message>
    <message>
        <source>Leave empty to have one made</source>
        <translation>Leer lassen, um eines erzeugen zu lassen</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>Was ihm gemeldet wird</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Tell</source>
        <translation>&amp;Melden</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>&amp;Geheimnis</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>Test senden</translation>
    </message>
    <message>
        <source>New Secret…</source>
        <translation>Neues Geheimnis…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>Andere Systeme</translation>
    </message>
    <message>
        <source>Endpoints that are told by signed messages what is approved, delivered, changed and taken back.</source>
        <translation>Endpunkte, denen signierte Nachrichten melden, was freigegeben, ausgeliefert, geändert und zurückgezogen wird.</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No message so far. “Send Test” shows whether an endpoint answers.</source>
        <translation>Noch keine Nachricht. „Test senden“ zeigt, ob ein Endpunkt antwortet.</translation>
    </message>
    <message>
        <source>Nobody is told so far</source>
        <translation>Noch wird niemand benachrichtigt</translation>
    </message>
    <message>
        <source>An endpoint is an address of another system: a shop, an automation, a partner. It gets a secret of its own and can be tested first.</source>
        <translation>Ein Endpunkt ist eine Adresse eines anderen Systems: eines Shops, einer Automatisierung, eines Partners. Er erhält ein eigenes Geheimnis und kann zuerst getestet werden.</translation>
    </message>
    <message>
        <source>Give this secret to the receiver. It is shown once; the keyring keeps it, and a new one can be made any time.</source>
        <translation>Geben Sie dieses Geheimnis dem Empfänger. Es wird einmal gezeigt; der Schlüsselbund bewahrt es auf, und jederzeit lässt sich ein neues erzeugen.</translation>
    </message>
    <message>
        <source>Secret of the endpoint</source>
        <translation>Geheimnis des Endpunkts</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Make a new secret for “{name}”?</source>
        <translation>Neues Geheimnis für „{name}“ erzeugen?</translation>
    </message>
    <message>
        <source>The receiver has a day to take it over: both sign until then.</source>
        <translation>Der Empfänger hat einen Tag, es zu übernehmen: Bis dahin wird mit beiden signiert.</translation>
    </message>
    <message>
        <source>Make One</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>„{name}“ entfernen?</translation>
    </message>
    <message>
        <source>It is told nothing more. Its secret and what waits for it go.</source>
        <translation>Der Endpunkt erhält keine Nachrichten mehr. Sein Geheimnis und was für ihn noch ansteht, werden gelöscht.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Weights</source>
        <translation>Dateigrößen</translation>
    </message>
    <message>
        <source>Choose assets to see what they weigh</source>
        <translation>Wählen Sie Assets aus, um ihre Dateigrößen zu sehen</translation>
    </message>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>Dateigrößen von %Ln Asset</numerusform>
            <numerusform>Dateigrößen von %Ln Assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>das erste wird gewogen (%Ln)</numerusform>
            <numerusform>die ersten %Ln werden gewogen</numerusform>
        </translation>
    </message>
    <message>
        <source>weighing…</source>
        <translation>wird gemessen…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>%Ln zu groß</numerusform>
            <numerusform>%Ln zu groß</numerusform>
        </translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>alles passt</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Willkommen bei Asset Bridge</translation>
    </message>
    <message>
        <source>Masters stay where they are. Here you look, decide, and deliver.</source>
        <translation>Masterdateien bleiben, wo sie sind. Hier sichten, entscheiden und liefern Sie aus.</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Show the pictures, videos and documents of a folder. Nothing is copied or changed.</source>
        <translation>Zeigen Sie die Bilder, Videos und Dokumente eines Ordners. Nichts wird kopiert oder geändert.</translation>
    </message>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>PhotoShelter verbinden</translation>
    </message>
    <message>
        <source>Show its collections here. Masters stay there until you want one.</source>
        <translation>Zeigen Sie die Sammlungen hier. Masterdateien bleiben dort, bis Sie eine haben wollen.</translation>
    </message>
    <message>
        <source>Connect Cloudinary</source>
        <translation>Cloudinary verbinden</translation>
    </message>
    <message>
        <source>So that approved assets can be pushed and delivered.</source>
        <translation>Damit freigegebene Assets übertragen und ausgeliefert werden können.</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>Erst einmal umsehen</translation>
    </message>
    <message>
        <source>Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no account is needed.</source>
        <translation>Öffnet eine Beispielkampagne mit nachgebildetem Cloudinary und PhotoShelter; es ist kein Konto nötig.</translation>
    </message>
</context>
<context>
    <name>WelcomeStrip</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Willkommen bei Asset Bridge</translation>
    </message>
    <message>
        <source>This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside this program: try everything, nothing leaves this computer.</source>
        <translation>Dies ist eine Beispielkampagne, und Cloudinary und PhotoShelter sind in diesem Programm nachgebildet: Probieren Sie alles aus, nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Close the welcome</source>
        <translation>Begrüßung schließen</translation>
    </message>
    <message>
        <source>Close; it comes back from the Help menu</source>
        <translation>Schließen; über das Menü Hilfe kommt sie wieder</translation>
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
        <translation>Hier &amp;messen</translation>
    </message>
    <message>
        <source>Have &amp;Cloudinary measure</source>
        <translation>Bei &amp;Cloudinary messen</translation>
    </message>
    <message>
        <source>&amp;Use in the code</source>
        <translation>Im Code &amp;verwenden</translation>
    </message>
    <message>
        <source>Responsive widths</source>
        <translation>Responsive Breiten</translation>
    </message>
    <message>
        <source>A page offers browsers one rendition in several widths. Each of these is smaller than the one before by a step that is worth it.</source>
        <translation>Eine Seite bietet Browsern eine Variante in mehreren Breiten an. Jede davon ist gegenüber der vorigen um so viel kleiner, dass es sich lohnt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Narrowest</source>
        <translation>&amp;Schmalste</translation>
    </message>
    <message>
        <source>&amp;Widest</source>
        <translation>&amp;Breiteste</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>Sch&amp;ritt</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>&amp;Höchstens</translation>
    </message>
    <message>
        <source>Measuring the files…</source>
        <translation>Dateien werden gemessen…</translation>
    </message>
    <message>
        <source>Cloudinary measures what is pushed.</source>
        <translation>Cloudinary misst, was übertragen ist.</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px breit</translation>
    </message>
    <message>
        <source>{bytes} less than the one before</source>
        <translation>{bytes} weniger als die vorige</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Smart folder</source>
        <translation>Intelligenter Ordner</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Wählen Sie zuerst Assets.</translation>
    </message>
    <message>
        <source>Make renditions</source>
        <translation>Varianten erzeugen</translation>
    </message>
    <message>
        <source>Favourite {preset}</source>
        <translation>{preset} als Favorit</translation>
    </message>
    <message>
        <source>To the sidebar</source>
        <translation>In die Seitenleiste</translation>
    </message>
</context>
<context>
    <name>WindowLooks</name>
    <message>
        <source>This screen is small: closer together, more has room on it.</source>
        <translation>Dieser Bildschirm ist klein: Dichter gesetzt hat mehr darauf Platz.</translation>
    </message>
    <message>
        <source>The desktop asks for a text size of {size}.</source>
        <translation>Der Desktop wünscht eine Textgröße von {size}.</translation>
    </message>
</context>
<context>
    <name>WordsEditor</name>
    <message>
        <source>Add a word</source>
        <translation>Begriff hinzufügen</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Account: {name}, {state}</source>
        <translation>Konto: {name}, {state}</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In Prüfung</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Änderungswunsch</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>mark as archived</source>
        <translation>als archiviert kennzeichnen</translation>
    </message>
    <message>
        <source>keep the rendition</source>
        <translation>Variante aufbewahren</translation>
    </message>
    <message>
        <source>keep the original</source>
        <translation>Original aufbewahren</translation>
    </message>
    <message>
        <source>write metadata and history</source>
        <translation>Metadaten und Verlauf schreiben</translation>
    </message>
    <message>
        <source>hash and check everything kept</source>
        <translation>Prüfsummen bilden und alles Aufbewahrte prüfen</translation>
    </message>
    <message>
        <source>close the copy at Cloudinary</source>
        <translation>Kopie bei Cloudinary sperren</translation>
    </message>
    <message>
        <source>delete the copy at Cloudinary</source>
        <translation>Kopie bei Cloudinary löschen</translation>
    </message>
    <message>
        <source>move the collection to the archive</source>
        <translation>Sammlung in das Archiv verschieben</translation>
    </message>
    <message>
        <source>make the collection private</source>
        <translation>Sammlung privat machen</translation>
    </message>
    <message>
        <source>it is also used outside this campaign</source>
        <translation>es wird auch außerhalb dieser Kampagne verwendet</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>es ist schon so</translation>
    </message>
    <message>
        <source>it is not delivered any more</source>
        <translation>es wird nicht mehr ausgeliefert</translation>
    </message>
    <message>
        <source>there is nothing in it</source>
        <translation>es ist nichts darin</translation>
    </message>
    <message>
        <source>some of its galleries have not been synced yet</source>
        <translation>einige der Galerien sind noch nicht abgeglichen</translation>
    </message>
    <message>
        <source>some of it is being pushed or rendered at the moment</source>
        <translation>einiges davon wird gerade übertragen oder erzeugt</translation>
    </message>
    <message>
        <source>it lies in the archive already</source>
        <translation>es liegt schon im Archiv</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>Wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>This cannot begin: {reasons}.</source>
        <translation>Dies kann nicht beginnen: {reasons}.</translation>
    </message>
</context>
<context>
    <name>asset</name>
    <message>
        <source>{rating} of 5 stars</source>
        <translation>{rating} von 5 Sternen</translation>
    </message>
    <message>
        <source>Changed since approval</source>
        <translation>Freigabe überholt</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
</context>
<context>
    <name>capability</name>
    <message>
        <source>See assets</source>
        <translation>Assets sehen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Change assets</source>
        <translation>Assets ändern</translation>
    </message>
    <message>
        <source>Delete assets</source>
        <translation>Assets löschen</translation>
    </message>
    <message>
        <source>Change upload presets</source>
        <translation>Upload-Presets ändern</translation>
    </message>
    <message>
        <source>Change metadata fields</source>
        <translation>Metadatenfelder ändern</translation>
    </message>
    <message>
        <source>Change named transformations</source>
        <translation>Benannte Transformationen ändern</translation>
    </message>
    <message>
        <source>Change notifications</source>
        <translation>Benachrichtigungen ändern</translation>
    </message>
    <message>
        <source>See settings</source>
        <translation>Einstellungen sehen</translation>
    </message>
    <message>
        <source>See usage and limits</source>
        <translation>Nutzung und Grenzen sehen</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>Approved</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Delivered for the first time</source>
        <translation>Erstmals ausgeliefert</translation>
    </message>
    <message>
        <source>Replaced by a new version</source>
        <translation>Durch neue Version ersetzt</translation>
    </message>
    <message>
        <source>Rendition published</source>
        <translation>Variante veröffentlicht</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgezogen</translation>
    </message>
    <message>
        <source>Taken back because rights ended</source>
        <translation>Zurückgezogen, weil Rechte abliefen</translation>
    </message>
    <message>
        <source>Delivered again</source>
        <translation>Wieder ausgeliefert</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>Rechte geändert</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>Rechte laufen bald ab</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>Metadaten geändert</translation>
    </message>
    <message>
        <source>Image of a product delivered</source>
        <translation>Bild eines Produkts ausgeliefert</translation>
    </message>
    <message>
        <source>Image taken off a product</source>
        <translation>Bild von einem Produkt entfernt</translation>
    </message>
    <message>
        <source>Product feed read</source>
        <translation>Produkt-Feed eingelesen</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Campaign archived</source>
        <translation>Kampagne archiviert</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>The receiver took it</source>
        <translation>Vom Empfänger angenommen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
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
        <translation>Anderes</translation>
    </message>
    <message>
        <source>At Cloudinary alone</source>
        <translation>Nur bei Cloudinary</translation>
    </message>
    <message>
        <source>At Cloudinary and in the shop</source>
        <translation>Bei Cloudinary und im Shop</translation>
    </message>
    <message>
        <source>Small stand-ins in the shop</source>
        <translation>Als kleine Platzhalter im Shop</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Unscharfes Bild</translation>
    </message>
    <message>
        <source>Large pixels</source>
        <translation>Große Pixel</translation>
    </message>
    <message>
        <source>Drawn outlines</source>
        <translation>Gezeichnete Umrisse</translation>
    </message>
    <message>
        <source>Its main colour</source>
        <translation>Hauptfarbe des Bildes</translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>Nothing waits for a review</source>
        <translation>Nichts wartet auf Prüfung</translation>
    </message>
    <message>
        <source>Choose assets and press I to put them in review, or ask somebody for one in the menu Review.</source>
        <translation>Wählen Sie Assets und drücken Sie I, um sie in Prüfung zu geben, oder fordern Sie im Menü Prüfung eine an.</translation>
    </message>
    <message>
        <source>Nothing is approved yet</source>
        <translation>Noch ist nichts freigegeben</translation>
    </message>
    <message>
        <source>Choose assets and press A. What is approved can be pushed.</source>
        <translation>Wählen Sie Assets und drücken Sie A. Was freigegeben ist, lässt sich übertragen.</translation>
    </message>
    <message>
        <source>Nothing is pushed yet</source>
        <translation>Noch ist nichts übertragen</translation>
    </message>
    <message>
        <source>Choose approved assets and press Ctrl+U: the plan is shown first, and then they are delivered.</source>
        <translation>Wählen Sie freigegebene Assets und drücken Sie Ctrl+U: Zuerst wird der Plan gezeigt, dann werden sie ausgeliefert.</translation>
    </message>
    <message>
        <source>No rights have ended</source>
        <translation>Keine Rechte sind abgelaufen</translation>
    </message>
    <message>
        <source>What may not be used any more stands here. The calendar in the menu Review shows what ends soon.</source>
        <translation>Was nicht mehr verwendet werden darf, steht hier. Der Kalender im Menü Prüfung zeigt, was bald endet.</translation>
    </message>
    <message>
        <source>Everything can be read</source>
        <translation>Alles ist lesbar</translation>
    </message>
    <message>
        <source>Files that are damaged, or of a kind that nobody here can read, stand here with the reason.</source>
        <translation>Beschädigte Dateien und solche, deren Art hier niemand lesen kann, stehen hier mit dem Grund.</translation>
    </message>
</context>
<context>
    <name>contract</name>
    <message>
        <source>width {found} instead of {asked}</source>
        <translation>Breite {found} statt {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of {asked}</source>
        <translation>Höhe {found} statt {asked}</translation>
    </message>
    <message>
        <source>width {found} instead of ≤ {asked}</source>
        <translation>Breite {found} statt ≤ {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of ≤ {asked}</source>
        <translation>Höhe {found} statt ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of ≤ {asked}</source>
        <translation>{found} statt ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of {asked}</source>
        <translation>{found} statt {asked}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>up to {count} with a file for each browser&apos;s format</source>
        <translation>bis zu {count} mit einer Datei für das Format jedes Browsers</translation>
    </message>
    <message>
        <source>{name} × {count}, billed apart</source>
        <translation>{name} × {count}, gesondert berechnet</translation>
    </message>
    <message>
        <source>{name} × {count}, an add-on</source>
        <translation>{name} × {count}, ein Add-on</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>mindestens %Ln Transformation</numerusform>
            <numerusform>mindestens %Ln Transformationen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>%Ln neues abgeleitetes Asset</numerusform>
            <numerusform>%Ln neue abgeleitete Assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln schon vorhanden</numerusform>
            <numerusform>%Ln schon vorhanden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>disagreement</name>
    <message>
        <source>{names} decided differently: {state} holds until somebody decides again.</source>
        <translation>{names} haben unterschiedlich entschieden: „{state}“ gilt, bis erneut entschieden wird.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>Asset Bridge ist mit diesem Profil ({path}) bereits geöffnet. Verwenden Sie jenes Fenster; was Sie anderswo einreihen, wird von ihm ausgeführt.</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its permissions, or choose another one with ASSET_BRIDGE_HOME.</source>
        <translation>In das Profil {path} kann nicht geschrieben werden: {detail}. Nichts wurde geändert. Berichtigen Sie seine Berechtigungen oder wählen Sie mit ASSET_BRIDGE_HOME ein anderes.</translation>
    </message>
    <message>
        <source>{what} could be any of {count} assets. Give its id or its whole path.</source>
        <translation>{what} kann jedes von {count} Assets sein. Geben Sie die Kennung oder den ganzen Pfad an.</translation>
    </message>
    <message>
        <source>{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. It is sent again.</source>
        <translation>{name} kam beschädigt bei {service} an: Die Prüfsumme ist {etag} statt {md5}. Es wird erneut gesendet.</translation>
    </message>
    <message>
        <source>The upload preset {preset} changes files as they arrive at {service}, so that what is there is not what was approved. Choose another preset.</source>
        <translation>Das Upload-Preset {preset} verändert Dateien, wenn sie bei {service} ankommen; was dort liegt, ist nicht das, was freigegeben wurde. Wählen Sie ein anderes Preset.</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was lost.</source>
        <translation>Etwas ist schiefgegangen. Nichts ging verloren.</translation>
    </message>
    <message>
        <source>{service} cannot be reached. Nothing was lost: what is queued goes out by itself when the connection is back.</source>
        <translation>{service} ist nicht erreichbar. Nichts ging verloren: Was ansteht, geht von selbst hinaus, sobald die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down. The work continues by itself.</source>
        <translation>{service} bittet um Geduld. Die Arbeit geht von selbst weiter.</translation>
    </message>
    <message>
        <source>{service} has a problem of its own ({detail}). It is tried again by itself.</source>
        <translation>{service} hat selbst eine Störung ({detail}). Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>{service} refused this: {detail}. Nothing was changed there.</source>
        <translation>{service} hat dies abgelehnt: {detail}. Dort wurde nichts geändert.</translation>
    </message>
    <message>
        <source>{service} does not accept the key of this account ({detail}). Check the account&apos;s key and secret; what is queued stays queued.</source>
        <translation>{service} akzeptiert den Schlüssel dieses Kontos nicht ({detail}). Prüfen Sie Schlüssel und Geheimnis des Kontos; was ansteht, bleibt anstehen.</translation>
    </message>
    <message>
        <source>{name} was not pushed: {reasons}. Nothing was sent.</source>
        <translation>{name} wurde nicht übertragen: {reasons}. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name}: {reasons}. Solange das so ist, wird keine Adresse herausgegeben.</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. It was left as it is.</source>
        <translation>{path} konnte nicht gelesen werden: {detail}. Die Datei wurde belassen, wie sie war.</translation>
    </message>
    <message>
        <source>{name} has changed since the push was queued. Nothing was sent: look at the new version and approve it again.</source>
        <translation>{name} hat sich geändert, seit die Übertragung eingereiht wurde. Nichts wurde gesendet: Sehen Sie die neue Version an und geben Sie sie erneut frei.</translation>
    </message>
    <message>
        <source>No preview could be made: {detail}.</source>
        <translation>Es konnte keine Vorschau erstellt werden: {detail}.</translation>
    </message>
    <message>
        <source>No preview could be made within the limits: {detail}. The file was left alone.</source>
        <translation>Innerhalb der Grenzen konnte keine Vorschau erstellt werden: {detail}. Die Datei wurde nicht angerührt.</translation>
    </message>
    <message>
        <source>The disk with {path} is full. What you said before is safe, and your originals are untouched. Free some space, then try again.</source>
        <translation>Der Datenträger mit {path} ist voll. Was Sie bisher gesagt haben, ist sicher, und Ihre Originale sind unberührt. Schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The database {path} cannot be used: {detail}.</source>
        <translation>Die Datenbank {path} ist nicht verwendbar: {detail}.</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Asset Bridge. Please update the program; nothing was changed.</source>
        <translation>Die Datenbank {path} wurde von einem neueren Asset Bridge geschrieben. Bitte aktualisieren Sie das Programm; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>There is no keyring service here to keep the secret in. Choose a passphrase (or set ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.</source>
        <translation>Hier gibt es keinen Schlüsselbund-Dienst, der das Geheimnis aufbewahren könnte. Wählen Sie eine Passphrase (oder setzen Sie ASSET_BRIDGE_PASSPHRASE), dann wird es stattdessen in einer verschlüsselten Datei aufbewahrt.</translation>
    </message>
    <message>
        <source>This passphrase does not open the key store. Nothing was changed.</source>
        <translation>Diese Passphrase öffnet den Schlüsselspeicher nicht. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{what} was not found.</source>
        <translation>{what} wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}.</source>
        <translation>{what} ist nicht verwendbar: {detail}.</translation>
    </message>
    <message>
        <source>The rights end ({ends}) before they begin ({starts}).</source>
        <translation>Die Rechte enden ({ends}), bevor sie beginnen ({starts}).</translation>
    </message>
    <message>
        <source>The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; it goes on by itself when the folder is back.</source>
        <translation>Die Bibliothek {path} ist nicht erreichbar: {detail}. Nichts darin gilt als gelöscht; es geht von selbst weiter, sobald der Ordner wieder da ist.</translation>
    </message>
    <message>
        <source>{path} is still being written. It is read again when it is at rest.</source>
        <translation>{path} wird noch geschrieben. Die Datei wird erneut gelesen, wenn sie ruht.</translation>
    </message>
    <message>
        <source>{path} was not copied: {detail}. The original is where it was.</source>
        <translation>{path} wurde nicht kopiert: {detail}. Das Original ist, wo es war.</translation>
    </message>
    <message>
        <source>The system cannot watch every folder of {path} ({detail}). The library is looked through at intervals instead: changes may take longer to appear.</source>
        <translation>Das System kann nicht jeden Ordner von {path} überwachen ({detail}). Die Bibliothek wird stattdessen in Abständen durchgesehen: Änderungen erscheinen vielleicht später.</translation>
    </message>
    <message>
        <source>The sample library was not finished. Nothing of it was left in {folder}.</source>
        <translation>Die Beispielbibliothek wurde nicht fertig. Nichts davon blieb in {folder} zurück.</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>Die Suche wurde angehalten.</translation>
    </message>
    <message>
        <source>The database {path} is damaged ({detail}). It was left as it is.</source>
        <translation>Die Datenbank {path} ist beschädigt ({detail}). Sie wurde belassen, wie sie war.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again; the secret was kept nowhere else.</source>
        <translation>Der Schlüsselbund ist gesperrt. Entsperren Sie ihn und versuchen Sie es erneut; das Geheimnis wurde nirgends sonst abgelegt.</translation>
    </message>
    <message>
        <source>The key store is closed. Open it with its passphrase, under the accounts of Cloudinary (or set ASSET_BRIDGE_PASSPHRASE).</source>
        <translation>Der Schlüsselspeicher ist geschlossen. Öffnen Sie ihn bei den Konten von Cloudinary mit seiner Passphrase (oder setzen Sie ASSET_BRIDGE_PASSPHRASE).</translation>
    </message>
    <message>
        <source>The transformation cannot be used: at character {place} stands “{found}”, where {expected} was expected. Nothing was changed.</source>
        <translation>Die Transformation ist nicht verwendbar: An Zeichen {place} steht „{found}“, erwartet wurde {expected}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name} was not sent: the content at {public_id} was changed by somebody else. Look at it first; nothing was replaced.</source>
        <translation>{name} wurde nicht gesendet: Der Inhalt unter {public_id} wurde von jemand anderem geändert. Sehen Sie ihn zuerst an; nichts wurde ersetzt.</translation>
    </message>
    <message>
        <source>{count} files of {library} are not there any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} Dateien von {library} sind nicht mehr da, darunter {first}. Sie bleiben im Katalog, bis Sie sagen, dass sie vergessen werden dürfen.</translation>
    </message>
    <message>
        <source>{service} refuses what is signed here because the clock of this computer is wrong ({detail}). Set the clock, then try again; what is queued stays queued.</source>
        <translation>{service} lehnt ab, was hier signiert wird, weil die Uhr dieses Computers falsch geht ({detail}). Stellen Sie die Uhr und versuchen Sie es erneut; was ansteht, bleibt anstehen.</translation>
    </message>
    <message>
        <source>This file is larger than the plan at {service} allows ({detail}). Nothing was changed there; send a smaller version, or ask for a larger plan.</source>
        <translation>Diese Datei ist größer, als der Tarif bei {service} erlaubt ({detail}). Dort wurde nichts geändert; senden Sie eine kleinere Version, oder bitten Sie um einen größeren Tarif.</translation>
    </message>
    <message>
        <source>{service} cannot read this file, or does not take its format ({detail}). Nothing was changed there; look whether the file opens here.</source>
        <translation>{service} kann diese Datei nicht lesen oder nimmt ihr Format nicht an ({detail}). Dort wurde nichts geändert; sehen Sie nach, ob sich die Datei hier öffnen lässt.</translation>
    </message>
    <message>
        <source>{service} knows no upload preset of that name ({detail}). Nothing was changed there; choose another one, or none.</source>
        <translation>{service} kennt kein Upload-Preset dieses Namens ({detail}). Dort wurde nichts geändert; wählen Sie ein anderes oder keines.</translation>
    </message>
    <message>
        <source>An add-on that this asks for is not booked at {service} ({detail}). Nothing was changed there.</source>
        <translation>Ein Add-on, das hierfür nötig ist, ist bei {service} nicht gebucht ({detail}). Dort wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The key of this account may not do this at {service} ({detail}). Nothing was changed there; use a key with that permission, or ask who gives them.</source>
        <translation>Der Schlüssel dieses Kontos darf dies bei {service} nicht ({detail}). Dort wurde nichts geändert; verwenden Sie einen Schlüssel mit dieser Berechtigung, oder fragen Sie, wer sie vergibt.</translation>
    </message>
    <message>
        <source>{service} was asked, and the answer points to another address ({detail}). Nothing was sent there. If this network wants you to log in first, do that; else check the API&apos;s address in the account. It is tried again by itself.</source>
        <translation>{service} wurde gefragt, und die Antwort verweist auf eine andere Adresse ({detail}). Dorthin wurde nichts gesendet. Verlangt dieses Netz zuerst eine Anmeldung, holen Sie sie nach; sonst prüfen Sie die API-Adresse im Konto. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>What came back from {service} cannot be understood ({detail}). Something on the way may have answered in its place. It is tried again by itself.</source>
        <translation>Was von {service} zurückkam, ist nicht verständlich ({detail}). Vielleicht hat unterwegs etwas anderes geantwortet. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>The hourly number of calls to {service}&apos;s Admin API is used up. What needs one goes on by itself when the next hour begins; uploads go on meanwhile.</source>
        <translation>Die stündlichen Aufrufe der Admin API von {service} sind verbraucht. Was einen braucht, geht mit der nächsten Stunde von selbst weiter; Uploads laufen inzwischen weiter.</translation>
    </message>
    <message>
        <source>This needs an address signed with the API secret, which a login does not have. Add the account with its key and secret.</source>
        <translation>Hierfür ist eine mit dem API-Geheimnis signierte Adresse nötig; eine Anmeldung hat es nicht. Fügen Sie das Konto mit Schlüssel und Geheimnis hinzu.</translation>
    </message>
    <message>
        <source>A notification was not believed: {detail}. Nothing was done about it.</source>
        <translation>Einer Benachrichtigung wurde nicht geglaubt: {detail}. Es wurde nichts unternommen.</translation>
    </message>
    <message>
        <source>{service} did not log you in: {detail}. Nothing was changed here.</source>
        <translation>{service} hat Sie nicht angemeldet: {detail}. Hier wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Nobody logged in within the time there was. Nothing was changed; try again.</source>
        <translation>Innerhalb der Frist hat sich niemand angemeldet. Nichts wurde geändert; versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The login was cancelled. Nothing was changed.</source>
        <translation>Die Anmeldung wurde abgebrochen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{service} keeps no backup of {name}: it cannot be brought back from there. Push the master again.</source>
        <translation>{service} hat keine Sicherung von {name}: Es lässt sich von dort nicht zurückholen. Übertragen Sie die Masterdatei erneut.</translation>
    </message>
    <message>
        <source>{what}: {detail}</source>
        <translation>{what}: {detail}</translation>
    </message>
    <message>
        <source>{what} cannot be defined so: {detail}.</source>
        <translation>{what} lässt sich so nicht festlegen: {detail}.</translation>
    </message>
    <message>
        <source>“{field}” is switched off by a rule for what the other fields say.</source>
        <translation>„{field}“ ist von einer Regel abgeschaltet, wegen der Werte anderer Felder.</translation>
    </message>
    <message>
        <source>“{field}” must not be empty.</source>
        <translation>„{field}“ darf nicht leer sein.</translation>
    </message>
    <message>
        <source>“{field}” needs a whole number.</source>
        <translation>„{field}“ braucht eine ganze Zahl.</translation>
    </message>
    <message>
        <source>“{field}” needs a date such as 2026-05-31.</source>
        <translation>„{field}“ braucht ein Datum wie 2026-05-31.</translation>
    </message>
    <message>
        <source>“{value}” is not in the list of “{field}”.</source>
        <translation>„{value}“ steht nicht in der Liste von „{field}“.</translation>
    </message>
    <message>
        <source>“{value}” cannot be chosen for “{field}” with what the other fields say.</source>
        <translation>„{value}“ ist für „{field}“ nicht wählbar, wegen der Werte anderer Felder.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} values.</source>
        <translation>„{field}“ nimmt höchstens {most} Werte auf.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} characters.</source>
        <translation>„{field}“ nimmt höchstens {most} Zeichen auf.</translation>
    </message>
    <message>
        <source>“{field}” needs at least {least} characters.</source>
        <translation>„{field}“ braucht mindestens {least} Zeichen.</translation>
    </message>
    <message>
        <source>“{field}” has to match the pattern {pattern}.</source>
        <translation>„{field}“ muss dem Muster {pattern} entsprechen.</translation>
    </message>
    <message>
        <source>“{field}” has to be greater than {bound}.</source>
        <translation>„{field}“ muss größer als {bound} sein.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or more.</source>
        <translation>„{field}“ muss mindestens {bound} sein.</translation>
    </message>
    <message>
        <source>“{field}” has to be less than {bound}.</source>
        <translation>„{field}“ muss kleiner als {bound} sein.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or less.</source>
        <translation>„{field}“ darf höchstens {bound} sein.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has in Cloudinary. It was left as it is, and nothing was downloaded.</source>
        <translation>{path} gibt es schon, mit anderem Inhalt, als {name} in Cloudinary hat. Die Datei wurde belassen, wie sie war, und nichts wurde heruntergeladen.</translation>
    </message>
    <message>
        <source>{name} is in Cloudinary, not in a folder here. Download it to have the file.</source>
        <translation>{name} ist in Cloudinary, nicht hier in einem Ordner. Laden Sie es herunter, um die Datei zu haben.</translation>
    </message>
    <message>
        <source>{name} has no display name of its own: in this environment the name is part of the public ID, and renaming it would change its address. Nothing was changed.</source>
        <translation>{name} hat keinen eigenen Anzeigenamen: In dieser Umgebung ist der Name Teil der Public ID, und Umbenennen würde die Adresse ändern. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot hold at once, or make the rule anew: a new one is applied last.</source>
        <translation>Cloudinary lässt die Regel „{name}“, wo sie ist. Geben Sie beiden Regeln Bedingungen, die nicht zugleich gelten können, oder legen Sie die Regel neu an: Eine neue wird zuletzt angewendet.</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else since you looked at it. It was left alone: look at it again, then decide anew.</source>
        <translation>{name} wurde von jemand anderem geändert, seit Sie es angesehen haben. Es wurde nicht angerührt: Sehen Sie es noch einmal an und entscheiden Sie neu.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. Nothing was changed there.</source>
        <translation>{name} ist nicht mehr bei {service}. Dort wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in the inspector.</source>
        <translation>Jemand anders hat inzwischen {field} von {name} geändert. Beide Werte sind aufbewahrt: Wählen Sie im Inspektor einen.</translation>
    </message>
    <message>
        <source>{service} did not take {field} of {name}: {detail} What you wrote is kept and can be corrected.</source>
        <translation>{service} hat {field} von {name} nicht angenommen: {detail} Was Sie geschrieben haben, bleibt erhalten und lässt sich berichtigen.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. What you wrote about it is kept.</source>
        <translation>{name} ist nicht mehr bei {service}. Was Sie dazu geschrieben haben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.</source>
        <translation>{service} hat {field} von {name} angenommen, sagt nun aber „{there}“. Was Sie geschrieben haben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>{count} assets are not in {environment} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} Assets sind nicht mehr in {environment}, darunter {first}. Sie bleiben im Katalog, bis Sie sagen, dass sie vergessen werden dürfen.</translation>
    </message>
    <message>
        <source>The sync was stopped. What was fetched stays.</source>
        <translation>Der Abgleich wurde angehalten. Was geholt wurde, bleibt.</translation>
    </message>
    <message>
        <source>The named transformation {name} at {service} is not what you saw: it now is {now}. It was left as it is.</source>
        <translation>Die benannte Transformation {name} bei {service} ist nicht mehr die, die Sie gesehen haben: Sie lautet jetzt {now}. Sie blieb, wie sie ist.</translation>
    </message>
    <message>
        <source>There is an upload preset called {name} already. Change that one, or choose another name.</source>
        <translation>Ein Upload-Preset namens {name} gibt es schon. Ändern Sie jenes, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The table of variants cannot be used: line {line}: {detail}. Nothing was changed.</source>
        <translation>Die Tabelle der Ausprägungen ist nicht brauchbar: Zeile {line}: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The naming template {what} cannot be used: {detail}. Nothing was written.</source>
        <translation>Die Namensvorlage {what} ist nicht brauchbar: {detail}. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} ist nicht brauchbar: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The presets were not imported: {place}: {detail}. Nothing was changed.</source>
        <translation>Die Presets wurden nicht eingelesen: {place}: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name} was changed again since. It was left as it is now: look at it, then decide anew.</source>
        <translation>{name} wurde seitdem noch einmal geändert. Es blieb, wie es jetzt ist: Sehen Sie es an, und entscheiden Sie neu.</translation>
    </message>
    <message>
        <source>Cloudinary has not made the renditions of {name} within hours. Their transformation may be more than it can do: change it, or try again.</source>
        <translation>Cloudinary hat die Varianten von {name} auch nach Stunden nicht erzeugt. Ihre Transformation ist vielleicht mehr, als es leisten kann: Ändern Sie sie, oder versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} The others are there.</source>
        <translation>{count} von {total} Varianten von {name} wurden nicht erzeugt; die erste ist {preset}: {detail} Die übrigen sind da.</translation>
    </message>
    <message>
        <source>Nothing was imported: {names} exist already and say something else. Say that they may be replaced, or rename them.</source>
        <translation>Nichts wurde eingelesen: {names} gibt es schon, mit anderem Inhalt. Erlauben Sie das Ersetzen, oder benennen Sie sie um.</translation>
    </message>
    <message>
        <source>There is something else with the name {name}. Nothing was changed.</source>
        <translation>Es gibt schon etwas anderes mit dem Namen {name}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. The file that is there was left as it is.</source>
        <translation>{path} wurde nicht geschrieben: {detail}. Die Datei, die dort liegt, blieb, wie sie war.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. Nothing is left of it.</source>
        <translation>{path} wurde nicht geschrieben: {detail}. Nichts blieb davon zurück.</translation>
    </message>
    <message>
        <source>{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is asked again by itself until it says no.</source>
        <translation>{name} ist bei {service} zurückgezogen, doch Kopien unterwegs liefern es noch aus. Die Adresse wird von selbst erneut abgefragt, bis sie ablehnt.</translation>
    </message>
    <message>
        <source>{name} was not delivered: its library sends other bytes than it says ({detail}). It is fetched again by itself.</source>
        <translation>{name} wurde nicht ausgeliefert: Die Bibliothek sendet andere Bytes, als sie angibt ({detail}). Es wird von selbst erneut geholt.</translation>
    </message>
    <message>
        <source>{what} is no field mapping: {detail}.</source>
        <translation>{what} ist keine Feldzuordnung: {detail}.</translation>
    </message>
    <message>
        <source>{what} cannot stand in a rights block: {detail}. Nothing was changed.</source>
        <translation>{what} kann nicht in einem Rechteblock stehen: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The rights block cannot be read: {detail}.</source>
        <translation>Der Rechteblock ist nicht lesbar: {detail}.</translation>
    </message>
    <message>
        <source>{service} did not sign you in: {detail}. Nothing was changed here.</source>
        <translation>{service} hat Sie nicht angemeldet: {detail}. Hier wurde nichts geändert.</translation>
    </message>
    <message>
        <source>{service} does not accept the API key ({detail}). A key for version 4 of its API is needed. Nothing was changed here.</source>
        <translation>{service} akzeptiert den API-Schlüssel nicht ({detail}). Nötig ist ein Schlüssel für Version 4 der API. Hier wurde nichts geändert.</translation>
    </message>
    <message>
        <source>The session at {service} has ended ({detail}). Sign in again; what is queued stays queued.</source>
        <translation>Die Sitzung bei {service} ist beendet ({detail}). Melden Sie sich erneut an; was ansteht, bleibt anstehen.</translation>
    </message>
    <message>
        <source>{service} asks for a code but does not take it here ({detail}). Sign in with the browser where that is offered, or as somebody who needs no code.</source>
        <translation>{service} verlangt einen Code, nimmt ihn hier aber nicht an ({detail}). Melden Sie sich mit dem Browser an, wo das angeboten wird, oder als jemand, der keinen Code braucht.</translation>
    </message>
    <message>
        <source>Your role at {service} does not allow this ({detail}). Nothing was changed there.</source>
        <translation>Ihre Rolle bei {service} erlaubt dies nicht ({detail}). Dort wurde nichts geändert.</translation>
    </message>
    <message>
        <source>{service} does not have this any more ({detail}).</source>
        <translation>{service} hat dies nicht mehr ({detail}).</translation>
    </message>
    <message>
        <source>Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: look at both and decide.</source>
        <translation>Jemand hat dies inzwischen bei {service} geändert ({detail}). Nichts wurde überschrieben: Sehen Sie beides an und entscheiden Sie.</translation>
    </message>
    <message>
        <source>{service} does not offer this for that kind of file ({detail}).</source>
        <translation>{service} bietet dies für diese Art von Datei nicht an ({detail}).</translation>
    </message>
    <message>
        <source>{service} already has another file of this name there ({detail}). It was left as it is.</source>
        <translation>{service} hat dort schon eine andere Datei dieses Namens ({detail}). Sie wurde belassen, wie sie ist.</translation>
    </message>
    <message>
        <source>{service} does not offer this: {detail}.</source>
        <translation>{service} bietet dies nicht an: {detail}.</translation>
    </message>
    <message>
        <source>A listing of {service} does not come to an end ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Eine Auflistung von {service} nimmt kein Ende ({detail}). Was bisher gelesen wurde, ist aufbewahrt; nichts gilt als gelöscht.</translation>
    </message>
    <message>
        <source>A listing of {service} ended too early ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Eine Auflistung von {service} endete zu früh ({detail}). Was bis dahin gelesen wurde, bleibt; nichts gilt deshalb als gelöscht.</translation>
    </message>
    <message>
        <source>This address cannot be used: {detail}.</source>
        <translation>Diese Adresse ist nicht verwendbar: {detail}.</translation>
    </message>
    <message>
        <source>{service} links to an address that is not safe ({detail}). Nothing was sent there.</source>
        <translation>{service} verweist auf eine Adresse, die nicht sicher ist ({detail}). Dorthin wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>An answer of {service} is too long to be right ({detail}). It was not read.</source>
        <translation>Eine Antwort von {service} ist zu lang, um richtig zu sein ({detail}). Sie wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>A record of {service} cannot be taken over: {detail}. The others were.</source>
        <translation>Ein Datensatz von {service} kann nicht übernommen werden: {detail}. Die anderen wurden übernommen.</translation>
    </message>
    <message>
        <source>{service} has no picture of this ({detail}).</source>
        <translation>{service} hat hiervon kein Bild ({detail}).</translation>
    </message>
    <message>
        <source>{service} has no more of this file ({detail}).</source>
        <translation>{service} hat nicht mehr von dieser Datei ({detail}).</translation>
    </message>
    <message>
        <source>{name} is being fetched already.</source>
        <translation>{name} wird schon geholt.</translation>
    </message>
    <message>
        <source>What {service} sent of {name} is not the file it describes ({detail}). It was thrown away; nothing was changed.</source>
        <translation>Was {service} von {name} gesendet hat, ist nicht die beschriebene Datei ({detail}). Es wurde verworfen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>This was stopped. What had arrived is kept, and the next try goes on from there.</source>
        <translation>Dies wurde angehalten. Was ankam, ist aufbewahrt, und der nächste Versuch geht von dort weiter.</translation>
    </message>
    <message>
        <source>Libraries of the kind {kind} need a package that {detail}. What is catalogued of them stays.</source>
        <translation>Bibliotheken der Art {kind} brauchen ein Paket, das {detail}. Was von ihnen im Katalog steht, bleibt.</translation>
    </message>
    <message>
        <source>The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive into another folder, or mend this one and try again.</source>
        <translation>Das Archiv in {path} ist nicht vollständig: {detail}. Nirgends wurde etwas entfernt. Archivieren Sie in einen anderen Ordner, oder berichtigen Sie diesen und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>{name} was to be moved, and the service shows it where it was. Nothing else was changed: try again, or move it there by hand.</source>
        <translation>{name} sollte verschoben werden, doch der Dienst zeigt es noch am alten Ort. Sonst wurde nichts geändert: Versuchen Sie es erneut, oder verschieben Sie es dort von Hand.</translation>
    </message>
    <message>
        <source>Not all assets of this environment are known here yet, so nobody can say what changing the folder {name} would do. Wait until the sync is through, then try again.</source>
        <translation>Noch sind nicht alle Assets dieser Umgebung hier bekannt; niemand kann sagen, was eine Änderung des Ordners {name} bewirken würde. Den Abgleich abwarten, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{name} has changed at {service} since it was pushed, so nothing of its copy was carried back. Push it again, or change it at {service}.</source>
        <translation>{name} hat sich bei {service} geändert, seit es übertragen wurde; daher wurde nichts von der Kopie zurückgeschrieben. Übertragen Sie es erneut, oder ändern Sie es bei {service}.</translation>
    </message>
    <message>
        <source>The mapping of {what} cannot be used: {detail}.</source>
        <translation>Die Zuordnung von {what} ist nicht verwendbar: {detail}.</translation>
    </message>
    <message>
        <source>The archive of {name} was taken back, so nothing more of it is done. Archive it anew if that is wanted.</source>
        <translation>Das Archiv von {name} wurde rückgängig gemacht; es geschieht nichts mehr damit. Neu archivieren, wenn das gewünscht ist.</translation>
    </message>
    <message>
        <source>{name} is delivered with {there} bytes, and {told} were published. It was not archived: look at it, then try again.</source>
        <translation>{name} wird mit {there} Bytes ausgeliefert, veröffentlicht wurden {told}. Es wurde nicht archiviert: Sehen Sie es an und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>{name} was put into the archive&apos;s gallery, and the service does not have it. Nothing was taken away anywhere; try again.</source>
        <translation>{name} wurde in die Galerie des Archivs gegeben, doch der Dienst hat es nicht. Nirgends wurde etwas entfernt; versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>{name} was to be marked as archived, and the service does not show it. Try again; nothing was taken away anywhere.</source>
        <translation>{name} sollte als archiviert gekennzeichnet werden, doch der Dienst zeigt es nicht so. Versuchen Sie es erneut; nirgends wurde etwas entfernt.</translation>
    </message>
    <message>
        <source>The folder {name} is not at {service} any more. Nothing was changed there.</source>
        <translation>Den Ordner {name} gibt es bei {service} nicht mehr. Dort wurde nichts geändert.</translation>
    </message>
    <message>
        <source>There is a folder {name} at {service} already. Nothing was changed there: choose another name.</source>
        <translation>Einen Ordner {name} gibt es bei {service} schon. Dort wurde nichts geändert: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{name} has a new version at its library. It was not sent: have that version approved, then push it.</source>
        <translation>{name} hat in seiner Bibliothek eine neue Version. Sie wurde nicht gesendet: Lassen Sie diese Version freigeben, und übertragen Sie sie dann.</translation>
    </message>
    <message>
        <source>{name} is not at its library any more. Nothing was sent or changed.</source>
        <translation>{name} ist nicht mehr in seiner Bibliothek. Nichts wurde gesendet oder geändert.</translation>
    </message>
    <message>
        <source>The library of this master cannot be reached. Nothing was lost: it is tried again by itself every minute.</source>
        <translation>Die Bibliothek dieser Masterdatei ist nicht erreichbar. Nichts ging verloren: Es wird jede Minute von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>{name} may not be delivered any more: {reasons}. Somebody has put other content at {public_id} meanwhile, which was left alone: look at it.</source>
        <translation>{name} darf nicht mehr ausgeliefert werden: {reasons}. Jemand hat inzwischen unter {public_id} anderen Inhalt abgelegt, der nicht angerührt wurde: Sehen Sie ihn an.</translation>
    </message>
    <message>
        <source>At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide again if that is not right.</source>
        <translation>Bei {service} ist {name} „{state}“, laut {source}; das ist strenger und gilt. Entscheiden Sie neu, falls das nicht stimmt.</translation>
    </message>
    <message>
        <source>{name} is archived at {service}, so it was not told of the decision. The decision is kept here.</source>
        <translation>{name} ist bei {service} archiviert, daher wurde die Entscheidung dort nicht mitgeteilt. Hier bleibt sie erhalten.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: it lies in no gallery there.</source>
        <translation>Was von {name} veröffentlicht ist, wurde beim Dienst nicht vermerkt: Es liegt dort in keiner Galerie.</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Nothing is left of it.</source>
        <translation>Das Laden von {name} wurde angehalten. Nichts davon bleibt zurück.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: other files have the names that its record could have. They were left as they are.</source>
        <translation>Was von {name} veröffentlicht ist, wurde beim Dienst nicht vermerkt: Andere Dateien tragen die Namen, die der Vermerk haben könnte. Sie wurden belassen, wie sie waren.</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer ({detail}). Close it, then try again.</source>
        <translation>Ein anderes Programm verwendet Port {port} dieses Computers ({detail}). Schließen Sie es und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>A PDF needs libraries that are not here ({detail}). CSV and JSON need none.</source>
        <translation>Ein PDF braucht Bibliotheken, die hier fehlen ({detail}). CSV und JSON brauchen keine.</translation>
    </message>
    <message>
        <source>Entry {first} was altered: it does not say what was recorded.</source>
        <translation>Eintrag {first} wurde verändert: Er sagt nicht, was aufgezeichnet wurde.</translation>
    </message>
    <message>
        <source>Just before entry {first} something was put in, taken out or moved.</source>
        <translation>Unmittelbar vor Eintrag {first} wurde etwas eingefügt, entfernt oder verschoben.</translation>
    </message>
    <message>
        <source>Entries are missing: number {first} to number {last}.</source>
        <translation>Einträge fehlen: Nummer {first} bis Nummer {last}.</translation>
    </message>
    <message>
        <source>The end was cut off: number {first} to number {last} were there once.</source>
        <translation>Das Ende wurde abgeschnitten: Nummer {first} bis Nummer {last} gab es einmal.</translation>
    </message>
    <message>
        <source>The ledger does not know any more how far the trail goes.</source>
        <translation>Das Journal weiß nicht mehr, wie weit das Protokoll reicht.</translation>
    </message>
    <message>
        <source>The trail does not end as the ledger kept it, at entry {first}.</source>
        <translation>Das Protokoll endet bei Eintrag {first} nicht so, wie das Journal es vermerkt hat.</translation>
    </message>
    <message>
        <source>The file beside the ledger that keeps the trail&apos;s end is gone or unreadable.</source>
        <translation>Die Datei neben dem Journal, die das Ende des Protokolls festhält, ist weg oder nicht lesbar.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that the file beside the ledger has kept.</source>
        <translation>Eintrag {first} ist nicht der, den die Datei neben dem Journal festgehalten hat.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that was kept elsewhere.</source>
        <translation>Eintrag {first} ist nicht der, der anderswo festgehalten wurde.</translation>
    </message>
    <message>
        <source>The decision that entry {first} tells of is not on record any more.</source>
        <translation>Die Entscheidung, von der Eintrag {first} berichtet, ist nicht mehr aufgezeichnet.</translation>
    </message>
    <message>
        <source>A decision is on record that the trail does not tell of ({what}).</source>
        <translation>Es ist eine Entscheidung aufgezeichnet, von der das Protokoll nichts berichtet ({what}).</translation>
    </message>
    <message>
        <source>The comment was not saved: {detail}. What you wrote is still where you wrote it.</source>
        <translation>Der Kommentar wurde nicht gesichert: {detail}. Was Sie geschrieben haben, steht noch dort, wo Sie es geschrieben haben.</translation>
    </message>
    <message>
        <source>The rating {rating} was not kept: it takes 0 to 5.</source>
        <translation>Die Bewertung {rating} wurde nicht übernommen: Möglich sind 0 bis 5.</translation>
    </message>
    <message>
        <source>{name} was not let through: {detail}. Nothing was changed.</source>
        <translation>{name} wurde nicht durchgelassen: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The policies were not taken over: {place}: {detail}. Nothing was changed.</source>
        <translation>Die Richtlinien wurden nicht übernommen: {place}: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>No review pack was made: {detail}.</source>
        <translation>Es wurde kein Prüfpaket erstellt: {detail}.</translation>
    </message>
    <message>
        <source>The verdicts were not imported: {place}: {detail}. Nothing was recorded.</source>
        <translation>Die Urteile wurden nicht importiert: {place}: {detail}. Nichts wurde aufgezeichnet.</translation>
    </message>
    <message>
        <source>The review was not requested: {detail}.</source>
        <translation>Die Prüfung wurde nicht angefordert: {detail}.</translation>
    </message>
    <message>
        <source>{what} is no territory: give a country&apos;s code (NO, SE), a region ({regions}) or WORLD. Nothing was changed.</source>
        <translation>{what} ist kein Gebiet: Geben Sie einen Ländercode (NO, SE), eine Region ({regions}) oder WORLD an. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{what} is no channel: they are {channels}. Nothing was changed.</source>
        <translation>{what} ist kein Kanal; es gibt {channels}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>These rights exclude every one of the {what} that they grant. Nothing was changed.</source>
        <translation>Diese Rechte nehmen alles wieder aus, was sie gewähren ({what}). Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{what} of the rights is too long: {most} at most. Nothing was changed.</source>
        <translation>Bei den Rechten ist etwas zu lang ({what}): höchstens {most}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The rights cannot be claimed: {detail}. Nothing was changed.</source>
        <translation>Die Rechte lassen sich nicht festlegen: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The rights cannot be read: {place} is not as it should be. Nothing was changed.</source>
        <translation>Die Rechte sind nicht lesbar: {place} ist nicht so, wie es sein soll. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed.</source>
        <translation>{what} ist kein Datum: Schreiben Sie 2027-03-31 oder 2027-03-31T18:00. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name}: what was claimed here and what {service} says have no {what} in common, which cannot be written there. Here nothing of it is delivered.</source>
        <translation>{name}: Was hier festgelegt wurde und was {service} angibt, hat nichts gemeinsam ({what}); das lässt sich dort nicht eintragen. Hier wird nichts davon ausgeliefert.</translation>
    </message>
    <message>
        <source>{service} was told that {name} is {wanted}, and still says that it is {found}.</source>
        <translation>{service} wurde mitgeteilt, dass für {name} „{wanted}“ gilt, und gibt immer noch „{found}“ an.</translation>
    </message>
    <message>
        <source>All that {name} of {reviewer} says is on record already. Nothing was recorded.</source>
        <translation>Alles, was {name} von {reviewer} sagt, ist schon aufgezeichnet. Nichts wurde aufgezeichnet.</translation>
    </message>
    <message>
        <source>The review pack was not finished. Nothing is left of it.</source>
        <translation>Das Prüfpaket wurde nicht fertig. Nichts blieb davon zurück.</translation>
    </message>
    <message>
        <source>{what} is no time zone: give one like Europe/Oslo. Nothing was changed.</source>
        <translation>{what} ist keine Zeitzone: Geben Sie eine wie Europe/Oslo an. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>A template needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Eine Vorlage braucht einen Namen von 1 bis {most} Zeichen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name} was not attached: it has more than {most} MB. Nothing was changed.</source>
        <translation>{name} wurde nicht angehängt: Die Datei hat mehr als {most} MB. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name} was not attached: {detail}. Nothing was changed.</source>
        <translation>{name} wurde nicht angehängt: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name} in {folder} is not the document that was attached: it was changed. The claim names the right one by its SHA-256 ({digest}).</source>
        <translation>{name} in {folder} ist nicht das Dokument, das angehängt wurde: Es wurde geändert. Die Festlegung nennt das richtige mit seinem SHA-256 ({digest}).</translation>
    </message>
    <message>
        <source>{what} cannot be used at character {at}: {detail}.</source>
        <translation>{what} ist ab Zeichen {at} nicht verwendbar: {detail}.</translation>
    </message>
    <message>
        <source>The templates were not imported: {what}: {detail}. Nothing was changed.</source>
        <translation>Die Vorlagen wurden nicht importiert: {what}: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{what} cannot be used: line {line}: {detail}.</source>
        <translation>{what} ist nicht verwendbar: Zeile {line}: {detail}.</translation>
    </message>
    <message>
        <source>{what}: {detail}. The vocabulary is closed: choose one of its words.</source>
        <translation>{what}: {detail}. Das Vokabular ist geschlossen: Wählen Sie einen seiner Begriffe.</translation>
    </message>
    <message>
        <source>The metadata could not be written: {detail}. What is there was left as it is.</source>
        <translation>Die Metadaten konnten nicht geschrieben werden: {detail}. Was dort ist, wurde belassen, wie es war.</translation>
    </message>
    <message>
        <source>The metadata was not written: {detail}. The file was left as it is.</source>
        <translation>Die Metadaten wurden nicht geschrieben: {detail}. Die Datei wurde belassen, wie sie war.</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile. It is read again.</source>
        <translation>{path} wurde inzwischen von einem anderen Programm geändert. Die Datei wird erneut gelesen.</translation>
    </message>
    <message>
        <source>{path} is locked by another program. What you said is kept and tried again.</source>
        <translation>{path} ist von einem anderen Programm gesperrt. Was Sie angegeben haben, bleibt erhalten und wird erneut versucht.</translation>
    </message>
    <message>
        <source>{path} cannot be written to: {detail}. It was left as it is.</source>
        <translation>{path} lässt sich nicht beschreiben: {detail}. Die Datei wurde belassen, wie sie war.</translation>
    </message>
    <message>
        <source>{path} is not there any more. What you said about it is kept.</source>
        <translation>{path} ist nicht mehr da. Was Sie dazu angegeben haben, bleibt erhalten.</translation>
    </message>
    <message>
        <source>{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was recorded. A no for the whole counts from anybody.</source>
        <translation>{who} kann in der Stufe „{stage}“ nicht entscheiden: Laut einer Richtlinie dürfen das nur {roles}. Nichts wurde aufgezeichnet. Ein Nein zum Ganzen zählt von allen.</translation>
    </message>
    <message>
        <source>Some assets stay as they are: since then they have changed, or somebody decided on them, or they are reviewed in stages. Look at them, and decide anew.</source>
        <translation>Einige Assets bleiben, wie sie sind: Sie haben sich seitdem geändert, oder jemand hat über sie entschieden, oder sie werden in Stufen geprüft. Sehen Sie sie an, und entscheiden Sie neu.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} was deleted at {service}, but its address makes it again for anybody: {environment} does not have strict transformations. Switch them on there and try again, or take the whole master back.</source>
        <translation>Die Variante {preset} von {name} wurde bei {service} gelöscht, doch ihre Adresse erzeugt sie für alle aufs Neue: {environment} hat keine Strict Transformations. Schalten Sie sie dort ein und versuchen Sie es erneut, oder ziehen Sie die ganze Masterdatei zurück.</translation>
    </message>
    <message>
        <source>{service} did not take this: {detail}.</source>
        <translation>{service} hat das nicht angenommen: {detail}.</translation>
    </message>
    <message>
        <source>{host} is an address of this computer or of a private network ({address}). Nothing was sent. Allow private addresses for it if that is meant.</source>
        <translation>{host} ist eine Adresse dieses Computers oder eines privaten Netzes ({address}). Nichts wurde gesendet. Erlauben Sie dafür private Adressen, wenn das so gemeint ist.</translation>
    </message>
    <message>
        <source>{url} cannot be called: {detail}.</source>
        <translation>{url} lässt sich nicht aufrufen: {detail}.</translation>
    </message>
    <message>
        <source>{host} did not take it ({detail}). It is tried again.</source>
        <translation>{host} hat es nicht angenommen ({detail}). Es wird erneut versucht.</translation>
    </message>
    <message>
        <source>{host} could not be read ({detail}). What was known before stays as it is.</source>
        <translation>{host} konnte nicht gelesen werden ({detail}). Was vorher bekannt war, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>{host} did not give what was asked for: {detail}. Nothing was changed.</source>
        <translation>{host} hat nicht geliefert, was verlangt wurde: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The answer is larger than {most} MB. Nothing was changed.</source>
        <translation>Die Antwort ist größer als {most} MB. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Somebody has changed {field} of the entry {entry} there meanwhile. Their version was left as it is; look at it there, then publish again.</source>
        <translation>Jemand hat {field} des Eintrags {entry} dort inzwischen geändert. Dessen Fassung blieb, wie sie ist; sehen Sie sie dort an und veröffentlichen Sie dann erneut.</translation>
    </message>
    <message>
        <source>{preset} of {name} may not be published: {reasons}. Nothing was written.</source>
        <translation>{preset} von {name} darf nicht veröffentlicht werden: {reasons}. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>There is no rendition {preset} of {name} as it is now. Approve the newest version, push it and have the rendition made in the cloud.</source>
        <translation>Von {name} in der jetzigen Fassung gibt es keine Variante {preset}. Geben Sie die neueste Version frei, übertragen Sie sie und lassen Sie die Variante in der Cloud erzeugen.</translation>
    </message>
    <message>
        <source>There is no environment {environment} there. There is: {known}.</source>
        <translation>Es gibt dort keine Umgebung {environment}. Es gibt: {known}.</translation>
    </message>
    <message>
        <source>Something is published in {name}: until that was taken back, it stays the same place. Nothing was changed; add another one beside it.</source>
        <translation>In {name} ist etwas veröffentlicht: Bis das zurückgenommen ist, bleibt es derselbe Ort. Nichts wurde geändert; fügen Sie daneben einen weiteren hinzu.</translation>
    </message>
    <message>
        <source>{field} of the entry takes {most} pictures and has them. Nothing was changed.</source>
        <translation>{field} des Eintrags fasst {most} Bilder und hat sie bereits. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{field} of the entry holds something else than pictures. Nothing was changed.</source>
        <translation>{field} des Eintrags enthält etwas anderes als Bilder. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a reference to entries with one of these is.</source>
        <translation>{field} ist kein Feld für Bilder: Geeignet ist ein Cloudinary- oder JSON-Feld, eine Datei, ein Text, ein Link oder ein Verweis auf Einträge mit einem davon.</translation>
    </message>
    <message>
        <source>This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.</source>
        <translation>Dieser Computer soll den Proxy {proxy} verwenden, der kein HTTP-Proxy ist. Nichts wurde gesendet. Setzen Sie HTTPS_PROXY auf einen HTTP-Proxy, oder entfernen Sie ALL_PROXY, und starten Sie neu.</translation>
    </message>
    <message>
        <source>{variable} is not the address of a proxy. Nothing was sent. Write it as http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start again.</source>
        <translation>{variable} ist nicht die Adresse eines Proxys. Nichts wurde gesendet. Schreiben Sie sie als http://name:passwort@proxy:3128, mit %2F für / und %40 für @ im Passwort, und starten Sie neu.</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check HTTPS_PROXY, with the name and password in it, and start again.</source>
        <translation>Der Proxy {proxy} lässt nichts zu {service} durch ({detail}). Nichts wurde gesendet. Prüfen Sie HTTPS_PROXY samt Name und Passwort darin, und starten Sie neu.</translation>
    </message>
    <message>
        <source>{endpoint} said that it is gone (410). It was switched off; what was not delivered is kept and can be sent again.</source>
        <translation>{endpoint} hat gemeldet, dass es den Endpunkt nicht mehr gibt (410). Er wurde abgeschaltet; was nicht zugestellt wurde, bleibt erhalten und lässt sich erneut senden.</translation>
    </message>
    <message>
        <source>{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept and can be sent again.</source>
        <translation>{endpoint} hat die Nachricht in {tries} Versuchen über Tage hinweg nicht angenommen ({detail}). Sie bleibt erhalten und lässt sich erneut senden.</translation>
    </message>
    <message>
        <source>The endpoint needs a name of at most {most} letters.</source>
        <translation>Der Endpunkt braucht einen Namen aus höchstens {most} Buchstaben.</translation>
    </message>
    <message>
        <source>There is an endpoint called {name} already.</source>
        <translation>Es gibt bereits einen Endpunkt namens {name}.</translation>
    </message>
    <message>
        <source>“{url}” is no address to tell: it has to begin with https://.</source>
        <translation>„{url}“ ist keine Adresse, die sich benachrichtigen lässt: Sie muss mit https:// beginnen.</translation>
    </message>
    <message>
        <source>{url} is not encrypted. Only an address of this computer or network, where that is allowed, may begin with http://.</source>
        <translation>{url} ist nicht verschlüsselt. Nur eine Adresse dieses Rechners oder Netzes darf, wo das erlaubt ist, mit http:// beginnen.</translation>
    </message>
    <message>
        <source>The secret has to be {prefix} and {least} to {most} bytes in base64.</source>
        <translation>Das Geheimnis muss aus {prefix} und {least} bis {most} Bytes in Base64 bestehen.</translation>
    </message>
    <message>
        <source>The address of {name} is not told any more: {reasons}. Nothing was sent.</source>
        <translation>Die Adresse von {name} wird nicht mehr mitgeteilt: {reasons}. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>{endpoint} is switched off. The message is kept: switch it on and send it again.</source>
        <translation>{endpoint} ist abgeschaltet. Die Nachricht bleibt erhalten: Schalten Sie den Endpunkt ein und senden Sie sie erneut.</translation>
    </message>
    <message>
        <source>{name} is at its service, not in a folder here. Save its original to have the file.</source>
        <translation>{name} ist beim Dienst, nicht hier in einem Ordner. Speichern Sie das Original, um die Datei zu haben.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has at {service}. It was left as it is.</source>
        <translation>{path} gibt es schon, mit anderem Inhalt, als {name} bei {service} hat. Die Datei wurde belassen, wie sie war.</translation>
    </message>
    <message>
        <source>{count} masters are not at {service} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} Masterdateien sind nicht mehr bei {service}, darunter {first}. Sie bleiben im Katalog, bis Sie sagen, dass sie vergessen werden dürfen.</translation>
    </message>
    <message>
        <source>{what} of the channel cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} des Kanals ist nicht brauchbar: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it into another folder.</source>
        <translation>{name} wurde nicht gesendet: Der Ordner {folder} gehört dem Plug-in von {channel}. Übertragen Sie es in einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {detail}. Nothing was written.</source>
        <translation>Das Kit {kit} wurde nicht exportiert: {detail}. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>The kit {what} was not saved: another one has that name, or it was deleted meanwhile. Nothing was changed.</source>
        <translation>Das Kit {what} wurde nicht gesichert: Ein anderes hat diesen Namen, oder es wurde inzwischen gelöscht. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The feed needs a name of its own, of at most {most} letters.</source>
        <translation>Der Feed braucht einen eigenen Namen aus höchstens {most} Buchstaben.</translation>
    </message>
    <message>
        <source>The feed cannot be kept: {detail}. Nothing was changed.</source>
        <translation>Der Feed kann nicht gespeichert werden: {detail}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{name} was not taken: {detail}. What was known before stays as it is.</source>
        <translation>{name} wurde nicht übernommen: {detail}. Was vorher bekannt war, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>{name}: {bad} of {received} rows were not taken.</source>
        <translation>{name}: {bad} von {received} Zeilen wurden nicht übernommen.</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, {{position}}, {{any}} and [brackets] around what may be missing.</source>
        <translation>Das Muster „{pattern}“ ist nicht brauchbar: Es braucht einmal {{sku}} und erlaubt {{slot}}, {{position}}, {{any}} und [Klammern] um das, was fehlen darf.</translation>
    </message>
    <message>
        <source>The import was stopped. Nothing of that log is counted.</source>
        <translation>Der Import wurde angehalten. Nichts aus diesem Protokoll wird gezählt.</translation>
    </message>
    <message>
        <source>Reading the feed was stopped. Nothing was changed.</source>
        <translation>Das Einlesen des Feeds wurde angehalten. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The kit {name} was not exported: {reasons}. Nothing was written.</source>
        <translation>Das Kit {name} wurde nicht exportiert: {reasons}. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {count} of its renditions could not be made; the first is {preset} of {name}: {detail} What is made is kept for the next try.</source>
        <translation>Das Kit {kit} wurde nicht exportiert: {count} seiner Varianten konnten nicht erzeugt werden; die erste ist {preset} von {name}: {detail} Was erzeugt ist, bleibt für den nächsten Versuch erhalten.</translation>
    </message>
    <message>
        <source>It broke off.</source>
        <translation>Es ist abgebrochen.</translation>
    </message>
    <message>
        <source>A saved report needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Ein gespeicherter Bericht braucht einen Namen aus 1 bis {most} Buchstaben. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. Nothing was sent: write its address into a text, link or Cloudinary field instead.</source>
        <translation>Die Variante {preset} von {name} hat {mb} MB; Contentstack nimmt Dateien bis 100 MB an. Nichts wurde gesendet: Schreiben Sie stattdessen ihre Adresse in ein Text-, Link- oder Cloudinary-Feld.</translation>
    </message>
    <message>
        <source>Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out first, or say that it may be given up.</source>
        <translation>Nicht alles, was hier angegeben wurde, ist angekommen: {work}. Nichts wurde entfernt. Lassen Sie es erst hinausgehen, oder bestätigen Sie, dass es verworfen werden darf.</translation>
    </message>
    <message>
        <source>This link cannot be followed ({detail}). Nothing was opened or changed.</source>
        <translation>Diesem Link lässt sich nicht folgen ({detail}). Nichts wurde geöffnet oder geändert.</translation>
    </message>
    <message>
        <source>The news of a release could not be trusted: {detail}. Nothing was fetched or installed.</source>
        <translation>Der Nachricht über eine neue Version ist nicht zu trauen: {detail}. Nichts wurde geladen oder installiert.</translation>
    </message>
    <message>
        <source>{name} cannot be handed over as a file: its master is not on this machine, or it is a film. Export it, or publish it and take it from its renditions.</source>
        <translation>{name} lässt sich nicht als Datei übergeben: Die Masterdatei ist nicht auf diesem Computer, oder es ist ein Film. Exportieren Sie sie, oder veröffentlichen Sie sie und nehmen Sie sie aus den Varianten.</translation>
    </message>
    <message>
        <source>Nothing was handed over. What was begun is gone again.</source>
        <translation>Nichts wurde übergeben. Was begonnen war, ist wieder entfernt.</translation>
    </message>
    <message>
        <source>The desktop shows no notifications ({detail}).</source>
        <translation>Der Desktop zeigt keine Benachrichtigungen ({detail}).</translation>
    </message>
    <message>
        <source>{program} could not be started ({detail}). The file was left as it is.</source>
        <translation>{program} konnte nicht gestartet werden ({detail}). Die Datei wurde belassen, wie sie war.</translation>
    </message>
    <message>
        <source>There is no place yet that news of releases come from. Nothing was asked. `updates_url` in the settings can name one.</source>
        <translation>Es gibt noch keine Adresse, von der Nachrichten über neue Versionen kommen. Nichts wurde abgefragt. `updates_url` in den Einstellungen kann eine nennen.</translation>
    </message>
    <message>
        <source>Channels of the kind {kind} need a package that {detail}. What is published there stays as it is.</source>
        <translation>Kanäle der Art {kind} brauchen ein Paket, das {detail}. Was dort veröffentlicht ist, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Cloudinary is still making the renditions of {name}.</source>
        <translation>Cloudinary erzeugt die Varianten von {name} noch.</translation>
    </message>
    <message>
        <source>The service took the publication of {entry} and does not show it yet; it was looked for {times} times.</source>
        <translation>Der Dienst hat die Veröffentlichung von {entry} angenommen und zeigt sie noch nicht; es wurde {times}-mal nachgesehen.</translation>
    </message>
    <message>
        <source>{service} gave no answer that can be used ({detail}). Nothing was kept: check the API&apos;s address, and whether this network wants you to log in first; then try again.</source>
        <translation>{service} hat keine brauchbare Antwort gegeben ({detail}). Nichts wurde gespeichert: Prüfen Sie die API-Adresse und ob dieses Netz zuerst eine Anmeldung verlangt; versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down, and could not be asked about this account. Nothing was kept: try again in a while.</source>
        <translation>{service} bittet um Geduld und konnte zu diesem Konto nicht befragt werden. Nichts wurde behalten: Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>It was stopped. Nothing of it was kept.</source>
        <translation>Es wurde abgebrochen. Nichts davon wurde behalten.</translation>
    </message>
    <message>
        <source>A policy keeps the file of {name} here: {reasons}. Nothing was handed over.</source>
        <translation>Eine Richtlinie behält die Datei von {name} hier: {reasons}. Nichts wurde herausgegeben.</translation>
    </message>
    <message>
        <source>The copy of {name} holds something else by now. It did not become the new version.</source>
        <translation>Die Kopie von {name} hat inzwischen einen anderen Inhalt. Sie wurde nicht zur neuen Version.</translation>
    </message>
    <message>
        <source>{name} takes nothing from others: {detail}.</source>
        <translation>{name} nimmt von anderen nichts an: {detail}.</translation>
    </message>
    <message>
        <source>Posts cannot be received on port {port}: {detail}. Choose another one.</source>
        <translation>Auf Port {port} können keine Sendungen empfangen werden: {detail}. Wählen Sie einen anderen.</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>%Ln Datei darf nicht veröffentlicht werden: {reasons}.</numerusform>
            <numerusform>%Ln Dateien dürfen nicht veröffentlicht werden: {reasons}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>the program ends</source>
        <translation>das Programm wird beendet</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>kein JSON</translation>
    </message>
    <message>
        <source>it is no encoding of files</source>
        <translation>keine Zeichenkodierung für Dateien</translation>
    </message>
    <message>
        <source>it redirects again and again</source>
        <translation>leitet immer wieder um</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>dauerte zu lange</translation>
    </message>
    <message>
        <source>it has to be https://…</source>
        <translation>erwartet wird https://…</translation>
    </message>
    <message>
        <source>a password has no place in an address</source>
        <translation>ein Passwort gehört nicht in eine Adresse</translation>
    </message>
    <message>
        <source>it redirects to nowhere safe</source>
        <translation>leitet an keinen sicheren Ort um</translation>
    </message>
    <message>
        <source>it is empty or not one word</source>
        <translation>leer oder nicht genau ein Wort</translation>
    </message>
    <message>
        <source>The Cloudinary URL</source>
        <translation>Die Cloudinary-URL</translation>
    </message>
    <message>
        <source>it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME</source>
        <translation>muss aussehen wie cloudinary://API_KEY:API_SECRET@CLOUD_NAME</translation>
    </message>
    <message>
        <source>its answer names no asset</source>
        <translation>die Antwort nennt kein Asset</translation>
    </message>
    <message>
        <source>the login had to be renewed</source>
        <translation>die Anmeldung musste erneuert werden</translation>
    </message>
    <message>
        <source>it does not say when it was sent</source>
        <translation>der Zeitpunkt des Sendens fehlt</translation>
    </message>
    <message>
        <source>it is too old, or the clock here is wrong</source>
        <translation>zu alt, oder die Uhr hier geht falsch</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>nicht signiert</translation>
    </message>
    <message>
        <source>its signature is not that of this account</source>
        <translation>die Signatur ist nicht die dieses Kontos</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>it does not say what happened</source>
        <translation>sagt nicht, was geschehen ist</translation>
    </message>
    <message>
        <source>the login kept is damaged</source>
        <translation>die aufbewahrte Anmeldung ist beschädigt</translation>
    </message>
    <message>
        <source>The API address</source>
        <translation>Die API-Adresse</translation>
    </message>
    <message>
        <source>it has to begin with https://</source>
        <translation>muss mit https:// beginnen</translation>
    </message>
    <message>
        <source>its answer holds no token</source>
        <translation>die Antwort enthält kein Token</translation>
    </message>
    <message>
        <source>The account URL</source>
        <translation>Die Konto-URL</translation>
    </message>
    <message>
        <source>it has to look like account://KEY:SECRET@ACCOUNT_ID</source>
        <translation>muss aussehen wie account://KEY:SECRET@ACCOUNT_ID</translation>
    </message>
    <message>
        <source>its answer lists no environments</source>
        <translation>die Antwort führt keine Umgebungen auf</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>sein Zertifikat wird nicht anerkannt</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>sein Zertifikat ist abgelaufen, oder die Uhr dieses Computers geht falsch</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>sein Zertifikat gilt noch nicht, oder die Uhr dieses Computers geht falsch</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>die Verbindung ist abgebrochen</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>die Datei ist zu groß</translation>
    </message>
    <message>
        <source>its answer lists no presets</source>
        <translation>die Antwort führt keine Presets auf</translation>
    </message>
    <message>
        <source>The breakpoints</source>
        <translation>Die Angabe der Breakpoints</translation>
    </message>
    <message>
        <source>The plug-in&apos;s folder</source>
        <translation>Der Ordner des Plug-ins</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>Der Name</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>This choice</source>
        <translation>Diese Auswahl</translation>
    </message>
    <message>
        <source>it has to be assets of one product environment</source>
        <translation>alle Assets müssen aus einer einzigen Produktumgebung sein</translation>
    </message>
    <message>
        <source>The moderation status</source>
        <translation>Der Moderationsstatus</translation>
    </message>
    <message>
        <source>say approved or rejected</source>
        <translation>möglich sind approved und rejected</translation>
    </message>
    <message>
        <source>The relation</source>
        <translation>Die Verbindung</translation>
    </message>
    <message>
        <source>it names no other asset</source>
        <translation>nennt kein anderes Asset</translation>
    </message>
    <message>
        <source>The access rules</source>
        <translation>Die Angabe der Zugriffsregeln</translation>
    </message>
    <message>
        <source>at most one of them can be a time window</source>
        <translation>höchstens eine davon darf ein Zeitfenster sein</translation>
    </message>
    <message>
        <source>The access rule</source>
        <translation>Die Zugriffsregel</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>das Ende liegt vor dem Beginn</translation>
    </message>
    <message>
        <source>it is pinned to a point outside the picture</source>
        <translation>an einen Punkt außerhalb des Bildes geheftet</translation>
    </message>
    <message>
        <source>it is pinned to a region that is not inside the picture</source>
        <translation>an einen Bereich geheftet, der nicht im Bild liegt</translation>
    </message>
    <message>
        <source>it is pinned to a time that cannot be</source>
        <translation>an einen unmöglichen Zeitpunkt geheftet</translation>
    </message>
    <message>
        <source>a line of its drawing has no points, or no width</source>
        <translation>eine Linie der Zeichnung hat keine Punkte oder keine Breite</translation>
    </message>
    <message>
        <source>a line of its drawing has a colour that is none of ours</source>
        <translation>eine Linie der Zeichnung hat eine Farbe, die es hier nicht gibt</translation>
    </message>
    <message>
        <source>it has characters that are broken</source>
        <translation>enthält kaputte Zeichen</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>sagt nichts aus</translation>
    </message>
    <message>
        <source>it is empty or has odd characters</source>
        <translation>leer oder mit ungewöhnlichen Zeichen</translation>
    </message>
    <message>
        <source>there is none of that name</source>
        <translation>diesen Namen gibt es nicht</translation>
    </message>
    <message>
        <source>it must not end with a backslash</source>
        <translation>es darf nicht mit einem Backslash enden</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>ein Name hat keinen Schrägstrich und 1 bis 255 Zeichen</translation>
    </message>
    <message>
        <source>an asset has at most 1,000 tags</source>
        <translation>ein Asset hat höchstens 1.000 Tags</translation>
    </message>
    <message>
        <source>a tag is a word without spaces around it</source>
        <translation>ein Tag ist ein Wort ohne Leerzeichen davor und dahinter</translation>
    </message>
    <message>
        <source>a tag holds no comma</source>
        <translation>ein Tag enthält kein Komma</translation>
    </message>
    <message>
        <source>a tag has at most 255 characters</source>
        <translation>ein Tag hat höchstens 255 Zeichen</translation>
    </message>
    <message>
        <source>a tag has no control characters</source>
        <translation>ein Tag enthält keine Steuerzeichen</translation>
    </message>
    <message>
        <source>a key needs a name without =, | and backslashes</source>
        <translation>ein Schlüssel braucht einen Namen ohne =, | und Backslash</translation>
    </message>
    <message>
        <source>this key says what was sent, and is not edited</source>
        <translation>dieser Schlüssel sagt, was gesendet wurde, und wird nicht bearbeitet</translation>
    </message>
    <message>
        <source>a value has at most 1,024 characters</source>
        <translation>ein Wert hat höchstens 1.024 Zeichen</translation>
    </message>
    <message>
        <source>a value has no control characters but line breaks</source>
        <translation>ein Wert enthält keine Steuerzeichen außer Zeilenumbrüchen</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>diesen Ort gibt es nicht</translation>
    </message>
    <message>
        <source>it does not name a place</source>
        <translation>nennt keinen Ort</translation>
    </message>
    <message>
        <source>an environment has no name</source>
        <translation>eine Umgebung hat keinen Namen</translation>
    </message>
    <message>
        <source>what leads in environments is no short table</source>
        <translation>was in Umgebungen führt, ist keine kurze Tabelle</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>Der Ordner</translation>
    </message>
    <message>
        <source>it cannot be moved into itself</source>
        <translation>lässt sich nicht in sich selbst verschieben</translation>
    </message>
    <message>
        <source>it is larger than 64 MB</source>
        <translation>größer als 64 MB</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>kein Text</translation>
    </message>
    <message>
        <source>The limit of weight</source>
        <translation>Die Größengrenze</translation>
    </message>
    <message>
        <source>it allows no bytes at all</source>
        <translation>lässt kein einziges Byte zu</translation>
    </message>
    <message>
        <source>it is no extension</source>
        <translation>keine Dateiendung</translation>
    </message>
    <message>
        <source>it names a preset twice</source>
        <translation>nennt ein Preset doppelt</translation>
    </message>
    <message>
        <source>there is no column market or language</source>
        <translation>es gibt keine Spalte market oder language</translation>
    </message>
    <message>
        <source>one of its options is chosen by name</source>
        <translation>eine der Optionen wird über den Namen gewählt</translation>
    </message>
    <message>
        <source>it is not written at this master</source>
        <translation>bei dieser Masterdatei nicht änderbar</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>Die Tabelle</translation>
    </message>
    <message>
        <source>its first line names no columns</source>
        <translation>die erste Zeile nennt keine Spalten</translation>
    </message>
    <message>
        <source>it has no column File or Asset</source>
        <translation>es gibt keine Spalte File oder Asset</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>Eine Vorlage</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>braucht einen Namen</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>der Name ist zu lang</translation>
    </message>
    <message>
        <source>it is no field that is edited</source>
        <translation>kein Feld, das bearbeitet wird</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>doppelt vorhanden</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>Der Text</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>a brace stands alone</source>
        <translation>eine geschweifte Klammer steht allein</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>das Dokument</translation>
    </message>
    <message>
        <source>the name is there twice</source>
        <translation>der Name ist doppelt vorhanden</translation>
    </message>
    <message>
        <source>it needs a name and fields, nothing else</source>
        <translation>braucht einen Namen und Felder, sonst nichts</translation>
    </message>
    <message>
        <source>a name is a text, fields are a list</source>
        <translation>ein Name ist ein Text, Felder sind eine Liste</translation>
    </message>
    <message>
        <source>it needs field and text, and may have way</source>
        <translation>braucht field und text, darf way haben</translation>
    </message>
    <message>
        <source>text is a text, way is set, add or fill</source>
        <translation>text ist ein Text, way ist set, add oder fill</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>führt aus dem Ordner hinaus</translation>
    </message>
    <message>
        <source>it holds a mark that no name can have</source>
        <translation>enthält ein Zeichen, das in keinem Namen stehen kann</translation>
    </message>
    <message>
        <source>it names a stage twice</source>
        <translation>nennt eine Stufe doppelt</translation>
    </message>
    <message>
        <source>a difference is between 0 and 1</source>
        <translation>ein Unterschied liegt zwischen 0 und 1</translation>
    </message>
    <message>
        <source>two policies have this name</source>
        <translation>zwei Richtlinien heißen so</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>Die Liste</translation>
    </message>
    <message>
        <source>it is empty, or has spaces at an end</source>
        <translation>leer oder mit Leerzeichen an einem Ende</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>it has to be a list</source>
        <translation>muss eine Liste sein</translation>
    </message>
    <message>
        <source>it has to be true or false</source>
        <translation>muss true oder false sein</translation>
    </message>
    <message>
        <source>it has to be a text</source>
        <translation>muss ein Text sein</translation>
    </message>
    <message>
        <source>it has to be an object</source>
        <translation>muss ein Objekt sein</translation>
    </message>
    <message>
        <source>it has to be a list of texts</source>
        <translation>muss eine Liste von Texten sein</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>Ein Text</translation>
    </message>
    <message>
        <source>it is too long, or broken</source>
        <translation>zu lang oder kaputt</translation>
    </message>
    <message>
        <source>The largest file</source>
        <translation>Die Höchstgröße der Datei</translation>
    </message>
    <message>
        <source>it has less than no bytes</source>
        <translation>weniger als null Bytes</translation>
    </message>
    <message>
        <source>say DE, US-CA or EMEA</source>
        <translation>möglich sind etwa DE, US-CA oder EMEA</translation>
    </message>
    <message>
        <source>say de or pt-BR</source>
        <translation>möglich sind etwa de oder pt-BR</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>kein Text</translation>
    </message>
    <message>
        <source>it has to be a whole number</source>
        <translation>muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>it has neither a folder nor an address</source>
        <translation>weder Ordner noch Adresse angegeben</translation>
    </message>
    <message>
        <source>to push, it needs a Cloudinary environment</source>
        <translation>zum Übertragen ist eine Cloudinary-Umgebung nötig</translation>
    </message>
    <message>
        <source>an address begins with https://</source>
        <translation>eine Adresse beginnt mit https://</translation>
    </message>
    <message>
        <source>a password has no place in an address; give it as a token</source>
        <translation>ein Passwort gehört nicht in eine Adresse; geben Sie es als Token an</translation>
    </message>
    <message>
        <source>context needs a name and a short value</source>
        <translation>context braucht einen Namen und einen kurzen Wert</translation>
    </message>
    <message>
        <source>a folder needs a name at each level</source>
        <translation>ein Ordner braucht auf jeder Ebene einen Namen</translation>
    </message>
    <message>
        <source>a folder name cannot hold ? &amp; # \ % &lt; &gt; +</source>
        <translation>ein Ordnername darf ? &amp; # \ % &lt; &gt; + nicht enthalten</translation>
    </message>
    <message>
        <source>it is no verdict file of a review pack</source>
        <translation>keine Urteilsdatei eines Prüfpakets</translation>
    </message>
    <message>
        <source>it is no verdict</source>
        <translation>kein Urteil</translation>
    </message>
    <message>
        <source>it is no time</source>
        <translation>keine Zeitangabe</translation>
    </message>
    <message>
        <source>its place is not on the picture</source>
        <translation>die Stelle liegt nicht auf dem Bild</translation>
    </message>
    <message>
        <source>it is missing, or no such name</source>
        <translation>fehlt oder ist kein gültiger Name</translation>
    </message>
    <message>
        <source>it is not between 0 and 1</source>
        <translation>nicht zwischen 0 und 1</translation>
    </message>
    <message>
        <source>something is named twice in it</source>
        <translation>etwas darin ist doppelt genannt</translation>
    </message>
    <message>
        <source>its due date says no time zone</source>
        <translation>dem Fälligkeitsdatum fehlt die Zeitzone</translation>
    </message>
    <message>
        <source>its title or its note has characters that are broken</source>
        <translation>Titel oder Notiz enthält kaputte Zeichen</translation>
    </message>
    <message>
        <source>it does not end with ]]</source>
        <translation>endet nicht mit ]]</translation>
    </message>
    <message>
        <source>The list of documents</source>
        <translation>Die Liste der Dokumente</translation>
    </message>
    <message>
        <source>no key that this version knows has signed it</source>
        <translation>mit keinem Schlüssel signiert, den diese Version kennt</translation>
    </message>
    <message>
        <source>it is about something else</source>
        <translation>handelt von etwas anderem</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>it is of a format that this version cannot read</source>
        <translation>in einem Format, das diese Version nicht lesen kann</translation>
    </message>
    <message>
        <source>it does not say what a release says</source>
        <translation>enthält nicht, was zu einer neuen Version gehört</translation>
    </message>
    <message>
        <source>it is no language tag</source>
        <translation>kein Sprachkürzel</translation>
    </message>
    <message>
        <source>it has no alternatives by language</source>
        <translation>keine Alternativen nach Sprache möglich</translation>
    </message>
    <message>
        <source>it is indented too far</source>
        <translation>zu weit eingerückt</translation>
    </message>
    <message>
        <source>a synonym stands below its word</source>
        <translation>ein Synonym steht unter seinem Begriff</translation>
    </message>
    <message>
        <source>a word has no control characters</source>
        <translation>ein Begriff hat keine Steuerzeichen</translation>
    </message>
    <message>
        <source>hidden and system files are left out</source>
        <translation>versteckte Dateien und Systemdateien werden ausgelassen</translation>
    </message>
    <message>
        <source>a folder cannot be copied into itself</source>
        <translation>ein Ordner lässt sich nicht in sich selbst kopieren</translation>
    </message>
    <message>
        <source>it leads out of the library</source>
        <translation>führt aus der Bibliothek hinaus</translation>
    </message>
    <message>
        <source>another folder took its place</source>
        <translation>ein anderer Ordner ist an seine Stelle getreten</translation>
    </message>
    <message>
        <source>its disk seems to be unmounted</source>
        <translation>der Datenträger scheint nicht eingehängt zu sein</translation>
    </message>
    <message>
        <source>it is not the address of a service</source>
        <translation>nicht die Adresse eines Dienstes</translation>
    </message>
    <message>
        <source>it is not an address</source>
        <translation>keine Adresse</translation>
    </message>
    <message>
        <source>it is the id of no container</source>
        <translation>gehört zu keinem Container</translation>
    </message>
    <message>
        <source>it is no id</source>
        <translation>keine Kennung</translation>
    </message>
    <message>
        <source>what was kept of it is damaged</source>
        <translation>was davon aufbewahrt wurde, ist beschädigt</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>Der Ausschnitt</translation>
    </message>
    <message>
        <source>it has too many galleries</source>
        <translation>zu viele Galerien</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>Der Datensatz</translation>
    </message>
    <message>
        <source>it is not defined there</source>
        <translation>dort nicht definiert</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>Der Code</translation>
    </message>
    <message>
        <source>it has to be digits</source>
        <translation>nur Ziffern sind erlaubt</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>Die Organisation</translation>
    </message>
    <message>
        <source>it is none of yours</source>
        <translation>keine der eigenen</translation>
    </message>
    <message>
        <source>The sign-in</source>
        <translation>Die Anmeldung</translation>
    </message>
    <message>
        <source>it is not finished</source>
        <translation>nicht abgeschlossen</translation>
    </message>
    <message>
        <source>e-mail or password is missing</source>
        <translation>E-Mail oder Passwort fehlt</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>Der API-Schlüssel</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>dauert zu lange</translation>
    </message>
    <message>
        <source>The file name</source>
        <translation>Der Dateiname</translation>
    </message>
    <message>
        <source>no file can be called so</source>
        <translation>keine Datei kann so heißen</translation>
    </message>
    <message>
        <source>it is only read</source>
        <translation>dort wird nur gelesen</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>nicht installiert ist</translation>
    </message>
    <message>
        <source>its package names no account</source>
        <translation>das Paket nennt kein Konto</translation>
    </message>
    <message>
        <source>no preview is open</source>
        <translation>keine Vorschau ist geöffnet</translation>
    </message>
    <message>
        <source>the decoders are closed</source>
        <translation>die Decoder sind geschlossen</translation>
    </message>
    <message>
        <source>the decoder gave no answer</source>
        <translation>der Decoder hat nicht geantwortet</translation>
    </message>
    <message>
        <source>the decoder answered nonsense</source>
        <translation>der Decoder hat Unsinn geantwortet</translation>
    </message>
    <message>
        <source>it needs too much memory</source>
        <translation>braucht zu viel Speicher</translation>
    </message>
    <message>
        <source>the document has no pages</source>
        <translation>das Dokument hat keine Seiten</translation>
    </message>
    <message>
        <source>the page has no size</source>
        <translation>die Seite hat keine Größe</translation>
    </message>
    <message>
        <source>it is PostScript without a preview</source>
        <translation>PostScript ohne Vorschau</translation>
    </message>
    <message>
        <source>its preview is not a picture</source>
        <translation>die Vorschau ist kein Bild</translation>
    </message>
    <message>
        <source>it needs a password</source>
        <translation>braucht ein Passwort</translation>
    </message>
    <message>
        <source>ExifTool cannot write this file</source>
        <translation>ExifTool kann diese Datei nicht schreiben</translation>
    </message>
    <message>
        <source>ExifTool cannot be asked</source>
        <translation>ExifTool ist nicht ansprechbar</translation>
    </message>
    <message>
        <source>ExifTool gave no answer</source>
        <translation>ExifTool hat nicht geantwortet</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>die Datei lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>more than metadata would have changed</source>
        <translation>mehr als die Metadaten hätte sich geändert</translation>
    </message>
    <message>
        <source>ExifTool is not installed</source>
        <translation>ExifTool ist nicht installiert</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>keine Datei</translation>
    </message>
    <message>
        <source>it is marked as read-only</source>
        <translation>als schreibgeschützt markiert</translation>
    </message>
    <message>
        <source>its folder is read-only</source>
        <translation>der Ordner ist schreibgeschützt</translation>
    </message>
    <message>
        <source>where it was taken would still stand in it</source>
        <translation>der Aufnahmeort stünde weiterhin darin</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>der Header ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>its picture is compressed in a way that is not known</source>
        <translation>das Bild ist auf unbekannte Weise komprimiert</translation>
    </message>
    <message>
        <source>its header: there is no codestream</source>
        <translation>der Header: kein Codestream vorhanden</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>die Farben lassen sich nicht umwandeln</translation>
    </message>
    <message>
        <source>it has no size</source>
        <translation>ohne Größe</translation>
    </message>
    <message>
        <source>no decoder knows it</source>
        <translation>kein Decoder kennt dies</translation>
    </message>
    <message>
        <source>there is sound only</source>
        <translation>nur Ton vorhanden</translation>
    </message>
    <message>
        <source>no frame could be read</source>
        <translation>kein Einzelbild war lesbar</translation>
    </message>
    <message>
        <source>no picture could be read</source>
        <translation>kein Bild war lesbar</translation>
    </message>
    <message>
        <source>This thread of comments</source>
        <translation>Dieser Kommentarverlauf</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>This review request</source>
        <translation>Diese Prüfanforderung</translation>
    </message>
    <message>
        <source>it holds no name and expression</source>
        <translation>Name und Ausdruck fehlen</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>Das Token</translation>
    </message>
    <message>
        <source>it opens neither a path nor a pattern</source>
        <translation>öffnet weder einen Pfad noch ein Muster</translation>
    </message>
    <message>
        <source>The token&apos;s key</source>
        <translation>Der Schlüssel des Tokens</translation>
    </message>
    <message>
        <source>it is not hexadecimal</source>
        <translation>nicht hexadezimal</translation>
    </message>
    <message>
        <source>The rule for breakpoints</source>
        <translation>Die Regel für Breakpoints</translation>
    </message>
    <message>
        <source>The gallery</source>
        <translation>Die Galerie</translation>
    </message>
    <message>
        <source>nothing is chosen for it</source>
        <translation>nichts ist dafür ausgewählt</translation>
    </message>
    <message>
        <source>The delivery address</source>
        <translation>Die Auslieferungsadresse</translation>
    </message>
    <message>
        <source>it names no asset</source>
        <translation>nennt kein Asset</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>die Seite ist beschädigt</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>Die Ebene</translation>
    </message>
    <message>
        <source>The options</source>
        <translation>Die Angabe der Optionen</translation>
    </message>
    <message>
        <source>the film is too long to be played backwards or again: ask for a shorter part (so_, du_) or a smaller size</source>
        <translation>der Film ist zu lang, um rückwärts oder wiederholt zu laufen: Verlangen Sie einen kürzeren Teil (so_, du_) oder eine kleinere Größe</translation>
    </message>
    <message>
        <source>it is neither film nor sound</source>
        <translation>weder Film noch Ton</translation>
    </message>
    <message>
        <source>the film is damaged</source>
        <translation>der Film ist beschädigt</translation>
    </message>
    <message>
        <source>there are no moving pictures in it</source>
        <translation>enthält keine bewegten Bilder</translation>
    </message>
    <message>
        <source>a picture is asked for, not a film</source>
        <translation>verlangt ist ein Bild, kein Film</translation>
    </message>
    <message>
        <source>nothing is left of it, neither pictures nor sound</source>
        <translation>nichts bleibt übrig, weder Bilder noch Ton</translation>
    </message>
    <message>
        <source>no frame of the wanted part could be read</source>
        <translation>kein Einzelbild des gewünschten Teils war lesbar</translation>
    </message>
    <message>
        <source>its length is not known, so no percentage of it can be taken</source>
        <translation>die Länge ist unbekannt, daher lässt sich kein Prozentsatz davon nehmen</translation>
    </message>
    <message>
        <source>no frame of the film could be read</source>
        <translation>kein Einzelbild des Films war lesbar</translation>
    </message>
    <message>
        <source>a length is a number of characters</source>
        <translation>eine Länge ist eine Anzahl von Zeichen</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>Die Regel</translation>
    </message>
    <message>
        <source>it changes no field that there is</source>
        <translation>ändert kein vorhandenes Feld</translation>
    </message>
    <message>
        <source>context is written as name=value</source>
        <translation>context wird als name=value geschrieben</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>dieses Feld gibt es nicht</translation>
    </message>
    <message>
        <source>it is too large for a table of markets</source>
        <translation>zu groß für eine Tabelle von Märkten</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>kein Text in UTF-8</translation>
    </message>
    <message>
        <source>The asset</source>
        <translation>Das Asset</translation>
    </message>
    <message>
        <source>A Cloudinary account</source>
        <translation>Ein Cloudinary-Konto</translation>
    </message>
    <message>
        <source>The reason</source>
        <translation>Die Begründung</translation>
    </message>
    <message>
        <source>The override</source>
        <translation>Die Ausnahme</translation>
    </message>
    <message>
        <source>The collection</source>
        <translation>Die Sammlung</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>Das Archiv</translation>
    </message>
    <message>
        <source>it is no year of an archive</source>
        <translation>kein Jahr eines Archivs</translation>
    </message>
    <message>
        <source>the folder&apos;s whole path is needed</source>
        <translation>der ganze Pfad des Ordners ist nötig</translation>
    </message>
    <message>
        <source>there is something in it already</source>
        <translation>schon etwas darin vorhanden</translation>
    </message>
    <message>
        <source>A Cloudinary asset in this choice</source>
        <translation>Ein Cloudinary-Asset in dieser Auswahl</translation>
    </message>
    <message>
        <source>some of it are files here, not assets at Cloudinary</source>
        <translation>manches davon sind Dateien hier, keine Assets bei Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes no picture of such a file</source>
        <translation>Cloudinary macht aus einer solchen Datei kein Bild</translation>
    </message>
    <message>
        <source>The asset in Cloudinary</source>
        <translation>Das Asset bei Cloudinary</translation>
    </message>
    <message>
        <source>there is a destination of that name</source>
        <translation>ein Ziel dieses Namens gibt es schon</translation>
    </message>
    <message>
        <source>only assets of a Cloudinary environment have these fields</source>
        <translation>nur Assets einer Cloudinary-Umgebung haben diese Felder</translation>
    </message>
    <message>
        <source>A rule to change places with</source>
        <translation>Eine Regel zum Platztausch</translation>
    </message>
    <message>
        <source>its secret is not in the key store</source>
        <translation>das Geheimnis ist nicht im Schlüsselspeicher</translation>
    </message>
    <message>
        <source>the login names no product environment</source>
        <translation>die Anmeldung nennt keine Produktumgebung</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>wurde während des Lesens geändert</translation>
    </message>
    <message>
        <source>A copy of this master</source>
        <translation>Eine Kopie dieser Masterdatei</translation>
    </message>
    <message>
        <source>The endpoint of this message</source>
        <translation>Der Endpunkt dieser Nachricht</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>Die Bibliothek</translation>
    </message>
    <message>
        <source>no secret is known here that it could be signed with</source>
        <translation>hier ist kein Geheimnis bekannt, mit dem sich signieren ließe</translation>
    </message>
    <message>
        <source>it is no absolute path</source>
        <translation>kein absoluter Pfad</translation>
    </message>
    <message>
        <source>another report writes its days there</source>
        <translation>ein anderer Bericht schreibt seine Tage dorthin</translation>
    </message>
    <message>
        <source>a keyword is short and has no comma</source>
        <translation>ein Stichwort ist kurz und ohne Komma</translation>
    </message>
    <message>
        <source>This library</source>
        <translation>Diese Bibliothek</translation>
    </message>
    <message>
        <source>only one of a PhotoShelter-style service takes work in</source>
        <translation>nur die eines Dienstes nach Art von PhotoShelter nimmt Arbeiten auf</translation>
    </message>
    <message>
        <source>two renditions would have this name</source>
        <translation>zwei Varianten würden so heißen</translation>
    </message>
    <message>
        <source>the kit has no such preset to limit</source>
        <translation>das Kit hat kein solches Preset, das sich begrenzen ließe</translation>
    </message>
    <message>
        <source>the whole path is needed</source>
        <translation>der ganze Pfad ist nötig</translation>
    </message>
    <message>
        <source>the name of a ZIP ends in .zip</source>
        <translation>der Name eines ZIP endet auf .zip</translation>
    </message>
    <message>
        <source>the name of a folder does not end so</source>
        <translation>der Name eines Ordners endet nicht so</translation>
    </message>
    <message>
        <source>there is something of this name</source>
        <translation>etwas dieses Namens gibt es schon</translation>
    </message>
    <message>
        <source>there is no master among it</source>
        <translation>keine Masterdatei darunter</translation>
    </message>
    <message>
        <source>another feed is received on that port</source>
        <translation>auf diesem Port wird ein anderer Feed empfangen</translation>
    </message>
    <message>
        <source>it has no secret yet</source>
        <translation>es hat noch kein Geheimnis</translation>
    </message>
    <message>
        <source>it is not switched on</source>
        <translation>es ist nicht eingeschaltet</translation>
    </message>
    <message>
        <source>it is not set to push</source>
        <translation>nicht auf Übertragen eingestellt</translation>
    </message>
    <message>
        <source>another file has this name</source>
        <translation>eine andere Datei heißt schon so</translation>
    </message>
    <message>
        <source>how large the picture is, is not known</source>
        <translation>die Größe des Bildes ist nicht bekannt</translation>
    </message>
    <message>
        <source>The review pack of these verdicts</source>
        <translation>Das Prüfpaket dieser Urteile</translation>
    </message>
    <message>
        <source>its content was not read yet</source>
        <translation>der Inhalt wurde noch nicht gelesen</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>keine Datei</translation>
    </message>
    <message>
        <source>no browser shows what it was made into</source>
        <translation>kein Browser zeigt, was daraus erzeugt wurde</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>Die Suche</translation>
    </message>
    <message>
        <source>it needs to be one line</source>
        <translation>muss einzeilig sein</translation>
    </message>
    <message>
        <source>you signed out</source>
        <translation>Sie haben sich abgemeldet</translation>
    </message>
    <message>
        <source>the studio is closed</source>
        <translation>das Studio ist geschlossen</translation>
    </message>
    <message>
        <source>its place has moved to another one</source>
        <translation>die Adresse ist umgezogen</translation>
    </message>
    <message>
        <source>the server has none</source>
        <translation>auf dem Server gibt es nichts davon</translation>
    </message>
    <message>
        <source>there is another template of that name</source>
        <translation>eine andere Vorlage heißt schon so</translation>
    </message>
    <message>
        <source>A vocabulary</source>
        <translation>Ein Vokabular</translation>
    </message>
    <message>
        <source>it needs a short name</source>
        <translation>braucht einen kurzen Namen</translation>
    </message>
    <message>
        <source>it takes no words</source>
        <translation>nimmt keine Begriffe auf</translation>
    </message>
    <message>
        <source>only words of a set are refused</source>
        <translation>nur Begriffe eines Mehrfachfelds lassen sich ablehnen</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>Das Vokabular</translation>
    </message>
    <message>
        <source>it has no words</source>
        <translation>ohne Begriffe</translation>
    </message>
    <message>
        <source>it is there already; --replace writes over it</source>
        <translation>schon vorhanden; --replace überschreibt die Datei</translation>
    </message>
    <message>
        <source>The address to fetch</source>
        <translation>Die abzurufende Adresse</translation>
    </message>
    <message>
        <source>The asset at its service</source>
        <translation>Das Asset bei seinem Dienst</translation>
    </message>
    <message>
        <source>no preset or set has this name</source>
        <translation>kein Preset und kein Satz heißt so</translation>
    </message>
    <message>
        <source>it is filled from a table of variants</source>
        <translation>wird aus einer Tabelle der Ausprägungen gefüllt</translation>
    </message>
    <message>
        <source>the table names other pictures for it</source>
        <translation>die Tabelle nennt dafür andere Bilder</translation>
    </message>
    <message>
        <source>a parameter such as w_300</source>
        <translation>ein Parameter wie w_300</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression</source>
        <translation>eine ganze Zahl von Pixeln, ein Anteil wie 0.5, iw, ih oder ein Ausdruck</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0</source>
        <translation>eine ganze Zahl von Pixeln, ein Anteil wie 0.5, iw, ih oder ein Ausdruck über 0</translation>
    </message>
    <message>
        <source>a ratio such as 16:9 or 1.5</source>
        <translation>ein Verhältnis wie 16:9 oder 1.5</translation>
    </message>
    <message>
        <source>a factor such as 2.0, or auto</source>
        <translation>ein Faktor wie 2.0 oder auto</translation>
    </message>
    <message>
        <source>a factor such as 0.7</source>
        <translation>ein Faktor wie 0.7</translation>
    </message>
    <message>
        <source>1 to 100, or auto with its level</source>
        <translation>1 bis 100 oder auto mit seiner Stufe</translation>
    </message>
    <message>
        <source>text in UTF-8</source>
        <translation>Text in UTF-8</translation>
    </message>
    <message>
        <source>a text layer</source>
        <translation>eine Textebene</translation>
    </message>
    <message>
        <source>the public ID of a layer</source>
        <translation>die Public ID einer Ebene</translation>
    </message>
    <message>
        <source>at most {count} layers within layers</source>
        <translation>eine Schachtelung von höchstens {count} Ebenen</translation>
    </message>
    <message>
        <source>a layer that needs at most {limit} megapixels</source>
        <translation>eine Ebene, die höchstens {limit} Megapixel braucht</translation>
    </message>
    <message>
        <source>an address in URL-safe Base64</source>
        <translation>eine Adresse in URL-sicherem Base64</translation>
    </message>
    <message>
        <source>one of the {count} pages</source>
        <translation>eine der {count} Seiten</translation>
    </message>
    <message>
        <source>the only page, 1</source>
        <translation>die einzige Seite, 1</translation>
    </message>
    <message>
        <source>a size of at most {limit} megapixels</source>
        <translation>eine Größe von höchstens {limit} Megapixeln</translation>
    </message>
    <message>
        <source>a crop that lies inside the picture (fl_no_overflow)</source>
        <translation>ein Zuschnitt, der im Bild liegt (fl_no_overflow)</translation>
    </message>
    <message>
        <source>a named transformation that does not contain itself</source>
        <translation>eine benannte Transformation, die sich nicht selbst enthält</translation>
    </message>
    <message>
        <source>named transformations of at most {count} components in all</source>
        <translation>ein Umfang der benannten Transformationen von insgesamt höchstens {count} Komponenten</translation>
    </message>
    <message>
        <source>the name of a transformation without mistakes; in this one {expected} was expected instead of “{found}”</source>
        <translation>der Name einer Transformation ohne Fehler; in dieser wurde statt „{found}“ erwartet: {expected}</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film, which ends after {end} seconds</source>
        <translation>eine Zeitspanne, die einen Teil des Films übrig lässt (der Film endet nach {end} Sekunden)</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film</source>
        <translation>eine Zeitspanne, die einen Teil des Films übrig lässt</translation>
    </message>
    <message>
        <source>a codec that the format holds ({held})</source>
        <translation>ein Codec, den das Format enthalten kann ({held})</translation>
    </message>
    <message>
        <source>a text that fits into {width} × {height} pixels</source>
        <translation>ein Text, der in {width} × {height} Pixel passt</translation>
    </message>
    <message>
        <source>a text of at most {count} characters</source>
        <translation>ein Text von höchstens {count} Zeichen</translation>
    </message>
    <message>
        <source>a text of at most {side} pixels a side and {limit} megapixels</source>
        <translation>ein Text von höchstens {side} Pixeln je Seite und {limit} Megapixeln</translation>
    </message>
    <message>
        <source>a font size above 0</source>
        <translation>eine Schriftgröße über 0</translation>
    </message>
    <message>
        <source>a result that is not beyond all sizes</source>
        <translation>ein Ergebnis, das nicht jede Größe sprengt</translation>
    </message>
    <message>
        <source>a division by something other than 0</source>
        <translation>eine Division durch etwas anderes als 0</translation>
    </message>
    <message>
        <source>a power with an exponent up to {count}</source>
        <translation>eine Potenz mit einem Exponenten bis {count}</translation>
    </message>
    <message>
        <source>a root of something that is not below 0</source>
        <translation>eine Wurzel aus etwas, das nicht unter 0 liegt</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} oder {other}</translation>
    </message>
    <message>
        <source>the film is not on this machine</source>
        <translation>der Film ist nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>browsers play no films of this format</source>
        <translation>Browser spielen Filme dieses Formats nicht ab</translation>
    </message>
    <message>
        <source>its file is another one now</source>
        <translation>die Datei ist jetzt eine andere</translation>
    </message>
    <message>
        <source>new versions of files</source>
        <translation>neue Versionen von Dateien</translation>
    </message>
    <message>
        <source>its master is a file in a folder here</source>
        <translation>die Masterdatei liegt hier in einem Ordner</translation>
    </message>
    <message>
        <source>another field has this external ID</source>
        <translation>ein anderes Feld hat diese externe ID</translation>
    </message>
    <message>
        <source>A field without a name</source>
        <translation>Ein Feld ohne Namen</translation>
    </message>
    <message>
        <source>it needs a label</source>
        <translation>es braucht eine Beschriftung</translation>
    </message>
    <message>
        <source>another field has this label</source>
        <translation>ein anderes Feld hat diese Beschriftung</translation>
    </message>
    <message>
        <source>a list needs at least one value to choose</source>
        <translation>eine Liste braucht mindestens einen Wert zur Auswahl</translation>
    </message>
    <message>
        <source>a mandatory field needs a default value</source>
        <translation>ein Pflichtfeld braucht einen Standardwert</translation>
    </message>
    <message>
        <source>its longest length is shorter than its shortest</source>
        <translation>seine größte Länge ist kleiner als seine kleinste</translation>
    </message>
    <message>
        <source>A rule without a name</source>
        <translation>Eine Regel ohne Namen</translation>
    </message>
    <message>
        <source>it needs at least one condition</source>
        <translation>sie braucht mindestens eine Bedingung</translation>
    </message>
    <message>
        <source>a condition cannot ask about the field that the rule changes</source>
        <translation>eine Bedingung kann nicht nach dem Feld fragen, das die Regel ändert</translation>
    </message>
    <message>
        <source>it changes nothing</source>
        <translation>sie ändert nichts</translation>
    </message>
    <message>
        <source>a scene code has six digits</source>
        <translation>ein Szenencode hat sechs Ziffern</translation>
    </message>
    <message>
        <source>a subject code has eight digits</source>
        <translation>ein Themencode hat acht Ziffern</translation>
    </message>
    <message>
        <source>an age is a number of years</source>
        <translation>ein Alter ist eine Zahl von Jahren</translation>
    </message>
    <message>
        <source>a language is written such as de or en-GB</source>
        <translation>eine Sprache schreibt man etwa de oder en-GB</translation>
    </message>
    <message>
        <source>a country code has two or three letters</source>
        <translation>ein Ländercode hat zwei oder drei Buchstaben</translation>
    </message>
    <message>
        <source>a measure is a number such as 0.25</source>
        <translation>ein Maß ist eine Zahl wie 0.25</translation>
    </message>
    <message>
        <source>it takes a set of words</source>
        <translation>es nimmt eine Menge von Wörtern</translation>
    </message>
    <message>
        <source>it takes one value</source>
        <translation>es nimmt einen einzigen Wert</translation>
    </message>
    <message>
        <source>it takes a text</source>
        <translation>es nimmt einen Text</translation>
    </message>
    <message>
        <source>it is one line</source>
        <translation>es ist eine einzige Zeile</translation>
    </message>
    <message>
        <source>a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00</source>
        <translation>ein Datum schreibt man etwa 2026, 2026-12-01 oder 2026-12-01T09:00:00+01:00</translation>
    </message>
    <message>
        <source>there is no such day or time</source>
        <translation>diesen Tag oder diese Uhrzeit gibt es nicht</translation>
    </message>
    <message>
        <source>it is none of the choices</source>
        <translation>es ist keine der Möglichkeiten</translation>
    </message>
    <message>
        <source>an address has no blanks</source>
        <translation>eine Adresse enthält keine Leerzeichen</translation>
    </message>
    <message>
        <source>a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E</source>
        <translation>eine Koordinate schreibt man etwa 48.85837, 2.29448 oder 48°51′30″N 2°17′40″E</translation>
    </message>
    <message>
        <source>a latitude is at most 90 degrees, a longitude at most 180</source>
        <translation>eine Breite hat höchstens 90 Grad, eine Länge höchstens 180</translation>
    </message>
    <message>
        <source>it is a whole number</source>
        <translation>es ist eine ganze Zahl</translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message>
        <source>There is nothing in it, and it is needed.</source>
        <translation>Hier steht nichts, und es wird gebraucht.</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>Die Tabelle hat keine solche Spalte.</translation>
    </message>
    <message>
        <source>“{value}” is too long.</source>
        <translation>„{value}“ ist zu lang.</translation>
    </message>
    <message>
        <source>It holds signs that no text has.</source>
        <translation>Es enthält Zeichen, die in keinem Text vorkommen.</translation>
    </message>
    <message>
        <source>“{value}” is neither upsert nor delete.</source>
        <translation>„{value}“ ist weder upsert noch delete.</translation>
    </message>
    <message>
        <source>“{value}” has not 8, 12, 13 or 14 digits.</source>
        <translation>„{value}“ hat nicht 8, 12, 13 oder 14 Ziffern.</translation>
    </message>
    <message>
        <source>“{value}” is not of small letters, digits, - and _.</source>
        <translation>„{value}“ besteht nicht aus Kleinbuchstaben, Ziffern, - und _.</translation>
    </message>
    <message>
        <source>“{value}” is no country&apos;s code, EU or WW.</source>
        <translation>„{value}“ ist kein Ländercode, auch nicht EU oder WW.</translation>
    </message>
    <message>
        <source>“{value}” is no language tag.</source>
        <translation>„{value}“ ist kein Sprachkürzel.</translation>
    </message>
    <message>
        <source>“{value}” is no use that is known.</source>
        <translation>„{value}“ ist keine bekannte Verwendung.</translation>
    </message>
    <message>
        <source>“{value}” is no date.</source>
        <translation>„{value}“ ist kein Datum.</translation>
    </message>
    <message>
        <source>“{value}” does not say in which time zone.</source>
        <translation>„{value}“ nennt keine Zeitzone.</translation>
    </message>
    <message>
        <source>The rights end before they begin.</source>
        <translation>Die Rechte enden, bevor sie beginnen.</translation>
    </message>
    <message>
        <source>“{value}” is no slot.</source>
        <translation>„{value}“ ist kein Bildplatz.</translation>
    </message>
    <message>
        <source>“{value}” is no position.</source>
        <translation>„{value}“ ist keine Position.</translation>
    </message>
    <message>
        <source>“{value}” does not begin with ps:, cld:, file: or kw:.</source>
        <translation>„{value}“ beginnt nicht mit ps:, cld:, file: oder kw:.</translation>
    </message>
    <message>
        <source>The line is not in the encoding of the file.</source>
        <translation>Die Zeile hat nicht die Kodierung der Datei.</translation>
    </message>
    <message>
        <source>The line has {value} cells.</source>
        <translation>Die Zeile hat {value} Zellen.</translation>
    </message>
    <message>
        <source>The line is separated by {value}, unlike the first one.</source>
        <translation>Die Zeile ist mit {value} getrennt, anders als die erste.</translation>
    </message>
    <message>
        <source>A quotation mark is never closed.</source>
        <translation>Ein Anführungszeichen wird nicht geschlossen.</translation>
    </message>
    <message>
        <source>The line is too long to be read.</source>
        <translation>Die Zeile ist zu lang, um gelesen zu werden.</translation>
    </message>
    <message>
        <source>It is no JSON: {value}.</source>
        <translation>Das ist kein JSON: {value}.</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>Das ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The check digit of {value} is wrong.</source>
        <translation>Die Prüfziffer von {value} ist falsch.</translation>
    </message>
    <message>
        <source>Rows of the product say different things; “{value}” was taken.</source>
        <translation>Die Zeilen des Produkts widersprechen sich; übernommen wurde „{value}“.</translation>
    </message>
    <message>
        <source>The product is there twice with “{value}”; the later one was taken.</source>
        <translation>Das Produkt kommt mit „{value}“ zweimal vor; das spätere wurde übernommen.</translation>
    </message>
    <message>
        <source>The column “{value}” is not known.</source>
        <translation>Die Spalte „{value}“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The feed is empty.</source>
        <translation>Der Feed ist leer.</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>Hauptbild</translation>
    </message>
    <message>
        <source>Other view</source>
        <translation>Andere Ansicht</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Swatch</source>
        <translation>Farbmuster</translation>
    </message>
    <message>
        <source>Lifestyle</source>
        <translation>Lifestyle</translation>
    </message>
    <message>
        <source>Spin</source>
        <translation>360°-Ansicht</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Nur auf Verlangen</translation>
    </message>
    <message>
        <source>Every quarter of an hour</source>
        <translation>Alle 15 Minuten</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>Stündlich</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Täglich</translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>Jede Minute</numerusform>
            <numerusform>Alle %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>%Ln verschiedenes Bild</numerusform>
            <numerusform>%Ln verschiedene Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) taken</source>
        <translation>
            <numerusform>%Ln Produkt übernommen</numerusform>
            <numerusform>%Ln Produkte übernommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>%Ln Produkt unverändert</numerusform>
            <numerusform>%Ln Produkte unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>%Ln Produkt veraltet</numerusform>
            <numerusform>%Ln Produkte veraltet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>%Ln Produkt gelöscht</numerusform>
            <numerusform>%Ln Produkte gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>%Ln Zeile nicht übernommen</numerusform>
            <numerusform>%Ln Zeilen nicht übernommen</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Zeile {line}</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>Nicht übernommen</translation>
    </message>
    <message>
        <source>No image of it was found</source>
        <translation>Kein Bild davon gefunden</translation>
    </message>
</context>
<context>
    <name>fidelity</name>
    <message>
        <source>{it} follows the visitor&apos;s browser; here the picture keeps its size.</source>
        <translation>{it} richtet sich nach dem Browser des Betrachters; hier behält das Bild seine Größe.</translation>
    </message>
    <message>
        <source>{it} stands alone: Cloudinary&apos;s pages leave open how the other side follows; here the picture keeps its shape.</source>
        <translation>{it} steht allein: Die Seiten von Cloudinary lassen offen, wie sich die andere Seite ergibt; hier behält das Bild seine Form.</translation>
    </message>
    <message>
        <source>{it} lets Cloudinary choose the part by its content; here it is chosen by our own measure. The size is exact.</source>
        <translation>{it} lässt Cloudinary den Ausschnitt nach dem Inhalt wählen; hier wird er mit einem eigenen Maß gewählt. Die Größe ist genau.</translation>
    </message>
    <message>
        <source>{it} decides the size too, and its coordinates are not here.</source>
        <translation>{it} bestimmt auch die Größe, und die Koordinaten sind hier nicht vorhanden.</translation>
    </message>
    <message>
        <source>{it} decides the size too; Cloudinary finds the part with its own detector, here another one does.</source>
        <translation>{it} bestimmt auch die Größe; Cloudinary findet den Ausschnitt mit eigener Erkennung, hier tut es eine andere.</translation>
    </message>
    <message>
        <source>{it}: how much stays around what is found is not published; here it is near.</source>
        <translation>{it}: Wie viel um das Gefundene stehen bleibt, ist nicht veröffentlicht; hier ungefähr.</translation>
    </message>
    <message>
        <source>dpr_auto follows the visitor&apos;s screen; here it counts as 1.0.</source>
        <translation>dpr_auto richtet sich nach dem Bildschirm des Betrachters; hier gilt 1.0.</translation>
    </message>
    <message>
        <source>{it} stands by itself; here it enlarges the last size that is asked for.</source>
        <translation>{it} steht für sich; hier vergrößert es die zuletzt verlangte Größe.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds the quality for each picture; here it is found by another measure of what the eye sees.</source>
        <translation>{it}: Cloudinary ermittelt die Qualität für jedes Bild; hier dient ein anderes Maß für das, was das Auge sieht.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary chooses the format by browser and content; here by the browser alone.</source>
        <translation>{it}: Cloudinary wählt das Format nach Browser und Inhalt; hier nur nach dem Browser.</translation>
    </message>
    <message>
        <source>{it}: when Cloudinary turns the picture is not published in full; here when the size asked for lies the other way.</source>
        <translation>{it}: Wann Cloudinary das Bild dreht, ist nicht vollständig veröffentlicht; hier, wenn die verlangte Größe andersherum liegt.</translation>
    </message>
    <message>
        <source>{it} shares a component with a size; here the picture is turned afterwards.</source>
        <translation>{it} steht in einer Komponente mit einer Größe; hier wird das Bild danach gedreht.</translation>
    </message>
    <message>
        <source>How many faces there are decides here; Cloudinary counts them with its own detector.</source>
        <translation>Hier entscheidet die Anzahl der Gesichter; Cloudinary zählt sie mit eigener Erkennung.</translation>
    </message>
    <message>
        <source>The layer {it} is not known here; it is left out.</source>
        <translation>Die Ebene {it} ist hier nicht bekannt; sie wird ausgelassen.</translation>
    </message>
    <message>
        <source>Where the tiles of {it} begin is not published; here at the top left.</source>
        <translation>Wo die Kacheln von {it} beginnen, ist nicht veröffentlicht; hier oben links.</translation>
    </message>
    <message>
        <source>The text template {it} is known to Cloudinary only; it is left out.</source>
        <translation>Die Textvorlage {it} kennt nur Cloudinary; sie wird ausgelassen.</translation>
    </message>
    <message>
        <source>How far a stroke covers its letters is not published; here it lies around them.</source>
        <translation>Wie weit eine Kontur ihre Buchstaben bedeckt, ist nicht veröffentlicht; hier liegt sie um sie herum.</translation>
    </message>
    <message>
        <source>The font {it} is not here; a similar one stands in.</source>
        <translation>Die Schrift {it} ist hier nicht vorhanden; eine ähnliche vertritt sie.</translation>
    </message>
    <message>
        <source>The uploaded font {it} is not known here; {family} stands in.</source>
        <translation>Die hochgeladene Schrift {it} ist hier nicht bekannt; {family} vertritt sie.</translation>
    </message>
    <message>
        <source>The uploaded font {it} cannot be read here; {family} stands in.</source>
        <translation>Die hochgeladene Schrift {it} ist hier nicht lesbar; {family} vertritt sie.</translation>
    </message>
    <message>
        <source>The picture is animated; here its first frame is shown.</source>
        <translation>Das Bild ist animiert; hier wird das erste Einzelbild gezeigt.</translation>
    </message>
    <message>
        <source>Metadata is not written into {format} files here.</source>
        <translation>In {format}-Dateien werden hier keine Metadaten geschrieben.</translation>
    </message>
    <message>
        <source>Without f_ or an extension Cloudinary delivers the master&apos;s own format; here it is written as {format}.</source>
        <translation>Ohne f_ oder Dateiendung liefert Cloudinary das eigene Format der Masterdatei; hier wird {format} geschrieben.</translation>
    </message>
    <message>
        <source>What fills the padding of a transparent picture is not documented; here it stays transparent.</source>
        <translation>Was den Rand eines transparenten Bildes füllt, ist nicht dokumentiert; hier bleibt er transparent.</translation>
    </message>
    <message>
        <source>Layers by name and embedded pictures are opened by Cloudinary only.</source>
        <translation>Benannte Ebenen und eingebettete Bilder öffnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>Of several pages the first that is named is shown here.</source>
        <translation>Von mehreren Seiten wird hier die zuerst genannte gezeigt.</translation>
    </message>
    <message>
        <source>Single layers or pages of such a file are opened by Cloudinary only.</source>
        <translation>Einzelne Ebenen oder Seiten einer solchen Datei öffnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>A RAW file is shown by the camera&apos;s own preview here, or developed plainly.</source>
        <translation>Eine RAW-Datei wird hier mit der Vorschau der Kamera gezeigt oder schlicht entwickelt.</translation>
    </message>
    <message>
        <source>Of an AVIF sequence the first picture is shown here.</source>
        <translation>Von einer AVIF-Sequenz wird hier das erste Bild gezeigt.</translation>
    </message>
    <message>
        <source>Of an EPS the preview it carries is shown here.</source>
        <translation>Von einer EPS-Datei wird hier die enthaltene Vorschau gezeigt.</translation>
    </message>
    <message>
        <source>A TIFF of this rare kind is read by another decoder here.</source>
        <translation>Ein TIFF dieser seltenen Art liest hier ein anderer Decoder.</translation>
    </message>
    <message>
        <source>t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of that name.</source>
        <translation>t_{it} wird hier nach dem Preset {it} gezeichnet; Cloudinary geht nach der eigenen Definition dieses Namens.</translation>
    </message>
    <message>
        <source>The film is encoded by another encoder here: its size, length and order are true, its bytes and fine detail are not.</source>
        <translation>Der Film wird hier anders kodiert: Größe, Länge und Reihenfolge stimmen, Bytes und feine Details nicht.</translation>
    </message>
    <message>
        <source>The codec vc_{it} is written by Cloudinary only.</source>
        <translation>Den Codec vc_{it} schreibt nur Cloudinary.</translation>
    </message>
    <message>
        <source>A film&apos;s sides are even numbers here: {width} × {height} instead of {asked_width} × {asked_height}.</source>
        <translation>Die Seiten eines Films sind hier gerade Zahlen: {width} × {height} statt {asked_width} × {asked_height}.</translation>
    </message>
    <message>
        <source>What fills a film&apos;s padding is not documented; here it is black.</source>
        <translation>Was den Rand eines Films füllt, ist nicht dokumentiert; hier ist er schwarz.</translation>
    </message>
    <message>
        <source>so_{it} is chosen by Cloudinary; here the frame is from the middle.</source>
        <translation>so_{it} wählt Cloudinary; hier stammt das Einzelbild aus der Mitte.</translation>
    </message>
    <message>
        <source>Without so_ Cloudinary chooses the frame; here it is the film&apos;s middle one.</source>
        <translation>Ohne so_ wählt Cloudinary das Einzelbild; hier ist es das mittlere des Films.</translation>
    </message>
    <message>
        <source>How fast Cloudinary plays the frames is not documented; here as the film does.</source>
        <translation>Wie schnell Cloudinary die Einzelbilder abspielt, ist nicht dokumentiert; hier so schnell wie der Film.</translation>
    </message>
    <message>
        <source>{it} is chosen by Cloudinary; here the film starts at its beginning.</source>
        <translation>{it} wählt Cloudinary; hier beginnt der Film an seinem Anfang.</translation>
    </message>
    <message>
        <source>{it}: how Cloudinary evens out loudness is not published; here it is near.</source>
        <translation>{it}: Wie Cloudinary die Lautheit angleicht, ist nicht veröffentlicht; hier ungefähr.</translation>
    </message>
    <message>
        <source>The format f_{it} is written by Cloudinary only; here the film is a {format}.</source>
        <translation>Das Format f_{it} schreibt nur Cloudinary; hier ist der Film ein {format}.</translation>
    </message>
    <message>
        <source>{it}: what Cloudinary&apos;s strength means in pixels is not published; here it is near.</source>
        <translation>{it}: Was die Stärke bei Cloudinary in Pixeln bedeutet, ist nicht veröffentlicht; hier ungefähr.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s formula is not published; here a usual one is used.</source>
        <translation>{it}: Die Formel von Cloudinary ist nicht veröffentlicht; hier dient eine übliche.</translation>
    </message>
    <message>
        <source>{it}: where Cloudinary&apos;s squares begin is not published; here at the top left.</source>
        <translation>{it}: Wo die Quadrate von Cloudinary beginnen, ist nicht veröffentlicht; hier oben links.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds it with its own detector, here another one does.</source>
        <translation>{it}: Cloudinary findet es mit eigener Erkennung, hier tut es eine andere.</translation>
    </message>
    <message>
        <source>Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own measure of what draws the eye. The size is exact.</source>
        <translation>Cloudinary wählt den Ausschnitt nach dem Inhalt ({it}); hier wird er mit einem eigenen Maß für das gewählt, was das Auge anzieht. Die Größe ist genau.</translation>
    </message>
    <message>
        <source>{it}: how colours between grey and full count is not published; here evenly.</source>
        <translation>{it}: Wie Farben zwischen Grau und voll zählen, ist nicht veröffentlicht; hier gleichmäßig.</translation>
    </message>
    <message>
        <source>{it}: whether sound fades along is not documented; here it does.</source>
        <translation>{it}: Ob der Ton mit ausgeblendet wird, ist nicht dokumentiert; hier geschieht es.</translation>
    </message>
    <message>
        <source>{it}: how the greys of a mask count is not published; here by their brightness.</source>
        <translation>{it}: Wie die Graustufen einer Maske zählen, ist nicht veröffentlicht; hier nach ihrer Helligkeit.</translation>
    </message>
    <message>
        <source>{it}: how near a colour must be to be trimmed is not published; here it is near.</source>
        <translation>{it}: Wie ähnlich eine Farbe sein muss, um abgeschnitten zu werden, ist nicht veröffentlicht; hier ungefähr.</translation>
    </message>
    <message>
        <source>fl_any_format: when Cloudinary takes a palette is not published; here when hardly a pixel differs.</source>
        <translation>fl_any_format: Wann Cloudinary eine Palette nimmt, ist nicht veröffentlicht; hier, wenn kaum ein Pixel abweicht.</translation>
    </message>
    <message>
        <source>fl_keep_attribution: which fields count is not published; here those of credit, copyright and rights.</source>
        <translation>fl_keep_attribution: Welche Felder zählen, ist nicht veröffentlicht; hier die für Bildnachweis, Copyright und Rechte.</translation>
    </message>
    <message>
        <source>fl_lossy: how much Cloudinary lets frames differ is not published; here a little.</source>
        <translation>fl_lossy: Wie weit Cloudinary Einzelbilder abweichen lässt, ist nicht veröffentlicht; hier ein wenig.</translation>
    </message>
    <message>
        <source>fl_region_relative: the region is found by another detector here.</source>
        <translation>fl_region_relative: Der Bereich wird hier von einer anderen Erkennung gefunden.</translation>
    </message>
    <message>
        <source>fl_text_no_trim: how much room Cloudinary leaves around a text is not published; here that of a line.</source>
        <translation>fl_text_no_trim: Wie viel Platz Cloudinary um einen Text lässt, ist nicht veröffentlicht; hier der einer Zeile.</translation>
    </message>
    <message>
        <source>Cloudinary looks for faces ({it}) with its own detector, here another one does. The size is exact.</source>
        <translation>Cloudinary sucht Gesichter ({it}) mit eigener Erkennung, hier tut es eine andere. Die Größe ist genau.</translation>
    </message>
    <message>
        <source>{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle stands in.</source>
        <translation>{it}: Die Koordinaten liegen bei Cloudinary; wo sie hier nicht bekannt sind, dient die Mitte.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s way of choosing the colour is not published; here it is near.</source>
        <translation>{it}: Wie Cloudinary die Farbe wählt, ist nicht veröffentlicht; hier ungefähr.</translation>
    </message>
    <message>
        <source>Letters are set by another text engine here and may differ by pixels.</source>
        <translation>Buchstaben werden hier von einer anderen Textengine gesetzt und können um Pixel abweichen.</translation>
    </message>
    <message>
        <source>{it}: whether a border lies around the picture or inside it is not published; here around it.</source>
        <translation>{it}: Ob ein Rahmen um das Bild oder darin liegt, ist nicht veröffentlicht; hier darum herum.</translation>
    </message>
    <message>
        <source>The variable {it} can be worked out by Cloudinary only.</source>
        <translation>Die Variable {it} kann nur Cloudinary auswerten.</translation>
    </message>
    <message>
        <source>The rotation {it} is done by Cloudinary only.</source>
        <translation>Die Drehung {it} führt nur Cloudinary aus.</translation>
    </message>
    <message>
        <source>The ratio {it} is worked out by Cloudinary only.</source>
        <translation>Das Seitenverhältnis {it} berechnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>The background {it} is made by Cloudinary only.</source>
        <translation>Den Hintergrund {it} erzeugt nur Cloudinary.</translation>
    </message>
    <message>
        <source>The border {it} is drawn by Cloudinary only.</source>
        <translation>Den Rahmen {it} zeichnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.</source>
        <translation>Den Zuschnittmodus {it} kennt nur Cloudinary; das Bild wird hier auf die Größe zugeschnitten.</translation>
    </message>
    <message>
        <source>The pixel density {it} is worked out by Cloudinary only.</source>
        <translation>Die Pixeldichte {it} berechnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>The effect {it} is applied by Cloudinary only.</source>
        <translation>Den Effekt {it} wendet nur Cloudinary an.</translation>
    </message>
    <message>
        <source>The format {it} is written by Cloudinary only.</source>
        <translation>Das Format {it} schreibt nur Cloudinary.</translation>
    </message>
    <message>
        <source>The flag {it} is followed by Cloudinary only.</source>
        <translation>Das Flag {it} befolgt nur Cloudinary.</translation>
    </message>
    <message>
        <source>Cloudinary looks for {it} in the picture; here the crop stays in the middle.</source>
        <translation>Cloudinary sucht {it} im Bild; hier bleibt der Zuschnitt in der Mitte.</translation>
    </message>
    <message>
        <source>The height {it} is worked out by Cloudinary only.</source>
        <translation>Die Höhe {it} berechnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>Conditions that need what Cloudinary alone knows are left out: {it}.</source>
        <translation>Bedingungen, für die nur Cloudinary das Nötige weiß, werden ausgelassen: {it}.</translation>
    </message>
    <message>
        <source>The layer {it} is laid on by Cloudinary only.</source>
        <translation>Die Ebene {it} legt nur Cloudinary darüber.</translation>
    </message>
    <message>
        <source>The opacity {it} is applied by Cloudinary only.</source>
        <translation>Die Deckkraft {it} wendet nur Cloudinary an.</translation>
    </message>
    <message>
        <source>The quality {it} is chosen by Cloudinary only.</source>
        <translation>Die Qualität {it} wählt nur Cloudinary.</translation>
    </message>
    <message>
        <source>Rounded corners ({it}) are cut by Cloudinary only.</source>
        <translation>Abgerundete Ecken ({it}) schneidet nur Cloudinary.</translation>
    </message>
    <message>
        <source>What the named transformation {it} does is not known here; it is left out.</source>
        <translation>Was die benannte Transformation {it} tut, ist hier nicht bekannt; sie wird ausgelassen.</translation>
    </message>
    <message>
        <source>The layer {it} is laid under by Cloudinary only.</source>
        <translation>Die Ebene {it} legt nur Cloudinary darunter.</translation>
    </message>
    <message>
        <source>The width {it} is worked out by Cloudinary only.</source>
        <translation>Die Breite {it} berechnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>The offset {it} is worked out by Cloudinary only.</source>
        <translation>Den Versatz {it} berechnet nur Cloudinary.</translation>
    </message>
    <message>
        <source>{it} is done by Cloudinary only.</source>
        <translation>{it} führt nur Cloudinary aus.</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>{filter}: {choice}</source>
        <translation>{filter}: {choice}</translation>
    </message>
    <message>
        <source>Keyword: {words}</source>
        <translation>Stichwort: {words}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>In {folder}</translation>
    </message>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>Rechte enden binnen %Ln Tag</numerusform>
            <numerusform>Rechte enden binnen %Ln Tagen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>nobody has approved it yet</source>
        <translation>es ist noch nicht freigegeben</translation>
    </message>
    <message>
        <source>its review is not finished</source>
        <translation>die Prüfung ist nicht abgeschlossen</translation>
    </message>
    <message>
        <source>changes were requested</source>
        <translation>es wurden Änderungen angefordert</translation>
    </message>
    <message>
        <source>it was rejected</source>
        <translation>es wurde abgelehnt</translation>
    </message>
    <message>
        <source>it has changed since it was approved</source>
        <translation>es hat sich seit der Freigabe geändert</translation>
    </message>
    <message>
        <source>a stage of its review is missing</source>
        <translation>eine Stufe der Prüfung fehlt</translation>
    </message>
    <message>
        <source>nobody has approved this rendition yet</source>
        <translation>diese Variante ist noch nicht freigegeben</translation>
    </message>
    <message>
        <source>the review of this rendition is not finished</source>
        <translation>die Prüfung dieser Variante ist nicht abgeschlossen</translation>
    </message>
    <message>
        <source>changes were requested of this rendition</source>
        <translation>für diese Variante wurden Änderungen angefordert</translation>
    </message>
    <message>
        <source>this rendition was rejected</source>
        <translation>diese Variante wurde abgelehnt</translation>
    </message>
    <message>
        <source>this rendition has changed since it was approved</source>
        <translation>diese Variante hat sich seit der Freigabe geändert</translation>
    </message>
    <message>
        <source>a stage of the review of this rendition is missing</source>
        <translation>eine Stufe der Prüfung dieser Variante fehlt</translation>
    </message>
    <message>
        <source>its rights have ended</source>
        <translation>die Rechte sind abgelaufen</translation>
    </message>
    <message>
        <source>its rights have not begun</source>
        <translation>die Rechte haben noch nicht begonnen</translation>
    </message>
    <message>
        <source>its rights dates cannot be read</source>
        <translation>die Daten der Rechte sind nicht lesbar</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>die Datei ist nicht lesbar</translation>
    </message>
    <message>
        <source>its rights do not cover this market</source>
        <translation>die Rechte decken diesen Markt nicht ab</translation>
    </message>
    <message>
        <source>its rights do not cover this channel</source>
        <translation>die Rechte decken diesen Kanal nicht ab</translation>
    </message>
    <message>
        <source>a model release is missing</source>
        <translation>ein Model-Release fehlt</translation>
    </message>
    <message>
        <source>a property release is missing</source>
        <translation>ein Property-Release fehlt</translation>
    </message>
    <message>
        <source>it is archived</source>
        <translation>es ist archiviert</translation>
    </message>
    <message>
        <source>required fields are empty</source>
        <translation>Pflichtfelder sind leer</translation>
    </message>
    <message>
        <source>its products do not allow it now</source>
        <translation>seine Produkte erlauben es jetzt nicht</translation>
    </message>
    <message>
        <source>what is laid on it may not be shown</source>
        <translation>was darübergelegt ist, darf nicht gezeigt werden</translation>
    </message>
</context>
<context>
    <name>gate lifts</name>
    <message>
        <source>Somebody approves it.</source>
        <translation>Jemand gibt es frei.</translation>
    </message>
    <message>
        <source>Its review ends with an approval.</source>
        <translation>Die Prüfung endet mit einer Freigabe.</translation>
    </message>
    <message>
        <source>A changed version is approved, or whoever asked for changes approves it.</source>
        <translation>Eine geänderte Version wird freigegeben, oder wer Änderungen angefordert hat, gibt es frei.</translation>
    </message>
    <message>
        <source>It is approved after all; nothing else overrides a rejection.</source>
        <translation>Es wird doch noch freigegeben; nichts anderes hebt eine Ablehnung auf.</translation>
    </message>
    <message>
        <source>The new version is approved.</source>
        <translation>Die neue Version wird freigegeben.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves it.</source>
        <translation>Jede Stufe, die die Richtlinie verlangt, gibt es frei.</translation>
    </message>
    <message>
        <source>Somebody approves this rendition itself.</source>
        <translation>Jemand gibt diese Variante selbst frei.</translation>
    </message>
    <message>
        <source>The review of this rendition ends with an approval.</source>
        <translation>Die Prüfung dieser Variante endet mit einer Freigabe.</translation>
    </message>
    <message>
        <source>The preset or the master is changed and approved, or this is approved.</source>
        <translation>Das Preset oder die Masterdatei wird geändert und freigegeben, oder diese Variante wird freigegeben.</translation>
    </message>
    <message>
        <source>This rendition is approved after all; nothing else overrides a rejection.</source>
        <translation>Diese Variante wird doch noch freigegeben; nichts anderes hebt eine Ablehnung auf.</translation>
    </message>
    <message>
        <source>The rendition as it is now is approved.</source>
        <translation>Die Variante wird freigegeben, wie sie jetzt ist.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves this rendition.</source>
        <translation>Jede Stufe, die die Richtlinie verlangt, gibt diese Variante frei.</translation>
    </message>
    <message>
        <source>The licence is renewed and recorded.</source>
        <translation>Die Lizenz wird verlängert und vermerkt.</translation>
    </message>
    <message>
        <source>The day on which its rights begin.</source>
        <translation>Der Tag, an dem die Rechte beginnen.</translation>
    </message>
    <message>
        <source>The dates of its rights are recorded so that they can be read.</source>
        <translation>Die Daten der Rechte werden so vermerkt, dass sie lesbar sind.</translation>
    </message>
    <message>
        <source>The file can be read again, or a sound one takes its place.</source>
        <translation>Die Datei ist wieder lesbar, oder eine heile tritt an ihre Stelle.</translation>
    </message>
    <message>
        <source>Rights for this market are recorded.</source>
        <translation>Rechte für diesen Markt werden vermerkt.</translation>
    </message>
    <message>
        <source>Rights for this channel are recorded.</source>
        <translation>Rechte für diesen Kanal werden vermerkt.</translation>
    </message>
    <message>
        <source>The model release is recorded.</source>
        <translation>Das Model-Release wird vermerkt.</translation>
    </message>
    <message>
        <source>The property release is recorded.</source>
        <translation>Das Property-Release wird vermerkt.</translation>
    </message>
    <message>
        <source>It is taken out of the archive.</source>
        <translation>Es wird aus dem Archiv geholt.</translation>
    </message>
    <message>
        <source>The fields that the policy asks for are filled in.</source>
        <translation>Die Felder, die die Richtlinie verlangt, werden ausgefüllt.</translation>
    </message>
    <message>
        <source>A product that it shows allows it, or somebody pushes it.</source>
        <translation>Ein Produkt, das es zeigt, erlaubt es, oder jemand überträgt es.</translation>
    </message>
    <message>
        <source>What is laid on it is allowed, or left out of the transformation.</source>
        <translation>Was darübergelegt ist, wird erlaubt oder aus der Transformation genommen.</translation>
    </message>
</context>
<context>
    <name>grid</name>
    <message>
        <source>Being kept…</source>
        <translation>Wird übernommen…</translation>
    </message>
    <message>
        <source>This cannot be written here.</source>
        <translation>Dies kann hier nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Nötig, bevor übertragen werden kann.</translation>
    </message>
    <message>
        <source>The places where the file keeps this do not agree.</source>
        <translation>Die Stellen, an denen die Datei dies aufbewahrt, stimmen nicht überein.</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>By role</source>
        <translation>Nach Rolle</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>Im Alltag</translation>
    </message>
    <message>
        <source>To look things up</source>
        <translation>Zum Nachschlagen</translation>
    </message>
    <message>
        <source>Run it and get help</source>
        <translation>Betrieb und Hilfe</translation>
    </message>
    <message>
        <source>Build with it</source>
        <translation>Entwickeln und anbinden</translation>
    </message>
</context>
<context>
    <name>holdings</name>
    <message>
        <source>Credit</source>
        <translation>Nennung</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Title and keywords</source>
        <translation>Titel und Stichwörter</translation>
    </message>
    <message>
        <source>Date and camera</source>
        <translation>Datum und Kamera</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>Farbprofil</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>Inhaltsnachweise</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>Transparenz</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>{what} stays. {reason}</source>
        <translation>{what} bleibt. {reason}</translation>
    </message>
    <message>
        <source>{what} is lost. {reason}</source>
        <translation>{what} geht verloren. {reason}</translation>
    </message>
</context>
<context>
    <name>hue</name>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Türkis</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
</context>
<context>
    <name>insights</name>
    <message>
        <source>No account is connected</source>
        <translation>Kein Konto ist verbunden</translation>
    </message>
    <message>
        <source>Connect a Cloudinary account; what it uses is counted here then.</source>
        <translation>Verbinden Sie ein Cloudinary-Konto; dann wird hier gezählt, was es verbraucht.</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Noch nicht abgefragt</translation>
    </message>
    <message>
        <source>Ask the environment what it uses. Each answer is kept: several days make a trend.</source>
        <translation>Fragen Sie bei der Umgebung ab, was sie verbraucht. Jede Antwort wird aufbewahrt: Mehrere Tage ergeben einen Trend.</translation>
    </message>
    <message>
        <source>No numbers of delivery yet</source>
        <translation>Noch keine Zahlen zur Auslieferung</translation>
    </message>
    <message>
        <source>Import an access log of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importieren Sie ein Zugriffsprotokoll Ihrer Website oder Ihres Netzwerks: Es zeigt, was wie oft und an wen ausgeliefert wurde. Es wird hier gelesen und nirgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Nothing is in use yet</source>
        <translation>Noch ist nichts in Verwendung</translation>
    </message>
    <message>
        <source>What was pushed, published or placed is counted here; an access log tells how often it was delivered.</source>
        <translation>Hier wird gezählt, was übertragen, veröffentlicht oder an Orte gebracht wurde; ein Zugriffsprotokoll sagt, wie oft es ausgeliefert wurde.</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>Nichts einzusparen</translation>
    </message>
    <message>
        <source>No rendition is known that is not optimised already.</source>
        <translation>Es ist keine Variante bekannt, die nicht schon optimiert ist.</translation>
    </message>
    <message>
        <source>Every approved asset is in use</source>
        <translation>Jedes freigegebene Asset ist in Verwendung</translation>
    </message>
    <message>
        <source>None of them lies idle.</source>
        <translation>Keines davon liegt brach.</translation>
    </message>
    <message>
        <source>No rights end soon</source>
        <translation>Keine Rechte enden bald</translation>
    </message>
    <message>
        <source>Nothing that is in use has to go within these days.</source>
        <translation>Nichts, was in Verwendung ist, muss innerhalb dieser Tage weg.</translation>
    </message>
    <message>
        <source>No heavy originals</source>
        <translation>Keine großen Originale</translation>
    </message>
    <message>
        <source>Every original is smaller than the size that is asked for.</source>
        <translation>Jedes Original ist kleiner als die gefragte Größe.</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>Nichts ist doppelt vorhanden</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>Keine zwei Dateien haben denselben Inhalt.</translation>
    </message>
    <message>
        <source>No two pictures look alike</source>
        <translation>Keine zwei Bilder sehen sich ähnlich</translation>
    </message>
    <message>
        <source>At least none of those that could be compared.</source>
        <translation>Zumindest keine von denen, die sich vergleichen ließen.</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>Nichts fehlt</translation>
    </message>
    <message>
        <source>Every asset has the fields that are asked for.</source>
        <translation>Jedes Asset hat die verlangten Felder.</translation>
    </message>
    <message>
        <source>No access log was imported</source>
        <translation>Es wurde kein Zugriffsprotokoll importiert</translation>
    </message>
    <message>
        <source>Import one of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importieren Sie eines Ihrer Website oder Ihres Netzwerks: Es zeigt, was wie oft und an wen ausgeliefert wurde. Es wird hier gelesen und nirgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>Nichts zu berichten</translation>
    </message>
    <message>
        <source>There is nothing of that kind in this library and these days.</source>
        <translation>In dieser Bibliothek und diesen Tagen gibt es nichts dieser Art.</translation>
    </message>
    <message>
        <source>No limit is near. The nearest: {name}, {amount}</source>
        <translation>Keine Grenze ist nah. Am nächsten: {name}, {amount}</translation>
    </message>
    <message>
        <source>This plan tells no limits</source>
        <translation>Dieser Tarif nennt keine Grenzen</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}. A second day makes a trend.</source>
        <translation>{name}: {amount} am {day}. Ein zweiter Tag ergibt einen Trend.</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}, after {before} on {earlier}</source>
        <translation>{name}: {amount} am {day}, nach {before} am {earlier}</translation>
    </message>
    <message>
        <source>{name} is used least ({measure}: {amount})</source>
        <translation>{name} wird am wenigsten verwendet ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} is used most ({measure}: {amount})</source>
        <translation>{name} wird am meisten verwendet ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} takes most ({measure}: {amount}, {share} of all)</source>
        <translation>{name} beansprucht am meisten ({measure}: {amount}, {share} von allem)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved asset(s) were never used</source>
        <translation>
            <numerusform>%Ln freigegebenes Asset wurde nie verwendet</numerusform>
            <numerusform>%Ln freigegebene Assets wurden nie verwendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>Die Rechte an %Ln verwendeten Asset enden in {days} Tagen oder sind abgelaufen</numerusform>
            <numerusform>Die Rechte an %Ln verwendeten Assets enden in {days} Tagen oder sind abgelaufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>%Ln Original hat {size} oder mehr</numerusform>
            <numerusform>%Ln Originale haben {size} oder mehr</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>%Ln Inhalt ist mehrfach vorhanden</numerusform>
            <numerusform>%Ln Inhalte sind mehrfach vorhanden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>In %Ln Gruppe sehen Bilder fast gleich aus</numerusform>
            <numerusform>In %Ln Gruppen sehen Bilder fast gleich aus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>%Ln Grenze ist fast erreicht: {names}</numerusform>
            <numerusform>%Ln Grenzen sind fast erreicht: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln Asset</numerusform>
            <numerusform>%Ln Assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>vor einem Tag</numerusform>
            <numerusform>vor %Ln Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>{sentence}; {size} could be freed</source>
        <translation>{sentence}; {size} könnten frei werden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>Bei %Ln Asset fehlen Metadaten</numerusform>
            <numerusform>Bei %Ln Assets fehlen Metadaten</numerusform>
        </translation>
    </message>
    <message>
        <source>Optimisation would save {size}</source>
        <translation>Optimierung würde {size} einsparen</translation>
    </message>
    <message>
        <source>{name}: {amount} from {first} to {last}</source>
        <translation>{name}: {amount} von {first} bis {last}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>%Ln Zugriffsprotokoll wird gezählt</numerusform>
            <numerusform>%Ln Zugriffsprotokolle werden gezählt</numerusform>
        </translation>
    </message>
    <message>
        <source>not said</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>Bilder, die sich ähnlich sehen</translation>
    </message>
    <message>
        <source>Assets without it</source>
        <translation>Assets ohne diese Angabe</translation>
    </message>
    <message>
        <source>{used} of {limit}, {share}</source>
        <translation>{used} von {limit}, {share}</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)</source>
        <translation>Tabelle für Tabellenkalkulationen (CSV)</translation>
    </message>
    <message>
        <source>Plain table (CSV)</source>
        <translation>Einfache Tabelle (CSV)</translation>
    </message>
    <message>
        <source>Lines of JSON</source>
        <translation>JSON-Zeilen</translation>
    </message>
    <message>
        <source>Parquet, for analysis</source>
        <translation>Parquet, zur Analyse</translation>
    </message>
    <message>
        <source>Cost and limits</source>
        <translation>Kosten und Grenzen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>Who and what</source>
        <translation>Wer und was</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Access logs</source>
        <translation>Zugriffsprotokolle</translation>
    </message>
    <message>
        <source>How near are the plan’s limits?</source>
        <translation>Wie nah sind die Grenzen des Tarifs?</translation>
    </message>
    <message>
        <source>How does usage grow?</source>
        <translation>Wie wächst die Nutzung?</translation>
    </message>
    <message>
        <source>What would optimisation save?</source>
        <translation>Was würde Optimierung einsparen?</translation>
    </message>
    <message>
        <source>What is used most?</source>
        <translation>Was wird am meisten verwendet?</translation>
    </message>
    <message>
        <source>What is hardly used?</source>
        <translation>Was wird kaum verwendet?</translation>
    </message>
    <message>
        <source>Which approved assets did nobody use?</source>
        <translation>Welche freigegebenen Assets hat niemand verwendet?</translation>
    </message>
    <message>
        <source>What is in use as rights end?</source>
        <translation>Was ist in Verwendung, wenn Rechte enden?</translation>
    </message>
    <message>
        <source>Which campaigns take most?</source>
        <translation>Welche Kampagnen beanspruchen am meisten?</translation>
    </message>
    <message>
        <source>Whose assets take most?</source>
        <translation>Wessen Assets beanspruchen am meisten?</translation>
    </message>
    <message>
        <source>Which libraries take most?</source>
        <translation>Welche Bibliotheken beanspruchen am meisten?</translation>
    </message>
    <message>
        <source>Which formats take most?</source>
        <translation>Welche Formate beanspruchen am meisten?</translation>
    </message>
    <message>
        <source>Which presets are used?</source>
        <translation>Welche Presets werden verwendet?</translation>
    </message>
    <message>
        <source>Which originals are heavy?</source>
        <translation>Welche Originale sind groß?</translation>
    </message>
    <message>
        <source>What is there twice?</source>
        <translation>Was ist doppelt vorhanden?</translation>
    </message>
    <message>
        <source>What looks almost the same?</source>
        <translation>Was sieht fast gleich aus?</translation>
    </message>
    <message>
        <source>What has metadata missing?</source>
        <translation>Wo fehlen Metadaten?</translation>
    </message>
    <message>
        <source>What was delivered, day by day?</source>
        <translation>Was wurde Tag für Tag ausgeliefert?</translation>
    </message>
    <message>
        <source>Which access logs are counted?</source>
        <translation>Welche Zugriffsprotokolle werden gezählt?</translation>
    </message>
    <message>
        <source>Assets there</source>
        <translation>Assets dort</translation>
    </message>
    <message>
        <source>Derived renditions</source>
        <translation>Abgeleitete Varianten</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>an optimised rendition</source>
        <translation>eine optimierte Variante</translation>
    </message>
    <message>
        <source>what such formats need</source>
        <translation>der übliche Bedarf solcher Formate</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
</context>
<context>
    <name>job</name>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
</context>
<context>
    <name>kind</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message>
        <source>with {what}</source>
        <translation>mit {what}</translation>
    </message>
    <message>
        <source>as {what}</source>
        <translation>als {what}</translation>
    </message>
    <message>
        <source>at {what} of its width</source>
        <translation>bei {what} der Breite</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>ZIP-Datei</translation>
    </message>
    <message>
        <source>Feed of addresses</source>
        <translation>Feed mit Adressen</translation>
    </message>
    <message>
        <source>Not weighed</source>
        <translation>Nicht gemessen</translation>
    </message>
    <message>
        <source>{weight} too heavy</source>
        <translation>{weight} zu groß</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Not as asked</source>
        <translation>Nicht wie verlangt</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>{weight} of ≤ {most}</source>
        <translation>{weight} von ≤ {most}</translation>
    </message>
    <message>
        <source>It fits {how}</source>
        <translation>Es passt {how}</translation>
    </message>
    <message>
        <source>The lightest tried {how}</source>
        <translation>Im Versuch am kleinsten {how}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln Variante</numerusform>
            <numerusform>%Ln Varianten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>libraries</name>
    <message>
        <source>you have no permission to read it</source>
        <translation>keine Leseberechtigung</translation>
    </message>
    <message>
        <source>it is a link to nothing</source>
        <translation>es ist eine Verknüpfung ins Leere</translation>
    </message>
    <message>
        <source>it is a link back to a folder that it lies in</source>
        <translation>es ist eine Verknüpfung zurück zu einem Ordner, in dem es liegt</translation>
    </message>
    <message>
        <source>it lies behind too many links inside one another</source>
        <translation>es liegt hinter zu vielen ineinander verschachtelten Verknüpfungen</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>its path is too long</source>
        <translation>der Pfad ist zu lang</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>es ist nicht mehr da</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>der Datenträger meldet einen Fehler</translation>
    </message>
    <message>
        <source>its field {field} is longer than {most} characters</source>
        <translation>das Feld {field} ist länger als {most} Zeichen</translation>
    </message>
    <message>
        <source>its field {field} cannot be read</source>
        <translation>das Feld {field} ist nicht lesbar</translation>
    </message>
    <message>
        <source>it has no identity</source>
        <translation>es hat keine Kennung</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>its rights cover some markets only</source>
        <translation>die Rechte gelten nur für manche Märkte</translation>
    </message>
    <message>
        <source>its rights do not cover the web</source>
        <translation>die Rechte gelten nicht für das Web</translation>
    </message>
    <message>
        <source>its rights bound the size in which it may be seen</source>
        <translation>die Rechte begrenzen die Größe, in der es zu sehen sein darf</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Without a transformation the master itself is delivered.</source>
        <translation>Ohne Transformation wird die Masterdatei selbst ausgeliefert.</translation>
    </message>
    <message>
        <source>{value} keeps it.</source>
        <translation>{value} behält es.</translation>
    </message>
    <message>
        <source>Cloudinary takes all metadata off what it transforms.</source>
        <translation>Cloudinary entfernt alle Metadaten aus dem, was es transformiert.</translation>
    </message>
    <message>
        <source>{value} takes it off.</source>
        <translation>{value} entfernt es.</translation>
    </message>
    <message>
        <source>fl_keep_iptc has no effect together with {value}: choose a fixed quality.</source>
        <translation>fl_keep_iptc wirkt nicht zusammen mit {value}: Wählen Sie eine feste Qualität.</translation>
    </message>
    <message>
        <source>No metadata is written into {value} files.</source>
        <translation>In {value}-Dateien werden keine Metadaten geschrieben.</translation>
    </message>
    <message>
        <source>Cloudinary delivers it with the picture.</source>
        <translation>Cloudinary liefert es mit dem Bild aus.</translation>
    </message>
    <message>
        <source>{value} converts the colours to sRGB, and the master&apos;s own profile goes.</source>
        <translation>{value} wandelt die Farben nach sRGB um, und das eigene Profil der Masterdatei geht verloren.</translation>
    </message>
    <message>
        <source>{value} files can hold it.</source>
        <translation>{value}-Dateien können es enthalten.</translation>
    </message>
    <message>
        <source>{value} files cannot hold it.</source>
        <translation>{value}-Dateien können es nicht enthalten.</translation>
    </message>
    <message>
        <source>Without {value} only the first frame is delivered.</source>
        <translation>Ohne {value} wird nur das erste Bild ausgeliefert.</translation>
    </message>
</context>
<context>
    <name>mapping</name>
    <message>
        <source>the master</source>
        <translation>die Masterdatei</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>whoever said it last</source>
        <translation>wer es zuletzt angegeben hat</translation>
    </message>
    <message>
        <source>stays at the master</source>
        <translation>bleibt bei der Masterdatei</translation>
    </message>
    <message>
        <source>what is beyond 1,024 characters is cut</source>
        <translation>was über 1.024 Zeichen hinausgeht, wird abgeschnitten</translation>
    </message>
    <message>
        <source>the day is kept, the time of day is not</source>
        <translation>der Tag bleibt, die Uhrzeit nicht</translation>
    </message>
    <message>
        <source>a comma becomes a space, and what is beyond 255 characters is cut</source>
        <translation>ein Komma wird zum Leerzeichen, und was über 255 Zeichen hinausgeht, wird abgeschnitten</translation>
    </message>
    <message>
        <source>only the first of several is kept</source>
        <translation>nur der erste von mehreren Werten bleibt</translation>
    </message>
    <message>
        <source>a slash becomes an underscore</source>
        <translation>ein Schrägstrich wird zum Unterstrich</translation>
    </message>
    <message>
        <source>what is not in the list of the field is left out</source>
        <translation>was nicht in der Liste des Feldes steht, wird ausgelassen</translation>
    </message>
    <message>
        <source>a master&apos;s record has no “{source}”</source>
        <translation>der Datensatz einer Masterdatei hat kein „{source}“</translation>
    </message>
    <message>
        <source>“{source}” has two rows</source>
        <translation>„{source}“ hat zwei Zeilen</translation>
    </message>
    <message>
        <source>it has a direction, but goes nowhere</source>
        <translation>die Zeile hat eine Richtung, führt aber nirgendwohin</translation>
    </message>
    <message>
        <source>{target} is filled by “{other}” already</source>
        <translation>{target} wird schon von „{other}“ gefüllt</translation>
    </message>
    <message>
        <source>{target} cannot have this name</source>
        <translation>{target} kann diesen Namen nicht haben</translation>
    </message>
    <message>
        <source>{target} belongs to Asset Bridge</source>
        <translation>{target} gehört Asset Bridge</translation>
    </message>
    <message>
        <source>{target} cannot hold “{source}”</source>
        <translation>{target} kann „{source}“ nicht aufnehmen</translation>
    </message>
    <message>
        <source>{target} is of another type at Cloudinary: {other}</source>
        <translation>{target} hat bei Cloudinary einen anderen Typ: {other}</translation>
    </message>
    <message>
        <source>without access control, copies stay open outside of their rights until they are retracted</source>
        <translation>ohne Zugriffssteuerung bleiben Kopien außerhalb ihrer Rechte offen, bis sie zurückgezogen werden</translation>
    </message>
    <message>
        <source>“{other}” says which side leads for “{source}”, which has no row</source>
        <translation>„{other}“ sagt, welche Seite bei „{source}“ maßgeblich ist, aber dafür gibt es keine Zeile</translation>
    </message>
    <message>
        <source>Identity at the service</source>
        <translation>Kennung beim Dienst</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Überschrift</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Verfasst von (Bildunterschrift)</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Creator’s position</source>
        <translation>Position des Urhebers</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Bildnachweis</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Nutzungsbedingungen</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Webseite zu den Rechten</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Rights block</source>
        <translation>Rechteblock</translation>
    </message>
    <message>
        <source>Rights begin</source>
        <translation>Beginn der Rechte</translation>
    </message>
    <message>
        <source>Rights end</source>
        <translation>Ende der Rechte</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>Gebiete</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Model-Release</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Property-Release</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Auftragskennung</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Stadt</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>Bundesland oder Provinz</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Ländercode</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Dringlichkeit</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Szene</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>Themencode</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Rights contact</source>
        <translation>Kontakt für Rechte</translation>
    </message>
    <message>
        <source>Digest of the record</source>
        <translation>Prüfsumme des Datensatzes</translation>
    </message>
    <message>
        <source>Keywords “{words}”</source>
        <translation>Stichwörter „{words}“</translation>
    </message>
    <message>
        <source>Custom field “{name}”</source>
        <translation>Eigenes Feld „{name}“</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Anzeigename</translation>
    </message>
    <message>
        <source>Context “{key}”</source>
        <translation>Kontext „{key}“</translation>
    </message>
    <message>
        <source>Access begins</source>
        <translation>Beginn des Zugriffs</translation>
    </message>
    <message>
        <source>Access ends</source>
        <translation>Ende des Zugriffs</translation>
    </message>
    <message>
        <source>Field “{key}”</source>
        <translation>Feld „{key}“</translation>
    </message>
    <message>
        <source>To Cloudinary</source>
        <translation>Nach Cloudinary</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>In beide Richtungen</translation>
    </message>
    <message>
        <source>Not carried</source>
        <translation>Wird nicht übertragen</translation>
    </message>
    <message>
        <source>To the master</source>
        <translation>Zur Masterdatei</translation>
    </message>
    <message>
        <source>You decide</source>
        <translation>Sie entscheiden</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>Me&amp;tadaten</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Prüfung</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Demo</source>
        <translation>De&amp;mo</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Te&amp;xt Size</source>
        <translation>Te&amp;xtgröße</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Anzeigename</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Ganze Zahl</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>One of a list</source>
        <translation>Eines aus einer Liste</translation>
    </message>
    <message>
        <source>Several of a list</source>
        <translation>Mehrere aus einer Liste</translation>
    </message>
</context>
<context>
    <name>metadata_rules</name>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>{field} is filled in</source>
        <translation>{field} ist ausgefüllt</translation>
    </message>
    <message>
        <source>{field} is empty</source>
        <translation>{field} ist leer</translation>
    </message>
    <message>
        <source>{field} has {value}</source>
        <translation>{field} hat {value}</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} ist {value}</translation>
    </message>
    <message>
        <source>{field} is switched on</source>
        <translation>{field} wird eingeschaltet</translation>
    </message>
    <message>
        <source>{field} is switched off</source>
        <translation>{field} wird ausgeschaltet</translation>
    </message>
    <message>
        <source>{field} must be filled in</source>
        <translation>{field} muss ausgefüllt sein</translation>
    </message>
    <message>
        <source>{field} may be empty</source>
        <translation>{field} darf leer sein</translation>
    </message>
    <message>
        <source>{field} also gets {value}</source>
        <translation>{field} bekommt auch {value}</translation>
    </message>
    <message>
        <source>{field} becomes {value} if it is empty</source>
        <translation>{field} wird {value}, wenn es leer ist</translation>
    </message>
    <message>
        <source>{field} offers all its values</source>
        <translation>{field} bietet alle seine Werte</translation>
    </message>
    <message>
        <source>{field} offers {value}, too</source>
        <translation>{field} bietet auch {value}</translation>
    </message>
    <message>
        <source>{field} offers only {value}</source>
        <translation>{field} bietet nur {value}</translation>
    </message>
</context>
<context>
    <name>named</name>
    <message>
        <source>Same</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Verschieden</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>Nur hier</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>Nur dort</translation>
    </message>
</context>
<context>
    <name>objection</name>
    <message>
        <source>it is so already</source>
        <translation>es ist schon so</translation>
    </message>
    <message>
        <source>another asset has that public ID</source>
        <translation>ein anderes Asset hat diese Public ID</translation>
    </message>
    <message>
        <source>another folder has that place</source>
        <translation>ein anderer Ordner hat diesen Platz</translation>
    </message>
    <message>
        <source>this cannot be a public ID</source>
        <translation>dies kann keine Public ID sein</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>ein Name hat keinen Schrägstrich und 1 bis 255 Zeichen</translation>
    </message>
    <message>
        <source>one asset at a time</source>
        <translation>nur ein Asset auf einmal</translation>
    </message>
    <message>
        <source>it was deleted; restore it first</source>
        <translation>es wurde gelöscht; zuerst zurückholen</translation>
    </message>
    <message>
        <source>it is there</source>
        <translation>es ist da</translation>
    </message>
</context>
<context>
    <name>orientation</name>
    <message>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadrat</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>The key of this account may not do this: {reason}</source>
        <translation>Der Schlüssel dieses Kontos darf dies nicht: {reason}</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Nicht erlaubt</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Noch nicht bekannt</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Delivered master</source>
        <translation>Ausgelieferte Masterdatei</translation>
    </message>
    <message>
        <source>Rendition {what}</source>
        <translation>Variante {what}</translation>
    </message>
    <message>
        <source>Record at its service</source>
        <translation>Eintrag bei ihrem Dienst</translation>
    </message>
    <message>
        <source>File of {what}</source>
        <translation>Datei von {what}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Dragged out</source>
        <translation>Herausgezogen</translation>
    </message>
    <message>
        <source>Copied file</source>
        <translation>Kopierte Datei</translation>
    </message>
    <message>
        <source>Review pack {what}</source>
        <translation>Prüfpaket {what}</translation>
    </message>
    <message>
        <source>Kit {what}</source>
        <translation>Kit {what}</translation>
    </message>
    <message>
        <source>Feed {what}</source>
        <translation>Feed {what}</translation>
    </message>
    <message>
        <source>Copied code {what}</source>
        <translation>Kopierter Code {what}</translation>
    </message>
    <message>
        <source>Entry with {what}</source>
        <translation>Eintrag mit {what}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Bleibt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgezogen</translation>
    </message>
    <message>
        <source>Channels that change: {channels}.</source>
        <translation>Kanäle, die sich ändern: {channels}.</translation>
    </message>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>Ändert %Ln veröffentlichte Variante.</numerusform>
            <numerusform>Ändert %Ln veröffentlichte Varianten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>%Ln Ort früherer Versionen, etwa eine exportierte Datei, bleibt, wie er ist.</numerusform>
            <numerusform>%Ln Orte früherer Versionen, etwa exportierte Dateien, bleiben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>%Ln Ort zeigt die neue Version.</numerusform>
            <numerusform>%Ln Orte zeigen die neue Version.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>%Ln Ort behält die frühere.</numerusform>
            <numerusform>%Ln Orte behalten die frühere.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>%Ln Ort konnte nicht geändert werden.</numerusform>
            <numerusform>%Ln Orte konnten nicht geändert werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>Neue Version</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Nicht erlaubt</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Zu groß</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>Bleibt, wie es ist</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>Gleicher Inhalt</translation>
    </message>
    <message>
        <source>Already queued</source>
        <translation>Schon eingereiht</translation>
    </message>
    <message>
        <source>added to Cloudinary</source>
        <translation>wird in Cloudinary hinzugefügt</translation>
    </message>
    <message>
        <source>replaces what is delivered now</source>
        <translation>ersetzt, was jetzt ausgeliefert wird</translation>
    </message>
    <message>
        <source>held back; nothing of it is sent</source>
        <translation>zurückgehalten; nichts davon wird gesendet</translation>
    </message>
    <message>
        <source>larger than your plan&apos;s limit; not sent</source>
        <translation>größer als die Grenze Ihres Tarifs; wird nicht gesendet</translation>
    </message>
    <message>
        <source>an earlier version is delivered and stays</source>
        <translation>eine frühere Version ist ausgeliefert und bleibt</translation>
    </message>
    <message>
        <source>there already; not sent again</source>
        <translation>schon dort; wird nicht erneut gesendet</translation>
    </message>
    <message>
        <source>on its way; not sent twice</source>
        <translation>unterwegs; wird nicht zweimal gesendet</translation>
    </message>
    <message>
        <source>{title}, {count}: {hint}</source>
        <translation>{title}, {count}: {hint}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}, {size}: {note}</translation>
    </message>
    <message>
        <source>This file is larger than your plan&apos;s limit of {size}</source>
        <translation>Diese Datei ist größer als die Grenze Ihres Tarifs von {size}</translation>
    </message>
    <message>
        <source>same as {other}</source>
        <translation>identisch mit {other}</translation>
    </message>
    <message>
        <source>{public_id} · seen with a token only: {reasons}</source>
        <translation>{public_id} · nur mit Token zu sehen: {reasons}</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Hero 1600 × 900</source>
        <translation>Hero 1600 × 900</translation>
    </message>
    <message>
        <source>Social square 1080</source>
        <translation>Social quadratisch 1080</translation>
    </message>
    <message>
        <source>Story 1080 × 1920</source>
        <translation>Story 1080 × 1920</translation>
    </message>
    <message>
        <source>Web, at most 1200</source>
        <translation>Web, höchstens 1200</translation>
    </message>
    <message>
        <source>Thumbnail 320</source>
        <translation>Vorschaubild 320</translation>
    </message>
    <message>
        <source>Web hero, desktop</source>
        <translation>Web-Aufmacher, Desktop</translation>
    </message>
    <message>
        <source>Web hero, tablet</source>
        <translation>Web-Aufmacher, Tablet</translation>
    </message>
    <message>
        <source>Web hero, mobile</source>
        <translation>Web-Aufmacher, Mobil</translation>
    </message>
    <message>
        <source>Web card</source>
        <translation>Web-Karte</translation>
    </message>
    <message>
        <source>Link preview (og:image)</source>
        <translation>Linkvorschau (og:image)</translation>
    </message>
    <message>
        <source>Product on white</source>
        <translation>Produkt auf Weiß</translation>
    </message>
    <message>
        <source>Product thumbnail</source>
        <translation>Produkt-Miniatur</translation>
    </message>
    <message>
        <source>Instagram portrait</source>
        <translation>Instagram-Hochformat</translation>
    </message>
    <message>
        <source>Instagram square</source>
        <translation>Instagram-Quadrat</translation>
    </message>
    <message>
        <source>Instagram landscape</source>
        <translation>Instagram-Querformat</translation>
    </message>
    <message>
        <source>Instagram story</source>
        <translation>Instagram-Story</translation>
    </message>
    <message>
        <source>TikTok photo</source>
        <translation>TikTok-Foto</translation>
    </message>
    <message>
        <source>Facebook post</source>
        <translation>Facebook-Beitrag</translation>
    </message>
    <message>
        <source>Facebook cover</source>
        <translation>Facebook-Titelbild</translation>
    </message>
    <message>
        <source>YouTube thumbnail</source>
        <translation>YouTube-Miniatur</translation>
    </message>
    <message>
        <source>YouTube banner</source>
        <translation>YouTube-Banner</translation>
    </message>
    <message>
        <source>X post</source>
        <translation>X-Beitrag</translation>
    </message>
    <message>
        <source>X header</source>
        <translation>X-Kopfbild</translation>
    </message>
    <message>
        <source>LinkedIn post</source>
        <translation>LinkedIn-Beitrag</translation>
    </message>
    <message>
        <source>LinkedIn page cover</source>
        <translation>LinkedIn-Titelbild der Seite</translation>
    </message>
    <message>
        <source>Pinterest pin</source>
        <translation>Pinterest-Pin</translation>
    </message>
    <message>
        <source>E-mail header</source>
        <translation>E-Mail-Kopfbild</translation>
    </message>
    <message>
        <source>E-mail teaser</source>
        <translation>E-Mail-Teaser</translation>
    </message>
    <message>
        <source>Ad, medium rectangle</source>
        <translation>Anzeige, Medium Rectangle</translation>
    </message>
    <message>
        <source>Ad, large rectangle</source>
        <translation>Anzeige, Large Rectangle</translation>
    </message>
    <message>
        <source>Ad, leaderboard</source>
        <translation>Anzeige, Leaderboard</translation>
    </message>
    <message>
        <source>Ad, billboard</source>
        <translation>Anzeige, Billboard</translation>
    </message>
    <message>
        <source>Ad, half page</source>
        <translation>Anzeige, Half Page</translation>
    </message>
    <message>
        <source>Ad, wide skyscraper</source>
        <translation>Anzeige, Wide Skyscraper</translation>
    </message>
    <message>
        <source>Ad, mobile banner</source>
        <translation>Anzeige, Mobile Banner</translation>
    </message>
    <message>
        <source>Ad, large mobile banner</source>
        <translation>Anzeige, Large Mobile Banner</translation>
    </message>
    <message>
        <source>Press, at most 4000</source>
        <translation>Presse, höchstens 4000</translation>
    </message>
    <message>
        <source>Ready presets</source>
        <translation>Mitgelieferte Presets</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Website</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Shop</translation>
    </message>
    <message>
        <source>Social networks</source>
        <translation>Soziale Netzwerke</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Display advertising</source>
        <translation>Displaywerbung</translation>
    </message>
    <message>
        <source>Whole campaign</source>
        <translation>Ganze Kampagne</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>höchstens {size}</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px breit</translation>
    </message>
    <message>
        <source>{pixels} px high</source>
        <translation>{pixels} px hoch</translation>
    </message>
    <message>
        <source>CMS page</source>
        <translation>CMS-Seite</translation>
    </message>
    <message>
        <source>Landing page</source>
        <translation>Landingpage</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Markt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Only this preset</source>
        <translation>Nur dieses Preset</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>Anderes Bild</translation>
    </message>
    <message>
        <source>A country or region: DE, US-CA, EMEA</source>
        <translation>Ein Land oder eine Region: DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>A language: de, pt-BR</source>
        <translation>Eine Sprache: de, pt-BR</translation>
    </message>
    <message>
        <source>The name of a preset; empty for all of them</source>
        <translation>Der Name eines Presets; leer für alle</translation>
    </message>
    <message>
        <source>An ID, a path, or a file name that is there once; empty for the asset itself</source>
        <translation>Eine ID, ein Pfad oder ein Dateiname, den es nur einmal gibt; leer für das Asset selbst</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Choose assets first.</source>
        <translation>Wählen Sie zuerst Assets.</translation>
    </message>
    <message>
        <source>Choose assets of a library first.</source>
        <translation>Wählen Sie zuerst Assets einer Bibliothek.</translation>
    </message>
    <message>
        <source>Choose exactly one asset first.</source>
        <translation>Wählen Sie zuerst genau ein Asset.</translation>
    </message>
    <message>
        <source>Nothing was said that could be taken back.</source>
        <translation>Nichts wurde angegeben, was sich zurücknehmen ließe.</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>Nichts wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>Go to a library of PhotoShelter&apos;s kind first.</source>
        <translation>Wechseln Sie zuerst in eine Bibliothek der Art PhotoShelter.</translation>
    </message>
    <message>
        <source>Choose assets at Cloudinary, or a folder there, first.</source>
        <translation>Wählen Sie zuerst Assets bei Cloudinary oder einen Ordner dort.</translation>
    </message>
    <message>
        <source>Set up an account first.</source>
        <translation>Richten Sie zuerst ein Konto ein.</translation>
    </message>
    <message>
        <source>It cannot be used here.</source>
        <translation>Hier nicht verwendbar.</translation>
    </message>
</context>
<context>
    <name>renditions</name>
    <message>
        <source>the file cannot be read</source>
        <translation>die Datei lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>no picture can be made of it</source>
        <translation>daraus lässt sich kein Bild machen</translation>
    </message>
    <message>
        <source>it has no file here; download it first</source>
        <translation>es hat hier keine Datei; laden Sie es erst herunter</translation>
    </message>
    <message>
        <source>the table names an unknown image</source>
        <translation>die Tabelle nennt ein unbekanntes Bild</translation>
    </message>
    <message>
        <source>the transformation is wrong</source>
        <translation>die Transformation ist falsch</translation>
    </message>
    <message>
        <source>a text is missing for this market</source>
        <translation>für diesen Markt fehlt ein Text</translation>
    </message>
    <message>
        <source>another one would have the same name</source>
        <translation>ein anderes hätte denselben Namen</translation>
    </message>
    <message>
        <source>there is such a file already</source>
        <translation>eine solche Datei gibt es schon</translation>
    </message>
    <message>
        <source>this content is not pushed</source>
        <translation>dieser Inhalt ist nicht übertragen</translation>
    </message>
    <message>
        <source>the gate is shut</source>
        <translation>die Freigabeprüfung lässt es nicht durch</translation>
    </message>
    <message>
        <source>Will be made</source>
        <translation>Werden erzeugt</translation>
    </message>
    <message>
        <source>Take the place of a file that is there</source>
        <translation>Nehmen den Platz einer vorhandenen Datei ein</translation>
    </message>
    <message>
        <source>Held back: {reason}</source>
        <translation>Zurückgehalten: {reason}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Usage and limits</source>
        <translation>Nutzung und Grenzen</translation>
    </message>
    <message>
        <source>Usage by day</source>
        <translation>Nutzung nach Tag</translation>
    </message>
    <message>
        <source>Most used assets</source>
        <translation>Meistverwendete Assets</translation>
    </message>
    <message>
        <source>Least used assets</source>
        <translation>Am wenigsten verwendete Assets</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>Nach Kampagne</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>Nach Eigentümer</translation>
    </message>
    <message>
        <source>By library</source>
        <translation>Nach Bibliothek</translation>
    </message>
    <message>
        <source>By format</source>
        <translation>Nach Format</translation>
    </message>
    <message>
        <source>By preset</source>
        <translation>Nach Preset</translation>
    </message>
    <message>
        <source>Approved, never used</source>
        <translation>Freigegeben, nie verwendet</translation>
    </message>
    <message>
        <source>In use, rights ending</source>
        <translation>In Verwendung, Rechte enden</translation>
    </message>
    <message>
        <source>Heavy originals</source>
        <translation>Große Originale</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Beinahe-Duplikate</translation>
    </message>
    <message>
        <source>Missing metadata</source>
        <translation>Fehlende Metadaten</translation>
    </message>
    <message>
        <source>What optimisation would save</source>
        <translation>Was Optimierung einsparen würde</translation>
    </message>
    <message>
        <source>Delivery by day</source>
        <translation>Auslieferung nach Tag</translation>
    </message>
    <message>
        <source>Imported access logs</source>
        <translation>Importierte Zugriffsprotokolle</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Messgröße</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verbraucht</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Credits</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Abgefragt</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>Asset</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Kampagne</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Preset</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Assets</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Ausgeliefert</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt verwendet</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Rights from</source>
        <translation>Rechte ab</translation>
    </message>
    <message>
        <source>Rights until</source>
        <translation>Rechte bis</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>Verbleibende Tage</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Could be freed</source>
        <translation>Könnte frei werden</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Es fehlt</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>Bytes now</source>
        <translation>Bytes jetzt</translation>
    </message>
    <message>
        <source>Bytes optimised</source>
        <translation>Bytes optimiert</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Eingespart</translation>
    </message>
    <message>
        <source>Reckoned from</source>
        <translation>Grundlage der Berechnung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>Übergangen</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Unlesbar</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>Public ID</translation>
    </message>
    <message>
        <source>Asset ID</source>
        <translation>Asset-ID</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Media ID</source>
        <translation>Medien-ID</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Referring host</source>
        <translation>Verweisender Host</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>SKUs</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Markt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Outside its rights</source>
        <translation>Außerhalb der Rechte</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>Gemessen durch</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Would be saved</source>
        <translation>Einsparung</translation>
    </message>
    <message>
        <source>Outside their rights</source>
        <translation>Außerhalb ihrer Rechte</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Unknown lines</source>
        <translation>Unbekannte Zeilen</translation>
    </message>
    <message>
        <source>Limits nearly reached</source>
        <translation>Fast erreichte Grenzen</translation>
    </message>
    <message>
        <source>No Cloudinary account is connected: what it would tell is missing.</source>
        <translation>Kein Cloudinary-Konto ist verbunden: Was es mitteilen würde, fehlt.</translation>
    </message>
    <message>
        <source>The environment was not asked for its usage yet.</source>
        <translation>Die Nutzung der Umgebung wurde noch nicht abgefragt.</translation>
    </message>
    <message>
        <source>The environment could not be asked now; this is what it told last.</source>
        <translation>Die Umgebung konnte jetzt nicht abgefragt werden; dies hat sie zuletzt mitgeteilt.</translation>
    </message>
    <message>
        <source>Requests were not measured: no access log was imported for these days.</source>
        <translation>Anfragen wurden nicht gemessen: Für diese Tage wurde kein Zugriffsprotokoll importiert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>%Ln Zeile der Zugriffsprotokolle nannte kein hier bekanntes Asset.</numerusform>
            <numerusform>%Ln Zeilen der Zugriffsprotokolle nannten kein hier bekanntes Asset.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>%Ln Asset ohne Vorschaubild konnte nicht verglichen werden.</numerusform>
            <numerusform>%Ln Assets ohne Vorschaubild konnten nicht verglichen werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>%Ln Bild mit zu vielen ähnlichen konnte nicht mit allen verglichen werden.</numerusform>
            <numerusform>%Ln Bilder mit zu vielen ähnlichen konnten nicht mit allen verglichen werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>Noch nicht gelesen: %Ln Asset.</numerusform>
            <numerusform>Noch nicht gelesen: %Ln Assets.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>Nicht gemessen: %Ln Wert.</numerusform>
            <numerusform>Nicht gemessen: %Ln Werte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>Nur im Export: %Ln weitere Zeile.</numerusform>
            <numerusform>Nur im Export: %Ln weitere Zeilen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>required fields</name>
    <message>
        <source>title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>alternative text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>credit line</source>
        <translation>Bildnachweis</translation>
    </message>
    <message>
        <source>copyright notice</source>
        <translation>Copyright-Vermerk</translation>
    </message>
    <message>
        <source>usage terms</source>
        <translation>Nutzungsbedingungen</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>Master</source>
        <translation>Masterdatei</translation>
    </message>
    <message>
        <source>Stage {stage}</source>
        <translation>Stufe {stage}</translation>
    </message>
    <message>
        <source>Its file says: {state}</source>
        <translation>Laut Datei: {state}</translation>
    </message>
    <message>
        <source>Waits for {stage}</source>
        <translation>Wartet auf {stage}</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Angefordert</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Moderation bei Cloudinary</translation>
    </message>
    <message>
        <source>In review at their library</source>
        <translation>In Prüfung in ihrer Bibliothek</translation>
    </message>
    <message>
        <source>Said in their files</source>
        <translation>In ihren Dateien angegeben</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>Überfällig seit {date}</translation>
    </message>
    <message>
        <source>Due today, {time}</source>
        <translation>Heute fällig, {time}</translation>
    </message>
    <message>
        <source>Due tomorrow, {time}</source>
        <translation>Morgen fällig, {time}</translation>
    </message>
    <message>
        <source>Due {date}</source>
        <translation>Fällig {date}</translation>
    </message>
    <message>
        <source>{done} of {total} decided</source>
        <translation>{done} von {total} entschieden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>%Ln mit Änderungswunsch</numerusform>
            <numerusform>%Ln mit Änderungswunsch</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>alle</translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>%Ln freigegeben</numerusform>
            <numerusform>%Ln freigegeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>%Ln abgelehnt</numerusform>
            <numerusform>%Ln abgelehnt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>%Ln nicht mehr hier</numerusform>
            <numerusform>%Ln nicht mehr hier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>review groups</name>
    <message>
        <source>By channel</source>
        <translation>Nach Kanal</translation>
    </message>
    <message>
        <source>By market</source>
        <translation>Nach Markt</translation>
    </message>
    <message>
        <source>By asset</source>
        <translation>Nach Asset</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alle zusammen</translation>
    </message>
</context>
<context>
    <name>review guides</name>
    <message>
        <source>No guides</source>
        <translation>Keine Hilfslinien</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Sicherer Bereich</translation>
    </message>
    <message>
        <source>Thirds and centre</source>
        <translation>Drittel und Mitte</translation>
    </message>
    <message>
        <source>Crops of other formats</source>
        <translation>Zuschnitte anderer Formate</translation>
    </message>
</context>
<context>
    <name>review keys</name>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Navigieren</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Kennzeichnen</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Änderungen anfordern</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentieren</translation>
    </message>
    <message>
        <source>Pin a comment to a place</source>
        <translation>Einen Kommentar an eine Stelle heften</translation>
    </message>
    <message>
        <source>Draw on the picture</source>
        <translation>Auf dem Bild zeichnen</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>Letzte Entscheidung zurücknehmen</translation>
    </message>
    <message>
        <source>Approve the rest</source>
        <translation>Übrige freigeben</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Next asset</source>
        <translation>Nächstes Asset</translation>
    </message>
    <message>
        <source>Previous asset</source>
        <translation>Voriges Asset</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Nächstes, das nicht entschieden ist</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erstes</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letztes</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Compare: line, onion skin, difference</source>
        <translation>Vergleichen: Trennlinie, Überblendung, Unterschied</translation>
    </message>
    <message>
        <source>Against the version before, or the master</source>
        <translation>Mit der vorigen Version oder der Masterdatei vergleichen</translation>
    </message>
    <message>
        <source>Master and renditions side by side</source>
        <translation>Masterdatei und Varianten nebeneinander</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Guides: safe area, thirds, crops</source>
        <translation>Hilfslinien: sicherer Bereich, Drittel, Zuschnitte</translation>
    </message>
    <message>
        <source>Play a film, or stop it</source>
        <translation>Film abspielen oder anhalten</translation>
    </message>
    <message>
        <source>A film one step back</source>
        <translation>Film einen Schritt zurück</translation>
    </message>
    <message>
        <source>A film one step on</source>
        <translation>Film einen Schritt vor</translation>
    </message>
    <message>
        <source>100 %, and back</source>
        <translation>100 %, und zurück</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>More of the version before</source>
        <translation>Mehr von der vorigen Version</translation>
    </message>
    <message>
        <source>More of the version now</source>
        <translation>Mehr von der jetzigen Version</translation>
    </message>
    <message>
        <source>Facts and comments</source>
        <translation>Angaben und Kommentare</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>Filmstreifen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Rate with 0 to 5 stars</source>
        <translation>Mit 0 bis 5 Sternen bewerten</translation>
    </message>
    <message>
        <source>Label red, yellow, green or blue</source>
        <translation>Rot, gelb, grün oder blau kennzeichnen</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Diese Tasten</translation>
    </message>
</context>
<context>
    <name>review looks</name>
    <message>
        <source>Version before</source>
        <translation>Vorige Version</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Masterdatei</translation>
    </message>
</context>
<context>
    <name>review_pack</name>
    <message>
        <source>the pack holds no such picture</source>
        <translation>das Paket enthält kein solches Bild</translation>
    </message>
    <message>
        <source>it is about other bytes than the pack held</source>
        <translation>es geht um andere Bytes, als das Paket enthielt</translation>
    </message>
    <message>
        <source>it is about another transformation than the pack held</source>
        <translation>es geht um eine andere Transformation, als das Paket enthielt</translation>
    </message>
    <message>
        <source>its master is not in the catalog any more</source>
        <translation>die Masterdatei ist nicht mehr im Katalog</translation>
    </message>
    <message>
        <source>its master has changed since the pack was made</source>
        <translation>die Masterdatei hat sich geändert, seit das Paket erstellt wurde</translation>
    </message>
    <message>
        <source>its preset has changed since the pack was made</source>
        <translation>das Preset hat sich geändert, seit das Paket erstellt wurde</translation>
    </message>
    <message>
        <source>a later verdict of the same reviewer is on record</source>
        <translation>ein späteres Urteil derselben Person ist aufgezeichnet</translation>
    </message>
</context>
<context>
    <name>review_page</name>
    <message>
        <source>Approved</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Änderungswunsch</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Änderungen anfordern</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Nicht entschieden</translation>
    </message>
    <message>
        <source>The verdict was taken back</source>
        <translation>Das Urteil wurde zurückgenommen</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Why? (goes with the verdict)</source>
        <translation>Warum? (gehört zum Urteil)</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>About the whole picture</source>
        <translation>Zum ganzen Bild</translation>
    </message>
    <message>
        <source>About the marked place</source>
        <translation>Zur markierten Stelle</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>Kommentar hinzufügen</translation>
    </message>
    <message>
        <source>Delete comment</source>
        <translation>Kommentar löschen</translation>
    </message>
    <message>
        <source>Mark a place</source>
        <translation>Stelle markieren</translation>
    </message>
    <message>
        <source>Click a point of the picture, or drag a frame around a part of it.</source>
        <translation>Auf einen Punkt des Bildes klicken oder einen Rahmen um einen Teil davon ziehen.</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>Noch keine Kommentare.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Please say your name: your verdicts are recorded with it.</source>
        <translation>Bitte geben Sie Ihren Namen an: Die Urteile werden damit aufgezeichnet.</translation>
    </message>
    <message>
        <source>Save verdicts</source>
        <translation>Urteile sichern</translation>
    </message>
    <message>
        <source>Saves a file. Send it to {who}, who reads it in.</source>
        <translation>Sichert eine Datei. Senden Sie sie an {who}, wo sie eingelesen wird.</translation>
    </message>
    <message>
        <source>Saved as {file}. Please send it to {who}.</source>
        <translation>Gesichert als {file}. Bitte senden Sie die Datei an {who}.</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>Noch gibt es nichts zu sichern.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gesichert</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>{done} von {all} entschieden</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>Bis {date}</translation>
    </message>
    <message>
        <source>From {who}, {date}</source>
        <translation>Von {who}, {date}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Nächstes, das nicht entschieden ist</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Masterdatei</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Picture {n} of {all}: {name}</source>
        <translation>Bild {n} von {all}: {name}</translation>
    </message>
    <message>
        <source>One picture of a film</source>
        <translation>Ein Bild aus einem Film</translation>
    </message>
    <message>
        <source>this browser does not play it</source>
        <translation>dieser Browser spielt ihn nicht ab</translation>
    </message>
    <message>
        <source>Comment on this moment</source>
        <translation>Diesen Zeitpunkt kommentieren</translation>
    </message>
    <message>
        <source>About {time} of the film</source>
        <translation>Zu {time} im Film</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>Abspielen, anhalten</translation>
    </message>
    <message>
        <source>Approximate: what is delivered may look a little different</source>
        <translation>Annähernd: Was ausgeliefert wird, kann ein wenig anders aussehen</translation>
    </message>
    <message>
        <source>Some steps are made on delivery only, and are not shown here</source>
        <translation>Manche Schritte geschehen erst bei der Auslieferung und sind hier nicht zu sehen</translation>
    </message>
    <message>
        <source>This picture cannot be shown. If you opened the page inside a ZIP file, unpack the whole file first, then open index.html from the unpacked folder.</source>
        <translation>Dieses Bild lässt sich nicht anzeigen. Wenn Sie die Seite in einer ZIP-Datei geöffnet haben, entpacken Sie zuerst die ganze Datei, und öffnen Sie dann index.html aus dem entpackten Ordner.</translation>
    </message>
    <message>
        <source>This browser keeps nothing for this page: save your verdicts before you close it.</source>
        <translation>Dieser Browser behält nichts für diese Seite: Sichern Sie Ihre Urteile, bevor Sie die Seite schließen.</translation>
    </message>
    <message>
        <source>This page is damaged. Please ask for the review pack again.</source>
        <translation>Diese Seite ist beschädigt. Bitte fordern Sie das Prüfpaket noch einmal an.</translation>
    </message>
    <message>
        <source>Comment {n}</source>
        <translation>Kommentar {n}</translation>
    </message>
    <message>
        <source>This page needs JavaScript. It loads nothing from the network.</source>
        <translation>Diese Seite braucht JavaScript. Sie lädt nichts aus dem Netz.</translation>
    </message>
    <message>
        <source>Go to the verdict</source>
        <translation>Zum Urteil gehen</translation>
    </message>
</context>
<context>
    <name>rights</name>
    <message>
        <source>Rights open</source>
        <translation>Rechte offen</translation>
    </message>
    <message>
        <source>Rights not begun</source>
        <translation>Rechte künftig</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Rechte abgelaufen</translation>
    </message>
    <message>
        <source>Rights unclear</source>
        <translation>Rechte unklar</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Model-Release</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Property-Release</translation>
    </message>
    <message>
        <source>Nobody said that one is needed</source>
        <translation>Niemand hat gesagt, dass eines nötig ist</translation>
    </message>
    <message>
        <source>There is one</source>
        <translation>Liegt vor</translation>
    </message>
    <message>
        <source>It is missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>The whole world</source>
        <translation>Die ganze Welt</translation>
    </message>
    <message>
        <source>Europe, the Middle East and Africa</source>
        <translation>Europa, Naher Osten und Afrika</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>Nordamerika</translation>
    </message>
    <message>
        <source>Latin America</source>
        <translation>Lateinamerika</translation>
    </message>
    <message>
        <source>Asia and the Pacific</source>
        <translation>Asien und Pazifik</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Social media</source>
        <translation>Soziale Medien</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>Posters</source>
        <translation>Plakate</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>Rundfunk</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Shop</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Intern</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>The dates cannot be read</source>
        <translation>Die Daten sind nicht lesbar</translation>
    </message>
    <message>
        <source>From {start} until {end}</source>
        <translation>Von {start} bis {end}</translation>
    </message>
    <message>
        <source>From {start}</source>
        <translation>Ab {start}</translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation>Bis {end}</translation>
    </message>
    <message>
        <source>Nothing is claimed</source>
        <translation>Nichts ist festgelegt</translation>
    </message>
    <message>
        <source>not {list}</source>
        <translation>nicht {list}</translation>
    </message>
    <message>
        <source>Texts and documents only</source>
        <translation>Nur Texte und Dokumente</translation>
    </message>
    <message>
        <source>Nothing is left that file and claim both allow</source>
        <translation>Nichts bleibt, was Datei und Festlegung beide erlauben</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Nur in {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Nur für {channels}</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Anderswo</translation>
    </message>
    <message>
        <source>{some} and others</source>
        <translation>{some} und andere</translation>
    </message>
</context>
<context>
    <name>self.clipboard</name>
    <message>
        <source>Link copied. It opens this asset where it is known.</source>
        <translation>Link kopiert. Er öffnet dieses Asset, wo es bekannt ist.</translation>
    </message>
</context>
<context>
    <name>shelter</name>
    <message>
        <source>the sources of its approval disagree</source>
        <translation>die Quellen der Freigabe widersprechen sich</translation>
    </message>
    <message>
        <source>its approval is written in a way that means nothing here</source>
        <translation>die Freigabe ist auf eine Weise angegeben, die hier nichts bedeutet</translation>
    </message>
    <message>
        <source>a very long text was cut</source>
        <translation>ein sehr langer Text wurde abgeschnitten</translation>
    </message>
    <message>
        <source>its rights limit the size in which it may be shown</source>
        <translation>die Rechte begrenzen die Größe, in der es gezeigt werden darf</translation>
    </message>
    <message>
        <source>its credit has to be shown</source>
        <translation>der Bildnachweis muss gezeigt werden</translation>
    </message>
    <message>
        <source>it may not be used with generative tools</source>
        <translation>es darf nicht mit generativen Werkzeugen verwendet werden</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Noch nicht abgeglichen</translation>
    </message>
    <message>
        <source>What lies here has not been read yet; it comes by itself. A search of all of {service} finds it already.</source>
        <translation>Was hier liegt, wurde noch nicht gelesen; es kommt von selbst. Eine Suche in ganz {service} findet es schon jetzt.</translation>
    </message>
    <message>
        <source>What is put into this place at {service} appears with the next sync.</source>
        <translation>Was bei {service} an diesen Ort gelegt wird, erscheint mit dem nächsten Abgleich.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Hier ist noch nichts</translation>
    </message>
    <message>
        <source>Signed out: shown as it was last seen</source>
        <translation>Abgemeldet: gezeigt, wie es zuletzt zu sehen war</translation>
    </message>
    <message>
        <source>{done} of {total} galleries synced</source>
        <translation>{done} von {total} Galerien abgeglichen</translation>
    </message>
    <message>
        <source>Synced {moment}</source>
        <translation>Abgeglichen {moment}</translation>
    </message>
    <message>
        <source>Only for you and your staff</source>
        <translation>Nur für Sie und Ihr Team</translation>
    </message>
    <message>
        <source>For those with permission</source>
        <translation>Für alle mit Berechtigung</translation>
    </message>
    <message>
        <source>For everyone</source>
        <translation>Für alle</translation>
    </message>
    <message>
        <source>Custom field: {state}</source>
        <translation>Eigenes Feld: {state}</translation>
    </message>
    <message>
        <source>Workspace review: {state}</source>
        <translation>Prüfung im Workspace: {state}</translation>
    </message>
    <message>
        <source>Keyword: {state}</source>
        <translation>Stichwort: {state}</translation>
    </message>
    <message>
        <source>Gallery: {state}</source>
        <translation>Galerie: {state}</translation>
    </message>
    <message>
        <source>In a &amp;Document beside the Gallery</source>
        <translation>In einem &amp;Dokument neben der Galerie</translation>
    </message>
    <message>
        <source>With the Rendered &amp;Files</source>
        <translation>Mit den &amp;erzeugten Dateien</translation>
    </message>
    <message>
        <source>As &amp;Links of the Master</source>
        <translation>Als &amp;Links der Masterdatei</translation>
    </message>
    <message>
        <source>&amp;Not at All</source>
        <translation>&amp;Gar nicht</translation>
    </message>
    <message>
        <source>Model release: there is one</source>
        <translation>Model-Release: liegt vor</translation>
    </message>
    <message>
        <source>Model release: missing</source>
        <translation>Model-Release: fehlt</translation>
    </message>
    <message>
        <source>Property release: there is one</source>
        <translation>Property-Release: liegt vor</translation>
    </message>
    <message>
        <source>Property release: missing</source>
        <translation>Property-Release: fehlt</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>nicht verstanden</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Nur in {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Nur für {channels}</translation>
    </message>
    <message>
        <source>Not all of it is recorded there yet</source>
        <translation>Noch ist dort nicht alles vermerkt</translation>
    </message>
    <message>
        <source>Recorded there {moment}</source>
        <translation>Dort vermerkt {moment}</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>North America (AWS)</source>
        <translation>Nordamerika (AWS)</translation>
    </message>
    <message>
        <source>Europe (AWS)</source>
        <translation>Europa (AWS)</translation>
    </message>
    <message>
        <source>Australia (AWS)</source>
        <translation>Australien (AWS)</translation>
    </message>
    <message>
        <source>North America (Azure)</source>
        <translation>Nordamerika (Azure)</translation>
    </message>
    <message>
        <source>Europe (Azure)</source>
        <translation>Europa (Azure)</translation>
    </message>
    <message>
        <source>North America (Google Cloud)</source>
        <translation>Nordamerika (Google Cloud)</translation>
    </message>
    <message>
        <source>Europe (Google Cloud)</source>
        <translation>Europa (Google Cloud)</translation>
    </message>
    <message>
        <source>Take the whole entry off, in that locale</source>
        <translation>Den ganzen Eintrag in dieser Sprachversion zurückziehen</translation>
    </message>
    <message>
        <source>Remove the picture, and publish without it</source>
        <translation>Das Bild entfernen und ohne es veröffentlichen</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Veröffentlicht</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgezogen</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>The editor&apos;s</source>
        <translation>Fassung der Redaktion</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Verweigert</translation>
    </message>
    <message>
        <source>{rendition} (cannot be chosen)</source>
        <translation>{rendition} (nicht wählbar)</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>No label</source>
        <translation>Ohne Bezeichnung</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
</context>
<context>
    <name>stale</name>
    <message>
        <source>the master has a new version</source>
        <translation>die Masterdatei hat eine neue Version</translation>
    </message>
    <message>
        <source>its preset was changed</source>
        <translation>das Preset wurde geändert</translation>
    </message>
    <message>
        <source>the master has a new version, and its preset was changed</source>
        <translation>die Masterdatei hat eine neue Version, und das Preset wurde geändert</translation>
    </message>
</context>
<context>
    <name>standard</name>
    <message>
        <source>All models released</source>
        <translation>Alle Model-Releases liegen vor</translation>
    </message>
    <message>
        <source>Limited or incomplete model releases</source>
        <translation>Eingeschränkte oder unvollständige Model-Releases</translation>
    </message>
    <message>
        <source>No model release</source>
        <translation>Kein Model-Release</translation>
    </message>
    <message>
        <source>Model release not applicable</source>
        <translation>Model-Release nicht zutreffend</translation>
    </message>
    <message>
        <source>All properties released</source>
        <translation>Alle Property-Releases liegen vor</translation>
    </message>
    <message>
        <source>Limited or incomplete property releases</source>
        <translation>Eingeschränkte oder unvollständige Property-Releases</translation>
    </message>
    <message>
        <source>No property release</source>
        <translation>Kein Property-Release</translation>
    </message>
    <message>
        <source>Property release not applicable</source>
        <translation>Property-Release nicht zutreffend</translation>
    </message>
    <message>
        <source>Age unknown</source>
        <translation>Alter unbekannt</translation>
    </message>
    <message>
        <source>25 or older</source>
        <translation>25 oder älter</translation>
    </message>
    <message>
        <source>14 or younger</source>
        <translation>14 oder jünger</translation>
    </message>
    <message>
        <source>Protected by copyright</source>
        <translation>Urheberrechtlich geschützt</translation>
    </message>
    <message>
        <source>Public domain</source>
        <translation>Gemeinfrei (Public Domain)</translation>
    </message>
    <message>
        <source>1 – most urgent</source>
        <translation>1 – am dringendsten</translation>
    </message>
    <message>
        <source>5 – normal</source>
        <translation>5 – normal</translation>
    </message>
    <message>
        <source>8 – least urgent</source>
        <translation>8 – am wenigsten dringend</translation>
    </message>
    <message>
        <source>Taken by a digital camera</source>
        <translation>Mit einer Digitalkamera aufgenommen</translation>
    </message>
    <message>
        <source>Computed from several frames of a camera</source>
        <translation>Aus mehreren Aufnahmen einer Kamera berechnet</translation>
    </message>
    <message>
        <source>Scanned from negative film</source>
        <translation>Von einem Negativfilm gescannt</translation>
    </message>
    <message>
        <source>Scanned from positive film</source>
        <translation>Von einem Diafilm gescannt</translation>
    </message>
    <message>
        <source>Scanned from a print</source>
        <translation>Von einem Abzug gescannt</translation>
    </message>
    <message>
        <source>Edited by people</source>
        <translation>Von Menschen bearbeitet</translation>
    </message>
    <message>
        <source>Drawn by people</source>
        <translation>Von Menschen gezeichnet</translation>
    </message>
    <message>
        <source>Composed of captures</source>
        <translation>Aus Aufnahmen zusammengesetzt</translation>
    </message>
    <message>
        <source>Composed of elements</source>
        <translation>Aus Elementen zusammengesetzt</translation>
    </message>
    <message>
        <source>Composed, with synthetic elements</source>
        <translation>Zusammengesetzt, mit synthetischen Elementen</translation>
    </message>
    <message>
        <source>Edited by a trained algorithm</source>
        <translation>Von einem trainierten Algorithmus bearbeitet</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>Von einem trainierten Algorithmus erzeugt</translation>
    </message>
    <message>
        <source>Made by an algorithm without training</source>
        <translation>Von einem Algorithmus ohne Training erzeugt</translation>
    </message>
    <message>
        <source>Enhanced by an algorithm</source>
        <translation>Von einem Algorithmus verbessert</translation>
    </message>
    <message>
        <source>Drawn from data</source>
        <translation>Aus Daten gezeichnet</translation>
    </message>
    <message>
        <source>Captured from a screen</source>
        <translation>Von einem Bildschirm aufgenommen</translation>
    </message>
    <message>
        <source>Recorded in a virtual world</source>
        <translation>In einer virtuellen Welt aufgezeichnet</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Nicht angegeben</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Not for training of AI</source>
        <translation>Nicht für KI-Training</translation>
    </message>
    <message>
        <source>Not for training of generative AI</source>
        <translation>Nicht für Training generativer KI</translation>
    </message>
    <message>
        <source>Only for search engines</source>
        <translation>Nur für Suchmaschinen</translation>
    </message>
    <message>
        <source>Prohibited</source>
        <translation>Untersagt</translation>
    </message>
    <message>
        <source>Prohibited, as other constraints say</source>
        <translation>Untersagt laut anderen Einschränkungen</translation>
    </message>
    <message>
        <source>Prohibited, as the rights expression says</source>
        <translation>Untersagt laut Rechteausdruck</translation>
    </message>
    <message>
        <source>Prohibited, as the linked rights expression says</source>
        <translation>Untersagt laut verlinktem Rechteausdruck</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>Nicht erforderlich</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>Auf dem Bild</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>Neben dem Bild</translation>
    </message>
    <message>
        <source>Among the credits</source>
        <translation>Bei den Bildnachweisen</translation>
    </message>
    <message>
        <source>No warning required</source>
        <translation>Keine Warnung erforderlich</translation>
    </message>
    <message>
        <source>Warning required</source>
        <translation>Warnung erforderlich</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Geschäftlich</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>Fax</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Pager</source>
        <translation>Pager</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>Kreis</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>Anteile des Bildes</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Überschrift</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>Extended description</source>
        <translation>Erweiterte Beschreibung</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Keyword hierarchies</source>
        <translation>Stichworthierarchien</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Verfasst von (Bildunterschrift)</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Scene codes</source>
        <translation>Szenencodes</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>Themencodes</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Supplemental categories</source>
        <translation>Zusätzliche Kategorien</translation>
    </message>
    <message>
        <source>Digital source type</source>
        <translation>Digitaler Quelltyp</translation>
    </message>
    <message>
        <source>People shown</source>
        <translation>Abgebildete Personen</translation>
    </message>
    <message>
        <source>About the models</source>
        <translation>Angaben zu den Models</translation>
    </message>
    <message>
        <source>Ages of the models</source>
        <translation>Alter der Models</translation>
    </message>
    <message>
        <source>Organisations shown</source>
        <translation>Abgebildete Organisationen</translation>
    </message>
    <message>
        <source>Organisation codes</source>
        <translation>Codes der Organisationen</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Event identifiers</source>
        <translation>Ereigniskennungen</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Creator’s job title</source>
        <translation>Position des Urhebers</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Contact’s city</source>
        <translation>Stadt des Kontakts</translation>
    </message>
    <message>
        <source>Contact’s state or province</source>
        <translation>Bundesland oder Provinz des Kontakts</translation>
    </message>
    <message>
        <source>Contact’s postal code</source>
        <translation>Postleitzahl des Kontakts</translation>
    </message>
    <message>
        <source>Contact’s country</source>
        <translation>Land des Kontakts</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Website</translation>
    </message>
    <message>
        <source>Contributors</source>
        <translation>Mitwirkende</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>Herausgeber</translation>
    </message>
    <message>
        <source>Copyright notice</source>
        <translation>Copyright-Vermerk</translation>
    </message>
    <message>
        <source>Copyright status</source>
        <translation>Copyright-Status</translation>
    </message>
    <message>
        <source>Copyright owner</source>
        <translation>Copyright-Inhaber</translation>
    </message>
    <message>
        <source>Credit line</source>
        <translation>Bildnachweis</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Nutzungsbedingungen</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Webseite zu den Rechten</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Media constraints</source>
        <translation>Einschränkungen nach Medien</translation>
    </message>
    <message>
        <source>Region constraints</source>
        <translation>Einschränkungen nach Regionen</translation>
    </message>
    <message>
        <source>Other constraints</source>
        <translation>Andere Einschränkungen</translation>
    </message>
    <message>
        <source>Image supplier</source>
        <translation>Bildlieferant</translation>
    </message>
    <message>
        <source>Supplier’s image ID</source>
        <translation>Bild-ID des Lieferanten</translation>
    </message>
    <message>
        <source>Licence begins</source>
        <translation>Beginn der Lizenz</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>Ende der Lizenz</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Model-Release</translation>
    </message>
    <message>
        <source>Model release IDs</source>
        <translation>Model-Release-IDs</translation>
    </message>
    <message>
        <source>Youngest model</source>
        <translation>Alter des jüngsten Models</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Property-Release</translation>
    </message>
    <message>
        <source>Property release IDs</source>
        <translation>Property-Release-IDs</translation>
    </message>
    <message>
        <source>Copyright owner’s ID</source>
        <translation>ID des Copyright-Inhabers</translation>
    </message>
    <message>
        <source>Licensor</source>
        <translation>Lizenzgeber</translation>
    </message>
    <message>
        <source>Licensor’s ID</source>
        <translation>ID des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s e-mail</source>
        <translation>E-Mail des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s phone</source>
        <translation>Telefon des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s website</source>
        <translation>Website des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s street</source>
        <translation>Straße des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s city</source>
        <translation>Stadt des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s state or province</source>
        <translation>Bundesland oder Provinz des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s postal code</source>
        <translation>Postleitzahl des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s country</source>
        <translation>Land des Lizenzgebers</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Stadt</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>Bundesland oder Provinz</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Ländercode</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>Koordinate</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>World region</source>
        <translation>Weltregion</translation>
    </message>
    <message>
        <source>Artwork’s title</source>
        <translation>Titel des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s creator</source>
        <translation>Urheber des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s copyright notice</source>
        <translation>Copyright-Vermerk des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner</source>
        <translation>Copyright-Inhaber des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s date</source>
        <translation>Datum des Kunstwerks</translation>
    </message>
    <message>
        <source>What the artwork shows</source>
        <translation>Was das Kunstwerk zeigt</translation>
    </message>
    <message>
        <source>Who keeps the artwork</source>
        <translation>Wer das Kunstwerk aufbewahrt</translation>
    </message>
    <message>
        <source>Artwork’s inventory number</source>
        <translation>Inventarnummer des Kunstwerks</translation>
    </message>
    <message>
        <source>Product’s name</source>
        <translation>Name des Produkts</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Product’s ID</source>
        <translation>ID des Produkts</translation>
    </message>
    <message>
        <source>Product’s description</source>
        <translation>Beschreibung des Produkts</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Date digitised</source>
        <translation>Digitalisierungsdatum</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Änderungsdatum</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Beschriftung</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Dringlichkeit</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Auftragskennung</translation>
    </message>
    <message>
        <source>Camera maker</source>
        <translation>Kamerahersteller</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Camera’s serial number</source>
        <translation>Seriennummer der Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>Belichtungszeit</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Focal length (35 mm)</source>
        <translation>Brennweite (35 mm)</translation>
    </message>
    <message>
        <source>Exposure compensation</source>
        <translation>Belichtungskorrektur</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>Blitz</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Geltungsbereich</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Beziehungen</translation>
    </message>
    <message>
        <source>Content types</source>
        <translation>Inhaltsarten</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Derived from</source>
        <translation>Abgeleitet von</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>Medientyp</translation>
    </message>
    <message>
        <source>Image GUID</source>
        <translation>Bild-GUID</translation>
    </message>
    <message>
        <source>Greatest width</source>
        <translation>Maximale Breite</translation>
    </message>
    <message>
        <source>Greatest height</source>
        <translation>Maximale Höhe</translation>
    </message>
    <message>
        <source>AI prompt</source>
        <translation>KI-Prompt</translation>
    </message>
    <message>
        <source>AI prompt’s writer</source>
        <translation>Verfasser des KI-Prompts</translation>
    </message>
    <message>
        <source>AI system</source>
        <translation>KI-System</translation>
    </message>
    <message>
        <source>AI system’s version</source>
        <translation>Version des KI-Systems</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Begriff</translation>
    </message>
    <message>
        <source>Term’s ID</source>
        <translation>ID des Begriffs</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>Term refined</source>
        <translation>Präzisierung des Begriffs</translation>
    </message>
    <message>
        <source>Genre term</source>
        <translation>Genrebegriff</translation>
    </message>
    <message>
        <source>Genre’s ID</source>
        <translation>ID des Genres</translation>
    </message>
    <message>
        <source>Genre’s vocabulary</source>
        <translation>Vokabular des Genres</translation>
    </message>
    <message>
        <source>Genre refined</source>
        <translation>Präzisierung des Genres</translation>
    </message>
    <message>
        <source>Person’s name</source>
        <translation>Name der Person</translation>
    </message>
    <message>
        <source>Person’s IDs</source>
        <translation>IDs der Person</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>Angaben zur Person</translation>
    </message>
    <message>
        <source>Contributor’s name</source>
        <translation>Name des Mitwirkenden</translation>
    </message>
    <message>
        <source>Contributor’s IDs</source>
        <translation>IDs des Mitwirkenden</translation>
    </message>
    <message>
        <source>Contributor’s roles</source>
        <translation>Rollen des Mitwirkenden</translation>
    </message>
    <message>
        <source>Image creator</source>
        <translation>Bildurheber</translation>
    </message>
    <message>
        <source>Image creator’s ID</source>
        <translation>ID des Bildurhebers</translation>
    </message>
    <message>
        <source>Image supplier’s ID</source>
        <translation>ID des Bildlieferanten</translation>
    </message>
    <message>
        <source>Rights owners</source>
        <translation>Rechteinhaber</translation>
    </message>
    <message>
        <source>Rights certificate</source>
        <translation>Rechtezertifikat</translation>
    </message>
    <message>
        <source>Data mining</source>
        <translation>Data-Mining</translation>
    </message>
    <message>
        <source>Credit required</source>
        <translation>Bildnachweis erforderlich</translation>
    </message>
    <message>
        <source>Adult content</source>
        <translation>Nicht jugendfreie Inhalte</translation>
    </message>
    <message>
        <source>Licence’s ID</source>
        <translation>ID der Lizenz</translation>
    </message>
    <message>
        <source>Licence’s terms</source>
        <translation>Lizenzbedingungen</translation>
    </message>
    <message>
        <source>Licence’s terms page</source>
        <translation>Webseite zu den Lizenzbedingungen</translation>
    </message>
    <message>
        <source>Other conditions</source>
        <translation>Andere Bedingungen</translation>
    </message>
    <message>
        <source>Product constraints</source>
        <translation>Einschränkungen für Produkte</translation>
    </message>
    <message>
        <source>Licence’s requirements</source>
        <translation>Anforderungen der Lizenz</translation>
    </message>
    <message>
        <source>Media summary code</source>
        <translation>Media Summary Code</translation>
    </message>
    <message>
        <source>Licence granted</source>
        <translation>Lizenz erteilt am</translation>
    </message>
    <message>
        <source>Licensee</source>
        <translation>Lizenznehmer</translation>
    </message>
    <message>
        <source>Licensee’s ID</source>
        <translation>ID des Lizenznehmers</translation>
    </message>
    <message>
        <source>Licensor’s image ID</source>
        <translation>Bild-ID des Lizenzgebers</translation>
    </message>
    <message>
        <source>Copyright owner’s image ID</source>
        <translation>Bild-ID des Copyright-Inhabers</translation>
    </message>
    <message>
        <source>Other dates</source>
        <translation>Weitere Daten</translation>
    </message>
    <message>
        <source>Copyright registration</source>
        <translation>Copyright-Registrierung</translation>
    </message>
    <message>
        <source>First published</source>
        <translation>Erstveröffentlichung</translation>
    </message>
    <message>
        <source>Licensor’s address, more</source>
        <translation>Adresszusatz des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s phone is</source>
        <translation>Telefontyp des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s other phone</source>
        <translation>Weiteres Telefon des Lizenzgebers</translation>
    </message>
    <message>
        <source>Licensor’s other phone is</source>
        <translation>Typ des weiteren Telefons</translation>
    </message>
    <message>
        <source>Item’s ID</source>
        <translation>Bild-ID im Register</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>Role in the registry</source>
        <translation>Rolle im Register</translation>
    </message>
    <message>
        <source>Rights expression</source>
        <translation>Rechteausdruck</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Rights language</source>
        <translation>Rechtesprache</translation>
    </message>
    <message>
        <source>Rights expression’s address</source>
        <translation>Adresse des Rechteausdrucks</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>Name des Ortes</translation>
    </message>
    <message>
        <source>Place’s IDs</source>
        <translation>IDs des Ortes</translation>
    </message>
    <message>
        <source>Artwork’s creator’s ID</source>
        <translation>ID des Urhebers des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner’s ID</source>
        <translation>ID des Copyright-Inhabers des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s licensor</source>
        <translation>Lizenzgeber des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s licensor’s ID</source>
        <translation>ID des Lizenzgebers des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s date, about</source>
        <translation>Ungefähres Datum des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s inventory page</source>
        <translation>Inventarseite des Kunstwerks</translation>
    </message>
    <message>
        <source>Contributions to the artwork</source>
        <translation>Beiträge zum Kunstwerk</translation>
    </message>
    <message>
        <source>Artwork’s material</source>
        <translation>Material des Kunstwerks</translation>
    </message>
    <message>
        <source>Artwork’s style</source>
        <translation>Stil des Kunstwerks</translation>
    </message>
    <message>
        <source>Region’s name</source>
        <translation>Name des Bereichs</translation>
    </message>
    <message>
        <source>Region’s ID</source>
        <translation>ID des Bereichs</translation>
    </message>
    <message>
        <source>Region’s content</source>
        <translation>Inhalt des Bereichs</translation>
    </message>
    <message>
        <source>Region’s role</source>
        <translation>Rolle des Bereichs</translation>
    </message>
    <message>
        <source>Region’s shape</source>
        <translation>Form des Bereichs</translation>
    </message>
    <message>
        <source>Region’s unit</source>
        <translation>Einheit des Bereichs</translation>
    </message>
    <message>
        <source>Region’s left</source>
        <translation>Linker Rand des Bereichs</translation>
    </message>
    <message>
        <source>Region’s top</source>
        <translation>Oberer Rand des Bereichs</translation>
    </message>
    <message>
        <source>Region’s width</source>
        <translation>Breite des Bereichs</translation>
    </message>
    <message>
        <source>Region’s height</source>
        <translation>Höhe des Bereichs</translation>
    </message>
    <message>
        <source>Region’s radius</source>
        <translation>Radius des Bereichs</translation>
    </message>
    <message>
        <source>A short name of the picture, often an identifier.</source>
        <translation>Ein kurzer Name des Bildes, oft eine Kennung.</translation>
    </message>
    <message>
        <source>A short synopsis that can be published.</source>
        <translation>Eine kurze Zusammenfassung, die veröffentlicht werden kann.</translation>
    </message>
    <message>
        <source>What the picture shows: who, what, where, when and why.</source>
        <translation>Was das Bild zeigt: wer, was, wo, wann und warum.</translation>
    </message>
    <message>
        <source>What it shows for those who cannot see it, in one or two sentences.</source>
        <translation>Was es zeigt, für alle, die es nicht sehen können, in ein oder zwei Sätzen.</translation>
    </message>
    <message>
        <source>A longer description for those who cannot see it.</source>
        <translation>Eine längere Beschreibung für alle, die es nicht sehen können.</translation>
    </message>
    <message>
        <source>Words by which it is found.</source>
        <translation>Wörter, mit denen es gefunden wird.</translation>
    </message>
    <message>
        <source>Keywords with those above them, as in “Place|France|Paris”.</source>
        <translation>Stichwörter mit denen, die über ihnen stehen, wie in „Ort|Frankreich|Paris“.</translation>
    </message>
    <message>
        <source>Who wrote or edited the caption.</source>
        <translation>Wer die Bildunterschrift verfasst oder bearbeitet hat.</translation>
    </message>
    <message>
        <source>The languages of the content.</source>
        <translation>Die Sprachen des Inhalts.</translation>
    </message>
    <message>
        <source>What sort of journalistic or artistic work it is.</source>
        <translation>Was für eine journalistische oder künstlerische Arbeit es ist.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the scene, six digits each.</source>
        <translation>Die IPTC-Codes der Szene, je sechs Ziffern.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the subject, eight digits each.</source>
        <translation>Die IPTC-Codes des Themas, je acht Ziffern.</translation>
    </message>
    <message>
        <source>A code of one to three letters; superseded by the subject codes.</source>
        <translation>Ein Code aus ein bis drei Buchstaben; von den Themencodes abgelöst.</translation>
    </message>
    <message>
        <source>Further categories; superseded by the subject codes.</source>
        <translation>Weitere Kategorien; von den Themencodes abgelöst.</translation>
    </message>
    <message>
        <source>How the picture came into being.</source>
        <translation>Wie das Bild entstanden ist.</translation>
    </message>
    <message>
        <source>The names of the people in the picture.</source>
        <translation>Die Namen der Personen im Bild.</translation>
    </message>
    <message>
        <source>Ethnicity and other facts about the models in a released picture.</source>
        <translation>Ethnie und andere Angaben zu den Models in einem Bild mit Model-Release.</translation>
    </message>
    <message>
        <source>The age of each model when it was taken.</source>
        <translation>Das Alter jedes Models bei der Aufnahme.</translation>
    </message>
    <message>
        <source>The names of organisations that the picture features.</source>
        <translation>Die Namen der Organisationen, um die es im Bild geht.</translation>
    </message>
    <message>
        <source>Codes of these organisations.</source>
        <translation>Codes dieser Organisationen.</translation>
    </message>
    <message>
        <source>The event at which it was taken.</source>
        <translation>Das Ereignis, bei dem es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>Identifiers of the event.</source>
        <translation>Kennungen des Ereignisses.</translation>
    </message>
    <message>
        <source>Who took or made it; several are separated by a semicolon.</source>
        <translation>Wer es aufgenommen oder gemacht hat; mehrere sind durch Semikolon getrennt.</translation>
    </message>
    <message>
        <source>The job of the creator, such as staff photographer.</source>
        <translation>Die Position des Urhebers, etwa festangestellter Fotograf.</translation>
    </message>
    <message>
        <source>Where the creator can be reached: street and house.</source>
        <translation>Wo der Urheber zu erreichen ist: Straße und Hausnummer.</translation>
    </message>
    <message>
        <source>The city of the creator’s address.</source>
        <translation>Die Stadt in der Adresse des Urhebers.</translation>
    </message>
    <message>
        <source>The state or province of the creator’s address.</source>
        <translation>Das Bundesland oder die Provinz in der Adresse des Urhebers.</translation>
    </message>
    <message>
        <source>The postal code of the creator’s address.</source>
        <translation>Die Postleitzahl in der Adresse des Urhebers.</translation>
    </message>
    <message>
        <source>The country of the creator’s address.</source>
        <translation>Das Land in der Adresse des Urhebers.</translation>
    </message>
    <message>
        <source>Telephone numbers of the creator.</source>
        <translation>Telefonnummern des Urhebers.</translation>
    </message>
    <message>
        <source>E-mail addresses of the creator.</source>
        <translation>E-Mail-Adressen des Urhebers.</translation>
    </message>
    <message>
        <source>The creator’s website.</source>
        <translation>Die Website des Urhebers.</translation>
    </message>
    <message>
        <source>Others who had a part in it.</source>
        <translation>Andere, die daran beteiligt waren.</translation>
    </message>
    <message>
        <source>Who makes it available.</source>
        <translation>Wer es verfügbar macht.</translation>
    </message>
    <message>
        <source>Who holds the copyright, as it is to be printed.</source>
        <translation>Wer das Copyright hat, so wie es abgedruckt werden soll.</translation>
    </message>
    <message>
        <source>Is it protected by copyright?</source>
        <translation>Ist es urheberrechtlich geschützt?</translation>
    </message>
    <message>
        <source>Who owns the copyright.</source>
        <translation>Wer das Copyright besitzt.</translation>
    </message>
    <message>
        <source>Who is to be credited when it is published.</source>
        <translation>Wer bei der Veröffentlichung zu nennen ist.</translation>
    </message>
    <message>
        <source>Who it was obtained from.</source>
        <translation>Von wem es bezogen wurde.</translation>
    </message>
    <message>
        <source>How it may be used.</source>
        <translation>Wie es verwendet werden darf.</translation>
    </message>
    <message>
        <source>The address of a page about the rights.</source>
        <translation>Die Adresse einer Seite über die Rechte.</translation>
    </message>
    <message>
        <source>What those who use it have to know.</source>
        <translation>Was alle wissen müssen, die es verwenden.</translation>
    </message>
    <message>
        <source>In which media it may not be used, or only.</source>
        <translation>In welchen Medien es nicht verwendet werden darf, oder nur dort.</translation>
    </message>
    <message>
        <source>In which regions it may not be used, or only.</source>
        <translation>In welchen Regionen es nicht verwendet werden darf, oder nur dort.</translation>
    </message>
    <message>
        <source>Other limits of use.</source>
        <translation>Andere Grenzen der Verwendung.</translation>
    </message>
    <message>
        <source>Who supplied the picture.</source>
        <translation>Wer das Bild geliefert hat.</translation>
    </message>
    <message>
        <source>The supplier’s identifier of it.</source>
        <translation>Die Kennung, die das Bild beim Lieferanten hat.</translation>
    </message>
    <message>
        <source>When the licence begins; changed with the rights, not here.</source>
        <translation>Wann die Lizenz beginnt; wird bei den Rechten geändert, nicht hier.</translation>
    </message>
    <message>
        <source>When the licence ends; changed with the rights, not here.</source>
        <translation>Wann die Lizenz endet; wird bei den Rechten geändert, nicht hier.</translation>
    </message>
    <message>
        <source>Have the people shown agreed?</source>
        <translation>Haben die abgebildeten Personen zugestimmt?</translation>
    </message>
    <message>
        <source>Identifiers of the agreements.</source>
        <translation>Kennungen der Zustimmungen.</translation>
    </message>
    <message>
        <source>The age of the youngest person when it was taken.</source>
        <translation>Das Alter der jüngsten Person bei der Aufnahme.</translation>
    </message>
    <message>
        <source>Have the owners of what is shown agreed?</source>
        <translation>Haben die Eigentümer dessen, was zu sehen ist, zugestimmt?</translation>
    </message>
    <message>
        <source>Identifiers of these agreements.</source>
        <translation>Kennungen dieser Zustimmungen.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows who owns the copyright.</source>
        <translation>Die Nummer, unter der PLUS den Copyright-Inhaber führt.</translation>
    </message>
    <message>
        <source>Who grants licences.</source>
        <translation>Wer Lizenzen erteilt.</translation>
    </message>
    <message>
        <source>The licensor’s identifier in the PLUS registry.</source>
        <translation>Die Kennung des Lizenzgebers im PLUS-Register.</translation>
    </message>
    <message>
        <source>Where to ask for a licence.</source>
        <translation>Wo eine Lizenz angefragt wird.</translation>
    </message>
    <message>
        <source>The licensor’s telephone.</source>
        <translation>Das Telefon des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The licensor’s website.</source>
        <translation>Die Website des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The street of the licensor’s address.</source>
        <translation>Die Straße in der Adresse des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The city of the licensor’s address.</source>
        <translation>Die Stadt in der Adresse des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The state or province of the licensor’s address.</source>
        <translation>Das Bundesland oder die Provinz in der Adresse des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The postal code of the licensor’s address.</source>
        <translation>Die Postleitzahl in der Adresse des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The country of the licensor’s address.</source>
        <translation>Das Land in der Adresse des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The place within the city.</source>
        <translation>Der Ort innerhalb der Stadt.</translation>
    </message>
    <message>
        <source>The city.</source>
        <translation>Die Stadt.</translation>
    </message>
    <message>
        <source>The state or province.</source>
        <translation>Das Bundesland oder die Provinz.</translation>
    </message>
    <message>
        <source>The country’s name.</source>
        <translation>Der Name des Landes.</translation>
    </message>
    <message>
        <source>The country’s code of two or three letters (ISO 3166).</source>
        <translation>Der Code des Landes aus zwei oder drei Buchstaben (ISO 3166).</translation>
    </message>
    <message>
        <source>Where the camera stood, in decimal degrees.</source>
        <translation>Wo die Kamera stand, in Dezimalgrad.</translation>
    </message>
    <message>
        <source>How high the camera was, in metres.</source>
        <translation>Wie hoch die Kamera war, in Metern.</translation>
    </message>
    <message>
        <source>The place within the city where it was taken.</source>
        <translation>Der Ort innerhalb der Stadt, an dem es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The city where it was taken.</source>
        <translation>Die Stadt, in der es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The state or province where it was taken.</source>
        <translation>Das Bundesland oder die Provinz, wo es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The country where it was taken.</source>
        <translation>Das Land, in dem es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The code of the country where it was taken.</source>
        <translation>Der Code des Landes, in dem es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The part of the world where it was taken.</source>
        <translation>Der Teil der Welt, in dem es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>The place within the city that it shows.</source>
        <translation>Der Ort innerhalb der Stadt, den es zeigt.</translation>
    </message>
    <message>
        <source>The city that it shows.</source>
        <translation>Die Stadt, die es zeigt.</translation>
    </message>
    <message>
        <source>The state or province that it shows.</source>
        <translation>Das Bundesland oder die Provinz, die es zeigt.</translation>
    </message>
    <message>
        <source>The country that it shows.</source>
        <translation>Das Land, das es zeigt.</translation>
    </message>
    <message>
        <source>The code of the country that it shows.</source>
        <translation>Der Code des Landes, das es zeigt.</translation>
    </message>
    <message>
        <source>The part of the world that it shows.</source>
        <translation>Der Teil der Welt, den es zeigt.</translation>
    </message>
    <message>
        <source>What the artwork is called.</source>
        <translation>Wie das Kunstwerk heißt.</translation>
    </message>
    <message>
        <source>Who made the artwork; several in their order.</source>
        <translation>Wer das Kunstwerk geschaffen hat; mehrere in ihrer Reihenfolge.</translation>
    </message>
    <message>
        <source>The artwork’s own copyright notice.</source>
        <translation>Der Copyright-Vermerk des Kunstwerks selbst.</translation>
    </message>
    <message>
        <source>Who owns the copyright of the artwork now.</source>
        <translation>Wer jetzt das Copyright am Kunstwerk besitzt.</translation>
    </message>
    <message>
        <source>When the artwork was made.</source>
        <translation>Wann das Kunstwerk geschaffen wurde.</translation>
    </message>
    <message>
        <source>What is seen in the artwork.</source>
        <translation>Was auf dem Kunstwerk zu sehen ist.</translation>
    </message>
    <message>
        <source>The museum, archive or person that has the artwork.</source>
        <translation>Das Museum, das Archiv oder die Person, die das Kunstwerk hat.</translation>
    </message>
    <message>
        <source>The number that who keeps it has given the artwork.</source>
        <translation>Die Nummer, unter der das Kunstwerk dort geführt wird, wo es aufbewahrt ist.</translation>
    </message>
    <message>
        <source>What the product is called.</source>
        <translation>Wie das Produkt heißt.</translation>
    </message>
    <message>
        <source>The product’s number in trade, as its bar code has it.</source>
        <translation>Die Nummer des Produkts im Handel, wie in seinem Strichcode.</translation>
    </message>
    <message>
        <source>The number that its maker has given the product.</source>
        <translation>Die Nummer, die der Hersteller dem Produkt gegeben hat.</translation>
    </message>
    <message>
        <source>What the product is.</source>
        <translation>Was das Produkt ist.</translation>
    </message>
    <message>
        <source>When the picture was taken, or the work was made.</source>
        <translation>Wann das Bild aufgenommen oder das Werk geschaffen wurde.</translation>
    </message>
    <message>
        <source>When the digital file was made, such as by a scanner.</source>
        <translation>Wann die digitale Datei entstand, etwa mit einem Scanner.</translation>
    </message>
    <message>
        <source>When the file was changed last, as the program that did says.</source>
        <translation>Wann die Datei zuletzt geändert wurde, nach Angabe des Programms, das es tat.</translation>
    </message>
    <message>
        <source>One to five stars; -1 is rejected.</source>
        <translation>Ein bis fünf Sterne; -1 heißt abgelehnt.</translation>
    </message>
    <message>
        <source>A word or colour of one’s own workflow.</source>
        <translation>Ein Wort oder eine Farbe des eigenen Arbeitsablaufs.</translation>
    </message>
    <message>
        <source>How urgent it is, from 1 to 8.</source>
        <translation>Wie dringend es ist, von 1 bis 8.</translation>
    </message>
    <message>
        <source>A number or name of the job it belongs to.</source>
        <translation>Eine Nummer oder ein Name des Auftrags, zu dem es gehört.</translation>
    </message>
    <message>
        <source>The maker of the camera.</source>
        <translation>Der Hersteller der Kamera.</translation>
    </message>
    <message>
        <source>The model of the camera.</source>
        <translation>Das Modell der Kamera.</translation>
    </message>
    <message>
        <source>The serial number of the camera.</source>
        <translation>Die Seriennummer der Kamera.</translation>
    </message>
    <message>
        <source>The model of the lens.</source>
        <translation>Das Modell des Objektivs.</translation>
    </message>
    <message>
        <source>How long it was exposed, in seconds.</source>
        <translation>Wie lange belichtet wurde, in Sekunden.</translation>
    </message>
    <message>
        <source>The f-number.</source>
        <translation>Die Blendenzahl.</translation>
    </message>
    <message>
        <source>The sensitivity.</source>
        <translation>Die Empfindlichkeit.</translation>
    </message>
    <message>
        <source>The focal length in millimetres.</source>
        <translation>Die Brennweite in Millimetern.</translation>
    </message>
    <message>
        <source>The focal length that is the same on 35 mm film.</source>
        <translation>Die Brennweite, die auf 35-mm-Film dasselbe ergibt.</translation>
    </message>
    <message>
        <source>By how many stops the exposure was changed.</source>
        <translation>Um wie viele Blendenstufen die Belichtung geändert wurde.</translation>
    </message>
    <message>
        <source>Did the flash fire?</source>
        <translation>Hat der Blitz ausgelöst?</translation>
    </message>
    <message>
        <source>The program that wrote the file.</source>
        <translation>Das Programm, das die Datei geschrieben hat.</translation>
    </message>
    <message>
        <source>Which place and time the content is about.</source>
        <translation>Um welchen Ort und welche Zeit es im Inhalt geht.</translation>
    </message>
    <message>
        <source>What it is related to.</source>
        <translation>Womit es in Beziehung steht.</translation>
    </message>
    <message>
        <source>The nature or genre of the content.</source>
        <translation>Die Art oder das Genre des Inhalts.</translation>
    </message>
    <message>
        <source>What identifies it within its context.</source>
        <translation>Was es in seinem Kontext eindeutig kennzeichnet.</translation>
    </message>
    <message>
        <source>What it was made from.</source>
        <translation>Woraus es entstanden ist.</translation>
    </message>
    <message>
        <source>The kind of file, as the file says.</source>
        <translation>Die Art der Datei, nach Angabe der Datei.</translation>
    </message>
    <message>
        <source>A number that no other picture has.</source>
        <translation>Eine Nummer, die kein anderes Bild hat.</translation>
    </message>
    <message>
        <source>The width of the largest version that can be had, in pixels.</source>
        <translation>Die Breite der größten erhältlichen Version, in Pixeln.</translation>
    </message>
    <message>
        <source>The height of the largest version that can be had, in pixels.</source>
        <translation>Die Höhe der größten erhältlichen Version, in Pixeln.</translation>
    </message>
    <message>
        <source>What a generating system was asked for.</source>
        <translation>Worum ein generierendes System gebeten wurde.</translation>
    </message>
    <message>
        <source>Who wrote what it was asked for.</source>
        <translation>Wer geschrieben hat, worum es gebeten wurde.</translation>
    </message>
    <message>
        <source>The system that generated it.</source>
        <translation>Das System, das es generiert hat.</translation>
    </message>
    <message>
        <source>The version of that system.</source>
        <translation>Die Version dieses Systems.</translation>
    </message>
    <message>
        <source>What the picture is about, as a vocabulary calls it.</source>
        <translation>Worum es im Bild geht, wie ein Vokabular es nennt.</translation>
    </message>
    <message>
        <source>The identifier of this term.</source>
        <translation>Die Kennung dieses Begriffs.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this term.</source>
        <translation>Die Adresse des Vokabulars dieses Begriffs.</translation>
    </message>
    <message>
        <source>The identifier of what refines this term.</source>
        <translation>Die Kennung dessen, was diesen Begriff präzisiert.</translation>
    </message>
    <message>
        <source>The genre, as a vocabulary calls it.</source>
        <translation>Das Genre, wie ein Vokabular es nennt.</translation>
    </message>
    <message>
        <source>The identifier of this genre.</source>
        <translation>Die Kennung dieses Genres.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this genre.</source>
        <translation>Die Adresse des Vokabulars dieses Genres.</translation>
    </message>
    <message>
        <source>The identifier of what refines this genre.</source>
        <translation>Die Kennung dessen, was dieses Genre präzisiert.</translation>
    </message>
    <message>
        <source>The name of a person in the picture.</source>
        <translation>Der Name einer Person im Bild.</translation>
    </message>
    <message>
        <source>Identifiers of this person.</source>
        <translation>Kennungen dieser Person.</translation>
    </message>
    <message>
        <source>What is worth knowing of this person.</source>
        <translation>Was über diese Person wissenswert ist.</translation>
    </message>
    <message>
        <source>Who had a part in it.</source>
        <translation>Wer daran beteiligt war.</translation>
    </message>
    <message>
        <source>Identifiers of this contributor.</source>
        <translation>Kennungen dieses Mitwirkenden.</translation>
    </message>
    <message>
        <source>Which part this contributor had.</source>
        <translation>Welche Rolle dieser Mitwirkende hatte.</translation>
    </message>
    <message>
        <source>Who created the image, as PLUS has it.</source>
        <translation>Wer das Bild geschaffen hat, wie PLUS es führt.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the creator.</source>
        <translation>Die Nummer, unter der PLUS den Urheber führt.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the supplier.</source>
        <translation>Die Nummer, unter der PLUS den Lieferanten führt.</translation>
    </message>
    <message>
        <source>Who owns rights in it.</source>
        <translation>Wer Rechte daran besitzt.</translation>
    </message>
    <message>
        <source>The address of a certificate of the rights.</source>
        <translation>Die Adresse eines Zertifikats der Rechte.</translation>
    </message>
    <message>
        <source>May programs be trained with it?</source>
        <translation>Dürfen Programme damit trainiert werden?</translation>
    </message>
    <message>
        <source>Has the credit line to be printed, and where?</source>
        <translation>Muss der Bildnachweis abgedruckt werden, und wo?</translation>
    </message>
    <message>
        <source>Does it need a warning?</source>
        <translation>Braucht es eine Warnung?</translation>
    </message>
    <message>
        <source>The identifier of the licence.</source>
        <translation>Die Kennung der Lizenz.</translation>
    </message>
    <message>
        <source>The terms and conditions of the licence.</source>
        <translation>Die Bedingungen der Lizenz.</translation>
    </message>
    <message>
        <source>The address of the terms and conditions.</source>
        <translation>Die Adresse der Bedingungen.</translation>
    </message>
    <message>
        <source>Further conditions of the licence.</source>
        <translation>Weitere Bedingungen der Lizenz.</translation>
    </message>
    <message>
        <source>For which products and services it may be used.</source>
        <translation>Für welche Produkte und Dienste es verwendet werden darf.</translation>
    </message>
    <message>
        <source>What the licence asks for besides.</source>
        <translation>Was die Lizenz darüber hinaus verlangt.</translation>
    </message>
    <message>
        <source>PLUS’s code of all uses that are licensed.</source>
        <translation>Code von PLUS für alle lizenzierten Verwendungen.</translation>
    </message>
    <message>
        <source>The day of the licence.</source>
        <translation>Der Tag der Lizenz.</translation>
    </message>
    <message>
        <source>Who holds the licence.</source>
        <translation>Wer die Lizenz innehat.</translation>
    </message>
    <message>
        <source>PLUS’s ID of the licensee.</source>
        <translation>ID des Lizenznehmers bei PLUS.</translation>
    </message>
    <message>
        <source>The licensor’s identifier of it.</source>
        <translation>Kennung des Lizenzgebers dafür.</translation>
    </message>
    <message>
        <source>The copyright owner’s identifier of it.</source>
        <translation>Kennung des Copyright-Inhabers dafür.</translation>
    </message>
    <message>
        <source>Further days and times in its life, as Dublin Core has them.</source>
        <translation>Weitere Tage und Zeiten in seiner Geschichte, wie Dublin Core sie kennt.</translation>
    </message>
    <message>
        <source>The number under which the copyright is registered.</source>
        <translation>Die Nummer, unter der das Copyright registriert ist.</translation>
    </message>
    <message>
        <source>When it was published for the first time.</source>
        <translation>Wann es zum ersten Mal veröffentlicht wurde.</translation>
    </message>
    <message>
        <source>Further lines of the licensor’s address.</source>
        <translation>Weitere Zeilen in der Adresse des Lizenzgebers.</translation>
    </message>
    <message>
        <source>Which telephone this is.</source>
        <translation>Was für ein Telefon das ist.</translation>
    </message>
    <message>
        <source>Another telephone of the licensor.</source>
        <translation>Ein weiteres Telefon des Lizenzgebers.</translation>
    </message>
    <message>
        <source>The number that a registry has given the picture.</source>
        <translation>Die Nummer, die ein Register dem Bild gegeben hat.</translation>
    </message>
    <message>
        <source>The identifier of the registry.</source>
        <translation>Die Kennung des Registers.</translation>
    </message>
    <message>
        <source>Why the picture is registered there.</source>
        <translation>Warum das Bild dort registriert ist.</translation>
    </message>
    <message>
        <source>Rights in a language for machines.</source>
        <translation>Rechte in maschinenlesbarer Sprache.</translation>
    </message>
    <message>
        <source>How the rights expression is encoded.</source>
        <translation>Wie der Rechteausdruck kodiert ist.</translation>
    </message>
    <message>
        <source>The language of the rights expression.</source>
        <translation>Die Sprache des Rechteausdrucks.</translation>
    </message>
    <message>
        <source>Where rights in a language for machines are found.</source>
        <translation>Wo Rechte in maschinenlesbarer Sprache zu finden sind.</translation>
    </message>
    <message>
        <source>How the linked expression is encoded.</source>
        <translation>Wie der verlinkte Ausdruck kodiert ist.</translation>
    </message>
    <message>
        <source>The language of the linked expression.</source>
        <translation>Die Sprache des verlinkten Ausdrucks.</translation>
    </message>
    <message>
        <source>What the place is called where it was taken.</source>
        <translation>Wie der Ort heißt, an dem es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>Identifiers of the place where it was taken.</source>
        <translation>Kennungen des Ortes, an dem es aufgenommen wurde.</translation>
    </message>
    <message>
        <source>Where the place lies, in decimal degrees.</source>
        <translation>Wo der Ort liegt, in Dezimalgrad.</translation>
    </message>
    <message>
        <source>What the place is called that it shows.</source>
        <translation>Wie der Ort heißt, den es zeigt.</translation>
    </message>
    <message>
        <source>Identifiers of the place that it shows.</source>
        <translation>Kennungen des Ortes, den es zeigt.</translation>
    </message>
    <message>
        <source>Where the place that it shows lies, in decimal degrees.</source>
        <translation>Wo der Ort liegt, den es zeigt, in Dezimalgrad.</translation>
    </message>
    <message>
        <source>Identifiers of who made the artwork, in their order.</source>
        <translation>Kennungen derer, die das Kunstwerk geschaffen haben, in ihrer Reihenfolge.</translation>
    </message>
    <message>
        <source>The identifier of who owns its copyright now.</source>
        <translation>Die Kennung dessen, der jetzt das Copyright daran besitzt.</translation>
    </message>
    <message>
        <source>Who licenses the artwork now.</source>
        <translation>Wer das Kunstwerk jetzt lizenziert.</translation>
    </message>
    <message>
        <source>The identifier of who licenses it now.</source>
        <translation>Die Kennung dessen, der es jetzt lizenziert.</translation>
    </message>
    <message>
        <source>About when the artwork was made.</source>
        <translation>Wann ungefähr das Kunstwerk geschaffen wurde.</translation>
    </message>
    <message>
        <source>The address of the artwork in its keeper’s inventory.</source>
        <translation>Die Adresse des Kunstwerks im Inventar dessen, der es aufbewahrt.</translation>
    </message>
    <message>
        <source>Who did what to the artwork.</source>
        <translation>Wer was zum Kunstwerk beigetragen hat.</translation>
    </message>
    <message>
        <source>What the artwork is made of, and its state.</source>
        <translation>Woraus das Kunstwerk besteht, und sein Zustand.</translation>
    </message>
    <message>
        <source>The styles or periods of the artwork.</source>
        <translation>Die Stile oder Epochen des Kunstwerks.</translation>
    </message>
    <message>
        <source>What is seen in this part of the picture.</source>
        <translation>Was in diesem Teil des Bildes zu sehen ist.</translation>
    </message>
    <message>
        <source>The identifier of this part.</source>
        <translation>Die Kennung dieses Teils.</translation>
    </message>
    <message>
        <source>What sort of thing is seen there.</source>
        <translation>Welche Art von Inhalt dort zu sehen ist.</translation>
    </message>
    <message>
        <source>What this part is for.</source>
        <translation>Wozu dieser Teil dient.</translation>
    </message>
    <message>
        <source>The form of this part.</source>
        <translation>Die Form dieses Teils.</translation>
    </message>
    <message>
        <source>What its numbers count.</source>
        <translation>In welcher Einheit die Zahlen angegeben sind.</translation>
    </message>
    <message>
        <source>Its left edge, or its middle where it is a circle.</source>
        <translation>Der linke Rand, oder bei einem Kreis die Mitte.</translation>
    </message>
    <message>
        <source>Its upper edge, or its middle where it is a circle.</source>
        <translation>Der obere Rand, oder bei einem Kreis die Mitte.</translation>
    </message>
    <message>
        <source>How wide a rectangle is.</source>
        <translation>Wie breit ein Rechteck ist.</translation>
    </message>
    <message>
        <source>How high a rectangle is.</source>
        <translation>Wie hoch ein Rechteck ist.</translation>
    </message>
    <message>
        <source>How far a circle reaches.</source>
        <translation>Wie weit ein Kreis reicht.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Term of a vocabulary</source>
        <translation>Begriff aus einem Vokabular</translation>
    </message>
    <message>
        <source>Genre of a vocabulary</source>
        <translation>Genre aus einem Vokabular</translation>
    </message>
    <message>
        <source>People and events</source>
        <translation>Personen und Ereignisse</translation>
    </message>
    <message>
        <source>Person in detail</source>
        <translation>Person im Detail</translation>
    </message>
    <message>
        <source>Contributor</source>
        <translation>Mitwirkender</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Releases</translation>
    </message>
    <message>
        <source>Registry entry</source>
        <translation>Registereintrag</translation>
    </message>
    <message>
        <source>Linked rights expression</source>
        <translation>Verlinkter Rechteausdruck</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ortsangaben</translation>
    </message>
    <message>
        <source>Where it was taken</source>
        <translation>Aufnahmeort</translation>
    </message>
    <message>
        <source>What place it shows</source>
        <translation>Gezeigter Ort</translation>
    </message>
    <message>
        <source>Artwork it shows</source>
        <translation>Gezeigtes Kunstwerk</translation>
    </message>
    <message>
        <source>Product it shows</source>
        <translation>Gezeigtes Produkt</translation>
    </message>
    <message>
        <source>Image region</source>
        <translation>Bildbereich</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Datumsangaben</translation>
    </message>
    <message>
        <source>Rating and workflow</source>
        <translation>Bewertung und Arbeitsablauf</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>Vignette</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>Dynamik</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>Sepia</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>Schärfen</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Weichzeichnen</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>Verpixeln</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>Negativ</translation>
    </message>
    <message>
        <source>Auto contrast</source>
        <translation>Auto-Kontrast</translation>
    </message>
    <message>
        <source>Auto colour</source>
        <translation>Auto-Farbe</translation>
    </message>
    <message>
        <source>Auto brightness</source>
        <translation>Auto-Helligkeit</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>Verbessern</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>Annähernd</translation>
    </message>
    <message>
        <source>Cloud only</source>
        <translation>Nur in der Cloud</translation>
    </message>
    <message>
        <source>Delivery makes the same pixels, but for how they are scaled and encoded.</source>
        <translation>Die Auslieferung ergibt dieselben Pixel, bis auf Skalierung und Kodierung.</translation>
    </message>
    <message>
        <source>Delivery may look a little different:</source>
        <translation>Die Auslieferung kann ein wenig anders aussehen:</translation>
    </message>
    <message>
        <source>A part of it is made at delivery only, and is not shown here:</source>
        <translation>Ein Teil davon entsteht erst bei der Auslieferung und ist hier nicht zu sehen:</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>HTML: &lt;img&gt; with srcset</source>
        <translation>HTML: &lt;img&gt; mit srcset</translation>
    </message>
    <message>
        <source>HTML: &lt;picture&gt;</source>
        <translation>HTML: &lt;picture&gt;</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>CSS background</source>
        <translation>CSS-Hintergrund</translation>
    </message>
    <message>
        <source>Video player</source>
        <translation>Videoplayer</translation>
    </message>
    <message>
        <source>Product gallery</source>
        <translation>Produktgalerie</translation>
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
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>Kopfüber</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>Text bearbeiten</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehen</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschneiden</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Effekt</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>A film is not fetched only to be looked at.</source>
        <translation>Ein Film wird nicht nur zum Ansehen geholt.</translation>
    </message>
    <message>
        <source>Push the master, and Cloudinary can show what it alone can do.</source>
        <translation>Übertragen Sie die Masterdatei, dann kann Cloudinary zeigen, was nur dort geht.</translation>
    </message>
    <message>
        <source>Crop of {size}, {x} from the left, {y} from the top</source>
        <translation>Zuschnitt {size}, {x} von links, {y} von oben</translation>
    </message>
    <message>
        <source>Layer, {x} to the right of the middle, {y} below it</source>
        <translation>Ebene, {x} rechts von der Mitte, {y} darunter</translation>
    </message>
</context>
<context>
    <name>studio keys</name>
    <message>
        <source>Save as a preset</source>
        <translation>Als Preset speichern</translation>
    </message>
    <message>
        <source>Presets and sets</source>
        <translation>Presets und Sätze</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>only one side says anything</source>
        <translation>nur eine Seite gibt etwas an</translation>
    </message>
    <message>
        <source>it was changed on one side</source>
        <translation>es wurde auf einer Seite geändert</translation>
    </message>
    <message>
        <source>this side leads for the field</source>
        <translation>diese Seite ist für das Feld maßgeblich</translation>
    </message>
    <message>
        <source>it was said last</source>
        <translation>es wurde zuletzt angegeben</translation>
    </message>
    <message>
        <source>both were changed: choose one</source>
        <translation>beide wurden geändert: einen Wert wählen</translation>
    </message>
    <message>
        <source>what both sides added is joined</source>
        <translation>was beide Seiten hinzugefügt haben, wird vereint</translation>
    </message>
</context>
<context>
    <name>time</name>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
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
        <translation>Art der Datei</translation>
    </message>
    <message>
        <source>what was decided</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>whether its rights hold now</source>
        <translation>ob die Rechte jetzt gelten</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>landscape, portrait or square</source>
        <translation>Querformat, Hochformat oder Quadrat</translation>
    </message>
    <message>
        <source>a year, a month, a day, or from..until</source>
        <translation>Jahr, Monat, Tag oder von..bis</translation>
    </message>
    <message>
        <source>whether Cloudinary has it</source>
        <translation>ob Cloudinary es hat</translation>
    </message>
    <message>
        <source>whether the file can be read</source>
        <translation>ob die Datei lesbar ist</translation>
    </message>
    <message>
        <source>a whole keyword; one of several words in quotes</source>
        <translation>ein ganzes Stichwort; mehrere Wörter in Anführungszeichen</translation>
    </message>
    <message>
        <source>a folder that it lies in, however deep</source>
        <translation>ein Ordner, in dem es liegt, wie tief auch immer</translation>
    </message>
    <message>
        <source>whose rights end within so many days</source>
        <translation>Anzahl der Tage, binnen derer die Rechte enden</translation>
    </message>
    <message>
        <source>{key}: needs {what}.</source>
        <translation>{key}: braucht eine Angabe ({what}).</translation>
    </message>
    <message>
        <source>{key}:{value} means nothing. Try {offered}.</source>
        <translation>{key}:{value} bedeutet nichts. Möglich: {offered}.</translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Lädt hoch</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Ausgeliefert</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Kopiert gerade</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>Wird erzeugt</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>Changing what may be seen</source>
        <translation>Sichtbarkeit wird geändert</translation>
    </message>
    <message>
        <source>Changed what may be seen</source>
        <translation>Sichtbarkeit geändert</translation>
    </message>
    <message>
        <source>Recording at its master</source>
        <translation>Wird an der Masterdatei vermerkt</translation>
    </message>
    <message>
        <source>Recorded at its master</source>
        <translation>An der Masterdatei vermerkt</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>Wird archiviert</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Telling the service</source>
        <translation>Dienst wird benachrichtigt</translation>
    </message>
    <message>
        <source>Told the service</source>
        <translation>Dienst benachrichtigt</translation>
    </message>
    <message>
        <source>Looking whether it arrived after all</source>
        <translation>Es wird nachgesehen, ob es doch ankam</translation>
    </message>
    <message>
        <source>Looked whether it arrived after all</source>
        <translation>Nachgesehen, ob es doch ankam</translation>
    </message>
    <message>
        <source>A push that ended unheard</source>
        <translation>Eine Übertragung, deren Antwort ausblieb</translation>
    </message>
    <message>
        <source>Decision for the service</source>
        <translation>Entscheidung für den Dienst</translation>
    </message>
    <message>
        <source>Rights for the service</source>
        <translation>Rechte für den Dienst</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Moderation bei Cloudinary</translation>
    </message>
    <message>
        <source>Access at Cloudinary</source>
        <translation>Zugriff bei Cloudinary</translation>
    </message>
    <message>
        <source>A rendition that has to go</source>
        <translation>Eine Variante, die weg muss</translation>
    </message>
    <message>
        <source>Record at the master</source>
        <translation>Vermerk an der Masterdatei</translation>
    </message>
    <message>
        <source>New version at the service</source>
        <translation>Neue Version beim Dienst</translation>
    </message>
    <message>
        <source>Decision for the file</source>
        <translation>Entscheidung für die Datei</translation>
    </message>
    <message>
        <source>Waits for the connection, then goes out by itself</source>
        <translation>Wartet auf die Verbindung und geht dann von selbst hinaus</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>Cloudinary bittet um Geduld; es geht von selbst weiter</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on by itself</source>
        <translation>API-Aufrufe dieser Stunde verbraucht; es geht von selbst weiter</translation>
    </message>
    <message>
        <source>Did not get through; tries again by itself</source>
        <translation>Nicht durchgekommen; wird von selbst erneut versucht</translation>
    </message>
    <message>
        <source>Waits until the file has been read</source>
        <translation>Wartet, bis die Datei gelesen ist</translation>
    </message>
    <message>
        <source>Waits for the account {environment} and its key</source>
        <translation>Wartet auf das Konto {environment} und seinen Schlüssel</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more by itself</source>
        <translation>Bisher nicht angekommen; wird von selbst noch einmal gesucht</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again by itself</source>
        <translation>Vom Empfänger nicht angenommen; wird von selbst erneut gesendet</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>Cloudinary bittet um Geduld; weiter in {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on in {time}</source>
        <translation>API-Aufrufe dieser Stunde verbraucht; weiter in {time}</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>Nicht durchgekommen; nächster Versuch in {time}</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more in {time}</source>
        <translation>Bisher nicht angekommen; wird in {time} noch einmal gesucht</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again in {time}</source>
        <translation>Vom Empfänger nicht angenommen; wird in {time} erneut gesendet</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}, {size}: {note}</translation>
    </message>
    <message>
        <source>{copied} copied, {there} there already</source>
        <translation>{copied} kopiert, {there} schon dort</translation>
    </message>
    <message>
        <source>Into a library</source>
        <translation>In eine Bibliothek</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln Variante</numerusform>
            <numerusform>%Ln Varianten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Edit of {field}</source>
        <translation>Änderung an {field}</translation>
    </message>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>Änderung an %Ln Feld</numerusform>
            <numerusform>Änderung an %Ln Feldern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>%Ln Asset freigeben</numerusform>
            <numerusform>%Ln Assets freigeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>%Ln Asset ablehnen</numerusform>
            <numerusform>%Ln Assets ablehnen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>Änderungen an %Ln Asset anfordern</numerusform>
            <numerusform>Änderungen an %Ln Assets anfordern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>%Ln Asset in Prüfung geben</numerusform>
            <numerusform>%Ln Assets in Prüfung geben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>Entscheidung zu %Ln Asset zurücknehmen</numerusform>
            <numerusform>Entscheidung zu %Ln Assets zurücknehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>{edit} bei %Ln Asset</numerusform>
            <numerusform>{edit} bei %Ln Assets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>Credits</source>
        <translation>Credits</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Bandbreite</translation>
    </message>
    <message>
        <source>Transformations</source>
        <translation>Transformationen</translation>
    </message>
    <message>
        <source>Stored files</source>
        <translation>Gespeicherte Dateien</translation>
    </message>
    <message>
        <source>Impressions</source>
        <translation>Impressionen</translation>
    </message>
    <message>
        <source>Seconds delivered</source>
        <translation>Ausgelieferte Sekunden</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>noch {left} von {limit}</translation>
    </message>
    <message>
        <source>{amount}, anew at {time}</source>
        <translation>{amount}, neu ab {time}</translation>
    </message>
    <message>
        <source>API calls this hour</source>
        <translation>API-Aufrufe in dieser Stunde</translation>
    </message>
    <message>
        <source>Largest image</source>
        <translation>Größtes Bild</translation>
    </message>
    <message>
        <source>Largest video</source>
        <translation>Größtes Video</translation>
    </message>
    <message>
        <source>Largest other file</source>
        <translation>Größte andere Datei</translation>
    </message>
    <message>
        <source>Most pixels of an image</source>
        <translation>Höchste Pixelzahl eines Bildes</translation>
    </message>
    <message>
        <source>Most pixels of all pages or frames</source>
        <translation>Höchste Pixelzahl aller Seiten oder Einzelbilder</translation>
    </message>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} Megapixel</translation>
    </message>
    <message>
        <source>Fixed folders</source>
        <translation>Feste Ordner</translation>
    </message>
    <message>
        <source>Dynamic folders</source>
        <translation>Dynamische Ordner</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>Tarif {name}</translation>
    </message>
    <message>
        <source>counted on {day}</source>
        <translation>gezählt am {day}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>abgefragt {moment}</translation>
    </message>
    <message>
        <source>{used} of {limit}</source>
        <translation>{used} von {limit}</translation>
    </message>
    <message>
        <source>{amount} ({credits} credits)</source>
        <translation>{amount} ({credits} Credits)</translation>
    </message>
</context>
<context>
    <name>visit</name>
    <message>
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>Nicht übertragen</translation>
    </message>
</context>
</TS>
