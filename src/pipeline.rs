//! Runs the stages in order: turns a manual's folder into one value after the other.
//!
//! [`check`] turns the folder into a joined [`Manual`], with everything that is wrong with it.
//! [`crate::render::site()`] turns that into pages. A stage that finds mistakes continues.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::citation::{Bibliography, BibliographyFormat, Cluster, Formatted, Style};
use crate::diag::{self, Diagnostic, Fix, Reports, Severity};
use crate::files::relpath::Folders;
use crate::files::source::{Loaded, SourceFile, is_chapter};
use crate::files::theme::ThemeFiles;
use crate::language::Language;
use crate::link::checks;
use crate::link::manual::Manual;
use crate::link::resolve::{NO_TERM, PUT_IT_THERE};
use crate::model::chapter::Chapter;
use crate::model::glossary::{Lexicon, TermEntry};
use crate::model::kind::Kind;
use crate::model::reading::Conditions;
use crate::model::schema;
use crate::model::schema::read::{self, Reader};
use crate::model::schema::record::Record;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::settings::Settings;
use crate::model::status::Status;
use crate::model::yaml::{YamlNode, YamlValue};
use crate::model::{bidi, chapter, damage, settings, yaml};
use crate::render::address::{made, taken};
use crate::render::template::Templates;
use crate::span::{FileId, Span};
use crate::words::Words;
use crate::{citation, par};

/// What the stages depend on besides the manual.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions {
    /// The day on which review dates are judged.
    pub as_of: Date,
    /// Whether drafts are part of the manual.
    pub drafts: bool,
}

/// A manual, read, joined and checked.
#[derive(Debug)]
pub struct Checked {
    /// The manual; what is wrong with it is in the reports.
    pub manual: Manual,
    /// The interface texts.
    pub words: Words,
    /// The works.
    pub(crate) bibliography: Bibliography,
    /// How they are cited.
    pub(crate) style: Option<Style>,
    /// The citations, if they are known already.
    pub(crate) formatted: Option<Formatted>,
    /// Everything that is wrong, sorted by file and place.
    pub reports: Reports,
}

impl Checked {
    /// Whether a site may be made of it.
    pub fn is_publishable(&self, strict: bool) -> bool {
        diag::count(&self.reports, Severity::Error) == 0 && (!strict || self.reports.is_empty())
    }

    /// The works.
    pub(crate) fn bibliography(&self) -> &Bibliography {
        &self.bibliography
    }

    /// The citations and the reference list, as the style has them.
    pub fn citations(&self) -> Formatted {
        match (&self.formatted, &self.style) {
            (Some(formatted), _) => formatted.clone(),
            (None, Some(style)) => {
                citation::format(&self.bibliography, style, &self.manual.settings.language, &self.manual.clusters)
            }
            (None, None) => Formatted::default(),
        }
    }

    /// Looks at the whole of the manual.
    ///
    /// # Reports
    /// What its checks find, in no order.
    pub(crate) fn check_whole(&mut self, options: CheckOptions) {
        let context = checks::context::Context { bibliography: &self.bibliography, as_of: options.as_of };
        checks::all(&self.manual, context, &mut self.reports);
    }

    /// Keeps the citations for a later state of the manual.
    pub(crate) fn keep_citations(&mut self, formatted: Formatted) {
        self.formatted = Some(formatted);
    }
}

/// What is already known about a manual, and need not be read again.
#[derive(Default)]
pub(crate) struct EarlierResults {
    pub(crate) words: Option<Words>,
    /// Chapters whose file has not changed, and that had no mistakes.
    pub(crate) chapters: HashMap<FileId, Chapter>,
    pub(crate) works: Option<(Bibliography, Option<Style>)>,
    /// The citations of these works, for these mentions of them.
    pub(crate) formatted: Option<(Vec<Cluster>, Formatted)>,
}

/// Reads, joins and checks a manual. `reports` are those from loading it.
pub fn check(loaded: &Loaded, theme: &ThemeFiles, options: CheckOptions, reports: Reports) -> Checked {
    check_reusing(EarlierResults::default(), loaded, theme, options, reports)
}

