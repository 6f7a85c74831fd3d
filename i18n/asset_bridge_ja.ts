<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Asset Bridge</source>
        <translation>Asset Bridge について</translation>
    </message>
    <message>
        <source>Asset Bridge {version}</source>
        <translation>Asset Bridge {version}</translation>
    </message>
    <message>
        <source>The window between your masters and Cloudinary. Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python.</source>
        <translation>マスターと Cloudinary をつなぐ窓口です。GNU General Public License バージョン 3 以降に基づくフリーソフトウェアであり、いかなる保証もありません。アイコンは Lucide (ISC)、書体は Inter (OFL)、Qt for Python で作られています。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>AccessDialog</name>
    <message>
        <source>With a &amp;token, at any time</source>
        <translation>トークンがあればいつでも(&amp;T)</translation>
    </message>
    <message>
        <source>For everybody &amp;from</source>
        <translation>全員に公開する開始日時(&amp;F)</translation>
    </message>
    <message>
        <source>For everybody &amp;until</source>
        <translation>全員に公開する終了日時(&amp;U)</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>設定</translation>
    </message>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットへのアクセスを制限</numerusform>
        </translation>
    </message>
    <message>
        <source>Who may have the files from Cloudinary. With nothing ticked: everybody.</source>
        <translation>Cloudinary からファイルを取得できる人を決めます。何も選択しない場合は全員です。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>AccountChip</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続済み</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>接続できません</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>オフラインで作業中</translation>
    </message>
    <message>
        <source>Pushes go out at once.</source>
        <translation>プッシュはすぐに送信されます。</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait, and go out by themselves afterwards.</source>
        <translation>作業を続けられます。プッシュは待機し、後で自動的に送信されます。</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait until you go online again.</source>
        <translation>作業を続けられます。プッシュはオンラインに戻るまで待機します。</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>アカウントなし</translation>
    </message>
    <message>
        <source>Browsing only</source>
        <translation>閲覧のみ</translation>
    </message>
    <message>
        <source>Add an account to push approved assets.</source>
        <translation>承認済みアセットをプッシュするにはアカウントを追加してください。</translation>
    </message>
    <message>
        <source>Switch to another account with {keys}.</source>
        <translation>{keys} で別のアカウントに切り替えます。</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cloudinary アカウント</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>{account} から応答があり、現在使用中です。</translation>
    </message>
    <message>
        <source>Log out of {account}?</source>
        <translation>{account} からログアウトしますか?</translation>
    </message>
    <message>
        <source>Its secret and its login are deleted here. What has been delivered stays in Cloudinary, your decisions and its history stay here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>シークレットとログイン情報はこのコンピューターから削除されます。配信済みのものは Cloudinary に、判断と履歴はここに残ります。キューにあるプッシュは、このアカウントを再び追加するまで待機します。</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>ログアウト</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>ログアウトしない</translation>
    </message>
    <message>
        <source>The login is deleted here, but Cloudinary could not be told. End it there too, under your connected applications.</source>
        <translation>ログイン情報はここから削除されますが、Cloudinary に通知できませんでした。Cloudinary の接続済みアプリケーションでも接続を解除してください。</translation>
    </message>
</context>
<context>
    <name>AccountEnvironments</name>
    <message>
        <source>Choose from your account</source>
        <translation>アカウントから選択</translation>
    </message>
    <message>
        <source>The account’s own keys list all its product environments. Cloudinary shows them under Settings, Account API Keys.</source>
        <translation>アカウント自体のキーで、すべてのプロダクト環境を一覧できます。キーは Cloudinary の Settings の Account API Keys に表示されます。</translation>
    </message>
    <message>
        <source>&amp;Keep these keys in the keyring</source>
        <translation>これらのキーをキーリングに保存(&amp;K)</translation>
    </message>
    <message>
        <source>List environments</source>
        <translation>環境を一覧表示</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>この環境を追加</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>キーリングに保存済み</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>問い合わせ中…</translation>
    </message>
    <message>
        <source>This account has no product environments yet.</source>
        <translation>このアカウントにはまだプロダクト環境がありません。</translation>
    </message>
    <message>
        <source>Product environments</source>
        <translation>プロダクト環境</translation>
    </message>
    <message>
        <source>Account &amp;ID</source>
        <translation>アカウント ID(&amp;I)</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>API アドレス(&amp;I)</translation>
    </message>
    <message>
        <source>Account &amp;key</source>
        <translation>アカウントキー(&amp;K)</translation>
    </message>
    <message>
        <source>Account &amp;secret</source>
        <translation>アカウントシークレット(&amp;S)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>追加済み</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>キー {key}</translation>
    </message>
    <message>
        <source>Its key has to be entered</source>
        <translation>キーの入力が必要です</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>無効</translation>
    </message>
</context>
<context>
    <name>AccountErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>アカウントがまだありません。先に追加してください。</translation>
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
        <translation>詳細設定</translation>
    </message>
    <message>
        <source>Log in with the browser…</source>
        <translation>ブラウザーでログイン…</translation>
    </message>
    <message>
        <source>Choose from your account…</source>
        <translation>アカウントから選択…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>確認して保存</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Add a Cloudinary account</source>
        <translation>Cloudinary アカウントを追加</translation>
    </message>
    <message>
        <source>Cloudinary shows all of this under Settings, API Keys. The secret is kept in this computer’s keyring, never in plain text.</source>
        <translation>これらはすべて Cloudinary の Settings の API Keys に表示されます。シークレットはこのコンピューターのキーリングに保存され、平文で保存されることはありません。</translation>
    </message>
    <message>
        <source>&amp;Paste a CLOUDINARY_URL</source>
        <translation>CLOUDINARY_URL を貼り付け(&amp;P)</translation>
    </message>
    <message>
        <source>It is taken apart and removed from here at once.</source>
        <translation>内容は分解され、ここからすぐに消去されます。</translation>
    </message>
    <message>
        <source>&amp;Cloud name</source>
        <translation>クラウド名(&amp;C)</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API キー(&amp;K)</translation>
    </message>
    <message>
        <source>API &amp;secret</source>
        <translation>API シークレット(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;tage</source>
        <translation>ステージ(&amp;T)</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>API アドレス(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Delivery host</source>
        <translation>配信ホスト(&amp;D)</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Use this one</source>
        <translation>これを使用</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>編集…</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>ログアウト…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>キーストアを開く…</translation>
    </message>
    <message>
        <source>Pushes wait until the key store is opened.</source>
        <translation>キーストアが開かれるまでプッシュは待機します。</translation>
    </message>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cloudinary アカウント</translation>
    </message>
    <message>
        <source>Pushes go to the account in use.</source>
        <translation>プッシュは使用中のアカウントに送信されます。</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>アカウントを追加…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Logged in with the browser</source>
        <translation>ブラウザーでログイン済み</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>キー {key}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
</context>
<context>
    <name>AccountLogin</name>
    <message>
        <source>Log in with the browser</source>
        <translation>ブラウザーでログイン</translation>
    </message>
    <message>
        <source>Cloudinary asks you in your browser which product environment Asset Bridge may use. What it gives is kept in this computer’s keyring, never in plain text.</source>
        <translation>Asset Bridge が使用できるプロダクト環境を、Cloudinary がブラウザーで確認します。発行された情報はこのコンピューターのキーリングに保存され、平文で保存されることはありません。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>ページをもう一度開く</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>ブラウザーを開く</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>ブラウザーで続けてください。このウィンドウは 5 分間待機します。</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Back”, and use an API key.</source>
        <translation>ブラウザーを開けませんでした。「戻る」を選択し、API キーを使用してください。</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>API アドレス(&amp;I)</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>クライアント ID(&amp;I)</translation>
    </message>
    <message>
        <source>Only where your company says so; otherwise leave both empty.</source>
        <translation>会社の指示がある場合のみ入力します。それ以外は両方とも空のままにします。</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>使用するアカウント(&amp;U)</translation>
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
        <translation>何かを送信する場所には必ず色とラベルが表示され、誤った環境へのプッシュを防ぎます。本番環境への最初のプッシュの前には一度確認があります。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>What do you call {name}?</source>
        <translation>{name} の呼び名を決めてください</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Agency or team</source>
        <translation>代理店またはチーム(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Stage</source>
        <translation>ステージ(&amp;S)</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>Everything is decided.</source>
        <translation>すべて判断済みです。</translation>
    </message>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>残りの %Ln 枚の画像を承認しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>All that nobody has approved, rejected or sent back in this review is approved in your name, also what you have not looked at. It can be taken back.</source>
        <translation>このレビューで誰も承認、却下、差し戻しをしていないものは、見ていないものも含めてすべてあなたの名前で承認されます。これは取り消せます。</translation>
    </message>
    <message>
        <source>Approve them</source>
        <translation>承認する</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>確認を続ける</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}: %Ln 枚の画像。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>取り消し: %Ln 件の判断。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>%Ln 枚の画像を選択中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>C&amp;onflicts…</source>
        <translation>競合(&amp;O)…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>競合 (%Ln)(&amp;O)…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>フォルダーを追加(&amp;A)…</translation>
    </message>
    <message>
        <source>Connect P&amp;hotoShelter…</source>
        <translation>PhotoShelter に接続(&amp;H)…</translation>
    </message>
    <message>
        <source>Connect Ano&amp;ther Service…</source>
        <translation>別のサービスに接続(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>再読み込み(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Skipped Files…</source>
        <translation>スキップしたファイル(&amp;S)…</translation>
    </message>
    <message>
        <source>Re&amp;move Library…</source>
        <translation>ライブラリを削除(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>{step}を元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>{step}をやり直す(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直す(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>新しいウィンドウ(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>検索(&amp;S)</translation>
    </message>
    <message>
        <source>C&amp;lear Filters</source>
        <translation>フィルターをクリア(&amp;L)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>選択を解除(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>パスをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open Original</source>
        <translation>オリジナルを開く(&amp;O)</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>ファイルマネージャーで表示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>グリッド(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>リスト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Larger Thumbnails</source>
        <translation>サムネールを大きく(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller Thumbnails</source>
        <translation>サムネールを小さく(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Quick Look</source>
        <translation>クイックルック(&amp;Q)</translation>
    </message>
    <message>
        <source>Open in the S&amp;tudio</source>
        <translation>スタジオで開く(&amp;T)</translation>
    </message>
    <message>
        <source>Contact S&amp;heet</source>
        <translation>コンタクトシート(&amp;H)</translation>
    </message>
    <message>
        <source>Make Rend&amp;itions…</source>
        <translation>レンディションを作成(&amp;I)…</translation>
    </message>
    <message>
        <source>Channel &amp;Kits…</source>
        <translation>チャネルキット(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Presets and Sets…</source>
        <translation>プリセットとセット(&amp;P)…</translation>
    </message>
    <message>
        <source>I&amp;nsights…</source>
        <translation>インサイト(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>サイドバー(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>インスペクター(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>転送(&amp;T)</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>フルスクリーン(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>戻る(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>進む(&amp;F)</translation>
    </message>
    <message>
        <source>Enclosing F&amp;older</source>
        <translation>親フォルダー(&amp;O)</translation>
    </message>
    <message>
        <source>Fa&amp;vourite Place</source>
        <translation>お気に入りの場所(&amp;V)</translation>
    </message>
    <message>
        <source>Save as &amp;Smart Folder…</source>
        <translation>スマートフォルダーとして保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Grid Editor</source>
        <translation>グリッドエディター(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Copy Metadata</source>
        <translation>メタデータをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste Metadata…</source>
        <translation>メタデータを貼り付け(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Templates…</source>
        <translation>テンプレート(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Vocabularies…</source>
        <translation>統制語彙(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Export Table…</source>
        <translation>表を書き出し(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Import Table…</source>
        <translation>表を読み込み(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Keep a Copy of Files before Writing Metadata</source>
        <translation>メタデータの書き込み前にファイルのコピーを保存(&amp;K)</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>レビュー(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>承認(&amp;A)</translation>
    </message>
    <message>
        <source>Approve with Co&amp;mment…</source>
        <translation>コメント付きで承認(&amp;M)…</translation>
    </message>
    <message>
        <source>Request &amp;Changes…</source>
        <translation>修正を依頼(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Reject…</source>
        <translation>却下(&amp;R)…</translation>
    </message>
    <message>
        <source>Put &amp;in Review</source>
        <translation>レビューに回す(&amp;I)</translation>
    </message>
    <message>
        <source>Ask &amp;for Review…</source>
        <translation>レビューを依頼(&amp;F)…</translation>
    </message>
    <message>
        <source>Review &amp;Queue…</source>
        <translation>レビューキュー(&amp;Q)…</translation>
    </message>
    <message>
        <source>&amp;Keep Approvals in Files, Too</source>
        <translation>承認をファイルにも保存(&amp;K)</translation>
    </message>
    <message>
        <source>Write Review &amp;Pack…</source>
        <translation>レビューパックを作成(&amp;P)…</translation>
    </message>
    <message>
        <source>Import &amp;Verdicts…</source>
        <translation>判定を読み込み(&amp;V)…</translation>
    </message>
    <message>
        <source>Ri&amp;ghts…</source>
        <translation>権利(&amp;G)…</translation>
    </message>
    <message>
        <source>Rights Ca&amp;lendar…</source>
        <translation>権利カレンダー(&amp;L)…</translation>
    </message>
    <message>
        <source>Let Pa&amp;ss…</source>
        <translation>例外許可(&amp;S)…</translation>
    </message>
    <message>
        <source>P&amp;olicies…</source>
        <translation>ポリシー(&amp;O)…</translation>
    </message>
    <message>
        <source>Audit &amp;Trail…</source>
        <translation>監査証跡(&amp;T)…</translation>
    </message>
    <message>
        <source>Upload fro&amp;m an Address…</source>
        <translation>アドレスからアップロード(&amp;M)…</translation>
    </message>
    <message>
        <source>Upload P&amp;resets…</source>
        <translation>アップロードプリセット(&amp;R)…</translation>
    </message>
    <message>
        <source>Metadata Fie&amp;lds…</source>
        <translation>メタデータフィールド(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Steps and Keys</source>
        <translation>手順とキー(&amp;S)</translation>
    </message>
    <message>
        <source>Command &amp;Palette…</source>
        <translation>コマンドパレット(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>キーボードショートカット(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>プッシュ(&amp;P)</translation>
    </message>
    <message>
        <source>Pu&amp;blish Renditions…</source>
        <translation>レンディションを公開(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>ダウンロード(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Search All of Cloudinary…</source>
        <translation>Cloudinary 全体を検索(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>アカウント(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Usage and Limits…</source>
        <translation>使用量と上限(&amp;U)…</translation>
    </message>
    <message>
        <source>Work &amp;Offline</source>
        <translation>オフラインで作業(&amp;O)</translation>
    </message>
    <message>
        <source>Cloudinary &amp;Sandbox Reachable</source>
        <translation>Cloudinary サンドボックスに接続可能(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;PhotoShelter</source>
        <translation>PhotoShelter(&amp;P)</translation>
    </message>
    <message>
        <source>Chosen &amp;at Cloudinary</source>
        <translation>Cloudinary で選択したもの(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Hear of Changes at Once</source>
        <translation>変更を即時に受け取る(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>通知(&amp;N)…</translation>
    </message>
    <message>
        <source>Tell Other S&amp;ystems…</source>
        <translation>他のシステムに通知(&amp;Y)…</translation>
    </message>
    <message>
        <source>Product &amp;Feeds…</source>
        <translation>商品フィード(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Contentstack…</source>
        <translation>Contentstack(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;About Asset Bridge</source>
        <translation>Asset Bridge について(&amp;A)</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>システムに合わせる(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>ライト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>ダーク(&amp;D)</translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message>
        <source>Stop; what was done stays</source>
        <translation>停止します。処理済みの分は残ります</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>停止: {what}</translation>
    </message>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>オフライン – 待機中 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline – nothing waits</source>
        <translation>オフライン – 待機中のものはありません</translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>アクティビティ %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>アクティビティ – 問題 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>アクティビティ</translation>
    </message>
</context>
<context>
    <name>ActivityPopover</name>
    <message>
        <source>Nothing goes on. What takes longer is listed here, with what came of it.</source>
        <translation>実行中のものはありません。時間のかかる処理とその結果がここに表示されます。</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>リストをクリア</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>アクティビティ</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>残り約{time}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>停止: {what}</translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation>表示: {what}</translation>
    </message>
</context>
<context>
    <name>AddEntry</name>
    <message>
        <source>Add another</source>
        <translation>さらに追加</translation>
    </message>
</context>
<context>
    <name>AdjustPage</name>
    <message>
        <source>Light and colour</source>
        <translation>ライトとカラー</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>カラー</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>ディテール</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>ワンタッチ</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Chart: {sentence}</source>
        <translation>グラフ: {sentence}</translation>
    </message>
    <message>
        <source>The table below has the same figures.</source>
        <translation>下の表にも同じ数値があります。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>表にあと %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>アクセスログを読み込み…</translation>
    </message>
    <message>
        <source>Ask Now</source>
        <translation>今すぐ問い合わせ</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>アカウント…</translation>
    </message>
    <message>
        <source>Access Logs</source>
        <translation>アクセスログ</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>What the chart is about</source>
        <translation>グラフの対象</translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message>
        <source>Comment for the history (optional)</source>
        <translation>履歴に残すコメント (任意)</translation>
    </message>
    <message>
        <source>Comment for the history</source>
        <translation>履歴に残すコメント</translation>
    </message>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>承認して %Ln 件を追加</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Archive “{name}”</source>
        <translation>「{name}」をアーカイブ</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>実行される内容</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>アーカイブ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Looking what that takes…</source>
        <translation>必要な作業を確認中…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln ステップを順に実行します。</numerusform>
        </translation>
    </message>
    <message>
        <source>About {size} are fetched and kept.</source>
        <translation>約 {size} を取得して保管します。</translation>
    </message>
    <message>
        <source>Masters are never deleted, and all of it can be taken back.</source>
        <translation>マスターが削除されることはなく、すべて元に戻せます。</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>対象外</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>配信済みのコピー %Ln 件が削除されます。先に名前を確認してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>Their addresses stop working everywhere. They can be brought back while Cloudinary keeps a backup of them.</source>
        <translation>これらのアドレスはすべての場所で使えなくなります。Cloudinary にバックアップがある間は復元できます。</translation>
    </message>
    <message>
        <source>Archive and delete</source>
        <translation>アーカイブして削除</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>もう一度確認</translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>{name} を %Ln ステップでアーカイブしています。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveOptions</name>
    <message>
        <source>Keep the &amp;originals in the folder too</source>
        <translation>オリジナルもフォルダーに保管(&amp;O)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>そのまま残す</translation>
    </message>
    <message>
        <source>Open with a token only</source>
        <translation>トークンがある場合のみ開ける</translation>
    </message>
    <message>
        <source>Are deleted</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>年(&amp;Y)</translation>
    </message>
    <message>
        <source>Copies at &amp;Cloudinary</source>
        <translation>Cloudinary にあるコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Folder that is made</source>
        <translation>作成するフォルダー(&amp;F)</translation>
    </message>
    <message>
        <source>Keep the archive in</source>
        <translation>アーカイブの保存先</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>Archived campaigns</source>
        <translation>アーカイブ済みキャンペーン</translation>
    </message>
    <message>
        <source>Until something is purged at a service, all of it can be taken back.</source>
        <translation>サービス側で完全に削除されるまでは、すべて元に戻せます。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続行</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>元に戻す…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>No campaign has been archived yet.</source>
        <translation>アーカイブされたキャンペーンはまだありません。</translation>
    </message>
    <message>
        <source>Take the archive of “{name}” back?</source>
        <translation>「{name}」のアーカイブを元に戻しますか?</translation>
    </message>
    <message>
        <source>Its collection, its visibility, the states of its masters and the delivered copies become what they were. The folder that was made stays.</source>
        <translation>コレクション、その表示設定、マスターの状態、配信済みコピーが以前の状態に戻ります。作成されたフォルダーは残ります。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>そのままにする</translation>
    </message>
</context>
<context>
    <name>AssetList</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>寸法</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>権利</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>更新日時</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>プッシュ日時</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>読み取り中…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>{about}. Entries here: {count}. Made {at} by {who}.</source>
        <translation>{about}。項目数: {count}。作成: {at}、{who}。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>日時 (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>実行者</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>監査レポート</translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>証跡の先頭: {head}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>例外許可</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>拒否</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>プッシュ</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>公開</translation>
    </message>
    <message>
        <source>Retraction</source>
        <translation>取り下げ</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>復元</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>権利</translation>
    </message>
    <message>
        <source>Policy change</source>
        <translation>ポリシーの変更</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Review request</source>
        <translation>レビュー依頼</translation>
    </message>
    <message>
        <source>Review pack</source>
        <translation>レビューパック</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>ファイルの持ち出し</translation>
    </message>
    <message>
        <source>Note of damage</source>
        <translation>破損の確認</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>The audit trail was tampered with, or a part of it is lost.</source>
        <translation>監査証跡が改ざんされたか、その一部が失われています。</translation>
    </message>
    <message>
        <source>Entries: {count}. There is damage that was taken note of; nothing new.</source>
        <translation>項目数: {count}。確認済みの破損があります。新しい破損はありません。</translation>
    </message>
    <message>
        <source>Entries: {count}. Nothing was altered, dropped or cut off.</source>
        <translation>項目数: {count}。変更、削除、切り捨てはありません。</translation>
    </message>
    <message>
        <source>A clock was set back: the numbers say what came first.</source>
        <translation>時計が戻されました。先後は番号で判断してください。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock stands before what was recorded ({moment}): rights that end until then have ended.</source>
        <translation>このコンピューターの時計は記録済みの時刻（{moment}）より前です。その時刻までに終了する権利は終了したものとして扱います。</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit trail</source>
        <translation>監査証跡</translation>
    </message>
    <message>
        <source>Looking through the record…</source>
        <translation>記録を確認中…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>さらに表示</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再確認</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Take note</source>
        <translation>確認済みにする</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>項目 (新しい順)</translation>
    </message>
    <message>
        <source>Why it goes on, for instance: restored a backup</source>
        <translation>継続する理由 (例: バックアップから復元した)</translation>
    </message>
    <message>
        <source>Why it goes on in spite of the damage</source>
        <translation>破損があっても継続する理由</translation>
    </message>
    <message>
        <source>The damage stays listed; the record goes on from here, with your reason.</source>
        <translation>破損は一覧に残ります。記録は、入力した理由とともにここから続きます。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表 (CSV)…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Pages (PDF)…</source>
        <translation>ページ (PDF)…</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entries</source>
        <translation>
            <numerusform>%Ln 項目中 {shown} 項目</numerusform>
        </translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>証跡の先頭: {head}</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>ほか %Ln 件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>監査証跡を書き出し</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} を書き出しました。</translation>
    </message>
</context>
<context>
    <name>AuditErrands</name>
    <message>
        <source>Look…</source>
        <translation>確認…</translation>
    </message>
</context>
<context>
    <name>AuditFilters</name>
    <message>
        <source>Search in names and details</source>
        <translation>名前と詳細を検索</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>アセット</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Everything that happened</source>
        <translation>すべての出来事</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全員</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>すべてのアセット</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>選択した %Ln 件のアセット</numerusform>
        </translation>
    </message>
    <message>
        <source>What the window lists</source>
        <translation>ウィンドウに表示中のもの</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>過去 1 年</translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>過去 %Ln 日</numerusform>
        </translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>全期間</translation>
    </message>
</context>
<context>
    <name>BesideDialog</name>
    <message>
        <source>Go on in the &amp;background</source>
        <translation>バックグラウンドで続行(&amp;B)</translation>
    </message>
</context>
<context>
    <name>BrandKitDialog</name>
    <message>
        <source>&amp;Fonts</source>
        <translation>フォント(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>色(&amp;C)</translation>
    </message>
    <message>
        <source>Brand kit</source>
        <translation>ブランドキット</translation>
    </message>
    <message>
        <source>The first ones are offered first. What is made already stays as it is.</source>
        <translation>上にあるものから順に候補になります。すでに作成したものは変わりません。</translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Steps between</source>
        <translation>途中の階層</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>現在の場所</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>{place} に移動</translation>
    </message>
    <message>
        <source>Places in {place}</source>
        <translation>{place} 内の場所</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>サイドバーにあと %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>ブラウザーでサインイン</translation>
    </message>
    <message>
        <source>Password and code stay between you and the service. An application has to be registered there, with this address to come back to:</source>
        <translation>パスワードとコードは、あなたとサービスの間だけで扱われます。サービス側で、次の戻り先アドレスを指定したアプリケーションの登録が必要です:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>ブラウザーを開く</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>ブラウザーで続けてください。このウィンドウは 5 分間待機します。</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Cancel”, and use a password.</source>
        <translation>ブラウザーを開けませんでした。「キャンセル」を選択し、パスワードを使用してください。</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API キー(&amp;K)</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>クライアント ID(&amp;I)</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>クライアントシークレット(&amp;S)</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Clear filters</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>見つかりませんでした</translation>
    </message>
    <message>
        <source>Try fewer letters, or take the filters away.</source>
        <translation>文字を減らすか、フィルターを解除してください。</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>まだ何もありません</translation>
    </message>
    <message>
        <source>What this environment holds appears here by itself.</source>
        <translation>この環境の内容は自動的にここに表示されます。</translation>
    </message>
    <message>
        <source>Files that are put into this folder appear by themselves.</source>
        <translation>このフォルダーに入れたファイルは自動的に表示されます。</translation>
    </message>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>サンプルキャンペーンを準備中</translation>
    </message>
    <message>
        <source>Pictures of a brand that does not exist, with rights and reviews, to try everything on. It takes a moment, only this once.</source>
        <translation>架空のブランドの画像です。権利とレビューが付いており、すべての機能を試せます。準備には少し時間がかかりますが、今回だけです。</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>ライブラリを読み込み中</translation>
    </message>
    <message>
        <source>Assets appear as they are found. You can stop it at any time.</source>
        <translation>アセットは見つかったものから表示されます。いつでも中止できます。</translation>
    </message>
    <message>
        <source>That is too much to drag at once. Choose fewer assets.</source>
        <translation>一度にドラッグするには多すぎます。アセットを減らしてください。</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Diagnostic bundle</source>
        <translation>診断バンドル</translation>
    </message>
    <message>
        <source>This is all of it. Names, paths, addresses and accounts are replaced by words that only this profile can tell apart; keys are never in it. It is written where you say, and sent nowhere.</source>
        <translation>これが内容のすべてです。名前、パス、アドレス、アカウントは、このプロファイルでのみ区別できる語に置き換えられます。キーは一切含まれません。指定した場所に書き出され、どこにも送信されません。</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Written to {name}. Hand it on yourself, if you want to.</source>
        <translation>{name} に書き出しました。必要に応じて、ご自身で送付してください。</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>収集中…</translation>
    </message>
    <message>
        <source>What the bundle holds</source>
        <translation>バンドルの内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Save the diagnostic bundle</source>
        <translation>診断バンドルを保存</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>前の月</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>次の月</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>切り抜き</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>レンディション</translation>
    </message>
</context>
<context>
    <name>CellTable</name>
    <message>
        <source>F6 leaves the table</source>
        <translation>F6 で表から移動</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channels of shops</source>
        <translation>ショップのチャネル</translation>
    </message>
    <message>
        <source>Copied code and kits for a channel follow the settings of its plug-in.</source>
        <translation>チャネル用にコピーするコードとキットは、そのプラグインの設定に従います。</translation>
    </message>
    <message>
        <source>Fetch pictures when they are scrolled to</source>
        <translation>スクロールで表示されるときに画像を読み込む</translation>
    </message>
    <message>
        <source>End addresses in the words of the title</source>
        <translation>アドレスの末尾にタイトルの語を付ける</translation>
    </message>
    <message>
        <source>Offer these widths:</source>
        <translation>提供する幅:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>設定を破棄(&amp;F)</translation>
    </message>
    <message>
        <source>Set What Plug-ins &amp;Recommend</source>
        <translation>プラグインの推奨値を設定(&amp;R)</translation>
    </message>
    <message>
        <source>As the rendition says</source>
        <translation>レンディションの設定どおり</translation>
    </message>
    <message>
        <source>By its own name</source>
        <translation>プラグイン独自の名前</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Narrowest width</source>
        <translation>最小の幅</translation>
    </message>
    <message>
        <source>Widest width</source>
        <translation>最大の幅</translation>
    </message>
    <message>
        <source>How many widths</source>
        <translation>幅の数</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>チャネル(&amp;C)</translation>
    </message>
    <message>
        <source>Plug-in of</source>
        <translation>プラグインの対象</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>権利での呼び名</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>画像の種類</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>画質</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>ピクセル密度</translation>
    </message>
    <message>
        <source>Seen until it is there</source>
        <translation>読み込み中の表示</translation>
    </message>
    <message>
        <source>Folders of the plug-in</source>
        <translation>プラグインのフォルダー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>The settings of {channel} are kept.</source>
        <translation>{channel} の設定を保存しました。</translation>
    </message>
    <message>
        <source>The settings of {channel} are forgotten.</source>
        <translation>{channel} の設定を破棄しました。</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Give “{tag}” to all</source>
        <translation>すべてに「{tag}」を付ける</translation>
    </message>
    <message>
        <source>Take “{tag}” away</source>
        <translation>「{tag}」を外す</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Nothing chosen</source>
        <translation>未選択</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>複数の値</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>That is too much to copy at once. Choose fewer assets.</source>
        <translation>一度にコピーするには多すぎます。アセットの数を減らしてください。</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>%Ln 件のファイルを準備しています…</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no files and no picture on the clipboard.</source>
        <translation>クリップボードにファイルも画像もありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln 件のファイルをコピーしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>貼り付け済み</translation>
    </message>
</context>
<context>
    <name>CloudActions</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>名前を変更(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Move to Folder…</source>
        <translation>フォルダーに移動(&amp;M)…</translation>
    </message>
    <message>
        <source>Change &amp;Public ID…</source>
        <translation>パブリック ID を変更(&amp;P)…</translation>
    </message>
    <message>
        <source>Rename or Move Fol&amp;der…</source>
        <translation>フォルダーの名前変更または移動(&amp;D)…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Folder, Good for a Day</source>
        <translation>1 日有効なフォルダーへのリンクをコピー(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>バージョン(&amp;V)…</translation>
    </message>
    <message>
        <source>Refresh &amp;Deliveries…</source>
        <translation>配信を更新(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Copy Delivery Address</source>
        <translation>配信アドレスをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>Delivery Addre&amp;ss…</source>
        <translation>配信アドレス(&amp;S)…</translation>
    </message>
    <message>
        <source>Limit &amp;Access…</source>
        <translation>アクセスを制限(&amp;A)…</translation>
    </message>
    <message>
        <source>Appr&amp;ove There…</source>
        <translation>Cloudinary で承認(&amp;O)…</translation>
    </message>
    <message>
        <source>Reject &amp;There…</source>
        <translation>Cloudinary で却下(&amp;T)…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>削除(&amp;E)…</translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message>
        <source>Rename at Cloudinary</source>
        <translation>Cloudinary で名前を変更</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>Change the public ID</source>
        <translation>パブリック ID を変更</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>変更</translation>
    </message>
    <message>
        <source>&amp;Public ID</source>
        <translation>パブリック ID(&amp;P)</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットを移動</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>&amp;Folder, empty for the topmost one</source>
        <translation>フォルダー (最上位の場合は空)(&amp;F)</translation>
    </message>
    <message>
        <source>Rename or move a folder at Cloudinary</source>
        <translation>Cloudinary でフォルダーの名前変更または移動</translation>
    </message>
    <message>
        <source>&amp;Path, with the folders above it</source>
        <translation>パス (上位フォルダーを含む)(&amp;P)</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットを削除しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>%Ln 件のアセットの配信を更新しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>更新</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットを承認しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>承認</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットを却下しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>却下</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>実行される内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>{place}: フォルダーとその中の %Ln 件のアセット。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>{place}: %Ln 件のアセットの{doing}。</numerusform>
        </translation>
    </message>
    <message>
        <source>In this environment a folder without assets has no other name.</source>
        <translation>この環境では、アセットのないフォルダーに別の名前を付けることはできません。</translation>
    </message>
    <message>
        <source>Pages that use what is deleted will show nothing in its place. Where this environment keeps backups, it can be undone.</source>
        <translation>削除したものを使っているページでは、その場所に何も表示されなくなります。この環境がバックアップを保持していれば元に戻せます。</translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>変わる配信アドレス: %Ln 件。古いアドレスを使うページには何も表示されなくなります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>変わる配信アドレスの数を承知しています: %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>What is rejected is not delivered any more, until it is approved.</source>
        <translation>却下されたものは、承認されるまで配信されません。</translation>
    </message>
    <message>
        <source>This overrules what automatic moderation found.</source>
        <translation>これは自動モデレーションの結果より優先されます。</translation>
    </message>
    <message>
        <source>Copies on the delivery network are dropped and fetched anew.</source>
        <translation>配信ネットワーク上のコピーは破棄され、新たに取得されます。</translation>
    </message>
    <message>
        <source>No delivered address changes.</source>
        <translation>配信アドレスは変わりません。</translation>
    </message>
    <message>
        <source>I have looked at the names: all of these shall go</source>
        <translation>名前を確認しました。すべて削除します</translation>
    </message>
    <message>
        <source>I mean the production environment {place}</source>
        <translation>本番環境 {place} であることを確認しました</translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message>
        <source>This is done as soon as Cloudinary can be reached.</source>
        <translation>Cloudinary に接続でき次第、実行されます。</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>アドレスをコピーしました。</translation>
    </message>
    <message>
        <source>The link was copied. For a day, whoever has it sees what is in here.</source>
        <translation>リンクをコピーしました。リンクを持つ人は 1 日間、この中身を見ることができます。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットを削除しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>%Ln 件のアセットを復元しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>%Ln 件のアセットの配信を更新しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>%Ln 件のアセットのアクセスを指定どおりに設定しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットをモデレートしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has its new place at Cloudinary.</source>
        <translation>Cloudinary のフォルダーを新しい場所に移しました。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットを移動しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>Cloudinary で %Ln 件のアセットの名前を変更しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being taken back…</source>
        <translation>元に戻しています…</translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message>
        <source>Search all of Cloudinary</source>
        <translation>Cloudinary 全体を検索</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>More</source>
        <translation>さらに表示</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>ウィンドウに表示</translation>
    </message>
    <message>
        <source>Cloudinary looks through {account}, mirrored here or not.</source>
        <translation>ここにミラーされているかどうかにかかわらず、Cloudinary が {account} 全体を検索します。</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>検索式</translation>
    </message>
    <message>
        <source>Found in Cloudinary</source>
        <translation>Cloudinary で見つかったもの</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln 件のアセットが見つかりました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>最新の %Ln 件を表示しています。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Enter the code</source>
        <translation>コードを入力</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続行</translation>
    </message>
    <message>
        <source>Two-step verification is on for {email}. Enter the six digits it shows.</source>
        <translation>{email} では 2 段階認証が有効です。表示されている 6 桁の数字を入力してください。</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>コード(&amp;C)</translation>
    </message>
</context>
<context>
    <name>CodesField</name>
    <message>
        <source>Choose: {name}</source>
        <translation>選択: {name}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>一覧から選択</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>The code offers {widths} pixels.</source>
        <translation>コードは {widths} ピクセルを提供します。</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Show These</source>
        <translation>これらを表示</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Names and pictures always stand first. Move columns by their heads.</source>
        <translation>名前と画像は常に先頭です。列は見出しをドラッグして移動します。</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>フィールドを検索</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>フィールド</translation>
    </message>
    <message>
        <source>The Usual Ones</source>
        <translation>標準の列</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <translation>カスタムフィールド</translation>
    </message>
</context>
<context>
    <name>CommentBlock</name>
    <message>
        <source>Show all of it</source>
        <translation>すべて表示</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>コメント</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Click a point or drag a region. Arrow keys and Enter do, too.</source>
        <translation>点をクリックするか、領域をドラッグします。矢印キーと Enter も使えます。</translation>
    </message>
    <message>
        <source>Draw on the picture. Escape puts the pen away.</source>
        <translation>画像の上に描きます。Escape でペンを終了します。</translation>
    </message>
    <message>
        <source>Write a comment; @ mentions a role</source>
        <translation>コメントを入力 (@ で役割に言及)</translation>
    </message>
    <message>
        <source>Pin to a point or a region (Shift+M)</source>
        <translation>点または領域に固定 (Shift+M)</translation>
    </message>
    <message>
        <source>Draw on the picture (D)</source>
        <translation>画像に描く (D)</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>ペンの色</translation>
    </message>
    <message>
        <source>Take the last line back</source>
        <translation>最後の線を消す</translation>
    </message>
    <message>
        <source>Pin to a moment</source>
        <translation>時点に固定</translation>
    </message>
    <message>
        <source>Comment (Ctrl+Enter)</source>
        <translation>コメント (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>赤</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>緑</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>返信</translation>
    </message>
    <message>
        <source>Reply to {number}</source>
        <translation>{number} への返信</translation>
    </message>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>描画、%Ln 本の線</numerusform>
        </translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>領域</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>{time} の時点</translation>
    </message>
    <message>
        <source>{part}: take it away</source>
        <translation>{part}: 取り除く</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>&amp;Yours</source>
        <translation>自分の値(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>現在の値 (他の人の変更)(&amp;T)</translation>
    </message>
    <message>
        <source>A &amp;third value</source>
        <translation>別の値(&amp;T)</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>変更前: {value}</translation>
    </message>
    <message>
        <source>A third value</source>
        <translation>別の値</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(なし)</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Two values for “{field}”</source>
        <translation>「{field}」の 2 つの値</translation>
    </message>
    <message>
        <source>Somebody else changed {asset} while your change was on its way. Nothing is lost: choose which value stays, or write a third one.</source>
        <translation>あなたの変更の処理中に、他の人が {asset} を変更しました。失われたものはありません。残す値を選ぶか、別の値を入力してください。</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>これを残す</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>後で決める</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>競合</translation>
    </message>
    <message>
        <source>Show the &amp;asset</source>
        <translation>アセットを表示(&amp;A)</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>自分の値を残す(&amp;M)</translation>
    </message>
    <message>
        <source>Keep what is &amp;there</source>
        <translation>現在の値を残す(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>これを残す(&amp;K)</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>競合</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(なし)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{asset} の {field}</translation>
    </message>
    <message>
        <source>“{ours}” or “{theirs}”</source>
        <translation>「{ours}」または「{theirs}」</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>%Ln 件の競合があります</numerusform>
        </translation>
    </message>
    <message>
        <source>Two people said different things, and both are kept. What you choose is written; nothing is changed before.</source>
        <translation>2 人の人が異なる値を入力し、両方が保持されています。選んだ値が書き込まれ、それまで何も変更されません。</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>競合はありません</translation>
    </message>
    <message>
        <source>Nothing that was said here contradicts anybody else.</source>
        <translation>ここで入力されたものは、他の人の値と食い違っていません。</translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>自分の値を残す (%Ln)(&amp;M)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>現在の値を残す (%Ln)(&amp;T)</numerusform>
        </translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}、{moment}</translation>
    </message>
    <message>
        <source>Found there {moment}</source>
        <translation>検出日時: {moment}</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Keys act on everything that is chosen</source>
        <translation>キーは選択したものすべてに作用します</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>コンタクトシート</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>レンディションセット</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>書き出し先</translation>
    </message>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>{folder} に書き込み中: レンディション %Ln 件中 {count} 件。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message>
        <source>Add…</source>
        <translation>追加…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Publish Renditions…</source>
        <translation>レンディションを公開…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比較…</translation>
    </message>
    <message>
        <source>Publish Again</source>
        <translation>再公開</translation>
    </message>
    <message>
        <source>Take Back…</source>
        <translation>取り下げ…</translation>
    </message>
    <message>
        <source>Contentstack</source>
        <translation>Contentstack</translation>
    </message>
    <message>
        <source>Approved renditions in the entries of stacks. They follow what is delivered, and leave when their rights end.</source>
        <translation>スタックのエントリにある承認済みレンディションです。配信内容に追従し、権利が終了すると外れます。</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>スタック</translation>
    </message>
    <message>
        <source>In entries</source>
        <translation>エントリ内</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>No stack so far</source>
        <translation>スタックはまだありません</translation>
    </message>
    <message>
        <source>Make a management token in the stack&apos;s settings, then add the stack here. Nothing is written there before you publish something.</source>
        <translation>スタックの設定で管理トークンを作成してから、ここにスタックを追加します。何かを公開するまで、そこには何も書き込まれません。</translation>
    </message>
    <message>
        <source>Choose assets in the window, then open this again: their approved renditions are offered.</source>
        <translation>ウィンドウでアセットを選んでからもう一度開くと、承認済みのレンディションが表示されます。</translation>
    </message>
    <message>
        <source>Nothing was published here yet.</source>
        <translation>ここではまだ何も公開されていません。</translation>
    </message>
    <message>
        <source>No assets are chosen in the window</source>
        <translation>ウィンドウでアセットが選択されていません</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>Its token goes, and what is published there is not looked after any more. Nothing changes there: take back first what must not stay.</source>
        <translation>トークンは削除され、そこで公開されているものの管理も終わります。公開先では何も変わりません。残してはならないものは先に取り下げてください。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>%Ln 枚の画像を取り下げますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of the entries is what their stack says: they are taken off, or published without the picture. They can be published again.</source>
        <translation>エントリの扱いはスタックの設定に従います。エントリごと取り下げるか、画像なしで公開されます。後で再公開できます。</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>取り下げ</translation>
    </message>
</context>
<context>
    <name>CoordinateEditor</name>
    <message>
        <source>Open in a map</source>
        <translation>地図で開く</translation>
    </message>
    <message>
        <source>Degrees, or a map’s link</source>
        <translation>度数、または地図のリンク</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Transformation</source>
        <translation>変換</translation>
    </message>
    <message>
        <source>For Channel</source>
        <translation>チャネル用</translation>
    </message>
    <message>
        <source>Responsive widths…</source>
        <translation>レスポンシブな幅…</translation>
    </message>
    <message>
        <source>As the Rendition Says</source>
        <translation>レンディションの設定どおり</translation>
    </message>
    <message>
        <source>There is code once the asset is pushed.</source>
        <translation>アセットをプッシュするとコードが表示されます。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
</context>
<context>
    <name>CropPage</name>
    <message>
        <source>Crop and turn</source>
        <translation>切り抜きと回転</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Without a crop</source>
        <translation>切り抜きなし</translation>
    </message>
    <message>
        <source>↺ Left</source>
        <translation>↺ 左</translation>
    </message>
    <message>
        <source>↻ Right</source>
        <translation>↻ 右</translation>
    </message>
    <message>
        <source>Straighten (degrees)</source>
        <translation>角度補正 (度)</translation>
    </message>
    <message>
        <source>Shape of the crop</source>
        <translation>切り抜きの縦横比</translation>
    </message>
    <message>
        <source>Drag the frame on the picture. A double click puts its middle there; arrow keys move it, with Alt they resize it.</source>
        <translation>画像上の枠をドラッグします。ダブルクリックした位置が中心になります。矢印キーで移動、Alt を押しながらでサイズ変更できます。</translation>
    </message>
    <message>
        <source>Nothing of the kind was found.</source>
        <translation>該当するものは見つかりませんでした。</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>回転</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>反転</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>角度補正</translation>
    </message>
</context>
<context>
    <name>CropPlacing</name>
    <message>
        <source>Crop</source>
        <translation>切り抜き</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>日付を選択</translation>
    </message>
    <message>
        <source>Year-month-day</source>
        <translation>年-月-日</translation>
    </message>
</context>
<context>
    <name>DateSpanForm</name>
    <message>
        <source>Apply</source>
        <translation>適用</translation>
    </message>
    <message>
        <source>From</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>終了</translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>The comment stays in the history.</source>
        <translation>コメントは履歴に残ります。</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>コメント(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms</source>
        <translation>Ctrl+Enter で確定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットを承認</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Optional: what this is approved for</source>
        <translation>任意: 承認する用途</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットを却下</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>却下</translation>
    </message>
    <message>
        <source>Why? A few words save the next person from asking</source>
        <translation>理由をひとこと書いておくと、次の人が尋ねずに済みます</translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットの修正を依頼</numerusform>
        </translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>修正を依頼</translation>
    </message>
    <message>
        <source>What should be different?</source>
        <translation>どこを修正しますか?</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>%Ln 件のアセットをマーク: {state}</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>マーク</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>任意</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Decision taken back</source>
        <translation>判断を取り消しました</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Approve the rest</source>
        <translation>残りを承認</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>却下</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>%Ln 枚の画像を却下する理由</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>%Ln 枚の画像の修正内容</numerusform>
        </translation>
    </message>
    <message>
        <source>A few words; Enter confirms, Esc leaves it as it is</source>
        <translation>ひとこと入力。Enter で確定、Esc でそのままにします</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>修正を依頼</translation>
    </message>
    <message>
        <source>Approve the rest ({count})</source>
        <translation>残りを承認 ({count})</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>DeliveryAddressDialog</name>
    <message>
        <source>Delivery address of “{name}”</source>
        <translation>「{name}」の配信アドレス</translation>
    </message>
    <message>
        <source>What is private or authenticated is signed in any case.</source>
        <translation>非公開または認証付きのものには、常に署名が付きます。</translation>
    </message>
    <message>
        <source>Without image/upload</source>
        <translation>image/upload を省略</translation>
    </message>
    <message>
        <source>With a to&amp;ken until</source>
        <translation>トークンを付ける (期限)(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>Only where it has to be</source>
        <translation>必要な場合のみ</translation>
    </message>
    <message>
        <source>SHA-256, long</source>
        <translation>SHA-256 (長い形式)</translation>
    </message>
    <message>
        <source>&amp;Transformation</source>
        <translation>変換(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>形式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Words at its end</source>
        <translation>末尾に付ける語(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation>署名(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Analytics (_a)</source>
        <translation>アナリティクス (_a)(&amp;A)</translation>
    </message>
    <message>
        <source>K&amp;ey of tokens, hexadecimal</source>
        <translation>トークンのキー (16 進数)(&amp;E)</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Format and quality</source>
        <translation>形式と画質</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>As the address ends</source>
        <translation>アドレスの末尾に従う</translation>
    </message>
    <message>
        <source>Best for the browser (auto)</source>
        <translation>ブラウザーに最適 (auto)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>画質</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>標準</translation>
    </message>
    <message>
        <source>Automatic, best</source>
        <translation>自動 (最高)</translation>
    </message>
    <message>
        <source>Automatic, good</source>
        <translation>自動 (良)</translation>
    </message>
    <message>
        <source>Automatic, eco</source>
        <translation>自動 (エコ)</translation>
    </message>
    <message>
        <source>Automatic, low</source>
        <translation>自動 (低)</translation>
    </message>
    <message>
        <source>Fixed quality</source>
        <translation>固定の画質</translation>
    </message>
    <message>
        <source>Progressive</source>
        <translation>プログレッシブ</translation>
    </message>
    <message>
        <source>Keep all metadata</source>
        <translation>すべてのメタデータを保持</translation>
    </message>
    <message>
        <source>Keep credit</source>
        <translation>クレジットを保持</translation>
    </message>
    <message>
        <source>Without a colour profile</source>
        <translation>カラープロファイルなし</translation>
    </message>
    <message>
        <source>Rounded corners</source>
        <translation>角丸</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>楕円</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>境界線</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>境界線の色</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黒</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>What the rendition keeps</source>
        <translation>レンディションに保持するもの</translation>
    </message>
    <message>
        <source>Corners and border</source>
        <translation>角と境界線</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln 件の転送に失敗しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>%Ln 件が完了しました。失敗の理由は一覧に表示されます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>再試行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>%Ln 件の転送が完了しました</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything came through.</source>
        <translation>すべて正常に完了しました。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>%Ln 件のレビューがあなたを待っています</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody asked for your decision.</source>
        <translation>判断を求められています。</translation>
    </message>
    <message>
        <source>Open the Queue</source>
        <translation>キューを開く</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>%Ln 件のアセットの権利が終了しました</numerusform>
        </translation>
    </message>
    <message>
        <source>What was delivered of them is taken back.</source>
        <translation>配信済みのものは取り下げられます。</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>アセットを表示</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Go on in production, {name}?</source>
        <translation>本番環境 {name} で続行しますか?</translation>
    </message>
    <message>
        <source>What changes there can be seen on live sites at once. You are asked only once until Asset Bridge is closed.</source>
        <translation>変更は公開中のサイトにすぐ反映されます。この確認は Asset Bridge を閉じるまで一度だけ表示されます。</translation>
    </message>
    <message>
        <source>Go on in production</source>
        <translation>本番環境で続行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln ページ</numerusform>
        </translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>グレースケール</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>キーワード</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>クレジット</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>著作権</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条件</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>撮影日時</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>更新日時</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>パブリック ID</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>配信</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>パスをコピー</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>ファイルマネージャーで表示</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>オリジナルを開く</translation>
    </message>
    <message>
        <source>No limits of time are stated.</source>
        <translation>期限は指定されていません。</translation>
    </message>
    <message>
        <source>The dates of the rights cannot be read: “{dates}”. It is held back until somebody mends them in the file.</source>
        <translation>権利の日付を読み取れません:「{dates}」。ファイル内で修正されるまで保留されます。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln 日前</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>The rights ended on {ends}, {ago}.</source>
        <translation>権利は {ends} に終了しました ({ago})。</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>%Ln 日後</numerusform>
        </translation>
    </message>
    <message>
        <source>The rights begin on {starts}, {left}.</source>
        <translation>権利は {starts} に開始します ({left})。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>あと %Ln 日</numerusform>
        </translation>
    </message>
    <message>
        <source>May be used until {ends}, {left}.</source>
        <translation>{ends} まで使用できます ({left})。</translation>
    </message>
    <message>
        <source>May be used since {starts}, without an end.</source>
        <translation>{starts} から無期限で使用できます。</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the file into another program, or press to copy it</source>
        <translation>ファイルを別のプログラムにドラッグするか、押してコピーします</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop it here</source>
        <translation>ここにドロップ</translation>
    </message>
    <message>
        <source>Nothing here can be taken</source>
        <translation>ここで取り込めるものはありません</translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットをプッシュ</numerusform>
        </translation>
    </message>
    <message>
        <source>You will see the plan before anything leaves.</source>
        <translation>送信の前に計画が表示されます。</translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>%Ln 件のファイルを取り込み</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked where to copy them. The originals stay where they are.</source>
        <translation>コピー先を確認します。オリジナルは元の場所に残ります。</translation>
    </message>
    <message>
        <source>Its files are read where they are. Nothing is copied or changed.</source>
        <translation>ファイルは元の場所で読み取られます。コピーや変更は行われません。</translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>%Ln 個のフォルダーをライブラリとして追加</numerusform>
        </translation>
    </message>
    <message>
        <source>Add “{name}” as a library</source>
        <translation>「{name}」をライブラリとして追加</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop target</source>
        <translation>ドロップターゲット</translation>
    </message>
    <message>
        <source>Files and pictures that are dropped here go where the large window takes them</source>
        <translation>ここにドロップしたファイルや画像は、メインウィンドウの取り込み先に入ります</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隠す</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>ここにドロップ</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
    <message>
        <source>Version before</source>
        <translation>前のバージョン</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>比較中…</translation>
    </message>
    <message>
        <source>No version before this one was approved, or its picture is gone</source>
        <translation>これより前に承認されたバージョンがないか、その画像が残っていません</translation>
    </message>
    <message>
        <source>Approved by {who}, {day}</source>
        <translation>承認: {who}、{day}</translation>
    </message>
</context>
<context>
    <name>EditUndo</name>
    <message>
        <source>Decision taken back</source>
        <translation>判断を取り消しました</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>Masters</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>No channel</source>
        <translation>チャネルなし</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>すべての市場</translation>
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
        <translation>「{entry}」を削除</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>%Ln 件のファイルは読み取れないため、判断できませんでした。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>フォルダーを追加</translation>
    </message>
    <message>
        <source>This shows the account in use. Log out of it, or switch to another.</source>
        <translation>使用中のアカウントを表示しています。ログアウトや別のアカウントへの切り替えができます。</translation>
    </message>
    <message>
        <source>Remove “{name}” from Asset Bridge?</source>
        <translation>Asset Bridge から「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>Its files stay where they are, and so do all decisions about them. What was pushed stays at Cloudinary.</source>
        <translation>ファイルも、ファイルに対する判断も、すべてそのまま残ります。プッシュしたものは Cloudinary に残ります。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
    <message>
        <source>Forget them…</source>
        <translation>破棄…</translation>
    </message>
    <message>
        <source>Forget the missing files of “{name}”?</source>
        <translation>「{name}」の見つからないファイルを一覧から消しますか?</translation>
    </message>
    <message>
        <source>They vanish from the window. Decisions about them stay in the record, and they come back if the files do.</source>
        <translation>ウィンドウには表示されなくなります。判断の記録は残り、ファイルが戻れば再び表示されます。</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>一覧から消す</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Add a folder first; dropped files are copied into one.</source>
        <translation>先にフォルダーを追加してください。ドロップしたファイルはそこにコピーされます。</translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>{path} を開くためのプログラムがシステムにありません。</translation>
    </message>
</context>
<context>
    <name>ExchangeActions</name>
    <message>
        <source>C&amp;opy</source>
        <translation>コピー(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Paste into Library</source>
        <translation>ライブラリに貼り付け(&amp;P)</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Asset</source>
        <translation>アセットへのリンクをコピー(&amp;L)</translation>
    </message>
    <message>
        <source>Open &amp;With</source>
        <translation>プログラムから開く(&amp;W)</translation>
    </message>
    <message>
        <source>New &amp;Version from a File…</source>
        <translation>ファイルから新しいバージョン(&amp;V)…</translation>
    </message>
    <message>
        <source>Hot &amp;Folders…</source>
        <translation>ホットフォルダー(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Drop Target</source>
        <translation>ドロップターゲット(&amp;D)</translation>
    </message>
    <message>
        <source>Keep Running in the &amp;Tray</source>
        <translation>トレイで実行を続ける(&amp;T)</translation>
    </message>
    <message>
        <source>Desktop &amp;Notifications</source>
        <translation>デスクトップ通知(&amp;N)</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Show from Cloudinary</source>
        <translation>Cloudinary で作成して表示</translation>
    </message>
    <message>
        <source>Cloudinary makes it now, which may count and cost</source>
        <translation>Cloudinary で今すぐ作成します。使用量に加算され、費用がかかることがあります</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>約 {bytes}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>計測</translation>
    </message>
    <message>
        <source>The film is being made. Stop.</source>
        <translation>動画を作成中です。停止します。</translation>
    </message>
    <message>
        <source>Make the film here, and tell how large its file is</source>
        <translation>動画をここで作成し、ファイルサイズを表示します</translation>
    </message>
    <message>
        <source>The film is being made, which may take a minute…</source>
        <translation>動画を作成中です。1 分ほどかかることがあります…</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % 削減</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Character {place}: “{found}”, expected {expected}</source>
        <translation>{place} 文字目: 「{found}」ではなく {expected} が必要です</translation>
    </message>
</context>
<context>
    <name>FeedForm</name>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>このコンピューターまたはネットワークのアドレスを許可</translation>
    </message>
    <message>
        <source>Push approved images</source>
        <translation>承認済みの画像をプッシュ</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change a feed</source>
        <translation>フィードを変更</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>新しいフィード</translation>
    </message>
    <message>
        <source>Push approved images to {environment}</source>
        <translation>承認済み画像を {environment} にプッシュ</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>PIM, ERP, shop, …</source>
        <translation>PIM、ERP、ショップなど</translation>
    </message>
    <message>
        <source>A folder, a file, or https://…</source>
        <translation>フォルダー、ファイル、または https://…</translation>
    </message>
    <message>
        <source>Artikelnummer=sku, Bezeichnung=product_name</source>
        <translation>商品番号=sku, 商品名=product_name</translation>
    </message>
    <message>
        <source>{campaign} stands for the product&apos;s campaign</source>
        <translation>{campaign} は商品のキャンペーンを表します</translation>
    </message>
    <message>
        <source>If the address asks for one</source>
        <translation>アドレスで必要な場合</translation>
    </message>
    <message>
        <source>By names of files</source>
        <translation>ファイル名から</translation>
    </message>
    <message>
        <source>By keywords (sku:… or the SKU)</source>
        <translation>キーワードから (sku:… または SKU)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Products from</source>
        <translation>商品の取得元(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>トークン(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>Find &amp;images</source>
        <translation>画像の検索方法(&amp;I)</translation>
    </message>
    <message>
        <source>Name pa&amp;ttern</source>
        <translation>名前のパターン(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>読み取り(&amp;R)</translation>
    </message>
    <message>
        <source>Into &amp;folder</source>
        <translation>保存先フォルダー(&amp;F)</translation>
    </message>
    <message>
        <source>For c&amp;hannel</source>
        <translation>チャネル(&amp;H)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Folder with feeds</source>
        <translation>フィードのあるフォルダー</translation>
    </message>
</context>
<context>
    <name>FeedPostsDialog</name>
    <message>
        <source>&amp;Receive posts while this window is open</source>
        <translation>このウィンドウが開いている間は送信を受け取る(&amp;R)</translation>
    </message>
    <message>
        <source>New &amp;Secret</source>
        <translation>新しいシークレット(&amp;S)</translation>
    </message>
    <message>
        <source>Posts of other systems</source>
        <translation>ほかのシステムからの送信</translation>
    </message>
    <message>
        <source>Posts for “{name}”</source>
        <translation>「{name}」への送信</translation>
    </message>
    <message>
        <source>Another system hands its products over itself, signed with a secret, and is answered with the line report.</source>
        <translation>別のシステムがシークレットで署名した商品データを自分で送り、行レポートを応答として受け取ります。</translation>
    </message>
    <message>
        <source>Address to post to</source>
        <translation>送信先アドレス</translation>
    </message>
    <message>
        <source>Secret to sign with</source>
        <translation>署名に使うシークレット</translation>
    </message>
    <message>
        <source>It is shown once; a new one ends the one before.</source>
        <translation>表示は一度だけです。新しく作ると前のものは無効になります。</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>ポート(&amp;P)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>シークレット</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message>
        <source>Add…</source>
        <translation>追加…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Read Now</source>
        <translation>今すぐ読み取り</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>プッシュ…</translation>
    </message>
    <message>
        <source>Posts…</source>
        <translation>送信…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>無効にする</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Product feeds</source>
        <translation>商品フィード</translation>
    </message>
    <message>
        <source>Products from other systems: their images are found here, and what is approved of them goes to Cloudinary with what is said of the product.</source>
        <translation>他のシステムの商品です。その画像をここで探し、承認済みのものを商品の情報とともに Cloudinary に送ります。</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>フィード</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>見つかった画像</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>不明確</translation>
    </message>
    <message>
        <source>Without an image</source>
        <translation>画像なし</translation>
    </message>
    <message>
        <source>Without a product</source>
        <translation>商品なし</translation>
    </message>
    <message>
        <source>Line report</source>
        <translation>行レポート</translation>
    </message>
    <message>
        <source>It was not read yet.</source>
        <translation>まだ読み取られていません。</translation>
    </message>
    <message>
        <source>Shows no product</source>
        <translation>商品が写っていない</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>No feed yet</source>
        <translation>フィードはまだありません</translation>
    </message>
    <message>
        <source>A feed is a file, a folder or an address with products in CSV, JSON or JSON Lines. You see which images match before anything is sent.</source>
        <translation>フィードは、CSV、JSON、JSON Lines の商品データがあるファイル、フォルダー、またはアドレスです。送信の前に、どの画像が一致するかを確認できます。</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>有効にする</translation>
    </message>
    <message>
        <source>Reading “{name}”…</source>
        <translation>「{name}」を読み取り中…</translation>
    </message>
    <message>
        <source>There is nothing to read there.</source>
        <translation>読み取るものがありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>%Ln 行は取り込まれませんでした。理由は行レポートにあります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>読み取りました。%Ln 件の商品が新規または変更されています。</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what would go…</source>
        <translation>送信対象を確認中…</translation>
    </message>
    <message>
        <source>Nothing is due: what is approved is there, as it is said now.</source>
        <translation>送信するものはありません。承認済みのものは現在の情報で配信されています。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln 枚の画像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered image(s) are told what is new</source>
        <translation>
            <numerusform>配信済みの画像 %Ln 枚に新しい情報を反映</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>製品を表示しなくなった画像 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Held back: {reasons}</source>
        <translation>保留: {reasons}</translation>
    </message>
    <message>
        <source>Push to “{environment}”?</source>
        <translation>「{environment}」にプッシュしますか?</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>プッシュ</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>後で</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln 枚の画像を送信中です。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>Its products are forgotten here. Images stay where they went.</source>
        <translation>商品の情報はここから削除されます。送信済みの画像はそのまま残ります。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>オリジナル %Ln 件を取得中</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>合計 {size}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more could not be fetched.</source>
        <translation>
            <numerusform>ほかに %Ln 件を取得できませんでした。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>FidelityBadge</name>
    <message>
        <source>Fidelity: {word}</source>
        <translation>忠実度: {word}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Empty the field</source>
        <translation>フィールドを空にする</translation>
    </message>
</context>
<context>
    <name>FieldActs</name>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>中止</translation>
    </message>
</context>
<context>
    <name>FieldHistoryDialog</name>
    <message>
        <source>History of “{field}”</source>
        <translation>「{field}」の履歴</translation>
    </message>
    <message>
        <source>&amp;Restore this</source>
        <translation>これを復元(&amp;R)</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>What restoring it would change</source>
        <translation>復元した場合の変更内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Nobody has changed it here yet.</source>
        <translation>ここではまだ誰も変更していません。</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(なし)</translation>
    </message>
    <message>
        <source>Before all changes</source>
        <translation>すべての変更の前</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}、{moment}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>取り消し済み</translation>
    </message>
    <message>
        <source>That is what it says now.</source>
        <translation>現在の値です。</translation>
    </message>
    <message>
        <source>What restoring it would change:</source>
        <translation>復元した場合の変更内容:</translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>As Delivered</source>
        <translation>出荷時の設定に戻す</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>Define Missing Fields</source>
        <translation>不足フィールドを定義</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>ドライラン</translation>
    </message>
    <message>
        <source>S&amp;ync…</source>
        <translation>同期(&amp;Y)…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Field mapping</source>
        <translation>フィールドマッピング</translation>
    </message>
    <message>
        <source>What a master says at Cloudinary</source>
        <translation>マスターの情報の Cloudinary での扱い</translation>
    </message>
    <message>
        <source>Each row carries a part of a master’s record to its copies. What cannot come back as it was is named at the end.</source>
        <translation>各行はマスターのレコードの一部をコピーに渡します。元どおりに戻せないものは最後に示されます。</translation>
    </message>
    <message>
        <source>New Row…</source>
        <translation>新しい行…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Bring the chosen masters and their copies together, after a look at it</source>
        <translation>内容を確認してから、選択したマスターとコピーを一致させます</translation>
    </message>
    <message>
        <source>“{name}” cannot have so many fields.</source>
        <translation>「{name}」にはそれほど多くのフィールドを設定できません。</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>「{name}」には %Ln 個のフィールド、またはその一覧の値が不足しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it fits “{name}”.</source>
        <translation>すべて「{name}」に適合しています。</translation>
    </message>
    <message>
        <source>Some rows cannot be used as they are.</source>
        <translation>一部の行はこのままでは使用できません。</translation>
    </message>
    <message>
        <source>None of the chosen assets is a master at a service.</source>
        <translation>選択したアセットにサービスのマスターはありません。</translation>
    </message>
    <message>
        <source>What was different is being delivered.</source>
        <translation>差分を配信しています。</translation>
    </message>
</context>
<context>
    <name>FieldMappingRow</name>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>New row</source>
        <translation>新しい行</translation>
    </message>
    <message>
        <source>Leads in “{name}”</source>
        <translation>「{name}」での優先側</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>他と同じ</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>&amp;Master</source>
        <translation>マスター(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>方向(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>Cloudinary(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Leads</source>
        <translation>優先側(&amp;L)</translation>
    </message>
    <message>
        <source>Places are tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum or set), access.start and access.end, with spaces in between. A master also has keyword:NAMESPACE and custom:FIELD. Whoever leads has the last word where both sides were changed since they last agreed.</source>
        <translation>指定できる場所は tags、display_name、context.KEY、metadata.ID:TYPE (string、integer、date、enum、set)、access.start、access.end で、空白で区切ります。マスターではさらに keyword:NAMESPACE と custom:FIELD を使えます。前回の一致以降に両側が変更された場合は、優先側の値が採用されます。</translation>
    </message>
    <message>
        <source>It cannot be so: {reason}.</source>
        <translation>この設定は使用できません: {reason}。</translation>
    </message>
    <message>
        <source>It can be so, but: {reason}.</source>
        <translation>使用できますが、注意があります: {reason}。</translation>
    </message>
    <message>
        <source>Not all of it can come back: {loss}.</source>
        <translation>一部は元に戻せません: {loss}。</translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message>
        <source>What would be sent</source>
        <translation>送信される内容</translation>
    </message>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>マスター %Ln 件について送信される内容</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>There is no such field</source>
        <translation>そのフィールドはありません</translation>
    </message>
    <message>
        <source>The copy says</source>
        <translation>コピーの値</translation>
    </message>
    <message>
        <source>Stays behind</source>
        <translation>送信されないもの</translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message>
        <source>What a sync would change</source>
        <translation>同期による変更内容</translation>
    </message>
    <message>
        <source>&amp;Sync Now</source>
        <translation>今すぐ同期(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>同期すると %Ln 個の値が変わります</numerusform>
        </translation>
    </message>
    <message>
        <source>Masters and copies say the same wherever the mapping carries something.</source>
        <translation>マッピングの対象では、マスターとコピーは一致しています。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>そのうち %Ln 件は競合となり、あなたが判断します。</numerusform>
        </translation>
    </message>
    <message>
        <source>Every line is one edit; Undo takes all of them back together.</source>
        <translation>各行が 1 回の編集になり、「元に戻す」ですべてまとめて取り消せます。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(なし)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{asset} の {field}</translation>
    </message>
    <message>
        <source>“{after}” instead of “{before}”: {why}</source>
        <translation>「{before}」を「{after}」に変更: {why}</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Waits to be sent</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>送信中</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>受け付けられませんでした</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>他で変更されました</translation>
    </message>
    <message>
        <source>{field}, mandatory</source>
        <translation>{field} (必須)</translation>
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
        <translation>動画</translation>
    </message>
    <message>
        <source>Moment of the film</source>
        <translation>動画の時点</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>フィルムストリップ</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Type</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>権利</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>プッシュ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセット</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln 件を選択</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and better</source>
        <translation>{stars} 以上</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>過去 7 日</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>過去 30 日</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>未プッシュ</translation>
    </message>
    <message>
        <source>Show readable files again</source>
        <translation>読み取れるファイルを再表示</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>フィルターをクリア</translation>
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
        <translation>このページ内を検索</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>クリア</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>前へ (Shift+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>次へ (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>このページにはありません</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Capital letters matter</source>
        <translation>大文字と小文字を区別</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>単語単位</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置換</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>すべて置換</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>すべての列</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>置換後の文字列</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>検索範囲</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>検索結果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>%Ln 個のセルが見つかりました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>%Ln 個のセルが見つかりました。最初のものを表示しています。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Waiting for review</source>
        <translation>レビュー待ち</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>承認済み</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>プッシュ済み</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>権利終了</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>読み取り不可</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>すべてのアセット</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>ライブラリ</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>コレクション</translation>
    </message>
    <message>
        <source>Smart folders</source>
        <translation>スマートフォルダー</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}、%Ln 件のアセット</numerusform>
        </translation>
    </message>
    <message>
        <source>not synced yet</source>
        <translation>未同期</translation>
    </message>
    <message>
        <source>kept offline</source>
        <translation>オフラインで保持</translation>
    </message>
    <message>
        <source>is being synced</source>
        <translation>同期中</translation>
    </message>
    <message>
        <source>the last sync failed</source>
        <translation>前回の同期に失敗</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Places</source>
        <translation>場所</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Used last</source>
        <translation>最近使ったもの</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>すべてのコマンド</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>オン</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave Full Screen</source>
        <translation>フルスクリーンを解除</translation>
    </message>
</context>
<context>
    <name>GridActs</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直し</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Fill Down</source>
        <translation>下方向へコピー</translation>
    </message>
    <message>
        <source>Empty Cells</source>
        <translation>セルを空にする</translation>
    </message>
    <message>
        <source>Find and Replace</source>
        <translation>検索と置換</translation>
    </message>
    <message>
        <source>Apply Template…</source>
        <translation>テンプレートを適用…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列…</translation>
    </message>
    <message>
        <source>Sort A to Z</source>
        <translation>昇順に並べ替え</translation>
    </message>
    <message>
        <source>Sort Z to A</source>
        <translation>降順に並べ替え</translation>
    </message>
    <message>
        <source>Hide Column</source>
        <translation>列を非表示</translation>
    </message>
    <message>
        <source>Next Cell That Cannot Be Kept</source>
        <translation>保存できない次のセル</translation>
    </message>
    <message>
        <source>Give Up What Was Typed</source>
        <translation>入力した内容を破棄</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>フルスクリーン</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>選択したアセットのうち %Ln 件は Cloudinary のコピーです。インスペクターで編集してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata grid</source>
        <translation>メタデータグリッド</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>メタデータ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s)</source>
        <translation>
            <numerusform>%Ln 件のマスター</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells chosen</source>
        <translation>
            <numerusform>%Ln 個のセルを選択中</numerusform>
        </translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>needed, but not shown: {fields}</source>
        <translation>必須だが非表示: {fields}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>%Ln 個のセルはこのままでは保存できません。理由はセルに表示されます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>%Ln 個のセルは貼り付けられませんでした。表の範囲外か、書き込めないセルです。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message>
        <source>The grid is for masters; choose some in a library.</source>
        <translation>グリッドはマスター用です。ライブラリでマスターを選択してください。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>グリッドのテキスト %Ln 件を保存できませんでした。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
</context>
<context>
    <name>GridFoot</name>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept</source>
        <translation>
            <numerusform>%Ln 個のセルを保存できません</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next of them (F8)</source>
        <translation>次の該当セルを表示 (F8)</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>Assets</source>
        <translation>アセット</translation>
    </message>
    <message>
        <source>Assets as a list</source>
        <translation>アセットの一覧</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>Metadata of the chosen masters</source>
        <translation>選択したマスターのメタデータ</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>フィールド</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>How it works</source>
        <translation>使い方</translation>
    </message>
    <message>
        <source>Masters stay where they are; Cloudinary delivers what was approved.</source>
        <translation>マスターは元の場所に残り、承認されたものを Cloudinary が配信します。</translation>
    </message>
    <message>
        <source>Steps and keys</source>
        <translation>手順とキー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>1. Add a folder, or drop one on the window. Its files are read, not copied.</source>
        <translation>1. フォルダーを追加するか、ウィンドウにドロップします。ファイルは読み取られるだけで、コピーされません。</translation>
    </message>
    <message>
        <source>2. Find assets: type into the search field, narrow with the filters.</source>
        <translation>2. アセットを探します。検索フィールドに入力し、フィルターで絞り込みます。</translation>
    </message>
    <message>
        <source>3. Decide: approve, request changes or reject. The history keeps who and why.</source>
        <translation>3. 判断します。承認、修正依頼、却下のいずれかです。誰がなぜそうしたかは履歴に残ります。</translation>
    </message>
    <message>
        <source>4. Push what is approved and within its rights. The plan is shown first.</source>
        <translation>4. 承認済みで権利の範囲内のものをプッシュします。先に計画が表示されます。</translation>
    </message>
    <message>
        <source>5. Take the addresses of its renditions from the inspector.</source>
        <translation>5. インスペクターからレンディションのアドレスを取得します。</translation>
    </message>
    <message>
        <source>Show it large</source>
        <translation>大きく表示</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>スペース</translation>
    </message>
</context>
<context>
    <name>HeadBar</name>
    <message>
        <source>Ask Again</source>
        <translation>再度問い合わせ</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>ライブラリで表示</translation>
    </message>
    <message>
        <source>Save and Schedule…</source>
        <translation>保存してスケジュール…</translation>
    </message>
    <message>
        <source>Copy the Table</source>
        <translation>表をコピー</translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>アクセスログを読み込み…</translation>
    </message>
    <message>
        <source>Forget This Saved Report…</source>
        <translation>この保存済みレポートを破棄…</translation>
    </message>
    <message>
        <source>Count This Log No Longer…</source>
        <translation>このログの集計を中止…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Write the whole report to a file</source>
        <translation>レポート全体をファイルに書き出します</translation>
    </message>
    <message>
        <source>More</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>プリセットとして保存…</translation>
    </message>
    <message>
        <source>100 %: each pixel as it is (1)</source>
        <translation>100 %: 等倍表示 (1)</translation>
    </message>
    <message>
        <source>Presets and sets (Ctrl+Shift+P)</source>
        <translation>プリセットとセット (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直し</translation>
    </message>
    <message>
        <source>Over each other, with a line to drag</source>
        <translation>重ねて表示 (境界線をドラッグ)</translation>
    </message>
    <message>
        <source>Beside each other</source>
        <translation>並べて表示</translation>
    </message>
    <message>
        <source>The rendition</source>
        <translation>レンディション</translation>
    </message>
    <message>
        <source>The master</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>縮小 (-)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>拡大 (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>全体を表示 (0)</translation>
    </message>
</context>
<context>
    <name>HearingSwitch</name>
    <message>
        <source>{trouble} Changes made elsewhere are still seen, a few minutes later.</source>
        <translation>{trouble} 他で行われた変更は、数分遅れて表示されます。</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;Guide</source>
        <translation>ガイド(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>ようこそ(&amp;W)</translation>
    </message>
    <message>
        <source>Sample &amp;Campaign</source>
        <translation>サンプルキャンペーン(&amp;C)</translation>
    </message>
    <message>
        <source>Acti&amp;vity…</source>
        <translation>アクティビティ(&amp;V)…</translation>
    </message>
    <message>
        <source>All that goes on ({keys})</source>
        <translation>実行中のすべての処理 ({keys})</translation>
    </message>
    <message>
        <source>Take the &amp;Tour</source>
        <translation>ツアーを開始(&amp;T)</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>ヒントを再表示(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>ログ(&amp;L)…</translation>
    </message>
    <message>
        <source>Diagnostic &amp;Bundle…</source>
        <translation>診断バンドル(&amp;B)…</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>アップデートを確認(&amp;U)…</translation>
    </message>
</context>
<context>
    <name>HelpContents</name>
    <message>
        <source>Contents</source>
        <translation>目次</translation>
    </message>
</context>
<context>
    <name>HelpErrands</name>
    <message>
        <source>Close the welcome</source>
        <translation>ようこそ画面を閉じる</translation>
    </message>
    <message>
        <source>The demo could not be started. “asset-bridge demo” opens it.</source>
        <translation>デモを起動できませんでした。「asset-bridge demo」で開けます。</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>新機能…</translation>
    </message>
    <message>
        <source>Version {version} of Asset Bridge is there.</source>
        <translation>Asset Bridge のバージョン {version} が利用可能です。</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>ツアーを開始</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダーを追加…</translation>
    </message>
    <message>
        <source>Connect PhotoShelter…</source>
        <translation>PhotoShelter に接続…</translation>
    </message>
    <message>
        <source>Connect Cloudinary…</source>
        <translation>Cloudinary に接続…</translation>
    </message>
</context>
<context>
    <name>HelpFindings</name>
    <message>
        <source>What was found</source>
        <translation>検索結果</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Keys of the review</source>
        <translation>レビューのキー</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Page</source>
        <translation>ページ</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>ヘルプを検索</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>進む</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>ヘルプ</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>クリア</translation>
    </message>
    <message>
        <source>In all pages (Ctrl+Shift+F); Ctrl+F finds in this page</source>
        <translation>すべてのページを検索します (Ctrl+Shift+F)。このページ内の検索は Ctrl+F です</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – ヘルプ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>見つかりませんでした。</translation>
    </message>
    <message>
        <source>The help is written in English.</source>
        <translation>ヘルプは英語で書かれています。</translation>
    </message>
    <message>
        <source>{name} is part of the source code.</source>
        <translation>{name} はソースコードの一部です。</translation>
    </message>
</context>
<context>
    <name>HintStrip</name>
    <message>
        <source>Got it</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>ファイルの以前のバージョンに関するものです。</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(なし)</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>変更前: {value}</translation>
    </message>
    <message>
        <source>Not delivered yet.</source>
        <translation>まだ配信されていません。</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>配信中です。</translation>
    </message>
    <message>
        <source>It could not be delivered.</source>
        <translation>配信できませんでした。</translation>
    </message>
    <message>
        <source>Somebody else said something different.</source>
        <translation>他の人が異なる値を入力しました。</translation>
    </message>
    <message>
        <source>Taken back before it was delivered.</source>
        <translation>配信前に取り消されました。</translation>
    </message>
    <message>
        <source>Settled by a later choice.</source>
        <translation>後の選択で解決済みです。</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Nobody has decided anything about it yet.</source>
        <translation>まだ誰も判断していません。</translation>
    </message>
</context>
<context>
    <name>HotFoldersDialog</name>
    <message>
        <source>Hot folders</source>
        <translation>ホットフォルダー</translation>
    </message>
    <message>
        <source>Files that are put into these folders are copied into a library by themselves, and stay where they are. Nothing is pushed: that waits for approval as ever.</source>
        <translation>これらのフォルダーに入れたファイルは自動的にライブラリにコピーされ、元の場所にも残ります。プッシュはされません。通常どおり承認を待ちます。</translation>
    </message>
    <message>
        <source>Add a Hot Folder…</source>
        <translation>ホットフォルダーを追加…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>New ones go &amp;into</source>
        <translation>新しいホットフォルダーのコピー先(&amp;I)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>a library that was removed</source>
        <translation>削除されたライブラリ</translation>
    </message>
    <message>
        <source>{folder}, into {library}</source>
        <translation>{folder} から {library} へ</translation>
    </message>
    <message>
        <source>Choose a hot folder</source>
        <translation>ホットフォルダーを選択</translation>
    </message>
</context>
<context>
    <name>InsightErrands</name>
    <message>
        <source>Insights…</source>
        <translation>インサイト…</translation>
    </message>
    <message>
        <source>The report {name} could not be written: {why}</source>
        <translation>レポート {name} を書き出せませんでした: {why}</translation>
    </message>
</context>
<context>
    <name>InsightsActs</name>
    <message>
        <source>Import an access log</source>
        <translation>アクセスログを読み込み</translation>
    </message>
    <message>
        <source>Access logs (*.csv *.tsv *.txt *.log)</source>
        <translation>アクセスログ (*.csv *.tsv *.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>レポートを書き出し</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>「{name}」を破棄しますか?</translation>
    </message>
    <message>
        <source>It is not written any more. Files that it wrote stay.</source>
        <translation>以後は書き出されません。書き出し済みのファイルは残ります。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Count this access log no longer?</source>
        <translation>このアクセスログの集計を中止しますか?</translation>
    </message>
    <message>
        <source>What it added is taken away from all reports. The file stays.</source>
        <translation>このログによる加算分がすべてのレポートから除かれます。ファイルは残ります。</translation>
    </message>
    <message>
        <source>Count no longer</source>
        <translation>集計を中止</translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message>
        <source>Insights</source>
        <translation>インサイト</translation>
    </message>
    <message>
        <source>It could not be written the last time: {why}</source>
        <translation>前回は書き出せませんでした: {why}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>集計中…</translation>
    </message>
    <message>
        <source>It takes a moment.</source>
        <translation>少し時間がかかります。</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>回答なし</translation>
    </message>
    <message>
        <source>written {moment}</source>
        <translation>書き出し: {moment}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>問い合わせ: {moment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>%Ln 行を {name} に書き出しました</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Show it large (space)</source>
        <translation>大きく表示 (スペース)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>メタデータ</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>レンディション</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>About the asset</source>
        <translation>アセットについて</translation>
    </message>
    <message>
        <source>Choose an asset to see it large, with its facts, its review and its rights.</source>
        <translation>アセットを選択すると、大きな画像と情報、レビュー、権利が表示されます。</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>却下</translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message>
        <source>Keep “{name}” offline?</source>
        <translation>「{name}」をオフラインで保持しますか?</translation>
    </message>
    <message>
        <source>Its pictures are fetched ahead, now and whenever something is new there, and stay here until you let go of them.</source>
        <translation>画像は今と、新しいものが追加されるたびに先に取得され、解除するまでここに残ります。</translation>
    </message>
    <message>
        <source>The &amp;originals too</source>
        <translation>オリジナルも含める(&amp;O)</translation>
    </message>
    <message>
        <source>Keep offline</source>
        <translation>オフラインで保持</translation>
    </message>
    <message>
        <source>Looking how much it is…</source>
        <translation>容量を確認中…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The &amp;originals too ({size})</source>
        <translation>オリジナルも含める ({size})(&amp;O)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>%Ln 件のアセットがあります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>そのうち %Ln 件は取得済みです。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>プレビュー %Ln 件を取得します (約 {size})。</numerusform>
        </translation>
    </message>
    <message>
        <source>With the originals it is {size}.</source>
        <translation>オリジナルを含めると {size} です。</translation>
    </message>
</context>
<context>
    <name>KeptErrands</name>
    <message>
        <source>Save as smart folder</source>
        <translation>スマートフォルダーとして保存</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>この検索の名前。同じ名前の検索は置き換えられます。</translation>
    </message>
    <message>
        <source>“{name}” stands at the left, and holds what the search finds.</source>
        <translation>「{name}」が左側に表示され、検索結果が入ります。</translation>
    </message>
    <message>
        <source>Rename smart folder</source>
        <translation>スマートフォルダーの名前を変更</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>別の名前</translation>
    </message>
    <message>
        <source>There is a smart folder “{name}” already. Nothing was renamed.</source>
        <translation>スマートフォルダー「{name}」がすでにあります。名前は変更されていません。</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>先にアセットを選択してください。</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>お気に入りから削除</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Replace by What Is Shown</source>
        <translation>現在の表示内容で置き換え</translation>
    </message>
    <message>
        <source>Add to Favourites</source>
        <translation>お気に入りに追加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>上に移動</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>下に移動</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>New key</source>
        <translation>新しいキー</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>新しいキーの値</translation>
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
        <translation>春のメールマガジン</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>New kit</source>
        <translation>新しいキット</translation>
    </message>
    <message>
        <source>Change kit</source>
        <translation>キットを変更</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>制限なし</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Presets of the kit</source>
        <translation>キットのプリセット</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>タイトル(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>権利での呼び名</translation>
    </message>
    <message>
        <source>&amp;Formats shown there</source>
        <translation>表示できる形式(&amp;F)</translation>
    </message>
    <message>
        <source>Files are named</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>At &amp;most, each</source>
        <translation>1 件あたりの上限(&amp;M)</translation>
    </message>
    <message>
        <source>As each preset says</source>
        <translation>各プリセットの設定どおり</translation>
    </message>
    <message>
        <source>At most, “{preset}”</source>
        <translation>上限 (「{preset}」)</translation>
    </message>
</context>
<context>
    <name>KitList</name>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上へ</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下へ</translation>
    </message>
</context>
<context>
    <name>KitsDialog</name>
    <message>
        <source>Channel kits</source>
        <translation>チャネルキット</translation>
    </message>
    <message>
        <source>What a channel takes together, how heavy it may be, and what it weighs.</source>
        <translation>チャネルがまとめて受け取るもの、許容されるサイズ、実際のサイズです。</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>書き出し(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新規(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>変更(&amp;C)…</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>削除(&amp;L)</translation>
    </message>
    <message>
        <source>Channels of &amp;Shops…</source>
        <translation>ショップのチャネル(&amp;S)…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>キット</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>No shop</source>
        <translation>ショップなし</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>選択(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>形式(&amp;A)</translation>
    </message>
    <message>
        <source>For &amp;channel</source>
        <translation>チャネル(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Into folder</source>
        <translation>書き出し先フォルダー(&amp;I)</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダーを選択</translation>
    </message>
    <message>
        <source>Delete “{kit}”?</source>
        <translation>「{kit}」を削除しますか?</translation>
    </message>
    <message>
        <source>Its presets stay, and so does what was exported with it.</source>
        <translation>プリセットも、キットで書き出したものも残ります。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln 件のレンディションが保留されています</numerusform>
        </translation>
    </message>
    <message>
        <source>{why}. The others can be exported without them.</source>
        <translation>{why}。それらを除いて書き出すことができます。</translation>
    </message>
    <message>
        <source>Export the Others</source>
        <translation>残りを書き出し</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>LayerPlacing</name>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
</context>
<context>
    <name>LetPassDialog</name>
    <message>
        <source>It &amp;ends</source>
        <translation>終了日(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Let Pass</source>
        <translation>例外許可(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>取り消し(&amp;T)</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>%Ln 件のアセットを例外許可</numerusform>
        </translation>
    </message>
    <message>
        <source>A policy says which roles may do so. It is recorded with your name, and lifts a review that is not finished: never a rejection, and never rights.</source>
        <translation>許可できる役割はポリシーで決まっています。あなたの名前とともに記録され、未完了のレビューだけが免除されます。却下や権利の制限は対象外です。</translation>
    </message>
    <message>
        <source>What holds them back</source>
        <translation>保留の原因</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>理由(&amp;W)</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Who asked for it, and who knows of it?</source>
        <translation>誰が求め、誰が把握していますか?</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>終了日</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>End what lets these pass; whoever may ask for more care</source>
        <translation>例外許可を終了します。より慎重な扱いは誰でも求めることができます</translation>
    </message>
    <message>
        <source>Somebody lets it pass, although {reasons}.</source>
        <translation>例外許可されています。本来の保留理由: {reasons}。</translation>
    </message>
    <message>
        <source>Nothing holds it back.</source>
        <translation>保留の原因はありません。</translation>
    </message>
</context>
<context>
    <name>LinkOpening</name>
    <message>
        <source>The linked asset is not in any library of this catalog.</source>
        <translation>リンク先のアセットは、このカタログのどのライブラリにもありません。</translation>
    </message>
    <message>
        <source>There is no library “{name}” here, or several of that name.</source>
        <translation>ライブラリ「{name}」がここにないか、同じ名前のものが複数あります。</translation>
    </message>
    <message>
        <source>The file that was to be opened is not there any more.</source>
        <translation>開こうとしたファイルはもう存在しません。</translation>
    </message>
    <message>
        <source>Add as a Library</source>
        <translation>ライブラリとして追加</translation>
    </message>
    <message>
        <source>“{name}” is in no library yet.</source>
        <translation>「{name}」はまだどのライブラリにも入っていません。</translation>
    </message>
</context>
<context>
    <name>ListOrWords</name>
    <message>
        <source>What you save is listed here.</source>
        <translation>保存したものはここに表示されます。</translation>
    </message>
</context>
<context>
    <name>LocaleRows</name>
    <message>
        <source>Locales</source>
        <translation>ロケール</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>そのままにする</translation>
    </message>
</context>
<context>
    <name>LogImportDialog</name>
    <message>
        <source>Import “{name}”</source>
        <translation>「{name}」を読み込み</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Some of the lines that are not counted</source>
        <translation>集計されない行の例</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>%Ln 行を読み取りました…</numerusform>
        </translation>
    </message>
    <message>
        <source>counted</source>
        <translation>集計対象</translation>
    </message>
    <message>
        <source>added to what their assets delivered</source>
        <translation>アセットの配信量に加算</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>対象外</translation>
    </message>
    <message>
        <source>errors and redirections</source>
        <translation>エラーとリダイレクト</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>belong to no asset known here</source>
        <translation>ここで把握していないアセット</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>読み取り不可</translation>
    </message>
    <message>
        <source>are no lines of such a log</source>
        <translation>このログ形式ではない行</translation>
    </message>
    <message>
        <source>Earlier imports are about the same days: {names}. What both hold is counted twice.</source>
        <translation>以前の読み込みにも同じ日が含まれています: {names}。両方にあるものは二重に集計されます。</translation>
    </message>
    <message>
        <source>No line belongs to an asset that is known here. Is the environment it is about the one in use?</source>
        <translation>把握しているアセットの行がありません。ログの環境は使用中の環境ですか?</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>%Ln 行を読み取りました</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines}, {first} – {last}</source>
        <translation>{lines}、{first} – {last}</translation>
    </message>
    <message>
        <source>Nothing of it is counted.</source>
        <translation>集計されるものはありません。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>LogOutDialog</name>
    <message>
        <source>Forget what is catalogued of it here too</source>
        <translation>ここにあるカタログ情報も消去</translation>
    </message>
    <message>
        <source>It is read from Cloudinary again when you come back.</source>
        <translation>再びログインすると、Cloudinary から改めて読み取られます。</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Warnings and faults of this program. Keys and passwords are never in it.</source>
        <translation>このプログラムの警告とエラーです。キーとパスワードは一切含まれません。</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>ログを検索</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>最新を追跡(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>警告以上</translation>
    </message>
    <message>
        <source>Errors and worse</source>
        <translation>エラー以上</translation>
    </message>
    <message>
        <source>How grave</source>
        <translation>重大度</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln 項目</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was logged: that is a good sign.</source>
        <translation>ログの記録はありません。正常に動作しています。</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Several values</source>
        <translation>複数の値</translation>
    </message>
</context>
<context>
    <name>LookActions</name>
    <message>
        <source>&amp;High Contrast, Light</source>
        <translation>ハイコントラスト、ライト(&amp;H)</translation>
    </message>
    <message>
        <source>High &amp;Contrast, Dark</source>
        <translation>ハイコントラスト、ダーク(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;ompact</source>
        <translation>コンパクト(&amp;O)</translation>
    </message>
    <message>
        <source>Arrange Pane&amp;ls</source>
        <translation>パネルを配置(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>左右を入れ替え(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Usual Places</source>
        <translation>標準の配置(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>アニメーションを減らす(&amp;R)</translation>
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
            <numerusform>%Ln 件のアセットをプッシュ(&amp;P)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>プッシュ(&amp;P)…</translation>
    </message>
    <message>
        <source>Choose a library at the left first.</source>
        <translation>先に左側でライブラリを選択してください。</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットのレンディションを作成</numerusform>
        </translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>実行される内容</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>レンディション(&amp;R)</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>市場と言語</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln 件のレンディションを作成</numerusform>
        </translation>
    </message>
    <message>
        <source>Make</source>
        <translation>作成</translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>%Ln 件のレンディションをすべて作成します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>%Ln 件中 {count} 件のレンディションを作成します</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln 件を保留</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 件のファイル</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>うち %Ln 件は既存のファイルを置き換えます</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>%Ln 件のアセットは現在配信できません</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be made…</source>
        <translation>作成内容を書き出しています…</translation>
    </message>
    <message>
        <source>Choose a set, or presets</source>
        <translation>セットまたはプリセットを選択してください</translation>
    </message>
    <message>
        <source>Choose the folder for the files</source>
        <translation>ファイルのフォルダーを選択してください</translation>
    </message>
    <message>
        <source>Looking what that makes…</source>
        <translation>作成内容を確認中…</translation>
    </message>
    <message>
        <source>No preset is for a market and language of the table</source>
        <translation>表の市場と言語に対応するプリセットがありません</translation>
    </message>
    <message>
        <source>Each of them is held back</source>
        <translation>すべて保留されています</translation>
    </message>
    <message>
        <source>You are offline: these are made when the connection is back.</source>
        <translation>オフラインです。接続が回復すると作成されます。</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>%Ln 件のファイルを置き換えますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>What they hold now is gone then; files that are the same stay.</source>
        <translation>現在の内容は失われます。同一のファイルはそのまま残ります。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>MakeTarget</name>
    <message>
        <source>Replace files that are there</source>
        <translation>既存のファイルを置き換える</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>For example {file}</source>
        <translation>例: {file}</translation>
    </message>
    <message>
        <source>Into a folder here</source>
        <translation>ローカルのフォルダー</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>フィールド</translation>
    </message>
    <message>
        <source>Put a field into the template</source>
        <translation>テンプレートにフィールドを挿入</translation>
    </message>
    <message>
        <source>The folder for the files</source>
        <translation>ファイルのフォルダー</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>フォルダー(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Names of the files</source>
        <translation>ファイル名(&amp;N)</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>ファイルの書き出し先</translation>
    </message>
</context>
<context>
    <name>MappingRows</name>
    <message>
        <source>Master</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>優先側</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>注意点</translation>
    </message>
    <message>
        <source>Whose word holds where both sides were changed</source>
        <translation>両側が変更された場合にどちらの値を採用するか</translation>
    </message>
</context>
<context>
    <name>MarketEditor</name>
    <message>
        <source>Use this table</source>
        <translation>この表を使用</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>列を追加</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>行を削除</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV として保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>A line for each market and language. A preset is made for the lines it serves; texts and pictures fill its variables.</source>
        <translation>市場と言語ごとに 1 行です。プリセットは対象の行ごとに作成され、テキストと画像がその変数に入ります。</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>市場</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>{file} に書き出しました。</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>市場と言語</translation>
    </message>
    <message>
        <source>headline, or layer:logo</source>
        <translation>headline または layer:logo</translation>
    </message>
    <message>
        <source>Name of the new column</source>
        <translation>新しい列の名前</translation>
    </message>
    <message>
        <source>Line {line}: {detail}</source>
        <translation>{line} 行目: {detail}</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>表を保存</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表 (*.csv)</translation>
    </message>
</context>
<context>
    <name>MarketRows</name>
    <message>
        <source>Picture: {name}</source>
        <translation>画像: {name}</translation>
    </message>
    <message>
        <source>Text: {name}</source>
        <translation>テキスト: {name}</translation>
    </message>
    <message>
        <source>Public IDs of pictures that are laid on</source>
        <translation>重ねる画像のパブリック ID</translation>
    </message>
    <message>
        <source>What stands in the place of $({name})</source>
        <translation>$({name}) の位置に入る内容</translation>
    </message>
</context>
<context>
    <name>MarketTable</name>
    <message>
        <source>Edit…</source>
        <translation>編集…</translation>
    </message>
    <message>
        <source>Edit markets and languages</source>
        <translation>市場と言語を編集</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>ファイル…</translation>
    </message>
    <message>
        <source>Choose a table of markets</source>
        <translation>市場の表を選択</translation>
    </message>
    <message>
        <source>Without a table</source>
        <translation>表なし</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Made once, for everybody</source>
        <translation>全員に共通で 1 回作成</translation>
    </message>
    <message>
        <source>Table of markets</source>
        <translation>市場の表</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message>
        <source>{name} says nothing that could be pasted.</source>
        <translation>{name} に貼り付けられる情報はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) of {name} copied.</source>
        <translation>
            <numerusform>{name} のフィールド %Ln 個をコピーしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the metadata of a master first.</source>
        <translation>先にマスターのメタデータをコピーしてください。</translation>
    </message>
    <message>
        <source>Import metadata</source>
        <translation>メタデータを読み込み</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>From the next decision on, the files of masters say it too (keyword “approval:…”). What other programs write there waits in the review queue.</source>
        <translation>次の判断から、マスターのファイルにも記録されます (キーワード「approval:…」)。他のプログラムがそこに書き込んだものはレビューキューで待機します。</translation>
    </message>
    <message>
        <source>Pasted. It can be undone.</source>
        <translation>貼り付けました。元に戻せます。</translation>
    </message>
    <message>
        <source>They said all of this already.</source>
        <translation>すべてすでに同じ内容です。</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>テンプレートにより %Ln 件のマスターが変更されます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln 件は適用できず、そのまま残ります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln 個のフィールドを表のとおりに設定しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>%Ln 件のマスターを {name} に書き出しました。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionField</name>
    <message>
        <source>Roles</source>
        <translation>役割</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>このメッセージを閉じる</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message>
        <source>What would be different</source>
        <translation>変更される内容</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>対象外のもの</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln 件の変更</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln 件は対象外</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvExportDialog</name>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message numerus="yes">
        <source>Export the metadata of %Ln master(s)</source>
        <translation>
            <numerusform>%Ln 件のマスターのメタデータを書き出し</numerusform>
        </translation>
    </message>
    <message>
        <source>A table that spreadsheets open. Changed there, it can be imported again.</source>
        <translation>表計算ソフトで開ける表です。そこで変更して再び読み込むことができます。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>カンマ</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>セミコロン</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>タブ</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation>区切り文字(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Export metadata</source>
        <translation>メタデータを書き出し</translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message>
        <source>Import metadata</source>
        <translation>メタデータを読み込み</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>{name} を読み取り中…</translation>
    </message>
    <message>
        <source>An empty cell empties its field</source>
        <translation>空のセルはフィールドを空にする</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>適用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) would say something else.</source>
        <translation>
            <numerusform>%Ln 件のマスターが変更されます。</numerusform>
        </translation>
    </message>
    <message>
        <source>The table says nothing that is not said already.</source>
        <translation>表の内容はすべてすでに反映されています。</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>{line} 行目</translation>
    </message>
</context>
<context>
    <name>MetadataErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>アカウントがまだありません。先に追加してください。</translation>
    </message>
</context>
<context>
    <name>MetadataFieldForm</name>
    <message>
        <source>&amp;Mandatory: it must not be empty</source>
        <translation>必須: 空にできない(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Off until a rule switches it on</source>
        <translation>ルールで有効になるまで無効(&amp;O)</translation>
    </message>
    <message>
        <source>Only &amp;programs set it; people read it</source>
        <translation>プログラムのみが設定し、人は閲覧のみ(&amp;P)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change a field</source>
        <translation>フィールドを変更</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>新しいフィールド</translation>
    </message>
    <message>
        <source>Made by Cloudinary if left empty</source>
        <translation>空の場合は Cloudinary が作成</translation>
    </message>
    <message>
        <source>One value in each line</source>
        <translation>1 行に 1 つの値</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>ラベル(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;External ID</source>
        <translation>外部 ID(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>種類(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>値(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>デフォルト値(&amp;D)</translation>
    </message>
    <message>
        <source>At &amp;least</source>
        <translation>最小(&amp;A)</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>最大(&amp;O)</translation>
    </message>
    <message>
        <source>Patte&amp;rn</source>
        <translation>パターン(&amp;R)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>So many characters</source>
        <translation>文字数</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>制限なし</translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message>
        <source>New field…</source>
        <translation>新しいフィールド…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Metadata fields</source>
        <translation>メタデータフィールド</translation>
    </message>
    <message>
        <source>Metadata fields of “{name}”</source>
        <translation>「{name}」のメタデータフィールド</translation>
    </message>
    <message>
        <source>All assets of the environment have these fields, for everybody.</source>
        <translation>これらのフィールドは環境内のすべてのアセットにあり、全員に共通です。</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>ルール…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>There is no field yet.</source>
        <translation>フィールドはまだありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln 個の値</numerusform>
        </translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>必須</translation>
    </message>
    <message>
        <source>Delete the field “{name}”?</source>
        <translation>フィールド「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>Its values vanish from all assets of the environment, for everybody, and cannot be brought back.</source>
        <translation>その値は環境内のすべてのアセットから全員に対して消え、復元できません。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
</context>
<context>
    <name>MetadataForm</name>
    <message>
        <source>Here the name is part of the public ID; renaming changes the address.</source>
        <translation>ここでは名前がパブリック ID の一部です。名前を変更するとアドレスが変わります。</translation>
    </message>
    <message>
        <source>Each asset has a name of its own.</source>
        <translation>名前はアセットごとに異なります。</translation>
    </message>
    <message>
        <source>Structured metadata</source>
        <translation>構造化メタデータ</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>コンテキスト</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>値を追加</translation>
    </message>
    <message>
        <source>Set by programs; people only read it.</source>
        <translation>プログラムが設定します。人は閲覧のみできます。</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>他のフィールドの値により、ルールで無効になっています。</translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message>
        <source>At Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Metadata fields…</source>
        <translation>メタデータフィールド…</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>メタデータ</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>まとめて編集できるのは %Ln 件のアセットまでです。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>選択したアセットのうち %Ln 件はこの環境になく、変更されません。</numerusform>
        </translation>
    </message>
    <message>
        <source>What you type is kept for the next asset.</source>
        <translation>入力した内容は次のアセットのために保持されます。</translation>
    </message>
    <message>
        <source>“{text}” was typed for another asset, and is kept until that is shown.</source>
        <translation>「{text}」は別のアセットに入力されたもので、そのアセットが表示されるまで保持されます。</translation>
    </message>
    <message>
        <source>“{text}” was not kept: it cannot be typed there.</source>
        <translation>「{text}」は保持されませんでした。そこには入力できません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>%Ln 件の変更はすでに配信されていたため、元に戻しています。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>%Ln 件のマスターにメタデータを貼り付け</numerusform>
        </translation>
    </message>
    <message>
        <source>From {name}. What they say there now is replaced; it can be undone.</source>
        <translation>{name} からコピーした内容です。現在の値は置き換えられます。元に戻せます。</translation>
    </message>
    <message>
        <source>Copied fields</source>
        <translation>コピーしたフィールド</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて選択</translation>
    </message>
    <message>
        <source>None</source>
        <translation>選択を解除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>MetadataRuleForm</name>
    <message>
        <source>The rule is in &amp;use</source>
        <translation>ルールを使用する(&amp;U)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change a rule</source>
        <translation>ルールを変更</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新しいルール</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>フィールドの状態</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>変更しない</translation>
    </message>
    <message>
        <source>Is switched on</source>
        <translation>有効にする</translation>
    </message>
    <message>
        <source>Is switched off</source>
        <translation>無効にする</translation>
    </message>
    <message>
        <source>It must not be empty</source>
        <translation>空にできない</translation>
    </message>
    <message>
        <source>As the field says</source>
        <translation>フィールドの設定どおり</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>入力必須</translation>
    </message>
    <message>
        <source>It may be empty</source>
        <translation>空でもよい</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>選択できる値</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>変更しない</translation>
    </message>
    <message>
        <source>All of the list</source>
        <translation>一覧のすべて</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>これらのみ</translation>
    </message>
    <message>
        <source>These, too</source>
        <translation>これらも追加</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>If it is empty</source>
        <translation>空の場合</translation>
    </message>
    <message>
        <source>Added to what it has</source>
        <translation>既存の値に追加</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>複数の場合はカンマ区切り</translation>
    </message>
    <message>
        <source>&amp;Then, of</source>
        <translation>変更対象(&amp;T)</translation>
    </message>
    <message>
        <source>The &amp;field</source>
        <translation>フィールド(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>空の値(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Choices</source>
        <translation>選択肢(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>値(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>When</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>ルール</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>MetadataRulesDialog</name>
    <message>
        <source>New rule…</source>
        <translation>新しいルール…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Metadata rules</source>
        <translation>メタデータルール</translation>
    </message>
    <message>
        <source>Metadata rules of “{name}”</source>
        <translation>「{name}」のメタデータルール</translation>
    </message>
    <message>
        <source>What one field says switches others on, limits them or fills them in.</source>
        <translation>あるフィールドの値によって、他のフィールドを有効にしたり、制限したり、入力したりします。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Apply later (Alt+Down)</source>
        <translation>後で適用 (Alt+Down)</translation>
    </message>
    <message>
        <source>Apply earlier (Alt+Up)</source>
        <translation>先に適用 (Alt+Up)</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>ルールはまだありません。</translation>
    </message>
    <message>
        <source>{result}, when {condition}</source>
        <translation>{condition} の場合: {result}</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>A rule asks about one field and changes another: it needs two.</source>
        <translation>ルールは 1 つのフィールドを調べて別のフィールドを変更するため、2 つのフィールドが必要です。</translation>
    </message>
    <message>
        <source>Delete the rule “{name}”?</source>
        <translation>ルール「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>It ends for everybody. A field that only this rule switches on loses its values.</source>
        <translation>全員に対して無効になります。このルールだけで有効になるフィールドの値は失われます。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>%Ln 件のマスターに適用</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata templates</source>
        <translation>メタデータテンプレート</translation>
    </message>
    <message>
        <source>A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master fills them by itself.</source>
        <translation>テキストには {filename}、{date:%Y}、{counter:3} などの変数を使用でき、マスターごとに値が入ります。</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>テンプレート</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>テンプレートの名前</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>MirrorErrands</name>
    <message>
        <source>These files are in a folder here already. Nothing to download.</source>
        <translation>これらのファイルはすでにローカルのフォルダーにあります。ダウンロードするものはありません。</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>ダウンロード先</translation>
    </message>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>アカウントがまだありません。先に追加してください。</translation>
    </message>
    <message>
        <source>{public_id} is at Cloudinary now, unpublished.</source>
        <translation>{public_id} は Cloudinary にあります（未公開）。</translation>
    </message>
</context>
<context>
    <name>MomentField</name>
    <message>
        <source>Moment</source>
        <translation>時点</translation>
    </message>
    <message>
        <source>The moment that the comment is about</source>
        <translation>コメントの対象となる時点</translation>
    </message>
</context>
<context>
    <name>NameColumn</name>
    <message>
        <source>Names</source>
        <translation>名前</translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message>
        <source>There is no Cloudinary account in use.</source>
        <translation>使用中の Cloudinary アカウントがありません。</translation>
    </message>
    <message>
        <source>Asks for the definitions there…</source>
        <translation>定義を問い合わせ中…</translation>
    </message>
    <message>
        <source>Presets and named transformations</source>
        <translation>プリセットと名前付き変換</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>ローカル</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Adopt as preset</source>
        <translation>プリセットとして取り込む(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Publish to Cloudinary</source>
        <translation>Cloudinary に公開(&amp;P)</translation>
    </message>
    <message>
        <source>De&amp;lete there…</source>
        <translation>Cloudinary で削除(&amp;L)…</translation>
    </message>
    <message>
        <source>Co&amp;mpare again</source>
        <translation>再比較(&amp;M)</translation>
    </message>
    <message>
        <source>in use there</source>
        <translation>Cloudinary で使用中</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>ここのプリセット %Ln 件を変更しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} then stand for what is defined there. You can undo it.</source>
        <translation>{names} は Cloudinary の定義を表すようになります。元に戻せます。</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>変更する</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>“{name}” was adopted.</source>
        <translation>「{name}」を取り込みました。</translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>名前付き変換 %Ln 件を再定義しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} stand for something else there. What was derived before stays as it is; whatever is asked for from now on is made by the new definition.</source>
        <translation>{names} は Cloudinary では別の内容です。生成済みのものはそのまま残り、今後の要求からは新しい定義で生成されます。</translation>
    </message>
    <message>
        <source>Define anew</source>
        <translation>再定義</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>Cloudinary で名前付き変換 %Ln 件を削除しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: everything that was derived with them is deleted too, and addresses that name them stop working. Presets here stay.</source>
        <translation>{names}: これらから生成されたものもすべて削除され、これらを含むアドレスは使えなくなります。ここのプリセットは残ります。</translation>
    </message>
    <message>
        <source>Delete there</source>
        <translation>Cloudinary で削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Looking for programs…</source>
        <translation>プログラムを検索中…</translation>
    </message>
    <message>
        <source>No program is known for such files</source>
        <translation>この種類のファイルに対応するプログラムが見つかりません</translation>
    </message>
    <message>
        <source>Take In…</source>
        <translation>取り込み…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. Its master is in Cloudinary and stays as it is; the changed file can be taken into a library as a new master.</source>
        <translation>「{name}」が別のプログラムで変更されました。マスターは Cloudinary にあり、そのまま残ります。変更されたファイルは新しいマスターとしてライブラリに取り込めます。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>Cloudinary のマスターのコピー %Ln 件が別のプログラムで変更されました。新しいマスターとしてライブラリに取り込めます。</numerusform>
        </translation>
    </message>
    <message>
        <source>New Version…</source>
        <translation>新しいバージョン…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It can become the new version at {service}, or be taken into a library as a new master.</source>
        <translation>「{name}」が別のプログラムで変更されました。{service} の新しいバージョンにするか、新しいマスターとしてライブラリに取り込めます。</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file in Cloudinary ({environment}), at the same address: everybody who uses it sees the new one. You approve the changed file with this. The file before comes back only where the environment keeps backups.</source>
        <translation>「{name}」は Cloudinary（{environment}）の同じアドレスで変更後のファイルになり、利用しているすべての人に新しいものが表示されます。この操作で変更後のファイルを承認します。以前のファイルは、環境がバックアップを保持している場合にだけ戻せます。</translation>
    </message>
    <message>
        <source>Approve and Send</source>
        <translation>承認して送信</translation>
    </message>
    <message>
        <source>Make it the new version?</source>
        <translation>新しいバージョンにしますか？</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file at {service}. The file before stays there among its versions; its approval does not count for the new one.</source>
        <translation>{service} の「{name}」が変更後のファイルになります。以前のファイルはバージョンとして残ります。以前の承認は新しいバージョンには適用されません。</translation>
    </message>
    <message>
        <source>Make New Version</source>
        <translation>新しいバージョンにする</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Take In as a New Master…</source>
        <translation>新しいマスターとして取り込む…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version: its approval does not count for it.</source>
        <translation>「{name}」が別のプログラムで変更されました。新しいバージョンになり、これまでの承認は適用されません。</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version.</source>
        <translation>「{name}」が別のプログラムで変更されました。新しいバージョンです。</translation>
    </message>
</context>
<context>
    <name>OrganizationPage</name>
    <message>
        <source>Which organisation?</source>
        <translation>どの組織ですか?</translation>
    </message>
    <message>
        <source>A library shows one organisation. Connect again to add another one beside it.</source>
        <translation>1 つのライブラリには 1 つの組織が表示されます。別の組織を追加するには、もう一度接続してください。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>選択</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>組織</translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>%Ln 件のファイルを {folder} にダウンロードしました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln 件はすでにありました。</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>{path} を開くためのプログラムがシステムにありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>%Ln 件のオリジナルを取得しました。もう一度ドラッグしてください。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherServiceDialog</name>
    <message>
        <source>Connect Another Service</source>
        <translation>別のサービスに接続</translation>
    </message>
</context>
<context>
    <name>OtherServiceForm</name>
    <message>
        <source>Connect Another Service</source>
        <translation>別のサービスに接続</translation>
    </message>
    <message>
        <source>A package that you installed beside Asset Bridge brings it. Secrets are kept in this computer’s keyring, never in plain text.</source>
        <translation>Asset Bridge とは別にインストールしたパッケージが提供します。シークレットはこのコンピューターのキーリングに保存され、平文で保存されることはありません。</translation>
    </message>
    <message>
        <source>The name that the service tells</source>
        <translation>サービスが伝える名前</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>No package that brings another kind of library is installed. The documentation of libraries says what such a package provides.</source>
        <translation>別の種類のライブラリを提供するパッケージがインストールされていません。パッケージの要件はライブラリのドキュメントに記載されています。</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>{library} に再度サインイン</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>サインイン中…</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>サービス(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>Asset Bridge での名前(&amp;N)</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>Text and pictures</source>
        <translation>テキストと画像</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>テキストを入力</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>フォント</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>太字</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>文字サイズ</translation>
    </message>
    <message>
        <source>Brand kit…</source>
        <translation>ブランドキット…</translation>
    </message>
    <message>
        <source>Add a text</source>
        <translation>テキストを追加</translation>
    </message>
    <message>
        <source>Public ID, such as brand/logo</source>
        <translation>パブリック ID (例: brand/logo)</translation>
    </message>
    <message>
        <source>Public ID of the picture</source>
        <translation>画像のパブリック ID</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>不透明度 (%)</translation>
    </message>
    <message>
        <source>Add the picture</source>
        <translation>画像を追加</translation>
    </message>
    <message>
        <source>Drag it to its place on the picture, or move it with the arrow keys.</source>
        <translation>画像上でドラッグするか、矢印キーで移動します。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>画像を追加</translation>
    </message>
    <message>
        <source>Add a colour to the brand kit</source>
        <translation>ブランドキットに色を追加</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>コマンドパレット</translation>
    </message>
    <message>
        <source>Type a command, a place, a preset or a search…</source>
        <translation>コマンド、場所、プリセット、検索語を入力…</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>コマンドを検索</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>↑ ↓ to choose  ·  Enter to run  ·  Esc to close</source>
        <translation>↑ ↓ で選択  ·  Enter で実行  ·  Esc で閉じる</translation>
    </message>
    <message>
        <source>Nothing is called that. Enter searches the assets for it.</source>
        <translation>一致する名前はありません。Enter でアセットを検索します。</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>パスフレーズ(&amp;P)</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>パスフレーズの再入力(&amp;A)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>パスフレーズを決める</translation>
    </message>
    <message>
        <source>There is no keyring service here, so secrets are kept in an encrypted file. The passphrase is asked for after each start. Nobody can restore it for you; if it is lost, you add your accounts again and nothing else is.</source>
        <translation>ここにはキーリングサービスがないため、シークレットは暗号化ファイルに保存されます。パスフレーズは起動のたびに求められ、誰にも復元できません。失った場合はアカウントを追加し直すことになりますが、他に失われるものはありません。</translation>
    </message>
    <message>
        <source>Create the key store</source>
        <translation>キーストアを作成</translation>
    </message>
    <message>
        <source>Open the key store</source>
        <translation>キーストアを開く</translation>
    </message>
    <message>
        <source>There is no keyring service here; secrets are in an encrypted file.</source>
        <translation>ここにはキーリングサービスがなく、シークレットは暗号化ファイルにあります。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>パスフレーズを入力してください</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>%Ln 文字以上。いくつかの単語の組み合わせが最適です</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the same twice, so that a slip of the finger cannot lock you out</source>
        <translation>入力ミスで開けなくなるのを防ぐため、同じものを 2 回入力してください</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview of {name}</source>
        <translation>{name} のプレビュー</translation>
    </message>
</context>
<context>
    <name>PictureControls</name>
    <message>
        <source>Turn (degrees)</source>
        <translation>回転（度）</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>乗算</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>スクリーン</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>オーバーレイ</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>描画モード</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>通常</translation>
    </message>
    <message>
        <source>Repeat all over</source>
        <translation>全面に繰り返す</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Where it went</source>
        <translation>配置先</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>アドレスをコピー</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>ファイルマネージャーで表示</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>古い版 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>{path} を開くためのプログラムがシステムにありません。</translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message>
        <source>Getting files ready</source>
        <translation>ファイルを準備中</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>%Ln 件のファイルを準備しています…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>%Ln 件のファイルの準備ができ次第、ドロップされます。Esc でキャンセルします。</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
</context>
<context>
    <name>PoliciesDialog</name>
    <message>
        <source>&amp;Change…</source>
        <translation>変更(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>削除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>ポリシー</translation>
    </message>
    <message>
        <source>What {account} demands</source>
        <translation>{account} の要件</translation>
    </message>
    <message>
        <source>Every policy that holds for a master counts: stages add up, and the stricter wins. They are asked for before anything leaves, whoever sends it.</source>
        <translation>マスターに該当するすべてのポリシーが適用されます。段階は合算され、より厳しいものが優先されます。誰が送信する場合でも、送信前に確認されます。</translation>
    </message>
    <message>
        <source>&amp;New Policy…</source>
        <translation>新しいポリシー(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>読み込み(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>書き出し(&amp;E)…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>No policy holds: an approval of the master is enough.</source>
        <translation>適用されるポリシーはありません。マスターの承認だけで十分です。</translation>
    </message>
    <message>
        <source>each rendition</source>
        <translation>各レンディション</translation>
    </message>
    <message>
        <source>files, too</source>
        <translation>ファイルも</translation>
    </message>
    <message>
        <source>filled in: {fields}</source>
        <translation>入力必須: {fields}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>an approval</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Import policies</source>
        <translation>ポリシーを読み込み</translation>
    </message>
    <message>
        <source>Export policies</source>
        <translation>ポリシーを書き出し</translation>
    </message>
    <message>
        <source>{file}: written</source>
        <translation>{file}: 書き出しました</translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message>
        <source>Policies are those of a Cloudinary account. Add one first.</source>
        <translation>ポリシーは Cloudinary アカウントのものです。先にアカウントを追加してください。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>%Ln 件のアセットを再び保留しました。記録に残ります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>%Ln 件のアセットを例外許可しました。記録に残ります。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Each &amp;rendition needs an approval of its own</source>
        <translation>レンディションごとに承認が必要(&amp;R)</translation>
    </message>
    <message>
        <source>The &amp;gate is asked of files that are taken out, too</source>
        <translation>持ち出されるファイルもゲートで確認する(&amp;G)</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>新しいポリシー</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>An empty line limits nothing. Channels and markets are those of renditions: a push of a master has neither yet. Several words have commas in between, and who decides in several stages semicolons.</source>
        <translation>空欄は制限なしです。チャネルと市場はレンディションに関するもので、マスターのプッシュにはまだありません。複数の語はカンマ、複数段階の判断者はセミコロンで区切ります。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>フォルダー(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>タグ(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>チャネル(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>市場(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Stages that approve</source>
        <translation>承認の段階(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Who decides in a stage</source>
        <translation>各段階の判断者(&amp;W)</translation>
    </message>
    <message>
        <source>Roles that may &amp;override</source>
        <translation>例外許可できる役割(&amp;O)</translation>
    </message>
    <message>
        <source>Required fields</source>
        <translation>必須フィールド</translation>
    </message>
    <message>
        <source>Required in &amp;languages</source>
        <translation>必須の言語(&amp;L)</translation>
    </message>
    <message>
        <source>An approval is &amp;kept below a difference of</source>
        <translation>承認を維持する差異の上限(&amp;K)</translation>
    </message>
    <message>
        <source>Nothing leaves in which this is empty</source>
        <translation>これが空のものは送信されません</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>動画</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>オーディオ</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>その他</translation>
    </message>
</context>
<context>
    <name>Preloading</name>
    <message>
        <source>There is no picture of this file</source>
        <translation>このファイルの画像はありません</translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message>
        <source>Of {assets}. Their addresses go on showing what they show now; what is made from now on is different.</source>
        <translation>対象: {assets}。アドレスの表示は今のままですが、今後作成されるものは異なります。</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>それでも保存</translation>
    </message>
    <message>
        <source>“{preset}” was saved.</source>
        <translation>「{preset}」を保存しました。</translation>
    </message>
    <message>
        <source>{preset} (copy)</source>
        <translation>{preset} (コピー)</translation>
    </message>
    <message>
        <source>“{preset}” was duplicated.</source>
        <translation>「{preset}」を複製しました。</translation>
    </message>
    <message>
        <source>“{preset}” was deleted.</source>
        <translation>「{preset}」を削除しました。</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>それでも削除</translation>
    </message>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>公開済みのレンディション %Ln 件が古いまま残ります</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Rendition set</source>
        <translation>レンディションセット</translation>
    </message>
    <message>
        <source>Presets of your choice</source>
        <translation>任意のプリセット</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>プリセット</translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>%Ln 件のレンディションを作成しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is being written.</source>
        <translation>{file} を書き出しています。</translation>
    </message>
</context>
<context>
    <name>PresetFields</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>夏のバナー 1200 × 630</translation>
    </message>
    <message>
        <source>Everywhere; or DE, US-CA, EMEA</source>
        <translation>すべて。または DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>All; or de, pt-BR</source>
        <translation>すべて。または de, pt-BR</translation>
    </message>
    <message>
        <source>E&amp;xactly, not at most</source>
        <translation>上限ではなく厳密に一致(&amp;X)</translation>
    </message>
    <message>
        <source>Any; or jpg, png</source>
        <translation>すべて。または jpg, png</translation>
    </message>
    <message>
        <source>As the master</source>
        <translation>マスターと同じ</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>幅 (ピクセル)</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高さ (ピクセル)</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>任意のサイズ</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>タイトル(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>チャネル(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>形式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>市場(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Languages</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Pi&amp;xels the channel asks for</source>
        <translation>チャネルが求めるピクセル数(&amp;X)</translation>
    </message>
    <message>
        <source>Lar&amp;gest file</source>
        <translation>最大ファイルサイズ(&amp;G)</translation>
    </message>
    <message>
        <source>Formats it ta&amp;kes</source>
        <translation>受け付ける形式(&amp;K)</translation>
    </message>
</context>
<context>
    <name>PresetForm</name>
    <message>
        <source>New preset</source>
        <translation>新しいプリセット</translation>
    </message>
    <message>
        <source>Change preset</source>
        <translation>プリセットを変更</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>T&amp;ransformation</source>
        <translation>変換(&amp;R)</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>プレビューなし</translation>
    </message>
</context>
<context>
    <name>PresetKeeping</name>
    <message>
        <source>Taken back: {act}</source>
        <translation>元に戻しました: {act}</translation>
    </message>
</context>
<context>
    <name>PresetPreviews</name>
    <message>
        <source>Its texts come from a market table: {names}</source>
        <translation>テキストは市場の表から取得されます: {names}</translation>
    </message>
</context>
<context>
    <name>PresetSaving</name>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>There is a preset of this name. Sets that use it make what you see here from now on; its format, markets and languages, and what its channel asks for, stay.</source>
        <translation>同じ名前のプリセットがあります。これを使うセットは今後、ここに表示されている内容で作成します。形式、市場と言語、チャネルの要件は変わりません。</translation>
    </message>
    <message>
        <source>Replace the steps of “{preset}”?</source>
        <translation>「{preset}」の手順を置き換えますか?</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets and sets</source>
        <translation>プリセットとセット</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>A preset is a transformation with a purpose; a set is what one needs.</source>
        <translation>プリセットは用途を定めた変換で、セットは必要なものをまとめたものです。</translation>
    </message>
    <message>
        <source>Shown on {name}.</source>
        <translation>{name} で表示しています。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>読み込み(&amp;I)…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>書き出し(&amp;X)…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>セット</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>元に戻す: {act}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>{file} に書き出しました。</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>{file} を読み込みました。</translation>
    </message>
    <message>
        <source>Replace what is here?</source>
        <translation>ここにあるものを置き換えますか?</translation>
    </message>
    <message>
        <source>{names} exist already and say something else. They take over what the file says; you can undo it.</source>
        <translation>{names} はすでに存在し、内容が異なります。ファイルの内容に置き換わります。元に戻せます。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>プリセットを読み込み</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>プリセット (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>プリセットを書き出し</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Search presets</source>
        <translation>プリセットを検索</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新規(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>変更(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>複製(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>削除(&amp;L)</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>変換</translation>
    </message>
    <message>
        <source>Open in the &amp;studio</source>
        <translation>スタジオで開く(&amp;S)</translation>
    </message>
    <message>
        <source>In {sets}</source>
        <translation>含まれるセット: {sets}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>これで公開されたレンディション %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>The presets are in another order.</source>
        <translation>プリセットの順序が変わりました。</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Choose one asset in the window to see what presets make of it.</source>
        <translation>ウィンドウでアセットを 1 件選択すると、プリセットの適用結果が表示されます。</translation>
    </message>
    <message>
        <source>Is being made…</source>
        <translation>作成中…</translation>
    </message>
    <message>
        <source>Of {name}</source>
        <translation>{name} のプレビュー</translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message>
        <source>Publish to “{name}”</source>
        <translation>「{name}」に公開</translation>
    </message>
    <message>
        <source>No content type of this stack has a field that takes pictures.</source>
        <translation>このスタックには、画像を受け取るフィールドを持つコンテンツタイプがありません。</translation>
    </message>
    <message>
        <source>No renditions were made of the chosen assets yet. Have them made in the cloud first, with “Publish Renditions”.</source>
        <translation>選択したアセットのレンディションはまだ作成されていません。先に「レンディションを公開」でクラウドに作成してください。</translation>
    </message>
    <message>
        <source>None of the renditions may be published now. Below it says why.</source>
        <translation>現在公開できるレンディションはありません。理由は下に表示されています。</translation>
    </message>
    <message>
        <source>A part of its title</source>
        <translation>タイトルの一部</translation>
    </message>
    <message>
        <source>Only where several Cloudinary ones are in use</source>
        <translation>複数の Cloudinary を使用している場合のみ</translation>
    </message>
    <message>
        <source>Content &amp;type</source>
        <translation>コンテンツタイプ(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Find an entry</source>
        <translation>エントリを検索(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Entry</source>
        <translation>エントリ(&amp;E)</translation>
    </message>
    <message>
        <source>F&amp;ield</source>
        <translation>フィールド(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>設定(&amp;C)</translation>
    </message>
    <message>
        <source>Locales</source>
        <translation>ロケール</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Choose an entry</source>
        <translation>エントリを選択</translation>
    </message>
    <message>
        <source>No entry has that in its title</source>
        <translation>タイトルに該当するエントリがありません</translation>
    </message>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>%Ln 個のロケールで公開</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>公開</translation>
    </message>
    <message>
        <source>{name} is asked what there is…</source>
        <translation>{name} に一覧を問い合わせ中…</translation>
    </message>
    <message>
        <source>The gate and the entry are asked…</source>
        <translation>ゲートとエントリを確認中…</translation>
    </message>
</context>
<context>
    <name>PushForm</name>
    <message>
        <source>The top of the media library</source>
        <translation>メディアライブラリの最上位</translation>
    </message>
    <message>
        <source>spring, lookbook</source>
        <translation>spring, lookbook</translation>
    </message>
    <message>
        <source>Separate tags with commas</source>
        <translation>タグはカンマで区切ります</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>The name of a signed upload preset of this product environment</source>
        <translation>このプロダクト環境の署名付きアップロードプリセットの名前</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>その他のオプション</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>対象フォルダー(&amp;T)</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>タグ(&amp;G)</translation>
    </message>
    <message>
        <source>Upload &amp;preset</source>
        <translation>アップロードプリセット(&amp;P)</translation>
    </message>
</context>
<context>
    <name>PushMetadata</name>
    <message>
        <source>Structured &amp;metadata</source>
        <translation>構造化メタデータ(&amp;M)</translation>
    </message>
    <message>
        <source>Everything that is sent gets these values</source>
        <translation>送信するすべてにこれらの値が設定されます</translation>
    </message>
    <message>
        <source>Choose a field…</source>
        <translation>フィールドを選択…</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>値を追加</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>他のフィールドの値により、ルールで無効になっています。</translation>
    </message>
</context>
<context>
    <name>PushOptions</name>
    <message>
        <source>If &amp;delivered before</source>
        <translation>配信済みの場合(&amp;D)</translation>
    </message>
    <message>
        <source>Replace the earlier one</source>
        <translation>以前のものを置き換える</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>両方を残す</translation>
    </message>
    <message>
        <source>Leave the earlier one</source>
        <translation>以前のものを残す</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>パブリック ID(&amp;I)</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>File name, always unique</source>
        <translation>ファイル名 (常に一意)</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>ランダム</translation>
    </message>
    <message>
        <source>Display &amp;name</source>
        <translation>表示名(&amp;N)</translation>
    </message>
    <message>
        <source>As in the public ID</source>
        <translation>パブリック ID と同じ</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>アクセス(&amp;A)</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全員</translation>
    </message>
    <message>
        <source>Everybody, while the rights hold</source>
        <translation>全員 (権利の有効期間中)</translation>
    </message>
    <message>
        <source>With a token only</source>
        <translation>トークンがある場合のみ</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>配信タイプ(&amp;Y)</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>公開</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>オリジナルは非公開</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>認証済み</translation>
    </message>
    <message>
        <source>M&amp;oderation</source>
        <translation>モデレーション(&amp;O)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>By a person, in Cloudinary</source>
        <translation>Cloudinary で人が確認</translation>
    </message>
    <message>
        <source>campaign=spring, season=2027</source>
        <translation>campaign=spring, season=2027</translation>
    </message>
    <message>
        <source>Pairs of name and value, separated by commas</source>
        <translation>名前と値の組 (カンマ区切り)</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>コンテキスト(&amp;C)</translation>
    </message>
    <message>
        <source>Presets or sets, separated by commas; Cloudinary makes them at once</source>
        <translation>プリセットまたはセット (カンマ区切り)。Cloudinary がすぐに作成します</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>レンディション(&amp;R)</translation>
    </message>
    <message>
        <source>Markets and &amp;languages</source>
        <translation>市場と言語(&amp;L)</translation>
    </message>
    <message>
        <source>This product environment has fixed folders: it shows the public ID</source>
        <translation>このプロダクト環境は固定フォルダーモードで、パブリック ID が表示名になります</translation>
    </message>
</context>
<context>
    <name>PushSheet</name>
    <message>
        <source>Push</source>
        <translation>プッシュ</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>実行される内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>アカウントを追加…</translation>
    </message>
    <message>
        <source>Which Cloudinary?</source>
        <translation>どの Cloudinary ですか?</translation>
    </message>
    <message>
        <source>There is no Cloudinary account here yet. Add one, and this push goes on where it is now. Nothing is sent before you have seen the plan.</source>
        <translation>Cloudinary アカウントがまだありません。追加すると、このプッシュを今の状態から続行できます。計画を確認するまで何も送信されません。</translation>
    </message>
    <message>
        <source>Push to {environment}</source>
        <translation>{environment} にプッシュ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>%Ln 件のアセットを確認しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>%Ln 件のアセットをプッシュ ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 件のファイル</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>API 呼び出し %Ln 回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>派生アセット %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>It will be sent.</source>
        <translation>送信されます。</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>%Ln 件のアセットがすべて送信されます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>%Ln 件中 {sending} 件のアセットが送信されます</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln 件を保留</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>%Ln 件は送信済みまたは送信中</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be pushed…</source>
        <translation>プッシュする内容を書き出しています…</translation>
    </message>
    <message>
        <source>Nothing can be sent before what is marked is right</source>
        <translation>マークされた箇所を修正するまで送信できません</translation>
    </message>
    <message>
        <source>Comparing with what is there…</source>
        <translation>現在の内容と比較中…</translation>
    </message>
    <message>
        <source>Nothing can be sent: each of them is held back</source>
        <translation>送信できるものはありません。すべて保留されています</translation>
    </message>
    <message>
        <source>Nothing to send: what is allowed is there already, or on its way</source>
        <translation>送信するものはありません。許可されているものは送信済みまたは送信中です</translation>
    </message>
    <message>
        <source>Nothing to send: all of it is there already, or on its way</source>
        <translation>送信するものはありません。すべて送信済みまたは送信中です</translation>
    </message>
    <message>
        <source>You are offline: these go out when the connection is back.</source>
        <translation>オフラインです。接続が回復すると送信されます。</translation>
    </message>
    <message>
        <source>You work offline: these go out when you go online again.</source>
        <translation>オフラインで作業中です。オンラインに戻ると送信されます。</translation>
    </message>
    <message>
        <source>Pushing is paused: these wait in the queue until you go on.</source>
        <translation>プッシュは一時停止中です。再開するまでキューで待機します。</translation>
    </message>
    <message>
        <source>Their new versions take their places: the same addresses then show them, everywhere. To keep the earlier ones as well, choose Keep both.</source>
        <translation>新しいバージョンに置き換わり、同じアドレスがすべての場所で新しいものを表示します。以前のものも残すには「両方を残す」を選択してください。</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>配信済みのアセット %Ln 件を置き換えますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>質問</translation>
    </message>
</context>
<context>
    <name>QuestionRows</name>
    <message>
        <source>Saved reports</source>
        <translation>保存済みレポート</translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>レビュー待ち %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>期限超過 %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message>
        <source>Pushes</source>
        <translation>プッシュ</translation>
    </message>
    <message>
        <source>Copying into libraries</source>
        <translation>ライブラリへのコピー</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>レンディション</translation>
    </message>
    <message>
        <source>Channel kits</source>
        <translation>チャネルキット</translation>
    </message>
    <message>
        <source>Archives of campaigns</source>
        <translation>キャンペーンのアーカイブ</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>メタデータ</translation>
    </message>
    <message>
        <source>Decisions that others are told</source>
        <translation>他への判断の通知</translation>
    </message>
    <message>
        <source>Changes at Cloudinary</source>
        <translation>Cloudinary での変更</translation>
    </message>
    <message>
        <source>Telling other systems</source>
        <translation>他のシステムへの通知</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} / {total}</translation>
    </message>
    <message>
        <source>Waits for the connection, and goes on by itself</source>
        <translation>接続を待機中です。自動的に再開します</translation>
    </message>
    <message>
        <source>Waits for the account: log in again, or mend its key</source>
        <translation>アカウントを待機中です。再度ログインするか、キーを修正してください</translation>
    </message>
    <message>
        <source>Waits until files have been read</source>
        <translation>ファイルの読み取りを待機中</translation>
    </message>
    <message>
        <source>Waits, and goes on by itself</source>
        <translation>待機中です。自動的に再開します</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>完了 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>失敗 %Ln 件: 理由は転送に表示されます</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>キャンセル %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>RawText</name>
    <message>
        <source>Transformation</source>
        <translation>変換</translation>
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
        <translation>最近使用</translation>
    </message>
</context>
<context>
    <name>RelateDialog</name>
    <message>
        <source>Relate assets to “{name}”</source>
        <translation>アセットを「{name}」に関連付け</translation>
    </message>
    <message>
        <source>Related assets know each other, whichever of them one looks at.</source>
        <translation>関連アセットは、どちらを表示しても互いに示されます。</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>関連付け</translation>
    </message>
    <message>
        <source>Search this environment</source>
        <translation>この環境を検索</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>アセット</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>RelatedCard</name>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Relate…</source>
        <translation>関連付け…</translation>
    </message>
    <message>
        <source>Related assets</source>
        <translation>関連アセット</translation>
    </message>
    <message>
        <source>Show related assets</source>
        <translation>関連アセットを表示</translation>
    </message>
    <message>
        <source>Relate other assets to this one</source>
        <translation>他のアセットをこれに関連付ける</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>まだありません。</translation>
    </message>
    <message>
        <source>No longer related</source>
        <translation>関連付けを解除しました</translation>
    </message>
    <message>
        <source>End the relation to {name}</source>
        <translation>{name} との関連付けを解除</translation>
    </message>
</context>
<context>
    <name>RenditionCard</name>
    <message>
        <source>Comes from delivery…</source>
        <translation>配信から取得中…</translation>
    </message>
    <message>
        <source>Copy the {what} of {preset}</source>
        <translation>{preset} の {what} をコピー</translation>
    </message>
    <message>
        <source>What came cannot be shown.</source>
        <translation>取得した内容を表示できません。</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>{percent} % 削減</translation>
    </message>
    <message>
        <source>The picture comes when the connection is back. The address is good.</source>
        <translation>画像は接続が回復すると表示されます。アドレスは有効です。</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>URL をコピーしました</translation>
    </message>
    <message>
        <source>HTML copied</source>
        <translation>HTML をコピーしました</translation>
    </message>
    <message>
        <source>Markdown copied</source>
        <translation>Markdown をコピーしました</translation>
    </message>
    <message>
        <source>Drag it into another program</source>
        <translation>別のプログラムにドラッグできます</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>ブラウザーで開く</translation>
    </message>
    <message>
        <source>Open {preset} in the browser</source>
        <translation>{preset} をブラウザーで開く</translation>
    </message>
</context>
<context>
    <name>RenditionsPanel</name>
    <message>
        <source>Push…</source>
        <translation>プッシュ…</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>レンディションセット</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>レンディション</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>すべてのプリセット</translation>
    </message>
    <message>
        <source>May not be delivered</source>
        <translation>配信できません</translation>
    </message>
    <message>
        <source>No renditions</source>
        <translation>レンディションなし</translation>
    </message>
    <message>
        <source>Select one asset to see how it is delivered.</source>
        <translation>配信の内容を見るには、アセットを 1 件選択してください。</translation>
    </message>
    <message>
        <source>Not pushed yet</source>
        <translation>未プッシュ</translation>
    </message>
    <message>
        <source>Renditions are made from the copy in Cloudinary. Push this asset, and they appear here.</source>
        <translation>レンディションは Cloudinary にあるコピーから作成されます。このアセットをプッシュするとここに表示されます。</translation>
    </message>
    <message>
        <source>Changed since it was pushed</source>
        <translation>プッシュ後に変更あり</translation>
    </message>
    <message>
        <source>Delivered as it is</source>
        <translation>そのまま配信</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>Cloudinary がレンディションを作成するのは画像と動画です。このファイルは変更なしで配信されます。</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>What was replaced</source>
        <translation>置き換えられたもの</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>配置先</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>Replacements</name>
    <message>
        <source>Show…</source>
        <translation>表示…</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>The table behind the chart</source>
        <translation>グラフの元の表</translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>アカウントがまだありません。先に追加してください。</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>確認…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>%Ln 件の配信済みコピーは公開できなくなりました。確認後に取り下げられます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>%Ln 件の配信済みコピーの公開範囲を変更しています。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message>
        <source>Retractions in {account}</source>
        <translation>{account} での取り下げ</translation>
    </message>
    <message>
        <source>Looking at what is delivered…</source>
        <translation>配信内容を確認中…</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>未処理</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>処理済み</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>未処理 (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>処理済み (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>%Ln 件の配信済みコピーは公開できなくなりました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>%Ln 件のレンディションは公開できなくなりました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>%Ln 件は再び許可されました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that is delivered may be seen.</source>
        <translation>配信中のものはすべて公開が許可されています。</translation>
    </message>
    <message>
        <source>That is much at once. Nothing is taken away before you have looked at the names.</source>
        <translation>一度に処理するには多数です。名前を確認するまで何も取り下げられません。</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln away</source>
        <translation>
            <numerusform>%Ln 件を取り下げ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %Ln back</source>
        <translation>
            <numerusform>%Ln 件を復帰</numerusform>
        </translation>
    </message>
    <message>
        <source>it is allowed again</source>
        <translation>再び許可されました</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>取り下げ</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>復帰</translation>
    </message>
    <message>
        <source>{name}, rendition {preset}</source>
        <translation>{name}、レンディション {preset}</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>未検証</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>取り下げ済み</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>復帰済み</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>対象外</translation>
    </message>
    <message>
        <source>Was gone</source>
        <translation>すでになし</translation>
    </message>
</context>
<context>
    <name>ReviewErrands</name>
    <message>
        <source>There is nothing to review here.</source>
        <translation>ここにレビューするものはありません。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>レビュー</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>{row} of {count}  ·  {decided} decided</source>
        <translation>{row} / {count}  ·  {decided} 件判断済み</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>1 枚表示</translation>
    </message>
    <message>
        <source>Compare below a line (V)</source>
        <translation>境界線で比較 (V)</translation>
    </message>
    <message>
        <source>Onion skin (V)</source>
        <translation>オニオンスキン (V)</translation>
    </message>
    <message>
        <source>Difference (V)</source>
        <translation>差分 (V)</translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットのレビューパック</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>レビュー</translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>マスター(&amp;M)</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>以下のレンディション(&amp;R)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Write Pack</source>
        <translation>パックを作成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Pictures and a page that opens in any browser. What comes back of it is a file with verdicts and comments, for “Import Verdicts”.</source>
        <translation>画像と、どのブラウザーでも開けるページです。返ってくるのは判定とコメントのファイルで、「判定を読み込み」で取り込みます。</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>何を見てもらいますか?</translation>
    </message>
    <message>
        <source>The whole review</source>
        <translation>レビュー全体</translation>
    </message>
    <message>
        <source>What the verdicts that come back decide</source>
        <translation>返ってきた判定で決まる範囲</translation>
    </message>
    <message>
        <source>A name that ends in .zip makes a ZIP, any other a folder</source>
        <translation>名前の末尾が .zip なら ZIP、それ以外はフォルダーになります</translation>
    </message>
    <message>
        <source>Choose where the pack is written to</source>
        <translation>パックの保存先を選択</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>タイトル(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>メモ(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Where to</source>
        <translation>保存先(&amp;W)</translation>
    </message>
    <message>
        <source>They decide the &amp;stage</source>
        <translation>判断する段階(&amp;S)</translation>
    </message>
    <message>
        <source>Write the review pack to</source>
        <translation>レビューパックの保存先</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>ZIP ファイル (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 枚の画像</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {whole} pictures</source>
        <translation>{whole} 枚中 {done} 枚の画像</translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message>
        <source>Import verdicts</source>
        <translation>判定を読み込み</translation>
    </message>
    <message>
        <source>Verdicts (*.json)</source>
        <translation>判定 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>{name} に %Ln 枚の画像があります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>ファイルマネージャーで表示</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln 枚の画像がパックに含まれていません。{name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>%Ln 本の動画は、それぞれ 1 枚の画像としてパックに含まれています。{name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln 件の判定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln 件のコメント</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded of {name}: {what}.</source>
        <translation>{name} の内容を記録しました: {what}。</translation>
    </message>
</context>
<context>
    <name>ReviewPackImportDialog</name>
    <message>
        <source>Import verdicts</source>
        <translation>判定を読み込み</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>What will be recorded</source>
        <translation>記録される内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Verdicts of {name} on “{pack}”</source>
        <translation>「{pack}」に対する {name} の判定</translation>
    </message>
    <message>
        <source>Recorded as decisions and comments of {who}.</source>
        <translation>{who} の判断とコメントとして記録されます。</translation>
    </message>
    <message>
        <source>This file was imported on {moment}: there is nothing new in it.</source>
        <translation>このファイルは {moment} に読み込み済みで、新しい内容はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>うち %Ln 件は記録できません。理由はそれぞれに表示されます。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>このファイルに新しい内容はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln 件のコメント: {text}</numerusform>
        </translation>
    </message>
    <message>
        <source>On record already</source>
        <translation>記録済み</translation>
    </message>
    <message>
        <source>Comments only</source>
        <translation>コメントのみ</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message>
        <source>Review queue</source>
        <translation>レビューキュー</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>未判断 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>期限超過 %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}: %Ln 枚の画像が {reviewers} を待っています。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message>
        <source>Close Request…</source>
        <translation>依頼を終了…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>レビュー</translation>
    </message>
    <message>
        <source>Review Pack…</source>
        <translation>レビューパック…</translation>
    </message>
    <message>
        <source>Look at Moderation Now</source>
        <translation>今すぐモデレーションを確認</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>担当</translation>
    </message>
    <message>
        <source>Whose queue is shown</source>
        <translation>キューを表示する人</translation>
    </message>
    <message>
        <source>Review requests</source>
        <translation>レビュー依頼</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>未判断</translation>
    </message>
    <message>
        <source>Hand these pictures to somebody who has no account</source>
        <translation>アカウントのない人にこれらの画像を渡します</translation>
    </message>
    <message>
        <source>Ask Cloudinary what waits for a moderator</source>
        <translation>モデレーター待ちのものを Cloudinary に問い合わせます</translation>
    </message>
    <message>
        <source>You ({name})</source>
        <translation>あなた ({name})</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>未判断 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>期限超過 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>期限なし</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>残り %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Nothing here waits for this person.</source>
        <translation>この人を待っているものはありません。</translation>
    </message>
    <message>
        <source>{who} asks {reviewers}</source>
        <translation>{who} から {reviewers} への依頼</translation>
    </message>
    <message>
        <source>Close “{title}”?</source>
        <translation>「{title}」を終了しますか?</translation>
    </message>
    <message>
        <source>Nobody is asked to look at it any more. What was decided stays.</source>
        <translation>以後、誰にも確認は求められません。すでに行われた判断は残ります。</translation>
    </message>
    <message>
        <source>Close Request</source>
        <translation>依頼を終了</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>終了しない</translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットのレビューを依頼</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>マスター(&amp;M)</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>以下のレンディション(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Due</source>
        <translation>期限(&amp;D)</translation>
    </message>
    <message>
        <source>Ask for Review</source>
        <translation>レビューを依頼</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>何についての依頼ですか?</translation>
    </message>
    <message>
        <source>Due date and time</source>
        <translation>期限の日時</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>何を見てもらいますか?</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>タイトル(&amp;T)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>Re&amp;viewers</source>
        <translation>レビュアー(&amp;V)</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>メモ(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>確認する画像 %Ln 枚</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>{title}: review</source>
        <translation>{title}: レビュー</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
</context>
<context>
    <name>RightsCalendar</name>
    <message>
        <source>Rights calendar</source>
        <translation>権利カレンダー</translation>
    </message>
    <message>
        <source>What begins and ends next, by the files and by what is claimed.</source>
        <translation>ファイルと申告に基づいて、次に開始または終了する権利です。</translation>
    </message>
    <message>
        <source>What &amp;begins, too</source>
        <translation>開始も表示(&amp;B)</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>ライブラリで表示</translation>
    </message>
    <message>
        <source>Rights…</source>
        <translation>権利…</translation>
    </message>
    <message>
        <source>What begins and ends</source>
        <translation>開始と終了</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Nothing begins or ends in these three months.</source>
        <translation>この 3 か月間に開始または終了するものはありません。</translation>
    </message>
</context>
<context>
    <name>RightsDocumentsList</name>
    <message>
        <source>Attach</source>
        <translation>添付</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>添付を解除</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>書類</translation>
    </message>
    <message>
        <source>{kind}…</source>
        <translation>{kind}…</translation>
    </message>
    <message>
        <source>Attach a document</source>
        <translation>書類を添付</translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットの権利</numerusform>
        </translation>
    </message>
    <message>
        <source>A claim never widens what a file says: of both, the stricter holds.</source>
        <translation>申告でファイルの記載より広げることはできません。両者のうち厳しいほうが有効です。</translation>
    </message>
    <message>
        <source>Save as Template…</source>
        <translation>テンプレートとして保存…</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>申告</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>テンプレート</translation>
    </message>
    <message>
        <source>Fill the form with what a template says</source>
        <translation>テンプレートの内容をフォームに入力</translation>
    </message>
    <message>
        <source>What was claimed</source>
        <translation>申告の内容</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>These assets are not there any more.</source>
        <translation>これらのアセットはもう存在しません。</translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>履歴 (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that you do not touch stay as they are in each.</source>
        <translation>変更しないフィールドは、各アセットで現在のまま残ります。</translation>
    </message>
    <message>
        <source>Rights in “{name}”</source>
        <translation>「{name}」の権利</translation>
    </message>
    <message>
        <source>What holds now: {rights}</source>
        <translation>現在有効: {rights}</translation>
    </message>
    <message>
        <source>Template…</source>
        <translation>テンプレート…</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>テンプレートとして保存</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>テンプレートの名前</translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message>
        <source>Calendar…</source>
        <translation>カレンダー…</translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>%Ln 件のアセットの権利が 1 日以内に終了します: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>%Ln 件のアセットの権利が {days} 日以内に終了します: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>%Ln 件のアセットの権利が終了しました: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>%Ln 件のアセットの権利を記録しました。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsForm</name>
    <message>
        <source>Territories</source>
        <translation>地域</translation>
    </message>
    <message>
        <source>Not in</source>
        <translation>対象外の地域</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>チャネル</translation>
    </message>
    <message>
        <source>Not for</source>
        <translation>対象外のチャネル</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>権利</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>異なる値</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>すべての地域</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>除外なし</translation>
    </message>
    <message>
        <source>For everything</source>
        <translation>すべての用途</translation>
    </message>
    <message>
        <source>A contract, an e-mail, a person</source>
        <translation>契約、メール、人など</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条件</translation>
    </message>
    <message>
        <source>When</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>開始(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>終了(&amp;U)</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>タイムゾーン(&amp;Z)</translation>
    </message>
    <message>
        <source>Where and for what</source>
        <translation>地域と用途</translation>
    </message>
    <message>
        <source>&amp;Territories</source>
        <translation>地域(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Not in</source>
        <translation>対象外の地域(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>チャネル(&amp;C)</translation>
    </message>
    <message>
        <source>Not f&amp;or</source>
        <translation>対象外のチャネル(&amp;O)</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>ライセンス(&amp;L)</translation>
    </message>
    <message>
        <source>Usa&amp;ge terms</source>
        <translation>使用条件(&amp;G)</translation>
    </message>
    <message>
        <source>Cre&amp;dit line</source>
        <translation>クレジットライン(&amp;D)</translation>
    </message>
    <message>
        <source>Sou&amp;rce</source>
        <translation>出典(&amp;R)</translation>
    </message>
    <message>
        <source>Releases and documents</source>
        <translation>リリースと書類</translation>
    </message>
    <message>
        <source>&amp;Model release</source>
        <translation>モデルリリース(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Property release</source>
        <translation>プロパティリリース(&amp;P)</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>書類</translation>
    </message>
</context>
<context>
    <name>RoleField</name>
    <message>
        <source>brand, legal; left empty: everybody</source>
        <translation>brand, legal。空の場合は全員</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>レビュアー</translation>
    </message>
    <message>
        <source>Ask {role}</source>
        <translation>{role} に依頼</translation>
    </message>
</context>
<context>
    <name>RowTool</name>
    <message>
        <source>More about “{field}”</source>
        <translation>「{field}」のその他の操作</translation>
    </message>
    <message>
        <source>{name} (Ctrl+.)</source>
        <translation>{name} (Ctrl+.)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>履歴(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Copy the Value</source>
        <translation>値をコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Empty It</source>
        <translation>空にする(&amp;E)</translation>
    </message>
    <message>
        <source>In Another &amp;Language</source>
        <translation>他の言語(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>その他(&amp;O)…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Its tag, such as sv or pt-BR:</source>
        <translation>言語タグ (sv、pt-BR など):</translation>
    </message>
</context>
<context>
    <name>RuleConditions</name>
    <message>
        <source>and</source>
        <translation>かつ</translation>
    </message>
    <message>
        <source>or</source>
        <translation>または</translation>
    </message>
    <message>
        <source>is</source>
        <translation>が次の値</translation>
    </message>
    <message>
        <source>has</source>
        <translation>が次を含む</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>が入力済み</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>が空</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>複数の場合はカンマ区切り</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>結合方法</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>フィールド</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>“And” joins more closely than “or”.</source>
        <translation>「かつ」は「または」より優先されます。</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>条件を追加</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>この条件を削除</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save report</source>
        <translation>レポートを保存</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>必要なときのみ</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>毎日</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>毎週</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>毎月</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Write it</source>
        <translation>書き出し頻度(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>保存先フォルダー(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>形式(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>It will always be about the same days, {first} – {last}.</source>
        <translation>対象期間は常に {first} – {last} です。</translation>
    </message>
    <message>
        <source>It is written while Asset Bridge runs; what was missed, at the start.</source>
        <translation>Asset Bridge の実行中に書き出されます。実行できなかった分は次の起動時に書き出されます。</translation>
    </message>
    <message>
        <source>Write the report into</source>
        <translation>レポートの保存先</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>夏のバナー 1200 × 630</translation>
    </message>
    <message>
        <source>web, social, mail…</source>
        <translation>web, social, mail…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>タイトル(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>チャネル(&amp;C)</translation>
    </message>
    <message>
        <source>Save as a rendition preset</source>
        <translation>レンディションプリセットとして保存</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>プリセットとして保存</translation>
    </message>
</context>
<context>
    <name>SavedSearchesButton</name>
    <message>
        <source>Saved</source>
        <translation>保存済み</translation>
    </message>
    <message>
        <source>Searches that have a name</source>
        <translation>名前の付いた検索</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>保存済みの検索</translation>
    </message>
    <message>
        <source>No search has a name yet</source>
        <translation>名前の付いた検索はまだありません</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>この検索を保存…</translation>
    </message>
    <message>
        <source>Copy a link, good for a day</source>
        <translation>1 日有効なリンクをコピー</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>ファイルに書き出し…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>ファイルから読み込み…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>検索を保存</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>この検索の名前。同じ名前の検索は置き換えられます。</translation>
    </message>
    <message>
        <source>Saved: {names}.</source>
        <translation>保存しました: {names}。</translation>
    </message>
    <message>
        <source>Removed: {names}.</source>
        <translation>削除しました: {names}。</translation>
    </message>
    <message>
        <source>The link is in the clipboard. Whoever has it sees what is found, for a day.</source>
        <translation>リンクをクリップボードにコピーしました。リンクを持つ人は 1 日間、検索結果を見ることができます。</translation>
    </message>
    <message>
        <source>Write searches</source>
        <translation>検索を書き出し</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>テキスト (*.txt)</translation>
    </message>
    <message>
        <source>Written: {names}.</source>
        <translation>書き出しました: {names}。</translation>
    </message>
    <message>
        <source>Take searches</source>
        <translation>検索を読み込み</translation>
    </message>
    <message>
        <source>Taken from {names}.</source>
        <translation>{names} から読み込みました。</translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>サンプルキャンペーンを準備中</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} を読み取り中</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln 件のファイルが見つかりました</numerusform>
        </translation>
    </message>
    <message>
        <source>{read} of {total}</source>
        <translation>{read} / {total}</translation>
    </message>
    <message>
        <source>Stopped; what was read stays.</source>
        <translation>停止しました。読み取った分は残ります。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>%Ln 件のファイルを読み取りました</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>All days</source>
        <translation>全期間</translation>
    </message>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>過去 %Ln 日</numerusform>
        </translation>
    </message>
    <message>
        <source>Within 30 days</source>
        <translation>30 日以内</translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>%Ln 日以内</numerusform>
        </translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>大きなファイル</translation>
    </message>
    <message>
        <source>{size} and more</source>
        <translation>{size} 以上</translation>
    </message>
    <message>
        <source>All libraries</source>
        <translation>すべてのライブラリ</translation>
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
        <translation>名前、タイトル、キーワード、人物を検索…</translation>
    </message>
    <message>
        <source>Search in {place} …</source>
        <translation>{place} を検索…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>検索をクリア</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>サムネールのサイズ</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>撮影日</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>更新日</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>昇順</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降順</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>並べ替え: {order}</translation>
    </message>
</context>
<context>
    <name>SearchTokens</name>
    <message>
        <source>Filters</source>
        <translation>フィルター</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide the secret</source>
        <translation>シークレットを隠す</translation>
    </message>
    <message>
        <source>Show the secret</source>
        <translation>シークレットを表示</translation>
    </message>
</context>
<context>
    <name>SetForm</name>
    <message>
        <source>Summer campaign</source>
        <translation>夏のキャンペーン</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change set</source>
        <translation>セットを変更</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>新しいセット</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>タイトル(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
</context>
<context>
    <name>SetsPage</name>
    <message>
        <source>Sets</source>
        <translation>セット</translation>
    </message>
    <message>
        <source>Presets of the set</source>
        <translation>セットのプリセット</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新規(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>名前を変更(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>複製(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>削除(&amp;L)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln 個のプリセット</numerusform>
        </translation>
    </message>
    <message>
        <source>Presets of “{set}”: tick them, and drag them into their order</source>
        <translation>「{set}」のプリセット: チェックを付け、ドラッグして並べ替えます</translation>
    </message>
    <message>
        <source>“{set}” was changed.</source>
        <translation>「{set}」を変更しました。</translation>
    </message>
    <message>
        <source>“{set}” was saved.</source>
        <translation>「{set}」を保存しました。</translation>
    </message>
    <message>
        <source>{set} (copy)</source>
        <translation>{set} (コピー)</translation>
    </message>
    <message>
        <source>“{set}” was duplicated.</source>
        <translation>「{set}」を複製しました。</translation>
    </message>
    <message>
        <source>“{set}” was deleted. Its presets stay.</source>
        <translation>「{set}」を削除しました。プリセットは残ります。</translation>
    </message>
    <message>
        <source>The sets are in another order.</source>
        <translation>セットの順序が変わりました。</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Not made: {reason}</source>
        <translation>作成されませんでした: {reason}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Contact sheet</source>
        <translation>コンタクトシート</translation>
    </message>
</context>
<context>
    <name>ShelterActions</name>
    <message>
        <source>&amp;Search All of PhotoShelter…</source>
        <translation>PhotoShelter 全体を検索(&amp;S)…</translation>
    </message>
    <message>
        <source>Keep &amp;Offline…</source>
        <translation>オフラインで保持(&amp;O)…</translation>
    </message>
    <message>
        <source>Keep &amp;No Longer</source>
        <translation>保持を解除(&amp;N)</translation>
    </message>
    <message>
        <source>New Items Go to &amp;Review</source>
        <translation>新しいアイテムをレビューに回す(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Archive Campaign…</source>
        <translation>キャンペーンをアーカイブ(&amp;A)…</translation>
    </message>
    <message>
        <source>Archi&amp;ves…</source>
        <translation>アーカイブ(&amp;V)…</translation>
    </message>
    <message>
        <source>Field &amp;Mapping…</source>
        <translation>フィールドマッピング(&amp;M)…</translation>
    </message>
    <message>
        <source>Re&amp;tractions…</source>
        <translation>取り下げ(&amp;T)…</translation>
    </message>
    <message>
        <source>Sign &amp;In Again…</source>
        <translation>再度サインイン(&amp;I)…</translation>
    </message>
    <message>
        <source>Sign O&amp;ut…</source>
        <translation>サインアウト(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Record What Is Published</source>
        <translation>公開内容を記録(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Search All of {service}…</source>
        <translation>{service} 全体を検索(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message>
        <source>At {service}</source>
        <translation>{service}</translation>
    </message>
    <message>
        <source>Note: {what}.</source>
        <translation>注意: {what}。</translation>
    </message>
    <message>
        <source>What was pushed of it is held back: nobody sees it any more.</source>
        <translation>ここからプッシュしたものは保留され、誰にも表示されません。</translation>
    </message>
    <message>
        <source>It has a newer version than was pushed. Push it again to put it in the old one’s place.</source>
        <translation>プッシュしたものより新しいバージョンがあります。もう一度プッシュすると、古いものと置き換わります。</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Its approval there</source>
        <translation>サービスでの承認</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>制限</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>リリース</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>公開</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>サービスでの変更</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>ギャラリー</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>{place} に移動</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>バージョン {number}</translation>
    </message>
</context>
<context>
    <name>ShelterErrands</name>
    <message>
        <source>Choose the library of a service at the left first.</source>
        <translation>先に左側でサービスのライブラリを選択してください。</translation>
    </message>
    <message>
        <source>{name} is connected. Its collections appear as they are read.</source>
        <translation>{name} に接続しました。コレクションは読み取られたものから表示されます。</translation>
    </message>
    <message>
        <source>Sign out of {name}?</source>
        <translation>{name} からサインアウトしますか?</translation>
    </message>
    <message>
        <source>Its key and password are deleted here. The library stays as it was last seen, with all decisions, and what is queued for it waits until you sign in again.</source>
        <translation>キーとパスワードはここから削除されます。ライブラリはすべての判断とともに最後に表示された状態で残り、キューにあるものは再びサインインするまで待機します。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>サインアウト</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>サインアウトしない</translation>
    </message>
    <message>
        <source>You are signed out of {name}.</source>
        <translation>{name} からサインアウトしました。</translation>
    </message>
    <message>
        <source>{name} is kept offline. Its pictures are fetched in the background.</source>
        <translation>{name} をオフラインで保持します。画像はバックグラウンドで取得されます。</translation>
    </message>
    <message>
        <source>Keep “{name}” offline no longer?</source>
        <translation>「{name}」のオフライン保持を解除しますか?</translation>
    </message>
    <message>
        <source>Its originals here are deleted, its pictures when room is needed. Everything stays at {service}.</source>
        <translation>ここにあるオリジナルは削除され、画像は容量が必要になったときに削除されます。{service} にはすべて残ります。</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保持する</translation>
    </message>
    <message>
        <source>{name} is not kept offline any more.</source>
        <translation>{name} のオフライン保持を解除しました。</translation>
    </message>
    <message>
        <source>New items in {name} go to the review queue from now on.</source>
        <translation>今後、{name} の新しいアイテムはレビューキューに入ります。</translation>
    </message>
    <message>
        <source>New items in {name} do not go to the review queue any more.</source>
        <translation>今後、{name} の新しいアイテムはレビューキューに入りません。</translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message>
        <source>Search all of {service}</source>
        <translation>{service} 全体を検索</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>ウィンドウに表示</translation>
    </message>
    <message>
        <source>{service} looks through {library}, synced here or not.</source>
        <translation>ここに同期されているかどうかにかかわらず、{service} が {library} 全体を検索します。</translation>
    </message>
    <message>
        <source>Words in names, captions and keywords</source>
        <translation>名前、キャプション、キーワードの語</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>検索語</translation>
    </message>
    <message>
        <source>Found at {service}</source>
        <translation>{service} で見つかったもの</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln 件のアセットが見つかりました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>未同期</translation>
    </message>
</context>
<context>
    <name>ShelterSignInDialog</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>PhotoShelter に接続</translation>
    </message>
</context>
<context>
    <name>ShelterSignInForm</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>PhotoShelter に接続</translation>
    </message>
    <message>
        <source>Its collections appear at the left, and originals stay there until you want one. Key and password are kept in this computer’s keyring, never in plain text.</source>
        <translation>コレクションは左側に表示され、オリジナルは必要になるまで PhotoShelter に残ります。キーとパスワードはこのコンピューターのキーリングに保存され、平文で保存されることはありません。</translation>
    </message>
    <message>
        <source>&amp;Stay signed in</source>
        <translation>サインイン状態を維持(&amp;S)</translation>
    </message>
    <message>
        <source>Sign in with the browser…</source>
        <translation>ブラウザーでサインイン…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>{library} に再度サインイン</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>サインイン中…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>The organisation’s name</source>
        <translation>組織の名前</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API キー(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>メール(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>パスワード(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>Asset Bridge での名前(&amp;N)</translation>
    </message>
    <message>
        <source>The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the password is not kept, and you are asked for it when the session ends.</source>
        <translation>API キーは PhotoShelter の API バージョン 4 用です。「サインイン状態を維持」を選択しない場合、パスワードは保存されず、セッション終了時に入力が必要になります。</translation>
    </message>
</context>
<context>
    <name>ShortcutRows</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>usually {keys}</source>
        <translation>標準は {keys}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Single letters act while the assets have the keyboard, everything else in the whole window.</source>
        <translation>1 文字のキーはアセットにフォーカスがあるとき、それ以外はウィンドウ全体で機能します。</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Use as well</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>リセット</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>すべてリセット</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>操作を検索</translation>
    </message>
    <message>
        <source>Find by pressing keys</source>
        <translation>キーを押して検索</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作とキー</translation>
    </message>
    <message>
        <source>New keys: press them</source>
        <translation>新しいキー: 押してください</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>新しいキーを押してください</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>キーを押すと、その機能が表示されます</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>操作を検索…</translation>
    </message>
    <message>
        <source>Choose an action</source>
        <translation>操作を選択してください</translation>
    </message>
    <message>
        <source>Move them here</source>
        <translation>こちらに割り当てる</translation>
    </message>
    <message>
        <source>{keys} has a meaning that stays: in lists and fields, or to the system.</source>
        <translation>{keys} の機能は変更できません。リストやフィールド、またはシステムで使用されています。</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}”, which would have it no longer.</source>
        <translation>{keys} は「{action}」に割り当てられています。割り当てると、そちらでは使えなくなります。</translation>
    </message>
    <message>
        <source>{keys} will act while the assets have the keyboard.</source>
        <translation>{keys} は、アセットにフォーカスがあるときに機能します。</translation>
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
        <translation>フォルダーを追加</translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットの「{preset}」を作成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>キーワード「{keyword}」を %Ln 件のアセットに追加</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットを承認</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>%Ln 件のアセットをレビューに回す</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>%Ln 件のアセットをプッシュ…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>%Ln 件のファイルをここにコピー…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>%Ln 件のアセットをこのフォルダーに移動…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizePage</name>
    <message>
        <source>Size and fit</source>
        <translation>サイズとフィット</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高さ</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>フィット</translation>
    </message>
    <message>
        <source>Keep in sight</source>
        <translation>残す範囲</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Pixel density</source>
        <translation>ピクセル密度</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>よく使うサイズ</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>サイズ (ピクセル)</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Stretch to the size</source>
        <translation>サイズに合わせて伸縮</translation>
    </message>
    <message>
        <source>At most, never enlarged</source>
        <translation>上限まで (拡大しない)</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>内側に収める</translation>
    </message>
    <message>
        <source>Fill, cut the rest off</source>
        <translation>塗りつぶし (はみ出しを切り取り)</translation>
    </message>
    <message>
        <source>Fill, never enlarged</source>
        <translation>塗りつぶし (拡大しない)</translation>
    </message>
    <message>
        <source>Fit inside, pad the rest</source>
        <translation>内側に収める (余白を追加)</translation>
    </message>
    <message>
        <source>Pad, never enlarged</source>
        <translation>余白を追加 (拡大しない)</translation>
    </message>
    <message>
        <source>Close to what is kept in sight</source>
        <translation>残す範囲に寄せる</translation>
    </message>
    <message>
        <source>Chosen by the content</source>
        <translation>内容に応じて選択</translation>
    </message>
    <message>
        <source>Stretch (written out)</source>
        <translation>伸縮 (明示指定)</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>中央</translation>
    </message>
    <message>
        <source>What matters (auto)</source>
        <translation>重要な部分 (auto)</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>最も大きい顔</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>すべての顔</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>右上</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>右下</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>左下</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>左上</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>標準</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黒</translation>
    </message>
    <message>
        <source>Colour of the edge</source>
        <translation>端の色</translation>
    </message>
    <message>
        <source>Predominant colour</source>
        <translation>主要な色</translation>
    </message>
    <message>
        <source>Blurred (video)</source>
        <translation>ぼかし (動画)</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message>
        <source>Skipped files</source>
        <translation>スキップしたファイル</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>名前または理由で絞り込み</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>もう一度確認</translation>
    </message>
    <message>
        <source>Scan the library again, for instance after mending permissions</source>
        <translation>アクセス権の修正後などに、ライブラリをもう一度スキャンします</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>一覧をコピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>{library} の %Ln 件のファイルは取り込まれず、そのまま残っています。</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file of {library} could be taken in.</source>
        <translation>{library} のファイルはすべて取り込めました。</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>候補を検索中…</translation>
    </message>
    <message>
        <source>&amp;Add to the Dictionary</source>
        <translation>辞書に追加(&amp;A)</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>候補なし</translation>
    </message>
</context>
<context>
    <name>StackConflictDialog</name>
    <message>
        <source>Two pictures for “{field}”</source>
        <translation>「{field}」の 2 枚の画像</translation>
    </message>
    <message>
        <source>Somebody changed {entry} ({locale}) at Contentstack since it was published. Nothing was overwritten: choose which picture stays.</source>
        <translation>公開後に、Contentstack で {entry} ({locale}) が変更されました。上書きはされていません。残す画像を選択してください。</translation>
    </message>
    <message>
        <source>&amp;Ours, the approved rendition</source>
        <translation>こちらの値 (承認済みレンディション)(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>現在の値 (他の人の変更)(&amp;T)</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>これを残す</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>後で決める</translation>
    </message>
    <message>
        <source>(no picture)</source>
        <translation>(画像なし)</translation>
    </message>
</context>
<context>
    <name>StackForm</name>
    <message>
        <source>Test and Save</source>
        <translation>テストして保存</translation>
    </message>
    <message>
        <source>Change a stack</source>
        <translation>スタックを変更</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>新しいスタック</translation>
    </message>
    <message>
        <source>Leave empty to keep the one in the keyring</source>
        <translation>空欄の場合はキーリングのものを維持</translation>
    </message>
    <message>
        <source>Of the stack&apos;s settings; it goes to the keyring</source>
        <translation>スタックの設定のもの。キーリングに保存されます</translation>
    </message>
    <message>
        <source>it has to look like de=de-de</source>
        <translation>de=de-de の形式で指定してください</translation>
    </message>
    <message>
        <source>Site, shop, app, …</source>
        <translation>サイト、ショップ、アプリなど</translation>
    </message>
    <message>
        <source>blt…, as the stack&apos;s settings show it</source>
        <translation>blt… (スタックの設定に表示)</translation>
    </message>
    <message>
        <source>&amp;Service or region</source>
        <translation>サービスまたはリージョン(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>トークン(&amp;T)</translation>
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
        <translation>なし: 他のアセットと同じ場所</translation>
    </message>
    <message>
        <source>Where renditions are kept that were copied for fields that hold files.</source>
        <translation>ファイル型フィールド用にコピーしたレンディションの保存場所です。</translation>
    </message>
    <message>
        <source>Which locale of the stack is meant by a language, a market, or both. Where nothing is said, a locale of that name is taken, and else the master&apos;s.</source>
        <translation>言語、市場、またはその組み合わせがスタックのどのロケールを表すかを指定します。指定がない場合は同名のロケール、それもなければマスターのロケールが使われます。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>リージョン(&amp;R)</translation>
    </message>
    <message>
        <source>{name} is asked whether it answers to this…</source>
        <translation>{name} で有効か確認中…</translation>
    </message>
    <message>
        <source>&amp;API key</source>
        <translation>API キー(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Management token</source>
        <translation>管理トークン(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>ブランチ(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>環境(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Locales</source>
        <translation>ロケール(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Folder of copies</source>
        <translation>コピーのフォルダー(&amp;F)</translation>
    </message>
    <message>
        <source>When rights en&amp;d</source>
        <translation>権利の終了時(&amp;D)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>The shapes differ</source>
        <translation>縦横比が異なります</translation>
    </message>
</context>
<context>
    <name>StandardFacts</name>
    <message>
        <source>Several values</source>
        <translation>複数の値</translation>
    </message>
</context>
<context>
    <name>StandardForm</name>
    <message>
        <source>Custom fields</source>
        <translation>カスタムフィールド</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more group(s)</source>
        <translation>
            <numerusform>ほか %Ln 個のグループ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>ほか %Ln 個のフィールド</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>必須 %Ln 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>入力済み %Ln 個</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardPage</name>
    <message>
        <source>Written into the file</source>
        <translation>ファイルに書き込み</translation>
    </message>
    <message>
        <source>Written into the files</source>
        <translation>ファイルに書き込み</translation>
    </message>
    <message>
        <source>Written into an XMP file beside it</source>
        <translation>同じ場所の XMP ファイルに書き込み</translation>
    </message>
    <message>
        <source>Written into XMP files beside them</source>
        <translation>同じ場所の XMP ファイルに書き込み</translation>
    </message>
    <message>
        <source>Kept at {service}</source>
        <translation>{service} に保存</translation>
    </message>
    <message>
        <source>Cannot be written where it lies</source>
        <translation>元の場所に書き込めません</translation>
    </message>
</context>
<context>
    <name>StandardRow</name>
    <message>
        <source>There is no place for it at {service}.</source>
        <translation>{service} に保存する場所がありません。</translation>
    </message>
    <message>
        <source>“{text}” was not kept: {why}</source>
        <translation>「{text}」は保存されませんでした: {why}</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>プッシュの前に必要です。</translation>
    </message>
    <message>
        <source>The parts of the file disagree about it; this is what most programs show.</source>
        <translation>ファイル内の値が一致していません。これは多くのプログラムが表示する値です。</translation>
    </message>
</context>
<context>
    <name>StarsEditor</name>
    <message>
        <source>Several values</source>
        <translation>複数の値</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>不採用</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>評価なし</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>There is a verified backup of {day}. It can take the ledger&apos;s place; the damaged file is kept aside.</source>
        <translation>{day} の検証済みバックアップがあります。これを台帳の代わりにできます。破損したファイルは別に保管されます。</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>バックアップを復元</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Duplicate a step</source>
        <translation>手順を複製</translation>
    </message>
    <message>
        <source>Remove a step</source>
        <translation>手順を削除</translation>
    </message>
    <message>
        <source>Move a step</source>
        <translation>手順を移動</translation>
    </message>
    <message>
        <source>Switch a step</source>
        <translation>手順の切り替え</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>手順</translation>
    </message>
    <message>
        <source>No steps yet: the rendition is the master as it is.</source>
        <translation>手順がまだありません。レンディションはマスターと同じです。</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>後へ</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>StudioWindow</name>
    <message>
        <source>The master is being read…</source>
        <translation>マスターを読み取り中…</translation>
    </message>
    <message>
        <source>rendition</source>
        <translation>レンディション</translation>
    </message>
    <message>
        <source>{name}: studio</source>
        <translation>{name}: スタジオ</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>切り抜き</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>調整</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>オーバーレイ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>カット</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>「{name}」として保存しました。</translation>
    </message>
    <message>
        <source>Begun with “{name}”.</source>
        <translation>「{name}」から開始しました。</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>プレビューなし</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>%Ln 件のアセットを選択中</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} together</source>
        <translation>合計 {size}</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>プッシュ済み</translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>あと %Ln 件を表示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>ドロップした %Ln 件の項目をライブラリにコピー</numerusform>
        </translation>
    </message>
    <message>
        <source>The originals stay where they are. What the library already holds is not copied twice, and nothing in it is overwritten.</source>
        <translation>オリジナルは元の場所に残ります。ライブラリにすでにあるものは二重にコピーされず、上書きもされません。</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>%Ln 件の項目をコピー</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped items</source>
        <translation>ドロップした項目</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>ライブラリの最上位</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>ライブラリ(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>フォルダー(&amp;F)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>A folder needs a name at each level, and no “..”.</source>
        <translation>フォルダーの各階層には名前が必要で、「..」は使用できません。</translation>
    </message>
</context>
<context>
    <name>TemplateRowForm</name>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>フィールド</translation>
    </message>
    <message>
        <source>What becomes of what is there</source>
        <translation>既存の値の扱い</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>何番目か</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>If empty</source>
        <translation>空の場合</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>変数を挿入</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>この行を削除</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>デフォルト</translation>
    </message>
</context>
<context>
    <name>TemplateRows</name>
    <message>
        <source>Add Field</source>
        <translation>フィールドを追加</translation>
    </message>
    <message>
        <source>Fields of the template</source>
        <translation>テンプレートのフィールド</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Several values</source>
        <translation>複数の値</translation>
    </message>
</context>
<context>
    <name>ThreadCard</name>
    <message>
        <source>Resolved by {who}, {when}</source>
        <translation>解決: {who}、{when}</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>解決</translation>
    </message>
    <message>
        <source>Open this thread again</source>
        <translation>このスレッドを再開します</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>解決済みにします</translation>
    </message>
    <message>
        <source>The moment that it is about</source>
        <translation>対象の時点</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>返信</translation>
    </message>
    <message>
        <source>Answer in this thread</source>
        <translation>このスレッドに返信</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>In a region</source>
        <translation>領域</translation>
    </message>
    <message>
        <source>At a moment</source>
        <translation>時点</translation>
    </message>
    <message>
        <source>About all of it</source>
        <translation>全体について</translation>
    </message>
    <message>
        <source>{place}, with a drawing</source>
        <translation>{place}、描画あり</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>解決済み</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未解決</translation>
    </message>
    <message>
        <source>Comment {number}, {state}, {who}: {text}</source>
        <translation>コメント {number}、{state}、{who}: {text}</translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message>
        <source>Earlier versions</source>
        <translation>以前のバージョン</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>解決済み</translation>
    </message>
    <message>
        <source>Show resolved threads, too</source>
        <translation>解決済みのスレッドも表示</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>以前</translation>
    </message>
    <message>
        <source>Compare with earlier versions</source>
        <translation>以前のバージョンと比較</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>さらに %Ln 件を表示</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>未解決 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was said is settled.</source>
        <translation>コメントはすべて解決済みです。</translation>
    </message>
    <message>
        <source>Nobody has said anything about this picture yet.</source>
        <translation>この画像にはまだコメントがありません。</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>このメッセージを閉じる</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>戻る(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>後で(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Do not show again</source>
        <translation>今後表示しない(&amp;D)</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} / {total}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完了(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>次へ(&amp;N)</translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message>
        <source>All pushes together</source>
        <translation>プッシュ全体</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>アカウント…</translation>
    </message>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>一時停止中 – %Ln 件のアップロードが再開を待機中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>%Ln 件のアセットをプッシュできませんでした</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>%Ln 件を配信しました</numerusform>
        </translation>
    </message>
    <message>
        <source>{delivered}, {failed}</source>
        <translation>{delivered}、{failed}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>%Ln 件のアップロードをキャンセルしました</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push</source>
        <translation>プッシュするものはありません</translation>
    </message>
    <message>
        <source>Uploading {number} of {total} – {name}</source>
        <translation>アップロード中 {number} / {total} – {name}</translation>
    </message>
    <message>
        <source>Uploading {number} of {total}</source>
        <translation>アップロード中 {number} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>オフラインで作業中 – %Ln 件のアップロードがオンラインになるのを待機中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln 件のアップロードが接続を待機中 (回復後に自動送信)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln 件のアップロードがアカウントを待機中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln 件のアップロードがファイルの読み取りを待機中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln 件のアップロードをまもなく開始</numerusform>
        </translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on in {time}</source>
        <translation>Cloudinary が速度の抑制を求めています – {time}後に再開</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on by itself</source>
        <translation>Cloudinary が速度の抑制を求めています – 自動的に再開</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on in {time}</source>
        <translation>この 1 時間の API 呼び出しを使い切りました – {time}後に再開</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on by itself</source>
        <translation>この 1 時間の API 呼び出しを使い切りました – 自動的に再開</translation>
    </message>
    <message>
        <source>Did not get through – next try in {time}</source>
        <translation>接続できませんでした – {time}後に再試行</translation>
    </message>
    <message>
        <source>Did not get through – tries again by itself</source>
        <translation>接続できませんでした – 自動的に再試行</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>失敗 %Ln 件を表示</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with the pushes</source>
        <translation>プッシュを再開</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Cancel all pushes</source>
        <translation>すべてのプッシュをキャンセル</translation>
    </message>
    <message>
        <source>Hide transfers</source>
        <translation>転送を隠す</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>転送を表示</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Retry failed</source>
        <translation>失敗したものを再試行</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>すべてキャンセル</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>完了したものを消去</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>すべて {count}</translation>
    </message>
    <message>
        <source>Failed {count}</source>
        <translation>失敗 {count}</translation>
    </message>
    <message>
        <source>The first {listed} of {total} are listed</source>
        <translation>{total} 件中、最初の {listed} 件を表示</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Transfers</source>
        <translation>転送</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>プッシュ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>URL をコピー</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>メッセージをコピー</translation>
    </message>
    <message>
        <source>Show asset</source>
        <translation>アセットを表示</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>%Ln 件のアップロードをキャンセルしますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>What has been delivered stays delivered, and your files stay where they are. You can push the rest again at any time.</source>
        <translation>配信済みのものは配信されたままで、ファイルは元の場所に残ります。残りはいつでも再びプッシュできます。</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>キャンセルする</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>続行</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Pause Transfers</source>
        <translation>転送を一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Open Asset Bridge</source>
        <translation>Asset Bridge を開く(&amp;O)</translation>
    </message>
    <message>
        <source>Transfers are paused</source>
        <translation>転送は一時停止中です</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>残りの転送 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln 件の転送に失敗しました</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being transferred</source>
        <translation>転送中のものはありません</translation>
    </message>
</context>
<context>
    <name>TriggersDialog</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Who Cloudinary tells of changes in {environment}.</source>
        <translation>{environment} の変更を Cloudinary が通知する相手です。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>Nothing is told there any more.</source>
        <translation>今後そこへは何も通知されません。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>通知先</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>https://… or poll://channel</source>
        <translation>https://… または poll://channel</translation>
    </message>
    <message>
        <source>Address to tell</source>
        <translation>通知先アドレス</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>変更の種類</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>通知先がまだありません。</translation>
    </message>
    <message>
        <source>Every change</source>
        <translation>すべての変更</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>このウィンドウ</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
</context>
<context>
    <name>TrimPage</name>
    <message>
        <source>Cut of the video</source>
        <translation>動画のカット</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>End</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Drag the handles, or use the arrow keys: they move the start, with Alt the end, with Shift by a second. The cut is made at delivery.</source>
        <translation>ハンドルをドラッグするか矢印キーで動かします。矢印キーは開始位置、Alt で終了位置、Shift で 1 秒ずつ動きます。切り出しは配信時に行われます。</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>開始と終了</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>カット</translation>
    </message>
</context>
<context>
    <name>TypedChips</name>
    <message>
        <source>Take this filter away</source>
        <translation>このフィルターを解除</translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}: %Ln 件のアセット。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdatesDialog</name>
    <message>
        <source>Updates</source>
        <translation>アップデート</translation>
    </message>
    <message>
        <source>&amp;Look once a day, while the window is open</source>
        <translation>ウィンドウを開いている間、1 日 1 回確認(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>今すぐ確認(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open the download page</source>
        <translation>ダウンロードページを開く(&amp;O)</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>問い合わせ中…</translation>
    </message>
    <message>
        <source>This version does not know where news of releases come from: there is no public place yet. Nothing is asked.</source>
        <translation>公開の配布場所がまだないため、このバージョンはリリース情報の取得元を認識していません。問い合わせは行われません。</translation>
    </message>
    <message>
        <source>You have version {version}. One file is read from {place}; nothing about you or your work is sent, and nothing is installed.</source>
        <translation>現在のバージョンは {version} です。{place} からファイルを 1 つ読み取ります。あなたや作業に関する情報は送信されず、何もインストールされません。</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新機能</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>最新バージョンです。</translation>
    </message>
    <message>
        <source>Version {version} of {day} is there, signed by a key that is known here.</source>
        <translation>{day} のバージョン {version} が利用可能です。既知のキーで署名されています。</translation>
    </message>
</context>
<context>
    <name>UploadAddressDialog</name>
    <message>
        <source>Upload from an address</source>
        <translation>アドレスからアップロード</translation>
    </message>
    <message>
        <source>Cloudinary fetches the file by itself. Nobody has approved it, so it arrives unpublished.</source>
        <translation>ファイルは Cloudinary が自ら取得します。まだ誰も承認していないため、未公開で届きます。</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>アップロード</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>オリジナルは非公開</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>認証済み</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>パブリック ID(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>対象フォルダー(&amp;T)</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>タグ(&amp;G)</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>配信タイプ(&amp;Y)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>There is something at {public_id} already; nothing was changed.</source>
        <translation>{public_id} にはすでに何かがあります。何も変更されていません。</translation>
    </message>
</context>
<context>
    <name>UploadPresetForm</name>
    <message>
        <source>Uploads need no signature</source>
        <translation>署名なしでアップロード可能</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Formats allowed</source>
        <translation>許可する形式</translation>
    </message>
    <message>
        <source>Incoming transformation</source>
        <translation>受信時の変換</translation>
    </message>
    <message>
        <source>Renditions made at once</source>
        <translation>即時に作成するレンディション</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>モデレーション</translation>
    </message>
    <message>
        <source>The file&apos;s name is the public ID</source>
        <translation>ファイル名をパブリック ID にする</translation>
    </message>
    <message>
        <source>Random letters make names unique</source>
        <translation>ランダムな文字で名前を一意にする</translation>
    </message>
    <message>
        <source>A file of the same public ID is replaced</source>
        <translation>同じパブリック ID のファイルを置き換える</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>作成</translation>
    </message>
    <message>
        <source>Upload preset</source>
        <translation>アップロードプリセット</translation>
    </message>
    <message>
        <source>New upload preset</source>
        <translation>新しいアップロードプリセット</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
</context>
<context>
    <name>UploadPresetsDialog</name>
    <message>
        <source>Upload presets</source>
        <translation>アップロードプリセット</translation>
    </message>
    <message>
        <source>What uploads to {environment} can be told to have.</source>
        <translation>{environment} へのアップロードに指定できる設定です。</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>新規…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>Uploads that name it are refused then, those of other programs too.</source>
        <translation>これを指定したアップロードは、他のプログラムからのものも含めて拒否されるようになります。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>削除しない</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>There is no preset yet. New… makes one.</source>
        <translation>プリセットがまだありません。「新規…」で作成できます。</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>設定なし</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>署名なし</translation>
    </message>
</context>
<context>
    <name>UsageDialog</name>
    <message>
        <source>Usage and limits</source>
        <translation>使用量と上限</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>UsagePanel</name>
    <message>
        <source>Refresh</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Forgets what was refused, and asks Cloudinary anew. It changes nothing there.</source>
        <translation>拒否された記録を消し、Cloudinary に改めて問い合わせます。Cloudinary では何も変わりません。</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>問い合わせ中…</translation>
    </message>
    <message>
        <source>Usage and limits</source>
        <translation>使用量と上限</translation>
    </message>
    <message>
        <source>This key may not see the usage of the environment.</source>
        <translation>このキーには環境の使用量を参照する権限がありません。</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>使用量</translation>
    </message>
    <message>
        <source>This hour</source>
        <translation>この 1 時間</translation>
    </message>
    <message>
        <source>Limits of the plan</source>
        <translation>プランの上限</translation>
    </message>
    <message>
        <source>What this key may do</source>
        <translation>このキーの権限</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Against the approved one: {pixels} of the pixels, {seen} as it looks</source>
        <translation>承認済みとの差: ピクセルの {pixels}、見た目で {seen}</translation>
    </message>
    <message>
        <source>May leave: somebody lets it pass, although {reasons}.</source>
        <translation>送信できます。例外許可されています (本来の保留理由: {reasons})。</translation>
    </message>
    <message>
        <source>May be delivered now.</source>
        <translation>現在配信できます。</translation>
    </message>
    <message>
        <source>Held back: {reasons}.</source>
        <translation>保留: {reasons}。</translation>
    </message>
    <message>
        <source>Waits for {roles}</source>
        <translation>{roles} を待機中</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}、{when}</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <source>Versions</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>復元</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>ファイルとして保存…</translation>
    </message>
    <message>
        <source>The version is being fetched…</source>
        <translation>バージョンを取得中…</translation>
    </message>
    <message>
        <source>{name} was saved: {size}.</source>
        <translation>{name} を保存しました: {size}。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Cloudinary is asked for the versions…</source>
        <translation>Cloudinary にバージョンを問い合わせ中…</translation>
    </message>
    <message>
        <source>Cloudinary keeps no earlier versions of this. Backups are switched on in the settings of the environment.</source>
        <translation>Cloudinary にこのアセットの以前のバージョンはありません。バックアップは環境の設定で有効にできます。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>Save the version</source>
        <translation>バージョンを保存</translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message>
        <source>&amp;Refuse other words</source>
        <translation>他の語を拒否(&amp;R)</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>読み込み…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Written into {name}.</source>
        <translation>{name} に書き出しました。</translation>
    </message>
    <message>
        <source>Vocabularies</source>
        <translation>統制語彙</translation>
    </message>
    <message>
        <source>Each line is a word, below the one it belongs to and one tab further in; {synonym} stands below its word, [group] is never written into files.</source>
        <translation>1 行に 1 語です。下位の語は、上位の語の下にタブ 1 つ分字下げして書きます。{synonym} はその語の下に置き、[group] はファイルに書き込まれません。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>語</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>フィールド(&amp;F)</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>限定</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>%Ln 語を保存しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a vocabulary</source>
        <translation>統制語彙を読み込み</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>テキスト (*.txt)</translation>
    </message>
    <message>
        <source>Export the vocabulary</source>
        <translation>統制語彙を書き出し</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>A approves what is chosen, C asks for changes, X rejects. Space shows it large.</source>
        <translation>A で選択したものを承認、C で修正を依頼、X で却下します。Space で大きく表示します。</translation>
    </message>
    <message>
        <source>Ctrl or Shift with a click chooses several; then one letter decides on all of them.</source>
        <translation>Ctrl または Shift を押しながらクリックすると複数を選択できます。その後、1 文字のキーでまとめて判断します。</translation>
    </message>
    <message>
        <source>It is delivered. Under Renditions are its sizes: copy an address, or drag a picture into another program.</source>
        <translation>配信されました。「レンディション」に各サイズがあります。アドレスをコピーするか、画像を別のプログラムにドラッグできます。</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by its name.</source>
        <translation>Ctrl+K で、すべてのコマンドを名前で検索できます。</translation>
    </message>
    <message>
        <source>Where masters live</source>
        <translation>マスターの場所</translation>
    </message>
    <message>
        <source>Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where they are; a click shows what is there.</source>
        <translation>フォルダー、PhotoShelter、Cloudinary が並んで表示されます。マスターは元の場所に残ります。クリックすると中身が表示されます。</translation>
    </message>
    <message>
        <source>Find them</source>
        <translation>検索する</translation>
    </message>
    <message>
        <source>Type names, titles, keywords or people. The filters below narrow it down, and what you find can be kept.</source>
        <translation>名前、タイトル、キーワード、人物を入力します。下のフィルターで絞り込み、検索結果を保存できます。</translation>
    </message>
    <message>
        <source>Choose and decide</source>
        <translation>選択して判断する</translation>
    </message>
    <message>
        <source>Choose a picture and press {approve} to approve it, {change} to ask for changes, {reject} to reject. Space shows it large. {undo} takes it back.</source>
        <translation>画像を選択し、{approve} で承認、{change} で修正を依頼、{reject} で却下します。Space で大きく表示します。{undo} で取り消せます。</translation>
    </message>
    <message>
        <source>{push} shows the plan first. What is not approved, or whose rights have ended, stays here, with the reason.</source>
        <translation>{push} でまず計画が表示されます。未承認のものや権利が終了したものは、理由とともにここに残ります。</translation>
    </message>
    <message>
        <source>The account and the connection, and all that takes longer ({activity}). Help brings this tour back, and {help} explains what you are at.</source>
        <translation>アカウントと接続、時間のかかるすべての処理を確認できます ({activity})。このツアーは「ヘルプ」から再表示でき、{help} で今見ているものの説明を開けます。</translation>
    </message>
    <message>
        <source>All about one asset</source>
        <translation>アセットのすべて</translation>
    </message>
    <message>
        <source>Its state, its rights and its metadata. Under Renditions are the sizes that Cloudinary delivers; drag one into another program.</source>
        <translation>状態、権利、メタデータが表示されます。「レンディション」には Cloudinary が配信するサイズがあり、別のプログラムにドラッグできます。</translation>
    </message>
    <message>
        <source>Push what is approved</source>
        <translation>承認済みをプッシュする</translation>
    </message>
    <message>
        <source>See what goes on</source>
        <translation>状況を確認する</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>このコンピューターまたはネットワークのアドレスを許可</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change an endpoint</source>
        <translation>エンドポイントを変更</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>新しいエンドポイント</translation>
    </message>
    <message>
        <source>The list of events</source>
        <translation>イベントの一覧</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>1 つ以上選択してください</translation>
    </message>
    <message>
        <source>Shop, partner portal, …</source>
        <translation>ショップ、パートナーポータルなど</translation>
    </message>
    <message>
        <source>https://example.com/hooks</source>
        <translation>https://example.com/hooks</translation>
    </message>
    <message>
        <source>Leave empty to have one made</source>
        <translation>空欄の場合は作成されます</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>通知する内容</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Tell</source>
        <translation>通知内容(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>シークレット(&amp;S)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Add…</source>
        <translation>追加…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>無効にする</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>テストを送信</translation>
    </message>
    <message>
        <source>New Secret…</source>
        <translation>新しいシークレット…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>再送信</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>他のシステム</translation>
    </message>
    <message>
        <source>Endpoints that are told by signed messages what is approved, delivered, changed and taken back.</source>
        <translation>承認、配信、変更、取り下げを署名付きメッセージで通知するエンドポイントです。</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>エンドポイント</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>No message so far. “Send Test” shows whether an endpoint answers.</source>
        <translation>メッセージはまだありません。「テストを送信」で、エンドポイントが応答するかを確認できます。</translation>
    </message>
    <message>
        <source>Nobody is told so far</source>
        <translation>まだ誰にも通知されません</translation>
    </message>
    <message>
        <source>An endpoint is an address of another system: a shop, an automation, a partner. It gets a secret of its own and can be tested first.</source>
        <translation>エンドポイントは、ショップ、自動化、パートナーなど、ほかのシステムのアドレスです。専用のシークレットが割り当てられ、先にテストできます。</translation>
    </message>
    <message>
        <source>Give this secret to the receiver. It is shown once; the keyring keeps it, and a new one can be made any time.</source>
        <translation>このシークレットを受信側に渡してください。表示は一度だけです。キーリングに保存され、いつでも新しく作成できます。</translation>
    </message>
    <message>
        <source>Secret of the endpoint</source>
        <translation>エンドポイントのシークレット</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>有効にする</translation>
    </message>
    <message>
        <source>Make a new secret for “{name}”?</source>
        <translation>「{name}」の新しいシークレットを作成しますか?</translation>
    </message>
    <message>
        <source>The receiver has a day to take it over: both sign until then.</source>
        <translation>受信側は 1 日以内に切り替えます。それまでは両方で署名されます。</translation>
    </message>
    <message>
        <source>Make One</source>
        <translation>作成</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>現在のものを維持</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>「{name}」を削除しますか?</translation>
    </message>
    <message>
        <source>It is told nothing more. Its secret and what waits for it go.</source>
        <translation>以後は何も通知されません。シークレットと待機中のメッセージは削除されます。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Weights</source>
        <translation>ファイルサイズ</translation>
    </message>
    <message>
        <source>Choose assets to see what they weigh</source>
        <translation>アセットを選択すると、ファイルサイズが表示されます</translation>
    </message>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>%Ln 件のアセットのファイルサイズ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>最初の %Ln 件を計量します</numerusform>
        </translation>
    </message>
    <message>
        <source>weighing…</source>
        <translation>計測中…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>サイズ超過 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>すべて上限内</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Asset Bridge へようこそ</translation>
    </message>
    <message>
        <source>Masters stay where they are. Here you look, decide, and deliver.</source>
        <translation>マスターは元の場所に残ります。ここで確認し、判断し、配信します。</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>フォルダーを追加</translation>
    </message>
    <message>
        <source>Show the pictures, videos and documents of a folder. Nothing is copied or changed.</source>
        <translation>フォルダー内の画像、動画、ドキュメントを表示します。コピーや変更は行われません。</translation>
    </message>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>PhotoShelter に接続</translation>
    </message>
    <message>
        <source>Show its collections here. Masters stay there until you want one.</source>
        <translation>コレクションをここに表示します。マスターは必要になるまで PhotoShelter に残ります。</translation>
    </message>
    <message>
        <source>Connect Cloudinary</source>
        <translation>Cloudinary に接続</translation>
    </message>
    <message>
        <source>So that approved assets can be pushed and delivered.</source>
        <translation>承認済みアセットをプッシュして配信できるようになります。</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>まずは試してみる</translation>
    </message>
    <message>
        <source>Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no account is needed.</source>
        <translation>サンプルキャンペーンを開きます。Cloudinary と PhotoShelter は代替で動作し、アカウントは不要です。</translation>
    </message>
</context>
<context>
    <name>WelcomeStrip</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>Asset Bridge へようこそ</translation>
    </message>
    <message>
        <source>This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside this program: try everything, nothing leaves this computer.</source>
        <translation>これはサンプルキャンペーンです。Cloudinary と PhotoShelter はこのプログラム内の代替です。自由にお試しください。このコンピューターの外には何も送信されません。</translation>
    </message>
    <message>
        <source>Close the welcome</source>
        <translation>ようこそ画面を閉じる</translation>
    </message>
    <message>
        <source>Close; it comes back from the Help menu</source>
        <translation>閉じます。「ヘルプ」メニューから再表示できます</translation>
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
        <translation>ここで計測(&amp;M)</translation>
    </message>
    <message>
        <source>Have &amp;Cloudinary measure</source>
        <translation>Cloudinary で計測(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Use in the code</source>
        <translation>コードで使用(&amp;U)</translation>
    </message>
    <message>
        <source>Responsive widths</source>
        <translation>レスポンシブな幅</translation>
    </message>
    <message>
        <source>A page offers browsers one rendition in several widths. Each of these is smaller than the one before by a step that is worth it.</source>
        <translation>ページは 1 つのレンディションを複数の幅でブラウザーに提供します。どれも 1 つ前のものより、意味のある差だけ小さくなっています。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>&amp;Narrowest</source>
        <translation>最小幅(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Widest</source>
        <translation>最大幅(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>間隔(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>最大数(&amp;A)</translation>
    </message>
    <message>
        <source>Measuring the files…</source>
        <translation>ファイルを計測中…</translation>
    </message>
    <message>
        <source>Cloudinary measures what is pushed.</source>
        <translation>Cloudinary ではプッシュ済みのものが計測されます。</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>幅 {pixels} px</translation>
    </message>
    <message>
        <source>{bytes} less than the one before</source>
        <translation>前のものより {bytes} 減</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Go to</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Smart folder</source>
        <translation>スマートフォルダー</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>先にアセットを選択してください。</translation>
    </message>
    <message>
        <source>Make renditions</source>
        <translation>レンディションを作成</translation>
    </message>
    <message>
        <source>Favourite {preset}</source>
        <translation>{preset} をお気に入りに追加</translation>
    </message>
    <message>
        <source>To the sidebar</source>
        <translation>サイドバーへ</translation>
    </message>
</context>
<context>
    <name>WindowLooks</name>
    <message>
        <source>This screen is small: closer together, more has room on it.</source>
        <translation>画面が小さいため、間隔を詰めて表示領域を広げています。</translation>
    </message>
    <message>
        <source>The desktop asks for a text size of {size}.</source>
        <translation>デスクトップの指定する文字サイズは {size} です。</translation>
    </message>
</context>
<context>
    <name>WordsEditor</name>
    <message>
        <source>Add a word</source>
        <translation>語を追加</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Account: {name}, {state}</source>
        <translation>アカウント: {name}、{state}</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>Draft</source>
        <translation>下書き</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>レビュー中</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>承認済み</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>修正依頼中</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>却下済み</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>mark as archived</source>
        <translation>アーカイブ済みとしてマーク</translation>
    </message>
    <message>
        <source>keep the rendition</source>
        <translation>レンディションを保管</translation>
    </message>
    <message>
        <source>keep the original</source>
        <translation>オリジナルを保管</translation>
    </message>
    <message>
        <source>write metadata and history</source>
        <translation>メタデータと履歴を書き出す</translation>
    </message>
    <message>
        <source>hash and check everything kept</source>
        <translation>保管したものすべてのハッシュを計算して確認</translation>
    </message>
    <message>
        <source>close the copy at Cloudinary</source>
        <translation>Cloudinary のコピーを非公開にする</translation>
    </message>
    <message>
        <source>delete the copy at Cloudinary</source>
        <translation>Cloudinary のコピーを削除</translation>
    </message>
    <message>
        <source>move the collection to the archive</source>
        <translation>コレクションをアーカイブに移動</translation>
    </message>
    <message>
        <source>make the collection private</source>
        <translation>コレクションを非公開にする</translation>
    </message>
    <message>
        <source>it is also used outside this campaign</source>
        <translation>このキャンペーン以外でも使用されています</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>すでにその状態です</translation>
    </message>
    <message>
        <source>it is not delivered any more</source>
        <translation>すでに配信されていません</translation>
    </message>
    <message>
        <source>there is nothing in it</source>
        <translation>中身がありません</translation>
    </message>
    <message>
        <source>some of its galleries have not been synced yet</source>
        <translation>まだ同期されていないギャラリーがあります</translation>
    </message>
    <message>
        <source>some of it is being pushed or rendered at the moment</source>
        <translation>現在プッシュまたは作成中のものがあります</translation>
    </message>
    <message>
        <source>it lies in the archive already</source>
        <translation>すでにアーカイブにあります</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>処理中</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>アーカイブ済み</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>元に戻しています</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>元に戻しました</translation>
    </message>
    <message>
        <source>This cannot begin: {reasons}.</source>
        <translation>開始できません: {reasons}。</translation>
    </message>
</context>
<context>
    <name>asset</name>
    <message>
        <source>{rating} of 5 stars</source>
        <translation>評価 {rating} / 5</translation>
    </message>
    <message>
        <source>Changed since approval</source>
        <translation>承認後に変更あり</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>プッシュ済み</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>読み取り不可</translation>
    </message>
</context>
<context>
    <name>capability</name>
    <message>
        <source>See assets</source>
        <translation>アセットの表示</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>アップロード</translation>
    </message>
    <message>
        <source>Change assets</source>
        <translation>アセットの変更</translation>
    </message>
    <message>
        <source>Delete assets</source>
        <translation>アセットの削除</translation>
    </message>
    <message>
        <source>Change upload presets</source>
        <translation>アップロードプリセットの変更</translation>
    </message>
    <message>
        <source>Change metadata fields</source>
        <translation>メタデータフィールドの変更</translation>
    </message>
    <message>
        <source>Change named transformations</source>
        <translation>名前付き変換の変更</translation>
    </message>
    <message>
        <source>Change notifications</source>
        <translation>通知の変更</translation>
    </message>
    <message>
        <source>See settings</source>
        <translation>設定の表示</translation>
    </message>
    <message>
        <source>See usage and limits</source>
        <translation>使用量と上限の表示</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>Approved</source>
        <translation>承認済み</translation>
    </message>
    <message>
        <source>Delivered for the first time</source>
        <translation>初回配信</translation>
    </message>
    <message>
        <source>Replaced by a new version</source>
        <translation>新しいバージョンに置き換え</translation>
    </message>
    <message>
        <source>Rendition published</source>
        <translation>レンディション公開</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>取り下げ</translation>
    </message>
    <message>
        <source>Taken back because rights ended</source>
        <translation>権利終了による取り下げ</translation>
    </message>
    <message>
        <source>Delivered again</source>
        <translation>再配信</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>権利の変更</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>権利がまもなく終了</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>メタデータの変更</translation>
    </message>
    <message>
        <source>Image of a product delivered</source>
        <translation>商品画像の配信</translation>
    </message>
    <message>
        <source>Image taken off a product</source>
        <translation>商品から画像を削除</translation>
    </message>
    <message>
        <source>Product feed read</source>
        <translation>商品フィードの読み取り</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>アーカイブ済み</translation>
    </message>
    <message>
        <source>Campaign archived</source>
        <translation>キャンペーンのアーカイブ</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>無効</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>The receiver took it</source>
        <translation>受信側が受け付けました</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセル済み</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>送信中</translation>
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
        <translation>その他</translation>
    </message>
    <message>
        <source>At Cloudinary alone</source>
        <translation>Cloudinary のみ</translation>
    </message>
    <message>
        <source>At Cloudinary and in the shop</source>
        <translation>Cloudinary とショップ</translation>
    </message>
    <message>
        <source>Small stand-ins in the shop</source>
        <translation>ショップには小さな代替画像</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>ぼかし</translation>
    </message>
    <message>
        <source>Large pixels</source>
        <translation>大きなピクセル</translation>
    </message>
    <message>
        <source>Drawn outlines</source>
        <translation>輪郭線</translation>
    </message>
    <message>
        <source>Its main colour</source>
        <translation>主要な色</translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>Nothing waits for a review</source>
        <translation>レビュー待ちはありません</translation>
    </message>
    <message>
        <source>Choose assets and press I to put them in review, or ask somebody for one in the menu Review.</source>
        <translation>アセットを選択して I を押すとレビューに回せます。「レビュー」メニューから誰かに依頼することもできます。</translation>
    </message>
    <message>
        <source>Nothing is approved yet</source>
        <translation>承認済みのものはまだありません</translation>
    </message>
    <message>
        <source>Choose assets and press A. What is approved can be pushed.</source>
        <translation>アセットを選択して A を押します。承認したものはプッシュできます。</translation>
    </message>
    <message>
        <source>Nothing is pushed yet</source>
        <translation>プッシュ済みのものはまだありません</translation>
    </message>
    <message>
        <source>Choose approved assets and press Ctrl+U: the plan is shown first, and then they are delivered.</source>
        <translation>承認済みのアセットを選択して Ctrl+U を押します。まず計画が表示され、その後配信されます。</translation>
    </message>
    <message>
        <source>No rights have ended</source>
        <translation>権利が終了したものはありません</translation>
    </message>
    <message>
        <source>What may not be used any more stands here. The calendar in the menu Review shows what ends soon.</source>
        <translation>使用できなくなったものがここに表示されます。まもなく終了するものは、「レビュー」メニューの権利カレンダーで確認できます。</translation>
    </message>
    <message>
        <source>Everything can be read</source>
        <translation>すべて読み取れます</translation>
    </message>
    <message>
        <source>Files that are damaged, or of a kind that nobody here can read, stand here with the reason.</source>
        <translation>破損したファイルや、ここでは読み取れない種類のファイルが、理由とともにここに表示されます。</translation>
    </message>
</context>
<context>
    <name>contract</name>
    <message>
        <source>width {found} instead of {asked}</source>
        <translation>幅が {asked} ではなく {found}</translation>
    </message>
    <message>
        <source>height {found} instead of {asked}</source>
        <translation>高さが {asked} ではなく {found}</translation>
    </message>
    <message>
        <source>width {found} instead of ≤ {asked}</source>
        <translation>幅が ≤ {asked} ではなく {found}</translation>
    </message>
    <message>
        <source>height {found} instead of ≤ {asked}</source>
        <translation>高さが ≤ {asked} ではなく {found}</translation>
    </message>
    <message>
        <source>{found} instead of ≤ {asked}</source>
        <translation>≤ {asked} ではなく {found}</translation>
    </message>
    <message>
        <source>{found} instead of {asked}</source>
        <translation>{asked} ではなく {found}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>up to {count} with a file for each browser&apos;s format</source>
        <translation>最大 {count} (ブラウザーの形式ごとに 1 ファイル)</translation>
    </message>
    <message>
        <source>{name} × {count}, billed apart</source>
        <translation>{name} × {count} (別途課金)</translation>
    </message>
    <message>
        <source>{name} × {count}, an add-on</source>
        <translation>{name} × {count} (アドオン)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>変換 %Ln 件以上</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>新しい派生アセット %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>既存 %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>disagreement</name>
    <message>
        <source>{names} decided differently: {state} holds until somebody decides again.</source>
        <translation>{names} の判断が分かれています。次に誰かが判断するまで「{state}」が有効です。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>Asset Bridge はこのプロファイル ({path}) ですでに開いています。そのウィンドウを使用してください。他でキューに入れたものも、そのウィンドウが実行します。</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its permissions, or choose another one with ASSET_BRIDGE_HOME.</source>
        <translation>プロファイル {path} に書き込めません: {detail}。何も変更されていません。アクセス権を直すか、ASSET_BRIDGE_HOME で別のプロファイルを選んでください。</translation>
    </message>
    <message>
        <source>{service} did not take this: {detail}.</source>
        <translation>{service} に受け付けられませんでした: {detail}。</translation>
    </message>
    <message>
        <source>{host} is an address of this computer or of a private network ({address}). Nothing was sent. Allow private addresses for it if that is meant.</source>
        <translation>{host} はこのコンピューターまたはプライベートネットワークのアドレス ({address}) です。何も送信されていません。意図したものであれば、プライベートアドレスを許可してください。</translation>
    </message>
    <message>
        <source>{url} cannot be called: {detail}.</source>
        <translation>{url} を呼び出せません: {detail}。</translation>
    </message>
    <message>
        <source>{host} did not take it ({detail}). It is tried again.</source>
        <translation>{host} に受け付けられませんでした ({detail})。再試行されます。</translation>
    </message>
    <message>
        <source>{host} could not be read ({detail}). What was known before stays as it is.</source>
        <translation>{host} を読み取れませんでした ({detail})。これまでの情報はそのまま残ります。</translation>
    </message>
    <message>
        <source>{host} did not give what was asked for: {detail}. Nothing was changed.</source>
        <translation>{host} から要求した内容が返りませんでした: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>The answer is larger than {most} MB. Nothing was changed.</source>
        <translation>応答が {most} MB を超えています。何も変更されていません。</translation>
    </message>
    <message>
        <source>A PDF needs libraries that are not here ({detail}). CSV and JSON need none.</source>
        <translation>PDF に必要なライブラリがありません ({detail})。CSV と JSON には不要です。</translation>
    </message>
    <message>
        <source>{what} could be any of {count} assets. Give its id or its whole path.</source>
        <translation>{what} に該当するアセットが {count} 件あります。ID または完全なパスを指定してください。</translation>
    </message>
    <message>
        <source>{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is asked again by itself until it says no.</source>
        <translation>{name} は {service} で取り下げられましたが、途中にあるコピーがまだ配信しています。配信されなくなるまで、アドレスは自動的に確認されます。</translation>
    </message>
    <message>
        <source>{service} refuses what is signed here because the clock of this computer is wrong ({detail}). Set the clock, then try again; what is queued stays queued.</source>
        <translation>このコンピューターの時計が正しくないため、ここで署名したものを {service} が拒否しています ({detail})。時計を合わせてから再試行してください。キューの内容は残ります。</translation>
    </message>
    <message>
        <source>This file is larger than the plan at {service} allows ({detail}). Nothing was changed there; send a smaller version, or ask for a larger plan.</source>
        <translation>このファイルは {service} のプランの上限を超えています ({detail})。何も変更されていません。小さいバージョンを送信するか、上位のプランを検討してください。</translation>
    </message>
    <message>
        <source>{service} cannot read this file, or does not take its format ({detail}). Nothing was changed there; look whether the file opens here.</source>
        <translation>{service} がこのファイルを読み取れないか、形式に対応していません ({detail})。何も変更されていません。ここでファイルが開けるか確認してください。</translation>
    </message>
    <message>
        <source>{service} knows no upload preset of that name ({detail}). Nothing was changed there; choose another one, or none.</source>
        <translation>{service} にその名前のアップロードプリセットはありません ({detail})。何も変更されていません。別のものを選択するか、なしにしてください。</translation>
    </message>
    <message>
        <source>An add-on that this asks for is not booked at {service} ({detail}). Nothing was changed there.</source>
        <translation>必要なアドオンが {service} で契約されていません ({detail})。何も変更されていません。</translation>
    </message>
    <message>
        <source>The key of this account may not do this at {service} ({detail}). Nothing was changed there; use a key with that permission, or ask who gives them.</source>
        <translation>このアカウントのキーには {service} でのこの操作の権限がありません ({detail})。何も変更されていません。権限のあるキーを使用するか、管理者に問い合わせてください。</translation>
    </message>
    <message>
        <source>{service} was asked, and the answer points to another address ({detail}). Nothing was sent there. If this network wants you to log in first, do that; else check the API&apos;s address in the account. It is tried again by itself.</source>
        <translation>{service} に問い合わせたところ、応答が別のアドレスを指しています ({detail})。そこには何も送信されていません。ネットワークへのログインが必要な場合はログインし、そうでなければアカウントの API アドレスを確認してください。自動的に再試行されます。</translation>
    </message>
    <message>
        <source>What came back from {service} cannot be understood ({detail}). Something on the way may have answered in its place. It is tried again by itself.</source>
        <translation>{service} からの応答を解釈できません ({detail})。経路上の何かが代わりに応答した可能性があります。自動的に再試行されます。</translation>
    </message>
    <message>
        <source>{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. It is sent again.</source>
        <translation>{name} は {service} に破損した状態で届きました。チェックサムは {md5} ではなく {etag} です。再送信されます。</translation>
    </message>
    <message>
        <source>The upload preset {preset} changes files as they arrive at {service}, so that what is there is not what was approved. Choose another preset.</source>
        <translation>アップロードプリセット {preset} は {service} への到着時にファイルを変更するため、そこにあるものは承認されたものと異なります。別のプリセットを選んでください。</translation>
    </message>
    <message>
        <source>The hourly number of calls to {service}&apos;s Admin API is used up. What needs one goes on by itself when the next hour begins; uploads go on meanwhile.</source>
        <translation>{service} の Admin API の 1 時間あたりの呼び出し回数を使い切りました。必要な処理は次の 1 時間に自動的に再開します。アップロードはその間も続きます。</translation>
    </message>
    <message>
        <source>This needs an address signed with the API secret, which a login does not have. Add the account with its key and secret.</source>
        <translation>API シークレットで署名したアドレスが必要ですが、ログインには含まれません。キーとシークレットでアカウントを追加してください。</translation>
    </message>
    <message>
        <source>The named transformation {name} at {service} is not what you saw: it now is {now}. It was left as it is.</source>
        <translation>{service} の名前付き変換 {name} は表示されていたものと異なり、現在は {now} です。変更されていません。</translation>
    </message>
    <message>
        <source>A notification was not believed: {detail}. Nothing was done about it.</source>
        <translation>通知を信頼できませんでした: {detail}。何も処理されていません。</translation>
    </message>
    <message>
        <source>{service} did not log you in: {detail}. Nothing was changed here.</source>
        <translation>{service} にログインできませんでした: {detail}。ここでは何も変更されていません。</translation>
    </message>
    <message>
        <source>Nobody logged in within the time there was. Nothing was changed; try again.</source>
        <translation>時間内にログインが行われませんでした。何も変更されていません。もう一度お試しください。</translation>
    </message>
    <message>
        <source>The login was cancelled. Nothing was changed.</source>
        <translation>ログインはキャンセルされました。何も変更されていません。</translation>
    </message>
    <message>
        <source>{service} keeps no backup of {name}: it cannot be brought back from there. Push the master again.</source>
        <translation>{service} に {name} のバックアップがないため、復元できません。マスターをもう一度プッシュしてください。</translation>
    </message>
    <message>
        <source>{name} was not delivered: its library sends other bytes than it says ({detail}). It is fetched again by itself.</source>
        <translation>{name} は配信されませんでした。ライブラリから送られたデータが申告と異なります ({detail})。自動的に再取得されます。</translation>
    </message>
    <message>
        <source>There is an upload preset called {name} already. Change that one, or choose another name.</source>
        <translation>{name} というアップロードプリセットはすでにあります。それを変更するか、別の名前を選んでください。</translation>
    </message>
    <message>
        <source>Entry {first} was altered: it does not say what was recorded.</source>
        <translation>項目 {first} が改変されています。記録時の内容と異なります。</translation>
    </message>
    <message>
        <source>Just before entry {first} something was put in, taken out or moved.</source>
        <translation>項目 {first} の直前で、挿入、削除、移動のいずれかが行われました。</translation>
    </message>
    <message>
        <source>Entries are missing: number {first} to number {last}.</source>
        <translation>項目が欠落しています: 番号 {first} から {last} まで。</translation>
    </message>
    <message>
        <source>The end was cut off: number {first} to number {last} were there once.</source>
        <translation>末尾が切り捨てられています。番号 {first} から {last} までがありました。</translation>
    </message>
    <message>
        <source>The ledger does not know any more how far the trail goes.</source>
        <translation>証跡がどこまで続くかの情報が台帳にありません。</translation>
    </message>
    <message>
        <source>The trail does not end as the ledger kept it, at entry {first}.</source>
        <translation>証跡の末尾が、台帳の記録と項目 {first} で一致しません。</translation>
    </message>
    <message>
        <source>The file beside the ledger that keeps the trail&apos;s end is gone or unreadable.</source>
        <translation>証跡の末尾を記録する、台帳に付属するファイルがないか、読み取れません。</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that the file beside the ledger has kept.</source>
        <translation>項目 {first} が、台帳に付属するファイルの記録と異なります。</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that was kept elsewhere.</source>
        <translation>項目 {first} が、別に保管された記録と異なります。</translation>
    </message>
    <message>
        <source>The decision that entry {first} tells of is not on record any more.</source>
        <translation>項目 {first} が示す判断の記録がなくなっています。</translation>
    </message>
    <message>
        <source>A decision is on record that the trail does not tell of ({what}).</source>
        <translation>証跡にない判断が記録されています ({what})。</translation>
    </message>
    <message>
        <source>{what} of the channel cannot be used: {detail}. Nothing was changed.</source>
        <translation>チャネルの {what} を使用できません: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it into another folder.</source>
        <translation>{name} は送信されませんでした。フォルダー {folder} は {channel} のプラグインのものです。別のフォルダーにプッシュしてください。</translation>
    </message>
    <message>
        <source>The comment was not saved: {detail}. What you wrote is still where you wrote it.</source>
        <translation>コメントは保存されませんでした: {detail}。入力した内容はそのまま残っています。</translation>
    </message>
    <message>
        <source>Somebody has changed {field} of the entry {entry} there meanwhile. Their version was left as it is; look at it there, then publish again.</source>
        <translation>その間に、エントリ {entry} の {field} が変更されました。その変更はそのまま残しました。公開先で確認してから、もう一度公開してください。</translation>
    </message>
    <message>
        <source>{preset} of {name} may not be published: {reasons}. Nothing was written.</source>
        <translation>{name} の {preset} は公開できません: {reasons}。何も書き込まれていません。</translation>
    </message>
    <message>
        <source>There is no rendition {preset} of {name} as it is now. Approve the newest version, push it and have the rendition made in the cloud.</source>
        <translation>現在の {name} のレンディション {preset} がありません。最新バージョンを承認してプッシュし、クラウドでレンディションを作成してください。</translation>
    </message>
    <message>
        <source>There is no environment {environment} there. There is: {known}.</source>
        <translation>環境 {environment} は存在しません。あるもの: {known}。</translation>
    </message>
    <message>
        <source>Something is published in {name}: until that was taken back, it stays the same place. Nothing was changed; add another one beside it.</source>
        <translation>{name} には公開中のものがあります。取り下げるまでは同じ場所のままです。何も変更されていません。別の場所を追加してください。</translation>
    </message>
    <message>
        <source>{field} of the entry takes {most} pictures and has them. Nothing was changed.</source>
        <translation>エントリの {field} に入る画像は {most} 枚までで、すでに満杯です。何も変更されていません。</translation>
    </message>
    <message>
        <source>{field} of the entry holds something else than pictures. Nothing was changed.</source>
        <translation>エントリの {field} に画像以外のものが入っています。何も変更されていません。</translation>
    </message>
    <message>
        <source>{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a reference to entries with one of these is.</source>
        <translation>{field} は画像用のフィールドではありません。使用できるのは、Cloudinary、JSON、ファイル、テキスト、リンクのフィールドと、これらのいずれかを持つエントリへの参照です。</translation>
    </message>
    <message>
        <source>{what}: {detail}</source>
        <translation>{what}: {detail}</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}.</source>
        <translation>{what} を使用できません: {detail}。</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was lost.</source>
        <translation>問題が発生しました。失われたものはありません。</translation>
    </message>
    <message>
        <source>{service} cannot be reached. Nothing was lost: what is queued goes out by itself when the connection is back.</source>
        <translation>{service} に接続できません。失われたものはありません。キューにあるものは接続が回復すると自動的に送信されます。</translation>
    </message>
    <message>
        <source>{service} asks us to slow down. The work continues by itself.</source>
        <translation>{service} が速度の抑制を求めています。処理は自動的に続行します。</translation>
    </message>
    <message>
        <source>{service} has a problem of its own ({detail}). It is tried again by itself.</source>
        <translation>{service} 側で問題が発生しています ({detail})。自動的に再試行されます。</translation>
    </message>
    <message>
        <source>{service} refused this: {detail}. Nothing was changed there.</source>
        <translation>{service} が拒否しました: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>{service} does not accept the key of this account ({detail}). Check the account&apos;s key and secret; what is queued stays queued.</source>
        <translation>{service} がこのアカウントのキーを受け付けません ({detail})。アカウントのキーとシークレットを確認してください。キューの内容は残ります。</translation>
    </message>
    <message>
        <source>{name} was not pushed: {reasons}. Nothing was sent.</source>
        <translation>{name} はプッシュされませんでした: {reasons}。何も送信されていません。</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name}: {reasons}。この状態ではアドレスを渡せません。</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. It was left as it is.</source>
        <translation>{path} を読み取れませんでした: {detail}。ファイルはそのままです。</translation>
    </message>
    <message>
        <source>{name} has changed since the push was queued. Nothing was sent: look at the new version and approve it again.</source>
        <translation>プッシュがキューに入った後に {name} が変更されました。何も送信されていません。新しいバージョンを確認して、もう一度承認してください。</translation>
    </message>
    <message>
        <source>No preview could be made: {detail}.</source>
        <translation>プレビューを作成できませんでした: {detail}。</translation>
    </message>
    <message>
        <source>No preview could be made within the limits: {detail}. The file was left alone.</source>
        <translation>制限内でプレビューを作成できませんでした: {detail}。ファイルはそのままです。</translation>
    </message>
    <message>
        <source>The disk with {path} is full. What you said before is safe, and your originals are untouched. Free some space, then try again.</source>
        <translation>{path} のあるディスクがいっぱいです。これまでの入力は安全で、オリジナルは変更されていません。空き容量を増やしてからもう一度お試しください。</translation>
    </message>
    <message>
        <source>The database {path} cannot be used: {detail}.</source>
        <translation>データベース {path} を使用できません: {detail}。</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Asset Bridge. Please update the program; nothing was changed.</source>
        <translation>データベース {path} はより新しい Asset Bridge で書き込まれています。プログラムを更新してください。何も変更されていません。</translation>
    </message>
    <message>
        <source>There is no keyring service here to keep the secret in. Choose a passphrase (or set ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.</source>
        <translation>シークレットを保存するキーリングサービスがありません。パスフレーズを決める (または ASSET_BRIDGE_PASSPHRASE を設定する) と、代わりに暗号化ファイルに保存されます。</translation>
    </message>
    <message>
        <source>This passphrase does not open the key store. Nothing was changed.</source>
        <translation>このパスフレーズではキーストアを開けません。何も変更されていません。</translation>
    </message>
    <message>
        <source>{what} was not found.</source>
        <translation>{what} が見つかりませんでした。</translation>
    </message>
    <message>
        <source>{what} is no field mapping: {detail}.</source>
        <translation>{what} はフィールドマッピングではありません: {detail}。</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {detail}. Nothing was written.</source>
        <translation>キット {kit} は書き出されませんでした: {detail}。何も書き込まれていません。</translation>
    </message>
    <message>
        <source>The kit {what} was not saved: another one has that name, or it was deleted meanwhile. Nothing was changed.</source>
        <translation>キット {what} は保存されませんでした。同じ名前の別のキットがあるか、その間に削除されました。何も変更されていません。</translation>
    </message>
    <message>
        <source>The table of variants cannot be used: line {line}: {detail}. Nothing was changed.</source>
        <translation>バリエーションの表を使用できません: {line} 行目: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>{what} cannot stand in a rights block: {detail}. Nothing was changed.</source>
        <translation>{what} は権利ブロックに使用できません: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>The rating {rating} was not kept: it takes 0 to 5.</source>
        <translation>評価 {rating} は保存されませんでした。指定できるのは 0 から 5 です。</translation>
    </message>
    <message>
        <source>{what} cannot be defined so: {detail}.</source>
        <translation>{what} をこのように定義することはできません: {detail}。</translation>
    </message>
    <message>
        <source>{what} cannot be used at character {at}: {detail}.</source>
        <translation>{what} は {at} 文字目で使用できません: {detail}。</translation>
    </message>
    <message>
        <source>The templates were not imported: {what}: {detail}. Nothing was changed.</source>
        <translation>テンプレートは読み込まれませんでした: {what}: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>“{field}” is switched off by a rule for what the other fields say.</source>
        <translation>「{field}」は、他のフィールドの値により、ルールで無効になっています。</translation>
    </message>
    <message>
        <source>“{field}” must not be empty.</source>
        <translation>「{field}」は空にできません。</translation>
    </message>
    <message>
        <source>“{field}” needs a whole number.</source>
        <translation>「{field}」には整数が必要です。</translation>
    </message>
    <message>
        <source>“{field}” needs a date such as 2026-05-31.</source>
        <translation>「{field}」には 2026-05-31 のような日付が必要です。</translation>
    </message>
    <message>
        <source>“{value}” is not in the list of “{field}”.</source>
        <translation>「{value}」は「{field}」の一覧にありません。</translation>
    </message>
    <message>
        <source>“{value}” cannot be chosen for “{field}” with what the other fields say.</source>
        <translation>他のフィールドの値により、「{field}」に「{value}」は選択できません。</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} values.</source>
        <translation>「{field}」に指定できる値は {most} 個までです。</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} characters.</source>
        <translation>「{field}」は {most} 文字までです。</translation>
    </message>
    <message>
        <source>“{field}” needs at least {least} characters.</source>
        <translation>「{field}」には {least} 文字以上が必要です。</translation>
    </message>
    <message>
        <source>“{field}” has to match the pattern {pattern}.</source>
        <translation>「{field}」はパターン {pattern} に一致する必要があります。</translation>
    </message>
    <message>
        <source>“{field}” has to be greater than {bound}.</source>
        <translation>「{field}」は {bound} より大きい必要があります。</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or more.</source>
        <translation>「{field}」は {bound} 以上である必要があります。</translation>
    </message>
    <message>
        <source>“{field}” has to be less than {bound}.</source>
        <translation>「{field}」は {bound} より小さい必要があります。</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or less.</source>
        <translation>「{field}」は {bound} 以下である必要があります。</translation>
    </message>
    <message>
        <source>The naming template {what} cannot be used: {detail}. Nothing was written.</source>
        <translation>命名テンプレート {what} を使用できません: {detail}。何も書き込まれていません。</translation>
    </message>
    <message>
        <source>{name} was not let through: {detail}. Nothing was changed.</source>
        <translation>{name} は例外許可されませんでした: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}. Nothing was changed.</source>
        <translation>{what} を使用できません: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>The policies were not taken over: {place}: {detail}. Nothing was changed.</source>
        <translation>ポリシーは取り込まれませんでした: {place}: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>The presets were not imported: {place}: {detail}. Nothing was changed.</source>
        <translation>プリセットは読み込まれませんでした: {place}: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>The feed needs a name of its own, of at most {most} letters.</source>
        <translation>フィードには {most} 文字以内の固有の名前が必要です。</translation>
    </message>
    <message>
        <source>The feed cannot be kept: {detail}. Nothing was changed.</source>
        <translation>フィードを保存できません: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>{name} was not taken: {detail}. What was known before stays as it is.</source>
        <translation>{name} は取り込まれませんでした: {detail}。これまでの情報はそのまま残ります。</translation>
    </message>
    <message>
        <source>{name}: {bad} of {received} rows were not taken.</source>
        <translation>{name}: {received} 行のうち {bad} 行は取り込まれませんでした。</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, {{position}}, {{any}} and [brackets] around what may be missing.</source>
        <translation>パターン「{pattern}」を使用できません。{{sku}} が 1 つ必要で、ほかに {{slot}}、{{position}}、{{any}} と、省略可能な部分を囲む [角かっこ] を使用できます。</translation>
    </message>
    <message>
        <source>This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.</source>
        <translation>このコンピューターに設定されたプロキシ {proxy} は HTTP プロキシではありません。何も送信されていません。HTTPS_PROXY に HTTP プロキシを設定するか、ALL_PROXY を取り除いてから、起動し直してください。</translation>
    </message>
    <message>
        <source>{variable} is not the address of a proxy. Nothing was sent. Write it as http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start again.</source>
        <translation>{variable} はプロキシのアドレスではありません。何も送信されていません。http://name:password@proxy:3128 の形式で、パスワード内の / は %2F、@ は %40 と記述してから、起動し直してください。</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check HTTPS_PROXY, with the name and password in it, and start again.</source>
        <translation>プロキシ {proxy} が {service} への通信を通しません ({detail})。何も送信されていません。HTTPS_PROXY と、その中の名前とパスワードを確認してから、起動し直してください。</translation>
    </message>
    <message>
        <source>No review pack was made: {detail}.</source>
        <translation>レビューパックは作成されませんでした: {detail}。</translation>
    </message>
    <message>
        <source>The verdicts were not imported: {place}: {detail}. Nothing was recorded.</source>
        <translation>判定は読み込まれませんでした: {place}: {detail}。何も記録されていません。</translation>
    </message>
    <message>
        <source>The review was not requested: {detail}.</source>
        <translation>レビューは依頼されませんでした: {detail}。</translation>
    </message>
    <message>
        <source>The rights end ({ends}) before they begin ({starts}).</source>
        <translation>権利の終了 ({ends}) が開始 ({starts}) より前です。</translation>
    </message>
    <message>
        <source>The rights block cannot be read: {detail}.</source>
        <translation>権利ブロックを読み取れません: {detail}。</translation>
    </message>
    <message>
        <source>{what} is no territory: give a country&apos;s code (NO, SE), a region ({regions}) or WORLD. Nothing was changed.</source>
        <translation>{what} は地域ではありません。国コード (NO、SE)、地域 ({regions})、または WORLD を指定してください。何も変更されていません。</translation>
    </message>
    <message>
        <source>{what} is no channel: they are {channels}. Nothing was changed.</source>
        <translation>{what} はチャネルではありません。使用できるチャネル: {channels}。何も変更されていません。</translation>
    </message>
    <message>
        <source>These rights exclude every one of the {what} that they grant. Nothing was changed.</source>
        <translation>この権利は、許可する {what} をすべて除外しています。何も変更されていません。</translation>
    </message>
    <message>
        <source>{what} of the rights is too long: {most} at most. Nothing was changed.</source>
        <translation>権利の {what} が長すぎます。上限は {most} です。何も変更されていません。</translation>
    </message>
    <message>
        <source>The rights cannot be claimed: {detail}. Nothing was changed.</source>
        <translation>権利を申告できません: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>The rights cannot be read: {place} is not as it should be. Nothing was changed.</source>
        <translation>権利を読み取れません。{place} が正しくありません。何も変更されていません。</translation>
    </message>
    <message>
        <source>{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed.</source>
        <translation>{what} は日付ではありません。2027-03-31 または 2027-03-31T18:00 のように入力してください。何も変更されていません。</translation>
    </message>
    <message>
        <source>{name}: what was claimed here and what {service} says have no {what} in common, which cannot be written there. Here nothing of it is delivered.</source>
        <translation>{name}: ここでの申告と {service} の情報に共通の {what} がなく、サービスに書き込めません。ここからは何も配信されません。</translation>
    </message>
    <message>
        <source>{what} cannot be used: line {line}: {detail}.</source>
        <translation>{what} を使用できません: {line} 行目: {detail}。</translation>
    </message>
    <message>
        <source>{what}: {detail}. The vocabulary is closed: choose one of its words.</source>
        <translation>{what}: {detail}。この統制語彙は限定されています。登録済みの語から選択してください。</translation>
    </message>
    <message>
        <source>{endpoint} said that it is gone (410). It was switched off; what was not delivered is kept and can be sent again.</source>
        <translation>{endpoint} から、すでに存在しないとの応答がありました (410)。無効にしました。配信されなかったものは保持され、再送信できます。</translation>
    </message>
    <message>
        <source>{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept and can be sent again.</source>
        <translation>{endpoint} は数日間にわたる {tries} 回の試行でメッセージを受け付けませんでした ({detail})。保持されており、再送信できます。</translation>
    </message>
    <message>
        <source>The endpoint needs a name of at most {most} letters.</source>
        <translation>エンドポイントには {most} 文字以内の名前が必要です。</translation>
    </message>
    <message>
        <source>There is an endpoint called {name} already.</source>
        <translation>{name} というエンドポイントはすでにあります。</translation>
    </message>
    <message>
        <source>“{url}” is no address to tell: it has to begin with https://.</source>
        <translation>「{url}」は通知先アドレスとして使用できません。https:// で始まる必要があります。</translation>
    </message>
    <message>
        <source>{url} is not encrypted. Only an address of this computer or network, where that is allowed, may begin with http://.</source>
        <translation>{url} は暗号化されていません。http:// で始められるのは、許可されている場合の、このコンピューターまたはネットワークのアドレスのみです。</translation>
    </message>
    <message>
        <source>The secret has to be {prefix} and {least} to {most} bytes in base64.</source>
        <translation>シークレットは {prefix} と、{least} から {most} バイトの base64 である必要があります。</translation>
    </message>
    <message>
        <source>The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; it goes on by itself when the folder is back.</source>
        <translation>ライブラリ {path} に接続できません: {detail}。その中のものは削除されたとは見なされません。フォルダーが戻ると自動的に続行します。</translation>
    </message>
    <message>
        <source>{path} is still being written. It is read again when it is at rest.</source>
        <translation>{path} はまだ書き込み中です。書き込みが終わると再度読み取られます。</translation>
    </message>
    <message>
        <source>{path} was not copied: {detail}. The original is where it was.</source>
        <translation>{path} はコピーされませんでした: {detail}。オリジナルは元の場所にあります。</translation>
    </message>
    <message>
        <source>The system cannot watch every folder of {path} ({detail}). The library is looked through at intervals instead: changes may take longer to appear.</source>
        <translation>システムは {path} のすべてのフォルダーを監視できません ({detail})。代わりにライブラリを定期的に確認するため、変更の反映に時間がかかることがあります。</translation>
    </message>
    <message>
        <source>{service} did not sign you in: {detail}. Nothing was changed here.</source>
        <translation>{service} にサインインできませんでした: {detail}。ここでは何も変更されていません。</translation>
    </message>
    <message>
        <source>{service} does not accept the API key ({detail}). A key for version 4 of its API is needed. Nothing was changed here.</source>
        <translation>{service} が API キーを受け付けません ({detail})。API バージョン 4 用のキーが必要です。ここでは何も変更されていません。</translation>
    </message>
    <message>
        <source>The session at {service} has ended ({detail}). Sign in again; what is queued stays queued.</source>
        <translation>{service} のセッションが終了しました ({detail})。もう一度サインインしてください。キューの内容は残ります。</translation>
    </message>
    <message>
        <source>{service} asks for a code but does not take it here ({detail}). Sign in with the browser where that is offered, or as somebody who needs no code.</source>
        <translation>{service} がコードを求めていますが、ここでは受け付けません ({detail})。可能であればブラウザーでサインインするか、コードの不要なユーザーでサインインしてください。</translation>
    </message>
    <message>
        <source>Your role at {service} does not allow this ({detail}). Nothing was changed there.</source>
        <translation>{service} でのあなたの役割では許可されていません ({detail})。何も変更されていません。</translation>
    </message>
    <message>
        <source>{service} does not have this any more ({detail}).</source>
        <translation>{service} にはもうありません ({detail})。</translation>
    </message>
    <message>
        <source>Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: look at both and decide.</source>
        <translation>その間に {service} で他の人が変更しました ({detail})。何も上書きされていません。両方を確認して判断してください。</translation>
    </message>
    <message>
        <source>{service} does not offer this for that kind of file ({detail}).</source>
        <translation>{service} はこの種類のファイルに対応していません ({detail})。</translation>
    </message>
    <message>
        <source>{service} already has another file of this name there ({detail}). It was left as it is.</source>
        <translation>{service} に同じ名前の別のファイルがすでにあります ({detail})。そのまま残しています。</translation>
    </message>
    <message>
        <source>{service} does not offer this: {detail}.</source>
        <translation>{service} では利用できません: {detail}。</translation>
    </message>
    <message>
        <source>A listing of {service} does not come to an end ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>{service} の一覧が終わりません ({detail})。これまでに読み取った分は保持されました。削除されたと見なしたものはありません。</translation>
    </message>
    <message>
        <source>A listing of {service} ended too early ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>{service} の一覧が途中で終わりました ({detail})。これまでに読み取った分は保持されました。削除されたと見なしたものはありません。</translation>
    </message>
    <message>
        <source>This address cannot be used: {detail}.</source>
        <translation>このアドレスは使用できません: {detail}。</translation>
    </message>
    <message>
        <source>{service} links to an address that is not safe ({detail}). Nothing was sent there.</source>
        <translation>{service} が安全でないアドレスにリンクしています ({detail})。そこには何も送信されていません。</translation>
    </message>
    <message>
        <source>An answer of {service} is too long to be right ({detail}). It was not read.</source>
        <translation>{service} の応答が長すぎて正しくありません ({detail})。読み取られませんでした。</translation>
    </message>
    <message>
        <source>A record of {service} cannot be taken over: {detail}. The others were.</source>
        <translation>{service} のレコードを取り込めません: {detail}。他のレコードは取り込まれました。</translation>
    </message>
    <message>
        <source>{service} has no picture of this ({detail}).</source>
        <translation>{service} にこの画像がありません ({detail})。</translation>
    </message>
    <message>
        <source>{service} has no more of this file ({detail}).</source>
        <translation>{service} にこのファイルの続きがありません ({detail})。</translation>
    </message>
    <message>
        <source>{name} is being fetched already.</source>
        <translation>{name} はすでに取得中です。</translation>
    </message>
    <message>
        <source>What {service} sent of {name} is not the file it describes ({detail}). It was thrown away; nothing was changed.</source>
        <translation>{service} が {name} として送ったものは、記載されているファイルと異なります ({detail})。破棄しました。何も変更されていません。</translation>
    </message>
    <message>
        <source>This was stopped. What had arrived is kept, and the next try goes on from there.</source>
        <translation>停止しました。届いた分は保持され、次回はそこから続行します。</translation>
    </message>
    <message>
        <source>Libraries of the kind {kind} need a package that {detail}. What is catalogued of them stays.</source>
        <translation>{kind} 型のライブラリには、次のパッケージが必要です: {detail}。カタログ済みの情報は残ります。</translation>
    </message>
    <message>
        <source>The metadata could not be written: {detail}. What is there was left as it is.</source>
        <translation>メタデータを書き込めませんでした: {detail}。既存の内容はそのままです。</translation>
    </message>
    <message>
        <source>The metadata was not written: {detail}. The file was left as it is.</source>
        <translation>メタデータは書き込まれませんでした: {detail}。ファイルはそのままです。</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile. It is read again.</source>
        <translation>{path} はその間に別のプログラムで変更されました。再度読み取られます。</translation>
    </message>
    <message>
        <source>{path} is locked by another program. What you said is kept and tried again.</source>
        <translation>{path} は別のプログラムでロックされています。入力した内容は保持され、再試行されます。</translation>
    </message>
    <message>
        <source>{path} cannot be written to: {detail}. It was left as it is.</source>
        <translation>{path} に書き込めません: {detail}。ファイルはそのままです。</translation>
    </message>
    <message>
        <source>{path} is not there any more. What you said about it is kept.</source>
        <translation>{path} はもう存在しません。入力した内容は保持されています。</translation>
    </message>
    <message>
        <source>The sample library was not finished. Nothing of it was left in {folder}.</source>
        <translation>サンプルライブラリは完成しませんでした。{folder} には何も残っていません。</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>検索を停止しました。</translation>
    </message>
    <message>
        <source>The database {path} is damaged ({detail}). It was left as it is.</source>
        <translation>データベース {path} が破損しています ({detail})。そのままにしてあります。</translation>
    </message>
    <message>
        <source>{name} was changed again since. It was left as it is now: look at it, then decide anew.</source>
        <translation>{name} はその後再び変更されました。現在の状態のままです。確認して、改めて判断してください。</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again; the secret was kept nowhere else.</source>
        <translation>キーリングがロックされています。ロックを解除してもう一度お試しください。シークレットは他の場所には保存されていません。</translation>
    </message>
    <message>
        <source>The key store is closed. Open it with its passphrase, under the accounts of Cloudinary (or set ASSET_BRIDGE_PASSPHRASE).</source>
        <translation>キーストアが開かれていません。Cloudinary のアカウントの画面でパスフレーズを入力して開いてください (または ASSET_BRIDGE_PASSPHRASE を設定してください)。</translation>
    </message>
    <message>
        <source>The transformation cannot be used: at character {place} stands “{found}”, where {expected} was expected. Nothing was changed.</source>
        <translation>変換を使用できません。{place} 文字目に {expected} が必要ですが、「{found}」があります。何も変更されていません。</translation>
    </message>
    <message>
        <source>The import was stopped. Nothing of that log is counted.</source>
        <translation>読み込みを停止しました。そのログは集計されません。</translation>
    </message>
    <message>
        <source>{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was recorded. A no for the whole counts from anybody.</source>
        <translation>{who} は段階「{stage}」で判断できません。ポリシーにより、判断できるのは {roles} のみです。何も記録されていません。全体に対する却下は誰からでも有効です。</translation>
    </message>
    <message>
        <source>Some assets stay as they are: since then they have changed, or somebody decided on them, or they are reviewed in stages. Look at them, and decide anew.</source>
        <translation>一部のアセットはそのままです。その後に変更されたか、ほかの人が判断したか、段階的にレビューされています。確認してから、あらためて判断してください。</translation>
    </message>
    <message>
        <source>The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive into another folder, or mend this one and try again.</source>
        <translation>{path} のアーカイブは不完全です: {detail}。どこからも何も取り除かれていません。別のフォルダーにアーカイブするか、これを修復してもう一度お試しください。</translation>
    </message>
    <message>
        <source>{name} was to be moved, and the service shows it where it was. Nothing else was changed: try again, or move it there by hand.</source>
        <translation>{name} を移動するはずでしたが、サービスでは元の場所にあります。他に変更はありません。もう一度試すか、手動で移動してください。</translation>
    </message>
    <message>
        <source>Not all assets of this environment are known here yet, so nobody can say what changing the folder {name} would do. Wait until the sync is through, then try again.</source>
        <translation>この環境のアセットがまだすべて把握されていないため、フォルダー {name} の変更の影響を判断できません。同期が終わってからもう一度お試しください。</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has in Cloudinary. It was left as it is, and nothing was downloaded.</source>
        <translation>{path} はすでにあり、Cloudinary の {name} と内容が異なります。そのまま残し、何もダウンロードしていません。</translation>
    </message>
    <message>
        <source>{name} is in Cloudinary, not in a folder here. Download it to have the file.</source>
        <translation>{name} は Cloudinary にあり、ローカルのフォルダーにはありません。ファイルが必要な場合はダウンロードしてください。</translation>
    </message>
    <message>
        <source>{name} has no display name of its own: in this environment the name is part of the public ID, and renaming it would change its address. Nothing was changed.</source>
        <translation>{name} には独自の表示名がありません。この環境では名前がパブリック ID の一部で、名前を変更するとアドレスが変わります。何も変更されていません。</translation>
    </message>
    <message>
        <source>Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot hold at once, or make the rule anew: a new one is applied last.</source>
        <translation>Cloudinary はルール「{name}」の位置を変えません。同時に成り立たない条件を両方のルールに設定するか、ルールを作り直してください。新しいルールは最後に適用されます。</translation>
    </message>
    <message>
        <source>Reading the feed was stopped. Nothing was changed.</source>
        <translation>フィードの読み取りを停止しました。何も変更されていません。</translation>
    </message>
    <message>
        <source>{name} has changed at {service} since it was pushed, so nothing of its copy was carried back. Push it again, or change it at {service}.</source>
        <translation>{name} はプッシュ後に {service} で変更されたため、コピーの内容は書き戻されていません。もう一度プッシュするか、{service} で変更してください。</translation>
    </message>
    <message>
        <source>The mapping of {what} cannot be used: {detail}.</source>
        <translation>{what} のマッピングを使用できません: {detail}。</translation>
    </message>
    <message>
        <source>The archive of {name} was taken back, so nothing more of it is done. Archive it anew if that is wanted.</source>
        <translation>{name} のアーカイブは元に戻されたため、これ以上処理されません。必要な場合は改めてアーカイブしてください。</translation>
    </message>
    <message>
        <source>{name} is delivered with {there} bytes, and {told} were published. It was not archived: look at it, then try again.</source>
        <translation>{name} の配信サイズは {there} バイトですが、公開されたのは {told} バイトです。アーカイブされませんでした。確認してからもう一度お試しください。</translation>
    </message>
    <message>
        <source>{name} was put into the archive&apos;s gallery, and the service does not have it. Nothing was taken away anywhere; try again.</source>
        <translation>{name} をアーカイブのギャラリーに入れましたが、サービスにありません。どこからも何も取り除かれていません。もう一度お試しください。</translation>
    </message>
    <message>
        <source>{name} was to be marked as archived, and the service does not show it. Try again; nothing was taken away anywhere.</source>
        <translation>{name} をアーカイブ済みとしてマークするはずでしたが、サービスに反映されていません。もう一度お試しください。どこからも何も取り除かれていません。</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else since you looked at it. It was left alone: look at it again, then decide anew.</source>
        <translation>{name} は確認後に他の人が変更しました。そのまま残しています。もう一度確認して、改めて判断してください。</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. Nothing was changed there.</source>
        <translation>{name} はもう {service} にありません。何も変更されていません。</translation>
    </message>
    <message>
        <source>The folder {name} is not at {service} any more. Nothing was changed there.</source>
        <translation>フォルダー {name} はもう {service} にありません。何も変更されていません。</translation>
    </message>
    <message>
        <source>There is a folder {name} at {service} already. Nothing was changed there: choose another name.</source>
        <translation>{service} にフォルダー {name} がすでにあります。何も変更されていません。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>{name} is not at its library any more. Nothing was sent or changed.</source>
        <translation>{name} はもうライブラリにありません。何も送信、変更されていません。</translation>
    </message>
    <message>
        <source>The library of this master cannot be reached. Nothing was lost: it is tried again by itself every minute.</source>
        <translation>このマスターのライブラリに接続できません。失われたものはありません。1 分ごとに自動的に再試行されます。</translation>
    </message>
    <message>
        <source>The kit {name} was not exported: {reasons}. Nothing was written.</source>
        <translation>キット {name} は書き出されませんでした: {reasons}。何も書き込まれていません。</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {count} of its renditions could not be made; the first is {preset} of {name}: {detail} What is made is kept for the next try.</source>
        <translation>キット {kit} は書き出されませんでした。{count} 件のレンディションを作成できませんでした。最初のものは {name} の {preset} です: {detail} 作成済みのものは次回のために保持されます。</translation>
    </message>
    <message>
        <source>Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in the inspector.</source>
        <translation>その間に他の人が {name} の {field} を変更しました。両方の値が保持されています。インスペクターで選択してください。</translation>
    </message>
    <message>
        <source>{service} did not take {field} of {name}: {detail} What you wrote is kept and can be corrected.</source>
        <translation>{service} は {name} の {field} を受け付けませんでした: {detail} 入力した内容は保持されており、修正できます。</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. What you wrote about it is kept.</source>
        <translation>{name} はもう {service} にありません。入力した内容は保持されています。</translation>
    </message>
    <message>
        <source>{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.</source>
        <translation>{service} は {name} の {field} を受け付けましたが、現在の値は「{there}」です。入力した内容は保持されています。</translation>
    </message>
    <message>
        <source>{service} was told that {name} is {wanted}, and still says that it is {found}.</source>
        <translation>{service} に {name} を「{wanted}」と伝えましたが、まだ「{found}」のままです。</translation>
    </message>
    <message>
        <source>{name} was not sent: the content at {public_id} was changed by somebody else. Look at it first; nothing was replaced.</source>
        <translation>{name} は送信されませんでした。{public_id} の内容を他の人が変更しています。先に確認してください。何も置き換えられていません。</translation>
    </message>
    <message>
        <source>{name} has a new version at its library. It was not sent: have that version approved, then push it.</source>
        <translation>{name} の新しいバージョンがライブラリにあります。送信されませんでした。そのバージョンの承認を受けてからプッシュしてください。</translation>
    </message>
    <message>
        <source>Cloudinary has not made the renditions of {name} within hours. Their transformation may be more than it can do: change it, or try again.</source>
        <translation>数時間たっても、Cloudinary で {name} のレンディションが作成されていません。変換が処理の限界を超えている可能性があります。変換を変更するか、もう一度お試しください。</translation>
    </message>
    <message>
        <source>{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} The others are there.</source>
        <translation>{name} のレンディション {total} 件中 {count} 件が作成されませんでした。最初のものは {preset} です: {detail} 他は作成されています。</translation>
    </message>
    <message>
        <source>{name} may not be delivered any more: {reasons}. Somebody has put other content at {public_id} meanwhile, which was left alone: look at it.</source>
        <translation>{name} はもう配信できません: {reasons}。その間に他の人が {public_id} に別の内容を置いたため、そのまま残しています。確認してください。</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} was deleted at {service}, but its address makes it again for anybody: {environment} does not have strict transformations. Switch them on there and try again, or take the whole master back.</source>
        <translation>{name} のレンディション {preset} は {service} で削除されましたが、アドレスを開けば誰でも再生成できます。{environment} で厳格な変換 (strict transformations) が有効になっていません。有効にしてもう一度試すか、マスター全体を取り下げてください。</translation>
    </message>
    <message>
        <source>The address of {name} is not told any more: {reasons}. Nothing was sent.</source>
        <translation>{name} のアドレスは通知されなくなりました: {reasons}。何も送信されていません。</translation>
    </message>
    <message>
        <source>{endpoint} is switched off. The message is kept: switch it on and send it again.</source>
        <translation>{endpoint} は無効です。メッセージは保持されています。有効にして再送信してください。</translation>
    </message>
    <message>
        <source>At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide again if that is not right.</source>
        <translation>{service} の {name} は {source} により「{state}」です。こちらのほうが厳しいため有効です。正しくない場合は改めて判断してください。</translation>
    </message>
    <message>
        <source>{name} is archived at {service}, so it was not told of the decision. The decision is kept here.</source>
        <translation>{name} は {service} でアーカイブされているため、判断は伝えられませんでした。判断はここに保持されています。</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: it lies in no gallery there.</source>
        <translation>{name} の公開内容はサービスに記録されませんでした。サービスのどのギャラリーにも入っていません。</translation>
    </message>
    <message>
        <source>It broke off.</source>
        <translation>途中で中断されました。</translation>
    </message>
    <message>
        <source>A saved report needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>保存するレポートには 1 から {most} 文字の名前が必要です。何も変更されていません。</translation>
    </message>
    <message>
        <source>{count} assets are not in {environment} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{first} など {count} 件のアセットが {environment} からなくなっています。破棄してよいと指示されるまで、カタログに保持されます。</translation>
    </message>
    <message>
        <source>The sync was stopped. What was fetched stays.</source>
        <translation>同期を停止しました。取得した分は残ります。</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Nothing is left of it.</source>
        <translation>{name} のダウンロードを停止しました。何も残っていません。</translation>
    </message>
    <message>
        <source>Nothing was imported: {names} exist already and say something else. Say that they may be replaced, or rename them.</source>
        <translation>何も読み込まれませんでした。{names} はすでに存在し、内容が異なります。置き換えを許可するか、名前を変更してください。</translation>
    </message>
    <message>
        <source>There is something else with the name {name}. Nothing was changed.</source>
        <translation>{name} という名前の別のものがあります。何も変更されていません。</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. The file that is there was left as it is.</source>
        <translation>{path} は書き込まれませんでした: {detail}。既存のファイルはそのままです。</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. Nothing is left of it.</source>
        <translation>{path} は書き込まれませんでした: {detail}。何も残っていません。</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: other files have the names that its record could have. They were left as they are.</source>
        <translation>{name} の公開内容はサービスに記録されませんでした。記録に使える名前が他のファイルに使われています。それらはそのままです。</translation>
    </message>
    <message>
        <source>All that {name} of {reviewer} says is on record already. Nothing was recorded.</source>
        <translation>{reviewer} の {name} の内容はすべて記録済みです。何も記録されていません。</translation>
    </message>
    <message>
        <source>The review pack was not finished. Nothing is left of it.</source>
        <translation>レビューパックは完成しませんでした。何も残っていません。</translation>
    </message>
    <message>
        <source>{what} is no time zone: give one like Europe/Oslo. Nothing was changed.</source>
        <translation>{what} はタイムゾーンではありません。Europe/Oslo のように指定してください。何も変更されていません。</translation>
    </message>
    <message>
        <source>A template needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>テンプレートには 1 から {most} 文字の名前が必要です。何も変更されていません。</translation>
    </message>
    <message>
        <source>{name} was not attached: it has more than {most} MB. Nothing was changed.</source>
        <translation>{name} は添付されませんでした。{most} MB を超えています。何も変更されていません。</translation>
    </message>
    <message>
        <source>{name} was not attached: {detail}. Nothing was changed.</source>
        <translation>{name} は添付されませんでした: {detail}。何も変更されていません。</translation>
    </message>
    <message>
        <source>{name} in {folder} is not the document that was attached: it was changed. The claim names the right one by its SHA-256 ({digest}).</source>
        <translation>{folder} の {name} は変更されており、添付された書類ではありません。正しい書類は申告の SHA-256 ({digest}) で示されています。</translation>
    </message>
    <message>
        <source>{count} files of {library} are not there any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{library} の {first} など {count} 件のファイルがなくなっています。破棄してよいと指示されるまで、カタログに保持されます。</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer ({detail}). Close it, then try again.</source>
        <translation>このコンピューターのポート {port} を別のプログラムが使用しています ({detail})。終了してからもう一度お試しください。</translation>
    </message>
    <message>
        <source>{name} is at its service, not in a folder here. Save its original to have the file.</source>
        <translation>{name} はサービスにあり、ローカルのフォルダーにはありません。ファイルが必要な場合はオリジナルを保存してください。</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has at {service}. It was left as it is.</source>
        <translation>{path} はすでにあり、{service} の {name} と内容が異なります。そのまま残しています。</translation>
    </message>
    <message>
        <source>{count} masters are not at {service} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{first} など {count} 件のマスターが {service} からなくなっています。破棄してよいと指示されるまで、カタログに保持されます。</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. Nothing was sent: write its address into a text, link or Cloudinary field instead.</source>
        <translation>{name} のレンディション {preset} は {mb} MB です。Contentstack が受け付けるファイルは 100 MB までです。何も送信されていません。代わりに、アドレスをテキスト、リンク、Cloudinary のいずれかのフィールドに書き込んでください。</translation>
    </message>
    <message>
        <source>Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out first, or say that it may be given up.</source>
        <translation>ここでの入力の一部がまだ届いていません: {work}。何も削除されていません。先に送信を完了するか、破棄してよいと指定してください。</translation>
    </message>
    <message>
        <source>This link cannot be followed ({detail}). Nothing was opened or changed.</source>
        <translation>このリンクは開けません ({detail})。何も開かれず、変更されていません。</translation>
    </message>
    <message>
        <source>The news of a release could not be trusted: {detail}. Nothing was fetched or installed.</source>
        <translation>リリース情報を信頼できませんでした: {detail}。何も取得、インストールされていません。</translation>
    </message>
    <message>
        <source>{name} cannot be handed over as a file: its master is not on this machine, or it is a film. Export it, or publish it and take it from its renditions.</source>
        <translation>{name} はファイルとして渡せません。マスターがこのコンピューターにないか、動画です。書き出すか、公開してレンディションから取得してください。</translation>
    </message>
    <message>
        <source>Nothing was handed over. What was begun is gone again.</source>
        <translation>何も渡されませんでした。途中まで作成されたものは削除されました。</translation>
    </message>
    <message>
        <source>The desktop shows no notifications ({detail}).</source>
        <translation>デスクトップに通知を表示できません ({detail})。</translation>
    </message>
    <message>
        <source>{program} could not be started ({detail}). The file was left as it is.</source>
        <translation>{program} を起動できませんでした ({detail})。ファイルはそのままです。</translation>
    </message>
    <message>
        <source>There is no place yet that news of releases come from. Nothing was asked. `updates_url` in the settings can name one.</source>
        <translation>リリース情報の取得元がまだありません。問い合わせは行われていません。設定の `updates_url` で指定できます。</translation>
    </message>
    <message>
        <source>Channels of the kind {kind} need a package that {detail}. What is published there stays as it is.</source>
        <translation>{kind} 型のチャネルには、次のパッケージが必要です: {detail}。公開済みのものはそのまま残ります。</translation>
    </message>
    <message>
        <source>Cloudinary is still making the renditions of {name}.</source>
        <translation>Cloudinary はまだ {name} のレンディションを作成中です。</translation>
    </message>
    <message>
        <source>The service took the publication of {entry} and does not show it yet; it was looked for {times} times.</source>
        <translation>サービスは {entry} の公開を受け付けましたが、まだ反映されていません。{times} 回確認しました。</translation>
    </message>
    <message>
        <source>{service} gave no answer that can be used ({detail}). Nothing was kept: check the API&apos;s address, and whether this network wants you to log in first; then try again.</source>
        <translation>{service} から使用できる応答がありませんでした ({detail})。何も保存されていません。API のアドレスと、このネットワークへのログインが必要かどうかを確認してから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>{service} asks us to slow down, and could not be asked about this account. Nothing was kept: try again in a while.</source>
        <translation>{service} が速度の抑制を求めているため、このアカウントを確認できませんでした。何も保存していません。しばらくしてからもう一度お試しください。</translation>
    </message>
    <message>
        <source>It was stopped. Nothing of it was kept.</source>
        <translation>停止しました。何も保存していません。</translation>
    </message>
    <message>
        <source>A policy keeps the file of {name} here: {reasons}. Nothing was handed over.</source>
        <translation>ポリシーにより {name} のファイルは持ち出せません: {reasons}。何も渡していません。</translation>
    </message>
    <message>
        <source>The copy of {name} holds something else by now. It did not become the new version.</source>
        <translation>{name} のコピーの内容はすでに別のものです。新しいバージョンにはなりませんでした。</translation>
    </message>
    <message>
        <source>{name} takes nothing from others: {detail}.</source>
        <translation>{name} は外部から受け取れません: {detail}。</translation>
    </message>
    <message>
        <source>Posts cannot be received on port {port}: {detail}. Choose another one.</source>
        <translation>ポート {port} では送信を受け取れません: {detail}。別のポートを選んでください。</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>%Ln 件のファイルは公開できません: {reasons}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>the program ends</source>
        <translation>プログラムの終了中です</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>JSON ではありません</translation>
    </message>
    <message>
        <source>it is no encoding of files</source>
        <translation>ファイルのエンコーディングではありません</translation>
    </message>
    <message>
        <source>it redirects again and again</source>
        <translation>リダイレクトが繰り返されています</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>時間がかかりすぎました</translation>
    </message>
    <message>
        <source>it has to be https://…</source>
        <translation>https://… の形式である必要があります</translation>
    </message>
    <message>
        <source>a password has no place in an address</source>
        <translation>アドレスにパスワードを含めることはできません</translation>
    </message>
    <message>
        <source>it redirects to nowhere safe</source>
        <translation>リダイレクト先が安全ではありません</translation>
    </message>
    <message>
        <source>it is empty or not one word</source>
        <translation>空であるか、1 つの単語ではありません</translation>
    </message>
    <message>
        <source>The Cloudinary URL</source>
        <translation>Cloudinary の URL</translation>
    </message>
    <message>
        <source>it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME</source>
        <translation>cloudinary://API_KEY:API_SECRET@CLOUD_NAME の形式である必要があります</translation>
    </message>
    <message>
        <source>its answer names no asset</source>
        <translation>応答にアセットが示されていません</translation>
    </message>
    <message>
        <source>the login had to be renewed</source>
        <translation>ログインの更新が必要でした</translation>
    </message>
    <message>
        <source>it does not say when it was sent</source>
        <translation>送信日時が示されていません</translation>
    </message>
    <message>
        <source>it is too old, or the clock here is wrong</source>
        <translation>古すぎるか、このコンピューターの時計が正しくありません</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>署名がありません</translation>
    </message>
    <message>
        <source>its signature is not that of this account</source>
        <translation>このアカウントの署名ではありません</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>読み取れません</translation>
    </message>
    <message>
        <source>it does not say what happened</source>
        <translation>何が起きたかが示されていません</translation>
    </message>
    <message>
        <source>the login kept is damaged</source>
        <translation>保存されたログイン情報が破損しています</translation>
    </message>
    <message>
        <source>The API address</source>
        <translation>API アドレス</translation>
    </message>
    <message>
        <source>it has to begin with https://</source>
        <translation>https:// で始まる必要があります</translation>
    </message>
    <message>
        <source>its answer holds no token</source>
        <translation>応答にトークンがありません</translation>
    </message>
    <message>
        <source>The account URL</source>
        <translation>アカウント URL</translation>
    </message>
    <message>
        <source>it has to look like account://KEY:SECRET@ACCOUNT_ID</source>
        <translation>account://KEY:SECRET@ACCOUNT_ID の形式である必要があります</translation>
    </message>
    <message>
        <source>its answer lists no environments</source>
        <translation>応答に環境の一覧がありません</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>証明書が受け入れられません</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>証明書の期限が切れているか、このコンピューターの時計が正しくありません</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>証明書がまだ有効でないか、このコンピューターの時計が正しくありません</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>接続が切断されました</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>ファイルが大きすぎます</translation>
    </message>
    <message>
        <source>its answer lists no presets</source>
        <translation>応答にプリセットの一覧がありません</translation>
    </message>
    <message>
        <source>The breakpoints</source>
        <translation>ブレークポイント</translation>
    </message>
    <message>
        <source>The plug-in&apos;s folder</source>
        <translation>プラグインのフォルダー</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>空です</translation>
    </message>
    <message>
        <source>This choice</source>
        <translation>この選択</translation>
    </message>
    <message>
        <source>it has to be assets of one product environment</source>
        <translation>1 つのプロダクト環境のアセットのみを選択する必要があります</translation>
    </message>
    <message>
        <source>The moderation status</source>
        <translation>モデレーションの状態</translation>
    </message>
    <message>
        <source>say approved or rejected</source>
        <translation>approved または rejected を指定してください</translation>
    </message>
    <message>
        <source>The relation</source>
        <translation>関連付け</translation>
    </message>
    <message>
        <source>it names no other asset</source>
        <translation>他のアセットが示されていません</translation>
    </message>
    <message>
        <source>The access rules</source>
        <translation>アクセスルール</translation>
    </message>
    <message>
        <source>at most one of them can be a time window</source>
        <translation>期間を指定できるのは 1 つまでです</translation>
    </message>
    <message>
        <source>The access rule</source>
        <translation>アクセスルール</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>終了が開始より前です</translation>
    </message>
    <message>
        <source>it is pinned to a point outside the picture</source>
        <translation>画像の外の点に付けられています</translation>
    </message>
    <message>
        <source>it is pinned to a region that is not inside the picture</source>
        <translation>画像に収まらない範囲に付けられています</translation>
    </message>
    <message>
        <source>it is pinned to a time that cannot be</source>
        <translation>存在しない時点に付けられています</translation>
    </message>
    <message>
        <source>a line of its drawing has no points, or no width</source>
        <translation>描画の線に点または太さがありません</translation>
    </message>
    <message>
        <source>a line of its drawing has a colour that is none of ours</source>
        <translation>描画の線に使用できない色があります</translation>
    </message>
    <message>
        <source>it has characters that are broken</source>
        <translation>壊れた文字が含まれています</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>内容がありません</translation>
    </message>
    <message>
        <source>it is empty or has odd characters</source>
        <translation>空であるか、使用できない文字が含まれています</translation>
    </message>
    <message>
        <source>there is none of that name</source>
        <translation>その名前のものはありません</translation>
    </message>
    <message>
        <source>it must not end with a backslash</source>
        <translation>末尾をバックスラッシュにすることはできません</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>名前にスラッシュは使えません。長さは 1～255 文字です</translation>
    </message>
    <message>
        <source>an asset has at most 1,000 tags</source>
        <translation>アセットのタグは最大 1,000 個です</translation>
    </message>
    <message>
        <source>a tag is a word without spaces around it</source>
        <translation>タグは前後に空白のない語です</translation>
    </message>
    <message>
        <source>a tag holds no comma</source>
        <translation>タグにコンマは使えません</translation>
    </message>
    <message>
        <source>a tag has at most 255 characters</source>
        <translation>タグは最大 255 文字です</translation>
    </message>
    <message>
        <source>a tag has no control characters</source>
        <translation>タグに制御文字は使えません</translation>
    </message>
    <message>
        <source>a key needs a name without =, | and backslashes</source>
        <translation>キーには =、|、バックスラッシュを含まない名前が必要です</translation>
    </message>
    <message>
        <source>this key says what was sent, and is not edited</source>
        <translation>このキーは送信内容を示すもので、編集できません</translation>
    </message>
    <message>
        <source>a value has at most 1,024 characters</source>
        <translation>値は最大 1,024 文字です</translation>
    </message>
    <message>
        <source>a value has no control characters but line breaks</source>
        <translation>値に使える制御文字は改行だけです</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>その場所はありません</translation>
    </message>
    <message>
        <source>it does not name a place</source>
        <translation>場所を示していません</translation>
    </message>
    <message>
        <source>an environment has no name</source>
        <translation>名前のない環境があります</translation>
    </message>
    <message>
        <source>what leads in environments is no short table</source>
        <translation>環境ごとの優先側の指定が短い表ではありません</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>it cannot be moved into itself</source>
        <translation>自身の中には移動できません</translation>
    </message>
    <message>
        <source>it is larger than 64 MB</source>
        <translation>64 MB を超えています</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>テキストではありません</translation>
    </message>
    <message>
        <source>The limit of weight</source>
        <translation>サイズの上限</translation>
    </message>
    <message>
        <source>it allows no bytes at all</source>
        <translation>0 バイト以下になっています</translation>
    </message>
    <message>
        <source>it is no extension</source>
        <translation>拡張子ではありません</translation>
    </message>
    <message>
        <source>it names a preset twice</source>
        <translation>プリセットが重複して指定されています</translation>
    </message>
    <message>
        <source>there is no column market or language</source>
        <translation>列 market または language がありません</translation>
    </message>
    <message>
        <source>one of its options is chosen by name</source>
        <translation>選択肢は名前で指定する必要があります</translation>
    </message>
    <message>
        <source>it is not written at this master</source>
        <translation>このマスターには書き込まれない項目です</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>its first line names no columns</source>
        <translation>1 行目に列名がありません</translation>
    </message>
    <message>
        <source>it has no column File or Asset</source>
        <translation>列 File または Asset がありません</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>テンプレート</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>名前が必要です</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>名前が長すぎます</translation>
    </message>
    <message>
        <source>it is no field that is edited</source>
        <translation>編集できるフィールドではありません</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>重複しています</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>長すぎます</translation>
    </message>
    <message>
        <source>a brace stands alone</source>
        <translation>対になっていない波かっこがあります</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>the name is there twice</source>
        <translation>名前が重複しています</translation>
    </message>
    <message>
        <source>it needs a name and fields, nothing else</source>
        <translation>必要なのは名前とフィールドのみです</translation>
    </message>
    <message>
        <source>a name is a text, fields are a list</source>
        <translation>名前はテキスト、フィールドはリストである必要があります</translation>
    </message>
    <message>
        <source>it needs field and text, and may have way</source>
        <translation>field と text が必要です。way は任意です</translation>
    </message>
    <message>
        <source>text is a text, way is set, add or fill</source>
        <translation>text はテキスト、way は set、add、fill のいずれかです</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>フォルダーの外を指しています</translation>
    </message>
    <message>
        <source>it holds a mark that no name can have</source>
        <translation>名前に使用できない文字が含まれています</translation>
    </message>
    <message>
        <source>it names a stage twice</source>
        <translation>段階が重複して指定されています</translation>
    </message>
    <message>
        <source>a difference is between 0 and 1</source>
        <translation>差異は 0 から 1 の間です</translation>
    </message>
    <message>
        <source>two policies have this name</source>
        <translation>2 つのポリシーがこの名前を使用しています</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>リスト</translation>
    </message>
    <message>
        <source>it is empty, or has spaces at an end</source>
        <translation>空であるか、前後に空白があります</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>大きすぎます</translation>
    </message>
    <message>
        <source>it has to be a list</source>
        <translation>リストである必要があります</translation>
    </message>
    <message>
        <source>it has to be true or false</source>
        <translation>true または false である必要があります</translation>
    </message>
    <message>
        <source>it has to be a text</source>
        <translation>テキストである必要があります</translation>
    </message>
    <message>
        <source>it has to be an object</source>
        <translation>オブジェクトである必要があります</translation>
    </message>
    <message>
        <source>it has to be a list of texts</source>
        <translation>テキストのリストである必要があります</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>it is too long, or broken</source>
        <translation>長すぎるか、破損しています</translation>
    </message>
    <message>
        <source>The largest file</source>
        <translation>最大ファイルサイズ</translation>
    </message>
    <message>
        <source>it has less than no bytes</source>
        <translation>0 バイト未満になっています</translation>
    </message>
    <message>
        <source>say DE, US-CA or EMEA</source>
        <translation>DE、US-CA、EMEA のように指定してください</translation>
    </message>
    <message>
        <source>say de or pt-BR</source>
        <translation>de または pt-BR のように指定してください</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>ありません</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>テキストではありません</translation>
    </message>
    <message>
        <source>it has to be a whole number</source>
        <translation>整数である必要があります</translation>
    </message>
    <message>
        <source>it has neither a folder nor an address</source>
        <translation>フォルダーもアドレスも指定されていません</translation>
    </message>
    <message>
        <source>to push, it needs a Cloudinary environment</source>
        <translation>プッシュするには Cloudinary 環境が必要です</translation>
    </message>
    <message>
        <source>an address begins with https://</source>
        <translation>アドレスは https:// で始まる必要があります</translation>
    </message>
    <message>
        <source>a password has no place in an address; give it as a token</source>
        <translation>アドレスにパスワードを含めることはできません。トークンとして指定してください</translation>
    </message>
    <message>
        <source>context needs a name and a short value</source>
        <translation>コンテキストには名前と短い値が必要です</translation>
    </message>
    <message>
        <source>a folder needs a name at each level</source>
        <translation>フォルダーには各階層の名前が必要です</translation>
    </message>
    <message>
        <source>a folder name cannot hold ? &amp; # \ % &lt; &gt; +</source>
        <translation>フォルダー名に ? &amp; # \ % &lt; &gt; + は使用できません</translation>
    </message>
    <message>
        <source>it is no verdict file of a review pack</source>
        <translation>レビューパックの判定ファイルではありません</translation>
    </message>
    <message>
        <source>it is no verdict</source>
        <translation>判定ではありません</translation>
    </message>
    <message>
        <source>it is no time</source>
        <translation>時刻ではありません</translation>
    </message>
    <message>
        <source>its place is not on the picture</source>
        <translation>位置が画像の外にあります</translation>
    </message>
    <message>
        <source>it is missing, or no such name</source>
        <translation>値がないか、使用できない名前です</translation>
    </message>
    <message>
        <source>it is not between 0 and 1</source>
        <translation>0 から 1 の間ではありません</translation>
    </message>
    <message>
        <source>something is named twice in it</source>
        <translation>重複して指定されたものがあります</translation>
    </message>
    <message>
        <source>its due date says no time zone</source>
        <translation>期限にタイムゾーンがありません</translation>
    </message>
    <message>
        <source>its title or its note has characters that are broken</source>
        <translation>タイトルまたはメモに壊れた文字が含まれています</translation>
    </message>
    <message>
        <source>it does not end with ]]</source>
        <translation>]] で終わっていません</translation>
    </message>
    <message>
        <source>The list of documents</source>
        <translation>書類の一覧</translation>
    </message>
    <message>
        <source>no key that this version knows has signed it</source>
        <translation>このバージョンが認識するキーで署名されていません</translation>
    </message>
    <message>
        <source>it is about something else</source>
        <translation>別のものに関する内容です</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>破損しています</translation>
    </message>
    <message>
        <source>it is of a format that this version cannot read</source>
        <translation>このバージョンでは読み取れない形式です</translation>
    </message>
    <message>
        <source>it does not say what a release says</source>
        <translation>リリースに必要な内容がありません</translation>
    </message>
    <message>
        <source>it is no language tag</source>
        <translation>言語タグではありません</translation>
    </message>
    <message>
        <source>it has no alternatives by language</source>
        <translation>言語別の値がありません</translation>
    </message>
    <message>
        <source>it is indented too far</source>
        <translation>インデントが深すぎます</translation>
    </message>
    <message>
        <source>a synonym stands below its word</source>
        <translation>同義語は対応する語の下に置きます</translation>
    </message>
    <message>
        <source>a word has no control characters</source>
        <translation>語に制御文字は使用できません</translation>
    </message>
    <message>
        <source>hidden and system files are left out</source>
        <translation>隠しファイルとシステムファイルは対象外です</translation>
    </message>
    <message>
        <source>a folder cannot be copied into itself</source>
        <translation>フォルダーを自身の中にはコピーできません</translation>
    </message>
    <message>
        <source>it leads out of the library</source>
        <translation>ライブラリの外を指しています</translation>
    </message>
    <message>
        <source>another folder took its place</source>
        <translation>別のフォルダーに置き換わっています</translation>
    </message>
    <message>
        <source>its disk seems to be unmounted</source>
        <translation>ディスクがマウントされていないようです</translation>
    </message>
    <message>
        <source>it is not the address of a service</source>
        <translation>サービスのアドレスではありません</translation>
    </message>
    <message>
        <source>it is not an address</source>
        <translation>アドレスではありません</translation>
    </message>
    <message>
        <source>it is the id of no container</source>
        <translation>コンテナーの ID ではありません</translation>
    </message>
    <message>
        <source>it is no id</source>
        <translation>ID ではありません</translation>
    </message>
    <message>
        <source>what was kept of it is damaged</source>
        <translation>保存された情報が破損しています</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>表示範囲</translation>
    </message>
    <message>
        <source>it has too many galleries</source>
        <translation>ギャラリーが多すぎます</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>レコード</translation>
    </message>
    <message>
        <source>it is not defined there</source>
        <translation>そこには定義されていません</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>コード</translation>
    </message>
    <message>
        <source>it has to be digits</source>
        <translation>数字である必要があります</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>組織</translation>
    </message>
    <message>
        <source>it is none of yours</source>
        <translation>所属している組織ではありません</translation>
    </message>
    <message>
        <source>The sign-in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>it is not finished</source>
        <translation>完了していません</translation>
    </message>
    <message>
        <source>e-mail or password is missing</source>
        <translation>メールアドレスまたはパスワードがありません</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>API キー</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>時間がかかりすぎています</translation>
    </message>
    <message>
        <source>The file name</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>no file can be called so</source>
        <translation>ファイルに使用できない名前です</translation>
    </message>
    <message>
        <source>it is only read</source>
        <translation>読み取り専用です</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>インストールされていません</translation>
    </message>
    <message>
        <source>its package names no account</source>
        <translation>パッケージにアカウントが示されていません</translation>
    </message>
    <message>
        <source>no preview is open</source>
        <translation>開いているプレビューがありません</translation>
    </message>
    <message>
        <source>the decoders are closed</source>
        <translation>デコーダーが終了しています</translation>
    </message>
    <message>
        <source>the decoder gave no answer</source>
        <translation>デコーダーから応答がありません</translation>
    </message>
    <message>
        <source>the decoder answered nonsense</source>
        <translation>デコーダーの応答が正しくありません</translation>
    </message>
    <message>
        <source>it needs too much memory</source>
        <translation>必要なメモリが多すぎます</translation>
    </message>
    <message>
        <source>the document has no pages</source>
        <translation>ドキュメントにページがありません</translation>
    </message>
    <message>
        <source>the page has no size</source>
        <translation>ページにサイズがありません</translation>
    </message>
    <message>
        <source>it is PostScript without a preview</source>
        <translation>プレビューのない PostScript です</translation>
    </message>
    <message>
        <source>its preview is not a picture</source>
        <translation>プレビューが画像ではありません</translation>
    </message>
    <message>
        <source>it needs a password</source>
        <translation>パスワードが必要です</translation>
    </message>
    <message>
        <source>ExifTool cannot write this file</source>
        <translation>ExifTool はこのファイルに書き込めません</translation>
    </message>
    <message>
        <source>ExifTool cannot be asked</source>
        <translation>ExifTool に問い合わせできません</translation>
    </message>
    <message>
        <source>ExifTool gave no answer</source>
        <translation>ExifTool から応答がありません</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>ファイルを開けません</translation>
    </message>
    <message>
        <source>more than metadata would have changed</source>
        <translation>メタデータ以外も変更されるところでした</translation>
    </message>
    <message>
        <source>ExifTool is not installed</source>
        <translation>ExifTool がインストールされていません</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>なくなっています</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>ファイルではありません</translation>
    </message>
    <message>
        <source>it is marked as read-only</source>
        <translation>読み取り専用に設定されています</translation>
    </message>
    <message>
        <source>its folder is read-only</source>
        <translation>フォルダーが読み取り専用です</translation>
    </message>
    <message>
        <source>where it was taken would still stand in it</source>
        <translation>撮影場所の情報が残ってしまいます</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>ヘッダーが正しくありません</translation>
    </message>
    <message>
        <source>its picture is compressed in a way that is not known</source>
        <translation>画像が未対応の方式で圧縮されています</translation>
    </message>
    <message>
        <source>its header: there is no codestream</source>
        <translation>ヘッダー: コードストリームがありません</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>色を変換できません</translation>
    </message>
    <message>
        <source>it has no size</source>
        <translation>サイズがありません</translation>
    </message>
    <message>
        <source>no decoder knows it</source>
        <translation>対応するデコーダーがありません</translation>
    </message>
    <message>
        <source>there is sound only</source>
        <translation>音声しかありません</translation>
    </message>
    <message>
        <source>no frame could be read</source>
        <translation>フレームを読み取れませんでした</translation>
    </message>
    <message>
        <source>no picture could be read</source>
        <translation>画像を読み取れませんでした</translation>
    </message>
    <message>
        <source>This thread of comments</source>
        <translation>このコメントスレッド</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>閉じられています</translation>
    </message>
    <message>
        <source>This review request</source>
        <translation>このレビュー依頼</translation>
    </message>
    <message>
        <source>it holds no name and expression</source>
        <translation>名前と検索式が含まれていません</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>it opens neither a path nor a pattern</source>
        <translation>パスもパターンも指定されていません</translation>
    </message>
    <message>
        <source>The token&apos;s key</source>
        <translation>トークンのキー</translation>
    </message>
    <message>
        <source>it is not hexadecimal</source>
        <translation>16 進数ではありません</translation>
    </message>
    <message>
        <source>The rule for breakpoints</source>
        <translation>ブレークポイントのルール</translation>
    </message>
    <message>
        <source>The gallery</source>
        <translation>ギャラリー</translation>
    </message>
    <message>
        <source>nothing is chosen for it</source>
        <translation>何も選択されていません</translation>
    </message>
    <message>
        <source>The delivery address</source>
        <translation>配信アドレス</translation>
    </message>
    <message>
        <source>it names no asset</source>
        <translation>アセットを示していません</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>ページが破損しています</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>レイヤー</translation>
    </message>
    <message>
        <source>The options</source>
        <translation>オプション</translation>
    </message>
    <message>
        <source>the film is too long to be played backwards or again: ask for a shorter part (so_, du_) or a smaller size</source>
        <translation>動画が長すぎて逆再生や繰り返しができません。短い範囲 (so_、du_) または小さいサイズを指定してください</translation>
    </message>
    <message>
        <source>it is neither film nor sound</source>
        <translation>動画でも音声でもありません</translation>
    </message>
    <message>
        <source>the film is damaged</source>
        <translation>動画が破損しています</translation>
    </message>
    <message>
        <source>there are no moving pictures in it</source>
        <translation>動画の映像がありません</translation>
    </message>
    <message>
        <source>a picture is asked for, not a film</source>
        <translation>動画ではなく画像が要求されています</translation>
    </message>
    <message>
        <source>nothing is left of it, neither pictures nor sound</source>
        <translation>映像も音声も残りません</translation>
    </message>
    <message>
        <source>no frame of the wanted part could be read</source>
        <translation>指定した範囲のフレームを読み取れませんでした</translation>
    </message>
    <message>
        <source>its length is not known, so no percentage of it can be taken</source>
        <translation>長さが不明なため、割合で指定できません</translation>
    </message>
    <message>
        <source>no frame of the film could be read</source>
        <translation>動画のフレームを読み取れませんでした</translation>
    </message>
    <message>
        <source>a length is a number of characters</source>
        <translation>長さは文字数で指定します</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>ルール</translation>
    </message>
    <message>
        <source>it changes no field that there is</source>
        <translation>変更対象のフィールドが存在しません</translation>
    </message>
    <message>
        <source>context is written as name=value</source>
        <translation>コンテキストは name=value の形式で指定します</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>そのようなフィールドはありません</translation>
    </message>
    <message>
        <source>it is too large for a table of markets</source>
        <translation>市場の表として大きすぎます</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>UTF-8 のテキストではありません</translation>
    </message>
    <message>
        <source>The asset</source>
        <translation>アセット</translation>
    </message>
    <message>
        <source>A Cloudinary account</source>
        <translation>Cloudinary アカウント</translation>
    </message>
    <message>
        <source>The reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>The override</source>
        <translation>例外許可</translation>
    </message>
    <message>
        <source>The collection</source>
        <translation>コレクション</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>アーカイブ</translation>
    </message>
    <message>
        <source>it is no year of an archive</source>
        <translation>アーカイブの年として使用できません</translation>
    </message>
    <message>
        <source>the folder&apos;s whole path is needed</source>
        <translation>フォルダーの完全なパスが必要です</translation>
    </message>
    <message>
        <source>there is something in it already</source>
        <translation>すでに何かが入っています</translation>
    </message>
    <message>
        <source>A Cloudinary asset in this choice</source>
        <translation>選択範囲内の Cloudinary アセット</translation>
    </message>
    <message>
        <source>some of it are files here, not assets at Cloudinary</source>
        <translation>一部が Cloudinary のアセットではなく、ローカルのファイルです</translation>
    </message>
    <message>
        <source>Cloudinary makes no picture of such a file</source>
        <translation>この種類のファイルから Cloudinary は画像を作成しません</translation>
    </message>
    <message>
        <source>The asset in Cloudinary</source>
        <translation>Cloudinary のアセット</translation>
    </message>
    <message>
        <source>there is a destination of that name</source>
        <translation>その名前の送信先はすでにあります</translation>
    </message>
    <message>
        <source>only assets of a Cloudinary environment have these fields</source>
        <translation>これらのフィールドは Cloudinary 環境のアセットにのみあります</translation>
    </message>
    <message>
        <source>A rule to change places with</source>
        <translation>順序を入れ替えるルール</translation>
    </message>
    <message>
        <source>its secret is not in the key store</source>
        <translation>シークレットがキーストアにありません</translation>
    </message>
    <message>
        <source>the login names no product environment</source>
        <translation>ログインにプロダクト環境が示されていません</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>読み取り中に変更されました</translation>
    </message>
    <message>
        <source>A copy of this master</source>
        <translation>このマスターのコピー</translation>
    </message>
    <message>
        <source>The endpoint of this message</source>
        <translation>このメッセージのエンドポイント</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>ライブラリ</translation>
    </message>
    <message>
        <source>no secret is known here that it could be signed with</source>
        <translation>署名に使用できるシークレットがありません</translation>
    </message>
    <message>
        <source>it is no absolute path</source>
        <translation>絶対パスではありません</translation>
    </message>
    <message>
        <source>another report writes its days there</source>
        <translation>別のレポートが日ごとのファイルをそこに書き出しています</translation>
    </message>
    <message>
        <source>a keyword is short and has no comma</source>
        <translation>キーワードは短く、コンマを含まない必要があります</translation>
    </message>
    <message>
        <source>This library</source>
        <translation>このライブラリ</translation>
    </message>
    <message>
        <source>only one of a PhotoShelter-style service takes work in</source>
        <translation>取り込みに対応するのは PhotoShelter 型のサービスのライブラリのみです</translation>
    </message>
    <message>
        <source>two renditions would have this name</source>
        <translation>2 つのレンディションが同じ名前になります</translation>
    </message>
    <message>
        <source>the kit has no such preset to limit</source>
        <translation>キットに、上限を設定するプリセットがありません</translation>
    </message>
    <message>
        <source>the whole path is needed</source>
        <translation>完全なパスが必要です</translation>
    </message>
    <message>
        <source>the name of a ZIP ends in .zip</source>
        <translation>ZIP の名前は .zip で終わる必要があります</translation>
    </message>
    <message>
        <source>the name of a folder does not end so</source>
        <translation>フォルダーの名前はそのように終えられません</translation>
    </message>
    <message>
        <source>there is something of this name</source>
        <translation>同じ名前のものがあります</translation>
    </message>
    <message>
        <source>there is no master among it</source>
        <translation>マスターが含まれていません</translation>
    </message>
    <message>
        <source>another feed is received on that port</source>
        <translation>そのポートでは別のフィードを受信しています</translation>
    </message>
    <message>
        <source>it has no secret yet</source>
        <translation>シークレットがまだありません</translation>
    </message>
    <message>
        <source>it is not switched on</source>
        <translation>有効になっていません</translation>
    </message>
    <message>
        <source>it is not set to push</source>
        <translation>プッシュするように設定されていません</translation>
    </message>
    <message>
        <source>another file has this name</source>
        <translation>別のファイルがこの名前を使用しています</translation>
    </message>
    <message>
        <source>how large the picture is, is not known</source>
        <translation>画像のサイズが不明です</translation>
    </message>
    <message>
        <source>The review pack of these verdicts</source>
        <translation>これらの判定のレビューパック</translation>
    </message>
    <message>
        <source>its content was not read yet</source>
        <translation>内容がまだ読み取られていません</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>ファイルではありません</translation>
    </message>
    <message>
        <source>no browser shows what it was made into</source>
        <translation>作成された形式をブラウザーで表示できません</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>it needs to be one line</source>
        <translation>1 行である必要があります</translation>
    </message>
    <message>
        <source>you signed out</source>
        <translation>サインアウトしています</translation>
    </message>
    <message>
        <source>the studio is closed</source>
        <translation>スタジオが閉じています</translation>
    </message>
    <message>
        <source>its place has moved to another one</source>
        <translation>別の場所に移動しています</translation>
    </message>
    <message>
        <source>the server has none</source>
        <translation>サーバーにありません</translation>
    </message>
    <message>
        <source>there is another template of that name</source>
        <translation>同じ名前の別のテンプレートがあります</translation>
    </message>
    <message>
        <source>A vocabulary</source>
        <translation>統制語彙</translation>
    </message>
    <message>
        <source>it needs a short name</source>
        <translation>短い名前が必要です</translation>
    </message>
    <message>
        <source>it takes no words</source>
        <translation>語を指定できません</translation>
    </message>
    <message>
        <source>only words of a set are refused</source>
        <translation>語を限定できるのは、複数の値を持つフィールドのみです</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>統制語彙</translation>
    </message>
    <message>
        <source>it has no words</source>
        <translation>語がありません</translation>
    </message>
    <message>
        <source>it is there already; --replace writes over it</source>
        <translation>すでに存在します。--replace で上書きできます</translation>
    </message>
    <message>
        <source>The address to fetch</source>
        <translation>取得元のアドレス</translation>
    </message>
    <message>
        <source>The asset at its service</source>
        <translation>サービス側のアセット</translation>
    </message>
    <message>
        <source>no preset or set has this name</source>
        <translation>この名前のプリセットまたはセットがありません</translation>
    </message>
    <message>
        <source>it is filled from a table of variants</source>
        <translation>バリエーションの表から値が入ります</translation>
    </message>
    <message>
        <source>the table names other pictures for it</source>
        <translation>表では別の画像が指定されています</translation>
    </message>
    <message>
        <source>a parameter such as w_300</source>
        <translation>w_300 のようなパラメーター</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression</source>
        <translation>整数のピクセル数、0.5 のような割合、iw、ih、または式</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0</source>
        <translation>0 より大きい値 (整数のピクセル数、0.5 のような割合、iw、ih、または式)</translation>
    </message>
    <message>
        <source>a ratio such as 16:9 or 1.5</source>
        <translation>16:9 や 1.5 のような比率</translation>
    </message>
    <message>
        <source>a factor such as 2.0, or auto</source>
        <translation>2.0 のような係数または auto</translation>
    </message>
    <message>
        <source>a factor such as 0.7</source>
        <translation>0.7 のような係数</translation>
    </message>
    <message>
        <source>1 to 100, or auto with its level</source>
        <translation>1 から 100 までの値、または auto (レベル指定可)</translation>
    </message>
    <message>
        <source>text in UTF-8</source>
        <translation>UTF-8 のテキスト</translation>
    </message>
    <message>
        <source>a text layer</source>
        <translation>テキストレイヤー</translation>
    </message>
    <message>
        <source>the public ID of a layer</source>
        <translation>レイヤーのパブリック ID</translation>
    </message>
    <message>
        <source>at most {count} layers within layers</source>
        <translation>{count} 階層以内のレイヤーの入れ子</translation>
    </message>
    <message>
        <source>a layer that needs at most {limit} megapixels</source>
        <translation>{limit} メガピクセル以内で済むレイヤー</translation>
    </message>
    <message>
        <source>an address in URL-safe Base64</source>
        <translation>URL セーフな Base64 のアドレス</translation>
    </message>
    <message>
        <source>one of the {count} pages</source>
        <translation>全 {count} ページのいずれか</translation>
    </message>
    <message>
        <source>the only page, 1</source>
        <translation>唯一のページである 1</translation>
    </message>
    <message>
        <source>a size of at most {limit} megapixels</source>
        <translation>{limit} メガピクセル以内のサイズ</translation>
    </message>
    <message>
        <source>a crop that lies inside the picture (fl_no_overflow)</source>
        <translation>画像内に収まる切り抜き (fl_no_overflow)</translation>
    </message>
    <message>
        <source>a named transformation that does not contain itself</source>
        <translation>自分自身を含まない名前付き変換</translation>
    </message>
    <message>
        <source>named transformations of at most {count} components in all</source>
        <translation>合計 {count} 個以内のコンポーネントからなる名前付き変換</translation>
    </message>
    <message>
        <source>the name of a transformation without mistakes; in this one {expected} was expected instead of “{found}”</source>
        <translation>誤りのない変換の名前 (この変換では {expected} が必要ですが、「{found}」があります)</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film, which ends after {end} seconds</source>
        <translation>{end} 秒で終わる動画の一部が残るオフセット</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film</source>
        <translation>動画の一部が残るオフセット</translation>
    </message>
    <message>
        <source>a codec that the format holds ({held})</source>
        <translation>この形式に格納できるコーデック ({held})</translation>
    </message>
    <message>
        <source>a text that fits into {width} × {height} pixels</source>
        <translation>{width} × {height} ピクセルに収まるテキスト</translation>
    </message>
    <message>
        <source>a text of at most {count} characters</source>
        <translation>{count} 文字以内のテキスト</translation>
    </message>
    <message>
        <source>a text of at most {side} pixels a side and {limit} megapixels</source>
        <translation>一辺 {side} ピクセル以内かつ {limit} メガピクセル以内のテキスト</translation>
    </message>
    <message>
        <source>a font size above 0</source>
        <translation>0 より大きいフォントサイズ</translation>
    </message>
    <message>
        <source>a result that is not beyond all sizes</source>
        <translation>扱える大きさを超えない計算結果</translation>
    </message>
    <message>
        <source>a division by something other than 0</source>
        <translation>0 以外の値による除算</translation>
    </message>
    <message>
        <source>a power with an exponent up to {count}</source>
        <translation>指数が {count} 以下のべき乗</translation>
    </message>
    <message>
        <source>a root of something that is not below 0</source>
        <translation>0 以上の値の根</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} または {other}</translation>
    </message>
    <message>
        <source>the film is not on this machine</source>
        <translation>動画がこのコンピューターにありません</translation>
    </message>
    <message>
        <source>browsers play no films of this format</source>
        <translation>この形式の動画はブラウザーで再生できません</translation>
    </message>
    <message>
        <source>its file is another one now</source>
        <translation>ファイルが別のものになっています</translation>
    </message>
    <message>
        <source>new versions of files</source>
        <translation>ファイルの新しいバージョン</translation>
    </message>
    <message>
        <source>its master is a file in a folder here</source>
        <translation>マスターはここのフォルダー内のファイルです</translation>
    </message>
    <message>
        <source>another field has this external ID</source>
        <translation>この外部 ID は別のフィールドにあります</translation>
    </message>
    <message>
        <source>A field without a name</source>
        <translation>名前のないフィールド</translation>
    </message>
    <message>
        <source>it needs a label</source>
        <translation>ラベルが必要です</translation>
    </message>
    <message>
        <source>another field has this label</source>
        <translation>このラベルは別のフィールドにあります</translation>
    </message>
    <message>
        <source>a list needs at least one value to choose</source>
        <translation>リストには選択できる値が 1 つ以上必要です</translation>
    </message>
    <message>
        <source>a mandatory field needs a default value</source>
        <translation>必須フィールドには既定値が必要です</translation>
    </message>
    <message>
        <source>its longest length is shorter than its shortest</source>
        <translation>最大の長さが最小の長さより短くなっています</translation>
    </message>
    <message>
        <source>A rule without a name</source>
        <translation>名前のないルール</translation>
    </message>
    <message>
        <source>it needs at least one condition</source>
        <translation>条件が 1 つ以上必要です</translation>
    </message>
    <message>
        <source>a condition cannot ask about the field that the rule changes</source>
        <translation>ルールが変更するフィールドを条件にすることはできません</translation>
    </message>
    <message>
        <source>it changes nothing</source>
        <translation>何も変更しません</translation>
    </message>
    <message>
        <source>a scene code has six digits</source>
        <translation>シーンコードは 6 桁の数字です</translation>
    </message>
    <message>
        <source>a subject code has eight digits</source>
        <translation>主題コードは 8 桁の数字です</translation>
    </message>
    <message>
        <source>an age is a number of years</source>
        <translation>年齢は年数です</translation>
    </message>
    <message>
        <source>a language is written such as de or en-GB</source>
        <translation>言語は de や en-GB のように書きます</translation>
    </message>
    <message>
        <source>a country code has two or three letters</source>
        <translation>国コードは 2 文字または 3 文字です</translation>
    </message>
    <message>
        <source>a measure is a number such as 0.25</source>
        <translation>寸法は 0.25 のような数値です</translation>
    </message>
    <message>
        <source>it takes a set of words</source>
        <translation>語の集まりを入力します</translation>
    </message>
    <message>
        <source>it takes one value</source>
        <translation>値は 1 つだけです</translation>
    </message>
    <message>
        <source>it takes a text</source>
        <translation>テキストを入力します</translation>
    </message>
    <message>
        <source>it is one line</source>
        <translation>1 行で入力します</translation>
    </message>
    <message>
        <source>a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00</source>
        <translation>日付は 2026、2026-12-01、2026-12-01T09:00:00+01:00 のように書きます</translation>
    </message>
    <message>
        <source>there is no such day or time</source>
        <translation>そのような日付または時刻はありません</translation>
    </message>
    <message>
        <source>it is none of the choices</source>
        <translation>選択肢にありません</translation>
    </message>
    <message>
        <source>an address has no blanks</source>
        <translation>アドレスに空白は使えません</translation>
    </message>
    <message>
        <source>a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E</source>
        <translation>座標は 48.85837, 2.29448 や 48°51′30″N 2°17′40″E のように書きます</translation>
    </message>
    <message>
        <source>a latitude is at most 90 degrees, a longitude at most 180</source>
        <translation>緯度は最大 90 度、経度は最大 180 度です</translation>
    </message>
    <message>
        <source>it is a whole number</source>
        <translation>整数です</translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message>
        <source>There is nothing in it, and it is needed.</source>
        <translation>必須ですが、空です。</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>表にその列がありません。</translation>
    </message>
    <message>
        <source>“{value}” is too long.</source>
        <translation>「{value}」は長すぎます。</translation>
    </message>
    <message>
        <source>It holds signs that no text has.</source>
        <translation>テキストに使えない文字が含まれています。</translation>
    </message>
    <message>
        <source>“{value}” is neither upsert nor delete.</source>
        <translation>「{value}」は upsert でも delete でもありません。</translation>
    </message>
    <message>
        <source>“{value}” has not 8, 12, 13 or 14 digits.</source>
        <translation>「{value}」は 8、12、13、14 桁のいずれでもありません。</translation>
    </message>
    <message>
        <source>“{value}” is not of small letters, digits, - and _.</source>
        <translation>「{value}」に小文字、数字、-、_ 以外の文字が含まれています。</translation>
    </message>
    <message>
        <source>“{value}” is no country&apos;s code, EU or WW.</source>
        <translation>「{value}」は国コード、EU、WW のいずれでもありません。</translation>
    </message>
    <message>
        <source>“{value}” is no language tag.</source>
        <translation>「{value}」は言語タグではありません。</translation>
    </message>
    <message>
        <source>“{value}” is no use that is known.</source>
        <translation>「{value}」は既知の用途ではありません。</translation>
    </message>
    <message>
        <source>“{value}” is no date.</source>
        <translation>「{value}」は日付ではありません。</translation>
    </message>
    <message>
        <source>“{value}” does not say in which time zone.</source>
        <translation>「{value}」にタイムゾーンの指定がありません。</translation>
    </message>
    <message>
        <source>The rights end before they begin.</source>
        <translation>権利の終了が開始より前です。</translation>
    </message>
    <message>
        <source>“{value}” is no slot.</source>
        <translation>「{value}」はスロットではありません。</translation>
    </message>
    <message>
        <source>“{value}” is no position.</source>
        <translation>「{value}」は位置ではありません。</translation>
    </message>
    <message>
        <source>“{value}” does not begin with ps:, cld:, file: or kw:.</source>
        <translation>「{value}」が ps:、cld:、file:、kw: のいずれでも始まっていません。</translation>
    </message>
    <message>
        <source>The line is not in the encoding of the file.</source>
        <translation>この行の文字コードがファイルと異なります。</translation>
    </message>
    <message>
        <source>The line has {value} cells.</source>
        <translation>この行のセルは {value} 個です。</translation>
    </message>
    <message>
        <source>The line is separated by {value}, unlike the first one.</source>
        <translation>この行の区切りは {value} で、最初の行と異なります。</translation>
    </message>
    <message>
        <source>A quotation mark is never closed.</source>
        <translation>引用符が閉じられていません。</translation>
    </message>
    <message>
        <source>The line is too long to be read.</source>
        <translation>行が長すぎて読み取れません。</translation>
    </message>
    <message>
        <source>It is no JSON: {value}.</source>
        <translation>JSON ではありません: {value}。</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>JSON オブジェクトではありません。</translation>
    </message>
    <message>
        <source>The check digit of {value} is wrong.</source>
        <translation>{value} のチェックディジットが正しくありません。</translation>
    </message>
    <message>
        <source>Rows of the product say different things; “{value}” was taken.</source>
        <translation>商品の行の内容が一致しません。「{value}」を採用しました。</translation>
    </message>
    <message>
        <source>The product is there twice with “{value}”; the later one was taken.</source>
        <translation>「{value}」の商品が 2 つあります。後のものを採用しました。</translation>
    </message>
    <message>
        <source>The column “{value}” is not known.</source>
        <translation>列「{value}」は不明です。</translation>
    </message>
    <message>
        <source>The feed is empty.</source>
        <translation>フィードは空です。</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>メイン画像</translation>
    </message>
    <message>
        <source>Other view</source>
        <translation>別アングル</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>細部</translation>
    </message>
    <message>
        <source>Swatch</source>
        <translation>スウォッチ</translation>
    </message>
    <message>
        <source>Lifestyle</source>
        <translation>使用シーン</translation>
    </message>
    <message>
        <source>Spin</source>
        <translation>360° ビュー</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>動画</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>マニュアル</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>無効</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>必要なときのみ</translation>
    </message>
    <message>
        <source>Every quarter of an hour</source>
        <translation>15 分ごと</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>1 時間ごと</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>毎日</translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>%Ln 分ごと</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>異なる画像 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) taken</source>
        <translation>
            <numerusform>取り込んだ製品 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>変更のない製品 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>古い製品 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>削除された製品 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>取り込まれなかった行 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>{line} 行目</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>取り込まれなかったもの</translation>
    </message>
    <message>
        <source>No image of it was found</source>
        <translation>画像が見つかりませんでした</translation>
    </message>
</context>
<context>
    <name>fidelity</name>
    <message>
        <source>{it} follows the visitor&apos;s browser; here the picture keeps its size.</source>
        <translation>{it} は閲覧者のブラウザーに依存します。ここでは画像のサイズがそのまま保たれます。</translation>
    </message>
    <message>
        <source>{it} stands alone: Cloudinary&apos;s pages leave open how the other side follows; here the picture keeps its shape.</source>
        <translation>{it} のみが指定されています。もう一方の辺の決まり方は Cloudinary のドキュメントに記載がなく、ここでは画像の縦横比が保たれます。</translation>
    </message>
    <message>
        <source>{it} lets Cloudinary choose the part by its content; here it is chosen by our own measure. The size is exact.</source>
        <translation>{it} では Cloudinary が内容に応じて範囲を選びます。ここでは独自の基準で選びます。サイズは正確です。</translation>
    </message>
    <message>
        <source>{it} decides the size too, and its coordinates are not here.</source>
        <translation>{it} はサイズも決めますが、その座標がここにはありません。</translation>
    </message>
    <message>
        <source>{it} decides the size too; Cloudinary finds the part with its own detector, here another one does.</source>
        <translation>{it} はサイズも決めます。Cloudinary は独自の検出器で範囲を検出しますが、ここでは別の検出器を使用します。</translation>
    </message>
    <message>
        <source>{it}: how much stays around what is found is not published; here it is near.</source>
        <translation>{it}: 検出されたものの周囲に残る余白は公開されていません。ここでは近似です。</translation>
    </message>
    <message>
        <source>dpr_auto follows the visitor&apos;s screen; here it counts as 1.0.</source>
        <translation>dpr_auto は閲覧者の画面に依存します。ここでは 1.0 として扱います。</translation>
    </message>
    <message>
        <source>{it} stands by itself; here it enlarges the last size that is asked for.</source>
        <translation>{it} は単独で指定されています。ここでは最後に指定されたサイズを拡大します。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds the quality for each picture; here it is found by another measure of what the eye sees.</source>
        <translation>{it}: Cloudinary は画像ごとに画質を決めます。ここでは別の視覚指標で決めます。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary chooses the format by browser and content; here by the browser alone.</source>
        <translation>{it}: Cloudinary はブラウザーと内容に応じて形式を選びます。ここではブラウザーのみで選びます。</translation>
    </message>
    <message>
        <source>{it}: when Cloudinary turns the picture is not published in full; here when the size asked for lies the other way.</source>
        <translation>{it}: Cloudinary が画像を回転する条件は完全には公開されていません。ここでは、指定サイズの縦横の向きが異なる場合に回転します。</translation>
    </message>
    <message>
        <source>{it} shares a component with a size; here the picture is turned afterwards.</source>
        <translation>{it} がサイズと同じコンポーネントにあります。ここでは画像を後から回転します。</translation>
    </message>
    <message>
        <source>How many faces there are decides here; Cloudinary counts them with its own detector.</source>
        <translation>ここでは顔の数によって結果が変わります。Cloudinary は独自の検出器で数えます。</translation>
    </message>
    <message>
        <source>The layer {it} is not known here; it is left out.</source>
        <translation>レイヤー {it} はここにないため、省略されます。</translation>
    </message>
    <message>
        <source>Where the tiles of {it} begin is not published; here at the top left.</source>
        <translation>{it} のタイルの開始位置は公開されていません。ここでは左上です。</translation>
    </message>
    <message>
        <source>The text template {it} is known to Cloudinary only; it is left out.</source>
        <translation>テキストテンプレート {it} は Cloudinary にのみあるため、省略されます。</translation>
    </message>
    <message>
        <source>How far a stroke covers its letters is not published; here it lies around them.</source>
        <translation>縁取りが文字にどこまで重なるかは公開されていません。ここでは文字の外側に描かれます。</translation>
    </message>
    <message>
        <source>The font {it} is not here; a similar one stands in.</source>
        <translation>フォント {it} がここにないため、似たもので代用します。</translation>
    </message>
    <message>
        <source>The uploaded font {it} is not known here; {family} stands in.</source>
        <translation>アップロードされたフォント {it} がここにないため、{family} で代用します。</translation>
    </message>
    <message>
        <source>The uploaded font {it} cannot be read here; {family} stands in.</source>
        <translation>アップロードされたフォント {it} をここでは読み取れないため、{family} で代用します。</translation>
    </message>
    <message>
        <source>The picture is animated; here its first frame is shown.</source>
        <translation>画像はアニメーションです。ここでは最初のフレームを表示します。</translation>
    </message>
    <message>
        <source>Metadata is not written into {format} files here.</source>
        <translation>ここでは {format} ファイルにメタデータは書き込まれません。</translation>
    </message>
    <message>
        <source>Without f_ or an extension Cloudinary delivers the master&apos;s own format; here it is written as {format}.</source>
        <translation>f_ も拡張子もない場合、Cloudinary はマスター自体の形式で配信します。ここでは {format} で書き出します。</translation>
    </message>
    <message>
        <source>What fills the padding of a transparent picture is not documented; here it stays transparent.</source>
        <translation>透明な画像の余白の塗りは文書化されていません。ここでは透明のままです。</translation>
    </message>
    <message>
        <source>Layers by name and embedded pictures are opened by Cloudinary only.</source>
        <translation>名前で指定したレイヤーと埋め込み画像は、Cloudinary でのみ開けます。</translation>
    </message>
    <message>
        <source>Of several pages the first that is named is shown here.</source>
        <translation>複数のページのうち、ここでは最初に指定されたものを表示します。</translation>
    </message>
    <message>
        <source>Single layers or pages of such a file are opened by Cloudinary only.</source>
        <translation>このようなファイルの個々のレイヤーやページを開けるのは Cloudinary だけです。</translation>
    </message>
    <message>
        <source>A RAW file is shown by the camera&apos;s own preview here, or developed plainly.</source>
        <translation>RAW ファイルはここではカメラのプレビュー、または簡易現像で表示します。</translation>
    </message>
    <message>
        <source>Of an AVIF sequence the first picture is shown here.</source>
        <translation>AVIF シーケンスはここでは最初の画像を表示します。</translation>
    </message>
    <message>
        <source>Of an EPS the preview it carries is shown here.</source>
        <translation>EPS はここでは埋め込みプレビューを表示します。</translation>
    </message>
    <message>
        <source>A TIFF of this rare kind is read by another decoder here.</source>
        <translation>この珍しい種類の TIFF は、ここでは別のデコーダーで読み取ります。</translation>
    </message>
    <message>
        <source>t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of that name.</source>
        <translation>t_{it} はここではプリセット {it} のとおりに描画されます。Cloudinary では、その名前の Cloudinary 側の定義が使われます。</translation>
    </message>
    <message>
        <source>The film is encoded by another encoder here: its size, length and order are true, its bytes and fine detail are not.</source>
        <translation>ここでは動画を別のエンコーダーで符号化します。サイズ、長さ、順序は正確ですが、バイト数と細部は異なります。</translation>
    </message>
    <message>
        <source>The codec vc_{it} is written by Cloudinary only.</source>
        <translation>コーデック vc_{it} は Cloudinary でのみ書き出せます。</translation>
    </message>
    <message>
        <source>A film&apos;s sides are even numbers here: {width} × {height} instead of {asked_width} × {asked_height}.</source>
        <translation>ここでは動画の辺の長さは偶数です: {asked_width} × {asked_height} ではなく {width} × {height}。</translation>
    </message>
    <message>
        <source>What fills a film&apos;s padding is not documented; here it is black.</source>
        <translation>動画の余白の塗りは文書化されていません。ここでは黒です。</translation>
    </message>
    <message>
        <source>so_{it} is chosen by Cloudinary; here the frame is from the middle.</source>
        <translation>so_{it} は Cloudinary が選びます。ここでは中央のフレームです。</translation>
    </message>
    <message>
        <source>Without so_ Cloudinary chooses the frame; here it is the film&apos;s middle one.</source>
        <translation>so_ がない場合、Cloudinary がフレームを選びます。ここでは動画の中央のフレームです。</translation>
    </message>
    <message>
        <source>How fast Cloudinary plays the frames is not documented; here as the film does.</source>
        <translation>Cloudinary でのフレームの再生速度は文書化されていません。ここでは動画と同じ速度です。</translation>
    </message>
    <message>
        <source>{it} is chosen by Cloudinary; here the film starts at its beginning.</source>
        <translation>{it} は Cloudinary が選びます。ここでは動画は先頭から始まります。</translation>
    </message>
    <message>
        <source>{it}: how Cloudinary evens out loudness is not published; here it is near.</source>
        <translation>{it}: Cloudinary の音量の均一化の方法は公開されていません。ここでは近似です。</translation>
    </message>
    <message>
        <source>The format f_{it} is written by Cloudinary only; here the film is a {format}.</source>
        <translation>形式 f_{it} は Cloudinary でのみ書き出せます。ここでは動画は {format} です。</translation>
    </message>
    <message>
        <source>{it}: what Cloudinary&apos;s strength means in pixels is not published; here it is near.</source>
        <translation>{it}: Cloudinary の強さが何ピクセルに当たるかは公開されていません。ここでは近似です。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s formula is not published; here a usual one is used.</source>
        <translation>{it}: Cloudinary の計算式は公開されていません。ここでは一般的なものを使用します。</translation>
    </message>
    <message>
        <source>{it}: where Cloudinary&apos;s squares begin is not published; here at the top left.</source>
        <translation>{it}: Cloudinary のモザイクの開始位置は公開されていません。ここでは左上です。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds it with its own detector, here another one does.</source>
        <translation>{it}: Cloudinary は独自の検出器で検出しますが、ここでは別の検出器を使用します。</translation>
    </message>
    <message>
        <source>Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own measure of what draws the eye. The size is exact.</source>
        <translation>Cloudinary は内容に応じて残す範囲を選びます ({it})。ここでは視線を引く度合いの独自の基準で選びます。サイズは正確です。</translation>
    </message>
    <message>
        <source>{it}: how colours between grey and full count is not published; here evenly.</source>
        <translation>{it}: 灰色から最大までの間の色の扱いは公開されていません。ここでは均等に扱います。</translation>
    </message>
    <message>
        <source>{it}: whether sound fades along is not documented; here it does.</source>
        <translation>{it}: 音声もフェードするかどうかは文書化されていません。ここではフェードします。</translation>
    </message>
    <message>
        <source>{it}: how the greys of a mask count is not published; here by their brightness.</source>
        <translation>{it}: マスクの灰色の扱いは公開されていません。ここでは明るさに応じて扱います。</translation>
    </message>
    <message>
        <source>{it}: how near a colour must be to be trimmed is not published; here it is near.</source>
        <translation>{it}: どの程度近い色がトリミングされるかは公開されていません。ここでは近似です。</translation>
    </message>
    <message>
        <source>fl_any_format: when Cloudinary takes a palette is not published; here when hardly a pixel differs.</source>
        <translation>fl_any_format: Cloudinary がパレットを使用する条件は公開されていません。ここでは、ほとんどのピクセルに差がない場合に使用します。</translation>
    </message>
    <message>
        <source>fl_keep_attribution: which fields count is not published; here those of credit, copyright and rights.</source>
        <translation>fl_keep_attribution: 対象のフィールドは公開されていません。ここではクレジット、著作権、権利のフィールドです。</translation>
    </message>
    <message>
        <source>fl_lossy: how much Cloudinary lets frames differ is not published; here a little.</source>
        <translation>fl_lossy: Cloudinary がフレームの差をどこまで許容するかは公開されていません。ここではわずかです。</translation>
    </message>
    <message>
        <source>fl_region_relative: the region is found by another detector here.</source>
        <translation>fl_region_relative: ここでは領域を別の検出器で検出します。</translation>
    </message>
    <message>
        <source>fl_text_no_trim: how much room Cloudinary leaves around a text is not published; here that of a line.</source>
        <translation>fl_text_no_trim: Cloudinary がテキストの周囲に残す余白は公開されていません。ここでは 1 行分です。</translation>
    </message>
    <message>
        <source>Cloudinary looks for faces ({it}) with its own detector, here another one does. The size is exact.</source>
        <translation>Cloudinary は独自の検出器で顔を検出します ({it})。ここでは別の検出器を使用します。サイズは正確です。</translation>
    </message>
    <message>
        <source>{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle stands in.</source>
        <translation>{it}: 座標は Cloudinary に保存されています。ここで不明な場合は中央で代用します。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s way of choosing the colour is not published; here it is near.</source>
        <translation>{it}: Cloudinary の色の選び方は公開されていません。ここでは近似です。</translation>
    </message>
    <message>
        <source>Letters are set by another text engine here and may differ by pixels.</source>
        <translation>ここでは文字を別のテキストエンジンで組むため、数ピクセル異なることがあります。</translation>
    </message>
    <message>
        <source>{it}: whether a border lies around the picture or inside it is not published; here around it.</source>
        <translation>{it}: 枠線が画像の外側と内側のどちらに付くかは公開されていません。ここでは外側です。</translation>
    </message>
    <message>
        <source>The variable {it} can be worked out by Cloudinary only.</source>
        <translation>変数 {it} は Cloudinary でのみ計算できます。</translation>
    </message>
    <message>
        <source>The rotation {it} is done by Cloudinary only.</source>
        <translation>回転 {it} は Cloudinary でのみ行われます。</translation>
    </message>
    <message>
        <source>The ratio {it} is worked out by Cloudinary only.</source>
        <translation>比率 {it} は Cloudinary でのみ計算されます。</translation>
    </message>
    <message>
        <source>The background {it} is made by Cloudinary only.</source>
        <translation>背景 {it} は Cloudinary でのみ作成されます。</translation>
    </message>
    <message>
        <source>The border {it} is drawn by Cloudinary only.</source>
        <translation>枠線 {it} は Cloudinary でのみ描画されます。</translation>
    </message>
    <message>
        <source>The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.</source>
        <translation>切り抜きモード {it} は Cloudinary にのみあります。ここでは画像を指定サイズに切り抜きます。</translation>
    </message>
    <message>
        <source>The pixel density {it} is worked out by Cloudinary only.</source>
        <translation>ピクセル密度 {it} は Cloudinary でのみ計算されます。</translation>
    </message>
    <message>
        <source>The effect {it} is applied by Cloudinary only.</source>
        <translation>効果 {it} は Cloudinary でのみ適用されます。</translation>
    </message>
    <message>
        <source>The format {it} is written by Cloudinary only.</source>
        <translation>形式 {it} は Cloudinary でのみ書き出されます。</translation>
    </message>
    <message>
        <source>The flag {it} is followed by Cloudinary only.</source>
        <translation>フラグ {it} は Cloudinary でのみ適用されます。</translation>
    </message>
    <message>
        <source>Cloudinary looks for {it} in the picture; here the crop stays in the middle.</source>
        <translation>Cloudinary は画像内の {it} を検出します。ここでは切り抜きは中央のままです。</translation>
    </message>
    <message>
        <source>The height {it} is worked out by Cloudinary only.</source>
        <translation>高さ {it} は Cloudinary でのみ計算されます。</translation>
    </message>
    <message>
        <source>Conditions that need what Cloudinary alone knows are left out: {it}.</source>
        <translation>Cloudinary だけが持つ情報を必要とする条件は省略されます: {it}。</translation>
    </message>
    <message>
        <source>The layer {it} is laid on by Cloudinary only.</source>
        <translation>レイヤー {it} は Cloudinary でのみ重ねられます。</translation>
    </message>
    <message>
        <source>The opacity {it} is applied by Cloudinary only.</source>
        <translation>不透明度 {it} は Cloudinary でのみ適用されます。</translation>
    </message>
    <message>
        <source>The quality {it} is chosen by Cloudinary only.</source>
        <translation>画質 {it} は Cloudinary でのみ選択されます。</translation>
    </message>
    <message>
        <source>Rounded corners ({it}) are cut by Cloudinary only.</source>
        <translation>角丸 ({it}) は Cloudinary でのみ適用されます。</translation>
    </message>
    <message>
        <source>What the named transformation {it} does is not known here; it is left out.</source>
        <translation>名前付き変換 {it} の内容がここでは不明なため、省略されます。</translation>
    </message>
    <message>
        <source>The layer {it} is laid under by Cloudinary only.</source>
        <translation>レイヤー {it} は Cloudinary でのみ下に敷かれます。</translation>
    </message>
    <message>
        <source>The width {it} is worked out by Cloudinary only.</source>
        <translation>幅 {it} は Cloudinary でのみ計算されます。</translation>
    </message>
    <message>
        <source>The offset {it} is worked out by Cloudinary only.</source>
        <translation>オフセット {it} は Cloudinary でのみ計算されます。</translation>
    </message>
    <message>
        <source>{it} is done by Cloudinary only.</source>
        <translation>{it} は Cloudinary でのみ行われます。</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Any</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>{filter}: {choice}</source>
        <translation>{filter}: {choice}</translation>
    </message>
    <message>
        <source>Keyword: {words}</source>
        <translation>キーワード: {words}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>{folder} 内</translation>
    </message>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>権利が %Ln 日以内に終了</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>nobody has approved it yet</source>
        <translation>まだ誰も承認していない</translation>
    </message>
    <message>
        <source>its review is not finished</source>
        <translation>レビューが完了していない</translation>
    </message>
    <message>
        <source>changes were requested</source>
        <translation>修正が依頼されている</translation>
    </message>
    <message>
        <source>it was rejected</source>
        <translation>却下されている</translation>
    </message>
    <message>
        <source>it has changed since it was approved</source>
        <translation>承認後に変更されている</translation>
    </message>
    <message>
        <source>a stage of its review is missing</source>
        <translation>レビューの段階が残っている</translation>
    </message>
    <message>
        <source>nobody has approved this rendition yet</source>
        <translation>このレンディションはまだ誰も承認していない</translation>
    </message>
    <message>
        <source>the review of this rendition is not finished</source>
        <translation>このレンディションのレビューが完了していない</translation>
    </message>
    <message>
        <source>changes were requested of this rendition</source>
        <translation>このレンディションの修正が依頼されている</translation>
    </message>
    <message>
        <source>this rendition was rejected</source>
        <translation>このレンディションは却下されている</translation>
    </message>
    <message>
        <source>this rendition has changed since it was approved</source>
        <translation>このレンディションは承認後に変更されている</translation>
    </message>
    <message>
        <source>a stage of the review of this rendition is missing</source>
        <translation>このレンディションのレビューの段階が残っている</translation>
    </message>
    <message>
        <source>its rights have ended</source>
        <translation>権利が終了している</translation>
    </message>
    <message>
        <source>its rights have not begun</source>
        <translation>権利がまだ開始していない</translation>
    </message>
    <message>
        <source>its rights dates cannot be read</source>
        <translation>権利の日付を読み取れない</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>ファイルを読み取れない</translation>
    </message>
    <message>
        <source>its rights do not cover this market</source>
        <translation>権利がこの市場に及ばない</translation>
    </message>
    <message>
        <source>its rights do not cover this channel</source>
        <translation>権利がこのチャネルに及ばない</translation>
    </message>
    <message>
        <source>a model release is missing</source>
        <translation>モデルリリースがない</translation>
    </message>
    <message>
        <source>a property release is missing</source>
        <translation>プロパティリリースがない</translation>
    </message>
    <message>
        <source>it is archived</source>
        <translation>アーカイブされている</translation>
    </message>
    <message>
        <source>required fields are empty</source>
        <translation>必須フィールドが空になっている</translation>
    </message>
    <message>
        <source>its products do not allow it now</source>
        <translation>商品側で現在許可されていません</translation>
    </message>
    <message>
        <source>what is laid on it may not be shown</source>
        <translation>重ねられているものの表示が許可されていない</translation>
    </message>
</context>
<context>
    <name>gate lifts</name>
    <message>
        <source>Somebody approves it.</source>
        <translation>誰かが承認する。</translation>
    </message>
    <message>
        <source>Its review ends with an approval.</source>
        <translation>レビューが承認で終わる。</translation>
    </message>
    <message>
        <source>A changed version is approved, or whoever asked for changes approves it.</source>
        <translation>変更されたバージョンが承認されるか、修正の依頼者が承認する。</translation>
    </message>
    <message>
        <source>It is approved after all; nothing else overrides a rejection.</source>
        <translation>改めて承認される。却下を覆す方法はほかにない。</translation>
    </message>
    <message>
        <source>The new version is approved.</source>
        <translation>新しいバージョンが承認される。</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves it.</source>
        <translation>ポリシーで求められるすべての段階で承認される。</translation>
    </message>
    <message>
        <source>Somebody approves this rendition itself.</source>
        <translation>誰かがこのレンディション自体を承認する。</translation>
    </message>
    <message>
        <source>The review of this rendition ends with an approval.</source>
        <translation>このレンディションのレビューが承認で終わる。</translation>
    </message>
    <message>
        <source>The preset or the master is changed and approved, or this is approved.</source>
        <translation>プリセットまたはマスターが変更されて承認されるか、これが承認される。</translation>
    </message>
    <message>
        <source>This rendition is approved after all; nothing else overrides a rejection.</source>
        <translation>このレンディションが改めて承認される。却下を覆す方法はほかにない。</translation>
    </message>
    <message>
        <source>The rendition as it is now is approved.</source>
        <translation>現在のレンディションが承認される。</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves this rendition.</source>
        <translation>ポリシーで求められるすべての段階でこのレンディションが承認される。</translation>
    </message>
    <message>
        <source>The licence is renewed and recorded.</source>
        <translation>ライセンスが更新されて記録される。</translation>
    </message>
    <message>
        <source>The day on which its rights begin.</source>
        <translation>権利の開始日になる。</translation>
    </message>
    <message>
        <source>The dates of its rights are recorded so that they can be read.</source>
        <translation>権利の日付が読み取れる形で記録される。</translation>
    </message>
    <message>
        <source>The file can be read again, or a sound one takes its place.</source>
        <translation>ファイルが再び読み取れるようになるか、正常なファイルに置き換わる。</translation>
    </message>
    <message>
        <source>Rights for this market are recorded.</source>
        <translation>この市場の権利が記録される。</translation>
    </message>
    <message>
        <source>Rights for this channel are recorded.</source>
        <translation>このチャネルの権利が記録される。</translation>
    </message>
    <message>
        <source>The model release is recorded.</source>
        <translation>モデルリリースが記録される。</translation>
    </message>
    <message>
        <source>The property release is recorded.</source>
        <translation>プロパティリリースが記録される。</translation>
    </message>
    <message>
        <source>It is taken out of the archive.</source>
        <translation>アーカイブから取り出される。</translation>
    </message>
    <message>
        <source>The fields that the policy asks for are filled in.</source>
        <translation>ポリシーで求められるフィールドが入力される。</translation>
    </message>
    <message>
        <source>A product that it shows allows it, or somebody pushes it.</source>
        <translation>写っている商品が許可するか、誰かがプッシュすること。</translation>
    </message>
    <message>
        <source>What is laid on it is allowed, or left out of the transformation.</source>
        <translation>重ねられているものが許可されるか、変換から外される。</translation>
    </message>
</context>
<context>
    <name>grid</name>
    <message>
        <source>Being kept…</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>This cannot be written here.</source>
        <translation>ここには書き込めません。</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>プッシュの前に必要です。</translation>
    </message>
    <message>
        <source>The places where the file keeps this do not agree.</source>
        <translation>ファイル内の複数の保存場所で値が一致していません。</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>By role</source>
        <translation>役割別</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>日々の作業</translation>
    </message>
    <message>
        <source>To look things up</source>
        <translation>リファレンス</translation>
    </message>
    <message>
        <source>Run it and get help</source>
        <translation>インストールとサポート</translation>
    </message>
    <message>
        <source>Build with it</source>
        <translation>連携と開発</translation>
    </message>
</context>
<context>
    <name>holdings</name>
    <message>
        <source>Credit</source>
        <translation>クレジット</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>著作権</translation>
    </message>
    <message>
        <source>Title and keywords</source>
        <translation>タイトルとキーワード</translation>
    </message>
    <message>
        <source>Date and camera</source>
        <translation>日付とカメラ</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>撮影地</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>カラープロファイル</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>コンテンツクレデンシャル</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>透明度</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>アニメーション</translation>
    </message>
    <message>
        <source>{what} stays. {reason}</source>
        <translation>{what}は保持されます。{reason}</translation>
    </message>
    <message>
        <source>{what} is lost. {reason}</source>
        <translation>{what}は失われます。{reason}</translation>
    </message>
</context>
<context>
    <name>hue</name>
    <message>
        <source>No colour</source>
        <translation>無彩色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>赤</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>オレンジ</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>緑</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青緑</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>ピンク</translation>
    </message>
</context>
<context>
    <name>insights</name>
    <message>
        <source>No account is connected</source>
        <translation>アカウントが接続されていません</translation>
    </message>
    <message>
        <source>Connect a Cloudinary account; what it uses is counted here then.</source>
        <translation>Cloudinary アカウントを接続すると、使用量がここで集計されます。</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>まだ問い合わせていません</translation>
    </message>
    <message>
        <source>Ask the environment what it uses. Each answer is kept: several days make a trend.</source>
        <translation>環境に使用量を問い合わせてください。回答は保持され、数日分で傾向がわかります。</translation>
    </message>
    <message>
        <source>No numbers of delivery yet</source>
        <translation>配信の数値がまだありません</translation>
    </message>
    <message>
        <source>Import an access log of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>サイトまたはネットワークのアクセスログを読み込むと、何がどれだけ誰に配信されたかがわかります。ログはここで読み取られ、どこにも送信されません。</translation>
    </message>
    <message>
        <source>Nothing is in use yet</source>
        <translation>使用中のものはまだありません</translation>
    </message>
    <message>
        <source>What was pushed, published or placed is counted here; an access log tells how often it was delivered.</source>
        <translation>プッシュ、公開、配置されたものがここで集計されます。配信回数はアクセスログからわかります。</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>削減できるものはありません</translation>
    </message>
    <message>
        <source>No rendition is known that is not optimised already.</source>
        <translation>最適化されていないレンディションは見つかりません。</translation>
    </message>
    <message>
        <source>Every approved asset is in use</source>
        <translation>承認済みアセットはすべて使用中です</translation>
    </message>
    <message>
        <source>None of them lies idle.</source>
        <translation>使われていないものはありません。</translation>
    </message>
    <message>
        <source>No rights end soon</source>
        <translation>まもなく終了する権利はありません</translation>
    </message>
    <message>
        <source>Nothing that is in use has to go within these days.</source>
        <translation>この期間内に取り下げが必要な使用中のものはありません。</translation>
    </message>
    <message>
        <source>No heavy originals</source>
        <translation>大きなオリジナルはありません</translation>
    </message>
    <message>
        <source>Every original is smaller than the size that is asked for.</source>
        <translation>すべてのオリジナルが指定サイズより小さいです。</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>重複はありません</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>同じ内容のファイルはありません。</translation>
    </message>
    <message>
        <source>No two pictures look alike</source>
        <translation>似た画像はありません</translation>
    </message>
    <message>
        <source>At least none of those that could be compared.</source>
        <translation>比較できた範囲では見つかりませんでした。</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>不足はありません</translation>
    </message>
    <message>
        <source>Every asset has the fields that are asked for.</source>
        <translation>すべてのアセットに必要なフィールドがあります。</translation>
    </message>
    <message>
        <source>No access log was imported</source>
        <translation>アクセスログが読み込まれていません</translation>
    </message>
    <message>
        <source>Import one of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>サイトまたはネットワークのアクセスログを読み込むと、何がどれだけ誰に配信されたかがわかります。ログはここで読み取られ、どこにも送信されません。</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>該当なし</translation>
    </message>
    <message>
        <source>There is nothing of that kind in this library and these days.</source>
        <translation>このライブラリとこの期間に該当するものはありません。</translation>
    </message>
    <message>
        <source>No limit is near. The nearest: {name}, {amount}</source>
        <translation>上限に近いものはありません。最も近いもの: {name}、{amount}</translation>
    </message>
    <message>
        <source>This plan tells no limits</source>
        <translation>このプランには上限の情報がありません</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}. A second day makes a trend.</source>
        <translation>{name}: {amount} ({day})。もう 1 日分で傾向がわかります。</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}, after {before} on {earlier}</source>
        <translation>{name}: {amount} ({day})、以前は {before} ({earlier})</translation>
    </message>
    <message>
        <source>{name} is used least ({measure}: {amount})</source>
        <translation>最も使用が少ないのは {name} です ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} is used most ({measure}: {amount})</source>
        <translation>最も使用が多いのは {name} です ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} takes most ({measure}: {amount}, {share} of all)</source>
        <translation>最も多く消費しているのは {name} です ({measure}: {amount}、全体の {share})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved asset(s) were never used</source>
        <translation>
            <numerusform>%Ln 件の承認済みアセットが一度も使用されていません</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>使用中のアセット %Ln 件の権利が {days} 日以内に終了するか、すでに終了しています</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>{size} 以上の元ファイルが %Ln 件あります</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>%Ln 件の内容が重複しています</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>ほぼ同じ画像のグループが %Ln 件あります</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>%Ln 件の上限に近づいています: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>アセット %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln 日前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln 日</numerusform>
        </translation>
    </message>
    <message>
        <source>{sentence}; {size} could be freed</source>
        <translation>{sentence}。{size} を解放できます</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>%Ln 件のアセットにメタデータが不足しています</numerusform>
        </translation>
    </message>
    <message>
        <source>Optimisation would save {size}</source>
        <translation>最適化により {size} を削減できます</translation>
    </message>
    <message>
        <source>{name}: {amount} from {first} to {last}</source>
        <translation>{name}: {amount}、{first} から {last} まで</translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>%Ln 件のアクセスログを集計しています</numerusform>
        </translation>
    </message>
    <message>
        <source>not said</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>似た画像</translation>
    </message>
    <message>
        <source>Assets without it</source>
        <translation>未入力のアセット</translation>
    </message>
    <message>
        <source>{used} of {limit}, {share}</source>
        <translation>{limit} のうち {used}、{share}</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)</source>
        <translation>表計算ソフト用の表 (CSV)</translation>
    </message>
    <message>
        <source>Plain table (CSV)</source>
        <translation>プレーンな表 (CSV)</translation>
    </message>
    <message>
        <source>Lines of JSON</source>
        <translation>JSON 行形式</translation>
    </message>
    <message>
        <source>Parquet, for analysis</source>
        <translation>Parquet (分析用)</translation>
    </message>
    <message>
        <source>Cost and limits</source>
        <translation>コストと上限</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用状況</translation>
    </message>
    <message>
        <source>Who and what</source>
        <translation>人と用途</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Access logs</source>
        <translation>アクセスログ</translation>
    </message>
    <message>
        <source>How near are the plan’s limits?</source>
        <translation>プランの上限にどれだけ近いか?</translation>
    </message>
    <message>
        <source>How does usage grow?</source>
        <translation>使用量はどう増えているか?</translation>
    </message>
    <message>
        <source>What would optimisation save?</source>
        <translation>最適化でどれだけ削減できるか?</translation>
    </message>
    <message>
        <source>What is used most?</source>
        <translation>最も使用されているものは?</translation>
    </message>
    <message>
        <source>What is hardly used?</source>
        <translation>ほとんど使用されていないものは?</translation>
    </message>
    <message>
        <source>Which approved assets did nobody use?</source>
        <translation>誰も使用していない承認済みアセットは?</translation>
    </message>
    <message>
        <source>What is in use as rights end?</source>
        <translation>権利が終了する使用中のものは?</translation>
    </message>
    <message>
        <source>Which campaigns take most?</source>
        <translation>最も多く消費しているキャンペーンは?</translation>
    </message>
    <message>
        <source>Whose assets take most?</source>
        <translation>最も多く消費しているアセットの所有者は?</translation>
    </message>
    <message>
        <source>Which libraries take most?</source>
        <translation>最も多く消費しているライブラリは?</translation>
    </message>
    <message>
        <source>Which formats take most?</source>
        <translation>最も多く消費している形式は?</translation>
    </message>
    <message>
        <source>Which presets are used?</source>
        <translation>使用されているプリセットは?</translation>
    </message>
    <message>
        <source>Which originals are heavy?</source>
        <translation>大きなオリジナルは?</translation>
    </message>
    <message>
        <source>What is there twice?</source>
        <translation>重複しているものは?</translation>
    </message>
    <message>
        <source>What looks almost the same?</source>
        <translation>ほとんど同じに見えるものは?</translation>
    </message>
    <message>
        <source>What has metadata missing?</source>
        <translation>メタデータが不足しているものは?</translation>
    </message>
    <message>
        <source>What was delivered, day by day?</source>
        <translation>日ごとに配信されたものは?</translation>
    </message>
    <message>
        <source>Which access logs are counted?</source>
        <translation>集計されているアクセスログは?</translation>
    </message>
    <message>
        <source>Assets there</source>
        <translation>保存されているアセット</translation>
    </message>
    <message>
        <source>Derived renditions</source>
        <translation>派生レンディション</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>リクエスト</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>代替テキスト</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>キーワード</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>著作権</translation>
    </message>
    <message>
        <source>an optimised rendition</source>
        <translation>最適化されたレンディション</translation>
    </message>
    <message>
        <source>what such formats need</source>
        <translation>同形式に必要なサイズ</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>No</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>上限なし</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未計測</translation>
    </message>
</context>
<context>
    <name>job</name>
    <message>
        <source>Queued</source>
        <translation>キュー内</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセル済み</translation>
    </message>
</context>
<context>
    <name>kind</name>
    <message>
        <source>Image</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>動画</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>オーディオ</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>その他</translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message>
        <source>with {what}</source>
        <translation>{what} を付けて</translation>
    </message>
    <message>
        <source>as {what}</source>
        <translation>{what} として</translation>
    </message>
    <message>
        <source>at {what} of its width</source>
        <translation>幅を {what} にして</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>ZIP ファイル</translation>
    </message>
    <message>
        <source>Feed of addresses</source>
        <translation>アドレスのフィード</translation>
    </message>
    <message>
        <source>Not weighed</source>
        <translation>未計測</translation>
    </message>
    <message>
        <source>{weight} too heavy</source>
        <translation>{weight} 超過</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Not as asked</source>
        <translation>要件と不一致</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>上限内</translation>
    </message>
    <message>
        <source>{weight} of ≤ {most}</source>
        <translation>{weight} / ≤ {most}</translation>
    </message>
    <message>
        <source>It fits {how}</source>
        <translation>{how}上限内に収まります</translation>
    </message>
    <message>
        <source>The lightest tried {how}</source>
        <translation>試した中での最小: {how}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>レンディション %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>libraries</name>
    <message>
        <source>you have no permission to read it</source>
        <translation>読み取り権限がありません</translation>
    </message>
    <message>
        <source>it is a link to nothing</source>
        <translation>リンク先が存在しません</translation>
    </message>
    <message>
        <source>it is a link back to a folder that it lies in</source>
        <translation>自身を含むフォルダーへのリンクです</translation>
    </message>
    <message>
        <source>it lies behind too many links inside one another</source>
        <translation>リンクの入れ子が多すぎます</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>通常のファイルではありません</translation>
    </message>
    <message>
        <source>its path is too long</source>
        <translation>パスが長すぎます</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>もう存在しません</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>ディスクがエラーを報告しています</translation>
    </message>
    <message>
        <source>its field {field} is longer than {most} characters</source>
        <translation>フィールド {field} が {most} 文字を超えています</translation>
    </message>
    <message>
        <source>its field {field} cannot be read</source>
        <translation>フィールド {field} を読み取れません</translation>
    </message>
    <message>
        <source>it has no identity</source>
        <translation>識別情報がありません</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>its rights cover some markets only</source>
        <translation>権利が一部の市場にしか及びません</translation>
    </message>
    <message>
        <source>its rights do not cover the web</source>
        <translation>権利が Web に及びません</translation>
    </message>
    <message>
        <source>its rights bound the size in which it may be seen</source>
        <translation>権利により表示サイズが制限されています</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Without a transformation the master itself is delivered.</source>
        <translation>変換がない場合、マスター自体が配信されます。</translation>
    </message>
    <message>
        <source>{value} keeps it.</source>
        <translation>{value} により保持されます。</translation>
    </message>
    <message>
        <source>Cloudinary takes all metadata off what it transforms.</source>
        <translation>Cloudinary は変換時にすべてのメタデータを取り除きます。</translation>
    </message>
    <message>
        <source>{value} takes it off.</source>
        <translation>{value} により取り除かれます。</translation>
    </message>
    <message>
        <source>fl_keep_iptc has no effect together with {value}: choose a fixed quality.</source>
        <translation>fl_keep_iptc は {value} と併用すると無効です。固定の画質を選択してください。</translation>
    </message>
    <message>
        <source>No metadata is written into {value} files.</source>
        <translation>{value} ファイルにはメタデータが書き込まれません。</translation>
    </message>
    <message>
        <source>Cloudinary delivers it with the picture.</source>
        <translation>Cloudinary が画像とともに配信します。</translation>
    </message>
    <message>
        <source>{value} converts the colours to sRGB, and the master&apos;s own profile goes.</source>
        <translation>{value} により色が sRGB に変換され、マスター自体のプロファイルは失われます。</translation>
    </message>
    <message>
        <source>{value} files can hold it.</source>
        <translation>{value} ファイルは対応しています。</translation>
    </message>
    <message>
        <source>{value} files cannot hold it.</source>
        <translation>{value} ファイルは対応していません。</translation>
    </message>
    <message>
        <source>Without {value} only the first frame is delivered.</source>
        <translation>{value} がない場合、最初のフレームのみが配信されます。</translation>
    </message>
</context>
<context>
    <name>mapping</name>
    <message>
        <source>the master</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>whoever said it last</source>
        <translation>最後に変更した側</translation>
    </message>
    <message>
        <source>stays at the master</source>
        <translation>マスターに残る</translation>
    </message>
    <message>
        <source>what is beyond 1,024 characters is cut</source>
        <translation>1,024 文字を超える部分は切り捨てられる</translation>
    </message>
    <message>
        <source>the day is kept, the time of day is not</source>
        <translation>日付は保持され、時刻は保持されない</translation>
    </message>
    <message>
        <source>a comma becomes a space, and what is beyond 255 characters is cut</source>
        <translation>カンマは空白になり、255 文字を超える部分は切り捨てられる</translation>
    </message>
    <message>
        <source>only the first of several is kept</source>
        <translation>複数ある場合は最初のものだけが保持される</translation>
    </message>
    <message>
        <source>a slash becomes an underscore</source>
        <translation>スラッシュはアンダースコアになる</translation>
    </message>
    <message>
        <source>what is not in the list of the field is left out</source>
        <translation>フィールドの一覧にないものは除かれる</translation>
    </message>
    <message>
        <source>a master&apos;s record has no “{source}”</source>
        <translation>マスターのレコードに「{source}」がない</translation>
    </message>
    <message>
        <source>“{source}” has two rows</source>
        <translation>「{source}」の行が 2 つある</translation>
    </message>
    <message>
        <source>it has a direction, but goes nowhere</source>
        <translation>方向があるが、行き先がない</translation>
    </message>
    <message>
        <source>{target} is filled by “{other}” already</source>
        <translation>{target} にはすでに「{other}」が入る</translation>
    </message>
    <message>
        <source>{target} cannot have this name</source>
        <translation>{target} にこの名前は使えない</translation>
    </message>
    <message>
        <source>{target} belongs to Asset Bridge</source>
        <translation>{target} は Asset Bridge 専用</translation>
    </message>
    <message>
        <source>{target} cannot hold “{source}”</source>
        <translation>{target} には「{source}」を入れられない</translation>
    </message>
    <message>
        <source>{target} is of another type at Cloudinary: {other}</source>
        <translation>{target} は Cloudinary では別の型: {other}</translation>
    </message>
    <message>
        <source>without access control, copies stay open outside of their rights until they are retracted</source>
        <translation>アクセス制御がないと、権利の期間外でもコピーは取り下げまで公開されたままになる</translation>
    </message>
    <message>
        <source>“{other}” says which side leads for “{source}”, which has no row</source>
        <translation>「{other}」は「{source}」の優先側を指定しているが、その行がない</translation>
    </message>
    <message>
        <source>Identity at the service</source>
        <translation>サービスでの識別情報</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>組織</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>ファイル名</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>見出し</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>代替テキスト</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>キャプション作成者</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>キーワード</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>Creator’s position</source>
        <translation>作成者の役職</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>クレジット</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出典</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>著作権</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条件</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>権利情報のページ</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>Rights block</source>
        <translation>権利ブロック</translation>
    </message>
    <message>
        <source>Rights begin</source>
        <translation>権利の開始</translation>
    </message>
    <message>
        <source>Rights end</source>
        <translation>権利の終了</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>地域</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>チャネル</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>モデルリリース</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>プロパティリリース</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>ジョブ ID</translation>
    </message>
    <message>
        <source>City</source>
        <translation>市区町村</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>都道府県</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>国</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>国コード</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>撮影日</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>緊急度</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>ジャンル</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>シーン</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>主題コード</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Rights contact</source>
        <translation>権利の連絡先</translation>
    </message>
    <message>
        <source>Digest of the record</source>
        <translation>レコードのダイジェスト</translation>
    </message>
    <message>
        <source>Keywords “{words}”</source>
        <translation>キーワード「{words}」</translation>
    </message>
    <message>
        <source>Custom field “{name}”</source>
        <translation>カスタムフィールド「{name}」</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>表示名</translation>
    </message>
    <message>
        <source>Context “{key}”</source>
        <translation>コンテキスト「{key}」</translation>
    </message>
    <message>
        <source>Access begins</source>
        <translation>アクセスの開始</translation>
    </message>
    <message>
        <source>Access ends</source>
        <translation>アクセスの終了</translation>
    </message>
    <message>
        <source>Field “{key}”</source>
        <translation>フィールド「{key}」</translation>
    </message>
    <message>
        <source>To Cloudinary</source>
        <translation>Cloudinary へ</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>双方向</translation>
    </message>
    <message>
        <source>Not carried</source>
        <translation>渡さない</translation>
    </message>
    <message>
        <source>To the master</source>
        <translation>マスターへ</translation>
    </message>
    <message>
        <source>You decide</source>
        <translation>自分で判断</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>移動(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>メタデータ(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>レビュー(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>Cloudinary(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Demo</source>
        <translation>デモ(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>テーマ(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Te&amp;xt Size</source>
        <translation>文字サイズ(&amp;X)</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>表示名</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>One of a list</source>
        <translation>一覧から 1 つ</translation>
    </message>
    <message>
        <source>Several of a list</source>
        <translation>一覧から複数</translation>
    </message>
</context>
<context>
    <name>metadata_rules</name>
    <message>
        <source> and </source>
        <translation> かつ </translation>
    </message>
    <message>
        <source> or </source>
        <translation> または </translation>
    </message>
    <message>
        <source>{field} is filled in</source>
        <translation>{field} が入力済み</translation>
    </message>
    <message>
        <source>{field} is empty</source>
        <translation>{field} が空</translation>
    </message>
    <message>
        <source>{field} has {value}</source>
        <translation>{field} が {value} を含む</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} が {value}</translation>
    </message>
    <message>
        <source>{field} is switched on</source>
        <translation>{field} を有効にする</translation>
    </message>
    <message>
        <source>{field} is switched off</source>
        <translation>{field} を無効にする</translation>
    </message>
    <message>
        <source>{field} must be filled in</source>
        <translation>{field} を入力必須にする</translation>
    </message>
    <message>
        <source>{field} may be empty</source>
        <translation>{field} を空でもよいとする</translation>
    </message>
    <message>
        <source>{field} also gets {value}</source>
        <translation>{field} に {value} を追加する</translation>
    </message>
    <message>
        <source>{field} becomes {value} if it is empty</source>
        <translation>{field} が空の場合は {value} にする</translation>
    </message>
    <message>
        <source>{field} offers all its values</source>
        <translation>{field} のすべての値を選択可能にする</translation>
    </message>
    <message>
        <source>{field} offers {value}, too</source>
        <translation>{field} で {value} も選択可能にする</translation>
    </message>
    <message>
        <source>{field} offers only {value}</source>
        <translation>{field} で {value} のみ選択可能にする</translation>
    </message>
</context>
<context>
    <name>named</name>
    <message>
        <source>Same</source>
        <translation>同じ</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>異なる</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>ローカルのみ</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>Cloudinary のみ</translation>
    </message>
</context>
<context>
    <name>objection</name>
    <message>
        <source>it is so already</source>
        <translation>すでにその状態です</translation>
    </message>
    <message>
        <source>another asset has that public ID</source>
        <translation>別のアセットがそのパブリック ID を使用しています</translation>
    </message>
    <message>
        <source>another folder has that place</source>
        <translation>別のフォルダーがその場所にあります</translation>
    </message>
    <message>
        <source>this cannot be a public ID</source>
        <translation>パブリック ID として使用できません</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>名前にスラッシュは使えません。長さは 1～255 文字です</translation>
    </message>
    <message>
        <source>one asset at a time</source>
        <translation>一度に 1 件のアセットのみ可能です</translation>
    </message>
    <message>
        <source>it was deleted; restore it first</source>
        <translation>削除されています。先に復元してください</translation>
    </message>
    <message>
        <source>it is there</source>
        <translation>存在しています</translation>
    </message>
</context>
<context>
    <name>orientation</name>
    <message>
        <source>Landscape</source>
        <translation>横長</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>縦長</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>正方形</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>The key of this account may not do this: {reason}</source>
        <translation>このアカウントのキーには権限がありません: {reason}</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>許可</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不許可</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>未確認</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Delivered master</source>
        <translation>配信済みマスター</translation>
    </message>
    <message>
        <source>Rendition {what}</source>
        <translation>レンディション {what}</translation>
    </message>
    <message>
        <source>Record at its service</source>
        <translation>サービスのレコード</translation>
    </message>
    <message>
        <source>File of {what}</source>
        <translation>{what} のファイル</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>ダウンロード</translation>
    </message>
    <message>
        <source>Dragged out</source>
        <translation>ドラッグで取り出し</translation>
    </message>
    <message>
        <source>Copied file</source>
        <translation>コピーしたファイル</translation>
    </message>
    <message>
        <source>Review pack {what}</source>
        <translation>レビューパック {what}</translation>
    </message>
    <message>
        <source>Kit {what}</source>
        <translation>キット {what}</translation>
    </message>
    <message>
        <source>Feed {what}</source>
        <translation>フィード {what}</translation>
    </message>
    <message>
        <source>Copied code {what}</source>
        <translation>コピーしたコード {what}</translation>
    </message>
    <message>
        <source>Entry with {what}</source>
        <translation>{what} を含むエントリ</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>変更済み</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>維持</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>送信中</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>古い版</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>取り下げ済み</translation>
    </message>
    <message>
        <source>Channels that change: {channels}.</source>
        <translation>変更されるチャネル: {channels}。</translation>
    </message>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>公開済みのレンディション %Ln 件を変更します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>書き出したファイルなど、以前のバージョンの配置先 %Ln か所はそのまま残ります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>%Ln か所に新しいバージョンが表示されます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>%Ln か所は以前のバージョンのままです。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>%Ln か所は変更できませんでした。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>新しいバージョン</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不許可</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>サイズ超過</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>同じ内容</translation>
    </message>
    <message>
        <source>Already queued</source>
        <translation>キュー内</translation>
    </message>
    <message>
        <source>added to Cloudinary</source>
        <translation>Cloudinary に追加</translation>
    </message>
    <message>
        <source>replaces what is delivered now</source>
        <translation>現在配信中のものを置き換え</translation>
    </message>
    <message>
        <source>held back; nothing of it is sent</source>
        <translation>保留、送信されません</translation>
    </message>
    <message>
        <source>larger than your plan&apos;s limit; not sent</source>
        <translation>プランの上限を超過、送信されません</translation>
    </message>
    <message>
        <source>an earlier version is delivered and stays</source>
        <translation>以前のバージョンが配信中で、そのまま残ります</translation>
    </message>
    <message>
        <source>there already; not sent again</source>
        <translation>送信済み、再送信されません</translation>
    </message>
    <message>
        <source>on its way; not sent twice</source>
        <translation>送信中、二重には送信されません</translation>
    </message>
    <message>
        <source>{title}, {count}: {hint}</source>
        <translation>{title}、{count}: {hint}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}、{size}: {note}</translation>
    </message>
    <message>
        <source>This file is larger than your plan&apos;s limit of {size}</source>
        <translation>このファイルはプランの上限 {size} を超えています</translation>
    </message>
    <message>
        <source>same as {other}</source>
        <translation>{other} と同じ</translation>
    </message>
    <message>
        <source>{public_id} · seen with a token only: {reasons}</source>
        <translation>{public_id} · トークンがある場合のみ表示: {reasons}</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Web hero, desktop</source>
        <translation>Web ヒーロー、デスクトップ</translation>
    </message>
    <message>
        <source>Web hero, tablet</source>
        <translation>Web ヒーロー、タブレット</translation>
    </message>
    <message>
        <source>Web hero, mobile</source>
        <translation>Web ヒーロー、モバイル</translation>
    </message>
    <message>
        <source>Web card</source>
        <translation>Web カード</translation>
    </message>
    <message>
        <source>Link preview (og:image)</source>
        <translation>リンクプレビュー (og:image)</translation>
    </message>
    <message>
        <source>Product on white</source>
        <translation>白背景の商品</translation>
    </message>
    <message>
        <source>Product thumbnail</source>
        <translation>商品サムネール</translation>
    </message>
    <message>
        <source>Instagram portrait</source>
        <translation>Instagram 縦長</translation>
    </message>
    <message>
        <source>Instagram square</source>
        <translation>Instagram 正方形</translation>
    </message>
    <message>
        <source>Instagram landscape</source>
        <translation>Instagram 横長</translation>
    </message>
    <message>
        <source>Instagram story</source>
        <translation>Instagram ストーリーズ</translation>
    </message>
    <message>
        <source>TikTok photo</source>
        <translation>TikTok 写真</translation>
    </message>
    <message>
        <source>Facebook post</source>
        <translation>Facebook 投稿</translation>
    </message>
    <message>
        <source>Facebook cover</source>
        <translation>Facebook カバー</translation>
    </message>
    <message>
        <source>YouTube thumbnail</source>
        <translation>YouTube サムネール</translation>
    </message>
    <message>
        <source>YouTube banner</source>
        <translation>YouTube バナー</translation>
    </message>
    <message>
        <source>X post</source>
        <translation>X ポスト</translation>
    </message>
    <message>
        <source>X header</source>
        <translation>X ヘッダー</translation>
    </message>
    <message>
        <source>LinkedIn post</source>
        <translation>LinkedIn 投稿</translation>
    </message>
    <message>
        <source>LinkedIn page cover</source>
        <translation>LinkedIn ページカバー</translation>
    </message>
    <message>
        <source>Pinterest pin</source>
        <translation>Pinterest ピン</translation>
    </message>
    <message>
        <source>E-mail header</source>
        <translation>メールヘッダー</translation>
    </message>
    <message>
        <source>E-mail teaser</source>
        <translation>メールティーザー</translation>
    </message>
    <message>
        <source>Ad, medium rectangle</source>
        <translation>広告、レクタングル (中)</translation>
    </message>
    <message>
        <source>Ad, large rectangle</source>
        <translation>広告、レクタングル (大)</translation>
    </message>
    <message>
        <source>Ad, leaderboard</source>
        <translation>広告、リーダーボード</translation>
    </message>
    <message>
        <source>Ad, billboard</source>
        <translation>広告、ビルボード</translation>
    </message>
    <message>
        <source>Ad, half page</source>
        <translation>広告、ハーフページ</translation>
    </message>
    <message>
        <source>Ad, wide skyscraper</source>
        <translation>広告、ワイドスカイスクレイパー</translation>
    </message>
    <message>
        <source>Ad, mobile banner</source>
        <translation>広告、モバイルバナー</translation>
    </message>
    <message>
        <source>Ad, large mobile banner</source>
        <translation>広告、モバイルバナー (大)</translation>
    </message>
    <message>
        <source>Press, at most 4000</source>
        <translation>プレス、最大 4000</translation>
    </message>
    <message>
        <source>Ready presets</source>
        <translation>既製のプリセット</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Web サイト</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>ショップ</translation>
    </message>
    <message>
        <source>Social networks</source>
        <translation>ソーシャルネットワーク</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>メール</translation>
    </message>
    <message>
        <source>Display advertising</source>
        <translation>ディスプレイ広告</translation>
    </message>
    <message>
        <source>Whole campaign</source>
        <translation>キャンペーン全体</translation>
    </message>
    <message>
        <source>Hero 1600 × 900</source>
        <translation>ヒーロー 1600 × 900</translation>
    </message>
    <message>
        <source>Social square 1080</source>
        <translation>ソーシャル正方形 1080</translation>
    </message>
    <message>
        <source>Story 1080 × 1920</source>
        <translation>ストーリー 1080 × 1920</translation>
    </message>
    <message>
        <source>Web, at most 1200</source>
        <translation>Web、最大 1200</translation>
    </message>
    <message>
        <source>Thumbnail 320</source>
        <translation>サムネール 320</translation>
    </message>
    <message>
        <source>CMS page</source>
        <translation>CMS ページ</translation>
    </message>
    <message>
        <source>Landing page</source>
        <translation>ランディングページ</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市場</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Only this preset</source>
        <translation>このプリセットのみ</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>別の画像</translation>
    </message>
    <message>
        <source>A country or region: DE, US-CA, EMEA</source>
        <translation>国または地域: DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>A language: de, pt-BR</source>
        <translation>言語: de, pt-BR</translation>
    </message>
    <message>
        <source>The name of a preset; empty for all of them</source>
        <translation>プリセットの名前。空の場合はすべて</translation>
    </message>
    <message>
        <source>An ID, a path, or a file name that is there once; empty for the asset itself</source>
        <translation>ID、パス、または一意のファイル名。空の場合はアセット自体</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>最大 {size}</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>幅 {pixels} px</translation>
    </message>
    <message>
        <source>{pixels} px high</source>
        <translation>高さ {pixels} px</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Choose assets first.</source>
        <translation>先にアセットを選択してください。</translation>
    </message>
    <message>
        <source>Choose assets of a library first.</source>
        <translation>先にライブラリのアセットを選んでください。</translation>
    </message>
    <message>
        <source>Choose exactly one asset first.</source>
        <translation>先にアセットを 1 件だけ選択してください。</translation>
    </message>
    <message>
        <source>Nothing was said that could be taken back.</source>
        <translation>元に戻せる操作がありません。</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>やり直せる操作がありません。</translation>
    </message>
    <message>
        <source>Go to a library of PhotoShelter&apos;s kind first.</source>
        <translation>先に PhotoShelter 型のライブラリに移動してください。</translation>
    </message>
    <message>
        <source>Choose assets at Cloudinary, or a folder there, first.</source>
        <translation>先に Cloudinary のアセット、または Cloudinary のフォルダーを選択してください。</translation>
    </message>
    <message>
        <source>Set up an account first.</source>
        <translation>先にアカウントを設定してください。</translation>
    </message>
    <message>
        <source>It cannot be used here.</source>
        <translation>ここでは使用できません。</translation>
    </message>
</context>
<context>
    <name>renditions</name>
    <message>
        <source>the file cannot be read</source>
        <translation>ファイルを読み取れません</translation>
    </message>
    <message>
        <source>no picture can be made of it</source>
        <translation>画像を作成できません</translation>
    </message>
    <message>
        <source>it has no file here; download it first</source>
        <translation>ローカルにファイルがありません。先にダウンロードしてください</translation>
    </message>
    <message>
        <source>the table names an unknown image</source>
        <translation>表に不明な画像が指定されています</translation>
    </message>
    <message>
        <source>the transformation is wrong</source>
        <translation>変換が正しくありません</translation>
    </message>
    <message>
        <source>a text is missing for this market</source>
        <translation>この市場のテキストがありません</translation>
    </message>
    <message>
        <source>another one would have the same name</source>
        <translation>別のものと名前が同じになります</translation>
    </message>
    <message>
        <source>there is such a file already</source>
        <translation>同じ名前のファイルがすでにあります</translation>
    </message>
    <message>
        <source>this content is not pushed</source>
        <translation>この内容はプッシュされていません</translation>
    </message>
    <message>
        <source>the gate is shut</source>
        <translation>ゲートを通過できません</translation>
    </message>
    <message>
        <source>Will be made</source>
        <translation>作成されます</translation>
    </message>
    <message>
        <source>Take the place of a file that is there</source>
        <translation>既存のファイルを置き換えます</translation>
    </message>
    <message>
        <source>Held back: {reason}</source>
        <translation>保留: {reason}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Usage and limits</source>
        <translation>使用量と上限</translation>
    </message>
    <message>
        <source>Usage by day</source>
        <translation>日別の使用量</translation>
    </message>
    <message>
        <source>Most used assets</source>
        <translation>最も使用されているアセット</translation>
    </message>
    <message>
        <source>Least used assets</source>
        <translation>最も使用されていないアセット</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>キャンペーン別</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>所有者別</translation>
    </message>
    <message>
        <source>By library</source>
        <translation>ライブラリ別</translation>
    </message>
    <message>
        <source>By format</source>
        <translation>形式別</translation>
    </message>
    <message>
        <source>By preset</source>
        <translation>プリセット別</translation>
    </message>
    <message>
        <source>Approved, never used</source>
        <translation>承認済みで未使用</translation>
    </message>
    <message>
        <source>In use, rights ending</source>
        <translation>使用中で権利終了間近</translation>
    </message>
    <message>
        <source>Heavy originals</source>
        <translation>大きなオリジナル</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重複</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>ほぼ重複</translation>
    </message>
    <message>
        <source>Missing metadata</source>
        <translation>不足しているメタデータ</translation>
    </message>
    <message>
        <source>What optimisation would save</source>
        <translation>最適化による削減</translation>
    </message>
    <message>
        <source>Delivery by day</source>
        <translation>日別の配信</translation>
    </message>
    <message>
        <source>Imported access logs</source>
        <translation>読み込んだアクセスログ</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>環境</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>指標</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>割合</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>クレジット</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>単位</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>問い合わせ日時</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>アセット</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>パス</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>ライブラリ</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>キャンペーン</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>プリセット</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>アセット</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>承認済み</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>配置先</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>リクエスト</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>配信量</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最終使用</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>変更日時</translation>
    </message>
    <message>
        <source>Rights from</source>
        <translation>権利の開始</translation>
    </message>
    <message>
        <source>Rights until</source>
        <translation>権利の終了</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>権利</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>残り日数</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高さ</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Could be freed</source>
        <translation>解放可能</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差異</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>レンディション</translation>
    </message>
    <message>
        <source>Bytes now</source>
        <translation>現在のバイト数</translation>
    </message>
    <message>
        <source>Bytes optimised</source>
        <translation>最適化後のバイト数</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>削減量</translation>
    </message>
    <message>
        <source>Reckoned from</source>
        <translation>算出元</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>ダイジェスト</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>読み込み日時</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>最初の日</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最後の日</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>集計対象</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>対象外</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>読み取り不可</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>例</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>パブリック ID</translation>
    </message>
    <message>
        <source>Asset ID</source>
        <translation>アセット ID</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Media ID</source>
        <translation>メディア ID</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>レンディション</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>変換</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>宛先</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>エントリ</translation>
    </message>
    <message>
        <source>Referring host</source>
        <translation>参照元ホスト</translation>
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
        <translation>市場</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>ダウンロード数</translation>
    </message>
    <message>
        <source>Outside its rights</source>
        <translation>権利の範囲外</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>測定方法</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>プラン</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>バイト</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日数</translation>
    </message>
    <message>
        <source>Would be saved</source>
        <translation>削減見込み</translation>
    </message>
    <message>
        <source>Outside their rights</source>
        <translation>権利の範囲外</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Unknown lines</source>
        <translation>不明な行</translation>
    </message>
    <message>
        <source>Limits nearly reached</source>
        <translation>上限に近いもの</translation>
    </message>
    <message>
        <source>No Cloudinary account is connected: what it would tell is missing.</source>
        <translation>Cloudinary アカウントが接続されていないため、そこから得られる情報がありません。</translation>
    </message>
    <message>
        <source>The environment was not asked for its usage yet.</source>
        <translation>環境に使用量をまだ問い合わせていません。</translation>
    </message>
    <message>
        <source>The environment could not be asked now; this is what it told last.</source>
        <translation>現在、環境に問い合わせできません。これは最後に得た情報です。</translation>
    </message>
    <message>
        <source>Requests were not measured: no access log was imported for these days.</source>
        <translation>リクエストは測定されていません。この期間のアクセスログが読み込まれていません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>アクセスログの %Ln 行は、ここで知られているアセットを指していませんでした。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>サムネイルのない %Ln 件のアセットは比較できませんでした。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>似た画像が多すぎる %Ln 枚は、すべてとは比較できませんでした。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>まだ読み込まれていないアセット: %Ln 件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>測定されていない値: %Ln 件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>書き出しにのみ含まれる行: あと %Ln 行。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>required fields</name>
    <message>
        <source>title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>alternative text</source>
        <translation>代替テキスト</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>キーワード</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>credit line</source>
        <translation>クレジットライン</translation>
    </message>
    <message>
        <source>copyright notice</source>
        <translation>著作権表示</translation>
    </message>
    <message>
        <source>usage terms</source>
        <translation>使用条件</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>Master</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>Stage {stage}</source>
        <translation>段階 {stage}</translation>
    </message>
    <message>
        <source>Its file says: {state}</source>
        <translation>ファイルの記載: {state}</translation>
    </message>
    <message>
        <source>Waits for {stage}</source>
        <translation>{stage} を待機中</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>依頼あり</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Cloudinary でのモデレーション</translation>
    </message>
    <message>
        <source>In review at their library</source>
        <translation>ライブラリでレビュー中</translation>
    </message>
    <message>
        <source>Said in their files</source>
        <translation>ファイルに記載</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>{date} から期限超過</translation>
    </message>
    <message>
        <source>Due today, {time}</source>
        <translation>期限: 今日 {time}</translation>
    </message>
    <message>
        <source>Due tomorrow, {time}</source>
        <translation>期限: 明日 {time}</translation>
    </message>
    <message>
        <source>Due {date}</source>
        <translation>期限: {date}</translation>
    </message>
    <message>
        <source>{done} of {total} decided</source>
        <translation>{total} 件中 {done} 件判断済み</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>修正依頼 %Ln 件</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>全員</translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>承認 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>不採用 %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>ここにはもうないもの %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>review groups</name>
    <message>
        <source>By channel</source>
        <translation>チャネル別</translation>
    </message>
    <message>
        <source>By market</source>
        <translation>市場別</translation>
    </message>
    <message>
        <source>By asset</source>
        <translation>アセット別</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>すべてまとめて</translation>
    </message>
</context>
<context>
    <name>review guides</name>
    <message>
        <source>No guides</source>
        <translation>ガイドなし</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>セーフエリア</translation>
    </message>
    <message>
        <source>Thirds and centre</source>
        <translation>三分割と中心</translation>
    </message>
    <message>
        <source>Crops of other formats</source>
        <translation>他の形式の切り抜き</translation>
    </message>
</context>
<context>
    <name>review keys</name>
    <message>
        <source>Decide</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>マーク</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>却下</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>修正を依頼</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Pin a comment to a place</source>
        <translation>コメントを位置に固定</translation>
    </message>
    <message>
        <source>Draw on the picture</source>
        <translation>画像に描く</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>最後の判断を取り消す</translation>
    </message>
    <message>
        <source>Approve the rest</source>
        <translation>残りを承認</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>次の画像</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>前の画像</translation>
    </message>
    <message>
        <source>Next asset</source>
        <translation>次のアセット</translation>
    </message>
    <message>
        <source>Previous asset</source>
        <translation>前のアセット</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>次の未判断</translation>
    </message>
    <message>
        <source>First</source>
        <translation>最初</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最後</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Compare: line, onion skin, difference</source>
        <translation>比較: 境界線、オニオンスキン、差分</translation>
    </message>
    <message>
        <source>Against the version before, or the master</source>
        <translation>前のバージョンまたはマスターと比較</translation>
    </message>
    <message>
        <source>Master and renditions side by side</source>
        <translation>マスターとレンディションを並べて表示</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>コンタクトシート</translation>
    </message>
    <message>
        <source>Guides: safe area, thirds, crops</source>
        <translation>ガイド: セーフエリア、三分割、切り抜き</translation>
    </message>
    <message>
        <source>Play a film, or stop it</source>
        <translation>動画の再生と停止</translation>
    </message>
    <message>
        <source>A film one step back</source>
        <translation>動画を 1 コマ戻す</translation>
    </message>
    <message>
        <source>A film one step on</source>
        <translation>動画を 1 コマ進める</translation>
    </message>
    <message>
        <source>100 %, and back</source>
        <translation>100 % 表示の切り替え</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>全体を表示</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>More of the version before</source>
        <translation>前のバージョンを増やす</translation>
    </message>
    <message>
        <source>More of the version now</source>
        <translation>現在のバージョンを増やす</translation>
    </message>
    <message>
        <source>Facts and comments</source>
        <translation>情報とコメント</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>フィルムストリップ</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>フルスクリーン</translation>
    </message>
    <message>
        <source>Rate with 0 to 5 stars</source>
        <translation>0 から 5 の星で評価</translation>
    </message>
    <message>
        <source>Label red, yellow, green or blue</source>
        <translation>赤、黄、緑、青のラベル</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>このキー一覧</translation>
    </message>
</context>
<context>
    <name>review looks</name>
    <message>
        <source>Version before</source>
        <translation>前のバージョン</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>マスター</translation>
    </message>
</context>
<context>
    <name>review_pack</name>
    <message>
        <source>the pack holds no such picture</source>
        <translation>パックにその画像がありません</translation>
    </message>
    <message>
        <source>it is about other bytes than the pack held</source>
        <translation>パックにあったものとデータが異なります</translation>
    </message>
    <message>
        <source>it is about another transformation than the pack held</source>
        <translation>パックにあったものと変換が異なります</translation>
    </message>
    <message>
        <source>its master is not in the catalog any more</source>
        <translation>マスターがもうカタログにありません</translation>
    </message>
    <message>
        <source>its master has changed since the pack was made</source>
        <translation>パックの作成後にマスターが変更されています</translation>
    </message>
    <message>
        <source>its preset has changed since the pack was made</source>
        <translation>パックの作成後にプリセットが変更されています</translation>
    </message>
    <message>
        <source>a later verdict of the same reviewer is on record</source>
        <translation>同じレビュアーのより新しい判定が記録されています</translation>
    </message>
</context>
<context>
    <name>review_page</name>
    <message>
        <source>Approved</source>
        <translation>承認済み</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>修正依頼中</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>却下済み</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>修正を依頼</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>却下</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>未判断</translation>
    </message>
    <message>
        <source>The verdict was taken back</source>
        <translation>判定を取り消しました</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Why? (goes with the verdict)</source>
        <translation>理由 (判定に添えられます)</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>About the whole picture</source>
        <translation>画像全体について</translation>
    </message>
    <message>
        <source>About the marked place</source>
        <translation>マークした位置について</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>コメントを追加</translation>
    </message>
    <message>
        <source>Delete comment</source>
        <translation>コメントを削除</translation>
    </message>
    <message>
        <source>Mark a place</source>
        <translation>位置をマーク</translation>
    </message>
    <message>
        <source>Click a point of the picture, or drag a frame around a part of it.</source>
        <translation>画像の点をクリックするか、一部をドラッグして囲みます。</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>コメントはまだありません。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>お名前</translation>
    </message>
    <message>
        <source>Please say your name: your verdicts are recorded with it.</source>
        <translation>お名前を入力してください。判定とともに記録されます。</translation>
    </message>
    <message>
        <source>Save verdicts</source>
        <translation>判定を保存</translation>
    </message>
    <message>
        <source>Saves a file. Send it to {who}, who reads it in.</source>
        <translation>ファイルを保存します。{who} に送ってください。先方で読み込まれます。</translation>
    </message>
    <message>
        <source>Saved as {file}. Please send it to {who}.</source>
        <translation>{file} として保存しました。{who} に送ってください。</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>保存するものがまだありません。</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>{all} 件中 {done} 件判断済み</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>{date} まで</translation>
    </message>
    <message>
        <source>From {who}, {date}</source>
        <translation>{who} から、{date}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>フィット</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>次の未判断</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>マスター</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Picture {n} of {all}: {name}</source>
        <translation>画像 {n} / {all}: {name}</translation>
    </message>
    <message>
        <source>One picture of a film</source>
        <translation>動画の 1 コマ</translation>
    </message>
    <message>
        <source>this browser does not play it</source>
        <translation>このブラウザーでは再生できません</translation>
    </message>
    <message>
        <source>Comment on this moment</source>
        <translation>この時点にコメント</translation>
    </message>
    <message>
        <source>About {time} of the film</source>
        <translation>動画の {time} について</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>再生、一時停止</translation>
    </message>
    <message>
        <source>Approximate: what is delivered may look a little different</source>
        <translation>近似表示: 配信されるものとは見た目が少し異なることがあります</translation>
    </message>
    <message>
        <source>Some steps are made on delivery only, and are not shown here</source>
        <translation>一部の手順は配信時にのみ行われ、ここには表示されません</translation>
    </message>
    <message>
        <source>This picture cannot be shown. If you opened the page inside a ZIP file, unpack the whole file first, then open index.html from the unpacked folder.</source>
        <translation>この画像を表示できません。ZIP ファイルの中のページを開いた場合は、先にファイル全体を展開し、展開したフォルダーの index.html を開いてください。</translation>
    </message>
    <message>
        <source>This browser keeps nothing for this page: save your verdicts before you close it.</source>
        <translation>このブラウザーではこのページの内容が保存されません。閉じる前に判定を保存してください。</translation>
    </message>
    <message>
        <source>This page is damaged. Please ask for the review pack again.</source>
        <translation>このページは破損しています。レビューパックをもう一度依頼してください。</translation>
    </message>
    <message>
        <source>Comment {n}</source>
        <translation>コメント {n}</translation>
    </message>
    <message>
        <source>This page needs JavaScript. It loads nothing from the network.</source>
        <translation>このページには JavaScript が必要です。ネットワークからは何も読み込みません。</translation>
    </message>
    <message>
        <source>Go to the verdict</source>
        <translation>判定に移動</translation>
    </message>
</context>
<context>
    <name>rights</name>
    <message>
        <source>Rights open</source>
        <translation>権利有効</translation>
    </message>
    <message>
        <source>Rights not begun</source>
        <translation>権利開始前</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>権利終了</translation>
    </message>
    <message>
        <source>Rights unclear</source>
        <translation>権利不明確</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>モデルリリース</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>プロパティリリース</translation>
    </message>
    <message>
        <source>Nobody said that one is needed</source>
        <translation>必要との指定なし</translation>
    </message>
    <message>
        <source>There is one</source>
        <translation>あり</translation>
    </message>
    <message>
        <source>It is missing</source>
        <translation>なし (必要)</translation>
    </message>
    <message>
        <source>The whole world</source>
        <translation>全世界</translation>
    </message>
    <message>
        <source>Europe, the Middle East and Africa</source>
        <translation>ヨーロッパ、中東、アフリカ</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>北米</translation>
    </message>
    <message>
        <source>Latin America</source>
        <translation>中南米</translation>
    </message>
    <message>
        <source>Asia and the Pacific</source>
        <translation>アジア太平洋</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>Social media</source>
        <translation>ソーシャルメディア</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>メール</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>印刷物</translation>
    </message>
    <message>
        <source>Posters</source>
        <translation>ポスター</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>放送</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>ショップ</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>社内</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>The dates cannot be read</source>
        <translation>日付を読み取れません</translation>
    </message>
    <message>
        <source>From {start} until {end}</source>
        <translation>{start} から {end} まで</translation>
    </message>
    <message>
        <source>From {start}</source>
        <translation>{start} から</translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation>{end} まで</translation>
    </message>
    <message>
        <source>Nothing is claimed</source>
        <translation>申告なし</translation>
    </message>
    <message>
        <source>not {list}</source>
        <translation>{list} を除く</translation>
    </message>
    <message>
        <source>Texts and documents only</source>
        <translation>テキストとドキュメントのみ</translation>
    </message>
    <message>
        <source>Nothing is left that file and claim both allow</source>
        <translation>ファイルと申告の両方で許可されるものがありません</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>{places} のみ</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>{channels} のみ</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>その他の地域</translation>
    </message>
    <message>
        <source>{some} and others</source>
        <translation>{some} など</translation>
    </message>
</context>
<context>
    <name>self.clipboard</name>
    <message>
        <source>Link copied. It opens this asset where it is known.</source>
        <translation>リンクをコピーしました。このアセットがある環境で開けます。</translation>
    </message>
</context>
<context>
    <name>shelter</name>
    <message>
        <source>the sources of its approval disagree</source>
        <translation>承認の情報源が一致しません</translation>
    </message>
    <message>
        <source>its approval is written in a way that means nothing here</source>
        <translation>承認の記載がここでは意味を持ちません</translation>
    </message>
    <message>
        <source>a very long text was cut</source>
        <translation>非常に長いテキストを切り詰めました</translation>
    </message>
    <message>
        <source>its rights limit the size in which it may be shown</source>
        <translation>権利により表示サイズが制限されています</translation>
    </message>
    <message>
        <source>its credit has to be shown</source>
        <translation>クレジットの表示が必要です</translation>
    </message>
    <message>
        <source>it may not be used with generative tools</source>
        <translation>生成ツールでの使用は禁止されています</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>未同期</translation>
    </message>
    <message>
        <source>What lies here has not been read yet; it comes by itself. A search of all of {service} finds it already.</source>
        <translation>ここの内容はまだ読み取られていません。自動的に読み取られます。{service} 全体の検索ではすでに見つかります。</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>まだ何もありません</translation>
    </message>
    <message>
        <source>What is put into this place at {service} appears with the next sync.</source>
        <translation>{service} でこの場所に入れたものは、次の同期で表示されます。</translation>
    </message>
    <message>
        <source>Signed out: shown as it was last seen</source>
        <translation>サインアウト済み: 最後の状態を表示しています</translation>
    </message>
    <message>
        <source>{done} of {total} galleries synced</source>
        <translation>{total} 件中 {done} 件のギャラリーを同期済み</translation>
    </message>
    <message>
        <source>Synced {moment}</source>
        <translation>同期: {moment}</translation>
    </message>
    <message>
        <source>Only for you and your staff</source>
        <translation>あなたとスタッフのみ</translation>
    </message>
    <message>
        <source>For those with permission</source>
        <translation>権限のある人</translation>
    </message>
    <message>
        <source>For everyone</source>
        <translation>全員</translation>
    </message>
    <message>
        <source>Custom field: {state}</source>
        <translation>カスタムフィールド: {state}</translation>
    </message>
    <message>
        <source>Workspace review: {state}</source>
        <translation>ワークスペースのレビュー: {state}</translation>
    </message>
    <message>
        <source>Keyword: {state}</source>
        <translation>キーワード: {state}</translation>
    </message>
    <message>
        <source>Gallery: {state}</source>
        <translation>ギャラリー: {state}</translation>
    </message>
    <message>
        <source>In a &amp;Document beside the Gallery</source>
        <translation>ギャラリーの隣の文書に記録(&amp;D)</translation>
    </message>
    <message>
        <source>With the Rendered &amp;Files</source>
        <translation>レンディションのファイルとともに記録(&amp;F)</translation>
    </message>
    <message>
        <source>As &amp;Links of the Master</source>
        <translation>マスターのリンクとして記録(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Not at All</source>
        <translation>記録しない(&amp;N)</translation>
    </message>
    <message>
        <source>Model release: there is one</source>
        <translation>モデルリリース: あり</translation>
    </message>
    <message>
        <source>Model release: missing</source>
        <translation>モデルリリース: なし (必要)</translation>
    </message>
    <message>
        <source>Property release: there is one</source>
        <translation>プロパティリリース: あり</translation>
    </message>
    <message>
        <source>Property release: missing</source>
        <translation>プロパティリリース: なし (必要)</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>解釈不能</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>アーカイブ済み</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>{places} のみ</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>{channels} のみ</translation>
    </message>
    <message>
        <source>Not all of it is recorded there yet</source>
        <translation>サービスへの記録が完了していません</translation>
    </message>
    <message>
        <source>Recorded there {moment}</source>
        <translation>サービスへの記録: {moment}</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>North America (AWS)</source>
        <translation>北米 (AWS)</translation>
    </message>
    <message>
        <source>Europe (AWS)</source>
        <translation>ヨーロッパ (AWS)</translation>
    </message>
    <message>
        <source>Australia (AWS)</source>
        <translation>オーストラリア (AWS)</translation>
    </message>
    <message>
        <source>North America (Azure)</source>
        <translation>北米 (Azure)</translation>
    </message>
    <message>
        <source>Europe (Azure)</source>
        <translation>ヨーロッパ (Azure)</translation>
    </message>
    <message>
        <source>North America (Google Cloud)</source>
        <translation>北米 (Google Cloud)</translation>
    </message>
    <message>
        <source>Europe (Google Cloud)</source>
        <translation>ヨーロッパ (Google Cloud)</translation>
    </message>
    <message>
        <source>Take the whole entry off, in that locale</source>
        <translation>そのロケールのエントリ全体を取り下げる</translation>
    </message>
    <message>
        <source>Remove the picture, and publish without it</source>
        <translation>画像を外し、画像なしで公開する</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>送信中</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>公開済み</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>取り下げ済み</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>競合</translation>
    </message>
    <message>
        <source>The editor&apos;s</source>
        <translation>編集者のもの</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒否</translation>
    </message>
    <message>
        <source>{rendition} (cannot be chosen)</source>
        <translation>{rendition} (選択不可)</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>No label</source>
        <translation>ラベルなし</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>本番</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>ステージング</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>開発</translation>
    </message>
</context>
<context>
    <name>stale</name>
    <message>
        <source>the master has a new version</source>
        <translation>マスターに新しいバージョンがある</translation>
    </message>
    <message>
        <source>its preset was changed</source>
        <translation>プリセットが変更された</translation>
    </message>
    <message>
        <source>the master has a new version, and its preset was changed</source>
        <translation>マスターに新しいバージョンがあり、プリセットも変更された</translation>
    </message>
</context>
<context>
    <name>standard</name>
    <message>
        <source>All models released</source>
        <translation>すべてのモデルリリースあり</translation>
    </message>
    <message>
        <source>Limited or incomplete model releases</source>
        <translation>モデルリリースに制限または不備あり</translation>
    </message>
    <message>
        <source>No model release</source>
        <translation>モデルリリースなし</translation>
    </message>
    <message>
        <source>Model release not applicable</source>
        <translation>モデルリリース対象外</translation>
    </message>
    <message>
        <source>All properties released</source>
        <translation>すべてのプロパティリリースあり</translation>
    </message>
    <message>
        <source>Limited or incomplete property releases</source>
        <translation>プロパティリリースに制限または不備あり</translation>
    </message>
    <message>
        <source>No property release</source>
        <translation>プロパティリリースなし</translation>
    </message>
    <message>
        <source>Property release not applicable</source>
        <translation>プロパティリリース対象外</translation>
    </message>
    <message>
        <source>Age unknown</source>
        <translation>年齢不明</translation>
    </message>
    <message>
        <source>25 or older</source>
        <translation>25 歳以上</translation>
    </message>
    <message>
        <source>14 or younger</source>
        <translation>14 歳以下</translation>
    </message>
    <message>
        <source>Protected by copyright</source>
        <translation>著作権保護あり</translation>
    </message>
    <message>
        <source>Public domain</source>
        <translation>パブリックドメイン</translation>
    </message>
    <message>
        <source>1 – most urgent</source>
        <translation>1 – 最も緊急</translation>
    </message>
    <message>
        <source>5 – normal</source>
        <translation>5 – 通常</translation>
    </message>
    <message>
        <source>8 – least urgent</source>
        <translation>8 – 最も緊急でない</translation>
    </message>
    <message>
        <source>Taken by a digital camera</source>
        <translation>デジタルカメラで撮影</translation>
    </message>
    <message>
        <source>Computed from several frames of a camera</source>
        <translation>カメラの複数フレームから合成</translation>
    </message>
    <message>
        <source>Scanned from negative film</source>
        <translation>ネガフィルムからスキャン</translation>
    </message>
    <message>
        <source>Scanned from positive film</source>
        <translation>ポジフィルムからスキャン</translation>
    </message>
    <message>
        <source>Scanned from a print</source>
        <translation>プリントからスキャン</translation>
    </message>
    <message>
        <source>Edited by people</source>
        <translation>人が編集</translation>
    </message>
    <message>
        <source>Drawn by people</source>
        <translation>人が描画</translation>
    </message>
    <message>
        <source>Composed of captures</source>
        <translation>撮影素材の合成</translation>
    </message>
    <message>
        <source>Composed of elements</source>
        <translation>要素の合成</translation>
    </message>
    <message>
        <source>Composed, with synthetic elements</source>
        <translation>合成 (生成要素を含む)</translation>
    </message>
    <message>
        <source>Edited by a trained algorithm</source>
        <translation>学習済みアルゴリズムで編集</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>学習済みアルゴリズムで生成</translation>
    </message>
    <message>
        <source>Made by an algorithm without training</source>
        <translation>学習なしのアルゴリズムで生成</translation>
    </message>
    <message>
        <source>Enhanced by an algorithm</source>
        <translation>アルゴリズムで補正</translation>
    </message>
    <message>
        <source>Drawn from data</source>
        <translation>データから描画</translation>
    </message>
    <message>
        <source>Captured from a screen</source>
        <translation>画面をキャプチャ</translation>
    </message>
    <message>
        <source>Recorded in a virtual world</source>
        <translation>仮想世界で記録</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>指定なし</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>許可</translation>
    </message>
    <message>
        <source>Not for training of AI</source>
        <translation>AI の学習に使用禁止</translation>
    </message>
    <message>
        <source>Not for training of generative AI</source>
        <translation>生成 AI の学習に使用禁止</translation>
    </message>
    <message>
        <source>Only for search engines</source>
        <translation>検索エンジンのみ許可</translation>
    </message>
    <message>
        <source>Prohibited</source>
        <translation>禁止</translation>
    </message>
    <message>
        <source>Prohibited, as other constraints say</source>
        <translation>禁止 (その他の制限を参照)</translation>
    </message>
    <message>
        <source>Prohibited, as the rights expression says</source>
        <translation>禁止 (権利表現を参照)</translation>
    </message>
    <message>
        <source>Prohibited, as the linked rights expression says</source>
        <translation>禁止 (リンクされた権利表現を参照)</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>不要</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>画像上</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>画像の隣</translation>
    </message>
    <message>
        <source>Among the credits</source>
        <translation>クレジット欄</translation>
    </message>
    <message>
        <source>No warning required</source>
        <translation>警告不要</translation>
    </message>
    <message>
        <source>Warning required</source>
        <translation>警告が必要</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>勤務先</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>携帯電話</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>FAX</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>自宅</translation>
    </message>
    <message>
        <source>Pager</source>
        <translation>ポケットベル</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>長方形</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>円</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多角形</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>ピクセル</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>画像に対する割合</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>見出し</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>キャプション</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>代替テキスト</translation>
    </message>
    <message>
        <source>Extended description</source>
        <translation>詳細な説明</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>キーワード</translation>
    </message>
    <message>
        <source>Keyword hierarchies</source>
        <translation>キーワード階層</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>キャプション作成者</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>ジャンル</translation>
    </message>
    <message>
        <source>Scene codes</source>
        <translation>シーンコード</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>主題コード</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>カテゴリー</translation>
    </message>
    <message>
        <source>Supplemental categories</source>
        <translation>補足カテゴリー</translation>
    </message>
    <message>
        <source>Digital source type</source>
        <translation>デジタルソースタイプ</translation>
    </message>
    <message>
        <source>People shown</source>
        <translation>写っている人物</translation>
    </message>
    <message>
        <source>About the models</source>
        <translation>モデルに関する情報</translation>
    </message>
    <message>
        <source>Ages of the models</source>
        <translation>モデルの年齢</translation>
    </message>
    <message>
        <source>Organisations shown</source>
        <translation>写っている組織</translation>
    </message>
    <message>
        <source>Organisation codes</source>
        <translation>組織コード</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>イベント</translation>
    </message>
    <message>
        <source>Event identifiers</source>
        <translation>イベント ID</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>Creator’s job title</source>
        <translation>作成者の役職</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>住所</translation>
    </message>
    <message>
        <source>Contact’s city</source>
        <translation>連絡先の市区町村</translation>
    </message>
    <message>
        <source>Contact’s state or province</source>
        <translation>連絡先の都道府県</translation>
    </message>
    <message>
        <source>Contact’s postal code</source>
        <translation>連絡先の郵便番号</translation>
    </message>
    <message>
        <source>Contact’s country</source>
        <translation>連絡先の国</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>電話番号</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>メール</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>Web サイト</translation>
    </message>
    <message>
        <source>Contributors</source>
        <translation>協力者</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>発行者</translation>
    </message>
    <message>
        <source>Copyright notice</source>
        <translation>著作権表示</translation>
    </message>
    <message>
        <source>Copyright status</source>
        <translation>著作権の状態</translation>
    </message>
    <message>
        <source>Copyright owner</source>
        <translation>著作権者</translation>
    </message>
    <message>
        <source>Credit line</source>
        <translation>クレジットライン</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出典</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条件</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>権利情報のページ</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>Media constraints</source>
        <translation>メディアの制限</translation>
    </message>
    <message>
        <source>Region constraints</source>
        <translation>地域の制限</translation>
    </message>
    <message>
        <source>Other constraints</source>
        <translation>その他の制限</translation>
    </message>
    <message>
        <source>Image supplier</source>
        <translation>画像提供者</translation>
    </message>
    <message>
        <source>Supplier’s image ID</source>
        <translation>提供者の画像 ID</translation>
    </message>
    <message>
        <source>Licence begins</source>
        <translation>ライセンスの開始</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>ライセンスの終了</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>モデルリリース</translation>
    </message>
    <message>
        <source>Model release IDs</source>
        <translation>モデルリリース ID</translation>
    </message>
    <message>
        <source>Youngest model</source>
        <translation>最年少モデルの年齢</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>プロパティリリース</translation>
    </message>
    <message>
        <source>Property release IDs</source>
        <translation>プロパティリリース ID</translation>
    </message>
    <message>
        <source>Copyright owner’s ID</source>
        <translation>著作権者の ID</translation>
    </message>
    <message>
        <source>Licensor</source>
        <translation>ライセンサー</translation>
    </message>
    <message>
        <source>Licensor’s ID</source>
        <translation>ライセンサーの ID</translation>
    </message>
    <message>
        <source>Licensor’s e-mail</source>
        <translation>ライセンサーのメール</translation>
    </message>
    <message>
        <source>Licensor’s phone</source>
        <translation>ライセンサーの電話番号</translation>
    </message>
    <message>
        <source>Licensor’s website</source>
        <translation>ライセンサーの Web サイト</translation>
    </message>
    <message>
        <source>Licensor’s street</source>
        <translation>ライセンサーの番地</translation>
    </message>
    <message>
        <source>Licensor’s city</source>
        <translation>ライセンサーの市区町村</translation>
    </message>
    <message>
        <source>Licensor’s state or province</source>
        <translation>ライセンサーの都道府県</translation>
    </message>
    <message>
        <source>Licensor’s postal code</source>
        <translation>ライセンサーの郵便番号</translation>
    </message>
    <message>
        <source>Licensor’s country</source>
        <translation>ライセンサーの国</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>City</source>
        <translation>市区町村</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>都道府県</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>国</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>国コード</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>座標</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>World region</source>
        <translation>世界の地域</translation>
    </message>
    <message>
        <source>Artwork’s title</source>
        <translation>作品のタイトル</translation>
    </message>
    <message>
        <source>Artwork’s creator</source>
        <translation>作品の作者</translation>
    </message>
    <message>
        <source>Artwork’s copyright notice</source>
        <translation>作品の著作権表示</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner</source>
        <translation>作品の著作権者</translation>
    </message>
    <message>
        <source>Artwork’s date</source>
        <translation>作品の制作日</translation>
    </message>
    <message>
        <source>What the artwork shows</source>
        <translation>作品の内容</translation>
    </message>
    <message>
        <source>Who keeps the artwork</source>
        <translation>作品の所蔵者</translation>
    </message>
    <message>
        <source>Artwork’s inventory number</source>
        <translation>作品の所蔵番号</translation>
    </message>
    <message>
        <source>Product’s name</source>
        <translation>商品名</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Product’s ID</source>
        <translation>商品 ID</translation>
    </message>
    <message>
        <source>Product’s description</source>
        <translation>商品の説明</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>撮影日</translation>
    </message>
    <message>
        <source>Date digitised</source>
        <translation>デジタル化日</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>更新日</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>ラベル</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>緊急度</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>ジョブ ID</translation>
    </message>
    <message>
        <source>Camera maker</source>
        <translation>カメラメーカー</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Camera’s serial number</source>
        <translation>カメラのシリアル番号</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>レンズ</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>露光時間</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>絞り</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>焦点距離</translation>
    </message>
    <message>
        <source>Focal length (35 mm)</source>
        <translation>焦点距離 (35 mm)</translation>
    </message>
    <message>
        <source>Exposure compensation</source>
        <translation>露出補正</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>フラッシュ</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>ソフトウェア</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>対象範囲</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>関連</translation>
    </message>
    <message>
        <source>Content types</source>
        <translation>コンテンツの種類</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>識別子</translation>
    </message>
    <message>
        <source>Derived from</source>
        <translation>派生元</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>メディアタイプ</translation>
    </message>
    <message>
        <source>Image GUID</source>
        <translation>画像 GUID</translation>
    </message>
    <message>
        <source>Greatest width</source>
        <translation>最大幅</translation>
    </message>
    <message>
        <source>Greatest height</source>
        <translation>最大高さ</translation>
    </message>
    <message>
        <source>AI prompt</source>
        <translation>AI プロンプト</translation>
    </message>
    <message>
        <source>AI prompt’s writer</source>
        <translation>AI プロンプトの作成者</translation>
    </message>
    <message>
        <source>AI system</source>
        <translation>AI システム</translation>
    </message>
    <message>
        <source>AI system’s version</source>
        <translation>AI システムのバージョン</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>用語</translation>
    </message>
    <message>
        <source>Term’s ID</source>
        <translation>用語 ID</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>統制語彙</translation>
    </message>
    <message>
        <source>Term refined</source>
        <translation>用語の詳細化</translation>
    </message>
    <message>
        <source>Genre term</source>
        <translation>ジャンルの用語</translation>
    </message>
    <message>
        <source>Genre’s ID</source>
        <translation>ジャンル ID</translation>
    </message>
    <message>
        <source>Genre’s vocabulary</source>
        <translation>ジャンルの統制語彙</translation>
    </message>
    <message>
        <source>Genre refined</source>
        <translation>ジャンルの詳細化</translation>
    </message>
    <message>
        <source>Person’s name</source>
        <translation>人物の名前</translation>
    </message>
    <message>
        <source>Person’s IDs</source>
        <translation>人物の ID</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>人物に関する情報</translation>
    </message>
    <message>
        <source>Contributor’s name</source>
        <translation>協力者の名前</translation>
    </message>
    <message>
        <source>Contributor’s IDs</source>
        <translation>協力者の ID</translation>
    </message>
    <message>
        <source>Contributor’s roles</source>
        <translation>協力者の役割</translation>
    </message>
    <message>
        <source>Image creator</source>
        <translation>画像作成者</translation>
    </message>
    <message>
        <source>Image creator’s ID</source>
        <translation>画像作成者の ID</translation>
    </message>
    <message>
        <source>Image supplier’s ID</source>
        <translation>画像提供者の ID</translation>
    </message>
    <message>
        <source>Rights owners</source>
        <translation>権利者</translation>
    </message>
    <message>
        <source>Rights certificate</source>
        <translation>権利証明書</translation>
    </message>
    <message>
        <source>Data mining</source>
        <translation>データマイニング</translation>
    </message>
    <message>
        <source>Credit required</source>
        <translation>クレジット表示の要否</translation>
    </message>
    <message>
        <source>Adult content</source>
        <translation>アダルトコンテンツ</translation>
    </message>
    <message>
        <source>Licence’s ID</source>
        <translation>ライセンス ID</translation>
    </message>
    <message>
        <source>Licence’s terms</source>
        <translation>ライセンス条項</translation>
    </message>
    <message>
        <source>Licence’s terms page</source>
        <translation>ライセンス条項のページ</translation>
    </message>
    <message>
        <source>Other conditions</source>
        <translation>その他の条件</translation>
    </message>
    <message>
        <source>Product constraints</source>
        <translation>商品に関する制限</translation>
    </message>
    <message>
        <source>Licence’s requirements</source>
        <translation>ライセンスの要件</translation>
    </message>
    <message>
        <source>Media summary code</source>
        <translation>メディアサマリーコード</translation>
    </message>
    <message>
        <source>Licence granted</source>
        <translation>ライセンス許諾日</translation>
    </message>
    <message>
        <source>Licensee</source>
        <translation>ライセンシー</translation>
    </message>
    <message>
        <source>Licensee’s ID</source>
        <translation>ライセンシー ID</translation>
    </message>
    <message>
        <source>Licensor’s image ID</source>
        <translation>ライセンサーの画像 ID</translation>
    </message>
    <message>
        <source>Copyright owner’s image ID</source>
        <translation>著作権者の画像 ID</translation>
    </message>
    <message>
        <source>Other dates</source>
        <translation>その他の日付</translation>
    </message>
    <message>
        <source>Copyright registration</source>
        <translation>著作権登録番号</translation>
    </message>
    <message>
        <source>First published</source>
        <translation>初回公開日</translation>
    </message>
    <message>
        <source>Licensor’s address, more</source>
        <translation>ライセンサーの住所 (続き)</translation>
    </message>
    <message>
        <source>Licensor’s phone is</source>
        <translation>ライセンサーの電話番号の種類</translation>
    </message>
    <message>
        <source>Licensor’s other phone</source>
        <translation>ライセンサーの別の電話番号</translation>
    </message>
    <message>
        <source>Licensor’s other phone is</source>
        <translation>ライセンサーの別の電話番号の種類</translation>
    </message>
    <message>
        <source>Item’s ID</source>
        <translation>アイテム ID</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>レジストリ</translation>
    </message>
    <message>
        <source>Role in the registry</source>
        <translation>レジストリでの役割</translation>
    </message>
    <message>
        <source>Rights expression</source>
        <translation>権利表現</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>エンコーディング</translation>
    </message>
    <message>
        <source>Rights language</source>
        <translation>権利表現言語</translation>
    </message>
    <message>
        <source>Rights expression’s address</source>
        <translation>権利表現のアドレス</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>場所の名前</translation>
    </message>
    <message>
        <source>Place’s IDs</source>
        <translation>場所の ID</translation>
    </message>
    <message>
        <source>Artwork’s creator’s ID</source>
        <translation>作品の作者の ID</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner’s ID</source>
        <translation>作品の著作権者の ID</translation>
    </message>
    <message>
        <source>Artwork’s licensor</source>
        <translation>作品のライセンサー</translation>
    </message>
    <message>
        <source>Artwork’s licensor’s ID</source>
        <translation>作品のライセンサーの ID</translation>
    </message>
    <message>
        <source>Artwork’s date, about</source>
        <translation>作品のおおよその制作日</translation>
    </message>
    <message>
        <source>Artwork’s inventory page</source>
        <translation>作品の所蔵情報ページ</translation>
    </message>
    <message>
        <source>Contributions to the artwork</source>
        <translation>作品への関与</translation>
    </message>
    <message>
        <source>Artwork’s material</source>
        <translation>作品の素材</translation>
    </message>
    <message>
        <source>Artwork’s style</source>
        <translation>作品の様式</translation>
    </message>
    <message>
        <source>Region’s name</source>
        <translation>領域の名前</translation>
    </message>
    <message>
        <source>Region’s ID</source>
        <translation>領域の ID</translation>
    </message>
    <message>
        <source>Region’s content</source>
        <translation>領域の内容</translation>
    </message>
    <message>
        <source>Region’s role</source>
        <translation>領域の役割</translation>
    </message>
    <message>
        <source>Region’s shape</source>
        <translation>領域の形状</translation>
    </message>
    <message>
        <source>Region’s unit</source>
        <translation>領域の単位</translation>
    </message>
    <message>
        <source>Region’s left</source>
        <translation>領域の左端</translation>
    </message>
    <message>
        <source>Region’s top</source>
        <translation>領域の上端</translation>
    </message>
    <message>
        <source>Region’s width</source>
        <translation>領域の幅</translation>
    </message>
    <message>
        <source>Region’s height</source>
        <translation>領域の高さ</translation>
    </message>
    <message>
        <source>Region’s radius</source>
        <translation>領域の半径</translation>
    </message>
    <message>
        <source>A short name of the picture, often an identifier.</source>
        <translation>画像の短い名前。識別名にもよく使われます。</translation>
    </message>
    <message>
        <source>A short synopsis that can be published.</source>
        <translation>公開できる短い要約です。</translation>
    </message>
    <message>
        <source>What the picture shows: who, what, where, when and why.</source>
        <translation>画像に写っているもの: 誰が、何を、どこで、いつ、なぜ。</translation>
    </message>
    <message>
        <source>What it shows for those who cannot see it, in one or two sentences.</source>
        <translation>画像を見ることができない人のための、1、2 文の説明です。</translation>
    </message>
    <message>
        <source>A longer description for those who cannot see it.</source>
        <translation>画像を見ることができない人のための、より詳しい説明です。</translation>
    </message>
    <message>
        <source>Words by which it is found.</source>
        <translation>検索に使われる語です。</translation>
    </message>
    <message>
        <source>Keywords with those above them, as in “Place|France|Paris”.</source>
        <translation>上位の語を含むキーワード。例:「場所|フランス|パリ」。</translation>
    </message>
    <message>
        <source>Who wrote or edited the caption.</source>
        <translation>キャプションを書いた、または編集した人です。</translation>
    </message>
    <message>
        <source>The languages of the content.</source>
        <translation>コンテンツの言語です。</translation>
    </message>
    <message>
        <source>What sort of journalistic or artistic work it is.</source>
        <translation>報道または芸術作品としての種類です。</translation>
    </message>
    <message>
        <source>IPTC’s codes of the scene, six digits each.</source>
        <translation>IPTC のシーンコード。それぞれ 6 桁です。</translation>
    </message>
    <message>
        <source>IPTC’s codes of the subject, eight digits each.</source>
        <translation>IPTC の主題コード。それぞれ 8 桁です。</translation>
    </message>
    <message>
        <source>A code of one to three letters; superseded by the subject codes.</source>
        <translation>1 から 3 文字のコード。主題コードに置き換えられました。</translation>
    </message>
    <message>
        <source>Further categories; superseded by the subject codes.</source>
        <translation>追加のカテゴリー。主題コードに置き換えられました。</translation>
    </message>
    <message>
        <source>How the picture came into being.</source>
        <translation>画像がどのように作られたかです。</translation>
    </message>
    <message>
        <source>The names of the people in the picture.</source>
        <translation>画像に写っている人物の名前です。</translation>
    </message>
    <message>
        <source>Ethnicity and other facts about the models in a released picture.</source>
        <translation>リリースのある画像のモデルに関する、民族などの情報です。</translation>
    </message>
    <message>
        <source>The age of each model when it was taken.</source>
        <translation>撮影時の各モデルの年齢です。</translation>
    </message>
    <message>
        <source>The names of organisations that the picture features.</source>
        <translation>画像で取り上げている組織の名前です。</translation>
    </message>
    <message>
        <source>Codes of these organisations.</source>
        <translation>これらの組織のコードです。</translation>
    </message>
    <message>
        <source>The event at which it was taken.</source>
        <translation>撮影されたイベントです。</translation>
    </message>
    <message>
        <source>Identifiers of the event.</source>
        <translation>イベントの識別子です。</translation>
    </message>
    <message>
        <source>Who took or made it; several are separated by a semicolon.</source>
        <translation>撮影または制作した人。複数の場合はセミコロンで区切ります。</translation>
    </message>
    <message>
        <source>The job of the creator, such as staff photographer.</source>
        <translation>作成者の職種 (スタッフカメラマンなど) です。</translation>
    </message>
    <message>
        <source>Where the creator can be reached: street and house.</source>
        <translation>作成者の連絡先: 番地と建物。</translation>
    </message>
    <message>
        <source>The city of the creator’s address.</source>
        <translation>作成者の住所の市区町村です。</translation>
    </message>
    <message>
        <source>The state or province of the creator’s address.</source>
        <translation>作成者の住所の都道府県です。</translation>
    </message>
    <message>
        <source>The postal code of the creator’s address.</source>
        <translation>作成者の住所の郵便番号です。</translation>
    </message>
    <message>
        <source>The country of the creator’s address.</source>
        <translation>作成者の住所の国です。</translation>
    </message>
    <message>
        <source>Telephone numbers of the creator.</source>
        <translation>作成者の電話番号です。</translation>
    </message>
    <message>
        <source>E-mail addresses of the creator.</source>
        <translation>作成者のメールアドレスです。</translation>
    </message>
    <message>
        <source>The creator’s website.</source>
        <translation>作成者の Web サイトです。</translation>
    </message>
    <message>
        <source>Others who had a part in it.</source>
        <translation>制作に関わった他の人です。</translation>
    </message>
    <message>
        <source>Who makes it available.</source>
        <translation>公開する人または組織です。</translation>
    </message>
    <message>
        <source>Who holds the copyright, as it is to be printed.</source>
        <translation>著作権を持つ人の、印刷用の表記です。</translation>
    </message>
    <message>
        <source>Is it protected by copyright?</source>
        <translation>著作権で保護されているかどうかです。</translation>
    </message>
    <message>
        <source>Who owns the copyright.</source>
        <translation>著作権を所有する人です。</translation>
    </message>
    <message>
        <source>Who is to be credited when it is published.</source>
        <translation>公開時にクレジットを表示する相手です。</translation>
    </message>
    <message>
        <source>Who it was obtained from.</source>
        <translation>入手元です。</translation>
    </message>
    <message>
        <source>How it may be used.</source>
        <translation>使用できる条件です。</translation>
    </message>
    <message>
        <source>The address of a page about the rights.</source>
        <translation>権利に関するページのアドレスです。</translation>
    </message>
    <message>
        <source>What those who use it have to know.</source>
        <translation>使用する人が知っておくべきことです。</translation>
    </message>
    <message>
        <source>In which media it may not be used, or only.</source>
        <translation>使用が禁止または限定されるメディアです。</translation>
    </message>
    <message>
        <source>In which regions it may not be used, or only.</source>
        <translation>使用が禁止または限定される地域です。</translation>
    </message>
    <message>
        <source>Other limits of use.</source>
        <translation>その他の使用制限です。</translation>
    </message>
    <message>
        <source>Who supplied the picture.</source>
        <translation>画像を提供した人です。</translation>
    </message>
    <message>
        <source>The supplier’s identifier of it.</source>
        <translation>提供者による画像の識別子です。</translation>
    </message>
    <message>
        <source>When the licence begins; changed with the rights, not here.</source>
        <translation>ライセンスの開始日時。ここではなく、権利で変更します。</translation>
    </message>
    <message>
        <source>When the licence ends; changed with the rights, not here.</source>
        <translation>ライセンスの終了日時。ここではなく、権利で変更します。</translation>
    </message>
    <message>
        <source>Have the people shown agreed?</source>
        <translation>写っている人の同意があるかどうかです。</translation>
    </message>
    <message>
        <source>Identifiers of the agreements.</source>
        <translation>同意書の識別子です。</translation>
    </message>
    <message>
        <source>The age of the youngest person when it was taken.</source>
        <translation>撮影時の最年少の人の年齢です。</translation>
    </message>
    <message>
        <source>Have the owners of what is shown agreed?</source>
        <translation>写っているものの所有者の同意があるかどうかです。</translation>
    </message>
    <message>
        <source>Identifiers of these agreements.</source>
        <translation>これらの同意書の識別子です。</translation>
    </message>
    <message>
        <source>The number by which PLUS knows who owns the copyright.</source>
        <translation>著作権者を示す PLUS の番号です。</translation>
    </message>
    <message>
        <source>Who grants licences.</source>
        <translation>ライセンスを許諾する人です。</translation>
    </message>
    <message>
        <source>The licensor’s identifier in the PLUS registry.</source>
        <translation>PLUS レジストリでのライセンサーの識別子です。</translation>
    </message>
    <message>
        <source>Where to ask for a licence.</source>
        <translation>ライセンスの問い合わせ先です。</translation>
    </message>
    <message>
        <source>The licensor’s telephone.</source>
        <translation>ライセンサーの電話番号です。</translation>
    </message>
    <message>
        <source>The licensor’s website.</source>
        <translation>ライセンサーの Web サイトです。</translation>
    </message>
    <message>
        <source>The street of the licensor’s address.</source>
        <translation>ライセンサーの住所の番地です。</translation>
    </message>
    <message>
        <source>The city of the licensor’s address.</source>
        <translation>ライセンサーの住所の市区町村です。</translation>
    </message>
    <message>
        <source>The state or province of the licensor’s address.</source>
        <translation>ライセンサーの住所の都道府県です。</translation>
    </message>
    <message>
        <source>The postal code of the licensor’s address.</source>
        <translation>ライセンサーの住所の郵便番号です。</translation>
    </message>
    <message>
        <source>The country of the licensor’s address.</source>
        <translation>ライセンサーの住所の国です。</translation>
    </message>
    <message>
        <source>The place within the city.</source>
        <translation>市区町村内の場所です。</translation>
    </message>
    <message>
        <source>The city.</source>
        <translation>市区町村です。</translation>
    </message>
    <message>
        <source>The state or province.</source>
        <translation>都道府県です。</translation>
    </message>
    <message>
        <source>The country’s name.</source>
        <translation>国名です。</translation>
    </message>
    <message>
        <source>The country’s code of two or three letters (ISO 3166).</source>
        <translation>2 文字または 3 文字の国コード (ISO 3166) です。</translation>
    </message>
    <message>
        <source>Where the camera stood, in decimal degrees.</source>
        <translation>カメラの位置 (十進の度数) です。</translation>
    </message>
    <message>
        <source>How high the camera was, in metres.</source>
        <translation>カメラの高さ (メートル) です。</translation>
    </message>
    <message>
        <source>The place within the city where it was taken.</source>
        <translation>撮影した市区町村内の場所です。</translation>
    </message>
    <message>
        <source>The city where it was taken.</source>
        <translation>撮影した市区町村です。</translation>
    </message>
    <message>
        <source>The state or province where it was taken.</source>
        <translation>撮影した都道府県です。</translation>
    </message>
    <message>
        <source>The country where it was taken.</source>
        <translation>撮影した国です。</translation>
    </message>
    <message>
        <source>The code of the country where it was taken.</source>
        <translation>撮影した国のコードです。</translation>
    </message>
    <message>
        <source>The part of the world where it was taken.</source>
        <translation>撮影した世界の地域です。</translation>
    </message>
    <message>
        <source>The place within the city that it shows.</source>
        <translation>写っている市区町村内の場所です。</translation>
    </message>
    <message>
        <source>The city that it shows.</source>
        <translation>写っている市区町村です。</translation>
    </message>
    <message>
        <source>The state or province that it shows.</source>
        <translation>写っている都道府県です。</translation>
    </message>
    <message>
        <source>The country that it shows.</source>
        <translation>写っている国です。</translation>
    </message>
    <message>
        <source>The code of the country that it shows.</source>
        <translation>写っている国のコードです。</translation>
    </message>
    <message>
        <source>The part of the world that it shows.</source>
        <translation>写っている世界の地域です。</translation>
    </message>
    <message>
        <source>What the artwork is called.</source>
        <translation>作品の名前です。</translation>
    </message>
    <message>
        <source>Who made the artwork; several in their order.</source>
        <translation>作品の作者。複数の場合は順に並べます。</translation>
    </message>
    <message>
        <source>The artwork’s own copyright notice.</source>
        <translation>作品自体の著作権表示です。</translation>
    </message>
    <message>
        <source>Who owns the copyright of the artwork now.</source>
        <translation>作品の現在の著作権者です。</translation>
    </message>
    <message>
        <source>When the artwork was made.</source>
        <translation>作品が制作された日です。</translation>
    </message>
    <message>
        <source>What is seen in the artwork.</source>
        <translation>作品に描かれているものです。</translation>
    </message>
    <message>
        <source>The museum, archive or person that has the artwork.</source>
        <translation>作品を所蔵する美術館、アーカイブ、または個人です。</translation>
    </message>
    <message>
        <source>The number that who keeps it has given the artwork.</source>
        <translation>所蔵者が作品に付けた番号です。</translation>
    </message>
    <message>
        <source>What the product is called.</source>
        <translation>商品の名前です。</translation>
    </message>
    <message>
        <source>The product’s number in trade, as its bar code has it.</source>
        <translation>バーコードにある、商品の流通上の番号です。</translation>
    </message>
    <message>
        <source>The number that its maker has given the product.</source>
        <translation>メーカーが商品に付けた番号です。</translation>
    </message>
    <message>
        <source>What the product is.</source>
        <translation>商品の説明です。</translation>
    </message>
    <message>
        <source>When the picture was taken, or the work was made.</source>
        <translation>画像が撮影された、または作品が制作された日時です。</translation>
    </message>
    <message>
        <source>When the digital file was made, such as by a scanner.</source>
        <translation>スキャナーなどでデジタルファイルが作成された日時です。</translation>
    </message>
    <message>
        <source>When the file was changed last, as the program that did says.</source>
        <translation>変更したプログラムが記録した、ファイルの最終変更日時です。</translation>
    </message>
    <message>
        <source>One to five stars; -1 is rejected.</source>
        <translation>1 から 5 の星。-1 は不採用です。</translation>
    </message>
    <message>
        <source>A word or colour of one’s own workflow.</source>
        <translation>独自のワークフローで使う語または色です。</translation>
    </message>
    <message>
        <source>How urgent it is, from 1 to 8.</source>
        <translation>緊急度 (1 から 8) です。</translation>
    </message>
    <message>
        <source>A number or name of the job it belongs to.</source>
        <translation>所属するジョブの番号または名前です。</translation>
    </message>
    <message>
        <source>The maker of the camera.</source>
        <translation>カメラのメーカーです。</translation>
    </message>
    <message>
        <source>The model of the camera.</source>
        <translation>カメラの機種です。</translation>
    </message>
    <message>
        <source>The serial number of the camera.</source>
        <translation>カメラのシリアル番号です。</translation>
    </message>
    <message>
        <source>The model of the lens.</source>
        <translation>レンズの機種です。</translation>
    </message>
    <message>
        <source>How long it was exposed, in seconds.</source>
        <translation>露光時間 (秒) です。</translation>
    </message>
    <message>
        <source>The f-number.</source>
        <translation>F 値です。</translation>
    </message>
    <message>
        <source>The sensitivity.</source>
        <translation>感度です。</translation>
    </message>
    <message>
        <source>The focal length in millimetres.</source>
        <translation>焦点距離 (ミリメートル) です。</translation>
    </message>
    <message>
        <source>The focal length that is the same on 35 mm film.</source>
        <translation>35 mm フィルム換算の焦点距離です。</translation>
    </message>
    <message>
        <source>By how many stops the exposure was changed.</source>
        <translation>露出を補正した段数です。</translation>
    </message>
    <message>
        <source>Did the flash fire?</source>
        <translation>フラッシュが発光したかどうかです。</translation>
    </message>
    <message>
        <source>The program that wrote the file.</source>
        <translation>ファイルを書き込んだプログラムです。</translation>
    </message>
    <message>
        <source>Which place and time the content is about.</source>
        <translation>コンテンツが対象とする場所と時間です。</translation>
    </message>
    <message>
        <source>What it is related to.</source>
        <translation>関連するものです。</translation>
    </message>
    <message>
        <source>The nature or genre of the content.</source>
        <translation>コンテンツの性質またはジャンルです。</translation>
    </message>
    <message>
        <source>What identifies it within its context.</source>
        <translation>所属する文脈の中でこれを識別するものです。</translation>
    </message>
    <message>
        <source>What it was made from.</source>
        <translation>これの元になったものです。</translation>
    </message>
    <message>
        <source>The kind of file, as the file says.</source>
        <translation>ファイル自体に記録された、ファイルの種類です。</translation>
    </message>
    <message>
        <source>A number that no other picture has.</source>
        <translation>他の画像と重複しない番号です。</translation>
    </message>
    <message>
        <source>The width of the largest version that can be had, in pixels.</source>
        <translation>入手できる最大のバージョンの幅 (ピクセル) です。</translation>
    </message>
    <message>
        <source>The height of the largest version that can be had, in pixels.</source>
        <translation>入手できる最大のバージョンの高さ (ピクセル) です。</translation>
    </message>
    <message>
        <source>What a generating system was asked for.</source>
        <translation>生成システムに指示した内容です。</translation>
    </message>
    <message>
        <source>Who wrote what it was asked for.</source>
        <translation>その指示を書いた人です。</translation>
    </message>
    <message>
        <source>The system that generated it.</source>
        <translation>生成に使用したシステムです。</translation>
    </message>
    <message>
        <source>The version of that system.</source>
        <translation>そのシステムのバージョンです。</translation>
    </message>
    <message>
        <source>What the picture is about, as a vocabulary calls it.</source>
        <translation>画像の内容を表す、統制語彙の用語です。</translation>
    </message>
    <message>
        <source>The identifier of this term.</source>
        <translation>この用語の識別子です。</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this term.</source>
        <translation>この用語が属する統制語彙のアドレスです。</translation>
    </message>
    <message>
        <source>The identifier of what refines this term.</source>
        <translation>この用語を詳細化するものの識別子です。</translation>
    </message>
    <message>
        <source>The genre, as a vocabulary calls it.</source>
        <translation>ジャンルを表す、統制語彙の用語です。</translation>
    </message>
    <message>
        <source>The identifier of this genre.</source>
        <translation>このジャンルの識別子です。</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this genre.</source>
        <translation>このジャンルが属する統制語彙のアドレスです。</translation>
    </message>
    <message>
        <source>The identifier of what refines this genre.</source>
        <translation>このジャンルを詳細化するものの識別子です。</translation>
    </message>
    <message>
        <source>The name of a person in the picture.</source>
        <translation>画像に写っている人物の名前です。</translation>
    </message>
    <message>
        <source>Identifiers of this person.</source>
        <translation>この人物の識別子です。</translation>
    </message>
    <message>
        <source>What is worth knowing of this person.</source>
        <translation>この人物について知っておくとよいことです。</translation>
    </message>
    <message>
        <source>Who had a part in it.</source>
        <translation>制作に関わった人です。</translation>
    </message>
    <message>
        <source>Identifiers of this contributor.</source>
        <translation>この協力者の識別子です。</translation>
    </message>
    <message>
        <source>Which part this contributor had.</source>
        <translation>この協力者が果たした役割です。</translation>
    </message>
    <message>
        <source>Who created the image, as PLUS has it.</source>
        <translation>PLUS での画像の作成者です。</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the creator.</source>
        <translation>作成者を示す PLUS の番号です。</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the supplier.</source>
        <translation>提供者を示す PLUS の番号です。</translation>
    </message>
    <message>
        <source>Who owns rights in it.</source>
        <translation>これに対する権利を持つ人です。</translation>
    </message>
    <message>
        <source>The address of a certificate of the rights.</source>
        <translation>権利証明書のアドレスです。</translation>
    </message>
    <message>
        <source>May programs be trained with it?</source>
        <translation>プログラムの学習に使用してよいかどうかです。</translation>
    </message>
    <message>
        <source>Has the credit line to be printed, and where?</source>
        <translation>クレジットラインの表示が必要かどうか、またその位置です。</translation>
    </message>
    <message>
        <source>Does it need a warning?</source>
        <translation>警告が必要かどうかです。</translation>
    </message>
    <message>
        <source>The identifier of the licence.</source>
        <translation>ライセンスの識別子です。</translation>
    </message>
    <message>
        <source>The terms and conditions of the licence.</source>
        <translation>ライセンスの条項です。</translation>
    </message>
    <message>
        <source>The address of the terms and conditions.</source>
        <translation>条項のアドレスです。</translation>
    </message>
    <message>
        <source>Further conditions of the licence.</source>
        <translation>ライセンスの追加条件です。</translation>
    </message>
    <message>
        <source>For which products and services it may be used.</source>
        <translation>使用できる商品やサービス。</translation>
    </message>
    <message>
        <source>What the licence asks for besides.</source>
        <translation>ライセンスがほかに求めること。</translation>
    </message>
    <message>
        <source>PLUS’s code of all uses that are licensed.</source>
        <translation>許諾されたすべての用途を表す PLUS のコード。</translation>
    </message>
    <message>
        <source>The day of the licence.</source>
        <translation>ライセンスの日付。</translation>
    </message>
    <message>
        <source>Who holds the licence.</source>
        <translation>ライセンスを受けた人。</translation>
    </message>
    <message>
        <source>PLUS’s ID of the licensee.</source>
        <translation>PLUS でのライセンシーの ID。</translation>
    </message>
    <message>
        <source>The licensor’s identifier of it.</source>
        <translation>ライセンサーが付けた識別子。</translation>
    </message>
    <message>
        <source>The copyright owner’s identifier of it.</source>
        <translation>著作権者が付けた識別子。</translation>
    </message>
    <message>
        <source>Further days and times in its life, as Dublin Core has them.</source>
        <translation>Dublin Core にある、そのほかの日時。</translation>
    </message>
    <message>
        <source>The number under which the copyright is registered.</source>
        <translation>著作権の登録番号です。</translation>
    </message>
    <message>
        <source>When it was published for the first time.</source>
        <translation>最初に公開された日です。</translation>
    </message>
    <message>
        <source>Further lines of the licensor’s address.</source>
        <translation>ライセンサーの住所の追加の行です。</translation>
    </message>
    <message>
        <source>Which telephone this is.</source>
        <translation>電話番号の種類です。</translation>
    </message>
    <message>
        <source>Another telephone of the licensor.</source>
        <translation>ライセンサーの別の電話番号です。</translation>
    </message>
    <message>
        <source>The number that a registry has given the picture.</source>
        <translation>レジストリが画像に付けた番号です。</translation>
    </message>
    <message>
        <source>The identifier of the registry.</source>
        <translation>レジストリの識別子です。</translation>
    </message>
    <message>
        <source>Why the picture is registered there.</source>
        <translation>画像がそこに登録されている理由です。</translation>
    </message>
    <message>
        <source>Rights in a language for machines.</source>
        <translation>機械が読み取れる言語で記した権利です。</translation>
    </message>
    <message>
        <source>How the rights expression is encoded.</source>
        <translation>権利表現のエンコーディングです。</translation>
    </message>
    <message>
        <source>The language of the rights expression.</source>
        <translation>権利表現の言語です。</translation>
    </message>
    <message>
        <source>Where rights in a language for machines are found.</source>
        <translation>機械が読み取れる言語で記した権利の所在です。</translation>
    </message>
    <message>
        <source>How the linked expression is encoded.</source>
        <translation>リンクされた権利表現のエンコーディングです。</translation>
    </message>
    <message>
        <source>The language of the linked expression.</source>
        <translation>リンクされた権利表現の言語です。</translation>
    </message>
    <message>
        <source>What the place is called where it was taken.</source>
        <translation>撮影した場所の名前です。</translation>
    </message>
    <message>
        <source>Identifiers of the place where it was taken.</source>
        <translation>撮影した場所の識別子です。</translation>
    </message>
    <message>
        <source>Where the place lies, in decimal degrees.</source>
        <translation>場所の位置 (十進の度数) です。</translation>
    </message>
    <message>
        <source>What the place is called that it shows.</source>
        <translation>写っている場所の名前です。</translation>
    </message>
    <message>
        <source>Identifiers of the place that it shows.</source>
        <translation>写っている場所の識別子です。</translation>
    </message>
    <message>
        <source>Where the place that it shows lies, in decimal degrees.</source>
        <translation>写っている場所の位置 (十進の度数) です。</translation>
    </message>
    <message>
        <source>Identifiers of who made the artwork, in their order.</source>
        <translation>作品の作者の識別子。作者の順に並べます。</translation>
    </message>
    <message>
        <source>The identifier of who owns its copyright now.</source>
        <translation>作品の現在の著作権者の識別子です。</translation>
    </message>
    <message>
        <source>Who licenses the artwork now.</source>
        <translation>作品の現在のライセンサーです。</translation>
    </message>
    <message>
        <source>The identifier of who licenses it now.</source>
        <translation>作品の現在のライセンサーの識別子です。</translation>
    </message>
    <message>
        <source>About when the artwork was made.</source>
        <translation>作品が制作されたおおよその日です。</translation>
    </message>
    <message>
        <source>The address of the artwork in its keeper’s inventory.</source>
        <translation>所蔵者の目録にある作品のアドレスです。</translation>
    </message>
    <message>
        <source>Who did what to the artwork.</source>
        <translation>作品に誰が何をしたかです。</translation>
    </message>
    <message>
        <source>What the artwork is made of, and its state.</source>
        <translation>作品の素材と状態です。</translation>
    </message>
    <message>
        <source>The styles or periods of the artwork.</source>
        <translation>作品の様式または時代です。</translation>
    </message>
    <message>
        <source>What is seen in this part of the picture.</source>
        <translation>画像のこの領域に写っているものです。</translation>
    </message>
    <message>
        <source>The identifier of this part.</source>
        <translation>この領域の識別子です。</translation>
    </message>
    <message>
        <source>What sort of thing is seen there.</source>
        <translation>この領域に写っているものの種類です。</translation>
    </message>
    <message>
        <source>What this part is for.</source>
        <translation>この領域の用途です。</translation>
    </message>
    <message>
        <source>The form of this part.</source>
        <translation>この領域の形状です。</translation>
    </message>
    <message>
        <source>What its numbers count.</source>
        <translation>数値の単位です。</translation>
    </message>
    <message>
        <source>Its left edge, or its middle where it is a circle.</source>
        <translation>領域の左端。円の場合は中心です。</translation>
    </message>
    <message>
        <source>Its upper edge, or its middle where it is a circle.</source>
        <translation>領域の上端。円の場合は中心です。</translation>
    </message>
    <message>
        <source>How wide a rectangle is.</source>
        <translation>長方形の幅です。</translation>
    </message>
    <message>
        <source>How high a rectangle is.</source>
        <translation>長方形の高さです。</translation>
    </message>
    <message>
        <source>How far a circle reaches.</source>
        <translation>円の半径です。</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Term of a vocabulary</source>
        <translation>統制語彙の用語</translation>
    </message>
    <message>
        <source>Genre of a vocabulary</source>
        <translation>統制語彙のジャンル</translation>
    </message>
    <message>
        <source>People and events</source>
        <translation>人物とイベント</translation>
    </message>
    <message>
        <source>Person in detail</source>
        <translation>人物の詳細</translation>
    </message>
    <message>
        <source>Contributor</source>
        <translation>協力者</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>権利</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>リリース</translation>
    </message>
    <message>
        <source>Registry entry</source>
        <translation>レジストリエントリ</translation>
    </message>
    <message>
        <source>Linked rights expression</source>
        <translation>リンクされた権利表現</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>場所</translation>
    </message>
    <message>
        <source>Where it was taken</source>
        <translation>撮影地</translation>
    </message>
    <message>
        <source>What place it shows</source>
        <translation>写っている場所</translation>
    </message>
    <message>
        <source>Artwork it shows</source>
        <translation>写っている作品</translation>
    </message>
    <message>
        <source>Product it shows</source>
        <translation>写っている商品</translation>
    </message>
    <message>
        <source>Image region</source>
        <translation>画像領域</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Rating and workflow</source>
        <translation>評価とワークフロー</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Brightness</source>
        <translation>明るさ</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>コントラスト</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>ガンマ</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>周辺光量補正</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>彩度</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然な彩度</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>セピア</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>シャープ</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>ぼかし</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>モザイク</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>ネガ</translation>
    </message>
    <message>
        <source>Auto contrast</source>
        <translation>自動コントラスト</translation>
    </message>
    <message>
        <source>Auto colour</source>
        <translation>自動カラー補正</translation>
    </message>
    <message>
        <source>Auto brightness</source>
        <translation>自動明るさ補正</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>自動補正</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>正確</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>Cloud only</source>
        <translation>クラウドのみ</translation>
    </message>
    <message>
        <source>Delivery makes the same pixels, but for how they are scaled and encoded.</source>
        <translation>拡大縮小とエンコードの差を除き、配信でも同じピクセルになります。</translation>
    </message>
    <message>
        <source>Delivery may look a little different:</source>
        <translation>配信されるものとは見た目が少し異なることがあります:</translation>
    </message>
    <message>
        <source>A part of it is made at delivery only, and is not shown here:</source>
        <translation>一部は配信時にのみ行われ、ここには表示されません:</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>HTML: &lt;img&gt; with srcset</source>
        <translation>HTML: srcset 付き &lt;img&gt;</translation>
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
        <translation>CSS 背景</translation>
    </message>
    <message>
        <source>Video player</source>
        <translation>動画プレーヤー</translation>
    </message>
    <message>
        <source>Product gallery</source>
        <translation>商品ギャラリー</translation>
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
        <translation>反転</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>上下反転</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>テキストを編集</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>回転</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>切り抜き</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>カット</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>効果</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>手順</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>A film is not fetched only to be looked at.</source>
        <translation>見るためだけに動画を取得することはしません。</translation>
    </message>
    <message>
        <source>Push the master, and Cloudinary can show what it alone can do.</source>
        <translation>マスターをプッシュすると、Cloudinary だけができることを表示できます。</translation>
    </message>
    <message>
        <source>Crop of {size}, {x} from the left, {y} from the top</source>
        <translation>切り抜き {size}、左から {x}、上から {y}</translation>
    </message>
    <message>
        <source>Layer, {x} to the right of the middle, {y} below it</source>
        <translation>レイヤー、中央から右へ {x}、下へ {y}</translation>
    </message>
</context>
<context>
    <name>studio keys</name>
    <message>
        <source>Save as a preset</source>
        <translation>プリセットとして保存</translation>
    </message>
    <message>
        <source>Presets and sets</source>
        <translation>プリセットとセット</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直し</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>only one side says anything</source>
        <translation>片側にのみ値がある</translation>
    </message>
    <message>
        <source>it was changed on one side</source>
        <translation>片側で変更された</translation>
    </message>
    <message>
        <source>this side leads for the field</source>
        <translation>こちら側がフィールドの優先側である</translation>
    </message>
    <message>
        <source>it was said last</source>
        <translation>最後に変更された値である</translation>
    </message>
    <message>
        <source>both were changed: choose one</source>
        <translation>両側で変更された。どちらかを選択</translation>
    </message>
    <message>
        <source>what both sides added is joined</source>
        <translation>両側で追加されたものを統合</translation>
    </message>
</context>
<context>
    <name>time</name>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} {time}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 時間 {minutes} 分</translation>
    </message>
    <message>
        <source>{amount}/s</source>
        <translation>{amount}/秒</translation>
    </message>
</context>
<context>
    <name>token</name>
    <message>
        <source>what sort of file it is</source>
        <translation>ファイルの種類</translation>
    </message>
    <message>
        <source>what was decided</source>
        <translation>判断の結果</translation>
    </message>
    <message>
        <source>whether its rights hold now</source>
        <translation>現在の権利の状態</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>星の数</translation>
    </message>
    <message>
        <source>landscape, portrait or square</source>
        <translation>横長、縦長、正方形のいずれか</translation>
    </message>
    <message>
        <source>a year, a month, a day, or from..until</source>
        <translation>年、月、日、または from..until の期間</translation>
    </message>
    <message>
        <source>whether Cloudinary has it</source>
        <translation>Cloudinary にあるかどうか</translation>
    </message>
    <message>
        <source>whether the file can be read</source>
        <translation>ファイルを読み取れるかどうか</translation>
    </message>
    <message>
        <source>a whole keyword; one of several words in quotes</source>
        <translation>完全なキーワード (複数の語は引用符で囲む)</translation>
    </message>
    <message>
        <source>a folder that it lies in, however deep</source>
        <translation>含まれるフォルダー (階層の深さは問わない)</translation>
    </message>
    <message>
        <source>whose rights end within so many days</source>
        <translation>権利が終了するまでの日数</translation>
    </message>
    <message>
        <source>{key}: needs {what}.</source>
        <translation>{key}: {what}を指定してください。</translation>
    </message>
    <message>
        <source>{key}:{value} means nothing. Try {offered}.</source>
        <translation>{key}:{value} は認識できません。{offered} をお試しください。</translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message>
        <source>Queued</source>
        <translation>キュー内</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>アップロード中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>配信済み</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセル済み</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>コピー中</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピー済み</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>作成中</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>作成済み</translation>
    </message>
    <message>
        <source>Changing what may be seen</source>
        <translation>公開範囲を変更中</translation>
    </message>
    <message>
        <source>Changed what may be seen</source>
        <translation>公開範囲を変更済み</translation>
    </message>
    <message>
        <source>Recording at its master</source>
        <translation>マスターに記録中</translation>
    </message>
    <message>
        <source>Recorded at its master</source>
        <translation>マスターに記録済み</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>アーカイブ中</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>アーカイブ済み</translation>
    </message>
    <message>
        <source>Telling the service</source>
        <translation>サービスに通知中</translation>
    </message>
    <message>
        <source>Told the service</source>
        <translation>サービスに通知済み</translation>
    </message>
    <message>
        <source>Looking whether it arrived after all</source>
        <translation>到着したか確認中</translation>
    </message>
    <message>
        <source>Looked whether it arrived after all</source>
        <translation>到着したか確認済み</translation>
    </message>
    <message>
        <source>A push that ended unheard</source>
        <translation>応答のないまま終わったプッシュ</translation>
    </message>
    <message>
        <source>Decision for the service</source>
        <translation>サービスへの判断</translation>
    </message>
    <message>
        <source>Rights for the service</source>
        <translation>サービスへの権利</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Cloudinary でのモデレーション</translation>
    </message>
    <message>
        <source>Access at Cloudinary</source>
        <translation>Cloudinary でのアクセス</translation>
    </message>
    <message>
        <source>A rendition that has to go</source>
        <translation>取り下げるレンディション</translation>
    </message>
    <message>
        <source>Record at the master</source>
        <translation>マスターへの記録</translation>
    </message>
    <message>
        <source>New version at the service</source>
        <translation>サービスの新しいバージョン</translation>
    </message>
    <message>
        <source>Decision for the file</source>
        <translation>ファイルへの判断</translation>
    </message>
    <message>
        <source>Waits for the connection, then goes out by itself</source>
        <translation>接続を待機中。回復後に自動的に送信されます</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>Cloudinary が速度の抑制を求めています。自動的に再開します</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on by itself</source>
        <translation>この 1 時間の API 呼び出しを使い切りました。自動的に再開します</translation>
    </message>
    <message>
        <source>Did not get through; tries again by itself</source>
        <translation>接続できませんでした。自動的に再試行します</translation>
    </message>
    <message>
        <source>Waits until the file has been read</source>
        <translation>ファイルの読み取りを待機中</translation>
    </message>
    <message>
        <source>Waits for the account {environment} and its key</source>
        <translation>アカウント {environment} とそのキーを待機中</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more by itself</source>
        <translation>まだ到着していません。自動的にもう一度確認します</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again by itself</source>
        <translation>受信側が受け付けませんでした。自動的に再送信します</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>Cloudinary が速度の抑制を求めています。{time}後に再開します</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on in {time}</source>
        <translation>この 1 時間の API 呼び出しを使い切りました。{time}後に再開します</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>接続できませんでした。{time}後に再試行します</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more in {time}</source>
        <translation>まだ到着していません。{time}後にもう一度確認します</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again in {time}</source>
        <translation>受信側が受け付けませんでした。{time}後に再送信します</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}、{size}: {note}</translation>
    </message>
    <message>
        <source>{copied} copied, {there} there already</source>
        <translation>コピー済み {copied}、既存 {there}</translation>
    </message>
    <message>
        <source>Into a library</source>
        <translation>ライブラリへ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln ステップ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>レンディション %Ln 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Edit of {field}</source>
        <translation>「{field}」の編集</translation>
    </message>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>フィールド %Ln 個の編集</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットの承認</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットの却下</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットの修正依頼</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>%Ln 件のアセットをレビューに回す操作</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>%Ln 件のアセットの判断の取り消し</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>%Ln 件のアセットの{edit}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} メガピクセル</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>クレジット</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>ストレージ</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>帯域幅</translation>
    </message>
    <message>
        <source>Transformations</source>
        <translation>変換数</translation>
    </message>
    <message>
        <source>Stored files</source>
        <translation>保存ファイル数</translation>
    </message>
    <message>
        <source>Impressions</source>
        <translation>インプレッション</translation>
    </message>
    <message>
        <source>Seconds delivered</source>
        <translation>配信秒数</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>残り {left} / {limit}</translation>
    </message>
    <message>
        <source>{amount}, anew at {time}</source>
        <translation>{amount}、{time} に更新</translation>
    </message>
    <message>
        <source>API calls this hour</source>
        <translation>この 1 時間の API 呼び出し</translation>
    </message>
    <message>
        <source>Largest image</source>
        <translation>最大の画像</translation>
    </message>
    <message>
        <source>Largest video</source>
        <translation>最大の動画</translation>
    </message>
    <message>
        <source>Largest other file</source>
        <translation>その他のファイルの最大サイズ</translation>
    </message>
    <message>
        <source>Most pixels of an image</source>
        <translation>画像の最大ピクセル数</translation>
    </message>
    <message>
        <source>Most pixels of all pages or frames</source>
        <translation>全ページまたは全フレームの最大ピクセル数</translation>
    </message>
    <message>
        <source>Fixed folders</source>
        <translation>固定フォルダー</translation>
    </message>
    <message>
        <source>Dynamic folders</source>
        <translation>動的フォルダー</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>プラン {name}</translation>
    </message>
    <message>
        <source>counted on {day}</source>
        <translation>{day} に集計</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>問い合わせ: {moment}</translation>
    </message>
    <message>
        <source>{used} of {limit}</source>
        <translation>{used} / {limit}</translation>
    </message>
    <message>
        <source>{amount} ({credits} credits)</source>
        <translation>{amount} ({credits} クレジット)</translation>
    </message>
</context>
<context>
    <name>visit</name>
    <message>
        <source>“{text}”</source>
        <translation>「{text}」</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>未プッシュ</translation>
    </message>
</context>
</TS>
