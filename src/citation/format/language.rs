//! Turns a language tag into the words that a style may use.
//!
//! It does not know the works that are cited.

use hayagriva::archive::LOCALES;
use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, TermForm};
use hayagriva::{CitationItem, CitationRequest, Entry};

use crate::citation::html::EtAlWords;
use crate::citation::style::Style;

/// The words that a style may use.
pub(super) struct StyleLanguage {
    pub(super) code: LocaleCode,
    /// The language's own, and those that hayagriva falls back to.
    pub(super) locales: Vec<Locale>,
}

impl StyleLanguage {
    /// The words for a language tag, or else American English.
    pub(super) fn new(tag: &str, style: &Style) -> Self {
        let english = LocaleCode::en_us();
        // A British style stays British in a manual that is only said to be in English.
        let by_style = style.csl.default_locale.as_ref().map(|code| code.0.as_str());
        let by_style = by_style.filter(|code| code.split('-').next() == Some(tag.trim()));
        let code = known_locale(by_style.unwrap_or(tag)).unwrap_or_else(|| english.clone());
        let wanted = [Some(code.clone()), code.fallback(), Some(english)];
        let mut locales: Vec<Locale> = Vec::new();
        for wanted in wanted.into_iter().flatten() {
            if !locales.iter().any(|locale| locale.lang.as_ref() == Some(&wanted)) {
                locales.extend(read_locale(&wanted.0));
            }
        }
        Self { code, locales }
    }

    /// How "et al." is said and set.
    pub(super) fn et_al(&self, style: &Style) -> EtAlWords {
        let text = self.term(style, style.et_al.term.into(), TermForm::Long).unwrap_or("et al.");
        EtAlWords { text: text.to_owned(), formatting: style.et_al.formatting }
    }

    /// How "and" is said in a sentence.
    pub(super) fn and(&self, style: &Style) -> String {
        self.term(style, Term::Other(OtherTerm::And), TermForm::Long).unwrap_or("and").to_owned()
    }

    /// What styles print for a missing date, longest first.
    pub(super) fn no_date(&self, style: &Style) -> Vec<String> {
        let forms = [TermForm::Long, TermForm::Short].into_iter();
        forms.filter_map(|form| self.term(style, Term::Other(OtherTerm::NoDate), form)).map(str::to_owned).collect()
    }

    /// Finds a term in the same order in which hayagriva looks.
    fn term<'s>(&'s self, style: &'s Style, term: Term, form: TermForm) -> Option<&'s str> {
        let base = self.code.0.split('-').next();
        let of_style = [Some(self.code.0.as_str()), base, None].into_iter().flat_map(|lang| {
            style.csl.locale.iter().filter(move |locale| locale.lang.as_ref().map(|code| code.0.as_str()) == lang)
        });
        of_style.chain(&self.locales).find_map(|locale| locale.term(term, form).and_then(|term| term.single()))
    }
}

/// What is written into a style's text.
pub(super) struct StyleWords {
    pub(super) et_al: EtAlWords,
    pub(super) no_date: Vec<String>,
    /// What stands for `&` in a sentence.
    pub(super) and: String,
}

/// CSL's locale for a language tag: its own, that of its region or, without one, of its main country.
fn known_locale(tag: &str) -> Option<LocaleCode> {
    let codes: Vec<&str> = LOCALES.iter().filter_map(|bytes| locale_code(bytes)).collect();
    let tag = tag.trim().replace('_', "-");
    let language = tag.split('-').next().unwrap_or_default().to_lowercase();
    let language = match language.as_str() {
        "no" => "nb",
        other => other,
    };
    let region = tag.split('-').skip(1).find(|part| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic()));
    let wanted = [
        Some(tag.clone()),
        region.map(|region| format!("{language}-{region}")),
        LocaleCode(language.to_owned()).fallback().map(|code| code.0),
        Some(language.to_owned()),
    ];
    let exact = wanted.iter().flatten().find_map(|wanted| codes.iter().find(|code| code.eq_ignore_ascii_case(wanted)));
    let any = || codes.iter().find(|code| code.split('-').next() == Some(language));
    exact.or_else(any).map(|&code| LocaleCode(code.to_owned()))
}

/// The code of a locale in hayagriva's archive, without decoding the rest: to decode all of them takes 60 ms.
fn locale_code(cbor: &[u8]) -> Option<&str> {
    const FIELD: &[u8] = b"@xml:lang";
    /// In CBOR a short text is this plus its length, and then its bytes.
    const SHORT_TEXT: u8 = 0x60;
    let at = cbor.windows(FIELD.len()).position(|window| window == FIELD)? + FIELD.len();
    let length = usize::from(cbor.get(at)?.checked_sub(SHORT_TEXT).filter(|length| *length < 24)?);
    std::str::from_utf8(cbor.get(at + 1..at + 1 + length)?).ok()
}

fn read_locale(code: &str) -> Option<Locale> {
    let cbor = LOCALES.iter().find(|bytes| locale_code(bytes) == Some(code))?;
    ciborium::from_reader(*cbor).ok()
}

/// A question to the driver, in this language.
pub(super) fn request<'r>(
    items: Vec<CitationItem<'r, Entry>>,
    style: &'r IndependentStyle,
    language: &'r StyleLanguage,
) -> CitationRequest<'r, Entry> {
    CitationRequest::new(items, style, Some(language.code.clone()), &language.locales, None)
}