/// Like [`check`], but does not read again what is in `earlier`.
pub(crate) fn check_reusing(
    mut earlier: EarlierResults,
    loaded: &Loaded,
    theme: &ThemeFiles,
    options: CheckOptions,
    mut reports: Reports,
) -> Checked {
    let unreadable = unreadable(&reports);
    let mut settings = settings(loaded, &unreadable, &mut reports);
    let words = earlier.words.take().unwrap_or_else(|| words(theme, &settings, &mut reports));
    let lexicon = lexicon(loaded, &settings, &unreadable, &mut reports);
    check_parts(loaded, &mut settings, &mut reports);
    check_other_texts(loaded, &mut reports);
    let reader = ChapterReader::new(&settings, &lexicon);
    let chapters = chapters(loaded, &reader, earlier.chapters, &unreadable, &mut reports);
    if !options.drafts {
        forget_drafts(&chapters, &mut reports);
    }
    let (bibliography, style) = earlier.works.take().unwrap_or_else(|| works(loaded, &settings, &mut reports));
    let manual = Manual::new(
        settings,
        lexicon,
        chapters,
        loaded.attachments.clone(),
        options.drafts,
        made::linkable,
        &mut reports,
    );
    let formatted = earlier.formatted.filter(|(clusters, _)| *clusters == manual.clusters);
    let formatted = formatted.map(|(_, formatted)| formatted);
    let mut checked = Checked { manual, words, bibliography, style, formatted, reports };
    checked.check_whole(options);
    taken::check(&checked.manual, &mut checked.reports);
    forget_lost_works(loaded, &checked.manual.settings, &mut checked.reports);
    forget_lost_settings(loaded, &mut checked.reports);
    forget_lost_terms(loaded, &mut checked.reports);
    forget_unread_chapters(loaded, &mut checked.reports);
    diag::sort(&mut checked.reports, &loaded.sources);
    checked
}

/// The files that could not be read.
fn unreadable(reports: &Reports) -> Vec<FileId> {
    reports.iter().filter(|report| report.code.family() == "file").map(|report| report.span().file).collect()
}

fn settings(loaded: &Loaded, unreadable: &[FileId], reports: &mut Reports) -> Settings {
    let (file, text) = match loaded.sources.find("manual.yaml") {
        Some((file, source)) => (file, source.text.as_str()),
        None => (FileId(0), ""),
    };
    if unreadable.contains(&file) {
        return settings::parse(file, "title: \"?\"", &mut Reports::new());
    }
    settings::parse(file, text, reports)
}

/// The interface texts, after checking the theme that has them.
fn words(theme: &ThemeFiles, settings: &Settings, reports: &mut Reports) -> Words {
    let words = Words::new(theme, settings, reports);
    check_theme(theme, &words, settings.file, reports);
    words
}

/// Checks the texts that are not chapters for characters that change the direction of writing.
fn check_other_texts(loaded: &Loaded, reports: &mut Reports) {
    for (file, source) in loaded.sources.iter().filter(|(_, source)| !is_chapter(&source.path)) {
        bidi::check(file, &source.text, reports);
        damage::check(file, &source.text, reports);
    }
}

/// Reads the chapters of one manual, each alone.
pub(crate) struct ChapterReader<'a> {
    settings: &'a Settings,
    /// The folders of the parts that manual.yaml gives.
    folders: Folders<'a>,
    conditions: Conditions<'a>,
}

impl<'a> ChapterReader<'a> {
    pub(crate) fn new(settings: &'a Settings, lexicon: &'a Lexicon) -> Self {
        let folders = Folders::new(settings.parts.iter().map(|part| part.folder.value.as_str()));
        let conditions = Conditions { raw_html: settings.raw_html, mentions: &lexicon.mentions };
        Self { settings, folders, conditions }
    }

    /// Reads a chapter. Returns it with what is wrong with it.
    pub(crate) fn read(&self, file: FileId, source: &SourceFile) -> (Chapter, Reports) {
        let mut reports = Reports::new();
        bidi::check(file, &source.text, &mut reports);
        damage::check(file, &source.text, &mut reports);
        let chapter = chapter::parse(file, source, self.default_kind(&source.path), self.conditions, &mut reports);
        (chapter, reports)
    }

