
import django.core.validators
import django.db.models.deletion
import meetings.texts.markdown
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('date', models.DateField(blank=True, help_text='May be left empty if a sitting is chosen.', verbose_name='date')),
                ('start', models.TimeField(blank=True, help_text='Leave it empty if it is not known; no time is ever invented.', null=True, verbose_name='start')),
                ('end', models.TimeField(blank=True, null=True, verbose_name='end')),
                ('slug', models.SlugField(help_text="Stands in the panel's web address; do not change it once published.", max_length=80, validators=[django.core.validators.RegexValidator('^[a-z0-9_-]+$', 'Use small letters, digits and hyphens alone: it stands in a web address.')], verbose_name='address')),
                ('title', models.CharField(blank=True, help_text='May stay empty: pages then show the time alone.', max_length=300, verbose_name='title')),
                ('title_en', models.CharField(blank=True, help_text='May stay empty: pages then show the time alone.', max_length=300, null=True, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, help_text='May stay empty: pages then show the time alone.', max_length=300, null=True, verbose_name='title')),
                ('title_es', models.CharField(blank=True, help_text='May stay empty: pages then show the time alone.', max_length=300, null=True, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, help_text='May stay empty: pages then show the time alone.', max_length=300, null=True, verbose_name='title')),
                ('text', models.TextField(blank=True, help_text='Markdown.', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='background')),
                ('text_en', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='background')),
                ('text_fr', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='background')),
                ('text_es', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='background')),
                ('text_ar', models.TextField(blank=True, help_text='Markdown.', max_length=20000, null=True, validators=[django.core.validators.MaxLengthValidator(20000), meetings.texts.markdown.refuse_html], verbose_name='background')),
                ('notes', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_en', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_fr', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_es', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('notes_ar', models.TextField(blank=True, help_text='Footnotes of the texts above, one a line: [^1]: text of the note.', max_length=5000, null=True, validators=[django.core.validators.MaxLengthValidator(5000), meetings.texts.markdown.refuse_html], verbose_name='notes')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panels', to='meetings.meeting', verbose_name='meeting')),
                ('sitting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='meetings.sitting', verbose_name='sitting')),
            ],
            options={
                'verbose_name': 'panel',
                'verbose_name_plural': 'panels',
                'ordering': ['date', 'start'],
            },
        ),
        migrations.CreateModel(
            name='Panellist',
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
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panellists', to='panels.panel', verbose_name='panel')),
            ],
            options={
                'verbose_name': 'panellist',
                'verbose_name_plural': 'panellists',
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='panel',
            constraint=models.UniqueConstraint(fields=('meeting', 'slug'), name='one_panel_per_address', violation_error_message='Another panel of this meeting has this address.'),
        ),
        migrations.AddConstraint(
            model_name='panel',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), models.Q(('end__gt', models.F('start')), ('start__isnull', False)), _connector='OR'), name='panel_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='panel',
            constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9_-]+$')), name='panel_address_in_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='panellist',
            constraint=models.CheckConstraint(condition=models.Q(('delegation__isnull', False), models.Q(('person_en__isnull', False), models.Q(('person_en', ''), _negated=True)), models.Q(('person_fr__isnull', False), models.Q(('person_fr', ''), _negated=True)), models.Q(('person_es__isnull', False), models.Q(('person_es', ''), _negated=True)), models.Q(('person_ar__isnull', False), models.Q(('person_ar', ''), _negated=True)), models.Q(('function_en__isnull', False), models.Q(('function_en', ''), _negated=True)), models.Q(('function_fr__isnull', False), models.Q(('function_fr', ''), _negated=True)), models.Q(('function_es__isnull', False), models.Q(('function_es', ''), _negated=True)), models.Q(('function_ar__isnull', False), models.Q(('function_ar', ''), _negated=True)), _connector='OR'), name='panellist_is_somebody', violation_error_message='Name a person, a delegation or a function.'),
        ),
    ]
