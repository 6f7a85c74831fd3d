<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Asset Bridge</source>
        <translation>Acerca de Asset Bridge</translation>
    </message>
    <message>
        <source>Asset Bridge {version}</source>
        <translation>Asset Bridge {version}</translation>
    </message>
    <message>
        <source>The window between your masters and Cloudinary. Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python.</source>
        <translation>La ventana entre sus másteres y Cloudinary. Software libre bajo la GNU General Public License, versión 3 o posterior; sin ninguna garantía. Iconos de Lucide (ISC), tipografía Inter (OFL), hecho con Qt for Python.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>AccessDialog</name>
    <message>
        <source>With a &amp;token, at any time</source>
        <translation>Con un &amp;token, en cualquier momento</translation>
    </message>
    <message>
        <source>For everybody &amp;from</source>
        <translation>Para todos &amp;desde</translation>
    </message>
    <message>
        <source>For everybody &amp;until</source>
        <translation>Para todos &amp;hasta</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Establecer</translation>
    </message>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>Limitar el acceso a %Ln recurso</numerusform>
            <numerusform>Limitar el acceso a %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>Who may have the files from Cloudinary. With nothing ticked: everybody.</source>
        <translation>Quién puede obtener los archivos de Cloudinary. Si no se marca nada: todos.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>AccountChip</name>
    <message>
        <source>Settings</source>
        <translation>Configuración</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Sin respuesta</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>Pushes go out at once.</source>
        <translation>Los envíos salen de inmediato.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait, and go out by themselves afterwards.</source>
        <translation>Se puede seguir trabajando. Los envíos esperan y saldrán solos después.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait until you go online again.</source>
        <translation>Se puede seguir trabajando. Los envíos esperan hasta que se restablezca la conexión.</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>Sin cuenta</translation>
    </message>
    <message>
        <source>Browsing only</source>
        <translation>Solo consulta</translation>
    </message>
    <message>
        <source>Add an account to push approved assets.</source>
        <translation>Añadir una cuenta para enviar los recursos aprobados.</translation>
    </message>
    <message>
        <source>Switch to another account with {keys}.</source>
        <translation>Cambiar a otra cuenta con {keys}.</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cuentas de Cloudinary</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>{account} responde y ya está en uso.</translation>
    </message>
    <message>
        <source>Log out of {account}?</source>
        <translation>¿Cerrar la sesión de {account}?</translation>
    </message>
    <message>
        <source>Its secret and its login are deleted here. What has been delivered stays in Cloudinary, your decisions and its history stay here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>Su secreto y su sesión se eliminan aquí. Lo entregado permanece en Cloudinary, sus decisiones y el historial permanecen aquí, y los envíos que siguen en cola esperan hasta que se vuelva a añadir la cuenta.</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Mantener sesión</translation>
    </message>
    <message>
        <source>The login is deleted here, but Cloudinary could not be told. End it there too, under your connected applications.</source>
        <translation>La sesión se ha eliminado aquí, pero no se pudo avisar a Cloudinary. Ciérrela también allí, en las aplicaciones conectadas.</translation>
    </message>
</context>
<context>
    <name>AccountEnvironments</name>
    <message>
        <source>Choose from your account</source>
        <translation>Elegir de la cuenta</translation>
    </message>
    <message>
        <source>The account’s own keys list all its product environments. Cloudinary shows them under Settings, Account API Keys.</source>
        <translation>Las claves propias de la cuenta muestran todos sus entornos de producto. Cloudinary las presenta en “Settings”, “Account API Keys”.</translation>
    </message>
    <message>
        <source>&amp;Keep these keys in the keyring</source>
        <translation>&amp;Guardar estas claves en el llavero</translation>
    </message>
    <message>
        <source>List environments</source>
        <translation>Mostrar entornos</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>Añadir este</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>En el llavero</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Consultando…</translation>
    </message>
    <message>
        <source>This account has no product environments yet.</source>
        <translation>Esta cuenta aún no tiene entornos de producto.</translation>
    </message>
    <message>
        <source>Product environments</source>
        <translation>Entornos de producto</translation>
    </message>
    <message>
        <source>Account &amp;ID</source>
        <translation>&amp;ID de la cuenta</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Dirección de la AP&amp;I</translation>
    </message>
    <message>
        <source>Account &amp;key</source>
        <translation>&amp;Clave de la cuenta</translation>
    </message>
    <message>
        <source>Account &amp;secret</source>
        <translation>&amp;Secreto de la cuenta</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadido</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Clave {key}</translation>
    </message>
    <message>
        <source>Its key has to be entered</source>
        <translation>Hay que introducir su clave</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Desactivado</translation>
    </message>
</context>
<context>
    <name>AccountErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Aún no hay ninguna cuenta. Añada una primero.</translation>
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
        <translation>Avanzado</translation>
    </message>
    <message>
        <source>Log in with the browser…</source>
        <translation>Iniciar sesión con el navegador…</translation>
    </message>
    <message>
        <source>Choose from your account…</source>
        <translation>Elegir de la cuenta…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>Comprobar y guardar</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Comprobando…</translation>
    </message>
    <message>
        <source>Add a Cloudinary account</source>
        <translation>Añadir una cuenta de Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary shows all of this under Settings, API Keys. The secret is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary muestra todo esto en “Settings”, “API Keys”. El secreto se guarda en el llavero de este equipo, nunca como texto sin cifrar.</translation>
    </message>
    <message>
        <source>&amp;Paste a CLOUDINARY_URL</source>
        <translation>&amp;Pegar una CLOUDINARY_URL</translation>
    </message>
    <message>
        <source>It is taken apart and removed from here at once.</source>
        <translation>Se separa en sus partes y se borra de aquí de inmediato.</translation>
    </message>
    <message>
        <source>&amp;Cloud name</source>
        <translation>&amp;Nombre de la nube</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>&amp;Clave de API</translation>
    </message>
    <message>
        <source>API &amp;secret</source>
        <translation>&amp;Secreto de API</translation>
    </message>
    <message>
        <source>S&amp;tage</source>
        <translation>E&amp;tapa</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Dirección de la AP&amp;I</translation>
    </message>
    <message>
        <source>&amp;Delivery host</source>
        <translation>&amp;Host de entrega</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Use this one</source>
        <translation>Usar esta</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Editar…</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>Cerrar sesión…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>Abrir almacén de claves…</translation>
    </message>
    <message>
        <source>Pushes wait until the key store is opened.</source>
        <translation>Los envíos esperan hasta que se abra el almacén de claves.</translation>
    </message>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cuentas de Cloudinary</translation>
    </message>
    <message>
        <source>Pushes go to the account in use.</source>
        <translation>Los envíos van a la cuenta en uso.</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Cuentas</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Añadir cuenta…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Logged in with the browser</source>
        <translation>Sesión iniciada con el navegador</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Clave {key}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>En uso</translation>
    </message>
</context>
<context>
    <name>AccountLogin</name>
    <message>
        <source>Log in with the browser</source>
        <translation>Iniciar sesión con el navegador</translation>
    </message>
    <message>
        <source>Cloudinary asks you in your browser which product environment Asset Bridge may use. What it gives is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary pregunta en el navegador qué entorno de producto puede usar Asset Bridge. Lo que concede se guarda en el llavero de este equipo, nunca como texto sin cifrar.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Volver a abrir la página</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Abrir el navegador</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Continúe en el navegador. Esta ventana espera cinco minutos.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Back”, and use an API key.</source>
        <translation>No se pudo abrir ningún navegador. Elija “Atrás” y use una clave de API.</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Dirección de la AP&amp;I</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;ID de cliente</translation>
    </message>
    <message>
        <source>Only where your company says so; otherwise leave both empty.</source>
        <translation>Solo si la empresa lo indica; si no, dejar ambos vacíos.</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>&amp;Usar cuenta</translation>
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
        <translation>El color y el nombre se muestran dondequiera que se envíe algo, para que nadie envíe al entorno equivocado. Antes del primer envío a producción se pregunta una vez.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>What do you call {name}?</source>
        <translation>¿Qué nombre recibe {name}?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Agency or team</source>
        <translation>&amp;Agencia o equipo</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Color</translation>
    </message>
    <message>
        <source>&amp;Stage</source>
        <translation>&amp;Etapa</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>Everything is decided.</source>
        <translation>Todo está decidido.</translation>
    </message>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>¿Aprobar la %Ln imagen restante?</numerusform>
            <numerusform>¿Aprobar las %Ln imágenes restantes?</numerusform>
        </translation>
    </message>
    <message>
        <source>All that nobody has approved, rejected or sent back in this review is approved in your name, also what you have not looked at. It can be taken back.</source>
        <translation>Todo lo que nadie ha aprobado, rechazado o devuelto en esta revisión se aprueba en su nombre, también lo que no ha visto. Se puede revertir.</translation>
    </message>
    <message>
        <source>Approve them</source>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>Seguir mirando</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}: %Ln imagen.</numerusform>
            <numerusform>{state}: %Ln imágenes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>Revertida: %Ln decisión.</numerusform>
            <numerusform>Revertidas: %Ln decisiones.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>%Ln imagen seleccionada</numerusform>
            <numerusform>%Ln imágenes seleccionadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>C&amp;onflicts…</source>
        <translation>Co&amp;nflictos…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>Co&amp;nflictos (%Ln)…</numerusform>
            <numerusform>Co&amp;nflictos (%Ln)…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>&amp;Añadir carpeta…</translation>
    </message>
    <message>
        <source>Connect P&amp;hotoShelter…</source>
        <translation>Conectar P&amp;hotoShelter…</translation>
    </message>
    <message>
        <source>Connect Ano&amp;ther Service…</source>
        <translation>Conectar otro &amp;servicio…</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>&amp;Volver a leer</translation>
    </message>
    <message>
        <source>&amp;Skipped Files…</source>
        <translation>Archivos &amp;omitidos…</translation>
    </message>
    <message>
        <source>Re&amp;move Library…</source>
        <translation>&amp;Quitar biblioteca…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Sa&amp;lir</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>Des&amp;hacer {step}</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Rehacer {step}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Des&amp;hacer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>Nueva v&amp;entana</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Buscar</translation>
    </message>
    <message>
        <source>C&amp;lear Filters</source>
        <translation>Borrar &amp;filtros</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>Seleccionar &amp;todo</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>&amp;No seleccionar nada</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>&amp;Copiar ruta</translation>
    </message>
    <message>
        <source>&amp;Open Original</source>
        <translation>Abrir &amp;original</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>Mostrar en el &amp;gestor de archivos</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;Cuadrícula</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Lista</translation>
    </message>
    <message>
        <source>&amp;Larger Thumbnails</source>
        <translation>&amp;Ampliar miniaturas</translation>
    </message>
    <message>
        <source>S&amp;maller Thumbnails</source>
        <translation>&amp;Reducir miniaturas</translation>
    </message>
    <message>
        <source>&amp;Quick Look</source>
        <translation>&amp;Vista rápida</translation>
    </message>
    <message>
        <source>Open in the S&amp;tudio</source>
        <translation>Abrir en el e&amp;studio</translation>
    </message>
    <message>
        <source>Contact S&amp;heet</source>
        <translation>&amp;Hoja de contactos</translation>
    </message>
    <message>
        <source>Make Rend&amp;itions…</source>
        <translation>Crear varia&amp;ntes…</translation>
    </message>
    <message>
        <source>Channel &amp;Kits…</source>
        <translation>&amp;Kits de canal…</translation>
    </message>
    <message>
        <source>&amp;Presets and Sets…</source>
        <translation>&amp;Preajustes y conjuntos…</translation>
    </message>
    <message>
        <source>I&amp;nsights…</source>
        <translation>&amp;Estadísticas…</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>&amp;Barra lateral</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>&amp;Inspector</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>Trans&amp;ferencias</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>Pantalla co&amp;mpleta</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>A&amp;trás</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>A&amp;delante</translation>
    </message>
    <message>
        <source>Enclosing F&amp;older</source>
        <translation>Carpeta &amp;superior</translation>
    </message>
    <message>
        <source>Fa&amp;vourite Place</source>
        <translation>Lugar &amp;favorito</translation>
    </message>
    <message>
        <source>Save as &amp;Smart Folder…</source>
        <translation>Guardar como carpeta &amp;inteligente…</translation>
    </message>
    <message>
        <source>&amp;Grid Editor</source>
        <translation>&amp;Editor de cuadrícula</translation>
    </message>
    <message>
        <source>&amp;Copy Metadata</source>
        <translation>&amp;Copiar metadatos</translation>
    </message>
    <message>
        <source>&amp;Paste Metadata…</source>
        <translation>&amp;Pegar metadatos…</translation>
    </message>
    <message>
        <source>&amp;Templates…</source>
        <translation>P&amp;lantillas…</translation>
    </message>
    <message>
        <source>&amp;Vocabularies…</source>
        <translation>&amp;Vocabularios…</translation>
    </message>
    <message>
        <source>&amp;Export Table…</source>
        <translation>E&amp;xportar tabla…</translation>
    </message>
    <message>
        <source>&amp;Import Table…</source>
        <translation>&amp;Importar tabla…</translation>
    </message>
    <message>
        <source>&amp;Keep a Copy of Files before Writing Metadata</source>
        <translation>&amp;Guardar copia de los archivos antes de escribir metadatos</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>Rev&amp;isar</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Aprobar</translation>
    </message>
    <message>
        <source>Approve with Co&amp;mment…</source>
        <translation>Aprobar con co&amp;mentario…</translation>
    </message>
    <message>
        <source>Request &amp;Changes…</source>
        <translation>Solicitar &amp;cambios…</translation>
    </message>
    <message>
        <source>&amp;Reject…</source>
        <translation>&amp;Rechazar…</translation>
    </message>
    <message>
        <source>Put &amp;in Review</source>
        <translation>Poner &amp;en revisión</translation>
    </message>
    <message>
        <source>Ask &amp;for Review…</source>
        <translation>&amp;Solicitar revisión…</translation>
    </message>
    <message>
        <source>Review &amp;Queue…</source>
        <translation>C&amp;ola de revisión…</translation>
    </message>
    <message>
        <source>&amp;Keep Approvals in Files, Too</source>
        <translation>&amp;Guardar las aprobaciones también en los archivos</translation>
    </message>
    <message>
        <source>Write Review &amp;Pack…</source>
        <translation>Crear &amp;paquete de revisión…</translation>
    </message>
    <message>
        <source>Import &amp;Verdicts…</source>
        <translation>Importar &amp;veredictos…</translation>
    </message>
    <message>
        <source>Ri&amp;ghts…</source>
        <translation>&amp;Derechos…</translation>
    </message>
    <message>
        <source>Rights Ca&amp;lendar…</source>
        <translation>Ca&amp;lendario de derechos…</translation>
    </message>
    <message>
        <source>Let Pa&amp;ss…</source>
        <translation>De&amp;jar pasar…</translation>
    </message>
    <message>
        <source>P&amp;olicies…</source>
        <translation>Direc&amp;tivas…</translation>
    </message>
    <message>
        <source>Audit &amp;Trail…</source>
        <translation>Registro de a&amp;uditoría…</translation>
    </message>
    <message>
        <source>Upload fro&amp;m an Address…</source>
        <translation>Subir &amp;desde una dirección…</translation>
    </message>
    <message>
        <source>Upload P&amp;resets…</source>
        <translation>Prea&amp;justes de carga…</translation>
    </message>
    <message>
        <source>Metadata Fie&amp;lds…</source>
        <translation>Ca&amp;mpos de metadatos…</translation>
    </message>
    <message>
        <source>&amp;Steps and Keys</source>
        <translation>Pa&amp;sos y teclas</translation>
    </message>
    <message>
        <source>Command &amp;Palette…</source>
        <translation>&amp;Paleta de comandos…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>Atajos de te&amp;clado…</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>&amp;Enviar</translation>
    </message>
    <message>
        <source>Pu&amp;blish Renditions…</source>
        <translation>Pu&amp;blicar variantes…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Descargar…</translation>
    </message>
    <message>
        <source>&amp;Search All of Cloudinary…</source>
        <translation>Bu&amp;scar en todo Cloudinary…</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>&amp;Cuentas…</translation>
    </message>
    <message>
        <source>&amp;Usage and Limits…</source>
        <translation>Us&amp;o y límites…</translation>
    </message>
    <message>
        <source>Work &amp;Offline</source>
        <translation>&amp;Trabajar sin conexión</translation>
    </message>
    <message>
        <source>Cloudinary &amp;Sandbox Reachable</source>
        <translation>Sand&amp;box de Cloudinary accesible</translation>
    </message>
    <message>
        <source>&amp;PhotoShelter</source>
        <translation>&amp;PhotoShelter</translation>
    </message>
    <message>
        <source>Chosen &amp;at Cloudinary</source>
        <translation>Selección &amp;en Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Hear of Changes at Once</source>
        <translation>&amp;Recibir los cambios al instante</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>&amp;Notificaciones…</translation>
    </message>
    <message>
        <source>Tell Other S&amp;ystems…</source>
        <translation>&amp;Avisar a otros sistemas…</translation>
    </message>
    <message>
        <source>Product &amp;Feeds…</source>
        <translation>&amp;Feeds de productos…</translation>
    </message>
    <message>
        <source>&amp;Contentstack…</source>
        <translation>Contentstac&amp;k…</translation>
    </message>
    <message>
        <source>&amp;About Asset Bridge</source>
        <translation>&amp;Acerca de Asset Bridge</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>Como el &amp;sistema</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message>
        <source>Stop; what was done stays</source>
        <translation>Detener; lo hecho se conserva</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Detener: {what}</translation>
    </message>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>Sin conexión – %Ln en espera</numerusform>
            <numerusform>Sin conexión – %Ln en espera</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline – nothing waits</source>
        <translation>Sin conexión – nada en espera</translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>%Ln actividad</numerusform>
            <numerusform>%Ln actividades</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>Actividad – %Ln con problemas</numerusform>
            <numerusform>Actividad – %Ln con problemas</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Actividad</translation>
    </message>
</context>
<context>
    <name>ActivityPopover</name>
    <message>
        <source>Nothing goes on. What takes longer is listed here, with what came of it.</source>
        <translation>No hay nada en curso. Aquí aparece lo que tarda más, con su resultado.</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Vaciar lista</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Actividad</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>quedan unos {time}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Detener: {what}</translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation>Mostrar: {what}</translation>
    </message>
</context>
<context>
    <name>AddEntry</name>
    <message>
        <source>Add another</source>
        <translation>Añadir otro</translation>
    </message>
</context>
<context>
    <name>AdjustPage</name>
    <message>
        <source>Light and colour</source>
        <translation>Luz y color</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Luz</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Color</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detalle</translation>
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
        <translation>Gráfico: {sentence}</translation>
    </message>
    <message>
        <source>The table below has the same figures.</source>
        <translation>La tabla siguiente contiene las mismas cifras.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>%Ln más en la tabla</numerusform>
            <numerusform>%Ln más en la tabla</numerusform>
        </translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Importar un registro de accesos…</translation>
    </message>
    <message>
        <source>Ask Now</source>
        <translation>Consultar ahora</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>Cuentas…</translation>
    </message>
    <message>
        <source>Access Logs</source>
        <translation>Registros de accesos</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>What the chart is about</source>
        <translation>De qué trata el gráfico</translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message>
        <source>Comment for the history (optional)</source>
        <translation>Comentario para el historial (opcional)</translation>
    </message>
    <message>
        <source>Comment for the history</source>
        <translation>Comentario para el historial</translation>
    </message>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>Aprobar e incluir %Ln</numerusform>
            <numerusform>Aprobar e incluir %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Archive “{name}”</source>
        <translation>Archivar “{name}”</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Qué va a ocurrir</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Looking what that takes…</source>
        <translation>Comprobando qué requiere…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln paso.</numerusform>
            <numerusform>%Ln pasos, uno tras otro.</numerusform>
        </translation>
    </message>
    <message>
        <source>About {size} are fetched and kept.</source>
        <translation>Se obtienen y guardan unos {size}.</translation>
    </message>
    <message>
        <source>Masters are never deleted, and all of it can be taken back.</source>
        <translation>Los másteres nunca se eliminan, y todo se puede revertir.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omitido</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>Se elimina %Ln copia entregada. Compruebe antes su nombre.</numerusform>
            <numerusform>Se eliminan %Ln copias entregadas. Compruebe antes sus nombres.</numerusform>
        </translation>
    </message>
    <message>
        <source>Their addresses stop working everywhere. They can be brought back while Cloudinary keeps a backup of them.</source>
        <translation>Sus direcciones dejan de funcionar en todas partes. Se pueden recuperar mientras Cloudinary conserve una copia de seguridad.</translation>
    </message>
    <message>
        <source>Archive and delete</source>
        <translation>Archivar y eliminar</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Volver a mirar</translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>{name} se está archivando en %Ln paso.</numerusform>
            <numerusform>{name} se está archivando en %Ln pasos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveOptions</name>
    <message>
        <source>Keep the &amp;originals in the folder too</source>
        <translation>Conservar también los &amp;originales en la carpeta</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>Se quedan como están</translation>
    </message>
    <message>
        <source>Open with a token only</source>
        <translation>Accesibles solo con token</translation>
    </message>
    <message>
        <source>Are deleted</source>
        <translation>Se eliminan</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>&amp;Año</translation>
    </message>
    <message>
        <source>Copies at &amp;Cloudinary</source>
        <translation>Copias en &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Folder that is made</source>
        <translation>Ca&amp;rpeta que se crea</translation>
    </message>
    <message>
        <source>Keep the archive in</source>
        <translation>Guardar el archivo en</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>Archived campaigns</source>
        <translation>Campañas archivadas</translation>
    </message>
    <message>
        <source>Until something is purged at a service, all of it can be taken back.</source>
        <translation>Mientras un servicio no lo haya purgado, todo se puede revertir.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>Revertir…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>No campaign has been archived yet.</source>
        <translation>Aún no se ha archivado ninguna campaña.</translation>
    </message>
    <message>
        <source>Take the archive of “{name}” back?</source>
        <translation>¿Revertir el archivado de “{name}”?</translation>
    </message>
    <message>
        <source>Its collection, its visibility, the states of its masters and the delivered copies become what they were. The folder that was made stays.</source>
        <translation>Su colección, su visibilidad, los estados de sus másteres y las copias entregadas vuelven a ser lo que eran. La carpeta creada permanece.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Revertir</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Dejarlo así</translation>
    </message>
</context>
<context>
    <name>AssetList</name>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Dimensiones</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Calificación</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Aprobación</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Derechos</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modificado</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviado</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>Leyendo…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>{about}. Entries here: {count}. Made {at} by {who}.</source>
        <translation>{about}. Entradas aquí: {count}. Creado {at} por {who}.</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N.º</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Cuándo (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>De qué</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>Informe de auditoría</translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>Cabecera del registro: {head}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisión</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Excepción</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Denegación</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Envío</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>Publicación</translation>
    </message>
    <message>
        <source>Retraction</source>
        <translation>Retirada</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>Restablecimiento</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Derechos</translation>
    </message>
    <message>
        <source>Policy change</source>
        <translation>Cambio de directiva</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentario</translation>
    </message>
    <message>
        <source>Review request</source>
        <translation>Solicitud de revisión</translation>
    </message>
    <message>
        <source>Review pack</source>
        <translation>Paquete de revisión</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>Archivo sacado</translation>
    </message>
    <message>
        <source>Note of damage</source>
        <translation>Nota de daño</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otro</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>automáticamente</translation>
    </message>
    <message>
        <source>The audit trail was tampered with, or a part of it is lost.</source>
        <translation>El registro de auditoría fue manipulado o se ha perdido una parte.</translation>
    </message>
    <message>
        <source>Entries: {count}. There is damage that was taken note of; nothing new.</source>
        <translation>Entradas: {count}. Hay daños de los que ya se tomó nota; nada nuevo.</translation>
    </message>
    <message>
        <source>Entries: {count}. Nothing was altered, dropped or cut off.</source>
        <translation>Entradas: {count}. Nada se ha alterado, omitido ni cortado.</translation>
    </message>
    <message>
        <source>A clock was set back: the numbers say what came first.</source>
        <translation>Se atrasó un reloj: los números indican qué fue primero.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock stands before what was recorded ({moment}): rights that end until then have ended.</source>
        <translation>El reloj de este equipo va por detrás de lo registrado ({moment}): los derechos que terminan hasta entonces han vencido.</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit trail</source>
        <translation>Registro de auditoría</translation>
    </message>
    <message>
        <source>Looking through the record…</source>
        <translation>Examinando el registro…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mostrar más</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Volver a comprobar</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Take note</source>
        <translation>Tomar nota</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>Entradas, primero las más recientes</translation>
    </message>
    <message>
        <source>Why it goes on, for instance: restored a backup</source>
        <translation>Por qué continúa, por ejemplo: se restauró una copia de seguridad</translation>
    </message>
    <message>
        <source>Why it goes on in spite of the damage</source>
        <translation>Por qué continúa a pesar del daño</translation>
    </message>
    <message>
        <source>The damage stays listed; the record goes on from here, with your reason.</source>
        <translation>El daño sigue en la lista; el registro continúa desde aquí, con el motivo indicado.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tabla (CSV)…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Pages (PDF)…</source>
        <translation>Páginas (PDF)…</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entries</source>
        <translation>
            <numerusform>{shown} de %Ln entrada</numerusform>
            <numerusform>{shown} de %Ln entradas</numerusform>
        </translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>Cabecera del registro: {head}</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>Y %Ln más.</numerusform>
            <numerusform>Y %Ln más.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>Exportar el registro de auditoría</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} se ha escrito.</translation>
    </message>
</context>
<context>
    <name>AuditErrands</name>
    <message>
        <source>Look…</source>
        <translation>Ver…</translation>
    </message>
</context>
<context>
    <name>AuditFilters</name>
    <message>
        <source>Search in names and details</source>
        <translation>Buscar en nombres y detalles</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Recursos</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Everything that happened</source>
        <translation>Todo lo ocurrido</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Periodo</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Todos los recursos</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>El recurso seleccionado</numerusform>
            <numerusform>Los %Ln recursos seleccionados</numerusform>
        </translation>
    </message>
    <message>
        <source>What the window lists</source>
        <translation>Lo que muestra la ventana</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>El último año</translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>El último día</numerusform>
            <numerusform>Los últimos %Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>En cualquier momento</translation>
    </message>
</context>
<context>
    <name>BesideDialog</name>
    <message>
        <source>Go on in the &amp;background</source>
        <translation>Continuar en &amp;segundo plano</translation>
    </message>
</context>
<context>
    <name>BrandKitDialog</name>
    <message>
        <source>&amp;Fonts</source>
        <translation>&amp;Fuentes</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Colores</translation>
    </message>
    <message>
        <source>Brand kit</source>
        <translation>Kit de marca</translation>
    </message>
    <message>
        <source>The first ones are offered first. What is made already stays as it is.</source>
        <translation>Los primeros se ofrecen primero. Lo que ya está hecho se queda como está.</translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Steps between</source>
        <translation>Niveles intermedios</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>Ubicación actual</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Ir a {place}</translation>
    </message>
    <message>
        <source>Places in {place}</source>
        <translation>Lugares en {place}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>%Ln más en la barra lateral</numerusform>
            <numerusform>%Ln más en la barra lateral</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>Iniciar sesión con el navegador</translation>
    </message>
    <message>
        <source>Password and code stay between you and the service. An application has to be registered there, with this address to come back to:</source>
        <translation>La contraseña y el código quedan entre usted y el servicio. Allí debe estar registrada una aplicación con esta dirección de retorno:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Abrir el navegador</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Continúe en el navegador. Esta ventana espera cinco minutos.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Cancel”, and use a password.</source>
        <translation>No se pudo abrir ningún navegador. Elija “Cancelar” y use una contraseña.</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>&amp;Clave de API</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;ID de cliente</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>&amp;Secreto de cliente</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Clear filters</source>
        <translation>Borrar filtros</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>No se encontró nada</translation>
    </message>
    <message>
        <source>Try fewer letters, or take the filters away.</source>
        <translation>Pruebe con menos letras o quite los filtros.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Aquí aún no hay nada</translation>
    </message>
    <message>
        <source>What this environment holds appears here by itself.</source>
        <translation>Lo que contiene este entorno aparece aquí por sí solo.</translation>
    </message>
    <message>
        <source>Files that are put into this folder appear by themselves.</source>
        <translation>Los archivos que se coloquen en esta carpeta aparecen solos.</translation>
    </message>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Preparando la campaña de ejemplo</translation>
    </message>
    <message>
        <source>Pictures of a brand that does not exist, with rights and reviews, to try everything on. It takes a moment, only this once.</source>
        <translation>Imágenes de una marca que no existe, con derechos y revisiones, para probarlo todo. Tarda un momento, solo esta vez.</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>Leyendo la biblioteca</translation>
    </message>
    <message>
        <source>Assets appear as they are found. You can stop it at any time.</source>
        <translation>Los recursos aparecen a medida que se encuentran. Se puede detener en cualquier momento.</translation>
    </message>
    <message>
        <source>That is too much to drag at once. Choose fewer assets.</source>
        <translation>Es demasiado para arrastrarlo de una vez. Seleccione menos recursos.</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Diagnostic bundle</source>
        <translation>Paquete de diagnóstico</translation>
    </message>
    <message>
        <source>This is all of it. Names, paths, addresses and accounts are replaced by words that only this profile can tell apart; keys are never in it. It is written where you say, and sent nowhere.</source>
        <translation>Esto es todo. Los nombres, rutas, direcciones y cuentas se sustituyen por palabras que solo este perfil puede distinguir; nunca contiene claves. Se escribe donde se indique y no se envía a ninguna parte.</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Guardar…</translation>
    </message>
    <message>
        <source>Written to {name}. Hand it on yourself, if you want to.</source>
        <translation>Guardado en {name}. Entréguelo usted, si lo desea.</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Recopilando…</translation>
    </message>
    <message>
        <source>What the bundle holds</source>
        <translation>Contenido del paquete</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Save the diagnostic bundle</source>
        <translation>Guardar el paquete de diagnóstico</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>Mes anterior</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mes</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Mes siguiente</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>Vista previa</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Recorte</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Máster</translation>
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
        <translation>F6 sale de la tabla</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channels of shops</source>
        <translation>Canales de tiendas</translation>
    </message>
    <message>
        <source>Copied code and kits for a channel follow the settings of its plug-in.</source>
        <translation>El código copiado y los kits de un canal siguen la configuración de su extensión.</translation>
    </message>
    <message>
        <source>Fetch pictures when they are scrolled to</source>
        <translation>Obtener las imágenes al desplazarse hasta ellas</translation>
    </message>
    <message>
        <source>End addresses in the words of the title</source>
        <translation>Terminar las direcciones con las palabras del título</translation>
    </message>
    <message>
        <source>Offer these widths:</source>
        <translation>Ofrecer estos anchos:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Guardar</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Olvidar</translation>
    </message>
    <message>
        <source>Set What Plug-ins &amp;Recommend</source>
        <translation>Aplicar lo que &amp;recomiendan las extensiones</translation>
    </message>
    <message>
        <source>As the rendition says</source>
        <translation>Como indica la variante</translation>
    </message>
    <message>
        <source>By its own name</source>
        <translation>Por su propio nombre</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Narrowest width</source>
        <translation>Ancho mínimo</translation>
    </message>
    <message>
        <source>Widest width</source>
        <translation>Ancho máximo</translation>
    </message>
    <message>
        <source>How many widths</source>
        <translation>Número de anchos</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>Plug-in of</source>
        <translation>Extensión de</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Nombre en los derechos</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>Las imágenes son</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Calidad</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Densidad</translation>
    </message>
    <message>
        <source>Seen until it is there</source>
        <translation>Visible hasta que llegue</translation>
    </message>
    <message>
        <source>Folders of the plug-in</source>
        <translation>Carpetas de la extensión</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>The settings of {channel} are kept.</source>
        <translation>La configuración de {channel} se ha guardado.</translation>
    </message>
    <message>
        <source>The settings of {channel} are forgotten.</source>
        <translation>La configuración de {channel} se ha olvidado.</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Give “{tag}” to all</source>
        <translation>Asignar “{tag}” a todos</translation>
    </message>
    <message>
        <source>Take “{tag}” away</source>
        <translation>Quitar “{tag}”</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Nothing chosen</source>
        <translation>Nada seleccionado</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>Varios valores</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>That is too much to copy at once. Choose fewer assets.</source>
        <translation>Es demasiado para copiarlo de una vez. Seleccione menos recursos.</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Preparando %Ln archivo…</numerusform>
            <numerusform>Preparando %Ln archivos…</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no files and no picture on the clipboard.</source>
        <translation>No hay archivos ni imágenes en el portapapeles.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln archivo copiado.</numerusform>
            <numerusform>%Ln archivos copiados.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>Pegado</translation>
    </message>
</context>
<context>
    <name>CloudActions</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>Cambia&amp;r nombre…</translation>
    </message>
    <message>
        <source>&amp;Move to Folder…</source>
        <translation>&amp;Mover a carpeta…</translation>
    </message>
    <message>
        <source>Change &amp;Public ID…</source>
        <translation>Cambiar &amp;Public ID…</translation>
    </message>
    <message>
        <source>Rename or Move Fol&amp;der…</source>
        <translation>Cambiar n&amp;ombre o mover carpeta…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Folder, Good for a Day</source>
        <translation>Cop&amp;iar enlace a la carpeta, válido un día</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>&amp;Versiones…</translation>
    </message>
    <message>
        <source>Refresh &amp;Deliveries…</source>
        <translation>Ac&amp;tualizar entregas…</translation>
    </message>
    <message>
        <source>&amp;Copy Delivery Address</source>
        <translation>&amp;Copiar dirección de entrega</translation>
    </message>
    <message>
        <source>Delivery Addre&amp;ss…</source>
        <translation>&amp;Dirección de entrega…</translation>
    </message>
    <message>
        <source>Limit &amp;Access…</source>
        <translation>&amp;Limitar acceso…</translation>
    </message>
    <message>
        <source>Appr&amp;ove There…</source>
        <translation>Apro&amp;bar allí…</translation>
    </message>
    <message>
        <source>Reject &amp;There…</source>
        <translation>Rec&amp;hazar allí…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>&amp;Eliminar…</translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message>
        <source>Rename at Cloudinary</source>
        <translation>Cambiar nombre en Cloudinary</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>Change the public ID</source>
        <translation>Cambiar el Public ID</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>&amp;Public ID</source>
        <translation>&amp;Public ID</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>Mover %Ln recurso en Cloudinary</numerusform>
            <numerusform>Mover %Ln recursos en Cloudinary</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Mover</translation>
    </message>
    <message>
        <source>&amp;Folder, empty for the topmost one</source>
        <translation>&amp;Carpeta, vacío para la superior</translation>
    </message>
    <message>
        <source>Rename or move a folder at Cloudinary</source>
        <translation>Cambiar nombre o mover una carpeta en Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Path, with the folders above it</source>
        <translation>&amp;Ruta, con las carpetas superiores</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>¿Eliminar %Ln recurso en Cloudinary?</numerusform>
            <numerusform>¿Eliminar %Ln recursos en Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>¿Actualizar las entregas de %Ln recurso?</numerusform>
            <numerusform>¿Actualizar las entregas de %Ln recursos?</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Actualizar</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>¿Aprobar %Ln recurso en Cloudinary?</numerusform>
            <numerusform>¿Aprobar %Ln recursos en Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprobar</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>¿Rechazar %Ln recurso en Cloudinary?</numerusform>
            <numerusform>¿Rechazar %Ln recursos en Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>Qué se haría</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>En {place}: la carpeta con su %Ln recurso.</numerusform>
            <numerusform>En {place}: la carpeta con sus %Ln recursos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>En {place}: {doing} de %Ln recurso.</numerusform>
            <numerusform>En {place}: {doing} de %Ln recursos.</numerusform>
        </translation>
    </message>
    <message>
        <source>In this environment a folder without assets has no other name.</source>
        <translation>En este entorno, una carpeta sin recursos no tiene otro nombre.</translation>
    </message>
    <message>
        <source>Pages that use what is deleted will show nothing in its place. Where this environment keeps backups, it can be undone.</source>
        <translation>Las páginas que usan lo eliminado no mostrarán nada en su lugar. Si este entorno guarda copias de seguridad, se puede deshacer.</translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>Direcciones entregadas que cambian: %Ln. Las páginas que usen las antiguas no mostrarán nada.</numerusform>
            <numerusform>Direcciones entregadas que cambian: %Ln. Las páginas que usen las antiguas no mostrarán nada.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>Sé cuántas direcciones entregadas cambian: %Ln</numerusform>
            <numerusform>Sé cuántas direcciones entregadas cambian: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>What is rejected is not delivered any more, until it is approved.</source>
        <translation>Lo rechazado deja de entregarse hasta que se apruebe.</translation>
    </message>
    <message>
        <source>This overrules what automatic moderation found.</source>
        <translation>Esto prevalece sobre el resultado de la moderación automática.</translation>
    </message>
    <message>
        <source>Copies on the delivery network are dropped and fetched anew.</source>
        <translation>Las copias de la red de entrega se descartan y se obtienen de nuevo.</translation>
    </message>
    <message>
        <source>No delivered address changes.</source>
        <translation>No cambia ninguna dirección entregada.</translation>
    </message>
    <message>
        <source>I have looked at the names: all of these shall go</source>
        <translation>He comprobado los nombres: todos estos deben eliminarse</translation>
    </message>
    <message>
        <source>I mean the production environment {place}</source>
        <translation>Me refiero al entorno de producción {place}</translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message>
        <source>This is done as soon as Cloudinary can be reached.</source>
        <translation>Se hará en cuanto Cloudinary responda.</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>Dirección copiada.</translation>
    </message>
    <message>
        <source>The link was copied. For a day, whoever has it sees what is in here.</source>
        <translation>Enlace copiado. Durante un día, quien lo tenga verá lo que hay aquí.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>%Ln recurso eliminado en Cloudinary.</numerusform>
            <numerusform>%Ln recursos eliminados en Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>%Ln recurso recuperado.</numerusform>
            <numerusform>%Ln recursos recuperados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>Las entregas de %Ln recurso están actualizadas.</numerusform>
            <numerusform>Las entregas de %Ln recursos están actualizadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>El acceso a %Ln recurso queda como se indicó.</numerusform>
            <numerusform>El acceso a %Ln recursos queda como se indicó.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>%Ln recurso moderado en Cloudinary.</numerusform>
            <numerusform>%Ln recursos moderados en Cloudinary.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has its new place at Cloudinary.</source>
        <translation>La carpeta tiene su nueva ubicación en Cloudinary.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>%Ln recurso movido en Cloudinary.</numerusform>
            <numerusform>%Ln recursos movidos en Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>%Ln recurso con nuevo nombre en Cloudinary.</numerusform>
            <numerusform>%Ln recursos con nuevo nombre en Cloudinary.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being taken back…</source>
        <translation>Revirtiendo…</translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message>
        <source>Search all of Cloudinary</source>
        <translation>Buscar en todo Cloudinary</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Mostrar en la ventana</translation>
    </message>
    <message>
        <source>Cloudinary looks through {account}, mirrored here or not.</source>
        <translation>Cloudinary busca en {account}, esté replicado aquí o no.</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>Expresión de búsqueda</translation>
    </message>
    <message>
        <source>Found in Cloudinary</source>
        <translation>Encontrado en Cloudinary</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln recurso encontrado.</numerusform>
            <numerusform>%Ln recursos encontrados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>Se muestra el más reciente.</numerusform>
            <numerusform>Se muestran los %Ln más recientes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Enter the code</source>
        <translation>Introducir el código</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Two-step verification is on for {email}. Enter the six digits it shows.</source>
        <translation>La verificación en dos pasos está activada para {email}. Introduzca los seis dígitos que muestra.</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>&amp;Código</translation>
    </message>
</context>
<context>
    <name>CodesField</name>
    <message>
        <source>Choose: {name}</source>
        <translation>Elegir: {name}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>Elegir de una lista</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>The code offers {widths} pixels.</source>
        <translation>El código ofrece {widths} píxeles.</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Show These</source>
        <translation>Mostrar estas</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>Names and pictures always stand first. Move columns by their heads.</source>
        <translation>Los nombres y las imágenes siempre van primero. Las columnas se mueven por sus encabezados.</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>Buscar un campo</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Campos</translation>
    </message>
    <message>
        <source>The Usual Ones</source>
        <translation>Las habituales</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <translation>Campos personalizados</translation>
    </message>
</context>
<context>
    <name>CommentBlock</name>
    <message>
        <source>Show all of it</source>
        <translation>Mostrar todo</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>Comentarios</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Comment</source>
        <translation>Comentario</translation>
    </message>
    <message>
        <source>Click a point or drag a region. Arrow keys and Enter do, too.</source>
        <translation>Hacer clic en un punto o arrastrar una zona. También con las teclas de flecha y Entrar.</translation>
    </message>
    <message>
        <source>Draw on the picture. Escape puts the pen away.</source>
        <translation>Dibujar en la imagen. Escape guarda el lápiz.</translation>
    </message>
    <message>
        <source>Write a comment; @ mentions a role</source>
        <translation>Escribir un comentario; @ menciona un rol</translation>
    </message>
    <message>
        <source>Pin to a point or a region (Shift+M)</source>
        <translation>Fijar a un punto o una zona (Mayús+M)</translation>
    </message>
    <message>
        <source>Draw on the picture (D)</source>
        <translation>Dibujar en la imagen (D)</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>Color del lápiz</translation>
    </message>
    <message>
        <source>Take the last line back</source>
        <translation>Deshacer el último trazo</translation>
    </message>
    <message>
        <source>Pin to a moment</source>
        <translation>Fijar a un momento</translation>
    </message>
    <message>
        <source>Comment (Ctrl+Enter)</source>
        <translation>Comentar (Ctrl+Entrar)</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rojo</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Amarillo</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Azul</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Responder</translation>
    </message>
    <message>
        <source>Reply to {number}</source>
        <translation>Responder a {number}</translation>
    </message>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>Dibujo, %Ln trazo</numerusform>
            <numerusform>Dibujo, %Ln trazos</numerusform>
        </translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Punto</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>En {time}</translation>
    </message>
    <message>
        <source>{part}: take it away</source>
        <translation>{part}: quitar</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>&amp;Yours</source>
        <translation>&amp;El suyo</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>El del &amp;otro, que está allí ahora</translation>
    </message>
    <message>
        <source>A &amp;third value</source>
        <translation>Un &amp;tercer valor</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Antes: {value}</translation>
    </message>
    <message>
        <source>A third value</source>
        <translation>Un tercer valor</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nada)</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Two values for “{field}”</source>
        <translation>Dos valores para “{field}”</translation>
    </message>
    <message>
        <source>Somebody else changed {asset} while your change was on its way. Nothing is lost: choose which value stays, or write a third one.</source>
        <translation>Otra persona cambió {asset} mientras su cambio estaba en camino. No se pierde nada: elija qué valor se queda o escriba un tercero.</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>Conservar este</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Decidir más tarde</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>Conflictos</translation>
    </message>
    <message>
        <source>Show the &amp;asset</source>
        <translation>Mostrar el &amp;recurso</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>Conservar el &amp;mío</translation>
    </message>
    <message>
        <source>Keep what is &amp;there</source>
        <translation>Conservar el e&amp;xistente</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>&amp;Conservar este</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflicto</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nada)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} de {asset}</translation>
    </message>
    <message>
        <source>“{ours}” or “{theirs}”</source>
        <translation>“{ours}” o “{theirs}”</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>%Ln conflicto por resolver</numerusform>
            <numerusform>%Ln conflictos por resolver</numerusform>
        </translation>
    </message>
    <message>
        <source>Two people said different things, and both are kept. What you choose is written; nothing is changed before.</source>
        <translation>Dos personas indicaron cosas distintas y ambas se conservan. Se escribe lo que se elija; antes no se cambia nada.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>Sin conflictos</translation>
    </message>
    <message>
        <source>Nothing that was said here contradicts anybody else.</source>
        <translation>Nada de lo indicado aquí contradice a nadie.</translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>Conservar el &amp;mío (%Ln)</numerusform>
            <numerusform>Conservar los &amp;míos (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>Conservar el e&amp;xistente (%Ln)</numerusform>
            <numerusform>Conservar los e&amp;xistentes (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Found there {moment}</source>
        <translation>Encontrado allí {moment}</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Keys act on everything that is chosen</source>
        <translation>Las teclas actúan sobre todo lo seleccionado</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Hoja de contactos</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>Conjunto de variantes</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Preajustes</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportar a</translation>
    </message>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>Escribiendo en {folder}: {count} de %Ln variante.</numerusform>
            <numerusform>Escribiendo en {folder}: {count} de %Ln variantes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message>
        <source>Add…</source>
        <translation>Añadir…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Quitar…</translation>
    </message>
    <message>
        <source>Publish Renditions…</source>
        <translation>Publicar variantes…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Comparar…</translation>
    </message>
    <message>
        <source>Publish Again</source>
        <translation>Volver a publicar</translation>
    </message>
    <message>
        <source>Take Back…</source>
        <translation>Retirar…</translation>
    </message>
    <message>
        <source>Contentstack</source>
        <translation>Contentstack</translation>
    </message>
    <message>
        <source>Approved renditions in the entries of stacks. They follow what is delivered, and leave when their rights end.</source>
        <translation>Variantes aprobadas en las entradas de los stacks. Siguen lo que se entrega y salen cuando terminan sus derechos.</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>Stacks</translation>
    </message>
    <message>
        <source>In entries</source>
        <translation>En entradas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>No stack so far</source>
        <translation>Todavía no hay ningún stack</translation>
    </message>
    <message>
        <source>Make a management token in the stack&apos;s settings, then add the stack here. Nothing is written there before you publish something.</source>
        <translation>Cree un token de gestión en los ajustes del stack y añada aquí el stack. No se escribe nada en él antes de que usted publique algo.</translation>
    </message>
    <message>
        <source>Choose assets in the window, then open this again: their approved renditions are offered.</source>
        <translation>Elija recursos en la ventana y vuelva a abrir esto: se ofrecen sus variantes aprobadas.</translation>
    </message>
    <message>
        <source>Nothing was published here yet.</source>
        <translation>Aún no se ha publicado nada aquí.</translation>
    </message>
    <message>
        <source>No assets are chosen in the window</source>
        <translation>No hay recursos seleccionados en la ventana</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>¿Quitar “{name}”?</translation>
    </message>
    <message>
        <source>Its token goes, and what is published there is not looked after any more. Nothing changes there: take back first what must not stay.</source>
        <translation>Su token desaparece, y lo publicado allí deja de atenderse. Allí no cambia nada: retire antes lo que no deba quedarse.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>¿Retirar %Ln imagen?</numerusform>
            <numerusform>¿Retirar %Ln imágenes?</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of the entries is what their stack says: they are taken off, or published without the picture. They can be published again.</source>
        <translation>Lo que pasa con las entradas lo decide su stack: se retiran o se publican sin la imagen. Se pueden volver a publicar.</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>Retirar</translation>
    </message>
</context>
<context>
    <name>CoordinateEditor</name>
    <message>
        <source>Open in a map</source>
        <translation>Abrir en un mapa</translation>
    </message>
    <message>
        <source>Degrees, or a map’s link</source>
        <translation>Grados o enlace de un mapa</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Transformation</source>
        <translation>Transformación</translation>
    </message>
    <message>
        <source>For Channel</source>
        <translation>Para el canal</translation>
    </message>
    <message>
        <source>Responsive widths…</source>
        <translation>Anchos adaptables…</translation>
    </message>
    <message>
        <source>As the Rendition Says</source>
        <translation>Como indica la variante</translation>
    </message>
    <message>
        <source>There is code once the asset is pushed.</source>
        <translation>Habrá código cuando el recurso se haya enviado.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
</context>
<context>
    <name>CropPage</name>
    <message>
        <source>Crop and turn</source>
        <translation>Recortar y girar</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libre</translation>
    </message>
    <message>
        <source>Without a crop</source>
        <translation>Sin recorte</translation>
    </message>
    <message>
        <source>↺ Left</source>
        <translation>↺ Izquierda</translation>
    </message>
    <message>
        <source>↻ Right</source>
        <translation>↻ Derecha</translation>
    </message>
    <message>
        <source>Straighten (degrees)</source>
        <translation>Enderezar (grados)</translation>
    </message>
    <message>
        <source>Shape of the crop</source>
        <translation>Forma del recorte</translation>
    </message>
    <message>
        <source>Drag the frame on the picture. A double click puts its middle there; arrow keys move it, with Alt they resize it.</source>
        <translation>Arrastre el marco sobre la imagen. Un doble clic centra el marco allí; las teclas de flecha lo mueven y, con Alt, cambian su tamaño.</translation>
    </message>
    <message>
        <source>Nothing of the kind was found.</source>
        <translation>No se encontró nada parecido.</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Girar</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Reflejar</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Enderezar</translation>
    </message>
</context>
<context>
    <name>CropPlacing</name>
    <message>
        <source>Crop</source>
        <translation>Recorte</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>Elegir un día</translation>
    </message>
    <message>
        <source>Year-month-day</source>
        <translation>Año-mes-día</translation>
    </message>
</context>
<context>
    <name>DateSpanForm</name>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>The comment stays in the history.</source>
        <translation>El comentario queda en el historial.</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comentario</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms</source>
        <translation>Ctrl+Entrar confirma</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Aprobar %Ln recurso</numerusform>
            <numerusform>Aprobar %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>Optional: what this is approved for</source>
        <translation>Opcional: para qué se aprueba</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>Rechazar %Ln recurso</numerusform>
            <numerusform>Rechazar %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Why? A few words save the next person from asking</source>
        <translation>¿Por qué? Unas palabras ahorran preguntas a los demás</translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>Solicitar cambios en %Ln recurso</numerusform>
            <numerusform>Solicitar cambios en %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar cambios</translation>
    </message>
    <message>
        <source>What should be different?</source>
        <translation>¿Qué debería ser distinto?</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>Marcar %Ln recurso: {state}</numerusform>
            <numerusform>Marcar %Ln recursos: {state}</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marcar</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Opcional</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Decision taken back</source>
        <translation>Decisión revertida</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Approve the rest</source>
        <translation>Aprobar el resto</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>Rechazar %Ln imagen: ¿por qué?</numerusform>
            <numerusform>Rechazar %Ln imágenes: ¿por qué?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>Cambios en %Ln imagen: ¿cuáles?</numerusform>
            <numerusform>Cambios en %Ln imágenes: ¿cuáles?</numerusform>
        </translation>
    </message>
    <message>
        <source>A few words; Enter confirms, Esc leaves it as it is</source>
        <translation>Unas palabras; Entrar confirma, Esc lo deja como está</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar cambios</translation>
    </message>
    <message>
        <source>Approve the rest ({count})</source>
        <translation>Aprobar el resto ({count})</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>DeliveryAddressDialog</name>
    <message>
        <source>Delivery address of “{name}”</source>
        <translation>Dirección de entrega de “{name}”</translation>
    </message>
    <message>
        <source>What is private or authenticated is signed in any case.</source>
        <translation>Lo privado o autenticado se firma en todo caso.</translation>
    </message>
    <message>
        <source>Without image/upload</source>
        <translation>Sin image/upload</translation>
    </message>
    <message>
        <source>With a to&amp;ken until</source>
        <translation>Con un to&amp;ken hasta</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Tal cual</translation>
    </message>
    <message>
        <source>Only where it has to be</source>
        <translation>Solo donde sea necesario</translation>
    </message>
    <message>
        <source>SHA-256, long</source>
        <translation>SHA-256, larga</translation>
    </message>
    <message>
        <source>&amp;Transformation</source>
        <translation>&amp;Transformación</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Formato</translation>
    </message>
    <message>
        <source>&amp;Words at its end</source>
        <translation>&amp;Palabras al final</translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation>Fir&amp;mada</translation>
    </message>
    <message>
        <source>&amp;Analytics (_a)</source>
        <translation>&amp;Analítica (_a)</translation>
    </message>
    <message>
        <source>K&amp;ey of tokens, hexadecimal</source>
        <translation>Clav&amp;e de tokens, hexadecimal</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Format and quality</source>
        <translation>Formato y calidad</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>As the address ends</source>
        <translation>Según la extensión de la dirección</translation>
    </message>
    <message>
        <source>Best for the browser (auto)</source>
        <translation>El mejor para el navegador (auto)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Calidad</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Como siempre</translation>
    </message>
    <message>
        <source>Automatic, best</source>
        <translation>Automática, óptima</translation>
    </message>
    <message>
        <source>Automatic, good</source>
        <translation>Automática, buena</translation>
    </message>
    <message>
        <source>Automatic, eco</source>
        <translation>Automática, económica</translation>
    </message>
    <message>
        <source>Automatic, low</source>
        <translation>Automática, baja</translation>
    </message>
    <message>
        <source>Fixed quality</source>
        <translation>Calidad fija</translation>
    </message>
    <message>
        <source>Progressive</source>
        <translation>Progresivo</translation>
    </message>
    <message>
        <source>Keep all metadata</source>
        <translation>Conservar todos los metadatos</translation>
    </message>
    <message>
        <source>Keep credit</source>
        <translation>Conservar el crédito</translation>
    </message>
    <message>
        <source>Without a colour profile</source>
        <translation>Sin perfil de color</translation>
    </message>
    <message>
        <source>Rounded corners</source>
        <translation>Esquinas redondeadas</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Elipse</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Borde</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>Color del borde</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Blanco</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Negro</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>What the rendition keeps</source>
        <translation>Lo que conserva la variante</translation>
    </message>
    <message>
        <source>Corners and border</source>
        <translation>Esquinas y borde</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>Falló %Ln transferencia</numerusform>
            <numerusform>Fallaron %Ln transferencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>%Ln se completó. El motivo de lo que falló está en la lista.</numerusform>
            <numerusform>%Ln se completaron. El motivo de lo que falló está en la lista.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Reintentar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>%Ln transferencia terminada</numerusform>
            <numerusform>%Ln transferencias terminadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything came through.</source>
        <translation>Todo se ha completado.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>%Ln revisión pendiente</numerusform>
            <numerusform>%Ln revisiones pendientes</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody asked for your decision.</source>
        <translation>Alguien ha solicitado su decisión.</translation>
    </message>
    <message>
        <source>Open the Queue</source>
        <translation>Abrir la cola</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>Han terminado los derechos de %Ln recurso</numerusform>
            <numerusform>Han terminado los derechos de %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>What was delivered of them is taken back.</source>
        <translation>Lo que se había entregado se retira.</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>Mostrarlos</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Go on in production, {name}?</source>
        <translation>¿Continuar en producción, {name}?</translation>
    </message>
    <message>
        <source>What changes there can be seen on live sites at once. You are asked only once until Asset Bridge is closed.</source>
        <translation>Lo que cambia allí se ve de inmediato en los sitios públicos. Solo se pregunta una vez hasta que se cierre Asset Bridge.</translation>
    </message>
    <message>
        <source>Go on in production</source>
        <translation>Continuar en producción</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln página</numerusform>
            <numerusform>%Ln páginas</numerusform>
        </translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>Escala de grises</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Pie de foto</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palabras clave</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Crédito</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Condiciones de uso</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Calificación</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Captura</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modificado</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>Public ID</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Entrega</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copiar la ruta</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Mostrar en el gestor de archivos</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Abrir el original</translation>
    </message>
    <message>
        <source>No limits of time are stated.</source>
        <translation>No se indican límites de tiempo.</translation>
    </message>
    <message>
        <source>The dates of the rights cannot be read: “{dates}”. It is held back until somebody mends them in the file.</source>
        <translation>Las fechas de los derechos no se pueden leer: “{dates}”. El recurso se retiene hasta que alguien las corrija en el archivo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>hace %Ln día</numerusform>
            <numerusform>hace %Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>hoy</translation>
    </message>
    <message>
        <source>The rights ended on {ends}, {ago}.</source>
        <translation>Los derechos terminaron el {ends}, {ago}.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>dentro de %Ln día</numerusform>
            <numerusform>dentro de %Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>The rights begin on {starts}, {left}.</source>
        <translation>Los derechos comienzan el {starts}, {left}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>queda %Ln día</numerusform>
            <numerusform>quedan %Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>May be used until {ends}, {left}.</source>
        <translation>Se puede usar hasta el {ends}, {left}.</translation>
    </message>
    <message>
        <source>May be used since {starts}, without an end.</source>
        <translation>Se puede usar desde el {starts}, sin fecha final.</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the file into another program, or press to copy it</source>
        <translation>Arrastrar el archivo a otro programa, o pulsar para copiarlo</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop it here</source>
        <translation>Soltar aquí</translation>
    </message>
    <message>
        <source>Nothing here can be taken</source>
        <translation>Nada de esto se puede incorporar</translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>Enviar %Ln recurso</numerusform>
            <numerusform>Enviar %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>You will see the plan before anything leaves.</source>
        <translation>El plan se muestra antes de que salga nada.</translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>Incorporar %Ln archivo</numerusform>
            <numerusform>Incorporar %Ln archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked where to copy them. The originals stay where they are.</source>
        <translation>Se preguntará dónde copiarlos. Los originales se quedan donde están.</translation>
    </message>
    <message>
        <source>Its files are read where they are. Nothing is copied or changed.</source>
        <translation>Sus archivos se leen donde están. No se copia ni se cambia nada.</translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>Añadir %Ln carpeta como biblioteca</numerusform>
            <numerusform>Añadir %Ln carpetas como bibliotecas</numerusform>
        </translation>
    </message>
    <message>
        <source>Add “{name}” as a library</source>
        <translation>Añadir “{name}” como biblioteca</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop target</source>
        <translation>Zona para soltar</translation>
    </message>
    <message>
        <source>Files and pictures that are dropped here go where the large window takes them</source>
        <translation>Los archivos e imágenes que se sueltan aquí van adonde los llevaría la ventana grande</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>Soltar aquí</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
    <message>
        <source>Version before</source>
        <translation>Versión anterior</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparando…</translation>
    </message>
    <message>
        <source>No version before this one was approved, or its picture is gone</source>
        <translation>Ninguna versión anterior fue aprobada, o su imagen ya no existe</translation>
    </message>
    <message>
        <source>Approved by {who}, {day}</source>
        <translation>Aprobado por {who}, {day}</translation>
    </message>
</context>
<context>
    <name>EditUndo</name>
    <message>
        <source>Decision taken back</source>
        <translation>Decisión revertida</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>Masters</source>
        <translation>Másteres</translation>
    </message>
    <message>
        <source>No channel</source>
        <translation>Sin canal</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>Todos los mercados</translation>
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
        <translation>Quitar “{entry}”</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>No se pudo decidir sobre %Ln archivo: no se puede leer.</numerusform>
            <numerusform>No se pudo decidir sobre %Ln archivos: no se pueden leer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Añadir una carpeta</translation>
    </message>
    <message>
        <source>This shows the account in use. Log out of it, or switch to another.</source>
        <translation>Muestra la cuenta en uso. Cierre su sesión o cambie a otra.</translation>
    </message>
    <message>
        <source>Remove “{name}” from Asset Bridge?</source>
        <translation>¿Quitar “{name}” de Asset Bridge?</translation>
    </message>
    <message>
        <source>Its files stay where they are, and so do all decisions about them. What was pushed stays at Cloudinary.</source>
        <translation>Sus archivos se quedan donde están, igual que todas las decisiones sobre ellos. Lo enviado permanece en Cloudinary.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Forget them…</source>
        <translation>Olvidarlos…</translation>
    </message>
    <message>
        <source>Forget the missing files of “{name}”?</source>
        <translation>¿Olvidar los archivos que faltan de “{name}”?</translation>
    </message>
    <message>
        <source>They vanish from the window. Decisions about them stay in the record, and they come back if the files do.</source>
        <translation>Desaparecen de la ventana. Las decisiones sobre ellos siguen registradas y vuelven si los archivos vuelven.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Olvidarlos</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Conservarlos</translation>
    </message>
    <message>
        <source>Add a folder first; dropped files are copied into one.</source>
        <translation>Añada primero una carpeta; los archivos que se sueltan se copian en una.</translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>El sistema no tiene ningún programa para abrir {path}.</translation>
    </message>
</context>
<context>
    <name>ExchangeActions</name>
    <message>
        <source>C&amp;opy</source>
        <translation>C&amp;opiar</translation>
    </message>
    <message>
        <source>&amp;Paste into Library</source>
        <translation>&amp;Pegar en la biblioteca</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Asset</source>
        <translation>Copiar en&amp;lace al recurso</translation>
    </message>
    <message>
        <source>Open &amp;With</source>
        <translation>Abrir co&amp;n</translation>
    </message>
    <message>
        <source>New &amp;Version from a File…</source>
        <translation>Nueva &amp;versión desde un archivo…</translation>
    </message>
    <message>
        <source>Hot &amp;Folders…</source>
        <translation>Carpetas acti&amp;vas…</translation>
    </message>
    <message>
        <source>&amp;Drop Target</source>
        <translation>&amp;Zona para soltar</translation>
    </message>
    <message>
        <source>Keep Running in the &amp;Tray</source>
        <translation>Seguir en la &amp;bandeja del sistema</translation>
    </message>
    <message>
        <source>Desktop &amp;Notifications</source>
        <translation>&amp;Notificaciones de escritorio</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Show from Cloudinary</source>
        <translation>Mostrar desde Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes it now, which may count and cost</source>
        <translation>Cloudinary lo crea ahora, lo que puede contar como uso y tener coste</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>unos {bytes}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Medir</translation>
    </message>
    <message>
        <source>The film is being made. Stop.</source>
        <translation>Se está creando el vídeo. Detener.</translation>
    </message>
    <message>
        <source>Make the film here, and tell how large its file is</source>
        <translation>Crear el vídeo aquí e indicar el tamaño de su archivo</translation>
    </message>
    <message>
        <source>The film is being made, which may take a minute…</source>
        <translation>Se está creando el vídeo; puede tardar un minuto…</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % menos</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Character {place}: “{found}”, expected {expected}</source>
        <translation>Carácter {place}: “{found}”, se esperaba {expected}</translation>
    </message>
</context>
<context>
    <name>FeedForm</name>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Permitir una dirección de este equipo o de esta red</translation>
    </message>
    <message>
        <source>Push approved images</source>
        <translation>Enviar las imágenes aprobadas</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Change a feed</source>
        <translation>Cambiar un feed</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>Nuevo feed</translation>
    </message>
    <message>
        <source>Push approved images to {environment}</source>
        <translation>Enviar las imágenes aprobadas a {environment}</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>PIM, ERP, shop, …</source>
        <translation>PIM, ERP, tienda…</translation>
    </message>
    <message>
        <source>A folder, a file, or https://…</source>
        <translation>Una carpeta, un archivo o https://…</translation>
    </message>
    <message>
        <source>Artikelnummer=sku, Bezeichnung=product_name</source>
        <translation>Referencia=sku, Nombre=product_name</translation>
    </message>
    <message>
        <source>{campaign} stands for the product&apos;s campaign</source>
        <translation>{campaign} representa la campaña del producto</translation>
    </message>
    <message>
        <source>If the address asks for one</source>
        <translation>Si la dirección lo pide</translation>
    </message>
    <message>
        <source>By names of files</source>
        <translation>Por nombres de archivo</translation>
    </message>
    <message>
        <source>By keywords (sku:… or the SKU)</source>
        <translation>Por palabras clave (sku:… o el SKU)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Products from</source>
        <translation>&amp;Productos de</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Columnas</translation>
    </message>
    <message>
        <source>Find &amp;images</source>
        <translation>Buscar &amp;imágenes</translation>
    </message>
    <message>
        <source>Name pa&amp;ttern</source>
        <translation>Pat&amp;rón de nombre</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Leer</translation>
    </message>
    <message>
        <source>Into &amp;folder</source>
        <translation>En la carp&amp;eta</translation>
    </message>
    <message>
        <source>For c&amp;hannel</source>
        <translation>Para el c&amp;anal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Folder with feeds</source>
        <translation>Carpeta con feeds</translation>
    </message>
</context>
<context>
    <name>FeedPostsDialog</name>
    <message>
        <source>&amp;Receive posts while this window is open</source>
        <translation>&amp;Recibir envíos mientras esta ventana esté abierta</translation>
    </message>
    <message>
        <source>New &amp;Secret</source>
        <translation>Nuevo &amp;secreto</translation>
    </message>
    <message>
        <source>Posts of other systems</source>
        <translation>Envíos de otros sistemas</translation>
    </message>
    <message>
        <source>Posts for “{name}”</source>
        <translation>Envíos para «{name}»</translation>
    </message>
    <message>
        <source>Another system hands its products over itself, signed with a secret, and is answered with the line report.</source>
        <translation>Otro sistema entrega sus productos por sí mismo, firmados con un secreto, y recibe como respuesta el informe por líneas.</translation>
    </message>
    <message>
        <source>Address to post to</source>
        <translation>Dirección a la que enviar</translation>
    </message>
    <message>
        <source>Secret to sign with</source>
        <translation>Secreto para firmar</translation>
    </message>
    <message>
        <source>It is shown once; a new one ends the one before.</source>
        <translation>Se muestra una vez; uno nuevo anula el anterior.</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Puerto</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Secreto</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message>
        <source>Add…</source>
        <translation>Añadir…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Read Now</source>
        <translation>Leer ahora</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Enviar…</translation>
    </message>
    <message>
        <source>Posts…</source>
        <translation>Envíos…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Desactivar</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Quitar…</translation>
    </message>
    <message>
        <source>Product feeds</source>
        <translation>Feeds de productos</translation>
    </message>
    <message>
        <source>Products from other systems: their images are found here, and what is approved of them goes to Cloudinary with what is said of the product.</source>
        <translation>Productos de otros sistemas: sus imágenes se buscan aquí, y las aprobadas van a Cloudinary con los datos del producto.</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>Feeds</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>Imágenes encontradas</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>Dudoso</translation>
    </message>
    <message>
        <source>Without an image</source>
        <translation>Sin imagen</translation>
    </message>
    <message>
        <source>Without a product</source>
        <translation>Sin producto</translation>
    </message>
    <message>
        <source>Line report</source>
        <translation>Informe por líneas</translation>
    </message>
    <message>
        <source>It was not read yet.</source>
        <translation>Aún no se ha leído.</translation>
    </message>
    <message>
        <source>Shows no product</source>
        <translation>No muestra ningún producto</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>No feed yet</source>
        <translation>Todavía no hay ningún feed</translation>
    </message>
    <message>
        <source>A feed is a file, a folder or an address with products in CSV, JSON or JSON Lines. You see which images match before anything is sent.</source>
        <translation>Un feed es un archivo, una carpeta o una dirección con productos en CSV, JSON o JSON Lines. Usted ve qué imágenes coinciden antes de que se envíe nada.</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Activar</translation>
    </message>
    <message>
        <source>Reading “{name}”…</source>
        <translation>Leyendo “{name}”…</translation>
    </message>
    <message>
        <source>There is nothing to read there.</source>
        <translation>Allí no hay nada que leer.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>No se aceptó %Ln fila; el informe por líneas indica por qué.</numerusform>
            <numerusform>No se aceptaron %Ln filas; el informe por líneas indica por qué.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>Leído. %Ln producto es nuevo o ha cambiado.</numerusform>
            <numerusform>Leído. %Ln productos son nuevos o han cambiado.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what would go…</source>
        <translation>Comprobando qué se enviaría…</translation>
    </message>
    <message>
        <source>Nothing is due: what is approved is there, as it is said now.</source>
        <translation>No hay nada pendiente: lo aprobado ya está allí con los datos actuales.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln imagen</numerusform>
            <numerusform>%Ln imágenes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered image(s) are told what is new</source>
        <translation>
            <numerusform>%Ln imagen entregada recibe los datos nuevos</numerusform>
            <numerusform>%Ln imágenes entregadas reciben los datos nuevos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>%Ln imagen ya no muestra un producto</numerusform>
            <numerusform>%Ln imágenes ya no muestran un producto</numerusform>
        </translation>
    </message>
    <message>
        <source>Held back: {reasons}</source>
        <translation>Retenido: {reasons}</translation>
    </message>
    <message>
        <source>Push to “{environment}”?</source>
        <translation>¿Enviar a “{environment}”?</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>Ahora no</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln imagen en camino.</numerusform>
            <numerusform>%Ln imágenes en camino.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>¿Quitar “{name}”?</translation>
    </message>
    <message>
        <source>Its products are forgotten here. Images stay where they went.</source>
        <translation>Sus productos se olvidan aquí. Las imágenes se quedan donde llegaron.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>Obteniendo %Ln original</numerusform>
            <numerusform>Obteniendo %Ln originales</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>{size} en total</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more could not be fetched.</source>
        <translation>
            <numerusform>No se pudo obtener %Ln más.</numerusform>
            <numerusform>No se pudieron obtener %Ln más.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>FidelityBadge</name>
    <message>
        <source>Fidelity: {word}</source>
        <translation>Fidelidad: {word}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Empty the field</source>
        <translation>Vaciar el campo</translation>
    </message>
</context>
<context>
    <name>FieldActs</name>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Descartar</translation>
    </message>
</context>
<context>
    <name>FieldHistoryDialog</name>
    <message>
        <source>History of “{field}”</source>
        <translation>Historial de “{field}”</translation>
    </message>
    <message>
        <source>&amp;Restore this</source>
        <translation>&amp;Restaurar este valor</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versiones</translation>
    </message>
    <message>
        <source>What restoring it would change</source>
        <translation>Qué cambiaría al restaurar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Nobody has changed it here yet.</source>
        <translation>Nadie lo ha cambiado aquí todavía.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nada)</translation>
    </message>
    <message>
        <source>Before all changes</source>
        <translation>Antes de todos los cambios</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Revertido</translation>
    </message>
    <message>
        <source>That is what it says now.</source>
        <translation>Es el valor actual.</translation>
    </message>
    <message>
        <source>What restoring it would change:</source>
        <translation>Qué cambiaría al restaurar:</translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>As Delivered</source>
        <translation>Valores iniciales</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Comprobar</translation>
    </message>
    <message>
        <source>Define Missing Fields</source>
        <translation>Definir campos que faltan</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>Simulación</translation>
    </message>
    <message>
        <source>S&amp;ync…</source>
        <translation>S&amp;incronizar…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Field mapping</source>
        <translation>Asignación de campos</translation>
    </message>
    <message>
        <source>What a master says at Cloudinary</source>
        <translation>Qué indica un máster en Cloudinary</translation>
    </message>
    <message>
        <source>Each row carries a part of a master’s record to its copies. What cannot come back as it was is named at the end.</source>
        <translation>Cada fila lleva una parte del registro de un máster a sus copias. Lo que no puede volver tal como era se indica al final.</translation>
    </message>
    <message>
        <source>New Row…</source>
        <translation>Nueva fila…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Bring the chosen masters and their copies together, after a look at it</source>
        <translation>Sincronizar los másteres seleccionados con sus copias tras revisar los cambios</translation>
    </message>
    <message>
        <source>“{name}” cannot have so many fields.</source>
        <translation>“{name}” no admite tantos campos.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>En “{name}” falta %Ln campo o valor de lista.</numerusform>
            <numerusform>En “{name}” faltan %Ln campos o valores de lista.</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it fits “{name}”.</source>
        <translation>Todo encaja con “{name}”.</translation>
    </message>
    <message>
        <source>Some rows cannot be used as they are.</source>
        <translation>Algunas filas no se pueden usar tal como están.</translation>
    </message>
    <message>
        <source>None of the chosen assets is a master at a service.</source>
        <translation>Ninguno de los recursos seleccionados es un máster de un servicio.</translation>
    </message>
    <message>
        <source>What was different is being delivered.</source>
        <translation>Se está enviando lo que era diferente.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRow</name>
    <message>
        <source>Use</source>
        <translation>Usar</translation>
    </message>
    <message>
        <source>New row</source>
        <translation>Nueva fila</translation>
    </message>
    <message>
        <source>Leads in “{name}”</source>
        <translation>Prevalece en “{name}”</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>Como en todas partes</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>&amp;Master</source>
        <translation>&amp;Máster</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Leads</source>
        <translation>&amp;Prevalece</translation>
    </message>
    <message>
        <source>Places are tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum or set), access.start and access.end, with spaces in between. A master also has keyword:NAMESPACE and custom:FIELD. Whoever leads has the last word where both sides were changed since they last agreed.</source>
        <translation>Los destinos son tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum o set), access.start y access.end, separados por espacios. Un máster tiene además keyword:NAMESPACE y custom:FIELD. Quien prevalece tiene la última palabra donde ambos lados cambiaron desde la última coincidencia.</translation>
    </message>
    <message>
        <source>It cannot be so: {reason}.</source>
        <translation>No puede ser así: {reason}.</translation>
    </message>
    <message>
        <source>It can be so, but: {reason}.</source>
        <translation>Puede ser así, pero: {reason}.</translation>
    </message>
    <message>
        <source>Not all of it can come back: {loss}.</source>
        <translation>No todo puede volver: {loss}.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message>
        <source>What would be sent</source>
        <translation>Qué se enviaría</translation>
    </message>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>Qué se enviaría de %Ln máster</numerusform>
            <numerusform>Qué se enviaría de %Ln másteres</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>There is no such field</source>
        <translation>Ese campo no existe</translation>
    </message>
    <message>
        <source>The copy says</source>
        <translation>La copia indica</translation>
    </message>
    <message>
        <source>Stays behind</source>
        <translation>No se transmite</translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message>
        <source>What a sync would change</source>
        <translation>Qué cambiaría una sincronización</translation>
    </message>
    <message>
        <source>&amp;Sync Now</source>
        <translation>&amp;Sincronizar ahora</translation>
    </message>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>Una sincronización cambiaría %Ln valor</numerusform>
            <numerusform>Una sincronización cambiaría %Ln valores</numerusform>
        </translation>
    </message>
    <message>
        <source>Masters and copies say the same wherever the mapping carries something.</source>
        <translation>Los másteres y las copias coinciden en todo lo que abarca la asignación.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>%Ln de ellos pasa a ser un conflicto, que se decide a mano.</numerusform>
            <numerusform>%Ln de ellos pasan a ser conflictos, que se deciden a mano.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every line is one edit; Undo takes all of them back together.</source>
        <translation>Cada línea es una edición; Deshacer las revierte todas juntas.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nada)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} de {asset}</translation>
    </message>
    <message>
        <source>“{after}” instead of “{before}”: {why}</source>
        <translation>“{after}” en lugar de “{before}”: {why}</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Waits to be sent</source>
        <translation>Pendiente de envío</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En camino</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>No aceptado</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>Cambiado en otro lugar</translation>
    </message>
    <message>
        <source>{field}, mandatory</source>
        <translation>{field}, obligatorio</translation>
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
        <translation>Vídeo</translation>
    </message>
    <message>
        <source>Moment of the film</source>
        <translation>Momento del vídeo</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>Tira de imágenes</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Aprobación</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Derechos</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Calificación</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forma</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviado</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln recurso</numerusform>
            <numerusform>%Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln seleccionado</numerusform>
            <numerusform>%Ln seleccionados</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and better</source>
        <translation>{stars} o más</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Últimos 7 días</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Últimos 30 días</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Este año</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>Sin enviar</translation>
    </message>
    <message>
        <source>Show readable files again</source>
        <translation>Volver a mostrar los archivos legibles</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Borrar filtros</translation>
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
        <translation>Buscar en esta página</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>Anterior (Shift+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>Siguiente (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>No está en esta página</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Capital letters matter</source>
        <translation>Distinguir mayúsculas y minúsculas</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>Solo palabras completas</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>Reemplazar todo</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>Todas las columnas</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Reemplazar por</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>Dónde buscar</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Lo encontrado</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>%Ln celda encontrada.</numerusform>
            <numerusform>%Ln celdas encontradas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>%Ln celda encontrada; se muestra la primera.</numerusform>
            <numerusform>%Ln celdas encontradas; se muestran las primeras.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Waiting for review</source>
        <translation>Pendientes de revisión</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprobados</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviados</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Derechos vencidos</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>No se pueden leer</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Todos los recursos</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoritos</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotecas</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Colecciones</translation>
    </message>
    <message>
        <source>Smart folders</source>
        <translation>Carpetas inteligentes</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}, %Ln recurso</numerusform>
            <numerusform>{place}, %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>not synced yet</source>
        <translation>aún sin sincronizar</translation>
    </message>
    <message>
        <source>kept offline</source>
        <translation>disponible sin conexión</translation>
    </message>
    <message>
        <source>is being synced</source>
        <translation>sincronizando</translation>
    </message>
    <message>
        <source>the last sync failed</source>
        <translation>la última sincronización falló</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Places</source>
        <translation>Ubicaciones</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Used last</source>
        <translation>Usados últimamente</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Todos los comandos</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>activado</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave Full Screen</source>
        <translation>Salir de pantalla completa</translation>
    </message>
</context>
<context>
    <name>GridActs</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Cortar</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Pegar</translation>
    </message>
    <message>
        <source>Fill Down</source>
        <translation>Rellenar hacia abajo</translation>
    </message>
    <message>
        <source>Empty Cells</source>
        <translation>Vaciar celdas</translation>
    </message>
    <message>
        <source>Find and Replace</source>
        <translation>Buscar y reemplazar</translation>
    </message>
    <message>
        <source>Apply Template…</source>
        <translation>Aplicar plantilla…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Columnas…</translation>
    </message>
    <message>
        <source>Sort A to Z</source>
        <translation>Ordenar de A a Z</translation>
    </message>
    <message>
        <source>Sort Z to A</source>
        <translation>Ordenar de Z a A</translation>
    </message>
    <message>
        <source>Hide Column</source>
        <translation>Ocultar columna</translation>
    </message>
    <message>
        <source>Next Cell That Cannot Be Kept</source>
        <translation>Siguiente celda que no se puede guardar</translation>
    </message>
    <message>
        <source>Give Up What Was Typed</source>
        <translation>Descartar lo escrito</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Pantalla completa</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>%Ln de los recursos seleccionados es una copia en Cloudinary; se edita en el inspector.</numerusform>
            <numerusform>%Ln de los recursos seleccionados son copias en Cloudinary; se editan en el inspector.</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata grid</source>
        <translation>Cuadrícula de metadatos</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadatos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s)</source>
        <translation>
            <numerusform>%Ln máster</numerusform>
            <numerusform>%Ln másteres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells chosen</source>
        <translation>
            <numerusform>%Ln celda seleccionada</numerusform>
            <numerusform>%Ln celdas seleccionadas</numerusform>
        </translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>guardando…</translation>
    </message>
    <message>
        <source>needed, but not shown: {fields}</source>
        <translation>necesario, pero no mostrado: {fields}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>%Ln celda no se puede guardar tal como está; indica por qué.</numerusform>
            <numerusform>%Ln celdas no se pueden guardar tal como están; indican por qué.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>No hubo sitio para %Ln celda: la tabla termina o no se puede escribir en ella.</numerusform>
            <numerusform>No hubo sitio para %Ln celdas: la tabla termina o no se puede escribir en ellas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message>
        <source>The grid is for masters; choose some in a library.</source>
        <translation>La cuadrícula es para másteres; seleccione algunos en una biblioteca.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>No se pudo guardar %Ln texto de la cuadrícula.</numerusform>
            <numerusform>No se pudieron guardar %Ln textos de la cuadrícula.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
</context>
<context>
    <name>GridFoot</name>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept</source>
        <translation>
            <numerusform>%Ln celda no se puede guardar</numerusform>
            <numerusform>%Ln celdas no se pueden guardar</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next of them (F8)</source>
        <translation>Mostrar la siguiente (F8)</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>Assets</source>
        <translation>Recursos</translation>
    </message>
    <message>
        <source>Assets as a list</source>
        <translation>Recursos en lista</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>Metadata of the chosen masters</source>
        <translation>Metadatos de los másteres seleccionados</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Campos</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>How it works</source>
        <translation>Cómo funciona</translation>
    </message>
    <message>
        <source>Masters stay where they are; Cloudinary delivers what was approved.</source>
        <translation>Los másteres se quedan donde están; Cloudinary entrega lo aprobado.</translation>
    </message>
    <message>
        <source>Steps and keys</source>
        <translation>Pasos y teclas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>1. Add a folder, or drop one on the window. Its files are read, not copied.</source>
        <translation>1. Añadir una carpeta o soltarla en la ventana. Sus archivos se leen, no se copian.</translation>
    </message>
    <message>
        <source>2. Find assets: type into the search field, narrow with the filters.</source>
        <translation>2. Encontrar recursos: escribir en el campo de búsqueda y acotar con los filtros.</translation>
    </message>
    <message>
        <source>3. Decide: approve, request changes or reject. The history keeps who and why.</source>
        <translation>3. Decidir: aprobar, solicitar cambios o rechazar. El historial guarda quién y por qué.</translation>
    </message>
    <message>
        <source>4. Push what is approved and within its rights. The plan is shown first.</source>
        <translation>4. Enviar lo aprobado y con derechos vigentes. Antes se muestra el plan.</translation>
    </message>
    <message>
        <source>5. Take the addresses of its renditions from the inspector.</source>
        <translation>5. Tomar las direcciones de sus variantes en el inspector.</translation>
    </message>
    <message>
        <source>Show it large</source>
        <translation>Mostrar en grande</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
</context>
<context>
    <name>HeadBar</name>
    <message>
        <source>Ask Again</source>
        <translation>Volver a consultar</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>Mostrar en la biblioteca</translation>
    </message>
    <message>
        <source>Save and Schedule…</source>
        <translation>Guardar y programar…</translation>
    </message>
    <message>
        <source>Copy the Table</source>
        <translation>Copiar la tabla</translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Importar un registro de accesos…</translation>
    </message>
    <message>
        <source>Forget This Saved Report…</source>
        <translation>Olvidar este informe guardado…</translation>
    </message>
    <message>
        <source>Count This Log No Longer…</source>
        <translation>Dejar de contar este registro…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Write the whole report to a file</source>
        <translation>Escribir el informe completo en un archivo</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>Guardar como preajuste…</translation>
    </message>
    <message>
        <source>100 %: each pixel as it is (1)</source>
        <translation>100 %: cada píxel tal como es (1)</translation>
    </message>
    <message>
        <source>Presets and sets (Ctrl+Shift+P)</source>
        <translation>Preajustes y conjuntos (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Over each other, with a line to drag</source>
        <translation>Superpuestas, con una línea que se arrastra</translation>
    </message>
    <message>
        <source>Beside each other</source>
        <translation>Lado a lado</translation>
    </message>
    <message>
        <source>The rendition</source>
        <translation>La variante</translation>
    </message>
    <message>
        <source>The master</source>
        <translation>El máster</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>Alejar (-)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Acercar (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>Mostrar todo (0)</translation>
    </message>
</context>
<context>
    <name>HearingSwitch</name>
    <message>
        <source>{trouble} Changes made elsewhere are still seen, a few minutes later.</source>
        <translation>{trouble} Los cambios hechos en otro lugar se ven igualmente, unos minutos más tarde.</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Guía</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>&amp;Bienvenida</translation>
    </message>
    <message>
        <source>Sample &amp;Campaign</source>
        <translation>&amp;Campaña de ejemplo</translation>
    </message>
    <message>
        <source>Acti&amp;vity…</source>
        <translation>Acti&amp;vidad…</translation>
    </message>
    <message>
        <source>All that goes on ({keys})</source>
        <translation>Todo lo que está en curso ({keys})</translation>
    </message>
    <message>
        <source>Take the &amp;Tour</source>
        <translation>Hacer el &amp;recorrido</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>Volver a mostrar los &amp;consejos</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>Re&amp;gistro…</translation>
    </message>
    <message>
        <source>Diagnostic &amp;Bundle…</source>
        <translation>Paquete de &amp;diagnóstico…</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>Buscar ac&amp;tualizaciones…</translation>
    </message>
</context>
<context>
    <name>HelpContents</name>
    <message>
        <source>Contents</source>
        <translation>Contenido</translation>
    </message>
</context>
<context>
    <name>HelpErrands</name>
    <message>
        <source>Close the welcome</source>
        <translation>Cerrar la bienvenida</translation>
    </message>
    <message>
        <source>The demo could not be started. “asset-bridge demo” opens it.</source>
        <translation>No se pudo iniciar la demo. “asset-bridge demo” la abre.</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>Novedades…</translation>
    </message>
    <message>
        <source>Version {version} of Asset Bridge is there.</source>
        <translation>Ya está disponible la versión {version} de Asset Bridge.</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Hacer el recorrido</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Añadir una carpeta…</translation>
    </message>
    <message>
        <source>Connect PhotoShelter…</source>
        <translation>Conectar PhotoShelter…</translation>
    </message>
    <message>
        <source>Connect Cloudinary…</source>
        <translation>Conectar Cloudinary…</translation>
    </message>
</context>
<context>
    <name>HelpFindings</name>
    <message>
        <source>What was found</source>
        <translation>Lo encontrado</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Keys of the review</source>
        <translation>Teclas de la revisión</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Page</source>
        <translation>Página</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>Buscar en la ayuda</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Adelante</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>In all pages (Ctrl+Shift+F); Ctrl+F finds in this page</source>
        <translation>En todas las páginas (Ctrl+Shift+F); Ctrl+F busca en esta página</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – Ayuda</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln resultado</numerusform>
            <numerusform>%Ln resultados</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>No se encontró nada.</translation>
    </message>
    <message>
        <source>The help is written in English.</source>
        <translation>La ayuda está escrita en inglés.</translation>
    </message>
    <message>
        <source>{name} is part of the source code.</source>
        <translation>{name} forma parte del código fuente.</translation>
    </message>
</context>
<context>
    <name>HintStrip</name>
    <message>
        <source>Got it</source>
        <translation>Entendido</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>Sobre una versión anterior del archivo.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nada)</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Antes: {value}</translation>
    </message>
    <message>
        <source>Not delivered yet.</source>
        <translation>Aún sin enviar.</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>Se está enviando.</translation>
    </message>
    <message>
        <source>It could not be delivered.</source>
        <translation>No se pudo enviar.</translation>
    </message>
    <message>
        <source>Somebody else said something different.</source>
        <translation>Otra persona indicó algo distinto.</translation>
    </message>
    <message>
        <source>Taken back before it was delivered.</source>
        <translation>Revertido antes de enviarse.</translation>
    </message>
    <message>
        <source>Settled by a later choice.</source>
        <translation>Resuelto por una elección posterior.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>Nobody has decided anything about it yet.</source>
        <translation>Nadie ha decidido nada sobre él todavía.</translation>
    </message>
</context>
<context>
    <name>HotFoldersDialog</name>
    <message>
        <source>Hot folders</source>
        <translation>Carpetas activas</translation>
    </message>
    <message>
        <source>Files that are put into these folders are copied into a library by themselves, and stay where they are. Nothing is pushed: that waits for approval as ever.</source>
        <translation>Los archivos que se ponen en estas carpetas se copian automáticamente en una biblioteca y se quedan donde están. No se envía nada: eso sigue a la espera de la aprobación, como siempre.</translation>
    </message>
    <message>
        <source>Add a Hot Folder…</source>
        <translation>Añadir una carpeta activa…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>New ones go &amp;into</source>
        <translation>Las nuevas &amp;van a</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>a library that was removed</source>
        <translation>una biblioteca que se quitó</translation>
    </message>
    <message>
        <source>{folder}, into {library}</source>
        <translation>{folder}, a {library}</translation>
    </message>
    <message>
        <source>Choose a hot folder</source>
        <translation>Elegir una carpeta activa</translation>
    </message>
</context>
<context>
    <name>InsightErrands</name>
    <message>
        <source>Insights…</source>
        <translation>Estadísticas…</translation>
    </message>
    <message>
        <source>The report {name} could not be written: {why}</source>
        <translation>No se pudo escribir el informe {name}: {why}</translation>
    </message>
</context>
<context>
    <name>InsightsActs</name>
    <message>
        <source>Import an access log</source>
        <translation>Importar un registro de accesos</translation>
    </message>
    <message>
        <source>Access logs (*.csv *.tsv *.txt *.log)</source>
        <translation>Registros de accesos (*.csv *.tsv *.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Exportar el informe</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>¿Olvidar “{name}”?</translation>
    </message>
    <message>
        <source>It is not written any more. Files that it wrote stay.</source>
        <translation>Dejará de escribirse. Los archivos ya escritos permanecen.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Olvidar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Count this access log no longer?</source>
        <translation>¿Dejar de contar este registro de accesos?</translation>
    </message>
    <message>
        <source>What it added is taken away from all reports. The file stays.</source>
        <translation>Lo que aportó se quita de todos los informes. El archivo permanece.</translation>
    </message>
    <message>
        <source>Count no longer</source>
        <translation>Dejar de contar</translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message>
        <source>Insights</source>
        <translation>Estadísticas</translation>
    </message>
    <message>
        <source>It could not be written the last time: {why}</source>
        <translation>La última vez no se pudo escribir: {why}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Contando…</translation>
    </message>
    <message>
        <source>It takes a moment.</source>
        <translation>Tarda un momento.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sin respuesta</translation>
    </message>
    <message>
        <source>written {moment}</source>
        <translation>escrito {moment}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>consultado {moment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>%Ln fila escrita en {name}</numerusform>
            <numerusform>%Ln filas escritas en {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Show it large (space)</source>
        <translation>Mostrar en grande (espacio)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadatos</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Variantes</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>About the asset</source>
        <translation>Sobre el recurso</translation>
    </message>
    <message>
        <source>Choose an asset to see it large, with its facts, its review and its rights.</source>
        <translation>Seleccione un recurso para verlo en grande, con sus datos, su revisión y sus derechos.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Cambios</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message>
        <source>Keep “{name}” offline?</source>
        <translation>¿Mantener “{name}” sin conexión?</translation>
    </message>
    <message>
        <source>Its pictures are fetched ahead, now and whenever something is new there, and stay here until you let go of them.</source>
        <translation>Sus imágenes se obtienen por adelantado, ahora y cada vez que haya algo nuevo, y se quedan aquí hasta que dejen de mantenerse.</translation>
    </message>
    <message>
        <source>The &amp;originals too</source>
        <translation>También los &amp;originales</translation>
    </message>
    <message>
        <source>Keep offline</source>
        <translation>Mantener sin conexión</translation>
    </message>
    <message>
        <source>Looking how much it is…</source>
        <translation>Comprobando cuánto ocupa…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>The &amp;originals too ({size})</source>
        <translation>También los &amp;originales ({size})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>Hay %Ln recurso allí.</numerusform>
            <numerusform>Hay %Ln recursos allí.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>%Ln de ellos ya está aquí.</numerusform>
            <numerusform>%Ln de ellos ya están aquí.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>Se obtiene %Ln vista previa, unos {size}.</numerusform>
            <numerusform>Se obtienen %Ln vistas previas, unos {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>With the originals it is {size}.</source>
        <translation>Con los originales son {size}.</translation>
    </message>
</context>
<context>
    <name>KeptErrands</name>
    <message>
        <source>Save as smart folder</source>
        <translation>Guardar como carpeta inteligente</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Un nombre para esta búsqueda; si ya existe, se reemplaza.</translation>
    </message>
    <message>
        <source>“{name}” stands at the left, and holds what the search finds.</source>
        <translation>“{name}” está a la izquierda y contiene lo que encuentra la búsqueda.</translation>
    </message>
    <message>
        <source>Rename smart folder</source>
        <translation>Cambiar nombre de la carpeta inteligente</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Otro nombre</translation>
    </message>
    <message>
        <source>There is a smart folder “{name}” already. Nothing was renamed.</source>
        <translation>Ya existe una carpeta inteligente “{name}”. No se cambió ningún nombre.</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Seleccione primero recursos.</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>Quitar de favoritos</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Cambiar nombre…</translation>
    </message>
    <message>
        <source>Replace by What Is Shown</source>
        <translation>Reemplazar por lo que se muestra</translation>
    </message>
    <message>
        <source>Add to Favourites</source>
        <translation>Añadir a favoritos</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Bajar</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>New key</source>
        <translation>Nueva clave</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>Valor de la nueva clave</translation>
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
        <translation>Mailing de primavera</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>New kit</source>
        <translation>Nuevo kit</translation>
    </message>
    <message>
        <source>Change kit</source>
        <translation>Cambiar kit</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Presets of the kit</source>
        <translation>Preajustes del kit</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Nombre en los derechos</translation>
    </message>
    <message>
        <source>&amp;Formats shown there</source>
        <translation>&amp;Formatos que se muestran allí</translation>
    </message>
    <message>
        <source>Files are named</source>
        <translation>Nombres de los archivos</translation>
    </message>
    <message>
        <source>At &amp;most, each</source>
        <translation>Como &amp;máximo, cada uno</translation>
    </message>
    <message>
        <source>As each preset says</source>
        <translation>Como indica cada preajuste</translation>
    </message>
    <message>
        <source>At most, “{preset}”</source>
        <translation>Como máximo, “{preset}”</translation>
    </message>
</context>
<context>
    <name>KitList</name>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Bajar</translation>
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
        <translation>Qué recibe junto un canal, cuánto puede pesar y cuánto pesa.</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportar</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nuevo…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Cambiar…</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>E&amp;liminar</translation>
    </message>
    <message>
        <source>Channels of &amp;Shops…</source>
        <translation>Canales de &amp;tiendas…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Kits</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>No shop</source>
        <translation>Ninguna tienda</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Elegir…</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>C&amp;omo</translation>
    </message>
    <message>
        <source>For &amp;channel</source>
        <translation>Para el c&amp;anal</translation>
    </message>
    <message>
        <source>&amp;Into folder</source>
        <translation>En la ca&amp;rpeta</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Elegir una carpeta</translation>
    </message>
    <message>
        <source>Delete “{kit}”?</source>
        <translation>¿Eliminar “{kit}”?</translation>
    </message>
    <message>
        <source>Its presets stay, and so does what was exported with it.</source>
        <translation>Sus preajustes se quedan, igual que lo exportado con él.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln variante retenida</numerusform>
            <numerusform>%Ln variantes retenidas</numerusform>
        </translation>
    </message>
    <message>
        <source>{why}. The others can be exported without them.</source>
        <translation>{why}. Las demás se pueden exportar sin ellas.</translation>
    </message>
    <message>
        <source>Export the Others</source>
        <translation>Exportar las demás</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>LayerPlacing</name>
    <message>
        <source>Move</source>
        <translation>Mover</translation>
    </message>
</context>
<context>
    <name>LetPassDialog</name>
    <message>
        <source>It &amp;ends</source>
        <translation>&amp;Termina el</translation>
    </message>
    <message>
        <source>&amp;Let Pass</source>
        <translation>De&amp;jar pasar</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>&amp;Revertir</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>Dejar pasar %Ln recurso</numerusform>
            <numerusform>Dejar pasar %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>A policy says which roles may do so. It is recorded with your name, and lifts a review that is not finished: never a rejection, and never rights.</source>
        <translation>Una directiva indica qué roles pueden hacerlo. Se registra con su nombre y levanta una revisión sin terminar: nunca un rechazo, y nunca los derechos.</translation>
    </message>
    <message>
        <source>What holds them back</source>
        <translation>Qué los retiene</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>&amp;Motivo</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Who asked for it, and who knows of it?</source>
        <translation>¿Quién lo pidió y quién lo sabe?</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>Cuándo termina</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>End what lets these pass; whoever may ask for more care</source>
        <translation>Terminar la excepción que los deja pasar; pedir más cuidado puede hacerlo cualquiera</translation>
    </message>
    <message>
        <source>Somebody lets it pass, although {reasons}.</source>
        <translation>Alguien lo deja pasar, aunque {reasons}.</translation>
    </message>
    <message>
        <source>Nothing holds it back.</source>
        <translation>Nada lo retiene.</translation>
    </message>
</context>
<context>
    <name>LinkOpening</name>
    <message>
        <source>The linked asset is not in any library of this catalog.</source>
        <translation>El recurso enlazado no está en ninguna biblioteca de este catálogo.</translation>
    </message>
    <message>
        <source>There is no library “{name}” here, or several of that name.</source>
        <translation>Aquí no hay ninguna biblioteca “{name}”, o hay varias con ese nombre.</translation>
    </message>
    <message>
        <source>The file that was to be opened is not there any more.</source>
        <translation>El archivo que se iba a abrir ya no existe.</translation>
    </message>
    <message>
        <source>Add as a Library</source>
        <translation>Añadir como biblioteca</translation>
    </message>
    <message>
        <source>“{name}” is in no library yet.</source>
        <translation>“{name}” aún no está en ninguna biblioteca.</translation>
    </message>
</context>
<context>
    <name>ListOrWords</name>
    <message>
        <source>What you save is listed here.</source>
        <translation>Lo que guarde aparecerá aquí.</translation>
    </message>
</context>
<context>
    <name>LocaleRows</name>
    <message>
        <source>Locales</source>
        <translation>Configuraciones regionales</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Dejar como está</translation>
    </message>
</context>
<context>
    <name>LogImportDialog</name>
    <message>
        <source>Import “{name}”</source>
        <translation>Importar “{name}”</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Some of the lines that are not counted</source>
        <translation>Algunas de las líneas que no se cuentan</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>%Ln línea leída…</numerusform>
            <numerusform>%Ln líneas leídas…</numerusform>
        </translation>
    </message>
    <message>
        <source>counted</source>
        <translation>contadas</translation>
    </message>
    <message>
        <source>added to what their assets delivered</source>
        <translation>sumadas a lo que entregaron sus recursos</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>pasadas por alto</translation>
    </message>
    <message>
        <source>errors and redirections</source>
        <translation>errores y redirecciones</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocidas</translation>
    </message>
    <message>
        <source>belong to no asset known here</source>
        <translation>no pertenecen a ningún recurso conocido aquí</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>ilegibles</translation>
    </message>
    <message>
        <source>are no lines of such a log</source>
        <translation>no son líneas de un registro de este tipo</translation>
    </message>
    <message>
        <source>Earlier imports are about the same days: {names}. What both hold is counted twice.</source>
        <translation>Hay importaciones anteriores de los mismos días: {names}. Lo que contienen ambas se cuenta dos veces.</translation>
    </message>
    <message>
        <source>No line belongs to an asset that is known here. Is the environment it is about the one in use?</source>
        <translation>Ninguna línea pertenece a un recurso conocido aquí. ¿Es el entorno en uso aquel del que trata?</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>%Ln línea leída</numerusform>
            <numerusform>%Ln líneas leídas</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines}, {first} – {last}</source>
        <translation>{lines}, {first} – {last}</translation>
    </message>
    <message>
        <source>Nothing of it is counted.</source>
        <translation>No se cuenta nada de esto.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>LogOutDialog</name>
    <message>
        <source>Forget what is catalogued of it here too</source>
        <translation>Olvidar también lo catalogado de ella aquí</translation>
    </message>
    <message>
        <source>It is read from Cloudinary again when you come back.</source>
        <translation>Se vuelve a leer de Cloudinary al regresar.</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Warnings and faults of this program. Keys and passwords are never in it.</source>
        <translation>Advertencias y errores de este programa. Nunca contiene claves ni contraseñas.</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Buscar en el registro</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Seguir</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>Advertencias y más graves</translation>
    </message>
    <message>
        <source>Errors and worse</source>
        <translation>Errores y más graves</translation>
    </message>
    <message>
        <source>How grave</source>
        <translation>Gravedad</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln entrada</numerusform>
            <numerusform>%Ln entradas</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was logged: that is a good sign.</source>
        <translation>No se registró nada: es buena señal.</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Varios valores</translation>
    </message>
</context>
<context>
    <name>LookActions</name>
    <message>
        <source>&amp;High Contrast, Light</source>
        <translation>&amp;Alto contraste, claro</translation>
    </message>
    <message>
        <source>High &amp;Contrast, Dark</source>
        <translation>Al&amp;to contraste, oscuro</translation>
    </message>
    <message>
        <source>C&amp;ompact</source>
        <translation>Co&amp;mpacto</translation>
    </message>
    <message>
        <source>Arrange Pane&amp;ls</source>
        <translation>Organizar pane&amp;les</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>&amp;Intercambiar lados</translation>
    </message>
    <message>
        <source>&amp;Usual Places</source>
        <translation>Disposición &amp;habitual</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>&amp;Reducir movimiento</translation>
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
            <numerusform>&amp;Enviar %Ln recurso</numerusform>
            <numerusform>&amp;Enviar %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>&amp;Enviar…</translation>
    </message>
    <message>
        <source>Choose a library at the left first.</source>
        <translation>Elija primero una biblioteca a la izquierda.</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>Crear variantes de %Ln recurso</numerusform>
            <numerusform>Crear variantes de %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Qué va a ocurrir</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>Va&amp;riantes</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Mercados e idiomas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>Crear %Ln variante</numerusform>
            <numerusform>Crear %Ln variantes</numerusform>
        </translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Crear</translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>Se creará %Ln variante.</numerusform>
            <numerusform>Se crearán las %Ln variantes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>Se crearán {count} de %Ln variante</numerusform>
            <numerusform>Se crearán {count} de %Ln variantes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln retenida</numerusform>
            <numerusform>%Ln retenidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln archivo</numerusform>
            <numerusform>%Ln archivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>%Ln de ellos reemplaza a otro</numerusform>
            <numerusform>%Ln de ellos reemplazan a otros</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>%Ln de los recursos no se puede entregar ahora</numerusform>
            <numerusform>%Ln de los recursos no se pueden entregar ahora</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be made…</source>
        <translation>Anotando lo que hay que crear…</translation>
    </message>
    <message>
        <source>Choose a set, or presets</source>
        <translation>Elegir un conjunto o preajustes</translation>
    </message>
    <message>
        <source>Choose the folder for the files</source>
        <translation>Elegir la carpeta para los archivos</translation>
    </message>
    <message>
        <source>Looking what that makes…</source>
        <translation>Comprobando qué resulta…</translation>
    </message>
    <message>
        <source>No preset is for a market and language of the table</source>
        <translation>Ningún preajuste es para un mercado e idioma de la tabla</translation>
    </message>
    <message>
        <source>Each of them is held back</source>
        <translation>Todas están retenidas</translation>
    </message>
    <message>
        <source>You are offline: these are made when the connection is back.</source>
        <translation>Sin conexión: se crearán cuando vuelva la conexión.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>¿Reemplazar %Ln archivo?</numerusform>
            <numerusform>¿Reemplazar %Ln archivos?</numerusform>
        </translation>
    </message>
    <message>
        <source>What they hold now is gone then; files that are the same stay.</source>
        <translation>Lo que contienen ahora se pierde; los archivos iguales se quedan.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>MakeTarget</name>
    <message>
        <source>Replace files that are there</source>
        <translation>Reemplazar los archivos existentes</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>For example {file}</source>
        <translation>Por ejemplo, {file}</translation>
    </message>
    <message>
        <source>Into a folder here</source>
        <translation>En una carpeta de aquí</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>En Cloudinary</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Put a field into the template</source>
        <translation>Insertar un campo en la plantilla</translation>
    </message>
    <message>
        <source>The folder for the files</source>
        <translation>La carpeta para los archivos</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>&amp;Names of the files</source>
        <translation>&amp;Nombres de los archivos</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>Escribir los archivos en</translation>
    </message>
</context>
<context>
    <name>MappingRows</name>
    <message>
        <source>Master</source>
        <translation>Máster</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Prevalece</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>Observaciones</translation>
    </message>
    <message>
        <source>Whose word holds where both sides were changed</source>
        <translation>Qué lado vale cuando ambos han cambiado</translation>
    </message>
</context>
<context>
    <name>MarketEditor</name>
    <message>
        <source>Use this table</source>
        <translation>Usar esta tabla</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>Añadir columna</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>Quitar líneas</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Guardar como CSV…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>A line for each market and language. A preset is made for the lines it serves; texts and pictures fill its variables.</source>
        <translation>Una línea por cada mercado e idioma. Un preajuste se crea para las líneas a las que sirve; textos e imágenes rellenan sus variables.</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>Mercados</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Escrito en {file}.</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Mercados e idiomas</translation>
    </message>
    <message>
        <source>headline, or layer:logo</source>
        <translation>headline o layer:logo</translation>
    </message>
    <message>
        <source>Name of the new column</source>
        <translation>Nombre de la nueva columna</translation>
    </message>
    <message>
        <source>Line {line}: {detail}</source>
        <translation>Línea {line}: {detail}</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Guardar la tabla</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tablas (*.csv)</translation>
    </message>
</context>
<context>
    <name>MarketRows</name>
    <message>
        <source>Picture: {name}</source>
        <translation>Imagen: {name}</translation>
    </message>
    <message>
        <source>Text: {name}</source>
        <translation>Texto: {name}</translation>
    </message>
    <message>
        <source>Public IDs of pictures that are laid on</source>
        <translation>Public IDs de las imágenes superpuestas</translation>
    </message>
    <message>
        <source>What stands in the place of $({name})</source>
        <translation>Lo que va en lugar de $({name})</translation>
    </message>
</context>
<context>
    <name>MarketTable</name>
    <message>
        <source>Edit…</source>
        <translation>Editar…</translation>
    </message>
    <message>
        <source>Edit markets and languages</source>
        <translation>Editar mercados e idiomas</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Archivo…</translation>
    </message>
    <message>
        <source>Choose a table of markets</source>
        <translation>Elegir una tabla de mercados</translation>
    </message>
    <message>
        <source>Without a table</source>
        <translation>Sin tabla</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln línea</numerusform>
            <numerusform>%Ln líneas</numerusform>
        </translation>
    </message>
    <message>
        <source>Made once, for everybody</source>
        <translation>Se crea una vez, para todos</translation>
    </message>
    <message>
        <source>Table of markets</source>
        <translation>Tabla de mercados</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tablas (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message>
        <source>{name} says nothing that could be pasted.</source>
        <translation>{name} no contiene nada que se pueda pegar.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) of {name} copied.</source>
        <translation>
            <numerusform>%Ln campo de {name} copiado.</numerusform>
            <numerusform>%Ln campos de {name} copiados.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the metadata of a master first.</source>
        <translation>Copie primero los metadatos de un máster.</translation>
    </message>
    <message>
        <source>Import metadata</source>
        <translation>Importar metadatos</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tablas (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>From the next decision on, the files of masters say it too (keyword “approval:…”). What other programs write there waits in the review queue.</source>
        <translation>A partir de la próxima decisión, también lo indican los archivos de los másteres (palabra clave “approval:…”). Lo que otros programas escriban allí espera en la cola de revisión.</translation>
    </message>
    <message>
        <source>Pasted. It can be undone.</source>
        <translation>Pegado. Se puede deshacer.</translation>
    </message>
    <message>
        <source>They said all of this already.</source>
        <translation>Ya indicaban todo esto.</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>La plantilla cambia %Ln máster.</numerusform>
            <numerusform>La plantilla cambia %Ln másteres.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln no la admite y se queda como está.</numerusform>
            <numerusform>%Ln no la admiten y se quedan como están.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln campo indica ahora lo que dice la tabla.</numerusform>
            <numerusform>%Ln campos indican ahora lo que dice la tabla.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>%Ln máster está en {name}.</numerusform>
            <numerusform>%Ln másteres están en {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionField</name>
    <message>
        <source>Roles</source>
        <translation>Roles</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message>
        <source>What would be different</source>
        <translation>Qué sería distinto</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Qué se omite</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vista previa</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln cambio</numerusform>
            <numerusform>%Ln cambios</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln omitido</numerusform>
            <numerusform>%Ln omitidos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvExportDialog</name>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message numerus="yes">
        <source>Export the metadata of %Ln master(s)</source>
        <translation>
            <numerusform>Exportar los metadatos de %Ln máster</numerusform>
            <numerusform>Exportar los metadatos de %Ln másteres</numerusform>
        </translation>
    </message>
    <message>
        <source>A table that spreadsheets open. Changed there, it can be imported again.</source>
        <translation>Una tabla que abren las hojas de cálculo. Tras cambiarla allí, se puede volver a importar.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Coma</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Punto y coma</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulador</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation>&amp;Separador</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Export metadata</source>
        <translation>Exportar metadatos</translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message>
        <source>Import metadata</source>
        <translation>Importar metadatos</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>Leyendo {name}…</translation>
    </message>
    <message>
        <source>An empty cell empties its field</source>
        <translation>Una celda vacía vacía su campo</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) would say something else.</source>
        <translation>
            <numerusform>Cambiaría %Ln máster.</numerusform>
            <numerusform>Cambiarían %Ln másteres.</numerusform>
        </translation>
    </message>
    <message>
        <source>The table says nothing that is not said already.</source>
        <translation>La tabla no indica nada que no esté ya.</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Línea {line}</translation>
    </message>
</context>
<context>
    <name>MetadataErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Aún no hay ninguna cuenta. Añada una primero.</translation>
    </message>
</context>
<context>
    <name>MetadataFieldForm</name>
    <message>
        <source>&amp;Mandatory: it must not be empty</source>
        <translation>Obligatori&amp;o: no puede estar vacío</translation>
    </message>
    <message>
        <source>&amp;Off until a rule switches it on</source>
        <translation>&amp;Inactivo hasta que una regla lo active</translation>
    </message>
    <message>
        <source>Only &amp;programs set it; people read it</source>
        <translation>Solo lo establecen los &amp;programas; las personas lo leen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Change a field</source>
        <translation>Cambiar un campo</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>Nuevo campo</translation>
    </message>
    <message>
        <source>Made by Cloudinary if left empty</source>
        <translation>Lo asigna Cloudinary si queda vacío</translation>
    </message>
    <message>
        <source>One value in each line</source>
        <translation>Un valor por línea</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Etiqueta</translation>
    </message>
    <message>
        <source>&amp;External ID</source>
        <translation>ID e&amp;xterno</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>&amp;Tipo</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>&amp;Valores</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>Valor pre&amp;determinado</translation>
    </message>
    <message>
        <source>At &amp;least</source>
        <translation>Como mí&amp;nimo</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>Como &amp;máximo</translation>
    </message>
    <message>
        <source>Patte&amp;rn</source>
        <translation>Pat&amp;rón</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>So many characters</source>
        <translation>Número de caracteres</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message>
        <source>New field…</source>
        <translation>Nuevo campo…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Eliminar…</translation>
    </message>
    <message>
        <source>Metadata fields</source>
        <translation>Campos de metadatos</translation>
    </message>
    <message>
        <source>Metadata fields of “{name}”</source>
        <translation>Campos de metadatos de “{name}”</translation>
    </message>
    <message>
        <source>All assets of the environment have these fields, for everybody.</source>
        <translation>Todos los recursos del entorno tienen estos campos, para todos.</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Reglas…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>There is no field yet.</source>
        <translation>Todavía no hay ningún campo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln valor</numerusform>
            <numerusform>%Ln valores</numerusform>
        </translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>Obligatorio</translation>
    </message>
    <message>
        <source>Delete the field “{name}”?</source>
        <translation>¿Eliminar el campo “{name}”?</translation>
    </message>
    <message>
        <source>Its values vanish from all assets of the environment, for everybody, and cannot be brought back.</source>
        <translation>Sus valores desaparecen de todos los recursos del entorno, para todos, y no se pueden recuperar.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
</context>
<context>
    <name>MetadataForm</name>
    <message>
        <source>Here the name is part of the public ID; renaming changes the address.</source>
        <translation>Aquí el nombre forma parte del Public ID; cambiarlo cambia la dirección.</translation>
    </message>
    <message>
        <source>Each asset has a name of its own.</source>
        <translation>Cada recurso tiene su propio nombre.</translation>
    </message>
    <message>
        <source>Structured metadata</source>
        <translation>Metadatos estructurados</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contexto</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Añadir una etiqueta</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Añadir un valor</translation>
    </message>
    <message>
        <source>Set by programs; people only read it.</source>
        <translation>Lo establecen los programas; las personas solo lo leen.</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Desactivado por una regla según lo que indican otros campos.</translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message>
        <source>At Cloudinary</source>
        <translation>En Cloudinary</translation>
    </message>
    <message>
        <source>Metadata fields…</source>
        <translation>Campos de metadatos…</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadatos</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>Como máximo se puede editar %Ln recurso a la vez.</numerusform>
            <numerusform>Como máximo se pueden editar %Ln recursos a la vez.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>%Ln de los recursos seleccionados no está en este entorno y se queda como está.</numerusform>
            <numerusform>%Ln de los recursos seleccionados no están en este entorno y se quedan como están.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you type is kept for the next asset.</source>
        <translation>Lo que se escriba se guarda para el siguiente recurso.</translation>
    </message>
    <message>
        <source>“{text}” was typed for another asset, and is kept until that is shown.</source>
        <translation>“{text}” se escribió para otro recurso y se guarda hasta que se muestre ese.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: it cannot be typed there.</source>
        <translation>“{text}” no se guardó: no se puede escribir allí.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>%Ln cambio ya se había entregado y se está revirtiendo.</numerusform>
            <numerusform>%Ln cambios ya se habían entregado y se están revirtiendo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message>
        <source>Paste</source>
        <translation>Pegar</translation>
    </message>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>Pegar metadatos en %Ln máster</numerusform>
            <numerusform>Pegar metadatos en %Ln másteres</numerusform>
        </translation>
    </message>
    <message>
        <source>From {name}. What they say there now is replaced; it can be undone.</source>
        <translation>De {name}. Lo que indican ahora se reemplaza; se puede deshacer.</translation>
    </message>
    <message>
        <source>Copied fields</source>
        <translation>Campos copiados</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>MetadataRuleForm</name>
    <message>
        <source>The rule is in &amp;use</source>
        <translation>La regla está en &amp;uso</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Change a rule</source>
        <translation>Cambiar una regla</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nueva regla</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>El campo</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>Se queda como está</translation>
    </message>
    <message>
        <source>Is switched on</source>
        <translation>Se activa</translation>
    </message>
    <message>
        <source>Is switched off</source>
        <translation>Se desactiva</translation>
    </message>
    <message>
        <source>It must not be empty</source>
        <translation>No puede estar vacío</translation>
    </message>
    <message>
        <source>As the field says</source>
        <translation>Como indica el campo</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>Debe rellenarse</translation>
    </message>
    <message>
        <source>It may be empty</source>
        <translation>Puede estar vacío</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>Valores entre los que elegir</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Como están</translation>
    </message>
    <message>
        <source>All of the list</source>
        <translation>Todos los de la lista</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Solo estos</translation>
    </message>
    <message>
        <source>These, too</source>
        <translation>También estos</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>Su valor</translation>
    </message>
    <message>
        <source>If it is empty</source>
        <translation>Si está vacío</translation>
    </message>
    <message>
        <source>Added to what it has</source>
        <translation>Añadido a lo que tiene</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Varios, separados por comas</translation>
    </message>
    <message>
        <source>&amp;Then, of</source>
        <translation>En&amp;tonces, de</translation>
    </message>
    <message>
        <source>The &amp;field</source>
        <translation>El &amp;campo</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>&amp;Vacío</translation>
    </message>
    <message>
        <source>&amp;Choices</source>
        <translation>&amp;Opciones</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>Va&amp;lor</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuando</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>La regla</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
</context>
<context>
    <name>MetadataRulesDialog</name>
    <message>
        <source>New rule…</source>
        <translation>Nueva regla…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Eliminar…</translation>
    </message>
    <message>
        <source>Metadata rules</source>
        <translation>Reglas de metadatos</translation>
    </message>
    <message>
        <source>Metadata rules of “{name}”</source>
        <translation>Reglas de metadatos de “{name}”</translation>
    </message>
    <message>
        <source>What one field says switches others on, limits them or fills them in.</source>
        <translation>Lo que indica un campo activa otros, los limita o los rellena.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Apply later (Alt+Down)</source>
        <translation>Aplicar más tarde (Alt+Abajo)</translation>
    </message>
    <message>
        <source>Apply earlier (Alt+Up)</source>
        <translation>Aplicar antes (Alt+Arriba)</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>Todavía no hay ninguna regla.</translation>
    </message>
    <message>
        <source>{result}, when {condition}</source>
        <translation>{result}, cuando {condition}</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Sin uso</translation>
    </message>
    <message>
        <source>A rule asks about one field and changes another: it needs two.</source>
        <translation>Una regla consulta un campo y cambia otro: necesita dos.</translation>
    </message>
    <message>
        <source>Delete the rule “{name}”?</source>
        <translation>¿Eliminar la regla “{name}”?</translation>
    </message>
    <message>
        <source>It ends for everybody. A field that only this rule switches on loses its values.</source>
        <translation>Termina para todos. Un campo que solo activa esta regla pierde sus valores.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>Aplicar a %Ln máster</numerusform>
            <numerusform>Aplicar a %Ln másteres</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata templates</source>
        <translation>Plantillas de metadatos</translation>
    </message>
    <message>
        <source>A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master fills them by itself.</source>
        <translation>Un texto puede tener variables como {filename}, {date:%Y} o {counter:3}; cada máster las rellena por sí mismo.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Plantillas</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nombre de la plantilla</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>MirrorErrands</name>
    <message>
        <source>These files are in a folder here already. Nothing to download.</source>
        <translation>Estos archivos ya están en una carpeta de aquí. No hay nada que descargar.</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>Descargar en</translation>
    </message>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Aún no hay ninguna cuenta. Añada una primero.</translation>
    </message>
    <message>
        <source>{public_id} is at Cloudinary now, unpublished.</source>
        <translation>{public_id} ya está en Cloudinary, sin publicar.</translation>
    </message>
</context>
<context>
    <name>MomentField</name>
    <message>
        <source>Moment</source>
        <translation>Momento</translation>
    </message>
    <message>
        <source>The moment that the comment is about</source>
        <translation>El momento al que se refiere el comentario</translation>
    </message>
</context>
<context>
    <name>NameColumn</name>
    <message>
        <source>Names</source>
        <translation>Nombres</translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message>
        <source>There is no Cloudinary account in use.</source>
        <translation>No hay ninguna cuenta de Cloudinary en uso.</translation>
    </message>
    <message>
        <source>Asks for the definitions there…</source>
        <translation>Consultando las definiciones de allí…</translation>
    </message>
    <message>
        <source>Presets and named transformations</source>
        <translation>Preajustes y transformaciones con nombre</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Aquí</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>En Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Adopt as preset</source>
        <translation>&amp;Adoptar como preajuste</translation>
    </message>
    <message>
        <source>&amp;Publish to Cloudinary</source>
        <translation>&amp;Publicar en Cloudinary</translation>
    </message>
    <message>
        <source>De&amp;lete there…</source>
        <translation>E&amp;liminar allí…</translation>
    </message>
    <message>
        <source>Co&amp;mpare again</source>
        <translation>Volver a co&amp;mparar</translation>
    </message>
    <message>
        <source>in use there</source>
        <translation>en uso allí</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>¿Cambiar %Ln preajuste aquí?</numerusform>
            <numerusform>¿Cambiar %Ln preajustes aquí?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} then stand for what is defined there. You can undo it.</source>
        <translation>{names} pasarán a ser lo que está definido allí. Se puede deshacer.</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>“{name}” was adopted.</source>
        <translation>“{name}” se ha adoptado.</translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>¿Volver a definir %Ln transformación con nombre?</numerusform>
            <numerusform>¿Volver a definir %Ln transformaciones con nombre?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} stand for something else there. What was derived before stays as it is; whatever is asked for from now on is made by the new definition.</source>
        <translation>{names} pasarán a ser otra cosa allí. Lo derivado antes se queda como está; lo que se pida desde ahora se crea con la nueva definición.</translation>
    </message>
    <message>
        <source>Define anew</source>
        <translation>Volver a definir</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>¿Eliminar %Ln transformación con nombre en Cloudinary?</numerusform>
            <numerusform>¿Eliminar %Ln transformaciones con nombre en Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: everything that was derived with them is deleted too, and addresses that name them stop working. Presets here stay.</source>
        <translation>{names}: también se elimina todo lo derivado con ellas, y las direcciones que las nombran dejan de funcionar. Los preajustes de aquí se quedan.</translation>
    </message>
    <message>
        <source>Delete there</source>
        <translation>Eliminar allí</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Looking for programs…</source>
        <translation>Buscando programas…</translation>
    </message>
    <message>
        <source>No program is known for such files</source>
        <translation>No se conoce ningún programa para estos archivos</translation>
    </message>
    <message>
        <source>Take In…</source>
        <translation>Incorporar…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. Its master is in Cloudinary and stays as it is; the changed file can be taken into a library as a new master.</source>
        <translation>«{name}» se cambió en otro programa. Su máster está en Cloudinary y queda como está; el archivo cambiado se puede incorporar a una biblioteca como máster nuevo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>%Ln copia de un máster en Cloudinary se cambió en otros programas. Se puede incorporar a una biblioteca como máster nuevo.</numerusform>
            <numerusform>%Ln copias de másteres en Cloudinary se cambiaron en otros programas. Se pueden incorporar a una biblioteca como másteres nuevos.</numerusform>
        </translation>
    </message>
    <message>
        <source>New Version…</source>
        <translation>Nueva versión…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It can become the new version at {service}, or be taken into a library as a new master.</source>
        <translation>«{name}» se cambió en otro programa. Puede ser la nueva versión en {service}, o incorporarse a una biblioteca como máster nuevo.</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file in Cloudinary ({environment}), at the same address: everybody who uses it sees the new one. You approve the changed file with this. The file before comes back only where the environment keeps backups.</source>
        <translation>«{name}» recibe el archivo modificado en Cloudinary ({environment}), en la misma dirección: todos los que lo usan ven el nuevo. Con esto aprueba el archivo modificado. El archivo anterior solo vuelve si el entorno guarda copias de seguridad.</translation>
    </message>
    <message>
        <source>Approve and Send</source>
        <translation>Aprobar y enviar</translation>
    </message>
    <message>
        <source>Make it the new version?</source>
        <translation>¿Convertirlo en la nueva versión?</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file at {service}. The file before stays there among its versions; its approval does not count for the new one.</source>
        <translation>«{name}» recibe el archivo cambiado en {service}. El archivo anterior queda allí entre sus versiones; su aprobación no vale para el nuevo.</translation>
    </message>
    <message>
        <source>Make New Version</source>
        <translation>Crear la nueva versión</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Take In as a New Master…</source>
        <translation>Incorporar como máster nuevo…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version: its approval does not count for it.</source>
        <translation>“{name}” se cambió en otro programa. Es una versión nueva: su aprobación no vale para ella.</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version.</source>
        <translation>“{name}” se cambió en otro programa. Es una versión nueva.</translation>
    </message>
</context>
<context>
    <name>OrganizationPage</name>
    <message>
        <source>Which organisation?</source>
        <translation>¿Qué organización?</translation>
    </message>
    <message>
        <source>A library shows one organisation. Connect again to add another one beside it.</source>
        <translation>Una biblioteca muestra una organización. Para añadir otra, conéctese de nuevo.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Elegir</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>Organizaciones</translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>%Ln archivo descargado en {folder}.</numerusform>
            <numerusform>%Ln archivos descargados en {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln ya estaba allí.</numerusform>
            <numerusform>%Ln ya estaban allí.</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>El sistema no tiene ningún programa para abrir {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>%Ln original ya está aquí. Arrástrelo de nuevo.</numerusform>
            <numerusform>%Ln originales ya están aquí. Arrástrelos de nuevo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherServiceDialog</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Conectar otro servicio</translation>
    </message>
</context>
<context>
    <name>OtherServiceForm</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Conectar otro servicio</translation>
    </message>
    <message>
        <source>A package that you installed beside Asset Bridge brings it. Secrets are kept in this computer’s keyring, never in plain text.</source>
        <translation>Lo aporta un paquete instalado junto a Asset Bridge. Los secretos se guardan en el llavero de este equipo, nunca como texto sin cifrar.</translation>
    </message>
    <message>
        <source>The name that the service tells</source>
        <translation>El nombre que indica el servicio</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>No package that brings another kind of library is installed. The documentation of libraries says what such a package provides.</source>
        <translation>No está instalado ningún paquete que aporte otro tipo de biblioteca. La documentación de las bibliotecas explica qué proporciona un paquete así.</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Volver a iniciar sesión en {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sesión…</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>&amp;Servicio</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Nombre en Asset Bridge</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>Text and pictures</source>
        <translation>Texto e imágenes</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>Texto propio</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Fuente</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Negrita</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>Tamaño de la letra</translation>
    </message>
    <message>
        <source>Brand kit…</source>
        <translation>Kit de marca…</translation>
    </message>
    <message>
        <source>Add a text</source>
        <translation>Añadir un texto</translation>
    </message>
    <message>
        <source>Public ID, such as brand/logo</source>
        <translation>Public ID, por ejemplo brand/logo</translation>
    </message>
    <message>
        <source>Public ID of the picture</source>
        <translation>Public ID de la imagen</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ancho</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>Opacidad (%)</translation>
    </message>
    <message>
        <source>Add the picture</source>
        <translation>Añadir la imagen</translation>
    </message>
    <message>
        <source>Drag it to its place on the picture, or move it with the arrow keys.</source>
        <translation>Arrastrar a su lugar en la imagen o mover con las teclas de flecha.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>Añadir una imagen</translation>
    </message>
    <message>
        <source>Add a colour to the brand kit</source>
        <translation>Añadir un color al kit de marca</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>Paleta de comandos</translation>
    </message>
    <message>
        <source>Type a command, a place, a preset or a search…</source>
        <translation>Escribir un comando, un lugar, un preajuste o una búsqueda…</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Buscar un comando</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Comandos</translation>
    </message>
    <message>
        <source>↑ ↓ to choose  ·  Enter to run  ·  Esc to close</source>
        <translation>↑ ↓ para elegir  ·  Entrar para ejecutar  ·  Esc para cerrar</translation>
    </message>
    <message>
        <source>Nothing is called that. Enter searches the assets for it.</source>
        <translation>Nada se llama así. Entrar lo busca en los recursos.</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Frase de contraseña</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>&amp;Repetir la frase</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Elegir una frase de contraseña</translation>
    </message>
    <message>
        <source>There is no keyring service here, so secrets are kept in an encrypted file. The passphrase is asked for after each start. Nobody can restore it for you; if it is lost, you add your accounts again and nothing else is.</source>
        <translation>Aquí no hay servicio de llavero, por lo que los secretos se guardan en un archivo cifrado. La frase de contraseña se pide después de cada inicio. Nadie puede recuperarla; si se pierde, solo hay que volver a añadir las cuentas, nada más.</translation>
    </message>
    <message>
        <source>Create the key store</source>
        <translation>Crear el almacén de claves</translation>
    </message>
    <message>
        <source>Open the key store</source>
        <translation>Abrir el almacén de claves</translation>
    </message>
    <message>
        <source>There is no keyring service here; secrets are in an encrypted file.</source>
        <translation>Aquí no hay servicio de llavero; los secretos están en un archivo cifrado.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>Escribir la frase de contraseña</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>Al menos %Ln carácter; lo mejor son unas cuantas palabras</numerusform>
            <numerusform>Al menos %Ln caracteres; lo mejor son unas cuantas palabras</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the same twice, so that a slip of the finger cannot lock you out</source>
        <translation>Escriba lo mismo dos veces, para que un error al teclear no le deje sin acceso</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview of {name}</source>
        <translation>Vista previa de {name}</translation>
    </message>
</context>
<context>
    <name>PictureControls</name>
    <message>
        <source>Turn (degrees)</source>
        <translation>Giro (grados)</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>Multiplicar</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Trama</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Superposición</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>Modo de fusión</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Repeat all over</source>
        <translation>Repetir por todas partes</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Where it went</source>
        <translation>Destinos</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>Copiar dirección</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Mostrar en el gestor de archivos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>%Ln desactualizado</numerusform>
            <numerusform>%Ln desactualizados</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>El sistema no tiene ningún programa para abrir {path}.</translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message>
        <source>Getting files ready</source>
        <translation>Preparando archivos</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Preparando %Ln archivo…</numerusform>
            <numerusform>Preparando %Ln archivos…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>Se soltará en cuanto esté listo %Ln archivo. Pulse Esc para cancelar.</numerusform>
            <numerusform>Se soltará en cuanto estén listos %Ln archivos. Pulse Esc para cancelar.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
</context>
<context>
    <name>PoliciesDialog</name>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Cambiar…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Guardar</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Directivas</translation>
    </message>
    <message>
        <source>What {account} demands</source>
        <translation>Qué exige {account}</translation>
    </message>
    <message>
        <source>Every policy that holds for a master counts: stages add up, and the stricter wins. They are asked for before anything leaves, whoever sends it.</source>
        <translation>Cuenta toda directiva que afecte a un máster: las etapas se suman y gana la más estricta. Se comprueban antes de que salga nada, lo envíe quien lo envíe.</translation>
    </message>
    <message>
        <source>&amp;New Policy…</source>
        <translation>&amp;Nueva directiva…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importar…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportar…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>No policy holds: an approval of the master is enough.</source>
        <translation>No rige ninguna directiva: basta con una aprobación del máster.</translation>
    </message>
    <message>
        <source>each rendition</source>
        <translation>cada variante</translation>
    </message>
    <message>
        <source>files, too</source>
        <translation>archivos también</translation>
    </message>
    <message>
        <source>filled in: {fields}</source>
        <translation>rellenado: {fields}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>todo</translation>
    </message>
    <message>
        <source>an approval</source>
        <translation>una aprobación</translation>
    </message>
    <message>
        <source>Import policies</source>
        <translation>Importar directivas</translation>
    </message>
    <message>
        <source>Export policies</source>
        <translation>Exportar directivas</translation>
    </message>
    <message>
        <source>{file}: written</source>
        <translation>{file}: escrito</translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message>
        <source>Policies are those of a Cloudinary account. Add one first.</source>
        <translation>Las directivas pertenecen a una cuenta de Cloudinary. Añada una primero.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>%Ln recurso vuelve a estar retenido, con constancia en el registro.</numerusform>
            <numerusform>%Ln recursos vuelven a estar retenidos, con constancia en el registro.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>Se dejó pasar %Ln recurso, con constancia en el registro.</numerusform>
            <numerusform>Se dejaron pasar %Ln recursos, con constancia en el registro.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Each &amp;rendition needs an approval of its own</source>
        <translation>Cada va&amp;riante necesita su propia aprobación</translation>
    </message>
    <message>
        <source>The &amp;gate is asked of files that are taken out, too</source>
        <translation>El control también vale para los &amp;archivos que se sacan</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Usar</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>Nueva directiva</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>An empty line limits nothing. Channels and markets are those of renditions: a push of a master has neither yet. Several words have commas in between, and who decides in several stages semicolons.</source>
        <translation>Una línea vacía no limita nada. Los canales y mercados son los de las variantes: el envío de un máster aún no tiene ninguno. Varias palabras se separan con comas, y quienes deciden en varias etapas, con punto y coma.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Clases</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>Car&amp;petas</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>E&amp;tiquetas</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Canales</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>&amp;Mercados</translation>
    </message>
    <message>
        <source>&amp;Stages that approve</source>
        <translation>&amp;Etapas que aprueban</translation>
    </message>
    <message>
        <source>&amp;Who decides in a stage</source>
        <translation>&amp;Quién decide en una etapa</translation>
    </message>
    <message>
        <source>Roles that may &amp;override</source>
        <translation>Roles que pueden hacer e&amp;xcepciones</translation>
    </message>
    <message>
        <source>Required fields</source>
        <translation>Campos obligatorios</translation>
    </message>
    <message>
        <source>Required in &amp;languages</source>
        <translation>Obligatorios en &amp;idiomas</translation>
    </message>
    <message>
        <source>An approval is &amp;kept below a difference of</source>
        <translation>La aprobación se con&amp;serva por debajo de una diferencia de</translation>
    </message>
    <message>
        <source>Nothing leaves in which this is empty</source>
        <translation>No sale nada en lo que esto esté vacío</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imágenes</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vídeos</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otros</translation>
    </message>
</context>
<context>
    <name>Preloading</name>
    <message>
        <source>There is no picture of this file</source>
        <translation>No hay imagen de este archivo</translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message>
        <source>Of {assets}. Their addresses go on showing what they show now; what is made from now on is different.</source>
        <translation>De {assets}. Sus direcciones siguen mostrando lo que muestran ahora; lo que se cree desde ahora será distinto.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>Guardar de todos modos</translation>
    </message>
    <message>
        <source>“{preset}” was saved.</source>
        <translation>“{preset}” se ha guardado.</translation>
    </message>
    <message>
        <source>{preset} (copy)</source>
        <translation>{preset} (copia)</translation>
    </message>
    <message>
        <source>“{preset}” was duplicated.</source>
        <translation>“{preset}” se ha duplicado.</translation>
    </message>
    <message>
        <source>“{preset}” was deleted.</source>
        <translation>“{preset}” se ha eliminado.</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>Eliminar de todos modos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>%Ln variante publicada se queda atrás</numerusform>
            <numerusform>%Ln variantes publicadas se quedan atrás</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Rendition set</source>
        <translation>Conjunto de variantes</translation>
    </message>
    <message>
        <source>Presets of your choice</source>
        <translation>Preajustes a elegir</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Preajustes</translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>Se está creando %Ln variante.</numerusform>
            <numerusform>Se están creando %Ln variantes.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is being written.</source>
        <translation>Escribiendo {file}.</translation>
    </message>
</context>
<context>
    <name>PresetFields</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Banner de verano 1200 × 630</translation>
    </message>
    <message>
        <source>Everywhere; or DE, US-CA, EMEA</source>
        <translation>En todas partes; o DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>All; or de, pt-BR</source>
        <translation>Todos; o de, pt-BR</translation>
    </message>
    <message>
        <source>E&amp;xactly, not at most</source>
        <translation>E&amp;xacto, no como máximo</translation>
    </message>
    <message>
        <source>Any; or jpg, png</source>
        <translation>Cualquiera; o jpg, png</translation>
    </message>
    <message>
        <source>As the master</source>
        <translation>Como el máster</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Ancho en píxeles</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Alto en píxeles</translation>
    </message>
    <message>
        <source>any</source>
        <translation>cualquiera</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>cualquier tamaño</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Formato</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>&amp;Mercados</translation>
    </message>
    <message>
        <source>&amp;Languages</source>
        <translation>&amp;Idiomas</translation>
    </message>
    <message>
        <source>Pi&amp;xels the channel asks for</source>
        <translation>&amp;Píxeles que pide el canal</translation>
    </message>
    <message>
        <source>Lar&amp;gest file</source>
        <translation>Archivo más &amp;grande</translation>
    </message>
    <message>
        <source>Formats it ta&amp;kes</source>
        <translation>Formatos que &amp;admite</translation>
    </message>
</context>
<context>
    <name>PresetForm</name>
    <message>
        <source>New preset</source>
        <translation>Nuevo preajuste</translation>
    </message>
    <message>
        <source>Change preset</source>
        <translation>Cambiar preajuste</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>T&amp;ransformation</source>
        <translation>T&amp;ransformación</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Sin vista previa</translation>
    </message>
</context>
<context>
    <name>PresetKeeping</name>
    <message>
        <source>Taken back: {act}</source>
        <translation>Revertido: {act}</translation>
    </message>
</context>
<context>
    <name>PresetPreviews</name>
    <message>
        <source>Its texts come from a market table: {names}</source>
        <translation>Sus textos vienen de una tabla de mercados: {names}</translation>
    </message>
</context>
<context>
    <name>PresetSaving</name>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>There is a preset of this name. Sets that use it make what you see here from now on; its format, markets and languages, and what its channel asks for, stay.</source>
        <translation>Ya existe un preajuste con este nombre. Los conjuntos que lo usan crearán desde ahora lo que se ve aquí; su formato, sus mercados e idiomas y lo que pide su canal se mantienen.</translation>
    </message>
    <message>
        <source>Replace the steps of “{preset}”?</source>
        <translation>¿Reemplazar los pasos de “{preset}”?</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets and sets</source>
        <translation>Preajustes y conjuntos</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Des&amp;hacer</translation>
    </message>
    <message>
        <source>A preset is a transformation with a purpose; a set is what one needs.</source>
        <translation>Un preajuste es una transformación con un propósito; un conjunto es lo que hace falta.</translation>
    </message>
    <message>
        <source>Shown on {name}.</source>
        <translation>Mostrado con {name}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importar…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Preajustes</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Conjuntos</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>En Cloudinary</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>Revertir: {act}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Escrito en {file}.</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>{file} se ha importado.</translation>
    </message>
    <message>
        <source>Replace what is here?</source>
        <translation>¿Reemplazar lo que hay aquí?</translation>
    </message>
    <message>
        <source>{names} exist already and say something else. They take over what the file says; you can undo it.</source>
        <translation>{names} ya existen e indican otra cosa. Adoptan lo que indica el archivo; se puede deshacer.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Importar preajustes</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Preajustes (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Exportar preajustes</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Search presets</source>
        <translation>Buscar preajustes</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Preajustes</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nuevo…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Cambiar…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplicar</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>E&amp;liminar</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformación</translation>
    </message>
    <message>
        <source>Open in the &amp;studio</source>
        <translation>Abrir en el e&amp;studio</translation>
    </message>
    <message>
        <source>In {sets}</source>
        <translation>En {sets}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>%Ln variante publicada con él</numerusform>
            <numerusform>%Ln variantes publicadas con él</numerusform>
        </translation>
    </message>
    <message>
        <source>The presets are in another order.</source>
        <translation>Los preajustes están en otro orden.</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Choose one asset in the window to see what presets make of it.</source>
        <translation>Seleccione un recurso en la ventana para ver qué hacen de él los preajustes.</translation>
    </message>
    <message>
        <source>Is being made…</source>
        <translation>Creando…</translation>
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
        <translation>Publicar en “{name}”</translation>
    </message>
    <message>
        <source>No content type of this stack has a field that takes pictures.</source>
        <translation>Ningún tipo de contenido de este stack tiene un campo que admita imágenes.</translation>
    </message>
    <message>
        <source>No renditions were made of the chosen assets yet. Have them made in the cloud first, with “Publish Renditions”.</source>
        <translation>Aún no se han creado variantes de los recursos seleccionados. Créelas antes en la nube con “Publicar variantes”.</translation>
    </message>
    <message>
        <source>None of the renditions may be published now. Below it says why.</source>
        <translation>Ninguna de las variantes se puede publicar ahora. El motivo se indica abajo.</translation>
    </message>
    <message>
        <source>A part of its title</source>
        <translation>Una parte de su título</translation>
    </message>
    <message>
        <source>Only where several Cloudinary ones are in use</source>
        <translation>Solo si se usan varias de Cloudinary</translation>
    </message>
    <message>
        <source>Content &amp;type</source>
        <translation>&amp;Tipo de contenido</translation>
    </message>
    <message>
        <source>&amp;Find an entry</source>
        <translation>&amp;Buscar una entrada</translation>
    </message>
    <message>
        <source>&amp;Entry</source>
        <translation>&amp;Entrada</translation>
    </message>
    <message>
        <source>F&amp;ield</source>
        <translation>Ca&amp;mpo</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>&amp;Configuración</translation>
    </message>
    <message>
        <source>Locales</source>
        <translation>Configuraciones regionales</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Choose an entry</source>
        <translation>Elegir una entrada</translation>
    </message>
    <message>
        <source>No entry has that in its title</source>
        <translation>Ninguna entrada contiene eso en su título</translation>
    </message>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>Publicar en %Ln configuración regional</numerusform>
            <numerusform>Publicar en %Ln configuraciones regionales</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publicar</translation>
    </message>
    <message>
        <source>{name} is asked what there is…</source>
        <translation>Se pregunta a {name} qué hay…</translation>
    </message>
    <message>
        <source>The gate and the entry are asked…</source>
        <translation>Consultando el control de publicación y la entrada…</translation>
    </message>
</context>
<context>
    <name>PushForm</name>
    <message>
        <source>The top of the media library</source>
        <translation>El nivel superior de la mediateca</translation>
    </message>
    <message>
        <source>spring, lookbook</source>
        <translation>primavera, lookbook</translation>
    </message>
    <message>
        <source>Separate tags with commas</source>
        <translation>Separar las etiquetas con comas</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>The name of a signed upload preset of this product environment</source>
        <translation>El nombre de un preajuste de carga firmado de este entorno de producto</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Más opciones</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>Carpeta de &amp;destino</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>Eti&amp;quetas</translation>
    </message>
    <message>
        <source>Upload &amp;preset</source>
        <translation>&amp;Preajuste de carga</translation>
    </message>
</context>
<context>
    <name>PushMetadata</name>
    <message>
        <source>Structured &amp;metadata</source>
        <translation>&amp;Metadatos estructurados</translation>
    </message>
    <message>
        <source>Everything that is sent gets these values</source>
        <translation>Todo lo que se envía recibe estos valores</translation>
    </message>
    <message>
        <source>Choose a field…</source>
        <translation>Elegir un campo…</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Añadir un valor</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Desactivado por una regla según lo que indican otros campos.</translation>
    </message>
</context>
<context>
    <name>PushOptions</name>
    <message>
        <source>If &amp;delivered before</source>
        <translation>Si &amp;ya se entregó</translation>
    </message>
    <message>
        <source>Replace the earlier one</source>
        <translation>Reemplazar el anterior</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Conservar ambos</translation>
    </message>
    <message>
        <source>Leave the earlier one</source>
        <translation>Dejar el anterior</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public &amp;ID</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nombre de archivo</translation>
    </message>
    <message>
        <source>File name, always unique</source>
        <translation>Nombre de archivo, siempre único</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Aleatorio</translation>
    </message>
    <message>
        <source>Display &amp;name</source>
        <translation>&amp;Nombre para mostrar</translation>
    </message>
    <message>
        <source>As in the public ID</source>
        <translation>Como en el Public ID</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>&amp;Acceso</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Everybody, while the rights hold</source>
        <translation>Todos, mientras los derechos estén vigentes</translation>
    </message>
    <message>
        <source>With a token only</source>
        <translation>Solo con token</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>&amp;Tipo de entrega</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Público</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>Original privado</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Autenticado</translation>
    </message>
    <message>
        <source>M&amp;oderation</source>
        <translation>M&amp;oderación</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>By a person, in Cloudinary</source>
        <translation>Por una persona, en Cloudinary</translation>
    </message>
    <message>
        <source>campaign=spring, season=2027</source>
        <translation>campaña=primavera, temporada=2027</translation>
    </message>
    <message>
        <source>Pairs of name and value, separated by commas</source>
        <translation>Pares de nombre y valor, separados por comas</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>&amp;Contexto</translation>
    </message>
    <message>
        <source>Presets or sets, separated by commas; Cloudinary makes them at once</source>
        <translation>Preajustes o conjuntos, separados por comas; Cloudinary los crea enseguida</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>Va&amp;riantes</translation>
    </message>
    <message>
        <source>Markets and &amp;languages</source>
        <translation>Mercados e &amp;idiomas</translation>
    </message>
    <message>
        <source>This product environment has fixed folders: it shows the public ID</source>
        <translation>Este entorno de producto tiene carpetas fijas: muestra el Public ID</translation>
    </message>
</context>
<context>
    <name>PushSheet</name>
    <message>
        <source>Push</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Qué va a ocurrir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Añadir cuenta…</translation>
    </message>
    <message>
        <source>Which Cloudinary?</source>
        <translation>¿Qué Cloudinary?</translation>
    </message>
    <message>
        <source>There is no Cloudinary account here yet. Add one, and this push goes on where it is now. Nothing is sent before you have seen the plan.</source>
        <translation>Aquí aún no hay ninguna cuenta de Cloudinary. Añada una y este envío continuará donde está ahora. No se envía nada antes de mostrar el plan.</translation>
    </message>
    <message>
        <source>Push to {environment}</source>
        <translation>Enviar a {environment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>%Ln recurso examinado</numerusform>
            <numerusform>%Ln recursos examinados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>Enviar %Ln recurso ({size})</numerusform>
            <numerusform>Enviar %Ln recursos ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln archivo</numerusform>
            <numerusform>%Ln archivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>%Ln llamada a la API</numerusform>
            <numerusform>%Ln llamadas a la API</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>%Ln recurso derivado</numerusform>
            <numerusform>%Ln recursos derivados</numerusform>
        </translation>
    </message>
    <message>
        <source>It will be sent.</source>
        <translation>Se enviará.</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>Se enviará %Ln recurso.</numerusform>
            <numerusform>Se enviarán los %Ln recursos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>Se enviarán {sending} de %Ln recurso</numerusform>
            <numerusform>Se enviarán {sending} de %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln retenido</numerusform>
            <numerusform>%Ln retenidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>%Ln ya allí o en camino</numerusform>
            <numerusform>%Ln ya allí o en camino</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be pushed…</source>
        <translation>Anotando lo que hay que enviar…</translation>
    </message>
    <message>
        <source>Nothing can be sent before what is marked is right</source>
        <translation>No se puede enviar nada hasta que se corrija lo marcado</translation>
    </message>
    <message>
        <source>Comparing with what is there…</source>
        <translation>Comparando con lo que hay…</translation>
    </message>
    <message>
        <source>Nothing can be sent: each of them is held back</source>
        <translation>No se puede enviar nada: todos están retenidos</translation>
    </message>
    <message>
        <source>Nothing to send: what is allowed is there already, or on its way</source>
        <translation>Nada que enviar: lo permitido ya está allí o en camino</translation>
    </message>
    <message>
        <source>Nothing to send: all of it is there already, or on its way</source>
        <translation>Nada que enviar: todo está ya allí o en camino</translation>
    </message>
    <message>
        <source>You are offline: these go out when the connection is back.</source>
        <translation>Sin conexión: saldrán cuando vuelva la conexión.</translation>
    </message>
    <message>
        <source>You work offline: these go out when you go online again.</source>
        <translation>Se trabaja sin conexión: saldrán cuando se restablezca.</translation>
    </message>
    <message>
        <source>Pushing is paused: these wait in the queue until you go on.</source>
        <translation>Los envíos están en pausa: estos esperan en la cola hasta que se reanuden.</translation>
    </message>
    <message>
        <source>Their new versions take their places: the same addresses then show them, everywhere. To keep the earlier ones as well, choose Keep both.</source>
        <translation>Sus nuevas versiones ocupan su lugar: las mismas direcciones las mostrarán en todas partes. Para conservar también las anteriores, elija “Conservar ambos”.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>¿Reemplazar %Ln recurso entregado?</numerusform>
            <numerusform>¿Reemplazar %Ln recursos entregados?</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>Preguntas</translation>
    </message>
</context>
<context>
    <name>QuestionRows</name>
    <message>
        <source>Saved reports</source>
        <translation>Informes guardados</translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>%Ln por revisar</numerusform>
            <numerusform>%Ln por revisar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln atrasada</numerusform>
            <numerusform>%Ln atrasadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message>
        <source>Pushes</source>
        <translation>Envíos</translation>
    </message>
    <message>
        <source>Copying into libraries</source>
        <translation>Copia en bibliotecas</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Variantes</translation>
    </message>
    <message>
        <source>Channel kits</source>
        <translation>Kits de canal</translation>
    </message>
    <message>
        <source>Archives of campaigns</source>
        <translation>Archivado de campañas</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadatos</translation>
    </message>
    <message>
        <source>Decisions that others are told</source>
        <translation>Decisiones que se comunican a otros</translation>
    </message>
    <message>
        <source>Changes at Cloudinary</source>
        <translation>Cambios en Cloudinary</translation>
    </message>
    <message>
        <source>Telling other systems</source>
        <translation>Avisos a otros sistemas</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} de {total}</translation>
    </message>
    <message>
        <source>Waits for the connection, and goes on by itself</source>
        <translation>Espera la conexión y continúa automáticamente</translation>
    </message>
    <message>
        <source>Waits for the account: log in again, or mend its key</source>
        <translation>Espera la cuenta: vuelva a iniciar sesión o corrija su clave</translation>
    </message>
    <message>
        <source>Waits until files have been read</source>
        <translation>Espera a que se lean los archivos</translation>
    </message>
    <message>
        <source>Waits, and goes on by itself</source>
        <translation>En espera; continúa automáticamente</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln hecho</numerusform>
            <numerusform>%Ln hechos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>%Ln fallido: el motivo está en las transferencias</numerusform>
            <numerusform>%Ln fallidos: el motivo está en las transferencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>%Ln cancelado</numerusform>
            <numerusform>%Ln cancelados</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>RawText</name>
    <message>
        <source>Transformation</source>
        <translation>Transformación</translation>
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
        <translation>Usado recientemente</translation>
    </message>
</context>
<context>
    <name>RelateDialog</name>
    <message>
        <source>Relate assets to “{name}”</source>
        <translation>Relacionar recursos con “{name}”</translation>
    </message>
    <message>
        <source>Related assets know each other, whichever of them one looks at.</source>
        <translation>Los recursos relacionados se muestran unos en otros, se mire el que se mire.</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>Relacionar</translation>
    </message>
    <message>
        <source>Search this environment</source>
        <translation>Buscar en este entorno</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Recursos</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>RelatedCard</name>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Relate…</source>
        <translation>Relacionar…</translation>
    </message>
    <message>
        <source>Related assets</source>
        <translation>Recursos relacionados</translation>
    </message>
    <message>
        <source>Show related assets</source>
        <translation>Mostrar recursos relacionados</translation>
    </message>
    <message>
        <source>Relate other assets to this one</source>
        <translation>Relacionar otros recursos con este</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>Ninguno hasta ahora.</translation>
    </message>
    <message>
        <source>No longer related</source>
        <translation>Ya no están relacionados</translation>
    </message>
    <message>
        <source>End the relation to {name}</source>
        <translation>Terminar la relación con {name}</translation>
    </message>
</context>
<context>
    <name>RenditionCard</name>
    <message>
        <source>Comes from delivery…</source>
        <translation>Llega desde la entrega…</translation>
    </message>
    <message>
        <source>Copy the {what} of {preset}</source>
        <translation>Copiar {what} de {preset}</translation>
    </message>
    <message>
        <source>What came cannot be shown.</source>
        <translation>Lo recibido no se puede mostrar.</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % menos</translation>
    </message>
    <message>
        <source>The picture comes when the connection is back. The address is good.</source>
        <translation>La imagen llegará cuando vuelva la conexión. La dirección es válida.</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>URL copiada</translation>
    </message>
    <message>
        <source>HTML copied</source>
        <translation>HTML copiado</translation>
    </message>
    <message>
        <source>Markdown copied</source>
        <translation>Markdown copiado</translation>
    </message>
    <message>
        <source>Drag it into another program</source>
        <translation>Arrastrar a otro programa</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Abrir en el navegador</translation>
    </message>
    <message>
        <source>Open {preset} in the browser</source>
        <translation>Abrir {preset} en el navegador</translation>
    </message>
</context>
<context>
    <name>RenditionsPanel</name>
    <message>
        <source>Push…</source>
        <translation>Enviar…</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>Conjunto de variantes</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Variantes</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>Todos los preajustes</translation>
    </message>
    <message>
        <source>May not be delivered</source>
        <translation>No se puede entregar</translation>
    </message>
    <message>
        <source>No renditions</source>
        <translation>Sin variantes</translation>
    </message>
    <message>
        <source>Select one asset to see how it is delivered.</source>
        <translation>Seleccione un recurso para ver cómo se entrega.</translation>
    </message>
    <message>
        <source>Not pushed yet</source>
        <translation>Aún sin enviar</translation>
    </message>
    <message>
        <source>Renditions are made from the copy in Cloudinary. Push this asset, and they appear here.</source>
        <translation>Las variantes se crean a partir de la copia en Cloudinary. Al enviar este recurso, aparecen aquí.</translation>
    </message>
    <message>
        <source>Changed since it was pushed</source>
        <translation>Ha cambiado desde el envío</translation>
    </message>
    <message>
        <source>Delivered as it is</source>
        <translation>Se entrega tal cual</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>Cloudinary crea variantes de imágenes y vídeos. Este archivo se entrega sin cambios.</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>What was replaced</source>
        <translation>Qué se reemplazó</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Destinos</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>Replacements</name>
    <message>
        <source>Show…</source>
        <translation>Mostrar…</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>The table behind the chart</source>
        <translation>La tabla del gráfico</translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Aún no hay ninguna cuenta. Añada una primero.</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>Ver…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>%Ln copia entregada ya no debe verse. Se retira cuando se haya revisado.</numerusform>
            <numerusform>%Ln copias entregadas ya no deben verse. Se retiran cuando se hayan revisado.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>Se está cambiando lo que puede verse de %Ln copia entregada.</numerusform>
            <numerusform>Se está cambiando lo que puede verse de %Ln copias entregadas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message>
        <source>Retractions in {account}</source>
        <translation>Retiradas en {account}</translation>
    </message>
    <message>
        <source>Looking at what is delivered…</source>
        <translation>Comprobando qué está entregado…</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Pendiente</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>Pendiente (%Ln)</numerusform>
            <numerusform>Pendientes (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>Hecho (%Ln)</numerusform>
            <numerusform>Hechos (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>%Ln copia entregada ya no debe verse.</numerusform>
            <numerusform>%Ln copias entregadas ya no deben verse.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>%Ln variante ya no debe verse.</numerusform>
            <numerusform>%Ln variantes ya no deben verse.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>%Ln vuelve a estar permitida.</numerusform>
            <numerusform>%Ln vuelven a estar permitidas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that is delivered may be seen.</source>
        <translation>Todo lo entregado puede verse.</translation>
    </message>
    <message>
        <source>That is much at once. Nothing is taken away before you have looked at the names.</source>
        <translation>Es mucho de una vez. No se retira nada hasta que se hayan revisado los nombres.</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln away</source>
        <translation>
            <numerusform>Retirar %Ln</numerusform>
            <numerusform>Retirar %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %Ln back</source>
        <translation>
            <numerusform>Volver a entregar %Ln</numerusform>
            <numerusform>Volver a entregar %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>it is allowed again</source>
        <translation>vuelve a estar permitido</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Volver a entregar</translation>
    </message>
    <message>
        <source>{name}, rendition {preset}</source>
        <translation>{name}, variante {preset}</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>Aún sin comprobar</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Entregado de nuevo</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>Sin tocar</translation>
    </message>
    <message>
        <source>Was gone</source>
        <translation>Ya no estaba</translation>
    </message>
</context>
<context>
    <name>ReviewErrands</name>
    <message>
        <source>There is nothing to review here.</source>
        <translation>No hay nada que revisar aquí.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>{row} of {count}  ·  {decided} decided</source>
        <translation>{row} de {count}  ·  {decided} decididos</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>Una imagen</translation>
    </message>
    <message>
        <source>Compare below a line (V)</source>
        <translation>Comparar con una línea divisoria (V)</translation>
    </message>
    <message>
        <source>Onion skin (V)</source>
        <translation>Papel cebolla (V)</translation>
    </message>
    <message>
        <source>Difference (V)</source>
        <translation>Diferencia (V)</translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>Paquete de revisión de %Ln recurso</numerusform>
            <numerusform>Paquete de revisión de %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Los &amp;másteres</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Estas va&amp;riantes</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Write Pack</source>
        <translation>Crear paquete</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Pictures and a page that opens in any browser. What comes back of it is a file with verdicts and comments, for “Import Verdicts”.</source>
        <translation>Imágenes y una página que se abre en cualquier navegador. Lo que vuelve es un archivo con veredictos y comentarios, para “Importar veredictos”.</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>¿En qué hay que fijarse?</translation>
    </message>
    <message>
        <source>The whole review</source>
        <translation>La revisión completa</translation>
    </message>
    <message>
        <source>What the verdicts that come back decide</source>
        <translation>Qué deciden los veredictos que vuelven</translation>
    </message>
    <message>
        <source>A name that ends in .zip makes a ZIP, any other a folder</source>
        <translation>Un nombre terminado en .zip crea un ZIP; cualquier otro, una carpeta</translation>
    </message>
    <message>
        <source>Choose where the pack is written to</source>
        <translation>Elegir dónde se escribe el paquete</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Nota</translation>
    </message>
    <message>
        <source>&amp;Where to</source>
        <translation>&amp;Dónde</translation>
    </message>
    <message>
        <source>They decide the &amp;stage</source>
        <translation>Deciden la &amp;etapa</translation>
    </message>
    <message>
        <source>Write the review pack to</source>
        <translation>Escribir el paquete de revisión en</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>Archivos ZIP (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln imagen</numerusform>
            <numerusform>%Ln imágenes</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {whole} pictures</source>
        <translation>{done} de {whole} imágenes</translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message>
        <source>Import verdicts</source>
        <translation>Importar veredictos</translation>
    </message>
    <message>
        <source>Verdicts (*.json)</source>
        <translation>Veredictos (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>{name} contiene %Ln imagen.</numerusform>
            <numerusform>{name} contiene %Ln imágenes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Mostrar en el gestor de archivos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln imagen no está en el paquete. {name}: {why}</numerusform>
            <numerusform>%Ln imágenes no están en el paquete. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>%Ln vídeo está en el paquete como una sola imagen. {name}: {why}</numerusform>
            <numerusform>%Ln vídeos están en el paquete como una sola imagen cada uno. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln veredicto</numerusform>
            <numerusform>%Ln veredictos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln comentario</numerusform>
            <numerusform>%Ln comentarios</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded of {name}: {what}.</source>
        <translation>Registrado de {name}: {what}.</translation>
    </message>
</context>
<context>
    <name>ReviewPackImportDialog</name>
    <message>
        <source>Import verdicts</source>
        <translation>Importar veredictos</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>What will be recorded</source>
        <translation>Qué se registrará</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Verdicts of {name} on “{pack}”</source>
        <translation>Veredictos de {name} sobre “{pack}”</translation>
    </message>
    <message>
        <source>Recorded as decisions and comments of {who}.</source>
        <translation>Se registran como decisiones y comentarios de {who}.</translation>
    </message>
    <message>
        <source>This file was imported on {moment}: there is nothing new in it.</source>
        <translation>Este archivo se importó el {moment}: no contiene nada nuevo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>%Ln de ellos no se puede registrar; indica por qué.</numerusform>
            <numerusform>%Ln de ellos no se pueden registrar; cada uno indica por qué.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>Este archivo no contiene nada nuevo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln comentario: {text}</numerusform>
            <numerusform>%Ln comentarios: {text}</numerusform>
        </translation>
    </message>
    <message>
        <source>On record already</source>
        <translation>Ya registrado</translation>
    </message>
    <message>
        <source>Comments only</source>
        <translation>Solo comentarios</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retenido</translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message>
        <source>Review queue</source>
        <translation>Cola de revisión</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln por decidir</numerusform>
            <numerusform>%Ln por decidir</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln atrasada</numerusform>
            <numerusform>%Ln atrasadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}: %Ln imagen espera a {reviewers}.</numerusform>
            <numerusform>{title}: %Ln imágenes esperan a {reviewers}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message>
        <source>Close Request…</source>
        <translation>Cerrar solicitud…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisar</translation>
    </message>
    <message>
        <source>Review Pack…</source>
        <translation>Paquete de revisión…</translation>
    </message>
    <message>
        <source>Look at Moderation Now</source>
        <translation>Consultar la moderación ahora</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Para quién</translation>
    </message>
    <message>
        <source>Whose queue is shown</source>
        <translation>De quién es la cola mostrada</translation>
    </message>
    <message>
        <source>Review requests</source>
        <translation>Solicitudes de revisión</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>Por decidir</translation>
    </message>
    <message>
        <source>Hand these pictures to somebody who has no account</source>
        <translation>Entregar estas imágenes a alguien que no tiene cuenta</translation>
    </message>
    <message>
        <source>Ask Cloudinary what waits for a moderator</source>
        <translation>Preguntar a Cloudinary qué espera moderación</translation>
    </message>
    <message>
        <source>You ({name})</source>
        <translation>Usted ({name})</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln por decidir</numerusform>
            <numerusform>%Ln por decidir</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln atrasada</numerusform>
            <numerusform>%Ln atrasadas</numerusform>
        </translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>Sin fecha límite</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>queda %Ln</numerusform>
            <numerusform>quedan %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Nothing here waits for this person.</source>
        <translation>Aquí no hay nada pendiente para esta persona.</translation>
    </message>
    <message>
        <source>{who} asks {reviewers}</source>
        <translation>{who} solicita a {reviewers}</translation>
    </message>
    <message>
        <source>Close “{title}”?</source>
        <translation>¿Cerrar “{title}”?</translation>
    </message>
    <message>
        <source>Nobody is asked to look at it any more. What was decided stays.</source>
        <translation>Ya no se pide a nadie que lo mire. Lo decidido se mantiene.</translation>
    </message>
    <message>
        <source>Close Request</source>
        <translation>Cerrar solicitud</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>Mantener abierta</translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>Solicitar la revisión de %Ln recurso</numerusform>
            <numerusform>Solicitar la revisión de %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Los &amp;másteres</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Estas va&amp;riantes</translation>
    </message>
    <message>
        <source>&amp;Due</source>
        <translation>Fecha &amp;límite</translation>
    </message>
    <message>
        <source>Ask for Review</source>
        <translation>Solicitar revisión</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>¿De qué se trata?</translation>
    </message>
    <message>
        <source>Due date and time</source>
        <translation>Fecha y hora límite</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>¿En qué hay que fijarse?</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>Re&amp;viewers</source>
        <translation>Re&amp;visores</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Nota</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} y %Ln más</numerusform>
            <numerusform>{name} y %Ln más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>%Ln imagen por ver</numerusform>
            <numerusform>%Ln imágenes por ver</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>{title}: review</source>
        <translation>{title}: revisión</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Comentarios</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
</context>
<context>
    <name>RightsCalendar</name>
    <message>
        <source>Rights calendar</source>
        <translation>Calendario de derechos</translation>
    </message>
    <message>
        <source>What begins and ends next, by the files and by what is claimed.</source>
        <translation>Lo próximo que comienza y termina, según los archivos y lo establecido.</translation>
    </message>
    <message>
        <source>What &amp;begins, too</source>
        <translation>También lo que &amp;comienza</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>Mostrar en la biblioteca</translation>
    </message>
    <message>
        <source>Rights…</source>
        <translation>Derechos…</translation>
    </message>
    <message>
        <source>What begins and ends</source>
        <translation>Qué comienza y termina</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Nothing begins or ends in these three months.</source>
        <translation>Nada comienza ni termina en estos tres meses.</translation>
    </message>
</context>
<context>
    <name>RightsDocumentsList</name>
    <message>
        <source>Attach</source>
        <translation>Adjuntar</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>{kind}…</source>
        <translation>{kind}…</translation>
    </message>
    <message>
        <source>Attach a document</source>
        <translation>Adjuntar un documento</translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>Derechos de %Ln recurso</numerusform>
            <numerusform>Derechos de %Ln recursos</numerusform>
        </translation>
    </message>
    <message>
        <source>A claim never widens what a file says: of both, the stricter holds.</source>
        <translation>Lo establecido nunca amplía lo que indica un archivo: de ambos vale lo más estricto.</translation>
    </message>
    <message>
        <source>Save as Template…</source>
        <translation>Guardar como plantilla…</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Establecer</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Plantilla</translation>
    </message>
    <message>
        <source>Fill the form with what a template says</source>
        <translation>Rellenar el formulario con el contenido de una plantilla</translation>
    </message>
    <message>
        <source>What was claimed</source>
        <translation>Qué se estableció</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>These assets are not there any more.</source>
        <translation>Estos recursos ya no existen.</translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>Historial (%Ln)</numerusform>
            <numerusform>Historial (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that you do not touch stay as they are in each.</source>
        <translation>Los campos que no se toquen se quedan como están en cada uno.</translation>
    </message>
    <message>
        <source>Rights in “{name}”</source>
        <translation>Derechos de “{name}”</translation>
    </message>
    <message>
        <source>What holds now: {rights}</source>
        <translation>Qué rige ahora: {rights}</translation>
    </message>
    <message>
        <source>Template…</source>
        <translation>Plantilla…</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>Guardar como plantilla</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nombre de la plantilla</translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message>
        <source>Calendar…</source>
        <translation>Calendario…</translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>Los derechos de %Ln recurso terminan dentro de un día: {names}</numerusform>
            <numerusform>Los derechos de %Ln recursos terminan dentro de un día: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>Los derechos de %Ln recurso terminan dentro de {days} días: {names}</numerusform>
            <numerusform>Los derechos de %Ln recursos terminan dentro de {days} días: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>Los derechos de %Ln recurso han vencido: {names}</numerusform>
            <numerusform>Los derechos de %Ln recursos han vencido: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>Los derechos de %Ln recurso han quedado registrados.</numerusform>
            <numerusform>Los derechos de %Ln recursos han quedado registrados.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsForm</name>
    <message>
        <source>Territories</source>
        <translation>Territorios</translation>
    </message>
    <message>
        <source>Not in</source>
        <translation>Excepto en</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canales</translation>
    </message>
    <message>
        <source>Not for</source>
        <translation>Excepto para</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Derechos</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>Valores distintos</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>En todas partes</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>Sin excepciones</translation>
    </message>
    <message>
        <source>For everything</source>
        <translation>Para todo</translation>
    </message>
    <message>
        <source>A contract, an e-mail, a person</source>
        <translation>Un contrato, un correo, una persona</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Condiciones de uso</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Desde</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>&amp;Hasta</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>&amp;Zona horaria</translation>
    </message>
    <message>
        <source>Where and for what</source>
        <translation>Dónde y para qué</translation>
    </message>
    <message>
        <source>&amp;Territories</source>
        <translation>&amp;Territorios</translation>
    </message>
    <message>
        <source>&amp;Not in</source>
        <translation>&amp;Excepto en</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Canales</translation>
    </message>
    <message>
        <source>Not f&amp;or</source>
        <translation>Excepto &amp;para</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Condiciones</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>&amp;Licencia</translation>
    </message>
    <message>
        <source>Usa&amp;ge terms</source>
        <translation>Condiciones de &amp;uso</translation>
    </message>
    <message>
        <source>Cre&amp;dit line</source>
        <translation>Lí&amp;nea de crédito</translation>
    </message>
    <message>
        <source>Sou&amp;rce</source>
        <translation>&amp;Origen</translation>
    </message>
    <message>
        <source>Releases and documents</source>
        <translation>Autorizaciones y documentos</translation>
    </message>
    <message>
        <source>&amp;Model release</source>
        <translation>Autorización de &amp;modelo</translation>
    </message>
    <message>
        <source>&amp;Property release</source>
        <translation>Autorización de p&amp;ropiedad</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
</context>
<context>
    <name>RoleField</name>
    <message>
        <source>brand, legal; left empty: everybody</source>
        <translation>marca, legal; vacío: todos</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>Revisores</translation>
    </message>
    <message>
        <source>Ask {role}</source>
        <translation>Solicitar a {role}</translation>
    </message>
</context>
<context>
    <name>RowTool</name>
    <message>
        <source>More about “{field}”</source>
        <translation>Más sobre “{field}”</translation>
    </message>
    <message>
        <source>{name} (Ctrl+.)</source>
        <translation>{name} (Ctrl+.)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Historial…</translation>
    </message>
    <message>
        <source>&amp;Copy the Value</source>
        <translation>&amp;Copiar el valor</translation>
    </message>
    <message>
        <source>&amp;Empty It</source>
        <translation>&amp;Vaciar</translation>
    </message>
    <message>
        <source>In Another &amp;Language</source>
        <translation>En otro &amp;idioma</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>&amp;Otro…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Its tag, such as sv or pt-BR:</source>
        <translation>Su código, por ejemplo sv o pt-BR:</translation>
    </message>
</context>
<context>
    <name>RuleConditions</name>
    <message>
        <source>and</source>
        <translation>y</translation>
    </message>
    <message>
        <source>or</source>
        <translation>o</translation>
    </message>
    <message>
        <source>is</source>
        <translation>es</translation>
    </message>
    <message>
        <source>has</source>
        <translation>contiene</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>está rellenado</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>está vacío</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Varios, separados por comas</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>Unidas por</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparación</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>“And” joins more closely than “or”.</source>
        <translation>“Y” tiene prioridad sobre “o”.</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>Añadir una condición</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Quitar esta condición</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save report</source>
        <translation>Guardar informe</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Solo cuando lo pida</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Cada día</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Cada semana</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>Cada mes</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Write it</source>
        <translation>&amp;Escribirlo</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>En la &amp;carpeta</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>C&amp;omo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>It will always be about the same days, {first} – {last}.</source>
        <translation>Tratará siempre de los mismos días, {first} – {last}.</translation>
    </message>
    <message>
        <source>It is written while Asset Bridge runs; what was missed, at the start.</source>
        <translation>Se escribe mientras Asset Bridge está en marcha; lo que faltó, al iniciar.</translation>
    </message>
    <message>
        <source>Write the report into</source>
        <translation>Escribir el informe en</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Banner de verano 1200 × 630</translation>
    </message>
    <message>
        <source>web, social, mail…</source>
        <translation>web, social, mail…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>Save as a rendition preset</source>
        <translation>Guardar como preajuste de variante</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>Guardar como preajuste</translation>
    </message>
</context>
<context>
    <name>SavedSearchesButton</name>
    <message>
        <source>Saved</source>
        <translation>Guardadas</translation>
    </message>
    <message>
        <source>Searches that have a name</source>
        <translation>Búsquedas con nombre</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Búsquedas guardadas</translation>
    </message>
    <message>
        <source>No search has a name yet</source>
        <translation>Ninguna búsqueda tiene nombre todavía</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>Guardar esta búsqueda…</translation>
    </message>
    <message>
        <source>Copy a link, good for a day</source>
        <translation>Copiar un enlace, válido un día</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>Escribir en un archivo…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Tomar de un archivo…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Guardar búsqueda</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Un nombre para esta búsqueda; si ya existe, se reemplaza.</translation>
    </message>
    <message>
        <source>Saved: {names}.</source>
        <translation>Guardado: {names}.</translation>
    </message>
    <message>
        <source>Removed: {names}.</source>
        <translation>Quitado: {names}.</translation>
    </message>
    <message>
        <source>The link is in the clipboard. Whoever has it sees what is found, for a day.</source>
        <translation>El enlace está en el portapapeles. Durante un día, quien lo tenga verá lo que se encuentra.</translation>
    </message>
    <message>
        <source>Write searches</source>
        <translation>Escribir búsquedas</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texto (*.txt)</translation>
    </message>
    <message>
        <source>Written: {names}.</source>
        <translation>Escrito: {names}.</translation>
    </message>
    <message>
        <source>Take searches</source>
        <translation>Tomar búsquedas</translation>
    </message>
    <message>
        <source>Taken from {names}.</source>
        <translation>Tomado de {names}.</translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Preparando la campaña de ejemplo</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>Leyendo {name}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln archivo encontrado</numerusform>
            <numerusform>%Ln archivos encontrados</numerusform>
        </translation>
    </message>
    <message>
        <source>{read} of {total}</source>
        <translation>{read} de {total}</translation>
    </message>
    <message>
        <source>Stopped; what was read stays.</source>
        <translation>Detenido; lo leído se conserva.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>%Ln archivo leído</numerusform>
            <numerusform>%Ln archivos leídos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>All days</source>
        <translation>Todos los días</translation>
    </message>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>Último día</numerusform>
            <numerusform>Últimos %Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>Within 30 days</source>
        <translation>Dentro de 30 días</translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>Dentro de %Ln día</numerusform>
            <numerusform>Dentro de %Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>Pesados</translation>
    </message>
    <message>
        <source>{size} and more</source>
        <translation>{size} o más</translation>
    </message>
    <message>
        <source>All libraries</source>
        <translation>Todas las bibliotecas</translation>
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
        <translation>Buscar nombres, títulos, palabras clave, personas…</translation>
    </message>
    <message>
        <source>Search in {place} …</source>
        <translation>Buscar en {place}…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Borrar la búsqueda</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Tamaño de las miniaturas</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Fecha de captura</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Fecha de modificación</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Calificación</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Ascendente</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Descendente</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>Ordenado por: {order}</translation>
    </message>
</context>
<context>
    <name>SearchTokens</name>
    <message>
        <source>Filters</source>
        <translation>Filtros</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide the secret</source>
        <translation>Ocultar el secreto</translation>
    </message>
    <message>
        <source>Show the secret</source>
        <translation>Mostrar el secreto</translation>
    </message>
</context>
<context>
    <name>SetForm</name>
    <message>
        <source>Summer campaign</source>
        <translation>Campaña de verano</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Change set</source>
        <translation>Cambiar conjunto</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>Nuevo conjunto</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
</context>
<context>
    <name>SetsPage</name>
    <message>
        <source>Sets</source>
        <translation>Conjuntos</translation>
    </message>
    <message>
        <source>Presets of the set</source>
        <translation>Preajustes del conjunto</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nuevo…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>Cambia&amp;r nombre…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplicar</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>E&amp;liminar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln preajuste</numerusform>
            <numerusform>%Ln preajustes</numerusform>
        </translation>
    </message>
    <message>
        <source>Presets of “{set}”: tick them, and drag them into their order</source>
        <translation>Preajustes de “{set}”: marcar y arrastrar para ordenar</translation>
    </message>
    <message>
        <source>“{set}” was changed.</source>
        <translation>“{set}” se ha cambiado.</translation>
    </message>
    <message>
        <source>“{set}” was saved.</source>
        <translation>“{set}” se ha guardado.</translation>
    </message>
    <message>
        <source>{set} (copy)</source>
        <translation>{set} (copia)</translation>
    </message>
    <message>
        <source>“{set}” was duplicated.</source>
        <translation>“{set}” se ha duplicado.</translation>
    </message>
    <message>
        <source>“{set}” was deleted. Its presets stay.</source>
        <translation>“{set}” se ha eliminado. Sus preajustes se quedan.</translation>
    </message>
    <message>
        <source>The sets are in another order.</source>
        <translation>Los conjuntos están en otro orden.</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Not made: {reason}</source>
        <translation>No creado: {reason}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Contact sheet</source>
        <translation>Hoja de contactos</translation>
    </message>
</context>
<context>
    <name>ShelterActions</name>
    <message>
        <source>&amp;Search All of PhotoShelter…</source>
        <translation>&amp;Buscar en todo PhotoShelter…</translation>
    </message>
    <message>
        <source>Keep &amp;Offline…</source>
        <translation>Mantener sin c&amp;onexión…</translation>
    </message>
    <message>
        <source>Keep &amp;No Longer</source>
        <translation>&amp;No mantener más</translation>
    </message>
    <message>
        <source>New Items Go to &amp;Review</source>
        <translation>Lo nuevo pasa a &amp;revisión</translation>
    </message>
    <message>
        <source>&amp;Archive Campaign…</source>
        <translation>&amp;Archivar campaña…</translation>
    </message>
    <message>
        <source>Archi&amp;ves…</source>
        <translation>Campañas archi&amp;vadas…</translation>
    </message>
    <message>
        <source>Field &amp;Mapping…</source>
        <translation>Asignación de ca&amp;mpos…</translation>
    </message>
    <message>
        <source>Re&amp;tractions…</source>
        <translation>Re&amp;tiradas…</translation>
    </message>
    <message>
        <source>Sign &amp;In Again…</source>
        <translation>Volver a &amp;iniciar sesión…</translation>
    </message>
    <message>
        <source>Sign O&amp;ut…</source>
        <translation>C&amp;errar sesión…</translation>
    </message>
    <message>
        <source>&amp;Record What Is Published</source>
        <translation>Re&amp;gistrar lo publicado</translation>
    </message>
    <message>
        <source>&amp;Search All of {service}…</source>
        <translation>&amp;Buscar en todo {service}…</translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message>
        <source>At {service}</source>
        <translation>En {service}</translation>
    </message>
    <message>
        <source>Note: {what}.</source>
        <translation>Nota: {what}.</translation>
    </message>
    <message>
        <source>What was pushed of it is held back: nobody sees it any more.</source>
        <translation>Lo enviado se retiene: ya nadie lo ve.</translation>
    </message>
    <message>
        <source>It has a newer version than was pushed. Push it again to put it in the old one’s place.</source>
        <translation>Hay una versión más reciente que la enviada. Envíelo de nuevo para que sustituya a la antigua.</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Visible</translation>
    </message>
    <message>
        <source>Its approval there</source>
        <translation>Su aprobación allí</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Límites</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Autorizaciones</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Publicado</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>Cambiado allí</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>Galerías</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Ir a {place}</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>y %Ln más</numerusform>
            <numerusform>y %Ln más</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>versión {number}</translation>
    </message>
</context>
<context>
    <name>ShelterErrands</name>
    <message>
        <source>Choose the library of a service at the left first.</source>
        <translation>Elija primero la biblioteca de un servicio a la izquierda.</translation>
    </message>
    <message>
        <source>{name} is connected. Its collections appear as they are read.</source>
        <translation>{name} está conectado. Sus colecciones aparecen a medida que se leen.</translation>
    </message>
    <message>
        <source>Sign out of {name}?</source>
        <translation>¿Cerrar la sesión de {name}?</translation>
    </message>
    <message>
        <source>Its key and password are deleted here. The library stays as it was last seen, with all decisions, and what is queued for it waits until you sign in again.</source>
        <translation>Su clave y su contraseña se eliminan aquí. La biblioteca queda como se vio por última vez, con todas las decisiones, y lo que está en cola espera hasta que se vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Mantener sesión</translation>
    </message>
    <message>
        <source>You are signed out of {name}.</source>
        <translation>Sesión de {name} cerrada.</translation>
    </message>
    <message>
        <source>{name} is kept offline. Its pictures are fetched in the background.</source>
        <translation>{name} se mantiene sin conexión. Sus imágenes se obtienen en segundo plano.</translation>
    </message>
    <message>
        <source>Keep “{name}” offline no longer?</source>
        <translation>¿Dejar de mantener “{name}” sin conexión?</translation>
    </message>
    <message>
        <source>Its originals here are deleted, its pictures when room is needed. Everything stays at {service}.</source>
        <translation>Sus originales se eliminan aquí, y sus imágenes cuando haga falta espacio. Todo permanece en {service}.</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>No mantener</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Mantener</translation>
    </message>
    <message>
        <source>{name} is not kept offline any more.</source>
        <translation>{name} ya no se mantiene sin conexión.</translation>
    </message>
    <message>
        <source>New items in {name} go to the review queue from now on.</source>
        <translation>Desde ahora, lo nuevo en {name} pasa a la cola de revisión.</translation>
    </message>
    <message>
        <source>New items in {name} do not go to the review queue any more.</source>
        <translation>Lo nuevo en {name} ya no pasa a la cola de revisión.</translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message>
        <source>Search all of {service}</source>
        <translation>Buscar en todo {service}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Mostrar en la ventana</translation>
    </message>
    <message>
        <source>{service} looks through {library}, synced here or not.</source>
        <translation>{service} busca en {library}, esté sincronizado aquí o no.</translation>
    </message>
    <message>
        <source>Words in names, captions and keywords</source>
        <translation>Palabras en nombres, pies de foto y palabras clave</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>Palabras de búsqueda</translation>
    </message>
    <message>
        <source>Found at {service}</source>
        <translation>Encontrado en {service}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln recurso encontrado.</numerusform>
            <numerusform>%Ln recursos encontrados.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Aún sin sincronizar</translation>
    </message>
</context>
<context>
    <name>ShelterSignInDialog</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Conectar PhotoShelter</translation>
    </message>
</context>
<context>
    <name>ShelterSignInForm</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Conectar PhotoShelter</translation>
    </message>
    <message>
        <source>Its collections appear at the left, and originals stay there until you want one. Key and password are kept in this computer’s keyring, never in plain text.</source>
        <translation>Sus colecciones aparecen a la izquierda y los originales se quedan allí hasta que se pida alguno. La clave y la contraseña se guardan en el llavero de este equipo, nunca como texto sin cifrar.</translation>
    </message>
    <message>
        <source>&amp;Stay signed in</source>
        <translation>&amp;Mantener la sesión iniciada</translation>
    </message>
    <message>
        <source>Sign in with the browser…</source>
        <translation>Iniciar sesión con el navegador…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Volver a iniciar sesión en {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sesión…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>The organisation’s name</source>
        <translation>El nombre de la organización</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>Clave de A&amp;PI</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>Correo &amp;electrónico</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Contraseña</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Nombre en Asset Bridge</translation>
    </message>
    <message>
        <source>The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the password is not kept, and you are asked for it when the session ends.</source>
        <translation>La clave de API es para la versión 4 de la API de PhotoShelter. Sin “Mantener la sesión iniciada”, la contraseña no se guarda y se pide cuando termina la sesión.</translation>
    </message>
</context>
<context>
    <name>ShortcutRows</name>
    <message>
        <source>Action</source>
        <translation>Acción</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>usually {keys}</source>
        <translation>normalmente {keys}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Single letters act while the assets have the keyboard, everything else in the whole window.</source>
        <translation>Las letras sueltas actúan mientras el teclado está en los recursos; todo lo demás, en toda la ventana.</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>Usar en su lugar</translation>
    </message>
    <message>
        <source>Use as well</source>
        <translation>Usar también</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Restablecer todo</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Buscar una acción</translation>
    </message>
    <message>
        <source>Find by pressing keys</source>
        <translation>Buscar pulsando teclas</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Acciones y sus teclas</translation>
    </message>
    <message>
        <source>New keys: press them</source>
        <translation>Teclas nuevas: púlselas</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>Pulsar las teclas nuevas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>Pulsar teclas para ver qué hacen</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>Buscar una acción…</translation>
    </message>
    <message>
        <source>Choose an action</source>
        <translation>Elegir una acción</translation>
    </message>
    <message>
        <source>Move them here</source>
        <translation>Moverlas aquí</translation>
    </message>
    <message>
        <source>{keys} has a meaning that stays: in lists and fields, or to the system.</source>
        <translation>{keys} tiene un significado que se mantiene: en listas y campos, o para el sistema.</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}”, which would have it no longer.</source>
        <translation>{keys} pertenece a “{action}”, que dejaría de tenerlo.</translation>
    </message>
    <message>
        <source>{keys} will act while the assets have the keyboard.</source>
        <translation>{keys} actuará mientras el teclado está en los recursos.</translation>
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
        <translation>Añadir una carpeta</translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>Crear “{preset}” a partir de %Ln recurso</numerusform>
            <numerusform>Crear “{preset}” a partir de %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>Añadir la palabra clave {keyword} a %Ln recurso</numerusform>
            <numerusform>Añadir la palabra clave {keyword} a %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Aprobar %Ln recurso</numerusform>
            <numerusform>Aprobar %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>Poner %Ln recurso en revisión</numerusform>
            <numerusform>Poner %Ln recursos en revisión</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>Enviar %Ln recurso…</numerusform>
            <numerusform>Enviar %Ln recursos…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>Copiar %Ln archivo aquí…</numerusform>
            <numerusform>Copiar %Ln archivos aquí…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>Mover %Ln recurso a esta carpeta…</numerusform>
            <numerusform>Mover %Ln recursos a esta carpeta…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizePage</name>
    <message>
        <source>Size and fit</source>
        <translation>Tamaño y ajuste</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ancho</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Alto</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajuste</translation>
    </message>
    <message>
        <source>Keep in sight</source>
        <translation>Mantener a la vista</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Fondo</translation>
    </message>
    <message>
        <source>Pixel density</source>
        <translation>Densidad de píxeles</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>Uso frecuente</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>Tamaño en píxeles</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Stretch to the size</source>
        <translation>Estirar al tamaño</translation>
    </message>
    <message>
        <source>At most, never enlarged</source>
        <translation>Como máximo, nunca ampliado</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>Encajar dentro</translation>
    </message>
    <message>
        <source>Fill, cut the rest off</source>
        <translation>Rellenar y cortar el resto</translation>
    </message>
    <message>
        <source>Fill, never enlarged</source>
        <translation>Rellenar, nunca ampliado</translation>
    </message>
    <message>
        <source>Fit inside, pad the rest</source>
        <translation>Encajar y rellenar los bordes</translation>
    </message>
    <message>
        <source>Pad, never enlarged</source>
        <translation>Rellenar los bordes, nunca ampliado</translation>
    </message>
    <message>
        <source>Close to what is kept in sight</source>
        <translation>Cerca de lo que queda a la vista</translation>
    </message>
    <message>
        <source>Chosen by the content</source>
        <translation>Según el contenido</translation>
    </message>
    <message>
        <source>Stretch (written out)</source>
        <translation>Estirar (explícito)</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>El centro</translation>
    </message>
    <message>
        <source>What matters (auto)</source>
        <translation>Lo importante (auto)</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>La cara más grande</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Todas las caras</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Arriba</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>Arriba a la derecha</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Derecha</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>Abajo a la derecha</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Abajo</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>Abajo a la izquierda</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Izquierda</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>Arriba a la izquierda</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Como siempre</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Blanco</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Negro</translation>
    </message>
    <message>
        <source>Colour of the edge</source>
        <translation>Color del borde</translation>
    </message>
    <message>
        <source>Predominant colour</source>
        <translation>Color predominante</translation>
    </message>
    <message>
        <source>Blurred (video)</source>
        <translation>Desenfocado (vídeo)</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>Transparente</translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message>
        <source>Skipped files</source>
        <translation>Archivos omitidos</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>Filtrar por nombre o motivo</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Volver a mirar</translation>
    </message>
    <message>
        <source>Scan the library again, for instance after mending permissions</source>
        <translation>Volver a leer la biblioteca, por ejemplo tras corregir permisos</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Copiar lista</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>%Ln archivo de {library} omitido y sin tocar.</numerusform>
            <numerusform>%Ln archivos de {library} omitidos y sin tocar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file of {library} could be taken in.</source>
        <translation>Se pudieron incorporar todos los archivos de {library}.</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Buscando sugerencias…</translation>
    </message>
    <message>
        <source>&amp;Add to the Dictionary</source>
        <translation>&amp;Añadir al diccionario</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Sin sugerencias</translation>
    </message>
</context>
<context>
    <name>StackConflictDialog</name>
    <message>
        <source>Two pictures for “{field}”</source>
        <translation>Dos imágenes para “{field}”</translation>
    </message>
    <message>
        <source>Somebody changed {entry} ({locale}) at Contentstack since it was published. Nothing was overwritten: choose which picture stays.</source>
        <translation>Alguien cambió {entry} ({locale}) en Contentstack desde que se publicó. No se sobrescribió nada: elija qué imagen se queda.</translation>
    </message>
    <message>
        <source>&amp;Ours, the approved rendition</source>
        <translation>La &amp;nuestra, la variante aprobada</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>La &amp;otra, que está allí ahora</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>Conservar esta</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>Decidir más tarde</translation>
    </message>
    <message>
        <source>(no picture)</source>
        <translation>(sin imagen)</translation>
    </message>
</context>
<context>
    <name>StackForm</name>
    <message>
        <source>Test and Save</source>
        <translation>Probar y guardar</translation>
    </message>
    <message>
        <source>Change a stack</source>
        <translation>Cambiar un stack</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>Nuevo stack</translation>
    </message>
    <message>
        <source>Leave empty to keep the one in the keyring</source>
        <translation>Dejar vacío para conservar el del llavero</translation>
    </message>
    <message>
        <source>Of the stack&apos;s settings; it goes to the keyring</source>
        <translation>De la configuración del stack; se guarda en el llavero</translation>
    </message>
    <message>
        <source>it has to look like de=de-de</source>
        <translation>debe tener la forma de=de-de</translation>
    </message>
    <message>
        <source>Site, shop, app, …</source>
        <translation>Sitio, tienda, app…</translation>
    </message>
    <message>
        <source>blt…, as the stack&apos;s settings show it</source>
        <translation>blt…, como aparece en la configuración del stack</translation>
    </message>
    <message>
        <source>&amp;Service or region</source>
        <translation>&amp;Servicio o región</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
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
        <translation>Ninguna: junto a los demás recursos</translation>
    </message>
    <message>
        <source>Where renditions are kept that were copied for fields that hold files.</source>
        <translation>Dónde se guardan las variantes copiadas para campos que contienen archivos.</translation>
    </message>
    <message>
        <source>Which locale of the stack is meant by a language, a market, or both. Where nothing is said, a locale of that name is taken, and else the master&apos;s.</source>
        <translation>Qué configuración regional del stack corresponde a un idioma, un mercado o ambos. Si no se indica nada, se toma la del mismo nombre y, si no, la principal.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Región</translation>
    </message>
    <message>
        <source>{name} is asked whether it answers to this…</source>
        <translation>Se pregunta a {name} si esto es válido…</translation>
    </message>
    <message>
        <source>&amp;API key</source>
        <translation>Clave de &amp;API</translation>
    </message>
    <message>
        <source>&amp;Management token</source>
        <translation>&amp;Token de gestión</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>Ra&amp;ma</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>&amp;Entorno</translation>
    </message>
    <message>
        <source>&amp;Locales</source>
        <translation>&amp;Configuraciones regionales</translation>
    </message>
    <message>
        <source>&amp;Folder of copies</source>
        <translation>Car&amp;peta de copias</translation>
    </message>
    <message>
        <source>When rights en&amp;d</source>
        <translation>Cuan&amp;do vencen los derechos</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>The shapes differ</source>
        <translation>Las proporciones difieren</translation>
    </message>
</context>
<context>
    <name>StandardFacts</name>
    <message>
        <source>Several values</source>
        <translation>Varios valores</translation>
    </message>
</context>
<context>
    <name>StandardForm</name>
    <message>
        <source>Custom fields</source>
        <translation>Campos personalizados</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more group(s)</source>
        <translation>
            <numerusform>%Ln grupo más</numerusform>
            <numerusform>%Ln grupos más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>%Ln campo más</numerusform>
            <numerusform>%Ln campos más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>%Ln necesario</numerusform>
            <numerusform>%Ln necesarios</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>%Ln rellenado</numerusform>
            <numerusform>%Ln rellenados</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardPage</name>
    <message>
        <source>Written into the file</source>
        <translation>Se escribe en el archivo</translation>
    </message>
    <message>
        <source>Written into the files</source>
        <translation>Se escribe en los archivos</translation>
    </message>
    <message>
        <source>Written into an XMP file beside it</source>
        <translation>Se escribe en un archivo XMP adjunto</translation>
    </message>
    <message>
        <source>Written into XMP files beside them</source>
        <translation>Se escribe en archivos XMP adjuntos</translation>
    </message>
    <message>
        <source>Kept at {service}</source>
        <translation>Se guarda en {service}</translation>
    </message>
    <message>
        <source>Cannot be written where it lies</source>
        <translation>No se puede escribir donde se encuentra</translation>
    </message>
</context>
<context>
    <name>StandardRow</name>
    <message>
        <source>There is no place for it at {service}.</source>
        <translation>No hay lugar para ello en {service}.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: {why}</source>
        <translation>“{text}” no se guardó: {why}</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Necesario para poder enviar.</translation>
    </message>
    <message>
        <source>The parts of the file disagree about it; this is what most programs show.</source>
        <translation>Las partes del archivo no coinciden; esto es lo que muestra la mayoría de los programas.</translation>
    </message>
</context>
<context>
    <name>StarsEditor</name>
    <message>
        <source>Several values</source>
        <translation>Varios valores</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rechazado</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>Sin calificación</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>There is a verified backup of {day}. It can take the ledger&apos;s place; the damaged file is kept aside.</source>
        <translation>Hay una copia de seguridad verificada del {day}. Puede sustituir al libro de registro; el archivo dañado se conserva aparte.</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>Restaurar la copia de seguridad</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Duplicate a step</source>
        <translation>Duplicar un paso</translation>
    </message>
    <message>
        <source>Remove a step</source>
        <translation>Quitar un paso</translation>
    </message>
    <message>
        <source>Move a step</source>
        <translation>Mover un paso</translation>
    </message>
    <message>
        <source>Switch a step</source>
        <translation>Activar o desactivar un paso</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>No steps yet: the rendition is the master as it is.</source>
        <translation>Aún sin pasos: la variante es el máster tal cual.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplicar</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
</context>
<context>
    <name>StudioWindow</name>
    <message>
        <source>The master is being read…</source>
        <translation>Leyendo el máster…</translation>
    </message>
    <message>
        <source>rendition</source>
        <translation>variante</translation>
    </message>
    <message>
        <source>{name}: studio</source>
        <translation>{name}: estudio</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Recorte</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Superposición</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Corte</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Guardado como “{name}”.</translation>
    </message>
    <message>
        <source>Begun with “{name}”.</source>
        <translation>Comenzado con “{name}”.</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Sin vista previa</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>%Ln recurso seleccionado</numerusform>
            <numerusform>%Ln recursos seleccionados</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} together</source>
        <translation>{size} en conjunto</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviados</translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Mostrar %Ln más</numerusform>
            <numerusform>Mostrar %Ln más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>Copiar %Ln elemento soltado en una biblioteca</numerusform>
            <numerusform>Copiar %Ln elementos soltados en una biblioteca</numerusform>
        </translation>
    </message>
    <message>
        <source>The originals stay where they are. What the library already holds is not copied twice, and nothing in it is overwritten.</source>
        <translation>Los originales se quedan donde están. Lo que la biblioteca ya contiene no se copia dos veces, y no se sobrescribe nada en ella.</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>Copiar %Ln elemento</numerusform>
            <numerusform>Copiar %Ln elementos</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped items</source>
        <translation>Elementos soltados</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>El nivel superior de la biblioteca</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Biblioteca</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>A folder needs a name at each level, and no “..”.</source>
        <translation>Una carpeta necesita un nombre en cada nivel, sin “..”.</translation>
    </message>
</context>
<context>
    <name>TemplateRowForm</name>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>What becomes of what is there</source>
        <translation>Qué pasa con lo que ya hay</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>Cuál de ellos</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Reemplazar</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>If empty</source>
        <translation>Si está vacío</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>Insertar una variable</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>Quitar esta fila</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Predeterminado</translation>
    </message>
</context>
<context>
    <name>TemplateRows</name>
    <message>
        <source>Add Field</source>
        <translation>Añadir campo</translation>
    </message>
    <message>
        <source>Fields of the template</source>
        <translation>Campos de la plantilla</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Varios valores</translation>
    </message>
</context>
<context>
    <name>ThreadCard</name>
    <message>
        <source>Resolved by {who}, {when}</source>
        <translation>Resuelto por {who}, {when}</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Reabrir</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Resolver</translation>
    </message>
    <message>
        <source>Open this thread again</source>
        <translation>Volver a abrir este hilo</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>Esto queda resuelto</translation>
    </message>
    <message>
        <source>The moment that it is about</source>
        <translation>El momento del que se trata</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Responder</translation>
    </message>
    <message>
        <source>Answer in this thread</source>
        <translation>Responder en este hilo</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>En un punto</translation>
    </message>
    <message>
        <source>In a region</source>
        <translation>En una zona</translation>
    </message>
    <message>
        <source>At a moment</source>
        <translation>En un momento</translation>
    </message>
    <message>
        <source>About all of it</source>
        <translation>Sobre el conjunto</translation>
    </message>
    <message>
        <source>{place}, with a drawing</source>
        <translation>{place}, con un dibujo</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>resuelto</translation>
    </message>
    <message>
        <source>open</source>
        <translation>abierto</translation>
    </message>
    <message>
        <source>Comment {number}, {state}, {who}: {text}</source>
        <translation>Comentario {number}, {state}, {who}: {text}</translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message>
        <source>Earlier versions</source>
        <translation>Versiones anteriores</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Resueltos</translation>
    </message>
    <message>
        <source>Show resolved threads, too</source>
        <translation>Mostrar también los hilos resueltos</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Compare with earlier versions</source>
        <translation>Comparar con versiones anteriores</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Mostrar %Ln más</numerusform>
            <numerusform>Mostrar %Ln más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln abierto</numerusform>
            <numerusform>%Ln abiertos</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was said is settled.</source>
        <translation>Todo lo comentado está resuelto.</translation>
    </message>
    <message>
        <source>Nobody has said anything about this picture yet.</source>
        <translation>Nadie ha comentado nada sobre esta imagen todavía.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Atrás</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Más tarde</translation>
    </message>
    <message>
        <source>&amp;Do not show again</source>
        <translation>&amp;No volver a mostrar</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} de {total}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Listo</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Siguiente</translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message>
        <source>All pushes together</source>
        <translation>Todos los envíos juntos</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>Cuenta…</translation>
    </message>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>En pausa: %Ln carga espera hasta que se reanude</numerusform>
            <numerusform>En pausa: %Ln cargas esperan hasta que se reanude</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>No se pudo enviar %Ln recurso</numerusform>
            <numerusform>No se pudieron enviar %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>%Ln entregado</numerusform>
            <numerusform>%Ln entregados</numerusform>
        </translation>
    </message>
    <message>
        <source>{delivered}, {failed}</source>
        <translation>{delivered}, {failed}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>%Ln carga cancelada</numerusform>
            <numerusform>%Ln cargas canceladas</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push</source>
        <translation>Nada que enviar</translation>
    </message>
    <message>
        <source>Uploading {number} of {total} – {name}</source>
        <translation>Cargando {number} de {total}: {name}</translation>
    </message>
    <message>
        <source>Uploading {number} of {total}</source>
        <translation>Cargando {number} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>Sin conexión: %Ln carga espera hasta que se restablezca</numerusform>
            <numerusform>Sin conexión: %Ln cargas esperan hasta que se restablezca</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln carga espera la conexión; se enviará sola cuando vuelva</numerusform>
            <numerusform>%Ln cargas esperan la conexión; se enviarán solas cuando vuelva</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln carga espera la cuenta</numerusform>
            <numerusform>%Ln cargas esperan la cuenta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln carga espera a que se lean los archivos</numerusform>
            <numerusform>%Ln cargas esperan a que se lean los archivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln carga a punto de comenzar</numerusform>
            <numerusform>%Ln cargas a punto de comenzar</numerusform>
        </translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on in {time}</source>
        <translation>Cloudinary pide ir más despacio; continúa en {time}</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on by itself</source>
        <translation>Cloudinary pide ir más despacio; continúa automáticamente</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on in {time}</source>
        <translation>Llamadas a la API de esta hora agotadas; continúa en {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on by itself</source>
        <translation>Llamadas a la API de esta hora agotadas; continúa automáticamente</translation>
    </message>
    <message>
        <source>Did not get through – next try in {time}</source>
        <translation>No se pudo enviar; próximo intento en {time}</translation>
    </message>
    <message>
        <source>Did not get through – tries again by itself</source>
        <translation>No se pudo enviar; se reintenta automáticamente</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>Mostrar %Ln fallido</numerusform>
            <numerusform>Mostrar %Ln fallidos</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with the pushes</source>
        <translation>Reanudar los envíos</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Cancel all pushes</source>
        <translation>Cancelar todos los envíos</translation>
    </message>
    <message>
        <source>Hide transfers</source>
        <translation>Ocultar transferencias</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>Mostrar transferencias</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Retry failed</source>
        <translation>Reintentar fallidos</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Cancelar todo</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Borrar terminados</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Todos {count}</translation>
    </message>
    <message>
        <source>Failed {count}</source>
        <translation>Fallidos {count}</translation>
    </message>
    <message>
        <source>The first {listed} of {total} are listed</source>
        <translation>Se muestran los primeros {listed} de {total}</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Transfers</source>
        <translation>Transferencias</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>Envíos</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>Copiar URL</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Copiar mensaje</translation>
    </message>
    <message>
        <source>Show asset</source>
        <translation>Mostrar recurso</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>¿Cancelar %Ln carga?</numerusform>
            <numerusform>¿Cancelar %Ln cargas?</numerusform>
        </translation>
    </message>
    <message>
        <source>What has been delivered stays delivered, and your files stay where they are. You can push the rest again at any time.</source>
        <translation>Lo entregado sigue entregado y los archivos se quedan donde están. El resto se puede volver a enviar en cualquier momento.</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>Cancelar las cargas</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>Continuar</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Pause Transfers</source>
        <translation>&amp;Pausar transferencias</translation>
    </message>
    <message>
        <source>&amp;Open Asset Bridge</source>
        <translation>&amp;Abrir Asset Bridge</translation>
    </message>
    <message>
        <source>Transfers are paused</source>
        <translation>Las transferencias están en pausa</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>Queda %Ln transferencia</numerusform>
            <numerusform>Quedan %Ln transferencias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>Falló %Ln transferencia</numerusform>
            <numerusform>Fallaron %Ln transferencias</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being transferred</source>
        <translation>No hay transferencias en curso</translation>
    </message>
</context>
<context>
    <name>TriggersDialog</name>
    <message>
        <source>Notifications</source>
        <translation>Notificaciones</translation>
    </message>
    <message>
        <source>Who Cloudinary tells of changes in {environment}.</source>
        <translation>A quién avisa Cloudinary de los cambios en {environment}.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>¿Quitar “{name}”?</translation>
    </message>
    <message>
        <source>Nothing is told there any more.</source>
        <translation>Ya no se avisa de nada allí.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>A quién se avisa</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Quitar…</translation>
    </message>
    <message>
        <source>https://… or poll://channel</source>
        <translation>https://… o poll://canal</translation>
    </message>
    <message>
        <source>Address to tell</source>
        <translation>Dirección a la que avisar</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>Clase de cambio</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>Aún no se avisa a nadie.</translation>
    </message>
    <message>
        <source>Every change</source>
        <translation>Cualquier cambio</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Esta ventana</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
</context>
<context>
    <name>TrimPage</name>
    <message>
        <source>Cut of the video</source>
        <translation>Corte del vídeo</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Drag the handles, or use the arrow keys: they move the start, with Alt the end, with Shift by a second. The cut is made at delivery.</source>
        <translation>Arrastre los tiradores, o use las flechas: mueven el inicio, con Alt el final, con Mayús un segundo. El corte se hace en la entrega.</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>Desde y hasta</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Corte</translation>
    </message>
</context>
<context>
    <name>TypedChips</name>
    <message>
        <source>Take this filter away</source>
        <translation>Quitar este filtro</translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}: %Ln recurso.</numerusform>
            <numerusform>{state}: %Ln recursos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdatesDialog</name>
    <message>
        <source>Updates</source>
        <translation>Actualizaciones</translation>
    </message>
    <message>
        <source>&amp;Look once a day, while the window is open</source>
        <translation>&amp;Comprobar una vez al día, mientras la ventana esté abierta</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>Comprobar &amp;ahora</translation>
    </message>
    <message>
        <source>&amp;Open the download page</source>
        <translation>Abrir la página de &amp;descarga</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Consultando…</translation>
    </message>
    <message>
        <source>This version does not know where news of releases come from: there is no public place yet. Nothing is asked.</source>
        <translation>Esta versión no sabe de dónde llegan las novedades: aún no hay un lugar público. No se consulta nada.</translation>
    </message>
    <message>
        <source>You have version {version}. One file is read from {place}; nothing about you or your work is sent, and nothing is installed.</source>
        <translation>Esta es la versión {version}. Se lee un solo archivo de {place}; no se envía nada sobre usted ni su trabajo, y no se instala nada.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Novedades</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>Ya tiene la versión más reciente.</translation>
    </message>
    <message>
        <source>Version {version} of {day} is there, signed by a key that is known here.</source>
        <translation>Está disponible la versión {version}, del {day}, firmada con una clave conocida aquí.</translation>
    </message>
</context>
<context>
    <name>UploadAddressDialog</name>
    <message>
        <source>Upload from an address</source>
        <translation>Subir desde una dirección</translation>
    </message>
    <message>
        <source>Cloudinary fetches the file by itself. Nobody has approved it, so it arrives unpublished.</source>
        <translation>Cloudinary recoge el archivo por sí mismo. Nadie lo ha aprobado, así que llega sin publicar.</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Cargar</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>Original privado</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>Autenticado</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public &amp;ID</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>Carpeta de &amp;destino</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>Eti&amp;quetas</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>&amp;Tipo de entrega</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>There is something at {public_id} already; nothing was changed.</source>
        <translation>Ya hay algo en {public_id}; no se cambió nada.</translation>
    </message>
</context>
<context>
    <name>UploadPresetForm</name>
    <message>
        <source>Uploads need no signature</source>
        <translation>Las cargas no necesitan firma</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Formats allowed</source>
        <translation>Formatos permitidos</translation>
    </message>
    <message>
        <source>Incoming transformation</source>
        <translation>Transformación de entrada</translation>
    </message>
    <message>
        <source>Renditions made at once</source>
        <translation>Variantes que se crean de inmediato</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>Moderación</translation>
    </message>
    <message>
        <source>The file&apos;s name is the public ID</source>
        <translation>El nombre del archivo es el Public ID</translation>
    </message>
    <message>
        <source>Random letters make names unique</source>
        <translation>Letras aleatorias hacen únicos los nombres</translation>
    </message>
    <message>
        <source>A file of the same public ID is replaced</source>
        <translation>Un archivo con el mismo Public ID se reemplaza</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Crear</translation>
    </message>
    <message>
        <source>Upload preset</source>
        <translation>Preajuste de carga</translation>
    </message>
    <message>
        <source>New upload preset</source>
        <translation>Nuevo preajuste de carga</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
</context>
<context>
    <name>UploadPresetsDialog</name>
    <message>
        <source>Upload presets</source>
        <translation>Preajustes de carga</translation>
    </message>
    <message>
        <source>What uploads to {environment} can be told to have.</source>
        <translation>Qué pueden llevar las cargas a {environment}.</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Nuevo…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>¿Quitar “{name}”?</translation>
    </message>
    <message>
        <source>Uploads that name it are refused then, those of other programs too.</source>
        <translation>Las cargas que lo indiquen se rechazarán entonces, también las de otros programas.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Quitar…</translation>
    </message>
    <message>
        <source>There is no preset yet. New… makes one.</source>
        <translation>Aún no hay ningún preajuste. “Nuevo…” crea uno.</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>Sin configuración</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>Sin firma</translation>
    </message>
</context>
<context>
    <name>UsageDialog</name>
    <message>
        <source>Usage and limits</source>
        <translation>Uso y límites</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>UsagePanel</name>
    <message>
        <source>Refresh</source>
        <translation>Actualizar</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>Reintentar estos</translation>
    </message>
    <message>
        <source>Forgets what was refused, and asks Cloudinary anew. It changes nothing there.</source>
        <translation>Olvida lo que se rechazó y vuelve a preguntar a Cloudinary. Allí no cambia nada.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Consultando…</translation>
    </message>
    <message>
        <source>Usage and limits</source>
        <translation>Uso y límites</translation>
    </message>
    <message>
        <source>This key may not see the usage of the environment.</source>
        <translation>Esta clave no puede ver el uso del entorno.</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Usado</translation>
    </message>
    <message>
        <source>This hour</source>
        <translation>Esta hora</translation>
    </message>
    <message>
        <source>Limits of the plan</source>
        <translation>Límites del plan</translation>
    </message>
    <message>
        <source>What this key may do</source>
        <translation>Qué puede hacer esta clave</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Against the approved one: {pixels} of the pixels, {seen} as it looks</source>
        <translation>Frente al aprobado: {pixels} de los píxeles, {seen} a simple vista</translation>
    </message>
    <message>
        <source>May leave: somebody lets it pass, although {reasons}.</source>
        <translation>Puede salir: alguien lo deja pasar, aunque {reasons}.</translation>
    </message>
    <message>
        <source>May be delivered now.</source>
        <translation>Se puede entregar ahora.</translation>
    </message>
    <message>
        <source>Held back: {reasons}.</source>
        <translation>Retenido: {reasons}.</translation>
    </message>
    <message>
        <source>Waits for {roles}</source>
        <translation>Espera a {roles}</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>En espera</translation>
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
        <translation>Versiones</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>Guardar como archivo…</translation>
    </message>
    <message>
        <source>The version is being fetched…</source>
        <translation>Obteniendo la versión…</translation>
    </message>
    <message>
        <source>{name} was saved: {size}.</source>
        <translation>{name} se ha guardado: {size}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Cloudinary is asked for the versions…</source>
        <translation>Consultando las versiones a Cloudinary…</translation>
    </message>
    <message>
        <source>Cloudinary keeps no earlier versions of this. Backups are switched on in the settings of the environment.</source>
        <translation>Cloudinary no guarda versiones anteriores de este recurso. Las copias de seguridad se activan en la configuración del entorno.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Ahora</translation>
    </message>
    <message>
        <source>Save the version</source>
        <translation>Guardar la versión</translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message>
        <source>&amp;Refuse other words</source>
        <translation>&amp;Rechazar otras palabras</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nuevo</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importar…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Written into {name}.</source>
        <translation>Escrito en {name}.</translation>
    </message>
    <message>
        <source>Vocabularies</source>
        <translation>Vocabularios</translation>
    </message>
    <message>
        <source>Each line is a word, below the one it belongs to and one tab further in; {synonym} stands below its word, [group] is never written into files.</source>
        <translation>Cada línea es una palabra, debajo de aquella a la que pertenece y con un tabulador más; {synonym} va debajo de su palabra, [group] nunca se escribe en los archivos.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Palabras</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Campo</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>cerrado</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>%Ln palabra guardada.</numerusform>
            <numerusform>%Ln palabras guardadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a vocabulary</source>
        <translation>Importar un vocabulario</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>Textos (*.txt)</translation>
    </message>
    <message>
        <source>Export the vocabulary</source>
        <translation>Exportar el vocabulario</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>A approves what is chosen, C asks for changes, X rejects. Space shows it large.</source>
        <translation>A aprueba lo seleccionado, C solicita cambios, X rechaza. Espacio lo muestra en grande.</translation>
    </message>
    <message>
        <source>Ctrl or Shift with a click chooses several; then one letter decides on all of them.</source>
        <translation>Ctrl o Mayús con un clic selecciona varios; después, una letra decide sobre todos.</translation>
    </message>
    <message>
        <source>It is delivered. Under Renditions are its sizes: copy an address, or drag a picture into another program.</source>
        <translation>Está entregado. En Variantes están sus tamaños: se puede copiar una dirección o arrastrar una imagen a otro programa.</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by its name.</source>
        <translation>Ctrl+K encuentra cualquier comando por su nombre.</translation>
    </message>
    <message>
        <source>Where masters live</source>
        <translation>Dónde están los másteres</translation>
    </message>
    <message>
        <source>Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where they are; a click shows what is there.</source>
        <translation>Carpetas, PhotoShelter y Cloudinary, uno al lado del otro. Los másteres se quedan donde están; un clic muestra lo que hay.</translation>
    </message>
    <message>
        <source>Find them</source>
        <translation>Encontrarlos</translation>
    </message>
    <message>
        <source>Type names, titles, keywords or people. The filters below narrow it down, and what you find can be kept.</source>
        <translation>Escriba nombres, títulos, palabras clave o personas. Los filtros de debajo acotan el resultado, y lo encontrado se puede guardar.</translation>
    </message>
    <message>
        <source>Choose and decide</source>
        <translation>Seleccionar y decidir</translation>
    </message>
    <message>
        <source>Choose a picture and press {approve} to approve it, {change} to ask for changes, {reject} to reject. Space shows it large. {undo} takes it back.</source>
        <translation>Seleccione una imagen y pulse {approve} para aprobarla, {change} para solicitar cambios o {reject} para rechazarla. Espacio la muestra en grande. {undo} lo revierte.</translation>
    </message>
    <message>
        <source>{push} shows the plan first. What is not approved, or whose rights have ended, stays here, with the reason.</source>
        <translation>{push} muestra primero el plan. Lo que no está aprobado, o cuyos derechos han terminado, se queda aquí, con el motivo.</translation>
    </message>
    <message>
        <source>The account and the connection, and all that takes longer ({activity}). Help brings this tour back, and {help} explains what you are at.</source>
        <translation>La cuenta y la conexión, y todo lo que tarda más ({activity}). Ayuda permite repetir este recorrido, y {help} explica lo que se tiene delante.</translation>
    </message>
    <message>
        <source>All about one asset</source>
        <translation>Todo sobre un recurso</translation>
    </message>
    <message>
        <source>Its state, its rights and its metadata. Under Renditions are the sizes that Cloudinary delivers; drag one into another program.</source>
        <translation>Su estado, sus derechos y sus metadatos. En Variantes están los tamaños que entrega Cloudinary; se pueden arrastrar a otro programa.</translation>
    </message>
    <message>
        <source>Push what is approved</source>
        <translation>Enviar lo aprobado</translation>
    </message>
    <message>
        <source>See what goes on</source>
        <translation>Ver lo que está en curso</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Permitir una dirección de este equipo o de esta red</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Change an endpoint</source>
        <translation>Cambiar un endpoint</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>Nuevo endpoint</translation>
    </message>
    <message>
        <source>The list of events</source>
        <translation>La lista de eventos</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>elija al menos uno</translation>
    </message>
    <message>
        <source>Shop, partner portal, …</source>
        <translation>Tienda, portal de socios…</translation>
    </message>
    <message>
        <source>https://example.com/hooks</source>
        <translation>https://example.com/hooks</translation>
    </message>
    <message>
        <source>Leave empty to have one made</source>
        <translation>Dejar vacío para generar uno</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>De qué se le avisa</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>&amp;Tell</source>
        <translation>&amp;Avisar de</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>&amp;Secreto</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Add…</source>
        <translation>Añadir…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Desactivar</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>Enviar prueba</translation>
    </message>
    <message>
        <source>New Secret…</source>
        <translation>Nuevo secreto…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Quitar…</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>Volver a enviar</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>Otros sistemas</translation>
    </message>
    <message>
        <source>Endpoints that are told by signed messages what is approved, delivered, changed and taken back.</source>
        <translation>Endpoints a los que mensajes firmados avisan de lo que se aprueba, entrega, cambia y retira.</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpoints</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Mensajes</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>No message so far. “Send Test” shows whether an endpoint answers.</source>
        <translation>Todavía no hay mensajes. «Enviar prueba» muestra si un endpoint responde.</translation>
    </message>
    <message>
        <source>Nobody is told so far</source>
        <translation>Todavía no se avisa a nadie</translation>
    </message>
    <message>
        <source>An endpoint is an address of another system: a shop, an automation, a partner. It gets a secret of its own and can be tested first.</source>
        <translation>Un endpoint es una dirección de otro sistema: una tienda, una automatización, un socio. Recibe un secreto propio y se puede probar antes.</translation>
    </message>
    <message>
        <source>Give this secret to the receiver. It is shown once; the keyring keeps it, and a new one can be made any time.</source>
        <translation>Entregue este secreto al receptor. Se muestra una vez; el llavero lo guarda y se puede generar otro en cualquier momento.</translation>
    </message>
    <message>
        <source>Secret of the endpoint</source>
        <translation>Secreto del endpoint</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Activar</translation>
    </message>
    <message>
        <source>Make a new secret for “{name}”?</source>
        <translation>¿Generar un nuevo secreto para “{name}”?</translation>
    </message>
    <message>
        <source>The receiver has a day to take it over: both sign until then.</source>
        <translation>El receptor tiene un día para adoptarlo: hasta entonces se firma con ambos.</translation>
    </message>
    <message>
        <source>Make One</source>
        <translation>Generar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>¿Quitar “{name}”?</translation>
    </message>
    <message>
        <source>It is told nothing more. Its secret and what waits for it go.</source>
        <translation>Deja de recibir avisos. Su secreto y lo que tiene pendiente se borran.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Weights</source>
        <translation>Pesos</translation>
    </message>
    <message>
        <source>Choose assets to see what they weigh</source>
        <translation>Seleccione recursos para ver cuánto pesan</translation>
    </message>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>Cuánto pesa %Ln recurso</numerusform>
            <numerusform>Cuánto pesan %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>se pesa el primero (%Ln)</numerusform>
            <numerusform>se pesan los primeros %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>weighing…</source>
        <translation>pesando…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>%Ln demasiado pesada</numerusform>
            <numerusform>%Ln demasiado pesadas</numerusform>
        </translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>todo cabe</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Bienvenido a Asset Bridge</translation>
    </message>
    <message>
        <source>Masters stay where they are. Here you look, decide, and deliver.</source>
        <translation>Los másteres se quedan donde están. Aquí se mira, se decide y se entrega.</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Añadir una carpeta</translation>
    </message>
    <message>
        <source>Show the pictures, videos and documents of a folder. Nothing is copied or changed.</source>
        <translation>Mostrar las imágenes, los vídeos y los documentos de una carpeta. No se copia ni se cambia nada.</translation>
    </message>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Conectar PhotoShelter</translation>
    </message>
    <message>
        <source>Show its collections here. Masters stay there until you want one.</source>
        <translation>Mostrar sus colecciones aquí. Los másteres se quedan allí hasta que se pida alguno.</translation>
    </message>
    <message>
        <source>Connect Cloudinary</source>
        <translation>Conectar Cloudinary</translation>
    </message>
    <message>
        <source>So that approved assets can be pushed and delivered.</source>
        <translation>Para poder enviar y entregar los recursos aprobados.</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>Echar un vistazo primero</translation>
    </message>
    <message>
        <source>Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no account is needed.</source>
        <translation>Abre una campaña de ejemplo, con sustitutos de Cloudinary y PhotoShelter; no hace falta cuenta.</translation>
    </message>
</context>
<context>
    <name>WelcomeStrip</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Bienvenida a Asset Bridge</translation>
    </message>
    <message>
        <source>This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside this program: try everything, nothing leaves this computer.</source>
        <translation>Esta es una campaña de ejemplo, y Cloudinary y PhotoShelter son sustitutos dentro de este programa: se puede probar todo, nada sale de este equipo.</translation>
    </message>
    <message>
        <source>Close the welcome</source>
        <translation>Cerrar la bienvenida</translation>
    </message>
    <message>
        <source>Close; it comes back from the Help menu</source>
        <translation>Cerrar; vuelve a estar en el menú Ayuda</translation>
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
        <translation>&amp;Medir aquí</translation>
    </message>
    <message>
        <source>Have &amp;Cloudinary measure</source>
        <translation>Medir en &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Use in the code</source>
        <translation>&amp;Usar en el código</translation>
    </message>
    <message>
        <source>Responsive widths</source>
        <translation>Anchos adaptables</translation>
    </message>
    <message>
        <source>A page offers browsers one rendition in several widths. Each of these is smaller than the one before by a step that is worth it.</source>
        <translation>Una página ofrece a los navegadores una variante en varios anchos. Cada uno es menor que el anterior en un paso que merece la pena.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>&amp;Narrowest</source>
        <translation>Más &amp;estrecho</translation>
    </message>
    <message>
        <source>&amp;Widest</source>
        <translation>Más &amp;ancho</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Paso</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>C&amp;omo máximo</translation>
    </message>
    <message>
        <source>Measuring the files…</source>
        <translation>Midiendo los archivos…</translation>
    </message>
    <message>
        <source>Cloudinary measures what is pushed.</source>
        <translation>Cloudinary mide lo enviado.</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px de ancho</translation>
    </message>
    <message>
        <source>{bytes} less than the one before</source>
        <translation>{bytes} menos que el anterior</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Go to</source>
        <translation>Ir a</translation>
    </message>
    <message>
        <source>Smart folder</source>
        <translation>Carpeta inteligente</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorito</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Seleccione primero recursos.</translation>
    </message>
    <message>
        <source>Make renditions</source>
        <translation>Crear variantes</translation>
    </message>
    <message>
        <source>Favourite {preset}</source>
        <translation>Marcar {preset} como favorito</translation>
    </message>
    <message>
        <source>To the sidebar</source>
        <translation>A la barra lateral</translation>
    </message>
</context>
<context>
    <name>WindowLooks</name>
    <message>
        <source>This screen is small: closer together, more has room on it.</source>
        <translation>Esta pantalla es pequeña: con menos espacio entre elementos cabe más en ella.</translation>
    </message>
    <message>
        <source>The desktop asks for a text size of {size}.</source>
        <translation>El escritorio pide un tamaño de texto del {size}.</translation>
    </message>
</context>
<context>
    <name>WordsEditor</name>
    <message>
        <source>Add a word</source>
        <translation>Añadir una palabra</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Account: {name}, {state}</source>
        <translation>Cuenta: {name}, {state}</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>Draft</source>
        <translation>Borrador</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>En revisión</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprobado</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Cambios solicitados</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rechazado</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>mark as archived</source>
        <translation>marcar como archivado</translation>
    </message>
    <message>
        <source>keep the rendition</source>
        <translation>guardar la variante</translation>
    </message>
    <message>
        <source>keep the original</source>
        <translation>guardar el original</translation>
    </message>
    <message>
        <source>write metadata and history</source>
        <translation>escribir metadatos e historial</translation>
    </message>
    <message>
        <source>hash and check everything kept</source>
        <translation>calcular sumas de comprobación y verificar todo lo guardado</translation>
    </message>
    <message>
        <source>close the copy at Cloudinary</source>
        <translation>cerrar la copia en Cloudinary</translation>
    </message>
    <message>
        <source>delete the copy at Cloudinary</source>
        <translation>eliminar la copia en Cloudinary</translation>
    </message>
    <message>
        <source>move the collection to the archive</source>
        <translation>mover la colección al archivo</translation>
    </message>
    <message>
        <source>make the collection private</source>
        <translation>hacer privada la colección</translation>
    </message>
    <message>
        <source>it is also used outside this campaign</source>
        <translation>también se usa fuera de esta campaña</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>ya está así</translation>
    </message>
    <message>
        <source>it is not delivered any more</source>
        <translation>ya no se entrega</translation>
    </message>
    <message>
        <source>there is nothing in it</source>
        <translation>no contiene nada</translation>
    </message>
    <message>
        <source>some of its galleries have not been synced yet</source>
        <translation>algunas de sus galerías aún no se han sincronizado</translation>
    </message>
    <message>
        <source>some of it is being pushed or rendered at the moment</source>
        <translation>una parte se está enviando o generando en este momento</translation>
    </message>
    <message>
        <source>it lies in the archive already</source>
        <translation>ya está en el archivo</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivado</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>Revirtiendo</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Revertido</translation>
    </message>
    <message>
        <source>This cannot begin: {reasons}.</source>
        <translation>No puede comenzar: {reasons}.</translation>
    </message>
</context>
<context>
    <name>asset</name>
    <message>
        <source>{rating} of 5 stars</source>
        <translation>{rating} de 5 estrellas</translation>
    </message>
    <message>
        <source>Changed since approval</source>
        <translation>Cambiado desde la aprobación</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviado</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>No se puede leer</translation>
    </message>
</context>
<context>
    <name>capability</name>
    <message>
        <source>See assets</source>
        <translation>Ver recursos</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Cargar</translation>
    </message>
    <message>
        <source>Change assets</source>
        <translation>Cambiar recursos</translation>
    </message>
    <message>
        <source>Delete assets</source>
        <translation>Eliminar recursos</translation>
    </message>
    <message>
        <source>Change upload presets</source>
        <translation>Cambiar preajustes de carga</translation>
    </message>
    <message>
        <source>Change metadata fields</source>
        <translation>Cambiar campos de metadatos</translation>
    </message>
    <message>
        <source>Change named transformations</source>
        <translation>Cambiar transformaciones con nombre</translation>
    </message>
    <message>
        <source>Change notifications</source>
        <translation>Cambiar notificaciones</translation>
    </message>
    <message>
        <source>See settings</source>
        <translation>Ver la configuración</translation>
    </message>
    <message>
        <source>See usage and limits</source>
        <translation>Ver uso y límites</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>Approved</source>
        <translation>Aprobado</translation>
    </message>
    <message>
        <source>Delivered for the first time</source>
        <translation>Entregado por primera vez</translation>
    </message>
    <message>
        <source>Replaced by a new version</source>
        <translation>Reemplazado por una nueva versión</translation>
    </message>
    <message>
        <source>Rendition published</source>
        <translation>Variante publicada</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>Taken back because rights ended</source>
        <translation>Retirado por vencimiento de derechos</translation>
    </message>
    <message>
        <source>Delivered again</source>
        <translation>Entregado de nuevo</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>Derechos cambiados</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>Los derechos vencen pronto</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>Metadatos cambiados</translation>
    </message>
    <message>
        <source>Image of a product delivered</source>
        <translation>Imagen de un producto entregada</translation>
    </message>
    <message>
        <source>Image taken off a product</source>
        <translation>Imagen retirada de un producto</translation>
    </message>
    <message>
        <source>Product feed read</source>
        <translation>Feed de productos leído</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivado</translation>
    </message>
    <message>
        <source>Campaign archived</source>
        <translation>Campaña archivada</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prueba</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desactivado</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Abandonado</translation>
    </message>
    <message>
        <source>The receiver took it</source>
        <translation>El receptor lo aceptó</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En camino</translation>
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
        <translation>Otro</translation>
    </message>
    <message>
        <source>At Cloudinary alone</source>
        <translation>Solo en Cloudinary</translation>
    </message>
    <message>
        <source>At Cloudinary and in the shop</source>
        <translation>En Cloudinary y en la tienda</translation>
    </message>
    <message>
        <source>Small stand-ins in the shop</source>
        <translation>Sustitutos pequeños en la tienda</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Desenfocado</translation>
    </message>
    <message>
        <source>Large pixels</source>
        <translation>Píxeles grandes</translation>
    </message>
    <message>
        <source>Drawn outlines</source>
        <translation>Contornos dibujados</translation>
    </message>
    <message>
        <source>Its main colour</source>
        <translation>Su color principal</translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>Nothing waits for a review</source>
        <translation>No hay nada pendiente de revisión</translation>
    </message>
    <message>
        <source>Choose assets and press I to put them in review, or ask somebody for one in the menu Review.</source>
        <translation>Seleccione recursos y pulse I para ponerlos en revisión, o solicite a alguien una en el menú Revisión.</translation>
    </message>
    <message>
        <source>Nothing is approved yet</source>
        <translation>Aún no hay nada aprobado</translation>
    </message>
    <message>
        <source>Choose assets and press A. What is approved can be pushed.</source>
        <translation>Seleccione recursos y pulse A. Lo aprobado se puede enviar.</translation>
    </message>
    <message>
        <source>Nothing is pushed yet</source>
        <translation>Aún no se ha enviado nada</translation>
    </message>
    <message>
        <source>Choose approved assets and press Ctrl+U: the plan is shown first, and then they are delivered.</source>
        <translation>Seleccione recursos aprobados y pulse Ctrl+U: primero se muestra el plan y después se entregan.</translation>
    </message>
    <message>
        <source>No rights have ended</source>
        <translation>No hay derechos terminados</translation>
    </message>
    <message>
        <source>What may not be used any more stands here. The calendar in the menu Review shows what ends soon.</source>
        <translation>Aquí está lo que ya no se puede usar. El calendario del menú Revisión muestra lo que termina pronto.</translation>
    </message>
    <message>
        <source>Everything can be read</source>
        <translation>Todo se puede leer</translation>
    </message>
    <message>
        <source>Files that are damaged, or of a kind that nobody here can read, stand here with the reason.</source>
        <translation>Aquí están, con el motivo, los archivos dañados o de un tipo que nada aquí puede leer.</translation>
    </message>
</context>
<context>
    <name>contract</name>
    <message>
        <source>width {found} instead of {asked}</source>
        <translation>ancho {found} en lugar de {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of {asked}</source>
        <translation>alto {found} en lugar de {asked}</translation>
    </message>
    <message>
        <source>width {found} instead of ≤ {asked}</source>
        <translation>ancho {found} en lugar de ≤ {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of ≤ {asked}</source>
        <translation>alto {found} en lugar de ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of ≤ {asked}</source>
        <translation>{found} en lugar de ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of {asked}</source>
        <translation>{found} en lugar de {asked}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>up to {count} with a file for each browser&apos;s format</source>
        <translation>hasta {count} con un archivo para el formato de cada navegador</translation>
    </message>
    <message>
        <source>{name} × {count}, billed apart</source>
        <translation>{name} × {count}, se factura aparte</translation>
    </message>
    <message>
        <source>{name} × {count}, an add-on</source>
        <translation>{name} × {count}, un complemento</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>al menos %Ln transformación</numerusform>
            <numerusform>al menos %Ln transformaciones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>%Ln recurso derivado nuevo</numerusform>
            <numerusform>%Ln recursos derivados nuevos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln ya existente</numerusform>
            <numerusform>%Ln ya existentes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>disagreement</name>
    <message>
        <source>{names} decided differently: {state} holds until somebody decides again.</source>
        <translation>{names} decidieron de forma distinta: vale {state} hasta que alguien vuelva a decidir.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>Asset Bridge ya está abierto con este perfil ({path}). Use esa ventana; ella ejecuta lo que se ponga en cola en otro lugar.</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its permissions, or choose another one with ASSET_BRIDGE_HOME.</source>
        <translation>No se puede escribir en el perfil {path}: {detail}. No se ha cambiado nada. Corrija sus permisos o elija otro con ASSET_BRIDGE_HOME.</translation>
    </message>
    <message>
        <source>{service} did not take this: {detail}.</source>
        <translation>{service} no lo aceptó: {detail}.</translation>
    </message>
    <message>
        <source>{host} is an address of this computer or of a private network ({address}). Nothing was sent. Allow private addresses for it if that is meant.</source>
        <translation>{host} es una dirección de este equipo o de una red privada ({address}). No se envió nada. Permita direcciones privadas para él si es lo que se quiere.</translation>
    </message>
    <message>
        <source>{url} cannot be called: {detail}.</source>
        <translation>No se puede llamar a {url}: {detail}.</translation>
    </message>
    <message>
        <source>{host} did not take it ({detail}). It is tried again.</source>
        <translation>{host} no lo aceptó ({detail}). Se volverá a intentar.</translation>
    </message>
    <message>
        <source>{host} could not be read ({detail}). What was known before stays as it is.</source>
        <translation>No se pudo leer {host} ({detail}). Lo que se conocía se queda como está.</translation>
    </message>
    <message>
        <source>{host} did not give what was asked for: {detail}. Nothing was changed.</source>
        <translation>{host} no dio lo que se pidió: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>The answer is larger than {most} MB. Nothing was changed.</source>
        <translation>La respuesta supera los {most} MB. No se cambió nada.</translation>
    </message>
    <message>
        <source>A PDF needs libraries that are not here ({detail}). CSV and JSON need none.</source>
        <translation>Un PDF necesita bibliotecas que no están instaladas ({detail}). CSV y JSON no necesitan ninguna.</translation>
    </message>
    <message>
        <source>{what} could be any of {count} assets. Give its id or its whole path.</source>
        <translation>{what} puede ser cualquiera de {count} recursos. Indique su identificador o su ruta completa.</translation>
    </message>
    <message>
        <source>{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is asked again by itself until it says no.</source>
        <translation>{name} se ha retirado en {service}, pero copias intermedias aún lo entregan. Su dirección se consulta automáticamente hasta que la respuesta sea negativa.</translation>
    </message>
    <message>
        <source>{service} refuses what is signed here because the clock of this computer is wrong ({detail}). Set the clock, then try again; what is queued stays queued.</source>
        <translation>{service} rechaza lo firmado aquí porque el reloj de este equipo no es correcto ({detail}). Ajuste el reloj y vuelva a intentarlo; lo que está en cola sigue en cola.</translation>
    </message>
    <message>
        <source>This file is larger than the plan at {service} allows ({detail}). Nothing was changed there; send a smaller version, or ask for a larger plan.</source>
        <translation>Este archivo es mayor de lo que permite el plan en {service} ({detail}). Allí no se cambió nada; envíe una versión más pequeña o solicite un plan mayor.</translation>
    </message>
    <message>
        <source>{service} cannot read this file, or does not take its format ({detail}). Nothing was changed there; look whether the file opens here.</source>
        <translation>{service} no puede leer este archivo o no acepta su formato ({detail}). Allí no se cambió nada; compruebe si el archivo se abre aquí.</translation>
    </message>
    <message>
        <source>{service} knows no upload preset of that name ({detail}). Nothing was changed there; choose another one, or none.</source>
        <translation>{service} no conoce ningún preajuste de carga con ese nombre ({detail}). Allí no se cambió nada; elija otro o ninguno.</translation>
    </message>
    <message>
        <source>An add-on that this asks for is not booked at {service} ({detail}). Nothing was changed there.</source>
        <translation>Un complemento que esto necesita no está contratado en {service} ({detail}). Allí no se cambió nada.</translation>
    </message>
    <message>
        <source>The key of this account may not do this at {service} ({detail}). Nothing was changed there; use a key with that permission, or ask who gives them.</source>
        <translation>La clave de esta cuenta no puede hacer esto en {service} ({detail}). Allí no se cambió nada; use una clave con ese permiso o pídalo a quien los concede.</translation>
    </message>
    <message>
        <source>{service} was asked, and the answer points to another address ({detail}). Nothing was sent there. If this network wants you to log in first, do that; else check the API&apos;s address in the account. It is tried again by itself.</source>
        <translation>Se consultó a {service} y la respuesta remite a otra dirección ({detail}). Allí no se envió nada. Si esta red exige iniciar sesión antes, hágalo; si no, compruebe la dirección de la API en la cuenta. Se reintenta automáticamente.</translation>
    </message>
    <message>
        <source>What came back from {service} cannot be understood ({detail}). Something on the way may have answered in its place. It is tried again by itself.</source>
        <translation>La respuesta de {service} no se entiende ({detail}). Puede que algo haya respondido en su lugar por el camino. Se reintenta automáticamente.</translation>
    </message>
    <message>
        <source>{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. It is sent again.</source>
        <translation>{name} llegó dañado a {service}: su suma de comprobación es {etag} en lugar de {md5}. Se vuelve a enviar.</translation>
    </message>
    <message>
        <source>The upload preset {preset} changes files as they arrive at {service}, so that what is there is not what was approved. Choose another preset.</source>
        <translation>El preajuste de carga {preset} modifica los archivos al llegar a {service}, de modo que lo que hay allí no es lo que se aprobó. Elija otro preajuste.</translation>
    </message>
    <message>
        <source>The hourly number of calls to {service}&apos;s Admin API is used up. What needs one goes on by itself when the next hour begins; uploads go on meanwhile.</source>
        <translation>Las llamadas por hora a la Admin API de {service} están agotadas. Lo que necesite una continúa solo cuando empiece la próxima hora; las cargas siguen entretanto.</translation>
    </message>
    <message>
        <source>This needs an address signed with the API secret, which a login does not have. Add the account with its key and secret.</source>
        <translation>Esto necesita una dirección firmada con el secreto de API, que un inicio de sesión no tiene. Añada la cuenta con su clave y su secreto.</translation>
    </message>
    <message>
        <source>The named transformation {name} at {service} is not what you saw: it now is {now}. It was left as it is.</source>
        <translation>La transformación con nombre {name} en {service} no es la que se vio: ahora es {now}. Se dejó como está.</translation>
    </message>
    <message>
        <source>A notification was not believed: {detail}. Nothing was done about it.</source>
        <translation>No se dio crédito a una notificación: {detail}. No se hizo nada al respecto.</translation>
    </message>
    <message>
        <source>{service} did not log you in: {detail}. Nothing was changed here.</source>
        <translation>{service} no inició la sesión: {detail}. Aquí no se cambió nada.</translation>
    </message>
    <message>
        <source>Nobody logged in within the time there was. Nothing was changed; try again.</source>
        <translation>Nadie inició sesión dentro del plazo. No se cambió nada; vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The login was cancelled. Nothing was changed.</source>
        <translation>El inicio de sesión se canceló. No se cambió nada.</translation>
    </message>
    <message>
        <source>{service} keeps no backup of {name}: it cannot be brought back from there. Push the master again.</source>
        <translation>{service} no guarda ninguna copia de seguridad de {name}: no se puede recuperar desde allí. Envíe de nuevo el máster.</translation>
    </message>
    <message>
        <source>{name} was not delivered: its library sends other bytes than it says ({detail}). It is fetched again by itself.</source>
        <translation>{name} no se entregó: su biblioteca envía bytes distintos de los que indica ({detail}). Se vuelve a obtener automáticamente.</translation>
    </message>
    <message>
        <source>There is an upload preset called {name} already. Change that one, or choose another name.</source>
        <translation>Ya existe un preajuste de carga llamado {name}. Cámbielo o elija otro nombre.</translation>
    </message>
    <message>
        <source>Entry {first} was altered: it does not say what was recorded.</source>
        <translation>La entrada {first} fue alterada: no indica lo que se registró.</translation>
    </message>
    <message>
        <source>Just before entry {first} something was put in, taken out or moved.</source>
        <translation>Justo antes de la entrada {first} se introdujo, quitó o movió algo.</translation>
    </message>
    <message>
        <source>Entries are missing: number {first} to number {last}.</source>
        <translation>Faltan entradas: de la número {first} a la número {last}.</translation>
    </message>
    <message>
        <source>The end was cut off: number {first} to number {last} were there once.</source>
        <translation>Se cortó el final: antes existían de la número {first} a la número {last}.</translation>
    </message>
    <message>
        <source>The ledger does not know any more how far the trail goes.</source>
        <translation>El libro de registro ya no sabe hasta dónde llega el registro de auditoría.</translation>
    </message>
    <message>
        <source>The trail does not end as the ledger kept it, at entry {first}.</source>
        <translation>El registro de auditoría no termina como lo guardó el libro de registro, en la entrada {first}.</translation>
    </message>
    <message>
        <source>The file beside the ledger that keeps the trail&apos;s end is gone or unreadable.</source>
        <translation>El archivo junto al libro de registro que guarda el final del registro de auditoría no existe o es ilegible.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that the file beside the ledger has kept.</source>
        <translation>La entrada {first} no es la que guardó el archivo junto al libro de registro.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that was kept elsewhere.</source>
        <translation>La entrada {first} no es la que se guardó en otro lugar.</translation>
    </message>
    <message>
        <source>The decision that entry {first} tells of is not on record any more.</source>
        <translation>La decisión de la que informa la entrada {first} ya no está registrada.</translation>
    </message>
    <message>
        <source>A decision is on record that the trail does not tell of ({what}).</source>
        <translation>Hay registrada una decisión de la que el registro de auditoría no informa ({what}).</translation>
    </message>
    <message>
        <source>{what} of the channel cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} del canal no se puede usar: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it into another folder.</source>
        <translation>{name} no se envió: la carpeta {folder} pertenece a la extensión de {channel}. Envíelo a otra carpeta.</translation>
    </message>
    <message>
        <source>The comment was not saved: {detail}. What you wrote is still where you wrote it.</source>
        <translation>El comentario no se guardó: {detail}. El texto sigue donde se escribió.</translation>
    </message>
    <message>
        <source>Somebody has changed {field} of the entry {entry} there meanwhile. Their version was left as it is; look at it there, then publish again.</source>
        <translation>Entretanto alguien ha cambiado {field} de la entrada {entry}. Su versión se dejó como está; mírela allí y vuelva a publicar.</translation>
    </message>
    <message>
        <source>{preset} of {name} may not be published: {reasons}. Nothing was written.</source>
        <translation>{preset} de {name} no se puede publicar: {reasons}. No se escribió nada.</translation>
    </message>
    <message>
        <source>There is no rendition {preset} of {name} as it is now. Approve the newest version, push it and have the rendition made in the cloud.</source>
        <translation>No hay ninguna variante {preset} de {name} en su estado actual. Apruebe la versión más reciente, envíela y haga crear la variante en la nube.</translation>
    </message>
    <message>
        <source>There is no environment {environment} there. There is: {known}.</source>
        <translation>Allí no hay ningún entorno {environment}. Hay: {known}.</translation>
    </message>
    <message>
        <source>Something is published in {name}: until that was taken back, it stays the same place. Nothing was changed; add another one beside it.</source>
        <translation>Hay algo publicado en {name}: hasta que se retire, sigue siendo el mismo lugar. No se cambió nada; añada otro al lado.</translation>
    </message>
    <message>
        <source>{field} of the entry takes {most} pictures and has them. Nothing was changed.</source>
        <translation>{field} de la entrada admite {most} imágenes y ya las tiene. No se cambió nada.</translation>
    </message>
    <message>
        <source>{field} of the entry holds something else than pictures. Nothing was changed.</source>
        <translation>{field} de la entrada contiene algo que no son imágenes. No se cambió nada.</translation>
    </message>
    <message>
        <source>{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a reference to entries with one of these is.</source>
        <translation>{field} no es un campo para imágenes: lo son un campo Cloudinary o JSON, un archivo, un texto, un enlace o una referencia a entradas con uno de ellos.</translation>
    </message>
    <message>
        <source>{what}: {detail}</source>
        <translation>{what}: {detail}</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}.</source>
        <translation>{what} no se puede usar: {detail}.</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was lost.</source>
        <translation>Algo salió mal. No se perdió nada.</translation>
    </message>
    <message>
        <source>{service} cannot be reached. Nothing was lost: what is queued goes out by itself when the connection is back.</source>
        <translation>No se puede acceder a {service}. No se perdió nada: lo que está en cola sale solo cuando vuelva la conexión.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down. The work continues by itself.</source>
        <translation>{service} pide ir más despacio. El trabajo continúa automáticamente.</translation>
    </message>
    <message>
        <source>{service} has a problem of its own ({detail}). It is tried again by itself.</source>
        <translation>{service} tiene un problema propio ({detail}). Se reintenta automáticamente.</translation>
    </message>
    <message>
        <source>{service} refused this: {detail}. Nothing was changed there.</source>
        <translation>{service} lo rechazó: {detail}. Allí no se cambió nada.</translation>
    </message>
    <message>
        <source>{service} does not accept the key of this account ({detail}). Check the account&apos;s key and secret; what is queued stays queued.</source>
        <translation>{service} no acepta la clave de esta cuenta ({detail}). Compruebe la clave y el secreto de la cuenta; lo que está en cola sigue en cola.</translation>
    </message>
    <message>
        <source>{name} was not pushed: {reasons}. Nothing was sent.</source>
        <translation>{name} no se envió: {reasons}. No se envió nada.</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name}: {reasons}. Mientras sea así, no se da ninguna dirección.</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. It was left as it is.</source>
        <translation>No se pudo leer {path}: {detail}. Se dejó como está.</translation>
    </message>
    <message>
        <source>{name} has changed since the push was queued. Nothing was sent: look at the new version and approve it again.</source>
        <translation>{name} ha cambiado desde que el envío se puso en cola. No se envió nada: revise la nueva versión y vuelva a aprobarla.</translation>
    </message>
    <message>
        <source>No preview could be made: {detail}.</source>
        <translation>No se pudo crear ninguna vista previa: {detail}.</translation>
    </message>
    <message>
        <source>No preview could be made within the limits: {detail}. The file was left alone.</source>
        <translation>No se pudo crear ninguna vista previa dentro de los límites: {detail}. El archivo no se tocó.</translation>
    </message>
    <message>
        <source>The disk with {path} is full. What you said before is safe, and your originals are untouched. Free some space, then try again.</source>
        <translation>El disco con {path} está lleno. Lo indicado antes está a salvo y los originales no se han tocado. Libere espacio y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The database {path} cannot be used: {detail}.</source>
        <translation>La base de datos {path} no se puede usar: {detail}.</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Asset Bridge. Please update the program; nothing was changed.</source>
        <translation>La base de datos {path} se escribió con una versión más reciente de Asset Bridge. Actualice el programa; no se cambió nada.</translation>
    </message>
    <message>
        <source>There is no keyring service here to keep the secret in. Choose a passphrase (or set ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.</source>
        <translation>Aquí no hay servicio de llavero donde guardar el secreto. Elija una frase de contraseña (o defina ASSET_BRIDGE_PASSPHRASE) y se guardará en un archivo cifrado.</translation>
    </message>
    <message>
        <source>This passphrase does not open the key store. Nothing was changed.</source>
        <translation>Esta frase de contraseña no abre el almacén de claves. No se cambió nada.</translation>
    </message>
    <message>
        <source>{what} was not found.</source>
        <translation>No se encontró {what}.</translation>
    </message>
    <message>
        <source>{what} is no field mapping: {detail}.</source>
        <translation>{what} no es una asignación de campos: {detail}.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {detail}. Nothing was written.</source>
        <translation>El kit {kit} no se exportó: {detail}. No se escribió nada.</translation>
    </message>
    <message>
        <source>The kit {what} was not saved: another one has that name, or it was deleted meanwhile. Nothing was changed.</source>
        <translation>El kit {what} no se guardó: otro tiene ese nombre, o se eliminó mientras tanto. No se cambió nada.</translation>
    </message>
    <message>
        <source>The table of variants cannot be used: line {line}: {detail}. Nothing was changed.</source>
        <translation>La tabla de versiones no se puede usar: línea {line}: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>{what} cannot stand in a rights block: {detail}. Nothing was changed.</source>
        <translation>{what} no puede estar en un bloque de derechos: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>The rating {rating} was not kept: it takes 0 to 5.</source>
        <translation>La calificación {rating} no se guardó: se admite de 0 a 5.</translation>
    </message>
    <message>
        <source>{what} cannot be defined so: {detail}.</source>
        <translation>{what} no se puede definir así: {detail}.</translation>
    </message>
    <message>
        <source>{what} cannot be used at character {at}: {detail}.</source>
        <translation>{what} no se puede usar en el carácter {at}: {detail}.</translation>
    </message>
    <message>
        <source>The templates were not imported: {what}: {detail}. Nothing was changed.</source>
        <translation>Las plantillas no se importaron: {what}: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>“{field}” is switched off by a rule for what the other fields say.</source>
        <translation>“{field}” está desactivado por una regla según lo que indican otros campos.</translation>
    </message>
    <message>
        <source>“{field}” must not be empty.</source>
        <translation>“{field}” no puede estar vacío.</translation>
    </message>
    <message>
        <source>“{field}” needs a whole number.</source>
        <translation>“{field}” necesita un número entero.</translation>
    </message>
    <message>
        <source>“{field}” needs a date such as 2026-05-31.</source>
        <translation>“{field}” necesita una fecha como 2026-05-31.</translation>
    </message>
    <message>
        <source>“{value}” is not in the list of “{field}”.</source>
        <translation>“{value}” no está en la lista de “{field}”.</translation>
    </message>
    <message>
        <source>“{value}” cannot be chosen for “{field}” with what the other fields say.</source>
        <translation>“{value}” no se puede elegir para “{field}” con lo que indican los otros campos.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} values.</source>
        <translation>“{field}” admite como máximo {most} valores.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} characters.</source>
        <translation>“{field}” admite como máximo {most} caracteres.</translation>
    </message>
    <message>
        <source>“{field}” needs at least {least} characters.</source>
        <translation>“{field}” necesita al menos {least} caracteres.</translation>
    </message>
    <message>
        <source>“{field}” has to match the pattern {pattern}.</source>
        <translation>“{field}” debe coincidir con el patrón {pattern}.</translation>
    </message>
    <message>
        <source>“{field}” has to be greater than {bound}.</source>
        <translation>“{field}” debe ser mayor que {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or more.</source>
        <translation>“{field}” debe ser {bound} o más.</translation>
    </message>
    <message>
        <source>“{field}” has to be less than {bound}.</source>
        <translation>“{field}” debe ser menor que {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or less.</source>
        <translation>“{field}” debe ser {bound} o menos.</translation>
    </message>
    <message>
        <source>The naming template {what} cannot be used: {detail}. Nothing was written.</source>
        <translation>La plantilla de nombres {what} no se puede usar: {detail}. No se escribió nada.</translation>
    </message>
    <message>
        <source>{name} was not let through: {detail}. Nothing was changed.</source>
        <translation>{name} no se dejó pasar: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} no se puede usar: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>The policies were not taken over: {place}: {detail}. Nothing was changed.</source>
        <translation>Las directivas no se adoptaron: {place}: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>The presets were not imported: {place}: {detail}. Nothing was changed.</source>
        <translation>Los preajustes no se importaron: {place}: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>The feed needs a name of its own, of at most {most} letters.</source>
        <translation>El feed necesita un nombre propio de {most} letras como máximo.</translation>
    </message>
    <message>
        <source>The feed cannot be kept: {detail}. Nothing was changed.</source>
        <translation>El feed no se puede guardar: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>{name} was not taken: {detail}. What was known before stays as it is.</source>
        <translation>{name} no se aceptó: {detail}. Lo que se conocía se queda como está.</translation>
    </message>
    <message>
        <source>{name}: {bad} of {received} rows were not taken.</source>
        <translation>{name}: no se aceptaron {bad} de {received} filas.</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, {{position}}, {{any}} and [brackets] around what may be missing.</source>
        <translation>El patrón “{pattern}” no se puede usar: necesita {{sku}} una vez y admite {{slot}}, {{position}}, {{any}} y [corchetes] alrededor de lo que puede faltar.</translation>
    </message>
    <message>
        <source>This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.</source>
        <translation>Este equipo debe usar el proxy {proxy}, que no es un proxy HTTP. No se envió nada. Asigne a HTTPS_PROXY un proxy HTTP o quite ALL_PROXY, y reinicie.</translation>
    </message>
    <message>
        <source>{variable} is not the address of a proxy. Nothing was sent. Write it as http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start again.</source>
        <translation>{variable} no es la dirección de un proxy. No se envió nada. Escríbala como http://nombre:contraseña@proxy:3128, con %2F para / y %40 para @ en la contraseña, y reinicie.</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check HTTPS_PROXY, with the name and password in it, and start again.</source>
        <translation>El proxy {proxy} no deja pasar nada hacia {service} ({detail}). No se envió nada. Compruebe HTTPS_PROXY, con su nombre y contraseña, y reinicie.</translation>
    </message>
    <message>
        <source>No review pack was made: {detail}.</source>
        <translation>No se creó ningún paquete de revisión: {detail}.</translation>
    </message>
    <message>
        <source>The verdicts were not imported: {place}: {detail}. Nothing was recorded.</source>
        <translation>Los veredictos no se importaron: {place}: {detail}. No se registró nada.</translation>
    </message>
    <message>
        <source>The review was not requested: {detail}.</source>
        <translation>La revisión no se solicitó: {detail}.</translation>
    </message>
    <message>
        <source>The rights end ({ends}) before they begin ({starts}).</source>
        <translation>Los derechos terminan ({ends}) antes de comenzar ({starts}).</translation>
    </message>
    <message>
        <source>The rights block cannot be read: {detail}.</source>
        <translation>El bloque de derechos no se puede leer: {detail}.</translation>
    </message>
    <message>
        <source>{what} is no territory: give a country&apos;s code (NO, SE), a region ({regions}) or WORLD. Nothing was changed.</source>
        <translation>{what} no es un territorio: indique un código de país (NO, SE), una región ({regions}) o WORLD. No se cambió nada.</translation>
    </message>
    <message>
        <source>{what} is no channel: they are {channels}. Nothing was changed.</source>
        <translation>{what} no es un canal: los hay {channels}. No se cambió nada.</translation>
    </message>
    <message>
        <source>These rights exclude every one of the {what} that they grant. Nothing was changed.</source>
        <translation>Estos derechos excluyen todo lo que conceden ({what}). No se cambió nada.</translation>
    </message>
    <message>
        <source>{what} of the rights is too long: {most} at most. Nothing was changed.</source>
        <translation>{what} de los derechos es demasiado largo: {most} como máximo. No se cambió nada.</translation>
    </message>
    <message>
        <source>The rights cannot be claimed: {detail}. Nothing was changed.</source>
        <translation>Los derechos no se pueden establecer: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>The rights cannot be read: {place} is not as it should be. Nothing was changed.</source>
        <translation>Los derechos no se pueden leer: {place} no es como debería. No se cambió nada.</translation>
    </message>
    <message>
        <source>{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed.</source>
        <translation>{what} no es una fecha: escriba 2027-03-31 o 2027-03-31T18:00. No se cambió nada.</translation>
    </message>
    <message>
        <source>{name}: what was claimed here and what {service} says have no {what} in common, which cannot be written there. Here nothing of it is delivered.</source>
        <translation>{name}: lo establecido aquí y lo que indica {service} no tienen nada en común ({what}), y eso no se puede escribir allí. Aquí no se entrega nada de ello.</translation>
    </message>
    <message>
        <source>{what} cannot be used: line {line}: {detail}.</source>
        <translation>{what} no se puede usar: línea {line}: {detail}.</translation>
    </message>
    <message>
        <source>{what}: {detail}. The vocabulary is closed: choose one of its words.</source>
        <translation>{what}: {detail}. El vocabulario está cerrado: elija una de sus palabras.</translation>
    </message>
    <message>
        <source>{endpoint} said that it is gone (410). It was switched off; what was not delivered is kept and can be sent again.</source>
        <translation>{endpoint} indicó que ya no existe (410). Se desactivó; lo que no se entregó se conserva y se puede volver a enviar.</translation>
    </message>
    <message>
        <source>{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept and can be sent again.</source>
        <translation>{endpoint} no aceptó el mensaje en {tries} intentos a lo largo de varios días ({detail}). Se conserva y se puede volver a enviar.</translation>
    </message>
    <message>
        <source>The endpoint needs a name of at most {most} letters.</source>
        <translation>El endpoint necesita un nombre de {most} letras como máximo.</translation>
    </message>
    <message>
        <source>There is an endpoint called {name} already.</source>
        <translation>Ya existe un endpoint llamado {name}.</translation>
    </message>
    <message>
        <source>“{url}” is no address to tell: it has to begin with https://.</source>
        <translation>“{url}” no es una dirección a la que se pueda avisar: debe comenzar por https://.</translation>
    </message>
    <message>
        <source>{url} is not encrypted. Only an address of this computer or network, where that is allowed, may begin with http://.</source>
        <translation>{url} no está cifrada. Solo una dirección de este equipo o de esta red, si se permite, puede comenzar por http://.</translation>
    </message>
    <message>
        <source>The secret has to be {prefix} and {least} to {most} bytes in base64.</source>
        <translation>El secreto debe constar de {prefix} y de {least} a {most} bytes en base64.</translation>
    </message>
    <message>
        <source>The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; it goes on by itself when the folder is back.</source>
        <translation>No se puede acceder a la biblioteca {path}: {detail}. Nada de ella se da por eliminado; continúa automáticamente cuando la carpeta vuelva.</translation>
    </message>
    <message>
        <source>{path} is still being written. It is read again when it is at rest.</source>
        <translation>{path} aún se está escribiendo. Se leerá de nuevo cuando termine.</translation>
    </message>
    <message>
        <source>{path} was not copied: {detail}. The original is where it was.</source>
        <translation>{path} no se copió: {detail}. El original está donde estaba.</translation>
    </message>
    <message>
        <source>The system cannot watch every folder of {path} ({detail}). The library is looked through at intervals instead: changes may take longer to appear.</source>
        <translation>El sistema no puede vigilar todas las carpetas de {path} ({detail}). En su lugar, la biblioteca se recorre a intervalos: los cambios pueden tardar más en aparecer.</translation>
    </message>
    <message>
        <source>{service} did not sign you in: {detail}. Nothing was changed here.</source>
        <translation>{service} no inició la sesión: {detail}. Aquí no se cambió nada.</translation>
    </message>
    <message>
        <source>{service} does not accept the API key ({detail}). A key for version 4 of its API is needed. Nothing was changed here.</source>
        <translation>{service} no acepta la clave de API ({detail}). Hace falta una clave para la versión 4 de su API. Aquí no se cambió nada.</translation>
    </message>
    <message>
        <source>The session at {service} has ended ({detail}). Sign in again; what is queued stays queued.</source>
        <translation>La sesión en {service} ha terminado ({detail}). Vuelva a iniciar sesión; lo que está en cola sigue en cola.</translation>
    </message>
    <message>
        <source>{service} asks for a code but does not take it here ({detail}). Sign in with the browser where that is offered, or as somebody who needs no code.</source>
        <translation>{service} pide un código, pero no lo acepta aquí ({detail}). Inicie sesión con el navegador donde se ofrezca, o con una cuenta que no necesite código.</translation>
    </message>
    <message>
        <source>Your role at {service} does not allow this ({detail}). Nothing was changed there.</source>
        <translation>Su rol en {service} no permite esto ({detail}). Allí no se cambió nada.</translation>
    </message>
    <message>
        <source>{service} does not have this any more ({detail}).</source>
        <translation>{service} ya no tiene esto ({detail}).</translation>
    </message>
    <message>
        <source>Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: look at both and decide.</source>
        <translation>Alguien cambió esto entretanto en {service} ({detail}). No se sobrescribió nada: compare ambos y decida.</translation>
    </message>
    <message>
        <source>{service} does not offer this for that kind of file ({detail}).</source>
        <translation>{service} no ofrece esto para este tipo de archivo ({detail}).</translation>
    </message>
    <message>
        <source>{service} already has another file of this name there ({detail}). It was left as it is.</source>
        <translation>{service} ya tiene allí otro archivo con este nombre ({detail}). Se dejó como está.</translation>
    </message>
    <message>
        <source>{service} does not offer this: {detail}.</source>
        <translation>{service} no ofrece esto: {detail}.</translation>
    </message>
    <message>
        <source>A listing of {service} does not come to an end ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Un listado de {service} no llega a su fin ({detail}). Lo leído hasta ahora se conservó; nada se dio por eliminado.</translation>
    </message>
    <message>
        <source>A listing of {service} ended too early ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Un listado de {service} terminó demasiado pronto ({detail}). Lo leído hasta ahora se conservó; nada se dio por eliminado.</translation>
    </message>
    <message>
        <source>This address cannot be used: {detail}.</source>
        <translation>Esta dirección no se puede usar: {detail}.</translation>
    </message>
    <message>
        <source>{service} links to an address that is not safe ({detail}). Nothing was sent there.</source>
        <translation>{service} remite a una dirección que no es segura ({detail}). Allí no se envió nada.</translation>
    </message>
    <message>
        <source>An answer of {service} is too long to be right ({detail}). It was not read.</source>
        <translation>Una respuesta de {service} es demasiado larga para ser correcta ({detail}). No se leyó.</translation>
    </message>
    <message>
        <source>A record of {service} cannot be taken over: {detail}. The others were.</source>
        <translation>Un registro de {service} no se puede adoptar: {detail}. Los demás sí.</translation>
    </message>
    <message>
        <source>{service} has no picture of this ({detail}).</source>
        <translation>{service} no tiene imagen de esto ({detail}).</translation>
    </message>
    <message>
        <source>{service} has no more of this file ({detail}).</source>
        <translation>{service} no tiene más de este archivo ({detail}).</translation>
    </message>
    <message>
        <source>{name} is being fetched already.</source>
        <translation>{name} ya se está obteniendo.</translation>
    </message>
    <message>
        <source>What {service} sent of {name} is not the file it describes ({detail}). It was thrown away; nothing was changed.</source>
        <translation>Lo que {service} envió de {name} no es el archivo que describe ({detail}). Se descartó; no se cambió nada.</translation>
    </message>
    <message>
        <source>This was stopped. What had arrived is kept, and the next try goes on from there.</source>
        <translation>Se detuvo. Lo recibido se conserva y el próximo intento continúa desde ahí.</translation>
    </message>
    <message>
        <source>Libraries of the kind {kind} need a package that {detail}. What is catalogued of them stays.</source>
        <translation>Las bibliotecas de la clase {kind} necesitan un paquete que {detail}. Lo catalogado de ellas se queda.</translation>
    </message>
    <message>
        <source>The metadata could not be written: {detail}. What is there was left as it is.</source>
        <translation>No se pudieron escribir los metadatos: {detail}. Lo que hay se dejó como está.</translation>
    </message>
    <message>
        <source>The metadata was not written: {detail}. The file was left as it is.</source>
        <translation>Los metadatos no se escribieron: {detail}. El archivo se dejó como está.</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile. It is read again.</source>
        <translation>Otro programa cambió {path} entretanto. Se vuelve a leer.</translation>
    </message>
    <message>
        <source>{path} is locked by another program. What you said is kept and tried again.</source>
        <translation>{path} está bloqueado por otro programa. Lo indicado se conserva y se reintenta.</translation>
    </message>
    <message>
        <source>{path} cannot be written to: {detail}. It was left as it is.</source>
        <translation>No se puede escribir en {path}: {detail}. Se dejó como está.</translation>
    </message>
    <message>
        <source>{path} is not there any more. What you said about it is kept.</source>
        <translation>{path} ya no existe. Lo indicado sobre él se conserva.</translation>
    </message>
    <message>
        <source>The sample library was not finished. Nothing of it was left in {folder}.</source>
        <translation>La biblioteca de ejemplo no se terminó. No quedó nada de ella en {folder}.</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>La búsqueda se detuvo.</translation>
    </message>
    <message>
        <source>The database {path} is damaged ({detail}). It was left as it is.</source>
        <translation>La base de datos {path} está dañada ({detail}). Se dejó como está.</translation>
    </message>
    <message>
        <source>{name} was changed again since. It was left as it is now: look at it, then decide anew.</source>
        <translation>{name} se volvió a cambiar desde entonces. Se dejó como está ahora: revíselo y decida de nuevo.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again; the secret was kept nowhere else.</source>
        <translation>El llavero está bloqueado. Desbloquéelo y vuelva a intentarlo; el secreto no se guardó en ningún otro lugar.</translation>
    </message>
    <message>
        <source>The key store is closed. Open it with its passphrase, under the accounts of Cloudinary (or set ASSET_BRIDGE_PASSPHRASE).</source>
        <translation>El almacén de claves está cerrado. Ábralo con su frase de contraseña, en las cuentas de Cloudinary (o defina ASSET_BRIDGE_PASSPHRASE).</translation>
    </message>
    <message>
        <source>The transformation cannot be used: at character {place} stands “{found}”, where {expected} was expected. Nothing was changed.</source>
        <translation>La transformación no se puede usar: en el carácter {place} está “{found}”, donde se esperaba {expected}. No se cambió nada.</translation>
    </message>
    <message>
        <source>The import was stopped. Nothing of that log is counted.</source>
        <translation>La importación se detuvo. No se cuenta nada de ese registro.</translation>
    </message>
    <message>
        <source>{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was recorded. A no for the whole counts from anybody.</source>
        <translation>{who} no puede decidir en la etapa “{stage}”: según una directiva, solo pueden {roles}. No se registró nada. Un no para el conjunto vale de cualquiera.</translation>
    </message>
    <message>
        <source>Some assets stay as they are: since then they have changed, or somebody decided on them, or they are reviewed in stages. Look at them, and decide anew.</source>
        <translation>Algunos recursos quedan como están: desde entonces han cambiado, alguien ha decidido sobre ellos o se revisan por etapas. Véalos y decida de nuevo.</translation>
    </message>
    <message>
        <source>The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive into another folder, or mend this one and try again.</source>
        <translation>El archivo en {path} no está completo: {detail}. No se quitó nada en ningún lugar. Archive en otra carpeta, o corrija esta y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{name} was to be moved, and the service shows it where it was. Nothing else was changed: try again, or move it there by hand.</source>
        <translation>{name} debía moverse, y el servicio lo muestra donde estaba. No se cambió nada más: vuelva a intentarlo o muévalo allí a mano.</translation>
    </message>
    <message>
        <source>Not all assets of this environment are known here yet, so nobody can say what changing the folder {name} would do. Wait until the sync is through, then try again.</source>
        <translation>Aún no se conocen aquí todos los recursos de este entorno, así que nadie puede decir qué haría un cambio de la carpeta {name}. Espere a que termine la sincronización y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has in Cloudinary. It was left as it is, and nothing was downloaded.</source>
        <translation>{path} ya existe, con otro contenido que el de {name} en Cloudinary. Se dejó como está y no se descargó nada.</translation>
    </message>
    <message>
        <source>{name} is in Cloudinary, not in a folder here. Download it to have the file.</source>
        <translation>{name} está en Cloudinary, no en una carpeta de aquí. Descárguelo para tener el archivo.</translation>
    </message>
    <message>
        <source>{name} has no display name of its own: in this environment the name is part of the public ID, and renaming it would change its address. Nothing was changed.</source>
        <translation>{name} no tiene un nombre para mostrar propio: en este entorno, el nombre forma parte del Public ID, y cambiarlo cambiaría su dirección. No se cambió nada.</translation>
    </message>
    <message>
        <source>Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot hold at once, or make the rule anew: a new one is applied last.</source>
        <translation>Cloudinary mantiene la regla “{name}” donde está. Dé a ambas reglas condiciones que no puedan cumplirse a la vez, o cree la regla de nuevo: una nueva se aplica al final.</translation>
    </message>
    <message>
        <source>Reading the feed was stopped. Nothing was changed.</source>
        <translation>La lectura del feed se detuvo. No se cambió nada.</translation>
    </message>
    <message>
        <source>{name} has changed at {service} since it was pushed, so nothing of its copy was carried back. Push it again, or change it at {service}.</source>
        <translation>{name} ha cambiado en {service} desde que se envió, por lo que no se devolvió nada de su copia. Envíelo de nuevo o cámbielo en {service}.</translation>
    </message>
    <message>
        <source>The mapping of {what} cannot be used: {detail}.</source>
        <translation>La asignación de {what} no se puede usar: {detail}.</translation>
    </message>
    <message>
        <source>The archive of {name} was taken back, so nothing more of it is done. Archive it anew if that is wanted.</source>
        <translation>El archivado de {name} se revirtió, por lo que no se hace nada más con él. Archívelo de nuevo si se desea.</translation>
    </message>
    <message>
        <source>{name} is delivered with {there} bytes, and {told} were published. It was not archived: look at it, then try again.</source>
        <translation>{name} se entrega con {there} bytes, y se publicaron {told}. No se archivó: revíselo y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{name} was put into the archive&apos;s gallery, and the service does not have it. Nothing was taken away anywhere; try again.</source>
        <translation>{name} se puso en la galería del archivo y el servicio no lo tiene. No se quitó nada en ningún lugar; vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{name} was to be marked as archived, and the service does not show it. Try again; nothing was taken away anywhere.</source>
        <translation>{name} debía marcarse como archivado y el servicio no lo muestra así. Vuelva a intentarlo; no se quitó nada en ningún lugar.</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else since you looked at it. It was left alone: look at it again, then decide anew.</source>
        <translation>Otra persona cambió {name} desde que se revisó. No se tocó: revíselo otra vez y decida de nuevo.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. Nothing was changed there.</source>
        <translation>{name} ya no está en {service}. Allí no se cambió nada.</translation>
    </message>
    <message>
        <source>The folder {name} is not at {service} any more. Nothing was changed there.</source>
        <translation>La carpeta {name} ya no está en {service}. Allí no se cambió nada.</translation>
    </message>
    <message>
        <source>There is a folder {name} at {service} already. Nothing was changed there: choose another name.</source>
        <translation>Ya existe una carpeta {name} en {service}. Allí no se cambió nada: elija otro nombre.</translation>
    </message>
    <message>
        <source>{name} is not at its library any more. Nothing was sent or changed.</source>
        <translation>{name} ya no está en su biblioteca. No se envió ni se cambió nada.</translation>
    </message>
    <message>
        <source>The library of this master cannot be reached. Nothing was lost: it is tried again by itself every minute.</source>
        <translation>No se puede acceder a la biblioteca de este máster. No se perdió nada: se reintenta automáticamente cada minuto.</translation>
    </message>
    <message>
        <source>The kit {name} was not exported: {reasons}. Nothing was written.</source>
        <translation>El kit {name} no se exportó: {reasons}. No se escribió nada.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {count} of its renditions could not be made; the first is {preset} of {name}: {detail} What is made is kept for the next try.</source>
        <translation>El kit {kit} no se exportó: {count} de sus variantes no se pudieron crear; la primera es {preset} de {name}: {detail} Lo creado se conserva para el próximo intento.</translation>
    </message>
    <message>
        <source>Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in the inspector.</source>
        <translation>Otra persona cambió entretanto {field} de {name}. Ambos valores se conservan: elija uno en el inspector.</translation>
    </message>
    <message>
        <source>{service} did not take {field} of {name}: {detail} What you wrote is kept and can be corrected.</source>
        <translation>{service} no aceptó {field} de {name}: {detail} Lo escrito se conserva y se puede corregir.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. What you wrote about it is kept.</source>
        <translation>{name} ya no está en {service}. Lo escrito sobre él se conserva.</translation>
    </message>
    <message>
        <source>{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.</source>
        <translation>{service} aceptó {field} de {name}, pero ahora indica “{there}”. Lo escrito se conserva.</translation>
    </message>
    <message>
        <source>{service} was told that {name} is {wanted}, and still says that it is {found}.</source>
        <translation>Se comunicó a {service} que {name} está en “{wanted}” y sigue indicando “{found}”.</translation>
    </message>
    <message>
        <source>{name} was not sent: the content at {public_id} was changed by somebody else. Look at it first; nothing was replaced.</source>
        <translation>{name} no se envió: otra persona cambió el contenido en {public_id}. Revíselo primero; no se reemplazó nada.</translation>
    </message>
    <message>
        <source>{name} has a new version at its library. It was not sent: have that version approved, then push it.</source>
        <translation>{name} tiene una nueva versión en su biblioteca. No se envió: haga aprobar esa versión y envíela después.</translation>
    </message>
    <message>
        <source>Cloudinary has not made the renditions of {name} within hours. Their transformation may be more than it can do: change it, or try again.</source>
        <translation>Tras varias horas, Cloudinary no ha creado las variantes de {name}. Puede que su transformación exceda lo que es capaz de hacer: cámbiela o vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} The others are there.</source>
        <translation>{count} de {total} variantes de {name} no se crearon; la primera es {preset}: {detail} Las demás están ahí.</translation>
    </message>
    <message>
        <source>{name} may not be delivered any more: {reasons}. Somebody has put other content at {public_id} meanwhile, which was left alone: look at it.</source>
        <translation>{name} ya no se puede entregar: {reasons}. Entretanto alguien puso otro contenido en {public_id}, que no se tocó: revíselo.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} was deleted at {service}, but its address makes it again for anybody: {environment} does not have strict transformations. Switch them on there and try again, or take the whole master back.</source>
        <translation>La variante {preset} de {name} se eliminó en {service}, pero su dirección la vuelve a crear para cualquiera: {environment} no tiene transformaciones estrictas. Actívelas allí y vuelva a intentarlo, o retire el máster completo.</translation>
    </message>
    <message>
        <source>The address of {name} is not told any more: {reasons}. Nothing was sent.</source>
        <translation>La dirección de {name} ya no se comunica: {reasons}. No se envió nada.</translation>
    </message>
    <message>
        <source>{endpoint} is switched off. The message is kept: switch it on and send it again.</source>
        <translation>{endpoint} está desactivado. El mensaje se conserva: actívelo y vuelva a enviarlo.</translation>
    </message>
    <message>
        <source>At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide again if that is not right.</source>
        <translation>En {service}, {name} está en “{state}” según su {source}, que es más estricto y prevalece. Decida de nuevo si no es correcto.</translation>
    </message>
    <message>
        <source>{name} is archived at {service}, so it was not told of the decision. The decision is kept here.</source>
        <translation>{name} está archivado en {service}, por lo que no se comunicó la decisión allí. La decisión se conserva aquí.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: it lies in no gallery there.</source>
        <translation>Lo publicado de {name} no se registró en el servicio: allí no está en ninguna galería.</translation>
    </message>
    <message>
        <source>It broke off.</source>
        <translation>Se interrumpió.</translation>
    </message>
    <message>
        <source>A saved report needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Un informe guardado necesita un nombre de 1 a {most} letras. No se cambió nada.</translation>
    </message>
    <message>
        <source>{count} assets are not in {environment} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} recursos ya no están en {environment}, entre ellos {first}. Se mantienen en el catálogo hasta que se indique que se pueden olvidar.</translation>
    </message>
    <message>
        <source>The sync was stopped. What was fetched stays.</source>
        <translation>La sincronización se detuvo. Lo obtenido se queda.</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Nothing is left of it.</source>
        <translation>La descarga de {name} se detuvo. No queda nada de ella.</translation>
    </message>
    <message>
        <source>Nothing was imported: {names} exist already and say something else. Say that they may be replaced, or rename them.</source>
        <translation>No se importó nada: {names} ya existen e indican otra cosa. Permita que se reemplacen o cambie sus nombres.</translation>
    </message>
    <message>
        <source>There is something else with the name {name}. Nothing was changed.</source>
        <translation>Hay otra cosa con el nombre {name}. No se cambió nada.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. The file that is there was left as it is.</source>
        <translation>{path} no se escribió: {detail}. El archivo que hay se dejó como está.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. Nothing is left of it.</source>
        <translation>{path} no se escribió: {detail}. No queda nada de él.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: other files have the names that its record could have. They were left as they are.</source>
        <translation>Lo publicado de {name} no se registró en el servicio: otros archivos tienen los nombres que podría tener su registro. Se dejaron como están.</translation>
    </message>
    <message>
        <source>All that {name} of {reviewer} says is on record already. Nothing was recorded.</source>
        <translation>Todo lo que indica {name} de {reviewer} ya está registrado. No se registró nada.</translation>
    </message>
    <message>
        <source>The review pack was not finished. Nothing is left of it.</source>
        <translation>El paquete de revisión no se terminó. No queda nada de él.</translation>
    </message>
    <message>
        <source>{what} is no time zone: give one like Europe/Oslo. Nothing was changed.</source>
        <translation>{what} no es una zona horaria: indique una como Europe/Oslo. No se cambió nada.</translation>
    </message>
    <message>
        <source>A template needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Una plantilla necesita un nombre de 1 a {most} letras. No se cambió nada.</translation>
    </message>
    <message>
        <source>{name} was not attached: it has more than {most} MB. Nothing was changed.</source>
        <translation>{name} no se adjuntó: tiene más de {most} MB. No se cambió nada.</translation>
    </message>
    <message>
        <source>{name} was not attached: {detail}. Nothing was changed.</source>
        <translation>{name} no se adjuntó: {detail}. No se cambió nada.</translation>
    </message>
    <message>
        <source>{name} in {folder} is not the document that was attached: it was changed. The claim names the right one by its SHA-256 ({digest}).</source>
        <translation>{name} en {folder} no es el documento que se adjuntó: fue cambiado. Lo establecido nombra el correcto por su SHA-256 ({digest}).</translation>
    </message>
    <message>
        <source>{count} files of {library} are not there any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} archivos de {library} ya no existen, entre ellos {first}. Se mantienen en el catálogo hasta que se indique que se pueden olvidar.</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer ({detail}). Close it, then try again.</source>
        <translation>Otro programa usa el puerto {port} de este equipo ({detail}). Ciérrelo y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{name} is at its service, not in a folder here. Save its original to have the file.</source>
        <translation>{name} está en su servicio, no en una carpeta de aquí. Guarde su original para tener el archivo.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has at {service}. It was left as it is.</source>
        <translation>{path} ya existe, con otro contenido que el de {name} en {service}. Se dejó como está.</translation>
    </message>
    <message>
        <source>{count} masters are not at {service} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} másteres ya no están en {service}, entre ellos {first}. Se mantienen en el catálogo hasta que se indique que se pueden olvidar.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. Nothing was sent: write its address into a text, link or Cloudinary field instead.</source>
        <translation>La variante {preset} de {name} tiene {mb} MB; Contentstack admite archivos de hasta 100 MB. No se envió nada: escriba su dirección en un campo de texto, de enlace o de Cloudinary.</translation>
    </message>
    <message>
        <source>Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out first, or say that it may be given up.</source>
        <translation>No todo lo indicado aquí ha llegado: {work}. No se quitó nada. Deje que salga primero, o indique que se puede descartar.</translation>
    </message>
    <message>
        <source>This link cannot be followed ({detail}). Nothing was opened or changed.</source>
        <translation>No se puede seguir este enlace ({detail}). No se abrió ni se cambió nada.</translation>
    </message>
    <message>
        <source>The news of a release could not be trusted: {detail}. Nothing was fetched or installed.</source>
        <translation>No se pudo confiar en el aviso de una versión: {detail}. No se descargó ni se instaló nada.</translation>
    </message>
    <message>
        <source>{name} cannot be handed over as a file: its master is not on this machine, or it is a film. Export it, or publish it and take it from its renditions.</source>
        <translation>{name} no se puede entregar como archivo: su máster no está en este equipo, o es un vídeo. Expórtelo, o publíquelo y tómelo de sus variantes.</translation>
    </message>
    <message>
        <source>Nothing was handed over. What was begun is gone again.</source>
        <translation>No se entregó nada. Lo que se había empezado se ha eliminado.</translation>
    </message>
    <message>
        <source>The desktop shows no notifications ({detail}).</source>
        <translation>El escritorio no muestra notificaciones ({detail}).</translation>
    </message>
    <message>
        <source>{program} could not be started ({detail}). The file was left as it is.</source>
        <translation>No se pudo iniciar {program} ({detail}). El archivo se dejó como está.</translation>
    </message>
    <message>
        <source>There is no place yet that news of releases come from. Nothing was asked. `updates_url` in the settings can name one.</source>
        <translation>Aún no hay un lugar del que lleguen los avisos de versiones. No se consultó nada. `updates_url`, en la configuración, puede indicar uno.</translation>
    </message>
    <message>
        <source>Channels of the kind {kind} need a package that {detail}. What is published there stays as it is.</source>
        <translation>Los canales de la clase {kind} necesitan un paquete que {detail}. Lo publicado allí se queda como está.</translation>
    </message>
    <message>
        <source>Cloudinary is still making the renditions of {name}.</source>
        <translation>Cloudinary aún está creando las variantes de {name}.</translation>
    </message>
    <message>
        <source>The service took the publication of {entry} and does not show it yet; it was looked for {times} times.</source>
        <translation>El servicio aceptó la publicación de {entry} y aún no la muestra; se buscó {times} veces.</translation>
    </message>
    <message>
        <source>{service} gave no answer that can be used ({detail}). Nothing was kept: check the API&apos;s address, and whether this network wants you to log in first; then try again.</source>
        <translation>{service} no dio ninguna respuesta utilizable ({detail}). No se guardó nada: compruebe la dirección de la API y si esta red exige iniciar sesión antes; después, vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down, and could not be asked about this account. Nothing was kept: try again in a while.</source>
        <translation>{service} pide ir más despacio y no se le pudo preguntar por esta cuenta. No se guardó nada: inténtelo más tarde.</translation>
    </message>
    <message>
        <source>It was stopped. Nothing of it was kept.</source>
        <translation>Se detuvo. No se guardó nada de ello.</translation>
    </message>
    <message>
        <source>A policy keeps the file of {name} here: {reasons}. Nothing was handed over.</source>
        <translation>Una directiva mantiene aquí el archivo de {name}: {reasons}. No se entregó nada.</translation>
    </message>
    <message>
        <source>The copy of {name} holds something else by now. It did not become the new version.</source>
        <translation>La copia de {name} contiene ahora otra cosa. No se convirtió en la nueva versión.</translation>
    </message>
    <message>
        <source>{name} takes nothing from others: {detail}.</source>
        <translation>{name} no acepta nada de otros: {detail}.</translation>
    </message>
    <message>
        <source>Posts cannot be received on port {port}: {detail}. Choose another one.</source>
        <translation>No se pueden recibir envíos en el puerto {port}: {detail}. Elija otro.</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>%Ln archivo no se puede publicar: {reasons}.</numerusform>
            <numerusform>%Ln archivos no se pueden publicar: {reasons}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>the program ends</source>
        <translation>el programa termina</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>no es JSON</translation>
    </message>
    <message>
        <source>it is no encoding of files</source>
        <translation>no es una codificación de archivos</translation>
    </message>
    <message>
        <source>it redirects again and again</source>
        <translation>redirige una y otra vez</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>tardó demasiado</translation>
    </message>
    <message>
        <source>it has to be https://…</source>
        <translation>debe ser https://…</translation>
    </message>
    <message>
        <source>a password has no place in an address</source>
        <translation>una contraseña no tiene cabida en una dirección</translation>
    </message>
    <message>
        <source>it redirects to nowhere safe</source>
        <translation>no redirige a un lugar seguro</translation>
    </message>
    <message>
        <source>it is empty or not one word</source>
        <translation>está en blanco o no es una sola palabra</translation>
    </message>
    <message>
        <source>The Cloudinary URL</source>
        <translation>La URL de Cloudinary</translation>
    </message>
    <message>
        <source>it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME</source>
        <translation>debe tener la forma cloudinary://API_KEY:API_SECRET@CLOUD_NAME</translation>
    </message>
    <message>
        <source>its answer names no asset</source>
        <translation>su respuesta no indica ningún recurso</translation>
    </message>
    <message>
        <source>the login had to be renewed</source>
        <translation>hubo que renovar el inicio de sesión</translation>
    </message>
    <message>
        <source>it does not say when it was sent</source>
        <translation>no indica cuándo se envió</translation>
    </message>
    <message>
        <source>it is too old, or the clock here is wrong</source>
        <translation>es de hace demasiado tiempo, o el reloj de aquí no es correcto</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>no lleva firma</translation>
    </message>
    <message>
        <source>its signature is not that of this account</source>
        <translation>su firma no es la de esta cuenta</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>no se puede leer</translation>
    </message>
    <message>
        <source>it does not say what happened</source>
        <translation>no indica qué ocurrió</translation>
    </message>
    <message>
        <source>the login kept is damaged</source>
        <translation>el inicio de sesión guardado está dañado</translation>
    </message>
    <message>
        <source>The API address</source>
        <translation>La dirección de la API</translation>
    </message>
    <message>
        <source>it has to begin with https://</source>
        <translation>debe comenzar por https://</translation>
    </message>
    <message>
        <source>its answer holds no token</source>
        <translation>su respuesta no contiene ningún token</translation>
    </message>
    <message>
        <source>The account URL</source>
        <translation>La URL de la cuenta</translation>
    </message>
    <message>
        <source>it has to look like account://KEY:SECRET@ACCOUNT_ID</source>
        <translation>debe tener la forma account://KEY:SECRET@ACCOUNT_ID</translation>
    </message>
    <message>
        <source>its answer lists no environments</source>
        <translation>su respuesta no indica ningún entorno</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>su certificado no se acepta</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>su certificado ha caducado, o el reloj de este ordenador está mal</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>su certificado aún no es válido, o el reloj de este ordenador está mal</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>se interrumpió la conexión</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>el archivo es demasiado grande</translation>
    </message>
    <message>
        <source>its answer lists no presets</source>
        <translation>su respuesta no indica ningún preajuste</translation>
    </message>
    <message>
        <source>The breakpoints</source>
        <translation>Los puntos de corte</translation>
    </message>
    <message>
        <source>The plug-in&apos;s folder</source>
        <translation>La carpeta de la extensión</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>El nombre</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>está en blanco</translation>
    </message>
    <message>
        <source>This choice</source>
        <translation>Esta selección</translation>
    </message>
    <message>
        <source>it has to be assets of one product environment</source>
        <translation>deben ser recursos de un mismo entorno de producto</translation>
    </message>
    <message>
        <source>The moderation status</source>
        <translation>El estado de moderación</translation>
    </message>
    <message>
        <source>say approved or rejected</source>
        <translation>indique approved o rejected</translation>
    </message>
    <message>
        <source>The relation</source>
        <translation>La relación</translation>
    </message>
    <message>
        <source>it names no other asset</source>
        <translation>no indica ningún otro recurso</translation>
    </message>
    <message>
        <source>The access rules</source>
        <translation>Las reglas de acceso</translation>
    </message>
    <message>
        <source>at most one of them can be a time window</source>
        <translation>como máximo una de ellas puede ser un periodo</translation>
    </message>
    <message>
        <source>The access rule</source>
        <translation>La regla de acceso</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>termina antes de comenzar</translation>
    </message>
    <message>
        <source>it is pinned to a point outside the picture</source>
        <translation>está fijado a un punto fuera de la imagen</translation>
    </message>
    <message>
        <source>it is pinned to a region that is not inside the picture</source>
        <translation>está fijado a una zona que no está dentro de la imagen</translation>
    </message>
    <message>
        <source>it is pinned to a time that cannot be</source>
        <translation>está fijado a un momento imposible</translation>
    </message>
    <message>
        <source>a line of its drawing has no points, or no width</source>
        <translation>una línea de su dibujo no tiene puntos o no tiene grosor</translation>
    </message>
    <message>
        <source>a line of its drawing has a colour that is none of ours</source>
        <translation>una línea de su dibujo tiene un color que no es de los disponibles</translation>
    </message>
    <message>
        <source>it has characters that are broken</source>
        <translation>tiene caracteres dañados</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>no dice nada</translation>
    </message>
    <message>
        <source>it is empty or has odd characters</source>
        <translation>está en blanco o tiene caracteres extraños</translation>
    </message>
    <message>
        <source>there is none of that name</source>
        <translation>no hay ninguno con ese nombre</translation>
    </message>
    <message>
        <source>it must not end with a backslash</source>
        <translation>no debe acabar con una barra invertida</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>un nombre no lleva barras y tiene de 1 a 255 caracteres</translation>
    </message>
    <message>
        <source>an asset has at most 1,000 tags</source>
        <translation>un recurso tiene como máximo 1.000 etiquetas</translation>
    </message>
    <message>
        <source>a tag is a word without spaces around it</source>
        <translation>una etiqueta es una palabra sin espacios alrededor</translation>
    </message>
    <message>
        <source>a tag holds no comma</source>
        <translation>una etiqueta no contiene comas</translation>
    </message>
    <message>
        <source>a tag has at most 255 characters</source>
        <translation>una etiqueta tiene como máximo 255 caracteres</translation>
    </message>
    <message>
        <source>a tag has no control characters</source>
        <translation>una etiqueta no tiene caracteres de control</translation>
    </message>
    <message>
        <source>a key needs a name without =, | and backslashes</source>
        <translation>una clave necesita un nombre sin =, | ni barras invertidas</translation>
    </message>
    <message>
        <source>this key says what was sent, and is not edited</source>
        <translation>esta clave dice qué se envió y no se edita</translation>
    </message>
    <message>
        <source>a value has at most 1,024 characters</source>
        <translation>un valor tiene como máximo 1.024 caracteres</translation>
    </message>
    <message>
        <source>a value has no control characters but line breaks</source>
        <translation>un valor no tiene más caracteres de control que los saltos de línea</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>ese lugar no existe</translation>
    </message>
    <message>
        <source>it does not name a place</source>
        <translation>no indica un lugar</translation>
    </message>
    <message>
        <source>an environment has no name</source>
        <translation>un entorno no tiene nombre</translation>
    </message>
    <message>
        <source>what leads in environments is no short table</source>
        <translation>lo que prevalece en los entornos no es una tabla corta</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>La carpeta</translation>
    </message>
    <message>
        <source>it cannot be moved into itself</source>
        <translation>no se puede mover dentro de sí misma</translation>
    </message>
    <message>
        <source>it is larger than 64 MB</source>
        <translation>supera los 64 MB</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>no es texto</translation>
    </message>
    <message>
        <source>The limit of weight</source>
        <translation>El límite de peso</translation>
    </message>
    <message>
        <source>it allows no bytes at all</source>
        <translation>no permite ni un byte</translation>
    </message>
    <message>
        <source>it is no extension</source>
        <translation>no es una extensión</translation>
    </message>
    <message>
        <source>it names a preset twice</source>
        <translation>nombra un preajuste dos veces</translation>
    </message>
    <message>
        <source>there is no column market or language</source>
        <translation>falta la columna market o language</translation>
    </message>
    <message>
        <source>one of its options is chosen by name</source>
        <translation>se elige por nombre una de sus opciones</translation>
    </message>
    <message>
        <source>it is not written at this master</source>
        <translation>no se escribe en este máster</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>La tabla</translation>
    </message>
    <message>
        <source>its first line names no columns</source>
        <translation>su primera línea no nombra columnas</translation>
    </message>
    <message>
        <source>it has no column File or Asset</source>
        <translation>no tiene ninguna columna File o Asset</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>Una plantilla</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>necesita un nombre</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>su nombre es demasiado largo</translation>
    </message>
    <message>
        <source>it is no field that is edited</source>
        <translation>no es un campo que se edite</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>aparece dos veces</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>El texto</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>es demasiado largo</translation>
    </message>
    <message>
        <source>a brace stands alone</source>
        <translation>hay una llave de plantilla suelta</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>el documento</translation>
    </message>
    <message>
        <source>the name is there twice</source>
        <translation>el nombre aparece dos veces</translation>
    </message>
    <message>
        <source>it needs a name and fields, nothing else</source>
        <translation>necesita name y fields, nada más</translation>
    </message>
    <message>
        <source>a name is a text, fields are a list</source>
        <translation>name debe ser un texto, y fields, una lista</translation>
    </message>
    <message>
        <source>it needs field and text, and may have way</source>
        <translation>necesita field y text, y puede tener way</translation>
    </message>
    <message>
        <source>text is a text, way is set, add or fill</source>
        <translation>text debe ser un texto, y way, set, add o fill</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>lleva fuera de la carpeta</translation>
    </message>
    <message>
        <source>it holds a mark that no name can have</source>
        <translation>contiene un signo que ningún nombre puede tener</translation>
    </message>
    <message>
        <source>it names a stage twice</source>
        <translation>nombra una etapa dos veces</translation>
    </message>
    <message>
        <source>a difference is between 0 and 1</source>
        <translation>una diferencia debe estar entre 0 y 1</translation>
    </message>
    <message>
        <source>two policies have this name</source>
        <translation>dos directivas tienen este nombre</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>La lista</translation>
    </message>
    <message>
        <source>it is empty, or has spaces at an end</source>
        <translation>está en blanco o tiene espacios al principio o al final</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>es demasiado grande</translation>
    </message>
    <message>
        <source>it has to be a list</source>
        <translation>debe ser una lista</translation>
    </message>
    <message>
        <source>it has to be true or false</source>
        <translation>debe ser true o false</translation>
    </message>
    <message>
        <source>it has to be a text</source>
        <translation>debe ser un texto</translation>
    </message>
    <message>
        <source>it has to be an object</source>
        <translation>debe ser un objeto</translation>
    </message>
    <message>
        <source>it has to be a list of texts</source>
        <translation>debe ser una lista de textos</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>Un texto</translation>
    </message>
    <message>
        <source>it is too long, or broken</source>
        <translation>es demasiado largo o está dañado</translation>
    </message>
    <message>
        <source>The largest file</source>
        <translation>El archivo más grande</translation>
    </message>
    <message>
        <source>it has less than no bytes</source>
        <translation>tiene menos de cero bytes</translation>
    </message>
    <message>
        <source>say DE, US-CA or EMEA</source>
        <translation>indique DE, US-CA o EMEA</translation>
    </message>
    <message>
        <source>say de or pt-BR</source>
        <translation>indique de o pt-BR</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>falta</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>no es texto</translation>
    </message>
    <message>
        <source>it has to be a whole number</source>
        <translation>debe ser un número entero</translation>
    </message>
    <message>
        <source>it has neither a folder nor an address</source>
        <translation>no tiene ni carpeta ni dirección</translation>
    </message>
    <message>
        <source>to push, it needs a Cloudinary environment</source>
        <translation>para enviar necesita un entorno de Cloudinary</translation>
    </message>
    <message>
        <source>an address begins with https://</source>
        <translation>una dirección debe comenzar por https://</translation>
    </message>
    <message>
        <source>a password has no place in an address; give it as a token</source>
        <translation>una contraseña no tiene cabida en una dirección; indíquela como token</translation>
    </message>
    <message>
        <source>context needs a name and a short value</source>
        <translation>context necesita un nombre y un valor corto</translation>
    </message>
    <message>
        <source>a folder needs a name at each level</source>
        <translation>una carpeta necesita un nombre en cada nivel</translation>
    </message>
    <message>
        <source>a folder name cannot hold ? &amp; # \ % &lt; &gt; +</source>
        <translation>un nombre de carpeta no puede contener ? &amp; # \ % &lt; &gt; +</translation>
    </message>
    <message>
        <source>it is no verdict file of a review pack</source>
        <translation>no es un archivo de veredictos de un paquete de revisión</translation>
    </message>
    <message>
        <source>it is no verdict</source>
        <translation>no es un veredicto</translation>
    </message>
    <message>
        <source>it is no time</source>
        <translation>no es un momento válido</translation>
    </message>
    <message>
        <source>its place is not on the picture</source>
        <translation>su posición no está en la imagen</translation>
    </message>
    <message>
        <source>it is missing, or no such name</source>
        <translation>falta o no es un nombre válido</translation>
    </message>
    <message>
        <source>it is not between 0 and 1</source>
        <translation>no está entre 0 y 1</translation>
    </message>
    <message>
        <source>something is named twice in it</source>
        <translation>algo se nombra dos veces en él</translation>
    </message>
    <message>
        <source>its due date says no time zone</source>
        <translation>su fecha límite no indica la zona horaria</translation>
    </message>
    <message>
        <source>its title or its note has characters that are broken</source>
        <translation>su título o su nota tiene caracteres dañados</translation>
    </message>
    <message>
        <source>it does not end with ]]</source>
        <translation>no termina en ]]</translation>
    </message>
    <message>
        <source>The list of documents</source>
        <translation>La lista de documentos</translation>
    </message>
    <message>
        <source>no key that this version knows has signed it</source>
        <translation>no lleva la firma de ninguna clave que esta versión conozca</translation>
    </message>
    <message>
        <source>it is about something else</source>
        <translation>trata de otra cosa</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>presenta daños</translation>
    </message>
    <message>
        <source>it is of a format that this version cannot read</source>
        <translation>tiene un formato que esta versión no puede leer</translation>
    </message>
    <message>
        <source>it does not say what a release says</source>
        <translation>no indica lo que debe indicar una versión publicada</translation>
    </message>
    <message>
        <source>it is no language tag</source>
        <translation>no es una etiqueta de idioma</translation>
    </message>
    <message>
        <source>it has no alternatives by language</source>
        <translation>no admite alternativas por idioma</translation>
    </message>
    <message>
        <source>it is indented too far</source>
        <translation>tiene demasiada sangría</translation>
    </message>
    <message>
        <source>a synonym stands below its word</source>
        <translation>un sinónimo debe ir debajo de su palabra</translation>
    </message>
    <message>
        <source>a word has no control characters</source>
        <translation>una palabra no puede tener caracteres de control</translation>
    </message>
    <message>
        <source>hidden and system files are left out</source>
        <translation>los archivos ocultos y del sistema se omiten</translation>
    </message>
    <message>
        <source>a folder cannot be copied into itself</source>
        <translation>una carpeta no se puede copiar dentro de sí misma</translation>
    </message>
    <message>
        <source>it leads out of the library</source>
        <translation>lleva fuera de la biblioteca</translation>
    </message>
    <message>
        <source>another folder took its place</source>
        <translation>otra carpeta ocupó su lugar</translation>
    </message>
    <message>
        <source>its disk seems to be unmounted</source>
        <translation>su disco parece desmontado</translation>
    </message>
    <message>
        <source>it is not the address of a service</source>
        <translation>no es la dirección de un servicio</translation>
    </message>
    <message>
        <source>it is not an address</source>
        <translation>no es una dirección</translation>
    </message>
    <message>
        <source>it is the id of no container</source>
        <translation>no es el identificador de ningún contenedor</translation>
    </message>
    <message>
        <source>it is no id</source>
        <translation>no es un identificador</translation>
    </message>
    <message>
        <source>what was kept of it is damaged</source>
        <translation>lo guardado está dañado</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>La ventana</translation>
    </message>
    <message>
        <source>it has too many galleries</source>
        <translation>tiene demasiadas galerías</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>El registro</translation>
    </message>
    <message>
        <source>it is not defined there</source>
        <translation>no está definido allí</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>El código</translation>
    </message>
    <message>
        <source>it has to be digits</source>
        <translation>deben ser dígitos</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>La organización</translation>
    </message>
    <message>
        <source>it is none of yours</source>
        <translation>no es ninguna de las suyas</translation>
    </message>
    <message>
        <source>The sign-in</source>
        <translation>El inicio de sesión</translation>
    </message>
    <message>
        <source>it is not finished</source>
        <translation>no ha terminado</translation>
    </message>
    <message>
        <source>e-mail or password is missing</source>
        <translation>falta el correo electrónico o la contraseña</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>La clave de API</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>tarda demasiado</translation>
    </message>
    <message>
        <source>The file name</source>
        <translation>El nombre de archivo</translation>
    </message>
    <message>
        <source>no file can be called so</source>
        <translation>ningún archivo puede llamarse así</translation>
    </message>
    <message>
        <source>it is only read</source>
        <translation>es de solo lectura</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>no está instalado</translation>
    </message>
    <message>
        <source>its package names no account</source>
        <translation>su paquete no indica ninguna cuenta</translation>
    </message>
    <message>
        <source>no preview is open</source>
        <translation>no hay ninguna vista previa abierta</translation>
    </message>
    <message>
        <source>the decoders are closed</source>
        <translation>los decodificadores están cerrados</translation>
    </message>
    <message>
        <source>the decoder gave no answer</source>
        <translation>el decodificador no respondió</translation>
    </message>
    <message>
        <source>the decoder answered nonsense</source>
        <translation>la respuesta del decodificador no tiene sentido</translation>
    </message>
    <message>
        <source>it needs too much memory</source>
        <translation>necesita demasiada memoria</translation>
    </message>
    <message>
        <source>the document has no pages</source>
        <translation>el documento no tiene páginas</translation>
    </message>
    <message>
        <source>the page has no size</source>
        <translation>la página no tiene tamaño</translation>
    </message>
    <message>
        <source>it is PostScript without a preview</source>
        <translation>es PostScript sin vista previa</translation>
    </message>
    <message>
        <source>its preview is not a picture</source>
        <translation>su vista previa no es una imagen</translation>
    </message>
    <message>
        <source>it needs a password</source>
        <translation>necesita una contraseña</translation>
    </message>
    <message>
        <source>ExifTool cannot write this file</source>
        <translation>ExifTool no puede escribir este archivo</translation>
    </message>
    <message>
        <source>ExifTool cannot be asked</source>
        <translation>no se puede consultar a ExifTool</translation>
    </message>
    <message>
        <source>ExifTool gave no answer</source>
        <translation>ExifTool no respondió</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>el archivo no se puede abrir</translation>
    </message>
    <message>
        <source>more than metadata would have changed</source>
        <translation>se habría cambiado algo más que los metadatos</translation>
    </message>
    <message>
        <source>ExifTool is not installed</source>
        <translation>ExifTool no está instalado</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>ya no existe</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>no es un archivo</translation>
    </message>
    <message>
        <source>it is marked as read-only</source>
        <translation>está marcado como de solo lectura</translation>
    </message>
    <message>
        <source>its folder is read-only</source>
        <translation>su carpeta es de solo lectura</translation>
    </message>
    <message>
        <source>where it was taken would still stand in it</source>
        <translation>seguiría conteniendo el lugar donde se tomó</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>su encabezado no tiene sentido</translation>
    </message>
    <message>
        <source>its picture is compressed in a way that is not known</source>
        <translation>su imagen está comprimida de un modo desconocido</translation>
    </message>
    <message>
        <source>its header: there is no codestream</source>
        <translation>su encabezado: no hay codestream</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>sus colores no se pueden convertir</translation>
    </message>
    <message>
        <source>it has no size</source>
        <translation>no tiene tamaño</translation>
    </message>
    <message>
        <source>no decoder knows it</source>
        <translation>ningún decodificador lo conoce</translation>
    </message>
    <message>
        <source>there is sound only</source>
        <translation>solo hay sonido</translation>
    </message>
    <message>
        <source>no frame could be read</source>
        <translation>no se pudo leer ningún fotograma</translation>
    </message>
    <message>
        <source>no picture could be read</source>
        <translation>no se pudo leer ninguna imagen</translation>
    </message>
    <message>
        <source>This thread of comments</source>
        <translation>Este hilo de comentarios</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>ya se cerró</translation>
    </message>
    <message>
        <source>This review request</source>
        <translation>Esta solicitud de revisión</translation>
    </message>
    <message>
        <source>it holds no name and expression</source>
        <translation>no contiene un nombre y una expresión</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>El token</translation>
    </message>
    <message>
        <source>it opens neither a path nor a pattern</source>
        <translation>no abre ni una ruta ni un patrón</translation>
    </message>
    <message>
        <source>The token&apos;s key</source>
        <translation>La clave del token</translation>
    </message>
    <message>
        <source>it is not hexadecimal</source>
        <translation>no es hexadecimal</translation>
    </message>
    <message>
        <source>The rule for breakpoints</source>
        <translation>La regla de puntos de corte</translation>
    </message>
    <message>
        <source>The gallery</source>
        <translation>La galería</translation>
    </message>
    <message>
        <source>nothing is chosen for it</source>
        <translation>no hay nada elegido para ella</translation>
    </message>
    <message>
        <source>The delivery address</source>
        <translation>La dirección de entrega</translation>
    </message>
    <message>
        <source>it names no asset</source>
        <translation>no indica ningún recurso</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>la página está dañada</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>La capa</translation>
    </message>
    <message>
        <source>The options</source>
        <translation>Las opciones</translation>
    </message>
    <message>
        <source>the film is too long to be played backwards or again: ask for a shorter part (so_, du_) or a smaller size</source>
        <translation>el vídeo es demasiado largo para reproducirlo al revés o repetirlo: pida una parte más corta (so_, du_) o un tamaño menor</translation>
    </message>
    <message>
        <source>it is neither film nor sound</source>
        <translation>no es ni vídeo ni sonido</translation>
    </message>
    <message>
        <source>the film is damaged</source>
        <translation>el vídeo está dañado</translation>
    </message>
    <message>
        <source>there are no moving pictures in it</source>
        <translation>no contiene imágenes en movimiento</translation>
    </message>
    <message>
        <source>a picture is asked for, not a film</source>
        <translation>se pide una imagen, no un vídeo</translation>
    </message>
    <message>
        <source>nothing is left of it, neither pictures nor sound</source>
        <translation>no queda nada, ni imágenes ni sonido</translation>
    </message>
    <message>
        <source>no frame of the wanted part could be read</source>
        <translation>no se pudo leer ningún fotograma de la parte deseada</translation>
    </message>
    <message>
        <source>its length is not known, so no percentage of it can be taken</source>
        <translation>su duración no se conoce, así que no se puede tomar un porcentaje</translation>
    </message>
    <message>
        <source>no frame of the film could be read</source>
        <translation>no se pudo leer ningún fotograma del vídeo</translation>
    </message>
    <message>
        <source>a length is a number of characters</source>
        <translation>una longitud debe ser un número de caracteres</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>La regla</translation>
    </message>
    <message>
        <source>it changes no field that there is</source>
        <translation>no cambia ningún campo que exista</translation>
    </message>
    <message>
        <source>context is written as name=value</source>
        <translation>context se escribe como nombre=valor</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>ese campo no existe</translation>
    </message>
    <message>
        <source>it is too large for a table of markets</source>
        <translation>es demasiado grande para una tabla de mercados</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>no es texto en UTF-8</translation>
    </message>
    <message>
        <source>The asset</source>
        <translation>El recurso</translation>
    </message>
    <message>
        <source>A Cloudinary account</source>
        <translation>Una cuenta de Cloudinary</translation>
    </message>
    <message>
        <source>The reason</source>
        <translation>El motivo</translation>
    </message>
    <message>
        <source>The override</source>
        <translation>La excepción</translation>
    </message>
    <message>
        <source>The collection</source>
        <translation>La colección</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>El archivo de la campaña</translation>
    </message>
    <message>
        <source>it is no year of an archive</source>
        <translation>no es un año válido para el archivo de una campaña</translation>
    </message>
    <message>
        <source>the folder&apos;s whole path is needed</source>
        <translation>hace falta la ruta completa de la carpeta</translation>
    </message>
    <message>
        <source>there is something in it already</source>
        <translation>ya contiene algo</translation>
    </message>
    <message>
        <source>A Cloudinary asset in this choice</source>
        <translation>Un recurso de Cloudinary en esta selección</translation>
    </message>
    <message>
        <source>some of it are files here, not assets at Cloudinary</source>
        <translation>algunos son archivos de aquí, no recursos de Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes no picture of such a file</source>
        <translation>Cloudinary no crea ninguna imagen de un archivo así</translation>
    </message>
    <message>
        <source>The asset in Cloudinary</source>
        <translation>El recurso en Cloudinary</translation>
    </message>
    <message>
        <source>there is a destination of that name</source>
        <translation>ya hay un destino con ese nombre</translation>
    </message>
    <message>
        <source>only assets of a Cloudinary environment have these fields</source>
        <translation>solo los recursos de un entorno de Cloudinary tienen estos campos</translation>
    </message>
    <message>
        <source>A rule to change places with</source>
        <translation>Una regla con la que intercambiar el lugar</translation>
    </message>
    <message>
        <source>its secret is not in the key store</source>
        <translation>su secreto no está en el almacén de claves</translation>
    </message>
    <message>
        <source>the login names no product environment</source>
        <translation>el inicio de sesión no indica ningún entorno de producto</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>cambió mientras se leía</translation>
    </message>
    <message>
        <source>A copy of this master</source>
        <translation>Una copia de este máster</translation>
    </message>
    <message>
        <source>The endpoint of this message</source>
        <translation>El endpoint de este mensaje</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>La biblioteca</translation>
    </message>
    <message>
        <source>no secret is known here that it could be signed with</source>
        <translation>aquí no se conoce ningún secreto con el que firmarlo</translation>
    </message>
    <message>
        <source>it is no absolute path</source>
        <translation>no es una ruta absoluta</translation>
    </message>
    <message>
        <source>another report writes its days there</source>
        <translation>otro informe ya escribe allí sus días</translation>
    </message>
    <message>
        <source>a keyword is short and has no comma</source>
        <translation>una palabra clave debe ser corta y no llevar comas</translation>
    </message>
    <message>
        <source>This library</source>
        <translation>Esta biblioteca</translation>
    </message>
    <message>
        <source>only one of a PhotoShelter-style service takes work in</source>
        <translation>solo una de un servicio de tipo PhotoShelter admite incorporar trabajos</translation>
    </message>
    <message>
        <source>two renditions would have this name</source>
        <translation>dos variantes tendrían este nombre</translation>
    </message>
    <message>
        <source>the kit has no such preset to limit</source>
        <translation>el kit no tiene ese preajuste que limitar</translation>
    </message>
    <message>
        <source>the whole path is needed</source>
        <translation>hace falta la ruta completa</translation>
    </message>
    <message>
        <source>the name of a ZIP ends in .zip</source>
        <translation>el nombre de un ZIP debe terminar en .zip</translation>
    </message>
    <message>
        <source>the name of a folder does not end so</source>
        <translation>el nombre de una carpeta no puede terminar así</translation>
    </message>
    <message>
        <source>there is something of this name</source>
        <translation>ya hay algo con este nombre</translation>
    </message>
    <message>
        <source>there is no master among it</source>
        <translation>no contiene ningún máster</translation>
    </message>
    <message>
        <source>another feed is received on that port</source>
        <translation>en ese puerto se recibe otro feed</translation>
    </message>
    <message>
        <source>it has no secret yet</source>
        <translation>aún no tiene secreto</translation>
    </message>
    <message>
        <source>it is not switched on</source>
        <translation>no está activado</translation>
    </message>
    <message>
        <source>it is not set to push</source>
        <translation>no está configurado para enviar</translation>
    </message>
    <message>
        <source>another file has this name</source>
        <translation>otro archivo tiene este nombre</translation>
    </message>
    <message>
        <source>how large the picture is, is not known</source>
        <translation>no se conoce el tamaño de la imagen</translation>
    </message>
    <message>
        <source>The review pack of these verdicts</source>
        <translation>El paquete de revisión de estos veredictos</translation>
    </message>
    <message>
        <source>its content was not read yet</source>
        <translation>su contenido aún no se ha leído</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>no es un archivo</translation>
    </message>
    <message>
        <source>no browser shows what it was made into</source>
        <translation>ningún navegador muestra el formato resultante</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>La búsqueda</translation>
    </message>
    <message>
        <source>it needs to be one line</source>
        <translation>debe ser una sola línea</translation>
    </message>
    <message>
        <source>you signed out</source>
        <translation>la sesión se cerró aquí</translation>
    </message>
    <message>
        <source>the studio is closed</source>
        <translation>el estudio está cerrado</translation>
    </message>
    <message>
        <source>its place has moved to another one</source>
        <translation>su dirección se ha trasladado a otra</translation>
    </message>
    <message>
        <source>the server has none</source>
        <translation>el servidor no tiene ninguno</translation>
    </message>
    <message>
        <source>there is another template of that name</source>
        <translation>hay otra plantilla con ese nombre</translation>
    </message>
    <message>
        <source>A vocabulary</source>
        <translation>Un vocabulario</translation>
    </message>
    <message>
        <source>it needs a short name</source>
        <translation>necesita un nombre corto</translation>
    </message>
    <message>
        <source>it takes no words</source>
        <translation>no admite palabras</translation>
    </message>
    <message>
        <source>only words of a set are refused</source>
        <translation>solo se rechazan palabras de un conjunto</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>El vocabulario</translation>
    </message>
    <message>
        <source>it has no words</source>
        <translation>no tiene palabras</translation>
    </message>
    <message>
        <source>it is there already; --replace writes over it</source>
        <translation>ya existe; --replace lo sobrescribe</translation>
    </message>
    <message>
        <source>The address to fetch</source>
        <translation>La dirección que se debe obtener</translation>
    </message>
    <message>
        <source>The asset at its service</source>
        <translation>El recurso en su servicio</translation>
    </message>
    <message>
        <source>no preset or set has this name</source>
        <translation>ningún preajuste ni conjunto tiene este nombre</translation>
    </message>
    <message>
        <source>it is filled from a table of variants</source>
        <translation>se rellena a partir de una tabla de versiones</translation>
    </message>
    <message>
        <source>the table names other pictures for it</source>
        <translation>la tabla indica otras imágenes para él</translation>
    </message>
    <message>
        <source>a parameter such as w_300</source>
        <translation>un parámetro como w_300</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression</source>
        <translation>un número entero de píxeles, una fracción como 0.5, iw, ih o una expresión</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0</source>
        <translation>un número entero de píxeles, una fracción como 0.5, iw, ih o una expresión, con valor superior a 0</translation>
    </message>
    <message>
        <source>a ratio such as 16:9 or 1.5</source>
        <translation>una proporción como 16:9 o 1.5</translation>
    </message>
    <message>
        <source>a factor such as 2.0, or auto</source>
        <translation>un factor como 2.0, o auto</translation>
    </message>
    <message>
        <source>a factor such as 0.7</source>
        <translation>un factor como 0.7</translation>
    </message>
    <message>
        <source>1 to 100, or auto with its level</source>
        <translation>un valor de 1 a 100, o auto con su nivel</translation>
    </message>
    <message>
        <source>text in UTF-8</source>
        <translation>texto en UTF-8</translation>
    </message>
    <message>
        <source>a text layer</source>
        <translation>una capa de texto</translation>
    </message>
    <message>
        <source>the public ID of a layer</source>
        <translation>el Public ID de una capa</translation>
    </message>
    <message>
        <source>at most {count} layers within layers</source>
        <translation>un máximo de {count} capas unas dentro de otras</translation>
    </message>
    <message>
        <source>a layer that needs at most {limit} megapixels</source>
        <translation>una capa que necesite como máximo {limit} megapíxeles</translation>
    </message>
    <message>
        <source>an address in URL-safe Base64</source>
        <translation>una dirección en Base64 apto para URL</translation>
    </message>
    <message>
        <source>one of the {count} pages</source>
        <translation>una de las {count} páginas</translation>
    </message>
    <message>
        <source>the only page, 1</source>
        <translation>la única página, 1</translation>
    </message>
    <message>
        <source>a size of at most {limit} megapixels</source>
        <translation>un tamaño de {limit} megapíxeles como máximo</translation>
    </message>
    <message>
        <source>a crop that lies inside the picture (fl_no_overflow)</source>
        <translation>un recorte que quede dentro de la imagen (fl_no_overflow)</translation>
    </message>
    <message>
        <source>a named transformation that does not contain itself</source>
        <translation>una transformación con nombre que no se contenga a sí misma</translation>
    </message>
    <message>
        <source>named transformations of at most {count} components in all</source>
        <translation>un total de {count} componentes como máximo en las transformaciones con nombre</translation>
    </message>
    <message>
        <source>the name of a transformation without mistakes; in this one {expected} was expected instead of “{found}”</source>
        <translation>el nombre de una transformación sin errores; en esta se esperaba {expected} en lugar de “{found}”</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film, which ends after {end} seconds</source>
        <translation>un desplazamiento que deje una parte del vídeo, que termina a los {end} segundos</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film</source>
        <translation>un desplazamiento que deje una parte del vídeo</translation>
    </message>
    <message>
        <source>a codec that the format holds ({held})</source>
        <translation>un códec que el formato admita ({held})</translation>
    </message>
    <message>
        <source>a text that fits into {width} × {height} pixels</source>
        <translation>un texto que quepa en {width} × {height} píxeles</translation>
    </message>
    <message>
        <source>a text of at most {count} characters</source>
        <translation>un texto de {count} caracteres como máximo</translation>
    </message>
    <message>
        <source>a text of at most {side} pixels a side and {limit} megapixels</source>
        <translation>un texto de {side} píxeles por lado y {limit} megapíxeles como máximo</translation>
    </message>
    <message>
        <source>a font size above 0</source>
        <translation>un tamaño de letra superior a 0</translation>
    </message>
    <message>
        <source>a result that is not beyond all sizes</source>
        <translation>un resultado que no sea desmesurado</translation>
    </message>
    <message>
        <source>a division by something other than 0</source>
        <translation>una división por un valor distinto de 0</translation>
    </message>
    <message>
        <source>a power with an exponent up to {count}</source>
        <translation>una potencia con un exponente de hasta {count}</translation>
    </message>
    <message>
        <source>a root of something that is not below 0</source>
        <translation>una raíz de un valor que no sea inferior a 0</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} o {other}</translation>
    </message>
    <message>
        <source>the film is not on this machine</source>
        <translation>el vídeo no está en este equipo</translation>
    </message>
    <message>
        <source>browsers play no films of this format</source>
        <translation>los navegadores no reproducen vídeos de este formato</translation>
    </message>
    <message>
        <source>its file is another one now</source>
        <translation>su archivo es otro ahora</translation>
    </message>
    <message>
        <source>new versions of files</source>
        <translation>nuevas versiones de archivos</translation>
    </message>
    <message>
        <source>its master is a file in a folder here</source>
        <translation>su máster es un archivo de una carpeta local</translation>
    </message>
    <message>
        <source>another field has this external ID</source>
        <translation>otro campo tiene este ID externo</translation>
    </message>
    <message>
        <source>A field without a name</source>
        <translation>Un campo sin nombre</translation>
    </message>
    <message>
        <source>it needs a label</source>
        <translation>necesita una etiqueta</translation>
    </message>
    <message>
        <source>another field has this label</source>
        <translation>otro campo tiene esta etiqueta</translation>
    </message>
    <message>
        <source>a list needs at least one value to choose</source>
        <translation>una lista necesita al menos un valor que elegir</translation>
    </message>
    <message>
        <source>a mandatory field needs a default value</source>
        <translation>un campo obligatorio necesita un valor predeterminado</translation>
    </message>
    <message>
        <source>its longest length is shorter than its shortest</source>
        <translation>su longitud máxima es menor que la mínima</translation>
    </message>
    <message>
        <source>A rule without a name</source>
        <translation>Una regla sin nombre</translation>
    </message>
    <message>
        <source>it needs at least one condition</source>
        <translation>necesita al menos una condición</translation>
    </message>
    <message>
        <source>a condition cannot ask about the field that the rule changes</source>
        <translation>una condición no puede preguntar por el campo que la regla cambia</translation>
    </message>
    <message>
        <source>it changes nothing</source>
        <translation>no cambia nada</translation>
    </message>
    <message>
        <source>a scene code has six digits</source>
        <translation>un código de escena tiene seis cifras</translation>
    </message>
    <message>
        <source>a subject code has eight digits</source>
        <translation>un código de tema tiene ocho cifras</translation>
    </message>
    <message>
        <source>an age is a number of years</source>
        <translation>una edad es un número de años</translation>
    </message>
    <message>
        <source>a language is written such as de or en-GB</source>
        <translation>un idioma se escribe como de o en-GB</translation>
    </message>
    <message>
        <source>a country code has two or three letters</source>
        <translation>un código de país tiene dos o tres letras</translation>
    </message>
    <message>
        <source>a measure is a number such as 0.25</source>
        <translation>una medida es un número como 0.25</translation>
    </message>
    <message>
        <source>it takes a set of words</source>
        <translation>admite un conjunto de palabras</translation>
    </message>
    <message>
        <source>it takes one value</source>
        <translation>admite un solo valor</translation>
    </message>
    <message>
        <source>it takes a text</source>
        <translation>admite un texto</translation>
    </message>
    <message>
        <source>it is one line</source>
        <translation>es una sola línea</translation>
    </message>
    <message>
        <source>a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00</source>
        <translation>una fecha se escribe como 2026, 2026-12-01 o 2026-12-01T09:00:00+01:00</translation>
    </message>
    <message>
        <source>there is no such day or time</source>
        <translation>no existe ese día o esa hora</translation>
    </message>
    <message>
        <source>it is none of the choices</source>
        <translation>no es ninguna de las opciones</translation>
    </message>
    <message>
        <source>an address has no blanks</source>
        <translation>una dirección no tiene espacios</translation>
    </message>
    <message>
        <source>a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E</source>
        <translation>una coordenada se escribe como 48.85837, 2.29448 o 48°51′30″N 2°17′40″E</translation>
    </message>
    <message>
        <source>a latitude is at most 90 degrees, a longitude at most 180</source>
        <translation>una latitud tiene como máximo 90 grados, una longitud 180</translation>
    </message>
    <message>
        <source>it is a whole number</source>
        <translation>es un número entero</translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message>
        <source>There is nothing in it, and it is needed.</source>
        <translation>Está vacío y es necesario.</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>La tabla no tiene esa columna.</translation>
    </message>
    <message>
        <source>“{value}” is too long.</source>
        <translation>“{value}” es demasiado largo.</translation>
    </message>
    <message>
        <source>It holds signs that no text has.</source>
        <translation>Contiene signos que no son de texto.</translation>
    </message>
    <message>
        <source>“{value}” is neither upsert nor delete.</source>
        <translation>“{value}” no es ni upsert ni delete.</translation>
    </message>
    <message>
        <source>“{value}” has not 8, 12, 13 or 14 digits.</source>
        <translation>“{value}” no tiene 8, 12, 13 o 14 dígitos.</translation>
    </message>
    <message>
        <source>“{value}” is not of small letters, digits, - and _.</source>
        <translation>“{value}” no consta de minúsculas, dígitos, - y _.</translation>
    </message>
    <message>
        <source>“{value}” is no country&apos;s code, EU or WW.</source>
        <translation>“{value}” no es un código de país, EU ni WW.</translation>
    </message>
    <message>
        <source>“{value}” is no language tag.</source>
        <translation>“{value}” no es un código de idioma.</translation>
    </message>
    <message>
        <source>“{value}” is no use that is known.</source>
        <translation>“{value}” no es un uso conocido.</translation>
    </message>
    <message>
        <source>“{value}” is no date.</source>
        <translation>“{value}” no es una fecha.</translation>
    </message>
    <message>
        <source>“{value}” does not say in which time zone.</source>
        <translation>“{value}” no indica la zona horaria.</translation>
    </message>
    <message>
        <source>The rights end before they begin.</source>
        <translation>Los derechos terminan antes de comenzar.</translation>
    </message>
    <message>
        <source>“{value}” is no slot.</source>
        <translation>“{value}” no es una posición de imagen (slot).</translation>
    </message>
    <message>
        <source>“{value}” is no position.</source>
        <translation>“{value}” no es una posición.</translation>
    </message>
    <message>
        <source>“{value}” does not begin with ps:, cld:, file: or kw:.</source>
        <translation>“{value}” no comienza por ps:, cld:, file: ni kw:.</translation>
    </message>
    <message>
        <source>The line is not in the encoding of the file.</source>
        <translation>La línea no está en la codificación del archivo.</translation>
    </message>
    <message>
        <source>The line has {value} cells.</source>
        <translation>La línea tiene {value} celdas.</translation>
    </message>
    <message>
        <source>The line is separated by {value}, unlike the first one.</source>
        <translation>La línea está separada por {value}, a diferencia de la primera.</translation>
    </message>
    <message>
        <source>A quotation mark is never closed.</source>
        <translation>Una comilla no se cierra nunca.</translation>
    </message>
    <message>
        <source>The line is too long to be read.</source>
        <translation>La línea es demasiado larga para leerla.</translation>
    </message>
    <message>
        <source>It is no JSON: {value}.</source>
        <translation>No es JSON: {value}.</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>No es un objeto JSON.</translation>
    </message>
    <message>
        <source>The check digit of {value} is wrong.</source>
        <translation>El dígito de control de {value} es incorrecto.</translation>
    </message>
    <message>
        <source>Rows of the product say different things; “{value}” was taken.</source>
        <translation>Las filas del producto indican cosas distintas; se tomó “{value}”.</translation>
    </message>
    <message>
        <source>The product is there twice with “{value}”; the later one was taken.</source>
        <translation>El producto aparece dos veces con “{value}”; se tomó el último.</translation>
    </message>
    <message>
        <source>The column “{value}” is not known.</source>
        <translation>No se conoce la columna “{value}”.</translation>
    </message>
    <message>
        <source>The feed is empty.</source>
        <translation>El feed está vacío.</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>Other view</source>
        <translation>Otra vista</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detalle</translation>
    </message>
    <message>
        <source>Swatch</source>
        <translation>Muestra de color</translation>
    </message>
    <message>
        <source>Lifestyle</source>
        <translation>Ambientada</translation>
    </message>
    <message>
        <source>Spin</source>
        <translation>Vista de 360°</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Vídeo</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Manual</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desactivado</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Solo cuando lo pida</translation>
    </message>
    <message>
        <source>Every quarter of an hour</source>
        <translation>Cada cuarto de hora</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>Cada hora</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Cada día</translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>Cada minuto</numerusform>
            <numerusform>Cada %Ln minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>%Ln imagen distinta</numerusform>
            <numerusform>%Ln imágenes distintas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln fila</numerusform>
            <numerusform>%Ln filas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) taken</source>
        <translation>
            <numerusform>%Ln producto incorporado</numerusform>
            <numerusform>%Ln productos incorporados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>%Ln producto sin cambios</numerusform>
            <numerusform>%Ln productos sin cambios</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>%Ln producto desactualizado</numerusform>
            <numerusform>%Ln productos desactualizados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>%Ln producto eliminado</numerusform>
            <numerusform>%Ln productos eliminados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>%Ln fila no incorporada</numerusform>
            <numerusform>%Ln filas no incorporadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Línea {line}</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>No aceptado</translation>
    </message>
    <message>
        <source>No image of it was found</source>
        <translation>No se encontró ninguna imagen suya</translation>
    </message>
</context>
<context>
    <name>fidelity</name>
    <message>
        <source>{it} follows the visitor&apos;s browser; here the picture keeps its size.</source>
        <translation>{it} depende del navegador del visitante; aquí la imagen conserva su tamaño.</translation>
    </message>
    <message>
        <source>{it} stands alone: Cloudinary&apos;s pages leave open how the other side follows; here the picture keeps its shape.</source>
        <translation>{it} va sin el otro lado: la documentación de Cloudinary no aclara cómo se ajusta; aquí la imagen conserva su proporción.</translation>
    </message>
    <message>
        <source>{it} lets Cloudinary choose the part by its content; here it is chosen by our own measure. The size is exact.</source>
        <translation>{it} deja que Cloudinary elija la parte según el contenido; aquí se elige con nuestra propia medida. El tamaño es exacto.</translation>
    </message>
    <message>
        <source>{it} decides the size too, and its coordinates are not here.</source>
        <translation>{it} también determina el tamaño, y sus coordenadas no están aquí.</translation>
    </message>
    <message>
        <source>{it} decides the size too; Cloudinary finds the part with its own detector, here another one does.</source>
        <translation>{it} también determina el tamaño; Cloudinary busca la parte con su propio detector, aquí se usa otro.</translation>
    </message>
    <message>
        <source>{it}: how much stays around what is found is not published; here it is near.</source>
        <translation>{it}: no está publicado cuánto queda alrededor de lo encontrado; aquí es aproximado.</translation>
    </message>
    <message>
        <source>dpr_auto follows the visitor&apos;s screen; here it counts as 1.0.</source>
        <translation>dpr_auto depende de la pantalla del visitante; aquí cuenta como 1.0.</translation>
    </message>
    <message>
        <source>{it} stands by itself; here it enlarges the last size that is asked for.</source>
        <translation>{it} va por sí solo; aquí amplía el último tamaño solicitado.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds the quality for each picture; here it is found by another measure of what the eye sees.</source>
        <translation>{it}: Cloudinary determina la calidad de cada imagen; aquí se determina con otra medida de lo que ve el ojo.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary chooses the format by browser and content; here by the browser alone.</source>
        <translation>{it}: Cloudinary elige el formato según el navegador y el contenido; aquí, solo según el navegador.</translation>
    </message>
    <message>
        <source>{it}: when Cloudinary turns the picture is not published in full; here when the size asked for lies the other way.</source>
        <translation>{it}: no está publicado del todo cuándo gira Cloudinary la imagen; aquí, cuando el tamaño solicitado tiene la otra orientación.</translation>
    </message>
    <message>
        <source>{it} shares a component with a size; here the picture is turned afterwards.</source>
        <translation>{it} comparte componente con un tamaño; aquí la imagen se gira después.</translation>
    </message>
    <message>
        <source>How many faces there are decides here; Cloudinary counts them with its own detector.</source>
        <translation>Aquí decide el número de caras; Cloudinary las cuenta con su propio detector.</translation>
    </message>
    <message>
        <source>The layer {it} is not known here; it is left out.</source>
        <translation>La capa {it} no se conoce aquí; se omite.</translation>
    </message>
    <message>
        <source>Where the tiles of {it} begin is not published; here at the top left.</source>
        <translation>No está publicado dónde empiezan los mosaicos de {it}; aquí, arriba a la izquierda.</translation>
    </message>
    <message>
        <source>The text template {it} is known to Cloudinary only; it is left out.</source>
        <translation>La plantilla de texto {it} solo la conoce Cloudinary; se omite.</translation>
    </message>
    <message>
        <source>How far a stroke covers its letters is not published; here it lies around them.</source>
        <translation>No está publicado hasta dónde cubre un trazo sus letras; aquí las rodea.</translation>
    </message>
    <message>
        <source>The font {it} is not here; a similar one stands in.</source>
        <translation>La fuente {it} no está aquí; la sustituye una parecida.</translation>
    </message>
    <message>
        <source>The uploaded font {it} is not known here; {family} stands in.</source>
        <translation>La fuente cargada {it} no se conoce aquí; la sustituye {family}.</translation>
    </message>
    <message>
        <source>The uploaded font {it} cannot be read here; {family} stands in.</source>
        <translation>La fuente cargada {it} no se puede leer aquí; la sustituye {family}.</translation>
    </message>
    <message>
        <source>The picture is animated; here its first frame is shown.</source>
        <translation>La imagen es animada; aquí se muestra su primer fotograma.</translation>
    </message>
    <message>
        <source>Metadata is not written into {format} files here.</source>
        <translation>Aquí no se escriben metadatos en archivos {format}.</translation>
    </message>
    <message>
        <source>Without f_ or an extension Cloudinary delivers the master&apos;s own format; here it is written as {format}.</source>
        <translation>Sin f_ ni extensión, Cloudinary entrega el formato propio del máster; aquí se escribe como {format}.</translation>
    </message>
    <message>
        <source>What fills the padding of a transparent picture is not documented; here it stays transparent.</source>
        <translation>No está documentado con qué se rellena el margen de una imagen transparente; aquí queda transparente.</translation>
    </message>
    <message>
        <source>Layers by name and embedded pictures are opened by Cloudinary only.</source>
        <translation>Las capas por nombre y las imágenes incrustadas solo las abre Cloudinary.</translation>
    </message>
    <message>
        <source>Of several pages the first that is named is shown here.</source>
        <translation>De varias páginas, aquí se muestra la primera que se indica.</translation>
    </message>
    <message>
        <source>Single layers or pages of such a file are opened by Cloudinary only.</source>
        <translation>Solo Cloudinary abre capas o páginas sueltas de un archivo así.</translation>
    </message>
    <message>
        <source>A RAW file is shown by the camera&apos;s own preview here, or developed plainly.</source>
        <translation>Un archivo RAW se muestra aquí con la vista previa de la cámara, o revelado de forma sencilla.</translation>
    </message>
    <message>
        <source>Of an AVIF sequence the first picture is shown here.</source>
        <translation>De una secuencia AVIF se muestra aquí la primera imagen.</translation>
    </message>
    <message>
        <source>Of an EPS the preview it carries is shown here.</source>
        <translation>De un EPS se muestra aquí la vista previa que contiene.</translation>
    </message>
    <message>
        <source>A TIFF of this rare kind is read by another decoder here.</source>
        <translation>Un TIFF de este tipo poco común lo lee aquí otro decodificador.</translation>
    </message>
    <message>
        <source>t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of that name.</source>
        <translation>t_{it} se genera como indica aquí el preajuste {it}; Cloudinary sigue su propia definición de ese nombre.</translation>
    </message>
    <message>
        <source>The film is encoded by another encoder here: its size, length and order are true, its bytes and fine detail are not.</source>
        <translation>Aquí el vídeo lo codifica otro codificador: el tamaño, la duración y el orden son exactos; los bytes y el detalle fino, no.</translation>
    </message>
    <message>
        <source>The codec vc_{it} is written by Cloudinary only.</source>
        <translation>El códec vc_{it} solo lo escribe Cloudinary.</translation>
    </message>
    <message>
        <source>A film&apos;s sides are even numbers here: {width} × {height} instead of {asked_width} × {asked_height}.</source>
        <translation>Los lados de un vídeo son aquí números pares: {width} × {height} en lugar de {asked_width} × {asked_height}.</translation>
    </message>
    <message>
        <source>What fills a film&apos;s padding is not documented; here it is black.</source>
        <translation>No está documentado con qué se rellena el margen de un vídeo; aquí es negro.</translation>
    </message>
    <message>
        <source>so_{it} is chosen by Cloudinary; here the frame is from the middle.</source>
        <translation>so_{it} lo elige Cloudinary; aquí el fotograma es del centro del vídeo.</translation>
    </message>
    <message>
        <source>Without so_ Cloudinary chooses the frame; here it is the film&apos;s middle one.</source>
        <translation>Sin so_, Cloudinary elige el fotograma; aquí es el central del vídeo.</translation>
    </message>
    <message>
        <source>How fast Cloudinary plays the frames is not documented; here as the film does.</source>
        <translation>No está documentado a qué velocidad reproduce Cloudinary los fotogramas; aquí, a la del vídeo.</translation>
    </message>
    <message>
        <source>{it} is chosen by Cloudinary; here the film starts at its beginning.</source>
        <translation>{it} lo elige Cloudinary; aquí el vídeo empieza por el principio.</translation>
    </message>
    <message>
        <source>{it}: how Cloudinary evens out loudness is not published; here it is near.</source>
        <translation>{it}: no está publicado cómo iguala Cloudinary el volumen; aquí es aproximado.</translation>
    </message>
    <message>
        <source>The format f_{it} is written by Cloudinary only; here the film is a {format}.</source>
        <translation>El formato f_{it} solo lo escribe Cloudinary; aquí el vídeo es un {format}.</translation>
    </message>
    <message>
        <source>{it}: what Cloudinary&apos;s strength means in pixels is not published; here it is near.</source>
        <translation>{it}: no está publicado qué significa en píxeles la intensidad de Cloudinary; aquí es aproximada.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s formula is not published; here a usual one is used.</source>
        <translation>{it}: la fórmula de Cloudinary no está publicada; aquí se usa una habitual.</translation>
    </message>
    <message>
        <source>{it}: where Cloudinary&apos;s squares begin is not published; here at the top left.</source>
        <translation>{it}: no está publicado dónde empiezan los cuadrados de Cloudinary; aquí, arriba a la izquierda.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds it with its own detector, here another one does.</source>
        <translation>{it}: Cloudinary lo busca con su propio detector, aquí se usa otro.</translation>
    </message>
    <message>
        <source>Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own measure of what draws the eye. The size is exact.</source>
        <translation>Cloudinary elige según el contenido la parte que se conserva ({it}); aquí se elige con nuestra propia medida de lo que atrae la mirada. El tamaño es exacto.</translation>
    </message>
    <message>
        <source>{it}: how colours between grey and full count is not published; here evenly.</source>
        <translation>{it}: no está publicado cómo cuentan los colores entre el gris y el color pleno; aquí, de manera uniforme.</translation>
    </message>
    <message>
        <source>{it}: whether sound fades along is not documented; here it does.</source>
        <translation>{it}: no está documentado si el sonido también se atenúa; aquí sí.</translation>
    </message>
    <message>
        <source>{it}: how the greys of a mask count is not published; here by their brightness.</source>
        <translation>{it}: no está publicado cómo cuentan los grises de una máscara; aquí, por su brillo.</translation>
    </message>
    <message>
        <source>{it}: how near a colour must be to be trimmed is not published; here it is near.</source>
        <translation>{it}: no está publicado cuánto debe parecerse un color para que se recorte; aquí es aproximado.</translation>
    </message>
    <message>
        <source>fl_any_format: when Cloudinary takes a palette is not published; here when hardly a pixel differs.</source>
        <translation>fl_any_format: no está publicado cuándo usa Cloudinary una paleta; aquí, cuando apenas cambia algún píxel.</translation>
    </message>
    <message>
        <source>fl_keep_attribution: which fields count is not published; here those of credit, copyright and rights.</source>
        <translation>fl_keep_attribution: no está publicado qué campos cuentan; aquí, los de crédito, copyright y derechos.</translation>
    </message>
    <message>
        <source>fl_lossy: how much Cloudinary lets frames differ is not published; here a little.</source>
        <translation>fl_lossy: no está publicado cuánto permite Cloudinary que difieran los fotogramas; aquí, un poco.</translation>
    </message>
    <message>
        <source>fl_region_relative: the region is found by another detector here.</source>
        <translation>fl_region_relative: aquí la zona la busca otro detector.</translation>
    </message>
    <message>
        <source>fl_text_no_trim: how much room Cloudinary leaves around a text is not published; here that of a line.</source>
        <translation>fl_text_no_trim: no está publicado cuánto espacio deja Cloudinary alrededor de un texto; aquí, el de una línea.</translation>
    </message>
    <message>
        <source>Cloudinary looks for faces ({it}) with its own detector, here another one does. The size is exact.</source>
        <translation>Cloudinary busca caras ({it}) con su propio detector, aquí se usa otro. El tamaño es exacto.</translation>
    </message>
    <message>
        <source>{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle stands in.</source>
        <translation>{it}: las coordenadas se guardan en Cloudinary; si no se conocen aquí, las sustituye el centro.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s way of choosing the colour is not published; here it is near.</source>
        <translation>{it}: no está publicado cómo elige Cloudinary el color; aquí es aproximado.</translation>
    </message>
    <message>
        <source>Letters are set by another text engine here and may differ by pixels.</source>
        <translation>Aquí las letras las compone otro motor de texto y pueden diferir en algunos píxeles.</translation>
    </message>
    <message>
        <source>{it}: whether a border lies around the picture or inside it is not published; here around it.</source>
        <translation>{it}: no está publicado si el borde va alrededor de la imagen o dentro de ella; aquí, alrededor.</translation>
    </message>
    <message>
        <source>The variable {it} can be worked out by Cloudinary only.</source>
        <translation>La variable {it} solo la puede calcular Cloudinary.</translation>
    </message>
    <message>
        <source>The rotation {it} is done by Cloudinary only.</source>
        <translation>La rotación {it} solo la hace Cloudinary.</translation>
    </message>
    <message>
        <source>The ratio {it} is worked out by Cloudinary only.</source>
        <translation>La proporción {it} solo la calcula Cloudinary.</translation>
    </message>
    <message>
        <source>The background {it} is made by Cloudinary only.</source>
        <translation>El fondo {it} solo lo crea Cloudinary.</translation>
    </message>
    <message>
        <source>The border {it} is drawn by Cloudinary only.</source>
        <translation>El borde {it} solo lo dibuja Cloudinary.</translation>
    </message>
    <message>
        <source>The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.</source>
        <translation>El modo de recorte {it} solo lo conoce Cloudinary; aquí la imagen se recorta al tamaño.</translation>
    </message>
    <message>
        <source>The pixel density {it} is worked out by Cloudinary only.</source>
        <translation>La densidad de píxeles {it} solo la calcula Cloudinary.</translation>
    </message>
    <message>
        <source>The effect {it} is applied by Cloudinary only.</source>
        <translation>El efecto {it} solo lo aplica Cloudinary.</translation>
    </message>
    <message>
        <source>The format {it} is written by Cloudinary only.</source>
        <translation>El formato {it} solo lo escribe Cloudinary.</translation>
    </message>
    <message>
        <source>The flag {it} is followed by Cloudinary only.</source>
        <translation>El indicador {it} solo lo sigue Cloudinary.</translation>
    </message>
    <message>
        <source>Cloudinary looks for {it} in the picture; here the crop stays in the middle.</source>
        <translation>Cloudinary busca {it} en la imagen; aquí el recorte queda en el centro.</translation>
    </message>
    <message>
        <source>The height {it} is worked out by Cloudinary only.</source>
        <translation>La altura {it} solo la calcula Cloudinary.</translation>
    </message>
    <message>
        <source>Conditions that need what Cloudinary alone knows are left out: {it}.</source>
        <translation>Se omiten las condiciones que necesitan lo que solo sabe Cloudinary: {it}.</translation>
    </message>
    <message>
        <source>The layer {it} is laid on by Cloudinary only.</source>
        <translation>La capa {it} solo la superpone Cloudinary.</translation>
    </message>
    <message>
        <source>The opacity {it} is applied by Cloudinary only.</source>
        <translation>La opacidad {it} solo la aplica Cloudinary.</translation>
    </message>
    <message>
        <source>The quality {it} is chosen by Cloudinary only.</source>
        <translation>La calidad {it} solo la elige Cloudinary.</translation>
    </message>
    <message>
        <source>Rounded corners ({it}) are cut by Cloudinary only.</source>
        <translation>Las esquinas redondeadas ({it}) solo las recorta Cloudinary.</translation>
    </message>
    <message>
        <source>What the named transformation {it} does is not known here; it is left out.</source>
        <translation>Aquí no se sabe qué hace la transformación con nombre {it}; se omite.</translation>
    </message>
    <message>
        <source>The layer {it} is laid under by Cloudinary only.</source>
        <translation>La capa {it} solo la coloca debajo Cloudinary.</translation>
    </message>
    <message>
        <source>The width {it} is worked out by Cloudinary only.</source>
        <translation>El ancho {it} solo lo calcula Cloudinary.</translation>
    </message>
    <message>
        <source>The offset {it} is worked out by Cloudinary only.</source>
        <translation>El desplazamiento {it} solo lo calcula Cloudinary.</translation>
    </message>
    <message>
        <source>{it} is done by Cloudinary only.</source>
        <translation>{it} solo lo hace Cloudinary.</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Any</source>
        <translation>Cualquiera</translation>
    </message>
    <message>
        <source>{filter}: {choice}</source>
        <translation>{filter}: {choice}</translation>
    </message>
    <message>
        <source>Keyword: {words}</source>
        <translation>Palabra clave: {words}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>En {folder}</translation>
    </message>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>Los derechos terminan dentro de %Ln día</numerusform>
            <numerusform>Los derechos terminan dentro de %Ln días</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>nobody has approved it yet</source>
        <translation>nadie lo ha aprobado todavía</translation>
    </message>
    <message>
        <source>its review is not finished</source>
        <translation>su revisión no ha terminado</translation>
    </message>
    <message>
        <source>changes were requested</source>
        <translation>se solicitaron cambios</translation>
    </message>
    <message>
        <source>it was rejected</source>
        <translation>fue rechazado</translation>
    </message>
    <message>
        <source>it has changed since it was approved</source>
        <translation>ha cambiado desde que se aprobó</translation>
    </message>
    <message>
        <source>a stage of its review is missing</source>
        <translation>falta una etapa de su revisión</translation>
    </message>
    <message>
        <source>nobody has approved this rendition yet</source>
        <translation>nadie ha aprobado todavía esta variante</translation>
    </message>
    <message>
        <source>the review of this rendition is not finished</source>
        <translation>la revisión de esta variante no ha terminado</translation>
    </message>
    <message>
        <source>changes were requested of this rendition</source>
        <translation>se solicitaron cambios en esta variante</translation>
    </message>
    <message>
        <source>this rendition was rejected</source>
        <translation>esta variante fue rechazada</translation>
    </message>
    <message>
        <source>this rendition has changed since it was approved</source>
        <translation>esta variante ha cambiado desde que se aprobó</translation>
    </message>
    <message>
        <source>a stage of the review of this rendition is missing</source>
        <translation>falta una etapa de la revisión de esta variante</translation>
    </message>
    <message>
        <source>its rights have ended</source>
        <translation>sus derechos han vencido</translation>
    </message>
    <message>
        <source>its rights have not begun</source>
        <translation>sus derechos aún no han comenzado</translation>
    </message>
    <message>
        <source>its rights dates cannot be read</source>
        <translation>las fechas de sus derechos no se pueden leer</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>el archivo no se puede leer</translation>
    </message>
    <message>
        <source>its rights do not cover this market</source>
        <translation>sus derechos no abarcan este mercado</translation>
    </message>
    <message>
        <source>its rights do not cover this channel</source>
        <translation>sus derechos no abarcan este canal</translation>
    </message>
    <message>
        <source>a model release is missing</source>
        <translation>falta una autorización de modelo</translation>
    </message>
    <message>
        <source>a property release is missing</source>
        <translation>falta una autorización de propiedad</translation>
    </message>
    <message>
        <source>it is archived</source>
        <translation>está archivado</translation>
    </message>
    <message>
        <source>required fields are empty</source>
        <translation>hay campos obligatorios vacíos</translation>
    </message>
    <message>
        <source>its products do not allow it now</source>
        <translation>sus productos no lo permiten ahora</translation>
    </message>
    <message>
        <source>what is laid on it may not be shown</source>
        <translation>lo que lleva superpuesto no puede mostrarse</translation>
    </message>
</context>
<context>
    <name>gate lifts</name>
    <message>
        <source>Somebody approves it.</source>
        <translation>Alguien lo aprueba.</translation>
    </message>
    <message>
        <source>Its review ends with an approval.</source>
        <translation>Su revisión termina con una aprobación.</translation>
    </message>
    <message>
        <source>A changed version is approved, or whoever asked for changes approves it.</source>
        <translation>Se aprueba una versión modificada, o lo aprueba quien solicitó los cambios.</translation>
    </message>
    <message>
        <source>It is approved after all; nothing else overrides a rejection.</source>
        <translation>Se aprueba después de todo; nada más anula un rechazo.</translation>
    </message>
    <message>
        <source>The new version is approved.</source>
        <translation>Se aprueba la nueva versión.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves it.</source>
        <translation>Lo aprueban todas las etapas que pide la directiva.</translation>
    </message>
    <message>
        <source>Somebody approves this rendition itself.</source>
        <translation>Alguien aprueba esta misma variante.</translation>
    </message>
    <message>
        <source>The review of this rendition ends with an approval.</source>
        <translation>La revisión de esta variante termina con una aprobación.</translation>
    </message>
    <message>
        <source>The preset or the master is changed and approved, or this is approved.</source>
        <translation>Se cambia y aprueba el preajuste o el máster, o se aprueba esta variante.</translation>
    </message>
    <message>
        <source>This rendition is approved after all; nothing else overrides a rejection.</source>
        <translation>Esta variante se aprueba después de todo; nada más anula un rechazo.</translation>
    </message>
    <message>
        <source>The rendition as it is now is approved.</source>
        <translation>Se aprueba la variante tal como está ahora.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves this rendition.</source>
        <translation>Todas las etapas que pide la directiva aprueban esta variante.</translation>
    </message>
    <message>
        <source>The licence is renewed and recorded.</source>
        <translation>Se renueva y registra la licencia.</translation>
    </message>
    <message>
        <source>The day on which its rights begin.</source>
        <translation>El día en que comienzan sus derechos.</translation>
    </message>
    <message>
        <source>The dates of its rights are recorded so that they can be read.</source>
        <translation>Las fechas de sus derechos se registran de forma legible.</translation>
    </message>
    <message>
        <source>The file can be read again, or a sound one takes its place.</source>
        <translation>El archivo vuelve a ser legible, o uno correcto ocupa su lugar.</translation>
    </message>
    <message>
        <source>Rights for this market are recorded.</source>
        <translation>Se registran derechos para este mercado.</translation>
    </message>
    <message>
        <source>Rights for this channel are recorded.</source>
        <translation>Se registran derechos para este canal.</translation>
    </message>
    <message>
        <source>The model release is recorded.</source>
        <translation>Se registra la autorización de modelo.</translation>
    </message>
    <message>
        <source>The property release is recorded.</source>
        <translation>Se registra la autorización de propiedad.</translation>
    </message>
    <message>
        <source>It is taken out of the archive.</source>
        <translation>Se saca del archivo.</translation>
    </message>
    <message>
        <source>The fields that the policy asks for are filled in.</source>
        <translation>Se rellenan los campos que pide la directiva.</translation>
    </message>
    <message>
        <source>A product that it shows allows it, or somebody pushes it.</source>
        <translation>Un producto que muestra lo permite, o alguien lo envía.</translation>
    </message>
    <message>
        <source>What is laid on it is allowed, or left out of the transformation.</source>
        <translation>Se permite lo superpuesto o se quita de la transformación.</translation>
    </message>
</context>
<context>
    <name>grid</name>
    <message>
        <source>Being kept…</source>
        <translation>Guardando…</translation>
    </message>
    <message>
        <source>This cannot be written here.</source>
        <translation>Esto no se puede escribir aquí.</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Necesario para poder enviar.</translation>
    </message>
    <message>
        <source>The places where the file keeps this do not agree.</source>
        <translation>Los lugares donde el archivo guarda esto no coinciden.</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>By role</source>
        <translation>Por función</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>En el día a día</translation>
    </message>
    <message>
        <source>To look things up</source>
        <translation>Para consultar</translation>
    </message>
    <message>
        <source>Run it and get help</source>
        <translation>Puesta en marcha y ayuda</translation>
    </message>
    <message>
        <source>Build with it</source>
        <translation>Desarrollo e integración</translation>
    </message>
</context>
<context>
    <name>holdings</name>
    <message>
        <source>Credit</source>
        <translation>Crédito</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Title and keywords</source>
        <translation>Título y palabras clave</translation>
    </message>
    <message>
        <source>Date and camera</source>
        <translation>Fecha y cámara</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lugar</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>Perfil de color</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>Credenciales de contenido</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>Transparencia</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>Animación</translation>
    </message>
    <message>
        <source>{what} stays. {reason}</source>
        <translation>Se conserva: {what}. {reason}</translation>
    </message>
    <message>
        <source>{what} is lost. {reason}</source>
        <translation>Se pierde: {what}. {reason}</translation>
    </message>
</context>
<context>
    <name>hue</name>
    <message>
        <source>No colour</source>
        <translation>Sin color</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rojo</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Naranja</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Turquesa</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Azul</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violeta</translation>
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
        <translation>No hay ninguna cuenta conectada</translation>
    </message>
    <message>
        <source>Connect a Cloudinary account; what it uses is counted here then.</source>
        <translation>Al conectar una cuenta de Cloudinary, aquí se cuenta lo que usa.</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Aún sin consultar</translation>
    </message>
    <message>
        <source>Ask the environment what it uses. Each answer is kept: several days make a trend.</source>
        <translation>Consultar al entorno qué usa. Cada respuesta se conserva: varios días forman una tendencia.</translation>
    </message>
    <message>
        <source>No numbers of delivery yet</source>
        <translation>Aún no hay cifras de entrega</translation>
    </message>
    <message>
        <source>Import an access log of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importar un registro de accesos del sitio o de la red: indica qué se entregó, con qué frecuencia y a quién. Se lee aquí y no se envía a ninguna parte.</translation>
    </message>
    <message>
        <source>Nothing is in use yet</source>
        <translation>Aún no hay nada en uso</translation>
    </message>
    <message>
        <source>What was pushed, published or placed is counted here; an access log tells how often it was delivered.</source>
        <translation>Aquí se cuenta lo enviado, publicado o colocado; un registro de accesos indica con qué frecuencia se entregó.</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>Nada que ahorrar</translation>
    </message>
    <message>
        <source>No rendition is known that is not optimised already.</source>
        <translation>No se conoce ninguna variante que no esté ya optimizada.</translation>
    </message>
    <message>
        <source>Every approved asset is in use</source>
        <translation>Todos los recursos aprobados están en uso</translation>
    </message>
    <message>
        <source>None of them lies idle.</source>
        <translation>Ninguno está sin usar.</translation>
    </message>
    <message>
        <source>No rights end soon</source>
        <translation>No hay derechos que venzan pronto</translation>
    </message>
    <message>
        <source>Nothing that is in use has to go within these days.</source>
        <translation>Nada de lo que está en uso debe retirarse en estos días.</translation>
    </message>
    <message>
        <source>No heavy originals</source>
        <translation>No hay originales pesados</translation>
    </message>
    <message>
        <source>Every original is smaller than the size that is asked for.</source>
        <translation>Todos los originales son menores que el tamaño indicado.</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>No hay nada repetido</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>No hay dos archivos con el mismo contenido.</translation>
    </message>
    <message>
        <source>No two pictures look alike</source>
        <translation>No hay imágenes parecidas</translation>
    </message>
    <message>
        <source>At least none of those that could be compared.</source>
        <translation>Al menos ninguna de las que se pudieron comparar.</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>No falta nada</translation>
    </message>
    <message>
        <source>Every asset has the fields that are asked for.</source>
        <translation>Todos los recursos tienen los campos que se piden.</translation>
    </message>
    <message>
        <source>No access log was imported</source>
        <translation>No se ha importado ningún registro de accesos</translation>
    </message>
    <message>
        <source>Import one of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importar uno del sitio o de la red: indica qué se entregó, con qué frecuencia y a quién. Se lee aquí y no se envía a ninguna parte.</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>Nada que mostrar</translation>
    </message>
    <message>
        <source>There is nothing of that kind in this library and these days.</source>
        <translation>No hay nada de este tipo en esta biblioteca y en estos días.</translation>
    </message>
    <message>
        <source>No limit is near. The nearest: {name}, {amount}</source>
        <translation>Ningún límite está cerca. El más cercano: {name}, {amount}</translation>
    </message>
    <message>
        <source>This plan tells no limits</source>
        <translation>Este plan no indica límites</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}. A second day makes a trend.</source>
        <translation>{name}: {amount} el {day}. Un segundo día forma una tendencia.</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}, after {before} on {earlier}</source>
        <translation>{name}: {amount} el {day}, tras {before} el {earlier}</translation>
    </message>
    <message>
        <source>{name} is used least ({measure}: {amount})</source>
        <translation>{name} es lo que menos se usa ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} is used most ({measure}: {amount})</source>
        <translation>{name} es lo que más se usa ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} takes most ({measure}: {amount}, {share} of all)</source>
        <translation>{name} es lo que más consume ({measure}: {amount}, {share} del total)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln fila</numerusform>
            <numerusform>%Ln filas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved asset(s) were never used</source>
        <translation>
            <numerusform>%Ln recurso aprobado nunca se usó</numerusform>
            <numerusform>%Ln recursos aprobados nunca se usaron</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>Los derechos de %Ln recurso en uso terminan dentro de {days} días o ya terminaron</numerusform>
            <numerusform>Los derechos de %Ln recursos en uso terminan dentro de {days} días o ya terminaron</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>%Ln original ocupa {size} o más</numerusform>
            <numerusform>%Ln originales ocupan {size} o más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>%Ln contenido está más de una vez</numerusform>
            <numerusform>%Ln contenidos están más de una vez</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>%Ln grupo de imágenes casi iguales</numerusform>
            <numerusform>%Ln grupos de imágenes casi iguales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>%Ln límite está casi alcanzado: {names}</numerusform>
            <numerusform>%Ln límites están casi alcanzados: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln recurso</numerusform>
            <numerusform>%Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>hace %Ln día</numerusform>
            <numerusform>hace %Ln días</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln día</numerusform>
            <numerusform>%Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>{sentence}; {size} could be freed</source>
        <translation>{sentence}; se podrían liberar {size}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>A %Ln recurso le faltan metadatos</numerusform>
            <numerusform>A %Ln recursos les faltan metadatos</numerusform>
        </translation>
    </message>
    <message>
        <source>Optimisation would save {size}</source>
        <translation>La optimización ahorraría {size}</translation>
    </message>
    <message>
        <source>{name}: {amount} from {first} to {last}</source>
        <translation>{name}: {amount} del {first} al {last}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>Se cuenta %Ln registro de accesos</numerusform>
            <numerusform>Se cuentan %Ln registros de accesos</numerusform>
        </translation>
    </message>
    <message>
        <source>not said</source>
        <translation>no indicado</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>Imágenes parecidas</translation>
    </message>
    <message>
        <source>Assets without it</source>
        <translation>Recursos sin ello</translation>
    </message>
    <message>
        <source>{used} of {limit}, {share}</source>
        <translation>{used} de {limit}, {share}</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)</source>
        <translation>Tabla para hojas de cálculo (CSV)</translation>
    </message>
    <message>
        <source>Plain table (CSV)</source>
        <translation>Tabla simple (CSV)</translation>
    </message>
    <message>
        <source>Lines of JSON</source>
        <translation>Líneas de JSON</translation>
    </message>
    <message>
        <source>Parquet, for analysis</source>
        <translation>Parquet, para análisis</translation>
    </message>
    <message>
        <source>Cost and limits</source>
        <translation>Costes y límites</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Uso</translation>
    </message>
    <message>
        <source>Who and what</source>
        <translation>Quién y qué</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>Limpieza</translation>
    </message>
    <message>
        <source>Access logs</source>
        <translation>Registros de accesos</translation>
    </message>
    <message>
        <source>How near are the plan’s limits?</source>
        <translation>¿Cuánto falta para los límites del plan?</translation>
    </message>
    <message>
        <source>How does usage grow?</source>
        <translation>¿Cómo crece el uso?</translation>
    </message>
    <message>
        <source>What would optimisation save?</source>
        <translation>¿Qué ahorraría la optimización?</translation>
    </message>
    <message>
        <source>What is used most?</source>
        <translation>¿Qué se usa más?</translation>
    </message>
    <message>
        <source>What is hardly used?</source>
        <translation>¿Qué apenas se usa?</translation>
    </message>
    <message>
        <source>Which approved assets did nobody use?</source>
        <translation>¿Qué recursos aprobados no usó nadie?</translation>
    </message>
    <message>
        <source>What is in use as rights end?</source>
        <translation>¿Qué está en uso con derechos por vencer?</translation>
    </message>
    <message>
        <source>Which campaigns take most?</source>
        <translation>¿Qué campañas consumen más?</translation>
    </message>
    <message>
        <source>Whose assets take most?</source>
        <translation>¿De quién son los recursos que más consumen?</translation>
    </message>
    <message>
        <source>Which libraries take most?</source>
        <translation>¿Qué bibliotecas consumen más?</translation>
    </message>
    <message>
        <source>Which formats take most?</source>
        <translation>¿Qué formatos consumen más?</translation>
    </message>
    <message>
        <source>Which presets are used?</source>
        <translation>¿Qué preajustes se usan?</translation>
    </message>
    <message>
        <source>Which originals are heavy?</source>
        <translation>¿Qué originales son pesados?</translation>
    </message>
    <message>
        <source>What is there twice?</source>
        <translation>¿Qué está repetido?</translation>
    </message>
    <message>
        <source>What looks almost the same?</source>
        <translation>¿Qué parece casi igual?</translation>
    </message>
    <message>
        <source>What has metadata missing?</source>
        <translation>¿A qué le faltan metadatos?</translation>
    </message>
    <message>
        <source>What was delivered, day by day?</source>
        <translation>¿Qué se entregó, día a día?</translation>
    </message>
    <message>
        <source>Which access logs are counted?</source>
        <translation>¿Qué registros de accesos se cuentan?</translation>
    </message>
    <message>
        <source>Assets there</source>
        <translation>Recursos allí</translation>
    </message>
    <message>
        <source>Derived renditions</source>
        <translation>Variantes derivadas</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitudes</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Pie de foto</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texto alternativo</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palabras clave</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>an optimised rendition</source>
        <translation>una variante optimizada</translation>
    </message>
    <message>
        <source>what such formats need</source>
        <translation>lo que necesitan esos formatos</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sin límite</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>sin medir</translation>
    </message>
</context>
<context>
    <name>job</name>
    <message>
        <source>Queued</source>
        <translation>En cola</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallido</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
</context>
<context>
    <name>kind</name>
    <message>
        <source>Image</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vídeo</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otro</translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message>
        <source>with {what}</source>
        <translation>con {what}</translation>
    </message>
    <message>
        <source>as {what}</source>
        <translation>como {what}</translation>
    </message>
    <message>
        <source>at {what} of its width</source>
        <translation>al {what} de su ancho</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>Archivo ZIP</translation>
    </message>
    <message>
        <source>Feed of addresses</source>
        <translation>Feed de direcciones</translation>
    </message>
    <message>
        <source>Not weighed</source>
        <translation>Sin pesar</translation>
    </message>
    <message>
        <source>{weight} too heavy</source>
        <translation>Demasiado pesado por {weight}</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retenido</translation>
    </message>
    <message>
        <source>Not as asked</source>
        <translation>No es lo pedido</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Cabe</translation>
    </message>
    <message>
        <source>{weight} of ≤ {most}</source>
        <translation>{weight} de ≤ {most}</translation>
    </message>
    <message>
        <source>It fits {how}</source>
        <translation>Cabe {how}</translation>
    </message>
    <message>
        <source>The lightest tried {how}</source>
        <translation>Lo más ligero probado: {how}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln variante</numerusform>
            <numerusform>%Ln variantes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>libraries</name>
    <message>
        <source>you have no permission to read it</source>
        <translation>sin permiso de lectura</translation>
    </message>
    <message>
        <source>it is a link to nothing</source>
        <translation>es un enlace a ninguna parte</translation>
    </message>
    <message>
        <source>it is a link back to a folder that it lies in</source>
        <translation>es un enlace a una carpeta que lo contiene</translation>
    </message>
    <message>
        <source>it lies behind too many links inside one another</source>
        <translation>está tras demasiados enlaces anidados</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>no es un archivo normal</translation>
    </message>
    <message>
        <source>its path is too long</source>
        <translation>su ruta es demasiado larga</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>ya no existe</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>el disco notifica un error</translation>
    </message>
    <message>
        <source>its field {field} is longer than {most} characters</source>
        <translation>su campo {field} supera los {most} caracteres</translation>
    </message>
    <message>
        <source>its field {field} cannot be read</source>
        <translation>su campo {field} no se puede leer</translation>
    </message>
    <message>
        <source>it has no identity</source>
        <translation>no tiene identificador</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>its rights cover some markets only</source>
        <translation>sus derechos abarcan solo algunos mercados</translation>
    </message>
    <message>
        <source>its rights do not cover the web</source>
        <translation>sus derechos no abarcan la web</translation>
    </message>
    <message>
        <source>its rights bound the size in which it may be seen</source>
        <translation>sus derechos limitan el tamaño en que puede verse</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Without a transformation the master itself is delivered.</source>
        <translation>Sin transformación se entrega el propio máster.</translation>
    </message>
    <message>
        <source>{value} keeps it.</source>
        <translation>{value} lo conserva.</translation>
    </message>
    <message>
        <source>Cloudinary takes all metadata off what it transforms.</source>
        <translation>Cloudinary quita todos los metadatos de lo que transforma.</translation>
    </message>
    <message>
        <source>{value} takes it off.</source>
        <translation>{value} lo quita.</translation>
    </message>
    <message>
        <source>fl_keep_iptc has no effect together with {value}: choose a fixed quality.</source>
        <translation>fl_keep_iptc no tiene efecto junto con {value}: elija una calidad fija.</translation>
    </message>
    <message>
        <source>No metadata is written into {value} files.</source>
        <translation>En los archivos {value} no se escriben metadatos.</translation>
    </message>
    <message>
        <source>Cloudinary delivers it with the picture.</source>
        <translation>Cloudinary lo entrega con la imagen.</translation>
    </message>
    <message>
        <source>{value} converts the colours to sRGB, and the master&apos;s own profile goes.</source>
        <translation>{value} convierte los colores a sRGB y el perfil propio del máster se pierde.</translation>
    </message>
    <message>
        <source>{value} files can hold it.</source>
        <translation>Los archivos {value} pueden contenerlo.</translation>
    </message>
    <message>
        <source>{value} files cannot hold it.</source>
        <translation>Los archivos {value} no pueden contenerlo.</translation>
    </message>
    <message>
        <source>Without {value} only the first frame is delivered.</source>
        <translation>Sin {value} solo se entrega el primer fotograma.</translation>
    </message>
</context>
<context>
    <name>mapping</name>
    <message>
        <source>the master</source>
        <translation>el máster</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>whoever said it last</source>
        <translation>el último que lo indicó</translation>
    </message>
    <message>
        <source>stays at the master</source>
        <translation>se queda en el máster</translation>
    </message>
    <message>
        <source>what is beyond 1,024 characters is cut</source>
        <translation>lo que supera los 1024 caracteres se corta</translation>
    </message>
    <message>
        <source>the day is kept, the time of day is not</source>
        <translation>se conserva el día, pero no la hora</translation>
    </message>
    <message>
        <source>a comma becomes a space, and what is beyond 255 characters is cut</source>
        <translation>una coma pasa a ser un espacio y lo que supera los 255 caracteres se corta</translation>
    </message>
    <message>
        <source>only the first of several is kept</source>
        <translation>solo se conserva el primero de varios</translation>
    </message>
    <message>
        <source>a slash becomes an underscore</source>
        <translation>una barra pasa a ser un guion bajo</translation>
    </message>
    <message>
        <source>what is not in the list of the field is left out</source>
        <translation>lo que no está en la lista del campo se omite</translation>
    </message>
    <message>
        <source>a master&apos;s record has no “{source}”</source>
        <translation>el registro de un máster no tiene “{source}”</translation>
    </message>
    <message>
        <source>“{source}” has two rows</source>
        <translation>“{source}” tiene dos filas</translation>
    </message>
    <message>
        <source>it has a direction, but goes nowhere</source>
        <translation>tiene una dirección, pero no lleva a ninguna parte</translation>
    </message>
    <message>
        <source>{target} is filled by “{other}” already</source>
        <translation>{target} ya se rellena con “{other}”</translation>
    </message>
    <message>
        <source>{target} cannot have this name</source>
        <translation>{target} no puede tener este nombre</translation>
    </message>
    <message>
        <source>{target} belongs to Asset Bridge</source>
        <translation>{target} pertenece a Asset Bridge</translation>
    </message>
    <message>
        <source>{target} cannot hold “{source}”</source>
        <translation>{target} no puede contener “{source}”</translation>
    </message>
    <message>
        <source>{target} is of another type at Cloudinary: {other}</source>
        <translation>{target} es de otro tipo en Cloudinary: {other}</translation>
    </message>
    <message>
        <source>without access control, copies stay open outside of their rights until they are retracted</source>
        <translation>sin control de acceso, las copias siguen abiertas fuera de sus derechos hasta que se retiran</translation>
    </message>
    <message>
        <source>“{other}” says which side leads for “{source}”, which has no row</source>
        <translation>“{other}” indica qué lado prevalece en “{source}”, que no tiene fila</translation>
    </message>
    <message>
        <source>Identity at the service</source>
        <translation>Identificador en el servicio</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organización</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nombre de archivo</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Titular</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Pie de foto</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texto alternativo</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Autor del pie de foto</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palabras clave</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>Creator’s position</source>
        <translation>Cargo del autor</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Crédito</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Condiciones de uso</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Página de derechos</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instrucciones</translation>
    </message>
    <message>
        <source>Rights block</source>
        <translation>Bloque de derechos</translation>
    </message>
    <message>
        <source>Rights begin</source>
        <translation>Inicio de los derechos</translation>
    </message>
    <message>
        <source>Rights end</source>
        <translation>Fin de los derechos</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>Territorios</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canales</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorización de modelo</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorización de propiedad</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Aprobación</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Identificador del trabajo</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ciudad</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>Estado o provincia</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Código de país</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ubicación</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Fecha de captura</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Calificación</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Urgencia</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Escena</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>Código de tema</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoría</translation>
    </message>
    <message>
        <source>Rights contact</source>
        <translation>Contacto de derechos</translation>
    </message>
    <message>
        <source>Digest of the record</source>
        <translation>Suma de comprobación del registro</translation>
    </message>
    <message>
        <source>Keywords “{words}”</source>
        <translation>Palabras clave “{words}”</translation>
    </message>
    <message>
        <source>Custom field “{name}”</source>
        <translation>Campo personalizado “{name}”</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Nombre para mostrar</translation>
    </message>
    <message>
        <source>Context “{key}”</source>
        <translation>Contexto “{key}”</translation>
    </message>
    <message>
        <source>Access begins</source>
        <translation>Inicio del acceso</translation>
    </message>
    <message>
        <source>Access ends</source>
        <translation>Fin del acceso</translation>
    </message>
    <message>
        <source>Field “{key}”</source>
        <translation>Campo “{key}”</translation>
    </message>
    <message>
        <source>To Cloudinary</source>
        <translation>Hacia Cloudinary</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>En ambos sentidos</translation>
    </message>
    <message>
        <source>Not carried</source>
        <translation>No se transmite</translation>
    </message>
    <message>
        <source>To the master</source>
        <translation>Hacia el máster</translation>
    </message>
    <message>
        <source>You decide</source>
        <translation>Se decide a mano</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Ir</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>&amp;Metadatos</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisión</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Demo</source>
        <translation>&amp;Demo</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>Te&amp;xt Size</source>
        <translation>Tamaño del te&amp;xto</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Nombre para mostrar</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Número entero</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>One of a list</source>
        <translation>Uno de una lista</translation>
    </message>
    <message>
        <source>Several of a list</source>
        <translation>Varios de una lista</translation>
    </message>
</context>
<context>
    <name>metadata_rules</name>
    <message>
        <source> and </source>
        <translation> y </translation>
    </message>
    <message>
        <source> or </source>
        <translation> o </translation>
    </message>
    <message>
        <source>{field} is filled in</source>
        <translation>{field} está rellenado</translation>
    </message>
    <message>
        <source>{field} is empty</source>
        <translation>{field} está vacío</translation>
    </message>
    <message>
        <source>{field} has {value}</source>
        <translation>{field} contiene {value}</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} es {value}</translation>
    </message>
    <message>
        <source>{field} is switched on</source>
        <translation>{field} se activa</translation>
    </message>
    <message>
        <source>{field} is switched off</source>
        <translation>{field} se desactiva</translation>
    </message>
    <message>
        <source>{field} must be filled in</source>
        <translation>{field} debe rellenarse</translation>
    </message>
    <message>
        <source>{field} may be empty</source>
        <translation>{field} puede estar vacío</translation>
    </message>
    <message>
        <source>{field} also gets {value}</source>
        <translation>{field} recibe también {value}</translation>
    </message>
    <message>
        <source>{field} becomes {value} if it is empty</source>
        <translation>{field} pasa a ser {value} si está vacío</translation>
    </message>
    <message>
        <source>{field} offers all its values</source>
        <translation>{field} ofrece todos sus valores</translation>
    </message>
    <message>
        <source>{field} offers {value}, too</source>
        <translation>{field} ofrece también {value}</translation>
    </message>
    <message>
        <source>{field} offers only {value}</source>
        <translation>{field} ofrece solo {value}</translation>
    </message>
</context>
<context>
    <name>named</name>
    <message>
        <source>Same</source>
        <translation>Igual</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Distinto</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>Solo aquí</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>Solo allí</translation>
    </message>
</context>
<context>
    <name>objection</name>
    <message>
        <source>it is so already</source>
        <translation>ya está así</translation>
    </message>
    <message>
        <source>another asset has that public ID</source>
        <translation>otro recurso tiene ese Public ID</translation>
    </message>
    <message>
        <source>another folder has that place</source>
        <translation>otra carpeta ocupa ese lugar</translation>
    </message>
    <message>
        <source>this cannot be a public ID</source>
        <translation>esto no puede ser un Public ID</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>un nombre no lleva barras y tiene de 1 a 255 caracteres</translation>
    </message>
    <message>
        <source>one asset at a time</source>
        <translation>un solo recurso cada vez</translation>
    </message>
    <message>
        <source>it was deleted; restore it first</source>
        <translation>se eliminó; recupérelo primero</translation>
    </message>
    <message>
        <source>it is there</source>
        <translation>está allí</translation>
    </message>
</context>
<context>
    <name>orientation</name>
    <message>
        <source>Landscape</source>
        <translation>Horizontal</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Vertical</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Cuadrado</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>The key of this account may not do this: {reason}</source>
        <translation>La clave de esta cuenta no puede hacer esto: {reason}</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Permitido</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>No permitido</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Aún desconocido</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Delivered master</source>
        <translation>Máster entregado</translation>
    </message>
    <message>
        <source>Rendition {what}</source>
        <translation>Variante {what}</translation>
    </message>
    <message>
        <source>Record at its service</source>
        <translation>Registro en su servicio</translation>
    </message>
    <message>
        <source>File of {what}</source>
        <translation>Archivo de {what}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descarga</translation>
    </message>
    <message>
        <source>Dragged out</source>
        <translation>Arrastrado fuera</translation>
    </message>
    <message>
        <source>Copied file</source>
        <translation>Archivo copiado</translation>
    </message>
    <message>
        <source>Review pack {what}</source>
        <translation>Paquete de revisión {what}</translation>
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
        <translation>Código copiado {what}</translation>
    </message>
    <message>
        <source>Entry with {what}</source>
        <translation>Entrada con {what}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Cambiado</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Se queda</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallido</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En camino</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>Desactualizado</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>Channels that change: {channels}.</source>
        <translation>Canales que cambian: {channels}.</translation>
    </message>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>Cambia %Ln variante publicada.</numerusform>
            <numerusform>Cambia %Ln variantes publicadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>%Ln destino de versiones anteriores, como un archivo exportado, queda como está.</numerusform>
            <numerusform>%Ln destinos de versiones anteriores, como archivos exportados, quedan como están.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>%Ln destino muestra la nueva versión.</numerusform>
            <numerusform>%Ln destinos muestran la nueva versión.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>%Ln destino conserva la anterior.</numerusform>
            <numerusform>%Ln destinos conservan la anterior.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>%Ln destino no se pudo cambiar.</numerusform>
            <numerusform>%Ln destinos no se pudieron cambiar.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>New</source>
        <translation>Nuevo</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>Nueva versión</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>No permitido</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Demasiado grande</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>Se queda como está</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>Mismo contenido</translation>
    </message>
    <message>
        <source>Already queued</source>
        <translation>Ya en cola</translation>
    </message>
    <message>
        <source>added to Cloudinary</source>
        <translation>se añade a Cloudinary</translation>
    </message>
    <message>
        <source>replaces what is delivered now</source>
        <translation>reemplaza lo que se entrega ahora</translation>
    </message>
    <message>
        <source>held back; nothing of it is sent</source>
        <translation>retenido; no se envía nada</translation>
    </message>
    <message>
        <source>larger than your plan&apos;s limit; not sent</source>
        <translation>mayor que el límite del plan; no se envía</translation>
    </message>
    <message>
        <source>an earlier version is delivered and stays</source>
        <translation>hay una versión anterior entregada y se queda</translation>
    </message>
    <message>
        <source>there already; not sent again</source>
        <translation>ya está allí; no se vuelve a enviar</translation>
    </message>
    <message>
        <source>on its way; not sent twice</source>
        <translation>en camino; no se envía dos veces</translation>
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
        <translation>Este archivo supera el límite del plan de {size}</translation>
    </message>
    <message>
        <source>same as {other}</source>
        <translation>igual que {other}</translation>
    </message>
    <message>
        <source>{public_id} · seen with a token only: {reasons}</source>
        <translation>{public_id} · visible solo con token: {reasons}</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Web hero, desktop</source>
        <translation>Portada web, escritorio</translation>
    </message>
    <message>
        <source>Web hero, tablet</source>
        <translation>Portada web, tableta</translation>
    </message>
    <message>
        <source>Web hero, mobile</source>
        <translation>Portada web, móvil</translation>
    </message>
    <message>
        <source>Web card</source>
        <translation>Tarjeta web</translation>
    </message>
    <message>
        <source>Link preview (og:image)</source>
        <translation>Vista previa de enlace (og:image)</translation>
    </message>
    <message>
        <source>Product on white</source>
        <translation>Producto sobre blanco</translation>
    </message>
    <message>
        <source>Product thumbnail</source>
        <translation>Miniatura de producto</translation>
    </message>
    <message>
        <source>Instagram portrait</source>
        <translation>Instagram vertical</translation>
    </message>
    <message>
        <source>Instagram square</source>
        <translation>Instagram cuadrado</translation>
    </message>
    <message>
        <source>Instagram landscape</source>
        <translation>Instagram horizontal</translation>
    </message>
    <message>
        <source>Instagram story</source>
        <translation>Historia de Instagram</translation>
    </message>
    <message>
        <source>TikTok photo</source>
        <translation>Foto de TikTok</translation>
    </message>
    <message>
        <source>Facebook post</source>
        <translation>Publicación de Facebook</translation>
    </message>
    <message>
        <source>Facebook cover</source>
        <translation>Portada de Facebook</translation>
    </message>
    <message>
        <source>YouTube thumbnail</source>
        <translation>Miniatura de YouTube</translation>
    </message>
    <message>
        <source>YouTube banner</source>
        <translation>Banner de YouTube</translation>
    </message>
    <message>
        <source>X post</source>
        <translation>Publicación de X</translation>
    </message>
    <message>
        <source>X header</source>
        <translation>Encabezado de X</translation>
    </message>
    <message>
        <source>LinkedIn post</source>
        <translation>Publicación de LinkedIn</translation>
    </message>
    <message>
        <source>LinkedIn page cover</source>
        <translation>Portada de página de LinkedIn</translation>
    </message>
    <message>
        <source>Pinterest pin</source>
        <translation>Pin de Pinterest</translation>
    </message>
    <message>
        <source>E-mail header</source>
        <translation>Encabezado de correo</translation>
    </message>
    <message>
        <source>E-mail teaser</source>
        <translation>Teaser de correo</translation>
    </message>
    <message>
        <source>Ad, medium rectangle</source>
        <translation>Anuncio, rectángulo mediano</translation>
    </message>
    <message>
        <source>Ad, large rectangle</source>
        <translation>Anuncio, rectángulo grande</translation>
    </message>
    <message>
        <source>Ad, leaderboard</source>
        <translation>Anuncio, leaderboard</translation>
    </message>
    <message>
        <source>Ad, billboard</source>
        <translation>Anuncio, billboard</translation>
    </message>
    <message>
        <source>Ad, half page</source>
        <translation>Anuncio, media página</translation>
    </message>
    <message>
        <source>Ad, wide skyscraper</source>
        <translation>Anuncio, rascacielos ancho</translation>
    </message>
    <message>
        <source>Ad, mobile banner</source>
        <translation>Anuncio, banner móvil</translation>
    </message>
    <message>
        <source>Ad, large mobile banner</source>
        <translation>Anuncio, banner móvil grande</translation>
    </message>
    <message>
        <source>Press, at most 4000</source>
        <translation>Prensa, como máximo 4000</translation>
    </message>
    <message>
        <source>Ready presets</source>
        <translation>Preajustes incluidos</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Sitio web</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Tienda</translation>
    </message>
    <message>
        <source>Social networks</source>
        <translation>Redes sociales</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Display advertising</source>
        <translation>Publicidad gráfica</translation>
    </message>
    <message>
        <source>Whole campaign</source>
        <translation>Campaña completa</translation>
    </message>
    <message>
        <source>Hero 1600 × 900</source>
        <translation>Portada 1600 × 900</translation>
    </message>
    <message>
        <source>Social square 1080</source>
        <translation>Redes sociales, cuadrado 1080</translation>
    </message>
    <message>
        <source>Story 1080 × 1920</source>
        <translation>Historia 1080 × 1920</translation>
    </message>
    <message>
        <source>Web, at most 1200</source>
        <translation>Web, como máximo 1200</translation>
    </message>
    <message>
        <source>Thumbnail 320</source>
        <translation>Miniatura 320</translation>
    </message>
    <message>
        <source>CMS page</source>
        <translation>Página de CMS</translation>
    </message>
    <message>
        <source>Landing page</source>
        <translation>Página de destino</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Mercado</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Only this preset</source>
        <translation>Solo este preajuste</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>Otra imagen</translation>
    </message>
    <message>
        <source>A country or region: DE, US-CA, EMEA</source>
        <translation>Un país o una región: DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>A language: de, pt-BR</source>
        <translation>Un idioma: de, pt-BR</translation>
    </message>
    <message>
        <source>The name of a preset; empty for all of them</source>
        <translation>El nombre de un preajuste; vacío para todos</translation>
    </message>
    <message>
        <source>An ID, a path, or a file name that is there once; empty for the asset itself</source>
        <translation>Un ID, una ruta o un nombre de archivo que exista una sola vez; vacío para el propio recurso</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>como máximo {size}</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px de ancho</translation>
    </message>
    <message>
        <source>{pixels} px high</source>
        <translation>{pixels} px de alto</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Choose assets first.</source>
        <translation>Seleccione primero recursos.</translation>
    </message>
    <message>
        <source>Choose assets of a library first.</source>
        <translation>Elija primero recursos de una biblioteca.</translation>
    </message>
    <message>
        <source>Choose exactly one asset first.</source>
        <translation>Seleccione primero un solo recurso.</translation>
    </message>
    <message>
        <source>Nothing was said that could be taken back.</source>
        <translation>No hay nada indicado que se pueda revertir.</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>No se revirtió nada.</translation>
    </message>
    <message>
        <source>Go to a library of PhotoShelter&apos;s kind first.</source>
        <translation>Vaya primero a una biblioteca de tipo PhotoShelter.</translation>
    </message>
    <message>
        <source>Choose assets at Cloudinary, or a folder there, first.</source>
        <translation>Seleccione primero recursos de Cloudinary, o una carpeta allí.</translation>
    </message>
    <message>
        <source>Set up an account first.</source>
        <translation>Configure primero una cuenta.</translation>
    </message>
    <message>
        <source>It cannot be used here.</source>
        <translation>No se puede usar aquí.</translation>
    </message>
</context>
<context>
    <name>renditions</name>
    <message>
        <source>the file cannot be read</source>
        <translation>el archivo no se puede leer</translation>
    </message>
    <message>
        <source>no picture can be made of it</source>
        <translation>no se puede crear ninguna imagen de él</translation>
    </message>
    <message>
        <source>it has no file here; download it first</source>
        <translation>no tiene archivo aquí; descárguelo primero</translation>
    </message>
    <message>
        <source>the table names an unknown image</source>
        <translation>la tabla nombra una imagen desconocida</translation>
    </message>
    <message>
        <source>the transformation is wrong</source>
        <translation>la transformación es incorrecta</translation>
    </message>
    <message>
        <source>a text is missing for this market</source>
        <translation>falta un texto para este mercado</translation>
    </message>
    <message>
        <source>another one would have the same name</source>
        <translation>otra tendría el mismo nombre</translation>
    </message>
    <message>
        <source>there is such a file already</source>
        <translation>ya existe un archivo así</translation>
    </message>
    <message>
        <source>this content is not pushed</source>
        <translation>este contenido no se ha enviado</translation>
    </message>
    <message>
        <source>the gate is shut</source>
        <translation>el control de publicación no lo permite</translation>
    </message>
    <message>
        <source>Will be made</source>
        <translation>Se crearán</translation>
    </message>
    <message>
        <source>Take the place of a file that is there</source>
        <translation>Reemplazan un archivo existente</translation>
    </message>
    <message>
        <source>Held back: {reason}</source>
        <translation>Retenido: {reason}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Usage and limits</source>
        <translation>Uso y límites</translation>
    </message>
    <message>
        <source>Usage by day</source>
        <translation>Uso por día</translation>
    </message>
    <message>
        <source>Most used assets</source>
        <translation>Recursos más usados</translation>
    </message>
    <message>
        <source>Least used assets</source>
        <translation>Recursos menos usados</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>Por campaña</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>Por propietario</translation>
    </message>
    <message>
        <source>By library</source>
        <translation>Por biblioteca</translation>
    </message>
    <message>
        <source>By format</source>
        <translation>Por formato</translation>
    </message>
    <message>
        <source>By preset</source>
        <translation>Por preajuste</translation>
    </message>
    <message>
        <source>Approved, never used</source>
        <translation>Aprobado, nunca usado</translation>
    </message>
    <message>
        <source>In use, rights ending</source>
        <translation>En uso, derechos por vencer</translation>
    </message>
    <message>
        <source>Heavy originals</source>
        <translation>Originales pesados</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplicados</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Casi duplicados</translation>
    </message>
    <message>
        <source>Missing metadata</source>
        <translation>Metadatos incompletos</translation>
    </message>
    <message>
        <source>What optimisation would save</source>
        <translation>Qué ahorraría la optimización</translation>
    </message>
    <message>
        <source>Delivery by day</source>
        <translation>Entrega por día</translation>
    </message>
    <message>
        <source>Imported access logs</source>
        <translation>Registros de accesos importados</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Entorno</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Contador</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Usado</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Límite</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Proporción</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Créditos</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unidad</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Consultado</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Día</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>Recurso</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Ruta</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campaña</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propietario</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Preajuste</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Recursos</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprobado</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>En uso</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Destinos</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitudes</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Último uso</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Aprobación</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Cambiado</translation>
    </message>
    <message>
        <source>Rights from</source>
        <translation>Derechos desde</translation>
    </message>
    <message>
        <source>Rights until</source>
        <translation>Derechos hasta</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Derechos</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>Días restantes</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ancho</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Alto</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Contenido</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Grupo</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Copias</translation>
    </message>
    <message>
        <source>Could be freed</source>
        <translation>Liberable</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Diferencia</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Falta</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Variantes</translation>
    </message>
    <message>
        <source>Bytes now</source>
        <translation>Bytes ahora</translation>
    </message>
    <message>
        <source>Bytes optimised</source>
        <translation>Bytes optimizados</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Ahorro</translation>
    </message>
    <message>
        <source>Reckoned from</source>
        <translation>Calculado a partir de</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Suma de comprobación</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importado</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Primer día</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Último día</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Líneas</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Contadas</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>Pasadas por alto</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconocidas</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Ilegibles</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Muestras</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>Public ID</translation>
    </message>
    <message>
        <source>Asset ID</source>
        <translation>ID de recurso</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Media ID</source>
        <translation>ID de medio</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformación</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destino</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Entrada</translation>
    </message>
    <message>
        <source>Referring host</source>
        <translation>Host de referencia</translation>
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
        <translation>Mercado</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Descargas</translation>
    </message>
    <message>
        <source>Outside its rights</source>
        <translation>Fuera de sus derechos</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>Medido por</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Grupos</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Días</translation>
    </message>
    <message>
        <source>Would be saved</source>
        <translation>Se ahorraría</translation>
    </message>
    <message>
        <source>Outside their rights</source>
        <translation>Fuera de sus derechos</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Unknown lines</source>
        <translation>Líneas desconocidas</translation>
    </message>
    <message>
        <source>Limits nearly reached</source>
        <translation>Límites casi alcanzados</translation>
    </message>
    <message>
        <source>No Cloudinary account is connected: what it would tell is missing.</source>
        <translation>No hay ninguna cuenta de Cloudinary conectada: faltan sus datos.</translation>
    </message>
    <message>
        <source>The environment was not asked for its usage yet.</source>
        <translation>Aún no se ha consultado el uso del entorno.</translation>
    </message>
    <message>
        <source>The environment could not be asked now; this is what it told last.</source>
        <translation>El entorno no se pudo consultar ahora; esto es lo último que indicó.</translation>
    </message>
    <message>
        <source>Requests were not measured: no access log was imported for these days.</source>
        <translation>No se midieron solicitudes: no se importó ningún registro de accesos de estos días.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>%Ln línea de los registros de acceso no nombraba ningún recurso conocido aquí.</numerusform>
            <numerusform>%Ln líneas de los registros de acceso no nombraban ningún recurso conocido aquí.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>No se pudo comparar %Ln recurso sin miniatura.</numerusform>
            <numerusform>No se pudieron comparar %Ln recursos sin miniatura.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>%Ln imagen con demasiadas parecidas no se pudo comparar con todas ellas.</numerusform>
            <numerusform>%Ln imágenes con demasiadas parecidas no se pudieron comparar con todas ellas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>Sin leer todavía: %Ln recurso.</numerusform>
            <numerusform>Sin leer todavía: %Ln recursos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>Sin medir: %Ln valor.</numerusform>
            <numerusform>Sin medir: %Ln valores.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>Solo en la exportación: %Ln fila más.</numerusform>
            <numerusform>Solo en la exportación: %Ln filas más.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>required fields</name>
    <message>
        <source>title</source>
        <translation>título</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>pie de foto</translation>
    </message>
    <message>
        <source>alternative text</source>
        <translation>texto alternativo</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>palabras clave</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>autor</translation>
    </message>
    <message>
        <source>credit line</source>
        <translation>línea de crédito</translation>
    </message>
    <message>
        <source>copyright notice</source>
        <translation>aviso de copyright</translation>
    </message>
    <message>
        <source>usage terms</source>
        <translation>condiciones de uso</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>Master</source>
        <translation>Máster</translation>
    </message>
    <message>
        <source>Stage {stage}</source>
        <translation>Etapa {stage}</translation>
    </message>
    <message>
        <source>Its file says: {state}</source>
        <translation>Su archivo indica: {state}</translation>
    </message>
    <message>
        <source>Waits for {stage}</source>
        <translation>Espera a {stage}</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Solicitado</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Moderación en Cloudinary</translation>
    </message>
    <message>
        <source>In review at their library</source>
        <translation>En revisión en su biblioteca</translation>
    </message>
    <message>
        <source>Said in their files</source>
        <translation>Indicado en sus archivos</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>Atrasada desde el {date}</translation>
    </message>
    <message>
        <source>Due today, {time}</source>
        <translation>Vence hoy, {time}</translation>
    </message>
    <message>
        <source>Due tomorrow, {time}</source>
        <translation>Vence mañana, {time}</translation>
    </message>
    <message>
        <source>Due {date}</source>
        <translation>Vence el {date}</translation>
    </message>
    <message>
        <source>{done} of {total} decided</source>
        <translation>{done} de {total} decididos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>%Ln con cambios solicitados</numerusform>
            <numerusform>%Ln con cambios solicitados</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>todos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>%Ln aprobado</numerusform>
            <numerusform>%Ln aprobados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>%Ln rechazado</numerusform>
            <numerusform>%Ln rechazados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>%Ln ya no está aquí</numerusform>
            <numerusform>%Ln ya no están aquí</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>review groups</name>
    <message>
        <source>By channel</source>
        <translation>Por canal</translation>
    </message>
    <message>
        <source>By market</source>
        <translation>Por mercado</translation>
    </message>
    <message>
        <source>By asset</source>
        <translation>Por recurso</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Todo junto</translation>
    </message>
</context>
<context>
    <name>review guides</name>
    <message>
        <source>No guides</source>
        <translation>Sin guías</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Área segura</translation>
    </message>
    <message>
        <source>Thirds and centre</source>
        <translation>Tercios y centro</translation>
    </message>
    <message>
        <source>Crops of other formats</source>
        <translation>Recortes de otros formatos</translation>
    </message>
</context>
<context>
    <name>review keys</name>
    <message>
        <source>Decide</source>
        <translation>Decidir</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Navegar</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ver</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marcar</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar cambios</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentar</translation>
    </message>
    <message>
        <source>Pin a comment to a place</source>
        <translation>Fijar un comentario a un lugar</translation>
    </message>
    <message>
        <source>Draw on the picture</source>
        <translation>Dibujar en la imagen</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>Revertir la última decisión</translation>
    </message>
    <message>
        <source>Approve the rest</source>
        <translation>Aprobar el resto</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Imagen siguiente</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Imagen anterior</translation>
    </message>
    <message>
        <source>Next asset</source>
        <translation>Recurso siguiente</translation>
    </message>
    <message>
        <source>Previous asset</source>
        <translation>Recurso anterior</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Siguiente sin decidir</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Primera</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Última</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Compare: line, onion skin, difference</source>
        <translation>Comparar: línea, papel cebolla, diferencia</translation>
    </message>
    <message>
        <source>Against the version before, or the master</source>
        <translation>Con la versión anterior o el máster</translation>
    </message>
    <message>
        <source>Master and renditions side by side</source>
        <translation>Máster y variantes lado a lado</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Hoja de contactos</translation>
    </message>
    <message>
        <source>Guides: safe area, thirds, crops</source>
        <translation>Guías: área segura, tercios, recortes</translation>
    </message>
    <message>
        <source>Play a film, or stop it</source>
        <translation>Reproducir o detener un vídeo</translation>
    </message>
    <message>
        <source>A film one step back</source>
        <translation>Retroceder un paso en el vídeo</translation>
    </message>
    <message>
        <source>A film one step on</source>
        <translation>Avanzar un paso en el vídeo</translation>
    </message>
    <message>
        <source>100 %, and back</source>
        <translation>100 % y volver</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Mostrar todo</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Acercar</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Alejar</translation>
    </message>
    <message>
        <source>More of the version before</source>
        <translation>Más de la versión anterior</translation>
    </message>
    <message>
        <source>More of the version now</source>
        <translation>Más de la versión actual</translation>
    </message>
    <message>
        <source>Facts and comments</source>
        <translation>Datos y comentarios</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>Tira de imágenes</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>Rate with 0 to 5 stars</source>
        <translation>Calificar con 0 a 5 estrellas</translation>
    </message>
    <message>
        <source>Label red, yellow, green or blue</source>
        <translation>Etiqueta roja, amarilla, verde o azul</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Estas teclas</translation>
    </message>
</context>
<context>
    <name>review looks</name>
    <message>
        <source>Version before</source>
        <translation>Versión anterior</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Máster</translation>
    </message>
</context>
<context>
    <name>review_pack</name>
    <message>
        <source>the pack holds no such picture</source>
        <translation>el paquete no contiene esa imagen</translation>
    </message>
    <message>
        <source>it is about other bytes than the pack held</source>
        <translation>trata de otros bytes que los del paquete</translation>
    </message>
    <message>
        <source>it is about another transformation than the pack held</source>
        <translation>trata de otra transformación que la del paquete</translation>
    </message>
    <message>
        <source>its master is not in the catalog any more</source>
        <translation>su máster ya no está en el catálogo</translation>
    </message>
    <message>
        <source>its master has changed since the pack was made</source>
        <translation>su máster ha cambiado desde que se creó el paquete</translation>
    </message>
    <message>
        <source>its preset has changed since the pack was made</source>
        <translation>su preajuste ha cambiado desde que se creó el paquete</translation>
    </message>
    <message>
        <source>a later verdict of the same reviewer is on record</source>
        <translation>hay registrado un veredicto posterior del mismo revisor</translation>
    </message>
</context>
<context>
    <name>review_page</name>
    <message>
        <source>Approved</source>
        <translation>Aprobado</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Cambios solicitados</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rechazado</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar cambios</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Sin decidir</translation>
    </message>
    <message>
        <source>The verdict was taken back</source>
        <translation>El veredicto se revirtió</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Veredicto</translation>
    </message>
    <message>
        <source>Why? (goes with the verdict)</source>
        <translation>¿Por qué? (acompaña al veredicto)</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Comentarios</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentario</translation>
    </message>
    <message>
        <source>About the whole picture</source>
        <translation>Sobre toda la imagen</translation>
    </message>
    <message>
        <source>About the marked place</source>
        <translation>Sobre el lugar marcado</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>Añadir comentario</translation>
    </message>
    <message>
        <source>Delete comment</source>
        <translation>Eliminar comentario</translation>
    </message>
    <message>
        <source>Mark a place</source>
        <translation>Marcar un lugar</translation>
    </message>
    <message>
        <source>Click a point of the picture, or drag a frame around a part of it.</source>
        <translation>Hacer clic en un punto de la imagen o arrastrar un marco alrededor de una parte.</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>Aún no hay comentarios.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Su nombre</translation>
    </message>
    <message>
        <source>Please say your name: your verdicts are recorded with it.</source>
        <translation>Indique su nombre: los veredictos se registran con él.</translation>
    </message>
    <message>
        <source>Save verdicts</source>
        <translation>Guardar veredictos</translation>
    </message>
    <message>
        <source>Saves a file. Send it to {who}, who reads it in.</source>
        <translation>Guarda un archivo. Envíelo a {who}, que lo importará.</translation>
    </message>
    <message>
        <source>Saved as {file}. Please send it to {who}.</source>
        <translation>Guardado como {file}. Envíelo a {who}.</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>Aún no hay nada que guardar.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Aún sin guardar</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>{done} de {all} decididos</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>Hasta el {date}</translation>
    </message>
    <message>
        <source>From {who}, {date}</source>
        <translation>De {who}, {date}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Más grande</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Más pequeño</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Siguiente sin decidir</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Máster</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Imágenes</translation>
    </message>
    <message>
        <source>Picture {n} of {all}: {name}</source>
        <translation>Imagen {n} de {all}: {name}</translation>
    </message>
    <message>
        <source>One picture of a film</source>
        <translation>Una imagen de un vídeo</translation>
    </message>
    <message>
        <source>this browser does not play it</source>
        <translation>este navegador no lo reproduce</translation>
    </message>
    <message>
        <source>Comment on this moment</source>
        <translation>Comentar este momento</translation>
    </message>
    <message>
        <source>About {time} of the film</source>
        <translation>Sobre {time} del vídeo</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>Reproducir, pausar</translation>
    </message>
    <message>
        <source>Approximate: what is delivered may look a little different</source>
        <translation>Aproximado: lo que se entrega puede verse un poco distinto</translation>
    </message>
    <message>
        <source>Some steps are made on delivery only, and are not shown here</source>
        <translation>Algunos pasos se hacen solo en la entrega y no se muestran aquí</translation>
    </message>
    <message>
        <source>This picture cannot be shown. If you opened the page inside a ZIP file, unpack the whole file first, then open index.html from the unpacked folder.</source>
        <translation>Esta imagen no se puede mostrar. Si la página se abrió dentro de un archivo ZIP, descomprima primero el archivo completo y abra index.html desde la carpeta descomprimida.</translation>
    </message>
    <message>
        <source>This browser keeps nothing for this page: save your verdicts before you close it.</source>
        <translation>Este navegador no guarda nada de esta página: guarde los veredictos antes de cerrarla.</translation>
    </message>
    <message>
        <source>This page is damaged. Please ask for the review pack again.</source>
        <translation>Esta página está dañada. Solicite de nuevo el paquete de revisión.</translation>
    </message>
    <message>
        <source>Comment {n}</source>
        <translation>Comentario {n}</translation>
    </message>
    <message>
        <source>This page needs JavaScript. It loads nothing from the network.</source>
        <translation>Esta página necesita JavaScript. No carga nada de la red.</translation>
    </message>
    <message>
        <source>Go to the verdict</source>
        <translation>Ir al veredicto</translation>
    </message>
</context>
<context>
    <name>rights</name>
    <message>
        <source>Rights open</source>
        <translation>Derechos vigentes</translation>
    </message>
    <message>
        <source>Rights not begun</source>
        <translation>Derechos futuros</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Derechos vencidos</translation>
    </message>
    <message>
        <source>Rights unclear</source>
        <translation>Derechos dudosos</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorización de modelo</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorización de propiedad</translation>
    </message>
    <message>
        <source>Nobody said that one is needed</source>
        <translation>Nadie indicó que haga falta</translation>
    </message>
    <message>
        <source>There is one</source>
        <translation>Existe</translation>
    </message>
    <message>
        <source>It is missing</source>
        <translation>Falta</translation>
    </message>
    <message>
        <source>The whole world</source>
        <translation>Todo el mundo</translation>
    </message>
    <message>
        <source>Europe, the Middle East and Africa</source>
        <translation>Europa, Oriente Medio y África</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>América del Norte</translation>
    </message>
    <message>
        <source>Latin America</source>
        <translation>América Latina</translation>
    </message>
    <message>
        <source>Asia and the Pacific</source>
        <translation>Asia y el Pacífico</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Social media</source>
        <translation>Redes sociales</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Impresión</translation>
    </message>
    <message>
        <source>Posters</source>
        <translation>Carteles</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>Radio y televisión</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Tienda</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Interno</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Comienza</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Termina</translation>
    </message>
    <message>
        <source>The dates cannot be read</source>
        <translation>Las fechas no se pueden leer</translation>
    </message>
    <message>
        <source>From {start} until {end}</source>
        <translation>Desde el {start} hasta el {end}</translation>
    </message>
    <message>
        <source>From {start}</source>
        <translation>Desde el {start}</translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation>Hasta el {end}</translation>
    </message>
    <message>
        <source>Nothing is claimed</source>
        <translation>Nada establecido</translation>
    </message>
    <message>
        <source>not {list}</source>
        <translation>no {list}</translation>
    </message>
    <message>
        <source>Texts and documents only</source>
        <translation>Solo textos y documentos</translation>
    </message>
    <message>
        <source>Nothing is left that file and claim both allow</source>
        <translation>No queda nada que permitan tanto el archivo como lo establecido</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Solo en {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Solo para {channels}</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>En otro lugar</translation>
    </message>
    <message>
        <source>{some} and others</source>
        <translation>{some} y otros</translation>
    </message>
</context>
<context>
    <name>self.clipboard</name>
    <message>
        <source>Link copied. It opens this asset where it is known.</source>
        <translation>Enlace copiado. Abre este recurso donde se conoce.</translation>
    </message>
</context>
<context>
    <name>shelter</name>
    <message>
        <source>the sources of its approval disagree</source>
        <translation>las fuentes de su aprobación no coinciden</translation>
    </message>
    <message>
        <source>its approval is written in a way that means nothing here</source>
        <translation>su aprobación está escrita de un modo que aquí no significa nada</translation>
    </message>
    <message>
        <source>a very long text was cut</source>
        <translation>se cortó un texto muy largo</translation>
    </message>
    <message>
        <source>its rights limit the size in which it may be shown</source>
        <translation>sus derechos limitan el tamaño en que puede mostrarse</translation>
    </message>
    <message>
        <source>its credit has to be shown</source>
        <translation>debe mostrarse su crédito</translation>
    </message>
    <message>
        <source>it may not be used with generative tools</source>
        <translation>no se puede usar con herramientas generativas</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Aún sin sincronizar</translation>
    </message>
    <message>
        <source>What lies here has not been read yet; it comes by itself. A search of all of {service} finds it already.</source>
        <translation>Lo que hay aquí aún no se ha leído; llegará solo. Una búsqueda en todo {service} ya lo encuentra.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Aquí aún no hay nada</translation>
    </message>
    <message>
        <source>What is put into this place at {service} appears with the next sync.</source>
        <translation>Lo que se coloque en este lugar en {service} aparece con la próxima sincronización.</translation>
    </message>
    <message>
        <source>Signed out: shown as it was last seen</source>
        <translation>Sesión cerrada: se muestra como se vio por última vez</translation>
    </message>
    <message>
        <source>{done} of {total} galleries synced</source>
        <translation>{done} de {total} galerías sincronizadas</translation>
    </message>
    <message>
        <source>Synced {moment}</source>
        <translation>Sincronizado {moment}</translation>
    </message>
    <message>
        <source>Only for you and your staff</source>
        <translation>Solo para usted y su equipo</translation>
    </message>
    <message>
        <source>For those with permission</source>
        <translation>Para quienes tienen permiso</translation>
    </message>
    <message>
        <source>For everyone</source>
        <translation>Para todos</translation>
    </message>
    <message>
        <source>Custom field: {state}</source>
        <translation>Campo personalizado: {state}</translation>
    </message>
    <message>
        <source>Workspace review: {state}</source>
        <translation>Revisión en el espacio de trabajo: {state}</translation>
    </message>
    <message>
        <source>Keyword: {state}</source>
        <translation>Palabra clave: {state}</translation>
    </message>
    <message>
        <source>Gallery: {state}</source>
        <translation>Galería: {state}</translation>
    </message>
    <message>
        <source>In a &amp;Document beside the Gallery</source>
        <translation>En un &amp;documento junto a la galería</translation>
    </message>
    <message>
        <source>With the Rendered &amp;Files</source>
        <translation>Con los &amp;archivos generados</translation>
    </message>
    <message>
        <source>As &amp;Links of the Master</source>
        <translation>Como &amp;enlaces del máster</translation>
    </message>
    <message>
        <source>&amp;Not at All</source>
        <translation>&amp;No registrar</translation>
    </message>
    <message>
        <source>Model release: there is one</source>
        <translation>Autorización de modelo: existe</translation>
    </message>
    <message>
        <source>Model release: missing</source>
        <translation>Autorización de modelo: falta</translation>
    </message>
    <message>
        <source>Property release: there is one</source>
        <translation>Autorización de propiedad: existe</translation>
    </message>
    <message>
        <source>Property release: missing</source>
        <translation>Autorización de propiedad: falta</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>no se entiende</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivado</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Solo en {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Solo para {channels}</translation>
    </message>
    <message>
        <source>Not all of it is recorded there yet</source>
        <translation>Aún no está todo registrado allí</translation>
    </message>
    <message>
        <source>Recorded there {moment}</source>
        <translation>Registrado allí {moment}</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>North America (AWS)</source>
        <translation>América del Norte (AWS)</translation>
    </message>
    <message>
        <source>Europe (AWS)</source>
        <translation>Europa (AWS)</translation>
    </message>
    <message>
        <source>Australia (AWS)</source>
        <translation>Australia (AWS)</translation>
    </message>
    <message>
        <source>North America (Azure)</source>
        <translation>América del Norte (Azure)</translation>
    </message>
    <message>
        <source>Europe (Azure)</source>
        <translation>Europa (Azure)</translation>
    </message>
    <message>
        <source>North America (Google Cloud)</source>
        <translation>América del Norte (Google Cloud)</translation>
    </message>
    <message>
        <source>Europe (Google Cloud)</source>
        <translation>Europa (Google Cloud)</translation>
    </message>
    <message>
        <source>Take the whole entry off, in that locale</source>
        <translation>Retirar la entrada completa en esa configuración regional</translation>
    </message>
    <message>
        <source>Remove the picture, and publish without it</source>
        <translation>Quitar la imagen y publicar sin ella</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En camino</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Publicado</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflicto</translation>
    </message>
    <message>
        <source>The editor&apos;s</source>
        <translation>La del editor</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Rechazado</translation>
    </message>
    <message>
        <source>{rendition} (cannot be chosen)</source>
        <translation>{rendition} (no se puede elegir)</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>No label</source>
        <translation>Sin etiqueta</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Producción</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Preproducción</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Desarrollo</translation>
    </message>
</context>
<context>
    <name>stale</name>
    <message>
        <source>the master has a new version</source>
        <translation>el máster tiene una nueva versión</translation>
    </message>
    <message>
        <source>its preset was changed</source>
        <translation>su preajuste se cambió</translation>
    </message>
    <message>
        <source>the master has a new version, and its preset was changed</source>
        <translation>el máster tiene una nueva versión y su preajuste se cambió</translation>
    </message>
</context>
<context>
    <name>standard</name>
    <message>
        <source>All models released</source>
        <translation>Autorizaciones de todos los modelos</translation>
    </message>
    <message>
        <source>Limited or incomplete model releases</source>
        <translation>Autorizaciones de modelo limitadas o incompletas</translation>
    </message>
    <message>
        <source>No model release</source>
        <translation>Sin autorización de modelo</translation>
    </message>
    <message>
        <source>Model release not applicable</source>
        <translation>Autorización de modelo no aplicable</translation>
    </message>
    <message>
        <source>All properties released</source>
        <translation>Autorizaciones de todas las propiedades</translation>
    </message>
    <message>
        <source>Limited or incomplete property releases</source>
        <translation>Autorizaciones de propiedad limitadas o incompletas</translation>
    </message>
    <message>
        <source>No property release</source>
        <translation>Sin autorización de propiedad</translation>
    </message>
    <message>
        <source>Property release not applicable</source>
        <translation>Autorización de propiedad no aplicable</translation>
    </message>
    <message>
        <source>Age unknown</source>
        <translation>Edad desconocida</translation>
    </message>
    <message>
        <source>25 or older</source>
        <translation>25 años o más</translation>
    </message>
    <message>
        <source>14 or younger</source>
        <translation>14 años o menos</translation>
    </message>
    <message>
        <source>Protected by copyright</source>
        <translation>Protegido por copyright</translation>
    </message>
    <message>
        <source>Public domain</source>
        <translation>Dominio público</translation>
    </message>
    <message>
        <source>1 – most urgent</source>
        <translation>1 – más urgente</translation>
    </message>
    <message>
        <source>5 – normal</source>
        <translation>5 – normal</translation>
    </message>
    <message>
        <source>8 – least urgent</source>
        <translation>8 – menos urgente</translation>
    </message>
    <message>
        <source>Taken by a digital camera</source>
        <translation>Tomada con una cámara digital</translation>
    </message>
    <message>
        <source>Computed from several frames of a camera</source>
        <translation>Calculada a partir de varias tomas de una cámara</translation>
    </message>
    <message>
        <source>Scanned from negative film</source>
        <translation>Digitalizada de un negativo</translation>
    </message>
    <message>
        <source>Scanned from positive film</source>
        <translation>Digitalizada de una diapositiva</translation>
    </message>
    <message>
        <source>Scanned from a print</source>
        <translation>Digitalizada de una copia impresa</translation>
    </message>
    <message>
        <source>Edited by people</source>
        <translation>Editada por personas</translation>
    </message>
    <message>
        <source>Drawn by people</source>
        <translation>Dibujada por personas</translation>
    </message>
    <message>
        <source>Composed of captures</source>
        <translation>Compuesta de capturas</translation>
    </message>
    <message>
        <source>Composed of elements</source>
        <translation>Compuesta de elementos</translation>
    </message>
    <message>
        <source>Composed, with synthetic elements</source>
        <translation>Compuesta, con elementos sintéticos</translation>
    </message>
    <message>
        <source>Edited by a trained algorithm</source>
        <translation>Editada por un algoritmo entrenado</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>Creada por un algoritmo entrenado</translation>
    </message>
    <message>
        <source>Made by an algorithm without training</source>
        <translation>Creada por un algoritmo sin entrenamiento</translation>
    </message>
    <message>
        <source>Enhanced by an algorithm</source>
        <translation>Mejorada por un algoritmo</translation>
    </message>
    <message>
        <source>Drawn from data</source>
        <translation>Dibujada a partir de datos</translation>
    </message>
    <message>
        <source>Captured from a screen</source>
        <translation>Captura de pantalla</translation>
    </message>
    <message>
        <source>Recorded in a virtual world</source>
        <translation>Grabada en un mundo virtual</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>No indicado</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Permitido</translation>
    </message>
    <message>
        <source>Not for training of AI</source>
        <translation>No para entrenar IA</translation>
    </message>
    <message>
        <source>Not for training of generative AI</source>
        <translation>No para entrenar IA generativa</translation>
    </message>
    <message>
        <source>Only for search engines</source>
        <translation>Solo para motores de búsqueda</translation>
    </message>
    <message>
        <source>Prohibited</source>
        <translation>Prohibido</translation>
    </message>
    <message>
        <source>Prohibited, as other constraints say</source>
        <translation>Prohibido, según otras restricciones</translation>
    </message>
    <message>
        <source>Prohibited, as the rights expression says</source>
        <translation>Prohibido, según la expresión de derechos</translation>
    </message>
    <message>
        <source>Prohibited, as the linked rights expression says</source>
        <translation>Prohibido, según la expresión de derechos enlazada</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>No es obligatorio</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>En la imagen</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>Junto a la imagen</translation>
    </message>
    <message>
        <source>Among the credits</source>
        <translation>Entre los créditos</translation>
    </message>
    <message>
        <source>No warning required</source>
        <translation>No requiere advertencia</translation>
    </message>
    <message>
        <source>Warning required</source>
        <translation>Requiere advertencia</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconocido</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Trabajo</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Móvil</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>Fax</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>Particular</translation>
    </message>
    <message>
        <source>Pager</source>
        <translation>Buscapersonas</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rectángulo</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>Círculo</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polígono</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Píxeles</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>Fracciones de la imagen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Titular</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Pie de foto</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texto alternativo</translation>
    </message>
    <message>
        <source>Extended description</source>
        <translation>Descripción ampliada</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palabras clave</translation>
    </message>
    <message>
        <source>Keyword hierarchies</source>
        <translation>Jerarquías de palabras clave</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Autor del pie de foto</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Idiomas</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Scene codes</source>
        <translation>Códigos de escena</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>Códigos de tema</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoría</translation>
    </message>
    <message>
        <source>Supplemental categories</source>
        <translation>Categorías suplementarias</translation>
    </message>
    <message>
        <source>Digital source type</source>
        <translation>Tipo de fuente digital</translation>
    </message>
    <message>
        <source>People shown</source>
        <translation>Personas mostradas</translation>
    </message>
    <message>
        <source>About the models</source>
        <translation>Datos de los modelos</translation>
    </message>
    <message>
        <source>Ages of the models</source>
        <translation>Edades de los modelos</translation>
    </message>
    <message>
        <source>Organisations shown</source>
        <translation>Organizaciones mostradas</translation>
    </message>
    <message>
        <source>Organisation codes</source>
        <translation>Códigos de organización</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Evento</translation>
    </message>
    <message>
        <source>Event identifiers</source>
        <translation>Identificadores del evento</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>Creator’s job title</source>
        <translation>Cargo del autor</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Contact’s city</source>
        <translation>Ciudad del contacto</translation>
    </message>
    <message>
        <source>Contact’s state or province</source>
        <translation>Estado o provincia del contacto</translation>
    </message>
    <message>
        <source>Contact’s postal code</source>
        <translation>Código postal del contacto</translation>
    </message>
    <message>
        <source>Contact’s country</source>
        <translation>País del contacto</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Sitio web</translation>
    </message>
    <message>
        <source>Contributors</source>
        <translation>Colaboradores</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>Editores</translation>
    </message>
    <message>
        <source>Copyright notice</source>
        <translation>Aviso de copyright</translation>
    </message>
    <message>
        <source>Copyright status</source>
        <translation>Estado del copyright</translation>
    </message>
    <message>
        <source>Copyright owner</source>
        <translation>Titular del copyright</translation>
    </message>
    <message>
        <source>Credit line</source>
        <translation>Línea de crédito</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Condiciones de uso</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Página de derechos</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instrucciones</translation>
    </message>
    <message>
        <source>Media constraints</source>
        <translation>Restricciones de medios</translation>
    </message>
    <message>
        <source>Region constraints</source>
        <translation>Restricciones de región</translation>
    </message>
    <message>
        <source>Other constraints</source>
        <translation>Otras restricciones</translation>
    </message>
    <message>
        <source>Image supplier</source>
        <translation>Proveedor de la imagen</translation>
    </message>
    <message>
        <source>Supplier’s image ID</source>
        <translation>ID de imagen del proveedor</translation>
    </message>
    <message>
        <source>Licence begins</source>
        <translation>Inicio de la licencia</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>Fin de la licencia</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorización de modelo</translation>
    </message>
    <message>
        <source>Model release IDs</source>
        <translation>ID de autorizaciones de modelo</translation>
    </message>
    <message>
        <source>Youngest model</source>
        <translation>Modelo más joven</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorización de propiedad</translation>
    </message>
    <message>
        <source>Property release IDs</source>
        <translation>ID de autorizaciones de propiedad</translation>
    </message>
    <message>
        <source>Copyright owner’s ID</source>
        <translation>ID del titular del copyright</translation>
    </message>
    <message>
        <source>Licensor</source>
        <translation>Licenciante</translation>
    </message>
    <message>
        <source>Licensor’s ID</source>
        <translation>ID del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s e-mail</source>
        <translation>Correo del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s phone</source>
        <translation>Teléfono del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s website</source>
        <translation>Sitio web del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s street</source>
        <translation>Calle del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s city</source>
        <translation>Ciudad del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s state or province</source>
        <translation>Estado o provincia del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s postal code</source>
        <translation>Código postal del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s country</source>
        <translation>País del licenciante</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ubicación</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ciudad</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>Estado o provincia</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Código de país</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>Coordenadas</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>Altitud</translation>
    </message>
    <message>
        <source>World region</source>
        <translation>Región del mundo</translation>
    </message>
    <message>
        <source>Artwork’s title</source>
        <translation>Título de la obra</translation>
    </message>
    <message>
        <source>Artwork’s creator</source>
        <translation>Autor de la obra</translation>
    </message>
    <message>
        <source>Artwork’s copyright notice</source>
        <translation>Aviso de copyright de la obra</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner</source>
        <translation>Titular del copyright de la obra</translation>
    </message>
    <message>
        <source>Artwork’s date</source>
        <translation>Fecha de la obra</translation>
    </message>
    <message>
        <source>What the artwork shows</source>
        <translation>Qué muestra la obra</translation>
    </message>
    <message>
        <source>Who keeps the artwork</source>
        <translation>Quién conserva la obra</translation>
    </message>
    <message>
        <source>Artwork’s inventory number</source>
        <translation>Número de inventario de la obra</translation>
    </message>
    <message>
        <source>Product’s name</source>
        <translation>Nombre del producto</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Product’s ID</source>
        <translation>ID del producto</translation>
    </message>
    <message>
        <source>Product’s description</source>
        <translation>Descripción del producto</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Fecha de captura</translation>
    </message>
    <message>
        <source>Date digitised</source>
        <translation>Fecha de digitalización</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Fecha de modificación</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Calificación</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiqueta</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Urgencia</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Identificador del trabajo</translation>
    </message>
    <message>
        <source>Camera maker</source>
        <translation>Fabricante de la cámara</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Camera’s serial number</source>
        <translation>Número de serie de la cámara</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objetivo</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>Tiempo de exposición</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>Apertura</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Distancia focal</translation>
    </message>
    <message>
        <source>Focal length (35 mm)</source>
        <translation>Distancia focal (35 mm)</translation>
    </message>
    <message>
        <source>Exposure compensation</source>
        <translation>Compensación de exposición</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>Flash</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Cobertura</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>Relaciones</translation>
    </message>
    <message>
        <source>Content types</source>
        <translation>Tipos de contenido</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identificador</translation>
    </message>
    <message>
        <source>Derived from</source>
        <translation>Derivada de</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>Tipo de medio</translation>
    </message>
    <message>
        <source>Image GUID</source>
        <translation>GUID de la imagen</translation>
    </message>
    <message>
        <source>Greatest width</source>
        <translation>Ancho máximo</translation>
    </message>
    <message>
        <source>Greatest height</source>
        <translation>Alto máximo</translation>
    </message>
    <message>
        <source>AI prompt</source>
        <translation>Prompt de IA</translation>
    </message>
    <message>
        <source>AI prompt’s writer</source>
        <translation>Autor del prompt de IA</translation>
    </message>
    <message>
        <source>AI system</source>
        <translation>Sistema de IA</translation>
    </message>
    <message>
        <source>AI system’s version</source>
        <translation>Versión del sistema de IA</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Término</translation>
    </message>
    <message>
        <source>Term’s ID</source>
        <translation>ID del término</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vocabulario</translation>
    </message>
    <message>
        <source>Term refined</source>
        <translation>Término refinado</translation>
    </message>
    <message>
        <source>Genre term</source>
        <translation>Término de género</translation>
    </message>
    <message>
        <source>Genre’s ID</source>
        <translation>ID del género</translation>
    </message>
    <message>
        <source>Genre’s vocabulary</source>
        <translation>Vocabulario del género</translation>
    </message>
    <message>
        <source>Genre refined</source>
        <translation>Género refinado</translation>
    </message>
    <message>
        <source>Person’s name</source>
        <translation>Nombre de la persona</translation>
    </message>
    <message>
        <source>Person’s IDs</source>
        <translation>ID de la persona</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>Datos de la persona</translation>
    </message>
    <message>
        <source>Contributor’s name</source>
        <translation>Nombre del colaborador</translation>
    </message>
    <message>
        <source>Contributor’s IDs</source>
        <translation>ID del colaborador</translation>
    </message>
    <message>
        <source>Contributor’s roles</source>
        <translation>Roles del colaborador</translation>
    </message>
    <message>
        <source>Image creator</source>
        <translation>Autor de la imagen</translation>
    </message>
    <message>
        <source>Image creator’s ID</source>
        <translation>ID del autor de la imagen</translation>
    </message>
    <message>
        <source>Image supplier’s ID</source>
        <translation>ID del proveedor de la imagen</translation>
    </message>
    <message>
        <source>Rights owners</source>
        <translation>Titulares de derechos</translation>
    </message>
    <message>
        <source>Rights certificate</source>
        <translation>Certificado de derechos</translation>
    </message>
    <message>
        <source>Data mining</source>
        <translation>Minería de datos</translation>
    </message>
    <message>
        <source>Credit required</source>
        <translation>Crédito obligatorio</translation>
    </message>
    <message>
        <source>Adult content</source>
        <translation>Contenido para adultos</translation>
    </message>
    <message>
        <source>Licence’s ID</source>
        <translation>ID de la licencia</translation>
    </message>
    <message>
        <source>Licence’s terms</source>
        <translation>Condiciones de la licencia</translation>
    </message>
    <message>
        <source>Licence’s terms page</source>
        <translation>Página de condiciones de la licencia</translation>
    </message>
    <message>
        <source>Other conditions</source>
        <translation>Otras condiciones</translation>
    </message>
    <message>
        <source>Product constraints</source>
        <translation>Restricciones de producto</translation>
    </message>
    <message>
        <source>Licence’s requirements</source>
        <translation>Requisitos de la licencia</translation>
    </message>
    <message>
        <source>Media summary code</source>
        <translation>Código resumen (Media Summary Code)</translation>
    </message>
    <message>
        <source>Licence granted</source>
        <translation>Licencia concedida el</translation>
    </message>
    <message>
        <source>Licensee</source>
        <translation>Licenciatario</translation>
    </message>
    <message>
        <source>Licensee’s ID</source>
        <translation>ID del licenciatario</translation>
    </message>
    <message>
        <source>Licensor’s image ID</source>
        <translation>ID de imagen del licenciante</translation>
    </message>
    <message>
        <source>Copyright owner’s image ID</source>
        <translation>ID de imagen del titular del copyright</translation>
    </message>
    <message>
        <source>Other dates</source>
        <translation>Otras fechas</translation>
    </message>
    <message>
        <source>Copyright registration</source>
        <translation>Registro del copyright</translation>
    </message>
    <message>
        <source>First published</source>
        <translation>Primera publicación</translation>
    </message>
    <message>
        <source>Licensor’s address, more</source>
        <translation>Dirección ampliada del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s phone is</source>
        <translation>Tipo de teléfono del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s other phone</source>
        <translation>Otro teléfono del licenciante</translation>
    </message>
    <message>
        <source>Licensor’s other phone is</source>
        <translation>Tipo del otro teléfono del licenciante</translation>
    </message>
    <message>
        <source>Item’s ID</source>
        <translation>ID del elemento</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Role in the registry</source>
        <translation>Rol en el registro</translation>
    </message>
    <message>
        <source>Rights expression</source>
        <translation>Expresión de derechos</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Codificación</translation>
    </message>
    <message>
        <source>Rights language</source>
        <translation>Lenguaje de derechos</translation>
    </message>
    <message>
        <source>Rights expression’s address</source>
        <translation>Dirección de la expresión de derechos</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>Nombre del lugar</translation>
    </message>
    <message>
        <source>Place’s IDs</source>
        <translation>ID del lugar</translation>
    </message>
    <message>
        <source>Artwork’s creator’s ID</source>
        <translation>ID del autor de la obra</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner’s ID</source>
        <translation>ID del titular del copyright de la obra</translation>
    </message>
    <message>
        <source>Artwork’s licensor</source>
        <translation>Licenciante de la obra</translation>
    </message>
    <message>
        <source>Artwork’s licensor’s ID</source>
        <translation>ID del licenciante de la obra</translation>
    </message>
    <message>
        <source>Artwork’s date, about</source>
        <translation>Fecha aproximada de la obra</translation>
    </message>
    <message>
        <source>Artwork’s inventory page</source>
        <translation>Página de inventario de la obra</translation>
    </message>
    <message>
        <source>Contributions to the artwork</source>
        <translation>Contribuciones a la obra</translation>
    </message>
    <message>
        <source>Artwork’s material</source>
        <translation>Material de la obra</translation>
    </message>
    <message>
        <source>Artwork’s style</source>
        <translation>Estilo de la obra</translation>
    </message>
    <message>
        <source>Region’s name</source>
        <translation>Nombre de la región</translation>
    </message>
    <message>
        <source>Region’s ID</source>
        <translation>ID de la región</translation>
    </message>
    <message>
        <source>Region’s content</source>
        <translation>Contenido de la región</translation>
    </message>
    <message>
        <source>Region’s role</source>
        <translation>Rol de la región</translation>
    </message>
    <message>
        <source>Region’s shape</source>
        <translation>Forma de la región</translation>
    </message>
    <message>
        <source>Region’s unit</source>
        <translation>Unidad de la región</translation>
    </message>
    <message>
        <source>Region’s left</source>
        <translation>Borde izquierdo de la región</translation>
    </message>
    <message>
        <source>Region’s top</source>
        <translation>Borde superior de la región</translation>
    </message>
    <message>
        <source>Region’s width</source>
        <translation>Ancho de la región</translation>
    </message>
    <message>
        <source>Region’s height</source>
        <translation>Alto de la región</translation>
    </message>
    <message>
        <source>Region’s radius</source>
        <translation>Radio de la región</translation>
    </message>
    <message>
        <source>A short name of the picture, often an identifier.</source>
        <translation>Un nombre corto de la imagen, a menudo un identificador.</translation>
    </message>
    <message>
        <source>A short synopsis that can be published.</source>
        <translation>Una breve sinopsis que se puede publicar.</translation>
    </message>
    <message>
        <source>What the picture shows: who, what, where, when and why.</source>
        <translation>Qué muestra la imagen: quién, qué, dónde, cuándo y por qué.</translation>
    </message>
    <message>
        <source>What it shows for those who cannot see it, in one or two sentences.</source>
        <translation>Qué muestra para quienes no pueden verla, en una o dos frases.</translation>
    </message>
    <message>
        <source>A longer description for those who cannot see it.</source>
        <translation>Una descripción más larga para quienes no pueden verla.</translation>
    </message>
    <message>
        <source>Words by which it is found.</source>
        <translation>Palabras con las que se encuentra.</translation>
    </message>
    <message>
        <source>Keywords with those above them, as in “Place|France|Paris”.</source>
        <translation>Palabras clave con las que están por encima, como en “Lugar|Francia|París”.</translation>
    </message>
    <message>
        <source>Who wrote or edited the caption.</source>
        <translation>Quién escribió o editó el pie de foto.</translation>
    </message>
    <message>
        <source>The languages of the content.</source>
        <translation>Los idiomas del contenido.</translation>
    </message>
    <message>
        <source>What sort of journalistic or artistic work it is.</source>
        <translation>Qué tipo de obra periodística o artística es.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the scene, six digits each.</source>
        <translation>Los códigos IPTC de la escena, de seis dígitos cada uno.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the subject, eight digits each.</source>
        <translation>Los códigos IPTC del tema, de ocho dígitos cada uno.</translation>
    </message>
    <message>
        <source>A code of one to three letters; superseded by the subject codes.</source>
        <translation>Un código de una a tres letras; sustituido por los códigos de tema.</translation>
    </message>
    <message>
        <source>Further categories; superseded by the subject codes.</source>
        <translation>Otras categorías; sustituidas por los códigos de tema.</translation>
    </message>
    <message>
        <source>How the picture came into being.</source>
        <translation>Cómo se originó la imagen.</translation>
    </message>
    <message>
        <source>The names of the people in the picture.</source>
        <translation>Los nombres de las personas que aparecen en la imagen.</translation>
    </message>
    <message>
        <source>Ethnicity and other facts about the models in a released picture.</source>
        <translation>Etnia y otros datos de los modelos en una imagen con autorización.</translation>
    </message>
    <message>
        <source>The age of each model when it was taken.</source>
        <translation>La edad de cada modelo en el momento de la toma.</translation>
    </message>
    <message>
        <source>The names of organisations that the picture features.</source>
        <translation>Los nombres de las organizaciones destacadas en la imagen.</translation>
    </message>
    <message>
        <source>Codes of these organisations.</source>
        <translation>Códigos de estas organizaciones.</translation>
    </message>
    <message>
        <source>The event at which it was taken.</source>
        <translation>El evento en el que se tomó.</translation>
    </message>
    <message>
        <source>Identifiers of the event.</source>
        <translation>Identificadores del evento.</translation>
    </message>
    <message>
        <source>Who took or made it; several are separated by a semicolon.</source>
        <translation>Quién la tomó o la creó; varios se separan con punto y coma.</translation>
    </message>
    <message>
        <source>The job of the creator, such as staff photographer.</source>
        <translation>El cargo del autor, por ejemplo fotógrafo de plantilla.</translation>
    </message>
    <message>
        <source>Where the creator can be reached: street and house.</source>
        <translation>Dónde se puede contactar con el autor: calle y número.</translation>
    </message>
    <message>
        <source>The city of the creator’s address.</source>
        <translation>La ciudad de la dirección del autor.</translation>
    </message>
    <message>
        <source>The state or province of the creator’s address.</source>
        <translation>El estado o la provincia de la dirección del autor.</translation>
    </message>
    <message>
        <source>The postal code of the creator’s address.</source>
        <translation>El código postal de la dirección del autor.</translation>
    </message>
    <message>
        <source>The country of the creator’s address.</source>
        <translation>El país de la dirección del autor.</translation>
    </message>
    <message>
        <source>Telephone numbers of the creator.</source>
        <translation>Números de teléfono del autor.</translation>
    </message>
    <message>
        <source>E-mail addresses of the creator.</source>
        <translation>Direcciones de correo electrónico del autor.</translation>
    </message>
    <message>
        <source>The creator’s website.</source>
        <translation>El sitio web del autor.</translation>
    </message>
    <message>
        <source>Others who had a part in it.</source>
        <translation>Otros que participaron en ella.</translation>
    </message>
    <message>
        <source>Who makes it available.</source>
        <translation>Quién la pone a disposición.</translation>
    </message>
    <message>
        <source>Who holds the copyright, as it is to be printed.</source>
        <translation>Quién posee el copyright, tal como debe imprimirse.</translation>
    </message>
    <message>
        <source>Is it protected by copyright?</source>
        <translation>¿Está protegida por copyright?</translation>
    </message>
    <message>
        <source>Who owns the copyright.</source>
        <translation>Quién es titular del copyright.</translation>
    </message>
    <message>
        <source>Who is to be credited when it is published.</source>
        <translation>A quién hay que acreditar cuando se publique.</translation>
    </message>
    <message>
        <source>Who it was obtained from.</source>
        <translation>De quién se obtuvo.</translation>
    </message>
    <message>
        <source>How it may be used.</source>
        <translation>Cómo se puede usar.</translation>
    </message>
    <message>
        <source>The address of a page about the rights.</source>
        <translation>La dirección de una página sobre los derechos.</translation>
    </message>
    <message>
        <source>What those who use it have to know.</source>
        <translation>Lo que deben saber quienes la usen.</translation>
    </message>
    <message>
        <source>In which media it may not be used, or only.</source>
        <translation>En qué medios no se puede usar, o solo en ellos.</translation>
    </message>
    <message>
        <source>In which regions it may not be used, or only.</source>
        <translation>En qué regiones no se puede usar, o solo en ellas.</translation>
    </message>
    <message>
        <source>Other limits of use.</source>
        <translation>Otros límites de uso.</translation>
    </message>
    <message>
        <source>Who supplied the picture.</source>
        <translation>Quién suministró la imagen.</translation>
    </message>
    <message>
        <source>The supplier’s identifier of it.</source>
        <translation>El identificador que le dio el proveedor.</translation>
    </message>
    <message>
        <source>When the licence begins; changed with the rights, not here.</source>
        <translation>Cuándo comienza la licencia; se cambia en los derechos, no aquí.</translation>
    </message>
    <message>
        <source>When the licence ends; changed with the rights, not here.</source>
        <translation>Cuándo termina la licencia; se cambia en los derechos, no aquí.</translation>
    </message>
    <message>
        <source>Have the people shown agreed?</source>
        <translation>¿Han dado su consentimiento las personas mostradas?</translation>
    </message>
    <message>
        <source>Identifiers of the agreements.</source>
        <translation>Identificadores de los consentimientos.</translation>
    </message>
    <message>
        <source>The age of the youngest person when it was taken.</source>
        <translation>La edad de la persona más joven en el momento de la toma.</translation>
    </message>
    <message>
        <source>Have the owners of what is shown agreed?</source>
        <translation>¿Han dado su consentimiento los propietarios de lo mostrado?</translation>
    </message>
    <message>
        <source>Identifiers of these agreements.</source>
        <translation>Identificadores de estos consentimientos.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows who owns the copyright.</source>
        <translation>El número con el que PLUS identifica al titular del copyright.</translation>
    </message>
    <message>
        <source>Who grants licences.</source>
        <translation>Quién concede licencias.</translation>
    </message>
    <message>
        <source>The licensor’s identifier in the PLUS registry.</source>
        <translation>El identificador del licenciante en el registro PLUS.</translation>
    </message>
    <message>
        <source>Where to ask for a licence.</source>
        <translation>Dónde solicitar una licencia.</translation>
    </message>
    <message>
        <source>The licensor’s telephone.</source>
        <translation>El teléfono del licenciante.</translation>
    </message>
    <message>
        <source>The licensor’s website.</source>
        <translation>El sitio web del licenciante.</translation>
    </message>
    <message>
        <source>The street of the licensor’s address.</source>
        <translation>La calle de la dirección del licenciante.</translation>
    </message>
    <message>
        <source>The city of the licensor’s address.</source>
        <translation>La ciudad de la dirección del licenciante.</translation>
    </message>
    <message>
        <source>The state or province of the licensor’s address.</source>
        <translation>El estado o la provincia de la dirección del licenciante.</translation>
    </message>
    <message>
        <source>The postal code of the licensor’s address.</source>
        <translation>El código postal de la dirección del licenciante.</translation>
    </message>
    <message>
        <source>The country of the licensor’s address.</source>
        <translation>El país de la dirección del licenciante.</translation>
    </message>
    <message>
        <source>The place within the city.</source>
        <translation>El lugar dentro de la ciudad.</translation>
    </message>
    <message>
        <source>The city.</source>
        <translation>La ciudad.</translation>
    </message>
    <message>
        <source>The state or province.</source>
        <translation>El estado o la provincia.</translation>
    </message>
    <message>
        <source>The country’s name.</source>
        <translation>El nombre del país.</translation>
    </message>
    <message>
        <source>The country’s code of two or three letters (ISO 3166).</source>
        <translation>El código del país, de dos o tres letras (ISO 3166).</translation>
    </message>
    <message>
        <source>Where the camera stood, in decimal degrees.</source>
        <translation>Dónde estaba la cámara, en grados decimales.</translation>
    </message>
    <message>
        <source>How high the camera was, in metres.</source>
        <translation>A qué altura estaba la cámara, en metros.</translation>
    </message>
    <message>
        <source>The place within the city where it was taken.</source>
        <translation>El lugar dentro de la ciudad donde se tomó.</translation>
    </message>
    <message>
        <source>The city where it was taken.</source>
        <translation>La ciudad donde se tomó.</translation>
    </message>
    <message>
        <source>The state or province where it was taken.</source>
        <translation>El estado o la provincia donde se tomó.</translation>
    </message>
    <message>
        <source>The country where it was taken.</source>
        <translation>El país donde se tomó.</translation>
    </message>
    <message>
        <source>The code of the country where it was taken.</source>
        <translation>El código del país donde se tomó.</translation>
    </message>
    <message>
        <source>The part of the world where it was taken.</source>
        <translation>La parte del mundo donde se tomó.</translation>
    </message>
    <message>
        <source>The place within the city that it shows.</source>
        <translation>El lugar dentro de la ciudad que muestra.</translation>
    </message>
    <message>
        <source>The city that it shows.</source>
        <translation>La ciudad que muestra.</translation>
    </message>
    <message>
        <source>The state or province that it shows.</source>
        <translation>El estado o la provincia que muestra.</translation>
    </message>
    <message>
        <source>The country that it shows.</source>
        <translation>El país que muestra.</translation>
    </message>
    <message>
        <source>The code of the country that it shows.</source>
        <translation>El código del país que muestra.</translation>
    </message>
    <message>
        <source>The part of the world that it shows.</source>
        <translation>La parte del mundo que muestra.</translation>
    </message>
    <message>
        <source>What the artwork is called.</source>
        <translation>Cómo se llama la obra.</translation>
    </message>
    <message>
        <source>Who made the artwork; several in their order.</source>
        <translation>Quién hizo la obra; varios, en su orden.</translation>
    </message>
    <message>
        <source>The artwork’s own copyright notice.</source>
        <translation>El aviso de copyright propio de la obra.</translation>
    </message>
    <message>
        <source>Who owns the copyright of the artwork now.</source>
        <translation>Quién es ahora titular del copyright de la obra.</translation>
    </message>
    <message>
        <source>When the artwork was made.</source>
        <translation>Cuándo se hizo la obra.</translation>
    </message>
    <message>
        <source>What is seen in the artwork.</source>
        <translation>Lo que se ve en la obra.</translation>
    </message>
    <message>
        <source>The museum, archive or person that has the artwork.</source>
        <translation>El museo, archivo o persona que tiene la obra.</translation>
    </message>
    <message>
        <source>The number that who keeps it has given the artwork.</source>
        <translation>El número que dio a la obra quien la conserva.</translation>
    </message>
    <message>
        <source>What the product is called.</source>
        <translation>Cómo se llama el producto.</translation>
    </message>
    <message>
        <source>The product’s number in trade, as its bar code has it.</source>
        <translation>El número comercial del producto, como figura en su código de barras.</translation>
    </message>
    <message>
        <source>The number that its maker has given the product.</source>
        <translation>El número que dio al producto su fabricante.</translation>
    </message>
    <message>
        <source>What the product is.</source>
        <translation>Qué es el producto.</translation>
    </message>
    <message>
        <source>When the picture was taken, or the work was made.</source>
        <translation>Cuándo se tomó la imagen o se creó la obra.</translation>
    </message>
    <message>
        <source>When the digital file was made, such as by a scanner.</source>
        <translation>Cuándo se creó el archivo digital, por ejemplo con un escáner.</translation>
    </message>
    <message>
        <source>When the file was changed last, as the program that did says.</source>
        <translation>Cuándo se modificó el archivo por última vez, según el programa que lo hizo.</translation>
    </message>
    <message>
        <source>One to five stars; -1 is rejected.</source>
        <translation>De una a cinco estrellas; -1 es rechazado.</translation>
    </message>
    <message>
        <source>A word or colour of one’s own workflow.</source>
        <translation>Una palabra o un color del flujo de trabajo propio.</translation>
    </message>
    <message>
        <source>How urgent it is, from 1 to 8.</source>
        <translation>Su urgencia, de 1 a 8.</translation>
    </message>
    <message>
        <source>A number or name of the job it belongs to.</source>
        <translation>Un número o nombre del trabajo al que pertenece.</translation>
    </message>
    <message>
        <source>The maker of the camera.</source>
        <translation>El fabricante de la cámara.</translation>
    </message>
    <message>
        <source>The model of the camera.</source>
        <translation>El modelo de la cámara.</translation>
    </message>
    <message>
        <source>The serial number of the camera.</source>
        <translation>El número de serie de la cámara.</translation>
    </message>
    <message>
        <source>The model of the lens.</source>
        <translation>El modelo del objetivo.</translation>
    </message>
    <message>
        <source>How long it was exposed, in seconds.</source>
        <translation>Cuánto duró la exposición, en segundos.</translation>
    </message>
    <message>
        <source>The f-number.</source>
        <translation>El número f.</translation>
    </message>
    <message>
        <source>The sensitivity.</source>
        <translation>La sensibilidad.</translation>
    </message>
    <message>
        <source>The focal length in millimetres.</source>
        <translation>La distancia focal en milímetros.</translation>
    </message>
    <message>
        <source>The focal length that is the same on 35 mm film.</source>
        <translation>La distancia focal equivalente en película de 35 mm.</translation>
    </message>
    <message>
        <source>By how many stops the exposure was changed.</source>
        <translation>En cuántos pasos se cambió la exposición.</translation>
    </message>
    <message>
        <source>Did the flash fire?</source>
        <translation>¿Se disparó el flash?</translation>
    </message>
    <message>
        <source>The program that wrote the file.</source>
        <translation>El programa que escribió el archivo.</translation>
    </message>
    <message>
        <source>Which place and time the content is about.</source>
        <translation>De qué lugar y época trata el contenido.</translation>
    </message>
    <message>
        <source>What it is related to.</source>
        <translation>Con qué está relacionada.</translation>
    </message>
    <message>
        <source>The nature or genre of the content.</source>
        <translation>La naturaleza o el género del contenido.</translation>
    </message>
    <message>
        <source>What identifies it within its context.</source>
        <translation>Qué la identifica dentro de su contexto.</translation>
    </message>
    <message>
        <source>What it was made from.</source>
        <translation>A partir de qué se creó.</translation>
    </message>
    <message>
        <source>The kind of file, as the file says.</source>
        <translation>El tipo de archivo, según el propio archivo.</translation>
    </message>
    <message>
        <source>A number that no other picture has.</source>
        <translation>Un número que no tiene ninguna otra imagen.</translation>
    </message>
    <message>
        <source>The width of the largest version that can be had, in pixels.</source>
        <translation>El ancho de la versión más grande disponible, en píxeles.</translation>
    </message>
    <message>
        <source>The height of the largest version that can be had, in pixels.</source>
        <translation>El alto de la versión más grande disponible, en píxeles.</translation>
    </message>
    <message>
        <source>What a generating system was asked for.</source>
        <translation>Qué se pidió a un sistema generativo.</translation>
    </message>
    <message>
        <source>Who wrote what it was asked for.</source>
        <translation>Quién escribió lo que se le pidió.</translation>
    </message>
    <message>
        <source>The system that generated it.</source>
        <translation>El sistema que la generó.</translation>
    </message>
    <message>
        <source>The version of that system.</source>
        <translation>La versión de ese sistema.</translation>
    </message>
    <message>
        <source>What the picture is about, as a vocabulary calls it.</source>
        <translation>De qué trata la imagen, con el nombre que le da un vocabulario.</translation>
    </message>
    <message>
        <source>The identifier of this term.</source>
        <translation>El identificador de este término.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this term.</source>
        <translation>La dirección del vocabulario de este término.</translation>
    </message>
    <message>
        <source>The identifier of what refines this term.</source>
        <translation>El identificador de lo que refina este término.</translation>
    </message>
    <message>
        <source>The genre, as a vocabulary calls it.</source>
        <translation>El género, con el nombre que le da un vocabulario.</translation>
    </message>
    <message>
        <source>The identifier of this genre.</source>
        <translation>El identificador de este género.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this genre.</source>
        <translation>La dirección del vocabulario de este género.</translation>
    </message>
    <message>
        <source>The identifier of what refines this genre.</source>
        <translation>El identificador de lo que refina este género.</translation>
    </message>
    <message>
        <source>The name of a person in the picture.</source>
        <translation>El nombre de una persona que aparece en la imagen.</translation>
    </message>
    <message>
        <source>Identifiers of this person.</source>
        <translation>Identificadores de esta persona.</translation>
    </message>
    <message>
        <source>What is worth knowing of this person.</source>
        <translation>Lo que conviene saber de esta persona.</translation>
    </message>
    <message>
        <source>Who had a part in it.</source>
        <translation>Quién participó en ella.</translation>
    </message>
    <message>
        <source>Identifiers of this contributor.</source>
        <translation>Identificadores de este colaborador.</translation>
    </message>
    <message>
        <source>Which part this contributor had.</source>
        <translation>De qué se encargó este colaborador.</translation>
    </message>
    <message>
        <source>Who created the image, as PLUS has it.</source>
        <translation>Quién creó la imagen, según PLUS.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the creator.</source>
        <translation>El número con el que PLUS identifica al autor.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the supplier.</source>
        <translation>El número con el que PLUS identifica al proveedor.</translation>
    </message>
    <message>
        <source>Who owns rights in it.</source>
        <translation>Quién es titular de derechos sobre ella.</translation>
    </message>
    <message>
        <source>The address of a certificate of the rights.</source>
        <translation>La dirección de un certificado de los derechos.</translation>
    </message>
    <message>
        <source>May programs be trained with it?</source>
        <translation>¿Se pueden entrenar programas con ella?</translation>
    </message>
    <message>
        <source>Has the credit line to be printed, and where?</source>
        <translation>¿Hay que imprimir la línea de crédito, y dónde?</translation>
    </message>
    <message>
        <source>Does it need a warning?</source>
        <translation>¿Necesita una advertencia?</translation>
    </message>
    <message>
        <source>The identifier of the licence.</source>
        <translation>El identificador de la licencia.</translation>
    </message>
    <message>
        <source>The terms and conditions of the licence.</source>
        <translation>Los términos y condiciones de la licencia.</translation>
    </message>
    <message>
        <source>The address of the terms and conditions.</source>
        <translation>La dirección de los términos y condiciones.</translation>
    </message>
    <message>
        <source>Further conditions of the licence.</source>
        <translation>Otras condiciones de la licencia.</translation>
    </message>
    <message>
        <source>For which products and services it may be used.</source>
        <translation>Para qué productos y servicios se puede usar.</translation>
    </message>
    <message>
        <source>What the licence asks for besides.</source>
        <translation>Qué más exige la licencia.</translation>
    </message>
    <message>
        <source>PLUS’s code of all uses that are licensed.</source>
        <translation>Código de PLUS de todos los usos con licencia.</translation>
    </message>
    <message>
        <source>The day of the licence.</source>
        <translation>El día de la licencia.</translation>
    </message>
    <message>
        <source>Who holds the licence.</source>
        <translation>Quién tiene la licencia.</translation>
    </message>
    <message>
        <source>PLUS’s ID of the licensee.</source>
        <translation>ID del licenciatario en PLUS.</translation>
    </message>
    <message>
        <source>The licensor’s identifier of it.</source>
        <translation>El identificador que le da el licenciante.</translation>
    </message>
    <message>
        <source>The copyright owner’s identifier of it.</source>
        <translation>El identificador que le da el titular del copyright.</translation>
    </message>
    <message>
        <source>Further days and times in its life, as Dublin Core has them.</source>
        <translation>Otros días y horas de su vida, como los tiene Dublin Core.</translation>
    </message>
    <message>
        <source>The number under which the copyright is registered.</source>
        <translation>El número con el que está registrado el copyright.</translation>
    </message>
    <message>
        <source>When it was published for the first time.</source>
        <translation>Cuándo se publicó por primera vez.</translation>
    </message>
    <message>
        <source>Further lines of the licensor’s address.</source>
        <translation>Más líneas de la dirección del licenciante.</translation>
    </message>
    <message>
        <source>Which telephone this is.</source>
        <translation>Qué teléfono es.</translation>
    </message>
    <message>
        <source>Another telephone of the licensor.</source>
        <translation>Otro teléfono del licenciante.</translation>
    </message>
    <message>
        <source>The number that a registry has given the picture.</source>
        <translation>El número que un registro dio a la imagen.</translation>
    </message>
    <message>
        <source>The identifier of the registry.</source>
        <translation>El identificador del registro.</translation>
    </message>
    <message>
        <source>Why the picture is registered there.</source>
        <translation>Por qué está registrada allí la imagen.</translation>
    </message>
    <message>
        <source>Rights in a language for machines.</source>
        <translation>Derechos en un lenguaje para máquinas.</translation>
    </message>
    <message>
        <source>How the rights expression is encoded.</source>
        <translation>Cómo está codificada la expresión de derechos.</translation>
    </message>
    <message>
        <source>The language of the rights expression.</source>
        <translation>El lenguaje de la expresión de derechos.</translation>
    </message>
    <message>
        <source>Where rights in a language for machines are found.</source>
        <translation>Dónde se encuentran los derechos en un lenguaje para máquinas.</translation>
    </message>
    <message>
        <source>How the linked expression is encoded.</source>
        <translation>Cómo está codificada la expresión enlazada.</translation>
    </message>
    <message>
        <source>The language of the linked expression.</source>
        <translation>El lenguaje de la expresión enlazada.</translation>
    </message>
    <message>
        <source>What the place is called where it was taken.</source>
        <translation>Cómo se llama el lugar donde se tomó.</translation>
    </message>
    <message>
        <source>Identifiers of the place where it was taken.</source>
        <translation>Identificadores del lugar donde se tomó.</translation>
    </message>
    <message>
        <source>Where the place lies, in decimal degrees.</source>
        <translation>Dónde está el lugar, en grados decimales.</translation>
    </message>
    <message>
        <source>What the place is called that it shows.</source>
        <translation>Cómo se llama el lugar que muestra.</translation>
    </message>
    <message>
        <source>Identifiers of the place that it shows.</source>
        <translation>Identificadores del lugar que muestra.</translation>
    </message>
    <message>
        <source>Where the place that it shows lies, in decimal degrees.</source>
        <translation>Dónde está el lugar que muestra, en grados decimales.</translation>
    </message>
    <message>
        <source>Identifiers of who made the artwork, in their order.</source>
        <translation>Identificadores de quienes hicieron la obra, en su orden.</translation>
    </message>
    <message>
        <source>The identifier of who owns its copyright now.</source>
        <translation>El identificador de quien es ahora titular de su copyright.</translation>
    </message>
    <message>
        <source>Who licenses the artwork now.</source>
        <translation>Quién concede ahora licencias de la obra.</translation>
    </message>
    <message>
        <source>The identifier of who licenses it now.</source>
        <translation>El identificador de quien concede ahora sus licencias.</translation>
    </message>
    <message>
        <source>About when the artwork was made.</source>
        <translation>Cuándo se hizo la obra, aproximadamente.</translation>
    </message>
    <message>
        <source>The address of the artwork in its keeper’s inventory.</source>
        <translation>La dirección de la obra en el inventario de quien la conserva.</translation>
    </message>
    <message>
        <source>Who did what to the artwork.</source>
        <translation>Quién hizo qué en la obra.</translation>
    </message>
    <message>
        <source>What the artwork is made of, and its state.</source>
        <translation>De qué está hecha la obra y en qué estado se encuentra.</translation>
    </message>
    <message>
        <source>The styles or periods of the artwork.</source>
        <translation>Los estilos o periodos de la obra.</translation>
    </message>
    <message>
        <source>What is seen in this part of the picture.</source>
        <translation>Lo que se ve en esta parte de la imagen.</translation>
    </message>
    <message>
        <source>The identifier of this part.</source>
        <translation>El identificador de esta parte.</translation>
    </message>
    <message>
        <source>What sort of thing is seen there.</source>
        <translation>Qué clase de cosa se ve ahí.</translation>
    </message>
    <message>
        <source>What this part is for.</source>
        <translation>Para qué es esta parte.</translation>
    </message>
    <message>
        <source>The form of this part.</source>
        <translation>La forma de esta parte.</translation>
    </message>
    <message>
        <source>What its numbers count.</source>
        <translation>En qué unidad están sus números.</translation>
    </message>
    <message>
        <source>Its left edge, or its middle where it is a circle.</source>
        <translation>Su borde izquierdo, o su centro si es un círculo.</translation>
    </message>
    <message>
        <source>Its upper edge, or its middle where it is a circle.</source>
        <translation>Su borde superior, o su centro si es un círculo.</translation>
    </message>
    <message>
        <source>How wide a rectangle is.</source>
        <translation>Qué ancho tiene un rectángulo.</translation>
    </message>
    <message>
        <source>How high a rectangle is.</source>
        <translation>Qué alto tiene un rectángulo.</translation>
    </message>
    <message>
        <source>How far a circle reaches.</source>
        <translation>Hasta dónde llega un círculo.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>Term of a vocabulary</source>
        <translation>Término de un vocabulario</translation>
    </message>
    <message>
        <source>Genre of a vocabulary</source>
        <translation>Género de un vocabulario</translation>
    </message>
    <message>
        <source>People and events</source>
        <translation>Personas y eventos</translation>
    </message>
    <message>
        <source>Person in detail</source>
        <translation>Persona en detalle</translation>
    </message>
    <message>
        <source>Contributor</source>
        <translation>Colaborador</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Derechos</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Autorizaciones</translation>
    </message>
    <message>
        <source>Registry entry</source>
        <translation>Entrada en el registro</translation>
    </message>
    <message>
        <source>Linked rights expression</source>
        <translation>Expresión de derechos enlazada</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lugar</translation>
    </message>
    <message>
        <source>Where it was taken</source>
        <translation>Dónde se tomó</translation>
    </message>
    <message>
        <source>What place it shows</source>
        <translation>Qué lugar muestra</translation>
    </message>
    <message>
        <source>Artwork it shows</source>
        <translation>Obra que muestra</translation>
    </message>
    <message>
        <source>Product it shows</source>
        <translation>Producto que muestra</translation>
    </message>
    <message>
        <source>Image region</source>
        <translation>Región de la imagen</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Fechas</translation>
    </message>
    <message>
        <source>Rating and workflow</source>
        <translation>Calificación y flujo de trabajo</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Brightness</source>
        <translation>Brillo</translation>
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
        <translation>Viñeta</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Saturación</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>Intensidad</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Tono</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>Sepia</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>Enfocar</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Desenfocar</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>Pixelar</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>Negativo</translation>
    </message>
    <message>
        <source>Auto contrast</source>
        <translation>Contraste automático</translation>
    </message>
    <message>
        <source>Auto colour</source>
        <translation>Color automático</translation>
    </message>
    <message>
        <source>Auto brightness</source>
        <translation>Brillo automático</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>Mejorar</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exacto</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>Aproximado</translation>
    </message>
    <message>
        <source>Cloud only</source>
        <translation>Solo en la nube</translation>
    </message>
    <message>
        <source>Delivery makes the same pixels, but for how they are scaled and encoded.</source>
        <translation>La entrega produce los mismos píxeles, salvo por el escalado y la codificación.</translation>
    </message>
    <message>
        <source>Delivery may look a little different:</source>
        <translation>La entrega puede verse un poco distinta:</translation>
    </message>
    <message>
        <source>A part of it is made at delivery only, and is not shown here:</source>
        <translation>Una parte se hace solo en la entrega y no se muestra aquí:</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>HTML: &lt;img&gt; with srcset</source>
        <translation>HTML: &lt;img&gt; con srcset</translation>
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
        <translation>Fondo CSS</translation>
    </message>
    <message>
        <source>Video player</source>
        <translation>Reproductor de vídeo</translation>
    </message>
    <message>
        <source>Product gallery</source>
        <translation>Galería de productos</translation>
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
        <translation>Reflejar</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>Boca abajo</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>Editar texto</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Girar</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Recortar</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Corte</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Efecto</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condición</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forma</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Paso</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>A film is not fetched only to be looked at.</source>
        <translation>Un vídeo no se descarga solo para mirarlo.</translation>
    </message>
    <message>
        <source>Push the master, and Cloudinary can show what it alone can do.</source>
        <translation>Envíe el máster y Cloudinary podrá mostrar lo que solo él sabe hacer.</translation>
    </message>
    <message>
        <source>Crop of {size}, {x} from the left, {y} from the top</source>
        <translation>Recorte de {size}, a {x} de la izquierda y {y} de arriba</translation>
    </message>
    <message>
        <source>Layer, {x} to the right of the middle, {y} below it</source>
        <translation>Capa, {x} a la derecha del centro, {y} por debajo</translation>
    </message>
</context>
<context>
    <name>studio keys</name>
    <message>
        <source>Save as a preset</source>
        <translation>Guardar como preajuste</translation>
    </message>
    <message>
        <source>Presets and sets</source>
        <translation>Preajustes y conjuntos</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>only one side says anything</source>
        <translation>solo un lado indica algo</translation>
    </message>
    <message>
        <source>it was changed on one side</source>
        <translation>se cambió en un lado</translation>
    </message>
    <message>
        <source>this side leads for the field</source>
        <translation>este lado prevalece en el campo</translation>
    </message>
    <message>
        <source>it was said last</source>
        <translation>se indicó en último lugar</translation>
    </message>
    <message>
        <source>both were changed: choose one</source>
        <translation>ambos se cambiaron: elija uno</translation>
    </message>
    <message>
        <source>what both sides added is joined</source>
        <translation>se une lo que añadieron ambos lados</translation>
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
        <translation>qué tipo de archivo es</translation>
    </message>
    <message>
        <source>what was decided</source>
        <translation>qué se decidió</translation>
    </message>
    <message>
        <source>whether its rights hold now</source>
        <translation>si sus derechos están vigentes</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>estrellas</translation>
    </message>
    <message>
        <source>landscape, portrait or square</source>
        <translation>horizontal, vertical o cuadrado</translation>
    </message>
    <message>
        <source>a year, a month, a day, or from..until</source>
        <translation>un año, un mes, un día, o desde..hasta</translation>
    </message>
    <message>
        <source>whether Cloudinary has it</source>
        <translation>si Cloudinary lo tiene</translation>
    </message>
    <message>
        <source>whether the file can be read</source>
        <translation>si el archivo se puede leer</translation>
    </message>
    <message>
        <source>a whole keyword; one of several words in quotes</source>
        <translation>una palabra clave completa; si son varias palabras, entre comillas</translation>
    </message>
    <message>
        <source>a folder that it lies in, however deep</source>
        <translation>una carpeta en la que está, a cualquier profundidad</translation>
    </message>
    <message>
        <source>whose rights end within so many days</source>
        <translation>cuyos derechos terminan en ese número de días</translation>
    </message>
    <message>
        <source>{key}: needs {what}.</source>
        <translation>{key}: necesita {what}.</translation>
    </message>
    <message>
        <source>{key}:{value} means nothing. Try {offered}.</source>
        <translation>{key}:{value} no significa nada. Pruebe con {offered}.</translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message>
        <source>Queued</source>
        <translation>En cola</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Cargando</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallido</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Copiando</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>Generando</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Creado</translation>
    </message>
    <message>
        <source>Changing what may be seen</source>
        <translation>Cambiando la visibilidad</translation>
    </message>
    <message>
        <source>Changed what may be seen</source>
        <translation>Visibilidad cambiada</translation>
    </message>
    <message>
        <source>Recording at its master</source>
        <translation>Registrando en su máster</translation>
    </message>
    <message>
        <source>Recorded at its master</source>
        <translation>Registrado en su máster</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>Archivando</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivado</translation>
    </message>
    <message>
        <source>Telling the service</source>
        <translation>Comunicando al servicio</translation>
    </message>
    <message>
        <source>Told the service</source>
        <translation>Comunicado al servicio</translation>
    </message>
    <message>
        <source>Looking whether it arrived after all</source>
        <translation>Comprobando si llegó a pesar de todo</translation>
    </message>
    <message>
        <source>Looked whether it arrived after all</source>
        <translation>Comprobado si llegó a pesar de todo</translation>
    </message>
    <message>
        <source>A push that ended unheard</source>
        <translation>Un envío que terminó sin respuesta</translation>
    </message>
    <message>
        <source>Decision for the service</source>
        <translation>Decisión para el servicio</translation>
    </message>
    <message>
        <source>Rights for the service</source>
        <translation>Derechos para el servicio</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Moderación en Cloudinary</translation>
    </message>
    <message>
        <source>Access at Cloudinary</source>
        <translation>Acceso en Cloudinary</translation>
    </message>
    <message>
        <source>A rendition that has to go</source>
        <translation>Una variante que debe retirarse</translation>
    </message>
    <message>
        <source>Record at the master</source>
        <translation>Registro en el máster</translation>
    </message>
    <message>
        <source>New version at the service</source>
        <translation>Nueva versión en el servicio</translation>
    </message>
    <message>
        <source>Decision for the file</source>
        <translation>Decisión para el archivo</translation>
    </message>
    <message>
        <source>Waits for the connection, then goes out by itself</source>
        <translation>Espera la conexión y después sale solo</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>Cloudinary pide ir más despacio; continúa automáticamente</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on by itself</source>
        <translation>Llamadas a la API de esta hora agotadas; continúa automáticamente</translation>
    </message>
    <message>
        <source>Did not get through; tries again by itself</source>
        <translation>No se pudo enviar; se reintenta automáticamente</translation>
    </message>
    <message>
        <source>Waits until the file has been read</source>
        <translation>Espera a que se lea el archivo</translation>
    </message>
    <message>
        <source>Waits for the account {environment} and its key</source>
        <translation>Espera la cuenta {environment} y su clave</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more by itself</source>
        <translation>No ha llegado aún; se vuelve a buscar automáticamente</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again by itself</source>
        <translation>El receptor no lo aceptó; se vuelve a enviar automáticamente</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>Cloudinary pide ir más despacio; continúa en {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on in {time}</source>
        <translation>Llamadas a la API de esta hora agotadas; continúa en {time}</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>No se pudo enviar; próximo intento en {time}</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more in {time}</source>
        <translation>No ha llegado aún; se vuelve a buscar en {time}</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again in {time}</source>
        <translation>El receptor no lo aceptó; se vuelve a enviar en {time}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}, {size}: {note}</translation>
    </message>
    <message>
        <source>{copied} copied, {there} there already</source>
        <translation>{copied} copiados, {there} ya estaban allí</translation>
    </message>
    <message>
        <source>Into a library</source>
        <translation>En una biblioteca</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln paso</numerusform>
            <numerusform>%Ln pasos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln variante</numerusform>
            <numerusform>%Ln variantes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Edit of {field}</source>
        <translation>edición de {field}</translation>
    </message>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>edición de %Ln campo</numerusform>
            <numerusform>edición de %Ln campos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>aprobación de %Ln recurso</numerusform>
            <numerusform>aprobación de %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>rechazo de %Ln recurso</numerusform>
            <numerusform>rechazo de %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>solicitud de cambios en %Ln recurso</numerusform>
            <numerusform>solicitud de cambios en %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>puesta en revisión de %Ln recurso</numerusform>
            <numerusform>puesta en revisión de %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>reversión de la decisión sobre %Ln recurso</numerusform>
            <numerusform>reversión de la decisión sobre %Ln recursos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>{edit} en %Ln recurso</numerusform>
            <numerusform>{edit} en %Ln recursos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} megapíxeles</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Créditos</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Ancho de banda</translation>
    </message>
    <message>
        <source>Transformations</source>
        <translation>Transformaciones</translation>
    </message>
    <message>
        <source>Stored files</source>
        <translation>Archivos almacenados</translation>
    </message>
    <message>
        <source>Impressions</source>
        <translation>Impresiones</translation>
    </message>
    <message>
        <source>Seconds delivered</source>
        <translation>Segundos entregados</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>quedan {left} de {limit}</translation>
    </message>
    <message>
        <source>{amount}, anew at {time}</source>
        <translation>{amount}, se renueva a las {time}</translation>
    </message>
    <message>
        <source>API calls this hour</source>
        <translation>Llamadas a la API esta hora</translation>
    </message>
    <message>
        <source>Largest image</source>
        <translation>Imagen más grande</translation>
    </message>
    <message>
        <source>Largest video</source>
        <translation>Vídeo más grande</translation>
    </message>
    <message>
        <source>Largest other file</source>
        <translation>Otro archivo más grande</translation>
    </message>
    <message>
        <source>Most pixels of an image</source>
        <translation>Máximo de píxeles de una imagen</translation>
    </message>
    <message>
        <source>Most pixels of all pages or frames</source>
        <translation>Máximo de píxeles de todas las páginas o fotogramas</translation>
    </message>
    <message>
        <source>Fixed folders</source>
        <translation>Carpetas fijas</translation>
    </message>
    <message>
        <source>Dynamic folders</source>
        <translation>Carpetas dinámicas</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>Plan {name}</translation>
    </message>
    <message>
        <source>counted on {day}</source>
        <translation>contado el {day}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>consultado {moment}</translation>
    </message>
    <message>
        <source>{used} of {limit}</source>
        <translation>{used} de {limit}</translation>
    </message>
    <message>
        <source>{amount} ({credits} credits)</source>
        <translation>{amount} ({credits} créditos)</translation>
    </message>
</context>
<context>
    <name>visit</name>
    <message>
        <source>“{text}”</source>
        <translation>“{text}”</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>Sin enviar</translation>
    </message>
</context>
</TS>
