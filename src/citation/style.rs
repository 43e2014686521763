//! Finds a citation style and repairs it.
//!
//! A manual is read in any order, so nothing a style says may depend on what was cited before: no "ibid.", no
//! shorter form for a second citation, no dash for an author named in the line above.

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::taxonomy::{NumberOrPageVariable, NumberVariable, Variable};
use hayagriva::citationberg::{
    self, Affixes, ChooseBranch, ChooseMatch, Collapse, DisambiguationRule, EtAl, Formatting, Group, IndependentStyle,
    InheritableNameOptions, Label, LabelPluralize, LayoutRenderingElement, Name, NamesChild, StyleClass, TermForm,
    TestPosition, Text, TextTarget, VariablelessLabel,
};

/// A citation style, ready to format with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    pub(super) csl: IndependentStyle,
    /// The same style with more in its citations, for works that it could not tell apart otherwise; only some styles
    /// have such a form.
    pub(super) telling: Option<IndependentStyle>,
    /// How the style sets "et al.", where it says so.
    pub(super) et_al: EtAl,
}

/// No style of this name can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStyle {
    /// The name as it was asked for.
    pub name: String,
    /// A sentence for the author, without a full stop.
    pub message: String,
    /// Up to three names that exist and look alike, nearest first.
    pub nearest: Vec<&'static str>,
}

/// Finds a style that comes with the program by its name, such as `american-psychological-association` or `apa`.
///
/// # Errors
/// When there is no such style, or it has no reference list that citations could be linked to.
pub fn style_by_name(name: &str) -> Result<Style, UnknownStyle> {
    let wanted = name.trim().to_lowercase();
    let unusable = |message: String, nearest| UnknownStyle { name: name.to_owned(), message, nearest };

    let Some(archived) = ArchivedStyle::by_name(&wanted).or_else(|| by_zotero_name(&wanted)) else {
        return Err(unusable(format!("there is no citation style `{name}`"), nearest_names(&wanted)));
    };
    match archived.get() {
        citationberg::Style::Independent(csl) => Style::new(csl).map_err(|message| unusable(message, Vec::new())),
        citationberg::Style::Dependent(_) => {
            Err(unusable(format!("the citation style `{name}` only points at another one"), Vec::new()))
        }
    }
}

/// Zotero's names differ from hayagriva's for some styles, such as `ieee` or `chicago-notes-bibliography`.
fn by_zotero_name(name: &str) -> Option<ArchivedStyle> {
    ArchivedStyle::all().iter().copied().find(|style| style.csl_id().rsplit('/').next() == Some(name))
}

