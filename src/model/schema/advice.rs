//! Says what to write instead of a value that does not fit: it must fit once it is written so.

use jiff::civil::Date;

use crate::diag::{self, Diagnostic, Fix};
use crate::model::schema::scalar::date_meant;
use crate::model::schema::shape::{Field, Shape};
use crate::model::yaml::{Slip, YamlNode, YamlValue, quoted};
use crate::span::Span;

/// What to do, and what to write instead at a place where that is certain.
#[derive(Debug)]
pub(in crate::model::schema) struct Advice {
    /// What to do.
    pub(in crate::model::schema) help: String,
    /// What is written instead, and where.
    pub(in crate::model::schema) fix: Option<(Span, String)>,
}

impl Advice {
    fn of(help: impl Into<String>) -> Self {
        Self { help: help.into(), fix: None }
    }

    /// Write this at a place.
    fn write(span: Span, text: String) -> Self {
        Self { help: format!("write `{text}`"), fix: Some((span, text)) }
    }
}

/// Whether a text means the same in YAML without quotes, also within brackets.
fn is_plain(text: &str) -> bool {
    let starts = text.starts_with(|letter: char| letter.is_alphanumeric());
    let special = [',', '[', ']', '{', '}', '"', '\n', '`', '\\'];
    starts && !text.contains(special) && !text.contains(": ") && !text.contains(" #") && !text.ends_with(':')
}

/// A text as an item of a list in brackets.
fn item(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// What begins items of a list elsewhere: a dash, a bullet, a number with a full stop.
fn has_mark(text: &str) -> bool {
    let digits = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_numbered = digits.len() < text.len() && digits.starts_with([')', '.']) && digits[1..].starts_with(' ');
    is_numbered
        || text
            .strip_prefix(['-', '–', '—', '•', '·', '*', '‐', '−'])
            .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_whitespace() || letter.is_alphabetic()))
}

/// The key that somebody meant who wrote `name`, as far as that is `explained`: the report on `name` says so, and it is not
/// missing besides.
pub(in crate::model::schema) fn meant(
    name: &str,
    explained: Option<&str>,
    fields: &'static [Field],
) -> Option<&'static Field> {
    let named = explained.and_then(|help| help.split('`').nth(1)).map(|key| key.split(':').next().unwrap_or_default());
    let meant = named.or_else(|| diag::nearest(name, fields.iter().map(|field| field.name)))?;
    fields.iter().find(|field| field.name == meant)
}

/// The report on words that are read as a key, since a colon stands among them, and that go on with the text of the key
/// before.
pub(in crate::model::schema) fn more_text(
    name: &str,
    span: Span,
    (_, before): &(YamlNode, YamlNode),
) -> Option<Diagnostic> {
    let YamlValue::Scalar { text, in_quotes: false, .. } = &before.value else { return None };
    let are_words = name.contains(' ') && name.starts_with(char::is_alphanumeric) && text.contains(' ');
    if !are_words || text.trim_end().ends_with(['.', '!', '?']) {
        return None;
    }
    let message = format!("there is no key `{name}` here");
    let help = "if the text above goes on here, put the whole text in quotes, and two spaces before this line";
    Some(Diagnostic::new(&diag::UNKNOWN_FIELD, span, message).help(help))
}

/// Whether a value is `[to be filled in: …]` without quotes, which YAML reads as a list.
pub(in crate::model::schema) fn to_fill_in(node: &YamlNode) -> bool {
    let YamlValue::List(items) = &node.value else { return false };
    let first = items.first().and_then(|item| match &item.value {
        YamlValue::Map(entries) => entries.first()?.0.as_text(),
        _ => item.as_text(),
    });
    first.is_some_and(|words| words.to_lowercase().starts_with("to be filled in"))
}

/// Two items of a list the other way round.
pub(in crate::model::schema) fn swapped(items: &[YamlNode]) -> Option<(Span, String)> {
    let [first, last] = items else { return None };
    Some((Span { end: last.span.end, ..first.span }, format!("{}, {}", last.as_text()?, first.as_text()?)))
}

