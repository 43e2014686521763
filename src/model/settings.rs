//! Turns manual.yaml into the settings of a manual.

use jiff::civil::Date;

use crate::diag;
use crate::diag::{Diagnostic, Fix, Reports};
use crate::model::kind::Kind;
use crate::model::raw_html::RawHtml;
use crate::model::schema::read::Reader;
use crate::model::schema::record::Record;
use crate::model::schema::shape::Field;
use crate::model::schema::view::view;
use crate::model::schema::{read, scalar};
use crate::model::{unwritten, yaml};
use crate::span::{FileId, Span, Spanned};

/// The keys of manual.yaml.
pub const FIELDS: &[Field] = ManualYaml::FIELDS;

view! {
    /// The keys of manual.yaml, as they are written.
    ManualYaml;
    title: Line, "title", "the manual's title", required;
    subtitle: Line, "subtitle", "a second line under the title";
    edition: Line, "edition", "the edition, shown in the footer";
    date: Date, "date", "the date of the edition";
    language: Line, "language", "the language, such as `en` or `pt-BR`";
    authors: Lines, "authors", "who wrote it";
    publisher: Line, "publisher", "who publishes it";
    license: Line, "license", "the terms on which others may use it";
    notice: Line, "notice", "a sentence at the bottom of every page";
    base_url: Line, "base-url", "the manual's address on the web, if it is published there";
    feedback: Line, "feedback", "where readers send corrections: `mailto:…` or `https://…`";
    bibliography: Line, "bibliography", "the file with the works that you cite";
    citation_style: Line, "citation-style", "the name of a CSL style, or a .csl file";
    theme: Line, "theme", "`default`, or a folder";
    default_protocol: Id, "default-protocol", "the protocol to show where no other is named";
    labels: NamedLines, "labels", "your own words for texts that iptbook puts on pages";
    review: Record of ReviewRules, "review", "how chapters are reviewed, unless a chapter says something else";
    raw_html: Choice(&["sanitize", "deny", "trust"]), "raw-html", "what to do with HTML in chapters";
    safety: Line, "safety", "the safety page, as `page/…`";
    not_identifying: Records of NotIdentifying, "not-identifying", "what looks as if it identifies a person, but does not";
    slots: Named of SlotEntry, "slots", "what each service fills in for itself";
    parts: Records of PartEntry, "parts", "the parts, in order";

    /// Whether it is written, even wrongly.
    is_default_protocol_given: Given of default_protocol;
}

view! {
    /// How chapters are reviewed.
    ReviewRules;
    owner: Line, "owner", "who is responsible for the chapters";
    interval: Months, "interval", "how long a review is valid, such as `24 months`";
}

view! {
    /// What looks like an identifier of a person and is none.
    NotIdentifying;
    text: Line, "text", "the exact words in a case, or the path of a picture", required;
    reason: Line, "reason", "why it identifies nobody", required;
}

view! {
    /// What a service fills in for itself.
    SlotEntry;
    label: Line, "label", "its name", required;
    value: Line, "value", "what it is in your service";
    left_open: Line, "left-open", "why the value is left open on purpose; then there is no warning";
    on_sheets: Flag, "on-sheets", "write `true` to show it on session sheets, checklists and forms";
}

view! {
    /// A part of the manual.
    PartEntry;
    title: Line, "title", "the part's title", required;
    folder: Line, "folder", "the folder with its chapters", required;
    kind: Choice(Kind::NAMES), "kind", "the kind of its chapters";
    summary: Line, "summary", "a sentence under its title";
}

/// The settings of a manual.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its file.
    pub file: FileId,
    /// Its title.
    pub(crate) title: String,
    /// Everything as it is written.
    pub(crate) record: Record,
    /// The language, BCP 47.
    pub language: String,
    /// What happens to HTML in chapters.
    pub raw_html: RawHtml,
    /// What every service fills in for itself.
    pub(crate) slots: Vec<Slot>,
    /// The parts, in order; none if manual.yaml lists none.
    pub(crate) parts: Vec<PartSettings>,
    /// How long a review is valid, in months.
    pub(crate) review_months: Option<i32>,
    /// Who is responsible for chapters that name nobody.
    pub(crate) review_owner: Option<String>,
}

/// Something a service fills in for itself.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    /// Its name in `[[slot/…]]`.
    pub(crate) name: Spanned<String>,
    /// What it is.
    pub(crate) label: String,
    /// What it says; none when it is not filled in, or says only what belongs there.
    pub(crate) value: Option<String>,
    /// The place of a value that says only what belongs there.
    pub(crate) placeholder: Option<Span>,
    /// Whether it is left open on purpose.
    pub(crate) is_left_open: bool,
    /// Whether blank sheets show it.
    pub(crate) on_sheets: bool,
}