    /// The kind of the chapters in a file's folder.
    fn default_kind(&self, path: &str) -> Kind {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.folders.of(path).map_or_else(|| settings::kind_of_folder(folder), |part| self.settings.parts[part].kind)
    }
}

/// The chapters in the order of their files: those that are `known`, and the others as they are read.
fn chapters(
    loaded: &Loaded,
    reader: &ChapterReader<'_>,
    mut known: HashMap<FileId, Chapter>,
    unreadable: &[FileId],
    reports: &mut Reports,
) -> Vec<Chapter> {
    let files: Vec<(FileId, &SourceFile)> =
        loaded.sources.iter().filter(|(_, source)| is_chapter(&source.path)).collect();
    let new: Vec<&(FileId, &SourceFile)> = files.iter().filter(|(file, _)| !known.contains_key(file)).collect();
    let read = par::map(&new, |(file, source)| {
        let (mut chapter, mut reports) = reader.read(*file, source);
        if unreadable.contains(file) {
            // It keeps its id, so that links to it hold, and has no mistakes but the one.
            reports.clear();
            chapter.broken = true;
        }
        (chapter, reports)
    });
    let mut read = read.into_iter();
    let mut chapters = Vec::with_capacity(files.len());
    for (file, _) in &files {
        match known.remove(file) {
            Some(chapter) => chapters.push(chapter),
            None => {
                let (chapter, found) = read.next().expect("every chapter is known or was read");
                chapters.push(chapter);
                reports.extend(found);
            }
        }
    }
    chapters
}

/// Drops the reports on works that nobody can find because the bibliography could not be read: that is said already.
fn forget_lost_works(loaded: &Loaded, settings: &Settings, reports: &mut Reports) {
    let path = settings.bibliography();
    let found = loaded.sources.find(path);
    let is_of_file = |report: &&Diagnostic| found.is_some_and(|(file, _)| report.span().file == file);
    let is_missing = |report: &&Diagnostic| {
        *report.code == diag::MISSING_FILE
            && settings.yaml().bibliography().is_some_and(|named| named.span == report.span())
    };
    let is_unread =
        reports.iter().any(|report| is_missing(&report) || is_of_file(&report) && report.code.family() == "file");
    let has_faults = reports.iter().any(|report| is_of_file(&report) && *report.code == diag::BIBLIOGRAPHY_SYNTAX);
    if !is_unread && !has_faults {
        return;
    }
    let text = found.map_or("", |(_, source)| source.text.as_str());
    reports.retain(|report| {
        let span = report.span();
        let key = loaded.sources.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default();
        *report.code != diag::UNKNOWN_KEY || !is_unread && !text.contains(key.trim_matches(['"', '\'', '@']))
    });
}

/// Drops what only follows from a manual.yaml that cannot be read: then no part, no slot and no safety page is known.
fn forget_lost_settings(loaded: &Loaded, reports: &mut Reports) {
    let Some((file, _)) = loaded.sources.find("manual.yaml") else { return };
    let is_cause = |report: &Diagnostic| {
        let is_whole = [diag::SYNTAX.name, diag::UNREADABLE.name, diag::NOT_UTF8.name, diag::TOO_LARGE.name]
            .contains(&report.code.name);
        report.span().file == file && is_whole
    };
    if !reports.iter().any(is_cause) {
        return;
    }
    let is_of_its_own = |report: &Diagnostic| {
        if report.span().file == file {
            return is_cause(report);
        }
        *report.code == diag::NO_SUMMARY
            || matches!(report.code.family(), "file" | "front-matter" | "markdown" | "text" | "theme")
    };
    reports.retain(is_of_its_own);
}