/// Advice on a single value where a list belongs.
pub(in crate::model::schema) fn list(node: &YamlNode, field: &Field) -> Advice {
    let YamlValue::Scalar { text, in_quotes, .. } = &node.value else { return Advice::of("write a list") };
    let text = text.trim();
    let name = field.name;
    let on_lines = format!("write each item on a line of its own below `{name}:`, and begin it with `- `");
    let is_bare = !in_quotes && node.span.len() == text.len();
    let is_whole = !text.contains('\n') && (is_bare || *in_quotes && node.span.len() == text.len() + 2);
    if let Shape::Interval = field.shape {
        return match two_numbers(text).filter(|_| is_whole) {
            Some((low, high)) => Advice::write(node.span, format!("[{low}, {high}]")),
            None => Advice::of("write the two numbers in brackets, such as `[0, 27]`"),
        };
    }
    if has_mark(text) || !in_quotes && !is_bare {
        return Advice::of(on_lines);
    }
    if let Shape::Choices(words) = field.shape
        && !text.split([',', ';']).all(|word| words.contains(&word.trim()))
    {
        let near = diag::nearest(text, words.iter().copied()).or(words.first().copied()).unwrap_or_default();
        let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        return Advice::of(format!("write `{name}: [{near}]`, or with what fits of {}", all.join(", ")));
    }
    let takes_names =
        matches!(field.shape, Shape::Ids(_) | Shape::AnyIds | Shape::Keys | Shape::Lines | Shape::Choices(_));
    if takes_names && is_bare && text.contains([',', ';']) {
        let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
        // `Lee, Ann; Ray, Ben`: two names, and not four.
        let sign = if bare.contains(';') { ';' } else { ',' };
        let items: Vec<String> =
            bare.split(sign).map(str::trim).filter(|item| !item.is_empty()).map(item_of(field)).collect();
        return Advice::of(format!("write `{name}: [{}]`", items.join(", ")));
    }
    let list = format!("[{}]", if takes_names { item_of(field)(text) } else { item(text) });
    let help = format!("write `{name}: {list}`");
    Advice { help, fix: Some((node.span, list)).filter(|_| is_whole) }
}

/// The report on an item of a list in brackets that has a `;`, which parts no items: `[grief, loss; sadness]`.
pub(in crate::model::schema) fn semicolons(node: &YamlNode, items: &[YamlNode]) -> Option<Diagnostic> {
    let first = items.first()?;
    let item = items.iter().find(|item| {
        let is_bare = matches!(&item.value, YamlValue::Scalar { in_quotes: false, verbatim: true, .. });
        is_bare && item.as_text().is_some_and(|text| text.contains("; "))
    });
    let (item, text) =
        item.filter(|_| node.span.start < first.span.start).and_then(|item| Some((item, item.as_text()?)))?;
    let written = text.replace(';', ",");
    Some(
        Diagnostic::new(&diag::BAD_VALUE, item.span, "a `;` parts no items: this is one item")
            .help(format!("write `{written}`; or, if it is one item, put it in quotes"))
            .fix(item.span, written),
    )
}

/// An item of a list, without what stands around ids elsewhere.
fn item_of(field: &Field) -> impl Fn(&str) -> String {
    let of_ids = matches!(field.shape, Shape::Ids(_) | Shape::AnyIds | Shape::Keys);
    move |text| if of_ids { bare(text).to_owned() } else { item(text) }
}

/// An id without brackets or an at sign.
fn bare(text: &str) -> &str {
    text.trim_matches(['[', ']', '@', ' '])
}

/// Advice on a list where one value belongs: names in double brackets, as links have them. `None` for other lists.
pub(in crate::model::schema) fn link(node: &YamlNode, field: &Field) -> Option<Advice> {
    let mut inner = node;
    let mut depth = 0;
    while let YamlValue::List(items) = &inner.value {
        let [item] = items.as_slice() else { return None };
        (inner, depth) = (item, depth + 1);
    }
    let text = inner.as_text()?.split('|').next()?.trim();
    let is_list = matches!(field.shape, Shape::Ids(_) | Shape::AnyIds | Shape::Keys | Shape::Lines | Shape::Choices(_));
    if depth == 0 || (depth == 1 && !is_list) {
        return None;
    }
    let is_link = matches!(field.shape, Shape::Text | Shape::Texts);
    if is_link && depth != 2 {
        return None;
    }
    // The brackets stand right around the name, or else their place is not known.
    let is_tight = inner.span.start as usize == node.span.start as usize + depth;
    let end = inner.span.end as usize + depth;
    let place = Span::new(node.span.file, node.span.start as usize, end);
    if is_link {
        let text = format!("\"[[{}]]\"", inner.as_text()?.trim());
        return Some(Advice { help: format!("put it in quotes: `{text}`"), fix: is_tight.then_some((place, text)) });
    }
    let fix = is_tight.then(|| (place, bare(text).to_owned()));
    Some(Advice { help: format!("write `{}` without the double brackets", bare(text)), fix })
}

