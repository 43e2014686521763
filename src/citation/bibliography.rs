//! Reads a bibliography file and repairs its entries.
//!
//! Both parsers underneath stop at the first mistake. An author wants all mistakes at once, and the rest of
//! the manual checked as well, so this reader confines each mistake to its entry, and inside an entry to its
//! field, and goes on.

use std::collections::BTreeMap;
use std::ops::Range;

use biblatex::{ChunksExt, Field, Pair, ParseErrorKind, RawBibliography, RawChunk, RawEntry, Spanned, Token};
use hayagriva::Entry;
use hayagriva::types::{
    ChunkKind, ChunkedString, EntryType, FormatString, Person, PersonsWithRoles, Publisher, StringChunk,
};

/// A parsed bibliography, in file order.
#[derive(Debug, Clone, Default)]
pub struct Bibliography {
    entries: Vec<Entry>,
    by_key: BTreeMap<String, usize>,
    /// What is still to be checked of some works.
    to_check: BTreeMap<String, String>,
}

impl Bibliography {
    /// The citation keys, in file order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(Entry::key)
    }

    /// Whether a work with this citation key can be cited.
    pub fn contains(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// What its author still has to check of a work, as the note `From memory: …` tells it.
    pub fn to_check(&self, key: &str) -> Option<&str> {
        self.to_check.get(key).map(String::as_str)
    }

    /// Where readers find a work on the web, as it is written in the file and as an address.
    pub fn address(&self, key: &str) -> Option<(String, String)> {
        let entry = self.get(key)?;
        if let Some(doi) = entry.doi() {
            let bare = doi.trim_start_matches("https://doi.org/").trim_start_matches("http://dx.doi.org/");
            return Some((doi.to_owned(), format!("https://doi.org/{bare}")));
        }
        entry.url_any().map(|url| (url.value.as_str().to_owned(), url.value.as_str().to_owned()))
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).and_then(|&ix| self.entries.get(ix))
    }

    fn push(&mut self, entry: Entry) {
        self.by_key.insert(entry.key().to_owned(), self.entries.len());
        self.entries.push(entry);
    }
}

/// How a bibliography file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BibliographyFormat {
    /// BibTeX or BibLaTeX, `.bib`.
    BibLatex,
    /// Hayagriva's own YAML, `.yml` or `.yaml`.
    Hayagriva,
}

/// A mistake in the bibliography file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BibliographyMistake {
    /// A sentence for the author, without a full stop and without the place.
    pub message: String,
    /// The bytes it is about, on character boundaries of the text.
    pub range: Range<usize>,
}

/// Reads as much as can be read: the usable entries, and every mistake in the order of the file.
///
/// An entry with a mistake in one field is kept without that field, so that citations of it do not fail as well.
pub fn read(text: &str, format: BibliographyFormat) -> (Bibliography, Vec<BibliographyMistake>) {
    let mut mistakes = Mistakes { text, found: Vec::new() };
    let entries = match format {
        BibliographyFormat::BibLatex => read_biblatex(text, &mut mistakes),
        BibliographyFormat::Hayagriva => read_yaml(text, &mut mistakes),
    };

    let mut bibliography = Bibliography::default();
    for mut entry in entries {
        if let Some(note) = private_note(&entry) {
            bibliography.to_check.insert(entry.key().to_owned(), note);
        }
        tidy(&mut entry, format);
        bibliography.push(entry);
    }
    (bibliography, mistakes.in_file_order())
}

/// The mistakes found so far, and the text that they are in.
struct Mistakes<'t> {
    text: &'t str,
    found: Vec<BibliographyMistake>,
}

impl Mistakes<'_> {
    /// Notes a mistake. A range that does not fit the text (the parsers have such) is made to fit.
    fn note(&mut self, range: Range<usize>, message: impl Into<String>) {
        let start = self.text.floor_char_boundary(range.start);
        let mut end = self.text.ceil_char_boundary(range.end.max(start));
        if end == start {
            end = self.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        }
        self.found.push(BibliographyMistake { message: message.into(), range: start..end });
    }

    fn line_of(&self, offset: usize) -> usize {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        1 + before.bytes().filter(|&byte| byte == b'\n').count()
    }

    fn in_file_order(mut self) -> Vec<BibliographyMistake> {
        self.found
            .sort_by(|a, b| (a.range.start, a.range.end, &a.message).cmp(&(b.range.start, b.range.end, &b.message)));
        self.found.dedup();
        self.found
    }
}

// ---- BibLaTeX ----------------------------------------------------------------------------------------------

