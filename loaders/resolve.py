"""From findings to mentions: which treaty, which secretariat, which meeting is meant.

Rules, in the order of the graph model's "Rules of resolution": what is named outright is Explicit; what follows from
the document, its section or its sentence is Implicit; what may mean several things stays Ambiguous. Nothing is guessed.
"""

import re
from collections.abc import Iterator

from graph.registry import Registry
from loaders import things
from loaders.cited import CitationResolver, are_rivals
from loaders.context import Context
from loaders.document import Unit
from loaders.findings import Finding, Mention, Thing, mention_of
from loaders.meetings import MeetingResolver
from loaders.phrases import needs_antecedent
from loaders.triggers import Regex
from loaders.unlisted import ESTABLISHED, GROUP_AGAIN, LAST_OF_ITS_KIND, body_named, is_short_for, kind_of

_ITS_SECRETARIAT = Regex(r"[Ii]ts\s+[Ss]ecretariat\b")


class Resolver:
    """Resolves the units of one document in reading order."""

    def __init__(self, registry: Registry, context: Context, implicit: dict[str, tuple[str, ...]]) -> None:
        self.registry = registry
        self.context = context
        self.implicit = implicit
        self.meetings = MeetingResolver(registry, context, self._bare)
        self.unresolved: list[tuple[str, str]] = []
        self.citations = CitationResolver(registry, context)

    def resolve(self, unit: Unit, findings: list[Finding]) -> list[Mention]:
        """The mentions of a unit; what nothing is known of is noted in `unresolved` with its surface."""
        self.citations.start_unit()
        if unit.kind != "Footnote":
            self.context.turn_to_next_unit()
        mentions = []
        for index, finding in enumerate(findings):
            own = self._is_own(unit, finding)
            if own or (index and are_rivals(findings[index - 1], finding)):
                continue
            found = list(self._resolve(unit, finding, findings, index))
            if not found and finding.rule not in (LAST_OF_ITS_KIND, GROUP_AGAIN):
                self.unresolved.append((unit.label, unit.text[finding.start : finding.end]))
            mentions.extend(found)
        return mentions

    def _is_own(self, unit: Unit, finding: Finding) -> bool:
        """Whether it only names the document itself: its symbol on the cover, its own annexes."""
        if finding.kind == "symbol":
            return finding.text == self.context.info.identifier and unit.path in ("header", "title")
        if finding.kind != "provision" or finding.values[0][0] != "annex":
            return False
        if unit.region and unit.path == unit.region:
            return True
        printed = unit.text[finding.start : finding.end]
        of_treaty = re.match(r"\s*,?\s*(?:to|of) the\b", unit.text[finding.end :])
        return finding.values[0][1] in self.context.own_annexes and printed[0].islower() and not of_treaty

    def _resolve(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> Iterator[Mention]:
        match finding.kind:
            case "name":
                yield from self._name(unit, finding)
            case "symbol":
                yield mention_of(finding, (things.document(self.registry, finding.text),), "Explicit", cites=True)
            case "sdg":
                yield mention_of(finding, (things.sdg(finding.text),), "Explicit", cites=True)
            case "decision":
                yield from self.citations.decision(unit, finding, all_of)
            case "provision" | "bare":
                yield from self.citations.provision(unit, finding, all_of, index)
            case "meeting":
                yield from self.meetings.resolve(unit, finding, all_of, index)
            case "unlisted":
                body = body_named(finding)
                self.context.kinds[kind_of(body.label)] = body
                if body.cls == "SubsidiaryBody":
                    self._note_group(unit, finding, body)
                yield mention_of(finding, (body,), "Explicit")
            case "implicit":
                yield from self._implicit(unit, finding)

    # ---- names and bare forms

    def _name(self, unit: Unit, finding: Finding) -> Iterator[Mention]:
        found = tuple(things.record(kind, slug) for kind, slug in self._preferred(unit, finding.values))
        for kind, slug in finding.values if len(found) == 1 else ():
            if kind == "organizations":
                self.context.name(slug)
                self.context.kinds[kind_of(self.registry.organization(slug).name)] = found[0]
                self._note_treaty(unit, finding, slug)
            if kind == "treaties":
                self.context.treaty, self.context.treaty_unit = slug, unit.path
                self.context.treaties.append(slug)
        treaty = finding.values[0][0] == "treaties"
        yield mention_of(finding, found, "Explicit" if len(found) == 1 else "Ambiguous", cites=treaty)
        if finding.values[0][0] == "meetings":
            body = self.registry.meeting(finding.values[0][1]).body
            self.context.name(body)
            yield mention_of(finding, (things.record("organizations", body),), "Implicit")

    def _note_treaty(self, unit: Unit, finding: Finding, slug: str) -> None:
        """In a document of no regime "the Convention" may also mean the one that an organ's name has just named."""
        regimes = self.registry.organization(slug).acts_for
        if len(regimes) != 1 or "Convention" not in unit.text[finding.start : finding.end]:
            return
        treaty = self.context.treaty_of(regimes[0])
        if treaty:
            self.context.treaties.append(treaty.slug)
        if treaty and not self.context.home:
            self.context.treaty, self.context.treaty_unit = treaty.slug, unit.path

    def _preferred(self, unit: Unit, values: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Of records that share a name, the one of the document's own regime if there is just one."""
        treaties = tuple(value for value in values if value[0] == "treaties")
        if len(values) == 1 or len(treaties) == 1:
            return treaties or values
        organizations = tuple(slug for kind, slug in values if kind == "organizations")
        own = self.context.of_regime(organizations, self.context.regime_of(unit))
        return (("organizations", own[0]),) if len(own) == 1 else values

    def _implicit(self, unit: Unit, finding: Finding) -> Iterator[Mention]:
        if finding.text in ("convention", "protocol", "agreement"):
            treaty = self.citations.implied(unit, finding)
            if treaty:
                yield mention_of(finding, (Thing(f"treaty/{treaty.slug}"),), "Implicit", cites=True)
            return
        if finding.rule == LAST_OF_ITS_KIND:
            if body := self.context.kinds.get(finding.text):
                yield mention_of(finding, (body,), "Implicit")
            return
        if finding.text == "both secretariats":
            yield from self._both(unit, finding)
            return
        if group := self._group(unit, finding):
            yield mention_of(finding, (group,), "Implicit")
        if group or finding.rule == GROUP_AGAIN:
            return
        candidates = self.implicit.get(finding.text, ())
        slugs = self._its_own(unit, finding, candidates) or self._bare(unit, finding)
        found = tuple(things.record("organizations", slug) for slug in slugs)
        if len(found) == 1 and (each := self._each_conference(slugs[0])):
            yield from (mention_of(finding, (things.record("organizations", slug),), "Implicit") for slug in each)
        elif found:
            yield mention_of(finding, found, "Implicit" if len(found) == 1 else "Ambiguous")

    def _its_own(self, unit: Unit, finding: Finding, candidates: tuple[str, ...]) -> tuple[str, ...]:
        """The secretariat of the conference that was named last: "the Conference … requested its secretariat"."""
        if not self.context.here or not _ITS_SECRETARIAT.match(unit.text, finding.start):
            return ()
        body = self.registry.organization(self.context.here[-1])
        own = self.context.of_regime(candidates, body.acts_for[0]) if len(body.acts_for) == 1 else []
        return tuple(own) if len(own) == 1 and body.cls == "GoverningBody" else ()

    def _note_group(self, unit: Unit, finding: Finding, body: Thing) -> None:
        self.context.group = body
        self.context.groups.append(body)
        if ESTABLISHED.search(unit.text, max(0, finding.start - 30), finding.start):
            self.context.established = body

    def _group(self, unit: Unit, finding: Finding) -> Thing | None:
        """The group that the registry does not list which is meant: just named, named before, or established here."""
        if finding.rule == GROUP_AGAIN:
            words = finding.text.split()
            known = (g for g in reversed(self.context.groups) if set(words) <= set(g.label.casefold().split()))
            return next(known, None)
        small = unit.text[finding.start : finding.end].endswith(finding.text)
        if not small and self.context.body() in self.implicit.get(finding.text, ()):
            return None  # "the Group" that meets
        for group in (self.context.group, self.context.established if small else None):
            if group and is_short_for(finding.text, group):
                return group
        return None

    def _each_conference(self, slug: str) -> list[str]:
        """The conferences that one name stands for: "the conferences of the Parties" of three conventions."""
        body = self.registry.organization(slug)
        if body.cls != "GoverningBody" or len(body.acts_for) != 1:
            return []
        members = [regime.slug for regime in self.registry.regimes if regime.parent == body.acts_for[0]]
        of_members = [o for member in members for o in self.registry.acting_for((member,))]
        return [organization.slug for organization in of_members if organization.cls == "GoverningBody"]

    def _bare(self, unit: Unit, finding: Finding) -> tuple[str, ...]:
        candidates = self.implicit.get(finding.text, ())
        small = unit.text[finding.start : finding.end].endswith(finding.text)
        if not small and self.context.body() in candidates:
            return (self.context.body(),)
        return self._candidates(unit, candidates, finding.text)

    def _candidates(self, unit: Unit, candidates: tuple[str, ...], form: str) -> tuple[str, ...]:
        """The organization that a bare form means: of the regime at hand, else the one named last, else any."""
        named = [slug for slug in self.context.here if slug in candidates]

        if form == "group":  # "the group" is one that was just named
            beside = [slug for slug in (*self.context.before, *self.context.here) if slug in candidates]
            return (beside[-1],) if beside else ()
        if form == "working group" and (last := self.context.last_named(candidates)):
            return (last,)
        if form == "assembly" and named:  # "General Assembly resolution 70/1, by which the Assembly …"
            return (named[-1],)
        if self.context.body() in candidates and not form.endswith("secretariat"):
            return (self.context.body(),)
        if needs_antecedent(form):
            last = self.context.last_named(candidates)
            return (last,) if last else ()
        publisher = self.context.info.publisher
        if form.endswith("secretariat") and publisher in candidates:
            return (publisher,)
        own = self.context.of_regime(candidates, self.context.regime_of(unit))
        if form == "secretariat" and not own:
            here = [s for s in self.context.here if self.registry.organization(s).cls == "Secretariat"]
            if serving := here[-1] if here else self.context.secretariat_of_body():
                return (serving,)
        if len(own) > 1:
            part = [slug for slug in own if self.registry.organization(slug).unit_of == self.context.body()]
            own = part or self.context.closest(unit, own)
        if len(own) == 1:
            return (own[0],)
        if form == "secretariat" and not own and self.registry.knows("organizations", publisher):
            return (publisher,)
        if not own and (near := self.context.beside(unit, candidates)):
            return (near,)
        last = self.context.last_named(tuple(own) or candidates)
        if last:
            return (last,)
        foreign = len(candidates) == 1 and self.registry.organization(candidates[0]).acts_for
        return () if foreign or len(candidates) >= 8 or form.endswith("working group") else candidates

    def _both(self, unit: Unit, finding: Finding) -> Iterator[Mention]:
        """ "Both secretariats": the document's own and the other one named last."""
        secretariats = [o.slug for o in self.registry.organizations if o.cls == "Secretariat"]
        own = self.context.of_regime(tuple(secretariats), self.context.regime_of(unit))
        here = self.context.treaty_unit == unit.path
        near = self.registry.treaty(self.context.treaty).regime if here else self.context.sections.get(unit.path, "")
        beside = [s for s in self.context.of_regime(tuple(secretariats), near or "") if s not in own]
        named = [slug for slug in reversed(self.context.named) if slug in secretariats and slug not in own]
        other = next(iter((*beside, *named)), "")
        if len(own) == 1 and other:
            for slug in (own[0], other):
                yield mention_of(finding, (things.record("organizations", slug),), "Implicit")