/// Advice on a text where a number belongs.
pub(in crate::model::schema) fn number(span: Span, text: &str, is_whole: bool) -> Advice {
    let straight: String = text.chars().filter(|letter| !letter.is_whitespace()).map(straight_sign).collect();
    let meant = if is_whole { whole(&straight) } else { decimal(&straight) };
    let is_certain = span.len() == text.len() || span.len() == text.len() + 2;
    match meant {
        Some(number) if is_certain => Advice::write(span, number),
        Some(number) => Advice::of(format!("write `{number}`")),
        None if is_whole => Advice::of("write digits only, such as `12`"),
        None => Advice::of("write digits, with a decimal point, such as `0.63`"),
    }
}

fn straight_sign(letter: char) -> char {
    if matches!(letter, '−' | '–' | '‐' | '‑' | '—') { '-' } else { letter }
}

/// A decimal number that is written with a comma.
pub(in crate::model::schema) fn decimal(text: &str) -> Option<String> {
    let number = text.replacen(',', ".", 1);
    number.parse::<f64>().ok().filter(|number| number.is_finite())?;
    number.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-').then_some(number)
}

/// A whole number whose digits stand in groups, or behind a word.
fn whole(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.');
    let groups: Vec<&str> = text.split([',', '.', '\'', '’']).collect();
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let are_groups = groups.len() > 1 && groups[1..].iter().all(|part| part.len() == 3) && groups[0].len() <= 3;
    if groups.iter().all(is_digits) {
        return (groups.len() == 1 || are_groups).then(|| groups.concat()).filter(|digits| digits.len() < 10);
    }
    let digits = text.trim_matches(|letter: char| !letter.is_ascii_digit() && letter != '-' && letter != '.');
    // An hour is not one minute.
    let unit = text.rsplit(|letter: char| letter.is_ascii_digit()).next().unwrap_or_default().to_lowercase();
    if ["h", "std", "hr", "day", "tag", "week", "woche", "dí", "jour", "sem"]
        .iter()
        .any(|other| unit.trim().starts_with(other))
    {
        return None;
    }
    (is_digits(&digits) && digits.len() < 10).then(|| digits.to_owned())
}

/// The two numbers of `0-27`, `0 to 27` or `0,21–0,45`, the lower one first.
pub(in crate::model::schema) fn two_numbers(text: &str) -> Option<(String, String)> {
    let text: String = text.chars().map(straight_sign).collect();
    let begins = |letter: char| letter.is_ascii_digit();
    let from = text.find(begins)?;
    let sign = if text[..from].trim() == "-" { "-" } else { "" };
    if !text[..from].trim_matches(['-', ' ', '(', '[']).chars().all(char::is_alphabetic) {
        return None;
    }
    // A comma with digits on both sides is a decimal comma, if there are numbers enough without it.
    let take = |text: &str, has_comma: bool| {
        let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        let rest = &text[digits..];
        let mark = rest.starts_with('.') || has_comma && rest.starts_with(',');
        let more =
            if mark { rest[1..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len() - 1) } else { 0 };
        if more > 0 { digits + 1 + more } else { digits }
    };
    [true, false].into_iter().find_map(|has_comma| {
        let end = from + take(&text[from..], has_comma);
        let between = end + text[end..].find(begins)?;
        let gap = text[end..between].trim();
        let is_minus = gap.len() > 1 && gap.ends_with('-') && !gap.ends_with("--");
        // `-0.38--0.01`: the second sign may be that of the number, and a wrong one turns the finding around.
        if !sign.is_empty() && gap == "--" {
            return None;
        }
        let last = between + take(&text[between..], has_comma);
        if !text[last..].trim_matches([' ', ')', ']']).is_empty() {
            return None;
        }
        let low = format!("{sign}{}", text[from..end].replace(',', "."));
        let high = format!("{}{}", if is_minus { "-" } else { "" }, text[between..last].replace(',', "."));
        let value = |number: &str| number.parse::<f64>().ok();
        Some(if value(&low)? <= value(&high)? { (low, high) } else { (high, low) })
    })
}

/// Advice on a text that does not say which sessions: `1 to 3`, `1−3`, `Sessions 1-3`, `3-1`, `1, 2, 3`, `16 sessions`.
pub(in crate::model::schema) fn sessions(span: Span, text: &str) -> Advice {
    let usual = || Advice::of("write `3`, `1-3`, `throughout` or `follow-up`");
    let numbers: Option<Vec<u16>> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().ok().filter(|number| (1..=999).contains(number)))
        .collect();
    let is_row = |numbers: &[u16]| numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let written = match numbers.as_deref() {
        Some([one]) if !text.contains(['-', '–', '<', '>', '+', '~', '.']) => one.to_string(),
        Some([from, to]) if !text.contains(['.', '/']) => format!("{}-{}", from.min(to), from.max(to)),
        Some([first, .., last]) if is_row(numbers.as_deref().unwrap_or_default()) => format!("{first}-{last}"),
        _ => return usual(),
    };
    let is_certain = span.len() == text.len();
    let advice = Advice::write(span, written);
    Advice { fix: advice.fix.filter(|_| is_certain), ..advice }
}

