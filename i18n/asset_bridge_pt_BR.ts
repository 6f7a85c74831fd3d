<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Asset Bridge</source>
        <translation>Sobre o Asset Bridge</translation>
    </message>
    <message>
        <source>Asset Bridge {version}</source>
        <translation>Asset Bridge {version}</translation>
    </message>
    <message>
        <source>The window between your masters and Cloudinary. Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python.</source>
        <translation>A janela entre seus masters e o Cloudinary. Software livre sob a GNU General Public License, versão 3 ou posterior, sem nenhuma garantia. Ícones da Lucide (ISC), fonte Inter (OFL), feito com Qt for Python.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>AccessDialog</name>
    <message>
        <source>With a &amp;token, at any time</source>
        <translation>Com um &amp;token, a qualquer momento</translation>
    </message>
    <message>
        <source>For everybody &amp;from</source>
        <translation>Para todos &amp;a partir de</translation>
    </message>
    <message>
        <source>For everybody &amp;until</source>
        <translation>Para t&amp;odos até</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Definir</translation>
    </message>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>Limitar o acesso a %Ln ativo</numerusform>
            <numerusform>Limitar o acesso a %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>Who may have the files from Cloudinary. With nothing ticked: everybody.</source>
        <translation>Quem pode obter os arquivos do Cloudinary. Sem nada marcado: todos.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Até</translation>
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
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Inacessível</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>Trabalhando offline</translation>
    </message>
    <message>
        <source>Pushes go out at once.</source>
        <translation>Os envios saem imediatamente.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait, and go out by themselves afterwards.</source>
        <translation>Você pode continuar trabalhando. Os envios aguardam e depois saem sozinhos.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait until you go online again.</source>
        <translation>Você pode continuar trabalhando. Os envios aguardam até você ficar online de novo.</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>Nenhuma conta</translation>
    </message>
    <message>
        <source>Browsing only</source>
        <translation>Somente visualização</translation>
    </message>
    <message>
        <source>Add an account to push approved assets.</source>
        <translation>Adicione uma conta para enviar ativos aprovados.</translation>
    </message>
    <message>
        <source>Switch to another account with {keys}.</source>
        <translation>Use {keys} para mudar para outra conta.</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Contas do Cloudinary</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>{account} responde e está em uso agora.</translation>
    </message>
    <message>
        <source>Log out of {account}?</source>
        <translation>Sair de {account}?</translation>
    </message>
    <message>
        <source>Its secret and its login are deleted here. What has been delivered stays in Cloudinary, your decisions and its history stay here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>O segredo e o login são excluídos daqui. O que foi entregue permanece no Cloudinary, suas decisões e o histórico ficam aqui, e os envios ainda na fila aguardam até você adicioná-la de novo.</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Permanecer</translation>
    </message>
    <message>
        <source>The login is deleted here, but Cloudinary could not be told. End it there too, under your connected applications.</source>
        <translation>O login é excluído daqui, mas não foi possível avisar o Cloudinary. Encerre-o também lá, em seus aplicativos conectados.</translation>
    </message>
</context>
<context>
    <name>AccountEnvironments</name>
    <message>
        <source>Choose from your account</source>
        <translation>Escolher na sua conta</translation>
    </message>
    <message>
        <source>The account’s own keys list all its product environments. Cloudinary shows them under Settings, Account API Keys.</source>
        <translation>As chaves da própria conta listam todos os seus ambientes de produto. O Cloudinary as mostra em Settings, Account API Keys.</translation>
    </message>
    <message>
        <source>&amp;Keep these keys in the keyring</source>
        <translation>&amp;Guardar estas chaves no chaveiro</translation>
    </message>
    <message>
        <source>List environments</source>
        <translation>Listar ambientes</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>Adicionar este</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>No chaveiro</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Consultando…</translation>
    </message>
    <message>
        <source>This account has no product environments yet.</source>
        <translation>Esta conta ainda não tem ambientes de produto.</translation>
    </message>
    <message>
        <source>Product environments</source>
        <translation>Ambientes de produto</translation>
    </message>
    <message>
        <source>Account &amp;ID</source>
        <translation>&amp;ID da conta</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Endereço da &amp;API</translation>
    </message>
    <message>
        <source>Account &amp;key</source>
        <translation>&amp;Chave da conta</translation>
    </message>
    <message>
        <source>Account &amp;secret</source>
        <translation>&amp;Segredo da conta</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Adicionado</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Chave {key}</translation>
    </message>
    <message>
        <source>Its key has to be entered</source>
        <translation>É preciso informar a chave</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Desativado</translation>
    </message>
</context>
<context>
    <name>AccountErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Ainda não há conta. Adicione uma primeiro.</translation>
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
        <translation>Avançado</translation>
    </message>
    <message>
        <source>Log in with the browser…</source>
        <translation>Entrar pelo navegador…</translation>
    </message>
    <message>
        <source>Choose from your account…</source>
        <translation>Escolher na sua conta…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>Verificar e salvar</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Verificando…</translation>
    </message>
    <message>
        <source>Add a Cloudinary account</source>
        <translation>Adicionar uma conta do Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary shows all of this under Settings, API Keys. The secret is kept in this computer’s keyring, never in plain text.</source>
        <translation>O Cloudinary mostra tudo isso em Settings, API Keys. O segredo fica no chaveiro deste computador, nunca em texto simples.</translation>
    </message>
    <message>
        <source>&amp;Paste a CLOUDINARY_URL</source>
        <translation>C&amp;olar uma CLOUDINARY_URL</translation>
    </message>
    <message>
        <source>It is taken apart and removed from here at once.</source>
        <translation>Ela é decomposta e removida daqui imediatamente.</translation>
    </message>
    <message>
        <source>&amp;Cloud name</source>
        <translation>Nome da &amp;nuvem</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>Chave da A&amp;PI</translation>
    </message>
    <message>
        <source>API &amp;secret</source>
        <translation>&amp;Segredo da API</translation>
    </message>
    <message>
        <source>S&amp;tage</source>
        <translation>&amp;Estágio</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Endereço da &amp;API</translation>
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
        <translation>Sair…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>Abrir repositório de chaves…</translation>
    </message>
    <message>
        <source>Pushes wait until the key store is opened.</source>
        <translation>Os envios esperam até o repositório de chaves ser aberto.</translation>
    </message>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Contas do Cloudinary</translation>
    </message>
    <message>
        <source>Pushes go to the account in use.</source>
        <translation>Os envios vão para a conta em uso.</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Contas</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Adicionar conta…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Logged in with the browser</source>
        <translation>Conectado pelo navegador</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Chave {key}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Em uso</translation>
    </message>
</context>
<context>
    <name>AccountLogin</name>
    <message>
        <source>Log in with the browser</source>
        <translation>Entrar pelo navegador</translation>
    </message>
    <message>
        <source>Cloudinary asks you in your browser which product environment Asset Bridge may use. What it gives is kept in this computer’s keyring, never in plain text.</source>
        <translation>O Cloudinary pergunta no navegador qual ambiente de produto o Asset Bridge pode usar. O que ele fornece fica no chaveiro deste computador, nunca em texto simples.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Abrir a página de novo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Abrir o navegador</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Continue no navegador. Esta janela espera por cinco minutos.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Back”, and use an API key.</source>
        <translation>Não foi possível abrir um navegador aqui. Escolha “Voltar” e use uma chave de API.</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>Endereço da &amp;API</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;ID do cliente</translation>
    </message>
    <message>
        <source>Only where your company says so; otherwise leave both empty.</source>
        <translation>Somente se sua empresa indicar; caso contrário, deixe os dois vazios.</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>&amp;Usar conta</translation>
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
        <translation>A cor e o rótulo aparecem sempre que algo é enviado, para que ninguém envie ao ambiente errado. Antes do primeiro envio à produção, há uma confirmação.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>What do you call {name}?</source>
        <translation>Que nome dar a {name}?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>&amp;Agency or team</source>
        <translation>&amp;Agência ou equipe</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Cor</translation>
    </message>
    <message>
        <source>&amp;Stage</source>
        <translation>&amp;Estágio</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>Everything is decided.</source>
        <translation>Tudo está decidido.</translation>
    </message>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>Aprovar a %Ln imagem restante?</numerusform>
            <numerusform>Aprovar as %Ln imagens restantes?</numerusform>
        </translation>
    </message>
    <message>
        <source>All that nobody has approved, rejected or sent back in this review is approved in your name, also what you have not looked at. It can be taken back.</source>
        <translation>Tudo o que ninguém aprovou, rejeitou ou devolveu nesta revisão é aprovado em seu nome, inclusive o que você não olhou. Isso pode ser desfeito.</translation>
    </message>
    <message>
        <source>Approve them</source>
        <translation>Aprovar</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>Continuar olhando</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}: %Ln imagem.</numerusform>
            <numerusform>{state}: %Ln imagens.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>Desfeito: %Ln decisão.</numerusform>
            <numerusform>Desfeito: %Ln decisões.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>%Ln imagem selecionada</numerusform>
            <numerusform>%Ln imagens selecionadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>C&amp;onflicts…</source>
        <translation>C&amp;onflitos…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>C&amp;onflito (%Ln)…</numerusform>
            <numerusform>C&amp;onflitos (%Ln)…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>&amp;Adicionar pasta…</translation>
    </message>
    <message>
        <source>Connect P&amp;hotoShelter…</source>
        <translation>Conectar ao P&amp;hotoShelter…</translation>
    </message>
    <message>
        <source>Connect Ano&amp;ther Service…</source>
        <translation>Conectar a &amp;outro serviço…</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>&amp;Ler novamente</translation>
    </message>
    <message>
        <source>&amp;Skipped Files…</source>
        <translation>Arquivos &amp;ignorados…</translation>
    </message>
    <message>
        <source>Re&amp;move Library…</source>
        <translation>&amp;Remover biblioteca…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Sair</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>Des&amp;fazer {step}</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>&amp;Refazer {step}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Des&amp;fazer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Refazer</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>Nova &amp;janela</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Buscar</translation>
    </message>
    <message>
        <source>C&amp;lear Filters</source>
        <translation>&amp;Limpar filtros</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>Selecionar &amp;tudo</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>&amp;Não selecionar nada</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>&amp;Copiar caminho</translation>
    </message>
    <message>
        <source>&amp;Open Original</source>
        <translation>Abrir &amp;original</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>Mostrar no &amp;gerenciador de arquivos</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;Grade</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Lista</translation>
    </message>
    <message>
        <source>&amp;Larger Thumbnails</source>
        <translation>Miniaturas m&amp;aiores</translation>
    </message>
    <message>
        <source>S&amp;maller Thumbnails</source>
        <translation>Miniaturas m&amp;enores</translation>
    </message>
    <message>
        <source>&amp;Quick Look</source>
        <translation>&amp;Visualização rápida</translation>
    </message>
    <message>
        <source>Open in the S&amp;tudio</source>
        <translation>Abrir no e&amp;stúdio</translation>
    </message>
    <message>
        <source>Contact S&amp;heet</source>
        <translation>&amp;Folha de contato</translation>
    </message>
    <message>
        <source>Make Rend&amp;itions…</source>
        <translation>Criar va&amp;riantes…</translation>
    </message>
    <message>
        <source>Channel &amp;Kits…</source>
        <translation>&amp;Kits de canais…</translation>
    </message>
    <message>
        <source>&amp;Presets and Sets…</source>
        <translation>&amp;Predefinições e conjuntos…</translation>
    </message>
    <message>
        <source>I&amp;nsights…</source>
        <translation>A&amp;nálises…</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>&amp;Barra lateral</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>&amp;Inspetor</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>&amp;Transferências</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>Tela &amp;cheia</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Voltar</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Avançar</translation>
    </message>
    <message>
        <source>Enclosing F&amp;older</source>
        <translation>&amp;Pasta superior</translation>
    </message>
    <message>
        <source>Fa&amp;vourite Place</source>
        <translation>Lugar &amp;favorito</translation>
    </message>
    <message>
        <source>Save as &amp;Smart Folder…</source>
        <translation>Salvar como pasta &amp;inteligente…</translation>
    </message>
    <message>
        <source>&amp;Grid Editor</source>
        <translation>&amp;Editor em grade</translation>
    </message>
    <message>
        <source>&amp;Copy Metadata</source>
        <translation>&amp;Copiar metadados</translation>
    </message>
    <message>
        <source>&amp;Paste Metadata…</source>
        <translation>Co&amp;lar metadados…</translation>
    </message>
    <message>
        <source>&amp;Templates…</source>
        <translation>&amp;Modelos…</translation>
    </message>
    <message>
        <source>&amp;Vocabularies…</source>
        <translation>&amp;Vocabulários…</translation>
    </message>
    <message>
        <source>&amp;Export Table…</source>
        <translation>E&amp;xportar tabela…</translation>
    </message>
    <message>
        <source>&amp;Import Table…</source>
        <translation>&amp;Importar tabela…</translation>
    </message>
    <message>
        <source>&amp;Keep a Copy of Files before Writing Metadata</source>
        <translation>&amp;Guardar uma cópia dos arquivos antes de gravar metadados</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>Re&amp;visar</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Aprovar</translation>
    </message>
    <message>
        <source>Approve with Co&amp;mment…</source>
        <translation>Aprovar com co&amp;mentário…</translation>
    </message>
    <message>
        <source>Request &amp;Changes…</source>
        <translation>Solicitar al&amp;terações…</translation>
    </message>
    <message>
        <source>&amp;Reject…</source>
        <translation>Re&amp;jeitar…</translation>
    </message>
    <message>
        <source>Put &amp;in Review</source>
        <translation>&amp;Colocar em revisão</translation>
    </message>
    <message>
        <source>Ask &amp;for Review…</source>
        <translation>Solicitar revisã&amp;o…</translation>
    </message>
    <message>
        <source>Review &amp;Queue…</source>
        <translation>&amp;Fila de revisão…</translation>
    </message>
    <message>
        <source>&amp;Keep Approvals in Files, Too</source>
        <translation>&amp;Guardar aprovações também nos arquivos</translation>
    </message>
    <message>
        <source>Write Review &amp;Pack…</source>
        <translation>Gravar &amp;pacote de revisão…</translation>
    </message>
    <message>
        <source>Import &amp;Verdicts…</source>
        <translation>&amp;Importar pareceres…</translation>
    </message>
    <message>
        <source>Ri&amp;ghts…</source>
        <translation>&amp;Direitos…</translation>
    </message>
    <message>
        <source>Rights Ca&amp;lendar…</source>
        <translation>Cal&amp;endário de direitos…</translation>
    </message>
    <message>
        <source>Let Pa&amp;ss…</source>
        <translation>Li&amp;berar…</translation>
    </message>
    <message>
        <source>P&amp;olicies…</source>
        <translation>Po&amp;líticas…</translation>
    </message>
    <message>
        <source>Audit &amp;Trail…</source>
        <translation>Trilha de a&amp;uditoria…</translation>
    </message>
    <message>
        <source>Upload fro&amp;m an Address…</source>
        <translation>Enviar &amp;de um endereço…</translation>
    </message>
    <message>
        <source>Upload P&amp;resets…</source>
        <translation>Pre&amp;definições de upload…</translation>
    </message>
    <message>
        <source>Metadata Fie&amp;lds…</source>
        <translation>Campos de &amp;metadados…</translation>
    </message>
    <message>
        <source>&amp;Steps and Keys</source>
        <translation>Pass&amp;os e teclas</translation>
    </message>
    <message>
        <source>Command &amp;Palette…</source>
        <translation>Paleta de &amp;comandos…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>Atalho&amp;s de teclado…</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>&amp;Enviar</translation>
    </message>
    <message>
        <source>Pu&amp;blish Renditions…</source>
        <translation>Publicar &amp;variantes…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Baixar…</translation>
    </message>
    <message>
        <source>&amp;Search All of Cloudinary…</source>
        <translation>Bu&amp;scar em todo o Cloudinary…</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>&amp;Contas…</translation>
    </message>
    <message>
        <source>&amp;Usage and Limits…</source>
        <translation>&amp;Uso e limites…</translation>
    </message>
    <message>
        <source>Work &amp;Offline</source>
        <translation>Trabalhar &amp;offline</translation>
    </message>
    <message>
        <source>Cloudinary &amp;Sandbox Reachable</source>
        <translation>&amp;Sandbox do Cloudinary acessível</translation>
    </message>
    <message>
        <source>&amp;PhotoShelter</source>
        <translation>&amp;PhotoShelter</translation>
    </message>
    <message>
        <source>Chosen &amp;at Cloudinary</source>
        <translation>Selecionados no Cloudin&amp;ary</translation>
    </message>
    <message>
        <source>&amp;Hear of Changes at Once</source>
        <translation>&amp;Receber alterações imediatamente</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>&amp;Notificações…</translation>
    </message>
    <message>
        <source>Tell Other S&amp;ystems…</source>
        <translation>Avisar outros s&amp;istemas…</translation>
    </message>
    <message>
        <source>Product &amp;Feeds…</source>
        <translation>&amp;Feeds de produtos…</translation>
    </message>
    <message>
        <source>&amp;Contentstack…</source>
        <translation>Con&amp;tentstack…</translation>
    </message>
    <message>
        <source>&amp;About Asset Bridge</source>
        <translation>&amp;Sobre o Asset Bridge</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>Como o &amp;sistema</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Escuro</translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message>
        <source>Stop; what was done stays</source>
        <translation>Parar; o que foi feito permanece</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Parar: {what}</translation>
    </message>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>Offline – %Ln aguardando</numerusform>
            <numerusform>Offline – %Ln aguardando</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline – nothing waits</source>
        <translation>Offline – nada aguardando</translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>%Ln atividade</numerusform>
            <numerusform>%Ln atividades</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>Atividade – %Ln com problema</numerusform>
            <numerusform>Atividade – %Ln com problemas</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Atividade</translation>
    </message>
</context>
<context>
    <name>ActivityPopover</name>
    <message>
        <source>Nothing goes on. What takes longer is listed here, with what came of it.</source>
        <translation>Nada em andamento. O que demora mais aparece aqui, com o resultado.</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Limpar lista</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Atividade</translation>
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
        <translation>cerca de {time} restantes</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>Parar: {what}</translation>
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
        <translation>Adicionar outro</translation>
    </message>
</context>
<context>
    <name>AdjustPage</name>
    <message>
        <source>Light and colour</source>
        <translation>Luz e cor</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Luz</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Cor</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detalhe</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Em um clique</translation>
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
        <translation>A tabela abaixo tem os mesmos números.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>Mais %Ln na tabela</numerusform>
            <numerusform>Mais %Ln na tabela</numerusform>
        </translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Importar um log de acesso…</translation>
    </message>
    <message>
        <source>Ask Now</source>
        <translation>Consultar agora</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>Contas…</translation>
    </message>
    <message>
        <source>Access Logs</source>
        <translation>Logs de acesso</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Resposta</translation>
    </message>
    <message>
        <source>What the chart is about</source>
        <translation>O que o gráfico mostra</translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message>
        <source>Comment for the history (optional)</source>
        <translation>Comentário para o histórico (opcional)</translation>
    </message>
    <message>
        <source>Comment for the history</source>
        <translation>Comentário para o histórico</translation>
    </message>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>Aprovar e incluir %Ln</numerusform>
            <numerusform>Aprovar e incluir %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Archive “{name}”</source>
        <translation>Arquivar “{name}”</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>O que vai acontecer</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Arquivar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Looking what that takes…</source>
        <translation>Verificando o que é necessário…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln etapa.</numerusform>
            <numerusform>%Ln etapas, uma após a outra.</numerusform>
        </translation>
    </message>
    <message>
        <source>About {size} are fetched and kept.</source>
        <translation>Cerca de {size} serão buscados e guardados.</translation>
    </message>
    <message>
        <source>Masters are never deleted, and all of it can be taken back.</source>
        <translation>Os masters nunca são excluídos, e tudo pode ser desfeito.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omitidos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>%Ln cópia entregue é excluída. Confira o nome antes.</numerusform>
            <numerusform>%Ln cópias entregues são excluídas. Confira os nomes antes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Their addresses stop working everywhere. They can be brought back while Cloudinary keeps a backup of them.</source>
        <translation>Seus endereços deixam de funcionar em todos os lugares. Elas podem ser recuperadas enquanto o Cloudinary mantiver um backup.</translation>
    </message>
    <message>
        <source>Archive and delete</source>
        <translation>Arquivar e excluir</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Verificar de novo</translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>{name} está sendo arquivado em %Ln etapa.</numerusform>
            <numerusform>{name} está sendo arquivado em %Ln etapas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveOptions</name>
    <message>
        <source>Keep the &amp;originals in the folder too</source>
        <translation>Guardar também os &amp;originais na pasta</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>Ficam como estão</translation>
    </message>
    <message>
        <source>Open with a token only</source>
        <translation>Abrem só com um token</translation>
    </message>
    <message>
        <source>Are deleted</source>
        <translation>São excluídas</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>&amp;Ano</translation>
    </message>
    <message>
        <source>Copies at &amp;Cloudinary</source>
        <translation>Cópias no &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Folder that is made</source>
        <translation>&amp;Pasta que é criada</translation>
    </message>
    <message>
        <source>Keep the archive in</source>
        <translation>Guardar o arquivamento em</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>Archived campaigns</source>
        <translation>Campanhas arquivadas</translation>
    </message>
    <message>
        <source>Until something is purged at a service, all of it can be taken back.</source>
        <translation>Até que algo seja eliminado definitivamente em um serviço, tudo pode ser desfeito.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>Desfazer…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>No campaign has been archived yet.</source>
        <translation>Nenhuma campanha foi arquivada ainda.</translation>
    </message>
    <message>
        <source>Take the archive of “{name}” back?</source>
        <translation>Desfazer o arquivamento de “{name}”?</translation>
    </message>
    <message>
        <source>Its collection, its visibility, the states of its masters and the delivered copies become what they were. The folder that was made stays.</source>
        <translation>A coleção, a visibilidade, os estados dos masters e as cópias entregues voltam a ser o que eram. A pasta que foi criada permanece.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Manter como está</translation>
    </message>
</context>
<context>
    <name>AssetList</name>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Dimensões</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Classificação</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Aprovação</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Direitos</translation>
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
        <translation>Em leitura…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Everything</source>
        <translation>Tudo</translation>
    </message>
    <message>
        <source>{about}. Entries here: {count}. Made {at} by {who}.</source>
        <translation>{about}. Entradas aqui: {count}. Gerado em {at} por {who}.</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nº</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Quando (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>O quê</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quem</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>De quê</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>Relatório de auditoria</translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>Topo da trilha: {head}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisão</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>Exceção</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Recusa</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Envio</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>Publicação</translation>
    </message>
    <message>
        <source>Retraction</source>
        <translation>Retirada</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>Restauração</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Direitos</translation>
    </message>
    <message>
        <source>Policy change</source>
        <translation>Alteração de política</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentário</translation>
    </message>
    <message>
        <source>Review request</source>
        <translation>Solicitação de revisão</translation>
    </message>
    <message>
        <source>Review pack</source>
        <translation>Pacote de revisão</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>Arquivo retirado</translation>
    </message>
    <message>
        <source>Note of damage</source>
        <translation>Registro de dano</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Outros</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>automaticamente</translation>
    </message>
    <message>
        <source>The audit trail was tampered with, or a part of it is lost.</source>
        <translation>A trilha de auditoria foi adulterada ou uma parte dela se perdeu.</translation>
    </message>
    <message>
        <source>Entries: {count}. There is damage that was taken note of; nothing new.</source>
        <translation>Entradas: {count}. Há danos já registrados; nada de novo.</translation>
    </message>
    <message>
        <source>Entries: {count}. Nothing was altered, dropped or cut off.</source>
        <translation>Entradas: {count}. Nada foi alterado, omitido ou cortado.</translation>
    </message>
    <message>
        <source>A clock was set back: the numbers say what came first.</source>
        <translation>Um relógio foi atrasado: os números dizem o que veio primeiro.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock stands before what was recorded ({moment}): rights that end until then have ended.</source>
        <translation>O relógio deste computador está antes do que foi registrado ({moment}): direitos que terminam até lá já terminaram.</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit trail</source>
        <translation>Trilha de auditoria</translation>
    </message>
    <message>
        <source>Looking through the record…</source>
        <translation>Examinando o registro…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mostrar mais</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Verificar de novo</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Take note</source>
        <translation>Registrar ciência</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>Entradas, as mais recentes primeiro</translation>
    </message>
    <message>
        <source>Why it goes on, for instance: restored a backup</source>
        <translation>Por que continuar, por exemplo: backup restaurado</translation>
    </message>
    <message>
        <source>Why it goes on in spite of the damage</source>
        <translation>Por que continuar apesar do dano</translation>
    </message>
    <message>
        <source>The damage stays listed; the record goes on from here, with your reason.</source>
        <translation>O dano continua listado; o registro segue a partir daqui, com o seu motivo.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tabela (CSV)…</translation>
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
        <translation>Topo da trilha: {head}</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>E mais %Ln.</numerusform>
            <numerusform>E mais %Ln.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>Exportar a trilha de auditoria</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} foi gravado.</translation>
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
        <translation>Buscar em nomes e detalhes</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Ativos</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Everything that happened</source>
        <translation>Tudo o que aconteceu</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Pessoa</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Período</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Todos os ativos</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>O %Ln ativo selecionado</numerusform>
            <numerusform>Os %Ln ativos selecionados</numerusform>
        </translation>
    </message>
    <message>
        <source>What the window lists</source>
        <translation>O que a janela lista</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoje</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>O último ano</translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>O último %Ln dia</numerusform>
            <numerusform>Os últimos %Ln dias</numerusform>
        </translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>A qualquer momento</translation>
    </message>
</context>
<context>
    <name>BesideDialog</name>
    <message>
        <source>Go on in the &amp;background</source>
        <translation>Continuar em &amp;segundo plano</translation>
    </message>
</context>
<context>
    <name>BrandKitDialog</name>
    <message>
        <source>&amp;Fonts</source>
        <translation>&amp;Fontes</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Cores</translation>
    </message>
    <message>
        <source>Brand kit</source>
        <translation>Kit da marca</translation>
    </message>
    <message>
        <source>The first ones are offered first. What is made already stays as it is.</source>
        <translation>As primeiras são oferecidas primeiro. O que já está feito fica como está.</translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Steps between</source>
        <translation>Níveis intermediários</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>Localização atual</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Ir para {place}</translation>
    </message>
    <message>
        <source>Places in {place}</source>
        <translation>Lugares em {place}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>Mais %Ln na barra lateral</numerusform>
            <numerusform>Mais %Ln na barra lateral</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>Entrar pelo navegador</translation>
    </message>
    <message>
        <source>Password and code stay between you and the service. An application has to be registered there, with this address to come back to:</source>
        <translation>A senha e o código ficam entre você e o serviço. É preciso registrar lá um aplicativo com este endereço de retorno:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Abrir o navegador</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>Continue no navegador. Esta janela espera por cinco minutos</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Cancel”, and use a password.</source>
        <translation>Não foi possível abrir um navegador aqui. Escolha “Cancelar” e use uma senha.</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Endereço</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>Chave da A&amp;PI</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;ID do cliente</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>&amp;Segredo do cliente</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nada encontrado</translation>
    </message>
    <message>
        <source>Try fewer letters, or take the filters away.</source>
        <translation>Tente menos letras ou remova os filtros.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Ainda não há nada aqui</translation>
    </message>
    <message>
        <source>What this environment holds appears here by itself.</source>
        <translation>O que este ambiente contém aparece aqui automaticamente.</translation>
    </message>
    <message>
        <source>Files that are put into this folder appear by themselves.</source>
        <translation>Os arquivos colocados nesta pasta aparecem automaticamente.</translation>
    </message>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Preparando a campanha de exemplo</translation>
    </message>
    <message>
        <source>Pictures of a brand that does not exist, with rights and reviews, to try everything on. It takes a moment, only this once.</source>
        <translation>Imagens de uma marca que não existe, com direitos e revisões, para experimentar tudo. Demora um pouco, só desta vez.</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>Lendo a biblioteca</translation>
    </message>
    <message>
        <source>Assets appear as they are found. You can stop it at any time.</source>
        <translation>Os ativos aparecem à medida que são encontrados. Você pode interromper a qualquer momento.</translation>
    </message>
    <message>
        <source>That is too much to drag at once. Choose fewer assets.</source>
        <translation>É demais para arrastar de uma vez. Escolha menos ativos.</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Diagnostic bundle</source>
        <translation>Pacote de diagnóstico</translation>
    </message>
    <message>
        <source>This is all of it. Names, paths, addresses and accounts are replaced by words that only this profile can tell apart; keys are never in it. It is written where you say, and sent nowhere.</source>
        <translation>Isto é tudo. Nomes, caminhos, endereços e contas são substituídos por palavras que só este perfil consegue distinguir; chaves nunca são incluídas. O pacote é gravado onde você indicar e não é enviado a lugar algum.</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Salvar…</translation>
    </message>
    <message>
        <source>Written to {name}. Hand it on yourself, if you want to.</source>
        <translation>Gravado em {name}. Se quiser, repasse-o você mesmo.</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Coletando…</translation>
    </message>
    <message>
        <source>What the bundle holds</source>
        <translation>O que o pacote contém</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Save the diagnostic bundle</source>
        <translation>Salvar o pacote de diagnóstico</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>Mês anterior</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mês</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Ano</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Próximo mês</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>Visualização</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Corte</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Master</translation>
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
        <translation>F6 sai da tabela</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channels of shops</source>
        <translation>Canais de lojas</translation>
    </message>
    <message>
        <source>Copied code and kits for a channel follow the settings of its plug-in.</source>
        <translation>O código copiado e os kits de um canal seguem as configurações do plug-in dele.</translation>
    </message>
    <message>
        <source>Fetch pictures when they are scrolled to</source>
        <translation>Carregar imagens ao rolar até elas</translation>
    </message>
    <message>
        <source>End addresses in the words of the title</source>
        <translation>Terminar os endereços com as palavras do título</translation>
    </message>
    <message>
        <source>Offer these widths:</source>
        <translation>Oferecer estas larguras:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Salvar</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Esquecer</translation>
    </message>
    <message>
        <source>Set What Plug-ins &amp;Recommend</source>
        <translation>Definir o que os plug-ins &amp;recomendam</translation>
    </message>
    <message>
        <source>As the rendition says</source>
        <translation>Como diz a variante</translation>
    </message>
    <message>
        <source>By its own name</source>
        <translation>Pelo próprio nome</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Narrowest width</source>
        <translation>Largura mínima</translation>
    </message>
    <message>
        <source>Widest width</source>
        <translation>Largura máxima</translation>
    </message>
    <message>
        <source>How many widths</source>
        <translation>Quantidade de larguras</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>Plug-in of</source>
        <translation>Plug-in de</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Nome nos direitos</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>As imagens são</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualidade</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Densidade</translation>
    </message>
    <message>
        <source>Seen until it is there</source>
        <translation>Visível até ela chegar</translation>
    </message>
    <message>
        <source>Folders of the plug-in</source>
        <translation>Pastas do plug-in</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>The settings of {channel} are kept.</source>
        <translation>As configurações de {channel} foram salvas.</translation>
    </message>
    <message>
        <source>The settings of {channel} are forgotten.</source>
        <translation>As configurações de {channel} foram esquecidas.</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Give “{tag}” to all</source>
        <translation>Atribuir “{tag}” a todos</translation>
    </message>
    <message>
        <source>Take “{tag}” away</source>
        <translation>Remover “{tag}”</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Nothing chosen</source>
        <translation>Nada escolhido</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>Vários valores</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>That is too much to copy at once. Choose fewer assets.</source>
        <translation>É demais para copiar de uma vez. Escolha menos ativos.</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Preparando %Ln arquivo…</numerusform>
            <numerusform>Preparando %Ln arquivos…</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no files and no picture on the clipboard.</source>
        <translation>Não há arquivos nem imagem na área de transferência.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln arquivo copiado.</numerusform>
            <numerusform>%Ln arquivos copiados.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>Colado</translation>
    </message>
</context>
<context>
    <name>CloudActions</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Renomear…</translation>
    </message>
    <message>
        <source>&amp;Move to Folder…</source>
        <translation>&amp;Mover para pasta…</translation>
    </message>
    <message>
        <source>Change &amp;Public ID…</source>
        <translation>Alterar &amp;public ID…</translation>
    </message>
    <message>
        <source>Rename or Move Fol&amp;der…</source>
        <translation>Renomear ou mover pas&amp;ta…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Folder, Good for a Day</source>
        <translation>Copiar &amp;link da pasta, válido por um dia</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>&amp;Versões…</translation>
    </message>
    <message>
        <source>Refresh &amp;Deliveries…</source>
        <translation>Atualizar entre&amp;gas…</translation>
    </message>
    <message>
        <source>&amp;Copy Delivery Address</source>
        <translation>&amp;Copiar endereço de entrega</translation>
    </message>
    <message>
        <source>Delivery Addre&amp;ss…</source>
        <translation>&amp;Endereço de entrega…</translation>
    </message>
    <message>
        <source>Limit &amp;Access…</source>
        <translation>Limitar &amp;acesso…</translation>
    </message>
    <message>
        <source>Appr&amp;ove There…</source>
        <translation>Apr&amp;ovar lá…</translation>
    </message>
    <message>
        <source>Reject &amp;There…</source>
        <translation>Re&amp;jeitar lá…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>E&amp;xcluir…</translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message>
        <source>Rename at Cloudinary</source>
        <translation>Renomear no Cloudinary</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renomear</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>Change the public ID</source>
        <translation>Alterar o public ID</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Alterar</translation>
    </message>
    <message>
        <source>&amp;Public ID</source>
        <translation>&amp;Public ID</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>Mover %Ln ativo no Cloudinary</numerusform>
            <numerusform>Mover %Ln ativos no Cloudinary</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Mover</translation>
    </message>
    <message>
        <source>&amp;Folder, empty for the topmost one</source>
        <translation>Pas&amp;ta, vazio para a de nível mais alto</translation>
    </message>
    <message>
        <source>Rename or move a folder at Cloudinary</source>
        <translation>Renomear ou mover uma pasta no Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Path, with the folders above it</source>
        <translation>&amp;Caminho, com as pastas acima dela</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Excluir %Ln ativo no Cloudinary?</numerusform>
            <numerusform>Excluir %Ln ativos no Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>Atualizar as entregas de %Ln ativo?</numerusform>
            <numerusform>Atualizar as entregas de %Ln ativos?</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Atualizar</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Aprovar %Ln ativo no Cloudinary?</numerusform>
            <numerusform>Aprovar %Ln ativos no Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprovar</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Rejeitar %Ln ativo no Cloudinary?</numerusform>
            <numerusform>Rejeitar %Ln ativos no Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeitar</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Pastas</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>O que seria feito</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>Em {place}: a pasta com seu %Ln ativo.</numerusform>
            <numerusform>Em {place}: a pasta com seus %Ln ativos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>Em {place}: {doing} de %Ln ativo.</numerusform>
            <numerusform>Em {place}: {doing} de %Ln ativos.</numerusform>
        </translation>
    </message>
    <message>
        <source>In this environment a folder without assets has no other name.</source>
        <translation>Neste ambiente, uma pasta sem ativos não tem outro nome.</translation>
    </message>
    <message>
        <source>Pages that use what is deleted will show nothing in its place. Where this environment keeps backups, it can be undone.</source>
        <translation>As páginas que usam o que é excluído não mostrarão nada no lugar. Onde este ambiente mantém backups, é possível desfazer.</translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>Endereços entregues que mudam: %Ln. As páginas que usam os antigos não mostrarão nada.</numerusform>
            <numerusform>Endereços entregues que mudam: %Ln. As páginas que usam os antigos não mostrarão nada.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>Sei quantos endereços entregues mudam: %Ln</numerusform>
            <numerusform>Sei quantos endereços entregues mudam: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>What is rejected is not delivered any more, until it is approved.</source>
        <translation>O que é rejeitado não é mais entregue até ser aprovado.</translation>
    </message>
    <message>
        <source>This overrules what automatic moderation found.</source>
        <translation>Isto prevalece sobre o resultado da moderação automática.</translation>
    </message>
    <message>
        <source>Copies on the delivery network are dropped and fetched anew.</source>
        <translation>As cópias na rede de entrega são descartadas e buscadas de novo.</translation>
    </message>
    <message>
        <source>No delivered address changes.</source>
        <translation>Nenhum endereço entregue muda.</translation>
    </message>
    <message>
        <source>I have looked at the names: all of these shall go</source>
        <translation>Conferi os nomes: todos estes devem ser excluídos</translation>
    </message>
    <message>
        <source>I mean the production environment {place}</source>
        <translation>Refiro-me ao ambiente de produção {place}</translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message>
        <source>This is done as soon as Cloudinary can be reached.</source>
        <translation>Isto será feito assim que o Cloudinary estiver acessível.</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>O endereço foi copiado.</translation>
    </message>
    <message>
        <source>The link was copied. For a day, whoever has it sees what is in here.</source>
        <translation>O link foi copiado. Por um dia, quem o tiver vê o que há aqui.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ativo excluído no Cloudinary.</numerusform>
            <numerusform>%Ln ativos excluídos no Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>%Ln ativo recuperado.</numerusform>
            <numerusform>%Ln ativos recuperados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>As entregas de %Ln ativo foram atualizadas.</numerusform>
            <numerusform>As entregas de %Ln ativos foram atualizadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>O acesso a %Ln ativo está como definido.</numerusform>
            <numerusform>O acesso a %Ln ativos está como definido.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ativo moderado no Cloudinary.</numerusform>
            <numerusform>%Ln ativos moderados no Cloudinary.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has its new place at Cloudinary.</source>
        <translation>A pasta está no novo lugar no Cloudinary.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ativo movido no Cloudinary.</numerusform>
            <numerusform>%Ln ativos movidos no Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>%Ln ativo renomeado no Cloudinary.</numerusform>
            <numerusform>%Ln ativos renomeados no Cloudinary.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being taken back…</source>
        <translation>Desfazendo…</translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message>
        <source>Search all of Cloudinary</source>
        <translation>Buscar em todo o Cloudinary</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mais</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Mostrar na janela</translation>
    </message>
    <message>
        <source>Cloudinary looks through {account}, mirrored here or not.</source>
        <translation>O Cloudinary procura em {account}, espelhado aqui ou não.</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>Expressão de busca</translation>
    </message>
    <message>
        <source>Found in Cloudinary</source>
        <translation>Encontrados no Cloudinary</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln ativo encontrado.</numerusform>
            <numerusform>%Ln ativos encontrados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>O %Ln mais recente é mostrado.</numerusform>
            <numerusform>Os %Ln mais recentes são mostrados.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Enter the code</source>
        <translation>Informar o código</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Two-step verification is on for {email}. Enter the six digits it shows.</source>
        <translation>A verificação em duas etapas está ativada para {email}. Digite os seis dígitos que ela mostra.</translation>
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
        <translation>Escolher: {name}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>Escolher em uma lista</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>The code offers {widths} pixels.</source>
        <translation>O código oferece {widths} pixels.</translation>
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
        <translation>Colunas</translation>
    </message>
    <message>
        <source>Names and pictures always stand first. Move columns by their heads.</source>
        <translation>Nomes e imagens sempre vêm primeiro. Mova as colunas pelos cabeçalhos.</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>Localizar um campo</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Campos</translation>
    </message>
    <message>
        <source>The Usual Ones</source>
        <translation>As habituais</translation>
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
        <translation>Mostrar tudo</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>Comentários</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Comment</source>
        <translation>Comentário</translation>
    </message>
    <message>
        <source>Click a point or drag a region. Arrow keys and Enter do, too.</source>
        <translation>Clique em um ponto ou arraste uma região. As setas e Enter também servem.</translation>
    </message>
    <message>
        <source>Draw on the picture. Escape puts the pen away.</source>
        <translation>Desenhe na imagem. Escape guarda a caneta.</translation>
    </message>
    <message>
        <source>Write a comment; @ mentions a role</source>
        <translation>Escreva um comentário; @ menciona uma função</translation>
    </message>
    <message>
        <source>Pin to a point or a region (Shift+M)</source>
        <translation>Fixar em um ponto ou região (Shift+M)</translation>
    </message>
    <message>
        <source>Draw on the picture (D)</source>
        <translation>Desenhar na imagem (D)</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>Cor da caneta</translation>
    </message>
    <message>
        <source>Take the last line back</source>
        <translation>Desfazer a última linha</translation>
    </message>
    <message>
        <source>Pin to a moment</source>
        <translation>Fixar em um momento</translation>
    </message>
    <message>
        <source>Comment (Ctrl+Enter)</source>
        <translation>Comentar (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Vermelho</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Amarelo</translation>
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
        <translation>Resposta a {number}</translation>
    </message>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>Desenho, %Ln linha</numerusform>
            <numerusform>Desenho, %Ln linhas</numerusform>
        </translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Ponto</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Região</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>Em {time}</translation>
    </message>
    <message>
        <source>{part}: take it away</source>
        <translation>{part}: remover</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>&amp;Yours</source>
        <translation>&amp;O seu</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>O do o&amp;utro, que está lá agora</translation>
    </message>
    <message>
        <source>A &amp;third value</source>
        <translation>Um &amp;terceiro valor</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Antes: {value}</translation>
    </message>
    <message>
        <source>A third value</source>
        <translation>Um terceiro valor</translation>
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
        <translation>Dois valores para “{field}”</translation>
    </message>
    <message>
        <source>Somebody else changed {asset} while your change was on its way. Nothing is lost: choose which value stays, or write a third one.</source>
        <translation>Outra pessoa alterou {asset} enquanto sua alteração estava a caminho. Nada se perde: escolha qual valor fica ou escreva um terceiro.</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>Manter este</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Decidir depois</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>Conflitos</translation>
    </message>
    <message>
        <source>Show the &amp;asset</source>
        <translation>Mostrar o &amp;ativo</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>Manter o &amp;meu</translation>
    </message>
    <message>
        <source>Keep what is &amp;there</source>
        <translation>Manter o que está &amp;lá</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>Manter &amp;este</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Conflito</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
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
        <translation>“{ours}” ou “{theirs}”</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>%Ln conflito aguarda você</numerusform>
            <numerusform>%Ln conflitos aguardam você</numerusform>
        </translation>
    </message>
    <message>
        <source>Two people said different things, and both are kept. What you choose is written; nothing is changed before.</source>
        <translation>Duas pessoas disseram coisas diferentes, e ambas foram guardadas. O que você escolher é gravado; nada muda antes disso.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>Nenhum conflito</translation>
    </message>
    <message>
        <source>Nothing that was said here contradicts anybody else.</source>
        <translation>Nada do que foi dito aqui contradiz outra pessoa.</translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>Manter o &amp;meu (%Ln)</numerusform>
            <numerusform>Manter os &amp;meus (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>Manter o que está &amp;lá (%Ln)</numerusform>
            <numerusform>Manter o que está &amp;lá (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Found there {moment}</source>
        <translation>Encontrado lá {moment}</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Keys act on everything that is chosen</source>
        <translation>As teclas agem sobre tudo o que está selecionado</translation>
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
        <translation>Folha de contato</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>Conjunto de variantes</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Predefinições</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportar para</translation>
    </message>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>Gravando em {folder}: {count} de %Ln variante.</numerusform>
            <numerusform>Gravando em {folder}: {count} de %Ln variantes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message>
        <source>Add…</source>
        <translation>Adicionar…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Alterar…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Remover…</translation>
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
        <translation>Publicar de novo</translation>
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
        <translation>Variantes aprovadas nas entradas dos stacks. Elas acompanham o que é entregue e saem quando seus direitos terminam.</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>Stacks</translation>
    </message>
    <message>
        <source>In entries</source>
        <translation>Em entradas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>No stack so far</source>
        <translation>Nenhum stack ainda</translation>
    </message>
    <message>
        <source>Make a management token in the stack&apos;s settings, then add the stack here. Nothing is written there before you publish something.</source>
        <translation>Crie um token de gerenciamento nas configurações do stack e adicione o stack aqui. Nada é gravado nele antes de você publicar algo.</translation>
    </message>
    <message>
        <source>Choose assets in the window, then open this again: their approved renditions are offered.</source>
        <translation>Escolha ativos na janela e abra isto de novo: as variantes aprovadas deles são oferecidas.</translation>
    </message>
    <message>
        <source>Nothing was published here yet.</source>
        <translation>Nada foi publicado aqui ainda.</translation>
    </message>
    <message>
        <source>No assets are chosen in the window</source>
        <translation>Nenhum ativo está selecionado na janela</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Remover “{name}”?</translation>
    </message>
    <message>
        <source>Its token goes, and what is published there is not looked after any more. Nothing changes there: take back first what must not stay.</source>
        <translation>O token é removido, e o que está publicado lá deixa de ser acompanhado. Nada muda lá: retire antes o que não pode ficar.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>Retirar %Ln imagem?</numerusform>
            <numerusform>Retirar %Ln imagens?</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of the entries is what their stack says: they are taken off, or published without the picture. They can be published again.</source>
        <translation>O que acontece com as entradas é o que o stack define: são retiradas ou publicadas sem a imagem. Podem ser publicadas de novo.</translation>
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
        <translation>Abrir em um mapa</translation>
    </message>
    <message>
        <source>Degrees, or a map’s link</source>
        <translation>Graus ou link de um mapa</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Transformation</source>
        <translation>Transformação</translation>
    </message>
    <message>
        <source>For Channel</source>
        <translation>Para o canal</translation>
    </message>
    <message>
        <source>Responsive widths…</source>
        <translation>Larguras responsivas…</translation>
    </message>
    <message>
        <source>As the Rendition Says</source>
        <translation>Como diz a variante</translation>
    </message>
    <message>
        <source>There is code once the asset is pushed.</source>
        <translation>Há código assim que o ativo for enviado.</translation>
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
        <translation>Cortar e girar</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Livre</translation>
    </message>
    <message>
        <source>Without a crop</source>
        <translation>Sem corte</translation>
    </message>
    <message>
        <source>↺ Left</source>
        <translation>↺ Esquerda</translation>
    </message>
    <message>
        <source>↻ Right</source>
        <translation>↻ Direita</translation>
    </message>
    <message>
        <source>Straighten (degrees)</source>
        <translation>Endireitar (graus)</translation>
    </message>
    <message>
        <source>Shape of the crop</source>
        <translation>Forma do corte</translation>
    </message>
    <message>
        <source>Drag the frame on the picture. A double click puts its middle there; arrow keys move it, with Alt they resize it.</source>
        <translation>Arraste a moldura na imagem. Um clique duplo coloca o centro ali; as setas a movem e, com Alt, a redimensionam.</translation>
    </message>
    <message>
        <source>Nothing of the kind was found.</source>
        <translation>Nada do tipo foi encontrado.</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Girar</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Espelhar</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Endireitar</translation>
    </message>
</context>
<context>
    <name>CropPlacing</name>
    <message>
        <source>Crop</source>
        <translation>Corte</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>Escolher um dia</translation>
    </message>
    <message>
        <source>Year-month-day</source>
        <translation>Ano-mês-dia</translation>
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
        <translation>De</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Até</translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>The comment stays in the history.</source>
        <translation>O comentário fica no histórico.</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comentário</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms</source>
        <translation>Ctrl+Enter confirma</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Aprovar %Ln ativo</numerusform>
            <numerusform>Aprovar %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprovar</translation>
    </message>
    <message>
        <source>Optional: what this is approved for</source>
        <translation>Opcional: para que isto é aprovado</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>Rejeitar %Ln ativo</numerusform>
            <numerusform>Rejeitar %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeitar</translation>
    </message>
    <message>
        <source>Why? A few words save the next person from asking</source>
        <translation>Por quê? Algumas palavras evitam que o próximo precise perguntar</translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>Solicitar alterações em %Ln ativo</numerusform>
            <numerusform>Solicitar alterações em %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar alterações</translation>
    </message>
    <message>
        <source>What should be different?</source>
        <translation>O que deve ser diferente?</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>Marcar %Ln ativo: {state}</numerusform>
            <numerusform>Marcar %Ln ativos: {state}</numerusform>
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
        <translation>Decisão desfeita</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Approve the rest</source>
        <translation>Aprovar o restante</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeitar</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>Rejeitar %Ln imagem: por quê?</numerusform>
            <numerusform>Rejeitar %Ln imagens: por quê?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>Alterações em %Ln imagem: quais?</numerusform>
            <numerusform>Alterações em %Ln imagens: quais?</numerusform>
        </translation>
    </message>
    <message>
        <source>A few words; Enter confirms, Esc leaves it as it is</source>
        <translation>Algumas palavras; Enter confirma, Esc deixa como está</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar alterações</translation>
    </message>
    <message>
        <source>Approve the rest ({count})</source>
        <translation>Aprovar o restante ({count})</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprovar</translation>
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
        <translation>Endereço de entrega de “{name}”</translation>
    </message>
    <message>
        <source>What is private or authenticated is signed in any case.</source>
        <translation>O que é privado ou autenticado é assinado de qualquer forma.</translation>
    </message>
    <message>
        <source>Without image/upload</source>
        <translation>Sem image/upload</translation>
    </message>
    <message>
        <source>With a to&amp;ken until</source>
        <translation>Com um to&amp;ken até</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Como está</translation>
    </message>
    <message>
        <source>Only where it has to be</source>
        <translation>Só onde é necessária</translation>
    </message>
    <message>
        <source>SHA-256, long</source>
        <translation>SHA-256, longa</translation>
    </message>
    <message>
        <source>&amp;Transformation</source>
        <translation>&amp;Transformação</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Formato</translation>
    </message>
    <message>
        <source>&amp;Words at its end</source>
        <translation>&amp;Palavras no final</translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation>&amp;Assinatura</translation>
    </message>
    <message>
        <source>&amp;Analytics (_a)</source>
        <translation>A&amp;nalytics (_a)</translation>
    </message>
    <message>
        <source>K&amp;ey of tokens, hexadecimal</source>
        <translation>C&amp;have de tokens, hexadecimal</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Até</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Format and quality</source>
        <translation>Formato e qualidade</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>As the address ends</source>
        <translation>Como termina o endereço</translation>
    </message>
    <message>
        <source>Best for the browser (auto)</source>
        <translation>O melhor para o navegador (auto)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualidade</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Como de costume</translation>
    </message>
    <message>
        <source>Automatic, best</source>
        <translation>Automática, a melhor</translation>
    </message>
    <message>
        <source>Automatic, good</source>
        <translation>Automática, boa</translation>
    </message>
    <message>
        <source>Automatic, eco</source>
        <translation>Automática, econômica</translation>
    </message>
    <message>
        <source>Automatic, low</source>
        <translation>Automática, baixa</translation>
    </message>
    <message>
        <source>Fixed quality</source>
        <translation>Qualidade fixa</translation>
    </message>
    <message>
        <source>Progressive</source>
        <translation>Progressivo</translation>
    </message>
    <message>
        <source>Keep all metadata</source>
        <translation>Manter todos os metadados</translation>
    </message>
    <message>
        <source>Keep credit</source>
        <translation>Manter o crédito</translation>
    </message>
    <message>
        <source>Without a colour profile</source>
        <translation>Sem perfil de cor</translation>
    </message>
    <message>
        <source>Rounded corners</source>
        <translation>Cantos arredondados</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>Elipse</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Borda</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>Cor da borda</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Branco</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Preto</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Cinza</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>What the rendition keeps</source>
        <translation>O que a variante mantém</translation>
    </message>
    <message>
        <source>Corners and border</source>
        <translation>Cantos e borda</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln transferência falhou</numerusform>
            <numerusform>%Ln transferências falharam</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>%Ln foi concluída. O motivo da falha está na lista.</numerusform>
            <numerusform>%Ln foram concluídas. O motivo das falhas está na lista.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Tentar de novo</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>%Ln transferência concluída</numerusform>
            <numerusform>%Ln transferências concluídas</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything came through.</source>
        <translation>Tudo foi transferido.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>%Ln revisão aguarda você</numerusform>
            <numerusform>%Ln revisões aguardam você</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody asked for your decision.</source>
        <translation>Alguém pediu sua decisão.</translation>
    </message>
    <message>
        <source>Open the Queue</source>
        <translation>Abrir a fila</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>Os direitos de %Ln ativo terminaram</numerusform>
            <numerusform>Os direitos de %Ln ativos terminaram</numerusform>
        </translation>
    </message>
    <message>
        <source>What was delivered of them is taken back.</source>
        <translation>O que foi entregue deles é retirado.</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>Mostrar ativos</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Go on in production, {name}?</source>
        <translation>Continuar na produção, {name}?</translation>
    </message>
    <message>
        <source>What changes there can be seen on live sites at once. You are asked only once until Asset Bridge is closed.</source>
        <translation>O que mudar lá pode ser visto imediatamente em sites no ar. A pergunta é feita só uma vez até o Asset Bridge ser fechado.</translation>
    </message>
    <message>
        <source>Go on in production</source>
        <translation>Continuar na produção</translation>
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
        <translation>Tons de cinza</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Legenda</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palavras-chave</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Criador</translation>
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
        <translation>Termos de uso</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Classificação</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Capturado</translation>
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
        <translation>Cores</translation>
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
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copiar o caminho</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Mostrar no gerenciador de arquivos</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Abrir o original</translation>
    </message>
    <message>
        <source>No limits of time are stated.</source>
        <translation>Nenhum limite de tempo é informado.</translation>
    </message>
    <message>
        <source>The dates of the rights cannot be read: “{dates}”. It is held back until somebody mends them in the file.</source>
        <translation>Não é possível ler as datas dos direitos: “{dates}”. O ativo fica retido até que alguém as corrija no arquivo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>há %Ln dia</numerusform>
            <numerusform>há %Ln dias</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>hoje</translation>
    </message>
    <message>
        <source>The rights ended on {ends}, {ago}.</source>
        <translation>Os direitos terminaram em {ends}, {ago}.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>em %Ln dia</numerusform>
            <numerusform>em %Ln dias</numerusform>
        </translation>
    </message>
    <message>
        <source>The rights begin on {starts}, {left}.</source>
        <translation>Os direitos começam em {starts}, {left}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>resta %Ln dia</numerusform>
            <numerusform>restam %Ln dias</numerusform>
        </translation>
    </message>
    <message>
        <source>May be used until {ends}, {left}.</source>
        <translation>Pode ser usado até {ends}, {left}.</translation>
    </message>
    <message>
        <source>May be used since {starts}, without an end.</source>
        <translation>Pode ser usado desde {starts}, sem data final.</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the file into another program, or press to copy it</source>
        <translation>Arraste o arquivo para outro programa ou pressione para copiá-lo</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop it here</source>
        <translation>Soltar aqui</translation>
    </message>
    <message>
        <source>Nothing here can be taken</source>
        <translation>Nada disto pode ser aceito</translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>Enviar %Ln ativo</numerusform>
            <numerusform>Enviar %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>You will see the plan before anything leaves.</source>
        <translation>Você verá o plano antes que algo saia.</translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>Incorporar %Ln arquivo</numerusform>
            <numerusform>Incorporar %Ln arquivos</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked where to copy them. The originals stay where they are.</source>
        <translation>Será perguntado para onde copiá-los. Os originais ficam onde estão.</translation>
    </message>
    <message>
        <source>Its files are read where they are. Nothing is copied or changed.</source>
        <translation>Os arquivos são lidos onde estão. Nada é copiado nem alterado.</translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>Adicionar %Ln pasta como biblioteca</numerusform>
            <numerusform>Adicionar %Ln pastas como bibliotecas</numerusform>
        </translation>
    </message>
    <message>
        <source>Add “{name}” as a library</source>
        <translation>Adicionar “{name}” como biblioteca</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop target</source>
        <translation>Área de soltar</translation>
    </message>
    <message>
        <source>Files and pictures that are dropped here go where the large window takes them</source>
        <translation>Os arquivos e imagens soltos aqui vão para onde a janela grande os colocaria</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>Soltar aqui</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
    <message>
        <source>Version before</source>
        <translation>Versão anterior</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Comparando…</translation>
    </message>
    <message>
        <source>No version before this one was approved, or its picture is gone</source>
        <translation>Nenhuma versão anterior a esta foi aprovada, ou a imagem dela não existe mais</translation>
    </message>
    <message>
        <source>Approved by {who}, {day}</source>
        <translation>Aprovado por {who}, {day}</translation>
    </message>
</context>
<context>
    <name>EditUndo</name>
    <message>
        <source>Decision taken back</source>
        <translation>Decisão desfeita</translation>
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
        <translation>Nenhum canal</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>Todos os mercados</translation>
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
        <translation>Remover “{entry}”</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>Não foi possível decidir sobre %Ln arquivo: ninguém consegue lê-lo.</numerusform>
            <numerusform>Não foi possível decidir sobre %Ln arquivos: ninguém consegue lê-los.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Adicionar uma pasta</translation>
    </message>
    <message>
        <source>This shows the account in use. Log out of it, or switch to another.</source>
        <translation>Isto mostra a conta em uso. Saia dela ou mude para outra.</translation>
    </message>
    <message>
        <source>Remove “{name}” from Asset Bridge?</source>
        <translation>Remover “{name}” do Asset Bridge?</translation>
    </message>
    <message>
        <source>Its files stay where they are, and so do all decisions about them. What was pushed stays at Cloudinary.</source>
        <translation>Os arquivos ficam onde estão, assim como todas as decisões sobre eles. O que foi enviado permanece no Cloudinary.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Forget them…</source>
        <translation>Esquecer…</translation>
    </message>
    <message>
        <source>Forget the missing files of “{name}”?</source>
        <translation>Esquecer os arquivos ausentes de “{name}”?</translation>
    </message>
    <message>
        <source>They vanish from the window. Decisions about them stay in the record, and they come back if the files do.</source>
        <translation>Eles somem da janela. As decisões sobre eles ficam no registro, e eles voltam se os arquivos voltarem.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Esquecer</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Add a folder first; dropped files are copied into one.</source>
        <translation>Adicione uma pasta primeiro; arquivos soltos são copiados para uma pasta.</translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>O sistema não tem programa para abrir {path}.</translation>
    </message>
</context>
<context>
    <name>ExchangeActions</name>
    <message>
        <source>C&amp;opy</source>
        <translation>Co&amp;piar</translation>
    </message>
    <message>
        <source>&amp;Paste into Library</source>
        <translation>Colar na b&amp;iblioteca</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Asset</source>
        <translation>Copiar lin&amp;k do ativo</translation>
    </message>
    <message>
        <source>Open &amp;With</source>
        <translation>Abrir co&amp;m</translation>
    </message>
    <message>
        <source>New &amp;Version from a File…</source>
        <translation>Nova &amp;versão de um arquivo…</translation>
    </message>
    <message>
        <source>Hot &amp;Folders…</source>
        <translation>Pastas monitora&amp;das…</translation>
    </message>
    <message>
        <source>&amp;Drop Target</source>
        <translation>Área de s&amp;oltar</translation>
    </message>
    <message>
        <source>Keep Running in the &amp;Tray</source>
        <translation>Manter em execução na &amp;bandeja</translation>
    </message>
    <message>
        <source>Desktop &amp;Notifications</source>
        <translation>&amp;Notificações na área de trabalho</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Show from Cloudinary</source>
        <translation>Mostrar do Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes it now, which may count and cost</source>
        <translation>O Cloudinary a cria agora, o que pode contar no uso e ter custo</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>cerca de {bytes}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Medir</translation>
    </message>
    <message>
        <source>The film is being made. Stop.</source>
        <translation>O vídeo está sendo criado. Parar.</translation>
    </message>
    <message>
        <source>Make the film here, and tell how large its file is</source>
        <translation>Criar o vídeo aqui e informar o tamanho do arquivo</translation>
    </message>
    <message>
        <source>The film is being made, which may take a minute…</source>
        <translation>O vídeo está sendo criado, o que pode levar um minuto…</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % menor</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Character {place}: “{found}”, expected {expected}</source>
        <translation>Caractere {place}: “{found}”, esperado {expected}</translation>
    </message>
</context>
<context>
    <name>FeedForm</name>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Permitir um endereço deste computador ou da rede</translation>
    </message>
    <message>
        <source>Push approved images</source>
        <translation>Enviar imagens aprovadas</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Change a feed</source>
        <translation>Alterar um feed</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>Novo feed</translation>
    </message>
    <message>
        <source>Push approved images to {environment}</source>
        <translation>Enviar imagens aprovadas para {environment}</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>PIM, ERP, shop, …</source>
        <translation>PIM, ERP, loja, …</translation>
    </message>
    <message>
        <source>A folder, a file, or https://…</source>
        <translation>Uma pasta, um arquivo ou https://…</translation>
    </message>
    <message>
        <source>Artikelnummer=sku, Bezeichnung=product_name</source>
        <translation>Codigo=sku, Descricao=product_name</translation>
    </message>
    <message>
        <source>{campaign} stands for the product&apos;s campaign</source>
        <translation>{campaign} representa a campanha do produto</translation>
    </message>
    <message>
        <source>If the address asks for one</source>
        <translation>Se o endereço exigir um</translation>
    </message>
    <message>
        <source>By names of files</source>
        <translation>Por nomes de arquivos</translation>
    </message>
    <message>
        <source>By keywords (sku:… or the SKU)</source>
        <translation>Por palavras-chave (sku:… ou o SKU)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>&amp;Products from</source>
        <translation>&amp;Produtos de</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Colunas</translation>
    </message>
    <message>
        <source>Find &amp;images</source>
        <translation>Localizar &amp;imagens</translation>
    </message>
    <message>
        <source>Name pa&amp;ttern</source>
        <translation>Pa&amp;drão de nome</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Ler</translation>
    </message>
    <message>
        <source>Into &amp;folder</source>
        <translation>Para a p&amp;asta</translation>
    </message>
    <message>
        <source>For c&amp;hannel</source>
        <translation>Para &amp;o canal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Folder with feeds</source>
        <translation>Pasta com feeds</translation>
    </message>
</context>
<context>
    <name>FeedPostsDialog</name>
    <message>
        <source>&amp;Receive posts while this window is open</source>
        <translation>&amp;Receber envios enquanto esta janela estiver aberta</translation>
    </message>
    <message>
        <source>New &amp;Secret</source>
        <translation>Novo &amp;segredo</translation>
    </message>
    <message>
        <source>Posts of other systems</source>
        <translation>Envios de outros sistemas</translation>
    </message>
    <message>
        <source>Posts for “{name}”</source>
        <translation>Envios para “{name}”</translation>
    </message>
    <message>
        <source>Another system hands its products over itself, signed with a secret, and is answered with the line report.</source>
        <translation>Outro sistema entrega os próprios produtos, assinados com um segredo, e recebe como resposta o relatório de linhas.</translation>
    </message>
    <message>
        <source>Address to post to</source>
        <translation>Endereço para envio</translation>
    </message>
    <message>
        <source>Secret to sign with</source>
        <translation>Segredo para assinar</translation>
    </message>
    <message>
        <source>It is shown once; a new one ends the one before.</source>
        <translation>Ele é mostrado uma vez; um novo encerra o anterior.</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Porta</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Segredo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message>
        <source>Add…</source>
        <translation>Adicionar…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Alterar…</translation>
    </message>
    <message>
        <source>Read Now</source>
        <translation>Ler agora</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>Enviar…</translation>
    </message>
    <message>
        <source>Posts…</source>
        <translation>Envios…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Desativar</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Remover…</translation>
    </message>
    <message>
        <source>Product feeds</source>
        <translation>Feeds de produtos</translation>
    </message>
    <message>
        <source>Products from other systems: their images are found here, and what is approved of them goes to Cloudinary with what is said of the product.</source>
        <translation>Produtos de outros sistemas: as imagens deles são localizadas aqui, e o que está aprovado vai para o Cloudinary com o que se diz do produto.</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>Feeds</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhum</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>Imagens encontradas</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>Indefinidos</translation>
    </message>
    <message>
        <source>Without an image</source>
        <translation>Sem imagem</translation>
    </message>
    <message>
        <source>Without a product</source>
        <translation>Sem produto</translation>
    </message>
    <message>
        <source>Line report</source>
        <translation>Relatório de linhas</translation>
    </message>
    <message>
        <source>It was not read yet.</source>
        <translation>Ainda não foi lido.</translation>
    </message>
    <message>
        <source>Shows no product</source>
        <translation>Não mostra nenhum produto</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>No feed yet</source>
        <translation>Nenhum feed ainda</translation>
    </message>
    <message>
        <source>A feed is a file, a folder or an address with products in CSV, JSON or JSON Lines. You see which images match before anything is sent.</source>
        <translation>Um feed é um arquivo, uma pasta ou um endereço com produtos em CSV, JSON ou JSON Lines. Você vê quais imagens correspondem antes de qualquer envio.</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Ativar</translation>
    </message>
    <message>
        <source>Reading “{name}”…</source>
        <translation>Lendo “{name}”…</translation>
    </message>
    <message>
        <source>There is nothing to read there.</source>
        <translation>Não há nada para ler lá.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>%Ln linha não foi aceita; o relatório de linhas diz por quê.</numerusform>
            <numerusform>%Ln linhas não foram aceitas; o relatório de linhas diz por quê.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>Lido. %Ln produto é novo ou mudou.</numerusform>
            <numerusform>Lido. %Ln produtos são novos ou mudaram.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what would go…</source>
        <translation>Verificando o que seria enviado…</translation>
    </message>
    <message>
        <source>Nothing is due: what is approved is there, as it is said now.</source>
        <translation>Nada pendente: o que está aprovado já está lá, como consta agora.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln imagem</numerusform>
            <numerusform>%Ln imagens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered image(s) are told what is new</source>
        <translation>
            <numerusform>%Ln imagem entregue recebe as novidades</numerusform>
            <numerusform>%Ln imagens entregues recebem as novidades</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>%Ln imagem não mostra mais um produto</numerusform>
            <numerusform>%Ln imagens não mostram mais um produto</numerusform>
        </translation>
    </message>
    <message>
        <source>Held back: {reasons}</source>
        <translation>Retidas: {reasons}</translation>
    </message>
    <message>
        <source>Push to “{environment}”?</source>
        <translation>Enviar para “{environment}”?</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>Agora não</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln imagem está a caminho.</numerusform>
            <numerusform>%Ln imagens estão a caminho.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Remover “{name}”?</translation>
    </message>
    <message>
        <source>Its products are forgotten here. Images stay where they went.</source>
        <translation>Os produtos dele são esquecidos aqui. As imagens ficam onde foram parar.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>Buscando %Ln original</numerusform>
            <numerusform>Buscando %Ln originais</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>{size} no total</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more could not be fetched.</source>
        <translation>
            <numerusform>Não foi possível buscar mais %Ln.</numerusform>
            <numerusform>Não foi possível buscar outros %Ln.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>FidelityBadge</name>
    <message>
        <source>Fidelity: {word}</source>
        <translation>Fidelidade: {word}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Empty the field</source>
        <translation>Limpar o campo</translation>
    </message>
</context>
<context>
    <name>FieldActs</name>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tentar de novo</translation>
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
        <translation>Histórico de “{field}”</translation>
    </message>
    <message>
        <source>&amp;Restore this</source>
        <translation>&amp;Restaurar este</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versões</translation>
    </message>
    <message>
        <source>What restoring it would change</source>
        <translation>O que a restauração mudaria</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Nobody has changed it here yet.</source>
        <translation>Ninguém alterou isto aqui ainda.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(nada)</translation>
    </message>
    <message>
        <source>Before all changes</source>
        <translation>Antes de todas as alterações</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}, {moment}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Desfeito</translation>
    </message>
    <message>
        <source>That is what it says now.</source>
        <translation>É o que consta agora.</translation>
    </message>
    <message>
        <source>What restoring it would change:</source>
        <translation>O que a restauração mudaria:</translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message>
        <source>Change…</source>
        <translation>Alterar…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>As Delivered</source>
        <translation>Como fornecido</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Verificar</translation>
    </message>
    <message>
        <source>Define Missing Fields</source>
        <translation>Definir campos ausentes</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>Simulação</translation>
    </message>
    <message>
        <source>S&amp;ync…</source>
        <translation>S&amp;incronizar…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Field mapping</source>
        <translation>Mapeamento de campos</translation>
    </message>
    <message>
        <source>What a master says at Cloudinary</source>
        <translation>O que um master informa no Cloudinary</translation>
    </message>
    <message>
        <source>Each row carries a part of a master’s record to its copies. What cannot come back as it was is named at the end.</source>
        <translation>Cada linha leva uma parte do registro de um master às suas cópias. O que não pode voltar como era é indicado no fim.</translation>
    </message>
    <message>
        <source>New Row…</source>
        <translation>Nova linha…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Bring the chosen masters and their copies together, after a look at it</source>
        <translation>Conciliar os masters selecionados e suas cópias, após uma conferência</translation>
    </message>
    <message>
        <source>“{name}” cannot have so many fields.</source>
        <translation>“{name}” não pode ter tantos campos.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>Falta %Ln campo em “{name}”, ou valores das listas dele.</numerusform>
            <numerusform>Faltam %Ln campos em “{name}”, ou valores das listas deles.</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it fits “{name}”.</source>
        <translation>Tudo é compatível com “{name}”.</translation>
    </message>
    <message>
        <source>Some rows cannot be used as they are.</source>
        <translation>Algumas linhas não podem ser usadas como estão.</translation>
    </message>
    <message>
        <source>None of the chosen assets is a master at a service.</source>
        <translation>Nenhum dos ativos selecionados é um master em um serviço.</translation>
    </message>
    <message>
        <source>What was different is being delivered.</source>
        <translation>O que era diferente está sendo entregue.</translation>
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
        <translation>Nova linha</translation>
    </message>
    <message>
        <source>Leads in “{name}”</source>
        <translation>Prevalece em “{name}”</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>Como em todos</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>&amp;Master</source>
        <translation>&amp;Master</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>&amp;Sentido</translation>
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
        <translation>Os destinos são tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum ou set), access.start e access.end, separados por espaços. Um master também tem keyword:NAMESPACE e custom:FIELD. Quem prevalece tem a última palavra quando os dois lados mudaram desde a última concordância.</translation>
    </message>
    <message>
        <source>It cannot be so: {reason}.</source>
        <translation>Não pode ser assim: {reason}.</translation>
    </message>
    <message>
        <source>It can be so, but: {reason}.</source>
        <translation>Pode ser assim, mas: {reason}.</translation>
    </message>
    <message>
        <source>Not all of it can come back: {loss}.</source>
        <translation>Nem tudo pode voltar: {loss}.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message>
        <source>What would be sent</source>
        <translation>O que seria enviado</translation>
    </message>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>O que seria enviado de %Ln master</numerusform>
            <numerusform>O que seria enviado de %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>There is no such field</source>
        <translation>Não existe esse campo</translation>
    </message>
    <message>
        <source>The copy says</source>
        <translation>A cópia diz</translation>
    </message>
    <message>
        <source>Stays behind</source>
        <translation>Fica para trás</translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message>
        <source>What a sync would change</source>
        <translation>O que uma sincronização mudaria</translation>
    </message>
    <message>
        <source>&amp;Sync Now</source>
        <translation>&amp;Sincronizar agora</translation>
    </message>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>Uma sincronização mudaria %Ln valor</numerusform>
            <numerusform>Uma sincronização mudaria %Ln valores</numerusform>
        </translation>
    </message>
    <message>
        <source>Masters and copies say the same wherever the mapping carries something.</source>
        <translation>Masters e cópias dizem o mesmo em tudo o que o mapeamento leva.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>%Ln deles vira conflito, que você decide.</numerusform>
            <numerusform>%Ln deles viram conflitos, que você decide.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every line is one edit; Undo takes all of them back together.</source>
        <translation>Cada linha é uma edição; Desfazer reverte todas juntas.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
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
        <translation>“{after}” em vez de “{before}”: {why}</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Waits to be sent</source>
        <translation>Aguardando envio</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>A caminho</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>Não aceito</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>Alterado em outro lugar</translation>
    </message>
    <message>
        <source>{field}, mandatory</source>
        <translation>{field}, obrigatório</translation>
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
        <translation>Momento do vídeo</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>Tira de imagens</translation>
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
        <translation>Aprovação</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Direitos</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Classificação</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
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
            <numerusform>%Ln ativo</numerusform>
            <numerusform>%Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selecionado</numerusform>
            <numerusform>%Ln selecionados</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and better</source>
        <translation>{stars} ou mais</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoje</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Últimos 7 dias</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Últimos 30 dias</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Este ano</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>Não enviado</translation>
    </message>
    <message>
        <source>Show readable files again</source>
        <translation>Mostrar de novo os arquivos legíveis</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Limpar filtros</translation>
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
        <translation>Localizar nesta página</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpar</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>Anterior (Shift+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>Próxima (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>Não está nesta página</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Capital letters matter</source>
        <translation>Diferenciar maiúsculas de minúsculas</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>Somente palavras inteiras</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>Substituir tudo</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>Todas as colunas</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Localizar</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Substituir por</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>Onde procurar</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>O que foi encontrado</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>%Ln célula encontrada.</numerusform>
            <numerusform>%Ln células encontradas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>%Ln célula encontrada; as primeiras são mostradas.</numerusform>
            <numerusform>%Ln células encontradas; as primeiras são mostradas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Waiting for review</source>
        <translation>Aguardando revisão</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprovados</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviados</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Direitos encerrados</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Ilegíveis</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>Todos os ativos</translation>
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
        <translation>Coleções</translation>
    </message>
    <message>
        <source>Smart folders</source>
        <translation>Pastas inteligentes</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}, %Ln ativo</numerusform>
            <numerusform>{place}, %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>not synced yet</source>
        <translation>ainda não sincronizado</translation>
    </message>
    <message>
        <source>kept offline</source>
        <translation>mantido offline</translation>
    </message>
    <message>
        <source>is being synced</source>
        <translation>sendo sincronizado</translation>
    </message>
    <message>
        <source>the last sync failed</source>
        <translation>a última sincronização falhou</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Places</source>
        <translation>Locais</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Used last</source>
        <translation>Usados recentemente</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>Todos os comandos</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>ativado</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave Full Screen</source>
        <translation>Sair da tela cheia</translation>
    </message>
</context>
<context>
    <name>GridActs</name>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Refazer</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Recortar</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Colar</translation>
    </message>
    <message>
        <source>Fill Down</source>
        <translation>Preencher para baixo</translation>
    </message>
    <message>
        <source>Empty Cells</source>
        <translation>Esvaziar células</translation>
    </message>
    <message>
        <source>Find and Replace</source>
        <translation>Localizar e substituir</translation>
    </message>
    <message>
        <source>Apply Template…</source>
        <translation>Aplicar modelo…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Colunas…</translation>
    </message>
    <message>
        <source>Sort A to Z</source>
        <translation>Classificar de A a Z</translation>
    </message>
    <message>
        <source>Sort Z to A</source>
        <translation>Classificar de Z a A</translation>
    </message>
    <message>
        <source>Hide Column</source>
        <translation>Ocultar coluna</translation>
    </message>
    <message>
        <source>Next Cell That Cannot Be Kept</source>
        <translation>Próxima célula que não pode ser salva</translation>
    </message>
    <message>
        <source>Give Up What Was Typed</source>
        <translation>Descartar o que foi digitado</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Tela cheia</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>%Ln dos ativos selecionados é uma cópia no Cloudinary; ela é editada no inspetor.</numerusform>
            <numerusform>%Ln dos ativos selecionados são cópias no Cloudinary; elas são editadas no inspetor.</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata grid</source>
        <translation>Grade de metadados</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadados</translation>
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
            <numerusform>%Ln célula selecionada</numerusform>
            <numerusform>%Ln células selecionadas</numerusform>
        </translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>salvando…</translation>
    </message>
    <message>
        <source>needed, but not shown: {fields}</source>
        <translation>necessários, mas não mostrados: {fields}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>%Ln célula não pode ser salva como está; ela diz por quê.</numerusform>
            <numerusform>%Ln células não podem ser salvas como estão; elas dizem por quê.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>%Ln célula não teve lugar aqui: a tabela termina ou não é possível gravar nela.</numerusform>
            <numerusform>%Ln células não tiveram lugar aqui: a tabela termina ou não é possível gravar nelas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message>
        <source>The grid is for masters; choose some in a library.</source>
        <translation>A grade é para masters; escolha alguns em uma biblioteca.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>Não foi possível salvar %Ln texto da grade.</numerusform>
            <numerusform>Não foi possível salvar %Ln textos da grade.</numerusform>
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
            <numerusform>%Ln célula não pode ser salva</numerusform>
            <numerusform>%Ln células não podem ser salvas</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next of them (F8)</source>
        <translation>Mostrar a próxima (F8)</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>Assets</source>
        <translation>Ativos</translation>
    </message>
    <message>
        <source>Assets as a list</source>
        <translation>Ativos em lista</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>Metadata of the chosen masters</source>
        <translation>Metadados dos masters selecionados</translation>
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
        <translation>Como funciona</translation>
    </message>
    <message>
        <source>Masters stay where they are; Cloudinary delivers what was approved.</source>
        <translation>Os masters ficam onde estão; o Cloudinary entrega o que foi aprovado.</translation>
    </message>
    <message>
        <source>Steps and keys</source>
        <translation>Passos e teclas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>1. Add a folder, or drop one on the window. Its files are read, not copied.</source>
        <translation>1. Adicione uma pasta ou solte uma na janela. Os arquivos são lidos, não copiados.</translation>
    </message>
    <message>
        <source>2. Find assets: type into the search field, narrow with the filters.</source>
        <translation>2. Encontre ativos: digite no campo de busca, refine com os filtros.</translation>
    </message>
    <message>
        <source>3. Decide: approve, request changes or reject. The history keeps who and why.</source>
        <translation>3. Decida: aprove, solicite alterações ou rejeite. O histórico guarda quem e por quê.</translation>
    </message>
    <message>
        <source>4. Push what is approved and within its rights. The plan is shown first.</source>
        <translation>4. Envie o que está aprovado e dentro dos direitos. O plano é mostrado antes.</translation>
    </message>
    <message>
        <source>5. Take the addresses of its renditions from the inspector.</source>
        <translation>5. Copie os endereços das variantes no inspetor.</translation>
    </message>
    <message>
        <source>Show it large</source>
        <translation>Mostrar em tamanho grande</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espaço</translation>
    </message>
</context>
<context>
    <name>HeadBar</name>
    <message>
        <source>Ask Again</source>
        <translation>Consultar de novo</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>Mostrar na biblioteca</translation>
    </message>
    <message>
        <source>Save and Schedule…</source>
        <translation>Salvar e agendar…</translation>
    </message>
    <message>
        <source>Copy the Table</source>
        <translation>Copiar a tabela</translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>Importar um log de acesso…</translation>
    </message>
    <message>
        <source>Forget This Saved Report…</source>
        <translation>Esquecer este relatório salvo…</translation>
    </message>
    <message>
        <source>Count This Log No Longer…</source>
        <translation>Não contar mais este log…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Write the whole report to a file</source>
        <translation>Gravar o relatório completo em um arquivo</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mais</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>Salvar como predefinição…</translation>
    </message>
    <message>
        <source>100 %: each pixel as it is (1)</source>
        <translation>100 %: cada pixel como é (1)</translation>
    </message>
    <message>
        <source>Presets and sets (Ctrl+Shift+P)</source>
        <translation>Predefinições e conjuntos (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Refazer</translation>
    </message>
    <message>
        <source>Over each other, with a line to drag</source>
        <translation>Sobrepostos, com uma linha para arrastar</translation>
    </message>
    <message>
        <source>Beside each other</source>
        <translation>Lado a lado</translation>
    </message>
    <message>
        <source>The rendition</source>
        <translation>A variante</translation>
    </message>
    <message>
        <source>The master</source>
        <translation>O master</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>Afastar (-)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Aproximar (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>Mostrar tudo (0)</translation>
    </message>
</context>
<context>
    <name>HearingSwitch</name>
    <message>
        <source>{trouble} Changes made elsewhere are still seen, a few minutes later.</source>
        <translation>{trouble} Alterações feitas em outro lugar ainda são vistas, alguns minutos depois.</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Guia</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>&amp;Boas-vindas</translation>
    </message>
    <message>
        <source>Sample &amp;Campaign</source>
        <translation>&amp;Campanha de exemplo</translation>
    </message>
    <message>
        <source>Acti&amp;vity…</source>
        <translation>Ati&amp;vidade…</translation>
    </message>
    <message>
        <source>All that goes on ({keys})</source>
        <translation>Tudo o que está em andamento ({keys})</translation>
    </message>
    <message>
        <source>Take the &amp;Tour</source>
        <translation>Fazer o &amp;tour</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>Mostrar as &amp;dicas de novo</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>&amp;Log…</translation>
    </message>
    <message>
        <source>Diagnostic &amp;Bundle…</source>
        <translation>&amp;Pacote de diagnóstico…</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>Verificar at&amp;ualizações…</translation>
    </message>
</context>
<context>
    <name>HelpContents</name>
    <message>
        <source>Contents</source>
        <translation>Sumário</translation>
    </message>
</context>
<context>
    <name>HelpErrands</name>
    <message>
        <source>Close the welcome</source>
        <translation>Fechar as boas-vindas</translation>
    </message>
    <message>
        <source>The demo could not be started. “asset-bridge demo” opens it.</source>
        <translation>Não foi possível iniciar a demonstração. Use “asset-bridge demo” para abri-la.</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>Novidades…</translation>
    </message>
    <message>
        <source>Version {version} of Asset Bridge is there.</source>
        <translation>A versão {version} do Asset Bridge está disponível.</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Fazer o tour</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Adicionar uma pasta…</translation>
    </message>
    <message>
        <source>Connect PhotoShelter…</source>
        <translation>Conectar ao PhotoShelter…</translation>
    </message>
    <message>
        <source>Connect Cloudinary…</source>
        <translation>Conectar ao Cloudinary…</translation>
    </message>
</context>
<context>
    <name>HelpFindings</name>
    <message>
        <source>What was found</source>
        <translation>O que foi encontrado</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Keys of the review</source>
        <translation>Teclas da revisão</translation>
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
        <translation>Buscar na ajuda</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Avançar</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ajuda</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpar</translation>
    </message>
    <message>
        <source>In all pages (Ctrl+Shift+F); Ctrl+F finds in this page</source>
        <translation>Em todas as páginas (Ctrl+Shift+F); Ctrl+F localiza nesta página</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – Ajuda</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln ocorrência</numerusform>
            <numerusform>%Ln ocorrências</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nada foi encontrado.</translation>
    </message>
    <message>
        <source>The help is written in English.</source>
        <translation>A ajuda está escrita em inglês.</translation>
    </message>
    <message>
        <source>{name} is part of the source code.</source>
        <translation>{name} faz parte do código-fonte.</translation>
    </message>
</context>
<context>
    <name>HintStrip</name>
    <message>
        <source>Got it</source>
        <translation>Entendi</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>Sobre uma versão anterior do arquivo.</translation>
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
        <translation>Ainda não entregue.</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>Sendo entregue.</translation>
    </message>
    <message>
        <source>It could not be delivered.</source>
        <translation>Não foi possível entregar.</translation>
    </message>
    <message>
        <source>Somebody else said something different.</source>
        <translation>Outra pessoa disse algo diferente.</translation>
    </message>
    <message>
        <source>Taken back before it was delivered.</source>
        <translation>Desfeito antes de ser entregue.</translation>
    </message>
    <message>
        <source>Settled by a later choice.</source>
        <translation>Resolvido por uma escolha posterior.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Histórico</translation>
    </message>
    <message>
        <source>Nobody has decided anything about it yet.</source>
        <translation>Ninguém decidiu nada sobre isto ainda.</translation>
    </message>
</context>
<context>
    <name>HotFoldersDialog</name>
    <message>
        <source>Hot folders</source>
        <translation>Pastas monitoradas</translation>
    </message>
    <message>
        <source>Files that are put into these folders are copied into a library by themselves, and stay where they are. Nothing is pushed: that waits for approval as ever.</source>
        <translation>Os arquivos colocados nestas pastas são copiados automaticamente para uma biblioteca e também ficam onde estão. Nada é enviado: isso aguarda a aprovação, como sempre.</translation>
    </message>
    <message>
        <source>Add a Hot Folder…</source>
        <translation>Adicionar pasta monitorada…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>New ones go &amp;into</source>
        <translation>As novas vão &amp;para</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>a library that was removed</source>
        <translation>uma biblioteca que foi removida</translation>
    </message>
    <message>
        <source>{folder}, into {library}</source>
        <translation>{folder}, para {library}</translation>
    </message>
    <message>
        <source>Choose a hot folder</source>
        <translation>Escolher uma pasta monitorada</translation>
    </message>
</context>
<context>
    <name>InsightErrands</name>
    <message>
        <source>Insights…</source>
        <translation>Análises…</translation>
    </message>
    <message>
        <source>The report {name} could not be written: {why}</source>
        <translation>Não foi possível gravar o relatório {name}: {why}</translation>
    </message>
</context>
<context>
    <name>InsightsActs</name>
    <message>
        <source>Import an access log</source>
        <translation>Importar um log de acesso</translation>
    </message>
    <message>
        <source>Access logs (*.csv *.tsv *.txt *.log)</source>
        <translation>Logs de acesso (*.csv *.tsv *.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Exportar o relatório</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>Esquecer “{name}”?</translation>
    </message>
    <message>
        <source>It is not written any more. Files that it wrote stay.</source>
        <translation>Ele não é mais gravado. Os arquivos já gravados ficam.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Esquecer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Count this access log no longer?</source>
        <translation>Não contar mais este log de acesso?</translation>
    </message>
    <message>
        <source>What it added is taken away from all reports. The file stays.</source>
        <translation>O que ele acrescentou é retirado de todos os relatórios. O arquivo fica.</translation>
    </message>
    <message>
        <source>Count no longer</source>
        <translation>Não contar mais</translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message>
        <source>Insights</source>
        <translation>Análises</translation>
    </message>
    <message>
        <source>It could not be written the last time: {why}</source>
        <translation>Não foi possível gravá-lo da última vez: {why}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Contando…</translation>
    </message>
    <message>
        <source>It takes a moment.</source>
        <translation>Demora um pouco.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sem resposta</translation>
    </message>
    <message>
        <source>written {moment}</source>
        <translation>gravado {moment}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>consultado {moment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>%Ln linha é gravada em {name}</numerusform>
            <numerusform>%Ln linhas são gravadas em {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Show it large (space)</source>
        <translation>Mostrar em tamanho grande (espaço)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadados</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Variantes</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Histórico</translation>
    </message>
    <message>
        <source>About the asset</source>
        <translation>Sobre o ativo</translation>
    </message>
    <message>
        <source>Choose an asset to see it large, with its facts, its review and its rights.</source>
        <translation>Escolha um ativo para vê-lo em tamanho grande, com seus dados, sua revisão e seus direitos.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprovar</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Alterações</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeitar</translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message>
        <source>Keep “{name}” offline?</source>
        <translation>Manter “{name}” offline?</translation>
    </message>
    <message>
        <source>Its pictures are fetched ahead, now and whenever something is new there, and stay here until you let go of them.</source>
        <translation>As imagens são buscadas antecipadamente, agora e sempre que houver algo novo lá, e ficam aqui até você liberá-las.</translation>
    </message>
    <message>
        <source>The &amp;originals too</source>
        <translation>Também os &amp;originais</translation>
    </message>
    <message>
        <source>Keep offline</source>
        <translation>Manter offline</translation>
    </message>
    <message>
        <source>Looking how much it is…</source>
        <translation>Verificando o volume…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>The &amp;originals too ({size})</source>
        <translation>Também os &amp;originais ({size})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>Há %Ln ativo lá.</numerusform>
            <numerusform>Há %Ln ativos lá.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>%Ln deles já está aqui.</numerusform>
            <numerusform>%Ln deles já estão aqui.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>%Ln visualização é buscada, cerca de {size}.</numerusform>
            <numerusform>%Ln visualizações são buscadas, cerca de {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>With the originals it is {size}.</source>
        <translation>Com os originais, são {size}.</translation>
    </message>
</context>
<context>
    <name>KeptErrands</name>
    <message>
        <source>Save as smart folder</source>
        <translation>Salvar como pasta inteligente</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Um nome para esta busca; outra com o mesmo nome é substituída.</translation>
    </message>
    <message>
        <source>“{name}” stands at the left, and holds what the search finds.</source>
        <translation>“{name}” está à esquerda e contém o que a busca encontra.</translation>
    </message>
    <message>
        <source>Rename smart folder</source>
        <translation>Renomear pasta inteligente</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Outro nome</translation>
    </message>
    <message>
        <source>There is a smart folder “{name}” already. Nothing was renamed.</source>
        <translation>Já existe uma pasta inteligente “{name}”. Nada foi renomeado.</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Escolha ativos primeiro.</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>Remover dos favoritos</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renomear…</translation>
    </message>
    <message>
        <source>Replace by What Is Shown</source>
        <translation>Substituir pelo que é mostrado</translation>
    </message>
    <message>
        <source>Add to Favourites</source>
        <translation>Adicionar aos favoritos</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Mover para cima</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Mover para baixo</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>New key</source>
        <translation>Nova chave</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>Valor da nova chave</translation>
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
        <translation>Salvar</translation>
    </message>
    <message>
        <source>New kit</source>
        <translation>Novo kit</translation>
    </message>
    <message>
        <source>Change kit</source>
        <translation>Alterar kit</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sem limite</translation>
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
        <translation>Predefinições do kit</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>Nome nos direitos</translation>
    </message>
    <message>
        <source>&amp;Formats shown there</source>
        <translation>&amp;Formatos mostrados lá</translation>
    </message>
    <message>
        <source>Files are named</source>
        <translation>Nome dos arquivos</translation>
    </message>
    <message>
        <source>At &amp;most, each</source>
        <translation>No &amp;máximo, cada um</translation>
    </message>
    <message>
        <source>As each preset says</source>
        <translation>Como diz cada predefinição</translation>
    </message>
    <message>
        <source>At most, “{preset}”</source>
        <translation>No máximo, “{preset}”</translation>
    </message>
</context>
<context>
    <name>KitList</name>
    <message>
        <source>Add</source>
        <translation>Adicionar</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Para cima</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Para baixo</translation>
    </message>
</context>
<context>
    <name>KitsDialog</name>
    <message>
        <source>Channel kits</source>
        <translation>Kits de canais</translation>
    </message>
    <message>
        <source>What a channel takes together, how heavy it may be, and what it weighs.</source>
        <translation>O que um canal recebe em conjunto, quanto pode pesar e quanto pesa.</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportar</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Novo…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Alterar…</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>Excl&amp;uir</translation>
    </message>
    <message>
        <source>Channels of &amp;Shops…</source>
        <translation>Canais de &amp;lojas…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>Kits</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>No shop</source>
        <translation>Nenhuma loja</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Escolher…</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>C&amp;omo</translation>
    </message>
    <message>
        <source>For &amp;channel</source>
        <translation>Para o &amp;canal</translation>
    </message>
    <message>
        <source>&amp;Into folder</source>
        <translation>Para a &amp;pasta</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Escolher uma pasta</translation>
    </message>
    <message>
        <source>Delete “{kit}”?</source>
        <translation>Excluir “{kit}”?</translation>
    </message>
    <message>
        <source>Its presets stay, and so does what was exported with it.</source>
        <translation>As predefinições ficam, assim como o que foi exportado com ele.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln variante está retida</numerusform>
            <numerusform>%Ln variantes estão retidas</numerusform>
        </translation>
    </message>
    <message>
        <source>{why}. The others can be exported without them.</source>
        <translation>{why}. As outras podem ser exportadas sem elas.</translation>
    </message>
    <message>
        <source>Export the Others</source>
        <translation>Exportar as outras</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Voltar</translation>
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
        <translation>&amp;Termina</translation>
    </message>
    <message>
        <source>&amp;Let Pass</source>
        <translation>&amp;Liberar</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>&amp;Desfazer</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>Liberar %Ln ativo</numerusform>
            <numerusform>Liberar %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>A policy says which roles may do so. It is recorded with your name, and lifts a review that is not finished: never a rejection, and never rights.</source>
        <translation>Uma política diz quais funções podem fazer isso. Fica registrado com o seu nome e dispensa uma revisão inacabada: nunca uma rejeição, nem direitos.</translation>
    </message>
    <message>
        <source>What holds them back</source>
        <translation>O que os retém</translation>
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
        <translation>Quem pediu e quem sabe disso?</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>Quando termina</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>End what lets these pass; whoever may ask for more care</source>
        <translation>Encerrar o que libera estes ativos; qualquer pessoa pode pedir mais cautela</translation>
    </message>
    <message>
        <source>Somebody lets it pass, although {reasons}.</source>
        <translation>Há uma liberação, embora {reasons}.</translation>
    </message>
    <message>
        <source>Nothing holds it back.</source>
        <translation>Nada o retém.</translation>
    </message>
</context>
<context>
    <name>LinkOpening</name>
    <message>
        <source>The linked asset is not in any library of this catalog.</source>
        <translation>O ativo do link não está em nenhuma biblioteca deste catálogo.</translation>
    </message>
    <message>
        <source>There is no library “{name}” here, or several of that name.</source>
        <translation>Não há nenhuma biblioteca “{name}” aqui, ou há várias com esse nome.</translation>
    </message>
    <message>
        <source>The file that was to be opened is not there any more.</source>
        <translation>O arquivo que seria aberto não está mais lá.</translation>
    </message>
    <message>
        <source>Add as a Library</source>
        <translation>Adicionar como biblioteca</translation>
    </message>
    <message>
        <source>“{name}” is in no library yet.</source>
        <translation>“{name}” ainda não está em nenhuma biblioteca.</translation>
    </message>
</context>
<context>
    <name>ListOrWords</name>
    <message>
        <source>What you save is listed here.</source>
        <translation>O que você salvar aparece aqui.</translation>
    </message>
</context>
<context>
    <name>LocaleRows</name>
    <message>
        <source>Locales</source>
        <translation>Locales</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Deixar como está</translation>
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
        <translation>Parar</translation>
    </message>
    <message>
        <source>Some of the lines that are not counted</source>
        <translation>Algumas das linhas que não são contadas</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>%Ln linha lida…</numerusform>
            <numerusform>%Ln linhas lidas…</numerusform>
        </translation>
    </message>
    <message>
        <source>counted</source>
        <translation>contadas</translation>
    </message>
    <message>
        <source>added to what their assets delivered</source>
        <translation>somadas ao que seus ativos entregaram</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>puladas</translation>
    </message>
    <message>
        <source>errors and redirections</source>
        <translation>erros e redirecionamentos</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconhecidas</translation>
    </message>
    <message>
        <source>belong to no asset known here</source>
        <translation>não pertencem a nenhum ativo conhecido aqui</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>ilegíveis</translation>
    </message>
    <message>
        <source>are no lines of such a log</source>
        <translation>não são linhas de um log desse tipo</translation>
    </message>
    <message>
        <source>Earlier imports are about the same days: {names}. What both hold is counted twice.</source>
        <translation>Importações anteriores tratam dos mesmos dias: {names}. O que as duas contêm é contado duas vezes.</translation>
    </message>
    <message>
        <source>No line belongs to an asset that is known here. Is the environment it is about the one in use?</source>
        <translation>Nenhuma linha pertence a um ativo conhecido aqui. O ambiente em questão é o que está em uso?</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>%Ln linha lida</numerusform>
            <numerusform>%Ln linhas lidas</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines}, {first} – {last}</source>
        <translation>{lines}, {first} – {last}</translation>
    </message>
    <message>
        <source>Nothing of it is counted.</source>
        <translation>Nada disso é contado.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>LogOutDialog</name>
    <message>
        <source>Forget what is catalogued of it here too</source>
        <translation>Esquecer também o que está catalogado aqui</translation>
    </message>
    <message>
        <source>It is read from Cloudinary again when you come back.</source>
        <translation>Será lido novamente do Cloudinary quando você voltar.</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Warnings and faults of this program. Keys and passwords are never in it.</source>
        <translation>Avisos e falhas deste programa. Chaves e senhas nunca aparecem aqui.</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Buscar no log</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Acompanhar</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tudo</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>A partir de avisos</translation>
    </message>
    <message>
        <source>Errors and worse</source>
        <translation>A partir de erros</translation>
    </message>
    <message>
        <source>How grave</source>
        <translation>Gravidade</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
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
        <translation>Nada foi registrado: é um bom sinal.</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Vários valores</translation>
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
        <translation>Alto c&amp;ontraste, escuro</translation>
    </message>
    <message>
        <source>C&amp;ompact</source>
        <translation>E&amp;xibição compacta</translation>
    </message>
    <message>
        <source>Arrange Pane&amp;ls</source>
        <translation>Organi&amp;zar painéis</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>Trocar la&amp;dos</translation>
    </message>
    <message>
        <source>&amp;Usual Places</source>
        <translation>Posições &amp;usuais</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>Reduzir &amp;movimento</translation>
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
            <numerusform>&amp;Enviar %Ln ativo</numerusform>
            <numerusform>&amp;Enviar %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>&amp;Enviar…</translation>
    </message>
    <message>
        <source>Choose a library at the left first.</source>
        <translation>Escolha primeiro uma biblioteca à esquerda.</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>Criar variantes de %Ln ativo</numerusform>
            <numerusform>Criar variantes de %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>O que vai acontecer</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>&amp;Variantes</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Mercados e idiomas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>Criar %Ln variante</numerusform>
            <numerusform>Criar %Ln variantes</numerusform>
        </translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Criar</translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>%Ln variante será criada.</numerusform>
            <numerusform>Todas as %Ln variantes serão criadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>{count} de %Ln variante será criada</numerusform>
            <numerusform>{count} de %Ln variantes serão criadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln retida</numerusform>
            <numerusform>%Ln retidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln arquivo</numerusform>
            <numerusform>%Ln arquivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>%Ln deles substitui um existente</numerusform>
            <numerusform>%Ln deles substituem existentes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>%Ln dos ativos não pode ser entregue agora</numerusform>
            <numerusform>%Ln dos ativos não podem ser entregues agora</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be made…</source>
        <translation>Anotando o que será criado…</translation>
    </message>
    <message>
        <source>Choose a set, or presets</source>
        <translation>Escolha um conjunto ou predefinições</translation>
    </message>
    <message>
        <source>Choose the folder for the files</source>
        <translation>Escolha a pasta para os arquivos</translation>
    </message>
    <message>
        <source>Looking what that makes…</source>
        <translation>Verificando o resultado…</translation>
    </message>
    <message>
        <source>No preset is for a market and language of the table</source>
        <translation>Nenhuma predefinição é para um mercado e idioma da tabela</translation>
    </message>
    <message>
        <source>Each of them is held back</source>
        <translation>Todas estão retidas</translation>
    </message>
    <message>
        <source>You are offline: these are made when the connection is back.</source>
        <translation>Você está offline: elas serão criadas quando a conexão voltar.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>Substituir %Ln arquivo?</numerusform>
            <numerusform>Substituir %Ln arquivos?</numerusform>
        </translation>
    </message>
    <message>
        <source>What they hold now is gone then; files that are the same stay.</source>
        <translation>O conteúdo atual se perde; arquivos idênticos ficam.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Voltar</translation>
    </message>
</context>
<context>
    <name>MakeTarget</name>
    <message>
        <source>Replace files that are there</source>
        <translation>Substituir arquivos existentes</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>For example {file}</source>
        <translation>Por exemplo {file}</translation>
    </message>
    <message>
        <source>Into a folder here</source>
        <translation>Em uma pasta aqui</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>No Cloudinary</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Put a field into the template</source>
        <translation>Inserir um campo no modelo</translation>
    </message>
    <message>
        <source>The folder for the files</source>
        <translation>A pasta para os arquivos</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Pasta</translation>
    </message>
    <message>
        <source>&amp;Names of the files</source>
        <translation>&amp;Nomes dos arquivos</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>Gravar os arquivos em</translation>
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
        <translation>Prevalece</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>O que saber</translation>
    </message>
    <message>
        <source>Whose word holds where both sides were changed</source>
        <translation>Quem tem a palavra quando os dois lados mudaram</translation>
    </message>
</context>
<context>
    <name>MarketEditor</name>
    <message>
        <source>Use this table</source>
        <translation>Usar esta tabela</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>Adicionar coluna</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>Remover linhas</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Salvar como CSV…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>A line for each market and language. A preset is made for the lines it serves; texts and pictures fill its variables.</source>
        <translation>Uma linha para cada mercado e idioma. Uma predefinição é criada para as linhas que atende; textos e imagens preenchem as variáveis.</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>Mercados</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Gravado em {file}.</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>Mercados e idiomas</translation>
    </message>
    <message>
        <source>headline, or layer:logo</source>
        <translation>headline ou layer:logo</translation>
    </message>
    <message>
        <source>Name of the new column</source>
        <translation>Nome da nova coluna</translation>
    </message>
    <message>
        <source>Line {line}: {detail}</source>
        <translation>Linha {line}: {detail}</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Salvar a tabela</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabelas (*.csv)</translation>
    </message>
</context>
<context>
    <name>MarketRows</name>
    <message>
        <source>Picture: {name}</source>
        <translation>Imagem: {name}</translation>
    </message>
    <message>
        <source>Text: {name}</source>
        <translation>Texto: {name}</translation>
    </message>
    <message>
        <source>Public IDs of pictures that are laid on</source>
        <translation>Public IDs das imagens sobrepostas</translation>
    </message>
    <message>
        <source>What stands in the place of $({name})</source>
        <translation>O que fica no lugar de $({name})</translation>
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
        <translation>Arquivo…</translation>
    </message>
    <message>
        <source>Choose a table of markets</source>
        <translation>Escolher uma tabela de mercados</translation>
    </message>
    <message>
        <source>Without a table</source>
        <translation>Sem tabela</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln linha</numerusform>
            <numerusform>%Ln linhas</numerusform>
        </translation>
    </message>
    <message>
        <source>Made once, for everybody</source>
        <translation>Criado uma vez, para todos</translation>
    </message>
    <message>
        <source>Table of markets</source>
        <translation>Tabela de mercados</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tabelas (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message>
        <source>{name} says nothing that could be pasted.</source>
        <translation>{name} não contém nada que possa ser colado.</translation>
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
        <translation>Copie primeiro os metadados de um master.</translation>
    </message>
    <message>
        <source>Import metadata</source>
        <translation>Importar metadados</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tabelas (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>From the next decision on, the files of masters say it too (keyword “approval:…”). What other programs write there waits in the review queue.</source>
        <translation>A partir da próxima decisão, os arquivos dos masters também a registram (palavra-chave “approval:…”). O que outros programas gravam ali aguarda na fila de revisão.</translation>
    </message>
    <message>
        <source>Pasted. It can be undone.</source>
        <translation>Colado. Pode ser desfeito.</translation>
    </message>
    <message>
        <source>They said all of this already.</source>
        <translation>Tudo isso já constava.</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>O modelo altera %Ln master.</numerusform>
            <numerusform>O modelo altera %Ln masters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln não pode recebê-lo e fica como está.</numerusform>
            <numerusform>%Ln não podem recebê-lo e ficam como estão.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln campo diz o que diz a tabela.</numerusform>
            <numerusform>%Ln campos dizem o que diz a tabela.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>%Ln master está em {name}.</numerusform>
            <numerusform>%Ln masters estão em {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionField</name>
    <message>
        <source>Roles</source>
        <translation>Funções</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Fechar esta mensagem</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message>
        <source>What would be different</source>
        <translation>O que mudaria</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>O que é omitido</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Visualização</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln alteração</numerusform>
            <numerusform>%Ln alterações</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln omitida</numerusform>
            <numerusform>%Ln omitidas</numerusform>
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
            <numerusform>Exportar os metadados de %Ln master</numerusform>
            <numerusform>Exportar os metadados de %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>A table that spreadsheets open. Changed there, it can be imported again.</source>
        <translation>Uma tabela que as planilhas abrem. Alterada nelas, pode ser importada de novo.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Vírgula</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Ponto e vírgula</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulação</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colunas</translation>
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
        <translation>Exportar metadados</translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message>
        <source>Import metadata</source>
        <translation>Importar metadados</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>Lendo {name}…</translation>
    </message>
    <message>
        <source>An empty cell empties its field</source>
        <translation>Uma célula vazia esvazia o campo</translation>
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
            <numerusform>%Ln master diria outra coisa.</numerusform>
            <numerusform>%Ln masters diriam outra coisa.</numerusform>
        </translation>
    </message>
    <message>
        <source>The table says nothing that is not said already.</source>
        <translation>A tabela não diz nada que já não conste.</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Linha {line}</translation>
    </message>
</context>
<context>
    <name>MetadataErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Ainda não há conta. Adicione uma primeiro.</translation>
    </message>
</context>
<context>
    <name>MetadataFieldForm</name>
    <message>
        <source>&amp;Mandatory: it must not be empty</source>
        <translation>&amp;Obrigatório: não pode ficar vazio</translation>
    </message>
    <message>
        <source>&amp;Off until a rule switches it on</source>
        <translation>&amp;Desativado até que uma regra o ative</translation>
    </message>
    <message>
        <source>Only &amp;programs set it; people read it</source>
        <translation>Só &amp;programas o definem; as pessoas o leem</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Change a field</source>
        <translation>Alterar um campo</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>Novo campo</translation>
    </message>
    <message>
        <source>Made by Cloudinary if left empty</source>
        <translation>Gerado pelo Cloudinary se ficar vazio</translation>
    </message>
    <message>
        <source>One value in each line</source>
        <translation>Um valor por linha</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>&amp;Rótulo</translation>
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
        <translation>P&amp;adrão</translation>
    </message>
    <message>
        <source>At &amp;least</source>
        <translation>&amp;No mínimo</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>No máxi&amp;mo</translation>
    </message>
    <message>
        <source>Patte&amp;rn</source>
        <translation>Expre&amp;ssão</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>So many characters</source>
        <translation>Número de caracteres</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sem limite</translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message>
        <source>New field…</source>
        <translation>Novo campo…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Alterar…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Excluir…</translation>
    </message>
    <message>
        <source>Metadata fields</source>
        <translation>Campos de metadados</translation>
    </message>
    <message>
        <source>Metadata fields of “{name}”</source>
        <translation>Campos de metadados de “{name}”</translation>
    </message>
    <message>
        <source>All assets of the environment have these fields, for everybody.</source>
        <translation>Todos os ativos do ambiente têm estes campos, para todos.</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Regras…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>There is no field yet.</source>
        <translation>Ainda não há nenhum campo.</translation>
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
        <translation>Obrigatório</translation>
    </message>
    <message>
        <source>Delete the field “{name}”?</source>
        <translation>Excluir o campo “{name}”?</translation>
    </message>
    <message>
        <source>Its values vanish from all assets of the environment, for everybody, and cannot be brought back.</source>
        <translation>Os valores dele somem de todos os ativos do ambiente, para todos, e não podem ser recuperados.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
</context>
<context>
    <name>MetadataForm</name>
    <message>
        <source>Here the name is part of the public ID; renaming changes the address.</source>
        <translation>Aqui o nome faz parte do public ID; renomear altera o endereço.</translation>
    </message>
    <message>
        <source>Each asset has a name of its own.</source>
        <translation>Cada ativo tem um nome próprio.</translation>
    </message>
    <message>
        <source>Structured metadata</source>
        <translation>Metadados estruturados</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contexto</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Adicionar uma tag</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Adicionar um valor</translation>
    </message>
    <message>
        <source>Set by programs; people only read it.</source>
        <translation>Definido por programas; as pessoas só leem.</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Desativado por uma regra em razão do que dizem os outros campos.</translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message>
        <source>At Cloudinary</source>
        <translation>No Cloudinary</translation>
    </message>
    <message>
        <source>Metadata fields…</source>
        <translation>Campos de metadados…</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadados</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>No máximo %Ln ativo pode ser editado em conjunto.</numerusform>
            <numerusform>No máximo %Ln ativos podem ser editados em conjunto.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>%Ln dos ativos selecionados não está neste ambiente e fica como está.</numerusform>
            <numerusform>%Ln dos ativos selecionados não estão neste ambiente e ficam como estão.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you type is kept for the next asset.</source>
        <translation>O que você digita é guardado para o próximo ativo.</translation>
    </message>
    <message>
        <source>“{text}” was typed for another asset, and is kept until that is shown.</source>
        <translation>“{text}” foi digitado para outro ativo e fica guardado até que ele seja mostrado.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: it cannot be typed there.</source>
        <translation>“{text}” não foi guardado: não pode ser digitado ali.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>%Ln alteração já havia sido entregue e está sendo revertida.</numerusform>
            <numerusform>%Ln alterações já haviam sido entregues e estão sendo revertidas.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message>
        <source>Paste</source>
        <translation>Colar</translation>
    </message>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>Colar metadados em %Ln master</numerusform>
            <numerusform>Colar metadados em %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>From {name}. What they say there now is replaced; it can be undone.</source>
        <translation>De {name}. O que consta neles agora é substituído; pode ser desfeito.</translation>
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
        <translation>Nenhum</translation>
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
        <translation>A regra está em &amp;uso</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Change a rule</source>
        <translation>Alterar uma regra</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nova regra</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>O campo</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>Fica como está</translation>
    </message>
    <message>
        <source>Is switched on</source>
        <translation>É ativado</translation>
    </message>
    <message>
        <source>Is switched off</source>
        <translation>É desativado</translation>
    </message>
    <message>
        <source>It must not be empty</source>
        <translation>Não pode ficar vazio</translation>
    </message>
    <message>
        <source>As the field says</source>
        <translation>Como o campo diz</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>Precisa ser preenchido</translation>
    </message>
    <message>
        <source>It may be empty</source>
        <translation>Pode ficar vazio</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>Valores para escolher</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Como estão</translation>
    </message>
    <message>
        <source>All of the list</source>
        <translation>Todos da lista</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Somente estes</translation>
    </message>
    <message>
        <source>These, too</source>
        <translation>Estes também</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>Seu valor</translation>
    </message>
    <message>
        <source>If it is empty</source>
        <translation>Se estiver vazio</translation>
    </message>
    <message>
        <source>Added to what it has</source>
        <translation>Somado ao que já tem</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Vários separados por vírgulas</translation>
    </message>
    <message>
        <source>&amp;Then, of</source>
        <translation>&amp;Então, de</translation>
    </message>
    <message>
        <source>The &amp;field</source>
        <translation>O &amp;campo</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>&amp;Vazio</translation>
    </message>
    <message>
        <source>&amp;Choices</source>
        <translation>&amp;Opções</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>Va&amp;lor</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>A regra</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
</context>
<context>
    <name>MetadataRulesDialog</name>
    <message>
        <source>New rule…</source>
        <translation>Nova regra…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Alterar…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Excluir…</translation>
    </message>
    <message>
        <source>Metadata rules</source>
        <translation>Regras de metadados</translation>
    </message>
    <message>
        <source>Metadata rules of “{name}”</source>
        <translation>Regras de metadados de “{name}”</translation>
    </message>
    <message>
        <source>What one field says switches others on, limits them or fills them in.</source>
        <translation>O que um campo diz ativa, limita ou preenche outros.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Apply later (Alt+Down)</source>
        <translation>Aplicar mais tarde (Alt+Seta para baixo)</translation>
    </message>
    <message>
        <source>Apply earlier (Alt+Up)</source>
        <translation>Aplicar mais cedo (Alt+Seta para cima)</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>Ainda não há nenhuma regra.</translation>
    </message>
    <message>
        <source>{result}, when {condition}</source>
        <translation>{result}, quando {condition}</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Fora de uso</translation>
    </message>
    <message>
        <source>A rule asks about one field and changes another: it needs two.</source>
        <translation>Uma regra consulta um campo e altera outro: ela precisa de dois.</translation>
    </message>
    <message>
        <source>Delete the rule “{name}”?</source>
        <translation>Excluir a regra “{name}”?</translation>
    </message>
    <message>
        <source>It ends for everybody. A field that only this rule switches on loses its values.</source>
        <translation>Ela deixa de valer para todos. Um campo que só esta regra ativa perde os valores.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message>
        <source>New</source>
        <translation>Novo</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>Aplicar a %Ln master</numerusform>
            <numerusform>Aplicar a %Ln masters</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata templates</source>
        <translation>Modelos de metadados</translation>
    </message>
    <message>
        <source>A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master fills them by itself.</source>
        <translation>Um texto pode ter variáveis como {filename}, {date:%Y} ou {counter:3}; cada master as preenche automaticamente.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nome do modelo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>MirrorErrands</name>
    <message>
        <source>These files are in a folder here already. Nothing to download.</source>
        <translation>Estes arquivos já estão em uma pasta aqui. Nada para baixar.</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>Baixar para</translation>
    </message>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Ainda não há conta. Adicione uma primeiro.</translation>
    </message>
    <message>
        <source>{public_id} is at Cloudinary now, unpublished.</source>
        <translation>{public_id} agora está no Cloudinary, não publicado.</translation>
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
        <translation>O momento a que o comentário se refere</translation>
    </message>
</context>
<context>
    <name>NameColumn</name>
    <message>
        <source>Names</source>
        <translation>Nomes</translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message>
        <source>There is no Cloudinary account in use.</source>
        <translation>Não há conta do Cloudinary em uso.</translation>
    </message>
    <message>
        <source>Asks for the definitions there…</source>
        <translation>Consultando as definições de lá…</translation>
    </message>
    <message>
        <source>Presets and named transformations</source>
        <translation>Predefinições e transformações nomeadas</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Aqui</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>No Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Adopt as preset</source>
        <translation>&amp;Adotar como predefinição</translation>
    </message>
    <message>
        <source>&amp;Publish to Cloudinary</source>
        <translation>&amp;Publicar no Cloudinary</translation>
    </message>
    <message>
        <source>De&amp;lete there…</source>
        <translation>E&amp;xcluir lá…</translation>
    </message>
    <message>
        <source>Co&amp;mpare again</source>
        <translation>Co&amp;mparar de novo</translation>
    </message>
    <message>
        <source>in use there</source>
        <translation>em uso lá</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>Alterar %Ln predefinição aqui?</numerusform>
            <numerusform>Alterar %Ln predefinições aqui?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} then stand for what is defined there. You can undo it.</source>
        <translation>{names} passam a representar o que está definido lá. Você pode desfazer.</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>Alterar</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>“{name}” was adopted.</source>
        <translation>“{name}” foi adotada.</translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>Redefinir %Ln transformação nomeada?</numerusform>
            <numerusform>Redefinir %Ln transformações nomeadas?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} stand for something else there. What was derived before stays as it is; whatever is asked for from now on is made by the new definition.</source>
        <translation>{names} representam outra coisa lá. O que já foi derivado fica como está; o que for solicitado daqui em diante usa a nova definição.</translation>
    </message>
    <message>
        <source>Define anew</source>
        <translation>Redefinir</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>Excluir %Ln transformação nomeada no Cloudinary?</numerusform>
            <numerusform>Excluir %Ln transformações nomeadas no Cloudinary?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: everything that was derived with them is deleted too, and addresses that name them stop working. Presets here stay.</source>
        <translation>{names}: tudo o que foi derivado com elas também é excluído, e os endereços que as citam deixam de funcionar. As predefinições daqui ficam.</translation>
    </message>
    <message>
        <source>Delete there</source>
        <translation>Excluir lá</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Looking for programs…</source>
        <translation>Procurando programas…</translation>
    </message>
    <message>
        <source>No program is known for such files</source>
        <translation>Nenhum programa conhecido para esses arquivos</translation>
    </message>
    <message>
        <source>Take In…</source>
        <translation>Incorporar…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. Its master is in Cloudinary and stays as it is; the changed file can be taken into a library as a new master.</source>
        <translation>“{name}” foi alterado em outro programa. O master está no Cloudinary e fica como está; o arquivo alterado pode ser incorporado a uma biblioteca como novo master.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>%Ln cópia de um master no Cloudinary foi alterada em outros programas. Ela pode ser incorporada a uma biblioteca como novo master.</numerusform>
            <numerusform>%Ln cópias de masters no Cloudinary foram alteradas em outros programas. Elas podem ser incorporadas a uma biblioteca como novos masters.</numerusform>
        </translation>
    </message>
    <message>
        <source>New Version…</source>
        <translation>Nova versão…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It can become the new version at {service}, or be taken into a library as a new master.</source>
        <translation>“{name}” foi alterado em outro programa. Ele pode se tornar a nova versão em {service} ou ser incorporado a uma biblioteca como novo master.</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file in Cloudinary ({environment}), at the same address: everybody who uses it sees the new one. You approve the changed file with this. The file before comes back only where the environment keeps backups.</source>
        <translation>“{name}” recebe o arquivo alterado no Cloudinary ({environment}), no mesmo endereço: todos que o usam veem o novo. Com isso você aprova o arquivo alterado. O arquivo anterior só volta onde o ambiente mantém backups.</translation>
    </message>
    <message>
        <source>Approve and Send</source>
        <translation>Aprovar e enviar</translation>
    </message>
    <message>
        <source>Make it the new version?</source>
        <translation>Torná-lo a nova versão?</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file at {service}. The file before stays there among its versions; its approval does not count for the new one.</source>
        <translation>“{name}” recebe o arquivo alterado em {service}. O arquivo anterior fica lá entre as versões; a aprovação dele não vale para o novo.</translation>
    </message>
    <message>
        <source>Make New Version</source>
        <translation>Criar nova versão</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Take In as a New Master…</source>
        <translation>Incorporar como novo master…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version: its approval does not count for it.</source>
        <translation>“{name}” foi alterado em outro programa. É uma nova versão: a aprovação não vale para ela.</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version.</source>
        <translation>“{name}” foi alterado em outro programa. É uma nova versão.</translation>
    </message>
</context>
<context>
    <name>OrganizationPage</name>
    <message>
        <source>Which organisation?</source>
        <translation>Qual organização?</translation>
    </message>
    <message>
        <source>A library shows one organisation. Connect again to add another one beside it.</source>
        <translation>Uma biblioteca mostra uma organização. Conecte de novo para adicionar outra ao lado dela.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Escolher</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>Organizações</translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>%Ln arquivo baixado em {folder}.</numerusform>
            <numerusform>%Ln arquivos baixados em {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln já estava lá.</numerusform>
            <numerusform>%Ln já estavam lá.</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>O sistema não tem programa para abrir {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>%Ln original está aqui agora. Arraste-o de novo.</numerusform>
            <numerusform>%Ln originais estão aqui agora. Arraste-os de novo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherServiceDialog</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Conectar a outro serviço</translation>
    </message>
</context>
<context>
    <name>OtherServiceForm</name>
    <message>
        <source>Connect Another Service</source>
        <translation>Conectar a outro serviço</translation>
    </message>
    <message>
        <source>A package that you installed beside Asset Bridge brings it. Secrets are kept in this computer’s keyring, never in plain text.</source>
        <translation>Um pacote instalado junto com o Asset Bridge traz isto. Os segredos ficam no chaveiro deste computador, nunca em texto simples.</translation>
    </message>
    <message>
        <source>The name that the service tells</source>
        <translation>O nome que o serviço informa</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>No package that brings another kind of library is installed. The documentation of libraries says what such a package provides.</source>
        <translation>Não há nenhum pacote instalado que traga outro tipo de biblioteca. A documentação das bibliotecas diz o que um pacote desses fornece.</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Entrar em {library} de novo</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Entrando…</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>&amp;Serviço</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Nome no Asset Bridge</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>Text and pictures</source>
        <translation>Texto e imagens</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>Seu texto</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Fonte</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Negrito</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>Tamanho das letras</translation>
    </message>
    <message>
        <source>Brand kit…</source>
        <translation>Kit da marca…</translation>
    </message>
    <message>
        <source>Add a text</source>
        <translation>Adicionar um texto</translation>
    </message>
    <message>
        <source>Public ID, such as brand/logo</source>
        <translation>Public ID, como brand/logo</translation>
    </message>
    <message>
        <source>Public ID of the picture</source>
        <translation>Public ID da imagem</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largura</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>Opacidade (%)</translation>
    </message>
    <message>
        <source>Add the picture</source>
        <translation>Adicionar a imagem</translation>
    </message>
    <message>
        <source>Drag it to its place on the picture, or move it with the arrow keys.</source>
        <translation>Arraste para o lugar na imagem ou mova com as setas.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagem</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>Adicionar uma imagem</translation>
    </message>
    <message>
        <source>Add a colour to the brand kit</source>
        <translation>Adicionar uma cor ao kit da marca</translation>
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
        <translation>Digite um comando, um lugar, uma predefinição ou uma busca…</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Localizar um comando</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Comandos</translation>
    </message>
    <message>
        <source>↑ ↓ to choose  ·  Enter to run  ·  Esc to close</source>
        <translation>↑ ↓ para escolher  ·  Enter para executar  ·  Esc para fechar</translation>
    </message>
    <message>
        <source>Nothing is called that. Enter searches the assets for it.</source>
        <translation>Nada tem esse nome. Enter busca esse nome nos ativos.</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Frase secreta</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>A mesma de &amp;novo</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Escolher uma frase secreta</translation>
    </message>
    <message>
        <source>There is no keyring service here, so secrets are kept in an encrypted file. The passphrase is asked for after each start. Nobody can restore it for you; if it is lost, you add your accounts again and nothing else is.</source>
        <translation>Não há serviço de chaveiro aqui, por isso os segredos ficam em um arquivo criptografado. A frase secreta é pedida após cada inicialização. Ninguém pode recuperá-la; se ela se perder, basta adicionar suas contas de novo, e nada mais se perde.</translation>
    </message>
    <message>
        <source>Create the key store</source>
        <translation>Criar o repositório de chaves</translation>
    </message>
    <message>
        <source>Open the key store</source>
        <translation>Abrir o repositório de chaves</translation>
    </message>
    <message>
        <source>There is no keyring service here; secrets are in an encrypted file.</source>
        <translation>Não há serviço de chaveiro aqui; os segredos estão em um arquivo criptografado.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>Digitar a frase secreta</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>Pelo menos %Ln caractere; o ideal são algumas palavras</numerusform>
            <numerusform>Pelo menos %Ln caracteres; o ideal são algumas palavras</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the same twice, so that a slip of the finger cannot lock you out</source>
        <translation>Digite a mesma duas vezes, para que um erro de digitação não bloqueie seu acesso</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview of {name}</source>
        <translation>Visualização de {name}</translation>
    </message>
</context>
<context>
    <name>PictureControls</name>
    <message>
        <source>Turn (degrees)</source>
        <translation>Rotação (graus)</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>Multiplicação</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Divisão (Screen)</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Sobreposição</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>Modo de mesclagem</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Repeat all over</source>
        <translation>Repetir por toda parte</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Where it went</source>
        <translation>Para onde foi</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>Copiar endereço</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Mostrar no gerenciador de arquivos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>%Ln desatualizado</numerusform>
            <numerusform>%Ln desatualizados</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>O sistema não tem programa para abrir {path}.</translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message>
        <source>Getting files ready</source>
        <translation>Preparando arquivos</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Preparando %Ln arquivo…</numerusform>
            <numerusform>Preparando %Ln arquivos…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>Será solto assim que %Ln arquivo estiver pronto. Pressione Esc para cancelar.</numerusform>
            <numerusform>Serão soltos assim que %Ln arquivos estiverem prontos. Pressione Esc para cancelar.</numerusform>
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
        <translation>&amp;Alterar…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Remover</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Salvar</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Políticas</translation>
    </message>
    <message>
        <source>What {account} demands</source>
        <translation>O que {account} exige</translation>
    </message>
    <message>
        <source>Every policy that holds for a master counts: stages add up, and the stricter wins. They are asked for before anything leaves, whoever sends it.</source>
        <translation>Toda política que vale para um master conta: as etapas se somam, e a mais rigorosa prevalece. Elas são verificadas antes que algo saia, seja quem for que envie.</translation>
    </message>
    <message>
        <source>&amp;New Policy…</source>
        <translation>&amp;Nova política…</translation>
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
        <translation>Nenhuma política vale: basta uma aprovação do master.</translation>
    </message>
    <message>
        <source>each rendition</source>
        <translation>cada variante</translation>
    </message>
    <message>
        <source>files, too</source>
        <translation>arquivos também</translation>
    </message>
    <message>
        <source>filled in: {fields}</source>
        <translation>preenchidos: {fields}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>tudo</translation>
    </message>
    <message>
        <source>an approval</source>
        <translation>uma aprovação</translation>
    </message>
    <message>
        <source>Import policies</source>
        <translation>Importar políticas</translation>
    </message>
    <message>
        <source>Export policies</source>
        <translation>Exportar políticas</translation>
    </message>
    <message>
        <source>{file}: written</source>
        <translation>{file}: gravado</translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message>
        <source>Policies are those of a Cloudinary account. Add one first.</source>
        <translation>As políticas pertencem a uma conta do Cloudinary. Adicione uma primeiro.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>%Ln ativo está retido de novo, com registro.</numerusform>
            <numerusform>%Ln ativos estão retidos de novo, com registro.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>%Ln ativo foi liberado, com registro.</numerusform>
            <numerusform>%Ln ativos foram liberados, com registro.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Each &amp;rendition needs an approval of its own</source>
        <translation>Cada &amp;variante precisa de uma aprovação própria</translation>
    </message>
    <message>
        <source>The &amp;gate is asked of files that are taken out, too</source>
        <translation>O controle também vale para os &amp;arquivos retirados</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Usar</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>Nova política</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>An empty line limits nothing. Channels and markets are those of renditions: a push of a master has neither yet. Several words have commas in between, and who decides in several stages semicolons.</source>
        <translation>Uma linha vazia não limita nada. Canais e mercados são os das variantes: o envio de um master ainda não tem nenhum deles. Várias palavras são separadas por vírgulas, e quem decide em várias etapas, por ponto e vírgula.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>Tipos</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>&amp;Pastas</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>&amp;Tags</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Canais</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>&amp;Mercados</translation>
    </message>
    <message>
        <source>&amp;Stages that approve</source>
        <translation>&amp;Etapas que aprovam</translation>
    </message>
    <message>
        <source>&amp;Who decides in a stage</source>
        <translation>&amp;Quem decide em uma etapa</translation>
    </message>
    <message>
        <source>Roles that may &amp;override</source>
        <translation>Funções que podem &amp;liberar</translation>
    </message>
    <message>
        <source>Required fields</source>
        <translation>Campos obrigatórios</translation>
    </message>
    <message>
        <source>Required in &amp;languages</source>
        <translation>Obrigatório nos &amp;idiomas</translation>
    </message>
    <message>
        <source>An approval is &amp;kept below a difference of</source>
        <translation>Manter a aprovação com diferença in&amp;ferior a</translation>
    </message>
    <message>
        <source>Nothing leaves in which this is empty</source>
        <translation>Nada sai se isto estiver vazio</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vídeos</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Áudio</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Outros</translation>
    </message>
</context>
<context>
    <name>Preloading</name>
    <message>
        <source>There is no picture of this file</source>
        <translation>Não há imagem deste arquivo</translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message>
        <source>Of {assets}. Their addresses go on showing what they show now; what is made from now on is different.</source>
        <translation>De {assets}. Os endereços continuam mostrando o que mostram agora; o que for criado daqui em diante será diferente.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>Salvar mesmo assim</translation>
    </message>
    <message>
        <source>“{preset}” was saved.</source>
        <translation>“{preset}” foi salva.</translation>
    </message>
    <message>
        <source>{preset} (copy)</source>
        <translation>{preset} (cópia)</translation>
    </message>
    <message>
        <source>“{preset}” was duplicated.</source>
        <translation>“{preset}” foi duplicada.</translation>
    </message>
    <message>
        <source>“{preset}” was deleted.</source>
        <translation>“{preset}” foi excluída.</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>Excluir mesmo assim</translation>
    </message>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>%Ln variante publicada fica para trás</numerusform>
            <numerusform>%Ln variantes publicadas ficam para trás</numerusform>
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
        <translation>Predefinições à sua escolha</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Predefinições</translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>%Ln variante está sendo criada.</numerusform>
            <numerusform>%Ln variantes estão sendo criadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is being written.</source>
        <translation>{file} está sendo gravado.</translation>
    </message>
</context>
<context>
    <name>PresetFields</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Banner de verão 1200 × 630</translation>
    </message>
    <message>
        <source>Everywhere; or DE, US-CA, EMEA</source>
        <translation>Em toda parte; ou DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>All; or de, pt-BR</source>
        <translation>Todos; ou de, pt-BR</translation>
    </message>
    <message>
        <source>E&amp;xactly, not at most</source>
        <translation>Ex&amp;atamente, não no máximo</translation>
    </message>
    <message>
        <source>Any; or jpg, png</source>
        <translation>Qualquer um; ou jpg, png</translation>
    </message>
    <message>
        <source>As the master</source>
        <translation>Como o master</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Largura em pixels</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Altura em pixels</translation>
    </message>
    <message>
        <source>any</source>
        <translation>qualquer</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>qualquer tamanho</translation>
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
        <translation>&amp;Nome</translation>
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
        <translation>Pi&amp;xels que o canal exige</translation>
    </message>
    <message>
        <source>Lar&amp;gest file</source>
        <translation>Ar&amp;quivo maior</translation>
    </message>
    <message>
        <source>Formats it ta&amp;kes</source>
        <translation>Formatos que ac&amp;eita</translation>
    </message>
</context>
<context>
    <name>PresetForm</name>
    <message>
        <source>New preset</source>
        <translation>Nova predefinição</translation>
    </message>
    <message>
        <source>Change preset</source>
        <translation>Alterar predefinição</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>T&amp;ransformation</source>
        <translation>T&amp;ransformação</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Sem visualização</translation>
    </message>
</context>
<context>
    <name>PresetKeeping</name>
    <message>
        <source>Taken back: {act}</source>
        <translation>Desfeito: {act}</translation>
    </message>
</context>
<context>
    <name>PresetPreviews</name>
    <message>
        <source>Its texts come from a market table: {names}</source>
        <translation>Os textos vêm de uma tabela de mercados: {names}</translation>
    </message>
</context>
<context>
    <name>PresetSaving</name>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>There is a preset of this name. Sets that use it make what you see here from now on; its format, markets and languages, and what its channel asks for, stay.</source>
        <translation>Já existe uma predefinição com este nome. Os conjuntos que a usam passam a criar o que você vê aqui; o formato, os mercados e idiomas e o que o canal exige ficam.</translation>
    </message>
    <message>
        <source>Replace the steps of “{preset}”?</source>
        <translation>Substituir as etapas de “{preset}”?</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Voltar</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets and sets</source>
        <translation>Predefinições e conjuntos</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Des&amp;fazer</translation>
    </message>
    <message>
        <source>A preset is a transformation with a purpose; a set is what one needs.</source>
        <translation>Uma predefinição é uma transformação com uma finalidade; um conjunto é o que se precisa.</translation>
    </message>
    <message>
        <source>Shown on {name}.</source>
        <translation>Mostrado em {name}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
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
        <translation>Predefinições</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>Conjuntos</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>No Cloudinary</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>Desfazer: {act}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>Gravado em {file}.</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>{file} foi importado.</translation>
    </message>
    <message>
        <source>Replace what is here?</source>
        <translation>Substituir o que está aqui?</translation>
    </message>
    <message>
        <source>{names} exist already and say something else. They take over what the file says; you can undo it.</source>
        <translation>{names} já existem e dizem outra coisa. Elas assumem o que diz o arquivo; você pode desfazer.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Importar predefinições</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Predefinições (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Exportar predefinições</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Search presets</source>
        <translation>Buscar predefinições</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Predefinições</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nova…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Alterar…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplicar</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>Excl&amp;uir</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformação</translation>
    </message>
    <message>
        <source>Open in the &amp;studio</source>
        <translation>Abrir no e&amp;stúdio</translation>
    </message>
    <message>
        <source>In {sets}</source>
        <translation>Em {sets}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>%Ln variante publicada com ela</numerusform>
            <numerusform>%Ln variantes publicadas com ela</numerusform>
        </translation>
    </message>
    <message>
        <source>The presets are in another order.</source>
        <translation>As predefinições estão em outra ordem.</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Choose one asset in the window to see what presets make of it.</source>
        <translation>Escolha um ativo na janela para ver o que as predefinições fazem dele.</translation>
    </message>
    <message>
        <source>Is being made…</source>
        <translation>Criando…</translation>
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
        <translation>Publicar em “{name}”</translation>
    </message>
    <message>
        <source>No content type of this stack has a field that takes pictures.</source>
        <translation>Nenhum tipo de conteúdo deste stack tem um campo que aceite imagens.</translation>
    </message>
    <message>
        <source>No renditions were made of the chosen assets yet. Have them made in the cloud first, with “Publish Renditions”.</source>
        <translation>Ainda não foram criadas variantes dos ativos selecionados. Crie-as primeiro na nuvem, com “Publicar variantes”.</translation>
    </message>
    <message>
        <source>None of the renditions may be published now. Below it says why.</source>
        <translation>Nenhuma das variantes pode ser publicada agora. Abaixo consta o motivo.</translation>
    </message>
    <message>
        <source>A part of its title</source>
        <translation>Parte do título</translation>
    </message>
    <message>
        <source>Only where several Cloudinary ones are in use</source>
        <translation>Somente quando há várias do Cloudinary em uso</translation>
    </message>
    <message>
        <source>Content &amp;type</source>
        <translation>&amp;Tipo de conteúdo</translation>
    </message>
    <message>
        <source>&amp;Find an entry</source>
        <translation>&amp;Localizar uma entrada</translation>
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
        <translation>&amp;Configuração</translation>
    </message>
    <message>
        <source>Locales</source>
        <translation>Locales</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Choose an entry</source>
        <translation>Escolha uma entrada</translation>
    </message>
    <message>
        <source>No entry has that in its title</source>
        <translation>Nenhuma entrada tem isso no título</translation>
    </message>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>Publicar em %Ln locale</numerusform>
            <numerusform>Publicar em %Ln locales</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publicar</translation>
    </message>
    <message>
        <source>{name} is asked what there is…</source>
        <translation>Perguntando a {name} o que existe…</translation>
    </message>
    <message>
        <source>The gate and the entry are asked…</source>
        <translation>Consultando o controle e a entrada…</translation>
    </message>
</context>
<context>
    <name>PushForm</name>
    <message>
        <source>The top of the media library</source>
        <translation>O nível mais alto da biblioteca de mídia</translation>
    </message>
    <message>
        <source>spring, lookbook</source>
        <translation>primavera, lookbook</translation>
    </message>
    <message>
        <source>Separate tags with commas</source>
        <translation>Separe as tags com vírgulas</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhuma</translation>
    </message>
    <message>
        <source>The name of a signed upload preset of this product environment</source>
        <translation>O nome de uma predefinição de upload assinada deste ambiente de produto</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Mais opções</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>&amp;Pasta de destino</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>Ta&amp;gs</translation>
    </message>
    <message>
        <source>Upload &amp;preset</source>
        <translation>P&amp;redefinição de upload</translation>
    </message>
</context>
<context>
    <name>PushMetadata</name>
    <message>
        <source>Structured &amp;metadata</source>
        <translation>&amp;Metadados estruturados</translation>
    </message>
    <message>
        <source>Everything that is sent gets these values</source>
        <translation>Tudo o que é enviado recebe estes valores</translation>
    </message>
    <message>
        <source>Choose a field…</source>
        <translation>Escolher um campo…</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>Adicionar um valor</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>Desativado por uma regra em razão do que dizem os outros campos.</translation>
    </message>
</context>
<context>
    <name>PushOptions</name>
    <message>
        <source>If &amp;delivered before</source>
        <translation>Se já &amp;entregue</translation>
    </message>
    <message>
        <source>Replace the earlier one</source>
        <translation>Substituir o anterior</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Manter ambos</translation>
    </message>
    <message>
        <source>Leave the earlier one</source>
        <translation>Manter o anterior</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public &amp;ID</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nome do arquivo</translation>
    </message>
    <message>
        <source>File name, always unique</source>
        <translation>Nome do arquivo, sempre único</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Aleatório</translation>
    </message>
    <message>
        <source>Display &amp;name</source>
        <translation>&amp;Nome de exibição</translation>
    </message>
    <message>
        <source>As in the public ID</source>
        <translation>Como no public ID</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>&amp;Acesso</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Everybody, while the rights hold</source>
        <translation>Todos, enquanto os direitos valerem</translation>
    </message>
    <message>
        <source>With a token only</source>
        <translation>Somente com um token</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>Tip&amp;o de entrega</translation>
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
        <translation>Mo&amp;deração</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhuma</translation>
    </message>
    <message>
        <source>By a person, in Cloudinary</source>
        <translation>Por uma pessoa, no Cloudinary</translation>
    </message>
    <message>
        <source>campaign=spring, season=2027</source>
        <translation>campanha=primavera, temporada=2027</translation>
    </message>
    <message>
        <source>Pairs of name and value, separated by commas</source>
        <translation>Pares de nome e valor, separados por vírgulas</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>&amp;Contexto</translation>
    </message>
    <message>
        <source>Presets or sets, separated by commas; Cloudinary makes them at once</source>
        <translation>Predefinições ou conjuntos, separados por vírgulas; o Cloudinary os cria imediatamente</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>&amp;Variantes</translation>
    </message>
    <message>
        <source>Markets and &amp;languages</source>
        <translation>Mercados e &amp;idiomas</translation>
    </message>
    <message>
        <source>This product environment has fixed folders: it shows the public ID</source>
        <translation>Este ambiente de produto tem pastas fixas: ele mostra o public ID</translation>
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
        <translation>O que vai acontecer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>Adicionar conta…</translation>
    </message>
    <message>
        <source>Which Cloudinary?</source>
        <translation>Qual Cloudinary?</translation>
    </message>
    <message>
        <source>There is no Cloudinary account here yet. Add one, and this push goes on where it is now. Nothing is sent before you have seen the plan.</source>
        <translation>Ainda não há conta do Cloudinary aqui. Adicione uma, e este envio continua de onde está. Nada é enviado antes de você ver o plano.</translation>
    </message>
    <message>
        <source>Push to {environment}</source>
        <translation>Enviar para {environment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>%Ln ativo examinado</numerusform>
            <numerusform>%Ln ativos examinados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>Enviar %Ln ativo ({size})</numerusform>
            <numerusform>Enviar %Ln ativos ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln arquivo</numerusform>
            <numerusform>%Ln arquivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>%Ln chamada de API</numerusform>
            <numerusform>%Ln chamadas de API</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>%Ln ativo derivado</numerusform>
            <numerusform>%Ln ativos derivados</numerusform>
        </translation>
    </message>
    <message>
        <source>It will be sent.</source>
        <translation>Será enviado.</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>%Ln ativo será enviado.</numerusform>
            <numerusform>Todos os %Ln ativos serão enviados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>{sending} de %Ln ativo será enviado</numerusform>
            <numerusform>{sending} de %Ln ativos serão enviados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln retido</numerusform>
            <numerusform>%Ln retidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>%Ln já está lá ou a caminho</numerusform>
            <numerusform>%Ln já estão lá ou a caminho</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be pushed…</source>
        <translation>Anotando o que será enviado…</translation>
    </message>
    <message>
        <source>Nothing can be sent before what is marked is right</source>
        <translation>Nada pode ser enviado antes de corrigir o que está marcado</translation>
    </message>
    <message>
        <source>Comparing with what is there…</source>
        <translation>Comparando com o que há lá…</translation>
    </message>
    <message>
        <source>Nothing can be sent: each of them is held back</source>
        <translation>Nada pode ser enviado: todos estão retidos</translation>
    </message>
    <message>
        <source>Nothing to send: what is allowed is there already, or on its way</source>
        <translation>Nada a enviar: o que é permitido já está lá ou a caminho</translation>
    </message>
    <message>
        <source>Nothing to send: all of it is there already, or on its way</source>
        <translation>Nada a enviar: tudo já está lá ou a caminho</translation>
    </message>
    <message>
        <source>You are offline: these go out when the connection is back.</source>
        <translation>Você está offline: estes saem quando a conexão voltar.</translation>
    </message>
    <message>
        <source>You work offline: these go out when you go online again.</source>
        <translation>Você está trabalhando offline: estes saem quando você ficar online de novo.</translation>
    </message>
    <message>
        <source>Pushing is paused: these wait in the queue until you go on.</source>
        <translation>O envio está pausado: estes aguardam na fila até você continuar.</translation>
    </message>
    <message>
        <source>Their new versions take their places: the same addresses then show them, everywhere. To keep the earlier ones as well, choose Keep both.</source>
        <translation>As novas versões tomam o lugar deles: os mesmos endereços passam a mostrá-las em toda parte. Para manter também as anteriores, escolha Manter ambos.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>Substituir %Ln ativo entregue?</numerusform>
            <numerusform>Substituir %Ln ativos entregues?</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Voltar</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>Perguntas</translation>
    </message>
</context>
<context>
    <name>QuestionRows</name>
    <message>
        <source>Saved reports</source>
        <translation>Relatórios salvos</translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>%Ln para revisar</numerusform>
            <numerusform>%Ln para revisar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln atrasado</numerusform>
            <numerusform>%Ln atrasados</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message>
        <source>Pushes</source>
        <translation>Envios</translation>
    </message>
    <message>
        <source>Copying into libraries</source>
        <translation>Cópias para bibliotecas</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Variantes</translation>
    </message>
    <message>
        <source>Channel kits</source>
        <translation>Kits de canais</translation>
    </message>
    <message>
        <source>Archives of campaigns</source>
        <translation>Arquivamento de campanhas</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadados</translation>
    </message>
    <message>
        <source>Decisions that others are told</source>
        <translation>Decisões comunicadas a outros</translation>
    </message>
    <message>
        <source>Changes at Cloudinary</source>
        <translation>Alterações no Cloudinary</translation>
    </message>
    <message>
        <source>Telling other systems</source>
        <translation>Avisos a outros sistemas</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} de {total}</translation>
    </message>
    <message>
        <source>Waits for the connection, and goes on by itself</source>
        <translation>Aguarda a conexão e continua automaticamente</translation>
    </message>
    <message>
        <source>Waits for the account: log in again, or mend its key</source>
        <translation>Aguarda a conta: entre de novo ou corrija a chave</translation>
    </message>
    <message>
        <source>Waits until files have been read</source>
        <translation>Aguarda a leitura dos arquivos</translation>
    </message>
    <message>
        <source>Waits, and goes on by itself</source>
        <translation>Aguarda e continua automaticamente</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln concluído</numerusform>
            <numerusform>%Ln concluídos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>%Ln falhou: veja o motivo nas transferências</numerusform>
            <numerusform>%Ln falharam: veja o motivo nas transferências</numerusform>
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
        <translation>Próximo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>RawText</name>
    <message>
        <source>Transformation</source>
        <translation>Transformação</translation>
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
        <translation>Usados recentemente</translation>
    </message>
</context>
<context>
    <name>RelateDialog</name>
    <message>
        <source>Relate assets to “{name}”</source>
        <translation>Relacionar ativos a “{name}”</translation>
    </message>
    <message>
        <source>Related assets know each other, whichever of them one looks at.</source>
        <translation>Ativos relacionados conhecem uns aos outros, seja qual for o que se olhe.</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>Relacionar</translation>
    </message>
    <message>
        <source>Search this environment</source>
        <translation>Buscar neste ambiente</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Ativos</translation>
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
        <translation>Ativos relacionados</translation>
    </message>
    <message>
        <source>Show related assets</source>
        <translation>Mostrar ativos relacionados</translation>
    </message>
    <message>
        <source>Relate other assets to this one</source>
        <translation>Relacionar outros ativos a este</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>Nenhum por enquanto.</translation>
    </message>
    <message>
        <source>No longer related</source>
        <translation>Não mais relacionado</translation>
    </message>
    <message>
        <source>End the relation to {name}</source>
        <translation>Encerrar a relação com {name}</translation>
    </message>
</context>
<context>
    <name>RenditionCard</name>
    <message>
        <source>Comes from delivery…</source>
        <translation>Vindo da entrega…</translation>
    </message>
    <message>
        <source>Copy the {what} of {preset}</source>
        <translation>Copiar {what} de {preset}</translation>
    </message>
    <message>
        <source>What came cannot be shown.</source>
        <translation>O que chegou não pode ser mostrado.</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % menor</translation>
    </message>
    <message>
        <source>The picture comes when the connection is back. The address is good.</source>
        <translation>A imagem chega quando a conexão voltar. O endereço está correto.</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>URL copiado</translation>
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
        <translation>Arraste para outro programa</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Abrir no navegador</translation>
    </message>
    <message>
        <source>Open {preset} in the browser</source>
        <translation>Abrir {preset} no navegador</translation>
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
        <translation>Todas as predefinições</translation>
    </message>
    <message>
        <source>May not be delivered</source>
        <translation>Não pode ser entregue</translation>
    </message>
    <message>
        <source>No renditions</source>
        <translation>Nenhuma variante</translation>
    </message>
    <message>
        <source>Select one asset to see how it is delivered.</source>
        <translation>Selecione um ativo para ver como ele é entregue.</translation>
    </message>
    <message>
        <source>Not pushed yet</source>
        <translation>Ainda não enviado</translation>
    </message>
    <message>
        <source>Renditions are made from the copy in Cloudinary. Push this asset, and they appear here.</source>
        <translation>As variantes são criadas a partir da cópia no Cloudinary. Envie este ativo, e elas aparecem aqui.</translation>
    </message>
    <message>
        <source>Changed since it was pushed</source>
        <translation>Mudou desde o envio</translation>
    </message>
    <message>
        <source>Delivered as it is</source>
        <translation>Entregue como está</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>O Cloudinary cria variantes de imagens e vídeos. Este arquivo é entregue sem alterações.</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>What was replaced</source>
        <translation>O que foi substituído</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Destinos</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
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
        <translation>A tabela por trás do gráfico</translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>Ainda não há conta. Adicione uma primeiro.</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>Ver…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>%Ln cópia entregue não pode mais ser vista. Ela é retirada depois que você a conferir.</numerusform>
            <numerusform>%Ln cópias entregues não podem mais ser vistas. Elas são retiradas depois que você as conferir.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>A visibilidade de %Ln cópia entregue está sendo alterada.</numerusform>
            <numerusform>A visibilidade de %Ln cópias entregues está sendo alterada.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message>
        <source>Retractions in {account}</source>
        <translation>Retiradas em {account}</translation>
    </message>
    <message>
        <source>Looking at what is delivered…</source>
        <translation>Verificando o que está entregue…</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>A fazer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Concluídas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>A fazer (%Ln)</numerusform>
            <numerusform>A fazer (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>Concluídas (%Ln)</numerusform>
            <numerusform>Concluídas (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>%Ln cópia entregue não pode mais ser vista.</numerusform>
            <numerusform>%Ln cópias entregues não podem mais ser vistas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>%Ln variante não pode mais ser vista.</numerusform>
            <numerusform>%Ln variantes não podem mais ser vistas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>%Ln está permitida de novo.</numerusform>
            <numerusform>%Ln estão permitidas de novo.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that is delivered may be seen.</source>
        <translation>Tudo o que está entregue pode ser visto.</translation>
    </message>
    <message>
        <source>That is much at once. Nothing is taken away before you have looked at the names.</source>
        <translation>É muita coisa de uma vez. Nada é retirado antes de você conferir os nomes.</translation>
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
            <numerusform>Restaurar %Ln</numerusform>
            <numerusform>Restaurar %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>it is allowed again</source>
        <translation>está permitida de novo</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>{name}, rendition {preset}</source>
        <translation>{name}, variante {preset}</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>Ainda não comprovada</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>Retirada</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Restaurada</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>Não alterada</translation>
    </message>
    <message>
        <source>Was gone</source>
        <translation>Já não existia</translation>
    </message>
</context>
<context>
    <name>ReviewErrands</name>
    <message>
        <source>There is nothing to review here.</source>
        <translation>Não há nada para revisar aqui.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
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
        <translation>Uma imagem</translation>
    </message>
    <message>
        <source>Compare below a line (V)</source>
        <translation>Comparar com uma linha divisória (V)</translation>
    </message>
    <message>
        <source>Onion skin (V)</source>
        <translation>Sobreposição translúcida (V)</translation>
    </message>
    <message>
        <source>Difference (V)</source>
        <translation>Diferença (V)</translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>Pacote de revisão de %Ln ativo</numerusform>
            <numerusform>Pacote de revisão de %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Os &amp;masters</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Estas va&amp;riantes</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Write Pack</source>
        <translation>Gravar pacote</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Pictures and a page that opens in any browser. What comes back of it is a file with verdicts and comments, for “Import Verdicts”.</source>
        <translation>Imagens e uma página que abre em qualquer navegador. O que volta é um arquivo com pareceres e comentários, para “Importar pareceres”.</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>O que deve ser observado?</translation>
    </message>
    <message>
        <source>The whole review</source>
        <translation>A revisão inteira</translation>
    </message>
    <message>
        <source>What the verdicts that come back decide</source>
        <translation>O que decidem os pareceres que voltam</translation>
    </message>
    <message>
        <source>A name that ends in .zip makes a ZIP, any other a folder</source>
        <translation>Um nome terminado em .zip gera um ZIP; qualquer outro, uma pasta</translation>
    </message>
    <message>
        <source>Choose where the pack is written to</source>
        <translation>Escolher onde o pacote é gravado</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Observação</translation>
    </message>
    <message>
        <source>&amp;Where to</source>
        <translation>On&amp;de</translation>
    </message>
    <message>
        <source>They decide the &amp;stage</source>
        <translation>Eles decidem a &amp;etapa</translation>
    </message>
    <message>
        <source>Write the review pack to</source>
        <translation>Gravar o pacote de revisão em</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>Arquivos ZIP (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln imagem</numerusform>
            <numerusform>%Ln imagens</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {whole} pictures</source>
        <translation>{done} de {whole} imagens</translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message>
        <source>Import verdicts</source>
        <translation>Importar pareceres</translation>
    </message>
    <message>
        <source>Verdicts (*.json)</source>
        <translation>Pareceres (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
    </message>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>{name} contém %Ln imagem.</numerusform>
            <numerusform>{name} contém %Ln imagens.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Mostrar no gerenciador de arquivos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln imagem não está no pacote. {name}: {why}</numerusform>
            <numerusform>%Ln imagens não estão no pacote. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>%Ln vídeo está no pacote como uma única imagem. {name}: {why}</numerusform>
            <numerusform>%Ln vídeos estão no pacote, cada um como uma única imagem. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln parecer</numerusform>
            <numerusform>%Ln pareceres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln comentário</numerusform>
            <numerusform>%Ln comentários</numerusform>
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
        <translation>Importar pareceres</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>What will be recorded</source>
        <translation>O que será registrado</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Verdicts of {name} on “{pack}”</source>
        <translation>Pareceres de {name} sobre “{pack}”</translation>
    </message>
    <message>
        <source>Recorded as decisions and comments of {who}.</source>
        <translation>Registrados como decisões e comentários de {who}.</translation>
    </message>
    <message>
        <source>This file was imported on {moment}: there is nothing new in it.</source>
        <translation>Este arquivo foi importado em {moment}: não há nada de novo nele.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>%Ln deles não pode ser registrado; consta o motivo.</numerusform>
            <numerusform>%Ln deles não podem ser registrados; em cada um consta o motivo.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>Não há nada de novo neste arquivo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln comentário: {text}</numerusform>
            <numerusform>%Ln comentários: {text}</numerusform>
        </translation>
    </message>
    <message>
        <source>On record already</source>
        <translation>Já registrado</translation>
    </message>
    <message>
        <source>Comments only</source>
        <translation>Somente comentários</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retido</translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message>
        <source>Review queue</source>
        <translation>Fila de revisão</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln a decidir</numerusform>
            <numerusform>%Ln a decidir</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln atrasado</numerusform>
            <numerusform>%Ln atrasados</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}: %Ln imagem aguarda {reviewers}.</numerusform>
            <numerusform>{title}: %Ln imagens aguardam {reviewers}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message>
        <source>Close Request…</source>
        <translation>Encerrar solicitação…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisar</translation>
    </message>
    <message>
        <source>Review Pack…</source>
        <translation>Pacote de revisão…</translation>
    </message>
    <message>
        <source>Look at Moderation Now</source>
        <translation>Consultar a moderação agora</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Para quem</translation>
    </message>
    <message>
        <source>Whose queue is shown</source>
        <translation>De quem é a fila mostrada</translation>
    </message>
    <message>
        <source>Review requests</source>
        <translation>Solicitações de revisão</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>A decidir</translation>
    </message>
    <message>
        <source>Hand these pictures to somebody who has no account</source>
        <translation>Entregar estas imagens a alguém que não tem conta</translation>
    </message>
    <message>
        <source>Ask Cloudinary what waits for a moderator</source>
        <translation>Perguntar ao Cloudinary o que aguarda um moderador</translation>
    </message>
    <message>
        <source>You ({name})</source>
        <translation>Você ({name})</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tudo</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln a decidir</numerusform>
            <numerusform>%Ln a decidir</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln atrasado</numerusform>
            <numerusform>%Ln atrasados</numerusform>
        </translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>Sem prazo</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>Resta %Ln</numerusform>
            <numerusform>Restam %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Concluído</translation>
    </message>
    <message>
        <source>Nothing here waits for this person.</source>
        <translation>Nada aqui aguarda esta pessoa.</translation>
    </message>
    <message>
        <source>{who} asks {reviewers}</source>
        <translation>{who} solicita a {reviewers}</translation>
    </message>
    <message>
        <source>Close “{title}”?</source>
        <translation>Encerrar “{title}”?</translation>
    </message>
    <message>
        <source>Nobody is asked to look at it any more. What was decided stays.</source>
        <translation>Ninguém mais é solicitado a olhar. O que foi decidido permanece.</translation>
    </message>
    <message>
        <source>Close Request</source>
        <translation>Encerrar solicitação</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>Manter aberta</translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>Solicitar revisão de %Ln ativo</numerusform>
            <numerusform>Solicitar revisão de %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>Os &amp;masters</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>Estas va&amp;riantes</translation>
    </message>
    <message>
        <source>&amp;Due</source>
        <translation>Pra&amp;zo</translation>
    </message>
    <message>
        <source>Ask for Review</source>
        <translation>Solicitar revisão</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>Qual é o assunto?</translation>
    </message>
    <message>
        <source>Due date and time</source>
        <translation>Data e hora do prazo</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>O que deve ser observado?</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Título</translation>
    </message>
    <message>
        <source>What</source>
        <translation>O quê</translation>
    </message>
    <message>
        <source>Re&amp;viewers</source>
        <translation>Re&amp;visores</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Até</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Observação</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} e mais %Ln</numerusform>
            <numerusform>{name} e mais %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>%Ln imagem para olhar</numerusform>
            <numerusform>%Ln imagens para olhar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>{title}: review</source>
        <translation>{title}: revisão</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Comentários</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
</context>
<context>
    <name>RightsCalendar</name>
    <message>
        <source>Rights calendar</source>
        <translation>Calendário de direitos</translation>
    </message>
    <message>
        <source>What begins and ends next, by the files and by what is claimed.</source>
        <translation>O que começa e termina a seguir, segundo os arquivos e o que foi declarado.</translation>
    </message>
    <message>
        <source>What &amp;begins, too</source>
        <translation>Também o que &amp;começa</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>Mostrar na biblioteca</translation>
    </message>
    <message>
        <source>Rights…</source>
        <translation>Direitos…</translation>
    </message>
    <message>
        <source>What begins and ends</source>
        <translation>O que começa e termina</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Nothing begins or ends in these three months.</source>
        <translation>Nada começa nem termina nestes três meses.</translation>
    </message>
</context>
<context>
    <name>RightsDocumentsList</name>
    <message>
        <source>Attach</source>
        <translation>Anexar</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>Remover</translation>
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
        <translation>Anexar um documento</translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>Direitos de %Ln ativo</numerusform>
            <numerusform>Direitos de %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>A claim never widens what a file says: of both, the stricter holds.</source>
        <translation>Uma declaração nunca amplia o que diz o arquivo: dos dois, vale o mais rigoroso.</translation>
    </message>
    <message>
        <source>Save as Template…</source>
        <translation>Salvar como modelo…</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Declarar</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Fill the form with what a template says</source>
        <translation>Preencher o formulário com o conteúdo de um modelo</translation>
    </message>
    <message>
        <source>What was claimed</source>
        <translation>O que foi declarado</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Histórico</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>These assets are not there any more.</source>
        <translation>Estes ativos não estão mais lá.</translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>Histórico (%Ln)</numerusform>
            <numerusform>Histórico (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that you do not touch stay as they are in each.</source>
        <translation>Os campos em que você não mexe ficam como estão em cada um.</translation>
    </message>
    <message>
        <source>Rights in “{name}”</source>
        <translation>Direitos de “{name}”</translation>
    </message>
    <message>
        <source>What holds now: {rights}</source>
        <translation>O que vale agora: {rights}</translation>
    </message>
    <message>
        <source>Template…</source>
        <translation>Modelo…</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>Salvar como modelo</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>Nome do modelo</translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message>
        <source>Calendar…</source>
        <translation>Calendário…</translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>Os direitos de %Ln ativo terminam em até um dia: {names}</numerusform>
            <numerusform>Os direitos de %Ln ativos terminam em até um dia: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>Os direitos de %Ln ativo terminam em até {days} dias: {names}</numerusform>
            <numerusform>Os direitos de %Ln ativos terminam em até {days} dias: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>Os direitos de %Ln ativo terminaram: {names}</numerusform>
            <numerusform>Os direitos de %Ln ativos terminaram: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>Os direitos de %Ln ativo foram registrados.</numerusform>
            <numerusform>Os direitos de %Ln ativos foram registrados.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsForm</name>
    <message>
        <source>Territories</source>
        <translation>Territórios</translation>
    </message>
    <message>
        <source>Not in</source>
        <translation>Exceto em</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canais</translation>
    </message>
    <message>
        <source>Not for</source>
        <translation>Exceto para</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Direitos</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>Valores diferentes</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Em toda parte</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>Nada é excluído</translation>
    </message>
    <message>
        <source>For everything</source>
        <translation>Para tudo</translation>
    </message>
    <message>
        <source>A contract, an e-mail, a person</source>
        <translation>Um contrato, um e-mail, uma pessoa</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Termos de uso</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;De</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>A&amp;té</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>Fuso &amp;horário</translation>
    </message>
    <message>
        <source>Where and for what</source>
        <translation>Onde e para quê</translation>
    </message>
    <message>
        <source>&amp;Territories</source>
        <translation>Te&amp;rritórios</translation>
    </message>
    <message>
        <source>&amp;Not in</source>
        <translation>Exceto e&amp;m</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Canais</translation>
    </message>
    <message>
        <source>Not f&amp;or</source>
        <translation>Exceto &amp;para</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Termos</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>&amp;Licença</translation>
    </message>
    <message>
        <source>Usa&amp;ge terms</source>
        <translation>Termos de &amp;uso</translation>
    </message>
    <message>
        <source>Cre&amp;dit line</source>
        <translation>Linha de créd&amp;ito</translation>
    </message>
    <message>
        <source>Sou&amp;rce</source>
        <translation>&amp;Fonte</translation>
    </message>
    <message>
        <source>Releases and documents</source>
        <translation>Autorizações e documentos</translation>
    </message>
    <message>
        <source>&amp;Model release</source>
        <translation>Autorizaçã&amp;o de modelo</translation>
    </message>
    <message>
        <source>&amp;Property release</source>
        <translation>Autori&amp;zação de propriedade</translation>
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
        <translation>brand, legal; vazio: todos</translation>
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
        <translation>Mais sobre “{field}”</translation>
    </message>
    <message>
        <source>{name} (Ctrl+.)</source>
        <translation>{name} (Ctrl+.)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Histórico…</translation>
    </message>
    <message>
        <source>&amp;Copy the Value</source>
        <translation>&amp;Copiar o valor</translation>
    </message>
    <message>
        <source>&amp;Empty It</source>
        <translation>&amp;Esvaziar</translation>
    </message>
    <message>
        <source>In Another &amp;Language</source>
        <translation>Em outro &amp;idioma</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>&amp;Outro…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Its tag, such as sv or pt-BR:</source>
        <translation>Código do idioma, como sv ou pt-BR:</translation>
    </message>
</context>
<context>
    <name>RuleConditions</name>
    <message>
        <source>and</source>
        <translation>e</translation>
    </message>
    <message>
        <source>or</source>
        <translation>ou</translation>
    </message>
    <message>
        <source>is</source>
        <translation>é</translation>
    </message>
    <message>
        <source>has</source>
        <translation>tem</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>está preenchido</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>está vazio</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>Vários separados por vírgulas</translation>
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
        <translation>Comparação</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>“And” joins more closely than “or”.</source>
        <translation>“E” une mais fortemente que “ou”.</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>Adicionar uma condição</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Remover esta condição</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save report</source>
        <translation>Salvar relatório</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Só quando eu pedir</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Todo dia</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>Toda semana</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>Todo mês</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>&amp;Write it</source>
        <translation>&amp;Gravar</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>Na &amp;pasta</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>&amp;Como</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>It will always be about the same days, {first} – {last}.</source>
        <translation>Tratará sempre dos mesmos dias, {first} – {last}.</translation>
    </message>
    <message>
        <source>It is written while Asset Bridge runs; what was missed, at the start.</source>
        <translation>Ele é gravado enquanto o Asset Bridge está em execução; o que faltou, na inicialização.</translation>
    </message>
    <message>
        <source>Write the report into</source>
        <translation>Gravar o relatório em</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>Banner de verão 1200 × 630</translation>
    </message>
    <message>
        <source>web, social, mail…</source>
        <translation>web, redes sociais, e-mail…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
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
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>&amp;Canal</translation>
    </message>
    <message>
        <source>Save as a rendition preset</source>
        <translation>Salvar como predefinição de variante</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>Salvar como predefinição</translation>
    </message>
</context>
<context>
    <name>SavedSearchesButton</name>
    <message>
        <source>Saved</source>
        <translation>Salvas</translation>
    </message>
    <message>
        <source>Searches that have a name</source>
        <translation>Buscas que têm um nome</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Buscas salvas</translation>
    </message>
    <message>
        <source>No search has a name yet</source>
        <translation>Nenhuma busca tem nome ainda</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>Salvar esta busca…</translation>
    </message>
    <message>
        <source>Copy a link, good for a day</source>
        <translation>Copiar um link, válido por um dia</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>Gravar em um arquivo…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>Importar de um arquivo…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Salvar busca</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>Um nome para esta busca; outra com o mesmo nome é substituída.</translation>
    </message>
    <message>
        <source>Saved: {names}.</source>
        <translation>Salvas: {names}.</translation>
    </message>
    <message>
        <source>Removed: {names}.</source>
        <translation>Removidas: {names}.</translation>
    </message>
    <message>
        <source>The link is in the clipboard. Whoever has it sees what is found, for a day.</source>
        <translation>O link está na área de transferência. Por um dia, quem o tiver vê o que foi encontrado.</translation>
    </message>
    <message>
        <source>Write searches</source>
        <translation>Gravar buscas</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texto (*.txt)</translation>
    </message>
    <message>
        <source>Written: {names}.</source>
        <translation>Gravadas: {names}.</translation>
    </message>
    <message>
        <source>Take searches</source>
        <translation>Importar buscas</translation>
    </message>
    <message>
        <source>Taken from {names}.</source>
        <translation>Importadas de {names}.</translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>Preparando a campanha de exemplo</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>Lendo {name}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln arquivo encontrado</numerusform>
            <numerusform>%Ln arquivos encontrados</numerusform>
        </translation>
    </message>
    <message>
        <source>{read} of {total}</source>
        <translation>{read} de {total}</translation>
    </message>
    <message>
        <source>Stopped; what was read stays.</source>
        <translation>Parado; o que foi lido permanece.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>%Ln arquivo lido</numerusform>
            <numerusform>%Ln arquivos lidos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>All days</source>
        <translation>Todos os dias</translation>
    </message>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>Último %Ln dia</numerusform>
            <numerusform>Últimos %Ln dias</numerusform>
        </translation>
    </message>
    <message>
        <source>Within 30 days</source>
        <translation>Em até 30 dias</translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>Em até %Ln dia</numerusform>
            <numerusform>Em até %Ln dias</numerusform>
        </translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>Pesados</translation>
    </message>
    <message>
        <source>{size} and more</source>
        <translation>{size} ou mais</translation>
    </message>
    <message>
        <source>All libraries</source>
        <translation>Todas as bibliotecas</translation>
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
        <translation>Buscar nomes, títulos, palavras-chave, pessoas …</translation>
    </message>
    <message>
        <source>Search in {place} …</source>
        <translation>Buscar em {place} …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Limpar a busca</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Tamanho das miniaturas</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Data de captura</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Data de modificação</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Classificação</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Crescente</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Decrescente</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>Classificado por: {order}</translation>
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
        <translation>Ocultar o segredo</translation>
    </message>
    <message>
        <source>Show the secret</source>
        <translation>Mostrar o segredo</translation>
    </message>
</context>
<context>
    <name>SetForm</name>
    <message>
        <source>Summer campaign</source>
        <translation>Campanha de verão</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Change set</source>
        <translation>Alterar conjunto</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>Novo conjunto</translation>
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
        <translation>&amp;Nome</translation>
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
        <translation>Predefinições do conjunto</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Novo…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Renomear…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplicar</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>Excl&amp;uir</translation>
    </message>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln predefinição</numerusform>
            <numerusform>%Ln predefinições</numerusform>
        </translation>
    </message>
    <message>
        <source>Presets of “{set}”: tick them, and drag them into their order</source>
        <translation>Predefinições de “{set}”: marque-as e arraste-as para a ordem desejada</translation>
    </message>
    <message>
        <source>“{set}” was changed.</source>
        <translation>“{set}” foi alterado.</translation>
    </message>
    <message>
        <source>“{set}” was saved.</source>
        <translation>“{set}” foi salvo.</translation>
    </message>
    <message>
        <source>{set} (copy)</source>
        <translation>{set} (cópia)</translation>
    </message>
    <message>
        <source>“{set}” was duplicated.</source>
        <translation>“{set}” foi duplicado.</translation>
    </message>
    <message>
        <source>“{set}” was deleted. Its presets stay.</source>
        <translation>“{set}” foi excluído. As predefinições dele ficam.</translation>
    </message>
    <message>
        <source>The sets are in another order.</source>
        <translation>Os conjuntos estão em outra ordem.</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Not made: {reason}</source>
        <translation>Não criada: {reason}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Contact sheet</source>
        <translation>Folha de contato</translation>
    </message>
</context>
<context>
    <name>ShelterActions</name>
    <message>
        <source>&amp;Search All of PhotoShelter…</source>
        <translation>&amp;Buscar em todo o PhotoShelter…</translation>
    </message>
    <message>
        <source>Keep &amp;Offline…</source>
        <translation>Manter &amp;offline…</translation>
    </message>
    <message>
        <source>Keep &amp;No Longer</source>
        <translation>&amp;Não manter mais</translation>
    </message>
    <message>
        <source>New Items Go to &amp;Review</source>
        <translation>Novos itens vão para &amp;revisão</translation>
    </message>
    <message>
        <source>&amp;Archive Campaign…</source>
        <translation>&amp;Arquivar campanha…</translation>
    </message>
    <message>
        <source>Archi&amp;ves…</source>
        <translation>Arqui&amp;vamentos…</translation>
    </message>
    <message>
        <source>Field &amp;Mapping…</source>
        <translation>&amp;Mapeamento de campos…</translation>
    </message>
    <message>
        <source>Re&amp;tractions…</source>
        <translation>Re&amp;tiradas…</translation>
    </message>
    <message>
        <source>Sign &amp;In Again…</source>
        <translation>&amp;Entrar de novo…</translation>
    </message>
    <message>
        <source>Sign O&amp;ut…</source>
        <translation>&amp;Sair…</translation>
    </message>
    <message>
        <source>&amp;Record What Is Published</source>
        <translation>Registrar o que é publi&amp;cado</translation>
    </message>
    <message>
        <source>&amp;Search All of {service}…</source>
        <translation>&amp;Buscar em todo o {service}…</translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message>
        <source>At {service}</source>
        <translation>Em {service}</translation>
    </message>
    <message>
        <source>Note: {what}.</source>
        <translation>Observação: {what}.</translation>
    </message>
    <message>
        <source>What was pushed of it is held back: nobody sees it any more.</source>
        <translation>O que foi enviado está retido: ninguém mais o vê.</translation>
    </message>
    <message>
        <source>It has a newer version than was pushed. Push it again to put it in the old one’s place.</source>
        <translation>Há uma versão mais nova do que a enviada. Envie de novo para colocá-la no lugar da antiga.</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Visível</translation>
    </message>
    <message>
        <source>Its approval there</source>
        <translation>Aprovação lá</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Autorizações</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Publicado</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>Alterado lá</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>Galerias</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>Ir para {place}</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>e mais %Ln</numerusform>
            <numerusform>e mais %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>versão {number}</translation>
    </message>
</context>
<context>
    <name>ShelterErrands</name>
    <message>
        <source>Choose the library of a service at the left first.</source>
        <translation>Escolha primeiro a biblioteca de um serviço à esquerda.</translation>
    </message>
    <message>
        <source>{name} is connected. Its collections appear as they are read.</source>
        <translation>{name} está conectada. As coleções aparecem à medida que são lidas.</translation>
    </message>
    <message>
        <source>Sign out of {name}?</source>
        <translation>Sair de {name}?</translation>
    </message>
    <message>
        <source>Its key and password are deleted here. The library stays as it was last seen, with all decisions, and what is queued for it waits until you sign in again.</source>
        <translation>A chave e a senha são excluídas daqui. A biblioteca fica como foi vista pela última vez, com todas as decisões, e o que está na fila para ela aguarda até você entrar de novo.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Permanecer</translation>
    </message>
    <message>
        <source>You are signed out of {name}.</source>
        <translation>Você saiu de {name}.</translation>
    </message>
    <message>
        <source>{name} is kept offline. Its pictures are fetched in the background.</source>
        <translation>{name} é mantida offline. As imagens são buscadas em segundo plano.</translation>
    </message>
    <message>
        <source>Keep “{name}” offline no longer?</source>
        <translation>Não manter mais “{name}” offline?</translation>
    </message>
    <message>
        <source>Its originals here are deleted, its pictures when room is needed. Everything stays at {service}.</source>
        <translation>Os originais daqui são excluídos; as imagens, quando faltar espaço. Tudo permanece em {service}.</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Liberar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>{name} is not kept offline any more.</source>
        <translation>{name} não é mais mantida offline.</translation>
    </message>
    <message>
        <source>New items in {name} go to the review queue from now on.</source>
        <translation>A partir de agora, novos itens em {name} vão para a fila de revisão.</translation>
    </message>
    <message>
        <source>New items in {name} do not go to the review queue any more.</source>
        <translation>Novos itens em {name} não vão mais para a fila de revisão.</translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message>
        <source>Search all of {service}</source>
        <translation>Buscar em todo o {service}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>Mostrar na janela</translation>
    </message>
    <message>
        <source>{service} looks through {library}, synced here or not.</source>
        <translation>{service} procura em {library}, sincronizado aqui ou não.</translation>
    </message>
    <message>
        <source>Words in names, captions and keywords</source>
        <translation>Palavras em nomes, legendas e palavras-chave</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>Palavras de busca</translation>
    </message>
    <message>
        <source>Found at {service}</source>
        <translation>Encontrados em {service}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln ativo encontrado.</numerusform>
            <numerusform>%Ln ativos encontrados.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Ainda não sincronizado</translation>
    </message>
</context>
<context>
    <name>ShelterSignInDialog</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Conectar ao PhotoShelter</translation>
    </message>
</context>
<context>
    <name>ShelterSignInForm</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Conectar ao PhotoShelter</translation>
    </message>
    <message>
        <source>Its collections appear at the left, and originals stay there until you want one. Key and password are kept in this computer’s keyring, never in plain text.</source>
        <translation>As coleções aparecem à esquerda, e os originais ficam lá até você querer um. A chave e a senha ficam no chaveiro deste computador, nunca em texto simples.</translation>
    </message>
    <message>
        <source>&amp;Stay signed in</source>
        <translation>Permanecer &amp;conectado</translation>
    </message>
    <message>
        <source>Sign in with the browser…</source>
        <translation>Entrar pelo navegador…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>Entrar em {library} de novo</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Entrando…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>The organisation’s name</source>
        <translation>O nome da organização</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Endereço</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>Chave da A&amp;PI</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>E-&amp;mail</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Senha</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>&amp;Nome no Asset Bridge</translation>
    </message>
    <message>
        <source>The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the password is not kept, and you are asked for it when the session ends.</source>
        <translation>A chave de API é para a versão 4 da API do PhotoShelter. Sem “Permanecer conectado”, a senha não é guardada e é pedida quando a sessão termina.</translation>
    </message>
</context>
<context>
    <name>ShortcutRows</name>
    <message>
        <source>Action</source>
        <translation>Ação</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhuma</translation>
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
        <translation>Atalhos de teclado</translation>
    </message>
    <message>
        <source>Single letters act while the assets have the keyboard, everything else in the whole window.</source>
        <translation>Letras isoladas agem enquanto o foco do teclado está nos ativos; todo o resto, na janela inteira.</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Use as well</source>
        <translation>Usar também</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Redefinir</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Redefinir tudo</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Localizar uma ação</translation>
    </message>
    <message>
        <source>Find by pressing keys</source>
        <translation>Localizar pressionando teclas</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Ações e suas teclas</translation>
    </message>
    <message>
        <source>New keys: press them</source>
        <translation>Novas teclas: pressione-as</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>Pressione as novas teclas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>Pressione teclas para ver o que fazem</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>Localizar uma ação…</translation>
    </message>
    <message>
        <source>Choose an action</source>
        <translation>Escolha uma ação</translation>
    </message>
    <message>
        <source>Move them here</source>
        <translation>Mover para cá</translation>
    </message>
    <message>
        <source>{keys} has a meaning that stays: in lists and fields, or to the system.</source>
        <translation>{keys} tem um significado fixo: em listas e campos, ou para o sistema.</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}”, which would have it no longer.</source>
        <translation>{keys} pertence a “{action}”, que deixaria de ter essa combinação.</translation>
    </message>
    <message>
        <source>{keys} will act while the assets have the keyboard.</source>
        <translation>{keys} agirá enquanto o foco do teclado estiver nos ativos.</translation>
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
        <translation>Adicionar uma pasta</translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>Criar “{preset}” de %Ln ativo</numerusform>
            <numerusform>Criar “{preset}” de %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>Adicionar a palavra-chave {keyword} a %Ln ativo</numerusform>
            <numerusform>Adicionar a palavra-chave {keyword} a %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Aprovar %Ln ativo</numerusform>
            <numerusform>Aprovar %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>Colocar %Ln ativo em revisão</numerusform>
            <numerusform>Colocar %Ln ativos em revisão</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>Enviar %Ln ativo…</numerusform>
            <numerusform>Enviar %Ln ativos…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>Copiar %Ln arquivo para cá…</numerusform>
            <numerusform>Copiar %Ln arquivos para cá…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>Mover %Ln ativo para esta pasta…</numerusform>
            <numerusform>Mover %Ln ativos para esta pasta…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizePage</name>
    <message>
        <source>Size and fit</source>
        <translation>Tamanho e ajuste</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>calculado</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largura</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altura</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajuste</translation>
    </message>
    <message>
        <source>Keep in sight</source>
        <translation>Manter à vista</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Fundo</translation>
    </message>
    <message>
        <source>Pixel density</source>
        <translation>Densidade de pixels</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>Mais usados</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>Tamanho em pixels</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Stretch to the size</source>
        <translation>Esticar até o tamanho</translation>
    </message>
    <message>
        <source>At most, never enlarged</source>
        <translation>No máximo, sem ampliar</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>Encaixar</translation>
    </message>
    <message>
        <source>Fill, cut the rest off</source>
        <translation>Preencher, cortar o excesso</translation>
    </message>
    <message>
        <source>Fill, never enlarged</source>
        <translation>Preencher, sem ampliar</translation>
    </message>
    <message>
        <source>Fit inside, pad the rest</source>
        <translation>Encaixar, completar o resto</translation>
    </message>
    <message>
        <source>Pad, never enlarged</source>
        <translation>Completar, sem ampliar</translation>
    </message>
    <message>
        <source>Close to what is kept in sight</source>
        <translation>Próximo do que fica à vista</translation>
    </message>
    <message>
        <source>Chosen by the content</source>
        <translation>Escolhido pelo conteúdo</translation>
    </message>
    <message>
        <source>Stretch (written out)</source>
        <translation>Esticar (por extenso)</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>O centro</translation>
    </message>
    <message>
        <source>What matters (auto)</source>
        <translation>O que importa (auto)</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>O maior rosto</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Todos os rostos</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Acima</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>Acima à direita</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Direita</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>Abaixo à direita</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Abaixo</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>Abaixo à esquerda</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Esquerda</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>Acima à esquerda</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Como de costume</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Branco</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Preto</translation>
    </message>
    <message>
        <source>Colour of the edge</source>
        <translation>Cor da margem da imagem</translation>
    </message>
    <message>
        <source>Predominant colour</source>
        <translation>Cor predominante</translation>
    </message>
    <message>
        <source>Blurred (video)</source>
        <translation>Desfocado (vídeo)</translation>
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
        <translation>Arquivos ignorados</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>Filtrar por nome ou motivo</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Verificar de novo</translation>
    </message>
    <message>
        <source>Scan the library again, for instance after mending permissions</source>
        <translation>Examinar a biblioteca de novo, por exemplo após corrigir permissões</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Copiar lista</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>%Ln arquivo de {library} omitido e não alterado.</numerusform>
            <numerusform>%Ln arquivos de {library} omitidos e não alterados.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file of {library} could be taken in.</source>
        <translation>Todos os arquivos de {library} puderam ser incorporados.</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Procurando sugestões…</translation>
    </message>
    <message>
        <source>&amp;Add to the Dictionary</source>
        <translation>&amp;Adicionar ao dicionário</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Nenhuma sugestão</translation>
    </message>
</context>
<context>
    <name>StackConflictDialog</name>
    <message>
        <source>Two pictures for “{field}”</source>
        <translation>Duas imagens para “{field}”</translation>
    </message>
    <message>
        <source>Somebody changed {entry} ({locale}) at Contentstack since it was published. Nothing was overwritten: choose which picture stays.</source>
        <translation>Alguém alterou {entry} ({locale}) no Contentstack desde a publicação. Nada foi sobrescrito: escolha qual imagem fica.</translation>
    </message>
    <message>
        <source>&amp;Ours, the approved rendition</source>
        <translation>A &amp;nossa, a variante aprovada</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>A do o&amp;utro, que está lá agora</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>Manter esta</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>Decidir depois</translation>
    </message>
    <message>
        <source>(no picture)</source>
        <translation>(nenhuma imagem)</translation>
    </message>
</context>
<context>
    <name>StackForm</name>
    <message>
        <source>Test and Save</source>
        <translation>Testar e salvar</translation>
    </message>
    <message>
        <source>Change a stack</source>
        <translation>Alterar um stack</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>Novo stack</translation>
    </message>
    <message>
        <source>Leave empty to keep the one in the keyring</source>
        <translation>Deixe vazio para manter o do chaveiro</translation>
    </message>
    <message>
        <source>Of the stack&apos;s settings; it goes to the keyring</source>
        <translation>Das configurações do stack; vai para o chaveiro</translation>
    </message>
    <message>
        <source>it has to look like de=de-de</source>
        <translation>precisa ter a forma de=de-de</translation>
    </message>
    <message>
        <source>Site, shop, app, …</source>
        <translation>Site, loja, aplicativo, …</translation>
    </message>
    <message>
        <source>blt…, as the stack&apos;s settings show it</source>
        <translation>blt…, como mostrado nas configurações do stack</translation>
    </message>
    <message>
        <source>&amp;Service or region</source>
        <translation>&amp;Serviço ou região</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Endereço</translation>
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
        <translation>Nenhuma: junto aos outros ativos</translation>
    </message>
    <message>
        <source>Where renditions are kept that were copied for fields that hold files.</source>
        <translation>Onde ficam as variantes copiadas para campos que contêm arquivos.</translation>
    </message>
    <message>
        <source>Which locale of the stack is meant by a language, a market, or both. Where nothing is said, a locale of that name is taken, and else the master&apos;s.</source>
        <translation>Qual locale do stack corresponde a um idioma, um mercado ou ambos. Sem indicação, usa-se um locale com esse nome ou, na falta dele, o do master.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Região</translation>
    </message>
    <message>
        <source>{name} is asked whether it answers to this…</source>
        <translation>Perguntando a {name} se isto é válido…</translation>
    </message>
    <message>
        <source>&amp;API key</source>
        <translation>Chave da &amp;API</translation>
    </message>
    <message>
        <source>&amp;Management token</source>
        <translation>&amp;Token de gerenciamento</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>&amp;Branch</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>Amb&amp;iente</translation>
    </message>
    <message>
        <source>&amp;Locales</source>
        <translation>&amp;Locales</translation>
    </message>
    <message>
        <source>&amp;Folder of copies</source>
        <translation>Pasta das &amp;cópias</translation>
    </message>
    <message>
        <source>When rights en&amp;d</source>
        <translation>Quando os &amp;direitos terminam</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>The shapes differ</source>
        <translation>As proporções são diferentes</translation>
    </message>
</context>
<context>
    <name>StandardFacts</name>
    <message>
        <source>Several values</source>
        <translation>Vários valores</translation>
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
            <numerusform>Mais %Ln grupo</numerusform>
            <numerusform>Mais %Ln grupos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>Mais %Ln campo</numerusform>
            <numerusform>Mais %Ln campos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>%Ln necessário</numerusform>
            <numerusform>%Ln necessários</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>%Ln preenchido</numerusform>
            <numerusform>%Ln preenchidos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardPage</name>
    <message>
        <source>Written into the file</source>
        <translation>Gravado no arquivo</translation>
    </message>
    <message>
        <source>Written into the files</source>
        <translation>Gravado nos arquivos</translation>
    </message>
    <message>
        <source>Written into an XMP file beside it</source>
        <translation>Gravado em um arquivo XMP ao lado</translation>
    </message>
    <message>
        <source>Written into XMP files beside them</source>
        <translation>Gravado em arquivos XMP ao lado</translation>
    </message>
    <message>
        <source>Kept at {service}</source>
        <translation>Guardado em {service}</translation>
    </message>
    <message>
        <source>Cannot be written where it lies</source>
        <translation>Não é possível gravar onde está</translation>
    </message>
</context>
<context>
    <name>StandardRow</name>
    <message>
        <source>There is no place for it at {service}.</source>
        <translation>Não há lugar para isto em {service}.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: {why}</source>
        <translation>“{text}” não foi salvo: {why}</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Necessário antes do envio.</translation>
    </message>
    <message>
        <source>The parts of the file disagree about it; this is what most programs show.</source>
        <translation>As partes do arquivo divergem; isto é o que a maioria dos programas mostra.</translation>
    </message>
</context>
<context>
    <name>StarsEditor</name>
    <message>
        <source>Several values</source>
        <translation>Vários valores</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeitado</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>Sem classificação</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>There is a verified backup of {day}. It can take the ledger&apos;s place; the damaged file is kept aside.</source>
        <translation>Há um backup verificado de {day}. Ele pode tomar o lugar do livro de registros; o arquivo danificado é guardado à parte.</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>Restaurar o backup</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Duplicate a step</source>
        <translation>Duplicar uma etapa</translation>
    </message>
    <message>
        <source>Remove a step</source>
        <translation>Remover uma etapa</translation>
    </message>
    <message>
        <source>Move a step</source>
        <translation>Mover uma etapa</translation>
    </message>
    <message>
        <source>Switch a step</source>
        <translation>Ativar ou desativar uma etapa</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Etapas</translation>
    </message>
    <message>
        <source>No steps yet: the rendition is the master as it is.</source>
        <translation>Nenhuma etapa ainda: a variante é o master como está.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Depois</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplicar</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
</context>
<context>
    <name>StudioWindow</name>
    <message>
        <source>The master is being read…</source>
        <translation>O master está sendo lido…</translation>
    </message>
    <message>
        <source>rendition</source>
        <translation>variante</translation>
    </message>
    <message>
        <source>{name}: studio</source>
        <translation>{name}: estúdio</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Corte</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Sobreposição</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Recorte</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Salvo como “{name}”.</translation>
    </message>
    <message>
        <source>Begun with “{name}”.</source>
        <translation>Iniciado com “{name}”.</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Sem visualização</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>%Ln ativo selecionado</numerusform>
            <numerusform>%Ln ativos selecionados</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} together</source>
        <translation>{size} no total</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviado</translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Mostrar mais %Ln</numerusform>
            <numerusform>Mostrar mais %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>Copiar %Ln item solto para uma biblioteca</numerusform>
            <numerusform>Copiar %Ln itens soltos para uma biblioteca</numerusform>
        </translation>
    </message>
    <message>
        <source>The originals stay where they are. What the library already holds is not copied twice, and nothing in it is overwritten.</source>
        <translation>Os originais ficam onde estão. O que a biblioteca já contém não é copiado duas vezes, e nada nela é sobrescrito.</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>Copiar %Ln item</numerusform>
            <numerusform>Copiar %Ln itens</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped items</source>
        <translation>Itens soltos</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>O nível mais alto da biblioteca</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Biblioteca</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Pasta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>A folder needs a name at each level, and no “..”.</source>
        <translation>Uma pasta precisa de um nome em cada nível, sem “..”.</translation>
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
        <translation>O que acontece com o que já existe</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>Qual deles</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Adicionar</translation>
    </message>
    <message>
        <source>If empty</source>
        <translation>Se vazio</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>Inserir uma variável</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>Remover esta linha</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Padrão</translation>
    </message>
</context>
<context>
    <name>TemplateRows</name>
    <message>
        <source>Add Field</source>
        <translation>Adicionar campo</translation>
    </message>
    <message>
        <source>Fields of the template</source>
        <translation>Campos do modelo</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Several values</source>
        <translation>Vários valores</translation>
    </message>
</context>
<context>
    <name>ThreadCard</name>
    <message>
        <source>Resolved by {who}, {when}</source>
        <translation>Resolvido por {who}, {when}</translation>
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
        <translation>Reabrir esta conversa</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>Isto está resolvido</translation>
    </message>
    <message>
        <source>The moment that it is about</source>
        <translation>O momento a que se refere</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Responder</translation>
    </message>
    <message>
        <source>Answer in this thread</source>
        <translation>Responder nesta conversa</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>Em um ponto</translation>
    </message>
    <message>
        <source>In a region</source>
        <translation>Em uma região</translation>
    </message>
    <message>
        <source>At a moment</source>
        <translation>Em um momento</translation>
    </message>
    <message>
        <source>About all of it</source>
        <translation>Sobre o todo</translation>
    </message>
    <message>
        <source>{place}, with a drawing</source>
        <translation>{place}, com um desenho</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>resolvido</translation>
    </message>
    <message>
        <source>open</source>
        <translation>aberto</translation>
    </message>
    <message>
        <source>Comment {number}, {state}, {who}: {text}</source>
        <translation>Comentário {number}, {state}, {who}: {text}</translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message>
        <source>Earlier versions</source>
        <translation>Versões anteriores</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Resolvidos</translation>
    </message>
    <message>
        <source>Show resolved threads, too</source>
        <translation>Mostrar também as conversas resolvidas</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Compare with earlier versions</source>
        <translation>Comparar com versões anteriores</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Mostrar mais %Ln</numerusform>
            <numerusform>Mostrar mais %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln aberto</numerusform>
            <numerusform>%Ln abertos</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was said is settled.</source>
        <translation>Tudo o que foi dito está resolvido.</translation>
    </message>
    <message>
        <source>Nobody has said anything about this picture yet.</source>
        <translation>Ninguém disse nada sobre esta imagem ainda.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>Fechar esta mensagem</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Voltar</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Mais tarde</translation>
    </message>
    <message>
        <source>&amp;Do not show again</source>
        <translation>&amp;Não mostrar de novo</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} de {total}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Concluir</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Avançar</translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message>
        <source>All pushes together</source>
        <translation>Todos os envios juntos</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>Conta…</translation>
    </message>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>Pausado – %Ln upload aguarda até você continuar</numerusform>
            <numerusform>Pausado – %Ln uploads aguardam até você continuar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>Não foi possível enviar %Ln ativo</numerusform>
            <numerusform>Não foi possível enviar %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>%Ln entregue</numerusform>
            <numerusform>%Ln entregues</numerusform>
        </translation>
    </message>
    <message>
        <source>{delivered}, {failed}</source>
        <translation>{delivered}, {failed}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>%Ln upload cancelado</numerusform>
            <numerusform>%Ln uploads cancelados</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push</source>
        <translation>Nada a enviar</translation>
    </message>
    <message>
        <source>Uploading {number} of {total} – {name}</source>
        <translation>Enviando {number} de {total} – {name}</translation>
    </message>
    <message>
        <source>Uploading {number} of {total}</source>
        <translation>Enviando {number} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>Trabalhando offline – %Ln upload aguarda até você ficar online</numerusform>
            <numerusform>Trabalhando offline – %Ln uploads aguardam até você ficar online</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln upload aguarda a conexão e é enviado automaticamente quando ela voltar</numerusform>
            <numerusform>%Ln uploads aguardam a conexão e são enviados automaticamente quando ela voltar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln upload aguarda a conta</numerusform>
            <numerusform>%Ln uploads aguardam a conta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln upload aguarda a leitura dos arquivos</numerusform>
            <numerusform>%Ln uploads aguardam a leitura dos arquivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln upload prestes a começar</numerusform>
            <numerusform>%Ln uploads prestes a começar</numerusform>
        </translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on in {time}</source>
        <translation>O Cloudinary pede para reduzir o ritmo – continua em {time}</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on by itself</source>
        <translation>O Cloudinary pede para reduzir o ritmo – continua automaticamente</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on in {time}</source>
        <translation>As chamadas de API desta hora se esgotaram – continua em {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on by itself</source>
        <translation>As chamadas de API desta hora se esgotaram – continua automaticamente</translation>
    </message>
    <message>
        <source>Did not get through – next try in {time}</source>
        <translation>Falha na conexão – próxima tentativa em {time}</translation>
    </message>
    <message>
        <source>Did not get through – tries again by itself</source>
        <translation>Falha na conexão – nova tentativa automática</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>Mostrar %Ln com falha</numerusform>
            <numerusform>Mostrar %Ln com falha</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with the pushes</source>
        <translation>Continuar os envios</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Cancel all pushes</source>
        <translation>Cancelar todos os envios</translation>
    </message>
    <message>
        <source>Hide transfers</source>
        <translation>Ocultar transferências</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>Mostrar transferências</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Retry failed</source>
        <translation>Repetir os que falharam</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Cancelar tudo</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Limpar concluídos</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Todos {count}</translation>
    </message>
    <message>
        <source>Failed {count}</source>
        <translation>Com falha {count}</translation>
    </message>
    <message>
        <source>The first {listed} of {total} are listed</source>
        <translation>São listados os primeiros {listed} de {total}</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Transfers</source>
        <translation>Transferências</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>Envios</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tentar de novo</translation>
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
        <translation>Copiar mensagem</translation>
    </message>
    <message>
        <source>Show asset</source>
        <translation>Mostrar ativo</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>Cancelar %Ln upload?</numerusform>
            <numerusform>Cancelar %Ln uploads?</numerusform>
        </translation>
    </message>
    <message>
        <source>What has been delivered stays delivered, and your files stay where they are. You can push the rest again at any time.</source>
        <translation>O que foi entregue continua entregue, e seus arquivos ficam onde estão. Você pode enviar o restante a qualquer momento.</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>Cancelar uploads</translation>
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
        <translation>&amp;Pausar transferências</translation>
    </message>
    <message>
        <source>&amp;Open Asset Bridge</source>
        <translation>&amp;Abrir o Asset Bridge</translation>
    </message>
    <message>
        <source>Transfers are paused</source>
        <translation>As transferências estão pausadas</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>%Ln transferência restante</numerusform>
            <numerusform>%Ln transferências restantes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln transferência falhou</numerusform>
            <numerusform>%Ln transferências falharam</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being transferred</source>
        <translation>Nenhuma transferência em andamento</translation>
    </message>
</context>
<context>
    <name>TriggersDialog</name>
    <message>
        <source>Notifications</source>
        <translation>Notificações</translation>
    </message>
    <message>
        <source>Who Cloudinary tells of changes in {environment}.</source>
        <translation>Quem o Cloudinary avisa das alterações em {environment}.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Adicionar</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Remover “{name}”?</translation>
    </message>
    <message>
        <source>Nothing is told there any more.</source>
        <translation>Nada mais é avisado lá.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>Quem é avisado</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Remover…</translation>
    </message>
    <message>
        <source>https://… or poll://channel</source>
        <translation>https://… ou poll://canal</translation>
    </message>
    <message>
        <source>Address to tell</source>
        <translation>Endereço a avisar</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>Tipo de alteração</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>Ninguém é avisado ainda.</translation>
    </message>
    <message>
        <source>Every change</source>
        <translation>Todas as alterações</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Esta janela</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
</context>
<context>
    <name>TrimPage</name>
    <message>
        <source>Cut of the video</source>
        <translation>Recorte do vídeo</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Início</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fim</translation>
    </message>
    <message>
        <source>Drag the handles, or use the arrow keys: they move the start, with Alt the end, with Shift by a second. The cut is made at delivery.</source>
        <translation>Arraste as alças ou use as setas: elas movem o início, com Alt o fim, com Shift um segundo. O corte é feito na entrega.</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>De e até</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Recorte</translation>
    </message>
</context>
<context>
    <name>TypedChips</name>
    <message>
        <source>Take this filter away</source>
        <translation>Remover este filtro</translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}: %Ln ativo.</numerusform>
            <numerusform>{state}: %Ln ativos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdatesDialog</name>
    <message>
        <source>Updates</source>
        <translation>Atualizações</translation>
    </message>
    <message>
        <source>&amp;Look once a day, while the window is open</source>
        <translation>Verificar uma &amp;vez por dia, enquanto a janela estiver aberta</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>Verificar &amp;agora</translation>
    </message>
    <message>
        <source>&amp;Open the download page</source>
        <translation>Abrir a página de &amp;download</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Consultando…</translation>
    </message>
    <message>
        <source>This version does not know where news of releases come from: there is no public place yet. Nothing is asked.</source>
        <translation>Esta versão não sabe de onde vêm as notícias de novas versões: ainda não há um local público. Nada é consultado.</translation>
    </message>
    <message>
        <source>You have version {version}. One file is read from {place}; nothing about you or your work is sent, and nothing is installed.</source>
        <translation>Você tem a versão {version}. Um arquivo é lido de {place}; nada sobre você ou seu trabalho é enviado e nada é instalado.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Novidades</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>Você tem a versão mais recente.</translation>
    </message>
    <message>
        <source>Version {version} of {day} is there, signed by a key that is known here.</source>
        <translation>A versão {version} de {day} está disponível, assinada por uma chave conhecida aqui.</translation>
    </message>
</context>
<context>
    <name>UploadAddressDialog</name>
    <message>
        <source>Upload from an address</source>
        <translation>Enviar de um endereço</translation>
    </message>
    <message>
        <source>Cloudinary fetches the file by itself. Nobody has approved it, so it arrives unpublished.</source>
        <translation>O próprio Cloudinary busca o arquivo. Ninguém o aprovou, por isso ele chega não publicado.</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Fazer upload</translation>
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
        <translation>&amp;Endereço</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public &amp;ID</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>&amp;Pasta de destino</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>Ta&amp;gs</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>Tip&amp;o de entrega</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>There is something at {public_id} already; nothing was changed.</source>
        <translation>Já existe algo em {public_id}; nada foi alterado.</translation>
    </message>
</context>
<context>
    <name>UploadPresetForm</name>
    <message>
        <source>Uploads need no signature</source>
        <translation>Uploads não precisam de assinatura</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Formats allowed</source>
        <translation>Formatos permitidos</translation>
    </message>
    <message>
        <source>Incoming transformation</source>
        <translation>Transformação de entrada</translation>
    </message>
    <message>
        <source>Renditions made at once</source>
        <translation>Variantes criadas imediatamente</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>Moderação</translation>
    </message>
    <message>
        <source>The file&apos;s name is the public ID</source>
        <translation>O nome do arquivo é o public ID</translation>
    </message>
    <message>
        <source>Random letters make names unique</source>
        <translation>Letras aleatórias tornam os nomes únicos</translation>
    </message>
    <message>
        <source>A file of the same public ID is replaced</source>
        <translation>Um arquivo com o mesmo public ID é substituído</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Criar</translation>
    </message>
    <message>
        <source>Upload preset</source>
        <translation>Predefinição de upload</translation>
    </message>
    <message>
        <source>New upload preset</source>
        <translation>Nova predefinição de upload</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
</context>
<context>
    <name>UploadPresetsDialog</name>
    <message>
        <source>Upload presets</source>
        <translation>Predefinições de upload</translation>
    </message>
    <message>
        <source>What uploads to {environment} can be told to have.</source>
        <translation>O que pode ser definido para os uploads a {environment}.</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Nova…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Alterar…</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Remover “{name}”?</translation>
    </message>
    <message>
        <source>Uploads that name it are refused then, those of other programs too.</source>
        <translation>Os uploads que a indicam passam a ser recusados, inclusive os de outros programas.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Remover…</translation>
    </message>
    <message>
        <source>There is no preset yet. New… makes one.</source>
        <translation>Ainda não há predefinição. “Nova…” cria uma.</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>Sem configurações</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>Sem assinatura</translation>
    </message>
</context>
<context>
    <name>UsageDialog</name>
    <message>
        <source>Usage and limits</source>
        <translation>Uso e limites</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>UsagePanel</name>
    <message>
        <source>Refresh</source>
        <translation>Atualizar</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>Tentar estes de novo</translation>
    </message>
    <message>
        <source>Forgets what was refused, and asks Cloudinary anew. It changes nothing there.</source>
        <translation>Esquece o que foi recusado e pergunta de novo ao Cloudinary. Nada muda lá.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Consultando…</translation>
    </message>
    <message>
        <source>Usage and limits</source>
        <translation>Uso e limites</translation>
    </message>
    <message>
        <source>This key may not see the usage of the environment.</source>
        <translation>Esta chave não pode ver o uso do ambiente.</translation>
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
        <translation>Limites do plano</translation>
    </message>
    <message>
        <source>What this key may do</source>
        <translation>O que esta chave pode fazer</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Against the approved one: {pixels} of the pixels, {seen} as it looks</source>
        <translation>Em relação ao aprovado: {pixels} dos pixels, {seen} na aparência</translation>
    </message>
    <message>
        <source>May leave: somebody lets it pass, although {reasons}.</source>
        <translation>Pode sair: há uma liberação, embora {reasons}.</translation>
    </message>
    <message>
        <source>May be delivered now.</source>
        <translation>Pode ser entregue agora.</translation>
    </message>
    <message>
        <source>Held back: {reasons}.</source>
        <translation>Retido: {reasons}.</translation>
    </message>
    <message>
        <source>Waits for {roles}</source>
        <translation>Aguarda {roles}</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Aguarda</translation>
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
        <translation>Versões</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>Salvar como arquivo…</translation>
    </message>
    <message>
        <source>The version is being fetched…</source>
        <translation>Buscando a versão…</translation>
    </message>
    <message>
        <source>{name} was saved: {size}.</source>
        <translation>{name} foi salvo: {size}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Cloudinary is asked for the versions…</source>
        <translation>Consultando as versões no Cloudinary…</translation>
    </message>
    <message>
        <source>Cloudinary keeps no earlier versions of this. Backups are switched on in the settings of the environment.</source>
        <translation>O Cloudinary não mantém versões anteriores disto. Os backups são ativados nas configurações do ambiente.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Agora</translation>
    </message>
    <message>
        <source>Save the version</source>
        <translation>Salvar a versão</translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message>
        <source>&amp;Refuse other words</source>
        <translation>&amp;Recusar outras palavras</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Novo</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importar…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Written into {name}.</source>
        <translation>Gravado em {name}.</translation>
    </message>
    <message>
        <source>Vocabularies</source>
        <translation>Vocabulários</translation>
    </message>
    <message>
        <source>Each line is a word, below the one it belongs to and one tab further in; {synonym} stands below its word, [group] is never written into files.</source>
        <translation>Cada linha é uma palavra, abaixo daquela a que pertence e uma tabulação mais para dentro; {synonym} fica abaixo da palavra, [group] nunca é gravado nos arquivos.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Palavras</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Campo</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fechado</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>%Ln palavra salva.</numerusform>
            <numerusform>%Ln palavras salvas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a vocabulary</source>
        <translation>Importar um vocabulário</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>Textos (*.txt)</translation>
    </message>
    <message>
        <source>Export the vocabulary</source>
        <translation>Exportar o vocabulário</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>A approves what is chosen, C asks for changes, X rejects. Space shows it large.</source>
        <translation>A aprova o que está selecionado, C solicita alterações, X rejeita. Espaço mostra em tamanho grande.</translation>
    </message>
    <message>
        <source>Ctrl or Shift with a click chooses several; then one letter decides on all of them.</source>
        <translation>Ctrl ou Shift com um clique seleciona vários; depois, uma letra decide sobre todos.</translation>
    </message>
    <message>
        <source>It is delivered. Under Renditions are its sizes: copy an address, or drag a picture into another program.</source>
        <translation>Foi entregue. Em Variantes estão os tamanhos: copie um endereço ou arraste uma imagem para outro programa.</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by its name.</source>
        <translation>Ctrl+K encontra qualquer comando pelo nome.</translation>
    </message>
    <message>
        <source>Where masters live</source>
        <translation>Onde ficam os masters</translation>
    </message>
    <message>
        <source>Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where they are; a click shows what is there.</source>
        <translation>Pastas, PhotoShelter e Cloudinary ficam lado a lado. Os masters ficam onde estão; um clique mostra o que há ali.</translation>
    </message>
    <message>
        <source>Find them</source>
        <translation>Encontrar</translation>
    </message>
    <message>
        <source>Type names, titles, keywords or people. The filters below narrow it down, and what you find can be kept.</source>
        <translation>Digite nomes, títulos, palavras-chave ou pessoas. Os filtros abaixo refinam a busca, e o que for encontrado pode ser guardado.</translation>
    </message>
    <message>
        <source>Choose and decide</source>
        <translation>Escolher e decidir</translation>
    </message>
    <message>
        <source>Choose a picture and press {approve} to approve it, {change} to ask for changes, {reject} to reject. Space shows it large. {undo} takes it back.</source>
        <translation>Escolha uma imagem e pressione {approve} para aprovar, {change} para solicitar alterações, {reject} para rejeitar. Espaço a mostra em tamanho grande. {undo} desfaz.</translation>
    </message>
    <message>
        <source>{push} shows the plan first. What is not approved, or whose rights have ended, stays here, with the reason.</source>
        <translation>{push} mostra o plano primeiro. O que não está aprovado, ou cujos direitos terminaram, fica aqui, com o motivo.</translation>
    </message>
    <message>
        <source>The account and the connection, and all that takes longer ({activity}). Help brings this tour back, and {help} explains what you are at.</source>
        <translation>A conta e a conexão, e tudo o que demora mais ({activity}). O menu Ajuda traz este tour de volta, e {help} explica o que está à frente.</translation>
    </message>
    <message>
        <source>All about one asset</source>
        <translation>Tudo sobre um ativo</translation>
    </message>
    <message>
        <source>Its state, its rights and its metadata. Under Renditions are the sizes that Cloudinary delivers; drag one into another program.</source>
        <translation>O estado, os direitos e os metadados. Em Variantes estão os tamanhos que o Cloudinary entrega; arraste um para outro programa.</translation>
    </message>
    <message>
        <source>Push what is approved</source>
        <translation>Enviar o que está aprovado</translation>
    </message>
    <message>
        <source>See what goes on</source>
        <translation>Ver o que está em andamento</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>Permitir um endereço deste computador ou da rede</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Change an endpoint</source>
        <translation>Alterar um endpoint</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>Novo endpoint</translation>
    </message>
    <message>
        <source>The list of events</source>
        <translation>A lista de eventos</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>escolha pelo menos um</translation>
    </message>
    <message>
        <source>Shop, partner portal, …</source>
        <translation>Loja, portal de parceiros, …</translation>
    </message>
    <message>
        <source>https://example.com/hooks</source>
        <translation>https://example.com/hooks</translation>
    </message>
    <message>
        <source>Leave empty to have one made</source>
        <translation>Deixe vazio para gerar um</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>O que é avisado</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Endereço</translation>
    </message>
    <message>
        <source>&amp;Tell</source>
        <translation>A&amp;visar</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>&amp;Segredo</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Add…</source>
        <translation>Adicionar…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Alterar…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>Desativar</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>Enviar teste</translation>
    </message>
    <message>
        <source>New Secret…</source>
        <translation>Novo segredo…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Remover…</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>Enviar de novo</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>Outros sistemas</translation>
    </message>
    <message>
        <source>Endpoints that are told by signed messages what is approved, delivered, changed and taken back.</source>
        <translation>Endpoints avisados por mensagens assinadas sobre o que é aprovado, entregue, alterado e retirado.</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpoints</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Mensagens</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>No message so far. “Send Test” shows whether an endpoint answers.</source>
        <translation>Nenhuma mensagem ainda. “Enviar teste” mostra se um endpoint responde.</translation>
    </message>
    <message>
        <source>Nobody is told so far</source>
        <translation>Ninguém é avisado ainda</translation>
    </message>
    <message>
        <source>An endpoint is an address of another system: a shop, an automation, a partner. It gets a secret of its own and can be tested first.</source>
        <translation>Um endpoint é um endereço de outro sistema: uma loja, uma automação, um parceiro. Ele recebe um segredo próprio e pode ser testado antes.</translation>
    </message>
    <message>
        <source>Give this secret to the receiver. It is shown once; the keyring keeps it, and a new one can be made any time.</source>
        <translation>Forneça este segredo ao destinatário. Ele é mostrado uma vez; o chaveiro o guarda, e um novo pode ser gerado a qualquer momento.</translation>
    </message>
    <message>
        <source>Secret of the endpoint</source>
        <translation>Segredo do endpoint</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>Ativar</translation>
    </message>
    <message>
        <source>Make a new secret for “{name}”?</source>
        <translation>Gerar um novo segredo para “{name}”?</translation>
    </message>
    <message>
        <source>The receiver has a day to take it over: both sign until then.</source>
        <translation>O destinatário tem um dia para adotá-lo: até lá, ambos assinam.</translation>
    </message>
    <message>
        <source>Make One</source>
        <translation>Gerar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>Remover “{name}”?</translation>
    </message>
    <message>
        <source>It is told nothing more. Its secret and what waits for it go.</source>
        <translation>Ele não recebe mais avisos. O segredo e o que aguarda por ele são removidos.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
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
        <translation>Escolha ativos para ver quanto pesam</translation>
    </message>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>Quanto pesa %Ln ativo</numerusform>
            <numerusform>Quanto pesam %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>o primeiro é pesado (%Ln)</numerusform>
            <numerusform>os primeiros %Ln são pesados</numerusform>
        </translation>
    </message>
    <message>
        <source>weighing…</source>
        <translation>pesando…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>%Ln pesado demais</numerusform>
            <numerusform>%Ln pesados demais</numerusform>
        </translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>tudo cabe</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Bem-vindo ao Asset Bridge</translation>
    </message>
    <message>
        <source>Masters stay where they are. Here you look, decide, and deliver.</source>
        <translation>Os masters ficam onde estão. Aqui você olha, decide e entrega.</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Adicionar uma pasta</translation>
    </message>
    <message>
        <source>Show the pictures, videos and documents of a folder. Nothing is copied or changed.</source>
        <translation>Mostrar as imagens, os vídeos e os documentos de uma pasta. Nada é copiado nem alterado.</translation>
    </message>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>Conectar ao PhotoShelter</translation>
    </message>
    <message>
        <source>Show its collections here. Masters stay there until you want one.</source>
        <translation>Mostrar as coleções dele aqui. Os masters ficam lá até você querer um.</translation>
    </message>
    <message>
        <source>Connect Cloudinary</source>
        <translation>Conectar ao Cloudinary</translation>
    </message>
    <message>
        <source>So that approved assets can be pushed and delivered.</source>
        <translation>Para que os ativos aprovados possam ser enviados e entregues.</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>Explorar primeiro</translation>
    </message>
    <message>
        <source>Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no account is needed.</source>
        <translation>Abre uma campanha de exemplo, com substitutos do Cloudinary e do PhotoShelter; não é preciso ter conta.</translation>
    </message>
</context>
<context>
    <name>WelcomeStrip</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Bem-vindo ao Asset Bridge</translation>
    </message>
    <message>
        <source>This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside this program: try everything, nothing leaves this computer.</source>
        <translation>Esta é uma campanha de exemplo, e o Cloudinary e o PhotoShelter são substitutos dentro deste programa: experimente tudo, nada sai deste computador.</translation>
    </message>
    <message>
        <source>Close the welcome</source>
        <translation>Fechar as boas-vindas</translation>
    </message>
    <message>
        <source>Close; it comes back from the Help menu</source>
        <translation>Fechar; volta pelo menu Ajuda</translation>
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
        <translation>&amp;Medir aqui</translation>
    </message>
    <message>
        <source>Have &amp;Cloudinary measure</source>
        <translation>Medir no &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Use in the code</source>
        <translation>&amp;Usar no código</translation>
    </message>
    <message>
        <source>Responsive widths</source>
        <translation>Larguras responsivas</translation>
    </message>
    <message>
        <source>A page offers browsers one rendition in several widths. Each of these is smaller than the one before by a step that is worth it.</source>
        <translation>Uma página oferece aos navegadores uma variante em várias larguras. Cada uma é menor que a anterior por um passo que compensa.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>&amp;Narrowest</source>
        <translation>Mais &amp;estreita</translation>
    </message>
    <message>
        <source>&amp;Widest</source>
        <translation>Mais &amp;larga</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Passo</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>No má&amp;ximo</translation>
    </message>
    <message>
        <source>Measuring the files…</source>
        <translation>Medindo os arquivos…</translation>
    </message>
    <message>
        <source>Cloudinary measures what is pushed.</source>
        <translation>O Cloudinary mede o que foi enviado.</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px de largura</translation>
    </message>
    <message>
        <source>{bytes} less than the one before</source>
        <translation>{bytes} menos que a anterior</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Go to</source>
        <translation>Ir para</translation>
    </message>
    <message>
        <source>Smart folder</source>
        <translation>Pasta inteligente</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorito</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>Escolha ativos primeiro.</translation>
    </message>
    <message>
        <source>Make renditions</source>
        <translation>Criar variantes</translation>
    </message>
    <message>
        <source>Favourite {preset}</source>
        <translation>Favoritar {preset}</translation>
    </message>
    <message>
        <source>To the sidebar</source>
        <translation>Para a barra lateral</translation>
    </message>
</context>
<context>
    <name>WindowLooks</name>
    <message>
        <source>This screen is small: closer together, more has room on it.</source>
        <translation>Esta tela é pequena: na exibição compacta, cabe mais nela.</translation>
    </message>
    <message>
        <source>The desktop asks for a text size of {size}.</source>
        <translation>A área de trabalho pede um tamanho de texto de {size}.</translation>
    </message>
</context>
<context>
    <name>WordsEditor</name>
    <message>
        <source>Add a word</source>
        <translation>Adicionar uma palavra</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Account: {name}, {state}</source>
        <translation>Conta: {name}, {state}</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>Draft</source>
        <translation>Rascunho</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>Em revisão</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprovados</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Alterações solicitadas</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeitado</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>mark as archived</source>
        <translation>marcar como arquivado</translation>
    </message>
    <message>
        <source>keep the rendition</source>
        <translation>guardar a variante</translation>
    </message>
    <message>
        <source>keep the original</source>
        <translation>guardar o original</translation>
    </message>
    <message>
        <source>write metadata and history</source>
        <translation>gravar metadados e histórico</translation>
    </message>
    <message>
        <source>hash and check everything kept</source>
        <translation>calcular hashes e verificar tudo o que foi guardado</translation>
    </message>
    <message>
        <source>close the copy at Cloudinary</source>
        <translation>fechar a cópia no Cloudinary</translation>
    </message>
    <message>
        <source>delete the copy at Cloudinary</source>
        <translation>excluir a cópia no Cloudinary</translation>
    </message>
    <message>
        <source>move the collection to the archive</source>
        <translation>mover a coleção para o arquivo</translation>
    </message>
    <message>
        <source>make the collection private</source>
        <translation>tornar a coleção privada</translation>
    </message>
    <message>
        <source>it is also used outside this campaign</source>
        <translation>também é usado fora desta campanha</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>já está assim</translation>
    </message>
    <message>
        <source>it is not delivered any more</source>
        <translation>não é mais entregue</translation>
    </message>
    <message>
        <source>there is nothing in it</source>
        <translation>não há nada dentro</translation>
    </message>
    <message>
        <source>some of its galleries have not been synced yet</source>
        <translation>algumas galerias ainda não foram sincronizadas</translation>
    </message>
    <message>
        <source>some of it is being pushed or rendered at the moment</source>
        <translation>parte está sendo enviada ou renderizada no momento</translation>
    </message>
    <message>
        <source>it lies in the archive already</source>
        <translation>já está no arquivo</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Em andamento</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Arquivado</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>Sendo desfeito</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Desfeito</translation>
    </message>
    <message>
        <source>This cannot begin: {reasons}.</source>
        <translation>Isto não pode começar: {reasons}.</translation>
    </message>
</context>
<context>
    <name>asset</name>
    <message>
        <source>{rating} of 5 stars</source>
        <translation>{rating} de 5 estrelas</translation>
    </message>
    <message>
        <source>Changed since approval</source>
        <translation>Alterado após a aprovação</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>Enviado</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Ilegíveis</translation>
    </message>
</context>
<context>
    <name>capability</name>
    <message>
        <source>See assets</source>
        <translation>Ver ativos</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Fazer upload</translation>
    </message>
    <message>
        <source>Change assets</source>
        <translation>Alterar ativos</translation>
    </message>
    <message>
        <source>Delete assets</source>
        <translation>Excluir ativos</translation>
    </message>
    <message>
        <source>Change upload presets</source>
        <translation>Alterar predefinições de upload</translation>
    </message>
    <message>
        <source>Change metadata fields</source>
        <translation>Alterar campos de metadados</translation>
    </message>
    <message>
        <source>Change named transformations</source>
        <translation>Alterar transformações nomeadas</translation>
    </message>
    <message>
        <source>Change notifications</source>
        <translation>Alterar notificações</translation>
    </message>
    <message>
        <source>See settings</source>
        <translation>Ver configurações</translation>
    </message>
    <message>
        <source>See usage and limits</source>
        <translation>Ver uso e limites</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>Approved</source>
        <translation>Aprovados</translation>
    </message>
    <message>
        <source>Delivered for the first time</source>
        <translation>Entregue pela primeira vez</translation>
    </message>
    <message>
        <source>Replaced by a new version</source>
        <translation>Substituído por nova versão</translation>
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
        <translation>Retirado porque os direitos terminaram</translation>
    </message>
    <message>
        <source>Delivered again</source>
        <translation>Entregue de novo</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>Direitos alterados</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>Direitos terminam em breve</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>Metadados alterados</translation>
    </message>
    <message>
        <source>Image of a product delivered</source>
        <translation>Imagem de um produto entregue</translation>
    </message>
    <message>
        <source>Image taken off a product</source>
        <translation>Imagem retirada de um produto</translation>
    </message>
    <message>
        <source>Product feed read</source>
        <translation>Feed de produtos lido</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Arquivado</translation>
    </message>
    <message>
        <source>Campaign archived</source>
        <translation>Campanha arquivada</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Teste</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desativado</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Abandonado</translation>
    </message>
    <message>
        <source>The receiver took it</source>
        <translation>O destinatário aceitou</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>A caminho</translation>
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
        <translation>Outro</translation>
    </message>
    <message>
        <source>At Cloudinary alone</source>
        <translation>Somente no Cloudinary</translation>
    </message>
    <message>
        <source>At Cloudinary and in the shop</source>
        <translation>No Cloudinary e na loja</translation>
    </message>
    <message>
        <source>Small stand-ins in the shop</source>
        <translation>Pequenos substitutos na loja</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Desfocada</translation>
    </message>
    <message>
        <source>Large pixels</source>
        <translation>Pixels grandes</translation>
    </message>
    <message>
        <source>Drawn outlines</source>
        <translation>Contornos desenhados</translation>
    </message>
    <message>
        <source>Its main colour</source>
        <translation>Sua cor principal</translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>Nothing waits for a review</source>
        <translation>Nada aguarda revisão</translation>
    </message>
    <message>
        <source>Choose assets and press I to put them in review, or ask somebody for one in the menu Review.</source>
        <translation>Escolha ativos e pressione I para colocá-los em revisão, ou solicite uma revisão a alguém no menu Revisão.</translation>
    </message>
    <message>
        <source>Nothing is approved yet</source>
        <translation>Nada aprovado ainda</translation>
    </message>
    <message>
        <source>Choose assets and press A. What is approved can be pushed.</source>
        <translation>Escolha ativos e pressione A. O que está aprovado pode ser enviado.</translation>
    </message>
    <message>
        <source>Nothing is pushed yet</source>
        <translation>Nada enviado ainda</translation>
    </message>
    <message>
        <source>Choose approved assets and press Ctrl+U: the plan is shown first, and then they are delivered.</source>
        <translation>Escolha ativos aprovados e pressione Ctrl+U: primeiro o plano é mostrado, depois eles são entregues.</translation>
    </message>
    <message>
        <source>No rights have ended</source>
        <translation>Nenhum direito terminou</translation>
    </message>
    <message>
        <source>What may not be used any more stands here. The calendar in the menu Review shows what ends soon.</source>
        <translation>O que não pode mais ser usado aparece aqui. O calendário no menu Revisão mostra o que termina em breve.</translation>
    </message>
    <message>
        <source>Everything can be read</source>
        <translation>Tudo pode ser lido</translation>
    </message>
    <message>
        <source>Files that are damaged, or of a kind that nobody here can read, stand here with the reason.</source>
        <translation>Arquivos danificados, ou de um tipo que ninguém aqui consegue ler, aparecem aqui com o motivo.</translation>
    </message>
</context>
<context>
    <name>contract</name>
    <message>
        <source>width {found} instead of {asked}</source>
        <translation>largura {found} em vez de {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of {asked}</source>
        <translation>altura {found} em vez de {asked}</translation>
    </message>
    <message>
        <source>width {found} instead of ≤ {asked}</source>
        <translation>largura {found} em vez de ≤ {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of ≤ {asked}</source>
        <translation>altura {found} em vez de ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of ≤ {asked}</source>
        <translation>{found} em vez de ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of {asked}</source>
        <translation>{found} em vez de {asked}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>up to {count} with a file for each browser&apos;s format</source>
        <translation>até {count}, com um arquivo para o formato de cada navegador</translation>
    </message>
    <message>
        <source>{name} × {count}, billed apart</source>
        <translation>{name} × {count}, cobrado à parte</translation>
    </message>
    <message>
        <source>{name} × {count}, an add-on</source>
        <translation>{name} × {count}, um complemento</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>pelo menos %Ln transformação</numerusform>
            <numerusform>pelo menos %Ln transformações</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>%Ln novo ativo derivado</numerusform>
            <numerusform>%Ln novos ativos derivados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln já existente</numerusform>
            <numerusform>%Ln já existentes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>disagreement</name>
    <message>
        <source>{names} decided differently: {state} holds until somebody decides again.</source>
        <translation>{names} decidiram de forma diferente: vale {state} até alguém decidir de novo.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>O Asset Bridge já está aberto com este perfil ({path}). Use aquela janela; ela executa o que você colocar na fila em outro lugar.</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its permissions, or choose another one with ASSET_BRIDGE_HOME.</source>
        <translation>Não é possível gravar no perfil {path}: {detail}. Nada foi alterado. Corrija as permissões dele ou escolha outro com ASSET_BRIDGE_HOME.</translation>
    </message>
    <message>
        <source>{service} did not take this: {detail}.</source>
        <translation>{service} não aceitou isto: {detail}.</translation>
    </message>
    <message>
        <source>{host} is an address of this computer or of a private network ({address}). Nothing was sent. Allow private addresses for it if that is meant.</source>
        <translation>{host} é um endereço deste computador ou de uma rede privada ({address}). Nada foi enviado. Permita endereços privados para ele, se for essa a intenção.</translation>
    </message>
    <message>
        <source>{url} cannot be called: {detail}.</source>
        <translation>Não é possível chamar {url}: {detail}.</translation>
    </message>
    <message>
        <source>{host} did not take it ({detail}). It is tried again.</source>
        <translation>{host} não aceitou ({detail}). Haverá nova tentativa.</translation>
    </message>
    <message>
        <source>{host} could not be read ({detail}). What was known before stays as it is.</source>
        <translation>Não foi possível ler {host} ({detail}). O que já se sabia fica como está.</translation>
    </message>
    <message>
        <source>{host} did not give what was asked for: {detail}. Nothing was changed.</source>
        <translation>{host} não forneceu o que foi pedido: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The answer is larger than {most} MB. Nothing was changed.</source>
        <translation>A resposta tem mais de {most} MB. Nada foi alterado.</translation>
    </message>
    <message>
        <source>A PDF needs libraries that are not here ({detail}). CSV and JSON need none.</source>
        <translation>Um PDF precisa de bibliotecas que não estão aqui ({detail}). CSV e JSON não precisam.</translation>
    </message>
    <message>
        <source>{what} could be any of {count} assets. Give its id or its whole path.</source>
        <translation>{what} pode ser qualquer um de {count} ativos. Informe o ID ou o caminho completo.</translation>
    </message>
    <message>
        <source>{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is asked again by itself until it says no.</source>
        <translation>{name} foi retirado em {service}, mas cópias a caminho ainda o entregam. O endereço é consultado de novo automaticamente até recusar.</translation>
    </message>
    <message>
        <source>{service} refuses what is signed here because the clock of this computer is wrong ({detail}). Set the clock, then try again; what is queued stays queued.</source>
        <translation>{service} recusa o que é assinado aqui porque o relógio deste computador está errado ({detail}). Acerte o relógio e tente de novo; o que está na fila permanece nela.</translation>
    </message>
    <message>
        <source>This file is larger than the plan at {service} allows ({detail}). Nothing was changed there; send a smaller version, or ask for a larger plan.</source>
        <translation>Este arquivo é maior do que o plano em {service} permite ({detail}). Nada foi alterado lá; envie uma versão menor ou solicite um plano maior.</translation>
    </message>
    <message>
        <source>{service} cannot read this file, or does not take its format ({detail}). Nothing was changed there; look whether the file opens here.</source>
        <translation>{service} não consegue ler este arquivo ou não aceita o formato ({detail}). Nada foi alterado lá; verifique se o arquivo abre aqui.</translation>
    </message>
    <message>
        <source>{service} knows no upload preset of that name ({detail}). Nothing was changed there; choose another one, or none.</source>
        <translation>{service} não conhece nenhuma predefinição de upload com esse nome ({detail}). Nada foi alterado lá; escolha outra ou nenhuma.</translation>
    </message>
    <message>
        <source>An add-on that this asks for is not booked at {service} ({detail}). Nothing was changed there.</source>
        <translation>Um complemento que isto exige não está contratado em {service} ({detail}). Nada foi alterado lá.</translation>
    </message>
    <message>
        <source>The key of this account may not do this at {service} ({detail}). Nothing was changed there; use a key with that permission, or ask who gives them.</source>
        <translation>A chave desta conta não pode fazer isto em {service} ({detail}). Nada foi alterado lá; use uma chave com essa permissão ou pergunte a quem as concede.</translation>
    </message>
    <message>
        <source>{service} was asked, and the answer points to another address ({detail}). Nothing was sent there. If this network wants you to log in first, do that; else check the API&apos;s address in the account. It is tried again by itself.</source>
        <translation>{service} foi consultado, e a resposta aponta para outro endereço ({detail}). Nada foi enviado para lá. Se esta rede exigir login antes, faça-o; caso contrário, verifique o endereço da API na conta. Haverá nova tentativa automática.</translation>
    </message>
    <message>
        <source>What came back from {service} cannot be understood ({detail}). Something on the way may have answered in its place. It is tried again by itself.</source>
        <translation>Não é possível entender o que voltou de {service} ({detail}). Algo no caminho pode ter respondido em seu lugar. Haverá nova tentativa automática.</translation>
    </message>
    <message>
        <source>{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. It is sent again.</source>
        <translation>{name} chegou danificado a {service}: a soma de verificação é {etag} em vez de {md5}. Será enviado de novo.</translation>
    </message>
    <message>
        <source>The upload preset {preset} changes files as they arrive at {service}, so that what is there is not what was approved. Choose another preset.</source>
        <translation>A predefinição de upload {preset} altera os arquivos quando chegam a {service}, de modo que o que está lá não é o que foi aprovado. Escolha outra predefinição.</translation>
    </message>
    <message>
        <source>The hourly number of calls to {service}&apos;s Admin API is used up. What needs one goes on by itself when the next hour begins; uploads go on meanwhile.</source>
        <translation>O número de chamadas por hora à Admin API de {service} se esgotou. O que precisa de uma continua automaticamente na próxima hora; os uploads seguem enquanto isso.</translation>
    </message>
    <message>
        <source>This needs an address signed with the API secret, which a login does not have. Add the account with its key and secret.</source>
        <translation>Isto precisa de um endereço assinado com o segredo da API, que um login não tem. Adicione a conta com a chave e o segredo.</translation>
    </message>
    <message>
        <source>The named transformation {name} at {service} is not what you saw: it now is {now}. It was left as it is.</source>
        <translation>A transformação nomeada {name} em {service} não é a que você viu: agora é {now}. Ela foi deixada como está.</translation>
    </message>
    <message>
        <source>A notification was not believed: {detail}. Nothing was done about it.</source>
        <translation>Uma notificação não foi considerada confiável: {detail}. Nada foi feito a respeito.</translation>
    </message>
    <message>
        <source>{service} did not log you in: {detail}. Nothing was changed here.</source>
        <translation>{service} não permitiu a entrada: {detail}. Nada foi alterado aqui.</translation>
    </message>
    <message>
        <source>Nobody logged in within the time there was. Nothing was changed; try again.</source>
        <translation>Ninguém entrou dentro do tempo disponível. Nada foi alterado; tente de novo.</translation>
    </message>
    <message>
        <source>The login was cancelled. Nothing was changed.</source>
        <translation>O login foi cancelado. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{service} keeps no backup of {name}: it cannot be brought back from there. Push the master again.</source>
        <translation>{service} não mantém backup de {name}: não é possível recuperá-lo de lá. Envie o master de novo.</translation>
    </message>
    <message>
        <source>{name} was not delivered: its library sends other bytes than it says ({detail}). It is fetched again by itself.</source>
        <translation>{name} não foi entregue: a biblioteca envia bytes diferentes dos que informa ({detail}). Será buscado de novo automaticamente.</translation>
    </message>
    <message>
        <source>There is an upload preset called {name} already. Change that one, or choose another name.</source>
        <translation>Já existe uma predefinição de upload chamada {name}. Altere essa ou escolha outro nome.</translation>
    </message>
    <message>
        <source>Entry {first} was altered: it does not say what was recorded.</source>
        <translation>A entrada {first} foi alterada: ela não diz o que foi registrado.</translation>
    </message>
    <message>
        <source>Just before entry {first} something was put in, taken out or moved.</source>
        <translation>Logo antes da entrada {first}, algo foi inserido, retirado ou movido.</translation>
    </message>
    <message>
        <source>Entries are missing: number {first} to number {last}.</source>
        <translation>Faltam entradas: do número {first} ao número {last}.</translation>
    </message>
    <message>
        <source>The end was cut off: number {first} to number {last} were there once.</source>
        <translation>O final foi cortado: os números {first} a {last} já existiram.</translation>
    </message>
    <message>
        <source>The ledger does not know any more how far the trail goes.</source>
        <translation>O livro de registros não sabe mais até onde vai a trilha.</translation>
    </message>
    <message>
        <source>The trail does not end as the ledger kept it, at entry {first}.</source>
        <translation>A trilha não termina como o livro de registros a guardou, na entrada {first}.</translation>
    </message>
    <message>
        <source>The file beside the ledger that keeps the trail&apos;s end is gone or unreadable.</source>
        <translation>O arquivo ao lado do livro de registros que guarda o fim da trilha sumiu ou está ilegível.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that the file beside the ledger has kept.</source>
        <translation>A entrada {first} não é a que o arquivo ao lado do livro de registros guardou.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that was kept elsewhere.</source>
        <translation>A entrada {first} não é a que foi guardada em outro lugar.</translation>
    </message>
    <message>
        <source>The decision that entry {first} tells of is not on record any more.</source>
        <translation>A decisão de que fala a entrada {first} não consta mais no registro.</translation>
    </message>
    <message>
        <source>A decision is on record that the trail does not tell of ({what}).</source>
        <translation>Há no registro uma decisão de que a trilha não fala ({what}).</translation>
    </message>
    <message>
        <source>{what} of the channel cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} do canal não pode ser usado: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it into another folder.</source>
        <translation>{name} não foi enviado: a pasta {folder} pertence ao plug-in de {channel}. Envie para outra pasta.</translation>
    </message>
    <message>
        <source>The comment was not saved: {detail}. What you wrote is still where you wrote it.</source>
        <translation>O comentário não foi salvo: {detail}. O que você escreveu continua onde estava.</translation>
    </message>
    <message>
        <source>Somebody has changed {field} of the entry {entry} there meanwhile. Their version was left as it is; look at it there, then publish again.</source>
        <translation>Enquanto isso, alguém alterou {field} da entrada {entry}. A versão dessa pessoa ficou como está; veja-a lá e publique de novo.</translation>
    </message>
    <message>
        <source>{preset} of {name} may not be published: {reasons}. Nothing was written.</source>
        <translation>{preset} de {name} não pode ser publicada: {reasons}. Nada foi gravado.</translation>
    </message>
    <message>
        <source>There is no rendition {preset} of {name} as it is now. Approve the newest version, push it and have the rendition made in the cloud.</source>
        <translation>Não há variante {preset} de {name} como está agora. Aprove a versão mais recente, envie-a e crie a variante na nuvem.</translation>
    </message>
    <message>
        <source>There is no environment {environment} there. There is: {known}.</source>
        <translation>Não há um ambiente {environment} lá. Existem: {known}.</translation>
    </message>
    <message>
        <source>Something is published in {name}: until that was taken back, it stays the same place. Nothing was changed; add another one beside it.</source>
        <translation>Há algo publicado em {name}: até que seja retirado, o lugar continua o mesmo. Nada foi alterado; adicione outro ao lado.</translation>
    </message>
    <message>
        <source>{field} of the entry takes {most} pictures and has them. Nothing was changed.</source>
        <translation>{field} da entrada aceita {most} imagens e já as tem. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{field} of the entry holds something else than pictures. Nothing was changed.</source>
        <translation>{field} da entrada contém algo que não são imagens. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a reference to entries with one of these is.</source>
        <translation>{field} não é um campo para imagens: servem um campo Cloudinary ou JSON, um arquivo, um texto, um link ou uma referência a entradas com um destes.</translation>
    </message>
    <message>
        <source>{what}: {detail}</source>
        <translation>{what}: {detail}</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}.</source>
        <translation>{what} não pode ser usado: {detail}.</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was lost.</source>
        <translation>Algo deu errado. Nada se perdeu.</translation>
    </message>
    <message>
        <source>{service} cannot be reached. Nothing was lost: what is queued goes out by itself when the connection is back.</source>
        <translation>Não é possível acessar {service}. Nada se perdeu: o que está na fila sai automaticamente quando a conexão voltar.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down. The work continues by itself.</source>
        <translation>{service} pede para reduzir o ritmo. O trabalho continua automaticamente.</translation>
    </message>
    <message>
        <source>{service} has a problem of its own ({detail}). It is tried again by itself.</source>
        <translation>{service} está com um problema próprio ({detail}). Haverá nova tentativa automática.</translation>
    </message>
    <message>
        <source>{service} refused this: {detail}. Nothing was changed there.</source>
        <translation>{service} recusou isto: {detail}. Nada foi alterado lá.</translation>
    </message>
    <message>
        <source>{service} does not accept the key of this account ({detail}). Check the account&apos;s key and secret; what is queued stays queued.</source>
        <translation>{service} não aceita a chave desta conta ({detail}). Verifique a chave e o segredo da conta; o que está na fila permanece nela.</translation>
    </message>
    <message>
        <source>{name} was not pushed: {reasons}. Nothing was sent.</source>
        <translation>{name} não foi enviado: {reasons}. Nada foi enviado.</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name}: {reasons}. Enquanto for assim, nenhum endereço é fornecido.</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. It was left as it is.</source>
        <translation>Não foi possível ler {path}: {detail}. Foi deixado como está.</translation>
    </message>
    <message>
        <source>{name} has changed since the push was queued. Nothing was sent: look at the new version and approve it again.</source>
        <translation>{name} mudou desde que o envio entrou na fila. Nada foi enviado: confira a nova versão e aprove-a de novo.</translation>
    </message>
    <message>
        <source>No preview could be made: {detail}.</source>
        <translation>Não foi possível criar uma visualização: {detail}.</translation>
    </message>
    <message>
        <source>No preview could be made within the limits: {detail}. The file was left alone.</source>
        <translation>Não foi possível criar uma visualização dentro dos limites: {detail}. O arquivo não foi alterado.</translation>
    </message>
    <message>
        <source>The disk with {path} is full. What you said before is safe, and your originals are untouched. Free some space, then try again.</source>
        <translation>O disco com {path} está cheio. O que você disse antes está seguro, e seus originais estão intactos. Libere espaço e tente de novo.</translation>
    </message>
    <message>
        <source>The database {path} cannot be used: {detail}.</source>
        <translation>O banco de dados {path} não pode ser usado: {detail}.</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Asset Bridge. Please update the program; nothing was changed.</source>
        <translation>O banco de dados {path} foi gravado por um Asset Bridge mais novo. Atualize o programa; nada foi alterado.</translation>
    </message>
    <message>
        <source>There is no keyring service here to keep the secret in. Choose a passphrase (or set ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.</source>
        <translation>Não há serviço de chaveiro aqui para guardar o segredo. Escolha uma frase secreta (ou defina ASSET_BRIDGE_PASSPHRASE), e ele será guardado em um arquivo criptografado.</translation>
    </message>
    <message>
        <source>This passphrase does not open the key store. Nothing was changed.</source>
        <translation>Esta frase secreta não abre o repositório de chaves. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{what} was not found.</source>
        <translation>{what} não foi encontrado.</translation>
    </message>
    <message>
        <source>{what} is no field mapping: {detail}.</source>
        <translation>{what} não é um mapeamento de campos: {detail}.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {detail}. Nothing was written.</source>
        <translation>O kit {kit} não foi exportado: {detail}. Nada foi gravado.</translation>
    </message>
    <message>
        <source>The kit {what} was not saved: another one has that name, or it was deleted meanwhile. Nothing was changed.</source>
        <translation>O kit {what} não foi salvo: outro tem esse nome, ou ele foi excluído nesse meio-tempo. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The table of variants cannot be used: line {line}: {detail}. Nothing was changed.</source>
        <translation>A tabela de variações não pode ser usada: linha {line}: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{what} cannot stand in a rights block: {detail}. Nothing was changed.</source>
        <translation>{what} não pode constar em um bloco de direitos: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The rating {rating} was not kept: it takes 0 to 5.</source>
        <translation>A classificação {rating} não foi salva: o valor vai de 0 a 5.</translation>
    </message>
    <message>
        <source>{what} cannot be defined so: {detail}.</source>
        <translation>{what} não pode ser definido assim: {detail}.</translation>
    </message>
    <message>
        <source>{what} cannot be used at character {at}: {detail}.</source>
        <translation>{what} não pode ser usado no caractere {at}: {detail}.</translation>
    </message>
    <message>
        <source>The templates were not imported: {what}: {detail}. Nothing was changed.</source>
        <translation>Os modelos não foram importados: {what}: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>“{field}” is switched off by a rule for what the other fields say.</source>
        <translation>“{field}” está desativado por uma regra em razão do que dizem os outros campos.</translation>
    </message>
    <message>
        <source>“{field}” must not be empty.</source>
        <translation>“{field}” não pode ficar vazio.</translation>
    </message>
    <message>
        <source>“{field}” needs a whole number.</source>
        <translation>“{field}” precisa de um número inteiro.</translation>
    </message>
    <message>
        <source>“{field}” needs a date such as 2026-05-31.</source>
        <translation>“{field}” precisa de uma data como 2026-05-31.</translation>
    </message>
    <message>
        <source>“{value}” is not in the list of “{field}”.</source>
        <translation>“{value}” não está na lista de “{field}”.</translation>
    </message>
    <message>
        <source>“{value}” cannot be chosen for “{field}” with what the other fields say.</source>
        <translation>“{value}” não pode ser escolhido para “{field}” com o que dizem os outros campos.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} values.</source>
        <translation>“{field}” aceita no máximo {most} valores.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} characters.</source>
        <translation>“{field}” aceita no máximo {most} caracteres.</translation>
    </message>
    <message>
        <source>“{field}” needs at least {least} characters.</source>
        <translation>“{field}” precisa de pelo menos {least} caracteres.</translation>
    </message>
    <message>
        <source>“{field}” has to match the pattern {pattern}.</source>
        <translation>“{field}” precisa corresponder à expressão {pattern}.</translation>
    </message>
    <message>
        <source>“{field}” has to be greater than {bound}.</source>
        <translation>“{field}” precisa ser maior que {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or more.</source>
        <translation>“{field}” precisa ser {bound} ou mais.</translation>
    </message>
    <message>
        <source>“{field}” has to be less than {bound}.</source>
        <translation>“{field}” precisa ser menor que {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or less.</source>
        <translation>“{field}” precisa ser {bound} ou menos.</translation>
    </message>
    <message>
        <source>The naming template {what} cannot be used: {detail}. Nothing was written.</source>
        <translation>O modelo de nomes {what} não pode ser usado: {detail}. Nada foi gravado.</translation>
    </message>
    <message>
        <source>{name} was not let through: {detail}. Nothing was changed.</source>
        <translation>{name} não foi liberado: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} não pode ser usado: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The policies were not taken over: {place}: {detail}. Nothing was changed.</source>
        <translation>As políticas não foram adotadas: {place}: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The presets were not imported: {place}: {detail}. Nothing was changed.</source>
        <translation>As predefinições não foram importadas: {place}: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The feed needs a name of its own, of at most {most} letters.</source>
        <translation>O feed precisa de um nome próprio, com no máximo {most} letras.</translation>
    </message>
    <message>
        <source>The feed cannot be kept: {detail}. Nothing was changed.</source>
        <translation>Não é possível salvar o feed: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{name} was not taken: {detail}. What was known before stays as it is.</source>
        <translation>{name} não foi aceito: {detail}. O que já se sabia fica como está.</translation>
    </message>
    <message>
        <source>{name}: {bad} of {received} rows were not taken.</source>
        <translation>{name}: {bad} de {received} linhas não foram aceitas.</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, {{position}}, {{any}} and [brackets] around what may be missing.</source>
        <translation>O padrão “{pattern}” não pode ser usado: precisa de {{sku}} uma vez e aceita {{slot}}, {{position}}, {{any}} e [colchetes] em torno do que pode faltar.</translation>
    </message>
    <message>
        <source>This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.</source>
        <translation>Este computador deve usar o proxy {proxy}, que não é um proxy HTTP. Nada foi enviado. Defina HTTPS_PROXY como um proxy HTTP ou remova ALL_PROXY e inicie de novo.</translation>
    </message>
    <message>
        <source>{variable} is not the address of a proxy. Nothing was sent. Write it as http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start again.</source>
        <translation>{variable} não é o endereço de um proxy. Nada foi enviado. Escreva-o como http://name:password@proxy:3128, com %2F para / e %40 para @ na senha, e inicie de novo.</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check HTTPS_PROXY, with the name and password in it, and start again.</source>
        <translation>O proxy {proxy} não deixa nada chegar a {service} ({detail}). Nada foi enviado. Verifique HTTPS_PROXY, com o nome e a senha, e inicie de novo.</translation>
    </message>
    <message>
        <source>No review pack was made: {detail}.</source>
        <translation>Nenhum pacote de revisão foi criado: {detail}.</translation>
    </message>
    <message>
        <source>The verdicts were not imported: {place}: {detail}. Nothing was recorded.</source>
        <translation>Os pareceres não foram importados: {place}: {detail}. Nada foi registrado.</translation>
    </message>
    <message>
        <source>The review was not requested: {detail}.</source>
        <translation>A revisão não foi solicitada: {detail}.</translation>
    </message>
    <message>
        <source>The rights end ({ends}) before they begin ({starts}).</source>
        <translation>Os direitos terminam ({ends}) antes de começar ({starts}).</translation>
    </message>
    <message>
        <source>The rights block cannot be read: {detail}.</source>
        <translation>Não é possível ler o bloco de direitos: {detail}.</translation>
    </message>
    <message>
        <source>{what} is no territory: give a country&apos;s code (NO, SE), a region ({regions}) or WORLD. Nothing was changed.</source>
        <translation>{what} não é um território: informe o código de um país (NO, SE), uma região ({regions}) ou WORLD. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{what} is no channel: they are {channels}. Nothing was changed.</source>
        <translation>{what} não é um canal: os canais são {channels}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>These rights exclude every one of the {what} that they grant. Nothing was changed.</source>
        <translation>Estes direitos excluem tudo o que concedem em {what}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{what} of the rights is too long: {most} at most. Nothing was changed.</source>
        <translation>{what} dos direitos é longo demais: no máximo {most}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The rights cannot be claimed: {detail}. Nothing was changed.</source>
        <translation>Não é possível declarar os direitos: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The rights cannot be read: {place} is not as it should be. Nothing was changed.</source>
        <translation>Não é possível ler os direitos: {place} não está como deveria. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed.</source>
        <translation>{what} não é uma data: escreva 2027-03-31 ou 2027-03-31T18:00. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{name}: what was claimed here and what {service} says have no {what} in common, which cannot be written there. Here nothing of it is delivered.</source>
        <translation>{name}: o que foi declarado aqui e o que {service} diz não têm {what} em comum, e isso não pode ser gravado lá. Aqui nada dele é entregue.</translation>
    </message>
    <message>
        <source>{what} cannot be used: line {line}: {detail}.</source>
        <translation>{what} não pode ser usado: linha {line}: {detail}.</translation>
    </message>
    <message>
        <source>{what}: {detail}. The vocabulary is closed: choose one of its words.</source>
        <translation>{what}: {detail}. O vocabulário é fechado: escolha uma das palavras dele.</translation>
    </message>
    <message>
        <source>{endpoint} said that it is gone (410). It was switched off; what was not delivered is kept and can be sent again.</source>
        <translation>{endpoint} informou que não existe mais (410). Foi desativado; o que não foi entregue está guardado e pode ser enviado de novo.</translation>
    </message>
    <message>
        <source>{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept and can be sent again.</source>
        <translation>{endpoint} não aceitou a mensagem em {tries} tentativas ao longo de dias ({detail}). Ela está guardada e pode ser enviada de novo.</translation>
    </message>
    <message>
        <source>The endpoint needs a name of at most {most} letters.</source>
        <translation>O endpoint precisa de um nome com no máximo {most} letras.</translation>
    </message>
    <message>
        <source>There is an endpoint called {name} already.</source>
        <translation>Já existe um endpoint chamado {name}.</translation>
    </message>
    <message>
        <source>“{url}” is no address to tell: it has to begin with https://.</source>
        <translation>“{url}” não é um endereço que possa ser avisado: precisa começar com https://.</translation>
    </message>
    <message>
        <source>{url} is not encrypted. Only an address of this computer or network, where that is allowed, may begin with http://.</source>
        <translation>{url} não é criptografado. Só um endereço deste computador ou da rede, onde isso é permitido, pode começar com http://.</translation>
    </message>
    <message>
        <source>The secret has to be {prefix} and {least} to {most} bytes in base64.</source>
        <translation>O segredo precisa ser {prefix} e de {least} a {most} bytes em base64.</translation>
    </message>
    <message>
        <source>The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; it goes on by itself when the folder is back.</source>
        <translation>Não é possível acessar a biblioteca {path}: {detail}. Nada nela é considerado excluído; tudo continua automaticamente quando a pasta voltar.</translation>
    </message>
    <message>
        <source>{path} is still being written. It is read again when it is at rest.</source>
        <translation>{path} ainda está sendo gravado. Será lido de novo quando estiver estável.</translation>
    </message>
    <message>
        <source>{path} was not copied: {detail}. The original is where it was.</source>
        <translation>{path} não foi copiado: {detail}. O original está onde estava.</translation>
    </message>
    <message>
        <source>The system cannot watch every folder of {path} ({detail}). The library is looked through at intervals instead: changes may take longer to appear.</source>
        <translation>O sistema não consegue monitorar todas as pastas de {path} ({detail}). A biblioteca é examinada em intervalos: as alterações podem demorar mais para aparecer.</translation>
    </message>
    <message>
        <source>{service} did not sign you in: {detail}. Nothing was changed here.</source>
        <translation>{service} não permitiu a entrada: {detail}. Nada foi alterado aqui.</translation>
    </message>
    <message>
        <source>{service} does not accept the API key ({detail}). A key for version 4 of its API is needed. Nothing was changed here.</source>
        <translation>{service} não aceita a chave de API ({detail}). É necessária uma chave para a versão 4 da API. Nada foi alterado aqui.</translation>
    </message>
    <message>
        <source>The session at {service} has ended ({detail}). Sign in again; what is queued stays queued.</source>
        <translation>A sessão em {service} terminou ({detail}). Entre de novo; o que está na fila permanece nela.</translation>
    </message>
    <message>
        <source>{service} asks for a code but does not take it here ({detail}). Sign in with the browser where that is offered, or as somebody who needs no code.</source>
        <translation>{service} pede um código, mas não o aceita aqui ({detail}). Entre pelo navegador, se for oferecido, ou como alguém que não precise de código.</translation>
    </message>
    <message>
        <source>Your role at {service} does not allow this ({detail}). Nothing was changed there.</source>
        <translation>Sua função em {service} não permite isto ({detail}). Nada foi alterado lá.</translation>
    </message>
    <message>
        <source>{service} does not have this any more ({detail}).</source>
        <translation>{service} não tem mais isto ({detail}).</translation>
    </message>
    <message>
        <source>Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: look at both and decide.</source>
        <translation>Alguém alterou isto em {service} nesse meio-tempo ({detail}). Nada foi sobrescrito: confira os dois e decida.</translation>
    </message>
    <message>
        <source>{service} does not offer this for that kind of file ({detail}).</source>
        <translation>{service} não oferece isto para esse tipo de arquivo ({detail}).</translation>
    </message>
    <message>
        <source>{service} already has another file of this name there ({detail}). It was left as it is.</source>
        <translation>{service} já tem outro arquivo com este nome ali ({detail}). Foi deixado como está.</translation>
    </message>
    <message>
        <source>{service} does not offer this: {detail}.</source>
        <translation>{service} não oferece isto: {detail}.</translation>
    </message>
    <message>
        <source>A listing of {service} does not come to an end ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Uma listagem de {service} não chega ao fim ({detail}). O que já foi lido foi mantido; nada foi considerado excluído.</translation>
    </message>
    <message>
        <source>A listing of {service} ended too early ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>Uma listagem de {service} terminou cedo demais ({detail}). O que já foi lido foi mantido; nada foi considerado excluído.</translation>
    </message>
    <message>
        <source>This address cannot be used: {detail}.</source>
        <translation>Este endereço não pode ser usado: {detail}.</translation>
    </message>
    <message>
        <source>{service} links to an address that is not safe ({detail}). Nothing was sent there.</source>
        <translation>{service} aponta para um endereço que não é seguro ({detail}). Nada foi enviado para lá.</translation>
    </message>
    <message>
        <source>An answer of {service} is too long to be right ({detail}). It was not read.</source>
        <translation>Uma resposta de {service} é longa demais para estar correta ({detail}). Ela não foi lida.</translation>
    </message>
    <message>
        <source>A record of {service} cannot be taken over: {detail}. The others were.</source>
        <translation>Não é possível adotar um registro de {service}: {detail}. Os outros foram adotados.</translation>
    </message>
    <message>
        <source>{service} has no picture of this ({detail}).</source>
        <translation>{service} não tem imagem disto ({detail}).</translation>
    </message>
    <message>
        <source>{service} has no more of this file ({detail}).</source>
        <translation>{service} não tem mais nada deste arquivo ({detail}).</translation>
    </message>
    <message>
        <source>{name} is being fetched already.</source>
        <translation>{name} já está sendo buscado.</translation>
    </message>
    <message>
        <source>What {service} sent of {name} is not the file it describes ({detail}). It was thrown away; nothing was changed.</source>
        <translation>O que {service} enviou de {name} não é o arquivo que descreve ({detail}). Foi descartado; nada foi alterado.</translation>
    </message>
    <message>
        <source>This was stopped. What had arrived is kept, and the next try goes on from there.</source>
        <translation>Isto foi interrompido. O que já chegou está guardado, e a próxima tentativa continua daí.</translation>
    </message>
    <message>
        <source>Libraries of the kind {kind} need a package that {detail}. What is catalogued of them stays.</source>
        <translation>Bibliotecas do tipo {kind} precisam de um pacote que {detail}. O que está catalogado delas fica.</translation>
    </message>
    <message>
        <source>The metadata could not be written: {detail}. What is there was left as it is.</source>
        <translation>Não foi possível gravar os metadados: {detail}. O que existe foi deixado como está.</translation>
    </message>
    <message>
        <source>The metadata was not written: {detail}. The file was left as it is.</source>
        <translation>Os metadados não foram gravados: {detail}. O arquivo foi deixado como está.</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile. It is read again.</source>
        <translation>{path} foi alterado por outro programa nesse meio-tempo. Será lido de novo.</translation>
    </message>
    <message>
        <source>{path} is locked by another program. What you said is kept and tried again.</source>
        <translation>{path} está bloqueado por outro programa. O que você disse está guardado e será tentado de novo.</translation>
    </message>
    <message>
        <source>{path} cannot be written to: {detail}. It was left as it is.</source>
        <translation>Não é possível gravar em {path}: {detail}. Foi deixado como está.</translation>
    </message>
    <message>
        <source>{path} is not there any more. What you said about it is kept.</source>
        <translation>{path} não está mais lá. O que você disse sobre ele está guardado.</translation>
    </message>
    <message>
        <source>The sample library was not finished. Nothing of it was left in {folder}.</source>
        <translation>A biblioteca de exemplo não foi concluída. Nada dela ficou em {folder}.</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>A busca foi interrompida.</translation>
    </message>
    <message>
        <source>The database {path} is damaged ({detail}). It was left as it is.</source>
        <translation>O banco de dados {path} está danificado ({detail}). Foi deixado como está.</translation>
    </message>
    <message>
        <source>{name} was changed again since. It was left as it is now: look at it, then decide anew.</source>
        <translation>{name} foi alterado de novo desde então. Foi deixado como está agora: confira e decida de novo.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again; the secret was kept nowhere else.</source>
        <translation>O chaveiro está bloqueado. Desbloqueie-o e tente de novo; o segredo não foi guardado em nenhum outro lugar.</translation>
    </message>
    <message>
        <source>The key store is closed. Open it with its passphrase, under the accounts of Cloudinary (or set ASSET_BRIDGE_PASSPHRASE).</source>
        <translation>O repositório de chaves está fechado. Abra-o com a frase secreta, nas contas do Cloudinary (ou defina ASSET_BRIDGE_PASSPHRASE).</translation>
    </message>
    <message>
        <source>The transformation cannot be used: at character {place} stands “{found}”, where {expected} was expected. Nothing was changed.</source>
        <translation>A transformação não pode ser usada: no caractere {place} está “{found}”, onde se esperava {expected}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>The import was stopped. Nothing of that log is counted.</source>
        <translation>A importação foi interrompida. Nada desse log é contado.</translation>
    </message>
    <message>
        <source>{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was recorded. A no for the whole counts from anybody.</source>
        <translation>{who} não pode decidir na etapa “{stage}”: por uma política, só {roles} podem. Nada foi registrado. Um não ao todo vale de qualquer pessoa.</translation>
    </message>
    <message>
        <source>Some assets stay as they are: since then they have changed, or somebody decided on them, or they are reviewed in stages. Look at them, and decide anew.</source>
        <translation>Alguns ativos ficam como estão: desde então mudaram, alguém decidiu sobre eles ou são revisados em etapas. Veja-os e decida de novo.</translation>
    </message>
    <message>
        <source>The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive into another folder, or mend this one and try again.</source>
        <translation>O arquivamento em {path} não está íntegro: {detail}. Nada foi retirado em lugar algum. Arquive em outra pasta ou corrija esta e tente de novo.</translation>
    </message>
    <message>
        <source>{name} was to be moved, and the service shows it where it was. Nothing else was changed: try again, or move it there by hand.</source>
        <translation>{name} deveria ter sido movido, e o serviço o mostra onde estava. Nada mais foi alterado: tente de novo ou mova-o lá manualmente.</translation>
    </message>
    <message>
        <source>Not all assets of this environment are known here yet, so nobody can say what changing the folder {name} would do. Wait until the sync is through, then try again.</source>
        <translation>Nem todos os ativos deste ambiente são conhecidos aqui ainda, por isso ninguém sabe o que a alteração da pasta {name} causaria. Aguarde o fim da sincronização e tente de novo.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has in Cloudinary. It was left as it is, and nothing was downloaded.</source>
        <translation>{path} já existe, com conteúdo diferente do que {name} tem no Cloudinary. Foi deixado como está, e nada foi baixado.</translation>
    </message>
    <message>
        <source>{name} is in Cloudinary, not in a folder here. Download it to have the file.</source>
        <translation>{name} está no Cloudinary, não em uma pasta aqui. Baixe-o para ter o arquivo.</translation>
    </message>
    <message>
        <source>{name} has no display name of its own: in this environment the name is part of the public ID, and renaming it would change its address. Nothing was changed.</source>
        <translation>{name} não tem nome de exibição próprio: neste ambiente o nome faz parte do public ID, e renomeá-lo mudaria o endereço. Nada foi alterado.</translation>
    </message>
    <message>
        <source>Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot hold at once, or make the rule anew: a new one is applied last.</source>
        <translation>O Cloudinary mantém a regra “{name}” onde está. Dê às duas regras condições que não possam valer ao mesmo tempo ou crie a regra de novo: uma nova é aplicada por último.</translation>
    </message>
    <message>
        <source>Reading the feed was stopped. Nothing was changed.</source>
        <translation>A leitura do feed foi interrompida. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{name} has changed at {service} since it was pushed, so nothing of its copy was carried back. Push it again, or change it at {service}.</source>
        <translation>{name} mudou em {service} desde o envio, por isso nada da cópia foi levado de volta. Envie de novo ou altere em {service}.</translation>
    </message>
    <message>
        <source>The mapping of {what} cannot be used: {detail}.</source>
        <translation>O mapeamento de {what} não pode ser usado: {detail}.</translation>
    </message>
    <message>
        <source>The archive of {name} was taken back, so nothing more of it is done. Archive it anew if that is wanted.</source>
        <translation>O arquivamento de {name} foi desfeito, por isso nada mais dele é executado. Arquive de novo, se desejar.</translation>
    </message>
    <message>
        <source>{name} is delivered with {there} bytes, and {told} were published. It was not archived: look at it, then try again.</source>
        <translation>{name} é entregue com {there} bytes, e foram publicados {told}. Não foi arquivado: confira e tente de novo.</translation>
    </message>
    <message>
        <source>{name} was put into the archive&apos;s gallery, and the service does not have it. Nothing was taken away anywhere; try again.</source>
        <translation>{name} foi colocado na galeria do arquivo, e o serviço não o tem. Nada foi retirado em lugar algum; tente de novo.</translation>
    </message>
    <message>
        <source>{name} was to be marked as archived, and the service does not show it. Try again; nothing was taken away anywhere.</source>
        <translation>{name} deveria ter sido marcado como arquivado, e o serviço não o mostra assim. Tente de novo; nada foi retirado em lugar algum.</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else since you looked at it. It was left alone: look at it again, then decide anew.</source>
        <translation>{name} foi alterado por outra pessoa desde que você o conferiu. Não se mexeu nele: confira de novo e decida outra vez.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. Nothing was changed there.</source>
        <translation>{name} não está mais em {service}. Nada foi alterado lá.</translation>
    </message>
    <message>
        <source>The folder {name} is not at {service} any more. Nothing was changed there.</source>
        <translation>A pasta {name} não está mais em {service}. Nada foi alterado lá.</translation>
    </message>
    <message>
        <source>There is a folder {name} at {service} already. Nothing was changed there: choose another name.</source>
        <translation>Já existe uma pasta {name} em {service}. Nada foi alterado lá: escolha outro nome.</translation>
    </message>
    <message>
        <source>{name} is not at its library any more. Nothing was sent or changed.</source>
        <translation>{name} não está mais em sua biblioteca. Nada foi enviado nem alterado.</translation>
    </message>
    <message>
        <source>The library of this master cannot be reached. Nothing was lost: it is tried again by itself every minute.</source>
        <translation>Não é possível acessar a biblioteca deste master. Nada se perdeu: há uma nova tentativa automática a cada minuto.</translation>
    </message>
    <message>
        <source>The kit {name} was not exported: {reasons}. Nothing was written.</source>
        <translation>O kit {name} não foi exportado: {reasons}. Nada foi gravado.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {count} of its renditions could not be made; the first is {preset} of {name}: {detail} What is made is kept for the next try.</source>
        <translation>O kit {kit} não foi exportado: não foi possível criar {count} de suas variantes; a primeira é {preset} de {name}: {detail} O que foi criado fica guardado para a próxima tentativa.</translation>
    </message>
    <message>
        <source>Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in the inspector.</source>
        <translation>Outra pessoa alterou {field} de {name} nesse meio-tempo. Os dois valores estão guardados: escolha um no inspetor.</translation>
    </message>
    <message>
        <source>{service} did not take {field} of {name}: {detail} What you wrote is kept and can be corrected.</source>
        <translation>{service} não aceitou {field} de {name}: {detail} O que você escreveu está guardado e pode ser corrigido.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. What you wrote about it is kept.</source>
        <translation>{name} não está mais em {service}. O que você escreveu sobre ele está guardado.</translation>
    </message>
    <message>
        <source>{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.</source>
        <translation>{service} aceitou {field} de {name}, mas agora diz “{there}”. O que você escreveu está guardado.</translation>
    </message>
    <message>
        <source>{service} was told that {name} is {wanted}, and still says that it is {found}.</source>
        <translation>{service} foi informado de que {name} está como {wanted} e ainda diz que está como {found}.</translation>
    </message>
    <message>
        <source>{name} was not sent: the content at {public_id} was changed by somebody else. Look at it first; nothing was replaced.</source>
        <translation>{name} não foi enviado: o conteúdo em {public_id} foi alterado por outra pessoa. Confira primeiro; nada foi substituído.</translation>
    </message>
    <message>
        <source>{name} has a new version at its library. It was not sent: have that version approved, then push it.</source>
        <translation>{name} tem uma nova versão em sua biblioteca. Não foi enviado: peça a aprovação dessa versão e então a envie.</translation>
    </message>
    <message>
        <source>Cloudinary has not made the renditions of {name} within hours. Their transformation may be more than it can do: change it, or try again.</source>
        <translation>O Cloudinary não criou as variantes de {name}, mesmo depois de horas. A transformação delas pode ser mais do que ele consegue fazer: altere-a ou tente de novo.</translation>
    </message>
    <message>
        <source>{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} The others are there.</source>
        <translation>{count} de {total} variantes de {name} não foram criadas; a primeira é {preset}: {detail} As outras estão lá.</translation>
    </message>
    <message>
        <source>{name} may not be delivered any more: {reasons}. Somebody has put other content at {public_id} meanwhile, which was left alone: look at it.</source>
        <translation>{name} não pode mais ser entregue: {reasons}. Alguém colocou outro conteúdo em {public_id} nesse meio-tempo, no qual não se mexeu: confira.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} was deleted at {service}, but its address makes it again for anybody: {environment} does not have strict transformations. Switch them on there and try again, or take the whole master back.</source>
        <translation>A variante {preset} de {name} foi excluída em {service}, mas o endereço a recria para qualquer pessoa: {environment} não tem transformações restritas. Ative-as lá e tente de novo ou retire o master inteiro.</translation>
    </message>
    <message>
        <source>The address of {name} is not told any more: {reasons}. Nothing was sent.</source>
        <translation>O endereço de {name} não é mais informado: {reasons}. Nada foi enviado.</translation>
    </message>
    <message>
        <source>{endpoint} is switched off. The message is kept: switch it on and send it again.</source>
        <translation>{endpoint} está desativado. A mensagem está guardada: ative-o e envie-a de novo.</translation>
    </message>
    <message>
        <source>At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide again if that is not right.</source>
        <translation>Em {service}, {name} está como “{state}” segundo {source}, que é mais rigoroso e prevalece. Decida de novo se isso não estiver certo.</translation>
    </message>
    <message>
        <source>{name} is archived at {service}, so it was not told of the decision. The decision is kept here.</source>
        <translation>{name} está arquivado em {service}, por isso não foi informado da decisão. A decisão está guardada aqui.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: it lies in no gallery there.</source>
        <translation>O que está publicado de {name} não foi registrado no serviço: não está em nenhuma galeria de lá.</translation>
    </message>
    <message>
        <source>It broke off.</source>
        <translation>Foi interrompido.</translation>
    </message>
    <message>
        <source>A saved report needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Um relatório salvo precisa de um nome de 1 a {most} letras. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{count} assets are not in {environment} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} ativos não estão mais em {environment}, entre eles {first}. Eles ficam no catálogo até você dizer que podem ser esquecidos.</translation>
    </message>
    <message>
        <source>The sync was stopped. What was fetched stays.</source>
        <translation>A sincronização foi interrompida. O que foi buscado fica.</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Nothing is left of it.</source>
        <translation>O download de {name} foi interrompido. Não sobrou nada dele.</translation>
    </message>
    <message>
        <source>Nothing was imported: {names} exist already and say something else. Say that they may be replaced, or rename them.</source>
        <translation>Nada foi importado: {names} já existem e dizem outra coisa. Permita que sejam substituídos ou renomeie-os.</translation>
    </message>
    <message>
        <source>There is something else with the name {name}. Nothing was changed.</source>
        <translation>Já existe outra coisa com o nome {name}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. The file that is there was left as it is.</source>
        <translation>{path} não foi gravado: {detail}. O arquivo existente foi deixado como está.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. Nothing is left of it.</source>
        <translation>{path} não foi gravado: {detail}. Não sobrou nada dele.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: other files have the names that its record could have. They were left as they are.</source>
        <translation>O que está publicado de {name} não foi registrado no serviço: outros arquivos têm os nomes que o registro poderia ter. Eles foram deixados como estão.</translation>
    </message>
    <message>
        <source>All that {name} of {reviewer} says is on record already. Nothing was recorded.</source>
        <translation>Tudo o que {name} de {reviewer} diz já está registrado. Nada foi registrado.</translation>
    </message>
    <message>
        <source>The review pack was not finished. Nothing is left of it.</source>
        <translation>O pacote de revisão não foi concluído. Não sobrou nada dele.</translation>
    </message>
    <message>
        <source>{what} is no time zone: give one like Europe/Oslo. Nothing was changed.</source>
        <translation>{what} não é um fuso horário: informe um como Europe/Oslo. Nada foi alterado.</translation>
    </message>
    <message>
        <source>A template needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>Um modelo precisa de um nome de 1 a {most} letras. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{name} was not attached: it has more than {most} MB. Nothing was changed.</source>
        <translation>{name} não foi anexado: tem mais de {most} MB. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{name} was not attached: {detail}. Nothing was changed.</source>
        <translation>{name} não foi anexado: {detail}. Nada foi alterado.</translation>
    </message>
    <message>
        <source>{name} in {folder} is not the document that was attached: it was changed. The claim names the right one by its SHA-256 ({digest}).</source>
        <translation>{name} em {folder} não é o documento que foi anexado: ele foi alterado. A declaração identifica o correto pelo SHA-256 ({digest}).</translation>
    </message>
    <message>
        <source>{count} files of {library} are not there any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} arquivos de {library} não estão mais lá, entre eles {first}. Eles ficam no catálogo até você dizer que podem ser esquecidos.</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer ({detail}). Close it, then try again.</source>
        <translation>Outro programa usa a porta {port} deste computador ({detail}). Feche-o e tente de novo.</translation>
    </message>
    <message>
        <source>{name} is at its service, not in a folder here. Save its original to have the file.</source>
        <translation>{name} está em seu serviço, não em uma pasta aqui. Salve o original para ter o arquivo.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has at {service}. It was left as it is.</source>
        <translation>{path} já existe, com conteúdo diferente do que {name} tem em {service}. Foi deixado como está.</translation>
    </message>
    <message>
        <source>{count} masters are not at {service} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} masters não estão mais em {service}, entre eles {first}. Eles ficam no catálogo até você dizer que podem ser esquecidos.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. Nothing was sent: write its address into a text, link or Cloudinary field instead.</source>
        <translation>A variante {preset} de {name} tem {mb} MB; o Contentstack aceita arquivos de até 100 MB. Nada foi enviado: grave o endereço dela em um campo de texto, link ou Cloudinary.</translation>
    </message>
    <message>
        <source>Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out first, or say that it may be given up.</source>
        <translation>Nem tudo o que foi dito aqui chegou: {work}. Nada foi removido. Espere que saia primeiro ou diga que pode ser abandonado.</translation>
    </message>
    <message>
        <source>This link cannot be followed ({detail}). Nothing was opened or changed.</source>
        <translation>Não é possível seguir este link ({detail}). Nada foi aberto nem alterado.</translation>
    </message>
    <message>
        <source>The news of a release could not be trusted: {detail}. Nothing was fetched or installed.</source>
        <translation>A notícia de uma nova versão não é confiável: {detail}. Nada foi baixado nem instalado.</translation>
    </message>
    <message>
        <source>{name} cannot be handed over as a file: its master is not on this machine, or it is a film. Export it, or publish it and take it from its renditions.</source>
        <translation>{name} não pode ser entregue como arquivo: o master não está neste computador ou é um vídeo. Exporte-o, ou publique-o e use as variantes dele.</translation>
    </message>
    <message>
        <source>Nothing was handed over. What was begun is gone again.</source>
        <translation>Nada foi entregue. O que havia sido iniciado foi removido.</translation>
    </message>
    <message>
        <source>The desktop shows no notifications ({detail}).</source>
        <translation>A área de trabalho não mostra notificações ({detail}).</translation>
    </message>
    <message>
        <source>{program} could not be started ({detail}). The file was left as it is.</source>
        <translation>Não foi possível iniciar {program} ({detail}). O arquivo foi deixado como está.</translation>
    </message>
    <message>
        <source>There is no place yet that news of releases come from. Nothing was asked. `updates_url` in the settings can name one.</source>
        <translation>Ainda não há um local de onde venham as notícias de novas versões. Nada foi consultado. `updates_url` nas configurações pode indicar um.</translation>
    </message>
    <message>
        <source>Channels of the kind {kind} need a package that {detail}. What is published there stays as it is.</source>
        <translation>Canais do tipo {kind} precisam de um pacote que {detail}. O que está publicado lá fica como está.</translation>
    </message>
    <message>
        <source>Cloudinary is still making the renditions of {name}.</source>
        <translation>O Cloudinary ainda está criando as variantes de {name}.</translation>
    </message>
    <message>
        <source>The service took the publication of {entry} and does not show it yet; it was looked for {times} times.</source>
        <translation>O serviço aceitou a publicação de {entry} e ainda não a mostra; ela foi procurada {times} vezes.</translation>
    </message>
    <message>
        <source>{service} gave no answer that can be used ({detail}). Nothing was kept: check the API&apos;s address, and whether this network wants you to log in first; then try again.</source>
        <translation>{service} não deu uma resposta que possa ser usada ({detail}). Nada foi guardado: verifique o endereço da API e se esta rede exige login antes; depois, tente de novo.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down, and could not be asked about this account. Nothing was kept: try again in a while.</source>
        <translation>{service} pede para reduzir o ritmo e não pôde ser consultado sobre esta conta. Nada foi guardado: tente de novo mais tarde.</translation>
    </message>
    <message>
        <source>It was stopped. Nothing of it was kept.</source>
        <translation>Foi interrompido. Nada disso foi guardado.</translation>
    </message>
    <message>
        <source>A policy keeps the file of {name} here: {reasons}. Nothing was handed over.</source>
        <translation>Uma política mantém aqui o arquivo de {name}: {reasons}. Nada foi entregue.</translation>
    </message>
    <message>
        <source>The copy of {name} holds something else by now. It did not become the new version.</source>
        <translation>A cópia de {name} agora contém outra coisa. Ela não se tornou a nova versão.</translation>
    </message>
    <message>
        <source>{name} takes nothing from others: {detail}.</source>
        <translation>{name} não aceita nada de outros: {detail}.</translation>
    </message>
    <message>
        <source>Posts cannot be received on port {port}: {detail}. Choose another one.</source>
        <translation>Não é possível receber envios na porta {port}: {detail}. Escolha outra.</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>%Ln arquivo não pode ser publicado: {reasons}.</numerusform>
            <numerusform>%Ln arquivos não podem ser publicados: {reasons}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>the program ends</source>
        <translation>o programa está sendo encerrado</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>não é JSON</translation>
    </message>
    <message>
        <source>it is no encoding of files</source>
        <translation>não é uma codificação de arquivos</translation>
    </message>
    <message>
        <source>it redirects again and again</source>
        <translation>redireciona repetidamente</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>demorou demais</translation>
    </message>
    <message>
        <source>it has to be https://…</source>
        <translation>precisa ser https://…</translation>
    </message>
    <message>
        <source>a password has no place in an address</source>
        <translation>uma senha não pode constar em um endereço</translation>
    </message>
    <message>
        <source>it redirects to nowhere safe</source>
        <translation>redireciona para um lugar que não é seguro</translation>
    </message>
    <message>
        <source>it is empty or not one word</source>
        <translation>está vazio ou não é uma única palavra</translation>
    </message>
    <message>
        <source>The Cloudinary URL</source>
        <translation>O URL do Cloudinary</translation>
    </message>
    <message>
        <source>it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME</source>
        <translation>precisa ter a forma cloudinary://API_KEY:API_SECRET@CLOUD_NAME</translation>
    </message>
    <message>
        <source>its answer names no asset</source>
        <translation>a resposta não indica nenhum ativo</translation>
    </message>
    <message>
        <source>the login had to be renewed</source>
        <translation>foi preciso renovar o login</translation>
    </message>
    <message>
        <source>it does not say when it was sent</source>
        <translation>não diz quando foi enviado</translation>
    </message>
    <message>
        <source>it is too old, or the clock here is wrong</source>
        <translation>é antigo demais, ou o relógio daqui está errado</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>não está assinado</translation>
    </message>
    <message>
        <source>its signature is not that of this account</source>
        <translation>a assinatura não é a desta conta</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>não pode ser lido</translation>
    </message>
    <message>
        <source>it does not say what happened</source>
        <translation>não diz o que aconteceu</translation>
    </message>
    <message>
        <source>the login kept is damaged</source>
        <translation>o login guardado está danificado</translation>
    </message>
    <message>
        <source>The API address</source>
        <translation>O endereço da API</translation>
    </message>
    <message>
        <source>it has to begin with https://</source>
        <translation>precisa começar com https://</translation>
    </message>
    <message>
        <source>its answer holds no token</source>
        <translation>a resposta não contém nenhum token</translation>
    </message>
    <message>
        <source>The account URL</source>
        <translation>O URL da conta</translation>
    </message>
    <message>
        <source>it has to look like account://KEY:SECRET@ACCOUNT_ID</source>
        <translation>precisa ter a forma account://KEY:SECRET@ACCOUNT_ID</translation>
    </message>
    <message>
        <source>its answer lists no environments</source>
        <translation>a resposta não lista nenhum ambiente</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>o certificado dele não é aceito</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>o certificado dele expirou, ou o relógio deste computador está errado</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>o certificado dele ainda não é válido, ou o relógio deste computador está errado</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>a conexão caiu</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>o arquivo é grande demais</translation>
    </message>
    <message>
        <source>its answer lists no presets</source>
        <translation>a resposta não lista nenhuma predefinição</translation>
    </message>
    <message>
        <source>The breakpoints</source>
        <translation>Os pontos de quebra</translation>
    </message>
    <message>
        <source>The plug-in&apos;s folder</source>
        <translation>A pasta do plug-in</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>O nome</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>está vazio</translation>
    </message>
    <message>
        <source>This choice</source>
        <translation>Esta seleção</translation>
    </message>
    <message>
        <source>it has to be assets of one product environment</source>
        <translation>precisa conter ativos de um só ambiente de produto</translation>
    </message>
    <message>
        <source>The moderation status</source>
        <translation>O status da moderação</translation>
    </message>
    <message>
        <source>say approved or rejected</source>
        <translation>use approved ou rejected</translation>
    </message>
    <message>
        <source>The relation</source>
        <translation>A relação</translation>
    </message>
    <message>
        <source>it names no other asset</source>
        <translation>não indica nenhum outro ativo</translation>
    </message>
    <message>
        <source>The access rules</source>
        <translation>As regras de acesso</translation>
    </message>
    <message>
        <source>at most one of them can be a time window</source>
        <translation>no máximo uma delas pode ser um período</translation>
    </message>
    <message>
        <source>The access rule</source>
        <translation>A regra de acesso</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>termina antes de começar</translation>
    </message>
    <message>
        <source>it is pinned to a point outside the picture</source>
        <translation>está fixado em um ponto fora da imagem</translation>
    </message>
    <message>
        <source>it is pinned to a region that is not inside the picture</source>
        <translation>está fixado em uma região que não fica dentro da imagem</translation>
    </message>
    <message>
        <source>it is pinned to a time that cannot be</source>
        <translation>está fixado em um momento que não pode existir</translation>
    </message>
    <message>
        <source>a line of its drawing has no points, or no width</source>
        <translation>uma linha do desenho não tem pontos ou não tem espessura</translation>
    </message>
    <message>
        <source>a line of its drawing has a colour that is none of ours</source>
        <translation>uma linha do desenho tem uma cor que não é das nossas</translation>
    </message>
    <message>
        <source>it has characters that are broken</source>
        <translation>contém caracteres corrompidos</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>não diz nada</translation>
    </message>
    <message>
        <source>it is empty or has odd characters</source>
        <translation>está vazio ou contém caracteres estranhos</translation>
    </message>
    <message>
        <source>there is none of that name</source>
        <translation>não há nenhum com esse nome</translation>
    </message>
    <message>
        <source>it must not end with a backslash</source>
        <translation>não deve terminar com uma barra invertida</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>um nome não tem barra e tem de 1 a 255 caracteres</translation>
    </message>
    <message>
        <source>an asset has at most 1,000 tags</source>
        <translation>um ativo tem no máximo 1.000 tags</translation>
    </message>
    <message>
        <source>a tag is a word without spaces around it</source>
        <translation>uma tag é uma palavra sem espaços em volta</translation>
    </message>
    <message>
        <source>a tag holds no comma</source>
        <translation>uma tag não contém vírgula</translation>
    </message>
    <message>
        <source>a tag has at most 255 characters</source>
        <translation>uma tag tem no máximo 255 caracteres</translation>
    </message>
    <message>
        <source>a tag has no control characters</source>
        <translation>uma tag não tem caracteres de controle</translation>
    </message>
    <message>
        <source>a key needs a name without =, | and backslashes</source>
        <translation>uma chave precisa de um nome sem =, | e barras invertidas</translation>
    </message>
    <message>
        <source>this key says what was sent, and is not edited</source>
        <translation>esta chave diz o que foi enviado e não é editada</translation>
    </message>
    <message>
        <source>a value has at most 1,024 characters</source>
        <translation>um valor tem no máximo 1.024 caracteres</translation>
    </message>
    <message>
        <source>a value has no control characters but line breaks</source>
        <translation>um valor não tem caracteres de controle além de quebras de linha</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>esse lugar não existe</translation>
    </message>
    <message>
        <source>it does not name a place</source>
        <translation>não indica um lugar</translation>
    </message>
    <message>
        <source>an environment has no name</source>
        <translation>um ambiente não tem nome</translation>
    </message>
    <message>
        <source>what leads in environments is no short table</source>
        <translation>o que prevalece nos ambientes não é uma tabela curta</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>A pasta</translation>
    </message>
    <message>
        <source>it cannot be moved into itself</source>
        <translation>não é possível movê-la para dentro dela mesma</translation>
    </message>
    <message>
        <source>it is larger than 64 MB</source>
        <translation>tem mais de 64 MB</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>não é um texto</translation>
    </message>
    <message>
        <source>The limit of weight</source>
        <translation>O limite de peso</translation>
    </message>
    <message>
        <source>it allows no bytes at all</source>
        <translation>não permite nenhum byte</translation>
    </message>
    <message>
        <source>it is no extension</source>
        <translation>não é uma extensão</translation>
    </message>
    <message>
        <source>it names a preset twice</source>
        <translation>indica uma predefinição duas vezes</translation>
    </message>
    <message>
        <source>there is no column market or language</source>
        <translation>não há uma coluna market ou language</translation>
    </message>
    <message>
        <source>one of its options is chosen by name</source>
        <translation>escolhe-se uma de suas opções pelo nome</translation>
    </message>
    <message>
        <source>it is not written at this master</source>
        <translation>não é gravado neste master</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>A tabela</translation>
    </message>
    <message>
        <source>its first line names no columns</source>
        <translation>a primeira linha não nomeia colunas</translation>
    </message>
    <message>
        <source>it has no column File or Asset</source>
        <translation>não tem uma coluna File ou Asset</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>Um modelo</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>precisa de um nome</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>o nome é longo demais</translation>
    </message>
    <message>
        <source>it is no field that is edited</source>
        <translation>não é um campo editável</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>aparece duas vezes</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>O texto</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>é longo demais</translation>
    </message>
    <message>
        <source>a brace stands alone</source>
        <translation>há uma chave de abertura ou de fechamento sem par</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>o documento</translation>
    </message>
    <message>
        <source>the name is there twice</source>
        <translation>o nome aparece duas vezes</translation>
    </message>
    <message>
        <source>it needs a name and fields, nothing else</source>
        <translation>precisa de um nome e de campos, e nada mais</translation>
    </message>
    <message>
        <source>a name is a text, fields are a list</source>
        <translation>um nome é um texto, campos são uma lista</translation>
    </message>
    <message>
        <source>it needs field and text, and may have way</source>
        <translation>precisa de field e text, e pode ter way</translation>
    </message>
    <message>
        <source>text is a text, way is set, add or fill</source>
        <translation>text é um texto, way é set, add ou fill</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>leva para fora da pasta</translation>
    </message>
    <message>
        <source>it holds a mark that no name can have</source>
        <translation>contém um caractere que nenhum nome pode ter</translation>
    </message>
    <message>
        <source>it names a stage twice</source>
        <translation>indica uma etapa duas vezes</translation>
    </message>
    <message>
        <source>a difference is between 0 and 1</source>
        <translation>uma diferença fica entre 0 e 1</translation>
    </message>
    <message>
        <source>two policies have this name</source>
        <translation>duas políticas têm este nome</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>A lista</translation>
    </message>
    <message>
        <source>it is empty, or has spaces at an end</source>
        <translation>está vazio ou tem espaços em uma das pontas</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>é grande demais</translation>
    </message>
    <message>
        <source>it has to be a list</source>
        <translation>precisa ser uma lista</translation>
    </message>
    <message>
        <source>it has to be true or false</source>
        <translation>precisa ser true ou false</translation>
    </message>
    <message>
        <source>it has to be a text</source>
        <translation>precisa ser um texto</translation>
    </message>
    <message>
        <source>it has to be an object</source>
        <translation>precisa ser um objeto</translation>
    </message>
    <message>
        <source>it has to be a list of texts</source>
        <translation>precisa ser uma lista de textos</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>Um texto</translation>
    </message>
    <message>
        <source>it is too long, or broken</source>
        <translation>é longo demais ou está corrompido</translation>
    </message>
    <message>
        <source>The largest file</source>
        <translation>O maior arquivo</translation>
    </message>
    <message>
        <source>it has less than no bytes</source>
        <translation>tem menos de zero bytes</translation>
    </message>
    <message>
        <source>say DE, US-CA or EMEA</source>
        <translation>use DE, US-CA ou EMEA</translation>
    </message>
    <message>
        <source>say de or pt-BR</source>
        <translation>use de ou pt-BR</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>está faltando</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>não é um texto</translation>
    </message>
    <message>
        <source>it has to be a whole number</source>
        <translation>precisa ser um número inteiro</translation>
    </message>
    <message>
        <source>it has neither a folder nor an address</source>
        <translation>não tem nem pasta nem endereço</translation>
    </message>
    <message>
        <source>to push, it needs a Cloudinary environment</source>
        <translation>para enviar, precisa de um ambiente do Cloudinary</translation>
    </message>
    <message>
        <source>an address begins with https://</source>
        <translation>um endereço começa com https://</translation>
    </message>
    <message>
        <source>a password has no place in an address; give it as a token</source>
        <translation>uma senha não pode constar em um endereço; informe-a como token</translation>
    </message>
    <message>
        <source>context needs a name and a short value</source>
        <translation>o contexto precisa de um nome e de um valor curto</translation>
    </message>
    <message>
        <source>a folder needs a name at each level</source>
        <translation>uma pasta precisa de um nome em cada nível</translation>
    </message>
    <message>
        <source>a folder name cannot hold ? &amp; # \ % &lt; &gt; +</source>
        <translation>um nome de pasta não pode conter ? &amp; # \ % &lt; &gt; +</translation>
    </message>
    <message>
        <source>it is no verdict file of a review pack</source>
        <translation>não é um arquivo de pareceres de um pacote de revisão</translation>
    </message>
    <message>
        <source>it is no verdict</source>
        <translation>não é um parecer</translation>
    </message>
    <message>
        <source>it is no time</source>
        <translation>não é um horário</translation>
    </message>
    <message>
        <source>its place is not on the picture</source>
        <translation>sua posição não fica na imagem</translation>
    </message>
    <message>
        <source>it is missing, or no such name</source>
        <translation>está faltando ou não é um nome desse tipo</translation>
    </message>
    <message>
        <source>it is not between 0 and 1</source>
        <translation>não está entre 0 e 1</translation>
    </message>
    <message>
        <source>something is named twice in it</source>
        <translation>algo aparece nele com o mesmo nome duas vezes</translation>
    </message>
    <message>
        <source>its due date says no time zone</source>
        <translation>o prazo não indica um fuso horário</translation>
    </message>
    <message>
        <source>its title or its note has characters that are broken</source>
        <translation>o título ou a nota contém caracteres corrompidos</translation>
    </message>
    <message>
        <source>it does not end with ]]</source>
        <translation>não termina com ]]</translation>
    </message>
    <message>
        <source>The list of documents</source>
        <translation>A lista de documentos</translation>
    </message>
    <message>
        <source>no key that this version knows has signed it</source>
        <translation>nenhuma chave conhecida por esta versão o assinou</translation>
    </message>
    <message>
        <source>it is about something else</source>
        <translation>trata de outra coisa</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>está danificado</translation>
    </message>
    <message>
        <source>it is of a format that this version cannot read</source>
        <translation>está em um formato que esta versão não consegue ler</translation>
    </message>
    <message>
        <source>it does not say what a release says</source>
        <translation>não diz o que uma nova versão deve dizer</translation>
    </message>
    <message>
        <source>it is no language tag</source>
        <translation>não é uma tag de idioma</translation>
    </message>
    <message>
        <source>it has no alternatives by language</source>
        <translation>não tem alternativas por idioma</translation>
    </message>
    <message>
        <source>it is indented too far</source>
        <translation>tem recuo demais</translation>
    </message>
    <message>
        <source>a synonym stands below its word</source>
        <translation>um sinônimo fica abaixo de sua palavra</translation>
    </message>
    <message>
        <source>a word has no control characters</source>
        <translation>uma palavra não tem caracteres de controle</translation>
    </message>
    <message>
        <source>hidden and system files are left out</source>
        <translation>arquivos ocultos e de sistema são ignorados</translation>
    </message>
    <message>
        <source>a folder cannot be copied into itself</source>
        <translation>uma pasta não pode ser copiada para dentro dela mesma</translation>
    </message>
    <message>
        <source>it leads out of the library</source>
        <translation>leva para fora da biblioteca</translation>
    </message>
    <message>
        <source>another folder took its place</source>
        <translation>outra pasta ocupou o lugar</translation>
    </message>
    <message>
        <source>its disk seems to be unmounted</source>
        <translation>o disco parece estar desmontado</translation>
    </message>
    <message>
        <source>it is not the address of a service</source>
        <translation>não é o endereço de um serviço</translation>
    </message>
    <message>
        <source>it is not an address</source>
        <translation>não é um endereço</translation>
    </message>
    <message>
        <source>it is the id of no container</source>
        <translation>não é o ID de um contêiner</translation>
    </message>
    <message>
        <source>it is no id</source>
        <translation>não é um ID</translation>
    </message>
    <message>
        <source>what was kept of it is damaged</source>
        <translation>o que estava guardado dele está danificado</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>A janela de consulta</translation>
    </message>
    <message>
        <source>it has too many galleries</source>
        <translation>tem galerias demais</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>O registro</translation>
    </message>
    <message>
        <source>it is not defined there</source>
        <translation>não está definido lá</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>O código</translation>
    </message>
    <message>
        <source>it has to be digits</source>
        <translation>precisa conter só dígitos</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>A organização</translation>
    </message>
    <message>
        <source>it is none of yours</source>
        <translation>não é uma das suas</translation>
    </message>
    <message>
        <source>The sign-in</source>
        <translation>O login</translation>
    </message>
    <message>
        <source>it is not finished</source>
        <translation>não foi concluído</translation>
    </message>
    <message>
        <source>e-mail or password is missing</source>
        <translation>falta o e-mail ou a senha</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>A chave de API</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>demora demais</translation>
    </message>
    <message>
        <source>The file name</source>
        <translation>O nome do arquivo</translation>
    </message>
    <message>
        <source>no file can be called so</source>
        <translation>nenhum arquivo pode ter esse nome</translation>
    </message>
    <message>
        <source>it is only read</source>
        <translation>é somente leitura</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>não está instalado</translation>
    </message>
    <message>
        <source>its package names no account</source>
        <translation>seu pacote não indica nenhuma conta</translation>
    </message>
    <message>
        <source>no preview is open</source>
        <translation>nenhuma visualização está aberta</translation>
    </message>
    <message>
        <source>the decoders are closed</source>
        <translation>os decodificadores estão fechados</translation>
    </message>
    <message>
        <source>the decoder gave no answer</source>
        <translation>o decodificador não respondeu</translation>
    </message>
    <message>
        <source>the decoder answered nonsense</source>
        <translation>a resposta do decodificador não faz sentido</translation>
    </message>
    <message>
        <source>it needs too much memory</source>
        <translation>precisa de memória demais</translation>
    </message>
    <message>
        <source>the document has no pages</source>
        <translation>o documento não tem páginas</translation>
    </message>
    <message>
        <source>the page has no size</source>
        <translation>a página não tem tamanho</translation>
    </message>
    <message>
        <source>it is PostScript without a preview</source>
        <translation>é PostScript sem visualização</translation>
    </message>
    <message>
        <source>its preview is not a picture</source>
        <translation>sua visualização não é uma imagem</translation>
    </message>
    <message>
        <source>it needs a password</source>
        <translation>precisa de uma senha</translation>
    </message>
    <message>
        <source>ExifTool cannot write this file</source>
        <translation>o ExifTool não consegue gravar este arquivo</translation>
    </message>
    <message>
        <source>ExifTool cannot be asked</source>
        <translation>não é possível consultar o ExifTool</translation>
    </message>
    <message>
        <source>ExifTool gave no answer</source>
        <translation>o ExifTool não respondeu</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>não é possível abrir o arquivo</translation>
    </message>
    <message>
        <source>more than metadata would have changed</source>
        <translation>mais do que metadados teria mudado</translation>
    </message>
    <message>
        <source>ExifTool is not installed</source>
        <translation>o ExifTool não está instalado</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>não existe mais</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>não é um arquivo</translation>
    </message>
    <message>
        <source>it is marked as read-only</source>
        <translation>está marcado como somente leitura</translation>
    </message>
    <message>
        <source>its folder is read-only</source>
        <translation>a pasta é somente leitura</translation>
    </message>
    <message>
        <source>where it was taken would still stand in it</source>
        <translation>o local da captura ainda constaria nele</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>o cabeçalho não faz sentido</translation>
    </message>
    <message>
        <source>its picture is compressed in a way that is not known</source>
        <translation>a imagem está comprimida de um modo desconhecido</translation>
    </message>
    <message>
        <source>its header: there is no codestream</source>
        <translation>o cabeçalho: não há codestream</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>não é possível converter as cores</translation>
    </message>
    <message>
        <source>it has no size</source>
        <translation>não tem tamanho</translation>
    </message>
    <message>
        <source>no decoder knows it</source>
        <translation>nenhum decodificador o conhece</translation>
    </message>
    <message>
        <source>there is sound only</source>
        <translation>há somente som</translation>
    </message>
    <message>
        <source>no frame could be read</source>
        <translation>não foi possível ler nenhum quadro</translation>
    </message>
    <message>
        <source>no picture could be read</source>
        <translation>não foi possível ler nenhuma imagem</translation>
    </message>
    <message>
        <source>This thread of comments</source>
        <translation>Esta conversa de comentários</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>está fechado</translation>
    </message>
    <message>
        <source>This review request</source>
        <translation>Esta solicitação de revisão</translation>
    </message>
    <message>
        <source>it holds no name and expression</source>
        <translation>não contém um nome e uma expressão</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>O token</translation>
    </message>
    <message>
        <source>it opens neither a path nor a pattern</source>
        <translation>não abre nem um caminho nem um padrão</translation>
    </message>
    <message>
        <source>The token&apos;s key</source>
        <translation>A chave do token</translation>
    </message>
    <message>
        <source>it is not hexadecimal</source>
        <translation>não é hexadecimal</translation>
    </message>
    <message>
        <source>The rule for breakpoints</source>
        <translation>A regra dos pontos de quebra</translation>
    </message>
    <message>
        <source>The gallery</source>
        <translation>A galeria</translation>
    </message>
    <message>
        <source>nothing is chosen for it</source>
        <translation>nada foi escolhido para ela</translation>
    </message>
    <message>
        <source>The delivery address</source>
        <translation>O endereço de entrega</translation>
    </message>
    <message>
        <source>it names no asset</source>
        <translation>não indica nenhum ativo</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>a página está danificada</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>A camada</translation>
    </message>
    <message>
        <source>The options</source>
        <translation>As opções</translation>
    </message>
    <message>
        <source>the film is too long to be played backwards or again: ask for a shorter part (so_, du_) or a smaller size</source>
        <translation>o vídeo é longo demais para ser reproduzido de trás para frente ou repetido: peça um trecho menor (so_, du_) ou um tamanho menor</translation>
    </message>
    <message>
        <source>it is neither film nor sound</source>
        <translation>não é vídeo nem som</translation>
    </message>
    <message>
        <source>the film is damaged</source>
        <translation>o vídeo está danificado</translation>
    </message>
    <message>
        <source>there are no moving pictures in it</source>
        <translation>não há imagens em movimento nele</translation>
    </message>
    <message>
        <source>a picture is asked for, not a film</source>
        <translation>pede-se uma imagem, não um vídeo</translation>
    </message>
    <message>
        <source>nothing is left of it, neither pictures nor sound</source>
        <translation>não sobra nada dele, nem imagens nem som</translation>
    </message>
    <message>
        <source>no frame of the wanted part could be read</source>
        <translation>não foi possível ler nenhum quadro do trecho desejado</translation>
    </message>
    <message>
        <source>its length is not known, so no percentage of it can be taken</source>
        <translation>a duração não é conhecida, então não é possível usar uma porcentagem dela</translation>
    </message>
    <message>
        <source>no frame of the film could be read</source>
        <translation>não foi possível ler nenhum quadro do vídeo</translation>
    </message>
    <message>
        <source>a length is a number of characters</source>
        <translation>um comprimento é um número de caracteres</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>A regra</translation>
    </message>
    <message>
        <source>it changes no field that there is</source>
        <translation>não altera nenhum campo existente</translation>
    </message>
    <message>
        <source>context is written as name=value</source>
        <translation>o contexto é escrito como name=value</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>esse campo não existe</translation>
    </message>
    <message>
        <source>it is too large for a table of markets</source>
        <translation>é grande demais para uma tabela de mercados</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>não é texto em UTF-8</translation>
    </message>
    <message>
        <source>The asset</source>
        <translation>O ativo</translation>
    </message>
    <message>
        <source>A Cloudinary account</source>
        <translation>Uma conta do Cloudinary</translation>
    </message>
    <message>
        <source>The reason</source>
        <translation>O motivo</translation>
    </message>
    <message>
        <source>The override</source>
        <translation>A exceção</translation>
    </message>
    <message>
        <source>The collection</source>
        <translation>A coleção</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>O arquivamento</translation>
    </message>
    <message>
        <source>it is no year of an archive</source>
        <translation>não é um ano de arquivamento</translation>
    </message>
    <message>
        <source>the folder&apos;s whole path is needed</source>
        <translation>é necessário o caminho completo da pasta</translation>
    </message>
    <message>
        <source>there is something in it already</source>
        <translation>já há algo ali</translation>
    </message>
    <message>
        <source>A Cloudinary asset in this choice</source>
        <translation>Um ativo do Cloudinary nesta seleção</translation>
    </message>
    <message>
        <source>some of it are files here, not assets at Cloudinary</source>
        <translation>alguns são arquivos daqui, não ativos no Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes no picture of such a file</source>
        <translation>o Cloudinary não cria imagem de um arquivo assim</translation>
    </message>
    <message>
        <source>The asset in Cloudinary</source>
        <translation>O ativo no Cloudinary</translation>
    </message>
    <message>
        <source>there is a destination of that name</source>
        <translation>já existe um destino com esse nome</translation>
    </message>
    <message>
        <source>only assets of a Cloudinary environment have these fields</source>
        <translation>só ativos de um ambiente do Cloudinary têm estes campos</translation>
    </message>
    <message>
        <source>A rule to change places with</source>
        <translation>Uma regra com a qual trocar de lugar</translation>
    </message>
    <message>
        <source>its secret is not in the key store</source>
        <translation>o segredo não está no repositório de chaves</translation>
    </message>
    <message>
        <source>the login names no product environment</source>
        <translation>o login não indica nenhum ambiente de produto</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>foi alterado durante a leitura</translation>
    </message>
    <message>
        <source>A copy of this master</source>
        <translation>Uma cópia deste master</translation>
    </message>
    <message>
        <source>The endpoint of this message</source>
        <translation>O endpoint desta mensagem</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>A biblioteca</translation>
    </message>
    <message>
        <source>no secret is known here that it could be signed with</source>
        <translation>aqui não se conhece nenhum segredo com que assinar</translation>
    </message>
    <message>
        <source>it is no absolute path</source>
        <translation>não é um caminho absoluto</translation>
    </message>
    <message>
        <source>another report writes its days there</source>
        <translation>outro relatório já grava seus dias ali</translation>
    </message>
    <message>
        <source>a keyword is short and has no comma</source>
        <translation>uma palavra-chave é curta e não tem vírgula</translation>
    </message>
    <message>
        <source>This library</source>
        <translation>Esta biblioteca</translation>
    </message>
    <message>
        <source>only one of a PhotoShelter-style service takes work in</source>
        <translation>só uma biblioteca de um serviço do tipo PhotoShelter recebe trabalhos</translation>
    </message>
    <message>
        <source>two renditions would have this name</source>
        <translation>duas variantes teriam este nome</translation>
    </message>
    <message>
        <source>the kit has no such preset to limit</source>
        <translation>o kit não tem essa predefinição para limitar</translation>
    </message>
    <message>
        <source>the whole path is needed</source>
        <translation>é necessário o caminho completo</translation>
    </message>
    <message>
        <source>the name of a ZIP ends in .zip</source>
        <translation>o nome de um ZIP termina em .zip</translation>
    </message>
    <message>
        <source>the name of a folder does not end so</source>
        <translation>o nome de uma pasta não termina assim</translation>
    </message>
    <message>
        <source>there is something of this name</source>
        <translation>já existe algo com este nome</translation>
    </message>
    <message>
        <source>there is no master among it</source>
        <translation>não há nenhum master entre os ativos</translation>
    </message>
    <message>
        <source>another feed is received on that port</source>
        <translation>outro feed é recebido nessa porta</translation>
    </message>
    <message>
        <source>it has no secret yet</source>
        <translation>ainda não tem segredo</translation>
    </message>
    <message>
        <source>it is not switched on</source>
        <translation>não está ativado</translation>
    </message>
    <message>
        <source>it is not set to push</source>
        <translation>não está configurado para enviar</translation>
    </message>
    <message>
        <source>another file has this name</source>
        <translation>outro arquivo tem este nome</translation>
    </message>
    <message>
        <source>how large the picture is, is not known</source>
        <translation>o tamanho da imagem não é conhecido</translation>
    </message>
    <message>
        <source>The review pack of these verdicts</source>
        <translation>O pacote de revisão destes pareceres</translation>
    </message>
    <message>
        <source>its content was not read yet</source>
        <translation>o conteúdo ainda não foi lido</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>não é um arquivo</translation>
    </message>
    <message>
        <source>no browser shows what it was made into</source>
        <translation>nenhum navegador mostra o que foi criado a partir dele</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>A busca</translation>
    </message>
    <message>
        <source>it needs to be one line</source>
        <translation>precisa ser uma só linha</translation>
    </message>
    <message>
        <source>you signed out</source>
        <translation>você saiu</translation>
    </message>
    <message>
        <source>the studio is closed</source>
        <translation>o estúdio está fechado</translation>
    </message>
    <message>
        <source>its place has moved to another one</source>
        <translation>o local mudou para outro</translation>
    </message>
    <message>
        <source>the server has none</source>
        <translation>o servidor não tem nenhuma</translation>
    </message>
    <message>
        <source>there is another template of that name</source>
        <translation>já existe outro modelo com esse nome</translation>
    </message>
    <message>
        <source>A vocabulary</source>
        <translation>Um vocabulário</translation>
    </message>
    <message>
        <source>it needs a short name</source>
        <translation>precisa de um nome curto</translation>
    </message>
    <message>
        <source>it takes no words</source>
        <translation>não aceita palavras</translation>
    </message>
    <message>
        <source>only words of a set are refused</source>
        <translation>só palavras de um conjunto podem ser recusadas</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>O vocabulário</translation>
    </message>
    <message>
        <source>it has no words</source>
        <translation>não tem palavras</translation>
    </message>
    <message>
        <source>it is there already; --replace writes over it</source>
        <translation>já existe; --replace o sobrescreve</translation>
    </message>
    <message>
        <source>The address to fetch</source>
        <translation>O endereço a buscar</translation>
    </message>
    <message>
        <source>The asset at its service</source>
        <translation>O ativo no serviço</translation>
    </message>
    <message>
        <source>no preset or set has this name</source>
        <translation>nenhuma predefinição ou conjunto tem este nome</translation>
    </message>
    <message>
        <source>it is filled from a table of variants</source>
        <translation>o preenchimento vem de uma tabela de variações</translation>
    </message>
    <message>
        <source>the table names other pictures for it</source>
        <translation>a tabela indica outras imagens para ele</translation>
    </message>
    <message>
        <source>a parameter such as w_300</source>
        <translation>um parâmetro como w_300</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression</source>
        <translation>um número inteiro de pixels, uma fração como 0.5, iw, ih ou uma expressão</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0</source>
        <translation>um número inteiro de pixels, uma fração como 0.5, iw, ih ou uma expressão acima de 0</translation>
    </message>
    <message>
        <source>a ratio such as 16:9 or 1.5</source>
        <translation>uma proporção como 16:9 ou 1.5</translation>
    </message>
    <message>
        <source>a factor such as 2.0, or auto</source>
        <translation>um fator como 2.0, ou auto</translation>
    </message>
    <message>
        <source>a factor such as 0.7</source>
        <translation>um fator como 0.7</translation>
    </message>
    <message>
        <source>1 to 100, or auto with its level</source>
        <translation>um valor de 1 a 100, ou auto com seu nível</translation>
    </message>
    <message>
        <source>text in UTF-8</source>
        <translation>texto em UTF-8</translation>
    </message>
    <message>
        <source>a text layer</source>
        <translation>uma camada de texto</translation>
    </message>
    <message>
        <source>the public ID of a layer</source>
        <translation>o public ID de uma camada</translation>
    </message>
    <message>
        <source>at most {count} layers within layers</source>
        <translation>um máximo de {count} camadas dentro de camadas</translation>
    </message>
    <message>
        <source>a layer that needs at most {limit} megapixels</source>
        <translation>uma camada que precise de no máximo {limit} megapixels</translation>
    </message>
    <message>
        <source>an address in URL-safe Base64</source>
        <translation>um endereço em Base64 seguro para URL</translation>
    </message>
    <message>
        <source>one of the {count} pages</source>
        <translation>uma das {count} páginas</translation>
    </message>
    <message>
        <source>the only page, 1</source>
        <translation>a única página, 1</translation>
    </message>
    <message>
        <source>a size of at most {limit} megapixels</source>
        <translation>um tamanho de no máximo {limit} megapixels</translation>
    </message>
    <message>
        <source>a crop that lies inside the picture (fl_no_overflow)</source>
        <translation>um corte que fique dentro da imagem (fl_no_overflow)</translation>
    </message>
    <message>
        <source>a named transformation that does not contain itself</source>
        <translation>uma transformação nomeada que não contenha a si mesma</translation>
    </message>
    <message>
        <source>named transformations of at most {count} components in all</source>
        <translation>um total de no máximo {count} componentes nas transformações nomeadas</translation>
    </message>
    <message>
        <source>the name of a transformation without mistakes; in this one {expected} was expected instead of “{found}”</source>
        <translation>o nome de uma transformação sem erros; nesta, esperava-se {expected} em vez de “{found}”</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film, which ends after {end} seconds</source>
        <translation>um deslocamento que deixe uma parte do vídeo, que termina após {end} segundos</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film</source>
        <translation>um deslocamento que deixe uma parte do vídeo</translation>
    </message>
    <message>
        <source>a codec that the format holds ({held})</source>
        <translation>um codec que o formato aceite ({held})</translation>
    </message>
    <message>
        <source>a text that fits into {width} × {height} pixels</source>
        <translation>um texto que caiba em {width} × {height} pixels</translation>
    </message>
    <message>
        <source>a text of at most {count} characters</source>
        <translation>um texto de no máximo {count} caracteres</translation>
    </message>
    <message>
        <source>a text of at most {side} pixels a side and {limit} megapixels</source>
        <translation>um texto de no máximo {side} pixels por lado e {limit} megapixels</translation>
    </message>
    <message>
        <source>a font size above 0</source>
        <translation>um tamanho de fonte acima de 0</translation>
    </message>
    <message>
        <source>a result that is not beyond all sizes</source>
        <translation>um resultado que não seja grande demais</translation>
    </message>
    <message>
        <source>a division by something other than 0</source>
        <translation>uma divisão por algo diferente de 0</translation>
    </message>
    <message>
        <source>a power with an exponent up to {count}</source>
        <translation>uma potência com expoente de até {count}</translation>
    </message>
    <message>
        <source>a root of something that is not below 0</source>
        <translation>uma raiz de algo que não seja menor que 0</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} ou {other}</translation>
    </message>
    <message>
        <source>the film is not on this machine</source>
        <translation>o vídeo não está neste computador</translation>
    </message>
    <message>
        <source>browsers play no films of this format</source>
        <translation>os navegadores não reproduzem vídeos deste formato</translation>
    </message>
    <message>
        <source>its file is another one now</source>
        <translation>o arquivo agora é outro</translation>
    </message>
    <message>
        <source>new versions of files</source>
        <translation>novas versões de arquivos</translation>
    </message>
    <message>
        <source>its master is a file in a folder here</source>
        <translation>o master é um arquivo de uma pasta daqui</translation>
    </message>
    <message>
        <source>another field has this external ID</source>
        <translation>outro campo tem este ID externo</translation>
    </message>
    <message>
        <source>A field without a name</source>
        <translation>Um campo sem nome</translation>
    </message>
    <message>
        <source>it needs a label</source>
        <translation>precisa de um rótulo</translation>
    </message>
    <message>
        <source>another field has this label</source>
        <translation>outro campo tem este rótulo</translation>
    </message>
    <message>
        <source>a list needs at least one value to choose</source>
        <translation>uma lista precisa de pelo menos um valor para escolher</translation>
    </message>
    <message>
        <source>a mandatory field needs a default value</source>
        <translation>um campo obrigatório precisa de um valor padrão</translation>
    </message>
    <message>
        <source>its longest length is shorter than its shortest</source>
        <translation>o comprimento máximo é menor que o mínimo</translation>
    </message>
    <message>
        <source>A rule without a name</source>
        <translation>Uma regra sem nome</translation>
    </message>
    <message>
        <source>it needs at least one condition</source>
        <translation>precisa de pelo menos uma condição</translation>
    </message>
    <message>
        <source>a condition cannot ask about the field that the rule changes</source>
        <translation>uma condição não pode perguntar pelo campo que a regra altera</translation>
    </message>
    <message>
        <source>it changes nothing</source>
        <translation>não altera nada</translation>
    </message>
    <message>
        <source>a scene code has six digits</source>
        <translation>um código de cena tem seis dígitos</translation>
    </message>
    <message>
        <source>a subject code has eight digits</source>
        <translation>um código de assunto tem oito dígitos</translation>
    </message>
    <message>
        <source>an age is a number of years</source>
        <translation>uma idade é um número de anos</translation>
    </message>
    <message>
        <source>a language is written such as de or en-GB</source>
        <translation>um idioma é escrito como de ou en-GB</translation>
    </message>
    <message>
        <source>a country code has two or three letters</source>
        <translation>um código de país tem duas ou três letras</translation>
    </message>
    <message>
        <source>a measure is a number such as 0.25</source>
        <translation>uma medida é um número como 0.25</translation>
    </message>
    <message>
        <source>it takes a set of words</source>
        <translation>aceita um conjunto de palavras</translation>
    </message>
    <message>
        <source>it takes one value</source>
        <translation>aceita um só valor</translation>
    </message>
    <message>
        <source>it takes a text</source>
        <translation>aceita um texto</translation>
    </message>
    <message>
        <source>it is one line</source>
        <translation>é uma só linha</translation>
    </message>
    <message>
        <source>a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00</source>
        <translation>uma data é escrita como 2026, 2026-12-01 ou 2026-12-01T09:00:00+01:00</translation>
    </message>
    <message>
        <source>there is no such day or time</source>
        <translation>esse dia ou horário não existe</translation>
    </message>
    <message>
        <source>it is none of the choices</source>
        <translation>não é nenhuma das opções</translation>
    </message>
    <message>
        <source>an address has no blanks</source>
        <translation>um endereço não tem espaços</translation>
    </message>
    <message>
        <source>a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E</source>
        <translation>uma coordenada é escrita como 48.85837, 2.29448 ou 48°51′30″N 2°17′40″E</translation>
    </message>
    <message>
        <source>a latitude is at most 90 degrees, a longitude at most 180</source>
        <translation>uma latitude tem no máximo 90 graus, uma longitude 180</translation>
    </message>
    <message>
        <source>it is a whole number</source>
        <translation>é um número inteiro</translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message>
        <source>There is nothing in it, and it is needed.</source>
        <translation>Não há nada nele, e é necessário.</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>A tabela não tem essa coluna.</translation>
    </message>
    <message>
        <source>“{value}” is too long.</source>
        <translation>“{value}” é longo demais.</translation>
    </message>
    <message>
        <source>It holds signs that no text has.</source>
        <translation>Contém sinais que nenhum texto tem.</translation>
    </message>
    <message>
        <source>“{value}” is neither upsert nor delete.</source>
        <translation>“{value}” não é upsert nem delete.</translation>
    </message>
    <message>
        <source>“{value}” has not 8, 12, 13 or 14 digits.</source>
        <translation>“{value}” não tem 8, 12, 13 ou 14 dígitos.</translation>
    </message>
    <message>
        <source>“{value}” is not of small letters, digits, - and _.</source>
        <translation>“{value}” não consiste em letras minúsculas, dígitos, - e _.</translation>
    </message>
    <message>
        <source>“{value}” is no country&apos;s code, EU or WW.</source>
        <translation>“{value}” não é código de país, EU nem WW.</translation>
    </message>
    <message>
        <source>“{value}” is no language tag.</source>
        <translation>“{value}” não é um código de idioma.</translation>
    </message>
    <message>
        <source>“{value}” is no use that is known.</source>
        <translation>“{value}” não é um uso conhecido.</translation>
    </message>
    <message>
        <source>“{value}” is no date.</source>
        <translation>“{value}” não é uma data.</translation>
    </message>
    <message>
        <source>“{value}” does not say in which time zone.</source>
        <translation>“{value}” não diz em que fuso horário.</translation>
    </message>
    <message>
        <source>The rights end before they begin.</source>
        <translation>Os direitos terminam antes de começar.</translation>
    </message>
    <message>
        <source>“{value}” is no slot.</source>
        <translation>“{value}” não é um slot.</translation>
    </message>
    <message>
        <source>“{value}” is no position.</source>
        <translation>“{value}” não é uma posição.</translation>
    </message>
    <message>
        <source>“{value}” does not begin with ps:, cld:, file: or kw:.</source>
        <translation>“{value}” não começa com ps:, cld:, file: ou kw:.</translation>
    </message>
    <message>
        <source>The line is not in the encoding of the file.</source>
        <translation>A linha não está na codificação do arquivo.</translation>
    </message>
    <message>
        <source>The line has {value} cells.</source>
        <translation>A linha tem {value} células.</translation>
    </message>
    <message>
        <source>The line is separated by {value}, unlike the first one.</source>
        <translation>A linha é separada por {value}, diferente da primeira.</translation>
    </message>
    <message>
        <source>A quotation mark is never closed.</source>
        <translation>Há aspas que nunca são fechadas.</translation>
    </message>
    <message>
        <source>The line is too long to be read.</source>
        <translation>A linha é longa demais para ser lida.</translation>
    </message>
    <message>
        <source>It is no JSON: {value}.</source>
        <translation>Não é JSON: {value}.</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>Não é um objeto JSON.</translation>
    </message>
    <message>
        <source>The check digit of {value} is wrong.</source>
        <translation>O dígito verificador de {value} está errado.</translation>
    </message>
    <message>
        <source>Rows of the product say different things; “{value}” was taken.</source>
        <translation>Linhas do produto dizem coisas diferentes; foi usado “{value}”.</translation>
    </message>
    <message>
        <source>The product is there twice with “{value}”; the later one was taken.</source>
        <translation>O produto consta duas vezes com “{value}”; foi usado o último.</translation>
    </message>
    <message>
        <source>The column “{value}” is not known.</source>
        <translation>A coluna “{value}” não é conhecida.</translation>
    </message>
    <message>
        <source>The feed is empty.</source>
        <translation>O feed está vazio.</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>Other view</source>
        <translation>Outra vista</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detalhe</translation>
    </message>
    <message>
        <source>Swatch</source>
        <translation>Amostra</translation>
    </message>
    <message>
        <source>Lifestyle</source>
        <translation>Lifestyle</translation>
    </message>
    <message>
        <source>Spin</source>
        <translation>Giro</translation>
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
        <translation>Desativado</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausado</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>Só quando eu pedir</translation>
    </message>
    <message>
        <source>Every quarter of an hour</source>
        <translation>A cada quinze minutos</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>A cada hora</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Todo dia</translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>A cada %Ln minuto</numerusform>
            <numerusform>A cada %Ln minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>%Ln imagem diferente</numerusform>
            <numerusform>%Ln imagens diferentes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln linha</numerusform>
            <numerusform>%Ln linhas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) taken</source>
        <translation>
            <numerusform>%Ln produto incorporado</numerusform>
            <numerusform>%Ln produtos incorporados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>%Ln produto sem alterações</numerusform>
            <numerusform>%Ln produtos sem alterações</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>%Ln produto desatualizado</numerusform>
            <numerusform>%Ln produtos desatualizados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>%Ln produto excluído</numerusform>
            <numerusform>%Ln produtos excluídos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>%Ln linha não incorporada</numerusform>
            <numerusform>%Ln linhas não incorporadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Linha {line}</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>Não aceito</translation>
    </message>
    <message>
        <source>No image of it was found</source>
        <translation>Nenhuma imagem dele foi encontrada</translation>
    </message>
</context>
<context>
    <name>fidelity</name>
    <message>
        <source>{it} follows the visitor&apos;s browser; here the picture keeps its size.</source>
        <translation>{it} depende do navegador do visitante; aqui a imagem mantém o tamanho.</translation>
    </message>
    <message>
        <source>{it} stands alone: Cloudinary&apos;s pages leave open how the other side follows; here the picture keeps its shape.</source>
        <translation>{it} está sozinho: a documentação do Cloudinary não diz como o outro lado se ajusta; aqui a imagem mantém a proporção.</translation>
    </message>
    <message>
        <source>{it} lets Cloudinary choose the part by its content; here it is chosen by our own measure. The size is exact.</source>
        <translation>{it} deixa o Cloudinary escolher a parte pelo conteúdo; aqui ela é escolhida por uma medida nossa. O tamanho é exato.</translation>
    </message>
    <message>
        <source>{it} decides the size too, and its coordinates are not here.</source>
        <translation>{it} também decide o tamanho, e as coordenadas não estão aqui.</translation>
    </message>
    <message>
        <source>{it} decides the size too; Cloudinary finds the part with its own detector, here another one does.</source>
        <translation>{it} também decide o tamanho; o Cloudinary encontra a parte com seu próprio detector, aqui é usado outro.</translation>
    </message>
    <message>
        <source>{it}: how much stays around what is found is not published; here it is near.</source>
        <translation>{it}: quanto fica em torno do que é encontrado não é publicado; aqui é aproximado.</translation>
    </message>
    <message>
        <source>dpr_auto follows the visitor&apos;s screen; here it counts as 1.0.</source>
        <translation>dpr_auto depende da tela do visitante; aqui vale 1.0.</translation>
    </message>
    <message>
        <source>{it} stands by itself; here it enlarges the last size that is asked for.</source>
        <translation>{it} está sozinho; aqui amplia o último tamanho solicitado.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds the quality for each picture; here it is found by another measure of what the eye sees.</source>
        <translation>{it}: o Cloudinary encontra a qualidade para cada imagem; aqui ela é encontrada por outra medida do que o olho vê.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary chooses the format by browser and content; here by the browser alone.</source>
        <translation>{it}: o Cloudinary escolhe o formato pelo navegador e pelo conteúdo; aqui, só pelo navegador.</translation>
    </message>
    <message>
        <source>{it}: when Cloudinary turns the picture is not published in full; here when the size asked for lies the other way.</source>
        <translation>{it}: quando o Cloudinary gira a imagem não é publicado por completo; aqui, quando o tamanho solicitado tem a outra orientação.</translation>
    </message>
    <message>
        <source>{it} shares a component with a size; here the picture is turned afterwards.</source>
        <translation>{it} está no mesmo componente que um tamanho; aqui a imagem é girada depois.</translation>
    </message>
    <message>
        <source>How many faces there are decides here; Cloudinary counts them with its own detector.</source>
        <translation>O número de rostos decide aqui; o Cloudinary os conta com seu próprio detector.</translation>
    </message>
    <message>
        <source>The layer {it} is not known here; it is left out.</source>
        <translation>A camada {it} não é conhecida aqui; ela é omitida.</translation>
    </message>
    <message>
        <source>Where the tiles of {it} begin is not published; here at the top left.</source>
        <translation>Onde começam os blocos de {it} não é publicado; aqui, no canto superior esquerdo.</translation>
    </message>
    <message>
        <source>The text template {it} is known to Cloudinary only; it is left out.</source>
        <translation>O modelo de texto {it} é conhecido apenas pelo Cloudinary; ele é omitido.</translation>
    </message>
    <message>
        <source>How far a stroke covers its letters is not published; here it lies around them.</source>
        <translation>Até onde um contorno cobre as letras não é publicado; aqui ele fica em torno delas.</translation>
    </message>
    <message>
        <source>The font {it} is not here; a similar one stands in.</source>
        <translation>A fonte {it} não está aqui; uma semelhante a substitui.</translation>
    </message>
    <message>
        <source>The uploaded font {it} is not known here; {family} stands in.</source>
        <translation>A fonte carregada {it} não é conhecida aqui; {family} a substitui.</translation>
    </message>
    <message>
        <source>The uploaded font {it} cannot be read here; {family} stands in.</source>
        <translation>A fonte carregada {it} não pode ser lida aqui; {family} a substitui.</translation>
    </message>
    <message>
        <source>The picture is animated; here its first frame is shown.</source>
        <translation>A imagem é animada; aqui é mostrado o primeiro quadro.</translation>
    </message>
    <message>
        <source>Metadata is not written into {format} files here.</source>
        <translation>Aqui não são gravados metadados em arquivos {format}.</translation>
    </message>
    <message>
        <source>Without f_ or an extension Cloudinary delivers the master&apos;s own format; here it is written as {format}.</source>
        <translation>Sem f_ nem extensão, o Cloudinary entrega o formato do próprio master; aqui ele é gravado como {format}.</translation>
    </message>
    <message>
        <source>What fills the padding of a transparent picture is not documented; here it stays transparent.</source>
        <translation>O que preenche a margem de uma imagem transparente não está documentado; aqui ela fica transparente.</translation>
    </message>
    <message>
        <source>Layers by name and embedded pictures are opened by Cloudinary only.</source>
        <translation>Camadas por nome e imagens incorporadas são abertas apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>Of several pages the first that is named is shown here.</source>
        <translation>De várias páginas, aqui é mostrada a primeira indicada.</translation>
    </message>
    <message>
        <source>Single layers or pages of such a file are opened by Cloudinary only.</source>
        <translation>Só o Cloudinary abre camadas ou páginas avulsas de um arquivo assim.</translation>
    </message>
    <message>
        <source>A RAW file is shown by the camera&apos;s own preview here, or developed plainly.</source>
        <translation>Um arquivo RAW é mostrado aqui pela prévia da câmera ou revelado de forma simples.</translation>
    </message>
    <message>
        <source>Of an AVIF sequence the first picture is shown here.</source>
        <translation>De uma sequência AVIF, a primeira imagem é mostrada aqui.</translation>
    </message>
    <message>
        <source>Of an EPS the preview it carries is shown here.</source>
        <translation>De um EPS, a prévia que ele contém é mostrada aqui.</translation>
    </message>
    <message>
        <source>A TIFF of this rare kind is read by another decoder here.</source>
        <translation>Um TIFF deste tipo raro é lido aqui por outro decodificador.</translation>
    </message>
    <message>
        <source>t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of that name.</source>
        <translation>t_{it} é desenhado aqui como diz a predefinição {it}; o Cloudinary segue sua própria definição desse nome.</translation>
    </message>
    <message>
        <source>The film is encoded by another encoder here: its size, length and order are true, its bytes and fine detail are not.</source>
        <translation>Aqui o vídeo é codificado por outro codificador: tamanho, duração e ordem são fiéis; bytes e detalhes finos, não.</translation>
    </message>
    <message>
        <source>The codec vc_{it} is written by Cloudinary only.</source>
        <translation>O codec vc_{it} é gravado apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>A film&apos;s sides are even numbers here: {width} × {height} instead of {asked_width} × {asked_height}.</source>
        <translation>Aqui os lados de um vídeo são números pares: {width} × {height} em vez de {asked_width} × {asked_height}.</translation>
    </message>
    <message>
        <source>What fills a film&apos;s padding is not documented; here it is black.</source>
        <translation>O que preenche a margem de um vídeo não está documentado; aqui ela é preta.</translation>
    </message>
    <message>
        <source>so_{it} is chosen by Cloudinary; here the frame is from the middle.</source>
        <translation>so_{it} é escolhido pelo Cloudinary; aqui o quadro é do meio.</translation>
    </message>
    <message>
        <source>Without so_ Cloudinary chooses the frame; here it is the film&apos;s middle one.</source>
        <translation>Sem so_, o Cloudinary escolhe o quadro; aqui é o do meio do vídeo.</translation>
    </message>
    <message>
        <source>How fast Cloudinary plays the frames is not documented; here as the film does.</source>
        <translation>A velocidade com que o Cloudinary reproduz os quadros não está documentada; aqui, a do vídeo.</translation>
    </message>
    <message>
        <source>{it} is chosen by Cloudinary; here the film starts at its beginning.</source>
        <translation>{it} é escolhido pelo Cloudinary; aqui o vídeo começa do início.</translation>
    </message>
    <message>
        <source>{it}: how Cloudinary evens out loudness is not published; here it is near.</source>
        <translation>{it}: como o Cloudinary equilibra o volume não é publicado; aqui é aproximado.</translation>
    </message>
    <message>
        <source>The format f_{it} is written by Cloudinary only; here the film is a {format}.</source>
        <translation>O formato f_{it} é gravado apenas pelo Cloudinary; aqui o vídeo é {format}.</translation>
    </message>
    <message>
        <source>{it}: what Cloudinary&apos;s strength means in pixels is not published; here it is near.</source>
        <translation>{it}: o que a intensidade do Cloudinary significa em pixels não é publicado; aqui é aproximado.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s formula is not published; here a usual one is used.</source>
        <translation>{it}: a fórmula do Cloudinary não é publicada; aqui é usada uma comum.</translation>
    </message>
    <message>
        <source>{it}: where Cloudinary&apos;s squares begin is not published; here at the top left.</source>
        <translation>{it}: onde começam os quadrados do Cloudinary não é publicado; aqui, no canto superior esquerdo.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds it with its own detector, here another one does.</source>
        <translation>{it}: o Cloudinary o encontra com seu próprio detector, aqui é usado outro.</translation>
    </message>
    <message>
        <source>Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own measure of what draws the eye. The size is exact.</source>
        <translation>O Cloudinary escolhe pelo conteúdo a parte a manter ({it}); aqui ela é escolhida por uma medida nossa do que atrai o olhar. O tamanho é exato.</translation>
    </message>
    <message>
        <source>{it}: how colours between grey and full count is not published; here evenly.</source>
        <translation>{it}: como contam as cores entre o cinza e a intensidade total não é publicado; aqui, de modo uniforme.</translation>
    </message>
    <message>
        <source>{it}: whether sound fades along is not documented; here it does.</source>
        <translation>{it}: se o som também esmaece não está documentado; aqui, sim.</translation>
    </message>
    <message>
        <source>{it}: how the greys of a mask count is not published; here by their brightness.</source>
        <translation>{it}: como contam os cinzas de uma máscara não é publicado; aqui, pelo brilho.</translation>
    </message>
    <message>
        <source>{it}: how near a colour must be to be trimmed is not published; here it is near.</source>
        <translation>{it}: quão próxima uma cor precisa ser para ser aparada não é publicado; aqui é aproximado.</translation>
    </message>
    <message>
        <source>fl_any_format: when Cloudinary takes a palette is not published; here when hardly a pixel differs.</source>
        <translation>fl_any_format: quando o Cloudinary usa uma paleta não é publicado; aqui, quando quase nenhum pixel difere.</translation>
    </message>
    <message>
        <source>fl_keep_attribution: which fields count is not published; here those of credit, copyright and rights.</source>
        <translation>fl_keep_attribution: quais campos contam não é publicado; aqui, os de crédito, copyright e direitos.</translation>
    </message>
    <message>
        <source>fl_lossy: how much Cloudinary lets frames differ is not published; here a little.</source>
        <translation>fl_lossy: quanto o Cloudinary deixa os quadros diferirem não é publicado; aqui, um pouco.</translation>
    </message>
    <message>
        <source>fl_region_relative: the region is found by another detector here.</source>
        <translation>fl_region_relative: aqui a região é encontrada por outro detector.</translation>
    </message>
    <message>
        <source>fl_text_no_trim: how much room Cloudinary leaves around a text is not published; here that of a line.</source>
        <translation>fl_text_no_trim: quanto espaço o Cloudinary deixa em torno de um texto não é publicado; aqui, o de uma linha.</translation>
    </message>
    <message>
        <source>Cloudinary looks for faces ({it}) with its own detector, here another one does. The size is exact.</source>
        <translation>O Cloudinary procura rostos ({it}) com seu próprio detector, aqui é usado outro. O tamanho é exato.</translation>
    </message>
    <message>
        <source>{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle stands in.</source>
        <translation>{it}: as coordenadas são guardadas no Cloudinary; onde não são conhecidas aqui, o centro as substitui.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s way of choosing the colour is not published; here it is near.</source>
        <translation>{it}: a forma como o Cloudinary escolhe a cor não é publicada; aqui é aproximada.</translation>
    </message>
    <message>
        <source>Letters are set by another text engine here and may differ by pixels.</source>
        <translation>Aqui as letras são compostas por outro mecanismo de texto e podem diferir em alguns pixels.</translation>
    </message>
    <message>
        <source>{it}: whether a border lies around the picture or inside it is not published; here around it.</source>
        <translation>{it}: se uma borda fica em torno da imagem ou dentro dela não é publicado; aqui, em torno dela.</translation>
    </message>
    <message>
        <source>The variable {it} can be worked out by Cloudinary only.</source>
        <translation>A variável {it} só pode ser calculada pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The rotation {it} is done by Cloudinary only.</source>
        <translation>A rotação {it} é feita apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The ratio {it} is worked out by Cloudinary only.</source>
        <translation>A proporção {it} é calculada apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The background {it} is made by Cloudinary only.</source>
        <translation>O fundo {it} é criado apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The border {it} is drawn by Cloudinary only.</source>
        <translation>A borda {it} é desenhada apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.</source>
        <translation>O modo de corte {it} é conhecido apenas pelo Cloudinary; aqui a imagem é cortada no tamanho.</translation>
    </message>
    <message>
        <source>The pixel density {it} is worked out by Cloudinary only.</source>
        <translation>A densidade de pixels {it} é calculada apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The effect {it} is applied by Cloudinary only.</source>
        <translation>O efeito {it} é aplicado apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The format {it} is written by Cloudinary only.</source>
        <translation>O formato {it} é gravado apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The flag {it} is followed by Cloudinary only.</source>
        <translation>O sinalizador {it} é seguido apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>Cloudinary looks for {it} in the picture; here the crop stays in the middle.</source>
        <translation>O Cloudinary procura {it} na imagem; aqui o corte fica no centro.</translation>
    </message>
    <message>
        <source>The height {it} is worked out by Cloudinary only.</source>
        <translation>A altura {it} é calculada apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>Conditions that need what Cloudinary alone knows are left out: {it}.</source>
        <translation>Condições que precisam do que só o Cloudinary sabe são omitidas: {it}.</translation>
    </message>
    <message>
        <source>The layer {it} is laid on by Cloudinary only.</source>
        <translation>A camada {it} é sobreposta apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The opacity {it} is applied by Cloudinary only.</source>
        <translation>A opacidade {it} é aplicada apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The quality {it} is chosen by Cloudinary only.</source>
        <translation>A qualidade {it} é escolhida apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>Rounded corners ({it}) are cut by Cloudinary only.</source>
        <translation>Cantos arredondados ({it}) são cortados apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>What the named transformation {it} does is not known here; it is left out.</source>
        <translation>O que a transformação nomeada {it} faz não é conhecido aqui; ela é omitida.</translation>
    </message>
    <message>
        <source>The layer {it} is laid under by Cloudinary only.</source>
        <translation>A camada {it} é colocada por baixo apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The width {it} is worked out by Cloudinary only.</source>
        <translation>A largura {it} é calculada apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>The offset {it} is worked out by Cloudinary only.</source>
        <translation>O deslocamento {it} é calculado apenas pelo Cloudinary.</translation>
    </message>
    <message>
        <source>{it} is done by Cloudinary only.</source>
        <translation>{it} é feito apenas pelo Cloudinary.</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Any</source>
        <translation>Qualquer</translation>
    </message>
    <message>
        <source>{filter}: {choice}</source>
        <translation>{filter}: {choice}</translation>
    </message>
    <message>
        <source>Keyword: {words}</source>
        <translation>Palavra-chave: {words}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>Em {folder}</translation>
    </message>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>Direitos terminam em até %Ln dia</numerusform>
            <numerusform>Direitos terminam em até %Ln dias</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>nobody has approved it yet</source>
        <translation>ninguém o aprovou ainda</translation>
    </message>
    <message>
        <source>its review is not finished</source>
        <translation>a revisão não foi concluída</translation>
    </message>
    <message>
        <source>changes were requested</source>
        <translation>foram solicitadas alterações</translation>
    </message>
    <message>
        <source>it was rejected</source>
        <translation>foi rejeitado</translation>
    </message>
    <message>
        <source>it has changed since it was approved</source>
        <translation>mudou desde a aprovação</translation>
    </message>
    <message>
        <source>a stage of its review is missing</source>
        <translation>falta uma etapa da revisão</translation>
    </message>
    <message>
        <source>nobody has approved this rendition yet</source>
        <translation>ninguém aprovou esta variante ainda</translation>
    </message>
    <message>
        <source>the review of this rendition is not finished</source>
        <translation>a revisão desta variante não foi concluída</translation>
    </message>
    <message>
        <source>changes were requested of this rendition</source>
        <translation>foram solicitadas alterações nesta variante</translation>
    </message>
    <message>
        <source>this rendition was rejected</source>
        <translation>esta variante foi rejeitada</translation>
    </message>
    <message>
        <source>this rendition has changed since it was approved</source>
        <translation>esta variante mudou desde a aprovação</translation>
    </message>
    <message>
        <source>a stage of the review of this rendition is missing</source>
        <translation>falta uma etapa da revisão desta variante</translation>
    </message>
    <message>
        <source>its rights have ended</source>
        <translation>os direitos terminaram</translation>
    </message>
    <message>
        <source>its rights have not begun</source>
        <translation>os direitos ainda não começaram</translation>
    </message>
    <message>
        <source>its rights dates cannot be read</source>
        <translation>as datas dos direitos estão ilegíveis</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>o arquivo está ilegível</translation>
    </message>
    <message>
        <source>its rights do not cover this market</source>
        <translation>os direitos não abrangem este mercado</translation>
    </message>
    <message>
        <source>its rights do not cover this channel</source>
        <translation>os direitos não abrangem este canal</translation>
    </message>
    <message>
        <source>a model release is missing</source>
        <translation>falta uma autorização de modelo</translation>
    </message>
    <message>
        <source>a property release is missing</source>
        <translation>falta uma autorização de propriedade</translation>
    </message>
    <message>
        <source>it is archived</source>
        <translation>está arquivado</translation>
    </message>
    <message>
        <source>required fields are empty</source>
        <translation>há campos obrigatórios vazios</translation>
    </message>
    <message>
        <source>its products do not allow it now</source>
        <translation>os produtos dele não permitem agora</translation>
    </message>
    <message>
        <source>what is laid on it may not be shown</source>
        <translation>o que está sobreposto não pode ser mostrado</translation>
    </message>
</context>
<context>
    <name>gate lifts</name>
    <message>
        <source>Somebody approves it.</source>
        <translation>Alguém o aprova.</translation>
    </message>
    <message>
        <source>Its review ends with an approval.</source>
        <translation>A revisão termina com uma aprovação.</translation>
    </message>
    <message>
        <source>A changed version is approved, or whoever asked for changes approves it.</source>
        <translation>Uma versão alterada é aprovada, ou quem solicitou alterações o aprova.</translation>
    </message>
    <message>
        <source>It is approved after all; nothing else overrides a rejection.</source>
        <translation>É aprovado apesar de tudo; nada mais prevalece sobre uma rejeição.</translation>
    </message>
    <message>
        <source>The new version is approved.</source>
        <translation>A nova versão é aprovada.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves it.</source>
        <translation>Todas as etapas que a política exige o aprovam.</translation>
    </message>
    <message>
        <source>Somebody approves this rendition itself.</source>
        <translation>Alguém aprova esta variante em si.</translation>
    </message>
    <message>
        <source>The review of this rendition ends with an approval.</source>
        <translation>A revisão desta variante termina com uma aprovação.</translation>
    </message>
    <message>
        <source>The preset or the master is changed and approved, or this is approved.</source>
        <translation>A predefinição ou o master é alterado e aprovado, ou esta é aprovada.</translation>
    </message>
    <message>
        <source>This rendition is approved after all; nothing else overrides a rejection.</source>
        <translation>Esta variante é aprovada apesar de tudo; nada mais prevalece sobre uma rejeição.</translation>
    </message>
    <message>
        <source>The rendition as it is now is approved.</source>
        <translation>A variante como está agora é aprovada.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves this rendition.</source>
        <translation>Todas as etapas que a política exige aprovam esta variante.</translation>
    </message>
    <message>
        <source>The licence is renewed and recorded.</source>
        <translation>A licença é renovada e registrada.</translation>
    </message>
    <message>
        <source>The day on which its rights begin.</source>
        <translation>O dia em que os direitos começam.</translation>
    </message>
    <message>
        <source>The dates of its rights are recorded so that they can be read.</source>
        <translation>As datas dos direitos são registradas de forma legível.</translation>
    </message>
    <message>
        <source>The file can be read again, or a sound one takes its place.</source>
        <translation>O arquivo volta a ser legível, ou um íntegro toma seu lugar.</translation>
    </message>
    <message>
        <source>Rights for this market are recorded.</source>
        <translation>Direitos para este mercado são registrados.</translation>
    </message>
    <message>
        <source>Rights for this channel are recorded.</source>
        <translation>Direitos para este canal são registrados.</translation>
    </message>
    <message>
        <source>The model release is recorded.</source>
        <translation>A autorização de modelo é registrada.</translation>
    </message>
    <message>
        <source>The property release is recorded.</source>
        <translation>A autorização de propriedade é registrada.</translation>
    </message>
    <message>
        <source>It is taken out of the archive.</source>
        <translation>É retirado do arquivo.</translation>
    </message>
    <message>
        <source>The fields that the policy asks for are filled in.</source>
        <translation>Os campos que a política exige são preenchidos.</translation>
    </message>
    <message>
        <source>A product that it shows allows it, or somebody pushes it.</source>
        <translation>Um produto que ele mostra permite, ou alguém o envia.</translation>
    </message>
    <message>
        <source>What is laid on it is allowed, or left out of the transformation.</source>
        <translation>O que está sobreposto é permitido ou retirado da transformação.</translation>
    </message>
</context>
<context>
    <name>grid</name>
    <message>
        <source>Being kept…</source>
        <translation>Salvando…</translation>
    </message>
    <message>
        <source>This cannot be written here.</source>
        <translation>Não é possível gravar isto aqui.</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>Necessário antes do envio.</translation>
    </message>
    <message>
        <source>The places where the file keeps this do not agree.</source>
        <translation>Os lugares onde o arquivo guarda isto não coincidem.</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>By role</source>
        <translation>Por função</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>No dia a dia</translation>
    </message>
    <message>
        <source>To look things up</source>
        <translation>Para consultar</translation>
    </message>
    <message>
        <source>Run it and get help</source>
        <translation>Instalação e suporte</translation>
    </message>
    <message>
        <source>Build with it</source>
        <translation>Integração e desenvolvimento</translation>
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
        <translation>Título e palavras-chave</translation>
    </message>
    <message>
        <source>Date and camera</source>
        <translation>Data e câmera</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Localização</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>Perfil de cor</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>Credenciais de conteúdo</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>Transparência</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>Animação</translation>
    </message>
    <message>
        <source>{what} stays. {reason}</source>
        <translation>{what}: permanece. {reason}</translation>
    </message>
    <message>
        <source>{what} is lost. {reason}</source>
        <translation>{what}: perde-se. {reason}</translation>
    </message>
</context>
<context>
    <name>hue</name>
    <message>
        <source>No colour</source>
        <translation>Sem cor</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Vermelho</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Laranja</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Azul-petróleo</translation>
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
        <translation>Nenhuma conta está conectada</translation>
    </message>
    <message>
        <source>Connect a Cloudinary account; what it uses is counted here then.</source>
        <translation>Conecte uma conta do Cloudinary; o que ela usa passa a ser contado aqui.</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Ainda não consultado</translation>
    </message>
    <message>
        <source>Ask the environment what it uses. Each answer is kept: several days make a trend.</source>
        <translation>Consulte o ambiente sobre o que ele usa. Cada resposta é guardada: vários dias formam uma tendência.</translation>
    </message>
    <message>
        <source>No numbers of delivery yet</source>
        <translation>Ainda não há números de entrega</translation>
    </message>
    <message>
        <source>Import an access log of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importe um log de acesso do seu site ou da sua rede: ele diz o que foi entregue, com que frequência e a quem. É lido aqui e não é enviado a lugar algum.</translation>
    </message>
    <message>
        <source>Nothing is in use yet</source>
        <translation>Nada está em uso ainda</translation>
    </message>
    <message>
        <source>What was pushed, published or placed is counted here; an access log tells how often it was delivered.</source>
        <translation>O que foi enviado, publicado ou colocado é contado aqui; um log de acesso diz com que frequência foi entregue.</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>Nada a economizar</translation>
    </message>
    <message>
        <source>No rendition is known that is not optimised already.</source>
        <translation>Não se conhece nenhuma variante que já não esteja otimizada.</translation>
    </message>
    <message>
        <source>Every approved asset is in use</source>
        <translation>Todos os ativos aprovados estão em uso</translation>
    </message>
    <message>
        <source>None of them lies idle.</source>
        <translation>Nenhum deles está ocioso.</translation>
    </message>
    <message>
        <source>No rights end soon</source>
        <translation>Nenhum direito termina em breve</translation>
    </message>
    <message>
        <source>Nothing that is in use has to go within these days.</source>
        <translation>Nada do que está em uso precisa sair nestes dias.</translation>
    </message>
    <message>
        <source>No heavy originals</source>
        <translation>Nenhum original pesado</translation>
    </message>
    <message>
        <source>Every original is smaller than the size that is asked for.</source>
        <translation>Todos os originais são menores que o tamanho consultado.</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>Nada está duplicado</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>Não há dois arquivos com o mesmo conteúdo.</translation>
    </message>
    <message>
        <source>No two pictures look alike</source>
        <translation>Não há duas imagens parecidas</translation>
    </message>
    <message>
        <source>At least none of those that could be compared.</source>
        <translation>Pelo menos nenhuma das que puderam ser comparadas.</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>Nada está faltando</translation>
    </message>
    <message>
        <source>Every asset has the fields that are asked for.</source>
        <translation>Todos os ativos têm os campos exigidos.</translation>
    </message>
    <message>
        <source>No access log was imported</source>
        <translation>Nenhum log de acesso foi importado</translation>
    </message>
    <message>
        <source>Import one of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>Importe um do seu site ou da sua rede: ele diz o que foi entregue, com que frequência e a quem. É lido aqui e não é enviado a lugar algum.</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>Nada a informar</translation>
    </message>
    <message>
        <source>There is nothing of that kind in this library and these days.</source>
        <translation>Não há nada desse tipo nesta biblioteca e nestes dias.</translation>
    </message>
    <message>
        <source>No limit is near. The nearest: {name}, {amount}</source>
        <translation>Nenhum limite está próximo. O mais próximo: {name}, {amount}</translation>
    </message>
    <message>
        <source>This plan tells no limits</source>
        <translation>Este plano não informa limites</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}. A second day makes a trend.</source>
        <translation>{name}: {amount} em {day}. Um segundo dia forma uma tendência.</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}, after {before} on {earlier}</source>
        <translation>{name}: {amount} em {day}, após {before} em {earlier}</translation>
    </message>
    <message>
        <source>{name} is used least ({measure}: {amount})</source>
        <translation>{name} é o menos usado ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} is used most ({measure}: {amount})</source>
        <translation>{name} é o mais usado ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} takes most ({measure}: {amount}, {share} of all)</source>
        <translation>{name} ocupa mais ({measure}: {amount}, {share} do total)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln linha</numerusform>
            <numerusform>%Ln linhas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved asset(s) were never used</source>
        <translation>
            <numerusform>%Ln ativo aprovado nunca foi usado</numerusform>
            <numerusform>%Ln ativos aprovados nunca foram usados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>Os direitos de %Ln ativo em uso terminam em até {days} dias ou já terminaram</numerusform>
            <numerusform>Os direitos de %Ln ativos em uso terminam em até {days} dias ou já terminaram</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>%Ln original tem {size} ou mais</numerusform>
            <numerusform>%Ln originais têm {size} ou mais</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>%Ln conteúdo existe mais de uma vez</numerusform>
            <numerusform>%Ln conteúdos existem mais de uma vez</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>%Ln grupo de imagens quase iguais</numerusform>
            <numerusform>%Ln grupos de imagens quase iguais</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>%Ln limite está quase atingido: {names}</numerusform>
            <numerusform>%Ln limites estão quase atingidos: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln ativo</numerusform>
            <numerusform>%Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>há %Ln dia</numerusform>
            <numerusform>há %Ln dias</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln dia</numerusform>
            <numerusform>%Ln dias</numerusform>
        </translation>
    </message>
    <message>
        <source>{sentence}; {size} could be freed</source>
        <translation>{sentence}; {size} poderiam ser liberados</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>Faltam metadados em %Ln ativo</numerusform>
            <numerusform>Faltam metadados em %Ln ativos</numerusform>
        </translation>
    </message>
    <message>
        <source>Optimisation would save {size}</source>
        <translation>A otimização economizaria {size}</translation>
    </message>
    <message>
        <source>{name}: {amount} from {first} to {last}</source>
        <translation>{name}: {amount} de {first} a {last}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>%Ln registro de acesso é contado</numerusform>
            <numerusform>%Ln registros de acesso são contados</numerusform>
        </translation>
    </message>
    <message>
        <source>not said</source>
        <translation>não informado</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>Imagens parecidas</translation>
    </message>
    <message>
        <source>Assets without it</source>
        <translation>Ativos sem isso</translation>
    </message>
    <message>
        <source>{used} of {limit}, {share}</source>
        <translation>{used} de {limit}, {share}</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)</source>
        <translation>Tabela para planilhas (CSV)</translation>
    </message>
    <message>
        <source>Plain table (CSV)</source>
        <translation>Tabela simples (CSV)</translation>
    </message>
    <message>
        <source>Lines of JSON</source>
        <translation>Linhas de JSON</translation>
    </message>
    <message>
        <source>Parquet, for analysis</source>
        <translation>Parquet, para análise</translation>
    </message>
    <message>
        <source>Cost and limits</source>
        <translation>Custo e limites</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Uso</translation>
    </message>
    <message>
        <source>Who and what</source>
        <translation>Quem e o quê</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>Organização</translation>
    </message>
    <message>
        <source>Access logs</source>
        <translation>Logs de acesso</translation>
    </message>
    <message>
        <source>How near are the plan’s limits?</source>
        <translation>Quão próximos estão os limites do plano?</translation>
    </message>
    <message>
        <source>How does usage grow?</source>
        <translation>Como cresce o uso?</translation>
    </message>
    <message>
        <source>What would optimisation save?</source>
        <translation>Quanto a otimização economizaria?</translation>
    </message>
    <message>
        <source>What is used most?</source>
        <translation>O que é mais usado?</translation>
    </message>
    <message>
        <source>What is hardly used?</source>
        <translation>O que quase não é usado?</translation>
    </message>
    <message>
        <source>Which approved assets did nobody use?</source>
        <translation>Quais ativos aprovados ninguém usou?</translation>
    </message>
    <message>
        <source>What is in use as rights end?</source>
        <translation>O que está em uso quando os direitos terminam?</translation>
    </message>
    <message>
        <source>Which campaigns take most?</source>
        <translation>Quais campanhas ocupam mais?</translation>
    </message>
    <message>
        <source>Whose assets take most?</source>
        <translation>De quem são os ativos que ocupam mais?</translation>
    </message>
    <message>
        <source>Which libraries take most?</source>
        <translation>Quais bibliotecas ocupam mais?</translation>
    </message>
    <message>
        <source>Which formats take most?</source>
        <translation>Quais formatos ocupam mais?</translation>
    </message>
    <message>
        <source>Which presets are used?</source>
        <translation>Quais predefinições são usadas?</translation>
    </message>
    <message>
        <source>Which originals are heavy?</source>
        <translation>Quais originais são pesados?</translation>
    </message>
    <message>
        <source>What is there twice?</source>
        <translation>O que está duplicado?</translation>
    </message>
    <message>
        <source>What looks almost the same?</source>
        <translation>O que é quase igual?</translation>
    </message>
    <message>
        <source>What has metadata missing?</source>
        <translation>Onde faltam metadados?</translation>
    </message>
    <message>
        <source>What was delivered, day by day?</source>
        <translation>O que foi entregue, dia a dia?</translation>
    </message>
    <message>
        <source>Which access logs are counted?</source>
        <translation>Quais logs de acesso são contados?</translation>
    </message>
    <message>
        <source>Assets there</source>
        <translation>Ativos lá</translation>
    </message>
    <message>
        <source>Derived renditions</source>
        <translation>Variantes derivadas</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitações</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Legenda</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texto alternativo</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palavras-chave</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Criador</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>an optimised rendition</source>
        <translation>uma variante otimizada</translation>
    </message>
    <message>
        <source>what such formats need</source>
        <translation>o que esses formatos precisam</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sim</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Não</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sem limite</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>não medido</translation>
    </message>
</context>
<context>
    <name>job</name>
    <message>
        <source>Queued</source>
        <translation>Na fila</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Em execução</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Aguardando</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Concluído</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falhou</translation>
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
        <translation>Imagem</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vídeo</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Áudio</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Outros</translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message>
        <source>with {what}</source>
        <translation>com {what}</translation>
    </message>
    <message>
        <source>as {what}</source>
        <translation>como {what}</translation>
    </message>
    <message>
        <source>at {what} of its width</source>
        <translation>em {what} da largura</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>Arquivo ZIP</translation>
    </message>
    <message>
        <source>Feed of addresses</source>
        <translation>Feed de endereços</translation>
    </message>
    <message>
        <source>Not weighed</source>
        <translation>Não pesada</translation>
    </message>
    <message>
        <source>{weight} too heavy</source>
        <translation>{weight} pesada demais</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retida</translation>
    </message>
    <message>
        <source>Not as asked</source>
        <translation>Não como pedido</translation>
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
        <translation>A mais leve testada {how}</translation>
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
        <translation>você não tem permissão de leitura</translation>
    </message>
    <message>
        <source>it is a link to nothing</source>
        <translation>é um link para nada</translation>
    </message>
    <message>
        <source>it is a link back to a folder that it lies in</source>
        <translation>é um link de volta a uma pasta em que está</translation>
    </message>
    <message>
        <source>it lies behind too many links inside one another</source>
        <translation>está atrás de links demais, um dentro do outro</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>não é um arquivo comum</translation>
    </message>
    <message>
        <source>its path is too long</source>
        <translation>o caminho é longo demais</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>não está mais lá</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>o disco informa um erro</translation>
    </message>
    <message>
        <source>its field {field} is longer than {most} characters</source>
        <translation>o campo {field} tem mais de {most} caracteres</translation>
    </message>
    <message>
        <source>its field {field} cannot be read</source>
        <translation>o campo {field} está ilegível</translation>
    </message>
    <message>
        <source>it has no identity</source>
        <translation>não tem identidade</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>its rights cover some markets only</source>
        <translation>os direitos abrangem só alguns mercados</translation>
    </message>
    <message>
        <source>its rights do not cover the web</source>
        <translation>os direitos não abrangem a web</translation>
    </message>
    <message>
        <source>its rights bound the size in which it may be seen</source>
        <translation>os direitos limitam o tamanho em que pode ser visto</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Without a transformation the master itself is delivered.</source>
        <translation>Sem transformação, o próprio master é entregue.</translation>
    </message>
    <message>
        <source>{value} keeps it.</source>
        <translation>{value} o mantém.</translation>
    </message>
    <message>
        <source>Cloudinary takes all metadata off what it transforms.</source>
        <translation>O Cloudinary retira todos os metadados do que transforma.</translation>
    </message>
    <message>
        <source>{value} takes it off.</source>
        <translation>{value} o retira.</translation>
    </message>
    <message>
        <source>fl_keep_iptc has no effect together with {value}: choose a fixed quality.</source>
        <translation>fl_keep_iptc não tem efeito junto com {value}: escolha uma qualidade fixa.</translation>
    </message>
    <message>
        <source>No metadata is written into {value} files.</source>
        <translation>Nenhum metadado é gravado em arquivos {value}.</translation>
    </message>
    <message>
        <source>Cloudinary delivers it with the picture.</source>
        <translation>O Cloudinary o entrega com a imagem.</translation>
    </message>
    <message>
        <source>{value} converts the colours to sRGB, and the master&apos;s own profile goes.</source>
        <translation>{value} converte as cores para sRGB, e o perfil próprio do master é removido.</translation>
    </message>
    <message>
        <source>{value} files can hold it.</source>
        <translation>Arquivos {value} podem contê-lo.</translation>
    </message>
    <message>
        <source>{value} files cannot hold it.</source>
        <translation>Arquivos {value} não podem contê-lo.</translation>
    </message>
    <message>
        <source>Without {value} only the first frame is delivered.</source>
        <translation>Sem {value}, só o primeiro quadro é entregue.</translation>
    </message>
</context>
<context>
    <name>mapping</name>
    <message>
        <source>the master</source>
        <translation>o master</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>whoever said it last</source>
        <translation>quem informou por último</translation>
    </message>
    <message>
        <source>stays at the master</source>
        <translation>fica no master</translation>
    </message>
    <message>
        <source>what is beyond 1,024 characters is cut</source>
        <translation>o que passa de 1.024 caracteres é cortado</translation>
    </message>
    <message>
        <source>the day is kept, the time of day is not</source>
        <translation>o dia é mantido, o horário não</translation>
    </message>
    <message>
        <source>a comma becomes a space, and what is beyond 255 characters is cut</source>
        <translation>uma vírgula vira um espaço, e o que passa de 255 caracteres é cortado</translation>
    </message>
    <message>
        <source>only the first of several is kept</source>
        <translation>só o primeiro de vários é mantido</translation>
    </message>
    <message>
        <source>a slash becomes an underscore</source>
        <translation>uma barra vira um sublinhado</translation>
    </message>
    <message>
        <source>what is not in the list of the field is left out</source>
        <translation>o que não está na lista do campo é omitido</translation>
    </message>
    <message>
        <source>a master&apos;s record has no “{source}”</source>
        <translation>o registro de um master não tem “{source}”</translation>
    </message>
    <message>
        <source>“{source}” has two rows</source>
        <translation>“{source}” tem duas linhas</translation>
    </message>
    <message>
        <source>it has a direction, but goes nowhere</source>
        <translation>tem um sentido, mas não leva a lugar algum</translation>
    </message>
    <message>
        <source>{target} is filled by “{other}” already</source>
        <translation>{target} já é preenchido por “{other}”</translation>
    </message>
    <message>
        <source>{target} cannot have this name</source>
        <translation>{target} não pode ter este nome</translation>
    </message>
    <message>
        <source>{target} belongs to Asset Bridge</source>
        <translation>{target} pertence ao Asset Bridge</translation>
    </message>
    <message>
        <source>{target} cannot hold “{source}”</source>
        <translation>{target} não pode conter “{source}”</translation>
    </message>
    <message>
        <source>{target} is of another type at Cloudinary: {other}</source>
        <translation>{target} é de outro tipo no Cloudinary: {other}</translation>
    </message>
    <message>
        <source>without access control, copies stay open outside of their rights until they are retracted</source>
        <translation>sem controle de acesso, as cópias ficam abertas fora dos seus direitos até serem retiradas</translation>
    </message>
    <message>
        <source>“{other}” says which side leads for “{source}”, which has no row</source>
        <translation>“{other}” diz qual lado prevalece para “{source}”, que não tem linha</translation>
    </message>
    <message>
        <source>Identity at the service</source>
        <translation>Identidade no serviço</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organização</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nome do arquivo</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Cabeçalho</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Legenda</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texto alternativo</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Redator da legenda</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palavras-chave</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Criador</translation>
    </message>
    <message>
        <source>Creator’s position</source>
        <translation>Cargo do criador</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Crédito</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fonte</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Termos de uso</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Página de direitos</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instruções</translation>
    </message>
    <message>
        <source>Rights block</source>
        <translation>Bloco de direitos</translation>
    </message>
    <message>
        <source>Rights begin</source>
        <translation>Início dos direitos</translation>
    </message>
    <message>
        <source>Rights end</source>
        <translation>Fim dos direitos</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>Territórios</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canais</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorização de modelo</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorização de propriedade</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Aprovação</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Identificador do trabalho</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Cidade</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>Estado ou província</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Código do país</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Data de captura</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Classificação</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Urgência</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Gênero</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Cena</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>Código de assunto</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Rights contact</source>
        <translation>Contato para direitos</translation>
    </message>
    <message>
        <source>Digest of the record</source>
        <translation>Resumo criptográfico do registro</translation>
    </message>
    <message>
        <source>Keywords “{words}”</source>
        <translation>Palavras-chave “{words}”</translation>
    </message>
    <message>
        <source>Custom field “{name}”</source>
        <translation>Campo personalizado “{name}”</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Nome de exibição</translation>
    </message>
    <message>
        <source>Context “{key}”</source>
        <translation>Contexto “{key}”</translation>
    </message>
    <message>
        <source>Access begins</source>
        <translation>Início do acesso</translation>
    </message>
    <message>
        <source>Access ends</source>
        <translation>Fim do acesso</translation>
    </message>
    <message>
        <source>Field “{key}”</source>
        <translation>Campo “{key}”</translation>
    </message>
    <message>
        <source>To Cloudinary</source>
        <translation>Para o Cloudinary</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>Nos dois sentidos</translation>
    </message>
    <message>
        <source>Not carried</source>
        <translation>Não levado</translation>
    </message>
    <message>
        <source>To the master</source>
        <translation>Para o master</translation>
    </message>
    <message>
        <source>You decide</source>
        <translation>Você decide</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Arquivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>E&amp;xibir</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Ir</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>&amp;Metadados</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisão</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Demo</source>
        <translation>&amp;Demonstração</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Aj&amp;uda</translation>
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
        <translation>Tamanho do te&amp;xto</translation>
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
        <translation>Nome de exibição</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descrição</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Número inteiro</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>One of a list</source>
        <translation>Um de uma lista</translation>
    </message>
    <message>
        <source>Several of a list</source>
        <translation>Vários de uma lista</translation>
    </message>
</context>
<context>
    <name>metadata_rules</name>
    <message>
        <source> and </source>
        <translation> e </translation>
    </message>
    <message>
        <source> or </source>
        <translation> ou </translation>
    </message>
    <message>
        <source>{field} is filled in</source>
        <translation>{field} está preenchido</translation>
    </message>
    <message>
        <source>{field} is empty</source>
        <translation>{field} está vazio</translation>
    </message>
    <message>
        <source>{field} has {value}</source>
        <translation>{field} tem {value}</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} é {value}</translation>
    </message>
    <message>
        <source>{field} is switched on</source>
        <translation>{field} é ativado</translation>
    </message>
    <message>
        <source>{field} is switched off</source>
        <translation>{field} é desativado</translation>
    </message>
    <message>
        <source>{field} must be filled in</source>
        <translation>{field} precisa ser preenchido</translation>
    </message>
    <message>
        <source>{field} may be empty</source>
        <translation>{field} pode ficar vazio</translation>
    </message>
    <message>
        <source>{field} also gets {value}</source>
        <translation>{field} recebe também {value}</translation>
    </message>
    <message>
        <source>{field} becomes {value} if it is empty</source>
        <translation>{field} passa a ser {value} se estiver vazio</translation>
    </message>
    <message>
        <source>{field} offers all its values</source>
        <translation>{field} oferece todos os seus valores</translation>
    </message>
    <message>
        <source>{field} offers {value}, too</source>
        <translation>{field} oferece também {value}</translation>
    </message>
    <message>
        <source>{field} offers only {value}</source>
        <translation>{field} oferece só {value}</translation>
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
        <translation>Diferente</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>Só aqui</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>Só lá</translation>
    </message>
</context>
<context>
    <name>objection</name>
    <message>
        <source>it is so already</source>
        <translation>já está assim</translation>
    </message>
    <message>
        <source>another asset has that public ID</source>
        <translation>outro ativo tem esse public ID</translation>
    </message>
    <message>
        <source>another folder has that place</source>
        <translation>outra pasta tem esse lugar</translation>
    </message>
    <message>
        <source>this cannot be a public ID</source>
        <translation>isto não pode ser um public ID</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>um nome não tem barra e tem de 1 a 255 caracteres</translation>
    </message>
    <message>
        <source>one asset at a time</source>
        <translation>um ativo por vez</translation>
    </message>
    <message>
        <source>it was deleted; restore it first</source>
        <translation>foi excluído; recupere-o primeiro</translation>
    </message>
    <message>
        <source>it is there</source>
        <translation>está lá</translation>
    </message>
</context>
<context>
    <name>orientation</name>
    <message>
        <source>Landscape</source>
        <translation>Paisagem</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Retrato</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadrado</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>The key of this account may not do this: {reason}</source>
        <translation>A chave desta conta não pode fazer isto: {reason}</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Permitido</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Não permitido</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Ainda desconhecido</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Delivered master</source>
        <translation>Master entregue</translation>
    </message>
    <message>
        <source>Rendition {what}</source>
        <translation>Variante {what}</translation>
    </message>
    <message>
        <source>Record at its service</source>
        <translation>Registro no serviço</translation>
    </message>
    <message>
        <source>File of {what}</source>
        <translation>Arquivo de {what}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>Dragged out</source>
        <translation>Arrastado para fora</translation>
    </message>
    <message>
        <source>Copied file</source>
        <translation>Arquivo copiado</translation>
    </message>
    <message>
        <source>Review pack {what}</source>
        <translation>Pacote de revisão {what}</translation>
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
        <translation>Entrada com {what}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Alterado</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Fica</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falhou</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>A caminho</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>Desatualizado</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>Channels that change: {channels}.</source>
        <translation>Canais que mudam: {channels}.</translation>
    </message>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>Altera %Ln variante publicada.</numerusform>
            <numerusform>Altera %Ln variantes publicadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>%Ln destino de versões anteriores, como um arquivo exportado, fica como está.</numerusform>
            <numerusform>%Ln destinos de versões anteriores, como arquivos exportados, ficam como estão.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>%Ln destino mostra a nova versão.</numerusform>
            <numerusform>%Ln destinos mostram a nova versão.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>%Ln destino mantém a anterior.</numerusform>
            <numerusform>%Ln destinos mantêm a anterior.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>%Ln destino não pôde ser alterado.</numerusform>
            <numerusform>%Ln destinos não puderam ser alterados.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>New</source>
        <translation>Novo</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>Nova versão</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>Não permitido</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>Grande demais</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>Deixado como está</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>Mesmo conteúdo</translation>
    </message>
    <message>
        <source>Already queued</source>
        <translation>Já na fila</translation>
    </message>
    <message>
        <source>added to Cloudinary</source>
        <translation>adicionado ao Cloudinary</translation>
    </message>
    <message>
        <source>replaces what is delivered now</source>
        <translation>substitui o que é entregue agora</translation>
    </message>
    <message>
        <source>held back; nothing of it is sent</source>
        <translation>retido; nada dele é enviado</translation>
    </message>
    <message>
        <source>larger than your plan&apos;s limit; not sent</source>
        <translation>maior que o limite do seu plano; não enviado</translation>
    </message>
    <message>
        <source>an earlier version is delivered and stays</source>
        <translation>uma versão anterior está entregue e permanece</translation>
    </message>
    <message>
        <source>there already; not sent again</source>
        <translation>já está lá; não é enviado de novo</translation>
    </message>
    <message>
        <source>on its way; not sent twice</source>
        <translation>a caminho; não é enviado duas vezes</translation>
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
        <translation>Este arquivo é maior que o limite do seu plano, de {size}</translation>
    </message>
    <message>
        <source>same as {other}</source>
        <translation>igual a {other}</translation>
    </message>
    <message>
        <source>{public_id} · seen with a token only: {reasons}</source>
        <translation>{public_id} · visto só com um token: {reasons}</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Web hero, desktop</source>
        <translation>Hero web, desktop</translation>
    </message>
    <message>
        <source>Web hero, tablet</source>
        <translation>Hero web, tablet</translation>
    </message>
    <message>
        <source>Web hero, mobile</source>
        <translation>Hero web, celular</translation>
    </message>
    <message>
        <source>Web card</source>
        <translation>Cartão web</translation>
    </message>
    <message>
        <source>Link preview (og:image)</source>
        <translation>Prévia de link (og:image)</translation>
    </message>
    <message>
        <source>Product on white</source>
        <translation>Produto em fundo branco</translation>
    </message>
    <message>
        <source>Product thumbnail</source>
        <translation>Miniatura de produto</translation>
    </message>
    <message>
        <source>Instagram portrait</source>
        <translation>Instagram retrato</translation>
    </message>
    <message>
        <source>Instagram square</source>
        <translation>Instagram quadrado</translation>
    </message>
    <message>
        <source>Instagram landscape</source>
        <translation>Instagram paisagem</translation>
    </message>
    <message>
        <source>Instagram story</source>
        <translation>Instagram story</translation>
    </message>
    <message>
        <source>TikTok photo</source>
        <translation>Foto do TikTok</translation>
    </message>
    <message>
        <source>Facebook post</source>
        <translation>Publicação do Facebook</translation>
    </message>
    <message>
        <source>Facebook cover</source>
        <translation>Capa do Facebook</translation>
    </message>
    <message>
        <source>YouTube thumbnail</source>
        <translation>Miniatura do YouTube</translation>
    </message>
    <message>
        <source>YouTube banner</source>
        <translation>Banner do YouTube</translation>
    </message>
    <message>
        <source>X post</source>
        <translation>Publicação no X</translation>
    </message>
    <message>
        <source>X header</source>
        <translation>Capa do X</translation>
    </message>
    <message>
        <source>LinkedIn post</source>
        <translation>Publicação do LinkedIn</translation>
    </message>
    <message>
        <source>LinkedIn page cover</source>
        <translation>Capa de página do LinkedIn</translation>
    </message>
    <message>
        <source>Pinterest pin</source>
        <translation>Pin do Pinterest</translation>
    </message>
    <message>
        <source>E-mail header</source>
        <translation>Cabeçalho de e-mail</translation>
    </message>
    <message>
        <source>E-mail teaser</source>
        <translation>Teaser de e-mail</translation>
    </message>
    <message>
        <source>Ad, medium rectangle</source>
        <translation>Anúncio, retângulo médio</translation>
    </message>
    <message>
        <source>Ad, large rectangle</source>
        <translation>Anúncio, retângulo grande</translation>
    </message>
    <message>
        <source>Ad, leaderboard</source>
        <translation>Anúncio, leaderboard</translation>
    </message>
    <message>
        <source>Ad, billboard</source>
        <translation>Anúncio, billboard</translation>
    </message>
    <message>
        <source>Ad, half page</source>
        <translation>Anúncio, meia página</translation>
    </message>
    <message>
        <source>Ad, wide skyscraper</source>
        <translation>Anúncio, skyscraper largo</translation>
    </message>
    <message>
        <source>Ad, mobile banner</source>
        <translation>Anúncio, banner para celular</translation>
    </message>
    <message>
        <source>Ad, large mobile banner</source>
        <translation>Anúncio, banner grande para celular</translation>
    </message>
    <message>
        <source>Press, at most 4000</source>
        <translation>Imprensa, no máximo 4000</translation>
    </message>
    <message>
        <source>Ready presets</source>
        <translation>Predefinições prontas</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Loja</translation>
    </message>
    <message>
        <source>Social networks</source>
        <translation>Redes sociais</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Display advertising</source>
        <translation>Publicidade gráfica</translation>
    </message>
    <message>
        <source>Whole campaign</source>
        <translation>Campanha inteira</translation>
    </message>
    <message>
        <source>Hero 1600 × 900</source>
        <translation>Hero 1600 × 900</translation>
    </message>
    <message>
        <source>Social square 1080</source>
        <translation>Redes sociais, quadrado 1080</translation>
    </message>
    <message>
        <source>Story 1080 × 1920</source>
        <translation>Story 1080 × 1920</translation>
    </message>
    <message>
        <source>Web, at most 1200</source>
        <translation>Web, no máximo 1200</translation>
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
        <translation>Só esta predefinição</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>Outra imagem</translation>
    </message>
    <message>
        <source>A country or region: DE, US-CA, EMEA</source>
        <translation>Um país ou região: DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>A language: de, pt-BR</source>
        <translation>Um idioma: de, pt-BR</translation>
    </message>
    <message>
        <source>The name of a preset; empty for all of them</source>
        <translation>O nome de uma predefinição; vazio para todas</translation>
    </message>
    <message>
        <source>An ID, a path, or a file name that is there once; empty for the asset itself</source>
        <translation>Um ID, um caminho ou um nome de arquivo que exista uma só vez; vazio para o próprio ativo</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>no máximo {size}</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>{pixels} px de largura</translation>
    </message>
    <message>
        <source>{pixels} px high</source>
        <translation>{pixels} px de altura</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Choose assets first.</source>
        <translation>Escolha ativos primeiro.</translation>
    </message>
    <message>
        <source>Choose assets of a library first.</source>
        <translation>Escolha primeiro ativos de uma biblioteca.</translation>
    </message>
    <message>
        <source>Choose exactly one asset first.</source>
        <translation>Escolha exatamente um ativo primeiro.</translation>
    </message>
    <message>
        <source>Nothing was said that could be taken back.</source>
        <translation>Não há nada a desfazer.</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>Não há nada a refazer.</translation>
    </message>
    <message>
        <source>Go to a library of PhotoShelter&apos;s kind first.</source>
        <translation>Vá primeiro a uma biblioteca do tipo PhotoShelter.</translation>
    </message>
    <message>
        <source>Choose assets at Cloudinary, or a folder there, first.</source>
        <translation>Escolha primeiro ativos no Cloudinary ou uma pasta de lá.</translation>
    </message>
    <message>
        <source>Set up an account first.</source>
        <translation>Configure uma conta primeiro.</translation>
    </message>
    <message>
        <source>It cannot be used here.</source>
        <translation>Não pode ser usado aqui.</translation>
    </message>
</context>
<context>
    <name>renditions</name>
    <message>
        <source>the file cannot be read</source>
        <translation>o arquivo está ilegível</translation>
    </message>
    <message>
        <source>no picture can be made of it</source>
        <translation>não é possível criar uma imagem dele</translation>
    </message>
    <message>
        <source>it has no file here; download it first</source>
        <translation>não tem arquivo aqui; baixe-o primeiro</translation>
    </message>
    <message>
        <source>the table names an unknown image</source>
        <translation>a tabela cita uma imagem desconhecida</translation>
    </message>
    <message>
        <source>the transformation is wrong</source>
        <translation>a transformação está errada</translation>
    </message>
    <message>
        <source>a text is missing for this market</source>
        <translation>falta um texto para este mercado</translation>
    </message>
    <message>
        <source>another one would have the same name</source>
        <translation>outra teria o mesmo nome</translation>
    </message>
    <message>
        <source>there is such a file already</source>
        <translation>já existe um arquivo assim</translation>
    </message>
    <message>
        <source>this content is not pushed</source>
        <translation>este conteúdo não foi enviado</translation>
    </message>
    <message>
        <source>the gate is shut</source>
        <translation>o controle de publicação está fechado</translation>
    </message>
    <message>
        <source>Will be made</source>
        <translation>Serão criadas</translation>
    </message>
    <message>
        <source>Take the place of a file that is there</source>
        <translation>Tomam o lugar de um arquivo existente</translation>
    </message>
    <message>
        <source>Held back: {reason}</source>
        <translation>Retida: {reason}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Usage and limits</source>
        <translation>Uso e limites</translation>
    </message>
    <message>
        <source>Usage by day</source>
        <translation>Uso por dia</translation>
    </message>
    <message>
        <source>Most used assets</source>
        <translation>Ativos mais usados</translation>
    </message>
    <message>
        <source>Least used assets</source>
        <translation>Ativos menos usados</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>Por campanha</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>Por responsável</translation>
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
        <translation>Por predefinição</translation>
    </message>
    <message>
        <source>Approved, never used</source>
        <translation>Aprovados, nunca usados</translation>
    </message>
    <message>
        <source>In use, rights ending</source>
        <translation>Em uso, direitos terminando</translation>
    </message>
    <message>
        <source>Heavy originals</source>
        <translation>Originais pesados</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplicatas</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Quase duplicatas</translation>
    </message>
    <message>
        <source>Missing metadata</source>
        <translation>Metadados ausentes</translation>
    </message>
    <message>
        <source>What optimisation would save</source>
        <translation>O que a otimização economizaria</translation>
    </message>
    <message>
        <source>Delivery by day</source>
        <translation>Entrega por dia</translation>
    </message>
    <message>
        <source>Imported access logs</source>
        <translation>Logs de acesso importados</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Ambiente</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Medidor</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Usado</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Participação</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Créditos</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unidade</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Consultado</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dia</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>Ativo</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Caminho</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Campanha</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Responsável</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Predefinição</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>Ativos</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprovados</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Em uso</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Destinos</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Solicitações</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregue</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Último uso</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Aprovação</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Alterado</translation>
    </message>
    <message>
        <source>Rights from</source>
        <translation>Direitos desde</translation>
    </message>
    <message>
        <source>Rights until</source>
        <translation>Direitos até</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Direitos</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>Dias restantes</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Largura</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Altura</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Conteúdo</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Grupo</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Cópias</translation>
    </message>
    <message>
        <source>Could be freed</source>
        <translation>Poderia ser liberado</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Diferença</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Ausentes</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>Variantes</translation>
    </message>
    <message>
        <source>Bytes now</source>
        <translation>Bytes agora</translation>
    </message>
    <message>
        <source>Bytes optimised</source>
        <translation>Bytes otimizados</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Economizado</translation>
    </message>
    <message>
        <source>Reckoned from</source>
        <translation>Calculado a partir de</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Resumo criptográfico</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importado</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Primeiro dia</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Último dia</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linhas</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Contadas</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>Puladas</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconhecidas</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Ilegíveis</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Amostras</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>Public ID</translation>
    </message>
    <message>
        <source>Asset ID</source>
        <translation>ID do ativo</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Media ID</source>
        <translation>ID da mídia</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>Transformação</translation>
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
        <translation>Host de referência</translation>
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
        <translation>Mercado</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Outside its rights</source>
        <translation>Fora dos seus direitos</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>Medido por</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plano</translation>
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
        <translation>Dias</translation>
    </message>
    <message>
        <source>Would be saved</source>
        <translation>Seria economizado</translation>
    </message>
    <message>
        <source>Outside their rights</source>
        <translation>Fora dos seus direitos</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Arquivos</translation>
    </message>
    <message>
        <source>Unknown lines</source>
        <translation>Linhas desconhecidas</translation>
    </message>
    <message>
        <source>Limits nearly reached</source>
        <translation>Limites quase atingidos</translation>
    </message>
    <message>
        <source>No Cloudinary account is connected: what it would tell is missing.</source>
        <translation>Nenhuma conta do Cloudinary está conectada: falta o que ela informaria.</translation>
    </message>
    <message>
        <source>The environment was not asked for its usage yet.</source>
        <translation>O ambiente ainda não foi consultado sobre o uso.</translation>
    </message>
    <message>
        <source>The environment could not be asked now; this is what it told last.</source>
        <translation>Não foi possível consultar o ambiente agora; isto é o que ele informou por último.</translation>
    </message>
    <message>
        <source>Requests were not measured: no access log was imported for these days.</source>
        <translation>As solicitações não foram medidas: nenhum log de acesso foi importado para estes dias.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>%Ln linha dos registros de acesso não citava nenhum ativo conhecido aqui.</numerusform>
            <numerusform>%Ln linhas dos registros de acesso não citavam nenhum ativo conhecido aqui.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>Não foi possível comparar %Ln ativo sem miniatura.</numerusform>
            <numerusform>Não foi possível comparar %Ln ativos sem miniatura.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>%Ln imagem com semelhantes demais não pôde ser comparada com todas elas.</numerusform>
            <numerusform>%Ln imagens com semelhantes demais não puderam ser comparadas com todas elas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>Ainda não lido: %Ln ativo.</numerusform>
            <numerusform>Ainda não lidos: %Ln ativos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>Não medido: %Ln valor.</numerusform>
            <numerusform>Não medidos: %Ln valores.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>Somente na exportação: mais %Ln linha.</numerusform>
            <numerusform>Somente na exportação: mais %Ln linhas.</numerusform>
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
        <translation>legenda</translation>
    </message>
    <message>
        <source>alternative text</source>
        <translation>texto alternativo</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>palavras-chave</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>criador</translation>
    </message>
    <message>
        <source>credit line</source>
        <translation>linha de crédito</translation>
    </message>
    <message>
        <source>copyright notice</source>
        <translation>aviso de copyright</translation>
    </message>
    <message>
        <source>usage terms</source>
        <translation>termos de uso</translation>
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
        <translation>Etapa {stage}</translation>
    </message>
    <message>
        <source>Its file says: {state}</source>
        <translation>O arquivo diz: {state}</translation>
    </message>
    <message>
        <source>Waits for {stage}</source>
        <translation>Aguarda {stage}</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Solicitado</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Moderação no Cloudinary</translation>
    </message>
    <message>
        <source>In review at their library</source>
        <translation>Em revisão na biblioteca deles</translation>
    </message>
    <message>
        <source>Said in their files</source>
        <translation>Informado nos arquivos deles</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>Atrasado desde {date}</translation>
    </message>
    <message>
        <source>Due today, {time}</source>
        <translation>Prazo hoje, {time}</translation>
    </message>
    <message>
        <source>Due tomorrow, {time}</source>
        <translation>Prazo amanhã, {time}</translation>
    </message>
    <message>
        <source>Due {date}</source>
        <translation>Prazo {date}</translation>
    </message>
    <message>
        <source>{done} of {total} decided</source>
        <translation>{done} de {total} decididos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>%Ln com alterações solicitadas</numerusform>
            <numerusform>%Ln com alterações solicitadas</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>todos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>%Ln aprovado</numerusform>
            <numerusform>%Ln aprovados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>%Ln rejeitado</numerusform>
            <numerusform>%Ln rejeitados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>%Ln não está mais aqui</numerusform>
            <numerusform>%Ln não estão mais aqui</numerusform>
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
        <translation>Por ativo</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Todos juntos</translation>
    </message>
</context>
<context>
    <name>review guides</name>
    <message>
        <source>No guides</source>
        <translation>Sem guias</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Área segura</translation>
    </message>
    <message>
        <source>Thirds and centre</source>
        <translation>Terços e centro</translation>
    </message>
    <message>
        <source>Crops of other formats</source>
        <translation>Cortes de outros formatos</translation>
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
        <translation>Olhar</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marcar</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprovar</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeitar</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar alterações</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentar</translation>
    </message>
    <message>
        <source>Pin a comment to a place</source>
        <translation>Fixar um comentário em um lugar</translation>
    </message>
    <message>
        <source>Draw on the picture</source>
        <translation>Desenhar na imagem</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>Desfazer a última decisão</translation>
    </message>
    <message>
        <source>Approve the rest</source>
        <translation>Aprovar o restante</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Próxima imagem</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Imagem anterior</translation>
    </message>
    <message>
        <source>Next asset</source>
        <translation>Próximo ativo</translation>
    </message>
    <message>
        <source>Previous asset</source>
        <translation>Ativo anterior</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Próxima não decidida</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Primeira</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Última</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Compare: line, onion skin, difference</source>
        <translation>Comparar: linha, sobreposição, diferença</translation>
    </message>
    <message>
        <source>Against the version before, or the master</source>
        <translation>Com a versão anterior ou o master</translation>
    </message>
    <message>
        <source>Master and renditions side by side</source>
        <translation>Master e variantes lado a lado</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Folha de contato</translation>
    </message>
    <message>
        <source>Guides: safe area, thirds, crops</source>
        <translation>Guias: área segura, terços, cortes</translation>
    </message>
    <message>
        <source>Play a film, or stop it</source>
        <translation>Reproduzir ou parar um vídeo</translation>
    </message>
    <message>
        <source>A film one step back</source>
        <translation>Voltar um passo no vídeo</translation>
    </message>
    <message>
        <source>A film one step on</source>
        <translation>Avançar um passo no vídeo</translation>
    </message>
    <message>
        <source>100 %, and back</source>
        <translation>100 %, e voltar</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Mostrar tudo</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Aproximar</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Afastar</translation>
    </message>
    <message>
        <source>More of the version before</source>
        <translation>Mais da versão anterior</translation>
    </message>
    <message>
        <source>More of the version now</source>
        <translation>Mais da versão atual</translation>
    </message>
    <message>
        <source>Facts and comments</source>
        <translation>Dados e comentários</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>Tira de imagens</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Tela cheia</translation>
    </message>
    <message>
        <source>Rate with 0 to 5 stars</source>
        <translation>Classificar com 0 a 5 estrelas</translation>
    </message>
    <message>
        <source>Label red, yellow, green or blue</source>
        <translation>Rotular com vermelho, amarelo, verde ou azul</translation>
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
        <translation>Versão anterior</translation>
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
        <translation>o pacote não contém essa imagem</translation>
    </message>
    <message>
        <source>it is about other bytes than the pack held</source>
        <translation>refere-se a bytes diferentes dos que o pacote continha</translation>
    </message>
    <message>
        <source>it is about another transformation than the pack held</source>
        <translation>refere-se a uma transformação diferente da que o pacote continha</translation>
    </message>
    <message>
        <source>its master is not in the catalog any more</source>
        <translation>o master não está mais no catálogo</translation>
    </message>
    <message>
        <source>its master has changed since the pack was made</source>
        <translation>o master mudou desde a criação do pacote</translation>
    </message>
    <message>
        <source>its preset has changed since the pack was made</source>
        <translation>a predefinição mudou desde a criação do pacote</translation>
    </message>
    <message>
        <source>a later verdict of the same reviewer is on record</source>
        <translation>há um parecer posterior do mesmo revisor no registro</translation>
    </message>
</context>
<context>
    <name>review_page</name>
    <message>
        <source>Approved</source>
        <translation>Aprovados</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>Alterações solicitadas</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeitado</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprovar</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>Solicitar alterações</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeitar</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Não decidida</translation>
    </message>
    <message>
        <source>The verdict was taken back</source>
        <translation>O parecer foi desfeito</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Parecer</translation>
    </message>
    <message>
        <source>Why? (goes with the verdict)</source>
        <translation>Por quê? (acompanha o parecer)</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Comentários</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentário</translation>
    </message>
    <message>
        <source>About the whole picture</source>
        <translation>Sobre a imagem inteira</translation>
    </message>
    <message>
        <source>About the marked place</source>
        <translation>Sobre o lugar marcado</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>Adicionar comentário</translation>
    </message>
    <message>
        <source>Delete comment</source>
        <translation>Excluir comentário</translation>
    </message>
    <message>
        <source>Mark a place</source>
        <translation>Marcar um lugar</translation>
    </message>
    <message>
        <source>Click a point of the picture, or drag a frame around a part of it.</source>
        <translation>Clique em um ponto da imagem ou arraste uma moldura em torno de uma parte.</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>Ainda não há comentários.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Seu nome</translation>
    </message>
    <message>
        <source>Please say your name: your verdicts are recorded with it.</source>
        <translation>Informe seu nome: seus pareceres são registrados com ele.</translation>
    </message>
    <message>
        <source>Save verdicts</source>
        <translation>Salvar pareceres</translation>
    </message>
    <message>
        <source>Saves a file. Send it to {who}, who reads it in.</source>
        <translation>Salva um arquivo. Envie-o a {who}, que o importará.</translation>
    </message>
    <message>
        <source>Saved as {file}. Please send it to {who}.</source>
        <translation>Salvo como {file}. Envie-o a {who}.</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>Ainda não há nada para salvar.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Ainda não salvo</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>{done} de {all} decididas</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>Até {date}</translation>
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
        <translation>Maior</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Menor</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Próxima</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>Próxima não decidida</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>Master</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Imagens</translation>
    </message>
    <message>
        <source>Picture {n} of {all}: {name}</source>
        <translation>Imagem {n} de {all}: {name}</translation>
    </message>
    <message>
        <source>One picture of a film</source>
        <translation>Uma imagem de um vídeo</translation>
    </message>
    <message>
        <source>this browser does not play it</source>
        <translation>este navegador não o reproduz</translation>
    </message>
    <message>
        <source>Comment on this moment</source>
        <translation>Comentar este momento</translation>
    </message>
    <message>
        <source>About {time} of the film</source>
        <translation>Sobre {time} do vídeo</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>Reproduzir, pausar</translation>
    </message>
    <message>
        <source>Approximate: what is delivered may look a little different</source>
        <translation>Aproximado: o que é entregue pode parecer um pouco diferente</translation>
    </message>
    <message>
        <source>Some steps are made on delivery only, and are not shown here</source>
        <translation>Algumas etapas são feitas só na entrega e não são mostradas aqui</translation>
    </message>
    <message>
        <source>This picture cannot be shown. If you opened the page inside a ZIP file, unpack the whole file first, then open index.html from the unpacked folder.</source>
        <translation>Esta imagem não pode ser mostrada. Se você abriu a página dentro de um arquivo ZIP, descompacte primeiro o arquivo inteiro e abra index.html na pasta descompactada.</translation>
    </message>
    <message>
        <source>This browser keeps nothing for this page: save your verdicts before you close it.</source>
        <translation>Este navegador não guarda nada para esta página: salve seus pareceres antes de fechá-la.</translation>
    </message>
    <message>
        <source>This page is damaged. Please ask for the review pack again.</source>
        <translation>Esta página está danificada. Peça o pacote de revisão novamente.</translation>
    </message>
    <message>
        <source>Comment {n}</source>
        <translation>Comentário {n}</translation>
    </message>
    <message>
        <source>This page needs JavaScript. It loads nothing from the network.</source>
        <translation>Esta página precisa de JavaScript. Ela não carrega nada da rede.</translation>
    </message>
    <message>
        <source>Go to the verdict</source>
        <translation>Ir para o parecer</translation>
    </message>
</context>
<context>
    <name>rights</name>
    <message>
        <source>Rights open</source>
        <translation>Direitos vigentes</translation>
    </message>
    <message>
        <source>Rights not begun</source>
        <translation>Direitos futuros</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>Direitos encerrados</translation>
    </message>
    <message>
        <source>Rights unclear</source>
        <translation>Direitos indefinidos</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licença</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorização de modelo</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorização de propriedade</translation>
    </message>
    <message>
        <source>Nobody said that one is needed</source>
        <translation>Ninguém disse que é necessária</translation>
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
        <translation>O mundo inteiro</translation>
    </message>
    <message>
        <source>Europe, the Middle East and Africa</source>
        <translation>Europa, Oriente Médio e África</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>América do Norte</translation>
    </message>
    <message>
        <source>Latin America</source>
        <translation>América Latina</translation>
    </message>
    <message>
        <source>Asia and the Pacific</source>
        <translation>Ásia e Pacífico</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Social media</source>
        <translation>Redes sociais</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Impresso</translation>
    </message>
    <message>
        <source>Posters</source>
        <translation>Cartazes</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>Rádio e TV</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Loja</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Interno</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Começa</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Termina</translation>
    </message>
    <message>
        <source>The dates cannot be read</source>
        <translation>As datas estão ilegíveis</translation>
    </message>
    <message>
        <source>From {start} until {end}</source>
        <translation>De {start} até {end}</translation>
    </message>
    <message>
        <source>From {start}</source>
        <translation>A partir de {start}</translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation>Até {end}</translation>
    </message>
    <message>
        <source>Nothing is claimed</source>
        <translation>Nada é declarado</translation>
    </message>
    <message>
        <source>not {list}</source>
        <translation>exceto {list}</translation>
    </message>
    <message>
        <source>Texts and documents only</source>
        <translation>Só textos e documentos</translation>
    </message>
    <message>
        <source>Nothing is left that file and claim both allow</source>
        <translation>Não resta nada que o arquivo e a declaração permitam</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Só em {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Só para {channels}</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Em outros lugares</translation>
    </message>
    <message>
        <source>{some} and others</source>
        <translation>{some} e outros</translation>
    </message>
</context>
<context>
    <name>self.clipboard</name>
    <message>
        <source>Link copied. It opens this asset where it is known.</source>
        <translation>Link copiado. Ele abre este ativo onde for conhecido.</translation>
    </message>
</context>
<context>
    <name>shelter</name>
    <message>
        <source>the sources of its approval disagree</source>
        <translation>as fontes da aprovação divergem</translation>
    </message>
    <message>
        <source>its approval is written in a way that means nothing here</source>
        <translation>a aprovação está escrita de um modo que não significa nada aqui</translation>
    </message>
    <message>
        <source>a very long text was cut</source>
        <translation>um texto muito longo foi cortado</translation>
    </message>
    <message>
        <source>its rights limit the size in which it may be shown</source>
        <translation>os direitos limitam o tamanho em que pode ser mostrado</translation>
    </message>
    <message>
        <source>its credit has to be shown</source>
        <translation>o crédito precisa ser mostrado</translation>
    </message>
    <message>
        <source>it may not be used with generative tools</source>
        <translation>não pode ser usado com ferramentas generativas</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>Ainda não sincronizado</translation>
    </message>
    <message>
        <source>What lies here has not been read yet; it comes by itself. A search of all of {service} finds it already.</source>
        <translation>O que há aqui ainda não foi lido; chegará automaticamente. Uma busca em todo o {service} já o encontra.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Ainda não há nada aqui</translation>
    </message>
    <message>
        <source>What is put into this place at {service} appears with the next sync.</source>
        <translation>O que for colocado neste lugar em {service} aparece na próxima sincronização.</translation>
    </message>
    <message>
        <source>Signed out: shown as it was last seen</source>
        <translation>Desconectado: mostrado como foi visto pela última vez</translation>
    </message>
    <message>
        <source>{done} of {total} galleries synced</source>
        <translation>{done} de {total} galerias sincronizadas</translation>
    </message>
    <message>
        <source>Synced {moment}</source>
        <translation>Sincronizado {moment}</translation>
    </message>
    <message>
        <source>Only for you and your staff</source>
        <translation>Só para você e sua equipe</translation>
    </message>
    <message>
        <source>For those with permission</source>
        <translation>Para quem tem permissão</translation>
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
        <translation>Revisão do workspace: {state}</translation>
    </message>
    <message>
        <source>Keyword: {state}</source>
        <translation>Palavra-chave: {state}</translation>
    </message>
    <message>
        <source>Gallery: {state}</source>
        <translation>Galeria: {state}</translation>
    </message>
    <message>
        <source>In a &amp;Document beside the Gallery</source>
        <translation>Em um &amp;documento ao lado da galeria</translation>
    </message>
    <message>
        <source>With the Rendered &amp;Files</source>
        <translation>Com os &amp;arquivos renderizados</translation>
    </message>
    <message>
        <source>As &amp;Links of the Master</source>
        <translation>Como &amp;links do master</translation>
    </message>
    <message>
        <source>&amp;Not at All</source>
        <translation>De &amp;modo algum</translation>
    </message>
    <message>
        <source>Model release: there is one</source>
        <translation>Autorização de modelo: existe</translation>
    </message>
    <message>
        <source>Model release: missing</source>
        <translation>Autorização de modelo: falta</translation>
    </message>
    <message>
        <source>Property release: there is one</source>
        <translation>Autorização de propriedade: existe</translation>
    </message>
    <message>
        <source>Property release: missing</source>
        <translation>Autorização de propriedade: falta</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>não compreendido</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Arquivado</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>Só em {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>Só para {channels}</translation>
    </message>
    <message>
        <source>Not all of it is recorded there yet</source>
        <translation>Ainda não está tudo registrado lá</translation>
    </message>
    <message>
        <source>Recorded there {moment}</source>
        <translation>Registrado lá {moment}</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>North America (AWS)</source>
        <translation>América do Norte (AWS)</translation>
    </message>
    <message>
        <source>Europe (AWS)</source>
        <translation>Europa (AWS)</translation>
    </message>
    <message>
        <source>Australia (AWS)</source>
        <translation>Austrália (AWS)</translation>
    </message>
    <message>
        <source>North America (Azure)</source>
        <translation>América do Norte (Azure)</translation>
    </message>
    <message>
        <source>Europe (Azure)</source>
        <translation>Europa (Azure)</translation>
    </message>
    <message>
        <source>North America (Google Cloud)</source>
        <translation>América do Norte (Google Cloud)</translation>
    </message>
    <message>
        <source>Europe (Google Cloud)</source>
        <translation>Europa (Google Cloud)</translation>
    </message>
    <message>
        <source>Take the whole entry off, in that locale</source>
        <translation>Retirar a entrada inteira, nesse locale</translation>
    </message>
    <message>
        <source>Remove the picture, and publish without it</source>
        <translation>Remover a imagem e publicar sem ela</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>A caminho</translation>
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
        <translation>Conflito</translation>
    </message>
    <message>
        <source>The editor&apos;s</source>
        <translation>A do editor</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Recusado</translation>
    </message>
    <message>
        <source>{rendition} (cannot be chosen)</source>
        <translation>{rendition} (não pode ser escolhida)</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>No label</source>
        <translation>Sem rótulo</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produção</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Homologação</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Desenvolvimento</translation>
    </message>
</context>
<context>
    <name>stale</name>
    <message>
        <source>the master has a new version</source>
        <translation>o master tem uma nova versão</translation>
    </message>
    <message>
        <source>its preset was changed</source>
        <translation>a predefinição foi alterada</translation>
    </message>
    <message>
        <source>the master has a new version, and its preset was changed</source>
        <translation>o master tem uma nova versão, e a predefinição foi alterada</translation>
    </message>
</context>
<context>
    <name>standard</name>
    <message>
        <source>All models released</source>
        <translation>Todas as autorizações de modelo existem</translation>
    </message>
    <message>
        <source>Limited or incomplete model releases</source>
        <translation>Autorizações de modelo limitadas ou incompletas</translation>
    </message>
    <message>
        <source>No model release</source>
        <translation>Sem autorização de modelo</translation>
    </message>
    <message>
        <source>Model release not applicable</source>
        <translation>Autorização de modelo não aplicável</translation>
    </message>
    <message>
        <source>All properties released</source>
        <translation>Todas as autorizações de propriedade existem</translation>
    </message>
    <message>
        <source>Limited or incomplete property releases</source>
        <translation>Autorizações de propriedade limitadas ou incompletas</translation>
    </message>
    <message>
        <source>No property release</source>
        <translation>Sem autorização de propriedade</translation>
    </message>
    <message>
        <source>Property release not applicable</source>
        <translation>Autorização de propriedade não aplicável</translation>
    </message>
    <message>
        <source>Age unknown</source>
        <translation>Idade desconhecida</translation>
    </message>
    <message>
        <source>25 or older</source>
        <translation>25 anos ou mais</translation>
    </message>
    <message>
        <source>14 or younger</source>
        <translation>14 anos ou menos</translation>
    </message>
    <message>
        <source>Protected by copyright</source>
        <translation>Protegido por direitos autorais</translation>
    </message>
    <message>
        <source>Public domain</source>
        <translation>Domínio público</translation>
    </message>
    <message>
        <source>1 – most urgent</source>
        <translation>1 – mais urgente</translation>
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
        <translation>Capturado por uma câmera digital</translation>
    </message>
    <message>
        <source>Computed from several frames of a camera</source>
        <translation>Calculado a partir de vários quadros de uma câmera</translation>
    </message>
    <message>
        <source>Scanned from negative film</source>
        <translation>Digitalizado de filme negativo</translation>
    </message>
    <message>
        <source>Scanned from positive film</source>
        <translation>Digitalizado de filme positivo</translation>
    </message>
    <message>
        <source>Scanned from a print</source>
        <translation>Digitalizado de uma cópia impressa</translation>
    </message>
    <message>
        <source>Edited by people</source>
        <translation>Editado por pessoas</translation>
    </message>
    <message>
        <source>Drawn by people</source>
        <translation>Desenhado por pessoas</translation>
    </message>
    <message>
        <source>Composed of captures</source>
        <translation>Composto de capturas</translation>
    </message>
    <message>
        <source>Composed of elements</source>
        <translation>Composto de elementos</translation>
    </message>
    <message>
        <source>Composed, with synthetic elements</source>
        <translation>Composto, com elementos sintéticos</translation>
    </message>
    <message>
        <source>Edited by a trained algorithm</source>
        <translation>Editado por um algoritmo treinado</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>Criado por um algoritmo treinado</translation>
    </message>
    <message>
        <source>Made by an algorithm without training</source>
        <translation>Criado por um algoritmo sem treinamento</translation>
    </message>
    <message>
        <source>Enhanced by an algorithm</source>
        <translation>Aprimorado por um algoritmo</translation>
    </message>
    <message>
        <source>Drawn from data</source>
        <translation>Desenhado a partir de dados</translation>
    </message>
    <message>
        <source>Captured from a screen</source>
        <translation>Capturado de uma tela</translation>
    </message>
    <message>
        <source>Recorded in a virtual world</source>
        <translation>Gravado em um mundo virtual</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Não informada</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Permitida</translation>
    </message>
    <message>
        <source>Not for training of AI</source>
        <translation>Não para treinamento de IA</translation>
    </message>
    <message>
        <source>Not for training of generative AI</source>
        <translation>Não para treinamento de IA generativa</translation>
    </message>
    <message>
        <source>Only for search engines</source>
        <translation>Só para mecanismos de busca</translation>
    </message>
    <message>
        <source>Prohibited</source>
        <translation>Proibida</translation>
    </message>
    <message>
        <source>Prohibited, as other constraints say</source>
        <translation>Proibida, conforme outras restrições</translation>
    </message>
    <message>
        <source>Prohibited, as the rights expression says</source>
        <translation>Proibida, conforme a expressão de direitos</translation>
    </message>
    <message>
        <source>Prohibited, as the linked rights expression says</source>
        <translation>Proibida, conforme a expressão de direitos vinculada</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>Não obrigatório</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>Na imagem</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>Ao lado da imagem</translation>
    </message>
    <message>
        <source>Among the credits</source>
        <translation>Entre os créditos</translation>
    </message>
    <message>
        <source>No warning required</source>
        <translation>Aviso não necessário</translation>
    </message>
    <message>
        <source>Warning required</source>
        <translation>Aviso necessário</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconhecido</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Comercial</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Celular</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>Fax</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>Residencial</translation>
    </message>
    <message>
        <source>Pager</source>
        <translation>Pager</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Retângulo</translation>
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
        <translation>Pixels</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>Frações da imagem</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Cabeçalho</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Legenda</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>Texto alternativo</translation>
    </message>
    <message>
        <source>Extended description</source>
        <translation>Descrição estendida</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Palavras-chave</translation>
    </message>
    <message>
        <source>Keyword hierarchies</source>
        <translation>Hierarquias de palavras-chave</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>Redator da legenda</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Idiomas</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Gênero</translation>
    </message>
    <message>
        <source>Scene codes</source>
        <translation>Códigos de cena</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>Códigos de assunto</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Supplemental categories</source>
        <translation>Categorias suplementares</translation>
    </message>
    <message>
        <source>Digital source type</source>
        <translation>Tipo de fonte digital</translation>
    </message>
    <message>
        <source>People shown</source>
        <translation>Pessoas mostradas</translation>
    </message>
    <message>
        <source>About the models</source>
        <translation>Sobre os modelos</translation>
    </message>
    <message>
        <source>Ages of the models</source>
        <translation>Idades dos modelos</translation>
    </message>
    <message>
        <source>Organisations shown</source>
        <translation>Organizações mostradas</translation>
    </message>
    <message>
        <source>Organisation codes</source>
        <translation>Códigos das organizações</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Evento</translation>
    </message>
    <message>
        <source>Event identifiers</source>
        <translation>Identificadores do evento</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Criador</translation>
    </message>
    <message>
        <source>Creator’s job title</source>
        <translation>Cargo do criador</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>Contact’s city</source>
        <translation>Cidade do contato</translation>
    </message>
    <message>
        <source>Contact’s state or province</source>
        <translation>Estado ou província do contato</translation>
    </message>
    <message>
        <source>Contact’s postal code</source>
        <translation>CEP do contato</translation>
    </message>
    <message>
        <source>Contact’s country</source>
        <translation>País do contato</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Site</translation>
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
        <translation>Status do copyright</translation>
    </message>
    <message>
        <source>Copyright owner</source>
        <translation>Titular do copyright</translation>
    </message>
    <message>
        <source>Credit line</source>
        <translation>Linha de crédito</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fonte</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>Termos de uso</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>Página de direitos</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instruções</translation>
    </message>
    <message>
        <source>Media constraints</source>
        <translation>Restrições de mídia</translation>
    </message>
    <message>
        <source>Region constraints</source>
        <translation>Restrições de região</translation>
    </message>
    <message>
        <source>Other constraints</source>
        <translation>Outras restrições</translation>
    </message>
    <message>
        <source>Image supplier</source>
        <translation>Fornecedor da imagem</translation>
    </message>
    <message>
        <source>Supplier’s image ID</source>
        <translation>ID da imagem no fornecedor</translation>
    </message>
    <message>
        <source>Licence begins</source>
        <translation>Início da licença</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>Fim da licença</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>Autorização de modelo</translation>
    </message>
    <message>
        <source>Model release IDs</source>
        <translation>IDs de autorização de modelo</translation>
    </message>
    <message>
        <source>Youngest model</source>
        <translation>Modelo mais jovem</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>Autorização de propriedade</translation>
    </message>
    <message>
        <source>Property release IDs</source>
        <translation>IDs de autorização de propriedade</translation>
    </message>
    <message>
        <source>Copyright owner’s ID</source>
        <translation>ID do titular do copyright</translation>
    </message>
    <message>
        <source>Licensor</source>
        <translation>Licenciador</translation>
    </message>
    <message>
        <source>Licensor’s ID</source>
        <translation>ID do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s e-mail</source>
        <translation>E-mail do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s phone</source>
        <translation>Telefone do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s website</source>
        <translation>Site do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s street</source>
        <translation>Rua do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s city</source>
        <translation>Cidade do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s state or province</source>
        <translation>Estado ou província do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s postal code</source>
        <translation>CEP do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s country</source>
        <translation>País do licenciador</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Cidade</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>Estado ou província</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>Código do país</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>Coordenada</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>Altitude</translation>
    </message>
    <message>
        <source>World region</source>
        <translation>Região do mundo</translation>
    </message>
    <message>
        <source>Artwork’s title</source>
        <translation>Título da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s creator</source>
        <translation>Criador da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s copyright notice</source>
        <translation>Aviso de copyright da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner</source>
        <translation>Titular do copyright da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s date</source>
        <translation>Data da obra de arte</translation>
    </message>
    <message>
        <source>What the artwork shows</source>
        <translation>O que a obra de arte mostra</translation>
    </message>
    <message>
        <source>Who keeps the artwork</source>
        <translation>Quem guarda a obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s inventory number</source>
        <translation>Número de inventário da obra de arte</translation>
    </message>
    <message>
        <source>Product’s name</source>
        <translation>Nome do produto</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Product’s ID</source>
        <translation>ID do produto</translation>
    </message>
    <message>
        <source>Product’s description</source>
        <translation>Descrição do produto</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Data de captura</translation>
    </message>
    <message>
        <source>Date digitised</source>
        <translation>Data de digitalização</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>Data de modificação</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Classificação</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Rótulo</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Urgência</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>Identificador do trabalho</translation>
    </message>
    <message>
        <source>Camera maker</source>
        <translation>Fabricante da câmera</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Câmera</translation>
    </message>
    <message>
        <source>Camera’s serial number</source>
        <translation>Número de série da câmera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Lente</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>Tempo de exposição</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>Abertura</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Distância focal</translation>
    </message>
    <message>
        <source>Focal length (35 mm)</source>
        <translation>Distância focal (35 mm)</translation>
    </message>
    <message>
        <source>Exposure compensation</source>
        <translation>Compensação de exposição</translation>
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
        <translation>Relação</translation>
    </message>
    <message>
        <source>Content types</source>
        <translation>Tipos de conteúdo</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identificador</translation>
    </message>
    <message>
        <source>Derived from</source>
        <translation>Derivado de</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>Tipo de mídia</translation>
    </message>
    <message>
        <source>Image GUID</source>
        <translation>GUID da imagem</translation>
    </message>
    <message>
        <source>Greatest width</source>
        <translation>Largura máxima</translation>
    </message>
    <message>
        <source>Greatest height</source>
        <translation>Altura máxima</translation>
    </message>
    <message>
        <source>AI prompt</source>
        <translation>Prompt de IA</translation>
    </message>
    <message>
        <source>AI prompt’s writer</source>
        <translation>Autor do prompt de IA</translation>
    </message>
    <message>
        <source>AI system</source>
        <translation>Sistema de IA</translation>
    </message>
    <message>
        <source>AI system’s version</source>
        <translation>Versão do sistema de IA</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Termo</translation>
    </message>
    <message>
        <source>Term’s ID</source>
        <translation>ID do termo</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vocabulário</translation>
    </message>
    <message>
        <source>Term refined</source>
        <translation>Refinamento do termo</translation>
    </message>
    <message>
        <source>Genre term</source>
        <translation>Termo do gênero</translation>
    </message>
    <message>
        <source>Genre’s ID</source>
        <translation>ID do gênero</translation>
    </message>
    <message>
        <source>Genre’s vocabulary</source>
        <translation>Vocabulário do gênero</translation>
    </message>
    <message>
        <source>Genre refined</source>
        <translation>Refinamento do gênero</translation>
    </message>
    <message>
        <source>Person’s name</source>
        <translation>Nome da pessoa</translation>
    </message>
    <message>
        <source>Person’s IDs</source>
        <translation>IDs da pessoa</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>Sobre a pessoa</translation>
    </message>
    <message>
        <source>Contributor’s name</source>
        <translation>Nome do colaborador</translation>
    </message>
    <message>
        <source>Contributor’s IDs</source>
        <translation>IDs do colaborador</translation>
    </message>
    <message>
        <source>Contributor’s roles</source>
        <translation>Funções do colaborador</translation>
    </message>
    <message>
        <source>Image creator</source>
        <translation>Criador da imagem</translation>
    </message>
    <message>
        <source>Image creator’s ID</source>
        <translation>ID do criador da imagem</translation>
    </message>
    <message>
        <source>Image supplier’s ID</source>
        <translation>ID do fornecedor da imagem</translation>
    </message>
    <message>
        <source>Rights owners</source>
        <translation>Titulares dos direitos</translation>
    </message>
    <message>
        <source>Rights certificate</source>
        <translation>Certificado de direitos</translation>
    </message>
    <message>
        <source>Data mining</source>
        <translation>Mineração de dados</translation>
    </message>
    <message>
        <source>Credit required</source>
        <translation>Crédito obrigatório</translation>
    </message>
    <message>
        <source>Adult content</source>
        <translation>Conteúdo adulto</translation>
    </message>
    <message>
        <source>Licence’s ID</source>
        <translation>ID da licença</translation>
    </message>
    <message>
        <source>Licence’s terms</source>
        <translation>Termos da licença</translation>
    </message>
    <message>
        <source>Licence’s terms page</source>
        <translation>Página dos termos da licença</translation>
    </message>
    <message>
        <source>Other conditions</source>
        <translation>Outras condições</translation>
    </message>
    <message>
        <source>Product constraints</source>
        <translation>Restrições de produto</translation>
    </message>
    <message>
        <source>Licence’s requirements</source>
        <translation>Exigências da licença</translation>
    </message>
    <message>
        <source>Media summary code</source>
        <translation>Código-resumo (Media Summary Code)</translation>
    </message>
    <message>
        <source>Licence granted</source>
        <translation>Licença concedida em</translation>
    </message>
    <message>
        <source>Licensee</source>
        <translation>Licenciado</translation>
    </message>
    <message>
        <source>Licensee’s ID</source>
        <translation>ID do licenciado</translation>
    </message>
    <message>
        <source>Licensor’s image ID</source>
        <translation>ID de imagem do licenciador</translation>
    </message>
    <message>
        <source>Copyright owner’s image ID</source>
        <translation>ID de imagem do titular do copyright</translation>
    </message>
    <message>
        <source>Other dates</source>
        <translation>Outras datas</translation>
    </message>
    <message>
        <source>Copyright registration</source>
        <translation>Registro do copyright</translation>
    </message>
    <message>
        <source>First published</source>
        <translation>Primeira publicação</translation>
    </message>
    <message>
        <source>Licensor’s address, more</source>
        <translation>Complemento do endereço do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s phone is</source>
        <translation>Tipo de telefone do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s other phone</source>
        <translation>Outro telefone do licenciador</translation>
    </message>
    <message>
        <source>Licensor’s other phone is</source>
        <translation>Tipo do outro telefone do licenciador</translation>
    </message>
    <message>
        <source>Item’s ID</source>
        <translation>ID do item</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Role in the registry</source>
        <translation>Função no registro</translation>
    </message>
    <message>
        <source>Rights expression</source>
        <translation>Expressão de direitos</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Codificação</translation>
    </message>
    <message>
        <source>Rights language</source>
        <translation>Linguagem de direitos</translation>
    </message>
    <message>
        <source>Rights expression’s address</source>
        <translation>Endereço da expressão de direitos</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>Nome do local</translation>
    </message>
    <message>
        <source>Place’s IDs</source>
        <translation>IDs do local</translation>
    </message>
    <message>
        <source>Artwork’s creator’s ID</source>
        <translation>ID do criador da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner’s ID</source>
        <translation>ID do titular do copyright da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s licensor</source>
        <translation>Licenciador da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s licensor’s ID</source>
        <translation>ID do licenciador da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s date, about</source>
        <translation>Data aproximada da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s inventory page</source>
        <translation>Página de inventário da obra de arte</translation>
    </message>
    <message>
        <source>Contributions to the artwork</source>
        <translation>Contribuições para a obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s material</source>
        <translation>Material da obra de arte</translation>
    </message>
    <message>
        <source>Artwork’s style</source>
        <translation>Estilo da obra de arte</translation>
    </message>
    <message>
        <source>Region’s name</source>
        <translation>Nome da região</translation>
    </message>
    <message>
        <source>Region’s ID</source>
        <translation>ID da região</translation>
    </message>
    <message>
        <source>Region’s content</source>
        <translation>Conteúdo da região</translation>
    </message>
    <message>
        <source>Region’s role</source>
        <translation>Função da região</translation>
    </message>
    <message>
        <source>Region’s shape</source>
        <translation>Forma da região</translation>
    </message>
    <message>
        <source>Region’s unit</source>
        <translation>Unidade da região</translation>
    </message>
    <message>
        <source>Region’s left</source>
        <translation>Esquerda da região</translation>
    </message>
    <message>
        <source>Region’s top</source>
        <translation>Topo da região</translation>
    </message>
    <message>
        <source>Region’s width</source>
        <translation>Largura da região</translation>
    </message>
    <message>
        <source>Region’s height</source>
        <translation>Altura da região</translation>
    </message>
    <message>
        <source>Region’s radius</source>
        <translation>Raio da região</translation>
    </message>
    <message>
        <source>A short name of the picture, often an identifier.</source>
        <translation>Um nome curto da imagem, muitas vezes um identificador.</translation>
    </message>
    <message>
        <source>A short synopsis that can be published.</source>
        <translation>Uma breve sinopse que pode ser publicada.</translation>
    </message>
    <message>
        <source>What the picture shows: who, what, where, when and why.</source>
        <translation>O que a imagem mostra: quem, o quê, onde, quando e por quê.</translation>
    </message>
    <message>
        <source>What it shows for those who cannot see it, in one or two sentences.</source>
        <translation>O que ela mostra, para quem não pode vê-la, em uma ou duas frases.</translation>
    </message>
    <message>
        <source>A longer description for those who cannot see it.</source>
        <translation>Uma descrição mais longa para quem não pode vê-la.</translation>
    </message>
    <message>
        <source>Words by which it is found.</source>
        <translation>Palavras pelas quais ela é encontrada.</translation>
    </message>
    <message>
        <source>Keywords with those above them, as in “Place|France|Paris”.</source>
        <translation>Palavras-chave com as superiores, como em “Place|France|Paris”.</translation>
    </message>
    <message>
        <source>Who wrote or edited the caption.</source>
        <translation>Quem escreveu ou editou a legenda.</translation>
    </message>
    <message>
        <source>The languages of the content.</source>
        <translation>Os idiomas do conteúdo.</translation>
    </message>
    <message>
        <source>What sort of journalistic or artistic work it is.</source>
        <translation>De que tipo de obra jornalística ou artística se trata.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the scene, six digits each.</source>
        <translation>Os códigos IPTC da cena, de seis dígitos cada.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the subject, eight digits each.</source>
        <translation>Os códigos IPTC do assunto, de oito dígitos cada.</translation>
    </message>
    <message>
        <source>A code of one to three letters; superseded by the subject codes.</source>
        <translation>Um código de uma a três letras; substituído pelos códigos de assunto.</translation>
    </message>
    <message>
        <source>Further categories; superseded by the subject codes.</source>
        <translation>Outras categorias; substituídas pelos códigos de assunto.</translation>
    </message>
    <message>
        <source>How the picture came into being.</source>
        <translation>Como a imagem surgiu.</translation>
    </message>
    <message>
        <source>The names of the people in the picture.</source>
        <translation>Os nomes das pessoas na imagem.</translation>
    </message>
    <message>
        <source>Ethnicity and other facts about the models in a released picture.</source>
        <translation>Etnia e outros dados sobre os modelos em uma imagem autorizada.</translation>
    </message>
    <message>
        <source>The age of each model when it was taken.</source>
        <translation>A idade de cada modelo no momento da captura.</translation>
    </message>
    <message>
        <source>The names of organisations that the picture features.</source>
        <translation>Os nomes das organizações que a imagem mostra.</translation>
    </message>
    <message>
        <source>Codes of these organisations.</source>
        <translation>Códigos dessas organizações.</translation>
    </message>
    <message>
        <source>The event at which it was taken.</source>
        <translation>O evento em que foi capturada.</translation>
    </message>
    <message>
        <source>Identifiers of the event.</source>
        <translation>Identificadores do evento.</translation>
    </message>
    <message>
        <source>Who took or made it; several are separated by a semicolon.</source>
        <translation>Quem a capturou ou criou; vários são separados por ponto e vírgula.</translation>
    </message>
    <message>
        <source>The job of the creator, such as staff photographer.</source>
        <translation>O cargo do criador, como fotógrafo da equipe.</translation>
    </message>
    <message>
        <source>Where the creator can be reached: street and house.</source>
        <translation>Onde encontrar o criador: rua e número.</translation>
    </message>
    <message>
        <source>The city of the creator’s address.</source>
        <translation>A cidade do endereço do criador.</translation>
    </message>
    <message>
        <source>The state or province of the creator’s address.</source>
        <translation>O estado ou a província do endereço do criador.</translation>
    </message>
    <message>
        <source>The postal code of the creator’s address.</source>
        <translation>O CEP do endereço do criador.</translation>
    </message>
    <message>
        <source>The country of the creator’s address.</source>
        <translation>O país do endereço do criador.</translation>
    </message>
    <message>
        <source>Telephone numbers of the creator.</source>
        <translation>Números de telefone do criador.</translation>
    </message>
    <message>
        <source>E-mail addresses of the creator.</source>
        <translation>Endereços de e-mail do criador.</translation>
    </message>
    <message>
        <source>The creator’s website.</source>
        <translation>O site do criador.</translation>
    </message>
    <message>
        <source>Others who had a part in it.</source>
        <translation>Outros que participaram.</translation>
    </message>
    <message>
        <source>Who makes it available.</source>
        <translation>Quem a disponibiliza.</translation>
    </message>
    <message>
        <source>Who holds the copyright, as it is to be printed.</source>
        <translation>Quem detém o copyright, como deve ser impresso.</translation>
    </message>
    <message>
        <source>Is it protected by copyright?</source>
        <translation>É protegida por direitos autorais?</translation>
    </message>
    <message>
        <source>Who owns the copyright.</source>
        <translation>Quem é o titular do copyright.</translation>
    </message>
    <message>
        <source>Who is to be credited when it is published.</source>
        <translation>Quem deve ser creditado na publicação.</translation>
    </message>
    <message>
        <source>Who it was obtained from.</source>
        <translation>De quem foi obtida.</translation>
    </message>
    <message>
        <source>How it may be used.</source>
        <translation>Como pode ser usada.</translation>
    </message>
    <message>
        <source>The address of a page about the rights.</source>
        <translation>O endereço de uma página sobre os direitos.</translation>
    </message>
    <message>
        <source>What those who use it have to know.</source>
        <translation>O que quem a usa precisa saber.</translation>
    </message>
    <message>
        <source>In which media it may not be used, or only.</source>
        <translation>Em quais mídias não pode ser usada, ou só nelas.</translation>
    </message>
    <message>
        <source>In which regions it may not be used, or only.</source>
        <translation>Em quais regiões não pode ser usada, ou só nelas.</translation>
    </message>
    <message>
        <source>Other limits of use.</source>
        <translation>Outros limites de uso.</translation>
    </message>
    <message>
        <source>Who supplied the picture.</source>
        <translation>Quem forneceu a imagem.</translation>
    </message>
    <message>
        <source>The supplier’s identifier of it.</source>
        <translation>O identificador dela no fornecedor.</translation>
    </message>
    <message>
        <source>When the licence begins; changed with the rights, not here.</source>
        <translation>Quando a licença começa; altera-se com os direitos, não aqui.</translation>
    </message>
    <message>
        <source>When the licence ends; changed with the rights, not here.</source>
        <translation>Quando a licença termina; altera-se com os direitos, não aqui.</translation>
    </message>
    <message>
        <source>Have the people shown agreed?</source>
        <translation>As pessoas mostradas concordaram?</translation>
    </message>
    <message>
        <source>Identifiers of the agreements.</source>
        <translation>Identificadores das autorizações.</translation>
    </message>
    <message>
        <source>The age of the youngest person when it was taken.</source>
        <translation>A idade da pessoa mais jovem no momento da captura.</translation>
    </message>
    <message>
        <source>Have the owners of what is shown agreed?</source>
        <translation>Os proprietários do que é mostrado concordaram?</translation>
    </message>
    <message>
        <source>Identifiers of these agreements.</source>
        <translation>Identificadores dessas autorizações.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows who owns the copyright.</source>
        <translation>O número pelo qual a PLUS identifica o titular do copyright.</translation>
    </message>
    <message>
        <source>Who grants licences.</source>
        <translation>Quem concede licenças.</translation>
    </message>
    <message>
        <source>The licensor’s identifier in the PLUS registry.</source>
        <translation>O identificador do licenciador no registro PLUS.</translation>
    </message>
    <message>
        <source>Where to ask for a licence.</source>
        <translation>Onde solicitar uma licença.</translation>
    </message>
    <message>
        <source>The licensor’s telephone.</source>
        <translation>O telefone do licenciador.</translation>
    </message>
    <message>
        <source>The licensor’s website.</source>
        <translation>O site do licenciador.</translation>
    </message>
    <message>
        <source>The street of the licensor’s address.</source>
        <translation>A rua do endereço do licenciador.</translation>
    </message>
    <message>
        <source>The city of the licensor’s address.</source>
        <translation>A cidade do endereço do licenciador.</translation>
    </message>
    <message>
        <source>The state or province of the licensor’s address.</source>
        <translation>O estado ou a província do endereço do licenciador.</translation>
    </message>
    <message>
        <source>The postal code of the licensor’s address.</source>
        <translation>O CEP do endereço do licenciador.</translation>
    </message>
    <message>
        <source>The country of the licensor’s address.</source>
        <translation>O país do endereço do licenciador.</translation>
    </message>
    <message>
        <source>The place within the city.</source>
        <translation>O local dentro da cidade.</translation>
    </message>
    <message>
        <source>The city.</source>
        <translation>A cidade.</translation>
    </message>
    <message>
        <source>The state or province.</source>
        <translation>O estado ou a província.</translation>
    </message>
    <message>
        <source>The country’s name.</source>
        <translation>O nome do país.</translation>
    </message>
    <message>
        <source>The country’s code of two or three letters (ISO 3166).</source>
        <translation>O código do país, de duas ou três letras (ISO 3166).</translation>
    </message>
    <message>
        <source>Where the camera stood, in decimal degrees.</source>
        <translation>Onde a câmera estava, em graus decimais.</translation>
    </message>
    <message>
        <source>How high the camera was, in metres.</source>
        <translation>A que altitude a câmera estava, em metros.</translation>
    </message>
    <message>
        <source>The place within the city where it was taken.</source>
        <translation>O local dentro da cidade onde foi capturada.</translation>
    </message>
    <message>
        <source>The city where it was taken.</source>
        <translation>A cidade onde foi capturada.</translation>
    </message>
    <message>
        <source>The state or province where it was taken.</source>
        <translation>O estado ou a província onde foi capturada.</translation>
    </message>
    <message>
        <source>The country where it was taken.</source>
        <translation>O país onde foi capturada.</translation>
    </message>
    <message>
        <source>The code of the country where it was taken.</source>
        <translation>O código do país onde foi capturada.</translation>
    </message>
    <message>
        <source>The part of the world where it was taken.</source>
        <translation>A parte do mundo onde foi capturada.</translation>
    </message>
    <message>
        <source>The place within the city that it shows.</source>
        <translation>O local dentro da cidade que ela mostra.</translation>
    </message>
    <message>
        <source>The city that it shows.</source>
        <translation>A cidade que ela mostra.</translation>
    </message>
    <message>
        <source>The state or province that it shows.</source>
        <translation>O estado ou a província que ela mostra.</translation>
    </message>
    <message>
        <source>The country that it shows.</source>
        <translation>O país que ela mostra.</translation>
    </message>
    <message>
        <source>The code of the country that it shows.</source>
        <translation>O código do país que ela mostra.</translation>
    </message>
    <message>
        <source>The part of the world that it shows.</source>
        <translation>A parte do mundo que ela mostra.</translation>
    </message>
    <message>
        <source>What the artwork is called.</source>
        <translation>Como se chama a obra de arte.</translation>
    </message>
    <message>
        <source>Who made the artwork; several in their order.</source>
        <translation>Quem criou a obra de arte; vários na sua ordem.</translation>
    </message>
    <message>
        <source>The artwork’s own copyright notice.</source>
        <translation>O aviso de copyright da própria obra de arte.</translation>
    </message>
    <message>
        <source>Who owns the copyright of the artwork now.</source>
        <translation>Quem é o titular atual do copyright da obra de arte.</translation>
    </message>
    <message>
        <source>When the artwork was made.</source>
        <translation>Quando a obra de arte foi criada.</translation>
    </message>
    <message>
        <source>What is seen in the artwork.</source>
        <translation>O que se vê na obra de arte.</translation>
    </message>
    <message>
        <source>The museum, archive or person that has the artwork.</source>
        <translation>O museu, o arquivo ou a pessoa que tem a obra de arte.</translation>
    </message>
    <message>
        <source>The number that who keeps it has given the artwork.</source>
        <translation>O número que quem a guarda deu à obra de arte.</translation>
    </message>
    <message>
        <source>What the product is called.</source>
        <translation>Como se chama o produto.</translation>
    </message>
    <message>
        <source>The product’s number in trade, as its bar code has it.</source>
        <translation>O número comercial do produto, como no código de barras.</translation>
    </message>
    <message>
        <source>The number that its maker has given the product.</source>
        <translation>O número que o fabricante deu ao produto.</translation>
    </message>
    <message>
        <source>What the product is.</source>
        <translation>O que é o produto.</translation>
    </message>
    <message>
        <source>When the picture was taken, or the work was made.</source>
        <translation>Quando a imagem foi capturada ou a obra foi criada.</translation>
    </message>
    <message>
        <source>When the digital file was made, such as by a scanner.</source>
        <translation>Quando o arquivo digital foi criado, por exemplo por um scanner.</translation>
    </message>
    <message>
        <source>When the file was changed last, as the program that did says.</source>
        <translation>Quando o arquivo foi alterado pela última vez, segundo o programa que o fez.</translation>
    </message>
    <message>
        <source>One to five stars; -1 is rejected.</source>
        <translation>Uma a cinco estrelas; -1 é rejeitado.</translation>
    </message>
    <message>
        <source>A word or colour of one’s own workflow.</source>
        <translation>Uma palavra ou cor do próprio fluxo de trabalho.</translation>
    </message>
    <message>
        <source>How urgent it is, from 1 to 8.</source>
        <translation>Quão urgente é, de 1 a 8.</translation>
    </message>
    <message>
        <source>A number or name of the job it belongs to.</source>
        <translation>Um número ou nome do trabalho a que pertence.</translation>
    </message>
    <message>
        <source>The maker of the camera.</source>
        <translation>O fabricante da câmera.</translation>
    </message>
    <message>
        <source>The model of the camera.</source>
        <translation>O modelo da câmera.</translation>
    </message>
    <message>
        <source>The serial number of the camera.</source>
        <translation>O número de série da câmera.</translation>
    </message>
    <message>
        <source>The model of the lens.</source>
        <translation>O modelo da lente.</translation>
    </message>
    <message>
        <source>How long it was exposed, in seconds.</source>
        <translation>Quanto durou a exposição, em segundos.</translation>
    </message>
    <message>
        <source>The f-number.</source>
        <translation>O número f.</translation>
    </message>
    <message>
        <source>The sensitivity.</source>
        <translation>A sensibilidade.</translation>
    </message>
    <message>
        <source>The focal length in millimetres.</source>
        <translation>A distância focal em milímetros.</translation>
    </message>
    <message>
        <source>The focal length that is the same on 35 mm film.</source>
        <translation>A distância focal equivalente em filme de 35 mm.</translation>
    </message>
    <message>
        <source>By how many stops the exposure was changed.</source>
        <translation>Em quantos pontos a exposição foi alterada.</translation>
    </message>
    <message>
        <source>Did the flash fire?</source>
        <translation>O flash disparou?</translation>
    </message>
    <message>
        <source>The program that wrote the file.</source>
        <translation>O programa que gravou o arquivo.</translation>
    </message>
    <message>
        <source>Which place and time the content is about.</source>
        <translation>De que lugar e época o conteúdo trata.</translation>
    </message>
    <message>
        <source>What it is related to.</source>
        <translation>Com o que está relacionada.</translation>
    </message>
    <message>
        <source>The nature or genre of the content.</source>
        <translation>A natureza ou o gênero do conteúdo.</translation>
    </message>
    <message>
        <source>What identifies it within its context.</source>
        <translation>O que a identifica em seu contexto.</translation>
    </message>
    <message>
        <source>What it was made from.</source>
        <translation>A partir do que foi criada.</translation>
    </message>
    <message>
        <source>The kind of file, as the file says.</source>
        <translation>O tipo de arquivo, segundo o próprio arquivo.</translation>
    </message>
    <message>
        <source>A number that no other picture has.</source>
        <translation>Um número que nenhuma outra imagem tem.</translation>
    </message>
    <message>
        <source>The width of the largest version that can be had, in pixels.</source>
        <translation>A largura da maior versão disponível, em pixels.</translation>
    </message>
    <message>
        <source>The height of the largest version that can be had, in pixels.</source>
        <translation>A altura da maior versão disponível, em pixels.</translation>
    </message>
    <message>
        <source>What a generating system was asked for.</source>
        <translation>O que foi pedido a um sistema generativo.</translation>
    </message>
    <message>
        <source>Who wrote what it was asked for.</source>
        <translation>Quem escreveu o que foi pedido a ele.</translation>
    </message>
    <message>
        <source>The system that generated it.</source>
        <translation>O sistema que a gerou.</translation>
    </message>
    <message>
        <source>The version of that system.</source>
        <translation>A versão desse sistema.</translation>
    </message>
    <message>
        <source>What the picture is about, as a vocabulary calls it.</source>
        <translation>O assunto da imagem, como um vocabulário o chama.</translation>
    </message>
    <message>
        <source>The identifier of this term.</source>
        <translation>O identificador deste termo.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this term.</source>
        <translation>O endereço do vocabulário deste termo.</translation>
    </message>
    <message>
        <source>The identifier of what refines this term.</source>
        <translation>O identificador do que refina este termo.</translation>
    </message>
    <message>
        <source>The genre, as a vocabulary calls it.</source>
        <translation>O gênero, como um vocabulário o chama.</translation>
    </message>
    <message>
        <source>The identifier of this genre.</source>
        <translation>O identificador deste gênero.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this genre.</source>
        <translation>O endereço do vocabulário deste gênero.</translation>
    </message>
    <message>
        <source>The identifier of what refines this genre.</source>
        <translation>O identificador do que refina este gênero.</translation>
    </message>
    <message>
        <source>The name of a person in the picture.</source>
        <translation>O nome de uma pessoa na imagem.</translation>
    </message>
    <message>
        <source>Identifiers of this person.</source>
        <translation>Identificadores desta pessoa.</translation>
    </message>
    <message>
        <source>What is worth knowing of this person.</source>
        <translation>O que vale a pena saber sobre esta pessoa.</translation>
    </message>
    <message>
        <source>Who had a part in it.</source>
        <translation>Quem participou.</translation>
    </message>
    <message>
        <source>Identifiers of this contributor.</source>
        <translation>Identificadores deste colaborador.</translation>
    </message>
    <message>
        <source>Which part this contributor had.</source>
        <translation>Qual foi a participação deste colaborador.</translation>
    </message>
    <message>
        <source>Who created the image, as PLUS has it.</source>
        <translation>Quem criou a imagem, segundo a PLUS.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the creator.</source>
        <translation>O número pelo qual a PLUS identifica o criador.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the supplier.</source>
        <translation>O número pelo qual a PLUS identifica o fornecedor.</translation>
    </message>
    <message>
        <source>Who owns rights in it.</source>
        <translation>Quem é titular de direitos sobre ela.</translation>
    </message>
    <message>
        <source>The address of a certificate of the rights.</source>
        <translation>O endereço de um certificado dos direitos.</translation>
    </message>
    <message>
        <source>May programs be trained with it?</source>
        <translation>Programas podem ser treinados com ela?</translation>
    </message>
    <message>
        <source>Has the credit line to be printed, and where?</source>
        <translation>A linha de crédito precisa ser impressa, e onde?</translation>
    </message>
    <message>
        <source>Does it need a warning?</source>
        <translation>Precisa de um aviso?</translation>
    </message>
    <message>
        <source>The identifier of the licence.</source>
        <translation>O identificador da licença.</translation>
    </message>
    <message>
        <source>The terms and conditions of the licence.</source>
        <translation>Os termos e condições da licença.</translation>
    </message>
    <message>
        <source>The address of the terms and conditions.</source>
        <translation>O endereço dos termos e condições.</translation>
    </message>
    <message>
        <source>Further conditions of the licence.</source>
        <translation>Outras condições da licença.</translation>
    </message>
    <message>
        <source>For which products and services it may be used.</source>
        <translation>Para quais produtos e serviços pode ser usado.</translation>
    </message>
    <message>
        <source>What the licence asks for besides.</source>
        <translation>O que mais a licença exige.</translation>
    </message>
    <message>
        <source>PLUS’s code of all uses that are licensed.</source>
        <translation>Código PLUS de todos os usos licenciados.</translation>
    </message>
    <message>
        <source>The day of the licence.</source>
        <translation>O dia da licença.</translation>
    </message>
    <message>
        <source>Who holds the licence.</source>
        <translation>Quem detém a licença.</translation>
    </message>
    <message>
        <source>PLUS’s ID of the licensee.</source>
        <translation>ID do licenciado no PLUS.</translation>
    </message>
    <message>
        <source>The licensor’s identifier of it.</source>
        <translation>O identificador dado pelo licenciador.</translation>
    </message>
    <message>
        <source>The copyright owner’s identifier of it.</source>
        <translation>O identificador dado pelo titular do copyright.</translation>
    </message>
    <message>
        <source>Further days and times in its life, as Dublin Core has them.</source>
        <translation>Outros dias e horas de sua história, como o Dublin Core os tem.</translation>
    </message>
    <message>
        <source>The number under which the copyright is registered.</source>
        <translation>O número sob o qual o copyright está registrado.</translation>
    </message>
    <message>
        <source>When it was published for the first time.</source>
        <translation>Quando foi publicada pela primeira vez.</translation>
    </message>
    <message>
        <source>Further lines of the licensor’s address.</source>
        <translation>Outras linhas do endereço do licenciador.</translation>
    </message>
    <message>
        <source>Which telephone this is.</source>
        <translation>Que telefone é este.</translation>
    </message>
    <message>
        <source>Another telephone of the licensor.</source>
        <translation>Outro telefone do licenciador.</translation>
    </message>
    <message>
        <source>The number that a registry has given the picture.</source>
        <translation>O número que um registro deu à imagem.</translation>
    </message>
    <message>
        <source>The identifier of the registry.</source>
        <translation>O identificador do registro.</translation>
    </message>
    <message>
        <source>Why the picture is registered there.</source>
        <translation>Por que a imagem está registrada lá.</translation>
    </message>
    <message>
        <source>Rights in a language for machines.</source>
        <translation>Direitos em uma linguagem para máquinas.</translation>
    </message>
    <message>
        <source>How the rights expression is encoded.</source>
        <translation>Como a expressão de direitos está codificada.</translation>
    </message>
    <message>
        <source>The language of the rights expression.</source>
        <translation>A linguagem da expressão de direitos.</translation>
    </message>
    <message>
        <source>Where rights in a language for machines are found.</source>
        <translation>Onde encontrar direitos em uma linguagem para máquinas.</translation>
    </message>
    <message>
        <source>How the linked expression is encoded.</source>
        <translation>Como a expressão vinculada está codificada.</translation>
    </message>
    <message>
        <source>The language of the linked expression.</source>
        <translation>A linguagem da expressão vinculada.</translation>
    </message>
    <message>
        <source>What the place is called where it was taken.</source>
        <translation>Como se chama o local onde foi capturada.</translation>
    </message>
    <message>
        <source>Identifiers of the place where it was taken.</source>
        <translation>Identificadores do local onde foi capturada.</translation>
    </message>
    <message>
        <source>Where the place lies, in decimal degrees.</source>
        <translation>Onde fica o local, em graus decimais.</translation>
    </message>
    <message>
        <source>What the place is called that it shows.</source>
        <translation>Como se chama o local que ela mostra.</translation>
    </message>
    <message>
        <source>Identifiers of the place that it shows.</source>
        <translation>Identificadores do local que ela mostra.</translation>
    </message>
    <message>
        <source>Where the place that it shows lies, in decimal degrees.</source>
        <translation>Onde fica o local que ela mostra, em graus decimais.</translation>
    </message>
    <message>
        <source>Identifiers of who made the artwork, in their order.</source>
        <translation>Identificadores de quem criou a obra de arte, na sua ordem.</translation>
    </message>
    <message>
        <source>The identifier of who owns its copyright now.</source>
        <translation>O identificador do titular atual do copyright dela.</translation>
    </message>
    <message>
        <source>Who licenses the artwork now.</source>
        <translation>Quem licencia a obra de arte atualmente.</translation>
    </message>
    <message>
        <source>The identifier of who licenses it now.</source>
        <translation>O identificador de quem a licencia atualmente.</translation>
    </message>
    <message>
        <source>About when the artwork was made.</source>
        <translation>Quando, aproximadamente, a obra de arte foi criada.</translation>
    </message>
    <message>
        <source>The address of the artwork in its keeper’s inventory.</source>
        <translation>O endereço da obra de arte no inventário de quem a guarda.</translation>
    </message>
    <message>
        <source>Who did what to the artwork.</source>
        <translation>Quem fez o quê na obra de arte.</translation>
    </message>
    <message>
        <source>What the artwork is made of, and its state.</source>
        <translation>De que é feita a obra de arte e em que estado está.</translation>
    </message>
    <message>
        <source>The styles or periods of the artwork.</source>
        <translation>Os estilos ou períodos da obra de arte.</translation>
    </message>
    <message>
        <source>What is seen in this part of the picture.</source>
        <translation>O que se vê nesta parte da imagem.</translation>
    </message>
    <message>
        <source>The identifier of this part.</source>
        <translation>O identificador desta parte.</translation>
    </message>
    <message>
        <source>What sort of thing is seen there.</source>
        <translation>Que tipo de coisa se vê ali.</translation>
    </message>
    <message>
        <source>What this part is for.</source>
        <translation>Para que serve esta parte.</translation>
    </message>
    <message>
        <source>The form of this part.</source>
        <translation>A forma desta parte.</translation>
    </message>
    <message>
        <source>What its numbers count.</source>
        <translation>O que seus números contam.</translation>
    </message>
    <message>
        <source>Its left edge, or its middle where it is a circle.</source>
        <translation>A borda esquerda ou, em um círculo, o centro.</translation>
    </message>
    <message>
        <source>Its upper edge, or its middle where it is a circle.</source>
        <translation>A borda superior ou, em um círculo, o centro.</translation>
    </message>
    <message>
        <source>How wide a rectangle is.</source>
        <translation>A largura de um retângulo.</translation>
    </message>
    <message>
        <source>How high a rectangle is.</source>
        <translation>A altura de um retângulo.</translation>
    </message>
    <message>
        <source>How far a circle reaches.</source>
        <translation>Até onde vai um círculo.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descrição</translation>
    </message>
    <message>
        <source>Term of a vocabulary</source>
        <translation>Termo de um vocabulário</translation>
    </message>
    <message>
        <source>Genre of a vocabulary</source>
        <translation>Gênero de um vocabulário</translation>
    </message>
    <message>
        <source>People and events</source>
        <translation>Pessoas e eventos</translation>
    </message>
    <message>
        <source>Person in detail</source>
        <translation>Pessoa em detalhe</translation>
    </message>
    <message>
        <source>Contributor</source>
        <translation>Colaborador</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Direitos</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Autorizações</translation>
    </message>
    <message>
        <source>Registry entry</source>
        <translation>Entrada de registro</translation>
    </message>
    <message>
        <source>Linked rights expression</source>
        <translation>Expressão de direitos vinculada</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Localização</translation>
    </message>
    <message>
        <source>Where it was taken</source>
        <translation>Onde foi capturada</translation>
    </message>
    <message>
        <source>What place it shows</source>
        <translation>Que local mostra</translation>
    </message>
    <message>
        <source>Artwork it shows</source>
        <translation>Obra de arte que mostra</translation>
    </message>
    <message>
        <source>Product it shows</source>
        <translation>Produto que mostra</translation>
    </message>
    <message>
        <source>Image region</source>
        <translation>Região da imagem</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Datas</translation>
    </message>
    <message>
        <source>Rating and workflow</source>
        <translation>Classificação e fluxo de trabalho</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Brightness</source>
        <translation>Brilho</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Contraste</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gama</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>Vinheta</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Saturação</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>Vibração</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Matiz</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>Sépia</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>Aumentar nitidez</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Desfocar</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>Pixelizar</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Tons de cinza</translation>
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
        <translation>Cor automática</translation>
    </message>
    <message>
        <source>Auto brightness</source>
        <translation>Brilho automático</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>Melhorar</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exata</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>Aproximada</translation>
    </message>
    <message>
        <source>Cloud only</source>
        <translation>Só na nuvem</translation>
    </message>
    <message>
        <source>Delivery makes the same pixels, but for how they are scaled and encoded.</source>
        <translation>A entrega produz os mesmos pixels, exceto pela forma de redimensionar e codificar.</translation>
    </message>
    <message>
        <source>Delivery may look a little different:</source>
        <translation>A entrega pode parecer um pouco diferente:</translation>
    </message>
    <message>
        <source>A part of it is made at delivery only, and is not shown here:</source>
        <translation>Uma parte é feita só na entrega e não é mostrada aqui:</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>HTML: &lt;img&gt; with srcset</source>
        <translation>HTML: &lt;img&gt; com srcset</translation>
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
        <translation>Plano de fundo CSS</translation>
    </message>
    <message>
        <source>Video player</source>
        <translation>Player de vídeo</translation>
    </message>
    <message>
        <source>Product gallery</source>
        <translation>Galeria de produtos</translation>
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
        <translation>Espelhar</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>De cabeça para baixo</translation>
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
        <translation>Corte</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamanho</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Recorte</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Efeito</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagem</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condição</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forma</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Etapa</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>A film is not fetched only to be looked at.</source>
        <translation>Um vídeo não é buscado só para ser visto.</translation>
    </message>
    <message>
        <source>Push the master, and Cloudinary can show what it alone can do.</source>
        <translation>Envie o master, e o Cloudinary poderá mostrar o que só ele sabe fazer.</translation>
    </message>
    <message>
        <source>Crop of {size}, {x} from the left, {y} from the top</source>
        <translation>Corte de {size}, a {x} da esquerda e {y} do topo</translation>
    </message>
    <message>
        <source>Layer, {x} to the right of the middle, {y} below it</source>
        <translation>Camada, {x} à direita do centro, {y} abaixo dele</translation>
    </message>
</context>
<context>
    <name>studio keys</name>
    <message>
        <source>Save as a preset</source>
        <translation>Salvar como predefinição</translation>
    </message>
    <message>
        <source>Presets and sets</source>
        <translation>Predefinições e conjuntos</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Refazer</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>only one side says anything</source>
        <translation>só um lado informa algo</translation>
    </message>
    <message>
        <source>it was changed on one side</source>
        <translation>foi alterado em um lado</translation>
    </message>
    <message>
        <source>this side leads for the field</source>
        <translation>este lado prevalece no campo</translation>
    </message>
    <message>
        <source>it was said last</source>
        <translation>foi informado por último</translation>
    </message>
    <message>
        <source>both were changed: choose one</source>
        <translation>ambos foram alterados: escolha um</translation>
    </message>
    <message>
        <source>what both sides added is joined</source>
        <translation>o que os dois lados adicionaram é unido</translation>
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
        <translation>o tipo do arquivo</translation>
    </message>
    <message>
        <source>what was decided</source>
        <translation>o que foi decidido</translation>
    </message>
    <message>
        <source>whether its rights hold now</source>
        <translation>se os direitos valem agora</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>estrelas</translation>
    </message>
    <message>
        <source>landscape, portrait or square</source>
        <translation>paisagem, retrato ou quadrado</translation>
    </message>
    <message>
        <source>a year, a month, a day, or from..until</source>
        <translation>um ano, um mês, um dia ou de..até</translation>
    </message>
    <message>
        <source>whether Cloudinary has it</source>
        <translation>se o Cloudinary o tem</translation>
    </message>
    <message>
        <source>whether the file can be read</source>
        <translation>se o arquivo pode ser lido</translation>
    </message>
    <message>
        <source>a whole keyword; one of several words in quotes</source>
        <translation>uma palavra-chave inteira; se tiver várias palavras, entre aspas</translation>
    </message>
    <message>
        <source>a folder that it lies in, however deep</source>
        <translation>uma pasta em que está, em qualquer nível</translation>
    </message>
    <message>
        <source>whose rights end within so many days</source>
        <translation>em até quantos dias terminam os direitos</translation>
    </message>
    <message>
        <source>{key}: needs {what}.</source>
        <translation>{key}: informe {what}.</translation>
    </message>
    <message>
        <source>{key}:{value} means nothing. Try {offered}.</source>
        <translation>{key}:{value} não significa nada. Tente {offered}.</translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message>
        <source>Queued</source>
        <translation>Na fila</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Aguardando</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregue</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falhou</translation>
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
        <translation>Criando</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Criado</translation>
    </message>
    <message>
        <source>Changing what may be seen</source>
        <translation>Alterando a visibilidade</translation>
    </message>
    <message>
        <source>Changed what may be seen</source>
        <translation>Visibilidade alterada</translation>
    </message>
    <message>
        <source>Recording at its master</source>
        <translation>Registrando no master</translation>
    </message>
    <message>
        <source>Recorded at its master</source>
        <translation>Registrado no master</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>Arquivando</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Arquivado</translation>
    </message>
    <message>
        <source>Telling the service</source>
        <translation>Avisando o serviço</translation>
    </message>
    <message>
        <source>Told the service</source>
        <translation>Serviço avisado</translation>
    </message>
    <message>
        <source>Looking whether it arrived after all</source>
        <translation>Verificando se chegou apesar de tudo</translation>
    </message>
    <message>
        <source>Looked whether it arrived after all</source>
        <translation>Verificado se chegou apesar de tudo</translation>
    </message>
    <message>
        <source>A push that ended unheard</source>
        <translation>Um envio que terminou sem resposta</translation>
    </message>
    <message>
        <source>Decision for the service</source>
        <translation>Decisão para o serviço</translation>
    </message>
    <message>
        <source>Rights for the service</source>
        <translation>Direitos para o serviço</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Moderação no Cloudinary</translation>
    </message>
    <message>
        <source>Access at Cloudinary</source>
        <translation>Acesso no Cloudinary</translation>
    </message>
    <message>
        <source>A rendition that has to go</source>
        <translation>Uma variante que precisa sair</translation>
    </message>
    <message>
        <source>Record at the master</source>
        <translation>Registro no master</translation>
    </message>
    <message>
        <source>New version at the service</source>
        <translation>Nova versão no serviço</translation>
    </message>
    <message>
        <source>Decision for the file</source>
        <translation>Decisão para o arquivo</translation>
    </message>
    <message>
        <source>Waits for the connection, then goes out by itself</source>
        <translation>Aguarda a conexão e depois sai automaticamente</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>O Cloudinary pede para reduzir o ritmo; continua automaticamente</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on by itself</source>
        <translation>As chamadas de API desta hora se esgotaram; continua automaticamente</translation>
    </message>
    <message>
        <source>Did not get through; tries again by itself</source>
        <translation>Falha na conexão; nova tentativa automática</translation>
    </message>
    <message>
        <source>Waits until the file has been read</source>
        <translation>Aguarda a leitura do arquivo</translation>
    </message>
    <message>
        <source>Waits for the account {environment} and its key</source>
        <translation>Aguarda a conta {environment} e sua chave</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more by itself</source>
        <translation>Ainda não chegou; nova verificação automática</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again by itself</source>
        <translation>O destinatário não aceitou; será enviado de novo automaticamente</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>O Cloudinary pede para reduzir o ritmo; continua em {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on in {time}</source>
        <translation>As chamadas de API desta hora se esgotaram; continua em {time}</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>Falha na conexão; próxima tentativa em {time}</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more in {time}</source>
        <translation>Ainda não chegou; nova verificação em {time}</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again in {time}</source>
        <translation>O destinatário não aceitou; será enviado de novo em {time}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}, {size}: {note}</translation>
    </message>
    <message>
        <source>{copied} copied, {there} there already</source>
        <translation>{copied} copiados, {there} já existentes</translation>
    </message>
    <message>
        <source>Into a library</source>
        <translation>Em uma biblioteca</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln etapa</numerusform>
            <numerusform>%Ln etapas</numerusform>
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
        <translation>edição de {field}</translation>
    </message>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>edição de %Ln campo</numerusform>
            <numerusform>edição de %Ln campos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>aprovação de %Ln ativo</numerusform>
            <numerusform>aprovação de %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>rejeição de %Ln ativo</numerusform>
            <numerusform>rejeição de %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>solicitação de alterações em %Ln ativo</numerusform>
            <numerusform>solicitação de alterações em %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>colocação de %Ln ativo em revisão</numerusform>
            <numerusform>colocação de %Ln ativos em revisão</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>reversão da decisão sobre %Ln ativo</numerusform>
            <numerusform>reversão da decisão sobre %Ln ativos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>{edit} em %Ln ativo</numerusform>
            <numerusform>{edit} em %Ln ativos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} megapixels</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Créditos</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Armazenamento</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Largura de banda</translation>
    </message>
    <message>
        <source>Transformations</source>
        <translation>Transformações</translation>
    </message>
    <message>
        <source>Stored files</source>
        <translation>Arquivos armazenados</translation>
    </message>
    <message>
        <source>Impressions</source>
        <translation>Impressões</translation>
    </message>
    <message>
        <source>Seconds delivered</source>
        <translation>Segundos entregues</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>Restam {left} de {limit}</translation>
    </message>
    <message>
        <source>{amount}, anew at {time}</source>
        <translation>{amount}, renovado às {time}</translation>
    </message>
    <message>
        <source>API calls this hour</source>
        <translation>Chamadas de API nesta hora</translation>
    </message>
    <message>
        <source>Largest image</source>
        <translation>Maior imagem</translation>
    </message>
    <message>
        <source>Largest video</source>
        <translation>Maior vídeo</translation>
    </message>
    <message>
        <source>Largest other file</source>
        <translation>Maior arquivo de outro tipo</translation>
    </message>
    <message>
        <source>Most pixels of an image</source>
        <translation>Máximo de pixels de uma imagem</translation>
    </message>
    <message>
        <source>Most pixels of all pages or frames</source>
        <translation>Máximo de pixels de todas as páginas ou quadros</translation>
    </message>
    <message>
        <source>Fixed folders</source>
        <translation>Pastas fixas</translation>
    </message>
    <message>
        <source>Dynamic folders</source>
        <translation>Pastas dinâmicas</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>Plano {name}</translation>
    </message>
    <message>
        <source>counted on {day}</source>
        <translation>contado em {day}</translation>
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
        <translation>Não enviado</translation>
    </message>
</context>
</TS>
