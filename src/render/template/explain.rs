//! Turns what the template engine says about a mistake into words for people who write themes.

use std::ops::Range;

use crate::diag::nearest;
use crate::files::theme::ThemeFiles;
use crate::words::locale_file;

/// The most names that are listed if none is near.
const MOST_NAMES: usize = 20;

/// A mistake in a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TemplateMistake {
    /// What is wrong, without a full stop.
    pub(crate) message: String,
    /// What to type instead, if that is known.
    pub(crate) help: Option<String>,
    /// Where, in bytes of the template.
    pub(crate) range: Range<usize>,
}

/// Says what is wrong at `range` of the template `text`, where the engine says `what`.
pub(crate) fn mistake(what: &str, text: &str, range: Range<usize>, theme: &ThemeFiles) -> TemplateMistake {
    let (what, known) = what.split_once(". Available ").unwrap_or((what.trim_end_matches('.'), ""));
    let known: Vec<&str> = known.split_once(": ").map(|(_, names)| names.split(", ").collect()).unwrap_or_default();
    let name = what.split('`').nth(1).unwrap_or_default();
    let at = text.get(range.clone()).unwrap_or_default();
    let says = |message: String, help: Option<String>| TemplateMistake { message, help, range: range.clone() };
    let named = |end: usize, message: String, help: Option<String>| TemplateMistake {
        message,
        help,
        range: range.start..(range.start + end).min(text.len()),
    };
    if what.starts_with("Field `") && what.ends_with("is not defined") {
        let of = text.get(..range.start).and_then(|before| before.strip_suffix('.')).map(last_path).unwrap_or_default();
        return match of {
            "t" => says(format!("there is no interface text `{name}`"), Some(near_text(name, theme))),
            "" => says(format!("there is no `{name}` here"), near_or_all(name, &known, "you can use")),
            of => says(format!("`{of}` has no `{name}`"), near_or_all(name, &known, "it has")),
        };
    }
    if what.starts_with("Variable `") && what.ends_with("is not defined") {
        return says(format!("this template does not get a value `{name}`"), near_or_all(name, &known, "it gets"));
    }
    if what.starts_with("Unknown template `") {
        let names = theme.iter().filter_map(|(path, _)| path.strip_prefix("templates/"));
        let help = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
        return named(name.len() + 2, format!("there is no template `{name}`"), help);
    }
    if let Some((sort, _)) = what.strip_prefix("Unknown ").and_then(|rest| rest.split_once(" `")) {
        return named(name.len(), format!("there is no {sort} `{name}`"), None);
    }
    if what.contains("undefined") {
        let whole = text.get(range.start..).map(first_path).unwrap_or_default();
        if let Some((name, key)) = whole.split_once('.').filter(|(_, key)| key.contains('-')) {
            let message = format!("the `-` in `{whole}` is read as a minus sign");
            return named(whole.len(), message, Some(format!("write `{name}[\"{key}\"]`")));
        }
        if let Some(key) = at.strip_prefix("t[").map(|key| key.trim_matches(['"', '\'', ']'])) {
            return says(format!("there is no interface text `{key}`"), Some(near_text(key, theme)));
        }
        return says(format!("`{at}` is not defined"), None);
    }
    if what == "Unexpected end of input" {
        let help = "close each `{% if … %}` with `{% endif %}`, and each `{% for … %}` with `{% endfor %}`";
        return says("the template ends, but something in it is not closed".into(), Some(help.into()));
    }
    let mut letters = what.chars();
    says(letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default(), None)
}

/// The part of a path such as `site.title` that is at the end of a text.
fn last_path(text: &str) -> &str {
    text.rsplit(|letter: char| !(letter.is_alphanumeric() || "_.".contains(letter))).next().unwrap_or_default()
}

/// The part of a path such as `t.safety-first` that is at the beginning of a text.
fn first_path(text: &str) -> &str {
    let end = text.find(|letter: char| !(letter.is_alphanumeric() || "_.-".contains(letter)));
    &text[..end.unwrap_or(text.len())]
}

fn near_or_all(name: &str, known: &[&str], there_is: &str) -> Option<String> {
    if let Some(near) = nearest(name, known.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let all = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    (1..=MOST_NAMES).contains(&known.len()).then(|| format!("{there_is} {all}"))
}

fn near_text(key: &str, theme: &ThemeFiles) -> String {
    let keys = locale_file::keys(theme);
    nearest(key, keys.iter().map(String::as_str)).map_or_else(
        || "use a key from locales/en.yaml of the default theme".to_owned(),
        |near| format!("did you mean `{near}`?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(what: &str, text: &str, at: &str) -> (String, String, String) {
        let mut theme = ThemeFiles::default();
        theme.default.insert("locales/en.yaml".into(), b"search: Search\nsafety-first: Now\n".to_vec());
        theme.default.insert("templates/components/footer.html".into(), Vec::new());
        let start = text.find(at).expect("the place");
        let TemplateMistake { message, help, range } = mistake(what, text, start..start + at.len(), &theme);
        (message, help.unwrap_or_default(), text[range].to_owned())
    }

    #[test]
    fn mistakes_name_what_is_wrong_and_what_to_type() {
        for (what, text, at, message, help, place) in [
            (
                "Field `titel` is not defined. Available fields: edition, title",
                "{{ site.titel }}",
                "titel",
                "`site` has no `titel`",
                "did you mean `title`?",
                "titel",
            ),
            (
                "Field `x` is not defined. Available fields: id, html",
                "{{ a[0].x }}",
                "x",
                "there is no `x` here",
                "you can use `id`, `html`",
                "x",
            ),
            (
                "Field `serach` is not defined. Available fields: many",
                "{{ t.serach }}",
                "serach",
                "there is no interface text `serach`",
                "did you mean `search`?",
                "serach",
            ),
            (
                "Tried to render a variable that is undefined",
                "{{ t[\"serach\"] }}",
                "t[\"serach\"]",
                "there is no interface text `serach`",
                "did you mean `search`?",
                "t[\"serach\"]",
            ),
            (
                "Math operations can only be done on numbers, found `undefined`",
                "{{ t.safety-first }}",
                "t",
                "the `-` in `t.safety-first` is read as a minus sign",
                "write `t[\"safety-first\"]`",
                "t.safety-first",
            ),
            (
                "Variable `sitte` is not defined. Available variables: root, site",
                "{{ sitte.title }}",
                "sitte",
                "this template does not get a value `sitte`",
                "did you mean `site`?",
                "sitte",
            ),
            (
                "Iteration not possible on type `undefined`",
                "{% for a in nothing %}",
                "nothing",
                "`nothing` is not defined",
                "",
                "nothing",
            ),
            (
                "Unknown template `components/foter.html`",
                "{% include \"components/foter.html\" %}",
                "\"",
                "there is no template `components/foter.html`",
                "did you mean `components/footer.html`?",
                "\"components/foter.html\"",
            ),
            ("Unknown filter `shout`", "{{ a | shout }}", "s", "there is no filter `shout`", "", "shout"),
            ("Found `}` but expected }}", "{{ a }", "}", "found `}` but expected }}", "", "}"),
        ] {
            assert_eq!(said(what, text, at), (message.to_owned(), help.to_owned(), place.to_owned()));
        }
    }
}