/// More nested braces than this are garbage; biblatex's parser would use up the stack on them.
const MOST_NESTED_BRACES: usize = 100;
/// A longer chain of `crossref` or of `@string` is garbage, or a circle.
const LONGEST_CHAIN: usize = 16;
/// An abbreviation that grows longer than this, in bytes, was made to do harm.
const LONGEST_ABBREVIATION: usize = 100_000;

fn read_biblatex(text: &str, mistakes: &mut Mistakes<'_>) -> Vec<Entry> {
    let raw = parse_raw(text, mistakes);
    let abbreviations = sound_abbreviations(raw.abbreviations, mistakes);
    let entries = distinct_entries(raw.entries, mistakes);
    let entries = sound_fields(entries, &abbreviations, mistakes);
    let entries = sound_crossrefs(entries, &abbreviations, mistakes);
    convert(entries, &abbreviations, mistakes)
}

/// Splits the file into entries: in one go, or, where that fails, entry by entry.
fn parse_raw<'t>(text: &'t str, mistakes: &mut Mistakes<'_>) -> RawBibliography<'t> {
    if let Ok(raw) = RawBibliography::parse(text) {
        return raw;
    }

    let mut whole = RawBibliography { preamble: String::new(), entries: Vec::new(), abbreviations: Vec::new() };
    for piece in entry_pieces(text) {
        match RawBibliography::parse(&text[piece.clone()]) {
            Ok(mut raw) => {
                raw.entries.iter_mut().for_each(|entry| shift_entry(entry, piece.start));
                raw.abbreviations.iter_mut().for_each(|pair| shift_pair(pair, piece.start));
                whole.entries.append(&mut raw.entries);
                whole.abbreviations.append(&mut raw.abbreviations);
            }
            Err(error) => {
                let first_line = piece.start..piece.start + text[piece.clone()].lines().next().map_or(0, str::len);
                let at_the_end = text[piece.clone()].get(error.span.start..).is_none_or(|rest| rest.trim().is_empty());
                let range = if at_the_end { first_line } else { shifted(&error.span, piece.start) };
                mistakes.note(range, syntax_sentence(&error.kind, at_the_end));
            }
        }
    }
    whole
}

