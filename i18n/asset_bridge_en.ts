<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccessDialog</name>
    <message numerus="yes">
        <source>Limit access to %Ln asset(s)</source>
        <translation>
            <numerusform>Limit access to %Ln asset</numerusform>
            <numerusform>Limit access to %Ln assets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message numerus="yes">
        <source>Approve the remaining %Ln picture(s)?</source>
        <translation>
            <numerusform>Approve the remaining %Ln picture?</numerusform>
            <numerusform>Approve the remaining %Ln pictures?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{state}: %Ln picture(s).</source>
        <translation>
            <numerusform>{state}: %Ln picture.</numerusform>
            <numerusform>{state}: %Ln pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln decision(s).</source>
        <translation>
            <numerusform>Taken back: %Ln decision.</numerusform>
            <numerusform>Taken back: %Ln decisions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) chosen</source>
        <translation>
            <numerusform>%Ln picture chosen</numerusform>
            <numerusform>%Ln pictures chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message numerus="yes">
        <source>C&amp;onflicts (%Ln)…</source>
        <translation>
            <numerusform>C&amp;onflicts (%Ln)…</numerusform>
            <numerusform>C&amp;onflicts (%Ln)…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ActivityChip</name>
    <message numerus="yes">
        <source>Offline – %Ln waiting</source>
        <translation>
            <numerusform>Offline – %Ln waiting</numerusform>
            <numerusform>Offline – %Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln activities</source>
        <translation>
            <numerusform>%Ln activities</numerusform>
            <numerusform>%Ln activities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Activity – %Ln with trouble</source>
        <translation>
            <numerusform>Activity – %Ln with trouble</numerusform>
            <numerusform>Activity – %Ln with trouble</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message numerus="yes">
        <source>%Ln more in the table</source>
        <translation>
            <numerusform>%Ln more in the table</numerusform>
            <numerusform>%Ln more in the table</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApproveStrip</name>
    <message numerus="yes">
        <source>Approve and include %Ln</source>
        <translation>
            <numerusform>Approve and include %Ln</numerusform>
            <numerusform>Approve and include %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message numerus="yes">
        <source>%Ln step(s), one after the other.</source>
        <translation>
            <numerusform>%Ln step, one after the other.</numerusform>
            <numerusform>%Ln steps, one after the other.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies are deleted. Look at their names first.</source>
        <translation>
            <numerusform>%Ln delivered copies are deleted. Look at their names first.</numerusform>
            <numerusform>%Ln delivered copies are deleted. Look at their names first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchiveErrands</name>
    <message numerus="yes">
        <source>{name} is being archived in %Ln step(s).</source>
        <translation>
            <numerusform>{name} is being archived in %Ln step.</numerusform>
            <numerusform>{name} is being archived in %Ln steps.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message numerus="yes">
        <source>{shown} of %Ln entries</source>
        <translation>
            <numerusform>{shown} of %Ln entries</numerusform>
            <numerusform>{shown} of %Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>And %Ln more.</numerusform>
            <numerusform>And %Ln more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuditFilters</name>
    <message numerus="yes">
        <source>The %Ln chosen asset(s)</source>
        <translation>
            <numerusform>The %Ln chosen asset</numerusform>
            <numerusform>The %Ln chosen assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln days</source>
        <translation>
            <numerusform>The last %Ln days</numerusform>
            <numerusform>The last %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Breadcrumbs</name>
    <message numerus="yes">
        <source>%Ln more in the sidebar</source>
        <translation>
            <numerusform>%Ln more in the sidebar</numerusform>
            <numerusform>%Ln more in the sidebar</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Getting %Ln file ready…</numerusform>
            <numerusform>Getting %Ln files ready…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) copied.</source>
        <translation>
            <numerusform>%Ln file copied.</numerusform>
            <numerusform>%Ln files copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloudChangeDialog</name>
    <message numerus="yes">
        <source>Move %Ln asset(s) at Cloudinary</source>
        <translation>
            <numerusform>Move %Ln asset at Cloudinary</numerusform>
            <numerusform>Move %Ln assets at Cloudinary</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Delete %Ln asset at Cloudinary?</numerusform>
            <numerusform>Delete %Ln assets at Cloudinary?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refresh the deliveries of %Ln asset(s)?</source>
        <translation>
            <numerusform>Refresh the deliveries of %Ln asset?</numerusform>
            <numerusform>Refresh the deliveries of %Ln assets?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Approve %Ln asset at Cloudinary?</numerusform>
            <numerusform>Approve %Ln assets at Cloudinary?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s) at Cloudinary?</source>
        <translation>
            <numerusform>Reject %Ln asset at Cloudinary?</numerusform>
            <numerusform>Reject %Ln assets at Cloudinary?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: the folder with its %Ln asset(s).</source>
        <translation>
            <numerusform>In {place}: the folder with its %Ln asset.</numerusform>
            <numerusform>In {place}: the folder with its %Ln assets.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In {place}: {doing} of %Ln asset(s).</source>
        <translation>
            <numerusform>In {place}: {doing} of %Ln asset.</numerusform>
            <numerusform>In {place}: {doing} of %Ln assets.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</source>
        <translation>
            <numerusform>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</numerusform>
            <numerusform>Delivered addresses that change: %Ln. Pages that use the old ones will show nothing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>I know how many delivered addresses change: %Ln</source>
        <translation>
            <numerusform>I know how many delivered addresses change: %Ln</numerusform>
            <numerusform>I know how many delivered addresses change: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloudErrands</name>
    <message numerus="yes">
        <source>%Ln asset(s) deleted at Cloudinary.</source>
        <translation>
            <numerusform>%Ln asset deleted at Cloudinary.</numerusform>
            <numerusform>%Ln assets deleted at Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) brought back.</source>
        <translation>
            <numerusform>%Ln asset brought back.</numerusform>
            <numerusform>%Ln assets brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The deliveries of %Ln asset(s) are fresh.</source>
        <translation>
            <numerusform>The deliveries of %Ln asset are fresh.</numerusform>
            <numerusform>The deliveries of %Ln assets are fresh.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Access to %Ln asset(s) is as you said.</source>
        <translation>
            <numerusform>Access to %Ln asset is as you said.</numerusform>
            <numerusform>Access to %Ln assets is as you said.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moderated at Cloudinary.</source>
        <translation>
            <numerusform>%Ln asset moderated at Cloudinary.</numerusform>
            <numerusform>%Ln assets moderated at Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) moved at Cloudinary.</source>
        <translation>
            <numerusform>%Ln asset moved at Cloudinary.</numerusform>
            <numerusform>%Ln assets moved at Cloudinary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) renamed at Cloudinary.</source>
        <translation>
            <numerusform>%Ln asset renamed at Cloudinary.</numerusform>
            <numerusform>%Ln assets renamed at Cloudinary.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloudSearchDialog</name>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln asset found.</numerusform>
            <numerusform>%Ln assets found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln are shown.</source>
        <translation>
            <numerusform>The newest %Ln are shown.</numerusform>
            <numerusform>The newest %Ln are shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>Drawing, %Ln line(s)</source>
        <translation>
            <numerusform>Drawing, %Ln line</numerusform>
            <numerusform>Drawing, %Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message numerus="yes">
        <source>%Ln conflict(s) wait for you</source>
        <translation>
            <numerusform>%Ln conflict waits for you</numerusform>
            <numerusform>%Ln conflicts wait for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep &amp;mine (%Ln)</source>
        <translation>
            <numerusform>Keep &amp;mine (%Ln)</numerusform>
            <numerusform>Keep &amp;mine (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep what is &amp;there (%Ln)</source>
        <translation>
            <numerusform>Keep what is &amp;there (%Ln)</numerusform>
            <numerusform>Keep what is &amp;there (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message numerus="yes">
        <source>Being written to {folder}: {count} of %Ln rendition(s).</source>
        <translation>
            <numerusform>Being written to {folder}: {count} of %Ln rendition.</numerusform>
            <numerusform>Being written to {folder}: {count} of %Ln renditions.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContentstackDialog</name>
    <message numerus="yes">
        <source>Take %Ln picture(s) back?</source>
        <translation>
            <numerusform>Take %Ln picture back?</numerusform>
            <numerusform>Take %Ln pictures back?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Approve %Ln asset</numerusform>
            <numerusform>Approve %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln asset(s)</source>
        <translation>
            <numerusform>Reject %Ln asset</numerusform>
            <numerusform>Reject %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request changes to %Ln asset(s)</source>
        <translation>
            <numerusform>Request changes to %Ln asset</numerusform>
            <numerusform>Request changes to %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln asset(s): {state}</source>
        <translation>
            <numerusform>Mark %Ln asset: {state}</numerusform>
            <numerusform>Mark %Ln assets: {state}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message numerus="yes">
        <source>Reject %Ln picture(s): why?</source>
        <translation>
            <numerusform>Reject %Ln picture: why?</numerusform>
            <numerusform>Reject %Ln pictures: why?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes to %Ln picture(s): which?</source>
        <translation>
            <numerusform>Changes to %Ln picture: which?</numerusform>
            <numerusform>Changes to %Ln pictures: which?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln transfer failed</numerusform>
            <numerusform>%Ln transfers failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln came through. What failed says why in the list.</source>
        <translation>
            <numerusform>%Ln came through. What failed says why in the list.</numerusform>
            <numerusform>%Ln came through. What failed says why in the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) finished</source>
        <translation>
            <numerusform>%Ln transfer finished</numerusform>
            <numerusform>%Ln transfers finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln review(s) wait for you</source>
        <translation>
            <numerusform>%Ln review waits for you</numerusform>
            <numerusform>%Ln reviews wait for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights of %Ln asset(s) have ended</source>
        <translation>
            <numerusform>The rights of %Ln asset have ended</numerusform>
            <numerusform>The rights of %Ln assets have ended</numerusform>
        </translation>
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
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln day ago</numerusform>
            <numerusform>%Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln day(s)</source>
        <translation>
            <numerusform>in %Ln day</numerusform>
            <numerusform>in %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) left</source>
        <translation>
            <numerusform>%Ln day left</numerusform>
            <numerusform>%Ln days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message numerus="yes">
        <source>Push %Ln asset(s)</source>
        <translation>
            <numerusform>Push %Ln asset</numerusform>
            <numerusform>Push %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take in %Ln file(s)</source>
        <translation>
            <numerusform>Take in %Ln file</numerusform>
            <numerusform>Take in %Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln folders as libraries</source>
        <translation>
            <numerusform>Add %Ln folders as libraries</numerusform>
            <numerusform>Add %Ln folders as libraries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be decided on: nobody can read them.</source>
        <translation>
            <numerusform>%Ln file could not be decided on: nobody can read them.</numerusform>
            <numerusform>%Ln files could not be decided on: nobody can read them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FeedsDialog</name>
    <message numerus="yes">
        <source>%Ln row(s) were not taken; the line report says why.</source>
        <translation>
            <numerusform>%Ln row was not taken; the line report says why.</numerusform>
            <numerusform>%Ln rows were not taken; the line report says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read. %Ln product(s) are new or have changed.</source>
        <translation>
            <numerusform>Read. %Ln product is new or have changed.</numerusform>
            <numerusform>Read. %Ln products are new or have changed.</numerusform>
        </translation>
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
            <numerusform>%Ln delivered image is told what is new</numerusform>
            <numerusform>%Ln delivered images are told what is new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) show a product no more</source>
        <translation>
            <numerusform>%Ln image shows a product no more</numerusform>
            <numerusform>%Ln images show a product no more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) are on their way.</source>
        <translation>
            <numerusform>%Ln image is on their way.</numerusform>
            <numerusform>%Ln images are on their way.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FetchOriginalsDialog</name>
    <message numerus="yes">
        <source>Fetching %Ln original(s)</source>
        <translation>
            <numerusform>Fetching %Ln original</numerusform>
            <numerusform>Fetching %Ln originals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more could not be fetched.</source>
        <translation>
            <numerusform>%Ln more could not be fetched.</numerusform>
            <numerusform>%Ln more could not be fetched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldMappingDialog</name>
    <message numerus="yes">
        <source>“{name}” lacks %Ln field(s), or values of their lists.</source>
        <translation>
            <numerusform>“{name}” lacks %Ln field, or values of their lists.</numerusform>
            <numerusform>“{name}” lacks %Ln fields, or values of their lists.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldMappingRun</name>
    <message numerus="yes">
        <source>What would be sent of %Ln master(s)</source>
        <translation>
            <numerusform>What would be sent of %Ln master</numerusform>
            <numerusform>What would be sent of %Ln masters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldMappingSync</name>
    <message numerus="yes">
        <source>A sync would change %Ln value(s)</source>
        <translation>
            <numerusform>A sync would change %Ln value</numerusform>
            <numerusform>A sync would change %Ln values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them become conflict(s), which you decide.</source>
        <translation>
            <numerusform>%Ln of them becomes conflict, which you decide.</numerusform>
            <numerusform>%Ln of them become conflicts, which you decide.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln asset</numerusform>
            <numerusform>%Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindPanel</name>
    <message numerus="yes">
        <source>%Ln cell(s) found.</source>
        <translation>
            <numerusform>%Ln cell found.</numerusform>
            <numerusform>%Ln cells found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cells found; the first ones are shown.</source>
        <translation>
            <numerusform>%Ln cells found; the first ones are shown.</numerusform>
            <numerusform>%Ln cells found; the first ones are shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderTree</name>
    <message numerus="yes">
        <source>{place}, %Ln asset(s)</source>
        <translation>
            <numerusform>{place}, %Ln asset</numerusform>
            <numerusform>{place}, %Ln assets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridEditor</name>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are copies at Cloudinary; they are edited in the inspector.</source>
        <translation>
            <numerusform>%Ln of the chosen asset are copies at Cloudinary; they are edited in the inspector.</numerusform>
            <numerusform>%Ln of the chosen assets are copies at Cloudinary; they are edited in the inspector.</numerusform>
        </translation>
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
            <numerusform>%Ln cells chosen</numerusform>
            <numerusform>%Ln cells chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept as they are; they say why.</source>
        <translation>
            <numerusform>%Ln cell cannot be kept as they are; they say why.</numerusform>
            <numerusform>%Ln cells cannot be kept as they are; they say why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s) had no place here: the table ends, or they cannot be written.</source>
        <translation>
            <numerusform>%Ln cell had no place here: the table ends, or they cannot be written.</numerusform>
            <numerusform>%Ln cells had no place here: the table ends, or they cannot be written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridErrands</name>
    <message numerus="yes">
        <source>%Ln text(s) of the grid could not be kept.</source>
        <translation>
            <numerusform>%Ln text of the grid could not be kept.</numerusform>
            <numerusform>%Ln texts of the grid could not be kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridFoot</name>
    <message numerus="yes">
        <source>%Ln cell(s) cannot be kept</source>
        <translation>
            <numerusform>%Ln cell cannot be kept</numerusform>
            <numerusform>%Ln cells cannot be kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InsightsWindow</name>
    <message numerus="yes">
        <source>%Ln row(s) are written to {name}</source>
        <translation>
            <numerusform>%Ln row is written to {name}</numerusform>
            <numerusform>%Ln rows are written to {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepOfflineDialog</name>
    <message numerus="yes">
        <source>%Ln asset(s) lie there.</source>
        <translation>
            <numerusform>%Ln asset lies there.</numerusform>
            <numerusform>%Ln assets lie there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are here already.</source>
        <translation>
            <numerusform>%Ln of them is here already.</numerusform>
            <numerusform>%Ln of them are here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln preview(s) are fetched, about {size}.</source>
        <translation>
            <numerusform>%Ln preview is fetched, about {size}.</numerusform>
            <numerusform>%Ln previews are fetched, about {size}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KitsDialog</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are held back</source>
        <translation>
            <numerusform>%Ln rendition is held back</numerusform>
            <numerusform>%Ln renditions are held back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LetPassDialog</name>
    <message numerus="yes">
        <source>Let %Ln asset(s) pass</source>
        <translation>
            <numerusform>Let %Ln asset pass</numerusform>
            <numerusform>Let %Ln assets pass</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogImportDialog</name>
    <message numerus="yes">
        <source>%Ln line(s) read…</source>
        <translation>
            <numerusform>%Ln line read…</numerusform>
            <numerusform>%Ln lines read…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) read</source>
        <translation>
            <numerusform>%Ln line read</numerusform>
            <numerusform>%Ln lines read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln entries</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>&amp;Push %Ln asset(s)</source>
        <translation>
            <numerusform>&amp;Push %Ln asset</numerusform>
            <numerusform>&amp;Push %Ln assets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MakeSheet</name>
    <message numerus="yes">
        <source>Make renditions of %Ln asset(s)</source>
        <translation>
            <numerusform>Make renditions of %Ln asset</numerusform>
            <numerusform>Make renditions of %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Make %Ln rendition(s)</source>
        <translation>
            <numerusform>Make %Ln rendition</numerusform>
            <numerusform>Make %Ln renditions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All of %Ln rendition(s) will be made.</source>
        <translation>
            <numerusform>All of %Ln rendition will be made.</numerusform>
            <numerusform>All of %Ln renditions will be made.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln rendition(s) will be made</source>
        <translation>
            <numerusform>{count} of %Ln rendition will be made</numerusform>
            <numerusform>{count} of %Ln renditions will be made</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln held back</numerusform>
            <numerusform>%Ln held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them replace one</source>
        <translation>
            <numerusform>%Ln of them replaces one</numerusform>
            <numerusform>%Ln of them replace one</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the assets may not be delivered now</source>
        <translation>
            <numerusform>%Ln of the assets may not be delivered now</numerusform>
            <numerusform>%Ln of the assets may not be delivered now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln file(s)?</source>
        <translation>
            <numerusform>Replace %Ln file?</numerusform>
            <numerusform>Replace %Ln files?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarketTable</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MasterErrands</name>
    <message numerus="yes">
        <source>%Ln field(s) of {name} copied.</source>
        <translation>
            <numerusform>%Ln field of {name} copied.</numerusform>
            <numerusform>%Ln fields of {name} copied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The template changes %Ln master(s).</source>
        <translation>
            <numerusform>The template changes %Ln master.</numerusform>
            <numerusform>The template changes %Ln masters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot take it and stay as they are.</source>
        <translation>
            <numerusform>%Ln cannot take it and stay as they are.</numerusform>
            <numerusform>%Ln cannot take it and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) say what the table says.</source>
        <translation>
            <numerusform>%Ln field says what the table says.</numerusform>
            <numerusform>%Ln fields say what the table says.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln master(s) are in {name}.</source>
        <translation>
            <numerusform>%Ln master is in {name}.</numerusform>
            <numerusform>%Ln masters are in {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataChanges</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvExportDialog</name>
    <message numerus="yes">
        <source>Export the metadata of %Ln master(s)</source>
        <translation>
            <numerusform>Export the metadata of %Ln master</numerusform>
            <numerusform>Export the metadata of %Ln masters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataCsvImportDialog</name>
    <message numerus="yes">
        <source>%Ln master(s) would say something else.</source>
        <translation>
            <numerusform>%Ln master would say something else.</numerusform>
            <numerusform>%Ln masters would say something else.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataFieldsDialog</name>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln value</numerusform>
            <numerusform>%Ln values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPanel</name>
    <message numerus="yes">
        <source>At most %Ln asset(s) can be edited together.</source>
        <translation>
            <numerusform>At most %Ln asset can be edited together.</numerusform>
            <numerusform>At most %Ln assets can be edited together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of the chosen asset(s) are not in this environment and stay as they are.</source>
        <translation>
            <numerusform>%Ln of the chosen asset are not in this environment and stay as they are.</numerusform>
            <numerusform>%Ln of the chosen assets are not in this environment and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) had been delivered already, and are being changed back.</source>
        <translation>
            <numerusform>%Ln change had been delivered already, and are being changed back.</numerusform>
            <numerusform>%Ln changes had been delivered already, and are being changed back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataPasteDialog</name>
    <message numerus="yes">
        <source>Paste metadata into %Ln master(s)</source>
        <translation>
            <numerusform>Paste metadata into %Ln master</numerusform>
            <numerusform>Paste metadata into %Ln masters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataTemplatesDialog</name>
    <message numerus="yes">
        <source>Apply to %Ln master(s)</source>
        <translation>
            <numerusform>Apply to %Ln master</numerusform>
            <numerusform>Apply to %Ln masters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamedPage</name>
    <message numerus="yes">
        <source>Change %Ln preset(s) here?</source>
        <translation>
            <numerusform>Change %Ln preset here?</numerusform>
            <numerusform>Change %Ln presets here?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Define %Ln named transformation(s) anew?</source>
        <translation>
            <numerusform>Define %Ln named transformation anew?</numerusform>
            <numerusform>Define %Ln named transformations anew?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln named transformation(s) at Cloudinary?</source>
        <translation>
            <numerusform>Delete %Ln named transformation at Cloudinary?</numerusform>
            <numerusform>Delete %Ln named transformations at Cloudinary?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message numerus="yes">
        <source>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</source>
        <translation>
            <numerusform>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</numerusform>
            <numerusform>%Ln copies of masters in Cloudinary were changed in other programs. They can be taken into a library as new masters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OriginalErrands</name>
    <message numerus="yes">
        <source>%Ln file(s) downloaded to {folder}.</source>
        <translation>
            <numerusform>%Ln file downloaded to {folder}.</numerusform>
            <numerusform>%Ln files downloaded to {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were there already.</source>
        <translation>
            <numerusform>%Ln was there already.</numerusform>
            <numerusform>%Ln were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) are here now. Drag them again.</source>
        <translation>
            <numerusform>%Ln original is here now. Drag them again.</numerusform>
            <numerusform>%Ln originals are here now. Drag them again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message numerus="yes">
        <source>At least %Ln character(s); a few words are best</source>
        <translation>
            <numerusform>At least %Ln character; a few words are best</numerusform>
            <numerusform>At least %Ln characters; a few words are best</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message numerus="yes">
        <source>%Ln outdated</source>
        <translation>
            <numerusform>%Ln outdated</numerusform>
            <numerusform>%Ln outdated</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PointerCard</name>
    <message numerus="yes">
        <source>Getting %Ln file(s) ready…</source>
        <translation>
            <numerusform>Getting %Ln file ready…</numerusform>
            <numerusform>Getting %Ln files ready…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.</source>
        <translation>
            <numerusform>Dropped as soon as %Ln file is ready. Press Esc to cancel.</numerusform>
            <numerusform>Dropped as soon as %Ln files are ready. Press Esc to cancel.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyErrands</name>
    <message numerus="yes">
        <source>%Ln asset(s) are held back again, on the record.</source>
        <translation>
            <numerusform>%Ln asset is held back again, on the record.</numerusform>
            <numerusform>%Ln assets are held back again, on the record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) were let pass, on the record.</source>
        <translation>
            <numerusform>%Ln asset was let pass, on the record.</numerusform>
            <numerusform>%Ln assets were let pass, on the record.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetActs</name>
    <message numerus="yes">
        <source>%Ln published rendition(s) stay behind</source>
        <translation>
            <numerusform>%Ln published rendition stays behind</numerusform>
            <numerusform>%Ln published renditions stay behind</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetErrands</name>
    <message numerus="yes">
        <source>%Ln rendition(s) are being made.</source>
        <translation>
            <numerusform>%Ln rendition is being made.</numerusform>
            <numerusform>%Ln renditions are being made.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message numerus="yes">
        <source>%Ln rendition(s) published with it</source>
        <translation>
            <numerusform>%Ln rendition published with it</numerusform>
            <numerusform>%Ln renditions published with it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message numerus="yes">
        <source>Publish in %Ln locale(s)</source>
        <translation>
            <numerusform>Publish in %Ln locale</numerusform>
            <numerusform>Publish in %Ln locales</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PushSheet</name>
    <message numerus="yes">
        <source>%Ln asset(s) looked at</source>
        <translation>
            <numerusform>%Ln asset looked at</numerusform>
            <numerusform>%Ln assets looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s) ({size})</source>
        <translation>
            <numerusform>Push %Ln asset ({size})</numerusform>
            <numerusform>Push %Ln assets ({size})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API call(s)</source>
        <translation>
            <numerusform>%Ln API call</numerusform>
            <numerusform>%Ln API calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln derived asset(s)</source>
        <translation>
            <numerusform>%Ln derived asset</numerusform>
            <numerusform>%Ln derived assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln asset(s) will be sent.</source>
        <translation>
            <numerusform>All %Ln asset will be sent.</numerusform>
            <numerusform>All %Ln assets will be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{sending} of %Ln asset(s) will be sent</source>
        <translation>
            <numerusform>{sending} of %Ln asset will be sent</numerusform>
            <numerusform>{sending} of %Ln assets will be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held back</source>
        <translation>
            <numerusform>%Ln held back</numerusform>
            <numerusform>%Ln held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already or on the way</source>
        <translation>
            <numerusform>%Ln there already or on the way</numerusform>
            <numerusform>%Ln there already or on the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln delivered asset(s)?</source>
        <translation>
            <numerusform>Replace %Ln delivered asset?</numerusform>
            <numerusform>Replace %Ln delivered assets?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueChip</name>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln overdue</numerusform>
            <numerusform>%Ln overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation>
            <numerusform>%Ln to review</numerusform>
            <numerusform>%Ln to review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuedActivities</name>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln done</numerusform>
            <numerusform>%Ln done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed: the transfers say why</source>
        <translation>
            <numerusform>%Ln failed: the transfers say why</numerusform>
            <numerusform>%Ln failed: the transfers say why</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>%Ln cancelled</numerusform>
            <numerusform>%Ln cancelled</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionErrands</name>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</source>
        <translation>
            <numerusform>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</numerusform>
            <numerusform>%Ln delivered copies may not be seen any more. They are taken away when you have looked at them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What may be seen of %Ln delivered copies is being changed.</source>
        <translation>
            <numerusform>What may be seen of %Ln delivered copies is being changed.</numerusform>
            <numerusform>What may be seen of %Ln delivered copies is being changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetractionsDialog</name>
    <message numerus="yes">
        <source>To do (%Ln)</source>
        <translation>
            <numerusform>To do (%Ln)</numerusform>
            <numerusform>To do (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done (%Ln)</source>
        <translation>
            <numerusform>Done (%Ln)</numerusform>
            <numerusform>Done (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered copies may not be seen any more.</source>
        <translation>
            <numerusform>%Ln delivered copies may not be seen any more.</numerusform>
            <numerusform>%Ln delivered copies may not be seen any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s) may not be seen any more.</source>
        <translation>
            <numerusform>%Ln rendition may not be seen any more.</numerusform>
            <numerusform>%Ln renditions may not be seen any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are allowed again.</source>
        <translation>
            <numerusform>%Ln is allowed again.</numerusform>
            <numerusform>%Ln are allowed again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %Ln away</source>
        <translation>
            <numerusform>Take %Ln away</numerusform>
            <numerusform>Take %Ln away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %Ln back</source>
        <translation>
            <numerusform>Give %Ln back</numerusform>
            <numerusform>Give %Ln back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPackDialog</name>
    <message numerus="yes">
        <source>Review pack of %Ln asset(s)</source>
        <translation>
            <numerusform>Review pack of %Ln asset</numerusform>
            <numerusform>Review pack of %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPackErrands</name>
    <message numerus="yes">
        <source>{name} holds %Ln picture(s).</source>
        <translation>
            <numerusform>{name} holds %Ln picture.</numerusform>
            <numerusform>{name} holds %Ln pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are not in the pack. {name}: {why}</source>
        <translation>
            <numerusform>%Ln picture is not in the pack. {name}: {why}</numerusform>
            <numerusform>%Ln pictures are not in the pack. {name}: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln film(s) the pack has one picture. {name}: {why}</source>
        <translation>
            <numerusform>Of %Ln film the pack has one picture. {name}: {why}</numerusform>
            <numerusform>Of %Ln films the pack has one picture. {name}: {why}</numerusform>
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
            <numerusform>%Ln comment</numerusform>
            <numerusform>%Ln comments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPackImportDialog</name>
    <message numerus="yes">
        <source>%Ln of these cannot be recorded; each says why.</source>
        <translation>
            <numerusform>%Ln of these cannot be recorded; each says why.</numerusform>
            <numerusform>%Ln of these cannot be recorded; each says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s): {text}</source>
        <translation>
            <numerusform>%Ln comment: {text}</numerusform>
            <numerusform>%Ln comments: {text}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueDialog</name>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln to decide</numerusform>
            <numerusform>%Ln to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln overdue</numerusform>
            <numerusform>%Ln overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueueErrands</name>
    <message numerus="yes">
        <source>{title}: %Ln picture(s) wait for {reviewers}.</source>
        <translation>
            <numerusform>{title}: %Ln picture waits for {reviewers}.</numerusform>
            <numerusform>{title}: %Ln pictures wait for {reviewers}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewQueuePanel</name>
    <message numerus="yes">
        <source>%Ln to decide</source>
        <translation>
            <numerusform>%Ln to decide</numerusform>
            <numerusform>%Ln to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln overdue</numerusform>
            <numerusform>%Ln overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left</source>
        <translation>
            <numerusform>%Ln left</numerusform>
            <numerusform>%Ln left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewRequestDialog</name>
    <message numerus="yes">
        <source>Ask for a review of %Ln asset(s)</source>
        <translation>
            <numerusform>Ask for a review of %Ln asset</numerusform>
            <numerusform>Ask for a review of %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name} and %Ln more</source>
        <translation>
            <numerusform>{name} and %Ln more</numerusform>
            <numerusform>{name} and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) to look at</source>
        <translation>
            <numerusform>%Ln picture to look at</numerusform>
            <numerusform>%Ln pictures to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsEditor</name>
    <message numerus="yes">
        <source>Rights in %Ln asset(s)</source>
        <translation>
            <numerusform>Rights in %Ln asset</numerusform>
            <numerusform>Rights in %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>History (%Ln)</source>
        <translation>
            <numerusform>History (%Ln)</numerusform>
            <numerusform>History (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsErrands</name>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within a day: {names}</source>
        <translation>
            <numerusform>The rights in %Ln asset end within a day: {names}</numerusform>
            <numerusform>The rights in %Ln assets end within a day: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) end within {days} days: {names}</source>
        <translation>
            <numerusform>The rights in %Ln asset end within {days} days: {names}</numerusform>
            <numerusform>The rights in %Ln assets end within {days} days: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) have ended: {names}</source>
        <translation>
            <numerusform>The rights in %Ln asset have ended: {names}</numerusform>
            <numerusform>The rights in %Ln assets have ended: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) are recorded.</source>
        <translation>
            <numerusform>The rights in %Ln asset are recorded.</numerusform>
            <numerusform>The rights in %Ln assets are recorded.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScanActivities</name>
    <message numerus="yes">
        <source>%Ln file(s) found</source>
        <translation>
            <numerusform>%Ln file found</numerusform>
            <numerusform>%Ln files found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) read</source>
        <translation>
            <numerusform>%Ln file read</numerusform>
            <numerusform>%Ln files read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message numerus="yes">
        <source>Last %Ln days</source>
        <translation>
            <numerusform>Last %Ln days</numerusform>
            <numerusform>Last %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Within %Ln days</source>
        <translation>
            <numerusform>Within %Ln days</numerusform>
            <numerusform>Within %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetsPage</name>
    <message numerus="yes">
        <source>%Ln preset(s)</source>
        <translation>
            <numerusform>%Ln preset</numerusform>
            <numerusform>%Ln presets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShelterCard</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShelterSearchDialog</name>
    <message numerus="yes">
        <source>%Ln asset(s) found.</source>
        <translation>
            <numerusform>%Ln asset found.</numerusform>
            <numerusform>%Ln assets found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidebarDrops</name>
    <message numerus="yes">
        <source>Make “{preset}” of %Ln asset(s)</source>
        <translation>
            <numerusform>Make “{preset}” of %Ln asset</numerusform>
            <numerusform>Make “{preset}” of %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add the keyword {keyword} to %Ln asset(s)</source>
        <translation>
            <numerusform>Add the keyword {keyword} to %Ln asset</numerusform>
            <numerusform>Add the keyword {keyword} to %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln asset(s)</source>
        <translation>
            <numerusform>Approve %Ln asset</numerusform>
            <numerusform>Approve %Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln asset(s) in review</source>
        <translation>
            <numerusform>Put %Ln asset in review</numerusform>
            <numerusform>Put %Ln assets in review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %Ln asset(s)…</source>
        <translation>
            <numerusform>Push %Ln asset…</numerusform>
            <numerusform>Push %Ln assets…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln file(s) here…</source>
        <translation>
            <numerusform>Copy %Ln file here…</numerusform>
            <numerusform>Copy %Ln files here…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln asset(s) to this folder…</source>
        <translation>
            <numerusform>Move %Ln asset to this folder…</numerusform>
            <numerusform>Move %Ln assets to this folder…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message numerus="yes">
        <source>%Ln file(s) of {library} left out and left alone.</source>
        <translation>
            <numerusform>%Ln file of {library} left out and left alone.</numerusform>
            <numerusform>%Ln files of {library} left out and left alone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardForm</name>
    <message numerus="yes">
        <source>%Ln more group(s)</source>
        <translation>
            <numerusform>%Ln more group</numerusform>
            <numerusform>%Ln more groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more field(s)</source>
        <translation>
            <numerusform>%Ln more field</numerusform>
            <numerusform>%Ln more fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandardGroup</name>
    <message numerus="yes">
        <source>%Ln needed</source>
        <translation>
            <numerusform>%Ln needed</numerusform>
            <numerusform>%Ln needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln filled in</source>
        <translation>
            <numerusform>%Ln filled in</numerusform>
            <numerusform>%Ln filled in</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message numerus="yes">
        <source>%Ln asset(s) selected</source>
        <translation>
            <numerusform>%Ln asset selected</numerusform>
            <numerusform>%Ln assets selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagsEditor</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Show %Ln more</numerusform>
            <numerusform>Show %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeInDialog</name>
    <message numerus="yes">
        <source>Copy %Ln dropped item(s) into a library</source>
        <translation>
            <numerusform>Copy %Ln dropped item into a library</numerusform>
            <numerusform>Copy %Ln dropped items into a library</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln item(s)</source>
        <translation>
            <numerusform>Copy %Ln item</numerusform>
            <numerusform>Copy %Ln items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreadList</name>
    <message numerus="yes">
        <source>Show %Ln more</source>
        <translation>
            <numerusform>Show %Ln more</numerusform>
            <numerusform>Show %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln open</numerusform>
            <numerusform>%Ln open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TransferBar</name>
    <message numerus="yes">
        <source>Paused – %Ln upload(s) waiting until you go on</source>
        <translation>
            <numerusform>Paused – %Ln upload waiting until you go on</numerusform>
            <numerusform>Paused – %Ln uploads waiting until you go on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln delivered</source>
        <translation>
            <numerusform>%Ln delivered</numerusform>
            <numerusform>%Ln delivered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) could not be pushed</source>
        <translation>
            <numerusform>%Ln asset could not be pushed</numerusform>
            <numerusform>%Ln assets could not be pushed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) cancelled</source>
        <translation>
            <numerusform>%Ln upload cancelled</numerusform>
            <numerusform>%Ln uploads cancelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Working offline – %Ln upload(s) waiting until you go online</source>
        <translation>
            <numerusform>Working offline – %Ln upload waiting until you go online</numerusform>
            <numerusform>Working offline – %Ln uploads waiting until you go online</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the connection, sent automatically when it is back</source>
        <translation>
            <numerusform>%Ln upload waiting for the connection, sent automatically when it is back</numerusform>
            <numerusform>%Ln uploads waiting for the connection, sent automatically when it is back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting for the account</source>
        <translation>
            <numerusform>%Ln upload waiting for the account</numerusform>
            <numerusform>%Ln uploads waiting for the account</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) waiting until files have been read</source>
        <translation>
            <numerusform>%Ln upload waiting until files have been read</numerusform>
            <numerusform>%Ln uploads waiting until files have been read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln upload(s) about to start</source>
        <translation>
            <numerusform>%Ln upload about to start</numerusform>
            <numerusform>%Ln uploads about to start</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln failed</source>
        <translation>
            <numerusform>Show %Ln failed</numerusform>
            <numerusform>Show %Ln failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TransfersPanel</name>
    <message numerus="yes">
        <source>Cancel %Ln upload(s)?</source>
        <translation>
            <numerusform>Cancel %Ln upload?</numerusform>
            <numerusform>Cancel %Ln uploads?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%Ln transfer(s) to go</source>
        <translation>
            <numerusform>%Ln transfer to go</numerusform>
            <numerusform>%Ln transfers to go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln transfer(s) failed</source>
        <translation>
            <numerusform>%Ln transfer failed</numerusform>
            <numerusform>%Ln transfers failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoToasts</name>
    <message numerus="yes">
        <source>{state}: %Ln asset(s).</source>
        <translation>
            <numerusform>{state}: %Ln asset.</numerusform>
            <numerusform>{state}: %Ln assets.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VocabulariesDialog</name>
    <message numerus="yes">
        <source>%Ln word(s) saved.</source>
        <translation>
            <numerusform>%Ln word saved.</numerusform>
            <numerusform>%Ln words saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message numerus="yes">
        <source>What %Ln asset(s) weigh</source>
        <translation>
            <numerusform>What %Ln asset weighs</numerusform>
            <numerusform>What %Ln assets weigh</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %Ln are weighed</source>
        <translation>
            <numerusform>the first %Ln is weighed</numerusform>
            <numerusform>the first %Ln are weighed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln too heavy</source>
        <translation>
            <numerusform>%Ln too heavy</numerusform>
            <numerusform>%Ln too heavy</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message numerus="yes">
        <source>%Ln transformation(s) at least</source>
        <translation>
            <numerusform>%Ln transformation at least</numerusform>
            <numerusform>%Ln transformations at least</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new derived asset(s)</source>
        <translation>
            <numerusform>%Ln new derived asset</numerusform>
            <numerusform>%Ln new derived assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln there already</source>
        <translation>
            <numerusform>%Ln there already</numerusform>
            <numerusform>%Ln there already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message numerus="yes">
        <source>%Ln file(s) may not be published: {reasons}.</source>
        <translation>
            <numerusform>%Ln file may not be published: {reasons}.</numerusform>
            <numerusform>%Ln files may not be published: {reasons}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>feeds</name>
    <message numerus="yes">
        <source>Every %Ln minute(s)</source>
        <translation>
            <numerusform>Every %Ln minute</numerusform>
            <numerusform>Every %Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different image(s)</source>
        <translation>
            <numerusform>%Ln different image</numerusform>
            <numerusform>%Ln different images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) taken</source>
        <translation>
            <numerusform>%Ln product taken</numerusform>
            <numerusform>%Ln products taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) unchanged</source>
        <translation>
            <numerusform>%Ln product unchanged</numerusform>
            <numerusform>%Ln products unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) out of date</source>
        <translation>
            <numerusform>%Ln product out of date</numerusform>
            <numerusform>%Ln products out of date</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln product(s) deleted</source>
        <translation>
            <numerusform>%Ln product deleted</numerusform>
            <numerusform>%Ln products deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) not taken</source>
        <translation>
            <numerusform>%Ln row not taken</numerusform>
            <numerusform>%Ln rows not taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message numerus="yes">
        <source>Rights end within %Ln day(s)</source>
        <translation>
            <numerusform>Rights end within %Ln day</numerusform>
            <numerusform>Rights end within %Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>insights</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved asset(s) were never used</source>
        <translation>
            <numerusform>%Ln approved asset was never used</numerusform>
            <numerusform>%Ln approved assets were never used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights in %Ln asset(s) in use end within {days} days, or have ended</source>
        <translation>
            <numerusform>The rights in %Ln asset in use end within {days} days, or have ended</numerusform>
            <numerusform>The rights in %Ln assets in use end within {days} days, or have ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln original(s) have {size} or more</source>
        <translation>
            <numerusform>%Ln original has {size} or more</numerusform>
            <numerusform>%Ln originals have {size} or more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln content(s) are there more than once</source>
        <translation>
            <numerusform>%Ln content is there more than once</numerusform>
            <numerusform>%Ln contents are there more than once</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) of pictures look almost the same</source>
        <translation>
            <numerusform>%Ln group of pictures looks almost the same</numerusform>
            <numerusform>%Ln groups of pictures look almost the same</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) have metadata missing</source>
        <translation>
            <numerusform>%Ln asset has metadata missing</numerusform>
            <numerusform>%Ln assets have metadata missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln access log(s) are counted</source>
        <translation>
            <numerusform>%Ln access log is counted</numerusform>
            <numerusform>%Ln access logs are counted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln limit(s) are nearly reached: {names}</source>
        <translation>
            <numerusform>%Ln limit is nearly reached: {names}</numerusform>
            <numerusform>%Ln limits are nearly reached: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s)</source>
        <translation>
            <numerusform>%Ln asset</numerusform>
            <numerusform>%Ln assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln day ago</numerusform>
            <numerusform>%Ln days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kits</name>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln rendition</numerusform>
            <numerusform>%Ln renditions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>places</name>
    <message numerus="yes">
        <source>Changes %Ln published rendition(s).</source>
        <translation>
            <numerusform>Changes %Ln published rendition.</numerusform>
            <numerusform>Changes %Ln published renditions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of earlier versions, such as exported files, stay as they are.</source>
        <translation>
            <numerusform>%Ln place of earlier versions, such as exported files, stay as they are.</numerusform>
            <numerusform>%Ln places of earlier versions, such as exported files, stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) show the new version.</source>
        <translation>
            <numerusform>%Ln place shows the new version.</numerusform>
            <numerusform>%Ln places show the new version.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) keep the earlier one.</source>
        <translation>
            <numerusform>%Ln place keeps the earlier one.</numerusform>
            <numerusform>%Ln places keep the earlier one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) could not be changed.</source>
        <translation>
            <numerusform>%Ln place could not be changed.</numerusform>
            <numerusform>%Ln places could not be changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>report</name>
    <message numerus="yes">
        <source>%Ln line(s) of access logs named no asset that is known here.</source>
        <translation>
            <numerusform>%Ln line of access logs named no asset that is known here.</numerusform>
            <numerusform>%Ln lines of access logs named no asset that is known here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln asset(s) without a thumbnail could not be compared.</source>
        <translation>
            <numerusform>%Ln asset without a thumbnail could not be compared.</numerusform>
            <numerusform>%Ln assets without a thumbnail could not be compared.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) with too many others alike could not be compared with all of them.</source>
        <translation>
            <numerusform>%Ln picture with too many others alike could not be compared with all of them.</numerusform>
            <numerusform>%Ln pictures with too many others alike could not be compared with all of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read yet: %Ln asset(s).</source>
        <translation>
            <numerusform>Not read yet: %Ln asset.</numerusform>
            <numerusform>Not read yet: %Ln assets.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not measured: %Ln figure(s).</source>
        <translation>
            <numerusform>Not measured: %Ln figure.</numerusform>
            <numerusform>Not measured: %Ln figures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In an export only: %Ln more row(s).</source>
        <translation>
            <numerusform>In an export only: %Ln more row.</numerusform>
            <numerusform>In an export only: %Ln more rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>review</name>
    <message numerus="yes">
        <source>%Ln approved</source>
        <translation>
            <numerusform>%Ln approved</numerusform>
            <numerusform>%Ln approved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with changes requested</source>
        <translation>
            <numerusform>%Ln with changes requested</numerusform>
            <numerusform>%Ln with changes requested</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rejected</source>
        <translation>
            <numerusform>%Ln rejected</numerusform>
            <numerusform>%Ln rejected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not here any more</source>
        <translation>
            <numerusform>%Ln not here any more</numerusform>
            <numerusform>%Ln not here any more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>transfers</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rendition(s)</source>
        <translation>
            <numerusform>%Ln rendition</numerusform>
            <numerusform>%Ln renditions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message numerus="yes">
        <source>Edit of %Ln Field(s)</source>
        <translation>
            <numerusform>Edit of %Ln Field</numerusform>
            <numerusform>Edit of %Ln Fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln Asset(s)</source>
        <translation>
            <numerusform>Approve %Ln Asset</numerusform>
            <numerusform>Approve %Ln Assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln Asset(s)</source>
        <translation>
            <numerusform>Reject %Ln Asset</numerusform>
            <numerusform>Reject %Ln Assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Request Changes of %Ln Asset(s)</source>
        <translation>
            <numerusform>Request Changes of %Ln Asset</numerusform>
            <numerusform>Request Changes of %Ln Assets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %Ln Asset(s) in Review</source>
        <translation>
            <numerusform>Put %Ln Asset in Review</numerusform>
            <numerusform>Put %Ln Assets in Review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take Decision on %Ln Asset(s) Back</source>
        <translation>
            <numerusform>Take Decision on %Ln Asset Back</numerusform>
            <numerusform>Take Decision on %Ln Assets Back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{edit} of %Ln Asset(s)</source>
        <translation>
            <numerusform>{edit} of %Ln Asset</numerusform>
            <numerusform>{edit} of %Ln Assets</numerusform>
        </translation>
    </message>
</context>
</TS>