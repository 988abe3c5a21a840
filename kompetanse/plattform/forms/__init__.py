"""What the platform's pages ask for."""

from kompetanse.plattform.forms.kommune import FoundForm, NumberForm
from kompetanse.plattform.forms.operator import AcceptForm, LoginForm, PasswordForm
from kompetanse.plattform.forms.region import ContactForm
from kompetanse.plattform.forms.stotte import SupportForm

__all__ = [
    "AcceptForm",
    "ContactForm",
    "FoundForm",
    "LoginForm",
    "NumberForm",
    "PasswordForm",
    "SupportForm",
]