/// The ranges from each line that begins an entry, such as `@article{`, to the next such line.
fn entry_pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let after_kind =
            trimmed.strip_prefix('@').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()));
        if after_kind.is_some_and(|rest| rest.trim_start().starts_with('{')) {
            starts.push(offset + line.len() - trimmed.len());
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn shifted(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

fn shift_entry(entry: &mut Spanned<RawEntry<'_>>, by: usize) {
    entry.span = shifted(&entry.span, by);
    entry.v.key.span = shifted(&entry.v.key.span, by);
    entry.v.kind.span = shifted(&entry.v.kind.span, by);
    entry.v.fields.iter_mut().for_each(|pair| shift_pair(pair, by));
}

fn shift_pair(pair: &mut Pair<'_>, by: usize) {
    pair.key.span = shifted(&pair.key.span, by);
    pair.value.span = shifted(&pair.value.span, by);
    for chunk in &mut pair.value.v {
        chunk.span = shifted(&chunk.span, by);
    }
}

fn syntax_sentence(kind: &ParseErrorKind, at_the_end: bool) -> String {
    match kind {
        _ if at_the_end => "this entry is not closed: a `}` (or a quotation mark) is missing in it".to_owned(),
        ParseErrorKind::Expected(Token::Comma) => "a comma is missing before this: each field ends with one".to_owned(),
        ParseErrorKind::Expected(Token::Equals) => {
            "an `=` is missing here, between the field's name and its text".to_owned()
        }
        ParseErrorKind::Expected(Token::Identifier) => "the name of a field belongs here, such as `title`".to_owned(),
        ParseErrorKind::Expected(token) => format!("a {token} is missing here"),
        ParseErrorKind::Unexpected(token) => format!("this {token} does not belong here"),
        ParseErrorKind::UnexpectedEof => "the text of a field belongs here, in braces: `{…}`".to_owned(),
        ParseErrorKind::UnknownAbbreviation(name) => {
            format!("the abbreviation `{name}` is not defined: write the text in braces, `{{{name}}}`")
        }
        ParseErrorKind::MalformedCommand => {
            "a backslash stands here without a TeX command: write `\\textbackslash{}` for the character".to_owned()
        }
        ParseErrorKind::DuplicateKey(key) => format!("the key `{key}` is taken by another entry"),
        other => format!("this cannot be read: {other}"),
    }
}

/// Leaves out `@string` abbreviations that lead back to themselves or grow without measure.
fn sound_abbreviations<'t>(abbreviations: Vec<Pair<'t>>, mistakes: &mut Mistakes<'_>) -> Vec<Pair<'t>> {
    let by_name: BTreeMap<&str, &Field<'_>> = abbreviations.iter().map(|pair| (pair.key.v, &pair.value.v)).collect();
    let mut lengths = BTreeMap::new();
    let sound: Vec<bool> = abbreviations
        .iter()
        .map(|pair| {
            nesting_depth(&pair.value.v) <= MOST_NESTED_BRACES
                && expanded_length(pair.key.v, &by_name, &mut lengths, 0).is_some()
        })
        .collect();
    abbreviations
        .into_iter()
        .zip(sound)
        .filter_map(|(pair, sound)| {
            if !sound {
                mistakes.note(
                    pair.key.span.clone(),
                    format!("the abbreviation `{}` leads back to itself, or grows too long", pair.key.v),
                );
            }
            sound.then_some(pair)
        })
        .collect()
}

/// The length of an abbreviation when all abbreviations in it are written out; `None` if there is no end to it.
fn expanded_length<'t>(
    name: &'t str,
    by_name: &BTreeMap<&'t str, &Field<'t>>,
    lengths: &mut BTreeMap<&'t str, Option<usize>>,
    depth: usize,
) -> Option<usize> {
    if let Some(known) = lengths.get(name) {
        return *known;
    }
    let length = if depth > LONGEST_CHAIN {
        None
    } else {
        by_name.get(name).map_or(Some(0), |field| {
            field.iter().try_fold(0, |sum: usize, chunk| {
                let length = match chunk.v {
                    RawChunk::Normal(text) => Some(text.len()),
                    RawChunk::Abbreviation(inner) => expanded_length(inner, by_name, lengths, depth + 1),
                };
                length.map(|length| sum + length).filter(|&sum| sum <= LONGEST_ABBREVIATION)
            })
        })
    };
    lengths.insert(name, length);
    length
}

fn nesting_depth(field: &Field<'_>) -> usize {
    let mut deepest = 0;
    for chunk in field {
        let (RawChunk::Normal(text) | RawChunk::Abbreviation(text)) = chunk.v;
        let mut depth = 0_usize;
        for byte in text.bytes() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Keeps the first entry of each key.
fn distinct_entries<'t>(
    entries: Vec<Spanned<RawEntry<'t>>>,
    mistakes: &mut Mistakes<'_>,
) -> Vec<Spanned<RawEntry<'t>>> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut distinct = Vec::new();
    for entry in entries {
        let key = &entry.v.key;
        if key.v.is_empty() {
            mistakes.note(
                entry.v.kind.span.clone(),
                "this entry has no key: write one after the brace, as in `@article{weissman2020,`",
            );
        } else if let Some(&start) = first.get(key.v) {
            mistakes.note(key.span.clone(), duplicate_sentence(key.v, mistakes.line_of(start)));
        } else {
            first.insert(key.v, key.span.start);
            distinct.push(entry);
        }
    }
    distinct
}

fn duplicate_sentence(key: &str, first_line: usize) -> String {
    format!("the key `{key}` occurs twice: line {first_line} has it first, and this entry is not used")
}

/// Leaves out fields whose text cannot be read.
fn sound_fields<'t>(
    mut entries: Vec<Spanned<RawEntry<'t>>>,
    abbreviations: &[Pair<'t>],
    mistakes: &mut Mistakes<'_>,
) -> Vec<Spanned<RawEntry<'t>>> {
    for entry in &mut entries {
        let shallow = entry.v.fields.iter().all(|pair| nesting_depth(&pair.value.v) <= MOST_NESTED_BRACES);
        let whole = if shallow { parse_alone(&entry.v.key, &entry.v.fields, abbreviations).ok() } else { None };
        if whole
            .is_some_and(|whole| whole.fields.iter().all(|(field, text)| can_be_date(field, &text.format_verbatim())))
        {
            continue;
        }
        entry.v.fields.retain(|pair| {
            if nesting_depth(&pair.value.v) > MOST_NESTED_BRACES {
                mistakes.note(pair.value.span.clone(), "this text has more nested braces than can be read");
                return false;
            }
            match parse_alone(&entry.v.key, std::slice::from_ref(pair), abbreviations) {
                Ok(alone) => {
                    let wrong = alone
                        .fields
                        .iter()
                        .map(|(field, text)| (field, text.format_verbatim()))
                        .find(|(field, text)| !can_be_date(field, text));
                    if let Some((field, text)) = &wrong {
                        mistakes.note(pair.value.span.clone(), date_sentence(field, text).unwrap_or_default());
                    }
                    wrong.is_none()
                }
                Err(error) => {
                    // Spans inside a TeX command's braces count from the wrong place.
                    let inside = pair.value.span.start <= error.span.start && error.span.end <= pair.value.span.end;
                    let range = if inside { error.span } else { pair.value.span.clone() };
                    mistakes.note(range, syntax_sentence(&error.kind, false));
                    false
                }
            }
        });
    }
    entries
}

