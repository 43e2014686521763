//! Finds out what an author's words mean: turns the text of a link into the thing that it names.

use crate::diag::{self, Code, Diagnostic, Fix, nearest_few};
use crate::files::{relpath, source};
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::link::site_page::SitePage;
use crate::link::targets::Resolved;
use crate::model::body::Target;
use crate::model::kind::Kind;
use crate::span::Span;

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkProblem {
    /// The code.
    pub(crate) code: &'static Code,
    /// Whether the site also works without it: then it is a warning, not an error.
    pub(crate) may_stay: bool,
    /// What is wrong.
    pub(crate) message: String,
    /// What to write instead, if that is known.
    pub(crate) help: Option<String>,
    /// The name as it is written, and the name that was meant, if that is certain.
    pub(crate) meant: Option<(String, String)>,
}

impl LinkProblem {
    fn new(code: &'static Code, message: String, help: Option<String>) -> Self {
        Self { code, may_stay: false, message, help, meant: None }
    }

    /// The same, and what is certainly meant by the name that is written.
    fn meaning(self, written: &str, meant: Option<String>) -> Self {
        Self { meant: meant.map(|meant| (written.to_owned(), meant)), ..self }
    }

    /// The same if a heading is written after the name.
    fn with_heading(self, heading: Option<&str>) -> Self {
        let Some(heading) = heading else { return self };
        let meant = self.meant.map(|(written, meant)| (format!("{written}#{heading}"), format!("{meant}#{heading}")));
        Self { meant, ..self }
    }

    /// The same if the site also works without the withdrawn chapter.
    #[must_use]
    pub(crate) fn of_link(self) -> Self {
        Self { may_stay: self.code == &diag::WITHDRAWN, ..self }
    }

    /// The report on this problem with what is written at `span`.
    pub(crate) fn at(self, span: Span) -> Diagnostic {
        let fix = self.meant.and_then(|(written, meant)| Fix::of_name(span, &written, &meant));
        let report = Diagnostic::new(self.code, span, self.message).maybe_help(self.help).maybe_fix(fix);
        if self.may_stay { report.into_warning() } else { report }
    }

    /// The report on this problem with a name under a key of front matter.
    pub(crate) fn report(self, span: Span, key: &str) -> Diagnostic {
        self.at(span).label(format!("named under `{key}`"))
    }
}

/// Resolves a link in the file `source`. A problem `with_help` says what may be meant, which takes a long time among
/// thousands of chapters.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn resolve(
    manual: &Manual,
    source: &str,
    target: &Target,
    with_help: bool,
) -> Result<Resolved, LinkProblem> {
    match target {
        Target::External(address) => Ok(Resolved::External(address.clone())),
        Target::Wiki { name, heading } => wiki(manual, source, name, heading.as_deref(), with_help),
        Target::Path { path, heading } => path_to(manual, source, path, heading.as_deref(), with_help),
    }
}

fn wiki(
    manual: &Manual,
    source: &str,
    name: &str,
    heading: Option<&str>,
    with_help: bool,
) -> Result<Resolved, LinkProblem> {
    if name.is_empty() {
        return own(manual, source, heading, "[[");
    }
    if let Some(term) = name.strip_prefix("term/") {
        return manual.lexicon.find(term).map(Resolved::Term).ok_or_else(|| {
            let ids = manual.lexicon.terms.iter().map(|term| term.id.value.as_str());
            let near = if with_help { nearest_few(term, ids, 3) } else { Vec::new() };
            LinkProblem::new(
                &diag::UNKNOWN_TARGET,
                format!("{NO_TERM} `{term}`"),
                one_of(&near, |id| format!("term/{id}")).or_else(|| Some("add it to glossary.yaml".into())),
            )
            .meaning(name, only(&near).map(|id| format!("term/{id}")))
            .with_heading(heading)
        });
    }
    match named(manual, name, None, with_help) {
        Ok(chapter) => with_heading(manual, chapter, name, heading),
        Err(problem) => {
            let withdrawn = manual.index.withdrawn.get(name).map(|at| Resolved::Withdrawn(*at));
            withdrawn.ok_or_else(|| problem.with_heading(heading))
        }
    }
}

