<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Asset Bridge</source>
        <translation>حول Asset Bridge</translation>
    </message>
    <message>
        <source>Asset Bridge {version}</source>
        <translation>Asset Bridge {version}</translation>
    </message>
    <message>
        <source>The window between your masters and Cloudinary. Free software under the GNU General Public License, version 3 or later; it comes without any warranty. Icons by Lucide (ISC), typeface Inter (OFL), made with Qt for Python.</source>
        <translation>النافذة بين ملفاتك الأصلية وCloudinary. برنامج حر بموجب رخصة GNU العمومية العامة، الإصدار 3 أو أحدث، ودون أي ضمان. الأيقونات من Lucide ‏(ISC)، والخط Inter ‏(OFL)، بُني باستخدام Qt for Python.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>AccessDialog</name>
    <message>
        <source>With a &amp;token, at any time</source>
        <translation>ب&amp;رمز وصول، في أي وقت</translation>
    </message>
    <message>
        <source>For everybody &amp;from</source>
        <translation>للجميع &amp;من</translation>
    </message>
    <message>
        <source>For everybody &amp;until</source>
        <translation>للجميع &amp;حتى</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>تعيين</translation>
    </message>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>تقييد الوصول إلى %Ln أصل</numerusform>
            <numerusform>تقييد الوصول إلى أصل واحد</numerusform>
            <numerusform>تقييد الوصول إلى أصلين</numerusform>
            <numerusform>تقييد الوصول إلى %Ln أصول</numerusform>
            <numerusform>تقييد الوصول إلى %Ln أصلًا</numerusform>
            <numerusform>تقييد الوصول إلى %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>Who may have the files from Cloudinary. With nothing ticked: everybody.</source>
        <translation>من يجوز له الحصول على الملفات من Cloudinary. إن لم يُحدَّد شيء: الجميع.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>AccountChip</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>تعذّر الوصول</translation>
    </message>
    <message>
        <source>Working offline</source>
        <translation>وضع عدم الاتصال</translation>
    </message>
    <message>
        <source>Pushes go out at once.</source>
        <translation>تخرج عمليات الإرسال فورًا.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait, and go out by themselves afterwards.</source>
        <translation>يمكنك متابعة العمل. تنتظر عمليات الإرسال ثم تخرج تلقائيًا بعد ذلك.</translation>
    </message>
    <message>
        <source>You can go on working. Pushes wait until you go online again.</source>
        <translation>يمكنك متابعة العمل. تنتظر عمليات الإرسال حتى تعود إلى الاتصال.</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>لا حساب</translation>
    </message>
    <message>
        <source>Browsing only</source>
        <translation>تصفّح فقط</translation>
    </message>
    <message>
        <source>Add an account to push approved assets.</source>
        <translation>أضف حسابًا لإرسال الأصول المعتمدة.</translation>
    </message>
    <message>
        <source>Switch to another account with {keys}.</source>
        <translation>بدّل إلى حساب آخر بالمفاتيح {keys}.</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Cloudinary accounts</source>
        <translation>حسابات Cloudinary</translation>
    </message>
    <message>
        <source>Log out of {account}?</source>
        <translation>هل تريد تسجيل الخروج من {account}؟</translation>
    </message>
    <message>
        <source>Its secret and its login are deleted here. What has been delivered stays in Cloudinary, your decisions and its history stay here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>يُحذف هنا سرّه وتسجيل دخوله. ما سُلِّم يبقى في Cloudinary، وتبقى قراراتك وسجله هنا، وتنتظر عمليات الإرسال المدرجة له حتى تضيفه من جديد.</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>البقاء</translation>
    </message>
    <message>
        <source>The login is deleted here, but Cloudinary could not be told. End it there too, under your connected applications.</source>
        <translation>حُذف تسجيل الدخول هنا، لكن تعذّر إبلاغ Cloudinary. أنهِه هناك أيضًا ضمن تطبيقاتك المتصلة.</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>استجاب {account} وهو الآن قيد الاستخدام.</translation>
    </message>
</context>
<context>
    <name>AccountEnvironments</name>
    <message>
        <source>Choose from your account</source>
        <translation>الاختيار من حسابك</translation>
    </message>
    <message>
        <source>The account’s own keys list all its product environments. Cloudinary shows them under Settings, Account API Keys.</source>
        <translation>تسرد مفاتيح الحساب نفسه كل بيئات المنتج فيه. يعرضها Cloudinary ضمن Settings ثم Account API Keys.</translation>
    </message>
    <message>
        <source>&amp;Keep these keys in the keyring</source>
        <translation>الا&amp;حتفاظ بهذه المفاتيح في حلقة المفاتيح</translation>
    </message>
    <message>
        <source>List environments</source>
        <translation>عرض البيئات</translation>
    </message>
    <message>
        <source>Add this one</source>
        <translation>إضافة هذه البيئة</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>في حلقة المفاتيح</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>جارٍ الاستعلام…</translation>
    </message>
    <message>
        <source>This account has no product environments yet.</source>
        <translation>لا توجد في هذا الحساب بيئات منتج بعد.</translation>
    </message>
    <message>
        <source>Product environments</source>
        <translation>بيئات المنتج</translation>
    </message>
    <message>
        <source>Account &amp;ID</source>
        <translation>&amp;معرّف الحساب</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>&amp;عنوان API</translation>
    </message>
    <message>
        <source>Account &amp;key</source>
        <translation>م&amp;فتاح الحساب</translation>
    </message>
    <message>
        <source>Account &amp;secret</source>
        <translation>&amp;سرّ الحساب</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>مُضافة</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>المفتاح {key}</translation>
    </message>
    <message>
        <source>Its key has to be entered</source>
        <translation>يلزم إدخال مفتاحها</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>معطَّلة</translation>
    </message>
</context>
<context>
    <name>AccountErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>لا يوجد حساب بعد. أضف حسابًا أولًا.</translation>
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
        <translation>خيارات متقدمة</translation>
    </message>
    <message>
        <source>Log in with the browser…</source>
        <translation>تسجيل الدخول عبر المتصفح…</translation>
    </message>
    <message>
        <source>Choose from your account…</source>
        <translation>الاختيار من حسابك…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>تحقّق واحفظ</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>جارٍ التحقق…</translation>
    </message>
    <message>
        <source>Add a Cloudinary account</source>
        <translation>إضافة حساب Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary shows all of this under Settings, API Keys. The secret is kept in this computer’s keyring, never in plain text.</source>
        <translation>يعرض Cloudinary كل ذلك ضمن Settings ثم API Keys. يُحفظ السر في حلقة مفاتيح هذا الحاسوب، ولا يُحفظ أبدًا كنص صريح.</translation>
    </message>
    <message>
        <source>&amp;Paste a CLOUDINARY_URL</source>
        <translation>&amp;لصق CLOUDINARY_URL</translation>
    </message>
    <message>
        <source>It is taken apart and removed from here at once.</source>
        <translation>يُفكَّك إلى أجزائه ويُزال من هنا فورًا.</translation>
    </message>
    <message>
        <source>&amp;Cloud name</source>
        <translation>&amp;اسم السحابة</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>&amp;مفتاح API</translation>
    </message>
    <message>
        <source>API &amp;secret</source>
        <translation>&amp;سرّ API</translation>
    </message>
    <message>
        <source>S&amp;tage</source>
        <translation>المر&amp;حلة</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>&amp;عنوان API</translation>
    </message>
    <message>
        <source>&amp;Delivery host</source>
        <translation>م&amp;ضيف التسليم</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Use this one</source>
        <translation>استخدام هذا الحساب</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>تحرير…</translation>
    </message>
    <message>
        <source>Log out…</source>
        <translation>تسجيل الخروج…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>فتح مخزن المفاتيح…</translation>
    </message>
    <message>
        <source>Pushes wait until the key store is opened.</source>
        <translation>تنتظر عمليات الإرسال حتى يُفتح مخزن المفاتيح.</translation>
    </message>
    <message>
        <source>Cloudinary accounts</source>
        <translation>حسابات Cloudinary</translation>
    </message>
    <message>
        <source>Pushes go to the account in use.</source>
        <translation>تذهب عمليات الإرسال إلى الحساب المستخدم.</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>الحسابات</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>إضافة حساب…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Logged in with the browser</source>
        <translation>سُجِّل الدخول عبر المتصفح</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>المفتاح {key}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>قيد الاستخدام</translation>
    </message>
</context>
<context>
    <name>AccountLogin</name>
    <message>
        <source>Log in with the browser</source>
        <translation>تسجيل الدخول عبر المتصفح</translation>
    </message>
    <message>
        <source>Cloudinary asks you in your browser which product environment Asset Bridge may use. What it gives is kept in this computer’s keyring, never in plain text.</source>
        <translation>يسألك Cloudinary في المتصفح عن بيئة المنتج التي يجوز لـ Asset Bridge استخدامها. يُحفظ ما يمنحه في حلقة مفاتيح هذا الحاسوب، ولا يُحفظ أبدًا كنص صريح.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>فتح الصفحة من جديد</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>فتح المتصفح</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>تابع في المتصفح. تنتظرك هذه النافذة خمس دقائق.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Back”, and use an API key.</source>
        <translation>تعذّر فتح متصفح هنا. اختر «رجوع» واستخدم مفتاح API.</translation>
    </message>
    <message>
        <source>AP&amp;I address</source>
        <translation>&amp;عنوان API</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;معرّف العميل</translation>
    </message>
    <message>
        <source>Only where your company says so; otherwise leave both empty.</source>
        <translation>فقط حيث تطلب شركتك ذلك؛ وإلا فاترك الحقلين فارغين.</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>ا&amp;ستخدام الحساب</translation>
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
        <translation>يظهر اللون والتسمية حيثما يُرسل شيء، كي لا يرسل أحد إلى البيئة الخطأ. وتُسأل مرة واحدة قبل أول إرسال إلى بيئة الإنتاج.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>What do you call {name}?</source>
        <translation>ماذا تسمّي {name}؟</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Agency or team</source>
        <translation>ال&amp;وكالة أو الفريق</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>ال&amp;لون</translation>
    </message>
    <message>
        <source>&amp;Stage</source>
        <translation>المر&amp;حلة</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>Everything is decided.</source>
        <translation>اتُّخذ القرار بشأن كل شيء.</translation>
    </message>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>هل تريد اعتماد الصور المتبقية (%Ln)؟</numerusform>
            <numerusform>هل تريد اعتماد الصورة المتبقية؟</numerusform>
            <numerusform>هل تريد اعتماد الصورتين المتبقيتين؟</numerusform>
            <numerusform>هل تريد اعتماد الصور المتبقية (%Ln)؟</numerusform>
            <numerusform>هل تريد اعتماد الصور المتبقية (%Ln)؟</numerusform>
            <numerusform>هل تريد اعتماد الصور المتبقية (%Ln)؟</numerusform>
        </translation>
    </message>
    <message>
        <source>All that nobody has approved, rejected or sent back in this review is approved in your name, also what you have not looked at. It can be taken back.</source>
        <translation>كل ما لم يعتمده أحد أو يرفضه أو يطلب تعديله في هذه المراجعة يُعتمد باسمك، بما في ذلك ما لم تنظر إليه. يمكن التراجع عن ذلك.</translation>
    </message>
    <message>
        <source>Approve them</source>
        <translation>اعتمادها</translation>
    </message>
    <message>
        <source>Keep looking</source>
        <translation>متابعة المشاهدة</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}: %Ln صورة.</numerusform>
            <numerusform>{state}: صورة واحدة.</numerusform>
            <numerusform>{state}: صورتان.</numerusform>
            <numerusform>{state}: %Ln صور.</numerusform>
            <numerusform>{state}: %Ln صورة.</numerusform>
            <numerusform>{state}: %Ln صورة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>جرى التراجع عن %Ln قرار.</numerusform>
            <numerusform>جرى التراجع عن قرار واحد.</numerusform>
            <numerusform>جرى التراجع عن قرارين.</numerusform>
            <numerusform>جرى التراجع عن %Ln قرارات.</numerusform>
            <numerusform>جرى التراجع عن %Ln قرارًا.</numerusform>
            <numerusform>جرى التراجع عن %Ln قرار.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>%Ln صورة محددة</numerusform>
            <numerusform>صورة واحدة محددة</numerusform>
            <numerusform>صورتان محددتان</numerusform>
            <numerusform>%Ln صور محددة</numerusform>
            <numerusform>%Ln صورة محددة</numerusform>
            <numerusform>%Ln صورة محددة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>C&amp;onflicts…</source>
        <translation>الت&amp;عارضات…</translation>
    </message>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>الت&amp;عارضات (%Ln)…</numerusform>
            <numerusform>الت&amp;عارضات (%Ln)…</numerusform>
            <numerusform>الت&amp;عارضات (%Ln)…</numerusform>
            <numerusform>الت&amp;عارضات (%Ln)…</numerusform>
            <numerusform>الت&amp;عارضات (%Ln)…</numerusform>
            <numerusform>الت&amp;عارضات (%Ln)…</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>إ&amp;ضافة مجلد…</translation>
    </message>
    <message>
        <source>Connect P&amp;hotoShelter…</source>
        <translation>ر&amp;بط PhotoShelter…</translation>
    </message>
    <message>
        <source>Connect Ano&amp;ther Service…</source>
        <translation>ربط &amp;خدمة أخرى…</translation>
    </message>
    <message>
        <source>&amp;Read Again</source>
        <translation>&amp;قراءة من جديد</translation>
    </message>
    <message>
        <source>&amp;Skipped Files…</source>
        <translation>ا&amp;لملفات المتجاوزة…</translation>
    </message>
    <message>
        <source>Re&amp;move Library…</source>
        <translation>إ&amp;زالة المكتبة…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>إ&amp;نهاء</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>&amp;تراجع عن {step}</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>إ&amp;عادة {step}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;تراجع</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>إ&amp;عادة</translation>
    </message>
    <message>
        <source>&amp;New Window</source>
        <translation>نا&amp;فذة جديدة</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;بحث</translation>
    </message>
    <message>
        <source>C&amp;lear Filters</source>
        <translation>&amp;مسح عوامل التصفية</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>تحديد ال&amp;كل</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>إل&amp;غاء التحديد</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>&amp;نسخ المسار</translation>
    </message>
    <message>
        <source>&amp;Open Original</source>
        <translation>&amp;فتح الملف الأصلي</translation>
    </message>
    <message>
        <source>Show in &amp;File Manager</source>
        <translation>إظهار في مدي&amp;ر الملفات</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;شبكة</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;قائمة</translation>
    </message>
    <message>
        <source>&amp;Larger Thumbnails</source>
        <translation>مصغرات أ&amp;كبر</translation>
    </message>
    <message>
        <source>S&amp;maller Thumbnails</source>
        <translation>مصغرات أ&amp;صغر</translation>
    </message>
    <message>
        <source>&amp;Quick Look</source>
        <translation>&amp;معاينة سريعة</translation>
    </message>
    <message>
        <source>Open in the S&amp;tudio</source>
        <translation>فتح في الا&amp;ستوديو</translation>
    </message>
    <message>
        <source>Contact S&amp;heet</source>
        <translation>ورقة &amp;معاينة</translation>
    </message>
    <message>
        <source>Make Rend&amp;itions…</source>
        <translation>إ&amp;نشاء نسخ مشتقة…</translation>
    </message>
    <message>
        <source>Channel &amp;Kits…</source>
        <translation>&amp;حزم القنوات…</translation>
    </message>
    <message>
        <source>&amp;Presets and Sets…</source>
        <translation>الإعدادات المس&amp;بقة والمجموعات…</translation>
    </message>
    <message>
        <source>I&amp;nsights…</source>
        <translation>ال&amp;رؤى…</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>الشريط ال&amp;جانبي</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>لوحة ال&amp;تفاصيل</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>&amp;عمليات النقل</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>م&amp;لء الشاشة</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>ال&amp;سابق</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>ال&amp;تالي</translation>
    </message>
    <message>
        <source>Enclosing F&amp;older</source>
        <translation>المجلد ال&amp;حاوي</translation>
    </message>
    <message>
        <source>Fa&amp;vourite Place</source>
        <translation>مكان م&amp;فضّل</translation>
    </message>
    <message>
        <source>Save as &amp;Smart Folder…</source>
        <translation>حفظ كمجلد &amp;ذكي…</translation>
    </message>
    <message>
        <source>&amp;Grid Editor</source>
        <translation>محرر ال&amp;شبكة</translation>
    </message>
    <message>
        <source>&amp;Copy Metadata</source>
        <translation>&amp;نسخ البيانات الوصفية</translation>
    </message>
    <message>
        <source>&amp;Paste Metadata…</source>
        <translation>&amp;لصق البيانات الوصفية…</translation>
    </message>
    <message>
        <source>&amp;Templates…</source>
        <translation>ال&amp;قوالب…</translation>
    </message>
    <message>
        <source>&amp;Vocabularies…</source>
        <translation>قوائم ال&amp;مفردات…</translation>
    </message>
    <message>
        <source>&amp;Export Table…</source>
        <translation>ت&amp;صدير جدول…</translation>
    </message>
    <message>
        <source>&amp;Import Table…</source>
        <translation>ا&amp;ستيراد جدول…</translation>
    </message>
    <message>
        <source>&amp;Keep a Copy of Files before Writing Metadata</source>
        <translation>الا&amp;حتفاظ بنسخة من الملفات قبل كتابة البيانات الوصفية</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>المرا&amp;جعة</translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>ا&amp;عتماد</translation>
    </message>
    <message>
        <source>Approve with Co&amp;mment…</source>
        <translation>اعتماد مع تعلي&amp;ق…</translation>
    </message>
    <message>
        <source>Request &amp;Changes…</source>
        <translation>&amp;طلب تعديلات…</translation>
    </message>
    <message>
        <source>&amp;Reject…</source>
        <translation>&amp;رفض…</translation>
    </message>
    <message>
        <source>Put &amp;in Review</source>
        <translation>إحالة إلى ال&amp;مراجعة</translation>
    </message>
    <message>
        <source>Ask &amp;for Review…</source>
        <translation>طلب مراجع&amp;ة…</translation>
    </message>
    <message>
        <source>Review &amp;Queue…</source>
        <translation>قائمة ا&amp;لمراجعة…</translation>
    </message>
    <message>
        <source>&amp;Keep Approvals in Files, Too</source>
        <translation>ح&amp;فظ الاعتمادات في الملفات أيضًا</translation>
    </message>
    <message>
        <source>Write Review &amp;Pack…</source>
        <translation>كتابة &amp;حزمة مراجعة…</translation>
    </message>
    <message>
        <source>Import &amp;Verdicts…</source>
        <translation>ا&amp;ستيراد الأحكام…</translation>
    </message>
    <message>
        <source>Ri&amp;ghts…</source>
        <translation>الحق&amp;وق…</translation>
    </message>
    <message>
        <source>Rights Ca&amp;lendar…</source>
        <translation>&amp;تقويم الحقوق…</translation>
    </message>
    <message>
        <source>Let Pa&amp;ss…</source>
        <translation>السماح &amp;بالمرور…</translation>
    </message>
    <message>
        <source>P&amp;olicies…</source>
        <translation>الس&amp;ياسات…</translation>
    </message>
    <message>
        <source>Audit &amp;Trail…</source>
        <translation>سجل الت&amp;دقيق…</translation>
    </message>
    <message>
        <source>Upload fro&amp;m an Address…</source>
        <translation>رفع من &amp;عنوان…</translation>
    </message>
    <message>
        <source>Upload P&amp;resets…</source>
        <translation>إعدادات الرفع الم&amp;سبقة…</translation>
    </message>
    <message>
        <source>Metadata Fie&amp;lds…</source>
        <translation>حقول البيانات ال&amp;وصفية…</translation>
    </message>
    <message>
        <source>&amp;Steps and Keys</source>
        <translation>الخط&amp;وات والمفاتيح</translation>
    </message>
    <message>
        <source>Command &amp;Palette…</source>
        <translation>&amp;لوحة الأوامر…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>ا&amp;ختصارات لوحة المفاتيح…</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>إ&amp;رسال</translation>
    </message>
    <message>
        <source>Pu&amp;blish Renditions…</source>
        <translation>نشر النس&amp;خ المشتقة…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>تن&amp;زيل…</translation>
    </message>
    <message>
        <source>&amp;Search All of Cloudinary…</source>
        <translation>ال&amp;بحث في كل Cloudinary…</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>ال&amp;حسابات…</translation>
    </message>
    <message>
        <source>&amp;Usage and Limits…</source>
        <translation>الاستهلا&amp;ك والحدود…</translation>
    </message>
    <message>
        <source>Work &amp;Offline</source>
        <translation>العمل دون ا&amp;تصال</translation>
    </message>
    <message>
        <source>Cloudinary &amp;Sandbox Reachable</source>
        <translation>بيئة Cloudinary الت&amp;جريبية متاحة</translation>
    </message>
    <message>
        <source>&amp;PhotoShelter</source>
        <translation>&amp;PhotoShelter</translation>
    </message>
    <message>
        <source>Chosen &amp;at Cloudinary</source>
        <translation>ال&amp;محدد في Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Hear of Changes at Once</source>
        <translation>معرفة التغييرات &amp;فورًا</translation>
    </message>
    <message>
        <source>&amp;Notifications…</source>
        <translation>الإ&amp;شعارات…</translation>
    </message>
    <message>
        <source>Tell Other S&amp;ystems…</source>
        <translation>إبلاغ أ&amp;نظمة أخرى…</translation>
    </message>
    <message>
        <source>Product &amp;Feeds…</source>
        <translation>&amp;خلاصات المنتجات…</translation>
    </message>
    <message>
        <source>&amp;Contentstack…</source>
        <translation>&amp;Contentstack…</translation>
    </message>
    <message>
        <source>&amp;About Asset Bridge</source>
        <translation>&amp;حول Asset Bridge</translation>
    </message>
    <message>
        <source>Like the &amp;System</source>
        <translation>مثل ال&amp;نظام</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;فاتح</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;داكن</translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message>
        <source>Stop; what was done stays</source>
        <translation>إيقاف؛ ما أُنجز يبقى</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>إيقاف: {what}</translation>
    </message>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>دون اتصال – لا شيء في الانتظار</numerusform>
            <numerusform>دون اتصال – عملية واحدة في الانتظار</numerusform>
            <numerusform>دون اتصال – عمليتان في الانتظار</numerusform>
            <numerusform>دون اتصال – %Ln عمليات في الانتظار</numerusform>
            <numerusform>دون اتصال – %Ln عملية في الانتظار</numerusform>
            <numerusform>دون اتصال – %Ln عملية في الانتظار</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline – nothing waits</source>
        <translation>دون اتصال – لا شيء في الانتظار</translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>لا أنشطة</numerusform>
            <numerusform>نشاط واحد</numerusform>
            <numerusform>نشاطان</numerusform>
            <numerusform>%Ln أنشطة</numerusform>
            <numerusform>%Ln نشاطًا</numerusform>
            <numerusform>%Ln نشاط</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>النشاط – لا مشكلات</numerusform>
            <numerusform>النشاط – واحد فيه مشكلة</numerusform>
            <numerusform>النشاط – اثنان فيهما مشكلة</numerusform>
            <numerusform>النشاط – %Ln فيها مشكلة</numerusform>
            <numerusform>النشاط – %Ln فيها مشكلة</numerusform>
            <numerusform>النشاط – %Ln فيها مشكلة</numerusform>
        </translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>النشاط</translation>
    </message>
</context>
<context>
    <name>ActivityPopover</name>
    <message>
        <source>Nothing goes on. What takes longer is listed here, with what came of it.</source>
        <translation>لا شيء قيد التنفيذ. يُدرج هنا ما يستغرق وقتًا أطول، مع نتيجته.</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>مسح القائمة</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>النشاط</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Show</source>
        <translation>إظهار</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>بقي نحو {time}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>إيقاف: {what}</translation>
    </message>
    <message>
        <source>Show: {what}</source>
        <translation>إظهار: {what}</translation>
    </message>
</context>
<context>
    <name>AddEntry</name>
    <message>
        <source>Add another</source>
        <translation>إضافة آخر</translation>
    </message>
</context>
<context>
    <name>AdjustPage</name>
    <message>
        <source>Light and colour</source>
        <translation>الضوء واللون</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>الضوء</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>اللون</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>بنقرة واحدة</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Chart: {sentence}</source>
        <translation>مخطط: {sentence}</translation>
    </message>
    <message>
        <source>The table below has the same figures.</source>
        <translation>يعرض الجدول أدناه الأرقام نفسها.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>%Ln عنصر آخر في الجدول</numerusform>
            <numerusform>عنصر آخر في الجدول</numerusform>
            <numerusform>عنصران آخران في الجدول</numerusform>
            <numerusform>%Ln عناصر أخرى في الجدول</numerusform>
            <numerusform>%Ln عنصرًا آخر في الجدول</numerusform>
            <numerusform>%Ln عنصر آخر في الجدول</numerusform>
        </translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>استيراد سجل وصول…</translation>
    </message>
    <message>
        <source>Ask Now</source>
        <translation>الاستعلام الآن</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>الحسابات…</translation>
    </message>
    <message>
        <source>Access Logs</source>
        <translation>سجلات الوصول</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>الإجابة</translation>
    </message>
    <message>
        <source>What the chart is about</source>
        <translation>موضوع المخطط</translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message>
        <source>Comment for the history (optional)</source>
        <translation>تعليق للسجل (اختياري)</translation>
    </message>
    <message>
        <source>Comment for the history</source>
        <translation>تعليق للسجل</translation>
    </message>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>اعتماد وتضمين %Ln أصل</numerusform>
            <numerusform>اعتماد وتضمين أصل واحد</numerusform>
            <numerusform>اعتماد وتضمين أصلين</numerusform>
            <numerusform>اعتماد وتضمين %Ln أصول</numerusform>
            <numerusform>اعتماد وتضمين %Ln أصلًا</numerusform>
            <numerusform>اعتماد وتضمين %Ln أصل</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Archive “{name}”</source>
        <translation>أرشفة «{name}»</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>ما الذي سيحدث</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>أرشفة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Looking what that takes…</source>
        <translation>جارٍ فحص ما يتطلبه ذلك…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln خطوة، واحدة تلو الأخرى.</numerusform>
            <numerusform>خطوة واحدة.</numerusform>
            <numerusform>خطوتان، واحدة تلو الأخرى.</numerusform>
            <numerusform>%Ln خطوات، واحدة تلو الأخرى.</numerusform>
            <numerusform>%Ln خطوة، واحدة تلو الأخرى.</numerusform>
            <numerusform>%Ln خطوة، واحدة تلو الأخرى.</numerusform>
        </translation>
    </message>
    <message>
        <source>About {size} are fetched and kept.</source>
        <translation>يُجلب ويُحفظ نحو {size}.</translation>
    </message>
    <message>
        <source>Masters are never deleted, and all of it can be taken back.</source>
        <translation>لا تُحذف الملفات الأصلية أبدًا، ويمكن التراجع عن كل ذلك.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>مستبعد</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>تُحذف %Ln نسخة مُسلَّمة. اطّلع على أسمائها أولًا.</numerusform>
            <numerusform>تُحذف نسخة مُسلَّمة واحدة. اطّلع على اسمها أولًا.</numerusform>
            <numerusform>تُحذف نسختان مُسلَّمتان. اطّلع على اسميهما أولًا.</numerusform>
            <numerusform>تُحذف %Ln نسخ مُسلَّمة. اطّلع على أسمائها أولًا.</numerusform>
            <numerusform>تُحذف %Ln نسخة مُسلَّمة. اطّلع على أسمائها أولًا.</numerusform>
            <numerusform>تُحذف %Ln نسخة مُسلَّمة. اطّلع على أسمائها أولًا.</numerusform>
        </translation>
    </message>
    <message>
        <source>Their addresses stop working everywhere. They can be brought back while Cloudinary keeps a backup of them.</source>
        <translation>تتوقف عناوينها عن العمل في كل مكان. يمكن استعادتها ما دام Cloudinary يحتفظ بنسخة احتياطية منها.</translation>
    </message>
    <message>
        <source>Archive and delete</source>
        <translation>أرشفة وحذف</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>إعادة الاطّلاع</translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>تجري أرشفة {name} في %Ln خطوة.</numerusform>
            <numerusform>تجري أرشفة {name} في خطوة واحدة.</numerusform>
            <numerusform>تجري أرشفة {name} في خطوتين.</numerusform>
            <numerusform>تجري أرشفة {name} في %Ln خطوات.</numerusform>
            <numerusform>تجري أرشفة {name} في %Ln خطوة.</numerusform>
            <numerusform>تجري أرشفة {name} في %Ln خطوة.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveOptions</name>
    <message>
        <source>Keep the &amp;originals in the folder too</source>
        <translation>حفظ الملفات ال&amp;أصلية في المجلد أيضًا</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Stay as they are</source>
        <translation>تبقى كما هي</translation>
    </message>
    <message>
        <source>Open with a token only</source>
        <translation>تُفتح برمز وصول فقط</translation>
    </message>
    <message>
        <source>Are deleted</source>
        <translation>تُحذف</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>ال&amp;سنة</translation>
    </message>
    <message>
        <source>Copies at &amp;Cloudinary</source>
        <translation>النسخ في &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Folder that is made</source>
        <translation>ال&amp;مجلد الذي يُنشأ</translation>
    </message>
    <message>
        <source>Keep the archive in</source>
        <translation>حفظ الأرشيف في</translation>
    </message>
</context>
<context>
    <name>ArchivesDialog</name>
    <message>
        <source>Archived campaigns</source>
        <translation>الحملات المؤرشفة</translation>
    </message>
    <message>
        <source>Until something is purged at a service, all of it can be taken back.</source>
        <translation>ما لم يُمحَ شيء نهائيًا لدى إحدى الخدمات، يمكن التراجع عن كل ذلك.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Take back…</source>
        <translation>تراجع…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>No campaign has been archived yet.</source>
        <translation>لم تُؤرشف أي حملة بعد.</translation>
    </message>
    <message>
        <source>Take the archive of “{name}” back?</source>
        <translation>هل تريد التراجع عن أرشفة «{name}»؟</translation>
    </message>
    <message>
        <source>Its collection, its visibility, the states of its masters and the delivered copies become what they were. The folder that was made stays.</source>
        <translation>تعود المجموعة وظهورها وحالات ملفاتها الأصلية والنسخ المُسلَّمة إلى ما كانت عليه. يبقى المجلد الذي أُنشئ.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>تركها كما هي</translation>
    </message>
</context>
<context>
    <name>AssetList</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>الأبعاد</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>التقييم</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>الاعتماد</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الحقوق</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>تاريخ التعديل</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>مُرسَل</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>جارٍ القراءة…</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>Everything</source>
        <translation>كل شيء</translation>
    </message>
    <message>
        <source>{about}. Entries here: {count}. Made {at} by {who}.</source>
        <translation>{about}. عدد القيود هنا: {count}. أُعدّ {at}، وأعدّه {who}.</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>الرقم</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>متى (UTC)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>مَن</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>بشأن ماذا</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Audit report</source>
        <translation>تقرير التدقيق</translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>رأس السجل: {head}</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>قرار</translation>
    </message>
    <message>
        <source>Override</source>
        <translation>تجاوز</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>منع</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>نشر</translation>
    </message>
    <message>
        <source>Retraction</source>
        <translation>سحب</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>استعادة</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الحقوق</translation>
    </message>
    <message>
        <source>Policy change</source>
        <translation>تغيير سياسة</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>تعليق</translation>
    </message>
    <message>
        <source>Review request</source>
        <translation>طلب مراجعة</translation>
    </message>
    <message>
        <source>Review pack</source>
        <translation>حزمة مراجعة</translation>
    </message>
    <message>
        <source>File taken out</source>
        <translation>أُخرج ملف</translation>
    </message>
    <message>
        <source>Note of damage</source>
        <translation>أخذ العلم بالتلف</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>أخرى</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>تلقائيًا</translation>
    </message>
    <message>
        <source>The audit trail was tampered with, or a part of it is lost.</source>
        <translation>جرى العبث بسجل التدقيق، أو فُقد جزء منه.</translation>
    </message>
    <message>
        <source>Entries: {count}. There is damage that was taken note of; nothing new.</source>
        <translation>عدد القيود: {count}. فيه تلف أُخذ العلم به؛ لا جديد.</translation>
    </message>
    <message>
        <source>Entries: {count}. Nothing was altered, dropped or cut off.</source>
        <translation>عدد القيود: {count}. لم يُغيَّر شيء ولم يُحذف ولم يُقتطع.</translation>
    </message>
    <message>
        <source>A clock was set back: the numbers say what came first.</source>
        <translation>أُعيدت ساعة إلى الوراء: الأرقام تبيّن ما جاء أولًا.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock stands before what was recorded ({moment}): rights that end until then have ended.</source>
        <translation>ساعة هذا الحاسوب متأخرة عمّا سُجّل ({moment}): الحقوق التي تنتهي حتى ذلك الحين منتهية.</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit trail</source>
        <translation>سجل التدقيق</translation>
    </message>
    <message>
        <source>Looking through the record…</source>
        <translation>جارٍ فحص السجل…</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>إظهار المزيد</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>تحقّق من جديد</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>تصدير…</translation>
    </message>
    <message>
        <source>Take note</source>
        <translation>أخذ العلم</translation>
    </message>
    <message>
        <source>Entries, the newest first</source>
        <translation>القيود، الأحدث أولًا</translation>
    </message>
    <message>
        <source>Why it goes on, for instance: restored a backup</source>
        <translation>لماذا يستمر، مثلًا: استُعيدت نسخة احتياطية</translation>
    </message>
    <message>
        <source>Why it goes on in spite of the damage</source>
        <translation>لماذا يستمر رغم التلف</translation>
    </message>
    <message>
        <source>The damage stays listed; the record goes on from here, with your reason.</source>
        <translation>يبقى التلف مذكورًا؛ ويستمر السجل من هنا مع السبب الذي تذكره.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>جدول (CSV)…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Pages (PDF)…</source>
        <translation>صفحات (PDF)…</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln entries</source>
        <translation>
            <numerusform>{shown} من %Ln قيد</numerusform>
            <numerusform>{shown} من قيد واحد</numerusform>
            <numerusform>{shown} من قيدين</numerusform>
            <numerusform>{shown} من %Ln قيود</numerusform>
            <numerusform>{shown} من %Ln قيدًا</numerusform>
            <numerusform>{shown} من %Ln قيد</numerusform>
        </translation>
    </message>
    <message>
        <source>Head of the trail: {head}</source>
        <translation>رأس السجل: {head}</translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>وهناك %Ln أخرى.</numerusform>
            <numerusform>وهناك واحدة أخرى.</numerusform>
            <numerusform>وهناك اثنتان أخريان.</numerusform>
            <numerusform>وهناك %Ln أخرى.</numerusform>
            <numerusform>وهناك %Ln أخرى.</numerusform>
            <numerusform>وهناك %Ln أخرى.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>تصدير سجل التدقيق</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>كُتب {name}.</translation>
    </message>
</context>
<context>
    <name>AuditErrands</name>
    <message>
        <source>Look…</source>
        <translation>اطّلاع…</translation>
    </message>
</context>
<context>
    <name>AuditFilters</name>
    <message>
        <source>Search in names and details</source>
        <translation>البحث في الأسماء والتفاصيل</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>الأصول</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Everything that happened</source>
        <translation>كل ما حدث</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>الشخص</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>الفترة</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>كل الأصول</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>الأصول المحددة (%Ln)</numerusform>
            <numerusform>الأصل المحدد</numerusform>
            <numerusform>الأصلان المحددان</numerusform>
            <numerusform>الأصول المحددة (%Ln)</numerusform>
            <numerusform>الأصول المحددة (%Ln)</numerusform>
            <numerusform>الأصول المحددة (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>What the window lists</source>
        <translation>ما تعرضه النافذة</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>The last year</source>
        <translation>السنة الأخيرة</translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>آخر %Ln يوم</numerusform>
            <numerusform>آخر يوم</numerusform>
            <numerusform>آخر يومين</numerusform>
            <numerusform>آخر %Ln أيام</numerusform>
            <numerusform>آخر %Ln يومًا</numerusform>
            <numerusform>آخر %Ln يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>في أي وقت</translation>
    </message>
</context>
<context>
    <name>BesideDialog</name>
    <message>
        <source>Go on in the &amp;background</source>
        <translation>المتابعة في ال&amp;خلفية</translation>
    </message>
</context>
<context>
    <name>BrandKitDialog</name>
    <message>
        <source>&amp;Fonts</source>
        <translation>ال&amp;خطوط</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>الأ&amp;لوان</translation>
    </message>
    <message>
        <source>Brand kit</source>
        <translation>عناصر العلامة التجارية</translation>
    </message>
    <message>
        <source>The first ones are offered first. What is made already stays as it is.</source>
        <translation>تُعرض الأولى أولًا. وما صُنع من قبل يبقى كما هو.</translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message>
        <source>Steps between</source>
        <translation>المستويات الوسطى</translation>
    </message>
    <message>
        <source>Where you are</source>
        <translation>موضعك الحالي</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>الانتقال إلى {place}</translation>
    </message>
    <message>
        <source>Places in {place}</source>
        <translation>الأماكن في {place}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>لا مزيد في الشريط الجانبي</numerusform>
            <numerusform>واحد آخر في الشريط الجانبي</numerusform>
            <numerusform>اثنان آخران في الشريط الجانبي</numerusform>
            <numerusform>%Ln أخرى في الشريط الجانبي</numerusform>
            <numerusform>%Ln أخرى في الشريط الجانبي</numerusform>
            <numerusform>%Ln أخرى في الشريط الجانبي</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserPage</name>
    <message>
        <source>Sign in with the browser</source>
        <translation>تسجيل الدخول عبر المتصفح</translation>
    </message>
    <message>
        <source>Password and code stay between you and the service. An application has to be registered there, with this address to come back to:</source>
        <translation>تبقى كلمة المرور والرمز بينك وبين الخدمة. يجب تسجيل تطبيق هناك، بهذا العنوان للعودة إليه:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>فتح المتصفح</translation>
    </message>
    <message>
        <source>Go on in your browser. This window waits for you for five minutes.</source>
        <translation>تابع في المتصفح. تنتظرك هذه النافذة خمس دقائق.</translation>
    </message>
    <message>
        <source>No browser could be opened here. Choose “Cancel”, and use a password.</source>
        <translation>تعذّر فتح متصفح هنا. اختر «إلغاء» واستخدم كلمة مرور.</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>م&amp;فتاح API</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;معرّف العميل</translation>
    </message>
    <message>
        <source>Client &amp;secret</source>
        <translation>&amp;سرّ العميل</translation>
    </message>
</context>
<context>
    <name>BrowserPanel</name>
    <message>
        <source>Clear filters</source>
        <translation>مسح عوامل التصفية</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>لم يُعثر على شيء</translation>
    </message>
    <message>
        <source>Try fewer letters, or take the filters away.</source>
        <translation>جرّب أحرفًا أقل، أو أزل عوامل التصفية.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>لا شيء هنا بعد</translation>
    </message>
    <message>
        <source>What this environment holds appears here by itself.</source>
        <translation>يظهر محتوى هذه البيئة هنا تلقائيًا.</translation>
    </message>
    <message>
        <source>Files that are put into this folder appear by themselves.</source>
        <translation>الملفات التي توضع في هذا المجلد تظهر تلقائيًا.</translation>
    </message>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>جارٍ إعداد الحملة النموذجية</translation>
    </message>
    <message>
        <source>Pictures of a brand that does not exist, with rights and reviews, to try everything on. It takes a moment, only this once.</source>
        <translation>صور لعلامة تجارية لا وجود لها، مع حقوق ومراجعات، لتجربة كل شيء عليها. يستغرق ذلك لحظة، هذه المرة فقط.</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>جارٍ قراءة المكتبة</translation>
    </message>
    <message>
        <source>Assets appear as they are found. You can stop it at any time.</source>
        <translation>تظهر الأصول فور العثور عليها. يمكنك الإيقاف في أي وقت.</translation>
    </message>
    <message>
        <source>That is too much to drag at once. Choose fewer assets.</source>
        <translation>هذا أكثر مما يمكن سحبه دفعة واحدة. اختر أصولًا أقل.</translation>
    </message>
</context>
<context>
    <name>BundleDialog</name>
    <message>
        <source>Diagnostic bundle</source>
        <translation>حزمة التشخيص</translation>
    </message>
    <message>
        <source>This is all of it. Names, paths, addresses and accounts are replaced by words that only this profile can tell apart; keys are never in it. It is written where you say, and sent nowhere.</source>
        <translation>هذا كل ما فيها. تُستبدل بالأسماء والمسارات والعناوين والحسابات كلمات لا يميّزها إلا هذا الملف الشخصي؛ ولا تتضمن المفاتيح أبدًا. تُكتب حيث تحدد، ولا تُرسل إلى أي مكان.</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;حفظ…</translation>
    </message>
    <message>
        <source>Written to {name}. Hand it on yourself, if you want to.</source>
        <translation>كُتبت في {name}. سلّمها بنفسك إن أردت.</translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>جارٍ الجمع…</translation>
    </message>
    <message>
        <source>What the bundle holds</source>
        <translation>ما تحويه الحزمة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Save the diagnostic bundle</source>
        <translation>حفظ حزمة التشخيص</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>Month before</source>
        <translation>الشهر السابق</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>الشهر</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>السنة</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>الشهر التالي</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>معاينة</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>اقتصاص</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>الملف الأصلي</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>النسخة المشتقة</translation>
    </message>
</context>
<context>
    <name>CellTable</name>
    <message>
        <source>F6 leaves the table</source>
        <translation>اضغط F6 لمغادرة الجدول</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channels of shops</source>
        <translation>قنوات المتاجر</translation>
    </message>
    <message>
        <source>Copied code and kits for a channel follow the settings of its plug-in.</source>
        <translation>يتبع الرمز البرمجي المنسوخ وحزم القناة إعدادات مكوّنها الإضافي.</translation>
    </message>
    <message>
        <source>Fetch pictures when they are scrolled to</source>
        <translation>جلب الصور عند التمرير إليها</translation>
    </message>
    <message>
        <source>End addresses in the words of the title</source>
        <translation>إنهاء عناوين URL بكلمات من عنوان الصورة</translation>
    </message>
    <message>
        <source>Offer these widths:</source>
        <translation>إتاحة قيم العرض هذه:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;حفظ</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;نسيان</translation>
    </message>
    <message>
        <source>Set What Plug-ins &amp;Recommend</source>
        <translation>ضبط ما &amp;توصي به المكوّنات الإضافية</translation>
    </message>
    <message>
        <source>As the rendition says</source>
        <translation>كما في النسخة المشتقة</translation>
    </message>
    <message>
        <source>By its own name</source>
        <translation>باسمها نفسه</translation>
    </message>
    <message>
        <source> px</source>
        <translation> بكسل</translation>
    </message>
    <message>
        <source>Narrowest width</source>
        <translation>أصغر عرض</translation>
    </message>
    <message>
        <source>Widest width</source>
        <translation>أكبر عرض</translation>
    </message>
    <message>
        <source>How many widths</source>
        <translation>عدد قيم العرض</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>ال&amp;قناة</translation>
    </message>
    <message>
        <source>Plug-in of</source>
        <translation>المكوّن الإضافي لمنصة</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>اسمها في الحقوق</translation>
    </message>
    <message>
        <source>Pictures are</source>
        <translation>مكان الصور</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>الصيغة</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>الجودة</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>الكثافة</translation>
    </message>
    <message>
        <source>Seen until it is there</source>
        <translation>المعروض حتى تظهر الصورة</translation>
    </message>
    <message>
        <source>Folders of the plug-in</source>
        <translation>مجلدات المكوّن الإضافي</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>The settings of {channel} are kept.</source>
        <translation>حُفظت إعدادات {channel}.</translation>
    </message>
    <message>
        <source>The settings of {channel} are forgotten.</source>
        <translation>نُسيت إعدادات {channel}.</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Give “{tag}” to all</source>
        <translation>إضافة «{tag}» إلى الكل</translation>
    </message>
    <message>
        <source>Take “{tag}” away</source>
        <translation>إزالة «{tag}»</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>Nothing chosen</source>
        <translation>لم يُختر شيء</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>قيم متعددة</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>That is too much to copy at once. Choose fewer assets.</source>
        <translation>هذا أكثر مما يمكن نسخه دفعة واحدة. اختر أصولًا أقل.</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>جارٍ تجهيز %Ln ملف…</numerusform>
            <numerusform>جارٍ تجهيز ملف واحد…</numerusform>
            <numerusform>جارٍ تجهيز ملفين…</numerusform>
            <numerusform>جارٍ تجهيز %Ln ملفات…</numerusform>
            <numerusform>جارٍ تجهيز %Ln ملفًا…</numerusform>
            <numerusform>جارٍ تجهيز %Ln ملف…</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no files and no picture on the clipboard.</source>
        <translation>لا توجد ملفات ولا صورة في الحافظة.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>لم يُنسخ أي ملف.</numerusform>
            <numerusform>نُسخ ملف واحد.</numerusform>
            <numerusform>نُسخ ملفان.</numerusform>
            <numerusform>نُسخت %Ln ملفات.</numerusform>
            <numerusform>نُسخ %Ln ملفًا.</numerusform>
            <numerusform>نُسخ %Ln ملف.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>ملصق</translation>
    </message>
</context>
<context>
    <name>CloudActions</name>
    <message>
        <source>&amp;Rename…</source>
        <translation>إ&amp;عادة التسمية…</translation>
    </message>
    <message>
        <source>&amp;Move to Folder…</source>
        <translation>&amp;نقل إلى مجلد…</translation>
    </message>
    <message>
        <source>Change &amp;Public ID…</source>
        <translation>&amp;تغيير المعرّف العام…</translation>
    </message>
    <message>
        <source>Rename or Move Fol&amp;der…</source>
        <translation>إعادة تسمية الم&amp;جلد أو نقله…</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Folder, Good for a Day</source>
        <translation>نسخ را&amp;بط للمجلد، صالح ليوم واحد</translation>
    </message>
    <message>
        <source>&amp;Versions…</source>
        <translation>سجل النس&amp;خ…</translation>
    </message>
    <message>
        <source>Refresh &amp;Deliveries…</source>
        <translation>ت&amp;حديث التسليم…</translation>
    </message>
    <message>
        <source>&amp;Copy Delivery Address</source>
        <translation>ن&amp;سخ عنوان التسليم</translation>
    </message>
    <message>
        <source>Delivery Addre&amp;ss…</source>
        <translation>عنوان التس&amp;ليم…</translation>
    </message>
    <message>
        <source>Limit &amp;Access…</source>
        <translation>ت&amp;قييد الوصول…</translation>
    </message>
    <message>
        <source>Appr&amp;ove There…</source>
        <translation>اعت&amp;ماد هناك…</translation>
    </message>
    <message>
        <source>Reject &amp;There…</source>
        <translation>&amp;رفض هناك…</translation>
    </message>
    <message>
        <source>D&amp;elete…</source>
        <translation>ح&amp;ذف…</translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message>
        <source>Rename at Cloudinary</source>
        <translation>إعادة التسمية في Cloudinary</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>إعادة التسمية</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>Change the public ID</source>
        <translation>تغيير المعرّف العام</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>تغيير</translation>
    </message>
    <message>
        <source>&amp;Public ID</source>
        <translation>الم&amp;عرّف العام</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>نقل %Ln أصل في Cloudinary</numerusform>
            <numerusform>نقل أصل واحد في Cloudinary</numerusform>
            <numerusform>نقل أصلين في Cloudinary</numerusform>
            <numerusform>نقل %Ln أصول في Cloudinary</numerusform>
            <numerusform>نقل %Ln أصلًا في Cloudinary</numerusform>
            <numerusform>نقل %Ln أصل في Cloudinary</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>نقل</translation>
    </message>
    <message>
        <source>&amp;Folder, empty for the topmost one</source>
        <translation>ال&amp;مجلد، ويُترك فارغًا لأعلى مستوى</translation>
    </message>
    <message>
        <source>Rename or move a folder at Cloudinary</source>
        <translation>إعادة تسمية مجلد أو نقله في Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Path, with the folders above it</source>
        <translation>الم&amp;سار، مع المجلدات التي فوقه</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>هل تريد حذف %Ln أصل في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف أصل واحد في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف أصلين في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف %Ln أصول في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف %Ln أصلًا في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف %Ln أصل في Cloudinary؟</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>هل تريد تحديث تسليم %Ln أصل؟</numerusform>
            <numerusform>هل تريد تحديث تسليم أصل واحد؟</numerusform>
            <numerusform>هل تريد تحديث تسليم أصلين؟</numerusform>
            <numerusform>هل تريد تحديث تسليم %Ln أصول؟</numerusform>
            <numerusform>هل تريد تحديث تسليم %Ln أصلًا؟</numerusform>
            <numerusform>هل تريد تحديث تسليم %Ln أصل؟</numerusform>
        </translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>تحديث</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>هل تريد اعتماد %Ln أصل في Cloudinary؟</numerusform>
            <numerusform>هل تريد اعتماد أصل واحد في Cloudinary؟</numerusform>
            <numerusform>هل تريد اعتماد أصلين في Cloudinary؟</numerusform>
            <numerusform>هل تريد اعتماد %Ln أصول في Cloudinary؟</numerusform>
            <numerusform>هل تريد اعتماد %Ln أصلًا في Cloudinary؟</numerusform>
            <numerusform>هل تريد اعتماد %Ln أصل في Cloudinary؟</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>اعتماد</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>هل تريد رفض %Ln أصل في Cloudinary؟</numerusform>
            <numerusform>هل تريد رفض أصل واحد في Cloudinary؟</numerusform>
            <numerusform>هل تريد رفض أصلين في Cloudinary؟</numerusform>
            <numerusform>هل تريد رفض %Ln أصول في Cloudinary؟</numerusform>
            <numerusform>هل تريد رفض %Ln أصلًا في Cloudinary؟</numerusform>
            <numerusform>هل تريد رفض %Ln أصل في Cloudinary؟</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>المجلدات</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>ما الذي سيُنفَّذ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>في {place}: المجلد مع أصوله (%Ln).</numerusform>
            <numerusform>في {place}: المجلد مع أصله الواحد.</numerusform>
            <numerusform>في {place}: المجلد مع أصليه الاثنين.</numerusform>
            <numerusform>في {place}: المجلد مع أصوله (%Ln).</numerusform>
            <numerusform>في {place}: المجلد مع أصوله (%Ln).</numerusform>
            <numerusform>في {place}: المجلد مع أصوله (%Ln).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>في {place}: {doing} من %Ln أصل.</numerusform>
            <numerusform>في {place}: {doing} من أصل واحد.</numerusform>
            <numerusform>في {place}: {doing} من أصلين.</numerusform>
            <numerusform>في {place}: {doing} من %Ln أصول.</numerusform>
            <numerusform>في {place}: {doing} من %Ln أصلًا.</numerusform>
            <numerusform>في {place}: {doing} من %Ln أصل.</numerusform>
        </translation>
    </message>
    <message>
        <source>In this environment a folder without assets has no other name.</source>
        <translation>في هذه البيئة لا يمكن إعطاء مجلد بلا أصول اسمًا آخر.</translation>
    </message>
    <message>
        <source>Pages that use what is deleted will show nothing in its place. Where this environment keeps backups, it can be undone.</source>
        <translation>لن تعرض الصفحات التي تستخدم ما يُحذف شيئًا مكانه. وحيث تحتفظ هذه البيئة بنسخ احتياطية يمكن التراجع عن ذلك.</translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>عدد عناوين التسليم التي تتغيّر: %Ln. لن تعرض الصفحات التي تستخدم العناوين القديمة شيئًا.</numerusform>
            <numerusform>عدد عناوين التسليم التي تتغيّر: %Ln. لن تعرض الصفحات التي تستخدم العناوين القديمة شيئًا.</numerusform>
            <numerusform>عدد عناوين التسليم التي تتغيّر: %Ln. لن تعرض الصفحات التي تستخدم العناوين القديمة شيئًا.</numerusform>
            <numerusform>عدد عناوين التسليم التي تتغيّر: %Ln. لن تعرض الصفحات التي تستخدم العناوين القديمة شيئًا.</numerusform>
            <numerusform>عدد عناوين التسليم التي تتغيّر: %Ln. لن تعرض الصفحات التي تستخدم العناوين القديمة شيئًا.</numerusform>
            <numerusform>عدد عناوين التسليم التي تتغيّر: %Ln. لن تعرض الصفحات التي تستخدم العناوين القديمة شيئًا.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>أعلم عدد عناوين التسليم التي تتغيّر: %Ln</numerusform>
            <numerusform>أعلم عدد عناوين التسليم التي تتغيّر: %Ln</numerusform>
            <numerusform>أعلم عدد عناوين التسليم التي تتغيّر: %Ln</numerusform>
            <numerusform>أعلم عدد عناوين التسليم التي تتغيّر: %Ln</numerusform>
            <numerusform>أعلم عدد عناوين التسليم التي تتغيّر: %Ln</numerusform>
            <numerusform>أعلم عدد عناوين التسليم التي تتغيّر: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>What is rejected is not delivered any more, until it is approved.</source>
        <translation>ما يُرفض لا يُسلَّم بعد ذلك حتى يُعتمد.</translation>
    </message>
    <message>
        <source>This overrules what automatic moderation found.</source>
        <translation>يُلغي هذا نتيجة الإشراف التلقائي.</translation>
    </message>
    <message>
        <source>Copies on the delivery network are dropped and fetched anew.</source>
        <translation>تُسقط النسخ الموجودة على شبكة التسليم وتُجلب من جديد.</translation>
    </message>
    <message>
        <source>No delivered address changes.</source>
        <translation>لا يتغير أي عنوان تسليم.</translation>
    </message>
    <message>
        <source>I have looked at the names: all of these shall go</source>
        <translation>اطّلعت على الأسماء: يجب أن تُزال كلها</translation>
    </message>
    <message>
        <source>I mean the production environment {place}</source>
        <translation>أقصد بيئة الإنتاج {place}</translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message>
        <source>This is done as soon as Cloudinary can be reached.</source>
        <translation>يُنفَّذ هذا فور إمكان الوصول إلى Cloudinary.</translation>
    </message>
    <message>
        <source>The address was copied.</source>
        <translation>نُسخ العنوان.</translation>
    </message>
    <message>
        <source>The link was copied. For a day, whoever has it sees what is in here.</source>
        <translation>نُسخ الرابط. كل من لديه الرابط يرى ما هو هنا، لمدة يوم واحد.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>حُذف في Cloudinary: %Ln أصل.</numerusform>
            <numerusform>حُذف في Cloudinary: أصل واحد.</numerusform>
            <numerusform>حُذف في Cloudinary: أصلان.</numerusform>
            <numerusform>حُذف في Cloudinary: %Ln أصول.</numerusform>
            <numerusform>حُذف في Cloudinary: %Ln أصلًا.</numerusform>
            <numerusform>حُذف في Cloudinary: %Ln أصل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>أُعيد: %Ln أصل.</numerusform>
            <numerusform>أُعيد: أصل واحد.</numerusform>
            <numerusform>أُعيد: أصلان.</numerusform>
            <numerusform>أُعيد: %Ln أصول.</numerusform>
            <numerusform>أُعيد: %Ln أصلًا.</numerusform>
            <numerusform>أُعيد: %Ln أصل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>اكتمل تحديث تسليم %Ln أصل.</numerusform>
            <numerusform>اكتمل تحديث تسليم أصل واحد.</numerusform>
            <numerusform>اكتمل تحديث تسليم أصلين.</numerusform>
            <numerusform>اكتمل تحديث تسليم %Ln أصول.</numerusform>
            <numerusform>اكتمل تحديث تسليم %Ln أصلًا.</numerusform>
            <numerusform>اكتمل تحديث تسليم %Ln أصل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>ضُبط الوصول إلى %Ln أصل كما طلبت.</numerusform>
            <numerusform>ضُبط الوصول إلى أصل واحد كما طلبت.</numerusform>
            <numerusform>ضُبط الوصول إلى أصلين كما طلبت.</numerusform>
            <numerusform>ضُبط الوصول إلى %Ln أصول كما طلبت.</numerusform>
            <numerusform>ضُبط الوصول إلى %Ln أصلًا كما طلبت.</numerusform>
            <numerusform>ضُبط الوصول إلى %Ln أصل كما طلبت.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>صدر قرار الإشراف في Cloudinary: %Ln أصل.</numerusform>
            <numerusform>صدر قرار الإشراف في Cloudinary: أصل واحد.</numerusform>
            <numerusform>صدر قرار الإشراف في Cloudinary: أصلان.</numerusform>
            <numerusform>صدر قرار الإشراف في Cloudinary: %Ln أصول.</numerusform>
            <numerusform>صدر قرار الإشراف في Cloudinary: %Ln أصلًا.</numerusform>
            <numerusform>صدر قرار الإشراف في Cloudinary: %Ln أصل.</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has its new place at Cloudinary.</source>
        <translation>صار المجلد في مكانه الجديد في Cloudinary.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>نُقل في Cloudinary: %Ln أصل.</numerusform>
            <numerusform>نُقل في Cloudinary: أصل واحد.</numerusform>
            <numerusform>نُقل في Cloudinary: أصلان.</numerusform>
            <numerusform>نُقل في Cloudinary: %Ln أصول.</numerusform>
            <numerusform>نُقل في Cloudinary: %Ln أصلًا.</numerusform>
            <numerusform>نُقل في Cloudinary: %Ln أصل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>أُعيدت التسمية في Cloudinary: %Ln أصل.</numerusform>
            <numerusform>أُعيدت التسمية في Cloudinary: أصل واحد.</numerusform>
            <numerusform>أُعيدت التسمية في Cloudinary: أصلان.</numerusform>
            <numerusform>أُعيدت التسمية في Cloudinary: %Ln أصول.</numerusform>
            <numerusform>أُعيدت التسمية في Cloudinary: %Ln أصلًا.</numerusform>
            <numerusform>أُعيدت التسمية في Cloudinary: %Ln أصل.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is being taken back…</source>
        <translation>جارٍ التراجع عنه…</translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message>
        <source>Search all of Cloudinary</source>
        <translation>البحث في كل Cloudinary</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>إظهار في النافذة</translation>
    </message>
    <message>
        <source>Cloudinary looks through {account}, mirrored here or not.</source>
        <translation>يبحث Cloudinary في كل {account}، سواء أكان له نظير هنا أم لا.</translation>
    </message>
    <message>
        <source>Search expression</source>
        <translation>عبارة البحث</translation>
    </message>
    <message>
        <source>Found in Cloudinary</source>
        <translation>ما عُثر عليه في Cloudinary</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>عُثر على %Ln أصل.</numerusform>
            <numerusform>عُثر على أصل واحد.</numerusform>
            <numerusform>عُثر على أصلين.</numerusform>
            <numerusform>عُثر على %Ln أصول.</numerusform>
            <numerusform>عُثر على %Ln أصلًا.</numerusform>
            <numerusform>عُثر على %Ln أصل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>المعروض أحدث %Ln.</numerusform>
            <numerusform>المعروض هو الأحدث وحده.</numerusform>
            <numerusform>المعروض أحدث اثنين.</numerusform>
            <numerusform>المعروض أحدث %Ln.</numerusform>
            <numerusform>المعروض أحدث %Ln.</numerusform>
            <numerusform>المعروض أحدث %Ln.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Enter the code</source>
        <translation>أدخل الرمز</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Two-step verification is on for {email}. Enter the six digits it shows.</source>
        <translation>التحقق بخطوتين مفعَّل للحساب {email}. أدخل الأرقام الستة التي يعرضها.</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>ال&amp;رمز</translation>
    </message>
</context>
<context>
    <name>CodesField</name>
    <message>
        <source>Choose: {name}</source>
        <translation>اختيار: {name}</translation>
    </message>
    <message>
        <source>Choose from a list</source>
        <translation>اختيار من قائمة</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>The code offers {widths} pixels.</source>
        <translation>يتيح الرمز البرمجي قيم العرض {widths} بكسل.</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Show These</source>
        <translation>إظهار هذه</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>الأعمدة</translation>
    </message>
    <message>
        <source>Names and pictures always stand first. Move columns by their heads.</source>
        <translation>تأتي الأسماء والصور أولًا دائمًا. انقل الأعمدة بسحب رؤوسها.</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>البحث عن حقل</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>الحقول</translation>
    </message>
    <message>
        <source>The Usual Ones</source>
        <translation>الأعمدة المعتادة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <translation>الحقول المخصصة</translation>
    </message>
</context>
<context>
    <name>CommentBlock</name>
    <message>
        <source>Show all of it</source>
        <translation>إظهاره كاملًا</translation>
    </message>
</context>
<context>
    <name>CommentsPanel</name>
    <message>
        <source>Comments</source>
        <translation>التعليقات</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Comment</source>
        <translation>تعليق</translation>
    </message>
    <message>
        <source>Click a point or drag a region. Arrow keys and Enter do, too.</source>
        <translation>انقر نقطة أو اسحب لتحديد منطقة. تفي مفاتيح الأسهم وEnter بذلك أيضًا.</translation>
    </message>
    <message>
        <source>Draw on the picture. Escape puts the pen away.</source>
        <translation>ارسم على الصورة. يضع مفتاح Escape القلم جانبًا.</translation>
    </message>
    <message>
        <source>Write a comment; @ mentions a role</source>
        <translation>اكتب تعليقًا؛ تشير @ إلى دور</translation>
    </message>
    <message>
        <source>Pin to a point or a region (Shift+M)</source>
        <translation>تثبيت على نقطة أو منطقة (Shift+M)</translation>
    </message>
    <message>
        <source>Draw on the picture (D)</source>
        <translation>الرسم على الصورة (D)</translation>
    </message>
    <message>
        <source>Colour of the pen</source>
        <translation>لون القلم</translation>
    </message>
    <message>
        <source>Take the last line back</source>
        <translation>التراجع عن آخر خط</translation>
    </message>
    <message>
        <source>Pin to a moment</source>
        <translation>تثبيت على لحظة</translation>
    </message>
    <message>
        <source>Comment (Ctrl+Enter)</source>
        <translation>تعليق (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>أحمر</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>أصفر</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>أخضر</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>أزرق</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>ردّ</translation>
    </message>
    <message>
        <source>Reply to {number}</source>
        <translation>ردّ على {number}</translation>
    </message>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>رسم، %Ln خط</numerusform>
            <numerusform>رسم، خط واحد</numerusform>
            <numerusform>رسم، خطّان</numerusform>
            <numerusform>رسم، %Ln خطوط</numerusform>
            <numerusform>رسم، %Ln خطًا</numerusform>
            <numerusform>رسم، %Ln خط</numerusform>
        </translation>
    </message>
    <message>
        <source>Point</source>
        <translation>نقطة</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>منطقة</translation>
    </message>
    <message>
        <source>At {time}</source>
        <translation>عند {time}</translation>
    </message>
    <message>
        <source>{part}: take it away</source>
        <translation>{part}: إزالة</translation>
    </message>
</context>
<context>
    <name>ConflictChoice</name>
    <message>
        <source>&amp;Yours</source>
        <translation>قيمت&amp;ك</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>القيمة الأخرى، الموجودة &amp;هناك الآن</translation>
    </message>
    <message>
        <source>A &amp;third value</source>
        <translation>قيمة &amp;ثالثة</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>سابقًا: {value}</translation>
    </message>
    <message>
        <source>A third value</source>
        <translation>قيمة ثالثة</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(لا شيء)</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Two values for “{field}”</source>
        <translation>قيمتان لـ «{field}»</translation>
    </message>
    <message>
        <source>Somebody else changed {asset} while your change was on its way. Nothing is lost: choose which value stays, or write a third one.</source>
        <translation>غيّر شخص آخر {asset} بينما كان تغييرك في الطريق. لم يُفقد شيء: اختر القيمة التي تبقى، أو اكتب قيمة ثالثة.</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>إبقاء هذه القيمة</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>القرار لاحقًا</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>التعارضات</translation>
    </message>
    <message>
        <source>Show the &amp;asset</source>
        <translation>إظهار الأ&amp;صل</translation>
    </message>
    <message>
        <source>Keep &amp;mine</source>
        <translation>إبقاء قيم&amp;تي</translation>
    </message>
    <message>
        <source>Keep what is &amp;there</source>
        <translation>إبقاء ال&amp;موجود هناك</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>إ&amp;بقاء هذه</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>تعارض</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(لا شيء)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} في {asset}</translation>
    </message>
    <message>
        <source>“{ours}” or “{theirs}”</source>
        <translation>«{ours}» أو «{theirs}»</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>%Ln تعارض بانتظار قرارك</numerusform>
            <numerusform>تعارض واحد بانتظار قرارك</numerusform>
            <numerusform>تعارضان بانتظار قرارك</numerusform>
            <numerusform>%Ln تعارضات بانتظار قرارك</numerusform>
            <numerusform>%Ln تعارضًا بانتظار قرارك</numerusform>
            <numerusform>%Ln تعارض بانتظار قرارك</numerusform>
        </translation>
    </message>
    <message>
        <source>Two people said different things, and both are kept. What you choose is written; nothing is changed before.</source>
        <translation>ذكر شخصان شيئين مختلفين، والقيمتان محفوظتان. يُكتب ما تختاره؛ ولا يتغير شيء قبل ذلك.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>لا توجد تعارضات</translation>
    </message>
    <message>
        <source>Nothing that was said here contradicts anybody else.</source>
        <translation>لا شيء مما ذُكر هنا يتعارض مع ما ذكره غيرك.</translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>إبقاء قيم&amp;تي (%Ln)</numerusform>
            <numerusform>إبقاء قيم&amp;تي (%Ln)</numerusform>
            <numerusform>إبقاء قيم&amp;تي (%Ln)</numerusform>
            <numerusform>إبقاء قيم&amp;تي (%Ln)</numerusform>
            <numerusform>إبقاء قيم&amp;تي (%Ln)</numerusform>
            <numerusform>إبقاء قيم&amp;تي (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>إبقاء ال&amp;موجود هناك (%Ln)</numerusform>
            <numerusform>إبقاء ال&amp;موجود هناك (%Ln)</numerusform>
            <numerusform>إبقاء ال&amp;موجود هناك (%Ln)</numerusform>
            <numerusform>إبقاء ال&amp;موجود هناك (%Ln)</numerusform>
            <numerusform>إبقاء ال&amp;موجود هناك (%Ln)</numerusform>
            <numerusform>إبقاء ال&amp;موجود هناك (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}، {moment}</translation>
    </message>
    <message>
        <source>Found there {moment}</source>
        <translation>وُجدت هناك {moment}</translation>
    </message>
</context>
<context>
    <name>ContactPage</name>
    <message>
        <source>Keys act on everything that is chosen</source>
        <translation>تسري المفاتيح على كل ما هو محدد</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Export…</source>
        <translation>تصدير…</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>ورقة معاينة</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>مجموعة النسخ المشتقة</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>الإعدادات المسبقة</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>التصدير إلى</translation>
    </message>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>تُكتب في {folder}: {count} من %Ln نسخة مشتقة.</numerusform>
            <numerusform>تُكتب في {folder}: {count} من نسخة مشتقة واحدة (%Ln).</numerusform>
            <numerusform>تُكتب في {folder}: {count} من نسختين مشتقتين (%Ln).</numerusform>
            <numerusform>تُكتب في {folder}: {count} من %Ln نسخ مشتقة.</numerusform>
            <numerusform>تُكتب في {folder}: {count} من %Ln نسخة مشتقة.</numerusform>
            <numerusform>تُكتب في {folder}: {count} من %Ln نسخة مشتقة.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message>
        <source>Add…</source>
        <translation>إضافة…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>Publish Renditions…</source>
        <translation>نشر نسخ مشتقة…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>مقارنة…</translation>
    </message>
    <message>
        <source>Publish Again</source>
        <translation>النشر من جديد</translation>
    </message>
    <message>
        <source>Take Back…</source>
        <translation>سحب…</translation>
    </message>
    <message>
        <source>Contentstack</source>
        <translation>Contentstack</translation>
    </message>
    <message>
        <source>Approved renditions in the entries of stacks. They follow what is delivered, and leave when their rights end.</source>
        <translation>نسخ مشتقة معتمدة في إدخالات المكدسات. تتبع ما يُسلَّم، وتُزال عند انتهاء حقوقها.</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>المكدسات</translation>
    </message>
    <message>
        <source>In entries</source>
        <translation>في الإدخالات</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>No stack so far</source>
        <translation>لا مكدس حتى الآن</translation>
    </message>
    <message>
        <source>Make a management token in the stack&apos;s settings, then add the stack here. Nothing is written there before you publish something.</source>
        <translation>أنشئ رمز إدارة (management token) في إعدادات المكدس، ثم أضف المكدس هنا. لا يُكتب فيه شيء قبل أن تنشر شيئًا.</translation>
    </message>
    <message>
        <source>Choose assets in the window, then open this again: their approved renditions are offered.</source>
        <translation>اختر أصولًا في النافذة ثم افتح هذا مجددًا: تُعرض نسخها المشتقة المعتمدة.</translation>
    </message>
    <message>
        <source>Nothing was published here yet.</source>
        <translation>لم يُنشر شيء هنا بعد.</translation>
    </message>
    <message>
        <source>No assets are chosen in the window</source>
        <translation>لم تُحدَّد أي أصول في النافذة</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>هل تريد إزالة «{name}»؟</translation>
    </message>
    <message>
        <source>Its token goes, and what is published there is not looked after any more. Nothing changes there: take back first what must not stay.</source>
        <translation>يُزال رمزه، ولا يُتابَع بعد ذلك ما نُشر هناك. لا يتغير شيء هناك: اسحب أولًا ما لا يجوز أن يبقى.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>هل تريد سحب %Ln صورة؟</numerusform>
            <numerusform>هل تريد سحب صورة واحدة؟</numerusform>
            <numerusform>هل تريد سحب صورتين؟</numerusform>
            <numerusform>هل تريد سحب %Ln صور؟</numerusform>
            <numerusform>هل تريد سحب %Ln صورة؟</numerusform>
            <numerusform>هل تريد سحب %Ln صورة؟</numerusform>
        </translation>
    </message>
    <message>
        <source>What becomes of the entries is what their stack says: they are taken off, or published without the picture. They can be published again.</source>
        <translation>يتوقف مصير الإدخالات على ما يحدده مكدسها: إما أن يُلغى نشرها، وإما أن تُنشر دون الصورة. ويمكن نشرها من جديد.</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>سحب</translation>
    </message>
</context>
<context>
    <name>CoordinateEditor</name>
    <message>
        <source>Open in a map</source>
        <translation>فتح في خريطة</translation>
    </message>
    <message>
        <source>Degrees, or a map’s link</source>
        <translation>درجات، أو رابط خريطة</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Transformation</source>
        <translation>التحويل</translation>
    </message>
    <message>
        <source>For Channel</source>
        <translation>للقناة</translation>
    </message>
    <message>
        <source>Responsive widths…</source>
        <translation>قيم العرض المتجاوبة…</translation>
    </message>
    <message>
        <source>As the Rendition Says</source>
        <translation>كما في النسخة المشتقة</translation>
    </message>
    <message>
        <source>There is code once the asset is pushed.</source>
        <translation>يتوفر الرمز البرمجي بعد إرسال الأصل.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>نُسخ</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
</context>
<context>
    <name>CropPage</name>
    <message>
        <source>Crop and turn</source>
        <translation>الاقتصاص والتدوير</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>حر</translation>
    </message>
    <message>
        <source>Without a crop</source>
        <translation>بلا اقتصاص</translation>
    </message>
    <message>
        <source>↺ Left</source>
        <translation>↺ يسارًا</translation>
    </message>
    <message>
        <source>↻ Right</source>
        <translation>↻ يمينًا</translation>
    </message>
    <message>
        <source>Straighten (degrees)</source>
        <translation>تقويم الميل (بالدرجات)</translation>
    </message>
    <message>
        <source>Shape of the crop</source>
        <translation>شكل الاقتصاص</translation>
    </message>
    <message>
        <source>Drag the frame on the picture. A double click puts its middle there; arrow keys move it, with Alt they resize it.</source>
        <translation>اسحب إطار الاقتصاص على الصورة. النقر المزدوج يضع وسطه في موضع النقر؛ ومفاتيح الأسهم تحرّكه، ومع Alt تغيّر حجمه.</translation>
    </message>
    <message>
        <source>Nothing of the kind was found.</source>
        <translation>لم يُعثر على شيء من هذا النوع.</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>تدوير</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>عكس</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>تقويم الميل</translation>
    </message>
</context>
<context>
    <name>CropPlacing</name>
    <message>
        <source>Crop</source>
        <translation>اقتصاص</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>اختيار يوم</translation>
    </message>
    <message>
        <source>Year-month-day</source>
        <translation>سنة-شهر-يوم</translation>
    </message>
</context>
<context>
    <name>DateSpanForm</name>
    <message>
        <source>Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>إلى</translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>The comment stays in the history.</source>
        <translation>يبقى التعليق في السجل.</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>ال&amp;تعليق</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms</source>
        <translation>Ctrl+Enter للتأكيد</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>اعتماد %Ln أصل</numerusform>
            <numerusform>اعتماد أصل واحد</numerusform>
            <numerusform>اعتماد أصلين</numerusform>
            <numerusform>اعتماد %Ln أصول</numerusform>
            <numerusform>اعتماد %Ln أصلًا</numerusform>
            <numerusform>اعتماد %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>اعتماد</translation>
    </message>
    <message>
        <source>Optional: what this is approved for</source>
        <translation>اختياري: الغرض من الاعتماد</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>رفض %Ln أصل</numerusform>
            <numerusform>رفض أصل واحد</numerusform>
            <numerusform>رفض أصلين</numerusform>
            <numerusform>رفض %Ln أصول</numerusform>
            <numerusform>رفض %Ln أصلًا</numerusform>
            <numerusform>رفض %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Why? A few words save the next person from asking</source>
        <translation>لماذا؟ بضع كلمات تغني غيرك عن السؤال</translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>طلب تعديلات على %Ln أصل</numerusform>
            <numerusform>طلب تعديلات على أصل واحد</numerusform>
            <numerusform>طلب تعديلات على أصلين</numerusform>
            <numerusform>طلب تعديلات على %Ln أصول</numerusform>
            <numerusform>طلب تعديلات على %Ln أصلًا</numerusform>
            <numerusform>طلب تعديلات على %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>طلب تعديلات</translation>
    </message>
    <message>
        <source>What should be different?</source>
        <translation>ما الذي ينبغي تغييره؟</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>وسم %Ln أصل: {state}</numerusform>
            <numerusform>وسم أصل واحد: {state}</numerusform>
            <numerusform>وسم أصلين: {state}</numerusform>
            <numerusform>وسم %Ln أصول: {state}</numerusform>
            <numerusform>وسم %Ln أصلًا: {state}</numerusform>
            <numerusform>وسم %Ln أصل: {state}</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>وسم</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>اختياري</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Decision taken back</source>
        <translation>جرى التراجع عن القرار</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Approve the rest</source>
        <translation>اعتماد الباقي</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>رفض</translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>رفض %Ln صورة: لماذا؟</numerusform>
            <numerusform>رفض صورة واحدة: لماذا؟</numerusform>
            <numerusform>رفض صورتين: لماذا؟</numerusform>
            <numerusform>رفض %Ln صور: لماذا؟</numerusform>
            <numerusform>رفض %Ln صورة: لماذا؟</numerusform>
            <numerusform>رفض %Ln صورة: لماذا؟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>تعديلات على %Ln صورة: ما هي؟</numerusform>
            <numerusform>تعديلات على صورة واحدة: ما هي؟</numerusform>
            <numerusform>تعديلات على صورتين: ما هي؟</numerusform>
            <numerusform>تعديلات على %Ln صور: ما هي؟</numerusform>
            <numerusform>تعديلات على %Ln صورة: ما هي؟</numerusform>
            <numerusform>تعديلات على %Ln صورة: ما هي؟</numerusform>
        </translation>
    </message>
    <message>
        <source>A few words; Enter confirms, Esc leaves it as it is</source>
        <translation>بضع كلمات؛ يؤكد Enter، ويترك Esc الأمر كما هو</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>طلب تعديلات</translation>
    </message>
    <message>
        <source>Approve the rest ({count})</source>
        <translation>اعتماد الباقي ({count})</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>اعتماد</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>DeliveryAddressDialog</name>
    <message>
        <source>Delivery address of “{name}”</source>
        <translation>عنوان تسليم «{name}»</translation>
    </message>
    <message>
        <source>What is private or authenticated is signed in any case.</source>
        <translation>ما هو خاص أو بمصادقة يُوقَّع في كل الأحوال.</translation>
    </message>
    <message>
        <source>Without image/upload</source>
        <translation>دون image/upload</translation>
    </message>
    <message>
        <source>With a to&amp;ken until</source>
        <translation>ب&amp;رمز وصول حتى</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;نسخ</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>كما هي</translation>
    </message>
    <message>
        <source>Only where it has to be</source>
        <translation>عند اللزوم فقط</translation>
    </message>
    <message>
        <source>SHA-256, long</source>
        <translation>SHA-256، طويل</translation>
    </message>
    <message>
        <source>&amp;Transformation</source>
        <translation>الت&amp;حويل</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>ال&amp;صيغة</translation>
    </message>
    <message>
        <source>&amp;Words at its end</source>
        <translation>&amp;كلمات في نهايته</translation>
    </message>
    <message>
        <source>&amp;Signed</source>
        <translation>ال&amp;توقيع</translation>
    </message>
    <message>
        <source>&amp;Analytics (_a)</source>
        <translation>التح&amp;ليلات (_a)</translation>
    </message>
    <message>
        <source>K&amp;ey of tokens, hexadecimal</source>
        <translation>&amp;مفتاح رموز الوصول، ستّ عشري</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>حتى</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>DeliveryPage</name>
    <message>
        <source>Format and quality</source>
        <translation>الصيغة والجودة</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>الصيغة</translation>
    </message>
    <message>
        <source>As the address ends</source>
        <translation>بحسب لاحقة العنوان</translation>
    </message>
    <message>
        <source>Best for the browser (auto)</source>
        <translation>الأنسب للمتصفح (auto)</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>الجودة</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>كالمعتاد</translation>
    </message>
    <message>
        <source>Automatic, best</source>
        <translation>تلقائية، الأفضل</translation>
    </message>
    <message>
        <source>Automatic, good</source>
        <translation>تلقائية، جيدة</translation>
    </message>
    <message>
        <source>Automatic, eco</source>
        <translation>تلقائية، اقتصادية</translation>
    </message>
    <message>
        <source>Automatic, low</source>
        <translation>تلقائية، منخفضة</translation>
    </message>
    <message>
        <source>Fixed quality</source>
        <translation>جودة ثابتة</translation>
    </message>
    <message>
        <source>Progressive</source>
        <translation>تدريجي</translation>
    </message>
    <message>
        <source>Keep all metadata</source>
        <translation>إبقاء كل البيانات الوصفية</translation>
    </message>
    <message>
        <source>Keep credit</source>
        <translation>إبقاء نسبة المصدر</translation>
    </message>
    <message>
        <source>Without a colour profile</source>
        <translation>بلا ملف تعريف ألوان</translation>
    </message>
    <message>
        <source>Rounded corners</source>
        <translation>زوايا مستديرة</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>شكل بيضوي</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>الإطار</translation>
    </message>
    <message>
        <source>Border colour</source>
        <translation>لون الإطار</translation>
    </message>
    <message>
        <source>White</source>
        <translation>أبيض</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>أسود</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>رمادي</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>What the rendition keeps</source>
        <translation>ما تحتفظ به النسخة المشتقة</translation>
    </message>
    <message>
        <source>Corners and border</source>
        <translation>الزوايا والإطار</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>لم تفشل أي عملية نقل</numerusform>
            <numerusform>فشلت عملية نقل واحدة</numerusform>
            <numerusform>فشلت عمليتا نقل</numerusform>
            <numerusform>فشلت %Ln عمليات نقل</numerusform>
            <numerusform>فشلت %Ln عملية نقل</numerusform>
            <numerusform>فشلت %Ln عملية نقل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>لم يكتمل شيء. تذكر القائمة سبب كل فشل.</numerusform>
            <numerusform>اكتملت واحدة. تذكر القائمة سبب كل فشل.</numerusform>
            <numerusform>اكتملت اثنتان. تذكر القائمة سبب كل فشل.</numerusform>
            <numerusform>اكتملت %Ln عمليات. تذكر القائمة سبب كل فشل.</numerusform>
            <numerusform>اكتملت %Ln عملية. تذكر القائمة سبب كل فشل.</numerusform>
            <numerusform>اكتملت %Ln عملية. تذكر القائمة سبب كل فشل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>إظهار</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>لم تنته أي عملية نقل</numerusform>
            <numerusform>انتهت عملية نقل واحدة</numerusform>
            <numerusform>انتهت عمليتا نقل</numerusform>
            <numerusform>انتهت %Ln عمليات نقل</numerusform>
            <numerusform>انتهت %Ln عملية نقل</numerusform>
            <numerusform>انتهت %Ln عملية نقل</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything came through.</source>
        <translation>اكتمل كل شيء.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>لا مراجعات بانتظارك</numerusform>
            <numerusform>مراجعة واحدة بانتظارك</numerusform>
            <numerusform>مراجعتان بانتظارك</numerusform>
            <numerusform>%Ln مراجعات بانتظارك</numerusform>
            <numerusform>%Ln مراجعة بانتظارك</numerusform>
            <numerusform>%Ln مراجعة بانتظارك</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody asked for your decision.</source>
        <translation>طُلب منك اتخاذ قرار.</translation>
    </message>
    <message>
        <source>Open the Queue</source>
        <translation>فتح قائمة المراجعة</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>لم تنته حقوق أي أصل</numerusform>
            <numerusform>انتهت حقوق أصل واحد</numerusform>
            <numerusform>انتهت حقوق أصلين</numerusform>
            <numerusform>انتهت حقوق %Ln أصول</numerusform>
            <numerusform>انتهت حقوق %Ln أصلًا</numerusform>
            <numerusform>انتهت حقوق %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>What was delivered of them is taken back.</source>
        <translation>يُسحب ما سُلِّم منها.</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>إظهارها</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Go on in production, {name}?</source>
        <translation>هل تريد المتابعة في بيئة الإنتاج {name}؟</translation>
    </message>
    <message>
        <source>What changes there can be seen on live sites at once. You are asked only once until Asset Bridge is closed.</source>
        <translation>ما يتغير هناك يظهر فورًا على المواقع العاملة. لا تُسأل إلا مرة واحدة حتى يُغلق Asset Bridge.</translation>
    </message>
    <message>
        <source>Go on in production</source>
        <translation>المتابعة في الإنتاج</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln صفحة</numerusform>
            <numerusform>صفحة واحدة</numerusform>
            <numerusform>صفحتان</numerusform>
            <numerusform>%Ln صفحات</numerusform>
            <numerusform>%Ln صفحة</numerusform>
            <numerusform>%Ln صفحة</numerusform>
        </translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>تدرّج الرمادي</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>الكلمات المفتاحية</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>المُنشئ</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>نسبة المصدر</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>حقوق النشر</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>شروط الاستخدام</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>التقييم</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>تاريخ الالتقاط</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>تاريخ التعديل</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>الصفحات</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>المعرّف العام</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>التسليم</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>نسخ المسار</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>إظهار في مدير الملفات</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>فتح الملف الأصلي</translation>
    </message>
    <message>
        <source>No limits of time are stated.</source>
        <translation>لا توجد حدود زمنية مذكورة.</translation>
    </message>
    <message>
        <source>The dates of the rights cannot be read: “{dates}”. It is held back until somebody mends them in the file.</source>
        <translation>تعذّرت قراءة تواريخ الحقوق: «{dates}». يُحتجز الأصل حتى تُصحَّح في الملف.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>قبل %Ln يوم</numerusform>
            <numerusform>قبل يوم واحد</numerusform>
            <numerusform>قبل يومين</numerusform>
            <numerusform>قبل %Ln أيام</numerusform>
            <numerusform>قبل %Ln يومًا</numerusform>
            <numerusform>قبل %Ln يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>The rights ended on {ends}, {ago}.</source>
        <translation>انتهت الحقوق في {ends}، {ago}.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>بعد %Ln يوم</numerusform>
            <numerusform>بعد يوم واحد</numerusform>
            <numerusform>بعد يومين</numerusform>
            <numerusform>بعد %Ln أيام</numerusform>
            <numerusform>بعد %Ln يومًا</numerusform>
            <numerusform>بعد %Ln يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>The rights begin on {starts}, {left}.</source>
        <translation>تبدأ الحقوق في {starts}، {left}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>بقي %Ln يوم</numerusform>
            <numerusform>بقي يوم واحد</numerusform>
            <numerusform>بقي يومان</numerusform>
            <numerusform>بقي %Ln أيام</numerusform>
            <numerusform>بقي %Ln يومًا</numerusform>
            <numerusform>بقي %Ln يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>May be used until {ends}, {left}.</source>
        <translation>يجوز استخدامه حتى {ends}، {left}.</translation>
    </message>
    <message>
        <source>May be used since {starts}, without an end.</source>
        <translation>يجوز استخدامه منذ {starts}، دون تاريخ انتهاء.</translation>
    </message>
</context>
<context>
    <name>DragHandle</name>
    <message>
        <source>Drag the file into another program, or press to copy it</source>
        <translation>اسحب الملف إلى برنامج آخر، أو اضغط لنسخه</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop it here</source>
        <translation>أفلته هنا</translation>
    </message>
    <message>
        <source>Nothing here can be taken</source>
        <translation>لا شيء هنا يمكن أخذه</translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>إرسال %Ln أصل</numerusform>
            <numerusform>إرسال أصل واحد</numerusform>
            <numerusform>إرسال أصلين</numerusform>
            <numerusform>إرسال %Ln أصول</numerusform>
            <numerusform>إرسال %Ln أصلًا</numerusform>
            <numerusform>إرسال %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>You will see the plan before anything leaves.</source>
        <translation>سترى الخطة قبل أن يخرج أي شيء.</translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>استيراد %Ln ملف</numerusform>
            <numerusform>استيراد ملف واحد</numerusform>
            <numerusform>استيراد ملفين</numerusform>
            <numerusform>استيراد %Ln ملفات</numerusform>
            <numerusform>استيراد %Ln ملفًا</numerusform>
            <numerusform>استيراد %Ln ملف</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked where to copy them. The originals stay where they are.</source>
        <translation>ستُسأل عن مكان النسخ. تبقى الملفات الأصلية في أماكنها.</translation>
    </message>
    <message>
        <source>Its files are read where they are. Nothing is copied or changed.</source>
        <translation>تُقرأ ملفاته في مكانها. لا يُنسخ شيء ولا يُغيَّر.</translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>إضافة %Ln مجلد كمكتبات</numerusform>
            <numerusform>إضافة مجلد واحد كمكتبات</numerusform>
            <numerusform>إضافة مجلدين كمكتبات</numerusform>
            <numerusform>إضافة %Ln مجلدات كمكتبات</numerusform>
            <numerusform>إضافة %Ln مجلدًا كمكتبات</numerusform>
            <numerusform>إضافة %Ln مجلد كمكتبات</numerusform>
        </translation>
    </message>
    <message>
        <source>Add “{name}” as a library</source>
        <translation>إضافة «{name}» كمكتبة</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>Drop target</source>
        <translation>هدف الإفلات</translation>
    </message>
    <message>
        <source>Files and pictures that are dropped here go where the large window takes them</source>
        <translation>ما يُفلت هنا من ملفات وصور يذهب إلى حيث تضعه النافذة الرئيسية</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>إخفاء</translation>
    </message>
    <message>
        <source>Drop here</source>
        <translation>أفلت هنا</translation>
    </message>
</context>
<context>
    <name>Earlier</name>
    <message>
        <source>Version before</source>
        <translation>النسخة السابقة</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>جارٍ المقارنة…</translation>
    </message>
    <message>
        <source>No version before this one was approved, or its picture is gone</source>
        <translation>لم تُعتمد أي نسخة قبل هذه، أو لم تعد صورتها موجودة</translation>
    </message>
    <message>
        <source>Approved by {who}, {day}</source>
        <translation>اعتمده {who}، {day}</translation>
    </message>
</context>
<context>
    <name>EditUndo</name>
    <message>
        <source>Decision taken back</source>
        <translation>جرى التراجع عن القرار</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>Masters</source>
        <translation>الملفات الأصلية</translation>
    </message>
    <message>
        <source>No channel</source>
        <translation>بلا قناة</translation>
    </message>
    <message>
        <source>All markets</source>
        <translation>كل الأسواق</translation>
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
        <translation>إزالة «{entry}»</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>تعذّر اتخاذ قرار بشأن %Ln ملف: لا يمكن القراءة.</numerusform>
            <numerusform>تعذّر اتخاذ قرار بشأن ملف واحد: لا يمكن القراءة.</numerusform>
            <numerusform>تعذّر اتخاذ قرار بشأن ملفين: لا يمكن القراءة.</numerusform>
            <numerusform>تعذّر اتخاذ قرار بشأن %Ln ملفات: لا يمكن القراءة.</numerusform>
            <numerusform>تعذّر اتخاذ قرار بشأن %Ln ملفًا: لا يمكن القراءة.</numerusform>
            <numerusform>تعذّر اتخاذ قرار بشأن %Ln ملف: لا يمكن القراءة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>إضافة مجلد</translation>
    </message>
    <message>
        <source>This shows the account in use. Log out of it, or switch to another.</source>
        <translation>يعرض هذا الحساب المستخدم. سجّل الخروج منه، أو بدّل إلى حساب آخر.</translation>
    </message>
    <message>
        <source>Remove “{name}” from Asset Bridge?</source>
        <translation>هل تريد إزالة «{name}» من Asset Bridge؟</translation>
    </message>
    <message>
        <source>Its files stay where they are, and so do all decisions about them. What was pushed stays at Cloudinary.</source>
        <translation>تبقى ملفاته في مكانها، وتبقى كل القرارات المتعلقة بها. وما أُرسل يبقى في Cloudinary.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
    <message>
        <source>Forget them…</source>
        <translation>نسيانها…</translation>
    </message>
    <message>
        <source>Forget the missing files of “{name}”?</source>
        <translation>هل تريد نسيان ملفات «{name}» المفقودة؟</translation>
    </message>
    <message>
        <source>They vanish from the window. Decisions about them stay in the record, and they come back if the files do.</source>
        <translation>تختفي من النافذة. تبقى القرارات بشأنها في السجل، وتعود إذا عادت الملفات.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>نسيانها</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>الاحتفاظ بها</translation>
    </message>
    <message>
        <source>Add a folder first; dropped files are copied into one.</source>
        <translation>أضف مجلدًا أولًا؛ فالملفات المُفلتة تُنسخ إلى أحد المجلدات.</translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>لا يملك النظام برنامجًا لفتح {path}.</translation>
    </message>
</context>
<context>
    <name>ExchangeActions</name>
    <message>
        <source>C&amp;opy</source>
        <translation>ن&amp;سخ</translation>
    </message>
    <message>
        <source>&amp;Paste into Library</source>
        <translation>&amp;لصق في المكتبة</translation>
    </message>
    <message>
        <source>Copy &amp;Link to Asset</source>
        <translation>نسخ &amp;رابط الأصل</translation>
    </message>
    <message>
        <source>Open &amp;With</source>
        <translation>ف&amp;تح باستخدام</translation>
    </message>
    <message>
        <source>New &amp;Version from a File…</source>
        <translation>&amp;نسخة جديدة من ملف…</translation>
    </message>
    <message>
        <source>Hot &amp;Folders…</source>
        <translation>المجلدات المرا&amp;قَبة…</translation>
    </message>
    <message>
        <source>&amp;Drop Target</source>
        <translation>&amp;هدف الإفلات</translation>
    </message>
    <message>
        <source>Keep Running in the &amp;Tray</source>
        <translation>إبقاء البرنامج يعمل في &amp;علبة النظام</translation>
    </message>
    <message>
        <source>Desktop &amp;Notifications</source>
        <translation>إ&amp;شعارات سطح المكتب</translation>
    </message>
</context>
<context>
    <name>FactsBar</name>
    <message>
        <source>Show from Cloudinary</source>
        <translation>عرض من Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes it now, which may count and cost</source>
        <translation>ينشئه Cloudinary الآن، وقد يُحتسب ذلك ويترتب عليه مقابل</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>نحو {bytes}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>قياس</translation>
    </message>
    <message>
        <source>The film is being made. Stop.</source>
        <translation>جارٍ إنشاء الفيلم. إيقاف.</translation>
    </message>
    <message>
        <source>Make the film here, and tell how large its file is</source>
        <translation>إنشاء الفيلم هنا وعرض حجم ملفه</translation>
    </message>
    <message>
        <source>The film is being made, which may take a minute…</source>
        <translation>جارٍ إنشاء الفيلم، وقد يستغرق ذلك دقيقة…</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>أصغر بنسبة {percent}%</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} ث</translation>
    </message>
    <message>
        <source>Character {place}: “{found}”, expected {expected}</source>
        <translation>الحرف {place}: «{found}»، والمتوقع {expected}</translation>
    </message>
</context>
<context>
    <name>FeedForm</name>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>السماح بعنوان في هذا الحاسوب أو هذه الشبكة</translation>
    </message>
    <message>
        <source>Push approved images</source>
        <translation>إرسال الصور المعتمدة</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Change a feed</source>
        <translation>تغيير خلاصة</translation>
    </message>
    <message>
        <source>New feed</source>
        <translation>خلاصة جديدة</translation>
    </message>
    <message>
        <source>Push approved images to {environment}</source>
        <translation>إرسال الصور المعتمدة إلى {environment}</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>PIM, ERP, shop, …</source>
        <translation>PIM، ERP، المتجر، …</translation>
    </message>
    <message>
        <source>A folder, a file, or https://…</source>
        <translation>مجلد أو ملف أو https://…</translation>
    </message>
    <message>
        <source>Artikelnummer=sku, Bezeichnung=product_name</source>
        <translation>Artikelnummer=sku, Bezeichnung=product_name</translation>
    </message>
    <message>
        <source>{campaign} stands for the product&apos;s campaign</source>
        <translation>يرمز {campaign} إلى حملة المنتج</translation>
    </message>
    <message>
        <source>If the address asks for one</source>
        <translation>إذا طلبه العنوان</translation>
    </message>
    <message>
        <source>By names of files</source>
        <translation>حسب أسماء الملفات</translation>
    </message>
    <message>
        <source>By keywords (sku:… or the SKU)</source>
        <translation>حسب الكلمات المفتاحية (sku:… أو SKU نفسه)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Products from</source>
        <translation>الم&amp;نتجات من</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;رمز الوصول</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>الأ&amp;عمدة</translation>
    </message>
    <message>
        <source>Find &amp;images</source>
        <translation>البحث عن ال&amp;صور</translation>
    </message>
    <message>
        <source>Name pa&amp;ttern</source>
        <translation>نم&amp;ط الاسم</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>ال&amp;قراءة</translation>
    </message>
    <message>
        <source>Into &amp;folder</source>
        <translation>إلى ال&amp;مجلد</translation>
    </message>
    <message>
        <source>For c&amp;hannel</source>
        <translation>للقنا&amp;ة</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Folder with feeds</source>
        <translation>مجلد الخلاصات</translation>
    </message>
</context>
<context>
    <name>FeedPostsDialog</name>
    <message>
        <source>&amp;Receive posts while this window is open</source>
        <translation>ا&amp;ستقبال الإرسالات ما دامت هذه النافذة مفتوحة</translation>
    </message>
    <message>
        <source>New &amp;Secret</source>
        <translation>&amp;سر جديد</translation>
    </message>
    <message>
        <source>Posts of other systems</source>
        <translation>إرسالات الأنظمة الأخرى</translation>
    </message>
    <message>
        <source>Posts for “{name}”</source>
        <translation>إرسالات «{name}»</translation>
    </message>
    <message>
        <source>Another system hands its products over itself, signed with a secret, and is answered with the line report.</source>
        <translation>يسلّم نظام آخر منتجاته بنفسه، موقّعةً بسر، ويُجاب بتقرير الأسطر.</translation>
    </message>
    <message>
        <source>Address to post to</source>
        <translation>العنوان الذي يُرسَل إليه</translation>
    </message>
    <message>
        <source>Secret to sign with</source>
        <translation>السر المستخدم في التوقيع</translation>
    </message>
    <message>
        <source>It is shown once; a new one ends the one before.</source>
        <translation>يُعرض مرة واحدة؛ والسر الجديد ينهي السابق.</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>المن&amp;فذ</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>السر</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message>
        <source>Add…</source>
        <translation>إضافة…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Read Now</source>
        <translation>القراءة الآن</translation>
    </message>
    <message>
        <source>Push…</source>
        <translation>إرسال…</translation>
    </message>
    <message>
        <source>Posts…</source>
        <translation>الإرسالات…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>تعطيل</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>Product feeds</source>
        <translation>خلاصات المنتجات</translation>
    </message>
    <message>
        <source>Products from other systems: their images are found here, and what is approved of them goes to Cloudinary with what is said of the product.</source>
        <translation>منتجات من أنظمة أخرى: يُعثر هنا على صورها، وما اعتُمد منها يُرسل إلى Cloudinary مع بيانات المنتج.</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>الخلاصات</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>Images found</source>
        <translation>صور عُثر عليها</translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation>غير واضحة</translation>
    </message>
    <message>
        <source>Without an image</source>
        <translation>بلا صورة</translation>
    </message>
    <message>
        <source>Without a product</source>
        <translation>بلا منتج</translation>
    </message>
    <message>
        <source>Line report</source>
        <translation>تقرير الأسطر</translation>
    </message>
    <message>
        <source>It was not read yet.</source>
        <translation>لم تُقرأ بعد.</translation>
    </message>
    <message>
        <source>Shows no product</source>
        <translation>لا تُظهر أي منتج</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>No feed yet</source>
        <translation>لا خلاصة بعد</translation>
    </message>
    <message>
        <source>A feed is a file, a folder or an address with products in CSV, JSON or JSON Lines. You see which images match before anything is sent.</source>
        <translation>الخلاصة ملف أو مجلد أو عنوان فيه منتجات بصيغة CSV أو JSON أو JSON Lines. ترى الصور المطابقة قبل إرسال أي شيء.</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>تفعيل</translation>
    </message>
    <message>
        <source>Reading “{name}”…</source>
        <translation>جارٍ قراءة «{name}»…</translation>
    </message>
    <message>
        <source>There is nothing to read there.</source>
        <translation>لا يوجد هناك ما يُقرأ.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>لم يُقبل %Ln صف؛ يذكر تقرير الأسطر السبب.</numerusform>
            <numerusform>لم يُقبل صف واحد؛ يذكر تقرير الأسطر السبب.</numerusform>
            <numerusform>لم يُقبل صفان؛ يذكر تقرير الأسطر السبب.</numerusform>
            <numerusform>لم تُقبل %Ln صفوف؛ يذكر تقرير الأسطر السبب.</numerusform>
            <numerusform>لم يُقبل %Ln صفًا؛ يذكر تقرير الأسطر السبب.</numerusform>
            <numerusform>لم يُقبل %Ln صف؛ يذكر تقرير الأسطر السبب.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>تمت القراءة. %Ln منتج جديد أو متغيّر.</numerusform>
            <numerusform>تمت القراءة. منتج واحد جديد أو متغيّر.</numerusform>
            <numerusform>تمت القراءة. منتجان جديدان أو متغيّران.</numerusform>
            <numerusform>تمت القراءة. %Ln منتجات جديدة أو متغيّرة.</numerusform>
            <numerusform>تمت القراءة. %Ln منتجًا جديدًا أو متغيّرًا.</numerusform>
            <numerusform>تمت القراءة. %Ln منتج جديد أو متغيّر.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking what would go…</source>
        <translation>جارٍ التحقق مما سيُرسل…</translation>
    </message>
    <message>
        <source>Nothing is due: what is approved is there, as it is said now.</source>
        <translation>لا شيء لإرساله: كل معتمد موجود هناك ببياناته الحالية.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln صورة</numerusform>
            <numerusform>صورة واحدة</numerusform>
            <numerusform>صورتان</numerusform>
            <numerusform>%Ln صور</numerusform>
            <numerusform>%Ln صورة</numerusform>
            <numerusform>%Ln صورة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered image(s) are told what is new</source>
        <translation>
            <numerusform>تُحدَّث بيانات %Ln صورة مُسلَّمة</numerusform>
            <numerusform>تُحدَّث بيانات صورة واحدة مُسلَّمة</numerusform>
            <numerusform>تُحدَّث بيانات صورتين مُسلَّمتين</numerusform>
            <numerusform>تُحدَّث بيانات %Ln صور مُسلَّمة</numerusform>
            <numerusform>تُحدَّث بيانات %Ln صورة مُسلَّمة</numerusform>
            <numerusform>تُحدَّث بيانات %Ln صورة مُسلَّمة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>صور لم تعد تعرض منتجًا: %Ln صورة</numerusform>
            <numerusform>صور لم تعد تعرض منتجًا: صورة واحدة</numerusform>
            <numerusform>صور لم تعد تعرض منتجًا: صورتان</numerusform>
            <numerusform>صور لم تعد تعرض منتجًا: %Ln صور</numerusform>
            <numerusform>صور لم تعد تعرض منتجًا: %Ln صورة</numerusform>
            <numerusform>صور لم تعد تعرض منتجًا: %Ln صورة</numerusform>
        </translation>
    </message>
    <message>
        <source>Held back: {reasons}</source>
        <translation>محتجزة: {reasons}</translation>
    </message>
    <message>
        <source>Push to “{environment}”?</source>
        <translation>هل تريد الإرسال إلى «{environment}»؟</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>Not Now</source>
        <translation>ليس الآن</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln صورة في الطريق.</numerusform>
            <numerusform>صورة واحدة في الطريق.</numerusform>
            <numerusform>صورتان في الطريق.</numerusform>
            <numerusform>%Ln صور في الطريق.</numerusform>
            <numerusform>%Ln صورة في الطريق.</numerusform>
            <numerusform>%Ln صورة في الطريق.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>هل تريد إزالة «{name}»؟</translation>
    </message>
    <message>
        <source>Its products are forgotten here. Images stay where they went.</source>
        <translation>تُنسى منتجاتها هنا. تبقى الصور حيث أُرسلت.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>جارٍ جلب %Ln ملف أصلي</numerusform>
            <numerusform>جارٍ جلب ملف أصلي واحد</numerusform>
            <numerusform>جارٍ جلب ملفين أصليين</numerusform>
            <numerusform>جارٍ جلب %Ln ملفات أصلية</numerusform>
            <numerusform>جارٍ جلب %Ln ملفًا أصليًا</numerusform>
            <numerusform>جارٍ جلب %Ln ملف أصلي</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>{size} إجمالًا</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} من {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more could not be fetched.</source>
        <translation>
            <numerusform>تعذّر جلب %Ln ملف آخر.</numerusform>
            <numerusform>تعذّر جلب ملف آخر.</numerusform>
            <numerusform>تعذّر جلب ملفين آخرين.</numerusform>
            <numerusform>تعذّر جلب %Ln ملفات أخرى.</numerusform>
            <numerusform>تعذّر جلب %Ln ملفًا آخر.</numerusform>
            <numerusform>تعذّر جلب %Ln ملف آخر.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>FidelityBadge</name>
    <message>
        <source>Fidelity: {word}</source>
        <translation>مدى المطابقة: {word}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Empty the field</source>
        <translation>إفراغ الحقل</translation>
    </message>
</context>
<context>
    <name>FieldActs</name>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>التخلي عنه</translation>
    </message>
</context>
<context>
    <name>FieldHistoryDialog</name>
    <message>
        <source>History of “{field}”</source>
        <translation>سجل «{field}»</translation>
    </message>
    <message>
        <source>&amp;Restore this</source>
        <translation>ا&amp;ستعادة هذه</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>سجل النسخ</translation>
    </message>
    <message>
        <source>What restoring it would change</source>
        <translation>ما الذي ستغيّره الاستعادة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Nobody has changed it here yet.</source>
        <translation>لم يغيّره أحد هنا بعد.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(لا شيء)</translation>
    </message>
    <message>
        <source>Before all changes</source>
        <translation>قبل كل التغييرات</translation>
    </message>
    <message>
        <source>{who}, {moment}</source>
        <translation>{who}، {moment}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>جرى التراجع عنه</translation>
    </message>
    <message>
        <source>That is what it says now.</source>
        <translation>هذا ما يذكره الآن.</translation>
    </message>
    <message>
        <source>What restoring it would change:</source>
        <translation>ما الذي ستغيّره الاستعادة:</translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>As Delivered</source>
        <translation>استعادة الافتراضي</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>تحقّق</translation>
    </message>
    <message>
        <source>Define Missing Fields</source>
        <translation>تعريف الحقول الناقصة</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>تشغيل تجريبي</translation>
    </message>
    <message>
        <source>S&amp;ync…</source>
        <translation>م&amp;زامنة…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Field mapping</source>
        <translation>تعيين الحقول</translation>
    </message>
    <message>
        <source>What a master says at Cloudinary</source>
        <translation>ما يُذكر عن الملف الأصلي في Cloudinary</translation>
    </message>
    <message>
        <source>Each row carries a part of a master’s record to its copies. What cannot come back as it was is named at the end.</source>
        <translation>ينقل كل صف جزءًا من بيانات الملف الأصلي إلى نسخه. ويُذكر في آخره ما لا يمكن أن يعود كما كان.</translation>
    </message>
    <message>
        <source>New Row…</source>
        <translation>صف جديد…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Bring the chosen masters and their copies together, after a look at it</source>
        <translation>مطابقة الملفات الأصلية المحددة ونسخها بعضها مع بعض، بعد الاطّلاع على ما سيتغير</translation>
    </message>
    <message>
        <source>“{name}” cannot have so many fields.</source>
        <translation>لا يتسع «{name}» لهذا العدد من الحقول.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>ينقص «{name}» %Ln حقل، أو قيم من قوائمها.</numerusform>
            <numerusform>ينقص «{name}» حقل واحد، أو قيم من قائمته.</numerusform>
            <numerusform>ينقص «{name}» حقلان، أو قيم من قائمتيهما.</numerusform>
            <numerusform>ينقص «{name}» %Ln حقول، أو قيم من قوائمها.</numerusform>
            <numerusform>ينقص «{name}» %Ln حقلًا، أو قيم من قوائمها.</numerusform>
            <numerusform>ينقص «{name}» %Ln حقل، أو قيم من قوائمها.</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it fits “{name}”.</source>
        <translation>كل ذلك يناسب «{name}».</translation>
    </message>
    <message>
        <source>Some rows cannot be used as they are.</source>
        <translation>لا يمكن استخدام بعض الصفوف كما هي.</translation>
    </message>
    <message>
        <source>None of the chosen assets is a master at a service.</source>
        <translation>ليس بين الأصول المحددة ملف أصلي لدى خدمة.</translation>
    </message>
    <message>
        <source>What was different is being delivered.</source>
        <translation>يجري تسليم ما كان مختلفًا.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRow</name>
    <message>
        <source>Use</source>
        <translation>استخدام</translation>
    </message>
    <message>
        <source>New row</source>
        <translation>صف جديد</translation>
    </message>
    <message>
        <source>Leads in “{name}”</source>
        <translation>الأولوية في «{name}»</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>كما في كل مكان</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>&amp;Master</source>
        <translation>ال&amp;ملف الأصلي</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>الا&amp;تجاه</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Leads</source>
        <translation>الأول&amp;وية</translation>
    </message>
    <message>
        <source>Places are tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, date, enum or set), access.start and access.end, with spaces in between. A master also has keyword:NAMESPACE and custom:FIELD. Whoever leads has the last word where both sides were changed since they last agreed.</source>
        <translation>المواضع هي tags وdisplay_name وcontext.KEY وmetadata.ID:TYPE (string أو integer أو date أو enum أو set) وaccess.start وaccess.end، وبينها مسافات. وللملف الأصلي أيضًا keyword:NAMESPACE وcustom:FIELD. تكون الكلمة الأخيرة لصاحب الأولوية حيث تغيّر الجانبان منذ آخر توافق بينهما.</translation>
    </message>
    <message>
        <source>It cannot be so: {reason}.</source>
        <translation>لا يمكن أن يكون كذلك: {reason}.</translation>
    </message>
    <message>
        <source>It can be so, but: {reason}.</source>
        <translation>يمكن أن يكون كذلك، ولكن: {reason}.</translation>
    </message>
    <message>
        <source>Not all of it can come back: {loss}.</source>
        <translation>لا يمكن أن يعود كله: {loss}.</translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message>
        <source>What would be sent</source>
        <translation>ما الذي سيُرسل</translation>
    </message>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>ما الذي سيُرسل من %Ln ملف أصلي</numerusform>
            <numerusform>ما الذي سيُرسل من ملف أصلي واحد</numerusform>
            <numerusform>ما الذي سيُرسل من ملفين أصليين</numerusform>
            <numerusform>ما الذي سيُرسل من %Ln ملفات أصلية</numerusform>
            <numerusform>ما الذي سيُرسل من %Ln ملفًا أصليًا</numerusform>
            <numerusform>ما الذي سيُرسل من %Ln ملف أصلي</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>There is no such field</source>
        <translation>لا يوجد مثل هذا الحقل</translation>
    </message>
    <message>
        <source>The copy says</source>
        <translation>قيمة النسخة</translation>
    </message>
    <message>
        <source>Stays behind</source>
        <translation>لا يُنقل</translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message>
        <source>What a sync would change</source>
        <translation>ما الذي ستغيّره المزامنة</translation>
    </message>
    <message>
        <source>&amp;Sync Now</source>
        <translation>&amp;مزامنة الآن</translation>
    </message>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>ستغيّر المزامنة %Ln قيمة</numerusform>
            <numerusform>ستغيّر المزامنة قيمة واحدة</numerusform>
            <numerusform>ستغيّر المزامنة قيمتين</numerusform>
            <numerusform>ستغيّر المزامنة %Ln قيم</numerusform>
            <numerusform>ستغيّر المزامنة %Ln قيمة</numerusform>
            <numerusform>ستغيّر المزامنة %Ln قيمة</numerusform>
        </translation>
    </message>
    <message>
        <source>Masters and copies say the same wherever the mapping carries something.</source>
        <translation>تتطابق الملفات الأصلية ونسخها في كل ما ينقله التعيين.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>يصبح %Ln منها تعارضًا تقرّر بشأنه.</numerusform>
            <numerusform>تصبح واحدة منها تعارضًا تقرّر بشأنه.</numerusform>
            <numerusform>تصبح اثنتان منها تعارضين تقرّر بشأنهما.</numerusform>
            <numerusform>تصبح %Ln منها تعارضات تقرّر بشأنها.</numerusform>
            <numerusform>تصبح %Ln منها تعارضات تقرّر بشأنها.</numerusform>
            <numerusform>تصبح %Ln منها تعارضات تقرّر بشأنها.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every line is one edit; Undo takes all of them back together.</source>
        <translation>كل سطر تحرير واحد؛ ويتراجع أمر «تراجع» عنها كلها معًا.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(لا شيء)</translation>
    </message>
    <message>
        <source>{field} of {asset}</source>
        <translation>{field} في {asset}</translation>
    </message>
    <message>
        <source>“{after}” instead of “{before}”: {why}</source>
        <translation>«{after}» بدلًا من «{before}»: {why}</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>{field}, mandatory</source>
        <translation>{field}، إلزامي</translation>
    </message>
    <message>
        <source>{field}</source>
        <translation>{field}</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>بانتظار الإرسال</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>لم يُقبل</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>تغيّر في مكان آخر</translation>
    </message>
</context>
<context>
    <name>FilmBar</name>
    <message>
        <source>Film</source>
        <translation>الفيلم</translation>
    </message>
    <message>
        <source>Moment of the film</source>
        <translation>موضع في الفيلم</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>شريط الصور</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Type</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>الاعتماد</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الحقوق</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>التقييم</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>التاريخ</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>الشكل</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>مُرسَل</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln أصل</numerusform>
            <numerusform>أصل واحد</numerusform>
            <numerusform>أصلان</numerusform>
            <numerusform>%Ln أصول</numerusform>
            <numerusform>%Ln أصلًا</numerusform>
            <numerusform>%Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>لا تحديد</numerusform>
            <numerusform>تحديد واحد</numerusform>
            <numerusform>تحديدان</numerusform>
            <numerusform>%Ln محددة</numerusform>
            <numerusform>%Ln محددًا</numerusform>
            <numerusform>%Ln محدد</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and better</source>
        <translation>{stars} فأعلى</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>آخر 7 أيام</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>آخر 30 يومًا</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>هذا العام</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>غير مُرسَل</translation>
    </message>
    <message>
        <source>Show readable files again</source>
        <translation>إظهار الملفات المقروءة من جديد</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>مسح عوامل التصفية</translation>
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
        <translation>البحث في هذه الصفحة</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>Previous (Shift+F3)</source>
        <translation>السابق (Shift+F3)</translation>
    </message>
    <message>
        <source>Next (F3)</source>
        <translation>التالي (F3)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>غير موجود في هذه الصفحة</translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message>
        <source>Capital letters matter</source>
        <translation>مراعاة حالة الأحرف</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>الكلمات الكاملة فقط</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <source>Replace All</source>
        <translation>استبدال الكل</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>كل الأعمدة</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>استبدال بـ</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>مكان البحث</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>نتائج البحث</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>عُثر على %Ln خلية.</numerusform>
            <numerusform>عُثر على خلية واحدة.</numerusform>
            <numerusform>عُثر على خليتين.</numerusform>
            <numerusform>عُثر على %Ln خلايا.</numerusform>
            <numerusform>عُثر على %Ln خلية.</numerusform>
            <numerusform>عُثر على %Ln خلية.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>عُثر على %Ln خلية؛ تظهر الأولى منها.</numerusform>
            <numerusform>عُثر على خلية واحدة؛ تظهر الأولى منها.</numerusform>
            <numerusform>عُثر على خليتين؛ تظهر الأولى منها.</numerusform>
            <numerusform>عُثر على %Ln خلايا؛ تظهر الأولى منها.</numerusform>
            <numerusform>عُثر على %Ln خلية؛ تظهر الأولى منها.</numerusform>
            <numerusform>عُثر على %Ln خلية؛ تظهر الأولى منها.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message>
        <source>Waiting for review</source>
        <translation>بانتظار المراجعة</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>معتمد</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>مُرسَل</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>انتهت الحقوق</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>تعذّرت القراءة</translation>
    </message>
    <message>
        <source>All assets</source>
        <translation>كل الأصول</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>المفضلة</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>المكتبات</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>Smart folders</source>
        <translation>المجلدات الذكية</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}، %Ln أصل</numerusform>
            <numerusform>{place}، أصل واحد</numerusform>
            <numerusform>{place}، أصلان</numerusform>
            <numerusform>{place}، %Ln أصول</numerusform>
            <numerusform>{place}، %Ln أصلًا</numerusform>
            <numerusform>{place}، %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>not synced yet</source>
        <translation>لم تجرِ مزامنته بعد</translation>
    </message>
    <message>
        <source>kept offline</source>
        <translation>محفوظ دون اتصال</translation>
    </message>
    <message>
        <source>is being synced</source>
        <translation>تجري مزامنته</translation>
    </message>
    <message>
        <source>the last sync failed</source>
        <translation>فشلت آخر مزامنة</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Places</source>
        <translation>الأماكن</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Used last</source>
        <translation>المستخدمة أخيرًا</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>كل الأوامر</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>مفعَّل</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave Full Screen</source>
        <translation>إنهاء ملء الشاشة</translation>
    </message>
</context>
<context>
    <name>GridActs</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>قص</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>لصق</translation>
    </message>
    <message>
        <source>Fill Down</source>
        <translation>تعبئة لأسفل</translation>
    </message>
    <message>
        <source>Empty Cells</source>
        <translation>إفراغ الخلايا</translation>
    </message>
    <message>
        <source>Find and Replace</source>
        <translation>بحث واستبدال</translation>
    </message>
    <message>
        <source>Apply Template…</source>
        <translation>تطبيق قالب…</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>الأعمدة…</translation>
    </message>
    <message>
        <source>Sort A to Z</source>
        <translation>فرز من أ إلى ي</translation>
    </message>
    <message>
        <source>Sort Z to A</source>
        <translation>فرز من ي إلى أ</translation>
    </message>
    <message>
        <source>Hide Column</source>
        <translation>إخفاء العمود</translation>
    </message>
    <message>
        <source>Next Cell That Cannot Be Kept</source>
        <translation>الخلية التالية التي لا يمكن حفظها</translation>
    </message>
    <message>
        <source>Give Up What Was Typed</source>
        <translation>التخلي عما كُتب</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>ملء الشاشة</translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>%Ln أصل من المحدد نسخ في Cloudinary؛ تُحرَّر في لوحة التفاصيل.</numerusform>
            <numerusform>أصل واحد من المحدد نسخة في Cloudinary؛ يُحرَّر في لوحة التفاصيل.</numerusform>
            <numerusform>أصلان من المحدد نسختان في Cloudinary؛ يُحرَّران في لوحة التفاصيل.</numerusform>
            <numerusform>%Ln أصول من المحدد نسخ في Cloudinary؛ تُحرَّر في لوحة التفاصيل.</numerusform>
            <numerusform>%Ln أصلًا من المحدد نسخ في Cloudinary؛ تُحرَّر في لوحة التفاصيل.</numerusform>
            <numerusform>%Ln أصل من المحدد نسخ في Cloudinary؛ تُحرَّر في لوحة التفاصيل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata grid</source>
        <translation>شبكة البيانات الوصفية</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>البيانات الوصفية</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s)</source>
        <translation>
            <numerusform>%Ln ملف أصلي</numerusform>
            <numerusform>ملف أصلي واحد</numerusform>
            <numerusform>ملفان أصليان</numerusform>
            <numerusform>%Ln ملفات أصلية</numerusform>
            <numerusform>%Ln ملفًا أصليًا</numerusform>
            <numerusform>%Ln ملف أصلي</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells chosen</source>
        <translation>
            <numerusform>%Ln خلية محددة</numerusform>
            <numerusform>خلية واحدة محددة</numerusform>
            <numerusform>خليتان محددتان</numerusform>
            <numerusform>%Ln خلايا محددة</numerusform>
            <numerusform>%Ln خلية محددة</numerusform>
            <numerusform>%Ln خلية محددة</numerusform>
        </translation>
    </message>
    <message>
        <source>being kept…</source>
        <translation>جارٍ الحفظ…</translation>
    </message>
    <message>
        <source>needed, but not shown: {fields}</source>
        <translation>مطلوبة لكنها غير معروضة: {fields}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>لا يمكن حفظ %Ln خلية كما هي؛ ويظهر السبب فيها.</numerusform>
            <numerusform>لا يمكن حفظ خلية واحدة كما هي؛ ويظهر السبب فيها.</numerusform>
            <numerusform>لا يمكن حفظ خليتين كما هما؛ ويظهر السبب فيهما.</numerusform>
            <numerusform>لا يمكن حفظ %Ln خلايا كما هي؛ ويظهر السبب فيها.</numerusform>
            <numerusform>لا يمكن حفظ %Ln خلية كما هي؛ ويظهر السبب فيها.</numerusform>
            <numerusform>لا يمكن حفظ %Ln خلية كما هي؛ ويظهر السبب فيها.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>لم تجد %Ln خلية مكانًا هنا: انتهى الجدول، أو تتعذّر الكتابة فيها.</numerusform>
            <numerusform>لم تجد خلية واحدة مكانًا هنا: انتهى الجدول، أو تتعذّر الكتابة فيها.</numerusform>
            <numerusform>لم تجد خليتان مكانًا هنا: انتهى الجدول، أو تتعذّر الكتابة فيهما.</numerusform>
            <numerusform>لم تجد %Ln خلايا مكانًا هنا: انتهى الجدول، أو تتعذّر الكتابة فيها.</numerusform>
            <numerusform>لم تجد %Ln خلية مكانًا هنا: انتهى الجدول، أو تتعذّر الكتابة فيها.</numerusform>
            <numerusform>لم تجد %Ln خلية مكانًا هنا: انتهى الجدول، أو تتعذّر الكتابة فيها.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message>
        <source>The grid is for masters; choose some in a library.</source>
        <translation>الشبكة مخصصة للملفات الأصلية؛ اختر بعضها في مكتبة.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>لم يُحفظ أي نص من نصوص الجدول.</numerusform>
            <numerusform>تعذّر حفظ نص واحد (%Ln) من الجدول.</numerusform>
            <numerusform>تعذّر حفظ نصين (%Ln) من الجدول.</numerusform>
            <numerusform>تعذّر حفظ %Ln نصوص من الجدول.</numerusform>
            <numerusform>تعذّر حفظ %Ln نصًا من الجدول.</numerusform>
            <numerusform>تعذّر حفظ %Ln نص من الجدول.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>نسخ</translation>
    </message>
</context>
<context>
    <name>GridFoot</name>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept</source>
        <translation>
            <numerusform>لا يمكن حفظ %Ln خلية</numerusform>
            <numerusform>لا يمكن حفظ خلية واحدة</numerusform>
            <numerusform>لا يمكن حفظ خليتين</numerusform>
            <numerusform>لا يمكن حفظ %Ln خلايا</numerusform>
            <numerusform>لا يمكن حفظ %Ln خلية</numerusform>
            <numerusform>لا يمكن حفظ %Ln خلية</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the next of them (F8)</source>
        <translation>إظهار التالية منها (F8)</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>Assets</source>
        <translation>الأصول</translation>
    </message>
    <message>
        <source>Assets as a list</source>
        <translation>الأصول كقائمة</translation>
    </message>
</context>
<context>
    <name>GridTable</name>
    <message>
        <source>Metadata of the chosen masters</source>
        <translation>البيانات الوصفية للملفات الأصلية المحددة</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>الحقول</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>How it works</source>
        <translation>كيف يعمل</translation>
    </message>
    <message>
        <source>Masters stay where they are; Cloudinary delivers what was approved.</source>
        <translation>تبقى الملفات الأصلية في مكانها، ويسلّم Cloudinary ما اعتُمد منها.</translation>
    </message>
    <message>
        <source>Steps and keys</source>
        <translation>الخطوات والمفاتيح</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>1. Add a folder, or drop one on the window. Its files are read, not copied.</source>
        <translation>1. أضف مجلدًا، أو أفلته على النافذة. تُقرأ ملفاته ولا تُنسخ.</translation>
    </message>
    <message>
        <source>2. Find assets: type into the search field, narrow with the filters.</source>
        <translation>2. ابحث عن الأصول: اكتب في حقل البحث، وضيّق النتائج بعوامل التصفية.</translation>
    </message>
    <message>
        <source>3. Decide: approve, request changes or reject. The history keeps who and why.</source>
        <translation>3. قرّر: اعتماد، أو طلب تعديلات، أو رفض. يحفظ السجل من قرّر ولماذا.</translation>
    </message>
    <message>
        <source>4. Push what is approved and within its rights. The plan is shown first.</source>
        <translation>4. أرسل ما اعتُمد وكانت حقوقه سارية. تُعرض الخطة أولًا.</translation>
    </message>
    <message>
        <source>5. Take the addresses of its renditions from the inspector.</source>
        <translation>5. خذ عناوين النسخ المشتقة من لوحة التفاصيل.</translation>
    </message>
    <message>
        <source>Show it large</source>
        <translation>عرض كبير</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>المسافة</translation>
    </message>
</context>
<context>
    <name>HeadBar</name>
    <message>
        <source>Save as a preset…</source>
        <translation>حفظ كإعداد مسبق…</translation>
    </message>
    <message>
        <source>100 %: each pixel as it is (1)</source>
        <translation>100%: كل بكسل كما هو (1)</translation>
    </message>
    <message>
        <source>Presets and sets (Ctrl+Shift+P)</source>
        <translation>الإعدادات المسبقة والمجموعات (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>Over each other, with a line to drag</source>
        <translation>متراكبتان، مع خط قابل للسحب</translation>
    </message>
    <message>
        <source>Beside each other</source>
        <translation>جنبًا إلى جنب</translation>
    </message>
    <message>
        <source>The rendition</source>
        <translation>النسخة المشتقة</translation>
    </message>
    <message>
        <source>The master</source>
        <translation>الملف الأصلي</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>إبعاد (-)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>تقريب (+)</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>إظهار الكل (0)</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>الاستعلام من جديد</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>إظهار في المكتبة</translation>
    </message>
    <message>
        <source>Save and Schedule…</source>
        <translation>حفظ وجدولة…</translation>
    </message>
    <message>
        <source>Copy the Table</source>
        <translation>نسخ الجدول</translation>
    </message>
    <message>
        <source>Import an Access Log…</source>
        <translation>استيراد سجل وصول…</translation>
    </message>
    <message>
        <source>Forget This Saved Report…</source>
        <translation>نسيان هذا التقرير المحفوظ…</translation>
    </message>
    <message>
        <source>Count This Log No Longer…</source>
        <translation>استبعاد هذا السجل من الحساب…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>تصدير</translation>
    </message>
    <message>
        <source>Write the whole report to a file</source>
        <translation>كتابة التقرير كاملًا في ملف</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
</context>
<context>
    <name>HearingSwitch</name>
    <message>
        <source>{trouble} Changes made elsewhere are still seen, a few minutes later.</source>
        <translation>{trouble} تظل التغييرات المُجراة في مكان آخر تظهر، بعد بضع دقائق.</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>&amp;Guide</source>
        <translation>ال&amp;دليل</translation>
    </message>
    <message>
        <source>&amp;Welcome</source>
        <translation>ال&amp;ترحيب</translation>
    </message>
    <message>
        <source>Sample &amp;Campaign</source>
        <translation>حملة &amp;نموذجية</translation>
    </message>
    <message>
        <source>Acti&amp;vity…</source>
        <translation>النشا&amp;ط…</translation>
    </message>
    <message>
        <source>All that goes on ({keys})</source>
        <translation>كل ما يجري تنفيذه ({keys})</translation>
    </message>
    <message>
        <source>Take the &amp;Tour</source>
        <translation>بدء ال&amp;جولة</translation>
    </message>
    <message>
        <source>Show &amp;Hints Again</source>
        <translation>إظهار التل&amp;ميحات من جديد</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>ال&amp;سجل…</translation>
    </message>
    <message>
        <source>Diagnostic &amp;Bundle…</source>
        <translation>حزمة التش&amp;خيص…</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>البحث &amp;عن تحديثات…</translation>
    </message>
</context>
<context>
    <name>HelpContents</name>
    <message>
        <source>Contents</source>
        <translation>المحتويات</translation>
    </message>
</context>
<context>
    <name>HelpErrands</name>
    <message>
        <source>Close the welcome</source>
        <translation>إغلاق الترحيب</translation>
    </message>
    <message>
        <source>The demo could not be started. “asset-bridge demo” opens it.</source>
        <translation>تعذّر تشغيل العرض التجريبي. يفتحه الأمر «asset-bridge demo».</translation>
    </message>
    <message>
        <source>What is new…</source>
        <translation>الجديد…</translation>
    </message>
    <message>
        <source>Version {version} of Asset Bridge is there.</source>
        <translation>الإصدار {version} من Asset Bridge متاح.</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>بدء الجولة</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>إضافة مجلد…</translation>
    </message>
    <message>
        <source>Connect PhotoShelter…</source>
        <translation>ربط PhotoShelter…</translation>
    </message>
    <message>
        <source>Connect Cloudinary…</source>
        <translation>ربط Cloudinary…</translation>
    </message>
</context>
<context>
    <name>HelpFindings</name>
    <message>
        <source>What was found</source>
        <translation>نتائج البحث</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Keys of the review</source>
        <translation>مفاتيح المراجعة</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Page</source>
        <translation>الصفحة</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>البحث في المساعدة</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>السابق</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>المساعدة</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>In all pages (Ctrl+Shift+F); Ctrl+F finds in this page</source>
        <translation>في كل الصفحات (Ctrl+Shift+F)؛ أما Ctrl+F فيبحث في هذه الصفحة</translation>
    </message>
    <message>
        <source>{page} – Help</source>
        <translation>{page} – المساعدة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln نتيجة</numerusform>
            <numerusform>نتيجة واحدة</numerusform>
            <numerusform>نتيجتان</numerusform>
            <numerusform>%Ln نتائج</numerusform>
            <numerusform>%Ln نتيجة</numerusform>
            <numerusform>%Ln نتيجة</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>لم يُعثر على شيء.</translation>
    </message>
    <message>
        <source>The help is written in English.</source>
        <translation>المساعدة مكتوبة بالإنجليزية.</translation>
    </message>
    <message>
        <source>{name} is part of the source code.</source>
        <translation>{name} جزء من الشفرة المصدرية.</translation>
    </message>
</context>
<context>
    <name>HintStrip</name>
    <message>
        <source>Got it</source>
        <translation>فهمت</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>عن نسخة سابقة من الملف.</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>(لا شيء)</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>سابقًا: {value}</translation>
    </message>
    <message>
        <source>Not delivered yet.</source>
        <translation>لم يُسلَّم بعد.</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>يجري تسليمه.</translation>
    </message>
    <message>
        <source>It could not be delivered.</source>
        <translation>تعذّر تسليمه.</translation>
    </message>
    <message>
        <source>Somebody else said something different.</source>
        <translation>كتب شخص آخر شيئًا مختلفًا.</translation>
    </message>
    <message>
        <source>Taken back before it was delivered.</source>
        <translation>جرى التراجع عنه قبل تسليمه.</translation>
    </message>
    <message>
        <source>Settled by a later choice.</source>
        <translation>حُسم باختيار لاحق.</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>Nobody has decided anything about it yet.</source>
        <translation>لم يتخذ أحد قرارًا بشأنه بعد.</translation>
    </message>
</context>
<context>
    <name>HotFoldersDialog</name>
    <message>
        <source>Hot folders</source>
        <translation>المجلدات المراقَبة</translation>
    </message>
    <message>
        <source>Files that are put into these folders are copied into a library by themselves, and stay where they are. Nothing is pushed: that waits for approval as ever.</source>
        <translation>تُنسخ الملفات التي توضع في هذه المجلدات تلقائيًا إلى إحدى المكتبات، وتبقى في مكانها. لا يُرسل شيء: فالإرسال ينتظر الاعتماد كالمعتاد.</translation>
    </message>
    <message>
        <source>Add a Hot Folder…</source>
        <translation>إضافة مجلد مراقَب…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>New ones go &amp;into</source>
        <translation>ال&amp;جديدة تذهب إلى</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>a library that was removed</source>
        <translation>مكتبة أُزيلت</translation>
    </message>
    <message>
        <source>{folder}, into {library}</source>
        <translation>{folder}، إلى {library}</translation>
    </message>
    <message>
        <source>Choose a hot folder</source>
        <translation>اختيار مجلد مراقَب</translation>
    </message>
</context>
<context>
    <name>InsightErrands</name>
    <message>
        <source>Insights…</source>
        <translation>الرؤى…</translation>
    </message>
    <message>
        <source>The report {name} could not be written: {why}</source>
        <translation>تعذّرت كتابة التقرير {name}: {why}</translation>
    </message>
</context>
<context>
    <name>InsightsActs</name>
    <message>
        <source>Import an access log</source>
        <translation>استيراد سجل وصول</translation>
    </message>
    <message>
        <source>Access logs (*.csv *.tsv *.txt *.log)</source>
        <translation>سجلات الوصول (*.csv *.tsv *.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>كل الملفات (*)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>تصدير التقرير</translation>
    </message>
    <message>
        <source>Forget “{name}”?</source>
        <translation>هل تريد نسيان «{name}»؟</translation>
    </message>
    <message>
        <source>It is not written any more. Files that it wrote stay.</source>
        <translation>لن يُكتب بعد الآن. تبقى الملفات التي كُتبت.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>نسيان</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
    <message>
        <source>Count this access log no longer?</source>
        <translation>هل تريد استبعاد سجل الوصول هذا من الحساب؟</translation>
    </message>
    <message>
        <source>What it added is taken away from all reports. The file stays.</source>
        <translation>يُزال ما أضافه من كل التقارير. يبقى الملف.</translation>
    </message>
    <message>
        <source>Count no longer</source>
        <translation>استبعاد من الحساب</translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message>
        <source>Insights</source>
        <translation>الرؤى</translation>
    </message>
    <message>
        <source>It could not be written the last time: {why}</source>
        <translation>تعذّرت كتابته في المرة الأخيرة: {why}</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>جارٍ الحساب…</translation>
    </message>
    <message>
        <source>It takes a moment.</source>
        <translation>يستغرق ذلك لحظات.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>لا إجابة</translation>
    </message>
    <message>
        <source>written {moment}</source>
        <translation>كُتب {moment}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>وقت الاستعلام {moment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>يُكتب %Ln صف في {name}</numerusform>
            <numerusform>يُكتب صف واحد في {name}</numerusform>
            <numerusform>يُكتب صفان في {name}</numerusform>
            <numerusform>تُكتب %Ln صفوف في {name}</numerusform>
            <numerusform>يُكتب %Ln صفًا في {name}</numerusform>
            <numerusform>يُكتب %Ln صف في {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Show it large (space)</source>
        <translation>عرض كبير (المسافة)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>البيانات الوصفية</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>النسخ المشتقة</translation>
    </message>
    <message>
        <source>History</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>About the asset</source>
        <translation>عن الأصل</translation>
    </message>
    <message>
        <source>Choose an asset to see it large, with its facts, its review and its rights.</source>
        <translation>اختر أصلًا لتراه كبيرًا مع بياناته ومراجعته وحقوقه.</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>اعتماد</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>تعديلات</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>رفض</translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message>
        <source>Keep “{name}” offline?</source>
        <translation>هل تريد الاحتفاظ بـ «{name}» دون اتصال؟</translation>
    </message>
    <message>
        <source>Its pictures are fetched ahead, now and whenever something is new there, and stay here until you let go of them.</source>
        <translation>تُجلب صوره مسبقًا، الآن وكلما استجد شيء هناك، وتبقى هنا حتى تُنهي الاحتفاظ بها.</translation>
    </message>
    <message>
        <source>The &amp;originals too</source>
        <translation>الملفات ال&amp;أصلية أيضًا</translation>
    </message>
    <message>
        <source>Keep offline</source>
        <translation>الاحتفاظ دون اتصال</translation>
    </message>
    <message>
        <source>Looking how much it is…</source>
        <translation>جارٍ حساب الحجم…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>The &amp;originals too ({size})</source>
        <translation>الملفات ال&amp;أصلية أيضًا ({size})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>يوجد هناك %Ln أصل.</numerusform>
            <numerusform>يوجد هناك أصل واحد.</numerusform>
            <numerusform>يوجد هناك أصلان.</numerusform>
            <numerusform>يوجد هناك %Ln أصول.</numerusform>
            <numerusform>يوجد هناك %Ln أصلًا.</numerusform>
            <numerusform>يوجد هناك %Ln أصل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>%Ln منها هنا بالفعل.</numerusform>
            <numerusform>واحد منها هنا بالفعل.</numerusform>
            <numerusform>اثنان منها هنا بالفعل.</numerusform>
            <numerusform>%Ln منها هنا بالفعل.</numerusform>
            <numerusform>%Ln منها هنا بالفعل.</numerusform>
            <numerusform>%Ln منها هنا بالفعل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>تُجلب %Ln معاينة، نحو {size}.</numerusform>
            <numerusform>تُجلب معاينة واحدة، نحو {size}.</numerusform>
            <numerusform>تُجلب معاينتان، نحو {size}.</numerusform>
            <numerusform>تُجلب %Ln معاينات، نحو {size}.</numerusform>
            <numerusform>تُجلب %Ln معاينة، نحو {size}.</numerusform>
            <numerusform>تُجلب %Ln معاينة، نحو {size}.</numerusform>
        </translation>
    </message>
    <message>
        <source>With the originals it is {size}.</source>
        <translation>مع الملفات الأصلية يكون الحجم {size}.</translation>
    </message>
</context>
<context>
    <name>KeptErrands</name>
    <message>
        <source>Save as smart folder</source>
        <translation>حفظ كمجلد ذكي</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>اسم لهذا البحث؛ ويُستبدل أي بحث بالاسم نفسه.</translation>
    </message>
    <message>
        <source>“{name}” stands at the left, and holds what the search finds.</source>
        <translation>أصبح «{name}» في الشريط الجانبي، ويضم ما يجده البحث.</translation>
    </message>
    <message>
        <source>Rename smart folder</source>
        <translation>إعادة تسمية المجلد الذكي</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>اسم آخر</translation>
    </message>
    <message>
        <source>There is a smart folder “{name}” already. Nothing was renamed.</source>
        <translation>يوجد مجلد ذكي باسم «{name}» بالفعل. لم تُغيَّر أي تسمية.</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>اختر أصولًا أولًا.</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>إزالة من المفضلة</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>إعادة التسمية…</translation>
    </message>
    <message>
        <source>Replace by What Is Shown</source>
        <translation>استبداله بالمعروض</translation>
    </message>
    <message>
        <source>Add to Favourites</source>
        <translation>إضافة إلى المفضلة</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>نقل إلى أعلى</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>نقل إلى أسفل</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>New key</source>
        <translation>مفتاح جديد</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>القيمة</translation>
    </message>
    <message>
        <source>Value of the new key</source>
        <translation>قيمة المفتاح الجديد</translation>
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
        <translation>رسالة الربيع البريدية</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>New kit</source>
        <translation>حزمة جديدة</translation>
    </message>
    <message>
        <source>Change kit</source>
        <translation>تغيير الحزمة</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>بلا حد</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Presets of the kit</source>
        <translation>الإعدادات المسبقة للحزمة</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>Rights call it</source>
        <translation>اسمها في الحقوق</translation>
    </message>
    <message>
        <source>&amp;Formats shown there</source>
        <translation>ال&amp;صيغ المعروضة هناك</translation>
    </message>
    <message>
        <source>Files are named</source>
        <translation>تسمية الملفات</translation>
    </message>
    <message>
        <source>At &amp;most, each</source>
        <translation>الحد الأ&amp;قصى لكل ملف</translation>
    </message>
    <message>
        <source>As each preset says</source>
        <translation>كما في كل إعداد مسبق</translation>
    </message>
    <message>
        <source>At most, “{preset}”</source>
        <translation>الحد الأقصى، «{preset}»</translation>
    </message>
</context>
<context>
    <name>KitList</name>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>إلى أعلى</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>إلى أسفل</translation>
    </message>
</context>
<context>
    <name>KitsDialog</name>
    <message>
        <source>Channel kits</source>
        <translation>حزم القنوات</translation>
    </message>
    <message>
        <source>What a channel takes together, how heavy it may be, and what it weighs.</source>
        <translation>ما تأخذه القناة معًا، والحجم المسموح به، والحجم الفعلي.</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>ت&amp;صدير</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;جديد…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>ت&amp;غيير…</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;حذف</translation>
    </message>
    <message>
        <source>Channels of &amp;Shops…</source>
        <translation>قنوات الم&amp;تاجر…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>No shop</source>
        <translation>بلا متجر</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>ا&amp;ختيار…</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>&amp;بصيغة</translation>
    </message>
    <message>
        <source>For &amp;channel</source>
        <translation>لل&amp;قناة</translation>
    </message>
    <message>
        <source>&amp;Into folder</source>
        <translation>إلى ال&amp;مجلد</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>اختيار مجلد</translation>
    </message>
    <message>
        <source>Delete “{kit}”?</source>
        <translation>هل تريد حذف «{kit}»؟</translation>
    </message>
    <message>
        <source>Its presets stay, and so does what was exported with it.</source>
        <translation>تبقى إعداداتها المسبقة، ويبقى كذلك ما صُدِّر بها.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln نسخة مشتقة محتجزة</numerusform>
            <numerusform>نسخة مشتقة واحدة محتجزة</numerusform>
            <numerusform>نسختان مشتقتان محتجزتان</numerusform>
            <numerusform>%Ln نسخ مشتقة محتجزة</numerusform>
            <numerusform>%Ln نسخة مشتقة محتجزة</numerusform>
            <numerusform>%Ln نسخة مشتقة محتجزة</numerusform>
        </translation>
    </message>
    <message>
        <source>{why}. The others can be exported without them.</source>
        <translation>{why}. يمكن تصدير البقية بدونها.</translation>
    </message>
    <message>
        <source>Export the Others</source>
        <translation>تصدير البقية</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>LayerPlacing</name>
    <message>
        <source>Move</source>
        <translation>تحريك</translation>
    </message>
</context>
<context>
    <name>LetPassDialog</name>
    <message>
        <source>It &amp;ends</source>
        <translation>ينت&amp;هي</translation>
    </message>
    <message>
        <source>&amp;Let Pass</source>
        <translation>السماح &amp;بالمرور</translation>
    </message>
    <message>
        <source>&amp;Take Back</source>
        <translation>&amp;تراجع عن السماح</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>السماح بمرور %Ln أصل</numerusform>
            <numerusform>السماح بمرور أصل واحد</numerusform>
            <numerusform>السماح بمرور أصلين</numerusform>
            <numerusform>السماح بمرور %Ln أصول</numerusform>
            <numerusform>السماح بمرور %Ln أصلًا</numerusform>
            <numerusform>السماح بمرور %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>A policy says which roles may do so. It is recorded with your name, and lifts a review that is not finished: never a rejection, and never rights.</source>
        <translation>تحدد السياسة الأدوار التي يجوز لها ذلك. يُدوَّن ذلك باسمك، ويرفع شرط مراجعة لم تنته: لا يرفع رفضًا أبدًا، ولا حقوقًا أبدًا.</translation>
    </message>
    <message>
        <source>What holds them back</source>
        <translation>ما يحتجزها</translation>
    </message>
    <message>
        <source>&amp;Why</source>
        <translation>&amp;لماذا</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>لماذا</translation>
    </message>
    <message>
        <source>Who asked for it, and who knows of it?</source>
        <translation>من طلب ذلك، ومن يعلم به؟</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>متى ينتهي</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>End what lets these pass; whoever may ask for more care</source>
        <translation>إنهاء ما يسمح بمرور هذه؛ لأي شخص أن يطلب مزيدًا من الحرص</translation>
    </message>
    <message>
        <source>Somebody lets it pass, although {reasons}.</source>
        <translation>سمح شخص ما بالمرور رغم ما يلي: {reasons}.</translation>
    </message>
    <message>
        <source>Nothing holds it back.</source>
        <translation>لا شيء يحتجزه.</translation>
    </message>
</context>
<context>
    <name>LinkOpening</name>
    <message>
        <source>The linked asset is not in any library of this catalog.</source>
        <translation>الأصل المشار إليه في الرابط ليس في أي مكتبة من هذا الفهرس.</translation>
    </message>
    <message>
        <source>There is no library “{name}” here, or several of that name.</source>
        <translation>لا توجد هنا مكتبة باسم «{name}»، أو توجد عدة مكتبات بهذا الاسم.</translation>
    </message>
    <message>
        <source>The file that was to be opened is not there any more.</source>
        <translation>لم يعد الملف المراد فتحه موجودًا.</translation>
    </message>
    <message>
        <source>Add as a Library</source>
        <translation>إضافة كمكتبة</translation>
    </message>
    <message>
        <source>“{name}” is in no library yet.</source>
        <translation>«{name}» ليس في أي مكتبة بعد.</translation>
    </message>
</context>
<context>
    <name>ListOrWords</name>
    <message>
        <source>What you save is listed here.</source>
        <translation>ما تحفظه يُدرج هنا.</translation>
    </message>
</context>
<context>
    <name>LocaleRows</name>
    <message>
        <source>Locales</source>
        <translation>الإعدادات المحلية</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>دون تغيير</translation>
    </message>
</context>
<context>
    <name>LogImportDialog</name>
    <message>
        <source>Import “{name}”</source>
        <translation>استيراد «{name}»</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Some of the lines that are not counted</source>
        <translation>بعض الأسطر غير المحسوبة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>قُرئ %Ln سطر…</numerusform>
            <numerusform>قُرئ سطر واحد…</numerusform>
            <numerusform>قُرئ سطران…</numerusform>
            <numerusform>قُرئت %Ln أسطر…</numerusform>
            <numerusform>قُرئ %Ln سطرًا…</numerusform>
            <numerusform>قُرئ %Ln سطر…</numerusform>
        </translation>
    </message>
    <message>
        <source>counted</source>
        <translation>محسوبة</translation>
    </message>
    <message>
        <source>added to what their assets delivered</source>
        <translation>أُضيفت إلى ما سُلِّم من أصولها</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>متجاوزة</translation>
    </message>
    <message>
        <source>errors and redirections</source>
        <translation>أخطاء وعمليات إعادة توجيه</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>غير معروفة</translation>
    </message>
    <message>
        <source>belong to no asset known here</source>
        <translation>لا تخص أي أصل معروف هنا</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>غير مقروءة</translation>
    </message>
    <message>
        <source>are no lines of such a log</source>
        <translation>ليست أسطرًا من سجل كهذا</translation>
    </message>
    <message>
        <source>Earlier imports are about the same days: {names}. What both hold is counted twice.</source>
        <translation>توجد عمليات استيراد سابقة للأيام نفسها: {names}. يُحسب المشترك بينها مرتين.</translation>
    </message>
    <message>
        <source>No line belongs to an asset that is known here. Is the environment it is about the one in use?</source>
        <translation>لا يخص أي سطر أصلًا معروفًا هنا. هل البيئة التي يتعلق بها السجل هي البيئة المستخدمة؟</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>قُرئ %Ln سطر</numerusform>
            <numerusform>قُرئ سطر واحد</numerusform>
            <numerusform>قُرئ سطران</numerusform>
            <numerusform>قُرئت %Ln أسطر</numerusform>
            <numerusform>قُرئ %Ln سطرًا</numerusform>
            <numerusform>قُرئ %Ln سطر</numerusform>
        </translation>
    </message>
    <message>
        <source>{lines}, {first} – {last}</source>
        <translation>{lines}، {first} – {last}</translation>
    </message>
    <message>
        <source>Nothing of it is counted.</source>
        <translation>لا يُحسب منه شيء.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>LogOutDialog</name>
    <message>
        <source>Forget what is catalogued of it here too</source>
        <translation>نسيان ما فُهرس منه هنا أيضًا</translation>
    </message>
    <message>
        <source>It is read from Cloudinary again when you come back.</source>
        <translation>يُقرأ من Cloudinary من جديد عند عودتك.</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>Warnings and faults of this program. Keys and passwords are never in it.</source>
        <translation>تحذيرات هذا البرنامج وأعطاله. لا ترد فيه مفاتيح ولا كلمات مرور أبدًا.</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>البحث في السجل</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;متابعة</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;نسخ</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>كل شيء</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>التحذيرات وما فوقها</translation>
    </message>
    <message>
        <source>Errors and worse</source>
        <translation>الأخطاء وما فوقها</translation>
    </message>
    <message>
        <source>How grave</source>
        <translation>مستوى الخطورة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>لا قيود</numerusform>
            <numerusform>قيد واحد</numerusform>
            <numerusform>قيدان</numerusform>
            <numerusform>%Ln قيود</numerusform>
            <numerusform>%Ln قيدًا</numerusform>
            <numerusform>%Ln قيد</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was logged: that is a good sign.</source>
        <translation>لم يُسجَّل شيء: هذه علامة جيدة.</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Several values</source>
        <translation>قيم متعددة</translation>
    </message>
</context>
<context>
    <name>LookActions</name>
    <message>
        <source>&amp;High Contrast, Light</source>
        <translation>تباين &amp;عالٍ، فاتح</translation>
    </message>
    <message>
        <source>High &amp;Contrast, Dark</source>
        <translation>ت&amp;باين عالٍ، داكن</translation>
    </message>
    <message>
        <source>C&amp;ompact</source>
        <translation>م&amp;دمج</translation>
    </message>
    <message>
        <source>Arrange Pane&amp;ls</source>
        <translation>&amp;ترتيب اللوحات</translation>
    </message>
    <message>
        <source>S&amp;wap Sides</source>
        <translation>ت&amp;بديل الجانبين</translation>
    </message>
    <message>
        <source>&amp;Usual Places</source>
        <translation>الأماكن ال&amp;معتادة</translation>
    </message>
    <message>
        <source>&amp;Reduce Motion</source>
        <translation>ت&amp;قليل الحركة</translation>
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
            <numerusform>إ&amp;رسال %Ln أصل</numerusform>
            <numerusform>إ&amp;رسال أصل واحد</numerusform>
            <numerusform>إ&amp;رسال أصلين</numerusform>
            <numerusform>إ&amp;رسال %Ln أصول</numerusform>
            <numerusform>إ&amp;رسال %Ln أصلًا</numerusform>
            <numerusform>إ&amp;رسال %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>إ&amp;رسال…</translation>
    </message>
    <message>
        <source>Choose a library at the left first.</source>
        <translation>اختر أولًا مكتبة من الجانب.</translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>إنشاء نسخ مشتقة من %Ln أصل</numerusform>
            <numerusform>إنشاء نسخ مشتقة من أصل واحد</numerusform>
            <numerusform>إنشاء نسخ مشتقة من أصلين</numerusform>
            <numerusform>إنشاء نسخ مشتقة من %Ln أصول</numerusform>
            <numerusform>إنشاء نسخ مشتقة من %Ln أصلًا</numerusform>
            <numerusform>إنشاء نسخ مشتقة من %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>ما الذي سيحدث</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>النسخ ال&amp;مشتقة</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>الأسواق واللغات</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>إنشاء %Ln نسخة مشتقة</numerusform>
            <numerusform>إنشاء نسخة مشتقة واحدة</numerusform>
            <numerusform>إنشاء نسختين مشتقتين</numerusform>
            <numerusform>إنشاء %Ln نسخ مشتقة</numerusform>
            <numerusform>إنشاء %Ln نسخة مشتقة</numerusform>
            <numerusform>إنشاء %Ln نسخة مشتقة</numerusform>
        </translation>
    </message>
    <message>
        <source>Make</source>
        <translation>إنشاء</translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>ستُنشأ كلها: %Ln نسخة مشتقة.</numerusform>
            <numerusform>ستُنشأ نسخة مشتقة واحدة.</numerusform>
            <numerusform>ستُنشأ كلتاهما: نسختان مشتقتان.</numerusform>
            <numerusform>ستُنشأ كلها: %Ln نسخ مشتقة.</numerusform>
            <numerusform>ستُنشأ كلها: %Ln نسخة مشتقة.</numerusform>
            <numerusform>ستُنشأ كلها: %Ln نسخة مشتقة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>ستُنشأ {count} من %Ln نسخة مشتقة</numerusform>
            <numerusform>ستُنشأ {count} من نسخة مشتقة واحدة</numerusform>
            <numerusform>ستُنشأ {count} من نسختين مشتقتين</numerusform>
            <numerusform>ستُنشأ {count} من %Ln نسخ مشتقة</numerusform>
            <numerusform>ستُنشأ {count} من %Ln نسخة مشتقة</numerusform>
            <numerusform>ستُنشأ {count} من %Ln نسخة مشتقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>محتجزة: %Ln</numerusform>
            <numerusform>محتجزة: واحدة</numerusform>
            <numerusform>محتجزة: اثنتان</numerusform>
            <numerusform>محتجزة: %Ln</numerusform>
            <numerusform>محتجزة: %Ln</numerusform>
            <numerusform>محتجزة: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln ملف</numerusform>
            <numerusform>ملف واحد</numerusform>
            <numerusform>ملفان</numerusform>
            <numerusform>%Ln ملفات</numerusform>
            <numerusform>%Ln ملفًا</numerusform>
            <numerusform>%Ln ملف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>يحل محل ملف موجود: %Ln</numerusform>
            <numerusform>يحل محل ملف موجود: واحد</numerusform>
            <numerusform>يحل محل ملف موجود: اثنان</numerusform>
            <numerusform>يحل محل ملف موجود: %Ln</numerusform>
            <numerusform>يحل محل ملف موجود: %Ln</numerusform>
            <numerusform>يحل محل ملف موجود: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>لا يجوز التسليم الآن: %Ln أصل</numerusform>
            <numerusform>لا يجوز التسليم الآن: أصل واحد</numerusform>
            <numerusform>لا يجوز التسليم الآن: أصلان</numerusform>
            <numerusform>لا يجوز التسليم الآن: %Ln أصول</numerusform>
            <numerusform>لا يجوز التسليم الآن: %Ln أصلًا</numerusform>
            <numerusform>لا يجوز التسليم الآن: %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be made…</source>
        <translation>جارٍ تدوين ما سيُنشأ…</translation>
    </message>
    <message>
        <source>Choose a set, or presets</source>
        <translation>اختر مجموعة أو إعدادات مسبقة</translation>
    </message>
    <message>
        <source>Choose the folder for the files</source>
        <translation>اختر مجلد الملفات</translation>
    </message>
    <message>
        <source>Looking what that makes…</source>
        <translation>جارٍ النظر فيما ينتج عن ذلك…</translation>
    </message>
    <message>
        <source>No preset is for a market and language of the table</source>
        <translation>ليس بين الإعدادات المسبقة ما يخص سوقًا ولغة في الجدول</translation>
    </message>
    <message>
        <source>Each of them is held back</source>
        <translation>كلها محتجزة</translation>
    </message>
    <message>
        <source>You are offline: these are made when the connection is back.</source>
        <translation>أنت غير متصل: ستُنشأ هذه عند عودة الاتصال.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>هل تريد استبدال %Ln ملف؟</numerusform>
            <numerusform>هل تريد استبدال ملف واحد؟</numerusform>
            <numerusform>هل تريد استبدال ملفين؟</numerusform>
            <numerusform>هل تريد استبدال %Ln ملفات؟</numerusform>
            <numerusform>هل تريد استبدال %Ln ملفًا؟</numerusform>
            <numerusform>هل تريد استبدال %Ln ملف؟</numerusform>
        </translation>
    </message>
    <message>
        <source>What they hold now is gone then; files that are the same stay.</source>
        <translation>يُفقد عندئذ ما تحويه الآن؛ أما الملفات المطابقة فتبقى.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>MakeTarget</name>
    <message>
        <source>Replace files that are there</source>
        <translation>استبدال الملفات الموجودة</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>For example {file}</source>
        <translation>مثلًا {file}</translation>
    </message>
    <message>
        <source>Into a folder here</source>
        <translation>في مجلد هنا</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>في Cloudinary</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>حقل</translation>
    </message>
    <message>
        <source>Put a field into the template</source>
        <translation>إدراج حقل في القالب</translation>
    </message>
    <message>
        <source>The folder for the files</source>
        <translation>مجلد الملفات</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>الم&amp;جلد</translation>
    </message>
    <message>
        <source>&amp;Names of the files</source>
        <translation>&amp;أسماء الملفات</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>كتابة الملفات في</translation>
    </message>
</context>
<context>
    <name>MappingRows</name>
    <message>
        <source>Master</source>
        <translation>الملف الأصلي</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>الأولوية</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>ملاحظات</translation>
    </message>
    <message>
        <source>Whose word holds where both sides were changed</source>
        <translation>صاحب الكلمة المعتمدة حيث تغيّر الجانبان</translation>
    </message>
</context>
<context>
    <name>MarketEditor</name>
    <message>
        <source>Use this table</source>
        <translation>استخدام هذا الجدول</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>إضافة عمود</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>إزالة أسطر</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>حفظ بصيغة CSV…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>A line for each market and language. A preset is made for the lines it serves; texts and pictures fill its variables.</source>
        <translation>سطر لكل سوق ولغة. يُنشأ الإعداد المسبق للأسطر التي يخدمها؛ وتملأ النصوص والصور متغيراته.</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>الأسواق</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>كُتب في {file}.</translation>
    </message>
    <message>
        <source>Markets and languages</source>
        <translation>الأسواق واللغات</translation>
    </message>
    <message>
        <source>headline, or layer:logo</source>
        <translation>headline أو layer:logo</translation>
    </message>
    <message>
        <source>Name of the new column</source>
        <translation>اسم العمود الجديد</translation>
    </message>
    <message>
        <source>Line {line}: {detail}</source>
        <translation>السطر {line}: {detail}</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>حفظ الجدول</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>الجداول (*.csv)</translation>
    </message>
</context>
<context>
    <name>MarketRows</name>
    <message>
        <source>Picture: {name}</source>
        <translation>صورة: {name}</translation>
    </message>
    <message>
        <source>Text: {name}</source>
        <translation>نص: {name}</translation>
    </message>
    <message>
        <source>Public IDs of pictures that are laid on</source>
        <translation>المعرّفات العامة للصور التي توضع فوقها</translation>
    </message>
    <message>
        <source>What stands in the place of $({name})</source>
        <translation>ما يحل محل $({name})</translation>
    </message>
</context>
<context>
    <name>MarketTable</name>
    <message>
        <source>Edit…</source>
        <translation>تحرير…</translation>
    </message>
    <message>
        <source>Edit markets and languages</source>
        <translation>تحرير الأسواق واللغات</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>ملف…</translation>
    </message>
    <message>
        <source>Choose a table of markets</source>
        <translation>اختيار جدول أسواق</translation>
    </message>
    <message>
        <source>Without a table</source>
        <translation>دون جدول</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln سطر</numerusform>
            <numerusform>سطر واحد</numerusform>
            <numerusform>سطران</numerusform>
            <numerusform>%Ln أسطر</numerusform>
            <numerusform>%Ln سطرًا</numerusform>
            <numerusform>%Ln سطر</numerusform>
        </translation>
    </message>
    <message>
        <source>Made once, for everybody</source>
        <translation>تُنشأ مرة واحدة، للجميع</translation>
    </message>
    <message>
        <source>Table of markets</source>
        <translation>جدول الأسواق</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>الجداول (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>كل الملفات (*)</translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message>
        <source>{name} says nothing that could be pasted.</source>
        <translation>لا يذكر {name} شيئًا يمكن لصقه.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) of {name} copied.</source>
        <translation>
            <numerusform>نُسخ من {name}: %Ln حقل.</numerusform>
            <numerusform>نُسخ من {name}: حقل واحد.</numerusform>
            <numerusform>نُسخ من {name}: حقلان.</numerusform>
            <numerusform>نُسخ من {name}: %Ln حقول.</numerusform>
            <numerusform>نُسخ من {name}: %Ln حقلًا.</numerusform>
            <numerusform>نُسخ من {name}: %Ln حقل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the metadata of a master first.</source>
        <translation>انسخ أولًا البيانات الوصفية لملف أصلي.</translation>
    </message>
    <message>
        <source>Import metadata</source>
        <translation>استيراد البيانات الوصفية</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>الجداول (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>From the next decision on, the files of masters say it too (keyword “approval:…”). What other programs write there waits in the review queue.</source>
        <translation>من القرار التالي فصاعدًا يُدوَّن القرار في الملفات الأصلية أيضًا (الكلمة المفتاحية «approval:…»). وما تكتبه البرامج الأخرى هناك ينتظر في قائمة المراجعة.</translation>
    </message>
    <message>
        <source>Pasted. It can be undone.</source>
        <translation>اكتمل اللصق. يمكن التراجع عنه.</translation>
    </message>
    <message>
        <source>They said all of this already.</source>
        <translation>كانت تذكر كل ذلك بالفعل.</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>يغيّر القالب %Ln ملف أصلي.</numerusform>
            <numerusform>يغيّر القالب ملف أصلي واحد.</numerusform>
            <numerusform>يغيّر القالب ملفين أصليين.</numerusform>
            <numerusform>يغيّر القالب %Ln ملفات أصلية.</numerusform>
            <numerusform>يغيّر القالب %Ln ملفًا أصليًا.</numerusform>
            <numerusform>يغيّر القالب %Ln ملف أصلي.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln ملف أصلي لا يقبله ويبقى كما هو.</numerusform>
            <numerusform>ملف أصلي واحد لا يقبله ويبقى كما هو.</numerusform>
            <numerusform>ملفان أصليان لا يقبلانه ويبقيان كما هما.</numerusform>
            <numerusform>%Ln ملفات أصلية لا تقبله وتبقى كما هي.</numerusform>
            <numerusform>%Ln ملفًا أصليًا لا تقبله وتبقى كما هي.</numerusform>
            <numerusform>%Ln ملف أصلي لا تقبله وتبقى كما هي.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln حقل يذكر الآن ما يذكره الجدول.</numerusform>
            <numerusform>حقل واحد يذكر الآن ما يذكره الجدول.</numerusform>
            <numerusform>حقلان يذكران الآن ما يذكره الجدول.</numerusform>
            <numerusform>%Ln حقول تذكر الآن ما يذكره الجدول.</numerusform>
            <numerusform>%Ln حقلًا تذكر الآن ما يذكره الجدول.</numerusform>
            <numerusform>%Ln حقل تذكر الآن ما يذكره الجدول.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>في {name} الآن %Ln ملف أصلي.</numerusform>
            <numerusform>في {name} الآن ملف أصلي واحد.</numerusform>
            <numerusform>في {name} الآن ملفان أصليان.</numerusform>
            <numerusform>في {name} الآن %Ln ملفات أصلية.</numerusform>
            <numerusform>في {name} الآن %Ln ملفًا أصليًا.</numerusform>
            <numerusform>في {name} الآن %Ln ملف أصلي.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionField</name>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>إغلاق هذه الرسالة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message>
        <source>What would be different</source>
        <translation>ما الذي سيختلف</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>ما استُبعد</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>معاينة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln تغيير</numerusform>
            <numerusform>تغيير واحد</numerusform>
            <numerusform>تغييران</numerusform>
            <numerusform>%Ln تغييرات</numerusform>
            <numerusform>%Ln تغييرًا</numerusform>
            <numerusform>%Ln تغيير</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>المستبعد: %Ln</numerusform>
            <numerusform>المستبعد: واحد</numerusform>
            <numerusform>المستبعد: اثنان</numerusform>
            <numerusform>المستبعد: %Ln</numerusform>
            <numerusform>المستبعد: %Ln</numerusform>
            <numerusform>المستبعد: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvExportDialog</name>
    <message>
        <source>Export…</source>
        <translation>تصدير…</translation>
    </message>
    <message numerus="yes">
        <source>Export the metadata of %Ln master(s)</source>
        <translation>
            <numerusform>تصدير البيانات الوصفية من %Ln ملف أصلي</numerusform>
            <numerusform>تصدير البيانات الوصفية من ملف أصلي واحد</numerusform>
            <numerusform>تصدير البيانات الوصفية من ملفين أصليين</numerusform>
            <numerusform>تصدير البيانات الوصفية من %Ln ملفات أصلية</numerusform>
            <numerusform>تصدير البيانات الوصفية من %Ln ملفًا أصليًا</numerusform>
            <numerusform>تصدير البيانات الوصفية من %Ln ملف أصلي</numerusform>
        </translation>
    </message>
    <message>
        <source>A table that spreadsheets open. Changed there, it can be imported again.</source>
        <translation>جدول تفتحه برامج جداول البيانات. ويمكن استيراده من جديد بعد تعديله فيها.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>فاصلة (,)</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>فاصلة منقوطة (;)</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>علامة جدولة</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>الأعمدة</translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation>الفا&amp;صل</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Export metadata</source>
        <translation>تصدير البيانات الوصفية</translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message>
        <source>Import metadata</source>
        <translation>استيراد البيانات الوصفية</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>جارٍ قراءة {name}…</translation>
    </message>
    <message>
        <source>An empty cell empties its field</source>
        <translation>الخلية الفارغة تُفرغ حقلها</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) would say something else.</source>
        <translation>
            <numerusform>سيذكر %Ln ملف أصلي شيئًا آخر.</numerusform>
            <numerusform>سيذكر ملف أصلي واحد شيئًا آخر.</numerusform>
            <numerusform>سيذكر ملفان أصليان شيئًا آخر.</numerusform>
            <numerusform>ستذكر %Ln ملفات أصلية شيئًا آخر.</numerusform>
            <numerusform>سيذكر %Ln ملفًا أصليًا شيئًا آخر.</numerusform>
            <numerusform>سيذكر %Ln ملف أصلي شيئًا آخر.</numerusform>
        </translation>
    </message>
    <message>
        <source>The table says nothing that is not said already.</source>
        <translation>لا يذكر الجدول شيئًا غير مذكور بالفعل.</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>السطر {line}</translation>
    </message>
</context>
<context>
    <name>MetadataErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>لا يوجد حساب بعد. أضف حسابًا أولًا.</translation>
    </message>
</context>
<context>
    <name>MetadataFieldForm</name>
    <message>
        <source>&amp;Mandatory: it must not be empty</source>
        <translation>إل&amp;زامي: لا يجوز أن يكون فارغًا</translation>
    </message>
    <message>
        <source>&amp;Off until a rule switches it on</source>
        <translation>&amp;معطَّل حتى تفعّله قاعدة</translation>
    </message>
    <message>
        <source>Only &amp;programs set it; people read it</source>
        <translation>تض&amp;بطه البرامج فقط؛ ويقرؤه الأشخاص</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Change a field</source>
        <translation>تغيير حقل</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>حقل جديد</translation>
    </message>
    <message>
        <source>Made by Cloudinary if left empty</source>
        <translation>ينشئه Cloudinary إن تُرك فارغًا</translation>
    </message>
    <message>
        <source>One value in each line</source>
        <translation>قيمة واحدة في كل سطر</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>ال&amp;تسمية</translation>
    </message>
    <message>
        <source>&amp;External ID</source>
        <translation>المعرّف ال&amp;خارجي</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>ال&amp;نوع</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>ال&amp;قيم</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>القيمة الا&amp;فتراضية</translation>
    </message>
    <message>
        <source>At &amp;least</source>
        <translation>ال&amp;حد الأدنى</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>الحد الأق&amp;صى</translation>
    </message>
    <message>
        <source>Patte&amp;rn</source>
        <translation>النم&amp;ط</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>So many characters</source>
        <translation>عدد الأحرف</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>بلا حد</translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message>
        <source>New field…</source>
        <translation>حقل جديد…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>حذف…</translation>
    </message>
    <message>
        <source>Metadata fields</source>
        <translation>حقول البيانات الوصفية</translation>
    </message>
    <message>
        <source>Metadata fields of “{name}”</source>
        <translation>حقول البيانات الوصفية في «{name}»</translation>
    </message>
    <message>
        <source>All assets of the environment have these fields, for everybody.</source>
        <translation>هذه الحقول في كل أصول البيئة، ولدى الجميع.</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>القواعد…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>There is no field yet.</source>
        <translation>لا يوجد حقل بعد.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln قيمة</numerusform>
            <numerusform>قيمة واحدة</numerusform>
            <numerusform>قيمتان</numerusform>
            <numerusform>%Ln قيم</numerusform>
            <numerusform>%Ln قيمة</numerusform>
            <numerusform>%Ln قيمة</numerusform>
        </translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>إلزامي</translation>
    </message>
    <message>
        <source>Delete the field “{name}”?</source>
        <translation>هل تريد حذف الحقل «{name}»؟</translation>
    </message>
    <message>
        <source>Its values vanish from all assets of the environment, for everybody, and cannot be brought back.</source>
        <translation>تختفي قيمه من كل أصول البيئة لدى الجميع، ولا يمكن استعادتها.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
</context>
<context>
    <name>MetadataForm</name>
    <message>
        <source>Here the name is part of the public ID; renaming changes the address.</source>
        <translation>الاسم هنا جزء من المعرّف العام؛ وإعادة التسمية تغيّر العنوان.</translation>
    </message>
    <message>
        <source>Each asset has a name of its own.</source>
        <translation>لكل أصل اسمه الخاص.</translation>
    </message>
    <message>
        <source>Structured metadata</source>
        <translation>البيانات الوصفية المهيكلة</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>السياق</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>إضافة وسم</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>إضافة قيمة</translation>
    </message>
    <message>
        <source>Set by programs; people only read it.</source>
        <translation>تضبطه البرامج؛ والأشخاص يقرؤونه فقط.</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>عطّلته قاعدة بحسب قيم الحقول الأخرى.</translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message>
        <source>At Cloudinary</source>
        <translation>في Cloudinary</translation>
    </message>
    <message>
        <source>Metadata fields…</source>
        <translation>حقول البيانات الوصفية…</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>البيانات الوصفية</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>يمكن تحرير %Ln أصل معًا على الأكثر.</numerusform>
            <numerusform>يمكن تحرير أصل واحد معًا على الأكثر.</numerusform>
            <numerusform>يمكن تحرير أصلين معًا على الأكثر.</numerusform>
            <numerusform>يمكن تحرير %Ln أصول معًا على الأكثر.</numerusform>
            <numerusform>يمكن تحرير %Ln أصلًا معًا على الأكثر.</numerusform>
            <numerusform>يمكن تحرير %Ln أصل معًا على الأكثر.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>%Ln أصل من المحدد ليست في هذه البيئة وتبقى كما هي.</numerusform>
            <numerusform>أصل واحد من المحدد ليس في هذه البيئة ويبقى كما هو.</numerusform>
            <numerusform>أصلان من المحدد ليسا في هذه البيئة ويبقيان كما هما.</numerusform>
            <numerusform>%Ln أصول من المحدد ليست في هذه البيئة وتبقى كما هي.</numerusform>
            <numerusform>%Ln أصلًا من المحدد ليست في هذه البيئة وتبقى كما هي.</numerusform>
            <numerusform>%Ln أصل من المحدد ليست في هذه البيئة وتبقى كما هي.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you type is kept for the next asset.</source>
        <translation>ما تكتبه محفوظ للأصل التالي.</translation>
    </message>
    <message>
        <source>“{text}” was typed for another asset, and is kept until that is shown.</source>
        <translation>كُتب «{text}» لأصل آخر، وسيُحفظ حتى يُعرض ذلك الأصل.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: it cannot be typed there.</source>
        <translation>لم يُحفظ «{text}»: لا يمكن كتابته هناك.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>كان قد وصل %Ln تغيير بالفعل، ويجري التراجع عنها.</numerusform>
            <numerusform>كان قد وصل تغيير واحد بالفعل، ويجري التراجع عنه.</numerusform>
            <numerusform>كان قد وصل تغييران بالفعل، ويجري التراجع عنهما.</numerusform>
            <numerusform>كانت قد وصلت %Ln تغييرات بالفعل، ويجري التراجع عنها.</numerusform>
            <numerusform>كان قد وصل %Ln تغييرًا بالفعل، ويجري التراجع عنها.</numerusform>
            <numerusform>كان قد وصل %Ln تغيير بالفعل، ويجري التراجع عنها.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message>
        <source>Paste</source>
        <translation>لصق</translation>
    </message>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>لصق البيانات الوصفية في %Ln ملف أصلي</numerusform>
            <numerusform>لصق البيانات الوصفية في ملف أصلي واحد</numerusform>
            <numerusform>لصق البيانات الوصفية في ملفين أصليين</numerusform>
            <numerusform>لصق البيانات الوصفية في %Ln ملفات أصلية</numerusform>
            <numerusform>لصق البيانات الوصفية في %Ln ملفًا أصليًا</numerusform>
            <numerusform>لصق البيانات الوصفية في %Ln ملف أصلي</numerusform>
        </translation>
    </message>
    <message>
        <source>From {name}. What they say there now is replaced; it can be undone.</source>
        <translation>من {name}. يُستبدل ما تذكره هناك الآن؛ ويمكن التراجع عن ذلك.</translation>
    </message>
    <message>
        <source>Copied fields</source>
        <translation>الحقول المنسوخة</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>MetadataRuleForm</name>
    <message>
        <source>The rule is in &amp;use</source>
        <translation>القاعدة &amp;مستخدمة</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Change a rule</source>
        <translation>تغيير قاعدة</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>قاعدة جديدة</translation>
    </message>
    <message>
        <source>The field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>دون تغيير</translation>
    </message>
    <message>
        <source>Is switched on</source>
        <translation>يُفعَّل</translation>
    </message>
    <message>
        <source>Is switched off</source>
        <translation>يُعطَّل</translation>
    </message>
    <message>
        <source>It must not be empty</source>
        <translation>لا يجوز أن يكون فارغًا</translation>
    </message>
    <message>
        <source>As the field says</source>
        <translation>بحسب تعريف الحقل</translation>
    </message>
    <message>
        <source>It must be filled in</source>
        <translation>يجب ملؤه</translation>
    </message>
    <message>
        <source>It may be empty</source>
        <translation>يجوز أن يكون فارغًا</translation>
    </message>
    <message>
        <source>Values to choose from</source>
        <translation>القيم المتاحة للاختيار</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>كما هي</translation>
    </message>
    <message>
        <source>All of the list</source>
        <translation>القائمة كلها</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>هذه فقط</translation>
    </message>
    <message>
        <source>These, too</source>
        <translation>هذه أيضًا</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>قيمته</translation>
    </message>
    <message>
        <source>If it is empty</source>
        <translation>إن كان فارغًا</translation>
    </message>
    <message>
        <source>Added to what it has</source>
        <translation>تُضاف إلى ما فيه</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>عدة قيم تفصل بينها فواصل (,)</translation>
    </message>
    <message>
        <source>&amp;Then, of</source>
        <translation>&amp;عندئذ، للحقل</translation>
    </message>
    <message>
        <source>The &amp;field</source>
        <translation>ال&amp;حقل</translation>
    </message>
    <message>
        <source>&amp;Empty</source>
        <translation>ال&amp;فراغ</translation>
    </message>
    <message>
        <source>&amp;Choices</source>
        <translation>ال&amp;خيارات</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>ال&amp;قيمة</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>When</source>
        <translation>عندما</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>القاعدة</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>MetadataRulesDialog</name>
    <message>
        <source>New rule…</source>
        <translation>قاعدة جديدة…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>حذف…</translation>
    </message>
    <message>
        <source>Metadata rules</source>
        <translation>قواعد البيانات الوصفية</translation>
    </message>
    <message>
        <source>Metadata rules of “{name}”</source>
        <translation>قواعد البيانات الوصفية في «{name}»</translation>
    </message>
    <message>
        <source>What one field says switches others on, limits them or fills them in.</source>
        <translation>قيمة أحد الحقول تفعّل حقولًا أخرى أو تقيّدها أو تملؤها.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Apply later (Alt+Down)</source>
        <translation>التطبيق لاحقًا (Alt+Down)</translation>
    </message>
    <message>
        <source>Apply earlier (Alt+Up)</source>
        <translation>التطبيق أبكر (Alt+Up)</translation>
    </message>
    <message>
        <source>There is no rule yet.</source>
        <translation>لا توجد قاعدة بعد.</translation>
    </message>
    <message>
        <source>{result}, when {condition}</source>
        <translation>{result}، عند تحقق: {condition}</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>غير مستخدمة</translation>
    </message>
    <message>
        <source>A rule asks about one field and changes another: it needs two.</source>
        <translation>تسأل القاعدة عن حقل وتغيّر حقلًا آخر: فهي تحتاج إلى حقلين.</translation>
    </message>
    <message>
        <source>Delete the rule “{name}”?</source>
        <translation>هل تريد حذف القاعدة «{name}»؟</translation>
    </message>
    <message>
        <source>It ends for everybody. A field that only this rule switches on loses its values.</source>
        <translation>تنتهي لدى الجميع. والحقل الذي لا تفعّله إلا هذه القاعدة يفقد قيمه.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message>
        <source>New</source>
        <translation>جديد</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>تطبيق على %Ln ملف أصلي</numerusform>
            <numerusform>تطبيق على ملف أصلي واحد</numerusform>
            <numerusform>تطبيق على ملفين أصليين</numerusform>
            <numerusform>تطبيق على %Ln ملفات أصلية</numerusform>
            <numerusform>تطبيق على %Ln ملفًا أصليًا</numerusform>
            <numerusform>تطبيق على %Ln ملف أصلي</numerusform>
        </translation>
    </message>
    <message>
        <source>Metadata templates</source>
        <translation>قوالب البيانات الوصفية</translation>
    </message>
    <message>
        <source>A text can have variables such as {filename}, {date:%Y} or {counter:3}; each master fills them by itself.</source>
        <translation>يمكن أن يحوي النص متغيرات مثل {filename} أو {date:%Y} أو {counter:3}؛ ويملؤها كل ملف أصلي بقيمه.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>القوالب</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>اسم القالب</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>MirrorErrands</name>
    <message>
        <source>These files are in a folder here already. Nothing to download.</source>
        <translation>هذه الملفات موجودة هنا في مجلد بالفعل. لا شيء لتنزيله.</translation>
    </message>
    <message>
        <source>Download to</source>
        <translation>تنزيل إلى</translation>
    </message>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>لا يوجد حساب بعد. أضف حسابًا أولًا.</translation>
    </message>
    <message>
        <source>{public_id} is at Cloudinary now, unpublished.</source>
        <translation>{public_id} موجود الآن في Cloudinary، غير منشور.</translation>
    </message>
</context>
<context>
    <name>MomentField</name>
    <message>
        <source>Moment</source>
        <translation>اللحظة</translation>
    </message>
    <message>
        <source>The moment that the comment is about</source>
        <translation>اللحظة التي يتعلق بها التعليق</translation>
    </message>
</context>
<context>
    <name>NameColumn</name>
    <message>
        <source>Names</source>
        <translation>الأسماء</translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message>
        <source>There is no Cloudinary account in use.</source>
        <translation>لا يوجد حساب Cloudinary قيد الاستخدام.</translation>
    </message>
    <message>
        <source>Asks for the definitions there…</source>
        <translation>جارٍ الاستعلام عن التعريفات هناك…</translation>
    </message>
    <message>
        <source>Presets and named transformations</source>
        <translation>الإعدادات المسبقة والتحويلات المسمّاة</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>هنا</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>في Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Adopt as preset</source>
        <translation>&amp;أخذ كإعداد مسبق</translation>
    </message>
    <message>
        <source>&amp;Publish to Cloudinary</source>
        <translation>&amp;نشر إلى Cloudinary</translation>
    </message>
    <message>
        <source>De&amp;lete there…</source>
        <translation>&amp;حذف هناك…</translation>
    </message>
    <message>
        <source>Co&amp;mpare again</source>
        <translation>إعادة ال&amp;مقارنة</translation>
    </message>
    <message>
        <source>in use there</source>
        <translation>مستخدم هناك</translation>
    </message>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>هل تريد تغيير %Ln إعداد مسبق هنا؟</numerusform>
            <numerusform>هل تريد تغيير إعداد مسبق واحد هنا؟</numerusform>
            <numerusform>هل تريد تغيير إعدادين مسبقين هنا؟</numerusform>
            <numerusform>هل تريد تغيير %Ln إعدادات مسبقة هنا؟</numerusform>
            <numerusform>هل تريد تغيير %Ln إعدادًا مسبقًا هنا؟</numerusform>
            <numerusform>هل تريد تغيير %Ln إعداد مسبق هنا؟</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} then stand for what is defined there. You can undo it.</source>
        <translation>تعبّر هذه الأسماء عندئذ عما هو معرَّف هناك: {names}. يمكنك التراجع عن ذلك.</translation>
    </message>
    <message>
        <source>Change them</source>
        <translation>تغييرها</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>“{name}” was adopted.</source>
        <translation>أُخذ «{name}» كإعداد مسبق.</translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>هل تريد تعريف %Ln تحويل مسمّى من جديد؟</numerusform>
            <numerusform>هل تريد تعريف تحويل مسمّى واحد من جديد؟</numerusform>
            <numerusform>هل تريد تعريف تحويلين مسمّيين من جديد؟</numerusform>
            <numerusform>هل تريد تعريف %Ln تحويلات مسمّاة من جديد؟</numerusform>
            <numerusform>هل تريد تعريف %Ln تحويلًا مسمّى من جديد؟</numerusform>
            <numerusform>هل تريد تعريف %Ln تحويل مسمّى من جديد؟</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} stand for something else there. What was derived before stays as it is; whatever is asked for from now on is made by the new definition.</source>
        <translation>تعبّر هذه الأسماء هناك عن شيء آخر: {names}. ما اشتُق من قبل يبقى كما هو؛ وكل ما يُطلب من الآن فصاعدًا يُنشأ بالتعريف الجديد.</translation>
    </message>
    <message>
        <source>Define anew</source>
        <translation>تعريف من جديد</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>هل تريد حذف %Ln تحويل مسمّى في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف تحويل مسمّى واحد في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف تحويلين مسمّيين في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف %Ln تحويلات مسمّاة في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف %Ln تحويلًا مسمّى في Cloudinary؟</numerusform>
            <numerusform>هل تريد حذف %Ln تحويل مسمّى في Cloudinary؟</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: everything that was derived with them is deleted too, and addresses that name them stop working. Presets here stay.</source>
        <translation>{names}: يُحذف أيضًا كل ما اشتُق بها، وتتوقف العناوين التي تذكرها عن العمل. تبقى الإعدادات المسبقة هنا.</translation>
    </message>
    <message>
        <source>Delete there</source>
        <translation>حذف هناك</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Looking for programs…</source>
        <translation>جارٍ البحث عن برامج…</translation>
    </message>
    <message>
        <source>No program is known for such files</source>
        <translation>لا يُعرف أي برنامج لمثل هذه الملفات</translation>
    </message>
    <message>
        <source>Take In…</source>
        <translation>إدراج في مكتبة…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. Its master is in Cloudinary and stays as it is; the changed file can be taken into a library as a new master.</source>
        <translation>تغيّر «{name}» في برنامج آخر. ملفه الأصلي في Cloudinary ويبقى كما هو؛ ويمكن إدراج الملف المتغيّر في مكتبة كملف أصلي جديد.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>لم تتغير أي نسخة (%Ln) من الملفات الأصلية في Cloudinary في برامج أخرى.</numerusform>
            <numerusform>تغيّرت نسخة واحدة (%Ln) من الملفات الأصلية في Cloudinary في برامج أخرى. يمكن إدراجها في مكتبة كملف أصلي جديد.</numerusform>
            <numerusform>تغيّرت نسختان (%Ln) من الملفات الأصلية في Cloudinary في برامج أخرى. يمكن إدراجهما في مكتبة كملفين أصليين جديدين.</numerusform>
            <numerusform>تغيّرت %Ln نسخ من الملفات الأصلية في Cloudinary في برامج أخرى. يمكن إدراجها في مكتبة كملفات أصلية جديدة.</numerusform>
            <numerusform>تغيّرت %Ln نسخة من الملفات الأصلية في Cloudinary في برامج أخرى. يمكن إدراجها في مكتبة كملفات أصلية جديدة.</numerusform>
            <numerusform>تغيّرت %Ln نسخة من الملفات الأصلية في Cloudinary في برامج أخرى. يمكن إدراجها في مكتبة كملفات أصلية جديدة.</numerusform>
        </translation>
    </message>
    <message>
        <source>New Version…</source>
        <translation>نسخة جديدة…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It can become the new version at {service}, or be taken into a library as a new master.</source>
        <translation>تغيّر «{name}» في برنامج آخر. يمكن أن يصبح النسخة الجديدة في {service}، أو أن يُدرج في مكتبة كملف أصلي جديد.</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file in Cloudinary ({environment}), at the same address: everybody who uses it sees the new one. You approve the changed file with this. The file before comes back only where the environment keeps backups.</source>
        <translation>يحصل «{name}» على الملف المعدَّل في Cloudinary ‏({environment}) بالعنوان نفسه: يرى كل من يستخدمه الملف الجديد. وبهذا تعتمد الملف المعدَّل. ولا يعود الملف السابق إلا إذا كانت البيئة تحتفظ بنسخ احتياطية.</translation>
    </message>
    <message>
        <source>Approve and Send</source>
        <translation>اعتماد وإرسال</translation>
    </message>
    <message>
        <source>Make it the new version?</source>
        <translation>هل يصبح النسخة الجديدة؟</translation>
    </message>
    <message>
        <source>“{name}” gets the changed file at {service}. The file before stays there among its versions; its approval does not count for the new one.</source>
        <translation>يأخذ «{name}» الملف المتغيّر في {service}. يبقى الملف السابق هناك بين نسخه؛ ولا يسري اعتماده على الجديد.</translation>
    </message>
    <message>
        <source>Make New Version</source>
        <translation>إنشاء نسخة جديدة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Take In as a New Master…</source>
        <translation>إدراج كملف أصلي جديد…</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version: its approval does not count for it.</source>
        <translation>تغيّر «{name}» في برنامج آخر. أصبح نسخة جديدة لا يسري عليها اعتماده السابق.</translation>
    </message>
    <message>
        <source>“{name}” was changed in another program. It is a new version.</source>
        <translation>تغيّر «{name}» في برنامج آخر. أصبح نسخة جديدة.</translation>
    </message>
</context>
<context>
    <name>OrganizationPage</name>
    <message>
        <source>Which organisation?</source>
        <translation>أيّ مؤسسة؟</translation>
    </message>
    <message>
        <source>A library shows one organisation. Connect again to add another one beside it.</source>
        <translation>تعرض المكتبة مؤسسة واحدة. كرّر الربط لإضافة مؤسسة أخرى إلى جانبها.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>اختيار</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>المؤسسات</translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>نُزِّل إلى {folder}: %Ln ملف.</numerusform>
            <numerusform>نُزِّل إلى {folder}: ملف واحد.</numerusform>
            <numerusform>نُزِّل إلى {folder}: ملفان.</numerusform>
            <numerusform>نُزِّل إلى {folder}: %Ln ملفات.</numerusform>
            <numerusform>نُزِّل إلى {folder}: %Ln ملفًا.</numerusform>
            <numerusform>نُزِّل إلى {folder}: %Ln ملف.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>وموجود من قبل: %Ln ملف.</numerusform>
            <numerusform>وموجود من قبل: ملف واحد.</numerusform>
            <numerusform>وموجود من قبل: ملفان.</numerusform>
            <numerusform>وموجود من قبل: %Ln ملفات.</numerusform>
            <numerusform>وموجود من قبل: %Ln ملفًا.</numerusform>
            <numerusform>وموجود من قبل: %Ln ملف.</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>لا يملك النظام برنامجًا لفتح {path}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>صار هنا الآن: %Ln ملف أصلي. اسحبها من جديد.</numerusform>
            <numerusform>صار هنا الآن: ملف أصلي واحد. اسحبه من جديد.</numerusform>
            <numerusform>صار هنا الآن: ملفان أصليان. اسحبهما من جديد.</numerusform>
            <numerusform>صار هنا الآن: %Ln ملفات أصلية. اسحبها من جديد.</numerusform>
            <numerusform>صار هنا الآن: %Ln ملفًا أصليًا. اسحبها من جديد.</numerusform>
            <numerusform>صار هنا الآن: %Ln ملف أصلي. اسحبها من جديد.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OtherServiceDialog</name>
    <message>
        <source>Connect Another Service</source>
        <translation>ربط خدمة أخرى</translation>
    </message>
</context>
<context>
    <name>OtherServiceForm</name>
    <message>
        <source>Connect Another Service</source>
        <translation>ربط خدمة أخرى</translation>
    </message>
    <message>
        <source>A package that you installed beside Asset Bridge brings it. Secrets are kept in this computer’s keyring, never in plain text.</source>
        <translation>تضيفها حزمة ثبّتّها إلى جانب Asset Bridge. تُحفظ الأسرار في حلقة مفاتيح هذا الحاسوب، ولا تُحفظ أبدًا كنص صريح.</translation>
    </message>
    <message>
        <source>The name that the service tells</source>
        <translation>الاسم الذي تذكره الخدمة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>No package that brings another kind of library is installed. The documentation of libraries says what such a package provides.</source>
        <translation>لا توجد حزمة مثبّتة تضيف نوعًا آخر من المكتبات. تبيّن وثائق المكتبات ما توفره مثل هذه الحزمة.</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>تسجيل الدخول من جديد إلى {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>جارٍ تسجيل الدخول…</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>ال&amp;خدمة</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>الا&amp;سم في Asset Bridge</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>Text and pictures</source>
        <translation>النصوص والصور</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>النص الخاص بك</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>النص</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>الخط</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>غامق</translation>
    </message>
    <message>
        <source>Size of the letters</source>
        <translation>حجم الأحرف</translation>
    </message>
    <message>
        <source>Brand kit…</source>
        <translation>عناصر العلامة التجارية…</translation>
    </message>
    <message>
        <source>Add a text</source>
        <translation>إضافة نص</translation>
    </message>
    <message>
        <source>Public ID, such as brand/logo</source>
        <translation>المعرّف العام، مثل brand/logo</translation>
    </message>
    <message>
        <source>Public ID of the picture</source>
        <translation>المعرّف العام للصورة</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>العتامة (%)</translation>
    </message>
    <message>
        <source>Add the picture</source>
        <translation>إضافة الصورة</translation>
    </message>
    <message>
        <source>Drag it to its place on the picture, or move it with the arrow keys.</source>
        <translation>اسحبه إلى مكانه على الصورة، أو حرّكه بمفاتيح الأسهم.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>الصورة</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>إضافة صورة</translation>
    </message>
    <message>
        <source>Add a colour to the brand kit</source>
        <translation>إضافة لون إلى عناصر العلامة التجارية</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command palette</source>
        <translation>لوحة الأوامر</translation>
    </message>
    <message>
        <source>Type a command, a place, a preset or a search…</source>
        <translation>اكتب أمرًا أو مكانًا أو إعدادًا مسبقًا أو بحثًا…</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>البحث عن أمر</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>الأوامر</translation>
    </message>
    <message>
        <source>↑ ↓ to choose  ·  Enter to run  ·  Esc to close</source>
        <translation>↑ ↓ للاختيار  ·  Enter للتنفيذ  ·  Esc للإغلاق</translation>
    </message>
    <message>
        <source>Nothing is called that. Enter searches the assets for it.</source>
        <translation>لا شيء بهذا الاسم. يبحث Enter عنه في الأصول.</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;عبارة المرور</translation>
    </message>
    <message>
        <source>The same &amp;again</source>
        <translation>العبارة &amp;مرة أخرى</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>اختر عبارة مرور</translation>
    </message>
    <message>
        <source>There is no keyring service here, so secrets are kept in an encrypted file. The passphrase is asked for after each start. Nobody can restore it for you; if it is lost, you add your accounts again and nothing else is.</source>
        <translation>لا توجد هنا خدمة لحلقة المفاتيح، لذا تُحفظ الأسرار في ملف مشفّر. تُطلب عبارة المرور بعد كل تشغيل. لا يستطيع أحد استعادتها لك؛ فإن ضاعت تضيف حساباتك من جديد ولا تخسر شيئًا آخر.</translation>
    </message>
    <message>
        <source>Create the key store</source>
        <translation>إنشاء مخزن المفاتيح</translation>
    </message>
    <message>
        <source>Open the key store</source>
        <translation>فتح مخزن المفاتيح</translation>
    </message>
    <message>
        <source>There is no keyring service here; secrets are in an encrypted file.</source>
        <translation>لا توجد هنا خدمة لحلقة المفاتيح؛ الأسرار محفوظة في ملف مشفّر.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>اكتب عبارة المرور</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>%Ln حرف على الأقل؛ والأفضل بضع كلمات</numerusform>
            <numerusform>حرف واحد على الأقل؛ والأفضل بضع كلمات</numerusform>
            <numerusform>حرفان على الأقل؛ والأفضل بضع كلمات</numerusform>
            <numerusform>%Ln أحرف على الأقل؛ والأفضل بضع كلمات</numerusform>
            <numerusform>%Ln حرفًا على الأقل؛ والأفضل بضع كلمات</numerusform>
            <numerusform>%Ln حرف على الأقل؛ والأفضل بضع كلمات</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the same twice, so that a slip of the finger cannot lock you out</source>
        <translation>اكتب العبارة نفسها مرتين كي لا تمنعك زلة إصبع من الدخول</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Preview of {name}</source>
        <translation>معاينة {name}</translation>
    </message>
</context>
<context>
    <name>PictureControls</name>
    <message>
        <source>Turn (degrees)</source>
        <translation>التدوير (بالدرجات)</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>ضرب</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>شاشة</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>تراكب</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>المزج</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>عادي</translation>
    </message>
    <message>
        <source>Repeat all over</source>
        <translation>التكرار في كل مكان</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Where it went</source>
        <translation>إلى أين ذهب</translation>
    </message>
    <message>
        <source>Copy Address</source>
        <translation>نسخ العنوان</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>إظهار في مدير الملفات</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>%Ln قديم</numerusform>
            <numerusform>%Ln قديم</numerusform>
            <numerusform>%Ln قديم</numerusform>
            <numerusform>%Ln قديم</numerusform>
            <numerusform>%Ln قديم</numerusform>
            <numerusform>%Ln قديم</numerusform>
        </translation>
    </message>
    <message>
        <source>The system has no program to open {path} with.</source>
        <translation>لا يملك النظام برنامجًا لفتح {path}.</translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message>
        <source>Getting files ready</source>
        <translation>جارٍ تجهيز الملفات</translation>
    </message>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>جارٍ تجهيز %Ln ملف…</numerusform>
            <numerusform>جارٍ تجهيز ملف واحد…</numerusform>
            <numerusform>جارٍ تجهيز ملفين…</numerusform>
            <numerusform>جارٍ تجهيز %Ln ملفات…</numerusform>
            <numerusform>جارٍ تجهيز %Ln ملفًا…</numerusform>
            <numerusform>جارٍ تجهيز %Ln ملف…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>يجري الإفلات فور جاهزية %Ln ملف. اضغط Esc للإلغاء.</numerusform>
            <numerusform>يجري الإفلات فور جاهزية ملف واحد. اضغط Esc للإلغاء.</numerusform>
            <numerusform>يجري الإفلات فور جاهزية ملفين. اضغط Esc للإلغاء.</numerusform>
            <numerusform>يجري الإفلات فور جاهزية %Ln ملفات. اضغط Esc للإلغاء.</numerusform>
            <numerusform>يجري الإفلات فور جاهزية %Ln ملفًا. اضغط Esc للإلغاء.</numerusform>
            <numerusform>يجري الإفلات فور جاهزية %Ln ملف. اضغط Esc للإلغاء.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} من {total}</translation>
    </message>
</context>
<context>
    <name>PoliciesDialog</name>
    <message>
        <source>&amp;Change…</source>
        <translation>ت&amp;غيير…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>إ&amp;زالة</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;حفظ</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>السياسات</translation>
    </message>
    <message>
        <source>What {account} demands</source>
        <translation>ما يشترطه {account}</translation>
    </message>
    <message>
        <source>Every policy that holds for a master counts: stages add up, and the stricter wins. They are asked for before anything leaves, whoever sends it.</source>
        <translation>تُحتسب كل سياسة تسري على ملف أصلي: تُجمع المراحل، وتغلب السياسة الأشد. وتُطلب قبل خروج أي شيء، أيًا كان مرسله.</translation>
    </message>
    <message>
        <source>&amp;New Policy…</source>
        <translation>سياسة &amp;جديدة…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>ا&amp;ستيراد…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>ت&amp;صدير…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>No policy holds: an approval of the master is enough.</source>
        <translation>لا تسري أي سياسة: يكفي اعتماد الملف الأصلي.</translation>
    </message>
    <message>
        <source>each rendition</source>
        <translation>كل نسخة مشتقة</translation>
    </message>
    <message>
        <source>files, too</source>
        <translation>الملفات أيضًا</translation>
    </message>
    <message>
        <source>filled in: {fields}</source>
        <translation>مملوء: {fields}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>كل شيء</translation>
    </message>
    <message>
        <source>an approval</source>
        <translation>اعتماد</translation>
    </message>
    <message>
        <source>Import policies</source>
        <translation>استيراد سياسات</translation>
    </message>
    <message>
        <source>Export policies</source>
        <translation>تصدير سياسات</translation>
    </message>
    <message>
        <source>{file}: written</source>
        <translation>{file}: كُتب</translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message>
        <source>Policies are those of a Cloudinary account. Add one first.</source>
        <translation>السياسات تخص حساب Cloudinary. أضف حسابًا أولًا.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>عاد احتجاز %Ln أصل، ودُوِّن ذلك.</numerusform>
            <numerusform>عاد احتجاز أصل واحد، ودُوِّن ذلك.</numerusform>
            <numerusform>عاد احتجاز أصلين، ودُوِّن ذلك.</numerusform>
            <numerusform>عاد احتجاز %Ln أصول، ودُوِّن ذلك.</numerusform>
            <numerusform>عاد احتجاز %Ln أصلًا، ودُوِّن ذلك.</numerusform>
            <numerusform>عاد احتجاز %Ln أصل، ودُوِّن ذلك.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>سُمح بمرور %Ln أصل، ودُوِّن ذلك.</numerusform>
            <numerusform>سُمح بمرور أصل واحد، ودُوِّن ذلك.</numerusform>
            <numerusform>سُمح بمرور أصلين، ودُوِّن ذلك.</numerusform>
            <numerusform>سُمح بمرور %Ln أصول، ودُوِّن ذلك.</numerusform>
            <numerusform>سُمح بمرور %Ln أصلًا، ودُوِّن ذلك.</numerusform>
            <numerusform>سُمح بمرور %Ln أصل، ودُوِّن ذلك.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyForm</name>
    <message>
        <source>Each &amp;rendition needs an approval of its own</source>
        <translation>تحتاج كل &amp;نسخة مشتقة إلى اعتماد خاص بها</translation>
    </message>
    <message>
        <source>The &amp;gate is asked of files that are taken out, too</source>
        <translation>تُسأل ال&amp;بوابة عن الملفات التي تُخرج أيضًا</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>استخدام</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>سياسة جديدة</translation>
    </message>
    <message>
        <source>none</source>
        <translation>بلا</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>An empty line limits nothing. Channels and markets are those of renditions: a push of a master has neither yet. Several words have commas in between, and who decides in several stages semicolons.</source>
        <translation>السطر الفارغ لا يقيّد شيئًا. القنوات والأسواق هي قنوات النسخ المشتقة وأسواقها: ليس لإرسال ملف أصلي أي منها بعد. تُفصل الكلمات المتعددة بفواصل (,)، ويُفصل أصحاب القرار في المراحل المتعددة بفواصل منقوطة (;).</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>Kinds</source>
        <translation>الأنواع</translation>
    </message>
    <message>
        <source>&amp;Folders</source>
        <translation>الم&amp;جلدات</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>الوسو&amp;م</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>ال&amp;قنوات</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>الأس&amp;واق</translation>
    </message>
    <message>
        <source>&amp;Stages that approve</source>
        <translation>المرا&amp;حل التي تعتمد</translation>
    </message>
    <message>
        <source>&amp;Who decides in a stage</source>
        <translation>من ي&amp;تخذ القرار في المرحلة</translation>
    </message>
    <message>
        <source>Roles that may &amp;override</source>
        <translation>الأ&amp;دوار التي يجوز لها التجاوز</translation>
    </message>
    <message>
        <source>Required fields</source>
        <translation>الحقول المطلوبة</translation>
    </message>
    <message>
        <source>Required in &amp;languages</source>
        <translation>مطلوب بال&amp;لغات</translation>
    </message>
    <message>
        <source>An approval is &amp;kept below a difference of</source>
        <translation>ي&amp;بقى الاعتماد إذا قلّ الفرق عن</translation>
    </message>
    <message>
        <source>Nothing leaves in which this is empty</source>
        <translation>لا يخرج شيء يكون فيه هذا الحقل فارغًا</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>صور</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>مقاطع فيديو</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>صوت</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>مستندات</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>أخرى</translation>
    </message>
</context>
<context>
    <name>Preloading</name>
    <message>
        <source>There is no picture of this file</source>
        <translation>لا توجد صورة لهذا الملف</translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message>
        <source>Save all the same</source>
        <translation>حفظ رغم ذلك</translation>
    </message>
    <message>
        <source>“{preset}” was saved.</source>
        <translation>حُفظ «{preset}».</translation>
    </message>
    <message>
        <source>{preset} (copy)</source>
        <translation>{preset} (نسخة)</translation>
    </message>
    <message>
        <source>“{preset}” was duplicated.</source>
        <translation>كُرِّر «{preset}».</translation>
    </message>
    <message>
        <source>“{preset}” was deleted.</source>
        <translation>حُذف «{preset}».</translation>
    </message>
    <message>
        <source>Delete all the same</source>
        <translation>حذف رغم ذلك</translation>
    </message>
    <message>
        <source>Of {assets}. Their addresses go on showing what they show now; what is made from now on is different.</source>
        <translation>من {assets}. تظل عناوينها تعرض ما تعرضه الآن؛ أما ما يُنشأ من الآن فصاعدًا فمختلف.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>رجوع</translation>
    </message>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>نسخ منشورة تبقى قديمة: %Ln نسخة مشتقة</numerusform>
            <numerusform>نسخ منشورة تبقى قديمة: نسخة مشتقة واحدة</numerusform>
            <numerusform>نسخ منشورة تبقى قديمة: نسختان مشتقتان</numerusform>
            <numerusform>نسخ منشورة تبقى قديمة: %Ln نسخ مشتقة</numerusform>
            <numerusform>نسخ منشورة تبقى قديمة: %Ln نسخة مشتقة</numerusform>
            <numerusform>نسخ منشورة تبقى قديمة: %Ln نسخة مشتقة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>Rendition set</source>
        <translation>مجموعة النسخ المشتقة</translation>
    </message>
    <message>
        <source>Presets of your choice</source>
        <translation>إعدادات مسبقة من اختيارك</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>الإعدادات المسبقة</translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>يجري إنشاء %Ln نسخة مشتقة.</numerusform>
            <numerusform>يجري إنشاء نسخة مشتقة واحدة.</numerusform>
            <numerusform>يجري إنشاء نسختين مشتقتين.</numerusform>
            <numerusform>يجري إنشاء %Ln نسخ مشتقة.</numerusform>
            <numerusform>يجري إنشاء %Ln نسخة مشتقة.</numerusform>
            <numerusform>يجري إنشاء %Ln نسخة مشتقة.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} is being written.</source>
        <translation>جارٍ كتابة {file}.</translation>
    </message>
</context>
<context>
    <name>PresetFields</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>لافتة الصيف 1200 × 630</translation>
    </message>
    <message>
        <source>Everywhere; or DE, US-CA, EMEA</source>
        <translation>في كل مكان؛ أو DE, US-CA, EMEA</translation>
    </message>
    <message>
        <source>All; or de, pt-BR</source>
        <translation>الكل؛ أو de, pt-BR</translation>
    </message>
    <message>
        <source>E&amp;xactly, not at most</source>
        <translation>بال&amp;ضبط، لا كحد أقصى</translation>
    </message>
    <message>
        <source>Any; or jpg, png</source>
        <translation>أيّ صيغة؛ أو jpg, png</translation>
    </message>
    <message>
        <source>As the master</source>
        <translation>كالملف الأصلي</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>العرض بالبكسل</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>الارتفاع بالبكسل</translation>
    </message>
    <message>
        <source>any</source>
        <translation>أيّ</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>أيّ حجم</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>ال&amp;قناة</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>ال&amp;صيغة</translation>
    </message>
    <message>
        <source>&amp;Markets</source>
        <translation>الأس&amp;واق</translation>
    </message>
    <message>
        <source>&amp;Languages</source>
        <translation>ال&amp;لغات</translation>
    </message>
    <message>
        <source>Pi&amp;xels the channel asks for</source>
        <translation>ال&amp;بكسلات التي تطلبها القناة</translation>
    </message>
    <message>
        <source>Lar&amp;gest file</source>
        <translation>&amp;أكبر ملف</translation>
    </message>
    <message>
        <source>Formats it ta&amp;kes</source>
        <translation>الصيغ ال&amp;مقبولة</translation>
    </message>
</context>
<context>
    <name>PresetForm</name>
    <message>
        <source>New preset</source>
        <translation>إعداد مسبق جديد</translation>
    </message>
    <message>
        <source>Change preset</source>
        <translation>تغيير الإعداد المسبق</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>T&amp;ransformation</source>
        <translation>الت&amp;حويل</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>لا معاينة</translation>
    </message>
</context>
<context>
    <name>PresetKeeping</name>
    <message>
        <source>Taken back: {act}</source>
        <translation>جرى التراجع: {act}</translation>
    </message>
</context>
<context>
    <name>PresetPreviews</name>
    <message>
        <source>Its texts come from a market table: {names}</source>
        <translation>تأتي نصوصه من جدول أسواق: {names}</translation>
    </message>
</context>
<context>
    <name>PresetSaving</name>
    <message>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <source>There is a preset of this name. Sets that use it make what you see here from now on; its format, markets and languages, and what its channel asks for, stay.</source>
        <translation>يوجد إعداد مسبق بهذا الاسم. من الآن تنشئ المجموعات التي تستخدمه ما تراه هنا؛ وتبقى صيغته وأسواقه ولغاته وما تطلبه قناته.</translation>
    </message>
    <message>
        <source>Replace the steps of “{preset}”?</source>
        <translation>هل تريد استبدال خطوات «{preset}»؟</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets and sets</source>
        <translation>الإعدادات المسبقة والمجموعات</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;تراجع</translation>
    </message>
    <message>
        <source>A preset is a transformation with a purpose; a set is what one needs.</source>
        <translation>الإعداد المسبق تحويل له غرض؛ والمجموعة تضم ما يلزم منها.</translation>
    </message>
    <message>
        <source>Shown on {name}.</source>
        <translation>معروضة على {name}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>ا&amp;ستيراد…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>ت&amp;صدير…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>الإعدادات المسبقة</translation>
    </message>
    <message>
        <source>Sets</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>At Cloudinary</source>
        <translation>في Cloudinary</translation>
    </message>
    <message>
        <source>Take back: {act}</source>
        <translation>تراجع عن: {act}</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>كُتبت في {file}.</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>استُورد {file}.</translation>
    </message>
    <message>
        <source>Replace what is here?</source>
        <translation>هل تريد استبدال ما هو هنا؟</translation>
    </message>
    <message>
        <source>{names} exist already and say something else. They take over what the file says; you can undo it.</source>
        <translation>هذه الأسماء موجودة بالفعل بمحتوى آخر: {names}. ستأخذ ما يقوله الملف؛ ويمكنك التراجع عن ذلك.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>استيراد إعدادات مسبقة</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>الإعدادات المسبقة (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>كل الملفات (*)</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>تصدير إعدادات مسبقة</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Search presets</source>
        <translation>البحث في الإعدادات المسبقة</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>الإعدادات المسبقة</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;جديد…</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>ت&amp;غيير…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>ت&amp;كرار</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;حذف</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>التحويل</translation>
    </message>
    <message>
        <source>Open in the &amp;studio</source>
        <translation>&amp;فتح في الاستوديو</translation>
    </message>
    <message>
        <source>In {sets}</source>
        <translation>في {sets}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>نُشر به: %Ln نسخة مشتقة</numerusform>
            <numerusform>نُشر به: نسخة مشتقة واحدة</numerusform>
            <numerusform>نُشر به: نسختان مشتقتان</numerusform>
            <numerusform>نُشر به: %Ln نسخ مشتقة</numerusform>
            <numerusform>نُشر به: %Ln نسخة مشتقة</numerusform>
            <numerusform>نُشر به: %Ln نسخة مشتقة</numerusform>
        </translation>
    </message>
    <message>
        <source>The presets are in another order.</source>
        <translation>تغيّر ترتيب الإعدادات المسبقة.</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>Choose one asset in the window to see what presets make of it.</source>
        <translation>اختر أصلًا واحدًا في النافذة لترى ما تنتجه الإعدادات المسبقة منه.</translation>
    </message>
    <message>
        <source>Is being made…</source>
        <translation>جارٍ الإنشاء…</translation>
    </message>
    <message>
        <source>Of {name}</source>
        <translation>من {name}</translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message>
        <source>Publish to “{name}”</source>
        <translation>نشر إلى «{name}»</translation>
    </message>
    <message>
        <source>No content type of this stack has a field that takes pictures.</source>
        <translation>لا يحوي أي نوع محتوى في هذا المكدس حقلًا يقبل الصور.</translation>
    </message>
    <message>
        <source>No renditions were made of the chosen assets yet. Have them made in the cloud first, with “Publish Renditions”.</source>
        <translation>لم تُنشأ بعد نسخ مشتقة من الأصول المحددة. أنشئها أولًا في السحابة عبر «نشر النسخ المشتقة».</translation>
    </message>
    <message>
        <source>None of the renditions may be published now. Below it says why.</source>
        <translation>لا يجوز نشر أي من النسخ المشتقة الآن. السبب مذكور أدناه.</translation>
    </message>
    <message>
        <source>A part of its title</source>
        <translation>جزء من عنوانه</translation>
    </message>
    <message>
        <source>Only where several Cloudinary ones are in use</source>
        <translation>فقط عند استخدام أكثر من تهيئة لـ Cloudinary</translation>
    </message>
    <message>
        <source>Content &amp;type</source>
        <translation>&amp;نوع المحتوى</translation>
    </message>
    <message>
        <source>&amp;Find an entry</source>
        <translation>ال&amp;بحث عن إدخال</translation>
    </message>
    <message>
        <source>&amp;Entry</source>
        <translation>الإ&amp;دخال</translation>
    </message>
    <message>
        <source>F&amp;ield</source>
        <translation>ال&amp;حقل</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>الت&amp;هيئة</translation>
    </message>
    <message>
        <source>Locales</source>
        <translation>الإعدادات المحلية</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Choose an entry</source>
        <translation>اختيار إدخال</translation>
    </message>
    <message>
        <source>No entry has that in its title</source>
        <translation>لا يوجد إدخال يحوي عنوانه ذلك</translation>
    </message>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>النشر في %Ln إعداد محلي</numerusform>
            <numerusform>النشر في إعداد محلي واحد</numerusform>
            <numerusform>النشر في إعدادين محليين</numerusform>
            <numerusform>النشر في %Ln إعدادات محلية</numerusform>
            <numerusform>النشر في %Ln إعدادًا محليًا</numerusform>
            <numerusform>النشر في %Ln إعداد محلي</numerusform>
        </translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>نشر</translation>
    </message>
    <message>
        <source>{name} is asked what there is…</source>
        <translation>يُسأل {name} عما يوجد…</translation>
    </message>
    <message>
        <source>The gate and the entry are asked…</source>
        <translation>جارٍ التحقق من البوابة والإدخال…</translation>
    </message>
</context>
<context>
    <name>PushForm</name>
    <message>
        <source>The top of the media library</source>
        <translation>أعلى مكتبة الوسائط</translation>
    </message>
    <message>
        <source>spring, lookbook</source>
        <translation>ربيع, كتالوج</translation>
    </message>
    <message>
        <source>Separate tags with commas</source>
        <translation>افصل بين الوسوم بفواصل</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>خيارات أخرى</translation>
    </message>
    <message>
        <source>None</source>
        <translation>بلا</translation>
    </message>
    <message>
        <source>The name of a signed upload preset of this product environment</source>
        <translation>اسم إعداد رفع مسبق موقَّع في بيئة المنتج هذه</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>ال&amp;مجلد الهدف</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>ال&amp;وسوم</translation>
    </message>
    <message>
        <source>Upload &amp;preset</source>
        <translation>إعداد ال&amp;رفع المسبق</translation>
    </message>
</context>
<context>
    <name>PushMetadata</name>
    <message>
        <source>Structured &amp;metadata</source>
        <translation>البيانات الوصفية الم&amp;هيكلة</translation>
    </message>
    <message>
        <source>Everything that is sent gets these values</source>
        <translation>تُعطى هذه القيم لكل ما يُرسل</translation>
    </message>
    <message>
        <source>Choose a field…</source>
        <translation>اختيار حقل…</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>إضافة قيمة</translation>
    </message>
    <message>
        <source>Switched off by a rule for what the other fields say.</source>
        <translation>عطّلته قاعدة بحسب قيم الحقول الأخرى.</translation>
    </message>
</context>
<context>
    <name>PushOptions</name>
    <message>
        <source>If &amp;delivered before</source>
        <translation>إذا &amp;سُلِّم من قبل</translation>
    </message>
    <message>
        <source>Replace the earlier one</source>
        <translation>استبدال السابق</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>الاحتفاظ بكليهما</translation>
    </message>
    <message>
        <source>Leave the earlier one</source>
        <translation>ترك السابق</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>الم&amp;عرّف العام</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>اسم الملف</translation>
    </message>
    <message>
        <source>File name, always unique</source>
        <translation>اسم الملف، فريد دائمًا</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>عشوائي</translation>
    </message>
    <message>
        <source>Display &amp;name</source>
        <translation>اسم العر&amp;ض</translation>
    </message>
    <message>
        <source>As in the public ID</source>
        <translation>كما في المعرّف العام</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>&amp;Access</source>
        <translation>الو&amp;صول</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>Everybody, while the rights hold</source>
        <translation>الجميع، ما دامت الحقوق سارية</translation>
    </message>
    <message>
        <source>With a token only</source>
        <translation>برمز وصول فقط</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>&amp;نوع التسليم</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>عام</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>الملف الأصلي خاص</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>بمصادقة</translation>
    </message>
    <message>
        <source>M&amp;oderation</source>
        <translation>الإ&amp;شراف</translation>
    </message>
    <message>
        <source>None</source>
        <translation>بلا</translation>
    </message>
    <message>
        <source>By a person, in Cloudinary</source>
        <translation>بواسطة شخص، في Cloudinary</translation>
    </message>
    <message>
        <source>campaign=spring, season=2027</source>
        <translation>campaign=spring, season=2027</translation>
    </message>
    <message>
        <source>Pairs of name and value, separated by commas</source>
        <translation>أزواج من اسم وقيمة، تفصل بينها فواصل</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>السيا&amp;ق</translation>
    </message>
    <message>
        <source>Presets or sets, separated by commas; Cloudinary makes them at once</source>
        <translation>إعدادات مسبقة أو مجموعات، تفصل بينها فواصل؛ ينشئها Cloudinary فورًا</translation>
    </message>
    <message>
        <source>&amp;Renditions</source>
        <translation>النسخ ال&amp;مشتقة</translation>
    </message>
    <message>
        <source>Markets and &amp;languages</source>
        <translation>الأسواق والل&amp;غات</translation>
    </message>
    <message>
        <source>This product environment has fixed folders: it shows the public ID</source>
        <translation>مجلدات بيئة المنتج هذه ثابتة: وهي تعرض المعرّف العام</translation>
    </message>
</context>
<context>
    <name>PushSheet</name>
    <message>
        <source>Push</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>ما الذي سيحدث</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>إضافة حساب…</translation>
    </message>
    <message>
        <source>Which Cloudinary?</source>
        <translation>أيّ Cloudinary؟</translation>
    </message>
    <message>
        <source>There is no Cloudinary account here yet. Add one, and this push goes on where it is now. Nothing is sent before you have seen the plan.</source>
        <translation>لا يوجد حساب Cloudinary هنا بعد. أضف حسابًا، فيتابع هذا الإرسال من حيث هو الآن. لا يُرسل شيء قبل أن ترى الخطة.</translation>
    </message>
    <message>
        <source>Push to {environment}</source>
        <translation>إرسال إلى {environment}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>فُحص %Ln أصل</numerusform>
            <numerusform>فُحص أصل واحد</numerusform>
            <numerusform>فُحص أصلان</numerusform>
            <numerusform>فُحص %Ln أصول</numerusform>
            <numerusform>فُحص %Ln أصلًا</numerusform>
            <numerusform>فُحص %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>إرسال %Ln أصل ({size})</numerusform>
            <numerusform>إرسال أصل واحد ({size})</numerusform>
            <numerusform>إرسال أصلين ({size})</numerusform>
            <numerusform>إرسال %Ln أصول ({size})</numerusform>
            <numerusform>إرسال %Ln أصلًا ({size})</numerusform>
            <numerusform>إرسال %Ln أصل ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln ملف</numerusform>
            <numerusform>ملف واحد</numerusform>
            <numerusform>ملفان</numerusform>
            <numerusform>%Ln ملفات</numerusform>
            <numerusform>%Ln ملفًا</numerusform>
            <numerusform>%Ln ملف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>%Ln استدعاء</numerusform>
            <numerusform>استدعاء واحد</numerusform>
            <numerusform>استدعاءان</numerusform>
            <numerusform>%Ln استدعاءات</numerusform>
            <numerusform>%Ln استدعاءً</numerusform>
            <numerusform>%Ln استدعاء</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>%Ln أصل مشتق</numerusform>
            <numerusform>أصل مشتق واحد</numerusform>
            <numerusform>أصلان مشتقان</numerusform>
            <numerusform>%Ln أصول مشتقة</numerusform>
            <numerusform>%Ln أصلًا مشتقًا</numerusform>
            <numerusform>%Ln أصل مشتق</numerusform>
        </translation>
    </message>
    <message>
        <source>It will be sent.</source>
        <translation>سيُرسل.</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>سيُرسل الكل: %Ln أصل.</numerusform>
            <numerusform>سيُرسل الكل: أصل واحد.</numerusform>
            <numerusform>سيُرسل الكل: أصلان.</numerusform>
            <numerusform>سيُرسل الكل: %Ln أصول.</numerusform>
            <numerusform>سيُرسل الكل: %Ln أصلًا.</numerusform>
            <numerusform>سيُرسل الكل: %Ln أصل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>سيُرسل {sending} من %Ln أصل</numerusform>
            <numerusform>سيُرسل {sending} من أصل واحد</numerusform>
            <numerusform>سيُرسل {sending} من أصلين</numerusform>
            <numerusform>سيُرسل {sending} من %Ln أصول</numerusform>
            <numerusform>سيُرسل {sending} من %Ln أصلًا</numerusform>
            <numerusform>سيُرسل {sending} من %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>محتجز: %Ln</numerusform>
            <numerusform>محتجز: واحد</numerusform>
            <numerusform>محتجز: اثنان</numerusform>
            <numerusform>محتجز: %Ln</numerusform>
            <numerusform>محتجز: %Ln</numerusform>
            <numerusform>محتجز: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>موجود أو في الطريق: %Ln</numerusform>
            <numerusform>موجود أو في الطريق: واحد</numerusform>
            <numerusform>موجود أو في الطريق: اثنان</numerusform>
            <numerusform>موجود أو في الطريق: %Ln</numerusform>
            <numerusform>موجود أو في الطريق: %Ln</numerusform>
            <numerusform>موجود أو في الطريق: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing down what is to be pushed…</source>
        <translation>جارٍ تدوين ما سيُرسل…</translation>
    </message>
    <message>
        <source>Comparing with what is there…</source>
        <translation>جارٍ المقارنة بما هو موجود…</translation>
    </message>
    <message>
        <source>Nothing can be sent: each of them is held back</source>
        <translation>لا يمكن إرسال شيء: كلها محتجزة</translation>
    </message>
    <message>
        <source>Nothing to send: what is allowed is there already, or on its way</source>
        <translation>لا شيء لإرساله: المسموح به موجود بالفعل أو في الطريق</translation>
    </message>
    <message>
        <source>Nothing to send: all of it is there already, or on its way</source>
        <translation>لا شيء لإرساله: كل شيء موجود بالفعل أو في الطريق</translation>
    </message>
    <message>
        <source>You are offline: these go out when the connection is back.</source>
        <translation>أنت غير متصل: ستخرج هذه عند عودة الاتصال.</translation>
    </message>
    <message>
        <source>You work offline: these go out when you go online again.</source>
        <translation>أنت تعمل دون اتصال: ستخرج هذه عندما تعود إلى الاتصال.</translation>
    </message>
    <message>
        <source>Pushing is paused: these wait in the queue until you go on.</source>
        <translation>الإرسال متوقف مؤقتًا: تنتظر هذه في القائمة حتى تستأنف.</translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>هل تريد استبدال %Ln أصل مُسلَّم؟</numerusform>
            <numerusform>هل تريد استبدال أصل واحد مُسلَّم؟</numerusform>
            <numerusform>هل تريد استبدال أصلين مُسلَّمين؟</numerusform>
            <numerusform>هل تريد استبدال %Ln أصول مُسلَّمة؟</numerusform>
            <numerusform>هل تريد استبدال %Ln أصلًا مُسلَّمًا؟</numerusform>
            <numerusform>هل تريد استبدال %Ln أصل مُسلَّم؟</numerusform>
        </translation>
    </message>
    <message>
        <source>Their new versions take their places: the same addresses then show them, everywhere. To keep the earlier ones as well, choose Keep both.</source>
        <translation>تحل النسخ الجديدة محلها: تعرضها عندئذ العناوين نفسها في كل مكان. للإبقاء على السابقة أيضًا، اختر «الاحتفاظ بكليهما».</translation>
    </message>
    <message>
        <source>Nothing can be sent before what is marked is right</source>
        <translation>لا يمكن إرسال شيء قبل تصحيح ما هو معلَّم</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions</source>
        <translation>الأسئلة</translation>
    </message>
</context>
<context>
    <name>QuestionRows</name>
    <message>
        <source>Saved reports</source>
        <translation>التقارير المحفوظة</translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>للمراجعة: %Ln</numerusform>
            <numerusform>للمراجعة: واحدة</numerusform>
            <numerusform>للمراجعة: اثنتان</numerusform>
            <numerusform>للمراجعة: %Ln</numerusform>
            <numerusform>للمراجعة: %Ln</numerusform>
            <numerusform>للمراجعة: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: واحدة</numerusform>
            <numerusform>متأخرة: اثنتان</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message>
        <source>Pushes</source>
        <translation>عمليات الإرسال</translation>
    </message>
    <message>
        <source>Copying into libraries</source>
        <translation>النسخ إلى المكتبات</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>النسخ المشتقة</translation>
    </message>
    <message>
        <source>Channel kits</source>
        <translation>حزم القنوات</translation>
    </message>
    <message>
        <source>Archives of campaigns</source>
        <translation>أرشيفات الحملات</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>البيانات الوصفية</translation>
    </message>
    <message>
        <source>Decisions that others are told</source>
        <translation>القرارات التي يُبلَّغ بها الآخرون</translation>
    </message>
    <message>
        <source>Changes at Cloudinary</source>
        <translation>التغييرات في Cloudinary</translation>
    </message>
    <message>
        <source>Telling other systems</source>
        <translation>إبلاغ الأنظمة الأخرى</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} من {total}</translation>
    </message>
    <message>
        <source>Waits for the connection, and goes on by itself</source>
        <translation>بانتظار الاتصال، ويُستأنف تلقائيًا</translation>
    </message>
    <message>
        <source>Waits for the account: log in again, or mend its key</source>
        <translation>بانتظار الحساب: سجّل الدخول من جديد، أو صحّح مفتاحه</translation>
    </message>
    <message>
        <source>Waits until files have been read</source>
        <translation>بانتظار قراءة الملفات</translation>
    </message>
    <message>
        <source>Waits, and goes on by itself</source>
        <translation>في الانتظار، ويُستأنف تلقائيًا</translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>لم يُنجز شيء</numerusform>
            <numerusform>أُنجزت واحدة</numerusform>
            <numerusform>أُنجزت اثنتان</numerusform>
            <numerusform>أُنجزت %Ln</numerusform>
            <numerusform>أُنجزت %Ln</numerusform>
            <numerusform>أُنجزت %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>لم تفشل أي منها</numerusform>
            <numerusform>فشلت واحدة: تذكر عمليات النقل السبب</numerusform>
            <numerusform>فشلت اثنتان: تذكر عمليات النقل السبب</numerusform>
            <numerusform>فشلت %Ln: تذكر عمليات النقل السبب</numerusform>
            <numerusform>فشلت %Ln: تذكر عمليات النقل السبب</numerusform>
            <numerusform>فشلت %Ln: تذكر عمليات النقل السبب</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>لم تُلغَ أي منها</numerusform>
            <numerusform>أُلغيت واحدة</numerusform>
            <numerusform>أُلغيت اثنتان</numerusform>
            <numerusform>أُلغيت %Ln</numerusform>
            <numerusform>أُلغيت %Ln</numerusform>
            <numerusform>أُلغيت %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Previous</source>
        <translation>السابق</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>RawText</name>
    <message>
        <source>Transformation</source>
        <translation>التحويل</translation>
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
        <translation>المستخدمة حديثًا</translation>
    </message>
</context>
<context>
    <name>RelateDialog</name>
    <message>
        <source>Relate assets to “{name}”</source>
        <translation>ربط أصول بـ «{name}»</translation>
    </message>
    <message>
        <source>Related assets know each other, whichever of them one looks at.</source>
        <translation>الأصول المرتبطة يعرف بعضها بعضًا، أيًّا كان الأصل الذي تنظر إليه.</translation>
    </message>
    <message>
        <source>Relate</source>
        <translation>ربط</translation>
    </message>
    <message>
        <source>Search this environment</source>
        <translation>البحث في هذه البيئة</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>الأصول</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>RelatedCard</name>
    <message>
        <source>Show</source>
        <translation>إظهار</translation>
    </message>
    <message>
        <source>Relate…</source>
        <translation>ربط…</translation>
    </message>
    <message>
        <source>Related assets</source>
        <translation>الأصول المرتبطة</translation>
    </message>
    <message>
        <source>Show related assets</source>
        <translation>إظهار الأصول المرتبطة</translation>
    </message>
    <message>
        <source>Relate other assets to this one</source>
        <translation>ربط أصول أخرى بهذا الأصل</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>لا شيء حتى الآن.</translation>
    </message>
    <message>
        <source>No longer related</source>
        <translation>إنهاء الارتباط</translation>
    </message>
    <message>
        <source>End the relation to {name}</source>
        <translation>إنهاء الارتباط بـ {name}</translation>
    </message>
</context>
<context>
    <name>RenditionCard</name>
    <message>
        <source>Comes from delivery…</source>
        <translation>قادم من خدمة التسليم…</translation>
    </message>
    <message>
        <source>Copy the {what} of {preset}</source>
        <translation>نسخ {what} من {preset}</translation>
    </message>
    <message>
        <source>What came cannot be shown.</source>
        <translation>ما وصل لا يمكن عرضه.</translation>
    </message>
    <message>
        <source>{percent} % smaller</source>
        <translation>أصغر بنسبة {percent}%</translation>
    </message>
    <message>
        <source>The picture comes when the connection is back. The address is good.</source>
        <translation>تصل الصورة عند عودة الاتصال. العنوان صالح.</translation>
    </message>
    <message>
        <source>URL copied</source>
        <translation>نُسخ العنوان</translation>
    </message>
    <message>
        <source>HTML copied</source>
        <translation>نُسخ HTML</translation>
    </message>
    <message>
        <source>Markdown copied</source>
        <translation>نُسخ Markdown</translation>
    </message>
    <message>
        <source>Drag it into another program</source>
        <translation>اسحبها إلى برنامج آخر</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>فتح في المتصفح</translation>
    </message>
    <message>
        <source>Open {preset} in the browser</source>
        <translation>فتح {preset} في المتصفح</translation>
    </message>
</context>
<context>
    <name>RenditionsPanel</name>
    <message>
        <source>Push…</source>
        <translation>إرسال…</translation>
    </message>
    <message>
        <source>Rendition set</source>
        <translation>مجموعة النسخ المشتقة</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>النسخ المشتقة</translation>
    </message>
    <message>
        <source>All presets</source>
        <translation>كل الإعدادات المسبقة</translation>
    </message>
    <message>
        <source>May not be delivered</source>
        <translation>لا يجوز تسليمه</translation>
    </message>
    <message>
        <source>No renditions</source>
        <translation>لا نسخ مشتقة</translation>
    </message>
    <message>
        <source>Select one asset to see how it is delivered.</source>
        <translation>اختر أصلًا واحدًا لترى كيف يُسلَّم.</translation>
    </message>
    <message>
        <source>Not pushed yet</source>
        <translation>لم يُرسل بعد</translation>
    </message>
    <message>
        <source>Renditions are made from the copy in Cloudinary. Push this asset, and they appear here.</source>
        <translation>تُنشأ النسخ المشتقة من النسخة الموجودة في Cloudinary. أرسل هذا الأصل فتظهر هنا.</translation>
    </message>
    <message>
        <source>Changed since it was pushed</source>
        <translation>تغيّر منذ إرساله</translation>
    </message>
    <message>
        <source>Delivered as it is</source>
        <translation>يُسلَّم كما هو</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>ينشئ Cloudinary نسخًا مشتقة من الصور ومقاطع الفيديو. يُسلَّم هذا الملف دون تغيير.</translation>
    </message>
</context>
<context>
    <name>ReplacementDialog</name>
    <message>
        <source>What was replaced</source>
        <translation>ما استُبدل</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>الأماكن</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>Replacements</name>
    <message>
        <source>Show…</source>
        <translation>إظهار…</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>The table behind the chart</source>
        <translation>الجدول الذي يستند إليه المخطط</translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message>
        <source>There is no account yet. Add one first.</source>
        <translation>لا يوجد حساب بعد. أضف حسابًا أولًا.</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>اطّلاع…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مُسلَّمة. تُسحب بعد أن تطّلع عليها.</numerusform>
            <numerusform>لم يعد يجوز عرض نسخة مُسلَّمة واحدة. تُسحب بعد أن تطّلع عليها.</numerusform>
            <numerusform>لم يعد يجوز عرض نسختين مُسلَّمتين. تُسحبان بعد أن تطّلع عليهما.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخ مُسلَّمة. تُسحب بعد أن تطّلع عليها.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مُسلَّمة. تُسحب بعد أن تطّلع عليها.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مُسلَّمة. تُسحب بعد أن تطّلع عليها.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>يجري تغيير ما يجوز عرضه من %Ln نسخة مُسلَّمة.</numerusform>
            <numerusform>يجري تغيير ما يجوز عرضه من نسخة مُسلَّمة واحدة.</numerusform>
            <numerusform>يجري تغيير ما يجوز عرضه من نسختين مُسلَّمتين.</numerusform>
            <numerusform>يجري تغيير ما يجوز عرضه من %Ln نسخ مُسلَّمة.</numerusform>
            <numerusform>يجري تغيير ما يجوز عرضه من %Ln نسخة مُسلَّمة.</numerusform>
            <numerusform>يجري تغيير ما يجوز عرضه من %Ln نسخة مُسلَّمة.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message>
        <source>Retractions in {account}</source>
        <translation>عمليات السحب في {account}</translation>
    </message>
    <message>
        <source>Looking at what is delivered…</source>
        <translation>جارٍ فحص ما هو مُسلَّم…</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>المطلوب</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>المنفَّذ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>المطلوب (%Ln)</numerusform>
            <numerusform>المطلوب (%Ln)</numerusform>
            <numerusform>المطلوب (%Ln)</numerusform>
            <numerusform>المطلوب (%Ln)</numerusform>
            <numerusform>المطلوب (%Ln)</numerusform>
            <numerusform>المطلوب (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>المنفَّذ (%Ln)</numerusform>
            <numerusform>المنفَّذ (%Ln)</numerusform>
            <numerusform>المنفَّذ (%Ln)</numerusform>
            <numerusform>المنفَّذ (%Ln)</numerusform>
            <numerusform>المنفَّذ (%Ln)</numerusform>
            <numerusform>المنفَّذ (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مُسلَّمة.</numerusform>
            <numerusform>لم يعد يجوز عرض نسخة مُسلَّمة واحدة.</numerusform>
            <numerusform>لم يعد يجوز عرض نسختين مُسلَّمتين.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخ مُسلَّمة.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مُسلَّمة.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مُسلَّمة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مشتقة.</numerusform>
            <numerusform>لم يعد يجوز عرض نسخة مشتقة واحدة.</numerusform>
            <numerusform>لم يعد يجوز عرض نسختين مشتقتين.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخ مشتقة.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مشتقة.</numerusform>
            <numerusform>لم يعد يجوز عرض %Ln نسخة مشتقة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>مسموح من جديد: %Ln.</numerusform>
            <numerusform>مسموح من جديد: نسخة واحدة.</numerusform>
            <numerusform>مسموح من جديد: نسختان.</numerusform>
            <numerusform>مسموح من جديد: %Ln نسخ.</numerusform>
            <numerusform>مسموح من جديد: %Ln نسخة.</numerusform>
            <numerusform>مسموح من جديد: %Ln نسخة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that is delivered may be seen.</source>
        <translation>يجوز عرض كل ما هو مُسلَّم.</translation>
    </message>
    <message>
        <source>That is much at once. Nothing is taken away before you have looked at the names.</source>
        <translation>هذا عدد كبير دفعة واحدة. لا يُسحب شيء قبل أن تطّلع على الأسماء.</translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln away</source>
        <translation>
            <numerusform>سحب %Ln نسخة</numerusform>
            <numerusform>سحب نسخة واحدة</numerusform>
            <numerusform>سحب نسختين</numerusform>
            <numerusform>سحب %Ln نسخ</numerusform>
            <numerusform>سحب %Ln نسخة</numerusform>
            <numerusform>سحب %Ln نسخة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %Ln back</source>
        <translation>
            <numerusform>إعادة %Ln نسخة</numerusform>
            <numerusform>إعادة نسخة واحدة</numerusform>
            <numerusform>إعادة نسختين</numerusform>
            <numerusform>إعادة %Ln نسخ</numerusform>
            <numerusform>إعادة %Ln نسخة</numerusform>
            <numerusform>إعادة %Ln نسخة</numerusform>
        </translation>
    </message>
    <message>
        <source>it is allowed again</source>
        <translation>أصبح مسموحًا من جديد</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>سحب</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>{name}, rendition {preset}</source>
        <translation>{name}، النسخة المشتقة {preset}</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>لم يتأكد بعد</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>سُحب</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>أُعيد</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>تُرك كما هو</translation>
    </message>
    <message>
        <source>Was gone</source>
        <translation>كان قد زال</translation>
    </message>
</context>
<context>
    <name>ReviewErrands</name>
    <message>
        <source>There is nothing to review here.</source>
        <translation>لا شيء للمراجعة هنا.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>مراجعة</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>{row} of {count}  ·  {decided} decided</source>
        <translation>{row} من {count}  ·  اتُّخذ القرار: {decided}</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>صورة واحدة</translation>
    </message>
    <message>
        <source>Compare below a line (V)</source>
        <translation>المقارنة أسفل خط (V)</translation>
    </message>
    <message>
        <source>Onion skin (V)</source>
        <translation>تراكب شفاف (V)</translation>
    </message>
    <message>
        <source>Difference (V)</source>
        <translation>الفرق (V)</translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>حزمة مراجعة من %Ln أصل</numerusform>
            <numerusform>حزمة مراجعة من أصل واحد</numerusform>
            <numerusform>حزمة مراجعة من أصلين</numerusform>
            <numerusform>حزمة مراجعة من %Ln أصول</numerusform>
            <numerusform>حزمة مراجعة من %Ln أصلًا</numerusform>
            <numerusform>حزمة مراجعة من %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>مراجعة</translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>الملفات الأ&amp;صلية</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>هذه النسخ ال&amp;مشتقة</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Write Pack</source>
        <translation>كتابة الحزمة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Pictures and a page that opens in any browser. What comes back of it is a file with verdicts and comments, for “Import Verdicts”.</source>
        <translation>صور وصفحة تُفتح في أي متصفح. وما يعود منها ملف فيه أحكام وتعليقات، يُقرأ بأمر «استيراد الأحكام».</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>إلام ينبغي أن ينظروا؟</translation>
    </message>
    <message>
        <source>The whole review</source>
        <translation>المراجعة كلها</translation>
    </message>
    <message>
        <source>What the verdicts that come back decide</source>
        <translation>ما تحسمه الأحكام العائدة</translation>
    </message>
    <message>
        <source>A name that ends in .zip makes a ZIP, any other a folder</source>
        <translation>الاسم المنتهي بـ .zip يُنشئ ملف ZIP، وأي اسم آخر يُنشئ مجلدًا</translation>
    </message>
    <message>
        <source>Choose where the pack is written to</source>
        <translation>اختيار مكان كتابة الحزمة</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>ملاح&amp;ظة</translation>
    </message>
    <message>
        <source>&amp;Where to</source>
        <translation>م&amp;كان الحفظ</translation>
    </message>
    <message>
        <source>They decide the &amp;stage</source>
        <translation>تحسم الأحكام المر&amp;حلة</translation>
    </message>
    <message>
        <source>Write the review pack to</source>
        <translation>كتابة حزمة المراجعة في</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>ملفات ZIP (*.zip)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln صورة</numerusform>
            <numerusform>صورة واحدة</numerusform>
            <numerusform>صورتان</numerusform>
            <numerusform>%Ln صور</numerusform>
            <numerusform>%Ln صورة</numerusform>
            <numerusform>%Ln صورة</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {whole} pictures</source>
        <translation>{done} من {whole} من الصور</translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message>
        <source>Import verdicts</source>
        <translation>استيراد الأحكام</translation>
    </message>
    <message>
        <source>Verdicts (*.json)</source>
        <translation>الأحكام (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>كل الملفات (*)</translation>
    </message>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>يحوي {name} %Ln صورة.</numerusform>
            <numerusform>يحوي {name} صورة واحدة.</numerusform>
            <numerusform>يحوي {name} صورتين.</numerusform>
            <numerusform>يحوي {name} %Ln صور.</numerusform>
            <numerusform>يحوي {name} %Ln صورة.</numerusform>
            <numerusform>يحوي {name} %Ln صورة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>إظهار في مدير الملفات</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln صورة ليست في الحزمة. {name}: {why}</numerusform>
            <numerusform>صورة واحدة ليست في الحزمة. {name}: {why}</numerusform>
            <numerusform>صورتان ليستا في الحزمة. {name}: {why}</numerusform>
            <numerusform>%Ln صور ليست في الحزمة. {name}: {why}</numerusform>
            <numerusform>%Ln صورة ليست في الحزمة. {name}: {why}</numerusform>
            <numerusform>%Ln صورة ليست في الحزمة. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>%Ln فيلم في الحزمة، كل منها كصورة واحدة. {name}: {why}</numerusform>
            <numerusform>فيلم واحد في الحزمة كصورة واحدة. {name}: {why}</numerusform>
            <numerusform>فيلمان في الحزمة، كل منهما كصورة واحدة. {name}: {why}</numerusform>
            <numerusform>%Ln أفلام في الحزمة، كل منها كصورة واحدة. {name}: {why}</numerusform>
            <numerusform>%Ln فيلمًا في الحزمة، كل منها كصورة واحدة. {name}: {why}</numerusform>
            <numerusform>%Ln فيلم في الحزمة، كل منها كصورة واحدة. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln verdict(s)</source>
        <translation>
            <numerusform>%Ln حكم</numerusform>
            <numerusform>حكم واحد</numerusform>
            <numerusform>حكمان</numerusform>
            <numerusform>%Ln أحكام</numerusform>
            <numerusform>%Ln حكمًا</numerusform>
            <numerusform>%Ln حكم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln تعليق</numerusform>
            <numerusform>تعليق واحد</numerusform>
            <numerusform>تعليقان</numerusform>
            <numerusform>%Ln تعليقات</numerusform>
            <numerusform>%Ln تعليقًا</numerusform>
            <numerusform>%Ln تعليق</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded of {name}: {what}.</source>
        <translation>دُوِّن من {name}: {what}.</translation>
    </message>
</context>
<context>
    <name>ReviewPackImportDialog</name>
    <message>
        <source>Import verdicts</source>
        <translation>استيراد الأحكام</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>تدوين</translation>
    </message>
    <message>
        <source>What will be recorded</source>
        <translation>ما الذي سيُدوَّن</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Verdicts of {name} on “{pack}”</source>
        <translation>أحكام {name} على «{pack}»</translation>
    </message>
    <message>
        <source>Recorded as decisions and comments of {who}.</source>
        <translation>تُدوَّن كقرارات وتعليقات باسم {who}.</translation>
    </message>
    <message>
        <source>This file was imported on {moment}: there is nothing new in it.</source>
        <translation>استُورد هذا الملف في {moment}: لا جديد فيه.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>تعذّر تدوين %Ln من هذه؛ ولكل منها سببه مذكور.</numerusform>
            <numerusform>تعذّر تدوين واحد من هذه؛ وسببه مذكور.</numerusform>
            <numerusform>تعذّر تدوين اثنين من هذه؛ ولكل منهما سببه مذكور.</numerusform>
            <numerusform>تعذّر تدوين %Ln من هذه؛ ولكل منها سببه مذكور.</numerusform>
            <numerusform>تعذّر تدوين %Ln من هذه؛ ولكل منها سببه مذكور.</numerusform>
            <numerusform>تعذّر تدوين %Ln من هذه؛ ولكل منها سببه مذكور.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing new in this file.</source>
        <translation>لا جديد في هذا الملف.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln تعليق: {text}</numerusform>
            <numerusform>تعليق واحد: {text}</numerusform>
            <numerusform>تعليقان: {text}</numerusform>
            <numerusform>%Ln تعليقات: {text}</numerusform>
            <numerusform>%Ln تعليقًا: {text}</numerusform>
            <numerusform>%Ln تعليق: {text}</numerusform>
        </translation>
    </message>
    <message>
        <source>On record already</source>
        <translation>مدوَّن بالفعل</translation>
    </message>
    <message>
        <source>Comments only</source>
        <translation>تعليقات فقط</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>محتجز</translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message>
        <source>Review queue</source>
        <translation>قائمة المراجعة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>بانتظار القرار: %Ln</numerusform>
            <numerusform>بانتظار القرار: واحدة</numerusform>
            <numerusform>بانتظار القرار: اثنتان</numerusform>
            <numerusform>بانتظار القرار: %Ln</numerusform>
            <numerusform>بانتظار القرار: %Ln</numerusform>
            <numerusform>بانتظار القرار: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: واحدة</numerusform>
            <numerusform>متأخرة: اثنتان</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}: %Ln صورة تنتظر {reviewers}.</numerusform>
            <numerusform>{title}: صورة واحدة تنتظر {reviewers}.</numerusform>
            <numerusform>{title}: صورتان تنتظران {reviewers}.</numerusform>
            <numerusform>{title}: %Ln صور تنتظر {reviewers}.</numerusform>
            <numerusform>{title}: %Ln صورة تنتظر {reviewers}.</numerusform>
            <numerusform>{title}: %Ln صورة تنتظر {reviewers}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message>
        <source>Close Request…</source>
        <translation>إغلاق الطلب…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>مراجعة</translation>
    </message>
    <message>
        <source>Review Pack…</source>
        <translation>حزمة مراجعة…</translation>
    </message>
    <message>
        <source>Look at Moderation Now</source>
        <translation>فحص الإشراف الآن</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>لمن</translation>
    </message>
    <message>
        <source>Whose queue is shown</source>
        <translation>صاحب القائمة المعروضة</translation>
    </message>
    <message>
        <source>Review requests</source>
        <translation>طلبات المراجعة</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>بانتظار القرار</translation>
    </message>
    <message>
        <source>Hand these pictures to somebody who has no account</source>
        <translation>تسليم هذه الصور إلى شخص ليس لديه حساب</translation>
    </message>
    <message>
        <source>Ask Cloudinary what waits for a moderator</source>
        <translation>سؤال Cloudinary عما ينتظر مشرفًا</translation>
    </message>
    <message>
        <source>You ({name})</source>
        <translation>أنت ({name})</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>كل شيء</translation>
    </message>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>بانتظار القرار: %Ln</numerusform>
            <numerusform>بانتظار القرار: واحدة</numerusform>
            <numerusform>بانتظار القرار: اثنتان</numerusform>
            <numerusform>بانتظار القرار: %Ln</numerusform>
            <numerusform>بانتظار القرار: %Ln</numerusform>
            <numerusform>بانتظار القرار: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: واحدة</numerusform>
            <numerusform>متأخرة: اثنتان</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
            <numerusform>متأخرة: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>No due date</source>
        <translation>بلا موعد نهائي</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>المتبقي: %Ln</numerusform>
            <numerusform>المتبقي: واحدة</numerusform>
            <numerusform>المتبقي: اثنتان</numerusform>
            <numerusform>المتبقي: %Ln</numerusform>
            <numerusform>المتبقي: %Ln</numerusform>
            <numerusform>المتبقي: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>اكتمل</translation>
    </message>
    <message>
        <source>Nothing here waits for this person.</source>
        <translation>لا شيء هنا ينتظر هذا الشخص.</translation>
    </message>
    <message>
        <source>{who} asks {reviewers}</source>
        <translation>{who} يطلب من {reviewers}</translation>
    </message>
    <message>
        <source>Close “{title}”?</source>
        <translation>هل تريد إغلاق «{title}»؟</translation>
    </message>
    <message>
        <source>Nobody is asked to look at it any more. What was decided stays.</source>
        <translation>لن يُطلب من أحد النظر إليه بعد الآن. ما اتُّخذ من قرارات يبقى.</translation>
    </message>
    <message>
        <source>Close Request</source>
        <translation>إغلاق الطلب</translation>
    </message>
    <message>
        <source>Keep Open</source>
        <translation>إبقاء مفتوحًا</translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>طلب مراجعة %Ln أصل</numerusform>
            <numerusform>طلب مراجعة أصل واحد</numerusform>
            <numerusform>طلب مراجعة أصلين</numerusform>
            <numerusform>طلب مراجعة %Ln أصول</numerusform>
            <numerusform>طلب مراجعة %Ln أصلًا</numerusform>
            <numerusform>طلب مراجعة %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>The &amp;masters</source>
        <translation>الملفات الأ&amp;صلية</translation>
    </message>
    <message>
        <source>These &amp;renditions</source>
        <translation>هذه النسخ ال&amp;مشتقة</translation>
    </message>
    <message>
        <source>&amp;Due</source>
        <translation>موعد ن&amp;هائي</translation>
    </message>
    <message>
        <source>Ask for Review</source>
        <translation>طلب مراجعة</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>ما موضوعه؟</translation>
    </message>
    <message>
        <source>Due date and time</source>
        <translation>تاريخ الموعد النهائي ووقته</translation>
    </message>
    <message>
        <source>What should they look at?</source>
        <translation>إلام ينبغي أن ينظروا؟</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>What</source>
        <translation>ماذا</translation>
    </message>
    <message>
        <source>Re&amp;viewers</source>
        <translation>المرا&amp;جعون</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>حتى</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>ملاح&amp;ظة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} و%Ln أصل آخر</numerusform>
            <numerusform>{name} وأصل آخر</numerusform>
            <numerusform>{name} وأصلان آخران</numerusform>
            <numerusform>{name} و%Ln أصول أخرى</numerusform>
            <numerusform>{name} و%Ln أصلًا آخر</numerusform>
            <numerusform>{name} و%Ln أصل آخر</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>%Ln صورة للنظر فيها</numerusform>
            <numerusform>صورة واحدة للنظر فيها</numerusform>
            <numerusform>صورتان للنظر فيهما</numerusform>
            <numerusform>%Ln صور للنظر فيها</numerusform>
            <numerusform>%Ln صورة للنظر فيها</numerusform>
            <numerusform>%Ln صورة للنظر فيها</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>{title}: review</source>
        <translation>{title}: مراجعة</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>التعليقات</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
</context>
<context>
    <name>RightsCalendar</name>
    <message>
        <source>Rights calendar</source>
        <translation>تقويم الحقوق</translation>
    </message>
    <message>
        <source>What begins and ends next, by the files and by what is claimed.</source>
        <translation>ما يبدأ وما ينتهي قريبًا، بحسب الملفات وبحسب بيانات الحقوق.</translation>
    </message>
    <message>
        <source>What &amp;begins, too</source>
        <translation>ما &amp;يبدأ أيضًا</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>إظهار في المكتبة</translation>
    </message>
    <message>
        <source>Rights…</source>
        <translation>الحقوق…</translation>
    </message>
    <message>
        <source>What begins and ends</source>
        <translation>ما يبدأ وما ينتهي</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Nothing begins or ends in these three months.</source>
        <translation>لا شيء يبدأ أو ينتهي في هذه الأشهر الثلاثة.</translation>
    </message>
</context>
<context>
    <name>RightsDocumentsList</name>
    <message>
        <source>Attach</source>
        <translation>إرفاق</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>المستندات</translation>
    </message>
    <message>
        <source>{kind}…</source>
        <translation>{kind}…</translation>
    </message>
    <message>
        <source>Attach a document</source>
        <translation>إرفاق مستند</translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>الحقوق في %Ln أصل</numerusform>
            <numerusform>الحقوق في أصل واحد</numerusform>
            <numerusform>الحقوق في أصلين</numerusform>
            <numerusform>الحقوق في %Ln أصول</numerusform>
            <numerusform>الحقوق في %Ln أصلًا</numerusform>
            <numerusform>الحقوق في %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>A claim never widens what a file says: of both, the stricter holds.</source>
        <translation>لا يوسّع بيان الحقوق أبدًا ما يذكره الملف: يسري الأشد من الاثنين.</translation>
    </message>
    <message>
        <source>Save as Template…</source>
        <translation>حفظ كقالب…</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>بيان الحقوق</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>القالب</translation>
    </message>
    <message>
        <source>Fill the form with what a template says</source>
        <translation>تعبئة النموذج بما يذكره القالب</translation>
    </message>
    <message>
        <source>What was claimed</source>
        <translation>بيانات الحقوق المسجّلة</translation>
    </message>
    <message>
        <source>History</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>These assets are not there any more.</source>
        <translation>لم تعد هذه الأصول موجودة.</translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>السجل (%Ln)</numerusform>
            <numerusform>السجل (%Ln)</numerusform>
            <numerusform>السجل (%Ln)</numerusform>
            <numerusform>السجل (%Ln)</numerusform>
            <numerusform>السجل (%Ln)</numerusform>
            <numerusform>السجل (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that you do not touch stay as they are in each.</source>
        <translation>الحقول التي لا تمسّها تبقى كما هي في كل أصل.</translation>
    </message>
    <message>
        <source>Rights in “{name}”</source>
        <translation>الحقوق في «{name}»</translation>
    </message>
    <message>
        <source>What holds now: {rights}</source>
        <translation>ما يسري الآن: {rights}</translation>
    </message>
    <message>
        <source>Template…</source>
        <translation>قالب…</translation>
    </message>
    <message>
        <source>Save as Template</source>
        <translation>حفظ كقالب</translation>
    </message>
    <message>
        <source>Name of the template</source>
        <translation>اسم القالب</translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message>
        <source>Calendar…</source>
        <translation>التقويم…</translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>تنتهي خلال يوم حقوق %Ln أصل: {names}</numerusform>
            <numerusform>تنتهي خلال يوم حقوق أصل واحد: {names}</numerusform>
            <numerusform>تنتهي خلال يوم حقوق أصلين: {names}</numerusform>
            <numerusform>تنتهي خلال يوم حقوق %Ln أصول: {names}</numerusform>
            <numerusform>تنتهي خلال يوم حقوق %Ln أصلًا: {names}</numerusform>
            <numerusform>تنتهي خلال يوم حقوق %Ln أصل: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>تنتهي خلال {days} من الأيام حقوق %Ln أصل: {names}</numerusform>
            <numerusform>تنتهي خلال {days} من الأيام حقوق أصل واحد: {names}</numerusform>
            <numerusform>تنتهي خلال {days} من الأيام حقوق أصلين: {names}</numerusform>
            <numerusform>تنتهي خلال {days} من الأيام حقوق %Ln أصول: {names}</numerusform>
            <numerusform>تنتهي خلال {days} من الأيام حقوق %Ln أصلًا: {names}</numerusform>
            <numerusform>تنتهي خلال {days} من الأيام حقوق %Ln أصل: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>انتهت حقوق %Ln أصل: {names}</numerusform>
            <numerusform>انتهت حقوق أصل واحد: {names}</numerusform>
            <numerusform>انتهت حقوق أصلين: {names}</numerusform>
            <numerusform>انتهت حقوق %Ln أصول: {names}</numerusform>
            <numerusform>انتهت حقوق %Ln أصلًا: {names}</numerusform>
            <numerusform>انتهت حقوق %Ln أصل: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>دُوِّنت حقوق %Ln أصل.</numerusform>
            <numerusform>دُوِّنت حقوق أصل واحد.</numerusform>
            <numerusform>دُوِّنت حقوق أصلين.</numerusform>
            <numerusform>دُوِّنت حقوق %Ln أصول.</numerusform>
            <numerusform>دُوِّنت حقوق %Ln أصلًا.</numerusform>
            <numerusform>دُوِّنت حقوق %Ln أصل.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsForm</name>
    <message>
        <source>Territories</source>
        <translation>المناطق</translation>
    </message>
    <message>
        <source>Not in</source>
        <translation>عدا المناطق</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>Not for</source>
        <translation>عدا القنوات</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الحقوق</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>قيم مختلفة</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>في كل مكان</translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation>لا شيء مستثنى</translation>
    </message>
    <message>
        <source>For everything</source>
        <translation>لكل الأغراض</translation>
    </message>
    <message>
        <source>A contract, an e-mail, a person</source>
        <translation>عقد أو رسالة بريد إلكتروني أو شخص</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>شروط الاستخدام</translation>
    </message>
    <message>
        <source>When</source>
        <translation>المدة</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;من</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>إ&amp;لى</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>المنطقة ال&amp;زمنية</translation>
    </message>
    <message>
        <source>Where and for what</source>
        <translation>أين ولأي غرض</translation>
    </message>
    <message>
        <source>&amp;Territories</source>
        <translation>المنا&amp;طق</translation>
    </message>
    <message>
        <source>&amp;Not in</source>
        <translation>ع&amp;دا المناطق</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>ال&amp;قنوات</translation>
    </message>
    <message>
        <source>Not f&amp;or</source>
        <translation>عدا القنوا&amp;ت</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>الشروط</translation>
    </message>
    <message>
        <source>&amp;Licence</source>
        <translation>التر&amp;خيص</translation>
    </message>
    <message>
        <source>Usa&amp;ge terms</source>
        <translation>&amp;شروط الاستخدام</translation>
    </message>
    <message>
        <source>Cre&amp;dit line</source>
        <translation>&amp;نسبة المصدر</translation>
    </message>
    <message>
        <source>Sou&amp;rce</source>
        <translation>المصد&amp;ر</translation>
    </message>
    <message>
        <source>Releases and documents</source>
        <translation>التصاريح والمستندات</translation>
    </message>
    <message>
        <source>&amp;Model release</source>
        <translation>تصريح ال&amp;عارض</translation>
    </message>
    <message>
        <source>&amp;Property release</source>
        <translation>تصريح المل&amp;كية</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>المستندات</translation>
    </message>
</context>
<context>
    <name>RoleField</name>
    <message>
        <source>brand, legal; left empty: everybody</source>
        <translation>brand, legal؛ وإن تُرك فارغًا: الجميع</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>المراجعون</translation>
    </message>
    <message>
        <source>Ask {role}</source>
        <translation>سؤال {role}</translation>
    </message>
</context>
<context>
    <name>RowTool</name>
    <message>
        <source>More about “{field}”</source>
        <translation>المزيد حول «{field}»</translation>
    </message>
    <message>
        <source>{name} (Ctrl+.)</source>
        <translation>{name} (Ctrl+.)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>ال&amp;سجل…</translation>
    </message>
    <message>
        <source>&amp;Copy the Value</source>
        <translation>&amp;نسخ القيمة</translation>
    </message>
    <message>
        <source>&amp;Empty It</source>
        <translation>إ&amp;فراغه</translation>
    </message>
    <message>
        <source>In Another &amp;Language</source>
        <translation>ب&amp;لغة أخرى</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>أ&amp;خرى…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Its tag, such as sv or pt-BR:</source>
        <translation>رمزها، مثل sv أو pt-BR:</translation>
    </message>
</context>
<context>
    <name>RuleConditions</name>
    <message>
        <source>and</source>
        <translation>و</translation>
    </message>
    <message>
        <source>or</source>
        <translation>أو</translation>
    </message>
    <message>
        <source>is</source>
        <translation>يساوي</translation>
    </message>
    <message>
        <source>has</source>
        <translation>يتضمن</translation>
    </message>
    <message>
        <source>is filled in</source>
        <translation>مملوء</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>فارغ</translation>
    </message>
    <message>
        <source>Several with commas</source>
        <translation>عدة قيم تفصل بينها فواصل (,)</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>أداة الربط</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>المقارنة</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>القيمة</translation>
    </message>
    <message>
        <source>“And” joins more closely than “or”.</source>
        <translation>«و» أوثق ربطًا من «أو».</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>إضافة شرط</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>إزالة هذا الشرط</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>Save report</source>
        <translation>حفظ التقرير</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>عند الطلب فقط</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>كل يوم</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>كل أسبوع</translation>
    </message>
    <message>
        <source>Every month</source>
        <translation>كل شهر</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Write it</source>
        <translation>&amp;كتابته</translation>
    </message>
    <message>
        <source>&amp;Into the folder</source>
        <translation>في ال&amp;مجلد</translation>
    </message>
    <message>
        <source>&amp;As</source>
        <translation>&amp;بصيغة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>It will always be about the same days, {first} – {last}.</source>
        <translation>يتناول دائمًا الأيام نفسها، {first} – {last}.</translation>
    </message>
    <message>
        <source>It is written while Asset Bridge runs; what was missed, at the start.</source>
        <translation>يُكتب أثناء تشغيل Asset Bridge، وما فات موعده يُكتب عند بدء التشغيل.</translation>
    </message>
    <message>
        <source>Write the report into</source>
        <translation>كتابة التقرير في</translation>
    </message>
</context>
<context>
    <name>SavePresetDialog</name>
    <message>
        <source>Summer banner 1200 × 630</source>
        <translation>لافتة الصيف 1200 × 630</translation>
    </message>
    <message>
        <source>web, social, mail…</source>
        <translation>ويب، تواصل اجتماعي، بريد…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Channel</source>
        <translation>ال&amp;قناة</translation>
    </message>
    <message>
        <source>Save as a rendition preset</source>
        <translation>حفظ كإعداد مسبق لنسخة مشتقة</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>حفظ كإعداد مسبق</translation>
    </message>
</context>
<context>
    <name>SavedSearchesButton</name>
    <message>
        <source>Saved</source>
        <translation>المحفوظة</translation>
    </message>
    <message>
        <source>Searches that have a name</source>
        <translation>عمليات بحث لها اسم</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>عمليات البحث المحفوظة</translation>
    </message>
    <message>
        <source>No search has a name yet</source>
        <translation>لا توجد عملية بحث لها اسم بعد</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>حفظ هذا البحث…</translation>
    </message>
    <message>
        <source>Copy a link, good for a day</source>
        <translation>نسخ رابط صالح ليوم واحد</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>كتابة في ملف…</translation>
    </message>
    <message>
        <source>Take from a file…</source>
        <translation>استيراد من ملف…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>حفظ البحث</translation>
    </message>
    <message>
        <source>A name for this search; one of the same name is replaced.</source>
        <translation>اسم لهذا البحث؛ يُستبدل أي بحث يحمل الاسم نفسه.</translation>
    </message>
    <message>
        <source>Saved: {names}.</source>
        <translation>حُفظ: {names}.</translation>
    </message>
    <message>
        <source>Removed: {names}.</source>
        <translation>أُزيل: {names}.</translation>
    </message>
    <message>
        <source>The link is in the clipboard. Whoever has it sees what is found, for a day.</source>
        <translation>الرابط في الحافظة. كل من لديه الرابط يرى ما عُثر عليه، لمدة يوم واحد.</translation>
    </message>
    <message>
        <source>Write searches</source>
        <translation>كتابة عمليات البحث</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>نص (*.txt)</translation>
    </message>
    <message>
        <source>Written: {names}.</source>
        <translation>كُتب: {names}.</translation>
    </message>
    <message>
        <source>Take searches</source>
        <translation>استيراد عمليات البحث</translation>
    </message>
    <message>
        <source>Taken from {names}.</source>
        <translation>اكتمل الاستيراد من {names}.</translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>جارٍ إعداد الحملة النموذجية</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>جارٍ قراءة {name}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>لم يُعثر على أي ملف</numerusform>
            <numerusform>عُثر على ملف واحد</numerusform>
            <numerusform>عُثر على ملفين</numerusform>
            <numerusform>عُثر على %Ln ملفات</numerusform>
            <numerusform>عُثر على %Ln ملفًا</numerusform>
            <numerusform>عُثر على %Ln ملف</numerusform>
        </translation>
    </message>
    <message>
        <source>{read} of {total}</source>
        <translation>{read} من {total}</translation>
    </message>
    <message>
        <source>Stopped; what was read stays.</source>
        <translation>أُوقفت؛ ما قُرئ يبقى.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>لم يُقرأ أي ملف</numerusform>
            <numerusform>قُرئ ملف واحد</numerusform>
            <numerusform>قُرئ ملفان</numerusform>
            <numerusform>قُرئت %Ln ملفات</numerusform>
            <numerusform>قُرئ %Ln ملفًا</numerusform>
            <numerusform>قُرئ %Ln ملف</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>All days</source>
        <translation>كل الأيام</translation>
    </message>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>آخر %Ln يوم</numerusform>
            <numerusform>آخر يوم</numerusform>
            <numerusform>آخر يومين</numerusform>
            <numerusform>آخر %Ln أيام</numerusform>
            <numerusform>آخر %Ln يومًا</numerusform>
            <numerusform>آخر %Ln يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>Within 30 days</source>
        <translation>خلال 30 يومًا</translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>خلال %Ln يوم</numerusform>
            <numerusform>خلال يوم واحد</numerusform>
            <numerusform>خلال يومين</numerusform>
            <numerusform>خلال %Ln أيام</numerusform>
            <numerusform>خلال %Ln يومًا</numerusform>
            <numerusform>خلال %Ln يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>كبيرة الحجم</translation>
    </message>
    <message>
        <source>{size} and more</source>
        <translation>{size} فأكثر</translation>
    </message>
    <message>
        <source>All libraries</source>
        <translation>كل المكتبات</translation>
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
        <translation>ابحث في الأسماء والعناوين والكلمات المفتاحية والأشخاص …</translation>
    </message>
    <message>
        <source>Search in {place} …</source>
        <translation>ابحث في {place} …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>مسح البحث</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>حجم المصغرات</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>تاريخ الالتقاط</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>تاريخ التعديل</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>التقييم</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>تصاعدي</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>تنازلي</translation>
    </message>
    <message>
        <source>Sorted by: {order}</source>
        <translation>الترتيب حسب: {order}</translation>
    </message>
</context>
<context>
    <name>SearchTokens</name>
    <message>
        <source>Filters</source>
        <translation>عوامل التصفية</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide the secret</source>
        <translation>إخفاء السر</translation>
    </message>
    <message>
        <source>Show the secret</source>
        <translation>إظهار السر</translation>
    </message>
</context>
<context>
    <name>SetForm</name>
    <message>
        <source>Summer campaign</source>
        <translation>حملة الصيف</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Change set</source>
        <translation>تغيير المجموعة</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>مجموعة جديدة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
</context>
<context>
    <name>SetsPage</name>
    <message>
        <source>Sets</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>Presets of the set</source>
        <translation>الإعدادات المسبقة في المجموعة</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;جديد…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>إ&amp;عادة التسمية…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>ت&amp;كرار</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;حذف</translation>
    </message>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln إعداد مسبق</numerusform>
            <numerusform>إعداد مسبق واحد</numerusform>
            <numerusform>إعدادان مسبقان</numerusform>
            <numerusform>%Ln إعدادات مسبقة</numerusform>
            <numerusform>%Ln إعدادًا مسبقًا</numerusform>
            <numerusform>%Ln إعداد مسبق</numerusform>
        </translation>
    </message>
    <message>
        <source>Presets of “{set}”: tick them, and drag them into their order</source>
        <translation>الإعدادات المسبقة في «{set}»: حدّدها، واسحبها إلى ترتيبها</translation>
    </message>
    <message>
        <source>“{set}” was changed.</source>
        <translation>غُيِّرت «{set}».</translation>
    </message>
    <message>
        <source>“{set}” was saved.</source>
        <translation>حُفظت «{set}».</translation>
    </message>
    <message>
        <source>{set} (copy)</source>
        <translation>{set} (نسخة)</translation>
    </message>
    <message>
        <source>“{set}” was duplicated.</source>
        <translation>كُرِّرت «{set}».</translation>
    </message>
    <message>
        <source>“{set}” was deleted. Its presets stay.</source>
        <translation>حُذفت «{set}». تبقى إعداداتها المسبقة.</translation>
    </message>
    <message>
        <source>The sets are in another order.</source>
        <translation>تغيّر ترتيب المجموعات.</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>Not made: {reason}</source>
        <translation>لم تُنشأ: {reason}</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>Contact sheet</source>
        <translation>ورقة معاينة</translation>
    </message>
</context>
<context>
    <name>ShelterActions</name>
    <message>
        <source>&amp;Search All of PhotoShelter…</source>
        <translation>الب&amp;حث في كل PhotoShelter…</translation>
    </message>
    <message>
        <source>Keep &amp;Offline…</source>
        <translation>الاح&amp;تفاظ دون اتصال…</translation>
    </message>
    <message>
        <source>Keep &amp;No Longer</source>
        <translation>إن&amp;هاء الاحتفاظ</translation>
    </message>
    <message>
        <source>New Items Go to &amp;Review</source>
        <translation>إحالة ال&amp;عناصر الجديدة إلى المراجعة</translation>
    </message>
    <message>
        <source>&amp;Archive Campaign…</source>
        <translation>أرش&amp;فة الحملة…</translation>
    </message>
    <message>
        <source>Archi&amp;ves…</source>
        <translation>الأر&amp;شيفات…</translation>
    </message>
    <message>
        <source>Field &amp;Mapping…</source>
        <translation>تعيين الح&amp;قول…</translation>
    </message>
    <message>
        <source>Re&amp;tractions…</source>
        <translation>عمليات ال&amp;سحب…</translation>
    </message>
    <message>
        <source>Sign &amp;In Again…</source>
        <translation>تسجيل ال&amp;دخول من جديد…</translation>
    </message>
    <message>
        <source>Sign O&amp;ut…</source>
        <translation>تسجيل ال&amp;خروج…</translation>
    </message>
    <message>
        <source>&amp;Record What Is Published</source>
        <translation>تدوين ال&amp;منشور</translation>
    </message>
    <message>
        <source>&amp;Search All of {service}…</source>
        <translation>الب&amp;حث في كل {service}…</translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message>
        <source>Note: {what}.</source>
        <translation>ملاحظة: {what}.</translation>
    </message>
    <message>
        <source>What was pushed of it is held back: nobody sees it any more.</source>
        <translation>ما أُرسل منه محتجز: لم يعد يراه أحد.</translation>
    </message>
    <message>
        <source>It has a newer version than was pushed. Push it again to put it in the old one’s place.</source>
        <translation>له نسخة أحدث من المُرسَلة. أرسله من جديد لتحل محل القديمة.</translation>
    </message>
    <message>
        <source>At {service}</source>
        <translation>لدى {service}</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>الظهور</translation>
    </message>
    <message>
        <source>Its approval there</source>
        <translation>اعتماده هناك</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>القيود</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>التصاريح</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>المنشور</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>تاريخ التغيير هناك</translation>
    </message>
    <message>
        <source>Galleries</source>
        <translation>المعارض</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>الانتقال إلى {place}</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>و%Ln معرض آخر</numerusform>
            <numerusform>ومعرض آخر</numerusform>
            <numerusform>ومعرضان آخران</numerusform>
            <numerusform>و%Ln معارض أخرى</numerusform>
            <numerusform>و%Ln معرضًا آخر</numerusform>
            <numerusform>و%Ln معرض آخر</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>النسخة {number}</translation>
    </message>
</context>
<context>
    <name>ShelterErrands</name>
    <message>
        <source>Choose the library of a service at the left first.</source>
        <translation>اختر أولًا مكتبة خدمة من الجانب.</translation>
    </message>
    <message>
        <source>{name} is connected. Its collections appear as they are read.</source>
        <translation>رُبط {name}. تظهر مجموعاته فور قراءتها.</translation>
    </message>
    <message>
        <source>Sign out of {name}?</source>
        <translation>هل تريد تسجيل الخروج من {name}؟</translation>
    </message>
    <message>
        <source>Its key and password are deleted here. The library stays as it was last seen, with all decisions, and what is queued for it waits until you sign in again.</source>
        <translation>يُحذف هنا مفتاحه وكلمة مروره. تبقى المكتبة كما شوهدت آخر مرة، مع كل القرارات، وينتظر ما هو مدرج لها حتى تسجّل الدخول من جديد.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>تسجيل الخروج</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>البقاء</translation>
    </message>
    <message>
        <source>You are signed out of {name}.</source>
        <translation>سُجّل خروجك من {name}.</translation>
    </message>
    <message>
        <source>{name} is kept offline. Its pictures are fetched in the background.</source>
        <translation>يُحتفظ بـ {name} دون اتصال. تُجلب صوره في الخلفية.</translation>
    </message>
    <message>
        <source>Keep “{name}” offline no longer?</source>
        <translation>هل تريد إنهاء الاحتفاظ بـ «{name}» دون اتصال؟</translation>
    </message>
    <message>
        <source>Its originals here are deleted, its pictures when room is needed. Everything stays at {service}.</source>
        <translation>تُحذف ملفاته الأصلية هنا، وتُحذف صوره عند الحاجة إلى مساحة. يبقى كل شيء لدى {service}.</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>إنهاء الاحتفاظ</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
    <message>
        <source>{name} is not kept offline any more.</source>
        <translation>لم يعد يُحتفظ بـ {name} دون اتصال.</translation>
    </message>
    <message>
        <source>New items in {name} go to the review queue from now on.</source>
        <translation>من الآن تُحال العناصر الجديدة في {name} إلى قائمة المراجعة.</translation>
    </message>
    <message>
        <source>New items in {name} do not go to the review queue any more.</source>
        <translation>لم تعد العناصر الجديدة في {name} تُحال إلى قائمة المراجعة.</translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Show in window</source>
        <translation>إظهار في النافذة</translation>
    </message>
    <message>
        <source>Words in names, captions and keywords</source>
        <translation>كلمات في الأسماء والأوصاف والكلمات المفتاحية</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>كلمات البحث</translation>
    </message>
    <message>
        <source>Search all of {service}</source>
        <translation>البحث في كل {service}</translation>
    </message>
    <message>
        <source>{service} looks through {library}, synced here or not.</source>
        <translation>يبحث {service} في كل {library}، سواء أجرت مزامنته هنا أم لا.</translation>
    </message>
    <message>
        <source>Found at {service}</source>
        <translation>ما عُثر عليه لدى {service}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>عُثر على %Ln أصل.</numerusform>
            <numerusform>عُثر على أصل واحد.</numerusform>
            <numerusform>عُثر على أصلين.</numerusform>
            <numerusform>عُثر على %Ln أصول.</numerusform>
            <numerusform>عُثر على %Ln أصلًا.</numerusform>
            <numerusform>عُثر على %Ln أصل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>لم تجرِ مزامنته بعد</translation>
    </message>
</context>
<context>
    <name>ShelterSignInDialog</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>ربط PhotoShelter</translation>
    </message>
</context>
<context>
    <name>ShelterSignInForm</name>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>ربط PhotoShelter</translation>
    </message>
    <message>
        <source>Its collections appear at the left, and originals stay there until you want one. Key and password are kept in this computer’s keyring, never in plain text.</source>
        <translation>تظهر مجموعاته في الشريط الجانبي، وتبقى الملفات الأصلية هناك حتى تريد أحدها. يُحفظ المفتاح وكلمة المرور في حلقة مفاتيح هذا الحاسوب، ولا يُحفظان أبدًا كنص صريح.</translation>
    </message>
    <message>
        <source>&amp;Stay signed in</source>
        <translation>ال&amp;بقاء قيد تسجيل الدخول</translation>
    </message>
    <message>
        <source>Sign in with the browser…</source>
        <translation>تسجيل الدخول عبر المتصفح…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Sign in to {library} again</source>
        <translation>تسجيل الدخول من جديد إلى {library}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>جارٍ تسجيل الدخول…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>The organisation’s name</source>
        <translation>اسم المؤسسة</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>API &amp;key</source>
        <translation>م&amp;فتاح API</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>البريد الإ&amp;لكتروني</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;كلمة المرور</translation>
    </message>
    <message>
        <source>&amp;Name in Asset Bridge</source>
        <translation>الا&amp;سم في Asset Bridge</translation>
    </message>
    <message>
        <source>The API key is for version 4 of PhotoShelter’s API. Without “Stay signed in” the password is not kept, and you are asked for it when the session ends.</source>
        <translation>مفتاح API مخصص للإصدار 4 من واجهة API في PhotoShelter. دون «البقاء قيد تسجيل الدخول» لا تُحفظ كلمة المرور، وتُطلب منك عند انتهاء الجلسة.</translation>
    </message>
</context>
<context>
    <name>ShortcutRows</name>
    <message>
        <source>Action</source>
        <translation>الإجراء</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>المفاتيح</translation>
    </message>
    <message>
        <source>none</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>usually {keys}</source>
        <translation>المعتاد: {keys}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Single letters act while the assets have the keyboard, everything else in the whole window.</source>
        <translation>تعمل الأحرف المفردة حين يكون تركيز لوحة المفاتيح على الأصول، وكل ما عداها في النافذة كلها.</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>استخدام بدلًا منها</translation>
    </message>
    <message>
        <source>Use as well</source>
        <translation>استخدام معها</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>إعادة تعيين</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>إعادة تعيين الكل</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>البحث عن إجراء</translation>
    </message>
    <message>
        <source>Find by pressing keys</source>
        <translation>البحث بضغط المفاتيح</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>الإجراءات ومفاتيحها</translation>
    </message>
    <message>
        <source>New keys: press them</source>
        <translation>مفاتيح جديدة: اضغطها</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>اضغط المفاتيح الجديدة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>اضغط مفاتيح لمعرفة وظيفتها</translation>
    </message>
    <message>
        <source>Find an action…</source>
        <translation>البحث عن إجراء…</translation>
    </message>
    <message>
        <source>Choose an action</source>
        <translation>اختر إجراءً</translation>
    </message>
    <message>
        <source>Move them here</source>
        <translation>نقلها إلى هنا</translation>
    </message>
    <message>
        <source>{keys} has a meaning that stays: in lists and fields, or to the system.</source>
        <translation>للمفاتيح {keys} معنى ثابت: في القوائم والحقول، أو لدى النظام.</translation>
    </message>
    <message>
        <source>{keys} belongs to “{action}”, which would have it no longer.</source>
        <translation>المفاتيح {keys} مخصّصة للإجراء «{action}»، وسيفقدها.</translation>
    </message>
    <message>
        <source>{keys} will act while the assets have the keyboard.</source>
        <translation>ستعمل المفاتيح {keys} حين يكون تركيز لوحة المفاتيح على الأصول.</translation>
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
        <translation>إضافة مجلد</translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>إنشاء «{preset}» من %Ln أصل</numerusform>
            <numerusform>إنشاء «{preset}» من أصل واحد</numerusform>
            <numerusform>إنشاء «{preset}» من أصلين</numerusform>
            <numerusform>إنشاء «{preset}» من %Ln أصول</numerusform>
            <numerusform>إنشاء «{preset}» من %Ln أصلًا</numerusform>
            <numerusform>إنشاء «{preset}» من %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>إضافة الكلمة المفتاحية {keyword} إلى %Ln أصل</numerusform>
            <numerusform>إضافة الكلمة المفتاحية {keyword} إلى أصل واحد</numerusform>
            <numerusform>إضافة الكلمة المفتاحية {keyword} إلى أصلين</numerusform>
            <numerusform>إضافة الكلمة المفتاحية {keyword} إلى %Ln أصول</numerusform>
            <numerusform>إضافة الكلمة المفتاحية {keyword} إلى %Ln أصلًا</numerusform>
            <numerusform>إضافة الكلمة المفتاحية {keyword} إلى %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>اعتماد %Ln أصل</numerusform>
            <numerusform>اعتماد أصل واحد</numerusform>
            <numerusform>اعتماد أصلين</numerusform>
            <numerusform>اعتماد %Ln أصول</numerusform>
            <numerusform>اعتماد %Ln أصلًا</numerusform>
            <numerusform>اعتماد %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>إحالة %Ln أصل إلى المراجعة</numerusform>
            <numerusform>إحالة أصل واحد إلى المراجعة</numerusform>
            <numerusform>إحالة أصلين إلى المراجعة</numerusform>
            <numerusform>إحالة %Ln أصول إلى المراجعة</numerusform>
            <numerusform>إحالة %Ln أصلًا إلى المراجعة</numerusform>
            <numerusform>إحالة %Ln أصل إلى المراجعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>إرسال %Ln أصل…</numerusform>
            <numerusform>إرسال أصل واحد…</numerusform>
            <numerusform>إرسال أصلين…</numerusform>
            <numerusform>إرسال %Ln أصول…</numerusform>
            <numerusform>إرسال %Ln أصلًا…</numerusform>
            <numerusform>إرسال %Ln أصل…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>نسخ %Ln ملف إلى هنا…</numerusform>
            <numerusform>نسخ ملف واحد إلى هنا…</numerusform>
            <numerusform>نسخ ملفين إلى هنا…</numerusform>
            <numerusform>نسخ %Ln ملفات إلى هنا…</numerusform>
            <numerusform>نسخ %Ln ملفًا إلى هنا…</numerusform>
            <numerusform>نسخ %Ln ملف إلى هنا…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>نقل %Ln أصل إلى هذا المجلد…</numerusform>
            <numerusform>نقل أصل واحد إلى هذا المجلد…</numerusform>
            <numerusform>نقل أصلين إلى هذا المجلد…</numerusform>
            <numerusform>نقل %Ln أصول إلى هذا المجلد…</numerusform>
            <numerusform>نقل %Ln أصلًا إلى هذا المجلد…</numerusform>
            <numerusform>نقل %Ln أصل إلى هذا المجلد…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SizePage</name>
    <message>
        <source>Size and fit</source>
        <translation>الحجم والملاءمة</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>تلقائي</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>الارتفاع</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>الملاءمة</translation>
    </message>
    <message>
        <source>Keep in sight</source>
        <translation>ما يبقى ظاهرًا</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>الخلفية</translation>
    </message>
    <message>
        <source>Pixel density</source>
        <translation>كثافة البكسلات</translation>
    </message>
    <message>
        <source>Often used</source>
        <translation>كثيرة الاستخدام</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>الحجم بالبكسل</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Stretch to the size</source>
        <translation>تمديد إلى الحجم</translation>
    </message>
    <message>
        <source>At most, never enlarged</source>
        <translation>على الأكثر، دون تكبير أبدًا</translation>
    </message>
    <message>
        <source>Fit inside</source>
        <translation>احتواء ضمن الحجم</translation>
    </message>
    <message>
        <source>Fill, cut the rest off</source>
        <translation>ملء وقص الزائد</translation>
    </message>
    <message>
        <source>Fill, never enlarged</source>
        <translation>ملء، دون تكبير أبدًا</translation>
    </message>
    <message>
        <source>Fit inside, pad the rest</source>
        <translation>احتواء وحشو الباقي</translation>
    </message>
    <message>
        <source>Pad, never enlarged</source>
        <translation>حشو، دون تكبير أبدًا</translation>
    </message>
    <message>
        <source>Close to what is kept in sight</source>
        <translation>قريب مما يبقى ظاهرًا</translation>
    </message>
    <message>
        <source>Chosen by the content</source>
        <translation>بحسب المحتوى</translation>
    </message>
    <message>
        <source>Stretch (written out)</source>
        <translation>تمديد (مكتوب صراحةً)</translation>
    </message>
    <message>
        <source>The middle</source>
        <translation>الوسط</translation>
    </message>
    <message>
        <source>What matters (auto)</source>
        <translation>الأهم (auto)</translation>
    </message>
    <message>
        <source>The largest face</source>
        <translation>أكبر وجه</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>كل الوجوه</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>أعلى</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>أعلى اليمين</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>يمين</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>أسفل اليمين</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>أسفل</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>أسفل اليسار</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>يسار</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>أعلى اليسار</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>كالمعتاد</translation>
    </message>
    <message>
        <source>White</source>
        <translation>أبيض</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>أسود</translation>
    </message>
    <message>
        <source>Colour of the edge</source>
        <translation>لون الحافة</translation>
    </message>
    <message>
        <source>Predominant colour</source>
        <translation>اللون الغالب</translation>
    </message>
    <message>
        <source>Blurred (video)</source>
        <translation>ضبابية (فيديو)</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>شفافة</translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message>
        <source>Skipped files</source>
        <translation>الملفات المتجاوزة</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>تصفية بحسب الاسم أو السبب</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>إعادة الفحص</translation>
    </message>
    <message>
        <source>Scan the library again, for instance after mending permissions</source>
        <translation>إعادة قراءة المكتبة، مثلًا بعد إصلاح الأذونات</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>نسخ القائمة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>%Ln ملف من {library} خارج القراءة ودون أي مساس.</numerusform>
            <numerusform>ملف واحد من {library} خارج القراءة ودون أي مساس.</numerusform>
            <numerusform>ملفان من {library} خارج القراءة ودون أي مساس.</numerusform>
            <numerusform>%Ln ملفات من {library} خارج القراءة ودون أي مساس.</numerusform>
            <numerusform>%Ln ملفًا من {library} خارج القراءة ودون أي مساس.</numerusform>
            <numerusform>%Ln ملف من {library} خارج القراءة ودون أي مساس.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file of {library} could be taken in.</source>
        <translation>أمكن إدراج كل ملفات {library}.</translation>
    </message>
</context>
<context>
    <name>SpellingMarks</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>جارٍ البحث عن اقتراحات…</translation>
    </message>
    <message>
        <source>&amp;Add to the Dictionary</source>
        <translation>إ&amp;ضافة إلى القاموس</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>لا اقتراحات</translation>
    </message>
</context>
<context>
    <name>StackConflictDialog</name>
    <message>
        <source>Two pictures for “{field}”</source>
        <translation>صورتان للحقل «{field}»</translation>
    </message>
    <message>
        <source>Somebody changed {entry} ({locale}) at Contentstack since it was published. Nothing was overwritten: choose which picture stays.</source>
        <translation>غيّر شخص ما {entry} ({locale}) في Contentstack بعد نشره. لم يُستبدل شيء: اختر الصورة التي تبقى.</translation>
    </message>
    <message>
        <source>&amp;Ours, the approved rendition</source>
        <translation>صور&amp;تنا، وهي النسخة المشتقة المعتمدة</translation>
    </message>
    <message>
        <source>&amp;Theirs, which is there now</source>
        <translation>الصورة الأخرى، الموجودة &amp;هناك الآن</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>إبقاء هذه</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>القرار لاحقًا</translation>
    </message>
    <message>
        <source>(no picture)</source>
        <translation>(لا صورة)</translation>
    </message>
</context>
<context>
    <name>StackForm</name>
    <message>
        <source>Test and Save</source>
        <translation>اختبار وحفظ</translation>
    </message>
    <message>
        <source>Change a stack</source>
        <translation>تغيير مكدس</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>مكدس جديد</translation>
    </message>
    <message>
        <source>Leave empty to keep the one in the keyring</source>
        <translation>اتركه فارغًا للإبقاء على المحفوظ في حلقة المفاتيح</translation>
    </message>
    <message>
        <source>Of the stack&apos;s settings; it goes to the keyring</source>
        <translation>من إعدادات المكدس؛ يُحفظ في حلقة المفاتيح</translation>
    </message>
    <message>
        <source>it has to look like de=de-de</source>
        <translation>يجب أن يكون على صورة de=de-de</translation>
    </message>
    <message>
        <source>Site, shop, app, …</source>
        <translation>الموقع، المتجر، التطبيق، …</translation>
    </message>
    <message>
        <source>blt…, as the stack&apos;s settings show it</source>
        <translation>blt…، كما تعرضه إعدادات المكدس</translation>
    </message>
    <message>
        <source>&amp;Service or region</source>
        <translation>ال&amp;خدمة أو المنطقة</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;رمز الوصول</translation>
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
        <translation>بلا: بجانب الأصول الأخرى</translation>
    </message>
    <message>
        <source>Where renditions are kept that were copied for fields that hold files.</source>
        <translation>مكان حفظ النسخ المشتقة المنسوخة إلى الحقول التي تحوي ملفات.</translation>
    </message>
    <message>
        <source>Which locale of the stack is meant by a language, a market, or both. Where nothing is said, a locale of that name is taken, and else the master&apos;s.</source>
        <translation>الإعداد المحلي في المكدس المقابل للغة أو السوق أو كليهما. وحيث لا يُذكر شيء يُؤخذ إعداد محلي بهذا الاسم، وإلا فالإعداد المحلي الرئيسي.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>الم&amp;نطقة</translation>
    </message>
    <message>
        <source>{name} is asked whether it answers to this…</source>
        <translation>يُسأل {name} هل هذا صالح هناك…</translation>
    </message>
    <message>
        <source>&amp;API key</source>
        <translation>م&amp;فتاح API</translation>
    </message>
    <message>
        <source>&amp;Management token</source>
        <translation>رمز الإ&amp;دارة</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>الفر&amp;ع</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>ال&amp;بيئة</translation>
    </message>
    <message>
        <source>&amp;Locales</source>
        <translation>الإعدادات الم&amp;حلية</translation>
    </message>
    <message>
        <source>&amp;Folder of copies</source>
        <translation>م&amp;جلد النسخ</translation>
    </message>
    <message>
        <source>When rights en&amp;d</source>
        <translation>عند انت&amp;هاء الحقوق</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>The shapes differ</source>
        <translation>الشكلان مختلفان</translation>
    </message>
</context>
<context>
    <name>StandardFacts</name>
    <message>
        <source>Several values</source>
        <translation>قيم متعددة</translation>
    </message>
</context>
<context>
    <name>StandardForm</name>
    <message>
        <source>Custom fields</source>
        <translation>الحقول المخصصة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more group(s)</source>
        <translation>
            <numerusform>%Ln مجموعة أخرى</numerusform>
            <numerusform>مجموعة أخرى</numerusform>
            <numerusform>مجموعتان أخريان</numerusform>
            <numerusform>%Ln مجموعات أخرى</numerusform>
            <numerusform>%Ln مجموعة أخرى</numerusform>
            <numerusform>%Ln مجموعة أخرى</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>%Ln حقل آخر</numerusform>
            <numerusform>حقل آخر</numerusform>
            <numerusform>حقلان آخران</numerusform>
            <numerusform>%Ln حقول أخرى</numerusform>
            <numerusform>%Ln حقلًا آخر</numerusform>
            <numerusform>%Ln حقل آخر</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>المطلوب: %Ln</numerusform>
            <numerusform>المطلوب: واحد</numerusform>
            <numerusform>المطلوب: اثنان</numerusform>
            <numerusform>المطلوب: %Ln</numerusform>
            <numerusform>المطلوب: %Ln</numerusform>
            <numerusform>المطلوب: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>المملوء: %Ln</numerusform>
            <numerusform>المملوء: واحد</numerusform>
            <numerusform>المملوء: اثنان</numerusform>
            <numerusform>المملوء: %Ln</numerusform>
            <numerusform>المملوء: %Ln</numerusform>
            <numerusform>المملوء: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardPage</name>
    <message>
        <source>Written into the file</source>
        <translation>تُكتب في الملف</translation>
    </message>
    <message>
        <source>Written into the files</source>
        <translation>تُكتب في الملفات</translation>
    </message>
    <message>
        <source>Written into an XMP file beside it</source>
        <translation>تُكتب في ملف XMP إلى جانبه</translation>
    </message>
    <message>
        <source>Written into XMP files beside them</source>
        <translation>تُكتب في ملفات XMP إلى جانبها</translation>
    </message>
    <message>
        <source>Kept at {service}</source>
        <translation>محفوظ لدى {service}</translation>
    </message>
    <message>
        <source>Cannot be written where it lies</source>
        <translation>تتعذّر الكتابة في موضعه</translation>
    </message>
</context>
<context>
    <name>StandardRow</name>
    <message>
        <source>There is no place for it at {service}.</source>
        <translation>لا مكان له لدى {service}.</translation>
    </message>
    <message>
        <source>“{text}” was not kept: {why}</source>
        <translation>لم يُحفظ «{text}»: {why}</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>مطلوب قبل أن يمكن الإرسال.</translation>
    </message>
    <message>
        <source>The parts of the file disagree about it; this is what most programs show.</source>
        <translation>أجزاء الملف غير متفقة عليه؛ هذا ما تعرضه معظم البرامج.</translation>
    </message>
</context>
<context>
    <name>StarsEditor</name>
    <message>
        <source>Several values</source>
        <translation>قيم متعددة</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>مرفوض</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>بلا تقييم</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>There is a verified backup of {day}. It can take the ledger&apos;s place; the damaged file is kept aside.</source>
        <translation>توجد نسخة احتياطية مُتحقَّق منها بتاريخ {day}. يمكنها أن تحل محل السجل؛ ويُحفظ الملف التالف جانبًا.</translation>
    </message>
    <message>
        <source>Restore the backup</source>
        <translation>استعادة النسخة الاحتياطية</translation>
    </message>
</context>
<context>
    <name>StartTrouble</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Duplicate a step</source>
        <translation>تكرار خطوة</translation>
    </message>
    <message>
        <source>Remove a step</source>
        <translation>إزالة خطوة</translation>
    </message>
    <message>
        <source>Move a step</source>
        <translation>تحريك خطوة</translation>
    </message>
    <message>
        <source>Switch a step</source>
        <translation>تفعيل خطوة أو تعطيلها</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>الخطوات</translation>
    </message>
    <message>
        <source>No steps yet: the rendition is the master as it is.</source>
        <translation>لا خطوات بعد: النسخة المشتقة هي الملف الأصلي كما هو.</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>تقديم</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>تأخير</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>تكرار</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
</context>
<context>
    <name>StudioWindow</name>
    <message>
        <source>The master is being read…</source>
        <translation>جارٍ قراءة الملف الأصلي…</translation>
    </message>
    <message>
        <source>rendition</source>
        <translation>نسخة مشتقة</translation>
    </message>
    <message>
        <source>{name}: studio</source>
        <translation>{name}: الاستوديو</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>اقتصاص</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>ضبط</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>تراكب</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>قص</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>حُفظ باسم «{name}».</translation>
    </message>
    <message>
        <source>Begun with “{name}”.</source>
        <translation>بدأ العمل بـ «{name}».</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>لا معاينة</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>المحدد: %Ln أصل</numerusform>
            <numerusform>المحدد: أصل واحد</numerusform>
            <numerusform>المحدد: أصلان</numerusform>
            <numerusform>المحدد: %Ln أصول</numerusform>
            <numerusform>المحدد: %Ln أصلًا</numerusform>
            <numerusform>المحدد: %Ln أصل</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} together</source>
        <translation>{size} مجتمعة</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>مُرسَل</translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>إظهار %Ln أخرى</numerusform>
            <numerusform>إظهار %Ln أخرى</numerusform>
            <numerusform>إظهار %Ln أخرى</numerusform>
            <numerusform>إظهار %Ln أخرى</numerusform>
            <numerusform>إظهار %Ln أخرى</numerusform>
            <numerusform>إظهار %Ln أخرى</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>نسخ %Ln عنصر من المُفلت إلى مكتبة</numerusform>
            <numerusform>نسخ عنصر واحد من المُفلت إلى مكتبة</numerusform>
            <numerusform>نسخ عنصرين من المُفلت إلى مكتبة</numerusform>
            <numerusform>نسخ %Ln عناصر من المُفلت إلى مكتبة</numerusform>
            <numerusform>نسخ %Ln عنصرًا من المُفلت إلى مكتبة</numerusform>
            <numerusform>نسخ %Ln عنصر من المُفلت إلى مكتبة</numerusform>
        </translation>
    </message>
    <message>
        <source>The originals stay where they are. What the library already holds is not copied twice, and nothing in it is overwritten.</source>
        <translation>تبقى الملفات الأصلية في أماكنها. ما تحويه المكتبة بالفعل لا يُنسخ مرتين، ولا يُستبدل شيء فيها.</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>نسخ %Ln عنصر</numerusform>
            <numerusform>نسخ عنصر واحد</numerusform>
            <numerusform>نسخ عنصرين</numerusform>
            <numerusform>نسخ %Ln عناصر</numerusform>
            <numerusform>نسخ %Ln عنصرًا</numerusform>
            <numerusform>نسخ %Ln عنصر</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped items</source>
        <translation>العناصر المُفلتة</translation>
    </message>
    <message>
        <source>The top of the library</source>
        <translation>أعلى المكتبة</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>ال&amp;مكتبة</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>الم&amp;جلد</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>A folder needs a name at each level, and no “..”.</source>
        <translation>يحتاج المجلد إلى اسم في كل مستوى، ودون «..».</translation>
    </message>
</context>
<context>
    <name>TemplateRowForm</name>
    <message>
        <source>Text</source>
        <translation>النص</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>What becomes of what is there</source>
        <translation>ما مصير القيمة الموجودة</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Which of them</source>
        <translation>أيٌّ منها</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>استبدال</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>If empty</source>
        <translation>إذا كان فارغًا</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>إدراج متغير</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>إزالة هذا الصف</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>الافتراضية</translation>
    </message>
</context>
<context>
    <name>TemplateRows</name>
    <message>
        <source>Add Field</source>
        <translation>إضافة حقل</translation>
    </message>
    <message>
        <source>Fields of the template</source>
        <translation>حقول القالب</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>Several values</source>
        <translation>قيم متعددة</translation>
    </message>
</context>
<context>
    <name>ThreadCard</name>
    <message>
        <source>Resolved by {who}, {when}</source>
        <translation>حُسم بواسطة {who}، {when}</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>إعادة فتح</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>حسم</translation>
    </message>
    <message>
        <source>Open this thread again</source>
        <translation>إعادة فتح هذا النقاش</translation>
    </message>
    <message>
        <source>This is settled</source>
        <translation>حُسم هذا الأمر</translation>
    </message>
    <message>
        <source>The moment that it is about</source>
        <translation>اللحظة التي يتعلق بها</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Answer in this thread</source>
        <translation>الرد في هذا النقاش</translation>
    </message>
    <message>
        <source>At a point</source>
        <translation>عند نقطة</translation>
    </message>
    <message>
        <source>In a region</source>
        <translation>في منطقة</translation>
    </message>
    <message>
        <source>At a moment</source>
        <translation>عند لحظة</translation>
    </message>
    <message>
        <source>About all of it</source>
        <translation>عن الكل</translation>
    </message>
    <message>
        <source>{place}, with a drawing</source>
        <translation>{place}، مع رسم</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>محسوم</translation>
    </message>
    <message>
        <source>open</source>
        <translation>مفتوح</translation>
    </message>
    <message>
        <source>Comment {number}, {state}, {who}: {text}</source>
        <translation>التعليق {number}، {state}، {who}: {text}</translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message>
        <source>Earlier versions</source>
        <translation>النسخ السابقة</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>المحسومة</translation>
    </message>
    <message>
        <source>Show resolved threads, too</source>
        <translation>إظهار النقاشات المحسومة أيضًا</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>السابقة</translation>
    </message>
    <message>
        <source>Compare with earlier versions</source>
        <translation>المقارنة بالنسخ السابقة</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>عرض %Ln نقاش آخر</numerusform>
            <numerusform>عرض نقاش واحد آخر</numerusform>
            <numerusform>عرض نقاشين آخرين</numerusform>
            <numerusform>عرض %Ln نقاشات أخرى</numerusform>
            <numerusform>عرض %Ln نقاشًا آخر</numerusform>
            <numerusform>عرض %Ln نقاش آخر</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln نقاش مفتوح</numerusform>
            <numerusform>نقاش مفتوح واحد</numerusform>
            <numerusform>نقاشان مفتوحان</numerusform>
            <numerusform>%Ln نقاشات مفتوحة</numerusform>
            <numerusform>%Ln نقاشًا مفتوحًا</numerusform>
            <numerusform>%Ln نقاش مفتوح</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that was said is settled.</source>
        <translation>حُسم كل ما قيل.</translation>
    </message>
    <message>
        <source>Nobody has said anything about this picture yet.</source>
        <translation>لم يقل أحد شيئًا عن هذه الصورة بعد.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>إغلاق هذه الرسالة</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>ال&amp;سابق</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;لاحقًا</translation>
    </message>
    <message>
        <source>&amp;Do not show again</source>
        <translation>&amp;عدم الإظهار مرة أخرى</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} من {total}</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;تم</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>ال&amp;تالي</translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message>
        <source>All pushes together</source>
        <translation>كل عمليات الإرسال معًا</translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>الحساب…</translation>
    </message>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>متوقف مؤقتًا – %Ln عملية رفع بانتظار أن تستأنف</numerusform>
            <numerusform>متوقف مؤقتًا – عملية رفع واحدة بانتظار أن تستأنف</numerusform>
            <numerusform>متوقف مؤقتًا – عمليتا رفع بانتظار أن تستأنف</numerusform>
            <numerusform>متوقف مؤقتًا – %Ln عمليات رفع بانتظار أن تستأنف</numerusform>
            <numerusform>متوقف مؤقتًا – %Ln عملية رفع بانتظار أن تستأنف</numerusform>
            <numerusform>متوقف مؤقتًا – %Ln عملية رفع بانتظار أن تستأنف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>تعذّر إرسال %Ln أصل</numerusform>
            <numerusform>تعذّر إرسال أصل واحد</numerusform>
            <numerusform>تعذّر إرسال أصلين</numerusform>
            <numerusform>تعذّر إرسال %Ln أصول</numerusform>
            <numerusform>تعذّر إرسال %Ln أصلًا</numerusform>
            <numerusform>تعذّر إرسال %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>سُلِّم %Ln</numerusform>
            <numerusform>سُلِّم واحد</numerusform>
            <numerusform>سُلِّم اثنان</numerusform>
            <numerusform>سُلِّمت %Ln</numerusform>
            <numerusform>سُلِّم %Ln</numerusform>
            <numerusform>سُلِّم %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>{delivered}, {failed}</source>
        <translation>{delivered}، {failed}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>أُلغي ما مجموعه %Ln عملية رفع</numerusform>
            <numerusform>أُلغي ما مجموعه عملية رفع واحدة</numerusform>
            <numerusform>أُلغي ما مجموعه عمليتا رفع</numerusform>
            <numerusform>أُلغي ما مجموعه %Ln عمليات رفع</numerusform>
            <numerusform>أُلغي ما مجموعه %Ln عملية رفع</numerusform>
            <numerusform>أُلغي ما مجموعه %Ln عملية رفع</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to push</source>
        <translation>لا شيء لإرساله</translation>
    </message>
    <message>
        <source>Uploading {number} of {total} – {name}</source>
        <translation>جارٍ رفع {number} من {total} – {name}</translation>
    </message>
    <message>
        <source>Uploading {number} of {total}</source>
        <translation>جارٍ رفع {number} من {total}</translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>العمل دون اتصال – %Ln عملية رفع بانتظار أن تتصل</numerusform>
            <numerusform>العمل دون اتصال – عملية رفع واحدة بانتظار أن تتصل</numerusform>
            <numerusform>العمل دون اتصال – عمليتا رفع بانتظار أن تتصل</numerusform>
            <numerusform>العمل دون اتصال – %Ln عمليات رفع بانتظار أن تتصل</numerusform>
            <numerusform>العمل دون اتصال – %Ln عملية رفع بانتظار أن تتصل</numerusform>
            <numerusform>العمل دون اتصال – %Ln عملية رفع بانتظار أن تتصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln عملية رفع بانتظار الاتصال، والإرسال تلقائي عند عودته</numerusform>
            <numerusform>عملية رفع واحدة بانتظار الاتصال، والإرسال تلقائي عند عودته</numerusform>
            <numerusform>عمليتا رفع بانتظار الاتصال، والإرسال تلقائي عند عودته</numerusform>
            <numerusform>%Ln عمليات رفع بانتظار الاتصال، والإرسال تلقائي عند عودته</numerusform>
            <numerusform>%Ln عملية رفع بانتظار الاتصال، والإرسال تلقائي عند عودته</numerusform>
            <numerusform>%Ln عملية رفع بانتظار الاتصال، والإرسال تلقائي عند عودته</numerusform>
        </translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on in {time}</source>
        <translation>يطلب Cloudinary التمهّل – المتابعة بعد {time}</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down – goes on by itself</source>
        <translation>يطلب Cloudinary التمهّل – المتابعة تلقائية</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on in {time}</source>
        <translation>نفدت استدعاءات API لهذه الساعة – المتابعة بعد {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up – goes on by itself</source>
        <translation>نفدت استدعاءات API لهذه الساعة – المتابعة تلقائية</translation>
    </message>
    <message>
        <source>Did not get through – next try in {time}</source>
        <translation>لم يصل – المحاولة التالية بعد {time}</translation>
    </message>
    <message>
        <source>Did not get through – tries again by itself</source>
        <translation>لم يصل – تُعاد المحاولة تلقائيًا</translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln عملية رفع بانتظار الحساب</numerusform>
            <numerusform>عملية رفع واحدة بانتظار الحساب</numerusform>
            <numerusform>عمليتا رفع بانتظار الحساب</numerusform>
            <numerusform>%Ln عمليات رفع بانتظار الحساب</numerusform>
            <numerusform>%Ln عملية رفع بانتظار الحساب</numerusform>
            <numerusform>%Ln عملية رفع بانتظار الحساب</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln عملية رفع بانتظار قراءة الملفات</numerusform>
            <numerusform>عملية رفع واحدة بانتظار قراءة الملفات</numerusform>
            <numerusform>عمليتا رفع بانتظار قراءة الملفات</numerusform>
            <numerusform>%Ln عمليات رفع بانتظار قراءة الملفات</numerusform>
            <numerusform>%Ln عملية رفع بانتظار قراءة الملفات</numerusform>
            <numerusform>%Ln عملية رفع بانتظار قراءة الملفات</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln عملية رفع على وشك البدء</numerusform>
            <numerusform>عملية رفع واحدة على وشك البدء</numerusform>
            <numerusform>عمليتا رفع على وشك البدء</numerusform>
            <numerusform>%Ln عمليات رفع على وشك البدء</numerusform>
            <numerusform>%Ln عملية رفع على وشك البدء</numerusform>
            <numerusform>%Ln عملية رفع على وشك البدء</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} من {total}</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>إظهار الفاشلة (%Ln)</numerusform>
            <numerusform>إظهار الفاشلة (%Ln)</numerusform>
            <numerusform>إظهار الفاشلة (%Ln)</numerusform>
            <numerusform>إظهار الفاشلة (%Ln)</numerusform>
            <numerusform>إظهار الفاشلة (%Ln)</numerusform>
            <numerusform>إظهار الفاشلة (%Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on with the pushes</source>
        <translation>استئناف عمليات الإرسال</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Cancel all pushes</source>
        <translation>إلغاء كل عمليات الإرسال</translation>
    </message>
    <message>
        <source>Hide transfers</source>
        <translation>إخفاء عمليات النقل</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>إظهار عمليات النقل</translation>
    </message>
</context>
<context>
    <name>TransferTools</name>
    <message>
        <source>Retry failed</source>
        <translation>إعادة محاولة الفاشلة</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>إلغاء الكل</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>مسح المكتملة</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>الكل {count}</translation>
    </message>
    <message>
        <source>Failed {count}</source>
        <translation>الفاشلة {count}</translation>
    </message>
    <message>
        <source>The first {listed} of {total} are listed</source>
        <translation>المعروض أول {listed} من {total}</translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message>
        <source>Transfers</source>
        <translation>عمليات النقل</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>عمليات الإرسال</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Copy URL</source>
        <translation>نسخ العنوان</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>نسخ الرسالة</translation>
    </message>
    <message>
        <source>Show asset</source>
        <translation>إظهار الأصل</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>هل تريد إلغاء %Ln عملية رفع؟</numerusform>
            <numerusform>هل تريد إلغاء عملية رفع واحدة؟</numerusform>
            <numerusform>هل تريد إلغاء عمليتي رفع؟</numerusform>
            <numerusform>هل تريد إلغاء %Ln عمليات رفع؟</numerusform>
            <numerusform>هل تريد إلغاء %Ln عملية رفع؟</numerusform>
            <numerusform>هل تريد إلغاء %Ln عملية رفع؟</numerusform>
        </translation>
    </message>
    <message>
        <source>What has been delivered stays delivered, and your files stay where they are. You can push the rest again at any time.</source>
        <translation>ما سُلِّم يبقى مُسلَّمًا، وتبقى ملفاتك في أماكنها. يمكنك إرسال الباقي من جديد في أي وقت.</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>إلغاؤها</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>المتابعة</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Pause Transfers</source>
        <translation>إ&amp;يقاف عمليات النقل مؤقتًا</translation>
    </message>
    <message>
        <source>&amp;Open Asset Bridge</source>
        <translation>&amp;فتح Asset Bridge</translation>
    </message>
    <message>
        <source>Transfers are paused</source>
        <translation>عمليات النقل متوقفة مؤقتًا</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>لا عمليات نقل متبقية</numerusform>
            <numerusform>بقيت عملية نقل واحدة</numerusform>
            <numerusform>بقيت عمليتا نقل</numerusform>
            <numerusform>بقيت %Ln عمليات نقل</numerusform>
            <numerusform>بقيت %Ln عملية نقل</numerusform>
            <numerusform>بقيت %Ln عملية نقل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>لم تفشل أي عملية نقل</numerusform>
            <numerusform>فشلت عملية نقل واحدة</numerusform>
            <numerusform>فشلت عمليتا نقل</numerusform>
            <numerusform>فشلت %Ln عمليات نقل</numerusform>
            <numerusform>فشلت %Ln عملية نقل</numerusform>
            <numerusform>فشلت %Ln عملية نقل</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being transferred</source>
        <translation>لا شيء يُنقل الآن</translation>
    </message>
</context>
<context>
    <name>TriggersDialog</name>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Who Cloudinary tells of changes in {environment}.</source>
        <translation>من يُبلغه Cloudinary بالتغييرات في {environment}.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>هل تريد إزالة «{name}»؟</translation>
    </message>
    <message>
        <source>Nothing is told there any more.</source>
        <translation>لن يُبلَّغ هناك بشيء بعد الآن.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>من يُبلَّغ</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>https://… or poll://channel</source>
        <translation>https://… أو poll://channel</translation>
    </message>
    <message>
        <source>Address to tell</source>
        <translation>عنوان الإبلاغ</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>نوع التغيير</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>لا يُبلَّغ أحد بعد.</translation>
    </message>
    <message>
        <source>Every change</source>
        <translation>كل تغيير</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>هذه النافذة</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
</context>
<context>
    <name>TrimPage</name>
    <message>
        <source>Cut of the video</source>
        <translation>قص الفيديو</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>البداية</translation>
    </message>
    <message>
        <source>End</source>
        <translation>النهاية</translation>
    </message>
    <message>
        <source>Drag the handles, or use the arrow keys: they move the start, with Alt the end, with Shift by a second. The cut is made at delivery.</source>
        <translation>اسحب المقابض، أو استخدم مفاتيح الأسهم: تحرّك البداية، ومع Alt النهاية، ومع Shift ثانية كاملة. يجري القص عند التسليم.</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>من وإلى</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>قص</translation>
    </message>
</context>
<context>
    <name>TypedChips</name>
    <message>
        <source>Take this filter away</source>
        <translation>إزالة عامل التصفية هذا</translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}: لا أصول.</numerusform>
            <numerusform>{state}: أصل واحد.</numerusform>
            <numerusform>{state}: أصلان.</numerusform>
            <numerusform>{state}: %Ln أصول.</numerusform>
            <numerusform>{state}: %Ln أصلًا.</numerusform>
            <numerusform>{state}: %Ln أصل.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpdatesDialog</name>
    <message>
        <source>Updates</source>
        <translation>التحديثات</translation>
    </message>
    <message>
        <source>&amp;Look once a day, while the window is open</source>
        <translation>البح&amp;ث مرة يوميًا، ما دامت النافذة مفتوحة</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>التحقق الآ&amp;ن</translation>
    </message>
    <message>
        <source>&amp;Open the download page</source>
        <translation>&amp;فتح صفحة التنزيل</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>جارٍ الاستعلام…</translation>
    </message>
    <message>
        <source>This version does not know where news of releases come from: there is no public place yet. Nothing is asked.</source>
        <translation>لا يعرف هذا الإصدار مصدر أخبار الإصدارات: لا يوجد موقع عام بعد. لا يُستعلَم عن شيء.</translation>
    </message>
    <message>
        <source>You have version {version}. One file is read from {place}; nothing about you or your work is sent, and nothing is installed.</source>
        <translation>لديك الإصدار {version}. يُقرأ ملف واحد من {place}؛ لا يُرسل شيء عنك أو عن عملك، ولا يُثبَّت شيء.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>الجديد</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>لديك أحدث إصدار.</translation>
    </message>
    <message>
        <source>Version {version} of {day} is there, signed by a key that is known here.</source>
        <translation>الإصدار {version} بتاريخ {day} متاح، وموقَّع بمفتاح معروف هنا.</translation>
    </message>
</context>
<context>
    <name>UploadAddressDialog</name>
    <message>
        <source>Upload from an address</source>
        <translation>رفع من عنوان</translation>
    </message>
    <message>
        <source>Cloudinary fetches the file by itself. Nobody has approved it, so it arrives unpublished.</source>
        <translation>يجلب Cloudinary الملف بنفسه. لم يعتمده أحد، لذلك يصل غير منشور.</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>الرفع</translation>
    </message>
    <message>
        <source>Private original</source>
        <translation>الملف الأصلي خاص</translation>
    </message>
    <message>
        <source>Authenticated</source>
        <translation>بمصادقة</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>Public &amp;ID</source>
        <translation>الم&amp;عرّف العام</translation>
    </message>
    <message>
        <source>&amp;Target folder</source>
        <translation>ال&amp;مجلد الهدف</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>ال&amp;وسوم</translation>
    </message>
    <message>
        <source>Delivery t&amp;ype</source>
        <translation>&amp;نوع التسليم</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>There is something at {public_id} already; nothing was changed.</source>
        <translation>يوجد شيء في {public_id} من قبل؛ لم يتغير شيء.</translation>
    </message>
</context>
<context>
    <name>UploadPresetForm</name>
    <message>
        <source>Uploads need no signature</source>
        <translation>لا تحتاج عمليات الرفع إلى توقيع</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Formats allowed</source>
        <translation>الصيغ المسموح بها</translation>
    </message>
    <message>
        <source>Incoming transformation</source>
        <translation>التحويل عند الاستلام</translation>
    </message>
    <message>
        <source>Renditions made at once</source>
        <translation>نسخ مشتقة تُنشأ فورًا</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>الإشراف</translation>
    </message>
    <message>
        <source>The file&apos;s name is the public ID</source>
        <translation>اسم الملف هو المعرّف العام</translation>
    </message>
    <message>
        <source>Random letters make names unique</source>
        <translation>حروف عشوائية تجعل الأسماء فريدة</translation>
    </message>
    <message>
        <source>A file of the same public ID is replaced</source>
        <translation>يُستبدل الملف الذي له المعرّف العام نفسه</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>إنشاء</translation>
    </message>
    <message>
        <source>Upload preset</source>
        <translation>إعداد الرفع المسبق</translation>
    </message>
    <message>
        <source>New upload preset</source>
        <translation>إعداد رفع مسبق جديد</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
</context>
<context>
    <name>UploadPresetsDialog</name>
    <message>
        <source>Upload presets</source>
        <translation>إعدادات الرفع المسبقة</translation>
    </message>
    <message>
        <source>What uploads to {environment} can be told to have.</source>
        <translation>ما يمكن أن يُطلب تطبيقه على ما يُرفع إلى {environment}.</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>جديد…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>هل تريد إزالة «{name}»؟</translation>
    </message>
    <message>
        <source>Uploads that name it are refused then, those of other programs too.</source>
        <translation>عندها تُرفض عمليات الرفع التي تذكره، بما فيها ما يأتي من برامج أخرى.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>There is no preset yet. New… makes one.</source>
        <translation>لا يوجد إعداد مسبق بعد. أنشئ واحدًا بزر «جديد…».</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>بلا إعدادات</translation>
    </message>
    <message>
        <source>Unsigned</source>
        <translation>غير موقَّع</translation>
    </message>
</context>
<context>
    <name>UsageDialog</name>
    <message>
        <source>Usage and limits</source>
        <translation>الاستهلاك والحدود</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>UsagePanel</name>
    <message>
        <source>Refresh</source>
        <translation>تحديث</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>إعادة تجربة هذه</translation>
    </message>
    <message>
        <source>Forgets what was refused, and asks Cloudinary anew. It changes nothing there.</source>
        <translation>ينسى ما رُفض ويسأل Cloudinary من جديد. لا يغيّر ذلك شيئًا هناك.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>جارٍ الاستعلام…</translation>
    </message>
    <message>
        <source>Usage and limits</source>
        <translation>الاستهلاك والحدود</translation>
    </message>
    <message>
        <source>This key may not see the usage of the environment.</source>
        <translation>لا يجوز لهذا المفتاح الاطلاع على استهلاك البيئة.</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>المستهلك</translation>
    </message>
    <message>
        <source>This hour</source>
        <translation>هذه الساعة</translation>
    </message>
    <message>
        <source>Limits of the plan</source>
        <translation>حدود الباقة</translation>
    </message>
    <message>
        <source>What this key may do</source>
        <translation>ما يجوز لهذا المفتاح</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Against the approved one: {pixels} of the pixels, {seen} as it looks</source>
        <translation>مقارنةً بالنسخة المعتمدة: يختلف {pixels} من البكسلات، و{seen} بحسب المظهر</translation>
    </message>
    <message>
        <source>May leave: somebody lets it pass, although {reasons}.</source>
        <translation>يجوز الإخراج: سمح شخص ما بالمرور رغم ما يلي: {reasons}.</translation>
    </message>
    <message>
        <source>May be delivered now.</source>
        <translation>يجوز التسليم الآن.</translation>
    </message>
    <message>
        <source>Held back: {reasons}.</source>
        <translation>محتجز: {reasons}.</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>في الانتظار</translation>
    </message>
    <message>
        <source>Waits for {roles}</source>
        <translation>بانتظار {roles}</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}، {when}</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <source>Versions</source>
        <translation>سجل النسخ</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>استعادة</translation>
    </message>
    <message>
        <source>Save as file…</source>
        <translation>حفظ كملف…</translation>
    </message>
    <message>
        <source>The version is being fetched…</source>
        <translation>جارٍ جلب النسخة…</translation>
    </message>
    <message>
        <source>{name} was saved: {size}.</source>
        <translation>حُفظ {name}: {size}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Cloudinary is asked for the versions…</source>
        <translation>جارٍ سؤال Cloudinary عن النسخ…</translation>
    </message>
    <message>
        <source>Cloudinary keeps no earlier versions of this. Backups are switched on in the settings of the environment.</source>
        <translation>لا يحتفظ Cloudinary بنسخ سابقة من هذا. تُفعَّل النسخ الاحتياطية في إعدادات البيئة.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>Save the version</source>
        <translation>حفظ النسخة</translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message>
        <source>&amp;Refuse other words</source>
        <translation>&amp;رفض الكلمات الأخرى</translation>
    </message>
    <message>
        <source>New</source>
        <translation>جديد</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>استيراد…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>تصدير…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Written into {name}.</source>
        <translation>كُتب في {name}.</translation>
    </message>
    <message>
        <source>Vocabularies</source>
        <translation>قوائم المفردات</translation>
    </message>
    <message>
        <source>Each line is a word, below the one it belongs to and one tab further in; {synonym} stands below its word, [group] is never written into files.</source>
        <translation>كل سطر كلمة، تحت الكلمة التي تنتمي إليها وبمسافة جدولة إضافية واحدة؛ يأتي {synonym} تحت كلمته، ولا يُكتب [group] في الملفات أبدًا.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>الكلمات</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>الح&amp;قل</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>مغلقة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>حُفظت %Ln كلمة.</numerusform>
            <numerusform>حُفظت كلمة واحدة.</numerusform>
            <numerusform>حُفظت كلمتان.</numerusform>
            <numerusform>حُفظت %Ln كلمات.</numerusform>
            <numerusform>حُفظت %Ln كلمة.</numerusform>
            <numerusform>حُفظت %Ln كلمة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import a vocabulary</source>
        <translation>استيراد قائمة مفردات</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>النصوص (*.txt)</translation>
    </message>
    <message>
        <source>Export the vocabulary</source>
        <translation>تصدير قائمة المفردات</translation>
    </message>
</context>
<context>
    <name>Walk</name>
    <message>
        <source>A approves what is chosen, C asks for changes, X rejects. Space shows it large.</source>
        <translation>يعتمد A المحدد، ويطلب C تعديلات، ويرفض X. ويعرضه مفتاح المسافة كبيرًا.</translation>
    </message>
    <message>
        <source>Ctrl or Shift with a click chooses several; then one letter decides on all of them.</source>
        <translation>النقر مع Ctrl أو Shift يحدد عدة أصول؛ ثم يقرّر حرف واحد بشأنها كلها.</translation>
    </message>
    <message>
        <source>It is delivered. Under Renditions are its sizes: copy an address, or drag a picture into another program.</source>
        <translation>سُلِّم. تحت «النسخ المشتقة» أحجامه: انسخ عنوانًا، أو اسحب صورة إلى برنامج آخر.</translation>
    </message>
    <message>
        <source>Ctrl+K finds every command by its name.</source>
        <translation>يجد Ctrl+K كل أمر باسمه.</translation>
    </message>
    <message>
        <source>Where masters live</source>
        <translation>أين توجد الملفات الأصلية</translation>
    </message>
    <message>
        <source>Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where they are; a click shows what is there.</source>
        <translation>المجلدات وPhotoShelter وCloudinary جنبًا إلى جنب. تبقى الملفات الأصلية في مكانها؛ وتعرض نقرة ما يوجد هناك.</translation>
    </message>
    <message>
        <source>Find them</source>
        <translation>البحث عنها</translation>
    </message>
    <message>
        <source>Type names, titles, keywords or people. The filters below narrow it down, and what you find can be kept.</source>
        <translation>اكتب أسماء أو عناوين أو كلمات مفتاحية أو أشخاصًا. تضيّق عوامل التصفية أدناه النتائج، ويمكن حفظ ما تجده.</translation>
    </message>
    <message>
        <source>Choose and decide</source>
        <translation>التحديد واتخاذ القرار</translation>
    </message>
    <message>
        <source>Choose a picture and press {approve} to approve it, {change} to ask for changes, {reject} to reject. Space shows it large. {undo} takes it back.</source>
        <translation>حدد صورة واضغط {approve} لاعتمادها، أو {change} لطلب تعديلات، أو {reject} لرفضها. يعرضها مفتاح المسافة كبيرة. ويتراجع {undo} عن القرار.</translation>
    </message>
    <message>
        <source>{push} shows the plan first. What is not approved, or whose rights have ended, stays here, with the reason.</source>
        <translation>يعرض {push} الخطة أولًا. ما لم يُعتمد، أو انتهت حقوقه، يبقى هنا مع ذكر السبب.</translation>
    </message>
    <message>
        <source>The account and the connection, and all that takes longer ({activity}). Help brings this tour back, and {help} explains what you are at.</source>
        <translation>الحساب والاتصال، وكل ما يستغرق وقتًا أطول ({activity}). تعيد قائمة «مساعدة» هذه الجولة، ويشرح {help} ما أمامك.</translation>
    </message>
    <message>
        <source>All about one asset</source>
        <translation>كل شيء عن أصل واحد</translation>
    </message>
    <message>
        <source>Its state, its rights and its metadata. Under Renditions are the sizes that Cloudinary delivers; drag one into another program.</source>
        <translation>حالته وحقوقه وبياناته الوصفية. وتحت «النسخ المشتقة» الأحجام التي يسلّمها Cloudinary؛ اسحب أحدها إلى برنامج آخر.</translation>
    </message>
    <message>
        <source>Push what is approved</source>
        <translation>إرسال المعتمد</translation>
    </message>
    <message>
        <source>See what goes on</source>
        <translation>متابعة ما يجري</translation>
    </message>
</context>
<context>
    <name>WebhookForm</name>
    <message>
        <source>Allow an address of this computer or network</source>
        <translation>السماح بعنوان في هذا الحاسوب أو هذه الشبكة</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Change an endpoint</source>
        <translation>تغيير نقطة نهاية</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>نقطة نهاية جديدة</translation>
    </message>
    <message>
        <source>The list of events</source>
        <translation>قائمة الأحداث</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>اختر حدثًا واحدًا على الأقل</translation>
    </message>
    <message>
        <source>Shop, partner portal, …</source>
        <translation>المتجر، بوابة الشركاء، …</translation>
    </message>
    <message>
        <source>https://example.com/hooks</source>
        <translation>https://example.com/hooks</translation>
    </message>
    <message>
        <source>Leave empty to have one made</source>
        <translation>اتركه فارغًا ليُنشأ سر</translation>
    </message>
    <message>
        <source>What it is told</source>
        <translation>ما تُبلَّغ به</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>الا&amp;سم</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>ال&amp;عنوان</translation>
    </message>
    <message>
        <source>&amp;Tell</source>
        <translation>الإ&amp;بلاغ عن</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>الس&amp;رّ</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Add…</source>
        <translation>إضافة…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Switch Off</source>
        <translation>تعطيل</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>إرسال اختبار</translation>
    </message>
    <message>
        <source>New Secret…</source>
        <translation>سر جديد…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>إعادة الإرسال</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>الأنظمة الأخرى</translation>
    </message>
    <message>
        <source>Endpoints that are told by signed messages what is approved, delivered, changed and taken back.</source>
        <translation>نقاط نهاية تُبلَّغ برسائل موقَّعة بما يُعتمد ويُسلَّم ويتغيّر ويُسحب.</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>نقاط النهاية</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>No message so far. “Send Test” shows whether an endpoint answers.</source>
        <translation>لا رسائل حتى الآن. يبيّن «إرسال اختبار» هل تجيب نقطة النهاية.</translation>
    </message>
    <message>
        <source>Nobody is told so far</source>
        <translation>لا يُبلَّغ أحد حتى الآن</translation>
    </message>
    <message>
        <source>An endpoint is an address of another system: a shop, an automation, a partner. It gets a secret of its own and can be tested first.</source>
        <translation>نقطة النهاية عنوان نظام آخر: متجر أو أتمتة أو شريك. تحصل على سر خاص بها ويمكن اختبارها أولًا.</translation>
    </message>
    <message>
        <source>Give this secret to the receiver. It is shown once; the keyring keeps it, and a new one can be made any time.</source>
        <translation>أعطِ هذا السر للمستلِم. يُعرض مرة واحدة؛ وتحفظه حلقة المفاتيح، ويمكن إنشاء سر جديد في أي وقت.</translation>
    </message>
    <message>
        <source>Secret of the endpoint</source>
        <translation>سرّ نقطة النهاية</translation>
    </message>
    <message>
        <source>Switch On</source>
        <translation>تفعيل</translation>
    </message>
    <message>
        <source>Make a new secret for “{name}”?</source>
        <translation>هل تريد إنشاء سر جديد لـ «{name}»؟</translation>
    </message>
    <message>
        <source>The receiver has a day to take it over: both sign until then.</source>
        <translation>أمام المستلِم يوم واحد لبدء استخدامه: يُوقَّع بالسرّين معًا حتى ذلك الحين.</translation>
    </message>
    <message>
        <source>Make One</source>
        <translation>إنشاء</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>إبقاء</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>هل تريد إزالة «{name}»؟</translation>
    </message>
    <message>
        <source>It is told nothing more. Its secret and what waits for it go.</source>
        <translation>لن تُبلَّغ بشيء بعد الآن. يُحذف سرّها وما ينتظر إرساله إليها.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>Weights</source>
        <translation>الأحجام</translation>
    </message>
    <message>
        <source>Choose assets to see what they weigh</source>
        <translation>اختر أصولًا لعرض أحجامها</translation>
    </message>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>حجم %Ln أصل</numerusform>
            <numerusform>حجم أصل واحد</numerusform>
            <numerusform>حجم أصلين</numerusform>
            <numerusform>حجم %Ln أصول</numerusform>
            <numerusform>حجم %Ln أصلًا</numerusform>
            <numerusform>حجم %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>يُوزن أول %Ln</numerusform>
            <numerusform>يُوزن أول %Ln</numerusform>
            <numerusform>يُوزن أول %Ln</numerusform>
            <numerusform>يُوزن أول %Ln</numerusform>
            <numerusform>يُوزن أول %Ln</numerusform>
            <numerusform>يُوزن أول %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>weighing…</source>
        <translation>جارٍ حساب الأحجام…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>تتجاوز الحد: %Ln</numerusform>
            <numerusform>تتجاوز الحد: واحدة</numerusform>
            <numerusform>تتجاوز الحد: اثنتان</numerusform>
            <numerusform>تتجاوز الحد: %Ln</numerusform>
            <numerusform>تتجاوز الحد: %Ln</numerusform>
            <numerusform>تتجاوز الحد: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>everything fits</source>
        <translation>كلها ضمن الحد</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>مرحبًا بك في Asset Bridge</translation>
    </message>
    <message>
        <source>Masters stay where they are. Here you look, decide, and deliver.</source>
        <translation>تبقى الملفات الأصلية في مكانها. هنا تشاهد وتقرّر وتسلّم.</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>إضافة مجلد</translation>
    </message>
    <message>
        <source>Show the pictures, videos and documents of a folder. Nothing is copied or changed.</source>
        <translation>اعرض صور مجلد ومقاطعه ومستنداته. لا يُنسخ شيء ولا يُغيَّر.</translation>
    </message>
    <message>
        <source>Connect PhotoShelter</source>
        <translation>ربط PhotoShelter</translation>
    </message>
    <message>
        <source>Show its collections here. Masters stay there until you want one.</source>
        <translation>اعرض مجموعاته هنا. تبقى الملفات الأصلية هناك حتى تريد أحدها.</translation>
    </message>
    <message>
        <source>Connect Cloudinary</source>
        <translation>ربط Cloudinary</translation>
    </message>
    <message>
        <source>So that approved assets can be pushed and delivered.</source>
        <translation>كي يمكن إرسال الأصول المعتمدة وتسليمها.</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>إلقاء نظرة أولًا</translation>
    </message>
    <message>
        <source>Opens a sample campaign, with stand-ins for Cloudinary and PhotoShelter; no account is needed.</source>
        <translation>يفتح حملة نموذجية، مع بديلين عن Cloudinary وPhotoShelter؛ لا حاجة إلى حساب.</translation>
    </message>
</context>
<context>
    <name>WelcomeStrip</name>
    <message>
        <source>Welcome to Asset Bridge</source>
        <translation>مرحبًا بك في Asset Bridge</translation>
    </message>
    <message>
        <source>This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside this program: try everything, nothing leaves this computer.</source>
        <translation>هذه حملة نموذجية، وCloudinary وPhotoShelter بديلان داخل هذا البرنامج: جرّب كل شيء، فلا شيء يغادر هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Close the welcome</source>
        <translation>إغلاق الترحيب</translation>
    </message>
    <message>
        <source>Close; it comes back from the Help menu</source>
        <translation>إغلاق؛ يمكن استعادته من قائمة «مساعدة»</translation>
    </message>
</context>
<context>
    <name>WidthsDialog</name>
    <message>
        <source> px</source>
        <translation> بكسل</translation>
    </message>
    <message>
        <source> kB</source>
        <translation> kB</translation>
    </message>
    <message>
        <source>&amp;Measure here</source>
        <translation>ال&amp;قياس هنا</translation>
    </message>
    <message>
        <source>Have &amp;Cloudinary measure</source>
        <translation>القياس لدى &amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Use in the code</source>
        <translation>ا&amp;ستخدام في الرمز البرمجي</translation>
    </message>
    <message>
        <source>Responsive widths</source>
        <translation>قيم العرض المتجاوبة</translation>
    </message>
    <message>
        <source>A page offers browsers one rendition in several widths. Each of these is smaller than the one before by a step that is worth it.</source>
        <translation>تتيح الصفحة للمتصفحات نسخة مشتقة واحدة بعدة قيم للعرض. يقل حجم كل ملف منها عن سابقه بخطوة مجدية.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>&amp;Narrowest</source>
        <translation>الأ&amp;ضيق</translation>
    </message>
    <message>
        <source>&amp;Widest</source>
        <translation>الأ&amp;عرض</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>ال&amp;خطوة</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>ال&amp;حد الأقصى</translation>
    </message>
    <message>
        <source>Measuring the files…</source>
        <translation>جارٍ قياس الملفات…</translation>
    </message>
    <message>
        <source>Cloudinary measures what is pushed.</source>
        <translation>لا يقيس Cloudinary إلا ما أُرسل.</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>العرض {pixels} بكسل</translation>
    </message>
    <message>
        <source>{bytes} less than the one before</source>
        <translation>أقل بمقدار {bytes} من السابق</translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Go to</source>
        <translation>الانتقال إلى</translation>
    </message>
    <message>
        <source>Smart folder</source>
        <translation>مجلد ذكي</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>المفضلة</translation>
    </message>
    <message>
        <source>Choose assets first.</source>
        <translation>اختر أصولًا أولًا.</translation>
    </message>
    <message>
        <source>Make renditions</source>
        <translation>إنشاء نسخ مشتقة</translation>
    </message>
    <message>
        <source>Favourite {preset}</source>
        <translation>إضافة {preset} إلى المفضلة</translation>
    </message>
    <message>
        <source>To the sidebar</source>
        <translation>إلى الشريط الجانبي</translation>
    </message>
</context>
<context>
    <name>WindowLooks</name>
    <message>
        <source>This screen is small: closer together, more has room on it.</source>
        <translation>هذه الشاشة صغيرة: العرض المدمج يتسع للمزيد.</translation>
    </message>
    <message>
        <source>The desktop asks for a text size of {size}.</source>
        <translation>يطلب سطح المكتب حجم نص قدره {size}.</translation>
    </message>
</context>
<context>
    <name>WordsEditor</name>
    <message>
        <source>Add a word</source>
        <translation>إضافة كلمة</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Account: {name}, {state}</source>
        <translation>الحساب: {name}، {state}</translation>
    </message>
</context>
<context>
    <name>approval</name>
    <message>
        <source>Draft</source>
        <translation>مسودة</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>قيد المراجعة</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>معتمد</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>طُلبت تعديلات</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>مرفوض</translation>
    </message>
</context>
<context>
    <name>archive</name>
    <message>
        <source>mark as archived</source>
        <translation>الوسم كمؤرشف</translation>
    </message>
    <message>
        <source>keep the rendition</source>
        <translation>حفظ النسخة المشتقة</translation>
    </message>
    <message>
        <source>keep the original</source>
        <translation>حفظ الملف الأصلي</translation>
    </message>
    <message>
        <source>write metadata and history</source>
        <translation>كتابة البيانات الوصفية والسجل</translation>
    </message>
    <message>
        <source>hash and check everything kept</source>
        <translation>حساب بصمات كل ما حُفظ والتحقق منه</translation>
    </message>
    <message>
        <source>close the copy at Cloudinary</source>
        <translation>إغلاق النسخة في Cloudinary</translation>
    </message>
    <message>
        <source>delete the copy at Cloudinary</source>
        <translation>حذف النسخة في Cloudinary</translation>
    </message>
    <message>
        <source>move the collection to the archive</source>
        <translation>نقل المجموعة إلى الأرشيف</translation>
    </message>
    <message>
        <source>make the collection private</source>
        <translation>جعل المجموعة خاصة</translation>
    </message>
    <message>
        <source>it is also used outside this campaign</source>
        <translation>يُستخدم أيضًا خارج هذه الحملة</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>هو كذلك بالفعل</translation>
    </message>
    <message>
        <source>it is not delivered any more</source>
        <translation>لم تعد تُسلَّم</translation>
    </message>
    <message>
        <source>there is nothing in it</source>
        <translation>لا شيء فيها</translation>
    </message>
    <message>
        <source>some of its galleries have not been synced yet</source>
        <translation>بعض معارضها لم تجرِ مزامنتها بعد</translation>
    </message>
    <message>
        <source>some of it is being pushed or rendered at the moment</source>
        <translation>جزء منها قيد الإرسال أو الإنشاء في هذه اللحظة</translation>
    </message>
    <message>
        <source>it lies in the archive already</source>
        <translation>تقع في الأرشيف بالفعل</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>قيد التنفيذ</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>مؤرشفة</translation>
    </message>
    <message>
        <source>Being taken back</source>
        <translation>قيد التراجع</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>جرى التراجع عنها</translation>
    </message>
    <message>
        <source>This cannot begin: {reasons}.</source>
        <translation>لا يمكن أن يبدأ هذا: {reasons}.</translation>
    </message>
</context>
<context>
    <name>asset</name>
    <message>
        <source>{rating} of 5 stars</source>
        <translation>{rating} من 5 نجوم</translation>
    </message>
    <message>
        <source>Changed since approval</source>
        <translation>تغيّر منذ الاعتماد</translation>
    </message>
    <message>
        <source>Pushed</source>
        <translation>مُرسَل</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>تعذّرت القراءة</translation>
    </message>
</context>
<context>
    <name>capability</name>
    <message>
        <source>See assets</source>
        <translation>الاطلاع على الأصول</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>البحث</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>الرفع</translation>
    </message>
    <message>
        <source>Change assets</source>
        <translation>تغيير الأصول</translation>
    </message>
    <message>
        <source>Delete assets</source>
        <translation>حذف الأصول</translation>
    </message>
    <message>
        <source>Change upload presets</source>
        <translation>تغيير إعدادات الرفع المسبقة</translation>
    </message>
    <message>
        <source>Change metadata fields</source>
        <translation>تغيير حقول البيانات الوصفية</translation>
    </message>
    <message>
        <source>Change named transformations</source>
        <translation>تغيير التحويلات المسمّاة</translation>
    </message>
    <message>
        <source>Change notifications</source>
        <translation>تغيير الإشعارات</translation>
    </message>
    <message>
        <source>See settings</source>
        <translation>الاطلاع على الإعدادات</translation>
    </message>
    <message>
        <source>See usage and limits</source>
        <translation>الاطلاع على الاستهلاك والحدود</translation>
    </message>
</context>
<context>
    <name>channels</name>
    <message>
        <source>Approved</source>
        <translation>اعتُمد</translation>
    </message>
    <message>
        <source>Delivered for the first time</source>
        <translation>سُلِّم لأول مرة</translation>
    </message>
    <message>
        <source>Replaced by a new version</source>
        <translation>استُبدل بنسخة جديدة</translation>
    </message>
    <message>
        <source>Rendition published</source>
        <translation>نُشرت نسخة مشتقة</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>سُحب</translation>
    </message>
    <message>
        <source>Taken back because rights ended</source>
        <translation>سُحب لانتهاء الحقوق</translation>
    </message>
    <message>
        <source>Delivered again</source>
        <translation>سُلِّم من جديد</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>تغيّرت الحقوق</translation>
    </message>
    <message>
        <source>Rights end soon</source>
        <translation>تنتهي الحقوق قريبًا</translation>
    </message>
    <message>
        <source>Metadata changed</source>
        <translation>تغيّرت البيانات الوصفية</translation>
    </message>
    <message>
        <source>Image of a product delivered</source>
        <translation>سُلِّمت صورة منتج</translation>
    </message>
    <message>
        <source>Image taken off a product</source>
        <translation>أُزيلت صورة من منتج</translation>
    </message>
    <message>
        <source>Product feed read</source>
        <translation>قُرئت خلاصة منتجات</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>مؤرشف</translation>
    </message>
    <message>
        <source>Campaign archived</source>
        <translation>أُرشفت حملة</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>اختبار</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>معطَّلة</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>جرى التخلي عنها</translation>
    </message>
    <message>
        <source>The receiver took it</source>
        <translation>قبلها المستلِم</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>أُلغيت</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>في الطريق</translation>
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
        <translation>منصة أخرى</translation>
    </message>
    <message>
        <source>At Cloudinary alone</source>
        <translation>في Cloudinary وحده</translation>
    </message>
    <message>
        <source>At Cloudinary and in the shop</source>
        <translation>في Cloudinary وفي المتجر</translation>
    </message>
    <message>
        <source>Small stand-ins in the shop</source>
        <translation>بدائل صغيرة في المتجر</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>صورة ضبابية</translation>
    </message>
    <message>
        <source>Large pixels</source>
        <translation>بكسلات كبيرة</translation>
    </message>
    <message>
        <source>Drawn outlines</source>
        <translation>خطوط مرسومة</translation>
    </message>
    <message>
        <source>Its main colour</source>
        <translation>لونها الرئيسي</translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>Nothing waits for a review</source>
        <translation>لا شيء بانتظار المراجعة</translation>
    </message>
    <message>
        <source>Choose assets and press I to put them in review, or ask somebody for one in the menu Review.</source>
        <translation>اختر أصولًا واضغط I لإحالتها إلى المراجعة، أو اطلب مراجعة من أحد عبر قائمة «مراجعة».</translation>
    </message>
    <message>
        <source>Nothing is approved yet</source>
        <translation>لم يُعتمد شيء بعد</translation>
    </message>
    <message>
        <source>Choose assets and press A. What is approved can be pushed.</source>
        <translation>اختر أصولًا واضغط A. ما اعتُمد يمكن إرساله.</translation>
    </message>
    <message>
        <source>Nothing is pushed yet</source>
        <translation>لم يُرسل شيء بعد</translation>
    </message>
    <message>
        <source>Choose approved assets and press Ctrl+U: the plan is shown first, and then they are delivered.</source>
        <translation>اختر أصولًا معتمدة واضغط Ctrl+U: تُعرض الخطة أولًا، ثم تُسلَّم.</translation>
    </message>
    <message>
        <source>No rights have ended</source>
        <translation>لم تنته أي حقوق</translation>
    </message>
    <message>
        <source>What may not be used any more stands here. The calendar in the menu Review shows what ends soon.</source>
        <translation>يظهر هنا ما لم يعد يجوز استخدامه. ويعرض التقويم في قائمة «مراجعة» ما سينتهي قريبًا.</translation>
    </message>
    <message>
        <source>Everything can be read</source>
        <translation>يمكن قراءة كل شيء</translation>
    </message>
    <message>
        <source>Files that are damaged, or of a kind that nobody here can read, stand here with the reason.</source>
        <translation>تظهر هنا مع السبب الملفات التالفة، أو التي لا يمكن قراءة نوعها هنا.</translation>
    </message>
</context>
<context>
    <name>contract</name>
    <message>
        <source>width {found} instead of {asked}</source>
        <translation>العرض {found} بدلًا من {asked}</translation>
    </message>
    <message>
        <source>height {found} instead of {asked}</source>
        <translation>الارتفاع {found} بدلًا من {asked}</translation>
    </message>
    <message>
        <source>width {found} instead of ≤ {asked}</source>
        <translation>العرض {found} بدلًا من {asked} كحد أقصى</translation>
    </message>
    <message>
        <source>height {found} instead of ≤ {asked}</source>
        <translation>الارتفاع {found} بدلًا من {asked} كحد أقصى</translation>
    </message>
    <message>
        <source>{found} instead of ≤ {asked}</source>
        <translation>{found} بدلًا من {asked} كحد أقصى</translation>
    </message>
    <message>
        <source>{found} instead of {asked}</source>
        <translation>{found} بدلًا من {asked}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>up to {count} with a file for each browser&apos;s format</source>
        <translation>حتى {count} مع ملف لصيغة كل متصفح</translation>
    </message>
    <message>
        <source>{name} × {count}, billed apart</source>
        <translation>{name} × {count}، يُحتسب منفصلًا</translation>
    </message>
    <message>
        <source>{name} × {count}, an add-on</source>
        <translation>{name} × {count}، إضافة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>على الأقل: %Ln تحويل</numerusform>
            <numerusform>على الأقل: تحويل واحد</numerusform>
            <numerusform>على الأقل: تحويلان</numerusform>
            <numerusform>على الأقل: %Ln تحويلات</numerusform>
            <numerusform>على الأقل: %Ln تحويلًا</numerusform>
            <numerusform>على الأقل: %Ln تحويل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>أصول مشتقة جديدة: %Ln أصل</numerusform>
            <numerusform>أصول مشتقة جديدة: أصل واحد</numerusform>
            <numerusform>أصول مشتقة جديدة: أصلان</numerusform>
            <numerusform>أصول مشتقة جديدة: %Ln أصول</numerusform>
            <numerusform>أصول مشتقة جديدة: %Ln أصلًا</numerusform>
            <numerusform>أصول مشتقة جديدة: %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln موجود مسبقًا</numerusform>
            <numerusform>واحد موجود مسبقًا</numerusform>
            <numerusform>اثنان موجودان مسبقًا</numerusform>
            <numerusform>%Ln موجودة مسبقًا</numerusform>
            <numerusform>%Ln موجودًا مسبقًا</numerusform>
            <numerusform>%Ln موجود مسبقًا</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>disagreement</name>
    <message>
        <source>{names} decided differently: {state} holds until somebody decides again.</source>
        <translation>اختلفت قرارات {names}: تسري الحالة «{state}» حتى يقرّر أحد من جديد.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>Asset Bridge مفتوح بالفعل على هذا الملف الشخصي ({path}). استخدم تلك النافذة؛ فما تدرجه في مكان آخر تنفّذه هي.</translation>
    </message>
    <message>
        <source>The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its permissions, or choose another one with ASSET_BRIDGE_HOME.</source>
        <translation>لا يمكن الكتابة إلى ملف التعريف {path}: {detail}. لم يتغيّر شيء. أصلح أذوناته أو اختر ملفًا آخر عبر ASSET_BRIDGE_HOME.</translation>
    </message>
    <message>
        <source>{what} could be any of {count} assets. Give its id or its whole path.</source>
        <translation>قد يكون {what} أيًّا من الأصول وعددها {count}. اذكر معرّفه أو مساره الكامل.</translation>
    </message>
    <message>
        <source>{name} arrived damaged at {service}: its checksum is {etag} instead of {md5}. It is sent again.</source>
        <translation>وصل {name} تالفًا إلى {service}: المجموع الاختباري {etag} بدلًا من {md5}. يُرسل من جديد.</translation>
    </message>
    <message>
        <source>The upload preset {preset} changes files as they arrive at {service}, so that what is there is not what was approved. Choose another preset.</source>
        <translation>إعداد الرفع المسبق {preset} يغيّر الملفات عند وصولها إلى {service}، فلا يكون ما هناك هو ما اعتُمد. اختر إعدادًا مسبقًا آخر.</translation>
    </message>
    <message>
        <source>Something went wrong. Nothing was lost.</source>
        <translation>حدث خطأ ما. لم يُفقد شيء.</translation>
    </message>
    <message>
        <source>{service} cannot be reached. Nothing was lost: what is queued goes out by itself when the connection is back.</source>
        <translation>تعذّر الوصول إلى {service}. لم يُفقد شيء: ما هو في القائمة يخرج تلقائيًا عند عودة الاتصال.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down. The work continues by itself.</source>
        <translation>يطلب {service} التمهّل. يتواصل العمل تلقائيًا.</translation>
    </message>
    <message>
        <source>{service} has a problem of its own ({detail}). It is tried again by itself.</source>
        <translation>لدى {service} مشكلة داخلية ({detail}). تُعاد المحاولة تلقائيًا.</translation>
    </message>
    <message>
        <source>{service} refused this: {detail}. Nothing was changed there.</source>
        <translation>رفض {service} هذا: {detail}. لم يتغير شيء هناك.</translation>
    </message>
    <message>
        <source>{service} does not accept the key of this account ({detail}). Check the account&apos;s key and secret; what is queued stays queued.</source>
        <translation>لا يقبل {service} مفتاح هذا الحساب ({detail}). تحقّق من مفتاح الحساب وسرّه؛ ما هو في القائمة يبقى فيها.</translation>
    </message>
    <message>
        <source>{name} was not pushed: {reasons}. Nothing was sent.</source>
        <translation>لم يُرسل {name}: {reasons}. لم يخرج شيء.</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name}: {reasons}. لا يُعطى أي عنوان ما دام الأمر كذلك.</translation>
    </message>
    <message>
        <source>{path} could not be read: {detail}. It was left as it is.</source>
        <translation>تعذّرت قراءة {path}: {detail}. تُرك كما كان.</translation>
    </message>
    <message>
        <source>{name} has changed since the push was queued. Nothing was sent: look at the new version and approve it again.</source>
        <translation>تغيّر {name} منذ إدراج الإرسال. لم يُرسل شيء: انظر إلى النسخة الجديدة واعتمدها من جديد.</translation>
    </message>
    <message>
        <source>No preview could be made: {detail}.</source>
        <translation>تعذّر إنشاء معاينة: {detail}.</translation>
    </message>
    <message>
        <source>No preview could be made within the limits: {detail}. The file was left alone.</source>
        <translation>تعذّر إنشاء معاينة ضمن الحدود: {detail}. لم يُمسّ الملف.</translation>
    </message>
    <message>
        <source>The disk with {path} is full. What you said before is safe, and your originals are untouched. Free some space, then try again.</source>
        <translation>القرص الذي يحوي {path} ممتلئ. ما قررته سابقًا محفوظ، وملفاتك الأصلية لم تُمسّ. أفرغ بعض المساحة ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>The database {path} cannot be used: {detail}.</source>
        <translation>لا يمكن استخدام قاعدة البيانات {path}: {detail}.</translation>
    </message>
    <message>
        <source>The database {path} was written by a newer Asset Bridge. Please update the program; nothing was changed.</source>
        <translation>كُتبت قاعدة البيانات {path} بإصدار أحدث من Asset Bridge. يُرجى تحديث البرنامج؛ لم يتغير شيء.</translation>
    </message>
    <message>
        <source>There is no keyring service here to keep the secret in. Choose a passphrase (or set ASSET_BRIDGE_PASSPHRASE), and it is kept in an encrypted file instead.</source>
        <translation>لا توجد هنا خدمة لحلقة المفاتيح لحفظ السر. اختر عبارة مرور (أو اضبط ASSET_BRIDGE_PASSPHRASE) فيُحفظ في ملف مشفّر بدلًا من ذلك.</translation>
    </message>
    <message>
        <source>This passphrase does not open the key store. Nothing was changed.</source>
        <translation>عبارة المرور هذه لا تفتح مخزن المفاتيح. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{what} was not found.</source>
        <translation>لم يُعثر على {what}.</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}.</source>
        <translation>لا يمكن استخدام {what}: {detail}.</translation>
    </message>
    <message>
        <source>The rights end ({ends}) before they begin ({starts}).</source>
        <translation>تنتهي الحقوق ({ends}) قبل أن تبدأ ({starts}).</translation>
    </message>
    <message>
        <source>The library {path} cannot be reached: {detail}. Nothing in it is taken for deleted; it goes on by itself when the folder is back.</source>
        <translation>تعذّر الوصول إلى المكتبة {path}: {detail}. لا يُعدّ شيء فيها محذوفًا؛ ويُستأنف العمل تلقائيًا عند عودة المجلد.</translation>
    </message>
    <message>
        <source>{path} is still being written. It is read again when it is at rest.</source>
        <translation>ما زالت الكتابة جارية في {path}. يُقرأ من جديد حين يستقر.</translation>
    </message>
    <message>
        <source>{path} was not copied: {detail}. The original is where it was.</source>
        <translation>لم يُنسخ {path}: {detail}. الملف الأصلي في مكانه.</translation>
    </message>
    <message>
        <source>The system cannot watch every folder of {path} ({detail}). The library is looked through at intervals instead: changes may take longer to appear.</source>
        <translation>لا يستطيع النظام مراقبة كل مجلدات {path} ({detail}). تُفحص المكتبة على فترات بدلًا من ذلك: قد يتأخر ظهور التغييرات.</translation>
    </message>
    <message>
        <source>The sample library was not finished. Nothing of it was left in {folder}.</source>
        <translation>لم تكتمل المكتبة النموذجية. لم يبق منها شيء في {folder}.</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>أُوقف البحث.</translation>
    </message>
    <message>
        <source>The database {path} is damaged ({detail}). It was left as it is.</source>
        <translation>قاعدة البيانات {path} تالفة ({detail}). تُركت كما كانت.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again; the secret was kept nowhere else.</source>
        <translation>حلقة المفاتيح مقفلة. افتحها ثم أعد المحاولة؛ لم يُحفظ السر في أي مكان آخر.</translation>
    </message>
    <message>
        <source>The key store is closed. Open it with its passphrase, under the accounts of Cloudinary (or set ASSET_BRIDGE_PASSPHRASE).</source>
        <translation>مخزن المفاتيح مغلق. افتحه بعبارة مروره ضمن حسابات Cloudinary (أو اضبط ASSET_BRIDGE_PASSPHRASE).</translation>
    </message>
    <message>
        <source>The transformation cannot be used: at character {place} stands “{found}”, where {expected} was expected. Nothing was changed.</source>
        <translation>لا يمكن استخدام التحويل: عند الحرف {place} يوجد «{found}» والمتوقع {expected}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name} was not sent: the content at {public_id} was changed by somebody else. Look at it first; nothing was replaced.</source>
        <translation>لم يُرسل {name}: غيّر شخص آخر المحتوى الموجود في {public_id}. انظر إليه أولًا؛ لم يُستبدل شيء.</translation>
    </message>
    <message>
        <source>{count} files of {library} are not there any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>ملفات لم تعد موجودة في {library}، وعددها {count}، ومنها {first}. تبقى في الفهرس حتى تسمح بنسيانها.</translation>
    </message>
    <message>
        <source>{service} refuses what is signed here because the clock of this computer is wrong ({detail}). Set the clock, then try again; what is queued stays queued.</source>
        <translation>يرفض {service} ما يُوقَّع هنا لأن ساعة هذا الحاسوب خاطئة ({detail}). اضبط الساعة ثم أعد المحاولة؛ ما هو في القائمة يبقى فيها.</translation>
    </message>
    <message>
        <source>This file is larger than the plan at {service} allows ({detail}). Nothing was changed there; send a smaller version, or ask for a larger plan.</source>
        <translation>هذا الملف أكبر مما تسمح به الباقة لدى {service} ({detail}). لم يتغير شيء هناك؛ أرسل نسخة أصغر، أو اطلب باقة أكبر.</translation>
    </message>
    <message>
        <source>{service} cannot read this file, or does not take its format ({detail}). Nothing was changed there; look whether the file opens here.</source>
        <translation>لا يستطيع {service} قراءة هذا الملف، أو لا يقبل صيغته ({detail}). لم يتغير شيء هناك؛ تحقّق من أن الملف يُفتح هنا.</translation>
    </message>
    <message>
        <source>{service} knows no upload preset of that name ({detail}). Nothing was changed there; choose another one, or none.</source>
        <translation>لا يعرف {service} إعداد رفع مسبقًا بهذا الاسم ({detail}). لم يتغير شيء هناك؛ اختر إعدادًا آخر، أو لا تختر أي إعداد.</translation>
    </message>
    <message>
        <source>An add-on that this asks for is not booked at {service} ({detail}). Nothing was changed there.</source>
        <translation>يتطلب هذا إضافةً غير مشترَك فيها لدى {service} ({detail}). لم يتغير شيء هناك.</translation>
    </message>
    <message>
        <source>The key of this account may not do this at {service} ({detail}). Nothing was changed there; use a key with that permission, or ask who gives them.</source>
        <translation>لا يجوز لمفتاح هذا الحساب فعل ذلك لدى {service} ({detail}). لم يتغير شيء هناك؛ استخدم مفتاحًا له هذا الإذن، أو اسأل من يمنح الأذونات.</translation>
    </message>
    <message>
        <source>{service} was asked, and the answer points to another address ({detail}). Nothing was sent there. If this network wants you to log in first, do that; else check the API&apos;s address in the account. It is tried again by itself.</source>
        <translation>سُئل {service}، لكن الإجابة تشير إلى عنوان آخر ({detail}). لم يُرسل شيء إليه. إذا كانت هذه الشبكة تطلب تسجيل الدخول أولًا فافعل ذلك؛ وإلا فتحقّق من عنوان API في الحساب. تُعاد المحاولة تلقائيًا.</translation>
    </message>
    <message>
        <source>What came back from {service} cannot be understood ({detail}). Something on the way may have answered in its place. It is tried again by itself.</source>
        <translation>تعذّر فهم ما عاد من {service} ({detail}). ربما أجاب شيء في الطريق بدلًا منه. تُعاد المحاولة تلقائيًا.</translation>
    </message>
    <message>
        <source>The hourly number of calls to {service}&apos;s Admin API is used up. What needs one goes on by itself when the next hour begins; uploads go on meanwhile.</source>
        <translation>نفد عدد الاستدعاءات المسموح به في الساعة لواجهة Admin API لدى {service}. ما يحتاج إلى استدعاء يُتابَع تلقائيًا عند بدء الساعة التالية؛ وتستمر عمليات الرفع في هذه الأثناء.</translation>
    </message>
    <message>
        <source>This needs an address signed with the API secret, which a login does not have. Add the account with its key and secret.</source>
        <translation>يحتاج هذا إلى عنوان موقَّع بسرّ API، وهو ما لا يوفره تسجيل الدخول. أضف الحساب بمفتاحه وسرّه.</translation>
    </message>
    <message>
        <source>A notification was not believed: {detail}. Nothing was done about it.</source>
        <translation>وصل إشعار لم يُعتدّ به: {detail}. لم يُتخذ أي إجراء بشأنه.</translation>
    </message>
    <message>
        <source>{service} did not log you in: {detail}. Nothing was changed here.</source>
        <translation>لم يسجّل {service} دخولك: {detail}. لم يتغير شيء هنا.</translation>
    </message>
    <message>
        <source>Nobody logged in within the time there was. Nothing was changed; try again.</source>
        <translation>لم يسجّل أحد الدخول ضمن الوقت المتاح. لم يتغير شيء؛ أعد المحاولة.</translation>
    </message>
    <message>
        <source>The login was cancelled. Nothing was changed.</source>
        <translation>أُلغي تسجيل الدخول. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{service} keeps no backup of {name}: it cannot be brought back from there. Push the master again.</source>
        <translation>لا يحتفظ {service} بنسخة احتياطية من {name}: لا يمكن استعادته من هناك. أرسل الملف الأصلي من جديد.</translation>
    </message>
    <message>
        <source>{what}: {detail}</source>
        <translation>{what}: {detail}</translation>
    </message>
    <message>
        <source>{what} cannot be defined so: {detail}.</source>
        <translation>لا يمكن تعريف {what} على هذا النحو: {detail}.</translation>
    </message>
    <message>
        <source>“{field}” is switched off by a rule for what the other fields say.</source>
        <translation>الحقل «{field}» عطّلته قاعدة بحسب قيم الحقول الأخرى.</translation>
    </message>
    <message>
        <source>“{field}” must not be empty.</source>
        <translation>لا يجوز أن يكون «{field}» فارغًا.</translation>
    </message>
    <message>
        <source>“{field}” needs a whole number.</source>
        <translation>يحتاج «{field}» إلى عدد صحيح.</translation>
    </message>
    <message>
        <source>“{field}” needs a date such as 2026-05-31.</source>
        <translation>يحتاج «{field}» إلى تاريخ مثل 2026-05-31.</translation>
    </message>
    <message>
        <source>“{value}” is not in the list of “{field}”.</source>
        <translation>القيمة «{value}» ليست في قائمة «{field}».</translation>
    </message>
    <message>
        <source>“{value}” cannot be chosen for “{field}” with what the other fields say.</source>
        <translation>لا يمكن اختيار «{value}» للحقل «{field}» مع قيم الحقول الأخرى.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} values.</source>
        <translation>الحد الأقصى لعدد القيم في «{field}» هو {most}.</translation>
    </message>
    <message>
        <source>“{field}” takes at most {most} characters.</source>
        <translation>الحد الأقصى لعدد الأحرف في «{field}» هو {most}.</translation>
    </message>
    <message>
        <source>“{field}” needs at least {least} characters.</source>
        <translation>الحد الأدنى لعدد الأحرف في «{field}» هو {least}.</translation>
    </message>
    <message>
        <source>“{field}” has to match the pattern {pattern}.</source>
        <translation>يجب أن يطابق «{field}» النمط {pattern}.</translation>
    </message>
    <message>
        <source>“{field}” has to be greater than {bound}.</source>
        <translation>يجب أن يكون «{field}» أكبر من {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or more.</source>
        <translation>يجب أن يكون «{field}» {bound} أو أكثر.</translation>
    </message>
    <message>
        <source>“{field}” has to be less than {bound}.</source>
        <translation>يجب أن يكون «{field}» أقل من {bound}.</translation>
    </message>
    <message>
        <source>“{field}” has to be {bound} or less.</source>
        <translation>يجب أن يكون «{field}» {bound} أو أقل.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has in Cloudinary. It was left as it is, and nothing was downloaded.</source>
        <translation>{path} موجود بالفعل، بمحتوى غير محتوى {name} في Cloudinary. تُرك كما هو، ولم يُنزَّل شيء.</translation>
    </message>
    <message>
        <source>{name} is in Cloudinary, not in a folder here. Download it to have the file.</source>
        <translation>{name} موجود في Cloudinary وليس في مجلد هنا. نزّله لتحصل على الملف.</translation>
    </message>
    <message>
        <source>{name} has no display name of its own: in this environment the name is part of the public ID, and renaming it would change its address. Nothing was changed.</source>
        <translation>ليس لـ {name} اسم عرض خاص به: الاسم في هذه البيئة جزء من المعرّف العام، وإعادة تسميته تغيّر عنوانه. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>Cloudinary keeps the rule “{name}” where it is. Give both rules conditions that cannot hold at once, or make the rule anew: a new one is applied last.</source>
        <translation>يُبقي Cloudinary القاعدة «{name}» في موضعها. ضع للقاعدتين شروطًا لا يمكن أن تتحقق معًا، أو أنشئ القاعدة من جديد: القاعدة الجديدة تُطبَّق أخيرًا.</translation>
    </message>
    <message>
        <source>{name} was changed by somebody else since you looked at it. It was left alone: look at it again, then decide anew.</source>
        <translation>غيّر شخص آخر {name} بعد أن نظرت إليه. لم يُمسّ: انظر إليه مجددًا ثم قرّر من جديد.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. Nothing was changed there.</source>
        <translation>لم يعد {name} موجودًا لدى {service}. لم يتغير شيء هناك.</translation>
    </message>
    <message>
        <source>Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in the inspector.</source>
        <translation>غيّر شخص آخر {field} في {name} في هذه الأثناء. القيمتان محفوظتان: اختر إحداهما في لوحة التفاصيل.</translation>
    </message>
    <message>
        <source>{service} did not take {field} of {name}: {detail} What you wrote is kept and can be corrected.</source>
        <translation>لم يقبل {service} الحقل {field} في {name}: {detail} ما كتبته محفوظ ويمكن تصحيحه.</translation>
    </message>
    <message>
        <source>{name} is not at {service} any more. What you wrote about it is kept.</source>
        <translation>لم يعد {name} موجودًا لدى {service}. ما كتبته عنه محفوظ.</translation>
    </message>
    <message>
        <source>{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.</source>
        <translation>قبل {service} الحقل {field} في {name}، لكنه يعرض الآن «{there}». ما كتبته محفوظ.</translation>
    </message>
    <message>
        <source>{count} assets are not in {environment} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>أصول لم تعد موجودة في {environment}، وعددها {count}، ومنها {first}. تبقى في الفهرس حتى تسمح بنسيانها.</translation>
    </message>
    <message>
        <source>The sync was stopped. What was fetched stays.</source>
        <translation>أُوقفت المزامنة. يبقى ما جُلب.</translation>
    </message>
    <message>
        <source>The named transformation {name} at {service} is not what you saw: it now is {now}. It was left as it is.</source>
        <translation>التحويل المسمّى {name} لدى {service} ليس كما رأيته: أصبح الآن {now}. تُرك كما هو.</translation>
    </message>
    <message>
        <source>There is an upload preset called {name} already. Change that one, or choose another name.</source>
        <translation>يوجد إعداد رفع مسبق باسم {name} بالفعل. غيّر ذلك الإعداد، أو اختر اسمًا آخر.</translation>
    </message>
    <message>
        <source>The table of variants cannot be used: line {line}: {detail}. Nothing was changed.</source>
        <translation>لا يمكن استخدام جدول البدائل: السطر {line}: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The naming template {what} cannot be used: {detail}. Nothing was written.</source>
        <translation>لا يمكن استخدام قالب التسمية {what}: {detail}. لم يُكتب شيء.</translation>
    </message>
    <message>
        <source>{what} cannot be used: {detail}. Nothing was changed.</source>
        <translation>لا يمكن استخدام {what}: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The presets were not imported: {place}: {detail}. Nothing was changed.</source>
        <translation>لم تُستورد الإعدادات المسبقة: {place}: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name} was changed again since. It was left as it is now: look at it, then decide anew.</source>
        <translation>تغيّر {name} مجددًا منذ ذلك الحين. تُرك كما هو الآن: انظر إليه ثم قرّر من جديد.</translation>
    </message>
    <message>
        <source>Cloudinary has not made the renditions of {name} within hours. Their transformation may be more than it can do: change it, or try again.</source>
        <translation>لم ينشئ Cloudinary النسخ المشتقة من {name} خلال ساعات. ربما يفوق تحويلها طاقته: غيّره، أو أعد المحاولة.</translation>
    </message>
    <message>
        <source>{count} of {total} renditions of {name} were not made; the first is {preset}: {detail} The others are there.</source>
        <translation>لم تُنشأ {count} من أصل {total} من النسخ المشتقة من {name}؛ أولاها {preset}: {detail} البقية موجودة.</translation>
    </message>
    <message>
        <source>Nothing was imported: {names} exist already and say something else. Say that they may be replaced, or rename them.</source>
        <translation>لم يُستورد شيء: هذه الأسماء موجودة بالفعل بمحتوى آخر: {names}. اسمح باستبدالها، أو أعد تسميتها.</translation>
    </message>
    <message>
        <source>There is something else with the name {name}. Nothing was changed.</source>
        <translation>يوجد شيء آخر بالاسم {name}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. The file that is there was left as it is.</source>
        <translation>لم يُكتب {path}: {detail}. تُرك الملف الموجود هناك كما كان.</translation>
    </message>
    <message>
        <source>{path} was not written: {detail}. Nothing is left of it.</source>
        <translation>لم يُكتب {path}: {detail}. لم يبق منه شيء.</translation>
    </message>
    <message>
        <source>{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is asked again by itself until it says no.</source>
        <translation>سُحب {name} لدى {service}، لكن نسخًا في الطريق ما زالت تسلّمه. يُستعلَم عن عنوانه تلقائيًا من جديد حتى يُرفض الطلب.</translation>
    </message>
    <message>
        <source>{name} was not delivered: its library sends other bytes than it says ({detail}). It is fetched again by itself.</source>
        <translation>لم يُسلَّم {name}: ترسل مكتبته بايتات غير التي تذكرها ({detail}). يُجلب من جديد تلقائيًا.</translation>
    </message>
    <message>
        <source>{what} is no field mapping: {detail}.</source>
        <translation>{what} ليس تعيينًا للحقول: {detail}.</translation>
    </message>
    <message>
        <source>{what} cannot stand in a rights block: {detail}. Nothing was changed.</source>
        <translation>لا يمكن أن يرد {what} في كتلة حقوق: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The rights block cannot be read: {detail}.</source>
        <translation>تعذّرت قراءة كتلة الحقوق: {detail}.</translation>
    </message>
    <message>
        <source>{service} did not sign you in: {detail}. Nothing was changed here.</source>
        <translation>لم يسجّل {service} دخولك: {detail}. لم يتغير شيء هنا.</translation>
    </message>
    <message>
        <source>{service} does not accept the API key ({detail}). A key for version 4 of its API is needed. Nothing was changed here.</source>
        <translation>لا يقبل {service} مفتاح API ‏({detail}). يلزم مفتاح للإصدار 4 من واجهة API. لم يتغير شيء هنا.</translation>
    </message>
    <message>
        <source>The session at {service} has ended ({detail}). Sign in again; what is queued stays queued.</source>
        <translation>انتهت الجلسة لدى {service} ({detail}). سجّل الدخول من جديد؛ ما هو في القائمة يبقى فيها.</translation>
    </message>
    <message>
        <source>{service} asks for a code but does not take it here ({detail}). Sign in with the browser where that is offered, or as somebody who needs no code.</source>
        <translation>يطلب {service} رمزًا لكنه لا يقبله هنا ({detail}). سجّل الدخول عبر المتصفح حيث يتوفر ذلك، أو كمستخدم لا يحتاج إلى رمز.</translation>
    </message>
    <message>
        <source>Your role at {service} does not allow this ({detail}). Nothing was changed there.</source>
        <translation>لا يسمح دورك لدى {service} بذلك ({detail}). لم يتغير شيء هناك.</translation>
    </message>
    <message>
        <source>{service} does not have this any more ({detail}).</source>
        <translation>لم يعد هذا موجودًا لدى {service} ({detail}).</translation>
    </message>
    <message>
        <source>Somebody has changed this at {service} meanwhile ({detail}). Nothing was overwritten: look at both and decide.</source>
        <translation>غيّر شخص ما هذا لدى {service} في هذه الأثناء ({detail}). لم يُستبدل شيء: انظر إلى كليهما وقرّر.</translation>
    </message>
    <message>
        <source>{service} does not offer this for that kind of file ({detail}).</source>
        <translation>لا يوفر {service} هذا لذلك النوع من الملفات ({detail}).</translation>
    </message>
    <message>
        <source>{service} already has another file of this name there ({detail}). It was left as it is.</source>
        <translation>لدى {service} بالفعل ملف آخر بهذا الاسم هناك ({detail}). تُرك كما هو.</translation>
    </message>
    <message>
        <source>{service} does not offer this: {detail}.</source>
        <translation>لا يوفر {service} هذا: {detail}.</translation>
    </message>
    <message>
        <source>A listing of {service} does not come to an end ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>لا تنتهي إحدى القوائم لدى {service} ({detail}). حُفظ ما قُرئ حتى الآن؛ ولم يُعدّ شيء محذوفًا.</translation>
    </message>
    <message>
        <source>A listing of {service} ended too early ({detail}). What was read so far was kept; nothing was taken for deleted.</source>
        <translation>انتهت قائمة من {service} قبل أوانها ({detail}). بقي ما قُرئ حتى الآن، ولم يُعَدّ شيء محذوفًا.</translation>
    </message>
    <message>
        <source>This address cannot be used: {detail}.</source>
        <translation>لا يمكن استخدام هذا العنوان: {detail}.</translation>
    </message>
    <message>
        <source>{service} links to an address that is not safe ({detail}). Nothing was sent there.</source>
        <translation>يشير {service} إلى عنوان غير آمن ({detail}). لم يُرسل شيء إليه.</translation>
    </message>
    <message>
        <source>An answer of {service} is too long to be right ({detail}). It was not read.</source>
        <translation>إجابة من {service} أطول من أن تكون صحيحة ({detail}). لم تُقرأ.</translation>
    </message>
    <message>
        <source>A record of {service} cannot be taken over: {detail}. The others were.</source>
        <translation>لا يمكن إدراج أحد السجلات من {service}: {detail}. أُدرجت السجلات الأخرى.</translation>
    </message>
    <message>
        <source>{service} has no picture of this ({detail}).</source>
        <translation>ليس لدى {service} صورة لهذا ({detail}).</translation>
    </message>
    <message>
        <source>{service} has no more of this file ({detail}).</source>
        <translation>ليس لدى {service} المزيد من هذا الملف ({detail}).</translation>
    </message>
    <message>
        <source>{name} is being fetched already.</source>
        <translation>يجري جلب {name} بالفعل.</translation>
    </message>
    <message>
        <source>What {service} sent of {name} is not the file it describes ({detail}). It was thrown away; nothing was changed.</source>
        <translation>ما أرسله {service} من {name} ليس الملف الذي يصفه ({detail}). أُهمل؛ ولم يتغير شيء.</translation>
    </message>
    <message>
        <source>This was stopped. What had arrived is kept, and the next try goes on from there.</source>
        <translation>أُوقف هذا. ما وصل محفوظ، وتُتابع المحاولة التالية من هناك.</translation>
    </message>
    <message>
        <source>Libraries of the kind {kind} need a package that {detail}. What is catalogued of them stays.</source>
        <translation>تحتاج المكتبات من النوع {kind} إلى حزمة لا يمكن استخدامها ({detail}). يبقى ما هو مفهرس منها.</translation>
    </message>
    <message>
        <source>The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive into another folder, or mend this one and try again.</source>
        <translation>الأرشيف في {path} غير كامل: {detail}. لم يُزَل شيء من أي مكان. أرشِف في مجلد آخر، أو أصلح هذا المجلد وأعد المحاولة.</translation>
    </message>
    <message>
        <source>{name} was to be moved, and the service shows it where it was. Nothing else was changed: try again, or move it there by hand.</source>
        <translation>كان يُفترض نقل {name}، لكن الخدمة تعرضه حيث كان. لم يتغير شيء آخر: أعد المحاولة، أو انقله إلى هناك يدويًا.</translation>
    </message>
    <message>
        <source>Not all assets of this environment are known here yet, so nobody can say what changing the folder {name} would do. Wait until the sync is through, then try again.</source>
        <translation>ليست كل أصول هذه البيئة معروفة هنا بعد، فلا يمكن القول ما الذي سينتج عن تغيير المجلد {name}. انتظر حتى تكتمل المزامنة ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>{name} has changed at {service} since it was pushed, so nothing of its copy was carried back. Push it again, or change it at {service}.</source>
        <translation>تغيّر {name} لدى {service} منذ إرساله، لذا لم يُنقل شيء من نسخته إليه. أرسله من جديد، أو غيّره لدى {service}.</translation>
    </message>
    <message>
        <source>The mapping of {what} cannot be used: {detail}.</source>
        <translation>لا يمكن استخدام تعيين {what}: {detail}.</translation>
    </message>
    <message>
        <source>The archive of {name} was taken back, so nothing more of it is done. Archive it anew if that is wanted.</source>
        <translation>جرى التراجع عن أرشفة {name}، فلا يُنفَّذ منها شيء بعد الآن. كرّر الأرشفة من جديد إن أردت ذلك.</translation>
    </message>
    <message>
        <source>{name} is delivered with {there} bytes, and {told} were published. It was not archived: look at it, then try again.</source>
        <translation>حجم {name} عند التسليم {there} بايت، وحجم المنشور {told}. لم يُؤرشف: انظر إليه ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>{name} was put into the archive&apos;s gallery, and the service does not have it. Nothing was taken away anywhere; try again.</source>
        <translation>وُضع {name} في معرض الأرشيف، لكنه غير موجود لدى الخدمة. لم يُزَل شيء من أي مكان؛ أعد المحاولة.</translation>
    </message>
    <message>
        <source>{name} was to be marked as archived, and the service does not show it. Try again; nothing was taken away anywhere.</source>
        <translation>كان يُفترض وسم {name} كمؤرشف، لكن الخدمة لا تُظهر ذلك. أعد المحاولة؛ لم يُزَل شيء من أي مكان.</translation>
    </message>
    <message>
        <source>The folder {name} is not at {service} any more. Nothing was changed there.</source>
        <translation>المجلد {name} لم يعد موجودًا لدى {service}. لم يتغير شيء هناك.</translation>
    </message>
    <message>
        <source>There is a folder {name} at {service} already. Nothing was changed there: choose another name.</source>
        <translation>يوجد مجلد {name} لدى {service} بالفعل. لم يتغير شيء هناك: اختر اسمًا آخر.</translation>
    </message>
    <message>
        <source>{name} has a new version at its library. It was not sent: have that version approved, then push it.</source>
        <translation>لـ {name} نسخة جديدة في مكتبته. لم يُرسل: اطلب اعتماد تلك النسخة ثم أرسلها.</translation>
    </message>
    <message>
        <source>{name} is not at its library any more. Nothing was sent or changed.</source>
        <translation>لم يعد {name} موجودًا في مكتبته. لم يُرسل شيء ولم يتغير شيء.</translation>
    </message>
    <message>
        <source>The library of this master cannot be reached. Nothing was lost: it is tried again by itself every minute.</source>
        <translation>تعذّر الوصول إلى مكتبة هذا الملف الأصلي. لم يُفقد شيء: تُعاد المحاولة تلقائيًا كل دقيقة.</translation>
    </message>
    <message>
        <source>{name} may not be delivered any more: {reasons}. Somebody has put other content at {public_id} meanwhile, which was left alone: look at it.</source>
        <translation>لم يعد يجوز تسليم {name}: {reasons}. وضع شخص ما محتوى آخر في {public_id} في هذه الأثناء، ولم يُمسّ: انظر إليه.</translation>
    </message>
    <message>
        <source>At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide again if that is not right.</source>
        <translation>لدى {service} حالة {name} هي «{state}» بحسب المصدر {source}، وهي أشد تقييدًا وتبقى سارية. قرّر من جديد إن لم يكن ذلك صحيحًا.</translation>
    </message>
    <message>
        <source>{name} is archived at {service}, so it was not told of the decision. The decision is kept here.</source>
        <translation>{name} مؤرشف لدى {service}، لذا لم تُبلَّغ الخدمة بالقرار. القرار محفوظ هنا.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: it lies in no gallery there.</source>
        <translation>لم يُدوَّن لدى الخدمة ما نُشر من {name}: لا يقع في أي معرض هناك.</translation>
    </message>
    <message>
        <source>The download of {name} was stopped. Nothing is left of it.</source>
        <translation>أُوقف تنزيل {name}. لم يبق منه شيء.</translation>
    </message>
    <message>
        <source>What is published of {name} was not recorded at the service: other files have the names that its record could have. They were left as they are.</source>
        <translation>لم يُدوَّن لدى الخدمة ما نُشر من {name}: تحمل ملفات أخرى الأسماء الممكنة للتدوين. تُركت كما هي.</translation>
    </message>
    <message>
        <source>Another program uses port {port} of this computer ({detail}). Close it, then try again.</source>
        <translation>يستخدم برنامج آخر المنفذ {port} في هذا الحاسوب ({detail}). أغلقه ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>A PDF needs libraries that are not here ({detail}). CSV and JSON need none.</source>
        <translation>يحتاج ملف PDF إلى مكتبات برمجية غير موجودة هنا ({detail}). لا يحتاج CSV وJSON إلى أي منها.</translation>
    </message>
    <message>
        <source>Entry {first} was altered: it does not say what was recorded.</source>
        <translation>عُدّل القيد {first}: لا يقول ما دُوِّن.</translation>
    </message>
    <message>
        <source>Just before entry {first} something was put in, taken out or moved.</source>
        <translation>قبل القيد {first} مباشرة أُدرج شيء أو أُزيل أو نُقل.</translation>
    </message>
    <message>
        <source>Entries are missing: number {first} to number {last}.</source>
        <translation>تنقص قيود: من الرقم {first} إلى الرقم {last}.</translation>
    </message>
    <message>
        <source>The end was cut off: number {first} to number {last} were there once.</source>
        <translation>قُطعت النهاية: كانت الأرقام من {first} إلى {last} موجودة من قبل.</translation>
    </message>
    <message>
        <source>The ledger does not know any more how far the trail goes.</source>
        <translation>لم تعد قاعدة السجل تعرف أين ينتهي سجل التدقيق.</translation>
    </message>
    <message>
        <source>The trail does not end as the ledger kept it, at entry {first}.</source>
        <translation>لا ينتهي سجل التدقيق كما حفظته قاعدة السجل، عند القيد {first}.</translation>
    </message>
    <message>
        <source>The file beside the ledger that keeps the trail&apos;s end is gone or unreadable.</source>
        <translation>الملف الذي يحفظ نهاية سجل التدقيق بجانب قاعدة السجل مفقود أو غير مقروء.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that the file beside the ledger has kept.</source>
        <translation>القيد {first} ليس القيد الذي حفظه الملف الموجود بجانب قاعدة السجل.</translation>
    </message>
    <message>
        <source>Entry {first} is not the one that was kept elsewhere.</source>
        <translation>القيد {first} ليس القيد المحفوظ في مكان آخر.</translation>
    </message>
    <message>
        <source>The decision that entry {first} tells of is not on record any more.</source>
        <translation>القرار الذي يتحدث عنه القيد {first} لم يعد مدوَّنًا.</translation>
    </message>
    <message>
        <source>A decision is on record that the trail does not tell of ({what}).</source>
        <translation>يوجد قرار مدوَّن لا يذكره سجل التدقيق ({what}).</translation>
    </message>
    <message>
        <source>The comment was not saved: {detail}. What you wrote is still where you wrote it.</source>
        <translation>لم يُحفظ التعليق: {detail}. ما كتبته ما زال حيث كتبته.</translation>
    </message>
    <message>
        <source>The rating {rating} was not kept: it takes 0 to 5.</source>
        <translation>لم يُحفظ التقييم {rating}: القيم المقبولة من 0 إلى 5.</translation>
    </message>
    <message>
        <source>{name} was not let through: {detail}. Nothing was changed.</source>
        <translation>لم يُسمح بمرور {name}: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The policies were not taken over: {place}: {detail}. Nothing was changed.</source>
        <translation>لم تُؤخذ السياسات: {place}: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>No review pack was made: {detail}.</source>
        <translation>لم تُنشأ حزمة مراجعة: {detail}.</translation>
    </message>
    <message>
        <source>The verdicts were not imported: {place}: {detail}. Nothing was recorded.</source>
        <translation>لم تُستورد الأحكام: {place}: {detail}. لم يُدوَّن شيء.</translation>
    </message>
    <message>
        <source>The review was not requested: {detail}.</source>
        <translation>لم تُطلب المراجعة: {detail}.</translation>
    </message>
    <message>
        <source>{what} is no territory: give a country&apos;s code (NO, SE), a region ({regions}) or WORLD. Nothing was changed.</source>
        <translation>{what} ليست منطقة: اكتب رمز بلد (NO, SE) أو إقليمًا ({regions}) أو WORLD. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{what} is no channel: they are {channels}. Nothing was changed.</source>
        <translation>{what} ليست قناة: القنوات هي {channels}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>These rights exclude every one of the {what} that they grant. Nothing was changed.</source>
        <translation>تستثني هذه الحقوق كل ما تمنحه من {what}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{what} of the rights is too long: {most} at most. Nothing was changed.</source>
        <translation>{what} في الحقوق أطول من اللازم: الحد الأقصى {most}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The rights cannot be claimed: {detail}. Nothing was changed.</source>
        <translation>لا يمكن تسجيل بيان الحقوق: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The rights cannot be read: {place} is not as it should be. Nothing was changed.</source>
        <translation>تعذّرت قراءة الحقوق: {place} ليس كما ينبغي. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{what} is no date: write 2027-03-31 or 2027-03-31T18:00. Nothing was changed.</source>
        <translation>{what} ليس تاريخًا: اكتب 2027-03-31 أو 2027-03-31T18:00. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name}: what was claimed here and what {service} says have no {what} in common, which cannot be written there. Here nothing of it is delivered.</source>
        <translation>{name}: لا يوجد {what} مشترك بين بيان الحقوق هنا وما يقوله {service}، ولا يمكن كتابة ذلك هناك. لا يُسلَّم منه شيء هنا.</translation>
    </message>
    <message>
        <source>{service} was told that {name} is {wanted}, and still says that it is {found}.</source>
        <translation>أُبلغ {service} بأن حالة {name} هي {wanted}، وما زال يقول إنها {found}.</translation>
    </message>
    <message>
        <source>All that {name} of {reviewer} says is on record already. Nothing was recorded.</source>
        <translation>كل ما يقوله {name} من {reviewer} مدوَّن بالفعل. لم يُدوَّن شيء.</translation>
    </message>
    <message>
        <source>The review pack was not finished. Nothing is left of it.</source>
        <translation>لم تكتمل حزمة المراجعة. لم يبق منها شيء.</translation>
    </message>
    <message>
        <source>{what} is no time zone: give one like Europe/Oslo. Nothing was changed.</source>
        <translation>{what} ليست منطقة زمنية: اكتب واحدة مثل Europe/Oslo. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>A template needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>يحتاج القالب إلى اسم من 1 إلى {most} من الأحرف. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name} was not attached: it has more than {most} MB. Nothing was changed.</source>
        <translation>لم يُرفق {name}: حجمه أكبر من {most} MB. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name} was not attached: {detail}. Nothing was changed.</source>
        <translation>لم يُرفق {name}: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name} in {folder} is not the document that was attached: it was changed. The claim names the right one by its SHA-256 ({digest}).</source>
        <translation>{name} في {folder} ليس المستند الذي أُرفق: لقد تغيّر. يحدّد بيان الحقوق المستند الصحيح ببصمة SHA-256 الخاصة به ({digest}).</translation>
    </message>
    <message>
        <source>{what} cannot be used at character {at}: {detail}.</source>
        <translation>لا يمكن استخدام {what} عند الحرف {at}: {detail}.</translation>
    </message>
    <message>
        <source>The templates were not imported: {what}: {detail}. Nothing was changed.</source>
        <translation>لم تُستورد القوالب: {what}: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{what} cannot be used: line {line}: {detail}.</source>
        <translation>لا يمكن استخدام {what}: السطر {line}: {detail}.</translation>
    </message>
    <message>
        <source>{what}: {detail}. The vocabulary is closed: choose one of its words.</source>
        <translation>{what}: {detail}. قائمة المفردات مغلقة: اختر إحدى كلماتها.</translation>
    </message>
    <message>
        <source>The metadata could not be written: {detail}. What is there was left as it is.</source>
        <translation>تعذّرت كتابة البيانات الوصفية: {detail}. تُرك الموجود هناك كما هو.</translation>
    </message>
    <message>
        <source>The metadata was not written: {detail}. The file was left as it is.</source>
        <translation>لم تُكتب البيانات الوصفية: {detail}. تُرك الملف كما كان.</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile. It is read again.</source>
        <translation>غيّر برنامج آخر {path} في هذه الأثناء. تُعاد قراءته.</translation>
    </message>
    <message>
        <source>{path} is locked by another program. What you said is kept and tried again.</source>
        <translation>يقفل برنامج آخر {path}. ما ذكرته محفوظ وتُعاد محاولة كتابته.</translation>
    </message>
    <message>
        <source>{path} cannot be written to: {detail}. It was left as it is.</source>
        <translation>تعذّرت الكتابة في {path}: {detail}. تُرك كما كان.</translation>
    </message>
    <message>
        <source>{path} is not there any more. What you said about it is kept.</source>
        <translation>لم يعد {path} موجودًا. ما ذكرته عنه محفوظ.</translation>
    </message>
    <message>
        <source>{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was recorded. A no for the whole counts from anybody.</source>
        <translation>لا يمكن لـ {who} اتخاذ القرار في المرحلة «{stage}»: لا يجوز ذلك إلا لـ {roles} بموجب سياسة. لم يُدوَّن شيء. أما الرفض الكلي فيُحتسب من أي شخص.</translation>
    </message>
    <message>
        <source>Some assets stay as they are: since then they have changed, or somebody decided on them, or they are reviewed in stages. Look at them, and decide anew.</source>
        <translation>تبقى بعض الأصول كما هي: فقد تغيّرت منذ ذلك الحين، أو اتخذ أحدهم قرارًا بشأنها، أو تُراجَع على مراحل. انظر إليها واتخذ القرار من جديد.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} was deleted at {service}, but its address makes it again for anybody: {environment} does not have strict transformations. Switch them on there and try again, or take the whole master back.</source>
        <translation>حُذفت النسخة المشتقة {preset} من {name} لدى {service}، لكن عنوانها يعيد إنشاءها لأي شخص: لا تعمل {environment} بالتحويلات الصارمة (strict transformations). فعّلها هناك ثم أعد المحاولة، أو اسحب الملف الأصلي كله.</translation>
    </message>
    <message>
        <source>{service} did not take this: {detail}.</source>
        <translation>لم يقبل {service} هذا: {detail}.</translation>
    </message>
    <message>
        <source>{host} is an address of this computer or of a private network ({address}). Nothing was sent. Allow private addresses for it if that is meant.</source>
        <translation>{host} عنوان لهذا الحاسوب أو لشبكة خاصة ({address}). لم يُرسل شيء. اسمح له بالعناوين الخاصة إن كان ذلك مقصودًا.</translation>
    </message>
    <message>
        <source>{url} cannot be called: {detail}.</source>
        <translation>لا يمكن الاتصال بـ {url}: {detail}.</translation>
    </message>
    <message>
        <source>{host} did not take it ({detail}). It is tried again.</source>
        <translation>لم يقبل {host} الرسالة ({detail}). تُعاد المحاولة.</translation>
    </message>
    <message>
        <source>{host} could not be read ({detail}). What was known before stays as it is.</source>
        <translation>تعذّرت القراءة من {host} ({detail}). يبقى ما كان معروفًا من قبل كما هو.</translation>
    </message>
    <message>
        <source>{host} did not give what was asked for: {detail}. Nothing was changed.</source>
        <translation>لم يقدّم {host} ما طُلب منه: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The answer is larger than {most} MB. Nothing was changed.</source>
        <translation>الاستجابة أكبر من {most} MB. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>Somebody has changed {field} of the entry {entry} there meanwhile. Their version was left as it is; look at it there, then publish again.</source>
        <translation>غيّر أحدهم {field} في المدخلة {entry} هناك في هذه الأثناء. تُركت نسخته كما هي؛ اطّلع عليها هناك ثم انشر من جديد.</translation>
    </message>
    <message>
        <source>{preset} of {name} may not be published: {reasons}. Nothing was written.</source>
        <translation>لا يجوز نشر {preset} من {name}: {reasons}. لم يُكتب شيء.</translation>
    </message>
    <message>
        <source>There is no rendition {preset} of {name} as it is now. Approve the newest version, push it and have the rendition made in the cloud.</source>
        <translation>لا توجد نسخة مشتقة {preset} من {name} بحالته الراهنة. اعتمد أحدث نسخة منه، وأرسلها، ثم أنشئ النسخة المشتقة في السحابة.</translation>
    </message>
    <message>
        <source>There is no environment {environment} there. There is: {known}.</source>
        <translation>لا توجد بيئة {environment} هناك. الموجود: {known}.</translation>
    </message>
    <message>
        <source>Something is published in {name}: until that was taken back, it stays the same place. Nothing was changed; add another one beside it.</source>
        <translation>نُشر شيء في {name}: يبقى المكان نفسه إلى أن يُسحب. لم يتغير شيء؛ أضف مكانًا آخر بجانبه.</translation>
    </message>
    <message>
        <source>{field} of the entry takes {most} pictures and has them. Nothing was changed.</source>
        <translation>يتسع {field} في المدخلة لعدد {most} من الصور وهي موجودة. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{field} of the entry holds something else than pictures. Nothing was changed.</source>
        <translation>يحتوي {field} في المدخلة على شيء غير الصور. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a reference to entries with one of these is.</source>
        <translation>لا يصلح {field} حقلًا للصور: يصلح لذلك حقل Cloudinary أو JSON أو ملف أو نص أو رابط، أو مرجع إلى إدخالات فيها أحد هذه الحقول.</translation>
    </message>
    <message>
        <source>This computer is to use the proxy {proxy}, which is not an HTTP proxy. Nothing was sent. Set HTTPS_PROXY to an HTTP proxy, or take ALL_PROXY away, and start again.</source>
        <translation>الخادم الوكيل {proxy} المحدد لهذا الحاسوب ليس وكيل HTTP. لم يُرسل شيء. اضبط HTTPS_PROXY على وكيل HTTP، أو أزل ALL_PROXY، ثم أعد تشغيل البرنامج.</translation>
    </message>
    <message>
        <source>{variable} is not the address of a proxy. Nothing was sent. Write it as http://name:password@proxy:3128, with %2F for / and %40 for @ in the password, and start again.</source>
        <translation>{variable} ليس عنوان وكيل. لم يُرسل شيء. اكتبه على صورة http://name:password@proxy:3128 مع %2F بدل / و%40 بدل @ في كلمة السر، ثم أعد التشغيل.</translation>
    </message>
    <message>
        <source>The proxy {proxy} lets nothing through to {service} ({detail}). Nothing was sent. Check HTTPS_PROXY, with the name and password in it, and start again.</source>
        <translation>لا يسمح الخادم الوكيل {proxy} بمرور أي شيء إلى {service} ({detail}). لم يُرسل شيء. تحقّق من HTTPS_PROXY ومن الاسم وكلمة المرور فيه، ثم أعد تشغيل البرنامج.</translation>
    </message>
    <message>
        <source>{endpoint} said that it is gone (410). It was switched off; what was not delivered is kept and can be sent again.</source>
        <translation>أعلنت نقطة النهاية {endpoint} أنها لم تعد موجودة (410). عُطِّلت؛ وما لم يُسلَّم محفوظ ويمكن إرساله من جديد.</translation>
    </message>
    <message>
        <source>{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept and can be sent again.</source>
        <translation>لم تقبل نقطة النهاية {endpoint} الرسالة على مدى أيام، وعدد المحاولات {tries} ({detail}). الرسالة محفوظة ويمكن إرسالها من جديد.</translation>
    </message>
    <message>
        <source>The endpoint needs a name of at most {most} letters.</source>
        <translation>تحتاج نقطة النهاية إلى اسم لا يزيد على {most} حرفًا.</translation>
    </message>
    <message>
        <source>There is an endpoint called {name} already.</source>
        <translation>توجد نقطة نهاية باسم {name} بالفعل.</translation>
    </message>
    <message>
        <source>“{url}” is no address to tell: it has to begin with https://.</source>
        <translation>«{url}» ليس عنوانًا يمكن إبلاغه: يجب أن يبدأ بـ https://.</translation>
    </message>
    <message>
        <source>{url} is not encrypted. Only an address of this computer or network, where that is allowed, may begin with http://.</source>
        <translation>{url} غير مشفّر. لا يجوز أن يبدأ بـ http:// إلا عنوان على هذا الحاسوب أو هذه الشبكة حيث يُسمح بذلك.</translation>
    </message>
    <message>
        <source>The secret has to be {prefix} and {least} to {most} bytes in base64.</source>
        <translation>يجب أن يتكوّن السرّ من {prefix} ومن {least} إلى {most} بايت بترميز base64.</translation>
    </message>
    <message>
        <source>The address of {name} is not told any more: {reasons}. Nothing was sent.</source>
        <translation>لم يعد عنوان {name} يُبلَّغ: {reasons}. لم يُرسل شيء.</translation>
    </message>
    <message>
        <source>{endpoint} is switched off. The message is kept: switch it on and send it again.</source>
        <translation>نقطة النهاية {endpoint} معطَّلة. الرسالة محفوظة: فعّل نقطة النهاية وأرسل الرسالة من جديد.</translation>
    </message>
    <message>
        <source>{name} is at its service, not in a folder here. Save its original to have the file.</source>
        <translation>{name} موجود لدى خدمته وليس في مجلد هنا. احفظ ملفه الأصلي لتحصل على الملف.</translation>
    </message>
    <message>
        <source>{path} is there already, with other content than {name} has at {service}. It was left as it is.</source>
        <translation>{path} موجود بالفعل، بمحتوى غير محتوى {name} لدى {service}. تُرك كما هو.</translation>
    </message>
    <message>
        <source>{count} masters are not at {service} any more, {first} among them. They are kept in the catalog until you say that they may be forgotten.</source>
        <translation>ملفات أصلية لم تعد موجودة لدى {service}، وعددها {count}، ومنها {first}. تبقى في الفهرس حتى تسمح بنسيانها.</translation>
    </message>
    <message>
        <source>{what} of the channel cannot be used: {detail}. Nothing was changed.</source>
        <translation>لا يمكن استخدام {what} للقناة: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it into another folder.</source>
        <translation>لم يُرسل {name}: المجلد {folder} تابع للمكوّن الإضافي لـ {channel}. أرسله إلى مجلد آخر.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {detail}. Nothing was written.</source>
        <translation>لم تُصدَّر الحزمة {kit}: {detail}. لم يُكتب شيء.</translation>
    </message>
    <message>
        <source>The kit {what} was not saved: another one has that name, or it was deleted meanwhile. Nothing was changed.</source>
        <translation>لم تُحفظ الحزمة {what}: هناك حزمة أخرى بهذا الاسم، أو حُذفت في هذه الأثناء. لم يتغيّر شيء.</translation>
    </message>
    <message>
        <source>The feed needs a name of its own, of at most {most} letters.</source>
        <translation>تحتاج الخلاصة إلى اسم خاص بها لا يزيد على {most} حرفًا.</translation>
    </message>
    <message>
        <source>The feed cannot be kept: {detail}. Nothing was changed.</source>
        <translation>لا يمكن حفظ الخلاصة: {detail}. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>{name} was not taken: {detail}. What was known before stays as it is.</source>
        <translation>لم يُقبل {name}: {detail}. يبقى ما كان معروفًا من قبل كما هو.</translation>
    </message>
    <message>
        <source>{name}: {bad} of {received} rows were not taken.</source>
        <translation>{name}: لم يُقبل {bad} من {received} من الأسطر.</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” cannot be used: it needs {{sku}} once, and takes {{slot}}, {{position}}, {{any}} and [brackets] around what may be missing.</source>
        <translation>لا يمكن استخدام النمط «{pattern}»: يجب أن يحوي {{sku}} مرة واحدة، ويقبل {{slot}} و{{position}} و{{any}} و[أقواسًا] حول ما يمكن أن يغيب.</translation>
    </message>
    <message>
        <source>The import was stopped. Nothing of that log is counted.</source>
        <translation>أُوقف الاستيراد. لا يُحسب شيء من ذلك السجل.</translation>
    </message>
    <message>
        <source>Reading the feed was stopped. Nothing was changed.</source>
        <translation>أُوقفت قراءة الخلاصة. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The kit {name} was not exported: {reasons}. Nothing was written.</source>
        <translation>لم تُصدَّر الحزمة {name}: {reasons}. لم يُكتب شيء.</translation>
    </message>
    <message>
        <source>The kit {kit} was not exported: {count} of its renditions could not be made; the first is {preset} of {name}: {detail} What is made is kept for the next try.</source>
        <translation>لم تُصدَّر الحزمة {kit}: نسخ مشتقة تعذّر إنشاؤها، وعددها {count}، وأولها {preset} من {name}: {detail} يُحفظ ما أُنشئ للمحاولة التالية.</translation>
    </message>
    <message>
        <source>It broke off.</source>
        <translation>انقطع الأمر.</translation>
    </message>
    <message>
        <source>A saved report needs a name of 1 to {most} letters. Nothing was changed.</source>
        <translation>يحتاج التقرير المحفوظ إلى اسم من 1 إلى {most} حرفًا. لم يتغير شيء.</translation>
    </message>
    <message>
        <source>The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. Nothing was sent: write its address into a text, link or Cloudinary field instead.</source>
        <translation>حجم النسخة المشتقة {preset} من {name} هو {mb} MB؛ ويقبل Contentstack ملفات حتى 100 MB. لم يُرسل شيء: اكتب عنوانها بدلًا من ذلك في حقل نص أو رابط أو حقل Cloudinary.</translation>
    </message>
    <message>
        <source>Not everything that was said here has arrived: {work}. Nothing was removed. Let it go out first, or say that it may be given up.</source>
        <translation>لم يصل كل ما قيل هنا: {work}. لم يُزَل شيء. دعه يخرج أولًا، أو صرّح بجواز التخلي عنه.</translation>
    </message>
    <message>
        <source>This link cannot be followed ({detail}). Nothing was opened or changed.</source>
        <translation>لا يمكن اتباع هذا الرابط ({detail}). لم يُفتح شيء ولم يتغير شيء.</translation>
    </message>
    <message>
        <source>The news of a release could not be trusted: {detail}. Nothing was fetched or installed.</source>
        <translation>لا يمكن الوثوق بخبر الإصدار: {detail}. لم يُجلب شيء ولم يُثبَّت شيء.</translation>
    </message>
    <message>
        <source>{name} cannot be handed over as a file: its master is not on this machine, or it is a film. Export it, or publish it and take it from its renditions.</source>
        <translation>لا يمكن تسليم {name} كملف: ملفه الأصلي ليس على هذا الجهاز، أو أنه فيلم. صدّره، أو انشره وخذه من نسخه المشتقة.</translation>
    </message>
    <message>
        <source>Nothing was handed over. What was begun is gone again.</source>
        <translation>لم يُسلَّم شيء. وأُزيل ما بدأ إنشاؤه.</translation>
    </message>
    <message>
        <source>The desktop shows no notifications ({detail}).</source>
        <translation>سطح المكتب لا يعرض إشعارات ({detail}).</translation>
    </message>
    <message>
        <source>{program} could not be started ({detail}). The file was left as it is.</source>
        <translation>تعذّر تشغيل {program} ({detail}). تُرك الملف كما كان.</translation>
    </message>
    <message>
        <source>There is no place yet that news of releases come from. Nothing was asked. `updates_url` in the settings can name one.</source>
        <translation>لا يوجد بعد موقع تأتي منه أخبار الإصدارات. لم يُستعلَم عن شيء. يمكن تحديد موقع في `updates_url` في الإعدادات.</translation>
    </message>
    <message>
        <source>Channels of the kind {kind} need a package that {detail}. What is published there stays as it is.</source>
        <translation>تحتاج القنوات من النوع {kind} إلى حزمة لا يمكن استخدامها ({detail}). يبقى ما نُشر هناك كما هو.</translation>
    </message>
    <message>
        <source>Cloudinary is still making the renditions of {name}.</source>
        <translation>ما زال Cloudinary ينشئ النسخ المشتقة من {name}.</translation>
    </message>
    <message>
        <source>The service took the publication of {entry} and does not show it yet; it was looked for {times} times.</source>
        <translation>قبلت الخدمة نشر {entry} ولا تُظهره بعد؛ عدد مرات البحث عنه: {times}.</translation>
    </message>
    <message>
        <source>{service} gave no answer that can be used ({detail}). Nothing was kept: check the API&apos;s address, and whether this network wants you to log in first; then try again.</source>
        <translation>لم يقدّم {service} إجابة صالحة للاستخدام ({detail}). لم يُحفظ شيء: تحقّق من عنوان API، ومما إذا كانت هذه الشبكة تطلب تسجيل الدخول أولًا؛ ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>{service} asks us to slow down, and could not be asked about this account. Nothing was kept: try again in a while.</source>
        <translation>يطلب {service} التمهّل، ولم يمكن سؤاله عن هذا الحساب. لم يُحفظ شيء: أعد المحاولة بعد حين.</translation>
    </message>
    <message>
        <source>It was stopped. Nothing of it was kept.</source>
        <translation>أُوقف. لم يُحفظ منه شيء.</translation>
    </message>
    <message>
        <source>A policy keeps the file of {name} here: {reasons}. Nothing was handed over.</source>
        <translation>تُبقي سياسةٌ ملف {name} هنا: {reasons}. لم يُسلَّم شيء.</translation>
    </message>
    <message>
        <source>The copy of {name} holds something else by now. It did not become the new version.</source>
        <translation>تحوي نسخة {name} الآن شيئًا آخر. لم تصبح النسخة الجديدة.</translation>
    </message>
    <message>
        <source>{name} takes nothing from others: {detail}.</source>
        <translation>لا يقبل {name} شيئًا من غيره: {detail}.</translation>
    </message>
    <message>
        <source>Posts cannot be received on port {port}: {detail}. Choose another one.</source>
        <translation>لا يمكن استقبال الإرسالات على المنفذ {port}: {detail}. اختر منفذًا آخر.</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>لا ملف (%Ln) ممنوع نشره: {reasons}.</numerusform>
            <numerusform>ملف واحد (%Ln) لا يجوز نشره: {reasons}.</numerusform>
            <numerusform>ملفان (%Ln) لا يجوز نشرهما: {reasons}.</numerusform>
            <numerusform>%Ln ملفات لا يجوز نشرها: {reasons}.</numerusform>
            <numerusform>%Ln ملفًا لا يجوز نشرها: {reasons}.</numerusform>
            <numerusform>%Ln ملف لا يجوز نشرها: {reasons}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>the program ends</source>
        <translation>البرنامج يُغلَق</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>ليس JSON</translation>
    </message>
    <message>
        <source>it is no encoding of files</source>
        <translation>ليس ترميز ملفات معروفًا</translation>
    </message>
    <message>
        <source>it redirects again and again</source>
        <translation>يعيد التوجيه مرارًا</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>استغرق الأمر وقتًا أطول من اللازم</translation>
    </message>
    <message>
        <source>it has to be https://…</source>
        <translation>يجب أن يكون https://…</translation>
    </message>
    <message>
        <source>a password has no place in an address</source>
        <translation>لا مكان لكلمة مرور في العنوان</translation>
    </message>
    <message>
        <source>it redirects to nowhere safe</source>
        <translation>يعيد التوجيه إلى موقع غير آمن</translation>
    </message>
    <message>
        <source>it is empty or not one word</source>
        <translation>فارغ أو ليس كلمة واحدة</translation>
    </message>
    <message>
        <source>The Cloudinary URL</source>
        <translation>عنوان URL لـ Cloudinary</translation>
    </message>
    <message>
        <source>it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME</source>
        <translation>يجب أن يكون على الشكل cloudinary://API_KEY:API_SECRET@CLOUD_NAME</translation>
    </message>
    <message>
        <source>its answer names no asset</source>
        <translation>لا يذكر الرد أي أصل</translation>
    </message>
    <message>
        <source>the login had to be renewed</source>
        <translation>لزم تجديد تسجيل الدخول</translation>
    </message>
    <message>
        <source>it does not say when it was sent</source>
        <translation>لا يذكر وقت إرساله</translation>
    </message>
    <message>
        <source>it is too old, or the clock here is wrong</source>
        <translation>قديم جدًا، أو أن الساعة هنا غير صحيحة</translation>
    </message>
    <message>
        <source>it is not signed</source>
        <translation>غير موقَّع</translation>
    </message>
    <message>
        <source>its signature is not that of this account</source>
        <translation>توقيعه ليس توقيع هذا الحساب</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>تعذّرت قراءته</translation>
    </message>
    <message>
        <source>it does not say what happened</source>
        <translation>لا يذكر ما حدث</translation>
    </message>
    <message>
        <source>the login kept is damaged</source>
        <translation>تسجيل الدخول المحفوظ تالف</translation>
    </message>
    <message>
        <source>The API address</source>
        <translation>عنوان API</translation>
    </message>
    <message>
        <source>it has to begin with https://</source>
        <translation>يجب أن يبدأ بـ https://</translation>
    </message>
    <message>
        <source>its answer holds no token</source>
        <translation>لا يتضمن الرد أي رمز وصول</translation>
    </message>
    <message>
        <source>The account URL</source>
        <translation>عنوان URL للحساب</translation>
    </message>
    <message>
        <source>it has to look like account://KEY:SECRET@ACCOUNT_ID</source>
        <translation>يجب أن يكون على الشكل account://KEY:SECRET@ACCOUNT_ID</translation>
    </message>
    <message>
        <source>its answer lists no environments</source>
        <translation>لا يذكر الرد أي بيئات</translation>
    </message>
    <message>
        <source>its certificate is not accepted</source>
        <translation>شهادته غير مقبولة</translation>
    </message>
    <message>
        <source>its certificate has expired, or the clock of this computer is wrong</source>
        <translation>انتهت صلاحية شهادته، أو أن ساعة هذا الحاسوب خاطئة</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, or the clock of this computer is wrong</source>
        <translation>شهادته ليست سارية بعد، أو أن ساعة هذا الحاسوب خاطئة</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>انقطع الاتصال</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>الملف كبير جدًا</translation>
    </message>
    <message>
        <source>its answer lists no presets</source>
        <translation>لا يذكر الرد أي إعدادات مسبقة</translation>
    </message>
    <message>
        <source>The breakpoints</source>
        <translation>نقاط التوقف</translation>
    </message>
    <message>
        <source>The plug-in&apos;s folder</source>
        <translation>مجلد المكوّن الإضافي</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>فارغ</translation>
    </message>
    <message>
        <source>This choice</source>
        <translation>هذا الاختيار</translation>
    </message>
    <message>
        <source>it has to be assets of one product environment</source>
        <translation>يجب أن تكون الأصول من بيئة منتج واحدة</translation>
    </message>
    <message>
        <source>The moderation status</source>
        <translation>حالة الإشراف</translation>
    </message>
    <message>
        <source>say approved or rejected</source>
        <translation>اذكر approved أو rejected</translation>
    </message>
    <message>
        <source>The relation</source>
        <translation>العلاقة</translation>
    </message>
    <message>
        <source>it names no other asset</source>
        <translation>لا تشير إلى أي أصل آخر</translation>
    </message>
    <message>
        <source>The access rules</source>
        <translation>قواعد الوصول</translation>
    </message>
    <message>
        <source>at most one of them can be a time window</source>
        <translation>لا يجوز أن تكون أكثر من واحدة منها مدة زمنية</translation>
    </message>
    <message>
        <source>The access rule</source>
        <translation>قاعدة الوصول</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>النهاية تسبق البداية</translation>
    </message>
    <message>
        <source>it is pinned to a point outside the picture</source>
        <translation>مثبَّت على نقطة خارج الصورة</translation>
    </message>
    <message>
        <source>it is pinned to a region that is not inside the picture</source>
        <translation>مثبَّت على منطقة ليست داخل الصورة</translation>
    </message>
    <message>
        <source>it is pinned to a time that cannot be</source>
        <translation>مثبَّت على وقت غير ممكن</translation>
    </message>
    <message>
        <source>a line of its drawing has no points, or no width</source>
        <translation>أحد خطوط رسمه بلا نقاط، أو بلا سُمك</translation>
    </message>
    <message>
        <source>a line of its drawing has a colour that is none of ours</source>
        <translation>لون أحد خطوط رسمه ليس من ألواننا</translation>
    </message>
    <message>
        <source>it has characters that are broken</source>
        <translation>فيه أحرف تالفة</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>خالٍ من المحتوى</translation>
    </message>
    <message>
        <source>it is empty or has odd characters</source>
        <translation>فارغ أو فيه أحرف غير مألوفة</translation>
    </message>
    <message>
        <source>there is none of that name</source>
        <translation>لا يوجد شيء بهذا الاسم</translation>
    </message>
    <message>
        <source>it must not end with a backslash</source>
        <translation>يجب ألا ينتهي بشرطة مائلة عكسية</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>لا شرطة مائلة في الاسم، وطوله من 1 إلى 255 حرفًا</translation>
    </message>
    <message>
        <source>an asset has at most 1,000 tags</source>
        <translation>للأصل 1,000 وسم على الأكثر</translation>
    </message>
    <message>
        <source>a tag is a word without spaces around it</source>
        <translation>الوسم كلمة بلا فراغات حولها</translation>
    </message>
    <message>
        <source>a tag holds no comma</source>
        <translation>لا فاصلة في الوسم</translation>
    </message>
    <message>
        <source>a tag has at most 255 characters</source>
        <translation>للوسم 255 حرفًا على الأكثر</translation>
    </message>
    <message>
        <source>a tag has no control characters</source>
        <translation>لا محارف تحكم في الوسم</translation>
    </message>
    <message>
        <source>a key needs a name without =, | and backslashes</source>
        <translation>يحتاج المفتاح إلى اسم بلا = و| وشرطات مائلة عكسية</translation>
    </message>
    <message>
        <source>this key says what was sent, and is not edited</source>
        <translation>يذكر هذا المفتاح ما أُرسل، ولا يُحرَّر</translation>
    </message>
    <message>
        <source>a value has at most 1,024 characters</source>
        <translation>للقيمة 1,024 حرفًا على الأكثر</translation>
    </message>
    <message>
        <source>a value has no control characters but line breaks</source>
        <translation>لا محارف تحكم في القيمة سوى فواصل الأسطر</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>لا يوجد مكان كهذا</translation>
    </message>
    <message>
        <source>it does not name a place</source>
        <translation>لا يسمّي مكانًا</translation>
    </message>
    <message>
        <source>an environment has no name</source>
        <translation>توجد بيئة بلا اسم</translation>
    </message>
    <message>
        <source>what leads in environments is no short table</source>
        <translation>قائمة المصدر المعتمد لكل بيئة ليست جدولًا قصيرًا</translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>it cannot be moved into itself</source>
        <translation>لا يمكن نقله إلى داخل نفسه</translation>
    </message>
    <message>
        <source>it is larger than 64 MB</source>
        <translation>أكبر من 64 MB</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>ليس نصًا</translation>
    </message>
    <message>
        <source>The limit of weight</source>
        <translation>حد الحجم</translation>
    </message>
    <message>
        <source>it allows no bytes at all</source>
        <translation>لا يسمح بأي بايت</translation>
    </message>
    <message>
        <source>it is no extension</source>
        <translation>ليس امتداد ملف</translation>
    </message>
    <message>
        <source>it names a preset twice</source>
        <translation>أحد الإعدادات المسبقة مذكور مرتين</translation>
    </message>
    <message>
        <source>there is no column market or language</source>
        <translation>لا يوجد عمود market أو language</translation>
    </message>
    <message>
        <source>one of its options is chosen by name</source>
        <translation>يُختار أحد خياراته بالاسم</translation>
    </message>
    <message>
        <source>it is not written at this master</source>
        <translation>لا يُكتب لدى هذا الملف الأصلي</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>الجدول</translation>
    </message>
    <message>
        <source>its first line names no columns</source>
        <translation>لا يسمّي سطره الأول أي أعمدة</translation>
    </message>
    <message>
        <source>it has no column File or Asset</source>
        <translation>لا عمود فيه باسم File أو Asset</translation>
    </message>
    <message>
        <source>A template</source>
        <translation>القالب</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>الاسم مطلوب</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>الاسم طويل جدًا</translation>
    </message>
    <message>
        <source>it is no field that is edited</source>
        <translation>ليس حقلًا يمكن تحريره</translation>
    </message>
    <message>
        <source>it is there twice</source>
        <translation>مكرَّر</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>النص</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>طويل جدًا</translation>
    </message>
    <message>
        <source>a brace stands alone</source>
        <translation>يوجد قوس معقوف منفرد</translation>
    </message>
    <message>
        <source>the document</source>
        <translation>المستند</translation>
    </message>
    <message>
        <source>the name is there twice</source>
        <translation>الاسم مكرَّر</translation>
    </message>
    <message>
        <source>it needs a name and fields, nothing else</source>
        <translation>المطلوب name وfields ولا شيء غيرهما</translation>
    </message>
    <message>
        <source>a name is a text, fields are a list</source>
        <translation>يجب أن يكون name نصًا وأن يكون fields قائمة</translation>
    </message>
    <message>
        <source>it needs field and text, and may have way</source>
        <translation>المطلوب field وtext، ويجوز إضافة way</translation>
    </message>
    <message>
        <source>text is a text, way is set, add or fill</source>
        <translation>يجب أن يكون text نصًا، وأن تكون way إحدى القيم set أو add أو fill</translation>
    </message>
    <message>
        <source>it leads out of the folder</source>
        <translation>يقود إلى خارج المجلد</translation>
    </message>
    <message>
        <source>it holds a mark that no name can have</source>
        <translation>فيه رمز لا يجوز في أي اسم</translation>
    </message>
    <message>
        <source>it names a stage twice</source>
        <translation>إحدى المراحل مذكورة مرتين</translation>
    </message>
    <message>
        <source>a difference is between 0 and 1</source>
        <translation>يجب أن يكون الفرق بين 0 و1</translation>
    </message>
    <message>
        <source>two policies have this name</source>
        <translation>تحمل سياستان هذا الاسم</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>القائمة</translation>
    </message>
    <message>
        <source>it is empty, or has spaces at an end</source>
        <translation>فارغ، أو في أحد طرفيه مسافات</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>الحجم كبير جدًا</translation>
    </message>
    <message>
        <source>it has to be a list</source>
        <translation>المطلوب قائمة</translation>
    </message>
    <message>
        <source>it has to be true or false</source>
        <translation>المطلوب true أو false</translation>
    </message>
    <message>
        <source>it has to be a text</source>
        <translation>المطلوب نص</translation>
    </message>
    <message>
        <source>it has to be an object</source>
        <translation>المطلوب كائن</translation>
    </message>
    <message>
        <source>it has to be a list of texts</source>
        <translation>المطلوب قائمة نصوص</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>أحد النصوص</translation>
    </message>
    <message>
        <source>it is too long, or broken</source>
        <translation>طويل جدًا، أو تالف</translation>
    </message>
    <message>
        <source>The largest file</source>
        <translation>أكبر حجم للملف</translation>
    </message>
    <message>
        <source>it has less than no bytes</source>
        <translation>أقل من صفر بايت</translation>
    </message>
    <message>
        <source>say DE, US-CA or EMEA</source>
        <translation>اكتب DE أو US-CA أو EMEA</translation>
    </message>
    <message>
        <source>say de or pt-BR</source>
        <translation>اكتب de أو pt-BR</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>القيمة مفقودة</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>ليس نصًا</translation>
    </message>
    <message>
        <source>it has to be a whole number</source>
        <translation>المطلوب عدد صحيح</translation>
    </message>
    <message>
        <source>it has neither a folder nor an address</source>
        <translation>لا مجلد لها ولا عنوان</translation>
    </message>
    <message>
        <source>to push, it needs a Cloudinary environment</source>
        <translation>يتطلب الإرسال بيئة Cloudinary</translation>
    </message>
    <message>
        <source>an address begins with https://</source>
        <translation>يجب أن يبدأ العنوان بـ https://</translation>
    </message>
    <message>
        <source>a password has no place in an address; give it as a token</source>
        <translation>لا مكان لكلمة مرور في العنوان؛ أدخلها كرمز وصول</translation>
    </message>
    <message>
        <source>context needs a name and a short value</source>
        <translation>يحتاج context إلى اسم وقيمة قصيرة</translation>
    </message>
    <message>
        <source>a folder needs a name at each level</source>
        <translation>يحتاج المجلد إلى اسم في كل مستوى</translation>
    </message>
    <message>
        <source>a folder name cannot hold ? &amp; # \ % &lt; &gt; +</source>
        <translation>لا يجوز أن يحتوي اسم المجلد على ? &amp; # \ % &lt; &gt; +</translation>
    </message>
    <message>
        <source>it is no verdict file of a review pack</source>
        <translation>ليس ملف أحكام من حزمة مراجعة</translation>
    </message>
    <message>
        <source>it is no verdict</source>
        <translation>ليس حكمًا</translation>
    </message>
    <message>
        <source>it is no time</source>
        <translation>ليس وقتًا</translation>
    </message>
    <message>
        <source>its place is not on the picture</source>
        <translation>موضعه ليس على الصورة</translation>
    </message>
    <message>
        <source>it is missing, or no such name</source>
        <translation>مفقود، أو ليس اسمًا صالحًا</translation>
    </message>
    <message>
        <source>it is not between 0 and 1</source>
        <translation>ليس بين 0 و1</translation>
    </message>
    <message>
        <source>something is named twice in it</source>
        <translation>فيه شيء مذكور مرتين</translation>
    </message>
    <message>
        <source>its due date says no time zone</source>
        <translation>لا يذكر موعده منطقة زمنية</translation>
    </message>
    <message>
        <source>its title or its note has characters that are broken</source>
        <translation>في عنوانه أو ملاحظته أحرف تالفة</translation>
    </message>
    <message>
        <source>it does not end with ]]</source>
        <translation>لا تنتهي بـ ]]</translation>
    </message>
    <message>
        <source>The list of documents</source>
        <translation>قائمة المستندات</translation>
    </message>
    <message>
        <source>no key that this version knows has signed it</source>
        <translation>لم يوقّعه أي مفتاح يعرفه هذا الإصدار</translation>
    </message>
    <message>
        <source>it is about something else</source>
        <translation>يتعلق بشيء آخر</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>المحتوى تالف</translation>
    </message>
    <message>
        <source>it is of a format that this version cannot read</source>
        <translation>بصيغة لا يستطيع هذا الإصدار قراءتها</translation>
    </message>
    <message>
        <source>it does not say what a release says</source>
        <translation>لا يذكر ما يذكره خبر إصدار</translation>
    </message>
    <message>
        <source>it is no language tag</source>
        <translation>ليس وسم لغة</translation>
    </message>
    <message>
        <source>it has no alternatives by language</source>
        <translation>لا بدائل له بحسب اللغة</translation>
    </message>
    <message>
        <source>it is indented too far</source>
        <translation>المسافة البادئة أكبر من اللازم</translation>
    </message>
    <message>
        <source>a synonym stands below its word</source>
        <translation>يجب أن يقع المرادف تحت كلمته</translation>
    </message>
    <message>
        <source>a word has no control characters</source>
        <translation>لا يجوز أن تحتوي الكلمة على أحرف تحكم</translation>
    </message>
    <message>
        <source>hidden and system files are left out</source>
        <translation>تُستثنى الملفات المخفية وملفات النظام</translation>
    </message>
    <message>
        <source>a folder cannot be copied into itself</source>
        <translation>لا يمكن نسخ المجلد إلى داخل نفسه</translation>
    </message>
    <message>
        <source>it leads out of the library</source>
        <translation>يقود إلى خارج المكتبة</translation>
    </message>
    <message>
        <source>another folder took its place</source>
        <translation>حلّ مجلد آخر محلها</translation>
    </message>
    <message>
        <source>its disk seems to be unmounted</source>
        <translation>يبدو أن قرصها غير موصول</translation>
    </message>
    <message>
        <source>it is not the address of a service</source>
        <translation>ليس عنوان خدمة</translation>
    </message>
    <message>
        <source>it is not an address</source>
        <translation>ليس عنوانًا</translation>
    </message>
    <message>
        <source>it is the id of no container</source>
        <translation>ليس معرّف أي حاوية</translation>
    </message>
    <message>
        <source>it is no id</source>
        <translation>ليس معرّفًا</translation>
    </message>
    <message>
        <source>what was kept of it is damaged</source>
        <translation>ما حُفظ منه تالف</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>النافذة</translation>
    </message>
    <message>
        <source>it has too many galleries</source>
        <translation>فيها معارض أكثر من اللازم</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>it is not defined there</source>
        <translation>غير معرَّف هناك</translation>
    </message>
    <message>
        <source>The code</source>
        <translation>الرمز</translation>
    </message>
    <message>
        <source>it has to be digits</source>
        <translation>يجب أن يتكوّن من أرقام</translation>
    </message>
    <message>
        <source>The organisation</source>
        <translation>المؤسسة</translation>
    </message>
    <message>
        <source>it is none of yours</source>
        <translation>ليست من مؤسساتك</translation>
    </message>
    <message>
        <source>The sign-in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>it is not finished</source>
        <translation>لم يكتمل</translation>
    </message>
    <message>
        <source>e-mail or password is missing</source>
        <translation>البريد الإلكتروني أو كلمة المرور مفقودة</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>مفتاح API</translation>
    </message>
    <message>
        <source>it takes too long</source>
        <translation>يستغرق وقتًا أطول من اللازم</translation>
    </message>
    <message>
        <source>The file name</source>
        <translation>اسم الملف</translation>
    </message>
    <message>
        <source>no file can be called so</source>
        <translation>لا يمكن تسمية أي ملف هكذا</translation>
    </message>
    <message>
        <source>it is only read</source>
        <translation>للقراءة فقط</translation>
    </message>
    <message>
        <source>is not installed</source>
        <translation>غير مثبَّتة</translation>
    </message>
    <message>
        <source>its package names no account</source>
        <translation>لا تسمّي حزمته أي حساب</translation>
    </message>
    <message>
        <source>no preview is open</source>
        <translation>لا توجد معاينة مفتوحة</translation>
    </message>
    <message>
        <source>the decoders are closed</source>
        <translation>مفكّكات الترميز مغلقة</translation>
    </message>
    <message>
        <source>the decoder gave no answer</source>
        <translation>لم يُجب مفكّك الترميز</translation>
    </message>
    <message>
        <source>the decoder answered nonsense</source>
        <translation>أجاب مفكّك الترميز بما لا معنى له</translation>
    </message>
    <message>
        <source>it needs too much memory</source>
        <translation>يحتاج إلى ذاكرة أكبر من المسموح</translation>
    </message>
    <message>
        <source>the document has no pages</source>
        <translation>المستند بلا صفحات</translation>
    </message>
    <message>
        <source>the page has no size</source>
        <translation>الصفحة بلا أبعاد</translation>
    </message>
    <message>
        <source>it is PostScript without a preview</source>
        <translation>ملف PostScript بلا معاينة</translation>
    </message>
    <message>
        <source>its preview is not a picture</source>
        <translation>معاينته ليست صورة</translation>
    </message>
    <message>
        <source>it needs a password</source>
        <translation>يتطلب كلمة مرور</translation>
    </message>
    <message>
        <source>ExifTool cannot write this file</source>
        <translation>لا يستطيع ExifTool الكتابة في هذا الملف</translation>
    </message>
    <message>
        <source>ExifTool cannot be asked</source>
        <translation>تعذّر الاستعلام من ExifTool</translation>
    </message>
    <message>
        <source>ExifTool gave no answer</source>
        <translation>لم يُجب ExifTool</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>تعذّر فتح الملف</translation>
    </message>
    <message>
        <source>more than metadata would have changed</source>
        <translation>كان سيتغير ما هو أكثر من البيانات الوصفية</translation>
    </message>
    <message>
        <source>ExifTool is not installed</source>
        <translation>أداة ExifTool غير مثبَّتة</translation>
    </message>
    <message>
        <source>it is gone</source>
        <translation>لم يعد موجودًا</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>ليس ملفًا</translation>
    </message>
    <message>
        <source>it is marked as read-only</source>
        <translation>محدد للقراءة فقط</translation>
    </message>
    <message>
        <source>its folder is read-only</source>
        <translation>مجلده للقراءة فقط</translation>
    </message>
    <message>
        <source>where it was taken would still stand in it</source>
        <translation>سيبقى فيه مكان الالتقاط</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>ترويسته غير مفهومة</translation>
    </message>
    <message>
        <source>its picture is compressed in a way that is not known</source>
        <translation>صورته مضغوطة بطريقة غير معروفة</translation>
    </message>
    <message>
        <source>its header: there is no codestream</source>
        <translation>ترويسته: لا يوجد تدفق بيانات مرمَّز</translation>
    </message>
    <message>
        <source>its colours cannot be converted</source>
        <translation>تعذّر تحويل ألوانه</translation>
    </message>
    <message>
        <source>it has no size</source>
        <translation>بلا أبعاد</translation>
    </message>
    <message>
        <source>no decoder knows it</source>
        <translation>لا يعرفه أي مفكّك ترميز</translation>
    </message>
    <message>
        <source>there is sound only</source>
        <translation>فيه صوت فقط</translation>
    </message>
    <message>
        <source>no frame could be read</source>
        <translation>تعذّرت قراءة أي إطار</translation>
    </message>
    <message>
        <source>no picture could be read</source>
        <translation>تعذّرت قراءة أي صورة</translation>
    </message>
    <message>
        <source>This thread of comments</source>
        <translation>هذا النقاش</translation>
    </message>
    <message>
        <source>it is closed</source>
        <translation>هي مغلقة</translation>
    </message>
    <message>
        <source>This review request</source>
        <translation>طلب المراجعة هذا</translation>
    </message>
    <message>
        <source>it holds no name and expression</source>
        <translation>لا يحتوي على اسم وعبارة بحث</translation>
    </message>
    <message>
        <source>The token</source>
        <translation>رمز الوصول</translation>
    </message>
    <message>
        <source>it opens neither a path nor a pattern</source>
        <translation>لا يفتح مسارًا ولا نمطًا</translation>
    </message>
    <message>
        <source>The token&apos;s key</source>
        <translation>مفتاح رمز الوصول</translation>
    </message>
    <message>
        <source>it is not hexadecimal</source>
        <translation>ليس بالنظام الستّ عشري</translation>
    </message>
    <message>
        <source>The rule for breakpoints</source>
        <translation>قاعدة نقاط التوقف</translation>
    </message>
    <message>
        <source>The gallery</source>
        <translation>المعرض</translation>
    </message>
    <message>
        <source>nothing is chosen for it</source>
        <translation>لم يُختر له شيء</translation>
    </message>
    <message>
        <source>The delivery address</source>
        <translation>عنوان التسليم</translation>
    </message>
    <message>
        <source>it names no asset</source>
        <translation>لا يذكر أي أصل</translation>
    </message>
    <message>
        <source>the page is damaged</source>
        <translation>الصفحة تالفة</translation>
    </message>
    <message>
        <source>The layer</source>
        <translation>الطبقة</translation>
    </message>
    <message>
        <source>The options</source>
        <translation>الخيارات</translation>
    </message>
    <message>
        <source>the film is too long to be played backwards or again: ask for a shorter part (so_, du_) or a smaller size</source>
        <translation>الفيلم أطول من أن يُشغَّل عكسيًا أو يُكرَّر: اطلب جزءًا أقصر (so_، du_) أو حجمًا أصغر</translation>
    </message>
    <message>
        <source>it is neither film nor sound</source>
        <translation>ليس فيلمًا ولا صوتًا</translation>
    </message>
    <message>
        <source>the film is damaged</source>
        <translation>الفيلم تالف</translation>
    </message>
    <message>
        <source>there are no moving pictures in it</source>
        <translation>لا توجد فيه صور متحركة</translation>
    </message>
    <message>
        <source>a picture is asked for, not a film</source>
        <translation>المطلوب صورة، لا فيلم</translation>
    </message>
    <message>
        <source>nothing is left of it, neither pictures nor sound</source>
        <translation>لم يبق منه شيء، لا صور ولا صوت</translation>
    </message>
    <message>
        <source>no frame of the wanted part could be read</source>
        <translation>تعذّرت قراءة أي إطار من الجزء المطلوب</translation>
    </message>
    <message>
        <source>its length is not known, so no percentage of it can be taken</source>
        <translation>مدته غير معروفة، فلا يمكن أخذ نسبة مئوية منها</translation>
    </message>
    <message>
        <source>no frame of the film could be read</source>
        <translation>تعذّرت قراءة أي إطار من الفيلم</translation>
    </message>
    <message>
        <source>a length is a number of characters</source>
        <translation>الطول هو عدد الأحرف</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>القاعدة</translation>
    </message>
    <message>
        <source>it changes no field that there is</source>
        <translation>لا تغيّر أي حقل موجود</translation>
    </message>
    <message>
        <source>context is written as name=value</source>
        <translation>يُكتب context بالشكل name=value</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>لا يوجد حقل كهذا</translation>
    </message>
    <message>
        <source>it is too large for a table of markets</source>
        <translation>أكبر من أن يكون جدول أسواق</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>ليس نصًا بترميز UTF-8</translation>
    </message>
    <message>
        <source>The asset</source>
        <translation>الأصل</translation>
    </message>
    <message>
        <source>A Cloudinary account</source>
        <translation>حساب Cloudinary</translation>
    </message>
    <message>
        <source>The reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>The override</source>
        <translation>التجاوز</translation>
    </message>
    <message>
        <source>The collection</source>
        <translation>المجموعة</translation>
    </message>
    <message>
        <source>The archive</source>
        <translation>الأرشيف</translation>
    </message>
    <message>
        <source>it is no year of an archive</source>
        <translation>ليست سنة أرشيف</translation>
    </message>
    <message>
        <source>the folder&apos;s whole path is needed</source>
        <translation>المسار الكامل للمجلد مطلوب</translation>
    </message>
    <message>
        <source>there is something in it already</source>
        <translation>فيه شيء بالفعل</translation>
    </message>
    <message>
        <source>A Cloudinary asset in this choice</source>
        <translation>أصل Cloudinary في هذا الاختيار</translation>
    </message>
    <message>
        <source>some of it are files here, not assets at Cloudinary</source>
        <translation>بعضه ملفات هنا، لا أصول في Cloudinary</translation>
    </message>
    <message>
        <source>Cloudinary makes no picture of such a file</source>
        <translation>لا ينشئ Cloudinary صورة لمثل هذا الملف</translation>
    </message>
    <message>
        <source>The asset in Cloudinary</source>
        <translation>الأصل في Cloudinary</translation>
    </message>
    <message>
        <source>there is a destination of that name</source>
        <translation>توجد وجهة بهذا الاسم</translation>
    </message>
    <message>
        <source>only assets of a Cloudinary environment have these fields</source>
        <translation>هذه الحقول لأصول بيئات Cloudinary فقط</translation>
    </message>
    <message>
        <source>A rule to change places with</source>
        <translation>قاعدة للتبديل معها</translation>
    </message>
    <message>
        <source>its secret is not in the key store</source>
        <translation>سرّه ليس في مخزن المفاتيح</translation>
    </message>
    <message>
        <source>the login names no product environment</source>
        <translation>لا يذكر تسجيل الدخول أي بيئة منتج</translation>
    </message>
    <message>
        <source>it was changed while it was read</source>
        <translation>تغيّر أثناء قراءته</translation>
    </message>
    <message>
        <source>A copy of this master</source>
        <translation>نسخة من هذا الملف الأصلي</translation>
    </message>
    <message>
        <source>The endpoint of this message</source>
        <translation>نقطة النهاية لهذه الرسالة</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>المكتبة</translation>
    </message>
    <message>
        <source>no secret is known here that it could be signed with</source>
        <translation>لا يُعرف هنا سرّ يمكن التوقيع به</translation>
    </message>
    <message>
        <source>it is no absolute path</source>
        <translation>ليس مسارًا مطلقًا</translation>
    </message>
    <message>
        <source>another report writes its days there</source>
        <translation>يكتب تقرير آخر أيامه هناك</translation>
    </message>
    <message>
        <source>a keyword is short and has no comma</source>
        <translation>يجب أن تكون الكلمة المفتاحية قصيرة وبلا فواصل</translation>
    </message>
    <message>
        <source>This library</source>
        <translation>هذه المكتبة</translation>
    </message>
    <message>
        <source>only one of a PhotoShelter-style service takes work in</source>
        <translation>لا يستقبل الأعمال إلا مكتبة من نوع PhotoShelter</translation>
    </message>
    <message>
        <source>two renditions would have this name</source>
        <translation>ستحمل نسختان مشتقتان هذا الاسم</translation>
    </message>
    <message>
        <source>the kit has no such preset to limit</source>
        <translation>ليس في الحزمة إعداد مسبق كهذا لتقييده</translation>
    </message>
    <message>
        <source>the whole path is needed</source>
        <translation>المسار الكامل مطلوب</translation>
    </message>
    <message>
        <source>the name of a ZIP ends in .zip</source>
        <translation>يجب أن ينتهي اسم ملف ZIP بـ .zip</translation>
    </message>
    <message>
        <source>the name of a folder does not end so</source>
        <translation>لا ينتهي اسم المجلد هكذا</translation>
    </message>
    <message>
        <source>there is something of this name</source>
        <translation>يوجد شيء بهذا الاسم</translation>
    </message>
    <message>
        <source>there is no master among it</source>
        <translation>لا يوجد بينها ملف أصلي</translation>
    </message>
    <message>
        <source>another feed is received on that port</source>
        <translation>تُستقبل خلاصة أخرى على هذا المنفذ</translation>
    </message>
    <message>
        <source>it has no secret yet</source>
        <translation>ليس له سر بعد</translation>
    </message>
    <message>
        <source>it is not switched on</source>
        <translation>غير مفعّل</translation>
    </message>
    <message>
        <source>it is not set to push</source>
        <translation>ليست مضبوطة للإرسال</translation>
    </message>
    <message>
        <source>another file has this name</source>
        <translation>يحمل ملف آخر هذا الاسم</translation>
    </message>
    <message>
        <source>how large the picture is, is not known</source>
        <translation>حجم الصورة غير معروف</translation>
    </message>
    <message>
        <source>The review pack of these verdicts</source>
        <translation>حزمة المراجعة لهذه الأحكام</translation>
    </message>
    <message>
        <source>its content was not read yet</source>
        <translation>لم يُقرأ محتواه بعد</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>ليس ملفًا</translation>
    </message>
    <message>
        <source>no browser shows what it was made into</source>
        <translation>لا يعرض أي متصفح الصيغة الناتجة</translation>
    </message>
    <message>
        <source>The search</source>
        <translation>البحث</translation>
    </message>
    <message>
        <source>it needs to be one line</source>
        <translation>يجب أن يكون سطرًا واحدًا</translation>
    </message>
    <message>
        <source>you signed out</source>
        <translation>سجّلت الخروج</translation>
    </message>
    <message>
        <source>the studio is closed</source>
        <translation>الاستوديو مغلق</translation>
    </message>
    <message>
        <source>its place has moved to another one</source>
        <translation>انتقل موقعه إلى موقع آخر</translation>
    </message>
    <message>
        <source>the server has none</source>
        <translation>لا شيء منه لدى الخادم</translation>
    </message>
    <message>
        <source>there is another template of that name</source>
        <translation>يوجد قالب آخر بهذا الاسم</translation>
    </message>
    <message>
        <source>A vocabulary</source>
        <translation>قائمة المفردات</translation>
    </message>
    <message>
        <source>it needs a short name</source>
        <translation>يلزم اسم قصير</translation>
    </message>
    <message>
        <source>it takes no words</source>
        <translation>لا يقبل كلمات</translation>
    </message>
    <message>
        <source>only words of a set are refused</source>
        <translation>لا تُرفض إلا كلمات حقل متعدد القيم</translation>
    </message>
    <message>
        <source>The vocabulary</source>
        <translation>قائمة المفردات</translation>
    </message>
    <message>
        <source>it has no words</source>
        <translation>لا كلمات فيها</translation>
    </message>
    <message>
        <source>it is there already; --replace writes over it</source>
        <translation>موجود بالفعل؛ يكتب ‎--replace فوقه</translation>
    </message>
    <message>
        <source>The address to fetch</source>
        <translation>العنوان المراد جلبه</translation>
    </message>
    <message>
        <source>The asset at its service</source>
        <translation>الأصل لدى خدمته</translation>
    </message>
    <message>
        <source>no preset or set has this name</source>
        <translation>لا يحمل أي إعداد مسبق أو مجموعة هذا الاسم</translation>
    </message>
    <message>
        <source>it is filled from a table of variants</source>
        <translation>يُملأ من جدول بدائل</translation>
    </message>
    <message>
        <source>the table names other pictures for it</source>
        <translation>يسمّي الجدول له صورًا أخرى</translation>
    </message>
    <message>
        <source>a parameter such as w_300</source>
        <translation>معامل مثل w_300</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression</source>
        <translation>عدد صحيح من البكسلات أو كسر مثل 0.5 أو iw أو ih أو تعبير حسابي</translation>
    </message>
    <message>
        <source>a whole number of pixels, a share such as 0.5, iw, ih or an expression above 0</source>
        <translation>عدد صحيح من البكسلات أو كسر مثل 0.5 أو iw أو ih أو تعبير حسابي، بقيمة أكبر من 0</translation>
    </message>
    <message>
        <source>a ratio such as 16:9 or 1.5</source>
        <translation>نسبة مثل 16:9 أو 1.5</translation>
    </message>
    <message>
        <source>a factor such as 2.0, or auto</source>
        <translation>مضاعِف مثل 2.0، أو auto</translation>
    </message>
    <message>
        <source>a factor such as 0.7</source>
        <translation>مضاعِف مثل 0.7</translation>
    </message>
    <message>
        <source>1 to 100, or auto with its level</source>
        <translation>قيمة من 1 إلى 100، أو auto مع مستواه</translation>
    </message>
    <message>
        <source>text in UTF-8</source>
        <translation>نص بترميز UTF-8</translation>
    </message>
    <message>
        <source>a text layer</source>
        <translation>طبقة نصية</translation>
    </message>
    <message>
        <source>the public ID of a layer</source>
        <translation>المعرّف العام لطبقة</translation>
    </message>
    <message>
        <source>at most {count} layers within layers</source>
        <translation>طبقات داخل طبقات لا يتجاوز عددها {count}</translation>
    </message>
    <message>
        <source>a layer that needs at most {limit} megapixels</source>
        <translation>طبقة لا تحتاج إلى أكثر من {limit} ميغابكسل</translation>
    </message>
    <message>
        <source>an address in URL-safe Base64</source>
        <translation>عنوان بترميز Base64 الآمن لعناوين URL</translation>
    </message>
    <message>
        <source>one of the {count} pages</source>
        <translation>إحدى الصفحات، وعددها {count}</translation>
    </message>
    <message>
        <source>the only page, 1</source>
        <translation>الصفحة الوحيدة، 1</translation>
    </message>
    <message>
        <source>a size of at most {limit} megapixels</source>
        <translation>حجم لا يتجاوز {limit} ميغابكسل</translation>
    </message>
    <message>
        <source>a crop that lies inside the picture (fl_no_overflow)</source>
        <translation>اقتصاص يقع داخل الصورة (fl_no_overflow)</translation>
    </message>
    <message>
        <source>a named transformation that does not contain itself</source>
        <translation>تحويل مسمّى لا يحتوي على نفسه</translation>
    </message>
    <message>
        <source>named transformations of at most {count} components in all</source>
        <translation>تحويلات مسمّاة لا يتجاوز مجموع مكوّناتها {count}</translation>
    </message>
    <message>
        <source>the name of a transformation without mistakes; in this one {expected} was expected instead of “{found}”</source>
        <translation>اسم تحويل بلا أخطاء؛ ففي هذا التحويل يوجد «{found}» والمتوقع {expected}</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film, which ends after {end} seconds</source>
        <translation>إزاحات زمنية تُبقي جزءًا من الفيلم الذي ينتهي بعد {end} ثانية</translation>
    </message>
    <message>
        <source>offsets that leave a part of the film</source>
        <translation>إزاحات زمنية تُبقي جزءًا من الفيلم</translation>
    </message>
    <message>
        <source>a codec that the format holds ({held})</source>
        <translation>ترميز تستوعبه الصيغة ({held})</translation>
    </message>
    <message>
        <source>a text that fits into {width} × {height} pixels</source>
        <translation>نص تتسع له مساحة {width} × {height} بكسل</translation>
    </message>
    <message>
        <source>a text of at most {count} characters</source>
        <translation>نص لا يتجاوز عدد أحرفه {count}</translation>
    </message>
    <message>
        <source>a text of at most {side} pixels a side and {limit} megapixels</source>
        <translation>نص لا يتجاوز {side} بكسل لكل ضلع و{limit} ميغابكسل</translation>
    </message>
    <message>
        <source>a font size above 0</source>
        <translation>حجم خط أكبر من 0</translation>
    </message>
    <message>
        <source>a result that is not beyond all sizes</source>
        <translation>نتيجة لا تتجاوز كل الحدود</translation>
    </message>
    <message>
        <source>a division by something other than 0</source>
        <translation>قسمة على قيمة غير 0</translation>
    </message>
    <message>
        <source>a power with an exponent up to {count}</source>
        <translation>قوة لا يتجاوز أسّها {count}</translation>
    </message>
    <message>
        <source>a root of something that is not below 0</source>
        <translation>جذر لقيمة ليست أقل من 0</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} أو {other}</translation>
    </message>
    <message>
        <source>the film is not on this machine</source>
        <translation>الفيلم ليس على هذا الجهاز</translation>
    </message>
    <message>
        <source>browsers play no films of this format</source>
        <translation>لا تشغّل المتصفحات أفلامًا بهذه الصيغة</translation>
    </message>
    <message>
        <source>its file is another one now</source>
        <translation>ملفه الآن ملف آخر</translation>
    </message>
    <message>
        <source>new versions of files</source>
        <translation>نسخ جديدة من الملفات</translation>
    </message>
    <message>
        <source>its master is a file in a folder here</source>
        <translation>ملفها الأصلي ملف في مجلد هنا</translation>
    </message>
    <message>
        <source>another field has this external ID</source>
        <translation>لحقل آخر هذا المعرّف الخارجي</translation>
    </message>
    <message>
        <source>A field without a name</source>
        <translation>حقل بلا اسم</translation>
    </message>
    <message>
        <source>it needs a label</source>
        <translation>يحتاج إلى تسمية</translation>
    </message>
    <message>
        <source>another field has this label</source>
        <translation>لحقل آخر هذه التسمية</translation>
    </message>
    <message>
        <source>a list needs at least one value to choose</source>
        <translation>تحتاج القائمة إلى قيمة واحدة على الأقل للاختيار</translation>
    </message>
    <message>
        <source>a mandatory field needs a default value</source>
        <translation>يحتاج الحقل الإلزامي إلى قيمة افتراضية</translation>
    </message>
    <message>
        <source>its longest length is shorter than its shortest</source>
        <translation>أقصى طول له أقصر من أدناه</translation>
    </message>
    <message>
        <source>A rule without a name</source>
        <translation>قاعدة بلا اسم</translation>
    </message>
    <message>
        <source>it needs at least one condition</source>
        <translation>تحتاج إلى شرط واحد على الأقل</translation>
    </message>
    <message>
        <source>a condition cannot ask about the field that the rule changes</source>
        <translation>لا يمكن لشرط أن يسأل عن الحقل الذي تغيّره القاعدة</translation>
    </message>
    <message>
        <source>it changes nothing</source>
        <translation>لا تغيّر شيئًا</translation>
    </message>
    <message>
        <source>a scene code has six digits</source>
        <translation>لرمز المشهد ستة أرقام</translation>
    </message>
    <message>
        <source>a subject code has eight digits</source>
        <translation>لرمز الموضوع ثمانية أرقام</translation>
    </message>
    <message>
        <source>an age is a number of years</source>
        <translation>العمر عدد من السنوات</translation>
    </message>
    <message>
        <source>a language is written such as de or en-GB</source>
        <translation>تُكتب اللغة مثل de أو en-GB</translation>
    </message>
    <message>
        <source>a country code has two or three letters</source>
        <translation>لرمز البلد حرفان أو ثلاثة</translation>
    </message>
    <message>
        <source>a measure is a number such as 0.25</source>
        <translation>القياس عدد مثل 0.25</translation>
    </message>
    <message>
        <source>it takes a set of words</source>
        <translation>يقبل مجموعة كلمات</translation>
    </message>
    <message>
        <source>it takes one value</source>
        <translation>يقبل قيمة واحدة</translation>
    </message>
    <message>
        <source>it takes a text</source>
        <translation>يقبل نصًا</translation>
    </message>
    <message>
        <source>it is one line</source>
        <translation>هو سطر واحد</translation>
    </message>
    <message>
        <source>a date is written such as 2026, 2026-12-01 or 2026-12-01T09:00:00+01:00</source>
        <translation>يُكتب التاريخ مثل 2026 أو 2026-12-01 أو 2026-12-01T09:00:00+01:00</translation>
    </message>
    <message>
        <source>there is no such day or time</source>
        <translation>لا يوجد يوم أو وقت كهذا</translation>
    </message>
    <message>
        <source>it is none of the choices</source>
        <translation>ليس من الخيارات</translation>
    </message>
    <message>
        <source>an address has no blanks</source>
        <translation>لا فراغات في العنوان</translation>
    </message>
    <message>
        <source>a coordinate is written such as 48.85837, 2.29448 or 48°51′30″N 2°17′40″E</source>
        <translation>تُكتب الإحداثية مثل 48.85837, 2.29448 أو 48°51′30″N 2°17′40″E</translation>
    </message>
    <message>
        <source>a latitude is at most 90 degrees, a longitude at most 180</source>
        <translation>خط العرض 90 درجة على الأكثر، وخط الطول 180</translation>
    </message>
    <message>
        <source>it is a whole number</source>
        <translation>هو عدد صحيح</translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message>
        <source>There is nothing in it, and it is needed.</source>
        <translation>الخانة فارغة، وقيمتها مطلوبة.</translation>
    </message>
    <message>
        <source>The table has no such column.</source>
        <translation>لا يوجد عمود كهذا في الجدول.</translation>
    </message>
    <message>
        <source>“{value}” is too long.</source>
        <translation>«{value}» طويل جدًا.</translation>
    </message>
    <message>
        <source>It holds signs that no text has.</source>
        <translation>يحوي رموزًا لا ترد في النصوص.</translation>
    </message>
    <message>
        <source>“{value}” is neither upsert nor delete.</source>
        <translation>«{value}» ليس upsert ولا delete.</translation>
    </message>
    <message>
        <source>“{value}” has not 8, 12, 13 or 14 digits.</source>
        <translation>لا يتكوّن «{value}» من 8 أو 12 أو 13 أو 14 رقمًا.</translation>
    </message>
    <message>
        <source>“{value}” is not of small letters, digits, - and _.</source>
        <translation>لا يتكوّن «{value}» من أحرف لاتينية صغيرة وأرقام و- و_.</translation>
    </message>
    <message>
        <source>“{value}” is no country&apos;s code, EU or WW.</source>
        <translation>«{value}» ليس رمز بلد ولا EU ولا WW.</translation>
    </message>
    <message>
        <source>“{value}” is no language tag.</source>
        <translation>«{value}» ليس رمز لغة.</translation>
    </message>
    <message>
        <source>“{value}” is no use that is known.</source>
        <translation>«{value}» ليس استخدامًا معروفًا.</translation>
    </message>
    <message>
        <source>“{value}” is no date.</source>
        <translation>«{value}» ليس تاريخًا.</translation>
    </message>
    <message>
        <source>“{value}” does not say in which time zone.</source>
        <translation>لا يذكر «{value}» المنطقة الزمنية.</translation>
    </message>
    <message>
        <source>The rights end before they begin.</source>
        <translation>تنتهي الحقوق قبل أن تبدأ.</translation>
    </message>
    <message>
        <source>“{value}” is no slot.</source>
        <translation>«{value}» ليس خانة صور.</translation>
    </message>
    <message>
        <source>“{value}” is no position.</source>
        <translation>«{value}» ليس ترتيبًا صالحًا.</translation>
    </message>
    <message>
        <source>“{value}” does not begin with ps:, cld:, file: or kw:.</source>
        <translation>لا يبدأ «{value}» بـ ps: أو cld: أو file: أو kw:.</translation>
    </message>
    <message>
        <source>The line is not in the encoding of the file.</source>
        <translation>ترميز السطر مختلف عن ترميز الملف.</translation>
    </message>
    <message>
        <source>The line has {value} cells.</source>
        <translation>عدد خلايا السطر {value}.</translation>
    </message>
    <message>
        <source>The line is separated by {value}, unlike the first one.</source>
        <translation>الفاصل في السطر هو {value}، خلافًا للسطر الأول.</translation>
    </message>
    <message>
        <source>A quotation mark is never closed.</source>
        <translation>علامة اقتباس لم تُغلق.</translation>
    </message>
    <message>
        <source>The line is too long to be read.</source>
        <translation>السطر أطول من أن يُقرأ.</translation>
    </message>
    <message>
        <source>It is no JSON: {value}.</source>
        <translation>ليس JSON: {value}.</translation>
    </message>
    <message>
        <source>It is no JSON object.</source>
        <translation>ليس كائن JSON.</translation>
    </message>
    <message>
        <source>The check digit of {value} is wrong.</source>
        <translation>رقم التحقق في {value} خاطئ.</translation>
    </message>
    <message>
        <source>Rows of the product say different things; “{value}” was taken.</source>
        <translation>تتعارض صفوف المنتج؛ أُخذ بالقيمة «{value}».</translation>
    </message>
    <message>
        <source>The product is there twice with “{value}”; the later one was taken.</source>
        <translation>ورد المنتج مرتين مع «{value}»؛ أُخذ بالأخير.</translation>
    </message>
    <message>
        <source>The column “{value}” is not known.</source>
        <translation>العمود «{value}» غير معروف.</translation>
    </message>
    <message>
        <source>The feed is empty.</source>
        <translation>الخلاصة فارغة.</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>صورة رئيسية</translation>
    </message>
    <message>
        <source>Other view</source>
        <translation>زاوية أخرى</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>لقطة تفصيلية</translation>
    </message>
    <message>
        <source>Swatch</source>
        <translation>عيّنة لون</translation>
    </message>
    <message>
        <source>Lifestyle</source>
        <translation>نمط حياة</translation>
    </message>
    <message>
        <source>Spin</source>
        <translation>عرض دوّار</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>فيلم</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>دليل الاستخدام</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>معطَّلة</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>متوقفة مؤقتًا</translation>
    </message>
    <message>
        <source>Only when I ask</source>
        <translation>عند الطلب فقط</translation>
    </message>
    <message>
        <source>Every quarter of an hour</source>
        <translation>كل ربع ساعة</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>كل ساعة</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>كل يوم</translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>كل %Ln دقيقة</numerusform>
            <numerusform>كل دقيقة</numerusform>
            <numerusform>كل دقيقتين</numerusform>
            <numerusform>كل %Ln دقائق</numerusform>
            <numerusform>كل %Ln دقيقة</numerusform>
            <numerusform>كل %Ln دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>صور مختلفة: %Ln صورة</numerusform>
            <numerusform>صور مختلفة: صورة واحدة</numerusform>
            <numerusform>صور مختلفة: صورتان</numerusform>
            <numerusform>صور مختلفة: %Ln صور</numerusform>
            <numerusform>صور مختلفة: %Ln صورة</numerusform>
            <numerusform>صور مختلفة: %Ln صورة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln صف</numerusform>
            <numerusform>صف واحد</numerusform>
            <numerusform>صفان</numerusform>
            <numerusform>%Ln صفوف</numerusform>
            <numerusform>%Ln صفًا</numerusform>
            <numerusform>%Ln صف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) taken</source>
        <translation>
            <numerusform>أُخذ: %Ln منتج</numerusform>
            <numerusform>أُخذ: منتج واحد</numerusform>
            <numerusform>أُخذ: منتجان</numerusform>
            <numerusform>أُخذ: %Ln منتجات</numerusform>
            <numerusform>أُخذ: %Ln منتجًا</numerusform>
            <numerusform>أُخذ: %Ln منتج</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>دون تغيير: %Ln منتج</numerusform>
            <numerusform>دون تغيير: منتج واحد</numerusform>
            <numerusform>دون تغيير: منتجان</numerusform>
            <numerusform>دون تغيير: %Ln منتجات</numerusform>
            <numerusform>دون تغيير: %Ln منتجًا</numerusform>
            <numerusform>دون تغيير: %Ln منتج</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>قديم: %Ln منتج</numerusform>
            <numerusform>قديم: منتج واحد</numerusform>
            <numerusform>قديم: منتجان</numerusform>
            <numerusform>قديم: %Ln منتجات</numerusform>
            <numerusform>قديم: %Ln منتجًا</numerusform>
            <numerusform>قديم: %Ln منتج</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>حُذف: %Ln منتج</numerusform>
            <numerusform>حُذف: منتج واحد</numerusform>
            <numerusform>حُذف: منتجان</numerusform>
            <numerusform>حُذف: %Ln منتجات</numerusform>
            <numerusform>حُذف: %Ln منتجًا</numerusform>
            <numerusform>حُذف: %Ln منتج</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>لم يؤخذ: %Ln صف</numerusform>
            <numerusform>لم يؤخذ: صف واحد</numerusform>
            <numerusform>لم يؤخذ: صفان</numerusform>
            <numerusform>لم يؤخذ: %Ln صفوف</numerusform>
            <numerusform>لم يؤخذ: %Ln صفًا</numerusform>
            <numerusform>لم يؤخذ: %Ln صف</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>السطر {line}</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>لم يُقبل</translation>
    </message>
    <message>
        <source>No image of it was found</source>
        <translation>لم يُعثر على صورة له</translation>
    </message>
</context>
<context>
    <name>fidelity</name>
    <message>
        <source>{it} follows the visitor&apos;s browser; here the picture keeps its size.</source>
        <translation>يتبع {it} متصفح الزائر؛ هنا تحتفظ الصورة بحجمها.</translation>
    </message>
    <message>
        <source>{it} stands alone: Cloudinary&apos;s pages leave open how the other side follows; here the picture keeps its shape.</source>
        <translation>يرد {it} منفردًا: لا توضح صفحات Cloudinary كيف يتبعه الضلع الآخر؛ هنا تحتفظ الصورة بشكلها.</translation>
    </message>
    <message>
        <source>{it} lets Cloudinary choose the part by its content; here it is chosen by our own measure. The size is exact.</source>
        <translation>يترك {it} لـ Cloudinary اختيار الجزء بحسب المحتوى؛ هنا يُختار بمقياسنا الخاص. الحجم مطابق تمامًا.</translation>
    </message>
    <message>
        <source>{it} decides the size too, and its coordinates are not here.</source>
        <translation>يحدد {it} الحجم أيضًا، وإحداثياته غير متوفرة هنا.</translation>
    </message>
    <message>
        <source>{it} decides the size too; Cloudinary finds the part with its own detector, here another one does.</source>
        <translation>يحدد {it} الحجم أيضًا؛ يعثر Cloudinary على الجزء بكاشفه الخاص، وهنا بكاشف آخر.</translation>
    </message>
    <message>
        <source>{it}: how much stays around what is found is not published; here it is near.</source>
        <translation>مع {it}: مقدار ما يبقى حول ما عُثر عليه غير منشور؛ النتيجة هنا قريبة.</translation>
    </message>
    <message>
        <source>dpr_auto follows the visitor&apos;s screen; here it counts as 1.0.</source>
        <translation>يتبع dpr_auto شاشة الزائر؛ هنا يُحتسب 1.0.</translation>
    </message>
    <message>
        <source>{it} stands by itself; here it enlarges the last size that is asked for.</source>
        <translation>يرد {it} منفردًا؛ هنا يكبّر آخر حجم مطلوب.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds the quality for each picture; here it is found by another measure of what the eye sees.</source>
        <translation>مع {it}: يحدد Cloudinary الجودة لكل صورة؛ هنا تُحدد بمقياس آخر لما تراه العين.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary chooses the format by browser and content; here by the browser alone.</source>
        <translation>مع {it}: يختار Cloudinary الصيغة بحسب المتصفح والمحتوى؛ هنا بحسب المتصفح وحده.</translation>
    </message>
    <message>
        <source>{it}: when Cloudinary turns the picture is not published in full; here when the size asked for lies the other way.</source>
        <translation>مع {it}: متى يدوّر Cloudinary الصورة غير منشور بالكامل؛ هنا تُدوَّر حين يكون اتجاه الحجم المطلوب معاكسًا.</translation>
    </message>
    <message>
        <source>{it} shares a component with a size; here the picture is turned afterwards.</source>
        <translation>يشترك {it} في مكوّن واحد مع حجم؛ هنا تُدوَّر الصورة بعد ذلك.</translation>
    </message>
    <message>
        <source>How many faces there are decides here; Cloudinary counts them with its own detector.</source>
        <translation>يُحسم الأمر هنا بعدد الوجوه؛ ويعدّها Cloudinary بكاشفه الخاص.</translation>
    </message>
    <message>
        <source>The layer {it} is not known here; it is left out.</source>
        <translation>الطبقة {it} غير معروفة هنا؛ تُهمل.</translation>
    </message>
    <message>
        <source>Where the tiles of {it} begin is not published; here at the top left.</source>
        <translation>موضع بدء بلاطات {it} غير منشور؛ هنا من أعلى اليسار.</translation>
    </message>
    <message>
        <source>The text template {it} is known to Cloudinary only; it is left out.</source>
        <translation>قالب النص {it} لا يعرفه إلا Cloudinary؛ يُهمل.</translation>
    </message>
    <message>
        <source>How far a stroke covers its letters is not published; here it lies around them.</source>
        <translation>مقدار تغطية الحدّ لأحرفه غير منشور؛ هنا يحيط بها.</translation>
    </message>
    <message>
        <source>The font {it} is not here; a similar one stands in.</source>
        <translation>الخط {it} غير متوفر هنا؛ يحل محله خط مشابه.</translation>
    </message>
    <message>
        <source>The uploaded font {it} is not known here; {family} stands in.</source>
        <translation>الخط المرفوع {it} غير معروف هنا؛ يحل محله {family}.</translation>
    </message>
    <message>
        <source>The uploaded font {it} cannot be read here; {family} stands in.</source>
        <translation>تعذّرت هنا قراءة الخط المرفوع {it}؛ يحل محله {family}.</translation>
    </message>
    <message>
        <source>The picture is animated; here its first frame is shown.</source>
        <translation>الصورة متحركة؛ هنا يُعرض إطارها الأول.</translation>
    </message>
    <message>
        <source>Metadata is not written into {format} files here.</source>
        <translation>لا تُكتب البيانات الوصفية هنا في ملفات {format}.</translation>
    </message>
    <message>
        <source>Without f_ or an extension Cloudinary delivers the master&apos;s own format; here it is written as {format}.</source>
        <translation>دون f_ أو امتداد يسلّم Cloudinary صيغة الملف الأصلي نفسها؛ هنا يُكتب بصيغة {format}.</translation>
    </message>
    <message>
        <source>What fills the padding of a transparent picture is not documented; here it stays transparent.</source>
        <translation>ما يملأ حشو الصورة الشفافة غير موثَّق؛ هنا يبقى شفافًا.</translation>
    </message>
    <message>
        <source>Layers by name and embedded pictures are opened by Cloudinary only.</source>
        <translation>الطبقات بالاسم والصور المضمَّنة لا يفتحها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>Of several pages the first that is named is shown here.</source>
        <translation>عند ذكر عدة صفحات تُعرض هنا أولاها.</translation>
    </message>
    <message>
        <source>Single layers or pages of such a file are opened by Cloudinary only.</source>
        <translation>لا يفتح الطبقات أو الصفحات المفردة من ملف كهذا إلا Cloudinary.</translation>
    </message>
    <message>
        <source>A RAW file is shown by the camera&apos;s own preview here, or developed plainly.</source>
        <translation>يُعرض ملف RAW هنا بمعاينة الكاميرا نفسها، أو يُحمَّض تحميضًا بسيطًا.</translation>
    </message>
    <message>
        <source>Of an AVIF sequence the first picture is shown here.</source>
        <translation>من تسلسل AVIF تُعرض هنا الصورة الأولى.</translation>
    </message>
    <message>
        <source>Of an EPS the preview it carries is shown here.</source>
        <translation>من ملف EPS تُعرض هنا المعاينة التي يحملها.</translation>
    </message>
    <message>
        <source>A TIFF of this rare kind is read by another decoder here.</source>
        <translation>ملف TIFF من هذا النوع النادر يقرؤه هنا مفكّك ترميز آخر.</translation>
    </message>
    <message>
        <source>t_{it} is drawn as the preset {it} says here; Cloudinary goes by its own definition of that name.</source>
        <translation>يُرسم t_{it} هنا كما يحدده الإعداد المسبق {it}؛ أما Cloudinary فيتبع تعريفه الخاص لهذا الاسم.</translation>
    </message>
    <message>
        <source>The film is encoded by another encoder here: its size, length and order are true, its bytes and fine detail are not.</source>
        <translation>يُرمَّز الفيلم هنا بمُرمِّز آخر: حجمه ومدته وترتيبه صحيحة، أما بايتاته وتفاصيله الدقيقة فلا.</translation>
    </message>
    <message>
        <source>The codec vc_{it} is written by Cloudinary only.</source>
        <translation>الترميز vc_{it} لا يكتبه إلا Cloudinary.</translation>
    </message>
    <message>
        <source>A film&apos;s sides are even numbers here: {width} × {height} instead of {asked_width} × {asked_height}.</source>
        <translation>أبعاد الفيلم هنا أعداد زوجية: {width} × {height} بدلًا من {asked_width} × {asked_height}.</translation>
    </message>
    <message>
        <source>What fills a film&apos;s padding is not documented; here it is black.</source>
        <translation>ما يملأ حشو الفيلم غير موثَّق؛ هنا يكون أسود.</translation>
    </message>
    <message>
        <source>so_{it} is chosen by Cloudinary; here the frame is from the middle.</source>
        <translation>يختار Cloudinary قيمة so_{it}؛ هنا الإطار من المنتصف.</translation>
    </message>
    <message>
        <source>Without so_ Cloudinary chooses the frame; here it is the film&apos;s middle one.</source>
        <translation>دون so_ يختار Cloudinary الإطار؛ هنا هو الإطار الأوسط من الفيلم.</translation>
    </message>
    <message>
        <source>How fast Cloudinary plays the frames is not documented; here as the film does.</source>
        <translation>سرعة تشغيل Cloudinary للإطارات غير موثَّقة؛ هنا بسرعة الفيلم.</translation>
    </message>
    <message>
        <source>{it} is chosen by Cloudinary; here the film starts at its beginning.</source>
        <translation>يختار Cloudinary قيمة {it}؛ هنا يبدأ الفيلم من أوله.</translation>
    </message>
    <message>
        <source>{it}: how Cloudinary evens out loudness is not published; here it is near.</source>
        <translation>مع {it}: طريقة Cloudinary في معادلة شدة الصوت غير منشورة؛ النتيجة هنا قريبة.</translation>
    </message>
    <message>
        <source>The format f_{it} is written by Cloudinary only; here the film is a {format}.</source>
        <translation>الصيغة f_{it} لا يكتبها إلا Cloudinary؛ هنا الفيلم بصيغة {format}.</translation>
    </message>
    <message>
        <source>{it}: what Cloudinary&apos;s strength means in pixels is not published; here it is near.</source>
        <translation>مع {it}: ما تعنيه شدة Cloudinary بالبكسل غير منشور؛ النتيجة هنا قريبة.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s formula is not published; here a usual one is used.</source>
        <translation>مع {it}: صيغة Cloudinary الحسابية غير منشورة؛ هنا تُستخدم صيغة شائعة.</translation>
    </message>
    <message>
        <source>{it}: where Cloudinary&apos;s squares begin is not published; here at the top left.</source>
        <translation>مع {it}: موضع بدء مربعات Cloudinary غير منشور؛ هنا من أعلى اليسار.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary finds it with its own detector, here another one does.</source>
        <translation>مع {it}: يعثر عليه Cloudinary بكاشفه الخاص، وهنا بكاشف آخر.</translation>
    </message>
    <message>
        <source>Cloudinary chooses the part to keep by its content ({it}); here it is chosen by our own measure of what draws the eye. The size is exact.</source>
        <translation>يختار Cloudinary الجزء المُبقى بحسب محتواه ({it})؛ هنا يُختار بمقياسنا الخاص لما يجذب العين. الحجم مطابق تمامًا.</translation>
    </message>
    <message>
        <source>{it}: how colours between grey and full count is not published; here evenly.</source>
        <translation>مع {it}: كيفية احتساب الألوان بين الرمادي والمشبع غير منشورة؛ هنا بالتساوي.</translation>
    </message>
    <message>
        <source>{it}: whether sound fades along is not documented; here it does.</source>
        <translation>مع {it}: هل يتلاشى الصوت أيضًا غير موثَّق؛ هنا يتلاشى.</translation>
    </message>
    <message>
        <source>{it}: how the greys of a mask count is not published; here by their brightness.</source>
        <translation>مع {it}: كيفية احتساب درجات الرمادي في القناع غير منشورة؛ هنا بحسب سطوعها.</translation>
    </message>
    <message>
        <source>{it}: how near a colour must be to be trimmed is not published; here it is near.</source>
        <translation>مع {it}: مدى قرب اللون اللازم لقصّه غير منشور؛ النتيجة هنا قريبة.</translation>
    </message>
    <message>
        <source>fl_any_format: when Cloudinary takes a palette is not published; here when hardly a pixel differs.</source>
        <translation>مع fl_any_format: متى يستخدم Cloudinary لوحة ألوان غير منشور؛ هنا حين لا يكاد يختلف أي بكسل.</translation>
    </message>
    <message>
        <source>fl_keep_attribution: which fields count is not published; here those of credit, copyright and rights.</source>
        <translation>مع fl_keep_attribution: الحقول المشمولة غير منشورة؛ هنا حقول الإسناد وحقوق النشر والحقوق.</translation>
    </message>
    <message>
        <source>fl_lossy: how much Cloudinary lets frames differ is not published; here a little.</source>
        <translation>مع fl_lossy: مقدار الاختلاف الذي يسمح به Cloudinary بين الإطارات غير منشور؛ هنا قليل.</translation>
    </message>
    <message>
        <source>fl_region_relative: the region is found by another detector here.</source>
        <translation>مع fl_region_relative: تُحدَّد المنطقة هنا بكاشف آخر.</translation>
    </message>
    <message>
        <source>fl_text_no_trim: how much room Cloudinary leaves around a text is not published; here that of a line.</source>
        <translation>مع fl_text_no_trim: مقدار الفراغ الذي يتركه Cloudinary حول النص غير منشور؛ هنا بقدر سطر.</translation>
    </message>
    <message>
        <source>Cloudinary looks for faces ({it}) with its own detector, here another one does. The size is exact.</source>
        <translation>يبحث Cloudinary عن الوجوه ({it}) بكاشفه الخاص، وهنا بكاشف آخر. الحجم مطابق تمامًا.</translation>
    </message>
    <message>
        <source>{it}: the coordinates are kept at Cloudinary; where they are not known here, the middle stands in.</source>
        <translation>مع {it}: الإحداثيات محفوظة لدى Cloudinary؛ وحيث لا تُعرف هنا يحل محلها المنتصف.</translation>
    </message>
    <message>
        <source>{it}: Cloudinary&apos;s way of choosing the colour is not published; here it is near.</source>
        <translation>مع {it}: طريقة Cloudinary في اختيار اللون غير منشورة؛ النتيجة هنا قريبة.</translation>
    </message>
    <message>
        <source>Letters are set by another text engine here and may differ by pixels.</source>
        <translation>تُصَف الأحرف هنا بمحرك نصوص آخر وقد تختلف ببضعة بكسلات.</translation>
    </message>
    <message>
        <source>{it}: whether a border lies around the picture or inside it is not published; here around it.</source>
        <translation>مع {it}: هل يقع الإطار حول الصورة أم داخلها غير منشور؛ هنا حولها.</translation>
    </message>
    <message>
        <source>The variable {it} can be worked out by Cloudinary only.</source>
        <translation>المتغير {it} لا يستطيع حسابه إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The rotation {it} is done by Cloudinary only.</source>
        <translation>التدوير {it} لا ينفّذه إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The ratio {it} is worked out by Cloudinary only.</source>
        <translation>النسبة {it} لا يحسبها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The background {it} is made by Cloudinary only.</source>
        <translation>الخلفية {it} لا ينشئها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The border {it} is drawn by Cloudinary only.</source>
        <translation>الإطار {it} لا يرسمه إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.</source>
        <translation>وضع الاقتصاص {it} لا يعرفه إلا Cloudinary؛ هنا تُقص الصورة إلى الحجم.</translation>
    </message>
    <message>
        <source>The pixel density {it} is worked out by Cloudinary only.</source>
        <translation>كثافة البكسلات {it} لا يحسبها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The effect {it} is applied by Cloudinary only.</source>
        <translation>التأثير {it} لا يطبّقه إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The format {it} is written by Cloudinary only.</source>
        <translation>الصيغة {it} لا يكتبها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The flag {it} is followed by Cloudinary only.</source>
        <translation>العلامة {it} لا يتبعها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>Cloudinary looks for {it} in the picture; here the crop stays in the middle.</source>
        <translation>يبحث Cloudinary عن {it} في الصورة؛ هنا يبقى الاقتصاص في المنتصف.</translation>
    </message>
    <message>
        <source>The height {it} is worked out by Cloudinary only.</source>
        <translation>الارتفاع {it} لا يحسبه إلا Cloudinary.</translation>
    </message>
    <message>
        <source>Conditions that need what Cloudinary alone knows are left out: {it}.</source>
        <translation>تُهمل الشروط التي تحتاج إلى ما لا يعرفه إلا Cloudinary: {it}.</translation>
    </message>
    <message>
        <source>The layer {it} is laid on by Cloudinary only.</source>
        <translation>الطبقة {it} لا يضعها فوق الصورة إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The opacity {it} is applied by Cloudinary only.</source>
        <translation>العتامة {it} لا يطبّقها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The quality {it} is chosen by Cloudinary only.</source>
        <translation>الجودة {it} لا يختارها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>Rounded corners ({it}) are cut by Cloudinary only.</source>
        <translation>الزوايا المستديرة ({it}) لا يقصّها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>What the named transformation {it} does is not known here; it is left out.</source>
        <translation>ما يفعله التحويل المسمّى {it} غير معروف هنا؛ يُهمل.</translation>
    </message>
    <message>
        <source>The layer {it} is laid under by Cloudinary only.</source>
        <translation>الطبقة {it} لا يضعها تحت الصورة إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The width {it} is worked out by Cloudinary only.</source>
        <translation>العرض {it} لا يحسبه إلا Cloudinary.</translation>
    </message>
    <message>
        <source>The offset {it} is worked out by Cloudinary only.</source>
        <translation>الإزاحة {it} لا يحسبها إلا Cloudinary.</translation>
    </message>
    <message>
        <source>{it} is done by Cloudinary only.</source>
        <translation>لا ينفّذ {it} إلا Cloudinary.</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>Any</source>
        <translation>أيّ</translation>
    </message>
    <message>
        <source>{filter}: {choice}</source>
        <translation>{filter}: {choice}</translation>
    </message>
    <message>
        <source>Keyword: {words}</source>
        <translation>الكلمة المفتاحية: {words}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>في {folder}</translation>
    </message>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>تنتهي الحقوق خلال %Ln يوم</numerusform>
            <numerusform>تنتهي الحقوق خلال يوم واحد</numerusform>
            <numerusform>تنتهي الحقوق خلال يومين</numerusform>
            <numerusform>تنتهي الحقوق خلال %Ln أيام</numerusform>
            <numerusform>تنتهي الحقوق خلال %Ln يومًا</numerusform>
            <numerusform>تنتهي الحقوق خلال %Ln يوم</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gate</name>
    <message>
        <source>nobody has approved it yet</source>
        <translation>لم يعتمده أحد بعد</translation>
    </message>
    <message>
        <source>its review is not finished</source>
        <translation>لم تنته مراجعته</translation>
    </message>
    <message>
        <source>changes were requested</source>
        <translation>طُلبت تعديلات</translation>
    </message>
    <message>
        <source>it was rejected</source>
        <translation>رُفض</translation>
    </message>
    <message>
        <source>it has changed since it was approved</source>
        <translation>تغيّر منذ اعتماده</translation>
    </message>
    <message>
        <source>a stage of its review is missing</source>
        <translation>تنقص مرحلة من مراجعته</translation>
    </message>
    <message>
        <source>nobody has approved this rendition yet</source>
        <translation>لم يعتمد أحد هذه النسخة المشتقة بعد</translation>
    </message>
    <message>
        <source>the review of this rendition is not finished</source>
        <translation>لم تنته مراجعة هذه النسخة المشتقة</translation>
    </message>
    <message>
        <source>changes were requested of this rendition</source>
        <translation>طُلبت تعديلات على هذه النسخة المشتقة</translation>
    </message>
    <message>
        <source>this rendition was rejected</source>
        <translation>رُفضت هذه النسخة المشتقة</translation>
    </message>
    <message>
        <source>this rendition has changed since it was approved</source>
        <translation>تغيّرت هذه النسخة المشتقة منذ اعتمادها</translation>
    </message>
    <message>
        <source>a stage of the review of this rendition is missing</source>
        <translation>تنقص مرحلة من مراجعة هذه النسخة المشتقة</translation>
    </message>
    <message>
        <source>its rights have ended</source>
        <translation>انتهت حقوقه</translation>
    </message>
    <message>
        <source>its rights have not begun</source>
        <translation>لم تبدأ حقوقه بعد</translation>
    </message>
    <message>
        <source>its rights dates cannot be read</source>
        <translation>تعذّرت قراءة تواريخ حقوقه</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>تعذّرت قراءة الملف</translation>
    </message>
    <message>
        <source>its rights do not cover this market</source>
        <translation>حقوقه لا تشمل هذا السوق</translation>
    </message>
    <message>
        <source>its rights do not cover this channel</source>
        <translation>حقوقه لا تشمل هذه القناة</translation>
    </message>
    <message>
        <source>a model release is missing</source>
        <translation>ينقص تصريح العارض</translation>
    </message>
    <message>
        <source>a property release is missing</source>
        <translation>ينقص تصريح الملكية</translation>
    </message>
    <message>
        <source>it is archived</source>
        <translation>هو مؤرشف</translation>
    </message>
    <message>
        <source>required fields are empty</source>
        <translation>توجد حقول مطلوبة فارغة</translation>
    </message>
    <message>
        <source>its products do not allow it now</source>
        <translation>منتجاته لا تسمح به الآن</translation>
    </message>
    <message>
        <source>what is laid on it may not be shown</source>
        <translation>ما وُضع فوقه لا يجوز عرضه</translation>
    </message>
</context>
<context>
    <name>gate lifts</name>
    <message>
        <source>Somebody approves it.</source>
        <translation>أن يعتمده أحد.</translation>
    </message>
    <message>
        <source>Its review ends with an approval.</source>
        <translation>أن تنتهي مراجعته بالاعتماد.</translation>
    </message>
    <message>
        <source>A changed version is approved, or whoever asked for changes approves it.</source>
        <translation>أن تُعتمد نسخة معدّلة منه، أو أن يعتمده من طلب التعديلات.</translation>
    </message>
    <message>
        <source>It is approved after all; nothing else overrides a rejection.</source>
        <translation>أن يُعتمد رغم ذلك؛ لا شيء آخر يلغي الرفض.</translation>
    </message>
    <message>
        <source>The new version is approved.</source>
        <translation>أن تُعتمد النسخة الجديدة.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves it.</source>
        <translation>أن تعتمده كل مرحلة تطلبها السياسة.</translation>
    </message>
    <message>
        <source>Somebody approves this rendition itself.</source>
        <translation>أن يعتمد أحد هذه النسخة المشتقة نفسها.</translation>
    </message>
    <message>
        <source>The review of this rendition ends with an approval.</source>
        <translation>أن تنتهي مراجعة هذه النسخة المشتقة بالاعتماد.</translation>
    </message>
    <message>
        <source>The preset or the master is changed and approved, or this is approved.</source>
        <translation>أن يُعدَّل الإعداد المسبق أو الملف الأصلي ويُعتمد، أو أن تُعتمد هذه النسخة.</translation>
    </message>
    <message>
        <source>This rendition is approved after all; nothing else overrides a rejection.</source>
        <translation>أن تُعتمد هذه النسخة المشتقة رغم ذلك؛ لا شيء آخر يلغي الرفض.</translation>
    </message>
    <message>
        <source>The rendition as it is now is approved.</source>
        <translation>أن تُعتمد النسخة المشتقة كما هي الآن.</translation>
    </message>
    <message>
        <source>Every stage that the policy asks for approves this rendition.</source>
        <translation>أن تعتمد هذه النسخة المشتقة كل مرحلة تطلبها السياسة.</translation>
    </message>
    <message>
        <source>The licence is renewed and recorded.</source>
        <translation>أن يُجدَّد الترخيص ويُدوَّن.</translation>
    </message>
    <message>
        <source>The day on which its rights begin.</source>
        <translation>اليوم الذي تبدأ فيه حقوقه.</translation>
    </message>
    <message>
        <source>The dates of its rights are recorded so that they can be read.</source>
        <translation>أن تُدوَّن تواريخ حقوقه بصيغة يمكن قراءتها.</translation>
    </message>
    <message>
        <source>The file can be read again, or a sound one takes its place.</source>
        <translation>أن تصبح قراءة الملف ممكنة من جديد، أو أن يحل محله ملف سليم.</translation>
    </message>
    <message>
        <source>Rights for this market are recorded.</source>
        <translation>أن تُدوَّن حقوق لهذا السوق.</translation>
    </message>
    <message>
        <source>Rights for this channel are recorded.</source>
        <translation>أن تُدوَّن حقوق لهذه القناة.</translation>
    </message>
    <message>
        <source>The model release is recorded.</source>
        <translation>أن يُدوَّن تصريح العارض.</translation>
    </message>
    <message>
        <source>The property release is recorded.</source>
        <translation>أن يُدوَّن تصريح الملكية.</translation>
    </message>
    <message>
        <source>It is taken out of the archive.</source>
        <translation>أن يُخرَج من الأرشيف.</translation>
    </message>
    <message>
        <source>The fields that the policy asks for are filled in.</source>
        <translation>أن تُملأ الحقول التي تطلبها السياسة.</translation>
    </message>
    <message>
        <source>A product that it shows allows it, or somebody pushes it.</source>
        <translation>أن يسمح به منتج يعرضه، أو أن يرسله أحد.</translation>
    </message>
    <message>
        <source>What is laid on it is allowed, or left out of the transformation.</source>
        <translation>أن يُسمح بما وُضع فوقه أو يُحذف من التحويل.</translation>
    </message>
</context>
<context>
    <name>grid</name>
    <message>
        <source>Being kept…</source>
        <translation>جارٍ الحفظ…</translation>
    </message>
    <message>
        <source>This cannot be written here.</source>
        <translation>تتعذّر كتابة هذا هنا.</translation>
    </message>
    <message>
        <source>Needed before it can be pushed.</source>
        <translation>مطلوب قبل أن يمكن الإرسال.</translation>
    </message>
    <message>
        <source>The places where the file keeps this do not agree.</source>
        <translation>المواضع التي يحفظ فيها الملف هذا غير متفقة.</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>By role</source>
        <translation>حسب الدور</translation>
    </message>
    <message>
        <source>Day by day</source>
        <translation>في العمل اليومي</translation>
    </message>
    <message>
        <source>To look things up</source>
        <translation>للرجوع إليه</translation>
    </message>
    <message>
        <source>Run it and get help</source>
        <translation>التشغيل والحصول على المساعدة</translation>
    </message>
    <message>
        <source>Build with it</source>
        <translation>التطوير والتكامل</translation>
    </message>
</context>
<context>
    <name>holdings</name>
    <message>
        <source>Credit</source>
        <translation>الإسناد</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>حقوق النشر</translation>
    </message>
    <message>
        <source>Title and keywords</source>
        <translation>العنوان والكلمات المفتاحية</translation>
    </message>
    <message>
        <source>Date and camera</source>
        <translation>التاريخ والكاميرا</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>المكان</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>ملف الألوان</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>بيانات اعتماد المحتوى</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>الشفافية</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>الحركة</translation>
    </message>
    <message>
        <source>{what} stays. {reason}</source>
        <translation>{what}: يبقى. {reason}</translation>
    </message>
    <message>
        <source>{what} is lost. {reason}</source>
        <translation>{what}: يُفقد. {reason}</translation>
    </message>
</context>
<context>
    <name>hue</name>
    <message>
        <source>No colour</source>
        <translation>بلا لون</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>أحمر</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>برتقالي</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>أخضر</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>أزرق مخضرّ</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>أزرق</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>بنفسجي</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>وردي</translation>
    </message>
</context>
<context>
    <name>insights</name>
    <message>
        <source>No account is connected</source>
        <translation>لا حساب مرتبط</translation>
    </message>
    <message>
        <source>Connect a Cloudinary account; what it uses is counted here then.</source>
        <translation>اربط حساب Cloudinary؛ عندها يُحسب استهلاكه هنا.</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>لم يُستعلم بعد</translation>
    </message>
    <message>
        <source>Ask the environment what it uses. Each answer is kept: several days make a trend.</source>
        <translation>استعلم من البيئة عن استهلاكها. تُحفظ كل إجابة: وتُظهر عدة أيام اتجاهًا.</translation>
    </message>
    <message>
        <source>No numbers of delivery yet</source>
        <translation>لا أرقام عن التسليم بعد</translation>
    </message>
    <message>
        <source>Import an access log of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>استورد سجل وصول لموقعك أو شبكتك: يبيّن ما سُلِّم وكم مرة ولمن. يُقرأ هنا ولا يُرسل إلى أي مكان.</translation>
    </message>
    <message>
        <source>Nothing is in use yet</source>
        <translation>لا شيء قيد الاستخدام بعد</translation>
    </message>
    <message>
        <source>What was pushed, published or placed is counted here; an access log tells how often it was delivered.</source>
        <translation>يُحسب هنا ما أُرسل أو نُشر أو وُضع في مكان؛ ويبيّن سجل الوصول عدد مرات تسليمه.</translation>
    </message>
    <message>
        <source>Nothing to save</source>
        <translation>لا شيء يمكن توفيره</translation>
    </message>
    <message>
        <source>No rendition is known that is not optimised already.</source>
        <translation>كل النسخ المشتقة المعروفة محسّنة بالفعل.</translation>
    </message>
    <message>
        <source>Every approved asset is in use</source>
        <translation>كل الأصول المعتمدة قيد الاستخدام</translation>
    </message>
    <message>
        <source>None of them lies idle.</source>
        <translation>لا يوجد بينها أصل غير مستخدم.</translation>
    </message>
    <message>
        <source>No rights end soon</source>
        <translation>لا حقوق تنتهي قريبًا</translation>
    </message>
    <message>
        <source>Nothing that is in use has to go within these days.</source>
        <translation>لا يوجد بين ما هو قيد الاستخدام ما يجب أن يُزال خلال هذه الأيام.</translation>
    </message>
    <message>
        <source>No heavy originals</source>
        <translation>لا ملفات أصلية كبيرة الحجم</translation>
    </message>
    <message>
        <source>Every original is smaller than the size that is asked for.</source>
        <translation>كل الملفات الأصلية أصغر من الحجم المطلوب.</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>لا شيء مكرر</translation>
    </message>
    <message>
        <source>No two files have the same content.</source>
        <translation>لا يوجد ملفان بالمحتوى نفسه.</translation>
    </message>
    <message>
        <source>No two pictures look alike</source>
        <translation>لا صور متشابهة</translation>
    </message>
    <message>
        <source>At least none of those that could be compared.</source>
        <translation>على الأقل بين ما أمكنت مقارنته.</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>لا ينقص شيء</translation>
    </message>
    <message>
        <source>Every asset has the fields that are asked for.</source>
        <translation>في كل أصل الحقول المطلوبة.</translation>
    </message>
    <message>
        <source>No access log was imported</source>
        <translation>لم يُستورد أي سجل وصول</translation>
    </message>
    <message>
        <source>Import one of your site or network: it says what was delivered, how often and to whom. It is read here and sent nowhere.</source>
        <translation>استورد سجلًا لموقعك أو شبكتك: يبيّن ما سُلِّم وكم مرة ولمن. يُقرأ هنا ولا يُرسل إلى أي مكان.</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>لا شيء لعرضه</translation>
    </message>
    <message>
        <source>There is nothing of that kind in this library and these days.</source>
        <translation>لا شيء من هذا النوع في هذه المكتبة وهذه الأيام.</translation>
    </message>
    <message>
        <source>No limit is near. The nearest: {name}, {amount}</source>
        <translation>لا حد قريب من النفاد. الأقرب: {name}، {amount}</translation>
    </message>
    <message>
        <source>This plan tells no limits</source>
        <translation>لا تذكر هذه الباقة أي حدود</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}. A second day makes a trend.</source>
        <translation>{name}: {amount} في {day}. يوم ثانٍ يُظهر اتجاهًا.</translation>
    </message>
    <message>
        <source>{name}: {amount} on {day}, after {before} on {earlier}</source>
        <translation>{name}: {amount} في {day}، بعد {before} في {earlier}</translation>
    </message>
    <message>
        <source>{name} is used least ({measure}: {amount})</source>
        <translation>{name} هو الأقل استخدامًا ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} is used most ({measure}: {amount})</source>
        <translation>{name} هو الأكثر استخدامًا ({measure}: {amount})</translation>
    </message>
    <message>
        <source>{name} takes most ({measure}: {amount}, {share} of all)</source>
        <translation>الأكثر استهلاكًا: {name} ({measure}: {amount}، {share} من الإجمالي)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln صف</numerusform>
            <numerusform>صف واحد</numerusform>
            <numerusform>صفان</numerusform>
            <numerusform>%Ln صفوف</numerusform>
            <numerusform>%Ln صفًا</numerusform>
            <numerusform>%Ln صف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved asset(s) were never used</source>
        <translation>
            <numerusform>لم يُستخدم %Ln أصل معتمد قط</numerusform>
            <numerusform>أصل معتمد واحد لم يُستخدم قط</numerusform>
            <numerusform>أصلان معتمدان لم يُستخدما قط</numerusform>
            <numerusform>%Ln أصول معتمدة لم تُستخدم قط</numerusform>
            <numerusform>%Ln أصلًا معتمدًا لم يُستخدم قط</numerusform>
            <numerusform>%Ln أصل معتمد لم يُستخدم قط</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>أصول مستخدمة تنتهي حقوقها خلال {days} يوم أو انتهت: %Ln أصل</numerusform>
            <numerusform>أصول مستخدمة تنتهي حقوقها خلال {days} يوم أو انتهت: أصل واحد</numerusform>
            <numerusform>أصول مستخدمة تنتهي حقوقها خلال {days} يوم أو انتهت: أصلان</numerusform>
            <numerusform>أصول مستخدمة تنتهي حقوقها خلال {days} يوم أو انتهت: %Ln أصول</numerusform>
            <numerusform>أصول مستخدمة تنتهي حقوقها خلال {days} يوم أو انتهت: %Ln أصلًا</numerusform>
            <numerusform>أصول مستخدمة تنتهي حقوقها خلال {days} يوم أو انتهت: %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>ملفات أصلية بحجم {size} أو أكثر: %Ln ملف</numerusform>
            <numerusform>ملفات أصلية بحجم {size} أو أكثر: ملف واحد</numerusform>
            <numerusform>ملفات أصلية بحجم {size} أو أكثر: ملفان</numerusform>
            <numerusform>ملفات أصلية بحجم {size} أو أكثر: %Ln ملفات</numerusform>
            <numerusform>ملفات أصلية بحجم {size} أو أكثر: %Ln ملفًا</numerusform>
            <numerusform>ملفات أصلية بحجم {size} أو أكثر: %Ln ملف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>موجود أكثر من مرة: %Ln محتوى</numerusform>
            <numerusform>موجود أكثر من مرة: محتوى واحد</numerusform>
            <numerusform>موجود أكثر من مرة: محتويان</numerusform>
            <numerusform>موجود أكثر من مرة: %Ln محتويات</numerusform>
            <numerusform>موجود أكثر من مرة: %Ln محتوى</numerusform>
            <numerusform>موجود أكثر من مرة: %Ln محتوى</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>مجموعات صور شبه متطابقة: %Ln مجموعة</numerusform>
            <numerusform>مجموعات صور شبه متطابقة: مجموعة واحدة</numerusform>
            <numerusform>مجموعات صور شبه متطابقة: مجموعتان</numerusform>
            <numerusform>مجموعات صور شبه متطابقة: %Ln مجموعات</numerusform>
            <numerusform>مجموعات صور شبه متطابقة: %Ln مجموعة</numerusform>
            <numerusform>مجموعات صور شبه متطابقة: %Ln مجموعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>أوشك على البلوغ: %Ln حد: {names}</numerusform>
            <numerusform>أوشك على البلوغ: حد واحد: {names}</numerusform>
            <numerusform>أوشك على البلوغ: حدان: {names}</numerusform>
            <numerusform>أوشك على البلوغ: %Ln حدود: {names}</numerusform>
            <numerusform>أوشك على البلوغ: %Ln حدًا: {names}</numerusform>
            <numerusform>أوشك على البلوغ: %Ln حد: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln أصل</numerusform>
            <numerusform>أصل واحد</numerusform>
            <numerusform>أصلان</numerusform>
            <numerusform>%Ln أصول</numerusform>
            <numerusform>%Ln أصلًا</numerusform>
            <numerusform>%Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>قبل %Ln يوم</numerusform>
            <numerusform>قبل يوم واحد</numerusform>
            <numerusform>قبل يومين</numerusform>
            <numerusform>قبل %Ln أيام</numerusform>
            <numerusform>قبل %Ln يومًا</numerusform>
            <numerusform>قبل %Ln يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln يوم</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>%Ln أيام</numerusform>
            <numerusform>%Ln يومًا</numerusform>
            <numerusform>%Ln يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>{sentence}; {size} could be freed</source>
        <translation>{sentence}؛ يمكن تحرير {size}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>%Ln أصل تنقصه بيانات وصفية</numerusform>
            <numerusform>أصل واحد تنقصه بيانات وصفية</numerusform>
            <numerusform>أصلان تنقصهما بيانات وصفية</numerusform>
            <numerusform>%Ln أصول تنقصها بيانات وصفية</numerusform>
            <numerusform>%Ln أصلًا تنقصه بيانات وصفية</numerusform>
            <numerusform>%Ln أصل تنقصه بيانات وصفية</numerusform>
        </translation>
    </message>
    <message>
        <source>Optimisation would save {size}</source>
        <translation>يوفّر التحسين {size}</translation>
    </message>
    <message>
        <source>{name}: {amount} from {first} to {last}</source>
        <translation>{name}: {amount} من {first} إلى {last}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>يُحسب %Ln سجل وصول</numerusform>
            <numerusform>يُحسب سجل وصول واحد</numerusform>
            <numerusform>يُحسب سجلا وصول</numerusform>
            <numerusform>تُحسب %Ln سجلات وصول</numerusform>
            <numerusform>يُحسب %Ln سجل وصول</numerusform>
            <numerusform>يُحسب %Ln سجل وصول</numerusform>
        </translation>
    </message>
    <message>
        <source>not said</source>
        <translation>غير مذكور</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>صور متشابهة</translation>
    </message>
    <message>
        <source>Assets without it</source>
        <translation>أصول ينقصها ذلك</translation>
    </message>
    <message>
        <source>{used} of {limit}, {share}</source>
        <translation>{used} من {limit}، {share}</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)</source>
        <translation>جدول لبرامج جداول البيانات (CSV)</translation>
    </message>
    <message>
        <source>Plain table (CSV)</source>
        <translation>جدول بسيط (CSV)</translation>
    </message>
    <message>
        <source>Lines of JSON</source>
        <translation>أسطر JSON</translation>
    </message>
    <message>
        <source>Parquet, for analysis</source>
        <translation>Parquet، للتحليل</translation>
    </message>
    <message>
        <source>Cost and limits</source>
        <translation>التكلفة والحدود</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>الاستخدام</translation>
    </message>
    <message>
        <source>Who and what</source>
        <translation>من وماذا</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>التنظيف</translation>
    </message>
    <message>
        <source>Access logs</source>
        <translation>سجلات الوصول</translation>
    </message>
    <message>
        <source>How near are the plan’s limits?</source>
        <translation>ما مدى قرب الاستهلاك من حدود الباقة؟</translation>
    </message>
    <message>
        <source>How does usage grow?</source>
        <translation>كيف ينمو الاستهلاك؟</translation>
    </message>
    <message>
        <source>What would optimisation save?</source>
        <translation>كم يوفّر التحسين؟</translation>
    </message>
    <message>
        <source>What is used most?</source>
        <translation>ما الأكثر استخدامًا؟</translation>
    </message>
    <message>
        <source>What is hardly used?</source>
        <translation>ما الذي لا يكاد يُستخدم؟</translation>
    </message>
    <message>
        <source>Which approved assets did nobody use?</source>
        <translation>أي أصول معتمدة لم يستخدمها أحد؟</translation>
    </message>
    <message>
        <source>What is in use as rights end?</source>
        <translation>ما المستخدم مما تنتهي حقوقه؟</translation>
    </message>
    <message>
        <source>Which campaigns take most?</source>
        <translation>أي الحملات أكثر استهلاكًا؟</translation>
    </message>
    <message>
        <source>Whose assets take most?</source>
        <translation>أصول من الأكثر استهلاكًا؟</translation>
    </message>
    <message>
        <source>Which libraries take most?</source>
        <translation>أي المكتبات أكثر استهلاكًا؟</translation>
    </message>
    <message>
        <source>Which formats take most?</source>
        <translation>أي الصيغ أكثر استهلاكًا؟</translation>
    </message>
    <message>
        <source>Which presets are used?</source>
        <translation>أي الإعدادات المسبقة مستخدمة؟</translation>
    </message>
    <message>
        <source>Which originals are heavy?</source>
        <translation>أي الملفات الأصلية كبيرة الحجم؟</translation>
    </message>
    <message>
        <source>What is there twice?</source>
        <translation>ما المكرر؟</translation>
    </message>
    <message>
        <source>What looks almost the same?</source>
        <translation>ما الذي يبدو شبه متطابق؟</translation>
    </message>
    <message>
        <source>What has metadata missing?</source>
        <translation>ما الذي تنقصه بيانات وصفية؟</translation>
    </message>
    <message>
        <source>What was delivered, day by day?</source>
        <translation>ماذا سُلِّم يومًا بيوم؟</translation>
    </message>
    <message>
        <source>Which access logs are counted?</source>
        <translation>أي سجلات الوصول محسوبة؟</translation>
    </message>
    <message>
        <source>Assets there</source>
        <translation>الأصول الموجودة</translation>
    </message>
    <message>
        <source>Derived renditions</source>
        <translation>النسخ المشتقة المُنشأة</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>الطلبات</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>النص البديل</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>الكلمات المفتاحية</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>المُنشئ</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>حقوق النشر</translation>
    </message>
    <message>
        <source>an optimised rendition</source>
        <translation>نسخة مشتقة محسّنة</translation>
    </message>
    <message>
        <source>what such formats need</source>
        <translation>ما تحتاجه صيغ كهذه</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>بلا حد</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>لم يُقس</translation>
    </message>
</context>
<context>
    <name>job</name>
    <message>
        <source>Queued</source>
        <translation>في القائمة</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>قيد التنفيذ</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>في الانتظار</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>اكتمل</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>أُلغي</translation>
    </message>
</context>
<context>
    <name>kind</name>
    <message>
        <source>Image</source>
        <translation>صورة</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>فيديو</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>صوت</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>مستند</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>أخرى</translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message>
        <source>with {what}</source>
        <translation>مع {what}</translation>
    </message>
    <message>
        <source>as {what}</source>
        <translation>بصيغة {what}</translation>
    </message>
    <message>
        <source>at {what} of its width</source>
        <translation>بنسبة {what} من عرضها</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>ZIP file</source>
        <translation>ملف ZIP</translation>
    </message>
    <message>
        <source>Feed of addresses</source>
        <translation>خلاصة عناوين</translation>
    </message>
    <message>
        <source>Not weighed</source>
        <translation>لم يُحسب الحجم</translation>
    </message>
    <message>
        <source>{weight} too heavy</source>
        <translation>أكبر من الحد بـ {weight}</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>محتجزة</translation>
    </message>
    <message>
        <source>Not as asked</source>
        <translation>ليست كما طُلب</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>ضمن الحد</translation>
    </message>
    <message>
        <source>{weight} of ≤ {most}</source>
        <translation>{weight} من ≤ {most}</translation>
    </message>
    <message>
        <source>It fits {how}</source>
        <translation>تصبح ضمن الحد {how}</translation>
    </message>
    <message>
        <source>The lightest tried {how}</source>
        <translation>أصغر ما جُرِّب {how}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln نسخة مشتقة</numerusform>
            <numerusform>نسخة مشتقة واحدة</numerusform>
            <numerusform>نسختان مشتقتان</numerusform>
            <numerusform>%Ln نسخ مشتقة</numerusform>
            <numerusform>%Ln نسخة مشتقة</numerusform>
            <numerusform>%Ln نسخة مشتقة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>libraries</name>
    <message>
        <source>you have no permission to read it</source>
        <translation>لا تملك إذنًا بقراءته</translation>
    </message>
    <message>
        <source>it is a link to nothing</source>
        <translation>هو رابط إلى لا شيء</translation>
    </message>
    <message>
        <source>it is a link back to a folder that it lies in</source>
        <translation>هو رابط يعود إلى مجلد يقع داخله</translation>
    </message>
    <message>
        <source>it lies behind too many links inside one another</source>
        <translation>يقع خلف روابط متداخلة كثيرة جدًا</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>ليس ملفًا عاديًا</translation>
    </message>
    <message>
        <source>its path is too long</source>
        <translation>مساره طويل جدًا</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>لم يعد موجودًا</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>يبلّغ القرص عن خطأ</translation>
    </message>
    <message>
        <source>its field {field} is longer than {most} characters</source>
        <translation>الحقل {field} فيه أطول من الحد الأقصى لعدد الأحرف، وهو {most}</translation>
    </message>
    <message>
        <source>its field {field} cannot be read</source>
        <translation>تعذّرت قراءة الحقل {field} فيه</translation>
    </message>
    <message>
        <source>it has no identity</source>
        <translation>لا هوية له</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>its rights cover some markets only</source>
        <translation>حقوقه لا تشمل إلا بعض الأسواق</translation>
    </message>
    <message>
        <source>its rights do not cover the web</source>
        <translation>حقوقه لا تشمل الويب</translation>
    </message>
    <message>
        <source>its rights bound the size in which it may be seen</source>
        <translation>حقوقه تحدّ من المقاس الذي يجوز عرضه به</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Without a transformation the master itself is delivered.</source>
        <translation>دون تحويل يُسلَّم الملف الأصلي نفسه.</translation>
    </message>
    <message>
        <source>{value} keeps it.</source>
        <translation>{value} يُبقي ذلك.</translation>
    </message>
    <message>
        <source>Cloudinary takes all metadata off what it transforms.</source>
        <translation>يزيل Cloudinary كل البيانات الوصفية مما يحوّله.</translation>
    </message>
    <message>
        <source>{value} takes it off.</source>
        <translation>{value} يزيل ذلك.</translation>
    </message>
    <message>
        <source>fl_keep_iptc has no effect together with {value}: choose a fixed quality.</source>
        <translation>لا أثر لـ fl_keep_iptc مع {value}: اختر جودة ثابتة.</translation>
    </message>
    <message>
        <source>No metadata is written into {value} files.</source>
        <translation>لا تُكتب بيانات وصفية في ملفات {value}.</translation>
    </message>
    <message>
        <source>Cloudinary delivers it with the picture.</source>
        <translation>يسلّمه Cloudinary مع الصورة.</translation>
    </message>
    <message>
        <source>{value} converts the colours to sRGB, and the master&apos;s own profile goes.</source>
        <translation>يحوّل {value} الألوان إلى sRGB، ويُفقد ملف تعريف الألوان الخاص بالملف الأصلي.</translation>
    </message>
    <message>
        <source>{value} files can hold it.</source>
        <translation>يمكن لملفات {value} أن تحمل ذلك.</translation>
    </message>
    <message>
        <source>{value} files cannot hold it.</source>
        <translation>لا يمكن لملفات {value} أن تحمل ذلك.</translation>
    </message>
    <message>
        <source>Without {value} only the first frame is delivered.</source>
        <translation>دون {value} لا يُسلَّم إلا الإطار الأول.</translation>
    </message>
</context>
<context>
    <name>mapping</name>
    <message>
        <source>the master</source>
        <translation>الملف الأصلي</translation>
    </message>
    <message>
        <source>Cloudinary</source>
        <translation>Cloudinary</translation>
    </message>
    <message>
        <source>whoever said it last</source>
        <translation>آخر من ذكر القيمة</translation>
    </message>
    <message>
        <source>stays at the master</source>
        <translation>يبقى لدى الملف الأصلي</translation>
    </message>
    <message>
        <source>what is beyond 1,024 characters is cut</source>
        <translation>يُقص ما زاد على 1024 حرفًا</translation>
    </message>
    <message>
        <source>the day is kept, the time of day is not</source>
        <translation>يُحفظ اليوم، ولا يُحفظ الوقت من اليوم</translation>
    </message>
    <message>
        <source>a comma becomes a space, and what is beyond 255 characters is cut</source>
        <translation>تتحول الفاصلة إلى مسافة، ويُقص ما زاد على 255 حرفًا</translation>
    </message>
    <message>
        <source>only the first of several is kept</source>
        <translation>لا يُحفظ إلا الأول من عدة قيم</translation>
    </message>
    <message>
        <source>a slash becomes an underscore</source>
        <translation>تتحول الشرطة المائلة إلى شرطة سفلية</translation>
    </message>
    <message>
        <source>what is not in the list of the field is left out</source>
        <translation>يُستبعد ما ليس في قائمة الحقل</translation>
    </message>
    <message>
        <source>a master&apos;s record has no “{source}”</source>
        <translation>لا توجد في بيانات الملف الأصلي قيمة «{source}»</translation>
    </message>
    <message>
        <source>“{source}” has two rows</source>
        <translation>لـ «{source}» صفان</translation>
    </message>
    <message>
        <source>it has a direction, but goes nowhere</source>
        <translation>له اتجاه، لكن بلا وجهة</translation>
    </message>
    <message>
        <source>{target} is filled by “{other}” already</source>
        <translation>{target} يملؤه «{other}» بالفعل</translation>
    </message>
    <message>
        <source>{target} cannot have this name</source>
        <translation>لا يمكن أن يحمل {target} هذا الاسم</translation>
    </message>
    <message>
        <source>{target} belongs to Asset Bridge</source>
        <translation>{target} مخصص لـ Asset Bridge</translation>
    </message>
    <message>
        <source>{target} cannot hold “{source}”</source>
        <translation>لا يمكن أن يحمل {target} قيمة «{source}»</translation>
    </message>
    <message>
        <source>{target} is of another type at Cloudinary: {other}</source>
        <translation>نوع {target} مختلف في Cloudinary: {other}</translation>
    </message>
    <message>
        <source>without access control, copies stay open outside of their rights until they are retracted</source>
        <translation>دون تقييد الوصول تبقى النسخ متاحة خارج مدة حقوقها حتى تُسحب</translation>
    </message>
    <message>
        <source>“{other}” says which side leads for “{source}”, which has no row</source>
        <translation>يحدد «{other}» أي جانب له الأولوية في «{source}»، ولا صف له</translation>
    </message>
    <message>
        <source>Identity at the service</source>
        <translation>الهوية لدى الخدمة</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>المؤسسة</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>اسم الملف</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>العنوان الرئيسي</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>النص البديل</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>كاتب الوصف</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>الكلمات المفتاحية</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>المُنشئ</translation>
    </message>
    <message>
        <source>Creator’s position</source>
        <translation>منصب المُنشئ</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>نسبة المصدر</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>حقوق النشر</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>شروط الاستخدام</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>صفحة الحقوق</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>التعليمات</translation>
    </message>
    <message>
        <source>Rights block</source>
        <translation>كتلة الحقوق</translation>
    </message>
    <message>
        <source>Rights begin</source>
        <translation>بداية الحقوق</translation>
    </message>
    <message>
        <source>Rights end</source>
        <translation>نهاية الحقوق</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>المناطق</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>القنوات</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>تصريح العارض</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>تصريح الملكية</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>الاعتماد</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>معرّف المهمة</translation>
    </message>
    <message>
        <source>City</source>
        <translation>المدينة</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>الولاية أو المحافظة</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>البلد</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>رمز البلد</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>الموقع</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>تاريخ الالتقاط</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>التقييم</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>درجة الاستعجال</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>النوع الفني</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>المشهد</translation>
    </message>
    <message>
        <source>Subject code</source>
        <translation>رمز الموضوع</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>الفئة</translation>
    </message>
    <message>
        <source>Rights contact</source>
        <translation>جهة الاتصال للحقوق</translation>
    </message>
    <message>
        <source>Digest of the record</source>
        <translation>بصمة البيانات</translation>
    </message>
    <message>
        <source>Keywords “{words}”</source>
        <translation>الكلمات المفتاحية «{words}»</translation>
    </message>
    <message>
        <source>Custom field “{name}”</source>
        <translation>الحقل المخصص «{name}»</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>اسم العرض</translation>
    </message>
    <message>
        <source>Context “{key}”</source>
        <translation>السياق «{key}»</translation>
    </message>
    <message>
        <source>Access begins</source>
        <translation>بداية الوصول</translation>
    </message>
    <message>
        <source>Access ends</source>
        <translation>نهاية الوصول</translation>
    </message>
    <message>
        <source>Field “{key}”</source>
        <translation>الحقل «{key}»</translation>
    </message>
    <message>
        <source>To Cloudinary</source>
        <translation>إلى Cloudinary</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>في الاتجاهين</translation>
    </message>
    <message>
        <source>Not carried</source>
        <translation>لا يُنقل</translation>
    </message>
    <message>
        <source>To the master</source>
        <translation>إلى الملف الأصلي</translation>
    </message>
    <message>
        <source>You decide</source>
        <translation>القرار لك</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;ملف</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>ت&amp;حرير</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;عرض</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>ا&amp;نتقال</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>ال&amp;بيانات الوصفية</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>م&amp;راجعة</translation>
    </message>
    <message>
        <source>&amp;Cloudinary</source>
        <translation>&amp;Cloudinary</translation>
    </message>
    <message>
        <source>&amp;Demo</source>
        <translation>&amp;تجربة</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>م&amp;ساعدة</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>المظ&amp;هر</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>الل&amp;غة</translation>
    </message>
    <message>
        <source>Te&amp;xt Size</source>
        <translation>حجم ال&amp;نص</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>Tags</source>
        <translation>الوسوم</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>اسم العرض</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>نص</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>عدد صحيح</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>تاريخ</translation>
    </message>
    <message>
        <source>One of a list</source>
        <translation>قيمة من قائمة</translation>
    </message>
    <message>
        <source>Several of a list</source>
        <translation>عدة قيم من قائمة</translation>
    </message>
</context>
<context>
    <name>metadata_rules</name>
    <message>
        <source> and </source>
        <translation> و</translation>
    </message>
    <message>
        <source> or </source>
        <translation> أو </translation>
    </message>
    <message>
        <source>{field} is filled in</source>
        <translation>{field} مملوء</translation>
    </message>
    <message>
        <source>{field} is empty</source>
        <translation>{field} فارغ</translation>
    </message>
    <message>
        <source>{field} has {value}</source>
        <translation>{field} يتضمن {value}</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} يساوي {value}</translation>
    </message>
    <message>
        <source>{field} is switched on</source>
        <translation>يُفعَّل {field}</translation>
    </message>
    <message>
        <source>{field} is switched off</source>
        <translation>يُعطَّل {field}</translation>
    </message>
    <message>
        <source>{field} must be filled in</source>
        <translation>يجب ملء {field}</translation>
    </message>
    <message>
        <source>{field} may be empty</source>
        <translation>يجوز أن يكون {field} فارغًا</translation>
    </message>
    <message>
        <source>{field} also gets {value}</source>
        <translation>تُضاف إلى {field} القيمة {value}</translation>
    </message>
    <message>
        <source>{field} becomes {value} if it is empty</source>
        <translation>يصبح {field} {value} إن كان فارغًا</translation>
    </message>
    <message>
        <source>{field} offers all its values</source>
        <translation>يعرض {field} كل قيمه</translation>
    </message>
    <message>
        <source>{field} offers {value}, too</source>
        <translation>يعرض {field} أيضًا {value}</translation>
    </message>
    <message>
        <source>{field} offers only {value}</source>
        <translation>لا يعرض {field} إلا {value}</translation>
    </message>
</context>
<context>
    <name>named</name>
    <message>
        <source>Same</source>
        <translation>مطابق</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>مختلف</translation>
    </message>
    <message>
        <source>Only here</source>
        <translation>هنا فقط</translation>
    </message>
    <message>
        <source>Only there</source>
        <translation>هناك فقط</translation>
    </message>
</context>
<context>
    <name>objection</name>
    <message>
        <source>it is so already</source>
        <translation>هو كذلك بالفعل</translation>
    </message>
    <message>
        <source>another asset has that public ID</source>
        <translation>لأصل آخر هذا المعرّف العام</translation>
    </message>
    <message>
        <source>another folder has that place</source>
        <translation>لمجلد آخر هذا المكان</translation>
    </message>
    <message>
        <source>this cannot be a public ID</source>
        <translation>لا يصلح هذا معرّفًا عامًا</translation>
    </message>
    <message>
        <source>a name has no slash, and 1 to 255 letters</source>
        <translation>لا شرطة مائلة في الاسم، وطوله من 1 إلى 255 حرفًا</translation>
    </message>
    <message>
        <source>one asset at a time</source>
        <translation>أصل واحد في كل مرة</translation>
    </message>
    <message>
        <source>it was deleted; restore it first</source>
        <translation>حُذف؛ استعده أولًا</translation>
    </message>
    <message>
        <source>it is there</source>
        <translation>هو موجود</translation>
    </message>
</context>
<context>
    <name>orientation</name>
    <message>
        <source>Landscape</source>
        <translation>أفقي</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>عمودي</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>مربع</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>The key of this account may not do this: {reason}</source>
        <translation>لا يجوز لمفتاح هذا الحساب فعل ذلك: {reason}</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>مسموح</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>غير مسموح</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>غير معروف بعد</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Delivered master</source>
        <translation>الملف الأصلي المُسلَّم</translation>
    </message>
    <message>
        <source>Rendition {what}</source>
        <translation>نسخة مشتقة {what}</translation>
    </message>
    <message>
        <source>Record at its service</source>
        <translation>سجل لدى خدمته</translation>
    </message>
    <message>
        <source>File of {what}</source>
        <translation>ملف {what}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>تنزيل</translation>
    </message>
    <message>
        <source>Dragged out</source>
        <translation>سُحب إلى الخارج</translation>
    </message>
    <message>
        <source>Copied file</source>
        <translation>ملف منسوخ</translation>
    </message>
    <message>
        <source>Review pack {what}</source>
        <translation>حزمة مراجعة {what}</translation>
    </message>
    <message>
        <source>Kit {what}</source>
        <translation>الحزمة {what}</translation>
    </message>
    <message>
        <source>Feed {what}</source>
        <translation>الخلاصة {what}</translation>
    </message>
    <message>
        <source>Copied code {what}</source>
        <translation>الرمز البرمجي المنسوخ {what}</translation>
    </message>
    <message>
        <source>Entry with {what}</source>
        <translation>إدخال فيه {what}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>تغيّر</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>دون تغيير</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>Outdated</source>
        <translation>قديم</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>سُحب</translation>
    </message>
    <message>
        <source>Channels that change: {channels}.</source>
        <translation>القنوات التي تتغير: {channels}.</translation>
    </message>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>نسخ منشورة تتغيّر: %Ln نسخة مشتقة.</numerusform>
            <numerusform>نسخ منشورة تتغيّر: نسخة مشتقة واحدة.</numerusform>
            <numerusform>نسخ منشورة تتغيّر: نسختان مشتقتان.</numerusform>
            <numerusform>نسخ منشورة تتغيّر: %Ln نسخ مشتقة.</numerusform>
            <numerusform>نسخ منشورة تتغيّر: %Ln نسخة مشتقة.</numerusform>
            <numerusform>نسخ منشورة تتغيّر: %Ln نسخة مشتقة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>أماكن إصدارات سابقة، كالملفات المصدّرة، تبقى كما هي: %Ln مكان.</numerusform>
            <numerusform>أماكن إصدارات سابقة، كالملفات المصدّرة، تبقى كما هي: مكان واحد.</numerusform>
            <numerusform>أماكن إصدارات سابقة، كالملفات المصدّرة، تبقى كما هي: مكانان.</numerusform>
            <numerusform>أماكن إصدارات سابقة، كالملفات المصدّرة، تبقى كما هي: %Ln أماكن.</numerusform>
            <numerusform>أماكن إصدارات سابقة، كالملفات المصدّرة، تبقى كما هي: %Ln مكانًا.</numerusform>
            <numerusform>أماكن إصدارات سابقة، كالملفات المصدّرة، تبقى كما هي: %Ln مكان.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>يعرض %Ln مكان النسخة الجديدة.</numerusform>
            <numerusform>يعرض مكان واحد النسخة الجديدة.</numerusform>
            <numerusform>يعرض مكانان النسخة الجديدة.</numerusform>
            <numerusform>تعرض %Ln أماكن النسخة الجديدة.</numerusform>
            <numerusform>يعرض %Ln مكانًا النسخة الجديدة.</numerusform>
            <numerusform>يعرض %Ln مكان النسخة الجديدة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>يحتفظ %Ln مكان بالنسخة السابقة.</numerusform>
            <numerusform>يحتفظ مكان واحد بالنسخة السابقة.</numerusform>
            <numerusform>يحتفظ مكانان بالنسخة السابقة.</numerusform>
            <numerusform>تحتفظ %Ln أماكن بالنسخة السابقة.</numerusform>
            <numerusform>يحتفظ %Ln مكانًا بالنسخة السابقة.</numerusform>
            <numerusform>يحتفظ %Ln مكان بالنسخة السابقة.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>تعذّر تغيير %Ln مكان.</numerusform>
            <numerusform>تعذّر تغيير مكان واحد.</numerusform>
            <numerusform>تعذّر تغيير مكانين.</numerusform>
            <numerusform>تعذّر تغيير %Ln أماكن.</numerusform>
            <numerusform>تعذّر تغيير %Ln مكانًا.</numerusform>
            <numerusform>تعذّر تغيير %Ln مكان.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>New</source>
        <translation>جديد</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>نسخة جديدة</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>غير مسموح</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>كبير جدًا</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>يُترك كما هو</translation>
    </message>
    <message>
        <source>Same content</source>
        <translation>المحتوى نفسه</translation>
    </message>
    <message>
        <source>Already queued</source>
        <translation>مدرج بالفعل</translation>
    </message>
    <message>
        <source>added to Cloudinary</source>
        <translation>يُضاف إلى Cloudinary</translation>
    </message>
    <message>
        <source>replaces what is delivered now</source>
        <translation>يحل محل ما يُسلَّم الآن</translation>
    </message>
    <message>
        <source>held back; nothing of it is sent</source>
        <translation>محتجز؛ لا يُرسل منه شيء</translation>
    </message>
    <message>
        <source>larger than your plan&apos;s limit; not sent</source>
        <translation>أكبر من حد باقتك؛ لا يُرسل</translation>
    </message>
    <message>
        <source>an earlier version is delivered and stays</source>
        <translation>نسخة سابقة مُسلَّمة وتبقى</translation>
    </message>
    <message>
        <source>there already; not sent again</source>
        <translation>موجود بالفعل؛ لا يُرسل مرة أخرى</translation>
    </message>
    <message>
        <source>on its way; not sent twice</source>
        <translation>في الطريق؛ لا يُرسل مرتين</translation>
    </message>
    <message>
        <source>{title}, {count}: {hint}</source>
        <translation>{title}، {count}: {hint}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}، {size}: {note}</translation>
    </message>
    <message>
        <source>This file is larger than your plan&apos;s limit of {size}</source>
        <translation>هذا الملف أكبر من حد باقتك البالغ {size}</translation>
    </message>
    <message>
        <source>same as {other}</source>
        <translation>مطابق لـ {other}</translation>
    </message>
    <message>
        <source>{public_id} · seen with a token only: {reasons}</source>
        <translation>{public_id} · لا يُرى إلا برمز وصول: {reasons}</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Hero 1600 × 900</source>
        <translation>صورة رئيسية 1600 × 900</translation>
    </message>
    <message>
        <source>Social square 1080</source>
        <translation>مربع للتواصل الاجتماعي 1080</translation>
    </message>
    <message>
        <source>Story 1080 × 1920</source>
        <translation>قصة 1080 × 1920</translation>
    </message>
    <message>
        <source>Web, at most 1200</source>
        <translation>ويب، 1200 على الأكثر</translation>
    </message>
    <message>
        <source>Thumbnail 320</source>
        <translation>مصغرة 320</translation>
    </message>
    <message>
        <source>Web hero, desktop</source>
        <translation>صورة رئيسية للويب، حاسوب</translation>
    </message>
    <message>
        <source>Web hero, tablet</source>
        <translation>صورة رئيسية للويب، جهاز لوحي</translation>
    </message>
    <message>
        <source>Web hero, mobile</source>
        <translation>صورة رئيسية للويب، جوّال</translation>
    </message>
    <message>
        <source>Web card</source>
        <translation>بطاقة ويب</translation>
    </message>
    <message>
        <source>Link preview (og:image)</source>
        <translation>معاينة الرابط (og:image)</translation>
    </message>
    <message>
        <source>Product on white</source>
        <translation>منتج على خلفية بيضاء</translation>
    </message>
    <message>
        <source>Product thumbnail</source>
        <translation>مصغرة منتج</translation>
    </message>
    <message>
        <source>Instagram portrait</source>
        <translation>Instagram، صورة طولية</translation>
    </message>
    <message>
        <source>Instagram square</source>
        <translation>Instagram، مربع</translation>
    </message>
    <message>
        <source>Instagram landscape</source>
        <translation>Instagram، صورة عرضية</translation>
    </message>
    <message>
        <source>Instagram story</source>
        <translation>Instagram، قصة</translation>
    </message>
    <message>
        <source>TikTok photo</source>
        <translation>صورة TikTok</translation>
    </message>
    <message>
        <source>Facebook post</source>
        <translation>منشور Facebook</translation>
    </message>
    <message>
        <source>Facebook cover</source>
        <translation>غلاف Facebook</translation>
    </message>
    <message>
        <source>YouTube thumbnail</source>
        <translation>مصغرة YouTube</translation>
    </message>
    <message>
        <source>YouTube banner</source>
        <translation>لافتة YouTube</translation>
    </message>
    <message>
        <source>X post</source>
        <translation>منشور X</translation>
    </message>
    <message>
        <source>X header</source>
        <translation>ترويسة X</translation>
    </message>
    <message>
        <source>LinkedIn post</source>
        <translation>منشور LinkedIn</translation>
    </message>
    <message>
        <source>LinkedIn page cover</source>
        <translation>غلاف صفحة LinkedIn</translation>
    </message>
    <message>
        <source>Pinterest pin</source>
        <translation>دبوس Pinterest</translation>
    </message>
    <message>
        <source>E-mail header</source>
        <translation>ترويسة بريد إلكتروني</translation>
    </message>
    <message>
        <source>E-mail teaser</source>
        <translation>صورة تشويقية للبريد الإلكتروني</translation>
    </message>
    <message>
        <source>Ad, medium rectangle</source>
        <translation>إعلان، مستطيل متوسط</translation>
    </message>
    <message>
        <source>Ad, large rectangle</source>
        <translation>إعلان، مستطيل كبير</translation>
    </message>
    <message>
        <source>Ad, leaderboard</source>
        <translation>إعلان، شريط علوي</translation>
    </message>
    <message>
        <source>Ad, billboard</source>
        <translation>إعلان، لوحة إعلانية</translation>
    </message>
    <message>
        <source>Ad, half page</source>
        <translation>إعلان، نصف صفحة</translation>
    </message>
    <message>
        <source>Ad, wide skyscraper</source>
        <translation>إعلان، عمود عريض</translation>
    </message>
    <message>
        <source>Ad, mobile banner</source>
        <translation>إعلان، لافتة للجوّال</translation>
    </message>
    <message>
        <source>Ad, large mobile banner</source>
        <translation>إعلان، لافتة كبيرة للجوّال</translation>
    </message>
    <message>
        <source>Press, at most 4000</source>
        <translation>صحافة، 4000 على الأكثر</translation>
    </message>
    <message>
        <source>Ready presets</source>
        <translation>إعدادات مسبقة جاهزة</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>موقع الويب</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>المتجر</translation>
    </message>
    <message>
        <source>Social networks</source>
        <translation>شبكات التواصل الاجتماعي</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>Display advertising</source>
        <translation>الإعلانات المصوّرة</translation>
    </message>
    <message>
        <source>Whole campaign</source>
        <translation>الحملة كاملة</translation>
    </message>
    <message>
        <source>at most {size}</source>
        <translation>{size} على الأكثر</translation>
    </message>
    <message>
        <source>{pixels} px wide</source>
        <translation>العرض {pixels} بكسل</translation>
    </message>
    <message>
        <source>{pixels} px high</source>
        <translation>الارتفاع {pixels} بكسل</translation>
    </message>
    <message>
        <source>CMS page</source>
        <translation>صفحة CMS</translation>
    </message>
    <message>
        <source>Landing page</source>
        <translation>صفحة هبوط</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>السوق</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Only this preset</source>
        <translation>لهذا الإعداد المسبق فقط</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>صورة أخرى</translation>
    </message>
    <message>
        <source>A country or region: DE, US-CA, EMEA</source>
        <translation>بلد أو إقليم: DE، US-CA، EMEA</translation>
    </message>
    <message>
        <source>A language: de, pt-BR</source>
        <translation>لغة: de، pt-BR</translation>
    </message>
    <message>
        <source>The name of a preset; empty for all of them</source>
        <translation>اسم إعداد مسبق؛ اتركه فارغًا لها كلها</translation>
    </message>
    <message>
        <source>An ID, a path, or a file name that is there once; empty for the asset itself</source>
        <translation>معرّف أو مسار أو اسم ملف لا يتكرر هناك؛ اتركه فارغًا للأصل نفسه</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>Choose assets first.</source>
        <translation>اختر أصولًا أولًا.</translation>
    </message>
    <message>
        <source>Choose assets of a library first.</source>
        <translation>اختر أولًا أصولًا من مكتبة.</translation>
    </message>
    <message>
        <source>Choose exactly one asset first.</source>
        <translation>اختر أصلًا واحدًا فقط أولًا.</translation>
    </message>
    <message>
        <source>Nothing was said that could be taken back.</source>
        <translation>لم يُتخذ قرار يمكن التراجع عنه.</translation>
    </message>
    <message>
        <source>Nothing was taken back.</source>
        <translation>لم يجرِ التراجع عن شيء.</translation>
    </message>
    <message>
        <source>Go to a library of PhotoShelter&apos;s kind first.</source>
        <translation>انتقل أولًا إلى مكتبة من نوع PhotoShelter.</translation>
    </message>
    <message>
        <source>Choose assets at Cloudinary, or a folder there, first.</source>
        <translation>اختر أولًا أصولًا في Cloudinary، أو مجلدًا هناك.</translation>
    </message>
    <message>
        <source>Set up an account first.</source>
        <translation>أضف حسابًا أولًا.</translation>
    </message>
    <message>
        <source>It cannot be used here.</source>
        <translation>لا يمكن استخدامه هنا.</translation>
    </message>
</context>
<context>
    <name>renditions</name>
    <message>
        <source>the file cannot be read</source>
        <translation>تعذّرت قراءة الملف</translation>
    </message>
    <message>
        <source>no picture can be made of it</source>
        <translation>لا يمكن إنشاء صورة منه</translation>
    </message>
    <message>
        <source>it has no file here; download it first</source>
        <translation>ليس له ملف هنا؛ نزّله أولًا</translation>
    </message>
    <message>
        <source>the table names an unknown image</source>
        <translation>يذكر الجدول صورة غير معروفة</translation>
    </message>
    <message>
        <source>the transformation is wrong</source>
        <translation>التحويل غير صحيح</translation>
    </message>
    <message>
        <source>a text is missing for this market</source>
        <translation>ينقص نص لهذا السوق</translation>
    </message>
    <message>
        <source>another one would have the same name</source>
        <translation>ستحمل نسخة أخرى الاسم نفسه</translation>
    </message>
    <message>
        <source>there is such a file already</source>
        <translation>يوجد مثل هذا الملف بالفعل</translation>
    </message>
    <message>
        <source>this content is not pushed</source>
        <translation>هذا المحتوى غير مُرسَل</translation>
    </message>
    <message>
        <source>the gate is shut</source>
        <translation>البوابة مغلقة</translation>
    </message>
    <message>
        <source>Will be made</source>
        <translation>ستُنشأ</translation>
    </message>
    <message>
        <source>Take the place of a file that is there</source>
        <translation>تحل محل ملف موجود</translation>
    </message>
    <message>
        <source>Held back: {reason}</source>
        <translation>محتجزة: {reason}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Usage and limits</source>
        <translation>الاستهلاك والحدود</translation>
    </message>
    <message>
        <source>Usage by day</source>
        <translation>الاستهلاك حسب اليوم</translation>
    </message>
    <message>
        <source>Most used assets</source>
        <translation>الأصول الأكثر استخدامًا</translation>
    </message>
    <message>
        <source>Least used assets</source>
        <translation>الأصول الأقل استخدامًا</translation>
    </message>
    <message>
        <source>By campaign</source>
        <translation>حسب الحملة</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>حسب المالك</translation>
    </message>
    <message>
        <source>By library</source>
        <translation>حسب المكتبة</translation>
    </message>
    <message>
        <source>By format</source>
        <translation>حسب الصيغة</translation>
    </message>
    <message>
        <source>By preset</source>
        <translation>حسب الإعداد المسبق</translation>
    </message>
    <message>
        <source>Approved, never used</source>
        <translation>معتمدة ولم تُستخدم قط</translation>
    </message>
    <message>
        <source>In use, rights ending</source>
        <translation>مستخدمة وحقوقها على وشك الانتهاء</translation>
    </message>
    <message>
        <source>Heavy originals</source>
        <translation>الملفات الأصلية كبيرة الحجم</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>المكررات</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>شبه المكررات</translation>
    </message>
    <message>
        <source>Missing metadata</source>
        <translation>البيانات الوصفية الناقصة</translation>
    </message>
    <message>
        <source>What optimisation would save</source>
        <translation>ما يوفّره التحسين</translation>
    </message>
    <message>
        <source>Delivery by day</source>
        <translation>التسليم حسب اليوم</translation>
    </message>
    <message>
        <source>Imported access logs</source>
        <translation>سجلات الوصول المستوردة</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>البيئة</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>المقياس</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>المستهلك</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>الحد</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>الحصة</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>الأرصدة</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>الوحدة</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>وقت الاستعلام</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>الأصل</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>المسار</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>المكتبة</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>الحملة</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>المالك</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>الصيغة</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>الإعداد المسبق</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>الأصول</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>المعتمدة</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>قيد الاستخدام</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>الأماكن</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>الطلبات</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>المُسلَّم</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>آخر استخدام</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>الاعتماد</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>وقت التغيير</translation>
    </message>
    <message>
        <source>Rights from</source>
        <translation>الحقوق من</translation>
    </message>
    <message>
        <source>Rights until</source>
        <translation>الحقوق حتى</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الحقوق</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>الأيام المتبقية</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>الارتفاع</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>المحتوى</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>المجموعة</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>النسخ</translation>
    </message>
    <message>
        <source>Could be freed</source>
        <translation>يمكن تحريره</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>الفرق</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>الناقص</translation>
    </message>
    <message>
        <source>Renditions</source>
        <translation>النسخ المشتقة</translation>
    </message>
    <message>
        <source>Bytes now</source>
        <translation>البايتات الآن</translation>
    </message>
    <message>
        <source>Bytes optimised</source>
        <translation>البايتات بعد التحسين</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>الموفَّر</translation>
    </message>
    <message>
        <source>Reckoned from</source>
        <translation>أساس الحساب</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>البصمة</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>وقت الاستيراد</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>أول يوم</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>آخر يوم</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>الأسطر</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>المحسوبة</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>المتجاوزة</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>غير المعروفة</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>غير المقروءة</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>العيّنات</translation>
    </message>
    <message>
        <source>Public ID</source>
        <translation>المعرّف العام</translation>
    </message>
    <message>
        <source>Asset ID</source>
        <translation>معرّف الأصل</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Media ID</source>
        <translation>معرّف الوسائط</translation>
    </message>
    <message>
        <source>Rendition</source>
        <translation>النسخة المشتقة</translation>
    </message>
    <message>
        <source>Transformation</source>
        <translation>التحويل</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>الوجهة</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>الإدخال</translation>
    </message>
    <message>
        <source>Referring host</source>
        <translation>المضيف المُحيل</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>رموز SKU</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>السوق</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>التنزيلات</translation>
    </message>
    <message>
        <source>Outside its rights</source>
        <translation>خارج مدة حقوقه</translation>
    </message>
    <message>
        <source>Measured by</source>
        <translation>مصدر القياس</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>الباقة</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>البايتات</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>الأيام</translation>
    </message>
    <message>
        <source>Would be saved</source>
        <translation>التوفير الممكن</translation>
    </message>
    <message>
        <source>Outside their rights</source>
        <translation>خارج مدة حقوقها</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>الملفات</translation>
    </message>
    <message>
        <source>Unknown lines</source>
        <translation>الأسطر غير المعروفة</translation>
    </message>
    <message>
        <source>Limits nearly reached</source>
        <translation>الحدود الموشكة على النفاد</translation>
    </message>
    <message>
        <source>No Cloudinary account is connected: what it would tell is missing.</source>
        <translation>لا حساب Cloudinary مرتبط: تنقص البيانات التي يقدمها.</translation>
    </message>
    <message>
        <source>The environment was not asked for its usage yet.</source>
        <translation>لم يُستعلم من البيئة عن استهلاكها بعد.</translation>
    </message>
    <message>
        <source>The environment could not be asked now; this is what it told last.</source>
        <translation>تعذّر الاستعلام من البيئة الآن؛ هذا آخر ما قدّمته.</translation>
    </message>
    <message>
        <source>Requests were not measured: no access log was imported for these days.</source>
        <translation>لم تُقس الطلبات: لم يُستورد سجل وصول لهذه الأيام.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>أسطر سجلات الوصول التي لم تسمّ أصلًا معروفًا هنا: %Ln.</numerusform>
            <numerusform>سطر واحد (%Ln) من سجلات الوصول لم يسمّ أصلًا معروفًا هنا.</numerusform>
            <numerusform>سطران (%Ln) من سجلات الوصول لم يسمّيا أصلًا معروفًا هنا.</numerusform>
            <numerusform>%Ln أسطر من سجلات الوصول لم تسمّ أصلًا معروفًا هنا.</numerusform>
            <numerusform>%Ln سطرًا من سجلات الوصول لم يسمّ أصلًا معروفًا هنا.</numerusform>
            <numerusform>%Ln سطر من سجلات الوصول لم يسمّ أصلًا معروفًا هنا.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>الأصول التي بلا صورة مصغّرة وتعذّرت مقارنتها: %Ln.</numerusform>
            <numerusform>الأصول التي بلا صورة مصغّرة وتعذّرت مقارنتها: %Ln.</numerusform>
            <numerusform>الأصول التي بلا صورة مصغّرة وتعذّرت مقارنتها: %Ln.</numerusform>
            <numerusform>الأصول التي بلا صورة مصغّرة وتعذّرت مقارنتها: %Ln.</numerusform>
            <numerusform>الأصول التي بلا صورة مصغّرة وتعذّرت مقارنتها: %Ln.</numerusform>
            <numerusform>الأصول التي بلا صورة مصغّرة وتعذّرت مقارنتها: %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>الصور التي لها أشباه كثيرة جدًا وتعذّرت مقارنتها بها كلها: %Ln.</numerusform>
            <numerusform>الصور التي لها أشباه كثيرة جدًا وتعذّرت مقارنتها بها كلها: %Ln.</numerusform>
            <numerusform>الصور التي لها أشباه كثيرة جدًا وتعذّرت مقارنتها بها كلها: %Ln.</numerusform>
            <numerusform>الصور التي لها أشباه كثيرة جدًا وتعذّرت مقارنتها بها كلها: %Ln.</numerusform>
            <numerusform>الصور التي لها أشباه كثيرة جدًا وتعذّرت مقارنتها بها كلها: %Ln.</numerusform>
            <numerusform>الصور التي لها أشباه كثيرة جدًا وتعذّرت مقارنتها بها كلها: %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>أصول لم تُقرأ بعد: %Ln.</numerusform>
            <numerusform>أصول لم تُقرأ بعد: %Ln.</numerusform>
            <numerusform>أصول لم تُقرأ بعد: %Ln.</numerusform>
            <numerusform>أصول لم تُقرأ بعد: %Ln.</numerusform>
            <numerusform>أصول لم تُقرأ بعد: %Ln.</numerusform>
            <numerusform>أصول لم تُقرأ بعد: %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>قيم لم تُقَس: %Ln.</numerusform>
            <numerusform>قيم لم تُقَس: %Ln.</numerusform>
            <numerusform>قيم لم تُقَس: %Ln.</numerusform>
            <numerusform>قيم لم تُقَس: %Ln.</numerusform>
            <numerusform>قيم لم تُقَس: %Ln.</numerusform>
            <numerusform>قيم لم تُقَس: %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>صفوف أخرى في التصدير وحده: %Ln.</numerusform>
            <numerusform>صفوف أخرى في التصدير وحده: %Ln.</numerusform>
            <numerusform>صفوف أخرى في التصدير وحده: %Ln.</numerusform>
            <numerusform>صفوف أخرى في التصدير وحده: %Ln.</numerusform>
            <numerusform>صفوف أخرى في التصدير وحده: %Ln.</numerusform>
            <numerusform>صفوف أخرى في التصدير وحده: %Ln.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>required fields</name>
    <message>
        <source>title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>alternative text</source>
        <translation>النص البديل</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>الكلمات المفتاحية</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>المُنشئ</translation>
    </message>
    <message>
        <source>credit line</source>
        <translation>سطر نسبة المصدر</translation>
    </message>
    <message>
        <source>copyright notice</source>
        <translation>إشعار حقوق النشر</translation>
    </message>
    <message>
        <source>usage terms</source>
        <translation>شروط الاستخدام</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>Master</source>
        <translation>الملف الأصلي</translation>
    </message>
    <message>
        <source>Stage {stage}</source>
        <translation>المرحلة {stage}</translation>
    </message>
    <message>
        <source>Its file says: {state}</source>
        <translation>يقول ملفه: {state}</translation>
    </message>
    <message>
        <source>Waits for {stage}</source>
        <translation>بانتظار {stage}</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>مطلوبة</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>الإشراف في Cloudinary</translation>
    </message>
    <message>
        <source>In review at their library</source>
        <translation>قيد المراجعة في مكتبتها</translation>
    </message>
    <message>
        <source>Said in their files</source>
        <translation>مذكور في ملفاتها</translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation>متأخر منذ {date}</translation>
    </message>
    <message>
        <source>Due today, {time}</source>
        <translation>الموعد اليوم، {time}</translation>
    </message>
    <message>
        <source>Due tomorrow, {time}</source>
        <translation>الموعد غدًا، {time}</translation>
    </message>
    <message>
        <source>Due {date}</source>
        <translation>الموعد {date}</translation>
    </message>
    <message>
        <source>{done} of {total} decided</source>
        <translation>تقرّر {done} من {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>%Ln بتعديلات مطلوبة</numerusform>
            <numerusform>%Ln بتعديلات مطلوبة</numerusform>
            <numerusform>%Ln بتعديلات مطلوبة</numerusform>
            <numerusform>%Ln بتعديلات مطلوبة</numerusform>
            <numerusform>%Ln بتعديلات مطلوبة</numerusform>
            <numerusform>%Ln بتعديلات مطلوبة</numerusform>
        </translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>الجميع</translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>%Ln معتمد</numerusform>
            <numerusform>%Ln معتمد</numerusform>
            <numerusform>%Ln معتمد</numerusform>
            <numerusform>%Ln معتمد</numerusform>
            <numerusform>%Ln معتمد</numerusform>
            <numerusform>%Ln معتمد</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>%Ln مرفوض</numerusform>
            <numerusform>%Ln مرفوض</numerusform>
            <numerusform>%Ln مرفوض</numerusform>
            <numerusform>%Ln مرفوض</numerusform>
            <numerusform>%Ln مرفوض</numerusform>
            <numerusform>%Ln مرفوض</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>%Ln لم يعد هنا</numerusform>
            <numerusform>%Ln لم يعد هنا</numerusform>
            <numerusform>%Ln لم يعد هنا</numerusform>
            <numerusform>%Ln لم يعد هنا</numerusform>
            <numerusform>%Ln لم يعد هنا</numerusform>
            <numerusform>%Ln لم يعد هنا</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>review groups</name>
    <message>
        <source>By channel</source>
        <translation>حسب القناة</translation>
    </message>
    <message>
        <source>By market</source>
        <translation>حسب السوق</translation>
    </message>
    <message>
        <source>By asset</source>
        <translation>حسب الأصل</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>الكل معًا</translation>
    </message>
</context>
<context>
    <name>review guides</name>
    <message>
        <source>No guides</source>
        <translation>بلا خطوط إرشادية</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>المنطقة الآمنة</translation>
    </message>
    <message>
        <source>Thirds and centre</source>
        <translation>الأثلاث والمركز</translation>
    </message>
    <message>
        <source>Crops of other formats</source>
        <translation>اقتصاصات الصيغ الأخرى</translation>
    </message>
</context>
<context>
    <name>review keys</name>
    <message>
        <source>Decide</source>
        <translation>القرار</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>التنقّل</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>التمييز</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>اعتماد</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>طلب تعديلات</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>تعليق</translation>
    </message>
    <message>
        <source>Pin a comment to a place</source>
        <translation>تثبيت تعليق على موضع</translation>
    </message>
    <message>
        <source>Draw on the picture</source>
        <translation>الرسم على الصورة</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>التراجع عن آخر قرار</translation>
    </message>
    <message>
        <source>Approve the rest</source>
        <translation>اعتماد البقية</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>الصورة التالية</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>الصورة السابقة</translation>
    </message>
    <message>
        <source>Next asset</source>
        <translation>الأصل التالي</translation>
    </message>
    <message>
        <source>Previous asset</source>
        <translation>الأصل السابق</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>التالي الذي لم يُقرَّر بعد</translation>
    </message>
    <message>
        <source>First</source>
        <translation>الأول</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>الأخير</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Compare: line, onion skin, difference</source>
        <translation>المقارنة: خط، تراكب شفاف، فرق</translation>
    </message>
    <message>
        <source>Against the version before, or the master</source>
        <translation>مقابل النسخة السابقة أو الملف الأصلي</translation>
    </message>
    <message>
        <source>Master and renditions side by side</source>
        <translation>الملف الأصلي والنسخ المشتقة جنبًا إلى جنب</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>ورقة معاينة</translation>
    </message>
    <message>
        <source>Guides: safe area, thirds, crops</source>
        <translation>خطوط إرشادية: المنطقة الآمنة والأثلاث والاقتصاصات</translation>
    </message>
    <message>
        <source>Play a film, or stop it</source>
        <translation>تشغيل فيلم أو إيقافه</translation>
    </message>
    <message>
        <source>A film one step back</source>
        <translation>الفيلم خطوة إلى الوراء</translation>
    </message>
    <message>
        <source>A film one step on</source>
        <translation>الفيلم خطوة إلى الأمام</translation>
    </message>
    <message>
        <source>100 %, and back</source>
        <translation>100%، ثم العودة</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>إظهار الكل</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>تقريب</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>إبعاد</translation>
    </message>
    <message>
        <source>More of the version before</source>
        <translation>المزيد من النسخة السابقة</translation>
    </message>
    <message>
        <source>More of the version now</source>
        <translation>المزيد من النسخة الحالية</translation>
    </message>
    <message>
        <source>Facts and comments</source>
        <translation>البيانات والتعليقات</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>شريط الصور</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>ملء الشاشة</translation>
    </message>
    <message>
        <source>Rate with 0 to 5 stars</source>
        <translation>التقييم من 0 إلى 5 نجوم</translation>
    </message>
    <message>
        <source>Label red, yellow, green or blue</source>
        <translation>تسمية لونية: أحمر أو أصفر أو أخضر أو أزرق</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>هذه المفاتيح</translation>
    </message>
</context>
<context>
    <name>review looks</name>
    <message>
        <source>Version before</source>
        <translation>النسخة السابقة</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>الملف الأصلي</translation>
    </message>
</context>
<context>
    <name>review_pack</name>
    <message>
        <source>the pack holds no such picture</source>
        <translation>لا تحوي الحزمة هذه الصورة</translation>
    </message>
    <message>
        <source>it is about other bytes than the pack held</source>
        <translation>يتعلق ببايتات غير التي حوتها الحزمة</translation>
    </message>
    <message>
        <source>it is about another transformation than the pack held</source>
        <translation>يتعلق بتحويل غير الذي حوته الحزمة</translation>
    </message>
    <message>
        <source>its master is not in the catalog any more</source>
        <translation>لم يعد ملفها الأصلي في الفهرس</translation>
    </message>
    <message>
        <source>its master has changed since the pack was made</source>
        <translation>تغيّر ملفها الأصلي منذ إنشاء الحزمة</translation>
    </message>
    <message>
        <source>its preset has changed since the pack was made</source>
        <translation>تغيّر إعدادها المسبق منذ إنشاء الحزمة</translation>
    </message>
    <message>
        <source>a later verdict of the same reviewer is on record</source>
        <translation>يوجد حكم أحدث للمراجع نفسه مدوَّن بالفعل</translation>
    </message>
</context>
<context>
    <name>review_page</name>
    <message>
        <source>Approved</source>
        <translation>معتمد</translation>
    </message>
    <message>
        <source>Changes requested</source>
        <translation>طُلبت تعديلات</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>مرفوض</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>اعتماد</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>طلب تعديلات</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>لم يُقرَّر</translation>
    </message>
    <message>
        <source>The verdict was taken back</source>
        <translation>جرى التراجع عن الحكم</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>الحكم</translation>
    </message>
    <message>
        <source>Why? (goes with the verdict)</source>
        <translation>لماذا؟ (يُرفق بالحكم)</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>التعليقات</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>تعليق</translation>
    </message>
    <message>
        <source>About the whole picture</source>
        <translation>عن الصورة كلها</translation>
    </message>
    <message>
        <source>About the marked place</source>
        <translation>عن الموضع المحدد</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>إضافة تعليق</translation>
    </message>
    <message>
        <source>Delete comment</source>
        <translation>حذف التعليق</translation>
    </message>
    <message>
        <source>Mark a place</source>
        <translation>تحديد موضع</translation>
    </message>
    <message>
        <source>Click a point of the picture, or drag a frame around a part of it.</source>
        <translation>انقر نقطة في الصورة، أو اسحب إطارًا حول جزء منها.</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>لا تعليقات بعد.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <source>Please say your name: your verdicts are recorded with it.</source>
        <translation>يُرجى ذكر اسمك: تُدوَّن أحكامك به.</translation>
    </message>
    <message>
        <source>Save verdicts</source>
        <translation>حفظ الأحكام</translation>
    </message>
    <message>
        <source>Saves a file. Send it to {who}, who reads it in.</source>
        <translation>يحفظ ملفًا. أرسله إلى {who} لاستيراده.</translation>
    </message>
    <message>
        <source>Saved as {file}. Please send it to {who}.</source>
        <translation>حُفظ باسم {file}. يُرجى إرساله إلى {who}.</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>لا شيء لحفظه بعد.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>لم يُحفظ بعد</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>تقرّر {done} من {all}</translation>
    </message>
    <message>
        <source>Until {date}</source>
        <translation>حتى {date}</translation>
    </message>
    <message>
        <source>From {who}, {date}</source>
        <translation>من {who}، {date}</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>ملاءمة</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>تكبير</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>تصغير</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>السابق</translation>
    </message>
    <message>
        <source>Next that is not decided</source>
        <translation>التالي الذي لم يُقرَّر بعد</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>المفاتيح</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>الملف الأصلي</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>الصور</translation>
    </message>
    <message>
        <source>Picture {n} of {all}: {name}</source>
        <translation>الصورة {n} من {all}: {name}</translation>
    </message>
    <message>
        <source>One picture of a film</source>
        <translation>صورة واحدة من فيلم</translation>
    </message>
    <message>
        <source>this browser does not play it</source>
        <translation>هذا المتصفح لا يشغّله</translation>
    </message>
    <message>
        <source>Comment on this moment</source>
        <translation>التعليق على هذا الموضع</translation>
    </message>
    <message>
        <source>About {time} of the film</source>
        <translation>عن الموضع {time} في الفيلم</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>تشغيل، إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Approximate: what is delivered may look a little different</source>
        <translation>تقريبي: قد يبدو ما يُسلَّم مختلفًا قليلًا</translation>
    </message>
    <message>
        <source>Some steps are made on delivery only, and are not shown here</source>
        <translation>بعض الخطوات لا تُنفَّذ إلا عند التسليم، ولا تظهر هنا</translation>
    </message>
    <message>
        <source>This picture cannot be shown. If you opened the page inside a ZIP file, unpack the whole file first, then open index.html from the unpacked folder.</source>
        <translation>تعذّر عرض هذه الصورة. إذا فتحت الصفحة من داخل ملف ZIP، ففُكّ ضغط الملف كاملًا أولًا، ثم افتح index.html من المجلد الناتج.</translation>
    </message>
    <message>
        <source>This browser keeps nothing for this page: save your verdicts before you close it.</source>
        <translation>لا يحفظ هذا المتصفح شيئًا لهذه الصفحة: احفظ أحكامك قبل إغلاقها.</translation>
    </message>
    <message>
        <source>This page is damaged. Please ask for the review pack again.</source>
        <translation>هذه الصفحة تالفة. يُرجى طلب حزمة المراجعة من جديد.</translation>
    </message>
    <message>
        <source>Comment {n}</source>
        <translation>التعليق {n}</translation>
    </message>
    <message>
        <source>This page needs JavaScript. It loads nothing from the network.</source>
        <translation>تحتاج هذه الصفحة إلى JavaScript. وهي لا تحمّل شيئًا من الشبكة.</translation>
    </message>
    <message>
        <source>Go to the verdict</source>
        <translation>الانتقال إلى الحكم</translation>
    </message>
</context>
<context>
    <name>rights</name>
    <message>
        <source>Rights open</source>
        <translation>الحقوق سارية</translation>
    </message>
    <message>
        <source>Rights not begun</source>
        <translation>لم تبدأ الحقوق</translation>
    </message>
    <message>
        <source>Rights ended</source>
        <translation>انتهت الحقوق</translation>
    </message>
    <message>
        <source>Rights unclear</source>
        <translation>الحقوق غير واضحة</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>الترخيص</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>تصريح العارض</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>تصريح الملكية</translation>
    </message>
    <message>
        <source>Nobody said that one is needed</source>
        <translation>لم يذكر أحد أنه لازم</translation>
    </message>
    <message>
        <source>There is one</source>
        <translation>موجود</translation>
    </message>
    <message>
        <source>It is missing</source>
        <translation>ناقص</translation>
    </message>
    <message>
        <source>The whole world</source>
        <translation>العالم كله</translation>
    </message>
    <message>
        <source>Europe, the Middle East and Africa</source>
        <translation>أوروبا والشرق الأوسط وأفريقيا</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>أمريكا الشمالية</translation>
    </message>
    <message>
        <source>Latin America</source>
        <translation>أمريكا اللاتينية</translation>
    </message>
    <message>
        <source>Asia and the Pacific</source>
        <translation>آسيا والمحيط الهادئ</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>الويب</translation>
    </message>
    <message>
        <source>Social media</source>
        <translation>التواصل الاجتماعي</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>المطبوعات</translation>
    </message>
    <message>
        <source>Posters</source>
        <translation>الملصقات</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>البث</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>المتجر</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>داخلي</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>تبدأ</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>تنتهي</translation>
    </message>
    <message>
        <source>The dates cannot be read</source>
        <translation>تعذّرت قراءة التواريخ</translation>
    </message>
    <message>
        <source>From {start} until {end}</source>
        <translation>من {start} حتى {end}</translation>
    </message>
    <message>
        <source>From {start}</source>
        <translation>من {start}</translation>
    </message>
    <message>
        <source>Until {end}</source>
        <translation>حتى {end}</translation>
    </message>
    <message>
        <source>Nothing is claimed</source>
        <translation>لا بيان حقوق</translation>
    </message>
    <message>
        <source>not {list}</source>
        <translation>عدا {list}</translation>
    </message>
    <message>
        <source>Texts and documents only</source>
        <translation>نصوص ومستندات فقط</translation>
    </message>
    <message>
        <source>Nothing is left that file and claim both allow</source>
        <translation>لم يبق شيء يسمح به الملف وبيان الحقوق معًا</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>في {places} فقط</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>لـ {channels} فقط</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>أماكن أخرى</translation>
    </message>
    <message>
        <source>{some} and others</source>
        <translation>{some} وغيرها</translation>
    </message>
</context>
<context>
    <name>self.clipboard</name>
    <message>
        <source>Link copied. It opens this asset where it is known.</source>
        <translation>نُسخ الرابط. يفتح هذا الأصل حيث يكون معروفًا.</translation>
    </message>
</context>
<context>
    <name>shelter</name>
    <message>
        <source>the sources of its approval disagree</source>
        <translation>مصادر اعتماده متعارضة</translation>
    </message>
    <message>
        <source>its approval is written in a way that means nothing here</source>
        <translation>اعتماده مكتوب بصيغة لا معنى لها هنا</translation>
    </message>
    <message>
        <source>a very long text was cut</source>
        <translation>قُص نص طويل جدًا</translation>
    </message>
    <message>
        <source>its rights limit the size in which it may be shown</source>
        <translation>تحدّ حقوقه من الحجم الذي يجوز عرضه به</translation>
    </message>
    <message>
        <source>its credit has to be shown</source>
        <translation>يجب إظهار نسبة المصدر</translation>
    </message>
    <message>
        <source>it may not be used with generative tools</source>
        <translation>لا يجوز استخدامه مع الأدوات التوليدية</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>لم تجرِ المزامنة بعد</translation>
    </message>
    <message>
        <source>What lies here has not been read yet; it comes by itself. A search of all of {service} finds it already.</source>
        <translation>ما يقع هنا لم يُقرأ بعد؛ ويصل تلقائيًا. ويعثر عليه البحث في كل {service} من الآن.</translation>
    </message>
    <message>
        <source>What is put into this place at {service} appears with the next sync.</source>
        <translation>ما يوضع في هذا المكان لدى {service} يظهر مع المزامنة التالية.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>لا شيء هنا بعد</translation>
    </message>
    <message>
        <source>Signed out: shown as it was last seen</source>
        <translation>سُجّل الخروج: يُعرض كما شوهد آخر مرة</translation>
    </message>
    <message>
        <source>{done} of {total} galleries synced</source>
        <translation>جرت مزامنة {done} من {total} من المعارض</translation>
    </message>
    <message>
        <source>Synced {moment}</source>
        <translation>آخر مزامنة {moment}</translation>
    </message>
    <message>
        <source>Only for you and your staff</source>
        <translation>لك ولموظفيك فقط</translation>
    </message>
    <message>
        <source>For those with permission</source>
        <translation>لمن لديهم إذن</translation>
    </message>
    <message>
        <source>For everyone</source>
        <translation>للجميع</translation>
    </message>
    <message>
        <source>Custom field: {state}</source>
        <translation>الحقل المخصص: {state}</translation>
    </message>
    <message>
        <source>Workspace review: {state}</source>
        <translation>مراجعة مساحة العمل: {state}</translation>
    </message>
    <message>
        <source>Keyword: {state}</source>
        <translation>الكلمة المفتاحية: {state}</translation>
    </message>
    <message>
        <source>Gallery: {state}</source>
        <translation>المعرض: {state}</translation>
    </message>
    <message>
        <source>In a &amp;Document beside the Gallery</source>
        <translation>في م&amp;ستند بجانب المعرض</translation>
    </message>
    <message>
        <source>With the Rendered &amp;Files</source>
        <translation>مع الم&amp;لفات الناتجة</translation>
    </message>
    <message>
        <source>As &amp;Links of the Master</source>
        <translation>ك&amp;روابط للملف الأصلي</translation>
    </message>
    <message>
        <source>&amp;Not at All</source>
        <translation>دون ت&amp;دوين</translation>
    </message>
    <message>
        <source>Model release: there is one</source>
        <translation>تصريح العارض: موجود</translation>
    </message>
    <message>
        <source>Model release: missing</source>
        <translation>تصريح العارض: ناقص</translation>
    </message>
    <message>
        <source>Property release: there is one</source>
        <translation>تصريح الملكية: موجود</translation>
    </message>
    <message>
        <source>Property release: missing</source>
        <translation>تصريح الملكية: ناقص</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>غير مفهوم</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>مؤرشف</translation>
    </message>
    <message>
        <source>Only in {places}</source>
        <translation>في {places} فقط</translation>
    </message>
    <message>
        <source>Only for {channels}</source>
        <translation>لـ {channels} فقط</translation>
    </message>
    <message>
        <source>Not all of it is recorded there yet</source>
        <translation>لم يُدوَّن كله هناك بعد</translation>
    </message>
    <message>
        <source>Recorded there {moment}</source>
        <translation>دُوِّن هناك {moment}</translation>
    </message>
</context>
<context>
    <name>stacks</name>
    <message>
        <source>North America (AWS)</source>
        <translation>أمريكا الشمالية (AWS)</translation>
    </message>
    <message>
        <source>Europe (AWS)</source>
        <translation>أوروبا (AWS)</translation>
    </message>
    <message>
        <source>Australia (AWS)</source>
        <translation>أستراليا (AWS)</translation>
    </message>
    <message>
        <source>North America (Azure)</source>
        <translation>أمريكا الشمالية (Azure)</translation>
    </message>
    <message>
        <source>Europe (Azure)</source>
        <translation>أوروبا (Azure)</translation>
    </message>
    <message>
        <source>North America (Google Cloud)</source>
        <translation>أمريكا الشمالية (Google Cloud)</translation>
    </message>
    <message>
        <source>Europe (Google Cloud)</source>
        <translation>أوروبا (Google Cloud)</translation>
    </message>
    <message>
        <source>Take the whole entry off, in that locale</source>
        <translation>إلغاء نشر الإدخال كاملًا في ذلك الإعداد المحلي</translation>
    </message>
    <message>
        <source>Remove the picture, and publish without it</source>
        <translation>إزالة الصورة والنشر بدونها</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>نُشرت</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>سُحبت</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>تعارض</translation>
    </message>
    <message>
        <source>The editor&apos;s</source>
        <translation>صورة المحرّر</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>رُفضت</translation>
    </message>
    <message>
        <source>{rendition} (cannot be chosen)</source>
        <translation>{rendition} (لا يمكن اختيارها)</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>No label</source>
        <translation>بلا تسمية</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>الإنتاج</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>ما قبل الإنتاج</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>التطوير</translation>
    </message>
</context>
<context>
    <name>stale</name>
    <message>
        <source>the master has a new version</source>
        <translation>للملف الأصلي نسخة جديدة</translation>
    </message>
    <message>
        <source>its preset was changed</source>
        <translation>تغيّر إعدادها المسبق</translation>
    </message>
    <message>
        <source>the master has a new version, and its preset was changed</source>
        <translation>للملف الأصلي نسخة جديدة، وتغيّر إعدادها المسبق</translation>
    </message>
</context>
<context>
    <name>standard</name>
    <message>
        <source>All models released</source>
        <translation>تصاريح كل العارضين موجودة</translation>
    </message>
    <message>
        <source>Limited or incomplete model releases</source>
        <translation>تصاريح عارضين محدودة أو غير مكتملة</translation>
    </message>
    <message>
        <source>No model release</source>
        <translation>لا يوجد تصريح عارض</translation>
    </message>
    <message>
        <source>Model release not applicable</source>
        <translation>تصريح العارض لا ينطبق</translation>
    </message>
    <message>
        <source>All properties released</source>
        <translation>تصاريح كل الملكيات موجودة</translation>
    </message>
    <message>
        <source>Limited or incomplete property releases</source>
        <translation>تصاريح ملكية محدودة أو غير مكتملة</translation>
    </message>
    <message>
        <source>No property release</source>
        <translation>لا يوجد تصريح ملكية</translation>
    </message>
    <message>
        <source>Property release not applicable</source>
        <translation>تصريح الملكية لا ينطبق</translation>
    </message>
    <message>
        <source>Age unknown</source>
        <translation>العمر غير معروف</translation>
    </message>
    <message>
        <source>25 or older</source>
        <translation>25 عامًا فأكثر</translation>
    </message>
    <message>
        <source>14 or younger</source>
        <translation>14 عامًا فأقل</translation>
    </message>
    <message>
        <source>Protected by copyright</source>
        <translation>محمي بحقوق النشر</translation>
    </message>
    <message>
        <source>Public domain</source>
        <translation>ملكية عامة</translation>
    </message>
    <message>
        <source>1 – most urgent</source>
        <translation>1 – الأكثر استعجالًا</translation>
    </message>
    <message>
        <source>5 – normal</source>
        <translation>5 – عادي</translation>
    </message>
    <message>
        <source>8 – least urgent</source>
        <translation>8 – الأقل استعجالًا</translation>
    </message>
    <message>
        <source>Taken by a digital camera</source>
        <translation>ملتقط بكاميرا رقمية</translation>
    </message>
    <message>
        <source>Computed from several frames of a camera</source>
        <translation>محسوب من عدة لقطات لكاميرا</translation>
    </message>
    <message>
        <source>Scanned from negative film</source>
        <translation>ممسوح ضوئيًا من فيلم سلبي</translation>
    </message>
    <message>
        <source>Scanned from positive film</source>
        <translation>ممسوح ضوئيًا من فيلم موجب</translation>
    </message>
    <message>
        <source>Scanned from a print</source>
        <translation>ممسوح ضوئيًا من نسخة مطبوعة</translation>
    </message>
    <message>
        <source>Edited by people</source>
        <translation>محرَّر بأيدي أشخاص</translation>
    </message>
    <message>
        <source>Drawn by people</source>
        <translation>مرسوم بأيدي أشخاص</translation>
    </message>
    <message>
        <source>Composed of captures</source>
        <translation>مركَّب من لقطات</translation>
    </message>
    <message>
        <source>Composed of elements</source>
        <translation>مركَّب من عناصر</translation>
    </message>
    <message>
        <source>Composed, with synthetic elements</source>
        <translation>مركَّب ويتضمن عناصر اصطناعية</translation>
    </message>
    <message>
        <source>Edited by a trained algorithm</source>
        <translation>محرَّر بخوارزمية مدرَّبة</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>مُنشأ بخوارزمية مدرَّبة</translation>
    </message>
    <message>
        <source>Made by an algorithm without training</source>
        <translation>مُنشأ بخوارزمية دون تدريب</translation>
    </message>
    <message>
        <source>Enhanced by an algorithm</source>
        <translation>محسَّن بخوارزمية</translation>
    </message>
    <message>
        <source>Drawn from data</source>
        <translation>مرسوم من بيانات</translation>
    </message>
    <message>
        <source>Captured from a screen</source>
        <translation>ملتقط من شاشة</translation>
    </message>
    <message>
        <source>Recorded in a virtual world</source>
        <translation>مسجَّل في عالم افتراضي</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>غير محدد</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>مسموح</translation>
    </message>
    <message>
        <source>Not for training of AI</source>
        <translation>ليس لتدريب الذكاء الاصطناعي</translation>
    </message>
    <message>
        <source>Not for training of generative AI</source>
        <translation>ليس لتدريب الذكاء الاصطناعي التوليدي</translation>
    </message>
    <message>
        <source>Only for search engines</source>
        <translation>لمحركات البحث فقط</translation>
    </message>
    <message>
        <source>Prohibited</source>
        <translation>محظور</translation>
    </message>
    <message>
        <source>Prohibited, as other constraints say</source>
        <translation>محظور، وفق القيود الأخرى</translation>
    </message>
    <message>
        <source>Prohibited, as the rights expression says</source>
        <translation>محظور، وفق تعبير الحقوق</translation>
    </message>
    <message>
        <source>Prohibited, as the linked rights expression says</source>
        <translation>محظور، وفق تعبير الحقوق المرتبط</translation>
    </message>
    <message>
        <source>Not required</source>
        <translation>غير مطلوبة</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>على الصورة</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>بجانب الصورة</translation>
    </message>
    <message>
        <source>Among the credits</source>
        <translation>ضمن قائمة المصادر</translation>
    </message>
    <message>
        <source>No warning required</source>
        <translation>لا يلزم تحذير</translation>
    </message>
    <message>
        <source>Warning required</source>
        <translation>يلزم تحذير</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>في العمل</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>جوّال</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>فاكس</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>في المنزل</translation>
    </message>
    <message>
        <source>Pager</source>
        <translation>جهاز نداء</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>مستطيل</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>دائرة</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>مضلّع</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>بكسلات</translation>
    </message>
    <message>
        <source>Parts of the picture</source>
        <translation>نسبة من الصورة</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>العنوان الرئيسي</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Alternative text</source>
        <translation>النص البديل</translation>
    </message>
    <message>
        <source>Extended description</source>
        <translation>الوصف الموسّع</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>الكلمات المفتاحية</translation>
    </message>
    <message>
        <source>Keyword hierarchies</source>
        <translation>التسلسلات الهرمية للكلمات المفتاحية</translation>
    </message>
    <message>
        <source>Caption writer</source>
        <translation>كاتب الوصف</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>اللغات</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>النوع الفني</translation>
    </message>
    <message>
        <source>Scene codes</source>
        <translation>رموز المشهد</translation>
    </message>
    <message>
        <source>Subject codes</source>
        <translation>رموز الموضوع</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>الفئة</translation>
    </message>
    <message>
        <source>Supplemental categories</source>
        <translation>الفئات التكميلية</translation>
    </message>
    <message>
        <source>Digital source type</source>
        <translation>نوع المصدر الرقمي</translation>
    </message>
    <message>
        <source>People shown</source>
        <translation>الأشخاص الظاهرون</translation>
    </message>
    <message>
        <source>About the models</source>
        <translation>معلومات عن العارضين</translation>
    </message>
    <message>
        <source>Ages of the models</source>
        <translation>أعمار العارضين</translation>
    </message>
    <message>
        <source>Organisations shown</source>
        <translation>المؤسسات الظاهرة</translation>
    </message>
    <message>
        <source>Organisation codes</source>
        <translation>رموز المؤسسات</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>الحدث</translation>
    </message>
    <message>
        <source>Event identifiers</source>
        <translation>معرّفات الحدث</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>المُنشئ</translation>
    </message>
    <message>
        <source>Creator’s job title</source>
        <translation>المسمى الوظيفي للمُنشئ</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>عنوان جهة الاتصال</translation>
    </message>
    <message>
        <source>Contact’s city</source>
        <translation>مدينة جهة الاتصال</translation>
    </message>
    <message>
        <source>Contact’s state or province</source>
        <translation>ولاية جهة الاتصال أو محافظتها</translation>
    </message>
    <message>
        <source>Contact’s postal code</source>
        <translation>الرمز البريدي لجهة الاتصال</translation>
    </message>
    <message>
        <source>Contact’s country</source>
        <translation>بلد جهة الاتصال</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>البريد الإلكتروني</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>موقع الويب</translation>
    </message>
    <message>
        <source>Contributors</source>
        <translation>المساهمون</translation>
    </message>
    <message>
        <source>Publishers</source>
        <translation>الناشرون</translation>
    </message>
    <message>
        <source>Copyright notice</source>
        <translation>إشعار حقوق النشر</translation>
    </message>
    <message>
        <source>Copyright status</source>
        <translation>حالة حقوق النشر</translation>
    </message>
    <message>
        <source>Copyright owner</source>
        <translation>مالك حقوق النشر</translation>
    </message>
    <message>
        <source>Credit line</source>
        <translation>سطر نسبة المصدر</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>Usage terms</source>
        <translation>شروط الاستخدام</translation>
    </message>
    <message>
        <source>Rights page</source>
        <translation>صفحة الحقوق</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>التعليمات</translation>
    </message>
    <message>
        <source>Media constraints</source>
        <translation>قيود الوسائط</translation>
    </message>
    <message>
        <source>Region constraints</source>
        <translation>قيود المناطق</translation>
    </message>
    <message>
        <source>Other constraints</source>
        <translation>قيود أخرى</translation>
    </message>
    <message>
        <source>Image supplier</source>
        <translation>مورّد الصورة</translation>
    </message>
    <message>
        <source>Supplier’s image ID</source>
        <translation>معرّف الصورة لدى المورّد</translation>
    </message>
    <message>
        <source>Licence begins</source>
        <translation>بداية الترخيص</translation>
    </message>
    <message>
        <source>Licence ends</source>
        <translation>نهاية الترخيص</translation>
    </message>
    <message>
        <source>Model release</source>
        <translation>تصريح العارض</translation>
    </message>
    <message>
        <source>Model release IDs</source>
        <translation>معرّفات تصاريح العارضين</translation>
    </message>
    <message>
        <source>Youngest model</source>
        <translation>أصغر العارضين سنًا</translation>
    </message>
    <message>
        <source>Property release</source>
        <translation>تصريح الملكية</translation>
    </message>
    <message>
        <source>Property release IDs</source>
        <translation>معرّفات تصاريح الملكية</translation>
    </message>
    <message>
        <source>Copyright owner’s ID</source>
        <translation>معرّف مالك حقوق النشر</translation>
    </message>
    <message>
        <source>Licensor</source>
        <translation>المرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s ID</source>
        <translation>معرّف المرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s e-mail</source>
        <translation>البريد الإلكتروني للمرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s phone</source>
        <translation>هاتف المرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s website</source>
        <translation>موقع الويب للمرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s street</source>
        <translation>شارع المرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s city</source>
        <translation>مدينة المرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s state or province</source>
        <translation>ولاية المرخِّص أو محافظته</translation>
    </message>
    <message>
        <source>Licensor’s postal code</source>
        <translation>الرمز البريدي للمرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s country</source>
        <translation>بلد المرخِّص</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>الموقع</translation>
    </message>
    <message>
        <source>City</source>
        <translation>المدينة</translation>
    </message>
    <message>
        <source>State or province</source>
        <translation>الولاية أو المحافظة</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>البلد</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>رمز البلد</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>الإحداثيات</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>الارتفاع</translation>
    </message>
    <message>
        <source>World region</source>
        <translation>منطقة العالم</translation>
    </message>
    <message>
        <source>Artwork’s title</source>
        <translation>عنوان العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s creator</source>
        <translation>مُنشئ العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s copyright notice</source>
        <translation>إشعار حقوق نشر العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner</source>
        <translation>مالك حقوق نشر العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s date</source>
        <translation>تاريخ العمل الفني</translation>
    </message>
    <message>
        <source>What the artwork shows</source>
        <translation>ما يظهر في العمل الفني</translation>
    </message>
    <message>
        <source>Who keeps the artwork</source>
        <translation>حافظ العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s inventory number</source>
        <translation>رقم جرد العمل الفني</translation>
    </message>
    <message>
        <source>Product’s name</source>
        <translation>اسم المنتج</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Product’s ID</source>
        <translation>معرّف المنتج</translation>
    </message>
    <message>
        <source>Product’s description</source>
        <translation>وصف المنتج</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>تاريخ الالتقاط</translation>
    </message>
    <message>
        <source>Date digitised</source>
        <translation>تاريخ الرقمنة</translation>
    </message>
    <message>
        <source>Date modified</source>
        <translation>تاريخ التعديل</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>التقييم</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>التسمية</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>درجة الاستعجال</translation>
    </message>
    <message>
        <source>Job identifier</source>
        <translation>معرّف المهمة</translation>
    </message>
    <message>
        <source>Camera maker</source>
        <translation>الشركة المصنّعة للكاميرا</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>الكاميرا</translation>
    </message>
    <message>
        <source>Camera’s serial number</source>
        <translation>الرقم التسلسلي للكاميرا</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>العدسة</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>مدة التعريض</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>فتحة العدسة</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>البعد البؤري</translation>
    </message>
    <message>
        <source>Focal length (35 mm)</source>
        <translation>البعد البؤري (35 مم)</translation>
    </message>
    <message>
        <source>Exposure compensation</source>
        <translation>تعويض التعريض</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>الفلاش</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>البرنامج</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>التغطية</translation>
    </message>
    <message>
        <source>Related</source>
        <translation>العلاقات</translation>
    </message>
    <message>
        <source>Content types</source>
        <translation>أنواع المحتوى</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>المعرّف</translation>
    </message>
    <message>
        <source>Derived from</source>
        <translation>مشتق من</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>نوع الوسائط</translation>
    </message>
    <message>
        <source>Image GUID</source>
        <translation>معرّف GUID للصورة</translation>
    </message>
    <message>
        <source>Greatest width</source>
        <translation>أقصى عرض</translation>
    </message>
    <message>
        <source>Greatest height</source>
        <translation>أقصى ارتفاع</translation>
    </message>
    <message>
        <source>AI prompt</source>
        <translation>مطالبة الذكاء الاصطناعي</translation>
    </message>
    <message>
        <source>AI prompt’s writer</source>
        <translation>كاتب مطالبة الذكاء الاصطناعي</translation>
    </message>
    <message>
        <source>AI system</source>
        <translation>نظام الذكاء الاصطناعي</translation>
    </message>
    <message>
        <source>AI system’s version</source>
        <translation>إصدار نظام الذكاء الاصطناعي</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>المصطلح</translation>
    </message>
    <message>
        <source>Term’s ID</source>
        <translation>معرّف المصطلح</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>قائمة المفردات</translation>
    </message>
    <message>
        <source>Term refined</source>
        <translation>تحديد أدق للمصطلح</translation>
    </message>
    <message>
        <source>Genre term</source>
        <translation>مصطلح النوع الفني</translation>
    </message>
    <message>
        <source>Genre’s ID</source>
        <translation>معرّف النوع الفني</translation>
    </message>
    <message>
        <source>Genre’s vocabulary</source>
        <translation>قائمة مفردات النوع الفني</translation>
    </message>
    <message>
        <source>Genre refined</source>
        <translation>تحديد أدق للنوع الفني</translation>
    </message>
    <message>
        <source>Person’s name</source>
        <translation>اسم الشخص</translation>
    </message>
    <message>
        <source>Person’s IDs</source>
        <translation>معرّفات الشخص</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>معلومات عن الشخص</translation>
    </message>
    <message>
        <source>Contributor’s name</source>
        <translation>اسم المساهم</translation>
    </message>
    <message>
        <source>Contributor’s IDs</source>
        <translation>معرّفات المساهم</translation>
    </message>
    <message>
        <source>Contributor’s roles</source>
        <translation>أدوار المساهم</translation>
    </message>
    <message>
        <source>Image creator</source>
        <translation>مُنشئ الصورة</translation>
    </message>
    <message>
        <source>Image creator’s ID</source>
        <translation>معرّف مُنشئ الصورة</translation>
    </message>
    <message>
        <source>Image supplier’s ID</source>
        <translation>معرّف مورّد الصورة</translation>
    </message>
    <message>
        <source>Rights owners</source>
        <translation>مالكو الحقوق</translation>
    </message>
    <message>
        <source>Rights certificate</source>
        <translation>شهادة الحقوق</translation>
    </message>
    <message>
        <source>Data mining</source>
        <translation>التنقيب في البيانات</translation>
    </message>
    <message>
        <source>Credit required</source>
        <translation>نسبة المصدر المطلوبة</translation>
    </message>
    <message>
        <source>Adult content</source>
        <translation>محتوى للبالغين</translation>
    </message>
    <message>
        <source>Licence’s ID</source>
        <translation>معرّف الترخيص</translation>
    </message>
    <message>
        <source>Licence’s terms</source>
        <translation>شروط الترخيص</translation>
    </message>
    <message>
        <source>Licence’s terms page</source>
        <translation>صفحة شروط الترخيص</translation>
    </message>
    <message>
        <source>Other conditions</source>
        <translation>شروط أخرى</translation>
    </message>
    <message>
        <source>Product constraints</source>
        <translation>قيود المنتج</translation>
    </message>
    <message>
        <source>Licence’s requirements</source>
        <translation>متطلبات الترخيص</translation>
    </message>
    <message>
        <source>Media summary code</source>
        <translation>رمز ملخص الوسائط</translation>
    </message>
    <message>
        <source>Licence granted</source>
        <translation>تاريخ منح الترخيص</translation>
    </message>
    <message>
        <source>Licensee</source>
        <translation>المرخَّص له</translation>
    </message>
    <message>
        <source>Licensee’s ID</source>
        <translation>معرّف المرخَّص له</translation>
    </message>
    <message>
        <source>Licensor’s image ID</source>
        <translation>معرّف الصورة لدى المرخِّص</translation>
    </message>
    <message>
        <source>Copyright owner’s image ID</source>
        <translation>معرّف الصورة لدى مالك حقوق النشر</translation>
    </message>
    <message>
        <source>Other dates</source>
        <translation>تواريخ أخرى</translation>
    </message>
    <message>
        <source>Copyright registration</source>
        <translation>تسجيل حقوق النشر</translation>
    </message>
    <message>
        <source>First published</source>
        <translation>تاريخ أول نشر</translation>
    </message>
    <message>
        <source>Licensor’s address, more</source>
        <translation>بقية عنوان المرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s phone is</source>
        <translation>نوع هاتف المرخِّص</translation>
    </message>
    <message>
        <source>Licensor’s other phone</source>
        <translation>هاتف المرخِّص الآخر</translation>
    </message>
    <message>
        <source>Licensor’s other phone is</source>
        <translation>نوع هاتف المرخِّص الآخر</translation>
    </message>
    <message>
        <source>Item’s ID</source>
        <translation>معرّف العنصر</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>Role in the registry</source>
        <translation>الدور في السجل</translation>
    </message>
    <message>
        <source>Rights expression</source>
        <translation>تعبير الحقوق</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>الترميز</translation>
    </message>
    <message>
        <source>Rights language</source>
        <translation>لغة الحقوق</translation>
    </message>
    <message>
        <source>Rights expression’s address</source>
        <translation>عنوان تعبير الحقوق</translation>
    </message>
    <message>
        <source>Name of the place</source>
        <translation>اسم المكان</translation>
    </message>
    <message>
        <source>Place’s IDs</source>
        <translation>معرّفات المكان</translation>
    </message>
    <message>
        <source>Artwork’s creator’s ID</source>
        <translation>معرّف مُنشئ العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s copyright owner’s ID</source>
        <translation>معرّف مالك حقوق نشر العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s licensor</source>
        <translation>مرخِّص العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s licensor’s ID</source>
        <translation>معرّف مرخِّص العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s date, about</source>
        <translation>التاريخ التقريبي للعمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s inventory page</source>
        <translation>صفحة جرد العمل الفني</translation>
    </message>
    <message>
        <source>Contributions to the artwork</source>
        <translation>المساهمات في العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s material</source>
        <translation>مادة العمل الفني</translation>
    </message>
    <message>
        <source>Artwork’s style</source>
        <translation>طراز العمل الفني</translation>
    </message>
    <message>
        <source>Region’s name</source>
        <translation>اسم منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s ID</source>
        <translation>معرّف منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s content</source>
        <translation>محتوى منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s role</source>
        <translation>دور منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s shape</source>
        <translation>شكل منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s unit</source>
        <translation>وحدة منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s left</source>
        <translation>يسار منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s top</source>
        <translation>أعلى منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s width</source>
        <translation>عرض منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s height</source>
        <translation>ارتفاع منطقة الصورة</translation>
    </message>
    <message>
        <source>Region’s radius</source>
        <translation>نصف قطر منطقة الصورة</translation>
    </message>
    <message>
        <source>A short name of the picture, often an identifier.</source>
        <translation>اسم قصير للصورة، وكثيرًا ما يكون معرّفًا.</translation>
    </message>
    <message>
        <source>A short synopsis that can be published.</source>
        <translation>ملخص قصير يمكن نشره.</translation>
    </message>
    <message>
        <source>What the picture shows: who, what, where, when and why.</source>
        <translation>ما تُظهره الصورة: من، وماذا، وأين، ومتى، ولماذا.</translation>
    </message>
    <message>
        <source>What it shows for those who cannot see it, in one or two sentences.</source>
        <translation>ما تُظهره الصورة لمن لا يستطيع رؤيتها، في جملة أو جملتين.</translation>
    </message>
    <message>
        <source>A longer description for those who cannot see it.</source>
        <translation>وصف أطول لمن لا يستطيع رؤية الصورة.</translation>
    </message>
    <message>
        <source>Words by which it is found.</source>
        <translation>كلمات يُعثر بها على الصورة.</translation>
    </message>
    <message>
        <source>Keywords with those above them, as in “Place|France|Paris”.</source>
        <translation>الكلمات المفتاحية مع ما يعلوها، كما في «المكان|فرنسا|باريس».</translation>
    </message>
    <message>
        <source>Who wrote or edited the caption.</source>
        <translation>من كتب الوصف أو حرّره.</translation>
    </message>
    <message>
        <source>The languages of the content.</source>
        <translation>لغات المحتوى.</translation>
    </message>
    <message>
        <source>What sort of journalistic or artistic work it is.</source>
        <translation>نوع العمل الصحفي أو الفني.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the scene, six digits each.</source>
        <translation>رموز IPTC للمشهد، ستة أرقام لكل منها.</translation>
    </message>
    <message>
        <source>IPTC’s codes of the subject, eight digits each.</source>
        <translation>رموز IPTC للموضوع، ثمانية أرقام لكل منها.</translation>
    </message>
    <message>
        <source>A code of one to three letters; superseded by the subject codes.</source>
        <translation>رمز من حرف إلى ثلاثة أحرف؛ حلّت محله رموز الموضوع.</translation>
    </message>
    <message>
        <source>Further categories; superseded by the subject codes.</source>
        <translation>فئات إضافية؛ حلّت محلها رموز الموضوع.</translation>
    </message>
    <message>
        <source>How the picture came into being.</source>
        <translation>كيف نشأت الصورة.</translation>
    </message>
    <message>
        <source>The names of the people in the picture.</source>
        <translation>أسماء الأشخاص في الصورة.</translation>
    </message>
    <message>
        <source>Ethnicity and other facts about the models in a released picture.</source>
        <translation>الأصل العرقي ومعلومات أخرى عن العارضين في صورة لها تصريح.</translation>
    </message>
    <message>
        <source>The age of each model when it was taken.</source>
        <translation>عمر كل عارض وقت التقاط الصورة.</translation>
    </message>
    <message>
        <source>The names of organisations that the picture features.</source>
        <translation>أسماء المؤسسات التي تُبرزها الصورة.</translation>
    </message>
    <message>
        <source>Codes of these organisations.</source>
        <translation>رموز هذه المؤسسات.</translation>
    </message>
    <message>
        <source>The event at which it was taken.</source>
        <translation>الحدث الذي التُقطت فيه الصورة.</translation>
    </message>
    <message>
        <source>Identifiers of the event.</source>
        <translation>معرّفات الحدث.</translation>
    </message>
    <message>
        <source>Who took or made it; several are separated by a semicolon.</source>
        <translation>من التقط الصورة أو أنشأها؛ تُفصل الأسماء المتعددة بفاصلة منقوطة (;).</translation>
    </message>
    <message>
        <source>The job of the creator, such as staff photographer.</source>
        <translation>وظيفة المُنشئ، مثل مصوّر ضمن فريق العمل.</translation>
    </message>
    <message>
        <source>Where the creator can be reached: street and house.</source>
        <translation>أين يمكن الوصول إلى المُنشئ: الشارع والمنزل.</translation>
    </message>
    <message>
        <source>The city of the creator’s address.</source>
        <translation>المدينة في عنوان المُنشئ.</translation>
    </message>
    <message>
        <source>The state or province of the creator’s address.</source>
        <translation>الولاية أو المحافظة في عنوان المُنشئ.</translation>
    </message>
    <message>
        <source>The postal code of the creator’s address.</source>
        <translation>الرمز البريدي في عنوان المُنشئ.</translation>
    </message>
    <message>
        <source>The country of the creator’s address.</source>
        <translation>البلد في عنوان المُنشئ.</translation>
    </message>
    <message>
        <source>Telephone numbers of the creator.</source>
        <translation>أرقام هاتف المُنشئ.</translation>
    </message>
    <message>
        <source>E-mail addresses of the creator.</source>
        <translation>عناوين البريد الإلكتروني للمُنشئ.</translation>
    </message>
    <message>
        <source>The creator’s website.</source>
        <translation>موقع الويب الخاص بالمُنشئ.</translation>
    </message>
    <message>
        <source>Others who had a part in it.</source>
        <translation>آخرون كان لهم دور في العمل.</translation>
    </message>
    <message>
        <source>Who makes it available.</source>
        <translation>من يتيح الصورة.</translation>
    </message>
    <message>
        <source>Who holds the copyright, as it is to be printed.</source>
        <translation>مالك حقوق النشر، كما يُطبع عند النشر.</translation>
    </message>
    <message>
        <source>Is it protected by copyright?</source>
        <translation>هل الصورة محمية بحقوق النشر؟</translation>
    </message>
    <message>
        <source>Who owns the copyright.</source>
        <translation>من يملك حقوق النشر.</translation>
    </message>
    <message>
        <source>Who is to be credited when it is published.</source>
        <translation>من يجب أن يُنسب إليه المصدر عند النشر.</translation>
    </message>
    <message>
        <source>Who it was obtained from.</source>
        <translation>الجهة التي جرى الحصول على الصورة منها.</translation>
    </message>
    <message>
        <source>How it may be used.</source>
        <translation>كيف يجوز استخدام الصورة.</translation>
    </message>
    <message>
        <source>The address of a page about the rights.</source>
        <translation>عنوان صفحة عن الحقوق.</translation>
    </message>
    <message>
        <source>What those who use it have to know.</source>
        <translation>ما يجب أن يعرفه من يستخدم الصورة.</translation>
    </message>
    <message>
        <source>In which media it may not be used, or only.</source>
        <translation>الوسائط التي لا يجوز استخدام الصورة فيها، أو يجوز فيها وحدها.</translation>
    </message>
    <message>
        <source>In which regions it may not be used, or only.</source>
        <translation>المناطق التي لا يجوز استخدام الصورة فيها، أو يجوز فيها وحدها.</translation>
    </message>
    <message>
        <source>Other limits of use.</source>
        <translation>قيود أخرى على الاستخدام.</translation>
    </message>
    <message>
        <source>Who supplied the picture.</source>
        <translation>من ورّد الصورة.</translation>
    </message>
    <message>
        <source>The supplier’s identifier of it.</source>
        <translation>معرّف الصورة لدى المورّد.</translation>
    </message>
    <message>
        <source>When the licence begins; changed with the rights, not here.</source>
        <translation>متى يبدأ الترخيص؛ يُغيَّر مع الحقوق، لا هنا.</translation>
    </message>
    <message>
        <source>When the licence ends; changed with the rights, not here.</source>
        <translation>متى ينتهي الترخيص؛ يُغيَّر مع الحقوق، لا هنا.</translation>
    </message>
    <message>
        <source>Have the people shown agreed?</source>
        <translation>هل وافق الأشخاص الظاهرون؟</translation>
    </message>
    <message>
        <source>Identifiers of the agreements.</source>
        <translation>معرّفات الموافقات.</translation>
    </message>
    <message>
        <source>The age of the youngest person when it was taken.</source>
        <translation>عمر أصغر شخص وقت التقاط الصورة.</translation>
    </message>
    <message>
        <source>Have the owners of what is shown agreed?</source>
        <translation>هل وافق مالكو ما يظهر في الصورة؟</translation>
    </message>
    <message>
        <source>Identifiers of these agreements.</source>
        <translation>معرّفات هذه الموافقات.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows who owns the copyright.</source>
        <translation>معرّف مالك حقوق النشر في سجل PLUS.</translation>
    </message>
    <message>
        <source>Who grants licences.</source>
        <translation>من يمنح التراخيص.</translation>
    </message>
    <message>
        <source>The licensor’s identifier in the PLUS registry.</source>
        <translation>معرّف المرخِّص في سجل PLUS.</translation>
    </message>
    <message>
        <source>Where to ask for a licence.</source>
        <translation>أين يُطلب الترخيص.</translation>
    </message>
    <message>
        <source>The licensor’s telephone.</source>
        <translation>هاتف المرخِّص.</translation>
    </message>
    <message>
        <source>The licensor’s website.</source>
        <translation>موقع الويب الخاص بالمرخِّص.</translation>
    </message>
    <message>
        <source>The street of the licensor’s address.</source>
        <translation>الشارع في عنوان المرخِّص.</translation>
    </message>
    <message>
        <source>The city of the licensor’s address.</source>
        <translation>المدينة في عنوان المرخِّص.</translation>
    </message>
    <message>
        <source>The state or province of the licensor’s address.</source>
        <translation>الولاية أو المحافظة في عنوان المرخِّص.</translation>
    </message>
    <message>
        <source>The postal code of the licensor’s address.</source>
        <translation>الرمز البريدي في عنوان المرخِّص.</translation>
    </message>
    <message>
        <source>The country of the licensor’s address.</source>
        <translation>البلد في عنوان المرخِّص.</translation>
    </message>
    <message>
        <source>The place within the city.</source>
        <translation>المكان داخل المدينة.</translation>
    </message>
    <message>
        <source>The city.</source>
        <translation>المدينة.</translation>
    </message>
    <message>
        <source>The state or province.</source>
        <translation>الولاية أو المحافظة.</translation>
    </message>
    <message>
        <source>The country’s name.</source>
        <translation>اسم البلد.</translation>
    </message>
    <message>
        <source>The country’s code of two or three letters (ISO 3166).</source>
        <translation>رمز البلد من حرفين أو ثلاثة أحرف (ISO 3166).</translation>
    </message>
    <message>
        <source>Where the camera stood, in decimal degrees.</source>
        <translation>مكان وقوف الكاميرا، بالدرجات العشرية.</translation>
    </message>
    <message>
        <source>How high the camera was, in metres.</source>
        <translation>ارتفاع الكاميرا، بالأمتار.</translation>
    </message>
    <message>
        <source>The place within the city where it was taken.</source>
        <translation>المكان داخل المدينة الذي التُقطت فيه الصورة.</translation>
    </message>
    <message>
        <source>The city where it was taken.</source>
        <translation>المدينة التي التُقطت فيها الصورة.</translation>
    </message>
    <message>
        <source>The state or province where it was taken.</source>
        <translation>الولاية أو المحافظة التي التُقطت فيها الصورة.</translation>
    </message>
    <message>
        <source>The country where it was taken.</source>
        <translation>البلد الذي التُقطت فيه الصورة.</translation>
    </message>
    <message>
        <source>The code of the country where it was taken.</source>
        <translation>رمز البلد الذي التُقطت فيه الصورة.</translation>
    </message>
    <message>
        <source>The part of the world where it was taken.</source>
        <translation>الجزء من العالم الذي التُقطت فيه الصورة.</translation>
    </message>
    <message>
        <source>The place within the city that it shows.</source>
        <translation>المكان داخل المدينة الذي تُظهره الصورة.</translation>
    </message>
    <message>
        <source>The city that it shows.</source>
        <translation>المدينة التي تُظهرها الصورة.</translation>
    </message>
    <message>
        <source>The state or province that it shows.</source>
        <translation>الولاية أو المحافظة التي تُظهرها الصورة.</translation>
    </message>
    <message>
        <source>The country that it shows.</source>
        <translation>البلد الذي تُظهره الصورة.</translation>
    </message>
    <message>
        <source>The code of the country that it shows.</source>
        <translation>رمز البلد الذي تُظهره الصورة.</translation>
    </message>
    <message>
        <source>The part of the world that it shows.</source>
        <translation>الجزء من العالم الذي تُظهره الصورة.</translation>
    </message>
    <message>
        <source>What the artwork is called.</source>
        <translation>اسم العمل الفني.</translation>
    </message>
    <message>
        <source>Who made the artwork; several in their order.</source>
        <translation>من أنشأ العمل الفني؛ وإن تعدّدوا فبترتيبهم.</translation>
    </message>
    <message>
        <source>The artwork’s own copyright notice.</source>
        <translation>إشعار حقوق النشر الخاص بالعمل الفني نفسه.</translation>
    </message>
    <message>
        <source>Who owns the copyright of the artwork now.</source>
        <translation>من يملك حقوق نشر العمل الفني الآن.</translation>
    </message>
    <message>
        <source>When the artwork was made.</source>
        <translation>متى أُنشئ العمل الفني.</translation>
    </message>
    <message>
        <source>What is seen in the artwork.</source>
        <translation>ما يُرى في العمل الفني.</translation>
    </message>
    <message>
        <source>The museum, archive or person that has the artwork.</source>
        <translation>المتحف أو الأرشيف أو الشخص الذي لديه العمل الفني.</translation>
    </message>
    <message>
        <source>The number that who keeps it has given the artwork.</source>
        <translation>الرقم الذي أعطته الجهة الحافظة للعمل الفني.</translation>
    </message>
    <message>
        <source>What the product is called.</source>
        <translation>اسم المنتج التجاري.</translation>
    </message>
    <message>
        <source>The product’s number in trade, as its bar code has it.</source>
        <translation>رقم المنتج في التجارة، كما في رمزه الشريطي.</translation>
    </message>
    <message>
        <source>The number that its maker has given the product.</source>
        <translation>الرقم الذي أعطاه الصانع للمنتج.</translation>
    </message>
    <message>
        <source>What the product is.</source>
        <translation>ماهية المنتج.</translation>
    </message>
    <message>
        <source>When the picture was taken, or the work was made.</source>
        <translation>متى التُقطت الصورة أو أُنشئ العمل.</translation>
    </message>
    <message>
        <source>When the digital file was made, such as by a scanner.</source>
        <translation>متى أُنشئ الملف الرقمي، بماسح ضوئي مثلًا.</translation>
    </message>
    <message>
        <source>When the file was changed last, as the program that did says.</source>
        <translation>متى تغيّر الملف آخر مرة، بحسب البرنامج الذي غيّره.</translation>
    </message>
    <message>
        <source>One to five stars; -1 is rejected.</source>
        <translation>من نجمة إلى خمس نجوم؛ والقيمة ‎-1 تعني مرفوض.</translation>
    </message>
    <message>
        <source>A word or colour of one’s own workflow.</source>
        <translation>كلمة أو لون من سير العمل الخاص بك.</translation>
    </message>
    <message>
        <source>How urgent it is, from 1 to 8.</source>
        <translation>درجة الاستعجال، من 1 إلى 8.</translation>
    </message>
    <message>
        <source>A number or name of the job it belongs to.</source>
        <translation>رقم أو اسم المهمة التي تنتمي إليها الصورة.</translation>
    </message>
    <message>
        <source>The maker of the camera.</source>
        <translation>الشركة المصنّعة للكاميرا.</translation>
    </message>
    <message>
        <source>The model of the camera.</source>
        <translation>طراز الكاميرا.</translation>
    </message>
    <message>
        <source>The serial number of the camera.</source>
        <translation>الرقم التسلسلي للكاميرا.</translation>
    </message>
    <message>
        <source>The model of the lens.</source>
        <translation>طراز العدسة.</translation>
    </message>
    <message>
        <source>How long it was exposed, in seconds.</source>
        <translation>مدة التعريض، بالثواني.</translation>
    </message>
    <message>
        <source>The f-number.</source>
        <translation>الرقم البؤري.</translation>
    </message>
    <message>
        <source>The sensitivity.</source>
        <translation>الحساسية.</translation>
    </message>
    <message>
        <source>The focal length in millimetres.</source>
        <translation>البعد البؤري بالمليمتر.</translation>
    </message>
    <message>
        <source>The focal length that is the same on 35 mm film.</source>
        <translation>البعد البؤري المكافئ على فيلم 35 مم.</translation>
    </message>
    <message>
        <source>By how many stops the exposure was changed.</source>
        <translation>عدد الدرجات التي عُدِّل بها التعريض.</translation>
    </message>
    <message>
        <source>Did the flash fire?</source>
        <translation>هل انطلق الفلاش؟</translation>
    </message>
    <message>
        <source>The program that wrote the file.</source>
        <translation>البرنامج الذي كتب الملف.</translation>
    </message>
    <message>
        <source>Which place and time the content is about.</source>
        <translation>المكان والزمان اللذان يتناولهما المحتوى.</translation>
    </message>
    <message>
        <source>What it is related to.</source>
        <translation>ما ترتبط به الصورة.</translation>
    </message>
    <message>
        <source>The nature or genre of the content.</source>
        <translation>طبيعة المحتوى أو نوعه الفني.</translation>
    </message>
    <message>
        <source>What identifies it within its context.</source>
        <translation>ما يعرّف الصورة ضمن سياقها.</translation>
    </message>
    <message>
        <source>What it was made from.</source>
        <translation>ما أُنشئت منه الصورة.</translation>
    </message>
    <message>
        <source>The kind of file, as the file says.</source>
        <translation>نوع الملف، كما يذكره الملف.</translation>
    </message>
    <message>
        <source>A number that no other picture has.</source>
        <translation>رقم لا تحمله أي صورة أخرى.</translation>
    </message>
    <message>
        <source>The width of the largest version that can be had, in pixels.</source>
        <translation>عرض أكبر نسخة يمكن الحصول عليها، بالبكسل.</translation>
    </message>
    <message>
        <source>The height of the largest version that can be had, in pixels.</source>
        <translation>ارتفاع أكبر نسخة يمكن الحصول عليها، بالبكسل.</translation>
    </message>
    <message>
        <source>What a generating system was asked for.</source>
        <translation>ما طُلب من نظام التوليد.</translation>
    </message>
    <message>
        <source>Who wrote what it was asked for.</source>
        <translation>من كتب ما طُلب منه.</translation>
    </message>
    <message>
        <source>The system that generated it.</source>
        <translation>النظام الذي ولّد الصورة.</translation>
    </message>
    <message>
        <source>The version of that system.</source>
        <translation>إصدار ذلك النظام.</translation>
    </message>
    <message>
        <source>What the picture is about, as a vocabulary calls it.</source>
        <translation>موضوع الصورة، كما تسمّيه قائمة مفردات.</translation>
    </message>
    <message>
        <source>The identifier of this term.</source>
        <translation>معرّف هذا المصطلح.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this term.</source>
        <translation>عنوان قائمة مفردات هذا المصطلح.</translation>
    </message>
    <message>
        <source>The identifier of what refines this term.</source>
        <translation>معرّف ما يحدد هذا المصطلح تحديدًا أدق.</translation>
    </message>
    <message>
        <source>The genre, as a vocabulary calls it.</source>
        <translation>النوع الفني، كما تسمّيه قائمة مفردات.</translation>
    </message>
    <message>
        <source>The identifier of this genre.</source>
        <translation>معرّف هذا النوع الفني.</translation>
    </message>
    <message>
        <source>The address of the vocabulary of this genre.</source>
        <translation>عنوان قائمة مفردات هذا النوع الفني.</translation>
    </message>
    <message>
        <source>The identifier of what refines this genre.</source>
        <translation>معرّف ما يحدد هذا النوع الفني تحديدًا أدق.</translation>
    </message>
    <message>
        <source>The name of a person in the picture.</source>
        <translation>اسم شخص في الصورة.</translation>
    </message>
    <message>
        <source>Identifiers of this person.</source>
        <translation>معرّفات هذا الشخص.</translation>
    </message>
    <message>
        <source>What is worth knowing of this person.</source>
        <translation>ما تجدر معرفته عن هذا الشخص.</translation>
    </message>
    <message>
        <source>Who had a part in it.</source>
        <translation>من كان له دور في العمل.</translation>
    </message>
    <message>
        <source>Identifiers of this contributor.</source>
        <translation>معرّفات هذا المساهم.</translation>
    </message>
    <message>
        <source>Which part this contributor had.</source>
        <translation>الدور الذي أدّاه هذا المساهم.</translation>
    </message>
    <message>
        <source>Who created the image, as PLUS has it.</source>
        <translation>من أنشأ الصورة، بحسب PLUS.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the creator.</source>
        <translation>معرّف المُنشئ في سجل PLUS.</translation>
    </message>
    <message>
        <source>The number by which PLUS knows the supplier.</source>
        <translation>معرّف المورّد في سجل PLUS.</translation>
    </message>
    <message>
        <source>Who owns rights in it.</source>
        <translation>من يملك حقوقًا في الصورة.</translation>
    </message>
    <message>
        <source>The address of a certificate of the rights.</source>
        <translation>عنوان شهادة للحقوق.</translation>
    </message>
    <message>
        <source>May programs be trained with it?</source>
        <translation>هل يجوز تدريب البرامج بها؟</translation>
    </message>
    <message>
        <source>Has the credit line to be printed, and where?</source>
        <translation>هل يجب طبع سطر نسبة المصدر، وأين؟</translation>
    </message>
    <message>
        <source>Does it need a warning?</source>
        <translation>هل تحتاج الصورة إلى تحذير؟</translation>
    </message>
    <message>
        <source>The identifier of the licence.</source>
        <translation>معرّف الترخيص.</translation>
    </message>
    <message>
        <source>The terms and conditions of the licence.</source>
        <translation>شروط الترخيص وأحكامه.</translation>
    </message>
    <message>
        <source>The address of the terms and conditions.</source>
        <translation>عنوان الشروط والأحكام.</translation>
    </message>
    <message>
        <source>Further conditions of the licence.</source>
        <translation>شروط إضافية للترخيص.</translation>
    </message>
    <message>
        <source>For which products and services it may be used.</source>
        <translation>المنتجات والخدمات التي يجوز استخدامه لها.</translation>
    </message>
    <message>
        <source>What the licence asks for besides.</source>
        <translation>ما يطلبه الترخيص فوق ذلك.</translation>
    </message>
    <message>
        <source>PLUS’s code of all uses that are licensed.</source>
        <translation>رمز PLUS لجميع الاستخدامات المرخَّصة.</translation>
    </message>
    <message>
        <source>The day of the licence.</source>
        <translation>يوم الترخيص.</translation>
    </message>
    <message>
        <source>Who holds the licence.</source>
        <translation>من يحمل الترخيص.</translation>
    </message>
    <message>
        <source>PLUS’s ID of the licensee.</source>
        <translation>معرّف المرخَّص له في PLUS.</translation>
    </message>
    <message>
        <source>The licensor’s identifier of it.</source>
        <translation>المعرّف الذي أعطاه المرخِّص له.</translation>
    </message>
    <message>
        <source>The copyright owner’s identifier of it.</source>
        <translation>المعرّف الذي أعطاه مالك حقوق النشر له.</translation>
    </message>
    <message>
        <source>Further days and times in its life, as Dublin Core has them.</source>
        <translation>أيام وأوقات أخرى في تاريخه كما ترد في Dublin Core.</translation>
    </message>
    <message>
        <source>The number under which the copyright is registered.</source>
        <translation>الرقم المسجَّلة به حقوق النشر.</translation>
    </message>
    <message>
        <source>When it was published for the first time.</source>
        <translation>متى نُشرت الصورة لأول مرة.</translation>
    </message>
    <message>
        <source>Further lines of the licensor’s address.</source>
        <translation>أسطر إضافية من عنوان المرخِّص.</translation>
    </message>
    <message>
        <source>Which telephone this is.</source>
        <translation>نوع هذا الهاتف.</translation>
    </message>
    <message>
        <source>Another telephone of the licensor.</source>
        <translation>هاتف آخر للمرخِّص.</translation>
    </message>
    <message>
        <source>The number that a registry has given the picture.</source>
        <translation>الرقم الذي أعطاه سجل للصورة.</translation>
    </message>
    <message>
        <source>The identifier of the registry.</source>
        <translation>معرّف السجل.</translation>
    </message>
    <message>
        <source>Why the picture is registered there.</source>
        <translation>سبب تسجيل الصورة هناك.</translation>
    </message>
    <message>
        <source>Rights in a language for machines.</source>
        <translation>الحقوق بلغة مقروءة آليًا.</translation>
    </message>
    <message>
        <source>How the rights expression is encoded.</source>
        <translation>كيفية ترميز تعبير الحقوق.</translation>
    </message>
    <message>
        <source>The language of the rights expression.</source>
        <translation>لغة تعبير الحقوق.</translation>
    </message>
    <message>
        <source>Where rights in a language for machines are found.</source>
        <translation>أين توجد الحقوق بلغة مقروءة آليًا.</translation>
    </message>
    <message>
        <source>How the linked expression is encoded.</source>
        <translation>كيفية ترميز التعبير المرتبط.</translation>
    </message>
    <message>
        <source>The language of the linked expression.</source>
        <translation>لغة التعبير المرتبط.</translation>
    </message>
    <message>
        <source>What the place is called where it was taken.</source>
        <translation>اسم المكان الذي التُقطت فيه الصورة.</translation>
    </message>
    <message>
        <source>Identifiers of the place where it was taken.</source>
        <translation>معرّفات المكان الذي التُقطت فيه الصورة.</translation>
    </message>
    <message>
        <source>Where the place lies, in decimal degrees.</source>
        <translation>موقع المكان، بالدرجات العشرية.</translation>
    </message>
    <message>
        <source>What the place is called that it shows.</source>
        <translation>اسم المكان الذي تُظهره الصورة.</translation>
    </message>
    <message>
        <source>Identifiers of the place that it shows.</source>
        <translation>معرّفات المكان الذي تُظهره الصورة.</translation>
    </message>
    <message>
        <source>Where the place that it shows lies, in decimal degrees.</source>
        <translation>موقع المكان الذي تُظهره الصورة، بالدرجات العشرية.</translation>
    </message>
    <message>
        <source>Identifiers of who made the artwork, in their order.</source>
        <translation>معرّفات من أنشأ العمل الفني، بترتيبهم.</translation>
    </message>
    <message>
        <source>The identifier of who owns its copyright now.</source>
        <translation>معرّف من يملك حقوق نشره الآن.</translation>
    </message>
    <message>
        <source>Who licenses the artwork now.</source>
        <translation>من يمنح تراخيص العمل الفني الآن.</translation>
    </message>
    <message>
        <source>The identifier of who licenses it now.</source>
        <translation>معرّف من يمنح تراخيصه الآن.</translation>
    </message>
    <message>
        <source>About when the artwork was made.</source>
        <translation>متى أُنشئ العمل الفني تقريبًا.</translation>
    </message>
    <message>
        <source>The address of the artwork in its keeper’s inventory.</source>
        <translation>عنوان العمل الفني في جرد الجهة الحافظة له.</translation>
    </message>
    <message>
        <source>Who did what to the artwork.</source>
        <translation>من فعل ماذا بالعمل الفني.</translation>
    </message>
    <message>
        <source>What the artwork is made of, and its state.</source>
        <translation>المادة التي صُنع منها العمل الفني، وحالته.</translation>
    </message>
    <message>
        <source>The styles or periods of the artwork.</source>
        <translation>طُرز العمل الفني أو حقبه.</translation>
    </message>
    <message>
        <source>What is seen in this part of the picture.</source>
        <translation>ما يُرى في هذا الجزء من الصورة.</translation>
    </message>
    <message>
        <source>The identifier of this part.</source>
        <translation>معرّف هذا الجزء.</translation>
    </message>
    <message>
        <source>What sort of thing is seen there.</source>
        <translation>نوع ما يُرى هناك.</translation>
    </message>
    <message>
        <source>What this part is for.</source>
        <translation>الغرض من هذا الجزء.</translation>
    </message>
    <message>
        <source>The form of this part.</source>
        <translation>شكل هذا الجزء.</translation>
    </message>
    <message>
        <source>What its numbers count.</source>
        <translation>ما تعدّه أرقامه.</translation>
    </message>
    <message>
        <source>Its left edge, or its middle where it is a circle.</source>
        <translation>حافته اليسرى، أو مركزه إن كان دائرة.</translation>
    </message>
    <message>
        <source>Its upper edge, or its middle where it is a circle.</source>
        <translation>حافته العليا، أو مركزه إن كان دائرة.</translation>
    </message>
    <message>
        <source>How wide a rectangle is.</source>
        <translation>عرض المستطيل.</translation>
    </message>
    <message>
        <source>How high a rectangle is.</source>
        <translation>ارتفاع المستطيل.</translation>
    </message>
    <message>
        <source>How far a circle reaches.</source>
        <translation>امتداد الدائرة من مركزها.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Term of a vocabulary</source>
        <translation>مصطلح من قائمة مفردات</translation>
    </message>
    <message>
        <source>Genre of a vocabulary</source>
        <translation>نوع فني من قائمة مفردات</translation>
    </message>
    <message>
        <source>People and events</source>
        <translation>الأشخاص والأحداث</translation>
    </message>
    <message>
        <source>Person in detail</source>
        <translation>تفاصيل الشخص</translation>
    </message>
    <message>
        <source>Contributor</source>
        <translation>المساهم</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الحقوق</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>التصاريح</translation>
    </message>
    <message>
        <source>Registry entry</source>
        <translation>القيد في السجل</translation>
    </message>
    <message>
        <source>Linked rights expression</source>
        <translation>تعبير الحقوق المرتبط</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>المكان</translation>
    </message>
    <message>
        <source>Where it was taken</source>
        <translation>مكان الالتقاط</translation>
    </message>
    <message>
        <source>What place it shows</source>
        <translation>المكان الظاهر</translation>
    </message>
    <message>
        <source>Artwork it shows</source>
        <translation>العمل الفني الظاهر</translation>
    </message>
    <message>
        <source>Product it shows</source>
        <translation>المنتج الظاهر</translation>
    </message>
    <message>
        <source>Image region</source>
        <translation>منطقة الصورة</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>التواريخ</translation>
    </message>
    <message>
        <source>Rating and workflow</source>
        <translation>التقييم وسير العمل</translation>
    </message>
</context>
<context>
    <name>studio</name>
    <message>
        <source>Brightness</source>
        <translation>السطوع</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>التباين</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>غاما</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>تظليل الحواف</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>التشبّع</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>حيوية الألوان</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>صبغة اللون</translation>
    </message>
    <message>
        <source>Sepia</source>
        <translation>بني داكن (سيبيا)</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>زيادة الحدة</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>تمويه</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>بكسلة</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>تدرج رمادي</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>صورة سالبة</translation>
    </message>
    <message>
        <source>Auto contrast</source>
        <translation>تباين تلقائي</translation>
    </message>
    <message>
        <source>Auto colour</source>
        <translation>لون تلقائي</translation>
    </message>
    <message>
        <source>Auto brightness</source>
        <translation>سطوع تلقائي</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>تحسين</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>مطابق</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>تقريبي</translation>
    </message>
    <message>
        <source>Cloud only</source>
        <translation>في السحابة فقط</translation>
    </message>
    <message>
        <source>Delivery makes the same pixels, but for how they are scaled and encoded.</source>
        <translation>ينتج التسليم البكسلات نفسها، عدا طريقة تغيير الحجم والترميز.</translation>
    </message>
    <message>
        <source>Delivery may look a little different:</source>
        <translation>قد يبدو التسليم مختلفًا قليلًا:</translation>
    </message>
    <message>
        <source>A part of it is made at delivery only, and is not shown here:</source>
        <translation>جزء منه لا يُنشأ إلا عند التسليم، ولا يُعرض هنا:</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>HTML: &lt;img&gt; with srcset</source>
        <translation>HTML: &lt;img&gt; مع srcset</translation>
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
        <translation>خلفية CSS</translation>
    </message>
    <message>
        <source>Video player</source>
        <translation>مشغّل الفيديو</translation>
    </message>
    <message>
        <source>Product gallery</source>
        <translation>معرض المنتج</translation>
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
        <translation>انعكاس أفقي</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>قلب رأسي</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تحرير</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>تحرير النص</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>تدوير</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>اقتصاص</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>قص</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>تأثير</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>نص</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>صورة</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>شرط</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>شكل</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>خطوة</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>A film is not fetched only to be looked at.</source>
        <translation>لا يُجلب فيلم لمجرد مشاهدته.</translation>
    </message>
    <message>
        <source>Push the master, and Cloudinary can show what it alone can do.</source>
        <translation>أرسل الملف الأصلي، فيعرض Cloudinary ما لا يقدر عليه غيره.</translation>
    </message>
    <message>
        <source>Crop of {size}, {x} from the left, {y} from the top</source>
        <translation>اقتصاص بحجم {size}، على بعد {x} من اليسار و{y} من الأعلى</translation>
    </message>
    <message>
        <source>Layer, {x} to the right of the middle, {y} below it</source>
        <translation>طبقة، على بعد {x} إلى يمين الوسط و{y} أسفله</translation>
    </message>
</context>
<context>
    <name>studio keys</name>
    <message>
        <source>Save as a preset</source>
        <translation>حفظ كإعداد مسبق</translation>
    </message>
    <message>
        <source>Presets and sets</source>
        <translation>الإعدادات المسبقة والمجموعات</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>إعادة</translation>
    </message>
</context>
<context>
    <name>sync</name>
    <message>
        <source>only one side says anything</source>
        <translation>لا يذكر شيئًا إلا جانب واحد</translation>
    </message>
    <message>
        <source>it was changed on one side</source>
        <translation>تغيّر في جانب واحد</translation>
    </message>
    <message>
        <source>this side leads for the field</source>
        <translation>لهذا الجانب الأولوية في الحقل</translation>
    </message>
    <message>
        <source>it was said last</source>
        <translation>هو آخر ما ذُكر</translation>
    </message>
    <message>
        <source>both were changed: choose one</source>
        <translation>تغيّر الجانبان: اختر أحدهما</translation>
    </message>
    <message>
        <source>what both sides added is joined</source>
        <translation>يُجمع ما أضافه الجانبان</translation>
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
        <translation>{date}، {time}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} ث</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} د</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} س {minutes} د</translation>
    </message>
    <message>
        <source>{amount}/s</source>
        <translation>{amount}/ث</translation>
    </message>
</context>
<context>
    <name>token</name>
    <message>
        <source>what sort of file it is</source>
        <translation>نوع الملف</translation>
    </message>
    <message>
        <source>what was decided</source>
        <translation>القرار المتخذ</translation>
    </message>
    <message>
        <source>whether its rights hold now</source>
        <translation>هل حقوقه سارية الآن</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>عدد النجوم</translation>
    </message>
    <message>
        <source>landscape, portrait or square</source>
        <translation>أفقي أو رأسي أو مربع</translation>
    </message>
    <message>
        <source>a year, a month, a day, or from..until</source>
        <translation>سنة أو شهر أو يوم، أو من..إلى</translation>
    </message>
    <message>
        <source>whether Cloudinary has it</source>
        <translation>هل هو في Cloudinary</translation>
    </message>
    <message>
        <source>whether the file can be read</source>
        <translation>هل يمكن قراءة الملف</translation>
    </message>
    <message>
        <source>a whole keyword; one of several words in quotes</source>
        <translation>كلمة مفتاحية كاملة؛ وتوضع المؤلفة من عدة كلمات بين علامتي اقتباس</translation>
    </message>
    <message>
        <source>a folder that it lies in, however deep</source>
        <translation>مجلد يقع فيه، مهما كان العمق</translation>
    </message>
    <message>
        <source>whose rights end within so many days</source>
        <translation>ما تنتهي حقوقه خلال هذا العدد من الأيام</translation>
    </message>
    <message>
        <source>{key}: needs {what}.</source>
        <translation>يحتاج {key}: إلى {what}.</translation>
    </message>
    <message>
        <source>{key}:{value} means nothing. Try {offered}.</source>
        <translation>لا معنى لـ {key}:{value}. جرّب {offered}.</translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message>
        <source>Queued</source>
        <translation>في القائمة</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>جارٍ الرفع</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>في الانتظار</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>سُلِّم</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>أُلغي</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>جارٍ النسخ</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>نُسخ</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>جارٍ الإنشاء</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>أُنشئ</translation>
    </message>
    <message>
        <source>Changing what may be seen</source>
        <translation>جارٍ تغيير ما يجوز عرضه</translation>
    </message>
    <message>
        <source>Changed what may be seen</source>
        <translation>تغيّر ما يجوز عرضه</translation>
    </message>
    <message>
        <source>Recording at its master</source>
        <translation>جارٍ التدوين لدى ملفه الأصلي</translation>
    </message>
    <message>
        <source>Recorded at its master</source>
        <translation>دُوِّن لدى ملفه الأصلي</translation>
    </message>
    <message>
        <source>Archiving</source>
        <translation>جارٍ الأرشفة</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>أُرشف</translation>
    </message>
    <message>
        <source>Telling the service</source>
        <translation>جارٍ إبلاغ الخدمة</translation>
    </message>
    <message>
        <source>Told the service</source>
        <translation>أُبلغت الخدمة</translation>
    </message>
    <message>
        <source>Looking whether it arrived after all</source>
        <translation>جارٍ التحقق مما إذا كان قد وصل</translation>
    </message>
    <message>
        <source>Looked whether it arrived after all</source>
        <translation>جرى التحقق مما إذا كان قد وصل</translation>
    </message>
    <message>
        <source>A push that ended unheard</source>
        <translation>إرسال انتهى دون رد</translation>
    </message>
    <message>
        <source>Decision for the service</source>
        <translation>قرار للخدمة</translation>
    </message>
    <message>
        <source>Rights for the service</source>
        <translation>حقوق للخدمة</translation>
    </message>
    <message>
        <source>Moderation at Cloudinary</source>
        <translation>الإشراف في Cloudinary</translation>
    </message>
    <message>
        <source>Access at Cloudinary</source>
        <translation>الوصول في Cloudinary</translation>
    </message>
    <message>
        <source>A rendition that has to go</source>
        <translation>نسخة مشتقة يجب أن تُزال</translation>
    </message>
    <message>
        <source>Record at the master</source>
        <translation>تدوين لدى الملف الأصلي</translation>
    </message>
    <message>
        <source>New version at the service</source>
        <translation>نسخة جديدة في الخدمة</translation>
    </message>
    <message>
        <source>Decision for the file</source>
        <translation>قرار للملف</translation>
    </message>
    <message>
        <source>Waits for the connection, then goes out by itself</source>
        <translation>بانتظار الاتصال، ثم يخرج تلقائيًا</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>يطلب Cloudinary التمهّل؛ المتابعة تلقائية</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on by itself</source>
        <translation>نفدت استدعاءات API لهذه الساعة؛ المتابعة تلقائية</translation>
    </message>
    <message>
        <source>Did not get through; tries again by itself</source>
        <translation>لم يصل؛ تُعاد المحاولة تلقائيًا</translation>
    </message>
    <message>
        <source>Waits until the file has been read</source>
        <translation>بانتظار قراءة الملف</translation>
    </message>
    <message>
        <source>Waits for the account {environment} and its key</source>
        <translation>بانتظار الحساب {environment} ومفتاحه</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more by itself</source>
        <translation>لم يصل حتى الآن؛ يُبحث عنه مرة أخرى تلقائيًا</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again by itself</source>
        <translation>لم يقبلها المستلِم؛ يُعاد الإرسال تلقائيًا</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>يطلب Cloudinary التمهّل؛ المتابعة بعد {time}</translation>
    </message>
    <message>
        <source>This hour&apos;s API calls are used up; goes on in {time}</source>
        <translation>نفدت استدعاءات API لهذه الساعة؛ المتابعة بعد {time}</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>لم يصل؛ المحاولة التالية بعد {time}</translation>
    </message>
    <message>
        <source>Has not arrived so far; is looked for once more in {time}</source>
        <translation>لم يصل حتى الآن؛ يُبحث عنه مرة أخرى بعد {time}</translation>
    </message>
    <message>
        <source>The receiver did not take it; is sent again in {time}</source>
        <translation>لم يقبلها المستلِم؛ يُعاد الإرسال بعد {time}</translation>
    </message>
    <message>
        <source>{name}, {size}: {note}</source>
        <translation>{name}، {size}: {note}</translation>
    </message>
    <message>
        <source>{copied} copied, {there} there already</source>
        <translation>نُسخ {copied}، وموجود من قبل {there}</translation>
    </message>
    <message>
        <source>Into a library</source>
        <translation>إلى مكتبة</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln خطوة</numerusform>
            <numerusform>خطوة واحدة</numerusform>
            <numerusform>خطوتان</numerusform>
            <numerusform>%Ln خطوات</numerusform>
            <numerusform>%Ln خطوة</numerusform>
            <numerusform>%Ln خطوة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln نسخة مشتقة</numerusform>
            <numerusform>نسخة مشتقة واحدة</numerusform>
            <numerusform>نسختان مشتقتان</numerusform>
            <numerusform>%Ln نسخ مشتقة</numerusform>
            <numerusform>%Ln نسخة مشتقة</numerusform>
            <numerusform>%Ln نسخة مشتقة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>Edit of {field}</source>
        <translation>تحرير {field}</translation>
    </message>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>تحرير %Ln حقل</numerusform>
            <numerusform>تحرير حقل واحد</numerusform>
            <numerusform>تحرير حقلين</numerusform>
            <numerusform>تحرير %Ln حقول</numerusform>
            <numerusform>تحرير %Ln حقلًا</numerusform>
            <numerusform>تحرير %Ln حقل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>اعتماد %Ln أصل</numerusform>
            <numerusform>اعتماد أصل واحد</numerusform>
            <numerusform>اعتماد أصلين</numerusform>
            <numerusform>اعتماد %Ln أصول</numerusform>
            <numerusform>اعتماد %Ln أصلًا</numerusform>
            <numerusform>اعتماد %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>رفض %Ln أصل</numerusform>
            <numerusform>رفض أصل واحد</numerusform>
            <numerusform>رفض أصلين</numerusform>
            <numerusform>رفض %Ln أصول</numerusform>
            <numerusform>رفض %Ln أصلًا</numerusform>
            <numerusform>رفض %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>طلب تعديلات على %Ln أصل</numerusform>
            <numerusform>طلب تعديلات على أصل واحد</numerusform>
            <numerusform>طلب تعديلات على أصلين</numerusform>
            <numerusform>طلب تعديلات على %Ln أصول</numerusform>
            <numerusform>طلب تعديلات على %Ln أصلًا</numerusform>
            <numerusform>طلب تعديلات على %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>إحالة %Ln أصل إلى المراجعة</numerusform>
            <numerusform>إحالة أصل واحد إلى المراجعة</numerusform>
            <numerusform>إحالة أصلين إلى المراجعة</numerusform>
            <numerusform>إحالة %Ln أصول إلى المراجعة</numerusform>
            <numerusform>إحالة %Ln أصلًا إلى المراجعة</numerusform>
            <numerusform>إحالة %Ln أصل إلى المراجعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>سحب القرار بشأن %Ln أصل</numerusform>
            <numerusform>سحب القرار بشأن أصل واحد</numerusform>
            <numerusform>سحب القرار بشأن أصلين</numerusform>
            <numerusform>سحب القرار بشأن %Ln أصول</numerusform>
            <numerusform>سحب القرار بشأن %Ln أصلًا</numerusform>
            <numerusform>سحب القرار بشأن %Ln أصل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>{edit} في %Ln أصل</numerusform>
            <numerusform>{edit} في أصل واحد</numerusform>
            <numerusform>{edit} في أصلين</numerusform>
            <numerusform>{edit} في %Ln أصول</numerusform>
            <numerusform>{edit} في %Ln أصلًا</numerusform>
            <numerusform>{edit} في %Ln أصل</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>Credits</source>
        <translation>الأرصدة</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>عرض النطاق</translation>
    </message>
    <message>
        <source>Transformations</source>
        <translation>التحويلات</translation>
    </message>
    <message>
        <source>Stored files</source>
        <translation>الملفات المخزّنة</translation>
    </message>
    <message>
        <source>Impressions</source>
        <translation>مرات الظهور</translation>
    </message>
    <message>
        <source>Seconds delivered</source>
        <translation>الثواني المُسلَّمة</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>بقي {left} من {limit}</translation>
    </message>
    <message>
        <source>{amount}, anew at {time}</source>
        <translation>{amount}، والتجدّد عند {time}</translation>
    </message>
    <message>
        <source>API calls this hour</source>
        <translation>استدعاءات API هذه الساعة</translation>
    </message>
    <message>
        <source>Largest image</source>
        <translation>أكبر صورة</translation>
    </message>
    <message>
        <source>Largest video</source>
        <translation>أكبر فيديو</translation>
    </message>
    <message>
        <source>Largest other file</source>
        <translation>أكبر ملف آخر</translation>
    </message>
    <message>
        <source>Most pixels of an image</source>
        <translation>أقصى عدد بكسلات للصورة</translation>
    </message>
    <message>
        <source>Most pixels of all pages or frames</source>
        <translation>أقصى عدد بكسلات لكل الصفحات أو الإطارات</translation>
    </message>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} ميغابكسل</translation>
    </message>
    <message>
        <source>Fixed folders</source>
        <translation>مجلدات ثابتة</translation>
    </message>
    <message>
        <source>Dynamic folders</source>
        <translation>مجلدات ديناميكية</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>الباقة {name}</translation>
    </message>
    <message>
        <source>counted on {day}</source>
        <translation>حُسب في {day}</translation>
    </message>
    <message>
        <source>asked {moment}</source>
        <translation>وقت الاستعلام {moment}</translation>
    </message>
    <message>
        <source>{used} of {limit}</source>
        <translation>{used} من {limit}</translation>
    </message>
    <message>
        <source>{amount} ({credits} credits)</source>
        <translation>{amount} ({credits} من الأرصدة)</translation>
    </message>
</context>
<context>
    <name>visit</name>
    <message>
        <source>“{text}”</source>
        <translation>«{text}»</translation>
    </message>
    <message>
        <source>{first} – {last}</source>
        <translation>{first} – {last}</translation>
    </message>
    <message>
        <source>Not pushed</source>
        <translation>غير مُرسَل</translation>
    </message>
</context>
</TS>