/// Parses these fields as if they made an entry, and `crossref` and `xdata` did not reach other entries.
fn parse_alone<'t>(
    key: &Spanned<&'t str>,
    fields: &[Pair<'t>],
    abbreviations: &[Pair<'t>],
) -> Result<biblatex::Entry, biblatex::ParseError> {
    let abbreviated =
        fields.iter().flat_map(|pair| &pair.value.v).any(|chunk| matches!(chunk.v, RawChunk::Abbreviation(_)));
    let abbreviations = if abbreviated { abbreviations.to_vec() } else { Vec::new() };
    let fields = fields
        .iter()
        .cloned()
        .map(|mut pair| {
            pair.key.v = reference_alias(pair.key.v).unwrap_or(pair.key.v);
            pair
        })
        .collect();
    let kind = Spanned::new("misc", key.span.clone());
    let entry = Spanned::new(RawEntry { key: Spanned::new("alone", key.span.clone()), kind, fields }, key.span.clone());
    let raw = RawBibliography { preamble: String::new(), entries: vec![entry], abbreviations };
    let parsed = biblatex::Bibliography::from_raw(raw)?;
    Ok(parsed.into_iter().next().unwrap_or_else(|| biblatex::Entry::new(String::new(), biblatex::EntryType::Misc)))
}

/// A name under which biblatex does not follow a reference to another entry.
fn reference_alias(field: &str) -> Option<&'static str> {
    match field.to_ascii_lowercase().as_str() {
        "crossref" => Some("ipt-crossref"),
        "xdata" => Some("ipt-xdata"),
        _ => None,
    }
}

/// Leaves out `crossref` and `xdata` that lead nowhere or in a circle: biblatex would follow a circle until the stack ends.
fn sound_crossrefs<'t>(
    mut entries: Vec<Spanned<RawEntry<'t>>>,
    abbreviations: &[Pair<'t>],
    mistakes: &mut Mistakes<'_>,
) -> Vec<Spanned<RawEntry<'t>>> {
    let targets: BTreeMap<String, Vec<String>> = entries
        .iter()
        .map(|entry| {
            (
                entry.v.key.v.to_owned(),
                entry.v.fields.iter().flat_map(|pair| crossref_targets(&entry.v.key, pair, abbreviations)).collect(),
            )
        })
        .collect();
    let endless = |key: &str| chain_length(key, &targets, 0) > LONGEST_CHAIN;

    for entry in &mut entries {
        entry.v.fields.retain(|pair| {
            let wrong = crossref_targets(&entry.v.key, pair, abbreviations).into_iter().find_map(|target| {
                if !targets.contains_key(&target) {
                    Some(format!("`{target}` is not in the bibliography"))
                } else if endless(&target) {
                    Some(format!("`{target}` leads back to this entry, or through too many others"))
                } else {
                    None
                }
            });
            if let Some(sentence) = &wrong {
                mistakes.note(pair.value.span.clone(), sentence.as_str());
            }
            wrong.is_none()
        });
    }
    entries
}

fn crossref_targets<'t>(key: &Spanned<&'t str>, pair: &Pair<'t>, abbreviations: &[Pair<'t>]) -> Vec<String> {
    let Some(alias) = reference_alias(pair.key.v) else {
        return Vec::new();
    };
    let Ok(alone) = parse_alone(key, std::slice::from_ref(pair), abbreviations) else {
        return Vec::new();
    };
    if alias == "ipt-xdata" {
        alone.get_as::<Vec<String>>(alias).unwrap_or_default()
    } else {
        alone.get_as::<String>(alias).into_iter().collect()
    }
}

/// How many steps lead away from this entry at most; more than [`LONGEST_CHAIN`] if there is no end.
fn chain_length(key: &str, targets: &BTreeMap<String, Vec<String>>, steps: usize) -> usize {
    if steps > LONGEST_CHAIN {
        return steps;
    }
    let next = targets.get(key).into_iter().flatten();
    next.map(|target| chain_length(target, targets, steps + 1)).max().unwrap_or(steps)
}

