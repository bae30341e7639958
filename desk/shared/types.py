"""Django's types of admins and forms take parameters; here they are said once, for all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.forms.models import BaseInlineFormSet, BaseModelFormSet

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin, _FieldOpts
    from django.forms.utils import _FilesT
    from django.utils.functional import _StrOrPromise

    Admin: TypeAlias = ModelAdmin[Any]
    AdminOrInline: TypeAlias = BaseModelAdmin[Any]
    ModelForm: TypeAlias = forms.ModelForm[Any]
    FormSet: TypeAlias = BaseModelFormSet[Any, Any]
    InlineFormSet: TypeAlias = BaseInlineFormSet[Any, Any, Any]
    Inline: TypeAlias = InlineModelAdmin[Any, Any]
    Files: TypeAlias = _FilesT
    Fieldset: TypeAlias = tuple[_StrOrPromise | None, _FieldOpts]
else:
    # They take none while they run. What extends an admin stands before it among the bases.
    Admin = AdminOrInline = Inline = Files = object
    Fieldset = tuple
    ModelForm, FormSet, InlineFormSet = forms.ModelForm, BaseModelFormSet, BaseInlineFormSet

Context: TypeAlias = dict[str, Any]
"""What a template is given, by name."""

Cleaned: TypeAlias = dict[str, Any]
"""What a form has read, by field."""
