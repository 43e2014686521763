//! Reads a citation style and repairs it.
//!
//! A manual is read in any order, so nothing a style says may depend on what was cited before: no "ibid.", no
//! shorter form for a second citation, no dash for an author named in the line above. Nothing here knows the works that
//! are cited, or the language of the manual.
//!
//! # Who may use whom
//!
//! ```text
//! style -> { csl_text, macros, nearest, style_repair }
//! ```

mod csl_text;
pub(in crate::citation) mod macros;
mod nearest;
mod style_repair;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{self, EtAl, IndependentStyle, StyleClass};

use crate::citation::style::csl_text::{tag_depth, without_subsequent_options};
use crate::citation::style::macros::endless_macro;
use crate::citation::style::nearest::{by_zotero_name, nearest_names};
use crate::citation::style::style_repair::repaired;

/// A citation style, ready to format with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Style {
    pub(super) csl: IndependentStyle,
    /// The same style with more in its citations, for works that it could not tell apart otherwise; only some styles
    /// have such a form.
    pub(super) telling: Option<IndependentStyle>,
    /// How the style sets "et al.", if it says so.
    pub(super) et_al: EtAl,
}

/// No style of this name can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnknownStyle {
    /// The name as it was asked for.
    pub(crate) name: String,
    /// A sentence for the author, without a full stop.
    pub(crate) message: String,
    /// Up to three names that exist and look alike, nearest first.
    pub(crate) nearest: Vec<&'static str>,
}

impl Style {
    fn new(csl: IndependentStyle) -> Result<Self, String> {
        if csl.bibliography.is_none() {
            return Err("the citation style has no reference list, but iptbook links citations to the list".to_owned());
        }
        if let Some(name) = endless_macro(&csl) {
            return Err(format!("the macro `{name}` of the citation style refers back to itself"));
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

/// Finds a style that comes with the program by its name, such as `american-psychological-association` or `apa`.
///
/// # Errors
/// When there is no such style, or it has no reference list to which citations could link.
pub(crate) fn style_by_name(name: &str) -> Result<Style, UnknownStyle> {
    let wanted = name.trim().to_lowercase();
    let unusable = |message: String, nearest| UnknownStyle { name: name.to_owned(), message, nearest };

    let Some(archived) = ArchivedStyle::by_name(&wanted).or_else(|| by_zotero_name(&wanted)) else {
        return Err(unusable(format!("there is no citation style `{name}`"), nearest_names(&wanted)));
    };
    match archived.get() {
        citationberg::Style::Independent(csl) => Style::new(csl).map_err(|message| unusable(message, Vec::new())),
        citationberg::Style::Dependent(_) => Err(unusable(
            format!("the citation style `{name}` has no rules of its own: it only points at another style"),
            Vec::new(),
        )),
    }
}

/// More nested elements than this are garbage. No real style has more than some dozens.
pub(in crate::citation) const MOST_NESTED_ELEMENTS: usize = 200;

/// Reads a style from the text of a `.csl` file.
///
/// # Errors
/// A sentence for the author, when the text is no CSL style, is a dependent one (which only points at another), has no
/// reference list, or calls itself in a circle.
pub(crate) fn style_from_csl(xml: &str) -> Result<Style, String> {
    if tag_depth(xml) > MOST_NESTED_ELEMENTS {
        return Err("the file has more elements inside each other than a CSL style".to_owned());
    }
    let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    match citationberg::Style::from_xml(&without_subsequent_options(xml)) {
        Ok(citationberg::Style::Independent(csl)) => Style::new(csl),
        Ok(citationberg::Style::Dependent(dependent)) => {
            let parent = dependent.parent_link.href;
            let known = ArchivedStyle::by_id(&parent).and_then(|style| style.names().first());
            Err(match known {
                Some(name) => format!(
                    "the file is a dependent style, which has no rules of its own. Use the style that it points at, `{name}`"
                ),
                None => format!(
                    "the file is a dependent style, which has no rules of its own. Use the style that it points at, {parent}"
                ),
            })
        }
        Err(error) => Err(format!("the file cannot be read as a CSL style: {error}")),
    }
}