/// Makes hayagriva's entries of the raw ones.
fn convert<'t>(
    mut entries: Vec<Spanned<RawEntry<'t>>>,
    abbreviations: &[Pair<'t>],
    mistakes: &mut Mistakes<'_>,
) -> Vec<Entry> {
    let parsed = loop {
        let raw = RawBibliography {
            preamble: String::new(),
            entries: entries.clone(),
            abbreviations: abbreviations.to_vec(),
        };
        match biblatex::Bibliography::from_raw(raw) {
            Ok(parsed) => break parsed,
            Err(error) => {
                // Each round leaves out one entry, so this ends.
                let Some(ix) = entries
                    .iter()
                    .position(|entry| entry.span.start <= error.span.start && error.span.start < entry.span.end)
                else {
                    mistakes.note(error.span, syntax_sentence(&error.kind, false));
                    break biblatex::Bibliography::new();
                };
                let entry = entries.remove(ix);
                mistakes.note(entry.v.key.span, syntax_sentence(&error.kind, false));
            }
        }
    };
    parsed.iter().zip(&entries).filter_map(|(parsed, raw)| convert_entry(parsed.clone(), &raw.v, mistakes)).collect()
}

/// Makes hayagriva's entry, without the fields that hayagriva cannot convert.
fn convert_entry(mut parsed: biblatex::Entry, raw: &RawEntry<'_>, mistakes: &mut Mistakes<'_>) -> Option<Entry> {
    // A therapist's manual is a report to a citation style; hayagriva would make an encyclopaedia of it.
    if parsed.entry_type == biblatex::EntryType::Manual {
        parsed.entry_type = biblatex::EntryType::Report;
    }
    // biblatex passes over a date that it cannot read, and the work would count as undated.
    if let Ok(biblatex::PermissiveType::Chunks(chunks)) = parsed.date() {
        let range =
            raw.fields.iter().find(|pair| pair.key.v.eq_ignore_ascii_case("date")).map(|pair| pair.value.span.clone());
        if let (Some(range), Some(sentence)) = (range, date_sentence("date", &chunks.format_verbatim())) {
            mistakes.note(range, sentence);
        }
    }
    loop {
        let error = match Entry::try_from(&parsed) {
            Ok(entry) => return Some(entry),
            Err(error) => error,
        };
        let culprit = parsed.fields.keys().find(|&field| {
            let mut without = parsed.clone();
            without.fields.remove(field);
            Entry::try_from(&without).err().as_ref() != Some(&error)
        });
        let Some(culprit) = culprit.cloned() else {
            mistakes.note(raw.key.span.clone(), format!("the entry `{}` cannot be read: {error}", raw.key.v));
            return None;
        };
        let value = parsed.fields.remove(&culprit).map(|chunks| chunks.format_verbatim()).unwrap_or_default();
        let range = raw
            .fields
            .iter()
            .find(|pair| pair.key.v.eq_ignore_ascii_case(&culprit))
            .map_or(&raw.key.span, |pair| &pair.value.span);
        mistakes.note(range.clone(), field_sentence(&culprit, &value, &error.kind));
    }
}

fn field_sentence(field: &str, value: &str, kind: &biblatex::TypeErrorKind) -> String {
    date_sentence(field, value).unwrap_or_else(|| format!("the field `{field}` of this entry cannot be read: {kind}"))
}

/// What is wrong with a date, if the field is one.
fn date_sentence(field: &str, value: &str) -> Option<String> {
    let hint = match field {
        "year" => "write four digits, or leave the field out",
        "date" | "urldate" | "eventdate" | "origdate" => {
            "write it as 2020, 2020-05 or 2020-05-31, or leave the field out"
        }
        "month" => "write a number from 1 to 12",
        "day" => "write a number from 1 to 31",
        _ => return None,
    };
    Some(format!("`{}` is no {field}: {hint}", value.trim()))
}

/// Whether biblatex can be asked to read this date; it panics on some texts that are none.
fn can_be_date(field: &str, text: &str) -> bool {
    if date_sentence(field, text).is_none() {
        return true;
    }
    let text = text.trim();
    let plain_digits = text.chars().all(|c| c.is_ascii_digit() || !c.is_numeric());
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let longest = if matches!(field, "month" | "day") { 2 } else { 4 };
    let spaced_sign = text.strip_prefix(['-', '+']).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let no_month = match field {
        "month" => numbers.first().is_some_and(|month| !(1..=12).contains(&month.parse().unwrap_or(0))),
        _ => text.contains(['x', 'X']) && numbers.contains(&"00"),
    };
    plain_digits && numbers.iter().all(|digits| digits.len() <= longest) && !spaced_sign && !no_month
}

// ---- Hayagriva's YAML --------------------------------------------------------------------------------------

