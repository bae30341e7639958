"""Which fields of these rows exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from meetings.models import Break, Delegation, Meeting, Sitting, Venue


@register(Venue)
class VenueTranslation(TranslationOptions):
    fields = ("name", "address")
    required_languages = {"en": ("name",)}


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("name", "introduction", "practical_information", "notes")
    required_languages = {"en": ("name",)}


@register(Sitting)
class SittingTranslation(TranslationOptions):
    fields = ("heading", "room")


@register(Break)
class BreakTranslation(TranslationOptions):
    fields = ("name",)


@register(Delegation)
class DelegationTranslation(TranslationOptions):
    fields = ("name", "name_in_text", "sort_override", "sort_key")
    required_languages = {"en": ("name",)}
