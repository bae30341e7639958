
import django.core.validators
import django.db.models.deletion
import meetings.texts.markdown
import meetings.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_ar', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('address', models.CharField(blank=True, help_text='Street and town, on one line.', max_length=300, verbose_name='address')),
                ('address_en', models.CharField(blank=True, help_text='Street and town, on one line.', max_length=300, null=True, verbose_name='address')),
                ('address_fr', models.CharField(blank=True, help_text='Street and town, on one line.', max_length=300, null=True, verbose_name='address')),
                ('address_es', models.CharField(blank=True, help_text='Street and town, on one line.', max_length=300, null=True, verbose_name='address')),
                ('address_ar', models.CharField(blank=True, help_text='Street and town, on one line.', max_length=300, null=True, verbose_name='address')),
            ],
            options={
                'verbose_name': 'venue',
                'verbose_name_plural': 'venues',
                'ordering': ['name_en'],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(help_text='States: ISO 3166 alpha-3 in lower case; others: a short name.', max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+$', 'Use small letters, digits and hyphens alone: it stands in a web address.')], verbose_name='code')),
                ('kind', models.CharField(choices=[('state', 'State'), ('regional_organisation', 'regional organisation'), ('international_organisation', 'international organisation'), ('ngo', 'non-governmental organisation'), ('other', 'other')], max_length=26, verbose_name='kind')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_ar', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_in_text', models.CharField(blank=True, help_text='With its article: le Tchad, el Perú. Empty: the name as it is.', max_length=200, verbose_name='name inside a sentence')),
                ('name_in_text_en', models.CharField(blank=True, help_text='With its article: le Tchad, el Perú. Empty: the name as it is.', max_length=200, null=True, verbose_name='name inside a sentence')),
                ('name_in_text_fr', models.CharField(blank=True, help_text='With its article: le Tchad, el Perú. Empty: the name as it is.', max_length=200, null=True, verbose_name='name inside a sentence')),
                ('name_in_text_es', models.CharField(blank=True, help_text='With its article: le Tchad, el Perú. Empty: the name as it is.', max_length=200, null=True, verbose_name='name inside a sentence')),
                ('name_in_text_ar', models.CharField(blank=True, help_text='With its article: le Tchad, el Perú. Empty: the name as it is.', max_length=200, null=True, verbose_name='name inside a sentence')),
                ('sort_override', models.CharField(blank=True, help_text='Only if the name is not to be sorted as it is written.', max_length=200, verbose_name='sorted as')),
                ('sort_override_en', models.CharField(blank=True, help_text='Only if the name is not to be sorted as it is written.', max_length=200, null=True, verbose_name='sorted as')),
                ('sort_override_fr', models.CharField(blank=True, help_text='Only if the name is not to be sorted as it is written.', max_length=200, null=True, verbose_name='sorted as')),
                ('sort_override_es', models.CharField(blank=True, help_text='Only if the name is not to be sorted as it is written.', max_length=200, null=True, verbose_name='sorted as')),
                ('sort_override_ar', models.CharField(blank=True, help_text='Only if the name is not to be sorted as it is written.', max_length=200, null=True, verbose_name='sorted as')),
                ('sort_key', models.CharField(blank=True, editable=False, max_length=400)),
                ('sort_key_en', models.CharField(blank=True, editable=False, max_length=400, null=True)),
                ('sort_key_fr', models.CharField(blank=True, editable=False, max_length=400, null=True)),
                ('sort_key_es', models.CharField(blank=True, editable=False, max_length=400, null=True)),
                ('sort_key_ar', models.CharField(blank=True, editable=False, max_length=400, null=True)),
                ('search_text', models.TextField(blank=True, editable=False)),
            ],
            options={
                'verbose_name': 'delegation',
                'verbose_name_plural': 'delegations',
                'ordering': ['sort_key_en', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9_-]+$')), name='delegation_code_in_lower_case')],
            },
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=100)),
                ('key', models.CharField(max_length=200)),
                ('model', models.CharField(max_length=50)),
                ('object_id', models.UUIDField(unique=True)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['scope'], name='meetings_im_scope_558b38_idx')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(help_text="Stands in the meeting's web address; do not change it once published.", max_length=80, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+$', 'Use small letters, digits and hyphens alone: it stands in a web address.')], verbose_name='address')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_ar', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('zone', models.CharField(default='Europe/Zurich', help_text='All times of the programme are meant in this zone.', max_length=50, validators=[meetings.models.is_time_zone], verbose_name='time zone')),
                ('status', models.CharField(choices=[('announced', 'announced'), ('postponed', 'postponed'), ('cancelled', 'cancelled')], default='announced', max_length=10, verbose_name='status')),
                ('programme_status', models.CharField(choices=[('provisional', 'provisional'), ('adopted', 'adopted')], default='provisional', max_length=11, verbose_name='status of the programme')),
                ('introduction', models.TextField(blank=True, help_text='Markdown.', max_length=10000, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='introduction')),
                ('introduction_en', models.TextField(blank=True, help_text='Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='introduction')),
                ('introduction_fr', models.TextField(blank=True, help_text='Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='introduction')),
                ('introduction_es', models.TextField(blank=True, help_text='Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='introduction')),
                ('introduction_ar', models.TextField(blank=True, help_text='Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='introduction')),
                ('practical_information', models.TextField(blank=True, help_text='Room, interpretation, webcast, speaking time, and where statements and requests for the list of speakers go. Markdown.', max_length=10000, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='practical information')),
                ('practical_information_en', models.TextField(blank=True, help_text='Room, interpretation, webcast, speaking time, and where statements and requests for the list of speakers go. Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='practical information')),
                ('practical_information_fr', models.TextField(blank=True, help_text='Room, interpretation, webcast, speaking time, and where statements and requests for the list of speakers go. Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='practical information')),
                ('practical_information_es', models.TextField(blank=True, help_text='Room, interpretation, webcast, speaking time, and where statements and requests for the list of speakers go. Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='practical information')),
                ('practical_information_ar', models.TextField(blank=True, help_text='Room, interpretation, webcast, speaking time, and where statements and requests for the list of speakers go. Markdown.', max_length=10000, null=True, validators=[django.core.validators.MaxLengthValidator(10000), meetings.texts.markdown.refuse_html], verbose_name='practical information')),
                ('notes', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_en', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_fr', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_es', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_ar', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('follows', models.ForeignKey(blank=True, help_text='The meeting after whose close this one begins.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='meetings.meeting', verbose_name='follows')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.venue', verbose_name='venue')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-starts_on', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('date', models.DateField(verbose_name='date')),
                ('part', models.CharField(choices=[('morning', 'morning'), ('afternoon', 'afternoon'), ('evening', 'evening'), ('first_half', 'first half of the day'), ('second_half', 'second half of the day'), ('whole_day', 'whole day')], max_length=11, verbose_name='part of the day')),
                ('start', models.TimeField(blank=True, help_text='Leave it empty if it is not known.', null=True, verbose_name='start')),
                ('end', models.TimeField(blank=True, null=True, verbose_name='end')),
                ('kind', models.CharField(choices=[('plenary', 'plenary'), ('panels', 'thematic panels'), ('ceremony', 'ceremony'), ('other', 'other')], default='plenary', max_length=8, verbose_name='kind')),
                ('heading', models.CharField(blank=True, help_text='Only if “Morning”, “Afternoon” … is not enough.', max_length=200, verbose_name='heading')),
                ('heading_en', models.CharField(blank=True, help_text='Only if “Morning”, “Afternoon” … is not enough.', max_length=200, null=True, verbose_name='heading')),
                ('heading_fr', models.CharField(blank=True, help_text='Only if “Morning”, “Afternoon” … is not enough.', max_length=200, null=True, verbose_name='heading')),
                ('heading_es', models.CharField(blank=True, help_text='Only if “Morning”, “Afternoon” … is not enough.', max_length=200, null=True, verbose_name='heading')),
                ('heading_ar', models.CharField(blank=True, help_text='Only if “Morning”, “Afternoon” … is not enough.', max_length=200, null=True, verbose_name='heading')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='meetings.meeting', verbose_name='meeting')),
            ],
            options={
                'verbose_name': 'sitting',
                'verbose_name_plural': 'sittings',
                'ordering': ['date', 'start', 'part'],
            },
        ),
        migrations.CreateModel(
            name='Break',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('date', models.DateField(blank=True, help_text='May be left empty if a sitting is chosen.', verbose_name='date')),
                ('start', models.TimeField(blank=True, help_text='Leave it empty if it is not known; no time is ever invented.', null=True, verbose_name='start')),
                ('end', models.TimeField(blank=True, null=True, verbose_name='end')),
                ('kind', models.CharField(choices=[('lunch', 'lunch break'), ('coffee', 'coffee break'), ('other', 'break')], default='lunch', max_length=6, verbose_name='kind')),
                ('name', models.CharField(blank=True, help_text='Only if its kind is not enough.', max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, help_text='Only if its kind is not enough.', max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(blank=True, help_text='Only if its kind is not enough.', max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(blank=True, help_text='Only if its kind is not enough.', max_length=200, null=True, verbose_name='name')),
                ('name_ar', models.CharField(blank=True, help_text='Only if its kind is not enough.', max_length=200, null=True, verbose_name='name')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='meetings.meeting', verbose_name='meeting')),
                ('sitting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='meetings.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'break',
                'verbose_name_plural': 'breaks',
                'ordering': ['date', 'start'],
            },
        ),
        migrations.CreateModel(
            name='TextState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.UUIDField()),
                ('field', models.CharField(max_length=50, verbose_name='field')),
                ('language', models.CharField(blank=True, max_length=2, verbose_name='language')),
                ('provenance', models.CharField(choices=[('official', 'official'), ('unofficial', 'unofficial translation'), ('machine', 'machine translation'), ('inferred', 'inferred')], default='official', help_text='Pages mark every text that is not official.', max_length=10, verbose_name='provenance')),
                ('source_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'state of a text',
                'verbose_name_plural': 'states of texts',
            },
        ),
        migrations.CreateModel(
            name='TreatyStatus',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('state_party', 'State Party'), ('state_not_party', 'State not party')], max_length=15, verbose_name='status')),
                ('as_of', models.DateField(help_text='The status holds from this day until the next statement.', verbose_name='as of')),
                ('source', models.CharField(help_text='Where the statement comes from.', max_length=300, verbose_name='source')),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='treaty_statuses', to='meetings.delegation', verbose_name='delegation')),
            ],
            options={
                'verbose_name': 'treaty status',
                'verbose_name_plural': 'treaty statuses',
                'ordering': ['-as_of'],
            },
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.UniqueConstraint(fields=('meeting', 'date', 'part', 'kind'), name='one_sitting_per_part_of_a_day', violation_error_message='This meeting has such a sitting on that day already.'),
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), models.Q(('end__gt', models.F('start')), ('start__isnull', False)), _connector='OR'), name='sitting_ends_after_it_starts', violation_error_message='A sitting ends after it starts.'),
        ),
        migrations.AddConstraint(
            model_name='break',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), models.Q(('end__gt', models.F('start')), ('start__isnull', False)), _connector='OR'), name='break_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='textstate',
            constraint=models.UniqueConstraint(fields=('object_id', 'field', 'language'), name='one_state_per_text'),
        ),
        migrations.AddConstraint(
            model_name='treatystatus',
            constraint=models.UniqueConstraint(fields=('delegation', 'as_of'), name='one_status_per_delegation_and_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='meeting_ends_on_or_after_its_first_day', violation_error_message='The last day is before the first day.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('follows__isnull', True), models.Q(('follows', models.F('id')), _negated=True), _connector='OR'), name='meeting_does_not_follow_itself', violation_error_message='A meeting cannot follow itself.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9_-]+$')), name='meeting_address_in_lower_case'),
        ),
    ]