fn read_yaml(text: &str, mistakes: &mut Mistakes<'_>) -> Vec<Entry> {
    if text.lines().all(|line| matches!(line.trim(), "" | "---" | "...") || line.trim_start().starts_with('#')) {
        return Vec::new();
    }
    if let Ok(library) = hayagriva::io::from_yaml_str(text) {
        return library.into_iter().collect();
    }

    let pieces = yaml_pieces(text);
    if pieces.is_empty() {
        if let Err(error) = hayagriva::io::from_yaml_str(text) {
            let range = error.location().map_or(0..0, |at| line_range(text, at.line()));
            mistakes.note(
                range,
                format!("this is no list of works, each with its key: {}", without_place(&error.to_string())),
            );
        }
        return Vec::new();
    }

    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut entries = Vec::new();
    for piece in pieces {
        let key_range = piece.start..piece.start + text[piece.clone()].find(':').unwrap_or(0);
        match hayagriva::io::from_yaml_str(&text[piece.clone()]) {
            Ok(library) => {
                for entry in library {
                    if let Some(&start) = first.get(entry.key()) {
                        mistakes.note(key_range.clone(), duplicate_sentence(entry.key(), mistakes.line_of(start)));
                    } else {
                        first.insert(entry.key().to_owned(), piece.start);
                        entries.push(entry);
                    }
                }
            }
            Err(error) => {
                let message = error.to_string();
                let sentence = without_place(&message);
                if sentence.contains("no entry type") {
                    mistakes.note(key_range, "this entry does not say what it is: add a line such as `type: article`");
                } else {
                    let range = error.location().map_or(key_range, |at| {
                        let within = line_range(&text[piece.clone()], at.line());
                        shifted(&within, piece.start)
                    });
                    mistakes.note(range, yaml_sentence(sentence));
                }
            }
        }
    }
    entries
}

fn yaml_sentence(message: &str) -> String {
    // The message begins with a path such as `weissman2020.date: `, which the range shows better.
    let (path, problem) = message.split_once(": ").filter(|(path, _)| !path.contains(' ')).unwrap_or(("", message));
    match problem.split_once(", expected one of ") {
        Some((unknown, _)) if path.ends_with("type") => {
            let name = unknown.split('`').nth(1).unwrap_or(unknown);
            format!(
                "`{name}` is no kind of work: write one such as `article`, `book`, `chapter`, `report`, `thesis` or `web`"
            )
        }
        _ => format!("this entry cannot be read: {problem}"),
    }
}

