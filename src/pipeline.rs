//! The stages in order: what a manual's folder becomes, one value after the other.
//!
//! [`check`] takes the folder as values to a joined [`Manual`] with everything that is wrong with
//! it; [`crate::render::site()`] takes it from there to pages. A stage that finds mistakes goes on.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::citation::{Bibliography, BibliographyFormat, Cluster, Formatted, Style};
use crate::diag::{self, Diagnostic, Fix, Reports, Severity};
use crate::files::relpath::Folders;
use crate::files::source::{Loaded, SourceFile, Sources};
use crate::files::theme::ThemeFiles;
use crate::language::Language;
use crate::link::checks;
use crate::link::manual::Manual;
use crate::model::chapter::Chapter;
use crate::model::glossary::Lexicon;
use crate::model::reading::Conditions;
use crate::model::schema::read::{self, Reader};
use crate::model::schema::record::Record;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::settings::Settings;
use crate::model::{bidi, chapter, glossary, settings, yaml};
use crate::render::address::{made, taken};
use crate::render::template::Templates;
use crate::span::{FileId, Span, Spanned};
use crate::words::Words;
use crate::{citation, par};

/// What the stages depend on beside the manual.
#[derive(Debug, Clone, Copy)]
pub struct Options {
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
    bibliography: Bibliography,
    /// How they are cited.
    style: Option<Style>,
    /// The citations, where they are known already.
    formatted: Option<Formatted>,
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

    /// Keeps the citations for a later state of the manual.
    pub(crate) fn keep_citations(&mut self, formatted: Formatted) {
        self.formatted = Some(formatted);
    }
}

/// An earlier state of a manual, checked.
#[derive(Debug)]
pub struct Before {
    /// Its texts.
    pub sources: Sources,
    /// What came of them.
    pub checked: Checked,
}

/// Reads, joins and checks a manual. `reports` are those from loading it.
pub fn check(loaded: &Loaded, theme: &ThemeFiles, options: Options, reports: Reports) -> Checked {
    check_again(loaded, theme, options, reports, None)
}

/// As [`check`], but reads only what is not as it was `before`. The theme and the options are to be the
/// same as they were.
pub fn check_again(
    loaded: &Loaded,
    theme: &ThemeFiles,
    options: Options,
    mut reports: Reports,
    before: Option<Before>,
) -> Checked {
    let sources = &loaded.sources;
    let before = match before {
        Some(before) if reports.is_empty() => match only_texts_changed(before, loaded) {
            Ok(mut checked) => {
                let context = checks::context::Context { bibliography: &checked.bibliography, as_of: options.as_of };
                checks::all(&checked.manual, context, &mut checked.reports);
                diag::sort(&mut checked.reports, sources);
                return checked;
            }
            Err(before) => Some(*before),
        },
        before => before,
    };
    let mut known = before.map_or_else(Known::default, |before| Known::of(before, sources));
    let unreadable: Vec<FileId> =
        reports.iter().filter(|report| report.code.family() == "file").map(|report| report.span().file).collect();
    let (settings_file, settings_text) = match sources.find("manual.yaml") {
        Some((file, source)) => (file, source.text.as_str()),
        None => (FileId(0), ""),
    };
    let settings = if unreadable.contains(&settings_file) {
        settings::parse(settings_file, "title: \"?\"", &mut Reports::new())
    } else {
        settings::parse(settings_file, settings_text, &mut reports)
    };
    let words = known.words.take().unwrap_or_else(|| {
        let words = Words::new(theme, &settings, &mut reports);
        check_theme(theme, &words, settings_file, &mut reports);
        words
    });
    let lexicon = lexicon(loaded, &settings, &unreadable, &mut reports);
    check_parts(loaded, &settings, &mut reports);

    let conditions = Conditions { raw_html: settings.raw_html, mentions: &lexicon.mentions };
    let folders = folders(&settings);
    let files: Vec<(FileId, &SourceFile)> =
        sources.iter().filter(|(_, source)| crate::files::source::is_chapter(&source.path)).collect();
    let new: Vec<&(FileId, &SourceFile)> =
        files.iter().filter(|(file, _)| !known.chapters.contains_key(file)).collect();
    for (file, source) in sources.iter().filter(|(_, source)| !crate::files::source::is_chapter(&source.path)) {
        bidi::check(file, &source.text, &mut reports);
    }
    let parsed = par::map(&new, |(file, source)| {
        let mut reports = Reports::new();
        bidi::check(*file, &source.text, &mut reports);
        let kind = default_kind(&settings, &folders, &source.path);
        let mut chapter = chapter::parse(*file, source, kind, conditions, &mut reports);
        if unreadable.contains(file) {
            // It keeps its id, so that links to it hold, and has no mistakes but the one.
            reports.clear();
            chapter.broken = true;
        }
        (chapter, reports)
    });
    let mut parsed = parsed.into_iter();
    let mut chapters = Vec::with_capacity(files.len());
    for (file, _) in &files {
        match known.chapters.remove(file) {
            Some(chapter) => chapters.push(chapter),
            None => {
                let (chapter, found) = parsed.next().expect("every chapter is known or was read");
                chapters.push(chapter);
                reports.extend(found);
            }
        }
    }

    let (bibliography, style) = known.works.take().unwrap_or_else(|| {
        let bibliography = bibliography(loaded, &settings, &mut reports);
        let style = style(loaded, &settings, &bibliography, &mut reports);
        (bibliography, style)
    });
    let manual = Manual::new(
        settings,
        lexicon,
        chapters,
        loaded.attachments.clone(),
        options.drafts,
        made::linkable,
        &mut reports,
    );
    let context = checks::context::Context { bibliography: &bibliography, as_of: options.as_of };
    checks::all(&manual, context, &mut reports);
    taken::check(&manual, &mut reports);
    diag::sort(&mut reports, sources);
    let formatted = known.formatted.filter(|(clusters, _)| *clusters == manual.clusters);
    Checked { manual, words, bibliography, style, formatted: formatted.map(|(_, formatted)| formatted), reports }
}