/// A part: a folder of chapters.
#[derive(Debug, Clone)]
pub(crate) struct PartSettings {
    /// Its title.
    pub(crate) title: String,
    /// Its folder, relative to the manual.
    pub(crate) folder: Spanned<String>,
    /// What its chapters are about.
    pub(crate) kind: Kind,
    /// A sentence under its title.
    pub(crate) summary: Option<String>,
}

impl Settings {
    /// manual.yaml as it is written.
    pub(crate) fn yaml(&self) -> ManualYaml<'_> {
        ManualYaml::new(&self.record)
    }

    /// Where it is published, if anywhere.
    pub(crate) fn base_url(&self) -> Option<&str> {
        self.yaml().base_url().map(Spanned::as_str)
    }

    /// The file with the works cited, whether or not there is one.
    pub(crate) fn bibliography(&self) -> &str {
        self.yaml().bibliography().map_or("references.bib", Spanned::as_str)
    }

    /// The date of the edition.
    pub(crate) fn date(&self) -> Option<Date> {
        self.yaml().date().map(|date| date.value)
    }

    /// The slot of a name.
    pub(crate) fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.name.value == name)
    }
}

/// Reads manual.yaml.
///
/// # Reports
/// The family `front-matter/…`.
pub(crate) fn parse(file: FileId, text: &str, reports: &mut Reports) -> Settings {
    let record = match yaml::parse(text, file, 0) {
        Ok(node) => read::read(&node, FIELDS, &Reader::default(), reports),
        Err(report) => {
            reports.push(*report);
            Record::empty(FIELDS, Span::top(file))
        }
    };
    let yaml = ManualYaml::new(&record);
    let review = yaml.review();
    let settings = Settings {
        file,
        title: yaml.title().map_or_else(String::new, |title| title.value.clone()),
        language: language(yaml, reports),
        raw_html: match yaml.raw_html() {
            Some("deny") => RawHtml::Deny,
            Some("trust") => RawHtml::Trust,
            _ => RawHtml::Sanitize,
        },
        slots: yaml.slots().filter_map(|(name, slot)| slot_of(name, slot, reports)).collect(),
        parts: parts(yaml, reports),
        review_months: review.and_then(|review| review.interval()),
        review_owner: review.and_then(|review| review.owner()).map(|owner| owner.value.clone()),
        record,
    };
    check_addresses(settings.yaml(), reports);
    settings
}

