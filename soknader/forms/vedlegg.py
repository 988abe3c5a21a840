"""One file to attach, checked by content before anyone stores it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import attachments
from kompetanse.kommuner.attachments import Attachment
from kompetanse.skall.forms import SkallForm, SkallHelper
from kompetanse.skall.layout import Actions, Button, Layout


class VedleggForm(SkallForm):
    """The file arrives as an Attachment: its kind, size and name are already judged."""

    submit_label = _("Legg ved filen")

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("PDF, bilde, Word, Excel eller CSV, opptil 10 MB."),
        widget=forms.FileInput(attrs={"accept": attachments.ACCEPT}),
        error_messages={"required": _("Velg en fil før du trykker «Legg ved filen».")},
    )

    def build_layout(self) -> Layout:
        return Layout("file", Actions(Button(self.submit_label, variant="secondary")))

    def build_helper(self) -> SkallHelper:
        helper = super().build_helper()
        helper.hide_required = True
        return helper

    def clean_file(self) -> Attachment:
        try:
            return attachments.received(self.cleaned_data["file"])
        except DomainError as refused:
            raise forms.ValidationError(str(refused)) from refused
