<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Asset Bridge</source>
        <translation>关于 Asset Bridge</translation>
    </message>
    <message>
        <source>Asset Bridge {version}</source>
        <translation>Asset Bridge {version}</translation>
    </message>
    <message>
        <source>The window between your masters and Cloudinary. Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python.</source>
        <translation>连接母版与 Cloudinary 的窗口。依据 GNU 通用公共许可证第 3 版或更高版本发布的自由软件，不提供任何担保。图标来自 Lucide (ISC)，字体为 Inter (OFL)，使用 Qt for Python 构建。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AccessDialog</name>
    <message>
        <source>With a &amp;token, at any time</source>
        <translation>随时可凭令牌访问(&amp;T)</translation>
    </message>
    <message>
        <source>For everybody &amp;from</source>
        <translation>对所有人开放，自(&amp;F)</translation>
    </message>
    <message>
        <source>For everybody &amp;until</source>
        <translation>对所有人开放，至(&amp;U)</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>限制 %Ln 个素材的访问</numerusform>
        </translation>
    </message>
    <message>
        <source>Who may have the files from Cloudinary. With nothing ticked: everybody.</source>
        <translation>谁可以从 Cloudinary 获取这些文件。全部不勾选则所有人均可。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>AccountChip</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Pushes go out at once.</source>
        <translation>推送会立即发出。</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait, and go out by themselves afterwards.</source>
        <translation>您可以继续工作。推送会等待，稍后自动发出。</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait until you go online again.</source>
        <translation>您可以继续工作。推送会等到您重新联机后发出。</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>没有账户</translation>
    </message>
    <message>
        <source>Browsing only</source>
        <translation>仅浏览</translation>
    </message>
    <message>
        <source>Add an account to push approved assets.</source>
        <translation>添加账户即可推送已批准的素材。</translation>
    </message>
    <message>
        <source>Switch to another account with {keys}.</source>
        <translation>按 {keys} 切换到其他账户。</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cloudinary 账户</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>{account} 已响应，现正使用。</translation>
    </message>
    <message>
        <source>Log out of {account}?</source>
        <translation>要退出 {account} 吗？</translation>
    </message>
    <message>
        <source>Its secret and its login are deleted here. What has been delivered stays in Cloudinary, your decisions and its history stay here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>其密钥和登录信息将在此处删除。已投放的内容仍保留在 Cloudinary，您的决定及其历史记录仍保留在此处，仍在排队的推送会等到您重新添加该账户。</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>保持登录</translation>
    </message>
    <message>
        <source>The login is deleted here, but Cloudinary could not be told. End it there too, under your connected applications.</source>
        <translation>此处的登录信息已删除，但未能通知 Cloudinary。请在那里的已连接应用程序中一并结束登录。</translation>
    </message>
</context>
<context>
    <name>AccountEnvironments</name>
    <message>
        <source>Choose from your account</source>
        <translation>从您的账户中选择</translation>
    </message>
    <message>
        <source>The account’s own keys list all its product environments. Cloudinary shows them under Settings, Account API Keys.</source>
        <translation>账户自身的密钥可列出其全部产品环境。Cloudinary 在“Settings”&gt;“Account API Keys”中显示这些密钥。</translation>
    </message>
    <message>
        <source>&amp;Keep these keys in the keyring</source>
        <translation>将这些密钥保存在钥匙串中(&amp;K)</translation>
    </message>
    <message>
        <source>List environments</source>
        <translation>列出环境</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>添加此环境</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>已在钥匙串中</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>This account has no product environments yet.</source>
        <translation>此账户还没有产品环境。</translation>
    </message>
    <message>
        <source>Product environments</source>
        <translation>产品环境</translation>
    </message>
    <message>
        <source>Account &amp;ID</source>
        <translation>账户 ID(&amp;I)</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>API 地址(&amp;I)</translation>
    </message>
    <message>
        <source>Account &amp;key</source>
        <translation>账户密钥(&amp;K)</translation>
    </message>
    <message>
        <source>Account &amp;secret</source>
        <translation>账户私钥(&amp;S)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>密钥 {key}</translation>
    </message>
    <message>
        <source>Its key has to be entered</source>
        <translation>需要输入其密钥</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>已停用</translation>
    </message>
</context>
<context>
    <name>AccountErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>还没有账户，请先添加一个。</translation>
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
        <translation>高级</translation>
    </message>
    <message>
        <source>Log in with the browser…</source>
        <translation>用浏览器登录…</translation>
    </message>
    <message>
        <source>Choose from your account…</source>
        <translation>从您的账户中选择…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>检查并保存</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Add a Cloudinary account</source>
        <translation>添加 Cloudinary 账户</translation>
    </message>
    <message>
        <source>Cloudinary shows all of this under Settings, API Keys. The secret is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary 在“Settings”&gt;“API Keys”中显示所有这些信息。私钥保存在本机的钥匙串中，绝不以明文存储。</translation>
    </message>
    <message>
        <source>&amp;Paste a CLOUDINARY_URL</source>
        <translation>粘贴 CLOUDINARY_URL(&amp;P)</translation>
    </message>
    <message>
        <source>It is taken apart and removed from here at once.</source>
        <translation>它会立即被拆解并从此处移除。</translation>
    </message>
    <message>
        <source>&amp;Cloud name</source>
        <translation>Cloud name(&amp;C)</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API 密钥(&amp;K)</translation>
    </message>
    <message>
        <source>API &amp;secret</source>
        <translation>API 私钥(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;tage</source>
        <translation>阶段(&amp;T)</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>API 地址(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Delivery host</source>
        <translation>投放主机(&amp;D)</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Use this one</source>
        <translation>使用此账户</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>退出登录…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>打开密钥存储…</translation>
    </message>
    <message>
        <source>Pushes wait until the key store is opened.</source>
        <translation>在打开密钥存储之前，推送会一直等待。</translation>
    </message>
    <message>
        <source>Cloudinary accounts</source>
        <translation>Cloudinary 账户</translation>
    </message>
    <message>
        <source>Pushes go to the account in use.</source>
        <translation>推送会发往正在使用的账户。</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>添加账户…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Logged in with the browser</source>
        <translation>已用浏览器登录</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>密钥 {key}</translation>
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
        <translation>用浏览器登录</translation>
    </message>
    <message>
        <source>Cloudinary asks you in your browser which product environment Asset Bridge may use. What it gives is kept in this computer’s keyring, never in plain text.</source>
        <translation>Cloudinary 会在浏览器中询问您允许 Asset Bridge 使用哪个产品环境。它给出的信息保存在本机的钥匙串中，绝不以明文存储。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>重新打开页面</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>打开浏览器</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>请在浏览器中继续。此窗口会等待您五分钟。</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Back”, and use an API key.</source>
        <translation>此处无法打开浏览器。请选择“返回”并使用 API 密钥。</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>API 地址(&amp;I)</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>客户端 ID(&amp;I)</translation>
    </message>
    <message>
        <source>Only where your company says so; otherwise leave both empty.</source>
        <translation>仅在公司要求时填写，否则两项均留空。</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>使用账户(&amp;U)</translation>
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
        <translation>凡是发送内容之处都会显示颜色和标签，以免有人推送到错误的环境。首次推送到生产环境之前会询问您一次。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>What do you call {name}?</source>
        <translation>您想如何称呼 {name}？</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Agency or team</source>
        <translation>代理商或团队(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Stage</source>
        <translation>阶段(&amp;S)</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>Everything is decided.</source>
        <translation>已全部做出决定。</translation>
    </message>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>要批准其余 %Ln 张图片吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>All that nobody has approved, rejected or sent back in this review is approved in your name, also what you have not looked at. It can be taken back.</source>
        <translation>本次审核中尚无人批准、拒绝或退回的所有图片，都将以您的名义批准，包括您没有看过的。此操作可以撤销。</translation>
    </message>
    <message>
        <source>Approve them</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>继续查看</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}：%Ln 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>已撤销：%Ln 个决定。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>已选择 %Ln 张图片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>C&amp;onflicts…</source>
        <translation>冲突(&amp;O)…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>冲突 (%Ln)(&amp;O)…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>添加文件夹(&amp;A)…</translation>
    </message>
    <message>
        <source>Connect P&amp;hotoShelter…</source>
        <translation>连接 PhotoShelter(&amp;H)…</translation>
    </message>
    <message>
        <source>Connect Ano&amp;ther Service…</source>
        <translation>连接其他服务(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>重新读取(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Skipped Files…</source>
        <translation>跳过的文件(&amp;S)…</translation>
    </message>
    <message>
        <source>Re&amp;move Library…</source>
        <translation>移除库(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>撤销“{step}”(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>重做“{step}”(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>新建窗口(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>搜索(&amp;S)</translation>
    </message>
    <message>
        <source>C&amp;lear Filters</source>
        <translation>清除筛选(&amp;L)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>取消全选(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>复制路径(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open Original</source>
        <translation>打开原始文件(&amp;O)</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>在文件管理器中显示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>网格(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>列表(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Larger Thumbnails</source>
        <translation>放大缩览图(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller Thumbnails</source>
        <translation>缩小缩览图(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Quick Look</source>
        <translation>快速查看(&amp;Q)</translation>
    </message>
    <message>
        <source>Open in the S&amp;tudio</source>
        <translation>在工作室中打开(&amp;T)</translation>
    </message>
    <message>
        <source>Contact S&amp;heet</source>
        <translation>联系表(&amp;H)</translation>
    </message>
    <message>
        <source>Make Rend&amp;itions…</source>
        <translation>生成演绎版(&amp;I)…</translation>
    </message>
    <message>
        <source>Channel &amp;Kits…</source>
        <translation>渠道套件(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Presets and Sets…</source>
        <translation>预设和预设组(&amp;P)…</translation>
    </message>
    <message>
        <source>I&amp;nsights…</source>
        <translation>洞察(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>边栏(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>检查器(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>传输(&amp;T)</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>后退(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>前进(&amp;F)</translation>
    </message>
    <message>
        <source>Enclosing F&amp;older</source>
        <translation>上级文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>Fa&amp;vourite Place</source>
        <translation>收藏此位置(&amp;V)</translation>
    </message>
    <message>
        <source>Save as &amp;Smart Folder…</source>
        <translation>存储为智能文件夹(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Grid Editor</source>
        <translation>表格编辑器(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Copy Metadata</source>
        <translation>复制元数据(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste Metadata…</source>
        <translation>粘贴元数据(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Templates…</source>
        <translation>模板(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Vocabularies…</source>
        <translation>词汇表(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Export Table…</source>
        <translation>导出表格(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Import Table…</source>
        <translation>导入表格(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Keep a Copy of Files before Writing Metadata</source>
        <translation>写入元数据前保留文件副本(&amp;K)</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>审核(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>批准(&amp;A)</translation>
    </message>
    <message>
        <source>Approve with Co&amp;mment…</source>
        <translation>批准并附评论(&amp;M)…</translation>
    </message>
    <message>
        <source>Request &amp;Changes…</source>
        <translation>要求修改(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Reject…</source>
        <translation>拒绝(&amp;R)…</translation>
    </message>
    <message>
        <source>Put &amp;in Review</source>
        <translation>设为审核中(&amp;I)</translation>
    </message>
    <message>
        <source>Ask &amp;for Review…</source>
        <translation>请求审核(&amp;F)…</translation>
    </message>
    <message>
        <source>Review &amp;Queue…</source>
        <translation>审核队列(&amp;Q)…</translation>
    </message>
    <message>
        <source>&amp;Keep Approvals in Files, Too</source>
        <translation>同时在文件中保存批准状态(&amp;K)</translation>
    </message>
    <message>
        <source>Write Review &amp;Pack…</source>
        <translation>写入审核包(&amp;P)…</translation>
    </message>
    <message>
        <source>Import &amp;Verdicts…</source>
        <translation>导入审核结论(&amp;V)…</translation>
    </message>
    <message>
        <source>Ri&amp;ghts…</source>
        <translation>权利(&amp;G)…</translation>
    </message>
    <message>
        <source>Rights Ca&amp;lendar…</source>
        <translation>权利日历(&amp;L)…</translation>
    </message>
    <message>
        <source>Let Pa&amp;ss…</source>
        <translation>放行(&amp;S)…</translation>
    </message>
    <message>
        <source>P&amp;olicies…</source>
        <translation>策略(&amp;O)…</translation>
    </message>
    <message>
        <source>Audit &amp;Trail…</source>
        <translation>审计记录(&amp;T)…</translation>
    </message>
    <message>
        <source>Upload fro&amp;m an Address…</source>
        <translation>从地址上传(&amp;M)…</translation>
    </message>
    <message>
        <source>Upload P&amp;resets…</source>
        <translation>上传预设(&amp;R)…</translation>
    </message>
    <message>
        <source>Metadata Fie&amp;lds…</source>
        <translation>元数据字段(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Steps and Keys</source>
        <translation>步骤和按键(&amp;S)</translation>
    </message>
    <message>
        <source>Command &amp;Palette…</source>
        <translation>命令面板(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>推送(&amp;P)</translation>
    </message>
    <message>
        <source>Pu&amp;blish Renditions…</source>
        <translation>发布演绎版(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>下载(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Search All of Cloudinary…</source>
        <translation>搜索整个 Cloudinary(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>账户(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Usage and Limits…</source>
        <translation>用量和限额(&amp;U)…</translation>
    </message>
    <message>
        <source>Work &amp;Offline</source>
        <translation>离线工作(&amp;O)</translation>
    </message>
    <message>
        <source>Cloudinary &amp;Sandbox Reachable</source>
        <translation>Cloudinary 沙盒可访问(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;PhotoShelter</source>
        <translation>PhotoShelter(&amp;P)</translation>
    </message>
    <message>
        <source>Chosen &amp;at Cloudinary</source>
        <translation>Cloudinary 上的所选素材(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Hear of Changes at Once</source>
        <translation>即时获知更改(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>通知(&amp;N)…</translation>
    </message>
    <message>
        <source>Tell Other S&amp;ystems…</source>
        <translation>通知其他系统(&amp;Y)…</translation>
    </message>
    <message>
        <source>Product &amp;Feeds…</source>
        <translation>产品数据源(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Contentstack…</source>
        <translation>Contentstack(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;About Asset Bridge</source>
        <translation>关于 Asset Bridge(&amp;A)</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message>
        <source>Stop; what was done stays</source>
        <translation>停止；已完成的内容会保留</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>停止：{what}</translation>
    </message>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>离线 – %Ln 项正在等待</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline – nothing waits</source>
        <translation>离线 – 没有等待项</translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>%Ln 项活动</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>活动 – %Ln 项出现问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
</context>
<context>
    <name>ActivityPopover</name>
    <message>
        <source>Nothing goes on. What takes longer is listed here, with what came of it.</source>
        <translation>当前没有活动。耗时较长的操作会列在此处，并显示其结果。</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>清除列表</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>大约还需 {time}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>停止：{what}</translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation>显示：{what}</translation>
    </message>
</context>
<context>
    <name>AddEntry</name>
    <message>
        <source>Add another</source>
        <translation>再添加一个</translation>
    </message>
</context>
<context>
    <name>AdjustPage</name>
    <message>
        <source>Light and colour</source>
        <translation>光线和颜色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>一键调整</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Chart: {sentence}</source>
        <translation>图表：{sentence}</translation>
    </message>
    <message>
        <source>The table below has the same figures.</source>
        <translation>下表包含相同的数字。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>表中还有 %Ln 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>导入访问日志…</translation>
    </message>
    <message>
        <source>Ask Now</source>
        <translation>立即查询</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>账户…</translation>
    </message>
    <message>
        <source>Access Logs</source>
        <translation>访问日志</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>What the chart is about</source>
        <translation>图表的内容</translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message>
        <source>Comment for the history (optional)</source>
        <translation>留给历史记录的评论（可选）</translation>
    </message>
    <message>
        <source>Comment for the history</source>
        <translation>留给历史记录的评论</translation>
    </message>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>批准并包含 %Ln 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Archive “{name}”</source>
        <translation>归档“{name}”</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将要执行的操作</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Looking what that takes…</source>
        <translation>正在查看所需步骤…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln 个步骤，依次执行。</numerusform>
        </translation>
    </message>
    <message>
        <source>About {size} are fetched and kept.</source>
        <translation>将获取并保留约 {size}。</translation>
    </message>
    <message>
        <source>Masters are never deleted, and all of it can be taken back.</source>
        <translation>母版绝不会被删除，且全部操作均可撤销。</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>将删除 %Ln 个已投放的副本。请先查看其名称。</numerusform>
        </translation>
    </message>
    <message>
        <source>Their addresses stop working everywhere. They can be brought back while Cloudinary keeps a backup of them.</source>
        <translation>它们的地址将在各处失效。只要 Cloudinary 保有备份，就可以恢复。</translation>
    </message>
    <message>
        <source>Archive and delete</source>
        <translation>归档并删除</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>正在分 %Ln 步归档 {name}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveOptions</name>
    <message>
        <source>Keep the &amp;originals in the folder too</source>
        <translation>同时在文件夹中保留原始文件(&amp;O)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Open with a token only</source>
        <translation>仅凭令牌打开</translation>
    </message>
    <message>
        <source>Are deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>年份(&amp;Y)</translation>
    </message>
    <message>
        <source>Copies at &amp;Cloudinary</source>
        <translation>Cloudinary 上的副本(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Folder that is made</source>
        <translation>要创建的文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Keep the archive in</source>
        <translation>归档保存在</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>Archived campaigns</source>
        <translation>已归档的营销活动</translation>
    </message>
    <message>
        <source>Until something is purged at a service, all of it can be taken back.</source>
        <translation>在某项服务中彻底清除之前，全部操作均可撤销。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No campaign has been archived yet.</source>
        <translation>还没有归档任何营销活动。</translation>
    </message>
    <message>
        <source>Take the archive of “{name}” back?</source>
        <translation>要撤销“{name}”的归档吗？</translation>
    </message>
    <message>
        <source>Its collection, its visibility, the states of its masters and the delivered copies become what they were. The folder that was made stays.</source>
        <translation>其收藏集、可见性、母版状态和已投放的副本将恢复原状。已创建的文件夹会保留。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>保留归档</translation>
    </message>
</context>
<context>
    <name>AssetList</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评级</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>批准状态</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>已推送</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>{about}. Entries here: {count}. Made {at} by {who}.</source>
        <translation>{about}。条目数：{count}。由 {who} 于 {at} 生成。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>时间 (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>审计报告</translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>记录头：{head}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Retraction</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>Policy change</source>
        <translation>策略更改</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Review request</source>
        <translation>审核请求</translation>
    </message>
    <message>
        <source>Review pack</source>
        <translation>审核包</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>文件已取出</translation>
    </message>
    <message>
        <source>Note of damage</source>
        <translation>损坏备注</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>The audit trail was tampered with, or a part of it is lost.</source>
        <translation>审计记录被篡改，或有一部分已丢失。</translation>
    </message>
    <message>
        <source>Entries: {count}. There is damage that was taken note of; nothing new.</source>
        <translation>条目数：{count}。存在已备注的损坏；没有新的损坏。</translation>
    </message>
    <message>
        <source>Entries: {count}. Nothing was altered, dropped or cut off.</source>
        <translation>条目数：{count}。没有内容被更改、丢弃或截断。</translation>
    </message>
    <message>
        <source>A clock was set back: the numbers say what came first.</source>
        <translation>时钟曾被调回：编号表明先后顺序。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock stands before what was recorded ({moment}): rights that end until then have ended.</source>
        <translation>此计算机的时钟早于已记录的时间（{moment}）：在此之前到期的权利均视为已到期。</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit trail</source>
        <translation>审计记录</translation>
    </message>
    <message>
        <source>Looking through the record…</source>
        <translation>正在检查记录…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Take note</source>
        <translation>确认知悉</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>条目，最新的在前</translation>
    </message>
    <message>
        <source>Why it goes on, for instance: restored a backup</source>
        <translation>继续的原因，例如：恢复了备份</translation>
    </message>
    <message>
        <source>Why it goes on in spite of the damage</source>
        <translation>尽管有损坏仍继续的原因</translation>
    </message>
    <message>
        <source>The damage stays listed; the record goes on from here, with your reason.</source>
        <translation>损坏仍会列出；记录将附上您的理由从此处继续。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表格 (CSV)…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Pages (PDF)…</source>
        <translation>页面 (PDF)…</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entries</source>
        <translation>
            <numerusform>显示 {shown} 个，共 %Ln 个条目</numerusform>
        </translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>记录头：{head}</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>还有 %Ln 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>导出审计记录</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} 已写入。</translation>
    </message>
</context>
<context>
    <name>AuditErrands</name>
    <message>
        <source>Look…</source>
        <translation>查看…</translation>
    </message>
</context>
<context>
    <name>AuditFilters</name>
    <message>
        <source>Search in names and details</source>
        <translation>在名称和详情中搜索</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Everything that happened</source>
        <translation>发生的所有事件</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>所有素材</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>所选的 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>What the window lists</source>
        <translation>窗口中列出的内容</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>最近一年</translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>最近 %Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>任何时间</translation>
    </message>
</context>
<context>
    <name>BesideDialog</name>
    <message>
        <source>Go on in the &amp;background</source>
        <translation>在后台继续(&amp;B)</translation>
    </message>
</context>
<context>
    <name>BrandKitDialog</name>
    <message>
        <source>&amp;Fonts</source>
        <translation>字体(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>Brand kit</source>
        <translation>品牌套件</translation>
    </message>
    <message>
        <source>The first ones are offered first. What is made already stays as it is.</source>
        <translation>排在前面的优先提供。已经制作的内容保持不变。</translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Steps between</source>
        <translation>中间层级</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>当前位置</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>转到 {place}</translation>
    </message>
    <message>
        <source>Places in {place}</source>
        <translation>{place} 中的位置</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>边栏中还有 %Ln 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>用浏览器登录</translation>
    </message>
    <message>
        <source>Password and code stay between you and the service. An application has to be registered there, with this address to come back to:</source>
        <translation>密码和验证码只在您与该服务之间传递。需要先在那里注册一个应用程序，并使用以下回调地址：</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>打开浏览器</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>请在浏览器中继续。此窗口会等待您五分钟。</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Cancel”, and use a password.</source>
        <translation>此处无法打开浏览器。请选择“取消”并使用密码。</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API 密钥(&amp;K)</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>客户端 ID(&amp;I)</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>客户端密钥(&amp;S)</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到任何内容</translation>
    </message>
    <message>
        <source>Try fewer letters, or take the filters away.</source>
        <translation>请减少输入的字符，或移除筛选。</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
    <message>
        <source>What this environment holds appears here by itself.</source>
        <translation>此环境中的内容会自动显示在这里。</translation>
    </message>
    <message>
        <source>Files that are put into this folder appear by themselves.</source>
        <translation>放入此文件夹的文件会自动出现。</translation>
    </message>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>正在准备示例营销活动</translation>
    </message>
    <message>
        <source>Pictures of a brand that does not exist, with rights and reviews, to try everything on. It takes a moment, only this once.</source>
        <translation>一个虚构品牌的图片，带有权利和审核信息，供您尝试所有功能。仅这一次需要稍等片刻。</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>正在读取库</translation>
    </message>
    <message>
        <source>Assets appear as they are found. You can stop it at any time.</source>
        <translation>素材会在找到后陆续出现。您可以随时停止。</translation>
    </message>
    <message>
        <source>That is too much to drag at once. Choose fewer assets.</source>
        <translation>一次拖动的内容过多，请减少所选素材。</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Diagnostic bundle</source>
        <translation>诊断包</translation>
    </message>
    <message>
        <source>This is all of it. Names, paths, addresses and accounts are replaced by words that only this profile can tell apart; keys are never in it. It is written where you say, and sent nowhere.</source>
        <translation>这就是全部内容。名称、路径、地址和账户均已替换为只有此配置文件才能分辨的词；其中绝不含密钥。诊断包会写入您指定的位置，不会发送到任何地方。</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>存储(&amp;S)…</translation>
    </message>
    <message>
        <source>Written to {name}. Hand it on yourself, if you want to.</source>
        <translation>已写入 {name}。如有需要，请自行转交。</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>正在收集…</translation>
    </message>
    <message>
        <source>What the bundle holds</source>
        <translation>诊断包的内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save the diagnostic bundle</source>
        <translation>存储诊断包</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>下个月</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>母版</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>演绎版</translation>
    </message>
</context>
<context>
    <name>CellTable</name>
    <message>
        <source>F6 leaves the table</source>
        <translation>按 F6 离开表格</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channels of shops</source>
        <translation>商店渠道</translation>
    </message>
    <message>
        <source>Copied code and kits for a channel follow the settings of its plug-in.</source>
        <translation>为渠道复制的代码和套件遵循其插件的设置。</translation>
    </message>
    <message>
        <source>Fetch pictures when they are scrolled to</source>
        <translation>滚动到图片时再加载</translation>
    </message>
    <message>
        <source>End addresses in the words of the title</source>
        <translation>地址以标题文字结尾</translation>
    </message>
    <message>
        <source>Offer these widths:</source>
        <translation>提供以下宽度：</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>忘记(&amp;F)</translation>
    </message>
    <message>
        <source>Set What Plug-ins &amp;Recommend</source>
        <translation>设为插件推荐值(&amp;R)</translation>
    </message>
    <message>
        <source>As the rendition says</source>
        <translation>依演绎版设置</translation>
    </message>
    <message>
        <source>By its own name</source>
        <translation>使用自身名称</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Narrowest width</source>
        <translation>最小宽度</translation>
    </message>
    <message>
        <source>Widest width</source>
        <translation>最大宽度</translation>
    </message>
    <message>
        <source>How many widths</source>
        <translation>宽度数量</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>渠道(&amp;C)</translation>
    </message>
    <message>
        <source>Plug-in of</source>
        <translation>插件所属</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>权利中的名称</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>图片为</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>Seen until it is there</source>
        <translation>加载前显示</translation>
    </message>
    <message>
        <source>Folders of the plug-in</source>
        <translation>插件的文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The settings of {channel} are kept.</source>
        <translation>{channel} 的设置已保留。</translation>
    </message>
    <message>
        <source>The settings of {channel} are forgotten.</source>
        <translation>{channel} 的设置已忘记。</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Give “{tag}” to all</source>
        <translation>为全部添加“{tag}”</translation>
    </message>
    <message>
        <source>Take “{tag}” away</source>
        <translation>移除“{tag}”</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择任何内容</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>That is too much to copy at once. Choose fewer assets.</source>
        <translation>一次复制的内容过多。请减少所选素材。</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>正在准备 %Ln 个文件…</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no files and no picture on the clipboard.</source>
        <translation>剪贴板中没有文件，也没有图片。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>已复制 %Ln 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>已粘贴</translation>
    </message>
</context>
<context>
    <name>CloudActions</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Move to Folder…</source>
        <translation>移动到文件夹(&amp;M)…</translation>
    </message>
    <message>
        <source>Change &amp;Public ID…</source>
        <translation>更改 Public ID(&amp;P)…</translation>
    </message>
    <message>
        <source>Rename or Move Fol&amp;der…</source>
        <translation>重命名或移动文件夹(&amp;D)…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Folder, Good for a Day</source>
        <translation>复制文件夹链接，有效期一天(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>版本(&amp;V)…</translation>
    </message>
    <message>
        <source>Refresh &amp;Deliveries…</source>
        <translation>刷新投放(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Copy Delivery Address</source>
        <translation>复制投放地址(&amp;C)</translation>
    </message>
    <message>
        <source>Delivery Addre&amp;ss…</source>
        <translation>投放地址(&amp;S)…</translation>
    </message>
    <message>
        <source>Limit &amp;Access…</source>
        <translation>限制访问(&amp;A)…</translation>
    </message>
    <message>
        <source>Appr&amp;ove There…</source>
        <translation>在那里批准(&amp;O)…</translation>
    </message>
    <message>
        <source>Reject &amp;There…</source>
        <translation>在那里拒绝(&amp;T)…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>删除(&amp;E)…</translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message>
        <source>Rename at Cloudinary</source>
        <translation>在 Cloudinary 上重命名</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Change the public ID</source>
        <translation>更改 Public ID</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>&amp;Public ID</source>
        <translation>Public ID(&amp;P)</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>在 Cloudinary 上移动 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>&amp;Folder, empty for the topmost one</source>
        <translation>文件夹，留空表示最上层(&amp;F)</translation>
    </message>
    <message>
        <source>Rename or move a folder at Cloudinary</source>
        <translation>在 Cloudinary 上重命名或移动文件夹</translation>
    </message>
    <message>
        <source>&amp;Path, with the folders above it</source>
        <translation>路径，包括上级文件夹(&amp;P)</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>要在 Cloudinary 上删除 %Ln 个素材吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>要刷新 %Ln 个素材的投放吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>要在 Cloudinary 上批准 %Ln 个素材吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>要在 Cloudinary 上拒绝 %Ln 个素材吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>将要执行的操作</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>在 {place}：文件夹及其 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>在 {place}：共 %Ln 个素材，处理其中 {doing} 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>In this environment a folder without assets has no other name.</source>
        <translation>在此环境中，没有素材的文件夹无法改名。</translation>
    </message>
    <message>
        <source>Pages that use what is deleted will show nothing in its place. Where this environment keeps backups, it can be undone.</source>
        <translation>使用被删除内容的页面将在该处显示空白。若此环境保留备份，可以撤销。</translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>将更改的投放地址：%Ln 个。使用旧地址的页面将显示空白。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>我知道将有多少个投放地址更改：%Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>What is rejected is not delivered any more, until it is approved.</source>
        <translation>被拒绝的内容在批准之前不再投放。</translation>
    </message>
    <message>
        <source>This overrules what automatic moderation found.</source>
        <translation>此操作会推翻自动审核的结果。</translation>
    </message>
    <message>
        <source>Copies on the delivery network are dropped and fetched anew.</source>
        <translation>投放网络上的副本将被丢弃并重新获取。</translation>
    </message>
    <message>
        <source>No delivered address changes.</source>
        <translation>投放地址不会更改。</translation>
    </message>
    <message>
        <source>I have looked at the names: all of these shall go</source>
        <translation>我已查看名称：这些全部删除</translation>
    </message>
    <message>
        <source>I mean the production environment {place}</source>
        <translation>我确实指的是生产环境 {place}</translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message>
        <source>This is done as soon as Cloudinary can be reached.</source>
        <translation>一旦能够连接 Cloudinary 就会执行。</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>地址已复制。</translation>
    </message>
    <message>
        <source>The link was copied. For a day, whoever has it sees what is in here.</source>
        <translation>链接已复制。一天之内，持有链接者可以看到其中的内容。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>已在 Cloudinary 上删除 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>已恢复 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>%Ln 个素材的投放已刷新。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>已按您的设置限制 %Ln 个素材的访问。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>已在 Cloudinary 上审核 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has its new place at Cloudinary.</source>
        <translation>文件夹已移到 Cloudinary 上的新位置。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>已在 Cloudinary 上移动 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>已在 Cloudinary 上重命名 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being taken back…</source>
        <translation>正在撤销…</translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message>
        <source>Search all of Cloudinary</source>
        <translation>搜索整个 Cloudinary</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>在窗口中显示</translation>
    </message>
    <message>
        <source>Cloudinary looks through {account}, mirrored here or not.</source>
        <translation>Cloudinary 会搜索整个 {account}，无论是否已镜像到此处。</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>搜索表达式</translation>
    </message>
    <message>
        <source>Found in Cloudinary</source>
        <translation>在 Cloudinary 中找到</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>找到 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>显示最新的 %Ln 个。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Enter the code</source>
        <translation>输入验证码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Two-step verification is on for {email}. Enter the six digits it shows.</source>
        <translation>{email} 已启用两步验证。请输入显示的六位数字。</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>验证码(&amp;C)</translation>
    </message>
</context>
<context>
    <name>CodesField</name>
    <message>
        <source>Choose: {name}</source>
        <translation>选择：{name}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>从列表中选择</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>The code offers {widths} pixels.</source>
        <translation>代码提供 {widths} 像素。</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Show These</source>
        <translation>显示这些列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Names and pictures always stand first. Move columns by their heads.</source>
        <translation>名称和图片始终排在最前。拖动列标题可移动列。</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>查找字段</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>The Usual Ones</source>
        <translation>常用列</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <translation>自定义字段</translation>
    </message>
</context>
<context>
    <name>CommentBlock</name>
    <message>
        <source>Show all of it</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Click a point or drag a region. Arrow keys and Enter do, too.</source>
        <translation>单击一点或拖出一个区域。也可使用方向键和 Enter。</translation>
    </message>
    <message>
        <source>Draw on the picture. Escape puts the pen away.</source>
        <translation>在图片上绘制。按 Esc 收起画笔。</translation>
    </message>
    <message>
        <source>Write a comment; @ mentions a role</source>
        <translation>撰写评论；用 @ 提及角色</translation>
    </message>
    <message>
        <source>Pin to a point or a region (Shift+M)</source>
        <translation>固定到点或区域 (Shift+M)</translation>
    </message>
    <message>
        <source>Draw on the picture (D)</source>
        <translation>在图片上绘制 (D)</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>画笔颜色</translation>
    </message>
    <message>
        <source>Take the last line back</source>
        <translation>撤回最后一笔</translation>
    </message>
    <message>
        <source>Pin to a moment</source>
        <translation>固定到某一时刻</translation>
    </message>
    <message>
        <source>Comment (Ctrl+Enter)</source>
        <translation>评论 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Reply to {number}</source>
        <translation>回复 {number}</translation>
    </message>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>绘图，%Ln 笔</numerusform>
        </translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>位于 {time}</translation>
    </message>
    <message>
        <source>{part}: take it away</source>
        <translation>{part}：移除</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>&amp;Yours</source>
        <translation>您的值(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>对方的值，即那里的当前值(&amp;T)</translation>
    </message>
    <message>
        <source>A &amp;third value</source>
        <translation>第三个值(&amp;T)</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>之前：{value}</translation>
    </message>
    <message>
        <source>A third value</source>
        <translation>第三个值</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Two values for “{field}”</source>
        <translation>“{field}”有两个值</translation>
    </message>
    <message>
        <source>Somebody else changed {asset} while your change was on its way. Nothing is lost: choose which value stays, or write a third one.</source>
        <translation>您的更改在途中时，有人更改了 {asset}。没有内容丢失：请选择保留哪个值，或输入第三个值。</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>保留此值</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>稍后决定</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Show the &amp;asset</source>
        <translation>显示素材(&amp;A)</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>保留我的(&amp;M)</translation>
    </message>
    <message>
        <source>Keep what is &amp;there</source>
        <translation>保留那里的(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>保留此值(&amp;K)</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{asset} 的 {field}</translation>
    </message>
    <message>
        <source>“{ours}” or “{theirs}”</source>
        <translation>“{ours}”或“{theirs}”</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>有 %Ln 个冲突等待您处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Two people said different things, and both are kept. What you choose is written; nothing is changed before.</source>
        <translation>两个人给出了不同的内容，两者均已保留。您选择的值将被写入；在此之前不做任何更改。</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>没有冲突</translation>
    </message>
    <message>
        <source>Nothing that was said here contradicts anybody else.</source>
        <translation>这里的内容与其他人的没有矛盾。</translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>保留我的 (%Ln)(&amp;M)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>保留那里的 (%Ln)(&amp;T)</numerusform>
        </translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}，{moment}</translation>
    </message>
    <message>
        <source>Found there {moment}</source>
        <translation>于 {moment} 在那里发现</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Keys act on everything that is chosen</source>
        <translation>按键作用于所有所选项</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>联系表</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>演绎版组</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>正在写入 {folder}：%Ln 个演绎版中的 {count} 个。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Publish Renditions…</source>
        <translation>发布演绎版…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Publish Again</source>
        <translation>重新发布</translation>
    </message>
    <message>
        <source>Take Back…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Contentstack</source>
        <translation>Contentstack</translation>
    </message>
    <message>
        <source>Approved renditions in the entries of stacks. They follow what is delivered, and leave when their rights end.</source>
        <translation>堆栈条目中的已批准演绎版。它们跟随投放内容更新，并在权利到期时移出。</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>堆栈</translation>
    </message>
    <message>
        <source>In entries</source>
        <translation>在条目中</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No stack so far</source>
        <translation>还没有堆栈</translation>
    </message>
    <message>
        <source>Make a management token in the stack&apos;s settings, then add the stack here. Nothing is written there before you publish something.</source>
        <translation>请在堆栈设置中创建管理令牌，然后在此添加堆栈。在您发布内容之前，不会向其中写入任何内容。</translation>
    </message>
    <message>
        <source>Choose assets in the window, then open this again: their approved renditions are offered.</source>
        <translation>请在窗口中选择资产，然后再次打开此处：将提供其已批准的演绎版。</translation>
    </message>
    <message>
        <source>Nothing was published here yet.</source>
        <translation>这里还没有发布任何内容。</translation>
    </message>
    <message>
        <source>No assets are chosen in the window</source>
        <translation>窗口中未选择素材</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>要移除“{name}”吗？</translation>
    </message>
    <message>
        <source>Its token goes, and what is published there is not looked after any more. Nothing changes there: take back first what must not stay.</source>
        <translation>其令牌将被移除，那里已发布的内容不再受管理。那里不会有任何变化：不应保留的内容请先撤回。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>要撤回 %Ln 张图片吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of the entries is what their stack says: they are taken off, or published without the picture. They can be published again.</source>
        <translation>条目如何处理由其堆栈决定：取消发布，或不带图片发布。之后可以重新发布。</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>CoordinateEditor</name>
    <message>
        <source>Open in a map</source>
        <translation>在地图中打开</translation>
    </message>
    <message>
        <source>Degrees, or a map’s link</source>
        <translation>度数，或地图链接</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Transformation</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>For Channel</source>
        <translation>用于渠道</translation>
    </message>
    <message>
        <source>Responsive widths…</source>
        <translation>响应式宽度…</translation>
    </message>
    <message>
        <source>As the Rendition Says</source>
        <translation>依演绎版设置</translation>
    </message>
    <message>
        <source>There is code once the asset is pushed.</source>
        <translation>素材推送后即有代码。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>CropPage</name>
    <message>
        <source>Crop and turn</source>
        <translation>裁剪和旋转</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Without a crop</source>
        <translation>不裁剪</translation>
    </message>
    <message>
        <source>↺ Left</source>
        <translation>↺ 向左</translation>
    </message>
    <message>
        <source>↻ Right</source>
        <translation>↻ 向右</translation>
    </message>
    <message>
        <source>Straighten (degrees)</source>
        <translation>拉直（度）</translation>
    </message>
    <message>
        <source>Shape of the crop</source>
        <translation>裁剪形状</translation>
    </message>
    <message>
        <source>Drag the frame on the picture. A double click puts its middle there; arrow keys move it, with Alt they resize it.</source>
        <translation>拖动图片上的裁剪框。双击可将其中心移到该处；方向键可移动，按住 Alt 可调整大小。</translation>
    </message>
    <message>
        <source>Nothing of the kind was found.</source>
        <translation>未找到此类内容。</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>拉直</translation>
    </message>
</context>
<context>
    <name>CropPlacing</name>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>选择日期</translation>
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
        <translation>应用</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>The comment stays in the history.</source>
        <translation>评论会保留在历史记录中。</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>评论(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms</source>
        <translation>按 Ctrl+Enter 确认</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>批准 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Optional: what this is approved for</source>
        <translation>可选：批准的用途</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>拒绝 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Why? A few words save the next person from asking</source>
        <translation>为什么？寥寥几字可省去他人询问</translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>要求修改 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>What should be different?</source>
        <translation>应如何修改？</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>标记 %Ln 个素材：{state}</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>可选</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Decision taken back</source>
        <translation>已撤销决定</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Approve the rest</source>
        <translation>批准其余图片</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>拒绝 %Ln 张图片：为什么？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>修改 %Ln 张图片：改什么？</numerusform>
        </translation>
    </message>
    <message>
        <source>A few words; Enter confirms, Esc leaves it as it is</source>
        <translation>简短说明；Enter 确认，Esc 保持不变</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>Approve the rest ({count})</source>
        <translation>批准其余图片 ({count})</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DeliveryAddressDialog</name>
    <message>
        <source>Delivery address of “{name}”</source>
        <translation>“{name}”的投放地址</translation>
    </message>
    <message>
        <source>What is private or authenticated is signed in any case.</source>
        <translation>私有或需验证身份的素材始终签名。</translation>
    </message>
    <message>
        <source>Without image/upload</source>
        <translation>不含 image/upload</translation>
    </message>
    <message>
        <source>With a to&amp;ken until</source>
        <translation>带令牌，有效期至(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Only where it has to be</source>
        <translation>仅在必要时</translation>
    </message>
    <message>
        <source>SHA-256, long</source>
        <translation>SHA-256（长）</translation>
    </message>
    <message>
        <source>&amp;Transformation</source>
        <translation>变换(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Words at its end</source>
        <translation>末尾的文字(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation>签名(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Analytics (_a)</source>
        <translation>分析 (_a)(&amp;A)</translation>
    </message>
    <message>
        <source>K&amp;ey of tokens, hexadecimal</source>
        <translation>令牌密钥，十六进制(&amp;E)</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Format and quality</source>
        <translation>格式和品质</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>As the address ends</source>
        <translation>依地址的扩展名</translation>
    </message>
    <message>
        <source>Best for the browser (auto)</source>
        <translation>最适合浏览器 (auto)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Automatic, best</source>
        <translation>自动，最佳</translation>
    </message>
    <message>
        <source>Automatic, good</source>
        <translation>自动，良好</translation>
    </message>
    <message>
        <source>Automatic, eco</source>
        <translation>自动，节省</translation>
    </message>
    <message>
        <source>Automatic, low</source>
        <translation>自动，低</translation>
    </message>
    <message>
        <source>Fixed quality</source>
        <translation>固定品质</translation>
    </message>
    <message>
        <source>Progressive</source>
        <translation>渐进式</translation>
    </message>
    <message>
        <source>Keep all metadata</source>
        <translation>保留全部元数据</translation>
    </message>
    <message>
        <source>Keep credit</source>
        <translation>保留署名</translation>
    </message>
    <message>
        <source>Without a colour profile</source>
        <translation>不带颜色配置文件</translation>
    </message>
    <message>
        <source>Rounded corners</source>
        <translation>圆角</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>边框</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>边框颜色</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>What the rendition keeps</source>
        <translation>演绎版保留的内容</translation>
    </message>
    <message>
        <source>Corners and border</source>
        <translation>角和边框</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln 个传输失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>%Ln 个已完成。失败原因见列表。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>%Ln 个传输已完成</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything came through.</source>
        <translation>全部顺利完成。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>%Ln 个审核等待您处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody asked for your decision.</source>
        <translation>有人请您做出决定。</translation>
    </message>
    <message>
        <source>Open the Queue</source>
        <translation>打开队列</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>%Ln 个素材的权利已到期</numerusform>
        </translation>
    </message>
    <message>
        <source>What was delivered of them is taken back.</source>
        <translation>已投放的内容将被撤回。</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>显示这些素材</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Go on in production, {name}?</source>
        <translation>要在生产环境 {name} 中继续吗？</translation>
    </message>
    <message>
        <source>What changes there can be seen on live sites at once. You are asked only once until Asset Bridge is closed.</source>
        <translation>此处的更改会立即在线上网站可见。关闭 Asset Bridge 之前仅询问您一次。</translation>
    </message>
    <message>
        <source>Go on in production</source>
        <translation>在生产环境中继续</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>题注</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键字</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>创作者</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>版权</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条款</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评级</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>Public ID</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>交付</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>打开原始文件</translation>
    </message>
    <message>
        <source>No limits of time are stated.</source>
        <translation>未说明时间限制。</translation>
    </message>
    <message>
        <source>The dates of the rights cannot be read: “{dates}”. It is held back until somebody mends them in the file.</source>
        <translation>无法读取权利日期：“{dates}”。在有人修正文件中的日期之前将予以扣留。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln 天前</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>The rights ended on {ends}, {ago}.</source>
        <translation>权利已于 {ends} 到期（{ago}）。</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天后</numerusform>
        </translation>
    </message>
    <message>
        <source>The rights begin on {starts}, {left}.</source>
        <translation>权利自 {starts} 开始（{left}）。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>还剩 %Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>May be used until {ends}, {left}.</source>
        <translation>可使用至 {ends}，{left}。</translation>
    </message>
    <message>
        <source>May be used since {starts}, without an end.</source>
        <translation>自 {starts} 起可使用，无结束日期。</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the file into another program, or press to copy it</source>
        <translation>将文件拖到其他程序中，或按下以复制</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop it here</source>
        <translation>拖放到此处</translation>
    </message>
    <message>
        <source>Nothing here can be taken</source>
        <translation>这里没有可接收的内容</translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>推送 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>You will see the plan before anything leaves.</source>
        <translation>在发出任何内容之前，您会先看到计划。</translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>导入 %Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked where to copy them. The originals stay where they are.</source>
        <translation>将询问您要复制到何处。原始文件保留在原位。</translation>
    </message>
    <message>
        <source>Its files are read where they are. Nothing is copied or changed.</source>
        <translation>文件在原位读取，不会复制或更改任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>将 %Ln 个文件夹添加为库</numerusform>
        </translation>
    </message>
    <message>
        <source>Add “{name}” as a library</source>
        <translation>将“{name}”添加为库</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop target</source>
        <translation>拖放目标</translation>
    </message>
    <message>
        <source>Files and pictures that are dropped here go where the large window takes them</source>
        <translation>拖放到此处的文件和图片，会进入主窗口所接收的位置</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>拖放到此处</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
    <message>
        <source>Version before</source>
        <translation>上一版本</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>No version before this one was approved, or its picture is gone</source>
        <translation>此前没有已批准的版本，或其图片已不存在</translation>
    </message>
    <message>
        <source>Approved by {who}, {day}</source>
        <translation>由 {who} 批准，{day}</translation>
    </message>
</context>
<context>
    <name>EditUndo</name>
    <message>
        <source>Decision taken back</source>
        <translation>已撤销决定</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>Masters</source>
        <translation>母版</translation>
    </message>
    <message>
        <source>No channel</source>
        <translation>无渠道</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>所有市场</translation>
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
        <translation>移除“{entry}”</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>无法对 %Ln 个文件做出决定：无人能读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>This shows the account in use. Log out of it, or switch to another.</source>
        <translation>这里显示正在使用的账户。请退出登录，或切换到其他账户。</translation>
    </message>
    <message>
        <source>Remove “{name}” from Asset Bridge?</source>
        <translation>要从 Asset Bridge 中移除“{name}”吗？</translation>
    </message>
    <message>
        <source>Its files stay where they are, and so do all decisions about them. What was pushed stays at Cloudinary.</source>
        <translation>其文件保留在原位，相关决定也都保留。已推送的内容保留在 Cloudinary。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Forget them…</source>
        <translation>忘记…</translation>
    </message>
    <message>
        <source>Forget the missing files of “{name}”?</source>
        <translation>要忘记“{name}”中缺失的文件吗？</translation>
    </message>
    <message>
        <source>They vanish from the window. Decisions about them stay in the record, and they come back if the files do.</source>
        <translation>它们将从窗口中消失。相关决定保留在记录中；文件恢复后，它们也会恢复。</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Add a folder first; dropped files are copied into one.</source>
        <translation>请先添加文件夹；拖放的文件会复制到其中。</translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>系统中没有可打开 {path} 的程序。</translation>
    </message>
</context>
<context>
    <name>ExchangeActions</name>
    <message>
        <source>C&amp;opy</source>
        <translation>复制(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Paste into Library</source>
        <translation>粘贴到库(&amp;P)</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Asset</source>
        <translation>复制素材链接(&amp;L)</translation>
    </message>
    <message>
        <source>Open &amp;With</source>
        <translation>打开方式(&amp;W)</translation>
    </message>
    <message>
        <source>New &amp;Version from a File…</source>
        <translation>从文件创建新版本(&amp;V)…</translation>
    </message>
    <message>
        <source>Hot &amp;Folders…</source>
        <translation>热文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Drop Target</source>
        <translation>拖放目标(&amp;D)</translation>
    </message>
    <message>
        <source>Keep Running in the &amp;Tray</source>
        <translation>在系统托盘中保持运行(&amp;T)</translation>
    </message>
    <message>
        <source>Desktop &amp;Notifications</source>
        <translation>桌面通知(&amp;N)</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Show from Cloudinary</source>
        <translation>显示 Cloudinary 的结果</translation>
    </message>
    <message>
        <source>Cloudinary makes it now, which may count and cost</source>
        <translation>Cloudinary 会立即生成，可能计入用量并产生费用</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>约 {bytes}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>The film is being made. Stop.</source>
        <translation>正在生成影片。停止。</translation>
    </message>
    <message>
        <source>Make the film here, and tell how large its file is</source>
        <translation>在此生成影片，并显示其文件大小</translation>
    </message>
    <message>
        <source>The film is being made, which may take a minute…</source>
        <translation>正在生成影片，可能需要一分钟…</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>减小 {percent}%</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>Character {place}: “{found}”, expected {expected}</source>
        <translation>第 {place} 个字符：为“{found}”，应为 {expected}</translation>
    </message>
</context>
<context>
    <name>FeedForm</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>允许使用本机或本网络的地址</translation>
    </message>
    <message>
        <source>Push approved images</source>
        <translation>推送已批准的图片</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change a feed</source>
        <translation>更改数据源</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>新建数据源</translation>
    </message>
    <message>
        <source>Push approved images to {environment}</source>
        <translation>将已批准的图片推送到 {environment}</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>PIM, ERP, shop, …</source>
        <translation>PIM、ERP、商店…</translation>
    </message>
    <message>
        <source>A folder, a file, or https://…</source>
        <translation>文件夹、文件或 https://…</translation>
    </message>
    <message>
        <source>Artikelnummer=sku, Bezeichnung=product_name</source>
        <translation>Artikelnummer=sku, Bezeichnung=product_name</translation>
    </message>
    <message>
        <source>{campaign} stands for the product&apos;s campaign</source>
        <translation>{campaign} 代表产品的营销活动</translation>
    </message>
    <message>
        <source>If the address asks for one</source>
        <translation>如果该地址要求令牌</translation>
    </message>
    <message>
        <source>By names of files</source>
        <translation>按文件名</translation>
    </message>
    <message>
        <source>By keywords (sku:… or the SKU)</source>
        <translation>按关键字（sku:… 或 SKU）</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Products from</source>
        <translation>产品来源(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>令牌(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>Find &amp;images</source>
        <translation>查找图片(&amp;I)</translation>
    </message>
    <message>
        <source>Name pa&amp;ttern</source>
        <translation>名称模式(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>读取(&amp;R)</translation>
    </message>
    <message>
        <source>Into &amp;folder</source>
        <translation>放入文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>For c&amp;hannel</source>
        <translation>用于渠道(&amp;H)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Folder with feeds</source>
        <translation>包含数据源的文件夹</translation>
    </message>
</context>
<context>
    <name>FeedPostsDialog</name>
    <message>
        <source>&amp;Receive posts while this window is open</source>
        <translation>此窗口打开期间接收推送(&amp;R)</translation>
    </message>
    <message>
        <source>New &amp;Secret</source>
        <translation>新密钥(&amp;S)</translation>
    </message>
    <message>
        <source>Posts of other systems</source>
        <translation>其他系统的推送</translation>
    </message>
    <message>
        <source>Posts for “{name}”</source>
        <translation>发送到“{name}”的推送</translation>
    </message>
    <message>
        <source>Another system hands its products over itself, signed with a secret, and is answered with the line report.</source>
        <translation>其他系统自行提交用密钥签名的产品数据，并收到逐行报告作为答复。</translation>
    </message>
    <message>
        <source>Address to post to</source>
        <translation>推送地址</translation>
    </message>
    <message>
        <source>Secret to sign with</source>
        <translation>签名用的密钥</translation>
    </message>
    <message>
        <source>It is shown once; a new one ends the one before.</source>
        <translation>只显示一次；新密钥会使旧密钥失效。</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>端口(&amp;P)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Read Now</source>
        <translation>立即读取</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>推送…</translation>
    </message>
    <message>
        <source>Posts…</source>
        <translation>推送…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Product feeds</source>
        <translation>产品数据源</translation>
    </message>
    <message>
        <source>Products from other systems: their images are found here, and what is approved of them goes to Cloudinary with what is said of the product.</source>
        <translation>来自其他系统的产品：在此查找其图片，已批准的图片连同产品信息一起发往 Cloudinary。</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>找到的图片</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>不明确</translation>
    </message>
    <message>
        <source>Without an image</source>
        <translation>没有图片</translation>
    </message>
    <message>
        <source>Without a product</source>
        <translation>没有产品</translation>
    </message>
    <message>
        <source>Line report</source>
        <translation>逐行报告</translation>
    </message>
    <message>
        <source>It was not read yet.</source>
        <translation>尚未读取。</translation>
    </message>
    <message>
        <source>Shows no product</source>
        <translation>未显示任何产品</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>No feed yet</source>
        <translation>还没有数据源</translation>
    </message>
    <message>
        <source>A feed is a file, a folder or an address with products in CSV, JSON or JSON Lines. You see which images match before anything is sent.</source>
        <translation>数据源是包含 CSV、JSON 或 JSON Lines 格式产品数据的文件、文件夹或地址。发送之前即可看到哪些图片匹配。</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Reading “{name}”…</source>
        <translation>正在读取“{name}”…</translation>
    </message>
    <message>
        <source>There is nothing to read there.</source>
        <translation>那里没有可读取的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>有 %Ln 行未被采用；原因见逐行报告。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>已读取。有 %Ln 个产品是新的或已更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what would go…</source>
        <translation>正在查看将要发送的内容…</translation>
    </message>
    <message>
        <source>Nothing is due: what is approved is there, as it is said now.</source>
        <translation>没有待处理项：已批准的内容均已在那里，且信息一致。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered image(s) are told what is new</source>
        <translation>
            <numerusform>更新 %Ln 张已投放图片的信息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>%Ln 张图片不再展示某个产品</numerusform>
        </translation>
    </message>
    <message>
        <source>Held back: {reasons}</source>
        <translation>已扣留：{reasons}</translation>
    </message>
    <message>
        <source>Push to “{environment}”?</source>
        <translation>要推送到“{environment}”吗？</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>暂不</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln 张图片正在发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>要移除“{name}”吗？</translation>
    </message>
    <message>
        <source>Its products are forgotten here. Images stay where they went.</source>
        <translation>此处将忘记其产品。图片保留在已发往的位置。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>正在获取 %Ln 个原始文件</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>共 {size}</translation>
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
            <numerusform>还有 %Ln 个无法获取。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FidelityBadge</name>
    <message>
        <source>Fidelity: {word}</source>
        <translation>保真度：{word}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Empty the field</source>
        <translation>清空字段</translation>
    </message>
</context>
<context>
    <name>FieldActs</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>FieldHistoryDialog</name>
    <message>
        <source>History of “{field}”</source>
        <translation>“{field}”的历史记录</translation>
    </message>
    <message>
        <source>&amp;Restore this</source>
        <translation>恢复此值(&amp;R)</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>What restoring it would change</source>
        <translation>恢复后会更改的内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nobody has changed it here yet.</source>
        <translation>还没有人在此更改过它。</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>Before all changes</source>
        <translation>所有更改之前</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}，{moment}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>That is what it says now.</source>
        <translation>现在就是这个值。</translation>
    </message>
    <message>
        <source>What restoring it would change:</source>
        <translation>恢复后会更改的内容：</translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>As Delivered</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Define Missing Fields</source>
        <translation>定义缺失的字段</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>S&amp;ync…</source>
        <translation>同步(&amp;Y)…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Field mapping</source>
        <translation>字段映射</translation>
    </message>
    <message>
        <source>What a master says at Cloudinary</source>
        <translation>母版在 Cloudinary 上的信息</translation>
    </message>
    <message>
        <source>Each row carries a part of a master’s record to its copies. What cannot come back as it was is named at the end.</source>
        <translation>每一行把母版记录的一部分带到其副本。无法原样带回的内容会在末尾列出。</translation>
    </message>
    <message>
        <source>New Row…</source>
        <translation>新建行…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Bring the chosen masters and their copies together, after a look at it</source>
        <translation>查看之后，将所选母版与其副本统一</translation>
    </message>
    <message>
        <source>“{name}” cannot have so many fields.</source>
        <translation>“{name}”无法容纳这么多字段。</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>“{name}”缺少 %Ln 个字段或其列表值。</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it fits “{name}”.</source>
        <translation>全部符合“{name}”。</translation>
    </message>
    <message>
        <source>Some rows cannot be used as they are.</source>
        <translation>有些行无法按现状使用。</translation>
    </message>
    <message>
        <source>None of the chosen assets is a master at a service.</source>
        <translation>所选素材中没有服务上的母版。</translation>
    </message>
    <message>
        <source>What was different is being delivered.</source>
        <translation>有差异的内容正在发送。</translation>
    </message>
</context>
<context>
    <name>FieldMappingRow</name>
    <message>
        <source>Use</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>New row</source>
        <translation>新建行</translation>
    </message>
    <message>
        <source>Leads in “{name}”</source>
        <translation>在“{name}”中以何者为准</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>与各处一致</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>&amp;Master</source>
        <translation>母版(&amp;M)</translation>
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
        <translation>以何者为准(&amp;L)</translation>
    </message>
    <message>
        <source>Places are tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum or set), access.start and access.end, with spaces in between. A master also has keyword:NAMESPACE and custom:FIELD. Whoever leads has the last word where both sides were changed since they last agreed.</source>
        <translation>位置可以是 tags、display_name、context.KEY、metadata.ID:TYPE（string、integer、date、enum 或 set）、access.start 和 access.end，以空格分隔。母版还有 keyword:NAMESPACE 和 custom:FIELD。如果双方自上次一致以来都有更改，以设定的一方为准。</translation>
    </message>
    <message>
        <source>It cannot be so: {reason}.</source>
        <translation>不能这样：{reason}。</translation>
    </message>
    <message>
        <source>It can be so, but: {reason}.</source>
        <translation>可以这样，但是：{reason}。</translation>
    </message>
    <message>
        <source>Not all of it can come back: {loss}.</source>
        <translation>并非全部都能带回：{loss}。</translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message>
        <source>What would be sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>%Ln 个母版将要发送的内容</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>There is no such field</source>
        <translation>没有此字段</translation>
    </message>
    <message>
        <source>The copy says</source>
        <translation>副本的值</translation>
    </message>
    <message>
        <source>Stays behind</source>
        <translation>未带过去</translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message>
        <source>What a sync would change</source>
        <translation>同步将更改的内容</translation>
    </message>
    <message>
        <source>&amp;Sync Now</source>
        <translation>立即同步(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>同步将更改 %Ln 个值</numerusform>
        </translation>
    </message>
    <message>
        <source>Masters and copies say the same wherever the mapping carries something.</source>
        <translation>凡映射所涉及之处，母版与副本均一致。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>其中 %Ln 个将成为冲突，由您决定。</numerusform>
        </translation>
    </message>
    <message>
        <source>Every line is one edit; Undo takes all of them back together.</source>
        <translation>每一行是一次编辑；“撤销”会一并撤回全部。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{asset} 的 {field}</translation>
    </message>
    <message>
        <source>“{after}” instead of “{before}”: {why}</source>
        <translation>“{after}”取代“{before}”：{why}</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Waits to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未被接受</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>在别处被更改</translation>
    </message>
    <message>
        <source>{field}, mandatory</source>
        <translation>{field}，必填</translation>
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
        <translation>影片</translation>
    </message>
    <message>
        <source>Moment of the film</source>
        <translation>影片中的时刻</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>胶片</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>批准状态</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评级</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>已推送</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>已选择 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and better</source>
        <translation>{stars} 及以上</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>未推送</translation>
    </message>
    <message>
        <source>Show readable files again</source>
        <translation>重新显示可读文件</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
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
        <translation>在此页中查找</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>上一个 (Shift+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>下一个 (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>此页中没有</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Capital letters matter</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>所有列</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>查找范围</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>找到 %Ln 个单元格。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>找到 %Ln 个单元格；仅显示前面的部分。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Waiting for review</source>
        <translation>等待审核</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>已推送</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>权利已到期</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>所有素材</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>个人收藏</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>库</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>收藏集</translation>
    </message>
    <message>
        <source>Smart folders</source>
        <translation>智能文件夹</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}，%Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>not synced yet</source>
        <translation>尚未同步</translation>
    </message>
    <message>
        <source>kept offline</source>
        <translation>离线保留</translation>
    </message>
    <message>
        <source>is being synced</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>the last sync failed</source>
        <translation>上次同步失败</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>所有命令</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>已开启</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave Full Screen</source>
        <translation>退出全屏</translation>
    </message>
</context>
<context>
    <name>GridActs</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Fill Down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>Empty Cells</source>
        <translation>清空单元格</translation>
    </message>
    <message>
        <source>Find and Replace</source>
        <translation>查找和替换</translation>
    </message>
    <message>
        <source>Apply Template…</source>
        <translation>应用模板…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列…</translation>
    </message>
    <message>
        <source>Sort A to Z</source>
        <translation>升序排序 (A–Z)</translation>
    </message>
    <message>
        <source>Sort Z to A</source>
        <translation>降序排序 (Z–A)</translation>
    </message>
    <message>
        <source>Hide Column</source>
        <translation>隐藏列</translation>
    </message>
    <message>
        <source>Next Cell That Cannot Be Kept</source>
        <translation>下一个无法保存的单元格</translation>
    </message>
    <message>
        <source>Give Up What Was Typed</source>
        <translation>放弃输入的内容</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>全屏</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>所选素材中有 %Ln 个是 Cloudinary 上的副本；请在检查器中编辑。</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata grid</source>
        <translation>元数据表格</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s)</source>
        <translation>
            <numerusform>%Ln 个母版</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells chosen</source>
        <translation>
            <numerusform>已选择 %Ln 个单元格</numerusform>
        </translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>needed, but not shown: {fields}</source>
        <translation>必填但未显示：{fields}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>%Ln 个单元格无法按现状保存；原因见单元格。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>%Ln 个单元格没有位置：表格已到末尾，或无法写入。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message>
        <source>The grid is for masters; choose some in a library.</source>
        <translation>表格用于母版；请在库中选择一些母版。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>表格中的 %Ln 个文本无法保存。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>GridFoot</name>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept</source>
        <translation>
            <numerusform>%Ln 个单元格无法保存</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next of them (F8)</source>
        <translation>显示下一个 (F8)</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>Assets</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Assets as a list</source>
        <translation>素材列表</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>Metadata of the chosen masters</source>
        <translation>所选母版的元数据</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>How it works</source>
        <translation>工作方式</translation>
    </message>
    <message>
        <source>Masters stay where they are; Cloudinary delivers what was approved.</source>
        <translation>母版保留在原位；Cloudinary 投放已批准的内容。</translation>
    </message>
    <message>
        <source>Steps and keys</source>
        <translation>步骤和按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>1. Add a folder, or drop one on the window. Its files are read, not copied.</source>
        <translation>1. 添加文件夹，或将其拖放到窗口上。文件只读取，不复制。</translation>
    </message>
    <message>
        <source>2. Find assets: type into the search field, narrow with the filters.</source>
        <translation>2. 查找素材：在搜索框中输入，并用筛选缩小范围。</translation>
    </message>
    <message>
        <source>3. Decide: approve, request changes or reject. The history keeps who and why.</source>
        <translation>3. 决定：批准、要求修改或拒绝。历史记录会保留人员和原因。</translation>
    </message>
    <message>
        <source>4. Push what is approved and within its rights. The plan is shown first.</source>
        <translation>4. 推送已批准且在权利范围内的内容。会先显示计划。</translation>
    </message>
    <message>
        <source>5. Take the addresses of its renditions from the inspector.</source>
        <translation>5. 从检查器中获取其演绎版的地址。</translation>
    </message>
    <message>
        <source>Show it large</source>
        <translation>大图显示</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格键</translation>
    </message>
</context>
<context>
    <name>HeadBar</name>
    <message>
        <source>Ask Again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>在库中显示</translation>
    </message>
    <message>
        <source>Save and Schedule…</source>
        <translation>保存并设置计划…</translation>
    </message>
    <message>
        <source>Copy the Table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>导入访问日志…</translation>
    </message>
    <message>
        <source>Forget This Saved Report…</source>
        <translation>忘记此已保存的报告…</translation>
    </message>
    <message>
        <source>Count This Log No Longer…</source>
        <translation>不再计入此日志…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Write the whole report to a file</source>
        <translation>将完整报告写入文件</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>另存为预设…</translation>
    </message>
    <message>
        <source>100 %: each pixel as it is (1)</source>
        <translation>100%：每个像素按原样显示 (1)</translation>
    </message>
    <message>
        <source>Presets and sets (Ctrl+Shift+P)</source>
        <translation>预设和预设组 (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Over each other, with a line to drag</source>
        <translation>上下重叠，拖动分隔线</translation>
    </message>
    <message>
        <source>Beside each other</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>The rendition</source>
        <translation>演绎版</translation>
    </message>
    <message>
        <source>The master</source>
        <translation>母版</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>缩小 (-)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>显示全部 (0)</translation>
    </message>
</context>
<context>
    <name>HearingSwitch</name>
    <message>
        <source>{trouble} Changes made elsewhere are still seen, a few minutes later.</source>
        <translation>{trouble} 在别处所做的更改仍可看到，但会晚几分钟。</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;Guide</source>
        <translation>指南(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>欢迎(&amp;W)</translation>
    </message>
    <message>
        <source>Sample &amp;Campaign</source>
        <translation>示例营销活动(&amp;C)</translation>
    </message>
    <message>
        <source>Acti&amp;vity…</source>
        <translation>活动(&amp;V)…</translation>
    </message>
    <message>
        <source>All that goes on ({keys})</source>
        <translation>所有正在进行的活动 ({keys})</translation>
    </message>
    <message>
        <source>Take the &amp;Tour</source>
        <translation>开始导览(&amp;T)</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>再次显示提示(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>日志(&amp;L)…</translation>
    </message>
    <message>
        <source>Diagnostic &amp;Bundle…</source>
        <translation>诊断包(&amp;B)…</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>检查更新(&amp;U)…</translation>
    </message>
</context>
<context>
    <name>HelpContents</name>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>HelpErrands</name>
    <message>
        <source>Close the welcome</source>
        <translation>关闭欢迎信息</translation>
    </message>
    <message>
        <source>The demo could not be started. “asset-bridge demo” opens it.</source>
        <translation>无法启动演示。可用“asset-bridge demo”打开。</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>新增功能…</translation>
    </message>
    <message>
        <source>Version {version} of Asset Bridge is there.</source>
        <translation>Asset Bridge {version} 版已发布。</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>开始导览</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Connect PhotoShelter…</source>
        <translation>连接 PhotoShelter…</translation>
    </message>
    <message>
        <source>Connect Cloudinary…</source>
        <translation>连接 Cloudinary…</translation>
    </message>
</context>
<context>
    <name>HelpFindings</name>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Keys of the review</source>
        <translation>审核按键</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>In all pages (Ctrl+Shift+F); Ctrl+F finds in this page</source>
        <translation>在所有页面中搜索 (Ctrl+Shift+F)；按 Ctrl+F 在此页中查找</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – 帮助</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>未找到任何内容。</translation>
    </message>
    <message>
        <source>The help is written in English.</source>
        <translation>帮助以英文编写。</translation>
    </message>
    <message>
        <source>{name} is part of the source code.</source>
        <translation>{name} 是源代码的一部分。</translation>
    </message>
</context>
<context>
    <name>HintStrip</name>
    <message>
        <source>Got it</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>关于文件的早期版本。</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>之前：{value}</translation>
    </message>
    <message>
        <source>Not delivered yet.</source>
        <translation>尚未发送。</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>正在发送。</translation>
    </message>
    <message>
        <source>It could not be delivered.</source>
        <translation>无法发送。</translation>
    </message>
    <message>
        <source>Somebody else said something different.</source>
        <translation>有人给出了不同的内容。</translation>
    </message>
    <message>
        <source>Taken back before it was delivered.</source>
        <translation>发送前已撤回。</translation>
    </message>
    <message>
        <source>Settled by a later choice.</source>
        <translation>已由之后的选择解决。</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Nobody has decided anything about it yet.</source>
        <translation>还没有人对它做出任何决定。</translation>
    </message>
</context>
<context>
    <name>HotFoldersDialog</name>
    <message>
        <source>Hot folders</source>
        <translation>热文件夹</translation>
    </message>
    <message>
        <source>Files that are put into these folders are copied into a library by themselves, and stay where they are. Nothing is pushed: that waits for approval as ever.</source>
        <translation>放入这些文件夹的文件会自动复制到库中，原文件保留在原位。不会推送任何内容：推送仍需等待批准。</translation>
    </message>
    <message>
        <source>Add a Hot Folder…</source>
        <translation>添加热文件夹…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>New ones go &amp;into</source>
        <translation>新文件复制到(&amp;I)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>a library that was removed</source>
        <translation>已移除的库</translation>
    </message>
    <message>
        <source>{folder}, into {library}</source>
        <translation>{folder}，复制到 {library}</translation>
    </message>
    <message>
        <source>Choose a hot folder</source>
        <translation>选择热文件夹</translation>
    </message>
</context>
<context>
    <name>InsightErrands</name>
    <message>
        <source>Insights…</source>
        <translation>洞察…</translation>
    </message>
    <message>
        <source>The report {name} could not be written: {why}</source>
        <translation>无法写入报告 {name}：{why}</translation>
    </message>
</context>
<context>
    <name>InsightsActs</name>
    <message>
        <source>Import an access log</source>
        <translation>导入访问日志</translation>
    </message>
    <message>
        <source>Access logs (*.csv *.tsv *.txt *.log)</source>
        <translation>访问日志 (*.csv *.tsv *.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>导出报告</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>要忘记“{name}”吗？</translation>
    </message>
    <message>
        <source>It is not written any more. Files that it wrote stay.</source>
        <translation>不会再写入它。它已写入的文件会保留。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Count this access log no longer?</source>
        <translation>要不再计入此访问日志吗？</translation>
    </message>
    <message>
        <source>What it added is taken away from all reports. The file stays.</source>
        <translation>它所增加的数字将从所有报告中移除。文件会保留。</translation>
    </message>
    <message>
        <source>Count no longer</source>
        <translation>不再计入</translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message>
        <source>Insights</source>
        <translation>洞察</translation>
    </message>
    <message>
        <source>It could not be written the last time: {why}</source>
        <translation>上次无法写入：{why}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>It takes a moment.</source>
        <translation>需要稍等片刻。</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有答案</translation>
    </message>
    <message>
        <source>written {moment}</source>
        <translation>写入于 {moment}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>查询于 {moment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>已将 %Ln 行写入 {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Show it large (space)</source>
        <translation>大图显示（空格键）</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>演绎版</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>About the asset</source>
        <translation>关于此素材</translation>
    </message>
    <message>
        <source>Choose an asset to see it large, with its facts, its review and its rights.</source>
        <translation>选择一个素材，即可查看大图及其信息、审核和权利。</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message>
        <source>Keep “{name}” offline?</source>
        <translation>要离线保留“{name}”吗？</translation>
    </message>
    <message>
        <source>Its pictures are fetched ahead, now and whenever something is new there, and stay here until you let go of them.</source>
        <translation>其图片会预先获取，现在以及每当有新内容时，并一直保留在此处，直到您不再需要。</translation>
    </message>
    <message>
        <source>The &amp;originals too</source>
        <translation>同时包括原始文件(&amp;O)</translation>
    </message>
    <message>
        <source>Keep offline</source>
        <translation>离线保留</translation>
    </message>
    <message>
        <source>Looking how much it is…</source>
        <translation>正在查看数据量…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The &amp;originals too ({size})</source>
        <translation>同时包括原始文件 ({size})(&amp;O)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>那里有 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>其中 %Ln 个已在此处。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>将获取 %Ln 个预览，约 {size}。</numerusform>
        </translation>
    </message>
    <message>
        <source>With the originals it is {size}.</source>
        <translation>连同原始文件共 {size}。</translation>
    </message>
</context>
<context>
    <name>KeptErrands</name>
    <message>
        <source>Save as smart folder</source>
        <translation>存储为智能文件夹</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>此搜索的名称；同名搜索会被替换。</translation>
    </message>
    <message>
        <source>“{name}” stands at the left, and holds what the search finds.</source>
        <translation>“{name}”位于左侧，包含此搜索找到的内容。</translation>
    </message>
    <message>
        <source>Rename smart folder</source>
        <translation>重命名智能文件夹</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>There is a smart folder “{name}” already. Nothing was renamed.</source>
        <translation>已有智能文件夹“{name}”。未重命名任何内容。</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>请先选择素材。</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>从个人收藏中移除</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Replace by What Is Shown</source>
        <translation>替换为当前显示的内容</translation>
    </message>
    <message>
        <source>Add to Favourites</source>
        <translation>添加到个人收藏</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>New key</source>
        <translation>新键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>新键的值</translation>
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
        <translation>春季邮件</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>New kit</source>
        <translation>新建套件</translation>
    </message>
    <message>
        <source>Change kit</source>
        <translation>更改套件</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Presets of the kit</source>
        <translation>套件的预设</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>权利中的名称</translation>
    </message>
    <message>
        <source>&amp;Formats shown there</source>
        <translation>那里显示的格式(&amp;F)</translation>
    </message>
    <message>
        <source>Files are named</source>
        <translation>文件命名</translation>
    </message>
    <message>
        <source>At &amp;most, each</source>
        <translation>单个文件上限(&amp;M)</translation>
    </message>
    <message>
        <source>As each preset says</source>
        <translation>依各预设</translation>
    </message>
    <message>
        <source>At most, “{preset}”</source>
        <translation>上限，“{preset}”</translation>
    </message>
</context>
<context>
    <name>KitList</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>KitsDialog</name>
    <message>
        <source>Channel kits</source>
        <translation>渠道套件</translation>
    </message>
    <message>
        <source>What a channel takes together, how heavy it may be, and what it weighs.</source>
        <translation>渠道一并采用的内容、允许的大小及实际大小。</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>更改(&amp;C)…</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>删除(&amp;L)</translation>
    </message>
    <message>
        <source>Channels of &amp;Shops…</source>
        <translation>商店渠道(&amp;S)…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>套件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No shop</source>
        <translation>无商店</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>命名为(&amp;A)</translation>
    </message>
    <message>
        <source>For &amp;channel</source>
        <translation>用于渠道(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Into folder</source>
        <translation>放入文件夹(&amp;I)</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Delete “{kit}”?</source>
        <translation>要删除“{kit}”吗？</translation>
    </message>
    <message>
        <source>Its presets stay, and so does what was exported with it.</source>
        <translation>其预设会保留，用它导出的内容也会保留。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln 个演绎版被扣留</numerusform>
        </translation>
    </message>
    <message>
        <source>{why}. The others can be exported without them.</source>
        <translation>{why}。其余的可以单独导出。</translation>
    </message>
    <message>
        <source>Export the Others</source>
        <translation>导出其余的</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>LayerPlacing</name>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
</context>
<context>
    <name>LetPassDialog</name>
    <message>
        <source>It &amp;ends</source>
        <translation>设结束时间(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Let Pass</source>
        <translation>放行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>撤回(&amp;T)</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>放行 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>A policy says which roles may do so. It is recorded with your name, and lifts a review that is not finished: never a rejection, and never rights.</source>
        <translation>策略规定哪些角色可以这样做。此操作会以您的名义记录，可豁免尚未完成的审核：但绝不豁免拒绝，也绝不豁免权利。</translation>
    </message>
    <message>
        <source>What holds them back</source>
        <translation>扣留原因</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>原因(&amp;W)</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Who asked for it, and who knows of it?</source>
        <translation>谁提出要求，谁知情？</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>End what lets these pass; whoever may ask for more care</source>
        <translation>结束对这些素材的放行；任何人都可以要求更加谨慎</translation>
    </message>
    <message>
        <source>Somebody lets it pass, although {reasons}.</source>
        <translation>有人予以放行，尽管 {reasons}。</translation>
    </message>
    <message>
        <source>Nothing holds it back.</source>
        <translation>没有扣留原因。</translation>
    </message>
</context>
<context>
    <name>LinkOpening</name>
    <message>
        <source>The linked asset is not in any library of this catalog.</source>
        <translation>链接的素材不在此目录的任何库中。</translation>
    </message>
    <message>
        <source>There is no library “{name}” here, or several of that name.</source>
        <translation>此处没有名为“{name}”的库，或有多个同名的库。</translation>
    </message>
    <message>
        <source>The file that was to be opened is not there any more.</source>
        <translation>要打开的文件已不存在。</translation>
    </message>
    <message>
        <source>Add as a Library</source>
        <translation>添加为库</translation>
    </message>
    <message>
        <source>“{name}” is in no library yet.</source>
        <translation>“{name}”还不在任何库中。</translation>
    </message>
</context>
<context>
    <name>ListOrWords</name>
    <message>
        <source>What you save is listed here.</source>
        <translation>您保存的内容会列在此处。</translation>
    </message>
</context>
<context>
    <name>LocaleRows</name>
    <message>
        <source>Locales</source>
        <translation>区域设置</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>保持不变</translation>
    </message>
</context>
<context>
    <name>LogImportDialog</name>
    <message>
        <source>Import “{name}”</source>
        <translation>导入“{name}”</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Some of the lines that are not counted</source>
        <translation>部分未计入的行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>已读取 %Ln 行…</numerusform>
        </translation>
    </message>
    <message>
        <source>counted</source>
        <translation>已计入</translation>
    </message>
    <message>
        <source>added to what their assets delivered</source>
        <translation>已计入其素材的投放量</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>errors and redirections</source>
        <translation>错误和重定向</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>belong to no asset known here</source>
        <translation>不属于此处已知的任何素材</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>are no lines of such a log</source>
        <translation>不是此类日志的行</translation>
    </message>
    <message>
        <source>Earlier imports are about the same days: {names}. What both hold is counted twice.</source>
        <translation>较早的导入涉及相同的日期：{names}。两者共有的内容会重复计算。</translation>
    </message>
    <message>
        <source>No line belongs to an asset that is known here. Is the environment it is about the one in use?</source>
        <translation>没有任何行属于此处已知的素材。日志所涉及的环境是否正是当前使用的环境？</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>已读取 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines}, {first} – {last}</source>
        <translation>{lines}，{first} – {last}</translation>
    </message>
    <message>
        <source>Nothing of it is counted.</source>
        <translation>全部未计入。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LogOutDialog</name>
    <message>
        <source>Forget what is catalogued of it here too</source>
        <translation>同时忘记此处对它的编目</translation>
    </message>
    <message>
        <source>It is read from Cloudinary again when you come back.</source>
        <translation>您返回时会重新从 Cloudinary 读取。</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Warnings and faults of this program. Keys and passwords are never in it.</source>
        <translation>此程序的警告和错误。其中绝不含密钥和密码。</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>在日志中搜索</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>跟随最新内容(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>警告及更严重的</translation>
    </message>
    <message>
        <source>Errors and worse</source>
        <translation>错误及更严重的</translation>
    </message>
    <message>
        <source>How grave</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln 个条目</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was logged: that is a good sign.</source>
        <translation>没有任何记录：这是好现象。</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>LookActions</name>
    <message>
        <source>&amp;High Contrast, Light</source>
        <translation>高对比度，浅色(&amp;H)</translation>
    </message>
    <message>
        <source>High &amp;Contrast, Dark</source>
        <translation>高对比度，深色(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;ompact</source>
        <translation>紧凑(&amp;O)</translation>
    </message>
    <message>
        <source>Arrange Pane&amp;ls</source>
        <translation>排列面板(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>左右互换(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Usual Places</source>
        <translation>恢复默认位置(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>减弱动态效果(&amp;R)</translation>
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
            <numerusform>推送 %Ln 个素材(&amp;P)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>推送(&amp;P)…</translation>
    </message>
    <message>
        <source>Choose a library at the left first.</source>
        <translation>请先在左侧选择一个库。</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>生成 %Ln 个素材的演绎版</numerusform>
        </translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将要执行的操作</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>演绎版(&amp;R)</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>市场和语言</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>生成 %Ln 个演绎版</numerusform>
        </translation>
    </message>
    <message>
        <source>Make</source>
        <translation>生成</translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>%Ln 个演绎版将全部生成。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>将生成 %Ln 个演绎版中的 {count} 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>扣留 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>其中 %Ln 个会替换现有文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>%Ln 个素材目前不可投放</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be made…</source>
        <translation>正在记录要生成的内容…</translation>
    </message>
    <message>
        <source>Choose a set, or presets</source>
        <translation>请选择预设组或预设</translation>
    </message>
    <message>
        <source>Choose the folder for the files</source>
        <translation>请选择存放文件的文件夹</translation>
    </message>
    <message>
        <source>Looking what that makes…</source>
        <translation>正在查看会生成什么…</translation>
    </message>
    <message>
        <source>No preset is for a market and language of the table</source>
        <translation>没有适用于表中市场和语言的预设</translation>
    </message>
    <message>
        <source>Each of them is held back</source>
        <translation>全部被扣留</translation>
    </message>
    <message>
        <source>You are offline: these are made when the connection is back.</source>
        <translation>您处于离线状态：连接恢复后生成。</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>要替换 %Ln 个文件吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>What they hold now is gone then; files that are the same stay.</source>
        <translation>它们现有的内容将会消失；相同的文件保持不变。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>MakeTarget</name>
    <message>
        <source>Replace files that are there</source>
        <translation>替换已有的文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>For example {file}</source>
        <translation>例如 {file}</translation>
    </message>
    <message>
        <source>Into a folder here</source>
        <translation>放入此处的文件夹</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>在 Cloudinary 上</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Put a field into the template</source>
        <translation>在模板中插入字段</translation>
    </message>
    <message>
        <source>The folder for the files</source>
        <translation>存放文件的文件夹</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Names of the files</source>
        <translation>文件名(&amp;N)</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>文件写入到</translation>
    </message>
</context>
<context>
    <name>MappingRows</name>
    <message>
        <source>Master</source>
        <translation>母版</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>以何者为准</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>注意事项</translation>
    </message>
    <message>
        <source>Whose word holds where both sides were changed</source>
        <translation>双方都有更改时以哪一方为准</translation>
    </message>
</context>
<context>
    <name>MarketEditor</name>
    <message>
        <source>Use this table</source>
        <translation>使用此表</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>添加列</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>移除行</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A line for each market and language. A preset is made for the lines it serves; texts and pictures fill its variables.</source>
        <translation>每个市场和语言一行。预设会按其适用的行生成；文本和图片填入其变量。</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>已写入 {file}。</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>市场和语言</translation>
    </message>
    <message>
        <source>headline, or layer:logo</source>
        <translation>headline 或 layer:logo</translation>
    </message>
    <message>
        <source>Name of the new column</source>
        <translation>新列的名称</translation>
    </message>
    <message>
        <source>Line {line}: {detail}</source>
        <translation>第 {line} 行：{detail}</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>MarketRows</name>
    <message>
        <source>Picture: {name}</source>
        <translation>图片：{name}</translation>
    </message>
    <message>
        <source>Text: {name}</source>
        <translation>文本：{name}</translation>
    </message>
    <message>
        <source>Public IDs of pictures that are laid on</source>
        <translation>叠加图片的 Public ID</translation>
    </message>
    <message>
        <source>What stands in the place of $({name})</source>
        <translation>代替 $({name}) 的内容</translation>
    </message>
</context>
<context>
    <name>MarketTable</name>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Edit markets and languages</source>
        <translation>编辑市场和语言</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Choose a table of markets</source>
        <translation>选择市场表</translation>
    </message>
    <message>
        <source>Without a table</source>
        <translation>不使用表格</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Made once, for everybody</source>
        <translation>只生成一次，供所有市场使用</translation>
    </message>
    <message>
        <source>Table of markets</source>
        <translation>市场表</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表格 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message>
        <source>{name} says nothing that could be pasted.</source>
        <translation>{name} 没有可粘贴的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) of {name} copied.</source>
        <translation>
            <numerusform>已复制 {name} 的 %Ln 个字段。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the metadata of a master first.</source>
        <translation>请先复制某个母版的元数据。</translation>
    </message>
    <message>
        <source>Import metadata</source>
        <translation>导入元数据</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表格 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>From the next decision on, the files of masters say it too (keyword “approval:…”). What other programs write there waits in the review queue.</source>
        <translation>从下一个决定起，母版文件中也会写明（关键字“approval:…”）。其他程序在那里写入的内容会在审核队列中等待。</translation>
    </message>
    <message>
        <source>Pasted. It can be undone.</source>
        <translation>已粘贴。可以撤销。</translation>
    </message>
    <message>
        <source>They said all of this already.</source>
        <translation>内容原本就已相同。</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>模板更改了 %Ln 个母版。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln 个无法应用，保持不变。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln 个字段已与表格一致。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>%Ln 个母版已写入 {name}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionField</name>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message>
        <source>What would be different</source>
        <translation>将会变化的内容</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>排除的内容</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln 处更改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>排除 %Ln 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvExportDialog</name>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message numerus="yes">
        <source>Export the metadata of %Ln master(s)</source>
        <translation>
            <numerusform>导出 %Ln 个母版的元数据</numerusform>
        </translation>
    </message>
    <message>
        <source>A table that spreadsheets open. Changed there, it can be imported again.</source>
        <translation>可用电子表格软件打开的表格。在那里更改后可以重新导入。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation>分隔符(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export metadata</source>
        <translation>导出元数据</translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message>
        <source>Import metadata</source>
        <translation>导入元数据</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>An empty cell empties its field</source>
        <translation>空单元格会清空其字段</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) would say something else.</source>
        <translation>
            <numerusform>%Ln 个母版的内容将会改变。</numerusform>
        </translation>
    </message>
    <message>
        <source>The table says nothing that is not said already.</source>
        <translation>表格中的内容均已存在。</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
</context>
<context>
    <name>MetadataErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>还没有账户，请先添加一个。</translation>
    </message>
</context>
<context>
    <name>MetadataFieldForm</name>
    <message>
        <source>&amp;Mandatory: it must not be empty</source>
        <translation>必填：不能为空(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Off until a rule switches it on</source>
        <translation>在规则启用之前停用(&amp;O)</translation>
    </message>
    <message>
        <source>Only &amp;programs set it; people read it</source>
        <translation>仅由程序设置，人员只读(&amp;P)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change a field</source>
        <translation>更改字段</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>新建字段</translation>
    </message>
    <message>
        <source>Made by Cloudinary if left empty</source>
        <translation>留空则由 Cloudinary 生成</translation>
    </message>
    <message>
        <source>One value in each line</source>
        <translation>每行一个值</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>标签(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;External ID</source>
        <translation>外部 ID(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>类型(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>值(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>默认值(&amp;D)</translation>
    </message>
    <message>
        <source>At &amp;least</source>
        <translation>最小值(&amp;L)</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>最大值(&amp;O)</translation>
    </message>
    <message>
        <source>Patte&amp;rn</source>
        <translation>模式(&amp;R)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>So many characters</source>
        <translation>字符数</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>无限制</translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message>
        <source>New field…</source>
        <translation>新建字段…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Metadata fields</source>
        <translation>元数据字段</translation>
    </message>
    <message>
        <source>Metadata fields of “{name}”</source>
        <translation>“{name}”的元数据字段</translation>
    </message>
    <message>
        <source>All assets of the environment have these fields, for everybody.</source>
        <translation>环境中的所有素材都有这些字段，对所有人有效。</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>规则…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>There is no field yet.</source>
        <translation>尚无字段。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln 个值</numerusform>
        </translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Delete the field “{name}”?</source>
        <translation>要删除字段“{name}”吗？</translation>
    </message>
    <message>
        <source>Its values vanish from all assets of the environment, for everybody, and cannot be brought back.</source>
        <translation>其值将从环境中的所有素材上消失，对所有人生效，且无法恢复。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>MetadataForm</name>
    <message>
        <source>Here the name is part of the public ID; renaming changes the address.</source>
        <translation>此处名称是 Public ID 的一部分；重命名会更改地址。</translation>
    </message>
    <message>
        <source>Each asset has a name of its own.</source>
        <translation>每个素材都有自己的名称。</translation>
    </message>
    <message>
        <source>Structured metadata</source>
        <translation>结构化元数据</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>添加值</translation>
    </message>
    <message>
        <source>Set by programs; people only read it.</source>
        <translation>由程序设置，人员只读。</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>因其他字段的值而被规则停用。</translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message>
        <source>At Cloudinary</source>
        <translation>在 Cloudinary 上</translation>
    </message>
    <message>
        <source>Metadata fields…</source>
        <translation>元数据字段…</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>最多可同时编辑 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>所选素材中有 %Ln 个不在此环境中，保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>What you type is kept for the next asset.</source>
        <translation>您输入的内容会保留给下一个素材。</translation>
    </message>
    <message>
        <source>“{text}” was typed for another asset, and is kept until that is shown.</source>
        <translation>“{text}”是为另一个素材输入的，会保留到该素材显示时。</translation>
    </message>
    <message>
        <source>“{text}” was not kept: it cannot be typed there.</source>
        <translation>“{text}”未保存：那里不能输入此内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>%Ln 处更改已经发送，正在改回。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>将元数据粘贴到 %Ln 个母版</numerusform>
        </translation>
    </message>
    <message>
        <source>From {name}. What they say there now is replaced; it can be undone.</source>
        <translation>来自 {name}。现有内容会被替换；可以撤销。</translation>
    </message>
    <message>
        <source>Copied fields</source>
        <translation>复制的字段</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>MetadataRuleForm</name>
    <message>
        <source>The rule is in &amp;use</source>
        <translation>规则已启用(&amp;U)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change a rule</source>
        <translation>更改规则</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新建规则</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Is switched on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Is switched off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>It must not be empty</source>
        <translation>不能为空</translation>
    </message>
    <message>
        <source>As the field says</source>
        <translation>依字段设置</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>It may be empty</source>
        <translation>可以为空</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>可选的值</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>All of the list</source>
        <translation>列表中的全部</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>仅这些</translation>
    </message>
    <message>
        <source>These, too</source>
        <translation>增加这些</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>其值</translation>
    </message>
    <message>
        <source>If it is empty</source>
        <translation>为空时填入</translation>
    </message>
    <message>
        <source>Added to what it has</source>
        <translation>添加到已有的值</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>多个值用逗号分隔</translation>
    </message>
    <message>
        <source>&amp;Then, of</source>
        <translation>则对于(&amp;T)</translation>
    </message>
    <message>
        <source>The &amp;field</source>
        <translation>字段(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>必填性(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Choices</source>
        <translation>选项(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>值(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>When</source>
        <translation>当</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>MetadataRulesDialog</name>
    <message>
        <source>New rule…</source>
        <translation>新建规则…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Metadata rules</source>
        <translation>元数据规则</translation>
    </message>
    <message>
        <source>Metadata rules of “{name}”</source>
        <translation>“{name}”的元数据规则</translation>
    </message>
    <message>
        <source>What one field says switches others on, limits them or fills them in.</source>
        <translation>一个字段的值可启用、限制或填写其他字段。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Apply later (Alt+Down)</source>
        <translation>延后应用 (Alt+Down)</translation>
    </message>
    <message>
        <source>Apply earlier (Alt+Up)</source>
        <translation>提前应用 (Alt+Up)</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>尚无规则。</translation>
    </message>
    <message>
        <source>{result}, when {condition}</source>
        <translation>{result}，当 {condition}</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>未启用</translation>
    </message>
    <message>
        <source>A rule asks about one field and changes another: it needs two.</source>
        <translation>规则查询一个字段并更改另一个字段，因此需要两个字段。</translation>
    </message>
    <message>
        <source>Delete the rule “{name}”?</source>
        <translation>要删除规则“{name}”吗？</translation>
    </message>
    <message>
        <source>It ends for everybody. A field that only this rule switches on loses its values.</source>
        <translation>它将对所有人失效。仅由此规则启用的字段会失去其值。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>应用到 %Ln 个母版</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata templates</source>
        <translation>元数据模板</translation>
    </message>
    <message>
        <source>A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master fills them by itself.</source>
        <translation>文本可以包含变量，例如 {filename}、{date:%Y} 或 {counter:3}；每个母版会自行填充。</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>模板名称</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>MirrorErrands</name>
    <message>
        <source>These files are in a folder here already. Nothing to download.</source>
        <translation>这些文件已在此处的文件夹中，无需下载。</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>下载到</translation>
    </message>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>还没有账户，请先添加一个。</translation>
    </message>
    <message>
        <source>{public_id} is at Cloudinary now, unpublished.</source>
        <translation>{public_id} 已在 Cloudinary 中，尚未发布。</translation>
    </message>
</context>
<context>
    <name>MomentField</name>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>The moment that the comment is about</source>
        <translation>评论所针对的时刻</translation>
    </message>
</context>
<context>
    <name>NameColumn</name>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message>
        <source>There is no Cloudinary account in use.</source>
        <translation>没有正在使用的 Cloudinary 账户。</translation>
    </message>
    <message>
        <source>Asks for the definitions there…</source>
        <translation>正在查询那里的定义…</translation>
    </message>
    <message>
        <source>Presets and named transformations</source>
        <translation>预设和命名变换</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>此处</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>在 Cloudinary 上</translation>
    </message>
    <message>
        <source>&amp;Adopt as preset</source>
        <translation>采用为预设(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Publish to Cloudinary</source>
        <translation>发布到 Cloudinary(&amp;P)</translation>
    </message>
    <message>
        <source>De&amp;lete there…</source>
        <translation>在那里删除(&amp;L)…</translation>
    </message>
    <message>
        <source>Co&amp;mpare again</source>
        <translation>重新比较(&amp;M)</translation>
    </message>
    <message>
        <source>in use there</source>
        <translation>在那里使用中</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>要更改此处的 %Ln 个预设吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} then stand for what is defined there. You can undo it.</source>
        <translation>{names} 将采用那里的定义。可以撤销。</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>“{name}” was adopted.</source>
        <translation>已采用“{name}”。</translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>要重新定义 %Ln 个命名变换吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} stand for something else there. What was derived before stays as it is; whatever is asked for from now on is made by the new definition.</source>
        <translation>{names} 在那里有不同的定义。之前派生的内容保持不变；此后请求的内容按新定义生成。</translation>
    </message>
    <message>
        <source>Define anew</source>
        <translation>重新定义</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>要在 Cloudinary 上删除 %Ln 个命名变换吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: everything that was derived with them is deleted too, and addresses that name them stop working. Presets here stay.</source>
        <translation>{names}：用它们派生的所有内容也会删除，引用它们的地址将失效。此处的预设会保留。</translation>
    </message>
    <message>
        <source>Delete there</source>
        <translation>在那里删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Looking for programs…</source>
        <translation>正在查找程序…</translation>
    </message>
    <message>
        <source>No program is known for such files</source>
        <translation>没有已知程序可打开此类文件</translation>
    </message>
    <message>
        <source>Take In…</source>
        <translation>收入库中…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. Its master is in Cloudinary and stays as it is; the changed file can be taken into a library as a new master.</source>
        <translation>“{name}”已在其他程序中更改。其母版在 Cloudinary 中，保持不变；更改后的文件可作为新母版收入库中。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>Cloudinary 中母版的 %Ln 个副本已在其他程序中更改。可作为新母版收入库中。</numerusform>
        </translation>
    </message>
    <message>
        <source>New Version…</source>
        <translation>新版本…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It can become the new version at {service}, or be taken into a library as a new master.</source>
        <translation>“{name}”已在其他程序中更改。它可以成为 {service} 中的新版本，或作为新母版收入库中。</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file in Cloudinary ({environment}), at the same address: everybody who uses it sees the new one. You approve the changed file with this. The file before comes back only where the environment keeps backups.</source>
        <translation>“{name}”将在 Cloudinary（{environment}）中以相同地址换成更改后的文件：所有使用者都会看到新文件。此操作同时批准更改后的文件。只有环境保留备份时，才能恢复之前的文件。</translation>
    </message>
    <message>
        <source>Approve and Send</source>
        <translation>批准并发送</translation>
    </message>
    <message>
        <source>Make it the new version?</source>
        <translation>将其设为新版本？</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file at {service}. The file before stays there among its versions; its approval does not count for the new one.</source>
        <translation>“{name}”在 {service} 中将采用更改后的文件。之前的文件保留在其版本中；原有批准不适用于新版本。</translation>
    </message>
    <message>
        <source>Make New Version</source>
        <translation>设为新版本</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Take In as a New Master…</source>
        <translation>作为新母版收入…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version: its approval does not count for it.</source>
        <translation>“{name}”已在其他程序中更改。这是新版本：之前的批准对它无效。</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version.</source>
        <translation>“{name}”已在其他程序中更改。这是新版本。</translation>
    </message>
</context>
<context>
    <name>OrganizationPage</name>
    <message>
        <source>Which organisation?</source>
        <translation>哪个组织？</translation>
    </message>
    <message>
        <source>A library shows one organisation. Connect again to add another one beside it.</source>
        <translation>一个库显示一个组织。要在旁边添加另一个，请重新连接。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>组织</translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>已将 %Ln 个文件下载到 {folder}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln 个已存在。</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>系统中没有可打开 {path} 的程序。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>%Ln 个原始文件现已在此处。请重新拖动。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherServiceDialog</name>
    <message>
        <source>Connect Another Service</source>
        <translation>连接其他服务</translation>
    </message>
</context>
<context>
    <name>OtherServiceForm</name>
    <message>
        <source>Connect Another Service</source>
        <translation>连接其他服务</translation>
    </message>
    <message>
        <source>A package that you installed beside Asset Bridge brings it. Secrets are kept in this computer’s keyring, never in plain text.</source>
        <translation>由您随 Asset Bridge 安装的软件包提供。密钥保存在本机的钥匙串中，绝不以明文存储。</translation>
    </message>
    <message>
        <source>The name that the service tells</source>
        <translation>服务所给出的名称</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>No package that brings another kind of library is installed. The documentation of libraries says what such a package provides.</source>
        <translation>未安装提供其他类型库的软件包。库的文档说明了此类软件包须提供的内容。</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>重新登录 {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>服务(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>在 Asset Bridge 中的名称(&amp;N)</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>Text and pictures</source>
        <translation>文本和图片</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>您的文本</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>粗体</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Brand kit…</source>
        <translation>品牌套件…</translation>
    </message>
    <message>
        <source>Add a text</source>
        <translation>添加文本</translation>
    </message>
    <message>
        <source>Public ID, such as brand/logo</source>
        <translation>Public ID，例如 brand/logo</translation>
    </message>
    <message>
        <source>Public ID of the picture</source>
        <translation>图片的 Public ID</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>不透明度 (%)</translation>
    </message>
    <message>
        <source>Add the picture</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Drag it to its place on the picture, or move it with the arrow keys.</source>
        <translation>在图片上将其拖到合适的位置，或用方向键移动。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Add a colour to the brand kit</source>
        <translation>将颜色添加到品牌套件</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Type a command, a place, a preset or a search…</source>
        <translation>键入命令、位置、预设或搜索…</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>↑ ↓ to choose  ·  Enter to run  ·  Esc to close</source>
        <translation>↑ ↓ 选择  ·  Enter 运行  ·  Esc 关闭</translation>
    </message>
    <message>
        <source>Nothing is called that. Enter searches the assets for it.</source>
        <translation>没有此名称的内容。按 Enter 可在素材中搜索。</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>密码短语(&amp;P)</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>再次输入(&amp;A)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>选择密码短语</translation>
    </message>
    <message>
        <source>There is no keyring service here, so secrets are kept in an encrypted file. The passphrase is asked for after each start. Nobody can restore it for you; if it is lost, you add your accounts again and nothing else is.</source>
        <translation>此处没有钥匙串服务，因此密钥保存在加密文件中。每次启动后都会询问密码短语。没有人能为您找回；如果丢失，您只需重新添加账户，不会失去其他内容。</translation>
    </message>
    <message>
        <source>Create the key store</source>
        <translation>创建密钥存储</translation>
    </message>
    <message>
        <source>Open the key store</source>
        <translation>打开密钥存储</translation>
    </message>
    <message>
        <source>There is no keyring service here; secrets are in an encrypted file.</source>
        <translation>此处没有钥匙串服务；密钥保存在加密文件中。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>输入密码短语</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>至少 %Ln 个字符；最好由几个词组成</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the same twice, so that a slip of the finger cannot lock you out</source>
        <translation>请输入两次相同内容，以免误按键后无法进入</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview of {name}</source>
        <translation>{name} 的预览</translation>
    </message>
</context>
<context>
    <name>PictureControls</name>
    <message>
        <source>Turn (degrees)</source>
        <translation>旋转（度）</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>正片叠底</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>滤色</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>混合模式</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Repeat all over</source>
        <translation>铺满重复</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Where it went</source>
        <translation>去处</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>%Ln 个已过时</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>系统中没有可打开 {path} 的程序。</translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message>
        <source>Getting files ready</source>
        <translation>正在准备文件</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>正在准备 %Ln 个文件…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>%Ln 个文件准备就绪后即放下。按 Esc 取消。</numerusform>
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
        <translation>更改(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>What {account} demands</source>
        <translation>{account} 的要求</translation>
    </message>
    <message>
        <source>Every policy that holds for a master counts: stages add up, and the stricter wins. They are asked for before anything leaves, whoever sends it.</source>
        <translation>适用于某个母版的每项策略都有效：阶段累加，以较严格者为准。无论由谁发送，在任何内容发出之前都会检查。</translation>
    </message>
    <message>
        <source>&amp;New Policy…</source>
        <translation>新建策略(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No policy holds: an approval of the master is enough.</source>
        <translation>没有适用的策略：母版获得一次批准即可。</translation>
    </message>
    <message>
        <source>each rendition</source>
        <translation>每个演绎版</translation>
    </message>
    <message>
        <source>files, too</source>
        <translation>也包括文件</translation>
    </message>
    <message>
        <source>filled in: {fields}</source>
        <translation>已填写：{fields}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>an approval</source>
        <translation>一次批准</translation>
    </message>
    <message>
        <source>Import policies</source>
        <translation>导入策略</translation>
    </message>
    <message>
        <source>Export policies</source>
        <translation>导出策略</translation>
    </message>
    <message>
        <source>{file}: written</source>
        <translation>{file}：已写入</translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message>
        <source>Policies are those of a Cloudinary account. Add one first.</source>
        <translation>策略属于 Cloudinary 账户。请先添加一个。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>已重新扣留 %Ln 个素材，并已记录。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>已放行 %Ln 个素材，并已记录。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Each &amp;rendition needs an approval of its own</source>
        <translation>每个演绎版须单独批准(&amp;R)</translation>
    </message>
    <message>
        <source>The &amp;gate is asked of files that are taken out, too</source>
        <translation>取出的文件也须经过关卡(&amp;G)</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>新建策略</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>An empty line limits nothing. Channels and markets are those of renditions: a push of a master has neither yet. Several words have commas in between, and who decides in several stages semicolons.</source>
        <translation>留空表示不限。渠道和市场是演绎版的属性：母版推送时两者皆无。多个词用逗号分隔，多个阶段的决定人用分号分隔。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>标签(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>渠道(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>市场(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Stages that approve</source>
        <translation>批准阶段数(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Who decides in a stage</source>
        <translation>各阶段的决定人(&amp;W)</translation>
    </message>
    <message>
        <source>Roles that may &amp;override</source>
        <translation>可放行的角色(&amp;O)</translation>
    </message>
    <message>
        <source>Required fields</source>
        <translation>必填字段</translation>
    </message>
    <message>
        <source>Required in &amp;languages</source>
        <translation>必填语言(&amp;L)</translation>
    </message>
    <message>
        <source>An approval is &amp;kept below a difference of</source>
        <translation>差异低于此值时保留批准(&amp;K)</translation>
    </message>
    <message>
        <source>Nothing leaves in which this is empty</source>
        <translation>此项为空的内容不会发出</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>Preloading</name>
    <message>
        <source>There is no picture of this file</source>
        <translation>此文件没有图片</translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message>
        <source>Of {assets}. Their addresses go on showing what they show now; what is made from now on is different.</source>
        <translation>属于 {assets}。其地址继续显示现在的内容；此后生成的内容会不同。</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>仍然保存</translation>
    </message>
    <message>
        <source>“{preset}” was saved.</source>
        <translation>“{preset}”已保存。</translation>
    </message>
    <message>
        <source>{preset} (copy)</source>
        <translation>{preset}（副本）</translation>
    </message>
    <message>
        <source>“{preset}” was duplicated.</source>
        <translation>已创建“{preset}”的副本。</translation>
    </message>
    <message>
        <source>“{preset}” was deleted.</source>
        <translation>“{preset}”已删除。</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>仍然删除</translation>
    </message>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>%Ln 个已发布的演绎版仍为旧版</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Rendition set</source>
        <translation>演绎版组</translation>
    </message>
    <message>
        <source>Presets of your choice</source>
        <translation>您选择的预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>正在生成 %Ln 个演绎版。</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is being written.</source>
        <translation>正在写入 {file}。</translation>
    </message>
</context>
<context>
    <name>PresetFields</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>夏季横幅 1200 × 630</translation>
    </message>
    <message>
        <source>Everywhere; or DE, US-CA, EMEA</source>
        <translation>所有地区；或 DE、US-CA、EMEA</translation>
    </message>
    <message>
        <source>All; or de, pt-BR</source>
        <translation>全部；或 de、pt-BR</translation>
    </message>
    <message>
        <source>E&amp;xactly, not at most</source>
        <translation>精确，而非上限(&amp;X)</translation>
    </message>
    <message>
        <source>Any; or jpg, png</source>
        <translation>任意；或 jpg、png</translation>
    </message>
    <message>
        <source>As the master</source>
        <translation>与母版相同</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>宽度（像素）</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高度（像素）</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>任意大小</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>渠道(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>市场(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Languages</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Pi&amp;xels the channel asks for</source>
        <translation>渠道要求的像素(&amp;X)</translation>
    </message>
    <message>
        <source>Lar&amp;gest file</source>
        <translation>文件大小上限(&amp;G)</translation>
    </message>
    <message>
        <source>Formats it ta&amp;kes</source>
        <translation>接受的格式(&amp;K)</translation>
    </message>
</context>
<context>
    <name>PresetForm</name>
    <message>
        <source>New preset</source>
        <translation>新建预设</translation>
    </message>
    <message>
        <source>Change preset</source>
        <translation>更改预设</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>T&amp;ransformation</source>
        <translation>变换(&amp;R)</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>无预览</translation>
    </message>
</context>
<context>
    <name>PresetKeeping</name>
    <message>
        <source>Taken back: {act}</source>
        <translation>已撤销：{act}</translation>
    </message>
</context>
<context>
    <name>PresetPreviews</name>
    <message>
        <source>Its texts come from a market table: {names}</source>
        <translation>其文本来自市场表：{names}</translation>
    </message>
</context>
<context>
    <name>PresetSaving</name>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>There is a preset of this name. Sets that use it make what you see here from now on; its format, markets and languages, and what its channel asks for, stay.</source>
        <translation>已有同名预设。此后，使用它的预设组会生成您在此处看到的内容；其格式、市场、语言以及渠道要求保持不变。</translation>
    </message>
    <message>
        <source>Replace the steps of “{preset}”?</source>
        <translation>要替换“{preset}”的步骤吗？</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets and sets</source>
        <translation>预设和预设组</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>A preset is a transformation with a purpose; a set is what one needs.</source>
        <translation>预设是有用途的变换；预设组是所需预设的组合。</translation>
    </message>
    <message>
        <source>Shown on {name}.</source>
        <translation>以 {name} 显示。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>导出(&amp;X)…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>预设组</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>在 Cloudinary 上</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>撤销：{act}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>已写入 {file}。</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>已导入 {file}。</translation>
    </message>
    <message>
        <source>Replace what is here?</source>
        <translation>要替换此处的内容吗？</translation>
    </message>
    <message>
        <source>{names} exist already and say something else. They take over what the file says; you can undo it.</source>
        <translation>{names} 已存在且内容不同。将采用文件中的内容；可以撤销。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>导入预设</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>预设 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>导出预设</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Search presets</source>
        <translation>搜索预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>更改(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>创建副本(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>删除(&amp;L)</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Open in the &amp;studio</source>
        <translation>在工作室中打开(&amp;S)</translation>
    </message>
    <message>
        <source>In {sets}</source>
        <translation>在 {sets} 中</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>用它发布的 %Ln 个演绎版</numerusform>
        </translation>
    </message>
    <message>
        <source>The presets are in another order.</source>
        <translation>预设的顺序已改变。</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Choose one asset in the window to see what presets make of it.</source>
        <translation>在窗口中选择一个素材，即可查看预设的效果。</translation>
    </message>
    <message>
        <source>Is being made…</source>
        <translation>正在生成…</translation>
    </message>
    <message>
        <source>Of {name}</source>
        <translation>来自 {name}</translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message>
        <source>Publish to “{name}”</source>
        <translation>发布到“{name}”</translation>
    </message>
    <message>
        <source>No content type of this stack has a field that takes pictures.</source>
        <translation>此堆栈没有任何内容类型具有可接收图片的字段。</translation>
    </message>
    <message>
        <source>No renditions were made of the chosen assets yet. Have them made in the cloud first, with “Publish Renditions”.</source>
        <translation>所选素材尚未生成演绎版。请先用“发布演绎版”在云端生成。</translation>
    </message>
    <message>
        <source>None of the renditions may be published now. Below it says why.</source>
        <translation>目前没有演绎版可以发布。原因见下方。</translation>
    </message>
    <message>
        <source>A part of its title</source>
        <translation>标题的一部分</translation>
    </message>
    <message>
        <source>Only where several Cloudinary ones are in use</source>
        <translation>仅在使用多个 Cloudinary 时</translation>
    </message>
    <message>
        <source>Content &amp;type</source>
        <translation>内容类型(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Find an entry</source>
        <translation>查找条目(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Entry</source>
        <translation>条目(&amp;E)</translation>
    </message>
    <message>
        <source>F&amp;ield</source>
        <translation>字段(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>配置(&amp;C)</translation>
    </message>
    <message>
        <source>Locales</source>
        <translation>区域设置</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Choose an entry</source>
        <translation>选择条目</translation>
    </message>
    <message>
        <source>No entry has that in its title</source>
        <translation>没有条目的标题包含此内容</translation>
    </message>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>在 %Ln 个区域设置中发布</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>{name} is asked what there is…</source>
        <translation>正在向 {name} 查询有哪些内容…</translation>
    </message>
    <message>
        <source>The gate and the entry are asked…</source>
        <translation>正在检查关卡和条目…</translation>
    </message>
</context>
<context>
    <name>PushForm</name>
    <message>
        <source>The top of the media library</source>
        <translation>媒体库顶层</translation>
    </message>
    <message>
        <source>spring, lookbook</source>
        <translation>spring, lookbook</translation>
    </message>
    <message>
        <source>Separate tags with commas</source>
        <translation>用逗号分隔标签</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The name of a signed upload preset of this product environment</source>
        <translation>此产品环境的签名上传预设的名称</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>目标文件夹(&amp;T)</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>标签(&amp;G)</translation>
    </message>
    <message>
        <source>Upload &amp;preset</source>
        <translation>上传预设(&amp;P)</translation>
    </message>
</context>
<context>
    <name>PushMetadata</name>
    <message>
        <source>Structured &amp;metadata</source>
        <translation>结构化元数据(&amp;M)</translation>
    </message>
    <message>
        <source>Everything that is sent gets these values</source>
        <translation>发送的所有内容都会获得这些值</translation>
    </message>
    <message>
        <source>Choose a field…</source>
        <translation>选择字段…</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>添加值</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>因其他字段的值而被规则停用。</translation>
    </message>
</context>
<context>
    <name>PushOptions</name>
    <message>
        <source>If &amp;delivered before</source>
        <translation>如果已投放过(&amp;D)</translation>
    </message>
    <message>
        <source>Replace the earlier one</source>
        <translation>替换之前的</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两者均保留</translation>
    </message>
    <message>
        <source>Leave the earlier one</source>
        <translation>保留之前的</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public ID(&amp;I)</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>File name, always unique</source>
        <translation>文件名，始终唯一</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Display &amp;name</source>
        <translation>显示名称(&amp;N)</translation>
    </message>
    <message>
        <source>As in the public ID</source>
        <translation>与 Public ID 相同</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>访问(&amp;A)</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Everybody, while the rights hold</source>
        <translation>所有人，在权利有效期内</translation>
    </message>
    <message>
        <source>With a token only</source>
        <translation>仅凭令牌</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>投放类型(&amp;Y)</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>公开</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>原始文件私有</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>需验证身份</translation>
    </message>
    <message>
        <source>M&amp;oderation</source>
        <translation>审核(&amp;O)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>By a person, in Cloudinary</source>
        <translation>由人员在 Cloudinary 中进行</translation>
    </message>
    <message>
        <source>campaign=spring, season=2027</source>
        <translation>campaign=spring, season=2027</translation>
    </message>
    <message>
        <source>Pairs of name and value, separated by commas</source>
        <translation>名称与值的配对，用逗号分隔</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>上下文(&amp;C)</translation>
    </message>
    <message>
        <source>Presets or sets, separated by commas; Cloudinary makes them at once</source>
        <translation>预设或预设组，用逗号分隔；Cloudinary 会立即生成</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>演绎版(&amp;R)</translation>
    </message>
    <message>
        <source>Markets and &amp;languages</source>
        <translation>市场和语言(&amp;L)</translation>
    </message>
    <message>
        <source>This product environment has fixed folders: it shows the public ID</source>
        <translation>此产品环境使用固定文件夹：显示 Public ID</translation>
    </message>
</context>
<context>
    <name>PushSheet</name>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将要执行的操作</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>添加账户…</translation>
    </message>
    <message>
        <source>Which Cloudinary?</source>
        <translation>哪个 Cloudinary？</translation>
    </message>
    <message>
        <source>There is no Cloudinary account here yet. Add one, and this push goes on where it is now. Nothing is sent before you have seen the plan.</source>
        <translation>此处还没有 Cloudinary 账户。添加一个，此次推送即可从现在的位置继续。在您看到计划之前不会发送任何内容。</translation>
    </message>
    <message>
        <source>Push to {environment}</source>
        <translation>推送到 {environment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>已查看 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>推送 %Ln 个素材 ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>%Ln 次 API 调用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>%Ln 个派生素材</numerusform>
        </translation>
    </message>
    <message>
        <source>It will be sent.</source>
        <translation>将会发送。</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>全部 %Ln 个素材都将发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>%Ln 个素材中有 {sending} 个将发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>扣留 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>%Ln 个已存在或正在发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be pushed…</source>
        <translation>正在记录要推送的内容…</translation>
    </message>
    <message>
        <source>Nothing can be sent before what is marked is right</source>
        <translation>改正标记的内容之后才能发送</translation>
    </message>
    <message>
        <source>Comparing with what is there…</source>
        <translation>正在与那里的内容比较…</translation>
    </message>
    <message>
        <source>Nothing can be sent: each of them is held back</source>
        <translation>没有可发送的内容：全部被扣留</translation>
    </message>
    <message>
        <source>Nothing to send: what is allowed is there already, or on its way</source>
        <translation>没有可发送的内容：允许的内容已在那里或正在发送</translation>
    </message>
    <message>
        <source>Nothing to send: all of it is there already, or on its way</source>
        <translation>没有可发送的内容：全部已在那里或正在发送</translation>
    </message>
    <message>
        <source>You are offline: these go out when the connection is back.</source>
        <translation>您处于离线状态：连接恢复后发出。</translation>
    </message>
    <message>
        <source>You work offline: these go out when you go online again.</source>
        <translation>您在离线工作：重新联机后发出。</translation>
    </message>
    <message>
        <source>Pushing is paused: these wait in the queue until you go on.</source>
        <translation>推送已暂停：它们会在队列中等待，直到您继续。</translation>
    </message>
    <message>
        <source>Their new versions take their places: the same addresses then show them, everywhere. To keep the earlier ones as well, choose Keep both.</source>
        <translation>新版本将取代原有版本：相同的地址会在各处显示新版本。若也要保留之前的版本，请选择“两者均保留”。</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>要替换 %Ln 个已投放的素材吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>QuestionRows</name>
    <message>
        <source>Saved reports</source>
        <translation>已保存的报告</translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>%Ln 个待审核</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln 个逾期</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message>
        <source>Pushes</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Copying into libraries</source>
        <translation>复制到库</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>演绎版</translation>
    </message>
    <message>
        <source>Channel kits</source>
        <translation>渠道套件</translation>
    </message>
    <message>
        <source>Archives of campaigns</source>
        <translation>营销活动归档</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <source>Decisions that others are told</source>
        <translation>通知他人的决定</translation>
    </message>
    <message>
        <source>Changes at Cloudinary</source>
        <translation>Cloudinary 上的更改</translation>
    </message>
    <message>
        <source>Telling other systems</source>
        <translation>通知其他系统</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} / {total}</translation>
    </message>
    <message>
        <source>Waits for the connection, and goes on by itself</source>
        <translation>等待连接，随后自动继续</translation>
    </message>
    <message>
        <source>Waits for the account: log in again, or mend its key</source>
        <translation>等待账户：请重新登录，或修正其密钥</translation>
    </message>
    <message>
        <source>Waits until files have been read</source>
        <translation>等待文件读取完成</translation>
    </message>
    <message>
        <source>Waits, and goes on by itself</source>
        <translation>等待中，随后自动继续</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln 个已完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>%Ln 个失败：原因见传输</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>%Ln 个已取消</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>RawText</name>
    <message>
        <source>Transformation</source>
        <translation>变换</translation>
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
        <translation>将素材关联到“{name}”</translation>
    </message>
    <message>
        <source>Related assets know each other, whichever of them one looks at.</source>
        <translation>相关素材彼此知晓，无论查看其中哪一个。</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>Search this environment</source>
        <translation>搜索此环境</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>RelatedCard</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Relate…</source>
        <translation>关联…</translation>
    </message>
    <message>
        <source>Related assets</source>
        <translation>相关素材</translation>
    </message>
    <message>
        <source>Show related assets</source>
        <translation>显示相关素材</translation>
    </message>
    <message>
        <source>Relate other assets to this one</source>
        <translation>将其他素材关联到此素材</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>暂无。</translation>
    </message>
    <message>
        <source>No longer related</source>
        <translation>不再关联</translation>
    </message>
    <message>
        <source>End the relation to {name}</source>
        <translation>解除与 {name} 的关联</translation>
    </message>
</context>
<context>
    <name>RenditionCard</name>
    <message>
        <source>Comes from delivery…</source>
        <translation>等待投放网络返回…</translation>
    </message>
    <message>
        <source>Copy the {what} of {preset}</source>
        <translation>复制 {preset} 的 {what}</translation>
    </message>
    <message>
        <source>What came cannot be shown.</source>
        <translation>收到的内容无法显示。</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>减小 {percent}%</translation>
    </message>
    <message>
        <source>The picture comes when the connection is back. The address is good.</source>
        <translation>连接恢复后图片即会显示。地址有效。</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>已复制 URL</translation>
    </message>
    <message>
        <source>HTML copied</source>
        <translation>已复制 HTML</translation>
    </message>
    <message>
        <source>Markdown copied</source>
        <translation>已复制 Markdown</translation>
    </message>
    <message>
        <source>Drag it into another program</source>
        <translation>将其拖到其他程序中</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Open {preset} in the browser</source>
        <translation>在浏览器中打开 {preset}</translation>
    </message>
</context>
<context>
    <name>RenditionsPanel</name>
    <message>
        <source>Push…</source>
        <translation>推送…</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>演绎版组</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>演绎版</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>所有预设</translation>
    </message>
    <message>
        <source>May not be delivered</source>
        <translation>不可投放</translation>
    </message>
    <message>
        <source>No renditions</source>
        <translation>无演绎版</translation>
    </message>
    <message>
        <source>Select one asset to see how it is delivered.</source>
        <translation>选择一个素材以查看其投放方式。</translation>
    </message>
    <message>
        <source>Not pushed yet</source>
        <translation>尚未推送</translation>
    </message>
    <message>
        <source>Renditions are made from the copy in Cloudinary. Push this asset, and they appear here.</source>
        <translation>演绎版由 Cloudinary 中的副本生成。推送此素材后，它们会显示在此处。</translation>
    </message>
    <message>
        <source>Changed since it was pushed</source>
        <translation>推送后有更改</translation>
    </message>
    <message>
        <source>Delivered as it is</source>
        <translation>按原样投放</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>Cloudinary 为图片和视频生成演绎版。此文件按原样投放。</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>What was replaced</source>
        <translation>替换的内容</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>去处</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Replacements</name>
    <message>
        <source>Show…</source>
        <translation>显示…</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>The table behind the chart</source>
        <translation>图表背后的表格</translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>还没有账户，请先添加一个。</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>查看…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>%Ln 个已投放的副本不再允许显示。您查看之后即会撤回。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>正在更改 %Ln 个已投放副本的可见性。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message>
        <source>Retractions in {account}</source>
        <translation>{account} 中的撤回</translation>
    </message>
    <message>
        <source>Looking at what is delivered…</source>
        <translation>正在查看投放的内容…</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>待处理 (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>已完成 (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>%Ln 个已投放的副本不再允许显示。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>%Ln 个演绎版不再允许显示。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>%Ln 个重新获准。</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that is delivered may be seen.</source>
        <translation>投放的所有内容均允许显示。</translation>
    </message>
    <message>
        <source>That is much at once. Nothing is taken away before you have looked at the names.</source>
        <translation>一次数量较多。在您查看名称之前不会撤回任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln away</source>
        <translation>
            <numerusform>撤回 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %Ln back</source>
        <translation>
            <numerusform>恢复 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>it is allowed again</source>
        <translation>已重新获准</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>恢复投放</translation>
    </message>
    <message>
        <source>{name}, rendition {preset}</source>
        <translation>{name}，演绎版 {preset}</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>尚未证实</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>未作改动</translation>
    </message>
    <message>
        <source>Was gone</source>
        <translation>已不存在</translation>
    </message>
</context>
<context>
    <name>ReviewErrands</name>
    <message>
        <source>There is nothing to review here.</source>
        <translation>这里没有可审核的内容。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>{row} of {count}  ·  {decided} decided</source>
        <translation>第 {row} / {count} 个  ·  已决定 {decided} 个</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>单张图片</translation>
    </message>
    <message>
        <source>Compare below a line (V)</source>
        <translation>用分隔线比较 (V)</translation>
    </message>
    <message>
        <source>Onion skin (V)</source>
        <translation>洋葱皮 (V)</translation>
    </message>
    <message>
        <source>Difference (V)</source>
        <translation>差异 (V)</translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 个素材的审核包</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>母版(&amp;M)</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>这些演绎版(&amp;R)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Write Pack</source>
        <translation>写入审核包</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pictures and a page that opens in any browser. What comes back of it is a file with verdicts and comments, for “Import Verdicts”.</source>
        <translation>图片以及可在任何浏览器中打开的页面。返回的是一个包含审核结论和评论的文件，供“导入审核结论”使用。</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>应注意查看什么？</translation>
    </message>
    <message>
        <source>The whole review</source>
        <translation>整个审核</translation>
    </message>
    <message>
        <source>What the verdicts that come back decide</source>
        <translation>返回的审核结论决定哪些内容</translation>
    </message>
    <message>
        <source>A name that ends in .zip makes a ZIP, any other a folder</source>
        <translation>名称以 .zip 结尾则生成 ZIP，否则生成文件夹</translation>
    </message>
    <message>
        <source>Choose where the pack is written to</source>
        <translation>选择审核包的写入位置</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>备注(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Where to</source>
        <translation>写入位置(&amp;W)</translation>
    </message>
    <message>
        <source>They decide the &amp;stage</source>
        <translation>它们决定的阶段(&amp;S)</translation>
    </message>
    <message>
        <source>Write the review pack to</source>
        <translation>审核包写入到</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>ZIP 文件 (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {whole} pictures</source>
        <translation>{done} / {whole} 张图片</translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message>
        <source>Import verdicts</source>
        <translation>导入审核结论</translation>
    </message>
    <message>
        <source>Verdicts (*.json)</source>
        <translation>审核结论 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>{name} 包含 %Ln 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln 张图片不在包中。{name}：{why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>%Ln 部影片在包中只是一张图片。{name}：{why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln 个审核结论</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln 条评论</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded of {name}: {what}.</source>
        <translation>已记录 {name} 的：{what}。</translation>
    </message>
</context>
<context>
    <name>ReviewPackImportDialog</name>
    <message>
        <source>Import verdicts</source>
        <translation>导入审核结论</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>What will be recorded</source>
        <translation>将要记录的内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Verdicts of {name} on “{pack}”</source>
        <translation>{name} 对“{pack}”的审核结论</translation>
    </message>
    <message>
        <source>Recorded as decisions and comments of {who}.</source>
        <translation>记录为 {who} 的决定和评论。</translation>
    </message>
    <message>
        <source>This file was imported on {moment}: there is nothing new in it.</source>
        <translation>此文件已于 {moment} 导入：其中没有新内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>其中 %Ln 项无法记录；各项均说明了原因。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>此文件中没有新内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln 条评论：{text}</numerusform>
        </translation>
    </message>
    <message>
        <source>On record already</source>
        <translation>已有记录</translation>
    </message>
    <message>
        <source>Comments only</source>
        <translation>仅评论</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>已扣留</translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message>
        <source>Review queue</source>
        <translation>审核队列</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln 个待决定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln 个逾期</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}：%Ln 张图片等待 {reviewers}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message>
        <source>Close Request…</source>
        <translation>关闭请求…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Review Pack…</source>
        <translation>审核包…</translation>
    </message>
    <message>
        <source>Look at Moderation Now</source>
        <translation>立即查看审核状态</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Whose queue is shown</source>
        <translation>显示谁的队列</translation>
    </message>
    <message>
        <source>Review requests</source>
        <translation>审核请求</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待决定</translation>
    </message>
    <message>
        <source>Hand these pictures to somebody who has no account</source>
        <translation>将这些图片交给没有账户的人</translation>
    </message>
    <message>
        <source>Ask Cloudinary what waits for a moderator</source>
        <translation>向 Cloudinary 查询等待人工审核的内容</translation>
    </message>
    <message>
        <source>You ({name})</source>
        <translation>您 ({name})</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln 个待决定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln 个逾期</numerusform>
        </translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>无截止日期</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>剩余 %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Nothing here waits for this person.</source>
        <translation>此处没有等待此人处理的内容。</translation>
    </message>
    <message>
        <source>{who} asks {reviewers}</source>
        <translation>{who} 请求 {reviewers}</translation>
    </message>
    <message>
        <source>Close “{title}”?</source>
        <translation>要关闭“{title}”吗？</translation>
    </message>
    <message>
        <source>Nobody is asked to look at it any more. What was decided stays.</source>
        <translation>不再请求任何人查看。已做出的决定会保留。</translation>
    </message>
    <message>
        <source>Close Request</source>
        <translation>关闭请求</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>保持打开</translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>请求审核 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>母版(&amp;M)</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>这些演绎版(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Due</source>
        <translation>截止时间(&amp;D)</translation>
    </message>
    <message>
        <source>Ask for Review</source>
        <translation>请求审核</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>关于什么？</translation>
    </message>
    <message>
        <source>Due date and time</source>
        <translation>截止日期和时间</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>应注意查看什么？</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Re&amp;viewers</source>
        <translation>审核人(&amp;V)</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>至</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>备注(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} 及另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>%Ln 张图片待查看</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>{title}: review</source>
        <translation>{title}：审核</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>RightsCalendar</name>
    <message>
        <source>Rights calendar</source>
        <translation>权利日历</translation>
    </message>
    <message>
        <source>What begins and ends next, by the files and by what is claimed.</source>
        <translation>根据文件和声明，接下来开始和结束的权利。</translation>
    </message>
    <message>
        <source>What &amp;begins, too</source>
        <translation>包括开始的权利(&amp;B)</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>在库中显示</translation>
    </message>
    <message>
        <source>Rights…</source>
        <translation>权利…</translation>
    </message>
    <message>
        <source>What begins and ends</source>
        <translation>开始和结束的权利</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing begins or ends in these three months.</source>
        <translation>这三个月内没有开始或结束的权利。</translation>
    </message>
</context>
<context>
    <name>RightsDocumentsList</name>
    <message>
        <source>Attach</source>
        <translation>附加</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>{kind}…</source>
        <translation>{kind}…</translation>
    </message>
    <message>
        <source>Attach a document</source>
        <translation>附加文档</translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 个素材的权利</numerusform>
        </translation>
    </message>
    <message>
        <source>A claim never widens what a file says: of both, the stricter holds.</source>
        <translation>声明绝不会放宽文件的规定：两者中以较严格者为准。</translation>
    </message>
    <message>
        <source>Save as Template…</source>
        <translation>存储为模板…</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Fill the form with what a template says</source>
        <translation>用模板的内容填写表单</translation>
    </message>
    <message>
        <source>What was claimed</source>
        <translation>已声明的内容</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>These assets are not there any more.</source>
        <translation>这些素材已不存在。</translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>历史记录 (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that you do not touch stay as they are in each.</source>
        <translation>您未改动的字段在各素材中保持不变。</translation>
    </message>
    <message>
        <source>Rights in “{name}”</source>
        <translation>“{name}”的权利</translation>
    </message>
    <message>
        <source>What holds now: {rights}</source>
        <translation>当前有效：{rights}</translation>
    </message>
    <message>
        <source>Template…</source>
        <translation>模板…</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>存储为模板</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>模板名称</translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message>
        <source>Calendar…</source>
        <translation>日历…</translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>%Ln 个资产的权利将在一天内到期：{names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>%Ln 个素材的权利将在 {days} 天内到期：{names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>%Ln 个素材的权利已到期：{names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>已记录 %Ln 个素材的权利。</numerusform>
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
        <translation>排除地域</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Not for</source>
        <translation>排除渠道</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>多个不同的值</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全球</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>无排除项</translation>
    </message>
    <message>
        <source>For everything</source>
        <translation>所有用途</translation>
    </message>
    <message>
        <source>A contract, an e-mail, a person</source>
        <translation>合同、电子邮件或人员</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条款</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>自(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>至(&amp;U)</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>时区(&amp;Z)</translation>
    </message>
    <message>
        <source>Where and for what</source>
        <translation>地点和用途</translation>
    </message>
    <message>
        <source>&amp;Territories</source>
        <translation>地域(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Not in</source>
        <translation>排除地域(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>渠道(&amp;C)</translation>
    </message>
    <message>
        <source>Not f&amp;or</source>
        <translation>排除渠道(&amp;O)</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>条款</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>许可(&amp;L)</translation>
    </message>
    <message>
        <source>Usa&amp;ge terms</source>
        <translation>使用条款(&amp;G)</translation>
    </message>
    <message>
        <source>Cre&amp;dit line</source>
        <translation>署名(&amp;D)</translation>
    </message>
    <message>
        <source>Sou&amp;rce</source>
        <translation>来源(&amp;R)</translation>
    </message>
    <message>
        <source>Releases and documents</source>
        <translation>授权书和文档</translation>
    </message>
    <message>
        <source>&amp;Model release</source>
        <translation>肖像授权书(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Property release</source>
        <translation>物业授权书(&amp;P)</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
</context>
<context>
    <name>RoleField</name>
    <message>
        <source>brand, legal; left empty: everybody</source>
        <translation>brand, legal；留空表示所有人</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>审核人</translation>
    </message>
    <message>
        <source>Ask {role}</source>
        <translation>请求 {role}</translation>
    </message>
</context>
<context>
    <name>RowTool</name>
    <message>
        <source>More about “{field}”</source>
        <translation>有关“{field}”的更多信息</translation>
    </message>
    <message>
        <source>{name} (Ctrl+.)</source>
        <translation>{name} (Ctrl+.)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>历史记录(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Copy the Value</source>
        <translation>复制值(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Empty It</source>
        <translation>清空(&amp;E)</translation>
    </message>
    <message>
        <source>In Another &amp;Language</source>
        <translation>其他语言的版本(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>其他(&amp;O)…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Its tag, such as sv or pt-BR:</source>
        <translation>语言标签，例如 sv 或 pt-BR：</translation>
    </message>
</context>
<context>
    <name>RuleConditions</name>
    <message>
        <source>and</source>
        <translation>且</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>has</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>已填写</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>多个值用逗号分隔</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>“And” joins more closely than “or”.</source>
        <translation>“且”的结合优先于“或”。</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>移除此条件</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save report</source>
        <translation>存储报告</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>仅在我查询时</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Write it</source>
        <translation>写入时间(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>放入文件夹(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>格式(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>It will always be about the same days, {first} – {last}.</source>
        <translation>它将始终针对相同的日期，{first} – {last}。</translation>
    </message>
    <message>
        <source>It is written while Asset Bridge runs; what was missed, at the start.</source>
        <translation>在 Asset Bridge 运行时写入；错过的会在启动时补写。</translation>
    </message>
    <message>
        <source>Write the report into</source>
        <translation>报告写入到</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>夏季横幅 1200 × 630</translation>
    </message>
    <message>
        <source>web, social, mail…</source>
        <translation>网站、社交、邮件…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>渠道(&amp;C)</translation>
    </message>
    <message>
        <source>Save as a rendition preset</source>
        <translation>存储为演绎版预设</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>存储为预设</translation>
    </message>
</context>
<context>
    <name>SavedSearchesButton</name>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Searches that have a name</source>
        <translation>已命名的搜索</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>已保存的搜索</translation>
    </message>
    <message>
        <source>No search has a name yet</source>
        <translation>还没有已命名的搜索</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>保存此搜索…</translation>
    </message>
    <message>
        <source>Copy a link, good for a day</source>
        <translation>复制链接，有效期一天</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>写入文件…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>从文件导入…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>保存搜索</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>此搜索的名称；同名搜索会被替换。</translation>
    </message>
    <message>
        <source>Saved: {names}.</source>
        <translation>已保存：{names}。</translation>
    </message>
    <message>
        <source>Removed: {names}.</source>
        <translation>已移除：{names}。</translation>
    </message>
    <message>
        <source>The link is in the clipboard. Whoever has it sees what is found, for a day.</source>
        <translation>链接已在剪贴板中。一天之内，持有链接者可以看到搜索结果。</translation>
    </message>
    <message>
        <source>Write searches</source>
        <translation>写入搜索</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>Written: {names}.</source>
        <translation>已写入：{names}。</translation>
    </message>
    <message>
        <source>Take searches</source>
        <translation>导入搜索</translation>
    </message>
    <message>
        <source>Taken from {names}.</source>
        <translation>已从 {names} 导入。</translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>正在准备示例营销活动</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读取 {name}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>找到 %Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>{read} of {total}</source>
        <translation>{read} / {total}</translation>
    </message>
    <message>
        <source>Stopped; what was read stays.</source>
        <translation>已停止；已读取的内容会保留。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>已读取 %Ln 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>All days</source>
        <translation>所有日期</translation>
    </message>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>最近 %Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Within 30 days</source>
        <translation>30 天之内</translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>%Ln 天之内</numerusform>
        </translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>较大</translation>
    </message>
    <message>
        <source>{size} and more</source>
        <translation>{size} 及以上</translation>
    </message>
    <message>
        <source>All libraries</source>
        <translation>所有库</translation>
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
        <translation>搜索名称、标题、关键字、人物…</translation>
    </message>
    <message>
        <source>Search in {place} …</source>
        <translation>在 {place} 中搜索…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>缩览图大小</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>修改日期</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评级</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>排序依据：{order}</translation>
    </message>
</context>
<context>
    <name>SearchTokens</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide the secret</source>
        <translation>隐藏密钥</translation>
    </message>
    <message>
        <source>Show the secret</source>
        <translation>显示密钥</translation>
    </message>
</context>
<context>
    <name>SetForm</name>
    <message>
        <source>Summer campaign</source>
        <translation>夏季营销活动</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change set</source>
        <translation>更改预设组</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>新建预设组</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
</context>
<context>
    <name>SetsPage</name>
    <message>
        <source>Sets</source>
        <translation>预设组</translation>
    </message>
    <message>
        <source>Presets of the set</source>
        <translation>预设组中的预设</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>创建副本(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>删除(&amp;L)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln 个预设</numerusform>
        </translation>
    </message>
    <message>
        <source>Presets of “{set}”: tick them, and drag them into their order</source>
        <translation>“{set}”的预设：勾选预设，并拖动调整顺序</translation>
    </message>
    <message>
        <source>“{set}” was changed.</source>
        <translation>“{set}”已更改。</translation>
    </message>
    <message>
        <source>“{set}” was saved.</source>
        <translation>“{set}”已保存。</translation>
    </message>
    <message>
        <source>{set} (copy)</source>
        <translation>{set}（副本）</translation>
    </message>
    <message>
        <source>“{set}” was duplicated.</source>
        <translation>已创建“{set}”的副本。</translation>
    </message>
    <message>
        <source>“{set}” was deleted. Its presets stay.</source>
        <translation>“{set}”已删除。其预设会保留。</translation>
    </message>
    <message>
        <source>The sets are in another order.</source>
        <translation>预设组的顺序已改变。</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Not made: {reason}</source>
        <translation>未生成：{reason}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Contact sheet</source>
        <translation>联系表</translation>
    </message>
</context>
<context>
    <name>ShelterActions</name>
    <message>
        <source>&amp;Search All of PhotoShelter…</source>
        <translation>搜索整个 PhotoShelter(&amp;S)…</translation>
    </message>
    <message>
        <source>Keep &amp;Offline…</source>
        <translation>离线保留(&amp;O)…</translation>
    </message>
    <message>
        <source>Keep &amp;No Longer</source>
        <translation>不再保留(&amp;N)</translation>
    </message>
    <message>
        <source>New Items Go to &amp;Review</source>
        <translation>新项目进入审核(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Archive Campaign…</source>
        <translation>归档营销活动(&amp;A)…</translation>
    </message>
    <message>
        <source>Archi&amp;ves…</source>
        <translation>归档(&amp;V)…</translation>
    </message>
    <message>
        <source>Field &amp;Mapping…</source>
        <translation>字段映射(&amp;M)…</translation>
    </message>
    <message>
        <source>Re&amp;tractions…</source>
        <translation>撤回(&amp;T)…</translation>
    </message>
    <message>
        <source>Sign &amp;In Again…</source>
        <translation>重新登录(&amp;I)…</translation>
    </message>
    <message>
        <source>Sign O&amp;ut…</source>
        <translation>退出登录(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Record What Is Published</source>
        <translation>记录已发布的内容(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Search All of {service}…</source>
        <translation>搜索整个 {service}(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message>
        <source>At {service}</source>
        <translation>在 {service}</translation>
    </message>
    <message>
        <source>Note: {what}.</source>
        <translation>提示：{what}。</translation>
    </message>
    <message>
        <source>What was pushed of it is held back: nobody sees it any more.</source>
        <translation>由它推送的内容被扣留：任何人都看不到。</translation>
    </message>
    <message>
        <source>It has a newer version than was pushed. Push it again to put it in the old one’s place.</source>
        <translation>它有比已推送内容更新的版本。请重新推送以取代旧版本。</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>可见</translation>
    </message>
    <message>
        <source>Its approval there</source>
        <translation>那里的批准状态</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>授权书</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>在那里更改</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>图集</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>转到 {place}</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>及另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>版本 {number}</translation>
    </message>
</context>
<context>
    <name>ShelterErrands</name>
    <message>
        <source>Choose the library of a service at the left first.</source>
        <translation>请先在左侧选择一个服务的库。</translation>
    </message>
    <message>
        <source>{name} is connected. Its collections appear as they are read.</source>
        <translation>{name} 已连接。其收藏集会在读取时陆续出现。</translation>
    </message>
    <message>
        <source>Sign out of {name}?</source>
        <translation>要退出 {name} 吗？</translation>
    </message>
    <message>
        <source>Its key and password are deleted here. The library stays as it was last seen, with all decisions, and what is queued for it waits until you sign in again.</source>
        <translation>其密钥和密码将在此处删除。库会保持最后一次所见的状态，包括所有决定；在排队的内容会等到您重新登录。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>保持登录</translation>
    </message>
    <message>
        <source>You are signed out of {name}.</source>
        <translation>您已退出 {name}。</translation>
    </message>
    <message>
        <source>{name} is kept offline. Its pictures are fetched in the background.</source>
        <translation>{name} 已离线保留。其图片正在后台获取。</translation>
    </message>
    <message>
        <source>Keep “{name}” offline no longer?</source>
        <translation>要不再离线保留“{name}”吗？</translation>
    </message>
    <message>
        <source>Its originals here are deleted, its pictures when room is needed. Everything stays at {service}.</source>
        <translation>此处的原始文件将被删除，图片则在需要空间时删除。{service} 上的全部内容都会保留。</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>不再保留</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>{name} is not kept offline any more.</source>
        <translation>{name} 不再离线保留。</translation>
    </message>
    <message>
        <source>New items in {name} go to the review queue from now on.</source>
        <translation>此后 {name} 中的新项目会进入审核队列。</translation>
    </message>
    <message>
        <source>New items in {name} do not go to the review queue any more.</source>
        <translation>{name} 中的新项目不再进入审核队列。</translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message>
        <source>Search all of {service}</source>
        <translation>搜索整个 {service}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>在窗口中显示</translation>
    </message>
    <message>
        <source>{service} looks through {library}, synced here or not.</source>
        <translation>{service} 会搜索整个 {library}，无论是否已同步到此处。</translation>
    </message>
    <message>
        <source>Words in names, captions and keywords</source>
        <translation>名称、题注和关键字中的词</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>搜索词</translation>
    </message>
    <message>
        <source>Found at {service}</source>
        <translation>在 {service} 找到</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>找到 %Ln 个素材。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>尚未同步</translation>
    </message>
</context>
<context>
    <name>ShelterSignInDialog</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>连接 PhotoShelter</translation>
    </message>
</context>
<context>
    <name>ShelterSignInForm</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>连接 PhotoShelter</translation>
    </message>
    <message>
        <source>Its collections appear at the left, and originals stay there until you want one. Key and password are kept in this computer’s keyring, never in plain text.</source>
        <translation>其收藏集会显示在左侧，原始文件保留在那里，直到您需要。密钥和密码保存在本机的钥匙串中，绝不以明文存储。</translation>
    </message>
    <message>
        <source>&amp;Stay signed in</source>
        <translation>保持登录(&amp;S)</translation>
    </message>
    <message>
        <source>Sign in with the browser…</source>
        <translation>用浏览器登录…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>重新登录 {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>The organisation’s name</source>
        <translation>组织名称</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>API 密钥(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>电子邮件(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>在 Asset Bridge 中的名称(&amp;N)</translation>
    </message>
    <message>
        <source>The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the password is not kept, and you are asked for it when the session ends.</source>
        <translation>此 API 密钥用于 PhotoShelter API 第 4 版。若未选择“保持登录”，则不保存密码，会话结束时会再次询问。</translation>
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
        <translation>按键</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>usually {keys}</source>
        <translation>默认为 {keys}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Single letters act while the assets have the keyboard, everything else in the whole window.</source>
        <translation>单个字母在键盘焦点位于素材时生效，其他按键在整个窗口中生效。</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>改用此按键</translation>
    </message>
    <message>
        <source>Use as well</source>
        <translation>同时使用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>Find by pressing keys</source>
        <translation>按下按键以查找</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作及其按键</translation>
    </message>
    <message>
        <source>New keys: press them</source>
        <translation>新按键：请按下</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>请按下新按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>按下按键，查看其作用</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>查找操作…</translation>
    </message>
    <message>
        <source>Choose an action</source>
        <translation>选择操作</translation>
    </message>
    <message>
        <source>Move them here</source>
        <translation>移到此处</translation>
    </message>
    <message>
        <source>{keys} has a meaning that stays: in lists and fields, or to the system.</source>
        <translation>{keys} 有固定的含义：用于列表和字段，或由系统使用。</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}”, which would have it no longer.</source>
        <translation>{keys} 属于“{action}”，改用后该操作将失去此按键。</translation>
    </message>
    <message>
        <source>{keys} will act while the assets have the keyboard.</source>
        <translation>{keys} 将在键盘焦点位于素材时生效。</translation>
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
        <translation>添加文件夹</translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>生成 %Ln 个素材的“{preset}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>将关键字“{keyword}”添加到 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>批准 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>将 %Ln 个素材设为审核中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>推送 %Ln 个素材…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>将 %Ln 个文件复制到此处…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>将 %Ln 个素材移动到此文件夹…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizePage</name>
    <message>
        <source>Size and fit</source>
        <translation>大小和适应</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>自动得出</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Keep in sight</source>
        <translation>保持可见</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Pixel density</source>
        <translation>像素密度</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>大小（像素）</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Stretch to the size</source>
        <translation>拉伸到指定大小</translation>
    </message>
    <message>
        <source>At most, never enlarged</source>
        <translation>上限，从不放大</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>适应内部</translation>
    </message>
    <message>
        <source>Fill, cut the rest off</source>
        <translation>填充，裁去其余部分</translation>
    </message>
    <message>
        <source>Fill, never enlarged</source>
        <translation>填充，从不放大</translation>
    </message>
    <message>
        <source>Fit inside, pad the rest</source>
        <translation>适应内部，填补其余部分</translation>
    </message>
    <message>
        <source>Pad, never enlarged</source>
        <translation>填补，从不放大</translation>
    </message>
    <message>
        <source>Close to what is kept in sight</source>
        <translation>靠近保持可见的部分</translation>
    </message>
    <message>
        <source>Chosen by the content</source>
        <translation>按内容选择</translation>
    </message>
    <message>
        <source>Stretch (written out)</source>
        <translation>拉伸（明确写出）</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>中央</translation>
    </message>
    <message>
        <source>What matters (auto)</source>
        <translation>重点内容 (auto)</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>最大的人脸</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>所有人脸</translation>
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
        <translation>默认</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Colour of the edge</source>
        <translation>边缘颜色</translation>
    </message>
    <message>
        <source>Predominant colour</source>
        <translation>主色</translation>
    </message>
    <message>
        <source>Blurred (video)</source>
        <translation>模糊（视频）</translation>
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
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>按名称或原因筛选</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Scan the library again, for instance after mending permissions</source>
        <translation>重新扫描库，例如在修复权限之后</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>{library} 中有 %Ln 个文件被排除，未作改动。</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file of {library} could be taken in.</source>
        <translation>{library} 的所有文件均可导入。</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>正在查找建议…</translation>
    </message>
    <message>
        <source>&amp;Add to the Dictionary</source>
        <translation>添加到词典(&amp;A)</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>没有建议</translation>
    </message>
</context>
<context>
    <name>StackConflictDialog</name>
    <message>
        <source>Two pictures for “{field}”</source>
        <translation>“{field}”有两张图片</translation>
    </message>
    <message>
        <source>Somebody changed {entry} ({locale}) at Contentstack since it was published. Nothing was overwritten: choose which picture stays.</source>
        <translation>发布之后，有人在 Contentstack 上更改了 {entry} ({locale})。没有内容被覆盖：请选择保留哪张图片。</translation>
    </message>
    <message>
        <source>&amp;Ours, the approved rendition</source>
        <translation>我们的，已批准的演绎版(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>对方的，那里的当前图片(&amp;T)</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>保留此图片</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>稍后决定</translation>
    </message>
    <message>
        <source>(no picture)</source>
        <translation>（无图片）</translation>
    </message>
</context>
<context>
    <name>StackForm</name>
    <message>
        <source>Test and Save</source>
        <translation>测试并保存</translation>
    </message>
    <message>
        <source>Change a stack</source>
        <translation>更改堆栈</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>新建堆栈</translation>
    </message>
    <message>
        <source>Leave empty to keep the one in the keyring</source>
        <translation>留空则保留钥匙串中的令牌</translation>
    </message>
    <message>
        <source>Of the stack&apos;s settings; it goes to the keyring</source>
        <translation>来自堆栈设置；将存入钥匙串</translation>
    </message>
    <message>
        <source>it has to look like de=de-de</source>
        <translation>格式应为 de=de-de</translation>
    </message>
    <message>
        <source>Site, shop, app, …</source>
        <translation>网站、商店、应用…</translation>
    </message>
    <message>
        <source>blt…, as the stack&apos;s settings show it</source>
        <translation>blt…，如堆栈设置所示</translation>
    </message>
    <message>
        <source>&amp;Service or region</source>
        <translation>服务或区域(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>令牌(&amp;T)</translation>
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
        <translation>无：与其他素材放在一起</translation>
    </message>
    <message>
        <source>Where renditions are kept that were copied for fields that hold files.</source>
        <translation>为存放文件的字段复制的演绎版的保存位置。</translation>
    </message>
    <message>
        <source>Which locale of the stack is meant by a language, a market, or both. Where nothing is said, a locale of that name is taken, and else the master&apos;s.</source>
        <translation>语言、市场或两者组合对应堆栈的哪个区域设置。未指定时采用同名的区域设置，否则采用主区域设置。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>地区(&amp;R)</translation>
    </message>
    <message>
        <source>{name} is asked whether it answers to this…</source>
        <translation>正在向 {name} 确认是否有效…</translation>
    </message>
    <message>
        <source>&amp;API key</source>
        <translation>API 密钥(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Management token</source>
        <translation>管理令牌(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>分支(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>环境(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Locales</source>
        <translation>区域设置(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Folder of copies</source>
        <translation>副本文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>When rights en&amp;d</source>
        <translation>权利到期时(&amp;D)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>The shapes differ</source>
        <translation>形状不同</translation>
    </message>
</context>
<context>
    <name>StandardFacts</name>
    <message>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>StandardForm</name>
    <message>
        <source>Custom fields</source>
        <translation>自定义字段</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more group(s)</source>
        <translation>
            <numerusform>另有 %Ln 个组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>另有 %Ln 个字段</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>%Ln 个必填</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>%Ln 个已填写</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardPage</name>
    <message>
        <source>Written into the file</source>
        <translation>写入文件</translation>
    </message>
    <message>
        <source>Written into the files</source>
        <translation>写入文件</translation>
    </message>
    <message>
        <source>Written into an XMP file beside it</source>
        <translation>写入旁边的 XMP 文件</translation>
    </message>
    <message>
        <source>Written into XMP files beside them</source>
        <translation>写入旁边的 XMP 文件</translation>
    </message>
    <message>
        <source>Kept at {service}</source>
        <translation>保存在 {service}</translation>
    </message>
    <message>
        <source>Cannot be written where it lies</source>
        <translation>在其所在位置无法写入</translation>
    </message>
</context>
<context>
    <name>StandardRow</name>
    <message>
        <source>There is no place for it at {service}.</source>
        <translation>{service} 没有存放它的位置。</translation>
    </message>
    <message>
        <source>“{text}” was not kept: {why}</source>
        <translation>“{text}”未保存：{why}</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>推送之前必须填写。</translation>
    </message>
    <message>
        <source>The parts of the file disagree about it; this is what most programs show.</source>
        <translation>文件的各部分对此不一致；这里显示多数程序所显示的值。</translation>
    </message>
</context>
<context>
    <name>StarsEditor</name>
    <message>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>无评级</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>There is a verified backup of {day}. It can take the ledger&apos;s place; the damaged file is kept aside.</source>
        <translation>有一份 {day} 的已验证备份。可用它取代账本；损坏的文件会另行保留。</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>恢复备份</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Duplicate a step</source>
        <translation>创建步骤副本</translation>
    </message>
    <message>
        <source>Remove a step</source>
        <translation>移除步骤</translation>
    </message>
    <message>
        <source>Move a step</source>
        <translation>移动步骤</translation>
    </message>
    <message>
        <source>Switch a step</source>
        <translation>启用或停用步骤</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>No steps yet: the rendition is the master as it is.</source>
        <translation>还没有步骤：演绎版即为原样的母版。</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>延后</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>StudioWindow</name>
    <message>
        <source>The master is being read…</source>
        <translation>正在读取母版…</translation>
    </message>
    <message>
        <source>rendition</source>
        <translation>演绎版</translation>
    </message>
    <message>
        <source>{name}: studio</source>
        <translation>{name}：工作室</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪辑</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>已保存为“{name}”。</translation>
    </message>
    <message>
        <source>Begun with “{name}”.</source>
        <translation>从“{name}”开始。</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>无预览</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>已选择 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} together</source>
        <translation>共 {size}</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>已推送</translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>再显示 %Ln 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>将 %Ln 个拖放的项目复制到库</numerusform>
        </translation>
    </message>
    <message>
        <source>The originals stay where they are. What the library already holds is not copied twice, and nothing in it is overwritten.</source>
        <translation>原始文件保留在原位。库中已有的内容不会重复复制，也不会覆盖其中任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>复制 %Ln 个项目</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped items</source>
        <translation>拖放的项目</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>库的顶层</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>库(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A folder needs a name at each level, and no “..”.</source>
        <translation>文件夹的每一级都需要名称，且不能是“..”。</translation>
    </message>
</context>
<context>
    <name>TemplateRowForm</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>What becomes of what is there</source>
        <translation>对现有内容的处理</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>其中哪一个</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>If empty</source>
        <translation>为空时</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>插入变量</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>移除此行</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
</context>
<context>
    <name>TemplateRows</name>
    <message>
        <source>Add Field</source>
        <translation>添加字段</translation>
    </message>
    <message>
        <source>Fields of the template</source>
        <translation>模板的字段</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>ThreadCard</name>
    <message>
        <source>Resolved by {who}, {when}</source>
        <translation>由 {who} 解决，{when}</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>解决</translation>
    </message>
    <message>
        <source>Open this thread again</source>
        <translation>重新打开此讨论</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>此事已解决</translation>
    </message>
    <message>
        <source>The moment that it is about</source>
        <translation>所针对的时刻</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Answer in this thread</source>
        <translation>在此讨论中回复</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>在某一点</translation>
    </message>
    <message>
        <source>In a region</source>
        <translation>在某个区域</translation>
    </message>
    <message>
        <source>At a moment</source>
        <translation>在某一时刻</translation>
    </message>
    <message>
        <source>About all of it</source>
        <translation>针对整体</translation>
    </message>
    <message>
        <source>{place}, with a drawing</source>
        <translation>{place}，附绘图</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>已解决</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未解决</translation>
    </message>
    <message>
        <source>Comment {number}, {state}, {who}: {text}</source>
        <translation>评论 {number}，{state}，{who}：{text}</translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message>
        <source>Earlier versions</source>
        <translation>早期版本</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>已解决</translation>
    </message>
    <message>
        <source>Show resolved threads, too</source>
        <translation>同时显示已解决的讨论</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Compare with earlier versions</source>
        <translation>与早期版本比较</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>再显示 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln 个未解决</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was said is settled.</source>
        <translation>所有意见均已解决。</translation>
    </message>
    <message>
        <source>Nobody has said anything about this picture yet.</source>
        <translation>还没有人对此图片发表意见。</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>上一步(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>稍后(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Do not show again</source>
        <translation>不再显示(&amp;D)</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} / {total}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message>
        <source>All pushes together</source>
        <translation>所有推送合计</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>账户…</translation>
    </message>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>已暂停 – %Ln 个上传等待您继续</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>%Ln 个素材无法推送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>已投放 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>{delivered}, {failed}</source>
        <translation>{delivered}，{failed}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>已取消 %Ln 个上传</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push</source>
        <translation>没有可推送的内容</translation>
    </message>
    <message>
        <source>Uploading {number} of {total} – {name}</source>
        <translation>正在上传 {number} / {total} – {name}</translation>
    </message>
    <message>
        <source>Uploading {number} of {total}</source>
        <translation>正在上传 {number} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>离线工作 – %Ln 个上传等待您重新联机</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln 个上传等待连接，恢复后自动发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln 个上传等待账户</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln 个上传等待文件读取完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln 个上传即将开始</numerusform>
        </translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on in {time}</source>
        <translation>Cloudinary 要求放慢速度 – {time}后继续</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on by itself</source>
        <translation>Cloudinary 要求放慢速度 – 将自动继续</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on in {time}</source>
        <translation>本小时的 API 调用已用完 – {time}后继续</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on by itself</source>
        <translation>本小时的 API 调用已用完 – 将自动继续</translation>
    </message>
    <message>
        <source>Did not get through – next try in {time}</source>
        <translation>未能送达 – {time}后重试</translation>
    </message>
    <message>
        <source>Did not get through – tries again by itself</source>
        <translation>未能送达 – 将自动重试</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>显示 %Ln 个失败项</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with the pushes</source>
        <translation>继续推送</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel all pushes</source>
        <translation>取消所有推送</translation>
    </message>
    <message>
        <source>Hide transfers</source>
        <translation>隐藏传输</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>显示传输</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Retry failed</source>
        <translation>重试失败项</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成项</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>全部 {count}</translation>
    </message>
    <message>
        <source>Failed {count}</source>
        <translation>失败 {count}</translation>
    </message>
    <message>
        <source>The first {listed} of {total} are listed</source>
        <translation>列出 {total} 项中的前 {listed} 项</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Transfers</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>复制 URL</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Show asset</source>
        <translation>显示素材</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>要取消 %Ln 个上传吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>What has been delivered stays delivered, and your files stay where they are. You can push the rest again at any time.</source>
        <translation>已投放的内容仍保持投放，您的文件保留在原位。您可以随时重新推送其余内容。</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>取消上传</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>继续上传</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Pause Transfers</source>
        <translation>暂停传输(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Open Asset Bridge</source>
        <translation>打开 Asset Bridge(&amp;O)</translation>
    </message>
    <message>
        <source>Transfers are paused</source>
        <translation>传输已暂停</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>还有 %Ln 个传输</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln 个传输失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being transferred</source>
        <translation>没有正在进行的传输</translation>
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
        <translation>Cloudinary 将 {environment} 中的更改通知给谁。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>要移除“{name}”吗？</translation>
    </message>
    <message>
        <source>Nothing is told there any more.</source>
        <translation>不再向那里发送任何通知。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>通知对象</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>https://… or poll://channel</source>
        <translation>https://… 或 poll://channel</translation>
    </message>
    <message>
        <source>Address to tell</source>
        <translation>通知地址</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>更改类型</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>尚未通知任何对象。</translation>
    </message>
    <message>
        <source>Every change</source>
        <translation>所有更改</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>此窗口</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>TrimPage</name>
    <message>
        <source>Cut of the video</source>
        <translation>视频剪辑</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Drag the handles, or use the arrow keys: they move the start, with Alt the end, with Shift by a second. The cut is made at delivery.</source>
        <translation>拖动手柄或使用方向键：方向键移动起点，按 Alt 移动终点，按 Shift 每次一秒。剪切在投放时进行。</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>起止时间</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪辑</translation>
    </message>
</context>
<context>
    <name>TypedChips</name>
    <message>
        <source>Take this filter away</source>
        <translation>移除此筛选</translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}：%Ln 个素材。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdatesDialog</name>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>&amp;Look once a day, while the window is open</source>
        <translation>窗口打开时每天检查一次(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>立即检查(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open the download page</source>
        <translation>打开下载页面(&amp;O)</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>This version does not know where news of releases come from: there is no public place yet. Nothing is asked.</source>
        <translation>此版本不知道从何处获取新版本消息：目前还没有公开的位置。不会查询任何内容。</translation>
    </message>
    <message>
        <source>You have version {version}. One file is read from {place}; nothing about you or your work is sent, and nothing is installed.</source>
        <translation>您使用的是 {version} 版。会从 {place} 读取一个文件；不会发送有关您或您工作的任何信息，也不会安装任何内容。</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新增功能</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>您使用的已是最新版本。</translation>
    </message>
    <message>
        <source>Version {version} of {day} is there, signed by a key that is known here.</source>
        <translation>{day} 的 {version} 版已发布，由此处已知的密钥签名。</translation>
    </message>
</context>
<context>
    <name>UploadAddressDialog</name>
    <message>
        <source>Upload from an address</source>
        <translation>从地址上传</translation>
    </message>
    <message>
        <source>Cloudinary fetches the file by itself. Nobody has approved it, so it arrives unpublished.</source>
        <translation>文件由 Cloudinary 自行获取。它尚未经过批准，因此以未发布状态到达。</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>原始文件私有</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>需验证身份</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>Public ID(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>目标文件夹(&amp;T)</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>标签(&amp;G)</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>投放类型(&amp;Y)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>There is something at {public_id} already; nothing was changed.</source>
        <translation>{public_id} 处已有内容；未更改任何内容。</translation>
    </message>
</context>
<context>
    <name>UploadPresetForm</name>
    <message>
        <source>Uploads need no signature</source>
        <translation>上传无需签名</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Formats allowed</source>
        <translation>允许的格式</translation>
    </message>
    <message>
        <source>Incoming transformation</source>
        <translation>传入变换</translation>
    </message>
    <message>
        <source>Renditions made at once</source>
        <translation>立即生成的演绎版</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>The file&apos;s name is the public ID</source>
        <translation>以文件名作为 Public ID</translation>
    </message>
    <message>
        <source>Random letters make names unique</source>
        <translation>用随机字母确保名称唯一</translation>
    </message>
    <message>
        <source>A file of the same public ID is replaced</source>
        <translation>替换 Public ID 相同的文件</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Upload preset</source>
        <translation>上传预设</translation>
    </message>
    <message>
        <source>New upload preset</source>
        <translation>新建上传预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>UploadPresetsDialog</name>
    <message>
        <source>Upload presets</source>
        <translation>上传预设</translation>
    </message>
    <message>
        <source>What uploads to {environment} can be told to have.</source>
        <translation>可为上传到 {environment} 的内容指定的设置。</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>新建…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>要移除“{name}”吗？</translation>
    </message>
    <message>
        <source>Uploads that name it are refused then, those of other programs too.</source>
        <translation>此后指定它的上传都会被拒绝，包括其他程序的上传。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>There is no preset yet. New… makes one.</source>
        <translation>还没有预设。“新建…”可创建一个。</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>无设置</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>未签名</translation>
    </message>
</context>
<context>
    <name>UsageDialog</name>
    <message>
        <source>Usage and limits</source>
        <translation>用量和限额</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>UsagePanel</name>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>重试这些</translation>
    </message>
    <message>
        <source>Forgets what was refused, and asks Cloudinary anew. It changes nothing there.</source>
        <translation>清除被拒绝的记录，并重新询问 Cloudinary。那里不会有任何变化。</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>Usage and limits</source>
        <translation>用量和限额</translation>
    </message>
    <message>
        <source>This key may not see the usage of the environment.</source>
        <translation>此密钥无权查看环境的用量。</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>This hour</source>
        <translation>本小时</translation>
    </message>
    <message>
        <source>Limits of the plan</source>
        <translation>套餐限额</translation>
    </message>
    <message>
        <source>What this key may do</source>
        <translation>此密钥的权限</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Against the approved one: {pixels} of the pixels, {seen} as it looks</source>
        <translation>与已批准版本相比：{pixels} 的像素不同，观感差异 {seen}</translation>
    </message>
    <message>
        <source>May leave: somebody lets it pass, although {reasons}.</source>
        <translation>可以发出：有人予以放行，尽管 {reasons}。</translation>
    </message>
    <message>
        <source>May be delivered now.</source>
        <translation>目前可以投放。</translation>
    </message>
    <message>
        <source>Held back: {reasons}.</source>
        <translation>已扣留：{reasons}。</translation>
    </message>
    <message>
        <source>Waits for {roles}</source>
        <translation>等待 {roles}</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}，{when}</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>另存为文件…</translation>
    </message>
    <message>
        <source>The version is being fetched…</source>
        <translation>正在获取该版本…</translation>
    </message>
    <message>
        <source>{name} was saved: {size}.</source>
        <translation>{name} 已保存：{size}。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cloudinary is asked for the versions…</source>
        <translation>正在向 Cloudinary 查询版本…</translation>
    </message>
    <message>
        <source>Cloudinary keeps no earlier versions of this. Backups are switched on in the settings of the environment.</source>
        <translation>Cloudinary 没有保留它的早期版本。可在环境的设置中启用备份。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Save the version</source>
        <translation>保存该版本</translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message>
        <source>&amp;Refuse other words</source>
        <translation>拒绝其他词(&amp;R)</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Written into {name}.</source>
        <translation>已写入 {name}。</translation>
    </message>
    <message>
        <source>Vocabularies</source>
        <translation>词汇表</translation>
    </message>
    <message>
        <source>Each line is a word, below the one it belongs to and one tab further in; {synonym} stands below its word, [group] is never written into files.</source>
        <translation>每行一个词，位于其所属词的下方并多缩进一个制表符；{synonym} 位于其词的下方，[group] 绝不写入文件。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>字段(&amp;F)</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>封闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>已保存 %Ln 个词。</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a vocabulary</source>
        <translation>导入词汇表</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>Export the vocabulary</source>
        <translation>导出词汇表</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>A approves what is chosen, C asks for changes, X rejects. Space shows it large.</source>
        <translation>A 批准所选内容，C 要求修改，X 拒绝。按空格键放大查看。</translation>
    </message>
    <message>
        <source>Ctrl or Shift with a click chooses several; then one letter decides on all of them.</source>
        <translation>按住 Ctrl 或 Shift 单击可选择多个；之后按一个字母即可对全部做出决定。</translation>
    </message>
    <message>
        <source>It is delivered. Under Renditions are its sizes: copy an address, or drag a picture into another program.</source>
        <translation>已投放。“演绎版”下是它的各种尺寸：可复制地址，或将图片拖到其他程序中。</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by its name.</source>
        <translation>Ctrl+K 可按名称查找所有命令。</translation>
    </message>
    <message>
        <source>Where masters live</source>
        <translation>母版所在之处</translation>
    </message>
    <message>
        <source>Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where they are; a click shows what is there.</source>
        <translation>文件夹、PhotoShelter 和 Cloudinary 并列显示。母版保留在原位；单击即可查看其中的内容。</translation>
    </message>
    <message>
        <source>Find them</source>
        <translation>查找素材</translation>
    </message>
    <message>
        <source>Type names, titles, keywords or people. The filters below narrow it down, and what you find can be kept.</source>
        <translation>键入名称、标题、关键字或人物。下方的筛选可缩小范围，找到的内容可以保存。</translation>
    </message>
    <message>
        <source>Choose and decide</source>
        <translation>选择并决定</translation>
    </message>
    <message>
        <source>Choose a picture and press {approve} to approve it, {change} to ask for changes, {reject} to reject. Space shows it large. {undo} takes it back.</source>
        <translation>选择一张图片，按 {approve} 批准，按 {change} 要求修改，按 {reject} 拒绝。按空格键放大查看。{undo} 可撤销。</translation>
    </message>
    <message>
        <source>{push} shows the plan first. What is not approved, or whose rights have ended, stays here, with the reason.</source>
        <translation>{push} 会先显示计划。未批准或权利已到期的内容会留在此处，并注明原因。</translation>
    </message>
    <message>
        <source>The account and the connection, and all that takes longer ({activity}). Help brings this tour back, and {help} explains what you are at.</source>
        <translation>账户、连接以及所有耗时较长的操作 ({activity})。可从“帮助”重新打开此导览，按 {help} 可查看当前内容的说明。</translation>
    </message>
    <message>
        <source>All about one asset</source>
        <translation>单个素材的全部信息</translation>
    </message>
    <message>
        <source>Its state, its rights and its metadata. Under Renditions are the sizes that Cloudinary delivers; drag one into another program.</source>
        <translation>素材的状态、权利和元数据。“演绎版”下是 Cloudinary 投放的各种尺寸；可将其拖到其他程序中。</translation>
    </message>
    <message>
        <source>Push what is approved</source>
        <translation>推送已批准的内容</translation>
    </message>
    <message>
        <source>See what goes on</source>
        <translation>查看正在进行的活动</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>允许使用本机或本网络的地址</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Change an endpoint</source>
        <translation>更改端点</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>新建端点</translation>
    </message>
    <message>
        <source>The list of events</source>
        <translation>事件列表</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>请至少选择一个</translation>
    </message>
    <message>
        <source>Shop, partner portal, …</source>
        <translation>商店、合作伙伴门户…</translation>
    </message>
    <message>
        <source>https://example.com/hooks</source>
        <translation>https://example.com/hooks</translation>
    </message>
    <message>
        <source>Leave empty to have one made</source>
        <translation>留空则自动生成</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>通知内容</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Tell</source>
        <translation>通知(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>密钥(&amp;S)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>发送测试</translation>
    </message>
    <message>
        <source>New Secret…</source>
        <translation>新密钥…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>其他系统</translation>
    </message>
    <message>
        <source>Endpoints that are told by signed messages what is approved, delivered, changed and taken back.</source>
        <translation>通过签名消息获知批准、投放、更改和撤回的端点。</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No message so far. “Send Test” shows whether an endpoint answers.</source>
        <translation>还没有消息。“发送测试”可查看端点是否响应。</translation>
    </message>
    <message>
        <source>Nobody is told so far</source>
        <translation>目前还没有通知对象</translation>
    </message>
    <message>
        <source>An endpoint is an address of another system: a shop, an automation, a partner. It gets a secret of its own and can be tested first.</source>
        <translation>端点是其他系统（商店、自动化流程、合作伙伴）的地址。它拥有自己的密钥，并可先行测试。</translation>
    </message>
    <message>
        <source>Give this secret to the receiver. It is shown once; the keyring keeps it, and a new one can be made any time.</source>
        <translation>请将此密钥交给接收方。它只显示一次；钥匙串会保存它，并可随时生成新的密钥。</translation>
    </message>
    <message>
        <source>Secret of the endpoint</source>
        <translation>端点的密钥</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Make a new secret for “{name}”?</source>
        <translation>要为“{name}”生成新密钥吗？</translation>
    </message>
    <message>
        <source>The receiver has a day to take it over: both sign until then.</source>
        <translation>接收方有一天时间采用新密钥：在此之前用两个密钥签名。</translation>
    </message>
    <message>
        <source>Make One</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>要移除“{name}”吗？</translation>
    </message>
    <message>
        <source>It is told nothing more. Its secret and what waits for it go.</source>
        <translation>不再向它通知任何内容。其密钥和等待发送的内容都会删除。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Weights</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Choose assets to see what they weigh</source>
        <translation>选择素材以查看其大小</translation>
    </message>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>%Ln 个素材的大小</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>对前 %Ln 个进行估重</numerusform>
        </translation>
    </message>
    <message>
        <source>weighing…</source>
        <translation>正在测量…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>%Ln 个过大</numerusform>
        </translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>全部符合</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>欢迎使用 Asset Bridge</translation>
    </message>
    <message>
        <source>Masters stay where they are. Here you look, decide, and deliver.</source>
        <translation>母版保留在原位。您在这里查看、决定和投放。</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Show the pictures, videos and documents of a folder. Nothing is copied or changed.</source>
        <translation>显示文件夹中的图片、视频和文档。不会复制或更改任何内容。</translation>
    </message>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>连接 PhotoShelter</translation>
    </message>
    <message>
        <source>Show its collections here. Masters stay there until you want one.</source>
        <translation>在此处显示其收藏集。母版保留在那里，直到您需要。</translation>
    </message>
    <message>
        <source>Connect Cloudinary</source>
        <translation>连接 Cloudinary</translation>
    </message>
    <message>
        <source>So that approved assets can be pushed and delivered.</source>
        <translation>以便推送和投放已批准的素材。</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>先随便看看</translation>
    </message>
    <message>
        <source>Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no account is needed.</source>
        <translation>打开示例营销活动，并以替身代替 Cloudinary 和 PhotoShelter；无需账户。</translation>
    </message>
</context>
<context>
    <name>WelcomeStrip</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>欢迎使用 Asset Bridge</translation>
    </message>
    <message>
        <source>This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside this program: try everything, nothing leaves this computer.</source>
        <translation>这是示例营销活动，Cloudinary 和 PhotoShelter 由此程序内的替身代替：请随意尝试，任何内容都不会离开此计算机。</translation>
    </message>
    <message>
        <source>Close the welcome</source>
        <translation>关闭欢迎信息</translation>
    </message>
    <message>
        <source>Close; it comes back from the Help menu</source>
        <translation>关闭；可从“帮助”菜单重新打开</translation>
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
        <translation>在此处测量(&amp;M)</translation>
    </message>
    <message>
        <source>Have &amp;Cloudinary measure</source>
        <translation>由 Cloudinary 测量(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Use in the code</source>
        <translation>用于代码(&amp;U)</translation>
    </message>
    <message>
        <source>Responsive widths</source>
        <translation>响应式宽度</translation>
    </message>
    <message>
        <source>A page offers browsers one rendition in several widths. Each of these is smaller than the one before by a step that is worth it.</source>
        <translation>页面向浏览器提供同一演绎版的多种宽度。每一种都比前一种小一级，且差距值得如此。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Narrowest</source>
        <translation>最窄(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Widest</source>
        <translation>最宽(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>步长(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>上限(&amp;A)</translation>
    </message>
    <message>
        <source>Measuring the files…</source>
        <translation>正在测量文件…</translation>
    </message>
    <message>
        <source>Cloudinary measures what is pushed.</source>
        <translation>Cloudinary 会测量已推送的内容。</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>宽 {pixels} px</translation>
    </message>
    <message>
        <source>{bytes} less than the one before</source>
        <translation>比前一种少 {bytes}</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Smart folder</source>
        <translation>智能文件夹</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>个人收藏</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>请先选择素材。</translation>
    </message>
    <message>
        <source>Make renditions</source>
        <translation>生成演绎版</translation>
    </message>
    <message>
        <source>Favourite {preset}</source>
        <translation>收藏 {preset}</translation>
    </message>
    <message>
        <source>To the sidebar</source>
        <translation>添加到边栏</translation>
    </message>
</context>
<context>
    <name>WindowLooks</name>
    <message>
        <source>This screen is small: closer together, more has room on it.</source>
        <translation>此屏幕较小：排列更紧凑，可显示更多内容。</translation>
    </message>
    <message>
        <source>The desktop asks for a text size of {size}.</source>
        <translation>桌面要求的文字大小为 {size}。</translation>
    </message>
</context>
<context>
    <name>WordsEditor</name>
    <message>
        <source>Add a word</source>
        <translation>添加词</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Account: {name}, {state}</source>
        <translation>账户：{name}，{state}</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>审核中</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒绝</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>mark as archived</source>
        <translation>标记为已归档</translation>
    </message>
    <message>
        <source>keep the rendition</source>
        <translation>保留演绎版</translation>
    </message>
    <message>
        <source>keep the original</source>
        <translation>保留原始文件</translation>
    </message>
    <message>
        <source>write metadata and history</source>
        <translation>写入元数据和历史记录</translation>
    </message>
    <message>
        <source>hash and check everything kept</source>
        <translation>计算哈希并检查所有保留内容</translation>
    </message>
    <message>
        <source>close the copy at Cloudinary</source>
        <translation>关闭 Cloudinary 上的副本</translation>
    </message>
    <message>
        <source>delete the copy at Cloudinary</source>
        <translation>删除 Cloudinary 上的副本</translation>
    </message>
    <message>
        <source>move the collection to the archive</source>
        <translation>将收藏集移到归档</translation>
    </message>
    <message>
        <source>make the collection private</source>
        <translation>将收藏集设为私有</translation>
    </message>
    <message>
        <source>it is also used outside this campaign</source>
        <translation>它也在此营销活动之外使用</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>已经如此</translation>
    </message>
    <message>
        <source>it is not delivered any more</source>
        <translation>它不再投放</translation>
    </message>
    <message>
        <source>there is nothing in it</source>
        <translation>其中没有内容</translation>
    </message>
    <message>
        <source>some of its galleries have not been synced yet</source>
        <translation>其部分图集尚未同步</translation>
    </message>
    <message>
        <source>some of it is being pushed or rendered at the moment</source>
        <translation>其中部分内容正在推送或生成</translation>
    </message>
    <message>
        <source>it lies in the archive already</source>
        <translation>它已在归档中</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>正在撤销</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>This cannot begin: {reasons}.</source>
        <translation>无法开始：{reasons}。</translation>
    </message>
</context>
<context>
    <name>asset</name>
    <message>
        <source>{rating} of 5 stars</source>
        <translation>{rating} 星（共 5 星）</translation>
    </message>
    <message>
        <source>Changed since approval</source>
        <translation>批准后有更改</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>已推送</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>capability</name>
    <message>
        <source>See assets</source>
        <translation>查看素材</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Change assets</source>
        <translation>更改素材</translation>
    </message>
    <message>
        <source>Delete assets</source>
        <translation>删除素材</translation>
    </message>
    <message>
        <source>Change upload presets</source>
        <translation>更改上传预设</translation>
    </message>
    <message>
        <source>Change metadata fields</source>
        <translation>更改元数据字段</translation>
    </message>
    <message>
        <source>Change named transformations</source>
        <translation>更改命名变换</translation>
    </message>
    <message>
        <source>Change notifications</source>
        <translation>更改通知</translation>
    </message>
    <message>
        <source>See settings</source>
        <translation>查看设置</translation>
    </message>
    <message>
        <source>See usage and limits</source>
        <translation>查看用量和限额</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Delivered for the first time</source>
        <translation>首次投放</translation>
    </message>
    <message>
        <source>Replaced by a new version</source>
        <translation>已由新版本取代</translation>
    </message>
    <message>
        <source>Rendition published</source>
        <translation>演绎版已发布</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Taken back because rights ended</source>
        <translation>因权利到期而撤回</translation>
    </message>
    <message>
        <source>Delivered again</source>
        <translation>重新投放</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>权利已更改</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>权利即将到期</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>元数据已更改</translation>
    </message>
    <message>
        <source>Image of a product delivered</source>
        <translation>产品图片已投放</translation>
    </message>
    <message>
        <source>Image taken off a product</source>
        <translation>产品图片已移除</translation>
    </message>
    <message>
        <source>Product feed read</source>
        <translation>产品数据源已读取</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Campaign archived</source>
        <translation>营销活动已归档</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>The receiver took it</source>
        <translation>接收方已接受</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>发送中</translation>
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
        <translation>其他</translation>
    </message>
    <message>
        <source>At Cloudinary alone</source>
        <translation>仅在 Cloudinary</translation>
    </message>
    <message>
        <source>At Cloudinary and in the shop</source>
        <translation>在 Cloudinary 和商店</translation>
    </message>
    <message>
        <source>Small stand-ins in the shop</source>
        <translation>商店中使用小占位图</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Large pixels</source>
        <translation>大像素</translation>
    </message>
    <message>
        <source>Drawn outlines</source>
        <translation>线条轮廓</translation>
    </message>
    <message>
        <source>Its main colour</source>
        <translation>主色</translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>Nothing waits for a review</source>
        <translation>没有等待审核的内容</translation>
    </message>
    <message>
        <source>Choose assets and press I to put them in review, or ask somebody for one in the menu Review.</source>
        <translation>选择素材并按 I 可设为审核中，也可在“审核”菜单中请求他人审核。</translation>
    </message>
    <message>
        <source>Nothing is approved yet</source>
        <translation>还没有已批准的内容</translation>
    </message>
    <message>
        <source>Choose assets and press A. What is approved can be pushed.</source>
        <translation>选择素材并按 A。已批准的内容可以推送。</translation>
    </message>
    <message>
        <source>Nothing is pushed yet</source>
        <translation>还没有已推送的内容</translation>
    </message>
    <message>
        <source>Choose approved assets and press Ctrl+U: the plan is shown first, and then they are delivered.</source>
        <translation>选择已批准的素材并按 Ctrl+U：会先显示计划，然后投放。</translation>
    </message>
    <message>
        <source>No rights have ended</source>
        <translation>没有权利到期的内容</translation>
    </message>
    <message>
        <source>What may not be used any more stands here. The calendar in the menu Review shows what ends soon.</source>
        <translation>不得再使用的内容列在此处。“审核”菜单中的日历会显示即将到期的内容。</translation>
    </message>
    <message>
        <source>Everything can be read</source>
        <translation>全部均可读取</translation>
    </message>
    <message>
        <source>Files that are damaged, or of a kind that nobody here can read, stand here with the reason.</source>
        <translation>已损坏的文件，或此处没有程序能读取的文件类型，会列在此处并注明原因。</translation>
    </message>
</context>
<context>
    <name>contract</name>
    <message>
        <source>width {found} instead of {asked}</source>
        <translation>宽度为 {found}，应为 {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of {asked}</source>
        <translation>高度为 {found}，应为 {asked}</translation>
    </message>
    <message>
        <source>width {found} instead of ≤ {asked}</source>
        <translation>宽度为 {found}，应 ≤ {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of ≤ {asked}</source>
        <translation>高度为 {found}，应 ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of ≤ {asked}</source>
        <translation>为 {found}，应 ≤ {asked}</translation>
    </message>
    <message>
        <source>{found} instead of {asked}</source>
        <translation>为 {found}，应为 {asked}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>up to {count} with a file for each browser&apos;s format</source>
        <translation>最多 {count}，每种浏览器格式各一个文件</translation>
    </message>
    <message>
        <source>{name} × {count}, billed apart</source>
        <translation>{name} × {count}，单独计费</translation>
    </message>
    <message>
        <source>{name} × {count}, an add-on</source>
        <translation>{name} × {count}，附加服务</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>至少 %Ln 次转换</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>%Ln 个新的派生素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln 个已存在</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>disagreement</name>
    <message>
        <source>{names} decided differently: {state} holds until somebody decides again.</source>
        <translation>{names} 的决定不一致：在有人重新决定之前，以“{state}”为准。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>Asset Bridge 已用此配置文件 ({path}) 打开。请使用那个窗口；您在别处排队的内容由它执行。</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its permissions, or choose another one with ASSET_BRIDGE_HOME.</source>
        <translation>无法写入配置目录 {path}：{detail}。未作任何更改。请修正其权限，或用 ASSET_BRIDGE_HOME 选择另一个。</translation>
    </message>
    <message>
        <source>{service} did not take this: {detail}.</source>
        <translation>{service} 未接受：{detail}。</translation>
    </message>
    <message>
        <source>{host} is an address of this computer or of a private network ({address}). Nothing was sent. Allow private addresses for it if that is meant.</source>
        <translation>{host} 是本机或专用网络的地址 ({address})。未发送任何内容。如确有此意，请允许其使用专用地址。</translation>
    </message>
    <message>
        <source>{url} cannot be called: {detail}.</source>
        <translation>无法调用 {url}：{detail}。</translation>
    </message>
    <message>
        <source>{host} did not take it ({detail}). It is tried again.</source>
        <translation>{host} 未接受 ({detail})。将重试。</translation>
    </message>
    <message>
        <source>{host} could not be read ({detail}). What was known before stays as it is.</source>
        <translation>无法读取 {host} ({detail})。之前已知的内容保持不变。</translation>
    </message>
    <message>
        <source>{host} did not give what was asked for: {detail}. Nothing was changed.</source>
        <translation>{host} 未提供所请求的内容：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The answer is larger than {most} MB. Nothing was changed.</source>
        <translation>响应大于 {most} MB。未更改任何内容。</translation>
    </message>
    <message>
        <source>A PDF needs libraries that are not here ({detail}). CSV and JSON need none.</source>
        <translation>生成 PDF 所需的库不在此处 ({detail})。CSV 和 JSON 则不需要。</translation>
    </message>
    <message>
        <source>{what} could be any of {count} assets. Give its id or its whole path.</source>
        <translation>{what} 可能是 {count} 个素材中的任意一个。请提供其 ID 或完整路径。</translation>
    </message>
    <message>
        <source>{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is asked again by itself until it says no.</source>
        <translation>{name} 已在 {service} 撤回，但途中的副本仍在投放。会自动反复查询其地址，直到不再投放。</translation>
    </message>
    <message>
        <source>{service} refuses what is signed here because the clock of this computer is wrong ({detail}). Set the clock, then try again; what is queued stays queued.</source>
        <translation>由于本机时钟不准，{service} 拒绝此处签名的内容 ({detail})。请校准时钟后重试；排队的内容仍在队列中。</translation>
    </message>
    <message>
        <source>This file is larger than the plan at {service} allows ({detail}). Nothing was changed there; send a smaller version, or ask for a larger plan.</source>
        <translation>此文件超过 {service} 套餐允许的大小 ({detail})。那里未更改任何内容；请发送较小的版本，或升级套餐。</translation>
    </message>
    <message>
        <source>{service} cannot read this file, or does not take its format ({detail}). Nothing was changed there; look whether the file opens here.</source>
        <translation>{service} 无法读取此文件，或不接受其格式 ({detail})。那里未更改任何内容；请检查文件能否在此处打开。</translation>
    </message>
    <message>
        <source>{service} knows no upload preset of that name ({detail}). Nothing was changed there; choose another one, or none.</source>
        <translation>{service} 没有此名称的上传预设 ({detail})。那里未更改任何内容；请选择其他预设或不使用预设。</translation>
    </message>
    <message>
        <source>An add-on that this asks for is not booked at {service} ({detail}). Nothing was changed there.</source>
        <translation>所需的附加服务未在 {service} 订购 ({detail})。那里未更改任何内容。</translation>
    </message>
    <message>
        <source>The key of this account may not do this at {service} ({detail}). Nothing was changed there; use a key with that permission, or ask who gives them.</source>
        <translation>此账户的密钥无权在 {service} 执行此操作 ({detail})。那里未更改任何内容；请使用具有该权限的密钥，或联系权限管理者。</translation>
    </message>
    <message>
        <source>{service} was asked, and the answer points to another address ({detail}). Nothing was sent there. If this network wants you to log in first, do that; else check the API&apos;s address in the account. It is tried again by itself.</source>
        <translation>已请求 {service}，但响应指向其他地址 ({detail})。未向那里发送任何内容。如果此网络要求先登录，请登录；否则请检查账户中的 API 地址。将自动重试。</translation>
    </message>
    <message>
        <source>What came back from {service} cannot be understood ({detail}). Something on the way may have answered in its place. It is tried again by itself.</source>
        <translation>无法理解 {service} 返回的内容 ({detail})。可能是途中的其他系统代为响应。将自动重试。</translation>
    </message>
    <message>
        <source>{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. It is sent again.</source>
        <translation>{name} 到达 {service} 时已损坏：其校验和为 {etag}，应为 {md5}。将重新发送。</translation>
    </message>
    <message>
        <source>The upload preset {preset} changes files as they arrive at {service}, so that what is there is not what was approved. Choose another preset.</source>
        <translation>上传预设 {preset} 会在文件到达 {service} 时更改文件，因此那里的内容并非已批准的内容。请选择其他预设。</translation>
    </message>
    <message>
        <source>The hourly number of calls to {service}&apos;s Admin API is used up. What needs one goes on by itself when the next hour begins; uploads go on meanwhile.</source>
        <translation>{service} 的 Admin API 每小时调用次数已用完。需要调用的操作会在下一小时开始时自动继续；上传则继续进行。</translation>
    </message>
    <message>
        <source>This needs an address signed with the API secret, which a login does not have. Add the account with its key and secret.</source>
        <translation>这需要用 API 私钥签名的地址，而登录方式没有私钥。请用密钥和私钥添加账户。</translation>
    </message>
    <message>
        <source>The named transformation {name} at {service} is not what you saw: it now is {now}. It was left as it is.</source>
        <translation>{service} 上的命名变换 {name} 与您所见的不同：现在是 {now}。已保持原样。</translation>
    </message>
    <message>
        <source>A notification was not believed: {detail}. Nothing was done about it.</source>
        <translation>通知不可信：{detail}。未据此执行任何操作。</translation>
    </message>
    <message>
        <source>{service} did not log you in: {detail}. Nothing was changed here.</source>
        <translation>{service} 未让您登录：{detail}。此处未更改任何内容。</translation>
    </message>
    <message>
        <source>Nobody logged in within the time there was. Nothing was changed; try again.</source>
        <translation>在规定时间内无人登录。未更改任何内容；请重试。</translation>
    </message>
    <message>
        <source>The login was cancelled. Nothing was changed.</source>
        <translation>登录已取消。未更改任何内容。</translation>
    </message>
    <message>
        <source>{service} keeps no backup of {name}: it cannot be brought back from there. Push the master again.</source>
        <translation>{service} 没有 {name} 的备份：无法从那里恢复。请重新推送母版。</translation>
    </message>
    <message>
        <source>{name} was not delivered: its library sends other bytes than it says ({detail}). It is fetched again by itself.</source>
        <translation>{name} 未投放：其库发送的字节与声明的不符 ({detail})。将自动重新获取。</translation>
    </message>
    <message>
        <source>There is an upload preset called {name} already. Change that one, or choose another name.</source>
        <translation>已有名为 {name} 的上传预设。请更改该预设，或选择其他名称。</translation>
    </message>
    <message>
        <source>Entry {first} was altered: it does not say what was recorded.</source>
        <translation>条目 {first} 被更改：其内容与所记录的不符。</translation>
    </message>
    <message>
        <source>Just before entry {first} something was put in, taken out or moved.</source>
        <translation>紧靠条目 {first} 之前有内容被插入、取出或移动。</translation>
    </message>
    <message>
        <source>Entries are missing: number {first} to number {last}.</source>
        <translation>缺少条目：第 {first} 至第 {last} 条。</translation>
    </message>
    <message>
        <source>The end was cut off: number {first} to number {last} were there once.</source>
        <translation>末尾被截断：第 {first} 至第 {last} 条曾经存在。</translation>
    </message>
    <message>
        <source>The ledger does not know any more how far the trail goes.</source>
        <translation>账本已不知道记录延伸到何处。</translation>
    </message>
    <message>
        <source>The trail does not end as the ledger kept it, at entry {first}.</source>
        <translation>记录的末尾与账本在条目 {first} 处保留的不符。</translation>
    </message>
    <message>
        <source>The file beside the ledger that keeps the trail&apos;s end is gone or unreadable.</source>
        <translation>账本旁保存记录末尾的文件丢失或无法读取。</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that the file beside the ledger has kept.</source>
        <translation>条目 {first} 与账本旁文件所保留的不符。</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that was kept elsewhere.</source>
        <translation>条目 {first} 与别处所保留的不符。</translation>
    </message>
    <message>
        <source>The decision that entry {first} tells of is not on record any more.</source>
        <translation>条目 {first} 所述的决定已不在记录中。</translation>
    </message>
    <message>
        <source>A decision is on record that the trail does not tell of ({what}).</source>
        <translation>有一项决定在册，而审计记录未提及 ({what})。</translation>
    </message>
    <message>
        <source>{what} of the channel cannot be used: {detail}. Nothing was changed.</source>
        <translation>无法使用渠道的 {what}：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it into another folder.</source>
        <translation>{name} 未发送：文件夹 {folder} 属于 {channel} 的插件。请推送到其他文件夹。</translation>
    </message>
    <message>
        <source>The comment was not saved: {detail}. What you wrote is still where you wrote it.</source>
        <translation>评论未保存：{detail}。您所写的内容仍在原处。</translation>
    </message>
    <message>
        <source>Somebody has changed {field} of the entry {entry} there meanwhile. Their version was left as it is; look at it there, then publish again.</source>
        <translation>期间有人更改了条目 {entry} 的 {field}。其版本保持不变；请在那里查看，然后重新发布。</translation>
    </message>
    <message>
        <source>{preset} of {name} may not be published: {reasons}. Nothing was written.</source>
        <translation>{name} 的 {preset} 不可发布：{reasons}。未写入任何内容。</translation>
    </message>
    <message>
        <source>There is no rendition {preset} of {name} as it is now. Approve the newest version, push it and have the rendition made in the cloud.</source>
        <translation>没有与 {name} 当前版本对应的演绎版 {preset}。请批准最新版本，推送它，并在云端生成演绎版。</translation>
    </message>
    <message>
        <source>There is no environment {environment} there. There is: {known}.</source>
        <translation>那里没有环境 {environment}。现有：{known}。</translation>
    </message>
    <message>
        <source>Something is published in {name}: until that was taken back, it stays the same place. Nothing was changed; add another one beside it.</source>
        <translation>{name} 中有已发布的内容：撤回之前，它仍是同一个位置。未更改任何内容；请另外添加一个。</translation>
    </message>
    <message>
        <source>{field} of the entry takes {most} pictures and has them. Nothing was changed.</source>
        <translation>条目的 {field} 最多接收 {most} 张图片，现已满。未更改任何内容。</translation>
    </message>
    <message>
        <source>{field} of the entry holds something else than pictures. Nothing was changed.</source>
        <translation>条目的 {field} 包含图片以外的内容。未更改任何内容。</translation>
    </message>
    <message>
        <source>{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a reference to entries with one of these is.</source>
        <translation>{field} 不是图片字段：应为 Cloudinary 或 JSON 字段、文件、文本、链接，或对含有其中一种字段的条目的引用。</translation>
    </message>
    <message>
        <source>{what}: {detail}</source>
        <translation>{what}：{detail}</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}.</source>
        <translation>无法使用 {what}：{detail}。</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was lost.</source>
        <translation>出了问题。没有内容丢失。</translation>
    </message>
    <message>
        <source>{service} cannot be reached. Nothing was lost: what is queued goes out by itself when the connection is back.</source>
        <translation>无法连接 {service}。没有内容丢失：连接恢复后，排队的内容会自动发出。</translation>
    </message>
    <message>
        <source>{service} asks us to slow down. The work continues by itself.</source>
        <translation>{service} 要求放慢速度。工作会自动继续。</translation>
    </message>
    <message>
        <source>{service} has a problem of its own ({detail}). It is tried again by itself.</source>
        <translation>{service} 自身出现问题 ({detail})。将自动重试。</translation>
    </message>
    <message>
        <source>{service} refused this: {detail}. Nothing was changed there.</source>
        <translation>{service} 拒绝了此操作：{detail}。那里未更改任何内容。</translation>
    </message>
    <message>
        <source>{service} does not accept the key of this account ({detail}). Check the account&apos;s key and secret; what is queued stays queued.</source>
        <translation>{service} 不接受此账户的密钥 ({detail})。请检查账户的密钥和私钥；排队的内容仍在队列中。</translation>
    </message>
    <message>
        <source>{name} was not pushed: {reasons}. Nothing was sent.</source>
        <translation>{name} 未推送：{reasons}。未发送任何内容。</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name}：{reasons}。在此期间不提供地址。</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. It was left as it is.</source>
        <translation>无法读取 {path}：{detail}。已保持原样。</translation>
    </message>
    <message>
        <source>{name} has changed since the push was queued. Nothing was sent: look at the new version and approve it again.</source>
        <translation>{name} 在推送排队之后有更改。未发送任何内容：请查看新版本并重新批准。</translation>
    </message>
    <message>
        <source>No preview could be made: {detail}.</source>
        <translation>无法生成预览：{detail}。</translation>
    </message>
    <message>
        <source>No preview could be made within the limits: {detail}. The file was left alone.</source>
        <translation>无法在限额内生成预览：{detail}。文件未作改动。</translation>
    </message>
    <message>
        <source>The disk with {path} is full. What you said before is safe, and your originals are untouched. Free some space, then try again.</source>
        <translation>{path} 所在的磁盘已满。您之前的决定均已安全保存，原始文件未受影响。请释放一些空间，然后重试。</translation>
    </message>
    <message>
        <source>The database {path} cannot be used: {detail}.</source>
        <translation>无法使用数据库 {path}：{detail}。</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Asset Bridge. Please update the program; nothing was changed.</source>
        <translation>数据库 {path} 由更新版本的 Asset Bridge 写入。请更新程序；未更改任何内容。</translation>
    </message>
    <message>
        <source>There is no keyring service here to keep the secret in. Choose a passphrase (or set ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.</source>
        <translation>此处没有可保存密钥的钥匙串服务。请选择密码短语（或设置 ASSET_BRIDGE_PASSPHRASE），密钥将改存在加密文件中。</translation>
    </message>
    <message>
        <source>This passphrase does not open the key store. Nothing was changed.</source>
        <translation>此密码短语无法打开密钥存储。未更改任何内容。</translation>
    </message>
    <message>
        <source>{what} was not found.</source>
        <translation>未找到 {what}。</translation>
    </message>
    <message>
        <source>{what} is no field mapping: {detail}.</source>
        <translation>{what} 不是字段映射：{detail}。</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {detail}. Nothing was written.</source>
        <translation>套件 {kit} 未导出：{detail}。未写入任何内容。</translation>
    </message>
    <message>
        <source>The kit {what} was not saved: another one has that name, or it was deleted meanwhile. Nothing was changed.</source>
        <translation>套件 {what} 未保存：已有同名套件，或它在此期间被删除。未作任何更改。</translation>
    </message>
    <message>
        <source>The table of variants cannot be used: line {line}: {detail}. Nothing was changed.</source>
        <translation>无法使用变体表：第 {line} 行：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>{what} cannot stand in a rights block: {detail}. Nothing was changed.</source>
        <translation>{what} 不能用于权利块：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The rating {rating} was not kept: it takes 0 to 5.</source>
        <translation>评级 {rating} 未保存：应为 0 到 5。</translation>
    </message>
    <message>
        <source>{what} cannot be defined so: {detail}.</source>
        <translation>不能这样定义 {what}：{detail}。</translation>
    </message>
    <message>
        <source>{what} cannot be used at character {at}: {detail}.</source>
        <translation>无法使用 {what}，位于第 {at} 个字符：{detail}。</translation>
    </message>
    <message>
        <source>The templates were not imported: {what}: {detail}. Nothing was changed.</source>
        <translation>模板未导入：{what}：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>“{field}” is switched off by a rule for what the other fields say.</source>
        <translation>“{field}”因其他字段的值而被规则停用。</translation>
    </message>
    <message>
        <source>“{field}” must not be empty.</source>
        <translation>“{field}”不能为空。</translation>
    </message>
    <message>
        <source>“{field}” needs a whole number.</source>
        <translation>“{field}”应为整数。</translation>
    </message>
    <message>
        <source>“{field}” needs a date such as 2026-05-31.</source>
        <translation>“{field}”应为日期，例如 2026-05-31。</translation>
    </message>
    <message>
        <source>“{value}” is not in the list of “{field}”.</source>
        <translation>“{value}”不在“{field}”的列表中。</translation>
    </message>
    <message>
        <source>“{value}” cannot be chosen for “{field}” with what the other fields say.</source>
        <translation>根据其他字段的值，“{field}”不能选择“{value}”。</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} values.</source>
        <translation>“{field}”最多可有 {most} 个值。</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} characters.</source>
        <translation>“{field}”最多可有 {most} 个字符。</translation>
    </message>
    <message>
        <source>“{field}” needs at least {least} characters.</source>
        <translation>“{field}”至少需要 {least} 个字符。</translation>
    </message>
    <message>
        <source>“{field}” has to match the pattern {pattern}.</source>
        <translation>“{field}”必须符合模式 {pattern}。</translation>
    </message>
    <message>
        <source>“{field}” has to be greater than {bound}.</source>
        <translation>“{field}”必须大于 {bound}。</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or more.</source>
        <translation>“{field}”必须大于或等于 {bound}。</translation>
    </message>
    <message>
        <source>“{field}” has to be less than {bound}.</source>
        <translation>“{field}”必须小于 {bound}。</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or less.</source>
        <translation>“{field}”必须小于或等于 {bound}。</translation>
    </message>
    <message>
        <source>The naming template {what} cannot be used: {detail}. Nothing was written.</source>
        <translation>无法使用命名模板 {what}：{detail}。未写入任何内容。</translation>
    </message>
    <message>
        <source>{name} was not let through: {detail}. Nothing was changed.</source>
        <translation>{name} 未放行：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}. Nothing was changed.</source>
        <translation>无法使用 {what}：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The policies were not taken over: {place}: {detail}. Nothing was changed.</source>
        <translation>策略未采用：{place}：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The presets were not imported: {place}: {detail}. Nothing was changed.</source>
        <translation>预设未导入：{place}：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The feed needs a name of its own, of at most {most} letters.</source>
        <translation>数据源需要一个独有的名称，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>The feed cannot be kept: {detail}. Nothing was changed.</source>
        <translation>无法保存数据源：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>{name} was not taken: {detail}. What was known before stays as it is.</source>
        <translation>{name} 未被采用：{detail}。之前已知的内容保持不变。</translation>
    </message>
    <message>
        <source>{name}: {bad} of {received} rows were not taken.</source>
        <translation>{name}：{received} 行中有 {bad} 行未被采用。</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, {{position}}, {{any}} and [brackets] around what may be missing.</source>
        <translation>无法使用模式“{pattern}”：必须包含一次 {{sku}}，并可包含 {{slot}}、{{position}}、{{any}}，可省略的部分用 [方括号] 括起。</translation>
    </message>
    <message>
        <source>This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.</source>
        <translation>本机设置使用代理 {proxy}，但它不是 HTTP 代理。未发送任何内容。请将 HTTPS_PROXY 设为 HTTP 代理，或移除 ALL_PROXY，然后重新启动。</translation>
    </message>
    <message>
        <source>{variable} is not the address of a proxy. Nothing was sent. Write it as http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start again.</source>
        <translation>{variable} 不是代理地址。未发送任何内容。请写为 http://name:password@proxy:3128，密码中的 / 写为 %2F，@ 写为 %40，然后重新启动。</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check HTTPS_PROXY, with the name and password in it, and start again.</source>
        <translation>代理 {proxy} 不允许连接 {service} ({detail})。未发送任何内容。请检查 HTTPS_PROXY 及其中的名称和密码，然后重新启动。</translation>
    </message>
    <message>
        <source>No review pack was made: {detail}.</source>
        <translation>未生成审核包：{detail}。</translation>
    </message>
    <message>
        <source>The verdicts were not imported: {place}: {detail}. Nothing was recorded.</source>
        <translation>审核结论未导入：{place}：{detail}。未记录任何内容。</translation>
    </message>
    <message>
        <source>The review was not requested: {detail}.</source>
        <translation>未请求审核：{detail}。</translation>
    </message>
    <message>
        <source>The rights end ({ends}) before they begin ({starts}).</source>
        <translation>权利的结束时间 ({ends}) 早于开始时间 ({starts})。</translation>
    </message>
    <message>
        <source>The rights block cannot be read: {detail}.</source>
        <translation>无法读取权利块：{detail}。</translation>
    </message>
    <message>
        <source>{what} is no territory: give a country&apos;s code (NO, SE), a region ({regions}) or WORLD. Nothing was changed.</source>
        <translation>{what} 不是地域：请给出国家/地区代码（NO、SE）、区域（{regions}）或 WORLD。未更改任何内容。</translation>
    </message>
    <message>
        <source>{what} is no channel: they are {channels}. Nothing was changed.</source>
        <translation>{what} 不是渠道：渠道包括 {channels}。未更改任何内容。</translation>
    </message>
    <message>
        <source>These rights exclude every one of the {what} that they grant. Nothing was changed.</source>
        <translation>这些权利排除了其所授予的全部{what}。未更改任何内容。</translation>
    </message>
    <message>
        <source>{what} of the rights is too long: {most} at most. Nothing was changed.</source>
        <translation>权利的 {what} 过长：最多 {most}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The rights cannot be claimed: {detail}. Nothing was changed.</source>
        <translation>无法声明权利：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The rights cannot be read: {place} is not as it should be. Nothing was changed.</source>
        <translation>无法读取权利：{place} 不符合要求。未更改任何内容。</translation>
    </message>
    <message>
        <source>{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed.</source>
        <translation>{what} 不是日期：请写为 2027-03-31 或 2027-03-31T18:00。未更改任何内容。</translation>
    </message>
    <message>
        <source>{name}: what was claimed here and what {service} says have no {what} in common, which cannot be written there. Here nothing of it is delivered.</source>
        <translation>{name}：此处所声明的与 {service} 所说的没有共同的{what}，因此无法写入那里。此处不会投放其任何内容。</translation>
    </message>
    <message>
        <source>{what} cannot be used: line {line}: {detail}.</source>
        <translation>无法使用 {what}：第 {line} 行：{detail}。</translation>
    </message>
    <message>
        <source>{what}: {detail}. The vocabulary is closed: choose one of its words.</source>
        <translation>{what}：{detail}。词汇表是封闭的：请选择其中的词。</translation>
    </message>
    <message>
        <source>{endpoint} said that it is gone (410). It was switched off; what was not delivered is kept and can be sent again.</source>
        <translation>{endpoint} 表示已不存在 (410)。已将其停用；未送达的内容会保留，可重新发送。</translation>
    </message>
    <message>
        <source>{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept and can be sent again.</source>
        <translation>{endpoint} 在数天内的 {tries} 次尝试中均未接受该消息 ({detail})。消息会保留，可重新发送。</translation>
    </message>
    <message>
        <source>The endpoint needs a name of at most {most} letters.</source>
        <translation>端点需要名称，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>There is an endpoint called {name} already.</source>
        <translation>已有名为 {name} 的端点。</translation>
    </message>
    <message>
        <source>“{url}” is no address to tell: it has to begin with https://.</source>
        <translation>“{url}”不是可通知的地址：必须以 https:// 开头。</translation>
    </message>
    <message>
        <source>{url} is not encrypted. Only an address of this computer or network, where that is allowed, may begin with http://.</source>
        <translation>{url} 未加密。只有在允许的情况下，本机或本网络的地址才能以 http:// 开头。</translation>
    </message>
    <message>
        <source>The secret has to be {prefix} and {least} to {most} bytes in base64.</source>
        <translation>密钥必须是 {prefix} 加 {least} 到 {most} 字节的 base64。</translation>
    </message>
    <message>
        <source>The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; it goes on by itself when the folder is back.</source>
        <translation>无法访问库 {path}：{detail}。其中任何内容都不会视为已删除；文件夹恢复后会自动继续。</translation>
    </message>
    <message>
        <source>{path} is still being written. It is read again when it is at rest.</source>
        <translation>{path} 仍在写入。写入停止后会重新读取。</translation>
    </message>
    <message>
        <source>{path} was not copied: {detail}. The original is where it was.</source>
        <translation>{path} 未复制：{detail}。原始文件仍在原位。</translation>
    </message>
    <message>
        <source>The system cannot watch every folder of {path} ({detail}). The library is looked through at intervals instead: changes may take longer to appear.</source>
        <translation>系统无法监视 {path} 的每个文件夹 ({detail})。将改为定期检查库：更改可能较晚才会出现。</translation>
    </message>
    <message>
        <source>{service} did not sign you in: {detail}. Nothing was changed here.</source>
        <translation>{service} 未让您登录：{detail}。此处未更改任何内容。</translation>
    </message>
    <message>
        <source>{service} does not accept the API key ({detail}). A key for version 4 of its API is needed. Nothing was changed here.</source>
        <translation>{service} 不接受该 API 密钥 ({detail})。需要其 API 第 4 版的密钥。此处未更改任何内容。</translation>
    </message>
    <message>
        <source>The session at {service} has ended ({detail}). Sign in again; what is queued stays queued.</source>
        <translation>{service} 上的会话已结束 ({detail})。请重新登录；排队的内容仍在队列中。</translation>
    </message>
    <message>
        <source>{service} asks for a code but does not take it here ({detail}). Sign in with the browser where that is offered, or as somebody who needs no code.</source>
        <translation>{service} 要求验证码，但不接受在此处输入 ({detail})。请在提供浏览器登录时用浏览器登录，或以无需验证码的身份登录。</translation>
    </message>
    <message>
        <source>Your role at {service} does not allow this ({detail}). Nothing was changed there.</source>
        <translation>您在 {service} 的角色不允许此操作 ({detail})。那里未更改任何内容。</translation>
    </message>
    <message>
        <source>{service} does not have this any more ({detail}).</source>
        <translation>{service} 已没有此内容 ({detail})。</translation>
    </message>
    <message>
        <source>Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: look at both and decide.</source>
        <translation>其间有人在 {service} 更改了此内容 ({detail})。没有内容被覆盖：请查看两者后决定。</translation>
    </message>
    <message>
        <source>{service} does not offer this for that kind of file ({detail}).</source>
        <translation>{service} 不为此类文件提供此功能 ({detail})。</translation>
    </message>
    <message>
        <source>{service} already has another file of this name there ({detail}). It was left as it is.</source>
        <translation>{service} 的该位置已有另一个同名文件 ({detail})。已保持原样。</translation>
    </message>
    <message>
        <source>{service} does not offer this: {detail}.</source>
        <translation>{service} 不提供此功能：{detail}。</translation>
    </message>
    <message>
        <source>A listing of {service} does not come to an end ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>{service} 的列表没有尽头 ({detail})。已读取的内容会保留；任何内容都不会视为已删除。</translation>
    </message>
    <message>
        <source>A listing of {service} ended too early ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>{service} 的列表过早结束 ({detail})。已读取的内容会保留；任何内容都不会视为已删除。</translation>
    </message>
    <message>
        <source>This address cannot be used: {detail}.</source>
        <translation>无法使用此地址：{detail}。</translation>
    </message>
    <message>
        <source>{service} links to an address that is not safe ({detail}). Nothing was sent there.</source>
        <translation>{service} 链接到不安全的地址 ({detail})。未向那里发送任何内容。</translation>
    </message>
    <message>
        <source>An answer of {service} is too long to be right ({detail}). It was not read.</source>
        <translation>{service} 的响应过长，不可能正确 ({detail})。未读取。</translation>
    </message>
    <message>
        <source>A record of {service} cannot be taken over: {detail}. The others were.</source>
        <translation>无法采用 {service} 的一条记录：{detail}。其他记录已采用。</translation>
    </message>
    <message>
        <source>{service} has no picture of this ({detail}).</source>
        <translation>{service} 没有它的图片 ({detail})。</translation>
    </message>
    <message>
        <source>{service} has no more of this file ({detail}).</source>
        <translation>{service} 没有此文件的更多内容 ({detail})。</translation>
    </message>
    <message>
        <source>{name} is being fetched already.</source>
        <translation>已在获取 {name}。</translation>
    </message>
    <message>
        <source>What {service} sent of {name} is not the file it describes ({detail}). It was thrown away; nothing was changed.</source>
        <translation>{service} 发来的 {name} 与其描述的文件不符 ({detail})。已丢弃；未更改任何内容。</translation>
    </message>
    <message>
        <source>This was stopped. What had arrived is kept, and the next try goes on from there.</source>
        <translation>已停止。已收到的内容会保留，下次从那里继续。</translation>
    </message>
    <message>
        <source>Libraries of the kind {kind} need a package that {detail}. What is catalogued of them stays.</source>
        <translation>{kind} 类型的库需要一个软件包，该包{detail}。已编目的内容会保留。</translation>
    </message>
    <message>
        <source>The metadata could not be written: {detail}. What is there was left as it is.</source>
        <translation>无法写入元数据：{detail}。现有内容保持原样。</translation>
    </message>
    <message>
        <source>The metadata was not written: {detail}. The file was left as it is.</source>
        <translation>元数据未写入：{detail}。文件保持原样。</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile. It is read again.</source>
        <translation>其间 {path} 被其他程序更改。将重新读取。</translation>
    </message>
    <message>
        <source>{path} is locked by another program. What you said is kept and tried again.</source>
        <translation>{path} 被其他程序锁定。您的内容会保留并重试。</translation>
    </message>
    <message>
        <source>{path} cannot be written to: {detail}. It was left as it is.</source>
        <translation>无法写入 {path}：{detail}。已保持原样。</translation>
    </message>
    <message>
        <source>{path} is not there any more. What you said about it is kept.</source>
        <translation>{path} 已不存在。您对它的设置会保留。</translation>
    </message>
    <message>
        <source>The sample library was not finished. Nothing of it was left in {folder}.</source>
        <translation>示例库未完成。{folder} 中未留下任何内容。</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>搜索已停止。</translation>
    </message>
    <message>
        <source>The database {path} is damaged ({detail}). It was left as it is.</source>
        <translation>数据库 {path} 已损坏 ({detail})。已保持原样。</translation>
    </message>
    <message>
        <source>{name} was changed again since. It was left as it is now: look at it, then decide anew.</source>
        <translation>{name} 之后又有更改。已保持现状：请查看，然后重新决定。</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again; the secret was kept nowhere else.</source>
        <translation>钥匙串已锁定。请解锁后重试；密钥未保存在别处。</translation>
    </message>
    <message>
        <source>The key store is closed. Open it with its passphrase, under the accounts of Cloudinary (or set ASSET_BRIDGE_PASSPHRASE).</source>
        <translation>密钥存储已关闭。请在 Cloudinary 账户中用其密码短语打开（或设置 ASSET_BRIDGE_PASSPHRASE）。</translation>
    </message>
    <message>
        <source>The transformation cannot be used: at character {place} stands “{found}”, where {expected} was expected. Nothing was changed.</source>
        <translation>无法使用该变换：第 {place} 个字符为“{found}”，应为 {expected}。未更改任何内容。</translation>
    </message>
    <message>
        <source>The import was stopped. Nothing of that log is counted.</source>
        <translation>导入已停止。该日志的内容均未计入。</translation>
    </message>
    <message>
        <source>{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was recorded. A no for the whole counts from anybody.</source>
        <translation>{who} 不能在阶段“{stage}”中做出决定：根据策略，只有 {roles} 可以。未记录任何内容。任何人对整体的拒绝都有效。</translation>
    </message>
    <message>
        <source>Some assets stay as they are: since then they have changed, or somebody decided on them, or they are reviewed in stages. Look at them, and decide anew.</source>
        <translation>部分素材保持原样：此后它们已更改、已有人作出决定，或正在分阶段审核。请查看后重新决定。</translation>
    </message>
    <message>
        <source>The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive into another folder, or mend this one and try again.</source>
        <translation>{path} 中的归档不完整：{detail}。任何地方都未移除内容。请归档到其他文件夹，或修复此归档后重试。</translation>
    </message>
    <message>
        <source>{name} was to be moved, and the service shows it where it was. Nothing else was changed: try again, or move it there by hand.</source>
        <translation>{name} 应已移动，但服务显示它仍在原位。未更改其他内容：请重试，或在那里手动移动。</translation>
    </message>
    <message>
        <source>Not all assets of this environment are known here yet, so nobody can say what changing the folder {name} would do. Wait until the sync is through, then try again.</source>
        <translation>此环境的素材尚未全部获知，因此无法判断更改文件夹 {name} 的影响。请等待同步完成后重试。</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has in Cloudinary. It was left as it is, and nothing was downloaded.</source>
        <translation>{path} 已存在，且内容与 Cloudinary 中的 {name} 不同。已保持原样，未下载任何内容。</translation>
    </message>
    <message>
        <source>{name} is in Cloudinary, not in a folder here. Download it to have the file.</source>
        <translation>{name} 在 Cloudinary 中，不在此处的文件夹中。请下载以获得文件。</translation>
    </message>
    <message>
        <source>{name} has no display name of its own: in this environment the name is part of the public ID, and renaming it would change its address. Nothing was changed.</source>
        <translation>{name} 没有自己的显示名称：在此环境中名称是 Public ID 的一部分，重命名会更改其地址。未更改任何内容。</translation>
    </message>
    <message>
        <source>Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot hold at once, or make the rule anew: a new one is applied last.</source>
        <translation>Cloudinary 让规则“{name}”保持原位。请为两条规则设置不能同时成立的条件，或重新创建该规则：新规则最后应用。</translation>
    </message>
    <message>
        <source>Reading the feed was stopped. Nothing was changed.</source>
        <translation>已停止读取数据源。未更改任何内容。</translation>
    </message>
    <message>
        <source>{name} has changed at {service} since it was pushed, so nothing of its copy was carried back. Push it again, or change it at {service}.</source>
        <translation>{name} 推送后在 {service} 上有更改，因此其副本的内容均未带回。请重新推送，或在 {service} 上更改。</translation>
    </message>
    <message>
        <source>The mapping of {what} cannot be used: {detail}.</source>
        <translation>无法使用 {what} 的映射：{detail}。</translation>
    </message>
    <message>
        <source>The archive of {name} was taken back, so nothing more of it is done. Archive it anew if that is wanted.</source>
        <translation>{name} 的归档已撤销，因此不再继续。如有需要请重新归档。</translation>
    </message>
    <message>
        <source>{name} is delivered with {there} bytes, and {told} were published. It was not archived: look at it, then try again.</source>
        <translation>{name} 的投放大小为 {there} 字节，而发布时为 {told} 字节。未归档：请查看后重试。</translation>
    </message>
    <message>
        <source>{name} was put into the archive&apos;s gallery, and the service does not have it. Nothing was taken away anywhere; try again.</source>
        <translation>{name} 已放入归档图集，但服务上没有它。任何地方都未移除内容；请重试。</translation>
    </message>
    <message>
        <source>{name} was to be marked as archived, and the service does not show it. Try again; nothing was taken away anywhere.</source>
        <translation>{name} 应已标记为已归档，但服务未显示。请重试；任何地方都未移除内容。</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else since you looked at it. It was left alone: look at it again, then decide anew.</source>
        <translation>您查看之后，{name} 被他人更改。未作改动：请重新查看，然后重新决定。</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. Nothing was changed there.</source>
        <translation>{name} 已不在 {service}。那里未更改任何内容。</translation>
    </message>
    <message>
        <source>The folder {name} is not at {service} any more. Nothing was changed there.</source>
        <translation>文件夹 {name} 已不在 {service}。那里未更改任何内容。</translation>
    </message>
    <message>
        <source>There is a folder {name} at {service} already. Nothing was changed there: choose another name.</source>
        <translation>{service} 已有文件夹 {name}。那里未更改任何内容：请选择其他名称。</translation>
    </message>
    <message>
        <source>{name} is not at its library any more. Nothing was sent or changed.</source>
        <translation>{name} 已不在其库中。未发送或更改任何内容。</translation>
    </message>
    <message>
        <source>The library of this master cannot be reached. Nothing was lost: it is tried again by itself every minute.</source>
        <translation>无法访问此母版的库。没有内容丢失：每分钟会自动重试。</translation>
    </message>
    <message>
        <source>The kit {name} was not exported: {reasons}. Nothing was written.</source>
        <translation>套件 {name} 未导出：{reasons}。未写入任何内容。</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {count} of its renditions could not be made; the first is {preset} of {name}: {detail} What is made is kept for the next try.</source>
        <translation>套件 {kit} 未导出：有 {count} 个演绎版无法生成；第一个是 {name} 的 {preset}：{detail} 已生成的会保留到下次尝试。</translation>
    </message>
    <message>
        <source>Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in the inspector.</source>
        <translation>其间有人更改了 {name} 的 {field}。两个值均已保留：请在检查器中选择一个。</translation>
    </message>
    <message>
        <source>{service} did not take {field} of {name}: {detail} What you wrote is kept and can be corrected.</source>
        <translation>{service} 未接受 {name} 的 {field}：{detail} 您所写的内容会保留，可以更正。</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. What you wrote about it is kept.</source>
        <translation>{name} 已不在 {service}。您对它所写的内容会保留。</translation>
    </message>
    <message>
        <source>{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.</source>
        <translation>{service} 接受了 {name} 的 {field}，但现在显示“{there}”。您所写的内容会保留。</translation>
    </message>
    <message>
        <source>{service} was told that {name} is {wanted}, and still says that it is {found}.</source>
        <translation>已通知 {service} {name} 为 {wanted}，但它仍显示为 {found}。</translation>
    </message>
    <message>
        <source>{name} was not sent: the content at {public_id} was changed by somebody else. Look at it first; nothing was replaced.</source>
        <translation>{name} 未发送：{public_id} 处的内容已被他人更改。请先查看；未替换任何内容。</translation>
    </message>
    <message>
        <source>{name} has a new version at its library. It was not sent: have that version approved, then push it.</source>
        <translation>{name} 在其库中有新版本。未发送：请先批准该版本，再推送。</translation>
    </message>
    <message>
        <source>Cloudinary has not made the renditions of {name} within hours. Their transformation may be more than it can do: change it, or try again.</source>
        <translation>Cloudinary 在数小时内仍未生成 {name} 的演绎版。其变换可能超出了它的能力：请更改变换，或重试。</translation>
    </message>
    <message>
        <source>{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} The others are there.</source>
        <translation>{name} 的 {total} 个演绎版中有 {count} 个未生成；第一个是 {preset}：{detail} 其余的已生成。</translation>
    </message>
    <message>
        <source>{name} may not be delivered any more: {reasons}. Somebody has put other content at {public_id} meanwhile, which was left alone: look at it.</source>
        <translation>{name} 不再允许投放：{reasons}。其间有人在 {public_id} 放入了其他内容，未作改动：请查看。</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} was deleted at {service}, but its address makes it again for anybody: {environment} does not have strict transformations. Switch them on there and try again, or take the whole master back.</source>
        <translation>{name} 的演绎版 {preset} 已在 {service} 删除，但任何人访问其地址都会重新生成：{environment} 未启用严格变换。请在那里启用后重试，或撤回整个母版。</translation>
    </message>
    <message>
        <source>The address of {name} is not told any more: {reasons}. Nothing was sent.</source>
        <translation>不再通知 {name} 的地址：{reasons}。未发送任何内容。</translation>
    </message>
    <message>
        <source>{endpoint} is switched off. The message is kept: switch it on and send it again.</source>
        <translation>{endpoint} 已停用。消息会保留：请启用后重新发送。</translation>
    </message>
    <message>
        <source>At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide again if that is not right.</source>
        <translation>在 {service}，{name} 因其 {source} 而为“{state}”，它更严格，因此有效。如不正确，请重新决定。</translation>
    </message>
    <message>
        <source>{name} is archived at {service}, so it was not told of the decision. The decision is kept here.</source>
        <translation>{name} 在 {service} 已归档，因此未通知该决定。决定保留在此处。</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: it lies in no gallery there.</source>
        <translation>{name} 的发布情况未在服务上记录：它在那里不属于任何图集。</translation>
    </message>
    <message>
        <source>It broke off.</source>
        <translation>已中断。</translation>
    </message>
    <message>
        <source>A saved report needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>已保存的报告需要 1 到 {most} 个字符的名称。未更改任何内容。</translation>
    </message>
    <message>
        <source>{count} assets are not in {environment} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} 个素材已不在 {environment} 中，包括 {first}。在您允许忘记之前，它们会保留在目录中。</translation>
    </message>
    <message>
        <source>The sync was stopped. What was fetched stays.</source>
        <translation>同步已停止。已获取的内容会保留。</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Nothing is left of it.</source>
        <translation>{name} 的下载已停止。未留下任何内容。</translation>
    </message>
    <message>
        <source>Nothing was imported: {names} exist already and say something else. Say that they may be replaced, or rename them.</source>
        <translation>未导入任何内容：{names} 已存在且内容不同。请允许替换它们，或将其重命名。</translation>
    </message>
    <message>
        <source>There is something else with the name {name}. Nothing was changed.</source>
        <translation>已有其他名为 {name} 的内容。未更改任何内容。</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. The file that is there was left as it is.</source>
        <translation>{path} 未写入：{detail}。已有的文件保持原样。</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. Nothing is left of it.</source>
        <translation>{path} 未写入：{detail}。未留下任何内容。</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: other files have the names that its record could have. They were left as they are.</source>
        <translation>{name} 的发布情况未在服务上记录：其记录可用的名称已被其他文件占用。这些文件保持原样。</translation>
    </message>
    <message>
        <source>All that {name} of {reviewer} says is on record already. Nothing was recorded.</source>
        <translation>{reviewer} 的 {name} 中的全部内容均已在册。未记录任何内容。</translation>
    </message>
    <message>
        <source>The review pack was not finished. Nothing is left of it.</source>
        <translation>审核包未完成。未留下任何内容。</translation>
    </message>
    <message>
        <source>{what} is no time zone: give one like Europe/Oslo. Nothing was changed.</source>
        <translation>{what} 不是时区：请给出如 Europe/Oslo 的时区。未更改任何内容。</translation>
    </message>
    <message>
        <source>A template needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>模板需要 1 到 {most} 个字符的名称。未更改任何内容。</translation>
    </message>
    <message>
        <source>{name} was not attached: it has more than {most} MB. Nothing was changed.</source>
        <translation>{name} 未附加：超过 {most} MB。未更改任何内容。</translation>
    </message>
    <message>
        <source>{name} was not attached: {detail}. Nothing was changed.</source>
        <translation>{name} 未附加：{detail}。未更改任何内容。</translation>
    </message>
    <message>
        <source>{name} in {folder} is not the document that was attached: it was changed. The claim names the right one by its SHA-256 ({digest}).</source>
        <translation>{folder} 中的 {name} 不是所附加的文档：它已被更改。声明以 SHA-256 ({digest}) 指明正确的文档。</translation>
    </message>
    <message>
        <source>{count} files of {library} are not there any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{library} 中有 {count} 个文件已不存在，包括 {first}。在您允许忘记之前，它们会保留在目录中。</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer ({detail}). Close it, then try again.</source>
        <translation>其他程序正在使用本机的端口 {port} ({detail})。请关闭该程序后重试。</translation>
    </message>
    <message>
        <source>{name} is at its service, not in a folder here. Save its original to have the file.</source>
        <translation>{name} 在其服务上，不在此处的文件夹中。请保存其原始文件以获得文件。</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has at {service}. It was left as it is.</source>
        <translation>{path} 已存在，且内容与 {service} 上的 {name} 不同。已保持原样。</translation>
    </message>
    <message>
        <source>{count} masters are not at {service} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>{count} 个母版已不在 {service}，包括 {first}。在您允许忘记之前，它们会保留在目录中。</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. Nothing was sent: write its address into a text, link or Cloudinary field instead.</source>
        <translation>{name} 的演绎版 {preset} 为 {mb} MB；Contentstack 接收的文件不超过 100 MB。未发送任何内容：请改为将其地址写入文本、链接或 Cloudinary 字段。</translation>
    </message>
    <message>
        <source>Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out first, or say that it may be given up.</source>
        <translation>在此处所做的更改和决定尚未全部送达：{work}。未移除任何内容。请先等待其发出，或明确表示可以放弃。</translation>
    </message>
    <message>
        <source>This link cannot be followed ({detail}). Nothing was opened or changed.</source>
        <translation>无法打开此链接 ({detail})。未打开或更改任何内容。</translation>
    </message>
    <message>
        <source>The news of a release could not be trusted: {detail}. Nothing was fetched or installed.</source>
        <translation>新版本消息不可信：{detail}。未获取或安装任何内容。</translation>
    </message>
    <message>
        <source>{name} cannot be handed over as a file: its master is not on this machine, or it is a film. Export it, or publish it and take it from its renditions.</source>
        <translation>{name} 无法作为文件交出：其母版不在本机上，或者它是影片。请将其导出，或发布后从其演绎版中获取。</translation>
    </message>
    <message>
        <source>Nothing was handed over. What was begun is gone again.</source>
        <translation>未交出任何内容。已开始的部分已清除。</translation>
    </message>
    <message>
        <source>The desktop shows no notifications ({detail}).</source>
        <translation>桌面不显示通知 ({detail})。</translation>
    </message>
    <message>
        <source>{program} could not be started ({detail}). The file was left as it is.</source>
        <translation>无法启动 {program} ({detail})。文件保持原样。</translation>
    </message>
    <message>
        <source>There is no place yet that news of releases come from. Nothing was asked. `updates_url` in the settings can name one.</source>
        <translation>目前还没有可获取新版本消息的位置。未查询任何内容。可在设置中用 `updates_url` 指定。</translation>
    </message>
    <message>
        <source>Channels of the kind {kind} need a package that {detail}. What is published there stays as it is.</source>
        <translation>{kind} 类型的渠道需要一个软件包，该包{detail}。在那里发布的内容保持原样。</translation>
    </message>
    <message>
        <source>Cloudinary is still making the renditions of {name}.</source>
        <translation>Cloudinary 仍在生成 {name} 的演绎版。</translation>
    </message>
    <message>
        <source>The service took the publication of {entry} and does not show it yet; it was looked for {times} times.</source>
        <translation>服务已接受 {entry} 的发布，但尚未显示；已检查 {times} 次。</translation>
    </message>
    <message>
        <source>{service} gave no answer that can be used ({detail}). Nothing was kept: check the API&apos;s address, and whether this network wants you to log in first; then try again.</source>
        <translation>{service} 未给出可用的响应 ({detail})。未保存任何内容：请检查 API 地址，以及此网络是否要求先登录；然后重试。</translation>
    </message>
    <message>
        <source>{service} asks us to slow down, and could not be asked about this account. Nothing was kept: try again in a while.</source>
        <translation>{service} 要求放慢速度，无法查询此帐户。未保存任何内容：请稍后重试。</translation>
    </message>
    <message>
        <source>It was stopped. Nothing of it was kept.</source>
        <translation>已停止。未保存其中任何内容。</translation>
    </message>
    <message>
        <source>A policy keeps the file of {name} here: {reasons}. Nothing was handed over.</source>
        <translation>策略要求将 {name} 的文件保留在此：{reasons}。未交出任何内容。</translation>
    </message>
    <message>
        <source>The copy of {name} holds something else by now. It did not become the new version.</source>
        <translation>{name} 的副本内容现已不同。它没有成为新版本。</translation>
    </message>
    <message>
        <source>{name} takes nothing from others: {detail}.</source>
        <translation>{name} 不接收外来内容：{detail}。</translation>
    </message>
    <message>
        <source>Posts cannot be received on port {port}: {detail}. Choose another one.</source>
        <translation>无法在端口 {port} 上接收推送：{detail}。请选择其他端口。</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>%Ln 个文件不得发布：{reasons}。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>the program ends</source>
        <translation>程序正在退出</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>它不是 JSON</translation>
    </message>
    <message>
        <source>it is no encoding of files</source>
        <translation>它不是文件编码</translation>
    </message>
    <message>
        <source>it redirects again and again</source>
        <translation>它反复重定向</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>耗时过长</translation>
    </message>
    <message>
        <source>it has to be https://…</source>
        <translation>它必须为 https://…</translation>
    </message>
    <message>
        <source>a password has no place in an address</source>
        <translation>地址中不得包含密码</translation>
    </message>
    <message>
        <source>it redirects to nowhere safe</source>
        <translation>它重定向到不安全的位置</translation>
    </message>
    <message>
        <source>it is empty or not one word</source>
        <translation>它为空，或不是单个词</translation>
    </message>
    <message>
        <source>The Cloudinary URL</source>
        <translation>Cloudinary URL</translation>
    </message>
    <message>
        <source>it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME</source>
        <translation>它必须形如 cloudinary://API_KEY:API_SECRET@CLOUD_NAME</translation>
    </message>
    <message>
        <source>its answer names no asset</source>
        <translation>其响应未指明素材</translation>
    </message>
    <message>
        <source>the login had to be renewed</source>
        <translation>登录需要续期</translation>
    </message>
    <message>
        <source>it does not say when it was sent</source>
        <translation>它未说明发送时间</translation>
    </message>
    <message>
        <source>it is too old, or the clock here is wrong</source>
        <translation>它过旧，或本机时钟不准</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>它未签名</translation>
    </message>
    <message>
        <source>its signature is not that of this account</source>
        <translation>其签名不属于此账户</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>it does not say what happened</source>
        <translation>它未说明发生了什么</translation>
    </message>
    <message>
        <source>the login kept is damaged</source>
        <translation>保存的登录信息已损坏</translation>
    </message>
    <message>
        <source>The API address</source>
        <translation>API 地址</translation>
    </message>
    <message>
        <source>it has to begin with https://</source>
        <translation>它必须以 https:// 开头</translation>
    </message>
    <message>
        <source>its answer holds no token</source>
        <translation>其响应不含令牌</translation>
    </message>
    <message>
        <source>The account URL</source>
        <translation>账户 URL</translation>
    </message>
    <message>
        <source>it has to look like account://KEY:SECRET@ACCOUNT_ID</source>
        <translation>它必须形如 account://KEY:SECRET@ACCOUNT_ID</translation>
    </message>
    <message>
        <source>its answer lists no environments</source>
        <translation>其响应未列出环境</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>其证书不被接受</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>其证书已过期，或本机时钟不正确</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>其证书尚未生效，或本机时钟不正确</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>its answer lists no presets</source>
        <translation>其响应未列出预设</translation>
    </message>
    <message>
        <source>The breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>The plug-in&apos;s folder</source>
        <translation>插件的文件夹</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>该名称</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它为空</translation>
    </message>
    <message>
        <source>This choice</source>
        <translation>此选择</translation>
    </message>
    <message>
        <source>it has to be assets of one product environment</source>
        <translation>它必须是同一产品环境的素材</translation>
    </message>
    <message>
        <source>The moderation status</source>
        <translation>审核状态</translation>
    </message>
    <message>
        <source>say approved or rejected</source>
        <translation>请写 approved 或 rejected</translation>
    </message>
    <message>
        <source>The relation</source>
        <translation>该关联</translation>
    </message>
    <message>
        <source>it names no other asset</source>
        <translation>它未指明其他素材</translation>
    </message>
    <message>
        <source>The access rules</source>
        <translation>访问规则</translation>
    </message>
    <message>
        <source>at most one of them can be a time window</source>
        <translation>其中最多只能有一条是时间段</translation>
    </message>
    <message>
        <source>The access rule</source>
        <translation>该访问规则</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>其结束早于开始</translation>
    </message>
    <message>
        <source>it is pinned to a point outside the picture</source>
        <translation>它固定到图片之外的点</translation>
    </message>
    <message>
        <source>it is pinned to a region that is not inside the picture</source>
        <translation>它固定到不在图片之内的区域</translation>
    </message>
    <message>
        <source>it is pinned to a time that cannot be</source>
        <translation>它固定到不可能存在的时刻</translation>
    </message>
    <message>
        <source>a line of its drawing has no points, or no width</source>
        <translation>其绘图中有一笔没有点，或没有宽度</translation>
    </message>
    <message>
        <source>a line of its drawing has a colour that is none of ours</source>
        <translation>其绘图中有一笔的颜色不在可用颜色之内</translation>
    </message>
    <message>
        <source>it has characters that are broken</source>
        <translation>它含有损坏的字符</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>它没有内容</translation>
    </message>
    <message>
        <source>it is empty or has odd characters</source>
        <translation>它为空，或含有异常字符</translation>
    </message>
    <message>
        <source>there is none of that name</source>
        <translation>没有此名称的项目</translation>
    </message>
    <message>
        <source>it must not end with a backslash</source>
        <translation>不能以反斜杠结尾</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>名称不含斜杠，长度为 1 至 255 个字符</translation>
    </message>
    <message>
        <source>an asset has at most 1,000 tags</source>
        <translation>一个素材最多有 1,000 个标签</translation>
    </message>
    <message>
        <source>a tag is a word without spaces around it</source>
        <translation>标签是前后没有空格的词</translation>
    </message>
    <message>
        <source>a tag holds no comma</source>
        <translation>标签不含逗号</translation>
    </message>
    <message>
        <source>a tag has at most 255 characters</source>
        <translation>标签最多 255 个字符</translation>
    </message>
    <message>
        <source>a tag has no control characters</source>
        <translation>标签不含控制字符</translation>
    </message>
    <message>
        <source>a key needs a name without =, | and backslashes</source>
        <translation>键需要一个不含 =、| 和反斜杠的名称</translation>
    </message>
    <message>
        <source>this key says what was sent, and is not edited</source>
        <translation>此键记录所发送的内容，不能编辑</translation>
    </message>
    <message>
        <source>a value has at most 1,024 characters</source>
        <translation>值最多 1,024 个字符</translation>
    </message>
    <message>
        <source>a value has no control characters but line breaks</source>
        <translation>值中除换行外不含控制字符</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>没有此位置</translation>
    </message>
    <message>
        <source>it does not name a place</source>
        <translation>它未指明位置</translation>
    </message>
    <message>
        <source>an environment has no name</source>
        <translation>有一个环境没有名称</translation>
    </message>
    <message>
        <source>what leads in environments is no short table</source>
        <translation>environments 中的主导设置不是简短的表</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>该文件夹</translation>
    </message>
    <message>
        <source>it cannot be moved into itself</source>
        <translation>它不能移入自身</translation>
    </message>
    <message>
        <source>it is larger than 64 MB</source>
        <translation>它超过 64 MB</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>它不是文本</translation>
    </message>
    <message>
        <source>The limit of weight</source>
        <translation>大小上限</translation>
    </message>
    <message>
        <source>it allows no bytes at all</source>
        <translation>它不允许任何字节</translation>
    </message>
    <message>
        <source>it is no extension</source>
        <translation>它不是扩展名</translation>
    </message>
    <message>
        <source>it names a preset twice</source>
        <translation>它重复列出了同一预设</translation>
    </message>
    <message>
        <source>there is no column market or language</source>
        <translation>没有 market 或 language 列</translation>
    </message>
    <message>
        <source>one of its options is chosen by name</source>
        <translation>它的一个选项须按名称选择</translation>
    </message>
    <message>
        <source>it is not written at this master</source>
        <translation>它不会写入此母版</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>该表格</translation>
    </message>
    <message>
        <source>its first line names no columns</source>
        <translation>其首行未指明各列</translation>
    </message>
    <message>
        <source>it has no column File or Asset</source>
        <translation>它没有 File 或 Asset 列</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>它需要名称</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>其名称过长</translation>
    </message>
    <message>
        <source>it is no field that is edited</source>
        <translation>它不是可编辑的字段</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>它出现了两次</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>该文本</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>它过长</translation>
    </message>
    <message>
        <source>a brace stands alone</source>
        <translation>有一个大括号不成对</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>该文档</translation>
    </message>
    <message>
        <source>the name is there twice</source>
        <translation>该名称出现了两次</translation>
    </message>
    <message>
        <source>it needs a name and fields, nothing else</source>
        <translation>它只需要 name 和 fields，别无其他</translation>
    </message>
    <message>
        <source>a name is a text, fields are a list</source>
        <translation>name 必须是文本，fields 必须是列表</translation>
    </message>
    <message>
        <source>it needs field and text, and may have way</source>
        <translation>它需要 field 和 text，可以带 way</translation>
    </message>
    <message>
        <source>text is a text, way is set, add or fill</source>
        <translation>text 必须是文本，way 必须为 set、add 或 fill</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>它指向文件夹之外</translation>
    </message>
    <message>
        <source>it holds a mark that no name can have</source>
        <translation>它含有名称中不允许的符号</translation>
    </message>
    <message>
        <source>it names a stage twice</source>
        <translation>它重复列出了同一阶段</translation>
    </message>
    <message>
        <source>a difference is between 0 and 1</source>
        <translation>差异值须介于 0 和 1 之间</translation>
    </message>
    <message>
        <source>two policies have this name</source>
        <translation>有两个策略使用此名称</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>该列表</translation>
    </message>
    <message>
        <source>it is empty, or has spaces at an end</source>
        <translation>它为空，或首尾有空格</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>它过大</translation>
    </message>
    <message>
        <source>it has to be a list</source>
        <translation>它必须是列表</translation>
    </message>
    <message>
        <source>it has to be true or false</source>
        <translation>它必须为 true 或 false</translation>
    </message>
    <message>
        <source>it has to be a text</source>
        <translation>它必须是文本</translation>
    </message>
    <message>
        <source>it has to be an object</source>
        <translation>它必须是对象</translation>
    </message>
    <message>
        <source>it has to be a list of texts</source>
        <translation>它必须是文本列表</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>it is too long, or broken</source>
        <translation>它过长，或已损坏</translation>
    </message>
    <message>
        <source>The largest file</source>
        <translation>文件大小上限</translation>
    </message>
    <message>
        <source>it has less than no bytes</source>
        <translation>其字节数为负</translation>
    </message>
    <message>
        <source>say DE, US-CA or EMEA</source>
        <translation>请写 DE、US-CA 或 EMEA</translation>
    </message>
    <message>
        <source>say de or pt-BR</source>
        <translation>请写 de 或 pt-BR</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>它缺失</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>不是文本</translation>
    </message>
    <message>
        <source>it has to be a whole number</source>
        <translation>它必须是整数</translation>
    </message>
    <message>
        <source>it has neither a folder nor an address</source>
        <translation>它既没有文件夹也没有地址</translation>
    </message>
    <message>
        <source>to push, it needs a Cloudinary environment</source>
        <translation>要推送，它需要 Cloudinary 环境</translation>
    </message>
    <message>
        <source>an address begins with https://</source>
        <translation>地址须以 https:// 开头</translation>
    </message>
    <message>
        <source>a password has no place in an address; give it as a token</source>
        <translation>地址中不得包含密码；请以令牌形式提供</translation>
    </message>
    <message>
        <source>context needs a name and a short value</source>
        <translation>context 需要名称和简短的值</translation>
    </message>
    <message>
        <source>a folder needs a name at each level</source>
        <translation>文件夹的每一级都需要名称</translation>
    </message>
    <message>
        <source>a folder name cannot hold ? &amp; # \ % &lt; &gt; +</source>
        <translation>文件夹名称不能包含 ? &amp; # \ % &lt; &gt; +</translation>
    </message>
    <message>
        <source>it is no verdict file of a review pack</source>
        <translation>它不是审核包的审核结论文件</translation>
    </message>
    <message>
        <source>it is no verdict</source>
        <translation>它不是审核结论</translation>
    </message>
    <message>
        <source>it is no time</source>
        <translation>它不是时间</translation>
    </message>
    <message>
        <source>its place is not on the picture</source>
        <translation>其位置不在图片上</translation>
    </message>
    <message>
        <source>it is missing, or no such name</source>
        <translation>它缺失，或没有此名称</translation>
    </message>
    <message>
        <source>it is not between 0 and 1</source>
        <translation>它不在 0 和 1 之间</translation>
    </message>
    <message>
        <source>something is named twice in it</source>
        <translation>其中有重复的名称</translation>
    </message>
    <message>
        <source>its due date says no time zone</source>
        <translation>其截止日期未注明时区</translation>
    </message>
    <message>
        <source>its title or its note has characters that are broken</source>
        <translation>其标题或备注含有损坏的字符</translation>
    </message>
    <message>
        <source>it does not end with ]]</source>
        <translation>它未以 ]] 结尾</translation>
    </message>
    <message>
        <source>The list of documents</source>
        <translation>文档列表</translation>
    </message>
    <message>
        <source>no key that this version knows has signed it</source>
        <translation>签名所用的密钥此版本均不认识</translation>
    </message>
    <message>
        <source>it is about something else</source>
        <translation>它针对的是其他内容</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>它已损坏</translation>
    </message>
    <message>
        <source>it is of a format that this version cannot read</source>
        <translation>其格式此版本无法读取</translation>
    </message>
    <message>
        <source>it does not say what a release says</source>
        <translation>它缺少新版本消息应有的内容</translation>
    </message>
    <message>
        <source>it is no language tag</source>
        <translation>它不是语言标签</translation>
    </message>
    <message>
        <source>it has no alternatives by language</source>
        <translation>它没有按语言区分的备选文本</translation>
    </message>
    <message>
        <source>it is indented too far</source>
        <translation>它缩进过多</translation>
    </message>
    <message>
        <source>a synonym stands below its word</source>
        <translation>同义词位于其词的下方</translation>
    </message>
    <message>
        <source>a word has no control characters</source>
        <translation>词中不得含有控制字符</translation>
    </message>
    <message>
        <source>hidden and system files are left out</source>
        <translation>隐藏文件和系统文件会被排除</translation>
    </message>
    <message>
        <source>a folder cannot be copied into itself</source>
        <translation>文件夹不能复制到自身之中</translation>
    </message>
    <message>
        <source>it leads out of the library</source>
        <translation>它指向库之外</translation>
    </message>
    <message>
        <source>another folder took its place</source>
        <translation>它的位置已被另一个文件夹取代</translation>
    </message>
    <message>
        <source>its disk seems to be unmounted</source>
        <translation>其磁盘似乎已卸载</translation>
    </message>
    <message>
        <source>it is not the address of a service</source>
        <translation>它不是服务的地址</translation>
    </message>
    <message>
        <source>it is not an address</source>
        <translation>它不是地址</translation>
    </message>
    <message>
        <source>it is the id of no container</source>
        <translation>它不是任何容器的 ID</translation>
    </message>
    <message>
        <source>it is no id</source>
        <translation>它不是 ID</translation>
    </message>
    <message>
        <source>what was kept of it is damaged</source>
        <translation>所保存的信息已损坏</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>该时间窗口</translation>
    </message>
    <message>
        <source>it has too many galleries</source>
        <translation>它包含的图集过多</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>该记录</translation>
    </message>
    <message>
        <source>it is not defined there</source>
        <translation>那里未定义它</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>it has to be digits</source>
        <translation>它必须是数字</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>该组织</translation>
    </message>
    <message>
        <source>it is none of yours</source>
        <translation>它不属于您</translation>
    </message>
    <message>
        <source>The sign-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>it is not finished</source>
        <translation>它尚未完成</translation>
    </message>
    <message>
        <source>e-mail or password is missing</source>
        <translation>缺少电子邮件或密码</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>耗时过长</translation>
    </message>
    <message>
        <source>The file name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>no file can be called so</source>
        <translation>文件不能使用此名称</translation>
    </message>
    <message>
        <source>it is only read</source>
        <translation>它只供读取</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>its package names no account</source>
        <translation>其软件包未指明账户</translation>
    </message>
    <message>
        <source>no preview is open</source>
        <translation>没有打开的预览</translation>
    </message>
    <message>
        <source>the decoders are closed</source>
        <translation>解码器已关闭</translation>
    </message>
    <message>
        <source>the decoder gave no answer</source>
        <translation>解码器没有响应</translation>
    </message>
    <message>
        <source>the decoder answered nonsense</source>
        <translation>解码器的响应毫无意义</translation>
    </message>
    <message>
        <source>it needs too much memory</source>
        <translation>它需要过多内存</translation>
    </message>
    <message>
        <source>the document has no pages</source>
        <translation>文档没有页面</translation>
    </message>
    <message>
        <source>the page has no size</source>
        <translation>页面没有尺寸</translation>
    </message>
    <message>
        <source>it is PostScript without a preview</source>
        <translation>它是不含预览的 PostScript</translation>
    </message>
    <message>
        <source>its preview is not a picture</source>
        <translation>其预览不是图片</translation>
    </message>
    <message>
        <source>it needs a password</source>
        <translation>它需要密码</translation>
    </message>
    <message>
        <source>ExifTool cannot write this file</source>
        <translation>ExifTool 无法写入此文件</translation>
    </message>
    <message>
        <source>ExifTool cannot be asked</source>
        <translation>无法询问 ExifTool</translation>
    </message>
    <message>
        <source>ExifTool gave no answer</source>
        <translation>ExifTool 没有响应</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>无法打开文件</translation>
    </message>
    <message>
        <source>more than metadata would have changed</source>
        <translation>更改会超出元数据的范围</translation>
    </message>
    <message>
        <source>ExifTool is not installed</source>
        <translation>未安装 ExifTool</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>it is marked as read-only</source>
        <translation>它标记为只读</translation>
    </message>
    <message>
        <source>its folder is read-only</source>
        <translation>其文件夹为只读</translation>
    </message>
    <message>
        <source>where it was taken would still stand in it</source>
        <translation>拍摄地点仍会留在其中</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>其文件头无意义</translation>
    </message>
    <message>
        <source>its picture is compressed in a way that is not known</source>
        <translation>其图片的压缩方式未知</translation>
    </message>
    <message>
        <source>its header: there is no codestream</source>
        <translation>其文件头：没有码流</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>无法转换其颜色</translation>
    </message>
    <message>
        <source>it has no size</source>
        <translation>它没有尺寸</translation>
    </message>
    <message>
        <source>no decoder knows it</source>
        <translation>没有解码器能识别它</translation>
    </message>
    <message>
        <source>there is sound only</source>
        <translation>其中只有声音</translation>
    </message>
    <message>
        <source>no frame could be read</source>
        <translation>无法读取任何帧</translation>
    </message>
    <message>
        <source>no picture could be read</source>
        <translation>无法读取任何图片</translation>
    </message>
    <message>
        <source>This thread of comments</source>
        <translation>此评论讨论</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>它已关闭</translation>
    </message>
    <message>
        <source>This review request</source>
        <translation>此审核请求</translation>
    </message>
    <message>
        <source>it holds no name and expression</source>
        <translation>它不含名称和表达式</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>该令牌</translation>
    </message>
    <message>
        <source>it opens neither a path nor a pattern</source>
        <translation>它既不开放路径也不开放模式</translation>
    </message>
    <message>
        <source>The token&apos;s key</source>
        <translation>该令牌的密钥</translation>
    </message>
    <message>
        <source>it is not hexadecimal</source>
        <translation>它不是十六进制</translation>
    </message>
    <message>
        <source>The rule for breakpoints</source>
        <translation>断点规则</translation>
    </message>
    <message>
        <source>The gallery</source>
        <translation>该图集</translation>
    </message>
    <message>
        <source>nothing is chosen for it</source>
        <translation>未为它选择任何内容</translation>
    </message>
    <message>
        <source>The delivery address</source>
        <translation>投放地址</translation>
    </message>
    <message>
        <source>it names no asset</source>
        <translation>它未指明素材</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>页面已损坏</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>该图层</translation>
    </message>
    <message>
        <source>The options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>the film is too long to be played backwards or again: ask for a shorter part (so_, du_) or a smaller size</source>
        <translation>影片过长，无法倒放或重复播放：请改用较短的片段（so_、du_）或较小的尺寸</translation>
    </message>
    <message>
        <source>it is neither film nor sound</source>
        <translation>它既不是影片也不是声音</translation>
    </message>
    <message>
        <source>the film is damaged</source>
        <translation>影片已损坏</translation>
    </message>
    <message>
        <source>there are no moving pictures in it</source>
        <translation>其中没有动态画面</translation>
    </message>
    <message>
        <source>a picture is asked for, not a film</source>
        <translation>要求的是图片，而不是影片</translation>
    </message>
    <message>
        <source>nothing is left of it, neither pictures nor sound</source>
        <translation>没有剩下任何内容，既无画面也无声音</translation>
    </message>
    <message>
        <source>no frame of the wanted part could be read</source>
        <translation>无法读取所需片段的任何帧</translation>
    </message>
    <message>
        <source>its length is not known, so no percentage of it can be taken</source>
        <translation>其长度未知，因此无法按百分比截取</translation>
    </message>
    <message>
        <source>no frame of the film could be read</source>
        <translation>无法读取影片的任何帧</translation>
    </message>
    <message>
        <source>a length is a number of characters</source>
        <translation>长度是字符数</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>该规则</translation>
    </message>
    <message>
        <source>it changes no field that there is</source>
        <translation>它未更改任何现有字段</translation>
    </message>
    <message>
        <source>context is written as name=value</source>
        <translation>context 须写为 name=value</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>没有此字段</translation>
    </message>
    <message>
        <source>it is too large for a table of markets</source>
        <translation>它过大，不适合作为市场表</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>它不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>The asset</source>
        <translation>该素材</translation>
    </message>
    <message>
        <source>A Cloudinary account</source>
        <translation>Cloudinary 账户</translation>
    </message>
    <message>
        <source>The reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The override</source>
        <translation>该放行设置</translation>
    </message>
    <message>
        <source>The collection</source>
        <translation>该收藏集</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>该归档</translation>
    </message>
    <message>
        <source>it is no year of an archive</source>
        <translation>它不是可用的归档年份</translation>
    </message>
    <message>
        <source>the folder&apos;s whole path is needed</source>
        <translation>需要文件夹的完整路径</translation>
    </message>
    <message>
        <source>there is something in it already</source>
        <translation>其中已有内容</translation>
    </message>
    <message>
        <source>A Cloudinary asset in this choice</source>
        <translation>此选择中的 Cloudinary 素材</translation>
    </message>
    <message>
        <source>some of it are files here, not assets at Cloudinary</source>
        <translation>其中有些是此处的文件，而不是 Cloudinary 上的素材</translation>
    </message>
    <message>
        <source>Cloudinary makes no picture of such a file</source>
        <translation>Cloudinary 不会为此类文件生成图片</translation>
    </message>
    <message>
        <source>The asset in Cloudinary</source>
        <translation>Cloudinary 中的该素材</translation>
    </message>
    <message>
        <source>there is a destination of that name</source>
        <translation>已有同名目标</translation>
    </message>
    <message>
        <source>only assets of a Cloudinary environment have these fields</source>
        <translation>只有 Cloudinary 环境的素材才有这些字段</translation>
    </message>
    <message>
        <source>A rule to change places with</source>
        <translation>可交换位置的规则</translation>
    </message>
    <message>
        <source>its secret is not in the key store</source>
        <translation>其私钥不在密钥存储中</translation>
    </message>
    <message>
        <source>the login names no product environment</source>
        <translation>登录信息未指明产品环境</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>读取期间它有更改</translation>
    </message>
    <message>
        <source>A copy of this master</source>
        <translation>此母版的副本</translation>
    </message>
    <message>
        <source>The endpoint of this message</source>
        <translation>此消息的端点</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>该库</translation>
    </message>
    <message>
        <source>no secret is known here that it could be signed with</source>
        <translation>此处没有可用于签名的密钥</translation>
    </message>
    <message>
        <source>it is no absolute path</source>
        <translation>它不是绝对路径</translation>
    </message>
    <message>
        <source>another report writes its days there</source>
        <translation>另一个报告会将其每日数据写入那里</translation>
    </message>
    <message>
        <source>a keyword is short and has no comma</source>
        <translation>关键字须简短且不含逗号</translation>
    </message>
    <message>
        <source>This library</source>
        <translation>此库</translation>
    </message>
    <message>
        <source>only one of a PhotoShelter-style service takes work in</source>
        <translation>只有 PhotoShelter 类服务的库才接收内容</translation>
    </message>
    <message>
        <source>two renditions would have this name</source>
        <translation>会有两个演绎版使用此名称</translation>
    </message>
    <message>
        <source>the kit has no such preset to limit</source>
        <translation>套件中没有可限制的此预设</translation>
    </message>
    <message>
        <source>the whole path is needed</source>
        <translation>需要完整路径</translation>
    </message>
    <message>
        <source>the name of a ZIP ends in .zip</source>
        <translation>ZIP 的名称须以 .zip 结尾</translation>
    </message>
    <message>
        <source>the name of a folder does not end so</source>
        <translation>文件夹的名称不得如此结尾</translation>
    </message>
    <message>
        <source>there is something of this name</source>
        <translation>已有此名称的内容</translation>
    </message>
    <message>
        <source>there is no master among it</source>
        <translation>其中没有母版</translation>
    </message>
    <message>
        <source>another feed is received on that port</source>
        <translation>该端口正在接收另一个数据源</translation>
    </message>
    <message>
        <source>it has no secret yet</source>
        <translation>尚无密钥</translation>
    </message>
    <message>
        <source>it is not switched on</source>
        <translation>未启用</translation>
    </message>
    <message>
        <source>it is not set to push</source>
        <translation>它未设置为推送</translation>
    </message>
    <message>
        <source>another file has this name</source>
        <translation>另一个文件已使用此名称</translation>
    </message>
    <message>
        <source>how large the picture is, is not known</source>
        <translation>图片的尺寸未知</translation>
    </message>
    <message>
        <source>The review pack of these verdicts</source>
        <translation>这些审核结论的审核包</translation>
    </message>
    <message>
        <source>its content was not read yet</source>
        <translation>尚未读取其内容</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>no browser shows what it was made into</source>
        <translation>没有浏览器能显示所生成的内容</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>该搜索</translation>
    </message>
    <message>
        <source>it needs to be one line</source>
        <translation>它必须为单行</translation>
    </message>
    <message>
        <source>you signed out</source>
        <translation>您已退出登录</translation>
    </message>
    <message>
        <source>the studio is closed</source>
        <translation>工作室已关闭</translation>
    </message>
    <message>
        <source>its place has moved to another one</source>
        <translation>其位置已移到别处</translation>
    </message>
    <message>
        <source>the server has none</source>
        <translation>服务器上没有此内容</translation>
    </message>
    <message>
        <source>there is another template of that name</source>
        <translation>已有另一个同名模板</translation>
    </message>
    <message>
        <source>A vocabulary</source>
        <translation>词汇表</translation>
    </message>
    <message>
        <source>it needs a short name</source>
        <translation>它需要简短的名称</translation>
    </message>
    <message>
        <source>it takes no words</source>
        <translation>它不接受词汇</translation>
    </message>
    <message>
        <source>only words of a set are refused</source>
        <translation>只有集合类字段才能拒绝词汇表之外的词</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>该词汇表</translation>
    </message>
    <message>
        <source>it has no words</source>
        <translation>它没有词</translation>
    </message>
    <message>
        <source>it is there already; --replace writes over it</source>
        <translation>它已存在；使用 --replace 可覆盖</translation>
    </message>
    <message>
        <source>The address to fetch</source>
        <translation>要获取的地址</translation>
    </message>
    <message>
        <source>The asset at its service</source>
        <translation>其服务上的该素材</translation>
    </message>
    <message>
        <source>no preset or set has this name</source>
        <translation>没有此名称的预设或预设组</translation>
    </message>
    <message>
        <source>it is filled from a table of variants</source>
        <translation>它由变体表填充</translation>
    </message>
    <message>
        <source>the table names other pictures for it</source>
        <translation>表格为其指定了其他图片</translation>
    </message>
    <message>
        <source>a parameter such as w_300</source>
        <translation>参数，例如 w_300</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression</source>
        <translation>整数像素值、比率（例如 0.5）、iw、ih 或表达式</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0</source>
        <translation>大于 0 的整数像素值、比率（例如 0.5）、iw、ih 或表达式</translation>
    </message>
    <message>
        <source>a ratio such as 16:9 or 1.5</source>
        <translation>比例，例如 16:9 或 1.5</translation>
    </message>
    <message>
        <source>a factor such as 2.0, or auto</source>
        <translation>系数（例如 2.0）或 auto</translation>
    </message>
    <message>
        <source>a factor such as 0.7</source>
        <translation>系数，例如 0.7</translation>
    </message>
    <message>
        <source>1 to 100, or auto with its level</source>
        <translation>1 到 100，或 auto 及其级别</translation>
    </message>
    <message>
        <source>text in UTF-8</source>
        <translation>UTF-8 文本</translation>
    </message>
    <message>
        <source>a text layer</source>
        <translation>文本图层</translation>
    </message>
    <message>
        <source>the public ID of a layer</source>
        <translation>图层的 Public ID</translation>
    </message>
    <message>
        <source>at most {count} layers within layers</source>
        <translation>最多 {count} 层嵌套的图层</translation>
    </message>
    <message>
        <source>a layer that needs at most {limit} megapixels</source>
        <translation>最多需要 {limit} 百万像素的图层</translation>
    </message>
    <message>
        <source>an address in URL-safe Base64</source>
        <translation>URL 安全 Base64 形式的地址</translation>
    </message>
    <message>
        <source>one of the {count} pages</source>
        <translation>{count} 个页面之一</translation>
    </message>
    <message>
        <source>the only page, 1</source>
        <translation>唯一的页面，即 1</translation>
    </message>
    <message>
        <source>a size of at most {limit} megapixels</source>
        <translation>不超过 {limit} 百万像素的尺寸</translation>
    </message>
    <message>
        <source>a crop that lies inside the picture (fl_no_overflow)</source>
        <translation>位于图片之内的裁剪 (fl_no_overflow)</translation>
    </message>
    <message>
        <source>a named transformation that does not contain itself</source>
        <translation>不包含自身的命名变换</translation>
    </message>
    <message>
        <source>named transformations of at most {count} components in all</source>
        <translation>总共最多 {count} 个组件的命名变换</translation>
    </message>
    <message>
        <source>the name of a transformation without mistakes; in this one {expected} was expected instead of “{found}”</source>
        <translation>没有错误的变换的名称；在此变换中，“{found}”处应为 {expected}</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film, which ends after {end} seconds</source>
        <translation>能保留影片一部分的偏移（影片在 {end} 秒后结束）</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film</source>
        <translation>能保留影片一部分的偏移</translation>
    </message>
    <message>
        <source>a codec that the format holds ({held})</source>
        <translation>该格式支持的编解码器 ({held})</translation>
    </message>
    <message>
        <source>a text that fits into {width} × {height} pixels</source>
        <translation>能放入 {width} × {height} 像素的文本</translation>
    </message>
    <message>
        <source>a text of at most {count} characters</source>
        <translation>最多 {count} 个字符的文本</translation>
    </message>
    <message>
        <source>a text of at most {side} pixels a side and {limit} megapixels</source>
        <translation>每边最多 {side} 像素、总计最多 {limit} 百万像素的文本</translation>
    </message>
    <message>
        <source>a font size above 0</source>
        <translation>大于 0 的字号</translation>
    </message>
    <message>
        <source>a result that is not beyond all sizes</source>
        <translation>未超出可用范围的结果</translation>
    </message>
    <message>
        <source>a division by something other than 0</source>
        <translation>除数不为 0 的除法</translation>
    </message>
    <message>
        <source>a power with an exponent up to {count}</source>
        <translation>指数不超过 {count} 的幂</translation>
    </message>
    <message>
        <source>a root of something that is not below 0</source>
        <translation>对不小于 0 的数求根</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} 或 {other}</translation>
    </message>
    <message>
        <source>the film is not on this machine</source>
        <translation>影片不在本机上</translation>
    </message>
    <message>
        <source>browsers play no films of this format</source>
        <translation>浏览器无法播放此格式的影片</translation>
    </message>
    <message>
        <source>its file is another one now</source>
        <translation>其文件现已不同</translation>
    </message>
    <message>
        <source>new versions of files</source>
        <translation>文件的新版本</translation>
    </message>
    <message>
        <source>its master is a file in a folder here</source>
        <translation>其母版是这里某个文件夹中的文件</translation>
    </message>
    <message>
        <source>another field has this external ID</source>
        <translation>另一个字段已有此外部 ID</translation>
    </message>
    <message>
        <source>A field without a name</source>
        <translation>无名称的字段</translation>
    </message>
    <message>
        <source>it needs a label</source>
        <translation>需要一个标签</translation>
    </message>
    <message>
        <source>another field has this label</source>
        <translation>另一个字段已有此标签</translation>
    </message>
    <message>
        <source>a list needs at least one value to choose</source>
        <translation>列表至少需要一个可选的值</translation>
    </message>
    <message>
        <source>a mandatory field needs a default value</source>
        <translation>必填字段需要一个默认值</translation>
    </message>
    <message>
        <source>its longest length is shorter than its shortest</source>
        <translation>其最大长度小于最小长度</translation>
    </message>
    <message>
        <source>A rule without a name</source>
        <translation>无名称的规则</translation>
    </message>
    <message>
        <source>it needs at least one condition</source>
        <translation>至少需要一个条件</translation>
    </message>
    <message>
        <source>a condition cannot ask about the field that the rule changes</source>
        <translation>条件不能涉及规则要更改的字段</translation>
    </message>
    <message>
        <source>it changes nothing</source>
        <translation>它不更改任何内容</translation>
    </message>
    <message>
        <source>a scene code has six digits</source>
        <translation>场景代码为六位数字</translation>
    </message>
    <message>
        <source>a subject code has eight digits</source>
        <translation>主题代码为八位数字</translation>
    </message>
    <message>
        <source>an age is a number of years</source>
        <translation>年龄是年数</translation>
    </message>
    <message>
        <source>a language is written such as de or en-GB</source>
        <translation>语言写法如 de 或 en-GB</translation>
    </message>
    <message>
        <source>a country code has two or three letters</source>
        <translation>国家代码为两个或三个字母</translation>
    </message>
    <message>
        <source>a measure is a number such as 0.25</source>
        <translation>尺寸是如 0.25 的数字</translation>
    </message>
    <message>
        <source>it takes a set of words</source>
        <translation>它接受一组词</translation>
    </message>
    <message>
        <source>it takes one value</source>
        <translation>它只接受一个值</translation>
    </message>
    <message>
        <source>it takes a text</source>
        <translation>它接受文本</translation>
    </message>
    <message>
        <source>it is one line</source>
        <translation>只能为一行</translation>
    </message>
    <message>
        <source>a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00</source>
        <translation>日期写法如 2026、2026-12-01 或 2026-12-01T09:00:00+01:00</translation>
    </message>
    <message>
        <source>there is no such day or time</source>
        <translation>没有这样的日期或时间</translation>
    </message>
    <message>
        <source>it is none of the choices</source>
        <translation>它不在可选项之中</translation>
    </message>
    <message>
        <source>an address has no blanks</source>
        <translation>地址不含空格</translation>
    </message>
    <message>
        <source>a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E</source>
        <translation>坐标写法如 48.85837, 2.29448 或 48°51′30″N 2°17′40″E</translation>
    </message>
    <message>
        <source>a latitude is at most 90 degrees, a longitude at most 180</source>
        <translation>纬度最大 90 度，经度最大 180 度</translation>
    </message>
    <message>
        <source>it is a whole number</source>
        <translation>它是整数</translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message>
        <source>There is nothing in it, and it is needed.</source>
        <translation>该处为空，但必须填写。</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>表格没有此列。</translation>
    </message>
    <message>
        <source>“{value}” is too long.</source>
        <translation>“{value}”过长。</translation>
    </message>
    <message>
        <source>It holds signs that no text has.</source>
        <translation>包含文本中不应有的字符。</translation>
    </message>
    <message>
        <source>“{value}” is neither upsert nor delete.</source>
        <translation>“{value}”既不是 upsert 也不是 delete。</translation>
    </message>
    <message>
        <source>“{value}” has not 8, 12, 13 or 14 digits.</source>
        <translation>“{value}”不是 8、12、13 或 14 位数字。</translation>
    </message>
    <message>
        <source>“{value}” is not of small letters, digits, - and _.</source>
        <translation>“{value}”不是由小写字母、数字、- 和 _ 组成。</translation>
    </message>
    <message>
        <source>“{value}” is no country&apos;s code, EU or WW.</source>
        <translation>“{value}”不是国家/地区代码、EU 或 WW。</translation>
    </message>
    <message>
        <source>“{value}” is no language tag.</source>
        <translation>“{value}”不是语言标签。</translation>
    </message>
    <message>
        <source>“{value}” is no use that is known.</source>
        <translation>“{value}”不是已知的用途。</translation>
    </message>
    <message>
        <source>“{value}” is no date.</source>
        <translation>“{value}”不是日期。</translation>
    </message>
    <message>
        <source>“{value}” does not say in which time zone.</source>
        <translation>“{value}”未说明时区。</translation>
    </message>
    <message>
        <source>The rights end before they begin.</source>
        <translation>权利的结束时间早于开始时间。</translation>
    </message>
    <message>
        <source>“{value}” is no slot.</source>
        <translation>“{value}”不是有效的图片位。</translation>
    </message>
    <message>
        <source>“{value}” is no position.</source>
        <translation>“{value}”不是有效的位置。</translation>
    </message>
    <message>
        <source>“{value}” does not begin with ps:, cld:, file: or kw:.</source>
        <translation>“{value}”未以 ps:、cld:、file: 或 kw: 开头。</translation>
    </message>
    <message>
        <source>The line is not in the encoding of the file.</source>
        <translation>该行不符合文件的编码。</translation>
    </message>
    <message>
        <source>The line has {value} cells.</source>
        <translation>该行有 {value} 个单元格。</translation>
    </message>
    <message>
        <source>The line is separated by {value}, unlike the first one.</source>
        <translation>该行以 {value} 分隔，与第一行不同。</translation>
    </message>
    <message>
        <source>A quotation mark is never closed.</source>
        <translation>引号未闭合。</translation>
    </message>
    <message>
        <source>The line is too long to be read.</source>
        <translation>该行过长，无法读取。</translation>
    </message>
    <message>
        <source>It is no JSON: {value}.</source>
        <translation>不是 JSON：{value}。</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>不是 JSON 对象。</translation>
    </message>
    <message>
        <source>The check digit of {value} is wrong.</source>
        <translation>{value} 的校验位错误。</translation>
    </message>
    <message>
        <source>Rows of the product say different things; “{value}” was taken.</source>
        <translation>该产品的各行内容不一致；已采用“{value}”。</translation>
    </message>
    <message>
        <source>The product is there twice with “{value}”; the later one was taken.</source>
        <translation>该产品有两个带“{value}”的条目；已采用后一个。</translation>
    </message>
    <message>
        <source>The column “{value}” is not known.</source>
        <translation>列“{value}”未知。</translation>
    </message>
    <message>
        <source>The feed is empty.</source>
        <translation>数据源为空。</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>主图</translation>
    </message>
    <message>
        <source>Other view</source>
        <translation>其他视角</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Swatch</source>
        <translation>色样</translation>
    </message>
    <message>
        <source>Lifestyle</source>
        <translation>场景图</translation>
    </message>
    <message>
        <source>Spin</source>
        <translation>360° 旋转</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>使用手册</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>仅在我查询时</translation>
    </message>
    <message>
        <source>Every quarter of an hour</source>
        <translation>每 15 分钟</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>每小时</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>每 %Ln 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>%Ln 张不同的图片</numerusform>
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
            <numerusform>已采用 %Ln 个产品</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>%Ln 个产品未更改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>%Ln 个产品已过时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>已删除 %Ln 个产品</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>%Ln 行未采用</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未采用</translation>
    </message>
    <message>
        <source>No image of it was found</source>
        <translation>未找到其图片</translation>
    </message>
</context>
<context>
    <name>fidelity</name>
    <message>
        <source>{it} follows the visitor&apos;s browser; here the picture keeps its size.</source>
        <translation>{it} 取决于访问者的浏览器；此处图片保持其大小。</translation>
    </message>
    <message>
        <source>{it} stands alone: Cloudinary&apos;s pages leave open how the other side follows; here the picture keeps its shape.</source>
        <translation>{it} 单独出现：Cloudinary 的文档未说明另一边如何随之变化；此处图片保持其形状。</translation>
    </message>
    <message>
        <source>{it} lets Cloudinary choose the part by its content; here it is chosen by our own measure. The size is exact.</source>
        <translation>{it} 由 Cloudinary 根据内容选择保留部分；此处按我们自己的标准选择。尺寸是精确的。</translation>
    </message>
    <message>
        <source>{it} decides the size too, and its coordinates are not here.</source>
        <translation>{it} 也决定尺寸，而其坐标不在此处。</translation>
    </message>
    <message>
        <source>{it} decides the size too; Cloudinary finds the part with its own detector, here another one does.</source>
        <translation>{it} 也决定尺寸；Cloudinary 用自己的检测器查找该部分，此处使用另一种检测器。</translation>
    </message>
    <message>
        <source>{it}: how much stays around what is found is not published; here it is near.</source>
        <translation>{it}：所找到的内容周围保留多少并未公开；此处为近似值。</translation>
    </message>
    <message>
        <source>dpr_auto follows the visitor&apos;s screen; here it counts as 1.0.</source>
        <translation>dpr_auto 取决于访问者的屏幕；此处按 1.0 计算。</translation>
    </message>
    <message>
        <source>{it} stands by itself; here it enlarges the last size that is asked for.</source>
        <translation>{it} 单独出现；此处会放大最后要求的尺寸。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds the quality for each picture; here it is found by another measure of what the eye sees.</source>
        <translation>{it}：Cloudinary 为每张图片确定质量；此处按另一种视觉感知标准确定。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary chooses the format by browser and content; here by the browser alone.</source>
        <translation>{it}：Cloudinary 根据浏览器和内容选择格式；此处仅根据浏览器。</translation>
    </message>
    <message>
        <source>{it}: when Cloudinary turns the picture is not published in full; here when the size asked for lies the other way.</source>
        <translation>{it}：Cloudinary 何时旋转图片并未完全公开；此处在所要求尺寸的方向不同时旋转。</translation>
    </message>
    <message>
        <source>{it} shares a component with a size; here the picture is turned afterwards.</source>
        <translation>{it} 与尺寸位于同一组件中；此处随后再旋转图片。</translation>
    </message>
    <message>
        <source>How many faces there are decides here; Cloudinary counts them with its own detector.</source>
        <translation>此处由人脸数量决定；Cloudinary 用自己的检测器计数。</translation>
    </message>
    <message>
        <source>The layer {it} is not known here; it is left out.</source>
        <translation>图层 {it} 在此处未知；已略去。</translation>
    </message>
    <message>
        <source>Where the tiles of {it} begin is not published; here at the top left.</source>
        <translation>{it} 的平铺从何处开始并未公开；此处从左上角开始。</translation>
    </message>
    <message>
        <source>The text template {it} is known to Cloudinary only; it is left out.</source>
        <translation>文本模板 {it} 只有 Cloudinary 知道；已略去。</translation>
    </message>
    <message>
        <source>How far a stroke covers its letters is not published; here it lies around them.</source>
        <translation>描边覆盖字母的程度并未公开；此处描边位于字母周围。</translation>
    </message>
    <message>
        <source>The font {it} is not here; a similar one stands in.</source>
        <translation>此处没有字体 {it}；以相似的字体代替。</translation>
    </message>
    <message>
        <source>The uploaded font {it} is not known here; {family} stands in.</source>
        <translation>上传的字体 {it} 在此处未知；以 {family} 代替。</translation>
    </message>
    <message>
        <source>The uploaded font {it} cannot be read here; {family} stands in.</source>
        <translation>上传的字体 {it} 在此处无法读取；以 {family} 代替。</translation>
    </message>
    <message>
        <source>The picture is animated; here its first frame is shown.</source>
        <translation>图片是动画；此处显示其第一帧。</translation>
    </message>
    <message>
        <source>Metadata is not written into {format} files here.</source>
        <translation>此处不会将元数据写入 {format} 文件。</translation>
    </message>
    <message>
        <source>Without f_ or an extension Cloudinary delivers the master&apos;s own format; here it is written as {format}.</source>
        <translation>没有 f_ 或扩展名时，Cloudinary 投放母版自身的格式；此处写为 {format}。</translation>
    </message>
    <message>
        <source>What fills the padding of a transparent picture is not documented; here it stays transparent.</source>
        <translation>透明图片的填充区域用什么填充并无文档说明；此处保持透明。</translation>
    </message>
    <message>
        <source>Layers by name and embedded pictures are opened by Cloudinary only.</source>
        <translation>按名称指定的图层和嵌入的图片只能由 Cloudinary 打开。</translation>
    </message>
    <message>
        <source>Of several pages the first that is named is shown here.</source>
        <translation>有多个页面时，此处显示指定的第一页。</translation>
    </message>
    <message>
        <source>Single layers or pages of such a file are opened by Cloudinary only.</source>
        <translation>此类文件的单个图层或页面只有 Cloudinary 能打开。</translation>
    </message>
    <message>
        <source>A RAW file is shown by the camera&apos;s own preview here, or developed plainly.</source>
        <translation>RAW 文件在此以相机自带的预览显示，或进行简单显影。</translation>
    </message>
    <message>
        <source>Of an AVIF sequence the first picture is shown here.</source>
        <translation>AVIF 序列在此显示第一张图片。</translation>
    </message>
    <message>
        <source>Of an EPS the preview it carries is shown here.</source>
        <translation>EPS 在此显示其自带的预览。</translation>
    </message>
    <message>
        <source>A TIFF of this rare kind is read by another decoder here.</source>
        <translation>此类少见的 TIFF 在此由另一个解码器读取。</translation>
    </message>
    <message>
        <source>t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of that name.</source>
        <translation>t_{it} 在此处按预设 {it} 绘制；Cloudinary 采用自己对该名称的定义。</translation>
    </message>
    <message>
        <source>The film is encoded by another encoder here: its size, length and order are true, its bytes and fine detail are not.</source>
        <translation>此处影片由另一种编码器编码：其尺寸、长度和顺序准确，字节和细节则不准确。</translation>
    </message>
    <message>
        <source>The codec vc_{it} is written by Cloudinary only.</source>
        <translation>编解码器 vc_{it} 只能由 Cloudinary 写入。</translation>
    </message>
    <message>
        <source>A film&apos;s sides are even numbers here: {width} × {height} instead of {asked_width} × {asked_height}.</source>
        <translation>此处影片的边长为偶数：{width} × {height}，而不是 {asked_width} × {asked_height}。</translation>
    </message>
    <message>
        <source>What fills a film&apos;s padding is not documented; here it is black.</source>
        <translation>影片的填充区域用什么填充并无文档说明；此处为黑色。</translation>
    </message>
    <message>
        <source>so_{it} is chosen by Cloudinary; here the frame is from the middle.</source>
        <translation>so_{it} 由 Cloudinary 选择；此处取中间的帧。</translation>
    </message>
    <message>
        <source>Without so_ Cloudinary chooses the frame; here it is the film&apos;s middle one.</source>
        <translation>没有 so_ 时由 Cloudinary 选择帧；此处取影片中间的帧。</translation>
    </message>
    <message>
        <source>How fast Cloudinary plays the frames is not documented; here as the film does.</source>
        <translation>Cloudinary 播放各帧的速度并无文档说明；此处与影片相同。</translation>
    </message>
    <message>
        <source>{it} is chosen by Cloudinary; here the film starts at its beginning.</source>
        <translation>{it} 由 Cloudinary 选择；此处影片从头开始。</translation>
    </message>
    <message>
        <source>{it}: how Cloudinary evens out loudness is not published; here it is near.</source>
        <translation>{it}：Cloudinary 如何均衡响度并未公开；此处为近似效果。</translation>
    </message>
    <message>
        <source>The format f_{it} is written by Cloudinary only; here the film is a {format}.</source>
        <translation>格式 f_{it} 只能由 Cloudinary 写入；此处影片为 {format}。</translation>
    </message>
    <message>
        <source>{it}: what Cloudinary&apos;s strength means in pixels is not published; here it is near.</source>
        <translation>{it}：Cloudinary 的强度相当于多少像素并未公开；此处为近似值。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s formula is not published; here a usual one is used.</source>
        <translation>{it}：Cloudinary 的公式并未公开；此处使用常用公式。</translation>
    </message>
    <message>
        <source>{it}: where Cloudinary&apos;s squares begin is not published; here at the top left.</source>
        <translation>{it}：Cloudinary 的方块从何处开始并未公开；此处从左上角开始。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds it with its own detector, here another one does.</source>
        <translation>{it}：Cloudinary 用自己的检测器查找，此处使用另一种检测器。</translation>
    </message>
    <message>
        <source>Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own measure of what draws the eye. The size is exact.</source>
        <translation>Cloudinary 根据内容选择保留部分 ({it})；此处按我们自己的视觉关注度标准选择。尺寸是精确的。</translation>
    </message>
    <message>
        <source>{it}: how colours between grey and full count is not published; here evenly.</source>
        <translation>{it}：介于灰色与最大值之间的颜色如何计算并未公开；此处均匀计算。</translation>
    </message>
    <message>
        <source>{it}: whether sound fades along is not documented; here it does.</source>
        <translation>{it}：声音是否随之淡入淡出并无文档说明；此处会。</translation>
    </message>
    <message>
        <source>{it}: how the greys of a mask count is not published; here by their brightness.</source>
        <translation>{it}：蒙版的灰度如何计算并未公开；此处按其亮度计算。</translation>
    </message>
    <message>
        <source>{it}: how near a colour must be to be trimmed is not published; here it is near.</source>
        <translation>{it}：颜色须多接近才会被修剪并未公开；此处为近似值。</translation>
    </message>
    <message>
        <source>fl_any_format: when Cloudinary takes a palette is not published; here when hardly a pixel differs.</source>
        <translation>fl_any_format：Cloudinary 何时采用调色板并未公开；此处在几乎没有像素差异时采用。</translation>
    </message>
    <message>
        <source>fl_keep_attribution: which fields count is not published; here those of credit, copyright and rights.</source>
        <translation>fl_keep_attribution：包括哪些字段并未公开；此处为署名、版权和权利字段。</translation>
    </message>
    <message>
        <source>fl_lossy: how much Cloudinary lets frames differ is not published; here a little.</source>
        <translation>fl_lossy：Cloudinary 允许各帧相差多少并未公开；此处允许少许差异。</translation>
    </message>
    <message>
        <source>fl_region_relative: the region is found by another detector here.</source>
        <translation>fl_region_relative：此处由另一种检测器查找该区域。</translation>
    </message>
    <message>
        <source>fl_text_no_trim: how much room Cloudinary leaves around a text is not published; here that of a line.</source>
        <translation>fl_text_no_trim：Cloudinary 在文本周围保留多少空间并未公开；此处为一行的空间。</translation>
    </message>
    <message>
        <source>Cloudinary looks for faces ({it}) with its own detector, here another one does. The size is exact.</source>
        <translation>Cloudinary 用自己的检测器查找人脸 ({it})，此处使用另一种检测器。尺寸是精确的。</translation>
    </message>
    <message>
        <source>{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle stands in.</source>
        <translation>{it}：坐标保存在 Cloudinary 上；此处未知时以中心代替。</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s way of choosing the colour is not published; here it is near.</source>
        <translation>{it}：Cloudinary 选择颜色的方式并未公开；此处为近似效果。</translation>
    </message>
    <message>
        <source>Letters are set by another text engine here and may differ by pixels.</source>
        <translation>此处由另一种文本引擎排版，字母可能相差若干像素。</translation>
    </message>
    <message>
        <source>{it}: whether a border lies around the picture or inside it is not published; here around it.</source>
        <translation>{it}：边框位于图片之外还是之内并未公开；此处位于图片之外。</translation>
    </message>
    <message>
        <source>The variable {it} can be worked out by Cloudinary only.</source>
        <translation>变量 {it} 只能由 Cloudinary 计算。</translation>
    </message>
    <message>
        <source>The rotation {it} is done by Cloudinary only.</source>
        <translation>旋转 {it} 只能由 Cloudinary 执行。</translation>
    </message>
    <message>
        <source>The ratio {it} is worked out by Cloudinary only.</source>
        <translation>比例 {it} 只能由 Cloudinary 计算。</translation>
    </message>
    <message>
        <source>The background {it} is made by Cloudinary only.</source>
        <translation>背景 {it} 只能由 Cloudinary 生成。</translation>
    </message>
    <message>
        <source>The border {it} is drawn by Cloudinary only.</source>
        <translation>边框 {it} 只能由 Cloudinary 绘制。</translation>
    </message>
    <message>
        <source>The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.</source>
        <translation>裁剪模式 {it} 只有 Cloudinary 知道；此处将图片裁剪到该尺寸。</translation>
    </message>
    <message>
        <source>The pixel density {it} is worked out by Cloudinary only.</source>
        <translation>像素密度 {it} 只能由 Cloudinary 计算。</translation>
    </message>
    <message>
        <source>The effect {it} is applied by Cloudinary only.</source>
        <translation>效果 {it} 只能由 Cloudinary 应用。</translation>
    </message>
    <message>
        <source>The format {it} is written by Cloudinary only.</source>
        <translation>格式 {it} 只能由 Cloudinary 写入。</translation>
    </message>
    <message>
        <source>The flag {it} is followed by Cloudinary only.</source>
        <translation>标志 {it} 只有 Cloudinary 会遵循。</translation>
    </message>
    <message>
        <source>Cloudinary looks for {it} in the picture; here the crop stays in the middle.</source>
        <translation>Cloudinary 在图片中查找 {it}；此处裁剪保持居中。</translation>
    </message>
    <message>
        <source>The height {it} is worked out by Cloudinary only.</source>
        <translation>高度 {it} 只能由 Cloudinary 计算。</translation>
    </message>
    <message>
        <source>Conditions that need what Cloudinary alone knows are left out: {it}.</source>
        <translation>需要只有 Cloudinary 才知道的信息的条件已略去：{it}。</translation>
    </message>
    <message>
        <source>The layer {it} is laid on by Cloudinary only.</source>
        <translation>图层 {it} 只能由 Cloudinary 叠加。</translation>
    </message>
    <message>
        <source>The opacity {it} is applied by Cloudinary only.</source>
        <translation>不透明度 {it} 只能由 Cloudinary 应用。</translation>
    </message>
    <message>
        <source>The quality {it} is chosen by Cloudinary only.</source>
        <translation>质量 {it} 只能由 Cloudinary 选择。</translation>
    </message>
    <message>
        <source>Rounded corners ({it}) are cut by Cloudinary only.</source>
        <translation>圆角 ({it}) 只能由 Cloudinary 裁切。</translation>
    </message>
    <message>
        <source>What the named transformation {it} does is not known here; it is left out.</source>
        <translation>命名变换 {it} 的作用在此处未知；已略去。</translation>
    </message>
    <message>
        <source>The layer {it} is laid under by Cloudinary only.</source>
        <translation>图层 {it} 只能由 Cloudinary 衬于下方。</translation>
    </message>
    <message>
        <source>The width {it} is worked out by Cloudinary only.</source>
        <translation>宽度 {it} 只能由 Cloudinary 计算。</translation>
    </message>
    <message>
        <source>The offset {it} is worked out by Cloudinary only.</source>
        <translation>偏移 {it} 只能由 Cloudinary 计算。</translation>
    </message>
    <message>
        <source>{it} is done by Cloudinary only.</source>
        <translation>{it} 只能由 Cloudinary 执行。</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>{filter}: {choice}</source>
        <translation>{filter}：{choice}</translation>
    </message>
    <message>
        <source>Keyword: {words}</source>
        <translation>关键字：{words}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>位于 {folder}</translation>
    </message>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>权利在 %Ln 天内到期</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>nobody has approved it yet</source>
        <translation>尚未有人批准</translation>
    </message>
    <message>
        <source>its review is not finished</source>
        <translation>其审核尚未完成</translation>
    </message>
    <message>
        <source>changes were requested</source>
        <translation>已要求修改</translation>
    </message>
    <message>
        <source>it was rejected</source>
        <translation>已被拒绝</translation>
    </message>
    <message>
        <source>it has changed since it was approved</source>
        <translation>批准后有更改</translation>
    </message>
    <message>
        <source>a stage of its review is missing</source>
        <translation>缺少一个审核阶段</translation>
    </message>
    <message>
        <source>nobody has approved this rendition yet</source>
        <translation>此演绎版尚未有人批准</translation>
    </message>
    <message>
        <source>the review of this rendition is not finished</source>
        <translation>此演绎版的审核尚未完成</translation>
    </message>
    <message>
        <source>changes were requested of this rendition</source>
        <translation>已要求修改此演绎版</translation>
    </message>
    <message>
        <source>this rendition was rejected</source>
        <translation>此演绎版已被拒绝</translation>
    </message>
    <message>
        <source>this rendition has changed since it was approved</source>
        <translation>此演绎版在批准后有更改</translation>
    </message>
    <message>
        <source>a stage of the review of this rendition is missing</source>
        <translation>此演绎版的审核缺少一个阶段</translation>
    </message>
    <message>
        <source>its rights have ended</source>
        <translation>其权利已到期</translation>
    </message>
    <message>
        <source>its rights have not begun</source>
        <translation>其权利尚未开始</translation>
    </message>
    <message>
        <source>its rights dates cannot be read</source>
        <translation>无法读取其权利日期</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>its rights do not cover this market</source>
        <translation>其权利不涵盖此市场</translation>
    </message>
    <message>
        <source>its rights do not cover this channel</source>
        <translation>其权利不涵盖此渠道</translation>
    </message>
    <message>
        <source>a model release is missing</source>
        <translation>缺少肖像授权书</translation>
    </message>
    <message>
        <source>a property release is missing</source>
        <translation>缺少物业授权书</translation>
    </message>
    <message>
        <source>it is archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>required fields are empty</source>
        <translation>必填字段为空</translation>
    </message>
    <message>
        <source>its products do not allow it now</source>
        <translation>其产品目前不允许</translation>
    </message>
    <message>
        <source>what is laid on it may not be shown</source>
        <translation>其叠加的内容不可展示</translation>
    </message>
</context>
<context>
    <name>gate lifts</name>
    <message>
        <source>Somebody approves it.</source>
        <translation>有人批准它。</translation>
    </message>
    <message>
        <source>Its review ends with an approval.</source>
        <translation>其审核以批准结束。</translation>
    </message>
    <message>
        <source>A changed version is approved, or whoever asked for changes approves it.</source>
        <translation>更改后的版本获得批准，或要求修改的人批准它。</translation>
    </message>
    <message>
        <source>It is approved after all; nothing else overrides a rejection.</source>
        <translation>它最终获得批准；没有其他方式可以推翻拒绝。</translation>
    </message>
    <message>
        <source>The new version is approved.</source>
        <translation>新版本获得批准。</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves it.</source>
        <translation>策略要求的每个阶段都批准它。</translation>
    </message>
    <message>
        <source>Somebody approves this rendition itself.</source>
        <translation>有人单独批准此演绎版。</translation>
    </message>
    <message>
        <source>The review of this rendition ends with an approval.</source>
        <translation>此演绎版的审核以批准结束。</translation>
    </message>
    <message>
        <source>The preset or the master is changed and approved, or this is approved.</source>
        <translation>预设或母版经修改并获得批准，或此演绎版获得批准。</translation>
    </message>
    <message>
        <source>This rendition is approved after all; nothing else overrides a rejection.</source>
        <translation>此演绎版最终获得批准；没有其他方式可以推翻拒绝。</translation>
    </message>
    <message>
        <source>The rendition as it is now is approved.</source>
        <translation>此演绎版的当前状态获得批准。</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves this rendition.</source>
        <translation>策略要求的每个阶段都批准此演绎版。</translation>
    </message>
    <message>
        <source>The licence is renewed and recorded.</source>
        <translation>许可已续期并记录。</translation>
    </message>
    <message>
        <source>The day on which its rights begin.</source>
        <translation>到其权利开始之日。</translation>
    </message>
    <message>
        <source>The dates of its rights are recorded so that they can be read.</source>
        <translation>其权利日期以可读取的方式记录。</translation>
    </message>
    <message>
        <source>The file can be read again, or a sound one takes its place.</source>
        <translation>文件可以重新读取，或由完好的文件取代。</translation>
    </message>
    <message>
        <source>Rights for this market are recorded.</source>
        <translation>已记录此市场的权利。</translation>
    </message>
    <message>
        <source>Rights for this channel are recorded.</source>
        <translation>已记录此渠道的权利。</translation>
    </message>
    <message>
        <source>The model release is recorded.</source>
        <translation>已记录肖像授权书。</translation>
    </message>
    <message>
        <source>The property release is recorded.</source>
        <translation>已记录物业授权书。</translation>
    </message>
    <message>
        <source>It is taken out of the archive.</source>
        <translation>已从归档中取出。</translation>
    </message>
    <message>
        <source>The fields that the policy asks for are filled in.</source>
        <translation>已填写策略要求的字段。</translation>
    </message>
    <message>
        <source>A product that it shows allows it, or somebody pushes it.</source>
        <translation>它所展示的产品允许，或由人推送。</translation>
    </message>
    <message>
        <source>What is laid on it is allowed, or left out of the transformation.</source>
        <translation>允许叠加的内容，或将其从转换中移除。</translation>
    </message>
</context>
<context>
    <name>grid</name>
    <message>
        <source>Being kept…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>This cannot be written here.</source>
        <translation>此内容无法写入此处。</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>推送之前必须填写。</translation>
    </message>
    <message>
        <source>The places where the file keeps this do not agree.</source>
        <translation>文件中保存此项的各处不一致。</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>By role</source>
        <translation>按角色</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>日常使用</translation>
    </message>
    <message>
        <source>To look things up</source>
        <translation>参考资料</translation>
    </message>
    <message>
        <source>Run it and get help</source>
        <translation>安装与支持</translation>
    </message>
    <message>
        <source>Build with it</source>
        <translation>集成与开发</translation>
    </message>
</context>
<context>
    <name>holdings</name>
    <message>
        <source>Credit</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>版权</translation>
    </message>
    <message>
        <source>Title and keywords</source>
        <translation>标题和关键字</translation>
    </message>
    <message>
        <source>Date and camera</source>
        <translation>日期和相机</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>颜色配置文件</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>内容凭据</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>透明度</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>{what} stays. {reason}</source>
        <translation>{what} 会保留。{reason}</translation>
    </message>
    <message>
        <source>{what} is lost. {reason}</source>
        <translation>{what} 会丢失。{reason}</translation>
    </message>
</context>
<context>
    <name>hue</name>
    <message>
        <source>No colour</source>
        <translation>无颜色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
</context>
<context>
    <name>insights</name>
    <message>
        <source>No account is connected</source>
        <translation>未连接账户</translation>
    </message>
    <message>
        <source>Connect a Cloudinary account; what it uses is counted here then.</source>
        <translation>请连接 Cloudinary 账户；随后会在此处统计其用量。</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未查询</translation>
    </message>
    <message>
        <source>Ask the environment what it uses. Each answer is kept: several days make a trend.</source>
        <translation>请查询环境的用量。每次的结果都会保留：若干天即可形成趋势。</translation>
    </message>
    <message>
        <source>No numbers of delivery yet</source>
        <translation>还没有投放数据</translation>
    </message>
    <message>
        <source>Import an access log of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>请导入您网站或网络的访问日志：其中有投放的内容、次数和对象。日志在此处读取，不会发送到任何地方。</translation>
    </message>
    <message>
        <source>Nothing is in use yet</source>
        <translation>还没有使用中的内容</translation>
    </message>
    <message>
        <source>What was pushed, published or placed is counted here; an access log tells how often it was delivered.</source>
        <translation>推送、发布或置入的内容在此处统计；访问日志可说明其投放次数。</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>没有可节省的</translation>
    </message>
    <message>
        <source>No rendition is known that is not optimised already.</source>
        <translation>没有已知但尚未优化的演绎版。</translation>
    </message>
    <message>
        <source>Every approved asset is in use</source>
        <translation>所有已批准的素材都在使用中</translation>
    </message>
    <message>
        <source>None of them lies idle.</source>
        <translation>没有闲置的素材。</translation>
    </message>
    <message>
        <source>No rights end soon</source>
        <translation>没有即将到期的权利</translation>
    </message>
    <message>
        <source>Nothing that is in use has to go within these days.</source>
        <translation>使用中的内容在这些天内都无需撤下。</translation>
    </message>
    <message>
        <source>No heavy originals</source>
        <translation>没有较大的原始文件</translation>
    </message>
    <message>
        <source>Every original is smaller than the size that is asked for.</source>
        <translation>每个原始文件都小于所查询的大小。</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>没有重复内容</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>没有两个内容相同的文件。</translation>
    </message>
    <message>
        <source>No two pictures look alike</source>
        <translation>没有两张相似的图片</translation>
    </message>
    <message>
        <source>At least none of those that could be compared.</source>
        <translation>至少在可以比较的图片中没有。</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>没有缺失</translation>
    </message>
    <message>
        <source>Every asset has the fields that are asked for.</source>
        <translation>每个素材都有所查询的字段。</translation>
    </message>
    <message>
        <source>No access log was imported</source>
        <translation>未导入访问日志</translation>
    </message>
    <message>
        <source>Import one of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>请导入您网站或网络的访问日志：其中有投放的内容、次数和对象。日志在此处读取，不会发送到任何地方。</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>没有可报告的内容</translation>
    </message>
    <message>
        <source>There is nothing of that kind in this library and these days.</source>
        <translation>在此库和这些日期中没有此类内容。</translation>
    </message>
    <message>
        <source>No limit is near. The nearest: {name}, {amount}</source>
        <translation>没有接近的限额。最接近的：{name}，{amount}</translation>
    </message>
    <message>
        <source>This plan tells no limits</source>
        <translation>此套餐未说明限额</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}. A second day makes a trend.</source>
        <translation>{name}：{day} 为 {amount}。再有一天即可形成趋势。</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}, after {before} on {earlier}</source>
        <translation>{name}：{day} 为 {amount}，此前 {earlier} 为 {before}</translation>
    </message>
    <message>
        <source>{name} is used least ({measure}: {amount})</source>
        <translation>{name} 使用最少（{measure}：{amount}）</translation>
    </message>
    <message>
        <source>{name} is used most ({measure}: {amount})</source>
        <translation>{name} 使用最多（{measure}：{amount}）</translation>
    </message>
    <message>
        <source>{name} takes most ({measure}: {amount}, {share} of all)</source>
        <translation>{name} 占用最多（{measure}：{amount}，占全部的 {share}）</translation>
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
            <numerusform>%Ln 个已批准的素材从未使用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>%Ln 个使用中的素材的权利将在 {days} 天内到期，或已经到期</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>%Ln 个原始文件达到或超过 {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>%Ln 项内容重复存在</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>%Ln 组图片几乎相同</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>%Ln 项限额即将用尽：{names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln 天前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>{sentence}; {size} could be freed</source>
        <translation>{sentence}；可释放 {size}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>%Ln 个素材缺少元数据</numerusform>
        </translation>
    </message>
    <message>
        <source>Optimisation would save {size}</source>
        <translation>优化可节省 {size}</translation>
    </message>
    <message>
        <source>{name}: {amount} from {first} to {last}</source>
        <translation>{name}：{first} 至 {last} 为 {amount}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>已计入 %Ln 个访问日志</numerusform>
        </translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>相似的图片</translation>
    </message>
    <message>
        <source>Assets without it</source>
        <translation>缺少此项的素材</translation>
    </message>
    <message>
        <source>{used} of {limit}, {share}</source>
        <translation>{used} / {limit}，{share}</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)</source>
        <translation>电子表格用的表格 (CSV)</translation>
    </message>
    <message>
        <source>Plain table (CSV)</source>
        <translation>普通表格 (CSV)</translation>
    </message>
    <message>
        <source>Lines of JSON</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Parquet, for analysis</source>
        <translation>Parquet，用于分析</translation>
    </message>
    <message>
        <source>Cost and limits</source>
        <translation>成本和限额</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Who and what</source>
        <translation>人员和内容</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Access logs</source>
        <translation>访问日志</translation>
    </message>
    <message>
        <source>How near are the plan’s limits?</source>
        <translation>距套餐限额还有多远？</translation>
    </message>
    <message>
        <source>How does usage grow?</source>
        <translation>用量增长如何？</translation>
    </message>
    <message>
        <source>What would optimisation save?</source>
        <translation>优化能节省多少？</translation>
    </message>
    <message>
        <source>What is used most?</source>
        <translation>哪些使用最多？</translation>
    </message>
    <message>
        <source>What is hardly used?</source>
        <translation>哪些几乎未使用？</translation>
    </message>
    <message>
        <source>Which approved assets did nobody use?</source>
        <translation>哪些已批准的素材无人使用？</translation>
    </message>
    <message>
        <source>What is in use as rights end?</source>
        <translation>哪些在用内容的权利即将到期？</translation>
    </message>
    <message>
        <source>Which campaigns take most?</source>
        <translation>哪些营销活动占用最多？</translation>
    </message>
    <message>
        <source>Whose assets take most?</source>
        <translation>谁的素材占用最多？</translation>
    </message>
    <message>
        <source>Which libraries take most?</source>
        <translation>哪些库占用最多？</translation>
    </message>
    <message>
        <source>Which formats take most?</source>
        <translation>哪些格式占用最多？</translation>
    </message>
    <message>
        <source>Which presets are used?</source>
        <translation>使用了哪些预设？</translation>
    </message>
    <message>
        <source>Which originals are heavy?</source>
        <translation>哪些原始文件较大？</translation>
    </message>
    <message>
        <source>What is there twice?</source>
        <translation>哪些内容重复？</translation>
    </message>
    <message>
        <source>What looks almost the same?</source>
        <translation>哪些内容几乎相同？</translation>
    </message>
    <message>
        <source>What has metadata missing?</source>
        <translation>哪些缺少元数据？</translation>
    </message>
    <message>
        <source>What was delivered, day by day?</source>
        <translation>每天投放了什么？</translation>
    </message>
    <message>
        <source>Which access logs are counted?</source>
        <translation>计入了哪些访问日志？</translation>
    </message>
    <message>
        <source>Assets there</source>
        <translation>现有素材</translation>
    </message>
    <message>
        <source>Derived renditions</source>
        <translation>派生的演绎版</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>题注</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>替代文本</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键字</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>创作者</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>版权</translation>
    </message>
    <message>
        <source>an optimised rendition</source>
        <translation>优化后的演绎版</translation>
    </message>
    <message>
        <source>what such formats need</source>
        <translation>此类格式的一般需求</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
</context>
<context>
    <name>job</name>
    <message>
        <source>Queued</source>
        <translation>已排队</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>正在等待</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>kind</name>
    <message>
        <source>Image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message>
        <source>with {what}</source>
        <translation>使用 {what}</translation>
    </message>
    <message>
        <source>as {what}</source>
        <translation>以 {what} 格式</translation>
    </message>
    <message>
        <source>at {what} of its width</source>
        <translation>以其宽度的 {what}</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>ZIP 文件</translation>
    </message>
    <message>
        <source>Feed of addresses</source>
        <translation>地址数据源</translation>
    </message>
    <message>
        <source>Not weighed</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>{weight} too heavy</source>
        <translation>超出 {weight}</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>已扣留</translation>
    </message>
    <message>
        <source>Not as asked</source>
        <translation>不符合要求</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>{weight} of ≤ {most}</source>
        <translation>{weight}，应 ≤ {most}</translation>
    </message>
    <message>
        <source>It fits {how}</source>
        <translation>{how}即可符合</translation>
    </message>
    <message>
        <source>The lightest tried {how}</source>
        <translation>已尝试的最小结果：{how}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln 个演绎版</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>libraries</name>
    <message>
        <source>you have no permission to read it</source>
        <translation>您没有读取权限</translation>
    </message>
    <message>
        <source>it is a link to nothing</source>
        <translation>它是指向不存在目标的链接</translation>
    </message>
    <message>
        <source>it is a link back to a folder that it lies in</source>
        <translation>它是指回其所在文件夹的链接</translation>
    </message>
    <message>
        <source>it lies behind too many links inside one another</source>
        <translation>它位于过多层嵌套链接之后</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>its path is too long</source>
        <translation>其路径过长</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>磁盘报告错误</translation>
    </message>
    <message>
        <source>its field {field} is longer than {most} characters</source>
        <translation>其字段 {field} 超过 {most} 个字符</translation>
    </message>
    <message>
        <source>its field {field} cannot be read</source>
        <translation>无法读取其字段 {field}</translation>
    </message>
    <message>
        <source>it has no identity</source>
        <translation>它没有标识</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>its rights cover some markets only</source>
        <translation>其权利仅涵盖部分市场</translation>
    </message>
    <message>
        <source>its rights do not cover the web</source>
        <translation>其权利不涵盖网站</translation>
    </message>
    <message>
        <source>its rights bound the size in which it may be seen</source>
        <translation>其权利限制了可显示的大小</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Without a transformation the master itself is delivered.</source>
        <translation>不使用变换则直接投放母版。</translation>
    </message>
    <message>
        <source>{value} keeps it.</source>
        <translation>{value} 会保留它。</translation>
    </message>
    <message>
        <source>Cloudinary takes all metadata off what it transforms.</source>
        <translation>Cloudinary 会移除其变换内容的全部元数据。</translation>
    </message>
    <message>
        <source>{value} takes it off.</source>
        <translation>{value} 会移除它。</translation>
    </message>
    <message>
        <source>fl_keep_iptc has no effect together with {value}: choose a fixed quality.</source>
        <translation>fl_keep_iptc 与 {value} 同用时无效：请选择固定品质。</translation>
    </message>
    <message>
        <source>No metadata is written into {value} files.</source>
        <translation>{value} 文件中不写入元数据。</translation>
    </message>
    <message>
        <source>Cloudinary delivers it with the picture.</source>
        <translation>Cloudinary 随图片一起投放它。</translation>
    </message>
    <message>
        <source>{value} converts the colours to sRGB, and the master&apos;s own profile goes.</source>
        <translation>{value} 将颜色转换为 sRGB，母版自身的配置文件会丢失。</translation>
    </message>
    <message>
        <source>{value} files can hold it.</source>
        <translation>{value} 文件可以容纳它。</translation>
    </message>
    <message>
        <source>{value} files cannot hold it.</source>
        <translation>{value} 文件无法容纳它。</translation>
    </message>
    <message>
        <source>Without {value} only the first frame is delivered.</source>
        <translation>没有 {value} 则只投放第一帧。</translation>
    </message>
</context>
<context>
    <name>mapping</name>
    <message>
        <source>the master</source>
        <translation>母版</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>whoever said it last</source>
        <translation>最后更改的一方</translation>
    </message>
    <message>
        <source>stays at the master</source>
        <translation>保留在母版</translation>
    </message>
    <message>
        <source>what is beyond 1,024 characters is cut</source>
        <translation>超过 1,024 个字符的部分会被截去</translation>
    </message>
    <message>
        <source>the day is kept, the time of day is not</source>
        <translation>保留日期，不保留时间</translation>
    </message>
    <message>
        <source>a comma becomes a space, and what is beyond 255 characters is cut</source>
        <translation>逗号变为空格，超过 255 个字符的部分会被截去</translation>
    </message>
    <message>
        <source>only the first of several is kept</source>
        <translation>多个值中只保留第一个</translation>
    </message>
    <message>
        <source>a slash becomes an underscore</source>
        <translation>斜杠变为下划线</translation>
    </message>
    <message>
        <source>what is not in the list of the field is left out</source>
        <translation>不在字段列表中的值会被排除</translation>
    </message>
    <message>
        <source>a master&apos;s record has no “{source}”</source>
        <translation>母版的记录中没有“{source}”</translation>
    </message>
    <message>
        <source>“{source}” has two rows</source>
        <translation>“{source}”有两行</translation>
    </message>
    <message>
        <source>it has a direction, but goes nowhere</source>
        <translation>它有方向，但没有目标</translation>
    </message>
    <message>
        <source>{target} is filled by “{other}” already</source>
        <translation>{target} 已由“{other}”填写</translation>
    </message>
    <message>
        <source>{target} cannot have this name</source>
        <translation>{target} 不能使用此名称</translation>
    </message>
    <message>
        <source>{target} belongs to Asset Bridge</source>
        <translation>{target} 属于 Asset Bridge</translation>
    </message>
    <message>
        <source>{target} cannot hold “{source}”</source>
        <translation>{target} 无法容纳“{source}”</translation>
    </message>
    <message>
        <source>{target} is of another type at Cloudinary: {other}</source>
        <translation>{target} 在 Cloudinary 上是其他类型：{other}</translation>
    </message>
    <message>
        <source>without access control, copies stay open outside of their rights until they are retracted</source>
        <translation>没有访问控制时，副本在权利范围之外仍会开放，直到撤回</translation>
    </message>
    <message>
        <source>“{other}” says which side leads for “{source}”, which has no row</source>
        <translation>“{other}”指定了“{source}”以哪一方为准，但后者没有对应的行</translation>
    </message>
    <message>
        <source>Identity at the service</source>
        <translation>在服务上的标识</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>组织</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>大标题</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>题注</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>替代文本</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>题注作者</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键字</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>创作者</translation>
    </message>
    <message>
        <source>Creator’s position</source>
        <translation>创作者职位</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>版权</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条款</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>权利页面</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Rights block</source>
        <translation>权利块</translation>
    </message>
    <message>
        <source>Rights begin</source>
        <translation>权利开始</translation>
    </message>
    <message>
        <source>Rights end</source>
        <translation>权利结束</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>地域</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>肖像授权书</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>物业授权书</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>批准状态</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>作业标识符</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>省/直辖市/自治区</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>国家/地区</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>国家/地区代码</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评级</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>紧急程度</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>体裁</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>主题代码</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Rights contact</source>
        <translation>权利联系人</translation>
    </message>
    <message>
        <source>Digest of the record</source>
        <translation>记录摘要</translation>
    </message>
    <message>
        <source>Keywords “{words}”</source>
        <translation>关键字“{words}”</translation>
    </message>
    <message>
        <source>Custom field “{name}”</source>
        <translation>自定义字段“{name}”</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Context “{key}”</source>
        <translation>上下文“{key}”</translation>
    </message>
    <message>
        <source>Access begins</source>
        <translation>访问开始</translation>
    </message>
    <message>
        <source>Access ends</source>
        <translation>访问结束</translation>
    </message>
    <message>
        <source>Field “{key}”</source>
        <translation>字段“{key}”</translation>
    </message>
    <message>
        <source>To Cloudinary</source>
        <translation>到 Cloudinary</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>Not carried</source>
        <translation>不传送</translation>
    </message>
    <message>
        <source>To the master</source>
        <translation>到母版</translation>
    </message>
    <message>
        <source>You decide</source>
        <translation>由您决定</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>前往(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>元数据(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>审核(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>Cloudinary(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Demo</source>
        <translation>演示(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Te&amp;xt Size</source>
        <translation>文字大小(&amp;X)</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>One of a list</source>
        <translation>列表中的一项</translation>
    </message>
    <message>
        <source>Several of a list</source>
        <translation>列表中的多项</translation>
    </message>
</context>
<context>
    <name>metadata_rules</name>
    <message>
        <source> and </source>
        <translation> 且 </translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>{field} is filled in</source>
        <translation>{field} 已填写</translation>
    </message>
    <message>
        <source>{field} is empty</source>
        <translation>{field} 为空</translation>
    </message>
    <message>
        <source>{field} has {value}</source>
        <translation>{field} 包含 {value}</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} 为 {value}</translation>
    </message>
    <message>
        <source>{field} is switched on</source>
        <translation>{field} 启用</translation>
    </message>
    <message>
        <source>{field} is switched off</source>
        <translation>{field} 停用</translation>
    </message>
    <message>
        <source>{field} must be filled in</source>
        <translation>{field} 必须填写</translation>
    </message>
    <message>
        <source>{field} may be empty</source>
        <translation>{field} 可以为空</translation>
    </message>
    <message>
        <source>{field} also gets {value}</source>
        <translation>{field} 另加 {value}</translation>
    </message>
    <message>
        <source>{field} becomes {value} if it is empty</source>
        <translation>{field} 为空时填入 {value}</translation>
    </message>
    <message>
        <source>{field} offers all its values</source>
        <translation>{field} 提供其所有值</translation>
    </message>
    <message>
        <source>{field} offers {value}, too</source>
        <translation>{field} 另提供 {value}</translation>
    </message>
    <message>
        <source>{field} offers only {value}</source>
        <translation>{field} 仅提供 {value}</translation>
    </message>
</context>
<context>
    <name>named</name>
    <message>
        <source>Same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>仅在此处</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>仅在那里</translation>
    </message>
</context>
<context>
    <name>objection</name>
    <message>
        <source>it is so already</source>
        <translation>已经如此</translation>
    </message>
    <message>
        <source>another asset has that public ID</source>
        <translation>其他素材已使用该 Public ID</translation>
    </message>
    <message>
        <source>another folder has that place</source>
        <translation>其他文件夹已占用该位置</translation>
    </message>
    <message>
        <source>this cannot be a public ID</source>
        <translation>这不能作为 Public ID</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>名称不含斜杠，长度为 1 至 255 个字符</translation>
    </message>
    <message>
        <source>one asset at a time</source>
        <translation>一次只能处理一个素材</translation>
    </message>
    <message>
        <source>it was deleted; restore it first</source>
        <translation>它已被删除；请先恢复</translation>
    </message>
    <message>
        <source>it is there</source>
        <translation>它已存在</translation>
    </message>
</context>
<context>
    <name>orientation</name>
    <message>
        <source>Landscape</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方形</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>The key of this account may not do this: {reason}</source>
        <translation>此账户的密钥不能执行此操作：{reason}</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Delivered master</source>
        <translation>已投放的母版</translation>
    </message>
    <message>
        <source>Rendition {what}</source>
        <translation>演绎版 {what}</translation>
    </message>
    <message>
        <source>Record at its service</source>
        <translation>其服务上的记录</translation>
    </message>
    <message>
        <source>File of {what}</source>
        <translation>{what} 的文件</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Dragged out</source>
        <translation>拖出</translation>
    </message>
    <message>
        <source>Copied file</source>
        <translation>复制的文件</translation>
    </message>
    <message>
        <source>Review pack {what}</source>
        <translation>审核包 {what}</translation>
    </message>
    <message>
        <source>Kit {what}</source>
        <translation>套件 {what}</translation>
    </message>
    <message>
        <source>Feed {what}</source>
        <translation>数据源 {what}</translation>
    </message>
    <message>
        <source>Copied code {what}</source>
        <translation>复制的代码 {what}</translation>
    </message>
    <message>
        <source>Entry with {what}</source>
        <translation>包含 {what} 的条目</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Channels that change: {channels}.</source>
        <translation>有变化的渠道：{channels}。</translation>
    </message>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>将更改 %Ln 个已发布的演绎版。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>%Ln 个旧版本的去处（例如导出的文件）保持不变。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>%Ln 个去处显示新版本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>%Ln 个去处保留之前的版本。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>%Ln 个去处无法更改。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>内容相同</translation>
    </message>
    <message>
        <source>Already queued</source>
        <translation>已在队列中</translation>
    </message>
    <message>
        <source>added to Cloudinary</source>
        <translation>添加到 Cloudinary</translation>
    </message>
    <message>
        <source>replaces what is delivered now</source>
        <translation>取代目前投放的内容</translation>
    </message>
    <message>
        <source>held back; nothing of it is sent</source>
        <translation>已扣留；不发送其任何内容</translation>
    </message>
    <message>
        <source>larger than your plan&apos;s limit; not sent</source>
        <translation>超过套餐限额；不发送</translation>
    </message>
    <message>
        <source>an earlier version is delivered and stays</source>
        <translation>已投放早期版本并保留</translation>
    </message>
    <message>
        <source>there already; not sent again</source>
        <translation>已存在；不再发送</translation>
    </message>
    <message>
        <source>on its way; not sent twice</source>
        <translation>正在发送；不重复发送</translation>
    </message>
    <message>
        <source>{title}, {count}: {hint}</source>
        <translation>{title}，{count}：{hint}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}，{size}：{note}</translation>
    </message>
    <message>
        <source>This file is larger than your plan&apos;s limit of {size}</source>
        <translation>此文件超过套餐的限额 {size}</translation>
    </message>
    <message>
        <source>same as {other}</source>
        <translation>与 {other} 相同</translation>
    </message>
    <message>
        <source>{public_id} · seen with a token only: {reasons}</source>
        <translation>{public_id} · 仅凭令牌可见：{reasons}</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Web hero, desktop</source>
        <translation>网站主图，桌面</translation>
    </message>
    <message>
        <source>Web hero, tablet</source>
        <translation>网站主图，平板</translation>
    </message>
    <message>
        <source>Web hero, mobile</source>
        <translation>网站主图，手机</translation>
    </message>
    <message>
        <source>Web card</source>
        <translation>网站卡片</translation>
    </message>
    <message>
        <source>Link preview (og:image)</source>
        <translation>链接预览 (og:image)</translation>
    </message>
    <message>
        <source>Product on white</source>
        <translation>白底产品图</translation>
    </message>
    <message>
        <source>Product thumbnail</source>
        <translation>产品缩略图</translation>
    </message>
    <message>
        <source>Instagram portrait</source>
        <translation>Instagram 纵向</translation>
    </message>
    <message>
        <source>Instagram square</source>
        <translation>Instagram 方形</translation>
    </message>
    <message>
        <source>Instagram landscape</source>
        <translation>Instagram 横向</translation>
    </message>
    <message>
        <source>Instagram story</source>
        <translation>Instagram 快拍</translation>
    </message>
    <message>
        <source>TikTok photo</source>
        <translation>TikTok 照片</translation>
    </message>
    <message>
        <source>Facebook post</source>
        <translation>Facebook 帖子</translation>
    </message>
    <message>
        <source>Facebook cover</source>
        <translation>Facebook 封面</translation>
    </message>
    <message>
        <source>YouTube thumbnail</source>
        <translation>YouTube 缩略图</translation>
    </message>
    <message>
        <source>YouTube banner</source>
        <translation>YouTube 横幅</translation>
    </message>
    <message>
        <source>X post</source>
        <translation>X 帖子</translation>
    </message>
    <message>
        <source>X header</source>
        <translation>X 页眉</translation>
    </message>
    <message>
        <source>LinkedIn post</source>
        <translation>LinkedIn 帖子</translation>
    </message>
    <message>
        <source>LinkedIn page cover</source>
        <translation>LinkedIn 主页封面</translation>
    </message>
    <message>
        <source>Pinterest pin</source>
        <translation>Pinterest Pin 图</translation>
    </message>
    <message>
        <source>E-mail header</source>
        <translation>电子邮件页眉</translation>
    </message>
    <message>
        <source>E-mail teaser</source>
        <translation>电子邮件预告图</translation>
    </message>
    <message>
        <source>Ad, medium rectangle</source>
        <translation>广告，中矩形</translation>
    </message>
    <message>
        <source>Ad, large rectangle</source>
        <translation>广告，大矩形</translation>
    </message>
    <message>
        <source>Ad, leaderboard</source>
        <translation>广告，通栏横幅</translation>
    </message>
    <message>
        <source>Ad, billboard</source>
        <translation>广告，大型横幅</translation>
    </message>
    <message>
        <source>Ad, half page</source>
        <translation>广告，半页</translation>
    </message>
    <message>
        <source>Ad, wide skyscraper</source>
        <translation>广告，宽幅摩天楼</translation>
    </message>
    <message>
        <source>Ad, mobile banner</source>
        <translation>广告，移动横幅</translation>
    </message>
    <message>
        <source>Ad, large mobile banner</source>
        <translation>广告，大型移动横幅</translation>
    </message>
    <message>
        <source>Press, at most 4000</source>
        <translation>新闻稿，最大 4000</translation>
    </message>
    <message>
        <source>Ready presets</source>
        <translation>内置预设</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>商店</translation>
    </message>
    <message>
        <source>Social networks</source>
        <translation>社交网络</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Display advertising</source>
        <translation>展示广告</translation>
    </message>
    <message>
        <source>Whole campaign</source>
        <translation>整个营销活动</translation>
    </message>
    <message>
        <source>Hero 1600 × 900</source>
        <translation>主图 1600 × 900</translation>
    </message>
    <message>
        <source>Social square 1080</source>
        <translation>社交方图 1080</translation>
    </message>
    <message>
        <source>Story 1080 × 1920</source>
        <translation>快拍 1080 × 1920</translation>
    </message>
    <message>
        <source>Web, at most 1200</source>
        <translation>网页，最大 1200</translation>
    </message>
    <message>
        <source>Thumbnail 320</source>
        <translation>缩略图 320</translation>
    </message>
    <message>
        <source>CMS page</source>
        <translation>CMS 页面</translation>
    </message>
    <message>
        <source>Landing page</source>
        <translation>着陆页</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Only this preset</source>
        <translation>仅此预设</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>其他图片</translation>
    </message>
    <message>
        <source>A country or region: DE, US-CA, EMEA</source>
        <translation>国家或地区：DE、US-CA、EMEA</translation>
    </message>
    <message>
        <source>A language: de, pt-BR</source>
        <translation>语言：de、pt-BR</translation>
    </message>
    <message>
        <source>The name of a preset; empty for all of them</source>
        <translation>预设名称；留空表示全部</translation>
    </message>
    <message>
        <source>An ID, a path, or a file name that is there once; empty for the asset itself</source>
        <translation>ID、路径或仅出现一次的文件名；留空表示素材本身</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>最大 {size}</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>宽 {pixels} px</translation>
    </message>
    <message>
        <source>{pixels} px high</source>
        <translation>高 {pixels} px</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Choose assets first.</source>
        <translation>请先选择素材。</translation>
    </message>
    <message>
        <source>Choose assets of a library first.</source>
        <translation>请先选择库中的资产。</translation>
    </message>
    <message>
        <source>Choose exactly one asset first.</source>
        <translation>请先只选择一个素材。</translation>
    </message>
    <message>
        <source>Nothing was said that could be taken back.</source>
        <translation>没有可撤销的更改。</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>没有已撤销的更改。</translation>
    </message>
    <message>
        <source>Go to a library of PhotoShelter&apos;s kind first.</source>
        <translation>请先转到 PhotoShelter 类的库。</translation>
    </message>
    <message>
        <source>Choose assets at Cloudinary, or a folder there, first.</source>
        <translation>请先选择 Cloudinary 上的素材或文件夹。</translation>
    </message>
    <message>
        <source>Set up an account first.</source>
        <translation>请先设置账户。</translation>
    </message>
    <message>
        <source>It cannot be used here.</source>
        <translation>此处无法使用。</translation>
    </message>
</context>
<context>
    <name>renditions</name>
    <message>
        <source>the file cannot be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>no picture can be made of it</source>
        <translation>无法由它生成图片</translation>
    </message>
    <message>
        <source>it has no file here; download it first</source>
        <translation>此处没有其文件；请先下载</translation>
    </message>
    <message>
        <source>the table names an unknown image</source>
        <translation>表格中指定了未知的图片</translation>
    </message>
    <message>
        <source>the transformation is wrong</source>
        <translation>变换有误</translation>
    </message>
    <message>
        <source>a text is missing for this market</source>
        <translation>缺少此市场的文本</translation>
    </message>
    <message>
        <source>another one would have the same name</source>
        <translation>会有另一个同名文件</translation>
    </message>
    <message>
        <source>there is such a file already</source>
        <translation>已有此文件</translation>
    </message>
    <message>
        <source>this content is not pushed</source>
        <translation>此内容尚未推送</translation>
    </message>
    <message>
        <source>the gate is shut</source>
        <translation>关卡未放行</translation>
    </message>
    <message>
        <source>Will be made</source>
        <translation>将生成</translation>
    </message>
    <message>
        <source>Take the place of a file that is there</source>
        <translation>替换已有的文件</translation>
    </message>
    <message>
        <source>Held back: {reason}</source>
        <translation>已扣留：{reason}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Usage and limits</source>
        <translation>用量和限额</translation>
    </message>
    <message>
        <source>Usage by day</source>
        <translation>每日用量</translation>
    </message>
    <message>
        <source>Most used assets</source>
        <translation>使用最多的素材</translation>
    </message>
    <message>
        <source>Least used assets</source>
        <translation>使用最少的素材</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>按营销活动</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>按所有者</translation>
    </message>
    <message>
        <source>By library</source>
        <translation>按库</translation>
    </message>
    <message>
        <source>By format</source>
        <translation>按格式</translation>
    </message>
    <message>
        <source>By preset</source>
        <translation>按预设</translation>
    </message>
    <message>
        <source>Approved, never used</source>
        <translation>已批准，从未使用</translation>
    </message>
    <message>
        <source>In use, rights ending</source>
        <translation>使用中，权利即将到期</translation>
    </message>
    <message>
        <source>Heavy originals</source>
        <translation>较大的原始文件</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复项</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>近似重复项</translation>
    </message>
    <message>
        <source>Missing metadata</source>
        <translation>缺失的元数据</translation>
    </message>
    <message>
        <source>What optimisation would save</source>
        <translation>优化可节省的空间</translation>
    </message>
    <message>
        <source>Delivery by day</source>
        <translation>每日投放</translation>
    </message>
    <message>
        <source>Imported access logs</source>
        <translation>已导入的访问日志</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>计量项</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>查询时间</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>库</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>营销活动</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>素材</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>去处</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已投放</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>批准状态</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Rights from</source>
        <translation>权利自</translation>
    </message>
    <message>
        <source>Rights until</source>
        <translation>权利至</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>剩余天数</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Could be freed</source>
        <translation>可释放</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>演绎版</translation>
    </message>
    <message>
        <source>Bytes now</source>
        <translation>当前字节数</translation>
    </message>
    <message>
        <source>Bytes optimised</source>
        <translation>优化后字节数</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>Reckoned from</source>
        <translation>估算依据</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>首日</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>末日</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>已计入</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>Public ID</translation>
    </message>
    <message>
        <source>Asset ID</source>
        <translation>素材 ID</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Media ID</source>
        <translation>媒体 ID</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>演绎版</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Referring host</source>
        <translation>引荐主机</translation>
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
        <translation>市场</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载次数</translation>
    </message>
    <message>
        <source>Outside its rights</source>
        <translation>超出权利范围</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>测量方式</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>套餐</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Would be saved</source>
        <translation>可节省</translation>
    </message>
    <message>
        <source>Outside their rights</source>
        <translation>超出权利范围</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Unknown lines</source>
        <translation>未知行</translation>
    </message>
    <message>
        <source>Limits nearly reached</source>
        <translation>即将达到的限额</translation>
    </message>
    <message>
        <source>No Cloudinary account is connected: what it would tell is missing.</source>
        <translation>未连接 Cloudinary 账户：缺少其提供的信息。</translation>
    </message>
    <message>
        <source>The environment was not asked for its usage yet.</source>
        <translation>尚未向环境查询用量。</translation>
    </message>
    <message>
        <source>The environment could not be asked now; this is what it told last.</source>
        <translation>目前无法查询环境；以下为上次的结果。</translation>
    </message>
    <message>
        <source>Requests were not measured: no access log was imported for these days.</source>
        <translation>未统计请求数：没有导入这些日期的访问日志。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>访问日志中有 %Ln 行未指向此处已知的资产。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>%Ln 个没有缩略图的资产无法比较。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>%Ln 张图片的相似图片过多，无法与全部进行比较。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>尚未读取：%Ln 个资产。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>未测量：%Ln 个数值。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>仅导出中包含：另有 %Ln 行。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>required fields</name>
    <message>
        <source>title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>题注</translation>
    </message>
    <message>
        <source>alternative text</source>
        <translation>替代文本</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>关键字</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>创作者</translation>
    </message>
    <message>
        <source>credit line</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>copyright notice</source>
        <translation>版权声明</translation>
    </message>
    <message>
        <source>usage terms</source>
        <translation>使用条款</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>Master</source>
        <translation>母版</translation>
    </message>
    <message>
        <source>Stage {stage}</source>
        <translation>阶段 {stage}</translation>
    </message>
    <message>
        <source>Its file says: {state}</source>
        <translation>其文件中的状态：{state}</translation>
    </message>
    <message>
        <source>Waits for {stage}</source>
        <translation>等待 {stage}</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>已请求</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Cloudinary 上的审核</translation>
    </message>
    <message>
        <source>In review at their library</source>
        <translation>在其库中审核</translation>
    </message>
    <message>
        <source>Said in their files</source>
        <translation>文件中的状态</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>自 {date} 起逾期</translation>
    </message>
    <message>
        <source>Due today, {time}</source>
        <translation>今天 {time} 截止</translation>
    </message>
    <message>
        <source>Due tomorrow, {time}</source>
        <translation>明天 {time} 截止</translation>
    </message>
    <message>
        <source>Due {date}</source>
        <translation>{date} 截止</translation>
    </message>
    <message>
        <source>{done} of {total} decided</source>
        <translation>已决定 {done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>%Ln 个要求修改</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>所有人</translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>%Ln 个已批准</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>%Ln 个已拒绝</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>%Ln 个已不在此处</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>review groups</name>
    <message>
        <source>By channel</source>
        <translation>按渠道</translation>
    </message>
    <message>
        <source>By market</source>
        <translation>按市场</translation>
    </message>
    <message>
        <source>By asset</source>
        <translation>按素材</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>全部合并</translation>
    </message>
</context>
<context>
    <name>review guides</name>
    <message>
        <source>No guides</source>
        <translation>无参考线</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>安全区域</translation>
    </message>
    <message>
        <source>Thirds and centre</source>
        <translation>三分线和中心</translation>
    </message>
    <message>
        <source>Crops of other formats</source>
        <translation>其他格式的裁剪</translation>
    </message>
</context>
<context>
    <name>review keys</name>
    <message>
        <source>Decide</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>导航</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Pin a comment to a place</source>
        <translation>将评论固定到某处</translation>
    </message>
    <message>
        <source>Draw on the picture</source>
        <translation>在图片上绘制</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>撤回上一个决定</translation>
    </message>
    <message>
        <source>Approve the rest</source>
        <translation>批准其余图片</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Next asset</source>
        <translation>下一个素材</translation>
    </message>
    <message>
        <source>Previous asset</source>
        <translation>上一个素材</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>下一个未决定的</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第一个</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最后一个</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Compare: line, onion skin, difference</source>
        <translation>比较：分隔线、洋葱皮、差异</translation>
    </message>
    <message>
        <source>Against the version before, or the master</source>
        <translation>与上一版本或母版比较</translation>
    </message>
    <message>
        <source>Master and renditions side by side</source>
        <translation>母版和演绎版并排</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>联系表</translation>
    </message>
    <message>
        <source>Guides: safe area, thirds, crops</source>
        <translation>参考线：安全区域、三分线、裁剪</translation>
    </message>
    <message>
        <source>Play a film, or stop it</source>
        <translation>播放或停止影片</translation>
    </message>
    <message>
        <source>A film one step back</source>
        <translation>影片后退一步</translation>
    </message>
    <message>
        <source>A film one step on</source>
        <translation>影片前进一步</translation>
    </message>
    <message>
        <source>100 %, and back</source>
        <translation>100% 及恢复</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>More of the version before</source>
        <translation>更多显示上一版本</translation>
    </message>
    <message>
        <source>More of the version now</source>
        <translation>更多显示当前版本</translation>
    </message>
    <message>
        <source>Facts and comments</source>
        <translation>信息和评论</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>胶片</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Rate with 0 to 5 stars</source>
        <translation>评为 0 到 5 星</translation>
    </message>
    <message>
        <source>Label red, yellow, green or blue</source>
        <translation>标为红色、黄色、绿色或蓝色</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>显示这些按键</translation>
    </message>
</context>
<context>
    <name>review looks</name>
    <message>
        <source>Version before</source>
        <translation>上一版本</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>母版</translation>
    </message>
</context>
<context>
    <name>review_pack</name>
    <message>
        <source>the pack holds no such picture</source>
        <translation>审核包中没有此图片</translation>
    </message>
    <message>
        <source>it is about other bytes than the pack held</source>
        <translation>它针对的字节与审核包中的不同</translation>
    </message>
    <message>
        <source>it is about another transformation than the pack held</source>
        <translation>它针对的变换与审核包中的不同</translation>
    </message>
    <message>
        <source>its master is not in the catalog any more</source>
        <translation>其母版已不在目录中</translation>
    </message>
    <message>
        <source>its master has changed since the pack was made</source>
        <translation>审核包生成后，其母版有更改</translation>
    </message>
    <message>
        <source>its preset has changed since the pack was made</source>
        <translation>审核包生成后，其预设有更改</translation>
    </message>
    <message>
        <source>a later verdict of the same reviewer is on record</source>
        <translation>已有同一审核人较晚的审核结论在册</translation>
    </message>
</context>
<context>
    <name>review_page</name>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>未决定</translation>
    </message>
    <message>
        <source>The verdict was taken back</source>
        <translation>审核结论已撤回</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>审核结论</translation>
    </message>
    <message>
        <source>Why? (goes with the verdict)</source>
        <translation>为什么？（随审核结论附上）</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>About the whole picture</source>
        <translation>针对整张图片</translation>
    </message>
    <message>
        <source>About the marked place</source>
        <translation>针对标记的位置</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>添加评论</translation>
    </message>
    <message>
        <source>Delete comment</source>
        <translation>删除评论</translation>
    </message>
    <message>
        <source>Mark a place</source>
        <translation>标记位置</translation>
    </message>
    <message>
        <source>Click a point of the picture, or drag a frame around a part of it.</source>
        <translation>单击图片上的一点，或围绕其中一部分拖出方框。</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>还没有评论。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Please say your name: your verdicts are recorded with it.</source>
        <translation>请填写您的姓名：审核结论将以此名义记录。</translation>
    </message>
    <message>
        <source>Save verdicts</source>
        <translation>保存审核结论</translation>
    </message>
    <message>
        <source>Saves a file. Send it to {who}, who reads it in.</source>
        <translation>将保存一个文件。请发送给 {who}，由其导入。</translation>
    </message>
    <message>
        <source>Saved as {file}. Please send it to {who}.</source>
        <translation>已保存为 {file}。请发送给 {who}。</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>还没有可保存的内容。</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>已决定 {done} / {all}</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>截至 {date}</translation>
    </message>
    <message>
        <source>From {who}, {date}</source>
        <translation>来自 {who}，{date}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100%</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>下一个未决定的</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>母版</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture {n} of {all}: {name}</source>
        <translation>图片 {n} / {all}：{name}</translation>
    </message>
    <message>
        <source>One picture of a film</source>
        <translation>影片中的一帧</translation>
    </message>
    <message>
        <source>this browser does not play it</source>
        <translation>此浏览器无法播放</translation>
    </message>
    <message>
        <source>Comment on this moment</source>
        <translation>评论此时刻</translation>
    </message>
    <message>
        <source>About {time} of the film</source>
        <translation>针对影片的 {time}</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>播放、暂停</translation>
    </message>
    <message>
        <source>Approximate: what is delivered may look a little different</source>
        <translation>近似效果：投放的内容可能略有不同</translation>
    </message>
    <message>
        <source>Some steps are made on delivery only, and are not shown here</source>
        <translation>有些步骤仅在投放时执行，此处不显示</translation>
    </message>
    <message>
        <source>This picture cannot be shown. If you opened the page inside a ZIP file, unpack the whole file first, then open index.html from the unpacked folder.</source>
        <translation>无法显示此图片。如果您是在 ZIP 文件中打开该页面，请先解压整个文件，然后从解压后的文件夹中打开 index.html。</translation>
    </message>
    <message>
        <source>This browser keeps nothing for this page: save your verdicts before you close it.</source>
        <translation>此浏览器不会为此页面保存内容：关闭之前请保存审核结论。</translation>
    </message>
    <message>
        <source>This page is damaged. Please ask for the review pack again.</source>
        <translation>此页面已损坏。请重新索取审核包。</translation>
    </message>
    <message>
        <source>Comment {n}</source>
        <translation>评论 {n}</translation>
    </message>
    <message>
        <source>This page needs JavaScript. It loads nothing from the network.</source>
        <translation>此页面需要 JavaScript。它不会从网络加载任何内容。</translation>
    </message>
    <message>
        <source>Go to the verdict</source>
        <translation>转到审核结论</translation>
    </message>
</context>
<context>
    <name>rights</name>
    <message>
        <source>Rights open</source>
        <translation>权利有效</translation>
    </message>
    <message>
        <source>Rights not begun</source>
        <translation>权利未开始</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>权利已到期</translation>
    </message>
    <message>
        <source>Rights unclear</source>
        <translation>权利不明</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>肖像授权书</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>物业授权书</translation>
    </message>
    <message>
        <source>Nobody said that one is needed</source>
        <translation>无人表示需要</translation>
    </message>
    <message>
        <source>There is one</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>It is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>The whole world</source>
        <translation>全世界</translation>
    </message>
    <message>
        <source>Europe, the Middle East and Africa</source>
        <translation>欧洲、中东和非洲</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>北美</translation>
    </message>
    <message>
        <source>Latin America</source>
        <translation>拉丁美洲</translation>
    </message>
    <message>
        <source>Asia and the Pacific</source>
        <translation>亚太</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Social media</source>
        <translation>社交媒体</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>印刷</translation>
    </message>
    <message>
        <source>Posters</source>
        <translation>海报</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>广播电视</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>商店</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>The dates cannot be read</source>
        <translation>无法读取日期</translation>
    </message>
    <message>
        <source>From {start} until {end}</source>
        <translation>{start} 至 {end}</translation>
    </message>
    <message>
        <source>From {start}</source>
        <translation>自 {start} 起</translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation>至 {end}</translation>
    </message>
    <message>
        <source>Nothing is claimed</source>
        <translation>未声明任何内容</translation>
    </message>
    <message>
        <source>not {list}</source>
        <translation>不含 {list}</translation>
    </message>
    <message>
        <source>Texts and documents only</source>
        <translation>仅文本和文档</translation>
    </message>
    <message>
        <source>Nothing is left that file and claim both allow</source>
        <translation>文件与声明没有共同允许的内容</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>仅限 {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>仅用于 {channels}</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>其他地方</translation>
    </message>
    <message>
        <source>{some} and others</source>
        <translation>{some} 等</translation>
    </message>
</context>
<context>
    <name>self.clipboard</name>
    <message>
        <source>Link copied. It opens this asset where it is known.</source>
        <translation>已复制链接。在知晓此素材之处，可用它打开此素材。</translation>
    </message>
</context>
<context>
    <name>shelter</name>
    <message>
        <source>the sources of its approval disagree</source>
        <translation>其批准状态的各来源不一致</translation>
    </message>
    <message>
        <source>its approval is written in a way that means nothing here</source>
        <translation>其批准状态的写法在此处没有意义</translation>
    </message>
    <message>
        <source>a very long text was cut</source>
        <translation>很长的文本被截断</translation>
    </message>
    <message>
        <source>its rights limit the size in which it may be shown</source>
        <translation>其权利限制了可显示的大小</translation>
    </message>
    <message>
        <source>its credit has to be shown</source>
        <translation>必须显示其署名</translation>
    </message>
    <message>
        <source>it may not be used with generative tools</source>
        <translation>不得用于生成式工具</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>尚未同步</translation>
    </message>
    <message>
        <source>What lies here has not been read yet; it comes by itself. A search of all of {service} finds it already.</source>
        <translation>这里的内容尚未读取；会自动读取。搜索整个 {service} 已可找到。</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
    <message>
        <source>What is put into this place at {service} appears with the next sync.</source>
        <translation>在 {service} 放入此处的内容会在下次同步时出现。</translation>
    </message>
    <message>
        <source>Signed out: shown as it was last seen</source>
        <translation>已退出登录：显示最后一次所见的状态</translation>
    </message>
    <message>
        <source>{done} of {total} galleries synced</source>
        <translation>已同步 {done} / {total} 个图集</translation>
    </message>
    <message>
        <source>Synced {moment}</source>
        <translation>同步于 {moment}</translation>
    </message>
    <message>
        <source>Only for you and your staff</source>
        <translation>仅限您和您的员工</translation>
    </message>
    <message>
        <source>For those with permission</source>
        <translation>仅限有权限的人员</translation>
    </message>
    <message>
        <source>For everyone</source>
        <translation>对所有人</translation>
    </message>
    <message>
        <source>Custom field: {state}</source>
        <translation>自定义字段：{state}</translation>
    </message>
    <message>
        <source>Workspace review: {state}</source>
        <translation>工作区审核：{state}</translation>
    </message>
    <message>
        <source>Keyword: {state}</source>
        <translation>关键字：{state}</translation>
    </message>
    <message>
        <source>Gallery: {state}</source>
        <translation>图集：{state}</translation>
    </message>
    <message>
        <source>In a &amp;Document beside the Gallery</source>
        <translation>在图集旁的文档中(&amp;D)</translation>
    </message>
    <message>
        <source>With the Rendered &amp;Files</source>
        <translation>随生成的文件(&amp;F)</translation>
    </message>
    <message>
        <source>As &amp;Links of the Master</source>
        <translation>作为母版的链接(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Not at All</source>
        <translation>完全不记录(&amp;N)</translation>
    </message>
    <message>
        <source>Model release: there is one</source>
        <translation>肖像授权书：已有</translation>
    </message>
    <message>
        <source>Model release: missing</source>
        <translation>肖像授权书：缺失</translation>
    </message>
    <message>
        <source>Property release: there is one</source>
        <translation>物业授权书：已有</translation>
    </message>
    <message>
        <source>Property release: missing</source>
        <translation>物业授权书：缺失</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>无法识别</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>仅限 {places}</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>仅用于 {channels}</translation>
    </message>
    <message>
        <source>Not all of it is recorded there yet</source>
        <translation>尚未全部记录在那里</translation>
    </message>
    <message>
        <source>Recorded there {moment}</source>
        <translation>于 {moment} 记录在那里</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>North America (AWS)</source>
        <translation>北美 (AWS)</translation>
    </message>
    <message>
        <source>Europe (AWS)</source>
        <translation>欧洲 (AWS)</translation>
    </message>
    <message>
        <source>Australia (AWS)</source>
        <translation>澳大利亚 (AWS)</translation>
    </message>
    <message>
        <source>North America (Azure)</source>
        <translation>北美 (Azure)</translation>
    </message>
    <message>
        <source>Europe (Azure)</source>
        <translation>欧洲 (Azure)</translation>
    </message>
    <message>
        <source>North America (Google Cloud)</source>
        <translation>北美 (Google Cloud)</translation>
    </message>
    <message>
        <source>Europe (Google Cloud)</source>
        <translation>欧洲 (Google Cloud)</translation>
    </message>
    <message>
        <source>Take the whole entry off, in that locale</source>
        <translation>在该区域设置中取消发布整个条目</translation>
    </message>
    <message>
        <source>Remove the picture, and publish without it</source>
        <translation>移除图片，并在没有图片的情况下发布</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>The editor&apos;s</source>
        <translation>编辑者的</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已被拒绝</translation>
    </message>
    <message>
        <source>{rendition} (cannot be chosen)</source>
        <translation>{rendition}（无法选择）</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>No label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发布</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>开发</translation>
    </message>
</context>
<context>
    <name>stale</name>
    <message>
        <source>the master has a new version</source>
        <translation>母版有新版本</translation>
    </message>
    <message>
        <source>its preset was changed</source>
        <translation>其预设已更改</translation>
    </message>
    <message>
        <source>the master has a new version, and its preset was changed</source>
        <translation>母版有新版本，且其预设已更改</translation>
    </message>
</context>
<context>
    <name>standard</name>
    <message>
        <source>All models released</source>
        <translation>所有模特均有授权书</translation>
    </message>
    <message>
        <source>Limited or incomplete model releases</source>
        <translation>肖像授权书有限或不完整</translation>
    </message>
    <message>
        <source>No model release</source>
        <translation>无肖像授权书</translation>
    </message>
    <message>
        <source>Model release not applicable</source>
        <translation>肖像授权书不适用</translation>
    </message>
    <message>
        <source>All properties released</source>
        <translation>所有物业均有授权书</translation>
    </message>
    <message>
        <source>Limited or incomplete property releases</source>
        <translation>物业授权书有限或不完整</translation>
    </message>
    <message>
        <source>No property release</source>
        <translation>无物业授权书</translation>
    </message>
    <message>
        <source>Property release not applicable</source>
        <translation>物业授权书不适用</translation>
    </message>
    <message>
        <source>Age unknown</source>
        <translation>年龄未知</translation>
    </message>
    <message>
        <source>25 or older</source>
        <translation>25 岁或以上</translation>
    </message>
    <message>
        <source>14 or younger</source>
        <translation>14 岁或以下</translation>
    </message>
    <message>
        <source>Protected by copyright</source>
        <translation>受版权保护</translation>
    </message>
    <message>
        <source>Public domain</source>
        <translation>公共领域</translation>
    </message>
    <message>
        <source>1 – most urgent</source>
        <translation>1 – 最紧急</translation>
    </message>
    <message>
        <source>5 – normal</source>
        <translation>5 – 普通</translation>
    </message>
    <message>
        <source>8 – least urgent</source>
        <translation>8 – 最不紧急</translation>
    </message>
    <message>
        <source>Taken by a digital camera</source>
        <translation>由数码相机拍摄</translation>
    </message>
    <message>
        <source>Computed from several frames of a camera</source>
        <translation>由相机的多帧计算而成</translation>
    </message>
    <message>
        <source>Scanned from negative film</source>
        <translation>扫描自负片</translation>
    </message>
    <message>
        <source>Scanned from positive film</source>
        <translation>扫描自正片</translation>
    </message>
    <message>
        <source>Scanned from a print</source>
        <translation>扫描自印刷品</translation>
    </message>
    <message>
        <source>Edited by people</source>
        <translation>由人编辑</translation>
    </message>
    <message>
        <source>Drawn by people</source>
        <translation>由人绘制</translation>
    </message>
    <message>
        <source>Composed of captures</source>
        <translation>由拍摄内容合成</translation>
    </message>
    <message>
        <source>Composed of elements</source>
        <translation>由元素合成</translation>
    </message>
    <message>
        <source>Composed, with synthetic elements</source>
        <translation>合成，含合成元素</translation>
    </message>
    <message>
        <source>Edited by a trained algorithm</source>
        <translation>由经训练的算法编辑</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>由经训练的算法生成</translation>
    </message>
    <message>
        <source>Made by an algorithm without training</source>
        <translation>由未经训练的算法生成</translation>
    </message>
    <message>
        <source>Enhanced by an algorithm</source>
        <translation>由算法增强</translation>
    </message>
    <message>
        <source>Drawn from data</source>
        <translation>根据数据绘制</translation>
    </message>
    <message>
        <source>Captured from a screen</source>
        <translation>屏幕截取</translation>
    </message>
    <message>
        <source>Recorded in a virtual world</source>
        <translation>在虚拟世界中录制</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>未指明</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Not for training of AI</source>
        <translation>不得用于 AI 训练</translation>
    </message>
    <message>
        <source>Not for training of generative AI</source>
        <translation>不得用于生成式 AI 训练</translation>
    </message>
    <message>
        <source>Only for search engines</source>
        <translation>仅限搜索引擎</translation>
    </message>
    <message>
        <source>Prohibited</source>
        <translation>禁止</translation>
    </message>
    <message>
        <source>Prohibited, as other constraints say</source>
        <translation>禁止，见“其他限制”</translation>
    </message>
    <message>
        <source>Prohibited, as the rights expression says</source>
        <translation>禁止，见权利表达</translation>
    </message>
    <message>
        <source>Prohibited, as the linked rights expression says</source>
        <translation>禁止，见链接的权利表达</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>不要求</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>图片上</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>图片旁</translation>
    </message>
    <message>
        <source>Among the credits</source>
        <translation>署名区内</translation>
    </message>
    <message>
        <source>No warning required</source>
        <translation>无需警告</translation>
    </message>
    <message>
        <source>Warning required</source>
        <translation>需要警告</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>传真</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>住宅</translation>
    </message>
    <message>
        <source>Pager</source>
        <translation>寻呼机</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>圆形</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>多边形</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>相对图片的比例</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>大标题</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>题注</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>替代文本</translation>
    </message>
    <message>
        <source>Extended description</source>
        <translation>扩展说明</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键字</translation>
    </message>
    <message>
        <source>Keyword hierarchies</source>
        <translation>关键字层级</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>题注作者</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>体裁</translation>
    </message>
    <message>
        <source>Scene codes</source>
        <translation>场景代码</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>主题代码</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Supplemental categories</source>
        <translation>补充类别</translation>
    </message>
    <message>
        <source>Digital source type</source>
        <translation>数字来源类型</translation>
    </message>
    <message>
        <source>People shown</source>
        <translation>所示人物</translation>
    </message>
    <message>
        <source>About the models</source>
        <translation>模特信息</translation>
    </message>
    <message>
        <source>Ages of the models</source>
        <translation>模特年龄</translation>
    </message>
    <message>
        <source>Organisations shown</source>
        <translation>所示组织</translation>
    </message>
    <message>
        <source>Organisation codes</source>
        <translation>组织代码</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Event identifiers</source>
        <translation>事件标识符</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>创作者</translation>
    </message>
    <message>
        <source>Creator’s job title</source>
        <translation>创作者职务</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Contact’s city</source>
        <translation>联系人城市</translation>
    </message>
    <message>
        <source>Contact’s state or province</source>
        <translation>联系人省/直辖市/自治区</translation>
    </message>
    <message>
        <source>Contact’s postal code</source>
        <translation>联系人邮政编码</translation>
    </message>
    <message>
        <source>Contact’s country</source>
        <translation>联系人国家/地区</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Contributors</source>
        <translation>贡献者</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>发布者</translation>
    </message>
    <message>
        <source>Copyright notice</source>
        <translation>版权声明</translation>
    </message>
    <message>
        <source>Copyright status</source>
        <translation>版权状态</translation>
    </message>
    <message>
        <source>Copyright owner</source>
        <translation>版权所有者</translation>
    </message>
    <message>
        <source>Credit line</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>使用条款</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>权利页面</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Media constraints</source>
        <translation>媒体限制</translation>
    </message>
    <message>
        <source>Region constraints</source>
        <translation>地区限制</translation>
    </message>
    <message>
        <source>Other constraints</source>
        <translation>其他限制</translation>
    </message>
    <message>
        <source>Image supplier</source>
        <translation>图片供应商</translation>
    </message>
    <message>
        <source>Supplier’s image ID</source>
        <translation>供应商的图片 ID</translation>
    </message>
    <message>
        <source>Licence begins</source>
        <translation>许可开始</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>许可结束</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>肖像授权书</translation>
    </message>
    <message>
        <source>Model release IDs</source>
        <translation>肖像授权书 ID</translation>
    </message>
    <message>
        <source>Youngest model</source>
        <translation>最年轻模特的年龄</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>物业授权书</translation>
    </message>
    <message>
        <source>Property release IDs</source>
        <translation>物业授权书 ID</translation>
    </message>
    <message>
        <source>Copyright owner’s ID</source>
        <translation>版权所有者 ID</translation>
    </message>
    <message>
        <source>Licensor</source>
        <translation>许可方</translation>
    </message>
    <message>
        <source>Licensor’s ID</source>
        <translation>许可方 ID</translation>
    </message>
    <message>
        <source>Licensor’s e-mail</source>
        <translation>许可方电子邮件</translation>
    </message>
    <message>
        <source>Licensor’s phone</source>
        <translation>许可方电话</translation>
    </message>
    <message>
        <source>Licensor’s website</source>
        <translation>许可方网站</translation>
    </message>
    <message>
        <source>Licensor’s street</source>
        <translation>许可方街道</translation>
    </message>
    <message>
        <source>Licensor’s city</source>
        <translation>许可方城市</translation>
    </message>
    <message>
        <source>Licensor’s state or province</source>
        <translation>许可方省/直辖市/自治区</translation>
    </message>
    <message>
        <source>Licensor’s postal code</source>
        <translation>许可方邮政编码</translation>
    </message>
    <message>
        <source>Licensor’s country</source>
        <translation>许可方国家/地区</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>省/直辖市/自治区</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>国家/地区</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>国家/地区代码</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>海拔</translation>
    </message>
    <message>
        <source>World region</source>
        <translation>世界区域</translation>
    </message>
    <message>
        <source>Artwork’s title</source>
        <translation>艺术品标题</translation>
    </message>
    <message>
        <source>Artwork’s creator</source>
        <translation>艺术品创作者</translation>
    </message>
    <message>
        <source>Artwork’s copyright notice</source>
        <translation>艺术品版权声明</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner</source>
        <translation>艺术品版权所有者</translation>
    </message>
    <message>
        <source>Artwork’s date</source>
        <translation>艺术品日期</translation>
    </message>
    <message>
        <source>What the artwork shows</source>
        <translation>艺术品内容</translation>
    </message>
    <message>
        <source>Who keeps the artwork</source>
        <translation>艺术品收藏者</translation>
    </message>
    <message>
        <source>Artwork’s inventory number</source>
        <translation>艺术品馆藏编号</translation>
    </message>
    <message>
        <source>Product’s name</source>
        <translation>产品名称</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Product’s ID</source>
        <translation>产品 ID</translation>
    </message>
    <message>
        <source>Product’s description</source>
        <translation>产品说明</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>拍摄日期</translation>
    </message>
    <message>
        <source>Date digitised</source>
        <translation>数字化日期</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>修改日期</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评级</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>紧急程度</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>作业标识符</translation>
    </message>
    <message>
        <source>Camera maker</source>
        <translation>相机制造商</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Camera’s serial number</source>
        <translation>相机序列号</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>镜头</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>曝光时间</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>光圈</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>焦距</translation>
    </message>
    <message>
        <source>Focal length (35 mm)</source>
        <translation>焦距（35 mm 等效）</translation>
    </message>
    <message>
        <source>Exposure compensation</source>
        <translation>曝光补偿</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>闪光灯</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>软件</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>覆盖范围</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>Content types</source>
        <translation>内容类型</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>标识符</translation>
    </message>
    <message>
        <source>Derived from</source>
        <translation>派生自</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>媒体类型</translation>
    </message>
    <message>
        <source>Image GUID</source>
        <translation>图片 GUID</translation>
    </message>
    <message>
        <source>Greatest width</source>
        <translation>最大可用宽度</translation>
    </message>
    <message>
        <source>Greatest height</source>
        <translation>最大可用高度</translation>
    </message>
    <message>
        <source>AI prompt</source>
        <translation>AI 提示词</translation>
    </message>
    <message>
        <source>AI prompt’s writer</source>
        <translation>AI 提示词作者</translation>
    </message>
    <message>
        <source>AI system</source>
        <translation>AI 系统</translation>
    </message>
    <message>
        <source>AI system’s version</source>
        <translation>AI 系统版本</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>术语</translation>
    </message>
    <message>
        <source>Term’s ID</source>
        <translation>术语 ID</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词汇表</translation>
    </message>
    <message>
        <source>Term refined</source>
        <translation>术语细化</translation>
    </message>
    <message>
        <source>Genre term</source>
        <translation>体裁术语</translation>
    </message>
    <message>
        <source>Genre’s ID</source>
        <translation>体裁 ID</translation>
    </message>
    <message>
        <source>Genre’s vocabulary</source>
        <translation>体裁词汇表</translation>
    </message>
    <message>
        <source>Genre refined</source>
        <translation>体裁细化</translation>
    </message>
    <message>
        <source>Person’s name</source>
        <translation>人物姓名</translation>
    </message>
    <message>
        <source>Person’s IDs</source>
        <translation>人物 ID</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>人物信息</translation>
    </message>
    <message>
        <source>Contributor’s name</source>
        <translation>贡献者名称</translation>
    </message>
    <message>
        <source>Contributor’s IDs</source>
        <translation>贡献者 ID</translation>
    </message>
    <message>
        <source>Contributor’s roles</source>
        <translation>贡献者角色</translation>
    </message>
    <message>
        <source>Image creator</source>
        <translation>图片创作者</translation>
    </message>
    <message>
        <source>Image creator’s ID</source>
        <translation>图片创作者 ID</translation>
    </message>
    <message>
        <source>Image supplier’s ID</source>
        <translation>图片供应商 ID</translation>
    </message>
    <message>
        <source>Rights owners</source>
        <translation>权利所有者</translation>
    </message>
    <message>
        <source>Rights certificate</source>
        <translation>权利证书</translation>
    </message>
    <message>
        <source>Data mining</source>
        <translation>数据挖掘</translation>
    </message>
    <message>
        <source>Credit required</source>
        <translation>署名要求</translation>
    </message>
    <message>
        <source>Adult content</source>
        <translation>成人内容</translation>
    </message>
    <message>
        <source>Licence’s ID</source>
        <translation>许可 ID</translation>
    </message>
    <message>
        <source>Licence’s terms</source>
        <translation>许可条款</translation>
    </message>
    <message>
        <source>Licence’s terms page</source>
        <translation>许可条款页面</translation>
    </message>
    <message>
        <source>Other conditions</source>
        <translation>其他条件</translation>
    </message>
    <message>
        <source>Product constraints</source>
        <translation>产品限制</translation>
    </message>
    <message>
        <source>Licence’s requirements</source>
        <translation>许可要求</translation>
    </message>
    <message>
        <source>Media summary code</source>
        <translation>媒体摘要代码</translation>
    </message>
    <message>
        <source>Licence granted</source>
        <translation>许可授予日期</translation>
    </message>
    <message>
        <source>Licensee</source>
        <translation>被许可方</translation>
    </message>
    <message>
        <source>Licensee’s ID</source>
        <translation>被许可方 ID</translation>
    </message>
    <message>
        <source>Licensor’s image ID</source>
        <translation>许可方图片 ID</translation>
    </message>
    <message>
        <source>Copyright owner’s image ID</source>
        <translation>版权所有者图片 ID</translation>
    </message>
    <message>
        <source>Other dates</source>
        <translation>其他日期</translation>
    </message>
    <message>
        <source>Copyright registration</source>
        <translation>版权登记号</translation>
    </message>
    <message>
        <source>First published</source>
        <translation>首次发布日期</translation>
    </message>
    <message>
        <source>Licensor’s address, more</source>
        <translation>许可方地址补充</translation>
    </message>
    <message>
        <source>Licensor’s phone is</source>
        <translation>许可方电话类型</translation>
    </message>
    <message>
        <source>Licensor’s other phone</source>
        <translation>许可方其他电话</translation>
    </message>
    <message>
        <source>Licensor’s other phone is</source>
        <translation>许可方其他电话类型</translation>
    </message>
    <message>
        <source>Item’s ID</source>
        <translation>项目 ID</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>注册库</translation>
    </message>
    <message>
        <source>Role in the registry</source>
        <translation>在注册库中的角色</translation>
    </message>
    <message>
        <source>Rights expression</source>
        <translation>权利表达</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Rights language</source>
        <translation>权利表达语言</translation>
    </message>
    <message>
        <source>Rights expression’s address</source>
        <translation>权利表达地址</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>地点名称</translation>
    </message>
    <message>
        <source>Place’s IDs</source>
        <translation>地点 ID</translation>
    </message>
    <message>
        <source>Artwork’s creator’s ID</source>
        <translation>艺术品创作者 ID</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner’s ID</source>
        <translation>艺术品版权所有者 ID</translation>
    </message>
    <message>
        <source>Artwork’s licensor</source>
        <translation>艺术品许可方</translation>
    </message>
    <message>
        <source>Artwork’s licensor’s ID</source>
        <translation>艺术品许可方 ID</translation>
    </message>
    <message>
        <source>Artwork’s date, about</source>
        <translation>艺术品大致日期</translation>
    </message>
    <message>
        <source>Artwork’s inventory page</source>
        <translation>艺术品馆藏页面</translation>
    </message>
    <message>
        <source>Contributions to the artwork</source>
        <translation>艺术品贡献说明</translation>
    </message>
    <message>
        <source>Artwork’s material</source>
        <translation>艺术品材质</translation>
    </message>
    <message>
        <source>Artwork’s style</source>
        <translation>艺术品风格</translation>
    </message>
    <message>
        <source>Region’s name</source>
        <translation>区域名称</translation>
    </message>
    <message>
        <source>Region’s ID</source>
        <translation>区域 ID</translation>
    </message>
    <message>
        <source>Region’s content</source>
        <translation>区域内容类型</translation>
    </message>
    <message>
        <source>Region’s role</source>
        <translation>区域角色</translation>
    </message>
    <message>
        <source>Region’s shape</source>
        <translation>区域形状</translation>
    </message>
    <message>
        <source>Region’s unit</source>
        <translation>区域单位</translation>
    </message>
    <message>
        <source>Region’s left</source>
        <translation>区域左侧</translation>
    </message>
    <message>
        <source>Region’s top</source>
        <translation>区域顶部</translation>
    </message>
    <message>
        <source>Region’s width</source>
        <translation>区域宽度</translation>
    </message>
    <message>
        <source>Region’s height</source>
        <translation>区域高度</translation>
    </message>
    <message>
        <source>Region’s radius</source>
        <translation>区域半径</translation>
    </message>
    <message>
        <source>A short name of the picture, often an identifier.</source>
        <translation>图片的简短名称，常为标识符。</translation>
    </message>
    <message>
        <source>A short synopsis that can be published.</source>
        <translation>可供发布的简短概要。</translation>
    </message>
    <message>
        <source>What the picture shows: who, what, where, when and why.</source>
        <translation>图片所示内容：何人、何事、何地、何时、何故。</translation>
    </message>
    <message>
        <source>What it shows for those who cannot see it, in one or two sentences.</source>
        <translation>用一两句话向看不见的人说明图片内容。</translation>
    </message>
    <message>
        <source>A longer description for those who cannot see it.</source>
        <translation>为看不见的人提供的更详细说明。</translation>
    </message>
    <message>
        <source>Words by which it is found.</source>
        <translation>用于查找的词。</translation>
    </message>
    <message>
        <source>Keywords with those above them, as in “Place|France|Paris”.</source>
        <translation>带有上级的关键字，例如“Place|France|Paris”。</translation>
    </message>
    <message>
        <source>Who wrote or edited the caption.</source>
        <translation>撰写或编辑题注的人。</translation>
    </message>
    <message>
        <source>The languages of the content.</source>
        <translation>内容的语言。</translation>
    </message>
    <message>
        <source>What sort of journalistic or artistic work it is.</source>
        <translation>新闻或艺术作品的类型。</translation>
    </message>
    <message>
        <source>IPTC’s codes of the scene, six digits each.</source>
        <translation>IPTC 场景代码，每个六位数字。</translation>
    </message>
    <message>
        <source>IPTC’s codes of the subject, eight digits each.</source>
        <translation>IPTC 主题代码，每个八位数字。</translation>
    </message>
    <message>
        <source>A code of one to three letters; superseded by the subject codes.</source>
        <translation>一到三个字母的代码；已被主题代码取代。</translation>
    </message>
    <message>
        <source>Further categories; superseded by the subject codes.</source>
        <translation>其他类别；已被主题代码取代。</translation>
    </message>
    <message>
        <source>How the picture came into being.</source>
        <translation>图片的产生方式。</translation>
    </message>
    <message>
        <source>The names of the people in the picture.</source>
        <translation>图片中人物的姓名。</translation>
    </message>
    <message>
        <source>Ethnicity and other facts about the models in a released picture.</source>
        <translation>已获授权图片中模特的族裔及其他信息。</translation>
    </message>
    <message>
        <source>The age of each model when it was taken.</source>
        <translation>拍摄时每位模特的年龄。</translation>
    </message>
    <message>
        <source>The names of organisations that the picture features.</source>
        <translation>图片中出现的组织的名称。</translation>
    </message>
    <message>
        <source>Codes of these organisations.</source>
        <translation>这些组织的代码。</translation>
    </message>
    <message>
        <source>The event at which it was taken.</source>
        <translation>拍摄时所处的事件。</translation>
    </message>
    <message>
        <source>Identifiers of the event.</source>
        <translation>事件的标识符。</translation>
    </message>
    <message>
        <source>Who took or made it; several are separated by a semicolon.</source>
        <translation>拍摄或制作者；多个用分号分隔。</translation>
    </message>
    <message>
        <source>The job of the creator, such as staff photographer.</source>
        <translation>创作者的职务，例如专职摄影师。</translation>
    </message>
    <message>
        <source>Where the creator can be reached: street and house.</source>
        <translation>创作者的联系地址：街道和门牌号。</translation>
    </message>
    <message>
        <source>The city of the creator’s address.</source>
        <translation>创作者地址的城市。</translation>
    </message>
    <message>
        <source>The state or province of the creator’s address.</source>
        <translation>创作者地址的省/直辖市/自治区。</translation>
    </message>
    <message>
        <source>The postal code of the creator’s address.</source>
        <translation>创作者地址的邮政编码。</translation>
    </message>
    <message>
        <source>The country of the creator’s address.</source>
        <translation>创作者地址的国家/地区。</translation>
    </message>
    <message>
        <source>Telephone numbers of the creator.</source>
        <translation>创作者的电话号码。</translation>
    </message>
    <message>
        <source>E-mail addresses of the creator.</source>
        <translation>创作者的电子邮件地址。</translation>
    </message>
    <message>
        <source>The creator’s website.</source>
        <translation>创作者的网站。</translation>
    </message>
    <message>
        <source>Others who had a part in it.</source>
        <translation>其他参与者。</translation>
    </message>
    <message>
        <source>Who makes it available.</source>
        <translation>提供它的人。</translation>
    </message>
    <message>
        <source>Who holds the copyright, as it is to be printed.</source>
        <translation>版权持有者，按印刷时的写法。</translation>
    </message>
    <message>
        <source>Is it protected by copyright?</source>
        <translation>是否受版权保护？</translation>
    </message>
    <message>
        <source>Who owns the copyright.</source>
        <translation>版权归谁所有。</translation>
    </message>
    <message>
        <source>Who is to be credited when it is published.</source>
        <translation>发布时应署名的人。</translation>
    </message>
    <message>
        <source>Who it was obtained from.</source>
        <translation>从谁处获得。</translation>
    </message>
    <message>
        <source>How it may be used.</source>
        <translation>可如何使用。</translation>
    </message>
    <message>
        <source>The address of a page about the rights.</source>
        <translation>有关权利的页面地址。</translation>
    </message>
    <message>
        <source>What those who use it have to know.</source>
        <translation>使用者须知。</translation>
    </message>
    <message>
        <source>In which media it may not be used, or only.</source>
        <translation>不得使用或仅限使用的媒体。</translation>
    </message>
    <message>
        <source>In which regions it may not be used, or only.</source>
        <translation>不得使用或仅限使用的地区。</translation>
    </message>
    <message>
        <source>Other limits of use.</source>
        <translation>其他使用限制。</translation>
    </message>
    <message>
        <source>Who supplied the picture.</source>
        <translation>图片的提供者。</translation>
    </message>
    <message>
        <source>The supplier’s identifier of it.</source>
        <translation>供应商为它指定的标识符。</translation>
    </message>
    <message>
        <source>When the licence begins; changed with the rights, not here.</source>
        <translation>许可的开始时间；在权利中更改，不在此处更改。</translation>
    </message>
    <message>
        <source>When the licence ends; changed with the rights, not here.</source>
        <translation>许可的结束时间；在权利中更改，不在此处更改。</translation>
    </message>
    <message>
        <source>Have the people shown agreed?</source>
        <translation>所示人物是否已同意？</translation>
    </message>
    <message>
        <source>Identifiers of the agreements.</source>
        <translation>协议的标识符。</translation>
    </message>
    <message>
        <source>The age of the youngest person when it was taken.</source>
        <translation>拍摄时最年轻者的年龄。</translation>
    </message>
    <message>
        <source>Have the owners of what is shown agreed?</source>
        <translation>所示物业的所有者是否已同意？</translation>
    </message>
    <message>
        <source>Identifiers of these agreements.</source>
        <translation>这些协议的标识符。</translation>
    </message>
    <message>
        <source>The number by which PLUS knows who owns the copyright.</source>
        <translation>PLUS 用以识别版权所有者的编号。</translation>
    </message>
    <message>
        <source>Who grants licences.</source>
        <translation>授予许可的人。</translation>
    </message>
    <message>
        <source>The licensor’s identifier in the PLUS registry.</source>
        <translation>许可方在 PLUS 注册库中的标识符。</translation>
    </message>
    <message>
        <source>Where to ask for a licence.</source>
        <translation>申请许可的联系处。</translation>
    </message>
    <message>
        <source>The licensor’s telephone.</source>
        <translation>许可方的电话。</translation>
    </message>
    <message>
        <source>The licensor’s website.</source>
        <translation>许可方的网站。</translation>
    </message>
    <message>
        <source>The street of the licensor’s address.</source>
        <translation>许可方地址的街道。</translation>
    </message>
    <message>
        <source>The city of the licensor’s address.</source>
        <translation>许可方地址的城市。</translation>
    </message>
    <message>
        <source>The state or province of the licensor’s address.</source>
        <translation>许可方地址的省/直辖市/自治区。</translation>
    </message>
    <message>
        <source>The postal code of the licensor’s address.</source>
        <translation>许可方地址的邮政编码。</translation>
    </message>
    <message>
        <source>The country of the licensor’s address.</source>
        <translation>许可方地址的国家/地区。</translation>
    </message>
    <message>
        <source>The place within the city.</source>
        <translation>城市内的地点。</translation>
    </message>
    <message>
        <source>The city.</source>
        <translation>城市。</translation>
    </message>
    <message>
        <source>The state or province.</source>
        <translation>省/直辖市/自治区。</translation>
    </message>
    <message>
        <source>The country’s name.</source>
        <translation>国家/地区的名称。</translation>
    </message>
    <message>
        <source>The country’s code of two or three letters (ISO 3166).</source>
        <translation>两个或三个字母的国家/地区代码 (ISO 3166)。</translation>
    </message>
    <message>
        <source>Where the camera stood, in decimal degrees.</source>
        <translation>相机所在位置，以十进制度数表示。</translation>
    </message>
    <message>
        <source>How high the camera was, in metres.</source>
        <translation>相机所处的高度，以米为单位。</translation>
    </message>
    <message>
        <source>The place within the city where it was taken.</source>
        <translation>拍摄地在城市内的地点。</translation>
    </message>
    <message>
        <source>The city where it was taken.</source>
        <translation>拍摄地的城市。</translation>
    </message>
    <message>
        <source>The state or province where it was taken.</source>
        <translation>拍摄地的省/直辖市/自治区。</translation>
    </message>
    <message>
        <source>The country where it was taken.</source>
        <translation>拍摄地的国家/地区。</translation>
    </message>
    <message>
        <source>The code of the country where it was taken.</source>
        <translation>拍摄地的国家/地区代码。</translation>
    </message>
    <message>
        <source>The part of the world where it was taken.</source>
        <translation>拍摄地所在的世界区域。</translation>
    </message>
    <message>
        <source>The place within the city that it shows.</source>
        <translation>所示城市内的地点。</translation>
    </message>
    <message>
        <source>The city that it shows.</source>
        <translation>所示的城市。</translation>
    </message>
    <message>
        <source>The state or province that it shows.</source>
        <translation>所示的省/直辖市/自治区。</translation>
    </message>
    <message>
        <source>The country that it shows.</source>
        <translation>所示的国家/地区。</translation>
    </message>
    <message>
        <source>The code of the country that it shows.</source>
        <translation>所示国家/地区的代码。</translation>
    </message>
    <message>
        <source>The part of the world that it shows.</source>
        <translation>所示的世界区域。</translation>
    </message>
    <message>
        <source>What the artwork is called.</source>
        <translation>艺术品的名称。</translation>
    </message>
    <message>
        <source>Who made the artwork; several in their order.</source>
        <translation>艺术品的创作者；多个按顺序排列。</translation>
    </message>
    <message>
        <source>The artwork’s own copyright notice.</source>
        <translation>艺术品自身的版权声明。</translation>
    </message>
    <message>
        <source>Who owns the copyright of the artwork now.</source>
        <translation>艺术品当前的版权所有者。</translation>
    </message>
    <message>
        <source>When the artwork was made.</source>
        <translation>艺术品的创作时间。</translation>
    </message>
    <message>
        <source>What is seen in the artwork.</source>
        <translation>艺术品中所见的内容。</translation>
    </message>
    <message>
        <source>The museum, archive or person that has the artwork.</source>
        <translation>持有艺术品的博物馆、档案馆或个人。</translation>
    </message>
    <message>
        <source>The number that who keeps it has given the artwork.</source>
        <translation>收藏者为艺术品指定的编号。</translation>
    </message>
    <message>
        <source>What the product is called.</source>
        <translation>产品的名称。</translation>
    </message>
    <message>
        <source>The product’s number in trade, as its bar code has it.</source>
        <translation>产品的贸易编号，与条形码一致。</translation>
    </message>
    <message>
        <source>The number that its maker has given the product.</source>
        <translation>制造商为产品指定的编号。</translation>
    </message>
    <message>
        <source>What the product is.</source>
        <translation>产品的说明。</translation>
    </message>
    <message>
        <source>When the picture was taken, or the work was made.</source>
        <translation>图片拍摄或作品完成的时间。</translation>
    </message>
    <message>
        <source>When the digital file was made, such as by a scanner.</source>
        <translation>数字文件的生成时间，例如通过扫描仪。</translation>
    </message>
    <message>
        <source>When the file was changed last, as the program that did says.</source>
        <translation>文件上次更改的时间，由更改它的程序给出。</translation>
    </message>
    <message>
        <source>One to five stars; -1 is rejected.</source>
        <translation>一到五星；-1 表示已拒绝。</translation>
    </message>
    <message>
        <source>A word or colour of one’s own workflow.</source>
        <translation>自己工作流程中的词或颜色。</translation>
    </message>
    <message>
        <source>How urgent it is, from 1 to 8.</source>
        <translation>紧急程度，从 1 到 8。</translation>
    </message>
    <message>
        <source>A number or name of the job it belongs to.</source>
        <translation>所属作业的编号或名称。</translation>
    </message>
    <message>
        <source>The maker of the camera.</source>
        <translation>相机的制造商。</translation>
    </message>
    <message>
        <source>The model of the camera.</source>
        <translation>相机的型号。</translation>
    </message>
    <message>
        <source>The serial number of the camera.</source>
        <translation>相机的序列号。</translation>
    </message>
    <message>
        <source>The model of the lens.</source>
        <translation>镜头的型号。</translation>
    </message>
    <message>
        <source>How long it was exposed, in seconds.</source>
        <translation>曝光时长，以秒为单位。</translation>
    </message>
    <message>
        <source>The f-number.</source>
        <translation>光圈值。</translation>
    </message>
    <message>
        <source>The sensitivity.</source>
        <translation>感光度。</translation>
    </message>
    <message>
        <source>The focal length in millimetres.</source>
        <translation>焦距，以毫米为单位。</translation>
    </message>
    <message>
        <source>The focal length that is the same on 35 mm film.</source>
        <translation>等效于 35 mm 胶片的焦距。</translation>
    </message>
    <message>
        <source>By how many stops the exposure was changed.</source>
        <translation>曝光调整的档数。</translation>
    </message>
    <message>
        <source>Did the flash fire?</source>
        <translation>闪光灯是否闪光？</translation>
    </message>
    <message>
        <source>The program that wrote the file.</source>
        <translation>写入文件的程序。</translation>
    </message>
    <message>
        <source>Which place and time the content is about.</source>
        <translation>内容所涉及的地点和时间。</translation>
    </message>
    <message>
        <source>What it is related to.</source>
        <translation>与之关联的内容。</translation>
    </message>
    <message>
        <source>The nature or genre of the content.</source>
        <translation>内容的性质或体裁。</translation>
    </message>
    <message>
        <source>What identifies it within its context.</source>
        <translation>在其上下文中标识它的内容。</translation>
    </message>
    <message>
        <source>What it was made from.</source>
        <translation>制作它所依据的内容。</translation>
    </message>
    <message>
        <source>The kind of file, as the file says.</source>
        <translation>文件的种类，由文件自身注明。</translation>
    </message>
    <message>
        <source>A number that no other picture has.</source>
        <translation>其他图片都没有的唯一编号。</translation>
    </message>
    <message>
        <source>The width of the largest version that can be had, in pixels.</source>
        <translation>可获得的最大版本的宽度，以像素为单位。</translation>
    </message>
    <message>
        <source>The height of the largest version that can be had, in pixels.</source>
        <translation>可获得的最大版本的高度，以像素为单位。</translation>
    </message>
    <message>
        <source>What a generating system was asked for.</source>
        <translation>向生成系统提出的要求。</translation>
    </message>
    <message>
        <source>Who wrote what it was asked for.</source>
        <translation>撰写这些要求的人。</translation>
    </message>
    <message>
        <source>The system that generated it.</source>
        <translation>生成它的系统。</translation>
    </message>
    <message>
        <source>The version of that system.</source>
        <translation>该系统的版本。</translation>
    </message>
    <message>
        <source>What the picture is about, as a vocabulary calls it.</source>
        <translation>图片的主题，采用词汇表中的名称。</translation>
    </message>
    <message>
        <source>The identifier of this term.</source>
        <translation>此术语的标识符。</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this term.</source>
        <translation>此术语所属词汇表的地址。</translation>
    </message>
    <message>
        <source>The identifier of what refines this term.</source>
        <translation>细化此术语的内容的标识符。</translation>
    </message>
    <message>
        <source>The genre, as a vocabulary calls it.</source>
        <translation>体裁，采用词汇表中的名称。</translation>
    </message>
    <message>
        <source>The identifier of this genre.</source>
        <translation>此体裁的标识符。</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this genre.</source>
        <translation>此体裁所属词汇表的地址。</translation>
    </message>
    <message>
        <source>The identifier of what refines this genre.</source>
        <translation>细化此体裁的内容的标识符。</translation>
    </message>
    <message>
        <source>The name of a person in the picture.</source>
        <translation>图片中一位人物的姓名。</translation>
    </message>
    <message>
        <source>Identifiers of this person.</source>
        <translation>此人物的标识符。</translation>
    </message>
    <message>
        <source>What is worth knowing of this person.</source>
        <translation>关于此人物值得了解的信息。</translation>
    </message>
    <message>
        <source>Who had a part in it.</source>
        <translation>参与者。</translation>
    </message>
    <message>
        <source>Identifiers of this contributor.</source>
        <translation>此贡献者的标识符。</translation>
    </message>
    <message>
        <source>Which part this contributor had.</source>
        <translation>此贡献者所起的作用。</translation>
    </message>
    <message>
        <source>Who created the image, as PLUS has it.</source>
        <translation>图片的创作者，按 PLUS 的记录。</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the creator.</source>
        <translation>PLUS 用以识别创作者的编号。</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the supplier.</source>
        <translation>PLUS 用以识别供应商的编号。</translation>
    </message>
    <message>
        <source>Who owns rights in it.</source>
        <translation>拥有其权利的人。</translation>
    </message>
    <message>
        <source>The address of a certificate of the rights.</source>
        <translation>权利证书的地址。</translation>
    </message>
    <message>
        <source>May programs be trained with it?</source>
        <translation>是否可用于训练程序？</translation>
    </message>
    <message>
        <source>Has the credit line to be printed, and where?</source>
        <translation>是否必须印出署名，印在何处？</translation>
    </message>
    <message>
        <source>Does it need a warning?</source>
        <translation>是否需要警告？</translation>
    </message>
    <message>
        <source>The identifier of the licence.</source>
        <translation>许可的标识符。</translation>
    </message>
    <message>
        <source>The terms and conditions of the licence.</source>
        <translation>许可的条款和条件。</translation>
    </message>
    <message>
        <source>The address of the terms and conditions.</source>
        <translation>条款和条件的地址。</translation>
    </message>
    <message>
        <source>Further conditions of the licence.</source>
        <translation>许可的其他条件。</translation>
    </message>
    <message>
        <source>For which products and services it may be used.</source>
        <translation>可用于哪些产品和服务。</translation>
    </message>
    <message>
        <source>What the licence asks for besides.</source>
        <translation>许可另有哪些要求。</translation>
    </message>
    <message>
        <source>PLUS’s code of all uses that are licensed.</source>
        <translation>PLUS 对所有许可用途的代码。</translation>
    </message>
    <message>
        <source>The day of the licence.</source>
        <translation>许可的日期。</translation>
    </message>
    <message>
        <source>Who holds the licence.</source>
        <translation>持有许可的一方。</translation>
    </message>
    <message>
        <source>PLUS’s ID of the licensee.</source>
        <translation>被许可方在 PLUS 的 ID。</translation>
    </message>
    <message>
        <source>The licensor’s identifier of it.</source>
        <translation>许可方给它的标识符。</translation>
    </message>
    <message>
        <source>The copyright owner’s identifier of it.</source>
        <translation>版权所有者给它的标识符。</translation>
    </message>
    <message>
        <source>Further days and times in its life, as Dublin Core has them.</source>
        <translation>Dublin Core 所载的其他日期和时间。</translation>
    </message>
    <message>
        <source>The number under which the copyright is registered.</source>
        <translation>版权登记的编号。</translation>
    </message>
    <message>
        <source>When it was published for the first time.</source>
        <translation>首次发布的时间。</translation>
    </message>
    <message>
        <source>Further lines of the licensor’s address.</source>
        <translation>许可方地址的补充行。</translation>
    </message>
    <message>
        <source>Which telephone this is.</source>
        <translation>此电话的类型。</translation>
    </message>
    <message>
        <source>Another telephone of the licensor.</source>
        <translation>许可方的另一个电话。</translation>
    </message>
    <message>
        <source>The number that a registry has given the picture.</source>
        <translation>注册库为图片指定的编号。</translation>
    </message>
    <message>
        <source>The identifier of the registry.</source>
        <translation>注册库的标识符。</translation>
    </message>
    <message>
        <source>Why the picture is registered there.</source>
        <translation>图片在该处注册的原因。</translation>
    </message>
    <message>
        <source>Rights in a language for machines.</source>
        <translation>以机器可读语言表示的权利。</translation>
    </message>
    <message>
        <source>How the rights expression is encoded.</source>
        <translation>权利表达的编码方式。</translation>
    </message>
    <message>
        <source>The language of the rights expression.</source>
        <translation>权利表达所用的语言。</translation>
    </message>
    <message>
        <source>Where rights in a language for machines are found.</source>
        <translation>以机器可读语言表示的权利所在的位置。</translation>
    </message>
    <message>
        <source>How the linked expression is encoded.</source>
        <translation>链接的权利表达的编码方式。</translation>
    </message>
    <message>
        <source>The language of the linked expression.</source>
        <translation>链接的权利表达所用的语言。</translation>
    </message>
    <message>
        <source>What the place is called where it was taken.</source>
        <translation>拍摄地的名称。</translation>
    </message>
    <message>
        <source>Identifiers of the place where it was taken.</source>
        <translation>拍摄地的标识符。</translation>
    </message>
    <message>
        <source>Where the place lies, in decimal degrees.</source>
        <translation>该地点的位置，以十进制度数表示。</translation>
    </message>
    <message>
        <source>What the place is called that it shows.</source>
        <translation>所示地点的名称。</translation>
    </message>
    <message>
        <source>Identifiers of the place that it shows.</source>
        <translation>所示地点的标识符。</translation>
    </message>
    <message>
        <source>Where the place that it shows lies, in decimal degrees.</source>
        <translation>所示地点的位置，以十进制度数表示。</translation>
    </message>
    <message>
        <source>Identifiers of who made the artwork, in their order.</source>
        <translation>艺术品创作者的标识符，按顺序排列。</translation>
    </message>
    <message>
        <source>The identifier of who owns its copyright now.</source>
        <translation>其当前版权所有者的标识符。</translation>
    </message>
    <message>
        <source>Who licenses the artwork now.</source>
        <translation>艺术品当前的许可方。</translation>
    </message>
    <message>
        <source>The identifier of who licenses it now.</source>
        <translation>其当前许可方的标识符。</translation>
    </message>
    <message>
        <source>About when the artwork was made.</source>
        <translation>艺术品的大致创作时间。</translation>
    </message>
    <message>
        <source>The address of the artwork in its keeper’s inventory.</source>
        <translation>艺术品在收藏者馆藏目录中的地址。</translation>
    </message>
    <message>
        <source>Who did what to the artwork.</source>
        <translation>何人对艺术品做了什么。</translation>
    </message>
    <message>
        <source>What the artwork is made of, and its state.</source>
        <translation>艺术品的材料及其状态。</translation>
    </message>
    <message>
        <source>The styles or periods of the artwork.</source>
        <translation>艺术品的风格或时期。</translation>
    </message>
    <message>
        <source>What is seen in this part of the picture.</source>
        <translation>图片此部分中所见的内容。</translation>
    </message>
    <message>
        <source>The identifier of this part.</source>
        <translation>此部分的标识符。</translation>
    </message>
    <message>
        <source>What sort of thing is seen there.</source>
        <translation>该处所见内容的类型。</translation>
    </message>
    <message>
        <source>What this part is for.</source>
        <translation>此部分的用途。</translation>
    </message>
    <message>
        <source>The form of this part.</source>
        <translation>此部分的形状。</translation>
    </message>
    <message>
        <source>What its numbers count.</source>
        <translation>其数值的单位。</translation>
    </message>
    <message>
        <source>Its left edge, or its middle where it is a circle.</source>
        <translation>其左边缘；如为圆形，则为圆心。</translation>
    </message>
    <message>
        <source>Its upper edge, or its middle where it is a circle.</source>
        <translation>其上边缘；如为圆形，则为圆心。</translation>
    </message>
    <message>
        <source>How wide a rectangle is.</source>
        <translation>矩形的宽度。</translation>
    </message>
    <message>
        <source>How high a rectangle is.</source>
        <translation>矩形的高度。</translation>
    </message>
    <message>
        <source>How far a circle reaches.</source>
        <translation>圆形的半径。</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Term of a vocabulary</source>
        <translation>词汇表术语</translation>
    </message>
    <message>
        <source>Genre of a vocabulary</source>
        <translation>词汇表体裁</translation>
    </message>
    <message>
        <source>People and events</source>
        <translation>人物和事件</translation>
    </message>
    <message>
        <source>Person in detail</source>
        <translation>人物详情</translation>
    </message>
    <message>
        <source>Contributor</source>
        <translation>贡献者</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权利</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>授权书</translation>
    </message>
    <message>
        <source>Registry entry</source>
        <translation>注册库条目</translation>
    </message>
    <message>
        <source>Linked rights expression</source>
        <translation>链接的权利表达</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Where it was taken</source>
        <translation>拍摄地点</translation>
    </message>
    <message>
        <source>What place it shows</source>
        <translation>所示地点</translation>
    </message>
    <message>
        <source>Artwork it shows</source>
        <translation>所示艺术品</translation>
    </message>
    <message>
        <source>Product it shows</source>
        <translation>所示产品</translation>
    </message>
    <message>
        <source>Image region</source>
        <translation>图片区域</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Rating and workflow</source>
        <translation>评级和工作流程</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>灰度系数</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>晕影</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然饱和度</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>棕褐色</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>像素化</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Auto contrast</source>
        <translation>自动对比度</translation>
    </message>
    <message>
        <source>Auto colour</source>
        <translation>自动颜色</translation>
    </message>
    <message>
        <source>Auto brightness</source>
        <translation>自动亮度</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>改善</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>Cloud only</source>
        <translation>仅限云端</translation>
    </message>
    <message>
        <source>Delivery makes the same pixels, but for how they are scaled and encoded.</source>
        <translation>除缩放和编码方式外，投放生成的像素完全相同。</translation>
    </message>
    <message>
        <source>Delivery may look a little different:</source>
        <translation>投放的效果可能略有不同：</translation>
    </message>
    <message>
        <source>A part of it is made at delivery only, and is not shown here:</source>
        <translation>其中一部分仅在投放时生成，此处不显示：</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>HTML: &lt;img&gt; with srcset</source>
        <translation>HTML：带 srcset 的 &lt;img&gt;</translation>
    </message>
    <message>
        <source>HTML: &lt;picture&gt;</source>
        <translation>HTML：&lt;picture&gt;</translation>
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
        <translation>视频播放器</translation>
    </message>
    <message>
        <source>Product gallery</source>
        <translation>产品图集</translation>
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
        <translation>镜像</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>上下颠倒</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>编辑文本</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪辑</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
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
        <translation>步骤</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A film is not fetched only to be looked at.</source>
        <translation>不会仅为查看而获取影片。</translation>
    </message>
    <message>
        <source>Push the master, and Cloudinary can show what it alone can do.</source>
        <translation>推送母版后，Cloudinary 即可显示只有它能做到的效果。</translation>
    </message>
    <message>
        <source>Crop of {size}, {x} from the left, {y} from the top</source>
        <translation>裁剪 {size}，距左 {x}，距上 {y}</translation>
    </message>
    <message>
        <source>Layer, {x} to the right of the middle, {y} below it</source>
        <translation>图层，中心右侧 {x}，下方 {y}</translation>
    </message>
</context>
<context>
    <name>studio keys</name>
    <message>
        <source>Save as a preset</source>
        <translation>存储为预设</translation>
    </message>
    <message>
        <source>Presets and sets</source>
        <translation>预设和预设组</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>only one side says anything</source>
        <translation>只有一方有内容</translation>
    </message>
    <message>
        <source>it was changed on one side</source>
        <translation>在一方有更改</translation>
    </message>
    <message>
        <source>this side leads for the field</source>
        <translation>此字段以这一方为准</translation>
    </message>
    <message>
        <source>it was said last</source>
        <translation>这是最后给出的内容</translation>
    </message>
    <message>
        <source>both were changed: choose one</source>
        <translation>双方都有更改：请选择一个</translation>
    </message>
    <message>
        <source>what both sides added is joined</source>
        <translation>双方添加的内容已合并</translation>
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
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
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
        <translation>文件的类型</translation>
    </message>
    <message>
        <source>what was decided</source>
        <translation>所做的决定</translation>
    </message>
    <message>
        <source>whether its rights hold now</source>
        <translation>其权利当前是否有效</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>landscape, portrait or square</source>
        <translation>横向、纵向或方形</translation>
    </message>
    <message>
        <source>a year, a month, a day, or from..until</source>
        <translation>年、月、日，或 起始..结束</translation>
    </message>
    <message>
        <source>whether Cloudinary has it</source>
        <translation>Cloudinary 上是否有此素材</translation>
    </message>
    <message>
        <source>whether the file can be read</source>
        <translation>文件能否读取</translation>
    </message>
    <message>
        <source>a whole keyword; one of several words in quotes</source>
        <translation>完整的关键字；含多个词时加引号</translation>
    </message>
    <message>
        <source>a folder that it lies in, however deep</source>
        <translation>素材所在的文件夹，不论层级</translation>
    </message>
    <message>
        <source>whose rights end within so many days</source>
        <translation>其权利在多少天内到期</translation>
    </message>
    <message>
        <source>{key}: needs {what}.</source>
        <translation>{key}：需要{what}。</translation>
    </message>
    <message>
        <source>{key}:{value} means nothing. Try {offered}.</source>
        <translation>{key}:{value} 没有意义。请尝试 {offered}。</translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message>
        <source>Queued</source>
        <translation>已排队</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>正在上传</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>正在等待</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已投放</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>正在复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>正在生成</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>已生成</translation>
    </message>
    <message>
        <source>Changing what may be seen</source>
        <translation>正在更改可见内容</translation>
    </message>
    <message>
        <source>Changed what may be seen</source>
        <translation>已更改可见内容</translation>
    </message>
    <message>
        <source>Recording at its master</source>
        <translation>正在记录到母版</translation>
    </message>
    <message>
        <source>Recorded at its master</source>
        <translation>已记录到母版</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>正在归档</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Telling the service</source>
        <translation>正在通知服务</translation>
    </message>
    <message>
        <source>Told the service</source>
        <translation>已通知服务</translation>
    </message>
    <message>
        <source>Looking whether it arrived after all</source>
        <translation>正在查看是否已送达</translation>
    </message>
    <message>
        <source>Looked whether it arrived after all</source>
        <translation>已查看是否已送达</translation>
    </message>
    <message>
        <source>A push that ended unheard</source>
        <translation>未收到结果的推送</translation>
    </message>
    <message>
        <source>Decision for the service</source>
        <translation>发给服务的决定</translation>
    </message>
    <message>
        <source>Rights for the service</source>
        <translation>发给服务的权利</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>Cloudinary 上的审核</translation>
    </message>
    <message>
        <source>Access at Cloudinary</source>
        <translation>Cloudinary 上的访问</translation>
    </message>
    <message>
        <source>A rendition that has to go</source>
        <translation>须移除的演绎版</translation>
    </message>
    <message>
        <source>Record at the master</source>
        <translation>母版上的记录</translation>
    </message>
    <message>
        <source>New version at the service</source>
        <translation>服务中的新版本</translation>
    </message>
    <message>
        <source>Decision for the file</source>
        <translation>写入文件的决定</translation>
    </message>
    <message>
        <source>Waits for the connection, then goes out by itself</source>
        <translation>等待连接，随后自动发出</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>Cloudinary 要求放慢速度；将自动继续</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on by itself</source>
        <translation>本小时的 API 调用已用完；将自动继续</translation>
    </message>
    <message>
        <source>Did not get through; tries again by itself</source>
        <translation>未能送达；将自动重试</translation>
    </message>
    <message>
        <source>Waits until the file has been read</source>
        <translation>等待文件读取完成</translation>
    </message>
    <message>
        <source>Waits for the account {environment} and its key</source>
        <translation>等待账户 {environment} 及其密钥</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more by itself</source>
        <translation>目前尚未送达；将自动再次查看</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again by itself</source>
        <translation>接收方未接受；将自动重新发送</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>Cloudinary 要求放慢速度；{time}后继续</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on in {time}</source>
        <translation>本小时的 API 调用已用完；{time}后继续</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>未能送达；{time}后重试</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more in {time}</source>
        <translation>目前尚未送达；{time}后再次查看</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again in {time}</source>
        <translation>接收方未接受；{time}后重新发送</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}，{size}：{note}</translation>
    </message>
    <message>
        <source>{copied} copied, {there} there already</source>
        <translation>已复制 {copied} 个，{there} 个已存在</translation>
    </message>
    <message>
        <source>Into a library</source>
        <translation>放入库</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln 个步骤</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln 个演绎版</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Edit of {field}</source>
        <translation>编辑{field}</translation>
    </message>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>编辑 %Ln 个字段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>批准 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>拒绝 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>要求修改 %Ln 个素材</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>将 %Ln 个素材设为审核中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>撤销对 %Ln 个素材的决定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>{edit}（%Ln 个素材）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} 百万像素</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储空间</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source>Transformations</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>Stored files</source>
        <translation>已存储的文件</translation>
    </message>
    <message>
        <source>Impressions</source>
        <translation>展示次数</translation>
    </message>
    <message>
        <source>Seconds delivered</source>
        <translation>已投放秒数</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>剩余 {left} / {limit}</translation>
    </message>
    <message>
        <source>{amount}, anew at {time}</source>
        <translation>{amount}，{time} 重置</translation>
    </message>
    <message>
        <source>API calls this hour</source>
        <translation>本小时的 API 调用</translation>
    </message>
    <message>
        <source>Largest image</source>
        <translation>最大图片</translation>
    </message>
    <message>
        <source>Largest video</source>
        <translation>最大视频</translation>
    </message>
    <message>
        <source>Largest other file</source>
        <translation>最大的其他文件</translation>
    </message>
    <message>
        <source>Most pixels of an image</source>
        <translation>单张图片的最大像素数</translation>
    </message>
    <message>
        <source>Most pixels of all pages or frames</source>
        <translation>所有页或帧的最大总像素数</translation>
    </message>
    <message>
        <source>Fixed folders</source>
        <translation>固定文件夹</translation>
    </message>
    <message>
        <source>Dynamic folders</source>
        <translation>动态文件夹</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>套餐 {name}</translation>
    </message>
    <message>
        <source>counted on {day}</source>
        <translation>统计于 {day}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>查询于 {moment}</translation>
    </message>
    <message>
        <source>{used} of {limit}</source>
        <translation>{used} / {limit}</translation>
    </message>
    <message>
        <source>{amount} ({credits} credits)</source>
        <translation>{amount}（{credits} 点）</translation>
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
        <translation>未推送</translation>
    </message>
</context>
</TS>
