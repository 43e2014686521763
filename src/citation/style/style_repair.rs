//! Turns a style into one in which each citation reads as if it were the first.
//!
//! It also adds what hayagriva would lose: names without a `cs:name`, and places such as page numbers. It does not know
//! where the style comes from.

use hayagriva::citationberg::taxonomy::{NumberOrPageVariable, NumberVariable, Variable};
use hayagriva::citationberg::{
    self, Affixes, ChooseBranch, ChooseMatch, Collapse, DisambiguationRule, EtAl, Formatting, Group, IndependentStyle,
    InheritableNameOptions, Label, LabelPluralize, LayoutRenderingElement, Name, NamesChild, StyleClass, TermForm,
    TestPosition, Text, TextTarget, VariablelessLabel,
};

/// Repairs a style, and answers its questions whether a work looks like another one with `alike`.
pub(super) fn repaired(mut csl: IndependentStyle, alike: bool) -> (IndependentStyle, Repair) {
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

/// Walks through a style and changes what cannot stay.
pub(super) struct Repair {
    alike: bool,
    /// The first setting of "et al." found.
    pub(super) et_al: Option<EtAl>,
    /// Whether the style prints places such as page numbers.
    prints_places: bool,
    /// Whether the style prints more where two works look alike.
    pub(super) asks_if_alike: bool,
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