/// Drops what is said about terms that nobody knows, since the glossary cannot be read.
fn forget_lost_terms(loaded: &Loaded, reports: &mut Reports) {
    let Some((file, _)) = loaded.sources.find("glossary.yaml") else { return };
    let is_lost = |report: &Diagnostic| {
        report.span().file == file && [&diag::SYNTAX, &diag::CUT, &diag::WRONG_TYPE].contains(&report.code)
    };
    if reports.iter().any(is_lost) {
        reports.retain(|report| *report.code != diag::UNKNOWN_TARGET || !report.message.starts_with(NO_TERM));
    }
}

/// Drops what is said about links to chapters whose files have the wrong ending: those are told of.
fn forget_unread_chapters(loaded: &Loaded, reports: &mut Reports) {
    let unread: Vec<String> = reports
        .iter()
        .filter(|report| *report.code == diag::NOT_READ)
        .filter_map(|report| {
            let name = loaded.sources.get(report.span().file).path.rsplit('/').next()?;
            let stem = name.split('.').find(|part| part.contains(char::is_alphabetic))?;
            let begin = name.find(stem)?;
            Some(format!("has the id `{}`", chapter::named_by(&format!("{}.md", &name[..begin + stem.len()])).id))
        })
        .collect();
    if !unread.is_empty() {
        let is_of_one = |report: &Diagnostic| unread.iter().any(|end| report.message.ends_with(end));
        reports.retain(|report| *report.code != diag::UNKNOWN_TARGET || !is_of_one(report));
    }
}

/// Drops what is wrong with drafts: they are left out, and stop nobody else.
fn forget_drafts(chapters: &[Chapter], reports: &mut Reports) {
    let drafts: Vec<FileId> =
        chapters.iter().filter(|chapter| chapter.status == Status::Draft).map(|chapter| chapter.file).collect();
    if !drafts.is_empty() {
        reports.retain(|report| !drafts.contains(&report.span().file) || report.code.family() == "file");
    }
}

/// The works, and how they are cited.
fn works(loaded: &Loaded, settings: &Settings, reports: &mut Reports) -> (Bibliography, Option<Style>) {
    let bibliography = bibliography(loaded, settings, reports);
    let style = style(loaded, settings, &bibliography, reports);
    (bibliography, style)
}

/// The keys of theme.yaml.
const THEME_FIELDS: &[Field] =
    &[field("name", Shape::Line, "the theme's name"), field("description", Shape::Line, "what it is for")];

/// A user's theme: its theme.yaml, and whether its templates can be read. The default theme is ours
/// to check.
fn check_theme(theme: &ThemeFiles, words: &Words, settings_file: FileId, reports: &mut Reports) {
    if theme.own.is_empty() {
        return;
    }
    if let Some(own) = theme.own.get("theme.yaml") {
        match own.file.zip(std::str::from_utf8(&own.content).ok()).map(|(file, text)| yaml::parse(text, file, 0)) {
            Some(Ok(node)) => drop(read::read(&node, THEME_FIELDS, &Reader::default(), reports)),
            Some(Err(report)) => reports.push(*report),
            None => {
                let message = "the theme's file theme.yaml is not saved as UTF-8";
                reports.push(Diagnostic::new(&diag::BAD_THEME, Span::top(settings_file), message));
            }
        }
    }
    // The templates are read together: one that cannot be read gives way to the inherited one, until
    // the rest can.
    let mut tried = theme.clone();
    while let Err(error) = Templates::new(&tried, words) {
        reports.push(error.report(theme, settings_file));
        let gave_way = error.template().is_some_and(|name| tried.own.remove(&format!("templates/{name}")).is_some());
        if !gave_way {
            break;
        }
    }
}