/// The problem of a link to a withdrawn chapter.
pub(crate) fn withdrawn(manual: &Manual, at: usize) -> LinkProblem {
    let gone = &manual.withdrawn[at].chapter;
    let instead: Vec<String> = gone.common().replaced_by().iter().map(|id| format!("`{}`", id.value)).collect();
    let help = match instead.as_slice() {
        [] => "remove this link, or the entry that names it".to_owned(),
        instead => format!("name {} instead", instead.join(" or ")),
    };
    LinkProblem::new(&diag::WITHDRAWN, format!("`{}` was withdrawn", gone.key()), Some(help))
}

fn own(manual: &Manual, source: &str, heading: Option<&str>, opening: &str) -> Result<Resolved, LinkProblem> {
    let here = manual.index.by_source.get(source).copied();
    match (here, heading) {
        (Some(here), Some(_)) => with_heading(manual, here, "", heading),
        _ => Err(LinkProblem::new(
            &diag::UNKNOWN_TARGET,
            "this link is empty".into(),
            Some(match opening {
                "[[" => "write the id of a chapter, such as `[[role-play]]`".to_owned(),
                _ => "write where it leads: a file, such as `../techniques/role-play.md`, or an address".to_owned(),
            }),
        )),
    }
}

/// The chapter whose file is written instead of its id: `pages/01-risk.md`, `01-risk.md`.
fn by_path(manual: &Manual, name: &str) -> Option<ChapterIx> {
    let path = name.trim_start_matches("../").trim_start_matches("./");
    if !path.ends_with(".md") {
        return None;
    }
    manual.index.by_source.get(path).copied().or_else(|| {
        let ends = |source: &str| source.strip_suffix(path).is_some_and(|before| before.ends_with('/'));
        let mut found = manual.iter().filter(|(_, chapter)| ends(&chapter.source)).map(|(ix, _)| ix);
        found.next().filter(|_| found.next().is_none())
    })
}

/// What to do about a name that means something else in other tools.
fn of_other_tools(name: &str) -> Option<String> {
    match name.to_ascii_lowercase().trim_matches('_') {
        "toc" | "contents" => Some("remove it: every page has a list of its headings".to_owned()),
        _ => name.strip_prefix('@').map(|key| format!("`[@{key}]` is a citation: it has one pair of brackets")),
    }
}

/// A heading of a chapter that is written as `name`.
fn with_heading(
    manual: &Manual,
    chapter: ChapterIx,
    name: &str,
    heading: Option<&str>,
) -> Result<Resolved, LinkProblem> {
    let Some(heading) = heading.filter(|heading| !heading.is_empty()) else {
        return Ok(Resolved::Chapter(chapter, None));
    };
    let target = manual.chapter(chapter);
    if target.broken {
        // Nobody knows which lists it has: that it cannot be read is the fault to mend.
        return Ok(Resolved::Chapter(chapter, None));
    }
    // As in Obsidian, the words of a heading do as well as its anchor.
    let slug = crate::model::text::slug(heading);
    let found =
        target.anchors().find(|anchor| *anchor == heading).or_else(|| target.anchors().find(|anchor| *anchor == slug));
    match found {
        Some(anchor) => Ok(Resolved::Chapter(chapter, Some(anchor.to_owned()))),
        None if target.may_have_list(heading) => Ok(Resolved::Chapter(chapter, None)),
        None => {
            let near = nearest_few(&slug, target.anchors(), 3);
            let help = one_of(&near, |anchor| format!("#{anchor}")).or_else(|| {
                let all: Vec<String> = target.anchors().take(12).map(|anchor| format!("`#{anchor}`")).collect();
                Some(if all.is_empty() {
                    "it has no headings".to_owned()
                } else {
                    format!("you can link to {}", all.join(", "))
                })
            });
            let message = format!("`{}` has no heading `{heading}`", target.key());
            let meant = only(&near).map(|anchor| format!("{name}#{anchor}"));
            Err(LinkProblem::new(&diag::UNKNOWN_HEADING, message, help).meaning(&format!("{name}#{heading}"), meant))
        }
    }
}

/// The chapter that `name` means: an id, or a kind and an id. With a `kind`, it must be of that kind.
///
/// # Errors
/// `link/unknown-target`, `link/ambiguous` or `relation/wrong-kind`.
pub(crate) fn chapter_named(manual: &Manual, name: &str, kind: Option<Kind>) -> Result<ChapterIx, LinkProblem> {
    named(manual, name, kind, true)
}