/// The ranges from each line with a key at the left margin to the next such line.
fn yaml_pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_'));
        if begins && line.contains(':') {
            starts.push(offset);
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The text of a line, counted from 1, without the white space around it.
fn line_range(text: &str, line: usize) -> Range<usize> {
    let mut offset = 0;
    let mut last = 0..0;
    for (ix, content) in text.split_inclusive('\n').enumerate() {
        let start = offset + content.len() - content.trim_start().len();
        if !content.trim().is_empty() {
            last = start..start + content.trim().len();
        }
        if ix + 1 >= line {
            break;
        }
        offset += content.len();
    }
    last
}

fn without_place(message: &str) -> &str {
    message.find(" at line ").map_or(message, |at| &message[..at])
}

// ---- Repairs -----------------------------------------------------------------------------------------------

/// A person that stands for "and others". hayagriva knows no such thing: it treats it as one more author, which
/// makes it count the names rightly, and [`html`](super::html) then writes "et al." in its place.
/// A private character, because no style can change its case or cut it to an initial that looks like a letter.
pub(super) const OTHERS: &str = "\u{F8FE}";

/// What an author's note to herself begins with; such a note is never printed.
const PRIVATE_NOTE: &str = "from memory:";

/// What follows [`PRIVATE_NOTE`] in an entry's note.
fn private_note(entry: &Entry) -> Option<String> {
    let text = entry.note()?.value.to_string();
    let text = text.trim_start();
    let start = text.get(..PRIVATE_NOTE.len())?;
    start.eq_ignore_ascii_case(PRIVATE_NOTE).then(|| text[PRIVATE_NOTE.len()..].trim().to_owned())
}

/// Repairs what hayagriva would print wrongly.
fn tidy(entry: &mut Entry, format: BibliographyFormat) {
    if private_note(entry).is_some() {
        // An empty text counts as none; hayagriva has no way to take a field away.
        entry.set_note(FormatString::default());
    }
    if let Some(doi) = entry.doi().map(bare_doi) {
        entry.set_doi(doi);
    }
    if let Some(title) = entry.title() {
        let is_name = matches!(entry.entry_type(), EntryType::Periodical | EntryType::Newspaper);
        let title = tidy_title(title, is_name, format);
        entry.set_title(title);
    }
    name_publisher(entry);
    if let Some(persons) = entry.authors().map(|persons| tidy_persons(persons, format)) {
        entry.set_authors(persons);
    }
    if let Some(persons) = entry.editors().map(|persons| tidy_persons(persons, format)) {
        entry.set_editors(persons);
    }
    if let Some(affiliated) = entry.affiliated() {
        let affiliated = affiliated
            .iter()
            .map(|group| PersonsWithRoles::new(tidy_persons(&group.names, format), group.role.clone()))
            .collect();
        entry.set_affiliated(affiliated);
    }
    let mut parents = entry.parents().to_vec();
    parents.iter_mut().for_each(|parent| tidy(parent, format));
    entry.set_parents(parents);
}

/// A DOI without the address or label that is often copied with it.
fn bare_doi(doi: &str) -> String {
    let doi = doi.trim();
    let prefixes =
        ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/", "doi:"];
    let found =
        prefixes.iter().find(|prefix| doi.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
    found.map_or(doi, |prefix| &doi[prefix.len()..]).trim().to_owned()
}

/// Turns a last person called "others" into [`OTHERS`], and puts "van" back before "Oppen": hayagriva takes such a
/// word for a part that goes behind the given name ("Oppen, P. van") and that short citations leave out.
fn tidy_persons(persons: &[Person], format: BibliographyFormat) -> Vec<Person> {
    let last = persons.len().saturating_sub(1);
    persons
        .iter()
        .enumerate()
        .map(|(ix, person)| {
            let mut person = person.clone();
            if ix > 0 && ix == last && is_others(&person) {
                return Person {
                    name: OTHERS.to_owned(),
                    given_name: None,
                    prefix: None,
                    suffix: None,
                    comma_suffix: false,
                    alias: None,
                };
            }
            if let Some(prefix) = person.prefix.take() {
                person.name = format!("{} {}", prefix.trim(), person.name);
            }
            if format == BibliographyFormat::BibLatex {
                person.name = without_tex(&person.name);
                person.given_name = person.given_name.as_deref().map(without_tex);
            }
            person
        })
        .collect()
}

fn is_others(person: &Person) -> bool {
    let words = [person.prefix.as_deref(), Some(person.name.as_str()), person.given_name.as_deref()];
    let name: Vec<&str> = words.into_iter().flatten().flat_map(str::split_whitespace).collect();
    let name = name.join(" ").to_lowercase();
    matches!(name.as_str(), "others" | "et al." | "et al" | "al. et" | "al et")
}

/// Makes the institution of a report or a thesis its publisher: hayagriva's BibLaTeX reader does not.
fn name_publisher(entry: &mut Entry) {
    if !matches!(entry.entry_type(), EntryType::Report | EntryType::Thesis)
        || entry.publisher().is_some_and(|publisher| publisher.name().is_some())
    {
        return;
    }
    let Some(organization) = entry.organization().cloned() else {
        return;
    };
    // An author who is her own publisher is named once.
    let is_author = entry.authors().into_iter().flatten().any(|person| person.name == organization.value.to_string());
    if !is_author {
        let location = entry.publisher().and_then(|publisher| publisher.location().cloned());
        entry.set_publisher(Publisher::new(Some(organization), location));
    }
}

/// Frees a title from TeX, and protects words such as `IPT` from being written in another case. The name of a journal
/// is protected as a whole.
fn tidy_title(title: &FormatString, is_name: bool, format: BibliographyFormat) -> FormatString {
    FormatString {
        value: tidy_chunks(&title.value, is_name, format),
        short: title.short.as_ref().map(|short| Box::new(tidy_chunks(short, is_name, format))),
    }
}

fn tidy_chunks(text: &ChunkedString, is_name: bool, format: BibliographyFormat) -> ChunkedString {
    // A title all in capitals says nothing about its words.
    let shouting = !text.to_string().contains(char::is_lowercase) && text.to_string().trim().contains(' ');
    let mut tidy = Vec::new();
    for chunk in &text.0 {
        let value = match chunk.kind {
            // Left as a formula it would be printed as TeX, and a comma after the title misplaced.
            ChunkKind::Math => plain_formula(&chunk.value),
            _ if format == BibliographyFormat::BibLatex => without_tex(&chunk.value),
            _ => chunk.value.clone(),
        };
        match chunk.kind {
            _ if is_name => append(&mut tidy, ChunkKind::Verbatim, &value),
            ChunkKind::Normal if !shouting => protect_capitals(&value, &mut tidy),
            ChunkKind::Normal => append(&mut tidy, ChunkKind::Normal, &value),
            ChunkKind::Verbatim | ChunkKind::Math => append(&mut tidy, ChunkKind::Verbatim, &value),
        }
    }
    ChunkedString(tidy)
}

/// Splits a text so that words with a capital after their first letter keep their case.
fn protect_capitals(text: &str, chunks: &mut Vec<StringChunk>) {
    const SMALL_WORDS: [&str; 16] =
        ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];
    let mut after_comma = false;
    for word in text.split_inclusive(char::is_whitespace) {
        // hayagriva takes what follows a comma for the beginning of a title: "Research, Practice, And Policy".
        let stays_small = after_comma && SMALL_WORDS.contains(&word.trim_end());
        after_comma = word.trim_end().ends_with(',');
        if stays_small {
            append(chunks, ChunkKind::Verbatim, word);
            continue;
        }
        let has_capitals = |part: &str| part.chars().skip(1).any(char::is_uppercase);
        if !word.split(|c: char| !c.is_alphanumeric()).any(has_capitals) {
            append(chunks, ChunkKind::Normal, word);
            continue;
        }
        // In a compound such as `CBT-E-Based` only `Based` may change.
        for part in word.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let letters = part.trim_end_matches(|c: char| !c.is_alphanumeric());
            let keeps_case = has_capitals(letters) || letters.chars().count() <= 1;
            append(chunks, if keeps_case { ChunkKind::Verbatim } else { ChunkKind::Normal }, part);
        }
    }
}

