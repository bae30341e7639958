
import django.core.validators
import django.db.models.deletion
import meetings.texts.markdown
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(blank=True, help_text='Rows stand in this order. Leave it empty to put the row at the end.', verbose_name='position')),
                ('number', models.PositiveSmallIntegerField(blank=True, help_text='Its place on its own level: 6 for item 6; 1 for sub-item 6a, 2 for 6b. Each language writes the label in its own way.', null=True, verbose_name='number')),
                ('label', models.CharField(blank=True, help_text='Only where numbers do not fit, such as “A bis”; the same in all languages.', max_length=20, verbose_name='free label')),
                ('title', models.CharField(blank=True, help_text='May stay empty: pages then show the number and who presents.', max_length=300, verbose_name='title')),
                ('title_en', models.CharField(blank=True, help_text='May stay empty: pages then show the number and who presents.', max_length=300, null=True, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, help_text='May stay empty: pages then show the number and who presents.', max_length=300, null=True, verbose_name='title')),
                ('title_es', models.CharField(blank=True, help_text='May stay empty: pages then show the number and who presents.', max_length=300, null=True, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, help_text='May stay empty: pages then show the number and who presents.', max_length=300, null=True, verbose_name='title')),
                ('text', models.TextField(blank=True, help_text='Markdown.', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='text')),
                ('text_en', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='text')),
                ('text_fr', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='text')),
                ('text_es', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='text')),
                ('text_ar', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='text')),
                ('lead_in', models.TextField(blank=True, help_text='What stands before the speaking lists: “The Committee will invite”.', max_length=5000, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='lead-in to the lists')),
                ('lead_in_en', models.TextField(blank=True, help_text='What stands before the speaking lists: “The Committee will invite”.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='lead-in to the lists')),
                ('lead_in_fr', models.TextField(blank=True, help_text='What stands before the speaking lists: “The Committee will invite”.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='lead-in to the lists')),
                ('lead_in_es', models.TextField(blank=True, help_text='What stands before the speaking lists: “The Committee will invite”.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='lead-in to the lists')),
                ('lead_in_ar', models.TextField(blank=True, help_text='What stands before the speaking lists: “The Committee will invite”.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='lead-in to the lists')),
                ('notes', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_en', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_fr', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_es', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_ar', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_items', to='meetings.meeting', verbose_name='meeting')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sub_items', to='programme.agendaitem', verbose_name='sub-item of')),
            ],
            options={
                'verbose_name': 'agenda item',
                'verbose_name_plural': 'agenda items',
                'ordering': ['position', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ItemPlacement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(blank=True, help_text='Rows stand in this order. Leave it empty to put the row at the end.', verbose_name='position')),
                ('date', models.DateField(blank=True, help_text='May be left empty if a sitting is chosen.', verbose_name='date')),
                ('start', models.TimeField(blank=True, help_text='Leave it empty if it is not known; no time is ever invented.', null=True, verbose_name='start')),
                ('end', models.TimeField(blank=True, null=True, verbose_name='end')),
                ('is_continued', models.BooleanField(default=False, help_text='The item was begun at an earlier placement.', verbose_name='continued')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='programme.agendaitem', verbose_name='agenda item')),
                ('sitting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='meetings.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'placement',
                'verbose_name_plural': 'placements',
                'ordering': ['date', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Presenter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(blank=True, help_text='Rows stand in this order. Leave it empty to put the row at the end.', verbose_name='position')),
                ('person', models.CharField(blank=True, help_text='With title: H.E. Dr. Ly Thuch.', max_length=200, verbose_name='person')),
                ('person_en', models.CharField(blank=True, help_text='With title: H.E. Dr. Ly Thuch.', max_length=200, null=True, verbose_name='person')),
                ('person_fr', models.CharField(blank=True, help_text='With title: H.E. Dr. Ly Thuch.', max_length=200, null=True, verbose_name='person')),
                ('person_es', models.CharField(blank=True, help_text='With title: H.E. Dr. Ly Thuch.', max_length=200, null=True, verbose_name='person')),
                ('person_ar', models.CharField(blank=True, help_text='With title: H.E. Dr. Ly Thuch.', max_length=200, null=True, verbose_name='person')),
                ('function', models.CharField(blank=True, help_text='As it is to be read here: Director of the GICHD, the Committee.', max_length=300, verbose_name='function')),
                ('function_en', models.CharField(blank=True, help_text='As it is to be read here: Director of the GICHD, the Committee.', max_length=300, null=True, verbose_name='function')),
                ('function_fr', models.CharField(blank=True, help_text='As it is to be read here: Director of the GICHD, the Committee.', max_length=300, null=True, verbose_name='function')),
                ('function_es', models.CharField(blank=True, help_text='As it is to be read here: Director of the GICHD, the Committee.', max_length=300, null=True, verbose_name='function')),
                ('function_ar', models.CharField(blank=True, help_text='As it is to be read here: Director of the GICHD, the Committee.', max_length=300, null=True, verbose_name='function')),
                ('role', models.CharField(choices=[('presents', 'presents'), ('chairs', 'chairs'), ('opens', 'opens'), ('closes', 'closes'), ('moderates', 'moderates'), ('panellist', 'panellist')], max_length=9, verbose_name='role')),
                ('on_behalf_of', models.CharField(blank=True, max_length=300, verbose_name='on behalf of')),
                ('on_behalf_of_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='on behalf of')),
                ('on_behalf_of_fr', models.CharField(blank=True, max_length=300, null=True, verbose_name='on behalf of')),
                ('on_behalf_of_es', models.CharField(blank=True, max_length=300, null=True, verbose_name='on behalf of')),
                ('on_behalf_of_ar', models.CharField(blank=True, max_length=300, null=True, verbose_name='on behalf of')),
                ('has_spoken', models.BooleanField(default=False, help_text='Announced until this is ticked.', verbose_name='has spoken')),
                ('named_in_text', models.BooleanField(default=False, help_text='Tick it if the text names the speaker already: no second line is printed.', verbose_name='named in the text')),
                ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_roles', to='meetings.delegation', verbose_name='delegation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presenters', to='programme.agendaitem', verbose_name='agenda item')),
            ],
            options={
                'verbose_name': 'presenter',
                'verbose_name_plural': 'presenters',
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('serial', models.PositiveIntegerField(help_text='Counts the publications of a meeting; stands in addresses.', verbose_name='serial')),
                ('slug', models.SlugField(help_text="The meeting's address in this version.", max_length=80, verbose_name='address')),
                ('designation', models.CharField(blank=True, help_text='Empty at first, then Rev.1 …', max_length=20, verbose_name='designation')),
                ('published_at', models.DateTimeField(verbose_name='published at')),
                ('note', models.CharField(blank=True, help_text='What delegates should know of it.', max_length=300, verbose_name='note')),
                ('note_en', models.CharField(blank=True, help_text='What delegates should know of it.', max_length=300, null=True, verbose_name='note')),
                ('note_fr', models.CharField(blank=True, help_text='What delegates should know of it.', max_length=300, null=True, verbose_name='note')),
                ('note_es', models.CharField(blank=True, help_text='What delegates should know of it.', max_length=300, null=True, verbose_name='note')),
                ('note_ar', models.CharField(blank=True, help_text='What delegates should know of it.', max_length=300, null=True, verbose_name='note')),
                ('document', models.TextField(editable=False)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('changes', models.JSONField(blank=True, default=list, editable=False, verbose_name='changes')),
                ('cancelled', models.JSONField(blank=True, default=list, editable=False, verbose_name='cancelled subjects')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='meetings.meeting', verbose_name='meeting')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'publication',
                'verbose_name_plural': 'publications',
                'ordering': ['meeting', '-serial'],
            },
        ),
        migrations.CreateModel(
            name='SpeakingList',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(blank=True, help_text='Rows stand in this order. Leave it empty to put the row at the end.', verbose_name='position')),
                ('invitation', models.TextField(help_text='Put ({delegations}) where the printed programme names the delegations; pages show them as a list below instead. Without parentheses the names stand in both.', max_length=2000, validators=[django.core.validators.MaxLengthValidator(2000), meetings.texts.markdown.refuse_html], verbose_name='invitation')),
                ('invitation_en', models.TextField(help_text='Put ({delegations}) where the printed programme names the delegations; pages show them as a list below instead. Without parentheses the names stand in both.', max_length=2000, null=True, validators=[django.core.validators.MaxLengthValidator(2000), meetings.texts.markdown.refuse_html], verbose_name='invitation')),
                ('invitation_fr', models.TextField(help_text='Put ({delegations}) where the printed programme names the delegations; pages show them as a list below instead. Without parentheses the names stand in both.', max_length=2000, null=True, validators=[django.core.validators.MaxLengthValidator(2000), meetings.texts.markdown.refuse_html], verbose_name='invitation')),
                ('invitation_es', models.TextField(help_text='Put ({delegations}) where the printed programme names the delegations; pages show them as a list below instead. Without parentheses the names stand in both.', max_length=2000, null=True, validators=[django.core.validators.MaxLengthValidator(2000), meetings.texts.markdown.refuse_html], verbose_name='invitation')),
                ('invitation_ar', models.TextField(help_text='Put ({delegations}) where the printed programme names the delegations; pages show them as a list below instead. Without parentheses the names stand in both.', max_length=2000, null=True, validators=[django.core.validators.MaxLengthValidator(2000), meetings.texts.markdown.refuse_html], verbose_name='invitation')),
                ('notes', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_en', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_fr', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_es', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_ar', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('form', models.CharField(choices=[('sentence', 'sentence'), ('bullet', 'bullet'), ('run_in', 'run-in: 1) …, 2) … and 3) …')], default='bullet', max_length=8, verbose_name='form')),
                ('basis', models.CharField(choices=[('none', 'none'), ('victim_assistance', 'victim assistance commitments'), ('article_5_extension_request', 'Article 5 extension request'), ('updated_work_plan', 'updated work plan'), ('article_5_implementation', 'Article 5 implementation'), ('article_4_missed_deadline', 'missed Article 4 deadline'), ('article_4_discovered_stockpiles', 'previously unknown stockpiles (Article 4)'), ('article_3_retained_mines', 'mines retained (Article 3)'), ('article_1_compliance', 'compliance with Article 1'), ('article_9_measures', 'national measures (Article 9)'), ('preliminary_observations', 'preliminary observations'), ('cooperation_and_assistance', 'cooperation and assistance'), ('universalization', 'universalization')], default='none', help_text='Why these delegations are invited, in the terms of the Convention.', max_length=32, verbose_name='basis')),
                ('is_open', models.BooleanField(default=False, help_text='An open list names nobody; it is open to the groups ticked below.', verbose_name='open list')),
                ('open_to_states_parties', models.BooleanField(default=False, verbose_name='open to States Parties')),
                ('open_to_states_not_party', models.BooleanField(default=False, verbose_name='open to States not party')),
                ('open_to_organisations', models.BooleanField(default=False, verbose_name='open to organisations')),
                ('other_than_named', models.BooleanField(default=False, help_text='The list is for those that no list above it under the same item names.', verbose_name='other than those named above')),
                ('order', models.CharField(choices=[('alphabetical', 'alphabetical, in each language'), ('as_called', 'as called, the same in all languages')], default='alphabetical', help_text='Alphabetical is not the order of speaking, and pages say so.', max_length=12, verbose_name='order')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='programme.agendaitem', verbose_name='agenda item')),
            ],
            options={
                'verbose_name': 'speaking list',
                'verbose_name_plural': 'speaking lists',
                'ordering': ['item', 'position'],
            },
        ),
        migrations.CreateModel(
            name='SpeakingListEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(blank=True, help_text='Rows stand in this order. Leave it empty to put the row at the end.', verbose_name='position')),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.delegation', verbose_name='delegation')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='programme.speakinglist', verbose_name='speaking list')),
            ],
            options={
                'verbose_name': 'named delegation',
                'verbose_name_plural': 'named delegations',
                'ordering': ['position'],
            },
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('parent__isnull', True)), fields=('meeting', 'number'), name='one_item_per_number', violation_error_message='Another item of this meeting has this number.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('parent', 'number'), name='one_sub_item_per_number', violation_error_message='Another sub-item of this item has this number.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('label', ''), _negated=True), fields=('meeting', 'label'), name='one_item_per_free_label', violation_error_message='Another item of this meeting has this label.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('number__isnull', True), ('number__gte', 1), _connector='OR'), name='item_numbers_begin_at_one', violation_error_message='Numbers begin at 1.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='item_is_not_its_own_sub_item', violation_error_message='An item cannot be a sub-item of itself.'),
        ),
        migrations.AddConstraint(
            model_name='itemplacement',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), models.Q(('end__gt', models.F('start')), ('start__isnull', False)), _connector='OR'), name='placement_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='presenter',
            constraint=models.CheckConstraint(condition=models.Q(('delegation__isnull', False), models.Q(('person_en__isnull', False), models.Q(('person_en', ''), _negated=True)), models.Q(('person_fr__isnull', False), models.Q(('person_fr', ''), _negated=True)), models.Q(('person_es__isnull', False), models.Q(('person_es', ''), _negated=True)), models.Q(('person_ar__isnull', False), models.Q(('person_ar', ''), _negated=True)), models.Q(('function_en__isnull', False), models.Q(('function_en', ''), _negated=True)), models.Q(('function_fr__isnull', False), models.Q(('function_fr', ''), _negated=True)), models.Q(('function_es__isnull', False), models.Q(('function_es', ''), _negated=True)), models.Q(('function_ar__isnull', False), models.Q(('function_ar', ''), _negated=True)), _connector='OR'), name='presenter_is_somebody', violation_error_message='Name a person, a delegation or a function.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('meeting', 'serial'), name='one_publication_per_serial'),
        ),
        migrations.AddConstraint(
            model_name='speakinglist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invitation_en__isnull', False), models.Q(('invitation_en', ''), _negated=True)), models.Q(('invitation_fr__isnull', False), models.Q(('invitation_fr', ''), _negated=True)), models.Q(('invitation_es__isnull', False), models.Q(('invitation_es', ''), _negated=True)), models.Q(('invitation_ar__isnull', False), models.Q(('invitation_ar', ''), _negated=True)), _connector='OR'), name='speaking_list_has_an_invitation', violation_error_message='Write the invitation.'),
        ),
        migrations.AddConstraint(
            model_name='speakinglist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_open', True), ('open_to_states_parties', True)), models.Q(('is_open', True), ('open_to_states_not_party', True)), models.Q(('is_open', True), ('open_to_organisations', True)), models.Q(('is_open', False), ('open_to_organisations', False), ('open_to_states_not_party', False), ('open_to_states_parties', False), ('other_than_named', False)), _connector='OR'), name='speaking_list_is_named_or_open_to_somebody', violation_error_message='Tick at least one group for an open list, and none for a named one.'),
        ),
        migrations.AddConstraint(
            model_name='speakinglistentry',
            constraint=models.UniqueConstraint(fields=('list', 'delegation'), name='one_entry_per_delegation', violation_error_message='This delegation stands in this list already.'),
        ),
    ]
