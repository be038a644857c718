"""Let a paragraph be a list or a table."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "0016_lists_and_tables.sql"
FORMS = [("text", "Paragraph"), ("list", "List"), ("table", "Table")]


class Migration(migrations.Migration):
    dependencies = [("decisions", "0015_requirements_and_answers_guarded")]

    operations = [
        migrations.AddField(
            model_name="paragraph",
            name="form",
            field=models.CharField(choices=FORMS, default="text", max_length=5),
        ),
        migrations.AddField(
            model_name="historicalparagraph",
            name="form",
            field=models.CharField(choices=FORMS, default="text", max_length=5),
        ),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["text", "list", "table"])),
                name="paragraph_form_known",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