/// Advice on two numbers that are written with decimal commas, so that YAML reads more of them: `[0,21, 0,45]`.
pub(in crate::model::schema) fn interval(items: &[YamlNode]) -> Option<Advice> {
    let mut numbers: Vec<String> = Vec::new();
    let mut end = None;
    for item in items {
        let text: String = item.as_text()?.chars().map(straight_sign).collect();
        // No space stands between the digits before and after a decimal comma.
        match numbers.last_mut().filter(|last| end == Some(item.span.start) && !last.contains('.')) {
            // `1,000` is a thousand as often as it is 1.
            Some(last) if text.len() == 3 && !last.trim_start_matches('-').starts_with('0') => return None,
            Some(last) => *last = format!("{last}.{text}"),
            None => numbers.push(text),
        }
        end = Some(item.span.end + 1);
    }
    if let [one] = items {
        let (low, high) = two_numbers(one.as_text()?)?;
        numbers = vec![low, high];
    }
    let [low, high] = numbers.as_slice() else { return None };
    let in_order = low.parse::<f64>().ok()? <= high.parse::<f64>().ok()?;
    let (first, last) = (items.first()?, items.last()?);
    let span = Span { end: last.span.end, ..first.span };
    let (low, high) = if in_order { (low, high) } else { (high, low) };
    Some(Advice { help: format!("write `[{low}, {high}]`"), fix: Some((span, format!("{low}, {high}"))) })
}

/// The report on a text that a `#` cuts.
pub(crate) fn cut(node: &YamlNode) -> Option<Diagnostic> {
    let Some(Slip::Cut { place, quoted }) = node.slip.as_deref() else { return None };
    let help = match quoted {
        Some((_, quoted)) if quoted.len() <= 120 && !quoted.contains('\n') => {
            format!("put the whole text in quotes: `{quoted}`")
        }
        _ => "put the whole text in quotes, from its first word to its last".to_owned(),
    };
    let report = Diagnostic::new(&diag::CUT, *place, "this text is cut at the `#`: the rest of the line is lost")
        .label("this is read as a comment")
        .note("if it is a comment, write it on a line of its own above the key")
        .help(help);
    Some(match quoted {
        Some((place, quoted)) => report.fix(*place, quoted.clone()),
        None => report,
    })
}

/// Advice on a single value where keys with values belong: what is missing between them. `names` are the keys.
pub(in crate::model::schema) fn keys<'a, N: Iterator<Item = &'a str>>(
    span: Span,
    text: &str,
    names: impl Fn() -> N,
) -> Option<(&'a str, Advice)> {
    let words = text.trim();
    let key = names().filter(|name| words.starts_with(name)).max_by_key(|name| name.len())?;
    let rest = &words[key.len()..];
    let value = match rest.strip_prefix(':') {
        Some(value) => value.trim_start(),
        None => rest.strip_prefix([' ', '=', '\u{a0}'])?.trim_start_matches([' ', '=', '\u{a0}', ':']),
    };
    let is_one = span.len() == text.len() && !value.contains([':', '\n', '\u{a0}']) && !value.is_empty();
    if !is_one {
        let help = format!("write a colon and an ordinary space after each key, as in `{key}: …`");
        return Some((key, Advice::of(help)));
    }
    let written = format!("{key}: {}", if is_plain(value) { value.to_owned() } else { quoted(value) });
    let help = format!("write a colon and a space after the key: `{written}`");
    Some((key, Advice { help, fix: Some((span, written)) }))
}