/// Stands at the front of a text that continues a protected word. Without it hayagriva drops the space there, or takes
/// the next word for the rest of the last. Invisible and ignored in sorting; [`html`](super::html) takes it away.
pub(super) const JOINER: char = '\u{2060}';

/// Adds to the last chunk if it is of the same kind.
fn append(chunks: &mut Vec<StringChunk>, kind: ChunkKind, text: &str) {
    match chunks.last_mut() {
        Some(last) if last.kind == kind => last.value.push_str(text),
        Some(last) if kind == ChunkKind::Normal => {
            let word = last.value.trim_end().len();
            let space = last.value.split_off(word);
            chunks.push(StringChunk::new(format!("{JOINER}{space}{text}"), kind));
        }
        _ => chunks.push(StringChunk::new(text, kind)),
    }
}

/// Takes away what the parser left of TeX: `\emph{…}` keeps its text, and `~` becomes a space that does not break.
fn without_tex(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut open_commands = 0_usize;
    while let Some(c) = rest.chars().next() {
        let command =
            rest.strip_prefix('\\').map(|after| after.bytes().take_while(u8::is_ascii_alphabetic).count()).unwrap_or(0);
        match c {
            '\\' if command > 0 && rest[1 + command..].starts_with('{') => {
                open_commands += 1;
                rest = &rest[command + 2..];
                continue;
            }
            '\\' if command > 0 => {
                rest = rest[1 + command..].trim_start();
                continue;
            }
            '}' if open_commands > 0 => open_commands -= 1,
            '~' => plain.push('\u{a0}'),
            other => plain.push(other),
        }
        rest = &rest[c.len_utf8()..];
    }
    plain
}

/// A formula as far as plain text can show it.
fn plain_formula(tex: &str) -> String {
    const SIGNS: [(&str, &str); 30] = [
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("epsilon", "ε"),
        ("zeta", "ζ"),
        ("eta", "η"),
        ("theta", "θ"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("nu", "ν"),
        ("xi", "ξ"),
        ("pi", "π"),
        ("rho", "ρ"),
        ("sigma", "σ"),
        ("tau", "τ"),
        ("phi", "φ"),
        ("chi", "χ"),
        ("psi", "ψ"),
        ("omega", "ω"),
        ("Delta", "Δ"),
        ("Omega", "Ω"),
        ("times", "×"),
        ("pm", "±"),
        ("leq", "≤"),
        ("geq", "≥"),
        ("le", "≤"),
        ("ge", "≥"),
        ("approx", "≈"),
    ];
    let mut plain = String::new();
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let command = rest
            .strip_prefix('\\')
            .map_or("", |after| &after[..after.bytes().take_while(u8::is_ascii_alphabetic).count()]);
        if command.is_empty() {
            if !matches!(c, '{' | '}' | '\\' | '^' | '_' | '$') {
                plain.push(c);
            }
            rest = &rest[c.len_utf8()..];
        } else {
            plain.push_str(SIGNS.iter().find(|(name, _)| *name == command).map_or("", |(_, sign)| sign));
            rest = rest[1 + command.len()..].trim_start();
        }
    }
    plain
}