/// Takes over texts of chapters in which nothing changed that the rest of the manual knows of: the
/// manual is joined as it was. Most changes are such, as somebody writes; everything else takes three
/// times as long at 1,000 chapters.
///
/// # Errors
/// What it was given, if more changed, or if there is anything to report.
fn only_texts_changed(before: Before, loaded: &Loaded) -> Result<Checked, Box<Before>> {
    let is_clean = before.checked.reports.is_empty();
    let (old, new) = (before.sources.iter(), loaded.sources.iter());
    let same_files = old.map(|(_, source)| &source.path).eq(new.map(|(_, source)| &source.path));
    let manual = &before.checked.manual;
    if !is_clean || !same_files || manual.attachments != loaded.attachments {
        return Err(Box::new(before));
    }
    let old = before.sources.iter().zip(loaded.sources.iter());
    let changed: Vec<(FileId, &SourceFile)> =
        old.filter(|((_, old), (_, new))| old.text != new.text).map(|(_, new)| new).collect();
    let conditions = Conditions { raw_html: manual.settings.raw_html, mentions: &manual.lexicon.mentions };
    let folders = folders(&manual.settings);
    let mut chapters = Vec::new();
    for (file, source) in changed {
        let Some(ix) = manual.at(&source.path) else { return Err(Box::new(before)) };
        let mut reports = Reports::new();
        let kind = default_kind(&manual.settings, &folders, &source.path);
        let chapter = chapter::parse(file, source, kind, conditions, &mut reports);
        bidi::check(file, &source.text, &mut reports);
        let targets = manual.joined_alike(ix, &chapter).filter(|_| reports.is_empty());
        let Some(targets) = targets else { return Err(Box::new(before)) };
        chapters.push((ix, chapter, targets));
    }
    let mut checked = before.checked;
    for (ix, chapter, targets) in chapters {
        checked.manual.exchange(ix, chapter, targets);
    }
    Ok(checked)
}

/// What is known from an earlier state of the same manual.
#[derive(Default)]
struct Known {
    words: Option<Words>,
    /// Chapters whose file is as it was, and that had no mistakes.
    chapters: HashMap<FileId, Chapter>,
    works: Option<(Bibliography, Option<Style>)>,
    /// The citations of these works, for these mentions of them.
    formatted: Option<(Vec<Cluster>, Formatted)>,
}