/// The folders of the parts, which must exist. One that was renamed is taken for the part all the same, so that its
/// chapters are read as what they are.
fn check_parts(loaded: &Loaded, settings: &mut Settings, reports: &mut Reports) {
    let exists = |folder: &str| loaded.sources.has_in(folder) || loaded.attachments.has_in(folder);
    let missing: Vec<usize> =
        (0..settings.parts.len()).filter(|at| !exists(&settings.parts[*at].folder.value)).collect();
    if missing.is_empty() {
        return;
    }
    let chapters = loaded.sources.iter().filter(|(_, source)| is_chapter(&source.path));
    let mut folders: Vec<&str> = chapters.filter_map(|(_, source)| Some(source.path.rsplit_once('/')?.0)).collect();
    let known = Folders::new(settings.parts.iter().map(|part| part.folder.value.as_str()));
    let is_free = |folder: &&str| known.of(&format!("{folder}/x")).is_none();
    let free: Vec<String> = folders.iter().copied().filter(is_free).map(str::to_owned).collect();
    folders.dedup();
    // The only folder of no part, with several chapters, is the one that was renamed, whatever its name is now.
    let only =
        free.first().filter(|first| missing.len() == 1 && free.len() > 1 && free.iter().all(|one| one == *first));
    for at in missing {
        let part = &mut settings.parts[at];
        let folder = &part.folder.value;
        let near = diag::nearest(folder, free.iter().map(String::as_str))
            .or_else(|| folder_like(loaded, folder, &free))
            .or(only.map(String::as_str));
        // A folder of another part is not taken for this one, but its name may be what was meant.
        let near = near.or_else(|| diag::nearest(folder, folders.iter().copied()).filter(|_| free.is_empty()));
        let fix = near.and_then(|near| Fix::of_name(part.folder.span, folder, near));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no folder `{folder}` with chapters");
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, part.folder.span, message)
                .maybe_help(help.or_else(|| Some("make the folder, or remove the part".into())))
                .maybe_fix(fix),
        );
        if let Some(near) = near.filter(|near| free.iter().any(|folder| folder == near)) {
            part.folder.value = near.to_owned();
        }
    }
}

/// The folder whose chapters have keys that only the kind of `folder` has: it was renamed, whatever its name is now.
fn folder_like<'f>(loaded: &Loaded, folder: &str, free: &'f [String]) -> Option<&'f str> {
    let kind = Kind::from_plural(folder.rsplit('/').next().unwrap_or_default()).filter(|kind| *kind != Kind::Page)?;
    let is_other = |name: &str| {
        Kind::ALL.iter().any(|other| *other != kind && other.fields().iter().any(|field| field.name == name))
    };
    let own: Vec<&str> = kind.fields().iter().map(|field| field.name).filter(|name| !is_other(name)).collect();
    let has_own = |text: &str| {
        let keys = text.lines().skip(1).take_while(|line| line.trim_end() != "---");
        keys.filter_map(|line| line.split_once(':')).any(|(key, _)| own.contains(&key))
    };
    let is_like = |name: &&String| {
        let is_within = |path: &str| path.rsplit_once('/').is_some_and(|(folder, _)| folder == name.as_str());
        let chapters = loaded.sources.iter().filter(|(_, source)| is_chapter(&source.path) && is_within(&source.path));
        let (with, all) =
            chapters.fold((0, 0), |(with, all), (_, source)| (with + usize::from(has_own(&source.text)), all + 1));
        with * 2 > all
    };
    let mut names: Vec<&String> = free.iter().collect();
    names.dedup();
    let mut found = names.into_iter().filter(is_like);
    found.next().filter(|_| found.next().is_none()).map(String::as_str)
}

fn lexicon(loaded: &Loaded, settings: &Settings, unreadable: &[FileId], reports: &mut Reports) -> Lexicon {
    let Some((file, source)) = loaded.sources.find("glossary.yaml").filter(|(file, _)| !unreadable.contains(file))
    else {
        return Lexicon::default();
    };
    let node = match yaml::parse(&source.text, file, 0) {
        Ok(node) => node,
        Err(report) => {
            reports.push(*report);
            return Lexicon::default();
        }
    };
    let reader = Reader { raw_html: settings.raw_html, ..Reader::default() };
    let entries: Vec<Record> = match &node.value {
        YamlValue::List(items) => {
            items.iter().map(|item| read::read(item, TermEntry::FIELDS, &reader, reports)).collect()
        }
        YamlValue::Null => Vec::new(),
        _ => {
            reports.push(
                Diagnostic::new(&diag::WRONG_TYPE, node.span, "the glossary must be a list of terms")
                    .help("begin each entry with `- term: …`, and write its `definition: …` under it"),
            );
            Vec::new()
        }
    };
    let language = Language::new(&settings.language);
    Lexicon::new(entries, |one, other| language.compare(one, other), reports)
}

