"""Which fields of these rows exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from programme.models import AgendaItem, Presenter, Publication, SpeakingList, SpeakingListEntry


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title", "short_title", "text", "lead_in", "notes")


@register(Presenter)
class PresenterTranslation(TranslationOptions):
    fields = ("person", "function", "on_behalf_of")


@register(SpeakingList)
class SpeakingListTranslation(TranslationOptions):
    fields = ("invitation", "notes")
    required_languages = {"en": ("invitation",)}


@register(SpeakingListEntry)
class SpeakingListEntryTranslation(TranslationOptions):
    fields = ("note", "on_behalf_of")


@register(Publication)
class PublicationTranslation(TranslationOptions):
    fields = ("note",)
