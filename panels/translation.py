"""Which fields of these rows exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from panels.models import Panel, Panellist


@register(Panel)
class PanelTranslation(TranslationOptions):
    fields = ("title", "short_title", "room", "host", "text", "notes")


@register(Panellist)
class PanellistTranslation(TranslationOptions):
    fields = ("person", "function", "on_behalf_of")