fn named(manual: &Manual, name: &str, kind: Option<Kind>, with_help: bool) -> Result<ChapterIx, LinkProblem> {
    let index = &manual.index;
    if let Some((prefix, id)) = name.split_once('/') {
        let named = Kind::from_name(prefix);
        if let (Some(named), Some(kind)) = (named, kind)
            && named != kind
        {
            return Err(wrong_kind(name, named, kind));
        }
        if let Some(found) = named.and_then(|named| manual.find(named, id)) {
            return Ok(found);
        }
        return Err(unknown(manual, name, id, kind.or(named), with_help));
    }
    if let Some(kind) = kind {
        if let Some(found) = manual.find(kind, name) {
            return Ok(found);
        }
        if let Some(other) = index.by_id.get(name).and_then(|found| found.first()) {
            return Err(wrong_kind(name, manual.chapter(*other).kind, kind));
        }
        return Err(unknown(manual, name, name, Some(kind), with_help));
    }
    match index.by_id.get(name).map(Vec::as_slice) {
        Some([only]) => Ok(*only),
        Some(several) => {
            let keys: Vec<String> = several.iter().map(|found| format!("`{}`", manual.chapter(*found).key())).collect();
            let message = format!("`{name}` could mean {} chapters", keys.len());
            Err(LinkProblem::new(&diag::AMBIGUOUS, message, Some(format!("write {}", keys.join(" or ")))))
        }
        None => Err(unknown(manual, name, name, None, with_help)),
    }
}

fn wrong_kind(name: &str, found: Kind, wanted: Kind) -> LinkProblem {
    LinkProblem::new(
        &diag::WRONG_KIND,
        format!("`{name}` is {}, not {}", found.with_article(), wanted.with_article()),
        Some(format!("name {} here", wanted.with_article())),
    )
}

/// What is said of an id that no chapter of a kind has.
fn no_such(id: &str, kind: Option<Kind>) -> String {
    let what = kind.map_or_else(|| "chapter".to_owned(), Kind::words);
    format!("no {what} has the id `{id}`")
}

/// The problem of a name that means a chapter in another way: one that is left out or withdrawn, an old name, a path.
fn known_otherwise(manual: &Manual, name: &str, id: &str, kind: Option<Kind>, with_help: bool) -> Option<LinkProblem> {
    let message = no_such(id, kind);
    let index = &manual.index;
    let draft = kind
        .and_then(|kind| index.drafts.get(&crate::model::chapter::key(kind, id)))
        .or_else(|| if kind.is_none() { index.drafts.get(name) } else { None });
    if let Some(source) = draft {
        let help = format!("{source} is a draft and is left out: approve it, or build with --drafts");
        return Some(LinkProblem::new(&diag::UNKNOWN_TARGET, message, Some(help)));
    }
    let withdrawn = match kind {
        Some(kind) => index.withdrawn.get(&crate::model::chapter::key(kind, id)),
        None => index.withdrawn.get(name),
    };
    if let Some(at) = withdrawn {
        return Some(self::withdrawn(manual, *at));
    }
    if let Some(renamed) = index.aliases.get(id).or_else(|| index.aliases.get(name)) {
        let renamed = manual.chapter(*renamed);
        let help = format!("this is an old name of `{}`: write the new one", renamed.key());
        let meant = match kind {
            Some(kind) if kind != renamed.kind => None,
            Some(_) if !name.contains('/') => Some(renamed.id.value.clone()),
            _ => Some(renamed.key()),
        };
        return Some(LinkProblem::new(&diag::UNKNOWN_TARGET, message, Some(help)).meaning(name, meant));
    }
    if kind.is_none()
        && let Some((folder, id)) = name.split_once('/')
        && let Some(found) = Kind::from_plural(folder).and_then(|kind| manual.find(kind, id.trim_end_matches(".md")))
    {
        let key = manual.chapter(found).key();
        return Some(
            LinkProblem::new(&diag::UNKNOWN_TARGET, message, Some(format!("write `{key}`"))).meaning(name, Some(key)),
        );
    }
    if with_help
        && let Some(found) =
            by_path(manual, name).filter(|found| kind.is_none_or(|kind| manual.chapter(*found).kind == kind))
    {
        let chapter = manual.chapter(found);
        let written = if kind.is_some() { chapter.id.value.clone() } else { chapter.key() };
        return Some(
            LinkProblem::new(&diag::UNKNOWN_TARGET, message, Some(format!("write `{written}`: its id, not its file")))
                .meaning(name, Some(written)),
        );
    }
    None
}