fn bibliography(loaded: &Loaded, settings: &Settings, reports: &mut Reports) -> Bibliography {
    let named = settings.yaml().bibliography();
    let path = settings.bibliography();
    let Some((file, source)) = loaded.sources.find(path) else {
        if let Some(named) = named {
            let files = loaded.sources.iter().map(|(_, source)| source.path.as_str());
            let near = diag::nearest(path, files.filter(|path| !path.ends_with(".md")));
            reports.push(
                Diagnostic::new(&diag::MISSING_FILE, named.span, format!("there is no file `{path}`"))
                    .help(near.map_or_else(|| PUT_IT_THERE.to_owned(), |near| format!("did you mean `{near}`?")))
                    .maybe_fix(near.and_then(|near| Fix::of_name(named.span, path, near))),
            );
        }
        return citation::read("", BibliographyFormat::BibLatex).0;
    };
    let format = if path.ends_with(".bib") { BibliographyFormat::BibLatex } else { BibliographyFormat::Hayagriva };
    if matches!(format, BibliographyFormat::Hayagriva) && source.text.contains('#') {
        cuts_within(yaml::parse(&source.text, file, 0).ok().as_ref(), reports);
    }
    let (bibliography, mistakes) = citation::read(&source.text, format);
    for mistake in mistakes {
        let span = Span::new(file, mistake.range.start, mistake.range.end);
        reports.push(Diagnostic::new(&diag::BIBLIOGRAPHY_SYNTAX, span, mistake.message));
    }
    bibliography
}

/// The texts of a bibliography in YAML that a `#` cuts.
fn cuts_within(node: Option<&YamlNode>, reports: &mut Reports) {
    let Some(node) = node else { return };
    reports.extend(schema::cut(node));
    match &node.value {
        YamlValue::List(items) => items.iter().for_each(|item| cuts_within(Some(item), reports)),
        YamlValue::Map(entries) => entries.iter().for_each(|(_, value)| cuts_within(Some(value), reports)),
        YamlValue::Null | YamlValue::Scalar { .. } => {}
    }
}

/// The style that is used if none is named.
const USUAL_STYLE: &str = "american-psychological-association";

fn style(loaded: &Loaded, settings: &Settings, bibliography: &Bibliography, reports: &mut Reports) -> Option<Style> {
    let named = settings.yaml().citation_style();
    if named.is_none() && bibliography.keys().next().is_none() {
        // Without works there is nothing to cite, and the style is a large file.
        return None;
    }
    let name = named.map_or(USUAL_STYLE, |named| named.value.as_str());
    let span = named.map_or(Span::top(settings.file), |named| named.span);
    let found = if name.ends_with(".csl") {
        match loaded.sources.find(name) {
            Some((_, source)) => {
                citation::style_from_csl(&source.text).map_err(|message| (&diag::UNKNOWN_STYLE, message, None, None))
            }
            None => {
                Err((&diag::MISSING_FILE, format!("there is no file `{name}`"), Some(PUT_IT_THERE.to_owned()), None))
            }
        }
    } else {
        citation::style_by_name(name).map_err(|unknown| {
            let near: Vec<String> = unknown.nearest.iter().map(|near| format!("`{near}`")).collect();
            let help = if near.is_empty() {
                "write the name of a CSL style, such as `apa` or `vancouver`, or of a .csl file".into()
            } else {
                format!("did you mean {}?", near.join(" or "))
            };
            let fix = match unknown.nearest.as_slice() {
                [only] => Fix::of_name(span, name, only),
                _ => None,
            };
            (&diag::UNKNOWN_STYLE, unknown.message, Some(help), fix)
        })
    };
    match found {
        Ok(style) => Some(style),
        Err((code, message, help, fix)) => {
            reports.push(Diagnostic::new(code, span, message).maybe_help(help).maybe_fix(fix));
            None
        }
    }
}
