# ruff: noqa: E501 (the rows are as long as an HR system makes them)
"""A small messy file to try the wizard with: headings, encoding and faults as they are met."""

_ROWS = """
Ansatt-nr.;Fornavn;Etternavn;E-post jobb;Fødselsår;Org.kode;Organisasjonsenhet;Overordnet;Stillingsbetegnelse;Stillingsstørrelse;Ansettelsestype;Startdato;Sluttdato;Leder;Objekt-ID
90001;Åse;Bråten;aase.braaten@eksempel.example;1971;E100;Eksempel – helse og omsorg;;Virksomhetsleder;100;Fast;01.03.2012;;Ja;3f2504e0-4f89-41d3-9a0c-0305e82c3301
90002;Bjørn;Løkken;bjorn.lokken@eksempel.example;1980;E110;Eksempel – hjemmetjenesten;E100;Avdelingsleder;100;Fast;15.08.2016;;Ja;9b2d7a54-1c33-4e0f-8a5b-6a1f0c7d2e02
90003;Kari;Ødegård;kari.odegard@eksempel.example;1988;E110;Eksempel – hjemmetjenesten;E100;Sykepleier;75;Fast;01.02.2019;;Nei;c56a4180-65aa-42ec-a945-5fd21dec0538
90003;Kari;Ødegård;kari.odegard@eksempel.example;1988;E120;Eksempel – legevakta;E100;Sykepleier;20;Midlertidig;01.06.2025;31.12.2026;Nei;c56a4180-65aa-42ec-a945-5fd21dec0538
90004;Nils;Berg;nils.berg@eksempel.example;1993;E110;Eksempel – hjemmetjenesten;E100;Helsefagarbeider;åtti;Fast;01.09.2020;;Nei;
90005;Siri;Haugen;siri.haugen@eksempel;1976;E120;Eksempel – legevakta;E100;Sykepleier;62,5;Fast;01.05.2008;;Nei;
90006;Ola;Sætre;ola.saetre@eksempel.example;1990;E120;Eksempel – legevakta;E010;Sykepleier;100;Fats;31.02.2021;;Nei;
90007;Inger;Moen;inger.moen@eksempel.example;1967;E120;Eksempel – legevakta;E100;Helsefagarbeider;50;Fast;10.01.1999;;Nei;1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed
90008;Per;Lund;;1999;E110;Eksempel – hjemmetjenesten;E100;Assistent;30;Tilkalling;;;Nei;
"""


def content() -> bytes:
    """Return the file as an older HR system would save it: Windows-1252 with semicolons."""
    return _ROWS.lstrip("\n").replace("\n", "\r\n").encode("cp1252")