fn unknown(manual: &Manual, name: &str, id: &str, kind: Option<Kind>, with_help: bool) -> LinkProblem {
    if let Some(problem) = known_otherwise(manual, name, id, kind, with_help) {
        return problem;
    }
    let message = no_such(id, kind);
    let index = &manual.index;
    if !with_help {
        return LinkProblem::new(&diag::UNKNOWN_TARGET, message, None);
    }
    if id.contains([',', ';']) || [" and ", " und ", " y ", " et ", " & "].iter().any(|word| id.contains(word)) {
        let help = "write each id alone: in a list, each is an item of its own";
        return LinkProblem::new(&diag::UNKNOWN_TARGET, message, Some(help.into()));
    }
    let near = manual.ids().nearest_few(id, |at| kind.is_none_or(|kind| manual.chapters[at].kind == kind), 3);
    let help = one_of(&near, |near| match kind {
        Some(_) => near.to_owned(),
        None => match index.by_id.get(near).map(Vec::as_slice) {
            Some([only]) if !name.contains('/') => manual.chapter(*only).id.value.clone(),
            Some([only, ..]) => manual.chapter(*only).key(),
            _ => near.to_owned(),
        },
    });
    let elsewhere = || {
        let other = index.by_id.get(id)?.first()?;
        Some(format!(
            "there is {} with that id: `{}`",
            manual.chapter(*other).kind.with_article(),
            manual.chapter(*other).key()
        ))
    };
    let meant = only(&near).and_then(|near| match (name.split_once('/'), kind) {
        // The kind that is written before the id stays.
        (Some((prefix, _)), _) if Kind::from_name(prefix).is_some() => Some(format!("{prefix}/{near}")),
        (_, Some(_)) => Some(near.to_owned()),
        // Of two kinds either may be meant.
        (written, None) => match index.by_id.get(near).map(Vec::as_slice) {
            Some([only]) if written.is_some() => Some(manual.chapter(*only).key()),
            Some([only]) => Some(manual.chapter(*only).id.value.clone()),
            _ => None,
        },
    });
    let term = || {
        let is_term = kind.is_none() && manual.lexicon.find(id).is_some();
        is_term.then(|| format!("there is a term with that id: write `term/{id}`"))
    };
    let help = help.or_else(elsewhere).or_else(term).or_else(|| of_other_tools(name)).unwrap_or_else(|| {
        let one = kind.map_or_else(|| "a chapter".to_owned(), Kind::with_article);
        format!("write the id of {one} that the manual has, or remove it")
    });
    LinkProblem::new(&diag::UNKNOWN_TARGET, message, Some(help)).meaning(name, meant)
}

/// The name that is near, where no other is.
fn only<'a>(near: &[&'a str]) -> Option<&'a str> {
    match near {
        [only] => Some(only),
        _ => None,
    }
}

fn one_of(near: &[&str], show: impl Fn(&str) -> String) -> Option<String> {
    let shown: Vec<String> = near.iter().map(|name| format!("`{}`", show(name))).collect();
    (!shown.is_empty()).then(|| format!("did you mean {}?", shown.join(" or ")))
}

fn path_to(
    manual: &Manual,
    source: &str,
    path: &str,
    heading: Option<&str>,
    with_help: bool,
) -> Result<Resolved, LinkProblem> {
    if path.is_empty() {
        return own(manual, source, heading, "#");
    }
    let Some(found) = relpath::resolve(source, path) else {
        return Err(LinkProblem::new(
            &diag::OUTSIDE_MANUAL,
            format!("`{path}` leads out of the manual folder"),
            Some("copy the file into the manual, or link to its address on the web".into()),
        ));
    };
    let of_source = |found: &str| manual.index.by_source.get(found).copied();
    let otherwise_made_up = || {
        let chapter = manual.index.sources_in_lower_case.get(&*relpath::folded(&found)).copied()?;
        is_same_name(&manual.chapter(chapter).source, &found).then_some(chapter)
    };
    if let Some(chapter) = of_source(&found).or_else(otherwise_made_up) {
        return with_heading(manual, chapter, path, heading);
    }
    if let Some(at) = manual.index.withdrawn.get(&found) {
        return Ok(Resolved::Withdrawn(*at));
    }
    let folder = match (manual.site_pages)(&found) {
        Some(SitePage::Made(name)) => return Ok(Resolved::Made(name, heading.map(str::to_owned))),
        Some(SitePage::Part(folder)) => folder,
        None => found.trim_end_matches('/'),
    };
    if let Some(part) = manual.parts.iter().position(|part| part.folder == folder) {
        return Ok(Resolved::Part(part));
    }
    file_at(manual, source, path, &found, with_help)
        .map(Resolved::File)
        .map_err(|problem| problem.with_heading(heading))
}