/// Names of languages in English and in themselves, and their codes.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("castellano", "es"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("italian", "it"),
    ("italiano", "it"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("swedish", "sv"),
    ("svenska", "sv"),
    ("norwegian", "nb"),
    ("norsk", "nb"),
    ("bokmål", "nb"),
    ("nynorsk", "nn"),
    ("danish", "da"),
    ("dansk", "da"),
    ("finnish", "fi"),
    ("suomi", "fi"),
    ("icelandic", "is"),
    ("íslenska", "is"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("czech", "cs"),
    ("čeština", "cs"),
    ("slovak", "sk"),
    ("slovenčina", "sk"),
    ("hungarian", "hu"),
    ("magyar", "hu"),
    ("romanian", "ro"),
    ("română", "ro"),
    ("bulgarian", "bg"),
    ("български", "bg"),
    ("greek", "el"),
    ("ελληνικά", "el"),
    ("turkish", "tr"),
    ("türkçe", "tr"),
    ("russian", "ru"),
    ("русский", "ru"),
    ("ukrainian", "uk"),
    ("українська", "uk"),
    ("serbian", "sr"),
    ("srpski", "sr"),
    ("croatian", "hr"),
    ("hrvatski", "hr"),
    ("bosnian", "bs"),
    ("slovenian", "sl"),
    ("lithuanian", "lt"),
    ("latvian", "lv"),
    ("estonian", "et"),
    ("arabic", "ar"),
    ("العربية", "ar"),
    ("hebrew", "he"),
    ("עברית", "he"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("فارسی", "fa"),
    ("urdu", "ur"),
    ("اردو", "ur"),
    ("hindi", "hi"),
    ("हिन्दी", "hi"),
    ("bengali", "bn"),
    ("বাংলা", "bn"),
    ("tamil", "ta"),
    ("nepali", "ne"),
    ("sinhala", "si"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("中文", "zh"),
    ("japanese", "ja"),
    ("日本語", "ja"),
    ("korean", "ko"),
    ("한국어", "ko"),
    ("vietnamese", "vi"),
    ("tiếng việt", "vi"),
    ("thai", "th"),
    ("ไทย", "th"),
    ("indonesian", "id"),
    ("malay", "ms"),
    ("swahili", "sw"),
    ("kiswahili", "sw"),
    ("amharic", "am"),
    ("አማርኛ", "am"),
    ("somali", "so"),
    ("luganda", "lg"),
    ("kinyarwanda", "rw"),
    ("hausa", "ha"),
    ("yoruba", "yo"),
    ("igbo", "ig"),
    ("zulu", "zu"),
    ("isizulu", "zu"),
    ("afrikaans", "af"),
    ("welsh", "cy"),
    ("cymraeg", "cy"),
    ("irish", "ga"),
    ("gaeilge", "ga"),
    ("catalan", "ca"),
    ("català", "ca"),
    ("basque", "eu"),
    ("euskara", "eu"),
    ("albanian", "sq"),
    ("shqip", "sq"),
    ("armenian", "hy"),
    ("georgian", "ka"),
    ("pashto", "ps"),
    ("dari", "prs"),
    ("kurdish", "ku"),
    ("tagalog", "tl"),
    ("filipino", "fil"),
];

/// The code of a language that is named or written in another way: `English`, `en_GB`, `en-UK`, `British English`.
fn code_meant(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let named = |word: &str| LANGUAGES.iter().find(|(name, _)| *name == word).map(|(_, code)| (*code).to_owned());
    let region = |word: &str| {
        Some(match word {
            "british" | "uk" | "united kingdom" => "GB",
            "american" | "us" | "usa" => "US",
            "australian" | "australia" => "AU",
            "canadian" | "canada" => "CA",
            "brazilian" | "brazil" | "brasil" => "BR",
            "swiss" => "CH",
            "austrian" => "AT",
            _ => return None,
        })
    };
    if let Some(code) = named(&lower).or_else(|| two_letters(&lower)) {
        return Some(code);
    }
    let words: Vec<&str> = lower.split([' ', '(', ')', ',']).filter(|word| !word.is_empty()).collect();
    if let [one, other] = words[..] {
        let found = named(other).zip(region(one)).or_else(|| named(one).zip(region(other)));
        return found.map(|(code, region)| format!("{code}-{region}"));
    }
    let mended = written.trim().replace(['_', '–', '‑'], "-");
    // A locale of a computer may name an encoding, too.
    let mended = mended.split(['.', '@']).next().unwrap_or_default();
    let mended = match mended.to_lowercase().strip_suffix("-uk") {
        Some(code) => format!("{code}-GB"),
        None => mended.to_owned(),
    };
    (mended != written && is_code(&mended)).then_some(mended)
}

/// Whether a text is written as codes of languages are.
fn is_code(text: &str) -> bool {
    text.split('-').enumerate().all(|(at, part)| {
        let is_one = if at == 0 { u8::is_ascii_alphabetic } else { u8::is_ascii_alphanumeric };
        let lengths = if at == 0 { 2..=3 } else { 1..=8 };
        part.bytes().all(|letter| is_one(&letter)) && lengths.contains(&part.len())
    })
}

/// The code of two letters, as BCP 47 wants it, for one of three (ISO 639-2).
fn two_letters(code: &str) -> Option<String> {
    const THREE: &[(&str, &str)] = &[
        ("ara", "ar"),
        ("chi", "zh"),
        ("cze", "cs"),
        ("ces", "cs"),
        ("dan", "da"),
        ("deu", "de"),
        ("dut", "nl"),
        ("ell", "el"),
        ("eng", "en"),
        ("fas", "fa"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("ger", "de"),
        ("gre", "el"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hun", "hu"),
        ("ita", "it"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("nld", "nl"),
        ("nor", "no"),
        ("per", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rum", "ro"),
        ("rus", "ru"),
        ("spa", "es"),
        ("swa", "sw"),
        ("swe", "sv"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("vie", "vi"),
        ("zho", "zh"),
    ];
    let (_, short) = THREE.iter().find(|(three, _)| *three == code)?;
    Some((*short).to_owned())
}

fn language(yaml: ManualYaml<'_>, reports: &mut Reports) -> String {
    let Some(language) = yaml.language() else { return "en".into() };
    // There is no region UK: the code of the United Kingdom is GB.
    if !is_code(&language.value)
        || two_letters(&language.value.to_lowercase()).is_some()
        || language.value.to_lowercase().ends_with("-uk")
    {
        let meant = code_meant(&language.value);
        let fix = meant.as_deref().and_then(|code| Fix::of_name(language.span, &language.value, code));
        let help = match &meant {
            Some(code) => format!("write `{code}`"),
            None => "write the code of a language, such as `en`, `de` or `pt-BR`".to_owned(),
        };
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, language.span, format!("`{}` is not a language code", language.value))
                .help(help)
                .maybe_fix(fix),
        );
        return meant.unwrap_or_else(|| "en".into());
    }
    language.value.clone()
}

fn slot_of(name: &Spanned<String>, slot: SlotEntry<'_>, reports: &mut Reports) -> Option<Slot> {
    if !scalar::is_kebab_case(&name.value) {
        reports.push(scalar::invalid_id(&name.value, name.span));
        return None;
    }
    if let Some(why) = slot.left_open().filter(|why| unwritten::has_contact(&why.value)) {
        reports.push(
            Diagnostic::new(
                &diag::BAD_VALUE,
                why.span,
                "a number here is not shown: `left-open` says why nothing is filled in",
            )
            .into_warning()
            .help("write `value` instead of `left-open`, if this is the contact"),
        );
    }
    Some(Slot {
        name: name.clone(),
        label: slot.label().map_or_else(|| name.value.replace('-', " "), |label| label.value.clone()),
        value: slot.value().filter(|value| !unwritten::is_placeholder(&value.value)).map(|value| value.value.clone()),
        placeholder: slot.value().filter(|value| unwritten::is_placeholder(&value.value)).map(|value| value.span),
        is_left_open: slot.left_open().is_some(),
        on_sheets: slot.on_sheets().unwrap_or(false),
    })
}

fn parts(yaml: ManualYaml<'_>, reports: &mut Reports) -> Vec<PartSettings> {
    let mut parts: Vec<PartSettings> = Vec::new();
    for part in yaml.parts() {
        let (Some(title), Some(folder)) = (part.title(), part.folder()) else { continue };
        let path = folder.value.replace('\\', "/");
        let path = path.trim_matches('/').to_owned();
        let kept = path.split('/').next().is_some_and(|first| matches!(first, "assets" | "static" | "data"));
        let hidden = path.split('/').any(|step| step.starts_with('.') && !matches!(step, "." | ".."));
        let message = if kept {
            format!("the folder `{path}` is reserved for other files")
        } else if hidden {
            format!("the folder `{path}` is not read, because a name in its path begins with a dot")
        } else {
            format!("`{}` is not a folder of the manual", folder.value)
        };
        if path.is_empty() || path.split('/').any(|step| step.is_empty() || step.starts_with('.')) || kept {
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, folder.span, message)
                    .help("write the name of a folder, such as `techniques`"),
            );
            continue;
        }
        if let Some(first) = parts.iter().find(|other| other.folder.value == path) {
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, folder.span, format!("the folder `{path}` is in two parts"))
                    .other(first.folder.span, "the first one is here")
                    .help("name each folder in only one part"),
            );
            continue;
        }
        let kind = part.kind().and_then(Kind::from_name);
        parts.push(PartSettings {
            title: title.value.clone(),
            kind: kind.unwrap_or_else(|| kind_of_folder(&path)),
            folder: Spanned::new(path, folder.span),
            summary: part.summary().map(|summary| summary.value.clone()),
        });
    }
    parts
}

/// The kind of the chapters in a folder, where nothing says so: a folder with the usual name of a kind contains that
/// kind, any other folder contains pages.
pub(crate) fn kind_of_folder(folder: &str) -> Kind {
    Kind::from_plural(folder.rsplit('/').next().unwrap_or_default()).unwrap_or(Kind::Page)
}

fn check_addresses(yaml: ManualYaml<'_>, reports: &mut Reports) {
    let mut check = |name: &str, line: Option<&Spanned<String>>, starts: &[&str]| {
        let Some(line) = line else { return };
        if !starts.iter().any(|start| line.value.starts_with(start)) {
            reports.push(
                Diagnostic::new(
                    &diag::BAD_VALUE,
                    line.span,
                    format!("`{}` is not an address for `{name}`", line.value),
                )
                .help(format!("begin it with `{}`", starts.join("` or `"))),
            );
        }
    };
    check("base-url", yaml.base_url(), &["https://", "http://"]);
    check("feedback", yaml.feedback(), &["mailto:", "https://", "http://"]);
    let is_odd = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | '\'' | '`' | '\\');
    if let Some(line) = yaml.base_url().filter(|line| line.value.contains(is_odd)) {
        let message = format!("`{}` is not an address for `base-url`", line.value);
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, line.span, message)
                .help("write the address alone, without spaces or quotes, such as `https://manual.example.org/`"),
        );
    }
}
