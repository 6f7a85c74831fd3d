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
</context>
<context>
    <name>AccountDialog</name>
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
        <source>Use this one</source>
        <translation>استخدام هذا الحساب</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>Open key store…</source>
        <translation>فتح مخزن المفاتيح…</translation>
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
        <source>Pushes wait, because the key store has not been opened yet.</source>
        <translation>عمليات الإرسال تنتظر لأن مخزن المفاتيح لم يُفتح بعد.</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>المفتاح {key}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>قيد الاستخدام</translation>
    </message>
    <message>
        <source>{account} answers, and is in use now.</source>
        <translation>استجاب {account} وهو الآن قيد الاستخدام.</translation>
    </message>
    <message>
        <source>Remove {account} from here?</source>
        <translation>هل تريد إزالة {account} من هنا؟</translation>
    </message>
    <message>
        <source>Its secret is deleted here. What has been delivered stays in Cloudinary, its history stays here, and pushes that are still queued for it wait until you add it again.</source>
        <translation>يُحذف سرّه من هنا. يبقى ما سُلِّم في Cloudinary، ويبقى سجله هنا، وتنتظر عمليات الإرسال المدرجة له حتى تضيفه من جديد.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>الاحتفاظ به</translation>
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
        <source>AP&amp;I address</source>
        <translation>&amp;عنوان API</translation>
    </message>
    <message>
        <source>&amp;Delivery host</source>
        <translation>م&amp;ضيف التسليم</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>&amp;Use Account</source>
        <translation>ا&amp;ستخدام الحساب</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>إ&amp;ضافة مجلد…</translation>
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
        <source>{action} ({letter})</source>
        <translation>{action} ({letter})</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>إ&amp;رسال</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>ال&amp;حسابات…</translation>
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
        <source>&amp;Guide</source>
        <translation>ال&amp;دليل</translation>
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
    <name>DecisionRow</name>
    <message>
        <source>About an earlier version of the file.</source>
        <translation>عن نسخة سابقة من الملف.</translation>
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
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}: %Ln أصل.</numerusform>
            <numerusform>{state}: أصل واحد.</numerusform>
            <numerusform>{state}: أصلان.</numerusform>
            <numerusform>{state}: %Ln أصول.</numerusform>
            <numerusform>{state}: %Ln أصلًا.</numerusform>
            <numerusform>{state}: %Ln أصل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>إضافة مجلد</translation>
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
        <source>Libraries</source>
        <translation>المكتبات</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>المجموعات</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %n asset(s)</source>
        <translation>
            <numerusform>{place}، %n أصل</numerusform>
            <numerusform>{place}، أصل واحد</numerusform>
            <numerusform>{place}، أصلان</numerusform>
            <numerusform>{place}، %n أصول</numerusform>
            <numerusform>{place}، %n أصلًا</numerusform>
            <numerusform>{place}، %n أصل</numerusform>
        </translation>
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
    <name>GuideDialog</name>
    <message>
        <source>Guide</source>
        <translation>الدليل</translation>
    </message>
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
    <name>History</name>
    <message>
        <source>An earlier version of the file</source>
        <translation>نسخة سابقة من الملف</translation>
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
        <source>Nothing can be sent before the folder is right</source>
        <translation>لا يمكن إرسال شيء قبل أن يكون المجلد صحيحًا</translation>
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
    <name>RecentField</name>
    <message>
        <source>Used lately</source>
        <translation>المستخدمة حديثًا</translation>
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
        <source>Renditions</source>
        <translation>النسخ المشتقة</translation>
    </message>
    <message>
        <source>{name}: {reasons}. No address is given out while that is so.</source>
        <translation>{name}: {reasons}. لا يُعطى أي عنوان ما دام الأمر كذلك.</translation>
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
        <source>Delivered as it is</source>
        <translation>يُسلَّم كما هو</translation>
    </message>
    <message>
        <source>Cloudinary makes renditions of pictures and videos. This file is delivered unchanged.</source>
        <translation>ينشئ Cloudinary نسخًا مشتقة من الصور ومقاطع الفيديو. يُسلَّم هذا الملف دون تغيير.</translation>
    </message>
</context>
<context>
    <name>ScanCard</name>
    <message>
        <source>Preparing the sample campaign</source>
        <translation>جارٍ إعداد الحملة النموذجية</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>جارٍ قراءة {name}</translation>
    </message>
    <message>
        <source>Stop: {what}</source>
        <translation>إيقاف: {what}</translation>
    </message>
    <message>
        <source>Stop; what was read stays</source>
        <translation>إيقاف؛ يبقى ما قُرئ</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>عُثر على %Ln ملف</numerusform>
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
        <source>“{command}” in a terminal opens a sample campaign with a stand-in for Cloudinary; no account is needed. Click to copy the command.</source>
        <translation>يفتح «{command}» في الطرفية حملة نموذجية مع بديل عن Cloudinary؛ ولا حاجة إلى حساب. انقر لنسخ الأمر.</translation>
    </message>
    <message>
        <source>Command copied</source>
        <translation>نُسخ الأمر</translation>
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
    <name>errors</name>
    <message>
        <source>Asset Bridge is open already on this profile ({path}). Use that window; what you queue elsewhere is carried out by it.</source>
        <translation>Asset Bridge مفتوح بالفعل على هذا الملف الشخصي ({path}). استخدم تلك النافذة؛ فما تدرجه في مكان آخر تنفّذه هي.</translation>
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
        <source>same as {other}</source>
        <translation>مطابق لـ {other}</translation>
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
        <source>Waits for the connection, then goes out by itself</source>
        <translation>بانتظار الاتصال، ثم يخرج تلقائيًا</translation>
    </message>
    <message>
        <source>Cloudinary asks us to slow down; goes on by itself</source>
        <translation>يطلب Cloudinary التمهّل؛ المتابعة تلقائية</translation>
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
        <source>Cloudinary asks us to slow down; goes on in {time}</source>
        <translation>يطلب Cloudinary التمهّل؛ المتابعة بعد {time}</translation>
    </message>
    <message>
        <source>Did not get through; next try in {time}</source>
        <translation>لم يصل؛ المحاولة التالية بعد {time}</translation>
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
</context>
</TS>