/// Whether two names look the same to readers, and only their letters are composed differently (Unicode normal forms).
fn is_same_name(one: &str, other: &str) -> bool {
    relpath::composed(one) == relpath::composed(other)
}

/// The file of the manual at `found`, which `source` wrote as `path`. See [`resolve()`] for `with_help`.
///
/// # Errors
/// `link/case-mismatch` or `link/missing-file`.
pub(crate) fn file_at(
    manual: &Manual,
    source: &str,
    path: &str,
    found: &str,
    with_help: bool,
) -> Result<String, LinkProblem> {
    let index = &manual.index;
    if manual.attachments.contains(found) {
        return Ok(found.to_owned());
    }
    if let Some(same) = manual.attachments.differing_in_case(found).filter(|other| is_same_name(other, found)) {
        return Ok(same.to_owned());
    }
    let lower = relpath::folded(found);
    let other = manual
        .attachments
        .differing_in_case(found)
        .or_else(|| index.sources_in_lower_case.get(&*lower).map(|chapter| manual.chapter(*chapter).source.as_str()));
    if let Some(other) = other {
        let other = relpath::relative(source, other);
        let message = format!("`{path}` does not have the same capital letters as the file's name");
        let problem = LinkProblem::new(&diag::CASE_MISMATCH, message, Some(format!("write `{other}`")));
        return Err(problem.meaning(path, whole(other)));
    }
    if index.drafts.contains_key(found) {
        let help = format!("{found} is a draft and is left out: approve it, or build with --drafts");
        return Err(LinkProblem::new(&diag::MISSING_FILE, format!("there is no page for `{path}`"), Some(help)));
    }
    let message = format!("there is no file `{path}`");
    if !with_help {
        return Err(LinkProblem::new(&diag::MISSING_FILE, message, None));
    }
    if source::is_text(found) {
        let why = "iptbook reads such files and does not copy them. If readers should get it, put it in `assets/`";
        return Err(LinkProblem::new(&diag::MISSING_FILE, format!("`{path}` is not published"), Some(why.into())));
    }
    if let Some(address) = web_address(path) {
        let help = format!("if this leads out of the manual, write `{address}`");
        return Err(LinkProblem::new(&diag::MISSING_FILE, message, Some(help)));
    }
    let near = manual.paths().nearest_few(found, |_| true, 3);
    // Perhaps it is in another folder.
    let name = found.rsplit('/').next().unwrap_or_default();
    let near = if near.is_empty() { manual.paths().ending(name, 3) } else { near };
    let help = one_of(&near, |near| relpath::relative(source, near)).unwrap_or_else(|| PUT_IT_THERE.to_owned());
    let meant = only(&near).and_then(|near| whole(relpath::relative(source, near)));
    Err(LinkProblem::new(&diag::MISSING_FILE, message, Some(help)).meaning(path, meant))
}

/// The address that somebody meant who wrote `www.example.org`, `name@example.org` or `example.org/page`.
fn web_address(path: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    let host = lower.split(['/', '?', '#']).next().unwrap_or_default();
    let ending = host.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    let is_name = host.split('.').all(|part| !part.is_empty()) && !host.contains(char::is_whitespace);
    if host.contains('@') {
        return (is_name && !host.starts_with('@') && !ending.is_empty()).then(|| format!("mailto:{path}"));
    }
    let is_host = is_name && (host.starts_with("www.") || ENDINGS.contains(&ending));
    is_host.then(|| format!("https://{path}"))
}

/// How the names of most websites end that a manual may link to.
const ENDINGS: [&str; 32] = [
    "com", "org", "net", "edu", "gov", "int", "info", "eu", "uk", "de", "fr", "es", "it", "nl", "be", "at", "ch", "se",
    "no", "dk", "fi", "pt", "ie", "au", "ca", "nz", "us", "br", "mx", "jp", "health", "nhs",
];

/// What to do about a file that is not there.
pub(crate) const NO_TERM: &str = "the glossary has no term";

pub(crate) const PUT_IT_THERE: &str = "put the file in this place, or correct its name";

/// A path that a link can name as it is: a space would end it.
fn whole(path: String) -> Option<String> {
    (!path.contains(' ')).then_some(path)
}