impl Known {
    /// What of `before` holds for `sources`.
    fn of(before: Before, sources: &Sources) -> Self {
        let Before { sources: old, checked } = before;
        let Checked { mut manual, words, bibliography, style, formatted, reports } = checked;
        let with_reports: HashSet<FileId> =
            reports.iter().flat_map(|report| report.labels().map(|label| label.span.file)).collect();
        // Neither a file nor whether there is one may have changed, nor may it have been reported.
        let is_same = |path: &str| match (old.find(path), sources.find(path)) {
            (None, None) => true,
            (Some((file, old)), Some((_, new))) => old.text == new.text && !with_reports.contains(&file),
            _ => false,
        };
        if !is_same("manual.yaml") {
            return Self::default();
        }
        let works = manual.settings.bibliography();
        let csl = manual.settings.yaml().citation_style().map_or("", Spanned::as_str);
        let same_works = is_same(works) && is_same(csl);
        let clusters = std::mem::take(&mut manual.clusters);
        let mut known = Self::default();
        // What is wrong with a theme is said again each time.
        if with_reports.iter().all(|file| old.is_own(*file)) {
            known.words = Some(words);
        }
        if same_works {
            known.works = Some((bibliography, style));
            known.formatted = formatted.map(|formatted| (clusters, formatted));
        }
        if is_same("glossary.yaml") {
            let withdrawn = std::mem::take(&mut manual.withdrawn).into_iter().map(|gone| gone.chapter);
            let drafts = std::mem::take(&mut manual.drafts);
            let chapters = std::mem::take(&mut manual.chapters).into_iter().chain(drafts).chain(withdrawn);
            let same = chapters.filter(|chapter| {
                let found = sources.find(&chapter.source);
                found.is_some_and(|(file, new)| file == chapter.file && new.text == old.get(file).text)
                    && !with_reports.contains(&chapter.file)
            });
            known.chapters = same.map(|chapter| (chapter.file, chapter)).collect();
        }
        known
    }
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
                let message = "theme.yaml of the theme is not UTF-8 text";
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

/// What the chapters of a file's folder are about.
fn default_kind(settings: &Settings, folders: &Folders<'_>, path: &str) -> crate::model::kind::Kind {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folders.of(path).map_or_else(|| settings::kind_of_folder(folder), |part| settings.parts[part].kind)
}

/// The folders of the parts that manual.yaml gives.
fn folders(settings: &Settings) -> Folders<'_> {
    Folders::new(settings.parts.iter().map(|part| part.folder.value.as_str()))
}

fn check_parts(loaded: &Loaded, settings: &Settings, reports: &mut Reports) {
    for part in &settings.parts {
        let folder = &part.folder.value;
        if !loaded.sources.has_in(folder) && !loaded.attachments.has_in(folder) {
            let folders = loaded.sources.iter().filter_map(|(_, source)| Some(source.path.rsplit_once('/')?.0));
            let near = diag::nearest(&part.folder.value, folders);
            let fix = near.and_then(|near| Fix::of_name(part.folder.span, &part.folder.value, near));
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let message = format!("there is no folder `{}` with chapters", part.folder.value);
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, part.folder.span, message)
                    .maybe_help(near.or_else(|| Some("make the folder, or take the part out".into())))
                    .maybe_fix(fix),
            );
        }
    }
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
        yaml::Value::List(items) => {
            items.iter().map(|item| read::read(item, glossary::FIELDS, &reader, reports)).collect()
        }
        yaml::Value::Null => Vec::new(),
        _ => {
            reports.push(
                Diagnostic::new(&diag::WRONG_TYPE, node.span, "the glossary is a list of terms")
                    .help("begin each entry with `- term: …`, and its `definition: …` under it"),
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
                    .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
                    .maybe_fix(near.and_then(|near| Fix::of_name(named.span, path, near))),
            );
        }
        return citation::read("", BibliographyFormat::BibLatex).0;
    };
    let format = if path.ends_with(".bib") { BibliographyFormat::BibLatex } else { BibliographyFormat::Hayagriva };
    let (bibliography, mistakes) = citation::read(&source.text, format);
    for mistake in mistakes {
        let span = Span::new(file, mistake.range.start, mistake.range.end);
        reports.push(Diagnostic::new(&diag::BIBLIOGRAPHY_SYNTAX, span, mistake.message));
    }
    bibliography
}

/// The style that is meant where none is named.
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
            None => Err((&diag::MISSING_FILE, format!("there is no file `{name}`"), None, None)),
        }
    } else {
        citation::style_by_name(name).map_err(|unknown| {
            let near: Vec<String> = unknown.nearest.iter().map(|near| format!("`{near}`")).collect();
            let help = if near.is_empty() {
                "name a CSL style, such as `apa` or `vancouver`, or a .csl file".into()
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
