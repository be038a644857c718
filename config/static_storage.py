"""How static files are stored for serving: compressed, and named by their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names also inside JavaScript modules, so that imports between them keep working."""

    support_js_module_import_aggregation = True