/// The report on a key with something invisible in it.
pub(in crate::model::schema) fn odd_key(name: &str, span: Span, is_given: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let is_odd = |letter: &char| !letter.is_ascii() && (letter.is_whitespace() || is_invisible(*letter));
    let odd = name.chars().find(is_odd)?;
    let bare: String = name.chars().filter(|letter| !is_odd(letter)).collect();
    if is_given(bare.trim()) {
        return None;
    }
    let what = if is_invisible(odd) { "an invisible character" } else { "a no-break space or another unusual space" };
    let at = name.find(odd).unwrap_or(0);
    let place = if span.len() == name.len() { span.slice(at, at + odd.len_utf8()) } else { span };
    let message = format!("this key has {what} in it, which is read as a letter");
    let report = Diagnostic::new(&diag::UNKNOWN_FIELD, place, message);
    let has_indent = name.starts_with(|letter| is_odd(&letter) && !is_invisible(letter));
    let help = if has_indent {
        "remove it, and put ordinary spaces before the key".to_owned()
    } else {
        format!("remove it: write `{}`", bare.trim())
    };
    let fix = (!has_indent && span.len() == name.len()).then(|| Fix { span, text: bare.trim().to_owned() });
    Some(report.help(help).maybe_fix(fix))
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Why a text is no date, if more is known than that, and advice.
pub(in crate::model::schema) fn date(span: Span, text: &str) -> (Option<String>, Advice) {
    let straight: String = text.chars().map(straight_sign).collect();
    if let Some(date) = date_meant(&straight).or_else(|| in_words(&straight)) {
        let is_certain = span.len() == text.len() || span.len() == text.len() + 2;
        let advice = Advice::write(span, date.to_string());
        return (None, Advice { fix: advice.fix.filter(|_| is_certain), ..advice });
    }
    let usual = || Advice::of("write year-month-day, such as `2026-11-23`");
    let mut parts: Vec<i16> = straight.split(['-', '.', '/']).filter_map(|part| part.trim().parse().ok()).collect();
    if straight.contains('.') {
        parts.reverse();
    }
    let [year @ 1000..=9999, month, day] = parts[..] else { return (None, usual()) };
    let Some(first) = i8::try_from(month).ok().and_then(|month| Date::new(year, month, 1).ok()) else {
        let advice = Advice::of("write the year, then the month from 01 to 12, then the day");
        return (Some(format!("there is no month {month}")), advice);
    };
    let days = first.days_in_month();
    if (1..=i16::from(days)).contains(&day) {
        return (None, usual());
    }
    let month = MONTHS[usize::from(first.month().unsigned_abs()) - 1];
    (
        Some(format!("{month} {year} has {days} days")),
        Advice::of(format!("write year-month-day, with a day from 01 to {days}")),
    )
}

/// A text that curly quotes were to hold together, and that a comma cuts in two items of a list.
pub(in crate::model::schema) fn curly(one: &YamlNode, next: &YamlNode) -> Option<Advice> {
    let (first, last) = (one.as_text()?, next.as_text()?);
    let open = first.chars().next().filter(|letter| matches!(letter, '“' | '„' | '«' | '‘'))?;
    let closing = |text: &str| text.ends_with(['”', '“', '»', '’']);
    let gap = next.span.start.saturating_sub(one.span.end);
    if closing(first) || !closing(last) || last.starts_with(open) || gap > 3 {
        return None;
    }
    let inner = format!("{}, {}", &first[open.len_utf8()..], last.trim_end_matches(['”', '“', '»', '’']));
    let written = quoted(&inner);
    let span = Span { end: next.span.end, ..one.span };
    Some(Advice { help: format!("write straight quotes: `{written}`"), fix: Some((span, written)) })
}

/// Advice on a text with a colon that was read as a key with a value.
pub(in crate::model::schema) fn pair(node: &YamlNode) -> Option<Advice> {
    let YamlValue::Map(entries) = &node.value else { return None };
    let [(key, value)] = entries.as_slice() else { return None };
    let span = Span { end: value.span.end, ..key.span };
    let text = format!("{}: {}", key.as_text()?, value.as_text()?);
    // Nothing else stands there: neither quotes nor brackets.
    if node.span.start != span.start || span.len() != text.len() || value.span.start != key.span.end + 2 {
        return None;
    }
    let written = quoted(&text);
    Some(Advice { help: format!("put the whole text in quotes: `{written}`"), fix: Some((span, written)) })
}

/// A date with the English name of its month.
fn in_words(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    let [one, two, three] = words.as_slice() else { return None };
    let month = |word: &str| {
        let is_it = |name: &&str| word.len() >= 3 && name.to_lowercase().starts_with(&word.to_lowercase());
        MONTHS.iter().position(is_it).and_then(|at| i8::try_from(at + 1).ok())
    };
    let day = |word: &str| word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).parse::<i8>().ok();
    let year = three.parse::<i16>().ok().filter(|_| three.len() == 4)?;
    let (month, day) = match (month(one), month(two)) {
        (Some(month), None) => (month, day(two)?),
        (None, Some(month)) => (month, day(one)?),
        _ => return None,
    };
    Date::new(year, month, day).ok()
}
