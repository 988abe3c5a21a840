"""The units of Modum's health and social sector and of Siljan, and who works there, invented."""

from dataclasses import dataclass

# Shares of a full position as care services hand them out, in per cent.
PART_TIME = (100, 100, 75, 75, 70, 60, 60, 50, 50, 50, 50, 40, 40, 35, 35, 25, 20)
OFFICE_TIME = (100, 100, 100, 100, 100, 80, 80, 60)


@dataclass(frozen=True, slots=True)
class Job:
    """A position category: its name in HR, its code, and the shares it is held in."""

    name: str
    code: str
    shares: tuple[int, ...] = PART_TIME


JOBS = {
    key: Job(name, code, shares)
    for key, name, code, shares in (
        ("syk", "Sykepleier", "7174", PART_TIME),
        ("spes", "Spesialsykepleier", "7523", PART_TIME),
        ("hfa", "Helsefagarbeider", "7076", PART_TIME),
        ("vpl", "Vernepleier", "6455", PART_TIME),
        ("ass", "Assistent", "6572", PART_TIME),
        ("fys", "Fysioterapeut", "7066", OFFICE_TIME),
        ("erg", "Ergoterapeut", "6517", OFFICE_TIME),
        ("hsp", "Helsesykepleier", "6185", OFFICE_TIME),
        ("jor", "Jordmor", "7531", OFFICE_TIME),
        ("sos", "Sosionom", "6675", OFFICE_TIME),
        ("bvp", "Barnevernspedagog", "6508", OFFICE_TIME),
        ("mil", "Miljøterapeut", "6675", PART_TIME),
        ("kok", "Kokk", "7517", PART_TIME),
        ("kja", "Kjøkkenassistent", "6572", PART_TIME),
        ("sak", "Saksbehandler", "7516", OFFICE_TIME),
        ("vei", "Veileder", "6559", OFFICE_TIME),
        ("avd", "Avdelingsleder", "7451", (100,)),
        ("fag", "Fagleder", "7453", (100, 100, 80)),
        ("vir", "Virksomhetsleder", "9451", (100,)),
        ("rad", "Fagrådgiver", "8530", (100,)),
        ("stab", "Stabsleder", "9451", (100,)),
        ("ksj", "Kommunalsjef", "9430", (100,)),
        ("kdi", "Kommunedirektør", "9430", (100,)),
        ("per", "Personalsjef", "9451", (100,)),
        ("hrk", "HR-rådgiver", "8530", (100,)),
        ("ikt", "IKT-rådgiver", "8530", (100,)),
        ("lær", "Lærer", "7962", OFFICE_TIME),
        ("rek", "Rektor", "9951", (100,)),
        ("bhl", "Barnehagelærer", "6709", OFFICE_TIME),
        ("bau", "Barne- og ungdomsarbeider", "7076", PART_TIME),
        ("sty", "Styrer", "9451", (100,)),
        ("fgb", "Fagarbeider", "7517", OFFICE_TIME),
        ("ing", "Ingeniør", "8085", (100,)),
        ("vak", "Vaktmester", "7517", OFFICE_TIME),
        ("ren", "Renholder", "6014", PART_TIME),
        ("brk", "Brannkonstabel", "7238", (100,)),
        ("spp", "Spesialpedagog", "7522", OFFICE_TIME),
    )
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the category of its leader, and how many of each category work there."""

    code: str
    name: str
    kind: str
    parent: str
    leader: str
    staff: tuple[tuple[str, int], ...] = ()


MODUM = (
    Unit("1000", "Modum kommune", "kommune", "", "kdi", (("per", 1), ("ikt", 1))),
    Unit("2000", "Helse og sosial", "sektor", "1000", "ksj", (("stab", 1), ("rad", 2))),
    Unit("2100", "Institusjonsbaserte tjenester", "virksomhet", "2000", "vir", (("fag", 1),)),
    Unit(
        "2110",
        "Langtidsavdeling 1",
        "avdeling",
        "2100",
        "avd",
        (("syk", 5), ("hfa", 11), ("ass", 5)),
    ),
    Unit(
        "2120",
        "Langtidsavdeling 2",
        "avdeling",
        "2100",
        "avd",
        (("syk", 5), ("hfa", 11), ("ass", 5)),
    ),
    Unit(
        "2130",
        "Skjermet avdeling",
        "avdeling",
        "2100",
        "avd",
        (("syk", 3), ("vpl", 2), ("hfa", 9), ("ass", 3)),
    ),
    Unit(
        "2140",
        "Korttid og rehabilitering",
        "avdeling",
        "2100",
        "avd",
        (("syk", 8), ("spes", 2), ("hfa", 9), ("ass", 3)),
    ),
    Unit("2200", "Hjemmebaserte tjenester", "virksomhet", "2000", "vir", (("fag", 1),)),
    Unit(
        "2210",
        "Hjemmesykepleien nord",
        "avdeling",
        "2200",
        "avd",
        (("syk", 8), ("hfa", 12), ("ass", 4)),
    ),
    Unit(
        "2220",
        "Hjemmesykepleien sør",
        "avdeling",
        "2200",
        "avd",
        (("syk", 7), ("spes", 1), ("hfa", 11), ("ass", 4)),
    ),
    Unit(
        "2230",
        "Psykisk helse og rus",
        "avdeling",
        "2200",
        "avd",
        (("spes", 3), ("vpl", 2), ("sos", 3), ("hfa", 4)),
    ),
    Unit("2300", "Tun Funksjonshemmede", "virksomhet", "2000", "vir"),
    Unit(
        "2310",
        "Bofellesskap Elvebakken",
        "avdeling",
        "2300",
        "avd",
        (("vpl", 4), ("mil", 2), ("hfa", 7), ("ass", 6)),
    ),
    Unit(
        "2320",
        "Avlastning og dagtilbud",
        "avdeling",
        "2300",
        "avd",
        (("vpl", 2), ("mil", 2), ("hfa", 4), ("ass", 5)),
    ),
    Unit("2400", "Tun Vikersund", "virksomhet", "2000", "vir"),
    Unit(
        "2410",
        "Bofellesskap Skogtunet",
        "avdeling",
        "2400",
        "avd",
        (("vpl", 3), ("mil", 1), ("hfa", 6), ("ass", 5)),
    ),
    Unit(
        "2420",
        "Bofellesskap Fjordgløtt",
        "avdeling",
        "2400",
        "avd",
        (("syk", 1), ("vpl", 2), ("hfa", 5), ("ass", 4)),
    ),
    Unit("2500", "Forebyggende tjenester", "virksomhet", "2000", "vir"),
    Unit(
        "2510",
        "Helsestasjon og skolehelsetjeneste",
        "avdeling",
        "2500",
        "avd",
        (("hsp", 8), ("jor", 2)),
    ),
    Unit("2520", "Fysio- og ergoterapi", "avdeling", "2500", "avd", (("fys", 5), ("erg", 4))),
    Unit("2600", "Barnevern", "virksomhet", "2000", "vir", (("fag", 1),)),
    Unit("2610", "Mottak og undersøkelse", "avdeling", "2600", "avd", (("bvp", 4), ("sos", 2))),
    Unit("2620", "Tiltak i hjemmet", "avdeling", "2600", "avd", (("bvp", 3), ("sos", 2))),
    Unit("2700", "Flyktningetjenesten", "virksomhet", "2000", "vir", (("vei", 5), ("sos", 1))),
    Unit("2800", "Sentralkjøkken", "virksomhet", "2000", "vir", (("kok", 5), ("kja", 4))),
    Unit(
        "2900",
        "Saksbehandlerenheten",
        "virksomhet",
        "2000",
        "vir",
        (("sak", 4), ("syk", 2), ("erg", 1)),
    ),
    Unit("3000", "Frisklivssentralen", "virksomhet", "2000", "vir", (("fys", 2), ("syk", 1))),
    Unit("3100", "NAV", "virksomhet", "2000", "vir", (("vei", 7), ("sos", 3))),
)

SILJAN = (
    Unit("4000", "Siljan kommune", "kommune", "", "kdi", (("per", 1), ("hrk", 1), ("ikt", 1))),
    Unit("4100", "Avdeling for helse", "sektor", "4000", "ksj"),
    Unit("4110", "Sykehjemmet", "virksomhet", "4100", "avd", (("syk", 4), ("hfa", 6), ("ass", 2))),
    Unit(
        "4120", "Hjemmetjenesten", "virksomhet", "4100", "avd", (("syk", 3), ("hfa", 5), ("ass", 2))
    ),
    Unit(
        "4130",
        "Bo- og miljøtjenesten",
        "virksomhet",
        "4100",
        "avd",
        (("vpl", 2), ("mil", 1), ("hfa", 3), ("ass", 1)),
    ),
    Unit("4140", "Helsestasjonen", "virksomhet", "4100", "avd", (("hsp", 2), ("jor", 1))),
    Unit("4200", "Avdeling for oppvekst", "sektor", "4000", "ksj"),
    Unit("4210", "Grunnskolen", "virksomhet", "4200", "rek", (("lær", 11), ("bau", 3))),
    Unit("4220", "Barnehagen", "virksomhet", "4200", "sty", (("bhl", 4), ("bau", 4))),
    Unit("4300", "Avdeling for samfunn", "sektor", "4000", "ksj"),
    Unit("4310", "Teknisk drift", "virksomhet", "4300", "avd", (("fgb", 3), ("ing", 1))),
)