fn nearest_names(wanted: &str) -> Vec<&'static str> {
    const ALIKE: f64 = 0.75;
    let mut scored: Vec<(f64, &'static str)> = Vec::new();
    for style in ArchivedStyle::all().iter().filter(|&&style| style != ArchivedStyle::Alphanumeric) {
        // One name for each style: its other names would only crowd out the rest.
        let best = style.names().iter().map(|&name| (likeness(wanted, name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
        scored.extend(best.filter(|(score, _)| *score >= ALIKE));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.truncate(3);
    scored.into_iter().map(|(_, name)| name).collect()
}

fn likeness(wanted: &str, name: &str) -> f64 {
    let within = wanted.len() > 2 && (name.contains(wanted) || wanted.split(['-', ' ', '_']).any(|word| word == name));
    let bonus = if within { 0.5 } else { 0.0 };
    bonus + strsim::jaro_winkler(wanted, name).max(strsim::normalized_damerau_levenshtein(wanted, name))
}

/// Reads a style from the text of a `.csl` file.
///
/// # Errors
/// A sentence for the author, when the text is no CSL style, is a dependent one (which only points at another), has no
/// reference list, or calls itself in a circle.
pub fn style_from_csl(xml: &str) -> Result<Style, String> {
    const DEEPEST: usize = 200;
    if tag_depth(xml) > DEEPEST {
        return Err("the file has more nested elements than a CSL style".to_owned());
    }
    let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    match citationberg::Style::from_xml(&without_subsequent_options(xml)) {
        Ok(citationberg::Style::Independent(csl)) => Style::new(csl),
        Ok(citationberg::Style::Dependent(dependent)) => {
            let parent = dependent.parent_link.href;
            let known = ArchivedStyle::by_id(&parent).and_then(|style| style.names().first());
            Err(match known {
                Some(name) => format!(
                    "the file is a dependent style, which holds no rules of its own: use the style it points at, `{name}`"
                ),
                None => format!(
                    "the file is a dependent style, which holds no rules of its own: use the style it points at, {parent}"
                ),
            })
        }
        Err(error) => Err(format!("the file is no CSL style that can be read: {error}")),
    }
}

/// How deep the elements of an XML text are nested, roughly: the reader underneath would use up the stack on garbage.
fn tag_depth(xml: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for tag in xml.split('<').skip(1) {
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with(['!', '?']) && !tag.split('>').next().is_some_and(|inside| inside.ends_with('/')) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Takes away the attributes about second citations. [`as_if_first`] does the same on a parsed style, but the
/// attributes of a `cs:name` are out of its reach.
fn without_subsequent_options(xml: &str) -> String {
    let mut kept = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(start) = rest.find(" et-al-subsequent-") {
        let attribute = &rest[start..];
        let quote = attribute.find(['"', '\'']);
        let end = quote.and_then(|open| {
            attribute[open + 1..].find(&attribute[open..=open]).map(|close| start + open + 1 + close + 1)
        });
        let Some(end) = end else { break };
        kept.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

impl Style {
    fn new(csl: IndependentStyle) -> Result<Self, String> {
        if csl.bibliography.is_none() {
            return Err("the citation style has no reference list that citations could be linked to".to_owned());
        }
        if let Some(name) = endless_macro(&csl) {
            return Err(format!("the macro `{name}` of the citation style calls itself"));
        }
        let (telling, _) = repaired(csl.clone(), true);
        let (csl, repair) = repaired(csl, false);
        Ok(Self { csl, telling: repair.asks_if_alike.then_some(telling), et_al: repair.et_al.unwrap_or_default() })
    }

    /// Whether the style puts citations into notes.
    pub(super) fn is_note_style(&self) -> bool {
        self.csl.settings.class == StyleClass::Note
    }
}

/// Repairs a style, and answers its questions whether a work looks like another one with `alike`.
fn repaired(mut csl: IndependentStyle, alike: bool) -> (IndependentStyle, Repair) {
    let mut repair = Repair { alike, et_al: None, prints_places: false, asks_if_alike: false };
    repair.elements(&mut csl.citation.layout.elements);
    if let Some(bibliography) = &mut csl.bibliography {
        repair.elements(&mut bibliography.layout.elements);
    }
    csl.macros.iter_mut().for_each(|mac| repair.elements(&mut mac.children));
    if !repair.prints_places {
        csl.citation.layout.elements.push(place_in_work());
    }

    as_if_first(&mut csl.settings.options);
    as_if_first(&mut csl.citation.name_options);
    if let Some(bibliography) = &mut csl.bibliography {
        as_if_first(&mut bibliography.name_options);
        bibliography.subsequent_author_substitute = None;
    }
    // Of `[1–3]` the second work could not be linked.
    if csl.citation.collapse == Some(Collapse::CitationNumber) {
        csl.citation.collapse = None;
    }
    // `format` says for which works it may be `ByCite`, under which alone hayagriva adds given names.
    csl.citation.givenname_disambiguation_rule = DisambiguationRule::AllNames;
    // The full stop that ends a note would stand before the closing bracket.
    if csl.settings.class == StyleClass::Note {
        csl.citation.layout.suffix = None;
    }
    (csl, repair)
}

fn as_if_first(options: &mut InheritableNameOptions) {
    options.et_al_subsequent_min = None;
    options.et_al_subsequent_use_first = None;
}

/// `, p. 3` for styles such as Vancouver, which would leave out without a word what the author wrote.
fn place_in_work() -> LayoutRenderingElement {
    let locator = || NumberOrPageVariable::Number(NumberVariable::Locator);
    let label = VariablelessLabel {
        form: TermForm::Short,
        plural: LabelPluralize::default(),
        formatting: Formatting::default(),
        affixes: Affixes::default(),
        text_case: None,
        strip_periods: false,
    };
    LayoutRenderingElement::Group(Group {
        children: vec![
            LayoutRenderingElement::Label(Label { variable: locator(), label }),
            LayoutRenderingElement::Text(Text::with_target(TextTarget::from(Variable::Number(
                NumberVariable::Locator,
            )))),
        ],
        font_style: None,
        font_variant: None,
        font_weight: None,
        text_decoration: None,
        vertical_align: None,
        prefix: Some(", ".to_owned()),
        suffix: None,
        delimiter: Some(" ".to_owned()),
        display: None,
    })
}

/// A macro that calls itself, at once or through others: hayagriva would follow it until the stack ends.
fn endless_macro(csl: &IndependentStyle) -> Option<String> {
    let mut calls: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for mac in &csl.macros {
        let mut called = BTreeSet::new();
        mac.children.iter().for_each(|element| called_macros(element, &mut called));
        calls.insert(&mac.name, called);
    }
    let mut settled = BTreeSet::new();
    calls.keys().find_map(|&name| endless_from(name, &calls, &mut Vec::new(), &mut settled)).map(str::to_owned)
}

fn endless_from<'s>(
    name: &'s str,
    calls: &BTreeMap<&'s str, BTreeSet<&'s str>>,
    path: &mut Vec<&'s str>,
    settled: &mut BTreeSet<&'s str>,
) -> Option<&'s str> {
    if settled.contains(name) {
        return None;
    }
    // No real style is as deep as this.
    if path.contains(&name) || path.len() > 64 {
        return Some(name);
    }
    path.push(name);
    let endless = calls.get(name).into_iter().flatten().find_map(|&called| endless_from(called, calls, path, settled));
    path.pop();
    settled.insert(name);
    endless
}

fn called_macros<'s>(element: &'s LayoutRenderingElement, called: &mut BTreeSet<&'s str>) {
    match element {
        LayoutRenderingElement::Text(text) => {
            if let TextTarget::Macro { name } = &text.target {
                called.insert(name);
            }
        }
        LayoutRenderingElement::Group(group) => group.children.iter().for_each(|child| called_macros(child, called)),
        LayoutRenderingElement::Choose(choose) => {
            let otherwise = choose.otherwise.iter().flat_map(|branch| &branch.children);
            choose
                .branches()
                .flat_map(|branch| &branch.children)
                .chain(otherwise)
                .for_each(|child| called_macros(child, called));
        }
        LayoutRenderingElement::Names(names) => {
            names
                .substitute()
                .into_iter()
                .flat_map(|substitute| &substitute.children)
                .for_each(|child| called_macros(child, called));
        }
        LayoutRenderingElement::Date(_) | LayoutRenderingElement::Number(_) | LayoutRenderingElement::Label(_) => {}
    }
}

/// Walks through a style and changes what cannot stay.
struct Repair {
    alike: bool,
    /// The first setting of "et al." found.
    et_al: Option<EtAl>,
    /// Whether the style prints places such as page numbers.
    prints_places: bool,
    /// Whether the style prints more where two works look alike.
    asks_if_alike: bool,
}

impl Repair {
    fn elements(&mut self, elements: &mut [LayoutRenderingElement]) {
        for element in elements {
            match element {
                LayoutRenderingElement::Group(group) => self.elements(&mut group.children),
                LayoutRenderingElement::Choose(choose) => {
                    for branch in std::iter::once(&mut choose.if_).chain(&mut choose.else_if) {
                        self.asks_if_alike |= branch.disambiguate.is_some();
                        settle(branch, self.alike);
                        self.elements(&mut branch.children);
                    }
                    if let Some(otherwise) = &mut choose.otherwise {
                        self.elements(&mut otherwise.children);
                    }
                }
                LayoutRenderingElement::Names(names) => {
                    // hayagriva takes names that have a label or a substitute but no `cs:name` for empty; Vancouver
                    // then loses its authors.
                    if !names.children.is_empty() && names.name().is_none() {
                        names.children.insert(0, NamesChild::Name(Name::default()));
                    }
                    self.names(names);
                }
                LayoutRenderingElement::Text(text) => {
                    let target = TextTarget::from(Variable::Number(NumberVariable::Locator));
                    self.prints_places |= text.target == target;
                }
                LayoutRenderingElement::Number(number) => {
                    self.prints_places |= number.variable == NumberOrPageVariable::Number(NumberVariable::Locator);
                }
                LayoutRenderingElement::Date(_) | LayoutRenderingElement::Label(_) => {}
            }
        }
    }

    fn names(&mut self, names: &mut citationberg::Names) {
        names.et_al_subsequent_min = None;
        names.et_al_subsequent_use_first = None;
        let plain = self.et_al.is_none_or(|et_al| et_al.formatting.is_empty());
        if let Some(&et_al) = names.et_al().filter(|_| plain) {
            self.et_al = Some(et_al);
        }
        let around = names.clone();
        for child in &mut names.children {
            if let NamesChild::Substitute(substitute) = child {
                for element in &mut substitute.children {
                    match element {
                        // hayagriva lets these take over the `cs:name` of the names around them.
                        LayoutRenderingElement::Names(inner) => self.names(inner),
                        other => {
                            take_over_name(other, &around);
                            self.elements(std::slice::from_mut(other));
                        }
                    }
                }
            }
        }
    }
}

/// Gives the `cs:name` of the names around a substitute to the names inside its groups and choices. hayagriva does so only
/// for names directly inside; Chicago then prints editors as "E. Frank, K. Shear" in citations.
fn take_over_name(element: &mut LayoutRenderingElement, around: &citationberg::Names) {
    match element {
        LayoutRenderingElement::Names(names) => *names = around.from_names_substitute(names),
        LayoutRenderingElement::Group(group) => {
            group.children.iter_mut().for_each(|child| take_over_name(child, around))
        }
        LayoutRenderingElement::Choose(choose) => {
            let branches =
                std::iter::once(&mut choose.if_).chain(&mut choose.else_if).flat_map(|branch| &mut branch.children);
            let otherwise = choose.otherwise.iter_mut().flat_map(|branch| &mut branch.children);
            branches.chain(otherwise).for_each(|child| take_over_name(child, around));
        }
        LayoutRenderingElement::Text(_)
        | LayoutRenderingElement::Date(_)
        | LayoutRenderingElement::Number(_)
        | LayoutRenderingElement::Label(_) => {}
    }
}

/// Answers the branch's questions about position as for a work's first citation, and whether the work looks like another.
fn settle(branch: &mut ChooseBranch, alike: bool) {
    let positions = branch.position.take().into_iter().flatten().map(|position| position == TestPosition::First);
    let answers: Vec<bool> = positions.chain(branch.disambiguate.take().map(|asked| asked == alike)).collect();
    if answers.is_empty() {
        return;
    }
    let others_asked = branch.is_numeric.is_some()
        || branch.is_uncertain_date.is_some()
        || branch.locator.is_some()
        || branch.type_.is_some()
        || branch.variable.is_some();
    let verdict = match branch.match_ {
        ChooseMatch::All => answers.contains(&false).then_some(false),
        ChooseMatch::Any => answers.contains(&true).then_some(true),
        ChooseMatch::None => answers.contains(&true).then_some(false),
    };
    let verdict = verdict.or((!others_asked).then_some(branch.match_ != ChooseMatch::Any));
    if let Some(always) = verdict {
        branch.is_numeric = None;
        branch.is_uncertain_date = None;
        branch.locator = None;
        branch.type_ = None;
        branch.variable = None;
        // Of no questions, all are answered with yes and none is.
        branch.match_ = if always { ChooseMatch::All } else { ChooseMatch::Any };
    }
}
