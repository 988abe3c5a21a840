"""What the actions on plans, measures, the wheel and meetings are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner import audit
from kompetanse.kommuner.audit import Place

audit.place(
    {f"planer.{part}": Place(case="plan") for part in ("kapittel", "hovedmal", "fokusomrade")}
    | {f"planer.{part}": Place(case="plan") for part in ("henvisning", "planvedtak", "resultatmal")}
    | {
        "planer.maling": Place(case="mal"),
        "planer.pamelding": Place("arrangement", "ansatt"),
        "planer.planendring": Place(case="evaluering"),
        "planer.motedeltaker": Place("mote", "ansatt"),
    }
)
audit.name(
    {
        "aktivitet.change": _("Endret en aktivitet i årshjulet"),
        "aktivitet.remove": _("Slettet en aktivitet i årshjulet"),
        "aktivitet.set": _("Satte opp en aktivitet i årshjulet"),
        "aktivitet.tick": _("Kvitterte en aktivitet i årshjulet"),
        "aktivitet.untick": _("Angret kvitteringen av en aktivitet"),
        "arrangement.arrange": _("Satte opp et arrangement"),
        "arrangement.attend": _("Førte oppmøte på et arrangement"),
        "arrangement.cancel": _("Avlyste et arrangement"),
        "arrangement.change": _("Endret et arrangement"),
        "evaluering.answer": _("Skrev i en evaluering"),
        "evaluering.begin": _("Begynte på en evaluering"),
        "evaluering.finish": _("Fullførte en evaluering"),
        "fokusomrade.add": _("La til et fokusområde"),
        "fokusomrade.amend": _("Endret et fokusområde"),
        "fokusomrade.remove": _("Slettet et fokusområde"),
        "henvisning.add": _("La til en henvisning"),
        "henvisning.amend": _("Endret en henvisning"),
        "henvisning.remove": _("Slettet en henvisning"),
        "hovedmal.add": _("La til et hovedmål"),
        "hovedmal.amend": _("Endret et hovedmål"),
        "hovedmal.remove": _("Slettet et hovedmål"),
        "kapittel.add": _("La til et kapittel"),
        "kapittel.amend": _("Endret et kapittel"),
        "kapittel.remove": _("Slettet et kapittel"),
        "laringsarena.add": _("La til en læringsarena"),
        "laringsarena.rename": _("Endret en læringsarena"),
        "laringsarena.remove": _("Slettet en læringsarena"),
        "langplan.adopt": _("Vedtok en langsiktig opplæringsplan"),
        "langplan.hear": _("Sendte en langsiktig opplæringsplan på høring"),
        "langplan.make": _("Laget en langsiktig opplæringsplan"),
        "langplan.redraft": _("Tok en langsiktig opplæringsplan tilbake til utkast"),
        "langplan.roll": _("Rullerte en langsiktig opplæringsplan"),
        "langplan.supersede": _("Erstattet en langsiktig opplæringsplan"),
        "maling.measure": _("Registrerte en måling"),
        "mote.arrange": _("Kalte inn til et møte"),
        "mote.change": _("Endret et møte"),
        "mote.dismiss": _("Tok en deltaker ut av et møte"),
        "mote.invite": _("Førte opp en deltaker i et møte"),
        "pamelding.let_in": _("Ga plass fra ventelisten"),
        "pamelding.sign_up": _("Meldte på et arrangement"),
        "pamelding.withdraw": _("Meldte av et arrangement"),
        "planendring.make": _("Endret planen etter en evaluering"),
        "planvedtak.adopt": _("Førte inn et vedtak av strategiplanen"),
        "resultatmal.add": _("La til et resultatmål"),
        "resultatmal.amend": _("Endret et resultatmål"),
        "resultatmal.remove": _("Slettet et resultatmål"),
        "strategiplan.adopt": _("Registrerte at strategiplanen er vedtatt"),
        "strategiplan.change": _("Endret strategiplanen"),
        "strategiplan.cover": _("Valgte hvilke enheter strategiplanen gjelder"),
        "strategiplan.hear": _("Sendte strategiplanen på høring"),
        "strategiplan.load": _("Leste inn en strategiplan"),
        "strategiplan.make": _("Laget en strategiplan"),
        "strategiplan.enforce": _("Satte strategiplanen i kraft"),
        "strategiplan.redraft": _("Tok strategiplanen tilbake til utkast"),
        "strategiplan.roll": _("Rullerte strategiplanen"),
        "strategiplan.supersede": _("Erstattet strategiplanen"),
        "tiltak.add": _("La til et tiltak"),
        "tiltak.carry": _("Videreførte et tiltak til et nytt år"),
        "tiltak.change": _("Endret et tiltak"),
        "tiltak.move": _("Endret status på et tiltak"),
        "tiltak.put_off": _("Flyttet et tiltak til neste halvår"),
        "tiltak.plan_education": _("Førte innvilget utdanning inn i opplæringsplanen"),
        "tiltak.withdraw_education": _("Tok utdanning ut av opplæringsplanen"),
    }
)
